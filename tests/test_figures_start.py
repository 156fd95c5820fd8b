"""The first figure: a bar a year, and words that its frame asks for, in every size."""

from __future__ import annotations

import pandas as pd
import pytest

from tests import pages
from tests.pages import axes, drawn, make


def years(*people, first=2015, provisional=1):
    status = ["final"] * (len(people) - provisional) + ["provisional"] * provisional
    index = pd.RangeIndex(first, first + len(people), name="year")
    return pd.DataFrame({"people": people, "status": status}, index)


@pytest.mark.parametrize("size", pages.SIZES)
def test_a_bar_a_year_a_star_over_the_subject_provisional_ones_open(size):
    page = drawn("start-arrivals", size, years(900, 1200, 1100, 30, 45))
    bars = axes(page, "years").patches
    assert [bar.get_height() for bar in bars] == [900, 1200, 1100, 30, 45]
    stars = [mark for mark in axes(page, "years").collections if mark.get_gid() == "run"]
    assert [star.get_offsets().tolist() for star in stars] == [[[2017, 1100]]]
    assert [bar.get_facecolor()[:3] == (1, 1, 1) for bar in bars] == [False] * 4 + [True]
    assert [text.get_text() for text in axes(page, "years").texts if text.get_text()] == [
        "1,200",
        "1,100",
        "30",
    ]


@pytest.mark.parametrize(
    ("people", "first", "title", "fact"),
    [
        ((900, 1200, 1100, 30, 45), 2015, "Arrivals fell from 1,200 in 2016 to 30 in 2018",
         "3,275 people arrived from 2015 to 2019, 1,100 of them in 2017."),
        ((10, 20, 40), 1990, "Arrivals rose from 10 in 1990 to 40 in 1992",
         "70 people arrived from 1990 to 1992."),
        ((7, 7), 2026, "7 people arrived in the South in each year shown",
         "14 people arrived from 2026 to 2027."),
        ((1,), 2030, "1 person arrived in the South in each year shown",
         "1 person arrived in 2030."),
    ],
)  # fmt: skip
def test_words_follow_the_frame(people, first, title, fact):
    made = make("start-arrivals", years(*people, first=first, provisional=0))
    assert (made.title, made.fact) == (title, fact)
    assert pages.overlaps(made.page()) == []


def test_no_year_is_said_and_drawn_as_nothing():
    made = make("start-arrivals", years(provisional=0))
    assert made.title == "These data hold no row for this figure"
    assert made.page().axes == []

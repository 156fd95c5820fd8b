"""The figures of the notebook on doubt: words that follow their frames, marks, every size."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.figures import recipes
from helpers.sentences import doubt as sentences
from helpers.words import percent
from tests import pages
from tests.pages import drawn, make
from tests.test_analysis_doubt import NONE, TOTALS, crossings, doubt, totals


def compared(*rows):
    """Return totals against one crossing by two people in 2011."""
    frame = crossings(("a", "2011-10-30", "yellow_sea", 2, "unknown", 2))
    return doubt.against_official(frame, NONE, totals(*rows) if rows else TOTALS)


def decades(**counts):
    """Return crossings by decade: d1980=(one outlet, several, weeks apart)."""
    names = ["one_outlet", "several_outlets", "weeks_apart"]
    index = pd.Index([int(name[1:]) for name in counts], name="decade")
    return pd.DataFrame(list(counts.values()), index, names).assign(
        crossings=lambda t: t.sum(axis=1)
    )


def values(*rows):
    """Return published values of arrivals: (year, people, standing)."""
    table = pd.DataFrame(rows, columns=["year", "people", "standing"])
    years = table.groupby("year")["people"]
    last, lowest, highest = (years.transform(end) for end in ("last", "min", "max"))
    return table.assign(
        published="2020", last=last, lowest=lowest, highest=highest,
        share=(highest - lowest) / last, difference=table["people"] - last,
    )  # fmt: skip


def doubts(*rows):
    names = ["headline", "value", "kind", "low", "high", "open"]
    return pd.DataFrame(rows, columns=names)


SHOT = [("shot", 0.2, "unknown", 0.05, 0.8, False), ("shot", 0.2, "together", 0.04, 0.9, False)]
JSA = [("jsa", 8, "counted", 8, 8, False), ("jsa", 8, "together", 8, 8, True)]

ODD = {
    "official-against-register": [
        compared(),
        compared(("jcs_2025", "2024", "2024", None, 9)),
        compared(("jcs_2025", "2024", "2024", 0, 0)),
        compared(("mnd_1983", "1953", "1983", 4000, 4000), ("jcs_2016", "2011", "2012", 2, 2)),
    ],
    "sources-per-incident": [
        decades(d1980=(1, 0, 0)),
        decades(d1950=(300, 1, 1), d1960=(0, 0, 0), d1970=(0, 1, 0)),
    ],
    "revisions-of-arrivals": [
        values((2026, 12, "current")),
        values((2024, 0, "current"), (2025, 4000, "superseded"), (2025, 12, "current")),
    ],
    "headlines-under-doubt": [
        doubts(*JSA),
        doubts(("shot", 0.2, "counted", 0.17, 0.5, False), *SHOT, *JSA),
    ],
}


@pytest.mark.parametrize("size", pages.SIZES)
@pytest.mark.parametrize("slug", ODD)
def test_words_stay_on_the_page_and_apart(slug, size):
    for shown in ODD[slug]:
        drawn(slug, size, shown)


def test_official_totals_are_outlines_and_the_register_fills_them():
    page = make("official-against-register", compared()).page()
    bars = pages.axes(page, "totals").patches
    wide = {
        gid: [p.get_width() for p in bars if p.get_gid() == gid] for gid in ("official", "register")
    }
    assert wide == {"official": [4, 25, 22, 0, 9, 9], "register": [0, 2, 2, 0, 0, 0]}


OFFICIAL, OUTLETS = "official-against-register", "sources-per-incident"
REVISED, DOUBTS = "revisions-of-arrivals", "headlines-under-doubt"
WORDS = [
    (OFFICIAL,
     compared(("mnd_1983", "1953", "1983-05", 5, 5), ("jcs_2016", "2011", "2011", 2, 2)),
     "The register has 0% of people counted to 1983, more since 2011",
     "The register has 0 of the 5 people counted for 1953 to May 1983. No total of all routes was "
     "found for 1984 to 2010."),
    (OFFICIAL,
     compared(("jcs_2016", "2011", "2013", 4, 4), ("jcs_2025", "2011", "2012-03-04", 2, 2)),
     "Official totals have up to 2 people more than the register",
     "The register has 2 of the 2 people counted for 2011 to 4 March 2012."),
    (OFFICIAL, compared(("jcs_2016", "2011", "2012", 2, 2)),
     "No official total of all routes exceeds the register",
     "The register has 2 of the 2 people counted for 2011 to 2012."),
    (OFFICIAL, compared(("jcs_2016", "2011", "2011", None, 9)),
     "No official total of all routes gives a number",
     "No official total of all routes gives a number."),
    (OUTLETS, decades(d1980=(2, 1, 0), d1990=(1, 0, 4)),
     "38% of crossings rest on a single outlet, mostly before 1990",
     "3 of 8 crossings rest on one outlet, 2 of them from before 1990. In 4 "),
    # A tie: no half is before 1990.
    (OUTLETS, decades(d1980=(1, 1, 0), d1990=(1, 0, 1)), "50% of crossings rest on a single outlet",
     "2 of 4 crossings rest on one outlet. In 1 "),
    (OUTLETS, decades(d2020=(0, 1, 0)), "Every known crossing is told by two or more outlets",
     "0 of 1 crossing rest on one outlet. In 0 "),
    (REVISED,
     values((2009, 110, "superseded"), (2009, 90, "superseded"), (2009, 100, "current")),
     "Published values of one year's arrivals differ by at most 20.0%",
     "In 1 of 1 traced year the last published value differs from the first: it is higher in 0 and "
     "lower in 1. The changes add up to -10 people. The widest spread is 20.0%, in 2009: from 90 "
     "to 110."),
    (REVISED, values((2025, 3, "current"), (2026, 5, "current")),
     "No published value of a year's arrivals was ever changed",
     "For 2 years only one value was found, so no change is known."),
    (DOUBTS, doubts(*SHOT, *JSA), "The share of crossings shot at lies anywhere between 4% and 90%",
     "The share shot at is 20% of the known cases, 4% to 90% of all cases with all doubts. 8 "
     "crossings of the JSA are counted, 8 or more with all doubts."),
    (DOUBTS, doubts(*JSA), "No doubt that was tried moves these numbers",
     "8 crossings of the JSA are counted, 8 or more with all doubts."),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "shown", "title", "fact"), WORDS)
def test_words(slug, shown, title, fact):
    made = make(slug, shown)
    assert (made.title, made.fact[: len(fact)]) == (title, fact)
    assert slug == OUTLETS or made.fact == fact


def test_sentences_of_nothing():
    frame = crossings(("a", "2011-10-30", "jsa", 1, "unknown", 2))
    table = doubt.against_official(frame, NONE, TOTALS.assign(measure="sea_returned"))
    assert sentences.critic_net(doubt.cancelling(table)).startswith("No official total is given")
    assert sentences.critic_unseen(TOTALS).startswith("No office says how many")
    assert sentences.decided(frame, frame).startswith("No official total helped to judge")


def test_the_answer_and_the_figure_give_the_share_shot_at_one_range():
    south, gaps, doubts = map(pages.frames(), (recipes.south, recipes.gaps, recipes.headlines))
    joint = doubts.set_index(["headline", "kind"]).loc[("shot", "together")]
    low, high = percent(joint["low"]), percent(joint["high"])
    assert f"between {low} and {high}" in sentences.answer(south, gaps, doubts)
    assert f"{low} to {high}" in make("headlines-under-doubt").fact

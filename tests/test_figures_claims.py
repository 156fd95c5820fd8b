"""The claims of the report: a mark a source, a number a value, and words that follow the rows."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import claims as derive
from helpers.figures import claims_checked, style
from helpers.figures.frames import Frames
from helpers.figures.registry import Figure
from helpers.sentences import claims as sentences
from tests import pages
from tests.test_analysis_claims import small  # noqa: F401


@pytest.fixture
def shown(small):  # noqa: F811
    claims, evidence, facts, sources = small
    weighed = derive.linked(derive.weigh(*small), evidence)
    return (
        weighed,
        derive.voices(claims, evidence, sources),
        derive.values(claims, evidence, facts),
    )


@pytest.fixture
def make(root):
    frames = Frames(root / "data")
    return lambda *shown: Figure("claims-checked").make(frames, *shown)


def marks(page, gid):
    found = [item for ax in page.axes for item in ax.collections if item.get_gid() == gid]
    return sum(len(item.get_offsets()) for item in found)


def words(page, gid):
    return [text.get_text() for ax in page.axes for text in ax.texts if text.get_gid() == gid]


@pytest.mark.parametrize("size", style.SHEETS)
def test_one_mark_a_source_and_words_apart_in_every_size(make, shown, size):
    page = make(*shown).page(size)
    assert {side: marks(page, side) for side in claims_checked.LOOK} == {
        "for": 1, "narrowing": 2, "against": 1, "set_aside": 1,
    }  # fmt: skip
    assert marks(page, "first-hand") == 1
    assert words(page, "verdict") == ["Holds with a range: 1", "Cannot be checked: 1"]
    assert words(page, "number") == ["5", "6"]
    assert marks(page, "number-for") == 1 and marks(page, "number-narrowing") == 2
    assert pages.off_page(page) == [] and pages.overlaps(page) == []
    lists = [ax for ax in page.axes if ax.get_label() == "claims"]
    assert len(lists) == (2 if size == "slide" else 1)


@pytest.mark.parametrize("size", ["column", "slide"])
def test_numbers_stand_below_the_sources_where_it_is_narrow(make, shown, size):
    page = make(*shown).page(size)
    heights = {
        gid: {item.get_offsets()[0][1] for ax in page.axes for item in ax.collections
              if item.get_gid() == gid}
        for gid in ("narrowing", "number-narrowing")
    }  # fmt: skip
    assert max(heights["number-narrowing"]) < min(heights["narrowing"])


def test_words_of_a_small_case(make, shown, small):  # noqa: F811
    weighed, heard, published = shown
    made = make(*shown)
    assert made.title == "0 of 2 claims in the 2017 report are disputed"
    assert made.fact == "None of 2 claims holds as published."
    other = derive.other_rules(*small)
    assert sentences.answer(weighed, other).startswith(
        "Of the 2 claims in a news report of November 2017, 1 holds with a range and 1 cannot be "
        "checked. No claim is disputed."
    )
    assert "from 6 documents, which carry the word of 3 independent sources" in (
        sentences.basis(weighed, small[1], heard)
    )
    assert sentences.disputed(weighed, published) == "No claim is disputed."


def test_a_number_far_off_stretches_the_strip(make, shown):
    weighed, heard, published = shown
    far = published.assign(value_high=published["value_high"].where(lambda high: high < 6, 40))
    page = make(weighed, heard, far).page("full")
    assert "40" in words(page, "number") and pages.overlaps(page) == []


def test_a_claim_without_a_short_name_is_quoted(shown):
    weighed, _, _ = shown
    new = weighed.rename(index={weighed.index[0]: "rc99"})
    assert (
        sentences.named(new, ["rc99"])
        == "\N{LEFT DOUBLE QUOTATION MARK}Five wounds\N{RIGHT DOUBLE QUOTATION MARK}"
    )


def test_real_short_names_are_of_claims_that_are_there(root):
    assert set(sentences.SHORT) <= set(Frames(root / "data")["report_claims"].index)


def test_years_counted_by_both_offices_are_named():
    both = pd.DataFrame({"arrivals": [2402, 1502], "direct": [10, 5]}, index=["2010", "2012"])
    said = sentences.arrivals(31339, 2017, both)
    assert "For 2010 and 2012 the Joint Chiefs counted 15 people who came directly" in said
    assert "For no year" in sentences.arrivals(31339, 2017, both.iloc[:0])

"""The claims of the report: a mark a source, a number a value, and words that follow the rows."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import claims as derive
from helpers.figures import claims_checked
from helpers.sentences import claims as sentences
from tests import pages
from tests.pages import drawn, make, marks, words
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


@pytest.mark.parametrize("size", pages.SIZES)
def test_one_mark_a_source_and_words_apart_in_every_size(shown, size):
    page = drawn("claims-checked", size, *shown)
    assert {side: marks(page, side) for side in claims_checked.WORDS} == {
        "for": 1, "narrowing": 2, "against": 1, "set_aside": 1, "first-hand": 1,
    }  # fmt: skip
    assert words(page, "verdict") == ["Holds with a range: 1", "Cannot be checked: 1"]
    assert words(page, "number") == ["5", "6"]
    assert marks(page, "number-for") == 1 and marks(page, "number-narrowing") == 2
    lists = [ax for ax in page.axes if ax.get_label() == "claims"]
    assert len(lists) == (2 if size == "slide" else 1)


def test_words_of_a_small_case(shown, small):  # noqa: F811
    weighed, heard, published = shown
    made = make("claims-checked", *shown)
    assert made.title == "0 of 2 claims in the 2017 report are disputed"
    assert made.fact == "None of 2 claims holds as published."
    other = derive.other_rules(*small)
    assert sentences.answer(weighed, other).startswith(
        "Of the 2 claims in a news report of November 2017, 1 holds with a range and 1 cannot be "
        "checked. No claim is disputed."
    )
    assert "from 6 documents. The documents speak for 3 independent sources" in (
        sentences.basis(weighed, small[1], heard)
    )
    assert sentences.disputed(weighed, published) == "No claim is disputed."


def test_a_number_far_off_stretches_the_strip(shown):
    weighed, heard, published = shown
    far = published.assign(value_high=published["value_high"].where(lambda high: high < 6, 40))
    page = make("claims-checked", weighed, heard, far).page("full")
    assert "40" in words(page, "number") and pages.overlaps(page) == []


def test_a_claim_without_a_short_name_is_quoted(shown):
    weighed, _, _ = shown
    new = weighed.rename(index={weighed.index[0]: "rc99"})
    assert (
        sentences.named(new, ["rc99"])
        == "\N{LEFT DOUBLE QUOTATION MARK}Five wounds\N{RIGHT DOUBLE QUOTATION MARK}"
    )


def test_real_short_names_are_of_claims_that_are_there():
    assert set(sentences.SHORT) <= set(pages.frames()["report_claims"].index)


def test_years_counted_by_both_offices_are_named():
    both = pd.DataFrame({"arrivals": [2402, 1502], "direct": [10, 5]}, index=["2010", "2012"])
    said = sentences.arrivals(31339, 2017, both)
    assert "For 2010 and 2012 the Joint Chiefs counted 15 people who came directly" in said
    assert "published for no year" in sentences.arrivals(31339, 2017, both.iloc[:0])

"""The README's numbers are those of the data."""

from __future__ import annotations

import pandas as pd

from helpers import codebook, load
from helpers.facts.readme import answer
from tests.conftest import ROOT


def test_answer_is_the_computed_one():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    words = answer(load.incidents(), load.arrivals_annual())
    assert codebook.with_answer(readme, words) == readme, "run `crossings document`"


def test_answer_names_what_is_solid():
    words = answer(load.incidents(), load.arrivals_annual())
    assert "34,537 people (24,944 of them women)" in words
    assert "9 in 34,537" in words
    assert "eight of them, with nine people" in words
    assert "in three of the JSA's eight cases" in words


def test_answer_moves_with_the_data():
    incidents, arrivals = load.incidents(), load.arrivals_annual()
    more = pd.concat([incidents, incidents.tail(0)])
    more.loc[more["route"] == "jsa", "people"] = 2
    assert answer(more, arrivals) != answer(incidents, arrivals)


def test_routine_of_marks():
    text = f"a {codebook.ANSWER_BEGIN}old{codebook.ANSWER_END} b"
    assert "\nnew\n" in codebook.with_answer(text, "new")

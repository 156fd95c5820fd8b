"""The README's numbers are those of the data."""

from __future__ import annotations

import pytest

from helpers.figures.frames import Frames
from helpers.publish import codebook
from helpers.publish.findings import answer, in_readme
from tests import worlds
from tests.conftest import ROOT


def test_answer_is_the_computed_one():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    computed = in_readme(Frames(ROOT / "data"))
    assert codebook.with_computed(readme, computed) == readme, "run `crossings document`"


def test_foreigners_are_no_arrivals():
    words = answer(Frames(ROOT / "data"))
    assert "of these people (0.7%) are known to have come directly, 5 of them through" in words
    assert "4 foreigners who crossed are not among the arrivals." in words


def test_answer_moves_with_the_data(tmp_path):
    words = answer(Frames(worlds.whole("2026 and 2027", tmp_path)))
    assert "counts 38,751 arrivals in the South up to 2027" in words


def test_who_crossed_after_the_last_year_counted_is_no_arrival(tmp_path):
    tables = worlds.Tables()
    worlds.incident(tables, "2026-08-02", "jsa", people="2")
    after = answer(Frames(worlds.completed(tables, tmp_path)))
    assert after.split("\n\n")[1] == answer(Frames(ROOT / "data")).split("\n\n")[1]


def test_routine_of_marks():
    text = f"a {codebook.BEGIN.format('one')}old{codebook.END.format('one')} b"
    assert "\nnew\n" in codebook.with_computed(text, {"one": "new"})
    with pytest.raises(ValueError, match="lacks the marks"):
        codebook.with_computed(text, {"two": "new"})

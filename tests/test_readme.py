"""The README's numbers are those of the data."""

from __future__ import annotations

import re

import pytest

from helpers.analysis import register
from helpers.figures import recipes
from helpers.figures.frames import Frames
from helpers.languages import speaking
from helpers.publish import codebook
from helpers.publish.findings import answer, front_pictures, in_readme
from tests import worlds
from tests.conftest import ROOT


def counted(frames):
    return frames["arrivals_annual"].query("series == 'official_main'")


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.ko.md", "ko")])
def test_answer_is_the_computed_one(name, language):
    readme = (ROOT / name).read_text(encoding="utf-8")
    with speaking(language):
        computed = in_readme(Frames(ROOT / "data"))
    assert codebook.with_computed(readme, computed) == readme, "run `crossings document`"


def test_korean_pictures_are_those_of_the_data():
    with speaking("ko"):
        made = front_pictures(Frames(ROOT / "data"))
    there = {path.name: path.read_bytes() for path in (ROOT / "figures" / "ko").iterdir()}
    assert made == there, "run `crossings document`"


def test_foreigners_are_no_arrivals():
    frames = Frames(ROOT / "data")
    last = counted(frames)["period_end"].astype(int).max()
    south = frames(recipes.south)
    south = south[south["year"].le(last)]
    jsa, who = south["route"].eq("jsa"), register.citizen(south)
    northern, foreign = (south.loc[mask, "people"].sum() for mask in (
        jsa & who.eq("North"), who.eq("foreign"),
    ))  # fmt: skip
    words = answer(frames)
    assert re.search(rf"came directly \(\S+%\), {northern} of them through", words)
    assert f"{foreign} foreigners who crossed are not among the arrivals." in words


def test_answer_moves_with_the_data(tmp_path):
    frames = Frames(worlds.whole("2026 and 2027", tmp_path))
    people = counted(frames)["people"].sum()
    assert f"counts {people:,} arrivals in the South up to 2027" in answer(frames)


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

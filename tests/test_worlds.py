"""Tomorrow's data: what the check accepts, every notebook runs on, and no sentence is false.

Notebooks are rehearsed: their code runs, figures get their words, nothing is drawn. `make worlds`
draws each figure of each world in every size as well, and builds two worlds with real kernels.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpers import figures
from helpers.data.check import check_all, report
from helpers.data.vocab import Route
from helpers.export import to_csv
from helpers.figures import style
from helpers.figures.frames import Frames, shared
from helpers.figures.registry import entries
from helpers.notebooks.rehearsal import rehearse
from helpers.notebooks.run import find_notebooks
from tests import pages, worlds

THOROUGH = bool(os.environ.get("CROSSINGS_WORLDS"))
OWN_DATA = "08_your_own_data"
TOUCHED = {"02_across_the_line", "04_in_context", "06_how_sure"}
"""Notebooks that read incidents at large."""
CODES = {route.value for route in Route if "_" in route.value}


@pytest.fixture(
    scope="module",
    params=worlds.WORLDS if THOROUGH else worlds.TOGETHER,
)
def folder(request, tmp_path_factory):
    return worlds.whole(request.param, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def rehearsed(folder):
    # The notebook on one's own data checks copies of them, which is slow, and claims nothing.
    paths = [path for path in find_notebooks() if path.stem != OWN_DATA]
    return {path.stem: rehearse(path, folder) for path in paths}


def test_the_check_accepts_it(folder):
    faults = check_all(folder)
    assert not faults, report(faults, "text")


def test_every_notebook_shows_the_figures_of_the_data(folder, rehearsed):
    """What the notebook made in the open is what the command would export."""
    frames = shared(folder)
    shown = {figure.slug: figure for found in rehearsed.values() for figure in found.figures}
    assert set(shown) == set(entries())
    for slug, figure in shown.items():
        own = entries()[slug].make(frames)
        assert (figure.title, figure.fact, figure.alt) == (own.title, own.fact, own.alt), slug
        assert to_csv(figure.table) == to_csv(own.table), slug


def test_sentences_are_whole(rehearsed):
    sentences = [
        sentence
        for found in rehearsed.values()
        for text in [
            *found.sentences,
            *(part for f in found.figures for part in (f.title, f.subtitle, f.alt, f.fact)),
        ]
        for sentence in [text.strip("* ")]
    ]
    for sentence in sentences:
        assert not re.search(r"\b(nan|NaN|NaT|<NA>|inf)\b|\{|  |\(\)", sentence), sentence
        assert not re.search(
            r"(?<![\d.,])1 (?:incidents|crossings|people|cases|years|claims)\b", sentence
        )
        assert not re.search(r"\bfrom (\d+) to \1\b", sentence), sentence
        assert not any(code in sentence for code in CODES), sentence


def test_titles_are_short(rehearsed):
    for found in rehearsed.values():
        for figure in found.figures:
            assert len(figure.title.split()) <= 12, figure.title


def test_years_are_of_the_data(folder, rehearsed):
    """A year in a sentence is a year that some table names, or a fact of history."""
    known = set()
    for file in folder.rglob("*.csv"):
        known |= set(re.findall(r"\b(?:19|20)\d\d\b", file.read_text(encoding="utf-8")))
    for name, found in rehearsed.items():
        for text in [*found.sentences, *(f"{f.title} {f.fact}" for f in found.figures)]:
            years = set(re.findall(r"\b(?:19|20)\d\d\b", text))
            later = {str(int(year) + 1) for year in known}
            assert years <= known | later, f"{name}: {text}"


@pytest.mark.skipif(not THOROUGH, reason="by hand: make worlds")
def test_every_figure_is_drawn_in_every_size(folder):
    frames = Frames(folder)
    for slug, figure in entries().items():
        content = figure.make(frames)
        for size in style.SHEETS:
            page = content.page(size)
            assert pages.off_page(page) == [], f"{slug}, {size}"
            assert pages.overlaps(page) == [], f"{slug}, {size}"


def test_make_takes_what_an_analyst_shows():
    years = figures.make("start-arrivals").table
    cut = figures.make("start-arrivals", years.loc[2018:])
    assert "from 2018" in cut.fact and "2017" not in cut.fact


ROUTES = st.sampled_from(list(worlds.POINTS))
PRECISE = st.dates(date(1950, 1, 1), date.today()).map(str)
DATES = st.one_of(PRECISE, PRECISE.map(lambda day: day[:7]), PRECISE.map(lambda day: day[:4]))
SHOTS = st.sampled_from(
    [
        {},
        {"shots_fired": "no", "shots_at": "not_applicable"},
        {"shots_fired": "yes", "shots_at": "crossers", "shots_count": "7"},
        {"shots_fired": "yes", "shots_at": "unknown"},
    ]
)


@st.composite
def crossings(draw):
    """Return what makes a valid incident: any route and direction, any year, known well or not."""
    direction = draw(st.sampled_from(["north_to_south", "south_to_north"]))
    northern = ["north_korean", "unknown", "soviet", "chinese"]
    nations = northern if direction == "north_to_south" else ["south_korean", "american", "unknown"]
    return {
        "date": draw(DATES),
        "route": draw(ROUTES),
        "direction": direction,
        "place": draw(st.booleans()),
        "sources": draw(st.integers(1, 4)),
        "people": str(draw(st.integers(1, 60))),
        "nationality": draw(st.sampled_from(nations)),
        "affiliation": draw(st.sampled_from(["soldier", "civilian", "unknown", "mixed", "pilot"])),
        **draw(SHOTS),
    }


@settings(
    max_examples=60 if THOROUGH else 3,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(rows=st.lists(crossings(), min_size=1, max_size=8))
def test_generated_incidents(rows):
    with TemporaryDirectory() as folder:
        tables = worlds.Tables()
        for row in rows:
            worlds.incident(tables, **row)
        data = worlds.completed(tables, Path(folder))
        faults = check_all(data)
        assume(not any("same event" in fault.problem for fault in faults))
        assert not faults, report(faults, "text")
        for path in find_notebooks():
            if path.stem in TOUCHED:
                rehearse(path, data)

"""Every figure, in every size: its words, its page, the notebook that it stands in, its files.

That a build draws the same bytes again is proved where it is built: see ``.ci/run``.
"""

from __future__ import annotations

import builtins
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as ET
from functools import cache

import pytest

from helpers import export
from helpers.data.tables import TABLES
from helpers.figures import Frames, style
from helpers.figures.registry import entries
from helpers.layers import FILES
from tests import pages
from tests.conftest import ROOT

FIGURES = ROOT / "figures"
LEAST_PT = {"column": style.LEAST_PT, "full": 7.0, "slide": 7.0}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", autouse=True)
def no_sum_of_lengths():
    """Since Python 3.12 ``sum`` adds floats with other last digits; ``fsum`` is the same in all."""
    real = sum

    def whole(items, /, start=0):
        total, caller = real(items, start), sys._getframe(1).f_globals["__name__"]
        assert not (isinstance(total, float) and caller.startswith("helpers.")), f"fsum in {caller}"
        return total

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(builtins, "sum", whole)
        yield


@pytest.fixture(scope="module", params=entries())
def entry(request):
    return entries()[request.param]


@pytest.fixture(scope="module")
def content(entry):
    return entry.make(pages.frames())


@pytest.fixture(scope="module")
def drawn(content):
    """Each size drawn once."""
    return cache(content.page)


def test_the_folder_holds_the_figures_of_the_notebooks_in_whole_sets_and_shows_them():
    expected = {f"{slug}.{ext}" for slug in entries() for ext in ("png", "svg", "csv", "json")}
    assert {path.name for path in FIGURES.iterdir()} == expected | {
        "README.md",
        "explore.html",
        "ko",
    }
    page = (FIGURES / "README.md").read_text(encoding="utf-8")
    assert [slug for slug in entries() if f"]({slug}.png)" not in page] == []


def test_it_notes_the_tables_and_layers_that_it_asks_for(content):
    assert content.tables and set(content.tables) <= set(TABLES)
    assert set(content.layers) <= set(FILES)


def test_the_files_hold_its_words_and_table_and_were_written_together(content, entry, drawn):
    made = export.files(content, drawn("full"), (), data_dir=ROOT / "data")
    assert made[f"{content.slug}.csv"] == (FIGURES / f"{content.slug}.csv").read_bytes()
    words = json.loads(made[f"{content.slug}.json"])
    kept = json.loads((FIGURES / f"{content.slug}.json").read_text("utf-8"))
    assert kept | {"files": {}} == words | {"files": {}}, f"build {entry.notebook}"
    assert kept["files"] == {
        name: hashlib.sha256((FIGURES / name).read_bytes()).hexdigest()
        for name in (f"{content.slug}.{ending}" for ending in ("png", "svg", "csv"))
    }
    # A map must print its credit on the picture, not only in the file beside it.
    for credit in ("OpenStreetMap", "Natural Earth"):
        assert credit not in words["credit"] or credit in content.source


def test_pictures_are_whole_and_undated_and_hold_their_words(content):
    png, svg = ((FIGURES / f"{content.slug}.{ext}").read_bytes() for ext in ("png", "svg"))
    assert png.startswith(b"\x89PNG") and png.endswith(b"IEND\xaeB`\x82")
    assert b"tIME" not in png and b"Software" not in png and b"<dc:date>" not in svg
    tree = ET.fromstring(svg)
    assert tree.findtext(f"{SVG}title") == content.title
    written = " ".join("".join(text.itertext()) for text in tree.iter(f"{SVG}text"))
    assert re.sub(r"\s+", "", content.title) in re.sub(r"\s+", "", written)


def test_it_has_words_and_rows(content):
    words = (content.title, content.subtitle, content.alt, content.fact, content.source)
    assert all(text.strip() for text in words) and len(content.table)
    assert "The JSA crossing in context" in content.source


def test_the_notebook_calls_it(entry):
    notebook = json.loads((ROOT / "notebooks" / entry.notebook).read_text(encoding="utf-8"))
    code = "".join(
        "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"
    )
    assert f'figures.make("{entry.slug}"' in code


@pytest.mark.parametrize("size", LEAST_PT)
def test_words_are_on_the_page_apart_and_large_enough(drawn, size):
    page = drawn(size)
    assert pages.off_page(page) == []
    assert pages.overlaps(page) == []
    assert pages.smallest_pt(page) >= LEAST_PT[size]


@pytest.mark.parametrize(("since", "until"), [(2100, None), (None, 1952), (None, 1960)])
def test_a_time_without_cases_has_its_page_too(since, until):
    frames = Frames(ROOT / "data", since, until)
    pages_of = [entry.make(frames).page() for entry in entries().values() if not entry.whole]
    assert all(page.title for page in pages_of)


def test_every_size_is_drawn_or_laid_out_as_another():
    """The web's page is the full one, printed larger."""
    as_full = {name for name, sheet in style.SHEETS.items() if sheet.layout_mm == 183}
    assert as_full == {"full", "web"}
    assert set(LEAST_PT) | as_full == set(style.SHEETS)

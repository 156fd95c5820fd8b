"""What figures/ holds: whole sets, bytes that carry no date, an index that names each."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from tests.conftest import ROOT

FIGURES = ROOT / "figures"
SLUGS = sorted(path.stem for path in FIGURES.glob("*.json"))
SVG = "{http://www.w3.org/2000/svg}"


def test_at_least_seven():
    assert len(SLUGS) >= 7


def test_nothing_but_whole_sets():
    expected = {f"{slug}.{ext}" for slug in SLUGS for ext in ("png", "svg", "csv", "json")}
    assert {path.name for path in FIGURES.iterdir()} == expected | {"README.md"}


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param


def test_words(slug):
    words = json.loads((FIGURES / f"{slug}.json").read_text(encoding="utf-8"))
    assert all(words[key].strip() for key in ("title", "subtitle", "alt", "fact", "source"))
    assert 60 <= len(words["alt"]) <= 400
    assert "The JSA crossing in context" in words["source"]


def test_index_shows_it(slug):
    page = (FIGURES / "README.md").read_text(encoding="utf-8")
    assert f"]({slug}.png)" in page


def test_png_is_whole_and_undated(slug):
    content = (FIGURES / f"{slug}.png").read_bytes()
    assert content.startswith(b"\x89PNG") and content.endswith(b"IEND\xaeB`\x82")
    assert b"tIME" not in content and b"Software" not in content


def test_svg_holds_its_words_as_text(slug):
    tree = ET.parse(FIGURES / f"{slug}.svg").getroot()
    words = json.loads((FIGURES / f"{slug}.json").read_text(encoding="utf-8"))
    assert tree.findtext(f"{SVG}title") == words["title"]
    written = " ".join("".join(text.itertext()) for text in tree.iter(f"{SVG}text"))
    assert re.sub(r"\s+", "", words["title"]) in re.sub(r"\s+", "", written)
    assert b"<dc:date>" not in (FIGURES / f"{slug}.svg").read_bytes()


def test_no_text_under_seven_points(slug):
    content = (FIGURES / f"{slug}.svg").read_text(encoding="utf-8")
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;\"]*?([\d.]+)px", content)]
    assert sizes
    assert min(sizes) >= 7


def test_table_has_rows(slug):
    assert len(pd.read_csv(FIGURES / f"{slug}.csv")) > 0

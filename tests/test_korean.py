"""The Korean edition: every template has its Korean, every page is Korean, and nothing overlaps."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from importlib import resources
from string import Formatter

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from helpers.figures import style
from helpers.figures.frames import Frames
from helpers.figures.registry import entries
from helpers.languages import catalogue, speaking, tr
from helpers.languages.korean import FORMS
from helpers.publish import findings
from helpers.words import _BETWEEN
from tests import pages, worlds
from tests.conftest import ROOT

FIGURES = ROOT / "src" / "helpers" / "figures"
#: What no reader sees.
CODES = {
    "Int64", "offset points", "axes fraction", "North", "Words", "WHOLE", "CC-BY-4.0",
    "series == 'official_main'",
    # Parts of which a sentence is chosen: the catalogue has the sentences whole.
    "{n:crossing/crossings} to the South", "(in {years:list})", "the end of {end}",
    "Time line of events by kind:", "{share:%} of crossings rest on a single outlet",
}  # fmt: skip

#: What Korean pages write in Latin letters too: names that have no other form, units, addresses.
LATIN = {
    "NK",
    "RFA",
    "TV",
    "m",
    "km",
    "JSA",
    "DMZ",
    "MDL",
    "NLL",
    "UN",
    "T",
    "K",
    "OpenStreetMap",
    "Natural",
    "Earth",
    "ODbL",
}


def test_each_text_has_one_korean():
    files = (resources.files("helpers.languages") / "ko").iterdir()
    text = "\n".join(path.read_text("utf-8") for path in files if path.name.endswith(".po"))
    said = re.findall(r'^(?:msgctxt "(.+)"\n)?msgid "(.+)"$', text, re.M)
    assert [words for words, times in Counter(said).items() if times > 1] == []


def test_people_are_persons_and_a_magazine_of_that_name_is_one():
    with speaking("ko"):
        assert tr("People") == "사람 수" and tr("People", "publisher") == "피플"
        assert tr("People", "explorer") == "인원"


def _texts(path):
    """Return the texts of a figure's file that a reader sees: no docstring, no key, no gid."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in unseen
        ):
            for text in map(str.strip, _BETWEEN.split(node.value)):
                bare = re.sub(r"\{[^}]*\}", "", text)
                if re.search("[A-Za-z]{2}", bare) and (
                    " " in text or (bare[:1].isupper() and not bare.isupper())
                ):
                    yield from {text} - CODES


FILES = [path for path in sorted(FIGURES.glob("*.py")) if path.stem.replace("_", "-") in entries()]
FILES += [FIGURES / f"{room}.py" for room in ("idioms", "provenance", "recipes", "registry")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_text_has_its_korean_with_the_same_values(path):
    known = catalogue("ko")
    names = lambda text: {name for _, name, _, _ in Formatter().parse(text) if name}  # noqa: E731
    lacking = [text for text in dict.fromkeys(_texts(path)) if text not in known]
    assert lacking == []
    other = [text for text in _texts(path) if names(text) != names(known[text])]
    assert other == []


@pytest.fixture(scope="module", params=entries())
def drawn(request):
    """Each size of a figure, drawn once in Korean."""
    with speaking("ko"):
        content = entries()[request.param].make(pages.frames())

        @cache
        def page(size):
            with speaking("ko"):
                return content.page(size)

        yield content, page


@cache
def _letters():
    files = [resources.files("pylopdf_fonts_ko") / "NotoSansKR-Regular.otf"]
    files += [font_manager.findfont("Fira Sans", fallback_to_default=False)]
    return set().union(*(TTFont(str(file)).getBestCmap() for file in files))


def _is_korean(content, page):
    """Check all that a page says: no word in Latin letters, no letter without a shape."""
    said = [content.title, content.subtitle, content.alt, content.fact, content.source]
    said += [text.get_text() for text, _ in pages.boxes(page)] if page else []
    for text in said:
        assert {*re.findall("[A-Za-z]+", text)} <= LATIN, text
        assert {ord(letter) for letter in text if letter != "\n"} <= _letters(), text
        assert not re.search(r"[{}]|\b(nan|NaT|None)\b", text), text
        assert not any(pair in text for pair in FORMS), text


def test_a_page_is_korean_and_has_every_letter(drawn):
    content, page = drawn
    _is_korean(content, page("full"))


@pytest.mark.parametrize("size", ["column", "full", "slide"])
def test_korean_words_are_on_the_page_and_apart(drawn, size):
    page = drawn[1](size)
    assert pages.off_page(page) == []
    assert pages.overlaps(page) == []
    assert pages.smallest_pt(page) >= style.LEAST_PT


# Tomorrow's data -------------------------------------------------------------------------------


def _new_code(tables):
    tables.add(
        "vocabularies", next(r for r in tables["vocabularies"] if r["value"] == "fisher"),
        value="diver", label="Diver", label_ko="잠수사", definition_ko="잠수 인력이다.",
    )  # fmt: skip
    worlds.incident(tables, "2026-04-01", "jsa", affiliation="diver", people="3")


#: Data in which sentences take other turns, as edits of the tables or as a cut by year.
TURNS = {
    "a new code": [_new_code],
    "one case": worlds.WORLDS["jsa of one case"] + worlds.WORLDS["nothing by air"],
    "other years": worlds.WORLDS["jsa 1958"] + worlds.WORLDS["first half of 2026"],
    "few": {"since": 2024},
    "long ago": {"until": 1999},
}


@pytest.mark.parametrize("turn", TURNS)
def test_each_turn_of_a_sentence_is_korean(turn, tmp_path):
    if isinstance(TURNS[turn], dict):
        frames = Frames(worlds.DATA, **TURNS[turn])
    else:
        tables = worlds.Tables()
        for edit in TURNS[turn]:
            edit(tables)
        frames = Frames(worlds.completed(tables, tmp_path))
    with speaking("ko"):
        for figure in entries().values():
            _is_korean(figure.make(frames), None)
        answer = findings.answer(frames)
    assert not re.search("[A-Za-z{}]", answer.replace("JSA", "")), answer

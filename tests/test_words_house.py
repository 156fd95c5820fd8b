"""The house style of words: short titles, plain terms, numbers that come from the data alone."""

from __future__ import annotations

import re
from unittest.mock import patch

import nbformat
import pytest

from helpers.figures.frames import Frames
from helpers.figures.registry import Words, entries
from helpers.notebooks.run import find_notebooks
from helpers.publish.findings import SENTENCES
from tests import worlds
from tests.conftest import ROOT

BANNED = {
    r"\bstraight\b(?! line)": "directly",
    r"\bin print\b|\bslips? of print\b": "published, misprint",
    r"\bfloor\b": "at least",
    r"\bblind\b": "no reliable record",
    r"\bvoices?\b": "source",
    r"\bin force\b": "current",
    r"\b(?:northern|southern)\b": "of the North, of the South",
    r"\bstands? in\b": "is in",
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten) of (?:the )?\d{1,3}\b": "digits",
    r"\b(?:Counted|Shown|Shaded|Hatched|Left out) (?:is|are|was|were)\b": "subject, verb, object",
    r"\b(?:at least|between) [\d,.]+%? or \d": "between ... and",
}  # fmt: skip
"""Terms and turns that the house does not use, and what it says instead."""

WORDS, NUMBERS, YEARS = 12, 2, 2
"""The most words, numbers and years of a title; a year is no number."""

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
NUMBER = re.compile(r"\d[\d,.]*")
HISTORY = {"2017"}
"""Digits that a template may have: the year of the crossing that the project is named after."""

PATHS = re.compile(r"`[^`]*`|\]\([^)]*\)|```.*?```|<!--.*?-->", re.S)


def unfit(text):
    """Return the banned terms of a text, with what to say instead."""
    plain = PATHS.sub("", text)
    found = {said: re.search(term, plain) for term, said in BANNED.items()}
    return {match[0]: said for said, match in found.items() if match}


@pytest.fixture(scope="module", params=["committed", *worlds.TOGETHER[7:10:2]])
def said(request, tmp_path_factory):
    """Return all figures of a data folder, the templates of their titles, and the findings."""
    folder = ROOT / "data"
    if request.param != "committed":
        folder = worlds.whole(request.param, tmp_path_factory.mktemp("world"))
    frames, titles, of = Frames(folder), [], Words.of

    def noted(named, **templates):
        titles.append(templates["title"])
        return of(named, **templates)

    with patch.object(Words, "of", noted):
        made = {slug: figure.make(frames) for slug, figure in entries().items()}
    return made, titles, {name: sentence(frames) for name, sentence in SENTENCES.items()}


def test_titles_are_short_and_have_few_numbers(said):
    for slug, figure in said[0].items():
        plain = YEAR.sub("", figure.title)
        assert len(figure.title.split()) <= WORDS, f"{slug}: {figure.title}"
        assert len(NUMBER.findall(plain)) <= NUMBERS, f"{slug}: {figure.title}"
        assert len(YEAR.findall(figure.title)) <= YEARS, f"{slug}: {figure.title}"


def test_no_number_of_a_title_is_typed(said):
    for template in said[1]:
        typed = set(re.findall(r"\d+", re.sub(r"\{[^}]*\}", "", template)))
        assert typed <= HISTORY, template


def test_figures_and_findings_use_the_words_of_the_house(said):
    texts = {f"{s} {n}": getattr(f, n) for s, f in said[0].items() for n in Words.__annotations__}
    for name, text in (texts | said[2]).items():
        assert not unfit(text), f"{name}: {unfit(text)} in: {text}"


@pytest.mark.parametrize("name", ["README.md", *(path.stem for path in find_notebooks())])
def test_prose_uses_the_words_of_the_house(name):
    if name == "README.md":
        texts = [(ROOT / name).read_text(encoding="utf-8")]
    else:
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for text in texts:
        assert not unfit(text), f"{unfit(text)} in: {text}"

"""The words of the ministry's tables in Korean and English, and what they stand for."""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from helpers.data.tables.profile import categories

PEOPLE, MEN, WOMEN, SHARE = "people", "men", "women", "share"
SEXES = (MEN, WOMEN, PEOPLE)

_APOSTROPHES = re.compile("['\u2018\u2019\u201b`\u00b4\u2032\uff07]")
# Raised digits are footnotes, and would become digits of the number before them.
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_ALIKE = str.maketrans("\u301c\u223c\u02dc\uff5e\u2013\u2014\u318d", "~~~~--\u00b7")
_FOOTNOTE = re.compile(r"(?:\s*[*\u2020\u2021\u203b#]|(?<=\S)\s*(?:주?\d|주)\))+$")
_PROVISIONAL = re.compile(
    r"\((?:잠정치?|provisional|prelim\w*|p)\)|잠정치?|provisional|prelim\w*|(?<=[\d월])p$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\((?:단위|unit)?:?(?:명|인|%|persons?|people)\)$", re.IGNORECASE)

# Of each measure, and of each group of a dimension, the words that stand for it: in small letters,
# without spaces. Sejong is in the province around it, as in the tables here.
_MEANT: dict[str, dict[str, str]] = {}
with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as _file:
    for _row in csv.DictReader(_file):
        _words = dict.fromkeys(_row["words"].split(), _row["value"])
        _MEANT[_row["of"]] = _MEANT.get(_row["of"], {}) | _words
_DIMENSION_TITLES = {
    "age_at_arrival": r"연령|\bage\b",
    "education_in_north": r"학력|education",
    "occupation_in_north": r"직업|직군|background|occupation",
    "residence_in_south": r"거주|residence",
    "province_of_origin": r"출신|birthplace|origin",
}

# Every group a complete table has; two of the vocabulary stand for tables of the press only.
COMPLETE = {
    dimension: [name for name in names if not name.endswith("_both")]
    for dimension, names in categories().items()
    if dimension != "sex"
}
_SUFFIX = re.compile(r"(?<=..)(?:특별자치[도시]|특별시|광역시|도|시)$")


@lru_cache(1 << 12)
def clean(cell: str) -> str:
    """Return a cell's text without entities, apostrophes, full-width forms and stray spaces."""
    text = _RAISED.sub("*", _APOSTROPHES.sub("", html.unescape(cell))).translate(_ALIKE)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c if unicodedata.category(c) not in ("Cf", "Cc") else " " for c in text)
    return " ".join(text.split())


@lru_cache(1 << 12)
def unmarked(cell: str) -> tuple[str, bool, bool]:
    """Return a cell without marks: its text, whether provisional, whether a footnote hangs on it.

    Removes what says provisional and what leads to a footnote, in whichever order they stand.
    """
    text = _FOOTNOTE.sub("", clean(cell))
    bare_text = _PROVISIONAL.sub("", text.replace(" ", "")).strip()
    final = _FOOTNOTE.sub("", bare_text)
    return final, bare_text != text.replace(" ", ""), text != clean(cell) or final != bare_text


@lru_cache(1 << 12)
def _bare(cell: str) -> str:
    """Return a label in lower case, without spaces, footnotes and a unit in brackets."""
    return _UNIT.sub("", _FOOTNOTE.sub("", clean(cell)).replace(" ", "").casefold())


def measure(cell: str) -> str | None:
    """Return which of men, women, people (the total) and share a label stands for, or None."""
    return _MEANT["measure"].get(_bare(cell))


def category(dimension: str, cell: str) -> str | None:
    """Return the group of ``dimension`` that a label stands for, or None."""
    label, words = _bare(cell), _MEANT.get(dimension, {})
    base = re.sub(r"[^\w]", "", re.sub(r"\(.*$", "", label))
    return words.get(label) or words.get(base) or words.get(_SUFFIX.sub("", base))


def date_of_excel(cell: str) -> bool:
    """Say whether Excel has made a date of an age group: 19-Oct of 10-19."""
    return _bare(cell) in ("19-oct", "10월19일")


def dimension_of(title: str, labels: list[str]) -> str | None:
    """Return by what a list of groups is broken down: most labels known, else the title's word."""
    known = {name: sum(category(name, label) is not None for label in labels) for name in COMPLETE}
    told = [
        name for name, words in _DIMENSION_TITLES.items() if re.search(words, title, re.IGNORECASE)
    ]
    best = max(known, key=lambda name: (known[name], name in told))
    return best if known[best] >= max(2, len(labels) / 3) else None


def language(text: str) -> str:
    """Return the ISO 639-1 code of the language a table is written in."""
    return "ko" if re.search("[가-힣]", text) else "en"

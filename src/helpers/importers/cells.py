"""What stands in one cell: a number, a share, a year with its month and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.importers.words import PROVISIONAL, clean

_GROUPED = re.compile(r"\d{1,3}([,.]\d{3})(\1|[,.]\d{3})*")
_PLAIN = re.compile(r"(\d{1,9})(?:\.0+)?")
_KEY = re.compile(
    r"(?P<until>~)?(?P<year>\d{4}|\d{1,2})(?:년|年)?"
    r"(?:\.?(?P<month>\d{1,2})(?P<word>월|月)?말?|\.)?"
)
_AS_OF = [
    re.compile(
        r"(?<!\d)(?P<year>\d{4}|\d{2})\.\s*(?P<month>\d{1,2})\.?\s*(?:월|月|\(|기준|현재|末)"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4}|\d{2})\s*[년年]\s*(?P<month>\d{1,2})\s*[월月]"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-.](?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)"),
]


@dataclass(frozen=True)
class Year:
    """A year as a table names it.

    Attributes
    ----------
    end, month : int
        Last year and last month counted; month 12 is a whole year, 0 one that cannot be read.
    until : bool
        Whether the key counts everything up to ``end`` that no key before it counts.
    provisional : bool
        Whether the key carries the mark.
    """

    end: int
    month: int
    until: bool
    provisional: bool


def number(cell: str) -> int | None:
    """Return a whole number, None for an empty cell or a dash.

    Thousands may be set off by a comma, or by the full stop that one page has in a comma's place.

    Raises
    ------
    ValueError
        If the cell holds anything else.
    """
    text = re.sub(r"[명名人]$", "", clean(cell).replace(" ", ""))
    if text in ("", "-", "\u2013", "\u2014", "\u00b7"):
        return None
    if _GROUPED.fullmatch(text):
        return int(re.sub("[,.]", "", text))
    if match := _PLAIN.fullmatch(text):
        return int(match[1])
    raise ValueError(f"{cell!r} is no whole number")


def share(cell: str) -> float | None:
    """Return a percentage; a bare fraction, as a workbook stores it, is taken times 100.

    Raises
    ------
    ValueError
        If the cell holds anything else.
    """
    text = clean(cell).replace(" ", "")
    if text in ("", "-"):
        return None
    value = float(text.removesuffix("%"))
    return value if "%" in text or value > 1 else 100 * value


def year(cell: str) -> Year | None:
    """Return the year a label names, or None if it names none."""
    text = clean(cell).replace(" ", "")
    marked = PROVISIONAL.search(text) is not None
    match = _KEY.fullmatch(PROVISIONAL.sub("", text))
    if match is None:
        return None
    month = int(match["month"] or 12)
    # A workbook turns 26.10 into 26.1: one digit without a word can be either month.
    vague = match["month"] and len(match["month"]) == 1 and not match["word"]
    return Year(
        _four_digits(match["year"]),
        0 if vague or not 1 <= month <= 12 else month,
        match["until"] is not None,
        marked,
    )


def _four_digits(text: str) -> int:
    value = int(text)
    return value if value > 99 else value + (1900 if value >= 50 else 2000)


def as_of(text: str) -> str | None:
    """Return the month up to which a heading or file name says people are counted, YYYY-MM."""
    text = clean(text)
    for pattern in _AS_OF:
        for match in pattern.finditer(text):
            month = int(match["month"])
            if 1 <= month <= 12:
                return f"{_four_digits(match['year'])}-{month:02d}"
    return None

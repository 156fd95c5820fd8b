"""What stands in one cell: a number, a share, a year with its month and marks."""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from helpers.entry.ministry.words import clean, unmarked

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_PLAIN = re.compile(r"(\d{1,9})(?:\.0+)?")

_Y = r"(?P<year>\d{4}|\d{2})"
_MONTHS = [name.casefold() for name in calendar.month_abbr]
_MONTH_NAME = re.compile(
    rf"(?:\bjan[a-z]*\.?\s*(?:to|-|~)\s*)?\b({'|'.join(calendar.month_abbr[1:])})[a-z]*\.?,?\s*(\d{{4}})",
    re.IGNORECASE,
)
_HALF = [
    rf"{_Y}년?(?P<half>[상하])반기",
    rf"{_Y}[.\s-]*h(?P<half>[12])",
    rf"(?:h(?P<half>[12])|(?P<h>[12])h)\s*{_Y}",
]
_QUARTER = [
    rf"{_Y}년?(?P<quarter>[1-4])(?:/4)?분기",
    rf"{_Y}[.\s-]*q(?P<quarter>[1-4])",
    rf"q(?P<quarter>[1-4])\s*{_Y}",
]
_KEYS = [
    re.compile(pattern)
    for pattern in [
        rf"(?P<until>~|to|until|upto){_Y}년?",
        rf"{_Y}년?(?P<until>이전|까지|andbefore|andearlier)",
        r"(?P<start>\d{4})년?(?:~|-|to)(?P<year>\d{4})년?",
        rf"(?P<start>\d{{4}}|\d\d)년?~{_Y}년?",
        *_HALF,
        *_QUARTER,
        rf"{_Y}(?:년|\.|-)0?1[.월]?[~-](?P<month>\d{{1,2}})(?:\.|월)?",
        rf"{_Y}(?:년|[./-])(?P<month>\d{{1,2}})(?P<word>월|\.)?(?:\d{{1,2}}[.일]?)?(?:까지)?",
        r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])",
        rf"{_Y}(?:년|\.)?",
    ]
]
_TAIL = re.compile(r"(?:말일?|기준|현재|누[계적]|입국자)+$")
_SAID = "(?:말|기준|현재|까지|입국)"
_STATED = [
    re.compile(rf"(?<![\d.-]){pattern}")
    for pattern in [
        *(pattern.replace("년?", r"\s*년?\s*") + r"(?!\d)" for pattern in [*_HALF, *_QUARTER]),
        rf"{_Y}\s*[년.]\s*0?1\s*[월.]?\s*[~-]\s*(?P<month>\d{{1,2}})\s*[월.)]",
        rf"{_Y}\s*[년.]\s*(?P<month>\d{{1,2}})\s*(?:월(?!\s*\d)|\.?\s*(?:{_SAID}|\)))",
        rf"{_Y}\s*[년.-]\s*(?P<month>\d{{1,2}})\s*[월.-]\s*\d{{1,2}}\s*[.일]?\s*{_SAID}",
        r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])",
    ]
]
_DATE_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3]\d)?(?!\d)")


@dataclass(frozen=True)
class Span:
    """The years or the part of a year that a label names.

    ``start`` is None where the label counts everything up to ``end`` that no label before it
    counts. ``first`` and ``last`` are months, ``last`` 0 where it can be read in two ways;
    ``told`` says whether the label names them, ``footnote`` whether one hangs on it.
    """

    start: int | None
    end: int
    first: int = 1
    last: int = 12
    told: bool = False
    provisional: bool = False
    footnote: bool = False


def number(cell: str) -> int | None:
    """Return a whole number, None for an empty cell or a dash; ValueError for anything else."""
    text = re.sub(r"[명인]$", "", unmarked(cell)[0].replace(" ", ""))
    if text in ("", "-", "\u00b7"):
        return None
    if _GROUPED.fullmatch(text):
        return int(text.replace(",", ""))
    if match := _PLAIN.fullmatch(text):
        return int(match[1])
    raise ValueError(f"{cell!r} is no whole number")


def is_number(cell: str) -> bool:
    """Say whether a cell holds a whole number or a dash."""
    try:
        number(cell)
    except ValueError:
        return False
    return cell != ""


def share(cell: str) -> float | None:
    """Return a percentage, a bare fraction of a workbook times 100; ValueError as above."""
    text = unmarked(cell)[0].replace(" ", "")
    if text in ("", "-"):
        return None
    value = float(text.removesuffix("%"))
    if not math.isfinite(value):
        raise ValueError(f"{cell!r} is no share")
    return value if "%" in text or value > 1 else 100 * value


@lru_cache(1 << 12)
def span(cell: str) -> Span | None:
    """Return the years or the part of a year that a label names, or None if it names none."""
    text, provisional, footnote = unmarked(_with_numbers(clean(cell)))
    text = _TAIL.sub("", text.replace(" ", "").casefold())
    for pattern in _KEYS:
        if (match := pattern.fullmatch(text)) and (found := _span_of(match.groupdict(), text)):
            return replace(found, provisional=provisional, footnote=footnote)
    return None


def _span_of(named: dict[str, str | None], text: str) -> Span | None:
    end = _four_digits(named["year"])
    if named.get("until"):
        return Span(None, end)
    if start := named.get("start"):
        # Two numbers of two digits that rise are ages, not years.
        ages = len(start) == len(named["year"]) == 2 and start < named["year"]
        first = _four_digits(start)
        return None if ages or first >= end else Span(first, end)
    first, last = _months(named)
    if not 1 <= last <= 12:
        return None
    # A workbook turns 26.10 into 26.1: it can be January or October.
    vague = re.fullmatch(r"\d+\.1", text) is not None
    return Span(end, end, first, 0 if vague else last, bool(set(named) - {"year"}))


def _months(named: dict[str, str | None]) -> tuple[int, int]:
    """Return the first and last month that a label or heading names, 1 and 12 if it names none."""
    if half := named.get("half") or named.get("h"):
        return (1, 6) if half in "상1" else (7, 12)
    if quarter := named.get("quarter"):
        return 3 * int(quarter) - 2, 3 * int(quarter)
    return 1, int(named.get("month") or 12)


def _four_digits(text: str) -> int:
    value = int(text)
    return value if value > 99 else value + (1900 if value >= 50 else 2000)


def _with_numbers(text: str) -> str:
    """Return text with 'June 2026' and 'January to June 2026' as 2026.06월."""
    return _MONTH_NAME.sub(lambda m: f"{m[2]}.{_MONTHS.index(m[1].casefold()):02d}월", text)


def months_stated(text: str) -> list[str]:
    """Return the months (YYYY-MM) to which a heading or a note says that people are counted."""
    text = _with_numbers(clean(text)).casefold()
    found = [match.groupdict() for pattern in _STATED for match in pattern.finditer(text)]
    ends = [(_four_digits(named["year"]), _months(named)[1]) for named in found]
    return list(dict.fromkeys(f"{year}-{month:02d}" for year, month in ends if 1 <= month <= 12))


def months_in_name(name: str) -> list[str]:
    """Return the months that a file name states; a full date only if it ends a month."""
    found = months_stated(name)
    for year, month, day in _DATE_IN_NAME.findall(name):
        if not day or int(day) == calendar.monthrange(int(year), int(month))[1]:
            found.append(f"{year}-{month}")
    return list(dict.fromkeys(found))

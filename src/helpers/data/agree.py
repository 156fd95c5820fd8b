"""Rules that tables declare: what a key names, what a label says, what a printed value holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pandas as pd

from helpers.data.columns import SPAN, Rule, rule

_DATE_AT_START = re.compile(r"\d{4}(?:-\d\d(?!\d))?(?:-\d\d(?!\d))?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A fiscal year, a decade or a part of one is not the years of its period.
_NO_YEAR = re.compile(r"FY|mid|early|late|\d{2}s\b|/", re.IGNORECASE)
_PARTS = {"early": "0123", "mid": "3456", "late": "6789"}
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ANY_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"|\d{1,3}"
_STRICT = r"(\d{4}(?:-\d\d){0,2})(?: to (\d{4}(?:-\d\d){0,2}))?"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def number(word: str) -> int:
    """Return the number that a word or digits write."""
    return NUMBERS.get(word.lower()) or int(word)


def by_row(test: Callable[..., bool], *columns: str) -> Callable[[pd.DataFrame], pd.Series]:
    """Return the test of a frame that asks ``test`` of the cells of each row."""

    def keep(frame: pd.DataFrame) -> pd.Series:
        # Of a column of text a list is made at once; one by one they cost ten times as much.
        cells = zip(*(frame[name].tolist() for name in columns), strict=True)
        return pd.Series([test(*row) for row in cells], index=frame.index, dtype=bool)

    return keep


def date_in_key(key: str, date: str) -> Rule:
    """Return the rule that the date at the beginning of a key is that of the row, or coarser."""

    def same(name: object, day: object) -> bool:
        both = isinstance(name, str) and isinstance(day, str)
        named = _DATE_AT_START.match(name) if both else None
        return named is None or named[0] in (day, day[:7], day[:4])

    return rule(date, f"the date with which {key} begins", by_row(same, key, date))


def codes_in_key(key: str, *columns: str) -> list[Rule]:
    """Return the rules that a key names no other code of these columns than the row has."""

    def one(column: str) -> Rule:
        def keep(frame: pd.DataFrame) -> pd.Series:
            codes = [str(code) for code in frame[column].cat.categories]
            kept = by_row(lambda name, code: _names(name, str(code), codes), key, column)
            return kept(frame)

        return rule(column, f"what {key} names", keep)

    return [one(column) for column in columns]


def _names(key: object, own: str, codes: Iterable[str]) -> bool:
    words = f"-{key}-".replace("_", "-")
    named = [code for code in codes if f"-{code.replace('_', '-')}-" in words]
    longest = [code for code in named if not any(code != one and code in one for one in named)]
    return not longest or own in longest


def period_rules(key: str, *besides: str) -> list[Rule]:
    """Return the rules that a period is in order, and that key and label name its years.

    A year in the key may also be a number of the columns ``besides``.
    """
    span = ("period", "period_start", "period_end")
    return [
        SPAN,
        rule("period", "the label of period_start and period_end", by_row(_says, *span)),
        rule("period", "the years of period_start and period_end", by_row(_years, *span), True),
        rule("period_end", f"years that {key} names", by_row(_dated, key, *span[1:], *besides)),
    ]


def _cells(*cells: object) -> list[str]:
    return [str(cell) for cell in cells if pd.notna(cell)]


def _says(label: object, start: object, end: object) -> bool:
    strict = re.fullmatch(_STRICT, str(label))
    dates = _cells(start, end)
    return not strict or not dates or {*filter(None, strict.groups())} == {*dates}


def _years(label: object, start: object, end: object) -> bool:
    if decade := re.fullmatch(r"(early|mid|late)-(\d{3})0s", str(label)):
        years = {f"{decade[2]}{year}" for year in _PARTS[decade[1]]}
        return {date[:4] for date in _cells(start, end)} <= years
    named = set(_YEAR.findall(str(label)))
    return not named or bool(_NO_YEAR.search(str(label))) or named >= {
        date[:4] for date in _cells(start, end)
    }  # fmt: skip


def _dated(key: object, start: object, end: object, *besides: object) -> bool:
    own = "-".join(str(code).replace("_", "-") for code in besides)
    named = set(_YEAR.findall(str(key).removeprefix(own))) - {str(cell) for cell in besides}
    years = {date[:4] for date in _cells(start, end)}
    return not years or named <= years


def printed(value: str, *ends: str, warning: bool = False) -> Rule:
    """Return the rule that the ends of a value are numbers printed in it, if any are."""

    def keep(words: object, *cells: object) -> bool:
        # A clock or a length in minutes and seconds is another number than its digits.
        if pd.isna(words) or ":" in str(words):
            return True
        numbers = {float(one.replace(",", "")) for one in _NUMBER.findall(str(words))}
        sums = {a + b for a in numbers for b in numbers} if " plus " in str(words) else set()
        return not numbers or {float(cell) for cell in cells if pd.notna(cell)} <= numbers | sums

    return rule(ends[0], f"a number that {value} prints", by_row(keep, value, *ends), warning)


def share_a_word(key: object, words: object) -> bool:
    """Tell whether a key and the words it is made of have a word in common."""
    named, told = (set(re.findall(r"[a-z]{4,}|\d+", str(cell).lower())) for cell in (key, words))
    return not named or not told or bool(named & told)


def years_of(base: object, period: object) -> bool:
    """Tell whether words name no year, or one of the period."""
    named = set(_YEAR.findall(str(base)))
    return not named or bool(named & set(_YEAR.findall(str(period))))


def said_by(key: object, who: object) -> bool:
    """Tell whether a key names who says it, by the first word."""
    words = re.findall(r"\w+", re.sub(r"^the\b", "", str(who).lower()))
    return pd.isna(who) or not words or words[0] in str(key)


def release_named(published: object, note: object) -> bool:
    """Tell whether a day is that of the release that a note names."""
    day = re.search(r"\brelease of (\d+ [A-Z][a-z]+ \d{4})\b", str(note))
    named = pd.to_datetime(day[1], format="%d %B %Y", errors="coerce") if day else pd.NaT
    return pd.isna(named) or f"{named:%Y-%m-%d}".startswith(str(published))


def first_day(dates: pd.Series) -> pd.Series:
    """Return the first day that partial dates leave possible, missing where there is none."""
    return pd.to_datetime((dates + "-01-01").str[:10], format="%Y-%m-%d", errors="coerce")


def last_day(dates: pd.Series) -> pd.Series:
    """Return the last day that partial dates leave possible, missing where there is none."""
    first, length = first_day(dates), dates.str.len()
    month = (first + pd.offsets.MonthEnd(0)).where(length.eq(7), first)
    return (first + pd.offsets.YearEnd(0)).where(length.eq(4), month)

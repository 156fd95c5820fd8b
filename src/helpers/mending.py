"""How to mend a cell: from the text that stands in it to what was most likely meant.

One function for each kind of column. Each takes the text and returns what is wrong with it and how
to mend it; an empty mend means that nothing better than the rule itself can be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from helpers.characters import plain
from helpers.reading import nearest

PLACEHOLDERS = frozenset(
    [
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "?",
        "??",
        ".",
        "tbd",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#num!",
        "#null!",
    ]
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ANGLE = re.compile(
    r"([NSEW])?\s*(\d{1,3})\s*[\u00b0\u00ba:\s]\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*['\u2032\u2019:\s]?\s*)?"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|\u2033|''|\u201d)?\s*)?([NSEW])?",
    re.IGNORECASE,
)
LEAVE_EMPTY = "leave the cell empty if the value is not known"

Advice = tuple[str, str]


def of_integer(cell: str) -> Advice:
    """Say what is wrong with a cell that should hold a whole number."""
    text = plain(cell)
    if text.casefold() in PLACEHOLDERS or text.casefold() == "unknown":
        return "a stand-in for an empty cell", LEAVE_EMPTY
    if re.fullmatch(r"[+-]?0*\d{1,15}", text):
        return "not written as a whole number", f"write {int(text)}"
    if re.fullmatch(r"[+-]?\d{1,3}([,' ]\d{3})+", text):
        return "a thousands separator", f"write {re.sub('[^0-9-]', '', text)}"
    if re.fullmatch(r"[+-]?\d{1,12}\.0*", text):
        return "a decimal point in a whole number", f"write {text.split('.')[0]}"
    if re.fullmatch(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}", text):
        number = float(text)
        mend = f"write {number:.0f}" if number == int(number) else "write a whole number"
        return "an exponent", mend
    if re.fullmatch(r"[+-]?\d*[.,]\d+", text):
        return "a fraction of a whole number", "write a whole number"
    if text.casefold() in _WORDS:
        return "a number in words", f"write {_WORDS.index(text.casefold())}"
    if re.fullmatch(r"\d+\s*(-|\u2013|to|~)\s*\d+", text):
        return "a range", "write the value chosen, and every value in the conflicts"
    if re.search(r"\d", text):
        digits = re.findall(r"\d+", text)
        mend = f"write {digits[0]}" if len(digits) == 1 and len(digits[0]) < 16 else ""
        return "words or signs beside a number", mend
    return "not a number", LEAVE_EMPTY


def of_number(cell: str) -> Advice:
    """Say what is wrong with a cell that should hold a decimal number."""
    text = plain(cell)
    if text.casefold() in PLACEHOLDERS or text.casefold() in ("unknown", "inf", "-inf"):
        return "a stand-in for an empty cell", LEAVE_EMPTY
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return "not written as a decimal number", f"write {text.lstrip('+')}"
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return "a decimal comma", f"write {text.replace(',', '.')}"
    if re.fullmatch(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}", text):
        return "an exponent", f"write {float(text):f}".rstrip("0").rstrip(".")
    degrees = _degrees(text)
    if degrees is not None:
        return "degrees in words or signs", f"write {degrees:.4f}".rstrip("0").rstrip(".")
    return of_integer(cell)


def _degrees(text: str) -> float | None:
    """Return decimal degrees for text such as ``37 57 22 N`` or ``N 37.95``, else None."""
    simple = re.fullmatch(r"([NSEW])?\s*(\d{1,3}\.\d+)\s*\u00b0?\s*([NSEW])?", text, re.IGNORECASE)
    if simple:
        before, value, after = simple.groups()
        degrees = float(value)
    else:
        match = _ANGLE.fullmatch(text)
        if match is None:
            return None
        before, whole, minutes, seconds, after = match.groups()
        degrees = int(whole) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return -degrees if (before or after or "").upper() in ("S", "W") else degrees


def of_category(cell: str, allowed: Sequence[str], labels: Sequence[str] = ()) -> Advice:
    """Say what is wrong with a cell that should hold one of ``allowed``."""
    for label, value in zip(labels, allowed, strict=False):
        if cell.casefold() == label.casefold():
            return "the label of a value", f"write {value!r}"
    near = nearest(cell, allowed)
    if near is None:
        if plain(cell).casefold() in PLACEHOLDERS:
            return "a stand-in for an empty cell", LEAVE_EMPTY
        return "not in the vocabulary", ""
    if cell.casefold() == near.casefold():
        return "wrong case", f"write {near!r}"
    return "not in the vocabulary", f"write {near!r}"


def of_date(cell: str, today: date) -> Advice:
    """Say what is wrong with a cell that should hold ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``."""
    text = plain(cell)
    if text.casefold() in PLACEHOLDERS or text.casefold() == "unknown":
        return "a stand-in for an empty cell", LEAVE_EMPTY
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        if text == cell:
            return _impossible(text, today), ""
        return "not written as a date", f"write {text}"
    if re.fullmatch(r"[2-6]\d{4}(\.0+)?", text):
        day = date(1899, 12, 30) + timedelta(days=int(text[:5]))
        return "a day number of Excel", f"write {day} (format the column as text first)"
    return "a date in another order or form", _reordered(text)


def _impossible(text: str, today: date) -> str:
    """Say why a date in the right form cannot be."""
    year = int(text[:4])
    if year < 1900:
        return "a date before 1900"
    if len(text) == 10:
        try:
            date.fromisoformat(text)
        except ValueError:
            return "no day of the calendar"
    elif len(text) == 7 and not 1 <= int(text[5:]) <= 12:
        return "no month of the calendar"
    return f"a date after today ({today})" if text > today.isoformat() else "not a date"


def _reordered(text: str) -> str:
    """Return the mend for a date in another order, as far as it is beyond doubt."""
    word = re.search(r"[a-z]{3,}", text.casefold())
    digits = [int(part) for part in re.findall(r"\d{1,8}", text)[:3]]
    if len(digits) == 1 and digits[0] > 10_000_000:
        return _if_day(digits[0] // 10_000, digits[0] // 100 % 100, digits[0] % 100)
    if word and word.group()[:3] in _MONTHS and len(digits) == 2:
        month = _MONTHS.index(word.group()[:3]) + 1
        year, day = max(digits), min(digits)
        return _if_day(year, month, day)
    if len(digits) == 2 and digits[0] > 1000 and 1 <= digits[1] <= 12:
        return f"write {digits[0]}-{digits[1]:02d}"
    if len(digits) < 3:
        return ""
    first, middle, last = digits
    if first > 1000:
        return _if_day(first, middle, last)
    if last < 1000:
        return "write the year with four digits, first"
    if first > 12 or middle > 12:
        return _if_day(last, min(first, middle), max(first, middle))
    if first == middle:
        return _if_day(last, first, middle)
    return f"write {last}-{first:02d}-{middle:02d} or {last}-{middle:02d}-{first:02d}, as meant"


def _if_day(year: int, month: int, day: int) -> str:
    try:
        return f"write {date(year, month, day)}"
    except ValueError:
        return ""


def of_clock(cell: str) -> Advice:
    """Say what is wrong with a cell that should hold ``HH:MM``."""
    text = plain(cell).casefold()
    match = re.fullmatch(r"(\d{1,2})[:.h]?(\d\d)(?:[:.]\d\d)?\s*([ap])?\.?m?\.?", text)
    if match:
        hour, minute, half = int(match[1]), int(match[2]), match[3]
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        if hour < 24 and minute < 60:
            return "not written as a clock time", f"write {hour:02d}:{minute:02d}"
        return "no time of the day", ""
    if re.fullmatch(r"0?\.\d+", text):
        minutes = round(float(text) * 1440) % 1440
        return "a time number of Excel", f"write {minutes // 60:02d}:{minutes % 60:02d}"
    return "not a clock time", LEAVE_EMPTY


def of_key(cell: str) -> Advice:
    """Say what is wrong with a cell that should hold a key."""
    slug = re.sub(r"[^a-z0-9_~-]+", "-", plain(cell).casefold()).strip("-")
    return "not a key", f"write {slug!r}" if slug and len(slug) < 80 else ""


def of_keys(cell: str) -> Advice:
    """Say what is wrong with a cell that should hold keys between semicolons."""
    parts = [part.strip() for part in re.split(r"[;,|\s]+", plain(cell)) if part.strip()]
    once = ";".join(dict.fromkeys(of_key_text(part) for part in parts))
    return "not keys between semicolons", f"write {once!r}" if 0 < len(once) < 200 else ""


def of_key_text(part: str) -> str:
    """Return ``part`` with what no key holds taken out."""
    return re.sub(r"[^a-z0-9_~-]+", "-", part.casefold()).strip("-")


def of_url(cell: str) -> Advice:
    """Say what is wrong with a cell that should hold a web address."""
    text = plain(cell)
    if re.fullmatch(r"https?://[^\s<>\"]+", text):
        return "not a clean address", f"write {text!r}"
    if re.fullmatch(r"(www\.)?[\w-]+(\.[\w-]+)+(/[^\s<>\"]*)?", text):
        return "an address without its scheme", f"write 'https://{text}'"
    if re.match(r"[a-z]+:", text, re.IGNORECASE) and not text.lower().startswith("http"):
        return "an address that is not of the web", ""
    return "not a web address", "percent-encode spaces and quotes" if " " in text else ""

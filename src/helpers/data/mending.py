"""How to mend a cell: from the text that stands in it to what was most likely meant.

One function for each kind of column. Each takes the text and returns what is wrong with it and how
to mend it; an empty mend means that nothing better than the rule itself can be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from helpers.data.characters import plain
from helpers.data.reading import nearest
from helpers.data.tables import Table

PLACEHOLDERS = {
    "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "\u2013", "\u2014", "?", "??",
    ".", "tbd", "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!",
}  # fmt: skip
_MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
]  # fmt: skip
_MIDNIGHT = re.compile(r"[t ]0?0:00(:00(\.0+)?)?$")
# A date's parts by the name of the group: one pattern an order, where the order shows.
_ORDERED = [
    r"(?P<y>\d{4})([./-] ?)(?P<m>\d{1,2})\2(?P<d>\d{1,2})\.?",
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
    r"(?P<y>\d{4})년 ?((?P<m>\d{1,2})월 ?((?P<d>\d{1,2})일)?)?",
    r"(?P<y>\d{4})[./-] ?(?P<m>\d{1,2})\.?",
    r"(?P<m>\d{1,2})[./-] ?(?P<y>\d{4})",
    r"(?P<y>\d{4})[ -](?P<m>[a-z]{3,9})([ -](?P<d>\d{1,2}))?",
    r"(?P<m>[a-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
    r"(?P<d>\d{1,2})\.?[ -](?P<m>[a-z]{3,9})\.?,?[ -](?P<y>\d{4})",
    r"(?P<m>[a-z]{3,9})\.?[ -](?P<y>\d{4}|\d\d)",
]
_UNORDERED = [
    r"(\d{1,2})([./-] ?)(\d{1,2})\2(\d{4}|\d\d)\.?",
    r"(\d{1,2})([ -])([a-z]{3,9})\2(\d\d)",
]
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ANGLE = re.compile(
    r"([NSEW])?\s*(\d{1,3})\s*[\u00b0\u00ba:\s]\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*['\u2032\u2019:\s]?\s*)?"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|\u2033|''|\u201d)?\s*)?([NSEW])?",
    re.IGNORECASE,
)
_ORDERS = {"dmy", "mdy", "ymd"}
_DAY_NUMBER = re.compile(r"[2-6]\d{4}(\.0+)?")
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
    problem = "a date in another order or form"
    if _DAY_NUMBER.fullmatch(text):
        problem = "a day number of Excel (format the column as text first)"
    return problem, _to_write(sorted(set(date_readings(cell).values())))


def _to_write(readings: Sequence[str]) -> str:
    """Return the mend for a date that may mean any of ``readings``."""
    if len(readings) > 2:
        return "write the year with four digits, first"
    return f"write {' or '.join(readings)}{', as meant' * (len(readings) > 1)}" if readings else ""


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


def date_readings(cell: str) -> dict[str, str]:
    """Return what a date in another form may mean, as ``YYYY-MM-DD`` or ``YYYY-MM``.

    A key is the order of the parts (``dmy``, ``mdy``, ``ymd``), or empty where the form shows it.
    Years of two digits are read as Excel reads them, 30 to 99 as 1930 to 1999; day numbers, too.
    """
    text = _MIDNIGHT.sub("", plain(cell).casefold())
    if _DAY_NUMBER.fullmatch(text):
        return {"": str(date(1899, 12, 30) + timedelta(days=int(text[:5])))}
    if re.fullmatch(r"\d{4}\.1", text):
        # A spreadsheet takes 2017.10 for a number and drops its zero.
        return {"january": f"{text[:4]}-01", "october": f"{text[:4]}-10"}
    for pattern in _ORDERED:
        if match := re.fullmatch(pattern, text):
            found = {"": _iso(*(match.groupdict().get(part) for part in "ymd"))}
            return {order: iso for order, iso in found.items() if iso}
    found = {}
    for pattern in _UNORDERED:
        if match := re.fullmatch(pattern, text):
            first, _, middle, last = match.groups()
            found = {"dmy": _iso(last, middle, first), "mdy": _iso(last, first, middle)}
            if len(first) == len(last):
                found["ymd"] = _iso(first, middle, last)
    return {order: iso for order, iso in found.items() if iso}


def _iso(year: str, month: str | None, day: str | None) -> str:
    """Return the date of these parts, empty if no calendar has it."""
    if len(year) == 2:
        year = ("19" if year >= "30" else "20") + year
    if month is None:
        return year
    if month.isalpha():
        named = [name for name in _MONTHS if name.startswith(month)]
        month = str(_MONTHS.index(named[0]) + 1) if named else "0"
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return str(whole) if day else str(whole)[:7]


def read_dates(cells: Sequence[str], ids: Sequence[str]) -> list[list[str]]:
    """Return what each date of a column may mean: one reading where that is settled.

    It is settled by the cell's own form; else by the row's identifier, if that begins with one of
    the readings; else by the other cells written alike, if all that are settled share one order.

    Parameters
    ----------
    cells : sequence of str
        Dates in another form than ``YYYY-MM-DD``, of one column.
    ids : sequence of str
        Identifiers of their rows; empty where they have none that begins with this date.
    """
    found = [date_readings(cell) for cell in cells]
    orders: dict[str, set[str]] = {}
    for place, (cell, name) in enumerate(zip(cells, ids, strict=True)):
        begun = {key: iso for key, iso in found[place].items() if f"{name}-".startswith(f"{iso}-")}
        found[place] = begun or found[place]
        if len(set(found[place].values())) == 1:
            known = set(found[place]) & _ORDERS
            orders[_shape(cell)] = orders.get(_shape(cell), known) & known
    for place, cell in enumerate(cells):
        order = orders.get(_shape(cell), set())
        kept = {key: iso for key, iso in found[place].items() if key in order}
        found[place] = kept or found[place]
    return [sorted(set(readings.values())) for readings in found]


def ids_of(frame: pd.DataFrame, table: Table, column: str) -> list[str]:
    """Return the rows' identifiers, for :func:`read_dates`; empty if another date leads them."""
    kinds = {name: known.kind for name, known in table.schema.columns.items()}
    first = next(name for name, kind in kinds.items() if kind == "partial_date")
    if column != first or len(table.primary_key) > 1:
        return [""] * len(frame)
    return frame[table.primary_key[0]].fillna("").tolist()


def _shape(cell: str) -> str:
    """Return how a date is written, whatever its day: ``n/n/nnnn`` for ``3/11/2025``."""
    return re.sub("[a-z]+", "m", re.sub(r"\d{1,2}", "n", plain(cell).casefold()))


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

"""One table under check by itself: its columns, its keys, the rules across its rows.

The rules of a column (pattern, length, range) run on Arrow's columns, which is fast and knows the
cell, so that a fault can say how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain, repeat

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.compute as pc

from helpers.data import mending
from helpers.data.columns import Column, Rule
from helpers.data.faults import CONTRADICTS, Fault
from helpers.data.reading import TextTable
from helpers.data.tables import Table

# Of one kind of fault in one column so many are told one by one, the rest by their number.
TOLD = 1000
LONGEST_CODE = 2000

_INTEGER = r"^(0|-?[1-9]\d{0,14})$"
_NUMBER = r"^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$"
_NO_DAY = r"-02-3|-(04|06|09|11)-31"
_TROUBLE = {
    r"^\s|\s$": ("a space at the beginning or end", "delete it"),
    r"^(?i:n/?a|nan|null|nil|tbd|#[a-z0-9/]+[!?]?|[-\x{2013}\x{2014}?.]+)$": (
        "a stand-in for an empty cell",
        mending.LEAVE_EMPTY,
    ),
    r"^[=+@-]": (
        "text that a spreadsheet takes for a formula",
        "begin with a word or a quotation mark",
    ),
    r"<[A-Za-z/!?]|&(#\d+|#x[0-9A-Fa-f]+|[a-z]{2,8});|(?i:javascript:)": (
        "markup",
        "write plain text",
    ),
    r"[A-Za-z][\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}][A-Za-z]": (
        "letters of two alphabets in one word",
        "write the word in one alphabet",
    ),
}
_MONTH = "(?i:jan|feb|m(?:ar|är|rz)|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*"
#: A cell that is nothing but a date as a spreadsheet shows it: a range, time or decimal once.
_SPREADSHEET = (
    rf"^(?:\d{{1,2}}[-. ]{{1,2}}{_MONTH}\.?(?:[-. ]\d{{2,4}})?|{_MONTH}[-. ]{{1,2}}\d{{2,4}}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:\d{4}-\d\d-\d\d )?\d{1,2}:\d\d:\d\d(?: [AP]M)?"
    r"|\d{4}[./]\d{1,2}[./]\d{1,2}|\d{1,2}시 ?\d{1,2}분(?: ?\d{1,2}초)?"
    r"|\d{1,2}월 ?\d{1,2}일|\d{4}년 ?\d{1,2}월(?: ?\d{1,2}일)?)$"
)
_ISO_DATE = r"^\d{4}-\d\d-\d\d$"
_ANY_TROUBLE = "|".join(f"(?:{pattern})" for pattern in _TROUBLE)

_AS_PRINTED = "write it as printed, in a column formatted as text before it is typed"

_MASKED = {pyarrow.int64(): pd.Int64Dtype(), pyarrow.float64(): pd.Float64Dtype()}

Rows = np.ndarray


class Checking:
    """One table under check: its cells as text, its types, and what was found."""

    def __init__(self, text: TextTable, table: Table, today: date) -> None:
        self.text, self.table, self.today = text, table, today
        self.arrow = pyarrow.Table.from_pandas(text.frame, preserve_index=False)
        self.faults: list[Fault] = []
        self.untyped = np.zeros(len(text.frame), dtype=bool)

    # -- reporting ---------------------------------------------------------------------------

    def tell(
        self,
        rows: Rows,
        column: str,
        expected: str,
        advice: Callable[[str], mending.Advice],
        mendable: Iterable[object] = (),
        warning: bool = False,
    ) -> None:
        """Add a fault for each of ``rows``, up to :data:`TOLD`, then one for how many more.

        ``mendable`` says of each row whether ``crossings mend`` writes the cell right.
        """
        for row, can in zip(rows[:TOLD], chain(mendable, repeat(False)), strict=False):
            cell, where = self.cell(row, column), (self.text.file, self.line(row), column)
            problem, mend = advice(cell)
            fault = Fault(*where, cell, problem, expected, mend, bool(can), warning=warning)
            self.faults.append(fault)
        if len(rows) > TOLD:
            problem = f"and {len(rows) - TOLD} more like the {TOLD} above"
            line = self.line(rows[TOLD])
            where = (self.text.file, line, column, "")
            self.faults.append(Fault(*where, problem, expected, warning=warning))

    def line(self, row: int) -> int:
        """Return the line of the file on which ``row`` stands."""
        return int(self.text.lines.iat[row])

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell, empty if it is missing."""
        value = self.arrow[column][int(row)].as_py() if column in self.arrow.column_names else None
        return value or ""

    # -- cells -------------------------------------------------------------------------------

    def type_columns(self) -> pd.DataFrame:
        """Return the typed frame; cells that are no such value are missing and reported."""
        frame = {}
        for name, column in self.table.schema.columns.items():
            values, good = _convert(self.arrow[name], self.text.frame[name], column)
            frame[name] = values
            if good is not None:
                rows = _rows_of(good)
                self.untyped[rows] = True
                self.tell(rows, name, column.expected, self.advice(name, column))
        return pd.DataFrame(frame, index=self.text.frame.index, copy=False)

    def advice(self, name: str, column: Column) -> Callable[[str], mending.Advice]:
        """Return the function that says how to mend a cell of ``column``."""
        kind = column.kind
        if kind == "number":
            return lambda cell: _swapped(name, cell) or mending.of_number(cell)
        if kind == "category":
            values, labels = column.vocabulary.values(), [term.label for term in column.vocabulary]
            return lambda cell: mending.of_category(cell, values, labels)
        if kind == "partial_date":
            return lambda cell: mending.of_date(cell, self.today)
        if kind == "text":
            return lambda cell: (f"{len(cell)} characters", "shorten it")
        advisers = {
            "integer": mending.of_integer,
            "clock": mending.of_clock,
            "key": mending.of_key,
            "keys": mending.of_keys,
            "url": mending.of_url,
        }
        return advisers.get(kind, lambda cell: ("not allowed", ""))

    def check_columns(self, frame: pd.DataFrame) -> None:
        """Run the rules of each column by itself."""
        for name, column in self.table.schema.columns.items():
            cells = self.arrow[name]
            if not column.nullable and cells.null_count:
                missing = np.flatnonzero(self.text.frame[name].isna().to_numpy())
                mend = "fill it; the codebook says what may stay empty"
                self.tell(missing, name, "a value", lambda _cell, mend=mend: ("empty", mend))
            self.check_column(name, column, frame[name])
            if column.kind == "text":
                self.check_text(name, column)
            elif column.kind in ("key", "keys", "url"):
                self.check_length(name)
            elif column.kind == "partial_date":
                self.check_days(name, column)

    def check_column(self, name: str, column: Column, values: pd.Series) -> None:
        """Run the rules of one column: pattern, length or range, no value twice in a list."""
        rules = [(_kept(column, self.arrow[name], values), column.expected)]
        if column.kind in ("keys", "coded_list"):
            what = "key" if column.kind == "keys" else "value"
            rules.append((_each_once(self.text.frame[name]), f"each {what} once in a cell"))
        advice = self.advice(name, column)
        if column.numeric:
            advice = lambda cell: _swapped(name, cell) or ("out of range", "")  # noqa: E731
        for good, expected in rules:
            if good is None or pc.all(good).as_py() in (True, None):
                continue
            rows = _rows_of(good)
            # What such a cell seems to contradict says nothing.
            self.untyped[rows] = True
            if column.kind == "partial_date":
                self.tell_dates(rows, name, expected)
            else:
                self.tell(rows, name, expected, advice)

    def tell_dates(self, rows: Rows, name: str, expected: str) -> None:
        """Report dates in another form; those that can be read one way only are mendable."""
        cells = [self.cell(row, name) for row in rows[:TOLD]]
        ids = mending.ids_of(self.text.frame.iloc[rows[:TOLD]], self.table, name)
        settled = [dates[0] if len(dates) == 1 else "" for dates in mending.read_dates(cells, ids)]
        left = iter(settled)

        def advice(cell: str) -> mending.Advice:
            problem, mend = mending.of_date(cell, self.today)
            date = next(left)
            return problem, f"write {date}" if date else mend

        self.tell(rows, name, expected, advice, settled)

    def tell_failure(self, rule: Rule, error: Exception) -> None:
        """Report that a rule could not be run on this table."""
        problem = f"a rule could not be run ({type(error).__name__})"
        mend = "mend the other faults"
        self.faults.append(Fault(self.text.file, 0, rule.column, "", problem, rule.expected, mend))

    def check_length(self, name: str) -> None:
        """Look for keys and addresses of a length that none has."""
        good = pc.less_equal(pc.utf8_length(self.arrow[name]), LONGEST_CODE)
        if pc.all(good).as_py() is False:
            said = ("oversized text", "shorten it")
            expected = f"at most {LONGEST_CODE} characters"
            self.tell(_rows_of(good), name, expected, lambda _cell: said)

    def check_text(self, name: str, column: Column) -> None:
        """Look for markup, formulas, stand-ins, stray spaces and made dates in free text."""
        dated = _SPREADSHEET if column.dates else f"{_SPREADSHEET}|{_ISO_DATE}"
        dates = pc.match_substring_regex(self.arrow[name], dated)
        if pc.any(dates).as_py():
            said = ("a range, time or number that a spreadsheet turned into a date", _AS_PRINTED)
            self.tell(_rows_of(pc.invert(dates)), name, "what is printed", lambda _cell: said)
        hit = pc.match_substring_regex(self.arrow[name], _ANY_TROUBLE)
        if not pc.any(hit).as_py():
            return
        good = pc.invert(hit)
        for pattern, (problem, mend) in _TROUBLE.items():
            bad = pc.and_(pc.match_substring_regex(self.arrow[name], pattern), pc.invert(good))
            rows = _rows_of(pc.invert(bad))
            self.tell(rows, name, "plain text", lambda _c, p=problem, m=mend: (p, m))
            good = pc.or_(good, bad)

    def check_days(self, name: str, column: Column) -> None:
        """Look for days that no calendar has, and dates before 1900 or after today."""
        cells = self.arrow[name]
        formed = pc.match_substring_regex(cells, r"^\d{4}(-\d\d(-\d\d)?)?$")
        bad = pc.or_(
            pc.match_substring_regex(cells, _NO_DAY),
            pc.or_(pc.greater(cells, self.today.isoformat()), pc.less(cells, "1900")),
        )
        leap = pc.match_substring_regex(cells, "-02-29")
        if pc.any(leap).as_py():
            years = pc.cast(pc.if_else(formed, pc.utf8_slice_codeunits(cells, 0, 4), "4"), "int64")
            # No date stands before 1900 or after 2099, so every fourth year but 1900 has the day.
            rest = pc.subtract(years, pc.multiply(pc.divide(years, 4), 4))
            common = pc.or_(pc.not_equal(rest, 0), pc.equal(years, 1900))
            bad = pc.or_(bad, pc.and_(leap, common))
        bad = pc.and_(bad, formed)
        if pc.any(bad).as_py():
            expected = "a day that was, from 1900 to today"
            rows = _rows_of(pc.invert(bad))
            self.untyped[rows] = True
            self.tell(rows, name, expected, self.advice(name, column))

    # -- rows --------------------------------------------------------------------------------

    def check_keys(self) -> None:
        """Look for keys that stand twice."""
        columns = self.table.schema.columns
        keys = [[name] for name, column in columns.items() if column.unique]
        keys += [list(self.table.primary_key)] if list(self.table.primary_key) not in keys else []
        for key in keys:
            twice = self.text.frame.duplicated(key, keep=False).to_numpy()
            if not twice.any():
                continue
            found = self.text.frame.loc[twice, key]
            found = found[found.notna().all(axis=1)]
            first = found.groupby(key).ngroup()
            lines = self.text.lines[found.index].groupby(first.to_numpy()).transform("first")
            again = found.index[lines.ne(self.text.lines[found.index])]
            at = dict(zip(again, lines[again], strict=True))
            rows = iter(again)
            mend = "delete one of the rows, or give it a key of its own"
            self.tell(
                again.to_numpy(),
                key[-1],
                f"each {' with '.join(key)} once",
                lambda _c, rows=rows, at=at, m=mend: (f"stands on line {at[next(rows)]} too", m),
            )

    def check_rules(self, frame: pd.DataFrame, warnings: bool) -> None:
        """Run the rules across the columns of a row, except on rows with cells of no value."""
        said = (CONTRADICTS, "mend this cell or the one it contradicts")
        doubt = ("may contradict another column", said[1])
        for rule in self.table.schema.checks:
            if rule.warning and not warnings:
                continue
            try:
                bad = ~np.asarray(rule.test(frame), dtype=bool) & ~self.untyped
            except Exception as error:  # a rule may stumble over anything: that is a fault, too
                self.tell_failure(rule, error)
                continue
            words = doubt if rule.warning else said
            self.tell(
                np.flatnonzero(bad),
                rule.column,
                rule.expected,
                lambda _cell, words=words: words,
                warning=rule.warning,
            )


def _rows_of(good: pyarrow.ChunkedArray) -> Rows:
    """Return the places where ``good`` is false; missing counts as good."""
    return np.flatnonzero(~pc.fill_null(good, True).to_numpy(zero_copy_only=False))


def _convert(
    cells: pyarrow.ChunkedArray, text: pd.Series, column: Column
) -> tuple[pd.Series | pd.api.extensions.ExtensionArray, pyarrow.ChunkedArray | None]:
    """Return a column's values, and which cells are such values (None if all are)."""
    kind = column.kind
    if kind == "category":
        allowed = column.vocabulary.values()
        codes = pc.index_in(cells, pyarrow.array(allowed, cells.type))
        good = pc.or_(pc.is_valid(codes), pc.is_null(cells))
        numbers = pc.cast(pc.fill_null(codes, -1), "int16").to_numpy()
        values = pd.Categorical.from_codes(numbers, allowed, ordered=True, validate=False)
    elif kind in ("integer", "number"):
        good = pc.match_substring_regex(cells, _INTEGER if kind == "integer" else _NUMBER)
        numbers = pc.if_else(good, cells, pyarrow.scalar(None, cells.type))
        numbers = pc.cast(numbers, "int64" if kind == "integer" else "float64")
        values = numbers.to_pandas(types_mapper=_MASKED.get)
    else:
        return text, None
    return values, None if pc.all(good).as_py() in (True, None) else good


def _kept(
    column: Column, cells: pyarrow.ChunkedArray, values: pd.Series
) -> pyarrow.ChunkedArray | pyarrow.Array | None:
    """Return which cells keep a column's pattern, length or range; None if it has none."""
    if column.pattern:
        return pc.match_substring_regex(cells, f"^(?:{column.pattern})$")
    if column.low is None:
        return None
    numbers = pyarrow.array(values) if column.numeric else pc.utf8_length(cells)
    return pc.and_(pc.greater_equal(numbers, column.low), pc.less_equal(numbers, column.high))


def _each_once(cells: pd.Series) -> pyarrow.Array:
    """Return which lists between semicolons name no value twice."""
    # Python for each cell is slow, so once for each value.
    lists = cells.dropna().unique()
    twice = [cell for cell in lists if len(set(cell.split(";"))) <= cell.count(";")]
    return pyarrow.array(~cells.isin(twice))


def _swapped(name: str, cell: str) -> mending.Advice | None:
    """Say so if a latitude looks like a longitude of Korea, or the other way round."""
    try:
        value = float(cell)
    except ValueError:
        return None
    if name.endswith("lat") and 110 <= value <= 150:
        return "a longitude where the latitude goes", "swap lat and lon"
    return None

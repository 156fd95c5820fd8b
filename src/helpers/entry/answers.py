"""What an answer may be: the schema's own check of one cell, and its rules over the cells known.

A rule across columns is asked as soon as what it reads is known, or of a list; then it also says
which values of a list can still be, and which cells must stay empty.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from helpers.data.check import check_table, typed
from helpers.data.columns import Column, Rule
from helpers.data.faults import Fault
from helpers.data.reading import TEXT_DTYPE, TextTable
from helpers.data.tables import TABLES, Schema, Table
from helpers.data.vocab import Term
from helpers.entry.staging import Refused, meant
from helpers.writing import scratch

# So many combinations of what is not known yet are tried for a rule; beyond that it waits.
TRIED = 250
_ENDS = {"partial_date": ["1900", "2100"], "clock": ["00:00", "23:59"]}


def column_of(table: str, column: str) -> Column:
    """Return the declaration of a column: its kind, vocabulary, ends."""
    return TABLES[table].schema.columns[column]


def canonical(table: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return cells as the table writes them: trimmed, composed characters, coded values.

    A coded value may be given by its label or in other case; what is none stays, for the check. A
    column that the table does not have raises Refused, which names the nearest.
    """
    row = {}
    for column, value in values.items():
        if column not in TABLES[table].columns:
            hint = meant(column, TABLES[table].columns)
            raise Refused(f"no column {column!r} in {table}{hint}")
        text = " ".join(unicodedata.normalize("NFC", value).split())
        schema = column_of(table, column)
        if schema.kind in ("keys", "coded_list"):
            text = ";".join(part.strip() for part in text.split(";") if part.strip())
        if schema.kind == "category":
            text = next((t.value for t in schema.vocabulary if folded(text) in names_of(t)), text)
        row[column] = text
    return row


def folded(text: str) -> str:
    """Return text in small letters, its words joined by ``_``, to compare values and labels."""
    return re.sub(r"[\s_-]+", "_", text.casefold()).strip("_")


def names_of(term: Term) -> tuple[str, str]:
    """Return the two names of a term, value and label, to be compared with folded text."""
    return folded(term.value), folded(term.label)


def cell_fault(table: str, column: str, text: str, today: date | None = None) -> Fault | None:
    """Return the first fault that the check finds in a cell by itself, None if there is none."""
    alone = replace(_part(table, frozenset([column])), path=f"{column}.csv")
    with scratch() as folder:
        quoted = text.replace('"', '""')
        (folder / alone.path).write_text(f'{column}\n"{quoted}"\n', "utf-8", newline="\n")
        faults = check_table(folder, alone, today)[2]
    return faults[0] if faults else None


def contradictions(
    table: str,
    cells: Mapping[str, str],
    column: str,
    candidates: Sequence[str],
    *,
    standing_for_any: bool = False,
) -> dict[str, str]:
    """Return, for those of ``candidates`` that cannot be, the rule that they break.

    A rule is asked if all that it reads is known or coded; what is coded may still be anything.
    If the candidates are ``standing_for_any`` number or text, rules that compare them with others
    wait.
    """
    broken: dict[str, str] = {}
    for place, rule in enumerate(TABLES[table].schema.checks):
        if rule.warning:
            continue
        reads = _reads(table, place)
        others = sorted(reads - {column})
        # Only the whole table can say what a rank must be.
        ranks = any(column_of(table, name).unit == "rank" for name in reads)
        if column not in reads or ranks or (others and cells.keys().isdisjoint(others)):
            continue
        free = [other for other in others if column_of(table, other).kind != "category"]
        if any(other not in cells or (standing_for_any and cells[other]) for other in free):
            continue
        values = [[cells[c]] if c in cells else _of_list(table, c) for c in others]
        left = [candidate for candidate in candidates if candidate not in broken]
        if not left or math.prod(map(len, values)) * len(left) > TRIED:
            continue
        rest = list(itertools.product(*values))
        rows = [
            {column: candidate, **dict(zip(others, row, strict=True))}
            for candidate in left
            for row in rest
        ]
        frame = _frame(_part(table, reads), rows)
        frame.index = [0] * len(rows)  # each of them is a table of one row
        for number, candidate in enumerate(left):
            own = range(number * len(rest), (number + 1) * len(rest))
            if not any(_keeps(rule, frame.iloc[[row]]) for row in own):
                broken[candidate] = rule.expected
    return broken


def possible(table: str, cells: Mapping[str, str], column: str) -> list[str]:
    """Return the values that a coded column can still have, the empty one first if it can.

    For any other column ``x`` stands for whatever is not empty.
    """
    if column_of(table, column).kind == "category":
        values = _of_list(table, column)
        broken = contradictions(table, cells, column, values)
        return [value for value in values if value not in broken]
    some = _some(table, column)
    broken = contradictions(table, cells, column, some, standing_for_any=True)
    empty = column_of(table, column).nullable and not contradictions(table, cells, column, [""])
    return [""] * empty + ["x"] * (set(some) != set(broken))


def _of_list(table: str, column: str) -> list[str]:
    """Return the values of a coded column, the empty one first if a cell may be empty."""
    schema = column_of(table, column)
    return [""] * schema.nullable + schema.vocabulary.values()


def _some(table: str, column: str) -> list[str]:
    """Return values for a cell of a column, as they come to hand."""
    schema = column_of(table, column)
    if schema.kind == "category":
        return schema.vocabulary.values()
    if schema.numeric:
        return [f"{end:.15g}" for end in (schema.low, schema.high)]
    return _ENDS.get(schema.kind, ["x.", "y."])


class _Noting:
    """A frame that notes which columns are read of it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame, self.read = frame, set()

    def __getitem__(self, name: str | list[str]) -> pd.Series | pd.DataFrame:
        self.read |= {name} if isinstance(name, str) else set(name)
        return self.frame[name]

    def __getattr__(self, name: str) -> object:
        return getattr(self.frame, name)


@functools.cache
def _reads(table: str, place: int) -> frozenset[str]:
    """Return the columns that a rule of the table reads."""
    filled = {column: _some(table, column)[0] for column in TABLES[table].columns}
    noting = _Noting(_frame(TABLES[table], [filled]))
    _keeps(TABLES[table].schema.checks[place], noting)
    return frozenset(noting.read) & {*TABLES[table].columns}


def _keeps(rule: Rule, frame: pd.DataFrame | _Noting) -> bool:
    """Say whether the rows of ``frame`` keep a rule; what stumbles is left to the full check."""
    try:
        return bool(rule.test(frame).all())
    except Exception:
        return True


def _frame(table: Table, rows: list[dict[str, str]]) -> pd.DataFrame:
    """Return rows as the check types them; a cell that is empty or not given is missing."""
    cells = [[row.get(column) or None for column in table.columns] for row in rows]
    text = pd.DataFrame(cells, columns=table.columns, dtype=TEXT_DTYPE)
    lines = pd.Series(range(2, len(rows) + 2), index=text.index)
    return typed(TextTable(table.path, text, lines), table)[0]


@functools.cache
def _part(table: str, columns: frozenset[str]) -> Table:
    """Return a table of some columns, without its rules."""
    kept = {name: c for name, c in TABLES[table].schema.columns.items() if name in columns}
    return replace(TABLES[table], schema=Schema(kept), primary_key=tuple(kept))

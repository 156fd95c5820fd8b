"""Rules between tables: how one is written, and which edited cell breaks several sums.

A rule takes all typed frames and all text tables by name and returns faults. Frame and text of a
table share their index. A rule whose tables are not there, or whose cells are empty, is silent:
the missing table or cell has a fault of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from typing import NamedTuple

import pandas as pd

from helpers.data.faults import CONTRADICTS, Fault
from helpers.data.reading import TextTable

Frames = Mapping[str, pd.DataFrame]
Texts = Mapping[str, TextTable]
Rule = Callable[[Frames, Texts], list[Fault]]
Cells = tuple[str, str, list[int]]

SEXES = ["people", "men", "women"]
DOES_NOT_ADD_UP = "does not add up"
COMPARED = "mend this cell or the rows it is compared with"

#: Every rule between tables, in the order in which they are written.
CROSS_RULES: list[Rule] = []


class Sum(NamedTuple):
    """Cells that together are the sum of their parts; an empty cell keeps it silent."""

    whole: Cells
    parts: list[Cells]
    whence: str


Sums = Callable[[Frames], Iterator[Sum]]
SUMS: list[Sums] = []


def across(*names: str, warning: bool = False) -> Callable[[Rule], Rule]:
    """Make a function a rule of the tables ``names``, silent unless all are there.

    All that a ``warning`` finds are warnings; it is run only where they are wanted.
    """

    def decorate(rule: Rule) -> Rule:
        @wraps(rule)
        def guarded(frames: Frames, texts: Texts) -> list[Fault]:
            there = all(name in frames and name in texts for name in names)
            found = rule(frames, texts) if there else []
            return [replace(fault, warning=True) for fault in found] if warning else found

        guarded.warning = warning
        CROSS_RULES.append(guarded)
        return guarded

    return decorate


def sums(*names: str) -> Callable[[Sums], Rule]:
    """Make a rule of the sums that a function yields over the tables ``names``."""

    def decorate(make: Sums) -> Rule:
        SUMS.append(lambda frames: make(frames) if set(names) <= set(frames) else iter(()))

        @across(*names)
        @wraps(make)
        def rule(frames: Frames, texts: Texts) -> list[Fault]:
            return [fault for one in make(frames) for fault in _unequal(one, frames, texts)]

        return rule

    return decorate


def _unequal(one: Sum, frames: Frames, texts: Texts) -> list[Fault]:
    """Return a fault at the first cell of the whole if it is not the sum of its parts."""
    found, whole = total(frames, [one.whole]), total(frames, one.parts)
    if pd.isna(found) or pd.isna(whole) or found == whole:
        return []
    table, column, rows = one.whole
    what = (DOES_NOT_ADD_UP, f"{whole}, {one.whence}", COMPARED)
    return [told(texts[table], rows[0], column, found, what)]


def total(frames: Frames, cells: Iterable[Cells]) -> object:
    """Return the sum of cells, missing if any is missing or there is none."""
    # Rows are places here: to take them from the array costs a tenth of what a Series does.
    parts = [frames[table][column].array[rows] for table, column, rows in cells]
    known = all(len(part) and not part.isna().any() for part in parts)
    return sum(part.sum() for part in parts) if known else pd.NA


def one_column(table: str, column: str, row: int, parts: list[int], whence: str) -> Sum:
    """Return the sum of cells of one column."""
    return Sum((table, column, [row]), [(table, column, parts)], whence)


def told(
    text: TextTable,
    row: int,
    column: str,
    value: object,
    what: tuple[str, str, str],
    warning: bool = False,
) -> Fault:
    """Return a fault of one cell; ``what`` is problem, expected, mend."""
    line, found = int(text.lines[row]), "" if pd.isna(value) else str(value)
    return Fault(text.file, line, column, found, *what, warning=warning)


def traced(frames: Frames, texts: Texts, faults: list[Fault]) -> list[Fault]:
    """Return ``faults`` with the cells whose edit broke several sums, and what follows from them.

    Such a cell is in sums that are all off by the same number, and in none that holds. Where such
    cells do not explain all broken sums that hang together, each fault stands for itself.
    """
    for (table, column, row), by, sums in _edits(frames):
        value = frames[table].at[row, column]
        expected = f"{_plain(value - by)}, with which they add up"
        what = (f"{len(sums)} sums break on it", expected, "mend this cell first")
        root = told(texts[table], row, column, value, what)
        broken = {
            told(texts[t], rows[0], c, "", what).place for t, c, rows in (s.whole for s in sums)
        }

        def follows(fault: Fault, root: Fault = root, broken: set[str] = broken) -> bool:
            beside = (fault.file, fault.line) == (root.file, root.line)
            return (fault.problem == CONTRADICTS and beside) or (
                fault.problem == DOES_NOT_ADD_UP and fault.place in broken
            )

        faults = [fault for fault in faults if fault.place != root.place or not follows(fault)]
        faults = [replace(f, follows=root.place) if follows(f) else f for f in faults]
        faults.append(root)
    return faults


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _edits(frames: Frames) -> Iterator[tuple[tuple[str, str, int], float, list[Sum]]]:
    """Yield each edited cell, by how much it is off, and the sums that it alone breaks."""
    sums = [one for make in SUMS for one in make(frames)]
    off: dict[tuple[str, str, int], dict[int, float]] = defaultdict(dict)
    for number, one in enumerate(sums):
        by = total(frames, [one.whole]) - total(frames, one.parts)
        for sign, cells in ((1, [one.whole]), (-1, one.parts)) if pd.notna(by) else ():
            for table, column, rows in cells:
                for row in rows:
                    off[table, column, row][number] = round(float(sign * by), 6)
    alone = {cell: by for cell, by in off.items() if len(by) > 1 and len({*by.values()}) == 1}
    for cluster in _united({n for n, by in one.items() if by} for one in off.values()):
        edits = {cell: by for cell, by in alone.items() if by.keys() <= cluster}
        chosen = {}
        for cell, by in edits.items():
            rivals = [one for one in edits.values() if one is not by and one.keys() & by.keys()]
            if all(len(by) > len(one) for one in rivals):
                chosen[cell] = by
        if set().union(*chosen.values()) == cluster:
            for cell, by in chosen.items():
                yield cell, next(iter(by.values())), [sums[number] for number in by]


def _united(sets: Iterable[set[int]]) -> list[set[int]]:
    """Return the sets with those that overlap made one; empty ones are left out."""
    united: list[set[int]] = []
    for one in filter(None, sets):
        touching = [other for other in united if other & one]
        united = [other for other in united if not other & one] + [one.union(*touching)]
    return united

"""Rows in the making: what has been answered so far, and the file that keeps it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.data.tables import TABLES
from helpers.entry.rows import own_key
from helpers.entry.staging import Row, rank_of
from helpers.paths import PROJECT
from helpers.writing import write_all

# Who was wounded or killed can only be told with the outcome in mind.
_BEFORE = {"outcome": "shots_fired"}


@dataclass(eq=False)
class Entry:
    """A row in the making."""

    table: str
    #: Answers that are there before the question: taken if they pass, else asked.
    given: dict[str, str] = field(default_factory=dict)
    #: What is settled, by an answer or because it follows.
    cells: dict[str, str] = field(default_factory=dict)
    #: Columns of ``cells`` that the person answered, in that order.
    asked: list[str] = field(default_factory=list)
    #: Answers that were taken back: offered again.
    before: dict[str, str] = field(default_factory=dict)
    #: Columns to be asked even if they could be left out.
    wanted: set[str] = field(default_factory=set)
    #: What was shown as following from the answers.
    told: dict[str, str] = field(default_factory=dict)

    def columns(self) -> list[str]:
        """Return the columns in the order of the questions, identifier and rank last."""
        columns = list(TABLES[self.table].columns)
        for column in filter(None, [own_key(self.table), rank_of(self.table)]):
            columns.append(columns.pop(columns.index(column)))
        for column, other in _BEFORE.items():
            if column in columns and other in columns:
                columns.remove(column)
                columns.insert(columns.index(other), column)
        return columns

    def row(self) -> Row:
        """Return all columns of the table, what is not settled empty."""
        return {column: self.cells.get(column, "") for column in TABLES[self.table].columns}

    def answers(self) -> dict[str, str]:
        """Return what the person said or gave, and the identifier that was made of it."""
        said = {column: self.cells[column] for column in self.asked}
        key = own_key(self.table)
        return self.given | said | ({key: self.cells[key]} if self.cells.get(key) else {})

    def sources(self) -> list[str]:
        """Return the keys of sources that the row names."""
        keys = TABLES[self.table].foreign_keys.items()
        cells = [self.cells.get(column, "") for column, (table, _) in keys if table == "sources"]
        return [key for cell in cells for key in cell.split(";") if key]

    def accept(self, column: str, text: str) -> None:
        """Take an answer."""
        self.cells[column] = text
        self.asked.append(column)

    def take_back(self) -> None:
        """Open the last question again, and with it what followed from the answers."""
        column = self.asked.pop()
        self.before[column] = self.cells[column]
        self.wanted.add(column)
        self.cells = {name: self.cells[name] for name in self.asked}

    def reopen(self, column: str) -> None:
        """Open one question again; the other answers will be held against the new one."""
        self.before[column] = self.cells.get(column, "")
        self.wanted.add(column)
        self.given = {name: text for name, text in self.answers().items() if name != column}
        self.cells, self.asked = {}, []


class Draft:
    """The rows of one run, the one that was asked for first, and the file of the answers."""

    def __init__(self, table: str, given: Mapping[str, str]) -> None:
        self.table = table
        self.file = PROJECT / ".crossings" / f"add-{table}.json"
        self.entries = [Entry(table, dict(given))]

    def more(self, table: str, given: Mapping[str, str] | None = None) -> Entry:
        """Open one more row."""
        self.entries.append(Entry(table, dict(given or {})))
        return self.entries[-1]

    def kept(self) -> list[Entry]:
        """Return the rows that an earlier run has kept, none if there is nothing to be read."""
        try:
            rows = json.loads(self.file.read_text(encoding="utf-8"))
            entries = [Entry(row["table"], row["given"], before=row["before"]) for row in rows]
            known = [set(TABLES[entry.table].columns) for entry in entries]
        except (OSError, ValueError, KeyError, TypeError):
            return []
        fits = all(e.given.keys() | e.before <= k for e, k in zip(entries, known, strict=True))
        return entries if fits and entries and (entries[0].given or entries[0].before) else []

    def resume(self, entries: list[Entry]) -> None:
        """Take the answers kept, except where this run was given others."""
        entries[0].given |= self.entries[0].given
        self.entries = entries

    def keep(self) -> None:
        """Write the answers so far to the file."""
        rows = [{"table": e.table, "given": e.answers(), "before": e.before} for e in self.entries]
        content = json.dumps(rows, ensure_ascii=False, indent=1).encode()
        write_all(self.file.parent, {self.file.name: content})

    def drop(self) -> None:
        """Delete the file."""
        self.file.unlink(missing_ok=True)

    def named(self) -> list[Entry]:
        """Return the rows to be added: new sources only where another row names them."""
        keys = {key for entry in self.entries for key in entry.sources()}
        return [e for e in self.entries if e.table != "sources" or e.cells.get("source_id") in keys]

"""Change tables in memory, check the result in a copy, replace the files whole or not at all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from rich.console import Console

from helpers import paths
from helpers.data import overlay
from helpers.data.check import check_all
from helpers.data.faults import DataError, Fault
from helpers.data.reading import nearest, read_text
from helpers.data.tables import TABLES
from helpers.writing import all_or_none, csv_bytes, scratch, undo, write_all

Row = dict[str, str]

_TIMES = ("year", "as_of", "period_start", "first_year")


class Refused(ValueError):  # noqa: N818
    """Raised where what is asked for cannot be done; the message says why."""


def say(console: Console, text: str) -> None:
    """Print text as it is: no markup, no colours made up, no breaks within a fault's line."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def meant(name: str, names: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: which one may be meant, if any is near."""
    near = nearest(name, list(names))
    return f"; is it {near!r}?" if near else ""


class Workspace:
    """The tables of a data folder as rows of text.

    Nothing on disk changes before :meth:`write`. Rows are dictionaries with every column of the
    schema; an empty cell is an empty string.

    The folder may hold only the tables that differ: the others are read from the project's own,
    and one of them that changes is written beside those that are there. A folder that holds no
    table, or a strange one, raises Refused.
    """

    def __init__(self, data_dir: Path) -> None:
        undo(data_dir)
        self.data_dir = data_dir
        self._rows: dict[str, list[Row]] = {}
        self._read: dict[str, bytes] = {}
        self._as_read: dict[str, bytes] = {}
        own, tables = paths.data_dir(), [table.path for table in TABLES.values()]
        there = dict(zip(tables, tables, strict=True))
        try:
            if not overlay.is_whole(data_dir) and data_dir.resolve() != own.resolve():
                there = overlay.places(data_dir, own)
        except ValueError as error:
            raise Refused(str(error)) from error
        self._target = {path: data_dir / there.get(path, path) for path in tables}
        self._source = {
            path: self._target[path] if path in there else own / path for path in tables
        }

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table, to be read and changed in place.

        A file that is structurally broken raises DataError: its rows are not all there.
        """
        if name not in self._rows:
            table = TABLES[name]
            path = self._source[table.path]
            text = read_text(path, table.path, table.columns)
            if text.faults:
                raise DataError(text.faults)
            cells = text.frame[table.columns].fillna("")
            self._rows[name] = cells.to_dict("records")
            self._read[name] = path.read_bytes()
            self._as_read[name] = self._bytes(name)
        return self._rows[name]

    def new_row(self, name: str, **cells: str) -> Row:
        """Return a row of the table with ``cells`` filled and all others empty."""
        return dict.fromkeys(TABLES[name].columns, "") | cells

    def find(self, name: str, cells: Row) -> Row | None:
        """Return the first row of the table that has ``cells``, None if none has."""
        return next((row for row in self.rows(name) if cells.items() <= row.items()), None)

    def insert(self, name: str, row: Row, after: Callable[[Row], bool]) -> None:
        """Put ``row`` behind the last row for which ``after`` holds, or before all others."""
        rows = self.rows(name)
        behind = [place for place, other in enumerate(rows, 1) if after(other)]
        rows.insert(max(behind, default=0), row)

    def insert_sorted(
        self, name: str, row: Row, columns: list[str], like: list[Row] | None = None
    ) -> None:
        """Put ``row`` where the order of ``columns`` has it, with the fewest rows out of order.

        ``like`` are rows that stand together, to put it among; default: all.
        """
        rows, own = self.rows(name), [row[column] for column in columns]
        like = rows if like is None else like
        # Rows of like on the wrong side, for each place, but for a constant.
        later = ([other[column] for column in columns] > own for other in like)
        wrong = [0, *itertools.accumulate(1 if one else -1 for one in later)]
        start = next((place for place, other in enumerate(rows) if other is like[0]), 0)
        rows.insert(start + len(like) - wrong[::-1].index(min(wrong)), row)

    def put(self, name: str, row: Row) -> None:
        """Put ``row`` where the table has its like.

        In order of date or key if the table is in such an order; else behind the rows of the same
        group, if rows stand in groups; else at the end. A row that takes the rank of another moves
        it and those behind it down, in the tables that name them, too.
        """
        rows, key, rank = self.rows(name), TABLES[name].primary_key, rank_of(name)
        if rank and row[rank].isdigit():
            alike = [other for other in self._alike(name, row) if other[rank].isdigit()]
            behind = [other for other in alike if int(other[rank]) >= int(row[rank])]
            if any(other[rank] == row[rank] for other in behind):
                rows.insert(rows.index(behind[0]), row)
                self._move_down(name, behind, rank)
                return
        if "date" in TABLES[name].columns and not rank:
            self.insert_sorted(name, row, ["date", *key])
            return
        for length in range(len(key), 0, -1):
            keys = [[other[column] for column in key[:length]] for other in rows]
            if keys == sorted(keys):
                self.insert_sorted(name, row, list(key[:length]))
                return
        group = next((column for column in TABLES[name].columns if self._grouped(name, column)), "")
        like = [other for other in rows if group and other[group] == row[group]]
        if like:
            self.insert_sorted(name, row, [column for column in _TIMES if column in row], like)
        else:
            rows.append(row)

    def _grouped(self, name: str, column: str) -> bool:
        """Say whether the rows of one value of a key or code stand together, several in a group."""
        values = [row[column] for row in self.rows(name)]
        runs = len([value for value, _ in itertools.groupby(values)])
        coded = TABLES[name].schema.columns[column].kind in ("category", "key")
        return coded and 1 < runs == len(set(values)) < len(values)

    def next_rank(self, name: str, cells: Row) -> int:
        """Return the rank that a new row has by its date and clock, or behind all of its group."""
        alike = self._alike(name, cells)
        if "time_local" not in TABLES[name].columns:
            return len(alike) + 1
        day, clock = cells.get("date", ""), cells.get("time_local") or "~"
        earlier = [
            rank
            for rank, other in enumerate(alike, 1)
            if other["date"] < day or (other["date"] == day and "" < other["time_local"] <= clock)
        ]
        return max(earlier, default=0) + 1

    def _alike(self, name: str, row: Row) -> list[Row]:
        """Return the rows that are counted together with ``row``."""
        group = {c: row.get(c, "") for c in TABLES[name].primary_key if c != rank_of(name)}
        return [other for other in self.rows(name) if group.items() <= other.items()]

    def _move_down(self, name: str, rows: list[Row], rank: str) -> None:
        """Give each of ``rows`` the next rank, and the rows of other tables that name them."""
        key, renamed = TABLES[name].primary_key, {}
        for row in rows:
            old = "_".join(row[column] for column in key)
            row[rank] = str(int(row[rank]) + 1)
            renamed[old] = "_".join(row[column] for column in key)
        for other, table in TABLES.items():
            of = {"record_table", "table"} & set(table.columns)
            for row in self.rows(other) if of and "record_id" in table.columns else []:
                old = row["record_id"]
                if row[min(of)] == name and old in renamed:
                    row["record_id"] = renamed[old]
                    own = table.primary_key[0]  # it may begin with the record that it is about
                    row[own] = re.sub(f"^{name}-{old}_", f"{name}-{renamed[old]}_", row[own])

    def _bytes(self, name: str) -> bytes:
        columns = TABLES[name].columns
        return csv_bytes(columns, ([row[one] for one in columns] for row in self._rows[name]))

    def files(self) -> dict[str, bytes]:
        """Return the changed tables: path below the data folder and new content."""
        made = {name: self._bytes(name) for name in self._rows}
        changed = [name for name, content in made.items() if content != self._as_read[name]]
        return {TABLES[name].path: made[name] for name in changed}

    def check(self, today: date | None = None) -> list[Fault]:
        """Return every fault the data folder would have with the changes, found in a copy."""
        changed = self.files()
        with scratch() as folder:
            for path, source in self._source.items():
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                if path in changed or source.is_file():
                    target.write_bytes(changed.get(path) or source.read_bytes())
            return check_all(folder, today)

    def write(self) -> list[str]:
        """Replace the changed files, all of them or none, and return their paths.

        A file that cannot be written, or was changed by another since it was read, raises OSError;
        the files that were there before are back in place then.
        """
        changed = self.files()
        read = {TABLES[name].path: content for name, content in self._read.items()}
        for path in changed:
            if self._source[path].read_bytes() != read[path]:
                raise OSError(f"{path} was changed while this ran; start again")
        named = {path: self._target[path].relative_to(self.data_dir).as_posix() for path in changed}
        there = [path for path in changed if self._source[path] == self._target[path]]
        before = {named[path]: read[path] for path in there}
        after = {named[path]: content for path, content in changed.items()}
        with all_or_none(self.data_dir, before, after):
            self._write(changed)
        return sorted(changed)

    def _write(self, files: dict[str, bytes]) -> None:
        """Write files folder by folder; within a folder all are staged before any is replaced."""
        by_folder: dict[Path, dict[str, bytes]] = {}
        for path, content in files.items():
            target = self._target[path]
            by_folder.setdefault(target.parent, {})[target.name] = content
        for folder, group in by_folder.items():
            write_all(folder, group)


def rank_of(name: str) -> str:
    """Return the column of a table's key that counts its rows, empty if it has none."""
    columns = TABLES[name].schema.columns
    return next((c for c in TABLES[name].primary_key if columns[c].unit == "rank"), "")

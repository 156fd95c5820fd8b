"""Change tables in memory, check the result in a copy, replace the files whole or not at all."""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from helpers.data.check import check_all
from helpers.data.faults import DataError, Fault
from helpers.data.reading import read_text
from helpers.data.tables import TABLES
from helpers.writing import csv_bytes, write_all

Row = dict[str, str]

_TIMES = ("year", "as_of", "period_start", "first_year")


class Workspace:
    """The tables of a data folder as rows of text.

    Nothing on disk changes before :meth:`write`. Rows are dictionaries with every column of the
    schema; an empty cell is an empty string.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._rows: dict[str, list[Row]] = {}
        self._read: dict[str, bytes] = {}
        self._as_read: dict[str, bytes] = {}

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table, to be read and changed in place.

        Raises
        ------
        DataError
            If the file is structurally broken: then its rows are not all there.
        """
        if name not in self._rows:
            table = TABLES[name]
            path = self.data_dir / table.path
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
        return {column: cells.get(column, "") for column in TABLES[name].columns}

    def insert(self, name: str, row: Row, after: Callable[[Row], bool]) -> None:
        """Put ``row`` behind the last row for which ``after`` holds, or before all others."""
        rows = self.rows(name)
        places = [place for place, other in enumerate(rows) if after(other)]
        rows.insert(places[-1] + 1 if places else 0, row)

    def insert_sorted(self, name: str, row: Row, columns: list[str]) -> None:
        """Put ``row`` where the order of ``columns`` has it, with the fewest rows out of order."""
        self._insert_among(name, row, columns, self.rows(name))

    def _insert_among(self, name: str, row: Row, columns: list[str], like: list[Row]) -> None:
        """Put ``row`` among ``like``, which stand together, in the order of ``columns``."""
        rows, own = self.rows(name), [row[column] for column in columns]
        wrong = [0]  # rows of like on the wrong side, for each place, but for a constant
        for other in like:
            later = [other[column] for column in columns] > own
            wrong.append(wrong[-1] + (1 if later else -1))
        start = (
            next((place for place, other in enumerate(rows) if other is like[0]), 0) if like else 0
        )
        rows.insert(start + len(like) - wrong[::-1].index(min(wrong)), row)

    def put(self, name: str, row: Row) -> None:
        """Put ``row`` where the table has its like.

        In order of date or key if the table is in such an order; else behind the rows of the same
        group, if rows stand in groups; else at the end. A row that takes the rank of another moves
        it and those behind it down, in the tables that name them, too.
        """
        rows, key, rank = self.rows(name), TABLES[name].primary_key, rank_of(name)
        if rank:
            behind = [other for other in self._alike(name, row) if _from(other, row, rank)]
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
            time = [column for column in _TIMES if column in row]
            self._insert_among(name, row, time, like)
        else:
            rows.append(row)

    def _grouped(self, name: str, column: str) -> bool:
        """Say whether the rows of one value of a key or code stand together, several in a group."""
        values = [row[column] for row in self.rows(name)]
        runs = sum(one != other for one, other in itertools.pairwise(values)) + 1
        coded = TABLES[name].schema.columns[column].kind in ("category", "key")
        return coded and 1 < runs == len(set(values)) < len(values)

    def next_rank(self, name: str, cells: Row) -> int:
        """Return the rank that a new row has by its date and clock, or behind all of its group."""
        alike = self._alike(name, cells)
        if "time_local" not in TABLES[name].columns:
            return len(alike) + 1
        own = (cells.get("date", ""), cells.get("time_local") or "~")
        earlier = [
            place
            for place, other in enumerate(alike, 1)
            if other["date"] < own[0]
            or (other["date"] == own[0] and "" < other["time_local"] <= own[1])
        ]
        return max(earlier, default=0) + 1

    def _alike(self, name: str, row: Row) -> list[Row]:
        """Return the rows that are counted together with ``row``."""
        group = [column for column in TABLES[name].primary_key if column != rank_of(name)]
        return [
            other
            for other in self.rows(name)
            if all(other[column] == row.get(column, "") for column in group)
        ]

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
        return {
            TABLES[name].path: content
            for name, content in made.items()
            if content != self._as_read[name]
        }

    def check(self, today: date | None = None) -> list[Fault]:
        """Return every fault the data folder would have with the changes, found in a copy."""
        changed = self.files()
        with tempfile.TemporaryDirectory() as folder:
            for table in TABLES.values():
                target, source = Path(folder) / table.path, self.data_dir / table.path
                target.parent.mkdir(parents=True, exist_ok=True)
                if table.path in changed:
                    target.write_bytes(changed[table.path])
                elif source.is_file():
                    target.write_bytes(source.read_bytes())
            return check_all(Path(folder), today)

    def write(self) -> list[str]:
        """Replace the changed files, all of them or none, and return their paths.

        Raises
        ------
        OSError
            If a file cannot be written, or was changed by another since it was read; the files
            that stood there before are back in place then.
        """
        changed = self.files()
        before = {
            TABLES[name].path: content
            for name, content in self._read.items()
            if TABLES[name].path in changed
        }
        for path, content in before.items():
            if (self.data_dir / path).read_bytes() != content:
                raise OSError(f"{path} was changed while this ran; start again")
        try:
            _write(self.data_dir, changed)
        except BaseException:
            _write(self.data_dir, before)
            raise
        return sorted(changed)


def rank_of(name: str) -> str:
    """Return the column of a table's key that counts its rows, empty if it has none."""
    columns = TABLES[name].schema.columns
    return next((c for c in TABLES[name].primary_key if columns[c].unit == "rank"), "")


def _from(other: Row, row: Row, rank: str) -> bool:
    """Say whether ``other`` has the rank of ``row`` or a later one."""
    ranks = other[rank], row[rank]
    return all(text.isdigit() for text in ranks) and int(ranks[0]) >= int(ranks[1])


def _write(data_dir: Path, files: dict[str, bytes]) -> None:
    """Write files folder by folder; within a folder all are staged before any is replaced."""
    by_folder: dict[Path, dict[str, bytes]] = {}
    for path, content in files.items():
        target = data_dir / path
        by_folder.setdefault(target.parent, {})[target.name] = content
    for folder, group in by_folder.items():
        write_all(folder, group)

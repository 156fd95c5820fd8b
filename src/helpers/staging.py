"""Change tables in memory, check the result in a copy, replace the files whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from helpers.check import check_all
from helpers.faults import DataError, Fault
from helpers.reading import read_text
from helpers.schemas import TABLES
from helpers.writing import csv_bytes, write_all

Row = dict[str, str]


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
        """Put ``row`` where the order of ``columns`` has it; at the end of an unordered table."""
        rows = self.rows(name)

        def order(other: Row) -> list[str]:
            return [other[column] for column in columns]

        keys = [order(other) for other in rows]
        if keys == sorted(keys):
            self.insert(name, row, lambda other: order(other) <= order(row))
        else:
            rows.append(row)

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


def _write(data_dir: Path, files: dict[str, bytes]) -> None:
    """Write files folder by folder; within a folder all are staged before any is replaced."""
    by_folder: dict[Path, dict[str, bytes]] = {}
    for path, content in files.items():
        target = data_dir / path
        by_folder.setdefault(target.parent, {})[target.name] = content
    for folder, group in by_folder.items():
        write_all(folder, group)

"""Which rows of the tables differ between two data folders, one of them a revision perhaps."""

from __future__ import annotations

import contextlib
import csv
import io
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.data import files, overlay
from helpers.data.faults import DataError, shorten
from helpers.data.tables import TABLES, Table
from helpers.paths import PROJECT, data_dir

ROWS_SHOWN = 12


@dataclass(frozen=True)
class RowChange:
    """One row of a table that differs.

    ``key`` is its primary key, ``line`` that in the file, the older one if the row was removed;
    ``cells`` holds before and after of each that changed, nothing for whole rows.
    """

    table: str
    key: str
    kind: str
    line: int
    cells: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the change in one line."""
        words = f"{TABLES[self.table].path}:{self.line} {self.key} {self.kind}"
        cells = [
            f"{name} {shorten(old)} to {shorten(new)}" for name, (old, new) in self.cells.items()
        ]
        return f"{words}: {', '.join(cells)}" if cells else words

    def short(self) -> str:
        """Return the change in a line or two: of many cells only the names."""
        whole = str(self)
        start, colon, _ = whole.partition(f" {self.kind}: ")
        return whole if len(whole) <= 150 else f"{start}{colon}{', '.join(self.cells)}"


@contextlib.contextmanager
def base_data(base: str, work: Path) -> Iterator[Path]:
    """Give the data folder to compare with: of a folder, or of a revision of the project in git.

    A folder is a project with ``data`` in it, a data folder, or one with tables that differ.

    Raises
    ------
    ValueError
        If it is neither.
    """
    folder = Path(base)
    if (folder / "data").is_dir():
        yield folder / "data"
    elif folder.is_dir():
        yield overlay.whole(folder.resolve(), data_dir().resolve(), work / "base")
    else:
        _unpack(base, work / "revision")
        yield work / "revision" / "data"


def git(*words: str, folder: Path = PROJECT) -> subprocess.CompletedProcess:
    """Run git; OSError if there is none. That the project is another user's is no obstacle."""
    command = ["git", "-c", f"safe.directory={PROJECT}", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def _unpack(revision: str, folder: Path) -> None:
    """Write the data of a git revision to a folder."""
    folder.mkdir(parents=True)
    try:
        done = git("archive", "--format=zip", "--end-of-options", revision, "data")
    except FileNotFoundError as error:
        raise ValueError(f"{revision}: no such folder, and git is not installed") from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        if "not a git repository" in " ".join(words):
            problem = "no such folder, and this copy of the project has no history"
            raise ValueError(f"{revision}: {problem}; name a folder with --base")
        raise ValueError(f"{revision}: no such folder or revision ({' '.join(words[-1:])})")
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as packed:
        packed.extractall(folder)


def rows_of(before: Path, after: Path, names: list[str]) -> list[RowChange]:
    """Return the changed rows of the tables whose files are named ``data/...``."""
    tables = [table for table in TABLES.values() if f"data/{table.path}" in names]
    return [change for table in tables for change in changed_rows(table, before, after)]


def changed_rows(table: Table, before: Path, after: Path) -> list[RowChange]:
    """Return the rows of a table that differ between two data folders, by primary key.

    Where the key is a place in the file, a row that only moved is no change.
    """
    old, new = _rows(table, before), _rows(table, after)
    if all(table.schema.columns[name].unit == "rank" for name in table.primary_key):
        was, now = ({_content(table, row) for _, row in rows.values()} for rows in (old, new))
        old, new = (
            {key: (line, row) for key, (line, row) in rows.items()
             if _content(table, row) not in was & now}
            for rows in (old, new)
        )  # fmt: skip
    changes = []
    for key, (line, row) in new.items():
        if key not in old:
            changes.append(RowChange(table.name, key, "added", line))
            continue
        was = old[key][1]
        names = dict.fromkeys([*was, *row])
        cells = {
            n: [was.get(n, ""), row.get(n, "")] for n in names if was.get(n, "") != row.get(n, "")
        }
        if cells:
            changes.append(RowChange(table.name, key, "changed", line, cells))
    gone = [key for key in old if key not in new]
    return changes + [RowChange(table.name, key, "removed", old[key][0]) for key in gone]


def _content(table: Table, row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, cell) for name, cell in row.items() if name not in table.primary_key)


def _rows(table: Table, folder: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Return line and cells of each row by its key; none if there is no such file."""
    path = folder / table.path
    if fault := files.no_file(path, table.path):
        if path.exists():
            raise DataError([fault])
        return {}
    # The base may be in another encoding: its rows are only shown.
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    rows: dict[str, tuple[int, dict[str, str]]] = {}
    # A row is a line: the check of the data holds that.
    for line, row in enumerate(csv.DictReader(io.StringIO(text), restval=""), 2):
        cells = {name: cell for name, cell in row.items() if isinstance(name, str)}
        key = ", ".join(cells.get(name, "") for name in table.primary_key)
        rows[key] = (line, cells)
    return rows

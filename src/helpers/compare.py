"""What a change of the data changes: findings, the rows behind them, figures."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import overlay
from helpers.paths import PROJECT
from helpers.schemas import TABLES, Table

if TYPE_CHECKING:
    from rich.console import Console

    from helpers.findings import Found

ROWS_SHOWN = 12
HEADS = ("finding", "before", "after", "rows behind it")


@dataclass(frozen=True)
class RowChange:
    """One row of a table that differs.

    Attributes
    ----------
    table : str
        Name of the table.
    key : str
        Its primary key, parts joined by a comma.
    kind : {"added", "removed", "changed"}
        What happened.
    line : int
        Line in the file, the older one if the row was removed.
    cells : dict of str to list of str
        Before and after of each cell that changed; empty for whole rows.
    """

    table: str
    key: str
    kind: str
    line: int
    cells: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the change in one line."""
        words = f"{TABLES[self.table].path}:{self.line} {self.key} {self.kind}"
        cells = [f"{name} {old!r} to {new!r}" for name, (old, new) in self.cells.items()]
        return f"{words}: {', '.join(cells)}" if cells else words


@dataclass(frozen=True)
class FindingChange:
    """One finding before and after, and the changed rows of the tables that it rests on."""

    name: str
    before: str
    after: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class FigureChange:
    """One figure that differs: ``what`` of its title, subtitle, alt, fact, source, table."""

    slug: str
    kind: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """All that differs between two states."""

    findings: tuple[FindingChange, ...]
    rows: tuple[RowChange, ...]
    figures: tuple[FigureChange, ...]
    same_findings: int

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.findings or self.rows or self.figures)


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
        yield overlay.whole(folder.resolve(), PROJECT / "data", work / "base")
    else:
        _unpack(base, work / "revision")
        yield work / "revision" / "data"


def _unpack(revision: str, folder: Path) -> None:
    """Write the data of a git revision to a folder."""
    folder.mkdir(parents=True)
    command = ["git", "archive", "--format=tar", "--end-of-options", revision, "data"]
    try:
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ValueError(f"{revision}: no such folder, and git is not installed") from error
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise ValueError(f"{revision}: no such folder or revision ({' '.join(words[-1:])})")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        tar.extractall(folder, filter="data")


def compare(before: Path, after: Path) -> Difference:
    """Return what differs between two data folders."""
    from helpers import findings

    rows = tuple(
        change for table in TABLES.values() for change in changed_rows(table, before, after)
    )
    old, new = findings.compute(before), findings.compute(after)
    changed = tuple(
        FindingChange(
            name,
            old[name].text,
            new[name].text,
            tuple(row for row in rows if row.table in old[name].tables | new[name].tables),
        )
        for name in new
        if old[name].text != new[name].text
    )
    return Difference(changed, rows, tuple(changed_figures(old, new)), len(new) - len(changed))


def rows_of(before: Path, after: Path, names: list[str]) -> list[RowChange]:
    """Return the changed rows of the tables whose files are named ``data/...``."""
    tables = [table for table in TABLES.values() if f"data/{table.path}" in names]
    return [change for table in tables for change in changed_rows(table, before, after)]


def changed_rows(table: Table, before: Path, after: Path) -> list[RowChange]:
    """Return the rows of a table that differ between two data folders, by primary key."""
    old, new = _rows(table, before), _rows(table, after)
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


def _rows(table: Table, folder: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Return line and cells of each row by its key; none if there is no such file."""
    try:
        text = (folder / table.path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    rows: dict[str, tuple[int, dict[str, str]]] = {}
    # A row is a line: the check of the data holds that.
    for line, row in enumerate(csv.DictReader(io.StringIO(text), restval=""), 2):
        cells = {name: cell for name, cell in row.items() if isinstance(name, str)}
        key = ", ".join(cells.get(name, "") for name in table.primary_key)
        rows[key] = (line, cells)
    return rows


def changed_figures(old: Mapping[str, Found], new: Mapping[str, Found]) -> list[FigureChange]:
    """Return the figures whose words or table differ between two computations of the findings."""
    changes = []
    for slug in new:
        before, after = old[slug].parts, new[slug].parts
        what = [name for name in after or before if before.get(name) != after.get(name)]
        if what:
            kind = "changed" if before and after else "added" if after else "removed"
            changes.append(FigureChange(slug, kind, tuple(what) if before and after else ()))
    return changes


def as_json(difference: Difference) -> str:
    """Return the difference for machines: lists of findings, rows and figures."""
    return json.dumps(asdict(difference), indent=2, ensure_ascii=False)


def as_markdown(difference: Difference) -> str:
    """Return the difference as a page for a job summary."""
    lines = [f"{summary(difference)}", ""]
    if difference.findings:
        lines += [f"| {' | '.join(HEADS)} |", f"| {' | '.join('---' for _ in HEADS)} |"]
        for one in difference.findings:
            lines.append("| " + " | ".join(map(_cell, _cells(one))) + " |")
        lines.append("")
    # Nothing in a cell of the data may end the code that it is shown as.
    rows = [str(row).replace("`", "'").replace("\n", " ") for row in difference.rows]
    lines += [f"- `{row}`" for row in rows[:ROWS_SHOWN]]
    more = len(difference.rows) - ROWS_SHOWN
    lines += [f"- and {more} more rows"] if more > 0 else []
    lines += [f"- figure {figure_in_words(one)}" for one in difference.figures]
    return "\n".join(lines).rstrip()


def _cells(change: FindingChange) -> list[str]:
    """Return a changed finding in words, as ``HEADS`` has them."""
    before, after = change.before, change.after
    rows = rows_in_words(change.rows)
    return [change.name, excerpt(before, after), excerpt(after, before), rows]


def _cell(text: str) -> str:
    """Return text that cannot leave its cell of a table."""
    for char, stands in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("\n", " ")):
        text = text.replace(char, stands)
    return text


def summary(difference: Difference) -> str:
    """Return how much differs."""
    return (
        f"{len(difference.findings)} findings changed, {difference.same_findings} did not; "
        f"{len(difference.rows)} rows and {len(difference.figures)} figures differ."
    )


def excerpt(text: str, other: str, around: int = 3) -> str:
    """Return the passages of ``text`` that differ from ``other``, with some words around each."""
    words, others = text.split(), other.split()
    kept: set[int] = set()
    for kind, start, end, _, _ in SequenceMatcher(None, words, others, False).get_opcodes():
        if kind != "equal":
            kept.update(range(max(0, start - around), min(len(words), end + around)))
    parts, last = [], -1
    for place in sorted(kept):
        parts += ["…"] * (place != last + 1) + [words[place]]
        last = place
    return " ".join(parts + ["…"] * (last + 1 < len(words)))


def rows_in_words(rows: tuple[RowChange, ...], most: int = 3) -> str:
    """Return some rows in words, and how many more there are."""
    words = [
        f"{row.table} {row.key} {row.kind}" + (f" ({', '.join(row.cells)})" if row.cells else "")
        for row in rows[:most]
    ]
    words += [f"and {len(rows) - most} more"] if len(rows) > most else []
    return "\n".join(words)


def figure_in_words(change: FigureChange) -> str:
    """Return a changed figure in words."""
    return f"{change.slug} {change.kind}" + (f": {', '.join(change.what)}" if change.what else "")


def show(difference: Difference, console: Console) -> None:
    """Print the difference for a person."""
    from rich.table import Table as Grid
    from rich.text import Text

    console.print(summary(difference))
    if difference.findings:
        grid = Grid(show_lines=True)
        for head in HEADS:
            grid.add_column(head, overflow="fold")
        for one in difference.findings:
            grid.add_row(*map(Text, _cells(one)))
        console.print(grid)
    known = {(row.table, row.key) for one in difference.findings for row in one.rows}
    other = [row for row in difference.rows if (row.table, row.key) not in known]
    for row in other[:ROWS_SHOWN]:
        console.print(Text(f"no finding rests on {row}"))
    for figure in difference.figures:
        console.print(Text(f"figure {figure_in_words(figure)}"))

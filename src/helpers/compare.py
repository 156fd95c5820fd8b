"""What a change of the data changes: findings, the rows behind them, figures."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from helpers import overlay
from helpers.faults import DataError, shorten
from helpers.guards import UNHELD, listed
from helpers.notebooks import find_notebooks
from helpers.paths import PROJECT
from helpers.schemas import TABLES, Table
from helpers.words import number, plural

if TYPE_CHECKING:
    from helpers.findings import Found
    from helpers.frames import Frames
    from helpers.guards import Claim

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
        cells = [
            f"{name} {shorten(old)} to {shorten(new)}" for name, (old, new) in self.cells.items()
        ]
        return f"{words}: {', '.join(cells)}" if cells else words

    def short(self) -> str:
        """Return the change in a line or two: of many cells only the names."""
        whole = str(self)
        start, colon, _ = whole.partition(f" {self.kind}: ")
        return whole if len(whole) <= 150 else f"{start}{colon}{', '.join(self.cells)}"


@dataclass(frozen=True)
class CountChange:
    """One key count before and after; ``unit`` is a word for one and for many."""

    name: str
    unit: str
    before: int | None
    after: int | None

    def __str__(self) -> str:
        """Return the change in one line."""
        old, new = ("none" if one is None else number(one) for one in (self.before, self.after))
        return f"{self.name}: {old} -> {new} {plural(self.after, self.unit)}"


@dataclass(frozen=True)
class FindingChange:
    """One finding before and after, and the changed rows of the tables that it rests on."""

    name: str
    notebook: str
    before: str
    after: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class FigureChange:
    """One figure, changed (``what`` of its title, subtitle, alt, fact, source, table) or added."""

    slug: str
    kind: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """All that differs between two states, and what the newer one makes false or breaks.

    Attributes
    ----------
    counts, findings, rows, figures : tuple
        What differs.
    same_findings : int
        How many findings do not.
    unheld : dict of str to list of helpers.guards.Claim
        By notebook the claims that the newer data do not bear.
    errors : tuple of str
        Findings and notebooks that raise on the newer data, a line each.
    """

    counts: tuple[CountChange, ...]
    findings: tuple[FindingChange, ...]
    rows: tuple[RowChange, ...]
    figures: tuple[FigureChange, ...]
    same_findings: int
    unheld: dict[str, list[Claim]] = field(default_factory=dict)
    errors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.counts or self.findings or self.rows or self.figures)


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
    """Return what differs between two data folders.

    Raises
    ------
    DataError
        If a table of ``after`` has faults.
    """
    from helpers import findings, rehearsal
    from helpers.frames import Frames, shared

    olds, news = Frames(before), shared(after)
    _refuse_faults(news)
    rows = tuple(
        change for table in TABLES.values() for change in changed_rows(table, before, after)
    )
    old, new = findings.compute(olds), findings.compute(news)
    unheld, errors = rehearsal.unheld(find_notebooks(), after)
    counts = []
    try:
        new_counts = findings.counts(news)
    except Exception as error:
        errors.append(findings.told("the counts", "crossings diff", (), error))
    else:
        # A base of other columns may have nothing to count.
        with contextlib.suppress(Exception):
            counts = changed_counts(findings.counts(olds), new_counts)
    changed = tuple(
        FindingChange(
            name,
            new[name].notebook,
            _text(old[name]),
            new[name].text,
            tuple(row for row in rows if row.table in old[name].tables | new[name].tables),
        )
        for name in new
        if old[name].text != new[name].text and not new[name].error
    )
    return Difference(
        tuple(counts),
        changed,
        rows,
        tuple(changed_figures(old, new)),
        sum(old[name].text == one.text for name, one in new.items() if not one.error),
        unheld,
        tuple(findings.raised(new) + errors),
    )


def _refuse_faults(frames: Frames) -> None:
    """Raise with the faults of all tables."""
    faults = []
    for name in TABLES:
        try:
            frames[name]
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(faults)


def _text(found: Found) -> str:
    error = found.error
    return f"(not computable in the base: {type(error).__name__}: {error})" if error else found.text


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
        # The base may be in another encoding: its rows are only shown.
        text = (folder / table.path).read_text(encoding="utf-8-sig", errors="replace")
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
    """Return the figures whose words or table differ, or which the base had none of."""
    changes = []
    for slug, found in new.items():
        before, after = old[slug].parts, found.parts
        what = tuple(name for name in after if before.get(name) != after[name])
        if what:
            change = ("changed", what) if before else ("added", ())
            changes.append(FigureChange(slug, *change))
    return changes


def changed_counts(
    old: Mapping[tuple[str, str], int], new: Mapping[tuple[str, str], int]
) -> list[CountChange]:
    """Return the key counts that differ."""
    keys = dict.fromkeys([*new, *old])
    return [
        CountChange(*key, old.get(key), new.get(key))
        for key in keys
        if old.get(key) != new.get(key)
    ]


def as_json(difference: Difference) -> str:
    """Return the difference for machines, with all rows and whole sentences."""
    return json.dumps(asdict(difference), indent=2, ensure_ascii=False)


def as_markdown(difference: Difference) -> str:
    """Return the difference as a page for a job summary."""
    lines = [f"- {_cell(str(one))}" for one in difference.counts]
    lines += ["", summary(difference), ""]
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
    lines += [""] + [f"- **{_cell(error)}**" for error in difference.errors]
    if difference.unheld:
        lines += ["", UNHELD, ""]
        lines += [f"- {_cell(line)}" for line in listed(difference.unheld)]
    return "\n".join(lines).strip()


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


def show(difference: Difference, full: bool = False, width: int = 80) -> str:
    """Return the difference for a person: a line a change, or in full each sentence and row.

    Names and keys are never broken, so that a line is longer than ``width`` only for one that is.
    """
    rows, findings, figures = difference.rows, difference.findings, difference.figures
    if full:
        changed = [str(row) for row in rows]
        told = [line for one in findings for line in _sentences(one)]
        drawn = [figure_in_words(one) for one in figures]
    else:
        changed = _first(rows)
        told = [", ".join(one.name for one in findings)]
        drawn = [", ".join(one.slug for one in figures)]
    same = f"changed, {difference.same_findings} did not:"
    sections = [
        ("", [str(one) for one in difference.counts]),
        (f"{_number(rows, 'row/rows')} changed:", changed),
        (f"{_number(findings, 'finding/findings')} {same}", told),
        (f"{_number(figures, 'figure/figures')} changed:", drawn),
        (UNHELD, listed(difference.unheld)),
    ]
    parts = [_section(head, lines, width) for head, lines in sections if any(lines)]
    return "\n\n".join(parts or ["Nothing differs."])


def _number(items: Sequence[object], words: str) -> str:
    return f"{len(items)} {plural(len(items), words)}"


def _section(head: str, lines: Iterable[str], width: int) -> str:
    """Return lines under their heading, each wrapped and indented below it."""
    deep = "  " if head else ""
    wrapped = [
        fill(
            line.strip(),
            width,
            initial_indent=deep + " " * (len(line) - len(line.lstrip())),
            subsequent_indent=deep + "    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
    ]
    return "\n".join([head, *wrapped] if head else wrapped)


def _first(rows: Iterable[RowChange]) -> list[str]:
    """Return the first rows of each table in a line or two each, and how many more there are."""
    lines = []
    for table, group in groupby(rows, lambda row: row.table):
        changes = list(group)
        lines += [row.short() for row in changes[:ROWS_SHOWN]]
        more = len(changes) - ROWS_SHOWN
        lines += [f"and {more} more in {table}"] if more > 0 else []
    return lines


def _sentences(change: FindingChange) -> list[str]:
    """Return a changed finding with both sentences, whole, and the rows behind it."""
    return [
        f"{change.name} ({change.notebook})",
        f"  before: {change.before}",
        f"  after: {change.after}",
        *(f"  {line}" for line in rows_in_words(change.rows).splitlines()),
    ]

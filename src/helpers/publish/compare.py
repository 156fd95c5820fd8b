"""What a change of the data changes: findings, the rows behind them, figures."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from helpers.data import vocab
from helpers.data.changes import ROWS_SHOWN, RowChange, changed_rows
from helpers.data.faults import DataError
from helpers.data.tables import TABLES
from helpers.notebooks.guards import UNHELD, listed
from helpers.notebooks.run import find_notebooks
from helpers.words import in_markdown, number, plural

if TYPE_CHECKING:
    from helpers.figures.frames import Frames
    from helpers.notebooks.guards import Claim
    from helpers.publish.findings import Found

HEADS = ("finding", "before", "after", "rows behind it")


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

    ``unheld`` holds by notebook the claims that the newer data do not bear, ``errors`` the findings
    and notebooks that raise on them.
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


def compare(before: Path, after: Path) -> Difference:
    """Return what differs between two data folders.

    Raises
    ------
    DataError
        If a table of ``after`` has faults.
    """
    from helpers.figures.frames import Frames, shared
    from helpers.notebooks import rehearsal
    from helpers.publish import findings

    olds, news = Frames(before), shared(after)
    _refuse_faults(news)
    rows = tuple(
        change for table in TABLES.values() for change in changed_rows(table, before, after)
    )
    old = findings.compute(olds)
    vocab.use(after)
    new = findings.compute(news)
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
    lines = [f"- {in_markdown(str(one))}" for one in difference.counts]
    lines += ["", summary(difference), ""]
    if difference.findings:
        lines += [f"| {' | '.join(HEADS)} |", f"| {' | '.join('---' for _ in HEADS)} |"]
        for one in difference.findings:
            lines.append("| " + " | ".join(map(in_markdown, _cells(one))) + " |")
        lines.append("")
    # Nothing in a cell of the data may end the code that it is shown as.
    rows = [str(row).replace("`", "'").replace("\n", " ") for row in difference.rows]
    lines += [f"- `{row}`" for row in rows[:ROWS_SHOWN]]
    more = len(difference.rows) - ROWS_SHOWN
    lines += [f"- and {more} more rows"] if more > 0 else []
    lines += [f"- figure {figure_in_words(one)}" for one in difference.figures]
    lines += [""] + [f"- **{in_markdown(error)}**" for error in difference.errors]
    if difference.unheld:
        lines += ["", UNHELD, ""]
        lines += [f"- {in_markdown(line)}" for line in listed(difference.unheld)]
    return "\n".join(lines).strip()


def _cells(change: FindingChange) -> list[str]:
    """Return a changed finding in words, as ``HEADS`` has them."""
    before, after = change.before, change.after
    rows = rows_in_words(change.rows)
    return [change.name, excerpt(before, after), excerpt(after, before), rows]


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

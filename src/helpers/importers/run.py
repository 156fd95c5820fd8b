"""Imports a ministry file: shows what it changes, checks the result, writes all or nothing."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from helpers.check import check_all, report
from helpers.faults import DataError
from helpers.importers.layouts import Reading, read_file
from helpers.importers.plan import CHANGED, CONTRADICTS, FINAL, NEW, SAME, Plan, make_plan
from helpers.reading import nearest
from helpers.staging import Row, Workspace

_LAYOUTS = {
    "A": "web table of arrivals by year and sex",
    "B": "open-data list of arrivals by year and sex",
    "C": "workbook of stacked tables",
    "D": "open-data table of groups by sex",
}
_SUBJECTS = {"A": "arrivals-web", "B": "arrivals-list", "C": "workbook", "D": "profile"}
_COLOURS = {NEW: "green", CHANGED: "yellow", FINAL: "green", CONTRADICTS: "red"}


def run_import(
    file: Path,
    data_dir: Path,
    dry_run: bool,
    source: str | None,
    console: Console,
    as_of: str = "",
    today: date | None = None,
) -> int:
    """Import a file of the Ministry of Unification into the tables of arrivals.

    Parameters
    ----------
    file : Path
        The file; its layout is recognised by content.
    data_dir : Path
        The data folder.
    dry_run : bool
        Show everything, write nothing.
    source : str or None
        Key of the file's source in ``sources.csv``; None: a source is made from the file.
    console : rich.console.Console
        Where the plan and the faults are shown.
    as_of : str
        Month up to which the file counts (YYYY-MM), if it does not say so itself.
    today : datetime.date, optional
        No date in the data may be later; default: the day by the clock.

    Returns
    -------
    int
        0 if the file was taken or holds nothing new, 1 if it was refused; then nothing is written.
    """
    try:
        return _run(file, data_dir, dry_run, source or "", console, as_of, today or date.today())
    except DataError as error:
        _say(console, f"{error}\nThe tables have faults of their own: mend them first.")
    except OSError as error:
        _say(console, f"Could not write: {error.strerror or error}")
    console.print("Nothing was written.")
    return 1


def _run(
    file: Path,
    data_dir: Path,
    dry_run: bool,
    source: str,
    console: Console,
    as_of: str,
    today: date,
) -> int:
    if as_of and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", as_of):
        return _refused(console, f"--as-of {as_of!r}: a month as YYYY-MM is expected")
    reading = read_file(file, as_of)
    if reading.faults:
        return _refused(console, report(reading.faults))
    space = Workspace(data_dir)
    problem, source_row = _source(space, reading, file, source)
    if problem:
        return _refused(console, problem)
    plan = make_plan(space, reading, source_row["source_id"], today)
    if plan.problems:
        return _refused(console, "\n".join(f"{reading.file}: {told}" for told in plan.problems))
    show(plan, reading, console)
    return _finish(space, source_row, console, dry_run, today)


def _say(console: Console, text: str) -> None:
    """Print text as it is: no markup, no colours made up, no breaks within a fault's line."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _refused(console: Console, why: str) -> int:
    _say(console, f"{why}\nThe file is refused. Nothing was written.")
    return 1


def _finish(space: Workspace, source_row: Row, console: Console, dry_run: bool, today: date) -> int:
    """Check the tables as they would be, and write them unless this is a rehearsal."""
    if not space.files():
        console.print("Nothing new: the tables hold all of it.")
        return 0
    if source_row not in space.rows("sources"):
        space.insert_sorted("sources", source_row, ["source_id"])
        _say(console, f"New source: {source_row['source_id']}. Add its address and date by hand.")
    faults = space.check(today)
    if faults:
        _say(console, report(faults))
        own = set(faults) & set(check_all(space.data_dir, today))
        if own:
            console.print(f"{len(own)} of these were there before: see 'crossings check'.")
        console.print("The tables would not hold together. Nothing was written.")
        return 1
    if dry_run:
        console.print(f"Would write {', '.join(space.files())}. Nothing was written.")
        return 0
    console.print(f"Wrote {', '.join(space.write())}.")
    console.print("Add a line to CHANGELOG.md, then run 'crossings document' and 'make test'.")
    return 0


def show(plan: Plan, reading: Reading, console: Console) -> None:
    """Print what the file is and what it changes; rows that stay the same are only counted."""
    kind = f"{_LAYOUTS[reading.layout]} ({reading.kind})"
    _say(console, f"{reading.file}: layout {reading.layout}, {kind}, counts to {reading.as_of}.")
    for remark in dict.fromkeys(reading.remarks):
        _say(console, f"Note: {remark}.")
    if plan.news:
        table = Table("row", "old", "new", "what it is", "remark")
        for change in plan.news:
            colour = _COLOURS.get(change.kind, "default")
            kind = f"[{colour}]{escape(change.kind)}[/]"
            cells = [escape(cell) for cell in (change.row, change.old, change.new)]
            table.add_row(*cells, kind, escape(change.remark))
        console.print(table)
    same = [change.row for change in plan.changes if change.kind == SAME]
    if same:
        _say(console, f"The same: {len(same)} rows ({same[0]} ... {same[-1]}).")


# -- the file's own source ------------------------------------------------------------------


def _source(space: Workspace, reading: Reading, file: Path, key: str) -> tuple[str, Row]:
    """Return what is wrong with the key, if anything, and the row of the file's source."""
    rows = space.rows("sources")
    known = {row["source_id"]: row for row in rows}
    if key and key not in known:
        near = nearest(key, list(known))
        mend = f"; is it {near!r}?" if near else ""
        return f"--source {key!r}: no such source in sources.csv{mend}", {}
    if key:
        return "", known[key]
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    for row in rows:
        if f"SHA-256 {digest}" in row["note"]:
            return "", row
    return "", _new_source(space, reading, digest, set(known))


def _new_source(space: Workspace, reading: Reading, digest: str, taken: set[str]) -> Row:
    """Make a source from the file's name, date and layout."""
    when = reading.as_of.replace("-", "") or "undated"
    stem = f"ministry-of-unification-{when}-{_SUBJECTS[reading.layout]}"
    key = next(k for k in [stem, *(f"{stem}-{n}" for n in range(2, 999))] if k not in taken)
    name = re.sub(r"[\s<>&=+@\"]+", " ", reading.file).strip()[:120]
    title = f"{_LAYOUTS[reading.layout].capitalize()}, state of {reading.as_of or 'unknown month'}"
    note = f"Imported from the file {name} ({reading.kind}), SHA-256 {digest}"
    return space.new_row(
        "sources",
        source_id=key,
        publisher="Ministry of Unification",
        title=title,
        published=reading.published,
        language=reading.language,
        kind="official",
        note=note,
    )

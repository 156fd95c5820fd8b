"""Imports a ministry file: shows what it changes, checks the result, writes all or nothing."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from rich.console import Console

from helpers.data import clock
from helpers.data.check import check_all, report
from helpers.data.faults import DataError
from helpers.data.reading import nearest
from helpers.entry.ministry.plan import SAME, Plan, make_plan
from helpers.entry.ministry.tables import Reading, read_file
from helpers.entry.staging import Row, Workspace
from helpers.paths import data_dir as own_data


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
        CSV, HTML or XLSX; the table in it is recognised by content.
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
        No date in the data may be later; default: :func:`helpers.data.clock.today`.

    Returns
    -------
    int
        0 if the file was taken or holds nothing new, 1 if it was refused; then nothing is written.
    """
    try:
        return _run(file, data_dir, dry_run, source or "", console, as_of, today or clock.today())
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
    if as_of > f"{today:%Y-%m}":
        return _refused(console, f"--as-of {as_of}: a month to come; today is {today}")
    reading = read_file(file, as_of, today)
    if reading.faults:
        return _refused(console, report(reading.faults))
    space = Workspace(data_dir)
    problem, source_row = _source(space, reading, file, source)
    if problem:
        return _refused(console, problem)
    plan = make_plan(space, reading, source_row["source_id"], today)
    if plan.problems:
        return _refused(console, report(plan.problems))
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
        _say(console, f"Would write {', '.join(space.files())}. Nothing was written.")
        return 0
    _say(console, f"Wrote {', '.join(space.write())}.")
    folder = "" if space.data_dir.resolve() == own_data().resolve() else f" --data {space.data_dir}"
    _say(console, f"Next: crossings diff{folder}")
    return 0


def show(plan: Plan, reading: Reading, console: Console) -> None:
    """Print what the file is and what it changes; rows that stay the same are only counted."""
    found = [f"arrivals of {len(reading.arrivals)} periods"] if reading.arrivals else []
    found += [name.replace("_", " ") for name in dict.fromkeys(g.dimension for g in reading.groups)]
    _say(console, f"{reading.file}: {', '.join(found)}; people counted to {reading.as_of}.")
    for line in [f"Note: {remark}." for remark in dict.fromkeys(reading.remarks)]:
        _say(console, line)
    for change in plan.news:
        _say(console, f"- {change}")
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
    """Make a source from the file's name, date and subject."""
    when = reading.as_of.replace("-", "") or "undated"
    subject = "arrivals by year and sex" if reading.arrivals else "groups by sex"
    stem = f"ministry-of-unification-{when}-{'arrivals' if reading.arrivals else 'profile'}"
    key = next(k for k in [stem, *(f"{stem}-{n}" for n in range(2, 999))] if k not in taken)
    name = re.sub(r"[\s<>&=+@\"]+", " ", reading.file).strip()[:120]
    title = f"Table of {subject}, state of {reading.as_of}"
    # A day within the months it counts to is a template's, not its own.
    published = reading.published if reading.published[:7] > reading.as_of else ""
    note = f"Imported from the file {name} ({reading.kind}), SHA-256 {digest}"
    return space.new_row(
        "sources",
        source_id=key,
        publisher="Ministry of Unification",
        title=title,
        published=published,
        language=reading.language,
        kind="official",
        note=note,
    )

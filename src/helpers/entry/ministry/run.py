"""Imports a ministry file: shows what it changes, checks the result, writes all or nothing."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from rich.console import Console

from helpers.data import clock
from helpers.data.check import report
from helpers.data.faults import DataError
from helpers.entry.ministry.plan import SAME, Plan
from helpers.entry.ministry.tables import Reading, read_file
from helpers.entry.staging import Refused, Row, Workspace, meant, say
from helpers.entry.steps import diff_of
from helpers.writing import told


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

    The parameters are the options of the command; ``today`` is the day that counts, if it is not
    :func:`helpers.data.clock.today`. Returns 0 if the file was taken or holds nothing new, 1 if it
    was refused; then nothing is written.
    """
    today = today or clock.today()
    try:
        if as_of and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", as_of):
            raise Refused(f"--as-of {as_of!r}: a month as YYYY-MM is expected")
        if as_of > f"{today:%Y-%m}":
            raise Refused(f"--as-of {as_of}: a month to come; today is {today}")
        reading = read_file(file, as_of, today)
        if reading.faults:
            raise Refused(report(reading.faults))
        space = Workspace(data_dir)
        source_row = _source(space, reading, file, source or "")
        plan = Plan(space, reading, source_row["source_id"], today)
        if plan.problems:
            raise Refused(report(plan.problems))
        _show(plan, reading, console)
        return _finish(space, source_row, console, dry_run, today)
    except DataError as error:
        say(console, f"{error}\nThe tables have faults of their own: mend them first.")
    except Refused as error:
        say(console, f"{error}\nThe file is refused. Nothing was written.")
        return 1
    except OSError as error:
        say(console, f"Could not write: {told(error)}")
    say(console, "Nothing was written.")
    return 1


def _finish(space: Workspace, source_row: Row, console: Console, dry_run: bool, today: date) -> int:
    """Check the tables as they would be, and write them unless this is a rehearsal."""
    if not space.files():
        say(console, "Nothing new: the tables hold all of it.")
        return 0
    if source_row not in space.rows("sources"):
        space.insert_sorted("sources", source_row, ["source_id"])
        say(console, f"New source: {source_row['source_id']}. Add its address and date by hand.")
    faults = space.check(today)
    if faults:
        say(console, report(faults))
        own = set(faults) & set(Workspace(space.data_dir).check(today))
        if own:
            say(console, f"{len(own)} of these were there before: see 'crossings check'.")
        say(console, "The tables would not hold together. Nothing was written.")
        return 1
    if dry_run:
        say(console, f"Would write {', '.join(space.files())}. Nothing was written.")
        return 0
    say(console, f"Wrote {', '.join(space.write())}.")
    say(console, f"Next: {diff_of(space.data_dir)}")
    return 0


def _show(plan: Plan, reading: Reading, console: Console) -> None:
    """Print what the file is and what it changes; rows that stay the same are only counted."""
    found = [f"arrivals of {len(reading.arrivals)} periods"] if reading.arrivals else []
    found += [
        name.replace("_", " ") for name in dict.fromkeys(g["dimension"] for g in reading.groups)
    ]
    same = [change.row for change in plan.changes if change.kind == SAME]
    lines = [f"{reading.file}: {', '.join(found)}; people counted to {reading.as_of}."]
    lines += [f"Note: {remark}." for remark in dict.fromkeys(reading.remarks)]
    lines += [f"- {change}" for change in plan.changes if change.kind != SAME]
    lines += [f"The same: {len(same)} rows ({same[0]} ... {same[-1]})."] if same else []
    say(console, "\n".join(lines))


def _source(space: Workspace, reading: Reading, file: Path, key: str) -> Row:
    """Return the row of the file's source; Refused if the key is none."""
    known = {row["source_id"]: row for row in space.rows("sources")}
    if key and key not in known:
        raise Refused(f"--source {key!r}: no such source in sources.csv{meant(key, known)}")
    digest = f"SHA-256 {hashlib.sha256(file.read_bytes()).hexdigest()[:16]}"
    same = (row for row in known.values() if digest in row["note"])
    return known.get(key) or next(same, None) or _new_source(space, reading, digest, set(known))


def _new_source(space: Workspace, reading: Reading, digest: str, taken: set[str]) -> Row:
    """Make a source from the file's name, date and subject."""
    when = reading.as_of.replace("-", "") or "undated"
    stem, subject = f"ministry-of-unification-{when}-profile", "groups by sex"
    if reading.arrivals:
        stem, subject = f"ministry-of-unification-{when}-arrivals", "arrivals by year and sex"
    name = re.sub(r"[\s<>&=+@\"]+", " ", reading.file).strip()[:120]
    return space.new_row(
        "sources",
        source_id=next(
            k for k in [stem, *(f"{stem}-{n}" for n in range(2, 999))] if k not in taken
        ),
        publisher="Ministry of Unification",
        title=f"Table of {subject}, state of {reading.as_of}",
        # A day within the months it counts to is a template's, not its own.
        published=reading.published if reading.published[:7] > reading.as_of else "",
        language=reading.language,
        kind="official",
        note=f"Imported from the file {name} ({reading.kind}), {digest}",
    )

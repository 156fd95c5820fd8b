"""``crossings add``: a row and its source, by flags or by answers, checked and written whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpers.data.check import report
from helpers.data.faults import DataError, Fault
from helpers.data.tables import TABLES
from helpers.entry.answers import canonical
from helpers.entry.asking import Ask, Back, Stopped, Talk
from helpers.entry.drafts import Draft, Entry
from helpers.entry.rows import add_row
from helpers.entry.staging import Refused, Row, Workspace, meant, say
from helpers.entry.steps import diff_of
from helpers.writing import told

Rows = list[tuple[str, Row]]

TOLD = 10


def run_add(
    values: Mapping[str, str],
    new_source: Mapping[str, str],
    data_dir: Path,
    dry_run: bool,
    console: Console,
    ask: Ask | None = None,
    today: date | None = None,
    table: str = "incidents",
) -> int:
    """Add a row to a table, or say what is wrong with it.

    The parameters are the options of the command. ``ask`` is called with a prompt and returns the
    line typed in, or raises EOFError or KeyboardInterrupt to stop; without it nothing is asked, and
    what is missing is a fault. ``today`` is the last day that a date may have, if not the clock's.
    Returns 0 if the row was added, 1 if not; then nothing is written.
    """
    draft = None
    try:
        given, source = _names(table, values, new_source)
        space = Workspace(data_dir)
        if ask:
            draft = Draft(table, given)
            return _converse(Talk(space, console, ask, draft, today), source, dry_run)
        rows = add_row(space, table, given, source)
        if _checked(console, space, rows, today):
            return _nothing(console, "")
        return _write(console, space, rows, dry_run)
    except (Stopped, EOFError, KeyboardInterrupt) as stopped:
        return _nothing(console, "" if isinstance(stopped, Stopped) else "\nStopped.", draft)
    except Refused as error:
        return _nothing(console, str(error))
    except DataError as error:
        words = f"{error}\nThe tables have faults of their own: mend them first."
        return _nothing(console, words, draft)
    except OSError as error:
        return _nothing(console, f"Could not write: {told(error)}", draft)


def _names(table: str, values: Mapping[str, str], source: Mapping[str, str]) -> tuple[Row, Row]:
    """Return the cells given of the row and of its new source, as the tables write them."""
    if table not in TABLES:
        hint = meant(table, TABLES) or f"; expected one of {', '.join(TABLES)}"
        raise Refused(f"no table {table!r}{hint}")
    if table == "sources":
        raise Refused("A source comes with the first row that names it: add that row.")
    return canonical(table, values), canonical("sources", source)


def _converse(talk: Talk, source: Row, dry_run: bool) -> int:
    """Ask until the rows pass the check and the person has said whether to write them."""
    draft = talk.draft
    talk.say(f"{TABLES[draft.table].title}: a new row.", 0)
    talk.say("Of listed values type the number, the value or its beginning.", 0)
    talk.say("b goes back one question; Ctrl-C stops and keeps the answers.", 0)
    _resume(talk)
    first = draft.entries[0]
    if source:
        new = draft.more("sources", source)
        talk.fill(new)
        keys = [first.given.get("source_ids", ""), new.cells["source_id"]]
        first.given["source_ids"] = ";".join(filter(None, keys))
    while True:
        try:
            talk.fill_all()
            space = Workspace(talk.space.data_dir)
            entries = draft.named()
            rows = [(entry.table, entry.row()) for entry in entries]
            for table, row in rows:
                space.put(table, row)
            faults = _checked(talk.console, space, rows, talk.today)
            if talk.decide(_first_of_own(space, entries, rows, faults), not faults):
                break
        except Back:
            first.take_back()
    code = _write(talk.console, space, rows, dry_run)
    if not dry_run:
        draft.drop()
    return code


def _resume(talk: Talk) -> None:
    """Offer the answers of an earlier run that was not finished."""
    draft, kept = talk.draft, talk.draft.kept()
    if not kept:
        return
    answers = kept[0].before | kept[0].given
    begun = [answers[column] for column in kept[0].columns() if answers.get(column)]
    told = f"({', '.join(begun[:3])}, ...); its answers are kept."
    talk.say(f"An earlier run was not finished {told}", 0)
    if talk.ask("Go on with them? [Y/n]: ").strip().casefold().startswith("n"):
        draft.drop()
        return
    draft.resume(kept)
    for entry in draft.entries[1:]:
        if "source_id" in entry.given:  # it was whole: what names it can be held against it
            talk.fill(entry)


def _first_of_own(
    space: Workspace, entries: list[Entry], rows: Rows, faults: list[Fault]
) -> tuple[Entry, str] | None:
    """Return the first cell of the new rows that a fault is about."""
    for entry, (table, row) in zip(entries, rows, strict=True):
        line = next(n for n, other in enumerate(space.rows(table), 2) if other is row)
        for fault in faults:
            at_row = (fault.file, fault.line) == (TABLES[table].path, line)
            if at_row and fault.column in entry.columns():
                return entry, fault.column
    return None


def _checked(console: Console, space: Workspace, rows: Rows, today: date | None) -> list[Fault]:
    """Show rows as they would be in the files, and what the check says of the whole."""
    for name, row in rows:
        title = f"\nA row for {TABLES[name].path}"
        grid = Table("column", "value", title=title, title_justify="left")
        for column, value in row.items():
            if value:
                grid.add_row(column, Text(value))
        console.print(grid)
    faults = space.check(today)
    doubles = [fault for fault in faults if "looks like the event" in fault.problem]
    if doubles:
        say(console, "The event seems to be in the register already:")
        say(console, "\n".join(_both(space, fault) for fault in doubles))
    if faults:
        say(console, report(faults[:TOLD]))
    if len(faults) > TOLD:
        say(console, f"and {len(faults) - TOLD} more.")
    return faults


def _both(space: Workspace, fault: Fault) -> str:
    """Return the two rows of a suspected double, one a line."""
    rows = {row["incident_id"]: row for row in space.rows("incidents")}
    other = re.search(r"event '([^']+)'", fault.problem)
    both = [(name, rows[name]) for name in (fault.value, other and other[1]) if name in rows]
    return "\n".join(
        f"  {name}: {row['date']}, {row['route']}, {row['people'] or '?'} people, "
        f"{row['crossing_place'] or 'place not given'}"
        for name, row in both
    )


def _write(console: Console, space: Workspace, rows: Rows, dry_run: bool) -> int:
    """Write the files, or say which would be written, and name the next step."""
    if dry_run:
        say(console, f"Would write {', '.join(sorted(space.files()))}. Nothing was written.")
        return 0
    written = ", ".join(space.write())
    table, row = rows[0]
    name = " ".join(row[column] for column in TABLES[table].primary_key)
    say(console, f"Added {name} to {table}; wrote {written}.")
    say(console, f"Next: {diff_of(space.data_dir)}.")
    return 0


def _nothing(console: Console, text: str, draft: Draft | None = None) -> int:
    """Say why nothing was written, and that the answers are kept if there are any."""
    if text:
        say(console, text)
    kept = " Your answers are kept: the same command offers them again."
    say(console, f"Nothing was written.{kept if draft and draft.kept() else ''}")
    return 1

"""Adds one incident to the register, with its source, and checks the result before it is written.

The row comes from columns and texts, typed in by flags or prompts; what can be made or taken for
granted is filled in, everything else is left to the check.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from helpers.check import report
from helpers.faults import DataError, Fault
from helpers.reading import nearest
from helpers.schemas import TABLES
from helpers.staging import Row, Workspace
from helpers.vocab import Term

ASKED = (
    "date", "event_type", "direction", "route", "means", "people", "affiliation",
    "crossing_place", "outcome", "shots_fired", "summary", "confidence",
)  # fmt: skip
ASKED_OF_SOURCE = ("publisher", "title", "published", "url", "language", "kind")
_PRECISION = {4: "year", 7: "month", 10: "day"}
Ask = Callable[[str, str, str], str]


def columns() -> list[str]:
    """Return the columns of the register in their order."""
    return TABLES["incidents"].columns


def vocabulary(table: str, column: str) -> type[Term] | None:
    """Return the closed vocabulary of a column, None if it has none."""
    return TABLES[table].schema.columns[column].metadata["vocabulary"]


def canonical(table: str, values: Mapping[str, str]) -> Row:
    """Return cells as the table writes them: trimmed, composed characters, coded values.

    A coded value may be given by its label or in other case; what is none stays, for the check.

    Raises
    ------
    KeyError
        If a column is not of the table; the message names the nearest.
    """
    row = {}
    for column, value in values.items():
        if column not in TABLES[table].columns:
            near = nearest(column, TABLES[table].columns)
            hint = f"; is it {near!r}?" if near else ""
            raise KeyError(f"no column {column!r} in {table}{hint}")
        text = " ".join(unicodedata.normalize("NFC", value).split())
        terms = vocabulary(table, column)
        if terms is not None:
            folded = re.sub(r"[\s-]+", "_", text.casefold())
            by_name = {t.value: t.value for t in terms} | {
                t.label.casefold(): t.value for t in terms
            }
            text = by_name.get(folded, by_name.get(text.casefold(), text))
        row[column] = text
    return row


def complete(values: Mapping[str, str], taken: set[str] = frozenset()) -> Row:
    """Return a whole row of the register: given cells, defaults, an identifier if none is given.

    Parameters
    ----------
    values : mapping of str to str
        Column and text, in any order; ``source_ids`` holds keys separated by ``;``.
    taken : set of str
        Identifiers that are in use.
    """
    given = {column: text for column, text in canonical("incidents", values).items() if text}
    row = dict.fromkeys(columns(), "") | _defaults(given) | given
    if not row["incident_id"]:
        row["incident_id"] = make_id(row, taken)
    return {column: row[column] for column in columns()}


def _defaults(given: Mapping[str, str]) -> Row:
    """Return what can be taken for granted of a row that does not say otherwise."""
    clash = given.get("event_type") in ("armed_clash", "incursion")
    shots = given.get("shots_fired", "unknown")
    return {
        "date_precision": _PRECISION.get(len(given.get("date", "")), ""),
        "direction": "none" if clash else "",
        "means": "other",
        "nationality": "not_applicable" if clash else "unknown",
        "affiliation": "unknown",
        "shots_fired": "unknown",
        "shots_at": "not_applicable" if shots == "no" else "unknown",
        "location_basis": "" if given.get("lat") else "not_located",
        "confidence": "medium",
    }


def make_id(row: Mapping[str, str], taken: set[str] = frozenset()) -> str:
    """Return an identifier of date, place and affiliation that is not in ``taken``."""
    place = row["crossing_place"] or row["admin_area"] or row["route"]
    words = [word for word in _slug(place).split("-") if word not in _SMALL][:3]
    parts = [_slug(row["date"]), "-".join(words), _slug(row["affiliation"])]
    stem = "-".join(part for part in parts if part)
    return next(k for k in [stem, *(f"{stem}-{n}" for n in range(2, 9999))] if k not in taken)


_SMALL = {"the", "of", "in", "at", "near", "off", "and", "to", "from", "a", "an"}


def _slug(text: str) -> str:
    """Return text as words of a key: lower-case letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def complete_source(values: Mapping[str, str], taken: set[str] = frozenset()) -> Row:
    """Return a whole row of the registry of sources; its key is made of outlet and date."""
    given = {column: text for column, text in canonical("sources", values).items() if text}
    row = dict.fromkeys(TABLES["sources"].columns, "") | given
    if not row["source_id"]:
        stem = "-".join(filter(None, [_slug(row["publisher"]), row["published"].replace("-", "")]))
        keys = [stem or "source", *(f"{stem or 'source'}-{n}" for n in range(2, 9999))]
        row["source_id"] = next(key for key in keys if key not in taken)
    return row


def add_incident(
    space: Workspace, incident: Mapping[str, str], new_source: Mapping[str, str] | None
) -> tuple[Row, Row | None]:
    """Put an incident, and its new source if one is given, into ``space``; nothing is written.

    Returns
    -------
    incident, source : dict
        The rows as they were put in; ``source`` is None if none was new.

    Raises
    ------
    KeyError
        If a column does not exist.
    """
    source = None
    values = dict(incident)
    if new_source:
        known = {row["source_id"] for row in space.rows("sources")}
        source = complete_source(new_source, known)
        keys = [*filter(None, values.get("source_ids", "").split(";")), source["source_id"]]
        values["source_ids"] = ";".join(dict.fromkeys(keys))
        space.insert_sorted("sources", source, ["source_id"])
    row = complete(values, {other["incident_id"] for other in space.rows("incidents")})
    space.insert_sorted("incidents", row, ["date", "incident_id"])
    return row, source


def run_add(
    values: Mapping[str, str],
    new_source: Mapping[str, str],
    data_dir: Path,
    dry_run: bool,
    console: Console,
    ask: Ask | None = None,
    today: date | None = None,
) -> int:
    """Add an incident to the register, or say what is wrong with it.

    Parameters
    ----------
    values : mapping of str to str
        Column and text of the incident; ``source_ids`` names sources that are there already.
    new_source : mapping of str to str
        Fields of a source that is not there yet; empty for none.
    data_dir : Path
        The data folder.
    dry_run : bool
        Show and check everything, write nothing.
    console : rich.console.Console
        Where row, faults and suspected doubles are shown.
    ask : callable, optional
        Called with table, column and default for each column of :data:`ASKED` that is not given;
        None: nothing is asked, and what is missing is a fault.
    today : datetime.date, optional
        No date may be later; default: the day by the clock.

    Returns
    -------
    int
        0 if the incident was added, 1 if not; then nothing is written.
    """
    try:
        space = Workspace(data_dir)
        values, new_source = dict(values), dict(new_source)
        if ask is not None:
            _ask_for_all(space, values, new_source, ask, console)
        row, source = add_incident(space, values, new_source)
        _show(console, row, source)
        return _finish(space, row, source, dry_run, console, today)
    except KeyError as error:
        _say(console, str(error.args[0]))
    except DataError as error:
        _say(console, f"{error}\nThe tables have faults of their own: mend them first.")
    except OSError as error:
        _say(console, f"Could not write: {error.strerror or error}")
    console.print("Nothing was written.")
    return 1


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _ask_for_all(
    space: Workspace, values: dict[str, str], new_source: dict[str, str], ask: Ask, console: Console
) -> None:
    """Ask for what is not given, and for a source if none is named."""
    for column in ASKED:
        if not values.get(column):
            values[column] = ask("incidents", column, _defaults(values).get(column, ""))
    if values.get("source_ids") or new_source:
        return
    key = ask("incidents", "source_ids", "")
    known = {row["source_id"] for row in space.rows("sources")}
    if key and set(key.split(";")) <= known:
        values["source_ids"] = key
        return
    near = nearest(key, sorted(known)) if key else None
    if near:
        _say(console, f"No such source; the nearest is {near!r}. Its fields, for a new one:")
    if re.fullmatch(r"[a-z0-9][a-z0-9_~-]*", key):
        new_source["source_id"] = key
    for column in ASKED_OF_SOURCE:
        new_source[column] = ask("sources", column, "")


def _show(console: Console, row: Row, source: Row | None) -> None:
    """Print the rows as they would stand in the files."""
    table = Table("table", "column", "value", title="What would be added")
    for name, cells in (("incidents", row), ("sources", source or {})):
        for column, value in cells.items():
            if value:
                table.add_row(name, column, value.replace("[", r"\["))
    console.print(table)


def _finish(
    space: Workspace,
    row: Row,
    source: Row | None,
    dry_run: bool,
    console: Console,
    today: date | None,
) -> int:
    """Check the register as it would be, tell faults and doubles, and write it."""
    faults = space.check(today)
    if faults:
        doubles = [fault for fault in faults if "looks like the event" in fault.problem]
        if doubles:
            console.print("The event seems to stand in the register already:")
            _say(console, "\n".join(_both(space, fault) for fault in doubles))
        _say(console, report(faults))
        console.print("Nothing was written.")
        return 1
    if dry_run:
        console.print(f"Would write {', '.join(space.files())}. Nothing was written.")
        return 0
    written = ", ".join(space.write())
    _say(console, f"Added {row['incident_id']}; wrote {written}.")
    console.print("Add a line to CHANGELOG.md, then run 'crossings document' and 'make test'.")
    return 0


def _both(space: Workspace, fault: Fault) -> str:
    """Return the two rows of a suspected double, one a line."""
    rows = {row["incident_id"]: row for row in space.rows("incidents")}
    other = re.search(r"event '([^']+)'", fault.problem)
    names = [fault.value, *([other[1]] if other else [])]
    return "\n".join(
        f"  {name}: {rows[name]['date']}, {rows[name]['route']}, {rows[name]['people'] or '?'} "
        f"people, {rows[name]['crossing_place'] or 'place not given'}"
        for name in names
        if name in rows
    )


def describe(table: str, column: str) -> str:
    """Return what a column holds, its unit, and each allowed value with its meaning."""
    schema = TABLES[table].schema.columns[column]
    unit = schema.metadata["unit"]
    lines = [f"{column}: {schema.description}" + (f" Unit: {unit}." if unit else "")]
    if schema.metadata["missing"]:
        lines.append(f"  may stay empty: {schema.metadata['missing']}")
    terms = vocabulary(table, column)
    lines += [f"  {term.value:<22} {term.definition}" for term in terms or []]
    return "\n".join(lines)

"""Makes rows of a table from columns and texts, and puts them where the table has their like.

What follows from the cells given is filled in by the schema's own rules, an identifier is made;
everything else is left to the check. Nothing here writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from helpers.data.tables import TABLES
from helpers.entry.answers import canonical, kind_of, possible, vocabulary
from helpers.entry.staging import Row, Workspace, rank_of

# What an identifier is made of, where it is not a running number.
_ID_OF = {
    "sources": ("publisher", "published"),
    "border_events": ("date", "event"),
    "official_totals": ("series", "measure", "unit", "period"),
    "route_estimates": ("place", "measure", "period"),
    "route_shares": ("measure", "category", "period"),
    "route_costs": ("leg", "period_start", "who_says"),
    "arrivals_revisions": ("measure", "period", "people"),
    "blind_years": ("direction", "route", "first_year"),
    "jsa_landmarks": ("name_en",),
    "routes": ("name",),
}
_SMALL = {"the", "of", "in", "at", "near", "off", "and", "to", "from", "a", "an"}
# Taken where nothing is asked and nothing else is given or follows. Not the nationality: what is
# said of soldiers of the North hangs on it.
_DEFAULTS = {
    "incidents": {
        "means": "other",
        "affiliation": "unknown",
        "shots_fired": "unknown",
        "shots_at": "unknown",
        "confidence": "medium",
    }
}


def describe(table: str, column: str) -> str:
    """Return what a column holds, its unit, and each allowed value with its meaning."""
    schema = TABLES[table].schema.columns[column]
    unit = schema.unit
    lines = [f"{column}: {schema.description}" + (f" Unit: {unit}." if unit else "")]
    if schema.missing:
        lines.append(f"  may stay empty: {schema.missing}")
    terms = vocabulary(table, column)
    lines += [f"  {term.value:<22} {term.definition}" for term in terms or []]
    return "\n".join(lines)


def own_key(table: str) -> str:
    """Return the column that holds a row's own identifier, empty if the table has none."""
    key = TABLES[table].primary_key
    return key[0] if len(key) == 1 and kind_of(table, key[0]) == "key" else ""


def follows(table: str, cells: Mapping[str, str], column: str) -> str | None:
    """Return the one value that a cell can have beside ``cells``, None if there are several."""
    left = possible(table, cells, column)
    if left == [""] or (len(left) == 1 and kind_of(table, column) == "category"):
        return left[0]
    return None


def complete(
    values: Mapping[str, str], taken: Collection[str] = (), table: str = "incidents"
) -> Row:
    """Return a whole row: given cells, what follows from them, an identifier if none is given.

    Parameters
    ----------
    values : mapping of str to str
        Column and text, in any order; a list of keys is separated by ``;``.
    taken : collection of str
        Identifiers that are in use.
    table : str
        The table that the row is for.

    Raises
    ------
    KeyError
        If a column is not of the table.
    """
    given = {column: text for column, text in canonical(table, values).items() if text}
    coded = [column for column in TABLES[table].columns if kind_of(table, column) == "category"]
    row = dict.fromkeys(TABLES[table].columns, "") | given
    for column in [column for column in coded if column not in given]:
        known = {name: row[name] for name in row if row[name] or name not in coded}
        default = _DEFAULTS.get(table, {}).get(column, "")
        row[column] = follows(table, known, column) or default
    key = own_key(table)
    if key and not row[key]:
        row[key] = make_id(row, taken, table)
    return row


def make_id(row: Mapping[str, str], taken: Collection[str] = (), table: str = "incidents") -> str:
    """Return an identifier of what the table makes it of that is not in ``taken``."""
    numbers = [re.fullmatch(r"([a-z]+)(\d+)", key) for key in taken]
    if table not in _ID_OF and table != "incidents" and numbers and all(numbers):
        last = max(numbers, key=lambda match: int(match[2]))
        return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"
    if table == "incidents":
        place = row["crossing_place"] or row["admin_area"] or row["route"]
        words = [word for word in _slug(place).split("-") if word not in _SMALL][:3]
        parts = [_slug(row["date"]), "-".join(words), _slug(row["affiliation"])]
    elif table == "sources":
        parts = [_slug(row["publisher"]), row["published"].replace("-", "")]
    else:
        parts = ["-".join(_slug(row[name]).split("-")[:5]) for name in _ID_OF.get(table, ())]
    stem = "-".join(part for part in parts if part) or table
    if taken and not any("-" in key for key in taken):
        stem = stem.replace("-", "_")
    return next(k for k in [stem, *(f"{stem}-{n}" for n in range(2, 9999))] if k not in taken)


def _slug(text: str) -> str:
    """Return text as words of a key: lower-case letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def add_row(
    space: Workspace,
    table: str,
    values: Mapping[str, str],
    new_source: Mapping[str, str] | None = None,
) -> tuple[Row, Row | None]:
    """Put a row, and its new source if one is given, into ``space``; nothing is written.

    Returns
    -------
    row, source : dict
        The rows as they were put in; ``source`` is None if none was new.

    Raises
    ------
    KeyError
        If a column does not exist.
    """
    source, values = None, dict(values)
    if new_source:
        source = complete(new_source, in_use(space, "sources"), "sources")
        keys = [*filter(None, values.get("source_ids", "").split(";")), source["source_id"]]
        values["source_ids"] = ";".join(dict.fromkeys(keys))
        space.put("sources", source)
    row = complete(values, in_use(space, table), table)
    rank = rank_of(table)
    if rank and not row[rank]:
        row[rank] = str(space.next_rank(table, row))
    space.put(table, row)
    return row, source


def add_incident(
    space: Workspace, incident: Mapping[str, str], new_source: Mapping[str, str] | None
) -> tuple[Row, Row | None]:
    """Put an incident, and its new source if one is given, into ``space``; see :func:`add_row`."""
    return add_row(space, "incidents", incident, new_source)


def in_use(space: Workspace, table: str) -> set[str]:
    """Return the identifiers that the rows of a table have."""
    key = own_key(table)
    return {row[key] for row in space.rows(table)} if key else set()

"""Makes a row of a table from columns and texts: what follows is filled in, an identifier made.

Everything else is left to the check. Nothing here writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from helpers.data.tables import TABLES
from helpers.entry.answers import canonical, column_of, possible
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
# Taken of an incident where nothing is asked and nothing else is given or follows. Not the
# nationality: what is said of soldiers of the North hangs on it.
_DEFAULTS = {"means": "other", "confidence": "medium"}
_DEFAULTS |= dict.fromkeys(["affiliation", "shots_fired", "shots_at"], "unknown")


def own_key(table: str) -> str:
    """Return the column that holds a row's own identifier, empty if the table has none."""
    key = TABLES[table].primary_key
    return key[0] if len(key) == 1 and column_of(table, key[0]).kind == "key" else ""


def follows(table: str, cells: Mapping[str, str], column: str) -> str | None:
    """Return the one value that a cell can have beside ``cells``, None if there are several."""
    left = possible(table, cells, column)
    one = left == [""] or (len(left) == 1 and column_of(table, column).kind == "category")
    return left[0] if one else None


def complete(
    values: Mapping[str, str], taken: Collection[str] = (), table: str = "incidents"
) -> Row:
    """Return a whole row: given cells, what follows from them, an identifier that is not taken."""
    given = {column: text for column, text in canonical(table, values).items() if text}
    coded = [name for name in TABLES[table].columns if column_of(table, name).kind == "category"]
    row = dict.fromkeys(TABLES[table].columns, "") | given
    for column in [column for column in coded if column not in given]:
        known = {name: row[name] for name in row if row[name] or name not in coded}
        default = _DEFAULTS.get(column, "") if table == "incidents" else ""
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
        place = _slug(row["crossing_place"] or row["admin_area"] or row["route"])
        words = [word for word in place.split("-") if word not in _SMALL][:3]
        parts = [_slug(row["date"]), "-".join(words), _slug(row["affiliation"])]
    elif table == "sources":
        parts = [_slug(row["publisher"]), row["published"].replace("-", "")]
    else:
        parts = ["-".join(_slug(row[name]).split("-")[:5]) for name in _ID_OF.get(table, ())]
    stem = "-".join(filter(None, parts)) or table
    if taken and not any("-" in key for key in taken):
        stem = stem.replace("-", "_")
    return next(k for k in [stem, *(f"{stem}-{n}" for n in range(2, 9999))] if k not in taken)


def _slug(text: str) -> str:
    """Return text as words of a key: lower-case letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def add_row(
    space: Workspace, table: str, values: Mapping[str, str], new_source: Mapping[str, str]
) -> list[tuple[str, Row]]:
    """Put a row, and its new source if one is given, into ``space``; return them with their tables.

    A column that the table does not have raises Refused.
    """

    def made(table: str, values: Mapping[str, str]) -> tuple[str, Row]:
        key = own_key(table)
        row = complete(values, {row[key] for row in space.rows(table)} if key else (), table)
        rank = rank_of(table)
        if rank and not row[rank]:
            row[rank] = str(space.next_rank(table, row))
        space.put(table, row)
        return table, row

    if not new_source:
        return [made(table, values)]
    source = made("sources", new_source)
    keys = [*filter(None, values.get("source_ids", "").split(";")), source[1]["source_id"]]
    return [made(table, {**values, "source_ids": ";".join(dict.fromkeys(keys))}), source]

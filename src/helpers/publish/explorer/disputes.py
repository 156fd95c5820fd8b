"""What is contested, corrected and decided of incidents, as values and in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.data.decisions import decided, paragraph
from helpers.data.tables import TABLES
from helpers.data.tables.conflicts import CODED_FIELDS
from helpers.languages import tr
from helpers.publish.explorer.words import ENGLISH
from helpers.words import say, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpers.figures.frames import Frames

#: Codes that stand within a column: the list, by the name of the column that holds them.
LISTS = {"field": "conflicts", "reason": "conflicts", "status": "corrections"}
#: Columns whose values are keys, not readings.
KEYS = {"source_ids", "decision_ids", "incident_id"}


def vocabulary(column: str, table: str = "incidents") -> list:
    """Return the terms that a coded column may hold."""
    return list(TABLES[table].schema.columns[column].vocabulary)


def labels(name: str) -> dict[str, str]:
    """Return the labels of a list by value."""
    return {term.value: term.label for term in vocabulary(name, LISTS[name])}


def places_in(things: Iterable) -> dict:
    """Return different things with their places in the list of them: a page has each once."""
    return {thing: place for place, thing in enumerate(dict.fromkeys(things))}


def keys_in(text: str | None) -> list[str]:
    """Return the keys of a cell."""
    return text.split(";") if isinstance(text, str) and text else []


def known(texts: Iterable) -> list[str]:
    """Return the texts that there are."""
    return [text for text in texts if isinstance(text, str) and text]


# Contested values -------------------------------------------------------------------------------


def disputants(frames: Frames) -> list[str]:
    """Return who published contested values of incidents."""
    keys = _disputes(frames)["source_ids"].dropna().str.split(";").explode().unique()
    return frames["sources"]["publisher"].reindex(keys).dropna().unique().tolist()


def _disputes(frames: Frames) -> pd.DataFrame:
    table = frames["conflicts"]
    table = table[table["record_table"].eq("incidents")].astype(object)
    return table.where(table.notna(), None)


def contested(frames: Frames, places: dict[str, int]) -> dict[str, list]:
    """Return by incident each contested thing: place of its field, topic, values.

    Of a value: places of who published it, who said it, note, place of the reason, if it is taken.
    """
    publishers = frames["sources"]["publisher"].to_dict()
    fields, reasons = (places_in(labels(name)) for name in ("field", "reason"))
    found: dict[str, dict[str, list]] = {}
    for row in _disputes(frames).itertuples():
        who = [places[publishers[key]] for key in keys_in(row.source_ids) if key in publishers]
        value = [_value(row), who, row.said_by, row.note, reasons[row.reason]]
        things = found.setdefault(row.record_id, {})
        thing = things.setdefault(row.conflict_id, [fields[row.field], row.topic, []])
        thing[2].append([*value, int(row.chosen == "yes")])
    return {record: [*things.values()] for record, things in found.items()}


def dispute(thing: list, publishers: list[str]) -> tuple[str, list[tuple[str, str]], str]:
    """Return a contested thing in words: its name, each value with who says it, the end."""
    field, topic, values = thing
    fields, reasons = ([*labels(name).values()] for name in ("field", "reason"))
    said = []
    for value, who, by, note, reason, taken in values:
        names = ", ".join(known([by, *(publishers[place] for place in who)]))
        says = [names, note, reasons[reason], say(ENGLISH["taken"]) if taken else ""]
        said.append((value, worded(ENGLISH["mortar"]).join(known(says))))
    end = "" if any(value[-1] for value in values) else say(ENGLISH["open"])
    return ": ".join(known([fields[field], topic])), said, end


def _value(row: tuple) -> str:
    """Return a published value with its unit, a code by its label."""
    terms = CODED_FIELDS.get(row.field)
    if terms and row.value in terms.values():
        return terms(row.value).label
    if isinstance(row.unit, str) and re.fullmatch(r"[\d.,]+", row.value):
        return say("{value} {unit}", value=row.value, unit=row.unit)
    return row.value


# Corrections and decisions ----------------------------------------------------------------------


class Correction(NamedTuple):
    """One correction: its key, which record of which table, and what :func:`corrected` takes."""

    key: str
    table: str
    record: str
    parts: tuple

    @property
    def said(self) -> tuple[str, str]:
        """The name of what was corrected, and what was done and why."""
        return corrected(*self.parts)


def corrected(
    field: str, how: str, old: str | None, new: str | None, reason: str, status: int
) -> tuple[str, str]:
    """Return in words the name of what was corrected, and what was done and why.

    ``how`` names the words for the old and the new value, ``status`` is a place in its list.
    """
    empty = say(ENGLISH["empty"])
    done = say(ENGLISH[how], old=old or empty, new=new or empty) if how else ""
    name = ENGLISH["fields"].get(field, field.replace("_", " "))
    return tr(name), f"{'. '.join(known([done, reason]))} ({[*labels('status').values()][status]})"


def corrections(frames: Frames) -> list[Correction]:
    """Return all corrections of a data folder."""
    status = places_in(labels("status"))
    found = []
    for row in frames["corrections"].itertuples():
        column = TABLES[row.table].schema.columns.get(row.field)
        old, new = (labelled(column, value) for value in (row.old, row.new))
        # A text that stands is shown already: only what it said before is news.
        stands = row.status == "applied" and column is not None and column.kind == "text"
        # Keys of documents are no reading: the reason says what became of them.
        how = "" if row.field in KEYS else "before" if stands else "became"
        values = {"": (None, None), "before": (_open(old), None), "became": (old, _open(new))}[how]
        parts = (row.field, how, *values, row.reason, status[row.status])
        found.append(Correction(row.Index, row.table, row.record_id, parts))
    return found


def _open(text: str | None) -> str | None:
    """Return a text that another follows: without the full stop."""
    return text.rstrip(".") if text else None


def corrected_by_incident(frames: Frames) -> dict[str, list]:
    """Return by incident its corrections, as :func:`corrected` takes them."""
    found: dict[str, list] = {}
    for one in corrections(frames):
        if one.table == "incidents":
            found.setdefault(one.record, []).append(one.parts)
    return found


def labelled(column: object, value: str | None) -> str | None:
    """Return a value of a column, a code by its label."""
    if pd.isna(value):
        return None
    terms = column.vocabulary if column is not None else None
    return {term.value: term.label for term in terms or []}.get(value, value)


def decisions(frames: Frames) -> dict[str, list[str]]:
    """Return the title and the choice of each numbered decision of the data folder."""
    return {
        key: [title, paragraph(body, "Choice").replace("`", "")]
        for key, (title, body) in decided(frames.data_dir).items()
    }

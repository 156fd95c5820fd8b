"""What was corrected, and what was left out or merged."""

from __future__ import annotations

import pandas as pd

from helpers.data import tables, vocab
from helpers.data.columns import (
    DECISIONS,
    Column,
    Schema,
    Table,
    coded,
    key,
    needs,
    rule,
    sources,
    text,
)
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault

#: Remarks that were taken apart or rewritten since; and a row as a whole.
_REWRITTEN = ["conflict", "note", "record"]

CORRECTIONS = Table(
    "corrections.csv",
    "Corrections",
    "One cell that was changed, or a change that was proposed and refused, a row.",
    Schema(
        {
            "correction_id": key("Identifier.", unique=True),
            "table": key("Table of the cell."),
            "record_id": key(
                "The record, by its key in that table; keys of several columns joined by '_'."
            ),
            "field": key("Column of the cell; 'record' for a whole row."),
            "old": text("Value before.", "empty before, or a new row", limit=900, dates=True),
            "new": text("Value after, or the value proposed.", "empty after", 900, dates=True),
            "reason": text("Why.", limit=400),
            **sources("Sources that show it.", "seen from the tables themselves"),
            **DECISIONS,
            "status": coded("What became of it.", vocab.CorrectionStatus),
        },
        checks=[
            rule("new", "another value than the old one", lambda t: t["new"].ne(t["old"])),
            needs("decision_ids", "a decision where a proposal was refused", "status", "rejected"),
        ],
    ),
    ("correction_id",),
    indexed=True,
    provenance="The log kept while the evidence was gathered, and the changes made in curation.",
)

EXCLUSIONS = Table(
    "incidents/exclusions.csv",
    "What was left out or merged",
    "One record or source that is not in the tables, or not twice, a row.",
    Schema(
        {
            "exclusion_id": key("Identifier.", unique=True),
            "kind": coded("In what way it was left out.", vocab.ExclusionKind),
            "table": key("Table in which it stood or would stand."),
            "item": text("What it is: an identifier of the evidence, or a citation.", limit=300),
            "kept_id": key("The record or source that stands for it.", "nothing stands for it"),
            "reason": text("Why.", limit=400),
            "url": text("Address of a source that is left out.", "no source, or not online"),
            **DECISIONS,
        },
        checks=[
            needs(
                "kept_id",
                "the record that was kept, for something merged or withdrawn",
                "kind",
                "merged",
                "withdrawn",
            ),
            rule(
                "kind",
                "'merged' or 'withdrawn' where kept_id names what was kept",
                lambda t: t["kept_id"].isna() | t["kind"].isin(["merged", "withdrawn"]),
                True,
            ),
        ],
    ),
    ("exclusion_id",),
    indexed=True,
    provenance="Collected while the tables were united.",
)


@across("corrections")
def corrections_name_a_column(frames: Frames, texts: Texts) -> list[Fault]:
    """Find corrections of a table or column that does not exist."""
    corrections, text, faults = frames["corrections"], texts["corrections"], []
    for row, cell in corrections[["table", "field"]].dropna().iterrows():
        if cell["table"] not in tables.TABLES:
            what = (
                "unknown table",
                f"one of {', '.join(tables.TABLES)}",
                "name the table as its file",
            )
            faults.append(told(text, row, "table", cell["table"], what))
        elif cell["field"] not in {"record", *tables.TABLES[cell["table"]].columns}:
            expected = f"'record' or a column of {cell['table']}"
            what = ("unknown column", expected, "name the column as in its header")
            faults.append(told(text, row, "field", cell["field"], what))
    return faults


class _Named(dict[str, dict[str, list[int]]]):
    """The rows of each table by what names them: the whole key, or its first column."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __missing__(self, name: str) -> dict[str, list[int]]:
        """Read the keys of a table once; a space in one is a hyphen in the log."""
        first, *rest = (self.texts[name].frame[c] for c in tables.TABLES[name].primary_key)
        whole = first.str.cat(rest, sep="_") if rest else first
        self[name] = {}
        for keys in (first, whole) if rest else (first,):
            self[name] |= keys.groupby(keys.str.replace(" ", "-")).groups
        return self[name]


def _holds(column: Column, value: str) -> bool:
    """Tell whether a column of numbers can hold a value."""
    try:
        return column.low <= float(value) <= column.high
    except ValueError:
        return False


@across("corrections", warning=True)
def corrections_hold(frames: Frames, texts: Texts) -> list[Fault]:
    """Find corrections of a row that is not there, and cells that hold another value than the last.

    A warning: rows may go, and a cell may change again for a reason told elsewhere.
    """
    text, named, faults = texts["corrections"], _Named(texts), []
    for row, one in text.frame[text.frame["table"].isin([*tables.TABLES])].iterrows():
        column = tables.TABLES[one["table"]].schema.columns.get(one["field"])
        for side in ("old", "new") if column and column.numeric else ():
            if pd.notna(one[side]) and not _holds(column, one[side]):
                what = ("is no value of its column", column.expected, "write it as it was")
                faults.append(told(text, row, side, one[side], what))
    done = text.frame[text.frame["status"].eq("applied") & text.frame["table"].isin([*texts])]
    cell = ["table", "record_id", "field"]
    following = done.groupby(cell)["old"].shift(-1)
    chained = following.notna() & ~done["field"].isin(_REWRITTEN)
    for row in done.index[chained & done["new"].ne(following)]:
        later = f"{following[row][:80]!r}, which the next correction of the cell replaces"
        what = ("is not what follows", later, "mend one of the two")
        faults.append(told(text, row, "new", done.at[row, "new"], what))
    done = done.drop_duplicates(cell, keep="last")
    for row, one in done.dropna(subset="record_id").iterrows():
        name, field = one["table"], one["field"]
        rows = named[name].get(one["record_id"], [])
        if not len(rows):
            what = ("no such row", f"a key of {name}, its columns joined by '_'", "name the row")
            faults.append(told(text, row, "record_id", one["record_id"], what))
        elif field in texts[name].frame and field not in _REWRITTEN and len(rows) == 1:
            cell = texts[name].frame.at[rows[0], field]
            same = cell == one["new"] or (pd.isna(cell) and pd.isna(one["new"]))
            if not same:
                back = cell == one["old"] or (pd.isna(cell) and pd.isna(one["old"]))
                place = f"{texts[name].file}:{int(texts[name].lines[rows[0]])}:{field}"
                problem = "is not in the table" + (", which holds the old value" if back else "")
                found = "nothing" if pd.isna(cell) else repr(cell[:80])
                what = (problem, f"{found}, as at {place}", "mend one of the two, or add a row")
                faults.append(told(text, row, "new", one["new"], what))
    return faults


@across("exclusions", "sources")
def exclusions_hold(frames: Frames, texts: Texts) -> list[Fault]:
    """Find exclusions of an unknown table, for a row that is not there, or of one that is."""
    text, named, faults = texts["exclusions"], _Named(texts), []
    addresses = set(texts["sources"].frame["url"].dropna())
    for row, one in text.frame.dropna(subset="table").iterrows():
        name, kept = one["table"], one["kept_id"]
        if name not in tables.TABLES:
            what = ("unknown table", f"one of {', '.join(tables.TABLES)}", "name it as its file")
            faults.append(told(text, row, "table", name, what))
            continue
        if name not in texts:
            continue
        if pd.notna(kept) and kept not in named[name]:
            what = ("no such row", f"a key of {name}", "name the row that was kept")
            faults.append(told(text, row, "kept_id", kept, what, warning=True))
        item = str(one["item"]).split(",")[0]
        if item != kept and item in named[name]:
            what = (f"is in {name} still", "a row that is not there", "take it out, or this row")
            faults.append(told(text, row, "item", item, what, warning=True))
        if one["kind"] != "merged" and one["url"] in addresses:
            what = ("is the address of a source", "a source that is not there", "take one out")
            faults.append(told(text, row, "url", one["url"], what, warning=True))
    return faults

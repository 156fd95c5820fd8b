"""What was corrected, and what was left out or merged."""

from __future__ import annotations

from helpers.data import tables, vocab
from helpers.data.columns import (
    DECISIONS,
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
            )
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

"""What speaks for and against the claims of the news report of November 2017."""

from __future__ import annotations

from helpers.data import vocab
from helpers.data.columns import coded, key, keys, text
from helpers.data.tables.table import Schema, Table

CLAIM_EVIDENCE = Table(
    "claim_evidence",
    "context/claim_evidence.csv",
    "Evidence on the claims of the news report",
    "One row of another table, or one document, that speaks to one claim a row. The verdict is "
    "computed from these rows and stands in no table.",
    Schema(
        {
            "claim_id": key("The claim."),
            "record_table": coded("Table in which the evidence stands.", vocab.EvidenceTable),
            "record_id": text(
                "The row in that table by its key; keys of several columns joined by '_'.",
                limit=120,
            ),
            "stance": coded("How it stands to the claim.", vocab.Stance),
            "note": text("Why it stands so.", "the row speaks for itself", limit=160),
            "source_ids": keys("Those sources of the row that state it, the report left out."),
            "first_hand_ids": keys(
                "Those of source_ids that carry the word of the body that did, saw or counts the "
                "thing itself.",
                "none is at first hand",
            ),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
    ),
    ("claim_id", "record_table", "record_id"),
    {
        "claim_id": ("report_claims", "claim_id"),
        "source_ids": ("sources", "source_id"),
        "first_hand_ids": ("sources", "source_id"),
    },
    provenance=(
        "Linked by reading the claims against the tables; where both sides hold numbers, a check "
        "compares them with the stance (d110 to d115)."
    ),
)

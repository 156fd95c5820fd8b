"""Where the register of incidents is blind."""

from __future__ import annotations

from helpers.data import vocab
from helpers.data.columns import coded, key, keys, text, whole
from helpers.data.tables.table import Schema, Table, rule

BLIND_YEARS = Table(
    "blind_years",
    "context/blind_years.csv",
    "Blind years of the register",
    "Spans of years for which the register of incidents cannot say how many crossed a route.",
    Schema(
        {
            "span_id": key("Identifier: direction, route, first year.", unique=True),
            "direction": coded("The way that the register cannot see.", vocab.Direction),
            "route": coded("The route that it cannot see.", vocab.Route),
            "first_year": whole("First blind year.", "year", 1950, 2100),
            "last_year": whole("Last blind year.", "year", 1950, 2100),
            "kind": coded("In what way it is blind.", vocab.BlindKind),
            "reason": text("Why we say so."),
            "source_ids": keys(
                "Sources that show the gap.", "seen from the register itself: no row, no source"
            ),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
        checks=[
            rule(
                "last_year",
                "a last year not before the first",
                lambda t: t["last_year"] >= t["first_year"],
            )
        ],
    ),
    ("span_id",),
    {"source_ids": ("sources", "source_id")},
    provenance=(
        "Read off the register itself, off official totals that exceed its rows, and off what"
        " was censored."
    ),
)

"""The registry of sources."""

from __future__ import annotations

from helpers.data import vocab
from helpers.data.columns import Schema, Table, coded, key, partial_date, text, url

SOURCES = Table(
    "sources.csv",
    "Registry of sources",
    "One row a document that states a fact used in the tables.",
    Schema(
        {
            "source_id": key(
                "Identifier, readable: outlet, date and, where needed, subject; never reused.",
                unique=True,
            ),
            "publisher": text(
                "Outlet whose document it is, one English name an outlet; language editions "
                "share it. A portal or mirror where it was read is named in the note.",
                limit=60,
            ),
            "speaks_for": text(
                "Whose statement or report the document carries. Documents that speak for the "
                "same body, or for the publisher of another, are one source and not several; a "
                "service that passes on the work of its parent house speaks for it. So "
                "count independent sources by speaks_for and, where it is empty, by publisher.",
                "its own reporting, or not known",
                limit=60,
            ),
            "title": text("Title as a citation, or a description where none was shown."),
            "published": partial_date("Date of publication.", "no date seen"),
            "url": url("Address at which it was read.", "not online"),
            "language": text("ISO 639-1 code of its language.", limit=2),
            "kind": coded("What kind of document.", vocab.SourceKind),
            "note": text("What to know before trusting it.", "nothing to note"),
        },
    ),
    ("source_id",),
    indexed=True,
    provenance=(
        "Collected with the rows they support; documents listed twice were merged (d80 onwards)."
    ),
)

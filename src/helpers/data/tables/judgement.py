"""Judgement as rows: contested values, corrections, and what was left out."""

from __future__ import annotations

import pandas as pd

from helpers.data import vocab
from helpers.data.columns import (
    PARTIAL_DATE_PATTERN,
    coded,
    decimal,
    key,
    keys,
    text,
    whole,
)
from helpers.data.conflicts import NEVER_CHOSEN
from helpers.data.tables.table import Schema, Table, rule

# Fields of a conflict whose value is one of the register's codes.
CODED_FIELDS: dict[str, type[vocab.Term]] = {
    "event_type": vocab.EventType,
    "affiliation": vocab.Affiliation,
    "means": vocab.Means,
    "shots_fired": vocab.ShotsFired,
    "cause": vocab.Cause,
}

_SAME = ["record_table", "record_id", "field", "topic"]
_SOURCE_KEY = {"source_ids": ("sources", "source_id")}
_DECISIONS = "Decisions in DECISIONS.md that touch the row."


def _count_up(frame: pd.DataFrame) -> pd.Series:
    """Tell whether variant counts 1, 2, 3 ... within its conflict."""
    return frame["variant"] == frame.groupby("conflict_id").cumcount() + 1


def _at_least_two(frame: pd.DataFrame) -> pd.Series:
    """Tell whether the conflict has two or more values."""
    return frame.groupby("conflict_id")["variant"].transform("size").ge(2)


def _about_one_thing(frame: pd.DataFrame) -> pd.Series:
    """Tell whether all rows of a conflict are about one thing, and no other conflict is."""
    one_thing = frame[_SAME].astype("string").fillna("").agg("|".join, axis=1)
    in_conflict = one_thing.groupby(frame["conflict_id"]).transform("nunique")
    in_thing = frame["conflict_id"].groupby(one_thing).transform("nunique")
    return in_conflict.eq(1) & in_thing.eq(1)


def _named_after_its_record(frame: pd.DataFrame) -> pd.Series:
    """Tell whether the conflict's identifier begins with the record, or its table and place."""
    record = frame["record_id"].where(
        frame["record_table"].ne("jsa_timeline_2017"), "jsa_timeline_2017-" + frame["record_id"]
    )
    start = record + "_" + frame["field"].astype("string")
    pairs = zip(frame["conflict_id"], start, strict=True)
    kept = [pd.isna(start) or str(own).startswith(start) for own, start in pairs]
    return pd.Series(kept, index=frame.index)


def _codes(frame: pd.DataFrame) -> pd.Series:
    """Tell whether a value in a coded field of the register is one of the codes."""
    kept = pd.Series(True, index=frame.index)
    register = frame["record_table"].eq("incidents") & frame["topic"].isna()
    for name, terms in CODED_FIELDS.items():
        here = frame["field"].eq(name) & register
        kept &= ~here | frame["value"].isin(terms.values())
    return kept


_DATE = rf"{PARTIAL_DATE_PATTERN}(/{PARTIAL_DATE_PATTERN})?"

_CONFLICT_RULES = [
    rule("variant", "1, 2, 3 ... within a conflict_id", _count_up),
    rule("conflict_id", "two or more rows", _at_least_two),
    rule("conflict_id", "one record, field and topic, in no other conflict", _about_one_thing),
    rule("conflict_id", "record, '_' and field at its beginning", _named_after_its_record),
    rule(
        "said_by",
        "a source, or in words who says it",
        lambda t: t["source_ids"].notna() | t["said_by"].notna(),
    ),
    rule("value", "a code of the register in this field", _codes),
    rule(
        "value",
        "a date as YYYY-MM-DD, YYYY-MM or YYYY, or two with '/' between",
        lambda t: t["field"].ne("date") | t["value"].str.fullmatch(_DATE),
    ),
    rule(
        "unit",
        "a unit exactly where there is a number",
        lambda t: t["unit"].notna() == (t["value_low"].notna() | t["value_high"].notna()),
    ),
    rule(
        "value_high",
        "no less than value_low",
        lambda t: t["value_high"].ge(t["value_low"]).fillna(True),
    ),
    rule(
        "decision_ids",
        "the decision that prefers it",
        lambda t: t["reason"].ne("decision") | t["decision_ids"].notna(),
    ),
    rule(
        "chosen",
        f"'no' where the reason is one of {', '.join(NEVER_CHOSEN)}",
        lambda t: t["chosen"].eq("no") | ~t["reason"].isin(NEVER_CHOSEN),
    ),
    rule(
        "chosen",
        "at most one 'yes' in a conflict",
        lambda t: t["chosen"].eq("yes").groupby(t["conflict_id"]).transform("sum").le(1),
    ),
]

CONFLICTS = Table(
    "conflicts",
    "incidents/conflicts.csv",
    "Contested values",
    "One published value of one contested thing a row; which is taken follows from the reasons.",
    Schema(
        {
            "conflict_id": key("The contested thing: record, field, topic; two or more rows."),
            "variant": whole("Which of its published values.", "rank", 1, 20),
            "record_table": coded("Table that holds the record.", vocab.ConflictTable),
            "record_id": key("The record: its incident_id, fact_id or seq."),
            "field": coded("What the values differ on.", vocab.ConflictField),
            "topic": text(
                "Which of several things of that field.", "the field says it all", limit=80
            ),
            "value": text("The value as published, in our words.", limit=120),
            "value_low": decimal(
                "Lower end of the value.", "see unit", 0, 100_000, "no number, or no lower end"
            ),
            "value_high": decimal(
                "Upper end of the value.", "see unit", 0, 100_000, "no number, or no upper end"
            ),
            "unit": text("Unit of value_low and value_high.", "no number", limit=20),
            "source_ids": keys("Sources that print the value.", "see said_by"),
            "said_by": text(
                "Who says it, where the sources do not show it or none is registered.",
                "the publisher of the source",
                limit=80,
            ),
            "reason": coded(
                "What the value rests on; the heaviest is chosen, a tie stays open.",
                vocab.ConflictReason,
            ),
            "chosen": coded("Whether the record takes this value.", vocab.YesNo),
            "note": text("What to know about the value.", "nothing to note", limit=160),
            "decision_ids": keys(_DECISIONS, "none"),
        },
        checks=_CONFLICT_RULES,
    ),
    ("conflict_id", "variant"),
    dict(_SOURCE_KEY),
    provenance="Taken apart from the remarks on conflicts that came with the records (d95).",
)

CORRECTIONS = Table(
    "corrections",
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
            "old": text("Value before.", "empty before, or a new row", limit=900),
            "new": text("Value after, or the value proposed.", "empty after", limit=900),
            "reason": text("Why.", limit=400),
            "source_ids": keys("Sources that show it.", "seen from the tables themselves"),
            "decision_ids": keys(_DECISIONS, "none"),
            "status": coded("What became of it.", vocab.CorrectionStatus),
        },
        checks=[
            rule("new", "another value than the old one", lambda t: t["new"].ne(t["old"])),
            rule(
                "decision_ids",
                "a decision where a proposal was refused",
                lambda t: t["status"].ne("rejected") | t["decision_ids"].notna(),
            ),
        ],
    ),
    ("correction_id",),
    dict(_SOURCE_KEY),
    provenance="The log kept while the evidence was gathered, and the changes made in curation.",
)

EXCLUSIONS = Table(
    "exclusions",
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
            "decision_ids": keys(_DECISIONS, "none"),
        },
        checks=[
            rule(
                "kept_id",
                "the record that was kept, for something merged or withdrawn",
                lambda t: ~t["kind"].isin(["merged", "withdrawn"]) | t["kept_id"].notna(),
            )
        ],
    ),
    ("exclusion_id",),
    provenance="Collected while the tables were united.",
)

JUDGEMENT_TABLES = [CONFLICTS, CORRECTIONS, EXCLUSIONS]

"""Contested values: every value that was published of one thing, and which is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from helpers.data import vocab
from helpers.data.agree import by_row, printed
from helpers.data.columns import (
    DECISIONS,
    ENDS,
    PARTIAL_DATE_PATTERN,
    Schema,
    Table,
    coded,
    counted,
    key,
    needs,
    rule,
    sources,
    text,
    whole,
)
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault
from helpers.data.vocab import ConflictReason

# Fields of a conflict whose value is one of the register's codes.
CODED_FIELDS: dict[str, type[vocab.Term]] = {
    "event_type": vocab.EventType,
    "affiliation": vocab.Affiliation,
    "means": vocab.Means,
    "shots_fired": vocab.ShotsFired,
    "cause": vocab.Cause,
}

# A value with one of these grounds is known to be wrong.
SETTLED = ["outdated", "refuted"]
NEVER_CHOSEN = ["untied", *SETTLED]

_SAME = ["record_table", "record_id", "field", "topic"]
_TAKEN = ["value", "value_low", "value_high", "unit", "reason"]


def _at_least_two(frame: pd.DataFrame) -> pd.Series:
    return frame.groupby("conflict_id")["variant"].transform("size").ge(2)


def _about_one_thing(frame: pd.DataFrame) -> pd.Series:
    one_thing = frame[_SAME].astype("string").fillna("").agg("|".join, axis=1)
    in_conflict = one_thing.groupby(frame["conflict_id"]).transform("nunique")
    in_thing = frame["conflict_id"].groupby(one_thing).transform("nunique")
    return in_conflict.eq(1) & in_thing.eq(1)


def _named_after_its_record(frame: pd.DataFrame) -> pd.Series:
    record = frame["record_id"].where(
        frame["record_table"].ne("jsa_timeline_2017"), "jsa_timeline_2017-" + frame["record_id"]
    )
    start = record + "_" + frame["field"].astype("string")
    pairs = zip(frame["conflict_id"], start, strict=True)
    kept = [pd.isna(start) or str(own).startswith(start) for own, start in pairs]
    return pd.Series(kept, index=frame.index)


def _codes(frame: pd.DataFrame) -> pd.Series:
    kept = pd.Series(True, index=frame.index)
    register = frame["record_table"].eq("incidents") & frame["topic"].isna()
    for name, terms in CODED_FIELDS.items():
        here = frame["field"].eq(name) & register
        kept &= ~here | frame["value"].isin(terms.values())
    return kept


_LENGTHS = ["cm", "m", "km", "ft", "yd", "mi", "nmi"]
_TIMES = ["s", "min", "h", "d", "days", "weeks", "months", "years"]
#: The units in which the values of a field are given; of others any.
_UNITS = {
    "people": ["people"], "aboard": ["people"], "killed": ["people"], "wounded": ["people"],
    "caught": ["people"], "strength": ["people"], "shots_count": ["rounds"], "age": ["years"],
    "distance": _LENGTHS, "duration": _TIMES,
}  # fmt: skip


def _unit_of_field(field: object, unit: object) -> bool:
    return pd.isna(unit) or unit in _UNITS.get(str(field), [unit])


_DATE = rf"{PARTIAL_DATE_PATTERN}(/{PARTIAL_DATE_PATTERN})?"


def _all_dates(frame: pd.DataFrame) -> pd.Series:
    dates = frame["value"].str.fullmatch(_DATE).fillna(False).astype(bool)
    others = dates.groupby(frame["conflict_id"]).transform("sum") - dates
    return ~dates | others.gt(0) | frame["field"].isin(["date", "departure"])


_CONFLICT_RULES = [
    counted("variant", "conflict_id", "1, 2, 3 ... within a conflict_id"),
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
    rule("unit", "a unit of the field", by_row(_unit_of_field, "field", "unit"), True),
    rule(
        "value_high",
        "no less than value_low",
        lambda t: t["value_high"].ge(t["value_low"]).fillna(True),
    ),
    printed("value", "value_low", "value_high"),
    rule("value", "a date only where the others of the conflict are dates", _all_dates),
    needs("decision_ids", "the decision that prefers it", "reason", "decision"),
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
            "value": text("The value as published, in our words.", limit=120, dates=True),
            **ENDS,
            **sources("Sources that print the value.", "see said_by"),
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
            **DECISIONS,
        },
        checks=_CONFLICT_RULES,
    ),
    ("conflict_id", "variant"),
    hint="Which value is taken is computed by helpers.data.tables.conflicts.chosen.",
    provenance="Taken apart from the remarks on conflicts that came with the records (d95).",
)

# Rules with other tables.

KEYS_OF_RECORDS = {
    "incidents": "incident_id",
    "jsa_facts_2017": "fact_id",
    "jsa_geometry": "fact_id",
    "jsa_timeline_2017": "seq",
}
NUMBER_COLUMNS = {"people", "shots_count", "wounded", "killed"}
WORD_COLUMNS = {"date", "event_type", "affiliation", "means", "shots_fired"}


@across("conflicts", *KEYS_OF_RECORDS)
def conflicts_have_a_record(frames: Frames, texts: Texts) -> list[Fault]:
    """Find contested values of a record that is not there."""
    conflicts, text, faults = frames["conflicts"], texts["conflicts"], []
    for name, column in KEYS_OF_RECORDS.items():
        known = set(frames[name][column].dropna().astype(str))
        records = conflicts.loc[conflicts["record_table"] == name, "record_id"].dropna()
        what = ("unknown key", f"a {column} of {name}", "name the record, or delete the row")
        faults += [
            told(text, row, "record_id", record, what)
            for row, record in records[~records.isin(known)].items()
        ]
    return faults


@across("conflicts")
def chosen_by_weight(frames: Frames, texts: Texts) -> list[Fault]:
    """Find contested values that are taken, or not, against the weight of their reasons."""
    conflicts, text = frames["conflicts"], texts["conflicts"]
    known = conflicts[["conflict_id", "reason", "chosen"]].notna().all(axis=1)
    rule = is_chosen(conflicts).map({True: "yes", False: "no"})
    wrong = known & conflicts["chosen"].astype(str).ne(rule)
    mend = "write that, or mend the reason"
    return [
        told(
            text,
            row,
            "chosen",
            conflicts.at[row, "chosen"],
            ("against the weight of the reasons", f"{rule[row]!r}", mend),
        )
        for row in conflicts.index[wrong]
    ]


def _same_value(field: str, cell: object, value: pd.Series) -> bool:
    """Say whether a cell of the register holds a published value; a bound holds by its end."""
    if field in WORD_COLUMNS:
        return str(cell) == value["value"]
    ends = [value["value_low"], value["value_high"]]
    return any(pd.notna(end) and cell == end for end in ends)


def _register_fault(field: str, cell: object, rows: list[dict]) -> tuple[str, str, str] | None:
    """Return what is wrong with a cell of the register, given the values published of it."""
    taken = next((row for row in rows if row["chosen"] == "yes"), None)
    if taken is None:
        fits = pd.isna(cell) or any(_same_value(field, cell, row) for row in rows)
        values = ", ".join(row["value"] for row in rows)
        what = ("is none of the values published", f"one of {values}, or nothing")
    else:
        fits = pd.notna(cell) and _same_value(field, cell, taken)
        what = ("is not the value chosen in the conflicts", repr(taken["value"]))
    return None if fits else (*what, "mend this cell or the reasons in conflicts.csv")


@across("conflicts", "incidents")
def register_takes_the_chosen_value(frames: Frames, texts: Texts) -> list[Fault]:
    """Find cells of the register that do not hold the value chosen among those published.

    Where the matter is open, the cell may be empty or hold any of the values.
    """
    conflicts, register, text = frames["conflicts"], frames["incidents"], texts["incidents"]
    own = conflicts[conflicts["topic"].isna() & (conflicts["record_table"] == "incidents")]
    own = own[own["field"].isin(NUMBER_COLUMNS | WORD_COLUMNS)]
    rows = pd.Series(register.index, index=register["incident_id"])
    rows = rows[~rows.index.duplicated()]
    published = defaultdict(list)
    for value in own.dropna(subset=["record_id", "field"]).to_dict("records"):
        published[value["record_id"], value["field"]].append(value)
    faults = []
    for (record, field), values in published.items():
        if record not in rows.index:
            continue
        cell = register.at[rows[record], field]
        what = _register_fault(field, cell, values)
        if what:
            faults.append(told(text, rows[record], field, "" if pd.isna(cell) else cell, what))
    return faults


def _fact_faults(frames: Frames, texts: Texts, name: str) -> Iterator[Fault]:
    """Yield values of contested facts that the conflicts lack or weigh otherwise."""
    facts, conflicts = frames[name], frames["conflicts"]
    own = conflicts[(conflicts["record_table"] == name) & (conflicts["field"] == "value")]
    taken = own.set_index(["record_id", "value"])["chosen"].astype(str)
    taken = taken[~taken.index.duplicated()]
    several = facts.groupby("fact_id")["variant"].transform("size") > 1
    contested = facts[several | facts["fact_id"].isin(own["record_id"])]
    for row, fact in contested.iterrows():
        found = taken.get((fact["fact_id"], fact["value"]))
        if found is None:
            what = ("is not among the conflicts", "a row in conflicts.csv", "add it there")
            yield told(texts[name], row, "value", fact["value"], what)
        elif found != fact["preferred"]:
            what = ("differs from 'chosen' in the conflicts", repr(found), "mend one of the two")
            yield told(texts[name], row, "preferred", fact["preferred"], what)


@across("conflicts", "jsa_facts_2017", "jsa_geometry")
def facts_stand_among_the_conflicts(frames: Frames, texts: Texts) -> list[Fault]:
    """Find facts with several values that are not rows of the conflicts, or weighed otherwise."""
    return [
        *_fact_faults(frames, texts, "jsa_facts_2017"),
        *_fact_faults(frames, texts, "jsa_geometry"),
    ]


# Which of the published values is taken.


def weight(reasons: pd.Series) -> pd.Series:
    """Return the place of each reason in its list, 0 the heaviest; missing: never chosen."""
    ladder = [reason for reason in ConflictReason.values() if reason not in NEVER_CHOSEN]
    places = {reason: place for place, reason in enumerate(ladder)}
    return reasons.astype(str).map(places).astype("Int64")


def is_chosen(conflicts: pd.DataFrame) -> pd.Series:
    """Return for each row whether the rule of :func:`chosen` takes its value.

    Parameters
    ----------
    conflicts : pandas.DataFrame
        With the columns ``conflict_id`` and ``reason``.
    """
    weights = weight(conflicts["reason"])
    by_conflict = weights.groupby(conflicts["conflict_id"], observed=True)
    top = weights.eq(by_conflict.transform("min")).fillna(False).astype(bool)
    alone = top.groupby(conflicts["conflict_id"], observed=True).transform("sum").eq(1)
    return (top & alone).rename("chosen")


def chosen(conflicts: pd.DataFrame) -> pd.DataFrame:
    """Return the value taken of each contested thing, one row a ``conflict_id``.

    The rule: of all values published of one thing, the one whose ``reason`` is heaviest is taken,
    if no other is as heavy. In order of weight, which is the order of the list of reasons:

    1. a numbered decision of ours;
    2. a recording or photograph, or a sum of settled values;
    3. the statement of the body or person with first-hand knowledge;
    4. two or more independent outlets;
    5. what was taken when the evidence was gathered and its sources were read side by side;
    6. one outlet, the nearest in time to the event;
    7. one outlet or one side;
    8. a reference work, list, weblog or forum.

    A value whose source the evidence does not name, a first report that was corrected, and a slip
    or refuted claim are never taken. Where two values are equally heavy the matter stays open and
    nothing is taken.

    Parameters
    ----------
    conflicts : pandas.DataFrame
        As :func:`helpers.load.conflicts` returns it.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``conflict_id``: ``record_table``, ``record_id``, ``field``, ``topic``; of the
        value taken ``value``, ``value_low``, ``value_high`` in ``unit``, and ``reason``, missing
        where the matter is open; ``values`` (how many were published), ``lowest`` and ``highest``
        (the range of those that are neither outdated nor refuted, in the unit of the value).
    """
    same = conflicts.groupby("conflict_id", sort=False)[_SAME].first()
    taken = conflicts[is_chosen(conflicts)].set_index("conflict_id")[_TAKEN]
    counts = conflicts.groupby("conflict_id", sort=False).size().rename("values")
    live = conflicts[~conflicts["reason"].isin(SETTLED)].groupby("conflict_id", sort=False)
    ends = pd.DataFrame({"lowest": live["value_low"].min(), "highest": live["value_high"].max()})
    return same.join(taken).join(counts).join(ends)

"""The crossing of 13 November 2017: its moments, its places, and what was printed about both."""

from __future__ import annotations

import pandas as pd

from helpers.data import vocab
from helpers.data.columns import (
    clock,
    coded,
    coded_list,
    decimal,
    key,
    keys,
    partial_date,
    text,
    whole,
)
from helpers.data.tables.table import Schema, Table, rule

DAY = "2017-11-13"

_CONFLICT_COLUMNS = {
    "conflict": text("Where the sources differ.", "no conflict seen", limit=900),
    "conflict_source_ids": keys(
        "Sources that state what conflict tells.", "no conflict, or those of source_ids state it"
    ),
    "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
}

_SOURCE_KEYS = {
    "source_ids": ("sources", "source_id"),
    "conflict_source_ids": ("sources", "source_id"),
}


def _never_backwards(frame: pd.DataFrame) -> pd.Series:
    """Tell for each row whether its clock is at or after every earlier clock of its day."""
    minutes = pd.to_timedelta(frame["time_local"] + ":00").dt.total_seconds()
    latest = minutes.groupby(frame["date"]).cummax()
    return minutes.isna() | (minutes == latest)


def _phase_in_order(frame: pd.DataFrame) -> pd.Series:
    """Tell whether the phase is not before that of the row above, or a later day allows it."""
    later = frame["date"].ne(DAY) & frame["phase"].isin(["hospital", "aftermath"])
    step = frame["phase"].cat.codes.groupby(frame["date"]).diff().fillna(0)
    return later | (frame["date"].eq(DAY) & step.ge(0))


_TIMELINE_RULES = [
    rule("seq", "1, 2, 3 ... down the file", lambda t: t["seq"] == t.index + 1),
    rule("date", "a whole date (YYYY-MM-DD)", lambda t: t["date"].str.len() == 10),
    rule(
        "date",
        "a date not before that of the row above",
        lambda t: t["date"].ge(t["date"].shift()) | (t.index == 0),
    ),
    rule("time_local", "a clock that never runs backwards within a day", _never_backwards),
    rule(
        "time_local",
        "a clock with 'minute', none with 'day' (with 'approx' either)",
        lambda t: (
            (t["time_precision"] == "approx")
            | (t["time_local"].notna() == (t["time_precision"] == "minute"))
        ),
    ),
    rule(
        "phase",
        f"on {DAY} the phases in order; on later days 'hospital' or 'aftermath'",
        _phase_in_order,
    ),
]

JSA_TIMELINE_2017 = Table(
    "jsa_timeline_2017",
    "jsa/jsa_timeline_2017.csv",
    "Timeline of the crossing of 13 November 2017",
    "One moment a row: the day itself by the clock, then what followed.",
    Schema(
        {
            "seq": whole("Place in the order of events.", "rank", 1, 999),
            "date": partial_date("Date in Korea."),
            "time_local": clock("Clock time in Korea.", "only the day is known"),
            "time_precision": coded("How exactly the moment is known.", vocab.TimePrecision),
            "phase": coded("Phase that the moment opens or falls in.", vocab.CrossingPhase),
            "actor": coded("Who acts.", vocab.Actor),
            "event": text("What happened, in our words."),
            "landmark_id": key("Where, as a landmark.", "not at one of the landmarks"),
            "violations": coded_list(
                "What the act breaks of the armistice, by UNC or ministry.",
                vocab.Violation,
                alone="none",
            ),
            "source_ids": keys("Sources that state the event or its time."),
            **_CONFLICT_COLUMNS,
        },
        checks=_TIMELINE_RULES,
    ),
    ("seq",),
    {"landmark_id": ("jsa_landmarks", "landmark_id"), **_SOURCE_KEYS},
    provenance=(
        "Two official clock lists, the UN Command's video as described by those who saw it, "
        "and the press."
    ),
)

_LANDMARK_RULES = [
    rule(
        column,
        "a value exactly where coordinate_basis is not 'not_located'",
        lambda t, column=column: t[column].notna() == (t["coordinate_basis"] != "not_located"),
    )
    for column in ("lat", "lon", "coordinate_note", "uncertainty_m")
]

JSA_LANDMARKS = Table(
    "jsa_landmarks",
    "jsa/jsa_landmarks.csv",
    "Landmarks at Panmunjom",
    "One place a row, each with the radius in which it can lie.",
    Schema(
        {
            "landmark_id": key("Identifier.", unique=True),
            "name_en": text("Name in English.", limit=100),
            "name_ko": text("Name in Korean.", limit=100),
            "side": coded("Side of the Military Demarcation Line.", vocab.Side),
            "lat": decimal("Latitude, WGS 84.", "degrees north", 37, 38.1, "not located"),
            "lon": decimal("Longitude, WGS 84.", "degrees east", 126.5, 127.2, "not located"),
            "coordinate_basis": coded("Where the coordinate comes from.", vocab.CoordinateBasis),
            "coordinate_note": text("Who printed it, or how it was estimated.", "not located"),
            "uncertainty_m": whole(
                "Radius round the point in which the place can lie.",
                "metres",
                1,
                1000,
                "not located",
            ),
            "note": text("What else to know about the place.", "nothing to note"),
            "source_ids": keys("Sources for the place, its coordinate or its distances."),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
        checks=_LANDMARK_RULES,
    ),
    ("landmark_id",),
    {"source_ids": ("sources", "source_id")},
    provenance=(
        "Published points from reference works, and our estimates from published distances, "
        "each with its uncertainty."
    ),
)

NUMERIC = ["exact", "about", "range", "at_least", "more_than", "less_than"]


def _count_up(frame: pd.DataFrame) -> pd.Series:
    """Tell whether variant counts 1, 2, 3 ... within its fact."""
    return frame["variant"] == frame.groupby("fact_id")["variant"].rank()


def _bounds(frame: pd.DataFrame) -> pd.Series:
    """Tell whether value_low and value_high are what reading says."""
    low, high = frame["value_low"], frame["value_high"]
    reading = frame["reading"].astype(str)
    both, neither = low.notna() & high.notna(), low.isna() & high.isna()
    return (
        (reading.isin(["exact", "about"]) & both & low.eq(high).fillna(False))
        | (reading.eq("range") & both & low.lt(high).fillna(False))
        | (reading.isin(["at_least", "more_than"]) & low.notna() & high.isna())
        | (reading.eq("less_than") & low.isna() & high.notna())
        | (~reading.isin(NUMERIC) & neither)
    )


def _as_printed(frame: pd.DataFrame) -> pd.Series:
    """Tell whether a value read as clock or date is printed as one."""
    clock_time = frame["value"].str.fullmatch(r"\d\d:\d\d")
    day = r"\d{4}-\d\d-\d\d"
    date = frame["value"].str.fullmatch(rf"{day}(/{day})?")
    reading = frame["reading"].astype(str)
    return (clock_time | reading.ne("clock")) & (date | reading.ne("date"))


_READING_RULE = rule("reading", "value_low and value_high as the reading asks", _bounds)
_UNIT_RULE = rule(
    "unit",
    "a unit exactly where the reading is a number",
    lambda t: t["unit"].notna() == t["reading"].isin(NUMERIC),
)

_FACT_RULES = [
    rule("variant", "1, 2, 3 ... within a fact_id", _count_up),
    rule(
        "label",
        "the same label in every row of a fact_id",
        lambda t: t["label"] == t.groupby("fact_id")["label"].transform("first"),
    ),
    _READING_RULE,
    rule("value", "HH:MM for a clock, YYYY-MM-DD for a date", _as_printed),
    _UNIT_RULE,
    rule(
        "preferred",
        "at most one 'yes' in a fact_id",
        lambda t: t["preferred"].eq("yes").groupby(t["fact_id"]).transform("sum").le(1),
    ),
]


def _facts(name: str, title: str, description: str, provenance: str) -> Table:
    """Return a table of published values, one row a value of a fact."""
    return Table(
        name,
        f"jsa/{name}.csv",
        title,
        description,
        Schema(
            {
                "fact_id": key("Identifier of the fact; one or more rows."),
                "variant": whole("Which of the published values of the fact.", "rank", 1, 20),
                "label": text("The fact in words.", limit=80),
                "value": text("The value as published, with its qualifier.", limit=120),
                "reading": coded("How to read value.", vocab.Reading),
                "value_low": decimal(
                    "Lower end of the value.", "see unit", 0, 100_000, "no number, or no lower end"
                ),
                "value_high": decimal(
                    "Upper end of the value.", "see unit", 0, 100_000, "no number, or no upper end"
                ),
                "unit": text("Unit of value_low and value_high.", "no number", limit=20),
                "preferred": coded(
                    "Our reading among the values; a fact may have none.", vocab.YesNo
                ),
                "source_ids": keys("Sources that print the value."),
                **_CONFLICT_COLUMNS,
            },
            checks=_FACT_RULES,
        ),
        ("fact_id", "variant"),
        dict(_SOURCE_KEYS),
        provenance,
    )


JSA_FACTS_2017 = _facts(
    "jsa_facts_2017",
    "Facts of the crossing of 13 November 2017",
    "One published value of one fact a row; differing values stand side by side.",
    "Every published value of every fact that we found, with the sources that print it.",
)

JSA_GEOMETRY = _facts(
    "jsa_geometry",
    "Distances and dimensions at Panmunjom",
    "One published distance, size or count a row; differing values stand side by side.",
    "Distances and dimensions at Panmunjom as published, contradictions included.",
)

REPORT_CLAIMS = Table(
    "report_claims",
    "context/report_claims.csv",
    "Claims of the news report of November 2017",
    "One claim of the report that started this project a row, to be held against the data.",
    Schema(
        {
            "claim_id": key("Identifier.", unique=True),
            "claim": text("The claim in our words.", limit=200),
            "topic": coded("What it is about.", vocab.ClaimTopic),
            "value": text("The value stated.", "the claim states none", limit=40),
            "reading": coded("How to read value; 'text' where none is stated.", vocab.Reading),
            "value_low": decimal(
                "Lower end of the value.", "see unit", 0, 100_000, "no number, or no lower end"
            ),
            "value_high": decimal(
                "Upper end of the value.", "see unit", 0, 100_000, "no number, or no upper end"
            ),
            "unit": text("Unit of value_low and value_high.", "no number", limit=20),
            "fact_id": key("The fact to hold it against.", "answered by another table"),
            "source_ids": keys("The report."),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
        checks=[_READING_RULE, _UNIT_RULE],
    ),
    ("claim_id",),
    {"fact_id": ("jsa_facts_2017", "fact_id"), "source_ids": ("sources", "source_id")},
    provenance=(
        "The claims of one news report of November 2017, in our words, to be checked against "
        "the data."
    ),
)

JSA_TABLES = [JSA_TIMELINE_2017, JSA_LANDMARKS, JSA_FACTS_2017, JSA_GEOMETRY, REPORT_CLAIMS]

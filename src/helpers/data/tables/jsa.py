"""The crossing of 13 November 2017: its moments, its places, and what was printed about both."""

from __future__ import annotations

import re

import pandas as pd

from helpers.data import vocab
from helpers.data.agree import by_row, printed
from helpers.data.columns import (
    DECISIONS,
    ENDS,
    Schema,
    Table,
    clock,
    coded,
    coded_list,
    key,
    keys,
    partial_date,
    points,
    rule,
    sources,
    text,
    whole,
)
from helpers.data.crossrules import Frames, Texts, across
from helpers.data.faults import Fault

# What the day is made of, for its analysis and for the rule on what it rests on.

JSA_CRS = "EPSG:5186"
DAY = pd.Timestamp("2017-11-13")
_DAY = "2017-11-13"
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
WAY = [
    ("drive", ["kpa_checkpoint_bridge", "bridge_72h", "kim_il_sung_monument", "jeep_stuck"]),
    ("run", ["jeep_stuck", "mdl_crossing", "fall_point"]),
    ("dragged", ["fall_point", "rescue_point"]),
]


SPANS = {
    "to_line": ("first_seen_on_camera", "mdl_crossing_time"),
    "to_found": ("mdl_crossing_time", "found_time"),
    "to_cover": ("mdl_crossing_time", "rescue_time"),
    "in_all": ("first_seen_on_camera", "hospital_arrival"),
}
"""Spans of the day by name: the facts that hold its first and its last clock time."""

NEEDED_FACTS = (
    *dict.fromkeys(fact for span in SPANS.values() for fact in span),
    "jeep_stuck_time", "shots_fired_kpa", "gunshot_wounds",
)  # fmt: skip
NEEDED_METRES = (
    "jeep_to_mdl", "fall_point_south_of_mdl", "t2_t3_passage_length", "t2_t3_passage_width",
)  # fmt: skip
NEEDED_PLACES = (
    "bridge_no_return", "t1", "t2", "t3",
    *dict.fromkeys(stop for _, stops in WAY for stop in stops),
)  # fmt: skip
"""What the analysis cannot do without: a preferred value, a length in metres, a located place."""

_CONFLICT = {
    "conflict": text("Where the sources differ.", "no conflict seen", limit=900),
    "conflict_source_ids": keys(
        "Sources that state what conflict tells.",
        "no conflict, or those of source_ids state it",
        "sources.source_id",
    ),
    **DECISIONS,
}


def _never_backwards(frame: pd.DataFrame) -> pd.Series:
    minutes = pd.to_timedelta(frame["time_local"] + ":00").dt.total_seconds()
    latest = minutes.groupby(frame["date"]).cummax()
    return minutes.isna() | (minutes == latest)


def _phase_in_order(frame: pd.DataFrame) -> pd.Series:
    later = frame["date"].ne(_DAY) & frame["phase"].isin(["hospital", "aftermath"])
    step = frame["phase"].cat.codes.groupby(frame["date"]).diff().fillna(0)
    return later | (frame["date"].eq(_DAY) & step.ge(0))


def _actor_named(actor: object, event: object) -> bool:
    return actor == "kpa" or "KPA" not in str(event).split()[:3]


_TIMELINE_RULES = [
    rule("seq", "1, 2, 3 ... down the file", lambda t: t["seq"] == t.index + 1),
    rule(
        "actor", "'kpa' where event begins with them", by_row(_actor_named, "actor", "event"), True
    ),
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
        f"on {_DAY} the phases in order; on later days 'hospital' or 'aftermath'",
        _phase_in_order,
    ),
]

JSA_TIMELINE_2017 = Table(
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
            "label": text(
                "The same in a few words, beside its mark in a figure.",
                "not drawn, or the event is cut short there",
                limit=40,
            ),
            "landmark_id": key(
                "Where, as a landmark.",
                "not at one of the landmarks",
                target="jsa_landmarks.landmark_id",
            ),
            "violations": coded_list(
                "What the act breaks of the armistice, by UNC or ministry.",
                vocab.Violation,
                alone="none",
            ),
            **sources("Sources that state the event or its time."),
            **_CONFLICT,
        },
        checks=_TIMELINE_RULES,
    ),
    ("seq",),
    provenance=(
        "Two official clock lists, the UN Command's video as described by those who saw it, "
        "and the press."
    ),
)


def _same_numbers(*names: object) -> bool:
    one, other = (set(re.findall(r"\d+", str(name))) for name in names)
    return not one or not other or one == other


def _assumed(notes: pd.Series) -> pd.Series:
    return notes.str.contains(r"\bassumed\b|\bm (?:north|south|west|east)\b").fillna(False)


def _side_told(table: pd.DataFrame) -> pd.Series:
    note = table["coordinate_note"]
    told = note.str.extract(r"\bm (north|south) of (?:.*\bMDL\b|.*hut row half-way)")[0]
    return told.isna() | table["side"].astype(str).eq(told)


_LANDMARK_RULES = [
    rule(
        column,
        "a value exactly where coordinate_basis is not 'not_located'",
        lambda t, column=column: t[column].notna() == (t["coordinate_basis"] != "not_located"),
    )
    for column in ("lat", "lon", "coordinate_note", "uncertainty_m")
] + [
    rule("name_ko", "the numbers of name_en", by_row(_same_numbers, "name_en", "name_ko"), True),
    rule(
        "coordinate_basis",
        "'estimated' where coordinate_note assumes",
        lambda t: t["coordinate_basis"].ne("published") | ~_assumed(t["coordinate_note"]),
        True,
    ),
    rule("side", "the side that coordinate_note tells", _side_told, True),
]

JSA_LANDMARKS = Table(
    "jsa/jsa_landmarks.csv",
    "Landmarks at Panmunjom",
    "One place a row, each with the radius in which it can lie.",
    Schema(
        {
            "landmark_id": key("Identifier.", unique=True),
            "name_en": text("Name in English.", limit=100),
            "name_ko": text("Name in Korean.", limit=100),
            "side": coded("Side of the Military Demarcation Line.", vocab.Side),
            **points((37, 38.1), (126.5, 127.2)),
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
            **sources("Sources for the place, its coordinate or its distances."),
            **DECISIONS,
        },
        checks=_LANDMARK_RULES,
    ),
    ("landmark_id",),
    indexed=True,
    provenance=(
        "Published points from reference works, and our estimates from published distances, "
        "each with its uncertainty."
    ),
)

NUMERIC = ["exact", "about", "range", "at_least", "more_than", "less_than"]


def _count_up(frame: pd.DataFrame) -> pd.Series:
    return frame["variant"] == frame.groupby("fact_id")["variant"].rank()


def _bounds(frame: pd.DataFrame) -> pd.Series:
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
    clock_time = frame["value"].str.fullmatch(r"\d\d:\d\d")
    day = r"\d{4}-\d\d-\d\d"
    date = frame["value"].str.fullmatch(rf"{day}(/{day})?")
    reading = frame["reading"].astype(str)
    return (clock_time | reading.ne("clock")) & date.eq(reading.eq("date"))


_SAID = {
    "about": r"(?:about|some|around|nearly)\b",
    "more_than": r"(?:more than|over)\b",
    "at_least": r".*(?:\bat least\b|\bor more\b)",
    "less_than": r"(?:less than|almost|under|up to)\b",
    "range": r"\d+-\d+$",
}


def _read_as_said(value: object, reading: object) -> bool:
    said = [name for name, words in _SAID.items() if re.match(words, str(value).lower())]
    return not said or reading in said or reading in ("text", "date", "clock")


_AS_SAID = rule("reading", "the reading that value says", by_row(_read_as_said, "value", "reading"))
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
    rule("value", "HH:MM for a clock, YYYY-MM-DD for a date and for nothing else", _as_printed),
    printed("value", "value_low", "value_high"),
    _UNIT_RULE,
    _AS_SAID,
    rule(
        "conflict_source_ids",
        "others than source_ids, or nothing",
        lambda t: t["conflict_source_ids"].isna() | t["conflict_source_ids"].ne(t["source_ids"]),
        True,
    ),
    rule(
        "preferred",
        "'no' for what fact_id calls an error",
        lambda t: t["preferred"].ne("yes") | ~t["fact_id"].str.contains("_errors?$"),
        True,
    ),
    rule(
        "preferred",
        "at most one 'yes' in a fact_id",
        lambda t: t["preferred"].eq("yes").groupby(t["fact_id"]).transform("sum").le(1),
    ),
]


def _facts(name: str, title: str, description: str, provenance: str) -> Table:
    """Return a table of published values, one row a value of a fact."""
    return Table(
        f"jsa/{name}.csv",
        title,
        description,
        Schema(
            {
                "fact_id": key("Identifier of the fact; one or more rows."),
                "variant": whole("Which of the published values of the fact.", "rank", 1, 20),
                "label": text("The fact in words.", limit=80),
                "value": text("The value as published, with its qualifier.", limit=120, dates=True),
                "reading": coded("How to read value.", vocab.Reading),
                **ENDS,
                "preferred": coded(
                    "Our reading among the values; a fact may have none.", vocab.YesNo
                ),
                **sources("Sources that print the value."),
                **_CONFLICT,
            },
            checks=_FACT_RULES,
        ),
        ("fact_id", "variant"),
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
    "context/report_claims.csv",
    "Claims of the news report of November 2017",
    "One claim of the report that started this project a row, to be held against the data.",
    Schema(
        {
            "claim_id": key("Identifier.", unique=True),
            "claim": text("The claim in our words.", limit=200),
            "topic": coded("What it is about.", vocab.ClaimTopic),
            "value": text("The value stated.", "the claim states none", limit=40, dates=True),
            "reading": coded("How to read value; 'text' where none is stated.", vocab.Reading),
            **ENDS,
            "fact_id": key(
                "The fact to hold it against.",
                "answered by another table",
                target="jsa_facts_2017.fact_id",
            ),
            **sources("The report."),
            **DECISIONS,
        },
        checks=[_READING_RULE, _UNIT_RULE, printed("value", "value_low", "value_high")],
    ),
    ("claim_id",),
    indexed=True,
    provenance=(
        "The claims of one news report of November 2017, in our words, to be checked against "
        "the data."
    ),
)


@across("jsa_facts_2017", "jsa_geometry", "jsa_landmarks")
def the_day_is_whole(frames: Frames, texts: Texts) -> list[Fault]:
    """Find values, lengths and places that are missing although every analysis rests on them."""
    facts, landmarks = frames["jsa_facts_2017"], frames["jsa_landmarks"]
    ours = facts[facts["preferred"].astype("string").eq("yes")]
    counted = ours[ours["value_low"].notna() | ours["value"].astype("string").str.match(CLOCK)]
    metres = frames["jsa_geometry"]
    metres = metres[metres["value_low"].notna() & metres["unit"].isin(["m", "yd"])]
    located = landmarks[landmarks["lat"].notna() & landmarks["uncertainty_m"].notna()]
    needed = [
        ("jsa_facts_2017", "fact_id", NEEDED_FACTS, counted["fact_id"], "preferred value"),
        ("jsa_geometry", "fact_id", NEEDED_METRES, metres["fact_id"], "length in metres or yards"),
        ("jsa_landmarks", "landmark_id", NEEDED_PLACES, located["landmark_id"],
         "coordinate with its uncertainty"),
    ]  # fmt: skip
    return [
        Fault(texts[table].file, 0, column, name, f"has no {what}", f"a {what}", "give it")
        for table, column, names, there, what in needed
        for name in names
        if name not in set(there)
    ]

"""The register of incidents."""

from __future__ import annotations

import pandas as pd

from helpers.data import clock, vocab
from helpers.data.agree import date_in_key
from helpers.data.columns import (
    DECISIONS,
    Rule,
    Schema,
    Table,
    coded,
    key,
    needs,
    partial_date,
    points,
    rule,
    sources,
    text,
    whole,
)
from helpers.data.tables.incident_doubts import DOUBTS

_INCIDENT_COLUMNS = {
    "incident_id": key(
        "Identifier: date, then place or kind of person; never reused.", unique=True
    ),
    "date": partial_date("Date of the crossing or event, Korea Standard Time."),
    "date_precision": coded("How exactly the date is known.", vocab.DatePrecision),
    "event_type": coded("What kind of event; decides what is counted.", vocab.EventType),
    "event_note": text(
        "Why the row counts, or does not, as a direct defection.", "the type says it all"
    ),
    "direction": coded("The way the people were heading.", vocab.Direction),
    "route": coded(
        "How the people left; on indirect ways the first leg out of the North.", vocab.Route
    ),
    "means": coded("What carried them on the leg that counts.", vocab.Means),
    "people": whole(
        "People the event type is about: in a defection or attempt those who stayed or meant to, "
        "not everyone aboard; in a drift, return or abduction those who went or were taken.",
        "people",
        1,
        1000,
        "not published, or nobody meant to change sides",
    ),
    "nationality": coded("Citizenship of those counted in people, then.", vocab.Nationality),
    "affiliation": coded("Who they were.", vocab.Affiliation),
    "shots_fired": coded(
        "Whether any shot fell, signal and warning shots included.", vocab.ShotsFired
    ),
    "shots_count": whole(
        "Rounds, only where a number is printed.", "rounds", 0, 100_000, "no number printed"
    ),
    "shots_at": coded("Whom the shots were meant for; the gravest applies.", vocab.ShotsAt),
    "wounded": whole("People wounded, whoever they were.", "people", 0, 1000, "not published"),
    "wounded_crossers": whole(
        "Of the wounded, those counted in people.", "people", 0, 1000, "not published"
    ),
    "wounded_cause": coded("What wounded them.", vocab.Cause, "nobody wounded, or not published"),
    "killed": whole("People who died, whoever they were.", "people", 0, 1000, "not published"),
    "killed_crossers": whole(
        "Of the dead, those counted in people.", "people", 0, 1000, "not published"
    ),
    "killed_cause": coded("What they died of.", vocab.Cause, "nobody died, or not published"),
    "crossing_place": text("Where, in words.", "not published"),
    "admin_area": text("County, city or province.", "not published or none"),
    **points((-60, 80), (-180, 180), " of the place that location_basis names"),
    "location_basis": coded("What the coordinate stands for.", vocab.LocationBasis),
    "outcome": coded(
        "How it ended for those counted in people; in a group for most of them.", vocab.Outcome
    ),
    "detected_by": text("Who or what noticed them, and how.", "not published"),
    "summary": text("What happened, in our words."),
    **sources("Sources that state the row's facts."),
    "confidence": coded("How far the row can be trusted as a whole.", vocab.Confidence),
    "conflict": text("Where the sources differ.", "no conflict seen", limit=900),
    **DECISIONS,
}

DIRECT_ROUTES = ["jsa", "dmz_land", "han_estuary", "yellow_sea", "east_sea", "air"]

# What can carry people over a line; "other" says itself what.
MEANS = {
    "jsa": ["foot", "vehicle", "other"],
    "dmz_land": ["foot", "vehicle", "swim", "other"],
    "han_estuary": ["foot", "swim", "raft", "boat", "other"],
    "yellow_sea": ["swim", "raft", "boat", "other"],
    "east_sea": ["swim", "raft", "boat", "other"],
    "air": ["aircraft", "other"],
}

# Southern edge, northern edge, western edge, eastern edge in degrees: where a direct event of the
# route can lie. Wide enough for centroids of the counties along the line, and no wider.
ROUTE_BOXES = {
    "jsa": (37.93, 37.97, 126.65, 126.70),
    "dmz_land": (37.70, 38.70, 126.60, 128.45),
    "han_estuary": (37.60, 37.95, 126.00, 126.75),
    "yellow_sea": (34.00, 39.90, 123.00, 126.90),
    "east_sea": (35.00, 42.50, 128.20, 133.00),
    "air": (33.00, 43.10, 124.00, 131.00),
}

ENDS = {
    "direct_defection": ["arrived", "arrived_wounded", "returned"],
    "unclear": ["arrived", "returned", "killed", "unknown"],
    "attempt": ["captured", "returned", "killed", "unknown"],
    "indirect_arrival": ["arrived", "arrived_wounded"],
    "indirect_unresolved": ["unknown"],
    "forced_return": ["returned"],
    "drift": ["returned"],
    "stray": ["returned"],
    "hijacking": ["arrived", "captured", "killed"],
    "abduction": ["returned", "unknown"],
    "handover": ["returned"],
    "activist_return": ["arrived"],
    "armed_clash": ["not_applicable"],
    "incursion": ["not_applicable"],
    "claim_withdrawn": ["killed", "returned", "unknown"],
}

INDIRECT = ["indirect_arrival", "indirect_unresolved", "forced_return", "attempt"]

NOTED = [
    "unclear",
    "attempt",
    "stray",
    "hijacking",
    "abduction",
    "handover",
    "activist_return",
    "armed_clash",
    "incursion",
    "claim_withdrawn",
]


def _in_box(table: pd.DataFrame) -> pd.Series:
    routes = table["route"].astype(str)
    south, north, west, east = (
        routes.map({route: box[side] for route, box in ROUTE_BOXES.items()}) for side in range(4)
    )
    inside = table["lat"].between(south, north) & table["lon"].between(west, east)
    return inside | south.isna() | table["event_type"].isin(INDIRECT[:3])


def _day_exists(table: pd.DataFrame) -> pd.Series:
    text = table["date"]
    real = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce").notna()
    return (real | text.str.len().lt(10)) & text.between("1950", clock.today().isoformat())


def _means_fit(table: pd.DataFrame) -> pd.Series:
    pairs = {f"{route} {means}" for route, some in MEANS.items() for means in some}
    pair = table["route"].astype(str) + " " + table["means"].astype(str)
    # A means that a newer list of codes brings may serve any route.
    known = {means for some in MEANS.values() for means in some}
    return pair.isin(pairs) | ~table["route"].isin([*MEANS]) | ~table["means"].isin(known)


def _leaves_its_side(table: pd.DataFrame) -> pd.Series:
    """Tell whether nobody goes over to his own side; a return is no defection."""
    north, direct = table["nationality"].eq("north_korean"), table["event_type"]
    south = table["nationality"].isin(["south_korean", "american"])
    home = south & direct.isin(["direct_defection", "drift", "handover"])
    return ~(north & table["direction"].eq("south_to_north")) & ~(
        home & table["direction"].eq("north_to_south")
    )


def _at_most(table: pd.DataFrame, part: str, whole: str) -> pd.Series:
    return table[part].le(table[whole]).fillna(True)


def _ends_well(table: pd.DataFrame) -> pd.Series:
    pairs = {f"{kind} {end}" for kind, ends in ENDS.items() for end in ends}
    pair = table["event_type"].astype(str) + " " + table["outcome"].astype(str)
    return pair.isin(pairs) | ~table["event_type"].isin([*ENDS]) | table["outcome"].isna()


def _half_wounded(table: pd.DataFrame) -> pd.Series:
    """Say for each row whether at least one, and half, of those counted are known to be wounded."""
    wounded = table["wounded_crossers"]
    return wounded.ge(1).fillna(False) & (2 * wounded).ge(table["people"].fillna(1)).fillna(False)


def _nobody_crossed(table: pd.DataFrame, column: str, value: str) -> pd.Series:
    return table[column].eq(value) == table["event_type"].isin(["armed_clash", "incursion"])


def _rules_of_harm(harm: str) -> list[Rule]:
    """Return the rules for ``wounded`` or ``killed``, their crossers and their cause."""
    return [
        rule(
            f"{harm}_crossers",
            f"no more than {harm}, and a number only where {harm} has one",
            lambda t: (
                t[f"{harm}_crossers"].isna() | t[f"{harm}_crossers"].le(t[harm]).fillna(False)
            ),
        ),
        rule(
            f"{harm}_crossers",
            f"a number where {harm} has one",
            lambda t: t[harm].isna() | t[f"{harm}_crossers"].notna(),
        ),
        rule(
            f"{harm}_crossers",
            "no more than people",
            lambda t: _at_most(t, f"{harm}_crossers", "people"),
        ),
        rule(
            f"{harm}_cause",
            f"a cause exactly where {harm} is 1 or more",
            lambda t: t[f"{harm}_cause"].notna() == t[harm].ge(1).fillna(False),
        ),
        rule(
            f"{harm}_cause",
            "'gunfire' only where shots fell",
            lambda t: t[f"{harm}_cause"].ne("gunfire") | t["shots_fired"].eq("yes"),
        ),
    ]


_INCIDENT_RULES = [
    rule("date", "a day that exists, from 1950 to today", _day_exists),
    date_in_key("incident_id", "date"),
    rule(
        "date_precision",
        "a date given as exactly as date_precision says (year 4, month 7, day 10 characters)",
        lambda t: (
            t["date"].str.len()
            == t["date_precision"].astype(str).map({"year": 4, "month": 7, "day": 10})
        ),
    ),
    rule(
        "lat",
        "both coordinates and a basis, or no coordinate and 'not_located'",
        lambda t: (
            t["lat"].notna().eq(t["lon"].notna())
            & t["lat"].isna().eq(t["location_basis"] == "not_located")
        ),
    ),
    rule("lat", "a point where an event of this route can lie", _in_box),
    rule(
        "event_type",
        "a direct defection to use a direct route",
        lambda t: t["event_type"].ne("direct_defection") | t["route"].isin(DIRECT_ROUTES),
    ),
    needs(
        "event_note",
        "a sentence that says why the row does not count, or why it does",
        "event_type",
        *NOTED,
    ),
    needs("people", "a number of people in a direct defection", "event_type", "direct_defection"),
    rule("outcome", "an outcome that this kind of event can have", _ends_well),
    rule(
        "outcome",
        "'arrived_wounded' exactly where half of those who arrived, or more, are wounded_crossers",
        lambda t: (
            ~t["outcome"].isin(["arrived", "arrived_wounded"])
            | t["outcome"].eq("arrived_wounded").eq(_half_wounded(t))
        ),
    ),
    rule(
        "outcome",
        "killed_crossers of at least 1 where the outcome is 'killed'",
        lambda t: t["outcome"].ne("killed") | t["killed_crossers"].ge(1).fillna(False),
    ),
    rule(
        "outcome",
        "'killed' where all those counted died before they had crossed",
        lambda t: (
            t["outcome"].eq("killed")
            | t["event_type"].eq("direct_defection")
            | t["killed_crossers"].lt(t["people"]).fillna(True)
        ),
    ),
    rule(
        "shots_count",
        "a count of rounds only where shots_fired is 'yes'",
        lambda t: t["shots_count"].isna() | t["shots_fired"].eq("yes"),
    ),
    rule(
        "shots_at",
        "'not_applicable' exactly where shots_fired is 'no'",
        lambda t: t["shots_at"].eq("not_applicable") == t["shots_fired"].eq("no"),
    ),
    rule(
        "shots_at",
        "'unknown' where shots_fired is 'unknown'",
        lambda t: t["shots_fired"].ne("unknown") | t["shots_at"].eq("unknown"),
    ),
    rule(
        "direction",
        "'none' exactly where nobody meant to change sides, as in a clash",
        lambda t: _nobody_crossed(t, "direction", "none"),
    ),
    rule(
        "direction",
        "'out_of_north' only by way of a third country",
        lambda t: (
            t["direction"].ne("out_of_north")
            | (t["event_type"].isin(INDIRECT) & ~t["route"].isin(DIRECT_ROUTES))
        ),
    ),
    rule(
        "nationality",
        "'not_applicable' exactly where nobody meant to change sides, as in a clash",
        lambda t: _nobody_crossed(t, "nationality", "not_applicable"),
    ),
    rule(
        "direction",
        "north_to_south for a north_korean, south_to_north for who leaves the South",
        _leaves_its_side,
    ),
    rule("means", "something that can carry people by this route", _means_fit),
    *_rules_of_harm("wounded"),
    *_rules_of_harm("killed"),
    *DOUBTS,
]

INCIDENTS = Table(
    "incidents/incidents.csv",
    "Register of incidents",
    "One event once: every crossing, attempt and related event known to the sources, from 1950 on.",
    Schema(_INCIDENT_COLUMNS, checks=_INCIDENT_RULES),
    ("incident_id",),
    order=("date", "incident_id"),
    provenance=(
        "Curated from chronologies, press archives in Korean and English, and official "
        "statements; doubled events merged, contested values kept as conflicts."
    ),
)

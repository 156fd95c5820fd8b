"""Counts, shares, intervals and places of the register of incidents.

Frames come from :func:`helpers.load.incidents` and its neighbours; what is counted is always
:func:`direct`, one row an incident, from the day of the armistice on.
"""

import math

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from helpers.data.vocab import (
    Affiliation,
    BlindKind,
    Nationality,
    OfficialBody,
    OfficialMeasure,
    Route,
    ShotsAt,
)

ARMISTICE = pd.Timestamp(1953, 7, 27)
"""The armistice: there is no Military Demarcation Line to cross before this day."""

CROSSING_2017 = "2017-11-13-jsa-soldier"

DIRECT_ROUTES = [
    Route.JSA,
    Route.DMZ_LAND,
    Route.HAN_ESTUARY,
    Route.YELLOW_SEA,
    Route.EAST_SEA,
    Route.AIR,
]
LAND = [Route.JSA, Route.DMZ_LAND]
WATER = [Route.HAN_ESTUARY, Route.YELLOW_SEA, Route.EAST_SEA]

STAYED = [
    OfficialMeasure.DIRECT_ALL, OfficialMeasure.DIRECT_LAND, OfficialMeasure.DIRECT_SEA,
    OfficialMeasure.DIRECT_SOLDIERS, OfficialMeasure.SOLDIERS_LAND, OfficialMeasure.SEA_STAYED,
]  # fmt: skip
"""Official measures of people who crossed and stayed: a year that one of them counts is checked."""

TRANSIT = {OfficialMeasure.DIRECT_TRANSIT.value: OfficialMeasure.DIRECT_LAND.value}
"""The transit office's land crossings are land crossings."""

UNIFORMED = [Affiliation.SOLDIER, Affiliation.OFFICER, Affiliation.PILOT, Affiliation.GUARD]
SHOTS = {ShotsAt.CROSSERS.value: "yes", ShotsAt.UNKNOWN.value: "unknown"}
GROUPS = ["In uniform", "Mixed group", "Civilians", "Not stated"]


def direct(
    incidents: pd.DataFrame,
    direction: str = "north_to_south",
    event_type: str = "direct_defection",
    since: pd.Timestamp = ARMISTICE,
) -> pd.DataFrame:
    """Return the incidents that count: one way, one type of event, from ``since`` on.

    ``direct_defection`` is counted, ``unclear`` is what could be added. What is dated to a year or
    month counts by its first day. All columns are kept.
    """
    kept = (
        incidents["event_type"].eq(event_type)
        & incidents["direction"].eq(direction)
        & incidents["date"].ge(since)
    )
    return incidents[kept].reset_index(drop=True)


def before_armistice(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the crossings to the South before there was a line: kept, not counted."""
    rows = direct(incidents, since=pd.Timestamp.min)
    return rows[rows["date"].lt(ARMISTICE)].reset_index(drop=True)


def crossings(frame: pd.DataFrame, since: int) -> pd.DataFrame:
    """Return the counted incidents by what the figures part them by, one row an incident.

    Returns
    -------
    pandas.DataFrame
        ``incident_id``, ``date``, ``year``, ``route``, ``people``, ``group`` (one of ``GROUPS``),
        ``citizen`` (of :func:`citizen`), ``shots`` (``yes``, ``no``: at others or at nobody,
        ``unknown``), ``period`` (``until 2001`` or ``since 2002``, parted at the year ``since``, in
        this order); by date.
    """
    columns = ["incident_id", "date", "year", "route", "people"]
    periods, late = [f"until {since - 1}", f"since {since}"], frame["year"].ge(since).astype(int)
    return (
        pd.DataFrame(frame[columns])
        .astype({"route": str, "year": int, "people": int})
        .assign(
            group=group(frame).astype(str),
            citizen=citizen(frame),
            shots=shots(frame),
            period=pd.Categorical.from_codes(late, periods, ordered=True),
        )
        .sort_values(["date", "incident_id"], ignore_index=True)
    )


def citizen(frame: pd.DataFrame) -> pd.Series:
    """Return whether those who crossed were of the ``North``, ``foreign``, or ``not stated``.

    Of a group of more than one nationality it is not stated who was what.
    """
    unstated = [Nationality.UNKNOWN, Nationality.MIXED, Nationality.NOT_APPLICABLE]
    named = {Nationality.NORTH_KOREAN.value: "North"}
    named |= {nation.value: "not stated" for nation in unstated}
    return frame["nationality"].astype(str).map(named).fillna("foreign")


def shots(frame: pd.DataFrame) -> pd.Series:
    """Return whether those who crossed were shot at: ``yes``, ``unknown``, else ``no``."""
    return frame["shots_at"].astype(str).map(SHOTS).fillna("no")


def by_county(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``incidents`` and ``people`` on the land line by ``county`` (index), most first.

    Counties and cities as the register's ``admin_area`` names them, ``not known`` for the rest.
    """
    land = frame[frame["route"].eq(Route.DMZ_LAND.value)]
    named = land["admin_area"].str.extract(r"\((\w+) (?:county|city|sector)\)")[0]
    groups = land.groupby(named.fillna("not known").rename("county"))["people"]
    table = pd.DataFrame({"incidents": groups.size(), "people": groups.sum().astype(int)})
    return table.sort_values("incidents", ascending=False, kind="stable")


def group(frame: pd.DataFrame) -> pd.Series:
    """Return the coarse group of each row's people: one of ``GROUPS``, as an ordered category."""
    codes = {term.value: "Civilians" for term in Affiliation}
    codes |= {term.value: "In uniform" for term in UNIFORMED}
    codes |= {"mixed": "Mixed group", "unknown": "Not stated"}
    return frame["affiliation"].astype(str).map(codes).astype(pd.CategoricalDtype(GROUPS, True))


def interval(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Clopper-Pearson) interval of a share; 0 and 1 where nothing is known."""
    if trials == 0:
        return 0.0, 1.0
    bounds = binomtest(hits, trials).proportion_ci(confidence, method="exact")
    return float(bounds.low), float(bounds.high)


def against_official(frame: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return official totals of direct crossings beside what the register counts.

    Totals over the land line and by the transit office are added up, as the register does not tell
    them apart. Totals of other definitions, or without a number, are left out. Official totals
    count people of the North, so foreigners who crossed are left out of the register's side.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``measure``, ``period``, ``unit``, ``first_day``, ``last_day``, ``official``,
        ``register`` and ``difference`` (register less official), in order of the period.
    """
    keys = ["series", "measure", "period", "unit", "period_start", "period_end"]
    usable = totals[totals["value_best"].notna()].astype(dict.fromkeys(keys, str))
    usable = usable.replace({"measure": TRANSIT})
    usable = usable[usable["measure"].isin(_MEASURES)]
    table = usable.groupby(keys)["value_best"].sum().astype(int).rename("official").reset_index()
    table = table.assign(
        first_day=table.pop("period_start").map(lambda text: pd.Period(text).start_time),
        last_day=table.pop("period_end").map(lambda text: pd.Period(text).end_time.normalize()),
    ).astype(dict.fromkeys(["first_day", "last_day"], "datetime64[ns]"))
    # Plain columns: a frame with points is slow to cut.
    plain = pd.DataFrame(frame[["route", "date", "people", "affiliation"]])
    northern = plain[frame["nationality"].eq(Nationality.NORTH_KOREAN)]
    table = table.assign(register=_counted(northern, table))
    table = table.assign(difference=table["register"] - table["official"])
    columns = ["series", "measure", "period", "unit", "first_day", "last_day"]
    columns += ["official", "register", "difference"]
    order = ["first_day", "last_day", "series", "measure", "unit"]
    return table[columns].sort_values(order, ignore_index=True)


_MEASURES = {
    OfficialMeasure.DIRECT_ALL.value: DIRECT_ROUTES,
    OfficialMeasure.DIRECT_LAND.value: LAND,
    OfficialMeasure.DIRECT_SEA.value: WATER,
    OfficialMeasure.DIRECT_SOLDIERS.value: DIRECT_ROUTES,
    OfficialMeasure.SOLDIERS_LAND.value: LAND,
}
_SOLDIERS = {OfficialMeasure.DIRECT_SOLDIERS.value, OfficialMeasure.SOLDIERS_LAND.value}


def _counted(frame: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    """Count the incidents or people of ``frame`` that each official total speaks of."""
    # All totals against all incidents at once: this is asked many times over.
    days, routes = frame["date"].to_numpy(), frame["route"].astype(str).to_numpy()
    soldiers = frame["affiliation"].isin([term.value for term in UNIFORMED]).to_numpy()
    kept = days >= table["first_day"].to_numpy("datetime64[ns]")[:, None]
    kept &= days <= table["last_day"].to_numpy("datetime64[ns]")[:, None]
    for row, measure in enumerate(table["measure"]):
        kept[row] &= np.isin(routes, [route.value for route in _MEASURES[measure]])
        if measure in _SOLDIERS:
            kept[row] &= soldiers
    people = kept @ frame["people"].fillna(0).to_numpy(dtype="int64")
    return np.where(table["unit"].eq("incidents"), kept.sum(axis=1), people)


def checked_years(totals: pd.DataFrame) -> list[int]:
    """Return the years that an office counted, in order.

    A total of people who crossed and stayed (``STAYED``) covers any part of such a year; counts by
    the press are no check.
    """
    rows = totals[totals["measure"].isin(STAYED) & totals["body"].ne(OfficialBody.PRESS.value)]
    rows = rows.dropna(subset=["period_start", "period_end"])
    ends = zip(rows["period_start"].str[:4], rows["period_end"].str[:4], strict=True)
    return sorted({year for start, end in ends for year in range(int(start), int(end) + 1)})


def record(spans: pd.DataFrame) -> pd.DataFrame:
    """Return from which year on each route has a reliable record: one rule for all routes.

    A record is reliable from the year after the last documented span in which it is not; a chance
    find before that year changes nothing. A route without such a span has it from the armistice on.

    ``spans`` are the documented ones of one direction; the running year (``partial``) is none.
    Index ``route`` (all six); ``since``, a year.
    """
    closed = spans[spans["kind"].ne(BlindKind.PARTIAL.value)]
    last = closed.groupby(closed["route"].astype(str))["last_year"].max()
    since = last.reindex([route.value for route in DIRECT_ROUTES]) + 1
    since = since.fillna(ARMISTICE.year).astype(int)
    return since.rename_axis("route").to_frame("since")


def clear_since(spans: pd.DataFrame) -> int:
    """Return the first year from which on every route has a reliable record."""
    return int(record(spans)["since"].max())


def share_of(frame: pd.DataFrame, route: Route = Route.JSA) -> pd.Series:
    """Return how many incidents took ``route``, of how many, and the share with its interval."""
    hits, trials = int(frame["route"].eq(route.value).sum()), len(frame)
    low, high = interval(hits, trials)
    share = hits / trials if trials else math.nan
    return pd.Series({"hits": hits, "trials": trials, "share": share, "low": low, "high": high})

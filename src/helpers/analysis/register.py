"""Counts, shares, intervals and places of the register of incidents.

Frames come from :func:`helpers.load.incidents` and its neighbours; what is counted is always
:func:`direct`, one row an incident, from the day of the armistice on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from helpers.data.vocab import (
    Affiliation,
    BlindKind,
    LocationBasis,
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

RADIUS_KM = {
    LocationBasis.PUBLISHED_COORDINATE: 1.0,
    LocationBasis.PLACE_CENTROID: 3.0,
    LocationBasis.SECTOR_ESTIMATE: 10.0,
    LocationBasis.COUNTY_CENTROID: 15.0,
}
"""How far from the coordinate the place can lie, in kilometres, by what the coordinate stands for.

Published coordinates of Panmunjom disagree by hundreds of metres. A village, port or small island
fills a circle of about 3 km. A stretch described in words ("8 km east of", "off the island") is
known to about 10 km. The five counties along the line measure some 660 to 910 square kilometres,
as much as circles of 14 to 17 km.
"""

STAYED = [
    OfficialMeasure.DIRECT_ALL, OfficialMeasure.DIRECT_LAND, OfficialMeasure.DIRECT_SEA,
    OfficialMeasure.DIRECT_SOLDIERS, OfficialMeasure.SOLDIERS_LAND, OfficialMeasure.SEA_STAYED,
]  # fmt: skip
"""Official measures of people who crossed and stayed: a year that one of them counts is checked."""

UNIFORMED = [Affiliation.SOLDIER, Affiliation.OFFICER, Affiliation.PILOT, Affiliation.GUARD]
GROUPS = ["In uniform", "Mixed group", "Civilians", "Not stated"]


def direct(
    incidents: pd.DataFrame,
    direction: str = "north_to_south",
    event_type: str = "direct_defection",
    since: pd.Timestamp = ARMISTICE,
) -> pd.DataFrame:
    """Return the incidents that count: one way, one type of event, from ``since`` on.

    Parameters
    ----------
    incidents : pandas.DataFrame
        The register; ``date``, ``direction``, ``event_type`` are used, all columns are kept.
    direction : str
        ``north_to_south`` or ``south_to_north``.
    event_type : str
        ``direct_defection`` for the counts, ``unclear`` for what could be added to them.
    since : pandas.Timestamp
        First day that counts. What is dated to a year or month counts by its first day.
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

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents.
    since : int
        Year that parts them into two periods: the first with a reliable record on every route.

    Returns
    -------
    pandas.DataFrame
        ``incident_id``, ``date``, ``year``, ``route``, ``people``, ``group`` (one of ``GROUPS``),
        ``citizen`` (of :func:`citizen`), ``shots`` (of :func:`shots`), ``period`` (``until 2001``
        or ``since 2002``, in this order); by date.
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
    nations = frame["nationality"].astype(str)
    unstated = [Nationality.UNKNOWN, Nationality.MIXED, Nationality.NOT_APPLICABLE]
    named = {Nationality.NORTH_KOREAN.value: "North"}
    named |= {nation.value: "not stated" for nation in unstated}
    return nations.map(lambda nation: named.get(nation, "foreign"))


def shots(frame: pd.DataFrame) -> pd.Series:
    """Return whether those who crossed were shot at: ``yes``, ``no``, ``unknown``.

    ``no`` is no shot, or shots at others or at nobody.
    """
    codes = {ShotsAt.CROSSERS.value: "yes", ShotsAt.UNKNOWN.value: "unknown"}
    return frame["shots_at"].astype(str).map(lambda value: codes.get(value, "no"))


def by_route(frame: pd.DataFrame) -> pd.DataFrame:
    """Return incidents and people of each direct route, in the order of the vocabulary.

    Returns
    -------
    pandas.DataFrame
        Index ``route`` (all six, also those without a row); columns ``incidents``, ``people``
        (persons whose number is published), ``without_number`` (incidents without one),
        ``incident_share``, ``people_share`` (0 to 1).
    """
    groups = frame.groupby(frame["route"].astype(str))
    counts = pd.DataFrame(
        {
            "incidents": groups.size(),
            "people": groups["people"].sum(),
            "without_number": groups["people"].apply(lambda people: people.isna().sum()),
        }
    )
    order = pd.Index([route.value for route in DIRECT_ROUTES], name="route")
    counts = counts.reindex(order).fillna(0).astype(int)
    shares = counts[["incidents", "people"]] / counts[["incidents", "people"]].sum()
    return counts.assign(incident_share=shares["incidents"], people_share=shares["people"])


def by_county(frame: pd.DataFrame) -> pd.DataFrame:
    """Return incidents and people on the land line by county or city, most first.

    Returns
    -------
    pandas.DataFrame
        Index ``county``, as the register's ``admin_area`` names it, ``not known`` for the rest;
        ``incidents``, ``people`` (persons).
    """
    land = frame[frame["route"].eq(Route.DMZ_LAND.value)]
    named = land["admin_area"].str.extract(r"\((\w+) (?:county|city|sector)\)")[0]
    groups = land.groupby(named.fillna("not known").rename("county"))["people"]
    table = pd.DataFrame({"incidents": groups.size(), "people": groups.sum().astype(int)})
    return table.sort_values("incidents", ascending=False, kind="stable")


def source_count(frame: pd.DataFrame) -> pd.Series:
    """Return how many sources each row names."""
    return frame["source_ids"].str.count(";") + 1


def coverage(frame: pd.DataFrame) -> pd.Series:
    """Return how well the rows are known.

    Returns
    -------
    pandas.Series
        ``rows``, ``located``, ``to_a_place`` (rows whose coordinate is a place's or a published
        one), ``several_sources`` (rows that name two or more), ``exact_day``.
    """
    fine = [LocationBasis.PUBLISHED_COORDINATE.value, LocationBasis.PLACE_CENTROID.value]
    return pd.Series(
        {
            "rows": len(frame),
            "located": int(frame["location_basis"].ne("not_located").sum()),
            "to_a_place": int(frame["location_basis"].isin(fine).sum()),
            "several_sources": int(source_count(frame).ge(2).sum()),
            "exact_day": int(frame["date_precision"].eq("day").sum()),
        }
    )


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


def kpa_soldiers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents whose people were northern troops: in uniform, citizens of the North."""
    northern = frame["nationality"].eq("north_korean")
    return frame[northern & frame["affiliation"].isin([term.value for term in UNIFORMED])]


def against_official(frame: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return official totals of direct crossings beside what the register counts.

    Totals over the land line and by the transit office are added up, as the register does not tell
    them apart. Totals of other definitions, or without a number, are left out. Official totals
    count people of the North, so foreigners who crossed are left out of the register's side.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents.
    totals : pandas.DataFrame
        As :func:`helpers.load.official_totals` gives it.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``measure``, ``period``, ``unit``, ``first_day``, ``last_day``, ``official``,
        ``register`` and ``difference`` (register less official), in order of the period.
    """
    land = {OfficialMeasure.DIRECT_TRANSIT.value: OfficialMeasure.DIRECT_LAND.value}
    usable = totals[totals["value_best"].notna()]
    usable = usable.assign(measure=usable["measure"].astype(str).replace(land))
    usable = usable[usable["measure"].isin(_MEASURES)]
    keys = ["series", "measure", "period", "unit", "period_start", "period_end"]
    usable = usable.assign(series=usable["series"].astype(str), unit=usable["unit"].astype(str))
    table = usable.groupby(keys)["value_best"].sum().astype(int).rename("official").reset_index()
    table = table.assign(
        first_day=table.pop("period_start").map(lambda text: pd.Period(text).start_time),
        last_day=table.pop("period_end").map(lambda text: pd.Period(text).end_time.normalize()),
    )
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

    Parameters
    ----------
    spans : pandas.DataFrame
        Documented spans of one direction: ``route``, ``last_year``, ``kind``. The running year
        (``partial``) is no such span.

    Returns
    -------
    pandas.DataFrame
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


def map_marks(
    located: pd.DataFrame, spacing_m: dict[str, float], within_km: dict[str, Sequence[float]]
) -> pd.DataFrame:
    """Return where the mark of each located incident stands on the map of the peninsula.

    Incidents at sea and by air go to the panel ``seas``, those by land and in the estuary to
    ``line``, those in the JSA to ``jsa``; within a panel marks are moved apart (:func:`dodge`).

    Parameters
    ----------
    located : pandas.DataFrame
        Located incidents with ``x``, ``y`` in metres.
    spacing_m : dict of str to float
        Least distance of two marks in metres, for panels ``seas`` and ``line``.
    within_km : dict of str to sequence of float
        West, south, east, north of the panels in kilometres: a place beyond has its mark inside.

    Returns
    -------
    pandas.DataFrame
        The rows in order of panel, route and date, with ``panel``, ``mark_x``, ``mark_y`` and
        ``moved_km``, how far the mark stands from its coordinate.
    """
    panels = {Route.JSA.value: "jsa", Route.DMZ_LAND.value: "line", Route.HAN_ESTUARY.value: "line"}
    panel = located["route"].astype(str).map(lambda route: panels.get(route, "seas"))
    table = located.assign(panel=panel, mark_x=located["x"], mark_y=located["y"])
    table = table.sort_values(["panel", "route", "date", "incident_id"], ignore_index=True)
    for name, spacing in spacing_m.items():
        rows = table.index[table["panel"].eq(name)]
        if len(rows):
            west, south, east, north = (1000 * km for km in within_km[name])
            x = table.loc[rows, "x"].clip(west + spacing, east - spacing)
            y = table.loc[rows, "y"].clip(south + spacing, north - spacing)
            table.loc[rows, ["mark_x", "mark_y"]] = dodge(x, y, spacing)
    moved = np.hypot(table["mark_x"] - table["x"], table["mark_y"] - table["y"]) / 1000
    return table.assign(moved_km=moved)


def areas(marks: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct circles within which located incidents lie.

    Parameters
    ----------
    marks : pandas.DataFrame
        Located incidents with ``panel`` and ``x``, ``y`` in metres; see :func:`map_marks`.

    Returns
    -------
    pandas.DataFrame
        ``panel``, ``x``, ``y`` (m), ``location_basis``, ``radius_m``, ``incidents``; one row a
        centre and basis in a panel, largest first.
    """
    keys = [
        marks["panel"],
        marks["x"].round(),
        marks["y"].round(),
        marks["location_basis"].astype(str),
    ]
    table = marks.groupby(keys).size().rename("incidents").reset_index()
    metres = {basis.value: 1000 * km for basis, km in RADIUS_KM.items()}
    table.insert(4, "radius_m", table["location_basis"].map(metres))
    order = ["radius_m", "x", "y"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def dodge(x: Sequence[float], y: Sequence[float], spacing: float) -> np.ndarray:
    """Move points apart until no two are nearer than ``spacing``, each as little as possible.

    Points are set in their order; each takes the nearest free place on rings of growing radius
    around its own, so the same points always end in the same places.

    Parameters
    ----------
    x, y : sequences of float
        Positions in a plane.
    spacing : float
        Least distance, in the same unit.

    Returns
    -------
    numpy.ndarray
        Positions, one row a point.
    """
    placed = np.empty((0, 2))
    for centre in np.column_stack([np.asarray(x, float), np.asarray(y, float)]):
        for candidate in centre + _rings(spacing):
            away = np.hypot(*(placed - candidate).T)
            if not len(placed) or away.min() >= spacing * (1 - 1e-9):
                placed = np.vstack([placed, candidate])
                break
    return placed


@lru_cache(maxsize=8)
def _rings(spacing: float) -> np.ndarray:
    """Return steps away from a place, nearest first: rings a quarter of ``spacing`` apart."""
    steps = [np.zeros((1, 2))]
    for ring in range(1, 60):
        radius = ring * spacing / 4
        count = max(6, math.ceil(2 * math.pi * radius / (spacing / 3)))
        angles = np.arange(count) * 2 * np.pi / count
        steps.append(radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    return np.vstack(steps)

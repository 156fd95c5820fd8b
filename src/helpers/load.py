"""Read one table, check it, and return it as a typed frame.

Every loader takes ``data_dir`` (default: :func:`helpers.paths.data_dir`) and raises
:class:`helpers.data.faults.DataError` with all faults of the file if it does not keep its schema.
Coded columns come as ordered categories, whole numbers as ``Int64`` with ``<NA>`` for unknown,
dates as ``datetime64`` with their precision beside them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.data import clock
from helpers.data.faults import DataError
from helpers.paths import data_dir as default_data_dir

if TYPE_CHECKING:
    import geopandas as gpd


#: Tables by file, with what they were read from; a few folders' worth.
_read: dict[Path, tuple[object, pd.DataFrame]] = {}
_MOST = 200


def table(name: str, data_dir: Path | None = None) -> pd.DataFrame:
    """Return the table ``name`` checked and typed, columns as in its schema.

    A file that has not changed since it was last loaded in this process is not read again; each
    caller gets a frame of its own.

    Raises
    ------
    DataError
        If the file breaks its schema.
    """
    # The check and the schemas take a moment to load: not before a table is wanted.
    from helpers.data import vocab
    from helpers.data.check import check_table
    from helpers.data.tables import TABLES

    folder = (data_dir or default_data_dir()).resolve()
    path = folder / TABLES[name].path
    file, words = path.is_file() and path.stat(), vocab.use(folder)
    state = file and (file.st_mtime_ns, file.st_size, clock.today(), words)
    if state and path in _read and _read[path][0] == state:
        return _read[path][1].copy(deep=False)
    _, frame, faults = check_table(folder, TABLES[name])
    if faults:
        raise DataError(faults)
    if len(_read) >= _MOST:
        _read.clear()
    _read[path] = state, frame
    return frame.copy(deep=False)


def sources(data_dir: Path | None = None) -> pd.DataFrame:
    """Return the registry of sources, one row a document, indexed by ``source_id``."""
    return table("sources", data_dir).set_index("source_id")


def incidents(data_dir: Path | None = None) -> gpd.GeoDataFrame:
    """Return the register of incidents in EPSG:4326, one row an event, in order of date.

    ``date`` and ``date_end`` are the first and last day it can have been, ``year`` its year;
    geometry is the point of ``location_basis`` (never a crossing point), missing where none is
    known.
    """
    frame = _with_dates(table("incidents", data_dir))
    frame = frame.sort_values(["date", "incident_id"], ignore_index=True)
    return _with_points(frame)


def _with_dates(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace the partial ``date`` by its first day, and add ``date_end`` and ``year``."""
    text = frame["date"]
    first = pd.to_datetime(
        text.str.cat(["-01-01"] * len(text))
        .str[:10]
        .where(text.str.len() == 4, text.str.cat(["-01"] * len(text)).str[:10])
    )
    last = first.where(text.str.len() == 10, first + pd.offsets.MonthEnd(0))
    last = last.where(text.str.len() > 4, first + pd.offsets.YearEnd(0))
    frame = frame.assign(date=first, year=first.dt.year)
    frame.insert(frame.columns.get_loc("date") + 1, "date_end", last)
    return frame


def _with_points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Add a point geometry from ``lon`` and ``lat``, EPSG:4326."""
    import geopandas as gpd

    points = gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
    points = gpd.GeoSeries(points, index=frame.index, crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=points.where(frame["lat"].notna(), None))


# Arrivals, official figures and estimates by route


def arrivals_annual(data_dir: Path | None = None) -> pd.DataFrame:
    """Return arrivals in the South by year, one row a published count; unit: people.

    ``series`` (ordered category) keeps three series apart that must not be added to each other.
    ``period`` is the label, ``period_start`` (``<NA>``: open) and ``period_end`` its first and
    last year, ``people`` = ``men`` + ``women`` where published by sex; all ``Int64``.
    """
    return table("arrivals_annual", data_dir)


def arrivals_quarterly(data_dir: Path | None = None) -> pd.DataFrame:
    """Return arrivals in the South by quarter and half-year; unit: people.

    ``year`` and ``part`` (``q1`` to ``q4``, ``h1``, ``h2``) name the time; halves overlap the
    quarters, so choose one kind before adding. ``people``, ``men``, ``women`` are ``Int64``;
    ``status`` and ``split_status`` say what was published and what is a difference.
    """
    return table("arrivals_quarterly", data_dir)


def arrivals_revisions(data_dir: Path | None = None) -> pd.DataFrame:
    """Return every value published for a period at some time; unit: people.

    ``measure`` tells arrivals in the period from running totals; ``period_start`` and
    ``period_end`` are partial dates as text; ``people``, ``men``, ``women`` are ``Int64``;
    ``published`` is when the value was first seen in print, ``standing`` (ordered category)
    whether it is in force.
    """
    return table("arrivals_revisions", data_dir)


def profile_cumulative(data_dir: Path | None = None) -> pd.DataFrame:
    """Return groups of all who had arrived by the month ``as_of``; people and percent.

    ``dimension`` and ``category`` (ordered categories) name the group; ``people``, ``men``,
    ``women`` are ``Int64``, ``share_percent`` is ``Float64``. Lists are not all complete: see
    :func:`profile_checks`.
    """
    return table("profile_cumulative", data_dir)


def profile_checks(data_dir: Path | None = None) -> pd.DataFrame:
    """Return whether the groups of each profile add up to a published total; unit: people.

    One row an ``as_of`` and ``dimension``: ``groups``, ``parts_people``, ``compared_people``,
    ``difference_people`` (all ``Int64``) and ``coverage``.
    """
    return table("profile_checks", data_dir)


def official_totals(data_dir: Path | None = None) -> pd.DataFrame:
    """Return totals of direct crossings as offices gave them; people or incidents.

    ``series`` (ordered category) is the release with its own definition: compare within one
    series, never across. ``value_low``, ``value_best`` and ``value_high`` (``Int64``) are in
    ``unit``; ``period_start`` and ``period_end`` are partial dates as text.
    """
    return table("official_totals", data_dir)


def border_events(data_dir: Path | None = None) -> pd.DataFrame:
    """Return events that changed the routes, in order of date; no units.

    ``date`` and ``date_end`` are partial dates as text (``date_end`` missing: one moment, or
    lasting); ``kind`` is an ordered category.
    """
    return table("border_events", data_dir).sort_values(["date", "event_id"], ignore_index=True)


def route_estimates(data_dir: Path | None = None) -> pd.DataFrame:
    """Return counts and estimates by ``measure`` and ``place``; values in ``unit``.

    ``value_low``, ``value_best``, ``value_high`` are ``Int64``; a missing ``value_best`` means
    that only bounds were said. Rows of one period and place that differ are all kept;
    ``standing`` marks them. ``period_start`` and ``period_end`` are partial dates as text.
    """
    return table("route_estimates", data_dir)


def route_shares(data_dir: Path | None = None) -> pd.DataFrame:
    """Return published shares and ranks; ``Float64`` values in ``unit`` (percent or rank).

    ``base`` says of what the share is; ``measure`` and ``category`` are ordered categories.
    """
    return table("route_shares", data_dir)


def route_costs(data_dir: Path | None = None) -> pd.DataFrame:
    """Return published prices; ``amount_*`` in ``currency``, ``usd_*`` in US dollars.

    All amounts are ``Int64`` and claims of brokers and escapees; ``leg`` is an ordered category;
    ``share_percent`` (``Float64``) is filled only for the classes of a survey.
    """
    return table("route_costs", data_dir)


# The JSA crossing, routes, the Northern Limit Line and the report's claims


def jsa_timeline_2017(data_dir: Path | None = None) -> pd.DataFrame:
    """Return the moments of 13 November 2017 and its aftermath, in order.

    ``date`` is a day, ``time`` the moment in Asia/Seoul (``NaT`` where no clock is known) with
    ``time_precision`` beside it; ``phase`` and ``actor`` are ordered categories, ``landmark_id``
    a key of :func:`jsa_landmarks`, ``violations`` a ``;``-separated list.
    """
    frame = table("jsa_timeline_2017", data_dir)
    moments = pd.to_datetime(frame["date"] + " " + frame["time_local"], format="%Y-%m-%d %H:%M")
    frame.insert(frame.columns.get_loc("time_local") + 1, "time", moments)
    frame["time"] = frame["time"].dt.tz_localize("Asia/Seoul")
    return frame.assign(date=pd.to_datetime(frame["date"], format="%Y-%m-%d"))


def jsa_landmarks(data_dir: Path | None = None) -> gpd.GeoDataFrame:
    """Return the places at Panmunjom in EPSG:4326, indexed by ``landmark_id``.

    ``uncertainty_m`` is the radius in metres in which the place can lie; geometry is missing where
    ``coordinate_basis`` is ``not_located``.
    """
    return _with_points(table("jsa_landmarks", data_dir).set_index("landmark_id"))


def blind_years(data_dir: Path | None = None) -> pd.DataFrame:
    """Return the documented spans of years that the register of incidents cannot see."""
    return table("blind_years", data_dir)


def jsa_facts_2017(data_dir: Path | None = None) -> pd.DataFrame:
    """Return what was published on the crossing, one row a value of a fact.

    ``value`` is the printed text and ``reading`` (ordered category) how to read it;
    ``value_low`` and ``value_high`` are ``Float64`` in ``unit``. At most one row of a
    ``fact_id`` has ``preferred`` equal to ``yes``.
    """
    return table("jsa_facts_2017", data_dir)


def jsa_geometry(data_dir: Path | None = None) -> pd.DataFrame:
    """Return published distances and sizes at Panmunjom; columns as :func:`jsa_facts_2017`."""
    return table("jsa_geometry", data_dir)


def routes(data_dir: Path | None = None) -> pd.DataFrame:
    """Return the ways out of North Korea, indexed by ``route_id``.

    ``kind`` tells direct ways from others, ``route`` is the register's route. Columns ending in
    ``_printed`` hold the words of sources, ``_low`` and ``_high`` (``Int64``) the lowest and
    highest number in them: kilometres, days, US dollars.
    """
    return table("routes", data_dir).set_index("route_id")


def waypoints(data_dir: Path | None = None) -> gpd.GeoDataFrame:
    """Return the places on the routes in EPSG:4326, by route and ``stop``.

    Points stand for a town, county, province or country as ``precision`` says: draw arcs between
    them, never a path. Geometry is missing where there is no place.
    """
    return _with_points(table("waypoints", data_dir))


def nll_1953_points(data_dir: Path | None = None) -> gpd.GeoDataFrame:
    """Return the turning points of the Northern Limit Line of 1953 in EPSG:4326, from the east."""
    return _with_points(table("nll_1953_points", data_dir))


def report_claims(data_dir: Path | None = None) -> pd.DataFrame:
    """Return the claims of the news report of November 2017, indexed by ``claim_id``.

    Values as in :func:`jsa_facts_2017`; ``fact_id`` names the fact to hold the claim against.
    """
    return table("report_claims", data_dir).set_index("claim_id")


# Judgement as rows


def conflicts(data_dir: Path | None = None) -> pd.DataFrame:
    """Return contested values, one row a published value of one contested thing.

    ``conflict_id`` groups the values of one thing, ``record_table``, ``record_id``, ``field`` and
    ``topic`` name it. ``value`` is text, ``value_low`` and ``value_high`` are ``Float64`` in
    ``unit``; ``reason`` (ordered category, heaviest first) and ``chosen`` say which is taken: see
    :func:`helpers.data.conflicts.chosen`.
    """
    return table("conflicts", data_dir)


def corrections(data_dir: Path | None = None) -> pd.DataFrame:
    """Return corrections of single cells, indexed by ``correction_id``; values as text.

    ``status`` (ordered category) tells applied from rejected ones; ``old`` or ``new`` is missing
    where the cell was or became empty.
    """
    return table("corrections", data_dir).set_index("correction_id")


def exclusions(data_dir: Path | None = None) -> pd.DataFrame:
    """Return records and sources that were left out or merged, indexed by ``exclusion_id``.

    ``kind`` is an ordered category; ``kept_id`` names what stands for something merged.
    """
    return table("exclusions", data_dir).set_index("exclusion_id")


def claim_evidence(data_dir: Path | None = None) -> pd.DataFrame:
    """Return what speaks to the claims of the report, one row of a table or document a row.

    ``claim_id`` is a key of :func:`report_claims`; ``record_table`` and ``record_id`` name the
    row, ``stance`` (ordered category) how it stands to the claim; the verdict is computed by
    :func:`helpers.analysis.claims.weigh`.
    """
    return table("claim_evidence", data_dir)


def vocabularies(data_dir: Path | None = None) -> pd.DataFrame:
    """Return the lists of codes, one row a value that a coded column may hold, in order.

    ``label`` and ``definition`` are for people, ``role`` is the colour on charts.
    """
    return table("vocabularies", data_dir)

"""The crossing of 13 November 2017: its clock, its place, its rounds, how far sources differ."""

import itertools
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from helpers.data.tables.jsa import CLOCK, DAY, JSA_CRS, SPANS, WAY


def minute(clock: pd.Series) -> pd.Series:
    """Return clock times ``HH:MM`` as whole minutes after midnight (``Int64``, local time)."""
    parts = clock.astype("string").str.extract(r"^(\d\d):(\d\d)$").astype("Int64")
    return parts[0] * 60 + parts[1]


def source_count(source_ids: pd.Series, sources: pd.DataFrame) -> pd.Series:
    """Return how many independent sources each cell of ``;``-separated keys stands for.

    Documents that speak for one body count once: the source is ``speaks_for`` or, where that is
    empty, ``publisher``.

    Raises
    ------
    KeyError
        If a key is not in the registry.
    """
    voice = sources["speaks_for"].fillna(sources["publisher"])
    return source_ids.map(lambda keys: voice.loc[keys.split(";")].nunique()).astype("Int64")


def moments(
    timeline: pd.DataFrame, sources: pd.DataFrame, last_phase: str = "flown"
) -> pd.DataFrame:
    """Return the moments of the day with a clock time, up to the one that ends ``last_phase``.

    Returns
    -------
    pandas.DataFrame
        In order of ``seq``, with ``minute`` (after midnight, local time), ``approximate``,
        ``sources`` (count), ``slot`` (the share of its minute that a moment gets if all of that
        minute share it alike) and ``position`` (the middle of that slot, in minutes: the order
        inside a minute is known, the second is not) beside the columns of the timeline.
    """
    known = timeline["time_local"].notna() & (pd.to_datetime(timeline["date"]) == DAY)
    day = timeline[known].sort_values("seq", ignore_index=True)
    later = day["phase"].cat.codes > day["phase"].cat.categories.get_loc(last_phase)
    day = day[later.cumsum() <= 1]
    clock = minute(day["time_local"])
    slot = 1 / clock.groupby(clock).transform("size").astype(float)
    return day.assign(
        minute=clock,
        slot=slot,
        position=clock.astype(float) + slot * (clock.groupby(clock).cumcount() + 0.5),
        approximate=day["time_precision"].eq("approx"),
        sources=source_count(day["source_ids"], sources),
        phase=day["phase"].cat.remove_unused_categories(),
    )


def phases(day: pd.DataFrame) -> pd.DataFrame:
    """Return when each phase began and ended, a row a phase in order.

    A phase begins with its first moment and ends where the next begins, so the moment that ends
    the day's last phase opens none here. Clock times are known to the minute: a length of
    ``minutes`` stands for anything from ``minutes_low`` to ``minutes_high``.

    Returns
    -------
    pandas.DataFrame
        ``phase``, ``start``, ``end`` (minutes after midnight), ``minutes``, ``minutes_low``,
        ``minutes_high``, ``moments`` (count).
    """
    groups = day.groupby("phase", observed=True)["minute"]
    frame = groups.agg(start="min", moments="size").reset_index()
    frame.insert(2, "end", frame["start"].shift(-1))
    frame.insert(3, "minutes", frame["end"] - frame["start"])
    frame.insert(4, "minutes_low", (frame["minutes"] - 1).clip(lower=0))
    frame.insert(5, "minutes_high", frame["minutes"] + 1)
    frame = frame.iloc[:-1]
    return frame.assign(phase=frame["phase"].cat.remove_unused_categories())


def zoom_end(phases: pd.DataFrame, short: int = 5) -> int:
    """Return the minute to which a close-up of the first, short phases runs.

    Two minutes into the first phase that lasts longer than ``short`` minutes, so that the start of
    the wait can be seen; to the end if there is none.
    """
    long = phases[phases["minutes"] > short]
    return int(long["start"].iloc[0] + 2 if len(long) else phases["end"].iloc[-1])


def is_preferred(facts: pd.DataFrame) -> pd.Series:
    """Return, for each printed value, whether it is the preferred one of its fact."""
    return facts["preferred"].astype(str).eq("yes")


def preferred(facts: pd.DataFrame, fact: str) -> pd.Series:
    """Return the preferred row of ``fact``.

    Raises
    ------
    LookupError
        If the fact has no preferred value, or more than one.
    """
    rows = facts[facts["fact_id"].eq(fact) & is_preferred(facts)]
    if len(rows) != 1:
        raise LookupError(f"{fact} has {len(rows)} preferred values, expected 1")
    return rows.iloc[0]


def clock_spread(facts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the published clock times of every moment for which more than one is published.

    Returns
    -------
    pandas.DataFrame
        ``fact_id``, ``label``, ``value`` (HH:MM), ``minute``, ``minutes_off`` (from the preferred
        value), ``sources`` (count), ``preferred``; facts in order of the clock, values early to
        late.
    """
    rows = facts[facts["value"].astype("string").str.fullmatch(CLOCK)]
    rows = rows[rows.groupby("fact_id")["value"].transform("nunique") > 1]
    rows = rows.assign(
        minute=minute(rows["value"]),
        sources=source_count(rows["source_ids"], sources),
        preferred=is_preferred(rows),
    )
    anchor = rows[rows["preferred"]].set_index("fact_id")["minute"]
    rows = rows.assign(anchor=rows["fact_id"].map(anchor))
    rows["minutes_off"] = (rows["minute"] - rows["anchor"]).astype("Int64")
    rows = rows.sort_values(["anchor", "minute"], ignore_index=True)
    return rows[["fact_id", "label", "value", "minute", "minutes_off", "sources", "preferred"]]


def hit_shares(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the share of rounds that hit, for each published whole number of wounds.

    The rounds shared shooters, range and seconds and are no independent trials, so the share has
    no interval: the doubt is which number is right.

    Returns
    -------
    pandas.DataFrame
        ``hits``, ``rounds``, ``share``, ``preferred``; fewest hits first.
    """
    rounds = int(preferred(facts, "shots_fired_kpa")["value_low"])
    best = int(preferred(facts, "gunshot_wounds")["value_low"])
    wounds = facts[facts["fact_id"].eq("gunshot_wounds")]
    ends = pd.concat([wounds["value_low"], wounds["value_high"]]).dropna().astype(int)
    frame = pd.DataFrame({"hits": sorted(set(ends)), "rounds": rounds})
    return frame.assign(share=frame["hits"] / rounds, preferred=frame["hits"].eq(best))


def hit_share_bounds(facts: pd.DataFrame, rounds_to: int = 10) -> pd.DataFrame:
    """Return the share that the published numbers leave open: rows ``lowest`` and ``highest``.

    "About 40" is taken as a number rounded to the nearest ``rounds_to``: 35 to 44. Columns
    ``hits``, ``rounds``, ``share``.
    """
    shares = hit_shares(facts)
    about = int(shares["rounds"].iloc[0])
    half = rounds_to // 2
    rows = {
        "lowest": (int(shares["hits"].min()), about + half - 1),
        "highest": (int(shares["hits"].max()), about - half),
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["hits", "rounds"])
    return frame.assign(share=frame["hits"] / frame["rounds"]).rename_axis("case")


def _axes(places: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hut T2, and steps of a metre along the straight line (east) and north of it."""
    bridge, hut = _point(places, "bridge_no_return"), _point(places, "t2")
    along = (hut - bridge) / np.hypot(*(hut - bridge))
    return hut, along, np.array([-along[1], along[0]])


def _point(places: gpd.GeoDataFrame, name: str) -> np.ndarray:
    return shapely.get_coordinates(places.geometry.loc[name])[0]


def beside(places: gpd.GeoDataFrame, along_m: float, north_m: float) -> np.ndarray:
    """Return the point ``along_m`` along the straight line from T2 and ``north_m`` north of it."""
    hut, along, north = _axes(places)
    return hut + along_m * along + north_m * north


def line(places: gpd.GeoDataFrame, beyond_m: float = 0.0) -> shapely.LineString:
    """Return the Military Demarcation Line inside the JSA, straight, in EPSG:5186.

    It runs from the middle of the Bridge of No Return to hut T2, and ``beyond_m`` further east.
    """
    return shapely.LineString([_point(places, "bridge_no_return"), beside(places, beyond_m, 0)])


def places(landmarks: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the located landmarks in EPSG:5186, indexed by ``landmark_id``.

    Adds ``along_m`` (metres along the line from T2, east positive) and ``north_m`` (metres from
    the line, north positive), both from the straight line of :func:`line`.
    """
    frame = landmarks[landmarks.geometry.notna()].to_crs(JSA_CRS)
    hut, along, north = _axes(frame)
    offsets = shapely.get_coordinates(frame.geometry) - hut
    return frame.assign(along_m=offsets @ along, north_m=offsets @ north)


def huts(places: gpd.GeoDataFrame, geometry: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return schematic outlines of huts T1 to T3 in EPSG:5186, square to the line.

    Length is that of the passage between T2 and T3, width the spacing of the hut points less the
    width of the passage: published sizes of the huts themselves were not found.
    """
    length = float(metres(geometry, "t2_t3_passage_length")["low"].iloc[0])
    passage = float(metres(geometry, "t2_t3_passage_width")["low"].iloc[0])
    along = places.loc[["t1", "t2", "t3"], "along_m"]
    width = float(along.diff().mean()) - passage
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    shapes = [
        shapely.Polygon([beside(places, at + x * width / 2, y * length / 2) for x, y in corners])
        for at in along
    ]
    return gpd.GeoDataFrame({"landmark_id": along.index}, geometry=shapes, crs=places.crs)


def metres(geometry: pd.DataFrame, fact: str) -> pd.DataFrame:
    """Return the published values of one distance in metres: ``low``, ``high``.

    Raises
    ------
    LookupError
        If none of them is a number in metres.
    """
    rows = geometry[geometry["fact_id"].eq(fact) & geometry["value_low"].notna()]
    scale = rows["unit"].astype("string").str.split().str[0].map({"m": 1.0, "yd": 0.9144})
    rows = rows.assign(scale=scale.astype(float))[scale.notna()]
    if rows.empty:
        raise LookupError(f"no value of {fact} in metres")
    ends = {"low": rows["value_low"], "high": rows["value_high"]}
    table = pd.DataFrame({name: end.astype(float) * rows["scale"] for name, end in ends.items()})
    return table.reset_index(drop=True)


def way(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the legs of his way as straight lines between landmarks, EPSG:5186.

    Returns
    -------
    geopandas.GeoDataFrame
        ``leg``, ``metres`` (length as drawn), geometry. The drive keeps to no surveyed road and
        the position of the other legs along the line is assumed.
    """
    shapes = [shapely.LineString([_point(places, stop) for stop in stops]) for _, stops in WAY]
    legs = [leg for leg, _ in WAY]
    lengths = [shape.length for shape in shapes]
    return gpd.GeoDataFrame({"leg": legs, "metres": lengths}, geometry=shapes, crs=places.crs)


def run_lengths(places: gpd.GeoDataFrame, geometry: pd.DataFrame) -> pd.DataFrame:
    """Return the shortest and longest straight run that the published distances leave open.

    The shortest goes square over the line; the longest is shifted along it by the uncertainty of
    both ends, since only the distances from the line are published.

    Returns
    -------
    pandas.DataFrame
        Rows ``shortest`` and ``longest``: ``north_m``, ``south_m``, ``sideways_m``, ``run_m``.
    """
    north = metres(geometry, "jeep_to_mdl")
    south = metres(geometry, "fall_point_south_of_mdl")
    sideways = float(places.loc[["jeep_stuck", "fall_point"], "uncertainty_m"].sum())
    table = {
        "north_m": [north["low"].min(), north["high"].max()],
        "south_m": [south["low"].min(), south["high"].max()],
        "sideways_m": [0.0, sideways],
    }
    frame = pd.DataFrame(table, pd.Index(["shortest", "longest"], name="case"))
    return frame.assign(run_m=np.hypot(frame["north_m"] + frame["south_m"], frame["sideways_m"]))


def line_gaps(places: gpd.GeoDataFrame, other: gpd.GeoDataFrame, step_m: float = 5.0) -> pd.Series:
    """Return how far another drawing of the line lies from the straight one, in metres.

    Returns
    -------
    pandas.Series
        ``at_hut`` (T2), ``at_crossing``, ``largest`` between the bridge and T2.
    """
    drawn, straight = other.to_crs(places.crs).union_all(), line(places)
    along = straight.interpolate(np.arange(0, straight.length, step_m))
    return pd.Series(
        {
            "at_hut": drawn.distance(places.geometry["t2"]),
            "at_crossing": drawn.distance(places.geometry["mdl_crossing"]),
            "largest": float(shapely.distance(along, drawn).max()),
        },
        name="metres",
    )


OUTLINES = (
    ("circle, radius {0:.0f} m, round the huts", ["jsa_shape_circle_radius"], "t2"),
    ("circle, {0:.0f} m across", ["jsa_shape_circle_diameter"], "jsa_point_ko"),
    ("{0:.0f} by {1:.0f} m", ["jsa_shape_rectangle_east_west", "jsa_shape_rectangle_north_south"],
     "jsa_point_ko"),
)  # fmt: skip


def outlines(places: gpd.GeoDataFrame, geometry: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the outlines of the JSA that are published, EPSG:5186.

    Sources give size and shape; only the first says where the middle is (the huts). The others are
    laid round the centre point of the Korean reference work. An outline is left out where the size
    or the place is not in the tables.

    Returns
    -------
    geopandas.GeoDataFrame
        ``outline``, ``centre`` (published or assumed), ``hectares``, ``bridges_inside`` (of those
        that are located), geometry.
    """
    rows = []
    for name, needed, middle in OUTLINES:
        if middle not in places.index or not set(needed) <= set(geometry["fact_id"]):
            continue
        centre = places.geometry[middle]
        for sizes in itertools.product(*(metres(geometry, fact)["low"] for fact in needed)):
            shape = _outline(needed[0], centre, sizes)
            basis = "published" if middle == "t2" else "assumed"
            rows.append((name.format(*sizes), basis, shape))
    frame = gpd.GeoDataFrame(rows, columns=["outline", "centre", "geometry"], crs=places.crs)
    bridges = places.geometry[places.index.isin(["bridge_no_return", "bridge_72h"])]
    inside = [sum(shape.covers(bridge) for bridge in bridges) for shape in frame.geometry]
    return frame.assign(hectares=frame.area / 10_000, bridges_inside=inside)


def _outline(kind: str, centre: shapely.Point, sizes: tuple[float, ...]) -> shapely.Polygon:
    if "rectangle" in kind:
        x, y = (size / 2 for size in sizes)
        return shapely.box(centre.x - x, centre.y - y, centre.x + x, centre.y + y)
    return centre.buffer(sizes[0] / (2 if "diameter" in kind else 1), 64)


def stuck_readings(facts: pd.DataFrame) -> pd.DataFrame:
    """Return how long the jeep was driven and stood, for each time in print of its stop.

    Returns
    -------
    pandas.DataFrame
        ``stopped`` (HH:MM), ``driven_minutes`` (since first seen), ``stood_minutes`` (until he
        crossed), ``preferred``; seen and crossed at the preferred times.
    """
    seen, crossed = (_clock(facts, name) for name in ("first_seen_on_camera", "mdl_crossing_time"))
    rows = facts[facts["fact_id"].eq("jeep_stuck_time")].reset_index(drop=True)
    stopped = minute(rows["value"])
    return (
        rows[["value"]]
        .rename(columns={"value": "stopped"})
        .assign(
            driven_minutes=stopped - seen,
            stood_minutes=crossed - stopped,
            preferred=is_preferred(rows),
        )
    )


def _clock(facts: pd.DataFrame, fact: str) -> int:
    """Return the preferred clock time of a fact in minutes after midnight."""
    return minute(pd.Series([preferred(facts, fact)["value"]]))[0]


def durations(facts: pd.DataFrame, spans: Mapping[str, tuple[str, str]] = SPANS) -> pd.DataFrame:
    """Return the minutes between two moments: as preferred, by rounding, over all published values.

    Returns
    -------
    pandas.DataFrame
        Index ``span``; ``start``, ``end``, ``minutes``, ``rounding_low``, ``rounding_high`` (both
        clocks cut or rounded to the minute), ``published_low``, ``published_high`` (any published
        value with any other).
    """
    rows = []
    for start, end in spans.values():
        starts, ends = (
            minute(facts.loc[facts["fact_id"].eq(name), "value"]) for name in (start, end)
        )
        length = _clock(facts, end) - _clock(facts, start)
        widest = ends.min() - starts.max(), ends.max() - starts.min()
        rows.append((start, end, length, length - 1, length + 1, *widest))
    columns = ["start", "end", "minutes", "rounding_low", "rounding_high"]
    columns += ["published_low", "published_high"]
    return pd.DataFrame(rows, pd.Index(list(spans), name="span"), columns)

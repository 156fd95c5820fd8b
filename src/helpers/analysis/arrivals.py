"""Arrivals in the South by period, where they came from, and the routes through China.

Frames come from the loaders of :mod:`helpers.load`. The three series of yearly arrivals are never
added to each other, and counts of different kinds never joined.
"""

import itertools

import pandas as pd

from helpers.data.vocab import (
    ArrivalSeries,
    Country,
    Coverage,
    FigureStatus,
    ProfileDimension,
    ProfilePopulation,
    Route,
    RouteKind,
    WaypointRole,
)

PROVINCES = {
    "north_hamgyong": "KP-09", "ryanggang": "KP-10", "south_hamgyong": "KP-08",
    "south_pyongan": "KP-02", "north_pyongan": "KP-03", "pyongyang": "KP-01", "kangwon": "KP-07",
    "south_hwanghae": "KP-05", "north_hwanghae": "KP-06", "jagang": "KP-04",
}  # fmt: skip
"""Provinces of the profile that the map layer has a shape for, by their ISO 3166-2 code."""

LEAST_ADDED = 500
"""People that two profiles must lie apart, or the shares of those added hang on one family."""

EXITS = {
    "CHN": "China", "HKG": "China", "VNM": "Vietnam and Cambodia", "KHM": "Vietnam and Cambodia",
    "LAO": "Laos and Thailand", "THA": "Laos and Thailand",
}  # fmt: skip
"""Countries that people left for the South and that are shown together, by their code."""


def official(annual: pd.DataFrame) -> pd.DataFrame:
    """Return the ministry's series of arrivals, the only one that adds up by itself.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``first_year`` (``<NA>``: open), ``last_year``, ``years`` (1 for a year, 0
        where the start is open), ``people``, ``men``, ``women`` (persons, sexes ``<NA>`` where not
        published), ``women_share`` (0 to 1), ``status``; in order of time.
    """
    rows = annual[annual["series"].eq(ArrivalSeries.OFFICIAL_MAIN.value)]
    rows = rows.rename(columns={"period_start": "first_year", "period_end": "last_year"})
    table = rows[["period", "first_year", "last_year", "people", "men", "women", "status"]]
    years = (rows["last_year"] - rows["first_year"] + 1).fillna(0).astype(float)
    share = rows["women"].astype(float) / rows["people"].astype(float)
    table = table.astype({"last_year": int, "people": int, "men": "Int64", "women": "Int64"})
    table = table.astype({"status": str})
    table.insert(3, "years", years)
    table.insert(7, "women_share", share)
    return table.sort_values("last_year", ignore_index=True)


def single_years(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`official` that are one year, indexed by ``year``."""
    rows = table[table["years"].eq(1)]
    return rows.set_index(rows["last_year"].rename("year"))


def parts(quarterly: pd.DataFrame) -> pd.DataFrame:
    """Return quarters, and halves where not both of their quarters are known: no month twice.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``part``, ``month`` (the first, 1 to 12), ``months`` (3 or 6), ``people``,
        ``men``, ``women`` (persons, sexes ``<NA>`` where not published), ``status``; in order of
        time.
    """
    part = quarterly["part"].astype(str)
    number, whole = part.str[1].astype(int), part.str.startswith("h")
    half = number.where(whole, (number + 1) // 2)
    groups = [quarterly["year"], half]
    both = (~whole).groupby(groups).transform("sum").eq(2)
    halved = whole.groupby(groups).transform("any")
    rows = quarterly[(whole & ~both) | (~whole & (both | ~halved))]
    months = whole.map({True: 6, False: 3})
    table = rows[["year", "people", "men", "women"]].astype({"year": int, "people": int})
    table.insert(1, "part", part)
    table.insert(2, "month", (number - 1) * months + 1)
    table.insert(3, "months", months)
    table["status"] = rows["status"].astype(str)
    return table.sort_values(["year", "month"], ignore_index=True)


def with_running_year(table: pd.DataFrame, pieces: pd.DataFrame) -> pd.DataFrame:
    """Return :func:`official` with a row for each later year of which only parts are published.

    Its ``period`` names the parts, its ``years`` are the share of the year that they cover.
    """
    later = pieces[pieces["year"].gt(table["last_year"].max())]
    if later.empty:
        return table
    years = later.groupby("year")
    whole = {name: years[name].agg(lambda cells: cells.sum(skipna=False))
             for name in ("people", "men", "women")}  # fmt: skip
    rows = pd.DataFrame(whole).astype({"men": "Int64", "women": "Int64"}).reset_index()
    parts = years["part"].agg(" ".join).tolist()
    rows = rows.assign(
        period=rows["year"].astype(str) + " " + parts,
        first_year=rows["year"],
        last_year=rows["year"],
        years=years["months"].sum().to_numpy() / 12,
        women_share=rows["women"].astype(float) / rows["people"].where(rows["people"] > 0),
        status=FigureStatus.PUBLISHED.value,
    )
    return pd.concat([table, rows[table.columns].astype(table.dtypes)], ignore_index=True)


def origin_lists(profile: pd.DataFrame, checks: pd.DataFrame) -> list[str]:
    """Return the months of the full lists of all arrivals by province, in order."""
    full = checks[
        checks["dimension"].eq(ProfileDimension.PROVINCE_OF_ORIGIN.value)
        & checks["coverage"].eq(Coverage.FULL_LIST.value)
        & checks["compared_people"].gt(0).fillna(False)
    ]["as_of"]
    rows = profile[
        profile["dimension"].eq(ProfileDimension.PROVINCE_OF_ORIGIN.value)
        & profile["population"].eq(ProfilePopulation.ALL_ARRIVALS.value)
        & profile["people"].notna()
    ]["as_of"]
    return sorted(set(full) & set(rows))


def origin(profile: pd.DataFrame, checks: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return who had come from which province by ``as_of`` of :func:`origin_lists`, most first.

    Returns
    -------
    pandas.DataFrame
        Index ``category``, last ``not_listed`` (the published total less the listed groups);
        ``people``, ``men``, ``women`` (persons), ``share`` (of the published total, 0 to 1),
        ``iso_3166_2`` (missing where the map has no shape).
    """
    rows = _origin(profile, as_of)[["people", "men", "women"]].astype("Int64")
    check = checks[
        checks["as_of"].eq(as_of)
        & checks["dimension"].eq(ProfileDimension.PROVINCE_OF_ORIGIN.value)
    ].iloc[0]
    table = rows.sort_values("people", ascending=False, kind="stable")
    table.loc["not_listed"] = [check["compared_people"] - rows["people"].sum(), pd.NA, pd.NA]
    codes = pd.Series(PROVINCES).reindex(table.index)
    share = table["people"].astype(float) / float(check["compared_people"])
    return table.assign(share=share, iso_3166_2=codes)


def _origin(profile: pd.DataFrame, as_of: str) -> pd.DataFrame:
    rows = profile[
        profile["as_of"].eq(as_of)
        & profile["dimension"].eq(ProfileDimension.PROVINCE_OF_ORIGIN.value)
        & profile["people"].notna()
    ]
    return rows.set_index(rows["category"].astype(str).rename("category"))


def origin_change(profile: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """Return who was added between two profiles, by province; groups listed in both only.

    Returns
    -------
    pandas.DataFrame
        Index ``category``; ``before``, ``after``, ``added`` (persons), ``share_before`` (of those
        listed in both, 0 to 1), ``share_added`` (of those added); most added first.
    """
    ends = {"before": _origin(profile, before), "after": _origin(profile, after)}
    table = pd.DataFrame({name: rows["people"] for name, rows in ends.items()}).dropna().astype(int)
    table = table.assign(added=table["after"] - table["before"])
    for name in ("before", "added"):
        table[f"share_{name}"] = table[name] / table[name].sum()
    return table.sort_values("added", ascending=False, kind="stable")


def earlier_list(profile: pd.DataFrame, lists: list[str]) -> str | None:
    """Return the latest list that is ``LEAST_ADDED`` people short of the last, or None."""
    added = {month: origin_change(profile, month, lists[-1])["added"].sum() for month in lists[:-1]}
    return next((month for month in reversed(added) if added[month] >= LEAST_ADDED), None)


def bounds(frame: pd.DataFrame, name: str = "value") -> pd.DataFrame:
    """Return the frame with what was said (``name_low``, ``_best``, ``_high``) as ends of a range.

    Adds ``low``, ``high`` (float, missing where no such end was given), ``point`` (the one
    number said, or the best), ``open`` (``up`` for "more than", ``down`` for "up to", else empty).
    """
    low, best, high = (frame[f"{name}_{end}"].astype("float64") for end in ("low", "best", "high"))
    alone = best.isna()
    way = pd.Series("", index=frame.index)
    way = way.mask(alone & low.notna() & high.isna(), "up")
    way = way.mask(alone & low.isna() & high.notna(), "down")
    return frame.assign(
        low=low.fillna(best), high=high.fillna(best), point=best, open=way.to_numpy()
    )


def year_of(dates: pd.Series) -> pd.Series:
    """Return the middle of partial dates as years with a fraction: 2010-04 is 2010.29."""
    spans = dates.map(pd.Period, na_action="ignore")
    middle = spans.map(lambda span: span.start_time + (span.end_time - span.start_time) / 2,
                       na_action="ignore")  # fmt: skip
    middle = pd.to_datetime(middle)
    return middle.dt.year + (middle.dt.day_of_year - 0.5) / 365.25


def through_china(routes: pd.DataFrame, waypoints: pd.DataFrame) -> pd.DataFrame:
    """Return the routes that lead through China to the South, with the country people left.

    Returns
    -------
    pandas.DataFrame
        Index ``route_id``; ``name``, ``kind``, ``period_main``, ``exit`` (code of the country of
        the last exit), ``group`` (countries shown together), ``sources`` (documents); the groups
        in order of the first year in ``period_main``, on average of their routes, and within a
        group the best documented first.
    """
    exits = waypoints[waypoints["role"].eq(WaypointRole.EXIT.value)].sort_values("stop")
    last = exits.groupby("route_id")["country"].last().astype(str)
    table = routes[routes["route"].eq(Route.CHINA_BORDER.value) & routes.index.isin(last.index)]
    labels = {term.value: term.label for term in Country} | EXITS
    table = table.assign(exit=last, group=last.map(labels))
    years = table["period_main"].str.extract(r"(\d{4})", expand=False).astype(float)
    table = table.assign(
        sources=table["source_ids"].str.count(";") + 1,
        order=years.groupby(table["group"]).transform("mean"),
    )
    table = table.sort_values(["order", "group", "sources"], ascending=[True, True, False])
    return table[["name", "kind", "period_main", "exit", "group", "sources"]]


def legs(through: pd.DataFrame, waypoints: pd.DataFrame) -> pd.DataFrame:
    """Return the routes of :func:`through_china` as legs from country to country, group by group.

    A leg joins two countries and nothing finer. All start in the North. A leg is flown (or sailed)
    once a place to leave from has been reached in its first country. Transit countries of the
    mission route are stops of different people: each gets a leg of its own from China.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``origin``, ``target`` (codes of countries), ``flown``; no leg twice in a group.
    """
    rows = []
    for route_id, route in through.iterrows():
        stops = waypoints[waypoints["route_id"].eq(route_id)].sort_values("stop")
        apart = route["kind"] == RouteKind.MISSION.value
        rows += [(route["group"], *leg) for leg in _legs(stops, apart)]
    table = pd.DataFrame(rows, columns=["group", "origin", "target", "flown"])
    return table.drop_duplicates(ignore_index=True)


def _legs(stops: pd.DataFrame, apart: bool) -> list[tuple[str, str, bool]]:
    """Return the legs of one route: origin, target, whether flown."""
    countries = list(dict.fromkeys(["PRK", "CHN", *stops["country"].astype(str)]))
    exits = set(stops.loc[stops["role"].eq(WaypointRole.EXIT.value), "country"].astype(str))
    last = countries[-1]
    chains = [countries]
    start = [code for code in countries[:-1] if code == "PRK" or code in exits]
    if apart and len(start) < len(countries) - 1:
        chains = [[*start, code, last] for code in countries[len(start) : -1]]
    rows = []
    for chain in chains:
        left = False
        for origin_code, target in itertools.pairwise(chain):
            left |= origin_code in exits
            rows.append((origin_code, target, left))
    return rows

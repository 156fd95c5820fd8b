"""Arrivals in the South, where they came from and through, what the way costs, who stays behind.

Frames come from the loaders of :mod:`helpers.load`. The three series of yearly arrivals are never
added to each other, counts of different kinds never joined, currencies never converted.
"""

from __future__ import annotations

import itertools

import pandas as pd

from helpers.vocab import (
    ArrivalMeasure,
    ArrivalSeries,
    OfficialMeasure,
    PeriodPart,
    ProfileDimension,
    RevisionStanding,
    RouteKind,
    RouteMeasure,
    RoutePlace,
    ShareMeasure,
    WaypointRole,
)

QUARTERS = [PeriodPart.Q1, PeriodPart.Q2, PeriodPart.Q3, PeriodPart.Q4]

EVENTS = {
    "2002-03-14-spanish-embassy-entry-in-beijing": "rush into missions\nin Beijing",
    "2004-07-27-468-people-airlifted-from-vietnam": "airlift from\nVietnam",
    "2008-03-pre-olympic-sweep-in-china": "sweep before\nthe Olympics",
    "2011-12-17-kim-jong-il-dies-kim": "Kim Jong-il dies,\nborder hardened",
    "2020-01-north-korea-closes-its-borders": "North closes\nits borders",
    "2023-07-01-chinas-revised-counter-espionage-law": "China's law on\nespionage",
}
"""Events at the border that the chart of arrivals names, with words that fit it.

The choice is ours, from the table of border events: what opened or closed a way for many at once.
"""

PROVINCES = {
    "north_hamgyong": "KP-09",
    "ryanggang": "KP-10",
    "south_hamgyong": "KP-08",
    "south_pyongan": "KP-02",
    "north_pyongan": "KP-03",
    "pyongyang": "KP-01",
    "kangwon": "KP-07",
    "south_hwanghae": "KP-05",
    "north_hwanghae": "KP-06",
    "jagang": "KP-04",
}
"""Provinces of the profile that the map layer has a shape for, by their ISO 3166-2 code."""

ERAS = {
    "Missions in China": ["cn_embassy"],
    "Mongolia": ["cn_mongolia_gobi", "cn_mongolia_east"],
    "Vietnam and Cambodia": ["cn_vietnam_hanoi", "cn_vietnam_cambodia"],
    "Laos and Thailand": [
        "cn_laos_thailand",
        "cn_laos_vientiane",
        "cn_vietnam_laos_thailand",
        "cn_myanmar_thailand",
    ],
}
"""The ways through China by the country that people were let go from, in order of their time."""

TRANSIT_ELSEWHERE = {
    RouteMeasure.ENTRIES_RECORDED: "entries recorded",
    RouteMeasure.MISSION_EXITS: "let go",
    RouteMeasure.AIRLIFT: "flown out",
    RouteMeasure.PROCESSED: "passed through",
    RouteMeasure.ARRIVALS_FROM: "arrivals from there",
}
"""What is counted of people on the way outside Thailand, with a word for it."""


# Arrivals by year and quarter ---------------------------------------------------------------------


def official(annual: pd.DataFrame) -> pd.DataFrame:
    """Return the ministry's series of arrivals, the only one that adds up by itself.

    Parameters
    ----------
    annual : pandas.DataFrame
        As :func:`helpers.load.arrivals_annual` gives it.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``first_year`` (``<NA>``: open), ``last_year``, ``years`` (1 for a year, 0
        where the start is open), ``people``, ``men``, ``women`` (persons), ``women_share`` (0 to
        1), ``status``; in order of time.
    """
    rows = annual[annual["series"].eq(ArrivalSeries.OFFICIAL_MAIN.value)]
    years = (rows["period_end"] - rows["period_start"] + 1).fillna(0).astype(int)
    table = pd.DataFrame(
        {
            "period": rows["period"],
            "first_year": rows["period_start"],
            "last_year": rows["period_end"].astype(int),
            "years": years,
            "people": rows["people"].astype(int),
            "men": rows["men"].astype(int),
            "women": rows["women"].astype(int),
            "status": rows["status"].astype(str),
        }
    )
    table.insert(7, "women_share", table["women"] / table["people"])
    return table.sort_values("last_year", ignore_index=True)


def single_years(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`official` that are one year, indexed by ``year``."""
    rows = table[table["years"].eq(1)]
    return rows.set_index(rows["last_year"].rename("year"))


def early_detail(annual: pd.DataFrame) -> pd.DataFrame:
    """Return the finer early counts: ``period``, ``first_year``, ``last_year``, ``people``."""
    rows = annual[annual["series"].eq(ArrivalSeries.EARLY_DETAIL.value)]
    table = rows[["period", "period_start", "period_end", "people", "status"]]
    table = table.rename(columns={"period_start": "first_year", "period_end": "last_year"})
    return table.astype({"status": str}).reset_index(drop=True)


def sums_checked(annual: pd.DataFrame) -> pd.DataFrame:
    """Return each published total beside the sum of the rows of one series inside it.

    Returns
    -------
    pandas.DataFrame
        ``what`` (the total), ``series`` (whose rows are added), ``published``, ``added``,
        ``difference`` (persons). The buckets of the official series and the check totals are
        compared with the series that is finer there.
    """
    main, early = official(annual), early_detail(annual)
    totals = annual[annual["series"].eq(ArrivalSeries.CHECK_TOTAL.value)]
    rows = [
        _compared(f"bucket {row.period}", row.first_year, row.last_year, row.people, early)
        for row in main[main["years"].ne(1)].itertuples()
    ]
    for row in totals.itertuples():
        finer = main if pd.isna(row.period_start) else early
        rows.append(
            _compared(f"total {row.period}", row.period_start, row.period_end, row.people, finer)
        )
    table = pd.DataFrame(rows, columns=["what", "series", "published", "added"])
    return table.assign(difference=table["added"] - table["published"])


def _compared(what: str, first: object, last: int, people: int, finer: pd.DataFrame) -> tuple:
    """Return a total with the sum of the rows of ``finer`` that lie within its years."""
    inside = finer["last_year"].le(last)
    if not pd.isna(first):
        inside &= finer["first_year"].ge(first).fillna(False)
    name = "official series" if "women" in finer else "early detail"
    return what, name, int(people), int(finer.loc[inside, "people"].sum())


def in_print(revisions: pd.DataFrame) -> pd.DataFrame:
    """Return every value that was printed for a whole year as its arrivals.

    Misprints are left out: they never were a figure of the ministry.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``people``, ``published``, ``current`` (whether in force), largest first.
    """
    whole = revisions["period"].str.fullmatch(r"\d{4}") & revisions["measure"].eq(
        ArrivalMeasure.ARRIVALS.value
    )
    rows = revisions[whole & revisions["standing"].ne(RevisionStanding.MISPRINT.value)]
    table = pd.DataFrame(
        {
            "year": rows["period"].astype(int),
            "people": rows["people"].astype(int),
            "published": rows["published"],
            "current": rows["standing"].eq(RevisionStanding.CURRENT.value),
        }
    )
    return table.sort_values(["year", "people"], ascending=[True, False], ignore_index=True)


def year_ranges(table: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """Return each single year with the least and the most ever printed for it.

    Returns
    -------
    pandas.DataFrame
        Index ``year``; ``people`` (in force), ``least``, ``most`` (persons), ``values`` (how many
        different numbers).
    """
    current = single_years(table)["people"]
    every = pd.concat(
        [printed[["year", "people"]], current.rename_axis("year").reset_index()]
    ).drop_duplicates()
    groups = every.groupby("year")["people"]
    spread = pd.DataFrame({"least": groups.min(), "most": groups.max(), "values": groups.size()})
    return pd.DataFrame({"people": current}).join(spread)


def direct_share(totals: pd.DataFrame, table: pd.DataFrame, series: str = "jcs_2015") -> pd.Series:
    """Return how many of the arrivals came direct, in the whole years of one official release.

    Parameters
    ----------
    totals : pandas.DataFrame
        As :func:`helpers.load.official_totals` gives it.
    table : pandas.DataFrame
        As :func:`official` gives it.
    series : str
        The release; releases have different definitions and are not joined.

    Returns
    -------
    pandas.Series
        ``first``, ``last`` (years), ``people`` (direct), ``arrivals`` (persons), ``share``.
    """
    rows = totals[
        totals["series"].eq(series)
        & totals["measure"].eq(OfficialMeasure.DIRECT_ALL.value)
        & totals["unit"].eq("people")
        & totals["period"].str.fullmatch(r"\d{4}")
    ]
    years = rows["period"].astype(int)
    people, every = int(rows["value_best"].sum()), single_years(table).loc[years, "people"].sum()
    return pd.Series(
        {
            "first": years.min(),
            "last": years.max(),
            "people": people,
            "arrivals": every,
            "share": people / every,
        },
        dtype=object,
    )


def quarters(quarterly: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return arrivals by quarter from the year ``first`` to ``last``; halves are left out.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``quarter`` (1 to 4), ``people``, ``men``, ``women`` (persons, ``Int64``),
        ``derived`` (people are a difference), ``split`` (``published``, ``derived``,
        ``not_published``).
    """
    parts = {part.value: number for number, part in enumerate(QUARTERS, 1)}
    kept = quarterly["part"].isin(parts) & quarterly["year"].between(first, last)
    rows = quarterly[kept]
    table = pd.DataFrame(
        {
            "year": rows["year"].astype(int),
            "quarter": rows["part"].astype(str).map(parts).astype(int),
            "people": rows["people"].astype(int),
            "men": rows["men"],
            "women": rows["women"],
            "derived": rows["status"].eq("derived"),
            "split": rows["split_status"].astype(str),
        }
    )
    return table.sort_values(["year", "quarter"], ignore_index=True)


def events(border: pd.DataFrame) -> pd.DataFrame:
    """Return the events that the chart of arrivals names, in order of date.

    Returns
    -------
    pandas.DataFrame
        ``event_id``, ``date`` (as printed), ``when`` (year with a fraction), ``words``.

    Raises
    ------
    KeyError
        If one of ``EVENTS`` is not in the table.
    """
    rows = border.set_index("event_id")["date"].loc[list(EVENTS)]
    table = pd.DataFrame({"date": rows, "when": rows.map(_start), "words": pd.Series(EVENTS)})
    return table.loc[list(EVENTS)].rename_axis("event_id").reset_index().sort_values("when")


# Origin -------------------------------------------------------------------------------------------


def origin(profile: pd.DataFrame, checks: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return who had come from which province by the month ``as_of``, most first.

    Parameters
    ----------
    profile, checks : pandas.DataFrame
        As :func:`helpers.load.profile_cumulative` and :func:`helpers.load.profile_checks` give
        them.
    as_of : str
        Month of the profile.

    Returns
    -------
    pandas.DataFrame
        Index ``category``, last ``not_listed`` (the published total less the listed groups);
        ``people``, ``men``, ``women`` (persons, sexes ``<NA>`` for the rest), ``share`` (of the
        published total, 0 to 1), ``iso_3166_2`` (missing where the map has no shape).
    """
    rows = _origin(profile, as_of)[["people", "men", "women"]]
    check = checks[
        checks["as_of"].eq(as_of)
        & checks["dimension"].eq(ProfileDimension.PROVINCE_OF_ORIGIN.value)
    ].iloc[0]
    table = rows.sort_values("people", ascending=False, kind="stable")
    table.loc["not_listed"] = [-check["difference_people"], pd.NA, pd.NA]
    codes = pd.Series(PROVINCES).reindex(table.index)
    share = table["people"].astype(float) / float(check["compared_people"])
    return table.assign(share=share, iso_3166_2=codes)


def _origin(profile: pd.DataFrame, as_of: str) -> pd.DataFrame:
    rows = profile[
        profile["as_of"].eq(as_of)
        & profile["dimension"].eq(ProfileDimension.PROVINCE_OF_ORIGIN.value)
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
    table = pd.DataFrame(
        {
            "before": _origin(profile, before)["people"],
            "after": _origin(profile, after)["people"],
        }
    ).dropna()
    table = table.astype(int).assign(added=table["after"] - table["before"])
    return table.assign(
        added=table["added"].astype(int),
        share_before=table["before"] / table["before"].sum(),
        share_added=(table["added"] / table["added"].sum()).astype(float),
    ).sort_values("added", ascending=False, kind="stable")


def without_row(table: pd.DataFrame, provinces: pd.DataFrame) -> list[str]:
    """Return the provinces of the North on the map that the profile has no row for, by name."""
    north = provinces[provinces["adm0_a3"].eq("PRK")]
    return sorted(north.loc[~north["iso_3166_2"].isin(table["iso_3166_2"]), "name_en"])


# Counts on the way --------------------------------------------------------------------------------


def bounds(frame: pd.DataFrame, name: str = "value") -> pd.DataFrame:
    """Return the frame with what was said as ends of a range.

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


def thailand(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return entries into Thailand by whole year, one row a published count or estimate.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``low``, ``high``, ``point``, ``open`` (see :func:`bounds`), ``people`` (the
        number to draw), ``series`` (who counted, in a few words), ``recorded`` (counted by an
        authority), ``who_says``; districts and spans of several years are left out.
    """
    names = [RouteMeasure.ENTRIES_RECORDED.value, RouteMeasure.ENTRIES_ESTIMATED.value]
    rows = estimates[
        estimates["measure"].isin(names)
        & estimates["place"].eq(RoutePlace.THAILAND.value)
        & estimates["place_note"].isna()
        & estimates["period"].str.fullmatch(r"\d{4}")
    ]
    rows = bounds(rows)
    recorded = rows["measure"].eq(RouteMeasure.ENTRIES_RECORDED.value)
    series = rows.loc[recorded, "who_says"].map(_thai_series).reindex(rows.index)
    table = rows.assign(
        year=rows["period"].astype(int),
        people=rows["point"].fillna(rows["high"]).astype(int),
        recorded=recorded,
        series=series.fillna("estimate of others"),
    )
    columns = ["year", "people", "low", "high", "point", "open", "series", "recorded", "who_says"]
    return table[columns].sort_values(["series", "year"], ignore_index=True)


def _thai_series(who: str) -> str:
    """Return the short name of a body that counted entries into Thailand."""
    for word, name in (
        ("police", "Thai police"),
        ("diplomatic", "told by a diplomat"),
        ("immigration", "Thai immigration"),
    ):
        if word in who:
            return name
    raise ValueError(f"no series of entries into Thailand for {who!r}")


def police_adds_up(estimates: pd.DataFrame) -> tuple[int, int]:
    """Return the total printed with the Thai police series, and the sum of its parts."""
    rows = estimates[
        estimates["place"].eq(RoutePlace.THAILAND.value)
        & estimates["measure"].eq(RouteMeasure.ENTRIES_RECORDED.value)
        & estimates["who_says"].str.contains("police")
    ]
    total = rows["period"].str.contains(r"^\d{4} to \d{4}")
    return int(rows.loc[total, "value_best"].sum()), int(rows.loc[~total, "value_best"].sum())


def elsewhere(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return counts of people on the way outside Thailand, each with its own period and meaning.

    Returns
    -------
    pandas.DataFrame
        ``place``, ``counted`` (of what), ``period``, ``start``, ``end`` (years with fractions),
        ``low``, ``high``, ``point``, ``open`` (see :func:`bounds`), ``who_says``, ``standing``.
    """
    rows = estimates[
        estimates["measure"].isin([term.value for term in TRANSIT_ELSEWHERE])
        & estimates["place"].ne(RoutePlace.THAILAND.value)
        & estimates["unit"].eq("people")
    ]
    words = {term.value: text for term, text in TRANSIT_ELSEWHERE.items()}
    rows = bounds(rows).assign(
        counted=rows["measure"].astype(str).map(words),
        start=rows["period_start"].map(_start),
        end=rows["period_end"].map(_end),
    )
    columns = ["place", "counted", "period", "start", "end", "low", "high", "point", "open"]
    return rows.sort_values(["place", "start"])[[*columns, "who_says", "standing"]].reset_index(
        drop=True
    )


def _start(text: str) -> float:
    day = pd.Period(text).start_time
    return day.year + (day.day_of_year - 1) / 365.25


def _end(text: str) -> float:
    day = pd.Period(text).end_time
    return day.year + day.day_of_year / 365.25


def thai_shares(
    estimates: pd.DataFrame, shares: pd.DataFrame, annual: pd.DataFrame, year: int
) -> pd.DataFrame:
    """Return the two shares of Thailand in one year, with what each is a share of.

    Returns
    -------
    pandas.DataFrame
        Index ``basis`` (``graduates`` of the settlement centre, ``entries`` recorded over
        arrivals); ``share`` (0 to 1), ``hits`` and ``base`` (persons, missing where not printed),
        ``who_says``.
    """
    printed = shares[
        shares["measure"].eq(ShareMeasure.VIA_COUNTRY.value)
        & shares["category"].eq("thailand")
        & shares["period"].eq(str(year))
    ].iloc[0]
    counts = thailand(estimates)
    entry = counts[counts["year"].eq(year) & counts["recorded"]].iloc[0]
    arrivals = int(single_years(official(annual)).loc[year, "people"])
    rows = {
        "graduates": [printed["value_best"] / 100, pd.NA, pd.NA, printed["who_says"]],
        "entries": [entry["people"] / arrivals, entry["people"], arrivals, entry["who_says"]],
    }
    table = pd.DataFrame.from_dict(rows, "index", columns=["share", "hits", "base", "who_says"])
    table = table.astype({"share": float, "hits": "Int64", "base": "Int64"})
    return table.rename_axis("basis")


def stay_abroad(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the time spent in third countries before arrival, in months.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``low``, ``high``, ``point``, ``open`` (see :func:`bounds`), ``who_says``.
    """
    rows = estimates[
        estimates["measure"].eq(RouteMeasure.STAY_ABROAD.value) & estimates["unit"].eq("months")
    ]
    columns = ["period", "low", "high", "point", "open", "who_says"]
    return bounds(rows).sort_values("period_start")[columns].reset_index(drop=True)


# Routes -------------------------------------------------------------------------------------------


def legs(routes: pd.DataFrame, waypoints: pd.DataFrame) -> pd.DataFrame:
    """Return the ways through China as legs from country to country, era by era.

    A leg joins two countries and nothing finer. All start in the North. A leg is flown once a
    place to leave from has been reached in its first country. Transit countries of the mission
    way are stops of different people: each gets a leg of its own from China.

    Parameters
    ----------
    routes : pandas.DataFrame
        Indexed by ``route_id``: ``kind``.
    waypoints : pandas.DataFrame
        ``route_id``, ``stop``, ``country``, ``role``.

    Returns
    -------
    pandas.DataFrame
        ``era``, ``origin``, ``target`` (codes of countries), ``flown``; no leg twice in an era.
    """
    rows = []
    for era, names in ERAS.items():
        for name in names:
            stops = waypoints[waypoints["route_id"].eq(name)].sort_values("stop")
            apart = routes.loc[name, "kind"] == RouteKind.MISSION.value
            rows += [(era, *leg) for leg in _legs(stops, apart)]
    table = pd.DataFrame(rows, columns=["era", "origin", "target", "flown"])
    return table.drop_duplicates(ignore_index=True)


def _legs(stops: pd.DataFrame, apart: bool) -> list[tuple[str, str, bool]]:
    """Return the legs of one route: origin, target, whether flown."""
    countries = list(dict.fromkeys(["PRK", *stops["country"].astype(str)]))
    exits = set(stops.loc[stops["role"].eq(WaypointRole.EXIT.value), "country"].astype(str))
    last = countries[-1]
    chains = [countries]
    if apart:
        start = [code for code in countries[:-1] if code == "PRK" or code in exits]
        chains = [[*start, code, last] for code in countries[len(start) : -1]]
    rows = []
    for chain in chains:
        left = False
        for origin_code, target in itertools.pairwise(chain):
            left |= origin_code in exits
            rows.append((origin_code, target, left))
    return rows


def era_years(routes: pd.DataFrame) -> dict[str, str]:
    """Return the main years of each era, in the words printed for its first route."""
    return {era: str(routes.loc[names[0], "period_main"]) for era, names in ERAS.items()}


# Prices and people staying ------------------------------------------------------------------------


def prices(costs: pd.DataFrame) -> pd.DataFrame:
    """Return claimed prices by currency and date; classes of a survey and undated ones left out.

    Nothing is converted: the data hold no rate of exchange.

    Returns
    -------
    pandas.DataFrame
        ``currency``, ``leg``, ``leg_note``, ``period``, ``start`` (year with a fraction), ``low``,
        ``high``, ``point``, ``open`` (see :func:`bounds`; in ``currency``), ``who_says``.
    """
    rows = costs[costs["share_percent"].isna() & costs["period_end"].notna()]
    rows = bounds(rows, "amount")
    start = rows["period_start"].fillna(rows["period_end"]).map(_start)
    columns = ["currency", "leg", "leg_note", "period", "start", "low", "high", "point", "open"]
    table = rows.assign(start=start).sort_values(["currency", "start"], kind="stable")
    return table[[*columns, "who_says"]].reset_index(drop=True)


def staying(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the estimates of North Koreans staying in China, in order of year.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``period``, ``low``, ``high``, ``point``, ``open`` (see :func:`bounds`; persons),
        ``who_says``, ``standing``, ``note``.
    """
    rows = estimates[
        estimates["measure"].eq(RouteMeasure.STAYING.value)
        & estimates["place"].eq(RoutePlace.CHINA.value)
    ]
    rows = bounds(rows).assign(year=rows["period_start"].str[:4].astype(int))
    columns = ["year", "period", "low", "high", "point", "open", "who_says", "standing", "note"]
    return rows.sort_values(["year", "high"], kind="stable")[columns].reset_index(drop=True)


def staying_by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and the highest number said of each year.

    Returns
    -------
    pandas.DataFrame
        Index ``year``; ``estimates``, ``least``, ``most`` (persons), ``factor`` (most over least);
        "up to" enters with its upper, "more than" with its lower end.
    """
    ends = table.assign(
        least=table["low"].fillna(table["high"]), most=table["high"].fillna(table["low"])
    )
    groups = ends.groupby("year")
    spread = pd.DataFrame(
        {
            "estimates": groups.size(),
            "least": groups["least"].min().astype(int),
            "most": groups["most"].max().astype(int),
        }
    )
    return spread.assign(factor=spread["most"] / spread["least"])

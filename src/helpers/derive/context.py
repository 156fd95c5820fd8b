"""The JSA crossing in context: shares of arrivals, rates, waiting times, harm and nearest cases.

All frames of incidents are those that :func:`helpers.derive.register.direct` counts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import chi2

from helpers.derive import register
from helpers.vocab import Affiliation, Route, ShotsAt

DAYS_A_YEAR = 365.25
PERIODS = [
    (1953, 1998), (1999, 2001), (2002, 2009), (2010, 2014), (2015, 2017), (2018, 2019),
    (2020, 2022), (2023, 2023), (2024, 2025),
]  # fmt: skip
"""First and last year of the periods of arrivals; 1953 to 2001 as the ministry's table has them.

From 2002 on they are cut where an official total of direct crossings begins or ends.
"""

OFFICIAL = [
    ("jcs_2015", "direct_all", ["2010", "2011", "2012", "2013", "2014"], (2010, 2014)),
    ("jcs_2017", "direct_all", ["2015 to 2017-12-21"], (2015, 2017)),
    ("unification_briefings", "direct_sea", ["2020 to 2022"], (2020, 2022)),
    ("unification_briefings", "direct_sea", ["2023"], (2023, 2023)),
    ("unification_briefings", "direct_all", ["2024", "2025"], (2024, 2025)),
]
"""Official totals that fill a period: series, measure, its rows, the period. Never joined."""

MISSING = [("mnd_1983", "1953 to 1983-05"), ("jcs_2016", "2010-01 to 2016-08")]
"""Two totals of all direct crossings whose periods do not overlap, for what the register lacks."""

FEATURES = ["route", "who", "fire", "wound", "means", "year"]
"""What two cases are compared by; see :func:`nearest`."""


def garwood(events: int, exposure: float = 1.0, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a Poisson rate.

    Garwood, F. (1936): Fiducial limits for the Poisson distribution. Biometrika 28, 437-442; in
    the form with quantiles of the chi-squared distribution.

    Parameters
    ----------
    events : int
        Events counted.
    exposure : float
        Time in which they were counted; the interval is per unit of it.
    confidence : float
        Coverage that the interval has at least.

    Raises
    ------
    ValueError
        If the count is negative or the exposure not positive.
    """
    if events < 0 or exposure <= 0:
        raise ValueError(f"{events} events in {exposure}: no rate")
    tail = (1 - confidence) / 2
    low = chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    return float(low) / exposure, float(chi2.ppf(1 - tail, 2 * events + 2)) / 2 / exposure


def northern(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents by citizens of the North: only they can be arrivals."""
    return frame[frame["nationality"].eq("north_korean")].reset_index(drop=True)


# Of all arrivals --------------------------------------------------------------------------------


def arrivals_by_period(arrivals: pd.DataFrame) -> pd.Series:
    """Return the people of the official series by period (index: first and last year).

    Raises
    ------
    ValueError
        If the periods do not hold every row of the series exactly once.
    """
    main = arrivals[arrivals["series"].eq("official_main")]
    start = main["period_start"].fillna(register.ARMISTICE.year)
    sums = {
        span: int(main.loc[start.ge(span[0]) & main["period_end"].le(span[1]), "people"].sum())
        for span in PERIODS
    }
    if sum(sums.values()) != main["people"].sum():
        raise ValueError("the periods do not add up to the official series")
    index = pd.MultiIndex.from_tuples(sums, names=["first_year", "last_year"])
    return pd.Series(list(sums.values()), index=index, name="arrivals")


def official_by_period(totals: pd.DataFrame) -> pd.DataFrame:
    """Return the official totals of direct crossings that fill a period, each by itself.

    Returns
    -------
    pandas.DataFrame
        ``first_year``, ``last_year``, ``series``, ``measure``, ``low``, ``high`` (people). Years
        are added only within one series. Where only an upper bound was said ("single digits"),
        the low end is one person, since "single digits" was said of people who came.

    Raises
    ------
    KeyError
        If a total is not there.
    """
    people = totals[totals["unit"].eq("people")]
    rows = []
    for series, measure, periods, (first, last) in OFFICIAL:
        kept = people[people["series"].eq(series) & people["measure"].eq(measure)]
        kept = kept.set_index("period").loc[periods]
        low, high = kept["value_best"].fillna(1), kept["value_best"].fillna(kept["value_high"])
        rows.append((first, last, series, measure, int(low.sum()), int(high.sum())))
    names = ["first_year", "last_year", "series", "measure", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def direct_share(frame: pd.DataFrame, arrivals: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return by period how many arrivals came direct, by the register and by official totals.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents; those of foreigners are left out.
    arrivals, totals : pandas.DataFrame
        As :func:`helpers.load.arrivals_annual` and :func:`helpers.load.official_totals` give them.

    Returns
    -------
    pandas.DataFrame
        ``first_year``, ``last_year``, ``arrivals``, ``direct``, ``jsa`` (people), ``share``
        (0 to 1, of the register, a floor), ``series``, ``measure`` (missing without an official
        total), ``official_low``, ``official_high`` (0 to 1).
    """
    table = arrivals_by_period(arrivals).reset_index()
    own = northern(frame)
    jsa = own[own["route"].eq(Route.JSA.value)]
    table = table.assign(direct=_people(own, table), jsa=_people(jsa, table))
    table = table.assign(share=table["direct"] / table["arrivals"])
    keys = ["first_year", "last_year"]
    table = table.merge(official_by_period(totals), on=keys, how="left", validate="one_to_one")
    return table.assign(
        official_low=table.pop("low") / table["arrivals"],
        official_high=table.pop("high") / table["arrivals"],
    )


def _people(frame: pd.DataFrame, periods: pd.DataFrame) -> list[int]:
    """Return the people of ``frame`` in each period."""
    return [
        int(frame.loc[frame["year"].between(first, last), "people"].sum())
        for first, last in zip(periods["first_year"], periods["last_year"], strict=True)
    ]


def scale(frame: pd.DataFrame, arrivals: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of people from all arrivals down to the JSA.

    Returns
    -------
    pandas.DataFrame
        Index ``group``: ``arrivals`` (the official total), ``direct`` (citizens of the North who
        came straight, as far as the register knows), one row a direct route of these, ``foreign``
        (others who crossed the JSA, no arrivals), ``missing_...`` (what an official total has more
        than the register in its period) and ``found_...`` (what the register has in it); column
        ``people``.
    """
    main = arrivals[arrivals["series"].eq("official_main")]
    own = northern(frame)
    foreign = frame[~frame["nationality"].eq("north_korean")]
    routes = register.by_route(own)["people"]
    against = register.against_official(own, totals)
    against = against[against["measure"].eq("direct_all") & against["unit"].eq("people")]
    gaps = against.set_index(["series", "period"])["difference"]
    counts = {"arrivals": int(main["people"].sum()), "direct": int(routes.sum())}
    counts |= {str(route): int(people) for route, people in routes.items()}
    counts |= {"foreign": int(foreign["people"].sum())}
    counts |= {f"missing_{key[0]}": -int(gaps[key]) for key in MISSING}
    found = against.set_index(["series", "period"])["register"]
    counts |= {f"found_{key[0]}": int(found[key]) for key in MISSING}
    return pd.DataFrame({"people": pd.Series(counts)}).rename_axis("group")


# Rates ------------------------------------------------------------------------------------------


def years_seen(frame: pd.DataFrame, spans: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return how long the register can see each route.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents.
    spans : pandas.DataFrame
        Documented blind spans of the same direction, all kinds.
    last_year : int
        Last full year that was collected.

    Returns
    -------
    pandas.DataFrame
        ``route``, ``year``, ``years`` (exposure: 1, and for the year of the armistice what was
        left of it), ``seen`` (bool); one row a route and year.
    """
    blind = {
        (str(run.route), year)
        for run in register.blind(frame, spans).itertuples()
        for year in range(run.first_year, run.last_year + 1)
    }
    first = register.ARMISTICE
    left = (pd.Timestamp(first.year + 1, 1, 1) - first).days / DAYS_A_YEAR
    rows = [
        (route.value, year, left if year == first.year else 1.0, (route.value, year) not in blind)
        for route in register.DIRECT_ROUTES
        for year in range(first.year, last_year + 1)
    ]
    return pd.DataFrame(rows, columns=["route", "year", "years", "seen"])


def rates(frame: pd.DataFrame, spans: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return incidents per year by route, over three sets of years, with exact intervals.

    ``seen`` takes the years in which the register can see the route. Where a blind span is one
    without rows, leaving it out drops only zeros, so this rate leans high. ``clear`` takes the
    years after the last blind one on any route, the same for all. ``all`` takes every year as if
    none were blind, so it leans low.

    Returns
    -------
    pandas.DataFrame
        ``route``, ``basis`` (``clear``, ``seen``, ``all``), ``incidents``, ``years``, ``rate``,
        ``low``, ``high`` (incidents per year, Garwood's 95 % interval).
    """
    years = years_seen(frame, spans, last_year)
    clear = register.clear_since(spans)
    keep = {"clear": years["year"].ge(clear), "seen": years["seen"], "all": years["years"].gt(0)}
    counts = frame.groupby([frame["route"].astype(str), "year"]).size().rename("incidents")
    years = years.join(counts, on=["route", "year"]).fillna({"incidents": 0})
    rows = []
    for route in register.DIRECT_ROUTES:
        for basis, mask in keep.items():
            part = years[mask & years["route"].eq(route.value)]
            rows.append((route.value, basis, *_rate(int(part["incidents"].sum()), part["years"])))
    names = ["route", "basis", "incidents", "years", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _rate(events: int, years: pd.Series) -> tuple[int, float, float, float, float]:
    """Return events, years, rate and interval."""
    exposure = float(years.sum())
    return (events, exposure, events / exposure, *garwood(events, exposure))


def group_rates(frame: pd.DataFrame, spans: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return incidents per year by way and by soldier or civilian, since the last blind year.

    Returns
    -------
    pandas.DataFrame
        ``way`` (``jsa``, ``dmz_land``, ``water``), ``group`` (``In uniform``, ``Civilians``),
        ``incidents``, ``years``, ``rate``, ``low``, ``high``.
    """
    first = register.clear_since(spans)
    recent = frame[frame["year"].between(first, last_year)]
    ways = {route.value: "water" for route in register.WATER}
    way = recent["route"].astype(str).replace(ways)
    group = register.group(recent).astype(str)
    years = pd.Series([1.0] * (last_year - first + 1))
    rows = [
        (name, who, *_rate(int((way.eq(name) & group.eq(who)).sum()), years))
        for name in ("jsa", "dmz_land", "water")
        for who in ("In uniform", "Civilians")
    ]
    return pd.DataFrame(rows, columns=["way", "group", "incidents", "years", "rate", "low", "high"])


# Waiting times ----------------------------------------------------------------------------------


def waits(jsa: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Return the days between the crossings of the JSA.

    Parameters
    ----------
    jsa : pandas.DataFrame
        Counted incidents in the JSA, all dated to the day.
    until : pandas.Timestamp
        Last day that was watched: the wait since the last crossing is open.

    Returns
    -------
    pandas.DataFrame
        ``start``, ``end`` (days), ``days``, ``years``, ``kind``: ``first`` from the armistice to
        the first crossing, ``between`` two crossings, ``open`` since the last one.

    Raises
    ------
    ValueError
        If a date is less exact than a day.
    """
    if jsa["date_precision"].ne("day").any():
        raise ValueError("a wait needs dates to the day")
    days = [register.ARMISTICE, *sorted(jsa["date"]), until]
    table = pd.DataFrame({"start": days[:-1], "end": days[1:]})
    length = (table["end"] - table["start"]).dt.days
    kinds = ["first"] + ["between"] * (len(days) - 3) + ["open"]
    return table.assign(days=length, years=length / DAYS_A_YEAR, kind=kinds)


def mean_wait(table: pd.DataFrame, without_last: bool = False) -> pd.Series:
    """Return the mean wait between crossings and the rate over all that was watched.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`waits` gives it.
    without_last : bool
        Leave the last crossing out, as if the register had ended on the day before it.

    Returns
    -------
    pandas.Series
        ``crossings``, ``gaps``, ``mean_years`` (between crossings), ``shortest_years``,
        ``longest_years``, ``years`` (watched), ``rate`` per year with ``low``, ``high`` (Garwood).
    """
    kept = table.iloc[:-1] if without_last else table
    gaps = table[table["kind"].eq("between")]["years"]
    gaps = gaps.iloc[:-1] if without_last else gaps
    crossings = len(gaps) + 1
    years = float(kept["years"].sum())
    low, high = garwood(crossings, years)
    return pd.Series(
        {
            "crossings": crossings, "gaps": len(gaps), "mean_years": gaps.mean(),
            "shortest_years": gaps.min(), "longest_years": gaps.max(), "years": years,
            "rate": crossings / years, "low": low, "high": high,
        }
    )  # fmt: skip


def next_one(table: pd.DataFrame) -> pd.Series:
    """Return what a next crossing would have to be to change the picture.

    Returns
    -------
    pandas.Series
        ``last``; ``mean_keeps``, the day on which a next crossing would leave the mean wait as it
        is (before it shortens the mean, after it lengthens it); ``longest_from``, the day from
        which the wait would be the longest of all; ``open_years`` so far; ``quiet``,
        ``quiet_low``, ``quiet_high``: the chance of so long a wait or a longer one, if crossings
        came evenly at the rate of :func:`mean_wait`, at that rate and at the ends of its interval.
    """
    last = table["start"].iloc[-1]
    gaps = table[table["kind"].eq("between")]["days"]
    waiting = float(table["years"].iloc[-1])
    rate = mean_wait(table)
    return pd.Series(
        {
            "last": last,
            "mean_keeps": last + pd.Timedelta(days=round(gaps.mean())),
            "longest_from": last + pd.Timedelta(days=int(gaps.max()) + 1),
            "open_years": waiting,
            "quiet": float(np.exp(-rate["rate"] * waiting)),
            "quiet_low": float(np.exp(-rate["high"] * waiting)),
            "quiet_high": float(np.exp(-rate["low"] * waiting)),
        }
    )


# Harm -------------------------------------------------------------------------------------------


def harm(frame: pd.DataFrame, by: pd.Series | None = None) -> pd.DataFrame:
    """Return in how many incidents the crossers were shot at or wounded, among those known.

    Killed is not a row: who crossed to stay came alive by definition, so the share of killed among
    counted crossings is nought by construction and says nothing on the danger.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents.
    by : pandas.Series, optional
        Groups (default: the routes).

    Returns
    -------
    pandas.DataFrame
        ``group`` (last ``all``), ``harm`` (``shot_at``, ``wounded``), ``yes``, ``known``,
        ``incidents``, ``share`` (yes of known, missing if nothing is known), ``low``, ``high``
        (exact binomial 95 % interval), ``least``, ``most`` (if every unknown were no, or yes).
    """
    fire = frame["shots_at"].astype(str)
    wounded = frame["wounded_crossers"]
    answers = {
        "shot_at": (fire.eq(ShotsAt.CROSSERS.value), fire.ne(ShotsAt.UNKNOWN.value)),
        "wounded": (wounded.ge(1).fillna(False), wounded.notna()),
    }
    groups = frame["route"].astype(str) if by is None else by.astype(str)
    order = [route.value for route in register.DIRECT_ROUTES] if by is None else sorted(set(groups))
    rows = [
        (name, key, *_share(yes & mask, known & mask, int(mask.sum())))
        for name in [*order, "all"]
        for key, (yes, known) in answers.items()
        for mask in [groups.eq(name) | (name == "all")]
    ]
    names = ["group", "harm", "yes", "known", "incidents", "share", "low", "high", "least", "most"]
    return pd.DataFrame(rows, columns=names)


def _share(yes: pd.Series, known: pd.Series, incidents: int) -> tuple[float, ...]:
    """Return counts, share among the known, its interval, and its bounds."""
    hits, trials = int(yes.sum()), int(known.sum())
    share = hits / trials if trials else np.nan
    most = (hits + incidents - trials) / incidents if incidents else np.nan
    least = hits / incidents if incidents else np.nan
    return hits, trials, incidents, share, *register.interval(hits, trials), least, most


def unseen_for_half(yes: int, known: int) -> int:
    """Return how many unseen people shot dead would lift the share shot at to one half.

    Each adds one to those shot at and one to all: (yes + n) / (known + n) = 1/2.
    """
    return max(0, known - 2 * yes)


# Nearest cases ----------------------------------------------------------------------------------


def features(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what cases are compared by, as text; missing where the sources do not say.

    Returns
    -------
    pandas.DataFrame
        Index ``incident_id``; ``route``, ``who`` (the affiliation), ``fire`` (shot at or not),
        ``wound`` (a crosser wounded or not), ``means``, ``year`` (the date as a year with
        decimals).
    """
    fire = frame["shots_at"].astype(str)
    wounded = frame["wounded_crossers"]
    who = frame["affiliation"].astype(str)
    table = pd.DataFrame(
        {
            "route": frame["route"].astype(str),
            "who": who.where(who.ne(Affiliation.UNKNOWN.value)),
            "fire": fire.eq("crossers").map({True: "yes", False: "no"}).where(fire.ne("unknown")),
            "wound": wounded.ge(1).map({True: "yes", False: "no"}).where(wounded.notna()),
            "means": frame["means"].astype(str).where(frame["means"].ne("other")),
            "year": frame["date"].dt.year + frame["date"].dt.day_of_year / 366,
        }
    )
    return table.set_index(pd.Index(frame["incident_id"], name="incident_id"))


def nearest(
    frame: pd.DataFrame,
    subject: str = register.CROSSING_2017,
    count: int = 5,
    leave_out: str | None = None,
) -> pd.DataFrame:
    """Return the cases most like ``subject``, most alike first.

    The similarity is Gower's (Gower, J. C. 1971: A general coefficient of similarity and some of
    its properties. Biometrics 27, 857-871) with equal weights: one point each for the same route,
    affiliation, fire at the crossers, wound and means, and for the date one less the distance in
    years as a part of the whole span. Other than Gower's, what is unknown is no match but counts:
    a case must not be near because little is known of it. Ties go to the nearer date.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents.
    subject : str
        ``incident_id`` of the case to compare with.
    count : int
        Number of cases.
    leave_out : str, optional
        One of ``FEATURES`` to do without.

    Returns
    -------
    pandas.DataFrame
        Index ``incident_id``; ``date``, the five coded features as the case has them,
        ``matches`` (of those five), ``years_apart``, ``similarity`` (0 to 1).
    """
    table = features(frame)
    own = table.loc[subject]
    rest = table.drop(index=subject)
    coded = [name for name in FEATURES if name not in ("year", leave_out)]
    same = rest[coded].eq(own[coded])
    apart = (rest["year"] - own["year"]).abs()
    near = 1 - apart / (table["year"].max() - table["year"].min())
    used = len(coded) + (leave_out != "year")
    points = same.sum(axis=1) + (0 if leave_out == "year" else near)
    scored = rest.assign(
        date=frame.set_index("incident_id")["date"],
        matches=same.sum(axis=1),
        years_apart=apart,
        similarity=points / used,
    )
    scored = scored.sort_values(["similarity", "years_apart"], ascending=[False, True])
    columns = ["date", *[name for name in FEATURES if name != "year"]]
    return scored[[*columns, "matches", "years_apart", "similarity"]].head(count)


def nearest_stays(frame: pd.DataFrame, count: int = 5) -> pd.Series:
    """Return how many of the nearest cases remain when one feature is left out (index: it)."""
    full = set(nearest(frame, count=count).index)
    kept = {
        name: len(full & set(nearest(frame, count=count, leave_out=name).index))
        for name in FEATURES
    }
    return pd.Series(kept, name="remain").rename_axis("left_out")


# What a critic would attack ---------------------------------------------------------------------


def jsa_counts(jsa: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Return the count and rate of the JSA under other readings of what counts.

    Returns
    -------
    pandas.DataFrame
        Index ``reading``: ``all``; ``northern`` (citizens of the North only); ``certain``
        (rows of high confidence); ``one_more`` (one crossing that was kept quiet, as that of 2007
        was for ten years); ``incidents``, ``rate`` per ten years, ``low``, ``high`` (Garwood).
    """
    tens = (until - register.ARMISTICE).days / DAYS_A_YEAR / 10
    readings = {
        "all": len(jsa),
        "northern": len(northern(jsa)),
        "certain": int(jsa["confidence"].eq("high").sum()),
        "one_more": len(jsa) + 1,
    }
    rows = [(name, n, n / tens, *garwood(n, tens)) for name, n in readings.items()]
    names = ["reading", "incidents", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=names).set_index("reading")


def official_times_register(table: pd.DataFrame) -> pd.DataFrame:
    """Return the periods in which an official total of all direct crossings can be compared.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`direct_share` gives it.

    Returns
    -------
    pandas.DataFrame
        Its rows with ``measure`` ``direct_all``, and ``gap``: the official low end less the
        register, in people.
    """
    rows = table[table["measure"].eq("direct_all")].reset_index(drop=True)
    people = (rows["official_low"] * rows["arrivals"]).round().astype(int)
    return rows.assign(gap=people - rows["direct"])

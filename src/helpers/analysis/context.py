"""The JSA crossing in context: shares of arrivals, rates, waits, and what offices counted besides.

Frames of incidents are those that :func:`helpers.analysis.register.direct` counts, ``totals`` and
``arrivals`` those of the loaders ``official_totals`` and ``arrivals_annual``. How long was watched
is always an argument or a column, never today's date.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import chi2

from helpers.analysis import register
from helpers.data.vocab import ArrivalSeries, OfficialMeasure, Route, Unit

DAYS_A_YEAR = 365.25
NORTHERN, FOREIGN, UNSTATED = "North", "foreign", "not stated"
"""What :func:`helpers.analysis.register.citizen` tells apart."""

_DRAWS, _SEED = 20_000, 1953


def garwood(events: int, exposure: float = 1.0, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a Poisson rate per unit of the ``exposure``.

    Garwood, F. (1936): Fiducial limits for the Poisson distribution. Biometrika 28, 437-442; in
    the form with quantiles of the chi-squared distribution.

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


def times(events: int, others: int) -> tuple[float, float, float]:
    """Return how many times as many ``events`` as ``others`` there were: ratio, low, high.

    The interval (95 %) is exact: given the sum, the events are a binomial part of it (Przyborowski
    and Wilenski, 1940: Homogeneity of results in testing samples from Poisson series. Biometrika
    31, 313-323). No other event: the ratio and its upper end are infinite; neither: it is missing.
    """
    ends = register.interval(events, events + others)
    low, high = (end / (1 - end) if end < 1 else np.inf for end in ends)
    ratio = events / others if others else np.inf if events else np.nan
    return ratio, low, high


def truncated(counts: Sequence[int]) -> tuple[float, float, float]:
    """Return the rate of a Poisson count of which the zeros cannot be seen, with low and high.

    For years of which only those with a crossing are on record: maximum likelihood under the
    zero-truncated Poisson distribution, and the exact interval (95 %) of the total.

    Raises
    ------
    ValueError
        If there is no count, or one below 1.
    """
    total, years = int(sum(counts)), len(counts)
    if not years or min(counts) < 1:
        raise ValueError("counts of at least 1 expected")

    def at_most(rate: float, most: int) -> float:
        term = np.zeros(most + 1)
        if most:
            term[1:] = rate / np.arange(1, most + 1)
            term[1:] = np.cumprod(term[1:]) / np.expm1(rate)
        sums = np.array([1.0])
        for _ in range(years):
            sums = np.convolve(sums, term)[: most + 1]
        return float(sums.sum())

    top = min(5.0 * total / years + 10, 700.0)
    if total == years:
        rate = low = 0.0
    else:
        rate = brentq(lambda x: x / -np.expm1(-x) - total / years, 1e-9, top)
        low = brentq(lambda x: 1 - at_most(x, total - 1) - 0.025, 1e-9, top)
    return float(rate), float(low), float(brentq(lambda x: at_most(x, total) - 0.025, 1e-9, top))


def evenness(gaps: Sequence[float]) -> float:
    """Return the chance that waits of a Poisson process are as even as ``gaps``, or more.

    Evenness is the coefficient of variation; the chance is that of 20,000 drawn sets of as many
    waits (the legacy generator of numpy, whose stream is frozen). Missing below three gaps.
    """
    gaps = np.asarray(gaps, float)
    if len(gaps) < 3 or not gaps.any():
        return np.nan
    drawn = np.random.RandomState(_SEED).exponential(size=(_DRAWS, len(gaps)))
    return float((drawn.std(axis=1) / drawn.mean(axis=1) <= gaps.std() / gaps.mean()).mean())


def northern(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents by citizens of the North: only they can be arrivals."""
    return frame[register.citizen(frame).eq(NORTHERN)].reset_index(drop=True)


def official_gaps(frame: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the official totals of all direct crossings that exceed the register, in people.

    Foreigners are left out of the register's side, as officials leave them out.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``period``, ``first_day``, ``last_day``, ``official``, ``register``,
        ``missing`` (people, at least 1); in order of the period. They may overlap.
    """
    table = register.against_official(frame, totals)
    whole = table["measure"].eq(OfficialMeasure.DIRECT_ALL) & table["unit"].eq(Unit.PEOPLE)
    table = table.assign(missing=-table["difference"])[whole & table["difference"].lt(0)]
    columns = ["series", "period", "first_day", "last_day", "official", "register", "missing"]
    return table[columns].reset_index(drop=True)


def apart(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return those :func:`official_gaps` that do not overlap and have the most people together.

    Of sets with as many people the one of the fewest totals is taken; found by the recursion of
    weighted interval scheduling.
    """
    rows = gaps.sort_values(["last_day", "first_day", "series"]).reset_index(drop=True)
    best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for place, row in enumerate(rows.itertuples()):
        people, fewer, chosen = best[int(rows["last_day"].lt(row.first_day).sum())]
        best.append(max(best[-1], (people + int(row.missing), fewer - 1, (*chosen, place))))
    return rows.loc[list(best[-1][2])].reset_index(drop=True)


def direct_share(frame: pd.DataFrame, arrivals: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return how many arrivals came directly, for each row of the official series of arrivals.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``first_year`` (of an open period that of the armistice), ``last_year``,
        ``arrivals``, ``direct`` (people in the register), ``jsa`` (of these), ``missing`` (more
        people in official counts within the period, :func:`apart`), ``share`` (0 to 1, of both:
        at least; missing without arrivals).
    """
    main = arrivals[arrivals["series"].eq(ArrivalSeries.OFFICIAL_MAIN)].sort_values("period_end")
    table = pd.DataFrame(
        {
            "period": main["period"].astype(str),
            "first_year": main["period_start"].fillna(register.ARMISTICE.year).astype(int),
            "last_year": main["period_end"].astype(int), "arrivals": main["people"].astype(int),
        }
    ).reset_index(drop=True)  # fmt: skip
    own, gaps = northern(frame), official_gaps(frame, totals)
    begun, ended = gaps["first_day"].dt.year, gaps["last_day"].dt.year
    counts = ["direct", "jsa", "missing"]
    rows = []
    for first, last in zip(table["first_year"], table["last_year"], strict=True):
        inside = own[own["year"].between(first, last)]
        jsa = inside.loc[inside["route"].eq(Route.JSA.value), "people"]
        missing = apart(gaps[begun.ge(first) & ended.le(last)])["missing"]
        rows.append([int(people.sum()) for people in (inside["people"], jsa, missing)])
    table[counts] = pd.DataFrame(rows, columns=counts, dtype=int)
    known = table["direct"] + table["missing"]
    return table.assign(share=known / table["arrivals"].where(table["arrivals"] > 0))


def scale(frame: pd.DataFrame, arrivals: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of people from all arrivals down to the JSA.

    Incidents after the last year of ``arrivals`` are left out.

    Returns
    -------
    pandas.DataFrame
        ``group``: ``arrivals`` (the official total), ``direct`` (citizens of the North who came
        directly, as far as the register knows), one row a direct route of these, ``missing``
        (more people in official counts, :func:`apart`); ``people``; ``last_year`` of the arrivals.
    """
    main = arrivals[arrivals["series"].eq(ArrivalSeries.OFFICIAL_MAIN)]
    last = int(main["period_end"].max())
    own = northern(frame[frame["year"].le(last)]).astype({"route": str})
    names = [route.value for route in register.DIRECT_ROUTES]
    routes = own.groupby("route")["people"].sum().reindex(names, fill_value=0)
    gaps = official_gaps(frame, totals)
    counts = {
        "arrivals": main["people"].sum(), "direct": routes.sum(), **routes,
        "missing": apart(gaps[gaps["last_day"].dt.year.le(last)])["missing"].sum(),
    }  # fmt: skip
    table = pd.Series(counts, name="people").astype(int).rename_axis("group").reset_index()
    return table.assign(last_year=last)


def checked_years(totals: pd.DataFrame, last_year: int) -> tuple[int, int] | None:
    """Return first and last of the latest unbroken run of years that an office counted.

    The years are those of :func:`helpers.analysis.register.checked_years`; None if there is none.
    """
    years = pd.Series(register.checked_years(totals), dtype=int)
    years = years[years.le(last_year)]
    run = years[years.diff().ne(1).cumsum().eq(years.diff().ne(1).sum())]
    return (int(run.iloc[0]), int(run.iloc[-1])) if len(run) else None


def watched_years(
    spans: pd.DataFrame, totals: pd.DataFrame, last_year: int
) -> dict[str, tuple[int, int]]:
    """Return the spans of years that rates are taken over: first and last year by name.

    First ``clear``, the years after every documented gap of the record, or without such years
    ``all`` since the armistice; then ``checked`` (:func:`checked_years`), if there are such years
    and they are others.
    """
    since, checked = register.clear_since(spans), checked_years(totals, last_year)
    found = {"clear": (since, last_year)}
    if since > last_year:
        found = {"all": (register.ARMISTICE.year, last_year)}
    return found | ({"checked": checked} if checked and checked not in found.values() else {})


def exposure(first_year: int, last_year: int) -> float:
    """Return the years watched from the first day of one to the last of another, both included.

    Nothing before the armistice is watched: its year counts as what was left of it.
    """
    armistice = register.ARMISTICE
    if first_year > armistice.year:
        return float(last_year - first_year + 1)
    left = (pd.Timestamp(armistice.year + 1, 1, 1) - armistice).days / DAYS_A_YEAR
    return last_year - armistice.year + left


def rates(frame: pd.DataFrame, years: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    """Return crossings per year by route over each of some spans of years, with exact intervals.

    Returns
    -------
    pandas.DataFrame
        ``route`` (all six), ``basis`` (name of the span), ``first_year``, ``last_year``,
        ``incidents``, ``years`` (:func:`exposure`), ``rate``, ``low``, ``high`` (per year,
        Garwood's 95 % interval).
    """
    rows = []
    for route in register.DIRECT_ROUTES:
        own = frame.loc[frame["route"].eq(route.value), "year"]
        for basis, (first, last) in years.items():
            count, time = int(own.between(first, last).sum()), exposure(first, last)
            ends = garwood(count, time)
            rows.append((route.value, basis, first, last, count, time, count / time, *ends))
    names = ["route", "basis", "first_year", "last_year", "incidents", "years", "rate"]
    return pd.DataFrame(rows, columns=[*names, "low", "high"])


def waits(
    jsa: pd.DataFrame, until: pd.Timestamp, since: pd.Timestamp = register.ARMISTICE
) -> pd.DataFrame:
    """Return the waits between the crossings of the JSA, those that are open at an end included.

    A crossing that is known to a month or year stands at its middle; one outside of the days
    watched, ``since`` to ``until``, is left out.

    Returns
    -------
    pandas.DataFrame
        ``incident_id`` (of the crossing that ends the wait; missing for the last), ``start``,
        ``end`` (days), ``years``, ``kind``: ``first`` from ``since`` to the first crossing,
        ``between`` two crossings, ``open`` since the last one (or since ``since``, if there is
        none); ``about`` (bool): an end is not known to the day. One row more than crossings.
    """
    day = jsa["date"] + ((jsa["date_end"] - jsa["date"]) / 2).dt.floor("D")
    rows = jsa.assign(day=day, vague=jsa["date_precision"].ne("day"))
    rows = rows[rows["day"].between(since, until)].sort_values(["day", "incident_id"])
    days, vague = [since, *rows["day"], until], [False, *rows["vague"], False]
    table = pd.DataFrame({"incident_id": [*rows["incident_id"], None], "start": days[:-1]})
    kinds = ["first", *["between"] * (len(rows) - 1)][: len(rows)]
    table = table.assign(end=days[1:], kind=[*kinds, "open"])
    years = (table["end"] - table["start"]).dt.days / DAYS_A_YEAR
    return table.assign(years=years, about=[one or other for one, other in pairwise(vague)])


def watched(table: pd.DataFrame) -> pd.Series:
    """Return what the :func:`waits` say together, both open ends included.

    Returns
    -------
    pandas.Series
        ``crossings``, ``years`` (watched in all), ``rate`` per year with ``low``, ``high``
        (Garwood), ``shortest``, ``longest`` (years between two crossings; missing without two),
        ``quiet`` (years since the last), ``even`` (:func:`evenness`).
    """
    crossings, years = len(table) - 1, float(table["years"].sum())
    gaps = table.loc[table["kind"].eq("between"), "years"]
    low, high = garwood(crossings, years)
    return pd.Series(
        {
            "crossings": crossings, "years": years, "rate": crossings / years, "low": low,
            "high": high, "shortest": gaps.min(), "longest": gaps.max(),
            "quiet": table["years"].iloc[-1], "even": evenness(gaps),
        }
    )  # fmt: skip

"""How sure the register is: official totals, capture and recapture, revisions, doubtful rows.

Frames come from :mod:`helpers.load`; what is counted comes from :mod:`helpers.derive.register`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from scipy.stats import norm

from helpers.derive import context, crossing, register
from helpers.derive import status as standing
from helpers.derive.conflicts import SETTLED, chosen
from helpers.vocab import (
    ArrivalMeasure,
    ArrivalSeries,
    BlindKind,
    IncidentStatus,
    RevisionStanding,
    Route,
)

RECAPTURES_NEEDED = 7
"""With as many recaptures Chapman's estimate has next to no bias (Robson and Regier 1964)."""


@dataclass(frozen=True)
class Trial:
    """Two lists of the same crossings and what both set out to cover.

    Attributes
    ----------
    name : str
        What is covered, in words.
    routes : tuple of Route
        Routes that both lists cover.
    first_day, last_day : str
        The days that both cover.
    first, second : tuple of str
        Keys of the sources that make up each list, or languages of sources with a ``lang:`` before.
    first_name, second_name : str
        Who speaks, in words.
    """

    name: str
    routes: tuple[Route, ...]
    first_day: str
    last_day: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    first_name: str
    second_name: str


_LANGUAGES = (("lang:ko",), ("lang:other",), "Korean documents", "documents in other languages")
TRIALS = [
    Trial("Aircraft, 1953 to 1983", (Route.AIR,), "1953-07-27", "1983-08-31",
          ("joongang-198308-1706532",), ("liquisearch-list-cold",),
          "newspaper log of 1983", "reference list"),
    Trial("Gyodong swimmers, 2012 to 2017", (Route.HAN_ESTUARY,), "2012-01-01", "2017-08-11",
          ("kbs-20170811",), ("joongang-20170811",), "broadcaster", "newspaper, same day"),
    Trial("JSA, 1953 to November 2017", (Route.JSA,), "1953-07-27", "2017-11-12",
          ("newsis-20171113",), ("joongang-20171128",), "agency", "newspaper, two weeks later"),
    Trial("Land line and JSA, 2002 to 2025", tuple(register.LAND), "2002-01-01", "2025-12-31",
          *_LANGUAGES),
    Trial("Seas and estuary, 2002 to 2025", tuple(register.WATER), "2002-01-01", "2025-12-31",
          *_LANGUAGES),
]  # fmt: skip
"""Chronologies of one scope, and the two press languages in the years without a blind route."""

TRIED = "Seas and estuary, 2002 to 2025"
"""The trial that has enough recaptures and is not nested."""


# Official totals --------------------------------------------------------------------------------


def against_official(
    frame: pd.DataFrame, firm: pd.DataFrame, widest: pd.DataFrame, totals: pd.DataFrame
) -> pd.DataFrame:
    """Return official totals beside the register's count with its range.

    Parameters
    ----------
    frame, firm, widest : pandas.DataFrame
        Counted incidents; those of them that are not of low confidence; those counted and those
        that are unclear.
    totals : pandas.DataFrame
        As :func:`helpers.load.official_totals` gives it. A total of which only an upper bound was
        said enters with that bound.

    Returns
    -------
    pandas.DataFrame
        Columns of :func:`helpers.derive.register.against_official`, then ``least``, ``most`` (the
        register's range, people or incidents), ``bound`` (the official number is an upper bound
        only), ``found`` (register by official, missing where the official number is 0) and
        ``outer`` (no longer period of this series, measure and unit holds this one).
    """
    only_bound = totals["value_best"].isna() & totals["value_high"].notna()
    filled = totals.assign(value_best=totals["value_best"].fillna(totals["value_high"]))
    table = register.against_official(frame, filled)
    same = ["series", "measure", "period", "unit"]
    bounds = totals.loc[only_bound, same].astype(str)
    marked = table[same].astype(str).merge(bounds.drop_duplicates(), how="left", indicator=True)
    table = table.assign(
        least=register.against_official(firm, filled)["register"],
        most=register.against_official(widest, filled)["register"],
        bound=marked["_merge"].eq("both").to_numpy(),
        found=table["register"] / table["official"].where(table["official"] > 0),
    )
    return table.assign(outer=[_is_outer(row, table) for row in table.itertuples()])


def _is_outer(row: tuple, table: pd.DataFrame) -> bool:
    """Say whether no longer period of the same series, measure and unit holds this one."""
    same = table[["series", "measure", "unit"]].eq([row.series, row.measure, row.unit]).all(axis=1)
    holds = table["first_day"].le(row.first_day) & table["last_day"].ge(row.last_day)
    longer = (table["last_day"] - table["first_day"]) > (row.last_day - row.first_day)
    return not bool((same & holds & longer).any())


def cancelling(table: pd.DataFrame) -> pd.DataFrame:
    """Return what the parts of each outer period hide: too few in one, too many in another.

    Parts are the periods inside an outer one of the same series, measure and unit that do not
    overlap each other; what they leave over is a part of its own.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`against_official` gives it.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``measure``, ``unit``, ``period`` (outer), ``parts``, ``missing``, ``surplus``
        (people or incidents, both positive), ``net`` (surplus less missing).
    """
    rows = []
    for outer in table[table["outer"]].itertuples():
        same = table[["series", "measure", "unit"]].eq([outer.series, outer.measure, outer.unit])
        inside = table["first_day"].ge(outer.first_day) & table["last_day"].le(outer.last_day)
        parts = table[same.all(axis=1) & inside & ~table["outer"]].sort_values("first_day")
        apart = (parts["first_day"] > parts["last_day"].shift())[1:]
        if len(parts) and apart.all():
            changes = pd.Series(
                [*parts["difference"], outer.difference - parts["difference"].sum()]
            )
            ends = -changes.clip(upper=0).sum(), changes.clip(lower=0).sum()
            rows.append((*outer[1:3], outer.unit, outer.period, len(parts), *map(int, ends)))
    columns = ["series", "measure", "unit", "period", "parts", "missing", "surplus"]
    found = pd.DataFrame(rows, columns=columns)
    return found.assign(net=found["surplus"] - found["missing"])


# Capture and recapture --------------------------------------------------------------------------


def chapman(first: int, second: int, both: int) -> tuple[float, float]:
    """Return Chapman's estimate of a population caught twice, and its variance.

    ``(first + 1)(second + 1)/(both + 1) - 1`` (Chapman 1951, Some properties of the hypergeometric
    distribution), with the variance of Seber (1970; 1982, The Estimation of Animal Abundance, 2nd
    edition, p. 60).

    Raises
    ------
    ValueError
        If more were caught twice than in one of the captures, or a number is negative.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} caught twice, out of {first} and {second}")
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both)
    return estimate, variance / ((both + 1) ** 2 * (both + 2))


def unseen_interval(
    known: int, estimate: float, variance: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the interval of a population, log-normal in the number unseen.

    The unseen are ``estimate - known``; ``C = exp(z sqrt(log(1 + variance/unseen**2)))`` divides
    and multiplies them (Burnham and others 1987; Rexstad and Burnham 1991, User's Guide for
    Interactive Program CAPTURE). The interval never falls below what is known, and closes upon it
    where nothing is estimated to be unseen.
    """
    unseen = estimate - known
    if unseen <= 0:
        return float(known), float(known)
    z = norm.ppf(0.5 + confidence / 2)
    factor = math.exp(z * math.sqrt(math.log1p(variance / unseen**2)))
    return known + unseen / factor, known + unseen * factor


def unseen_if_dependent(first_only: int, second_only: int, both: int, odds_ratio: float) -> float:
    """Return how many are unseen if the lists depend on each other.

    ``odds_ratio`` is how many times greater the odds of standing in one list are for what stands
    in the other; 1 is independence (Bishop, Fienberg and Holland 1975, Discrete Multivariate
    Analysis, chapter 6). Missing where nothing was caught twice.
    """
    return math.nan if both == 0 else odds_ratio * first_only * second_only / both


def named(incidents: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return which source is cited for which incident, one row a pair.

    Documents that only date the undated pages of an archive are left out.

    Returns
    -------
    pandas.DataFrame
        ``incident_id``, ``source_id``, ``language`` (``lang:ko`` or ``lang:other``).
    """
    pairs = incidents[["incident_id", "source_ids"]].assign(
        source_id=incidents["source_ids"].str.split(";")
    )
    pairs = pairs.explode("source_id").drop(columns="source_ids")
    anchors = sources.index[sources["note"].str.match(standing.ANCHOR_NOTE).eq(True)]
    pairs = pairs[~pairs["source_id"].isin(anchors)].reset_index(drop=True)
    korean = pairs["source_id"].map(sources["language"]).eq("ko")
    return pairs.assign(language=korean.map({True: "lang:ko", False: "lang:other"}))


def capture(frame: pd.DataFrame, pairs: pd.DataFrame, trial: Trial) -> pd.Series:
    """Return what two lists caught of one population, and Chapman's estimate of it.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents.
    pairs : pandas.DataFrame
        As :func:`named` gives it.
    trial : Trial
        The lists and their scope.

    Returns
    -------
    pandas.Series
        ``first_only``, ``second_only``, ``both``, ``known`` (in either list), ``register``
        (incidents in the scope), ``estimate``, ``low``, ``high`` (95 %), ``verdict``.
    """
    days = frame["date"].between(trial.first_day, trial.last_day)
    scope = frame[days & frame["route"].isin([route.value for route in trial.routes])]
    inside = pairs[pairs["incident_id"].isin(scope["incident_id"])]
    sets = []
    for keys in (trial.first, trial.second):
        told = inside["source_id"].isin(keys) | inside["language"].isin(keys)
        sets.append(set(inside.loc[told, "incident_id"]))
    both, known = len(sets[0] & sets[1]), len(sets[0] | sets[1])
    estimate, variance = chapman(len(sets[0]), len(sets[1]), both)
    low, high = unseen_interval(known, estimate, variance)
    result = {
        "first_only": len(sets[0]) - both, "second_only": len(sets[1]) - both, "both": both,
        "known": known, "register": len(scope), "estimate": estimate, "low": low, "high": high,
    }  # fmt: skip
    return pd.Series(result | {"verdict": _verdict(result)})


def _verdict(result: Mapping[str, float]) -> str:
    """Return what the estimate is worth, by the first rule that applies."""
    if result["estimate"] < result["register"]:
        return "refuted: below the register"
    if min(result["first_only"], result["second_only"]) == 0:
        return "tells nothing: one list lies in the other"
    if result["both"] < RECAPTURES_NEEDED:
        return "too few caught twice"
    return "a floor"


def captures(
    frame: pd.DataFrame, pairs: pd.DataFrame, trials: list[Trial] = TRIALS
) -> pd.DataFrame:
    """Return :func:`capture` of each trial, one row a trial, indexed by its ``name``."""
    rows = [capture(frame, pairs, trial).rename(trial.name) for trial in trials]
    return pd.DataFrame(rows).rename_axis("trial").infer_objects()


def list_names(trials: list[Trial] = TRIALS) -> pd.DataFrame:
    """Return who speaks in each trial: ``first``, ``second``, indexed by ``trial``."""
    rows = {trial.name: (trial.first_name, trial.second_name) for trial in trials}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["first", "second"])
    return table.rename_axis("trial")


def dependence(row: pd.Series, odds_ratios: list[float]) -> pd.DataFrame:
    """Return the unseen and the total of a trial for several odds ratios of dependence.

    Returns
    -------
    pandas.DataFrame
        Index ``odds_ratio``; ``unseen``, ``total`` (incidents), ``share_seen`` (0 to 1).
    """
    parts = (int(row["first_only"]), int(row["second_only"]), int(row["both"]))
    unseen = pd.Series({odds: unseen_if_dependent(*parts, odds) for odds in odds_ratios})
    total = row["known"] + unseen
    table = pd.DataFrame({"unseen": unseen, "total": total, "share_seen": row["known"] / total})
    return table.rename_axis("odds_ratio")


# Revisions --------------------------------------------------------------------------------------


def revisions(table: pd.DataFrame) -> pd.DataFrame:
    """Return how far the first and the last published value of each year's arrivals differ.

    Slips of print and other spans are left out; a year whose value was never changed stays.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.load.arrivals_revisions` gives it.

    Returns
    -------
    pandas.DataFrame
        Index ``year``; ``values`` (distinct ones), ``first``, ``last``, ``lowest``, ``highest``
        (people), ``change`` (last less first, people), ``change_share`` (of the first),
        ``spread`` (highest less lowest).
    """
    usable = _yearly(table)
    groups = usable.sort_values(["year", "current", "published"]).groupby("year")["people"]
    years = pd.DataFrame(
        {
            "values": groups.nunique(), "first": groups.first(), "last": groups.last(),
            "lowest": groups.min(), "highest": groups.max(),
        }
    ).astype(int)  # fmt: skip
    return years.assign(
        change=years["last"] - years["first"],
        change_share=(years["last"] - years["first"]) / years["first"],
        spread=years["highest"] - years["lowest"],
    )


def _yearly(table: pd.DataFrame) -> pd.DataFrame:
    """Return the values printed for whole years, with ``year`` and ``current``."""
    usable = table[
        table["measure"].eq(ArrivalMeasure.ARRIVALS.value)
        & table["period"].str.fullmatch(r"\d{4}")
        & ~table["standing"].isin([RevisionStanding.MISPRINT, RevisionStanding.OTHER_SPAN])
    ]
    current = usable["standing"].eq(RevisionStanding.CURRENT.value)
    usable = usable.assign(year=usable["period"].astype(int), current=current)
    return usable


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """Return every value printed for a year's arrivals, in order of year and print.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.load.arrivals_revisions` gives it.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``people``, ``published``, ``standing``, ``first`` (printed first of its year).
    """
    rows = _yearly(table).sort_values(["year", "current", "published"], ignore_index=True)
    rows = rows.assign(first=~rows["year"].duplicated(), people=rows["people"].astype(int))
    return rows[["year", "people", "published", "standing", "first"]]


def arrivals_total(annual: pd.DataFrame) -> int:
    """Return the sum of the official series of arrivals, people."""
    main = annual["series"].eq(ArrivalSeries.OFFICIAL_MAIN.value)
    return int(annual.loc[main, "people"].sum())


# Rows in doubt ----------------------------------------------------------------------------------


def with_status(
    frame: pd.DataFrame, incidents: pd.DataFrame, sources: pd.DataFrame, conflicts: pd.DataFrame
) -> pd.DataFrame:
    """Return ``frame`` with ``status`` and ``independent`` (number of independent sources)."""
    status = standing.status(incidents, sources, conflicts)
    independent = standing.independent_sources(incidents, sources)
    return frame.assign(
        status=frame["incident_id"].map(status).astype(standing.STATUS_DTYPE),
        independent=frame["incident_id"].map(independent).astype(int),
        decade=frame["year"] // 10 * 10,
    )


def by_status(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return how well the incidents of each decade or route are established.

    Parameters
    ----------
    frame : pandas.DataFrame
        As :func:`with_status` gives it.
    key : str
        ``decade`` or ``route``.

    Returns
    -------
    pandas.DataFrame
        Index ``key`` (every decade between the first and last, all six routes); ``verified``,
        ``one_source``, ``disputed``, ``incidents``, ``single`` (with one independent source at
        most, disputed ones too), ``low`` (of low confidence).
    """
    names = frame[key].astype(str) if key == "route" else frame[key]
    counts = pd.crosstab(names, frame["status"].astype(str))
    counts = counts.reindex(columns=IncidentStatus.values(), fill_value=0)
    counts = counts.assign(
        incidents=names.value_counts(),
        single=frame["independent"].le(1).groupby(names).sum(),
        low=frame["confidence"].eq("low").groupby(names).sum(),
    )
    every = [route.value for route in register.DIRECT_ROUTES]
    if key != "route":
        every = range(int(names.min()), int(names.max()) + 1, 10)
    counts.columns.name = None
    return counts.reindex(pd.Index(every, name=key), fill_value=0).astype(int)


def variants(frame: pd.DataFrame, unclear: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the counted incidents under four rules of what is good enough to count.

    Parameters
    ----------
    frame : pandas.DataFrame
        Counted incidents as :func:`with_status` gives them.
    unclear : pandas.DataFrame
        Incidents whose intent or fate is not established, same direction.
    """
    together = pd.concat([frame, unclear], ignore_index=True)
    return {
        "as counted": frame,
        "low left out": frame[frame["confidence"].ne("low")],
        "verified only": frame[frame["status"].eq(IncidentStatus.VERIFIED.value)],
        "unclear added": together,
    }


def clear_years(spans: pd.DataFrame) -> tuple[int, int]:
    """Return the first and last whole year in which no route is blind."""
    partial = spans.loc[spans["kind"].eq(BlindKind.PARTIAL.value), "first_year"]
    return register.clear_since(spans), int(partial.min()) - 1


def sensitivity(
    frames: Mapping[str, pd.DataFrame],
    spans: pd.DataFrame,
    arrivals: pd.DataFrame,
    totals: pd.DataFrame,
) -> pd.DataFrame:
    """Return the numbers of the notebook on context under each rule of what counts.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        As :func:`variants` gives them, ``as counted`` first.
    spans : pandas.DataFrame
        Documented blind spans from North to South.
    arrivals, totals : pandas.DataFrame
        ``arrivals_annual`` and ``official_totals``.

    Returns
    -------
    pandas.DataFrame
        Index ``topic``, ``what``, numbers that every rule leaves known; a column a rule; ``low``,
        ``high`` (95 % interval of the first rule, missing for counts); ``moved`` (another rule
        gives another number), ``outside`` (and one that lies outside the interval).
    """
    last = clear_years(spans)[1]
    columns = {
        name: _context_numbers(frame, spans, last, arrivals, totals)
        for name, frame in frames.items()
    }
    first, *others = columns
    table = pd.DataFrame({name: numbers["value"] for name, numbers in columns.items()})
    table = table.reindex(columns[first].index).dropna()
    table = table.join(columns[first][["low", "high"]])
    off = table[others].sub(table[first], axis=0).abs().gt(1e-9)
    beyond = table[others].lt(table["low"], axis=0) | table[others].gt(table["high"], axis=0)
    return table.assign(moved=off.any(axis=1), outside=beyond.any(axis=1))


_SINCE = f"per year since {register.ARMISTICE.year}"


def _context_numbers(
    frame: pd.DataFrame,
    spans: pd.DataFrame,
    last_year: int,
    arrivals: pd.DataFrame,
    totals: pd.DataFrame,
) -> pd.DataFrame:
    """Return value, low and high of each number, indexed by topic and what."""
    counts = register.by_route(frame)[["incidents", "people"]].melt(ignore_index=False)
    parts = [
        _numbers(counts["variable"].tolist(), counts.index, counts["value"]),
        _of_rates(
            context.rates(frame, {"clear": context.clear_years(spans, last_year)}), ["route"]
        ),
    ]
    jsa = frame[frame["route"].eq(Route.JSA.value)]
    found = context.watched(context.waits(jsa, pd.Timestamp(last_year, 12, 31)))
    parts.append(_numbers([_SINCE], ["jsa"], [found["rate"]]))
    parts[-1].loc[(_SINCE, "jsa"), ["low", "high"]] = found[["low", "high"]].tolist()
    shot = register.shot_at(frame)
    table = _numbers(["share shot at"] * len(shot), shot.index, shot["share"])
    parts.append(table.assign(low=shot["low"].to_numpy(), high=shot["high"].to_numpy()))
    share = context.direct_share(frame, arrivals, totals)
    parts.append(_numbers(["direct of arrivals"] * len(share), share["period"], share["share"]))
    return pd.concat(parts)


def _of_rates(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return rates a year with their intervals, named by ``keys``."""
    what = table[keys].astype(str).agg(", ".join, axis=1)
    rates = _numbers(["per year"] * len(table), what, table["rate"])
    return rates.assign(low=table["low"].to_numpy(), high=table["high"].to_numpy())


def _numbers(topics: list[str], what: Iterable[str], values: Iterable[float]) -> pd.DataFrame:
    """Return numbers without an interval, indexed by topic and what."""
    index = pd.MultiIndex.from_arrays([topics, list(what)], names=["topic", "what"])
    values = pd.Series([float(value) for value in values], index=index)
    return pd.DataFrame({"value": values, "low": math.nan, "high": math.nan})


# Conflicts and headlines ------------------------------------------------------------------------


def contested_fields(conflicts: pd.DataFrame) -> pd.DataFrame:
    """Return how often the sources differ on each field, and how that was settled.

    Returns
    -------
    pandas.DataFrame
        Index ``field``, most conflicts first; ``conflicts``, ``values`` (published in all),
        ``settled`` (all other values are outdated or refuted), ``weighed`` (one value taken over
        others that still stand), ``open`` (nothing taken).
    """
    groups = conflicts.groupby("conflict_id", sort=False)
    live = (~conflicts["reason"].isin(SETTLED)).groupby(conflicts["conflict_id"], sort=False).sum()
    taken = conflicts["chosen"].eq("yes").groupby(conflicts["conflict_id"], sort=False).sum()
    each = pd.DataFrame(
        {
            "field": groups["field"].first().astype(str), "values": groups.size(),
            "settled": taken.eq(1) & live.eq(1), "weighed": taken.eq(1) & live.gt(1),
            "open": taken.eq(0),
        }
    )  # fmt: skip
    table = each.groupby("field")[["values", "settled", "weighed", "open"]].sum().astype(int)
    table.insert(0, "conflicts", each.groupby("field").size())
    return table.sort_values("conflicts", ascending=False, kind="stable")


def moves(conflicts: pd.DataFrame, incidents: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what each other published value that still stands would add to the counts.

    Taken are values that are neither chosen nor outdated nor refuted, of kind, intent and number
    of people, for incidents from North to South by a direct route since the armistice. A bound
    that the number taken keeps ("fewer than 10" beside 9) moves nothing.

    Parameters
    ----------
    conflicts, incidents : pandas.DataFrame
        As :mod:`helpers.load` returns them.
    frame : pandas.DataFrame
        Counted incidents.

    Returns
    -------
    pandas.DataFrame
        ``conflict_id``, ``record_id``, ``route``, ``field``, ``value``, ``reason``, ``incidents``,
        ``people`` (change of the counts); rows that change neither are left out.
    """
    direct = [route.value for route in register.DIRECT_ROUTES]
    could = incidents[
        incidents["route"].isin(direct)
        & incidents["direction"].eq("north_to_south")
        & incidents["date"].ge(register.ARMISTICE)
    ].set_index("incident_id")
    other = conflicts[
        conflicts["record_table"].eq("incidents")
        & conflicts["record_id"].isin(could.index)
        & conflicts["field"].isin(["event_type", "intent", "people"])
        & conflicts["chosen"].eq("no")
        & ~conflicts["reason"].isin(SETTLED)
    ]
    counted = set(frame["incident_id"])
    changes = [
        _change(row, could.loc[row.record_id, "people"], row.record_id in counted)
        for row in other.itertuples()
    ]
    table = other[["conflict_id", "record_id", "field", "value", "reason"]].assign(
        incidents=[incident for incident, _ in changes],
        people=[people for _, people in changes],
    )
    table.insert(2, "route", table["record_id"].map(could["route"].astype(str)))
    return table[table["incidents"].ne(0) | table["people"].ne(0)].reset_index(drop=True)


def _change(row: tuple, people: int, counted: bool) -> tuple[int, int]:
    """Return what one other value would add to incidents and people."""
    crossers = 0 if pd.isna(people) else int(people)
    if row.field == "people":
        low, high = row.value_low, row.value_high
        kept = (pd.isna(low) or low <= crossers) and (pd.isna(high) or crossers <= high)
        if not counted or kept:
            return 0, 0
        return 0, int(low if not pd.isna(low) else high) - crossers
    meant = row.value in ("direct_defection", "to stay")
    if meant == counted:
        return 0, 0
    return (1, crossers) if meant else (-1, -crossers)


def headlines(
    frames: Mapping[str, pd.DataFrame],
    changes: pd.DataFrame,
    official: pd.DataFrame,
    contested: pd.DataFrame,
    facts: pd.DataFrame,
    annual: pd.DataFrame,
    revised: pd.DataFrame,
) -> pd.DataFrame:
    """Return each headline number and where each kind of doubt would take it.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        As :func:`variants` gives them.
    changes : pandas.DataFrame
        As :func:`moves` gives them.
    official : pandas.DataFrame
        As :func:`against_official` gives it.
    contested : pandas.DataFrame
        The conflicts as :func:`helpers.load.conflicts` gives them.
    facts, annual, revised : pandas.DataFrame
        ``jsa_facts_2017``, ``arrivals_annual``, ``arrivals_revisions``.

    Returns
    -------
    pandas.DataFrame
        ``headline``, ``unit``, ``value``, ``cause``, ``low``, ``high`` (both as ``value`` where a
        cause moves it one way only).
    """
    rows = [*_register_doubts(frames, changes, official), *_shot_doubts(frames)]
    rows += [*_crossing_doubts(contested, facts), *_arrival_doubts(annual, revised)]
    columns = ["headline", "unit", "value", "cause", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


_RULES = ["low left out", "verified only", "unclear added"]


def _register_doubts(
    frames: Mapping[str, pd.DataFrame], changes: pd.DataFrame, official: pd.DataFrame
) -> list[tuple]:
    """Return the doubts on counts of crossings and on the JSA's share of them."""
    rows = []
    for place in ("all", Route.JSA.value):
        for unit in ("incidents", "people"):
            values = {name: _count(frame, place, unit) for name, frame in frames.items()}
            here = changes if place == "all" else changes[changes["route"].eq(place)]
            down, up = here[unit].clip(upper=0).sum(), here[unit].clip(lower=0).sum()
            base = values["as counted"]
            head = (f"{'Direct crossings' if place == 'all' else 'JSA'}: {unit}", unit, base)
            rows += [(*head, name, *sorted((base, values[name]))) for name in _RULES]
            rows.append((*head, "other values", base + int(down), base + int(up)))
            if place == "all" and unit == "people":
                short = official.loc[official["unit"].eq("people"), "difference"].min()
                rows.append((*head, "official total", base, base - min(0, int(short))))
    shares = {name: register.share_of(frame) for name, frame in frames.items()}
    base = shares["as counted"]
    head = ("JSA: share of incidents", "share", base["share"])
    rows += [(*head, name, *sorted((base["share"], shares[name]["share"]))) for name in _RULES]
    return [*rows, (*head, "95% interval", base["low"], base["high"])]


def _count(frame: pd.DataFrame, place: str, unit: str) -> int:
    """Return incidents or people of a route or of all."""
    kept = frame if place == "all" else frame[frame["route"].eq(place)]
    return len(kept) if unit == "incidents" else int(kept["people"].sum())


def _shot_doubts(frames: Mapping[str, pd.DataFrame]) -> list[tuple]:
    """Return the doubts on the share of incidents in which the crossers were shot at."""
    tables = {name: register.shot_at(frame).loc["all"] for name, frame in frames.items()}
    base = tables["as counted"]
    head = ("Shot at: share of the known", "share", base["share"])
    rows = [(*head, name, *sorted((base["share"], tables[name]["share"]))) for name in _RULES]
    rows.append((*head, "95% interval", base["low"], base["high"]))
    return [*rows, (*head, "unknown all no, all yes", base["least"], base["most"])]


def _crossing_doubts(contested: pd.DataFrame, facts: pd.DataFrame) -> list[tuple]:
    """Return the doubts on wounds and on the share of rounds that hit in 2017."""
    wounds = chosen(contested).loc["gunshot_wounds_value"]
    head = ("2017: gunshot wounds", "wounds", float(wounds["value_low"]))
    rows = [(*head, "other values", float(wounds["lowest"]), float(wounds["highest"]))]
    bounds = crossing.hit_share_bounds(facts)["share"]
    rounds = float(crossing.preferred(facts, "shots_fired_kpa")["value_low"])
    share, low, high = crossing.interval(int(wounds["value_low"]), int(rounds))
    head = ("2017: share of rounds that hit", "share", share)
    rows.append((*head, "other values", bounds["lowest"], bounds["highest"]))
    return [*rows, (*head, "95% interval", low, high)]


def _arrival_doubts(annual: pd.DataFrame, revised: pd.DataFrame) -> list[tuple]:
    """Return the doubts on the total of arrivals: if every year's first printed value stood."""
    total, years = arrivals_total(annual), revisions(revised)
    first = total - int(years["change"].sum())
    head = ("Arrivals by any route: people", "people", float(total))
    return [(*head, "first printed", *sorted((total, first)))]


def reach(table: pd.DataFrame) -> pd.DataFrame:
    """Return how far each headline moves under all its doubts together.

    Returns
    -------
    pandas.DataFrame
        Index ``headline``; ``unit``, ``value``, ``low``, ``high``, ``down``, ``up`` (changes as
        shares of the value).
    """
    groups = table.groupby("headline", sort=False)
    ends = pd.DataFrame(
        {
            "unit": groups["unit"].first(), "value": groups["value"].first(),
            "low": groups["low"].min(), "high": groups["high"].max(),
        }
    )  # fmt: skip
    return ends.assign(down=ends["low"] / ends["value"] - 1, up=ends["high"] / ends["value"] - 1)

"""How sure the register is: official totals, lists that overlap, other values, other rules.

Tables are those of :mod:`helpers.load`; ``frame`` is what :mod:`helpers.analysis.register` counts,
with how well it is established (:func:`sourced`), ``unclear`` the incidents of the same direction
whose intent or fate is not established.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.analysis import context, register, status
from helpers.data.tables.conflicts import SETTLED, chosen
from helpers.data.vocab import Route, ShotsAt

RECAPTURES_NEEDED = 7
"""With as many recaptures Chapman's estimate has next to no bias (Robson and Regier 1964)."""

DECIDED_BY_TOTALS = ("d03", "d13", "d14")
"""Decisions that an official total decided: it cannot test the incidents that carry them."""

WOUNDS = "gunshot_wounds_value"
"""The conflict on how many shots hit in 2017."""


def sourced(
    frame: pd.DataFrame, incidents: pd.DataFrame, sources: pd.DataFrame, conflicts: pd.DataFrame
) -> pd.DataFrame:
    """Return counted incidents with how well each is established.

    Returns
    -------
    pandas.DataFrame
        ``frame`` with the columns of :func:`helpers.analysis.status.independence`, ``disputed``
        and ``decided`` (an official total decided whether it counts).
    """
    known = status.independence(incidents, sources).join(status.disputed(incidents, conflicts))
    return frame.join(known, on="incident_id").assign(decided=decided_by_totals(frame))


def decided_by_totals(incidents: pd.DataFrame) -> pd.Series:
    """Return for each incident whether it carries one of ``DECIDED_BY_TOTALS``."""
    carried = incidents["decision_ids"].fillna("").str.split(";")
    return carried.map(lambda ids: not set(DECIDED_BY_TOTALS).isdisjoint(ids)).astype(bool)


def rules(frame: pd.DataFrame, unclear: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the incidents that count under other rules of what is good enough, by rule."""
    told = frame["outlets"].ge(2)
    kept = {
        "two or more documents": frame["documents"].ge(2),
        "two or more publishers": frame["publishers"].ge(2),
        "two or more outlets": told,
        "two or more bodies or press waves": frame["voices"].ge(2),
        "two or more outlets, more than a week apart": told & frame["apart"],
        "two or more outlets, one within a year": told & frame["near"],
        "low confidence left out": frame["confidence"].ne("low"),
        "disputed left out": ~frame["disputed"],
        "decided by official totals left out": ~frame["decided"],
    }
    found = {"as counted": frame} | {name: frame[mask] for name, mask in kept.items()}
    return found | {"unclear added": pd.concat([frame, unclear], ignore_index=True)}


def against_official(
    frame: pd.DataFrame, unclear: pd.DataFrame, totals: pd.DataFrame
) -> pd.DataFrame:
    """Return official totals beside the register's count with its range.

    Crossings that a total helped to judge are no part of what it tests: they are in ``most`` alone.
    A total of which only a bound was said enters with that bound.

    Returns
    -------
    pandas.DataFrame
        Columns of :func:`helpers.analysis.register.against_official`, then ``least`` (low
        confidence left out), ``most`` (those judged by a total and unclear ones added; people or
        incidents), ``bound`` (``up to`` or ``at least`` where no number was said, else empty),
        ``found`` (register by official, missing where the official number is 0) and ``outer`` (no
        longer period of this series, measure and unit holds this one).
    """
    low, best, high = (totals[f"value_{end}"] for end in ("low", "best", "high"))
    filled = totals.assign(value_best=best.fillna(high).fillna(low))
    tested = frame[~frame["decided"]]
    firm = tested[tested["confidence"].ne("low")]
    most = pd.concat([frame, unclear], ignore_index=True)
    table = register.against_official(tested, filled)
    days = dict.fromkeys(["first_day", "last_day"], "datetime64[ns]")
    counts = dict.fromkeys(["official", "register", "difference", "least", "most"], "int64")
    table = table.assign(
        least=register.against_official(firm, filled)["register"],
        most=register.against_official(most, filled)["register"],
    ).astype(days | counts)
    return table.assign(
        bound=_bounds(table, totals),
        found=table["register"] / table["official"].where(table["official"] > 0),
        outer=_outer(table),
    )


def _bounds(table: pd.DataFrame, totals: pd.DataFrame) -> list[str]:
    """Return for each row of ``table`` what kind of bound its official number is, or nothing."""
    bound = totals["value_high"].notna().map({True: "up to", False: "at least"})
    names = ["series", "measure", "period", "unit"]
    keys = totals[names].astype(str).replace({"measure": register.TRANSIT})
    marked = bound.where(totals["value_best"].isna(), "").groupby([keys[name] for name in names])
    return table[names].astype(str).join(marked.max().rename("bound"), on=names)["bound"].tolist()


def _outer(table: pd.DataFrame) -> np.ndarray:
    """Say of each row whether no longer period of its series, measure and unit holds it."""
    alike = table.groupby(["series", "measure", "unit"]).ngroup().to_numpy()
    first, last = (table[day].to_numpy("datetime64[ns]") for day in ("first_day", "last_day"))
    holds = (first <= first[:, None]) & (last >= last[:, None]) & (alike == alike[:, None])
    longer = (last - first) > (last - first)[:, None]
    return ~(holds & longer).any(axis=1)


def covered(table: pd.DataFrame) -> pd.DataFrame:
    """Return the years that official totals of each measure cover, a row a span without a gap.

    Columns ``measure``, ``first_year``, ``last_year``.
    """
    ends = zip(table["first_day"].dt.year, table["last_day"].dt.year, strict=True)
    years = table[["measure"]].assign(year=[range(first, last + 1) for first, last in ends])
    years = years.explode("year").drop_duplicates().sort_values(["measure", "year"])
    spell = years.groupby("measure")["year"].diff().ne(1).cumsum().rename("spell")
    spells = years.groupby(["measure", spell])["year"].agg(first_year="min", last_year="max")
    return spells.reset_index().drop(columns="spell")


def cancelling(table: pd.DataFrame) -> pd.DataFrame:
    """Return what the parts of each outer period hide: too few in one, too many in another.

    Parts are the periods inside an outer one of the same series, measure and unit that do not
    overlap each other; what they leave over is a part of its own.

    Returns
    -------
    pandas.DataFrame
        ``series``, ``measure``, ``unit``, ``period``, ``first_day``, ``last_day`` (all outer),
        ``parts``, ``missing``, ``surplus`` (people or incidents, both positive).
    """
    same = ["series", "measure", "unit"]
    rows = []
    for outer in table[table["outer"]].itertuples():
        alike = table[same].eq([outer.series, outer.measure, outer.unit]).all(axis=1)
        inside = table["first_day"].ge(outer.first_day) & table["last_day"].le(outer.last_day)
        parts = table[alike & inside & ~table["outer"]].sort_values("first_day")
        apart = (parts["first_day"] > parts["last_day"].shift())[1:]
        if len(parts) and apart.all():
            rest = outer.difference - parts["difference"].sum()
            changes = pd.Series([*parts["difference"], rest])
            ends = -changes.clip(upper=0).sum(), changes.clip(lower=0).sum()
            days = outer.first_day, outer.last_day
            name = outer.series, outer.measure, outer.unit, outer.period
            rows.append((*name, *days, len(parts), *map(int, ends)))
    columns = [*same, "period", "first_day", "last_day", "parts", "missing", "surplus"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class Trial:
    """Two lists of the same crossings, and the routes and days that both set out to cover.

    ``first`` and ``second`` are keys of the sources that make up each list; empty: Korean
    documents, and all others.
    """

    name: str
    routes: tuple[Route, ...]
    first_day: str
    last_day: str
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


CHRONOLOGIES = [
    Trial("Aircraft: newspaper log of 1983 and reference list", (Route.AIR,),
          "1953-07-27", "1983-08-31",
          ("joongang-198308-1706532",), ("liquisearch-list-cold",)),
    Trial("Swimmers to Gyodong: broadcaster and newspaper of 2017", (Route.HAN_ESTUARY,),
          "2012-01-01", "2017-08-11", ("kbs-20170811",), ("joongang-20170811",)),
    Trial("JSA: agency and newspaper of November 2017", (Route.JSA,),
          "1953-07-27", "2017-11-12", ("newsis-20171113",), ("joongang-20171128",)),
]  # fmt: skip
"""Lists of one scope that the press printed, up to the day before the later one speaks."""


def by_language(first_year: int, last_year: int) -> list[Trial]:
    """Return the trials of documents in Korean against those in other languages."""
    days = f"{first_year}-01-01", f"{last_year}-12-31"
    names = {"Land line and JSA": register.LAND, "Seas and estuary": register.WATER}
    return [
        Trial(f"{name}: documents in Korean and in other languages", tuple(routes), *days)
        for name, routes in names.items()
    ]


def chapman(first: int, second: int, both: int) -> float:
    """Return Chapman's estimate of a population of which ``both`` were caught twice.

    Chapman, D. G. (1951): Some properties of the hypergeometric distribution.

    Raises
    ------
    ValueError
        If more were caught twice than in one of the captures, or a number is negative.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} caught twice, out of {first} and {second}")
    return (first + 1) * (second + 1) / (both + 1) - 1


def captures(frame: pd.DataFrame, pairs: pd.DataFrame, trials: Iterable[Trial]) -> pd.DataFrame:
    """Return what pairs of lists name of one population, and Chapman's estimate of it.

    Returns
    -------
    pandas.DataFrame
        Index ``trial``; ``first_only``, ``both``, ``second_only``, ``register`` (incidents in the
        scope), ``estimate``, ``verdict``: ``below the register``, ``one list lies in the other``,
        ``too few named twice`` or ``an estimate``, the first that applies.
    """
    rows = {trial.name: _capture(frame, pairs, trial) for trial in trials}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("trial")


def _capture(frame: pd.DataFrame, pairs: pd.DataFrame, trial: Trial) -> dict[str, object]:
    days = frame["date"].between(trial.first_day, trial.last_day)
    scope = frame[days & frame["route"].isin([route.value for route in trial.routes])]
    inside = pairs[pairs["incident_id"].isin(scope["incident_id"])]
    korean = inside["language"].eq("ko")
    masks = [inside["source_id"].isin(keys) for keys in (trial.first, trial.second)]
    first, second = (set(inside.loc[mask, "incident_id"])
                     for mask in (masks if trial.first else [korean, ~korean]))  # fmt: skip
    both = len(first & second)
    found = {
        "first_only": len(first) - both, "both": both, "second_only": len(second) - both,
        "register": len(scope), "estimate": chapman(len(first), len(second), both),
    }  # fmt: skip
    return found | {"verdict": _verdict(found)}


def _verdict(found: Mapping[str, float]) -> str:
    if found["estimate"] < found["register"]:
        return "below the register"
    if min(found["first_only"], found["second_only"]) == 0:
        return "one list lies in the other"
    return "too few named twice" if found["both"] < RECAPTURES_NEEDED else "an estimate"


def moves(conflicts: pd.DataFrame, incidents: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what each other published value that still stands would add to the counts.

    Taken are values that are neither chosen nor outdated nor refuted, of kind, intent and number
    of people, for incidents from North to South by a direct route since the armistice. A bound
    that the number taken keeps ("fewer than 10" beside 9) moves nothing.

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
    changes = pd.DataFrame(changes, index=other.index, columns=["incidents", "people"], dtype=int)
    table = other[["conflict_id", "record_id", "field", "value", "reason"]].join(changes)
    table.insert(2, "route", table["record_id"].map(could["route"].astype(str)))
    return table[table["incidents"].ne(0) | table["people"].ne(0)].reset_index(drop=True)


def _change(row: tuple, people: int, counted: bool) -> tuple[int, int]:
    crossers = 0 if pd.isna(people) else int(people)
    if row.field == "people":
        low, high = row.value_low, row.value_high
        kept = (pd.isna(low) or low <= crossers) and (pd.isna(high) or crossers <= high)
        if not counted or kept:
            return 0, 0
        nearer = high if pd.isna(low) or (not pd.isna(high) and high < crossers) else low
        return 0, int(nearer) - crossers
    meant = row.value in ("direct_defection", "to stay")
    if meant == counted:
        return 0, 0
    return (1, crossers) if meant else (-1, -crossers)


def headlines(
    counted: Mapping[str, pd.DataFrame], changes: pd.DataFrame, totals: pd.DataFrame,
    conflicts: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """Return how far each kind of doubt, and all of them together, move the headline numbers.

    ``counted`` is what :func:`rules` gives, ``changes`` what :func:`moves` gives.

    Returns
    -------
    pandas.DataFrame
        ``headline`` (``crossings``, ``people``, ``jsa``, ``shot``, ``wounds``), ``value``,
        ``kind`` (``counted`` by other rules, ``published`` otherwise, ``unknown``, ``together``),
        ``low``, ``high``, ``open`` (the high end is at least that). Shares for ``shot``. Where a
        value is not known or 0, there is no row.
    """
    gaps = [
        int(context.apart(context.official_gaps(counted[name], totals))["missing"].sum())
        for name in ("as counted", "unclear added")
    ]
    jsa = {name: frame[frame["route"].eq(Route.JSA.value)] for name, frame in counted.items()}
    ours = changes[changes["route"].eq(Route.JSA.value)]
    rows = [
        *_count_doubts("crossings", counted, changes, "incidents"),
        *_count_doubts("people", counted, changes, "people", gaps),
        *_count_doubts("jsa", jsa, ours, "incidents"),
        *_shot_doubts(counted),
        *_wound_doubts(conflicts),
    ]
    names = ["headline", "value", "kind", "low", "high", "open"]
    table = pd.DataFrame(rows, columns=names)
    return table[table["value"].gt(0)].reset_index(drop=True)


def _count_doubts(
    name: str, counted: Mapping[str, pd.DataFrame], changes: pd.DataFrame, unit: str,
    gaps: Sequence[int] = (0, 0),
) -> list[tuple]:  # fmt: skip
    """Return the doubts on a count; ``gaps`` are missing from it, and from the widest rule."""
    values = [_count(frame, unit) for frame in counted.values()]
    # Values for one incident exclude each other: the worst of them, not their sum.
    each = changes.groupby("record_id")[unit].agg(["min", "max"])
    down, up = each["min"].clip(upper=0), each["max"].clip(lower=0)
    worst = min(
        _count(frame, unit) + int(down[down.index.isin(frame["incident_id"])].sum())
        for frame in counted.values()
    )
    base, most = values[0], max(values) + int(up.sum())
    return [
        (name, base, "counted", min(values), max(values), False),
        (name, base, "published", base + int(down.sum()), base + int(up.sum()), False),
        (name, base, "unknown", base, base + gaps[0], True),
        (name, base, "together", worst, max(most + gaps[1], base + gaps[0]), True),
    ]


def _count(frame: pd.DataFrame, unit: str) -> int:
    return len(frame) if unit == "incidents" else int(frame["people"].sum())


def _shot_doubts(counted: Mapping[str, pd.DataFrame]) -> list[tuple]:
    """Return the doubts on the share of incidents in which the crossers were shot at.

    The bounds of the unknown are those of Manski (1989, Anatomy of the selection problem): the
    share of all, if no unknown one were a yes, and if every one were.
    """
    shares = pd.DataFrame({name: _shot(frame) for name, frame in counted.items()}).T
    base, known = shares.iloc[0], shares["share"].dropna()
    if not len(known):
        return []
    return [
        ("shot", base["share"], "counted", known.min(), known.max(), False),
        ("shot", base["share"], "unknown", base["least"], base["most"], False),
        ("shot", base["share"], "together", shares["least"].min(), shares["most"].max(), False),
    ]


def _shot(frame: pd.DataFrame) -> pd.Series:
    fire = frame["shots_at"].astype(str)
    yes, unknown = fire.eq(ShotsAt.CROSSERS).sum(), fire.eq(ShotsAt.UNKNOWN).sum()
    every = len(frame) or math.nan
    share = yes / (len(frame) - unknown) if len(frame) > unknown else math.nan
    return pd.Series({"share": share, "least": yes / every, "most": (yes + unknown) / every})


def _wound_doubts(conflicts: pd.DataFrame) -> list[tuple]:
    taken = chosen(conflicts)
    if WOUNDS not in taken.index or taken.loc[WOUNDS, ["value_low", "lowest"]].isna().any():
        return []
    row = taken.loc[WOUNDS]
    highest = row["highest"] if pd.notna(row["highest"]) else row["value_low"]
    ends = float(row["lowest"]), float(highest), bool(pd.isna(row["highest"]))
    return [("wounds", float(row["value_low"]), kind, *ends) for kind in ("published", "together")]

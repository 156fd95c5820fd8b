"""Sentences on the JSA crossing in context: the answer, what is left out, and the critic."""

import math

import pandas as pd

from helpers.analysis import context, register
from helpers.data.vocab import Affiliation, ArrivalSeries, Means, Route, ShotsAt
from helpers.words import dated, number, say


def answer(frame: pd.DataFrame, arrivals: pd.DataFrame, clear: tuple[int, int]) -> str:
    """Return the answer in two sentences: the share of arrivals, and how often the JSA."""
    main = arrivals[arrivals["series"].eq(ArrivalSeries.OFFICIAL_MAIN)]
    own, jsa = context.northern(frame), frame["route"].eq(Route.JSA.value)
    recent, last = frame["year"].between(*clear), int(main["period_end"].max())
    named = {
        "all": main["people"].sum(), "direct": own["people"].sum(), "last": last,
        "share": own["people"].sum() / main["people"].sum(),
        "jsa": own.loc[own["route"].eq(Route.JSA.value), "people"].sum(), "cases": jsa.sum(),
        "years": context.exposure(register.ARMISTICE.year, last), "since": clear[0],
        "recent": (jsa & recent).sum(), "of": recent.sum(),
    }  # fmt: skip
    return say(
        "The register records that {direct:n} of {all:n} arrivals to the end of {last} came "
        "directly from the North ({share:%}), {jsa:n} of them through the Joint Security Area. In "
        "{years:year/years} up to then the area saw {cases:crossing/crossings}, those by "
        "foreigners included; from {since} on it saw {recent:n} of the {of:known crossing/known "
        "crossings}.",
        **named,
    )


def later(south: pd.DataFrame, until: pd.Timestamp) -> str:
    """Return how many crossings lie after the last day watched, and where they do not count."""
    after = south["date"].gt(until)
    text = "All {all:known crossing/known crossings} took place before the end of {year}."
    if after.any():
        text = (
            "{after:crossing/crossings} after the end of {year} {after:=is/are} in no share, rate "
            "or wait of this notebook: {year} is the last year of which the arrivals are counted."
        )
    return say(text, all=len(south), after=after.sum(), year=until.year)


def minimum(south: pd.DataFrame, gaps: pd.DataFrame) -> str:
    """Return how many people crossed at least: the register, and what offices counted besides."""
    known, more = int(south["people"].sum()), int(gaps["missing"].sum())
    text = (
        "At least {least:person/people} crossed directly: {known:n} are in the register, and "
        "offices counted {more:n} more ({parts:list})."
    )
    if not more:
        text = "At least {least:person/people} crossed directly; no official count exceeds that."
    parts = [
        say("{people:n} {when}", people=row.missing, when=_when(row)) for row in gaps.itertuples()
    ]
    return say(text, least=known + more, known=known, more=more, parts=parts)


def _when(row: tuple) -> str:
    """Return the period of a total: up to a month, in a year, or from one time to another."""
    first, last = row.first_day, row.last_day
    year = first.year == last.year and first.is_year_start and last.is_year_end
    text = "in {span:period}" if year else "from {span:period}"
    if first <= register.ARMISTICE:
        text = "up to {last:month}"
    return say(text, span=(first, last), last=last)


def waiting(waits: pd.DataFrame) -> str:
    """Return what chance makes of the waits: of that before 2017, the last one, and of all."""
    found = context.watched(waits)
    if not found["crossings"]:
        return "Without a crossing there is no wait to compare."
    named = {
        "quiet": found["quiet"], "until": waits["end"].iloc[-1],
        "chance": math.exp(-found["rate"] * found["quiet"]),
        "ends": tuple(math.exp(-found[end] * found["quiet"]) for end in ("high", "low")),
        "even": found["even"],
    }  # fmt: skip
    text = []
    ended = waits[waits["incident_id"].eq(register.CROSSING_2017) & waits["kind"].eq("between")]
    for row in ended.itertuples():
        named |= {"day": row.end, "wait": row.years}
        named |= {"as_long": math.exp(-found["rate"] * row.years)}
        text.append(
            "{wait:n1} years passed before the crossing of {day:day}. If crossings came by chance "
            "at one rate, {as_long:%} of waits would be as long or longer."
        )
    text.append(
        "{quiet:n1} years passed from the last crossing to {until:day}. Chance alone would make a "
        "wait at least so long in {ends[0]:%} to {ends[1]:%} of cases."
    )
    if found["even"] < 0.05:
        text.append(
            "The waits are more even than chance makes them: chance alone gives waits as even in "
            "{even:%} of cases. So the interval of the rate is rather wide."
        )
    return say(" ".join(text), **named)


def before(frame: pd.DataFrame, clear: tuple[int, int]) -> str:
    """Return the rate of the land line before the clear years, from its years with a crossing."""
    land = frame[frame["route"].eq(Route.DMZ_LAND.value)]
    early = land[land["year"].lt(clear[0])].groupby("year").size()
    recent = int(land["year"].between(*clear).sum())
    if early.empty:
        return say("No crossing of the land line is known before {since}.", since=clear[0])
    rate, low, high = context.truncated(early.tolist())
    return say(
        "The land line had {n:known crossing/known crossings} in {years:n} of the years before "
        "{since}. If crossings came by chance and years without one are only missing from the "
        "record, the rate was {rate:n2} a year (95% interval {low:n2} to {high:n2}). Since {since} "
        "it has been {now:n2}.",
        since=clear[0], years=len(early), n=early.sum(), rate=rate, low=low, high=high,
        now=recent / context.exposure(*clear),
    )  # fmt: skip


def unseen(frame: pd.DataFrame) -> str:
    """Return how many counted crossings name a death, and why that says nothing on the danger."""
    deaths = frame["killed_crossers"].ge(1).fillna(False).sum()
    text = "No source of the {n:counted crossing/counted crossings} names a death among those who "
    text += "crossed."
    if deaths:
        text = (
            "The sources of {deaths:n} of {n:counted crossing/counted crossings} name a death "
            "among those who crossed."
        )
    text += " A crossing counts only if someone arrived: whoever died alone on the way is missing."
    return say(text, deaths=deaths, n=len(frame))


def nearest(frame: pd.DataFrame, alike: pd.Series, features: int) -> str:
    """Return which crossings share most features with that of 2017.

    ``alike`` says by ``incident_id`` how many of the ``features`` a crossing shares with it.
    """
    cases = frame.set_index("incident_id")
    days = cases["date"]
    if register.CROSSING_2017 not in days.index:
        return "The crossing of 13 November 2017 is not in these data."
    others = alike.drop(register.CROSSING_2017)
    most = int(others.max()) if len(others) else 0
    best = days[others.index[others.eq(most)]].sort_values()
    text = "No other crossing shares any of {all} features with that of {day:day}."
    if most:
        text = (
            "{n:crossing/crossings} {n:=shares/share} {most} of {all} features with that of "
            "{day:day}; no other shares more. The nearest in time is that of {near}."
        )
    day, near = days[register.CROSSING_2017], ""
    if most:
        closest = cases.loc[(best - day).abs().idxmin()]
        near = dated(closest["date"], closest["date_precision"])
    return say(text, n=len(best), most=most, all=features, day=day, near=near)


def labelled(cases: pd.DataFrame) -> pd.DataFrame:
    """Return crossings as a table to read: labels for codes, "unknown" for what is missing."""
    words = cases.assign(wounded=cases["wounded"].map({True: "Yes", False: "No"}).fillna("Unknown"))
    for name, terms in (
        ("route", Route), ("affiliation", Affiliation), ("means", Means), ("shots_at", ShotsAt)
    ):  # fmt: skip
        words[name] = words[name].astype(str).map(terms.labels())
    return words.rename(columns=lambda name: name.replace("_", " ")).reset_index(drop=True)


def critic_share(scale: pd.DataFrame, gaps: pd.DataFrame) -> str:
    """Return the answer to the objection that the register misses direct crossings."""
    count = scale.set_index("group")["people"]
    share = count["direct"] / count["arrivals"]
    known = gaps[gaps["register"].gt(0)]
    if known.empty:
        return say("No official count exceeds the register's {share:%}.", share=share)
    worst = known.loc[(known["official"] / known["register"]).idxmax()]
    times = worst["official"] / worst["register"]
    return say(
        "The register lacks most for the time {when}: an office counted {official:n} people, the "
        "register has {register:n}. If it lacked as many in all years, {most:%} of arrivals would "
        "have come directly, not {share:%}.",
        when=_when(worst), official=worst["official"], register=worst["register"],
        most=share * times, share=share,
    )  # fmt: skip


def ratio_ends(land: int, jsa: int) -> dict[str, object]:
    """Return how many times as many crossings the land line saw: ``times``, ``low``, ``high``."""
    times, *ends = context.times(land, jsa)
    low, high = (
        number(end, 0 if end >= 10 else 1) if end < math.inf else "no limit" for end in ends
    )
    return {"times": times, "low": low, "high": high}


def critic_rates(table: pd.DataFrame) -> str:
    """Return how far the ratio of land line to JSA hangs on the years it is taken over."""
    parts = []
    for _, rows in table.groupby("basis", sort=False):
        own = rows.set_index("route")["incidents"]
        land, jsa = int(own[Route.DMZ_LAND.value]), int(own[Route.JSA.value])
        text = "{span:When} the land line saw {land:crossing/crossings}, the JSA {jsa:n}."
        if jsa:
            text = (
                "{span:When} the land line saw {land:crossing/crossings}, the JSA {jsa:n}: "
                "{times:n1} times as many (95% interval {low} to {high})."
            )
        span = rows[["first_year", "last_year"]].iloc[0].tolist()
        parts.append(say(text, span=span, land=land, jsa=jsa, **ratio_ends(land, jsa)))
    return " ".join(parts)


def critic_count(readings: pd.DataFrame) -> str:
    """Return how far the rate of the JSA hangs on what is counted.

    A row a reading: ``crossings``, ``rate`` per year. They share their cases, so that each lies
    inside the interval of the others says nothing.
    """
    rates = readings["rate"]
    text = "The readings give {counts:nrange} crossings."
    if rates.min() > 0:
        text = "The readings give {counts:nrange} crossings, from 1 in {few:n} years to 1 in "
        text += "{many:n} years."
    return say(
        text, counts=(readings["crossings"].min(), readings["crossings"].max()),
        few=1 / rates.max() if rates.max() else 0, many=1 / rates.min() if rates.min() else 0,
    )  # fmt: skip

"""How sure the register is: the answer, the documented minimum, lists, rules, and two critics."""

import pandas as pd

from helpers.analysis import doubt
from helpers.data.vocab import OfficialMeasure, OfficialSeries
from helpers.sentences import context
from helpers.words import say


def answer(south: pd.DataFrame, gaps: pd.DataFrame, doubts: pd.DataFrame) -> str:
    """Return the answer to the notebook's question: the documented minimum, and the doubts."""
    rows = doubts.set_index(["headline", "kind"])
    first = context.minimum(south, gaps)
    if ("jsa", "counted") not in rows.index or ("shot", "together") not in rows.index:
        return first
    jsa, shot = rows.loc[("jsa", "counted")], rows.loc[("shot", "together")]
    strict = "The strictest rule leaves its {jsa:crossing/crossings} of the JSA as they are."
    if jsa["low"] < jsa["value"]:
        strict = "The strictest rule leaves {least} of its {jsa:crossing/crossings} of the JSA."
    share = "{low:%} of crossings were shot at."
    if shot["low"] < shot["high"]:
        share = "The share of crossings shot at lies anywhere between {low:%} and {high:%}."
    named = {"jsa": int(jsa["value"]), "least": int(jsa["low"])}
    return f"{first} {say(f'{strict} {share}', low=shot['low'], high=shot['high'], **named)}"


def decided(incidents: pd.DataFrame, south: pd.DataFrame) -> str:
    """Return which crossings official totals decided, so that they cannot test them."""
    rows = incidents[
        doubt.decided_by_totals(incidents) & incidents["direction"].eq("north_to_south")
    ]
    counted = rows["incident_id"].isin(south["incident_id"])
    if not len(rows):
        return "No official total helped to judge a crossing to the South."
    return say(
        "Official totals helped to judge {n:crossing/crossings} to the South: {yes} "
        "{yes:=counts/count} ({counted:person/people}), {no} {no:=does/do} not "
        "({left:person/people}). The totals cannot test these.",
        n=len(rows), yes=int(counted.sum()), no=int((~counted).sum()),
        counted=int(rows.loc[counted, "people"].sum()),
        left=int(rows.loc[~counted, "people"].sum()),
    )  # fmt: skip


def lists(caught: pd.DataFrame) -> str:
    """Return what pairs of lists say of what is missing.

    ``caught`` is :func:`helpers.analysis.doubt.captures`'s.
    """
    verdicts = caught["verdict"]
    usable = caught[verdicts.eq("an estimate")]
    said = say(
        "{below} of {n:pair/pairs} of lists {below:=gives/give} an estimate below what the "
        "register already has. In {inside} one list lies within the other, and in {few} too few "
        "crossings are on both lists.",
        n=len(caught), below=int(verdicts.eq("below the register").sum()),
        inside=int(verdicts.eq("one list lies in the other").sum()),
        few=int(verdicts.eq("too few named twice").sum()),
    )  # fmt: skip
    parts = [
        say(
            "One pair gives {estimate:n} crossings against {known:n} in the register ({name}).",
            name=row.Index, estimate=row.estimate, known=row.register,
        )
        for row in usable.itertuples()
    ]  # fmt: skip
    return " ".join([said, *parts])


def contested(conflicts: pd.DataFrame, changes: pd.DataFrame) -> str:
    """Return on how much the sources differ, and what other values would change.

    ``changes`` is :func:`helpers.analysis.doubt.moves`'s.
    """
    taken = conflicts["chosen"].eq("yes").groupby(conflicts["conflict_id"]).any()
    named = {
        "n": len(taken), "open": int((~taken).sum()), "moves": len(changes),
        "out": int(changes["incidents"].lt(0).sum()), "more": int(changes["incidents"].gt(0).sum()),
        "people": int((changes["incidents"].eq(0) & changes["people"].ne(0)).sum()),
    }  # fmt: skip
    text = "No other value that still stands would change a count."
    if len(changes):
        text = (
            "{moves:other value/other values} that still {moves:=stands/stand} would change a "
            "count: {out} would take a crossing out, {more} would add one, and {people} would "
            "change the number of people only."
        )
    first = "Sources differ on {n:question/questions}; for {open} of them no value is taken."
    return say(f"{first} {text}", **named)


def rules(table: pd.DataFrame, named: float) -> str:
    """Return what is left under each rule of independence.

    Index ``rule`` with the names of :func:`helpers.analysis.doubt.rules`; ``crossings``, ``JSA``.
    ``named`` is the share of documents that say for whom they speak.
    """
    first, *others = [table.loc[name] for name in INDEPENDENCE]
    said = [
        say(
            "{outlets} of {every:crossing/crossings} {outlets:=has/have} two or more outlets. Only "
            "{named:%} of the documents say for whom they speak; if the others are one source for "
            "each press wave, {voices} {voices:=has/have} two or more. {apart} "
            "{apart:=has/have} outlets that wrote more than a week apart, and {near} "
            "{near:=has/have} one that wrote within a year of the event.",
            every=int(first["crossings"]), named=named, **_by_rule(others, "crossings"),
        )
    ]  # fmt: skip
    if first["JSA"]:
        said.append(
            say(
                "For the JSA these are {outlets}, {voices}, {apart} and {near} of {every}.",
                every=int(first["JSA"]), **_by_rule(others, "JSA"),
            )
        )  # fmt: skip
    return " ".join(said)


def _by_rule(rows: list[pd.Series], column: str) -> dict[str, int]:
    return {name: int(row[column]) for name, row in zip(RULES, rows, strict=True)}


RULES = ["outlets", "voices", "apart", "near"]
INDEPENDENCE = [
    "as counted",
    "two or more outlets",
    "two or more bodies or press waves",
    "two or more outlets, more than a week apart",
    "two or more outlets, one within a year",
]


def critic_net(parts: pd.DataFrame) -> str:
    """Return the answer to the objection that net differences hide errors that cancel.

    ``parts`` is :func:`helpers.analysis.doubt.cancelling`'s.
    """
    if not len(parts):
        return "No official total is given with its parts, so this cannot be tested."
    mixed = parts[parts["missing"].gt(0) & parts["surplus"].gt(0)]
    said = say(
        "In {mixed} of {n:total/totals} that {n:=comes/come} with parts, the register has too few "
        "in one part and too many in another.",
        n=len(parts), mixed=len(mixed),
    )  # fmt: skip
    return " ".join([said, *(_mixed(row) for row in mixed.itertuples())])


def _mixed(row: tuple) -> str:
    return say(
        "Against \u201c{release}\u201d of {when:period}, counted in {unit}, it has {missing} too "
        "few and {surplus} too many, so the two do not count the same.",
        release=OfficialSeries(row.series).label, unit=row.unit, missing=row.missing,
        when=(row.first_day, row.last_day), surplus=row.surplus,
    )  # fmt: skip


def critic_unseen(totals: pd.DataFrame) -> str:
    """Return the answer to the objection that nobody counts those whom nobody saw.

    ``totals`` is :func:`helpers.load.official_totals`'s.
    """
    known = totals[totals["value_best"].gt(0) & totals["unit"].eq("people")]
    known = known.dropna(subset=["period_start", "period_end"])
    same = ["series", "period_start", "period_end"]
    every = known[known["measure"].eq(OfficialMeasure.DIRECT_ALL)]
    unseen = known[known["measure"].eq(OfficialMeasure.UNDETECTED)]
    pairs = unseen.merge(every[[*same, "value_best"]], on=same, suffixes=("", "_all"))
    last = (
        "Whoever meets nobody, and whoever dies on the way, is in no total and not in the register."
    )
    if not len(pairs):
        return f"No office says how many its forces did not see. {last}"
    row = pairs.sort_values("period_end").iloc[-1]
    days = pd.Period(row["period_start"]).start_time, pd.Period(row["period_end"]).end_time
    said = say(
        "Military posts did not notice {n} ({share:%}) of the {every:person/people} who came in "
        "{when:period}; residents, or the arrivals themselves, reported that they had come.",
        every=int(row["value_best_all"]), n=int(row["value_best"]),
        when=[day.normalize() for day in days],
        share=row["value_best"] / row["value_best_all"],
    )  # fmt: skip
    return f"{said} {last}"

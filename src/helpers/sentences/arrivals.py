"""Sentences on arrivals: the answer, parts of a year, time abroad, and what revisions change."""

import pandas as pd

from helpers.analysis import arrivals
from helpers.languages import current
from helpers.words import number, say


def during(row: pd.Series) -> str:
    """Return when people arrived, of a row of :func:`helpers.analysis.arrivals.official`."""
    if 0 < row["years"] < 1:
        first, *rest = row["period"].split()[1:]
        months = round(12 * row["years"])
        ends = [6 * int(p[1]) if p[0] == "h" else 3 * int(p[1]) for p in (first, *rest)]
        text = "in {months} months of {year}"
        if ends[-1] == months:
            text = "in the first {months} months of {year}"
        return say(text, months=months, year=row["last_year"])
    if row["years"] == 0:
        return say("up to {last}", last=row["last_year"])
    return say("{span:when}", span=(row["first_year"], row["last_year"]))


def answer(main: pd.DataFrame) -> str:
    """Return how many came and when, of :func:`helpers.analysis.arrivals.official`."""
    if main.empty:
        return "These data hold no official count of arrivals."
    years, known = arrivals.single_years(main)["people"], main.dropna(subset="women")
    text = "The Ministry of Unification has counted {all:person/people} who arrived up to {last}."
    if len(known) == len(main):
        text += " {women:%} of them were women and girls."
    elif len(known):
        text += " {women:%} of those counted by sex were women and girls."
    if years.nunique() > 1:
        text += (
            " The highest count of one year was {most:n}, in {peak:list}; the lowest was "
            "{least:n}, in {low:list}."
        )
    return say(
        text, all=main["people"].sum(), last=main["last_year"].max(),
        women=known["women"].sum() / max(known["people"].sum(), 1), most=years.max(),
        least=years.min(), peak=list(years.index[years == years.max()]),
        low=list(years.index[years == years.min()]),
    )  # fmt: skip


def part_year(periods: pd.DataFrame, pieces: pd.DataFrame) -> str:
    """Return what is known of the year that no yearly count has come to yet."""
    if periods.empty:
        return "These data hold no official count of arrivals."
    last = periods.iloc[-1]
    if not 0 < last["years"] < 1:
        return say("No part of a year after {last} has been counted yet.", last=last["last_year"])
    here = pieces[pieces["year"].eq(last["last_year"])]
    before = pieces[pieces["year"].eq(last["last_year"] - 1)]
    before = before[before["month"].isin(_months(here))]
    text = "{people:person/people} arrived {when}."
    if before["months"].sum() == here["months"].sum():
        text = "{people:person/people} arrived {when}, {before:n} in the same months of {year}."
    return say(text, people=last["people"], when=during(last), before=before["people"].sum(),
               year=last["last_year"] - 1)  # fmt: skip


def _months(pieces: pd.DataFrame) -> set[int]:
    """Return the months (1 to 12) that quarters and halves cover."""
    spans = zip(pieces["month"], pieces["months"], strict=True)
    return {month for first, many in spans for month in range(first, first + many)}


def quarters(pieces: pd.DataFrame) -> str:
    """Return the quarters with the most and the fewest people, and the latest part of a year."""
    whole, last = pieces[pieces["months"].eq(3)], pieces.iloc[-1]
    named = {"now": _name(last), "people": last["people"], "count": len(whole)}
    text = "The latest count, {now}, is {people:person/people}."
    if whole["people"].nunique() > 1:
        most = whole.loc[whole["people"].idxmax()]
        least = whole.loc[whole["people"].idxmin()]
        named |= {"most": most["people"], "peak": _name(most), "least": least["people"],
                  "low": _name(least)}  # fmt: skip
        text = (
            "Of the {count} single quarters counted here, {peak} brought the most people "
            "({most:n}) and {low} the fewest ({least:n}). " + text
        )
    return say(text, **named)


def _name(piece: pd.Series) -> str:
    order = int(piece["part"][1]) - 1
    template = HALVES[order] if piece["months"] == 6 else QUARTERS[order]
    return say(template, year=piece["year"])


HALVES = ["the first half of {year}", "the second half of {year}"]
QUARTERS = [
    "the first quarter of {year}",
    "the second quarter of {year}",
    "the third quarter of {year}",
    "the fourth quarter of {year}",
]


def amount(row: pd.Series) -> str:
    """Return a number that somebody said, of :func:`helpers.analysis.arrivals.bounds`.

    From a million on in millions, with one decimal where it has one; in Korean in ten thousands.
    """
    ends = row[["low", "high"]].dropna().astype(float)
    large = ends.min() >= 1e6
    low, *high = (
        number(value, 0 if round(value, 1) == round(value) else 1)
        for value in ends / (_million() if large else 1)
    )
    return say(AMOUNTS[row["open"], large], ends=(low, high[0] if high else low))


AMOUNTS = {
    ("", False): "{ends:range}",
    ("up", False): "at least {ends:range}",
    ("down", False): "at most {ends:range}",
    ("", True): "{ends:range} million",
    ("up", True): "at least {ends:range} million",
    ("down", True): "at most {ends:range} million",
}
"""An amount by its open end, and whether it is in millions."""


def millions(value: float) -> str:
    """Return a round number of a million or more in millions, in Korean in ten thousands."""
    return say("{n} million", n=number(value / _million()))


def _million() -> float:
    return 1e4 if current() == "ko" else 1e6


def time_abroad(stays: pd.DataFrame) -> str:
    """Return how long people had been abroad, in months, of rows with ``period`` and bounds."""
    if stays.empty:
        return "These data do not say how long people had been abroad before they arrived."
    said = [
        say("{months} ({when:said})", months=amount(row), when=row["period"])
        for _, row in stays.iterrows()
    ]
    return say("Published figures put the time between leaving the North and arrival at so many "
               "months: {said:list}.", said=said)  # fmt: skip


def revisions(ranges: pd.DataFrame) -> str:
    """Return whether another choice among published values would move the peak.

    ``ranges`` by ``year``: ``people`` (current), ``least``, ``most`` (persons), ``values`` (how
    many different numbers were published).
    """
    if len(ranges) < 2:
        return "There are no 2 years to compare."
    top = ranges["people"].idxmax()
    rival = ranges["most"].drop(index=top)
    named = {
        "years": len(ranges), "many": ranges["values"].gt(1).sum(),
        "apart": (ranges["most"] / ranges["least"] - 1).max(), "top": top,
        "least": ranges.loc[top, "least"], "rival": rival.max(), "second": rival.idxmax(),
    }  # fmt: skip
    text = (
        "{many:n} of {years:year/years} {many:=has/have} more than one published value; the values "
        "of one year differ by at most {apart:%}."
    )
    rank = (
        " Even the lowest value for {top} ({least:n}) is above every value of the other years (the "
        "highest is {rival:n}, for {second})."
    )
    if named["least"] <= named["rival"]:
        rank = (
            " The lowest value for {top} ({least:n}) is not above every value of the other years "
            "(the highest is {rival:n}, for {second})."
        )
    return say(text + rank, **named)


def one_group_more(years: pd.DataFrame, group: int = 10) -> str:
    """Return what a group of people more would change in the year with the fewest."""
    if years.empty or not years["people"].min():
        return "There is no single year to add a group to."
    low = years["people"].idxmin()
    return say("A group of {group} people more would raise the count of {low} by {share:%}.",
               group=group, low=low, share=group / years.loc[low, "people"])  # fmt: skip

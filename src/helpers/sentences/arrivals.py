"""Sentences on arrivals: the answer, parts of a year, time abroad, and what revisions change."""

from collections.abc import Hashable

import pandas as pd

from helpers.analysis import arrivals
from helpers.figures.frames import Frames
from helpers.words import number, say, spread


def during(row: pd.Series) -> str:
    """Return when people arrived, of a row of :func:`helpers.analysis.arrivals.official`."""
    if 0 < row["years"] < 1:
        first, *rest = row["period"].split()[1:]
        months = round(12 * row["years"])
        ends = [6 * int(p[1]) if p[0] == "h" else 3 * int(p[1]) for p in (first, *rest)]
        early = "the first " if ends[-1] == months else ""
        return say("in {early}{months} months of {year}", early=early, months=months,
                   year=row["last_year"])  # fmt: skip
    if row["years"] == 0:
        return say("to {last}", last=row["last_year"])
    return say("{span:when}", span=(row["first_year"], row["last_year"]))


def answer(main: pd.DataFrame) -> str:
    """Return how many came and when, of :func:`helpers.analysis.arrivals.official`."""
    if main.empty:
        return "These data hold no official count of arrivals."
    years, known = arrivals.single_years(main)["people"], main.dropna(subset="women")
    women = known["women"].sum() / max(known["people"].sum(), 1)
    by_sex = ", {women:%} of them women and girls."
    if len(known) < len(main):
        by_sex = "; of those counted by sex, {women:%} were women and girls." if len(known) else "."
    extremes = ""
    if years.nunique() > 1:
        extremes = (
            " The most in one year came in {peak:list} ({most:n}), the fewest in {low:list} "
            "({least:n})."
        )
    return say(
        "The Ministry of Unification has counted {all:person/people} who arrived up to {last}"
        + by_sex
        + extremes,
        all=main["people"].sum(),
        last=main["last_year"].max(),
        women=float(women),
        most=years.max() if len(years) else 0,
        least=years.min() if len(years) else 0,
        peak=list(years.index[years == years.max()]),
        low=list(years.index[years == years.min()]),
    )


def part_year(periods: pd.DataFrame, pieces: pd.DataFrame) -> str:
    """Return what is known of the year that no yearly count has come to yet."""
    if periods.empty:
        return "These data hold no official count of arrivals."
    last = periods.iloc[-1]
    if not 0 < last["years"] < 1:
        return say("No count of a part of a year goes beyond {last}.", last=last["last_year"])
    here = pieces[pieces["year"].eq(last["last_year"])]
    before = pieces[pieces["year"].eq(last["last_year"] - 1) & pieces["month"].isin(_months(here))]
    named = {"people": last["people"], "when": during(last), "before": before["people"].sum(),
             "year": last["last_year"] - 1}  # fmt: skip
    same = "{people:person/people} arrived {when}"
    if before["months"].sum() != here["months"].sum():
        return say(same + ".", **named)
    return say(same + ", {before:n} in the same months of {year}.", **named)


def _months(pieces: pd.DataFrame) -> set[int]:
    """Return the months (1 to 12) that quarters and halves cover."""
    return {
        month for row in pieces.itertuples() for month in range(row.month, row.month + row.months)
    }


def quarters(pieces: pd.DataFrame) -> str:
    """Return the quarters with the most and the fewest people, and the latest part of a year."""
    whole, last = pieces[pieces["months"].eq(3)], pieces.iloc[-1]
    now = say("The latest count, {part} of {year}, is {people:person/people}.", part=_name(last),
              year=last["year"], people=last["people"])  # fmt: skip
    if whole["people"].nunique() < 2:
        return now
    most, least = (
        whole.loc[index] for index in (whole["people"].idxmax(), whole["people"].idxmin())
    )
    named = {"count": len(whole), "most": most["people"],
             "peak": f"{_name(most)} of {most['year']}", "least": least["people"],
             "low": f"{_name(least)} of {least['year']}"}  # fmt: skip
    return (
        say("Of the {count} single quarters counted here, {peak} brought most people "
            "({most:n}) and {low} fewest ({least:n}). ", **named)
        + now
    )  # fmt: skip


def _name(piece: pd.Series) -> str:
    count = {1: "first", 2: "second", 3: "third", 4: "fourth"}[int(piece["part"][1])]
    return f"the {count} {'half' if piece['months'] == 6 else 'quarter'}"


def amount(row: pd.Series) -> str:
    """Return a number that somebody said, of :func:`helpers.analysis.arrivals.bounds`.

    From a million on in millions, with one decimal where it has one.
    """
    ends = row[["low", "high"]].dropna().astype(float)
    scale, unit = (1e6, " million") if ends.min() >= 1e6 else (1, "")
    low, *high = (
        number(value, 0 if round(value, 1) == round(value) else 1) for value in ends / scale
    )
    said = spread(low, high[0] if high else low) + unit
    return {"up": "at least ", "down": "at most "}.get(row["open"], "") + said


def time_abroad(stays: pd.DataFrame) -> str:
    """Return how long people had been abroad, in months, of rows with ``period`` and bounds."""
    if stays.empty:
        return "These data do not say how long people had been abroad before they arrived."
    said = [f"{amount(row)} ({row['period']})" for _, row in stays.iterrows()]
    return say("Published figures put the time between leaving the North and arrival, in months, "
               "at {said:list}.", said=said)  # fmt: skip


def revisions(ranges: pd.DataFrame) -> str:
    """Return whether another choice among published values would move the peak.

    ``ranges`` by ``year``: ``people`` (current), ``least``, ``most`` (persons), ``values`` (how
    many different numbers were published).
    """
    if len(ranges) < 2:
        return "There are not two years to compare."
    top: Hashable = ranges["people"].idxmax()
    rival = ranges["most"].drop(index=top)
    named = {
        "years": len(ranges), "many": ranges["values"].gt(1).sum(),
        "apart": (ranges["most"] / ranges["least"] - 1).max(), "top": top,
        "least": ranges.loc[top, "least"], "rival": rival.max(), "second": rival.idxmax(),
    }  # fmt: skip
    if ranges.loc[top, "least"] > rival.max():
        end = "The lowest value for {top} ({least:n}) is above the highest of any other year "
    else:
        end = "The lowest value for {top} ({least:n}) is not above the highest of each other year "
    return say("Of {years:year/years}, {many:n} had more than one published value, at most "
               "{apart:%} apart. " + end + "({rival:n}, for {second}).", **named)  # fmt: skip


def one_group_more(years: pd.DataFrame, group: int = 10) -> str:
    """Return what a group of people more would change in the year with the fewest."""
    if years.empty or not years["people"].min():
        return "There is no single year to add a group to."
    low = years["people"].idxmin()
    return say("One group of {group} people more would lift {low} by {share:%}.", group=group,
               low=low, share=group / years.loc[low, "people"])  # fmt: skip


def of(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the periods and the parts of years that the findings are made of."""
    pieces = arrivals.parts(frames["arrivals_quarterly"])
    main = arrivals.official(frames["arrivals_annual"])
    return arrivals.with_running_year(main, pieces), pieces

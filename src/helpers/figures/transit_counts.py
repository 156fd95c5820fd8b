"""Entries into Thailand as published, beside all arrivals, and Thailand's share of one year."""

from math import fsum

import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import arrivals
from helpers.data.vocab import (
    EstimateStanding,
    RouteMeasure,
    RoutePlace,
    ShareCategory,
    ShareMeasure,
)
from helpers.figures import Frames, Words, idioms, style
from helpers.words import percent, say

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 110, "column_body_mm": 92, "slide_mm": 112}
BLUE = style.COLOURS["china"]
LOOKS = {
    "main": idioms.dot("o", BLUE, size=26),
    "recorded": idioms.dot("D", BLUE, filled=False, size=26),
    "estimated": idioms.dot("^", BLUE, filled=False, size=26),
}
"""Marks of the longest recorded series, of other records, and of estimates."""

STEPS = {"color": style.COLOURS["context"], "linewidth": 1.6}
SAID = {
    "counted": "The {people:entry/entries} recorded in {year} are {share:%} of {base:n} arrivals "
    "({who}).",
    "said": "A published share of {share:%} for {year} would be {people:n} people ({who}).",
}

NOTES = {"counted": "{share:%}: {people:n} by record", "said": "{share:%}: {people:n} as said"}


def table(frames: Frames) -> tuple[pd.DataFrame, ...]:
    """Return counts, yearly arrivals, and shares of Thailand.

    Counts: ``year``, ``people`` (the number to draw), ``low``, ``high``, ``open``, ``kind`` (of
    ``LOOKS``), ``who_says``; whole years and the whole country. Arrivals: ``people`` by ``year``.
    Shares: ``year``, ``basis`` (``said`` or ``counted`` over arrivals), ``share`` (0 to 1),
    ``people`` (of the year's arrivals), ``who_says``; doubtful ones left out.
    """
    counts = _counts(frames["route_estimates"])
    years = arrivals.single_years(arrivals.official(frames["arrivals_annual"]))[["people"]]
    return counts, years, _shares(counts, years["people"], frames["route_shares"])


def _counts(estimates: pd.DataFrame) -> pd.DataFrame:
    names = [RouteMeasure.ENTRIES_RECORDED.value, RouteMeasure.ENTRIES_ESTIMATED.value]
    rows = estimates[
        estimates["measure"].isin(names)
        & estimates["place"].eq(RoutePlace.THAILAND.value)
        & estimates["place_note"].isna()
        & estimates["period"].str.fullmatch(r"\d{4}")
    ]
    rows = arrivals.bounds(rows)
    recorded = rows["measure"].eq(names[0])
    kind = recorded.map({True: "recorded", False: "estimated"})
    longest = rows.loc[recorded, "who_says"].value_counts().index[:1]
    counts = rows.assign(
        year=rows["period"].astype(int),
        people=rows["point"].fillna(rows["high"]).fillna(rows["low"]).astype(int),
        kind=kind.mask(recorded & rows["who_says"].isin(longest), "main"),
    )
    columns = ["year", "people", "low", "high", "open", "kind", "who_says"]
    return counts[columns].sort_values(["kind", "year"], ascending=[False, True], ignore_index=True)


def _shares(counts: pd.DataFrame, people: pd.Series, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that somebody said or that a record gives, of years with arrivals."""
    said = shares[
        shares["measure"].eq(ShareMeasure.VIA_COUNTRY.value)
        & shares["category"].eq(ShareCategory.THAILAND.value)
        & shares["period"].str.fullmatch(r"\d{4}")
        & shares["standing"].ne(EstimateStanding.DOUBTFUL.value)
        & shares["value_best"].notna()
    ]
    said = said.assign(
        year=said["period"].astype(int), share=said["value_best"] / 100, basis="said"
    )
    counted = counts[counts["kind"].ne("estimated") & counts["year"].isin(said["year"])]
    counted = counted.assign(share=counted["people"] / counted["year"].map(people), basis="counted")
    columns = ["year", "basis", "share", "who_says"]
    both = pd.concat([said[columns], counted[columns]], ignore_index=True)
    both = both[both["year"].isin(people.index[people > 0])]
    both["people"] = (both["share"] * both["year"].map(people)).round().astype(int)
    return both.sort_values(["year", "share"], ignore_index=True)


def pair(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and the highest share of the latest year that has both kinds."""
    kinds = shares.groupby("year")["basis"].nunique()
    rows = shares[shares["year"].eq(kinds.index[kinds.eq(2)].max())] if len(kinds) else shares
    return rows.iloc[[0, -1]] if len(rows) else rows


def words(counts: pd.DataFrame, years: pd.DataFrame, shares: pd.DataFrame) -> Words:
    """Return the words: Thailand's two shares of one year, or else what was counted."""
    main, two = counts[counts["kind"].eq("main")], pair(shares)
    named = {
        "numbers": len(counts), "span": (counts["year"].min(), counts["year"].max()),
        "most": counts["people"].max(),
    }  # fmt: skip
    title = "Published counts of entries into Thailand reach {most:n} a year"
    fact = "{numbers:number is/numbers are} published of entries into Thailand."
    alt = (
        "A step line of all arrivals in the South and {numbers:mark/marks} of published entries "
        "into Thailand {span:when}, at most {most:n} a year."
    )
    if len(main):
        first, last = main.iloc[0], main.iloc[-1]
        named |= {
            "who": first["who_says"].partition(",")[0], "first": first["year"],
            "one": first["people"], "last": last["year"], "other": last["people"],
            "arrived": years["people"].get(last["year"]),
        }  # fmt: skip
        fact = "{who} recorded {one:entry/entries} in {first}."
        if len(main) > 1:
            fact = "{who} recorded {one:entry/entries} in {first} and {other:n} in {last}."
        if named["arrived"] is not None:
            fact += " {arrived:person/people} arrived in the South in {last}."
            if named["other"] > named["arrived"]:
                fact += " Not every entry becomes an arrival in the same year."
    if len(two):
        (low, high), year = two["share"], two["year"].iloc[0]
        base = years["people"][year]
        named |= {"year": year, "low": low, "high": high}
        named["said"] = " ".join(
            say(
                SAID[row.basis], year=year, people=row.people, share=row.share, base=base,
                who=row.who_says,
            )
            for row in two.itertuples()
        )  # fmt: skip
        title = "Sources put Thailand's share of {year} arrivals at {low:%} and {high:%}"
        if percent(low) == percent(high):
            title = "Sources put Thailand's share of {year} arrivals at {low:%}"
        fact += " {said}"
        alt += " A labelled bracket for {year} reaches from {low:%} to {high:%} of all arrivals."
    return Words.of(
        named,
        title=title,
        subtitle="Entries into Thailand recorded or estimated {span:when}, people a year, beside "
        "all arrivals in the South. Counts of different bodies are not joined.",
        source="Each mark is one published number with its own definition",
        alt=alt,
        fact=fact,
    )


def draw(page: style.Page, counts: pd.DataFrame, years: pd.DataFrame, shares: pd.DataFrame) -> None:
    """Draw arrivals as steps, each count as a mark, and the two shares of one year as a bracket."""
    main, two = counts[counts["kind"].eq("main")], pair(shares)
    who = main["who_says"].str.partition(",")[0]
    names = {
        "main": say("recorded by {who}", who=who.iloc[0]) if len(who) else "",
        "recorded": "other records",
        "estimated": "estimates",
    }
    items = [
        (idioms.mark(**look), names[kind])
        for kind, look in LOOKS.items()
        if counts["kind"].eq(kind).any()
    ]
    idioms.key(page, [*items, (idioms.stroke(**STEPS), "all arrivals in the South")])
    ax = style.axes(page, left=11, bottom=6, right=2, top=3, label="thailand")
    drawn = [*counts["year"], *two["year"]]
    first, last = min(drawn) - 1, max(drawn) + 1
    shown = years["people"][(years.index >= first) & (years.index <= last)]
    most = max([*counts["people"], *two["people"], *shown])
    ax.set(xlim=(first - 0.2, last + 0.8), ylim=(0, most * 1.12))
    if len(shown):
        ax.step(shown.index, shown, where="mid", gid="arrivals", zorder=1, **STEPS)
    for row in counts.itertuples():
        above = 4 if row.kind == "main" else 3
        ax.scatter([row.year], [row.people], gid=row.kind, zorder=above, **LOOKS[row.kind])
        if row.open:
            idioms.arrow(
                ax, row.year, row.people, (0, -17 if row.open == "down" else 17), color=BLUE
            )
    for row in main.iloc[[0, -1] if len(main) else []].drop_duplicates().itertuples():
        look = {"fontsize": 7.5, "ha": "center", "gid": "number"}
        idioms.words(ax, row.year, row.people, f"{row.people:,}", "above", 1.4, **look)
    _two(ax, two)
    idioms.counts_up(ax)
    ticks = [*two["year"].iloc[:1], *main["year"].iloc[[0, -1] if len(main) else []]]
    idioms.year_ticks(ax, [*ticks, *range(int(last), int(first) - 1, -2)], 9)


def _two(ax: Axes, two: pd.DataFrame) -> None:
    """Draw a labelled bracket between the people of the two shares of one year."""
    if two.empty:
        return
    year, people = two["year"].iloc[0], two["people"]
    ax.plot([year] * 2, people, color=BLUE, linewidth=1.2, zorder=2, gid="pair-line")
    close = abs(people.iloc[1] - people.iloc[0]) / ax.get_ylim()[1] * style.size_mm(ax)[1] < 5
    side = "left" if year > fsum(ax.get_xlim()) / 2 else "right"
    for row, va in zip(two.itertuples(), ("top", "bottom"), strict=True):
        ax.scatter([year], [row.people], marker="_", s=80, color=BLUE, zorder=2, gid="pair")
        look = {"fontweight": 600, "gid": "pair-words", "va": va if close else "center"}
        text = say(NOTES[row.basis], share=row.share, people=row.people)
        idioms.words(ax, year, row.people, text, side, 1.8, **look)

"""Entries into Thailand as published, beside all arrivals, and Thailand's share of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import MaxNLocator

from helpers.analysis import arrivals
from helpers.data.vocab import (
    EstimateStanding,
    RouteMeasure,
    RoutePlace,
    ShareCategory,
    ShareMeasure,
)
from helpers.figures import idioms, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import percent, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 110, "column_body_mm": 92, "slide_mm": 112}
BLUE = style.COLOURS["china"]
LOOKS = {"main": ("o", True), "recorded": ("D", False), "estimated": ("^", False)}
"""Marks of the longest recorded series, of other records, and of estimates; whether filled."""


def table(frames: Frames) -> tuple[pd.DataFrame, ...]:
    """Return counts, yearly arrivals, and shares of Thailand.

    Counts: ``year``, ``people`` (the number to draw), ``low``, ``high``, ``open``, ``kind`` (of
    ``LOOKS``), ``who_says``; whole years and the whole country. Arrivals: ``people`` by ``year``.
    Shares: ``year``, ``basis`` (``said`` or ``counted`` over arrivals), ``share`` (0 to 1),
    ``people`` (of the year's arrivals), ``who_says``; doubtful ones left out.
    """
    estimates, annual = frames["route_estimates"], frames["arrivals_annual"]
    counts = _counts(estimates)
    years = arrivals.single_years(arrivals.official(annual))[["people"]]
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
    series = rows.loc[recorded, "who_says"].value_counts()
    kind = recorded.map({True: "recorded", False: "estimated"})
    if len(series):
        kind = kind.mask(recorded & rows["who_says"].eq(series.index[0]), "main")
    counts = rows.assign(
        year=rows["period"].astype(int),
        people=rows["point"].fillna(rows["high"]).fillna(rows["low"]).astype(int),
        kind=kind,
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
    return both.assign(
        people=(both["share"] * both["year"].map(people)).round().astype(int)
    ).sort_values(["year", "share"], ignore_index=True)


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
    fact, extra = "{numbers:number is/numbers are} published of entries into Thailand.", ""
    if len(main):
        named |= {
            "who": main["who_says"].iloc[0].partition(",")[0], "first": main["year"].iloc[0],
            "one": main["people"].iloc[0], "last": main["year"].iloc[-1],
            "other": main["people"].iloc[-1],
        }  # fmt: skip
        fact = "{who} recorded {one:entry/entries} in {first}"
        fact += " and {other:n} in {last}" if len(main) > 1 else ""
        if named["last"] in years.index:
            named["all"] = years["people"][named["last"]]
            fact += ", when {all:person/people} arrived in the South"
            if named["other"] > named["all"]:
                fact += ": an entry and an arrival are not the same person in the same year"
        fact += "."
    if len(two):
        low, high = two["share"]
        named |= {"year": two["year"].iloc[0], "low": low, "high": high,
                  "base": years["people"][two["year"].iloc[0]]}  # fmt: skip
        title = "Did {low:%} or {high:%} come through Thailand in {year}? Two sources disagree"
        if percent(low) == percent(high):
            title = "Two sources put Thailand's share of {year} at {low:%}"
        extra = " For {year}, " + "; ".join(_said(*row) for row in two.iterrows()) + "."
        for index, row in two.iterrows():
            named |= {f"share{index}": row["share"], f"people{index}": row["people"],
                      f"who{index}": row["who_says"]}  # fmt: skip
    alt = (
        "A step line of all arrivals in the South and {numbers:mark/marks} of published entries "
        "into Thailand {span:when}, at most {most:n} a year."
    )
    if len(two):
        alt += " Two labelled dots for {year}: {low:%} and {high:%} of all arrivals."
    return Words(
        title=say(title, **named),
        subtitle=say(
            "Entries into Thailand recorded or estimated {span:when}, people a year, beside all "
            "arrivals in the South. Counts of different bodies are not joined.",
            **named,
        ),
        source=source_line("Each mark is one published number with its own definition"),
        alt=say(alt, **named),
        fact=say(fact + extra, **named),
    )


def _said(index: int, row: pd.Series) -> str:
    """Return the template of a share by what it is made of."""
    if row["basis"] == "counted":
        template = "{PEOPLE:n} entries on record are {SHARE:%} of {base:n} arrivals ({WHO})"
    else:
        template = "a published share of {SHARE:%} would be {PEOPLE:n} people ({WHO})"
    for name in ("people", "share", "who"):
        template = template.replace(name.upper(), f"{name}{index}")
    return template


def draw(page: style.Page, counts: pd.DataFrame, years: pd.DataFrame, shares: pd.DataFrame) -> None:
    """Draw arrivals as steps, each count as a mark, and the two shares of one year joined."""
    left, bottom, right, top = page.body_mm
    head, two = 10 if page.narrow else 6, pair(shares)
    who = counts.loc[counts["kind"].eq("main"), "who_says"].str.partition(",")[0]
    names = {"main": f"recorded: {who.iloc[0]}" if len(who) else "", "recorded": "other records",
             "estimated": "estimates"}  # fmt: skip
    items = [
        (lambda ax, x, y, kind=kind: ax.scatter([x + 5], [y], **_look(kind)), names[kind])
        for kind in LOOKS
        if counts["kind"].eq(kind).any()
    ]
    items.append((_line, "all arrivals in the South"))
    idioms.key(page, (left, top - head, right, top), items, 7.5)
    ax = style.axes_in(page, (left + 11, bottom + 6, right - 2, top - head - 3), label="thailand")
    first = min([*counts["year"], *two["year"]]) - 1
    last = max([*counts["year"], *two["year"]]) + 1
    shown = years["people"][(years.index >= first) & (years.index <= last)]
    most = max([*counts["people"], *two["people"], *shown])
    ax.set(xlim=(first - 0.2, last + 0.8), ylim=(0, most * 1.12))
    if len(shown):
        ax.step(shown.index, shown, where="mid", color=style.COLOURS["context"], linewidth=1.6,
                gid="arrivals", zorder=1)  # fmt: skip
    for row in counts.itertuples():
        ax.scatter([row.year], [row.people], gid=row.kind, zorder=4 if row.kind == "main" else 3,
                   **_look(row.kind))  # fmt: skip
        if row.open:
            step = (-6 if row.open == "down" else 6) * ax.get_ylim()[1] / style.size_mm(ax)[1]
            ax.annotate("", (row.year, row.people + step), (row.year, row.people), zorder=2,
                        arrowprops={"arrowstyle": "->", "color": BLUE})  # fmt: skip
    main = counts[counts["kind"].eq("main")]
    for index in dict.fromkeys([0, len(main) - 1] if len(main) else []):
        row = main.iloc[index]
        idioms.words(ax, row["year"], row["people"], f"{row['people']:,}", "above", 1.4,
                     fontsize=7.5, ha="center", gid="number")  # fmt: skip
    _two(ax, two)
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ticks = [*two["year"].iloc[:1], *main["year"].iloc[[0, -1] if len(main) else []]]
    idioms.year_ticks(ax, [*ticks, *range(int(last), int(first) - 1, -2)], 9)


def _look(kind: str) -> dict[str, object]:
    marker, filled = LOOKS[kind]
    return idioms.dot(marker, BLUE, filled, 26)


def _line(ax: Axes, x: float, y: float) -> None:
    ax.plot([x + 1, x + 9], [y, y], color=style.COLOURS["context"], linewidth=1.6)


def _two(ax: Axes, two: pd.DataFrame) -> None:
    """Draw the two shares of one year as dots at their people, joined and labelled."""
    if two.empty:
        return
    year, people = two["year"].iloc[0], two["people"]
    ax.plot([year] * 2, people, color=BLUE, linewidth=1.2, zorder=5, gid="pair-line")
    apart = abs(people.iloc[1] - people.iloc[0]) / ax.get_ylim()[1] * style.size_mm(ax)[1]
    for (_, row), va in zip(two.iterrows(), ("top", "bottom"), strict=True):
        ax.scatter([year], [row["people"]], zorder=6, gid="pair",
                   **idioms.dot(colour=BLUE, size=30))  # fmt: skip
        note = "by record" if row["basis"] == "counted" else "as said"
        text = f"{percent(row['share'])}: {row['people']:,} {note}"
        late = year > sum(ax.get_xlim()) / 2
        idioms.words(ax, year, row["people"], text, "left" if late else "right", 1.8,
                     fontweight=600, gid="pair-words",
                     va=va if apart < 5 else "center")  # fmt: skip

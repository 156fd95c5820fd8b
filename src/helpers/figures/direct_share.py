"""How many of all arrivals are known to have come directly, year by year."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import context
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import percent, say

NOTEBOOK = "04_in_context"
HEIGHTS = {"height_mm": 122, "column_body_mm": 118, "slide_mm": 105}
SMALL = 0.01
"""The share that has a line of its own."""

CLOSED = 2020
"""In January of this year the North closed its border with China."""

WORDS_MM = 6.0
"""Room for a number above the highest mark of a chart."""

ORANGE = style.COLOURS["subject"]
LOOKS = {
    "jsa": ("JSA", {"facecolor": ORANGE, "edgecolor": ORANGE}),
    "direct": ("other routes", {"facecolor": style.INK, "edgecolor": style.INK}),
    "missing": ("only in official counts", {"facecolor": style.PAPER, "edgecolor": style.MUTED}),
}


def table(frames: Frames) -> pd.DataFrame:
    """Return :func:`context.direct_share`: a row a period of the ministry's table."""
    return context.direct_share(
        frames(recipes.south), frames["arrivals_annual"], frames["official_totals"]
    )


def words(shares: pd.DataFrame) -> Words:
    """Return the words: the share of the years before the North closed its border, and all."""
    named = {
        "limit": SMALL, "last": shares["last_year"].iloc[-1], "all": shares["arrivals"].sum(),
        "known": (shares["direct"] + shares["missing"]).sum(), "bars": len(shares),
        "span": (shares["first_year"].iloc[0], shares["last_year"].iloc[-1]),
    }  # fmt: skip
    closed, open_ended = shares["last_year"].ge(CLOSED), shares["period"].str.startswith("to ")
    middle = shares[~open_ended & ~closed]
    title = "{known:n} of {all:n} arrivals are known to have come directly"
    if middle["arrivals"].sum():
        known = middle["direct"].sum() + middle["missing"].sum()
        named |= {"share": known / middle["arrivals"].sum()}
        named |= {"years": (middle["first_year"].iloc[0], middle["last_year"].max())}
        title = "{years:When} known direct arrivals were {share:%} of all arrivals"
    alt = (
        "Two charts over {bars} periods {span:when}: people known to have come directly, as bars "
        "by the JSA, other routes and official counts; and their share of arrivals on a "
        "logarithmic scale with a line at {limit:%}."
    )
    if shares["share"].notna().any():
        top = shares.loc[shares["share"].idxmax()]
        named |= {"when": _when(top), "most": top["share"]}
        alt += " The share is highest {when} ({most:%})."
    groups = [shares[open_ended], middle, shares[~open_ended & closed]]
    named["parts"] = " ".join(_part(rows) for rows in groups if rows["arrivals"].sum())
    return Words.of(
        named,
        title=title,
        subtitle="People known to have come directly from the North, and their share of all "
        "arrivals, by period of the ministry's table, to the end of {last}",
        source="Arrivals: Ministry of Unification. Direct: crossings that were made public, and "
        "official counts that exceed them",
        alt=alt,
        fact="{parts}",
    )


def _when(row: pd.Series) -> str:
    text = "up to {last}" if row["period"].startswith("to ") else "{span:when}"
    return say(text, last=row["last_year"], span=(row["first_year"], row["last_year"]))


def _part(rows: pd.DataFrame) -> str:
    """Return how many came directly in some periods, in a sentence."""
    direct, missing, people = (int(rows[name].sum()) for name in ("direct", "missing", "arrivals"))
    text = "{span:When} at least {known:n} of {people:arrival/arrivals} came directly ({share:%1})."
    if missing:
        text = (
            "{span:When} at least {known:n} of {people:arrival/arrivals} came directly "
            "({share:%1}): {direct:n} are in the register, {missing:n} more in official counts."
        )
    if rows["period"].iloc[0].startswith("to "):
        text = text.replace("{span:When}", "Up to {last}")
    last = rows["last_year"].max()
    return say(
        text, last=last, span=(rows["first_year"].iloc[0], last), known=direct + missing,
        people=people, share=(direct + missing) / people, direct=direct, missing=missing,
    )  # fmt: skip


def draw(page: style.Page, shares: pd.DataFrame) -> None:
    """Draw the people above and their share below, a bar and a dot a period."""
    items = [
        (idioms.mark(marker="s", s=34, linewidth=0.8, **look), name)
        for name, look in LOOKS.values()
    ]
    idioms.key(page, items, 10)
    left, bottom, right, top = page.body_mm
    middle = (bottom + top) / 2
    wide = np.where(shares["first_year"].eq(shares["last_year"]), 1.0, 3.2)
    x = np.cumsum(wide) - wide / 2
    above = style.axes_in(page, (left + 10, middle + 4, right, top - 6), label="people")
    below = style.axes_in(page, (left + 10, bottom + 9, right, middle - 7), label="shares")
    for ax in (above, below):
        ax.set_xlim(-0.2, wide.sum() + 0.2)
    _people(above, shares, x)
    _shares(below, shares, x)
    _ticks(below, shares, x)
    above.set_xticks([])


def _people(ax: Axes, shares: pd.DataFrame, x: np.ndarray) -> None:
    parts = shares[["jsa", "missing"]].assign(direct=shares["direct"] - shares["jsa"])
    base = np.zeros(len(shares))
    for name, (_, look) in LOOKS.items():
        people = parts[name].to_numpy()
        some = people > 0
        ax.bar(x[some], people[some], 0.68, bottom=base[some], linewidth=0.8, gid=name, **look)
        base = base + people
    named = pd.Series(base).nlargest(4).index
    for place in named[base[named] > 0]:
        idioms.words(ax, x[place], base[place], f"{base[place]:,.0f}", "above", 0.6, ha="center")
    high = style.size_mm(ax)[1]
    ax.set_ylim(0, max(base.max(), 1) * high / (high - WORDS_MM))
    idioms.counts_up(ax, 4)
    idioms.heading(ax, "People known to have come directly", -10)


def _shares(ax: Axes, shares: pd.DataFrame, x: np.ndarray) -> None:
    """Draw a dot of the share a period on a logarithmic scale; a share of 0 below it."""
    share = shares["share"]
    some = share.gt(0).to_numpy()
    low, most = (share[some].min(), share[some].max()) if some.any() else (SMALL, SMALL)
    zero = low / 3
    bottom, top, high = zero / 1.6, max(most, SMALL), style.size_mm(ax)[1]
    above = (top / bottom) ** (WORDS_MM / (high - WORDS_MM))
    ax.set(yscale="log", ylim=(bottom, top * above))
    ticks = [tick for tick in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1) if low <= tick <= top * above]
    ax.set_yticks([zero, *ticks], ["0", *map(percent, ticks)], minor=False)
    ax.minorticks_off()
    ax.axhline(SMALL, color=style.MUTED, linewidth=0.9, gid="limit")
    none = share.eq(0).to_numpy()
    dots = (some, share[some], "share"), (none, np.full(none.sum(), zero), "none")
    for mask, values, gid in dots:
        look = idioms.dot(filled=gid == "share", size=20)
        ax.scatter(x[mask], values, zorder=3, gid=gid, **look)
    for place in share.nlargest(2).index:
        if some[place]:
            text = percent(share[place], 1)
            idioms.words(ax, x[place], share[place], text, "above", ha="center")
    idioms.bare(ax)
    idioms.heading(ax, "Share of all arrivals, logarithmic scale", -10)


def _ticks(ax: Axes, shares: pd.DataFrame, x: np.ndarray) -> None:
    """Name the periods of several years, the last year, and years apart as there is room."""
    single = shares["first_year"].eq(shares["last_year"])
    named = {
        place: say("{first}-\n{last}", first=row.first_year, last=row.last_year)
        for place, row in enumerate(shares.itertuples())
        if not single[place]
    }
    for place, period in shares["period"].items():
        if period.startswith("to "):
            named[place] = say("to\n{last}", last=period.removeprefix("to "))
    wide = style.size_mm(ax)[0] / (ax.get_xlim()[1] - ax.get_xlim()[0])
    years = shares["last_year"]
    for place in sorted(shares.index[single], key=lambda p: (p != len(shares) - 1, years[p] % 5)):
        if all(abs(x[place] - x[other]) * wide >= 9 for other in named):
            named[place] = str(years[place])
    ax.set_xticks(x[list(named)], list(named.values()))
    ax.tick_params(axis="x", length=0)

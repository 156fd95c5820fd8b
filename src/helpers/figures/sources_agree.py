"""Every published clock time of 13 November 2017 that has a rival, on the clock."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import crossing
from helpers.figures import Frames, Words, idioms, style
from helpers.languages import tr
from helpers.words import clock, say

NOTEBOOK = "01_the_crossing"
HEIGHTS = {"height_mm": 122, "column_body_mm": 132, "slide_mm": 116}


def table(frames: Frames) -> pd.DataFrame:
    """Return the published times, as :func:`helpers.analysis.crossing.clock_spread` gives them."""
    return crossing.clock_spread(frames["jsa_facts_2017"], frames["sources"])


def words(clocks: pd.DataFrame) -> Words:
    """Return the words: how far the published times of one moment differ."""
    apart = clocks.groupby("fact_id", sort=False)["minute"].agg(lambda at: at.max() - at.min())
    widest = clocks[clocks["fact_id"].eq(apart.idxmax())]
    title = "The published times of each moment agree"
    fact = "The published times of {moments:moment/moments} agree."
    if apart.max():
        title = "Published times of one moment differ by up to {most:minute/minutes}"
        fact = (
            "The published times of {moments:moment/moments} differ. Those for \u201c{what}\u201d "
            "are furthest apart, from {first} to {last}. {ours} of {all:statement/statements} "
            "by independent sources {ours:=gives/give} the time that we prefer."
        )
    named = {
        "moments": len(apart), "most": apart.max(), "times": len(clocks),
        "what": tr(widest["label"].iloc[0]).lower(), "first": clock(widest["minute"].min()),
        "last": clock(widest["minute"].max()), "all": clocks["sources"].sum(),
        "ours": clocks.loc[clocks["preferred"], "sources"].sum(),
        "from": clock(clocks["minute"].min()), "to": clock(clocks["minute"].max()),
    }  # fmt: skip
    return Words.of(
        named,
        title=title,
        subtitle="Clock times of 13 November 2017, {moments:moment/moments}; in brackets, how many "
        "independent sources give a time",
        source="Documents that speak for one body count as one source",
        alt="{moments:row/rows} with {times:published time/published times} between {from} and "
        "{to} as dots on a clock, our choice filled, each with its number of independent "
        "sources. The times for \u201c{what}\u201d are furthest apart, {first} to {last}.",
        fact=fact,
    )


def draw(page: style.Page, clocks: pd.DataFrame) -> None:
    """Draw a row a moment, a dot a published time, filled where it is preferred."""
    look = {True: idioms.dot(size=34), False: idioms.dot(filled=False, size=34)}
    idioms.key(
        page,
        [
            (idioms.mark(**look[True]), "the time that we prefer"),
            (idioms.mark(**look[False]), "another published time"),
        ],
    )
    above = page.narrow
    ax = style.axes(page, left=4 if above else 40, bottom=7, top=4, right=4, label="clocks")
    rows = list(dict.fromkeys(clocks["label"]))
    low, high = clocks["minute"].min(), clocks["minute"].max()
    ax.set(xlim=(low - 3, high + 10), ylim=(len(rows) - 0.45, -0.9 if above else -0.6), yticks=[])
    for y, label in enumerate(rows):
        own = clocks[clocks["label"].eq(label)].sort_values("minute")
        ends = own["minute"].min(), own["minute"].max()
        ax.plot(ends, [y, y], color=style.FAINT, lw=2, zorder=1)
        # The name of a moment is left of the axes, or at the left over its row.
        shift, place = (-3, 0), {"va": "center", "ha": "right"}
        if above:
            shift, place = (-2, 6.2), {"va": "bottom"}
        at = style.offset(ax, *shift, ax.get_yaxis_transform())
        ax.text(0, y, label, transform=at, fontweight=600, gid="moment", **place)
        for row in own.itertuples():
            ax.scatter(row.minute, y, gid="time", zorder=3, **look[row.preferred])
        _times(ax, y, own)
    step = next(step for step in (1, 5, 15, 30, 60, 1440) if (high - low) / step <= 8)
    ticks = range(-(-low // step) * step, high + 1, step)
    ax.set_xticks(ticks, [clock(tick) for tick in ticks])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)


def _times(ax: Axes, y: float, own: pd.DataFrame) -> None:
    """Write each time with its number of sources; neighbours close by in turn below and above."""
    wide = style.size_mm(ax)[0] / (ax.get_xlim()[1] - ax.get_xlim()[0])
    points = max(7.5, ax.figure.least_pt)
    ends = {"below": -1e9, "above": -1e9}
    for row in own.itertuples():
        text = say("{time} ({n})", time=row.value, n=row.sources)
        half, at = style.width_mm(text, points) / 2 + 0.6, row.minute * wide
        side = "below" if at - half >= ends["below"] else "above"
        start = max(at - half, ends[side])
        ends[side] = start + 2 * half
        shift = (start + half - at, -2.2 if side == "below" else 2.0)
        ax.text(
            row.minute, y, text, fontsize=points, ha="center", gid="value", zorder=4,
            va="top" if side == "below" else "bottom", transform=style.offset(ax, *shift),
            path_effects=style.HALO, weight=600 if row.preferred else "normal",
        )  # fmt: skip

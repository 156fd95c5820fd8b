"""Every published clock time of 13 November 2017 that has a rival, on the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis import crossing
from helpers.figures import idioms, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.sentences.crossing import clock
from helpers.words import say

if TYPE_CHECKING:
    from helpers.figures.frames import Frames

NOTEBOOK = "01_the_crossing"
HEIGHTS = {"height_mm": 122, "column_body_mm": 132, "slide_mm": 116}


def table(frames: Frames) -> pd.DataFrame:
    """Return the published times, as :func:`helpers.analysis.crossing.clock_spread` gives them."""
    return crossing.clock_spread(frames["jsa_facts_2017"], frames["sources"])


def words(clocks: pd.DataFrame) -> Words:
    """Return the words: how far the published times of one moment differ."""
    apart = clocks.groupby("fact_id", sort=False)["minute"].agg(lambda at: at.max() - at.min())
    widest = clocks[clocks["fact_id"].eq(apart.idxmax())]
    ours = clocks[clocks["preferred"]]
    named = {
        "moments": len(apart), "most": apart.max(), "times": len(clocks),
        "what": widest["label"].iloc[0].lower(), "first": clock(widest["minute"].min()),
        "last": clock(widest["minute"].max()), "ours": ours["sources"].sum(),
        "all": clocks["sources"].sum(), "from": clock(clocks["minute"].min()),
        "to": clock(clocks["minute"].max()),
    }  # fmt: skip
    return Words(
        title=say(
            "Published times of one moment differ by up to {most:minute/minutes}"
            if apart.max()
            else "The published times of each moment agree",
            **named,
        ),
        subtitle=say(
            "Clock times of 13 November 2017, {moments:moment/moments}; in brackets how many "
            "independent sources give a time.",
            **named,
        ),
        source=source_line("Documents that speak for one body count as one source"),
        alt=say(
            "{moments:row/rows} with {times:published time/published times} between {from} and "
            "{to} as dots on a clock, our choice filled, each with its number of independent "
            "sources. The times for \u201c{what}\u201d lie furthest apart, {first} to {last}.",
            **named,
        ),
        fact=say(
            "The published times of {moments:moment/moments} differ. Those for \u201c{what}\u201d "
            "lie furthest apart, between {first} and {last}. {ours} of {all:statement/statements} "
            "by independent sources {ours:=gives/give} the time that we prefer."
            if apart.max()
            else "The published times of {moments:moment/moments} agree.",
            **named,
        ),
    )


def draw(page: style.Page, clocks: pd.DataFrame) -> None:
    """Draw a row a moment, a dot a published time, filled where it is preferred."""
    above = page.narrow
    ax = style.axes(page, left=4 if above else 40, bottom=7, top=9, right=4, label="clocks")
    rows = list(dict.fromkeys(clocks["label"]))
    low, high = clocks["minute"].min(), clocks["minute"].max()
    ax.set(xlim=(low - 3, high + 10), ylim=(len(rows) - 0.45, -0.9 if above else -0.6), yticks=[])
    for y, label in enumerate(rows):
        own = clocks[clocks["label"].eq(label)].sort_values("minute")
        ax.plot(
            [own["minute"].min(), own["minute"].max()], [y, y], color=style.FAINT, lw=2, zorder=1
        )
        _name(ax, y, label, above)
        for row in own.itertuples():
            look = idioms.dot("o", style.INK, filled=row.preferred, size=34)
            ax.scatter(row.minute, y, gid="time", zorder=3, **look)
        _times(ax, y, own)
    step = next(step for step in (1, 5, 15, 30, 60, 1440) if (high - low) / step <= 8)
    ticks = range(-(-low // step) * step, high + 1, step)
    ax.set_xticks(ticks, [clock(tick) for tick in ticks])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    left, _, right, top = page.body_mm
    items = [
        (_mark(filled=True), "the time that we prefer"),
        (_mark(filled=False), "another published time"),
    ]
    idioms.key(page, (left, top - 5, right, top), items)


def _mark(filled: bool) -> object:
    return lambda ax, x, y: ax.scatter(x + 5, y, **idioms.dot("o", style.INK, filled, 34))


def _name(ax: object, y: float, label: str, above: bool) -> None:
    """Write the name of a moment left of the axes, or at the left over its row."""
    look = {"fontweight": 600, "gid": "moment", "va": "center", "ha": "right"}
    where = style.offset(ax, -3, 0, ax.get_yaxis_transform())
    if above:
        look |= {"ha": "left", "va": "bottom"}
        where = style.offset(ax, -2, 6.2, ax.get_yaxis_transform())
    ax.text(0, y, label, transform=where, **look)


def _times(ax: object, y: float, own: pd.DataFrame) -> None:
    """Write each time with its number of sources; neighbours close by in turn below and above."""
    wide = style.size_mm(ax)[0] / (ax.get_xlim()[1] - ax.get_xlim()[0])
    ends = {"below": -1e9, "above": -1e9}
    for row in own.itertuples():
        text = f"{row.value} ({row.sources})"
        half, at = style.width_mm(text, 7.5) / 2 + 0.6, row.minute * wide
        side = "below" if at - half >= ends["below"] else "above"
        start = max(at - half, ends[side])
        ends[side] = start + 2 * half
        shift = (start + half - at, -2.2 if side == "below" else 2.0)
        ax.text(
            row.minute, y, text, fontsize=7.5, ha="center", gid="value", zorder=4,
            va="top" if side == "below" else "bottom", transform=style.offset(ax, *shift),
            path_effects=style.HALO, weight=600 if row.preferred else "normal",
        )  # fmt: skip

"""By how many outlets each direct crossing is told, and whether some wrote weeks after others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Rectangle

from helpers.figures import idioms, recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "06_how_sure"
HEIGHTS = {"height_mm": 96, "column_body_mm": 92, "slide_mm": 104}
PARTS = {
    "one_outlet": ("one outlet", style.PAPER),
    "several_outlets": ("two or more outlets", style.FAINT),
    "weeks_apart": ("two or more, over a week apart", style.COLOURS["context"]),
}
"""Columns of the table, in words and colour; a crossing is in one of them."""


def table(frames: Frames) -> pd.DataFrame:
    """Return crossings by ``decade`` (index, none left out): the columns of ``PARTS``, and all."""
    crossings = frames(recipes.sourced)
    several = crossings["outlets"].ge(2)
    part = pd.Series("one_outlet", crossings.index).mask(several, "several_outlets")
    part = part.mask(several & crossings["apart"], "weeks_apart")
    decade = (crossings["year"] // 10 * 10).rename("decade")
    counts = pd.crosstab(decade, part).reindex(columns=pd.Index(list(PARTS)), fill_value=0)
    every = range(decade.min(), decade.max() + 1, 10) if len(decade) else []
    counts = counts.reindex(pd.Index(every, name="decade"), fill_value=0)
    return counts.assign(crossings=counts.sum(axis=1))


def words(decades: pd.DataFrame) -> Words:
    """Return the words: how many crossings rest on one outlet, and before when most of them."""
    single, every = decades["one_outlet"], int(decades["crossings"].sum())
    most = single.cumsum().gt(single.sum() / 2).idxmax()
    later = decades.index[decades.index > most]
    peak = single.index[single.eq(single.max())]
    named = {
        "single": single.sum(), "every": every, "share": single.sum() / every,
        "before": later.min(), "then": single[single.index <= most].sum(),
        "several": decades["several_outlets"].sum(), "apart": decades["weeks_apart"].sum(),
        "span": (f"{decades.index[0]}s", f"{decades.index[-1]}s"),
        "most": single.max(), "peak": [f"{decade}s" for decade in peak],
    }  # fmt: skip
    early = len(later) > 0
    if not single.sum():
        title = "Every known crossing is told by two or more outlets"
    elif early:
        title = "{share:%} of crossings rest on a single outlet, mostly before {before}"
    else:
        title = "{share:%} of crossings rest on a single outlet"
    fact = "{single} of {every:crossing/crossings} {single:=rests/rest} on one outlet"
    fact += ", {then} of them from before {before}." if early and single.sum() else "."
    return Words(
        title=say(title, **named),
        subtitle="Direct crossings from North to South since the armistice by decade; documents "
        "of one publisher, or that speak for one body, are one outlet",
        source=source_line("Outlets may pass on one announcement"),
        alt=say(
            "Stacked bars by decade, {span:range}. Of {every:crossing/crossings} {single} "
            "{single:=rests/rest} on one outlet, {several} on two or more within a week or without "
            "dates, {apart} on outlets more than a week apart."
            + (" Most with one outlet: {peak:list}, {most}." if single.sum() else ""),
            **named,
        ),
        fact=say(
            fact + " For {apart} some outlets wrote more than a week after others, so that they "
            "need not have followed one announcement.",
            **named,
        ),
    )


def draw(page: style.Page, decades: pd.DataFrame) -> None:
    """Draw a bar a decade, the parts one after the other, each with its number."""
    left, _, right, top = page.body_mm
    high = idioms.KEY_ROW_MM * (2 if page.narrow else 1)
    items = [
        (lambda ax, x, y, fill=fill: _part(ax, x, y, 8, 2.6, fill, "key"), text)
        for text, fill in PARTS.values()
    ]
    idioms.key(page, (left, top - high, right, top), items, 8.1)
    ax = style.axes(page, left=12, bottom=6, right=4, top=high + 4, label="decades")
    idioms.value_axis(ax, 1.02 * decades["crossings"].max(), len(decades))
    ax.set_yticks(range(len(decades)), [f"{decade}s" for decade in decades.index])
    ax.tick_params(axis="y", length=0)
    mm = style.size_mm(ax)[0] / ax.get_xlim()[1]
    for y, (_, row) in enumerate(decades.iterrows()):
        start = 0
        for name, count in row[list(PARTS)].items():
            if count:
                _part(ax, start, y, count, 0.66, PARTS[name][1], name)
            if count * mm > style.width_mm(str(count), 8.1) + 0.6:
                ax.text(start + count / 2, y, str(count), ha="center", va="center", fontsize=8.1)
            start += count


def _part(ax: Axes, x: float, y: float, wide: float, high: float, fill: str, gid: str) -> None:
    look = {"facecolor": fill, "edgecolor": style.MUTED, "linewidth": 0.6}
    ax.add_patch(Rectangle((x, y - high / 2), wide, high, gid=gid, **look))

"""By how many outlets each direct crossing is told, and whether some wrote weeks after others."""

import pandas as pd

from helpers.figures import Frames, Words, idioms, recipes, style

NOTEBOOK = "06_how_sure"
HEIGHTS = {"height_mm": 96, "column_body_mm": 92, "slide_mm": 104}
EDGE = {"edgecolor": style.MUTED, "linewidth": 0.6}
PARTS = {
    "one_outlet": ("one outlet", EDGE | {"facecolor": style.PAPER}),
    "several_outlets": ("two or more outlets", EDGE | {"facecolor": style.FAINT}),
    "weeks_apart": (
        "two or more, over a week apart", EDGE | {"facecolor": style.COLOURS["context"]}
    ),
}  # fmt: skip
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
        "span": [idioms.decade(decades.index[end]) for end in (0, -1)],
        "most": single.max(), "peak": [idioms.decade(decade) for decade in peak],
    }  # fmt: skip
    title = "{share:%} of crossings rest on a single outlet"
    fact = "{single} of {every:crossing/crossings} {single:=rests/rest} on one outlet."
    if not single.sum():
        title = "Every known crossing is told by two or more outlets"
    elif len(later):
        title = "{share:%} of crossings rest on a single outlet, mostly before {before}"
        fact = (
            "{single} of {every:crossing/crossings} {single:=rests/rest} on one outlet, {then} of "
            "them from before {before}."
        )
    return Words.of(
        named,
        title=title,
        subtitle="Direct crossings from North to South since the armistice by decade; documents "
        "of one publisher, or that speak for one body, are one outlet",
        source="Outlets may pass on one announcement",
        alt="Stacked bars by decade, {span:range}. Of {every:crossing/crossings} {single} "
        "{single:=rests/rest} on one outlet, {several} on two or more within a week or without "
        "dates, {apart} on outlets more than a week apart."
        + (" The {peak:list} had the most with one outlet, {most}." if single.sum() else ""),
        fact=fact + " In {apart:case/cases} some outlets wrote more than a week after others, so "
        "that they need not have followed one announcement.",
    )


def draw(page: style.Page, decades: pd.DataFrame) -> None:
    """Draw a bar a decade, the parts one after the other, each with its number."""
    idioms.key(page, [(idioms.swatch(**look), text) for text, look in PARTS.values()])
    ax = style.axes(page, left=12, bottom=6, right=4, top=4, label="decades")
    idioms.value_axis(ax, 1.02 * decades["crossings"].max(), len(decades))
    ax.set_yticks(range(len(decades)), [idioms.decade(decade) for decade in decades.index])
    ax.tick_params(axis="y", length=0)
    mm = style.size_mm(ax)[0] / ax.get_xlim()[1]
    for y, (_, row) in enumerate(decades.iterrows()):
        start = 0
        for name, count in row[list(PARTS)].items():
            if count:
                idioms.bar(ax, start, y, count, 0.66, gid=name, **PARTS[name][1])
            if count * mm > style.width_mm(str(count), 8.1) + 0.6:
                ax.text(start + count / 2, y, str(count), ha="center", va="center", fontsize=8.1)
            start += count

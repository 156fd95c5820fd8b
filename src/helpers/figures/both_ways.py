"""Known direct crossings over the line in both directions, by decade."""

import pandas as pd

from helpers.analysis import register
from helpers.figures import Frames, Words, idioms, recipes, style

NOTEBOOK = "02_across_the_line"
HEIGHTS = {"height_mm": 92, "column_body_mm": 76, "slide_mm": 103}
LOOKS = {
    "south": {"facecolor": style.COLOURS["context"], "edgecolor": style.COLOURS["context"]},
    "north": {"facecolor": style.PAPER, "edgecolor": style.INK},
}


def table(frames: Frames) -> pd.DataFrame:
    """Return crossings to the ``south`` and to the ``north`` by ``decade``, a row a decade.

    Every decade between the first and the last crossing has a row; ``first`` and ``last`` are the
    years of its first and last crossing, missing in a decade without any.
    """
    ways = {
        "south": frames(recipes.south),
        "north": register.direct(frames["incidents"], "south_to_north"),
    }
    years = pd.concat({way: rows["year"].astype(int) for way, rows in ways.items()}, names=["way"])
    years = years.reset_index("way").reset_index(drop=True)
    years["decade"] = years["year"] // 10 * 10
    counts = pd.crosstab(years["decade"], years["way"]).reindex(columns=list(ways), fill_value=0)
    ends = years.groupby("decade")["year"].agg(first="min", last="max").astype("Int64")
    if counts.empty:
        return counts.join(ends).reset_index()
    every = pd.RangeIndex(counts.index[0], counts.index[-1] + 1, 10, name="decade")
    full = counts.reindex(every, fill_value=0).join(ends)
    return full.rename_axis(columns=None).reset_index()


def words(decades: pd.DataFrame) -> Words:
    """Return the words: how many went each way, and why the two are not compared as rates."""
    south, north = decades["south"].sum(), decades["north"].sum()
    peaks = decades["decade"][decades["north"].eq(decades["north"].max())]
    named = {
        "south": south, "north": north, "n": len(decades), "most": decades["north"].max(),
        "span": (decades["first"].min(), decades["last"].max()),
        "peak": [idioms.decade(decade) for decade in peaks],
    }  # fmt: skip
    fact = (
        "The register records {south:crossing/crossings} to the South and "
        "{north:crossing/crossings} to the North {span:when}."
    )
    if north and len(peaks) == 1:
        fact += " The {peak:list} had the most crossings to the North, {most}."
    elif north:
        fact += " The {peak:list} had the most crossings to the North, {most} each."
    return Words.of(
        named,
        title="{south:known crossing/known crossings} went south, {north} went north",
        subtitle="Direct crossings by land, water and air {span:when}, by decade and direction",
        source="Crossings to the North were seldom made public: the two counts are no rates",
        alt="Bars for {n:decade/decades}: crossings to the North are above the names of the "
        "decades, {north} in all, and crossings to the South below them, {south} in all.",
        fact=fact,
    )


def draw(page: style.Page, decades: pd.DataFrame) -> None:
    """Draw the crossings to the South downwards, as on a map, and those to the North upwards."""
    ax = style.axes(page, left=1, right=1, bottom=2, top=5, label="decades")
    rows = range(len(decades))
    top, foot = max(4, decades["north"].max()), max(4, decades["south"].max())
    gap = 0.1 * (top + foot)
    for way, sign in (("north", 1), ("south", -1)):
        ax.bar(rows, sign * decades[way], bottom=sign * gap / 2, width=0.7, linewidth=1.0, gid=way,
               **LOOKS[way])  # fmt: skip
        for x, count in enumerate(decades[way]):
            ax.text(x, sign * (count + gap / 2), str(count), ha="center", fontsize=8,
                    va="bottom" if sign > 0 else "top",
                    transform=style.offset(ax, 0, sign * 0.9))  # fmt: skip
    for x, decade in enumerate(decades["decade"]):
        ax.text(
            x,
            0,
            idioms.decade(decade),
            ha="center",
            va="center",
            color=style.MUTED,
            gid="decade",
        )
    idioms.heading(ax, "Crossings to the North")
    ax.text(0, 0, "Crossings to the South", weight=600, va="bottom", transform=ax.transAxes)
    ax.set(xlim=(-0.6, len(decades) - 0.4), ylim=(-1.12 * foot - gap, 1.2 * top + gap))
    ax.set(xticks=[], yticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)

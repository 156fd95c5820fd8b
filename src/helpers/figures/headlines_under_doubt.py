"""How far each kind of doubt moves the headline numbers, in percent of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from helpers.figures import recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import number, percent, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "06_how_sure"
HEIGHTS = {"height_mm": 138, "column_body_mm": 140, "slide_mm": 124}
NAMES = {
    "crossings": "Direct crossings",
    "people": "People who crossed directly",
    "jsa": "Crossings of the JSA",
    "shot": "Share shot at, of the known",
    "wounds": "Gunshot wounds in 2017",
}
TITLES = {
    "crossings": "Between {low} and {high} direct crossings count, depending on the rule",
    "people": "Between {low} and {high} people count as having crossed directly",
    "jsa": "Between {low} and {high} crossings of the JSA count",
    "shot": "The share shot at lies anywhere between {low} and {high}",
    "wounds": "Between {low} and {high} shots hit in 2017, depending on the source",
}
KINDS = {
    "counted": "counted otherwise",
    "published": "published otherwise",
    "unknown": "not known",
    "together": "all at once",
}


def table(frames: Frames) -> pd.DataFrame:
    """Return the doubts as :func:`helpers.analysis.doubt.headlines` has them."""
    return frames(recipes.headlines)


def words(doubts: pd.DataFrame) -> Words:
    """Return the words: the number that lies anywhere within the widest range."""
    ways = {"value": "first", "low": "min", "high": "max", "open": "any"}
    together = doubts.groupby("headline", sort=False).agg(ways).reset_index()
    each = doubts[doubts["kind"].ne("together") & ~doubts["open"]]
    wide = ((each["high"] - each["low"]) / each["value"]).astype(float)
    title, named = "No doubt that was tried moves these numbers", {}
    if wide.gt(0).any():
        row = each.loc[wide.idxmax()]
        title = TITLES[row["headline"]]
        named = {end: written(row["headline"], row[end]) for end in ("low", "high")}
    said = [_sentence(row) for row in together.itertuples()]
    return Words(
        title=say(title, **named),
        subtitle="Headline numbers under each kind of doubt, and under all at once, in percent of "
        "the number",
        source=source_line("Official totals, and conflicts between sources"),
        alt="Bars on an axis in percent of each number. " + " ".join(said[:4]),
        fact=" ".join(said),
    )


def written(headline: str, value: float) -> str:
    """Return a headline's value in words: a share in percent, else a whole number."""
    return percent(value) if headline == "shot" else number(value)


def ends(headline: str, low: float, high: float, unbounded: bool) -> str:
    """Return a range in words."""
    first, last = written(headline, low), written(headline, high)
    if unbounded:
        return f"{first} or more" if low == high else f"{first} to {last} or more"
    return first if first == last else f"{first} to {last}"


def _sentence(row: tuple) -> str:
    return say(
        "{name}: {value}, with all doubts shown {ends}.",
        name=NAMES[row.headline],
        value=written(row.headline, row.value),
        ends=ends(row.headline, row.low, row.high, row.open),
    )


def draw(page: style.Page, doubts: pd.DataFrame) -> None:
    """Draw the doubts of each headline under its name, all on one axis."""
    ax = style.axes(page, left=34, bottom=8, right=30 if page.narrow else 34, top=2, label="doubts")
    names = list(dict.fromkeys(doubts["headline"]))
    deep = len(doubts) + 1.4 * len(names)
    ax.set(ylim=(deep - 0.6, -0.8), yticks=[])
    most = max((doubts["high"] / doubts["value"]).max(), 1)
    ax.set_xlim(0, most * 1.08)
    found = MaxNLocator(5 if most < 10 else 2).tick_values(0, most * 1.08)
    ticks = [tick for tick in found if tick <= most * 1.08]
    ax.set_xticks(ticks, [percent(tick) for tick in ticks])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.axvline(1, color=style.MUTED, linewidth=1.0, zorder=1.5)
    y = 0.0
    for name in names:
        rows = doubts[doubts["headline"].eq(name)]
        value = written(name, rows["value"].iloc[0])
        _beside(ax, y, f"{NAMES[name]}: {value}", weight=600)
        y += 1
        for row in rows.itertuples():
            _beside(ax, y, KINDS[row.kind], indent_mm=2)
            _bar(ax, y, row)
            y += 1
        y += 0.4


def _bar(ax: Axes, y: float, row: tuple) -> None:
    low, high = row.low / row.value, row.high / row.value
    colour = style.COLOURS["subject" if row.headline == "jsa" else "context"]
    wide = {"linewidth": 4.0 if row.kind == "together" else 2.2, "solid_capstyle": "butt"}
    ax.plot([low, high], [y, y], color=colour, zorder=2, gid=row.kind, **wide)
    if low == high:
        ax.plot([low], [y], "|", color=colour, markersize=6, markeredgewidth=2, zorder=2)
    if row.open:
        ax.annotate(
            "", (high, y), (6, 0), textcoords="offset points", zorder=2, gid="open",
            arrowprops={"arrowstyle": "<|-", "color": colour, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
    text = ends(row.headline, row.low, row.high, row.open)
    strong = 600 if row.kind == "together" else 400
    ax.text(
        1, y, text, fontsize=8.1, va="center", fontweight=strong,
        transform=style.offset(ax, 1.5, base=ax.get_yaxis_transform()),
    )  # fmt: skip


def _beside(ax: Axes, y: float, text: str, indent_mm: float = 0, weight: int = 400) -> None:
    ax.text(
        0, y, text, fontsize=8.1, fontweight=weight, va="center", path_effects=style.HALO,
        transform=style.offset(ax, indent_mm - 34, base=ax.get_yaxis_transform()), zorder=4,
    )  # fmt: skip

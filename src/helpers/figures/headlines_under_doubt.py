"""How far each kind of doubt moves the headline numbers, in percent of each."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import number, percent, say

NOTEBOOK = "06_how_sure"
WHOLE = True
HEIGHTS = {"height_mm": 138, "column_body_mm": 140, "slide_mm": 124}
NAMES = {
    "crossings": "Direct crossings",
    "people": "People who crossed directly",
    "jsa": "Crossings of the JSA",
    "shot": "Share shot at",
    "wounds": "Gunshot wounds in 2017",
}
TITLES = {
    "crossings": "Between {low} and {high} direct crossings count, depending on the rule",
    "people": "Between {low} and {high} people count as having crossed directly",
    "jsa": "Between {low} and {high} crossings of the JSA count",
    "shot": "The share of crossings shot at lies anywhere between {low} and {high}",
    "wounds": "Between {low} and {high} shots hit in 2017, depending on the source",
}
SAID = {
    "crossings": "{n:direct crossing is/direct crossings are} counted, {ends} with all doubts at "
    "once.",
    "people": "{n:person is/people are} counted as having crossed directly, {ends} with all "
    "doubts.",
    "jsa": "{n:crossing/crossings} of the JSA {n:=is/are} counted, {ends} with all doubts.",
    "shot": "The share shot at is {share:%} of the known cases, {ends} of all cases with all "
    "doubts.",
    "wounds": "{n:gunshot wound/gunshot wounds} of 2017 {n:=is/are} preferred, {ends} with all "
    "doubts.",
}
KINDS = {
    "counted": "counted otherwise",
    "published": "published otherwise",
    "unknown": "not known",
    "together": "all at once",
}
LEFT_MM = 34


def table(frames: Frames) -> pd.DataFrame:
    """Return the doubts as :func:`helpers.analysis.doubt.headlines` has them."""
    return frames(recipes.headlines)


def words(doubts: pd.DataFrame) -> Words:
    """Return the words: the number that lies anywhere within the widest range."""
    ways = {"value": "first", "low": "min", "high": "max", "open": "any"}
    together = doubts.groupby("headline", sort=False).agg(ways).reset_index()
    said = [
        say(SAID[row.headline], n=row.value, share=row.value, ends=_ends(row))
        for row in together.itertuples()
    ]
    each = doubts[~doubts["open"]]
    wide = ((each["high"] - each["low"]) / each["value"]).astype(float)
    title, named = "No doubt that was tried moves these numbers", {"said": " ".join(said)}
    if wide.gt(0).any():
        row = each.loc[wide.idxmax()]
        title = TITLES[row["headline"]]
        named |= {end: _written(row["headline"], row[end]) for end in ("low", "high")}
    return Words.of(
        named | {"first": " ".join(said[:4])},
        title=title,
        subtitle="Headline numbers under each kind of doubt, and under all at once, in percent of "
        "the number",
        source="Official totals, and conflicts between sources",
        alt="Bars on an axis in percent of each number. {first}",
        fact="{said}",
    )


def _written(headline: str, value: float) -> str:
    return percent(value) if headline == "shot" else number(value)


def _ends(row: tuple) -> str:
    ends = [_written(row.headline, end) for end in (row.low, row.high)]
    return say("{ends:range} or more" if row.open else "{ends:range}", ends=ends)


def draw(page: style.Page, doubts: pd.DataFrame) -> None:
    """Draw the doubts of each headline under its name, all on one axis."""
    right = 30 if page.narrow else 34
    ax = style.axes(page, left=LEFT_MM, bottom=8, right=right, top=2, label="doubts")
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
    y = 0.0
    for name in names:
        rows = doubts[doubts["headline"].eq(name)]
        text = "{name}: {value} of the known" if name == "shot" else "{name}: {value}"
        text = say(text, name=NAMES[name], value=_written(name, rows["value"].iloc[0]))
        idioms.row_name(ax, y, text, LEFT_MM, fontweight=600)
        y += 1
        # Beside the bars alone: the name above them may reach over it.
        ax.vlines(1, y - 0.5, y + len(rows) - 0.5, color=style.MUTED, linewidth=1.0, zorder=1.5)
        for row in rows.itertuples():
            idioms.row_name(ax, y, KINDS[row.kind], LEFT_MM - 2)
            _bar(ax, y, row)
            y += 1
        y += 0.4


def _bar(ax: Axes, y: float, row: tuple) -> None:
    low, high = row.low / row.value, row.high / row.value
    colour = style.COLOURS["subject" if row.headline == "jsa" else "context"]
    strong = row.kind == "together"
    wide = {"linewidth": 4.0 if strong else 2.2, "solid_capstyle": "butt"}
    ax.plot([low, high], [y, y], color=colour, zorder=2, gid=row.kind, **wide)
    if low == high:
        ax.plot([low], [y], "|", color=colour, markersize=6, markeredgewidth=2, zorder=2)
    if row.open:
        idioms.arrow(ax, high, y, (6, 0), arrowstyle="<|-", color=colour)
    look = {"fontsize": 8.1, "fontweight": 600 if strong else 400}
    # A share among the known cases is no share of all: what is not known bounds the latter.
    text = "{ends}"
    if row.headline == "shot":
        text = "{ends} of the known" if row.kind == "counted" else "{ends} of all"
    text = say(text, ends=_ends(row))
    idioms.words(ax, 1, y, text, mm=1.5, base=ax.get_yaxis_transform(), **look)

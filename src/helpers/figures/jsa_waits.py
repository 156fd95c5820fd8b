"""How long it took from one crossing of the JSA to the next."""

import math

import pandas as pd

from helpers.analysis import context, register
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import say

NOTEBOOK = "04_in_context"
WHOLE = True
HEIGHTS = {"height_mm": 112, "column_body_mm": 104, "slide_mm": 105}
ORANGE = style.COLOURS["subject"]
CLOSED = {"facecolor": ORANGE, "edgecolor": ORANGE, "linewidth": 1.0}
OPEN = CLOSED | {"facecolor": style.PAPER}


def table(frames: Frames) -> pd.DataFrame:
    """Return :func:`context.waits`: a row a wait, the open ends included."""
    return frames(recipes.waits)


def words(waits: pd.DataFrame) -> Words:
    """Return the words: how far apart the crossings lie, and the rate of all that was watched."""
    found = context.watched(waits)
    shortest, longest = found["shortest"], found["longest"]
    named = {
        "crossings": int(found["crossings"]), "years": found["years"],
        "since": waits["start"].iloc[0], "until": waits["end"].iloc[-1],
        "waits": [say("{n:n1} ({span})", n=row.years, span=name) for name, row in _named(waits)],
    }  # fmt: skip
    title = "No crossing of the JSA is known in {years:n} years"
    fact = "No crossing of the JSA is known from {since:day} to {until:day}."
    if named["crossings"]:
        named |= {"each": 1 / found["rate"], "few": 1 / found["high"], "many": 1 / found["low"]}
        title = "The JSA saw {crossings:crossing/crossings} in {years:n} years"
        fact = (
            "{crossings:crossing/crossings} of the JSA {crossings:=is/are} known from {since:day} "
            "to {until:day}: 1 in {each:n} years (95% interval from 1 in {few:n} to 1 in {many:n})."
        )
    if named["crossings"] > 1:
        named |= {"apart": (shortest, longest), "most": math.ceil(longest)}
        named |= {"short": shortest, "long": longest}
        title = "Waits between crossings of the JSA lasted {apart:nrange} years"
        if shortest < 0.5:
            title = "Waits between crossings of the JSA lasted at most {most:year/years}"
        fact += " They are {short:n1} to {long:n1} years apart."
    alt = "A bar for each wait, in years: {waits:list}. The first and the last are open."
    if len(waits) > 12:
        alt = (
            "A bar for each wait, in years, between {crossings} crossings of the JSA. The first "
            "and the last are open."
        )
    return Words.of(
        named,
        title=title,
        subtitle="Years from one crossing of the Joint Security Area to the next, and before the "
        "first and after the last, from {since:day} to {until:day}",
        source="Only crossings that were made public",
        alt=alt,
        fact=fact,
    )


def _named(waits: pd.DataFrame) -> list[tuple[str, tuple]]:
    """Return each wait with its name: from when to when."""
    return [
        (say(_name(row), start=row.start.year, end=row.end.year), row) for row in waits.itertuples()
    ]


def _name(row: tuple) -> str:
    """Return the template of a wait's name: by its ends, and whether one is open."""
    end = "the end of {end}" if row.kind == "open" else "{end}"
    if row.start == register.ARMISTICE:
        return f"Armistice to {end}"
    if row.start.year == row.end.year:
        return "rest of {start}" if row.kind == "open" else "within {start}"
    return f"{{start}} to {end}"


def draw(page: style.Page, waits: pd.DataFrame) -> None:
    """Draw a bar a wait, in order, with the years for each crossing as a line."""
    found = context.watched(waits)
    idioms.key(
        page,
        [
            (idioms.swatch(**CLOSED), "between two crossings"),
            (idioms.swatch(**OPEN), "open at one end: before the first, after the last"),
        ],
    )
    ax = style.axes(page, left=35, bottom=6, right=16, top=7, label="waits")
    each = 1 / found["rate"] if found["crossings"] else 0
    most = max(waits["years"].max(), each) * 1.02
    idioms.value_axis(ax, most, len(waits), ticks=8)
    idioms.heading(ax, "Years", style.size_mm(ax)[0] + 14, "right")
    for row, (name, wait) in enumerate(_named(waits)):
        look = CLOSED if wait.kind == "between" else OPEN
        ax.barh(row, wait.years, 0.6, gid=wait.kind, zorder=2, **look)
        strong = {"fontweight": 600 if wait.incident_id == register.CROSSING_2017 else 400}
        idioms.words(ax, 0, row, name, "left", 2, gid="name", **strong)
        years = say("about {n:n1}" if wait.about else "{n:n1}", n=wait.years)
        idioms.words(ax, most, row, years, mm=14, ha="right", gid="years", **strong)
    if each:
        ax.axvline(each, color=style.INK, linewidth=0.9, zorder=3, gid="mean")
        align = "right" if each > 0.6 * most else "center"
        text = say("1 crossing in {n:n1} years", n=each)
        idioms.words(ax, each, -0.6, text, "above", 0.5, ha=align, gid="mean-words")

"""The crossings of the Joint Security Area among all known ones, decade by decade."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import say

NOTEBOOK = "02_across_the_line"
HEIGHTS = {"height_mm": 96, "column_body_mm": 66, "slide_mm": 103}
ABREAST = 4
"""Marks side by side in the column of a decade."""

GROUND_MM = 4.5
"""Height of the strip below the marks that is hatched where there is no reliable record."""


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a row a crossing with its ``decade``, and each route's record."""
    columns = ["incident_id", "year", "route", "people", "group", "citizen"]
    crossings = frames(recipes.crossings)[columns]
    return crossings.assign(decade=crossings["year"] // 10 * 10), frames(recipes.record)


def words(crossings: pd.DataFrame, record: pd.DataFrame) -> Words:
    """Return the words: the JSA among the crossings since the record is reliable, and in all."""
    jsa = crossings[crossings["route"].eq("jsa")]
    span, clear = (crossings["year"].min(), crossings["year"].max()), int(record["since"].max())
    soldiers = jsa[jsa["citizen"].eq("North") & jsa["group"].eq("In uniform")]
    decades = crossings.assign(jsa=crossings["route"].eq("jsa")).groupby("decade")["jsa"]
    parts = [
        say("{hits} of {n} in the {decade}s", decade=decade, hits=hits, n=n)
        for decade, hits, n in zip(decades.groups, decades.sum(), decades.size(), strict=True)
    ]
    named = {
        "span": span, "clear": clear, "all": len(crossings), "jsa": len(jsa),
        "people": crossings["people"].sum(), "through": jsa["people"].sum(),
        "late": crossings["year"].ge(clear).sum(), "late_jsa": jsa["year"].ge(clear).sum(),
        "soldiers": len(soldiers), "years": soldiers["year"].drop_duplicates().tolist(),
        "parts": parts,
    }  # fmt: skip
    title = "{jsa} of {all:known crossing/known crossings} went through the JSA"
    fact = (
        "{span:When}, {jsa} of {all:known crossing/known crossings} went through the JSA, with "
        "{through} of {people:person/people}."
    )
    if span[0] < clear <= span[1]:
        title = (
            "{late_jsa} of {late:known crossing/known crossings} since {clear} went through the JSA"
        )
        fact = (
            f"{title}. Over all years {{jsa}} of {{all}} did, with {{through}} of "
            "{people:person/people}."
        )
    if len(soldiers):
        fact += (
            " North Koreans in uniform made {soldiers} of the {jsa:crossing/crossings}, in "
            "{years:list}."
        )
    return Words.of(
        named,
        title=title,
        subtitle="Direct crossings from North to South by decade, {span:range}, a mark per "
        "crossing; above each decade, how many of them went through the JSA",
        source="Only crossings that were made public",
        alt="A column of marks for each decade. The JSA had {parts:list}.",
        fact=fact,
    )


def draw(page: style.Page, crossings: pd.DataFrame, record: pd.DataFrame) -> None:
    """Draw a column of marks a decade, those of the JSA lowest, as stars."""
    start, clear = int(crossings["year"].min()), int(record["since"].max())
    stars = idioms.star_items(set(crossings.loc[crossings["route"].eq("jsa"), "citizen"]))
    items = [*stars, (idioms.mark(**_other(2.2)), "another route")]
    if clear > start:
        items.append((idioms.swatch(**style.BLIND), "no reliable record on some route"))
    idioms.key(page, items)
    ax = style.axes(page, bottom=5, top=2, left=1, right=1, label="decades")
    first, last = int(crossings["decade"].min()), int(crossings["decade"].max())
    tallest = crossings.groupby("decade").size().max()
    wide, high = style.size_mm(ax)
    high -= GROUND_MM
    step = min(4.4, wide / ((last - first) / 10 + 1) / (ABREAST + 1))
    step = min(step, (high - 5) / -(-tallest // ABREAST))
    ax.set(xlim=(first, last + 10), ylim=(-GROUND_MM, high), yticks=[])
    for decade, rows in crossings.groupby("decade"):
        _column(ax, decade, rows, step, wide / (last + 10 - first))
    if clear > start:
        size = min(clear, last + 10) - start, GROUND_MM - 1.2
        ax.add_patch(Rectangle((start, -GROUND_MM), *size, gid="no-record", **style.BLIND))
    decades = range(first, last + 1, 10)
    ax.set_xticks([decade + 5 for decade in decades], [idioms.decade(decade) for decade in decades])
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_visible(False)


def _column(ax: Axes, decade: int, rows: pd.DataFrame, step: float, year_mm: float) -> None:
    """Draw the crossings of a decade from below, the JSA's first, and count them above."""
    rows = rows.assign(other=rows["route"].ne("jsa")).sort_values(["other", "year"])
    for place, row in enumerate(rows.itertuples()):
        up, along = divmod(place, ABREAST)
        x = decade + 5 + (along - (ABREAST - 1) / 2) * step / year_mm
        look = _other(0.66 * step) if row.other else idioms.star(row.citizen, 0.5 * step)
        gid = "other" if row.other else "jsa"
        ax.scatter(x, (up + 0.6) * step, **look, gid=gid, zorder=3)
    hits, top = (~rows["other"]).sum(), -(-len(rows) // ABREAST) * step
    look = {"ha": "center", "fontweight": 600 if hits else 400, "gid": "share"}
    text = say("{hits} of {n}", hits=hits, n=len(rows))
    idioms.words(ax, decade + 5, top, text, "above", **look)


def _other(mm: float) -> dict[str, object]:
    colour = style.COLOURS["context"]
    return {"marker": "o", "s": (mm / 25.4 * 72) ** 2, "facecolor": colour, "linewidth": 0}

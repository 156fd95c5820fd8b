"""The crossings of the Joint Security Area among all known ones, decade by decade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from helpers.figures import idioms, recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

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
    named = {
        "span": span, "clear": clear, "all": len(crossings), "jsa": len(jsa),
        "people": crossings["people"].sum(), "through": jsa["people"].sum(),
        "late": crossings["year"].ge(clear).sum(), "late_jsa": jsa["year"].ge(clear).sum(),
        "soldiers": len(soldiers), "years": soldiers["year"].drop_duplicates().tolist(),
        "foreign": jsa["citizen"].eq("foreign").sum(),
    }  # fmt: skip
    parted = span[0] < clear <= span[1]
    since = say("{late_jsa} of {late:known crossing/known crossings} since {clear} ", **named)
    whole = say("{jsa} of {all:known crossing/known crossings} {span:when} ", **named)
    title = since if parted else say("{jsa} of {all:known crossing/known crossings} ", **named)
    people = "with {through} of {people:person/people}. "
    if parted:
        fact = since + say("went through the JSA; in all it was {jsa} of {all}, " + people, **named)
    else:
        fact = whole + say("went through the JSA, " + people, **named)
    if len(soldiers):
        fact += say(
            "{soldiers} of the {jsa} {soldiers:=was/were} by North Korean soldiers: {years:list}.",
            **named,
        )
    decades = crossings.assign(jsa=crossings["route"].eq("jsa")).groupby("decade")["jsa"]
    parts = [
        say("{decade}s {hits} of {n}", decade=decade, hits=hits, n=n)
        for decade, hits, n in zip(decades.groups, decades.sum(), decades.size(), strict=True)
    ]
    return Words(
        title=title + "went through the JSA",
        subtitle=say(
            "Direct crossings from North to South by decade, {span:range}, a mark per crossing; "
            "above, those through the JSA of all",
            **named,
        ),
        source=source_line("Only crossings that were made public"),
        alt=say(
            "A column of marks for each decade; the crossings of the JSA of all: {parts:list}.",
            parts=parts,
        ),
        fact=fact.strip(),
    )


def draw(page: style.Page, crossings: pd.DataFrame, record: pd.DataFrame) -> None:
    """Draw a column of marks a decade, those of the JSA lowest, as stars."""
    left, _, right, top = page.body_mm
    keys = idioms.KEY_ROW_MM * (3 if page.narrow else 1)
    ax = style.axes(page, bottom=5, top=keys + 2, left=1, right=1, label="decades")
    first, last = int(crossings["decade"].min()), int(crossings["decade"].max())
    tallest = crossings.groupby("decade").size().max()
    wide, high = style.size_mm(ax)
    high -= GROUND_MM
    step = min(4.4, wide / ((last - first) / 10 + 1) / (ABREAST + 1))
    step = min(step, (high - 5) / -(-tallest // ABREAST))
    ax.set(xlim=(first, last + 10), ylim=(-GROUND_MM, high), yticks=[])
    year_mm = wide / (last + 10 - first)
    for decade, rows in crossings.groupby("decade"):
        _column(ax, decade, rows, step, year_mm)
    start, clear = int(crossings["year"].min()), int(record["since"].max())
    hatched = clear > start
    if hatched:
        size = min(clear, last + 10) - start, GROUND_MM - 1.2
        ax.add_patch(Rectangle((start, -GROUND_MM), *size, gid="no-record", **style.BLIND))
    ax.set_xticks(
        range(first + 5, last + 10, 10), [f"{decade}s" for decade in range(first, last + 1, 10)]
    )
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_visible(False)
    citizens = set(crossings.loc[crossings["route"].eq("jsa"), "citizen"])
    _key(page, (left, top - keys, right, top), hatched, citizens)


def _column(ax: Axes, decade: int, rows: pd.DataFrame, step: float, year_mm: float) -> None:
    """Draw the crossings of a decade from below, the JSA's first, and count them above."""
    rows = rows.assign(other=rows["route"].ne("jsa")).sort_values(["other", "year"])
    for place, row in enumerate(rows.itertuples()):
        up, along = divmod(place, ABREAST)
        x = decade + 5 + (along - (ABREAST - 1) / 2) * step / year_mm
        look = _other(0.66 * step) if row.other else idioms.star(row.citizen, 0.58 * step)
        gid = "other" if row.other else "jsa"
        ax.scatter(x, (up + 0.6) * step, **look, gid=gid, zorder=3)
    hits = (~rows["other"]).sum()
    ax.text(
        decade + 5, -(-len(rows) // ABREAST) * step + 1.2, f"{hits} of {len(rows)}", ha="center",
        va="bottom", fontsize=8, fontweight=600 if hits else 400, gid="share",
        path_effects=style.HALO,
    )  # fmt: skip


def _other(mm: float) -> dict[str, object]:
    colour = style.COLOURS["context"]
    return {"marker": "o", "s": (mm / 25.4 * 72) ** 2, "facecolor": colour, "linewidth": 0}


def _key(page: style.Page, box: idioms.Box, hatched: bool, citizens: set[str]) -> None:
    items = [
        (lambda ax, x, y: ax.scatter(x + 6, y, **idioms.star("North", 2.4)), "JSA, North Korean"),
        (lambda ax, x, y: ax.scatter(x + 6, y, **idioms.star("foreign", 2.4)), "JSA, foreigner"),
        (lambda ax, x, y: ax.scatter(x + 6, y, **_other(2.2)), "another route"),
    ]
    if "not stated" in citizens:
        look = idioms.star("not stated", 2.4)
        star = (lambda ax, x, y: ax.scatter(x + 6, y, **look), "JSA, citizenship not stated")
        items.insert(2, star)
    if hatched:
        patch = (
            lambda ax, x, y: ax.add_patch(Rectangle((x + 2, y - 1.5), 7, 3, **style.BLIND)),
            "no reliable record on some route",
        )
        items.append(patch)
    idioms.key(page, box, items)

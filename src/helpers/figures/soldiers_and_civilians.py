"""Who came by land and who by water: soldiers and civilians since the record has no gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.analysis import register
from helpers.figures import recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "04_in_context"
HEIGHTS = {"height_mm": 92, "column_body_mm": 92, "slide_mm": 103}
WAYS = {
    "jsa": "JSA", "dmz_land": "Land line", "han_estuary": "Water", "yellow_sea": "Water",
    "east_sea": "Water", "air": "Air",
}  # fmt: skip
"""What each route is counted as."""

GROUPS = {
    "In uniform": ("In uniform", {"facecolor": style.INK, "edgecolor": style.INK}),
    "Civilians": ("Civilians", {"facecolor": style.PAPER, "edgecolor": style.INK}),
    "Mixed group": ("Mixed group", {"facecolor": style.FAINT, "edgecolor": style.MUTED}),
    "Not stated": ("Not stated", {"facecolor": style.FAINT, "edgecolor": style.MUTED}),
}
LAND = ["JSA", "Land line"]


def table(frames: Frames) -> pd.DataFrame:
    """Return ``incident_id``, ``date``, ``way``, ``group``: a row a crossing in the clear years."""
    rows = frames(recipes.watched)
    rows = rows[rows["year"].between(*frames(recipes.clear))]
    rows = rows.assign(way=rows["route"].astype(str).map(WAYS), group=register.group(rows))
    return rows[["incident_id", "date", "way", "group"]].reset_index(drop=True)


def words(rows: pd.DataFrame) -> Words:
    """Return the words: which part of each group came by land, and which by water."""
    soldiers, civilians = (rows[rows["group"].eq(name)] for name in ("In uniform", "Civilians"))
    land, water = soldiers["way"].isin(LAND), civilians["way"].eq("Water")
    years = rows["date"].dt.year
    named = {
        "since": years.min(), "span": (years.min(), years.max()), "all": len(rows),
        "soldiers": len(soldiers), "land": land.sum(), "jsa": soldiers["way"].eq("JSA").sum(),
        "civilians": len(civilians), "water": water.sum(),
        "rest": len(rows) - len(soldiers) - len(civilians),
        "most_land": "only" if land.all() else "mostly",
        "most_water": "only" if water.all() else "mostly",
        "counts": [f"{way}, {group.lower()} {count}" for (way, group), count
                   in rows.astype({"group": str}).groupby(["way", "group"]).size().items()],
    }  # fmt: skip
    title = "{all:crossing/crossings} since {since}, by route and who came"
    if land.mean() > 0.5 and water.mean() > 0.5:
        title = "Since {since} soldiers came {most_land} by land, civilians {most_water} by water"
    fact = ["{all:crossing/crossings} to the South {all:=is/are} known {span:when}."]
    if named["soldiers"]:
        fact += ["{land:n} of {soldiers:n} by people in uniform went over land, {jsa:n} of them "
                 "through the JSA."]  # fmt: skip
    if named["civilians"]:
        fact += ["{water:n} of {civilians:n} by civilians went by water."]
    if named["rest"]:
        fact += ["Of {rest:n} the group is mixed or not stated."]
    return Words(
        title=say(title, **named),
        subtitle=say(
            "Crossings from North to South {span:when}, by route and group; in uniform: soldiers, "
            "officers, aircrew and guards",
            **named,
        ),
        source=source_line("Only crossings that were made public"),
        alt=say(
            "A dot a crossing {span:when}, in columns by route and rows by group: {counts:list}.",
            **named,
        ),
        fact=say(" ".join(fact), **named),
    )


def draw(page: style.Page, rows: pd.DataFrame) -> None:
    """Draw a dot a crossing: a column a way, a row a group, earliest first."""
    ways = [way for way in dict.fromkeys(WAYS.values()) if way != "Air" or way in set(rows["way"])]
    groups = [group for group in GROUPS if group in set(rows["group"])]
    left, bottom, right, top = page.body_mm
    names = 0 if page.narrow else 24
    ax = style.axes_in(page, (left, bottom, right, top), label="crossings")
    width, height = style.size_mm(ax)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    counts = rows.astype({"group": str}).groupby(["way", "group"]).size()
    # The land line and the water hold most, the JSA few: room by the square root of what they hold.
    share = np.sqrt([max(counts.get(way, counts[:0]).sum(), 8, len(rows) / 12) for way in ways])
    wide = (width - names) * share / share.sum()
    starts = names + np.concatenate([[0], np.cumsum(wide)[:-1]])
    for pitch in np.arange(5.2, 0.8, -0.2):
        across = np.maximum(((wide - 6) / pitch).astype(int), 1)
        deep = {
            group: max(
                -(-int(counts.get((way, group), 0)) // n)
                for way, n in zip(ways, across, strict=True)
            )
            for group in groups
        }
        apart = 10 if page.narrow else 7
        if 7 + sum(max(n * pitch, 4) + apart for n in deep.values()) <= height:
            break
    for way, x in zip(ways, starts, strict=True):
        _text(ax, x, 2, way, fontweight=600, color=_colour(way))
    y = 7.0 + (apart - 7)
    for group in groups:
        _text(ax, 0, y - apart + 7.5 if page.narrow else y + pitch / 2, GROUPS[group][0])
        for way, x, n in zip(ways, starts, across, strict=True):
            _cell(ax, (x, y), int(counts.get((way, group), 0)), (group, way), (n, pitch))
        y += max(deep[group] * pitch, 4) + apart


def _colour(way: str) -> str:
    return style.COLOURS["subject"] if way == "JSA" else style.INK


def _text(ax: Axes, x: float, y: float, text: str, **look: object) -> None:
    ax.text(x, y, text, **({"fontsize": 8.5, "va": "center"} | look))


def _cell(
    ax: Axes,
    corner: tuple[float, float],
    count: int,
    named: tuple[str, str],
    grid: tuple[int, float],
) -> None:
    """Draw the crossings of a group on a way, and their number behind the last."""
    (x, y), (group, way), (across, pitch) = corner, named, grid
    place = np.arange(count)
    look = dict(GROUPS[group][1])
    if way == "JSA":
        look = {key: _colour(way) if value == style.INK else value for key, value in look.items()}
    ax.scatter(
        x + pitch * (place % across + 0.5), y + pitch * (place // across + 0.5), linewidth=0.9,
        s=(0.72 * pitch / 25.4 * 72) ** 2, gid=f"{way} {group}", **look,
    )  # fmt: skip
    last = max(count - 1, 0)
    after = x + pitch * (last % across + 1) + 1 if count else x
    _text(ax, after, y + pitch * (last // across + 0.5), f"{count}", color=style.MUTED,
          fontsize=8)  # fmt: skip

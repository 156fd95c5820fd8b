"""Who came by land and who by water: soldiers and civilians since the record has no gap."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import register
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import say

NOTEBOOK = "04_in_context"
HEIGHTS = {"height_mm": 92, "column_body_mm": 92, "slide_mm": 103}
WAYS = {
    "jsa": "JSA", "dmz_land": "Land line", "han_estuary": "Water", "yellow_sea": "Water",
    "east_sea": "Water", "air": "Air",
}  # fmt: skip
"""What each route is counted as."""

GROUPS = {
    "In uniform": {"facecolor": style.INK, "edgecolor": style.INK},
    "Civilians": {"facecolor": style.PAPER, "edgecolor": style.INK},
    "Mixed group": {"facecolor": style.FAINT, "edgecolor": style.MUTED},
    "Not stated": {"facecolor": style.FAINT, "edgecolor": style.MUTED},
}
TITLES = {
    (True, True): "Since {since} soldiers came only by land, civilians only by water",
    (True, False): "Since {since} soldiers came only by land, civilians mostly by water",
    (False, True): "Since {since} soldiers came mostly by land, civilians only by water",
    (False, False): "Since {since} soldiers came mostly by land, civilians mostly by water",
}
"""By whether all soldiers came by land, and all civilians by water."""


def table(frames: Frames) -> pd.DataFrame:
    """Return ``incident_id``, ``date``, ``way``, ``group``: a row a crossing in the clear years."""
    rows = frames(recipes.watched)
    rows = rows[rows["year"].between(*frames(recipes.clear))]
    rows = rows.assign(way=rows["route"].astype(str).map(WAYS), group=register.group(rows))
    return rows[["incident_id", "date", "way", "group"]].reset_index(drop=True)


def words(rows: pd.DataFrame) -> Words:
    """Return the words: which part of each group came by land, and which by water."""
    soldiers, civilians = (rows[rows["group"].eq(name)] for name in ("In uniform", "Civilians"))
    land, water = soldiers["way"].isin(["JSA", "Land line"]), civilians["way"].eq("Water")
    years, counts = rows["date"].dt.year, _counts(rows)
    named = {
        "since": years.min(), "span": (years.min(), years.max()), "all": len(rows),
        "soldiers": len(soldiers), "land": land.sum(), "jsa": soldiers["way"].eq("JSA").sum(),
        "civilians": len(civilians), "water": water.sum(),
        "rest": len(rows) - len(soldiers) - len(civilians),
        "counts": [
            say("{way}, {group}: {n}", way=way, group=group.lower(), n=n)
            for (way, group), n in counts.items()
        ],
    }  # fmt: skip
    title = "{all:crossing is/crossings are} known since {since}"
    if land.mean() > 0.5 and water.mean() > 0.5:
        title = TITLES[bool(land.all()), bool(water.all())]
    fact = ["{all:crossing/crossings} to the South {all:=is/are} known {span:when}."]
    if named["soldiers"]:
        fact += ["{land:n} of {soldiers:crossing/crossings} by people in uniform went by land, "
                 "{jsa:n} of them through the JSA."]  # fmt: skip
    if named["civilians"]:
        fact += ["{water:n} of {civilians:crossing/crossings} by civilians went by water."]
    if named["rest"]:
        fact += ["In {rest:case/cases} the group is mixed or not stated."]
    return Words.of(
        named,
        title=title,
        subtitle="Crossings from North to South {span:when}, by route and group; in uniform: "
        "soldiers, officers, aircrew and guards",
        source="Only crossings that were made public",
        alt="A dot for each crossing {span:when}, in columns by route and rows by group: "
        "{counts:items}.",
        fact=" ".join(fact),
    )


def _counts(rows: pd.DataFrame) -> pd.Series:
    return rows.astype({"group": str}).groupby(["way", "group"]).size()


def draw(page: style.Page, rows: pd.DataFrame) -> None:
    """Draw a dot a crossing: a column a way, a row a group, earliest first."""
    ways = [way for way in dict.fromkeys(WAYS.values()) if way != "Air" or way in set(rows["way"])]
    groups = [group for group in GROUPS if group in set(rows["group"])]
    counts = _counts(rows).unstack(fill_value=0).reindex(ways, fill_value=0)
    names, apart = (0, 10) if page.narrow else (24, 7)
    ax = style.axes(page, label="crossings")
    width, height = idioms.in_mm(ax)
    # The land line and the water hold most, the JSA few: room by the square root of what they hold.
    share = np.sqrt(counts.sum(axis=1).clip(lower=max(8, len(rows) / 12)).to_numpy())
    wide = (width - names) * share / share.sum()
    starts = names + np.concatenate([[0], np.cumsum(wide)[:-1]])
    for pitch in np.arange(5.2, 0.8, -0.2):
        across = np.maximum(((wide - 6) / pitch).astype(int), 1)
        deep = (-(-counts // across[:, None])).max()
        if apart * len(groups) + 7 + np.maximum(deep * pitch, 4).sum() <= height:
            break
    for way, x in zip(ways, starts, strict=True):
        _text(
            ax, x, 2, way, **idioms.route_look("jsa" if way == "JSA" else "") | {"fontweight": 600}
        )
    y = 7.0 + (apart - 7)
    for group in groups:
        _text(ax, 0, y - apart + 7.5 if page.narrow else y + pitch / 2, group)
        for way, x, n in zip(ways, starts, across, strict=True):
            _cell(ax, (x, y), counts.at[way, group], (group, way), (n, pitch))
        y += max(deep[group] * pitch, 4) + apart


def _text(ax: Axes, x: float, y: float, text: str, **look: object) -> None:
    ax.text(x, y, text, **({"fontsize": 8.5, "va": "center"} | look))


def _cell(
    ax: Axes, corner: tuple[float, float], count: int, named: tuple[str, str],
    grid: tuple[int, float],
) -> None:  # fmt: skip
    """Draw the crossings of a group on a way, and their number behind the last."""
    (x, y), (group, way), (across, pitch) = corner, named, grid
    place = np.arange(count)
    colours = {style.INK: style.COLOURS["subject"]} if way == "JSA" else {}
    look = {key: colours.get(value, value) for key, value in GROUPS[group].items()}
    ax.scatter(
        x + pitch * (place % across + 0.5), y + pitch * (place // across + 0.5), linewidth=0.9,
        s=(0.72 * pitch / 25.4 * 72) ** 2, gid=f"{way} {group}", **look,
    )  # fmt: skip
    last = max(count - 1, 0)
    after = x + pitch * (last % across + 1) + 1 if count else x
    look = {"color": style.MUTED, "fontsize": 8}
    _text(ax, after, y + pitch * (last // across + 0.5), f"{count}", **look)

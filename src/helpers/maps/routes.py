"""Maps of where people came from and of the ways they took: provinces, and countries only.

Origin is drawn on the provinces of the North in EPSG:5179. The ways are schematic arcs between the
label points of countries, in a projection of East Asia with true areas: no arc follows a road, and
nothing finer than a country is named or marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from helpers import layers, style
from helpers.vocab import Country, ProfileCategory

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

HALO = [effects.withStroke(linewidth=2.4, foreground=style.PAPER)]
NORTH_KM = (728, 1925, 1300, 2570)
"""West, south, east, north of the map of provinces in kilometres of EPSG:5179."""

ASIA_KM = (-2750, -2880, 3000, 2150)
"""West, south, east, north of the maps of ways in kilometres of ``layers.ROUTES_CRS``."""

CLASSES = [(0.0, 0.01, "#E6F0F7"), (0.01, 0.05, "#B5D3E7"), (0.05, 0.25, "#6BA9D0"),
           (0.25, 1.0, "#0072B2")]  # fmt: skip
"""Shares of all arrivals from, below, and the tint; the strongest is the colour of China's way."""

OFF_MAP = {"SGP": (103.8, 7.0)}
"""Countries south of the layer, at the edge of the map: longitude and latitude of their arrow."""

PAGE_MM = 154.0
SIDE_MM, GAP_MM = 22.0, 3.0
"""Height of the page of ways, width of the words beside each map, and the gap between maps."""

BEND = 0.16
"""How far an arc bends, as a share of its length: enough to look like no road."""


def origin(
    provinces: GeoDataFrame,
    table: pd.DataFrame,
    change: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
) -> style.Page:
    """Return the map of origin with bars by sex, and where the latest arrivals came from.

    Parameters
    ----------
    provinces : geopandas.GeoDataFrame
        As :func:`helpers.layers.provinces` gives it.
    table : pandas.DataFrame
        Index ``category``, last ``not_listed``; ``people``, ``men``, ``women``, ``share``,
        ``iso_3166_2``.
    change : pandas.DataFrame
        Index ``category``; ``share_before``, ``share_added``.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=128)
    left, bottom, right, top = fig.body_mm
    box = (left, bottom, left + 82, top)
    ax = style.axes_in(fig, box, label="map")
    _provinces(ax, provinces, table)
    _classes(ax)
    bars = style.axes_in(fig, (left + 103, bottom + 9, right - 33, top - 12), label="bars")
    _bars(bars, table)
    side = style.axes_in(fig, (right - 27, bottom + 9, right - 2, top - 12), label="change")
    _change(side, table, change)
    return fig


def _provinces(ax: Axes, provinces: GeoDataFrame, table: pd.DataFrame) -> None:
    """Shade the North's provinces by share and write it on them."""
    shapes = layers.project(provinces, layers.PENINSULA_CRS)
    west, south, east, north = (1000 * value for value in NORTH_KM)
    fine = (east - west) / 82 * 0.12
    shares = table.dropna(subset="iso_3166_2").reset_index().set_index("iso_3166_2")
    southern = shapes[shapes["adm0_a3"].eq("KOR")]
    southern.clip_by_rect(west, south, east, north).simplify(fine).plot(
        ax=ax, facecolor=style.LAND_OTHER, edgecolor=style.FAINT, linewidth=0.3
    )
    for row in shapes[shapes["adm0_a3"].eq("PRK")].itertuples():
        known = row.iso_3166_2 in shares.index
        look = {"facecolor": style.PAPER, "edgecolor": style.MUTED, "linewidth": 0.5}
        look |= {"facecolor": tint(shares.loc[row.iso_3166_2, "share"])} if known else {
            "hatch": "//////"
        }  # fmt: skip
        shape = shapes.loc[[row.Index]].geometry.simplify(fine)
        shape.plot(ax=ax, zorder=2, **look)
        point = row.geometry.representative_point()
        if known:
            _share_words(ax, point, row.name_en, shares.loc[row.iso_3166_2])
        else:
            ax.annotate(
                f"{row.name_en}:\nno row", (point.x, point.y), xytext=(2, -24), ha="center",
                textcoords="offset points", fontsize=7, linespacing=1.0, zorder=6, gid="no-row",
                arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.6},
            )  # fmt: skip
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    ax.set(anchor="SW", xlabel="", ylabel="")
    ax.spines[:].set_visible(False)
    ax.plot([west + 8e3, west + 108e3], [south + 12e3] * 2, color=style.INK, linewidth=1.2)
    ax.text(west + 58e3, south + 15e3, "100 km", ha="center", va="bottom", fontsize=7)


def _share_words(ax: Axes, point: object, name: str, row: pd.Series) -> None:
    """Write name and share on a province; the two that are too small get a line."""
    words = ProfileCategory(row["category"]).label.replace(" ", "\n")
    strong = row["share"] >= CLASSES[-1][0]
    small = {"KP-01": (-36, 12)}.get(row.name)
    text = f"{words}\n{100 * row['share']:.0f}%" if row["share"] >= 0.01 else (
        f"{words}\n{100 * row['share']:.1f}%"
    )  # fmt: skip
    ax.annotate(
        text, (point.x, point.y), xytext=small or (0, 0), textcoords="offset points", ha="center",
        va="center", fontsize=7, linespacing=1.0, zorder=6, gid="share",
        color=style.PAPER if strong else style.INK,
        arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.6} if small else None,
    )  # fmt: skip


def tint(share: float) -> str:
    """Return the fill of a share of all arrivals (0 to 1)."""
    return next(colour for low, high, colour in CLASSES if low <= share < high)


def _classes(ax: Axes) -> None:
    """Explain the tints in the upper left corner."""
    for order, (low, high, colour) in enumerate(CLASSES):
        y = 0.985 - 0.043 * order
        ax.add_patch(
            Rectangle((0.0, y - 0.03), 0.05, 0.03, transform=ax.transAxes, facecolor=colour,
                      edgecolor=style.MUTED, linewidth=0.4)
        )  # fmt: skip
        words = f"{100 * low:.0f} to under {100 * high:.0f}%" if high < 1 else f"{100 * low:.0f}%+"
        words = f"under {100 * high:.0f}%" if low == 0 else words
        ax.text(0.065, y - 0.015, words, transform=ax.transAxes, fontsize=7, va="center")


def _bars(ax: Axes, table: pd.DataFrame) -> None:
    """Draw people by province and sex, and those whom the list leaves out."""
    for y, (name, row) in enumerate(table.iterrows()):
        if name == "not_listed":
            ax.barh(y, row["people"], 0.66, facecolor=style.PAPER, edgecolor=style.MUTED,
                    hatch="//////", linewidth=0.8, gid="not-listed")  # fmt: skip
        else:
            look = {"height": 0.66, "edgecolor": style.PAPER, "linewidth": 0.4}
            ax.barh(y, row["women"], color=style.COLOURS["china"], gid="women", **look)
            ax.barh(y, row["men"], left=row["women"], color=style.COLOURS["context"], gid="men",
                    **look)  # fmt: skip
        ax.text(row["people"], y, f"{int(row['people']):,}", fontsize=7.5, va="center",
                transform=style.offset(ax, 0.8, 0), gid="people")  # fmt: skip
    names = [
        "not in the list" if name == "not_listed" else ProfileCategory(name).label
        for name in table.index
    ]
    ax.set_yticks(range(len(table)), names)
    ax.set(xlim=(0, table["people"].max() * 1.22), ylim=(len(table) - 0.4, -0.6), xticks=[])
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    _heading(ax, "People, all years")
    for x, words, colour in ((0.30, "women and girls", style.COLOURS["china"]),
                             (0.30, "men and boys", style.MUTED)):  # fmt: skip
        y = 0.80 if words.startswith("women") else 0.75
        ax.text(x, y - 0.12, words, transform=ax.transAxes, color=colour, fontsize=8,
                fontweight=600)  # fmt: skip


def _change(ax: Axes, table: pd.DataFrame, change: pd.DataFrame) -> None:
    """Draw the share of each province before and among those added."""
    for y, name in enumerate(table.index):
        if name in change.index:
            row = change.loc[name]
            ax.plot([row["share_before"], row["share_added"]], [y, y], color=style.FAINT,
                    linewidth=2.0, zorder=1)  # fmt: skip
            ax.plot(row["share_before"], y, "o", markerfacecolor=style.PAPER, markersize=4.4,
                    markeredgecolor=style.MUTED, gid="before", zorder=2, clip_on=False)  # fmt: skip
            ax.plot(row["share_added"], y, "o", color=style.COLOURS["china"], markersize=4.4,
                    gid="added", zorder=3, clip_on=False)  # fmt: skip
    ax.set(xlim=(0, 0.65), ylim=(len(table) - 0.4, -0.6), yticks=[])
    ax.set_xticks([0, 0.2, 0.4, 0.6], ["0", "20", "40", "60%"])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.set_clip_on(False)
    _heading(ax, "Share: open, to\nMarch 2020;\nfilled, since")


def _heading(ax: Axes, words: str) -> None:
    ax.annotate(
        words, (0, 1), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points",
        fontweight=600, fontsize=8, va="bottom", linespacing=1.0, gid="heading",
    )  # fmt: skip


# Ways -------------------------------------------------------------------------------------------


def ways(
    countries: GeoDataFrame,
    koreas: GeoDataFrame,
    legs: pd.DataFrame,
    words: dict[str, str],
    title: str,
    subtitle: str,
    source: str,
) -> style.Page:
    """Return small maps of East Asia, one an era, with an arc a leg from country to country.

    Parameters
    ----------
    countries, koreas : geopandas.GeoDataFrame
        As the loaders of :mod:`helpers.layers` give them.
    legs : pandas.DataFrame
        ``era``, ``origin``, ``target`` (codes of countries), ``flown``.
    words : dict of str to str
        A line under the name of each era.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=PAGE_MM)
    left, _, right, top = fig.body_mm
    eras = list(legs["era"].unique())
    wide = (right - left - GAP_MM) / 2 - SIDE_MM
    high = wide * (ASIA_KM[3] - ASIA_KM[1]) / (ASIA_KM[2] - ASIA_KM[0])
    land = _land(countries, koreas, wide)
    points = label_points(countries, koreas)
    for order, era in enumerate(eras):
        x = left + SIDE_MM + (order % 2) * (wide + SIDE_MM + GAP_MM)
        y = top - (order // 2) * (high + GAP_MM)
        ax = style.axes_in(fig, (x, y - high, x + wide, y), label=era)
        rows = legs[legs["era"].eq(era)]
        _ground(ax, land, set(rows["origin"]) | set(rows["target"]))
        _arcs(ax, rows, points)
        _names(ax, rows, points)
        _beside(ax, era, words[era])
    return fig


def _beside(ax: Axes, era: str, words: str) -> None:
    """Write the era and its years to the left of its map."""
    name = style.wrap(era, SIDE_MM - 3, 8.5, bold=True)
    years = style.wrap(words, SIDE_MM - 3, 7)
    shift = -(SIDE_MM - 0.5) / 25.4 * 72
    for lines, down, look in (
        (name, 1, {"fontsize": 8.5, "fontweight": 600}),
        (years, 4 + 11.5 * len(name), {"fontsize": 7, "color": style.MUTED}),
    ):
        ax.annotate(
            "\n".join(lines), (0, 1), xycoords="axes fraction", xytext=(shift, -down), va="top",
            textcoords="offset points", linespacing=1.05, gid="era", **look,
        )  # fmt: skip


def _land(countries: GeoDataFrame, koreas: GeoDataFrame, wide_mm: float) -> GeoDataFrame:
    """Return land in the maps' projection, the Koreas by their own layer."""
    import pandas as pd

    columns = ["adm0_a3", "geometry"]
    others = countries[~countries["adm0_a3"].isin(["KOR", "PRK"])]
    whole = pd.concat([others[columns], koreas[columns]], ignore_index=True)
    shapes = layers.project(whole, layers.ROUTES_CRS, 50_000)
    west, south, east, north = (1000 * value for value in ASIA_KM)
    clipped = shapes.clip_by_rect(west, south, east, north)
    fine = (east - west) / wide_mm * 0.2
    return shapes.assign(geometry=clipped.simplify(fine))[~clipped.is_empty.to_numpy()]


def label_points(countries: GeoDataFrame, koreas: GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Return a point inside the largest part of each country, in metres of the maps' projection.

    The point stands for the country as a whole; those south of the layer get a point at its edge.
    """
    import geopandas as gpd
    import pandas as pd

    columns = ["adm0_a3", "geometry"]
    others = countries[~countries["adm0_a3"].isin(["KOR", "PRK"])]
    whole = pd.concat([others[columns], koreas[columns]], ignore_index=True)
    parts = whole.to_crs(layers.ROUTES_CRS).explode(ignore_index=True)
    largest = parts.loc[parts.area.groupby(parts["adm0_a3"]).idxmax()]
    points = {row.adm0_a3: row.geometry.representative_point() for row in largest.itertuples()}
    edge = gpd.points_from_xy(*zip(*OFF_MAP.values(), strict=True), crs=layers.WGS84)
    points |= dict(zip(OFF_MAP, edge.to_crs(layers.ROUTES_CRS), strict=True))
    return {code: (point.x, point.y) for code, point in points.items()}


def _ground(ax: Axes, land: GeoDataFrame, used: set[str]) -> None:
    """Draw land, the countries of the era a shade darker."""
    west, south, east, north = (1000 * value for value in ASIA_KM)
    for mask, fill in ((~land["adm0_a3"].isin(used), style.LAND_OTHER),
                       (land["adm0_a3"].isin(used), style.LAND_NORTH)):  # fmt: skip
        if mask.any():
            land[mask].plot(ax=ax, facecolor=fill, edgecolor=style.PAPER, linewidth=0.4, zorder=1)
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    ax.set(xlabel="", ylabel="")
    ax.spines[:].set(visible=True, color=style.FAINT)


def _arcs(ax: Axes, legs: pd.DataFrame, points: dict[str, tuple[float, float]]) -> None:
    """Draw one arc a leg; all bend to the same side of their direction."""
    for leg in legs.itertuples():
        start, end = (np.array(points[code]) for code in (leg.origin, leg.target))
        side = 1 if leg.flown else -1
        arc = FancyArrowPatch(
            start, end, connectionstyle=f"arc3,rad={side * BEND:g}", arrowstyle="-|>",
            mutation_scale=6, shrinkA=3, shrinkB=3, linewidth=1.3, color=style.COLOURS["china"],
            linestyle=(0, (3, 1.6)) if leg.flown else "-", zorder=4, clip_on=True,
            gid=f"arc-{leg.origin}-{leg.target}",
        )  # fmt: skip
        ax.add_patch(arc)


def _names(ax: Axes, legs: pd.DataFrame, points: dict[str, tuple[float, float]]) -> None:
    """Name the countries at their points."""
    codes = list(dict.fromkeys([*legs["origin"], *legs["target"]]))
    for code in codes:
        x, y = points[code]
        ax.plot(x, y, "o", color=style.PAPER, markeredgecolor=style.INK, markersize=4,
                markeredgewidth=1.0, zorder=5, gid=f"country-{code}")  # fmt: skip
        right, up = SIDES.get(code, (1, 0))
        ax.text(
            x, y, Country(code).label, fontsize=7, zorder=6, path_effects=HALO, gid="country",
            ha={1: "left", 0: "center", -1: "right"}[right],
            va={1: "bottom", 0: "center", -1: "top"}[up],
            transform=style.offset(ax, 1.3 * right, 1.3 * up),
        )  # fmt: skip


SIDES = {
    "PRK": (0, 1), "KOR": (1, -1), "CHN": (-1, 0), "MNG": (0, 1), "VNM": (1, 0), "LAO": (-1, 1),
    "THA": (-1, -1), "MMR": (0, 1), "KHM": (1, -1), "PHL": (1, -1), "SGP": (1, 0),
}  # fmt: skip
"""On which side of its point a country is named: right (1) or left (-1), above (1) or below."""

"""Maps of where people came from and of the ways they took: provinces, and countries only.

Origin is drawn on the provinces of the North in EPSG:5179. The ways are schematic arcs between the
label points of countries, in a projection of East Asia with true areas: no arc follows a road, and
nothing finer than a country is named or marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from helpers import layers, style
from helpers.vocab import Country, ProfileCategory

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

Box = tuple[float, float, float, float]

NORTH_KM = (706, 1925, 1278, 2570)
"""West, south, east, north of the map of provinces in kilometres of EPSG:5179."""

ASIA_KM = (-2750, -2880, 3000, 2150)
"""West, south, east, north of the maps of ways in kilometres of ``layers.ROUTES_CRS``."""

LABELS_KM = {
    "KP-01": (752, 2108),
    "KP-02": (897, 2178),
    "KP-05": (783, 1946),
    "KP-06": (886, 2056),
    "KP-08": (1014, 2236),
    "KP-09": (1153, 2426),
    "KP-13": (1241, 2404),
}
"""Where provinces are named that have no room at their middle, in kilometres of EPSG:5179."""

OUTSIDE = {"KP-01": 18.5, "KP-05": 10.5, "KP-13": 10.0}
"""Provinces named in the sea beside them, and how far from the words (points) a line begins."""

CLASSES = [(0.0, 0.01, "#E6F0F7"), (0.01, 0.05, "#B5D3E7"), (0.05, 0.25, "#6BA9D0"),
           (0.25, 1.0, "#0072B2")]  # fmt: skip
"""Shares of all arrivals from, below, and the tint; the strongest is the colour of China's way."""

EXTENTS_KM: dict[str, Box] = {
    "column": (-2560, -2880, 2140, 2150),
    "slide": (-2560, -2880, 2140, 2820),
}
"""The same where maps are narrow: less of the ocean and of western China."""

MAP_MM: dict[str, float] = {"full": 82.0, "column": 92.0, "slide": 78.0}
"""Width of the map of provinces."""

BARS_MM = 76.0
COLUMN_MM = (
    BARS_MM + 4 + MAP_MM["column"] * (NORTH_KM[3] - NORTH_KM[1]) / (NORTH_KM[2] - NORTH_KM[0])
)
"""Height of the bars below the map, and of both, in a column."""

OFF_MAP = {"SGP": (103.8, 7.0)}
"""Countries south of the layer, at the edge of the map: longitude and latitude of their arrow."""

PAGE_MM, SLIDE_MM = 154.0, 116.0
SIDE_MM, GAP_MM = 22.0, 3.0
ABOVE_MM = {"column": 12.0, "slide": 15.0}
"""Height of the page of ways and of a slide's layout, width of the words beside each map, the gap
between maps, and room for the words above them, where maps are narrow."""

BEND = 0.16
"""How far an arc bends, as a share of its length: enough to look like no road."""


def origin(
    provinces: GeoDataFrame,
    table: pd.DataFrame,
    change: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
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
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, height_mm=128, column_body_mm=COLUMN_MM, slide_mm=120
    )
    map_box, bars_box, change_box = _origin_boxes(fig)
    ax = style.axes_in(fig, map_box, label="map")
    _provinces(ax, provinces, table, map_box[2] - map_box[0])
    _classes(ax)
    _bars(style.axes_in(fig, bars_box, label="bars"), table)
    _change(style.axes_in(fig, change_box, label="change"), table, change)
    return fig


def _origin_boxes(fig: style.Page) -> tuple[Box, Box, Box]:
    """Return the boxes (mm) of map, bars and change: side by side, or the map on top."""
    left, bottom, right, top = fig.body_mm
    if fig.narrow:
        foot = bottom + BARS_MM
        return (
            (left, foot + 4, left + MAP_MM[fig.size], top),
            (left + 29, bottom + 7, right - 34, foot - 12),
            (right - 27, bottom + 7, right - 2, foot - 12),
        )
    wide = MAP_MM.get(fig.size, MAP_MM["full"])
    side = 34 if fig.slide else 27
    return (
        (left, bottom, left + wide, top),
        (left + wide + 23, bottom + 9, right - side - 6, top - 12),
        (right - side, bottom + 9, right - 2, top - 12),
    )


def _provinces(ax: Axes, provinces: GeoDataFrame, table: pd.DataFrame, wide_mm: float) -> None:
    """Shade the North's provinces by share and write it on them."""
    shapes = layers.project(provinces, layers.PENINSULA_CRS)
    west, south, east, north = (1000 * value for value in NORTH_KM)
    fine = (east - west) / wide_mm * 0.12
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
            _share_words(ax, point, shares.loc[row.iso_3166_2])
        else:
            words = f"{row.name_en}:\nno row"
            _named(ax, point, words, row.iso_3166_2, style.PAPER, gid="no-row")
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    ax.set(anchor="SW", xlabel="", ylabel="")
    ax.spines[:].set_visible(False)
    ax.plot([east - 118e3, east - 18e3], [south + 12e3] * 2, color=style.INK, linewidth=1.2)
    ax.text(east - 68e3, south + 15e3, "100 km", ha="center", va="bottom", fontsize=7)


def _share_words(ax: Axes, point: object, row: pd.Series) -> None:
    """Write name and share of a province."""
    words = ProfileCategory(row["category"]).label
    if row.name not in OUTSIDE:
        words = words.replace(" ", "\n")
    share = f"{100 * row['share']:.{0 if row['share'] >= 0.01 else 1}f}%"
    fill = tint(row["share"])
    colour = style.PAPER if fill == CLASSES[-1][2] else style.INK
    _named(ax, point, f"{words}\n{share}", row.name, fill, color=colour, gid="share")


def _named(ax: Axes, point: object, words: str, code: str, fill: str, **look: object) -> None:
    """Write words at a province's own point, or at the place that is set for its code.

    The halo has the province's ``fill``, so that a border under the words does not cross them.
    """
    x, y = (1000 * value for value in LABELS_KM.get(code, (point.x / 1000, point.y / 1000)))
    halo = style.Halo(1.8, style.PAPER if code in OUTSIDE else fill)
    ax.text(
        x, y, words, ha="center", va="center", fontsize=7, linespacing=1.0, zorder=6,
        path_effects=[halo], **look,
    )  # fmt: skip
    if code in OUTSIDE:
        line = {"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.6}
        line |= {"shrinkA": OUTSIDE[code], "shrinkB": 0}
        ax.annotate("", (point.x, point.y), xytext=(x, y), arrowprops=line, zorder=5)


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
    for line, (words, colour) in enumerate(
        (("women and girls", style.COLOURS["china"]), ("men and boys", style.MUTED))
    ):
        ax.annotate(
            words, (0.36, 0.66), xycoords="axes fraction", xytext=(0, -11 * line), fontsize=8,
            textcoords="offset points", color=colour, fontweight=600, gid="sex",
        )  # fmt: skip


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
    size: style.Size = "full",
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
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, PAGE_MM, column_body_mm=_column_mm(), slide_mm=SLIDE_MM
    )
    extent = EXTENTS_KM.get(size, ASIA_KM)
    points = label_points(countries, koreas)
    land = None
    for era, box in _maps(fig, list(legs["era"].unique()), extent):
        if land is None:
            land = _land(countries, koreas, extent, box[2] - box[0])
        ax = style.axes_in(fig, box, label=era)
        rows = legs[legs["era"].eq(era)]
        _ground(ax, land, extent, set(rows["origin"]) | set(rows["target"]))
        _arcs(ax, rows, points)
        _names(ax, rows, points, extent is not ASIA_KM)
        if extent is ASIA_KM:
            _beside(ax, era, words[era])
        else:
            _above(ax, era, words[era], box[2] - box[0])
    return fig


def _high_mm(extent: Box, wide_mm: float) -> float:
    """Return how high a map is at a width."""
    west, south, east, north = extent
    return wide_mm * (north - south) / (east - west)


def _column_mm() -> float:
    """Return how high two rows of two maps with words above are in a column."""
    wide = (style.SHEETS["column"].layout_mm - 8 - GAP_MM) / 2
    return 2 * (ABOVE_MM["column"] + _high_mm(EXTENTS_KM["column"], wide)) + GAP_MM


def _maps(fig: style.Page, eras: list[str], extent: Box) -> list[tuple[str, Box]]:
    """Return the box (mm) of each era's map: two in a row, on a slide all side by side."""
    left, _, right, top = fig.body_mm
    columns = len(eras) if fig.slide else 2
    side, above = (SIDE_MM, 0.0) if extent is ASIA_KM else (0.0, ABOVE_MM[fig.size])
    wide = (right - left - GAP_MM * (columns - 1)) / columns - side
    high = _high_mm(extent, wide)
    placed = []
    for order, era in enumerate(eras):
        x = left + side + (order % columns) * (wide + side + GAP_MM)
        y = top - above - (order // columns) * (high + above + GAP_MM)
        placed.append((era, (x, y - high, x + wide, y)))
    return placed


def _beside(ax: Axes, era: str, words: str) -> None:
    """Write the era and its years to the left of its map."""
    name = style.wrap(era, SIDE_MM - 3, 8.5, bold=True)
    years = style.wrap(words, SIDE_MM - 3, 7)
    shift = -(SIDE_MM - 0.5) / 25.4 * 72
    _lines(ax, name, shift, -9, 8.5, fontweight=600)
    _lines(ax, years, shift, -(11.5 + 11 * len(name)), 7, color=style.MUTED)


def _above(ax: Axes, era: str, words: str, wide_mm: float) -> None:
    """Write the era and its years above its map."""
    up = ABOVE_MM[ax.figure.size] / 25.4 * 72
    large, small = (10, 8) if ax.figure.slide else (8.5, 7)
    _lines(ax, [era], 0, up - 9, large, fontweight=600)
    years = style.wrap(words, wide_mm, small)
    _lines(ax, years, 0, up - 9 - 1.55 * small, small, color=style.MUTED)


def _lines(ax: Axes, lines: list[str], x: float, y: float, points: float, **look: object) -> None:
    """Write lines, the first with its base ``x``, ``y`` points off a map's upper left corner."""
    # Line by line on the base: a block would stand higher or lower by the letters it holds.
    for order, line in enumerate(lines):
        ax.annotate(
            line, (0, 1), xycoords="axes fraction", xytext=(x, y - order * 1.25 * points),
            textcoords="offset points", va="baseline", fontsize=points, gid="era", **look,
        )  # fmt: skip


def _land(
    countries: GeoDataFrame, koreas: GeoDataFrame, extent: Box, wide_mm: float
) -> GeoDataFrame:
    """Return land in the maps' projection, the Koreas by their own layer."""
    import pandas as pd

    columns = ["adm0_a3", "geometry"]
    others = countries[~countries["adm0_a3"].isin(["KOR", "PRK"])]
    whole = pd.concat([others[columns], koreas[columns]], ignore_index=True)
    shapes = layers.project(whole, layers.ROUTES_CRS, 50_000)
    west, south, east, north = (1000 * value for value in extent)
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


def _ground(ax: Axes, land: GeoDataFrame, extent: Box, used: set[str]) -> None:
    """Draw land, the countries of the era a shade darker."""
    west, south, east, north = (1000 * value for value in extent)
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


def _names(
    ax: Axes,
    legs: pd.DataFrame,
    points: dict[str, tuple[float, float]],
    narrow: bool,
) -> None:
    """Name the countries at their points, each on its side."""
    sides = SIDES | NARROW_SIDES if narrow else SIDES
    codes = list(dict.fromkeys([*legs["origin"], *legs["target"]]))
    for code in codes:
        x, y = points[code]
        ax.plot(x, y, "o", color=style.PAPER, markeredgecolor=style.INK, markersize=4,
                markeredgewidth=1.0, zorder=5, gid=f"country-{code}")  # fmt: skip
        name = Country(code).label
        if narrow and code in NARROW_SIDES:
            name = name.replace(" ", "\n")
        right, up = sides.get(code, (1, 0))
        ax.text(
            x, y, name, fontsize=7, linespacing=1.0, zorder=6, gid="country",
            path_effects=style.HALO,
            ha={1: "left", 0: "center", -1: "right"}[right],
            va={1: "bottom", 0: "center", -1: "top"}[up],
            transform=style.offset(ax, 1.3 * right, 1.3 * up),
        )  # fmt: skip


SIDES = {
    "PRK": (0, 1), "KOR": (1, -1), "CHN": (-1, 0), "MNG": (0, 1), "VNM": (1, 0), "LAO": (-1, 0),
    "THA": (-1, -1), "MMR": (0, 1), "KHM": (1, -1), "PHL": (1, -1), "SGP": (1, 0),
}  # fmt: skip
"""On which side of its point a country is named: right (1) or left (-1), above (1) or below."""

NARROW_SIDES = {"KOR": (1, 0), "PHL": (0, -1), "THA": (0, -1)}
"""Other sides where maps are narrow, and names of two words are broken."""

"""Routes through China to the South: schematic arcs between countries, a map an exit.

An arc joins the label points of two countries, in a projection of East Asia with true areas: none
follows a road, and nothing finer than a country is named or marked.
"""

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame, points_from_xy
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from helpers import layers
from helpers.analysis import arrivals
from helpers.data.vocab import Country
from helpers.figures import Frames, Words, idioms, style

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 97, "column_body_mm": 133, "slide_mm": 104}

ASIA_KM: idioms.Box = (-2560, -2880, 2140, 2150)
"""West, south, east, north of the maps in kilometres of ``layers.ROUTES_CRS``."""

OFF_MAP = {"SGP": (103.8, 7.0)}
"""Countries south of the layer, at the edge of the map: longitude and latitude of their arrow."""

DASHED = (0, (3, 1.6))

BEND = 0.16
"""How far an arc bends, as a share of its length: enough to look like no road."""

GAP_MM, ABOVE_MM = 4.0, 12.0
"""The gap between maps, and the room above each for its words."""

SIDES = {
    "PRK": (0, 1), "KOR": (1, 0), "CHN": (-1, 0), "MNG": (0, 1), "VNM": (1, 0), "LAO": (-1, 0),
    "THA": (0, -1), "MMR": (0, 1), "KHM": (1, -1), "PHL": (0, -1), "SGP": (1, 0), "HKG": (-1, 1),
}  # fmt: skip
"""On which side of its point a country is named: right (1) or left (-1), above (1) or below."""


def table(frames: Frames) -> tuple[pd.DataFrame | GeoDataFrame, ...]:
    """Return legs, the routes, and the map layers of countries and of the Koreas.

    Legs: as :func:`helpers.analysis.arrivals.legs` gives them. Routes: as
    :func:`helpers.analysis.arrivals.through_china`.
    """
    through = arrivals.through_china(frames["routes"], frames["waypoints"])
    legs = arrivals.legs(through, frames["waypoints"])
    return legs, through, frames.layer("countries"), frames.layer("koreas")


def words(legs: pd.DataFrame, through: pd.DataFrame, *_: GeoDataFrame) -> Words:
    """Return the words: how many routes, and from which countries people left for the South."""
    exits = [Country(code).label for code in dict.fromkeys(through["exit"])]
    named = {"routes": len(through), "exits": len(exits), "names": exits,
             "groups": legs["group"].nunique(), "legs": len(legs)}  # fmt: skip
    return Words.of(
        named,
        title="{routes:route/routes} through China reached the South by {exits:exit/exits}",
        subtitle="Routes from North Korea through China, by the country or territory from which "
        "people left for the South, with the main years of the best documented route",
        source="Arcs join countries, not places; width and length mean nothing",
        alt="{groups:small map/small maps} of East Asia with {legs:arc/arcs} from country to "
        "country, from North Korea to China and on; the last arc, dashed, goes to South Korea. The "
        "exits are {names:list}.",
        fact="Sources describe {routes:route/routes} through China. People left for the South from "
        "{names:list}.",
    )


def draw(
    page: style.Page, legs: pd.DataFrame, through: pd.DataFrame, countries: GeoDataFrame,
    koreas: GeoDataFrame,
) -> None:  # fmt: skip
    """Draw small maps in rows, a map a group of exits."""
    line = {"color": style.COLOURS["china"], "linewidth": 1.3}
    items = [(idioms.stroke(**line), "over land"),
             (idioms.stroke(**line, linestyle=DASHED), "flown or sailed")]  # fmt: skip
    idioms.key(page, items)
    points = label_points(countries, koreas)
    land = None
    groups = list(legs["group"].unique())
    for group, box in zip(groups, _boxes(page.body_mm, len(groups)), strict=True):
        if land is None:
            land = _land(countries, koreas, box[2] - box[0])
        ax = style.axes_in(page, box, label=group)
        rows = legs[legs["group"].eq(group)]
        rows = rows[rows["origin"].isin(points) & rows["target"].isin(points)]
        _ground(ax, land, set(rows["origin"]) | set(rows["target"]))
        _arcs(ax, rows, points)
        _names(ax, rows, points)
        _above(ax, group, through.loc[through["group"].eq(group), "period_main"].iloc[0])


def _boxes(body: idioms.Box, count: int) -> list[idioms.Box]:
    """Return boxes for so many maps: as many in a row as make them largest."""
    left, bottom, right, top = body
    west, south, east, north = ASIA_KM
    ratio = (north - south) / (east - west)

    def size(columns: int) -> tuple[float, float]:
        rows = -(-count // columns)
        wide = (right - left - GAP_MM * (columns - 1)) / columns
        high = (top - bottom - GAP_MM * (rows - 1)) / rows - ABOVE_MM
        wide = min(wide, high / ratio)
        return wide, wide * ratio

    columns = max(range(1, count + 1), key=lambda many: size(many)[0])
    wide, high = size(columns)
    step = (right - left - wide) / max(columns - 1, 1)
    boxes = []
    for order in range(count):
        x = left + min(step, wide + 3 * GAP_MM) * (order % columns)
        y = top - ABOVE_MM - (order // columns) * (high + ABOVE_MM + GAP_MM)
        boxes.append((x, y - high, x + wide, y))
    return boxes


def _above(ax: Axes, group: str, years: str) -> None:
    points = idioms.small(ax)
    lines = "\n".join(style.wrap(years, style.size_mm(ax)[0], points)[:2])
    look = {"base": ax.transAxes, "gid": "group"}
    idioms.words(ax, 0, 1, group, "above", 7.4, fontsize=8.5, fontweight=600, **look)
    look |= {"fontsize": points, "color": style.MUTED, "va": "top", "linespacing": 1}
    idioms.words(ax, 0, 1, lines, "above", 7, **look)


def _land(countries: GeoDataFrame, koreas: GeoDataFrame, wide_mm: float) -> GeoDataFrame:
    """Return land in the maps' projection, the Koreas by their own layer."""
    shapes = layers.project(_whole(countries, koreas), layers.ROUTES_CRS, 50_000)
    west, south, east, north = (1000 * value for value in ASIA_KM)
    clipped = shapes.clip_by_rect(west, south, east, north)
    fine = (east - west) / wide_mm * 0.2
    return shapes.assign(geometry=clipped.simplify(fine))[~clipped.is_empty.to_numpy()]


def _whole(countries: GeoDataFrame, koreas: GeoDataFrame) -> GeoDataFrame:
    columns = ["adm0_a3", "geometry"]
    others = countries[~countries["adm0_a3"].isin(["KOR", "PRK"])]
    return pd.concat([others[columns], koreas[columns]], ignore_index=True)


def label_points(countries: GeoDataFrame, koreas: GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Return a point inside the largest part of each country, in metres of the maps' projection.

    The point stands for the country as a whole; one off the map is moved to its edge.
    """
    parts = _whole(countries, koreas).to_crs(layers.ROUTES_CRS).explode(ignore_index=True)
    largest = parts.loc[parts.area.groupby(parts["adm0_a3"]).idxmax()]
    points = {row.adm0_a3: row.geometry.representative_point() for row in largest.itertuples()}
    edge = points_from_xy(*zip(*OFF_MAP.values(), strict=True), crs=layers.WGS84)
    points |= dict(zip(OFF_MAP, edge.to_crs(layers.ROUTES_CRS), strict=True))
    west, south, east, north = (1000 * value for value in ASIA_KM)
    inset = 150_000
    return {
        code: (
            float(np.clip(point.x, west + inset, east - inset)),
            float(np.clip(point.y, south + inset, north - inset)),
        )
        for code, point in points.items()
    }


def _ground(ax: Axes, land: GeoDataFrame, used: set[str]) -> None:
    west, south, east, north = (1000 * value for value in ASIA_KM)
    for mask, fill in ((~land["adm0_a3"].isin(used), style.LAND_OTHER),
                       (land["adm0_a3"].isin(used), style.LAND_NORTH)):  # fmt: skip
        if mask.any():
            land[mask].plot(ax=ax, facecolor=fill, edgecolor=style.PAPER, linewidth=0.4, zorder=1)
    idioms.map_axes(ax, (west, south, east, north))


def _arcs(ax: Axes, legs: pd.DataFrame, points: dict[str, tuple[float, float]]) -> None:
    for leg in legs.itertuples():
        start, end = (np.array(points[code]) for code in (leg.origin, leg.target))
        side = 1 if leg.flown else -1
        arc = FancyArrowPatch(
            start, end, connectionstyle=f"arc3,rad={side * BEND:g}", arrowstyle="-|>",
            mutation_scale=6, shrinkA=3, shrinkB=3, linewidth=1.3, color=style.COLOURS["china"],
            linestyle=DASHED if leg.flown else "-", zorder=4, clip_on=True,
            gid=f"arc-{leg.origin}-{leg.target}",
        )  # fmt: skip
        ax.add_patch(arc)


def _names(ax: Axes, legs: pd.DataFrame, points: dict[str, tuple[float, float]]) -> None:
    """Name the countries at their points, each on its side; words of two lines need less room."""
    for code in dict.fromkeys([*legs["origin"], *legs["target"]]):
        x, y = points[code]
        ax.plot(x, y, "o", color=style.PAPER, markeredgecolor=style.INK, markersize=4,
                markeredgewidth=1.0, zorder=5, gid=f"country-{code}")  # fmt: skip
        name, (right, up) = Country(code).label, SIDES.get(code, (1, 0))
        if (right, up) == (1, 0):
            name = name.replace(" ", "\n")
        ax.text(
            x, y, name, fontsize=7, linespacing=1.0, zorder=6, gid="country",
            path_effects=style.HALO,
            ha={1: "left", 0: "center", -1: "right"}[right],
            va={1: "bottom", 0: "center", -1: "top"}[up],
            transform=style.offset(ax, 1.3 * right, 1.3 * up),
        )  # fmt: skip

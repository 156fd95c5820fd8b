"""The line across the peninsula, and where direct crossings are known to have happened.

Two panels in EPSG:5179: the seas and the air above, the land line with the estuary below. Each
incident is one mark in one of them. A filled mark stands at a named place, an open one in the
shaded circle within which the place lies; marks that would hide each other are moved apart, the
circles are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.patheffects as effects
import numpy as np
import shapely
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle

from helpers import layers, style
from helpers.vocab import LocationBasis, Route

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

SEAS_KM = (698, 1868, 1412, 2122)
LINE_KM = (858, 1948, 1106, 2088)
"""West, south, east, north of the two panels in kilometres of EPSG:5179."""

PAGE_MM = 201.0
MARK_MM = {"seas": 2.2, "line": 2.5}
SPACING_MM = {"seas": 2.5, "line": 2.9}
"""Width of a mark, and the least distance of two, by panel."""

UNSEEN_MM = 0.04
"""Detail of coast and line smaller than this on paper is left out."""

SCALE = {"*": 1.75, "o": 1.0, "D": 0.78, "s": 0.88, "^": 1.12, "X": 1.12}
"""What makes the markers look equally large."""

FINE = [LocationBasis.PUBLISHED_COORDINATE.value, LocationBasis.PLACE_CENTROID.value]
LAND_FILL = {"PRK": style.LAND_NORTH, "KOR": style.LAND_SOUTH}
HALO = [effects.withStroke(linewidth=2.0, foreground=style.PAPER)]

#: Words on the panels: longitude, latitude, alignment, style.
SEA_WORDS = [
    ("East Sea\n(Sea of Japan)", 130.45, 38.22, "center", "water"),
    ("Yellow Sea", 124.75, 37.05, "center", "water"),
    ("NORTH KOREA", 126.55, 39.00, "left", "country"),
    ("SOUTH KOREA", 127.95, 37.12, "center", "country"),
    ("Pyongyang", 125.75, 39.02, "left", "town"),
    ("Seoul", 126.98, 37.56, "left", "town"),
    ("Baengnyeong", 124.55, 38.27, "center", "place"),
    ("Yeonpyeong", 125.72, 37.43, "center", "place"),
    ("Ulleung", 130.97, 37.28, "center", "place"),
    ("Northern Limit Line (de facto)", 129.00, 38.68, "left", "line"),
    ("Northern Limit Line\n(de facto)", 124.42, 37.52, "left", "line"),
]
LINE_WORDS = [
    ("Kaesong", 126.555, 37.97, "right", "town"),
    ("Seoul", 126.98, 37.56, "left", "town"),
    ("Gyodong", 126.27, 37.90, "center", "place"),
    ("Ganghwa", 126.47, 37.67, "center", "place"),
    ("Gimpo", 126.72, 37.66, "center", "place"),
    ("Paju", 126.86, 37.735, "center", "place"),
    ("Yeoncheon", 127.09, 37.93, "center", "place"),
    ("Cheorwon", 127.42, 38.08, "center", "place"),
    ("Hwacheon", 127.69, 38.055, "center", "place"),
    ("Yanggu", 128.01, 38.09, "center", "place"),
    ("Goseong", 128.40, 38.30, "center", "place"),
    ("Yellow Sea", 126.02, 37.59, "center", "water"),
    ("East Sea\n(Sea of Japan)", 128.505, 38.685, "center", "water"),
    ("NORTH KOREA", 127.45, 38.55, "center", "country"),
    ("SOUTH KOREA", 127.30, 37.72, "center", "country"),
]
WORD_STYLES = {
    "water": {"style": "italic", "color": style.MUTED, "fontsize": 8},
    "country": {"color": style.MUTED, "fontsize": 8, "fontweight": 600},
    "town": {"fontsize": 7.5, "va": "center"},
    "place": {"fontsize": 7, "color": style.MUTED, "va": "center"},
    "line": {"fontsize": 7, "color": style.INK, "va": "center"},
}


def direct_crossings(
    marks: pd.DataFrame,
    circles: pd.DataFrame,
    koreas: GeoDataFrame,
    lines: GeoDataFrame,
    dmz: GeoDataFrame,
    title: str,
    subtitle: str,
    source: str,
) -> style.Page:
    """Return the map of direct crossings.

    Parameters
    ----------
    marks : pandas.DataFrame
        One row a located incident: ``route``, ``location_basis``, ``year``, ``panel`` (``seas``,
        ``line`` or ``jsa``) and ``mark_x``, ``mark_y``, where its mark stands, in metres of
        EPSG:5179. Rows of panel ``jsa`` are drawn in the call-out, in their order.
    circles : pandas.DataFrame
        Where they lie: ``x``, ``y``, ``radius_m`` (metres of EPSG:5179), ``location_basis``,
        ``panel``.
    koreas, lines, dmz : geopandas.GeoDataFrame
        The layers of :mod:`helpers.layers`.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=PAGE_MM)
    left, _, right, top = fig.body_mm
    width = right - left
    seas_mm, line_mm = (width * (box[3] - box[1]) / (box[2] - box[0]) for box in (SEAS_KM, LINE_KM))
    seas = style.axes_in(fig, (left, top - seas_mm, right, top), label="seas")
    line = style.axes_in(
        fig, (left, top - seas_mm - 5 - line_mm, right, top - seas_mm - 5), label="line"
    )
    drawn = [layers.project(layer, layers.PENINSULA_CRS) for layer in (koreas, lines, dmz)]
    for ax, box, words in ((seas, SEAS_KM, SEA_WORDS), (line, LINE_KM, LINE_WORDS)):
        _ground(ax, box, *drawn)
        _circles(ax, circles[circles["panel"] == ax.get_label()])
        _marks(ax, marks[marks["panel"] == ax.get_label()])
        _words(ax, words)
    _line_words(line)
    _frame(seas)
    _scale_bar(seas, 100, (1304, 1876))
    _scale_bar(line, 20, (1080, 1953))
    _call_out(line, marks[marks["panel"] == "jsa"], circles)
    _legend(seas, [Route.YELLOW_SEA, Route.EAST_SEA, Route.AIR], marks, (0.668, 0.31))
    _legend(line, [Route.DMZ_LAND, Route.HAN_ESTUARY], marks, (0.60, 0.24), _radii(circles))
    return fig


def spacing_m() -> dict[str, float]:
    """Return the least distance of two marks on each panel in metres of the map."""
    width_mm = style.SIZES_MM["full"][0] - 8
    boxes = {"seas": SEAS_KM, "line": LINE_KM}
    return {
        name: SPACING_MM[name] * 1000 * (box[2] - box[0]) / width_mm for name, box in boxes.items()
    }


def _ground(
    ax: Axes,
    box: tuple[float, float, float, float],
    koreas: GeoDataFrame,
    lines: GeoDataFrame,
    dmz: GeoDataFrame,
) -> None:
    """Draw land, DMZ and the line within ``box``, without detail too fine to be seen."""
    west, south, east, north = (1000 * km for km in box)
    fine = (east - west) * UNSEEN_MM / (style.SIZES_MM["full"][0] - 8)
    for code, fill in LAND_FILL.items():
        land = koreas[koreas["adm0_a3"] == code].clip_by_rect(west, south, east, north)
        look = {"facecolor": fill, "edgecolor": style.FAINT, "linewidth": 0.4, "zorder": 1}
        land.simplify(fine).plot(ax=ax, **look)
    dmz.simplify(fine).plot(ax=ax, facecolor="#C9BFAE", edgecolor="none", zorder=1.5)
    parts = lines.set_index("part").geometry.simplify(fine)
    dashed = {"linewidth": 0.8, "dashes": (4, 2.5)}
    for part, look in (("nll_west", dashed), ("nll_east", dashed), ("mdl", {"linewidth": 1.4})):
        coordinates = shapely.get_coordinates(parts[part])
        ax.plot(*coordinates.T, color=style.INK, zorder=2, gid=part, **look)
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    ax.set(xlabel="", ylabel="")
    ax.spines[:].set(visible=True, color=style.FAINT)


def _circles(ax: Axes, circles: pd.DataFrame) -> None:
    """Shade where only a sector or county is known."""
    for circle in circles.itertuples():
        if circle.location_basis not in FINE:
            patch = Circle((circle.x, circle.y), circle.radius_m, gid="area", zorder=2.5)
            patch.set(facecolor=style.INK, alpha=0.11, linewidth=0)
            ax.add_patch(patch)


def _marks(ax: Axes, marks: pd.DataFrame) -> None:
    """Draw one mark an incident: filled at a place, open where only an area is known."""
    for route in Route:
        rows = marks[marks["route"].astype(str) == route.value]
        fine = rows["location_basis"].isin(FINE)
        for kind, group in (("place", rows[fine]), ("area", rows[~fine])):
            if len(group):
                ax.scatter(
                    group["mark_x"],
                    group["mark_y"],
                    **marker(route, kind == "place", MARK_MM[ax.get_label()]),
                    zorder=4,
                    gid=f"{route.value}-{kind}",
                )


def marker(route: Route, filled: bool = True, mm: float = MARK_MM["line"]) -> dict[str, object]:
    """Return the marker, size and colours of a route for ``Axes.scatter``."""
    shape = style.MARKERS[route.value]
    points = mm / 25.4 * 72 * SCALE[shape]
    colour = style.colour(route)
    light = route.role in ("sea", "estuary")
    return {
        "marker": shape,
        "s": points**2,
        "facecolor": colour if filled else style.PAPER,
        "edgecolor": style.INK if light and filled else "#2B6C94" if light else colour,
        "linewidth": 0.6 if filled else 1.1,
    }


def _words(ax: Axes, words: list[tuple[str, float, float, str, str]]) -> None:
    """Write names on a panel; towns get a small square."""
    for text, lon, lat, align, kind in words:
        x, y = to_plane(lon, lat)
        shift = {"left": 0.8, "right": -0.8, "center": 0.0}[align] if kind == "town" else 0.0
        ax.text(
            x, y, text, ha=align, zorder=5 if kind in ("place", "town") else 2.2,
            transform=style.offset(ax, shift, 0), path_effects=HALO, linespacing=1.0,
            **WORD_STYLES[kind],
        )  # fmt: skip
        if kind == "town":
            ax.plot(x, y, "s", color=style.INK, markersize=2.2, zorder=3)


def _line_words(ax: Axes) -> None:
    """Name the line and the band on the lower panel, along the line."""
    for text, lon, lat, angle in (
        ("Military Demarcation Line", 127.93, 38.375, 4),
        ("nominal DMZ, 2 km each side", 127.93, 38.255, 4),
    ):
        ax.text(
            *to_plane(lon, lat), text, rotation=angle, ha="center", va="center", fontsize=7,
            color=style.INK, path_effects=HALO, zorder=5,
        )  # fmt: skip


def _frame(ax: Axes) -> None:
    """Mark on the upper panel what the lower one shows."""
    west, south, east, north = (1000 * km for km in LINE_KM)
    box = Rectangle((west, south), east - west, north - south, fill=False, gid="frame", zorder=3)
    box.set(edgecolor=style.MUTED, linewidth=0.6)
    ax.add_patch(box)
    ax.text(
        west + 3000, north - 3000, "land line and estuary: map below", va="top", fontsize=7,
        color=style.MUTED, path_effects=HALO, zorder=5,
    )  # fmt: skip


def _scale_bar(ax: Axes, km: int, at_km: tuple[float, float]) -> None:
    """Draw a scale bar that begins at ``at_km``."""
    x, y = (1000 * value for value in at_km)
    ax.plot(
        [x, x + 1000 * km], [y, y], color=style.INK, linewidth=1.2, solid_capstyle="butt",
        gid="scale", zorder=5,
    )  # fmt: skip
    ax.text(
        x + 500 * km, y, f"{km} km", ha="center", va="bottom", fontsize=7,
        transform=style.offset(ax, 0, 0.6), zorder=5,
    )  # fmt: skip


def _call_out(ax: Axes, marks: pd.DataFrame, circles: pd.DataFrame) -> None:
    """Draw the incidents in the JSA as a row of stars with their years, tied to the place."""
    west, north = 1000 * LINE_KM[0], 1000 * LINE_KM[3]
    place = circles[circles["panel"] == "jsa"].iloc[0]
    ring = {"markersize": 5, "markerfacecolor": "none", "markeredgewidth": 1.3, "zorder": 5}
    ax.plot(place["x"], place["y"], "o", color=style.COLOURS["subject"], gid="jsa-place", **ring)
    step, x0, y0 = 10_500, west + 9_000, north - 22_000
    ax.plot(
        [place["x"], place["x"]], [place["y"] + 1_600, y0 - 9_500], zorder=3,
        color=style.COLOURS["subject"], linewidth=0.9,
    )  # fmt: skip
    for order, mark in enumerate(marks.itertuples()):
        ax.scatter(x0 + order * step, y0, **marker(Route.JSA), zorder=5, gid="jsa-star")
        ax.text(
            x0 + order * step, y0 - 3_400, str(mark.year), ha="center", va="top", fontsize=7,
            zorder=5,
        )  # fmt: skip
    people = int(marks["people"].sum())
    ax.text(
        x0 - 3_500, y0 + 5_000, f"Joint Security Area: {len(marks)} crossings, {people} people",
        fontsize=8, fontweight=600, va="bottom", zorder=5, gid="jsa-words",
    )  # fmt: skip
    box = Rectangle(
        (x0 - 6_500, y0 - 9_500), 13_000 + step * (len(marks) - 1), 22_000, zorder=4.5,
        facecolor=style.PAPER, edgecolor=style.COLOURS["subject"], linewidth=0.9,
    )  # fmt: skip
    ax.add_patch(box)


def _legend(
    ax: Axes,
    routes: list[Route],
    marks: pd.DataFrame,
    anchor: tuple[float, float],
    basis: str = "",
) -> None:
    """Name the markers of a panel with their number, and how a place is known."""
    counts = marks["route"].astype(str).value_counts()
    words = {Route.AIR: "Air (where it landed)"}
    handles = [
        _handle(route, f"{words.get(route, route.label)}: {counts.get(route.value, 0)}")
        for route in routes
    ]
    if basis:
        handles += [
            _handle(Route.DMZ_LAND, "a named place", colour=style.MUTED),
            _handle(Route.DMZ_LAND, f"known to {basis} km (circle)", False, style.MUTED),
        ]
    legend = ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=anchor, fontsize=7.5, borderaxespad=0,
        handletextpad=0.4, labelspacing=0.45, ncols=1, framealpha=1,
    )  # fmt: skip
    legend.set_zorder(6)


def _radii(circles: pd.DataFrame) -> str:
    """Return the radii of the shaded circles in kilometres, as words."""
    shaded = circles.loc[~circles["location_basis"].isin(FINE), "radius_m"]
    return " or ".join(f"{metres / 1000:g}" for metres in sorted(shaded.unique()))


def _handle(route: Route, label: str, filled: bool = True, colour: str | None = None) -> Line2D:
    look = marker(route, filled)
    return Line2D(
        [], [], linestyle="none", marker=look["marker"], label=label,
        markersize=float(np.sqrt(look["s"])), markeredgewidth=look["linewidth"],
        markerfacecolor=colour if colour and filled else look["facecolor"],
        markeredgecolor=colour or look["edgecolor"],
    )  # fmt: skip


def to_plane(lon: float, lat: float) -> tuple[float, float]:
    """Return a position in metres of EPSG:5179."""
    from pyproj import Transformer

    transformer = Transformer.from_crs(layers.WGS84, layers.PENINSULA_CRS, always_xy=True)
    x, y = transformer.transform(lon, lat)
    return float(x), float(y)

"""The line across the peninsula, and where direct crossings are known to have happened.

Panels in EPSG:5179: the seas and the air, and the land line with the estuary; where the page is
narrow or low, the seas are two panels, west and east, without the land between them. Each incident
is one mark in one panel. A filled mark stands at a named place, an open one in the shaded circle
within which the place lies; marks that would hide each other are moved apart, the circles are not.
Marks stand at the same places in every size: they shrink with the scale of a panel instead.
"""

from functools import cache
from math import fsum
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from pyproj import Transformer

from helpers import layers
from helpers.analysis import places, register
from helpers.data.vocab import LocationBasis, Route
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.figures.lettering import clip
from helpers.languages import tr
from helpers.sentences.register import ROUTES, by_route
from helpers.words import say

NOTEBOOK = "02_across_the_line"

Word = tuple[str, float, float, str, str]

SEAS_KM = (698, 1868, 1412, 2122)
LINE_KM = (858, 1948, 1106, 2088)
"""West, south, east, north of the two panels in kilometres of EPSG:5179."""

PAGE_MM, SLIDE_MM = 201.0, 115.0
GAP_MM = 4.0
"""Height of the page and of a slide's layout, and the gap between panels side by side."""

FULL_MM = style.SHEETS["full"].layout_mm - 8
"""Width of the panels at full width: the scale that marks are moved apart for."""

MARK_MM = {"seas": 2.2, "line": 2.5}
SPACING_MM = {"seas": 2.5, "line": 2.9}
"""Width of a mark, and the least distance of two, by panel at full width."""

UNSEEN_MM = 0.04
"""Detail of coast and line smaller than this on paper is left out."""

FINE = [LocationBasis.PUBLISHED_COORDINATE.value, LocationBasis.PLACE_CENTROID.value]
LAND_FILL = {"PRK": style.LAND_NORTH, "KOR": style.LAND_SOUTH}

JSA = (126.67694, 37.95583)
"""Longitude and latitude of the middle of the Joint Security Area."""

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
    ("Northern Limit Line (de facto)", 128.75, 38.62, "left", "line"),
    ("Northern Limit Line\n(de facto)", 124.32, 37.47, "left", "line"),
]
WEST_WORDS = [
    ("Yellow Sea", 124.85, 37.18, "center", "water"),
    ("NORTH\nKOREA", 125.56, 38.06, "center", "country"),
    ("SOUTH KOREA", 126.87, 36.965, "center", "country"),
    ("Seoul", 126.98, 37.56, "left", "town"),
    ("Baengnyeong", 124.55, 38.22, "center", "place"),
    ("Yeonpyeong", 125.80, 37.42, "center", "place"),
    ("Northern Limit Line\n(de facto)", 124.22, 37.45, "left", "line"),
]
EAST_WORDS = [
    ("East Sea\n(Sea of Japan)", 130.20, 38.20, "center", "water"),
    ("SOUTH\nKOREA", 128.39, 37.60, "center", "country"),
    ("Ulleung", 130.97, 37.28, "center", "place"),
    ("Northern Limit Line (de facto)", 128.75, 38.62, "left", "line"),
]
LINE_WORDS = [
    ("Kaesong", 126.555, 37.97, "right", "town"),
    ("Seoul", 126.98, 37.56, "left", "town"),
    ("Gyodong", 126.235, 37.89, "center", "place"),
    ("Ganghwa", 126.41, 37.665, "center", "place"),
    ("Gimpo", 126.74, 37.65, "center", "place"),
    ("Paju", 126.865, 37.735, "center", "place"),
    ("Yeoncheon", 127.095, 37.93, "center", "place"),
    ("Cheorwon", 127.36, 38.075, "center", "place"),
    ("Hwacheon", 127.71, 38.02, "center", "place"),
    ("Yanggu", 128.015, 38.09, "center", "place"),
    ("Goseong", 128.44, 38.135, "center", "place"),
    ("Yellow Sea", 126.14, 37.545, "center", "water"),
    ("East Sea\n(Sea of\nJapan)", 128.505, 38.66, "center", "water"),
    ("NORTH KOREA", 127.80, 38.56, "center", "country"),
    ("SOUTH KOREA", 127.30, 37.74, "center", "country"),
    ("Military Demarcation Line", 127.93, 38.378, "center", "along"),
    ("nominal DMZ, 2 km each side", 128.0, 38.25, "center", "along"),
]
WORD_STYLES = {
    "water": {"style": "italic", "color": style.MUTED, "fontsize": 8},
    "country": {"color": style.MUTED, "fontsize": 8, "fontweight": 600},
    "town": {"fontsize": 7.5, "va": "center"},
    "place": {"fontsize": 7, "color": style.MUTED, "va": "center"},
    "line": {"fontsize": 7, "color": style.INK, "va": "center"},
    "along": {"fontsize": 7, "color": style.INK, "va": "center", "rotation": 4},
}


class Panel(NamedTuple):
    """One map of the page: which marks it holds, its corners and scale bar in EPSG:5179."""

    name: str
    holds: str
    km: idioms.Box
    above_mm: float
    words: list[Word]
    bar: tuple[float, float, float]

    def high_mm(self, wide_mm: float) -> float:
        """Return how high the panel is at a width."""
        west, south, east, north = self.km
        return wide_mm * (north - south) / (east - west)


FRAME_WORDS = {
    "full": "land line and estuary: map below",
    "column": "land line and estuary:\nmap below",
    "slide": "land line and estuary:\nmap on the right",
}
STAR_MM = {"full": 7.4, "column": 6.6, "slide": 6.8}
ABREAST = {"column": 8}
CALL_OUT_MM = {"full": 6.7, "column": 1.75, "slide": 1.75}
"""From star to star in the call-out, how many abreast, and its distance from the upper edge."""

WEST_KM, EAST_KM = (698, 1878, 990, 2040), (1052, 1906, 1412, 2084)
CLOSE_KM = (860, 1945, 1102, 2097)
"""The same where the page is narrow or low: the seas without the land between, the line closer."""

#: The panels of a size, in columns from the left: each a stack from the top.
PANELS: dict[str, list[list[Panel]]] = {
    "full": [
        [
            Panel("seas", "seas", SEAS_KM, 0, SEA_WORDS, (100, 1304, 1876)),
            Panel("line", "line", LINE_KM, 5, LINE_WORDS, (20, 1080, 1953)),
        ]
    ],
    "column": [
        [
            Panel("west", "seas", WEST_KM, 5, WEST_WORDS, (50, 706, 1885)),
            Panel("east", "seas", EAST_KM, 3, EAST_WORDS, (50, 1220, 1912)),
            Panel("line", "line", CLOSE_KM, 13, LINE_WORDS, (20, 1077, 1950)),
        ]
    ],
    "slide": [
        [
            Panel("west", "seas", WEST_KM, 9, WEST_WORDS, (50, 706, 1885)),
            Panel("east", "seas", EAST_KM, 3, EAST_WORDS, (50, 1220, 1912)),
        ],
        [Panel("line", "line", CLOSE_KM, 0, LINE_WORDS, (20, 1077, 1950))],
    ],
}


COLUMN_MM = style.SHEETS["column"].layout_mm - 8
HEIGHTS = {
    "height_mm": PAGE_MM,
    "column_body_mm": fsum(p.above_mm + p.high_mm(COLUMN_MM) for p in PANELS["column"][0]),
    "slide_mm": SLIDE_MM,
}


def table(frames: Frames) -> tuple:
    """Return the marks, what is left out, the land line's counties, and the map's layers.

    The marks as :func:`marks` gives them, a row a crossing that is known to a place; ``route`` and
    ``year`` of those that are not; :func:`helpers.analysis.register.by_county`;
    :mod:`helpers.layers` ``koreas``, ``lines`` and ``dmz_band``.
    """
    south = _at_the_jsa(frames(recipes.south))
    unplaced = south[south["location_basis"].eq(LocationBasis.NOT_LOCATED)]
    unplaced = pd.DataFrame(unplaced[["incident_id", "year", "route"]]).astype({"route": str})
    shapes = [frames.layer(name) for name in ("koreas", "lines", "dmz_band")]
    return marks(south), unplaced.reset_index(drop=True), register.by_county(south), *shapes


def _at_the_jsa(south: GeoDataFrame) -> GeoDataFrame:
    """Return the crossings with the JSA as the place of those in it: its name is its place."""
    lon, lat = JSA
    inside = south["route"].eq("jsa") & south["location_basis"].eq(LocationBasis.NOT_LOCATED)
    basis = south["location_basis"].mask(inside, LocationBasis.PLACE_CENTROID.value)
    geometry = south.geometry.mask(inside, shapely.Point(lon, lat))
    south = south.assign(location_basis=basis, geometry=geometry)
    return south.assign(lat=south["lat"].mask(inside, lat), lon=south["lon"].mask(inside, lon))


def marks(south: GeoDataFrame) -> pd.DataFrame:
    """Return where the counted crossings with a place have their marks, moved apart.

    Columns ``incident_id``, ``year``, ``route``, ``people``, ``citizen``, ``location_basis``,
    ``lat``, ``lon``, ``panel``, and in metres of EPSG:5179 ``x``, ``y`` of the place and
    ``mark_x``, ``mark_y`` of the mark; ``moved_km`` from one to the other. A place beyond the map
    has its mark at the edge.
    """
    located = south[south["location_basis"].ne(LocationBasis.NOT_LOCATED)]
    plane = located.geometry.to_crs(layers.PENINSULA_CRS)
    columns = ["incident_id", "date", "year", "route", "people", "location_basis", "lat", "lon"]
    located = pd.DataFrame(located[columns]).astype({"route": str, "location_basis": str})
    located = located.assign(citizen=register.citizen(south), x=plane.x, y=plane.y)
    moved = places.map_marks(located, spacing_m(), {"seas": SEAS_KM, "line": LINE_KM})
    return moved.drop(columns="date").round({"moved_km": 1, **dict.fromkeys(METRES, 0)})


METRES = ["x", "y", "mark_x", "mark_y"]


def words(
    marks: pd.DataFrame, unplaced: pd.DataFrame, counties: pd.DataFrame, *shapes: GeoDataFrame
) -> Words:
    """Return the words: where the land crossings gather, and what the map leaves out."""
    known = counties.drop(index="not known", errors="ignore")["incidents"]
    top = _most_of(known)
    years = pd.concat([marks["year"], unplaced["year"]])
    routes = marks["route"].value_counts()
    west, south, east, north = (1000 * km for km in SEAS_KM)
    beyond = ~(marks["x"].between(west, east) & marks["y"].between(south, north))
    named = {
        "n": len(marks), "all": len(years), "span": (years.min(), years.max()),
        "top": list(top.index), "there": top.sum(), "known": known.sum(), "out": len(unplaced),
        "land": counties["incidents"].sum(), "share": top.sum() / max(known.sum(), 1),
        "least": top.sum() / max(counties["incidents"].sum(), 1),
        "moved": marks.loc[~beyond, "moved_km"].max() if not beyond.all() else 0,
        "edge": beyond.sum(),
        "routes": by_route(routes.reindex(list(ROUTES), fill_value=0)),
        "left": by_route(unplaced["route"].value_counts()),
    }  # fmt: skip
    title, gather = "The map shows {n} of {all:known crossing/known crossings} to the South", ""
    if len(top):
        title = "{top:list} saw most land crossings with a known county"
        gather = (
            "{there} of {known:land crossing/land crossings} with a known county came through "
            "{top:list} ({share:%})"
        )
        if named["land"] > named["known"]:
            gather += ", at least {least:%} of all {land:land crossing/land crossings}"
        gather += ". "
    missing = "Each crossing has a place on the map."
    if len(unplaced):
        missing = (
            "{out} of {all:crossing/crossings} {out:=has/have} no place on the map: {left:list}."
        )
    subtitle = "Direct crossings from North to South, {span:range}, a mark each for {n} of {all}."
    if named["moved"] >= 1:
        subtitle += " Marks that would hide others are moved by up to {moved:n} km."
    if beyond.any():
        subtitle += " {edge:mark/marks} beyond the map {edge:=is/are} drawn at its edge."
    return Words.of(
        named,
        title=title,
        subtitle=subtitle,
        source="Only crossings that were made public; places are centroids, never crossing points",
        alt="Maps of the middle of Korea with a mark per crossing: {routes:list}. " + gather,
        fact=gather + missing,
    )


def _most_of(counts: pd.Series) -> pd.Series:
    """Return the county, or the two, in which most crossings took place; none if there are not."""
    ordered = counts.sort_values(ascending=False, kind="stable")
    for n in (1, 2):
        apart = len(ordered) == n or (len(ordered) > n and ordered.iloc[n - 1] > ordered.iloc[n])
        if apart and 2 * ordered.head(n).sum() > counts.sum():
            return ordered.head(n)
    return ordered.head(0)


def draw(
    page: style.Page, marks: pd.DataFrame, unplaced: pd.DataFrame, counties: pd.DataFrame,
    *shapes: GeoDataFrame,
) -> None:  # fmt: skip
    """Draw the panels of the page's size, the JSA's crossings in a box on the one of the line."""
    circles = places.areas(marks)
    drawn = [layers.project(shape, layers.PENINSULA_CRS) for shape in shapes]
    axes = {}
    for panel, box in _layout(page):
        ax = axes[panel.name] = style.axes_in(page, box, label=panel.name)
        scale = (box[2] - box[0]) / (panel.km[2] - panel.km[0])
        _ground(ax, panel.km, scale, *drawn)
        _circles(ax, circles[circles["panel"].eq(panel.holds)])
        _marks(ax, _held(marks, panel, page), _mark_mm(panel, scale))
        _words(ax, panel.words)
        _scale_bar(ax, *panel.bar)
        if panel.name == "line" and marks["panel"].eq("jsa").any():
            _call_out(ax, marks[marks["panel"].eq("jsa")], scale)
    _frame(axes.get("seas") or axes["west"], axes["line"])
    _legends(axes, marks, circles)


def spacing_m() -> dict[str, float]:
    """Return the least distance of two marks on each panel in metres of the map."""
    boxes = {"seas": SEAS_KM, "line": LINE_KM}
    return {
        name: SPACING_MM[name] * 1000 * (box[2] - box[0]) / FULL_MM for name, box in boxes.items()
    }


def _stack_mm(panels: list[Panel], wide_mm: float) -> float:
    return fsum(panel.above_mm + panel.high_mm(wide_mm) for panel in panels)


def _layout(fig: style.Page) -> list[tuple[Panel, idioms.Box]]:
    left, _, right, top = fig.body_mm
    columns = PANELS.get(fig.size, PANELS["full"])
    placed = []
    for panels, wide in zip(columns, _widths(columns, right - left), strict=True):
        y = top
        for panel in panels:
            y -= panel.above_mm
            high = panel.high_mm(wide)
            placed.append((panel, (left, y - high, left + wide, y)))
            y -= high
        left += wide + GAP_MM
    return placed


def _widths(columns: list[list[Panel]], whole_mm: float) -> list[float]:
    """Return how wide each column is: two of them so that they end at the same height."""
    if len(columns) == 1:
        return [whole_mm]
    (free, other_free), (rise, other_rise) = zip(
        *((_stack_mm(column, 0), _stack_mm(column, 1)) for column in columns), strict=True
    )
    rise, other_rise = rise - free, other_rise - other_free
    both = whole_mm - GAP_MM
    first = (both * other_rise + other_free - free) / (rise + other_rise)
    return [first, both - first]


def _held(marks: pd.DataFrame, panel: Panel, page: style.Page) -> pd.DataFrame:
    """Return the marks of a panel; those beyond it stand at the edge of the nearest one."""
    panels = [own for own, _ in _layout(page) if own.holds == panel.holds]
    rows = marks[marks["panel"].eq(panel.holds)]
    off = pd.DataFrame(
        {p.name: (rows["mark_x"] - rows["mark_x"].clip(*_inside(p)[0])).abs() for p in panels}
    )
    across, up = _inside(panel)
    rows = rows[off.idxmin(axis=1).eq(panel.name)] if len(rows) else rows
    return rows.assign(mark_x=rows["mark_x"].clip(*across), mark_y=rows["mark_y"].clip(*up))


def _inside(panel: Panel) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return west and east, south and north of where the marks of a panel may stand, in metres."""
    west, south, east, north = panel.km
    rim = (east - west) / 80
    return (1000 * (west + rim), 1000 * (east - rim)), (1000 * (south + rim), 1000 * (north - rim))


def _mark_mm(panel: Panel, scale: float) -> float:
    """Return the width of a mark: as at full width, less where the panel's scale is smaller."""
    box = {"seas": SEAS_KM, "line": LINE_KM}[panel.holds]
    return MARK_MM[panel.holds] * min(1.0, scale * (box[2] - box[0]) / FULL_MM)


def _ground(
    ax: Axes,
    box: idioms.Box,
    scale: float,
    koreas: GeoDataFrame,
    lines: GeoDataFrame,
    dmz: GeoDataFrame,
) -> None:
    """Draw land, DMZ and the line within ``box`` (km), ``scale`` millimetres a kilometre.

    Detail too fine to be seen is left out.
    """
    west, south, east, north = (1000 * km for km in box)
    fine = 1000 * UNSEEN_MM / scale
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
    idioms.map_axes(ax, (west, south, east, north))


def _circles(ax: Axes, circles: pd.DataFrame) -> None:
    for circle in circles.itertuples():
        if circle.location_basis not in FINE:
            patch = Circle((circle.x, circle.y), circle.radius_m, gid="area", zorder=2.5)
            # Outlines: fills that overlap would look like a density of crossings.
            patch.set(facecolor="none", edgecolor=style.COLOURS["context"], linewidth=0.6)
            ax.add_patch(patch)


def _marks(ax: Axes, marks: pd.DataFrame, mm: float) -> None:
    """Draw one mark an incident: filled at a place, open where only an area is known."""
    # Edges thin with small marks, or those of neighbours would meet.
    thin = min(1.0, mm / min(MARK_MM.values()))
    for route in Route:
        rows = marks[marks["route"].astype(str) == route.value]
        fine = rows["location_basis"].isin(FINE)
        for kind, group in (("place", rows[fine]), ("area", rows[~fine])):
            if len(group):
                look = style.marker(route, kind == "place", mm)
                look["linewidth"] *= thin
                gid = f"{route.value}-{kind}"
                ax.scatter(group["mark_x"], group["mark_y"], **look, zorder=4, gid=gid)


def _words(ax: Axes, words: list[Word]) -> None:
    for text, lon, lat, align, kind in words:
        x, y = to_plane(lon, lat)
        shift = {"left": 0.8, "right": -0.8, "center": 0.0}[align] if kind == "town" else 0.0
        look = WORD_STYLES[kind]
        ax.text(
            x, y, text, ha=align, zorder=5 if kind in ("place", "town", "along") else 2.2,
            transform=style.offset(ax, shift, 0), path_effects=style.HALO, linespacing=1.0,
            **look,
        )  # fmt: skip
        if kind == "town":
            ax.plot(x, y, "s", color=style.INK, markersize=2.2, zorder=3)


def _frame(ax: Axes, line: Axes) -> None:
    """Mark on a map of the seas what the one of the land line shows."""
    (west, east), (south, north) = line.get_xlim(), line.get_ylim()
    box = Rectangle((west, south), east - west, north - south, fill=False, gid="frame", zorder=3)
    box.set(edgecolor=style.MUTED, linewidth=0.6)
    ax.add_patch(box)
    text = FRAME_WORDS.get(ax.figure.size, FRAME_WORDS["full"])
    look = {"va": "top", "linespacing": 1.05, "color": style.MUTED, "fontsize": 7, "zorder": 5}
    at = style.offset(ax, 0.75, -0.75)
    ax.text(west, min(north, ax.get_ylim()[1]), text, transform=at, path_effects=style.HALO,
            gid="frame-words", **look)  # fmt: skip


def _scale_bar(ax: Axes, km: int, x_km: float, y_km: float) -> None:
    x, y = 1000 * x_km, 1000 * y_km
    line = {"color": style.INK, "linewidth": 1.2, "solid_capstyle": "butt"}
    ax.plot([x, x + 1000 * km], [y, y], gid="scale", zorder=5, **line)
    look = {"ha": "center", "fontsize": 7, "path_effects": None, "zorder": 5}
    idioms.words(ax, x + 500 * km, y, say("{n} km", n=km), "above", 0.6, **look)


def _call_out(ax: Axes, marks: pd.DataFrame, scale: float) -> None:
    """Draw the crossings of the JSA as stars with their years, tied to the place.

    The box keeps its size on the page, whatever the ``scale`` of the map (mm a kilometre).
    """
    mm, orange = 1000 / scale, style.COLOURS["subject"]
    place = marks.iloc[0]
    ring = {"markersize": 5, "markerfacecolor": "none", "markeredgewidth": 1.3, "zorder": 5}
    ax.plot(place["x"], place["y"], "o", color=orange, gid="jsa-place", **ring)
    step = STAR_MM.get(ax.figure.size, STAR_MM["full"])
    stars = marks.groupby(["year", "citizen"]).size().reset_index(name="n")
    words = say(
        "Joint Security Area: {n:crossing/crossings}, {people:person/people}",
        n=len(marks), people=marks["people"].sum(),
    )  # fmt: skip
    rows = -(-len(stars) // ABREAST.get(ax.figure.size, 9))
    abreast = -(-len(stars) // rows)
    wide = max(9.2 + step * (abreast - 1), style.width_mm(words, 8, weight=600) + 4)
    top = ax.get_ylim()[1] - CALL_OUT_MM.get(ax.figure.size, CALL_OUT_MM["full"]) * mm
    deep = 9.9 if stars["n"].gt(1).any() else 8.0
    left, foot = ax.get_xlim()[0] + 1.75 * mm, top - (15.5 + deep * (rows - 1)) * mm
    ax.plot([place["x"]] * 2, [place["y"] + 1.13 * mm, foot], zorder=3, color=orange, linewidth=0.9)
    for order, star in enumerate(stars.itertuples()):
        down, along = divmod(order, abreast)
        x, y = left + (4.6 + along * step) * mm, top - (8.8 + deep * down) * mm
        ax.scatter(x, y, **idioms.star(star.citizen), zorder=5, gid="jsa-star")
        year = say("{year}" if star.n == 1 else "{year}\n({n})", year=star.year, n=star.n)
        look = {"ha": "center", "va": "top", "fontsize": idioms.small(ax), "linespacing": 0.95}
        ax.text(x, y - 2.4 * mm, year, zorder=5, gid="jsa-year", **look)
    ax.text(
        left + 2.1 * mm, top - 5.3 * mm, words, fontsize=8, fontweight=600, va="bottom", zorder=5,
        gid="jsa-words",
    )  # fmt: skip
    box = Rectangle(
        (left, foot), wide * mm, top - foot, zorder=4.5, facecolor=style.PAPER, edgecolor=orange,
        linewidth=0.9, gid="jsa-box",
    )  # fmt: skip
    ax.add_patch(box)


def _legends(drawn: dict[str, Axes], marks: pd.DataFrame, circles: pd.DataFrame) -> None:
    """Name the markers with their number, and how a place is known: on the maps or above them."""
    counts = marks["route"].astype(str).value_counts()
    words = {Route.AIR: "Air (where it landed)"}
    seas, line = (
        [
            _handle(route, say("{name}: {n}", name=name, n=n))
            for route in routes
            for n in [counts.get(route.value, 0)]
            for name in [words.get(route) or clip(route.label, room, 8)]
        ]
        for room, routes in ((18, (Route.YELLOW_SEA, Route.EAST_SEA, Route.AIR)),
                             (38, (Route.DMZ_LAND, Route.HAN_ESTUARY)))
    )  # fmt: skip
    line += [
        _handle(Route.DMZ_LAND, "a named place", colour=style.MUTED),
    ]
    if len(radii := _radii(circles)):
        text = say("known to {radii} km (circle)", radii=radii)
        line.append(_handle(Route.DMZ_LAND, text, False, style.MUTED))
    narrow, above = drawn["line"].figure.narrow, ("lower left", (0, 1))
    if "seas" in drawn:
        _legend(drawn["seas"], seas, "upper left", (0.668, 0.31))
    else:
        _legend(drawn["west"], seas, *above, 3 if narrow else 2)
    if narrow:
        _legend(drawn["line"], line, *above, 2)
    else:
        _legend(drawn["line"], line, "upper left", (0.60, 0.24 if "seas" in drawn else 0.30))


def _legend(
    ax: Axes, handles: list[Line2D], loc: str, anchor: tuple[float, float], columns: int = 1
) -> None:
    legend = ax.legend(
        handles=handles, loc=loc, bbox_to_anchor=anchor, handletextpad=0.4,
        fontsize=max(7.5, idioms.small(ax)),
        labelspacing=0.45, ncols=columns, framealpha=1, borderaxespad=0, columnspacing=1.6,
        borderpad=0.4 if columns == 1 else 0.3,
    )  # fmt: skip
    legend.set_zorder(6)


def _radii(circles: pd.DataFrame) -> str:
    """Return the radii of the shaded circles in kilometres, as words."""
    shaded = circles.loc[~circles["location_basis"].isin(FINE), "radius_m"]
    return tr(" or ").join(say("{km:g}", km=metres / 1000) for metres in sorted(shaded.unique()))


def _handle(route: Route, label: str, filled: bool = True, colour: str | None = None) -> Line2D:
    look = style.marker(route, filled)
    return Line2D(
        [], [], linestyle="none", marker=look["marker"], label=label,
        markersize=float(np.sqrt(look["s"])), markeredgewidth=look["linewidth"],
        markerfacecolor=colour if colour and filled else look["facecolor"],
        markeredgecolor=colour or look["edgecolor"],
    )  # fmt: skip


def to_plane(lon: float, lat: float) -> tuple[float, float]:
    """Return a position in metres of EPSG:5179."""
    x, y = _projection().transform(lon, lat)
    return float(x), float(y)


@cache
def _projection() -> Transformer:
    """Return the way from WGS 84 to the plane; to find it takes longer than a map's points."""
    from pyproj import Transformer

    return Transformer.from_crs(layers.WGS84, layers.PENINSULA_CRS, always_xy=True)

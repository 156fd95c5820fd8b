"""Plans of Panmunjom on 13 November 2017: the last metres, and the drive."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes

from helpers.analysis import crossing
from helpers.figures import Frames, Words, idioms, style
from helpers.figures.style import INK, LAND_NORTH, LAND_SOUTH, MUTED, PAPER, Page
from helpers.words import say

NOTEBOOK = "01_the_crossing"
HEIGHTS = {"height_mm": 126, "column_body_mm": 195, "slide_mm": 116}
ORANGE = style.COLOURS["subject"]
GAP_MM = 3.0
_WAY = {
    "drive": {"linestyle": (0, (4, 2.5)), "linewidth": 1.4},
    "run": {"linestyle": "-", "linewidth": 2.2},
    "dragged": {"linestyle": (0, (1, 1.6)), "linewidth": 2.0},
}
#: Labels of the two plans: words, shift in millimetres, alignment.
_CLOSE = {
    "jeep_stuck": ("Jeep stuck", (2.6, 1.6), "left"),
    "fall_point": ("He fell", (2.6, 1.2), "left"),
    "rescue_point": ("Dragged to cover", (2.5, -1.5), "left"),
    "panmungak": ("Panmungak", (2, 0.5), "left"),
    "freedom_house": ("Freedom House", (2, 0.5), "left"),
    "kpa_post_west": ("KPA post", (-2, 0.8), "right"),
    "kim_il_sung_monument": ("Monument", (2, 1.0), "left"),
}
_WIDE = {
    "bridge_72h": ("72-Hour Bridge", (4.2, 0.5), "left"),
    "kpa_checkpoint_bridge": ("KPA checkpoint", (-7.5, 9.6), "left"),
    "bridge_no_return": ("Bridge of\nNo Return", (0, -5.0), "center"),
    "axe_site": ("Axe incident, 1976", (0, 11.2), "center"),
    "tongilgak": ("Tongil-gak", (0, 8.4), "center"),
    "peace_house": ("Peace House", (-8.6, -2), "right"),
}


def table(frames: Frames) -> tuple[gpd.GeoDataFrame, pd.DataFrame, gpd.GeoDataFrame]:
    """Return the landmarks, the published distances, and OpenStreetMap's line.

    Landmarks as :func:`helpers.analysis.crossing.places` gives them (EPSG:5186), distances as the
    table ``jsa_geometry``, the line as the part ``mdl`` of the layer ``lines`` (EPSG:4326).
    """
    lines = frames.layer("lines")
    places = crossing.places(frames["jsa_landmarks"])
    return places, frames["jsa_geometry"], lines[lines["part"] == "mdl"]


def words(places: gpd.GeoDataFrame, geometry: pd.DataFrame, osm_line: gpd.GeoDataFrame) -> Words:
    """Return the words: how far from the line the jeep stopped and he fell."""
    gaps, run = crossing.line_gaps(places, osm_line), crossing.run_lengths(places, geometry)
    radii = places.loc[["jeep_stuck", "mdl_crossing", "fall_point"], "uncertainty_m"]
    crosses = crossing.way(places).set_index("leg").geometry["run"]
    crosses = crosses.intersects(osm_line.to_crs(places.crs).union_all())
    named = {
        "north": _ends(geometry, "jeep_to_mdl"),
        "south": _ends(geometry, "fall_point_south_of_mdl"),
        "line": crossing.line(places).length, "hut": gaps["at_hut"], "here": gaps["at_crossing"],
        "most": gaps["largest"], "run": tuple(run["run_m"]), "radii": (radii.min(), radii.max()),
    }  # fmt: skip
    other = "The run drawn here would not cross that line at all."
    if crosses:
        other = "The run drawn here would cross that line too."
    return Words.of(
        named,
        title="The soldier fell {south:nrange} m beyond the line",
        subtitle="Panmunjom, 13 November 2017. Only distances from the line are published; its "
        "course and his route are assumed.",
        source="Distances: Joint Chiefs of Staff and defence ministry",
        alt="Two plans of Panmunjom, north up. The larger shows the jeep {north:nrange} m north "
        "of the line, his run west of the huts and where he fell {south:nrange} m south of it, "
        "with circles of doubt of {radii:nrange} m. The other shows the drive from the 72-Hour "
        "Bridge.",
        fact="By the published distances his run in a straight line was {run:nrange} m long. The "
        "line itself, drawn here as a straight line from the Bridge of No Return to hut T2, is "
        "{line:n} m long. OpenStreetMap draws it {hut:n} m from the hut, {here:n} m from where he "
        f"crossed on this plan, and up to {{most:n}} m away in between. {other}",
    )


def _ends(geometry: pd.DataFrame, fact: str) -> tuple[float, float]:
    """Return the lowest and the highest published value of a distance, in metres."""
    metres = crossing.metres(geometry, fact)
    return float(metres["low"].min()), float(metres["high"].max())


def draw(
    page: Page, places: gpd.GeoDataFrame, geometry: pd.DataFrame, osm_line: gpd.GeoDataFrame
) -> None:
    """Draw two plans in EPSG:5186: the last metres, and the drive."""
    marks = {"jeep": "jeep_to_mdl", "fall": "fall_point_south_of_mdl"}
    across = {name: _ends(geometry, fact) for name, fact in marks.items()}
    line, way = crossing.line(places, beyond_m=150), crossing.way(places)
    idioms.key(page, _key(way))
    other = osm_line.to_crs(crossing.JSA_CRS)
    boxes = _boxes(page)
    close, wide = (style.axes_in(page, box, gid=gid) for gid, box in boxes.items())
    _close(close, places, line, crossing.huts(places, geometry), way, other, across)
    _wide(wide, places, line, way, other, close)


def _key(way: gpd.GeoDataFrame) -> list[tuple[idioms.Mark, str]]:
    circle = {"facecolor": "none", "edgecolor": style.COLOURS["context"], "linewidth": 0.8}
    legs = {"drive": "driven", "run": "run", "dragged": "dragged"}
    return [
        *(
            (idioms.stroke(color=ORANGE, **_WAY[leg]), legs[leg])
            for leg in dict.fromkeys(way["leg"])
        ),
        (idioms.mark(**idioms.dot(size=16)), "published place"),
        (idioms.mark(**idioms.dot(filled=False, size=16)), "assumed place"),
        (idioms.mark(s=60, **circle), "radius of doubt"),
    ]


def _boxes(page: Page) -> dict[str, idioms.Box]:
    """Return the boxes of the two plans: side by side, or one over the other."""
    left, bottom, right, top = page.body_mm
    if page.narrow:
        fold = bottom + 84
        return {"close": (left, fold + GAP_MM, right, top), "wide": (left, bottom, right, fold)}
    fold = left + 0.5 * (right - left)
    return {
        "close": (left, bottom, fold, top),
        "wide": (fold + GAP_MM, bottom, right, top),
    }


def frame(ax: Axes, centre: tuple[float, float], width_m: float, height_m: float = 0.0) -> None:
    """Show at least ``width_m`` by ``height_m`` metres round ``centre``, true to scale."""
    box = ax.get_window_extent()
    metre = min(box.width / width_m, box.height / height_m if height_m else np.inf)
    x, y = box.width / metre / 2, box.height / metre / 2
    idioms.map_axes(ax, (centre[0] - x, centre[1] - y, centre[0] + x, centre[1] + y), MUTED)


def _close(
    ax: Axes, places: gpd.GeoDataFrame, line: shapely.LineString, huts: gpd.GeoDataFrame,
    way: gpd.GeoDataFrame, other: gpd.GeoDataFrame, across_m: dict[str, tuple[float, float]],
) -> None:  # fmt: skip
    hut = places.geometry["t2"]
    frame(ax, (hut.x - 35, hut.y - 6), 146, 150)
    halves(ax, line)
    _strip(ax, places, across_m["fall"])
    _osm(ax, other)
    ax.plot(*beyond(line).xy, color=INK, lw=2.4, gid="mdl", zorder=3)
    for name, shape in zip(["T1", "T2", "T3"], huts.geometry, strict=True):
        ax.fill(*shape.exterior.xy, facecolor="#8FA9BF", edgecolor=INK, lw=0.6, zorder=4)
        ax.text(shape.centroid.x, shape.bounds[1] - 1, name, ha="center", va="top",
                path_effects=style.HALO, gid="hut")  # fmt: skip
    _circles(ax, places, _CLOSE)
    _way(ax, way)
    _points(ax, places, _CLOSE)
    _measures(ax, places, across_m)
    _tags(ax, line, other)
    scale_bar(ax, 20)
    _north(ax)


def _wide(
    ax: Axes, places: gpd.GeoDataFrame, line: shapely.LineString, way: gpd.GeoDataFrame,
    other: gpd.GeoDataFrame, close: Axes,
) -> None:  # fmt: skip
    """Draw the drive, with the frame of the large plan in it."""
    bridge, hut = places.geometry["bridge_72h"], places.geometry["t2"]
    middle = (bridge.x + hut.x) / 2 - 20, (bridge.y + hut.y) / 2 - 50
    frame(ax, (middle[0], middle[1] + 20), 990)
    ax.set_facecolor(style.LAND_OTHER)
    _osm(ax, other)
    ax.plot(*line.xy, color=INK, lw=1.8, gid="mdl", zorder=3)
    _circles(ax, places, _WIDE)
    _way(ax, way)
    _points(ax, places, _WIDE)
    (left, right), (bottom, top) = close.get_xlim(), close.get_ylim()
    ax.plot([left, right, right, left, left], [bottom, bottom, top, top, bottom], color=INK,
            lw=0.8, gid="frame", zorder=5)  # fmt: skip
    words = "plan\nabove" if ax.figure.narrow else "plan\nat left"
    ax.text(right, top, words, va="top", fontsize=7.5, style="italic",
            transform=style.offset(ax, 0.8, 0.4), path_effects=style.HALO)  # fmt: skip
    scale_bar(ax, 200)


def beyond(line: shapely.LineString, metres: float = 1_000) -> shapely.LineString:
    """Return the line drawn out beyond both ends, for a close-up that shows neither."""
    ends = shapely.get_coordinates(line)[[0, -1]]
    along = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    return shapely.LineString([ends[0] - metres * along, ends[1] + metres * along])


def halves(ax: Axes, line: shapely.LineString) -> None:
    """Tint the North and the South of the line."""
    ax.set_facecolor(LAND_SOUTH)
    x, y = beyond(line).xy
    ax.fill_between(x, y, [ax.get_ylim()[1]] * len(x), color=LAND_NORTH, lw=0, zorder=0)


def _osm(ax: Axes, other: gpd.GeoDataFrame) -> None:
    for part in other.geometry.explode().values:
        ax.plot(*part.xy, color=MUTED, lw=0.8, ls=(0, (4, 3)), gid="osm", zorder=1.5)


def _strip(ax: Axes, places: gpd.GeoDataFrame, fall_m: tuple[float, float]) -> None:
    """Shade where he can have fallen: published distance across, assumed position along."""
    at, reach = places.loc["fall_point", ["along_m", "uncertainty_m"]].astype(float)
    low, high = fall_m
    corners = [(-1, low), (1, low), (1, high), (-1, high)]
    points = [crossing.beside(places, at + side * reach, -south) for side, south in corners]
    ax.fill(*np.transpose(points), facecolor=ORANGE, alpha=0.28, lw=0, zorder=1, gid="strip")


def _measures(ax: Axes, places: gpd.GeoDataFrame, across_m: dict[str, tuple[float, float]]) -> None:
    for name, landmark, side in [("jeep", "jeep_stuck", 1), ("fall", "fall_point", -1)]:
        low, high = across_m[name]
        at = float(places.at[landmark, "along_m"]) - 11.0
        ends = [crossing.beside(places, at, north) for north in (0.0, side * (low + high) / 2)]
        ax.annotate("", ends[1], ends[0], gid="measure", zorder=6,
                    arrowprops={"arrowstyle": "<->", "color": INK, "lw": 1.0,
                                "shrinkA": 0, "shrinkB": 0})  # fmt: skip
        words = say("{ends:nrange} m", ends=(low, high))
        ax.text(*np.mean(ends, axis=0), words, ha="right", va="center", zorder=7,
                path_effects=style.HALO, gid="measure-label",
                transform=style.offset(ax, -1.2, 0))  # fmt: skip


def _circles(ax: Axes, places: gpd.GeoDataFrame, labels: dict) -> None:
    shown = places.loc[[name for name in labels if name in places.index]]
    rings = shown.geometry.buffer(shown["uncertainty_m"].astype(float), 32)
    for name, ring in rings.items():
        his = name in ("jeep_stuck", "fall_point")
        ax.plot(*ring.exterior.xy, color=ORANGE if his else "#A6A6A6", lw=1.0 if his else 0.6,
                gid="circle", zorder=2)  # fmt: skip


def _way(ax: Axes, way: gpd.GeoDataFrame) -> None:
    for leg in way.itertuples():
        ax.plot(*leg.geometry.xy, color=ORANGE, zorder=5, gid=f"leg-{leg.leg}", **_WAY[leg.leg])


def _points(ax: Axes, places: gpd.GeoDataFrame, labels: dict) -> None:
    for name, (words, shift, align) in labels.items():
        if name not in places.index:
            continue
        point = places.geometry[name]
        his = name in ("jeep_stuck", "fall_point", "rescue_point")
        published = places.at[name, "coordinate_basis"] == "published"
        ax.plot(point.x, point.y, "o", ms=6 if his else 4, mec=ORANGE if his else INK, mew=1.2,
                mfc=(ORANGE if his else INK) if published else PAPER, zorder=6,
                gid="point")  # fmt: skip
        ax.text(point.x, point.y, words, ha=align, va="center", fontsize=8 if his else 7.5,
                weight="bold" if his else "normal", transform=style.offset(ax, *shift),
                path_effects=style.HALO, zorder=7, gid="label")  # fmt: skip


def _tags(ax: Axes, line: shapely.LineString, other: gpd.GeoDataFrame) -> None:
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    small = {"path_effects": style.HALO, "zorder": 7, "fontsize": 7.5}
    start = _across(beyond(line), left)
    ax.text(left, start, "Military Demarcation Line\n(as a straight line)", va="top", weight="bold",
            transform=style.offset(ax, 1.5, -2.4), gid="line-label", **small)  # fmt: skip
    height = top - 0.05 * (top - bottom)
    for part in other.geometry.explode().values:
        crossing = part.intersection(shapely.LineString([(left, height), (right, height)]))
        if not crossing.is_empty:
            ax.text(crossing.centroid.x, height, "the line in OpenStreetMap", va="center",
                    transform=style.offset(ax, 1.8, 0.5), color=MUTED, gid="osm-label",
                    **small)  # fmt: skip
    side = {"color": MUTED, "weight": "bold", "gid": "side", "zorder": 7}
    ax.text(left + 3, top - 3, "NORTH", va="top", **side)
    ax.text(right - 3, bottom + 3, "SOUTH", ha="right", **side)


def _across(line: shapely.LineString, x: float) -> float:
    ends = shapely.get_coordinates(line)[[0, -1]]
    return float(np.interp(x, ends[:, 0], ends[:, 1]))


def scale_bar(ax: Axes, metres: float) -> None:
    """Draw a bar of so many metres at the foot of the plan."""
    (left, right), bottom = ax.get_xlim(), ax.get_ylim()[0]
    unit = (right - left) / 100
    x, y = left + 4 * unit, bottom + 4 * unit
    ax.plot(
        [x, x + metres], [y, y], color=INK, lw=2.2, solid_capstyle="butt", gid="scale", zorder=8
    )
    ax.text(x, y + 1.4 * unit, say("{n:n} m", n=metres), va="bottom", fontsize=7.5, zorder=8,
            path_effects=style.HALO, gid="scale-label")  # fmt: skip


def _north(ax: Axes) -> None:
    """Point north; the grid of EPSG:5186 is within a quarter of a degree of it here."""
    ax.annotate("", (0.95, 0.945), (0.95, 0.875), xycoords="axes fraction", gid="north",
                arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.2})  # fmt: skip
    ax.text(0.95, 0.95, "N", transform=ax.transAxes, ha="center", weight="bold")

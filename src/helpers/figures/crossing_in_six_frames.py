"""The crossing of 13 November 2017 in frames, one a phase of the day, on one plan of the JSA."""

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import crossing
from helpers.data import vocab
from helpers.figures import Frames, Words, idioms, style
from helpers.figures import crossing_plan as plan
from helpers.words import clock, say

NOTEBOOK = "01_the_crossing"
TEXT_MM = {"full": 16, "web": 16, "slide": 14, "column": 20}
"""Height of the words over each frame."""
GAP_MM, KEY_MM = 4.0, 6.0
LOOKS = {
    "defector": idioms.dot("o", style.COLOURS["subject"]),
    "kpa": idioms.dot("s"),
    "unc_rok": idioms.dot("^", filled=False),
}
"""Who is marked on the plan; others act elsewhere."""
LEGS = {"drive": "drive", "run": "run", "rescued": "dragged"}
"""The leg of his way that each phase adds; in the others he does not move."""
WAY_END = "rescue_point"


def table(frames: Frames) -> tuple[pd.DataFrame, gpd.GeoDataFrame, pd.DataFrame]:
    """Return the moments by phase, the landmarks (EPSG:5186), the published distances.

    A row a moment with ``phase``, ``minute`` (after midnight), ``approximate``, ``actor``,
    ``event``, ``landmark_id``; from the first sight of him to his rescue.
    """
    day = crossing.moments(frames["jsa_timeline_2017"], frames["sources"], "rescued")
    # The rescue ends for this plan where he leaves it.
    day = day[day["landmark_id"].ne("camp_bonifas") & day["phase"].le("rescued")]
    day = day[day["phase"].lt("rescued") | day["landmark_id"].notna()]
    keep = ["phase", "minute", "approximate", "actor", "event", "landmark_id"]
    places = crossing.places(frames["jsa_landmarks"])
    return day[keep].reset_index(drop=True), places, frames["jsa_geometry"]


def words(rows: pd.DataFrame, places: gpd.GeoDataFrame, geometry: pd.DataFrame) -> Words:
    """Return the words: the time from the first sight of him to the last frame."""
    phases = rows.groupby("phase", observed=True, sort=False)["minute"].min()
    named = {
        "n": len(phases), "first": clock(phases.iloc[0]), "last": clock(rows["minute"].max()),
        "minutes": int(rows["minute"].max() - phases.iloc[0]),
        "labels": [vocab.CrossingPhase(str(name)).label.lower() for name in phases.index],
    }  # fmt: skip
    return Words.of(
        named,
        title="The soldier was in cover {minutes:minute/minutes} after a camera saw him",
        subtitle="Plan of the Joint Security Area at the start of each phase of 13 November 2017, "
        "local time; positions along the line are assumed",
        source="UN Command video and clock lists of the Joint Chiefs; places are estimates",
        alt="{n:plan/plans} of the JSA from {first} to {last}, for the phases {labels:list}. Each "
        "adds to the plan before: the drive from the north-west, the run over the line, his "
        "fall at a wall, the rescue.",
        fact="{minutes:minute/minutes} passed from {first}, when a camera first saw him, to "
        "{last}, when he was in cover.",
    )


def HEIGHTS(_: style.Size, rows: pd.DataFrame, *__: object) -> dict[str, float]:  # noqa: N802
    """Return heights for as many rows of frames as there are phases."""
    count = rows["phase"].nunique()
    return {
        "column_body_mm": -(-count // 2) * 76 + KEY_MM,
        "height_mm": -(-count // 3) * 80 + KEY_MM + 24,
        "slide_mm": 135,
    }


def draw(
    page: style.Page, rows: pd.DataFrame, places: gpd.GeoDataFrame, geometry: pd.DataFrame
) -> None:
    """Draw a plan a phase, in EPSG:5186: what is new in colour, what was before in grey."""
    present = [who for who in LOOKS if who in set(rows["actor"].astype(str))]
    idioms.key(page, [(idioms.mark(**LOOKS[who]), vocab.Actor(who).label) for who in present])
    left, bottom, right, top = page.body_mm
    phases = list(dict.fromkeys(rows["phase"].astype(str)))
    across = 2 if page.narrow else 3
    lines = -(-len(phases) // across)
    wide, high = (right - left + GAP_MM) / across, (top - bottom + GAP_MM) / lines
    for number in range(len(phases)):
        x, y = left + number % across * wide, top - number // across * high
        box = (x, y - high + GAP_MM, x + wide - GAP_MM, y)
        _frame(page, box, phases[: number + 1], rows, places, geometry)


def _frame(
    page: style.Page, box: idioms.Box, so_far: list[str], rows: pd.DataFrame,
    places: gpd.GeoDataFrame, geometry: pd.DataFrame,
) -> None:  # fmt: skip
    phase, text = so_far[-1], TEXT_MM[page.size]
    own = rows[rows["phase"].astype(str).eq(phase)]
    ax = style.axes_in(page, box, top=text, label=f"frame-{phase}")
    hut = places.geometry["t2"]
    plan.frame(ax, (hut.x - 24, hut.y - 9), 112, 134)
    line, way = crossing.line(places, beyond_m=150), crossing.way(places).set_index("leg").geometry
    plan.halves(ax, line)
    ax.plot(*plan.beyond(line).xy, color=style.INK, lw=1.6, gid="mdl", zorder=3)
    for shape in crossing.huts(places, geometry).geometry:
        ax.fill(*shape.exterior.xy, facecolor="#8FA9BF", edgecolor=style.INK, lw=0.5, zorder=4)
    for name in filter(LEGS.get, so_far):
        look = ("subject", 2.4) if name == phase else ("context", 1.4)
        ax.plot(*way[LEGS[name]].xy, color=style.COLOURS[look[0]], lw=look[1], zorder=5, gid=name)
    for who, landmark in positions(rows[rows["phase"].astype(str).isin(so_far)], phase):
        if landmark in places.index:
            point = places.geometry[landmark]
            ax.scatter([point.x], [point.y], zorder=7, gid="moment", **LOOKS[who])
    _write(ax, own.iloc[0], phase, text)
    if len(so_far) == 1:
        _name(ax, places)


def positions(rows: pd.DataFrame, phase: str) -> list[tuple[str, str]]:
    """Return who is where in a phase; he himself where he was last, dragged where that ends."""
    his = rows[rows["actor"].eq("defector")]["landmark_id"].iloc[-1]
    if LEGS.get(phase) == "dragged":
        his = WAY_END
    own = rows[rows["phase"].astype(str).eq(phase) & rows["actor"].isin(LOOKS)]
    others = own[own["actor"].ne("defector")]
    at = dict.fromkeys(zip(others["actor"].astype(str), others["landmark_id"], strict=True))
    return [*(one for one in at if one[1] != his), ("defector", his)]


def _write(ax: Axes, first: pd.Series, phase: str, text: float) -> None:
    points = idioms.small(ax)
    label = vocab.CrossingPhase(phase).label
    template = "about {at}  {words}" if first["approximate"] else "{at}  {words}"
    head = say(template, at=clock(first["minute"]), words=label)
    ax.text(0, 1, head, weight=600, va="bottom", gid="head",
            transform=style.offset(ax, 0, text - 4.6, ax.transAxes))  # fmt: skip
    said = "\n".join(style.wrap(first["event"], style.size_mm(ax)[0], points))
    ax.text(0, 1, said, fontsize=points, va="top", linespacing=0.95, color=style.MUTED, gid="event",
            transform=style.offset(ax, 0, text - 5.2, ax.transAxes))  # fmt: skip


def _name(ax: Axes, places: gpd.GeoDataFrame) -> None:
    """Name the sides, the huts and the two large houses, once."""
    plan.scale_bar(ax, 20)
    (_, right), (foot, top) = ax.get_xlim(), ax.get_ylim()
    look = {"color": style.MUTED, "fontsize": idioms.small(ax), "ha": "right", "zorder": 6}
    ax.text(right - 3, top - 3, "NORTH", va="top", weight="bold", **look)
    ax.text(right - 3, foot + 3, "SOUTH", weight="bold", **look)
    hut = places.geometry["t3"]
    ax.text(hut.x + 8, hut.y - 13, "huts T1 to T3", va="top", **look)
    house = places.geometry["freedom_house"]
    ax.text(house.x, house.y, "Freedom\nHouse", va="center", **(look | {"ha": "center"}))

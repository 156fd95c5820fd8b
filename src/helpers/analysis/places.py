"""Where located incidents lie, how surely, and where their marks stand on a map."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.data.vocab import LocationBasis, Route

RADIUS_KM = {
    LocationBasis.PUBLISHED_COORDINATE: 1.0,
    LocationBasis.PLACE_CENTROID: 3.0,
    LocationBasis.SECTOR_ESTIMATE: 10.0,
    LocationBasis.COUNTY_CENTROID: 15.0,
}
"""How far from the coordinate the place can lie, in kilometres, by what the coordinate stands for.

Published coordinates of Panmunjom disagree by hundreds of metres. A village, port or small island
fills a circle of about 3 km. A stretch described in words ("8 km east of", "off the island") is
known to about 10 km. The five counties along the line measure some 660 to 910 square kilometres,
as much as circles of 14 to 17 km.
"""


def map_marks(
    located: pd.DataFrame, spacing_m: dict[str, float], within_km: dict[str, Sequence[float]]
) -> pd.DataFrame:
    """Return where the mark of each located incident stands on the map of the peninsula.

    Incidents at sea and by air go to the panel ``seas``, those by land and in the estuary to
    ``line``, those in the JSA to ``jsa``; within a panel marks are moved apart (:func:`dodge`).

    Parameters
    ----------
    located : pandas.DataFrame
        Located incidents with ``x``, ``y`` in metres.
    spacing_m : dict of str to float
        Least distance of two marks in metres, for panels ``seas`` and ``line``.
    within_km : dict of str to sequence of float
        West, south, east, north of the panels: a place beyond has its mark inside.

    Returns
    -------
    pandas.DataFrame
        The rows in order of panel, route and date, with ``panel``, ``mark_x``, ``mark_y`` (m) and
        ``moved_km``, how far the mark is from the place.
    """
    panels = {Route.JSA.value: "jsa", Route.DMZ_LAND.value: "line", Route.HAN_ESTUARY.value: "line"}
    panel = located["route"].astype(str).map(lambda route: panels.get(route, "seas"))
    table = located.assign(panel=panel, mark_x=located["x"], mark_y=located["y"])
    table = table.sort_values(["panel", "route", "date", "incident_id"], ignore_index=True)
    for name, spacing in spacing_m.items():
        rows = table.index[table["panel"].eq(name)]
        if len(rows):
            west, south, east, north = (1000 * km for km in within_km[name])
            x = table.loc[rows, "x"].clip(west + spacing, east - spacing)
            y = table.loc[rows, "y"].clip(south + spacing, north - spacing)
            table.loc[rows, ["mark_x", "mark_y"]] = dodge(x, y, spacing)
    moved = np.hypot(table["mark_x"] - table["x"], table["mark_y"] - table["y"]) / 1000
    return table.assign(moved_km=moved)


def areas(marks: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct circles within which the incidents of :func:`map_marks` lie.

    Columns ``panel``, ``x``, ``y`` (m), ``location_basis``, ``radius_m``, ``incidents``; one row a
    centre and basis in a panel, largest first.
    """
    rounded = marks.round({"x": 0, "y": 0}).astype({"location_basis": str})
    keys = [rounded[name] for name in ("panel", "x", "y", "location_basis")]
    table = marks.groupby(keys).size().rename("incidents").reset_index()
    metres = {basis.value: 1000 * km for basis, km in RADIUS_KM.items()}
    table.insert(4, "radius_m", table["location_basis"].map(metres))
    order = ["radius_m", "x", "y"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def dodge(x: Sequence[float], y: Sequence[float], spacing: float) -> np.ndarray:
    """Move points apart until no two are nearer than ``spacing``, each as little as possible.

    Points are set in their order; each takes the nearest free place on rings of growing radius
    around its own, so the same points always end in the same places. One row a point.
    """
    placed = np.empty((0, 2))
    for centre in np.column_stack([np.asarray(x, float), np.asarray(y, float)]):
        for candidate in centre + _rings(spacing):
            away = np.hypot(*(placed - candidate).T)
            if not len(placed) or away.min() >= spacing * (1 - 1e-9):
                placed = np.vstack([placed, candidate])
                break
    return placed


@lru_cache(maxsize=8)
def _rings(spacing: float) -> np.ndarray:
    """Return steps away from a place, nearest first: rings a quarter of ``spacing`` apart."""
    steps = [np.zeros((1, 2))]
    for ring in range(1, 60):
        radius = ring * spacing / 4
        count = max(6, math.ceil(2 * math.pi * radius / (spacing / 3)))
        angles = np.arange(count) * 2 * np.pi / count
        steps.append(radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    return np.vstack(steps)

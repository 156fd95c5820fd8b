"""The Northern Limit Line as published points."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.data.columns import MINUTE_MARK, SECOND_MARK, decimal, dms, keys, text, whole
from helpers.data.tables.table import Schema, Table, rule

# Five decimals are printed, so half of the last one is the rounding that may remain.
ROUNDING = 5.1e-6


def degrees(cells: pd.Series) -> pd.Series:
    """Return decimal degrees of cells of degrees, minutes, seconds; south and west below 0."""
    parts = cells.str.extract(rf"(\d+)°(\d+){MINUTE_MARK}(\d+){SECOND_MARK}([NSEW])")
    size = parts[0].astype(float) + parts[1].astype(float) / 60 + parts[2].astype(float) / 3600
    return size.where(parts[3].isin(["N", "E"]), -size)


def _same(axis: str) -> Callable[[pd.DataFrame], pd.Series]:
    """Return the test that the decimal column of ``axis`` is its degrees, minutes, seconds."""
    return lambda t: (degrees(t[f"{axis}_dms"]) - t[axis].astype(float)).abs() <= ROUNDING


NLL_1953_POINTS = Table(
    "nll_1953_points",
    "context/nll_1953_points.csv",
    "Northern Limit Line of 1953 in the Yellow Sea",
    "One published turning point a row, from the estuary outwards. Not an agreed border.",
    Schema(
        {
            "point": whole("Number of the point, from the east.", "rank", 1, 11),
            "lat_dms": dms("Latitude as printed.", "NS"),
            "lon_dms": dms("Longitude as printed, misprints mended (see note).", "EW"),
            "lat": decimal("Latitude, WGS 84 (the datum is not printed).", "degrees north", 37, 39),
            "lon": decimal(
                "Longitude, WGS 84 (the datum is not printed).", "degrees east", 124, 127
            ),
            "note": text("What is wrong in print, and how it was read.", "nothing to note"),
            "source_ids": keys("Sources that print the point."),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
        checks=[
            rule("point", "1, 2, 3 ... down the file", lambda t: t["point"] == t.index + 1),
            rule("lat", "lat_dms in decimal degrees, five decimals", _same("lat")),
            rule("lon", "lon_dms in decimal degrees, five decimals", _same("lon")),
            rule(
                "lon",
                "a point west of the row above",
                lambda t: t["lon"].lt(t["lon"].shift()).fillna(True),
            ),
        ],
    ),
    ("point",),
    {"source_ids": ("sources", "source_id")},
    provenance=(
        "Turning points printed in a Korean reference text; one misprint corrected and noted."
    ),
)

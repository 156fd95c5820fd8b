"""What the day of the crossing is made of, for its analysis and for the check of its tables."""

from __future__ import annotations

import pandas as pd

JSA_CRS = "EPSG:5186"
DAY = pd.Timestamp("2017-11-13")
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
WAY = [
    ("drive", ["kpa_checkpoint_bridge", "bridge_72h", "kim_il_sung_monument", "jeep_stuck"]),
    ("run", ["jeep_stuck", "mdl_crossing", "fall_point"]),
    ("dragged", ["fall_point", "rescue_point"]),
]


SPANS = {
    "to_line": ("first_seen_on_camera", "mdl_crossing_time"),
    "to_found": ("mdl_crossing_time", "found_time"),
    "to_cover": ("mdl_crossing_time", "rescue_time"),
    "in_all": ("first_seen_on_camera", "hospital_arrival"),
}
"""Spans of the day by name: the facts that hold its first and its last clock time."""

NEEDED_FACTS = (
    *dict.fromkeys(fact for span in SPANS.values() for fact in span),
    "jeep_stuck_time", "shots_fired_kpa", "gunshot_wounds",
)  # fmt: skip
NEEDED_METRES = (
    "jeep_to_mdl", "fall_point_south_of_mdl", "t2_t3_passage_length", "t2_t3_passage_width",
)  # fmt: skip
NEEDED_PLACES = (
    "bridge_no_return", "t1", "t2", "t3",
    *dict.fromkeys(stop for _, stops in WAY for stop in stops),
)  # fmt: skip
"""What the analysis cannot do without: a preferred value, a length in metres, a located place."""

"""Numbers of the crossing, by hand on small frames and against the project's own tables."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from helpers import load
from helpers.analysis import crossing

PHASES = pd.CategoricalDtype(["drive", "run", "unseen", "flown", "hospital"], ordered=True)


@pytest.fixture
def sources():
    return pd.DataFrame(
        {
            "speaks_for": ["Joint Chiefs of Staff", "Joint Chiefs of Staff", None],
            "publisher": ["YTN", "KBS", "NBC News"],
        },
        index=pd.Index(["a", "b", "c"], name="source_id"),
    )


@pytest.fixture
def timeline():
    rows = [
        (1, "2017-11-13", "15:11", "minute", "drive", "defector", "a"),
        (2, "2017-11-13", "15:15", "minute", "run", "defector", "a;b"),
        (3, "2017-11-13", "15:15", "approx", "unseen", "kpa", "a;c"),
        (4, "2017-11-13", "15:31", "minute", "flown", "medical", "c"),
        (5, "2017-11-13", "16:45", "minute", "hospital", "medical", "c"),
        (6, "2017-11-13", "17:20", "approx", "hospital", "medical", "c"),
        (7, "2017-11-15", "09:30", "minute", "hospital", "medical", "c"),
        (8, "2017-11-13", None, "day", "hospital", "other", "c"),
    ]
    names = ["seq", "date", "time_local", "time_precision", "phase", "actor", "source_ids"]
    return pd.DataFrame(rows, columns=names).astype({"phase": PHASES})


@pytest.fixture
def printed():
    rows = [
        ("first_seen_on_camera", "15:11", None, None, "a", "yes"),
        ("jeep_stuck_time", "15:13", None, None, "a", "yes"),
        ("jeep_stuck_time", "15:15", None, None, "b;c", "no"),
        ("mdl_crossing_time", "15:15", None, None, "a;b", "yes"),
        ("mdl_crossing_time", "15:31", None, None, "c", "no"),
        ("found_time", "15:31", None, None, "a;c", "yes"),
        ("shots_fired_kpa", "about 40", 40, 40, "a", "yes"),
        ("gunshot_wounds", "5-6", 5, 6, "a", "no"),
        ("gunshot_wounds", "5", 5, 5, "b", "yes"),
        ("gunshot_wounds", "at least 4", 4, None, "c", "no"),
        ("pursuer", "less than 1", None, 1, "c", "no"),
    ]
    names = ["fact_id", "value", "value_low", "value_high", "source_ids", "preferred"]
    frame = pd.DataFrame(rows, columns=names).astype({"value_low": "Float64"})
    return frame.astype({"value_high": "Float64"}).assign(label=frame["fact_id"])


@pytest.fixture
def places():
    """Bridge 500 m west of the hut; the jeep 10 m north, the fall 40 m south of the line."""
    points = {
        "bridge_no_return": (0, 0),
        "t1": (488, 0),
        "t2": (500, 0),
        "t3": (512, 0),
        "jeep_stuck": (460, 10),
        "mdl_crossing": (460, 0),
        "fall_point": (460, -40),
        "rescue_point": (480, -64),
        "kim_il_sung_monument": (430, 50),
        "bridge_72h": (100, 350),
        "kpa_checkpoint_bridge": (-100, 350),
        "jsa_point_ko": (300, 100),
    }
    return gpd.GeoDataFrame(
        {
            "uncertainty_m": 30,
            "coordinate_basis": [
                "published" if x in (0, 100, 500) else "estimated" for x, _ in points.values()
            ],
            "along_m": [x - 500.0 for x, _ in points.values()],
            "north_m": [float(y) for _, y in points.values()],
        },
        index=list(points),
        geometry=[shapely.Point(xy) for xy in points.values()],
        crs="EPSG:5186",
    )


@pytest.fixture
def geometry():
    rows = [
        ("jeep_to_mdl", 10, 10, "m"),
        ("fall_point_south_of_mdl", 40, 50, "m"),
        ("fall_point_south_of_mdl", 50, 50, "yd"),
        ("t2_t3_passage_length", 20, 20, "m"),
        ("t2_t3_passage_width", 4, 4, "m"),
        ("jsa_shape_circle_radius", 400, 400, "m"),
        ("jsa_shape_circle_diameter", 800, 800, "m"),
        ("jsa_shape_rectangle_east_west", 800, 800, "m"),
        ("jsa_shape_rectangle_north_south", 400, 400, "m"),
        ("jsa_shape_rectangle_north_south", 600, 600, "m"),
    ]
    return pd.DataFrame(rows, columns=["fact_id", "value_low", "value_high", "unit"])


def test_minute():
    minutes = crossing.minute(pd.Series(["00:01", "15:13", None]))
    assert minutes.iloc[0] == 1
    assert minutes.iloc[1] == 15 * 60 + 13
    assert minutes.isna().iloc[2]


def test_documents_of_a_body_count_once(sources):
    assert list(crossing.source_count(pd.Series(["a", "a;b", "a;b;c"]), sources)) == [1, 1, 2]
    with pytest.raises(KeyError):
        crossing.source_count(pd.Series(["unknown"]), sources)


def test_moments_end_with_the_first_after_the_last_phase(timeline, sources):
    day = crossing.moments(timeline[::-1], sources)
    assert list(day["seq"]) == [1, 2, 3, 4, 5]
    assert list(day.index) == [0, 1, 2, 3, 4]
    assert list(day["approximate"]) == [False, False, True, False, False]
    assert list(day["sources"]) == [1, 1, 2, 1, 1]
    # two moments share 15:15: each has half the minute, and stands in the middle of its half
    assert list(day["slot"]) == [1, 0.5, 0.5, 1, 1]
    assert list(day["position"] - day["minute"].astype(float)) == [0.5, 0.25, 0.75, 0.5, 0.5]


def test_phases_run_from_first_moment_to_first_moment(timeline, sources):
    phases = crossing.phases(crossing.moments(timeline, sources))
    assert list(phases["phase"]) == ["drive", "run", "unseen", "flown"]
    assert list(phases["minutes"]) == [4, 0, 16, 74]
    assert list(phases["minutes_low"]) == [3, 0, 15, 73]
    assert list(phases["minutes_high"]) == [5, 1, 17, 75]


def test_preferred_is_one(printed):
    assert crossing.preferred(printed, "jeep_stuck_time")["value"] == "15:13"
    with pytest.raises(LookupError, match="0 preferred"):
        crossing.preferred(printed, "pursuer")


def test_clock_spread_keeps_only_rivals(printed, sources):
    clocks = crossing.clock_spread(printed, sources)
    assert list(clocks["fact_id"].unique()) == ["jeep_stuck_time", "mdl_crossing_time"]
    assert list(clocks["minutes_off"]) == [0, 2, 0, 16]
    assert list(clocks["sources"]) == [1, 2, 1, 1]


def test_hit_shares_by_hand(printed):
    shares = crossing.hit_shares(printed).set_index("hits")
    assert list(shares.index) == [4, 5, 6]
    assert shares.at[5, "share"] == 0.125
    assert shares["preferred"].sum() == 1


def test_hit_share_bounds(printed):
    bounds = crossing.hit_share_bounds(printed)
    assert bounds.at["lowest", "share"] == pytest.approx(4 / 44)
    assert bounds.at["highest", "share"] == pytest.approx(6 / 35)


def test_line_runs_through_bridge_and_hut(places):
    line = crossing.line(places, beyond_m=100)
    assert line.length == pytest.approx(600)
    assert line.distance(places.geometry["t2"]) == 0


def test_places_measures_from_the_line():
    points = {"bridge_no_return": (126.6706, 37.95613), "t2": (126.67694, 37.95583)}
    points["north"] = (126.6738, 37.957)
    frame = gpd.GeoDataFrame(
        index=[*points, "nowhere"],
        geometry=[*map(shapely.Point, points.values()), None],
        crs="EPSG:4326",
    )
    located = crossing.places(frame)
    assert located.crs == "EPSG:5186"
    assert "nowhere" not in located.index
    assert located.at["t2", "along_m"] == pytest.approx(0)
    assert located.at["bridge_no_return", "north_m"] == pytest.approx(0, abs=1e-6)
    assert 100 < located.at["north", "north_m"] < 130


def test_huts_are_a_passage_long_and_narrower_than_their_spacing(places, geometry):
    huts = crossing.huts(places, geometry)
    assert list(huts.area.round(6)) == [160, 160, 160]  # 20 by 12 - 4
    assert huts.geometry.iloc[1].centroid.distance(places.geometry["t2"]) < 1e-6


def test_metres_turns_yards(geometry):
    fall = crossing.metres(geometry, "fall_point_south_of_mdl")
    assert list(fall["low"].round(2)) == [40, 45.72]
    with pytest.raises(LookupError):
        crossing.metres(geometry, "unheard_of")


def test_run_lengths_by_pythagoras(places, geometry):
    runs = crossing.run_lengths(places, geometry)
    assert runs.at["shortest", "run_m"] == 50
    assert runs.at["longest", "run_m"] == pytest.approx(np.hypot(60, 60))


def test_line_gaps(places):
    parallel = shapely.LineString([(-1000, 15), (2000, 15)])
    gaps = crossing.line_gaps(places, gpd.GeoDataFrame(geometry=[parallel], crs="EPSG:5186"))
    assert list(gaps) == [15, 15, 15]


def test_outlines(places, geometry):
    outlines = crossing.outlines(places, geometry)
    assert len(outlines) == 4
    assert list(outlines["hectares"].round(0)) == [50, 50, 32, 48]
    # bridges at (0, 0) and (100, 350); the circle round the hut has neither
    assert list(outlines["bridges_inside"]) == [0, 2, 1, 2]
    assert len(crossing.outlines(places.drop("jsa_point_ko"), geometry)) == 1


def test_the_close_up_ends_two_minutes_into_the_first_long_phase():
    phases = pd.DataFrame({"start": [911, 913, 931], "end": [913, 931, 955]})
    phases["minutes"] = phases["end"] - phases["start"]
    assert crossing.zoom_end(phases) == 915
    assert crossing.zoom_end(phases.iloc[:1]) == 913


def test_durations(printed):
    row = crossing.durations(printed, {"to_found": crossing.SPANS["to_found"]}).iloc[0]
    assert row["minutes"] == 16
    assert (row["rounding_low"], row["rounding_high"]) == (15, 17)
    assert (row["published_low"], row["published_high"]) == (0, 16)


def test_stuck_readings_leave_the_sum_alone(printed):
    readings = crossing.stuck_readings(printed)
    assert list(readings["driven_minutes"]) == [2, 4]
    assert list(readings["stood_minutes"]) == [2, 0]


def test_the_tables_give_the_clock_that_two_lists_agree_on():
    day = crossing.moments(load.jsa_timeline_2017(), load.sources())
    phases = crossing.phases(day)
    assert day["minute"].iloc[-1] - day["minute"].iloc[0] == phases["minutes"].sum() == 94
    assert phases.set_index("phase").at["unseen", "minutes"] == 16


def test_the_landmarks_keep_to_the_published_distances():
    places = crossing.places(load.jsa_landmarks())
    assert crossing.line(places).length == pytest.approx(558, abs=1)
    assert places.at["jeep_stuck", "north_m"] == pytest.approx(10, abs=1)
    assert -50 <= places.at["fall_point", "north_m"] <= -40


def test_way_joins_the_landmarks():
    places = crossing.places(load.jsa_landmarks())
    way = crossing.way(places).set_index("leg")
    assert list(way.index) == ["drive", "run", "dragged"]
    assert way.at["run", "geometry"].intersects(places.geometry["fall_point"].buffer(0.01))
    assert 50 <= way.at["run", "metres"] <= 60

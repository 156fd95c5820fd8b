"""The day of the crossing and its places: what the published clock and distances must give."""

import numpy as np
import pandas as pd
import pyproj
import pytest

from helpers import load
from helpers.data import vocab


@pytest.fixture(scope="module")
def timeline():
    return load.jsa_timeline_2017()


@pytest.fixture(scope="module")
def day(timeline):
    return timeline[timeline["date"] == "2017-11-13"]


@pytest.fixture(scope="module")
def facts():
    return load.jsa_facts_2017()


@pytest.fixture(scope="module")
def landmarks():
    return load.jsa_landmarks()


@pytest.fixture(scope="module")
def along_line(landmarks):
    """Metres along and north of the straight line from Bridge of No Return to hut T2."""
    points = landmarks[landmarks.geometry.notna()].to_crs("EPSG:5186").geometry
    x, y = points.x - points.x["bridge_no_return"], points.y - points.y["bridge_no_return"]
    length = np.hypot(x["t2"], y["t2"])
    east, north = x["t2"] / length, y["t2"] / length
    return pd.DataFrame({"along": x * east + y * north, "north": y * east - x * north})


def test_time_is_local_to_korea(day):
    assert str(day["time"].dt.tz) == "Asia/Seoul"
    assert day["time"].iloc[0] == pd.Timestamp("2017-11-13 06:11", tz="UTC")


def test_phases_begin_when_the_published_lists_say(day):
    start = day.dropna(subset="time").groupby("phase", observed=True)["time_local"].first()
    clocks = ["15:11", "15:13", "15:15", "15:15", "15:31", "15:55", "16:23", "16:45"]
    assert start.to_list() == clocks
    assert list(start.index) == vocab.CrossingPhase.values()[:-1]


@pytest.mark.parametrize(
    ("start", "end", "fact_id"),
    [
        ("mdl_crossing_time", "found_time", "minutes_crossing_to_found"),
        ("mdl_crossing_time", "rescue_time", "minutes_crossing_to_rescue"),
        ("flight_departure", "hospital_arrival", "flight_duration"),
    ],
)
def test_published_minutes_are_the_difference_of_published_clocks(facts, start, end, fact_id):
    chosen = facts[facts["preferred"] == "yes"].set_index("fact_id")
    clock = pd.to_timedelta(chosen["value"].loc[[start, end]] + ":00")
    assert clock.diff().iloc[1] == pd.Timedelta(minutes=chosen["value_low"][fact_id])


@pytest.mark.parametrize(
    ("fact_id", "place", "actor"),
    [
        ("first_seen_on_camera", "approach_road", "defector"),
        ("jeep_stuck_time", "jeep_stuck", "defector"),
        ("mdl_crossing_time", "mdl_crossing", "defector"),
        ("found_time", "fall_point", "unc_rok"),
        ("rescue_time", "rescue_point", "unc_rok"),
        ("flight_departure", "camp_bonifas", "medical"),
        ("hospital_arrival", "ajou_hospital", "medical"),
    ],
)
def test_timeline_and_preferred_facts_tell_the_same_clock(day, facts, fact_id, place, actor):
    fact = facts[(facts["fact_id"] == fact_id) & (facts["preferred"] == "yes")]
    here = day[(day["landmark_id"] == place) & (day["actor"] == actor)]
    assert fact["value"].item() in list(here["time_local"])


def test_days_in_the_first_hospital_are_the_difference_of_dates(facts, day):
    chosen = facts[facts["preferred"] == "yes"].set_index("fact_id")
    moved = pd.Timestamp(chosen["value"]["transfer_to_military_hospital"])
    assert (moved - day["date"].iloc[0]).days == chosen["value_low"]["days_at_ajou_hospital"]


def test_the_two_violations_of_the_un_command_and_the_third_of_the_ministry(day, facts):
    listed = set(day["violations"].str.split(";").explode()) - {"none"}
    chosen = facts.set_index("fact_id")["value_low"]
    assert len(listed) == chosen["armistice_violations_mnd"] == 3
    assert len(listed - {"armed_with_rifles"}) == chosen["armistice_violations_unc"] == 2


def test_every_contested_value_is_kept(facts):
    wounds = facts.loc[facts["fact_id"] == "gunshot_wounds", "value"]
    assert list(wounds) == ["5", "5-6", "at least 6", "4 or at least 4", "7"]


def test_the_line_from_the_bridge_to_hut_t2(landmarks, along_line):
    assert along_line["along"]["t2"] == pytest.approx(558, abs=0.5)
    ends = landmarks.loc[["bridge_no_return", "t2"]].geometry
    bearing, _, _ = pyproj.Geod(ellps="WGS84").inv(*ends.iloc[0].coords[0], *ends.iloc[1].coords[0])
    assert round(bearing) == 93


def test_jeep_and_fall_lie_where_the_published_distances_put_them(along_line):
    geometry = load.jsa_geometry()
    chosen = geometry[geometry["preferred"] == "yes"].set_index("fact_id")
    jeep, fall = along_line["north"]["jeep_stuck"], -along_line["north"]["fall_point"]
    assert jeep == pytest.approx(chosen["value_low"]["jeep_to_mdl"], abs=1)
    low, high = chosen.loc["fall_point_south_of_mdl", ["value_low", "value_high"]]
    assert low <= fall <= high


def test_side_agrees_with_the_straight_line_inside_the_area(landmarks, along_line):
    """Outside the area the true line bends, and a straight one says nothing."""
    places = landmarks.join(along_line, how="inner").drop(index="jsa_point_ko")
    near = places[places["along"].between(-150, 700) & places["north"].abs().lt(400)]
    north, south = near[near["side"] == "north"], near[near["side"] == "south"]
    on_line = near[near["side"] == "mdl"]
    assert (north["north"] > 0).all()
    assert (south["north"] < 0).all()
    assert (on_line["north"].abs() <= on_line["uncertainty_m"]).all()


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ("tongilgak", "bridge_no_return", 512),
        ("peace_museum", "bridge_no_return", 773),
        ("peace_museum", "t2", 1240),
        ("daeseong_dong", "bridge_no_return", 1830),
        ("daeseong_dong", "kijong_dong", 2120),
        ("camp_bonifas", "t2", 4900),
        ("bridge_72h", "bridge_no_return", 367),
        ("axe_site", "bridge_no_return", 175),
        ("camp_bonifas", "ajou_hospital", 78_000),
    ],
)
def test_distances_named_in_conflicts_are_those_of_the_landmarks(landmarks, one, other, metres):
    points = landmarks.loc[[one, other]].to_crs("EPSG:5186").geometry
    assert points.iloc[0].distance(points.iloc[1]) == pytest.approx(metres, rel=0.01)


def test_claims_point_to_facts_or_stand_alone(facts):
    claims = load.report_claims()
    chosen = facts[facts["preferred"] == "yes"].set_index("fact_id")
    same = claims.dropna(subset=["value_low", "fact_id"])
    assert list(same["value_low"]) == list(chosen["value_low"][same["fact_id"]])

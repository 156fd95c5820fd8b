"""Counts, intervals, blind years and places of the register, on cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import load
from helpers.analysis import places, register
from helpers.data.vocab import LocationBasis, Route


def frame(*rows):
    """Return a small register: (id, date, route, people, affiliation, shots_at)."""
    names = ["incident_id", "date", "route", "people", "affiliation", "shots_at"]
    table = pd.DataFrame(rows, columns=names)
    table["date"] = pd.to_datetime(table["date"])
    table["people"] = table["people"].astype("Int64")
    return table.assign(
        year=table["date"].dt.year,
        date_precision="day",
        event_type="direct_defection",
        direction="north_to_south",
        nationality="north_korean",
        location_basis="place_centroid",
        source_ids="a;b",
        admin_area="Gangwon (Cheorwon county)",
    )


@pytest.fixture
def five():
    return frame(
        ("a", "1952-05-01", "air", 1, "pilot", "unknown"),
        ("b", "1953-07-27", "dmz_land", 1, "soldier", "crossers"),
        ("c", "1984-11-23", "jsa", 1, "civilian", "crossers"),
        ("d", "2011-10-30", "yellow_sea", 21, "mixed", "unknown"),
        ("e", "2011-12-01", "dmz_land", 2, "officer", "not_applicable"),
    )


def test_count_begins_on_the_day_of_the_armistice(five):
    assert list(register.direct(five)["incident_id"]) == ["b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("column", "value"), [("event_type", "attempt"), ("direction", "south_to_north")]
)
def test_count_leaves_out_other_types_and_the_other_way(five, column, value):
    five.loc[1, column] = value
    assert list(register.direct(five)["incident_id"]) == ["c", "d", "e"]


def spans(*rows):
    return pd.DataFrame(rows, columns=["route", "first_year", "last_year", "kind"])


def test_one_rule_for_the_record_of_every_route():
    table = spans(
        ("dmz_land", 1954, 1959, "no_rows"), ("dmz_land", 1970, 1972, "thin"),
        ("air", 2026, 2026, "partial"),
    )  # fmt: skip
    since = register.record(table)["since"]
    assert list(since.index) == [route.value for route in register.DIRECT_ROUTES]
    assert since["dmz_land"] == 1973 and since.drop("dmz_land").eq(1953).all()
    assert register.clear_since(table) == 1973
    assert register.clear_since(table.iloc[2:]) == 1953


def test_crossings_are_parted_at_the_year(five):
    five.loc[1:3, "nationality"] = ["czechoslovak", "unknown", "mixed"]
    table = register.crossings(five, 2011)
    assert table["incident_id"].tolist() == ["a", "b", "c", "d", "e"]
    assert table["period"].tolist() == ["until 2010"] * 3 + ["since 2011"] * 2
    assert table["period"].cat.categories.tolist() == ["until 2010", "since 2011"]
    assert table["citizen"].tolist()[1:4] == ["foreign", "not stated", "not stated"]
    assert set(table["shots"]) == {"yes", "no", "unknown"}


def test_checked_years_are_those_an_office_counted():
    names = ["measure", "body", "period_start", "period_end", "value_best", "value_high"]
    rows = [
        ("direct_all", "joint_chiefs", "2010", "2012-07", 5, None),
        ("direct_sea", "unification_ministry", "2020", "2020", None, 9),
        ("direct_land", "press", "2015", "2015", 1, None),
        ("sea_returned", "unification_ministry", "2016", "2016", 1, None),
        ("direct_all", "joint_chiefs", None, "2018", 5, None),
    ]
    totals = pd.DataFrame(rows, columns=names)
    assert register.checked_years(totals) == [2010, 2011, 2012, 2020]


def test_interval_against_closed_forms():
    low, high = register.interval(0, 10)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 10))
    assert register.interval(3, 6) == pytest.approx((0.1181, 0.8819), abs=1e-4)
    assert register.interval(0, 0) == (0.0, 1.0)


def test_counties(five):
    five.loc[4, "admin_area"] = None
    table = register.by_county(five)
    assert table["incidents"].to_dict() == {"Cheorwon": 1, "not known": 1}


def test_dodge_keeps_distance_and_moves_no_more_than_needed():
    placed = places.dodge([0, 0, 0, 100], [0, 0, 0, 0], 10)
    apart = np.hypot(*(placed[:, None] - placed[None]).transpose(2, 0, 1))
    assert apart[~np.eye(4, dtype=bool)].min() >= 10 - 1e-6
    assert placed[0].tolist() == [0, 0] and placed[3].tolist() == [100, 0]
    assert np.hypot(*placed[1]) == pytest.approx(10)
    assert np.array_equal(placed, places.dodge([0, 0, 0, 100], [0, 0, 0, 0], 10))
    assert places.dodge([0, 8], [0, 0], 10)[1].tolist() == [10.5, 0]
    assert np.hypot(*places.dodge([0] * 8, [0] * 8, 10).T).max() == pytest.approx(17.5)


PANELS = ("seas", "line")


def test_a_place_beyond_the_map_has_its_mark_inside(five):
    located = five.assign(x=0.0, y=50_000.0)
    boxes = dict.fromkeys(PANELS, (-10, -10, 10, 10))
    marks = places.map_marks(located, dict.fromkeys(PANELS, 1000.0), boxes)
    assert marks.loc[marks["panel"].ne("jsa"), "mark_y"].between(5_000, 10_000).all()


def test_marks_and_areas(five):
    located = five.assign(x=0.0, y=[0.0, 0.0, 5.0, 0.0, 0.0])
    located.loc[[1, 4], "location_basis"] = "county_centroid"
    box = (-10, -10, 10, 10)
    marks = places.map_marks(located, dict.fromkeys(PANELS, 1000.0), dict.fromkeys(PANELS, box))
    assert marks["panel"].tolist() == ["jsa", "line", "line", "seas", "seas"]
    assert marks["moved_km"].round(6).tolist() == [0, 0, 1, 0, 1]
    assert list(marks.index) == list(range(len(marks)))
    areas = places.areas(marks)
    assert areas.loc[0, ["panel", "radius_m", "incidents"]].tolist() == ["line", 15_000, 2]
    assert areas["incidents"].sum() == 5
    assert list(areas.index) == list(range(len(areas)))


def test_radius_for_every_basis_that_has_a_coordinate():
    assert set(places.RADIUS_KM) == set(LocationBasis) - {LocationBasis.NOT_LOCATED}


def test_official_totals_add_land_and_transit(five):
    names = ["series", "measure", "period", "period_start", "period_end", "value_best", "unit"]
    rows = [
        ("jcs", "direct_land", "2011", "2011", "2011", 4, "people"),
        ("jcs", "direct_transit", "2011", "2011", "2011", 2, "people"),
        ("jcs", "direct_sea", "to 2011-10", "2011-01", "2011-10", 1, "incidents"),
        ("x", "sea_returned", "2011", "2011", "2011", 9, "people"),
    ]
    totals = pd.DataFrame(rows, columns=names).astype({"value_best": "Int64"})
    table = register.against_official(five, totals).set_index("measure")
    assert table.loc["direct_land", ["official", "register", "difference"]].tolist() == [6, 2, -4]
    assert table.loc["direct_sea", ["official", "register"]].tolist() == [1, 1]
    assert len(table) == 2


# The register itself, against sums that do not come from us -------------------------------------


@pytest.fixture(scope="module")
def south():
    return register.direct(load.incidents())


def test_eight_jsa_crossings_to_2017_with_nine_people(south):
    jsa = south[south["route"].eq(Route.JSA) & south["year"].le(2017)]
    assert len(jsa) == 8 and jsa["people"].sum() == 9
    soldiers = jsa[
        jsa["affiliation"].isin(register.UNIFORMED) & jsa["nationality"].eq("north_korean")
    ]
    assert soldiers["year"].tolist() == [1998, 2007, 2017]


def test_seven_aircraft_with_the_one_before_the_armistice():
    every = register.direct(load.incidents(), since=pd.Timestamp(1950, 1, 1))
    assert (every["route"].eq(Route.AIR) & every["year"].le(1996)).sum() == 7


def test_year_2017_agrees_with_the_authorities(south):
    year = south[south["year"] == 2017]
    assert len(year) == 9 and year["people"].sum() == 15
    land = year[year["route"].isin([route.value for route in register.LAND])]
    assert land["affiliation"].isin(register.UNIFORMED).sum() == 4

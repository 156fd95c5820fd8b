"""Routes, waypoints and the points of the Northern Limit Line."""

import pytest

from helpers import load
from helpers.data.tables import TABLES
from helpers.data.tables.lines import ROUNDING, degrees

NUMBERS = {"routes": 26, "waypoints": 109, "nll_1953_points": 11, "report_claims": 16}


@pytest.fixture(scope="module")
def waypoints():
    return load.waypoints()


@pytest.mark.parametrize(("name", "rows"), NUMBERS.items())
def test_tables_have_their_rows_and_unique_keys(name, rows):
    table = load.table(name)
    assert len(table) >= rows
    assert not table.duplicated(list(TABLES[name].primary_key)).any()


def test_every_route_has_waypoints_in_order(waypoints):
    assert set(waypoints["route_id"]) == set(load.routes().index)
    for _, stops in waypoints.groupby("route_id"):
        assert list(stops["stop"]) == list(range(1, len(stops) + 1))


def test_direct_kinds_go_with_direct_routes():
    routes = load.routes()
    direct = routes["kind"].isin(["direct_land", "direct_sea"])
    registered = ["jsa", "dmz_land", "han_estuary", "yellow_sea", "east_sea"]
    assert (direct == routes["route"].isin(registered)).all()
    assert direct.sum() == 7


def test_numbers_of_routes_stand_beside_their_words():
    routes = load.routes()
    for words, low in [
        ("distance_printed", "distance_km_low"),
        ("duration_printed", "duration_days_low"),
        ("cost_printed", "cost_usd_low"),
    ]:
        assert routes.loc[routes[low].notna(), words].notna().all()


@pytest.mark.parametrize("country", ["CHN", "LAO", "PRK"])
def test_waypoints_are_coarse_where_people_are_hunted(waypoints, country):
    here = waypoints[waypoints["country"] == country]
    assert len(here) > 0
    for axis in ("lat", "lon"):
        tenths = here[axis].astype(float) * 10
        assert (tenths - tenths.round()).abs().max() < 1e-6


def test_every_waypoint_but_the_free_start_has_a_point(waypoints):
    nowhere = waypoints[waypoints.geometry.isna()]
    assert list(nowhere["route_id"]) == ["posting"]
    assert waypoints.crs.to_epsg() == 4326


def test_limit_line_points_are_their_printed_degrees():
    points = load.nll_1953_points()
    for axis in ("lat", "lon"):
        difference = degrees(points[f"{axis}_dms"]) - points[axis].astype(float)
        assert difference.abs().max() <= ROUNDING
    assert points["lon"].is_monotonic_decreasing


def test_the_misprinted_point_says_so():
    points = load.nll_1953_points().set_index("point")
    assert "126°45" in points.loc[3, "note"]
    assert points["note"].notna().sum() == 1


def test_a_wrong_decimal_is_a_fault(tmp_path):
    """The rule compares the two columns, so an edit of one alone is found."""
    table = TABLES["nll_1953_points"]
    path = tmp_path / table.path
    path.parent.mkdir(parents=True)
    frame = load.table("nll_1953_points")
    frame["lat"] = frame["lat"].where(frame["point"] != 5, 37.7)
    frame.to_csv(path, index=False)
    with pytest.raises(load.DataError, match=r"nll_1953_points\.csv:6:lat"):
        load.nll_1953_points(tmp_path)

"""Routes, waypoints and the points of the Northern Limit Line."""

import pytest

from helpers import load
from helpers.data.tables.routes import ROUNDING, degrees


@pytest.fixture(scope="module")
def waypoints():
    return load.waypoints()


def test_every_route_has_waypoints(waypoints):
    assert set(waypoints["route_id"]) == set(load.routes().index)


def test_direct_kinds_go_with_direct_routes():
    routes = load.routes()
    direct = routes["kind"].isin(["direct_land", "direct_sea"])
    registered = ["jsa", "dmz_land", "han_estuary", "yellow_sea", "east_sea"]
    assert (direct == routes["route"].isin(registered)).all()


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

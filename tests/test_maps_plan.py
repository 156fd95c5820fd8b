"""What the plan holds: projection, extents, marks, the line, his way, the outlines."""

from __future__ import annotations

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import shapely

from helpers.catalogue import crossing as catalogue
from helpers.derive import crossing as derive
from helpers.frames import Frames
from helpers.maps import plan
from helpers.style import SHEETS
from tests import pages

GEOMETRY = pd.DataFrame(
    [
        ("t2_t3_passage_length", 20, "m"),
        ("t2_t3_passage_width", 4, "m"),
        ("jsa_shape_circle_radius", 400, "m"),
        ("jsa_shape_circle_diameter", 800, "m"),
        ("jsa_shape_rectangle_east_west", 800, "m"),
        ("jsa_shape_rectangle_north_south", 400, "m"),
        ("jsa_shape_rectangle_north_south", 600, "m"),
    ],
    columns=["fact_id", "value_low", "unit"],
).assign(value_high=lambda frame: frame["value_low"])

ORIGIN = np.array([171_000, 595_000])
POINTS = {
    "bridge_no_return": (0, 0, 20, "published"),
    "bridge_72h": (0, 370, 40, "published"),
    "kpa_checkpoint_bridge": (-100, 370, 100, "estimated"),
    "kim_il_sung_monument": (430, 50, 60, "estimated"),
    "jsa_point_ko": (300, 90, 60, "published"),
    "t1": (488, 0, 25, "estimated"),
    "t2": (500, 0, 20, "published"),
    "t3": (512, 0, 25, "estimated"),
    "jeep_stuck": (460, 10, 40, "estimated"),
    "mdl_crossing": (460, 0, 40, "estimated"),
    "fall_point": (460, -44, 35, "estimated"),
    "rescue_point": (480, -64, 50, "estimated"),
}


@pytest.fixture
def places():
    x, y, radius, basis = zip(*POINTS.values(), strict=True)
    return gpd.GeoDataFrame(
        {
            "uncertainty_m": pd.array(radius, dtype="Int64"),
            "coordinate_basis": basis,
            "along_m": np.array(x) - 500.0,
            "north_m": np.array(y, dtype=float),
        },
        index=list(POINTS),
        geometry=gpd.points_from_xy(ORIGIN[0] + np.array(x), ORIGIN[1] + np.array(y)),
        crs="EPSG:5186",
    )


def _draw(places, **changes):
    osm = shapely.LineString(ORIGIN + np.array([(400, 200), (560, -200)]))
    parts = {
        "places": places,
        "line": derive.line(places, beyond_m=150),
        "huts": derive.huts(places, GEOMETRY),
        "way": derive.way(places),
        "outlines": derive.outlines(places, GEOMETRY),
        "osm_line": gpd.GeoDataFrame(geometry=[osm], crs="EPSG:5186"),
        "across_m": {"jeep": (10.0, 10.0), "fall": (40.0, 50.0)},
        "title": "A finding",
        "subtitle": "What is shown.",
        "source": "Data: a test.",
    }
    return plan.crossing_plan(**(parts | changes))


@pytest.fixture
def page(places):
    fig = _draw(places)
    yield fig
    plt.close(fig)


@pytest.fixture(scope="module")
def content():
    return catalogue.crossing_plan(*catalogue._plan(Frames()))


def _axes(fig, gid):
    return next(ax for ax in fig.axes if ax.get_gid() == gid)


def _held(owner, gid):
    return owner.findobj(lambda artist: artist.get_gid() == gid)


def test_says_what_it_shows(page):
    assert page.title == "A finding"
    assert page.subtitle == "What is shown."
    assert page.source == "Data: a test."


def test_refuses_another_projection(places):
    with pytest.raises(ValueError, match="expected EPSG:5186"):
        _draw(places, way=derive.way(places).to_crs("EPSG:4326"))


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("gid", ["close", "wide", "area"])
def test_is_true_to_scale(places, gid, size):
    ax = _axes(_draw(places, size=size), gid)
    box = ax.get_window_extent()
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert (right - left) / box.width == pytest.approx((top - bottom) / box.height, rel=1e-3)


@pytest.mark.parametrize("size", SHEETS)
def test_close_up_holds_his_last_metres_and_the_huts(places, size):
    ax = _axes(_draw(places, size=size), "close")
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for name in ["jeep_stuck", "fall_point", "rescue_point", "t1", "t3"]:
        point = places.geometry[name]
        assert left < point.x < right and bottom < point.y < top
    assert [text.get_text() for text in _held(ax, "hut")] == ["T1", "T2", "T3"]
    assert right - left < 200


@pytest.mark.parametrize("size", SHEETS)
def test_outlines_lie_whole_in_their_plan(places, size):
    ax = _axes(_draw(places, size=size), "area")
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for outline in _held(ax, "outline"):
        x, y = outline.get_data()
        assert left < min(x) < max(x) < right
        assert bottom < min(y) < max(y) < top


@pytest.mark.parametrize("size", SHEETS)
def test_has_the_same_marks_in_every_size(page, places, size):
    other = _draw(places, size=size)
    for gid in ("point", "circle", "label", "outline", "measure", "hut", "scale", "frame"):
        assert len(_held(other, gid)) == len(_held(page, gid)) > 0


@pytest.mark.parametrize("size", SHEETS)
def test_words_of_the_real_plan_keep_apart(content, size):
    page = content.page(size)
    assert pages.off_page(page) == []
    assert pages.overlaps(page) == []


def test_wide_plan_holds_both_bridges_and_frames_the_close_up(page, places):
    ax, close = _axes(page, "wide"), _axes(page, "close")
    for name in ["bridge_72h", "bridge_no_return", "kpa_checkpoint_bridge", "t2"]:
        point = places.geometry[name]
        assert ax.get_xlim()[0] < point.x < ax.get_xlim()[1]
        assert ax.get_ylim()[0] < point.y < ax.get_ylim()[1]
    frame = _held(ax, "frame")[0]
    assert (min(frame.get_xdata()), max(frame.get_xdata())) == close.get_xlim()


def test_circles_have_the_radius_of_doubt(page, places):
    ax = _axes(page, "close")
    radii = sorted(round(float(np.ptp(ring.get_xdata()) / 2)) for ring in _held(ax, "circle"))
    assert radii == [35, 40, 50, 60]  # fall, jeep, rescue, monument


def test_open_points_are_estimates(page):
    wide = {
        tuple(point.get_xydata()[0] - ORIGIN): point.get_markerfacecolor()
        for point in _held(_axes(page, "wide"), "point")
    }
    assert wide[(0, 370)] != plan.PAPER
    assert wide[(-100, 370)] == plan.PAPER


def test_way_is_dashed_where_assumed(page):
    ax = _axes(page, "close")
    assert not _held(ax, "leg-run")[0].is_dashed()
    assert _held(ax, "leg-drive")[0].is_dashed()
    assert _held(ax, "leg-dragged")[0].is_dashed()


def test_strip_lies_between_the_published_distances(page):
    strip = _held(_axes(page, "close"), "strip")[0].get_xy() - ORIGIN
    assert (strip[:, 1].min(), strip[:, 1].max()) == (-50, -40)
    assert (strip[:, 0].min(), strip[:, 0].max()) == (460 - 35, 460 + 35)


def test_distances_are_written_beside_his_way(page):
    labels = [text.get_text() for text in _held(page, "measure-label")]
    assert labels == ["10 m", "40 to 50 m"]


def test_both_drawings_of_the_line_are_named(page):
    ax = _axes(page, "close")
    assert "taken as straight" in _held(ax, "line-label")[0].get_text()
    assert _held(ax, "osm-label")[0].get_text() == "the line in OpenStreetMap"
    assert _held(ax, "osm")[0].get_linewidth() < _held(ax, "mdl")[0].get_linewidth()


def test_four_outlines_with_their_areas(page):
    ax = _axes(page, "area")
    assert len(_held(ax, "outline")) == 4
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels[0] == "circle, radius 400 m, round the huts: 50 ha"
    assert labels[2] == "800 by 400 m: 32 ha"
    styles = {line._unscaled_dash_pattern[1] and tuple(line._unscaled_dash_pattern[1])
              for line in _held(ax, "outline")}  # fmt: skip
    assert len(styles) == 4


def test_scale_bars_are_as_long_as_they_say(page):
    for ax in page.axes:
        bar, label = _held(ax, "scale")[0], _held(ax, "scale-label")[0]
        assert np.ptp(bar.get_xdata()) == pytest.approx(float(label.get_text().split()[0]))
    assert _held(page, "north")


def test_nothing_is_smaller_than_seven_points(page):
    sizes = [text.get_fontsize() for text in page.findobj(plt.Text) if text.get_text().strip()]
    assert min(sizes) >= 7

"""Maps of origin and of the ways: shapes, arcs from country to country, nothing finer."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch

from helpers import layers, load
from helpers.derive import arrivals as derive
from helpers.maps import routes as maps
from helpers.vocab import Country
from tests import pages
from tests.test_charts_register import readable

WORDS = ("Title", "Subtitle", layers.CREDIT)


@pytest.fixture(scope="module")
def legs():
    return derive.legs(load.routes(), load.waypoints())


@pytest.fixture(scope="module", params=["full", "column", "slide"])
def fig(legs, request):
    years = derive.era_years(load.routes())
    return maps.ways(layers.countries(), layers.koreas(), legs, years, *WORDS, request.param)


def arcs(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def test_one_map_an_era_one_arc_a_leg(fig, legs):
    for ax in fig.axes:
        rows = legs[legs["era"].eq(ax.get_label())]
        names = sorted(f"arc-{row.origin}-{row.target}" for row in rows.itertuples())
        assert sorted(arc.get_gid() for arc in arcs(ax)) == names
    assert [ax.get_label() for ax in fig.axes] == list(derive.ERAS)


def test_arcs_bend_and_end_at_points_of_countries(fig):
    points = maps.label_points(layers.countries(), layers.koreas())
    ends = np.array(list(points.values()))
    for arc in (arc for ax in fig.axes for arc in arcs(ax)):
        assert f"rad={maps.BEND:g}" in repr(arc.get_connectionstyle().__dict__) or abs(
            arc.get_connectionstyle().rad
        ) == pytest.approx(maps.BEND)
        for end in arc._posA_posB:
            assert np.hypot(*(ends - np.array(end)).T).min() < 1


def test_only_countries_are_named(fig):
    labels = {term.label for term in Country}
    for ax in fig.axes:
        named = [text.get_text() for text in ax.texts if text.get_gid() == "country"]
        named = {name.replace("\n", " ") for name in named}
        assert named <= labels and {"North Korea", "China", "South Korea"} <= named
    assert readable(fig)


def test_points_lie_in_their_countries():
    import geopandas as gpd

    points = maps.label_points(layers.countries(), layers.koreas())
    shapes = layers.countries().to_crs(layers.ROUTES_CRS).set_index("adm0_a3").geometry
    for code in ("CHN", "MNG", "THA", "LAO", "VNM"):
        assert shapes[code].contains(gpd.points_from_xy([points[code][0]], [points[code][1]])[0])


def test_flown_legs_are_dashed(fig):
    for ax in fig.axes:
        look = {arc.get_gid(): arc.get_linestyle() for arc in arcs(ax)}
        assert look["arc-PRK-CHN"] in ("-", "solid")
        assert all(style not in ("-", "solid") for gid, style in look.items() if "KOR" in gid[-3:])


def test_maps_of_the_ways_are_true_to_scale_and_hold_every_point(fig):
    points = maps.label_points(layers.countries(), layers.koreas())
    width, height = fig.get_size_inches()
    for ax in fig.axes:
        box, (west, east), (south, north) = ax.get_position(), ax.get_xlim(), ax.get_ylim()
        ratio = (box.height * height) / (box.width * width)
        assert ratio == pytest.approx((north - south) / (east - west))
        assert box.y0 * height * pages.MM >= fig.body_mm[1] - 0.01
        for arc in arcs(ax):
            _, start, end = arc.get_gid().split("-")
            for x, y in (points[start], points[end]):
                assert west < x < east and south < y < north


def test_words_of_the_ways_stand_apart_and_in_rows(fig):
    assert pages.off_page(fig) == [] and pages.overlaps(fig) == []
    rows = {round(ax.get_position().y0, 3) for ax in fig.axes}
    assert len(rows) == (1 if fig.slide else 2)


@pytest.mark.parametrize("size", ["full", "column", "slide"])
def test_origin_shades_by_share_and_hatches_what_has_no_row(size):
    profile, checks = load.profile_cumulative(), load.profile_checks()
    table = derive.origin(profile, checks, "2024-09")
    change = derive.origin_change(profile, "2020-03", "2024-09")
    page = maps.origin(layers.provinces(), table, change, *WORDS, size)
    ax = next(ax for ax in page.axes if ax.get_label() == "map")
    assert len([text for text in ax.texts if text.get_gid() == "share"]) == 10
    assert [text.get_text() for text in ax.texts if text.get_gid() == "no-row"] == [
        "Rason:\nno row"
    ]
    assert len([item for item in ax.collections if item.get_hatch()]) == 1
    bars = next(ax for ax in page.axes if ax.get_label() == "bars")
    assert len([text for text in bars.texts if text.get_gid() == "people"]) == len(table)
    change_ax = next(ax for ax in page.axes if ax.get_label() == "change")
    added = [item for item in change_ax.lines if item.get_gid() == "added"]
    assert len(added) == len(change)
    assert bars.get_ylim() == change_ax.get_ylim()
    assert bars.get_position().y0 == pytest.approx(change_ax.get_position().y0)
    assert (ax.get_position().y0 > bars.get_position().y1) == page.narrow
    assert readable(page) and pages.off_page(page) == [] and pages.overlaps(page) == []


@pytest.mark.parametrize(("share", "order"), [(0.007, 0), (0.01, 1), (0.18, 2), (0.58, 3)])
def test_tint(share, order):
    assert maps.tint(share) == maps.CLASSES[order][2]

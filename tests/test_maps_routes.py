"""Maps of origin and of the ways: shapes, arcs from country to country, nothing finer."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch

from helpers import layers, load
from helpers.derive import arrivals as derive
from helpers.maps import routes as maps
from helpers.vocab import Country
from tests.test_charts_register import readable

WORDS = ("Title", "Subtitle", layers.CREDIT)


@pytest.fixture(scope="module")
def legs():
    return derive.legs(load.routes(), load.waypoints())


@pytest.fixture(scope="module")
def fig(legs):
    years = derive.era_years(load.routes())
    return maps.ways(layers.countries(), layers.koreas(), legs, years, *WORDS)


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
        named = {text.get_text() for text in ax.texts if text.get_gid() == "country"}
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


def test_origin_shades_by_share_and_hatches_what_has_no_row():
    profile, checks = load.profile_cumulative(), load.profile_checks()
    table = derive.origin(profile, checks, "2024-09")
    change = derive.origin_change(profile, "2020-03", "2024-09")
    page = maps.origin(layers.provinces(), table, change, *WORDS)
    ax = next(ax for ax in page.axes if ax.get_label() == "map")
    assert len([text for text in ax.texts if text.get_gid() == "share"]) == 10
    assert [text.get_text() for text in ax.texts if text.get_gid() == "no-row"] == [
        "Rason:\nno row"
    ]
    assert len([item for item in ax.collections if item.get_hatch()]) == 1
    bars = next(ax for ax in page.axes if ax.get_label() == "bars")
    assert len([text for text in bars.texts if text.get_gid() == "people"]) == len(table)
    assert readable(page)


@pytest.mark.parametrize(("share", "order"), [(0.007, 0), (0.01, 1), (0.18, 2), (0.58, 3)])
def test_tint(share, order):
    assert maps.tint(share) == maps.CLASSES[order][2]

"""The map of direct crossings holds its marks, circles, line and names where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.patches import Circle

from helpers import layers, load, style
from helpers.derive import register
from helpers.maps import peninsula
from helpers.vocab import Route
from tests import pages

WORDS = ("Where they crossed", "Direct crossings", layers.CREDIT)


@pytest.fixture(scope="module")
def marks():
    south = register.direct(load.incidents())
    located = south[south["location_basis"] != "not_located"].to_crs(layers.PENINSULA_CRS)
    located = located.assign(x=located.geometry.x, y=located.geometry.y)
    return register.map_marks(located, peninsula.spacing_m())


def drawn(marks, size):
    shapes = layers.koreas(), layers.lines(), layers.dmz_band()
    return peninsula.direct_crossings(marks, register.areas(marks), *shapes, *WORDS, size)


@pytest.fixture(scope="module")
def fig(marks):
    return drawn(marks, "full")


@pytest.fixture(scope="module", params=["full", "column", "slide"])
def sized(marks, request):
    return drawn(marks, request.param)


@pytest.fixture(scope="module")
def seas(fig):
    return next(ax for ax in fig.axes if ax.get_label() == "seas")


@pytest.fixture(scope="module")
def line(fig):
    return next(ax for ax in fig.axes if ax.get_label() == "line")


def offsets(ax, start):
    found = [item for item in ax.collections if (item.get_gid() or "").startswith(start)]
    return np.concatenate([item.get_offsets() for item in found]) if found else np.empty((0, 2))


def test_each_located_incident_is_one_mark(marks, seas, line):
    counts = marks["route"].astype(str).value_counts()
    for ax, routes in (
        (seas, [Route.YELLOW_SEA, Route.EAST_SEA, Route.AIR]),
        (line, [Route.DMZ_LAND, Route.HAN_ESTUARY, Route.JSA]),
    ):
        for route in routes:
            assert len(offsets(ax, route.value)) == counts[route.value], route


def test_open_marks_where_only_an_area_is_known(marks, line):
    land = marks[marks["route"] == Route.DMZ_LAND]
    fine = land["location_basis"].isin(peninsula.FINE).sum()
    assert len(offsets(line, "dmz_land-place")) == fine
    assert len(offsets(line, "dmz_land-area")) == len(land) - fine


def test_no_mark_hides_another_or_leaves_its_panel(seas, line):
    for ax, name, routes in (
        (seas, "seas", ["yellow_sea", "east_sea", "air"]),
        (line, "line", ["dmz_land", "han_estuary"]),
    ):
        points = np.concatenate([offsets(ax, route) for route in routes])
        apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
        least = apart[~np.eye(len(points), dtype=bool)].min()
        assert least >= peninsula.spacing_m()[name] * 0.999
        assert peninsula.SPACING_MM[name] >= peninsula.MARK_MM[name]
        (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
        assert ((points > [west, south]) & (points < [east, north])).all()


def test_circles_stand_at_the_coordinates(marks, line):
    drawn = [patch for patch in line.patches if isinstance(patch, Circle)]
    areas = register.areas(marks)
    expected = areas[areas["panel"].eq("line") & ~areas["location_basis"].isin(peninsula.FINE)]
    assert sorted(patch.get_radius() for patch in drawn) == sorted(expected["radius_m"])
    centres = {(round(x), round(y)) for x, y in zip(marks["x"], marks["y"], strict=True)}
    assert all(tuple(round(value) for value in patch.center) in centres for patch in drawn)


def test_projection_and_extent(seas, line):
    x, y = peninsula.to_plane(127.5, 38.0)
    assert (round(x), round(y)) == (1_000_000, 2_000_000)
    for ax, box in ((seas, peninsula.SEAS_KM), (line, peninsula.LINE_KM)):
        assert (*ax.get_xlim(), *ax.get_ylim()) == tuple(
            1000 * value for value in (box[0], box[2], box[1], box[3])
        )
        assert ax.get_aspect() == 1


def test_mdl_strong_nll_dashed_nothing_in_the_estuary(seas):
    lines = {item.get_gid(): item for item in seas.lines if item.get_gid()}
    assert {"mdl", "nll_west", "nll_east"} <= set(lines) and "han_estuary" not in lines
    assert lines["mdl"].get_linewidth() > lines["nll_west"].get_linewidth()
    assert lines["nll_west"].is_dashed() and not lines["mdl"].is_dashed()


def test_names(fig, seas, line):
    upper = [text.get_text().replace("\n", " ") for text in seas.texts]
    lower = [text.get_text().replace("\n", " ") for text in line.texts]
    assert upper.count("Northern Limit Line (de facto)") == 2
    assert "East Sea (Sea of Japan)" in upper and "East Sea (Sea of Japan)" in lower
    assert "Yellow Sea" in upper and "Military Demarcation Line" in lower
    assert "100 km" in upper and "20 km" in lower
    assert (fig.title, fig.subtitle, fig.source) == WORDS


def test_joint_security_area_is_called_out(marks, line):
    jsa = marks[marks["panel"] == "jsa"]
    texts = [text.get_text() for text in line.texts]
    assert f"Joint Security Area: {len(jsa)} crossings, {jsa['people'].sum()} people" in texts
    assert [text for text in texts if text in set(jsa["year"].astype(str))] == [
        str(year) for year in jsa["year"]
    ]
    [place] = [item for item in line.lines if item.get_gid() == "jsa-place"]
    assert len(place.get_xdata()) == 1


def test_scale_bar_is_true(line):
    [bar] = [item for item in line.lines if item.get_gid() == "scale"]
    assert np.ptp(bar.get_xdata()) == 20_000


def test_no_word_under_seven_points(fig):
    texts = fig.findobj(lambda artist: hasattr(artist, "get_fontsize"))
    assert min(text.get_fontsize() for text in texts if text.get_text().strip()) >= 7


def width_mm(ax):
    return ax.get_position().width * ax.figure.get_size_inches()[0] * pages.MM


def test_every_size_holds_each_mark_once_and_its_words_apart(marks, sized):
    scatters = [item for ax in sized.axes for item in ax.collections]
    for route in register.DIRECT_ROUTES:
        rows = [item for item in scatters if (item.get_gid() or "").startswith(f"{route.value}-")]
        places = np.concatenate([item.get_offsets() for item in rows])
        own = marks[marks["route"] == route]
        if route is Route.JSA:
            assert len(places) == len(own)
        else:
            expected = own[["mark_x", "mark_y"]].to_numpy()
            assert np.allclose(places[np.lexsort(places.T)], expected[np.lexsort(expected.T)])
    assert pages.off_page(sized) == [] and pages.overlaps(sized) == []


def marks_on(ax):
    return [item for item in ax.collections if (item.get_gid() or "").endswith(("-place", "-area"))]


def test_marks_shrink_with_the_scale_of_their_panel(sized):
    for ax in sized.axes:
        holds = "line" if ax.get_label() == "line" else "seas"
        points = np.concatenate([item.get_offsets() for item in marks_on(ax)])
        apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
        least_mm = apart[apart > 0].min() * width_mm(ax) / np.ptp(ax.get_xlim())
        for item in marks_on(ax):
            shape = style.MARKERS[item.get_gid().split("-")[0]]
            wide = np.sqrt(item.get_sizes()[0]) / peninsula.SCALE[shape] * pages.MM / 72
            full = peninsula.MARK_MM[holds] / peninsula.SPACING_MM[holds]
            assert wide <= full * least_mm * 1.001


def test_panels_keep_the_body_and_every_mark_its_panel(sized):
    _, bottom, right, top = sized.body_mm
    height, width = sized.get_size_inches()[1] * pages.MM, sized.get_size_inches()[0] * pages.MM
    for ax in sized.axes:
        box = ax.get_position()
        assert bottom - 0.01 <= box.y0 * height and box.y1 * height <= top + 0.01
        assert box.x1 * width <= right + 0.01
        points = np.concatenate([np.asarray(item.get_offsets()) for item in marks_on(ax)])
        (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
        assert ((points > [west, south]) & (points < [east, north])).all()


def test_a_slide_sets_the_seas_beside_the_line_and_a_column_all_in_a_stack(marks):
    slide, column = (
        {ax.get_label(): ax.get_position() for ax in drawn(marks, size).axes}
        for size in ("slide", "column")
    )
    assert slide["west"].x1 < slide["line"].x0 and slide["east"].y1 < slide["west"].y0
    assert slide["east"].y0 == pytest.approx(slide["line"].y0)
    assert column["line"].y1 < column["east"].y0 < column["east"].y1 < column["west"].y0

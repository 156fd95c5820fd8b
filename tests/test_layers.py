"""The map layers are where they should be, agree with each other, and are written the same way."""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import json
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pytest
import shapely

from helpers import layers
from helpers.data import geo
from helpers.data.check import check_table
from helpers.data.tables import TABLES
from helpers.data.tables.claims import record_ids
from tests.conftest import ROOT

GEO = ROOT / "data" / "geo"
ALL = [layers.countries, layers.koreas, layers.provinces, layers.lines, layers.dmz_band]
PLACES = [
    ("Seoul", 126.978, 37.567, "KOR"), ("Ganghwa", 126.450, 37.720, "KOR"),
    ("Gyodong", 126.270, 37.780, "KOR"), ("Yeonpyeong", 125.700, 37.666, "KOR"),
    ("Baengnyeong", 124.660, 37.960, "KOR"), ("Cheorwon", 127.313, 38.147, "KOR"),
    ("Goseong (South)", 128.468, 38.380, "KOR"), ("Daeseong-dong", 126.680, 37.941, "KOR"),
    ("Jeju", 126.530, 33.380, "KOR"), ("Pyongyang", 125.754, 39.030, "PRK"),
    ("Kaesong", 126.554, 37.971, "PRK"), ("Kijong-dong", 126.655, 37.945, "PRK"),
    ("Haeju", 125.715, 38.045, "PRK"), ("Rason", 130.300, 42.250, "PRK"),
]  # fmt: skip
T2_HUT = (126.67694, 37.95583)


@pytest.fixture(scope="module")
def build_geo():
    spec = importlib.util.spec_from_file_location("build_geo", ROOT / "scripts" / "build_geo.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def koreas_m():
    return layers.koreas().to_crs(layers.PENINSULA_CRS).set_index("adm0_a3").geometry


@pytest.fixture(scope="module")
def lines_m():
    return layers.lines().to_crs(layers.PENINSULA_CRS).set_index("part").geometry


def _metres(*points):
    return gpd.GeoSeries([shapely.Point(point) for point in points], crs=layers.WGS84).to_crs(
        layers.PENINSULA_CRS
    )


# The files


@pytest.mark.parametrize(
    ("loader", "columns"),
    [
        (layers.countries, "adm0_a3 name_en name_ko geometry"),
        (layers.koreas, "adm0_a3 name_en name_ko geometry"),
        (layers.provinces, "iso_3166_2 adm0_a3 name_en name_ko geometry"),
        (layers.lines, "part name km geometry"),
        (layers.dmz_band, "part name km2 geometry"),
    ],
)
def test_layer_is_valid_in_wgs84_within_bounds(loader, columns):
    frame = loader()
    assert [*frame.columns] == columns.split() and frame.crs.to_epsg() == 4326
    assert frame.is_valid.all() and not frame.is_empty.any()
    assert not frame.drop(columns="geometry").isna().any(axis=None)
    west, south, east, north = frame.total_bounds
    if loader is layers.countries:
        assert (west, south, east, north) == (85, 5, 150, 58)
    else:
        assert 124 < west < east < 131 and 33 < south < north < 43.1


def test_countries_and_provinces_are_all_there():
    assert [*layers.koreas()["adm0_a3"]] == ["KOR", "PRK"]
    assert layers.provinces()["adm0_a3"].value_counts().to_dict() == {"KOR": 17, "PRK": 11}
    countries = layers.countries()["adm0_a3"]
    assert countries.is_unique
    assert {"CHN", "RUS", "JPN", "MNG", "LAO", "THA", "VNM", "MMR", "KHM"} < {*countries}


def test_files_are_small_and_one_feature_a_line():
    files = sorted(GEO.glob("*.geojson"))
    assert len(files) == len(ALL)
    assert sum(path.stat().st_size for path in GEO.iterdir()) < 2_600_000
    for path in files:
        head, *features, end, last = path.read_text(encoding="utf-8").split("\n")
        assert json.loads(f"{head}]}}")["license"] and (end, last) == ("]}", "")
        assert all(json.loads(line.rstrip(","))["type"] == "Feature" for line in features)


def test_readme_names_every_file_and_the_packages_of_the_script(build_geo):
    text = (GEO / "README.md").read_text(encoding="utf-8")
    for path in GEO.glob("*.geojson"):
        content = path.read_bytes()
        assert f"{hashlib.sha256(content).hexdigest()}  {path.name}" in text
        assert f"| {len(content):,} |" in text
    for package in (build_geo.COUNTRIES, build_geo.PROVINCES, build_geo.ZONES):
        assert f"`{package.name}` {package.version}" in text and package.sha256 in text


# The line


def test_line_has_its_four_parts_end_to_end_and_passes_hut_t2(lines_m):
    assert [*lines_m.index] == ["nll_west", "han_estuary", "mdl", "nll_east"]
    assert lines_m["mdl"].length / 1000 == pytest.approx(248.5, abs=0.5)
    assert (lines_m.length / 1000).to_numpy() == pytest.approx(layers.lines()["km"], abs=0.051)
    shapes = [*layers.lines().geometry]
    for before, after in itertools.pairwise(shapes):
        assert before.coords[-1] == after.coords[0]
    assert all(shape.is_simple for shape in shapes)
    assert _metres(T2_HUT).iloc[0].distance(lines_m["mdl"]) < 50


def test_band_has_its_area_and_two_sides(lines_m):
    band = layers.dmz_band().to_crs(layers.PENINSULA_CRS).set_index("part").geometry
    assert band.area.sum() / 1e6 == pytest.approx(906, abs=2)
    north, south = band["band_north"], band["band_south"]
    assert north.intersection(south).area < 1
    assert lines_m["mdl"].difference(north.union(south).buffer(1)).is_empty
    assert north.hausdorff_distance(lines_m["mdl"]) < 2_010
    assert north.centroid.y > south.centroid.y


# The Koreas


def test_fill_and_line_agree(koreas_m, lines_m):
    border = koreas_m["KOR"].boundary.intersection(koreas_m["PRK"].boundary.buffer(0.1))
    assert lines_m["mdl"].difference(border.buffer(1)).is_empty
    assert border.difference(lines_m.union_all().buffer(1)).is_empty
    assert lines_m["han_estuary"].intersection(koreas_m["PRK"].buffer(-1)).is_empty
    assert lines_m["han_estuary"].intersection(koreas_m["KOR"].buffer(-1)).is_empty


def test_koreas_do_not_overlap_and_have_no_slivers(koreas_m):
    assert layers.koreas().geometry.iloc[0].intersection(layers.koreas().geometry.iloc[1]).area == 0
    parts = koreas_m.explode()
    assert parts.area.min() > 3e6
    assert (parts.length**2 / parts.area).max() < 2_000


def test_koreas_and_provinces_and_countries_cover_the_same_land(koreas_m):
    provinces = layers.provinces().to_crs(layers.PENINSULA_CRS).dissolve("adm0_a3").geometry
    assert provinces.symmetric_difference(koreas_m).area.max() < 20_000
    countries = layers.countries().set_index("adm0_a3").loc[["KOR", "PRK"]]
    land = countries.to_crs(layers.PENINSULA_CRS).union_all()
    assert koreas_m.union_all().symmetric_difference(land).area < 20_000


@pytest.mark.parametrize("loader", ALL[:3], ids=lambda loader: loader.__name__)
def test_neighbours_share_their_borders(loader):
    assert shapely.coverage_is_valid(loader().geometry.to_numpy())


def test_places_lie_in_their_country():
    koreas = layers.koreas().set_index("adm0_a3").geometry
    for name, lon, lat, country in PLACES:
        assert [*koreas.index[koreas.contains(shapely.Point(lon, lat))]] == [country], name


# Loading


def test_layer_is_read_from_another_folder_or_says_how_to_rebuild(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"koreas\.geojson is missing.*build_geo\.py"):
        layers.koreas(tmp_path)
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "mdl_nll.geojson").write_bytes((GEO / "mdl_nll.geojson").read_bytes())
    assert len(layers.lines(tmp_path)) == 4


def test_importing_the_module_loads_nothing_heavy():
    code = "import sys, helpers.layers; print({'geopandas', 'pandas', 'shapely'} & {*sys.modules})"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


# Geometry


def test_densify_shortens_edges_and_keeps_points():
    edge = gpd.GeoDataFrame(geometry=[shapely.LineString([(120, 40), (130, 40)])], crs=4326)
    dense = layers.densify(edge, 10_000).to_crs(layers.ROUTES_CRS)
    steps = np.hypot(*np.diff(shapely.get_coordinates(dense.geometry.iloc[0]), axis=0).T)
    assert 5_000 < steps.max() < 10_050
    points = gpd.GeoDataFrame(geometry=[shapely.Point(127, 38)], crs=4326)
    assert layers.densify(points, 10).geometry.iloc[0] == shapely.Point(127, 38)
    with pytest.raises(ValueError, match="no reference system"):
        layers.densify(gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)]), 10)


def test_project_bends_a_parallel():
    edge = gpd.GeoDataFrame(geometry=[shapely.LineString([(90, 50), (140, 50)])], crs=4326)
    straight, bent = edge.to_crs(layers.ROUTES_CRS), layers.project(edge, layers.ROUTES_CRS)
    assert bent.crs == straight.crs
    assert bent.geometry.iloc[0].hausdorff_distance(straight.geometry.iloc[0]) > 100_000


def test_circles_have_their_radii_and_index():
    points = gpd.GeoDataFrame(
        index=["a", "b"], geometry=gpd.points_from_xy([126.677, 128], [37.956, 38.3]), crs=4326
    )
    drawn = layers.circles(points, [500, 20_000])
    assert [*drawn.index] == ["a", "b"] and drawn.crs == layers.PENINSULA_CRS
    assert np.sqrt(drawn.area / np.pi).to_numpy() == pytest.approx([500, 20_000], rel=0.001)
    same = layers.circles(points.geometry, 1_000, layers.JSA_CRS)
    assert same.crs == layers.JSA_CRS
    assert np.sqrt(same.area / np.pi).to_numpy() == pytest.approx([1_000, 1_000], rel=0.001)


# The script that builds the layers (no test here fetches anything)


def _squares(reverse=False):
    ring = [(0, 0), (1 / 3, 0), (1 / 3, 1), (0, 1)]
    frame = gpd.GeoDataFrame(
        {"name": ["가", "b"]},
        geometry=[shapely.Polygon(ring[::-1] if reverse else ring), shapely.Point(1, 2).buffer(1)],
        crs=4326,
    )
    return frame


def test_same_shapes_give_the_same_bytes(build_geo):
    content = build_geo.geojson("x", _squares(), {"license": "none"})
    assert content == build_geo.geojson("x", _squares(reverse=True), {"license": "none"})
    first = content.decode().split("\n")[1]
    assert first == (
        '{"type":"Feature","properties":{"name":"가"},"geometry":{"type":"Polygon","coordinates":'
        "[[[0.0,0.0],[0.33333,0.0],[0.33333,1.0],[0.0,1.0],[0.0,0.0]]]}},"
    )


def test_write_is_whole_or_not_at_all(build_geo, tmp_path):
    path = tmp_path / "a.geojson"
    build_geo.write(path, b"old")
    assert build_geo.different({"a.geojson": b"old", "b.geojson": b""}, tmp_path) == ["b.geojson"]
    with pytest.raises(TypeError):
        build_geo.write(path, "not bytes")
    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]


def test_check_reports_and_writes_nothing(build_geo, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build_geo, "layers", lambda cache: {"a.geojson": b"new"})
    monkeypatch.setattr(build_geo, "GEO", tmp_path)
    assert build_geo.main(["--check"]) == 1
    assert "different: a.geojson" in capsys.readouterr().out and not [*tmp_path.iterdir()]
    assert build_geo.main([]) == build_geo.main(["--check"]) == 0
    (tmp_path / build_geo.ZONES.file).write_bytes(b"something else")
    with pytest.raises(SystemExit, match="SHA-256"):
        build_geo.fetch(build_geo.ZONES, tmp_path)


def _pack(values, width):
    bits = (np.asarray(values)[:, None] >> np.arange(width)) & 1
    stream = np.append(bits.ravel(), np.zeros(-bits.size % 32, dtype=int)).astype(np.uint8)
    return np.packbits(stream, bitorder="little").view("<u4")


def test_ring_is_decoded_block_by_block(build_geo):
    ring = np.column_stack([np.arange(200) * 3 + 1_000_000, (np.arange(200) * 7) % 50])
    words, west, south, widths = [], [], [], []
    for start in (0, 128):
        block = ring[np.arange(start, min(start + 128, 200) + 1) % 200]
        low = block.min(axis=0)
        width = [int(values.max()).bit_length() for values in (block - low).T]
        words += [_pack(values, bits) for values, bits in zip((block - low).T, width, strict=True)]
        west.append(low[0] * 10)
        south.append(low[1] * 10)
        widths.append(width)
    found = build_geo.decode(
        np.concatenate(words), np.array(west), np.array(south), np.array(widths), 200
    )
    assert found == pytest.approx(ring / 1e6, abs=1e-9)


def test_ring_is_cut_at_anchors_wherever_it_begins(build_geo):
    ring = np.array([(0, 0), (1, 0), (2, 0), (2, 1), (0, 1)], dtype=float)
    anchors = [(0, 0), (1.5, 0), (2, 1)]
    expected = [[(0, 0), (1, 0), (1.5, 0)], [(1.5, 0), (2, 0), (2, 1)]]
    for turned in (ring, np.roll(ring, 2, axis=0), ring[::-1]):
        pieces = build_geo.between_anchors(turned, anchors)
        assert [[tuple(point) for point in piece] for piece in pieces] == expected
    with pytest.raises(ValueError, match="does not pass"):
        build_geo.between_anchors(ring, [(0, 0), (1.5, 0.5)])


def test_simplified_neighbours_still_share_their_border(build_geo):
    wiggle = [(90 + 0.001 * (step % 2), 20 + step / 10) for step in range(11)]
    west = shapely.Polygon([*wiggle, (89, 21), (89, 20)])
    east = shapely.Polygon([*wiggle, (91, 21), (91, 20)])
    frame = gpd.GeoDataFrame({"adm0_a3": ["E", "W"]}, geometry=[east, west], crs=4326)
    simple = build_geo.simplify(frame)
    assert simple.count_coordinates().sum() < frame.count_coordinates().sum()
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert shapely.area(simple.geometry.to_numpy()) == pytest.approx([1, 1], abs=0.01)


# The check: a slip in one layer, and what is said of it.


def _reversed(content):
    content["features"][2]["geometry"]["coordinates"].reverse()


def _swapped(content):
    for feature in content["features"]:
        line = feature["geometry"]["coordinates"]
        line[:] = [point[::-1] for point in line]


def _exchanged(column):
    def edit(content):
        one, other = (feature["properties"] for feature in content["features"][:2])
        one[column], other[column] = other[column], one[column]

    return edit


def _moved(degrees):
    def edit(content):
        line = content["features"][2]["geometry"]["coordinates"]
        line[len(line) // 2][1] += degrees

    return edit


@pytest.mark.parametrize(
    ("name", "edit", "told"),
    [
        ("lines", _reversed, "runs from east to west"),
        ("lines", _swapped, "latitude for longitude"),
        ("lines", _exchanged("part"), "other features"),
        ("lines", _moved(0.3), "km long"),
        ("lines", lambda c: c["features"].pop(), "other features"),
        ("lines", lambda c: c["features"][2]["properties"].update(km=148.5), "km long"),
        ("lines", lambda c: c["features"][0]["properties"].update(part=None), "has no part"),
        ("lines", lambda c: c.update(crs={"properties": {"name": "EPSG::5179"}}), "system"),
        ("koreas", lambda c: c.update(license=""), "no licence"),
        ("koreas", _exchanged("adm0_a3"), "other features"),
        ("koreas", _exchanged("name_en"), "is called"),
        ("dmz_band", _exchanged("part"), "other features"),
        ("provinces", lambda c: c["features"].pop(), "% of the land"),
        ("provinces", lambda c: c["features"].append(c["features"][0]), "stands twice"),
        ("provinces", lambda c: c["features"][0].update(geometry=None), "no sound shape"),
        ("provinces", lambda c: c["features"][0]["properties"].update(adm0_a3="JPN"), "is of JPN"),
        ("countries", lambda c: "<<<<<<< HEAD", "cannot be read"),
        ("countries", lambda c: "[]", "no collection"),
        ("countries", lambda c: c["features"].pop(), "SHA-256"),
    ],
)
def test_a_slip_in_a_layer_is_told(data, name, edit, told):
    path = data / layers.FILES[name]
    content = json.loads(path.read_text("utf-8"))
    edited = edit(content)
    path.write_text(edited if isinstance(edited, str) else json.dumps(content), "utf-8")
    found = geo.layers(data)[1]
    assert any(told in fault.problem for fault in found), found
    assert layers.FILES[name] in {fault.file for fault in found}
    assert all(fault.expected and fault.mend for fault in found)


def test_layers_as_they_are_have_no_fault_and_a_missing_one_is_told(data):
    assert geo.layers(data)[1] == []
    (data / layers.FILES["koreas"]).unlink()
    (fault,) = geo.layers(data)[1]
    assert (fault.file, fault.problem) == (layers.FILES["koreas"], "file is missing")
    (data / "datapackage.json").unlink()
    for file in layers.FILES.values():
        (data / file).unlink(missing_ok=True)
    assert geo.layers(data) == ({}, [])


@pytest.mark.parametrize(
    ("table", "key", "cells", "told"),
    [
        ("waypoints", "cn_sea_1", {"lat": 47.9, "lon": 106.9}, "outside CHN"),
        ("incidents", "2019-11-23-lang-son", {"lat": 13.76, "lon": 100.5}, "outside Vietnam"),
        ("incidents", "2017-12-21-yeoncheon-soldier", {"lat": 38.5, "lon": 128.3}, "Gyeonggi"),
        ("jsa_landmarks", "kijong_dong", {"side": "south"}, "other side of the line"),
        ("jsa_landmarks", "bridge_72h", {"side": "mdl"}, "from the line"),
    ],
)
def test_a_point_off_its_country_province_or_side_is_told(table, key, cells, told):
    text, frame, _ = check_table(ROOT / "data", TABLES[table])
    assert geo.points_on_the_map(ROOT / "data", {table: frame}, {table: text}) == []
    keys = record_ids(frame, TABLES[table].primary_key)
    for column, value in cells.items():
        frame.loc[keys.eq(key), column] = value
    (fault,) = geo.points_on_the_map(ROOT / "data", {table: frame}, {table: text})
    assert told in fault.problem and fault.warning
    assert fault.line == text.lines[keys.eq(key)].iloc[0]

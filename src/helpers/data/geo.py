"""The map layers under check: read, whole, the right way round, in agreement with each other.

Lengths and areas here are on a sphere, good to half a percent: enough to find what was exchanged,
dropped or moved, and quick. What no rule finds, the sum in the README of the layers does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.data import files, overlay
from helpers.data.crossrules import Frames, Texts, told
from helpers.data.faults import Fault
from helpers.data.reading import TextTable
from helpers.paths import LAYERS as FILES

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_MEND = "build it again with 'python scripts/build_geo.py'"
_KOREA = (124.0, 33.0, 131.0, 43.1)
_CRS84 = ("CRS84", "4326")
README = "geo/README.md"
KM = 111.2
"""Kilometres of a degree of latitude."""


class Kind(NamedTuple):
    """What a layer holds: its columns, the column that names a feature, those names, its extent."""

    columns: tuple[str, ...]
    key: str
    names: tuple[str, ...]
    extent: tuple[float, float, float, float]


KINDS = {
    "countries": Kind(("adm0_a3", "name_en", "name_ko"), "adm0_a3", (), (85.0, 5.0, 150.0, 58.0)),
    "koreas": Kind(("adm0_a3", "name_en", "name_ko"), "adm0_a3", ("KOR", "PRK"), _KOREA),
    "provinces": Kind(
        ("iso_3166_2", "adm0_a3", "name_en", "name_ko"), "iso_3166_2", (), _KOREA
    ),
    "lines": Kind(
        ("part", "name", "km"), "part", ("nll_west", "han_estuary", "mdl", "nll_east"), _KOREA
    ),
    "dmz_band": Kind(("part", "name", "km2"), "part", ("band_north", "band_south"), _KOREA),
}  # fmt: skip

Layer = dict[str, Any]
"""The features of a layer by name: each its properties, with its geometry under ``geometry``."""


def _fault(name: str, problem: str, expected: str, feature: str = "", mend: str = _MEND) -> Fault:
    return Fault(FILES[name], 0, "", feature, problem, expected, mend)


def _read(path: Path, name: str) -> dict[str, Any] | Fault:
    """Return the content of a layer's file, or the fault that keeps it from being read."""
    if fault := files.no_file(path, FILES[name]):
        return replace(fault, mend=_MEND)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        features = content["features"]
        [feature["properties"].items() for feature in features]
    except (ValueError, OSError) as error:
        return _fault(name, f"cannot be read as GeoJSON ({error})", "a whole GeoJSON file")
    except (LookupError, TypeError, AttributeError):
        return _fault(name, "is no collection of features", "a GeoJSON FeatureCollection")
    return content


def _features(content: dict[str, Any], name: str) -> Iterator[Fault | tuple[str, Layer]]:
    """Yield each feature by its name, and what is wrong with it by itself."""
    from shapely.geometry import shape

    kind, seen = KINDS[name], set()
    west, south, east, north = kind.extent
    for number, feature in enumerate(content["features"], 1):
        own = feature["properties"]
        label = str(own.get(kind.key, f"feature {number}"))
        lost = [column for column in kind.columns if own.get(column) in (None, "")]
        if lost:
            yield _fault(name, f"has no {', '.join(lost)}", f"{', '.join(kind.columns)}", label)
            continue
        if label in seen:
            yield _fault(name, "stands twice", "each feature once", label)
        seen.add(label)
        try:
            geometry = shape(feature["geometry"])
            if geometry.is_empty or not all(map(_closed, _rings(feature["geometry"]))):
                raise ValueError("an empty shape or an open ring")
        except Exception as error:  # whatever stands there: shapely says it in many ways
            yield _fault(name, f"has no sound shape ({error})", "closed rings or a line", label)
            continue
        x0, y0, x1, y1 = geometry.bounds
        if not (
            west - 0.01 <= x0 and x1 <= east + 0.01 and south - 0.01 <= y0 and y1 <= north + 0.01
        ):
            swapped = south <= x0 and x1 <= north and west <= y0 and y1 <= east
            problem = "has latitude for longitude" if swapped else "lies outside the map"
            expected = f"degrees from {west:g} to {east:g} E and {south:g} to {north:g} N"
            yield _fault(name, problem, expected, label)
        elif not geometry.is_valid:
            yield _fault(name, "has a ring that crosses itself", "a sound shape", label)
        else:
            yield label, own | {"geometry": geometry}


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    parts = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    return [ring for part in parts.get(geometry["type"], []) for ring in part]


def _closed(ring: list[list[float]]) -> bool:
    return len(ring) > 3 and ring[0] == ring[-1]


def _alone(folder: Path, name: str) -> tuple[Layer, list[Fault]]:
    """Return the features of a layer by name, and what is wrong with the layer by itself."""
    content = _read(folder / FILES[name], name)
    if isinstance(content, Fault):
        return {}, [content]
    kind, layer, faults = KINDS[name], {}, []
    crs = json.dumps(content.get("crs", "CRS84"))
    if not any(code in crs for code in _CRS84):
        faults.append(_fault(name, "is in another reference system", "WGS 84, without 'crs'", crs))
    if not content.get("license"):
        faults.append(_fault(name, "has no licence", "'license' as in geo/README.md"))
    for found in _features(content, name):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            layer[found[0]] = found[1]
    if kind.names and not faults and tuple(layer) != kind.names:
        expected = f"the features {', '.join(kind.names)} in this order"
        faults.append(_fault(name, "has other features", expected, ", ".join(layer)))
    return layer, faults


def _km(line: BaseGeometry) -> float:
    lon, lat = np.radians(np.asarray(line.coords)[:, :2]).T
    east = np.diff(lon) * np.cos((lat[1:] + lat[:-1]) / 2)
    return float(np.hypot(east, np.diff(lat)).sum() * 6371)


def _km2(shape: BaseGeometry) -> float:
    return float(shape.area * KM**2 * np.cos(np.radians(shape.centroid.y)))


def _together(layers: Mapping[str, Layer]) -> Iterator[Fault]:
    """Yield where layers contradict themselves or each other; each is sound by itself."""
    lines, koreas, bands = layers["lines"], layers["koreas"], layers["dmz_band"]
    for (one, before), (other, after) in pairwise(lines.items()):
        if before["geometry"].coords[-1] != after["geometry"].coords[0]:
            problem = f"does not begin where {one} ends"
            yield _fault("lines", problem, "parts end to end from west to east", other)
    for part, line in lines.items():
        coords = line["geometry"].coords
        if coords[0][0] > coords[-1][0]:
            yield _fault("lines", "runs from east to west", "from west to east", part)
        if abs(_km(line["geometry"]) / line["km"] - 1) > 0.01:
            problem = f"is {_km(line['geometry']):.1f} km long"
            yield _fault("lines", problem, f"{line['km']} as in km", part)
    for part, band in bands.items():
        if abs(_km2(band["geometry"]) / band["km2"] - 1) > 0.02:
            problem = f"has {_km2(band['geometry']):.1f} km2"
            yield _fault("dmz_band", problem, f"{band['km2']} as in km2", part)
        reach = band["geometry"].hausdorff_distance(lines["mdl"]["geometry"]) * KM
        if reach > 3.5:
            problem = f"reaches {reach:.1f} km from the line"
            yield _fault("dmz_band", problem, "2 km on each side", part)
    for name, north, south in [("dmz_band", "band_north", "band_south"), ("koreas", "PRK", "KOR")]:
        layer = layers[name]
        if layer[north]["geometry"].centroid.y < layer[south]["geometry"].centroid.y:
            yield _fault(name, f"lies south of {south}", "it to lie north", north)
    yield from _against_the_line(lines["mdl"]["geometry"], koreas)
    for code, korea in koreas.items():
        own = [one for one in layers["provinces"].values() if one["adm0_a3"] == code]
        area = fsum(one["geometry"].area for one in own)
        if abs(area / korea["geometry"].area - 1) > 0.0005:
            share = 100 * area / korea["geometry"].area
            problem = f"cover {share:.2f} % of the land in koreas"
            yield _fault("provinces", problem, "all of it", f"the provinces of {code}")
        named = layers["countries"].get(code, korea)
        if named["name_en"] != korea["name_en"]:
            yield _fault("koreas", f"is called {korea['name_en']}", named["name_en"], code)
    for code, province in layers["provinces"].items():
        start = {"KOR": "KR-", "PRK": "KP-"}.get(province["adm0_a3"], "?")
        if not code.startswith(start):
            yield _fault(
                "provinces", f"is of {province['adm0_a3']}", f"a code of it: {start}", code
            )
        elif (
            not koreas[province["adm0_a3"]]["geometry"]
            .buffer(0.01)
            .covers(province["geometry"].representative_point())
        ):
            yield _fault("provinces", "lies elsewhere", f"land of {province['adm0_a3']}", code)


def _against_the_line(mdl: BaseGeometry, koreas: Layer) -> Iterator[Fault]:
    from shapely import points

    stops = points(np.asarray(mdl.coords)[:, :2])
    for code, korea in koreas.items():
        away = np.max([korea["geometry"].boundary.distance(stop) for stop in stops[::7]]) * KM
        if away > 1:
            problem = f"has a border up to {away:.1f} km from mdl"
            yield _fault("koreas", problem, "a border along the line", code)


#: What was found in the layers of the same bytes; a few folders' worth.
_found: dict[tuple[str, ...], tuple[dict[str, Layer], list[Fault]]] = {}
_MOST = 8


def _checked(folder: Path, sums: dict[str, str]) -> tuple[dict[str, Layer], list[Fault]]:
    """Return the layers of a folder and their faults."""
    alone = {name: _alone(folder, name) for name in FILES}
    layers = {name: layer for name, (layer, _) in alone.items()}
    faults = [fault for _, some in alone.values() for fault in some]
    if not faults:
        faults = [*_together(layers)]
    return layers, [*faults, *_other_sums(folder, sums, {fault.file for fault in faults})]


def _other_sums(folder: Path, sums: dict[str, str], told_of: set[str]) -> Iterator[Fault]:
    """Yield layers of which nothing else is told and that are not those of the README."""
    readme = folder / README
    words = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    for file in FILES.values():
        name = Path(file).name
        if file not in told_of and f"  {name}\n" in words and f"{sums[file]}  {name}" not in words:
            what = (f"is not the file whose SHA-256 is in {README}", "that file")
            yield Fault(file, 0, "", "", *what, f"{_MEND}, or write its sum there", warning=True)


def layers(folder: Path) -> tuple[dict[str, Layer], list[Fault]]:
    """Return the map layers of a data folder, feature by name, and what is wrong with them.

    A folder that does not stand for itself may have none; what is not sound is left out.
    """
    files = [*FILES.values(), README]
    there = {file: (folder / file).read_bytes() for file in files if (folder / file).is_file()}
    if not {*FILES.values()} & {*there} and not overlay.is_whole(folder):
        return {}, []
    sums = {file: hashlib.sha256(content).hexdigest() for file, content in there.items()}
    state = tuple(sums.get(file, "") for file in files)
    if state not in _found:
        if len(_found) >= _MOST:
            _found.clear()
        _found[state] = _checked(folder, sums)
    found, faults = _found[state]
    broken = {fault.file for fault in faults if not fault.warning}
    return {name: layer for name, layer in found.items() if FILES[name] not in broken}, faults


# Points of the tables on the map.

#: How far outside its country a place may lie, in degrees: coasts are coarse, places rounded.
OFF_COUNTRY, OFF_PROVINCE = 0.4, 0.15
#: The middle of countries off the map where North Koreans were posted, and degrees round it.
BEYOND = {
    "Angola": (-12, 18), "Austria": (48, 14), "Bulgaria": (43, 25), "Cuba": (22, -79),
    "Czechia": (50, 15), "Egypt": (27, 30), "Equatorial Guinea": (2, 10), "Ethiopia": (9, 40),
    "France": (47, 2), "Germany": (51, 10), "Iran": (32, 54), "Italy": (42, 12), "Kuwait": (29, 48),
    "Libya": (27, 17), "Malta": (36, 14), "Nigeria": (9, 8), "Poland": (52, 19), "Qatar": (25, 51),
    "Senegal": (14, -14), "Spain": (40, -4), "Sweden": (62, 15), "Switzerland": (47, 8),
    "Tanzania": (-6, 35), "Uganda": (1, 32), "United Arab Emirates": (24, 54),
    "United Kingdom": (54, -2), "Zambia": (-13, 28), "Zimbabwe": (-19, 30),
}  # fmt: skip
FAR = 10.0


def points_on_the_map(folder: Path, frames: Frames, texts: Texts) -> list[Fault]:
    """Find points outside the country, province or side that their row names."""
    there, _ = layers(folder)
    faults: list[Fault] = []
    if "countries" in there:
        faults += _outside_country(there["countries"], frames, texts)
    if {"provinces", "koreas"} <= {*there} and "incidents" in texts:
        faults += _outside_province(there, frames, texts)
    if "koreas" in there and "lines" in there and "jsa_landmarks" in texts:
        faults += _on_the_other_side(there, frames, texts)
    return faults


def _off(text: TextTable, row: int, frame: pd.DataFrame, of: str, away: float) -> Fault:
    point = f"{frame.at[row, 'lat']}, {frame.at[row, 'lon']}"
    what = (f"is {away * KM:.0f} km outside {of}", f"a point of {of}", "mend the point or the name")
    return told(text, row, "lat", point, what, warning=True)


def _located(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.dropna(subset=["lat", "lon"])


def _outside_country(countries: Layer, frames: Frames, texts: Texts) -> Iterator[Fault]:
    from shapely import Point

    named = {country["name_en"]: country["geometry"] for country in countries.values()}
    by_code = {code: country["geometry"] for code, country in countries.items()}
    # Of a country beyond the map its middle is known, if that.
    named |= {name: Point(lon, lat).buffer(FAR) for name, (lat, lon) in BEYOND.items()}
    for name, column in (("waypoints", "country"), ("incidents", "admin_area")):
        if name not in texts:
            continue
        for row, place in _located(frames[name]).iterrows():
            of = str(place[column]).rpartition(", ")[2] if pd.notna(place[column]) else ""
            land = by_code.get(of) or named.get(of)
            if land is not None and (of in BEYOND or not _beyond(land, place)):
                away = land.distance(Point(place["lon"], place["lat"]))
                if away > OFF_COUNTRY:
                    yield _off(texts[name], row, frames[name], of, away)


def _beyond(land: BaseGeometry, place: pd.Series) -> bool:
    """Tell whether a point is off the map, at whose edge its country is cut."""
    west, south, east, north = KINDS["countries"].extent
    x0, y0, x1, y1 = land.bounds
    off = not (west <= place["lon"] <= east and south <= place["lat"] <= north)
    return off and (x0 <= west or x1 >= east or y0 <= south or y1 >= north)


def _outside_province(there: dict[str, Layer], frames: Frames, texts: Texts) -> Iterator[Fault]:
    from shapely import Point

    provinces = there["provinces"]
    borders = {code: korea["geometry"].boundary for code, korea in there["koreas"].items()}
    south = [one for one in provinces.values() if one["adm0_a3"] == "KOR"]
    register = _located(frames["incidents"])
    register = register[register["admin_area"].notna()]
    abroad = register["route"].isin(["china_border", "russia", "third_country_posting"])
    for row, place in register[abroad].iterrows():
        spot = Point(place["lon"], place["lat"])
        for one in provinces.values():
            inside = one["geometry"].covers(spot) and one["name_en"] not in place["admin_area"]
            if inside and borders[one["adm0_a3"]].distance(spot) > OFF_PROVINCE:
                what = (f"is in {one['name_en']}", f"a point of {place['admin_area']}", "mend one")
                point = f"{place['lat']}, {place['lon']}"
                yield told(texts["incidents"], row, "lat", point, what, warning=True)
    by_land = register["route"].isin(["jsa", "dmz_land"])
    for row, place in register[by_land].iterrows():
        lands = [one for one in south if one["name_en"] in place["admin_area"]]
        spot = Point(place["lon"], place["lat"])
        away = min((one["geometry"].distance(spot) for one in lands), default=0.0)
        if away > OFF_PROVINCE:
            yield _off(texts["incidents"], row, register, lands[0]["name_en"], away)


def _on_the_other_side(there: dict[str, Layer], frames: Frames, texts: Texts) -> Iterator[Fault]:
    from shapely import Point

    line = there["lines"]["mdl"]["geometry"]
    land = {"north": "PRK", "south": "KOR"}
    for row, place in _located(frames["jsa_landmarks"]).iterrows():
        spot, may = Point(place["lon"], place["lat"]), place["uncertainty_m"]
        metres, side = line.distance(spot) * KM * 1000, str(place["side"])
        if pd.isna(may):
            continue
        if side == "mdl" and metres > may + 30:
            found = f"is {metres:.0f} m from the line, which may be {may} m"
        elif (
            side in land
            and metres > may
            and not there["koreas"][land[side]]["geometry"].covers(spot)
        ):
            found = f"is {metres:.0f} m on the other side of the line, which may be {may} m"
        else:
            continue
        what = (found, "the side on which its point lies", "mend side or point")
        yield told(texts["jsa_landmarks"], row, "side", side, what, warning=True)

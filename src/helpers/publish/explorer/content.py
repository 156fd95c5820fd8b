"""What the explorer shows, as plain values: the incidents and all that is said of them.

Lists instead of names, places in a list instead of codes, and of another language only what is
otherwise there: a page has to carry it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import layers
from helpers.analysis import places as mapping
from helpers.analysis import register
from helpers.data.tables import TABLES
from helpers.figures import map_direct_crossings as static
from helpers.figures import style
from helpers.figures.provenance import source_line
from helpers.languages import LOCALES, speaking, tr
from helpers.publish.explorer.disputes import (
    LISTS,
    contested,
    corrected_by_incident,
    decisions,
    disputants,
    keys_in,
    known,
    labelled,
    labels,
    places_in,
    vocabulary,
)
from helpers.publish.explorer.words import ENGLISH, spoken
from helpers.words import say, worded

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from helpers.figures.frames import Frames

CODED = [
    "event_type", "direction", "route", "means", "affiliation", "nationality", "outcome",
    "shots_fired", "shots_at", "confidence", "location_basis",
]  # fmt: skip
#: Coded columns whose definitions are shown.
DEFINED = {"event_type", "shots_at", "confidence", "location_basis"}
NUMBERS = ["people", "shots_count", "year"]
TEXTS = {
    "incident_id": "id", "crossing_place": "place", "detected_by": "detected",
    "summary": "summary", "event_note": "note", "conflict": "differ",
}  # fmt: skip

#: Marks of the figures as paths of about the same size; ``/`` is the sign of hatching.
SHAPES = {
    "o": "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0Z",
    "s": "M-.88-.88H.88V.88H-.88Z",
    "D": "M0-1.2L1.2 0L0 1.2L-1.2 0Z",
    "^": "M0-1.2L1.2.95H-1.2Z",
    "X": "M-1.1-.5L-.5-1.1 0-.5 .5-1.1 1.1-.5 .5 0 1.1.5 .5 1.1 0 .5-.5 1.1-1.1.5-.5 0Z",
    "*": "M0-1.7L.4-.55L1.62-.53L.65.21L1 1.38L0 .68L-1 1.38L-.65.21L-1.62-.53L-.4-.55Z",
    "/": "M-2 0L0-2M-2 2L2-2M0 2L2 0",
}

ANCHORS = {"left": "start", "right": "end", "center": "middle"}
PANELS = static.PANELS["column"][0]
#: A detail of the maps smaller than this share of their width is left out.
UNSEEN = 1 / 900


def content(frames: Frames) -> dict:
    """Return everything that the explorer shows of the tables and layers of a data folder.

    It is in English; ``languages`` has by language what is otherwise there, by key or place.

    Parameters
    ----------
    frames : helpers.figures.frames.Frames
        The tables; ``incidents`` may be a part of the register.

    Raises
    ------
    ValueError
        If ``incidents`` lacks a column of the register.
    """
    lacking = {*TABLES["incidents"].schema.columns, "date_end", "geometry"}
    if lacking := lacking - set(frames["incidents"].columns):
        raise ValueError(
            f"the frame lacks {', '.join(sorted(lacking))}: give rows of load.incidents() "
            "with all their columns"
        )
    made = {}
    for language in LOCALES:
        with speaking(language):
            made[language] = _told(frames)
    english = made["en"]
    return english | {"languages": {name: _changes(english, one) for name, one in made.items()}}


def _changes(one: object, other: object) -> object:
    """Return by key or place what another value has otherwise: a list if that is all there is."""
    if not isinstance(one, dict | list | tuple):
        return other
    keys = list(one) if isinstance(one, dict) else range(len(one))
    found = {key: _changes(one[key], other[key]) for key in keys if one[key] != other[key]}
    return [*found.values()] if [*found] == [*range(len(one))] and found else found


def _told(frames: Frames) -> dict:
    """Return what is shown in the language in use."""
    incidents = frames["incidents"].sort_values(["date", "incident_id"], ignore_index=True)
    decided = decisions(frames)
    cited = sorted({key for keys in incidents["source_ids"] for key in keys_in(keys)})
    number = places_in(cited)
    publishers, sources = _sources(frames["sources"], cited)
    publishers = places_in([*publishers, *disputants(frames)])
    disputed, changed = contested(frames, publishers), corrected_by_incident(frames)
    told = places_in(each for one in changed.values() for each in one)
    areas = places_in(incidents["admin_area"].dropna())
    ids = incidents["incident_id"]
    columns = _columns(incidents) | {
        "area": [areas.get(area) for area in incidents["admin_area"]],
        "sources": [[number[key] for key in keys_in(keys)] for keys in incidents["source_ids"]],
        "decisions": [
            [key for key in keys_in(keys) if key in decided] for keys in incidents["decision_ids"]
        ],
        "contested": [disputed.get(key, []) for key in ids],
        "corrections": [[told[each] for each in changed.get(key, [])] for key in ids],
    }
    used = sorted({key for keys in columns["decisions"] for key in keys})
    return {
        "words": spoken() | {"credit": f"{say(ENGLISH['credit'])} {source_line('', ['koreas'])}"},
        "columns": list(columns),
        "rows": [list(row) for row in zip(*columns.values(), strict=True)],
        "terms": {name: _terms(name) for name in CODED},
        "lists": {name: [*labels(name).values()] for name in LISTS},
        "shapes": SHAPES,
        "signs": [[style.MARKERS.get(term.value, "o"), term.role] for term in vocabulary("route")],
        "areas": [tr(area) for area in areas],
        "publishers": [tr(publisher, "publisher") for publisher in publishers],
        "sources": sources,
        "corrections": list(told),
        "decisions": {key: decided[key] for key in used},
        "armistice": round(register.ARMISTICE.year + register.ARMISTICE.day_of_year / 365, 2),
        "record": _record(frames["blind_years"]),
        "map": _map(frames, columns),
    }


def _terms(name: str) -> list[list[str]]:
    """Return code, label and, where it is shown, definition of each value of a column."""
    return [
        [term.value, term.label, *([term.definition] if name in DEFINED else [])]
        for term in vocabulary(name)
    ]


def _plain(column: pd.Series) -> list:
    """Return a column as plain values, ``None`` where one is missing."""
    return column.astype(object).where(column.notna(), None).tolist()


def _columns(incidents: pd.DataFrame) -> dict[str, list]:
    """Return what each incident is by itself."""
    columns = {short: _plain(incidents[name]) for name, short in TEXTS.items()}
    columns["place"] = [place and tr(place) for place in columns["place"]]
    days = incidents["date"].dt.strftime("%Y-%m-%d")
    length = incidents["date_precision"].astype(str).map({"year": 4, "month": 7, "day": 10})
    columns["date"] = [day[:end] for day, end in zip(days, length, strict=True)]
    middle = incidents["date"] + (incidents["date_end"] - incidents["date"]) / 2
    when = middle.dt.year + (middle.dt.day_of_year - 0.5) / (365 + middle.dt.is_leap_year)
    columns["when"] = when.round(2).tolist()
    for name in CODED:
        codes = [term.value for term in vocabulary(name)]
        place = incidents[name].astype(object).map({code: n for n, code in enumerate(codes)})
        columns[name] = [None if pd.isna(n) else int(n) for n in place]
    for name in NUMBERS:
        columns[name] = [None if pd.isna(n) else int(n) for n in incidents[name]]
    columns["harm"] = [_harm(row) for row in incidents.itertuples()]
    counted = incidents["incident_id"].isin(register.direct(incidents)["incident_id"])
    columns["counted"] = counted.astype(int).tolist()
    columns["citizen"] = register.citizen(incidents).tolist()
    return columns | _marks(incidents, counted)


def _harm(row: tuple) -> str | None:
    """Return who was wounded or killed, and by what; None where nobody is known to have been."""
    parts = []
    for name in ("wounded", "killed"):
        people, crossers, cause = (getattr(row, name + end) for end in ("", "_crossers", "_cause"))
        if pd.notna(people) and people:
            said = say(ENGLISH[name], n=int(people), crossers=int(crossers))
            column = TABLES["incidents"].schema.columns[f"{name}_cause"]
            parts.append(": ".join(known([said, labelled(column, cause)])))
    return worded(ENGLISH["mortar"]).join(parts) or None


def _marks(incidents: GeoDataFrame, counted: pd.Series) -> dict[str, list]:
    """Return the map panel of each incident, and its mark and place there in kilometres.

    Counted crossings take their places first, so that they stand as on the static map.
    """
    routes = incidents["route"].astype(str)
    holds = routes.map({"dmz_land": "line", "han_estuary": "line", "jsa": "jsa"}).fillna("seas")
    direct = routes.isin([route.value for route in register.DIRECT_ROUTES])
    plane = incidents.geometry.to_crs(layers.PENINSULA_CRS)
    table = pd.DataFrame(
        {"holds": holds, "x": plane.x, "y": plane.y, "counted": ~counted, "route": routes,
         "date": incidents["date"], "incident_id": incidents["incident_id"]}
    )  # fmt: skip
    line = next(panel.name for panel in PANELS if panel.holds == "line")
    found: dict[int, list] = {row: [line, None] for row in table.index[holds.eq("jsa")]}
    located = table[direct & incidents["location_basis"].ne("not_located") & plane.notna()]
    located = located.sort_values(["counted", "route", "date", "incident_id"])
    whole = {"seas": static.SEAS_KM, "line": static.LINE_KM}
    for name, spacing in static.spacing_m().items():
        rows = located[located["holds"].eq(name)]
        west, south, east, north = (1000 * km for km in whole[name])
        x = rows["x"].clip(west + spacing, east - spacing)
        y = rows["y"].clip(south + spacing, north - spacing)
        moved = mapping.dodge(x, y, spacing) / 1000
        for row, mark in zip(rows.itertuples(), moved, strict=True):
            found[row.Index] = _on_panel(name, *mark, row.x / 1000, row.y / 1000)
    pairs = [found.get(row, [None, None]) for row in table.index]
    return {
        "panel": [pair[0] for pair in pairs],
        "at": [pair[1] for pair in pairs],
        "direct": direct.astype(int).tolist(),
    }


def _on_panel(holds: str, x: float, y: float, *place: float) -> list:
    """Return the panel nearest to a mark, and mark and place on it, from its upper left corner."""

    def off(panel: static.Panel) -> float:
        west, _, east, _ = panel.km
        return abs(x - min(max(x, west), east))

    panel = min((one for one in PANELS if one.holds == holds), key=off)
    west, south, east, north = panel.km
    rim = (east - west) / 80
    inside = min(max(x, west + rim), east - rim), min(max(y, south + rim), north - rim)
    return [panel.name, [round(v, 1) for pair in (inside, place) for v in _down(panel, *pair)]]


def _down(panel: static.Panel, x: float, y: float) -> tuple[float, float]:
    """Return a position in kilometres from the panel's upper left corner."""
    return x - panel.km[0], panel.km[3] - y


def _sources(table: pd.DataFrame, cited: list[str]) -> tuple[list[str], list[list]]:
    """Return publishers, and place of the publisher, title, date and address of what is cited."""
    rows = table.reindex(cited)[["publisher", "title", "published", "url"]].astype(object)
    rows["publisher"], publishers = pd.factorize(rows["publisher"])
    return publishers.tolist(), rows.where(rows.notna(), None).values.tolist()


def _record(spans: pd.DataFrame) -> dict[str, list[int | None]]:
    """Return by direction, for each route, the first year with a reliable record."""
    routes = [route.value for route in vocabulary("route")]
    return {
        str(way): [since.get(route) for route in routes]
        for way, rows in spans.groupby("direction", observed=True)
        for since in [register.record(rows)["since"].to_dict()]
    }


def _map(frames: Frames, columns: dict[str, list]) -> dict:
    """Return the panels: size, land and lines as paths, words; and how far a place can be off."""
    koreas, lines, dmz = (
        layers.project(frames.layer(name), layers.PENINSULA_CRS)
        for name in ("koreas", "lines", "dmz_band")
    )
    shapes = [
        ("north", koreas[koreas["adm0_a3"].eq("PRK")]),
        ("south", koreas[koreas["adm0_a3"].eq("KOR")]),
        ("dmz", dmz),
        ("mdl", lines[lines["part"].eq("mdl")]),
        ("nll", lines[lines["part"].isin(["nll_west", "nll_east"])]),
    ]
    radius = {basis.value: km for basis, km in mapping.RADIUS_KM.items()}
    spacing = {name: metres / 1000 for name, metres in static.spacing_m().items()}
    line = next(panel for panel in PANELS if panel.holds == "line")
    return {
        "panels": [
            _panel(panel, shapes)
            | {"spacing": spacing[panel.holds], "areas": _areas(panel, columns)}
            for panel in PANELS
        ],
        "jsa": [line.name, *_spot(line, *static.JSA)],
        "radius": [radius.get(term.value) for term in vocabulary("location_basis")],
        "fine": [int(term.value in static.FINE) for term in vocabulary("location_basis")],
    }


def _panel(panel: static.Panel, shapes: list[tuple[str, GeoDataFrame]]) -> dict:
    west, south, east, north = panel.km
    fine = (east - west) * 1000 * UNSEEN
    paths = []
    for name, shape in shapes:
        cut = shape.geometry.clip_by_rect(*(1000 * km for km in panel.km)).simplify(fine)
        path = "".join(_path(panel, one) for one in cut if not one.is_empty)
        if path:
            paths.append([name, path])
    length, x, y = panel.bar
    x, y = _down(panel, x, y)
    words = [[tr(text), *_spot(panel, lon, lat), ANCHORS[align], kind]
             for text, lon, lat, align, kind in panel.words]  # fmt: skip
    words.append([f"{length} km", x + length / 2, y - (north - south) / 60, "middle", "place"])
    return {
        "name": panel.name,
        "size": [east - west, north - south],
        "paths": [*paths, ["bar", f"M{x} {y}h{length}"]],
        "words": words,
    }


def _areas(panel: static.Panel, columns: dict[str, list]) -> list[list]:
    """Return the circles within which places lie: centre, radius, numbers of the incidents."""
    found: dict[tuple, list[int]] = {}
    for row, (name, at, basis) in enumerate(
        zip(columns["panel"], columns["at"], columns["location_basis"], strict=True)
    ):
        term = vocabulary("location_basis")[basis]
        if name == panel.name and at and term.value not in static.FINE:
            found.setdefault((*at[2:], mapping.RADIUS_KM[term]), []).append(row)
    return [[*circle, rows] for circle, rows in sorted(found.items())]


def _spot(panel: static.Panel, lon: float, lat: float) -> list[float]:
    """Return a position in kilometres from the panel's upper left corner."""
    return [round(v, 1) for v in _down(panel, *(m / 1000 for m in static.to_plane(lon, lat)))]


def _path(panel: static.Panel, shape: object) -> str:
    """Return a shape as the path of an SVG: steps of tenths of a kilometre."""
    parts = getattr(shape, "geoms", [shape])
    found = []
    for part in parts:
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            points = [tuple(round(v, 1) for v in _down(panel, x / 1000, y / 1000))
                      for x, y in ring.coords]  # fmt: skip
            points = [p for p, before in zip(points, [None, *points], strict=False) if p != before]
            if len(points) > 2 or part.geom_type != "Polygon":
                steps = "L".join(f"{x:g} {y:g}" for x, y in points)
                found.append(f"M{steps}{'Z' if part.geom_type == 'Polygon' else ''}")
    return "".join(found)

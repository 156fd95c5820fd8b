"""What the explorer shows, as plain values: the incidents and all that is said of them.

Lists instead of names, places in a list instead of codes: a page has to carry it all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import layers
from helpers.analysis import places as mapping
from helpers.analysis import register
from helpers.data.tables import TABLES
from helpers.data.tables.conflicts import CODED_FIELDS
from helpers.figures import map_direct_crossings as static
from helpers.figures import style
from helpers.publish.explorer.words import ENGLISH
from helpers.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    "incident_id": "id", "crossing_place": "place", "admin_area": "area", "detected_by": "detected",
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
#: Columns whose values are keys, not readings.
KEYS = {"source_ids", "decision_ids", "incident_id"}
PANELS = static.PANELS["column"][0]
#: A detail of the maps smaller than this share of their width is left out.
UNSEEN = 1 / 900


def content(frames: Frames, words: dict = ENGLISH) -> dict:
    """Return everything that the explorer shows of the tables and layers of a data folder.

    Parameters
    ----------
    frames : helpers.figures.frames.Frames
        The tables; ``incidents`` may be a part of the register.
    words : dict
        As :data:`helpers.publish.explorer.words.ENGLISH`.

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
    incidents = frames["incidents"].sort_values(["date", "incident_id"], ignore_index=True)
    contested, corrected = _contested(frames, words), _corrected(frames, words)
    decided = decisions(frames)
    cited = sorted({key for keys in incidents["source_ids"] for key in _keys(keys)})
    number = _places(cited)
    publishers, sources = _sources(frames["sources"], cited)
    told = _places(each for one in corrected.values() for each in one)
    ids = incidents["incident_id"]
    columns = _columns(incidents, words) | {
        "sources": [[number[key] for key in _keys(keys)] for keys in incidents["source_ids"]],
        "decisions": [
            [key for key in _keys(keys) if key in decided] for keys in incidents["decision_ids"]
        ],
        "contested": [contested.get(key, []) for key in ids],
        "corrections": [[told[each] for each in corrected.get(key, [])] for key in ids],
    }
    used = sorted({key for keys in columns["decisions"] for key in keys})
    return {
        "words": words,
        "columns": list(columns),
        "rows": [list(row) for row in zip(*columns.values(), strict=True)],
        "terms": {name: _terms(name) for name in CODED},
        "shapes": SHAPES,
        "signs": [[style.MARKERS.get(term.value, "o"), term.role] for term in _vocabulary("route")],
        "publishers": publishers,
        "sources": sources,
        "corrections": list(told),
        "decisions": {key: decided[key] for key in used},
        "armistice": round(register.ARMISTICE.year + register.ARMISTICE.day_of_year / 365, 2),
        "record": _record(frames["blind_years"]),
        "map": _map(frames, columns),
    }


def _vocabulary(column: str, table: str = "incidents") -> list:
    return list(TABLES[table].schema.columns[column].vocabulary)


def _terms(name: str) -> list[list[str]]:
    """Return code, label and, where it is shown, definition of each value of a column."""
    return [
        [term.value, term.label, *([term.definition] if name in DEFINED else [])]
        for term in _vocabulary(name)
    ]


def _keys(text: str | None) -> list[str]:
    return text.split(";") if isinstance(text, str) and text else []


def _places(things: Iterable) -> dict:
    """Return different things with their places in the list of them: a page has each once."""
    return {thing: place for place, thing in enumerate(dict.fromkeys(things))}


def _plain(column: pd.Series) -> list:
    """Return a column as plain values, ``None`` where one is missing."""
    return column.astype(object).where(column.notna(), None).tolist()


def _columns(incidents: pd.DataFrame, words: dict) -> dict[str, list]:
    """Return what each incident is by itself."""
    columns = {short: _plain(incidents[name]) for name, short in TEXTS.items()}
    days = incidents["date"].dt.strftime("%Y-%m-%d")
    length = incidents["date_precision"].astype(str).map({"year": 4, "month": 7, "day": 10})
    columns["date"] = [day[:end] for day, end in zip(days, length, strict=True)]
    middle = incidents["date"] + (incidents["date_end"] - incidents["date"]) / 2
    when = middle.dt.year + (middle.dt.day_of_year - 0.5) / (365 + middle.dt.is_leap_year)
    columns["when"] = when.round(2).tolist()
    for name in CODED:
        codes = [term.value for term in _vocabulary(name)]
        place = incidents[name].astype(object).map({code: n for n, code in enumerate(codes)})
        columns[name] = [None if pd.isna(n) else int(n) for n in place]
    for name in NUMBERS:
        columns[name] = [None if pd.isna(n) else int(n) for n in incidents[name]]
    columns["harm"] = [_harm(row, words) for row in incidents.itertuples()]
    counted = incidents["incident_id"].isin(register.direct(incidents)["incident_id"])
    columns["counted"] = counted.astype(int).tolist()
    columns["citizen"] = register.citizen(incidents).tolist()
    return columns | _marks(incidents, counted)


def _harm(row: tuple, words: dict) -> str | None:
    """Return who was wounded or killed, and by what; None where nobody is known to have been."""
    parts = []
    for name in ("wounded", "killed"):
        people, crossers, cause = (getattr(row, name + end) for end in ("", "_crossers", "_cause"))
        if pd.notna(people) and people:
            said = say(words[name], n=int(people), crossers=int(crossers))
            column = TABLES["incidents"].schema.columns[f"{name}_cause"]
            parts.append(": ".join(_known([said, _labelled(column, cause)])))
    return "; ".join(parts) or None


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


def _contested(frames: Frames, words: dict) -> dict[str, list]:
    """Return by incident each contested thing: its name, each value with who says it, the end."""
    table, publishers = frames["conflicts"], frames["sources"]["publisher"]
    table = table[table["record_table"].eq("incidents")]
    fields, reasons = (
        {term.value: term.label for term in _vocabulary(name, "conflicts")}
        for name in ("field", "reason")
    )
    found: dict[str, list] = {}
    for _, rows in table.groupby("conflict_id", sort=False):
        values = []
        for row in rows.itertuples():
            who = [row.said_by, *publishers.reindex(_keys(row.source_ids))]
            says = [", ".join(_known(who)), row.note, reasons[row.reason]]
            says += [words["taken"]] if row.chosen == "yes" else []
            values.append([_value(row), "; ".join(_known(says))])
        thing = ": ".join([fields[row.field], *_known([row.topic])])
        end = "" if rows["chosen"].eq("yes").any() else words["open"]
        found.setdefault(row.record_id, []).append([thing, values, end])
    return found


def _known(texts: Iterable) -> list[str]:
    return [text for text in texts if isinstance(text, str) and text]


def _value(row: tuple) -> str:
    """Return a published value with its unit, a code by its label."""
    vocabulary = CODED_FIELDS.get(row.field)
    if vocabulary and row.value in vocabulary.values():
        return vocabulary(row.value).label
    bare = isinstance(row.unit, str) and re.fullmatch(r"[\d.,]+", row.value)
    return f"{row.value} {row.unit}" if bare else row.value


class Correction(NamedTuple):
    """One correction in words: its key, which record of which table, what of it, what was done."""

    key: str
    table: str
    record: str
    field: str
    text: str


def corrections(frames: Frames, words: dict = ENGLISH) -> list[Correction]:
    """Return all corrections of a data folder, with what was done and why."""
    status = {term.value: term.label for term in _vocabulary("status", "corrections")}
    found = []
    for row in frames["corrections"].itertuples():
        name = words["fields"].get(row.field, row.field.replace("_", " "))
        column = TABLES[row.table].schema.columns.get(row.field)
        old, new = (_labelled(column, value) or words["empty"] for value in (row.old, row.new))
        # A text that stands is shown already: only what it said before is news.
        stands = row.status == "applied" and column is not None and column.kind == "text"
        said = say(words["before" if stands else "became"], old=old, new=new).rstrip(".")
        # Keys of documents are no reading: the reason says what became of them.
        said = "" if row.field in KEYS else said
        text = f"{'. '.join(_known([said, row.reason]))} ({status[row.status]})"
        found.append(Correction(row.Index, row.table, row.record_id, name, text))
    return found


def _corrected(frames: Frames, words: dict) -> dict[str, list]:
    """Return by incident its corrections: the column, and what was done and why."""
    found: dict[str, list] = {}
    for one in corrections(frames, words):
        if one.table == "incidents":
            found.setdefault(one.record, []).append((one.field, one.text))
    return found


def _labelled(column: object, value: str | None) -> str | None:
    if pd.isna(value):
        return None
    vocabulary = column.vocabulary if column is not None else None
    return {term.value: term.label for term in vocabulary or []}.get(value, value)


def decisions(frames: Frames) -> dict[str, list[str]]:
    """Return the title and the choice of each numbered decision of the data folder."""
    path = frames.data_dir / "DECISIONS.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    parts = re.findall(r"^## (d\d+) ([^\n]*)\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    choices = {key: re.search(r"\*\*Choice\.\*\* ([^\n]*)", body) for key, _, body in parts}
    return {
        key: [title, choices[key][1].replace("`", "") if choices[key] else ""]
        for key, title, _ in parts
    }


def _sources(table: pd.DataFrame, cited: list[str]) -> tuple[list[str], list[list]]:
    """Return publishers, and place of the publisher, title, date and address of what is cited."""
    rows = table.reindex(cited)[["publisher", "title", "published", "url"]].astype(object)
    rows["publisher"], publishers = pd.factorize(rows["publisher"])
    return publishers.tolist(), rows.where(rows.notna(), None).values.tolist()


def _record(spans: pd.DataFrame) -> dict[str, list[int | None]]:
    """Return by direction, for each route, the first year with a reliable record."""
    routes = [route.value for route in _vocabulary("route")]
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
        "radius": [radius.get(term.value) for term in _vocabulary("location_basis")],
        "fine": [int(term.value in static.FINE) for term in _vocabulary("location_basis")],
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
    words = [
        [text, *_spot(panel, lon, lat), ANCHORS[align], kind]
        for text, lon, lat, align, kind in panel.words
    ]
    length, x, y = panel.bar
    return {
        "name": panel.name,
        "size": [east - west, north - south],
        "paths": paths,
        "words": words,
        "bar": [length, *_down(panel, x, y)],
    }


def _areas(panel: static.Panel, columns: dict[str, list]) -> list[list]:
    """Return the circles within which places lie: centre, radius, numbers of the incidents."""
    found: dict[tuple, list[int]] = {}
    for row, (name, at, basis) in enumerate(
        zip(columns["panel"], columns["at"], columns["location_basis"], strict=True)
    ):
        term = _vocabulary("location_basis")[basis]
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

"""A page for each incident, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.layers import CREDIT
from helpers.publish.explorer.disputes import corrected, dispute
from helpers.publish.explorer.words import ENGLISH
from helpers.publish.site.render import page
from helpers.words import say


def pages(made: Mapping, base: str = "") -> dict[str, bytes]:
    """Return the pages of all incidents that ``content`` gives, and of their list, by file.

    ``base`` is the address of the site, if it has one.
    """
    rows = [_told(made, row) for row in made["rows"]]
    for row in rows:
        row["address"] = base and f"{base}incidents/{row['id']}.html"
    near = zip(rows, [None, *rows], [*rows[1:], None], strict=False)
    found = {
        f"incidents/{row['id']}.page": page("incident.html", **row, before=before, after=after)
        for row, before, after in near
    }
    return found | {"incidents/index.page": page("incidents.html", rows=rows)}


def _told(made: Mapping, row: list) -> dict[str, object]:
    """Return what is told of an incident: as the explorer has it, and with its codes in words."""
    one = dict(zip(made["columns"], row, strict=True))
    terms = {
        name: ["", ENGLISH["unknown"]] if one[name] is None else values[one[name]]
        for name, values in made["terms"].items()
    }
    area = None if one["area"] is None else made["areas"][one["area"]]
    label = {name: term[1] for name, term in terms.items()}
    defined = {name: ": ".join(term[1:]) for name, term in terms.items()}
    people = ENGLISH["people_unknown" if one["people"] is None else "people_known"]
    km = made["map"]["radius"][one["location_basis"]]
    within = say(ENGLISH["within"], km=f"{km:g}") if km else ""
    whom = label["shots_at"] if terms["shots_fired"][0] == "yes" else ""
    rounds = say(ENGLISH["rounds"], n=one["shots_count"]) if one["shots_count"] else ""
    facts = {
        "event_type": defined["event_type"],
        "note": one["note"],
        **{name: label[name] for name in ("direction", "route", "means")},
        "people": say(people, people=one["people"] or 0),
        **{name: label[name] for name in ("affiliation", "nationality", "outcome")},
        "shots_fired": _joined("; ", label["shots_fired"], rounds, whom),
        "harm": one["harm"],
        "place": _joined("; ", one["place"], area),
        "known_how": _joined(" ", defined["location_basis"], within),
        "detected": one["detected"],
        "confidence": defined["confidence"],
        "differ": one["differ"],
        "link": one["id"],
    }
    where = _joined(": ", label["route"], one["place"] or area)
    return one | {
        "title": f"{one['date']}, {where}",
        "kind": label["event_type"],
        "decade": f"{one['year'] // 10 * 10}s",
        "facts": facts,
        "sources_cited": [
            (made["publishers"][who], *rest)
            for who, *rest in (made["sources"][n] for n in one["sources"])
        ],
        "area": area,
        "contested": [dispute(thing, made["publishers"]) for thing in one["contested"]],
        "corrections": [corrected(*made["corrections"][n]) for n in one["corrections"]],
        "map": _mapped(made, one),
        "decisions": [(key, *made["decisions"][key]) for key in one["decisions"]],
    }


def _mapped(made: Mapping, one: Mapping) -> dict[str, object] | None:
    """Return the map that holds an incident, with its sign there; None where none does.

    As in the explorer, but at the place itself: no other sign is in the way.
    """
    if not one["panel"]:
        return None
    maps = made["map"]
    panel = next(panel for panel in maps["panels"] if panel["name"] == one["panel"])
    place = one["at"][2:] if one["at"] else maps["jsa"][1:]
    wide, size = panel["size"][0], panel["size"][0] / 90
    shape, role = made["signs"][one["route"]] if one["counted"] else ("o", "other")
    known = not one["at"] or maps["fine"][one["location_basis"]]
    full = one["citizen"] == "North" if role == "subject" else known
    return panel | {
        "x": min(max(place[0], size), wide - size),
        "y": min(max(place[1], size), panel["size"][1] - size),
        "scale": round(size, 2),
        "sign": made["shapes"][shape],
        "look": f"{role} {'full' if full else 'open'}",
        "radius": None if known else maps["radius"][one["location_basis"]],
        "known": ENGLISH["key_place" if known else "key_area"]
        if one["at"]
        else "the Joint Security Area",
        "credit": CREDIT,
    }


def _joined(mortar: str, *texts: str | None) -> str:
    return mortar.join(dict.fromkeys(filter(None, texts)))

"""States of the data that nobody planned for: valid rows added, rows taken out, tables grown.

A world is a name and the edits that make it from the project's data. Only the tables that differ
are written, as ``--data`` takes them. Each must pass ``crossings check``: a test holds that. The
data here are invented; no such crossing took place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

from helpers.data import overlay
from tests.conftest import ROOT

DATA = ROOT / "data"
POINTS = {
    "jsa": ("37.956", "126.677"),
    "dmz_land": ("38.32", "127.20"),
    "han_estuary": ("37.75", "126.50"),
    "yellow_sea": ("37.80", "125.50"),
    "east_sea": ("38.40", "128.60"),
    "air": ("37.60", "126.80"),
}
MEANS = {
    "jsa": "foot", "dmz_land": "foot", "han_estuary": "swim", "yellow_sea": "boat",
    "east_sea": "boat", "air": "aircraft",
}  # fmt: skip
SOURCES = [
    "yonhap-20250824", "segye-20260204", "news1-20260204", "newsis-20241022",
]  # fmt: skip


class Tables:
    """The project's tables as text, to be edited; those that were are written."""

    def __init__(self) -> None:
        self._read: dict[str, list[dict[str, str]]] = {}
        self.paths = {path.stem: path.relative_to(DATA) for path in DATA.glob("*/*.csv")}
        self.paths |= {path.stem: path.relative_to(DATA) for path in DATA.glob("*.csv")}

    def __getitem__(self, name: str) -> list[dict[str, str]]:
        if name not in self._read:
            with (DATA / self.paths[name]).open(encoding="utf-8", newline="") as file:
                self._read[name] = list(csv.DictReader(file))
        return self._read[name]

    def keep(self, name: str, wanted: Callable[[dict[str, str]], bool]) -> None:
        """Keep only the rows that are wanted, and the sources that some row still names."""
        self[name][:] = [row for row in self[name] if wanted(row)]
        if name != "sources":
            columns = ("source_ids", "conflict_source_ids", "first_hand_ids")
            named = {
                key
                for other in self.paths
                if other != "sources"
                for row in self[other]
                for column in columns
                for key in row.get(column, "").split(";")
            }
            self.keep("sources", lambda row: row["source_id"] in named)

    def add(self, name: str, like: int | dict[str, str] = -1, **cells: str) -> dict[str, str]:
        """Add a row after the one it is like, and return it."""
        rows = self[name]
        model = rows[like] if isinstance(like, int) else like
        row = model | cells
        rows.insert(rows.index(model) + 1, row)
        return row

    def write(self, folder: Path) -> Path:
        """Write every table that was read."""
        if "incidents" in self._read:
            self["incidents"].sort(key=lambda row: (row["date"], row["incident_id"]))
        for name, rows in self._read.items():
            with (DATA / self.paths[name]).open(encoding="utf-8", newline="") as file:
                header = csv.DictReader(file).fieldnames
            text = io.StringIO()
            writer = csv.DictWriter(text, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            path = folder / self.paths[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return folder


Edit = Callable[[Tables], object]


def incident(
    tables: Tables,
    date: str,
    route: str,
    direction: str = "north_to_south",
    place: bool = True,
    sources: int = 1,
    **cells: str,
) -> None:
    """Add an incident; what is not said is the plainest there is."""
    header = tables["incidents"][0].keys()
    row = dict.fromkeys(header, "") | {
        "incident_id": f"{date}-{route.replace('_', '-')}-invented-{len(tables['incidents'])}",
        "date": date,
        "date_precision": {4: "year", 7: "month", 10: "day"}[len(date)],
        "event_type": "direct_defection",
        "direction": direction,
        "route": route,
        "means": MEANS[route],
        "people": "1",
        "nationality": "north_korean" if direction == "north_to_south" else "south_korean",
        "affiliation": "civilian",
        "shots_fired": "unknown",
        "shots_at": "unknown",
        "location_basis": "not_located",
        "outcome": "arrived",
        "confidence": "high" if sources > 1 else "low",
        "summary": "Invented for a test; no such crossing took place.",
        "source_ids": ";".join(sorted(SOURCES[:sources])),
    }
    if place:
        row |= dict(zip(("lat", "lon"), POINTS[route], strict=True))
        row["location_basis"] = "place_centroid"
    tables["incidents"].append(row | cells)


def forget(tables: Tables, gone: Callable[[dict[str, str]], bool]) -> None:
    """Take incidents out, with what other tables say of them."""
    ids = {row["incident_id"] for row in tables["incidents"] if gone(row)}
    tables.keep("incidents", lambda row: row["incident_id"] not in ids)
    tables.keep("conflicts", lambda row: row["record_id"] not in ids)
    tables.keep("claim_evidence", lambda row: row["record_id"] not in ids)
    tables.keep("exclusions", lambda row: row["kept_id"] not in ids)
    tables.keep("corrections", lambda row: row["record_id"] not in ids)


def direct(row: dict[str, str]) -> bool:
    """Tell whether a row counts as a direct crossing to the South."""
    return row["event_type"] == "direct_defection" and row["direction"] == "north_to_south"


def year(tables: Tables, number: int, people: int, status: str = "final", parts: str = "") -> None:
    """Add a year of arrivals, split into quarters, halves or nothing."""
    official = [row for row in tables["arrivals_annual"] if row["series"] == "official_main"]
    women = people * 7 // 8
    name = str(number)
    tables.add(
        "arrivals_annual", official[-1], period=name, period_start=name, period_end=name,
        people=str(people), men=str(people - women), women=str(women), status=status, note="",
    )  # fmt: skip
    names = {"quarters": ["q1", "q2", "q3", "q4"], "halves": ["h1", "h2"]}.get(parts, [])
    part(tables, number, names, people, women, "published" if status == "final" else status)


def part(
    tables: Tables,
    number: int,
    names: list[str],
    people: int,
    women: int,
    status: str = "published",
) -> None:
    """Add parts of a year, equal but for the last."""
    for place, name in enumerate(names):
        last = place == len(names) - 1
        every, each = divmod(people, len(names) or 1)[0], women // (len(names) or 1)
        of_all = people - every * (len(names) - 1) if last else every
        of_women = women - each * (len(names) - 1) if last else each
        tables.add(
            "arrivals_quarterly", year=str(number), part=name, people=str(of_all),
            men=str(of_all - of_women), women=str(of_women), status=status,
            split_status="published", note="",
        )  # fmt: skip


def final(tables: Tables) -> None:
    """Make every year of arrivals final."""
    for row in tables["arrivals_annual"]:
        if row["series"] == "official_main":
            row["status"] = "final"


def arrivals(tables: Tables, wanted: Callable[[dict[str, str]], bool]) -> None:
    """Keep only some rows of yearly arrivals, and what rests on no other."""
    tables.keep("arrivals_annual", wanted)
    tables.keep("profile_cumulative", lambda row: row["dimension"] != "sex")
    tables.keep("profile_checks", lambda row: row["dimension"] != "sex")
    tables.keep("claim_evidence", lambda row: row["record_table"] != "arrivals_annual")
    claims = {row["claim_id"] for row in tables["claim_evidence"]}
    tables.keep("report_claims", lambda row: row["claim_id"] in claims)


def profile(tables: Tables, month: str) -> None:
    """Add a profile of a later month: a tenth more of everybody."""
    rows = [row for row in tables["profile_cumulative"] if row["as_of"] == "2020-03"]
    for row in rows:
        new = row | {"as_of": month, "as_of_basis": "published"}
        tables["profile_cumulative"].append(new)
    for row in [row for row in tables["profile_checks"] if row["as_of"] == "2020-03"]:
        tables["profile_checks"].append(row | {"as_of": month})


def _many(tables: Tables) -> None:
    for number, route in enumerate([*POINTS, "yellow_sea", "dmz_land", "jsa", "east_sea"]):
        day = f"2026-0{1 + number % 9}-1{number % 10}"
        incident(tables, day, route, place=number % 2 == 0, people=str(1 + number))


SOLDIER = {"affiliation": "soldier", "nationality": "north_korean"}
SHOT = {"shots_fired": "yes", "shots_at": "crossers", "shots_count": "40"}
QUIET = {"shots_fired": "no", "shots_at": "not_applicable"}
UNKNOWN = {"affiliation": "soldier", "nationality": "unknown"}


def came(date: str, route: str, **cells: object) -> Edit:
    return partial(incident, date=date, route=route, **cells)


def gone(wanted: Callable[[dict[str, str]], bool]) -> Edit:
    return partial(forget, gone=wanted)


def added(table: str, like: int = -1, **cells: str) -> Edit:
    return lambda tables: tables.add(table, like, **cells)


def kept(table: str, wanted: Callable[[dict[str, str]], bool]) -> Edit:
    return lambda tables: tables.keep(table, wanted)


def _route(tables: Tables) -> None:
    like = next(row for row in tables["routes"] if row["route_id"] == "cn_mongolia_east")
    new = {"route_id": "invented_russia", "name": "Invented, by Russia"}
    tables["routes"].append(like | new)
    stops = [("CHN", "origin"), ("RUS", "exit"), ("KOR", "destination")]
    for stop, (country, role) in enumerate(stops, 1):
        tables.add(
            "waypoints", route_id="invented_russia", stop=str(stop), country=country,
            place=country, role=role, lat="", lon="", precision="not_located",
        )  # fmt: skip


def _total(tables: Tables) -> None:
    wanted = "unification_briefings", "direct_all"
    like = next(r for r in tables["official_totals"] if (r["series"], r["measure"]) == wanted)
    tables.add(
        "official_totals", like, total_id="invented-direct-2024-2025", period="2024 to 2025",
        period_start="2024", period_end="2025", value_low="14", value_best="14",
        value_high="14", note="",
    )  # fmt: skip


def price(year: str, low: str, high: str) -> Edit:
    return added(
        "route_costs", cost_id=f"invented-{year}", leg="river_crossing", period=year,
        period_start=year, period_end=year, amount_low=low, amount_best="", amount_high=high,
        currency="usd", who_says="Invented",
    )  # fmt: skip


WORLDS: dict[str, list[Edit]] = {
    "today": [],
    "land soldiers 2025": [came("2025-11-03", "dmz_land", place=False, people="2", **SOLDIER)],
    "jsa 2025": [came("2025-12-01", "jsa", **SOLDIER)],
    "jsa 2026 shot at": [came("2026-02-14", "jsa", **SOLDIER, **SHOT)],
    "jsa 2026 unknown soldier": [came("2026-03-01", "jsa", **UNKNOWN)],
    "jsa 1958": [came("1958-06-01", "jsa", **QUIET)],
    "jsa by month": [came("1995-04", "jsa", sources=3)],
    "east sea boat": [came("2025-12-20", "east_sea", place=False, people="4")],
    "yellow sea boat 2026": [came("2026-05-20", "yellow_sea", people="3")],
    "yellow sea boat 1999": [came("1999-05-20", "yellow_sea", people="3")],
    "boat of 1958 without a place": [
        came("1958", "yellow_sea", place=False, people="7", sources=2)
    ],
    "estuary 2005": [came("2005-07", "han_estuary", sources=4, **UNKNOWN, **SHOT)],
    "air 2010": [came("2010-10-10", "air", affiliation="pilot")],
    "land 1950": [came("1950-05-05", "dmz_land")],
    "northward by each route": [
        came(f"20{10 + n}-08-0{n}", route, direction="south_to_north")
        for n, route in enumerate(POINTS, 1)
    ],
    "northward of unknown people": [
        came(
            "1966-01-01", "dmz_land", direction="south_to_north", nationality="unknown",
            affiliation="unknown",
        )
    ],
    "ten at once": [_many],
    "unclear in the jsa": [
        came(
            "2024-01-05", "jsa", event_type="unclear", outcome="unknown",
            event_note="Invented: nobody knows how it ended.",
        )
    ],
    "every third crossing gone": [gone(lambda row: direct(row) and hash3(row["incident_id"]))],
    "nothing by air": [gone(lambda row: row["route"] == "air")],
    "nothing by the east sea": [gone(lambda row: direct(row) and row["route"] == "east_sea")],
    "nothing since 2018": [gone(lambda row: direct(row) and row["date"] > "2018")],
    "nothing before 2002": [gone(lambda row: direct(row) and row["date"] < "2002")],
    "jsa of one case": [
        gone(lambda row: direct(row) and row["route"] == "jsa" and row["date"] != "2017-11-13")
    ],
    "no one went north": [gone(lambda row: row["direction"] == "south_to_north")],
    "2025 final": [final],
    "first half of 2026": [final, partial(part, number=2026, names=["h1"], people=106, women=97)],
    "2026 provisional of 12": [final, partial(year, number=2026, people=12, status="provisional")],
    "2026 with quarters": [
        partial(year, number=2026, people=4000, status="provisional", parts="quarters")
    ],
    "2026 and 2027": [
        final,
        partial(year, number=2026, people=214, status="provisional", parts="halves"),
        partial(year, number=2027, people=4000, status="provisional"),
    ],
    "three quarters of 2026": [partial(part, number=2026, names=["h1", "q3"], people=90, women=80)],
    "arrivals of four years": [
        partial(arrivals, wanted=lambda row: row["period"] in {"2011", "2012", "2019", "2021"})
    ],
    "a new route": [_route],
    "prices in dollars": [
        price("2025", "900", ""), price("2022", "9000", "9500"), price("2015", "20000", "20500"),
    ],
    "share for Thailand of 2010": [
        added(
            "route_shares", 1, share_id="invented-2010", period="2010", period_start="2010",
            period_end="2010", value_best="50",
        )
    ],
    "little on the routes": [
        kept("profile_cumulative", lambda row: row["as_of"] == "2020-03"),
        kept("profile_checks", lambda row: row["as_of"] == "2020-03"),
        kept("route_costs", lambda row: row["leg"] == "whole_journey"),
        kept("route_shares", lambda row: row["measure"] == "home_province"),
        kept(
            "route_estimates",
            lambda row: row["measure"] == "forced_returns" or row["period"] == "2009",
        ),
        kept("waypoints", lambda row: row["route_id"] == "cn_sea"),
    ],
    "profile of 2026": [partial(profile, month="2026-06")],
    "new official total": [_total],
    "new border event": [
        added(
            "border_events", event_id="2026-04-01-invented-opening", date="2026-04-01",
            date_end="", event="Invented: a bridge opens.",
        )
    ],
    "one border event": [kept("border_events", lambda row: row["date"] == "2020-01")],
    "new claim": [
        added("report_claims", claim_id="rc17", claim="An invented claim on routes."),
        added("claim_evidence", claim_id="rc17"),
    ],
    "new price": [
        added(
            "route_costs", cost_id="invented-price-2026", period="2026", period_start="2026",
            period_end="2026",
        )
    ],
}  # fmt: skip
"""Each world's edits, by name."""

TOGETHER = [
    "today",
    "jsa 2026 shot at + a new route",
    "jsa 2026 unknown soldier + profile of 2026",
    "jsa 1958 + yellow sea boat 1999 + estuary 2005 + first half of 2026 + new claim",
    "jsa by month + east sea boat + one border event",
    "land 1950 + boat of 1958 without a place + 2026 with quarters",
    "northward by each route + unclear in the jsa + 2026 and 2027",
    "ten at once + new official total",
    "every third crossing gone + three quarters of 2026",
    "nothing by air + jsa of one case + no one went north",
    "nothing before 2002 + new price",
]
"""Worlds of `make test`: several at once, of other tables or routes, so that a sentence that fails
tells which. `make worlds` tries each alone, and those that are near to others."""


def hash3(text: str) -> bool:
    """Tell one text in three from the others, always the same."""
    return sum(map(ord, text)) % 3 == 0


def whole(name: str, folder: Path) -> Path:
    """Write a whole data folder of a world, or of several at once, and return it."""
    edits = [edit for one in name.split(" + ") for edit in WORLDS[one]]
    if not edits:
        return DATA
    tables = Tables()
    for edit in edits:
        edit(tables)
    return completed(tables, folder)


def completed(tables: Tables, folder: Path) -> Path:
    """Write a whole data folder with the tables that differ, and return it."""
    return overlay.whole(tables.write(folder / "part"), DATA, folder / "data")

"""How many plausible slips of a careful person `crossings check` tells, by kind.

A slip is one edit of one row, or of one map layer, that the rest of the folder or plain sense
contradicts. Rows are chosen by what they hold, first, last and between, so the list outlives
today's rows. Each slip is made alone and checked; what the check says of the folder without it
does not count. Run by hand: ``python benchmarks/slips.py [--kind WORD] [--all]``.
"""

# ruff: noqa: B023, E501, E731 - a row a slip reads better than one folded in four
from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from helpers.data import check
from helpers.data.columns import Table
from helpers.data.faults import Fault
from helpers.data.tables import TABLES
from helpers.layers import FILES
from helpers.paths import data_dir

Row = dict[str, str]
Test = Callable[[Row], bool]


class Slip(NamedTuple):
    """One slip: its kind, where it is, what contradicts it, and the file with it made."""

    kind: str
    file: str
    place: str
    why: str
    line: int
    write: Callable[[Path], None]


def rows_of(name: str) -> list[Row]:
    """Return the rows of a table as text."""
    with (data_dir() / TABLES[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {name: rows_of(name) for name in TABLES}
CONTESTED = {row["record_id"] for row in ROWS["conflicts"]}
NAMED = CONTESTED | {
    row[column]
    for name, column in [
        ("corrections", "record_id"), ("exclusions", "kept_id"), ("claim_evidence", "record_id"),
    ]
    for row in ROWS[name]
}  # fmt: skip


def writer(name: str, rows: list[Row]) -> Callable[[Path], None]:
    """Return the function that writes a table into a folder."""

    def write(folder: Path) -> None:
        with (folder / TABLES[name].path).open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, TABLES[name].columns, lineterminator="\n")
            out.writeheader()
            out.writerows(rows)

    return write


def spread(found: list[int], times: int) -> list[int]:
    """Return some of the places found: first, last and between."""
    if len(found) <= times:
        return found
    return [found[round(step * (len(found) - 1) / max(1, times - 1))] for step in range(times)]


DROP, TWICE = "drop", "twice"
SLIPS: list[Slip] = []


def slip(
    kind: str, table: str, why: str, where: Test, times: int = 1, how: str = "", /, **cells: object
) -> None:
    """Add slips: ``cells`` hold a new value or a function of the row, in the rows of ``where``."""
    rows, found = ROWS[table], {}
    for place, row in enumerate(rows):
        if not where(row):
            continue
        new = {name: cell(row) if callable(cell) else cell for name, cell in cells.items()}
        if how or (None not in new.values() and any(row[name] != new[name] for name in new)):
            found[place] = row | new
    if not found:
        print(f"no row for: {kind}, {table}, {why}", file=sys.stderr)
    for place in spread([*found], times):
        edited = rows[:place] + [found[place]] * (how != DROP) + rows[place + 1 :]
        if how == TWICE:
            edited = [*rows, found[place]]
        line = len(rows) + 2 if how == TWICE else place + 2
        key = "_".join(rows[place][name] for name in TABLES[table].primary_key)
        what = ", ".join(f"{n} {rows[place][n]!r} -> {found[place][n]!r}" for n in cells) or how
        where_to = f"{table} {key}: {what}"
        SLIPS.append(Slip(kind, TABLES[table].path, where_to, why, line, writer(table, edited)))


def swap(one: str, other: str) -> dict[str, Callable[[Row], str]]:
    """Return cells that exchange two columns."""
    return {one: lambda row: row[other], other: lambda row: row[one]}


def number(cell: str, change: Callable[[float], float], digits: int = 5) -> str | None:
    """Return a number changed, None for an empty cell."""
    return f"{round(change(float(cell)), digits):g}" if cell else None


def of(**wanted: str) -> Test:
    """Return the test that a row holds these cells; '' any value, '!' no value."""
    return lambda row: all(
        (row[name] == value) if value not in ("", "!") else bool(row[name]) == (value == "")
        for name, value in wanted.items()
    )


def says(column: str, pattern: str, **wanted: str) -> Test:
    """Return the test that a cell matches a pattern, beside other cells."""
    return lambda row: bool(re.search(pattern, row[column])) and of(**wanted)(row)


def free(test: Test, of: set[str] = CONTESTED) -> Test:
    """Return ``test`` for incidents on which no contested value speaks, or no table at all."""
    return lambda row: test(row) and row["incident_id"] not in of


def later(date: str, years: int) -> str:
    """Return a date some years on."""
    return f"{int(date[:4]) + years}{date[4:]}"


CROSSING = of(event_type="direct_defection", direction="north_to_south")
DAY = of(date_precision="day")
SOLDIER = of(
    event_type="direct_defection", direction="north_to_south", affiliation="soldier",
    nationality="north_korean",
)  # fmt: skip
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def said(column: str) -> Test:
    """Return the test that the summary names the number of a column in words."""
    return lambda row: (
        row[column] in map(str, range(2, 13))
        and (WORDS[int(row[column]) - 2] in row["summary"].lower().split()[:8])
    )


def incidents() -> None:
    """Add slips in the register."""
    table = "incidents"
    why = "the id begins with the date"
    other = lambda row: f"{row['date'][:8]}{(int(row['date'][8:]) + 9) % 28 + 1:02d}"
    slip("date and id", table, why, free(DAY), 3, date=other)
    slip("date and id", table, why, free(DAY), 3, date=lambda r: later(r["date"], -1))
    exchanged = lambda r: f"{r['date'][:5]}{r['date'][8:]}-{r['date'][5:7]}"
    both = lambda r: free(DAY)(r) and int(r["date"][8:]) < 13
    slip("day and month exchanged", table, why, both, 4, date=exchanged)
    month = free(of(date_precision="month"))
    slip("date and id", table, why, month, 2,
         date=lambda r: f"{r['date'][:5]}{int(r['date'][5:]) % 12 + 1:02d}")  # fmt: skip
    why = "every source was published before"
    slip("date and sources", table, why, free(lambda r: CROSSING(r) and r["date"] < "2020", NAMED), 4,
         date=lambda r: later(r["date"], 5),
         incident_id=lambda r: later(r["incident_id"], 5))  # fmt: skip
    old = "joongang-198308-1706532"
    slip("date and sources", table, "the source was published before", lambda r: r["date"] > "2000",
         3, source_ids=old)  # fmt: skip
    why = "North Koreans who stayed in the South did not go north"
    slip("direction", table, why, free(SOLDIER), 3, direction="south_to_north")
    civil = of(event_type="direct_defection", route="yellow_sea", nationality="north_korean")
    slip("direction", table, why, free(civil), 2, direction="south_to_north")
    slip("direction", table, "soldiers of the South do not flee to the South", free(
        of(event_type="direct_defection", nationality="american", affiliation="soldier")), 2,
        direction="north_to_south")  # fmt: skip
    slip("direction", table, "a drift to the South", free(of(event_type="drift")), 1,
         direction="south_to_north")  # fmt: skip
    for one, new in [("jsa", "dmz_land"), ("yellow_sea", "east_sea"), ("east_sea", "yellow_sea"),
                     ("han_estuary", "yellow_sea"), ("air", "dmz_land"), ("dmz_land", "east_sea"),
                     ("china_border", "russia")]:  # fmt: skip
        slip("route", table, "id, place or point say another", of(route=one), 2, route=new)
    slip("means", table, "no way by this route", of(route="air"), 2, means="foot")
    slip(
        "means", table, "no way by this route", of(route="dmz_land", means="foot"), 2, means="boat"
    )
    slip(
        "means", table, "no way by this route", of(route="east_sea", means="boat"), 2, means="foot"
    )
    slip("means", table, "the summary says swam", says("summary", "swam", means="swim"), 2,
         means="aircraft")  # fmt: skip
    land = lambda county: lambda r: county in r["admin_area"] and r["lat"] != ""
    slip("point and area", table, "the county lies elsewhere", land("Goseong county"), 2,
         lat="38.097", lon="127.024")  # fmt: skip
    slip("point and area", table, "the county lies elsewhere", land("Yeoncheon county"), 2,
         lat="38.525", lon="128.379")  # fmt: skip
    slip("point and area", table, "the point lies elsewhere", land("Cheorwon county"), 2,
         admin_area="Gangwon (Goseong county)")  # fmt: skip
    slip("point and area", table, "the point lies elsewhere", land("Ganghwa-gun"), 2,
         admin_area="Ongjin-gun, Incheon")  # fmt: skip
    slip("point and area", table, "digits exchanged", land("Ongjin-gun"), 2,
         lat=lambda r: number(r["lat"], lambda x: x - 1.2))  # fmt: skip
    slip("point and area", table, "another coast", of(route="east_sea", lat=""), 2,
         lon=lambda r: number(r["lon"], lambda x: x - 3))  # fmt: skip
    slip("point and area", table, "a digit of the longitude", of(route="dmz_land", lat=""), 3,
         lon=lambda r: number(r["lon"], lambda x: x + (1 if x < 127.5 else -1)))  # fmt: skip
    abroad = of(route="third_country_posting", lat="")
    slip("point and country", table, "another country", abroad, 3, lat="52.52", lon="13.4")
    slip("point and country", table, "west is below 0", lambda r: r["lon"].startswith("-"), 2,
         lon=lambda r: r["lon"][1:])  # fmt: skip
    slip("point and country", table, "lat and lon exchanged", of(route="china_border", lat=""), 2,
         **swap("lat", "lon"))  # fmt: skip
    slip("point and country", table, "in China", of(route="china_border", lat=""), 2,
         lat="37.57", lon="126.98")  # fmt: skip
    slip("outside the JSA", table, "the JSA is small", of(route="jsa", lat=""), 2,
         lat="38.03", lon="126.9")  # fmt: skip
    slip("outside the JSA", table, "the place is elsewhere", free(land("Yeoncheon county")), 2,
         route="jsa")  # fmt: skip
    slip("nationality", table, "a soldier of the North", free(SOLDIER), 3,
         nationality="south_korean")  # fmt: skip
    slip("nationality", table, "a soldier of the South", free(of(
        event_type="direct_defection", direction="south_to_north", affiliation="soldier")), 2,
        nationality="north_korean")  # fmt: skip
    slip("nationality", table, "fishers who came from the North", free(of(
        event_type="direct_defection", direction="north_to_south", affiliation="fisher")), 2,
        nationality="south_korean")  # fmt: skip
    slip("confidence", table, "one source", free(lambda r: CROSSING(r) and ";" not in
         r["source_ids"]), 3, confidence="high")  # fmt: skip
    slip("confidence", table, "one source", free(of(confidence="high")), 3,
         source_ids=lambda r: r["source_ids"].split(";")[0])  # fmt: skip
    why = "the summary says how many"
    slip("number in summary", table, why, free(said("people")), 6,
         people=lambda r: str(int(r["people"]) + 1))  # fmt: skip
    slip("number in summary", table, why, free(lambda r: said("people")(r) and CROSSING(r)), 3,
         people=lambda r: str(int(r["people"]) * 10))  # fmt: skip
    slip("number in summary", table, "the summary says how many died",
         says("summary", "(two|three|five) (\\w+ ){0,2}(died|drowned)", killed=""), 3,
         killed=lambda r: str(int(r["killed"]) + 4))  # fmt: skip
    slip("affiliation in summary", table, "the summary names a soldier", free(
        says("summary", r"soldier|sergeant|private", affiliation="soldier")), 3,
        affiliation="fisher")  # fmt: skip
    slip("affiliation in summary", table, "an aircraft has a pilot", of(route="air",
         affiliation="pilot"), 2, affiliation="fisher")  # fmt: skip
    slip("before the armistice", table, "no crossing of this line before it",
         of(incident_id="1953-07-31-mideast-front-captain"), 1, date="1953-07-13",
         incident_id="1953-07-13-mideast-front-captain")  # fmt: skip
    slip("before the armistice", table, "no crossing of this line before it", CROSSING, 2, TWICE,
         date="1952-03-04", incident_id="1952-03-04-new-row", event_note="")  # fmt: skip
    why = "more than the office counts in the year"
    for year in ("2012", "2013", "2015", "2017"):
        slip("register above a total", table, why, lambda r, y=year: free(CROSSING)(r)
             and r["date"].startswith(y) and r["people"] < "3", 1, people="40")  # fmt: skip
    slip("same event", table, "one event once", free(lambda r: CROSSING(r) and DAY(r) and
         r["lat"] != ""), 3, TWICE, incident_id=lambda r: r["date"] + "-another")  # fmt: skip
    slip("harm", table, "the summary says under fire", says("summary", "under fire|shot dead",
         shots_fired="yes", shots_count="!"), 2, shots_fired="no", shots_at="not_applicable")  # fmt: skip
    slip("harm", table, "more wounded than the words say", of(wounded="1"), 2, wounded="11")
    slip("event type", table, "the id says drift", free(says("incident_id", "-drift-")), 2,
         event_type="direct_defection", outcome="arrived")  # fmt: skip
    slip("event type", table, "the id says attempt", free(says("incident_id", "-attempt$")), 2,
         event_type="direct_defection", outcome="arrived")  # fmt: skip


def keys() -> None:
    """Add slips in keys, corrections, exclusions and conflicts."""
    for table in TABLES:
        if "decision_ids" in TABLES[table].columns:
            slip("decision", table, "no decision has this number", lambda r: True, 1,
                 decision_ids="d918")  # fmt: skip
    slip("correction", "corrections", "no such row", of(table="incidents", status="applied"), 2,
         record_id=lambda r: r["record_id"] + "-x")  # fmt: skip
    slip("correction", "corrections", "no such row", lambda r: r["table"] != "incidents", 2,
         record_id=lambda r: r["record_id"] + "-x")  # fmt: skip
    coded = lambda r: (r["field"] in ("confidence", "event_type", "people", "outcome", "admin_area",
                       "direction", "lat", "date") and r["status"] == "applied" and r["old"]
                       and r["new"] and r["table"] == "incidents")  # fmt: skip
    slip("correction", "corrections", "old and new exchanged", coded, 4, **swap("old", "new"))
    slip("correction", "corrections", "the table holds another value", coded, 3,
         new=lambda r: {"low": "high", "medium": "low"}.get(r["new"], r["new"] + "0"))  # fmt: skip
    slip("correction", "incidents", "a correction set another value",
         lambda r: any(c["record_id"] == r["incident_id"] and c["field"] == "confidence" and
                       c["status"] == "applied" for c in ROWS["corrections"]), 2,
         confidence=lambda r: "medium" if r["confidence"] != "medium" else "low")  # fmt: skip
    slip("exclusion", "exclusions", "no such row", of(kind="merged", table="incidents"), 1,
         kept_id=lambda r: r["kept_id"][:-1])  # fmt: skip
    slip("exclusion", "exclusions", "no such row", lambda r: r["table"] in ("sources",
         "official_totals", "route_estimates") and r["kept_id"], 3,
         kept_id=lambda r: r["kept_id"][:-1] + "x")  # fmt: skip
    slip("exclusion", "exclusions", "no such table", lambda r: True, 1, "", table="incident")
    slip("exclusion", "exclusions", "the excluded row still stands", of(kind="dropped"), 2,
         table="incidents", item="2003-04-06-east-sea-family-jumunjin")  # fmt: skip
    slip("exclusion", "exclusions", "the excluded row still stands", of(kind="merged",
         table="incidents"), 1, item="2018-12-01-goseong-soldier, among the crossings")  # fmt: skip
    slip("exclusion", "sources", "an excluded address still stands", of(kind="news"), 1, TWICE,
         source_id="another-2001", url=lambda r: next(x["url"] for x in ROWS["exclusions"]
         if x["kind"] == "dropped" and x["url"].startswith("http")))  # fmt: skip
    low = lambda r: r["value_low"] and r["value"].startswith(r["value_low"])
    slip("chosen value", "conflicts", "the value says another number", low, 3,
         value_low=lambda r: number(r["value_low"], lambda x: x * 10),
         value_high=lambda r: number(r["value_high"], lambda x: x * 10))  # fmt: skip
    slip("chosen value", "conflicts", "outside its own low and high", lambda r: low(r) and
         r["chosen"] == "yes", 3,
         value=lambda r: r["value"].replace(r["value_low"], str(int(float(r["value_low"])) + 7), 1))  # fmt: skip
    slip("chosen value", "conflicts", "the record has no such source", of(source_ids="",
         record_table="incidents"), 2, record_id="1999-somebody")  # fmt: skip
    slip("evidence", "claim_evidence", "another stance by the numbers",
         of(record_table="jsa_facts_2017", stance="supports"), 2, stance="contradicts")  # fmt: skip
    slip("evidence", "claim_evidence", "no such row", lambda r: True, 2,
         record_id=lambda r: r["record_id"] + "1")  # fmt: skip
    slip("claim", "report_claims", "value against its numbers", of(reading="exact"), 2,
         value=lambda r: str(int(float(r["value_low"])) + 3))  # fmt: skip


def arrivals() -> None:
    """Add slips in arrivals, profile and official totals."""
    main = of(series="official_main")
    single = lambda r: main(r) and r["period"].isdigit()
    slip("men and women exchanged", "arrivals_annual", "sums and trend", single, 3,
         **swap("men", "women"))  # fmt: skip
    slip("men and women exchanged", "arrivals_quarterly", "trend of both", of(men=""), 4,
         **swap("men", "women"))  # fmt: skip
    slip("men and women exchanged", "arrivals_revisions", "trend of both", lambda r: r["men"] and
         r["women"] and r["standing"] in ("superseded", "other_span"), 3, **swap("men", "women"))  # fmt: skip
    slip("men and women exchanged", "profile_cumulative", "trend of both", lambda r: r["men"] and
         r["women"] and int(r["people"]) > 1000, 3, **swap("men", "women"))  # fmt: skip
    slip("quarters above year", "arrivals_quarterly", "more than its year",
         lambda r: r["men"] == "" and r["part"] in ("q1", "h1") and r["year"] in
         ("2002", "2004", "2011", "2014"), 4, people=lambda r: str(int(r["people"]) * 10))  # fmt: skip
    slip("a digit too many", "arrivals_annual", "sums and neighbours", single, 2,
         people=lambda r: r["people"] + "0")  # fmt: skip
    slip("a digit too many", "arrivals_annual", "neighbours", of(series="early_detail"), 2,
         people=lambda r: r["people"] + "0")  # fmt: skip
    slip("a digit too many", "arrivals_revisions", "the other values of the period",
         of(standing="superseded", men="!"), 3, people=lambda r: r["people"] + "0")  # fmt: skip
    slip("a digit too many", "official_totals", "parts or neighbours", lambda r: r["value_best"] and
         int(r["value_best"]) > 2, 5, value_best=lambda r: r["value_best"] + "0")  # fmt: skip
    slip("a digit too many", "route_estimates", "the other values of the measure", lambda r:
         r["value_best"] and r["measure"] in ("entries_recorded", "refugees_resettled",
         "returns_from_south") and int(r["value_best"]) > 2, 5,
         value_best=lambda r: r["value_best"] + "0")  # fmt: skip
    slip("a year of zero", "arrivals_annual", "nobody in a year", single, 2,
         people="0", men="0", women="0")  # fmt: skip
    slip("a year that is not over", "arrivals_annual", "not over", single, 1, TWICE,
         period="2026", period_start="2026", period_end="2026", status="final")  # fmt: skip
    for table, key in [("arrivals_revisions", "revision_id"), ("official_totals", "total_id"),
                       ("route_estimates", "estimate_id"), ("route_shares", "share_id"),
                       ("route_costs", "cost_id")]:  # fmt: skip
        year = lambda r: re.fullmatch(r"\d{4}", r["period_end"])
        slip("label and period", table, "the label says another", lambda r: year(r), 2,
             period_end=lambda r: str(int(r["period_end"]) + 1))  # fmt: skip
        slip("label and period", table, "the label says another", lambda r: year(r) and
             r["period_end"] in r["period"] and r["period_start"] in r["period"], 2,
             period=lambda r: r["period"].replace(r["period_end"], str(int(r["period_end"]) - 3)))  # fmt: skip
        slip("id and row", table, "the id names the period", lambda r, k=key: r["period_end"][:4] in
             r[k] and r[k].count(r["period_end"][:4]) == 1, 2,
             **{key: lambda r, k=key: r[k].replace(r["period_end"][:4],
                                                  str(int(r["period_end"][:4]) + 2))})  # fmt: skip
    slip("published before the period", "arrivals_revisions", "not yet over", lambda r:
         r["standing"] == "superseded", 3, published=lambda r: later(r["published"], -9))  # fmt: skip
    for table in ("official_totals", "route_estimates"):
        slip("published before the period", table, "every source was published before",
             lambda r: len(r["period_end"]) == 4 and r["period_end"] < "2012", 2,
             period_start=lambda r: r["period_start"] and later(r["period_start"], 14),
             period_end=lambda r: later(r["period_end"], 14),
             period=lambda r: re.sub(r"\d{4}", lambda y: later(y[0], 14), r["period"]))  # fmt: skip
    slip("published before the period", "profile_cumulative", "every source was published before",
         of(as_of="2008-05"), 2, as_of="2025-12")  # fmt: skip
    slip("published before the period", "arrivals_quarterly", "every source was published before",
         of(status="published", split_status="not_published"), 2, year="2023", part="h2")  # fmt: skip
    shared = lambda r: r["share_percent"] and r["people"] and float(r["share_percent"]) > 2
    slip("share", "profile_cumulative", "a share as a fraction", shared, 3,
         share_percent=lambda r: number(r["share_percent"], lambda x: x / 100, 4))  # fmt: skip
    slip("share", "profile_cumulative", "off its parts", shared, 3,
         share_percent=lambda r: number(r["share_percent"], lambda x: (x + 37) % 100, 1))  # fmt: skip
    slip("share", "route_shares", "a share as a fraction", of(unit="percent", value_best=""), 3,
         value_best=lambda r: number(r["value_best"], lambda x: x / 100, 4))  # fmt: skip
    slip("share", "route_shares", "sums over 100", of(measure="stay_abroad"), 2,
         value_best="95")  # fmt: skip
    slip("share", "route_shares", "sums over 100", of(measure="home_province", value_best="70"), 1,
         value_best="97")  # fmt: skip
    slip("profile", "profile_cumulative", "a digit too many", lambda r: r["people"] and not r["men"]
         and r["share_percent"], 2, people=lambda r: r["people"] + "0")  # fmt: skip
    slip("profile", "profile_cumulative", "another group", of(dimension="sex", category="women"), 1,
         category="men")  # fmt: skip
    slip("profile", "profile_checks", "off by a digit", of(compared_people=""), 2,
         compared_people=lambda r: number(r["compared_people"], lambda x: x + 900))  # fmt: skip
    slip("blind years", "blind_years", "overlap", of(kind="partial"), 2, first_year="1985")
    slip("blind years", "blind_years", "hold well-known rows", of(kind="thin"), 2, last_year="2019")
    slip("blind years", "blind_years", "the id names direction, route and year",
         of(kind="thin", direction="north_to_south"), 2, direction="south_to_north")  # fmt: skip
    slip("blind years", "blind_years", "the id names direction, route and year", of(kind="thin"), 2,
         first_year="1935")  # fmt: skip
    slip("blind years", "blind_years", "years to come", of(kind="partial"), 1, last_year="2062")
    slip("totals", "official_totals", "more cases than people", lambda r: r["unit"] == "incidents"
         and r["series"] in ("military_2017", "unification_sea_2017"), 2,
         value_best="90")  # fmt: skip
    slip("totals", "official_totals", "a part above the whole", of(measure="direct_land",
         series="jcs_2015"), 1, value_best="104")  # fmt: skip
    slip("totals", "official_totals", "one body a series", of(series="jcs_2015"), 1, body="press")
    slip("totals", "official_totals", "more in a part of the time", of(series="military_2017",
         measure="direct_all", unit="people"), 2, value_best="77")  # fmt: skip


def routes() -> None:
    """Add slips on the routes and the events beside them."""
    here = lambda country: of(country=country, lat="")
    slip("waypoint", "waypoints", "the point lies elsewhere", here("CHN"), 2, country="MNG")
    slip("waypoint", "waypoints", "the point lies elsewhere", here("THA"), 2, country="VNM")
    slip("waypoint", "waypoints", "the country has other points", here("PRK"), 2, lat="44.5")
    slip("waypoint", "waypoints", "one place, two points", lambda r: r["place"] in ("Yanji", "Seoul",
         "Bangkok"), 4, lat=lambda r: number(r["lat"], lambda x: x - 0.6))  # fmt: skip
    slip("waypoint", "waypoints", "the country has other points", here("VNM"), 2,
         **swap("lat", "lon"))  # fmt: skip
    slip("waypoint", "waypoints", "a digit of the longitude", lambda r: r["country"] in ("LAO",
         "KHM", "MNG"), 3, lon=lambda r: number(r["lon"], lambda x: x + 10))  # fmt: skip
    slip("last stop missing", "waypoints", "the way does not arrive", of(role="destination"), 4,
         DROP)  # fmt: skip
    slip("last stop missing", "waypoints", "a way has one end", of(role="transit"), 2,
         role="destination")  # fmt: skip
    slip("last stop missing", "waypoints", "a way begins at its origin", of(role="origin", stop="1"),
         2, role="exit")  # fmt: skip
    slip("kind of route", "routes", "the kind is not of the route", of(kind="overland"), 2,
         route="yellow_sea")  # fmt: skip
    slip("kind of route", "routes", "the kind is not of the route", of(kind="direct_land"), 2,
         kind="direct_sea")  # fmt: skip
    slip("kind of route", "routes", "the kind is not of the route", of(kind="border"), 2,
         kind="direct_land")  # fmt: skip
    for name in ("distance_km", "duration_days", "cost_usd"):
        slip("printed number", "routes", "the words have another", lambda r, n=name: r[f"{n}_high"],
             2, **{f"{name}_high": lambda r, n=name: r[f"{n}_high"] + "0"})  # fmt: skip
    slip("standing", "route_estimates", "both stand and contradict each other",
         of(standing="contested"), 3, standing="stands")  # fmt: skip
    slip("id and row", "route_estimates", "the id names place and measure", of(place="thailand"), 2,
         place="mongolia")  # fmt: skip
    slip("id and row", "route_estimates", "the id names place and measure",
         of(measure="entries_recorded"), 2, measure="detained")  # fmt: skip
    slip("id and row", "route_shares", "the id names measure and category", of(category="thailand"),
         1, category="laos")  # fmt: skip
    slip("id and row", "official_totals", "the id names series and measure", of(measure="direct_sea"),
         2, measure="direct_land")  # fmt: skip
    slip("id and row", "route_costs", "the id names the leg", of(leg="river_crossing"), 2,
         leg="whole_journey")  # fmt: skip
    slip("id and row", "border_events", "the id begins with the date", lambda r: len(r["date"]) > 4,
         3, date=lambda r: later(r["date"], -1))  # fmt: skip
    slip("id and row", "border_events", "every source was published before",
         lambda r: r["date"] < "2010", 2, date=lambda r: later(r["date"], 15),
         date_end=lambda r: r["date_end"] and later(r["date_end"], 15),
         event_id=lambda r: later(r["event_id"], 15))  # fmt: skip
    price = of(currency="krw")
    slip("price", "route_costs", "no such price in dollars", price, 3, currency="usd")
    slip("price", "route_costs", "off by ten", of(leg="river_crossing", usd_best=""), 2,
         usd_best=lambda r: r["usd_best"] + "0")  # fmt: skip
    slip("price", "route_costs", "off by ten", lambda r: r["amount_best"] and
         int(r["amount_best"]) > 0, 3, amount_best=lambda r: r["amount_best"] + "0")  # fmt: skip
    slip("price", "route_costs", "won called yuan", of(currency="krw", usd_best=""), 2,
         currency="cny")  # fmt: skip


def jsa() -> None:
    """Add slips in the tables of the JSA, and what a spreadsheet does to ranges."""
    minute = of(date="2017-11-13", time_precision="minute")
    slip("minute against order", "jsa_timeline_2017", "the next is earlier", minute, 2,
         time_local=lambda r: f"{int(r['time_local'][:2]) + 1}{r['time_local'][2:]}")  # fmt: skip
    slip("timeline and facts", "jsa_timeline_2017", "the fact has another minute",
         lambda r: r["event"].startswith(("The soldier leaves", "A thermal camera finds",
                                          "The UH-60 leaves")), 3,
         time_local=lambda r: f"{r['time_local'][:3]}{int(r['time_local'][3:]) + 1:02d}")  # fmt: skip
    for fact in ("minutes_crossing_to_found", "minutes_crossing_to_rescue", "flight_duration"):
        slip("timeline and facts", "jsa_facts_2017", "the clocks are another time apart",
             of(fact_id=fact, preferred="yes"), 1,
             **{n: lambda r, n=n: number(r[n], lambda x: x + 6)
                for n in ("value", "value_low", "value_high")})  # fmt: skip
    slip("JSA and register", "jsa_facts_2017", "the register has another day",
         of(fact_id="jsa_shooting_before"), 1, value="1984-11-13")  # fmt: skip
    slip("JSA and register", "jsa_facts_2017", "the register has another number",
         of(fact_id="kpa_soldiers_via_jsa_before"), 1, value="4 (1998, 2007)", value_low="4",
         value_high="4")  # fmt: skip
    slip("JSA and register", "jsa_timeline_2017", "the register has another day",
         says("event", "US private"), 1, date="2023-07-28")  # fmt: skip
    slip("JSA and register", "incidents", "the facts have another number",
         of(incident_id="2017-11-13-jsa-soldier"), 1, shots_count="14")  # fmt: skip
    slip("side and line", "jsa_landmarks", "on the other side of the line", of(side="north",
         lat=""), 3, side="south")  # fmt: skip
    slip("side and line", "jsa_landmarks", "on the other side of the line", of(side="south",
         lat=""), 3, side="north")  # fmt: skip
    slip("side and line", "jsa_landmarks", "not on the line", of(side="north",
         coordinate_basis="published"), 1, side="mdl")  # fmt: skip
    slip("point and note", "jsa_landmarks", "the note prints another point",
         of(coordinate_basis="published"), 4, lon=lambda r: number(r["lon"], lambda x: x + 0.01))  # fmt: skip
    slip("value and ends", "jsa_geometry", "the value says another", of(reading="exact"), 3,
         value_low=lambda r: number(r["value_low"], lambda x: x * 10),
         value_high=lambda r: number(r["value_high"], lambda x: x * 10))  # fmt: skip
    slip("value and ends", "jsa_facts_2017", "the value says another",
         lambda r: r["reading"] in ("about", "at_least"), 3,
         value_low=lambda r: number(r["value_low"], lambda x: x + 3),
         value_high=lambda r: r["value_high"] and number(r["value_high"], lambda x: x + 3))  # fmt: skip
    slip("value and ends", "jsa_facts_2017", "'about' is not exact", of(reading="about"), 2,
         reading="exact")  # fmt: skip
    slip("unit", "jsa_geometry", "no such length here", lambda r: r["unit"] == "m" and
         float(r["value_low"]) >= 20 and float(r["value_low"]) < 1000, 4, unit="km")  # fmt: skip
    slip("unit", "jsa_facts_2017", "another unit of the same fact", of(unit="h"), 2, unit="min")
    slip("unit", "jsa_geometry", "radius for diameter", of(fact_id="jsa_shape_circle_radius"), 1,
         value="800", value_low="800", value_high="800")  # fmt: skip
    slip("unit", "jsa_geometry", "radius for diameter", of(fact_id="jsa_shape_circle_diameter"), 1,
         value="400", value_low="400", value_high="400")  # fmt: skip
    why = "a spreadsheet took it for a date"
    for made in ("2026-03-04", "03-Apr", "04.03.2026", "3/4/2026", "Mar-04", "46085"):
        slip("spreadsheet date", "jsa_geometry", why, of(fact_id="pursuer_depth_south_of_mdl"), 1,
             value=made)  # fmt: skip
    ranged = lambda r: re.match(r"\d{1,2}-\d{1,2}\b", r["value"])
    slip("spreadsheet date", "jsa_facts_2017", why, ranged, 2, value="2026-05-04")
    slip("spreadsheet date", "conflicts", why, ranged, 3, value="2026-06-05")
    slip("spreadsheet date", "conflicts", why, of(field="time", value_low="!"), 2,
         value="1900-01-01 07:25:00")  # fmt: skip
    slip("spreadsheet date", "routes", why, of(duration_printed=""), 1, duration_printed="10-Jun")
    slip("spreadsheet date", "official_totals", why, lambda r: len(r["period"]) > 12, 2,
         period="Jan-12")  # fmt: skip
    slip("spreadsheet date", "jsa_facts_2017", why, of(value="3.5"), 1, value="2026-05-03")
    slip("spreadsheet date", "incidents", why, lambda r: r["event_note"] == "", 1,
         event_note="2026-04-03")  # fmt: skip


def sources() -> None:
    """Add slips in the registry of sources."""
    table = "sources"
    slip("one document, two keys", table, "the same address", of(url=""), 3, TWICE,
         source_id="second-key-2001")  # fmt: skip
    slip("one document, two keys", table, "the same address but for www", of(url=""), 2, TWICE,
         source_id="second-key-2001", url=lambda r: r["url"].replace("://", "://www.", 1)
         if "://www." not in r["url"] else r["url"].replace("://www.", "://", 1))  # fmt: skip
    slip("one document, two keys", table, "the same title, day and outlet", of(published=""), 2,
         TWICE, source_id="second-key-2001", url="https://example.org/again")  # fmt: skip
    for code in ("kr", "jp", "KO", "eng"):
        slip("language", table, "no such code", of(language="ko"), 1, language=code)
    slip("language", table, "a title in Hangul", says("title", "^[가-힣 ]+", language="ko"), 3,
         language="en")  # fmt: skip
    slip("language", table, "a title in English", says("title", "^[A-Za-z ,]+$", language="en",
         kind="news"), 2, language="zh")  # fmt: skip
    dated = lambda r: (
        len(r["published"]) == 10 and r["published"].replace("-", "") in r["source_id"]
    )
    slip("date and key", table, "the key holds the date", dated, 3,
         published=lambda r: later(r["published"], -1))  # fmt: skip
    slip("date and key", table, "the key holds the date", lambda r: dated(r) and
         r["published"][8:] < "13" and r["published"][5:7] != r["published"][8:], 3,
         published=lambda r: f"{r['published'][:5]}{r['published'][8:]}-{r['published'][5:7]}")  # fmt: skip
    slip("date and key", table, "the key holds the date", dated, 2,
         published=lambda r: f"{r['published'][:8]}{int(r['published'][8:]) % 28 + 1:02d}")  # fmt: skip
    slip("outlet", table, "one English name an outlet", of(publisher="Yonhap"), 1,
         publisher="Yonhap News")  # fmt: skip
    slip("outlet", table, "it speaks for itself", of(speaks_for="!"), 1,
         speaks_for=lambda r: r["publisher"])  # fmt: skip


Features = dict[str, object]
LICENSED = [name for name in FILES if name != "countries"]


def layer(kind: str, name: str, why: str, edit: Callable[[Features], object]) -> None:
    """Add a slip in a map layer; what the edit returns, if anything, is the file."""
    path = data_dir() / FILES[name]

    def write(folder: Path) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        edited = edit(content)
        text = edited if isinstance(edited, str) else json.dumps(content, ensure_ascii=False)
        (folder / FILES[name]).write_text(text, encoding="utf-8")

    SLIPS.append(Slip(kind, FILES[name], f"{name}: {why}", why, 0, write))


def points(geometry: Features, change: Callable[[list[float]], list[float]]) -> None:
    """Change every point of a geometry in place."""

    def walk(part: list) -> list:
        return change(part) if isinstance(part[0], int | float) else [walk(one) for one in part]

    geometry["coordinates"] = walk(geometry["coordinates"])


def everywhere(change: Callable[[list[float]], list[float]]) -> Callable[[Features], None]:
    """Return the edit that changes every point of a layer."""

    def edit(content: Features) -> None:
        for feature in content["features"]:
            points(feature["geometry"], change)

    return edit


def vertex(feature: int, step: float, place: float = 0.5) -> Callable[[Features], None]:
    """Return the edit that moves one vertex of a feature north."""

    def edit(content: Features) -> None:
        part = content["features"][feature]["geometry"]["coordinates"]
        while not isinstance(part[0][0], int | float):
            part = max(part, key=lambda one: len(json.dumps(one)))
        part[int(len(part) * place)][1] += step

    return edit


def exchange(column: str, one: int, other: int) -> Callable[[Features], None]:
    """Return the edit that exchanges a property of two features."""

    def edit(content: Features) -> None:
        a, b = (content["features"][place]["properties"] for place in (one, other))
        a[column], b[column] = b[column], a[column]

    return edit


def layers() -> None:
    """Add slips in the map layers."""
    reverse = lambda place: lambda c: c["features"][place]["geometry"]["coordinates"].reverse()
    for place, part in enumerate(["nll_west", "han_estuary", "mdl", "nll_east"]):
        layer("layer reversed", "lines", f"{part} runs the other way", reverse(place))
    layer("layer renamed", "lines", "mdl and nll_east exchanged", exchange("part", 2, 3))
    layer("layer renamed", "lines", "parts in another order",
          lambda c: c["features"].reverse())  # fmt: skip
    layer("layer renamed", "dmz_band", "north and south exchanged", exchange("part", 0, 1))
    layer("layer renamed", "koreas", "North and South exchanged", exchange("adm0_a3", 0, 1))
    layer("layer renamed", "koreas", "names exchanged", exchange("name_en", 0, 1))
    layer("layer renamed", "provinces", "codes exchanged", exchange("iso_3166_2", 3, 4))
    layer("layer renamed", "provinces", "a province of the other Korea",
          lambda c: c["features"][0]["properties"].update(
              adm0_a3="KOR" if c["features"][0]["properties"]["adm0_a3"] == "PRK" else "PRK"))  # fmt: skip
    layer("layer renamed", "countries", "codes exchanged", exchange("adm0_a3", 3, 4))
    layer("layer renamed", "lines", "a column renamed", lambda c: [
        f["properties"].update(type=f["properties"].pop("part")) for f in c["features"]])  # fmt: skip
    for name in FILES:
        layer("feature dropped", name, "the last feature gone", lambda c: c["features"].pop())
    layer("feature dropped", "provinces", "a feature twice",
          lambda c: c["features"].append(c["features"][0]))  # fmt: skip
    layer("feature dropped", "koreas", "an island gone",
          lambda c: c["features"][0]["geometry"]["coordinates"].sort(key=lambda p: -len(p[0])) or
          c["features"][0]["geometry"].update(
              coordinates=c["features"][0]["geometry"]["coordinates"][:4]))  # fmt: skip
    for name in FILES:
        layer("layer coordinates", name, "latitude for longitude", everywhere(lambda p: p[1::-1]))
    layer("layer coordinates", "koreas", "in metres", everywhere(
        lambda p: [p[0] * 1e5, p[1] * 1.1e5]))  # fmt: skip
    for name in ("provinces", "lines"):
        layer("layer coordinates", name, "another reference system", lambda c: c.update(
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}}))  # fmt: skip
    layer("layer coordinates", "lines", "all a tenth of a degree north",
          everywhere(lambda p: [p[0], p[1] + 0.1]))  # fmt: skip
    layer("vertex off", "lines", "a vertex of the MDL 5 km off", vertex(2, 0.045))
    layer("vertex off", "lines", "a vertex of nll_west 50 km off", vertex(0, 0.45))
    layer("vertex off", "koreas", "a vertex 30 km off", vertex(0, 0.27))
    layer("vertex off", "provinces", "a vertex 30 km off", vertex(5, 0.27))
    layer("vertex off", "dmz_band", "a vertex 3 km off", vertex(0, 0.027))
    layer("vertex off", "countries", "a vertex of a border 60 km off", vertex(4, 0.54))
    for name in LICENSED:
        layer("licence lost", name, "no licence", lambda c: c.update(license=None))
    layer("layer broken", "koreas", "a ring is open", lambda c: max(
        c["features"][1]["geometry"]["coordinates"], key=lambda p: len(p[0]))[0].pop())  # fmt: skip
    layer("layer broken", "provinces", "an empty geometry", lambda c: c["features"][2].update(
        geometry=None))  # fmt: skip
    layer("layer broken", "lines", "half of the MDL", lambda c: c["features"][2]["geometry"].update(
        coordinates=c["features"][2]["geometry"]["coordinates"][::2][:400]))  # fmt: skip
    layer("layer broken", "dmz_band", "cut off in the middle", lambda c: json.dumps(c)[:50_000])
    layer("layer broken", "countries", "merge markers", lambda c: "<<<<<<< HEAD\n" + json.dumps(c))
    layer("layer broken", "lines", "the length is another", lambda c: c["features"][2][
        "properties"].update(km=148.5))  # fmt: skip


def tell(folder: Path) -> set[str]:
    """Return what the check says of a folder: faults and warnings."""
    return {str(fault) for fault in found(folder)}


def found(folder: Path) -> list[Fault]:
    """Return faults and warnings of a folder."""
    return check.check_all(folder, warnings=True)


def once() -> None:
    """Let the check read a table that is not the slip's own one time only."""
    kept, read = {}, check.examine

    def cached(folder: Path, table: Table, today: date | None, warnings: bool) -> tuple:
        path = folder / table.path
        key = (table.path, warnings, path.stat().st_mtime_ns if path.is_file() else 0)
        if key not in kept:
            kept[key] = read(folder, table, today, warnings)
        return kept[key]

    check.examine = cached


def made(folder: Path, wanted: list[Slip]) -> Iterator[tuple[Slip, list[Fault]]]:
    """Make each slip alone in a copy of the data; yield it with what the check newly says."""
    before = tell(folder)
    for one in wanted:
        path = folder / one.file
        aside = path.with_suffix(".aside")
        shutil.move(path, aside)
        one.write(folder)
        yield one, [fault for fault in found(folder) if str(fault) not in before]
        shutil.move(aside, path)


def main() -> None:
    """Print the score by kind and the slips that were not told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="", help="only kinds with this word")
    parser.add_argument("--all", action="store_true", help="what was said of each slip, too")
    wanted = parser.parse_args()
    for subject in (incidents, keys, arrivals, routes, jsa, sources, layers):
        subject()
    chosen = [one for one in SLIPS if wanted.kind in one.kind or wanted.kind in one.file]
    told, placed, every = Counter(), Counter(), Counter(one.kind for one in chosen)
    once()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(shutil.copytree(data_dir(), Path(work) / "data"))
        for one, new in made(folder, chosen):
            told[one.kind] += bool(new)
            placed[one.kind] += any(f.file == one.file and f.line in (0, 1, one.line) for f in new)
            if not new:
                print(f"not told: [{one.kind}] {one.place}: {one.why}", flush=True)
            elif wanted.all:
                print(f"told: [{one.kind}] {one.place}", *new[:3], sep="\n    ", flush=True)
    for kind, number in every.items():
        print(f"{kind:32} {told[kind]:3} of {number:3}, at the place {placed[kind]:3}")
    share = 100 * told.total() / every.total()
    print(
        f"{told.total()} of {every.total()} slips told ({share:.0f} %), {placed.total()} in place"
    )


if __name__ == "__main__":
    main()

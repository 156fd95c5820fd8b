"""What in a row of the register may contradict its own words: told as warnings."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.data.agree import by_row, first_day, last_day
from helpers.data.columns import rule
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault

ARMISTICE = "1953-07-27"
#: Words in an identifier, and what a crossing or drift of that name is.
_ROUTES = {
    "jsa": "jsa", "dmz": "dmz_land", "estuary": "han_estuary", "yellow-sea": "yellow_sea",
    "east-sea": "east_sea", "air": "air",
}  # fmt: skip
_KINDS = {"drift": ["drift"], "attempt": ["attempt", "hijacking"]}

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ANY = "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,3}"
_PEOPLE = (
    "people|persons|men|women|crew|fishermen|loggers|soldiers|workers|detainees|staff|members|"
    "refugees|aboard|survivors|officials|sailors|others|students"
)
_COUNTED = re.compile(
    rf"\b(?:family|group|party) of (?:about |some )?({_ANY})\b"
    rf"|\b({_ANY})(?:-(?:{_ANY}))?(?: [a-z]+)? (?:{_PEOPLE})\b",
    re.IGNORECASE,
)
_DIED = re.compile(rf"\b({_ANY})(?: [A-Za-z]+){{0,2}} (?:died|drowned)\b", re.IGNORECASE)
_ALONE = r"(?<![\d.,:-])\b{}\b(?![.,:]?\d|%)"
_WORDS = re.compile(r"[a-z]+|" + _ALONE.format(r"\d{1,3}"))
_RANKS = "soldier|sergeant|private|corporal|lieutenant|recruit|sentry"
_SOLDIER = rf"^(?:An?|The) (?:[\w-]+ ){{0,3}}(?:{_RANKS})\b"
_ARMED = ["soldier", "officer", "pilot", "guard", "police", "mixed"]
_FIRE = r"\bunder (?:\w+ )?fire\b|\bshot dead\b|\bopened fire\b|\bfired machine guns\b"


def _value(word: str) -> int:
    return _NUMBERS.get(word.lower()) or int(word)


def _numbers(*texts: object) -> list[int]:
    words = " ".join(str(text).lower() for text in texts if pd.notna(text))
    return [_value(w) for w in _WORDS.findall(words) if w.isdigit() or w in _NUMBERS]


def _sums(numbers: list[int]) -> set[int]:
    some = numbers[:9]
    return {sum(parts) for size in (1, 2, 3, 4) for parts in combinations(some, size)}


@lru_cache(1 << 12)
def _said(number: int) -> re.Pattern:
    words = [rf"\b{word}\b" for word, value in _NUMBERS.items() if value == number]
    return re.compile("|".join([_ALONE.format(number), *words]), re.IGNORECASE)


def _people_as_told(people: object, key: object, summary: object, *more: object) -> bool:
    # Most summaries simply tell it: the rest costs twenty times as much.
    if pd.isna(people) or people == 1 or pd.isna(summary) or _said(int(people)).search(summary):
        return True
    counted = [_value(one or other) for one, other in _COUNTED.findall(summary)]
    if not counted:
        return True
    name = re.sub(r"^[\d-]+", "", str(key)).replace("-", " ")
    told = _numbers(summary) + counted
    # "65 people including two helpers" tells of 63, too.
    less = {a - b for a in told for b in told} if "including" in summary else set()
    return people in _sums(told) | less | set(_numbers(name, *more))


def _killed_as_told(killed: object, summary: object) -> bool:
    dead = _DIED.findall(summary) if pd.notna(killed) and pd.notna(summary) else []
    return not dead or killed in _sums(_numbers(summary)) | {0}


def _route_in_key(table: pd.DataFrame) -> pd.Series:
    kept = pd.Series(True, index=table.index)
    counted = table["event_type"].isin(["direct_defection", "drift"])
    for word, route in _ROUTES.items():
        named = table["incident_id"].str.contains(f"-{word}(?:-|$)").fillna(False)
        kept &= ~(named & counted) | table["route"].eq(route)
    return kept


def _kind_in_key(table: pd.DataFrame) -> pd.Series:
    kept = pd.Series(True, index=table.index)
    for word, kinds in _KINDS.items():
        named = table["incident_id"].str.contains(f"-{word}(?:-|$)").fillna(False)
        kept &= ~named | table["event_type"].isin(kinds)
    return kept


#: Farther than this from all others of a county a point is in doubt, by land and at sea.
FAR_KM, FAR_AT_SEA_KM = 45.0, 90.0
_COUNTY = "county|city|sector|-gun|Kaesong"


def _near_its_area(table: pd.DataFrame) -> pd.Series:
    """Tell whether a point is near another of the same county, and of the same island."""
    county = table["admin_area"].where(table["admin_area"].str.contains(_COUNTY).fillna(False))
    at_sea = table["route"].isin(["yellow_sea", "east_sea"])
    far = at_sea.map({True: FAR_AT_SEA_KM, False: FAR_KM})
    island = table["crossing_place"].str.extract(r"([A-Z]\w+) Island")[0]
    return _near_others(table, county, far) & _near_others(table, island, far.clip(upper=FAR_KM))


def _near_others(table: pd.DataFrame, area: pd.Series, far: pd.Series) -> pd.Series:
    """Tell whether a point is near another of the same area, where there are two others."""
    cells = table[["lat", "lon"]].assign(admin_area=area, far=far).dropna()
    cells = cells.assign(lat=cells["lat"].astype(float), lon=cells["lon"].astype(float))
    places = cells.groupby(["admin_area", "lat", "lon"])["far"].agg(["size", "max"]).reset_index()
    lonely = []
    for _, some in places.groupby("admin_area"):
        if some["size"].sum() < 3 or len(some) < 2 or len(some) > 300:
            continue
        lat, lon = some["lat"].to_numpy(), some["lon"].to_numpy()
        north = 111.2 * (lat[:, None] - lat)
        east = 111.2 * np.cos(np.radians(lat)) * (lon[:, None] - lon)
        distance = np.hypot(north, east) + np.diag(np.full(len(some), np.inf))
        # A place of several rows is no slip; two that are far from all others may both be right.
        far = (distance.min(axis=0) > some["max"]) & (some["size"] == 1)
        lonely += [tuple(place) for place in some[far][["admin_area", "lat", "lon"]].to_numpy()]
    own = pd.Series(
        [*zip(cells["admin_area"], cells["lat"], cells["lon"], strict=True)],
        index=cells.index,
        dtype=object,
    )
    return ~own.isin(lonely).reindex(table.index, fill_value=False)


#: A word before people, as most summaries that count have it: a quick look before the slow one.
_FEW = rf"(?i)\b(?:{_PEOPLE}|family|group|party)\b"

Test = Callable[[pd.DataFrame], pd.Series]


def _where(some: Test, test: Test) -> Test:
    """Return a slow test that is asked of some rows only."""

    def keep(table: pd.DataFrame) -> pd.Series:
        rows = table[some(table).fillna(False).astype(bool)]
        return test(rows).reindex(table.index, fill_value=True)

    return keep


DOUBTS = [
    rule("route", "the route that incident_id names", _route_in_key, True),
    rule(
        "route",
        "'china_border' where the place is on that border",
        lambda t: (
            t["route"].eq("china_border")
            | ~t["crossing_place"].str.contains(r"\b(?:Yalu|Tumen) River|China-North Korea border")
        ),
        True,
    ),
    rule("event_type", "the kind that incident_id names", _kind_in_key, True),
    rule(
        "confidence",
        "'high' only with two sources or more",
        lambda t: t["confidence"].ne("high") | t["source_ids"].str.contains(";"),
        True,
    ),
    rule(
        "people",
        "the number of people that the summary tells, or a sum of its numbers",
        _where(
            lambda t: t["people"].gt(1) & t["summary"].str.contains(_FEW).fillna(False),
            by_row(_people_as_told, "people", "incident_id", "summary", "event_note", "conflict"),
        ),
        True,
    ),
    rule(
        "killed",
        "the number of dead that the summary tells",
        _where(lambda t: t["killed"].gt(0), by_row(_killed_as_told, "killed", "summary")),
        True,
    ),
    rule(
        "affiliation",
        "a kind of soldier where the summary begins with one",
        lambda t: t["affiliation"].isin(_ARMED) | ~t["summary"].str.contains(_SOLDIER),
        True,
    ),
    rule(
        "affiliation",
        "no fisher by air",
        lambda t: t["affiliation"].ne("fisher") | t["route"].ne("air"),
        True,
    ),
    rule(
        "shots_fired",
        "shots where the summary tells of fire",
        lambda t: t["shots_fired"].ne("no") | ~t["summary"].str.contains(_FIRE),
        True,
    ),
    rule(
        "date",
        f"a day since the armistice of {ARMISTICE}, or an event_note that says why it counts",
        lambda t: (
            t["event_type"].ne("direct_defection")
            | last_day(t["date"]).ge(pd.Timestamp(ARMISTICE))
            | t["event_note"].notna()
        ),
        True,
    ),
    rule(
        "lat",
        f"a point within {FAR_KM:g} km of another of its county or island",
        _near_its_area,
        True,
    ),
]


@across("incidents", "official_totals", warning=True)
def register_within_the_totals(frames: Frames, texts: Texts) -> list[Fault]:
    """Find periods in which the register has more direct crossings than an office counted."""
    totals, register = frames["official_totals"], frames["incidents"]
    direct = register[
        register["event_type"].eq("direct_defection")
        & register["direction"].eq("north_to_south")
        & register["nationality"].eq("north_korean")
    ]
    days = pd.DataFrame({"first": first_day(direct["date"]), "last": last_day(direct["date"])})
    counted = totals[totals["measure"].eq("direct_all")].assign(
        start=lambda t: first_day(t["period_start"]), end=lambda t: last_day(t["period_end"])
    )
    faults = []
    for row, total in counted.dropna(subset=["start", "end"]).iterrows():
        inside = direct[(days["first"] >= total["start"]) & (days["last"] <= total["end"])]
        found = inside["people"].sum() if total["unit"] == "people" else len(inside)
        column = "value_high" if pd.notna(total["value_high"]) else "value_best"
        most = total[column]
        if pd.notna(most) and found > most:
            what = (
                f"fewer than the {found} of the register in {total['period']}",
                f"{found} or more",
                "mend the total, or a row of that time in incidents.csv",
            )
            faults.append(told(texts["official_totals"], row, column, most, what, warning=True))
    return faults

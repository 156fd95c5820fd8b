"""What in a row of the register may contradict its own words: told as warnings."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.data.agree import ANY_NUMBER, NUMBERS, by_row, first_day, last_day, number
from helpers.data.columns import rule
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault

Test = Callable[[pd.DataFrame], pd.Series]
ARMISTICE = "1953-07-27"
_RANKS = "soldier|sergeant|private|corporal|lieutenant|recruit|sentry"
_ARMED = ["soldier", "officer", "pilot", "guard", "police", "mixed"]
#: A coded column, the column whose words name it, and by words the codes that they allow.
_NAMED = {
    ("route", "incident_id"): {
        "-jsa(?:-|$)": ["jsa"], "-dmz(?:-|$)": ["dmz_land"], "-estuary(?:-|$)": ["han_estuary"],
        "-yellow-sea(?:-|$)": ["yellow_sea"], "-east-sea(?:-|$)": ["east_sea"],
        "-air(?:-|$)": ["air"],
    },
    ("event_type", "incident_id"): {
        "-drift(?:-|$)": ["drift"], "-attempt(?:-|$)": ["attempt", "hijacking"],
    },
    ("nationality", "incident_id"): {
        "-us-(?:private|corporal|sergeant|soldier|civilian)": ["american"],
        "-soviet(?:-|$)": ["soviet"], "-czech(?:-|$)": ["czechoslovak"],
        "-chinese-(?:major|soldier)": ["chinese"],
    },
    ("affiliation", "incident_id"): {
        "[^x]-(?:soldier|sergeant|private|corporal)(?:-|$)": _ARMED,
        "-civilian(?:-|$)": ["civilian", "fisher", "worker", "student", "official", "mixed"],
    },
    ("affiliation", "summary"): {
        rf"^(?:An?|The) (?:[\w-]+ ){{0,3}}(?:{_RANKS})\b": _ARMED,
    },
    ("route", "crossing_place"): {
        r"\b(?:Yalu|Tumen) River|China-North Korea border": ["china_border"],
        r"(?:, |^)(?:the )?JSA\b": ["jsa"],
    },
    ("route", "detected_by"): {
        r"(?i)\b(?:navy|naval|warship|destroyer)\b|patrol boat": [
            "han_estuary", "yellow_sea", "east_sea", "air", "china_border", "russia",
        ],
    },
    ("means", "summary"): {
        r"\bin an? (?:[\w-]+ ){0,2}boat\b|\bby (?:small |rubber |fishing )?boat\b": [
            "boat", "other",
        ],
    },
    ("killed_cause", "incident_id"): {"-shooting(?:-|$)": ["gunfire", "mixed"]},
    ("killed_cause", "summary"): {
        r"\bshot dead\b|\bfirefight\b": ["gunfire", "mixed"],
        r"\bdrowned\b": ["drowning", "mixed"],
    },
    ("shots_fired", "summary"): {
        r"\bunder (?:\w+ )?fire\b|\bshot dead\b|\bopened fire\b|\bfired machine guns\b": [
            "yes", "unknown",
        ],
    },
}  # fmt: skip
#: Only these are called by their route.
_BY_ROUTE = ["direct_defection", "drift"]

_PEOPLE = (
    "people|persons|men|women|crew|fishermen|loggers|soldiers|workers|detainees|staff|members|"
    "refugees|aboard|survivors|officials|sailors|others|students"
)
_COUNTED = re.compile(
    rf"\b(?:family|group|party) of (?:about |some )?({ANY_NUMBER})\b"
    rf"|\b({ANY_NUMBER})(?:-(?:{ANY_NUMBER}))?(?: [a-z]+)? (?:{_PEOPLE})\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:An?|The) (?:[\w-]+ )?(?:family|couple|group|party)\b")
_DIED = re.compile(rf"\b({ANY_NUMBER})(?: [A-Za-z]+){{0,2}} (?:died|drowned)\b", re.IGNORECASE)
_ALONE = r"(?<![\d.,:-])\b{}\b(?![.,:]?\d|%)"
_WORDS = re.compile(r"[a-z]+|" + _ALONE.format(r"\d{1,3}"))


def _numbers(*texts: object) -> list[int]:
    words = " ".join(str(text).lower() for text in texts if pd.notna(text))
    return [number(w) for w in _WORDS.findall(words) if w.isdigit() or w in NUMBERS]


def _sums(numbers: list[int]) -> set[int]:
    some = numbers[:9]
    return {sum(parts) for size in (1, 2, 3, 4) for parts in combinations(some, size)}


@lru_cache(1 << 12)
def _said(number: int) -> re.Pattern:
    words = [rf"\b{word}\b" for word, value in NUMBERS.items() if value == number]
    return re.compile("|".join([_ALONE.format(number), *words]), re.IGNORECASE)


def _people_as_told(people: object, key: object, summary: object, *more: object) -> bool:
    if pd.isna(people) or pd.isna(summary):
        return True
    if people == 1:
        return not _SEVERAL.match(summary)
    # Most summaries simply tell it: the rest costs twenty times as much.
    if _said(int(people)).search(summary):
        return True
    counted = [number(one or other) for one, other in _COUNTED.findall(summary)]
    if not counted:
        return True
    name = re.sub(r"^[\d-]+", "", str(key)).replace("-", " ")
    told = _numbers(summary) + counted
    # "65 people including two helpers" tells of 63, too.
    less = {a - b for a in told for b in told} if "including" in summary else set()
    return people in _sums(told) | less | set(_numbers(name, *more))


def _wounded_as_told(wounded: object, *words: object) -> bool:
    return wounded in _sums(_numbers(*words))


def _killed_as_told(killed: object, summary: object) -> bool:
    dead = _DIED.findall(summary) if pd.notna(killed) and pd.notna(summary) else []
    return not dead or killed in _sums(_numbers(summary)) | {0}


def _as_named(column: str, words: str) -> Test:
    """Return the test that a coded column has a code that the words of its row allow."""

    def keep(table: pd.DataFrame) -> pd.Series:
        kept = pd.Series(True, index=table.index)
        known = table[column].notna()
        if (column, words) == ("route", "incident_id"):
            known &= table["event_type"].isin(_BY_ROUTE)
        for pattern, codes in _NAMED[column, words].items():
            # Most rows have one of the codes: the others only are read.
            others = table.loc[known & ~table[column].isin(codes), words]
            kept[others.index[others.str.contains(pattern).fillna(False)]] = False
        return kept

    return keep


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


def _area_of_island(table: pd.DataFrame) -> pd.Series:
    """Tell whether an island is in the county that the register has it in elsewhere."""
    island = table["crossing_place"].str.extract(r"([A-Z]\w+) Island")[0]
    areas = table["admin_area"].groupby(island)
    alike = table["admin_area"].groupby([island, table["admin_area"]]).transform("size")
    return alike.gt(1) | areas.transform("size").lt(4) | areas.transform("nunique").gt(2)


def _aircraft_as_named(key: object, summary: object) -> bool:
    number = re.search(r"-mig(\d+)", str(key))
    return not number or f"MiG-{number[1]}" in str(summary)


#: A word before people, as most summaries that count have it: a quick look before the slow one.
_FEW = rf"(?i)\b(?:{_PEOPLE}|family|group|party)\b"


def _where(some: Test, test: Test) -> Test:
    """Return a slow test that is asked of some rows only."""

    def keep(table: pd.DataFrame) -> pd.Series:
        rows = table[some(table).fillna(False).astype(bool)]
        return test(rows).reindex(table.index, fill_value=True)

    return keep


DOUBTS = [
    *(
        rule(column, f"the {column} that {words} names", _as_named(column, words), True)
        for column, words in _NAMED
    ),
    rule(
        "summary",
        "the aircraft that incident_id names",
        _where(
            lambda t: t["route"].eq("air"), by_row(_aircraft_as_named, "incident_id", "summary")
        ),
        True,
    ),
    rule(
        "summary",
        "another text than an event of another kind or route has",
        _where(
            lambda t: t["summary"].duplicated(keep=False),
            lambda t: t.duplicated(["summary", "event_type", "route"], keep=False),
        ),
        True,
    ),
    rule(
        "admin_area",
        "the area that its island has in other rows",
        _where(lambda t: t["crossing_place"].str.contains(" Island", regex=False), _area_of_island),
        True,
    ),
    rule(
        "wounded",
        "a number of wounded that the words of the row tell",
        _where(
            lambda t: t["wounded"].gt(2),
            by_row(_wounded_as_told, "wounded", "summary", "event_note", "conflict"),
        ),
        True,
    ),
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
            lambda t: t["summary"].str.contains(_FEW),
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
        "no fisher by air",
        lambda t: t["affiliation"].ne("fisher") | t["route"].ne("air"),
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
            faults.append(told(texts["official_totals"], row, column, most, what))
    return faults

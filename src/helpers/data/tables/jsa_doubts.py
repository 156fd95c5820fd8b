"""What the tables of Panmunjom contradict among themselves and in the register."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault

_DAY = "2017-11-13"
KM = 111.2
_MEND = "mend this cell or the one it is compared with"
#: Facts that are the minutes between the clock times of two others.
BETWEEN = {
    "minutes_crossing_to_found": ("mdl_crossing_time", "found_time"),
    "minutes_crossing_to_rescue": ("mdl_crossing_time", "rescue_time"),
    "flight_duration": ("flight_departure", "hospital_arrival"),
}
#: Units of one kind in a common one, to set values of a fact beside each other.
_UNITS = {
    "cm": ("m", 0.01), "ft": ("m", 0.3048), "yd": ("m", 0.9144), "m": ("m", 1.0),
    "km": ("m", 1000.0), "mi": ("m", 1609.3), "s": ("s", 1.0), "min": ("s", 60.0),
    "h": ("s", 3600.0), "days": ("s", 86400.0), "ml": ("ml", 1.0), "gal": ("ml", 3785.0),
}  # fmt: skip
#: What has a width, height or radius here is smaller than this, what is a way is shorter.
SMALL_M, NEAR_M = 1_000.0, 100_000.0
_SMALL = r"(?i)\b(?:width|height|depth|length of|radius|diameter|dragged|shape|how far|fall)\b"


def _preferred(facts: pd.DataFrame) -> pd.DataFrame:
    ours = facts[facts["preferred"].eq("yes")]
    return ours.drop_duplicates("fact_id").set_index("fact_id")


def _minutes(clock: object) -> int | None:
    words = re.fullmatch(r"(\d\d):(\d\d)", str(clock))
    return 60 * int(words[1]) + int(words[2]) if words else None


@across("jsa_facts_2017", "jsa_timeline_2017", warning=True)
def clocks_agree(frames: Frames, texts: Texts) -> list[Fault]:
    """Find minutes between two clocks that are others, and clocks that no moment of the day has."""
    facts, timeline, faults = frames["jsa_facts_2017"], frames["jsa_timeline_2017"], []
    ours, text = _preferred(facts), texts["jsa_facts_2017"]
    rows = facts[facts["preferred"].eq("yes").fillna(False)]
    rows = pd.Series(rows.index, index=rows["fact_id"]).groupby(level=0).first()
    clocks = {name: _minutes(value) for name, value in ours["value"].items()}
    for name, (start, end) in BETWEEN.items():
        first, last = clocks.get(start), clocks.get(end)
        if name in ours.index and first is not None and last is not None:
            value = ours.at[name, "value_low"]
            if pd.notna(value) and value != last - first:
                expected = f"{last - first}, from {start} to {end}"
                what = ("is not the time between two facts", expected, _MEND)
                faults.append(told(text, rows[name], "value_low", value, what))
    there = {_minutes(clock) for clock in timeline["time_local"][timeline["date"].eq(_DAY)]}
    for name, clock in clocks.items():
        if clock is not None and clock not in there and len(there) > 1:
            what = ("is the clock of no moment", "a time of jsa_timeline_2017", _MEND)
            faults.append(told(text, rows[name], "value", ours.at[name, "value"], what))
    return faults


def _in_register(frames: Frames) -> Iterator[tuple[str, str, int, str, object, object]]:
    """Yield table, column, row, what it is, the value, and what the register has."""
    register, facts = frames["incidents"], frames["jsa_facts_2017"]
    here = register[register["route"].eq("jsa")].sort_values("date")
    before = here[here["date"] < _DAY]
    ours = facts[facts["preferred"].eq("yes")]
    shot = before[before["shots_fired"].eq("yes")]["date"]
    soldiers = before[
        before["event_type"].eq("direct_defection")
        & before["nationality"].eq("north_korean")
        & before["affiliation"].isin(["soldier", "officer", "guard"])
    ]
    of_day = here[here["date"].eq(_DAY)]["shots_count"].dropna()
    for row, fact in ours.iterrows():
        name = fact["fact_id"]
        if name == "jsa_shooting_before" and len(shot):
            yield (
                "jsa_facts_2017",
                "value",
                row,
                "the last shooting before",
                fact["value"],
                shot.iloc[-1],
            )
        if name == "kpa_soldiers_via_jsa_before":
            yield (
                "jsa_facts_2017",
                "value_low",
                row,
                "soldiers before",
                fact["value_low"],
                len(soldiers),
            )
        if name == "shots_fired_kpa" and len(of_day):
            yield "jsa_facts_2017", "value_low", row, "rounds", fact["value_low"], of_day.iloc[0]
    timeline = frames["jsa_timeline_2017"]
    crossed = timeline["violations"].str.contains("crossed_mdl") & timeline["actor"].eq("other")
    for row, day in timeline["date"][crossed.fillna(False)].items():
        known = here["date"]
        found = day if day in set(known) else ", ".join(known[known.str[:7].eq(day[:7])]) or "none"
        yield "jsa_timeline_2017", "date", row, "a crossing of the JSA", day, found


@across("jsa_facts_2017", "jsa_timeline_2017", "incidents", warning=True)
def the_register_agrees(frames: Frames, texts: Texts) -> list[Fault]:
    """Find facts and moments of the JSA for which the register has another day or number."""
    return [
        told(texts[table], row, column, value,
             (f"the register has another value for {what}", str(own), _MEND))
        for table, column, row, what, value, own in _in_register(frames)
        if pd.notna(value) and value != own
    ]  # fmt: skip


def _in_common(fact: pd.Series) -> tuple[str, float] | None:
    value = fact["value_low"] if pd.notna(fact["value_low"]) else fact["value_high"]
    if pd.isna(value) or fact["unit"] not in _UNITS:
        return None
    kind, factor = _UNITS[fact["unit"]]
    return kind, float(value) * factor


@across("jsa_facts_2017", "jsa_geometry", warning=True)
def units_are_likely(frames: Frames, texts: Texts) -> list[Fault]:
    """Find lengths that nothing at Panmunjom has, and values of one fact far from each other."""
    faults = []
    for name in ("jsa_facts_2017", "jsa_geometry"):
        facts, text = frames[name], texts[name]
        things = facts["fact_id"].str.replace(r"^(?:first|second|third)_", "", regex=True)
        common = {row: _in_common(fact) for row, fact in facts.iterrows()}
        for row, (kind, size) in ((row, one) for row, one in common.items() if one):
            small = re.search(_SMALL, str(facts.at[row, "label"]))
            if name == "jsa_geometry" and kind == "m" and size > (SMALL_M if small else NEAR_M):
                expected = f"at most {SMALL_M if small else NEAR_M:,.0f} m"
                what = ("is too long for the place", expected, "mend the unit or the number")
                faults.append(told(text, row, "unit", facts.at[row, "unit"], what))
            # The first and the second of a thing, as of operations, are alike as well.
            rivals = facts.index[things.eq(things[row]) & (facts.index != row)]
            sizes = [common[one][1] for one in rivals if common[one] and common[one][0] == kind]
            if sizes and size and min(max(size / one, one / size) for one in sizes if one) > 10:
                what = ("far from the other values of the fact", "a like size", "mend the unit")
                faults.append(told(text, row, "unit", facts.at[row, "unit"], what))
        faults += _radii(facts, text)
    return faults


def _radii(facts: pd.DataFrame, text: object) -> Iterator[Fault]:
    """Yield diameters that are not twice the radius of the same thing."""
    sizes = facts.dropna(subset=["label", "value_low"])
    for row, fact in sizes[sizes["label"].str.endswith("diameter")].iterrows():
        same = sizes[sizes["label"].eq(fact["label"].replace("diameter", "radius"))]
        for radius in same["value_low"][same["unit"].eq(fact["unit"])]:
            if fact["value_low"] != 2 * radius:
                what = ("is not twice the radius", f"{2 * radius:g}", _MEND)
                yield told(text, row, "value_low", fact["value_low"], what)


#: An estimate is measured from a landmark that is published: none is farther from all of them.
APART_KM = 5.0


@across("jsa_landmarks", warning=True)
def estimates_are_near(frames: Frames, texts: Texts) -> list[Fault]:
    """Find estimated landmarks that are far from every published one."""
    places = frames["jsa_landmarks"].dropna(subset=["lat", "lon"])
    basis, faults = places["coordinate_basis"], []
    known = places.loc[basis.eq("published"), ["lat", "lon"]].to_numpy(float)
    for row, place in places[basis.eq("estimated")].iterrows() if len(known) else ():
        north, east = (known - [place["lat"], place["lon"]]).T * KM
        away = np.hypot(north, east * np.cos(np.radians(float(place["lat"])))).min()
        if away > APART_KM:
            what = (f"is {away:.0f} km from every published landmark", "a point near one", _MEND)
            faults.append(told(texts["jsa_landmarks"], row, "lat", place["lat"], what))
    return faults


@across("jsa_timeline_2017", "jsa_landmarks", warning=True)
def moments_are_where_they_say(frames: Frames, texts: Texts) -> list[Fault]:
    """Find moments whose words name landmarks, but not their own."""
    places = frames["jsa_landmarks"].dropna(subset=["landmark_id", "name_en"])
    names = {key: _proper(name) for key, name in places[["landmark_id", "name_en"]].to_numpy()}
    known, timeline, faults = set().union(*names.values()), frames["jsa_timeline_2017"], []
    for row, moment in timeline.dropna(subset=["landmark_id", "event"]).iterrows():
        own, key = names.get(moment["landmark_id"]), moment["landmark_id"]
        # What somebody runs or drives towards is another place.
        named = _proper(re.sub(r"^\w+|\btowards .*", "", moment["event"])) & known
        if own is not None and named and not named & own:
            what = ("is not a place of its event", f"one named {', '.join(sorted(named))}", _MEND)
            faults.append(told(texts["jsa_timeline_2017"], row, "landmark_id", key, what, True))
    return faults


def _proper(words: str) -> set[str]:
    """Return the words with a capital, abbreviations left out."""
    return set(re.findall(r"\b[A-Z][a-z]{2,}", words)) - {"North", "South", "Korea", "Korean"}


_POINTS = [
    r"(\d+)-(\d+)-([\d.]+) N,? (\d+)-(\d+)-([\d.]+) E",
    r"(\d\d\.\d{3,})\D+(\d{3}\.\d{3,})",
]
#: Half a second of arc and its rounding, in degrees.
ROUNDING = 0.0003


@across("jsa_landmarks", warning=True)
def landmarks_as_printed(frames: Frames, texts: Texts) -> list[Fault]:
    """Find landmarks whose note prints another point."""
    landmarks, text, faults = frames["jsa_landmarks"], texts["jsa_landmarks"], []
    rows = landmarks[landmarks["coordinate_basis"].eq("published")]
    for row, place in rows.dropna(subset=["lat", "lon", "coordinate_note"]).iterrows():
        found = [re.search(pattern, place["coordinate_note"]) for pattern in _POINTS]
        if found[0]:
            parts = [float(part) for part in found[0].groups()]
            printed = [parts[n] + parts[n + 1] / 60 + parts[n + 2] / 3600 for n in (0, 3)]
        elif found[1]:
            printed = [float(part) for part in found[1].groups()]
        else:
            continue
        for name, degrees in zip(("lat", "lon"), printed, strict=True):
            if abs(place[name] - degrees) > ROUNDING:
                what = ("is not the point of coordinate_note", f"{degrees:.5f}", _MEND)
                faults.append(told(text, row, name, place[name], what))
    return faults

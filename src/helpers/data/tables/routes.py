"""Routes out of North Korea and places on them, the line at sea, and what no record shows.

A place is never finer than a town, county or province.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from helpers.data import clock, vocab
from helpers.data.agree import ANY_NUMBER, by_row, codes_in_key, number, printed
from helpers.data.columns import (
    DECISIONS,
    MINUTE_MARK,
    SECOND_MARK,
    Column,
    Rule,
    Schema,
    Table,
    coded,
    counted,
    decimal,
    dms,
    key,
    points,
    rule,
    sources,
    text,
    whole,
)

COARSE_COUNTRIES = ["PRK", "CHN", "LAO"]


def _printed(what: str, name: str, unit: str, high: int) -> dict[str, Column]:
    """Return the columns of a printed quantity: its words, and lowest and highest number."""
    unclean = "not published, or the printed numbers are of different stretches or units"
    column, suffix = (f"{name}_{unit}", {"km": "kilometres", "usd": "US dollars"}.get(unit, unit))
    return {
        f"{name}_printed": text(f"{what}, as sources print it.", "not published"),
        f"{column}_low": whole(f"Lowest number printed: {what}.", suffix, 1, high, unclean),
        f"{column}_high": whole(f"Highest number printed: {what}.", suffix, 1, high, unclean),
    }


def _ends(printed: str, column: str) -> Rule:
    """Return the rule that both ends stand together, in order, beside the printed words."""

    def keep(frame: pd.DataFrame) -> pd.Series:
        low, high = frame[f"{column}_low"], frame[f"{column}_high"]
        neither = low.isna() & high.isna()
        return neither | (frame[printed].notna() & low.le(high).fillna(False))

    return rule(f"{column}_low", f"low and high in order, beside {printed}, or neither", keep)


def _years_named(words: object) -> list[int]:
    """Return the years that ``words`` name; a decade, as in 1990s, names its ten years."""
    found = re.findall(r"\b(\d{4})(s?)\b", "" if pd.isna(words) else str(words))
    return [int(year) + more for year, decade in found for more in range(10 if decade else 1)]


def _years_fit(frame: pd.DataFrame) -> pd.Series:
    """Tell whether first and last year are named in period_main, and are there if it names any."""
    rows = zip(*(frame[f"period_{name}"] for name in ("main", "first", "last")), strict=True)
    return pd.Series(
        [
            set(named) >= {year for year in (first, last) if pd.notna(year)}
            and bool(named) == pd.notna(first)
            and (pd.isna(last) or first <= last)
            for words, first, last in rows
            for named in [_years_named(words)]
        ],
        index=frame.index,
        dtype=bool,
    )


_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _days_printed(words: object, *days: object) -> bool:
    """Tell whether each number of days is one that the words print, within a seventh."""
    found = re.findall(rf"\b({ANY_NUMBER})[ -](day|week|month|year)", str(words))
    printed = [number(one) * _DAYS[unit] for one, unit in found]
    return not printed or all(
        any(6 * one <= 7 * day and 6 * day <= 7 * one for one in printed)
        for day in days
        if pd.notna(day)
    )


_KINDS = {
    "direct_land": ["jsa", "dmz_land"],
    "direct_sea": ["han_estuary", "yellow_sea", "east_sea"],
    "border": ["china_border", "russia"],
}
_DIRECT = [*_KINDS["direct_land"], *_KINDS["direct_sea"]]


def _kind_fits(frame: pd.DataFrame) -> pd.Series:
    pairs = zip(frame["kind"].astype(str), frame["route"].astype(str), strict=True)
    kept = [
        route in _KINDS[kind] if kind in _KINDS else route not in _DIRECT for kind, route in pairs
    ]
    return pd.Series(kept, index=frame.index, dtype=bool)


ROUTES = Table(
    "routes/routes.csv",
    "Ways out of North Korea",
    "One way to the South a row, direct or through other countries, with what was published on it.",
    Schema(
        {
            "route_id": key("Identifier.", unique=True),
            "name": text("Name.", limit=100),
            "kind": coded("What kind of way; only the first two are direct.", vocab.RouteKind),
            "route": coded("Under which route the register files its cases.", vocab.Route),
            "from_place": text("Where it starts, in words.", limit=100),
            "to_place": text("Where it ends, in words.", limit=100),
            "period_main": text("When it was used most.", limit=100),
            "period_first": whole(
                "First year of period_main.", "year", 1950, 2100, "no year stands out"
            ),
            "period_last": whole(
                "Last year of period_main.", "year", 1950, 2100, "not over, or no year stands out"
            ),
            "period_about": coded(
                "Whether a year of these is about, a decade or a part of one.",
                vocab.YesNo,
                "no year stands out",
            ),
            "status_by_2026": text("How it stood in 2026.", limit=150),
            **_printed("Length", "distance", "km", 20_000),
            **_printed("Time on the way", "duration", "days", 5_000),
            **_printed("Price a person, a claim of brokers and escapees", "cost", "usd", 100_000),
            "risk_notes": text("What became of people on it."),
            **sources("Sources on the route."),
            **DECISIONS,
        },
        checks=[
            rule("period_first", "years that period_main names, in order", _years_fit),
            rule(
                "period_about",
                "'yes' or 'no' exactly where there is a first year",
                lambda t: t["period_about"].notna() == t["period_first"].notna(),
            ),
            rule("kind", "a kind of way that its route can be", _kind_fits),
            printed("distance_printed", "distance_km_low", "distance_km_high", warning=True),
            printed("cost_printed", "cost_usd_low", "cost_usd_high", warning=True),
            rule(
                "duration_days_high",
                "numbers of days that duration_printed says",
                by_row(
                    _days_printed, "duration_printed", "duration_days_low", "duration_days_high"
                ),
                True,
            ),
            _ends("distance_printed", "distance_km"),
            _ends("duration_printed", "duration_days"),
            _ends("cost_printed", "cost_usd"),
        ],
    ),
    ("route_id",),
    indexed=True,
    provenance="Described from press, court and NGO accounts; schematic by rule of ethics.",
)


def _coarse(frame: pd.DataFrame) -> pd.Series:
    kept = frame["country"].isin(COARSE_COUNTRIES)
    rough = pd.Series(True, index=frame.index)
    for axis in ("lat", "lon"):
        tenths = frame[axis].astype("Float64") * 10
        rough &= (tenths - tenths.round()).abs().lt(1e-6).fillna(True).astype(bool)
    return ~kept | rough


def _one_place(frame: pd.DataFrame) -> pd.Series:
    """Tell whether a place has the point and the country that most of its rows have."""
    points = frame[["country", "lat", "lon"]].astype("string").fillna("").agg(" ".join, axis=1)
    usual = points.groupby(frame["place"]).transform(lambda some: some.mode().iloc[0])
    return points.eq(usual)


def _in_turn(frame: pd.DataFrame) -> pd.Series:
    """Tell whether a way begins at its origin and ends, once, at its destination."""
    role, last = (
        frame["role"].astype(str),
        frame["stop"].eq(frame.groupby("route_id")["stop"].transform("max")),
    )
    begun = role.ne("origin").groupby(frame["route_id"]).cumsum().gt(0)
    return (role.ne("destination") | last) & (role.ne("origin") | ~begun)


def _at_its_end(frame: pd.DataFrame) -> pd.Series:
    role, country = frame["role"], frame["country"].astype(str)
    return (country.ne("PRK") | role.ne("exit")) & (country.eq("KOR") | role.ne("destination"))


_CITIES = ["HKG", "SGP"]


def _a_country(places: pd.Series) -> pd.Series:
    names = "|".join(vocab.Country.labels().values())
    return places.str.contains(rf"\b(?:{names})(?: \(|$)").fillna(False)


_WAYPOINT_RULES = [
    counted("stop", "route_id", "1, 2, 3 ... within a route_id"),
    rule("place", "the point and country of this place in other rows", _one_place, True),
    rule("role", "'origin' before all others, 'destination' last and once", _in_turn, True),
    rule("role", "no 'exit' in the North, 'destination' only in the South", _at_its_end, True),
    rule(
        "precision",
        "no town where the place is a country or its part",
        lambda t: (
            t["precision"].isin(["country", "not_located"])
            | t["country"].isin(_CITIES)
            | ~_a_country(t["place"])
        ),
        True,
    ),
    rule(
        "lat",
        "both coordinates, or none and 'not_located'",
        lambda t: (
            t["lat"].notna().eq(t["lon"].notna())
            & t["lat"].isna().eq(t["precision"] == "not_located")
        ),
    ),
    rule(
        "lat",
        f"at most one decimal (some 10 km) in {', '.join(COARSE_COUNTRIES)}",
        _coarse,
    ),
]

WAYPOINTS = Table(
    "routes/waypoints.csv",
    "Places on the ways out",
    "One place on one route a row. Schematic: joined by arcs, seen no closer than a province.",
    Schema(
        {
            "route_id": key("The route.", target="routes.route_id"),
            "stop": whole("Place along the route.", "rank", 1, 50),
            "place": text("Town, county, province or country.", limit=60),
            "country": coded("Where it lies.", vocab.Country),
            "role": coded("What it is on the route.", vocab.WaypointRole),
            **points((-10, 60), (30, 150)),
            "precision": coded("What the coordinate stands for.", vocab.WaypointPrecision),
            **sources("Sources that put the place on the route."),
            **DECISIONS,
        },
        checks=_WAYPOINT_RULES,
    ),
    ("route_id", "stop"),
    hint="Draw arcs between the places, never a path.",
    provenance="Places named in published accounts, coarsened to city level or coarser by rule of "
    "ethics.",
)

# Five decimals are printed, so half of the last one is the rounding that may remain.
ROUNDING = 5.1e-6


def degrees(cells: pd.Series) -> pd.Series:
    """Return decimal degrees of cells of degrees, minutes, seconds; south and west below 0."""
    parts = cells.str.extract(rf"(\d+)°(\d+){MINUTE_MARK}(\d+){SECOND_MARK}([NSEW])")
    size = parts[0].astype(float) + parts[1].astype(float) / 60 + parts[2].astype(float) / 3600
    return size.where(parts[3].isin(["N", "E"]), -size)


def _same(axis: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda t: (degrees(t[f"{axis}_dms"]) - t[axis].astype(float)).abs() <= ROUNDING


NLL_1953_POINTS = Table(
    "context/nll_1953_points.csv",
    "Northern Limit Line of 1953 in the Yellow Sea",
    "One published turning point a row, from the estuary outwards. Not an agreed border.",
    Schema(
        {
            "point": whole("Number of the point, from the east.", "rank", 1, 11),
            "lat_dms": dms("Latitude as printed.", "NS"),
            "lon_dms": dms("Longitude as printed, misprints mended (see note).", "EW"),
            "lat": decimal("Latitude, WGS 84 (the datum is not printed).", "degrees north", 37, 39),
            "lon": decimal(
                "Longitude, WGS 84 (the datum is not printed).", "degrees east", 124, 127
            ),
            "note": text("What is wrong in print, and how it was read.", "nothing to note"),
            **sources("Sources that print the point."),
            **DECISIONS,
        },
        checks=[
            rule("point", "1, 2, 3 ... down the file", lambda t: t["point"] == t.index + 1),
            rule("lat", "lat_dms in decimal degrees, five decimals", _same("lat")),
            rule("lon", "lon_dms in decimal degrees, five decimals", _same("lon")),
            rule(
                "lon",
                "a point west of the row above",
                lambda t: t["lon"].lt(t["lon"].shift()).fillna(True),
            ),
        ],
    ),
    ("point",),
    provenance="Turning points printed in a Korean reference text; one misprint corrected and "
    "noted.",
)


def _span_named(key: object, direction: object, first: object) -> bool:
    words = re.fullmatch(r"([a-z])2([a-z])_.*_(\d{4})", str(key))
    if not words or pd.isna(direction) or pd.isna(first):
        return True
    start, _, end = str(direction).split("_", 2) if direction.count("_") == 2 else ("", "", "")
    return (words[1], words[2], words[3]) == (start[:1], end[:1], str(first))


def _apart(frame: pd.DataFrame) -> pd.Series:
    ordered = frame.sort_values(["direction", "route", "first_year"])
    before = ordered.groupby(["direction", "route"], observed=True)["last_year"].shift()
    return (ordered["first_year"].gt(before) | before.isna()).reindex(frame.index)


def _last_alike(frame: pd.DataFrame) -> pd.Series:
    same = frame.groupby(["direction", "kind", "first_year"], observed=True)["last_year"]
    alike = frame.groupby(["direction", "kind", "first_year", "last_year"], observed=True)
    alone = alike["route"].transform("size").eq(1) & same.transform("nunique").eq(2)
    return ~alone | same.transform("size").lt(4)


BLIND_YEARS = Table(
    "context/blind_years.csv",
    "Blind years of the register",
    "Spans of years for which the register of incidents cannot say how many crossed a route.",
    Schema(
        {
            "span_id": key("Identifier: direction, route, first year.", unique=True),
            "direction": coded("The way that the register cannot see.", vocab.Direction),
            "route": coded("The route that it cannot see.", vocab.Route),
            "first_year": whole("First blind year.", "year", 1950, 2100),
            "last_year": whole("Last blind year.", "year", 1950, 2100),
            "kind": coded("In what way it is blind.", vocab.BlindKind),
            "reason": text("Why we say so."),
            **sources(
                "Sources that show the gap.", "seen from the register itself: no row, no source"
            ),
            **DECISIONS,
        },
        checks=[
            rule(
                "last_year",
                "a last year not before the first",
                lambda t: t["last_year"] >= t["first_year"],
            ),
            rule(
                "last_year",
                "a year that has begun",
                lambda t: t["last_year"].le(clock.today().year),
            ),
            rule(
                "kind",
                "'partial' exactly where the reason is a year that is not over",
                lambda t: t["kind"].eq("partial").eq(t["reason"].str.contains("not over")),
                True,
            ),
            rule("last_year", "that of most spans of the direction from then", _last_alike, True),
            *codes_in_key("span_id", "route"),
            rule(
                "span_id",
                "the first letters of direction, and first_year at its end",
                by_row(_span_named, "span_id", "direction", "first_year"),
                True,
            ),
            rule("first_year", "years that no other span of the route holds", _apart, True),
        ],
    ),
    ("span_id",),
    provenance=(
        "Read off the register itself, off official totals that exceed its rows, and off what"
        " was censored."
    ),
)

"""Ways out of North Korea, and places on them: never finer than a town, county or province."""

from __future__ import annotations

import re

import pandas as pd

from helpers.data import vocab
from helpers.data.columns import Column, Rule, coded, decimal, key, keys, text, whole
from helpers.data.tables.table import Schema, Table, rule

COARSE_COUNTRIES = ["PRK", "CHN", "LAO"]

_DECISIONS = keys("Decisions in DECISIONS.md that touch the row.", "none")


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


ROUTES = Table(
    "routes",
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
            "source_ids": keys("Sources on the route."),
            "decision_ids": _DECISIONS,
        },
        checks=[
            rule("period_first", "years that period_main names, in order", _years_fit),
            rule(
                "period_about",
                "'yes' or 'no' exactly where there is a first year",
                lambda t: t["period_about"].notna() == t["period_first"].notna(),
            ),
            _ends("distance_printed", "distance_km"),
            _ends("duration_printed", "duration_days"),
            _ends("cost_printed", "cost_usd"),
        ],
    ),
    ("route_id",),
    {"source_ids": ("sources", "source_id")},
    provenance=("Described from press, court and NGO accounts; schematic by rule of ethics."),
)


def _coarse(frame: pd.DataFrame) -> pd.Series:
    """Tell whether points in the countries of the rule have at most one decimal."""
    kept = frame["country"].isin(COARSE_COUNTRIES)
    rough = pd.Series(True, index=frame.index)
    for axis in ("lat", "lon"):
        tenths = frame[axis].astype("Float64") * 10
        rough &= (tenths - tenths.round()).abs().lt(1e-6).fillna(True).astype(bool)
    return ~kept | rough


_WAYPOINT_RULES = [
    rule(
        "stop",
        "1, 2, 3 ... within a route_id",
        lambda t: t["stop"] == t.groupby("route_id").cumcount() + 1,
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
    "waypoints",
    "routes/waypoints.csv",
    "Places on the ways out",
    "One place on one route a row. Schematic: joined by arcs, seen no closer than a province.",
    Schema(
        {
            "route_id": key("The route."),
            "stop": whole("Place along the route.", "rank", 1, 50),
            "place": text("Town, county, province or country.", limit=60),
            "country": coded("Where it lies.", vocab.Country),
            "role": coded("What it is on the route.", vocab.WaypointRole),
            "lat": decimal("Latitude, WGS 84.", "degrees north", -10, 60, "not located"),
            "lon": decimal("Longitude, WGS 84.", "degrees east", 30, 150, "not located"),
            "precision": coded("What the coordinate stands for.", vocab.WaypointPrecision),
            "source_ids": keys("Sources that put the place on the route."),
            "decision_ids": _DECISIONS,
        },
        checks=_WAYPOINT_RULES,
    ),
    ("route_id", "stop"),
    {"route_id": ("routes", "route_id"), "source_ids": ("sources", "source_id")},
    provenance=(
        "Places named in published accounts, coarsened to city level or coarser by rule of ethics."
    ),
)

ROUTE_TABLES = [ROUTES, WAYPOINTS]

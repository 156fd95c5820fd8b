"""The tables around the register: official totals, events at the border, counts by route."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.data import vocab
from helpers.data.agree import (
    by_row,
    codes_in_key,
    date_in_key,
    period_rules,
    said_by,
    share_a_word,
    years_of,
)
from helpers.data.columns import (
    DECISIONS,
    PERIOD,
    Column,
    Rule,
    Schema,
    Table,
    coded,
    decimal,
    derived,
    key,
    needs,
    once,
    partial_date,
    rule,
    sources,
    tail,
    text,
    whole,
)

_COUNT_UNITS = ["people", "incidents"]


def _in_order(names: list[str]) -> Rule:
    """Return the rule that low, best and high of ``names`` do not contradict each other."""
    low, best, high = names

    def test(frame: pd.DataFrame) -> pd.Series:
        pairs = [(low, best), (best, high), (low, high)]
        kept = pd.Series(True, index=frame.index)
        for lesser, greater in pairs:
            kept &= frame[lesser].le(frame[greater]).fillna(True)
        return kept

    return rule(low, f"{low} no more than {best}, {best} no more than {high}", test)


def _some(names: list[str]) -> Rule:
    """Return the rule that at least one of ``names`` holds a value."""
    return rule(
        names[1], f"a value in one of {', '.join(names)}", lambda t: t[names].notna().any(axis=1)
    )


_BOUNDS = {
    "value_low": (
        "At least this: 'more than', or the lower end of a range.",
        "no lower bound said",
    ),
    "value_best": ("The number said, exact or about.", "only bounds said"),
    "value_high": ("At most this: 'up to', or the upper end of a range.", "no upper bound said"),
}
_VALUES = [*_BOUNDS]
_AMOUNTS = ["amount_low", "amount_best", "amount_high"]
_DOLLARS = ["usd_low", "usd_best", "usd_high"]


def _values(kind: Callable[..., Column], top: int) -> dict[str, Column]:
    """Return the three columns of a value that is given in the column ``unit``."""
    return {
        name: kind(words, "as in unit", 0, top, missing)
        for name, (words, missing) in _BOUNDS.items()
    }


_WHO_SAYS = {"who_says": text("Who gave the number, and through whom it came.", limit=120)}

OFFICIAL_TOTALS = Table(
    "context/official_totals.csv",
    "Official totals of direct crossings",
    "One row a number of an office (or of the press, counting announcements) on direct crossings, "
    "sea arrivals and returns. The definitions of the releases differ: never join two series.",
    Schema(
        {
            "total_id": key("Identifier: series, measure, unit and period.", unique=True),
            "series": coded("The release, with its own definition.", vocab.OfficialSeries),
            "body": coded("Whose figure it is.", vocab.OfficialBody),
            "measure": coded("Whom or what it counts.", vocab.OfficialMeasure),
            **PERIOD,
            **_values(whole, 100_000),
            "unit": coded("In what the value is counted.", vocab.Unit),
            **tail(),
        },
        checks=[
            once(["series", "measure", "unit", "period_start", "period_end"]),
            *period_rules("total_id", "series"),
            *codes_in_key("total_id", "series", "measure", "unit"),
            _in_order(_VALUES),
            _some(_VALUES),
            rule(
                "unit",
                f"one of {', '.join(_COUNT_UNITS)}",
                lambda t: t["unit"].isin(_COUNT_UNITS),
            ),
            rule(
                "body",
                "one body for all rows of a series",
                lambda t: (
                    t["body"]
                    .astype(str)
                    .groupby(t["series"].astype(str))
                    .transform("nunique")
                    .eq(1)
                ),
            ),
        ],
    ),
    ("total_id",),
    provenance=(
        "Totals of direct crossings stated by the Joint Chiefs of Staff, the Ministry of "
        "National Defense and others, as reported; definitions differ and are kept apart."
    ),
)


BORDER_EVENTS = Table(
    "context/border_events.csv",
    "Events that changed the routes",
    "One row a dated event at the northern border, in China or in a transit country, and what it "
    "changed for people on the way.",
    Schema(
        {
            "event_id": key("Identifier: date and first words.", unique=True),
            "date": partial_date("Day, month or year of the event, or when it began."),
            "date_end": partial_date("When it ended.", "one moment, or lasting"),
            "kind": coded("In what way it bears on the routes.", vocab.BorderEventKind),
            "event": text("What happened.", limit=200),
            "effect_on_route": text("What it changed for people on the way."),
            **sources("Sources that state the event."),
            **DECISIONS,
        },
        checks=[
            date_in_key("event_id", "date"),
            rule(
                "event", "words that event_id has", by_row(share_a_word, "event_id", "event"), True
            ),
            rule(
                "date_end",
                "an end no earlier than date",
                lambda t: t["date_end"].isna() | (t["date"] <= t["date_end"] + "~"),
            ),
        ],
    ),
    ("event_id",),
    order=("date", "event_id"),
    provenance="Dated events that changed a route, from press and official statements.",
)


def _unit_fits(frame: pd.DataFrame) -> pd.Series:
    measure, unit = frame["measure"].astype(str), frame["unit"].astype(str)
    fits = unit.eq("people").where(measure != "entry_rate", unit.str.startswith("people_per_"))
    return fits.where(measure != "stay_abroad", unit.eq("months"))


ROUTE_ESTIMATES = Table(
    "routes/route_estimates.csv",
    "Counts and estimates by country and route",
    "One row a number that somebody gave: entries, arrests, missions, stays, stocks, returns and "
    "resettlement, by country. Values that contradict each other are all kept.",
    Schema(
        {
            "estimate_id": key("Identifier: place, measure and period.", unique=True),
            "measure": coded("What the number is of.", vocab.RouteMeasure),
            "place": coded("Country or group of countries.", vocab.RoutePlace),
            "place_note": text("Part of the country.", "the country as a whole", limit=80),
            **PERIOD,
            **_values(whole, 1_000_000),
            "unit": coded("In what the value is counted.", vocab.Unit),
            **_WHO_SAYS,
            "status": coded("Printed, or computed by us.", vocab.FigureStatus),
            "standing": coded("How far it can be used.", vocab.EstimateStanding),
            **tail(),
        },
        checks=[
            *period_rules("estimate_id"),
            *codes_in_key("estimate_id", "place", "measure"),
            _in_order(_VALUES),
            _some(_VALUES),
            derived("status"),
            rule("unit", "the unit of the measure: people, a rate, or months of stay", _unit_fits),
            needs(
                "note",
                "a note that says why, where the standing is 'doubtful'",
                "standing",
                "doubtful",
            ),
        ],
    ),
    ("estimate_id",),
    provenance=(
        "Counts and estimates by transit country, by governments, UN bodies and "
        "organisations, as published."
    ),
)

_SHARE_CATEGORIES = {
    "via_country": ["thailand", "laos", "china"],
    "via_country_rank": ["thailand", "laos", "china"],
    "home_province": [
        "north_hamgyong",
        "ryanggang",
        "north_hamgyong_ryanggang",
        "hamgyong_ryanggang",
        "north_pyongan_jagang",
    ],
}


def _category_fits(frame: pd.DataFrame) -> pd.Series:
    cells = zip(frame["measure"], frame["category"], strict=True)
    return pd.Series([_fits(*pair) for pair in cells], index=frame.index)


def _fits(measure: object, category: object) -> bool:
    if pd.isna(measure) or pd.isna(category):
        return False
    of = {name for name, categories in _SHARE_CATEGORIES.items() if category in categories}
    of |= {"stay_abroad"} if category.startswith("stay_") else set()
    return measure in of or not of or measure not in {*_SHARE_CATEGORIES, "stay_abroad"}


ROUTE_SHARES = Table(
    "routes/route_shares.csv",
    "Shares by country, province and time on the way",
    "One row a published share or rank, with what it is a share of. No yearly share by transit "
    "country exists.",
    Schema(
        {
            "share_id": key("Identifier: measure, category and period.", unique=True),
            "measure": coded("What kind of share.", vocab.ShareMeasure),
            "category": coded("Whom or what it is given for.", vocab.ShareCategory),
            **PERIOD,
            **_values(decimal, 100),
            "unit": coded("Percent or rank.", vocab.Unit),
            "base": text("What it is a share of.", limit=120),
            **_WHO_SAYS,
            "standing": coded("How far it can be used.", vocab.EstimateStanding),
            **tail(),
        },
        checks=[
            *period_rules("share_id"),
            *codes_in_key("share_id", "measure", "category"),
            _in_order(_VALUES),
            _some(_VALUES),
            rule("category", "a category of the row's measure", _category_fits),
            rule("base", "a year of period, if any", by_row(years_of, "base", "period"), True),
            rule(
                "unit",
                "'rank' for a rank, else 'percent'",
                lambda t: (
                    t["unit"]
                    .eq("rank")
                    .where(t["measure"].eq("via_country_rank"), t["unit"].eq("percent"))
                ),
            ),
        ],
    ),
    ("share_id",),
    provenance="Published shares of routes and transit countries, each with its base.",
)


def _prices(names: list[str], unit: str, said: tuple[str, str, str]) -> dict[str, Column]:
    """Return the three columns of a price: at least, as said, at most."""
    return {
        name: whole(f"Price, {how}.", unit, 0, 1_000_000_000, "not said")
        for name, how in zip(names, said, strict=True)
    }


_BESIDE = "as published in US dollars beside the amount"

ROUTE_COSTS = Table(
    "routes/route_costs.csv",
    "Published prices of the way",
    "One row a price that brokers or escapees named and somebody published. Claims, not a market: "
    "show them as ranges with who says so.",
    Schema(
        {
            "cost_id": key("Identifier: leg, period and who says so.", unique=True),
            "leg": coded("The part of the journey.", vocab.CostLeg),
            "leg_note": text("Which stretch.", "any", limit=80),
            **PERIOD,
            **_prices(
                _AMOUNTS,
                "as in currency",
                (
                    "at least",
                    "as said, exact or about; 0 for those who paid nothing",
                    "at most",
                ),
            ),
            "currency": coded("Currency of the amount.", vocab.Currency),
            **_prices(
                _DOLLARS, "US dollars", (f"at least, {_BESIDE}", _BESIDE, f"at most, {_BESIDE}")
            ),
            "share_percent": decimal(
                "Share of the asked who paid this.", "percent", 0, 100, "not from a survey"
            ),
            "who_says": text("Who published the price.", limit=120),
            **tail(),
        },
        checks=[
            *period_rules("cost_id"),
            *codes_in_key("cost_id", "leg"),
            rule("who_says", "whom cost_id names", by_row(said_by, "cost_id", "who_says"), True),
            _in_order(_AMOUNTS),
            _some(_AMOUNTS),
            _in_order(_DOLLARS),
            rule(
                "usd_best",
                "no second value in dollars where the currency is 'usd'",
                lambda t: t["currency"].ne("usd") | t[_DOLLARS].isna().all(axis=1),
            ),
        ],
    ),
    ("cost_id",),
    provenance="Prices claimed by brokers and escapees, as printed; never verified.",
)

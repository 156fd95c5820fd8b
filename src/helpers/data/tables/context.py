"""The tables around the register: official totals, events at the border, counts by route."""

from __future__ import annotations

import pandas as pd

from helpers.data import vocab
from helpers.data.columns import Column, Rule, coded, decimal, key, keys, partial_date, text, whole
from helpers.data.tables.arrivals import SOURCE_KEY, SPAN, noted, once
from helpers.data.tables.table import Schema, Table, rule

_COUNT_UNITS = ["people", "incidents"]
_NOT_GIVEN = "not said"


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


_VALUES = ["value_low", "value_best", "value_high"]
_AMOUNTS = ["amount_low", "amount_best", "amount_high"]
_DOLLARS = ["usd_low", "usd_best", "usd_high"]

_PERIOD = {
    "period": text("The period as a label, close to print.", limit=40),
    "period_start": partial_date("First year, month or day.", "open or not known"),
    "period_end": partial_date("Last year, month or day, to the precision published.", "not known"),
}

_TAIL = {
    "source_ids": keys("Sources that state the row's figures."),
    "note": text("What to know about the figure.", "nothing to note"),
    "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
}


def _numbers(low: str, best: str, high: str, top: int) -> dict[str, Column]:
    """Return the three columns of a whole-number value given in the column ``unit``."""
    return {
        "value_low": whole(low, "as in unit", 0, top, "no lower bound said"),
        "value_best": whole(best, "as in unit", 0, top, "only bounds said"),
        "value_high": whole(high, "as in unit", 0, top, "no upper bound said"),
    }


_BOUNDS = (
    "At least this: 'more than', or the lower end of a range.",
    "The number said, exact or about.",
    "At most this: 'up to', or the upper end of a range.",
)

OFFICIAL_TOTALS = Table(
    "official_totals",
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
            **_PERIOD,
            **_numbers(*_BOUNDS, 100_000),
            "unit": coded("In what the value is counted.", vocab.Unit),
            **_TAIL,
        },
        checks=[
            once(["series", "measure", "unit", "period_start", "period_end"]),
            SPAN,
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
    SOURCE_KEY,
    provenance=(
        "Totals of direct crossings stated by the Joint Chiefs of Staff, the Ministry of "
        "National Defense and others, as reported; definitions differ and are kept apart."
    ),
)

BORDER_EVENTS = Table(
    "border_events",
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
            "source_ids": keys("Sources that state the event."),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
        checks=[
            rule(
                "date_end",
                "an end no earlier than date",
                lambda t: t["date_end"].isna() | (t["date"] <= t["date_end"] + "~"),
            )
        ],
    ),
    ("event_id",),
    SOURCE_KEY,
    provenance=("Dated events that changed a route, from press and official statements."),
)

_RATES = ["people_per_week", "people_per_month", "people_per_year"]


def _unit_fits(frame: pd.DataFrame) -> pd.Series:
    """Return whether the unit is the one that the measure asks for."""
    measure, unit = frame["measure"].astype(str), frame["unit"].astype(str)
    fits = unit.eq("people").where(measure != "entry_rate", unit.isin(_RATES))
    return fits.where(measure != "stay_abroad", unit.eq("months"))


ROUTE_ESTIMATES = Table(
    "route_estimates",
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
            **_PERIOD,
            **_numbers(*_BOUNDS, 1_000_000),
            "unit": coded("In what the value is counted.", vocab.Unit),
            "who_says": text("Who gave the number, and through whom it came.", limit=120),
            "status": coded("Printed, or computed by us.", vocab.FigureStatus),
            "standing": coded("How far it can be used.", vocab.EstimateStanding),
            **_TAIL,
        },
        checks=[
            SPAN,
            _in_order(_VALUES),
            _some(_VALUES),
            noted("status"),
            rule("unit", "the unit of the measure: people, a rate, or months of stay", _unit_fits),
            rule(
                "note",
                "a note that says why, where the standing is 'doubtful'",
                lambda t: t["standing"].ne("doubtful") | t["note"].notna(),
            ),
        ],
    ),
    ("estimate_id",),
    SOURCE_KEY,
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
    """Tell whether the category is one of the row's measure; what no measure has fits each."""
    cells = zip(frame["measure"], frame["category"], strict=True)
    return pd.Series([_fits(*pair) for pair in cells], index=frame.index)


def _fits(measure: object, category: object) -> bool:
    if pd.isna(measure) or pd.isna(category):
        return False
    of = {name for name, categories in _SHARE_CATEGORIES.items() if category in categories}
    of |= {"stay_abroad"} if category.startswith("stay_") else set()
    return measure in of or not of or measure not in {*_SHARE_CATEGORIES, "stay_abroad"}


ROUTE_SHARES = Table(
    "route_shares",
    "routes/route_shares.csv",
    "Shares by country, province and time on the way",
    "One row a published share or rank, with what it is a share of. No yearly share by transit "
    "country exists.",
    Schema(
        {
            "share_id": key("Identifier: measure, category and period.", unique=True),
            "measure": coded("What kind of share.", vocab.ShareMeasure),
            "category": coded("Whom or what it is given for.", vocab.ShareCategory),
            **_PERIOD,
            "value_low": decimal(_BOUNDS[0], "as in unit", 0, 100, "no lower bound said"),
            "value_best": decimal(_BOUNDS[1], "as in unit", 0, 100, "only bounds said"),
            "value_high": decimal(_BOUNDS[2], "as in unit", 0, 100, "no upper bound said"),
            "unit": coded("Percent or rank.", vocab.Unit),
            "base": text("What it is a share of.", limit=120),
            "who_says": text("Who gave the number, and through whom it came.", limit=120),
            "standing": coded("How far it can be used.", vocab.EstimateStanding),
            **_TAIL,
        },
        checks=[
            SPAN,
            _in_order(_VALUES),
            _some(_VALUES),
            rule("category", "a category of the row's measure", _category_fits),
            rule(
                "unit",
                "'rank' for a rank, else 'percent'",
                lambda t: (
                    t["unit"].astype(str)
                    == t["measure"]
                    .astype(str)
                    .eq("via_country_rank")
                    .map({True: "rank", False: "percent"})
                ),
            ),
        ],
    ),
    ("share_id",),
    SOURCE_KEY,
    provenance=("Published shares of routes and transit countries, each with its base."),
)


def _money(which: str, unit: str) -> Column:
    """Return a column of a price at one end of what was said."""
    return whole(f"Price, {which}.", unit, 0, 1_000_000_000, _NOT_GIVEN)


ROUTE_COSTS = Table(
    "route_costs",
    "routes/route_costs.csv",
    "Published prices of the way",
    "One row a price that brokers or escapees named and somebody published. Claims, not a market: "
    "show them as ranges with who says so.",
    Schema(
        {
            "cost_id": key("Identifier: leg, period and who says so.", unique=True),
            "leg": coded("The part of the journey.", vocab.CostLeg),
            "leg_note": text("Which stretch.", "any", limit=80),
            **_PERIOD,
            "amount_low": _money("at least", "as in currency"),
            "amount_best": _money(
                "as said, exact or about; 0 for those who paid nothing", "as in currency"
            ),
            "amount_high": _money("at most", "as in currency"),
            "currency": coded("Currency of the amount.", vocab.Currency),
            "usd_low": _money(
                "at least, as published in US dollars beside the amount", "US dollars"
            ),
            "usd_best": _money("as published in US dollars beside the amount", "US dollars"),
            "usd_high": _money(
                "at most, as published in US dollars beside the amount", "US dollars"
            ),
            "share_percent": decimal(
                "Share of the asked who paid this.", "percent", 0, 100, "not from a survey"
            ),
            "who_says": text("Who published the price.", limit=120),
            **_TAIL,
        },
        checks=[
            SPAN,
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
    SOURCE_KEY,
    provenance=("Prices claimed by brokers and escapees, as printed; never verified."),
)

CONTEXT_TABLES = [OFFICIAL_TOTALS, BORDER_EVENTS, ROUTE_ESTIMATES, ROUTE_SHARES, ROUTE_COSTS]

"""The tables of arrivals in the South: years, quarters, revisions and cumulative profiles."""

from __future__ import annotations

import pandas as pd

from helpers.data import vocab
from helpers.data.columns import Rule, coded, decimal, key, keys, partial_date, text, whole
from helpers.data.tables.table import Schema, Table, rule

SOURCE_KEY = {"source_ids": ("sources", "source_id")}


def _adds_up(frame: pd.DataFrame) -> pd.Series:
    """Return whether men and women add up to people, True where one of the three is missing."""
    return (frame["men"] + frame["women"]).eq(frame["people"]).fillna(True)


_MEN_AND_WOMEN = rule(
    "men",
    "men and women to add up to people, and both or neither given",
    lambda t: t["men"].notna().eq(t["women"].notna()) & _adds_up(t),
)


def once(columns: list[str]) -> Rule:
    """Return the rule that no two rows share their values in ``columns``."""
    return rule(
        columns[0],
        f"{' and '.join(columns)} together once in the table",
        lambda t: ~t.duplicated(columns, keep="first"),
    )


def noted(status: str) -> Rule:
    """Return the rule that a row whose ``status`` column says derived tells how in its note."""
    return rule(
        "note",
        f"a note that says how, where {status} is 'derived'",
        lambda t: t[status].ne("derived") | t["note"].notna(),
    )


def _starts_before_end(frame: pd.DataFrame) -> pd.Series:
    """Compare partial dates as text; '~' sorts behind every date, so a year holds its months."""
    return frame["period_start"].isna() | (frame["period_start"] <= frame["period_end"] + "~")


SPAN = rule("period_start", "a start no later than period_end", _starts_before_end)

_ANNUAL_COLUMNS = {
    "series": coded("Which of the three series; never add across them.", vocab.ArrivalSeries),
    "period": text("The period as a label: a year, years from-to, or 'to' a year.", limit=12),
    "period_start": whole(
        "First year.", "year", 1945, 2100, "no first year: everyone counted up to period_end"
    ),
    "period_end": whole("Last year.", "year", 1945, 2100),
    "people": whole("People who arrived in the South in the period.", "people"),
    "men": whole("Of these, men and boys.", "people", missing="not published by sex"),
    "women": whole("Of these, women and girls.", "people", missing="not published by sex"),
    "status": coded("Standing of the figure.", vocab.FigureStatus),
    "source_ids": keys("Sources that state the row's figures."),
    "note": text("What to know about the figure.", "nothing to note"),
    "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
}


def _label_agrees(frame: pd.DataFrame) -> pd.Series:
    """Return whether the label says the years: 'to' the last, or the first and the last."""
    end = frame["period_end"].astype("string")
    start = frame["period_start"].astype("string")
    span = (start + "-" + end).where(start != end, end)
    return frame["period"].eq("to " + end) | frame["period"].eq(span).fillna(False)


ARRIVALS_ANNUAL = Table(
    "arrivals_annual",
    "arrivals/arrivals_annual.csv",
    "Arrivals in the South by year",
    "One row a published count of North Koreans who arrived in the South in a year or span of "
    "years, all routes together. Three series that must not be added to each other.",
    Schema(
        _ANNUAL_COLUMNS,
        checks=[
            once(["series", "period"]),
            _MEN_AND_WOMEN,
            noted("status"),
            rule(
                "period_start",
                "a first year no later than period_end",
                lambda t: t["period_start"].isna() | t["period_start"].le(t["period_end"]),
            ),
            rule(
                "period",
                "a label that agrees with period_start and period_end",
                _label_agrees,
            ),
        ],
    ),
    ("series", "period"),
    SOURCE_KEY,
    provenance=(
        "The Ministry of Unification's table of arrivals by year and sex, as captured and "
        "copied by several projects and checked against its running totals; early years from "
        "press reports of official counts."
    ),
)

ARRIVALS_QUARTERLY = Table(
    "arrivals_quarterly",
    "arrivals/arrivals_quarterly.csv",
    "Arrivals in the South by quarter and half-year",
    "One row a count for a quarter or half-year, as far as they were published, 2002-2025. The "
    "ministry stopped its quarterly releases in 2025.",
    Schema(
        {
            "year": whole("Calendar year.", "year", 1990, 2100),
            "part": coded("Which quarter or half.", vocab.PeriodPart),
            "people": whole("People who arrived in the South in that time.", "people"),
            "men": whole("Of these, men and boys.", "people", missing="not published by sex"),
            "women": whole("Of these, women and girls.", "people", missing="not published by sex"),
            "status": coded("Standing of the number of people.", vocab.FigureStatus),
            "split_status": coded("Where men and women come from.", vocab.SplitStatus),
            "source_ids": keys("Sources that state the row's figures."),
            "note": text("What to know, and how a figure was derived.", "nothing to note"),
            "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
        },
        checks=[
            once(["year", "part"]),
            _MEN_AND_WOMEN,
            noted("status"),
            noted("split_status"),
            rule(
                "split_status",
                "'not_published' exactly where men and women are empty",
                lambda t: t["men"].isna() == (t["split_status"] == "not_published"),
            ),
        ],
    ),
    ("year", "part"),
    SOURCE_KEY,
    provenance=(
        "Official counts as printed by the press, quarter by quarter; differences of "
        "published figures are marked as derived."
    ),
)

_REVISION_COLUMNS = {
    "revision_id": key("Identifier: measure, period and number of people.", unique=True),
    "measure": coded("Arrivals in the period, or everyone up to its end.", vocab.ArrivalMeasure),
    "period": text("The period as a label.", limit=40),
    "period_start": partial_date("First year, month or day.", "no start: up to period_end"),
    "period_end": partial_date("Last year, month or day, to the precision published."),
    "people": whole("People, as printed.", "people"),
    "men": whole("Of these, men and boys, as printed.", "people", missing="not printed"),
    "women": whole("Of these, women and girls, as printed.", "people", missing="not printed"),
    "published": partial_date("When the value was first seen in print; 2026: in force in 2026."),
    "standing": coded("How the value stands to those of today.", vocab.RevisionStanding),
    "source_ids": keys("Sources that print the value."),
    "note": text("What to know about the value.", "nothing to note"),
    "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
}

ARRIVALS_REVISIONS = Table(
    "arrivals_revisions",
    "arrivals/arrivals_revisions.csv",
    "Revisions of the arrival figures",
    "One row a value that was published for a period at some time: earlier values, misprints and "
    "the value in force. Every value seen in print is kept.",
    Schema(
        _REVISION_COLUMNS,
        checks=[
            SPAN,
            rule(
                "women",
                "men and women to add up to people, unless the row is a misprint",
                lambda t: t["standing"].eq("misprint") | _adds_up(t),
            ),
            rule(
                "period_start",
                "a start, unless the row is a running total",
                lambda t: t["period_start"].notna() | t["measure"].eq("running_total"),
            ),
            rule(
                "note",
                "a note where the standing is 'misprint'",
                lambda t: t["standing"].ne("misprint") | t["note"].notna(),
            ),
        ],
    ),
    ("revision_id",),
    SOURCE_KEY,
    provenance=(
        "Earlier and later published values of the same figures, from press reports and releases."
    ),
)

# First and last group of each breakdown, in the order of the list of groups.
_GROUPS = {
    "sex": ("men", "women"),
    "age_at_arrival": ("age_0_9", "age_60_up"),
    "province_of_origin": ("north_hamgyong", "origin_other"),
    "occupation_in_north": ("manager", "child"),
    "education_in_north": ("preschool", "education_other"),
    "residence_in_south": ("seoul", "jeju"),
}


def categories() -> dict[str, list[str]]:
    """Return the groups of each breakdown: all that the list of groups has from first to last."""
    order = vocab.ProfileCategory.values()
    return {
        dimension: order[order.index(first) : order.index(last) + 1]
        for dimension, (first, last) in _GROUPS.items()
    }


def _category_fits(frame: pd.DataFrame) -> pd.Series:
    groups = categories()
    cells = zip(frame["dimension"], frame["category"], strict=True)
    fits = [pd.notna(by) and name in groups.get(by, [name]) for by, name in cells]
    return pd.Series(fits, index=frame.index)


_PROFILE_COLUMNS = {
    "as_of": partial_date("Month up to which people are counted."),
    "as_of_basis": coded("How that month is known.", vocab.AsOfBasis),
    "population": coded("Who is counted.", vocab.ProfilePopulation),
    "dimension": coded("By what the people are broken down.", vocab.ProfileDimension),
    "category": coded("The group.", vocab.ProfileCategory),
    "people": whole("People in the group.", "people", missing="only men or only a share printed"),
    "men": whole("Of these, men and boys.", "people", missing="not printed by sex"),
    "women": whole("Of these, women and girls.", "people", missing="not printed by sex"),
    "share_percent": decimal(
        "Share of the group in its table, as printed or computed from the printed groups.",
        "percent",
        0,
        100,
        "not printed, and the list is too short to compute it",
    ),
    "status": coded("Standing of the numbers.", vocab.FigureStatus),
    "source_ids": keys("Sources that state the row's figures."),
    "note": text("What to know about the figure.", "nothing to note"),
    "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
}

PROFILE_CUMULATIVE = Table(
    "profile_cumulative",
    "arrivals/profile_cumulative.csv",
    "Cumulative profile of the arrivals",
    "One row a group of all who had arrived by a month: by sex, age, province of origin, "
    "occupation, education and residence.",
    Schema(
        _PROFILE_COLUMNS,
        checks=[
            once(["as_of", "dimension", "category"]),
            noted("status"),
            rule("men", "men and women to add up to people", _adds_up),
            rule("category", "a group of the row's dimension", _category_fits),
            rule(
                "people",
                "a number of people, of men, or a share",
                lambda t: t["people"].notna() | t["men"].notna() | t["share_percent"].notna(),
            ),
            rule(
                "population",
                "'residents' exactly where the dimension is 'residence_in_south'",
                lambda t: (
                    t["population"].eq("residents") == t["dimension"].eq("residence_in_south")
                ),
            ),
        ],
    ),
    ("as_of", "dimension", "category"),
    SOURCE_KEY,
    provenance=(
        "The ministry's cumulative breakdowns of all arrivals, as captured and copied at "
        "several dates."
    ),
)

_CHECK_COLUMNS = {
    "as_of": partial_date("Month up to which people are counted."),
    "dimension": coded("The breakdown that is checked.", vocab.ProfileDimension),
    "groups": whole("Groups with a number printed.", "groups", 0, 100),
    "parts_people": whole("Sum of the groups; of the men where only these are printed.", "people"),
    "compared_people": whole(
        "The published total they are compared with.", "people", missing="no total fits a part list"
    ),
    "difference_people": whole(
        "Parts less compared total.", "people", -100_000, 100_000, "nothing to compare with"
    ),
    "coverage": coded("Whether the printed list is complete.", vocab.Coverage),
    "source_ids": keys("Sources of the compared total."),
    "note": text("Why they differ.", "nothing to note"),
    "decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none"),
}

PROFILE_CHECKS = Table(
    "profile_checks",
    "arrivals/profile_checks.csv",
    "Do the parts of the profile add up",
    "One row a breakdown at a date: the sum of its groups against a published total, and why "
    "they differ if they do.",
    Schema(
        _CHECK_COLUMNS,
        checks=[
            once(["as_of", "dimension"]),
            rule(
                "difference_people",
                "parts_people less compared_people",
                lambda t: (
                    t["difference_people"].isna().eq(t["compared_people"].isna())
                    & (t["parts_people"] - t["compared_people"])
                    .eq(t["difference_people"])
                    .fillna(True)
                ),
            ),
            rule(
                "note",
                "a note where the difference is not 0",
                lambda t: t["difference_people"].fillna(0).eq(0) | t["note"].notna(),
            ),
        ],
    ),
    ("as_of", "dimension"),
    SOURCE_KEY,
    provenance=("Our addition of each breakdown, set against the total published with it."),
)

ARRIVAL_TABLES = [
    ARRIVALS_ANNUAL,
    ARRIVALS_QUARTERLY,
    ARRIVALS_REVISIONS,
    PROFILE_CUMULATIVE,
    PROFILE_CHECKS,
]

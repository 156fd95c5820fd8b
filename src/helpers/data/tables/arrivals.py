"""The tables of arrivals in the South: years, quarters and revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from helpers.data import vocab
from helpers.data.agree import (
    by_row,
    codes_in_key,
    first_day,
    last_day,
    period_rules,
    release_named,
)
from helpers.data.columns import (
    MEN_AND_WOMEN,
    Schema,
    Table,
    coded,
    derived,
    key,
    needs,
    once,
    partial_date,
    rule,
    tail,
    text,
    whole,
)
from helpers.data.crossrules import (
    SEXES,
    SUMS,
    Frames,
    Rule,
    Sum,
    Texts,
    across,
    one_column,
    sums,
    told,
    total,
)
from helpers.data.faults import Fault


def adds_up(frame: pd.DataFrame) -> pd.Series:
    """Return whether men and women add up to people, True where one of the three is missing."""
    return (frame["men"] + frame["women"]).eq(frame["people"]).fillna(True)


_BOTH_SEXES = rule(
    "men",
    "men and women to add up to people, and both or neither given",
    lambda t: t["men"].notna().eq(t["women"].notna()) & adds_up(t),
)


def _label_agrees(frame: pd.DataFrame) -> pd.Series:
    end = frame["period_end"].astype("string")
    start = frame["period_start"].astype("string")
    span = (start + "-" + end).where(start != end, end)
    return frame["period"].eq("to " + end) | frame["period"].eq(span).fillna(False)


def _later_not_final(frame: pd.DataFrame) -> pd.Series:
    final = frame["period_end"].where(frame["status"].eq("final"))
    last = final.groupby(frame["series"].astype(str)).transform("max")
    return frame["status"].ne("provisional") | ~frame["period_end"].lt(last)


ARRIVALS_ANNUAL = Table(
    "arrivals/arrivals_annual.csv",
    "Arrivals in the South by year",
    "One row a published count of North Koreans who arrived in the South in a year or span of "
    "years, all routes together. Three series that must not be added to each other.",
    Schema(
        {
            "series": coded(
                "Which of the three series; never add across them.", vocab.ArrivalSeries
            ),
            "period": text(
                "The period as a label: a year, years from-to, or 'to' a year.", limit=12
            ),
            "period_start": whole(
                "First year.",
                "year",
                1945,
                2100,
                "no first year: everyone counted up to period_end",
            ),
            "period_end": whole("Last year.", "year", 1945, 2100),
            "people": whole("People who arrived in the South in the period.", "people"),
            **MEN_AND_WOMEN,
            "status": coded("Standing of the figure.", vocab.FigureStatus),
            **tail(),
        },
        [
            once(["series", "period"]),
            _BOTH_SEXES,
            derived("status"),
            rule(
                "period_start",
                "a first year no later than period_end",
                lambda t: t["period_start"].isna() | t["period_start"].le(t["period_end"]),
            ),
            rule("period", "a label that agrees with period_start and period_end", _label_agrees),
            rule("status", "'final' before a year of the series that is", _later_not_final, True),
        ],
    ),
    ("series", "period"),
    "The Ministry of Unification's table of arrivals by year and sex, as captured and copied by "
    "several projects and checked against its running totals; early years from press reports of "
    "official counts.",
)

ARRIVALS_QUARTERLY = Table(
    "arrivals/arrivals_quarterly.csv",
    "Arrivals in the South by quarter and half-year",
    "One row a count for a quarter or half-year, as far as they were published.",
    Schema(
        {
            "year": whole("Calendar year.", "year", 1990, 2100),
            "part": coded("Which quarter or half.", vocab.PeriodPart),
            "people": whole("People who arrived in the South in that time.", "people"),
            **MEN_AND_WOMEN,
            "status": coded("Standing of the number of people.", vocab.FigureStatus),
            "split_status": coded("Where men and women come from.", vocab.SplitStatus),
            **tail(note="What to know, and how a figure was derived."),
        },
        [
            once(["year", "part"]),
            _BOTH_SEXES,
            derived("status"),
            derived("split_status"),
            rule(
                "split_status",
                "'not_published' exactly where men and women are empty",
                lambda t: t["men"].isna() == (t["split_status"] == "not_published"),
            ),
        ],
    ),
    ("year", "part"),
    "Official counts as printed by the press, quarter by quarter; differences of published "
    "figures are marked as derived.",
    hint="Halves overlap the quarters: choose one kind before adding.",
)


ARRIVALS_REVISIONS = Table(
    "arrivals/arrivals_revisions.csv",
    "Revisions of the arrival figures",
    "One row a value that was published for a period at some time: earlier values, misprints and "
    "the value in force. Every value seen in print is kept.",
    Schema(
        {
            "revision_id": key("Identifier: measure, period and number of people.", unique=True),
            "measure": coded(
                "Arrivals in the period, or everyone up to its end.", vocab.ArrivalMeasure
            ),
            "period": text("The period as a label.", limit=40, dates=True),
            "period_start": partial_date("First year, month or day.", "no start: up to period_end"),
            "period_end": partial_date("Last year, month or day, to the precision published."),
            "people": whole("People, as printed.", "people"),
            "men": whole("Of these, men and boys, as printed.", "people", missing="not printed"),
            "women": whole(
                "Of these, women and girls, as printed.", "people", missing="not printed"
            ),
            "published": partial_date(
                "When the value was first seen in print; of a current one, the year of its table."
            ),
            "standing": coded("How the value stands to those of today.", vocab.RevisionStanding),
            **tail("Sources that print the value.", "What to know about the value."),
        },
        [
            *period_rules("revision_id", "people"),
            *codes_in_key("revision_id", "measure"),
            rule(
                "published",
                "a day not before the end of the period",
                lambda t: last_day(t["published"]).ge(first_day(t["period_end"])),
            ),
            rule(
                "published",
                "the day of the release that note names",
                by_row(release_named, "published", "note"),
                True,
            ),
            rule(
                "women",
                "men and women to add up to people, unless the row is a misprint",
                lambda t: t["standing"].eq("misprint") | adds_up(t),
            ),
            rule(
                "period_start",
                "a start, unless the row is a running total",
                lambda t: t["period_start"].notna() | t["measure"].eq("running_total"),
            ),
            needs("note", "a note where the standing is 'misprint'", "standing", "misprint"),
        ],
    ),
    ("revision_id",),
    "Earlier and later published values of the same figures, from press reports and releases.",
)

# Rules with other tables: sums, running totals, parts and wholes.

PARTS_OF_YEAR = {
    "year": [["q1", "q2", "q3", "q4"], ["h1", "h2"], ["h1", "q3", "q4"], ["q1", "q2", "h2"]],
    "h1": [["q1", "q2"]],
    "h2": [["q3", "q4"]],
}
PARTS_TO_MONTH = {
    "03": [["q1"]],
    "06": [["h1"], ["q1", "q2"]],
    "09": [["h1", "q3"], ["q1", "q2", "q3"]],
}


def main_series(frames: Frames) -> pd.DataFrame:
    """Return the rows of the ministry's own series of years."""
    annual = frames["arrivals_annual"]
    return annual[annual["series"] == "official_main"]


@sums("arrivals_annual")
def running_totals(frames: Frames) -> Iterator[Sum]:
    """Find running totals that the official series does not add up to, for all, men and women."""
    annual, main = frames["arrivals_annual"], main_series(frames)
    totals = annual[(annual["series"] == "check_total") & annual["period_start"].isna()]
    for row, year in totals["period_end"].dropna().items():
        years = main.index[main["period_end"] <= year].tolist()
        for column in SEXES:
            whence = f"the sum of the official series to {year}"
            yield one_column("arrivals_annual", column, row, years, whence)


@sums("arrivals_annual")
def details_in_spans(frames: Frames) -> Iterator[Sum]:
    """Find spans of years that the early detail inside them does not add up to."""
    annual = frames["arrivals_annual"]
    detail = annual[annual["series"] == "early_detail"]
    latest = detail["period_end"].max()
    is_span = annual["period_start"].isna() | (annual["period_start"] < annual["period_end"])
    spans = annual[is_span.fillna(False) & (annual["series"] != "early_detail")]
    for row, span in spans[spans["period_end"] <= latest].iterrows():
        inside = detail["period_end"] <= span["period_end"]
        if pd.notna(span["period_start"]):
            inside &= detail["period_start"] >= span["period_start"]
        whence = f"the sum of the early detail in {span['period']}"
        rows = detail.index[inside.fillna(False)].tolist()
        yield one_column("arrivals_annual", "people", row, rows, whence)


def parts_of(quarterly: pd.DataFrame, year: int) -> pd.Series:
    """Return the rows of the quarters and halves of one year by their name."""
    rows = quarterly.index[quarterly["year"] == year]
    return pd.Series(rows, index=quarterly.loc[rows, "part"].astype(str))


def ways(parts: pd.Series, ways: list[list[str]]) -> Iterator[tuple[str, list[int]]]:
    """Yield each way to make the whole whose parts are all there, and their rows."""
    for names in ways:
        if set(names) <= set(parts.index) and parts.index.is_unique:
            yield " + ".join(names), parts[names].tolist()


def _wholes(frames: Frames, year: int) -> Iterator[tuple[str, str, int]]:
    """Yield the year and its halves: which whole, its table and its row."""
    main, quarterly = main_series(frames), frames["arrivals_quarterly"]
    for row in main.index[main["period"] == str(year)]:
        yield "year", "arrivals_annual", row
    for half in ("h1", "h2"):
        for row in quarterly.index[(quarterly["year"] == year) & (quarterly["part"] == half)]:
            yield half, "arrivals_quarterly", row


@sums("arrivals_annual", "arrivals_quarterly")
def quarters_against_years(frames: Frames) -> Iterator[Sum]:
    """Find years and halves that their quarters and halves, where all are there, do not make."""
    for year in frames["arrivals_quarterly"]["year"].dropna().unique():
        parts = parts_of(frames["arrivals_quarterly"], year)
        for of, name, row in _wholes(frames, year):
            for way, rows in ways(parts, PARTS_OF_YEAR[of]):
                for column in SEXES:
                    quarters = [("arrivals_quarterly", column, rows)]
                    yield Sum((name, column, [row]), quarters, f"{way} of {year}")


_LAST_MONTH = {"q1": 3, "h1": 6, "q2": 6, "q3": 9, "q4": 12, "h2": 12}


def periods_are_over(today: date) -> Rule:
    """Return the rule that finds counts taken for whole before their year, half or quarter ended.

    A period is not over if its last month is not over ``today``, nor if all sources of the count
    were published before it was. A year, half or quarter that is not over is provisional.
    """

    def periods_over(frames: Frames, texts: Texts) -> list[Fault]:
        if not {"arrivals_annual", "arrivals_quarterly", "sources"} <= set(frames):
            return []
        annual, quarterly = frames["arrivals_annual"], frames["arrivals_quarterly"]
        months = quarterly["part"].astype(str).map(_LAST_MONTH).astype("Int64")
        parts = quarterly["year"].astype("string") + "-" + months.astype("string").str.zfill(2)
        ends = {
            "arrivals_annual": annual["period_end"].astype("string") + "-12",
            "arrivals_quarterly": parts,
        }
        published = frames["sources"].set_index("source_id")["published"].dropna().to_dict()
        return [
            told(texts[name], row, "status", frames[name].at[row, "status"], what)
            for name, column in ends.items()
            for row, end in column[frames[name]["status"].isin(["final", "published"])].items()
            if pd.notna(end)
            and (what := _not_over(end, frames[name].at[row, "source_ids"], published, today))
        ]

    return periods_over


def _not_over(
    end: str, sources: object, published: Mapping[str, str], today: date
) -> tuple[str, str, str] | None:
    """Say what is wrong with a count to the month ``end`` that is not marked provisional."""
    mend = ("'provisional' until it is over", "mark it so; part of a year: arrivals_quarterly.csv")
    if f"{today:%Y-%m}" <= end:
        return (f"counts to {end}, which is not over on {today}", *mend)
    days = [published.get(key, "9999") for key in str(sources).split(";")]
    # A source dated by its year alone may be of its last month.
    if all(f"{day}-12"[:7] <= end for day in days):
        return (f"counts to {end}, but its last source was published {max(days)}", *mend)
    return None


def _in_force(frames: Frames, start: str, end: str) -> tuple[str, list[int]] | None:
    """Return table and rows in force for a year or a first half, or None."""
    if start == end:
        main = main_series(frames)
        rows = main.index[main["period"] == start].tolist()
        return ("arrivals_annual", rows) if len(rows) == 1 else None
    if start[4:] == "-01" and end == f"{start[:4]}-06" and "arrivals_quarterly" in frames:
        parts = parts_of(frames["arrivals_quarterly"], int(start[:4]))
        for _, rows in ways(parts, PARTS_TO_MONTH["06"]):
            return "arrivals_quarterly", rows
    return None


def _revised(frames: Frames, standing: str) -> Iterator[tuple[int, str, list[int]]]:
    """Yield each revision of that standing, with the table and rows in force for its period."""
    revisions = frames["arrivals_revisions"]
    chosen = revisions["measure"].eq("arrivals") & revisions["standing"].eq(standing)
    periods = revisions.loc[chosen, ["period_start", "period_end"]].dropna()
    for row, start, end in periods.itertuples():
        force = _in_force(frames, start, end)
        if force is not None:
            yield row, *force


@sums("arrivals_annual", "arrivals_revisions")
def current_revisions(frames: Frames) -> Iterator[Sum]:
    """Find 'current' values that differ from those in force."""
    for row, table, rows in _revised(frames, "current"):
        for column in SEXES:
            whence = "the value in force in the tables of arrivals"
            yield Sum(("arrivals_revisions", column, [row]), [(table, column, rows)], whence)


@across("arrivals_annual", "arrivals_revisions")
def superseded_revisions(frames: Frames, texts: Texts) -> list[Fault]:
    """Find 'superseded' values that are still in force."""
    revisions, text = frames["arrivals_revisions"], texts["arrivals_revisions"]
    expected = "'current', or a value that differs from the one in force"
    what = ("equals the value in force", expected, "")
    return [
        told(text, row, "standing", "superseded", what)
        for row, table, rows in _revised(frames, "superseded")
        if not _differs(revisions.loc[row], {s: total(frames, [(table, s, rows)]) for s in SEXES})
    ]


def _differs(value: pd.Series, force: Mapping[str, object]) -> bool:
    pairs = [(value[name], force[name]) for name in SEXES]
    return any(old != new for old, new in pairs if pd.notna(old) and pd.notna(new))


@SUMS.append
def _by_sex(frames: Frames) -> Iterator[Sum]:
    """Yield the sums within a row that the schemas of arrivals ask for: men and women."""
    for name in {"arrivals_annual", "arrivals_quarterly", "arrivals_revisions"} & set(frames):
        frame = frames[name]
        # What was misprinted need not add up.
        kept = frame["standing"].ne("misprint") if "standing" in frame else True
        for row in frame.index[frame[SEXES].notna().all(axis=1) & kept]:
            yield Sum((name, "people", [row]), [(name, sex, [row]) for sex in SEXES[1:]], "")

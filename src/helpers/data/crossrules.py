"""Rules that hold between rows and between tables: sums, running totals, parts and wholes.

Each rule takes all typed frames and all text tables by name and returns faults. Frame and text of
a table share their index. A rule whose tables are not there, or whose cells are empty, is silent:
the missing table or cell has a fault of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import NamedTuple

import pandas as pd

from helpers.data.conflicts import SETTLED, is_chosen
from helpers.data.day import CLOCK, NEEDED_FACTS, NEEDED_METRES, NEEDED_PLACES
from helpers.data.evidence import compared, record_ids
from helpers.data.faults import CONTRADICTS, Fault
from helpers.data.reading import TextTable
from helpers.data.tables import TABLES
from helpers.data.tables.vocabularies import terms_are_there
from helpers.data.vocab import EvidenceTable, Stance

Frames = Mapping[str, pd.DataFrame]
Texts = Mapping[str, TextTable]
Rule = Callable[[Frames, Texts], list[Fault]]

# Cells of one column: name of the table, column, rows.
Cells = tuple[str, str, list[int]]

SEXES = ["people", "men", "women"]
DOES_NOT_ADD_UP = "does not add up"

# A whole and its parts, measured in one series and period of the official totals.
OFFICIAL_PARTS = {
    "by route": ("direct_all", ["direct_land", "direct_transit", "direct_sea"]),
    "by who found them": ("undetected", ["undetected_reported", "undetected_self"]),
    "by sea": ("sea_all", ["sea_all_east", "sea_all_west"]),
    "by what they did": ("sea_all", ["sea_stayed", "sea_returned"]),
    "by place of return": ("sea_returned", ["sea_returned_panmunjom", "sea_returned_at_sea"]),
}
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


def _with_tables(*names: str) -> Callable[[Rule], Rule]:
    """Make a rule silent unless all of ``names`` are there."""

    def decorate(rule: Rule) -> Rule:
        @wraps(rule)
        def guarded(frames: Frames, texts: Texts) -> list[Fault]:
            there = all(name in frames and name in texts for name in names)
            return rule(frames, texts) if there else []

        return guarded

    return decorate


class Sum(NamedTuple):
    """Cells that together are the sum of their parts; an empty cell keeps it silent."""

    whole: Cells
    parts: list[Cells]
    whence: str


SUMS: list[Callable[[Frames], Iterator[Sum]]] = []


def _sums(*names: str) -> Callable[[Callable[[Frames], Iterator[Sum]]], Rule]:
    """Make a rule of the sums over the tables ``names``; silent unless all are there."""

    def decorate(sums: Callable[[Frames], Iterator[Sum]]) -> Rule:
        def there(frames: Frames) -> Iterator[Sum]:
            return sums(frames) if set(names) <= set(frames) else iter(())

        @wraps(sums)
        def rule(frames: Frames, texts: Texts) -> list[Fault]:
            return [fault for one in there(frames) for fault in _unequal(one, frames, texts)]

        SUMS.append(there)
        return rule

    return decorate


def _unequal(one: Sum, frames: Frames, texts: Texts) -> list[Fault]:
    """Return a fault at the first cell of the whole if it is not the sum of its parts."""
    found, total = _total(frames, [one.whole]), _total(frames, one.parts)
    if pd.isna(found) or pd.isna(total) or found == total:
        return []
    table, column, rows = one.whole
    mend = "mend this cell or the rows it is compared with"
    what = (DOES_NOT_ADD_UP, f"{total}, {one.whence}", mend)
    return [_told(texts[table], rows[0], column, found, what)]


def _total(frames: Frames, cells: Iterable[Cells]) -> object:
    """Return the sum of cells, missing if any is missing or there is none."""
    # Rows are places here: to take them from the array costs a tenth of what a Series does.
    parts = [frames[table][column].array[rows] for table, column, rows in cells]
    known = all(len(part) and not part.isna().any() for part in parts)
    return sum(part.sum() for part in parts) if known else pd.NA


def _main(frames: Frames) -> pd.DataFrame:
    annual = frames["arrivals_annual"]
    return annual[annual["series"] == "official_main"]


@_sums("arrivals_annual")
def running_totals(frames: Frames) -> Iterator[Sum]:
    """Find running totals that the official series does not add up to, for all, men and women."""
    annual, main = frames["arrivals_annual"], _main(frames)
    totals = annual[(annual["series"] == "check_total") & annual["period_start"].isna()]
    for row, year in totals["period_end"].dropna().items():
        years = main.index[main["period_end"] <= year].tolist()
        for column in SEXES:
            whence = f"the sum of the official series to {year}"
            yield _same("arrivals_annual", column, row, years, whence)


def _same(table: str, column: str, row: int, parts: list[int], whence: str) -> Sum:
    """Return the sum of cells of one column."""
    return Sum((table, column, [row]), [(table, column, parts)], whence)


@_sums("arrivals_annual")
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
        yield _same("arrivals_annual", "people", row, rows, whence)


def _parts(quarterly: pd.DataFrame, year: int) -> pd.Series:
    """Return the rows of the quarters and halves of one year by their name."""
    rows = quarterly.index[quarterly["year"] == year]
    return pd.Series(rows, index=quarterly.loc[rows, "part"].astype(str))


def _ways(parts: pd.Series, ways: list[list[str]]) -> Iterator[tuple[str, list[int]]]:
    """Yield each way to make the whole whose parts are all there, and their rows."""
    for names in ways:
        if set(names) <= set(parts.index) and parts.index.is_unique:
            yield " + ".join(names), parts[names].tolist()


def _wholes(frames: Frames, year: int) -> Iterator[tuple[str, str, int]]:
    """Yield the year and its halves: which whole, its table and its row."""
    main, quarterly = _main(frames), frames["arrivals_quarterly"]
    for row in main.index[main["period"] == str(year)]:
        yield "year", "arrivals_annual", row
    for half in ("h1", "h2"):
        for row in quarterly.index[(quarterly["year"] == year) & (quarterly["part"] == half)]:
            yield half, "arrivals_quarterly", row


@_sums("arrivals_annual", "arrivals_quarterly")
def quarters_against_years(frames: Frames) -> Iterator[Sum]:
    """Find years and halves that their quarters and halves, where all are there, do not make."""
    for year in frames["arrivals_quarterly"]["year"].dropna().unique():
        parts = _parts(frames["arrivals_quarterly"], year)
        for whole, name, row in _wholes(frames, year):
            for way, rows in _ways(parts, PARTS_OF_YEAR[whole]):
                for column in SEXES:
                    quarters = [("arrivals_quarterly", column, rows)]
                    yield Sum((name, column, [row]), quarters, f"{way} of {year}")


_LAST_MONTH = {"q1": 3, "h1": 6, "q2": 6, "q3": 9, "q4": 12, "h2": 12}


def periods_are_over(today: date) -> Rule:
    """Return the rule that finds counts taken for whole before their year, half or quarter ended.

    A period is not over if its last month is not over ``today``, nor if all sources of the count
    were published before it was. A year, half or quarter that is not over is provisional.
    """

    @_with_tables("arrivals_annual", "arrivals_quarterly", "sources")
    def periods_over(frames: Frames, texts: Texts) -> list[Fault]:
        annual, quarterly = frames["arrivals_annual"], frames["arrivals_quarterly"]
        months = quarterly["part"].astype(str).map(_LAST_MONTH)
        parts = quarterly["year"].astype("string") + "-" + months.astype("string").str.zfill(2)
        ends = {
            "arrivals_annual": annual["period_end"].astype("string") + "-12",
            "arrivals_quarterly": parts,
        }
        published = frames["sources"].set_index("source_id")["published"].dropna().to_dict()
        return [
            _told(texts[name], row, "status", frames[name].at[row, "status"], what)
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
        main = _main(frames)
        rows = main.index[main["period"] == start].tolist()
        return ("arrivals_annual", rows) if len(rows) == 1 else None
    if start[4:] == "-01" and end == f"{start[:4]}-06" and "arrivals_quarterly" in frames:
        parts = _parts(frames["arrivals_quarterly"], int(start[:4]))
        for _, rows in _ways(parts, PARTS_TO_MONTH["06"]):
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


@_sums("arrivals_annual", "arrivals_revisions")
def current_revisions(frames: Frames) -> Iterator[Sum]:
    """Find 'current' values that differ from those in force."""
    for row, table, rows in _revised(frames, "current"):
        for column in SEXES:
            whence = "the value in force in the tables of arrivals"
            yield Sum(("arrivals_revisions", column, [row]), [(table, column, rows)], whence)


@_with_tables("arrivals_annual", "arrivals_revisions")
def superseded_revisions(frames: Frames, texts: Texts) -> list[Fault]:
    """Find 'superseded' values that are still in force."""
    revisions, text = frames["arrivals_revisions"], texts["arrivals_revisions"]
    expected = "'current', or a value that differs from the one in force"
    what = ("equals the value in force", expected, "")
    return [
        _told(text, row, "standing", "superseded", what)
        for row, table, rows in _revised(frames, "superseded")
        if not _differs(revisions.loc[row], {s: _total(frames, [(table, s, rows)]) for s in SEXES})
    ]


def _differs(value: pd.Series, force: Mapping[str, object]) -> bool:
    pairs = [(value[name], force[name]) for name in SEXES]
    return any(old != new for old, new in pairs if pd.notna(old) and pd.notna(new))


@_with_tables("arrivals_revisions")
def revised_periods_have_a_current_value(frames: Frames, texts: Texts) -> list[Fault]:
    """Find revised periods that do not name the value in force exactly once."""
    revisions, text = frames["arrivals_revisions"], texts["arrivals_revisions"]
    arrivals = revisions[revisions["measure"] == "arrivals"]
    faults = []
    for period, rows in arrivals.groupby("period"):
        current = int((rows["standing"] == "current").sum())
        if (rows["standing"] == "superseded").any() and current != 1:
            line = int(text.lines[rows.index[0]])
            problem = f"{current} rows in force for a revised period"
            faults.append(
                Fault(text.file, line, "standing", str(period), problem, "one row called 'current'")
            )
    return faults


def _arrived_by(frames: Frames, month: str) -> list[tuple[str, list[int]]] | None:
    """Return the years and quarters in which all had arrived by the end of a quarter."""
    main, year = _main(frames), int(month[:4])
    if month[5:] == "12":
        return [("arrivals_annual", main.index[main["period_end"] <= year].tolist())]
    parts = _parts(frames["arrivals_quarterly"], year)
    years = ("arrivals_annual", main.index[main["period_end"] < year].tolist())
    for _, rows in _ways(parts, PARTS_TO_MONTH.get(month[5:], [])):
        return [years, ("arrivals_quarterly", rows)]
    return None


@_sums("arrivals_annual", "arrivals_quarterly", "arrivals_revisions", "profile_cumulative")
def sexes_against_arrivals(frames: Frames) -> Iterator[Sum]:
    """Find published men and women to date that differ from the sums and were not revised."""
    profile, revisions = frames["profile_cumulative"], frames["arrivals_revisions"]
    revised = revisions[revisions["measure"] == "running_total"]
    revised = revised[revised["standing"] == "superseded"]
    for month, rows in profile[profile["dimension"] == "sex"].groupby("as_of"):
        arrived = _arrived_by(frames, str(month)) if len(str(month)) == 7 else None
        cells = rows.assign(category=rows["category"].astype(str)).set_index("category")["people"]
        if arrived is None or set(cells.index) != {"men", "women"}:
            continue
        same = revised["period_end"] == str(month).removesuffix("-12")
        same &= (revised["men"] == cells["men"]) & (revised["women"] == cells["women"])
        if same.fillna(False).any():
            continue
        both = rows.index.tolist()
        for who, some in [
            *zip(cells.index, ([row] for row in both), strict=True),
            ("people", both),
        ]:
            parts = [(table, who, years) for table, years in arrived]
            whence = f"the {who} who had arrived by {month} by years and quarters"
            yield Sum(("profile_cumulative", "people", some), parts, whence)


@_with_tables("profile_cumulative", "profile_checks")
def profile_groups(frames: Frames, texts: Texts) -> list[Fault]:
    """Find checks of the profile with another number of groups than the profile has."""
    checks, text, faults = frames["profile_checks"], texts["profile_checks"], []
    profile = frames["profile_cumulative"]
    known = set(profile["as_of"].str.cat(profile["dimension"].astype(str), sep=" "))
    for row, about, parts in _breakdowns(frames):
        groups, told = sum(len(rows) for _, _, rows in parts), checks.at[row, "groups"]
        if about not in known:
            what = ("has no groups", "a breakdown in profile_cumulative", "")
            faults.append(_told(text, row, "dimension", about, what))
        elif pd.notna(told) and told != groups:
            mend = "mend this cell or the rows it is compared with"
            what = (DOES_NOT_ADD_UP, f"{groups}, counted in profile_cumulative", mend)
            faults.append(_told(text, row, "groups", told, what))
    return faults


def _breakdowns(frames: Frames) -> Iterator[tuple[int, str, list[Cells]]]:
    """Yield each check of the profile, what it is about, and the printed cells of its groups."""
    profile = frames["profile_cumulative"]
    # Where only the men are printed, the check is about them.
    column = profile["people"].notna().map({True: "people", False: "men"})
    printed = profile["people"].fillna(profile["men"]).notna()
    keys = [profile["as_of"], profile["dimension"].astype(str), column]
    groups = profile[printed].groupby([key[printed] for key in keys]).groups
    for row, check in frames["profile_checks"].iterrows():
        about = (check["as_of"], str(check["dimension"]))
        names = [name for name in ("people", "men") if (*about, name) in groups]
        parts = [("profile_cumulative", name, groups[*about, name].tolist()) for name in names]
        yield row, " ".join(map(str, about)), parts


@_sums("profile_cumulative", "profile_checks")
def profile_parts(frames: Frames) -> Iterator[Sum]:
    """Find checks of the profile with another sum of groups than the profile has."""
    for row, _, parts in _breakdowns(frames):
        if parts:
            whence = "counted in profile_cumulative"
            yield Sum(("profile_checks", "parts_people", [row]), parts, whence)


@_sums("official_totals")
def official_parts(frames: Frames) -> Iterator[Sum]:
    """Find official totals that their parts in the same series, unit and period do not make."""
    totals = frames["official_totals"]
    keys = [totals[name].astype(str) for name in ("series", "unit", "period_start", "period_end")]
    for _, rows in totals.groupby(keys):
        by_measure = pd.Series(rows.index, index=rows["measure"].astype(str))
        for how, (whole, parts) in OFFICIAL_PARTS.items():
            if by_measure.index.is_unique and {whole, *parts} <= set(by_measure.index):
                some = by_measure[parts].tolist()
                whence = f"the sum of its parts {how}"
                yield _same("official_totals", "value_best", by_measure[whole], some, whence)


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    """Return first and last day of each period as integers, rows without both left out."""
    start, end = (
        frame["period_start"].dropna().astype(str),
        frame["period_end"].dropna().astype(str),
    )
    first = pd.to_datetime((start + "-01-01").str[:10], format="%Y-%m-%d", errors="coerce")
    padded = end.where(end.str.len() > 4, end + "-12") + "-01"
    last = pd.to_datetime(padded.str[:10], format="%Y-%m-%d", errors="coerce")
    last = last.where(end.str.len() == 10, last + pd.offsets.MonthEnd(0))
    return pd.DataFrame({"first": first, "last": last}).dropna()


def _tiles(days: dict[int, tuple], row: int) -> list[int]:
    """Return rows that follow each other without gap and fill the period of ``row``, or none."""
    (here, end), chosen = days[row], []
    while here <= end:
        following = [
            (last, other)
            for other, (first, last) in days.items()
            if other != row and first == here and last <= end
        ]
        if not following:
            return []
        last, other = min(following)
        chosen.append(other)
        here = last + pd.Timedelta(days=1)
    return chosen if len(chosen) > 1 else []


def _spans(frame: pd.DataFrame, name: str, keys: list[str]) -> Iterator[Sum]:
    """Yield periods that shorter ones fill, within rows alike in ``keys``."""
    # Periods of all rows at once: done for each of many small groups it takes ten times as long.
    days = _days(frame)
    for _, rows in days.groupby([frame.loc[days.index, key].astype(str) for key in keys]):
        spans = dict(zip(rows.index, zip(rows["first"], rows["last"], strict=True), strict=True))
        for row in spans if len(spans) > 2 else ():
            tiles = _tiles(spans, row)
            if tiles:
                whence = f"the sum of the {len(tiles)} shorter periods in it"
                yield _same(name, "value_best", row, tiles, whence)


@_sums("official_totals")
def official_periods(frames: Frames) -> Iterator[Sum]:
    """Find official totals that the shorter periods filling theirs do not make."""
    return _spans(frames["official_totals"], "official_totals", ["series", "measure", "unit"])


@_sums("route_estimates")
def estimate_periods(frames: Frames) -> Iterator[Sum]:
    """Find flows by route that the same teller's shorter periods do not make."""
    estimates = frames["route_estimates"]
    flows = estimates[estimates["unit"] == "people"]
    stocks = ["detained", "mission_waiting", "staying", "residents", "refugee_stock"]
    flows = flows[~flows["measure"].isin([*stocks, "asylum_pending"])]
    return _spans(flows, "route_estimates", ["measure", "place", "who_says"])


def _by_sex(frames: Frames) -> Iterator[Sum]:
    """Yield the sums within a row that the schemas of arrivals ask for: men and women."""
    for name in {"arrivals_annual", "arrivals_quarterly", "arrivals_revisions"} & set(frames):
        frame = frames[name]
        # What was misprinted need not add up.
        kept = frame["standing"].ne("misprint") if "standing" in frame else True
        for row in frame.index[frame[SEXES].notna().all(axis=1) & kept]:
            yield Sum((name, "people", [row]), [(name, sex, [row]) for sex in SEXES[1:]], "")


def traced(frames: Frames, texts: Texts, faults: list[Fault]) -> list[Fault]:
    """Return ``faults`` with the cells whose edit broke several sums, and what follows from them.

    Such a cell is in sums that are all off by the same number, and in none that holds. Where such
    cells do not explain all broken sums that hang together, each fault stands for itself.
    """
    for (table, column, row), by, sums in _edits(frames):
        value = frames[table].at[row, column]
        expected = f"{_plain(value - by)}, with which they add up"
        what = (f"{len(sums)} sums break on it", expected, "mend this cell first")
        root = _told(texts[table], row, column, value, what)
        broken = {
            _told(texts[t], rows[0], c, "", what).place for t, c, rows in (s.whole for s in sums)
        }

        def follows(fault: Fault, root: Fault = root, broken: set[str] = broken) -> bool:
            beside = (fault.file, fault.line) == (root.file, root.line)
            return (fault.problem == CONTRADICTS and beside) or (
                fault.problem == DOES_NOT_ADD_UP and fault.place in broken
            )

        faults = [fault for fault in faults if fault.place != root.place or not follows(fault)]
        faults = [replace(f, follows=root.place) if follows(f) else f for f in faults]
        faults.append(root)
    return faults


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _edits(frames: Frames) -> Iterator[tuple[tuple[str, str, int], float, list[Sum]]]:
    """Yield each edited cell, by how much it is off, and the sums that it alone breaks."""
    sums = [one for make in (*SUMS, _by_sex) for one in make(frames)]
    off: dict[tuple[str, str, int], dict[int, float]] = defaultdict(dict)
    for number, one in enumerate(sums):
        by = _total(frames, [one.whole]) - _total(frames, one.parts)
        for sign, cells in ((1, [one.whole]), (-1, one.parts)) if pd.notna(by) else ():
            for table, column, rows in cells:
                for row in rows:
                    off[table, column, row][number] = round(float(sign * by), 6)
    alone = {cell: by for cell, by in off.items() if len(by) > 1 and len({*by.values()}) == 1}
    for cluster in _united({n for n, by in one.items() if by} for one in off.values()):
        edits = {cell: by for cell, by in alone.items() if by.keys() <= cluster}
        chosen = {}
        for cell, by in edits.items():
            rivals = [one for one in edits.values() if one is not by and one.keys() & by.keys()]
            if all(len(by) > len(one) for one in rivals):
                chosen[cell] = by
        if set().union(*chosen.values()) == cluster:
            for cell, by in chosen.items():
                yield cell, next(iter(by.values())), [sums[number] for number in by]


def _united(sets: Iterable[set[int]]) -> list[set[int]]:
    """Return the sets with those that overlap made one; empty ones are left out."""
    united: list[set[int]] = []
    for one in filter(None, sets):
        touching = [other for other in united if other & one]
        united = [other for other in united if not other & one] + [one.union(*touching)]
    return united


# Contested values. A conflict without topic is about the record's own column of this name.
KEYS_OF_RECORDS = {
    "incidents": "incident_id",
    "jsa_facts_2017": "fact_id",
    "jsa_geometry": "fact_id",
    "jsa_timeline_2017": "seq",
}
NUMBER_COLUMNS = {"people", "shots_count", "wounded", "killed"}
WORD_COLUMNS = {"date", "event_type", "affiliation", "means", "shots_fired"}


def _told(
    text: TextTable, row: int, column: str, value: object, what: tuple[str, str, str]
) -> Fault:
    """Return a fault of one cell; ``what`` is problem, expected, mend."""
    return Fault(text.file, int(text.lines[row]), column, str(value), *what)


@_with_tables("conflicts", *KEYS_OF_RECORDS)
def conflicts_have_a_record(frames: Frames, texts: Texts) -> list[Fault]:
    """Find contested values of a record that is not there."""
    conflicts, text, faults = frames["conflicts"], texts["conflicts"], []
    for name, key in KEYS_OF_RECORDS.items():
        known = set(frames[name][key].dropna().astype(str))
        records = conflicts.loc[conflicts["record_table"] == name, "record_id"].dropna()
        what = ("unknown key", f"a {key} of {name}", "name the record, or delete the row")
        faults += [
            _told(text, row, "record_id", record, what)
            for row, record in records[~records.isin(known)].items()
        ]
    return faults


@_with_tables("conflicts")
def chosen_by_weight(frames: Frames, texts: Texts) -> list[Fault]:
    """Find contested values that are taken, or not, against the weight of their reasons."""
    conflicts, text = frames["conflicts"], texts["conflicts"]
    known = conflicts[["conflict_id", "reason", "chosen"]].notna().all(axis=1)
    rule = is_chosen(conflicts).map({True: "yes", False: "no"})
    wrong = known & conflicts["chosen"].astype(str).ne(rule)
    mend = "write that, or mend the reason"
    return [
        _told(
            text,
            row,
            "chosen",
            conflicts.at[row, "chosen"],
            ("against the weight of the reasons", f"{rule[row]!r}", mend),
        )
        for row in conflicts.index[wrong]
    ]


def _same_value(field: str, cell: object, value: pd.Series) -> bool:
    """Say whether a cell of the register holds a published value; a bound holds by its end."""
    if field in WORD_COLUMNS:
        return str(cell) == value["value"]
    ends = [value["value_low"], value["value_high"]]
    return any(pd.notna(end) and cell == end for end in ends)


def _register_fault(field: str, cell: object, rows: list[dict]) -> tuple[str, str, str] | None:
    """Return what is wrong with a cell of the register, given the values published of it."""
    taken = next((row for row in rows if row["chosen"] == "yes"), None)
    if taken is None:
        fits = pd.isna(cell) or any(_same_value(field, cell, row) for row in rows)
        values = ", ".join(row["value"] for row in rows)
        what = ("is none of the values published", f"one of {values}, or nothing")
    else:
        fits = pd.notna(cell) and _same_value(field, cell, taken)
        what = ("is not the value chosen in the conflicts", repr(taken["value"]))
    return None if fits else (*what, "mend this cell or the reasons in conflicts.csv")


@_with_tables("conflicts", "incidents")
def register_takes_the_chosen_value(frames: Frames, texts: Texts) -> list[Fault]:
    """Find cells of the register that do not hold the value chosen among those published.

    Where the matter is open, the cell may be empty or hold any of the values.
    """
    conflicts, register, text = frames["conflicts"], frames["incidents"], texts["incidents"]
    own = conflicts[conflicts["topic"].isna() & (conflicts["record_table"] == "incidents")]
    own = own[own["field"].isin(NUMBER_COLUMNS | WORD_COLUMNS)]
    rows = pd.Series(register.index, index=register["incident_id"])
    rows = rows[~rows.index.duplicated()]
    published = defaultdict(list)
    for value in own.dropna(subset=["record_id", "field"]).to_dict("records"):
        published[value["record_id"], value["field"]].append(value)
    faults = []
    for (record, field), values in published.items():
        if record not in rows.index:
            continue
        cell = register.at[rows[record], field]
        what = _register_fault(field, cell, values)
        if what:
            faults.append(_told(text, rows[record], field, "" if pd.isna(cell) else cell, what))
    return faults


def _fact_faults(frames: Frames, texts: Texts, name: str) -> Iterator[Fault]:
    """Yield values of contested facts that the conflicts lack or weigh otherwise."""
    facts, conflicts = frames[name], frames["conflicts"]
    own = conflicts[(conflicts["record_table"] == name) & (conflicts["field"] == "value")]
    taken = own.set_index(["record_id", "value"])["chosen"].astype(str)
    taken = taken[~taken.index.duplicated()]
    several = facts.groupby("fact_id")["variant"].transform("size") > 1
    contested = facts[several | facts["fact_id"].isin(own["record_id"])]
    for row, fact in contested.iterrows():
        found = taken.get((fact["fact_id"], fact["value"]))
        if found is None:
            what = ("is not among the conflicts", "a row in conflicts.csv", "add it there")
            yield _told(texts[name], row, "value", fact["value"], what)
        elif found != fact["preferred"]:
            what = ("differs from 'chosen' in the conflicts", repr(found), "mend one of the two")
            yield _told(texts[name], row, "preferred", fact["preferred"], what)


@_with_tables("conflicts", "jsa_facts_2017", "jsa_geometry")
def facts_stand_among_the_conflicts(frames: Frames, texts: Texts) -> list[Fault]:
    """Find facts with several values that are not rows of the conflicts, or weighed otherwise."""
    return [
        *_fact_faults(frames, texts, "jsa_facts_2017"),
        *_fact_faults(frames, texts, "jsa_geometry"),
    ]


@_with_tables("corrections")
def corrections_name_a_column(frames: Frames, texts: Texts) -> list[Fault]:
    """Find corrections of a table or column that does not exist."""
    corrections, text, faults = frames["corrections"], texts["corrections"], []
    for row, cell in corrections[["table", "field"]].dropna().iterrows():
        if cell["table"] not in TABLES:
            what = ("unknown table", f"one of {', '.join(TABLES)}", "name the table as its file")
            faults.append(_told(text, row, "table", cell["table"], what))
        elif cell["field"] not in {"record", *TABLES[cell["table"]].columns}:
            expected = f"'record' or a column of {cell['table']}"
            what = ("unknown column", expected, "name the column as in its header")
            faults.append(_told(text, row, "field", cell["field"], what))
    return faults


# The claims of the news report and what is linked to them.


def _evidence_fault(
    row: pd.Series, claims: pd.DataFrame, known: Mapping[str, pd.DataFrame]
) -> tuple[str, str, tuple[str, str, str]] | None:
    """Return column, value and fault of one piece of evidence, or None."""
    rows = known[str(row["record_table"])]
    if row["record_id"] not in rows.index:
        expected = f"a key of {row['record_table']}, its columns joined by '_'"
        return "record_id", row["record_id"], ("unknown key", expected, "name the row")
    record = rows.loc[row["record_id"]]
    own = record.name if row["record_table"] == "sources" else record["source_ids"]
    odd = sorted(set(str(row["source_ids"]).split(";")) - set(str(own).split(";")))
    if odd:
        what = ("no source of the row it names", str(own), "name sources of that row")
        return "source_ids", ";".join(odd), what
    first = "" if pd.isna(row["first_hand_ids"]) else str(row["first_hand_ids"])
    odd = sorted(set(filter(None, first.split(";"))) - set(str(row["source_ids"]).split(";")))
    if odd:
        what = ("not among source_ids", str(row["source_ids"]), "name some of those")
        return "first_hand_ids", ";".join(odd), what
    if row["record_table"] != "jsa_facts_2017" or row["claim_id"] not in claims.index:
        return None
    if record.get("settled", False):
        stance = Stance.SET_ASIDE
    else:
        stance = compared(claims.loc[row["claim_id"]], record)
    if stance is None or row["stance"] == stance:
        return None
    what = ("against the numbers or the conflicts", repr(stance.value), "write that")
    return "stance", row["stance"], what


def _evidence_tables(frames: Frames) -> dict[str, pd.DataFrame]:
    """Return the tables that evidence may name, indexed by key; facts know what is settled."""
    known = {}
    for name in EvidenceTable.values():
        ids = record_ids(frames[name], TABLES[name].primary_key)
        rows = frames[name].set_axis(ids, axis=0)
        known[name] = rows[~rows.index.duplicated()]
    conflicts = frames["conflicts"]
    own = conflicts[conflicts["record_table"].eq("jsa_facts_2017") & conflicts["field"].eq("value")]
    gone = own[own["reason"].isin(SETTLED)]
    gone = set(zip(gone["record_id"], gone["value"], strict=True))
    facts = known["jsa_facts_2017"]
    pairs = zip(facts["fact_id"], facts["value"], strict=True)
    known["jsa_facts_2017"] = facts.assign(settled=[pair in gone for pair in pairs])
    return known


@_with_tables("claim_evidence", "report_claims", "conflicts")
def evidence_fits_its_row(frames: Frames, texts: Texts) -> list[Fault]:
    """Find evidence without its row, with other sources, or whose stance the numbers deny."""
    if not set(EvidenceTable.values()) <= set(frames):
        return []
    evidence, text = frames["claim_evidence"], texts["claim_evidence"]
    claims, known = frames["report_claims"].set_index("claim_id"), _evidence_tables(frames)
    claims = claims[~claims.index.duplicated()]
    whole = evidence[["record_table", "record_id", "stance", "source_ids"]].notna().all(axis=1)
    faults = []
    for place, row in evidence[whole].iterrows():
        found = _evidence_fault(row, claims, known)
        if found:
            column, value, what = found
            faults.append(_told(text, place, column, value, what))
    return faults


@_with_tables("claim_evidence", "report_claims", "jsa_facts_2017")
def claims_have_their_evidence(frames: Frames, texts: Texts) -> list[Fault]:
    """Find claims without evidence, or that leave out a published value of their fact."""
    claims, text = frames["report_claims"], texts["report_claims"]
    evidence, facts = frames["claim_evidence"], frames["jsa_facts_2017"]
    here = evidence[evidence["record_table"].eq("jsa_facts_2017")]
    linked = set(zip(here["claim_id"], here["record_id"], strict=True))
    by_fact = record_ids(facts, ("fact_id", "variant")).groupby(facts["fact_id"]).agg(list)
    faults = []
    for row, claim in claims.dropna(subset="claim_id").iterrows():
        name, wanted = claim["claim_id"], by_fact.get(claim["fact_id"], [])
        left_out = [record for record in wanted if (name, record) not in linked]
        if not evidence["claim_id"].eq(name).any():
            what = ("has no evidence", "a row in claim_evidence.csv", "add it there")
            faults.append(_told(text, row, "claim_id", name, what))
        elif left_out:
            what = ("leaves out values of its fact", ", ".join(left_out), "add them as evidence")
            faults.append(_told(text, row, "fact_id", claim["fact_id"], what))
    return faults


# What every share and rate cannot do without.


@_with_tables("arrivals_annual")
def the_official_series_is_there(frames: Frames, texts: Texts) -> list[Fault]:
    """Find a table of arrivals without any row of the ministry's own series."""
    if len(_main(frames)):
        return []
    what = ("has no row", "the ministry's arrivals by year", "restore its rows")
    return [Fault(texts["arrivals_annual"].file, 0, "series", "official_main", *what)]


# What the notebook on the day cannot do without.


@_with_tables("jsa_facts_2017", "jsa_geometry", "jsa_landmarks")
def the_day_is_whole(frames: Frames, texts: Texts) -> list[Fault]:
    """Find values, lengths and places that are missing although every analysis rests on them."""
    facts, landmarks = frames["jsa_facts_2017"], frames["jsa_landmarks"]
    ours = facts[facts["preferred"].astype("string").eq("yes")]
    counted = ours[ours["value_low"].notna() | ours["value"].astype("string").str.match(CLOCK)]
    metres = frames["jsa_geometry"]
    metres = metres[metres["value_low"].notna() & metres["unit"].isin(["m", "yd"])]
    located = landmarks[landmarks["lat"].notna() & landmarks["uncertainty_m"].notna()]
    needed = [
        ("jsa_facts_2017", "fact_id", NEEDED_FACTS, counted["fact_id"], "preferred value"),
        ("jsa_geometry", "fact_id", NEEDED_METRES, metres["fact_id"], "length in metres or yards"),
        ("jsa_landmarks", "landmark_id", NEEDED_PLACES, located["landmark_id"],
         "coordinate with its uncertainty"),
    ]  # fmt: skip
    return [
        Fault(texts[table].file, 0, column, name, f"has no {what}", f"a {what}", "give it")
        for table, column, names, there, what in needed
        for name in names
        if name not in set(there)
    ]


JUDGEMENT_RULES: list[Rule] = [
    conflicts_have_a_record,
    chosen_by_weight,
    register_takes_the_chosen_value,
    facts_stand_among_the_conflicts,
    corrections_name_a_column,
    evidence_fits_its_row,
    claims_have_their_evidence,
]


CROSS_RULES: list[Rule] = [
    running_totals,
    details_in_spans,
    quarters_against_years,
    current_revisions,
    superseded_revisions,
    revised_periods_have_a_current_value,
    sexes_against_arrivals,
    profile_groups,
    profile_parts,
    official_parts,
    official_periods,
    estimate_periods,
    the_official_series_is_there,
    the_day_is_whole,
    terms_are_there,
    *JUDGEMENT_RULES,
]

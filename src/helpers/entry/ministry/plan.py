"""What a ministry file changes in the tables: new, changed, final at last, or contradicted.

The yearly table holds whole years only. A quarter or half goes to the quarterly table, any other
part of a year to the revisions as a span of its own. A figure that changes keeps its old value in
the revisions, and what hangs on it follows: the running total, a half or quarter that is the
remainder of the year, and the running totals printed by sex.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from helpers.data.faults import Fault
from helpers.entry.ministry import ledger
from helpers.entry.ministry.ledger import NOTHING, SEXES, Figure, added, agree, figure_of, shown
from helpers.entry.ministry.tables import Arrivals, Reading
from helpers.entry.ministry.words import COMPLETE
from helpers.entry.staging import Row, Workspace

# The parts that make a whole year.
_WAYS = [["q1", "q2", "q3", "q4"], ["h1", "h2"], ["h1", "q3", "q4"], ["q1", "q2", "h2"]]
# People in protection are in the arrivals, not yet in the tables by group: never more than this.
PROTECTION_GAP = range(161)
# No correction ever took more than this share of a year away.
LARGEST_FALL = 0.1
NEW, CHANGED, FINAL, SAME = "new", "changed", "provisional -> final", "same"
CONTRADICTS, FOLLOWS = "contradicts", "follows"


@dataclass(frozen=True)
class Change:
    """One line of the plan: which row of which table, old and new value, what that is, a remark."""

    table: str
    row: str
    old: Figure
    new: Figure
    kind: str
    remark: str = ""

    def __str__(self) -> str:
        """Return where the figure goes, and 'old -> new' with what that is."""
        old, new = shown(self.old), shown(self.new)
        figure = f"{old} -> {new}" if old not in ("", new) else new
        what = ", ".join(filter(None, [figure, self.kind, self.remark]))
        return f"{self.table}.csv, {self.row}: {what}"


class Plan:
    """What an import does: ``changes``, a line each, and the ``problems`` that forbid it.

    The tables of ``space`` are changed in memory, but for the row of the ``source``. No date of
    publication is put later than ``today``.
    """

    def __init__(self, space: Workspace, reading: Reading, source: str, today: date) -> None:
        self.space, self.reading, self.tables = space, reading, ledger.Ledger(space, source)
        self.changes: list[Change] = []
        self.problems: list[Fault] = []
        self.older = bool(reading.as_of) and reading.as_of < self.tables.state
        published = self.tables.published.get(source) or reading.published or reading.as_of
        self.published = min(published or today.isoformat(), today.isoformat())
        self._arrivals()
        self._groups()

    def _tell(self, *what: str | Figure) -> None:
        self.changes.append(Change(*what))

    def _add(
        self, table: str, label: str, after: Callable[[Row], bool], remark: str = "", **cells: str
    ) -> Row:
        """Put a new row of the file into a table, and tell it."""
        row = self.space.new_row(table, source_ids=self.tables.source, **cells)
        self.space.insert(table, row, after)
        self._tell(table, label, NOTHING, figure_of(row), NEW, remark)
        return row

    def _refuse(self, place: tuple[int, str, str], *what: str) -> None:
        self.problems.append(Fault(self.reading.file, *place, *what))

    def _arrivals(self) -> None:
        """Compare every year, and refuse a table that is not of these people at all."""
        main = self.tables.main
        rows = [self._named_as_here(arrival) for arrival in self.reading.arrivals]
        known = [a for a in rows if a.whole and a.period in main]
        differ = [a for a in known if not agree(main[a.period], a.figure)]
        if len(known) > 3 and len(differ) > len(known) / 2:
            problem = f"{len(differ)} of {len(known)} years differ from the tables"
            self._refuse((0, "", ""), problem, "the ministry's table of arrivals")
            return
        for arrival in rows:
            if what := self._misplaced(arrival):
                label = arrival.label
                self._refuse((label.line, label.column, label.text), *what)
        if self.problems:
            return
        changed = [a.end for a in rows if a.whole and self._year(a)]
        for arrival in rows:
            if not arrival.whole:
                self._part(arrival)
        if changed:
            for year in sorted(set(changed)):
                self._remainder(year)
            self._running_totals(min(changed))
            self._sexes_to_date(min(changed))

    def _named_as_here(self, arrival: Arrivals) -> Arrivals:
        """Return a first span of years, 1953-1998 say, as the 'to 1998' of the tables."""
        early, main = replace(arrival, start=None), self.tables.main
        return early if arrival.period not in main and early.period in main else arrival

    def _misplaced(self, arrival: Arrivals) -> tuple[str, ...]:
        """Say why a count cannot be of the whole year it is taken for, if it cannot."""
        if not arrival.whole:
            return ()
        row, year = self.tables.main.get(arrival.period), arrival.end
        people = int(arrival.figure["people"])
        ends = {int(other["period_end"]) for other in self.tables.main.values()}
        if row is None and ends:
            new = {other.end for other in self.reading.arrivals if other.whole}
            if (arrival.start or 0) <= max(ends):
                return "cuts across the years of arrivals_annual.csv", f"a year after {max(ends)}"
            if arrival.start - 1 not in ends | new:
                return f"{arrival.start - 1} is in no table yet", f"the year after {max(ends)}"
        if arrival.told or arrival.start != year:
            return ()
        for last in (3, 6, 9):
            if people and self.tables.part(year, 1, last) == arrival.figure:
                problem = f"{people:,} people are those of January to {calendar.month_name[last]}"
                return problem, "the whole year", f"give --as-of {year}-{last:02d}"
        known = int(row["people"]) if row else 0
        latest = max(other.end for other in self.reading.arrivals)
        if year == latest and known - people > max(5, LARGEST_FALL * known):
            expected = f"{known:,} people, or a correction of a few"
            mend = f"give the month it counts to with --as-of {year}-MM"
            return f"falls to {people:,} people", expected, mend
        return ()

    def _year(self, arrival: Arrivals) -> bool:
        """Compare a whole year or bucket; return whether its current figure is replaced."""
        table, period, new = "arrivals_annual", arrival.period, arrival.figure
        status = "provisional" if arrival.provisional else "final"
        row = self.tables.main.get(period)
        if row is None:
            self.tables.main[period] = self._add(
                table,
                period,
                lambda o: o["series"] == "official_main" and int(o["period_end"]) < arrival.end,
                status,
                series="official_main",
                period=period,
                period_start=str(arrival.start or ""),
                period_end=str(arrival.end),
                status=status,
                **new,
            )
            return False
        old = figure_of(row)
        if agree(old, new):
            final = row["status"] == "provisional" and status == "final" and not self.older
            if final:
                row["status"] = status
                self.tables.cite(row)
            self._tell(table, period, old, new, FINAL if final else SAME)
            return False
        known = [r for r in self.tables.revisions(period) if agree(r, new)]
        if known and self.reading.as_of <= self.tables.state:
            remark = f"known: {known[0]['standing']}, published {known[0]['published']}"
            remark += "; the current figure stays"
            self._tell(table, period, old, new, CONTRADICTS, remark)
        elif self.older:
            tables = self.tables
            tables.revise_year(row, new, "superseded", tables.source, self.published)
            tables.keep_current(row)
            remark = f"the file counts to {self.reading.as_of}, older than the tables"
            self._tell("arrivals_revisions", period, old, new, CONTRADICTS, remark)
        else:
            self._replace_year(row, old, new, status)
            return True
        return False

    def _replace_year(self, row: Row, old: Figure, new: Figure, status: str) -> None:
        """Put a new current figure and the old one among the revisions."""
        tables, period = self.tables, row["period"]
        tables.keep_current(row)
        for other in tables.revisions(period):
            if other["standing"] == "current":
                other["standing"] = "superseded"
                other["source_ids"] = ledger.united(other["source_ids"], row["source_ids"])
        note = f"Earlier figure {shown(old)}: see arrivals_revisions"
        tables.replace(row, new, status=status, note=note)
        tables.revise_year(row, new, "current", tables.source, self.published)
        fall = _fall(old, new)
        remark = f"{status}, {fall}: not a known correction" if fall else status
        self._tell("arrivals_annual", period, old, new, CHANGED, remark)

    def _part(self, arrival: Arrivals) -> None:
        """Compare a part of a year; it never changes a figure of the yearly table."""
        table, year, new = "arrivals_quarterly", arrival.end, arrival.figure
        months = [calendar.month_name[month] for month in (arrival.first, arrival.last)]
        name = f"{' to '.join(months)} {year}"
        part = ledger.PARTS.get((arrival.first, arrival.last))
        known = self.tables.part(year, arrival.first, arrival.last)
        if known is not None and agree(known, new):
            self._tell(table, name, known, new, SAME)
        elif known is not None or not part:
            self._span(arrival, name, known or NOTHING)
        else:
            status = "provisional" if arrival.provisional else "published"
            self._add(
                table,
                f"{year} {part} ({name})",
                lambda o: (int(o["year"]), ledger.LAST_MONTH[o["part"]]) <= (year, arrival.last),
                status,
                year=str(year),
                part=part,
                status=status,
                split_status="published" if new["men"] else "not_published",
                **new,
            )

    def _span(self, arrival: Arrivals, name: str, known: Figure) -> None:
        """Keep a part of a year, or another value of one, among the revisions."""
        table, figure = "arrivals_revisions", arrival.figure
        start, end = (f"{arrival.end}-{month:02d}" for month in (arrival.first, arrival.last))
        for row in self.space.rows(table):
            span = (row["measure"], row["period_start"], row["period_end"])
            if span == ("arrivals", start, end) and agree(row, figure):
                what = (known, figure, CONTRADICTS) if known["people"] else (figure, figure, SAME)
                self._tell(table, name, *what)
                return
        self.tables.revise(
            f"arrivals-{start}-to-{end}",
            figure,
            lambda other: other["measure"] == "arrivals" and other["period_end"] < end,
            measure="arrivals",
            period=name,
            period_start=start,
            period_end=end,
            standing="other_span",
            published=self.published,
            source_ids=self.tables.source,
            note=f"The tables give {shown(known)}" if known["people"] else "",
        )
        self._tell(table, name, known, figure, CONTRADICTS if known["people"] else NEW)

    def _remainder(self, year: int) -> None:
        """Compute anew the part of a year that was derived as its remainder, else its last part."""
        parts, whole = self.tables.quarters(year), self.tables.main.get(str(year))
        for way in _WAYS if whole else ():
            if not set(way) <= set(parts) or agree(added([parts[name] for name in way]), whole):
                continue
            derived = [name for name in way if parts[name]["status"] == "derived"]
            last = derived[0] if len(derived) == 1 else way[-1]
            row = parts[last]
            old = figure_of(row)
            if row["status"] != "derived":
                row |= {"status": "derived", "note": f"Year less the rest; printed: {shown(old)}"}
                row["split_status"] = "derived" if row["men"] else row["split_status"]
            rest = added([parts[name] for name in way if name != last])
            for name in SEXES:
                if row[name] and whole[name] and rest[name]:
                    row[name] = str(int(whole[name]) - int(rest[name]))
            self.tables.cite(row)
            what = (f"{year} {last}", old, figure_of(row), FOLLOWS, "the remainder of the year")
            self._tell("arrivals_quarterly", *what)

    def _running_totals(self, first: int) -> None:
        """Replace the running totals that include a changed year, and keep the old ones."""
        for row in self.space.rows("arrivals_annual"):
            year, old = int(row["period_end"]), figure_of(row)
            if row["series"] != "check_total" or row["period_start"] or year < max(first, 2002):
                continue
            new = self.tables.to_date(year)
            if agree(old, new):
                continue
            self.tables.keep_total(str(year), old, row["source_ids"])
            note = f"Sum of official_main to {year}; earlier running total {shown(old)}"
            cells = {"status": "derived", "note": note}
            if self.reading.as_of == f"{year}-12":
                cells = {"note": "Published running total; equals the sum of official_main"}
            self.tables.replace(row, new, **cells)
            what = (f"running total to {year}", old, new, FOLLOWS, "the sum of the years")
            self._tell("arrivals_annual", *what)

    def _sexes_to_date(self, first: int) -> None:
        """Keep men and women to date, as printed before the revision, as totals of their time."""
        rows = [r for r in self.space.rows("profile_cumulative") if r["dimension"] == "sex"]
        for month in sorted({r["as_of"] for r in rows if r["as_of"] >= f"{first}-12"}):
            sexes, arrived = self.tables.sexes(month), self.tables.to_month(month)
            if arrived is None or set(sexes) != {"men", "women"}:
                continue
            figure = {name: sexes[name]["people"] for name in ("men", "women")}
            figure = {"people": str(sum(map(int, figure.values()))), **figure}
            if not agree(figure, arrived):
                end = month.removesuffix("-12")
                self.tables.keep_total(end, figure, sexes["men"]["source_ids"])

    def _groups(self) -> None:
        """Compare every group of the profile, and each breakdown with all who had arrived."""
        for dimension in dict.fromkeys(group["dimension"] for group in self.reading.groups):
            groups = [one for one in self.reading.groups if one["dimension"] == dimension]
            people = sum(int(group["people"]) for group in groups)
            arrived = self.tables.arrived(groups[0]["as_of"])
            gap = arrived[0] - people if arrived else 0
            if gap in PROTECTION_GAP or dimension == "residence_in_south":
                if sum(self._group(group, people) for group in groups):
                    self._check_row(groups, people, arrived)
                continue
            problem = (
                f"the groups of {dimension} add up to {people:,}, but {arrived[0]:,} had arrived "
                f"by {self.reading.as_of}: "
                f"{'a row is missing' if gap > 0 else 'more than had arrived'}"
            )
            expected = f"a gap of 0 to {PROTECTION_GAP[-1]}, not {gap:,}"
            self._refuse((0, "", str(people)), problem, expected)

    def _group(self, group: Row, people: int) -> bool:
        """Compare one group; return whether it is new or changed."""
        table, new = "profile_cumulative", figure_of(group)
        key = {name: group[name] for name in ("dimension", "category", "as_of")}
        label, row = " ".join(key.values()), self.space.find(table, key)
        share = f"{100 * int(group['people']) / (people or 1):.2f}".rstrip("0").rstrip(".")
        if row is None:
            residents = group["dimension"] == "residence_in_south"
            group["population"] = "residents" if residents else "all_arrivals"
            group |= {"as_of_basis": "published", "status": "published", "share_percent": share}
            self._add(table, label, _before(group), **group)
            return True
        old = figure_of(row)
        if agree(old, new):
            self._tell(table, label, old, new, SAME)
            return False
        note = f"Before: {shown(old) or 'no number of people'} by {row['source_ids']}"
        row.update(new, share_percent=share, note=note)
        self.tables.cite(row)
        self._tell(table, label, old, new, CHANGED, _fall(old, new))
        return True

    def _check_row(self, groups: list[Row], people: int, arrived: tuple[int, str] | None) -> None:
        """Write whether a breakdown adds up to all who had arrived."""
        table, key = "profile_checks", {name: groups[0][name] for name in ("as_of", "dimension")}
        row = self.space.find(table, key)
        if row is None:
            row = self.space.new_row(table, **key)
            self.space.insert(table, row, _before(groups[0]))
        row |= {"groups": str(len(groups)), "parts_people": str(people), "coverage": "full_list"}
        row["source_ids"] = arrived[1] if arrived else self.tables.source
        if arrived:
            row["compared_people"] = str(arrived[0])
            row["difference_people"] = str(people - arrived[0])
        if arrived and people != arrived[0]:
            row["note"] = "Leaves out recent arrivals not yet out of protection"
            if key["dimension"] == "residence_in_south":
                row["note"] = "Residents are fewer than arrivals"


def _fall(old: Figure, new: Figure) -> str:
    fall = int(old["people"] or 0) - int(new["people"])
    return f"falls by {fall:,}" if fall > 0 else ""


def _before(group: Row) -> Callable[[Row], bool]:
    """Return whether a row of a profile table stands before a group of a new one."""
    order = ["sex", *COMPLETE]

    def place(row: Row) -> tuple[int, str]:
        return (order.index(row["dimension"]) if row["dimension"] in order else 0), row["as_of"]

    return lambda row: place(row) <= place(group)

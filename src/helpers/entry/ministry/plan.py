"""What a ministry file changes in the tables: new, changed, final at last, or contradicted.

The yearly table holds whole years only. A quarter or half goes to the quarterly table, any other
part of a year to the revisions as a span of its own. A figure that changes keeps its old value in
the revisions, and what hangs on it follows: the running total, a half or quarter that is the
remainder of the year, and the running totals printed by sex.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from helpers.data.faults import Fault
from helpers.entry.ministry.tables import Arrivals, Group, Reading
from helpers.entry.ministry.words import COMPLETE
from helpers.entry.staging import Row, Workspace

SEXES = ("people", "men", "women")
PARTS = {(1, 3): "q1", (4, 6): "q2", (7, 9): "q3", (10, 12): "q4", (1, 6): "h1", (7, 12): "h2"}
_MONTHS = {part: last for (_, last), part in PARTS.items()}
_WAYS = [["q1", "q2", "q3", "q4"], ["h1", "h2"], ["h1", "q3", "q4"], ["q1", "q2", "h2"]]
_SUMS = {
    (1, 6): [["q1", "q2"]],
    (7, 12): [["q3", "q4"]],
    (1, 9): [["h1", "q3"], ["q1", "q2", "q3"]],
}
# People in protection are in the arrivals, not yet in the tables by group: never more than this.
PROTECTION_GAP = range(161)
# No correction ever took more than this share of a year away.
LARGEST_FALL = 0.1
NEW, CHANGED, FINAL, SAME = "new", "changed", "provisional -> final", "same"
CONTRADICTS, FOLLOWS = "contradicts", "follows"


# People, men and women as the tables write them; empty where not known.
Figure = tuple[str, str, str]
NOTHING: Figure = ("", "", "")


@dataclass(frozen=True)
class Change:
    """One line of the plan: which row of which table, old and new value, what that is, a remark."""

    table: str
    row: str
    old: str
    new: str
    kind: str
    remark: str = ""

    def __str__(self) -> str:
        """Return where the figure goes, and 'old -> new' with what that is."""
        figure = f"{self.old} -> {self.new}" if self.old not in ("", self.new) else self.new
        what = ", ".join(filter(None, [figure, self.kind, self.remark]))
        return f"{self.table}.csv, {self.row}: {what}"


@dataclass
class Plan:
    """What an import does: its lines, and what forbids it."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Fault] = field(default_factory=list)
    source: str = ""

    @property
    def news(self) -> list[Change]:
        """Return the lines that are not 'same'."""
        return [change for change in self.changes if change.kind != SAME]


def make_plan(space: Workspace, reading: Reading, source: str, today: date) -> Plan:
    """Compare a reading with the tables and change them in ``space``.

    Parameters
    ----------
    space : Workspace
        The tables; changed in memory.
    reading : Reading
        A reading without faults.
    source : str
        Key of the file's source; its row is not added here.
    today : datetime.date
        No date of publication is put later.
    """
    planning = _Planning(space, reading, source, today)
    planning.arrivals()
    planning.groups()
    return planning.plan


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def shown(people: str, men: str, women: str) -> str:
    """Return a figure for the plan: people, and men and women where known."""
    if not people:
        return ""
    sexes = f" ({int(men):,} men, {int(women):,} women)" if men and women else ""
    return f"{int(people):,}{sexes}"


def _cells(row: Row) -> Figure:
    return row["people"], row["men"], row["women"]


def _agree(old: Figure, new: Figure) -> bool:
    """Say whether two figures agree in all that both of them give."""
    return all(a == b for a, b in zip(old, new, strict=True) if a and b)


class _Planning:
    """One comparison under way."""

    def __init__(self, space: Workspace, reading: Reading, source: str, today: date) -> None:
        self.space, self.reading, self.source = space, reading, source
        self.plan = Plan(source=source)
        main = [row for row in space.rows("arrivals_annual") if row["series"] == "official_main"]
        self.main = {row["period"]: row for row in main}
        self.state = f"{max((int(row['period_end']) for row in main), default=0)}-12"
        # The quarterly table may be ahead of the yearly one.
        parts = [f"{r['year']}-{_MONTHS[r['part']]:02d}" for r in space.rows("arrivals_quarterly")]
        self.state = max([self.state, *parts])
        self.older = bool(reading.as_of) and reading.as_of < self.state
        known = {row["source_id"]: row["published"] for row in space.rows("sources")}
        self.published = known.get(source) or reading.published or reading.as_of
        if not self.published or self.published > today.isoformat():
            self.published = today.isoformat()
        self.known_sources = known

    def tell(
        self, table: str, row: str, old: Figure, new: Figure, kind: str, remark: str = ""
    ) -> None:
        self.plan.changes.append(Change(table, row, shown(*old), shown(*new), kind, remark))

    # -- arrivals ----------------------------------------------------------------------------

    def arrivals(self) -> None:
        """Compare every year, and refuse a table that is not of these people at all."""
        rows = [self._named_as_here(arrival) for arrival in self.reading.arrivals]
        known = [a for a in rows if a.whole and a.period in self.main]
        differ = [a for a in known if not _agree(_cells(self.main[a.period]), _figure(a))]
        if len(known) > 3 and len(differ) > len(known) / 2:
            problem = f"{len(differ)} of {len(known)} years differ from the tables"
            what = (problem, "the ministry's table of arrivals")
            self.plan.problems.append(Fault(self.reading.file, 0, "", "", *what))
            return
        self.plan.problems += filter(None, map(self._misplaced, rows))
        if self.plan.problems:
            return
        changed = [a.end for a in rows if a.whole and self._year(a)]
        for arrival in rows:
            if not arrival.whole:
                self._part(arrival)
        if changed:
            self._follow(min(changed), set(changed))

    def _named_as_here(self, arrival: Arrivals) -> Arrivals:
        """Return a first span of years, 1953-1998 say, as the 'to 1998' of the tables."""
        early = replace(arrival, start=None)
        return early if arrival.period not in self.main and early.period in self.main else arrival

    def _misplaced(self, arrival: Arrivals) -> Fault | None:
        """Return why a count cannot be of the year it is taken for, None if it can."""
        row = self.main.get(arrival.period)
        what = self._no_place(arrival) if arrival.whole and row is None else None
        if what is None and arrival.whole and not arrival.told and arrival.start == arrival.end:
            what = self._a_part(arrival, int(row["people"]) if row else 0)
        at = (arrival.label.line, arrival.label.column, arrival.label.text)
        return Fault(self.reading.file, *at, *what) if what else None

    def _no_place(self, arrival: Arrivals) -> tuple[str, str] | None:
        """Say what is wrong with a new year, or years, beside those of the table."""
        ends = {int(other["period_end"]) for other in self.main.values()}
        new = {other.end for other in self.reading.arrivals if other.whole}
        if ends and (arrival.start or 0) <= max(ends):
            return "cuts across the years of arrivals_annual.csv", f"a year after {max(ends)}"
        if ends and arrival.start - 1 not in ends | new:
            return f"{arrival.start - 1} is in no table yet", f"the year after {max(ends)}"
        return None

    def _a_part(self, arrival: Arrivals, known: int) -> tuple[str, str, str] | None:
        """Say why a count that names no month seems to be of a part of its year."""
        year, people = arrival.end, arrival.people
        for last in (3, 6, 9):
            if people and self._known_part(year, 1, last) == _figure(arrival):
                problem = f"{people:,} people are those of January to {calendar.month_name[last]}"
                return problem, "the whole year", f"give --as-of {year}-{last:02d}"
        latest = max(other.end for other in self.reading.arrivals)
        if year == latest and known - people > max(5, LARGEST_FALL * known):
            expected = f"{known:,} people, or a correction of a few"
            mend = f"give the month it counts to with --as-of {year}-MM"
            return f"falls to {people:,} people", expected, mend
        return None

    def _year(self, arrival: Arrivals) -> bool:
        """Compare a whole year or bucket; return whether its current figure is replaced."""
        row, new = self.main.get(arrival.period), _figure(arrival)
        status = "provisional" if arrival.provisional else "final"
        if row is None:
            self._new_year(arrival, status)
            return False
        old = _cells(row)
        if _agree(old, new):
            final = row["status"] == "provisional" and status == "final" and not self.older
            if final:
                row["status"] = status
                self._cite(row)
            kind = FINAL if final else SAME
            self.tell("arrivals_annual", arrival.period, old, new, kind)
            return False
        if self._contradicted(arrival, old, new):
            return False
        self._replace_year(arrival, row, status)
        return True

    def _new(self, table: str, arrival: Arrivals, **cells: str) -> Row:
        row = self.space.new_row(table, source_ids=self.source, **cells)
        return row | dict(zip(SEXES, _figure(arrival), strict=True))

    def _new_year(self, arrival: Arrivals, status: str) -> None:
        table, end = "arrivals_annual", arrival.end
        row = self._new(table, arrival, series="official_main", status=status)
        row |= {"period": arrival.period, "period_end": str(end)}
        row["period_start"] = _text(arrival.start)
        self.space.insert(
            table, row, lambda o: o["series"] == row["series"] and int(o["period_end"]) < end
        )
        self.main[arrival.period] = row
        self.tell(table, arrival.period, NOTHING, _cells(row), NEW, status)

    def _contradicted(self, arrival: Arrivals, old: Figure, new: Figure) -> bool:
        """Keep the current figure against one that an older state of the table gives."""
        label = arrival.period
        known = [
            r
            for r in self.space.rows("arrivals_revisions")
            if r["measure"] == "arrivals" and r["period"] == label and _agree(_cells(r), new)
        ]
        if known and self.reading.as_of <= self.state:
            remark = f"known: {known[0]['standing']}, published {known[0]['published']}"
            remark += "; the current figure stays"
            self.tell("arrivals_annual", label, old, new, CONTRADICTS, remark)
            return True
        if not self.older:
            return False
        self._revise(arrival, "superseded", self.source, self.published, new)
        self._current(arrival, self.main[label])
        remark = f"the file counts to {self.reading.as_of}, older than the tables"
        self.tell("arrivals_revisions", label, old, new, CONTRADICTS, remark)
        return True

    def _replace_year(self, arrival: Arrivals, row: Row, status: str) -> None:
        """Put a new current figure and the old one among the revisions."""
        old, new = _cells(row), _figure(arrival)
        remark = ""
        if int(new[0]) < int(old[0]):
            remark = f"{status}, falls by {int(old[0]) - int(new[0]):,}: not a known correction"
        self._current(arrival, row)
        for other in self.space.rows("arrivals_revisions"):
            if self._is(other, arrival) and other["standing"] == "current":
                other["standing"] = "superseded"
                other["source_ids"] = _united(other["source_ids"], row["source_ids"])
        row.update(dict(zip(SEXES, new, strict=True)))
        row["status"], row["source_ids"] = status, self.source
        row["note"] = f"Earlier figure {shown(*old)}: see arrivals_revisions"
        self._evidence(row)
        self._revise(arrival, "current", self.source, self.published, new)
        self.tell("arrivals_annual", arrival.period, old, new, CHANGED, remark or status)

    def _is(self, revision: Row, arrival: Arrivals) -> bool:
        return revision["measure"] == "arrivals" and revision["period"] == arrival.period

    def _current(self, arrival: Arrivals, row: Row) -> None:
        """See to it that the revisions name the current figure of a period."""
        rows = self.space.rows("arrivals_revisions")
        if not any(self._is(r, arrival) and r["standing"] == "current" for r in rows):
            sources = row["source_ids"].split(";")
            seen = [day for key in sources if (day := self.known_sources.get(key))]
            published = min(seen, default=str(arrival.end))
            self._revise(arrival, "current", row["source_ids"], published, _cells(row))

    def _revise(
        self, arrival: Arrivals, standing: str, sources: str, published: str, figure: Figure
    ) -> None:
        """Add a value of a year to the revisions, the one in force last."""
        start = _text(arrival.start) or str(arrival.end)
        row = self._revision(f"arrivals-{arrival.period}", figure)
        row |= {"measure": "arrivals", "period": arrival.period, "standing": standing}
        row |= {"period_start": start, "period_end": str(arrival.end)}
        row |= {"published": published, "source_ids": sources}
        current = standing == "current"
        self.space.insert(
            "arrivals_revisions",
            row,
            lambda o: (
                o["measure"] == "arrivals"
                and (o["period_end"][:4] < str(arrival.end) or (self._is(o, arrival)))
                and (current or not (self._is(o, arrival) and o["standing"] == "current"))
            ),
        )

    def _revision(self, stem: str, figure: Figure) -> Row:
        """Return a row of the revisions with an identifier of its own."""
        people, men, women = figure
        name = f"{stem}-{people}".replace(" ", "-")
        taken = {row["revision_id"] for row in self.space.rows("arrivals_revisions")}
        for longer in ([name], [name, women], *([name, str(n)] for n in range(2, 99))):
            if all(longer) and (identifier := "-".join(longer)) not in taken:
                break
        return self.space.new_row(
            "arrivals_revisions", revision_id=identifier, people=people, men=men, women=women
        )

    def _evidence(self, row: Row) -> None:
        """Let claims that rest on a row of the yearly table name the source it has now."""
        record = f"{row['series']}_{row['period']}"
        for evidence in self.space.rows("claim_evidence"):
            named = (evidence["record_table"], evidence["record_id"])
            if named == ("arrivals_annual", record):
                evidence.update(source_ids=self.source, first_hand_ids=self.source)

    def _cite(self, row: Row) -> None:
        """Add the file to the sources of a row that it confirms."""
        row["source_ids"] = _united(row["source_ids"], self.source)

    # -- parts of years ----------------------------------------------------------------------

    def _part(self, arrival: Arrivals) -> None:
        """Compare a part of a year; it never changes a figure of the yearly table."""
        months = [calendar.month_name[month] for month in (arrival.first, arrival.last)]
        name = f"{' to '.join(months)} {arrival.end}"
        part = PARTS.get((arrival.first, arrival.last))
        known = self._known_part(arrival.end, arrival.first, arrival.last)
        if known is not None and _agree(known, _figure(arrival)):
            self.tell("arrivals_quarterly", name, known, _figure(arrival), SAME)
        elif known is None and part:
            self._new_part(arrival, part, name)
        else:
            self._new_span(arrival, name, known or NOTHING)

    def _known_part(self, year: int, first: int, last: int) -> Figure | None:
        """Return what the tables say of some months of a year, or None."""
        parts = self._quarters(year)
        own = [[PARTS[first, last]]] if (first, last) in PARTS else []
        for names in own + _SUMS.get((first, last), []):
            if set(names) <= set(parts):
                return _sum([_cells(parts[name]) for name in names])
        return None

    def _quarters(self, year: int) -> dict[str, Row]:
        rows = self.space.rows("arrivals_quarterly")
        return {row["part"]: row for row in rows if row["year"] == str(year)}

    def _new_part(self, arrival: Arrivals, part: str, name: str) -> None:
        table, end = "arrivals_quarterly", (arrival.end, arrival.last)
        row = self._new(table, arrival, year=str(arrival.end), part=part)
        row["status"] = "provisional" if arrival.provisional else "published"
        row["split_status"] = "published" if row["men"] else "not_published"
        self.space.insert(table, row, lambda o: (int(o["year"]), _MONTHS[o["part"]]) <= end)
        self.tell(table, f"{arrival.end} {part} ({name})", NOTHING, _cells(row), NEW, row["status"])

    def _new_span(self, arrival: Arrivals, name: str, known: Figure) -> None:
        """Keep a part of a year, or another value of one, among the revisions."""
        table, figure = "arrivals_revisions", _figure(arrival)
        start, end = f"{arrival.end}-{arrival.first:02d}", f"{arrival.end}-{arrival.last:02d}"
        for row in self.space.rows("arrivals_revisions"):
            span = (row["measure"], row["period_start"], row["period_end"])
            if span == ("arrivals", start, end) and _agree(_cells(row), figure):
                kind = CONTRADICTS if known[0] else SAME
                self.tell(table, name, known or figure, figure, kind)
                return
        row = self._revision(f"arrivals-{start}-to-{end}", figure)
        row |= {"measure": "arrivals", "period": name, "period_start": start, "period_end": end}
        row |= {"published": self.published, "source_ids": self.source, "standing": "other_span"}
        if known[0]:
            row["note"] = f"The tables give {shown(*known)}"
        self.space.insert(
            table, row, lambda o: o["measure"] == "arrivals" and o["period_end"] < end
        )
        self.tell(table, name, known, figure, CONTRADICTS if known[0] else NEW)

    # -- what hangs on a changed year --------------------------------------------------------

    def _follow(self, first: int, changed: set[int]) -> None:
        """Carry changed years into remainders of years and running totals."""
        for year in sorted(changed):
            self._remainder(year)
        self._running_totals(first)
        self._sexes_to_date(first)

    def _remainder(self, year: int) -> None:
        """Compute anew the part of a year that was derived as its remainder, else its last part."""
        parts, whole = self._quarters(year), self.main.get(str(year))
        for way in _WAYS if whole else ():
            if not set(way) <= set(parts):
                continue
            total = _sum([_cells(parts[name]) for name in way])
            if _agree(total, _cells(whole)):
                continue
            derived = [name for name in way if parts[name]["status"] == "derived"]
            last = derived[0] if len(derived) == 1 else way[-1]
            row = parts[last]
            old = _cells(row)
            if row["status"] != "derived":
                row |= {"status": "derived", "note": f"Year less the rest; printed: {shown(*old)}"}
                row["split_status"] = "derived" if row["men"] else row["split_status"]
            rest = _sum([_cells(parts[name]) for name in way if name != last])
            for name, value, taken in zip(SEXES, _cells(whole), rest, strict=True):
                if row[name] and value and taken:
                    row[name] = str(int(value) - int(taken))
            self._cite(row)
            remark = "the remainder of the year"
            self.tell("arrivals_quarterly", f"{year} {last}", old, _cells(row), FOLLOWS, remark)

    def _to_date(self, year: int) -> Figure:
        """Return everyone who had arrived by the end of a year, by the yearly table."""
        rows = [row for row in self.main.values() if int(row["period_end"]) <= year]
        return _sum([_cells(row) for row in rows])

    def _running_totals(self, first: int) -> None:
        """Replace the running totals that include a changed year, and keep the old ones."""
        for row in self.space.rows("arrivals_annual"):
            is_total = row["series"] == "check_total" and not row["period_start"]
            year = int(row["period_end"])
            if not is_total or year < first or year < 2002:
                continue
            old, new = _cells(row), self._to_date(year)
            if _agree(old, new):
                continue
            self._old_total(str(year), old, row["source_ids"])
            printed = self.reading.as_of == f"{year}-12"
            row.update(dict(zip(SEXES, new, strict=True)), source_ids=self.source)
            row["note"] = "Published running total; equals the sum of official_main"
            if not printed:
                row["status"] = "derived"
                row["note"] = f"Sum of official_main to {year}; earlier running total {shown(*old)}"
            self._evidence(row)
            label = f"running total to {year}"
            self.tell("arrivals_annual", label, old, new, FOLLOWS, "the sum of the years")

    def _old_total(self, end: str, figure: Figure, sources: str) -> None:
        """Keep a running total to a year or month that is no longer in force, unless it is kept."""
        for row in self.space.rows("arrivals_revisions"):
            same = row["measure"] == "running_total" and row["period_end"] == end
            if same and _cells(row) == figure:
                return
        seen = [day for key in sources.split(";") if (day := self.known_sources.get(key))]
        row = self._revision(f"running-total-{end}", figure)
        month = f"{calendar.month_name[int(end[5:])]} " if end[5:] else ""
        row |= {"measure": "running_total", "period": f"to {month}{end[:4]}", "period_end": end}
        row |= {"published": min(seen, default=end), "standing": "superseded"}
        row |= {"source_ids": sources, "note": "A year in it was revised later"}
        self.space.insert(
            "arrivals_revisions",
            row,
            lambda o: o["measure"] == "arrivals" or o["period_end"] <= end,
        )

    def _sexes_to_date(self, first: int) -> None:
        """Keep men and women to date, as printed before the revision, as totals of their time."""
        rows = [r for r in self.space.rows("profile_cumulative") if r["dimension"] == "sex"]
        for month in sorted({r["as_of"] for r in rows if r["as_of"] >= f"{first}-12"}):
            sexes = {r["category"]: r for r in rows if r["as_of"] == month}
            arrived = self._summed(month)
            if arrived is None or set(sexes) != {"men", "women"}:
                continue
            men, women = sexes["men"]["people"], sexes["women"]["people"]
            figure = (str(int(men) + int(women)), men, women)
            if not _agree(figure, arrived):
                end = month.removesuffix("-12")
                self._old_total(end, figure, sexes["men"]["source_ids"])

    def _summed(self, month: str) -> Figure | None:
        """Return all who had arrived by a month, summed from years and quarters, or None."""
        year, number = int(month[:4]), int(month[5:])
        ends = {int(row["period_end"]) for row in self.main.values()}
        if number == 12:
            return self._to_date(year) if year in ends else None
        part = self._known_part(year, 1, number)
        return None if part is None else _sum([self._to_date(year - 1), part])

    # -- groups ------------------------------------------------------------------------------

    def groups(self) -> None:
        """Compare every group of the profile, and each breakdown with all who had arrived."""
        by_dimension: dict[str, list[Group]] = {}
        for group in self.reading.groups:
            by_dimension.setdefault(group.dimension, []).append(group)
        for dimension, groups in by_dimension.items():
            people = sum(group.people for group in groups)
            arrived = self._arrived(groups[0].as_of)
            if not self._gap_is_told(dimension, people, arrived):
                continue
            news = [self._group(group, people) for group in groups]
            if any(news):
                self._check_row(groups, people, arrived)

    def _arrived(self, month: str) -> tuple[int, str] | None:
        """Return all who had arrived by a month, with the sources that say so, or None."""
        rows = self.space.rows("profile_cumulative")
        sexes = [r for r in rows if r["dimension"] == "sex" and r["as_of"] == month]
        if len(sexes) == 2:
            return sum(int(row["people"]) for row in sexes), sexes[0]["source_ids"]
        total = self._summed(month)
        if total is None or not total[0]:
            return None
        quarters = self._quarters(int(month[:4])).values()
        latest = self.main.get(month[:4]) or next(iter(quarters))
        return int(total[0]), latest["source_ids"]

    def _gap_is_told(self, dimension: str, people: int, arrived: tuple[int, str] | None) -> bool:
        """Say whether the gap to all who had arrived is one that protection explains."""
        if arrived is None or dimension == "residence_in_south":
            return True
        gap = arrived[0] - people
        if gap in PROTECTION_GAP:
            return True
        problem = (
            f"the groups of {dimension} add up to {people:,}, but {arrived[0]:,} had arrived by "
            f"{self.reading.as_of}: {'a row is missing' if gap > 0 else 'more than had arrived'}"
        )
        expected = f"a gap of 0 to {PROTECTION_GAP[-1]}, not {gap:,}"
        self.plan.problems.append(Fault(self.reading.file, 0, "", str(people), problem, expected))
        return False

    def _group(self, group: Group, people: int) -> bool:
        """Compare one group; return whether it is new or changed."""
        key = (group.as_of, group.dimension, group.category)
        new = (str(group.people), _text(group.men), _text(group.women))
        label = f"{group.dimension} {group.category} {group.as_of}"
        columns = ("as_of", "dimension", "category")
        rows = self.space.rows("profile_cumulative")
        row = next((r for r in rows if tuple(r[c] for c in columns) == key), None)
        share = f"{100 * group.people / people:.2f}".rstrip("0").rstrip(".")
        if row is not None:
            old = _cells(row)
            if _agree(old, new):
                self.tell("profile_cumulative", label, old, new, SAME)
                return False
            before = f"{shown(*old) or old} by {row['source_ids']}"
            row.update(dict(zip(SEXES, new, strict=True)), share_percent=share)
            row["source_ids"] = _united(row["source_ids"], self.source)
            row["note"] = f"Before: {before}"
            self.tell("profile_cumulative", label, old, new, CHANGED, _fall(old, new))
            return True
        row = self.space.new_row("profile_cumulative", **dict(zip(columns, key, strict=True)))
        row.update(dict(zip(SEXES, new, strict=True)), share_percent=share, note=group.note)
        residents = group.dimension == "residence_in_south"
        row["population"] = "residents" if residents else "all_arrivals"
        row |= {"as_of_basis": "published", "status": "published", "source_ids": self.source}
        self.space.insert("profile_cumulative", row, _before(group))
        self.tell("profile_cumulative", label, NOTHING, new, NEW)
        return True

    def _check_row(self, groups: list[Group], people: int, arrived: tuple[int, str] | None) -> None:
        """Write whether a breakdown adds up to all who had arrived."""
        month, dimension = groups[0].as_of, groups[0].dimension
        rows = self.space.rows("profile_checks")
        row = next((r for r in rows if (r["as_of"], r["dimension"]) == (month, dimension)), None)
        if row is None:
            row = self.space.new_row("profile_checks", as_of=month, dimension=dimension)
            self.space.insert("profile_checks", row, _before(groups[0]))
        row |= {"groups": str(len(groups)), "parts_people": str(people), "coverage": "full_list"}
        row["source_ids"] = self.source if arrived is None else arrived[1]
        if arrived is not None:
            row["compared_people"] = str(arrived[0])
            row["difference_people"] = str(people - arrived[0])
            if people != arrived[0]:
                row["note"] = "Leaves out recent arrivals not yet out of protection"
                if dimension == "residence_in_south":
                    row["note"] = "Residents are fewer than arrivals"


def _figure(arrival: Arrivals) -> Figure:
    return str(arrival.people), _text(arrival.men), _text(arrival.women)


def _sum(figures: list[Figure]) -> Figure:
    """Add figures up; what one of them does not give, the sum does not give."""
    columns = zip(*figures, strict=True)
    people, men, women = (str(sum(map(int, column))) if all(column) else "" for column in columns)
    return people, men, women


def _united(keys: str, more: str) -> str:
    """Return lists of keys joined, each key once, in order."""
    return ";".join(dict.fromkeys([*keys.split(";"), *more.split(";")]))


def _fall(old: Figure, new: Figure) -> str:
    if old[0] and int(new[0]) < int(old[0]):
        return f"falls by {int(old[0]) - int(new[0]):,}"
    return ""


def _before(group: Group) -> Callable[[Row], bool]:
    """Return whether a row of a profile table stands before a group of a new one."""
    order = ["sex", *COMPLETE]
    mine = order.index(group.dimension)

    def before(row: Row) -> bool:
        other = order.index(row["dimension"]) if row["dimension"] in order else 0
        return other < mine or (other == mine and row["as_of"] <= group.as_of)

    return before

"""The tables of arrivals: what they say of a year or a part of one, and what is put into them."""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Callable, Iterable, Mapping

from helpers.entry.staging import Row, Workspace

SEXES = ("people", "men", "women")
PARTS = {(1, 3): "q1", (4, 6): "q2", (7, 9): "q3", (10, 12): "q4", (1, 6): "h1", (7, 12): "h2"}
LAST_MONTH = {part: last for (_, last), part in PARTS.items()}
# The parts that some months are made of.
_SUMS = {
    **{months: [[part]] for months, part in PARTS.items()},
    (1, 6): [["h1"], ["q1", "q2"]],
    (7, 12): [["h2"], ["q3", "q4"]],
    (1, 9): [["h1", "q3"], ["q1", "q2", "q3"]],
}

# People, men and women as the tables write them, empty where not known; a row holds them too.
Figure = Mapping[str, str]


def figure_of(row: Figure) -> Figure:
    """Return the figure of a row, to be kept while the row changes."""
    return {name: row[name] for name in SEXES}


NOTHING: Figure = dict.fromkeys(SEXES, "")


def shown(figure: Figure) -> str:
    """Return a figure for people: all of them, and men and women where known."""
    people, men, women = (int(figure[name] or 0) for name in SEXES)
    sexes = f" ({men:,} men, {women:,} women)" if figure["men"] and figure["women"] else ""
    return f"{people:,}{sexes}" if figure["people"] else ""


def agree(old: Figure, new: Figure) -> bool:
    """Say whether two figures agree in all that both of them give."""
    return all(old[name] == new[name] for name in SEXES if old[name] and new[name])


def added(figures: Iterable[Figure]) -> Figure:
    """Add figures up; what one of them does not give, the sum does not give."""
    columns = {name: [figure[name] for figure in figures] for name in SEXES}
    return {name: str(sum(map(int, c))) if all(c) else "" for name, c in columns.items()}


def united(keys: str, more: str) -> str:
    """Return lists of keys joined, each key once, in order."""
    return ";".join(dict.fromkeys([*keys.split(";"), *more.split(";")]))


class Ledger:
    """The tables of arrivals in a workspace; ``source`` is that of a file put into them."""

    def __init__(self, space: Workspace, source: str) -> None:
        self.space, self.source = space, source
        self.published = {row["source_id"]: row["published"] for row in space.rows("sources")}
        main = [row for row in space.rows("arrivals_annual") if row["series"] == "official_main"]
        self.main = {row["period"]: row for row in main}
        # The quarterly table may be ahead of the yearly one.
        parts = [(r["year"], LAST_MONTH[r["part"]]) for r in space.rows("arrivals_quarterly")]
        ends = [(row["period_end"], 12) for row in main] + parts
        self.state = max((f"{year}-{month:02d}" for year, month in ends), default="0-12")

    def quarters(self, year: int) -> dict[str, Row]:
        """Return the quarters and halves of a year by their name."""
        rows = self.space.rows("arrivals_quarterly")
        return {row["part"]: row for row in rows if row["year"] == str(year)}

    def part(self, year: int, first: int, last: int) -> Figure | None:
        """Return what the tables say of some months of a year, or None."""
        parts = self.quarters(year)
        for names in _SUMS.get((first, last), []):
            if set(names) <= set(parts):
                return added([parts[name] for name in names])
        return None

    def to_date(self, year: int) -> Figure:
        """Return everyone who had arrived by the end of a year, by the yearly table."""
        return added([row for row in self.main.values() if int(row["period_end"]) <= year])

    def to_month(self, month: str) -> Figure | None:
        """Return all who had arrived by a month, summed from years and quarters, or None."""
        year, number = int(month[:4]), int(month[5:])
        if number == 12:
            ends = {int(row["period_end"]) for row in self.main.values()}
            return self.to_date(year) if year in ends else None
        part = self.part(year, 1, number)
        return added([self.to_date(year - 1), part]) if part else None

    def sexes(self, month: str) -> dict[str, Row]:
        """Return men and women to date, as printed for a month, by their name."""
        rows = self.space.rows("profile_cumulative")
        return {r["category"]: r for r in rows if r["dimension"] == "sex" and r["as_of"] == month}

    def arrived(self, month: str) -> tuple[int, str] | None:
        """Return all who had arrived by a month, with the sources that say so, or None."""
        sexes = list(self.sexes(month).values())
        if len(sexes) == 2:
            return sum(int(row["people"]) for row in sexes), sexes[0]["source_ids"]
        total = self.to_month(month)
        if not total or not total["people"]:
            return None
        latest = self.main.get(month[:4]) or next(iter(self.quarters(int(month[:4])).values()))
        return int(total["people"]), latest["source_ids"]

    def revisions(self, period: str) -> list[Row]:
        """Return every value of a year, or years, that was ever published."""
        rows = self.space.rows("arrivals_revisions")
        return [row for row in rows if (row["measure"], row["period"]) == ("arrivals", period)]

    def cite(self, row: Row) -> None:
        """Add the file to the sources of a row that it confirms."""
        row["source_ids"] = united(row["source_ids"], self.source)

    def replace(self, row: Row, figure: Figure, **cells: str) -> None:
        """Give a row of the yearly table, and the claims that rest on it, a figure of the file."""
        row.update(figure, source_ids=self.source, **cells)
        record = ("arrivals_annual", f"{row['series']}_{row['period']}")
        for evidence in self.space.rows("claim_evidence"):
            if (evidence["record_table"], evidence["record_id"]) == record:
                evidence.update(source_ids=self.source, first_hand_ids=self.source)

    def first_published(self, sources: str, unknown: str) -> str:
        """Return the first day on which one of the sources appeared."""
        days = [day for key in sources.split(";") if (day := self.published.get(key))]
        return min(days, default=unknown)

    def revise(self, stem: str, figure: Figure, after: Callable[[Row], bool], **cells: str) -> None:
        """Put a value into the revisions, under an identifier of its own."""
        name = f"{stem}-{figure['people']}".replace(" ", "-")
        taken = {row["revision_id"] for row in self.space.rows("arrivals_revisions")}
        women = [f"{name}-{figure['women']}"] if figure["women"] else []
        names = itertools.chain([name, *women], (f"{name}-{n}" for n in itertools.count(2)))
        free = next(name for name in names if name not in taken)
        row = self.space.new_row("arrivals_revisions", revision_id=free, **figure, **cells)
        self.space.insert("arrivals_revisions", row, after)

    def revise_year(
        self, year: Row, figure: Figure, standing: str, sources: str, published: str
    ) -> None:
        """Put a value of a year into the revisions, the current one last."""
        period, end = year["period"], year["period_end"]

        def before(other: Row) -> bool:
            own = other["period"] == period
            if other["measure"] != "arrivals" or not (own or other["period_end"][:4] < end):
                return False
            return standing == "current" or not (own and other["standing"] == "current")

        self.revise(
            f"arrivals-{period}",
            figure,
            before,
            measure="arrivals",
            period=period,
            period_start=year["period_start"] or end,
            period_end=end,
            standing=standing,
            source_ids=sources,
            published=published,
        )

    def keep_current(self, year: Row) -> None:
        """See to it that the revisions name the current figure of a year."""
        if all(row["standing"] != "current" for row in self.revisions(year["period"])):
            sources, end = year["source_ids"], year["period_end"]
            published = self.first_published(sources, end)
            self.revise_year(year, figure_of(year), "current", sources, published)

    def keep_total(self, end: str, figure: Figure, sources: str) -> None:
        """Keep a running total to a year or month that is no longer current, unless it is kept."""
        for row in self.space.rows("arrivals_revisions"):
            same = (row["measure"], row["period_end"]) == ("running_total", end)
            if same and figure_of(row) == figure:
                return
        month = f"{calendar.month_name[int(end[5:])]} " if end[5:] else ""
        self.revise(
            f"running-total-{end}",
            figure,
            lambda other: other["measure"] == "arrivals" or other["period_end"] <= end,
            measure="running_total",
            period=f"to {month}{end[:4]}",
            period_end=end,
            standing="superseded",
            source_ids=sources,
            published=self.first_published(sources, end),
            note="A year in it was revised later",
        )

"""Reads a file of the ministry: arrivals by year and sex, and people by group and sex."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from helpers.data.faults import Fault
from helpers.entry.ministry import cells, words
from helpers.entry.ministry.files import read_document
from helpers.entry.ministry.layout import find_block
from helpers.entry.ministry.sums import Block, Cell, Count, add_up
from helpers.entry.ministry.words import MEN, PEOPLE, WOMEN

EXAMPLES = {
    "years": "data/examples/arrivals_by_year.csv",
    "groups": "data/examples/groups_by_sex_2020-03.csv",
}
_LABELS = "a year such as '26, 2026, '26.06, 2026년 6월, 2026년 상반기, ~'98 or 1999~2001"
_AS_OF = "give the month to which it counts with --as-of YYYY-MM"


@dataclass(frozen=True)
class Arrivals:
    """Arrivals from the month ``first`` of ``start`` to the month ``last`` of ``end``.

    ``figure`` holds people, men and women as cells. ``start`` is None for everyone up to ``end``;
    ``told`` says whether the file or the user names the months, ``label`` where it is.
    """

    figure: dict[str, str]
    start: int | None
    end: int
    first: int
    last: int
    told: bool
    provisional: bool
    label: Cell = field(compare=False)

    @property
    def whole(self) -> bool:
        """Say whether these are whole years."""
        return (self.first, self.last) == (1, 12)

    @property
    def period(self) -> str:
        """Return the years as the yearly table labels them."""
        if self.start is None:
            return f"to {self.end}"
        return str(self.end) if self.start == self.end else f"{self.start}-{self.end}"


@dataclass
class Reading:
    """What a file of the ministry says: its arrivals and groups, up to the month ``as_of``.

    A group is the beginning of a row of the cumulative profile. ``published`` is the day of making
    that it records, ``remarks`` what was left out or read with a grain of salt, ``faults`` why it
    cannot be taken, all at once and in the order of the file.
    """

    file: str
    kind: str = ""
    language: str = "ko"
    as_of: str = ""
    published: str = ""
    arrivals: list[Arrivals] = field(default_factory=list)
    groups: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_file(path: Path, as_of: str, today: date) -> Reading:
    """Read a file of the ministry, recognised by its content.

    ``as_of`` is the month up to which it counts (YYYY-MM), empty if headings, notes or name say it.
    A year that is not over ``today`` is provisional, and must name the month it counts to. No
    content raises: a file that is none of the ministry's, or does not add up, has ``faults``.
    """
    document = read_document(path)
    reading = Reading(document.file, document.kind, published=document.published)
    reading.remarks += document.remarks
    if document.faults:
        reading.faults = document.faults
        return reading
    found = [
        find_block(f"{reading.file} ({name})" if name else reading.file, lines, reading.remarks)
        for name, lines in document.grids.items()
    ]
    blocks = [block for block in found if block]
    if not blocks:
        lines = [line for lines in document.grids.values() for line in lines if line.words()]
        value = ", ".join(lines[0].words()) if lines else ""
        examples = " and ".join(EXAMPLES.values())
        wanted = f"arrivals by year and sex, or groups by sex, as in {examples}"
        problem = "no table of the ministry found"
        place = (reading.file, lines[0].number if lines else 0, "", value)
        reading.faults = [Fault(*place, problem, wanted)]
        return reading
    labels = [block.title + " ".join(c.label.text for c in block.counts) for block in blocks]
    reading.language = words.language(" ".join(labels))
    for block in sorted(blocks, key=lambda block: not _by_year(block)):  # years tell the month
        (_take_years if _by_year(block) else _take_groups)(reading, block, as_of, today)
        add_up(block)
        reading.faults += block.faults
    reading.faults = sorted(set(reading.faults))
    return reading


def _by_year(block: Block) -> bool:
    spans = [cells.span(count.label.text) for count in block.counts]
    return sum(span is not None for span in spans) >= len(spans) / 2


def _stated(reading: Reading, block: Block, year: str = "") -> list[str]:
    """Return the months (of ``year``) that heading, notes or, failing these, the name state."""
    told = cells.months_stated(f"{block.title} | {block.notes}")
    told = told or cells.months_in_name(reading.file)
    return [month for month in told if month.startswith(year)]


def _take_years(reading: Reading, block: Block, as_of: str, today: date) -> None:
    """Turn a table by years into arrivals; find years unreadable, doubled, missing, not over."""
    before: int | None = None
    seen: set[tuple[int, int, int]] = set()
    for count in block.counts:
        span = count.span = cells.span(count.label.text)
        if span is None:
            block.tell(count.label, "not a year", _LABELS)
            continue
        if span.last == 0:
            mend = "write two digits, 01 for January and 10 for October"
            block.tell(count.label, "a month that can be read in two ways", "YY.MM", mend)
            continue
        start = span.start or (before + 1 if before else None)
        overlaps = before and (span.end < before or start <= before < span.end)
        if overlaps or (span.end, span.first, span.last) in seen:
            block.tell(count.label, "a year stands twice or out of order", f"a year after {before}")
        elif before and start > before + 1:
            missing = f"{before + 1} to {start - 1} missing before it"
            block.tell(count.label, missing, f"{before + 1} after {before}")
        seen.add((span.end, span.first, span.last))
        before = span.end
        count.span = replace(span, start=start)
    counts = [count for count in block.counts if count.span and count.span.last]
    for count in counts:
        _take_year(reading, block, count, count is counts[-1], as_of, today)
    reading.as_of = max((f"{a.end}-{a.last:02d}" for a in reading.arrivals), default="")


def _take_year(
    reading: Reading, block: Block, count: Count, is_last: bool, as_of: str, today: date
) -> None:
    """Take one year, or the part of it that its label, the table or the user names."""
    span, label = count.span, count.label
    last, told, provisional = span.last, span.told, span.provisional
    if is_last and as_of and (told, as_of) != (True, f"{span.end}-{last:02d}"):
        if told or as_of[:4] != str(span.end):
            what = f"does not count to --as-of {as_of}"
            block.tell(label, what, "the month of the last year")
            return
        last, told = int(as_of[5:]), True
    elif is_last and not told and span.start == span.end:
        months = _stated(reading, block, str(span.end))
        if len(months) > 1:
            what = f"{' and '.join(months)} are named above or below the table"
            block.tell(label, what, "one month", _AS_OF)
            return
        if months:
            last, told = int(months[0][5:]), True
    open_ = f"{span.end}-{last:02d}" >= f"{today:%Y-%m}"
    wanted = f"the month it counts to, such as {span.end}.06"
    if span.end > today.year:
        block.tell(label, f"{span.end} has not begun on {today}", wanted)
        return
    if open_ and not told:
        what = f"{span.end} is not over on {today}, and no month is named"
        block.tell(label, what, wanted, f"write the month, or {_AS_OF}")
        return
    if open_:
        what = f"{span.end}-{last:02d} is not over on {today}: taken as provisional"
        reading.remarks.append(what)
    # Of a latest year counted to December nothing says that it will stay as it is.
    vague = is_last and (span.footnote or (told and not span.told and last == 12))
    figure = _figure([count])
    if figure["people"]:
        months = (span.start, span.end, span.first, last)
        provisional = provisional or open_ or vague
        reading.arrivals.append(Arrivals(figure, *months, told, provisional, label))


def _figure(counts: list[Count]) -> dict[str, str]:
    """Return people, men and women of counts together as cells, empty where one lacks them."""
    values = {name: [count.value(name) for count in counts] for name in (PEOPLE, MEN, WOMEN)}
    return {name: "" if None in column else str(sum(column)) for name, column in values.items()}


def _take_groups(reading: Reading, block: Block, as_of: str, _: date) -> None:
    """Turn a table by groups into groups of the profile; they must be all there."""
    labels, first = [count.label.text for count in block.counts], block.counts[0].label
    dimension = words.dimension_of(f"{block.title} {block.file}", labels)
    if dimension is None:
        reading.remarks.append(f"left out: a table of another kind ({block.title[-60:]})")
        block.counts, block.total, block.faults = [], None, []
        if not reading.arrivals:
            expected = f"years, or groups as in {EXAMPLES['groups']}"
            block.tell(first, "groups that are not of the ministry's tables", expected)
        return
    month = as_of or next(iter(_stated(reading, block)), reading.as_of)
    reading.as_of = reading.as_of or month
    if not month:
        expected = "a month in heading, note or file name, such as '20.3월말"
        block.tell(Cell(0, "", ""), "no month up to which people are counted", expected, _AS_OF)
    complete, title = words.COMPLETE[dimension], dimension.replace("_", " ")
    found: dict[str, list[Count]] = {}
    for count in block.counts:
        name = words.category(dimension, count.label.text)
        if name is None:
            block.tell(count.label, f"no group of {title}", f"one of {', '.join(complete)}")
            continue
        if words.date_of_excel(count.label.text):
            reading.remarks.append(f"{count.label.text}, a date that Excel made, read as 10-19")
        found.setdefault(name, []).append(count)
    for name in complete:
        if name not in found:
            expected = f"all {len(complete)} groups of {title}"
            block.tell(Cell(first.line, "", ""), f"{name} is missing", expected)
    for name, counts in found.items():
        # The provinces of the South come with Sejong beside South Chungcheong.
        note = "With Sejong" if len(counts) > 1 and name == "south_chungcheong" else ""
        if len(counts) > 1 and not note:
            block.tell(counts[1].label, "a group stands twice", "each group once")
        group = {"as_of": month, "dimension": dimension, "category": name, "note": note}
        if (figure := _figure(counts))["people"]:
            reading.groups.append(group | figure)

"""Finds the ministry's tables in a file: arrivals by year and sex, or groups by sex.

Either can lie with its years or groups across and men, women and total down, or the other way
round, or with both across in two rows of headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from helpers.data.faults import Fault
from helpers.entry.ministry import cells
from helpers.entry.ministry.files import Document, Grid, Line, read_document
from helpers.entry.ministry.sums import Block, Cell, Count, block_faults
from helpers.entry.ministry.words import (
    COMPLETE,
    MEN,
    PEOPLE,
    SHARE,
    WOMEN,
    category,
    date_of_excel,
    dimension_of,
    language,
    measure,
)

EXAMPLES = {
    "years": "data/examples/arrivals_by_year.csv",
    "groups": "data/examples/groups_by_sex_2020-03.csv",
}
_LABELS = "a year such as '26, 2026, '26.06, 2026년 6월, 2026년 상반기, ~'98 or 1999~2001"
_AS_OF = "give the month to which it counts with --as-of YYYY-MM"


@dataclass(frozen=True)
class Arrivals:
    """Arrivals from the month ``first`` of ``start`` to the month ``last`` of ``end``.

    ``start`` is None for everyone up to ``end``; ``men`` and ``women`` are None where the file
    does not give them; ``told`` says whether the file or the user names the months, ``label`` where
    it stands.
    """

    start: int | None
    end: int
    first: int
    last: int
    told: bool
    provisional: bool
    people: int
    men: int | None
    women: int | None
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


@dataclass(frozen=True)
class Group:
    """People of one group of the cumulative profile by the month ``as_of``."""

    as_of: str
    dimension: str
    category: str
    people: int
    men: int | None
    women: int | None
    note: str = ""


@dataclass
class Reading:
    """What a file of the ministry says.

    Attributes
    ----------
    file, kind, language : str
        Its name, its format and the language of its labels.
    as_of : str
        Month up to which it counts, YYYY-MM; empty if nothing says.
    published : str
        Day of making that the file records, empty if none.
    arrivals : list of Arrivals
    groups : list of Group
    remarks : list of str
        What was left out or read with a grain of salt.
    faults : list of Fault
        Why it cannot be taken, all at once; empty if it can.
    """

    file: str
    kind: str = ""
    language: str = "ko"
    as_of: str = ""
    published: str = ""
    arrivals: list[Arrivals] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_file(path: Path, as_of: str, today: date) -> Reading:
    """Read a file of the ministry, recognised by its content.

    Parameters
    ----------
    path : Path
        CSV (UTF-8, UTF-16 or CP949), HTML or XLSX.
    as_of : str
        Month up to which it counts (YYYY-MM); empty: as its headings, notes or name say.
    today : datetime.date
        A year that is not over by then is provisional, and must name the month it counts to.

    Returns
    -------
    Reading
        With ``faults`` if it is no such file or its parts do not add up. No content raises.
    """
    document = read_document(path)
    reading = Reading(document.file, document.kind, published=document.published)
    reading.faults = list(document.faults)
    if not reading.faults:
        _interpret(document, reading, as_of, today)
    reading.faults = list(dict.fromkeys(reading.faults))
    return reading


def _interpret(document: Document, reading: Reading, as_of: str, today: date) -> None:
    """Fill ``reading`` from the tables of the document; years first, they tell the month."""
    blocks = [block for grid in document.grids for block in _blocks(document.file, grid, reading)]
    if not blocks:
        lines = [line for grid in document.grids for line in grid.lines if line.words()]
        found = ", ".join(lines[0].words()) if lines else ""
        expected = (
            f"arrivals by year and sex, or groups by sex, as in {' and '.join(EXAMPLES.values())}"
        )
        place = lines[0].number if lines else 0
        problem = "no table of the ministry found"
        reading.faults.append(Fault(document.file, place, "", found, problem, expected))
        return
    words = [block.title + " ".join(c.label.text for c in block.counts) for block in blocks]
    reading.language = language(" ".join(words))
    for block in sorted(blocks, key=lambda block: not _by_year(block)):
        (_take_years if _by_year(block) else _take_groups)(reading, block, as_of, today)
        reading.faults += block.faults + block_faults(block)


def _by_year(block: Block) -> bool:
    spans = [cells.span(count.label.text) for count in block.counts]
    return sum(span is not None for span in spans) >= len(spans) / 2


def _stated(reading: Reading, block: Block, year: str = "") -> list[str]:
    """Return the months (of ``year``) that heading, notes or, failing these, the name state."""
    told = cells.months_stated(f"{block.title} | {block.notes}")
    told = told or cells.months_in_name(reading.file)
    return [month for month in told if month.startswith(year)]


# -- arrivals by year -----------------------------------------------------------------------


def _take_years(reading: Reading, block: Block, as_of: str, today: date) -> None:
    """Turn a table by years into arrivals; find years unreadable, doubled, missing, not over."""
    before: int | None = None
    seen: set[tuple[int, int, int]] = set()
    for count in block.counts:
        count.span = span = cells.span(count.label.text)
        if span is None:
            reading.faults.append(block.fault(count.label, "not a year", _LABELS))
            continue
        if span.last == 0:
            mend = "write two digits, 01 for January and 10 for October"
            problem = "a month that can be read in two ways"
            reading.faults.append(block.fault(count.label, problem, "YY.MM", mend))
            continue
        start = span.start or (before + 1 if before else None)
        key = (span.end, span.first, span.last)
        overlaps = before and (span.end < before or start <= before < span.end)
        if key in seen or overlaps:
            problem = "a year stands twice or out of order"
            reading.faults.append(block.fault(count.label, problem, f"a year after {before}"))
        elif before and start > before + 1:
            problem = f"{before + 1} to {start - 1} missing before it"
            reading.faults.append(block.fault(count.label, problem, f"{before + 1} after {before}"))
        seen.add(key)
        before = span.end
        count.span = replace(span, start=start)
    counts = [count for count in block.counts if count.span and count.span.last]
    for count in counts:
        _take_year(reading, block, count, count is counts[-1], as_of, today)
    ends = [f"{a.end}-{a.last:02d}" for a in reading.arrivals]
    reading.as_of = max(ends, default="")


def _take_year(
    reading: Reading, block: Block, count: Count, is_last: bool, as_of: str, today: date
) -> None:
    """Take one year, or the part of it that its label, the table or the user names."""
    span, provisional, told = count.span, count.span.provisional, count.span.told
    last = span.last
    if is_last and as_of and (told, as_of) != (True, f"{span.end}-{last:02d}"):
        if told or as_of[:4] != str(span.end):
            problem, expected = f"does not count to --as-of {as_of}", "the month of the last year"
            reading.faults.append(block.fault(count.label, problem, expected))
            return
        last, told = int(as_of[5:]), True
    elif is_last and not told and span.start == span.end:
        months = _stated(reading, block, str(span.end))
        if len(months) > 1:
            problem = f"{' and '.join(months)} are named above or below the table"
            reading.faults.append(block.fault(count.label, problem, "one month", _AS_OF))
            return
        if months:
            last, told = int(months[0][5:]), True
    open_ = f"{span.end}-{last:02d}" >= f"{today:%Y-%m}"
    if span.end > today.year or (open_ and not told):
        problem = f"{span.end} is not over on {today}, and no month is named"
        mend = f"write the month, or {_AS_OF}"
        if span.end > today.year:
            problem, mend = f"{span.end} has not begun on {today}", ""
        expected = f"the month it counts to, such as {span.end}.06"
        reading.faults.append(block.fault(count.label, problem, expected, mend))
        return
    if open_:
        provisional = True
        reading.remarks.append(
            f"{span.end}-{last:02d} is not over on {today}: taken as provisional"
        )
    if is_last and (span.footnote or (told and not span.told and last == 12)):
        # Nothing says that the latest year will stay as it is.
        provisional = True
    values = [count.value(name) for name in (PEOPLE, MEN, WOMEN)]
    if values[0] is not None:
        months = (span.start, span.end, span.first, last)
        taken = Arrivals(*months, told, provisional, *values, count.label)
        reading.arrivals.append(taken)


# -- groups by sex --------------------------------------------------------------------------


def _take_groups(reading: Reading, block: Block, as_of: str, _: date) -> None:
    """Turn a table by groups into groups of the profile; they must be all there."""
    labels = [count.label.text for count in block.counts]
    dimension = dimension_of(f"{block.title} {block.file}", labels)
    if dimension is None:
        reading.remarks.append(f"left out: a table of another kind ({block.title[-60:]})")
        if not reading.arrivals:
            expected = f"years, or groups as in {EXAMPLES['groups']}"
            problem = "groups that are not of the ministry's tables"
            reading.faults.append(block.fault(block.counts[0].label, problem, expected))
        block.counts, block.total, block.faults = [], None, []
        return
    month = as_of or next(iter(_stated(reading, block)), reading.as_of)
    reading.as_of = reading.as_of or month
    complete, title = COMPLETE[dimension], dimension.replace("_", " ")
    if not month:
        problem = "no month up to which people are counted"
        expected = "a month in heading, note or file name, such as '20.3월말"
        reading.faults.append(Fault(block.file, 0, "", "", problem, expected, _AS_OF))
    found: dict[str, list[Count]] = {}
    for count in block.counts:
        name = category(dimension, count.label.text)
        if name is None:
            expected = f"one of {', '.join(complete)}"
            reading.faults.append(block.fault(count.label, f"no group of {title}", expected))
            continue
        if date_of_excel(count.label.text):
            reading.remarks.append(f"{count.label.text}, a date that Excel made, read as 10-19")
        found.setdefault(name, []).append(count)
    for name in complete:
        if name not in found:
            problem, expected = f"{name} is missing", f"all {len(complete)} groups of {title}"
            first = block.counts[0].label
            reading.faults.append(Fault(block.file, first.line, "", "", problem, expected))
    for name, counts in found.items():
        sums = [_added(counts, measure_name) for measure_name in (PEOPLE, MEN, WOMEN)]
        # The provinces of the South come with Sejong beside South Chungcheong.
        note = "With Sejong" if len(counts) > 1 and name == "south_chungcheong" else ""
        if len(counts) > 1 and not note:
            problem = "a group stands twice"
            reading.faults.append(block.fault(counts[1].label, problem, "each group once"))
        if sums[0] is not None:
            reading.groups.append(Group(month, dimension, name, *sums, note))


def _added(counts: list[Count], name: str) -> int | None:
    values = [count.value(name) for count in counts]
    return None if None in values else sum(values)


# -- where in a grid a table lies -----------------------------------------------------------

# Which count a cell belongs to, its label, what it counts, and the cell.
_Entry = tuple[object, Cell, str, Cell]


def _blocks(file: str, grid: Grid, reading: Reading) -> Iterator[Block]:
    """Yield the table of a grid; there may be none, and what stands below it is told."""
    lines = grid.lines
    for place in range(len(lines)):
        for find in (_both_across, _years_down, _years_across):
            entries, after = find(lines, place)
            if not entries:
                continue
            name = f"{file} ({grid.name})" if grid.name else file
            title = " ".join(word for line in lines[:place] for word in line.words())[-300:]
            rest = [line for line in lines[after:] if line.words()]
            notes = " ".join(word for line in rest[:5] for word in line.words())
            if len(rest) > 5:
                what = f"{name}: what stands below row {lines[after - 1].number}"
                reading.remarks.append(f"left out: {what}; give it a file of its own")
            yield _block(Block(name, title, notes), entries)
            return


def _block(block: Block, entries: list[_Entry]) -> Block:
    """Gather cells into counts and the total; a cell that is no number is a fault."""
    counts: dict[object, Count] = {}
    for key, label, name, cell in entries:
        count = counts.setdefault(key, Count(label))
        try:
            value = cells.share(cell.text) if name == SHARE else cells.number(cell.text)
        except ValueError:
            expected = "a share" if name == SHARE else "a whole number"
            block.faults.append(block.fault(cell, "no number", expected))
            continue
        if value is not None:
            count.cells.setdefault(name, replace(cell, value=value))
    block.counts = [count for count in counts.values() if measure(count.label.text) is None]
    totals = [count for count in counts.values() if measure(count.label.text) == PEOPLE]
    block.total = totals[-1] if totals else None
    for name in (MEN, WOMEN):
        if not any(name in count.cells for count in block.counts):
            first = block.counts[0].label if block.counts else entries[0][1]
            problem, expected = f"the numbers of {name} are missing", "men, women and total"
            block.faults.append(Fault(block.file, first.line, "", "", problem, expected))
    return block


def _years_across(lines: list[Line], place: int) -> tuple[list[_Entry], int]:
    """Read rows of men, women, total and share under a row of years or groups."""
    header, rows, after = lines[place], [], place + 1
    for after in range(place + 1, len(lines) + 1):
        label = _first(lines[after]) if after < len(lines) else None
        if label is None and not rows and after < len(lines):
            continue
        if label is None or (name := measure(lines[after].cells[label])) is None:
            break
        rows.append((name, lines[after]))
    first = max((_first(line) for _, line in rows), default=0) + 1
    keys = [cell for cell in header.cells[first:] if cell]
    known = any(cells.span(key) or any(category(d, key) for d in COMPLETE) for key in keys)
    if not known or not {MEN, WOMEN} & {name for name, _ in rows}:
        return [], after
    width = max(len(line.cells) for line in [header, *(line for _, line in rows)])
    # A column of remarks, say, that is empty is none.
    filled = {
        column
        for column in range(first, width)
        if cells.span(_text(header, column)) or any(_text(line, column) for _, line in rows)
    }
    return [
        (column, _cell(header, column, ""), name, _cell(line, column, _text(header, column)))
        for name, line in rows
        for column in sorted(filled)
    ], after


def _years_down(lines: list[Line], place: int) -> tuple[list[_Entry], int]:
    """Read rows of years or groups under a header of men, women and total."""
    header, rows, after = lines[place], [], place + 1
    columns = {name: column for column, name in reversed([*enumerate(map(measure, header.cells))])}
    columns.pop(None, None)
    if not {MEN, WOMEN} <= set(columns):
        return [], after
    first = min(columns.values())
    for after in range(place + 1, len(lines) + 1):
        line = lines[after] if after < len(lines) else Line(0, [])
        # A running number or a wider group may stand before the label.
        label = max((c for c, cell in enumerate(line.cells[:first]) if cell), default=None)
        values = [_text(line, column) for column in columns.values()]
        if label is not None and any(_is_number(text) for text in values):
            rows.append((line, label))
        elif rows or (label is not None and any(values)):
            break
    return [
        (line.number, _cell(line, label, ""), name, _cell(line, column, header.cells[column]))
        for line, label in rows
        for name, column in columns.items()
    ], after


def _both_across(lines: list[Line], place: int) -> tuple[list[_Entry], int]:
    """Read one row of numbers under two rows of headings: years, and men and women of each."""
    if place + 2 >= len(lines):
        return [], place
    width = len(lines[place + 1].cells)
    upper, lower = _spread(lines[place], width), _spread(lines[place + 1], width)
    named = [[measure(cell) for cell in row] for row in (upper, lower)]
    spans = [[cells.span(cell) for cell in row] for row in (upper, lower)]
    for sexes, years, keys in ((named[1], spans[0], upper), (named[0], spans[1], lower)):
        across = [c for c in range(width) if sexes[c] and years[c]]
        if sexes.count(MEN) > 1 and {MEN, WOMEN} <= {sexes[c] for c in across}:
            header, numbers = Line(lines[place].number, keys), lines[place + 2]
            heads = [f"{above} {below}" for above, below in zip(upper, lower, strict=True)]
            return [
                (keys[c], _cell(header, c, ""), sexes[c], _cell(numbers, c, heads[c]))
                for c in across
            ], place + 3
    return [], place


def _spread(line: Line, width: int) -> list[str]:
    """Return the cells of a row of headings, the empty ones filled from the left."""
    filled: list[str] = []
    for column in range(width):
        filled.append(_text(line, column) or (filled[-1] if filled else ""))
    return filled


def _first(line: Line) -> int | None:
    return next((column for column, cell in enumerate(line.cells) if cell), None)


def _text(line: Line, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""


def _cell(line: Line, column: int, heading: str) -> Cell:
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    where = f"{letters} ({heading})" if heading else letters
    return Cell(line.number, where, _text(line, column))


def _is_number(cell: str) -> bool:
    try:
        cells.number(cell)
    except ValueError:
        return False
    return cell != ""

"""Finds the ministry's tables in a document, whichever way round they are laid out.

A table is *wide* (years or groups across, men and women down: layout A and the tables under it) or
*long* (years or groups down, men and women across: layouts B, C and D). Both end up as a
:class:`Block` of counts, one a year or group, with the printed total beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from helpers.faults import Fault
from helpers.importers import cells
from helpers.importers.files import Document, Line, read_document
from helpers.importers.sums import Block, Cell, Count, block_faults
from helpers.importers.words import (
    ARRIVAL_TITLE,
    COMPLETE,
    MEN,
    PEOPLE,
    SEXES,
    SHARE,
    WOMEN,
    category,
    dimension_of,
    language,
    measure,
)

Layout = Literal["A", "B", "C", "D", ""]
_ROW = re.compile(r"(~?\s*(?:19|20)\d\d)((?:\s+[\d,.]+){3})\s*")
# The same rows where each cell came out on a line of its own.
_SCATTERED = re.compile(
    r"(?<!\S)(~?(?:19|20)\d\d|합계|총계|계)\s+([\d,.]+)\s+([\d,.]+)\s+([\d,.]+)(?!\S)"
)
_BROKEN_ROW = re.compile(r"(~?\s*(?:19|20)\d\d)\s+(\S.*)")


@dataclass(frozen=True)
class Arrivals:
    """Arrivals in a year, in the part of a year to ``month``, or in one of the early buckets.

    ``start`` is the first year counted, None for everyone up to ``end``; ``men`` and ``women`` are
    None where the file does not give them.
    """

    start: int | None
    end: int
    month: int
    provisional: bool
    people: int
    men: int | None
    women: int | None
    line: int

    @property
    def period(self) -> str:
        """Return the period as the yearly table labels it."""
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
    file, kind, layout, language : str
        Its name, its format, its layout (A to D) and the language of its labels.
    title : str
        Heading of its first table, empty if it has none.
    as_of : str
        Month up to which it counts, YYYY-MM; empty if neither heading nor name says.
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
    layout: Layout = ""
    language: str = "ko"
    title: str = ""
    as_of: str = ""
    published: str = ""
    arrivals: list[Arrivals] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_file(path: Path, as_of: str = "") -> Reading:
    """Read a file of the ministry, recognised by its content.

    Parameters
    ----------
    path : Path
        CSV or text (UTF-8, UTF-16, CP949 or GB 18030), HTML, XLSX or PDF.
    as_of : str, optional
        Month up to which it counts (YYYY-MM), where neither its headings nor its name say.

    Returns
    -------
    Reading
        With ``faults`` if it is no such file or its parts do not add up. No content raises.
    """
    document = read_document(path)
    reading = Reading(document.file, document.kind, published=document.published)
    reading.faults = list(document.faults)
    if not reading.faults:
        try:
            _interpret(document, reading, as_of)
        except (ValueError, OverflowError, RecursionError) as error:
            reading.faults.append(
                Fault(reading.file, 0, "", str(error), "cannot be understood", "a ministry table")
            )
    reading.faults = list(dict.fromkeys(reading.faults))
    return reading


def _interpret(document: Document, reading: Reading, as_of: str) -> None:
    """Fill ``reading`` from the blocks that the document holds."""
    blocks = _text_blocks(document)
    if not blocks:
        for grid in document.grids:
            blocks += _Grid(document.file, grid).blocks(reading.remarks)
    if not blocks:
        expected = "arrivals by year and sex, or groups by sex (layouts A to D)"
        fault = Fault(reading.file, 0, "", "", "no table of the ministry in it", expected)
        reading.faults.append(fault)
        return
    reading.title = blocks[0].title
    words = " ".join([block.title + " ".join(c.label for c in block.counts) for block in blocks])
    reading.language = language(words)
    reading.layout = _layout(document, blocks)
    reading.as_of = as_of or _as_of(reading, blocks)
    for block in blocks:
        reading.faults += block.faults + block_faults(block)
        reading.remarks += block.remarks
        if block.dimension == "year":
            _take_arrivals(reading, block)
        else:
            _take_groups(reading, block)


def _layout(document: Document, blocks: list[Block]) -> Layout:
    """Name the layout as the ministry's formats are numbered."""
    if document.kind in ("pdf", "text") or blocks[0].running_text:
        return "B"
    if blocks[0].wide:
        return "C" if document.kind == "xlsx" and len(blocks) > 1 else "A"
    return "D" if len(blocks) == 1 else "C"


def _as_of(reading: Reading, blocks: list[Block]) -> str:
    """Return the month the file counts to: by a heading, a marked year, its name, its last year."""
    for block in blocks:
        if told := cells.as_of(block.title):
            return told
    years = [c.year for block in blocks for c in block.counts if c.year is not None]
    marked = [year for year in years if year.month not in (0, 12) or year.provisional]
    if marked:
        last = max(marked, key=lambda year: (year.end, year.month))
        return f"{last.end}-{last.month or 12:02d}"
    if told := cells.as_of(reading.file):
        return told
    return f"{max(year.end for year in years)}-12" if years else ""


# -- what the blocks say --------------------------------------------------------------------


def _take_arrivals(reading: Reading, block: Block) -> None:
    """Turn a block by years into arrivals, and look for years doubled, missing or unreadable."""
    counts = [count for count in block.counts if count.year is not None and count.cell(PEOPLE)]
    marked = any(c.year.provisional or c.year.month != 12 for c in counts)
    headed = cells.as_of(block.title) is not None
    end_before: int | None = None
    for place, count in enumerate(counts):
        year, first = count.year, None
        if not year.until:
            first = year.end
        elif end_before is not None:
            first = end_before + 1
        reading.faults += _gap(reading.file, count, end_before, first)
        month, provisional = year.month, year.provisional
        last = place == len(counts) - 1
        if last and not marked and reading.as_of[:4] == str(year.end):
            # Where no key is marked, the last year counts to the month of the heading, and
            # nothing says that it is final.
            month = int(reading.as_of[5:])
            provisional = headed or not block.wide
        people, men, women = (count.value(name) for name in (PEOPLE, MEN, WOMEN))
        if people is not None and month:
            reading.arrivals.append(
                Arrivals(first, year.end, month, provisional, people, men, women, count.line)
            )
        end_before = year.end


def _gap(file: str, count: Count, end_before: int | None, first: int | None) -> list[Fault]:
    """Return a fault if a year does not follow the one before it."""
    if not count.year.month:
        mend = "write two digits, 01 for January and 10 for October"
        problem, expected = "a month that can be read in two ways", "YY.MM"
        return [Fault(file, count.line, count.label, count.label, problem, expected, mend)]
    if end_before is None or first == end_before + 1:
        return []
    problem = "a year stands twice or out of order"
    if first is not None and first > end_before + 1:
        problem = f"{end_before + 1} to {first - 1} missing before it"
    expected = f"{end_before + 1} after {end_before}"
    return [Fault(file, count.line, count.label, count.label, problem, expected)]


def _take_groups(reading: Reading, block: Block) -> None:
    """Turn a block by groups into groups of the profile; the groups must be all there."""
    if not reading.as_of:
        mend = "give the month with --as-of YYYY-MM, or keep the ministry's file name"
        problem, expected = "no month up to which people are counted", "a month such as '20.3월말"
        reading.faults.append(Fault(reading.file, 0, "", "", problem, expected, mend))
    found: dict[str, list[Count]] = {}
    for count in block.counts:
        found.setdefault(count.group, []).append(count)
    for name in COMPLETE[block.dimension]:
        if name not in found:
            title = block.dimension.replace("_", " ")
            problem = f"the group {name!r} is missing"
            expected = f"all {len(COMPLETE[block.dimension])} groups of {title}"
            reading.faults.append(Fault(reading.file, block.line, "", "", problem, expected))
    for name, counts in found.items():
        sums = [_added(counts, measure_name) for measure_name in (PEOPLE, MEN, WOMEN)]
        if sums[0] is not None:
            note = "With Sejong" if len(counts) > 1 and name == "south_chungcheong" else ""
            if len(counts) > 1 and not note:
                problem, label = "a group stands twice", counts[1].label
                fault = Fault(
                    reading.file, counts[1].line, label, label, problem, "each group once"
                )
                reading.faults.append(fault)
            reading.groups.append(Group(reading.as_of, block.dimension, name, *sums, note))


def _added(counts: list[Count], name: str) -> int | None:
    values = [count.value(name) for count in counts]
    return None if None in values else sum(values)


# -- running text of the open-data PDF ------------------------------------------------------


def _text_blocks(document: Document) -> list[Block]:
    """Return the block of yearly rows in running text, from whichever reading has most of them."""
    scattered = [_SCATTERED.sub(r"\n\1 \2 \3 \4\n", text) for text in document.texts]
    for texts in (document.texts, scattered):
        found = [_yearly_rows(document.file, text) for text in texts]
        best = max(found, key=lambda block: (len(block.counts), -len(block.faults)), default=None)
        if best is not None and len(best.counts) >= 3:
            return [best]
    return []


def _yearly_rows(file: str, text: str) -> Block:
    """Read rows 'YYYY men women total' from the heading of arrivals to the row of totals."""
    block = Block(file, "", "year", wide=False, running_text=True)
    for number, line in enumerate(text.split("\n"), 1):
        line = " ".join(line.split())
        if not block.counts and ARRIVAL_TITLE.search(line) and not _ROW.fullmatch(line):
            block.title = line[:200]
            block.line = number
        elif match := _ROW.fullmatch(line):
            count = Count(match[1].replace(" ", ""), number, year=cells.year(match[1]))
            _fill(block, count, dict(zip(SEXES, match[2].split(), strict=True)))
            block.counts.append(count)
        elif block.counts and measure(line.split(" ", 1)[0]) == PEOPLE:
            numbers = line.split()[1:4]
            total = Count(line.split()[0], number)
            _fill(block, total, dict(zip(SEXES, numbers, strict=False)))
            block.total = total
            break
        elif block.counts and (match := _BROKEN_ROW.fullmatch(line)):
            problem, expected = "not three numbers", "YYYY men women total"
            block.faults.append(Fault(file, number, match[1], match[2], problem, expected))
    if block.counts and block.total is None:
        where = block.counts[-1].line
        problem, expected = "no row of totals behind the years", "a row that begins with 합계"
        block.faults.append(Fault(file, where, "", "", problem, expected))
    return block


def _fill(block: Block, count: Count, texts: dict[str, str], column: str = "") -> None:
    """Put numbers into a count; a cell that is none is a fault of the block."""
    for name, text in texts.items():
        try:
            value = cells.share(text) if name == SHARE else cells.number(text)
        except ValueError:
            value = None
            expected = "a share" if name == SHARE else "a whole number"
            where = column or count.label
            block.faults.append(Fault(block.file, count.line, where, text, "no number", expected))
        if value is not None:
            count.cells[name] = Cell(count.line, count.label, text, value)
            if name != SHARE and re.fullmatch(r"\d{1,3}\.\d{3}", text):
                block.remarks.append(f"{text} in {count.label} read as {value:,}")


# -- grids ----------------------------------------------------------------------------------


class _Grid:
    """One grid of cells, searched from top to bottom for blocks."""

    def __init__(self, file: str, lines: list[Line]) -> None:
        # A sheet may begin some columns in: what is empty all the way down is no part of it.
        filled = [next((c for c, cell in enumerate(line.cells) if cell), None) for line in lines]
        left = min((column for column in filled if column is not None), default=0)
        self.file = file
        self.lines = [Line(line.number, line.cells[left:]) for line in lines]

    def blocks(self, remarks: list[str]) -> list[Block]:
        """Return the blocks in their order; tables of another kind become remarks."""
        found, place, title_from = [], 0, 0
        while place < len(self.lines):
            reader = self._reader(self.lines[place])
            if reader is None:
                place += 1
                continue
            title = self._title(title_from, place)
            block, after = reader(place, title)
            if block is not None and block.counts:
                found.append(block)
            elif self.lines[place].words():
                label = title or " ".join(self.lines[place].words())[:60]
                remarks.append(f"left out: a table of another kind ({label[-60:]})")
            title_from = place = max(after, place + 1)
        return found

    def _title(self, start: int, end: int) -> str:
        """Return the words between the block before and the header: the nearest last."""
        words = [word for line in self.lines[start:end] for word in line.words()]
        return " ".join(words)[-300:]

    def _reader(self, line: Line) -> Callable[[int, str], tuple[Block | None, int]] | None:
        """Return the method that reads the block under a header row, None for any other row."""
        labels = line.words()
        named = {measure(cell) for cell in labels}
        if {MEN, WOMEN} <= named:
            return self._long
        if named & {MEN, WOMEN}:
            return None
        if _consecutive([cells.year(cell) for cell in labels]):
            return self._wide_years
        dimension = dimension_of("", [cell for cell in labels if measure(cell) is None])
        across = sum(category(dimension, cell) is not None for cell in labels) if dimension else 0
        return self._wide_groups if across >= 3 else None

    def _wide_years(self, place: int, title: str) -> tuple[Block | None, int]:
        header = self.lines[place]
        keys = {column: cells.year(cell) for column, cell in enumerate(header.cells)}
        counts = {
            column: Count(header.cells[column], header.number, year=key)
            for column, key in keys.items()
            if key is not None
        }
        return self._wide(place, title, "year", counts)

    def _wide_groups(self, place: int, title: str) -> tuple[Block | None, int]:
        header = self.lines[place]
        labels = [cell for cell in header.words() if measure(cell) is None]
        dimension = dimension_of(title, labels) or ""
        counts = {
            column: Count(cell, header.number, group=category(dimension, cell) or "")
            for column, cell in enumerate(header.cells)
            if category(dimension, cell)
        }
        block, after = self._wide(place, title, dimension, counts)
        last = max(counts)
        for column, cell in enumerate(header.cells):
            if min(counts) < column < last and cell and column not in counts:
                self._unknown(block, header.number, cell)
        return block, after

    def _wide(
        self, place: int, title: str, dimension: str, counts: dict[int, Count]
    ) -> tuple[Block | None, int]:
        """Read rows of men, women, total and share under ``counts``, by label or by order."""
        header = self.lines[place]
        block = Block(self.file, title, dimension, wide=True, line=header.number)
        total_column = next(
            (c for c, cell in enumerate(header.cells) if measure(cell) == PEOPLE), None
        )
        total = Count("합계" if total_column is None else header.cells[total_column], header.number)
        taken: list[str] = []
        after = place + 1
        for after in range(place + 1, len(self.lines) + 1):
            if after == len(self.lines):
                break
            line = self.lines[after]
            name, shift = _row_measure(line, header, taken, min(counts))
            if name is None or name in taken:
                break
            taken.append(name)
            for column, count in [*counts.items(), (total_column, total)]:
                if column is not None:
                    self._take(block, count, name, line, column - shift)
        if not {MEN, WOMEN} & set(taken) and PEOPLE not in taken:
            return None, after
        if not ({MEN, WOMEN} <= set(taken)):
            return self._half(block, taken), after
        block.counts = list(counts.values())
        block.total = total if total.cells else None
        return block, after

    def _half(self, block: Block, taken: list[str]) -> Block | None:
        """Return a block that only says what is missing, or None if it is of another kind."""
        if not {MEN, WOMEN} & set(taken):
            return None
        missing = "women" if MEN in taken else "men"
        problem, expected = f"the row of {missing} is missing", "rows of men, women and total"
        block.faults.append(Fault(self.file, block.line, "", "", problem, expected))
        block.counts = [Count("", block.line)]
        return block

    def _take(self, block: Block, count: Count, name: str, line: Line, column: int) -> None:
        """Put one cell of a wide table into the count of its column."""
        text = line.cells[column] if 0 <= column < len(line.cells) else ""
        at = Count(count.label, line.number)
        _fill(block, at, {name: text})
        count.cells.update(at.cells)

    def _long(self, place: int, title: str) -> tuple[Block | None, int]:
        """Read rows of years or groups under a header of men, women and total."""
        header = self.lines[place]
        columns = _first_of_each(header.cells)
        first = min(columns.values())
        block = Block(self.file, title, "", wide=False, line=header.number)
        rows, after = self._rows(place, first)
        labels = [label for _, label in rows if measure(label) is None]
        years = [cells.year(label) for label in labels]
        if labels and sum(y is not None for y in years) >= max(2, len(labels) / 2):
            block.dimension = "year"
        else:
            block.dimension = dimension_of(title + " " + self.file, labels) or ""
        if not block.dimension:
            return None, after
        for line, label in rows:
            self._long_row(block, line, label, columns)
        return block, after

    def _rows(self, place: int, first: int) -> tuple[list[tuple[Line, str]], int]:
        """Return the rows under a header with their labels, and where they end."""
        rows: list[tuple[Line, str]] = []
        for after in range(place + 1, len(self.lines)):
            line = self.lines[after]
            label = next((cell for cell in line.cells[:first] if cell), "")
            numbers = [cell for cell in line.cells[first:] if cell]
            if not line.words() and not rows:
                continue
            if not label or not numbers or not any(_is_number(cell) for cell in numbers):
                return rows, after
            rows.append((line, label))
        return rows, len(self.lines)

    def _long_row(self, block: Block, line: Line, label: str, columns: dict[str, int]) -> None:
        """Take one row of a long table as a count, as the total, or as an unknown group."""
        count = Count(label, line.number)
        texts = {
            name: line.cells[column] for name, column in columns.items() if column < len(line.cells)
        }
        if measure(label) == PEOPLE:
            _fill(block, count, texts)
            block.total = count
            return
        if block.dimension == "year":
            count.year = cells.year(label)
        else:
            count.group = category(block.dimension, label) or ""
        if count.year is None and not count.group:
            self._unknown(block, line.number, label)
            return
        _fill(block, count, texts)
        block.counts.append(count)

    def _unknown(self, block: Block | None, line: int, label: str) -> None:
        if block is not None:
            what = "year" if block.dimension == "year" else "group"
            allowed = ", ".join(COMPLETE.get(block.dimension, [])) or "a year"
            problem, expected = f"unknown {what}", f"one of {allowed}"
            block.faults.append(Fault(self.file, line, label, label, problem, expected))


def _consecutive(years: list[cells.Year | None]) -> bool:
    """Say whether labels are years in order, most of them one after the other."""
    ends = [year.end for year in years if year is not None]
    steps = [later - earlier for earlier, later in pairwise(ends)]
    inside = all(1950 <= end <= 2100 for end in ends)
    return len(ends) >= 3 and inside and len(ends) >= len(years) - 3 and steps.count(1) >= 2


def _row_measure(line: Line, header: Line, taken: list[str], first: int) -> tuple[str | None, int]:
    """Return what a row of a wide table counts, and how many cells it is short on the left.

    The label stands before the column ``first``; rows without one follow the order men, women,
    total.
    """
    if not line.words():
        return None, 0
    labels = [measure(cell) for cell in line.cells[:first]]
    if any(labels):
        return next(filter(None, labels)), 0
    rest = [name for name in SEXES if name not in taken]
    if not rest or not all(_is_number(cell) for cell in line.words()):
        return None, 0
    short = int(bool(line.cells[0]) and len(line.cells) < len(header.cells))
    return (rest[0], short) if short or not line.cells[0] else (None, 0)


def _first_of_each(header: list[str]) -> dict[str, int]:
    """Return the first column of each of men, women, total and share."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(header):
        name = measure(cell)
        if name is not None:
            columns.setdefault(name, column)
    return columns


def _is_number(cell: str) -> bool:
    try:
        cells.number(cell)
    except ValueError:
        return cell.endswith("%")
    return True

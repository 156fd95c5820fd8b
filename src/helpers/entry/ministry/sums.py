"""Do the parts of a ministry table add up: men and women, columns and grand total, shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.data.faults import Fault
from helpers.entry.ministry.cells import Span
from helpers.entry.ministry.words import MEN, PEOPLE, SEXES, SHARE, WOMEN

_NAMES = {PEOPLE: "total", MEN: "men", WOMEN: "women"}


@dataclass(frozen=True)
class Cell:
    """A cell with its place: the line, the column as a spreadsheet letters it, with its heading."""

    line: int
    column: str
    text: str
    value: int | float = 0


@dataclass
class Count:
    """What a table says of one year or group: a cell for men, women, people (total) and share."""

    label: Cell
    span: Span | None = None
    group: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)

    def value(self, name: str) -> int | None:
        """Return the number of a measure; where no total is printed, of men and women together."""
        if name == PEOPLE and PEOPLE not in self.cells and {MEN, WOMEN} <= set(self.cells):
            return int(self.cells[MEN].value + self.cells[WOMEN].value)
        return int(self.cells[name].value) if name in self.cells else None


@dataclass
class Block:
    """One table of the ministry.

    Attributes
    ----------
    file : str
        The file, with the table or sheet in it.
    title, notes : str
        The words above it, and those below.
    counts : list of Count
        One a year or group.
    total : Count or None
        The printed total of all of them.
    faults : list of Fault
        Cells that cannot be read.
    """

    file: str
    title: str
    notes: str = ""
    counts: list[Count] = field(default_factory=list)
    total: Count | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, cell: Cell, problem: str, expected: str, mend: str = "") -> Fault:
        """Return a fault of one cell of the table."""
        return Fault(self.file, cell.line, cell.column, cell.text, problem, expected, mend)


def block_faults(block: Block) -> list[Fault]:
    """Return every place where the parts of a block do not make its wholes."""
    everything = [*block.counts, *([block.total] if block.total else [])]
    faults = [
        fault
        for count in everything
        for fault in [*_incomplete(block, count), *_sexes(block, count), *_share(block, count)]
    ]
    return faults + list(_across(block))


def _incomplete(block: Block, count: Count) -> Iterator[Fault]:
    """Find years and groups without men, women or total where the table has such cells."""
    used = {name for other in block.counts for name in other.cells}
    missing = [_NAMES[name] for name in SEXES if name in used and name not in count.cells]
    if missing and count is not block.total:
        yield block.fault(count.label, f"no number of {' and '.join(missing)}", "a number in each")


def _sexes(block: Block, count: Count) -> Iterator[Fault]:
    """Find a total that is not its men and women."""
    if not set(SEXES) <= set(count.cells):
        return
    men, women, total = (count.cells[name] for name in (MEN, WOMEN, PEOPLE))
    if men.value + women.value != total.value:
        expected = f"{men.value + women.value:,} ({men.value:,} men and {women.value:,} women)"
        problem = f"men and women of {count.label.text} do not make the total"
        yield block.fault(total, problem, expected)


def _share(block: Block, count: Count) -> Iterator[Fault]:
    """Find a share of women that is not women by total, to the decimals printed."""
    printed, women, people = count.cells.get(SHARE), count.value(WOMEN), count.value(PEOPLE)
    if printed is None or women is None or not people:
        return
    share = 100 * women / people
    decimals = len(printed.text.rstrip("%").strip().partition(".")[2])
    if abs(printed.value - share) > 0.5 * 10 ** -min(decimals, 1) + 1e-6:
        problem = f"the share of women of {count.label.text} is another"
        yield block.fault(printed, problem, f"{share:.1f}% ({women:,} of {people:,})")


def _across(block: Block) -> Iterator[Fault]:
    """Find a grand total that the years or groups do not add up to."""
    whole = {c.span.end for c in block.counts if c.span and (c.span.first, c.span.last) == (1, 12)}
    # A half is in its year, where the table has both.
    counts = [
        c
        for c in block.counts
        if c.span is None or (c.span.first, c.span.last) == (1, 12) or c.span.end not in whole
    ]
    for name in SEXES if block.total and len(counts) > 1 else ():
        printed, values = block.total.cells.get(name), [count.value(name) for count in counts]
        if printed is None or None in values or sum(values) == printed.value:
            continue
        what = "years" if counts[0].span else "groups"
        problem = f"the {what} do not make the grand total ({_NAMES[name]})"
        yield block.fault(printed, problem, f"{sum(values):,} (the sum of {len(values)} {what})")

"""Do the parts of a ministry table add up: men and women, columns and grand total, shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.faults import Fault
from helpers.importers.cells import Year
from helpers.importers.words import MEN, PEOPLE, SEXES, SHARE, WOMEN

_NAMES = {PEOPLE: "total", MEN: "men", WOMEN: "women"}


@dataclass(frozen=True)
class Cell:
    """A number with where it stands."""

    line: int
    label: str
    text: str
    value: int | float


@dataclass
class Count:
    """What a table says of one year or group: a cell for men, women, people (total) and share."""

    label: str
    line: int
    year: Year | None = None
    group: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)

    def cell(self, name: str) -> Cell | None:
        """Return the cell of a measure; where no total is printed, one made of men and women."""
        if name == PEOPLE and PEOPLE not in self.cells and {MEN, WOMEN} <= set(self.cells):
            men, women = self.cells[MEN], self.cells[WOMEN]
            return Cell(men.line, self.label, "", men.value + women.value)
        return self.cells.get(name)

    def value(self, name: str) -> int | None:
        """Return the number of a measure, None if there is none."""
        cell = self.cell(name)
        return None if cell is None else int(cell.value)


@dataclass
class Block:
    """One table of the ministry: counts by ``dimension`` ('year' or one of the profile's)."""

    file: str
    title: str
    dimension: str
    wide: bool
    line: int = 0
    running_text: bool = False
    counts: list[Count] = field(default_factory=list)
    total: Count | None = None
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


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
    """Find empty cells of men, women or total where the table has such a row or column."""
    used = {name for other in block.counts for name in other.cells}
    if not any(count.cells) and count is not block.total:
        yield Fault(block.file, count.line, count.label, "", "no numbers", "men, women and total")
        return
    for name in SEXES:
        if name in used and name not in count.cells and count is not block.total:
            yield Fault(block.file, count.line, count.label, "", f"no {_NAMES[name]}", "a number")


def _sexes(block: Block, count: Count) -> Iterator[Fault]:
    """Find a total that is not its men and women."""
    if not set(SEXES) <= set(count.cells):
        return
    men, women, total = (count.cells[name] for name in (MEN, WOMEN, PEOPLE))
    if men.value + women.value != total.value:
        expected = f"{men.value + women.value:,} ({men.value:,} men and {women.value:,} women)"
        problem = "men and women do not make the total"
        yield Fault(block.file, total.line, count.label, total.text, problem, expected)


def _share(block: Block, count: Count) -> Iterator[Fault]:
    """Find a share of women that is not women by total, to the decimals printed."""
    printed, women, people = (count.cell(name) for name in (SHARE, WOMEN, PEOPLE))
    if printed is None or women is None or people is None or not people.value:
        return
    share = 100 * women.value / people.value
    decimals = len(printed.text.rstrip("%").strip().partition(".")[2])
    if abs(printed.value - share) > 0.5 * 10 ** -min(max(decimals, 0), 1) + 1e-6:
        expected = f"{share:.1f}% ({women.value:,} of {people.value:,})"
        problem = "the share of women is another"
        yield Fault(block.file, printed.line, count.label, printed.text, problem, expected)


def _across(block: Block) -> Iterator[Fault]:
    """Find a grand total that the years or groups do not add up to."""
    if block.total is None or len(block.counts) < 2:
        return
    for name in SEXES:
        printed = block.total.cells.get(name)
        values = [count.value(name) for count in block.counts]
        if printed is None or None in values or sum(values) == printed.value:
            continue
        what = "years" if block.dimension == "year" else "groups"
        expected = f"{sum(values):,} (the sum of {len(values)} {what})"
        problem = f"the {what} do not make the grand total ({_NAMES[name]})"
        yield Fault(block.file, printed.line, block.total.label, printed.text, problem, expected)

"""One table of the ministry, and whether its parts add up: sexes, years or groups, shares."""

from __future__ import annotations

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
    cells: dict[str, Cell] = field(default_factory=dict)

    def value(self, name: str) -> int | None:
        """Return the number of a measure; where no total is printed, of men and women together."""
        if name == PEOPLE and PEOPLE not in self.cells and {MEN, WOMEN} <= set(self.cells):
            return int(self.cells[MEN].value + self.cells[WOMEN].value)
        return int(self.cells[name].value) if name in self.cells else None

    @property
    def whole(self) -> bool:
        """Say whether this is a group, or whole years."""
        return self.span is None or (self.span.first, self.span.last) == (1, 12)


@dataclass
class Block:
    """One table: the words above and below it, a count a year or group, the printed total."""

    file: str
    title: str
    notes: str = ""
    counts: list[Count] = field(default_factory=list)
    total: Count | None = None
    faults: list[Fault] = field(default_factory=list)

    def tell(self, cell: Cell, problem: str, expected: str, mend: str = "") -> None:
        """Add a fault of one cell of the table."""
        place = (self.file, cell.line, cell.column, cell.text)
        self.faults.append(Fault(*place, problem, expected, mend))


def add_up(block: Block) -> None:
    """Tell every place where the parts of a block do not make its wholes."""
    used = {name for count in block.counts for name in count.cells}
    for count in block.counts:
        missing = [_NAMES[name] for name in SEXES if name in used and name not in count.cells]
        if missing:
            block.tell(count.label, f"no number of {' and '.join(missing)}", "a number in each")
    for count in [*block.counts, *filter(None, [block.total])]:
        _sexes(block, count)
        _share(block, count)
    _grand_total(block)


def _sexes(block: Block, count: Count) -> None:
    if not set(SEXES) <= set(count.cells):
        return
    men, women, total = (count.cells[name] for name in (MEN, WOMEN, PEOPLE))
    people = men.value + women.value
    if people != total.value:
        problem = f"men and women of {count.label.text} do not make the total"
        block.tell(total, problem, f"{people:,} ({men.value:,} men and {women.value:,} women)")


def _share(block: Block, count: Count) -> None:
    """Hold a share of women against women by total, to the decimals printed."""
    printed, women, people = count.cells.get(SHARE), count.value(WOMEN), count.value(PEOPLE)
    if printed is None or women is None or not people:
        return
    share = 100 * women / people
    decimals = len(printed.text.rstrip("%").strip().partition(".")[2])
    if abs(printed.value - share) > 0.5 * 10 ** -min(decimals, 1) + 1e-6:
        problem = f"the share of women of {count.label.text} is another"
        block.tell(printed, problem, f"{share:.1f}% ({women:,} of {people:,})")


def _grand_total(block: Block) -> None:
    years = {count.span.end for count in block.counts if count.span and count.whole}
    # A half is in its year, where the table has both.
    counts = [count for count in block.counts if count.whole or count.span.end not in years]
    for name in SEXES if block.total and len(counts) > 1 else ():
        printed, values = block.total.cells.get(name), [count.value(name) for count in counts]
        if printed is None or None in values or sum(values) == printed.value:
            continue
        what = "years" if counts[0].span else "groups"
        problem = f"the {what} do not make the grand total ({_NAMES[name]})"
        block.tell(printed, problem, f"{sum(values):,} (the sum of {len(values)} {what})")

"""Finds where in a grid a table of the ministry lies, and takes its cells.

Years or groups can lie across and men, women and total down, or the other way round, or both
across in two rows of headings.
"""

from __future__ import annotations

from dataclasses import replace

from openpyxl.utils import get_column_letter

from helpers.entry.ministry import cells
from helpers.entry.ministry.files import Line
from helpers.entry.ministry.sums import Block, Cell, Count
from helpers.entry.ministry.words import COMPLETE, MEN, PEOPLE, SHARE, WOMEN, category, measure

#: So many lines at most are between a heading and its table, or count one kind of people.
_NEAR = 20
# Which count a cell belongs to, its label, what it counts, and the cell.
_Entry = tuple[object, Cell, str, Cell]


def find_block(name: str, lines: list[Line], remarks: list[str]) -> Block | None:
    """Return the first table of a grid, None if it has none; what is below it is remarked."""
    for place in (place for place, line in enumerate(lines) if any(line.cells)):
        for find in (_both_across, _years_down, _years_across):
            entries, after = find(lines, place)
            if entries:
                rest = [line.words() for line in lines[after:] if line.words()]
                if len(rest) > 5:
                    what = f"{name}: what stands below row {lines[after - 1].number}"
                    remarks.append(f"left out: {what}; give it a file of its own")
                title = " ".join(word for line in lines[:place] for word in line.words())[-300:]
                notes = " ".join(word for words in rest[:5] for word in words)
                return _block(Block(name, title, notes), entries)
    return None


def _block(block: Block, entries: list[_Entry]) -> Block:
    """Gather cells into counts and the total; a cell that is no number is a fault."""
    counts: dict[object, Count] = {}
    for key, label, name, cell in entries:
        count = counts.setdefault(key, Count(label))
        try:
            value = cells.share(cell.text) if name == SHARE else cells.number(cell.text)
        except ValueError:
            block.tell(cell, "no number", "a share" if name == SHARE else "a whole number")
            continue
        if value is not None:
            count.cells.setdefault(name, replace(cell, value=value))
    for count in counts.values():
        what = measure(count.label.text)
        if what is None:
            block.counts.append(count)
        elif what == PEOPLE:
            block.total = count
    # A heading over nothing may have slipped off its column: its neighbour holds the totals then.
    for name in (MEN, WOMEN, *({PEOPLE} & {entry[2] for entry in entries})):
        if not any(name in count.cells for count in block.counts):
            first = block.counts[0].label if block.counts else entries[0][1]
            place = Cell(first.line, "", "")
            block.tell(place, f"the numbers of {name} are missing", "men, women and total")
    return block


def _years_across(lines: list[Line], place: int) -> tuple[list[_Entry], int]:
    """Read rows of men, women, total and share under a row of years or groups."""
    header, rows, after = lines[place], [], place + 1
    for after in range(place + 1, len(lines) + 1):
        words = lines[after].words() if after < len(lines) else []
        if not words and not rows and after < min(len(lines), place + _NEAR):
            continue
        if not words or len(rows) == _NEAR or (name := measure(words[0])) is None:
            break
        rows.append((name, lines[after]))
    first = max((line.first for _, line in rows), default=0) + 1
    keys = [cell for cell in header.cells[first:] if cell]
    if not {MEN, WOMEN} & {name for name, _ in rows}:
        return [], after
    if not any(cells.span(key) or any(category(d, key) for d in COMPLETE) for key in keys):
        return [], after
    # A column of remarks, say, that is empty is none.
    filled = [
        column
        for column in range(first, max(len(line.cells) for line in [header, *(r for _, r in rows)]))
        if cells.span(header.at(column)) or any(line.at(column) for _, line in rows)
    ]
    return [
        (column, _cell(header, column), name, _cell(line, column, header.at(column)))
        for name, line in rows
        for column in filled
    ], after


def _years_down(lines: list[Line], place: int) -> tuple[list[_Entry], int]:
    """Read rows of years or groups under a header of men, women and total."""
    header, rows, after = lines[place], [], place + 1
    named = {measure(cell): column for column, cell in reversed([*enumerate(header.cells)])}
    columns = {name: column for name, column in named.items() if name}
    if not {MEN, WOMEN} <= set(columns):
        return [], after
    first = min(columns.values())
    for after in range(place + 1, len(lines) + 1):
        line = lines[after] if after < len(lines) else Line(0, [])
        # A running number or a wider group may stand before the label.
        label = max((c for c, cell in enumerate(line.cells[:first]) if cell), default=None)
        values = [line.at(column) for column in columns.values()]
        if label is not None and any(cells.is_number(text) for text in values):
            rows.append((line, label))
        elif rows or after > place + _NEAR or (label is not None and any(values)):
            break
    return [
        (line.number, _cell(line, label), name, _cell(line, column, header.cells[column]))
        for line, label in rows
        for name, column in columns.items()
    ], after


def _both_across(lines: list[Line], place: int) -> tuple[list[_Entry], int]:
    """Read one row of numbers under two rows of headings: years, and men and women of each."""
    if place + 2 >= len(lines):
        return [], place
    width, numbers = len(lines[place + 1].cells), lines[place + 2]
    upper, lower = _spread(lines[place], width), _spread(lines[place + 1], width)
    for keys, below in ((upper, lower), (lower, upper)):
        sexes = [measure(cell) for cell in below]
        across = [c for c in range(width) if sexes[c] and cells.span(keys[c])]
        if sexes.count(MEN) > 1 and {MEN, WOMEN} <= {sexes[c] for c in across}:
            header = Line(lines[place].number, keys)
            return [
                (keys[c], _cell(header, c), sexes[c], _cell(numbers, c, f"{upper[c]} {lower[c]}"))
                for c in across
            ], place + 3
    return [], place


def _spread(line: Line, width: int) -> list[str]:
    """Return the cells of a row of headings, the empty ones filled from the left."""
    filled = [""]
    for column in range(width):
        filled.append(line.at(column) or filled[-1])
    return filled[1:]


def _cell(line: Line, column: int, heading: str = "") -> Cell:
    letters = get_column_letter(column + 1)
    return Cell(line.number, f"{letters} ({heading})" if heading else letters, line.at(column))

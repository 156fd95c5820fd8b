"""Write a table as the project does, after a spreadsheet saved it in its own way.

Only what can be read one way is written anew: the encoding, the separator, the byte-order mark,
line ends, quotes, blank lines, the order of the columns, and dates whose reading is settled
(:func:`helpers.data.mending.read_dates`). All other cells keep their text exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.data.characters import ENCODING_NAMES, wide_encoding
from helpers.data.columns import PARTIAL_DATE_PATTERN
from helpers.data.faults import DataError, Fault, indented
from helpers.data.mending import date_readings, ids_of, read_dates
from helpers.data.reading import DELIMITERS, TextTable, read_text
from helpers.data.tables import TABLES, Table
from helpers.entry.staging import meant
from helpers.paths import data_dir, data_to_change, shown
from helpers.writing import csv_bytes, write_all

SHOWN = 3
_ENDS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


@dataclass(frozen=True)
class Mended:
    """A table as it is and as it should be: what is written anew, what is left in doubt."""

    path: Path
    before: bytes
    after: bytes
    done: list[str]
    left: list[str]

    def __str__(self) -> str:
        """Return what changes and what is left, a line each, for people."""
        parts = [shown(self.path) + ("" if self.done else ": nothing to mend")]
        parts += map(indented, self.done)
        parts += ["Left as it is:", *map(indented, self.left)] if self.left else []
        return "\n".join(parts)

    def write(self) -> None:
        """Replace the file whole, or raise OSError if it was changed since it was read."""
        if self.path.read_bytes() != self.before:
            raise OSError(f"{shown(self.path)} was changed while this ran; start again")
        write_all(self.path.parent, {self.path.name: self.after})


def mend(file: Path) -> Mended:
    """Read a table in whatever form a spreadsheet gave it; nothing is written yet.

    The file is known by its name or its header, or is a name to be found in the data folder. If
    there is none, or it is no table, this raises ValueError; if a row, the header or a character
    cannot be read beyond doubt, DataError.
    """
    path = _find(file)
    before = path.read_bytes()
    table = _table_of(path, before)
    text = read_text(path, shown(path), table.columns)
    doubtful = [fault for fault in text.faults if not fault.mendable]
    if doubtful:
        raise DataError(doubtful)
    try:
        raw = before.decode(text.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        name = ENCODING_NAMES.get(text.encoding, "UTF-8")
        problem = f"bytes that are not {name} at byte {error.start}"
        fault = Fault(text.file, 0, "", "", problem, f"{name} throughout", "save the file anew")
        raise DataError([fault]) from error
    rows = text.frame[table.columns].fillna("")
    done, left = list(_forms(text, rows, before, raw, table)), []
    for name, column in table.schema.columns.items():
        if column.kind == "partial_date":
            settled, doubtful = _mend_dates(rows, text.lines, table, name)
            done += settled
            left += doubtful
        elif column.kind == "text":
            left += _dates_in_text(rows[name], text.lines)
    after = csv_bytes(table.columns, rows.to_numpy().tolist())
    return Mended(path.resolve(), before, after, done, left)


def _find(file: Path) -> Path:
    """Return the file, or the one of that name in the data folder."""
    if file.is_file():
        return file
    if file.is_dir():
        raise ValueError(f"{file} is a folder; expected a table in it, such as {file}/sources.csv")
    places = [Path(table.path) for table in TABLES.values()]
    for place in places:
        if file in (place, Path(place.name)) and (data_dir() / place).is_file():
            return data_to_change() / place
    raise ValueError(f"{file}: no such file{meant(file.name, [place.name for place in places])}")


def _table_of(path: Path, content: bytes) -> Table:
    """Return the table that a file holds, by its name or else by its header."""
    if path.stem in TABLES:
        return TABLES[path.stem]
    head = content[: 1 << 16].decode(wide_encoding(content[:400]) or "utf-8", "replace")
    lines = [line for line in head.removeprefix("\ufeff").splitlines() if line[:4] != "sep="]
    names = {cell.strip('" ') for cell in re.split("[,;\t|]", lines[0] if lines else "")}
    for table in TABLES.values():
        if names >= set(table.columns):
            return table
    raise ValueError(f"{path}: no table has this name or header; tables are {', '.join(TABLES)}")


def _forms(
    text: TextTable, rows: pd.DataFrame, before: bytes, raw: str, table: Table
) -> Iterator[str]:
    """Yield in words how the file is written otherwise than the project does, dates apart."""
    if text.encoding != "utf-8":
        lost = "; a letter that it lacks, such as \u00e1, was saved as '?': look at git diff"
        told = lost if text.encoding == "cp949" else ""
        yield f"encoding: {ENCODING_NAMES[text.encoding]} -> UTF-8{told}"
    elif before.startswith(b"\xef\xbb\xbf"):
        yield "byte-order mark: taken out"
    if text.delimiter != ",":
        yield f"separator: {DELIMITERS[text.delimiter]} -> comma"
    ends = sorted(set(re.findall("\r\n|\r|\n", raw)))
    if ends != ["\n"]:
        yield f"line ends: {' and '.join(_ENDS[end] for end in ends) or 'none'} -> LF"
    elif not raw.endswith("\n"):
        yield "line end: added to the last line"
    if text.header != table.columns:
        yield "columns: in the order of the codebook"
    lines = re.split("\r\n|\r|\n", raw.rstrip("\r\n"))
    above = int(lines[0].startswith("sep="))
    if above:
        yield "line 'sep=', which only Excel reads: taken out"
    empty = len(re.split("\r\n|\r|\n", raw)) - raw.endswith(("\r", "\n")) - above - 1 - len(rows)
    if empty:
        yield f"lines that hold no row: {empty} taken out"
    names = [name for name in text.header if name]
    plain = csv_bytes(names, rows[names].to_numpy().tolist(), text.delimiter).decode().split("\n")
    found = [lines[above], *(lines[line - 1] for line in text.lines)]
    if quoted := sum(one != other for one, other in zip(found, plain, strict=False)):
        yield f"quotes that are not needed: taken out of {quoted:,} lines"


def _mend_dates(
    rows: pd.DataFrame, lines: pd.Series, table: Table, name: str
) -> tuple[list[str], list[str]]:
    """Write the settled dates of one column into ``rows``; say which, and which are doubtful."""
    good = rows[name].str.fullmatch(f"({PARTIAL_DATE_PATTERN})?", flags=re.ASCII)
    odd = rows.loc[~good.astype(bool), name]
    read = read_dates(odd.tolist(), ids_of(rows.loc[odd.index], table, name))
    done: list[str] = []
    doubtful: list[str] = []
    for (row, cell), dates in zip(odd.items(), read, strict=True):
        told = f"{cell} -> {' or '.join(dates)} (line {lines[row]})"
        if len(dates) == 1:
            rows.at[row, name] = dates[0]
            done.append(told)
        elif dates:
            doubtful.append(told)
    return _dates(name, done, ""), _dates(name, doubtful, " that can be read in more ways than one")


def _dates_in_text(cells: pd.Series, lines: pd.Series) -> list[str]:
    """Say which cells of free text a spreadsheet may have taken for dates: 2017-07 as Jul-17."""
    short = cells[cells.str.len().between(6, 24) & ~cells.str.fullmatch(r"[\d-]*")]
    told = [f"{cell} (line {lines[row]})" for row, cell in short.items() if date_readings(cell)]
    return _dates(str(cells.name), told, ", which holds text; did the spreadsheet rewrite it?")


def _dates(name: str, told: list[str], ending: str) -> list[str]:
    """Return one line for the dates of a column, the first few as examples; none for no dates."""
    dates, more = "date" + "s" * (len(told) > 1), "; ..." * (len(told) > SHOWN)
    words = f"{len(told):,} {dates} in {name}{ending}: {'; '.join(told[:SHOWN])}{more}"
    return [words] if told else []

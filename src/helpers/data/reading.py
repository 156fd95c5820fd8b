"""A strict structural reading of a CSV file, before any rule about its content.

Finds what a lenient reader passes over in silence (ragged rows, wrong encodings, renamed columns,
quotes that close rows later) and says where it stands. One line of the file is one row: a cell
holds no line break. What comes out is text: one string column a column, and the line of the file
on which each row stands.

The file is read in blocks. A block that is well formed, as a few counts over its bytes show, goes
to Arrow's reader; only a block that is not is taken line by line, to say what is wrong with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from helpers.data import characters, files
from helpers.data.characters import nearest
from helpers.data.faults import Fault
from helpers.data.lines import LONGEST_LINE, Rows, split_line, well_quoted

TEXT_DTYPE = pd.StringDtype(na_value=np.nan)
DELIMITERS = {";": "semicolon", "\t": "tab", "|": "vertical bar"}


@dataclass
class TextTable:
    """A table as text.

    Attributes
    ----------
    file : str
        Name used in fault reports.
    frame : pandas.DataFrame
        One string column a column of the table, empty cells missing; index from 0.
    lines : pandas.Series
        Line of the file on which each row stands, same index.
    faults : list of Fault
        What is structurally wrong. If there are any, ``frame`` may lack rows or columns.
    marks : list of Fault
        Characters that have no place in a cell; the rows are there.
    encoding, delimiter : str
        How the file is written.
    header : list of str
        The columns in the order of the file.
    """

    file: str
    frame: pd.DataFrame
    lines: pd.Series
    faults: list[Fault] = field(default_factory=list)
    marks: list[Fault] = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ","
    header: list[str | None] = field(default_factory=list)


def read_text(path: Path, file: str, columns: list[str]) -> TextTable:
    """Read ``path`` strictly; see :class:`TextTable`.

    Accepted without a word: a byte-order mark, line ends LF or CRLF, no line end at the end,
    columns in another order, any quoting that is needless. Everything else is a fault, and no
    content whatever raises.
    """
    reader = Reader(path, file, columns)
    fault = files.no_file(path, file)
    if fault is None:
        try:
            reader.read()
        except OSError as error:
            fault = Fault(file, 0, "", "", f"cannot be read: {error.strerror}", "a readable file")
    if fault is not None:
        reader.faults.append(fault)
    return reader.table()


class Reader:
    """The state of one reading: what was found so far, and on which line it stands."""

    def __init__(self, path: Path, file: str, columns: list[str]) -> None:
        self.path, self.file, self.columns = path, file, columns
        self.encoding = "utf-8"
        self._reset()

    def _reset(self) -> None:
        self.names: list[str | None] = []  # the column at each place of the file, None if unknown
        self.delimiter = ","
        self.line = 1
        self.tables: list[pa.Table] = []
        self.lines: list[np.ndarray] = []
        self.faults: list[Fault] = []
        self.marks: list[Fault] = []
        self.undecoded: list[bytes] = []
        self.decoded = 0  # lines taken one by one that hold UTF-8 beyond ASCII
        self.mixed_ends = False

    def fault(self, line: int, column: str, value: str, *what: str | bool) -> None:
        """Add a fault: what is its problem, what was expected, how to mend it, if that is sure."""
        self.faults.append(Fault(self.file, line, column, value, *what))

    # -- the whole file ---------------------------------------------------------------------

    def read(self) -> None:
        """Read the file, and once more if it turns out to be in another encoding as a whole."""
        with self.path.open("rb") as stream:
            head = stream.read(1 << 16)
        if odd := files.no_table(head, self.columns):
            self.fault(1, "", *odd)
            return
        encoding, certain = characters.wide_encoding(head), True
        if encoding is None:
            self._read_blocks(files.byte_blocks(self.path), head)
            if not self.undecoded or self.decoded:
                return
            sample = b"\n".join(self.undecoded)
            encoding = characters.guess_encoding(sample)
            certain = encoding == "cp949" and characters.is_korean(sample)
        if encoding is not None:
            self.encoding = encoding
            first = next((fault for fault in self.faults if "not UTF-8" in fault.problem), None)
            self._reset()
            self._read_blocks(files.text_blocks(self.path, encoding), head.replace(b"\0", b""))
            name = characters.ENCODING_NAMES[encoding]
            line, column = (first.line, first.column) if first else (1, "")
            value = first.value if first else ""
            mend = "save the file as UTF-8 ('CSV UTF-8' in Excel)"
            what = (f"the file is in {name}", "text in UTF-8", mend, certain)
            self.fault(line, column, value, *what)

    def _read_blocks(self, blocks: Iterator[bytes], head: bytes) -> None:
        """Take block after block, the header first."""
        self._line_ends(head)
        for block in blocks:
            block = self._ends_of(block)
            if not self.names:
                header, _, block = block.partition(b"\n")
                if re.fullmatch(rb"(\xef\xbb\xbf)?sep=.", header):
                    what = ("a line that only Excel reads", "the header", "delete the line", True)
                    self.fault(self.line, "", header.decode("utf-8", "replace"), *what)
                    header, _, block = block.partition(b"\n")
                    self.line += 1
                if not self._header(header):
                    return
                self.line += 1
            if block and not self._block(block):
                return
        if not sum(map(len, self.lines)) and not self.faults:
            self.fault(1, "", "", "the table has no rows", "at least one row", "restore the rows")

    # -- line ends ---------------------------------------------------------------------------

    def _line_ends(self, head: bytes) -> None:
        """Find how the first line ends; a file with CR alone is read, but is a fault."""
        self._old_mac = b"\r" in head and b"\n" not in head
        end = head.find(b"\n")
        self.crlf = end > 0 and head[end - 1 : end] == b"\r"
        if self._old_mac:
            value, mend = "\r", "save with line ends LF (or CRLF)"
            self.fault(1, "", value, "lines end in CR alone", "line ends LF", mend, True)

    def _ends_of(self, block: bytes) -> bytes:
        """Return the block with LF line ends; report the first that differs from the header's."""
        if self._old_mac:
            return block.replace(b"\r", b"\n")
        if not self.crlf and b"\r" not in block:
            return block
        ends, both = block.count(b"\n"), block.count(b"\r\n")
        differs = both < ends if self.crlf else both > 0
        if differs and not self.mixed_ends:
            self.mixed_ends = True
            odd = re.search(rb"(?<!\r)\n" if self.crlf else rb"\r\n", block)
            line = self.line + block.count(b"\n", 0, odd.start())
            found, usual = ("LF", "CRLF") if self.crlf else ("CRLF", "LF")
            mend = "save with one kind of line end"
            problem = f"the line ends in {found}, others in {usual}"
            self.fault(line, "", "", problem, "line ends LF throughout", mend, True)
        return block.replace(b"\r\n", b"\n") if both else block

    # -- header ------------------------------------------------------------------------------

    def _header(self, raw: bytes) -> bool:
        """Read the header line; return whether the rows can be read at all."""
        line = raw.decode("utf-8", "replace").removeprefix("\ufeff")
        if len(line) > LONGEST_LINE:
            self.fault(1, "", line, f"a line of {len(line)} characters", "the header")
            return False
        self._find_delimiter(line)
        try:
            cells = split_line(line, self.delimiter)
        except csv.Error as error:
            self.fault(1, "", line, f"not CSV: {error}", "the header", "restore the header")
            return False
        bare = b"\n" + raw.removeprefix(b"\xef\xbb\xbf") + b"\n"
        if not well_quoted(bare, self.delimiter.encode()):
            problem = "a quote that neither opens nor closes a cell"
            self.fault(1, "", line, problem, "the header", "take it out")
            return False
        if cells == self.columns:
            self.names = list(cells)
            return True
        if not set(cells) & set(self.columns) and not any(nearest(c, self.columns) for c in cells):
            expected = f"the header {','.join(self.columns)}"
            mend = "put the header on the first line"
            self.fault(1, "", line, "the first line is not the header", expected, mend)
            return False
        self._name_columns(cells)
        return True

    def _find_delimiter(self, line: str) -> None:
        """Take the delimiter that yields most known columns; report any but the comma."""
        known = set(self.columns)

        def score(delimiter: str) -> int:
            return len(known & {cell.strip("\"' ") for cell in line.split(delimiter)})

        best = max(DELIMITERS, key=score)
        if score(best) > score(","):
            self.delimiter = best
            name = DELIMITERS[best]
            mend = "save the file comma-separated"
            self.fault(1, "", best, f"cells are separated by a {name}", "commas", mend, True)

    def _name_columns(self, cells: list[str]) -> None:
        """Give each place of the file its column; report those doubled, unknown and missing."""
        missing = [name for name in self.columns if name not in cells]
        whole = len(cells) == len(self.columns)
        for place, cell in enumerate(cells):
            if cell in self.columns and cell not in self.names:
                self.names.append(cell)
                continue
            if cell in self.columns:
                self.fault(
                    1, cell, cell, "the column stands twice", "each column once", "delete one"
                )
                self.names.append(None)
                continue
            near = nearest(cell, missing)
            if near is None and whole and self.columns[place] in missing:
                near = self.columns[place]  # one that was lost or renamed where it stands
            if near:
                missing.remove(near)
                mend = f"rename it to {near!r}"
            else:
                mend = "delete it" if cell.strip() else "delete the column without a name"
            expected = near or f"one of {', '.join(self.columns)}"
            self.fault(1, cell, cell, "unknown column", expected, mend)
            self.names.append(near)
        for name in missing:
            mend = "add the column (cells may be empty only where the codebook says so)"
            self.fault(1, name, "", "the column is missing", f"a column {name!r}", mend)

    # -- rows --------------------------------------------------------------------------------

    def _block(self, block: bytes) -> bool:
        """Take the rows of one block; return whether to go on."""
        if not block.endswith(b"\n"):
            block += b"\n"
        self._find_suspects(block)
        first, count = self.line, block.count(b"\n")
        table = self._fast(block, count)
        if table is not None:
            self.decoded += not block.isascii()
            self._take(table, np.arange(first, first + count))
            self.line += count
            return True
        lines = block[:-1].split(b"\n")
        goes_on = max(map(len, lines)) <= LONGEST_LINE
        Rows(self).take(lines)
        self.line = first + count
        return goes_on

    def _fast(self, block: bytes, count: int) -> pa.Table | None:
        """Return the block's rows if it is well formed beyond doubt, else None."""
        mark = self.delimiter.encode()
        # Arrow would swallow a byte-order mark, which has no place below the header.
        marked = block.startswith(b"\xef\xbb\xbf")
        if marked or b"\r" in block or not well_quoted(block, mark):
            return None
        if len(block) > LONGEST_LINE and max(map(len, block.split(b"\n"))) > LONGEST_LINE:
            return None
        # Lines that hold nothing, nothing but delimiters or the header are left to be named.
        header = mark.join((name or "").encode() for name in self.names)
        number = len(self.names)
        for odd in (b"", mark * (number - 1), mark.join([b'""'] * number), header):
            if block.startswith(odd + b"\n") or b"\n" + odd + b"\n" in block:
                return None
        places = [str(place) for place in range(len(self.names))]
        try:
            table = pyarrow.csv.read_csv(
                pa.BufferReader(block),
                pyarrow.csv.ReadOptions(
                    column_names=places, block_size=len(block) + 1, use_threads=False
                ),
                pyarrow.csv.ParseOptions(delimiter=self.delimiter, ignore_empty_lines=False),
                pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(places, pa.large_string()),
                    null_values=[""],
                    strings_can_be_null=True,
                ),
            )
        except pa.ArrowException:
            return None
        return table if table.num_rows == count else None

    def take_rows(self, rows: list[list[str]], lines: list[int]) -> None:
        """Add rows that were read one by one."""
        places = [str(place) for place in range(len(self.names))]
        cells = zip(*rows, strict=True) if rows else [[] for _ in places]
        arrays = [pa.array([cell or None for cell in one], pa.large_string()) for one in cells]
        self._take(pa.table(arrays, names=places), np.asarray(lines, dtype="int64"))

    def _take(self, table: pa.Table, lines: np.ndarray) -> None:
        known = {name: str(place) for place, name in enumerate(self.names) if name}
        nothing = pa.nulls(table.num_rows, pa.large_string())
        arrays = [table.column(known[c]) if c in known else nothing for c in self.columns]
        self.tables.append(pa.table(arrays, names=self.columns))
        self.lines.append(lines)

    def _find_suspects(self, block: bytes) -> None:
        """Report characters that have no place in a cell, one a cell."""
        rest = block.translate(None, characters.PLAIN + self.delimiter.encode())
        if not rest:
            return
        if not characters.SUSPECT.search(rest.decode("utf-8", "replace")):
            return
        for number, raw in enumerate(block[:-1].split(b"\n"), self.line):
            if raw.isascii() and not raw.translate(None, characters.PLAIN):
                continue
            try:
                cells = split_line(raw.decode("utf-8"), self.delimiter)
            except (UnicodeDecodeError, csv.Error):
                continue  # reported where the rows are read
            for place, cell in enumerate(cells):
                found = characters.first_suspect(cell)
                if found:
                    _, problem, mend = found
                    name = self.name_at(place)
                    expected = "ordinary visible characters"
                    self.marks.append(Fault(self.file, number, name, cell, problem, expected, mend))

    def name_at(self, place: int) -> str:
        """Return the name of the column at ``place``, the last one if the row is too long."""
        return self.names[min(place, len(self.names) - 1)] or ""

    def table(self) -> TextTable:
        """Return what was read."""
        if self.tables:
            whole = pa.concat_tables(self.tables)
            frame = whole.to_pandas(types_mapper={pa.large_string(): TEXT_DTYPE}.get)
            lines = np.concatenate(self.lines)
        else:
            frame = pd.DataFrame({name: pd.Series(dtype=TEXT_DTYPE) for name in self.columns})
            lines = np.empty(0, dtype="int64")
        how = (self.encoding, self.delimiter, self.names)
        return TextTable(self.file, frame, pd.Series(lines), self.faults, self.marks, *how)

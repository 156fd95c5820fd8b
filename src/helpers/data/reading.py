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
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from helpers.data import characters
from helpers.data.faults import Fault

# Small blocks leave little idle memory behind in Arrow's pools.
BLOCK = 1 << 20
LONGEST_LINE = 1 << 20
TEXT_DTYPE = pd.StringDtype(na_value=np.nan)
DELIMITERS = {";": "semicolon", "\t": "tab", "|": "vertical bar"}
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_FORMATS = [
    (rb"PK\x03\x04", "an Excel workbook or another ZIP file", "export the sheet as CSV (UTF-8)"),
    (rb"\xd0\xcf\x11\xe0", "an old Excel workbook", "export the sheet as CSV (UTF-8)"),
    (rb"%PDF", "a PDF", "copy the table out of it"),
    (rb"\x1f\x8b", "a gzip archive", "unpack it"),
    (rb"\s*<(!doctype|html|\?xml|table)", "a web page", "save the table as CSV"),
    (rb"\s*[{\[]\s*[\"{\[]", "JSON", "write it as CSV"),
    (
        rb"version https://git-lfs",
        "a pointer of Git LFS",
        "fetch the file itself with 'git lfs pull'",
    ),
]


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

    Parameters
    ----------
    path : Path
        The CSV file: UTF-8 with or without a byte-order mark, comma-separated.
    file : str
        Name for fault reports.
    columns : list of str
        The columns it must have.
    """
    reader = _Reader(path, file, columns)
    fault = _no_file(path, file)
    if fault is None:
        try:
            reader.read()
        except OSError as error:
            fault = Fault(file, 0, "", "", f"cannot be read: {error.strerror}", "a readable file")
    if fault is not None:
        reader.faults.append(fault)
    return reader.table()


def _no_file(path: Path, file: str) -> Fault | None:
    """Return a fault if there is no regular file at ``path``."""
    try:
        if path.is_file():
            return None
        if path.exists():
            problem = "is a folder" if path.is_dir() else "is not a regular file"
            return Fault(file, 0, "", "", problem, f"a file {file}", "put the CSV file there")
        beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError as error:
        return Fault(file, 0, "", "", f"cannot be read: {error.strerror}", "a readable file")
    near = nearest(path.name, beside)
    mend = f"is it {near!r}?" if near else "restore it"
    return Fault(file, 0, "", "", "file is missing", f"a file {file}", mend)


def nearest(value: str, allowed: Sequence[str]) -> str | None:
    """Return the member of ``allowed`` that ``value`` was most likely meant to be, or None.

    Case, spaces and punctuation do not count; beyond that the spelling must be near.
    """
    if len(value) > 200:
        return None
    folded = {_folded(name): name for name in reversed(allowed)}
    found = difflib.get_close_matches(_folded(value), list(folded), n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "_", characters.plain(name).casefold()).strip("_")


def split_line(line: str, delimiter: str = ",") -> list[str]:
    """Return the cells of one line, leniently.

    Raises
    ------
    csv.Error
        If a cell is too long.
    """
    return next(csv.reader([line], delimiter=delimiter), [])


class _Reader:
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

    def fault(
        self,
        line: int,
        column: str,
        value: str,
        problem: str,
        expected: str,
        mend: str = "",
        mendable: bool = False,
    ) -> None:
        self.faults.append(Fault(self.file, line, column, value, problem, expected, mend, mendable))

    # -- the whole file ---------------------------------------------------------------------

    def read(self) -> None:
        """Read the file, and once more if it turns out to be in another encoding as a whole."""
        with self.path.open("rb") as stream:
            head = stream.read(1 << 16)
        if self._not_a_table(head):
            return
        encoding, certain = characters.wide_encoding(head), True
        if encoding is None:
            self._read_blocks(_byte_blocks(self.path), head)
            if not self.undecoded or self.decoded:
                return
            sample = b"\n".join(self.undecoded)
            encoding = characters.guess_encoding(sample)
            certain = encoding == "cp949" and characters.is_korean(sample)
        if encoding is not None:
            self.encoding = encoding
            first = next((fault for fault in self.faults if "not UTF-8" in fault.problem), None)
            self._reset()
            self._read_blocks(_text_blocks(self.path, encoding), head.replace(b"\0", b""))
            name = characters.ENCODING_NAMES[encoding]
            line, column = (first.line, first.column) if first else (1, "")
            value = first.value if first else ""
            mend = "save the file as UTF-8 ('CSV UTF-8' in Excel)"
            what = (f"the file is in {name}", "text in UTF-8", mend, certain)
            self.fault(line, column, value, *what)

    def _not_a_table(self, head: bytes) -> bool:
        """Report a file that is empty or of another format; return whether to stop."""
        if not head.removeprefix(b"\xef\xbb\xbf").strip():
            header = ",".join(self.columns)
            self.fault(1, "", "", "the file is empty", f"the header {header}", "restore it")
            return True
        for pattern, what, mend in _FORMATS:
            if re.match(pattern, head.removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE):
                value = head[:20].decode("latin-1")
                self.fault(1, "", value, f"the file is {what}", "a CSV file", mend)
                return True
        return False

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
        for cell in cells:
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
        _Rows(self).take(lines)
        self.line = first + count
        return goes_on

    def _fast(self, block: bytes, count: int) -> pa.Table | None:
        """Return the block's rows if it is well formed beyond doubt, else None."""
        mark = self.delimiter.encode()
        if b"\r" in block or not _well_quoted(block, mark):
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


class _Rows:
    """Lines taken one by one, because something is wrong with at least one of them."""

    def __init__(self, reader: _Reader) -> None:
        self.reader, self.first = reader, reader.line
        self.delimiter = reader.delimiter

    def take(self, lines: list[bytes]) -> None:
        """Add the rows that can be read; report the rest."""
        rows, numbers = [], []
        self.lines, place = lines, 0
        while place < len(lines):
            used, row = self._row(place)
            if row is not None:
                rows.append(row)
                numbers.append(self.first + place)
            place += used
        self.reader.take_rows(rows, numbers)

    def _fault(self, place: int, column: str, value: str, *what: str | bool) -> tuple[int, None]:
        self.reader.fault(self.first + place, column, value, *what)
        return 1, None

    def _row(self, place: int) -> tuple[int, list[str] | None]:
        """Return how many lines were used, and the row if it is whole."""
        raw = self.lines[place]
        if len(raw) > LONGEST_LINE:
            value = raw[:80].decode("utf-8", "replace")
            problem = f"a line of {len(raw)} bytes"
            return self._fault(place, "", value, problem, f"at most {LONGEST_LINE}", "shorten it")
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            return self._undecoded(place, raw, error.start)
        self.reader.decoded += not line.isascii()
        odd = self._odd_line(place, line)
        if odd is not None:
            return odd
        if line.count('"') % 2:
            return self._open_quote(place, line)
        try:
            cells = next(csv.reader([line], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            if "\r" in line:
                return self._return(place, line)
            return self._badly_quoted(place, line, str(error))
        if not _well_quoted(b"\n" + raw + b"\n", self.delimiter.encode()):
            return self._badly_quoted(place, line, "a quote inside a cell without quotes")
        if len(cells) != len(self.reader.names):
            return self._ragged(place, cells)
        return 1, cells

    def _odd_line(self, place: int, line: str) -> tuple[int, None] | None:
        """Report a line that is no row at all."""
        if not line.strip():
            return self._fault(place, "", line, "a blank line", "a row", "delete the line", True)
        if not line.strip(self.delimiter + '" \t'):
            what = ("a row of empty cells", "a row", "delete the line", True)
            return self._fault(place, self.reader.name_at(0), line, *what)
        if _CONFLICT.match(line):
            mend = "settle the conflict and delete its markers"
            return self._fault(place, "", line, "a conflict marker of git", "a row", mend)
        header = self.delimiter.join(name or "" for name in self.reader.names)
        if line.replace('"', "") == header:
            what = ("the header stands again", "a row", "delete the line")
            return self._fault(place, self.reader.name_at(0), line, *what)
        return None

    def _undecoded(self, place: int, raw: bytes, at: int) -> tuple[int, None]:
        """Report a line that is not UTF-8, at the cell of the first wrong byte."""
        self.reader.undecoded.append(raw[:2000])
        column = self._column_of(raw[:at].decode("utf-8"))
        encoding = characters.guess_encoding(raw)
        name = characters.ENCODING_NAMES[encoding] if encoding else "an unknown encoding"
        value = raw[at : at + 16].decode(encoding or "latin-1", "replace")
        problem = f"the line is not UTF-8 but {name}"
        return self._fault(place, column, value, problem, "text in UTF-8", "write it in UTF-8")

    def _open_quote(self, place: int, line: str) -> tuple[int, None]:
        """Report a quote without its partner: a cell over several lines, or an open end."""
        at = self._wrong_quote(line)
        column = self._column_of(line[:at])
        for used in range(2, 20):
            joined = self.lines[place : place + used]
            if len(joined) < used:
                break
            if joined[-1].count(b'"') % 2:
                text = b"\n".join(joined).decode("utf-8", "replace")
                cells = next(csv.reader(text.splitlines(True), delimiter=self.delimiter))
                if len(cells) == len(self.reader.names):
                    broken = next((cell for cell in cells if "\n" in cell), text)
                    what = ("a line break inside a cell", "one row a line", "write it on one line")
                    self._fault(place, column, broken, *what)
                    return used, None
                break
        last = place == len(self.lines) - 1
        problem = "a quote opens and never closes" + (" (the file is cut off?)" if last else "")
        mend = "close the quote before the next comma, or delete it"
        return self._fault(place, column, line[at : at + 60], problem, "paired quotes", mend)

    def _wrong_quote(self, line: str) -> int:
        """Return where the first quote stands that does not open, close or double as it should."""
        border = self.delimiter + '"'
        quotes = [match.start() for match in re.finditer('"', line)]
        for opening, closing in zip(quotes[0::2], quotes[1::2], strict=False):
            if opening and line[opening - 1] not in border:
                return opening
            if closing + 1 < len(line) and line[closing + 1] not in border:
                return opening
        return quotes[-1] if quotes else 0

    def _column_of(self, before: str) -> str:
        """Return the column of the cell that follows ``before`` on its line."""
        try:
            return self.reader.name_at(len(split_line(before + "x", self.delimiter)) - 1)
        except csv.Error:
            return ""

    def _return(self, place: int, line: str) -> tuple[int, None]:
        """Report a carriage return inside a line."""
        at = line.index("\r")
        column, value = self._column_of(line[:at]), line[max(at - 20, 0) : at + 20]
        what = ("a carriage return inside the line", "one row a line", "delete it or end the line")
        return self._fault(place, column, value, *what)

    def _badly_quoted(self, place: int, line: str, error: str) -> tuple[int, None]:
        """Report quotes that pair but stand where no cell begins or ends."""
        at = self._wrong_quote(line)
        column = self._column_of(line[:at])
        value = line[max(at - 20, 0) : at + 20]
        mend = "put the whole cell in quotes and double each quote inside it"
        return self._fault(place, column, value, f"badly quoted: {error}", "a quoted cell", mend)

    def _ragged(self, place: int, cells: list[str]) -> tuple[int, None]:
        """Report a row with too few or too many cells."""
        wanted, line = len(self.reader.names), self.delimiter.join(cells)
        problem, expected = f"the row has {len(cells)} cells", f"{wanted} cells"
        if len(cells) < wanted:
            last = place == len(self.lines) - 1
            mend = "the file is cut off here? restore it" if last else "add the missing commas"
            return self._fault(
                place, self.reader.name_at(len(cells)), line, problem, expected, mend
            )
        # A comma in text that was not quoted leaves a cell that begins with a space.
        at = next((i for i, cell in enumerate(cells) if i and cell[:1] == " "), len(cells))
        mend = "put a cell that holds a comma in quotes; delete what is too much"
        return self._fault(place, self.reader.name_at(at - 1), line, problem, expected, mend)


def _byte_blocks(path: Path) -> Iterator[bytes]:
    """Yield the file in blocks that end with a line; one overlong line ends the reading."""
    rest = b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            block = rest + block
            # CR alone may be the line end; never cut between CR and LF.
            cut = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, len(block) - 1) + 1
            if not cut and len(block) > LONGEST_LINE:
                yield block
                return
            rest = block[cut:]
            if cut:
                yield block[:cut]
    if rest:
        yield rest


def _text_blocks(path: Path, encoding: str) -> Iterator[bytes]:
    """Yield the file in UTF-8 blocks, read as ``encoding``; what does not decode is replaced."""
    rest = ""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        while block := stream.read(BLOCK):
            block = (rest + block).removeprefix("\ufeff" if not rest else "")
            cut = block.rfind("\n") + 1 or len(block)
            rest = block[cut:]
            yield block[:cut].encode("utf-8", "replace")
    if rest:
        yield rest.encode("utf-8", "replace")


def _well_quoted(block: bytes, delimiter: bytes) -> bool:
    """Tell whether each quote opens, closes or doubles where it should, and pairs on its line."""
    if b'"' not in block:
        return True
    codes = np.frombuffer(block, dtype=np.uint8)
    quotes = np.flatnonzero(codes == ord('"'))
    lines = np.flatnonzero(codes == ord("\n"))
    if len(quotes) % 2 or (np.searchsorted(quotes, lines) % 2).any():
        return False
    border = np.zeros(256, dtype=bool)
    border[[ord('"'), ord("\n"), delimiter[0]]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = border[codes[np.maximum(opening - 1, 0)]] | (opening == 0)
    after = border[codes[np.minimum(closing + 1, len(codes) - 1)]]
    return bool(before.all() and after.all())

"""Lines of a table taken one by one, because something is wrong with at least one of them."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import numpy as np

from helpers.data import characters

if TYPE_CHECKING:
    from helpers.data.reading import Reader

LONGEST_LINE = 1 << 20
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


def split_line(line: str, delimiter: str = ",") -> list[str]:
    """Return the cells of one line, leniently.

    Raises
    ------
    csv.Error
        If a cell is too long.
    """
    return next(csv.reader([line], delimiter=delimiter), [])


def well_quoted(block: bytes, delimiter: bytes) -> bool:
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


class Rows:
    """The lines of one block."""

    def __init__(self, reader: Reader) -> None:
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
        if not well_quoted(b"\n" + raw + b"\n", self.delimiter.encode()):
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

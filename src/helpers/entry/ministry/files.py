"""CSV, HTML and XLSX, told apart by content, as grids of text cells."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data import files
from helpers.data.faults import Fault
from helpers.entry.ministry.words import clean

if TYPE_CHECKING:
    from bs4 import Tag
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

# Far above any file of the ministry's. Whatever is below is read in seconds.
LARGEST_FILE, LARGEST_PAGE = 20_000_000, 5_000_000
LARGEST_UNPACKED = 50_000_000
MOST_PARTS = 1_000
MOST_TAGS, MOST_TAGS_BESIDE = 500_000, 100_000  # in sheets, and in a page or other parts
MOST_TABLES = 200
MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_TEXT = 5_000, 500, 50_000, 1_000_000
_MOST = f"{MOST_ROWS:,} rows, {MOST_COLUMNS} columns, {MOST_CELLS:,} cells that hold"
TOO_LARGE = "the table is too large", f"at most {_MOST} {MOST_TEXT:,} characters"
FORMATS = "CSV, HTML or XLSX"
COPY = "copy its table into a sheet of its own and save that as XLSX"
UNLOCK = "remove the password in the spreadsheet and save again, as XLSX"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = [",", "\t", ";"]
# What a page does not show: comments, scripts, styles and declarations.
_NOT_SHOWN = [
    (b"<!--", b"-->"),
    (rb"<script\b", rb"</script[^<>]*>"),
    (rb"<style\b", rb"</style[^<>]*>"),
    (rb"<[!?]", b">"),
]


@dataclass(frozen=True)
class Line:
    """One row of a grid: its number in the file, counted from 1, and its cells, cleaned."""

    number: int
    cells: list[str]

    def words(self) -> list[str]:
        """Return the cells that hold anything."""
        return [cell for cell in self.cells if cell]

    def at(self, column: int) -> str:
        """Return the cell of a column, empty beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def first(self) -> int:
        """Return the column of the first cell that holds anything."""
        return next(column for column, cell in enumerate(self.cells) if cell)


@dataclass
class Document:
    """A file taken apart: ``kind`` is csv, html or xlsx, ``published`` the day that it records.

    Its ``grids`` are tables of a page, sheets or, of CSV, the whole, by the name for a fault;
    ``remarks`` say what of it is hidden.
    """

    file: str
    kind: str = ""
    grids: dict[str, list[Line]] = field(default_factory=dict)
    published: str = ""
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: int = 0
    text: int = 0

    def add(self, name: str, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Add a grid of rows, each with its number; TooLargeError beyond what is ever read."""
        lines = self.grids[name] = []
        for number, cells in rows:
            self.cells += sum(map(bool, cells))
            self.text += sum(map(len, cells))
            large = self.cells > MOST_CELLS or self.text > MOST_TEXT or number > MOST_ROWS
            if large or any(cells[MOST_COLUMNS:]):
                raise TooLargeError(*TOO_LARGE)
            lines.append(Line(number, [clean(cell) for cell in cells[:MOST_COLUMNS]]))

    def refuse(self, problem: str, expected: str, mend: str = "") -> None:
        """Say why the file cannot be read."""
        self.faults.append(Fault(self.file, 0, "", "", problem, expected, mend))


class TooLargeError(Exception):
    """More than is ever read; says what and how much at most."""


def read_document(path: Path) -> Document:
    """Take a file apart; whatever cannot be read is a fault of the document, never an error."""
    # A name has composed characters, whatever system wrote it.
    document = Document(unicodedata.normalize("NFC", path.name))
    try:
        if fault := files.no_file(path, document.file):
            document.faults.append(fault)
        elif path.stat().st_size > LARGEST_FILE:
            document.refuse("the file is too large", f"at most {LARGEST_FILE:,} bytes", COPY)
        elif (content := path.read_bytes()).strip():
            _take_apart(document, content)
        else:
            document.refuse("the file is empty", "a table of the ministry")
    except TooLargeError as error:
        document.refuse(*error.args, COPY)
    except OSError as error:
        document.refuse(f"cannot be read: {error.strerror}", "a file of the ministry")
    except Exception as error:  # a broken file may make its reader stumble over anything
        document.refuse(f"cannot be read ({type(error).__name__})", f"a sound {document.kind} file")
    return document


def _take_apart(document: Document, content: bytes) -> None:
    if b"%PDF-" in content[:1024]:
        document.refuse("the file is a PDF", FORMATS, COPY)
    elif content.startswith(b"PK\x03\x04"):
        document.kind = "xlsx"
        _workbook(document, content)
    elif content.startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in content:
        document.refuse("the workbook is protected by a password", FORMATS, UNLOCK)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        document.refuse("the file is an old Excel or a Hangul document", FORMATS, COPY)
    elif re.search(rb"<\s*(table|html|!doctype)", content[:65536], re.IGNORECASE):
        document.kind = "html"
        _page(document, content)
    else:
        document.kind = "csv"
        _text(document, content)


def _text(document: Document, content: bytes) -> None:
    """Read CSV in UTF-8, in CP949 (Korean Windows) or as Excel's text in UTF-16."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp949"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Split at whichever delimiter is there most often.
        delimiter = max(_DELIMITERS, key=text.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        document.add("", ((rows.line_num, row) for row in rows))
        return
    document.refuse("the file is no text in UTF-8 or CP949", FORMATS, "save it as CSV UTF-8")


def _page(document: Document, content: bytes) -> None:
    """Read every innermost table of a web page, with the words above it as its first row."""
    from bs4 import BeautifulSoup

    if len(content) > LARGEST_PAGE:
        raise TooLargeError("the page is too large", f"at most {LARGEST_PAGE:,} bytes")
    # The parser takes the square of the time for what opens often and never closes.
    for opening, closing in _NOT_SHOWN:
        first, *parts = re.split(opening, content, flags=re.IGNORECASE)
        if len(parts) > MOST_TAGS_BESIDE:
            raise TooLargeError("the page is too large", f"at most {MOST_TAGS_BESIDE:,} tags")
        shown = (re.split(closing, part, maxsplit=1, flags=re.IGNORECASE)[1:] for part in parts)
        content = b"".join([first, *(rest for found in shown for rest in found)])
    content = content[: content.rfind(b">") + 1]
    if content.count(b"<") > MOST_TAGS_BESIDE:
        raise TooLargeError("the page is too large", f"at most {MOST_TAGS_BESIDE:,} tags")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(content, "html.parser")
    tables = soup.find_all("table")
    if len(tables) > MOST_TABLES:
        raise TooLargeError("the page is too large", f"at most {MOST_TABLES} tables")
    for number, table in enumerate(tables, 1):
        if table.find("table") is None:
            document.add(f"table {number}", [(0, [_title_of(table)]), *_html_rows(table)])


def _title_of(table: Tag) -> str:
    """Return the heading, unit line and caption that stand above a table, the nearest last."""
    above = []
    for text in table.find_all_previous(string=True, limit=40):
        if text.find_parent("table") is not None:
            break
        if text.find_parent("head") is None and clean(text[-1000:]):
            above.append(clean(text[-1000:]))
        if len(above) == 4:
            break
    caption = table.find("caption")
    words = [*reversed(above), clean(caption.get_text(" ")[-1000:]) if caption else ""]
    return " ".join(word for word in words if word)[-300:]


def _html_rows(table: Tag) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with joined cells laid out."""
    hanging: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for number, row in enumerate(table.find_all("tr"), 1):
        cells: list[str] = []
        for cell in [*row.find_all(["td", "th"], recursive=False), None]:
            while len(cells) in hanging:
                left, text = hanging.pop(len(cells))
                if left > 1:
                    hanging[len(cells)] = (left - 1, text)
                cells.append(text)
            if cell and len(cells) <= MOST_COLUMNS:
                text, down = cell.get_text(" "), _span(cell, "rowspan")
                for _ in range(_span(cell, "colspan")):
                    if down > 1:
                        hanging[len(cells)] = (down - 1, text)
                    cells.append(text)
        yield number, cells


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(int(value), 100) if value.isascii() and value.isdigit() and int(value) else 1


def _workbook(document: Document, content: bytes) -> None:
    """Read every sheet of a workbook as its cells show, hidden sheets left out."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not _is_workbook(document, archive):
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it leaves out
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        modified = book.properties.modified
        document.published = modified.date().isoformat() if isinstance(modified, datetime) else ""
        for sheet in book.worksheets:
            name = f"sheet {sheet.title}"
            if sheet.sheet_state != "visible":
                document.remarks.append(f"left out: {name}, which is hidden")
                continue
            _look_behind(document, name, archive.read(sheet._worksheet_path))
            document.add(name, _sheet_rows(sheet))


def _is_workbook(document: Document, archive: zipfile.ZipFile) -> bool:
    """Tell whether an archive is a workbook that can be read in seconds, or say why not."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    too_large = "the workbook unpacks to too much"
    if len(parts) > MOST_PARTS:
        raise TooLargeError(too_large, f"at most {MOST_PARTS:,} parts")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise TooLargeError(too_large, f"at most {LARGEST_UNPACKED:,} bytes")
    locked = "META-INF/manifest.xml" in names and b"encrypt" in archive.read(
        "META-INF/manifest.xml"
    )
    if locked or any(part.flag_bits & 1 for part in parts):
        document.refuse("the workbook is protected by a password", FORMATS, UNLOCK)
    elif "xl/workbook.xml" not in names:
        document.refuse("the file is an OpenDocument or another archive", FORMATS, COPY)
    if document.faults:
        return False
    in_sheets = beside = 0
    for part in parts:
        # Text in UTF-16 has a zero byte beside each letter.
        text = archive.read(part).replace(b"\0", b"")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            what = f"{part.filename} declares entities, as no spreadsheet does"
            document.refuse(what, "a workbook as a spreadsheet saves it", COPY)
            return False
        if part.filename.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
            in_sheets += text.count(b"<")
        else:
            beside += text.count(b"<")
    if in_sheets > MOST_TAGS or beside > MOST_TAGS_BESIDE:
        raise TooLargeError(
            too_large, f"at most {MOST_TAGS:,} tags, {MOST_TAGS_BESIDE:,} beside sheets"
        )
    return True


_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?(c|f|v|is|row|col)\b([^<>]*)>")


def _look_behind(document: Document, name: str, sheet: bytes) -> None:
    """Find formulas that no spreadsheet has computed, and say what is hidden or too far out."""
    place, formula, empty, hidden = "", False, [], {b"row": 0, b"col": 0}
    for closing, tag, rest in _TAG.findall(sheet):
        if tag == b"c" and not closing:
            found = re.search(rb'\br="([A-Z]+)([0-9]+)"', rest)
            place, formula = found and [part.decode() for part in found.groups()], False
        elif tag == b"c" and formula:
            empty.append(place or ["", "0"])
        elif tag in (b"f", b"v", b"is"):
            formula = tag == b"f"
            column, row = place or ("A", "1")
            if len(row) > 7 or int(row) > MOST_ROWS or _number(column) > MOST_COLUMNS:
                raise TooLargeError(*TOO_LARGE)
        elif tag in hidden and re.search(rb'\bhidden="(1|true)"', rest):
            hidden[tag] += 1
    if empty:
        column, row = empty[0]
        more = f" (and {len(empty) - 1} more)" if len(empty) > 1 else ""
        what = (f"a formula without a value{more}", "the number that the cell shows")
        mend = "open the file in a spreadsheet, save it there and try again"
        document.faults.append(
            Fault(f"{document.file} ({name})", int(row), column, "", *what, mend)
        )
    if any(hidden.values()):
        what = "hidden rows or columns, which are read like the others"
        document.remarks.append(f"{name} has {what}")


def _number(column: str) -> int:
    return reduce(lambda number, letter: 26 * number + ord(letter) - 64, column[:4], 0)


def _sheet_rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        cells = [_shown(cell.value, cell.number_format) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


def _shown(value: object, number_format: str) -> str:
    """Return what a cell shows: whole numbers without a fraction, shares with their sign."""
    if value is None:
        return ""
    if isinstance(value, float) and "%" in number_format:
        return f"{100 * value:.10g}%"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, date):
        # A date that Excel made of a year, of a month, or of a day and month such as 10-19.
        form = re.sub("[^ymd]", "", number_format.casefold())
        parts = [f"%{letter}" for letter in ("Y", "m", "d") if letter.casefold() in form]
        return value.strftime("%d-%b" if set(form) == {"d", "m"} else ".".join(parts))
    return str(value)

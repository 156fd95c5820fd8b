"""CSV, HTML and XLSX, told apart by content, as grids of text cells."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data.faults import Fault
from helpers.entry.ministry.words import clean

if TYPE_CHECKING:
    from bs4 import Tag
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 200_000_000
LARGEST_GRID = (5_000, 500)  # rows and columns beyond which nothing of the ministry's reaches
FORMATS = "CSV, HTML or XLSX"
COPY = "copy its table into a sheet of its own and save that as XLSX"
_DELIMITERS = [",", "\t", ";"]


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

    Its ``grids`` are tables of a page, sheets or, of CSV, the whole, by the name for a fault.
    """

    file: str
    kind: str = ""
    grids: dict[str, list[Line]] = field(default_factory=dict)
    published: str = ""
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, problem: str, expected: str, mend: str = "") -> None:
        """Say why the file cannot be read."""
        self.faults.append(Fault(self.file, 0, "", "", problem, expected, mend))


def read_document(path: Path) -> Document:
    """Take a file apart; whatever cannot be read is a fault of the document, never an error."""
    # A name has composed characters, whatever system wrote it.
    document = Document(unicodedata.normalize("NFC", path.name))
    try:
        if path.stat().st_size > LARGEST_FILE:
            document.refuse("the file is too large", f"at most {LARGEST_FILE:,} bytes")
        elif (content := path.read_bytes()).strip():
            _take_apart(document, content)
        else:
            document.refuse("the file is empty", "a table of the ministry")
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
        document.grids[""] = [
            Line(rows.line_num, [clean(cell) for cell in row[: LARGEST_GRID[1]]])
            for row in itertools.islice(rows, LARGEST_GRID[0])
        ]
        return
    document.refuse("the file is no text in UTF-8 or CP949", FORMATS, "save it as CSV UTF-8")


def _page(document: Document, content: bytes) -> None:
    """Read every innermost table of a web page, with the words above it as its first row."""
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(content, "html.parser")
    for number, table in enumerate(soup.find_all("table"), 1):
        if table.find("table") is None:
            lines = [Line(0, [_title_of(table)]), *_html_rows(table)]
            document.grids[f"table {number}"] = lines


def _title_of(table: Tag) -> str:
    """Return the heading, unit line and caption that stand above a table, the nearest last."""
    above = []
    for text in table.find_all_previous(string=True, limit=40):
        if text.find_parent("table") is not None:
            break
        if text.find_parent(["script", "style", "head"]) is None and clean(text):
            above.append(clean(text))
        if len(above) == 4:
            break
    caption = table.find("caption")
    words = [*reversed(above), clean(caption.get_text(" ")) if caption else ""]
    return " ".join(word for word in words if word)[-300:]


def _html_rows(table: Tag) -> Iterator[Line]:
    """Yield the rows of a table with joined cells laid out."""
    hanging: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for number, row in enumerate(table.find_all("tr")[: LARGEST_GRID[0]], 1):
        cells: list[str] = []
        for cell in [*row.find_all(["td", "th"], recursive=False), None]:
            while len(cells) in hanging:
                left, text = hanging.pop(len(cells))
                if left > 1:
                    hanging[len(cells)] = (left - 1, text)
                cells.append(text)
            for _ in range(_span(cell, "colspan") if cell else 0):
                text = clean(cell.get_text(" "))
                if _span(cell, "rowspan") > 1:
                    hanging[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        yield Line(number, cells[: LARGEST_GRID[1]])


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(int(value), 100) if value.isascii() and value.isdigit() and int(value) else 1


def _workbook(document: Document, content: bytes) -> None:
    """Read every sheet of a workbook as its cells show, hidden sheets left out."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            document.refuse("the file is an OpenDocument or another archive", FORMATS, COPY)
            return
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            document.refuse("the workbook unpacks to too much", f"{LARGEST_UNPACKED:,} bytes")
            return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it leaves out
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    modified = book.properties.modified
    document.published = modified.date().isoformat() if isinstance(modified, datetime) else ""
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            document.grids[f"sheet {sheet.title}"] = list(_sheet_rows(sheet))


def _sheet_rows(sheet: Worksheet) -> Iterator[Line]:
    sizes = zip((sheet.max_row, sheet.max_column), LARGEST_GRID, strict=True)
    last_row, last_column = (min(pair) for pair in sizes)
    for number, row in enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), 1):
        cells = [_shown(cell.value, cell.number_format) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield Line(number, cells)


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
    return clean(str(value))

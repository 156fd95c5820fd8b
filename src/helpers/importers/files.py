"""Any of the ministry's file formats, told apart by content, as grids of text cells."""

from __future__ import annotations

import csv
import io
import logging
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.faults import Fault
from helpers.importers.words import ARRIVAL_TITLE, NAMES, clean, measure

if TYPE_CHECKING:
    from bs4 import Tag
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 200_000_000
LARGEST_GRID = (5_000, 500)  # rows and columns beyond which nothing of the ministry's reaches
MOST_PAGES = 200
_ENCODINGS = ["utf-8-sig", "cp949", "gb18030"]
_DELIMITERS = [",", "\t", ";"]


@dataclass(frozen=True)
class Line:
    """One row of a grid: its number in the file, counted from 1, and its cells, cleaned."""

    number: int
    cells: list[str]

    def words(self) -> list[str]:
        """Return the cells that hold anything."""
        return [cell for cell in self.cells if cell]


@dataclass
class Document:
    """A file taken apart.

    Attributes
    ----------
    file : str
        Its name, in composed characters whatever system wrote it.
    kind : str
        ``csv``, ``html``, ``xlsx``, ``pdf`` or ``text``.
    grids : list of list of Line
        Its tables, sheets or, for CSV, its one table.
    texts : list of str
        Running text; of a PDF two readings of the same pages.
    published : str
        Day of making that the file itself records, empty if it records none.
    faults : list of Fault
        Why it cannot be read.
    """

    file: str
    kind: str = ""
    grids: list[list[Line]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    published: str = ""
    faults: list[Fault] = field(default_factory=list)


def read_document(path: Path) -> Document:
    """Take a file apart; whatever cannot be read is a fault of the document, never an error."""
    document = Document(unicodedata.normalize("NFC", path.name))
    try:
        if path.stat().st_size > LARGEST_FILE:
            return _refuse(document, "the file is too large", f"at most {LARGEST_FILE:,} bytes")
        content = path.read_bytes()
    except OSError as error:
        return _refuse(document, f"cannot be read: {error.strerror}", "a file of the ministry")
    if not content.strip():
        return _refuse(document, "the file is empty", "a table of the ministry")
    try:
        _take_apart(document, content)
    except Exception as error:  # a broken file may make its reader stumble over anything
        _refuse(
            document, f"cannot be read ({type(error).__name__})", f"a sound {document.kind} file"
        )
    return document


def _refuse(document: Document, problem: str, expected: str, mend: str = "") -> Document:
    document.faults.append(Fault(document.file, 0, "", "", problem, expected, mend))
    return document


def _take_apart(document: Document, content: bytes) -> None:
    if b"%PDF-" in content[:1024]:
        document.kind = "pdf"
        _pdf(document, content)
    elif content.startswith(b"PK\x03\x04"):
        document.kind = "xlsx"
        _workbook(document, content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        what = "the file is an old Excel workbook or a Hangul document"
        _refuse(document, what, "CSV, HTML, XLSX or PDF", "save it as XLSX")
    elif re.search(rb"<\s*(table|html|!doctype)", content[:65536], re.IGNORECASE):
        document.kind = "html"
        _page(document, content)
    else:
        document.kind = "csv"
        _text(document, content)


# -- text and CSV ---------------------------------------------------------------------------


def _text(document: Document, content: bytes) -> None:
    """Read CSV or running text in the first encoding that yields the words of such tables."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        readings = [content.decode("utf-16")]
    else:
        readings = [text for name in _ENCODINGS if (text := _decoded(content, name)) is not None]
    if not readings:
        _refuse(document, "the file is no text in UTF-8, CP949 or GB 18030", "text")
        return
    text = max(readings, key=_familiar)
    document.texts = [text]
    document.grids = [_csv_grid(text)]


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _familiar(text: str) -> int:
    """Count the words that such tables use: tells encodings apart that both yield letters."""
    cells = re.split(r"[,;\t\n|]", text[:100_000])
    found = sum(measure(cell) is not None for cell in cells)
    return found + len(NAMES.findall(text)) + len(ARRIVAL_TITLE.findall(text))


def _csv_grid(text: str) -> list[Line]:
    """Return the rows of a CSV text, split at whichever delimiter stands most often."""
    delimiter = max(_DELIMITERS, key=text.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = []
    for row in rows:
        lines.append(Line(rows.line_num, [clean(cell) for cell in row[: LARGEST_GRID[1]]]))
        if len(lines) >= LARGEST_GRID[0]:
            break
    return lines


# -- web page -------------------------------------------------------------------------------


def _page(document: Document, content: bytes) -> None:
    """Read every innermost table of a web page, with the words above it as its first row."""
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(content, "html.parser")
    for number, table in enumerate(soup.find_all("table"), 1):
        if table.find("table") is None:
            title = Line(0, [_title_of(table)])
            document.grids.append([title, *_html_rows(table, 1000 * number)])


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


def _html_rows(table: Tag, base: int) -> Iterator[Line]:
    """Yield the rows of a table with joined cells laid out; numbered 1001, 1002 ... in table 1."""
    hanging: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for number, row in enumerate(table.find_all("tr")[: LARGEST_GRID[0]], base + 1):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _fill(cells, hanging)
            text = clean(cell.get_text(" "))
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    hanging[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        _fill(cells, hanging)
        yield Line(number, cells[: LARGEST_GRID[1]])


def _fill(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Put into ``cells`` what hangs down from rows above at this place."""
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(int(value), 100) if value.isascii() and value.isdigit() and int(value) else 1


# -- workbook -------------------------------------------------------------------------------


def _workbook(document: Document, content: bytes) -> None:
    """Read every sheet of a workbook as its cells show, hidden sheets left out."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            _refuse(document, "the workbook unpacks to too much", f"{LARGEST_UNPACKED:,} bytes")
            return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it leaves out
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    modified = book.properties.modified
    document.published = modified.date().isoformat() if isinstance(modified, datetime) else ""
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            document.grids.append(list(_sheet_rows(sheet)))


def _sheet_rows(sheet: Worksheet) -> Iterator[Line]:
    most_rows, most_columns = LARGEST_GRID
    last_row, last_column = min(sheet.max_row, most_rows), min(sheet.max_column, most_columns)
    rows = sheet.iter_rows(max_row=last_row, max_col=last_column)
    for number, row in enumerate(rows, 1):
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
    return clean(str(value))


# -- PDF ------------------------------------------------------------------------------------


def _pdf(document: Document, content: bytes) -> None:
    """Read the text of a PDF in the order of the page and, apart, as it is laid out."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = reader.pages[:MOST_PAGES]
        document.texts = ["\n".join(page.extract_text() for page in pages)]
        try:
            laid = [page.extract_text(extraction_mode="layout") for page in pages]
            document.texts.append("\n".join(laid))
        except Exception:  # the second reading is a help only; the first is there already
            pass
        made = reader.metadata.creation_date if reader.metadata else None
    document.published = made.date().isoformat() if made else ""
    # Fonts of two bytes a character can leave the first byte, a zero, in the text.
    document.texts = [text.replace("\0", "") for text in document.texts]
    if not any(text.strip() for text in document.texts):
        what = "the PDF holds pictures, no text"
        _refuse(document, what, "a PDF with text", "take the ministry's own file, not a scan")

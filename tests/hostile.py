"""Makes files as somebody might who wishes a reader ill, and as careless programs save them.

``TOLD`` holds files with what is said of them, ``SLOW`` those that took the square of the time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl

SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
ROW = b'<row r="1"><c r="A1"><v>1</v></c></row>'
CELL = b"<c><v>1</v></c>"


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def book(**parts: bytes) -> bytes:
    """Return a workbook with other parts: ``sheet`` and ``strings``, or any by its path."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with zipfile.ZipFile(buffer) as plain:
        found = {name: plain.read(name) for name in plain.namelist()}
    names = {"sheet": SHEET, "strings": STRINGS}
    return archive(found | {names.get(name, name): text for name, text in parts.items()})


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    parts = (b"<worksheet ", SPACE, b">", before, b"<sheetData>", rows, b"</sheetData>", after)
    return b"".join([*parts, b"</worksheet>"])


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 108)
)
FETCHED = b'<!DOCTYPE l [<!ENTITY k SYSTEM "http://localhost:9/never">]>'
OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 600
FORMULA = b'<row r="2"><c r="A2"><f>SUM(A1:A1)</f></c><c r="B2"><f>A2</f></c></row>'
MANIFEST = (
    b'<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
)
ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
PASSWORD = "protected by a password; expected CSV, HTML or XLSX; remove the password in the"
#: By kind: the file, and what is told of it.
TOLD: dict[str, tuple[Callable[[], bytes], str]] = {
    "laughs": (lambda: book(sheet=LAUGHS + b"]>" + sheet(ROW + b"&k;")), "declares entities"),
    "entity": (lambda: book(strings=FETCHED + b"<sst>&k;</sst>"), f"{STRINGS} declares entities"),
    "entity in UTF-16": (
        lambda: book(sheet=(FETCHED + b"<a>&k;</a>").decode().encode("utf-16")),
        "declares entities, as no spreadsheet does; expected a workbook as a spreadsheet saves it",
    ),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
    "password of OpenDocument": (
        lambda: archive(ODS | {"META-INF/manifest.xml": MANIFEST, "content.xml": b"\x8a\x00"}),
        PASSWORD,
    ),
    "old Excel": (lambda: OLE, "an old Excel or a Hangul document"),
    "formula": (
        lambda: book(sheet=sheet(ROW + FORMULA)),
        "(sheet Sheet):2:A: '': a formula without a value (and 1 more); expected the number that "
        "the cell shows; open the file in a spreadsheet, save it there",
    ),
    "archive of archives": (lambda: archive({"a.zip": archive({"b": b""})}), "another archive"),
    "bomb": (lambda: book(sheet=b" " * 51_000_000), "unpacks to too much"),
    "many parts": (
        lambda: archive({str(number): b"" for number in range(1001)}),
        "unpacks to too much; expected at most 1,000 parts",
    ),
    "many rows": (lambda: b"1,2\n" * 1_000_000, "at most 5,000 rows"),
    "a row far down": (
        lambda: book(sheet=sheet(ROW + b'<row r="5001"><c r="A5001"><v>1</v></c></row>')),
        "at most 5,000 rows",
    ),
    "a column far out": (
        lambda: book(sheet=sheet(b'<row r="1"><c r="SG1"><v>1</v></c></row>')), "500 columns"
    ),
    "many columns": (lambda: b"1," * 1_000_000, "at most 5,000 rows, 500 columns"),
    "long cell": (lambda: b"1" * 2_000_000, "cannot be read (Error)"),
    "long text": (lambda: b"a,b," * 10 + b"c" * 100_000 + b"\n" + b"a" * 999_000, "cannot be read"),
    "many cells": (lambda: (b"1," * 20 + b"\n") * 2600, "50,000 cells"),
    "page of tables": (lambda: b"<table></table>" * 300, "at most 200 tables"),
    "page of tags": (lambda: b"<table>" + b"<br>" * 200_000, "at most 100,000 tags"),
    "page under a wrong name": (lambda: b"<html><p>Sign in</p></html>", "no table of the ministry"),
}  # fmt: skip
OPENINGS = [
    "<!--", "<!--x>", "<!", "<?", "<![CDATA[", "<a ", "<a b='", "</", "<", "&", "&#", "<script>",
    "<style>", '<a"',
]  # fmt: skip
TAGS = [
    "<td>", "<tr>", "<b>", "</b>", "<br/>", "<p>x", "<title>", "<textarea>", "<svg>", "<b></b>",
    "<input a>", "<td colspan=100>", "<tr><td rowspan=100 colspan=100>",
]  # fmt: skip
#: By kind: what took the square of the time or all memory, or nearly so.
SLOW: dict[str, Callable[[], bytes]] = {
    "a cell far away": lambda: book(
        sheet=sheet(ROW + b'<row r="99999999999"><c r="ZZZ99999999999"><v>1</v></c></row>')
    ),
    "a row of cells": lambda: book(sheet=sheet(b"<row>" + CELL * 120_000 + b"</row>")),
    "rows": lambda: book(sheet=sheet(b"<row/>" * 490_000)),
    "strings": lambda: book(strings=b"<sst " + SPACE + b">" + b"<si/>" * 490_000 + b"</sst>"),
    "styles": lambda: book(
        **{"xl/styles.xml": b"<styleSheet " + SPACE + b"><cellXfs>" + b"<xf/>" * 99_000
           + b"</cellXfs></styleSheet>"}
    ),
    "links": lambda: book(
        sheet=sheet(b"", after=b"<hyperlinks>" + b"<hyperlink/>" * 490_000 + b"</hyperlinks>")
    ),
    "columns": lambda: book(
        sheet=sheet(b"", b"<cols>" + b'<col min="1" max="2"/>' * 490_000 + b"</cols>")
    ),
    "depth": lambda: book(sheet=sheet(b"<a>" * 240_000 + b"</a>" * 240_000)),
    "headings": lambda: "남,여\n".encode() * 4999,
    "headings apart": lambda: "남,여\n\n".encode() * 2499,
    "years": lambda: (("2001,2002," * 5 + "\n").encode() * 4900),
    "footnotes": lambda: (("2001" + " 1)" * 30_000 + ",") * 10).encode(),
    "provisional": lambda: (("2001" + "(잠정)" * 10_000 + ",") * 10).encode(),
    "digits": lambda: (("1" * 90_000 + ",") * 10).encode(),
    "grouped": lambda: (("1" + ".111" * 20_000 + ",") * 10).encode(),
    "accents": lambda: (("a" + "\u0300\u0316" * 15_000 + ",") * 10).encode(),
    **{
        f"page of {part}": lambda part=part: (
            b"<table><tr><td>1</td></tr></table>" + (part * (4_900_000 // len(part))).encode()
        )
        for part in OPENINGS
    },
    **{
        f"page of 99,000 {part}": lambda part=part: (
            b"<table><tr><td>1</td></tr></table>" + part.encode() * 99_000 + b"</td></tr></table>>"
        )
        for part in TAGS
    },
}  # fmt: skip

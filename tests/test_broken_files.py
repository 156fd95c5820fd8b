"""The catalogue of broken files: each kind is reported where it stands, none raises."""

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import load
from helpers.data.check import check_table
from helpers.data.faults import DataError
from helpers.data.tables import TABLES
from helpers.paths import data_dir

REGISTER = TABLES["incidents"]
TODAY = date(2026, 12, 31)
LINE = 5  # where the catalogue breaks the file, if it breaks one line


@dataclass(frozen=True)
class Sheet:
    """A small but real slice of the register, that can be written in many ways."""

    header: list[str]
    rows: list[list[str]]

    def text(self, **how: object) -> str:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, **({"lineterminator": "\n"} | how))
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return stream.getvalue()

    def lines(self) -> list[str]:
        return self.text().splitlines()

    def with_cell(self, column: str, value: str, line: int = LINE) -> "Sheet":
        rows = [list(row) for row in self.rows]
        rows[line - 2][self.header.index(column)] = value
        return replace(self, rows=rows)

    def cell(self, column: str, line: int = LINE) -> str:
        return self.rows[line - 2][self.header.index(column)]


def _slice() -> Sheet:
    """Take twelve rows of the register with place, people and outcome, the JSA ones first."""
    with (data_dir() / REGISTER.path).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    whole = [
        row
        for row in rows
        if row["people"] and row["lat"] and row["date_precision"] == "day" and row["admin_area"]
        # Quotes have something to break in a summary with a comma.
        if row["direction"] == "north_to_south" and "," in row["summary"]
    ]
    whole.sort(key=lambda row: (row["route"] != "jsa", row["outcome"] != "arrived"))
    return Sheet(REGISTER.columns, [list(row.values()) for row in whole[:12]])


SHEET = _slice()
KOREAN = SHEET.with_cell("crossing_place", "판문점 공동경비구역")


def faults_of(tmp_path: Path, content: bytes) -> list:
    file = tmp_path / REGISTER.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return check_table(tmp_path, REGISTER, TODAY)[2]


def at_line(line: int, change: Callable[[str], str]) -> bytes:
    lines = SHEET.lines()
    lines[line - 1] = change(lines[line - 1])
    return ("\n".join(lines) + "\n").encode()


def header(change: Callable[[list[str]], list[str]]) -> bytes:
    return replace(SHEET, header=change(list(SHEET.header))).text().encode()


def without(column: str) -> bytes:
    place = SHEET.header.index(column)
    rows = [row[:place] + row[place + 1 :] for row in SHEET.rows]
    names = [name for name in SHEET.header if name != column]
    return Sheet(names, rows).text().encode()


def doubled_column() -> bytes:
    rows = [[*row, row[0]] for row in SHEET.rows]
    return Sheet([*SHEET.header, SHEET.header[0]], rows).text().encode()


def insert(line: int, *new: str) -> bytes:
    lines = SHEET.lines()
    return ("\n".join(lines[: line - 1] + list(new) + lines[line - 1 :]) + "\n").encode()


def mixed_encoding() -> bytes:
    lines = KOREAN.with_cell("crossing_place", "판문점", line=8).text().encode().splitlines()
    lines[LINE - 1] = lines[LINE - 1].decode().encode("cp949")
    return b"\n".join(lines) + b"\n"


def cut_in_row() -> bytes:
    lines = SHEET.lines()[: LINE - 1]
    return "\n".join([*lines, SHEET.lines()[LINE - 1][:60]]).encode()


def open_quote(line: str) -> str:
    """Double the quote before the summary, which then closes what it opened."""
    summary = '"' + SHEET.cell("summary")
    assert line.count(summary) == 1
    return line.replace(summary, '"' + summary)


def quote_over_rows() -> bytes:
    lines = SHEET.lines()
    place = SHEET.header.index("means")
    for number, change in ((LINE, '"{}'), (LINE + 2, '{}"')):
        cells = next(csv.reader([lines[number - 1]]))
        cells[place] = change.format(cells[place])
        lines[number - 1] = ",".join(f'"{c}"' if "," in c else c for c in cells)
    return ("\n".join(lines) + "\n").encode()


def line_break_in_cell() -> bytes:
    return SHEET.with_cell("summary", "One line,\nand another.").text().encode()


CRLF_LINE = "\r\n".join(SHEET.lines()[:LINE]) + "\n" + "\r\n".join(SHEET.lines()[LINE:]) + "\r\n"

# name: (content, line, column); None: not one place.
STRUCTURE: dict[str, tuple[bytes, int | None, str | None]] = {
    "CP949": (KOREAN.text().encode("cp949"), LINE, "crossing_place"),
    "UTF-16 LE with mark": (KOREAN.text().encode("utf-16"), 1, ""),
    "UTF-16 BE with mark": (b"\xfe\xff" + KOREAN.text().encode("utf-16-be"), 1, ""),
    "UTF-16 LE bare": (KOREAN.text().encode("utf-16-le"), 1, ""),
    "UTF-16 BE bare": (KOREAN.text().encode("utf-16-be"), 1, ""),
    "Windows-1252": (
        SHEET.with_cell("summary", "He said: caf\u00e9, na\u00efve.").text().encode("cp1252"),
        LINE,
        "summary",
    ),
    "mixed encodings": (mixed_encoding(), LINE, "crossing_place"),
    "wild bytes": (at_line(LINE, lambda x: x).replace(b"jsa", b"j\xff\xfe\xa4a", 1), None, None),
    "semicolons": (SHEET.text(delimiter=";").encode(), 1, ""),
    "tabs": (SHEET.text(delimiter="\t").encode(), 1, ""),
    "bars": (SHEET.text(delimiter="|").encode(), 1, ""),
    "renamed column": (
        header(lambda n: ["Outcomes" if c == "outcome" else c for c in n]),
        1,
        "Outcomes",
    ),
    "case of a column": (header(lambda n: [c.upper() if c == "lat" else c for c in n]), 1, "LAT"),
    "space in a column": (header(lambda n: [f" {c}" if c == "lat" else c for c in n]), 1, " lat"),
    "missing column": (without("outcome"), 1, "outcome"),
    "extra column": (
        Sheet([*SHEET.header, "remark"], [[*row, "x"] for row in SHEET.rows]).text().encode(),
        1,
        "remark",
    ),
    "column without a name": (
        Sheet([*SHEET.header, ""], [[*row, ""] for row in SHEET.rows]).text().encode(),
        1,
        "",
    ),
    "doubled column": (doubled_column(), 1, "incident_id"),
    "stray quote in the header": (at_line(1, lambda x: x.replace(",date,", ',da"te",')), 1, ""),
    "open quote in the header": (at_line(1, lambda x: '"' + x), 1, ""),
    "no header": (("\n".join(SHEET.lines()[1:]) + "\n").encode(), 1, ""),
    "header again": (insert(LINE, ",".join(SHEET.header)), LINE, "incident_id"),
    "title above header": (b"Register of incidents\n" + SHEET.text().encode(), 1, ""),
    "sep line": (b"sep=,\n" + SHEET.text().encode(), 1, ""),
    "row too short": (at_line(LINE, lambda x: x.rsplit(",", 2)[0]), LINE, SHEET.header[-2]),
    "row too long": (at_line(LINE, lambda x: x + ",more"), LINE, SHEET.header[-1]),
    "unquoted comma": (
        SHEET.with_cell("admin_area", "Paju@ Gyeonggi").text().replace("@", ",").encode(),
        LINE,
        "admin_area",
    ),
    "quote never closes": (at_line(LINE, open_quote), LINE, "summary"),
    "quote never closes, last line": (
        (SHEET.text() + ",".join(SHEET.rows[0][:5]) + ',"cut').encode(),
        len(SHEET.rows) + 2,
        "direction",
    ),
    "quote closes rows later": (quote_over_rows(), LINE, "means"),
    "quote inside a bare cell": (
        at_line(LINE, lambda x: x.replace("north_to_south", 'north"to"south')),
        LINE,
        "direction",
    ),
    "line break inside a cell": (line_break_in_cell(), LINE, "summary"),
    "mixed line ends": (CRLF_LINE.encode(), LINE, ""),
    "CR line ends": (SHEET.text(lineterminator="\r").encode(), 1, ""),
    "stray CR": (
        SHEET.text().replace(SHEET.cell("admin_area"), "Pa\rju", 1).encode(),
        None,
        "admin_area",
    ),
    "blank line": (insert(LINE, ""), LINE, ""),
    "blank line at the end": ((SHEET.text() + "\n").encode(), len(SHEET.rows) + 2, ""),
    "line of spaces": (insert(LINE, "   "), LINE, ""),
    "row of commas": (insert(LINE, "," * (len(SHEET.header) - 1)), LINE, "incident_id"),
    "conflict markers": (
        insert(LINE, "<<<<<<< HEAD", SHEET.lines()[1], "=======", SHEET.lines()[2], ">>>>>>> x"),
        LINE,
        "",
    ),
    "cut off in a row": (cut_in_row(), LINE, None),
    "empty": (b"", 1, ""),
    "only a mark": (b"\xef\xbb\xbf", 1, ""),
    "only blank lines": (b"\n\n\n", 1, ""),
    "header only": ((",".join(SHEET.header) + "\n").encode(), 1, ""),
    "ZIP or Excel": (b"PK\x03\x04" + bytes(100), 1, ""),
    "web page": (b"<!DOCTYPE html><html><body><table></table></body></html>", 1, ""),
    "JSON": (b'[{"incident_id": "x"}]', 1, ""),
    "PDF": (b"%PDF-1.7\n", 1, ""),
    "nonsense": (bytes(range(256)) * 20, None, None),
    "zero bytes": (bytes(5000), None, None),
    "one endless line": (b"x" * 3_000_000, 1, ""),
    "endless cell": (at_line(LINE, lambda x: x + "y" * 2_000_000), LINE, ""),
    "two marks": (b"\xef\xbb\xbf\xef\xbb\xbf" + SHEET.text().encode(), 1, "\ufeffincident_id"),
    "files joined, a mark between": (
        SHEET.text().encode() + b"\xef\xbb\xbf" + SHEET.lines()[3].encode() + b"\n",
        len(SHEET.rows) + 2,
        "incident_id",
    ),
}

# What is written into a cell of the column.
BROKEN: dict[str, list[str]] = {
    "direction": [
        "north_to_\u200bsouth", "north_to_south\u00a0", "\u202enorth_to_south\u202c",
        "North_to_South", "nort_to_south", "north to south", " north_to_south", "North to South",
        "sideways", "",
    ],
    "people": [
        "\uff12", "\u0662", "one", "\ud55c \uba85", "1.0", "1.5", "1,000", "1 000", "1e0", "01",
        "+1", "-1", "0", "about 3", "2-3", "9" * 30, "99999", "1/1/1900", "TRUE", "-",
    ],
    "summary": [
        "A soldier\u200b crossed.", "A soldier\u202e crossed.", "A soldier\x07 crossed.",
        "A soldier\x00 crossed.", "A soldier\tcrossed.", "A soldier\u00a0crossed.",
        "A soldier \ufffd crossed.", "The caf\u00c3\u00a9 of the post.",
        "The cafe\u0301 of the post.", "\uff21 soldier crossed.", "A s\u043eldier crossed.",
        " A soldier crossed.", "A soldier crossed. ", "", "N/A", "#REF!",
        "<script>alert(1)</script>", "A soldier<br>crossed.", "A soldier &amp; his jeep.",
        "=HYPERLINK(A1)", "\t=1+1", "+1 soldier", "-1 soldier", "@SUM(A1)", "long " * 2000,
    ],
    "date": [
        "13/11/2017", "11.13.2017", "2017.11.13", "2017/11/13", "2017\ub144 11\uc6d4 13\uc77c",
        "13 Nov 2017", "Nov 13, 2017", "2017-11-13 00:00:00", "20171113", "13/11/17", "43052",
        "43052.0", "2017-02-30", "2017-02-29", "2017-11-31", "2017-13-01", "1900-02-29",
        "0000-00-00", "2099-01-01", "1017-11-13", "unknown", "",
    ],
    "lat": [
        "126.67", "37\u00b057'N", "37,95", "N37.95", "3.795e1", "nan", "inf", "9" * 400, "",
    ],
    "lon": ["1266.7", "126.67E", "37.95"],
    "incident_id": [
        SHEET.rows[0][0], "2017 JSA", "UPPER", "", "../2017-11-13-jsa", "2017-11-13-\x1b[2Jjsa",
        "-2017-11-13-jsa",
    ],
    "source_ids": ["a,b", "a; b", "a;;b", "a;", "a;a", ""],
    "route": ["china_border"],
    "location_basis": ["not_located"],
    "date_precision": ["year"],
    "wounded_crossers": ["9"],
    "killed_cause": ["" if SHEET.cell("killed_cause") else "drowning"],
    "shots_at": ["not_applicable" if SHEET.cell("shots_fired") != "no" else "crossers"],
}  # fmt: skip
CELLS = [(column, value) for column, values in BROKEN.items() for value in values]


def test_the_slice_keeps_the_rules(tmp_path):
    assert len(SHEET.rows) == 12
    assert faults_of(tmp_path, SHEET.text().encode()) == []
    assert faults_of(tmp_path, KOREAN.text().encode()) == []


@pytest.mark.parametrize("name", STRUCTURE)
def test_a_broken_file_is_reported_where_it_breaks(tmp_path, name):
    content, line, column = STRUCTURE[name]
    faults = faults_of(tmp_path, content)
    assert faults, "silent"
    places = [(fault.line, fault.column) for fault in faults]
    assert line is None or line in [place[0] for place in places], faults
    if line is not None and column is not None:
        assert (line, column) in places, faults
    for fault in faults:
        assert str(fault).isprintable(), "a report is one line that a terminal can show"


@pytest.mark.parametrize("name", ["", "breitengrad", "Unnamed: 14"])
def test_a_name_lost_in_the_header_is_told_once(tmp_path, name):
    content = header(lambda names: [name if cell == "lat" else cell for cell in names])
    faults = faults_of(tmp_path, content)
    assert [(fault.line, fault.value, fault.mend) for fault in faults] == [
        (1, name, "rename it to 'lat'")
    ]


@pytest.mark.parametrize(("column", "value"), CELLS, ids=lambda value: ascii(value[:30]))
def test_a_broken_cell_is_reported_at_its_place(tmp_path, column, value):
    faults = faults_of(tmp_path, SHEET.with_cell(column, value).text().encode())
    lines = {fault.line for fault in faults}
    assert lines == {LINE}, faults
    # A contradiction may be told at either of its columns.
    beside = {"route": "event_type", "location_basis": "lat", "lon": "lat"}
    columns = {fault.column for fault in faults}
    assert columns & {column, beside.get(column, column)}, faults
    assert all(str(fault).isprintable() for fault in faults)


@pytest.mark.parametrize(
    ("column", "value", "mend"),
    [
        ("direction", "nort_to_south", "write 'north_to_south'"),
        ("direction", "North_to_South", "write 'north_to_south'"),
        ("people", "one", "write 1"),
        ("people", "1,000", "write 1000"),
        ("people", "3.0", "write 3"),
        ("people", "1e2", "write 100"),
        ("people", "\uff12", "write '2'"),
        ("date", "13/11/2017", "write 2017-11-13"),
        ("date", "11.13.2017", "write 2017-11-13"),
        ("date", "2017\ub144 11\uc6d4 13\uc77c", "write 2017-11-13"),
        ("date", "20171113", "write 2017-11-13"),
        ("date", "43052", "write 2017-11-13"),
        ("date", "05/06/2017", "write 2017-05-06 or 2017-06-05"),
        ("lat", "37,95", "write 37.95"),
        ("lat", "37\u00b057'N", "write 37.95"),
        ("lat", "126.67", "swap lat and lon"),
        ("source_ids", "a; b", "write 'a;b'"),
        ("incident_id", "2017 JSA", "write '2017-jsa'"),
    ],
)
def test_a_report_says_how_to_mend(tmp_path, column, value, mend):
    faults = faults_of(tmp_path, SHEET.with_cell(column, value).text().encode())
    assert any(mend in fault.mend for fault in faults if fault.column == column), faults


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CP949", "CP949"),
        ("UTF-16 LE with mark", "UTF-16 LE"),
        ("UTF-16 BE bare", "UTF-16 BE"),
        ("Windows-1252", "Windows-1252"),
        ("mixed encodings", "CP949"),
        ("semicolons", "semicolon"),
        ("conflict markers", "conflict marker"),
        ("renamed column", "rename it to 'outcome'"),
        ("ZIP or Excel", "Excel"),
        ("quote never closes", "never closes"),
        ("quote closes rows later", "quote"),
        ("cut off in a row", "cut off"),
    ],
)
def test_a_report_names_what_happened(tmp_path, name, said):
    assert any(said in str(fault) for fault in faults_of(tmp_path, STRUCTURE[name][0]))


def test_all_faults_are_told_in_one_go(tmp_path):
    sheet = SHEET.with_cell("people", "one", 3).with_cell("date", "43052", 6)
    lines = sheet.with_cell("direction", "nort_to_south", 9).lines()
    lines.insert(4, "")
    faults = faults_of(tmp_path, "\n".join(lines).encode())
    assert [(fault.line, fault.column) for fault in sorted(faults)] == [
        (3, "people"),
        (5, ""),
        (7, "date"),
        (10, "direction"),
    ]


def test_no_file_a_folder_and_a_loop(tmp_path):
    assert check_table(tmp_path, REGISTER)[2][0].problem == "file is missing"
    assert check_table(tmp_path / "nowhere", REGISTER)[2][0].problem == "file is missing"
    (tmp_path / REGISTER.path).mkdir(parents=True)
    assert check_table(tmp_path, REGISTER)[2][0].problem == "is a folder"
    other = tmp_path / "other" / REGISTER.path
    other.parent.mkdir(parents=True)
    other.symlink_to(other)
    assert check_table(tmp_path / "other", REGISTER)[2]
    near = tmp_path / "near" / "incidents" / "Incidents.CSV"
    near.parent.mkdir(parents=True)
    near.write_text("x")
    assert "'Incidents.CSV'" in check_table(tmp_path / "near", REGISTER)[2][0].mend


def _moved(order: list[int]) -> bytes:
    names = [SHEET.header[place] for place in order]
    return Sheet(names, [[row[place] for place in order] for row in SHEET.rows]).text().encode()


HARMLESS: dict[str, bytes] = {
    "with a mark": b"\xef\xbb\xbf" + SHEET.text().encode(),
    "CRLF": SHEET.text(lineterminator="\r\n").encode(),
    "no line end at the end": SHEET.text().rstrip("\n").encode(),
    "CRLF without the last": SHEET.text(lineterminator="\r\n").rstrip("\r\n").encode(),
    "columns in another order": _moved(list(range(len(SHEET.header)))[::-1]),
    "everything quoted": SHEET.text(quoting=csv.QUOTE_ALL).encode(),
    "shuffled rows": replace(SHEET, rows=random.Random(1).sample(SHEET.rows, 12)).text().encode(),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_variants_load_equal(tmp_path, name):
    for folder, content in (("plain", SHEET.text().encode()), ("other", HARMLESS[name])):
        (tmp_path / folder / "incidents").mkdir(parents=True)
        (tmp_path / folder / REGISTER.path).write_bytes(content)
    plain = load.incidents(tmp_path / "plain")
    pd.testing.assert_frame_equal(plain, load.incidents(tmp_path / "other"))
    assert len(plain) == 12


def test_a_broken_file_does_not_load(tmp_path):
    (tmp_path / "incidents").mkdir()
    (tmp_path / REGISTER.path).write_bytes(SHEET.with_cell("people", "one").text().encode())
    with pytest.raises(DataError, match=re.escape(f"{REGISTER.path}:{LINE}:people: 'one'")):
        load.table("incidents", tmp_path)


FUZZ = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FUZZ
@given(content=st.binary(max_size=400))
def test_random_bytes_never_raise(tmp_path, content):
    assert faults_of(tmp_path, content)


@FUZZ
@given(content=st.text(max_size=300))
def test_random_text_below_the_header_never_raises(tmp_path, content):
    text = ",".join(SHEET.header) + "\n" + content
    assert faults_of(tmp_path, text.encode("utf-8", "surrogatepass"))


@FUZZ
@given(
    edits=st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.integers(0, 30),
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from([b'"', b",", b"\n", b"\r", b'""', b"\x00", b"\xef\xbb\xbf", b";"]),
            ),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_random_edits_never_raise_and_never_lose_rows_in_silence(tmp_path, edits):
    content = bytearray(SHEET.text().encode())
    for place, cut, new in edits:
        start = int(place * len(content))
        content[start : start + cut] = new
    faults = faults_of(tmp_path, bytes(content))
    assert all(str(fault).isprintable() for fault in faults)
    if not faults:
        text = check_table(tmp_path, REGISTER, TODAY)[0]
        assert len(text.frame) == bytes(content).rstrip(b"\n").count(b"\n")


@FUZZ
@given(column=st.sampled_from(REGISTER.columns), value=st.text(max_size=40))
def test_random_cells_never_raise(tmp_path, column, value):
    content = SHEET.with_cell(column, value).text().encode("utf-8", "surrogatepass")
    assert all(str(fault).isprintable() for fault in faults_of(tmp_path, content))

"""The strict reading: what it returns, where it says that things stand."""

import csv
from pathlib import Path

import pytest

from helpers.data import characters, files, reading
from helpers.data.reading import nearest, read_text

COLUMNS = ["key", "name", "note"]


def read(tmp_path: Path, content: bytes) -> reading.TextTable:
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    return read_text(file, "table.csv", COLUMNS)


def test_cells_are_text_and_empty_cells_are_missing(tmp_path):
    table = read(tmp_path, b'key,name,note\na,"1, 2",\nb,,"say ""so"""\n')
    assert table.faults == table.marks == []
    assert table.frame.columns.tolist() == COLUMNS
    assert table.frame["name"].tolist()[0] == "1, 2"
    assert table.frame["note"].isna().tolist() == [True, False]
    assert table.frame["note"][1] == 'say "so"'
    assert table.lines.tolist() == [2, 3]
    assert {str(dtype) for dtype in table.frame.dtypes} == {"str"}


def test_good_rows_of_a_broken_file_keep_their_lines(tmp_path):
    table = read(tmp_path, b"key,name,note\na,x,1\nb,x\nc,x,3\n\nd,x,4,5\ne,x,6\n")
    assert table.frame["key"].tolist() == ["a", "c", "e"]
    assert table.lines.tolist() == [2, 4, 7]
    assert [(fault.line, fault.column) for fault in table.faults] == [
        (3, "note"),
        (5, ""),
        (6, "note"),
    ]


def test_a_cell_over_two_lines_is_one_fault_and_the_rest_is_read(tmp_path):
    table = read(tmp_path, b'key,name,note\na,"one\ntwo",1\nb,x,2\n')
    assert [(f.line, f.column, f.problem) for f in table.faults] == [
        (2, "name", "a line break inside a cell")
    ]
    assert table.lines.tolist() == [4]


def test_blocks_do_not_show(tmp_path, monkeypatch):
    rows = [[f"k{n}", 'a "quoted", name' * (n % 3), "\uc11c\uc6b8" * (n % 5)] for n in range(500)]
    file = tmp_path / "table.csv"
    for end in ("\n", "\r\n"):
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator=end).writerows([COLUMNS, *rows])
        whole = read_text(file, "table.csv", COLUMNS)
        monkeypatch.setattr(files, "BLOCK", 97)
        pieces = read_text(file, "table.csv", COLUMNS)
        monkeypatch.undo()
        assert whole.faults == pieces.faults == []
        assert whole.frame.equals(pieces.frame)
        assert pieces.lines.tolist() == list(range(2, 502))
        assert whole.frame.fillna("").to_numpy().tolist() == rows


def test_the_slow_way_reads_the_same(tmp_path, monkeypatch):
    content = 'key,name,note\na,"1, 2",x\nb,"say ""so""",\n\uac00,,z\n'.encode()
    fast = read(tmp_path, content)
    monkeypatch.setattr(reading.Reader, "_fast", lambda *_: None)
    slow = read(tmp_path, content)
    assert slow.faults == []
    assert fast.frame.equals(slow.frame)
    assert fast.lines.equals(slow.lines)


@pytest.mark.parametrize(
    "line",
    [b'a,5",6"', b'a,5" x 7",6', b'a,"5"6,7', b'a,"5,6', b'"a""b"c,5,6', b'a,b"",c', b'a,""b,c'],
)
def test_quotes_out_of_place_are_faults(tmp_path, line):
    table = read(tmp_path, b"key,name,note\nz,x,1\n" + line + b"\ny,x,2\n")
    assert [fault.line for fault in table.faults] == [3]
    assert table.frame["key"].tolist() == ["z", "y"]


@pytest.mark.parametrize("header", [b'key,""name,note', b'"key,name,note', b'key,na"me,note"'])
def test_a_quote_out_of_place_in_the_header_is_one_fault(tmp_path, header):
    table = read(tmp_path, header + b"\na,b,c\n")
    assert [(fault.line, fault.problem) for fault in table.faults] == [
        (1, "a quote that neither opens nor closes a cell")
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [(b"\xef\xbb\xbfa,b,c\n", "invisible"), (b"a,b,c\n\xef\xbb\xbf", "the row has 1 cells")],
)
def test_a_byte_order_mark_below_the_header_is_told(tmp_path, rows, problem):
    table = read(tmp_path, b"key,name,note\n" + rows)
    assert problem in (table.faults + table.marks)[0].problem
    assert len(table.frame) == 1


def test_below_an_endless_header_nothing_is_read(tmp_path):
    table = read(tmp_path, b"k" * (1 << 20) + b",\nkey,name,note\na,b\n")
    assert ["characters" in fault.problem for fault in table.faults] == [True]
    assert len(table.frame) == 0


def test_a_file_in_another_encoding_is_read_all_the_same(tmp_path):
    content = "key,name,note\na,\ud310\ubb38\uc810,1\nb,\uac1c\uc131\n"
    for encoding in ("cp949", "utf-16"):
        table = read(tmp_path, content.encode(encoding))
        problems = [fault.problem for fault in table.faults]
        assert len(problems) == 2
        assert any("2 cells" in problem for problem in problems)
        assert table.frame["name"].tolist() == ["\ud310\ubb38\uc810"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\u200bb", "U+200B"),
        ("a\u202eb", "turns the direction"),
        ("a\u00a0b", "not an ordinary space"),
        ("\uff11", "full-width"),
        ("a\x00", "control"),
        ("\ufffd", "lost"),
        ("e\u0301", "taken apart"),
        ("caf\u00c3\u00a9", "read as another encoding"),
    ],
)
def test_suspect_characters_are_named(text, said):
    assert said in characters.first_suspect(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "A plain line.",
        "\ud310\ubb38\uc810",
        "\u300c\u97d3\u300d, \u338f",
        "Le\u00f3n \u2013 \u201cso\u201d",
    ],
)
def test_ordinary_characters_of_many_scripts_pass(text):
    assert characters.first_suspect(text) is None


def test_nearest_forgives_case_spaces_and_a_letter():
    names = ["north_to_south", "south_to_north", "none"]
    assert nearest("North to South", names) == "north_to_south"
    assert nearest("sout_to_north", names) == "south_to_north"
    assert nearest("banana", names) is None
    assert nearest("x" * 10_000, names) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_hangul_with_a_zero_byte_hides_no_utf_16(encoding):
    text = "key,name,note\na,\ud55c\uad6d \uad70\ub300\uac00,an English note\n"
    assert 0 in "\ub300".encode(encoding)
    assert characters.wide_encoding(text.encode(encoding)) == encoding

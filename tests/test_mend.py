"""What a spreadsheet does to a table is undone where it can be read in one way, and only there."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data import mending
from helpers.data.faults import DataError
from helpers.data.tables import TABLES
from helpers.entry.mend import mend
from tests.conftest import ROOT

REGISTER = TABLES["incidents"]
BASE = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def rows_of(name: str, limit: int | None = None) -> list[list[str]]:
    with (ROOT / "data" / TABLES[name].path).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[:limit]


def written(rows: list[list[str]], **how: object) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **({"lineterminator": "\n"} | how)).writerows(rows)
    return text.getvalue()


def with_dates(rows: list[list[str]], form: str, columns: list[str]) -> list[list[str]]:
    """Write the days of ``columns`` as a spreadsheet in another country would."""
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    frame[columns] = frame[columns].map(as_written, form=form)
    return [rows[0], *frame.to_numpy().tolist()]


def as_written(cell: str, form: str) -> str:
    if len(cell) == 7 and form == "%b-%y":
        return date.fromisoformat(f"{cell}-01").strftime(form)
    if len(cell) != 10 or form == "%b-%y":
        return cell
    # Without the zeros that strftime puts before days and months; a year keeps both digits.
    zeros = r"\b0(\d)\b" + "(?!$)" * form.endswith("%y")
    return re.sub(zeros, r"\1", date.fromisoformat(cell).strftime(form))


def dates_of(name: str) -> list[str]:
    columns = TABLES[name].schema.columns
    return [one for one, column in columns.items() if column.kind == "partial_date"]


@pytest.mark.parametrize("name", TABLES)
def test_the_projects_tables_are_written_as_mend_writes_them(name):
    found = mend(ROOT / "data" / TABLES[name].path)
    assert found.after == found.before
    assert str(found).endswith("nothing to mend")


ORDERED = ["%Y/%m/%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y년 %m월 %d일", "%d-%b-%Y", "%B %d, %Y"]
FORMS = ["%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%y", "%b-%y", *ORDERED]


@settings(BASE, max_examples=100)
@given(data=st.data())
def test_a_table_in_any_mix_of_dialects_is_given_back(tmp_path, data):
    name = data.draw(st.sampled_from(list(TABLES)))
    rows = rows_of(name, data.draw(st.integers(2, 60)))
    original = written(rows)
    form = data.draw(st.sampled_from(FORMS))
    rows = with_dates(rows, form, dates_of(name))
    order = data.draw(st.permutations(range(len(rows[0]))))
    rows = [[row[place] for place in order] for row in rows]
    for place in data.draw(st.lists(st.integers(1, len(rows)), max_size=3)):
        rows.insert(place, [""] * len(order))
    delimiter = data.draw(st.sampled_from(",;\t|"))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    text = written(rows, delimiter=delimiter, lineterminator=end, quoting=quoting)
    text = f"sep={delimiter}{end}" * data.draw(st.booleans()) + text
    text = text.removesuffix(end * data.draw(st.booleans())) + end * data.draw(st.integers(0, 2))
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
    strange = re.sub("[\0-\x7f]", "", text)
    korean = len(re.findall("[\uac00-\ud7a3]", strange)) >= 0.9 * len(strange)
    if korean and text.encode("cp949", "ignore").decode("cp949") == text:
        encodings.append("cp949")
    file = tmp_path / f"{name}.csv"
    file.write_bytes(text.encode(data.draw(st.sampled_from(encodings))))
    found = mend(file)
    after = found.after.decode()
    if found.left:
        assert form in ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%y")
        kept = [csv.reader(io.StringIO(one)) for one in (original, after)]
        for old, new in zip(*kept, strict=True):
            for cell, other in zip(old, new, strict=True):
                assert cell == other or cell in mending.date_readings(other).values()
    else:
        assert after == original
    file.write_bytes(found.after)
    assert mend(file).after == found.after


# Dates that have two readings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "ids", "read"),
    [
        # The form shows it.
        (["13/11/2017"], [""], [["2017-11-13"]]),
        (["2017. 3. 11."], [""], [["2017-03-11"]]),
        (["Nov-25", "Mar-50"], ["", ""], [["2025-11"], ["1950-03"]]),
        (["43052", "2017-11-13 00:00:00"], ["", ""], [["2017-11-13"]] * 2),
        # Nothing does.
        (["3/11/2025"], [""], [["2025-03-11", "2025-11-03"]]),
        (["2017.1", "2016.1"], ["", "2016-10-a"], [["2017-01", "2017-10"], ["2016-10"]]),
        (["11-Mar-25"], [""], [["2011-03-25", "2025-03-11"]]),
        # The row's identifier does, and the other cells follow it.
        (["3/11/2025", "4/5/2024"], ["2025-03-11-jsa", ""], [["2025-03-11"], ["2024-04-05"]]),
        (["3/11/2025"], ["2025-03-1-jsa"], [["2025-03-11", "2025-11-03"]]),
        # Another cell written alike does, unless a third contradicts it.
        (["3/11/2025", "13/11/2017"], ["", ""], [["2025-11-03"], ["2017-11-13"]]),
        (["3.11.2025", "13/11/2017"], ["", ""], [["2025-03-11", "2025-11-03"], ["2017-11-13"]]),
        (
            ["3/11/2025", "13/11/2017", "1/30/2001"],
            ["", "", ""],
            [["2025-03-11", "2025-11-03"], ["2017-11-13"], ["2001-01-30"]],
        ),
        (["3/11/2025", "2/2/2017"], ["", ""], [["2025-03-11", "2025-11-03"], ["2017-02-02"]]),
        # No date at all.
        (["31/31/2017", "about 3/11/2025", "12 foo 2017"], ["", "", ""], [[], [], []]),
    ],
)
def test_what_settles_a_date(cells, ids, read):
    assert mending.read_dates(cells, ids) == read


def mended(folder, table, column, *cells):
    """Mend the first rows of a table with ``cells`` in a column."""
    rows = rows_of(table, 9)
    for row, cell in zip(rows[1:], cells, strict=False):
        row[rows[0].index(column)] = cell
    file = folder / f"{table}.csv"
    file.write_text(written(rows), encoding="utf-8")
    return mend(file)


def test_a_date_in_doubt_is_left_and_told(tmp_path):
    found = mended(tmp_path, "sources", "published", "3/11/2025", "2017. 3. 11.", "yesterday")
    assert found.after == found.before.replace(b"2017. 3. 11.", b"2017-03-11")
    assert found.done == ["1 date in published: 2017. 3. 11. -> 2017-03-11 (line 3)"]
    assert "3/11/2025 -> 2025-03-11 or 2025-11-03 (line 2)" in found.left[0]


def test_text_that_a_spreadsheet_took_for_a_date_is_told(tmp_path):
    found = mended(tmp_path, "route_costs", "period", "Apr-10")
    assert found.after == found.before
    assert found.left[0].startswith("1 date in period, which holds text")
    assert found.left[0].endswith("Apr-10 (line 2)")


def test_an_end_date_is_not_settled_by_the_identifier_of_its_start(tmp_path):
    rows = rows_of("border_events", 3)
    rows[1][:3] = ["2025-03-11-a", "3/11/2025", "11/3/2025"]
    file = tmp_path / "border_events.csv"
    file.write_text(written(rows), encoding="utf-8")
    assert [row[1:3] for row in csv.reader(mend(file).after.decode().splitlines())][1] == [
        "2025-03-11",
        "11/3/2025",
    ]


# The command ---------------------------------------------------------------------------------


def run(*words: object):
    return CliRunner().invoke(app, ["mend", *map(str, words)], input="")


@pytest.fixture
def spoilt(tmp_path):
    """The register as a spreadsheet in another country saves it."""
    file = tmp_path / "incidents.csv"
    rows = with_dates(rows_of("incidents"), "%m/%d/%Y", ["date"])
    text = written(rows, delimiter=";", lineterminator="\r\n")
    file.write_bytes(text.encode("utf-16"))
    return file


def test_the_command_shows_asks_and_writes(spoilt):
    before = spoilt.read_bytes()
    told = run(spoilt, "--dry-run")
    assert told.exit_code == 0
    for said in ("UTF-16 LE -> UTF-8", "semicolon", "CRLF", "dates in date: 4/28/1950 -> 1950"):
        assert said in told.output
    assert all(len(line) <= 80 for line in told.output.splitlines()[1:])
    unanswered = run(spoilt)
    assert unanswered.exit_code == 1 and "Nothing was written" in unanswered.output
    refused = CliRunner().invoke(app, ["mend", str(spoilt)], input="n\n")
    assert refused.exit_code == 1 and "Nothing was written" in refused.output
    assert spoilt.read_bytes() == before
    assert CliRunner().invoke(app, ["mend", str(spoilt)], input="y\n").exit_code == 0
    assert spoilt.read_bytes() == (ROOT / "data" / REGISTER.path).read_bytes()
    again = run(spoilt)
    assert again.exit_code == 0 and "nothing to mend" in again.output


def test_a_table_is_known_by_its_header_and_found_by_its_name(spoilt, monkeypatch):
    other = spoilt.rename(spoilt.with_name("register (1).csv"))
    assert run(other, "--yes").exit_code == 0
    assert other.read_bytes() == (ROOT / "data" / REGISTER.path).read_bytes()
    monkeypatch.chdir(spoilt.parent)
    assert "nothing to mend" in run("incidents.csv").output
    assert "nothing to mend" in run("incidents/incidents.csv").output


def test_the_checks_own_command_mends_what_the_check_tells(spoilt):
    folder = spoilt.parent
    checked = CliRunner().invoke(app, ["check", "--data", str(folder)])
    assert f"mended by `crossings mend {spoilt.as_posix()}`" in checked.output
    assert run(spoilt, "--yes").exit_code == 0
    assert CliRunner().invoke(app, ["check", "--data", str(folder)]).output == "0 faults\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04rest",
        b"\xff\xfea",
        b"\x00\xd8" * 20,
        written([*rows_of("incidents", 4), ["one cell"]]).encode("utf-16"),
        written(rows_of("incidents", 4)).replace("MiG", "M\xff").encode("latin-1"),
        written(rows_of("incidents", 4)).replace("date,", "day,").encode(),
        written(rows_of("incidents", 4)).replace(",", ',"', 60).encode(),
        written(rows_of("incidents", 4)).encode("utf-16") + b"\x00\xd8",
    ],
)
def test_what_cannot_be_read_is_told_and_left(tmp_path, content):
    file = tmp_path / "incidents.csv"
    file.write_bytes(content)
    told = run(file, "--yes")
    assert told.exit_code == 1
    assert "Nothing was written" in told.output and str(file) in told.output
    assert file.read_bytes() == content
    with pytest.raises(DataError):
        mend(file)


@settings(BASE, max_examples=60)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_end_in_a_traceback(tmp_path, content):
    file = tmp_path / "incidents.csv"
    header = (",".join(REGISTER.columns) + "\n").encode()
    for whole in (content, header + content):
        file.write_bytes(whole)
        told = run(file, "--yes")
        assert told.exit_code in (0, 1) and (told.exit_code == 0 or told.output)
        assert told.exception is None or isinstance(told.exception, SystemExit)


def test_no_file_a_folder_and_a_stranger(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for words, said in [
        ([tmp_path], "is a folder"),
        (["incident.csv"], "is it 'incidents.csv'?"),
        ([tmp_path / "x.csv"], "no table has this name or header"),
    ]:
        told = run(*words)
        assert told.exit_code == 2 and said in told.output


def test_a_file_changed_meanwhile_is_not_overwritten(spoilt):
    found = mend(spoilt)
    spoilt.write_bytes(b"new")
    with pytest.raises(OSError, match="was changed"):
        found.write()
    assert spoilt.read_bytes() == b"new"

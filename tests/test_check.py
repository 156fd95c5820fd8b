"""The check of all tables: against their schemas, against each other, and its report."""

import csv
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data import clock, mending
from helpers.data.check import TOLD, check_all, check_folder, check_table, report, typed
from helpers.data.doubles import same_event
from helpers.data.faults import Fault
from helpers.data.tables import TABLES
from helpers.paths import data_dir

REGISTER = TABLES["incidents"]


@pytest.fixture
def package(tmp_path):
    """Copy the tables and the map layers."""
    return Path(shutil.copytree(data_dir(), tmp_path / "data"))


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(file, rows):
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_the_projects_data_has_no_faults():
    faults = check_all(data_dir())
    assert faults == [], report(faults[:20])


def test_a_cell_that_breaks_the_rule_of_its_column_is_a_fault(package):
    file = package / REGISTER.path
    rows = rows_of(file)
    changes = {
        "people": "5000",
        "lat": "89",
        "source_ids": "a;a",
        "summary": "x" * 5000,
        "date": "",
    }
    for number, (column, value) in enumerate(changes.items(), 3):
        rows[number][column] = value
    write(file, rows)
    faults = check_table(package, REGISTER)[2]
    assert {(fault.line, fault.column) for fault in faults} >= set(enumerate(changes, 5))
    assert {fault.line for fault in faults} == {5, 6, 7, 8, 9}


def test_an_unknown_source_is_named_with_the_nearest(package):
    file = package / REGISTER.path
    rows = rows_of(file)
    key = rows[4]["source_ids"].split(";")[0]
    rows[4]["source_ids"] = key[:-1] + "~x"
    write(file, rows)
    checked = check_all(package, only=["sources", "incidents"])
    faults = [fault for fault in checked if fault.problem == "unknown key"]
    assert [(fault.file, fault.line, fault.column) for fault in faults] == [
        (REGISTER.path, 6, "source_ids")
    ]
    assert "write" in faults[0].mend


def test_a_doubled_key_names_the_other_line(package):
    file = package / REGISTER.path
    rows = rows_of(file)
    write(file, [*rows, rows[0]])
    faults = check_table(package, REGISTER)[2]
    assert [(fault.line, fault.column) for fault in faults] == [(len(rows) + 2, "incident_id")]
    assert faults[0].problem == "stands on line 2 too"


def twin(package, **changes):
    """Add a row like one of the register with another id; return both ids and the faults."""
    file = package / REGISTER.path
    rows = rows_of(file)
    whole = [r for r in rows if r["people"] and r["lat"] and r["date_precision"] == "day"]
    one = next(r for r in whole if r["route"] == "dmz_land" and r["date"][8:] < "27")
    copy = one | {"incident_id": one["date"] + "-another"}
    for name, value in changes.items():
        copy[name] = value(copy[name]) if callable(value) else value
    write(file, [*rows, copy])
    text, frame, _ = check_table(package, REGISTER)
    return one["incident_id"], same_event(text, frame)


def test_one_event_under_two_ids_and_a_source_that_nothing_names_are_found(package):
    file = package / "sources.csv"
    rows = rows_of(file)
    write(file, [*rows, rows[0] | {"source_id": "nobody-2000", "url": "https://example.org/x"}])
    one, (found,) = twin(package)
    assert f"looks like the event {one!r}" in found.problem
    faults = check_all(package)
    assert found in faults
    assert [f.value for f in faults if f.problem == "used by no row"] == ["nobody-2000"]


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"date": lambda day: f"{day[:8]}{int(day[8:]) + 1:02d}"}, True),
        ({"date": lambda day: f"{day[:8]}{int(day[8:]) + 2:02d}"}, False),
        ({"people": lambda people: str(int(people) + 1)}, False),
        ({"people": ""}, True),
        ({"lat": lambda lat: f"{float(lat) + 0.1:.4f}"}, True),
        ({"lat": "38.65", "lon": "128.3"}, False),
        ({"affiliation": "unknown"}, True),
    ],
)
def test_what_makes_two_rows_one_event(package, changes, same):
    assert bool(twin(package, **changes)[1]) is same


def test_two_events_are_told_apart_by_a_word_in_the_row(package):
    one, _ = twin(package)
    shutil.copy(data_dir() / REGISTER.path, package / REGISTER.path)
    _, found = twin(package, event_note=f"Not {one}: another man, an hour later.")
    assert found == []


def test_a_missing_table_and_no_folder_at_all(package, tmp_path):
    (package / "sources.csv").unlink()
    faults = check_all(package)
    assert [(fault.file, fault.problem) for fault in faults] == [("sources.csv", "file is missing")]
    assert len(check_all(tmp_path / "nowhere")) == len(TABLES)


def test_a_folder_with_only_the_tables_that_differ(package, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    rows = rows_of(package / REGISTER.path)
    rows[3]["people"] = "one"
    write(mine / "incidents.csv", rows)
    (fault,) = check_folder(mine, package)
    assert (fault.file, fault.line) == (f"{mine.as_posix()}/incidents.csv", 5)
    # What the table breaks in another is told there.
    (mine / "incidents.csv").unlink()
    write(mine / "sources.csv", rows_of(package / "sources.csv")[1:])
    files = {fault.file for fault in check_folder(mine, package)}
    assert files and all(file.startswith(package.as_posix()) for file in files)


def test_a_folder_of_no_table_is_told(package, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="holds no table"):
        check_folder(tmp_path / "empty", package)
    with pytest.raises(ValueError, match="is no folder"):
        check_folder(tmp_path / "nowhere", package)
    (tmp_path / "empty" / "strange.csv").write_text("x")
    with pytest.raises(ValueError, match=r"strange.csv: no such table"):
        check_folder(tmp_path / "empty", package)


def test_each_broken_table_is_told_in_one_go(package):
    # Every table leans on the lists of codes: their faults come alone.
    broken = [table for table in TABLES.values() if table.name != "vocabularies"]
    for table in broken:
        with (package / table.path).open("a", encoding="utf-8") as stream:
            stream.write("one cell\n")
    faults = check_all(package)
    assert {fault.file for fault in faults} == {table.path for table in broken}
    with (package / "vocabularies.csv").open("a", encoding="utf-8") as stream:
        stream.write("one cell\n")
    assert {fault.file for fault in check_all(package)} == {"vocabularies.csv"}


def test_many_faults_of_a_kind_are_counted_not_listed(tmp_path):
    rows = rows_of(data_dir() / REGISTER.path)
    (tmp_path / "incidents").mkdir()
    many = [
        rows[n % 5] | {"incident_id": f"row-{n}", "confidence": "sure"} for n in range(TOLD + 500)
    ]
    write(tmp_path / REGISTER.path, many)
    faults = [f for f in check_table(tmp_path, REGISTER)[2] if f.column == "confidence"]
    assert len(faults) == TOLD + 1
    assert any("500 more" in fault.problem for fault in faults)


def test_dates_end_at_the_day_given(package):
    late = check_table(package, TABLES["sources"], date(1960, 1, 1))[2]
    assert late
    assert all("after today (1960-01-01)" in fault.problem for fault in late)


def test_typed_columns_have_the_schemas_types():
    text, frame, _ = check_table(data_dir(), REGISTER)
    again, faults = typed(text, REGISTER)
    assert faults == []
    pd.testing.assert_frame_equal(frame, again)
    assert str(frame["people"].dtype) == "Int64"
    assert str(frame["lat"].dtype) == "Float64"
    assert frame["route"].cat.ordered


ONE = Fault("a.csv", 3, "people", "one\n", "a number in words", "a whole number", "write 1")


def test_a_report_for_people_and_for_machines():
    line = r"a.csv:3:people: 'one\n': a number in words; expected a whole number; write 1"
    assert str(ONE) == line
    assert report([ONE]) == line.replace(": a", ":\n    a") + "\n1 fault"
    assert report([]) == "0 faults"
    told = json.loads(report([ONE, ONE], "json"))
    assert told["count"] == 2
    assert told["faults"][0]["line"] == 3


def test_warnings_are_shown_apart_and_counted_for_themselves():
    told = report([ONE, replace(ONE, line=4, warning=True)])
    assert told.index("a.csv:4") < told.index("1 warning: may be right") < told.index("a.csv:3")
    assert told.endswith("\n1 fault") and report([replace(ONE, warning=True)]).endswith("0 faults")
    as_json = json.loads(report([ONE, replace(ONE, line=4, warning=True)], "json"))
    assert [len(as_json[part]) for part in ("faults", "warnings")] == [as_json["count"], 1]


def test_a_warning_stops_nothing_and_is_silent_where_the_cell_has_a_fault(package, monkeypatch):
    rows = rows_of(package / REGISTER.path)
    row = next(row for row in rows if row["confidence"] == "high" and row["route"] == "dmz_land")
    row["source_ids"] = row["source_ids"].split(";")[0]
    write(package / REGISTER.path, rows)
    assert [f for f in check_all(package) if f.column == "confidence"] == []
    (doubt,) = [f for f in check_all(package, warnings=True) if f.column == "confidence"]
    assert doubt.warning and doubt.line == rows.index(row) + 2 and doubt.mend
    monkeypatch.setattr("helpers.cli.default_data_dir", lambda: package)
    monkeypatch.setattr("helpers.data.check.check_all", lambda *_, **__: [doubt])
    done = CliRunner().invoke(app, ["check"])
    assert done.exit_code == 0 and "1 warning" in done.output and "0 faults" in done.output


def test_a_rule_that_could_not_run_is_a_fault_of_its_own_name(package, monkeypatch):
    def broken_rule(frames, texts):
        raise KeyError("people")

    monkeypatch.setattr("helpers.data.check.CROSS_RULES", [broken_rule])
    (package / "sources.csv").unlink()
    problems = [fault.problem for fault in check_all(package)]
    assert "the rule broken_rule could not be run (KeyError: 'people')" in problems


def test_many_faults_of_a_kind_are_told_once_and_listed_for_machines():
    many = [replace(ONE, line=n, value=f"n{n}", mend=f"write {n}") for n in range(3, 20)]
    told = report([*many, replace(ONE, column="men")])
    assert told.splitlines()[0] == "a.csv:3:people: 17 like 'n3', to line 19:"
    assert "'n4': write 4; 'n5': write 5; and 14 other values" in " ".join(told.split())
    assert told.endswith("18 faults") and told.count("a.csv") == 2
    assert len(json.loads(report(many, "json"))["faults"]) == 17


def test_what_the_command_mends_is_one_block_a_file():
    dates = [replace(ONE, line=n, column="date", mendable=True) for n in range(2, 9)]
    told = report([replace(ONE, line=1, column="", value="", mendable=True), *dates, ONE])
    assert told.splitlines()[:3] == [
        "a.csv: 8 faults, mended by `crossings mend a.csv`",
        "    line 1: a number in words",
        "    lines 2 to 8, date: a number in words, 7 times, as in 'one\\n'",
    ]
    assert told.splitlines()[3].startswith("a.csv:3:people")


def edited(package, table, key, column, by):
    """Change one number of a table; return the place of its cell."""
    file = package / TABLES[table].path
    rows = rows_of(file)
    at = next(n for n, row in enumerate(rows) if list(row.values())[: len(key)] == key)
    rows[at][column] = str(int(rows[at][column]) + by)
    write(file, rows)
    return f"{TABLES[table].path}:{at + 2}:{column}"


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("arrivals_annual", ["official_main", "2009"], "people"),
        ("arrivals_annual", ["official_main", "2012"], "women"),
        ("arrivals_annual", ["check_total", "to 2025"], "people"),
        ("arrivals_quarterly", ["2021", "q2"], "men"),
    ],
)
def test_the_one_edited_cell_comes_first_and_the_rest_follow_from_it(package, table, key, column):
    place = edited(package, table, key, column, 9)
    faults = check_all(package)
    roots = [fault for fault in faults if not fault.follows]
    assert [fault.place for fault in roots] == [place]
    assert roots[0].expected.startswith(f"{int(roots[0].value) - 9}, ")
    assert {fault.follows for fault in faults} == {"", place}
    told = report(faults)
    assert told.startswith(f"{place}: ")
    assert re.search(rf"{len(faults) - 1} faults? follows? from it", told)
    assert told.endswith(f"{len(faults)} faults")


def test_two_edits_that_mix_are_listed_as_they_are(package):
    edited(package, "arrivals_annual", ["official_main", "2009"], "people", 9)
    edited(package, "arrivals_annual", ["official_main", "2012"], "people", 5)
    faults = check_all(package)
    assert len(faults) > 10 and not any(fault.follows for fault in faults)


def test_two_edits_apart_are_both_named(package):
    first = edited(package, "arrivals_annual", ["official_main", "2009"], "men", 9)
    second = edited(package, "arrivals_annual", ["official_main", "2012"], "women", 5)
    assert {fault.place for fault in check_all(package) if not fault.follows} == {first, second}


def test_a_report_keeps_to_80_columns(package):
    for table in TABLES.values():
        file = package / table.path
        if table.name == "vocabularies":
            continue
        file.write_bytes(file.read_bytes().replace(b"final", b"final ").replace(b"1", b"one"))
    lines = report(check_all(package)).splitlines()
    assert len(lines) > 100
    # The place of a fault is one word, to be clicked on.
    assert all(len(line) <= 80 or not line.startswith(" ") for line in lines)


OF_DATE = partial(mending.of_date, today=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("advise", "cell", "mend"),
    [
        (mending.of_integer, "seven", "write 7"),
        (mending.of_integer, "12,345", "write 12345"),
        (mending.of_integer, "1.5e2", "write 150"),
        (mending.of_integer, "n/a", mending.LEAVE_EMPTY),
        (mending.of_number, "1e-3", "write 0.001"),
        (mending.of_number, "37\u00b057'36\"N", "write 37.96"),
        (mending.of_number, "12.5 W", "write -12.5"),
        (mending.of_clock, "3:15 PM", "write 15:15"),
        (mending.of_clock, "1515", "write 15:15"),
        (mending.of_clock, "0.635416", "write 15:15"),
        (mending.of_clock, "12:05 am", "write 00:05"),
        (mending.of_key, "A Key!", "write 'a-key'"),
        (mending.of_keys, "a, b;a", "write 'a;b'"),
        (mending.of_url, "www.example.org/a", "write 'https://www.example.org/a'"),
        (OF_DATE, "11/13/2017", "write 2017-11-13"),
        (OF_DATE, "2017.1.3", "write 2017-01-03"),
        (OF_DATE, "November 13, 2017", "write 2017-11-13"),
        (OF_DATE, "13. 11. 2017", "write 2017-11-13"),
        (OF_DATE, "2017/11", "write 2017-11"),
        (OF_DATE, "31/31/2017", ""),
    ],
)
def test_how_to_mend(advise, cell, mend):
    assert advise(cell)[1] == mend


@pytest.mark.parametrize(
    ("table", "label", "status", "today", "told"),
    [
        ("arrivals_annual", ("period", "2025"), "final", "2026-11-28", None),
        ("arrivals_annual", ("period", "2025"), "final", "2025-12-31", "not over on 2025-12-31"),
        ("arrivals_annual", ("period", "2025"), "provisional", "2025-12-31", None),
        ("arrivals_quarterly", ("year", "2025"), "published", "2025-03-31", "2025-03, which is"),
        ("arrivals_quarterly", ("year", "2025"), "published", "2025-07-01", None),
    ],
)
def test_a_year_that_is_not_over_is_provisional(package, table, label, status, today, told):
    path = package / TABLES[table].path
    rows = rows_of(path)
    row = next(row for row in rows if row[label[0]] == label[1])
    row["status"] = status
    write(path, rows)
    found = [f for f in check_all(package, date.fromisoformat(today)) if f.column == "status"]
    where = [f for f in found if f.line == rows.index(row) + 2]
    assert [told in fault.problem for fault in where] == ([True] if told else [])


def test_a_year_is_not_final_by_a_source_of_its_own_time(package):
    path = package / TABLES["arrivals_annual"].path
    rows = rows_of(path)
    row = next(row for row in rows if row["period"] == "2025")
    row |= {"status": "final", "source_ids": "yonhap-20250824"}
    write(path, rows)
    [fault] = [f for f in check_all(package) if f.column == "status"]
    assert "its last source was published 2025-08-24" in fault.problem
    assert "'provisional'" in fault.expected


def test_the_day_can_be_said(monkeypatch):
    monkeypatch.setenv("CROSSINGS_TODAY", "2027-02-01")
    assert clock.today() == date(2027, 2, 1)
    monkeypatch.setenv("CROSSINGS_TODAY", "tomorrow")
    with pytest.raises(SystemExit, match="expected a day as YYYY-MM-DD"):
        clock.today()

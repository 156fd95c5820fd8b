"""Contested values, corrections and exclusions hold together with the tables they speak of."""

from __future__ import annotations

import csv
import shutil

import pandas as pd
import pytest

from helpers import load
from helpers.data.check import check_all, check_table
from helpers.data.conflicts import chosen, is_chosen
from helpers.data.tables import TABLES
from helpers.paths import data_dir
from tests.test_data_incidents import HERE, stray_words

HIDDEN = ("(a text that named a private person)", "(an id that held a private name)")

# Capitalised words of these tables that are no names of people, beyond those of the register.
PROPER = {
    *("Northern", "Limit", "Panmungak", "AK-type", "UN", "Newswire", "West", "WEST", "T2"),
    *("Dec", "Mar", "Bonifas", "Zaire", "Helong", "Tongil-gak", "January-September"),
    *("URL", "Compass", "GED", "ETH", "CSS", "Licence", "Zum"),
    # Author of a report that was read and left out.
    *("Gabriel", "Jonsson"),
}


@pytest.fixture(scope="module")
def conflicts():
    return load.conflicts()


@pytest.fixture(scope="module")
def taken(conflicts):
    return chosen(conflicts)


@pytest.fixture(scope="module")
def corrections():
    return load.corrections()


def raw(name):
    with (data_dir() / TABLES[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Conflicts


def test_the_column_says_what_the_rule_says(conflicts):
    assert conflicts["chosen"].eq("yes").equals(is_chosen(conflicts))
    assert 0.5 < chosen(conflicts)["value"].notna().mean() < 0.9


def test_the_wounds_of_2017_keep_five_values(conflicts):
    wounds = conflicts[conflicts["conflict_id"] == "gunshot_wounds_value"]
    assert list(wounds["value"]) == ["5", "5-6", "at least 6", "4 or at least 4", "7"]
    assert list(wounds["chosen"]) == ["yes", "no", "no", "no", "no"]


@pytest.mark.parametrize(
    ("conflict_id", "value"),
    [
        ("1967-03-22-jsa-kcna-vice-president_shots_count", "at least 40"),
        ("2023-10-09-mass-return_people", "more than 500"),
        ("1984-11-23-jsa-soviet-visitor_killed", "4"),
        ("jeep_stuck_time_value", "15:13"),
        ("armistice_violations_unc_value", "2"),
        ("age_value", "24"),
        ("1991-05-diplomat-congo_date", "1991-05"),
    ],
)
def test_values_taken(taken, conflict_id, value):
    assert taken.loc[conflict_id, "value"] == value


@pytest.mark.parametrize(
    "conflict_id",
    ["2016-04-06-ningbo-13_intent", "2012-04-01-missions-in-china_people", "mdl_curb_height_value"],
)
def test_matters_that_stay_open(taken, conflict_id):
    assert pd.isna(taken.loc[conflict_id, "value"])
    assert taken.loc[conflict_id, "values"] >= 2


def test_a_remark_of_the_register_does_not_repeat_rows(conflicts):
    """A remark that names two values belongs among the rows."""
    register = load.incidents().set_index("incident_id")["conflict"].dropna()
    own = conflicts[conflicts["record_table"] == "incidents"]
    numbers = own[own["field"].isin(["people", "shots_count", "age", "time"])]
    for record, rows in numbers.groupby("record_id"):
        remark = register.get(record, "")
        assert sum(value in remark for value in rows["value"] if len(value) > 2) < 2, record


def test_two_sources_for_what_independent_outlets_print(conflicts):
    """Outlets named in words count too."""
    rows = conflicts[conflicts["reason"] == "independent"]
    several = rows["source_ids"].str.contains(";", na=False)
    assert (several | rows["said_by"].notna()).all()


def test_first_hand_values_name_who_says_it(conflicts):
    rows = conflicts[conflicts["reason"] == "first_hand"]
    assert (rows["said_by"].notna() | rows["source_ids"].notna()).all()


# Rules across tables


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(data_dir(), folder)
    return folder


def change(folder, name, match, **cells):
    """Change the cells of the one row of a table in which ``match`` holds."""
    rows = raw(name)
    (row,) = [row for row in rows if match.items() <= row.items()]
    row.update(cells)
    with (folder / TABLES[name].path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES[name].columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def found(folder):
    return {(fault.file, fault.column, fault.problem) for fault in check_all(folder)}


VOTE = {"conflict_id": "1967-03-22-jsa-kcna-vice-president_shots_count", "variant": "1"}


@pytest.mark.parametrize(
    ("name", "match", "cells", "column", "problem"),
    [
        (
            "incidents",
            {"incident_id": "2004-10-25-korea-consulate"},
            {"people": "18"},
            "people",
            "is not the value chosen in the conflicts",
        ),
        (
            "incidents",
            {"incident_id": "1981-10-29-jsa-czech-soldier"},
            {"date": "1981-10-30"},
            "date",
            "is not the value chosen in the conflicts",
        ),
        (
            "incidents",
            {"incident_id": "2003-07-18-goseong-civilian"},
            {"means": "raft"},
            "means",
            "is not the value chosen in the conflicts",
        ),
        (
            "incidents",
            {"incident_id": "2012-04-01-missions-in-china"},
            {"people": "7"},
            "people",
            "is none of the values published",
        ),
        ("conflicts", VOTE, {"chosen": "no"}, "chosen", "against the weight of the reasons"),
        ("conflicts", VOTE, {"reason": "reference"}, "chosen", "against the weight of the reasons"),
        (
            "jsa_facts_2017",
            {"fact_id": "gunshot_wounds", "variant": "5"},
            {"value": "8"},
            "value",
            "is not among the conflicts",
        ),
        (
            "jsa_facts_2017",
            {"fact_id": "weapons", "variant": "1"},
            {"preferred": "no"},
            "preferred",
            "differs from 'chosen' in the conflicts",
        ),
        (
            "corrections",
            {"correction_id": "c001"},
            {"field": "sumary"},
            "field",
            "unknown column",
        ),
        ("corrections", {"correction_id": "c001"}, {"table": "events"}, "table", "unknown table"),
    ],
)
def test_contradictions_between_tables_are_found(copy, name, match, cells, column, problem):
    change(copy, name, match, **cells)
    assert (TABLES[name].path, column, problem) in found(copy)


def test_an_open_matter_allows_any_published_value(copy):
    change(copy, "incidents", {"incident_id": "2012-04-01-missions-in-china"}, people="10")
    assert not {fault for fault in found(copy) if fault[1] == "people"}


def test_a_conflict_of_no_record_is_found(copy):
    rows = [
        {**row, "record_id": "1999-nobody", "conflict_id": "1999-nobody_people"}
        for row in raw("conflicts")
        if row["conflict_id"] == "2004-06-01-german-school_people"
    ]
    with (copy / TABLES["conflicts"].path).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, TABLES["conflicts"].columns, lineterminator="\n").writerows(rows)
    assert (TABLES["conflicts"].path, "record_id", "unknown key") in found(copy)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"variant": "7"}, "variant"),
        ({"topic": "others"}, "conflict_id"),
        ({"conflict_id": "somewhere_people"}, "conflict_id"),
        ({"source_ids": "", "said_by": ""}, "said_by"),
        ({"unit": ""}, "unit"),
        ({"value_low": "90", "value_high": "80"}, "value_high"),
        ({"reason": "decision", "decision_ids": ""}, "decision_ids"),
        ({"reason": "untied"}, "chosen"),
        ({"field": "date"}, "value"),
        ({"field": "means", "conflict_id": "x"}, "value"),
    ],
)
def test_rules_of_a_conflict(copy, cells, column):
    change(copy, "conflicts", VOTE, **cells)
    faults = check_table(copy, TABLES["conflicts"])[2]
    assert column in {fault.column for fault in faults}


# Corrections


def test_applied_corrections_stand(corrections):
    """The last applied value of a cell is in the register."""
    register = {row["incident_id"]: row for row in raw("incidents")}
    own = corrections[corrections["table"].eq("incidents") & corrections["status"].eq("applied")]
    # The remarks on conflicts were taken apart since; identifiers and merges have no cell.
    own = own[~own["field"].isin(["conflict", "incident_id", "record"])]
    own = own.drop_duplicates(["record_id", "field"], keep="last")
    assert len(own) > 100
    for _, row in own.iterrows():
        new = "" if pd.isna(row["new"]) else row["new"]
        if row["field"] == "source_ids":
            cell = set(register[row["record_id"]]["source_ids"].split(";"))
            assert set(new.split(";")) <= cell, row["record_id"]
        elif new not in HIDDEN:
            assert register[row["record_id"]][row["field"]] == new, row["record_id"]


def test_corrected_records_are_there(corrections):
    keys = {"incidents": "incident_id", "jsa_timeline_2017": "seq", "routes": "route_id"}
    for name, key in keys.items():
        known = {row[key] for row in raw(name)}
        assert set(corrections.loc[corrections["table"] == name, "record_id"]) <= known


def test_the_rejected_say_which_decision(corrections):
    rejected = corrections[corrections["status"] == "rejected"]
    assert rejected["decision_ids"].notna().all()
    assert 0 < len(rejected) < 0.1 * len(corrections)


def test_former_identifiers_are_told_apart(corrections):
    """No former identifier is used again."""
    known = {row["incident_id"] for row in raw("incidents")}
    former = corrections[corrections["field"].eq("incident_id")]
    former = former[former["status"].eq("applied")]
    assert not set(former["old"]) & known
    assert set(former["new"]) <= known


# Exclusions


def test_what_was_kept_is_there():
    exclusions = load.exclusions()
    for name, rows in exclusions.dropna(subset=["kept_id"]).groupby("table"):
        key = next(column for column, known in TABLES[name].schema.columns.items() if known.unique)
        assert set(rows["kept_id"]) <= {row[key] for row in raw(name)}, name


def test_unused_sources_are_not_in_the_registry():
    exclusions = load.exclusions()
    unused = exclusions[exclusions["kind"] == "unused_source"]
    assert not set(unused["url"].dropna()) & set(load.sources()["url"].dropna())
    assert unused["decision_ids"].eq("d87").all()


# Names


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("conflicts", ["topic", "value", "said_by", "note"]),
        ("corrections", ["old", "new", "reason"]),
        ("exclusions", ["reason"]),
    ],
)
def test_no_private_person_is_named(name, columns):
    sources = load.sources()
    outlets = " ".join([*sources["publisher"], *sources["speaks_for"].dropna()])
    known = set((HERE / "proper_words.txt").read_text(encoding="utf-8").split())
    known |= set(outlets.replace("(", " ").replace(")", " ").split()) | PROPER
    rows = [row for row in raw(name) if row.get("field") != "source_ids"]
    strays = {
        word for row in rows for column in columns for word in stray_words(row[column], known)
    }
    assert strays == set()

"""Contested values, corrections and exclusions hold together with the tables they speak of."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from helpers import load
from helpers.data.tables import TABLES
from helpers.data.tables.conflicts import chosen
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


def raw(name):
    with (data_dir() / TABLES[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Conflicts


def test_values_taken_and_matters_that_stay_open(conflicts):
    values = chosen(conflicts)["value"]
    known = {
        "1967-03-22-jsa-kcna-vice-president_shots_count": "at least 40",
        "2023-10-09-mass-return_people": "more than 500",
        "1984-11-23-jsa-soviet-visitor_killed": "4",
        "jeep_stuck_time_value": "15:13",
        "armistice_violations_unc_value": "2",
        "age_value": "24",
        "1991-05-diplomat-congo_date": "1991-05",
        "1977-10-12-air-army-employee_date": "1977-10-12",
    }
    assert values[list(known)].to_dict() == known
    unsettled = [
        "2016-04-06-ningbo-13_intent", "2012-04-01-missions-in-china_people",
        "mdl_curb_height_value", "1996-10-13-goseong-sergeant-wounded_departure",
    ]  # fmt: skip
    assert values[unsettled].isna().all()


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


# Corrections


def test_applied_corrections_stand():
    """The last applied value of a cell is in the register."""
    corrections = load.corrections()
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


def test_corrected_records_are_there():
    corrections = load.corrections()
    keys = {"incidents": "incident_id", "jsa_timeline_2017": "seq", "routes": "route_id"}
    for name, key in keys.items():
        known = {row[key] for row in raw(name)}
        assert set(corrections.loc[corrections["table"] == name, "record_id"]) <= known


def test_former_identifiers_are_not_used_again():
    known = {row["incident_id"] for row in raw("incidents")}
    former = load.corrections().query("field == 'incident_id' and status == 'applied'")
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

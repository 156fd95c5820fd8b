"""The data keep all their rules, and each rule finds what it is for."""

import csv

import pandas as pd
import pytest

from helpers.data.check import check_all, check_table
from helpers.data.crossrules import CROSS_RULES
from helpers.data.tables import TABLES
from helpers.paths import data_dir

JSA = {"incident_id": "2017-11-13-jsa-soldier"}
CLASH = {"incident_id": "1976-08-18-jsa-axe-murders"}
VOTE = {"conflict_id": "1967-03-22-jsa-kcna-vice-president_shots_count", "variant": "1"}
DROP = None
RULES = {rule.__name__: rule for rule in CROSS_RULES}


@pytest.fixture(scope="module")
def whole():
    """Return frames and texts of all tables."""
    read = {name: check_table(data_dir(), table)[:2] for name, table in TABLES.items()}
    return {name: two[1] for name, two in read.items()}, {
        name: two[0] for name, two in read.items()
    }


def test_the_data_have_no_fault():
    assert check_all(data_dir()) == []


def test_frames_are_typed_as_their_columns_say(whole):
    kinds = {
        "integer": lambda dtype: dtype == "Int64",
        "number": lambda dtype: dtype == "Float64",
        "category": lambda dtype: isinstance(dtype, pd.CategoricalDtype) and dtype.ordered,
    }
    for name, frame in whole[0].items():
        assert list(frame.columns) == TABLES[name].columns
        for column, schema in TABLES[name].schema.columns.items():
            is_right = kinds.get(schema.kind, pd.api.types.is_string_dtype)
            assert is_right(frame[column].dtype), (name, column)


# Rules within a table: the row of a match, or on a line of the file.


@pytest.mark.parametrize(
    ("name", "match", "cells", "column"),
    [
        ("incidents", JSA, {"date": "2017-11-31"}, "date"),
        ("incidents", JSA, {"date": "1949-11-13"}, "date"),
        ("incidents", JSA, {"date": "2917-11-13"}, "date"),
        ("incidents", JSA, {"date_precision": "month"}, "date_precision"),
        ("incidents", JSA, {"lat": ""}, "lat"),
        ("incidents", JSA, {"lat": "38.95585"}, "lat"),
        ("incidents", JSA, {"lat": "", "lon": ""}, "lat"),
        ("incidents", JSA, {"route": "china_border"}, "event_type"),
        ("incidents", JSA, {"people": ""}, "people"),
        ("incidents", JSA, {"outcome": "captured"}, "outcome"),
        ("incidents", JSA, {"outcome": "arrived"}, "outcome"),
        ("incidents", JSA, {"people": "3"}, "outcome"),
        ("incidents", JSA, {"wounded": "", "wounded_crossers": "", "wounded_cause": ""}, "outcome"),
        ("incidents", JSA, {"wounded": "2", "wounded_crossers": "2"}, "wounded_crossers"),
        ("incidents", JSA, {"wounded_crossers": ""}, "wounded_crossers"),
        ("incidents", JSA, {"wounded_cause": ""}, "wounded_cause"),
        ("incidents", JSA, {"killed": "1", "killed_crossers": "1"}, "outcome"),
        ("incidents", JSA, {"killed": "1", "killed_crossers": "2"}, "killed_crossers"),
        ("incidents", JSA, {"killed_cause": "gunfire"}, "killed_cause"),
        ("incidents", JSA, {"shots_fired": "no", "shots_at": "not_applicable"}, "shots_count"),
        ("incidents", JSA, {"shots_at": "not_applicable"}, "shots_at"),
        ("incidents", JSA, {"shots_fired": "unknown", "shots_count": ""}, "shots_at"),
        ("incidents", JSA, {"direction": "none"}, "direction"),
        ("incidents", JSA, {"direction": "out_of_north"}, "direction"),
        ("incidents", JSA, {"nationality": "not_applicable"}, "nationality"),
        ("incidents", JSA, {"event_type": "attempt", "outcome": "captured"}, "event_note"),
        ("incidents", CLASH, {"outcome": "killed"}, "outcome"),
        ("incidents", CLASH, {"nationality": "american"}, "nationality"),
        ("conflicts", VOTE, {"variant": "7"}, "variant"),
        ("conflicts", VOTE, {"topic": "others"}, "conflict_id"),
        ("conflicts", VOTE, {"conflict_id": "somewhere_people"}, "conflict_id"),
        ("conflicts", VOTE, {"source_ids": "", "said_by": ""}, "said_by"),
        ("conflicts", VOTE, {"unit": ""}, "unit"),
        ("conflicts", VOTE, {"value_low": "90", "value_high": "80"}, "value_high"),
        ("conflicts", VOTE, {"reason": "decision", "decision_ids": ""}, "decision_ids"),
        ("conflicts", VOTE, {"reason": "untied"}, "chosen"),
        ("conflicts", VOTE, {"field": "date"}, "value"),
        ("conflicts", VOTE, {"field": "means", "conflict_id": "x"}, "value"),
        ("jsa_timeline_2017", 8, {"time_local": "15:01"}, "time_local"),
        ("jsa_timeline_2017", 8, {"phase": "drive"}, "phase"),
        ("jsa_timeline_2017", 32, {"phase": "run"}, "phase"),
        ("jsa_timeline_2017", 8, {"violations": "none;crossed_mdl"}, "violations"),
        ("jsa_timeline_2017", 8, {"violations": "trespass"}, "violations"),
        ("jsa_timeline_2017", 28, {"time_local": "10:00"}, "time_local"),
        ("jsa_landmarks", 2, {"uncertainty_m": ""}, "uncertainty_m"),
        ("jsa_facts_2017", 24, {"preferred": "yes"}, "preferred"),
        ("jsa_facts_2017", 5, {"label": "Another label"}, "label"),
        ("jsa_facts_2017", 2, {"value": "noon"}, "value"),
        ("jsa_facts_2017", 8, {"unit": ""}, "unit"),
        ("jsa_geometry", 4, {"variant": "4"}, "variant"),
        ("nll_1953_points", {"point": "5"}, {"lat": "37.7"}, "lat"),
        ("blind_years", 2, {"last_year": "1952"}, "last_year"),
        ("routes", {"route_id": "cn_embassy"}, {"period_first": "2000"}, "period_first"),
        ("routes", {"route_id": "cn_embassy"}, {"period_last": "1999"}, "period_first"),
        ("routes", {"route_id": "dmz_west"}, {"period_first": "1990"}, "period_first"),
        ("routes", {"route_id": "cn_embassy"}, {"period_about": ""}, "period_about"),
        ("routes", {"route_id": "cn_sea"}, {"duration_printed": ""}, "duration_days_low"),
        ("waypoints", {"route_id": "cn_sea", "stop": "1"}, {"stop": "3"}, "stop"),
        ("waypoints", {"country": "LAO"}, {"lat": "20.51"}, "lat"),
    ],
)
def test_rules_of_a_table(tmp_path, name, match, cells, column):
    table = TABLES[name]
    with (data_dir() / table.path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    line = (
        match
        if isinstance(match, int)
        else 2 + next(place for place, row in enumerate(rows) if match.items() <= row.items())
    )
    rows[line - 2].update(cells)
    path = tmp_path / table.path
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    faults = check_table(tmp_path, table)[2]
    assert column in {fault.column for fault in faults if fault.line == line}


# Rules across rows and tables: the rows of a match changed or dropped, and what the fault says.

GROUP = {"incident_id": "2012-04-01-missions-in-china"}
CROSS = [
    ("running_totals", "arrivals_annual", {"period": "to 2025"}, {"women": 24_945}, "add up"),
    ("details_in_spans", "arrivals_annual", {"period": "2000"}, {"people": 313}, "add up"),
    ("quarters_against_years", "arrivals_quarterly", {"year": 2019, "part": "q3"}, {"people": 227},
     "add up"),
    ("current_revisions", "arrivals_revisions", {"revision_id": "arrivals-2025-223"},
     {"people": 224}, ""),
    ("superseded_revisions", "arrivals_revisions", {"revision_id": "arrivals-2002-1140"},
     {"people": 1142}, ""),
    ("revised_periods_have_a_current_value", "arrivals_revisions",
     {"revision_id": "arrivals-2009-2914"}, {"standing": "superseded"}, ""),
    ("sexes_against_arrivals", "profile_cumulative", {"as_of": "2024-09", "category": "women"},
     {"people": 24_696}, ""),
    ("profile_groups", "profile_checks", {"as_of": "2024-09", "dimension": "residence_in_south"},
     {"groups": 3}, ""),
    ("profile_parts", "profile_cumulative", {"as_of": "2024-09", "category": "seoul"},
     {"people": 6356}, ""),
    ("official_parts", "official_totals", {"series": "jcs_2015", "measure": "direct_transit"},
     {"value_best": 3}, "add up"),
    ("official_periods", "official_totals",
     {"series": "jcs_2015", "measure": "direct_all", "period": "2011"}, {"value_best": 38},
     "add up"),
    ("estimate_periods", "route_estimates", {"estimate_id": "thailand-entries-recorded-2008"},
     {"value_best": 1725}, "add up"),
    ("the_official_series_is_there", "arrivals_annual", {"series": "official_main"}, DROP,
     "has no row"),
    ("the_day_is_whole", "jsa_facts_2017", {"fact_id": "found_time"}, DROP, "no preferred value"),
    ("the_day_is_whole", "jsa_facts_2017", {"fact_id": "found_time"},
     {"value": None, "value_low": None}, "no preferred value"),
    ("the_day_is_whole", "jsa_geometry", {"fact_id": "jeep_to_mdl"}, DROP, "no length in metres"),
    ("the_day_is_whole", "jsa_geometry", {"fact_id": "jeep_to_mdl"}, {"value_low": None},
     "no length in metres"),
    ("the_day_is_whole", "jsa_landmarks", {"landmark_id": "t2"}, DROP, "no coordinate"),
    ("the_day_is_whole", "jsa_landmarks", {"landmark_id": "t2"}, {"uncertainty_m": None},
     "no coordinate"),
    ("conflicts_have_a_record", "conflicts", VOTE, {"record_id": "1999-nobody"}, "unknown key"),
    ("chosen_by_weight", "conflicts", VOTE, {"chosen": "no"}, "against the weight"),
    ("chosen_by_weight", "conflicts", VOTE, {"reason": "reference"}, "against the weight"),
    ("register_takes_the_chosen_value", "incidents", {"incident_id": "2004-10-25-korea-consulate"},
     {"people": 18}, "is not the value chosen"),
    ("register_takes_the_chosen_value", "incidents",
     {"incident_id": "1981-10-29-jsa-czech-soldier"}, {"date": "1981-10-30"},
     "is not the value chosen"),
    ("register_takes_the_chosen_value", "incidents",
     {"incident_id": "2003-07-18-goseong-civilian"}, {"means": "raft"}, "is not the value chosen"),
    ("register_takes_the_chosen_value", "incidents", GROUP, {"people": 7}, "is none of the values"),
    ("facts_stand_among_the_conflicts", "jsa_facts_2017",
     {"fact_id": "gunshot_wounds", "variant": 5}, {"value": "8"}, "is not among the conflicts"),
    ("facts_stand_among_the_conflicts", "jsa_facts_2017", {"fact_id": "weapons", "variant": 1},
     {"preferred": "no"}, "differs from 'chosen'"),
    ("corrections_name_a_column", "corrections", {"correction_id": "c001"}, {"field": "sumary"},
     "unknown column"),
    ("corrections_name_a_column", "corrections", {"correction_id": "c001"}, {"table": "events"},
     "unknown table"),
    ("evidence_fits_its_row", "claim_evidence", {"record_id": "gunshot_wounds_2"},
     {"stance": "supports"}, "against the numbers"),
    ("evidence_fits_its_row", "claim_evidence", {"record_id": "gunshot_wounds_3"},
     {"stance": "contradicts"}, "against the numbers"),
    ("evidence_fits_its_row", "claim_evidence", {"record_id": "gunshot_wounds_4"},
     {"record_id": "gunshot_wounds_44"}, "unknown key"),
    ("evidence_fits_its_row", "claim_evidence", {"record_id": "gunshot_wounds_4"},
     {"source_ids": "cia-19670323"}, "no source of"),
    ("claims_have_their_evidence", "claim_evidence", {"claim_id": "rc12"}, DROP, ""),
    ("register_within_the_totals", "incidents",
     {"incident_id": "2017-06-18-estuary-swimmer-gimpo"}, {"people": 40}, "the register"),
    ("published_after_the_event", "incidents", {"incident_id": "2018-12-01-goseong-soldier"},
     {"date": "2023-12-01"}, "published by"),
    ("terms_are_there", "vocabularies", {"vocabulary": "Route", "value": "jsa"}, DROP,
     "the code names it"),
]  # fmt: skip


def spoilt(whole, table, match, cells):
    """Return frames and texts with the rows of a match changed or dropped."""
    frames, texts = whole
    frame = frames[table].copy()
    kept = pd.Series(True, index=frame.index)
    for column, value in match.items():
        kept &= frame[column].astype(str) == str(value)
    assert kept.any(), match
    if cells is DROP:
        return {**frames, table: frame[~kept]}, texts
    for column, value in cells.items():
        frame.loc[kept, column] = value
    return {**frames, table: frame}, texts


@pytest.mark.parametrize(("name", "table", "match", "cells", "told"), CROSS)
def test_rules_across_tables(whole, name, table, match, cells, told):
    rule = RULES[name]
    assert rule(*whole) == []
    faults = rule(*spoilt(whole, table, match, cells))
    assert faults
    assert any(told in fault.problem for fault in faults)
    assert all(fault.file and fault.expected for fault in faults)


def test_every_rule_across_tables_is_spoilt_and_silent_without_its_tables():
    assert {name for name, *_ in CROSS} == set(RULES)
    assert [rule({}, {}) for rule in CROSS_RULES if rule({}, {})] == []


def test_an_open_matter_allows_any_published_value(whole):
    other = spoilt(whole, "incidents", GROUP, {"people": 10})
    assert RULES["register_takes_the_chosen_value"](*other) == []

"""The data keep all their rules, and each rule finds what it is for."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from helpers.data.check import check_all, check_table, examine
from helpers.data.crossrules import CROSS_RULES
from helpers.data.tables import TABLES, incidents, jsa_doubts, routes
from helpers.figures import Frames, jsa_cards
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


# Slips that the row itself contradicts: an id, a label, a summary, a printed value.

CLIMBER = {"incident_id": "2018-12-01-goseong-soldier"}
FIVE = {"incident_id": "2017-07-01-east-sea-five-gangneung"}
DRIFT = {"incident_id": "2025-03-07-drift-two-eocheongdo"}
DEPTH = {"fact_id": "pursuer_depth_south_of_mdl"}
RATE = {"revision_id": "arrivals-2004-1894"}
TOTAL = {"total_id": "jcs-2015-direct-all-people-2012"}
THAI = {"estimate_id": "thailand-entries-recorded-2005"}
SLIPS = [
    ("incidents", JSA, {"date": "2017-11-03"}, "date"),
    ("incidents", {"incident_id": "2025-03-07-drift-two-eocheongdo"}, {"date": "2025-07-03"},
     "date"),
    ("incidents", JSA, {"direction": "south_to_north"}, "direction"),
    ("incidents", JSA, {"nationality": "south_korean"}, "direction"),
    ("incidents", JSA, {"means": "boat"}, "means"),
    ("incidents", JSA, {"route": "dmz_land"}, "route"),
    ("incidents", JSA, {"source_ids": "cnn-20171121"}, "confidence"),
    ("incidents", FIVE, {"route": "yellow_sea"}, "route"),
    ("incidents", FIVE, {"people": "6"}, "people"),
    ("incidents", FIVE, {"people": "2"}, "people"),
    ("incidents", FIVE, {"event_note": "2026-05-04"}, "event_note"),
    ("incidents", DRIFT, {"direction": "south_to_north"}, "direction"),
    ("incidents", DRIFT, {"event_type": "direct_defection", "outcome": "arrived"}, "event_type"),
    ("incidents", CLIMBER, {"affiliation": "civilian"}, "affiliation"),
    ("incidents", CLIMBER, {"lat": "38.097", "lon": "127.024"}, "lat"),
    ("incidents", {"incident_id": "2024-09-17-yellow-sea-one-baengnyeong"}, {"lat": "36.8"}, "lat"),
    ("incidents", {"incident_id": "1994-03-18-police-family-yalu"}, {"route": "russia"}, "route"),
    ("incidents", {"incident_id": "1953-07-31-mideast-front-captain"},
     {"incident_id": "1953-07-13-captain", "date": "1953-07-13"}, "date"),
    ("incidents", {"incident_id": "2018-01-mekong-drowning"},
     {"killed": "6", "killed_crossers": "6"}, "killed"),
    ("incidents", {"incident_id": "1981-04-16-cheorwon-sergeant-under-fire"},
     {"shots_fired": "no", "shots_at": "not_applicable"}, "shots_fired"),
    ("incidents", {"incident_id": "1963-12-06-us-corporal"}, {"nationality": "soviet"},
     "nationality"),
    ("incidents", {"incident_id": "1996-07-24-cheorwon-civilian"}, {"affiliation": "soldier"},
     "affiliation"),
    ("incidents", CLIMBER, {"crossing_place": "conference row, Panmunjom, JSA"}, "route"),
    ("incidents", CLIMBER, {"detected_by": "navy patrol boat at sea"}, "route"),
    ("incidents", FIVE, {"means": "swim"}, "means"),
    ("incidents", {"incident_id": "2021-12-02-kimjongsuk-shooting"}, {"killed_cause": "drowning"},
     "killed_cause"),
    ("incidents", {"incident_id": "1983-02-25-air-mig19-suwon"},
     {"summary": "Landed at Suwon. Aircraft: MiG-15."}, "summary"),
    ("incidents", FIVE, {"summary": "A southern activist came back over the MDL at Panmunjom after "
     "a visit to the North without government permission. Not a defection; kept to avoid "
     "miscounting."}, "summary"),
    ("incidents", {"incident_id": "2025-07-31-estuary-foam-gyodong"},
     {"admin_area": "Ongjin-gun, Incheon"}, "admin_area"),
    ("incidents", {"incident_id": "2021-10-18-jilin-prison"}, {"wounded": "11"}, "wounded"),
    ("incidents", {"incident_id": "2001-06-26-unhcr-beijing"}, {"people": "1"}, "people"),
    ("border_events", {"date": "2020-01"}, {"event": "Another thing"}, "event"),
    ("border_events", {"date": "2020-01"}, {"date": "2019-01"}, "date"),
    ("official_totals", TOTAL, {"period_end": "2013"}, "period"),
    ("official_totals", TOTAL, {"measure": "direct_land"}, "measure"),
    ("official_totals", TOTAL, {"total_id": "jcs-2015-direct-all-people-2014-b"}, "period_end"),
    ("route_estimates", THAI, {"place": "mongolia"}, "place"),
    ("route_estimates", THAI, {"period": "2004"}, "period"),
    ("route_costs", {"cost_id": "river-crossing-2017-05-radio-free-asia"},
     {"leg": "whole_journey"}, "leg"),
    ("route_costs", {"cost_id": "river-crossing-2017-05-radio-free-asia"}, {"who_says": "BBC"},
     "who_says"),
    ("route_costs", {"period": "mid-1990s"}, {"period_end": "1997"}, "period"),
    ("route_shares", {"share_id": "via-country-thailand-2016"}, {"base": "graduates of 2010"},
     "base"),
    ("arrivals_annual", {"series": "official_main", "period": "2012"}, {"status": "provisional"},
     "status"),
    ("arrivals_revisions", {"revision_id": "arrivals-2008-2809"}, {"published": "2013-01-11"},
     "published"),
    ("arrivals_revisions", RATE, {"published": "2003"}, "published"),
    ("arrivals_revisions", RATE, {"measure": "running_total"}, "measure"),
    ("jsa_geometry", DEPTH, {"value": "2026-03-04"}, "value"),
    ("jsa_geometry", DEPTH, {"value": "04-Mär"}, "value"),
    ("jsa_geometry", DEPTH, {"value": "3월 4일"}, "value"),
    ("jsa_geometry", DEPTH, {"value": "2026/3/4"}, "value"),
    ("conflicts", {"conflict_id": "1967-03-22-jsa-kcna-vice-president_time", "variant": "1"},
     {"value": "17시 23분 0초"}, "value"),
    ("jsa_geometry", DEPTH, {"value": "46085"}, "value_low"),
    ("jsa_geometry", DEPTH, {"reading": "exact", "value_high": "3"}, "reading"),
    ("jsa_facts_2017", {"fact_id": "shots_fired_kpa", "variant": "1"}, {"reading": "exact"},
     "reading"),
    ("conflicts", {"conflict_id": "1967-03-22-jsa-kcna-vice-president_time", "variant": "1"},
     {"value": "1900-01-01 17:23:00"}, "value"),
    ("conflicts", VOTE, {"value": "2026-04-05"}, "value"),
    ("conflicts", {"conflict_id": "2023-10-09-mass-return_people", "variant": "1"}, {"unit": "km"},
     "unit"),
    ("exclusions", {"exclusion_id": "x001"}, {"kind": "dropped"}, "kind"),
    ("jsa_timeline_2017", {"seq": "8"}, {"actor": "medical"}, "actor"),
    ("jsa_facts_2017", {"fact_id": "duty"}, {"conflict_source_ids": "money-s-20171116"},
     "conflict_source_ids"),
    ("jsa_facts_2017", {"fact_id": "findings_date_error"}, {"preferred": "yes"}, "preferred"),
    ("jsa_landmarks", {"landmark_id": "t1"}, {"name_ko": "소회의실 (T3)"}, "name_ko"),
    ("jsa_landmarks", {"landmark_id": "jeep_stuck"}, {"coordinate_basis": "published"},
     "coordinate_basis"),
    ("jsa_landmarks", {"landmark_id": "panmungak"}, {"side": "south"}, "side"),
    ("routes", {"route_id": "cn_air_papers"}, {"duration_days_high": "210"}, "duration_days_high"),
    ("routes", {"route_id": "jsa"}, {"kind": "overland"}, "kind"),
    ("routes", {"route_id": "cn_air_papers"}, {"cost_usd_high": "100000"}, "cost_usd_low"),
    ("waypoints", {"route_id": "cn_sea", "stop": "1"}, {"lat": "42.3"}, "place"),
    ("waypoints", {"route_id": "cn_sea", "stop": "2"}, {"role": "destination"}, "role"),
    ("blind_years", {"span_id": "s2n_jsa_1953"}, {"direction": "north_to_south"}, "span_id"),
    ("waypoints", {"route_id": "border_hoeryong", "stop": "1"}, {"role": "exit"}, "role"),
    ("waypoints", {"route_id": "border_hoeryong", "stop": "3"}, {"role": "destination"}, "role"),
    ("waypoints", {"place": "Laos"}, {"precision": "city"}, "precision"),
    ("blind_years", {"span_id": "n2s_jsa_2026"}, {"kind": "thin"}, "kind"),
    ("blind_years", {"span_id": "s2n_air_1953"}, {"last_year": "2019"}, "last_year"),
    ("blind_years", {"span_id": "n2s_jsa_2026"}, {"last_year": "2099"}, "last_year"),
    ("blind_years", {"span_id": "n2s_dmz_land_2026"}, {"first_year": "1999"}, "first_year"),
    ("sources", {"source_id": "abc-news-20190612"}, {"published": "2019-12-06"}, "published"),
    ("sources", {"source_id": "abc-news-20190612"}, {"language": "jp"}, "language"),
    ("sources", {"source_id": "21csaa-board-20251127"}, {"language": "en"}, "language"),
    ("sources", {"source_id": "abc7-20171123"}, {"speaks_for": "ABC7"}, "speaks_for"),
    ("sources", {"source_id": "yonhap-20250824"}, {"publisher": "Yonhap News"}, "publisher"),
    ("sources", {"source_id": "yonhap-20250824"}, {"kind": "official"}, "kind"),
    ("sources", {"source_id": "yonhap-20250824"}, {"url": "https://www.hani.co.kr/1"}, "url"),
    ("vocabularies", {"vocabulary": "Means", "value": "vehicle"}, {"label": "On foot"}, "label"),
    ("vocabularies", {"vocabulary": "Means", "value": "vehicle"}, {"label_ko": "Car"}, "label_ko"),
]  # fmt: skip

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
        (
            "incidents",
            JSA,
            {"people": "5", "wounded": "3", "wounded_crossers": "3", "outcome": "arrived"},
            "outcome",
        ),
        ("incidents", JSA, {"wounded": "", "wounded_crossers": "", "wounded_cause": ""}, "outcome"),
        ("incidents", JSA, {"wounded": "2", "wounded_crossers": "2"}, "wounded_crossers"),
        ("incidents", JSA, {"wounded_crossers": ""}, "wounded_crossers"),
        ("incidents", JSA, {"wounded_cause": ""}, "wounded_cause"),
        (
            "incidents",
            {"incident_id": "2010-12-14-changbai-shooting"},
            {"outcome": "captured", "people": "5", "wounded_crossers": "0"},
            "outcome",
        ),
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
        *SLIPS,
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
    before = examine(data_dir(), table, None, warnings=True)[2]
    assert not any(fault.line == line for fault in before)
    rows[line - 2].update(cells)
    path = tmp_path / table.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    faults = examine(tmp_path, table, None, warnings=True)[2]
    assert all(fault.expected for fault in faults)
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
    ("groups_have_their_share", "profile_cumulative",
     {"as_of": "2001-12", "dimension": "sex", "category": "men"}, {"share_percent": 7.1},
     "share of the group"),
    ("groups_have_their_share", "profile_cumulative",
     {"as_of": "2024-09", "category": "south_hamgyong"}, {"men": 2127, "women": 779},
     "may be exchanged"),
    ("totals_within_each_other", "official_totals",
     {"total_id": "mnd-1983-direct-all-people-1953-to-1983-05"}, {"value_best": 940}, "more than"),
    ("corrections_hold", "corrections", {"correction_id": "c007"}, {"new": "medium"},
     "is not what follows"),
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
    ("corrections_hold", "incidents", {"incident_id": "1986-01-03-midwest-front-sergeant"},
     {"confidence": "low"}, "which holds the old value"),
    ("corrections_hold", "corrections", {"correction_id": "c072"}, {"record_id": "1986-nobody"},
     "no such row"),
    ("corrections_hold", "corrections", {"correction_id": "c025"},
     {"old": "37956"}, "no value of its column"),
    ("exclusions_hold", "exclusions", {"exclusion_id": "x001"}, {"table": "incident"},
     "unknown table"),
    ("exclusions_hold", "exclusions", {"exclusion_id": "x001"}, {"kept_id": "nobody"},
     "no such row"),
    ("exclusions_hold", "exclusions", {"exclusion_id": "x040"},
     {"item": "2018-12-01-goseong-soldier, once more"}, "is in incidents still"),
    ("exclusions_hold", "exclusions", {"exclusion_id": "x040"},
     {"url": "https://www.joongang.co.kr/article/1293090"}, "address of a source"),
    ("ways_arrive", "waypoints", {"route_id": "cn_sea", "stop": 4}, DROP, "is the last stop"),
    ("parts_within_the_year", "arrivals_quarterly", {"year": 2011, "part": "q1"},
     {"people": 5660}, "more than the year 2011"),
    ("halves_are_halves", "arrivals_quarterly", {"year": 2002, "part": "h1"}, {"people": 56},
     "hardly a half"),
    ("quarters_have_their_women", "arrivals_quarterly", {"year": 2024, "part": "q2"},
     {"men": 60, "women": 2}, "share of men"),
    ("revisions_near_the_current", "arrivals_revisions", RATE, {"people": 18940}, "far from"),
    ("revisions_near_the_current", "arrivals_revisions", {"revision_id": "arrivals-2006-2018"},
     {"men": 1509, "women": 509}, "exchanged"),
    ("groups_have_their_share", "profile_cumulative",
     {"as_of": "2024-09", "category": "south_chungcheong"}, {"men": 1463, "women": 370},
     "may be exchanged"),
    ("groups_have_their_share", "profile_cumulative", {"as_of": "2024-09", "category": "seoul"},
     {"share_percent": 0.203}, "not the share"),
    ("totals_within_each_other", "official_totals", TOTAL, {"value_best": 500},
     "more than 65 in jcs-2015"),
    ("estimates_agree", "route_estimates", THAI, {"standing": "stands"}, "stands beside"),
    ("estimates_agree", "route_estimates", {"estimate_id": "thailand-entries-recorded-2004"},
     {"value_best": 46000}, "more than 9622"),
    ("estimates_agree", "route_estimates", {"estimate_id": "mongolia-entries-recorded-2000"},
     {"value_best": 1000}, "the years beside it"),
    ("shares_within_the_whole", "route_shares", {"share_id": "via-country-thailand-2016"},
     {"value_best": 0.72}, "fraction"),
    ("shares_within_the_whole", "route_shares", {"share_id": "home-province-ryanggang-2009"},
     {"value_low": 63}, "adds up to 133"),
    ("prices_are_prices", "route_costs", {"cost_id": "whole-journey-2024-tv-chosun-kbs"},
     {"currency": "usd"}, "hardly a price"),
    ("prices_are_prices", "route_costs", {"cost_id": "river-crossing-2010-12-radio-free-asia"},
     {"usd_best": 350}, "a dollar"),
    ("prices_are_prices", "route_costs", {"cost_id": "whole-journey-2004-kinu-3"},
     {"currency": "usd"}, "currency of the others"),
    ("prices_as_the_routes_print", "route_costs", {"cost_id": "river-crossing-2006-daily-nk"},
     {"amount_best": 5000}, "another price"),
    ("ways_pass_their_places", "routes", {"route_id": "border_hyesan"}, {"from_place": "Bangkok"},
     "no stop is"),
    ("ways_pass_their_places", "routes", {"route_id": "cn_laos_thailand"},
     {"name": "Jilin to Mongolia through Inner Mongolia"}, "no stop is"),
    ("ways_pass_their_places", "waypoints", {"route_id": "dmz_west", "stop": 3}, DROP,
     "names Paju"),
    ("moments_are_where_they_say", "jsa_timeline_2017", {"seq": 24}, {"landmark_id": "panmungak"},
     "not a place of"),
    ("estimates_are_near", "jsa_landmarks", {"landmark_id": "panmungak"}, {"lat": 38.0563},
     "every published"),
    ("clocks_agree", "jsa_facts_2017", {"fact_id": "flight_duration"}, {"value_low": 32},
     "between two facts"),
    ("clocks_agree", "jsa_timeline_2017", {"seq": 23}, {"time_local": "16:24"}, "no moment"),
    ("the_register_agrees", "incidents", JSA, {"shots_count": 14}, "rounds"),
    ("the_register_agrees", "jsa_timeline_2017", {"seq": 55}, {"date": "2023-07-19"},
     "a crossing of the JSA"),
    ("the_register_agrees", "jsa_facts_2017", {"fact_id": "jsa_shooting_before"},
     {"value": "1984-11-13"}, "last shooting"),
    ("units_are_likely", "jsa_geometry", {"fact_id": "unc_tower_height"}, {"unit": "km"},
     "too long"),
    ("units_are_likely", "jsa_facts_2017", {"fact_id": "first_operation_duration", "variant": 1},
     {"unit": "min"}, "other values of the fact"),
    ("units_are_likely", "jsa_facts_2017", {"fact_id": "second_operation_duration"},
     {"unit": "min"}, "other values"),
    ("units_are_likely", "jsa_geometry", {"fact_id": "jsa_shape_circle_diameter"},
     {"value_low": 400}, "twice the radius"),
    ("landmarks_as_printed", "jsa_landmarks", {"landmark_id": "axe_site"}, {"lon": 126.68259},
     "coordinate_note"),
    ("published_after_the_event", "incidents", {"incident_id": "2018-12-01-goseong-soldier"},
     {"date": "2023-12-01"}, "published by"),
    ("terms_are_there", "vocabularies", {"vocabulary": "Route", "value": "jsa"}, DROP,
     "the code names it"),
]  # fmt: skip

#: The rules of which all that they find may be right.
DOUBTING = """
clocks_agree corrections_hold estimates_agree estimates_are_near groups_have_their_share
halves_are_halves landmarks_as_printed moments_are_where_they_say prices_are_prices
prices_as_the_routes_print published_after_the_event quarters_have_their_women
register_within_the_totals revisions_near_the_current shares_within_the_whole the_register_agrees
totals_within_each_other units_are_likely ways_arrive ways_pass_their_places
"""
#: What may be right, of rules that also find what cannot be.
DOUBTS = {"no such row", "is in incidents still", "address of a source"}


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
    as_text = texts[table].frame.copy()
    for column, value in cells.items():
        frame.loc[kept, column] = value
        as_text.loc[kept, column] = None if value is None else str(value)
    return {**frames, table: frame}, {**texts, table: replace(texts[table], frame=as_text)}


@pytest.mark.parametrize(("name", "table", "match", "cells", "told"), CROSS)
def test_rules_across_tables(whole, name, table, match, cells, told):
    rule = RULES[name]
    assert rule(*whole) == []
    faults = rule(*spoilt(whole, table, match, cells))
    doubts = {fault.warning for fault in faults if told in fault.problem}
    assert doubts == {rule.warning or told in DOUBTS}
    assert all(fault.file and fault.expected for fault in faults)


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_stands_twice_is_told(tmp_path, name):
    table = TABLES[name]
    path = tmp_path / table.path
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (data_dir() / table.path).read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*rows, rows[-1]]))
    assert any(fault.line == len(rows) + 1 for fault in examine(tmp_path, table, None, False)[2])


@pytest.mark.parametrize(
    ("route", "towns"),
    [
        ("jsa", [(37.97, 126.55), (37.96, 126.79), (37.88, 126.68), (38.0, 126.68)]),
        ("dmz_land", [(37.57, 126.98), (39.15, 127.44), (37.95, 125.7), (38.2, 128.9)]),
        ("han_estuary", [(37.74, 127.05), (37.46, 126.63), (38.04, 126.5), (37.8, 125.7)]),
        ("yellow_sea", [(33.4, 126.5), (40.1, 124.4), (38.9, 121.6), (37.75, 128.9)]),
        ("east_sea", [(37.57, 126.98), (34.4, 129.3), (43.1, 131.9), (41.0, 140.7)]),
    ],
)
def test_towns_off_a_route_are_not_on_it(route, towns):
    frame = pd.DataFrame(towns, columns=["lat", "lon"]).assign(route=route)
    assert not incidents._in_box(frame.assign(event_type="direct_defection")).any()


def test_one_span_of_many_that_ends_otherwise_is_doubted():
    alike = {"direction": "n", "kind": "thin", "first_year": 1953}
    for ends, found in [([5, 5, 5, 6], [3]), ([5, 6, 7, 5], []), ([5, 5, 6], [])]:
        spans = pd.DataFrame({"last_year": ends, "route": range(len(ends))}).assign(**alike)
        assert spans.index[~routes._last_alike(spans)].tolist() == found


def test_units_of_one_kind_are_of_one_size():
    lengths = {"ft": 1 / 0.3048, "yd": 1 / 0.9144, "cm": 100, "m": 1, "km": 1e-3}
    times = {"s": 1, "min": 1 / 60, "h": 1 / 3600, "days": 1 / 86400}
    for one in (lengths, times):
        rows = [pd.Series({"value_low": value, "unit": unit}) for unit, value in one.items()]
        assert [jsa_doubts._in_common(row)[1] for row in rows] == pytest.approx([1] * len(rows))


def test_who_dies_of_a_crossing_has_crossed_all_the_same(data):
    path = data / TABLES["incidents"].path
    rows = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("incident_id")
    crossing = "2007-09-06-jsa-kpa-soldier"
    rows.loc[crossing, ["killed", "killed_crossers", "killed_cause"]] = ["1", "1", "exposure"]
    rows.to_csv(path, lineterminator="\n")
    assert check_all(data) == []
    cards = jsa_cards.table(Frames(data)).set_index("incident_id")
    assert cards["outcome"].eq("Killed").sum() == 1 and cards.loc[crossing, "outcome"] == "Killed"


def test_every_rule_across_tables_is_spoilt_and_silent_without_its_tables():
    assert {name for name, *_ in CROSS} == set(RULES)
    assert {name for name, rule in RULES.items() if rule.warning} == {*DOUBTING.split()}
    assert [rule({}, {}) for rule in CROSS_RULES if rule({}, {})] == []


def test_an_open_matter_allows_any_published_value(whole):
    other = spoilt(whole, "incidents", GROUP, {"people": 10})
    assert RULES["register_takes_the_chosen_value"](*other) == []

"""The register of incidents holds together: sums that others published, merges, names, rules."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import load
from helpers.data import check
from helpers.data.tables import TABLES
from helpers.paths import data_dir

HERE = Path(__file__).parent
TABLE = TABLES["incidents"]
TEXT_COLUMNS = ["event_note", "crossing_place", "admin_area", "detected_by", "summary", "conflict"]
MERGED = {
    "2011-03-yellow-sea-nine": "2011-03-24-gunsan-boat",
    "2019-11-07-jsa-forced-handover": "2019-11-02-east-sea-two-deported",
}


@pytest.fixture(scope="module")
def register():
    return load.incidents()


@pytest.fixture(scope="module")
def southward(register):
    """Direct defections from North to South."""
    direct = register[register["event_type"] == "direct_defection"]
    return direct[direct["direction"] == "north_to_south"]


def raw_rows():
    with (data_dir() / TABLE.path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_of_text():
    return [(row["incident_id"], row[name]) for row in raw_rows() for name in TEXT_COLUMNS]


def between(frame, first, last):
    return frame[frame["date"].between(first, last)]


# Sums


def test_jsa_has_eight_southward_defections_with_nine_people(southward):
    jsa = southward[southward["route"] == "jsa"]
    assert (len(jsa), jsa["people"].sum()) == (8, 9)
    assert list(jsa["year"]) == [1959, 1967, 1981, 1984, 1989, 1998, 2007, 2017]


def test_five_of_them_fall_before_1998_as_a_newspaper_counted_then(southward):
    jsa = southward[southward["route"] == "jsa"]
    assert (jsa["year"] < 1998).sum() == 5


def test_seven_aircraft_came_south_from_1950_to_1996(southward):
    air = southward[southward["route"] == "air"]
    assert list(air["year"]) == [1950, 1953, 1955, 1960, 1970, 1983, 1996]


def test_ten_soldiers_over_the_land_line_from_february_2002_to_june_2017(southward):
    """The published list is of 14 June 2017, of enlisted ranks, and leaves the JSA out."""
    land = southward[southward["route"] == "dmz_land"]
    listed = between(land[land["affiliation"] == "soldier"], "2002-02-01", "2017-06-14")
    assert listed["people"].sum() == len(listed) == 10


def test_six_soldiers_in_the_three_years_to_mid_2019(southward):
    line = southward[southward["route"].isin(["dmz_land", "jsa"])]
    soldiers = between(line[line["affiliation"] == "soldier"], "2016-07-01", "2019-06-30")
    assert len(soldiers) == 6


def test_january_2010_to_july_2015_has_the_six_announced_by_land(southward):
    land = between(southward[southward["route"] == "dmz_land"], "2010-01-01", "2015-07-31")
    by_road = land["incident_id"].isin(
        ["2010-03-02-goseong-nco", "2012-10-06-gyeongui-soldier-two-killed"]
    )
    assert (land["people"].sum(), by_road.sum()) == (6, 2)


@pytest.mark.parametrize(
    ("year", "cases", "people"), [(2016, 3, 5), (2017, 9, 15), (2023, 2, 13), (2024, 3, 3)]
)
def test_years_of_which_the_military_or_the_ministry_gave_cases_and_people(
    southward, year, cases, people
):
    rows = southward[southward["year"] == year]
    assert (len(rows), rows["people"].sum()) == (cases, people)


def test_2017_has_four_soldiers(southward):
    rows = southward[(southward["year"] == 2017) & (southward["affiliation"] == "soldier")]
    assert len(rows) == 4


# One event once


@pytest.mark.parametrize(("dropped", "kept"), MERGED.items())
def test_merged_rows_are_gone_and_their_sources_live_on(register, dropped, kept):
    assert dropped not in set(register["incident_id"])
    row = register.set_index("incident_id").loc[kept]
    assert row["source_ids"].count(";") >= 2
    assert row["event_note"]


def test_the_soldier_of_the_imjin_stands_once_and_by_land(register):
    row = register[register["date"].eq("2019-07-31")]
    assert list(row["route"]) == ["dmz_land"]


def test_ids_are_unique_and_rows_are_in_order(register):
    assert register["incident_id"].is_unique
    keys = [(row["date"], row["incident_id"]) for row in raw_rows()]
    assert keys == sorted(keys)


def test_ids_begin_with_the_date_or_its_year(register):
    starts = register["incident_id"].str[:4].astype(int)
    assert (starts == register["year"]).all()


def test_no_two_southward_rows_share_day_route_and_people(southward):
    same = southward.duplicated(["date", "route", "people", "means"], keep=False)
    assert list(southward.loc[same, "incident_id"]) == []


# What is counted


def test_arrivals_by_way_of_another_country_are_never_direct(register):
    by_way = register["summary"].str.startswith("VIA ")
    by_way |= register["event_note"].fillna("").str.startswith("Not a direct crossing")
    assert by_way.sum() == 6
    assert set(register.loc[by_way, "event_type"]) == {"indirect_arrival"}


def test_those_by_sea_are_33_people_and_nine_of_them_stood_twice(register):
    by_way = register["event_note"].fillna("").str.startswith("Not a direct crossing")
    people = register.loc[by_way].set_index("incident_id")["people"]
    assert people.sum() - people["2011-03-24-gunsan-boat"] == 33


@pytest.mark.parametrize(
    ("incident_id", "event_type"),
    [
        ("1999-05-26-east-sea-failed-boat", "attempt"),
        ("2013-09-16-imjin-shot", "attempt"),
        ("2017-11-13-yeoncheon-us-civilian-attempt", "attempt"),
        ("2018-08-12-unification-bridge-car-attempt", "attempt"),
        ("2021-06-16-yellow-sea-baengnyeong-attempt", "attempt"),
        ("2024-10-01-unification-bridge-bus-attempt", "attempt"),
        ("1958-02-16-air-kna-hijack", "hijacking"),
        ("1969-12-11-air-ys11-hijack", "hijacking"),
        ("1971-01-23-air-f27-hijack-attempt", "hijacking"),
        ("2005-04-13-east-sea-hwangman-ho", "stray"),
        ("2006-12-26-east-sea-ujin-ho", "stray"),
        ("2020-09-22-yellow-sea-official-shot", "claim_withdrawn"),
        ("2019-11-02-east-sea-two-deported", "handover"),
        ("2013-11-22-yellow-sea-three-yeonpyeong", "unclear"),
        ("2023-07-18-jsa-us-private", "direct_defection"),
    ],
)
def test_events_that_are_easily_miscounted(register, incident_id, event_type):
    assert register.set_index("incident_id").loc[incident_id, "event_type"] == event_type


def test_harm_is_split_by_who_and_of_what(register):
    killed = register.set_index("incident_id")[["killed", "killed_crossers", "killed_cause"]]
    assert list(killed.loc["2012-10-06-gyeongui-soldier-two-killed"]) == [2, 0, "gunfire"]
    assert list(killed.loc["1984-11-23-jsa-soviet-visitor"]) == [4, 0, "gunfire"]
    assert list(killed.loc["2001-07-07-gobi-boy"]) == [1, 1, "exposure"]
    assert list(killed.loc["2018-01-mekong-drowning"]) == [2, 2, "drowning"]
    assert list(killed.loc["2017-07-family-of-five"]) == [5, 5, "poison"]


def test_nobody_died_in_a_southward_crossing_that_was_done(southward):
    assert southward["killed_crossers"].fillna(0).eq(0).all()


def test_a_row_is_high_only_with_two_sources_and_no_inferred_date(register):
    high = register[register["confidence"] == "high"]
    assert high["source_ids"].str.contains(";").all()
    inferred = register["conflict"].str.contains("numbering", na=False)
    assert inferred.sum() >= 8
    assert not (register["confidence"].eq("high") & inferred).any()


# Places


def test_points_in_china_and_laos_are_no_finer_than_two_decimals():
    for row in raw_rows():
        if row["route"] in ("china_border", "russia", "third_country_posting") and row["lat"]:
            assert len(row["lat"].partition(".")[2]) <= 2, row["incident_id"]
            assert row["location_basis"] in ("place_centroid", "county_centroid")


def test_county_centroids_are_shared_points_and_not_crossing_points(register):
    """Every county point of the land line stands for a county, so it stands in many rows."""
    land = register[(register["route"] == "dmz_land") & register["lat"].notna()]
    counties = land[land["location_basis"] == "county_centroid"]
    assert counties.groupby(["lat", "lon"]).ngroups <= 6 < len(counties)


def test_no_estimate_sits_on_a_county_centroid(register):
    points = register.assign(point=list(zip(register["lat"], register["lon"], strict=True)))
    located = points[points["lat"].notna()]
    counties = set(located.loc[located["location_basis"] == "county_centroid", "point"])
    estimates = located[located["location_basis"] == "sector_estimate"]
    assert list(estimates.loc[estimates["point"].isin(counties), "incident_id"]) == []


# Names


def public_names():
    lines = (HERE / "public_names.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def stray_words(text, known):
    """Return capitalised words inside sentences that are neither public names nor in ``known``."""
    for name in sorted(public_names(), key=len, reverse=True):
        text = re.sub(rf"\b{name}\b", "someone", text)
    found = []
    for sentence in re.split(r"(?<=[.;:?!])\s+|\n", text):
        words = re.findall(r"[A-Za-z\u00c0-\u024f][\w\u2019'-]*", sentence)
        words = [word.strip("'").removesuffix("'s") for word in words]
        found += [word for word in words[1:] if word[0].isupper() and word not in known]
    return found


def test_no_private_person_is_named():
    """A new capitalised word is a name until someone puts it into one of the two lists."""
    known = set((HERE / "proper_words.txt").read_text(encoding="utf-8").split())
    strays = {(key, word) for key, text in rows_of_text() for word in stray_words(text, known)}
    assert strays == set()


def test_the_detector_sees_names():
    known = {"Seoul", "Kim"}
    assert stray_words("US private Sam Example ran north.", known) == ["Sam", "Example"]
    assert stray_words("Sam Example ran. Hwang Jang-yop reached Seoul.", known) == ["Example"]


def test_every_public_name_is_used_and_has_a_reason():
    text = "\n".join(cell for _, cell in rows_of_text())
    for name, reason in public_names().items():
        assert re.search(rf"\b{name}\b", text), name
        assert len(reason) > 10


# Rules


def broken(tmp_path, incident_id, **cells):
    """Return the faults of a copy of the register with some cells of one row changed."""
    rows = raw_rows()
    next(row for row in rows if row["incident_id"] == incident_id).update(cells)
    path = tmp_path / TABLE.path
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLE.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return check.check_table(tmp_path, TABLE)[2]


JSA = "2017-11-13-jsa-soldier"
CLASH = "1976-08-18-jsa-axe-murders"


@pytest.mark.parametrize(
    ("incident_id", "cells", "column"),
    [
        (JSA, {"date": "2017-11-31"}, "date"),
        (JSA, {"date": "1949-11-13"}, "date"),
        (JSA, {"date": "2917-11-13"}, "date"),
        (JSA, {"date_precision": "month"}, "date_precision"),
        (JSA, {"lat": ""}, "lat"),
        (JSA, {"lat": "38.95585"}, "lat"),
        (JSA, {"lat": "", "lon": ""}, "lat"),
        (JSA, {"route": "china_border"}, "event_type"),
        (JSA, {"people": ""}, "people"),
        (JSA, {"outcome": "captured"}, "outcome"),
        (JSA, {"wounded": "0", "wounded_crossers": "0", "wounded_cause": ""}, "outcome"),
        (JSA, {"wounded": "2", "wounded_crossers": "2"}, "wounded_crossers"),
        (JSA, {"wounded_crossers": ""}, "wounded_crossers"),
        (JSA, {"wounded_cause": ""}, "wounded_cause"),
        (JSA, {"killed": "1", "killed_crossers": "1", "killed_cause": "unknown"}, "outcome"),
        (JSA, {"killed": "1", "killed_crossers": "2"}, "killed_crossers"),
        (JSA, {"killed_cause": "gunfire"}, "killed_cause"),
        (JSA, {"shots_fired": "no", "shots_at": "not_applicable"}, "shots_count"),
        (JSA, {"shots_at": "not_applicable"}, "shots_at"),
        (JSA, {"shots_fired": "unknown", "shots_count": ""}, "shots_at"),
        (JSA, {"direction": "none"}, "direction"),
        (JSA, {"direction": "out_of_north"}, "direction"),
        (JSA, {"nationality": "not_applicable"}, "nationality"),
        (JSA, {"event_type": "attempt", "outcome": "captured"}, "event_note"),
        (CLASH, {"outcome": "killed"}, "outcome"),
        (CLASH, {"nationality": "american"}, "nationality"),
    ],
)
def test_each_rule_finds_what_it_is_for(tmp_path, incident_id, cells, column):
    faults = broken(tmp_path, incident_id, **cells)
    assert column in {fault.column for fault in faults}


def test_the_register_itself_has_no_fault():
    _, frame, faults = check.check_table(data_dir(), TABLE)
    assert faults == []
    assert isinstance(frame, pd.DataFrame)

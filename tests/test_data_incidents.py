"""The register of incidents: sums that others published, merges, places, names."""

import csv
import re
from pathlib import Path

import pytest

from helpers import load
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


# What others counted: routes, who, first and last day, cases and people.

LINE = ["dmz_land", "jsa"]
ALL = ["jsa", "dmz_land", "han_estuary", "yellow_sea", "east_sea", "air"]


@pytest.mark.parametrize(
    ("routes", "who", "first", "last", "cases", "people"),
    [
        # A newspaper of 4 February 1998: six civilians and foreigners, and no soldier before.
        (["jsa"], None, "1953-07-27", "1998-02-02", 5, 6),
        (["jsa"], None, "1953-07-27", "2017-12-31", 8, 9),
        (["air"], None, "1950-01-01", "1996-12-31", 7, 8),
        # A list of 14 June 2017, of enlisted ranks, without the JSA.
        (["dmz_land"], "soldier", "2002-02-01", "2017-06-14", 10, 10),
        (["dmz_land"], None, "2019-07-31", "2019-07-31", 1, 1),
        (LINE, "soldier", "2016-07-01", "2019-06-30", 6, 6),
        (LINE, "soldier", "2017-01-01", "2017-12-31", 4, 4),
        (["dmz_land"], None, "2010-01-01", "2015-07-31", 6, 6),
        (ALL, None, "2016-01-01", "2016-12-31", 3, 5),
        (ALL, None, "2017-01-01", "2017-12-31", 9, 15),
        (ALL, None, "2023-01-01", "2023-12-31", 2, 13),
        (ALL, None, "2024-01-01", "2024-12-31", 3, 3),
    ],
)
def test_counts_that_others_published(southward, routes, who, first, last, cases, people):
    rows = southward[southward["route"].isin(routes) & southward["date"].between(first, last)]
    rows = rows[rows["affiliation"] == who] if who else rows
    assert (len(rows), rows["people"].sum()) == (cases, people)


# One event once


@pytest.mark.parametrize(("dropped", "kept"), MERGED.items())
def test_merged_rows_are_gone_and_their_sources_live_on(register, dropped, kept):
    assert dropped not in set(register["incident_id"])
    row = register.set_index("incident_id").loc[kept]
    assert row["source_ids"].count(";") >= 2
    assert row["event_note"]


def test_ids_are_unique_and_rows_are_in_order(register):
    assert register["incident_id"].is_unique
    keys = [(row["date"], row["incident_id"]) for row in raw_rows()]
    assert keys == sorted(keys)


def test_no_two_southward_rows_share_day_route_and_people(southward):
    same = southward.duplicated(["date", "route", "people", "means"], keep=False)
    assert list(southward.loc[same, "incident_id"]) == []


# What is counted


def test_arrivals_by_way_of_another_country_are_never_direct(register):
    by_way = register["summary"].str.startswith("VIA ")
    by_way |= register["event_note"].fillna("").str.startswith("Not a direct crossing")
    assert set(register.loc[by_way, "event_type"]) == {"indirect_arrival"}


MISCOUNTED = {
    "attempt": [
        "1999-05-26-east-sea-failed-boat", "2013-09-16-imjin-shot",
        "2017-11-13-yeoncheon-us-civilian-attempt", "2018-08-12-unification-bridge-car-attempt",
        "2021-06-16-yellow-sea-baengnyeong-attempt", "2024-10-01-unification-bridge-bus-attempt",
    ],
    "hijacking": [
        "1958-02-16-air-kna-hijack", "1969-12-11-air-ys11-hijack",
        "1971-01-23-air-f27-hijack-attempt",
    ],
    "stray": [
        "2000-08-29-east-sea-sokcho-boat", "2005-04-13-east-sea-hwangman-ho",
        "2006-12-26-east-sea-ujin-ho",
    ],
    "claim_withdrawn": ["2020-09-22-yellow-sea-official-shot"],
    "handover": ["2019-11-02-east-sea-two-deported"],
    "unclear": ["1977-10-dmz-security-captain", "2013-11-22-yellow-sea-three-yeonpyeong"],
    "direct_defection": ["1989-09-17-estuary-guide-ganghwa", "2023-07-18-jsa-us-private"],
}  # fmt: skip


@pytest.mark.parametrize("event_type", MISCOUNTED)
def test_events_that_are_easily_miscounted(register, event_type):
    rows = register.set_index("incident_id").loc[MISCOUNTED[event_type]]
    assert set(rows["event_type"]) == {event_type}


def test_harm_is_split_by_who_and_of_what(register):
    killed = register.set_index("incident_id")[["killed", "killed_crossers", "killed_cause"]]
    assert list(killed.loc["2012-10-06-gyeongui-soldier-two-killed"]) == [2, 0, "gunfire"]
    assert list(killed.loc["1984-11-23-jsa-soviet-visitor"]) == [4, 0, "gunfire"]
    assert list(killed.loc["2001-07-07-gobi-boy"]) == [1, 1, "exposure"]
    assert list(killed.loc["2018-01-mekong-drowning"]) == [2, 2, "drowning"]
    assert list(killed.loc["2017-07-family-of-five"]) == [5, 5, "poison"]


def test_a_row_is_high_only_with_two_sources_and_no_inferred_date(register):
    high = register[register["confidence"] == "high"]
    assert high["source_ids"].str.contains(";").all()
    inferred = register["conflict"].str.contains("numbering", na=False)
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
    assert counties.groupby(["lat", "lon"]).ngroups < len(counties)


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

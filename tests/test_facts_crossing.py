"""Sentences on the crossing: numbers by hand, lengths in bounds, no contradiction."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from helpers import layers, load
from helpers.derive import crossing as derive
from helpers.facts import crossing as facts
from helpers.figures.registry import ALT_LIMITS
from helpers.provenance import source_line


@pytest.fixture(scope="module")
def real():
    """Return the project's tables."""
    return {
        "timeline": load.jsa_timeline_2017(),
        "landmarks": load.jsa_landmarks(),
        "printed": load.jsa_facts_2017(),
        "geometry": load.jsa_geometry(),
        "sources": load.sources(),
    }


@pytest.fixture
def printed():
    """Seen 10:00, stuck 10:05 or 10:06, over at 10:06, found 10:30, cover 10:40, in by 12:00."""
    rows = [
        ("first_seen_on_camera", "10:00", None, "yes"),
        ("jeep_stuck_time", "10:05", None, "yes"),
        ("jeep_stuck_time", "10:06", None, "no"),
        ("mdl_crossing_time", "10:06", None, "yes"),
        ("found_time", "10:30", None, "yes"),
        ("rescue_time", "10:40", None, "yes"),
        ("hospital_arrival", "12:00", None, "yes"),
        ("shots_fired_kpa", "about 20", 20, "yes"),
        ("gunshot_wounds", "2", 2, "yes"),
        ("gunshot_wounds", "3", 3, "no"),
    ]
    frame = pd.DataFrame(rows, columns=["fact_id", "value", "value_low", "preferred"])
    return frame.assign(value_high=frame["value_low"], source_ids="a", label=frame["fact_id"])


def test_clock_and_span_and_percent():
    assert facts.clock(911) == "15:11"
    assert facts.span(40.2, 49.6) == "40 to 50"
    assert facts.span(9.9, 10.1) == "10"
    assert facts.percent(0.125) == "12.5%"
    assert facts.percent(0.426, 0) == "43%"


def test_answer_is_two_sentences_of_the_frame(printed):
    words = facts.answer(printed)
    assert len(re.findall(r"[.](?: |$)", words)) == 2
    assert "over the line 6 minutes (5 to 7: no clock gives seconds)" in words
    assert "about 20 rounds of which 2 hit him (2 to 3 in print)" in words
    assert "found 24 minutes after he crossed, dragged to cover after 34" in words
    assert "12:00, 120 minutes after first sight" in words


def test_titles_by_hand(printed):
    assert facts.minutes_title(printed) == (
        "6 minutes to the line, then 24 until he was found and 34 until he was in cover"
    )
    assert facts.hits_title(printed) == (
        "About 1 round in 10 hit him: 2 of about 20, with 2 to 3 hits in print"
    )


def test_minutes_subtitle_by_hand():
    words = facts.minutes_subtitle(pd.DataFrame({"minute": [911, 915, 955]}), 917)
    assert "all 44 minutes, and 15:11 to 15:17 enlarged" in words


def test_hits_sentences_by_hand(printed):
    words = facts.hits_fact(printed)
    assert words.startswith("2 hits of 20 rounds are 10.0% (95% interval 1.2% to 31.7%)")
    assert "from 10.0% to 15.0%" in words
    rounding = facts.hits_rounding(printed)
    assert "from 15 to 24" in rounding
    assert "8.3% (2 of 24) to 20.0% (3 of 15)" in rounding


def test_stuck_objection_by_hand(printed):
    words = facts.stuck_objection(printed)
    assert words.startswith("With 10:05 the jeep was driven for 5 minutes and stood for 1;")
    assert "with 10:06 it is 6 and 0." in words


def test_duration_sentence_by_hand(printed):
    words = facts.duration_sentence(printed)
    assert "found after 24 minutes (23 to 25 by rounding, 24 if any" in words
    assert "in cover after 34 minutes (33 to 35 by rounding" in words


def test_agreement_by_hand():
    clocks = pd.DataFrame(
        {
            "label": ["Found"] * 3,
            "fact_id": ["found_time"] * 3,
            "value": ["15:30", "15:31", "15:41"],
            "minutes_off": [-1, 0, 10],
            "voices": [2, 3, 1],
            "preferred": [False, True, False],
        }
    )
    assert facts.agreement_title(clocks) == (
        "5 of 6 statements of disputed times lie within a minute of our reading; "
        "the furthest is 10 minutes off"
    )
    assert "Of 6 statements by independent voices 3 give" in facts.agreement_fact(clocks)
    assert '15:41 for "found", differs by 10 minutes.' in facts.agreement_fact(clocks)


def test_outlines_fact_by_hand():
    outlines = gpd.GeoDataFrame(
        {"hectares": [32.0, 50.3], "bridges_inside": [0, 2]},
        geometry=[shapely.Point(0, 0).buffer(1)] * 2,
    )
    geometry = pd.DataFrame({"fact_id": ["jsa_area"], "value_low": [158]})
    words = facts.outlines_fact(outlines, geometry)
    assert words.startswith("The 2 published outlines enclose 32 to 50 hectares and 0 to 2 of")
    assert "158 acres, is 64 hectares" in words


def test_alt_texts_fit(real):
    day = derive.moments(real["timeline"], real["sources"])
    clocks = derive.clock_spread(real["printed"], real["sources"])
    numbers = derive.number_spread(
        real["printed"], real["sources"], {"Wounds": ["gunshot_wounds"], "Age": ["age"]}
    )
    texts = [
        facts.minutes_alt(day, real["printed"]),
        facts.plan_alt(derive.places(real["landmarks"]), real["geometry"]),
        facts.hits_alt(real["printed"]),
        facts.agreement_alt(clocks, numbers),
    ]
    assert all(ALT_LIMITS[0] <= len(text) <= ALT_LIMITS[1] for text in texts)


def test_the_real_answer_keeps_to_what_is_solid(real):
    words = facts.answer(real["printed"])
    for part in ("4 minutes", "about 40 rounds", "5 hit him (4 to 7", "16 minutes", "after 41"):
        assert part in words
    assert facts.plan_title(real["geometry"]) == (
        "The jeep got stuck about 10 m short of the line; he fell 40 to 50 m beyond it"
    )


def test_the_real_data_sentence_counts(real):
    words = facts.data(*(real[name] for name in ("timeline", "landmarks", "printed", "sources")))
    assert words.startswith(f"The timeline has {len(real['timeline'])} moments")
    assert "between 15:11 and 16:45" in words


def test_the_real_minutes_add_up(real):
    day = derive.moments(real["timeline"], real["sources"])
    assert "16 unseen and 24 located" in facts.minutes_fact(day, real["printed"])


def test_the_plan_says_that_the_two_lines_differ(real):
    mdl = layers.lines()
    words = facts.plan_fact(
        derive.places(real["landmarks"]), real["geometry"], mdl[mdl["part"] == "mdl"]
    )
    assert "the line measures 558 m" in words
    assert "his run as drawn would not cross it at all" in words
    assert "50 to 96 m long" in words


def test_source_line():
    words = source_line("Press", "Video.", osm=True)
    assert re.match(r"Data: The JSA crossing in context, version [\d.]+\. Press\. Video\. ", words)
    assert words.endswith("© OpenStreetMap contributors (ODbL).")
    assert "OpenStreetMap" not in source_line("Press")
    assert source_line(natural_earth=True).endswith("Made with Natural Earth.")

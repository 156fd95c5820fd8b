"""The figures of the crossing: marks, scales, projection, and words that follow their frames."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex

from helpers.analysis import crossing
from helpers.data import vocab
from helpers.figures import crossing_minute_by_minute as clock_figure
from helpers.figures import idioms, style
from helpers.sentences import crossing as sentences
from tests import pages
from tests.pages import axes, drawn, held, make
from tests.test_analysis_crossing import geometry, places, printed  # noqa: F401


@pytest.fixture
def day():
    rows = [
        (101, "The jeep comes.", "defector", "drive", 911, 911.5, 1.0, False),
        (102, "He runs.", "defector", "run", 915, 915.25, 0.5, False),
        (103, "He lies still.", "kpa", "unseen", 915, 915.75, 0.5, True),
        (104, "A camera finds him.", "unc_rok", "located", 931, 931.5, 1.0, False),
        (105, "He is reached.", "medical", "hospital", 955, 955.5, 1.0, False),
    ]
    names = ["seq", "event", "actor", "phase", "minute", "position", "slot", "approximate"]
    rows = pd.DataFrame(rows, columns=names).assign(label=pd.NA)
    kind = pd.CategoricalDtype(["drive", "run", "unseen", "located", "hospital"], ordered=True)
    return rows.astype({"phase": kind})


@pytest.fixture
def phases():
    return pd.DataFrame(
        {
            "phase": ["drive", "run", "unseen", "located"],
            "start": [911, 915, 915, 931],
            "end": [915, 915, 931, 955],
            "minutes": [4, 0, 16, 24],
        }
    )


@pytest.fixture
def spans():
    return pd.DataFrame({"minutes": [4, 16, 40, 44]}, index=list(crossing.SPANS))


@pytest.mark.parametrize("size", pages.SIZES)
def test_clock_has_the_same_marks_in_every_size(day, phases, spans, size):
    page = drawn("crossing-minute-by-minute", size, day, phases, spans)
    whole, zoom = axes(page, "whole"), axes(page, "zoom")
    assert len(held(page, "moment")) == len(held(page, "label")) == len(day)
    assert len(held(zoom, "moment")) == 3 and len(held(page, "empty")) == 5
    assert zoom.get_ylim() == (918, 911) and whole.get_ylim()[0] > whole.get_ylim()[1]
    assert [text.get_text() for text in held(zoom, "minute")] == [f"15:{m}" for m in range(11, 18)]
    labels = [text.get_text() for text in held(whole, "label")]
    assert labels == ["15:31  A camera finds him.", "15:55  He is reached."]
    fills = [to_hex(mark.get_markerfacecolor()) for mark in held(page, "moment")]
    assert fills.count(style.PAPER.lower()) == 1


def test_a_label_is_that_of_its_moment_wherever_the_moment_stands(day, phases, spans):
    day["label"] = ["Comes", pd.NA, "Lies", "Found", "Reached"]
    day.loc[1, "event"] = "He runs over the line, west of the row of huts."
    day["seq"] = range(1, 6)
    page = make("crossing-minute-by-minute", day, phases, spans).page()
    labels = [text.get_text() for text in held(page, "label")]
    assert labels == ["15:31  Found", "15:55  Reached", "Comes",
                      "He runs over the line, west of the ...", "Lies"]  # fmt: skip


def test_phases_are_as_long_as_they_are(day, phases, spans):
    page = make("crossing-minute-by-minute", day, phases, spans).page()
    bands = {
        phase: held(axes(page, "whole"), f"band-{phase}")[0].get_height()
        for phase in ("drive", "unseen", "located")
    }
    assert bands == {"drive": 4, "unseen": 16, "located": 24}


def test_words_of_the_clock(day, phases, spans):
    made = make("crossing-minute-by-minute", day, phases, spans)
    assert made.title == "The soldier crossed within 4 minutes and was found 16 minutes later"
    assert made.fact == (
        "3 of the 5 moments fall in the first 4 of 44 minutes. Then 40 minutes pass before "
        "anybody reaches him, 91% of the whole: 16 until he is found and 24 more until somebody"
        " reaches him."
    )
    reached = phases.assign(phase=["drive", "run", "rescued", "flown"])
    assert make("crossing-minute-by-minute", day, reached, spans).fact == (
        "3 of the 5 moments fall in the first 4 of 44 minutes."
    )


def test_spread_keeps_order_and_distance():
    found = idioms.apart([1.0, 1.0, 1.5, 9.0], 1.0)
    assert np.diff(found).min() >= 1 - 1e-9
    assert found[3] == 9 and found[:3].mean() == pytest.approx(3.5 / 3)


def test_every_actor_and_phase_of_the_day_can_be_drawn():
    assert {actor.value for actor in vocab.Actor} == set(clock_figure._ACTOR_MARKS)
    drawn = set(vocab.CrossingPhase.values()) - {"hospital", "aftermath"}
    assert drawn == set(clock_figure._PHASE_FILLS)


@pytest.fixture
def shares():
    hits = pd.DataFrame({"hits": [4, 5, 7], "rounds": 40})
    return hits.assign(share=hits["hits"] / 40, preferred=hits["hits"].eq(5))


@pytest.mark.parametrize("size", pages.SIZES)
def test_a_dot_a_round_and_a_row_a_number(shares, size):
    page = drawn("rounds-and-hits", size, shares)
    dots = {kind: len(held(page, kind)[0].get_offsets()) for kind in ("hits", "doubtful", "misses")}
    assert dots == {"hits": 5, "doubtful": 2, "misses": 33}
    assert [text.get_text() for text in held(page, "label")] == ["17.5%", "12.5%", "10.0%"]


def test_words_of_the_rounds(shares):
    made = make("rounds-and-hits", shares)
    assert made.title == "5 of about 40 rounds hit the soldier, by the preferred count"
    assert made.fact.endswith("the share runs from 10.0% to 17.5%.")
    alone = make("rounds-and-hits", shares[shares["preferred"]])
    assert alone.subtitle.endswith("number of wounds, 5.")


@pytest.fixture
def clocks():
    rows = [
        ("stuck", "Jeep gets stuck", "15:13", 913, 1, True),
        ("stuck", "Jeep gets stuck", "15:14", 914, 2, False),
        ("found", "Found", "15:31", 931, 2, True),
        ("found", "Found", "15:43", 943, 2, False),
    ]
    names = ["fact_id", "label", "value", "minute", "sources", "preferred"]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize("size", pages.SIZES)
def test_times_stand_on_the_clock_with_their_sources(clocks, size):
    page = drawn("sources-agree", size, clocks)
    assert [mark.get_offsets()[0][0] for mark in held(page, "time")] == [913, 914, 931, 943]
    assert [text.get_text() for text in held(page, "value")] == [
        "15:13 (1)", "15:14 (2)", "15:31 (2)", "15:43 (2)",
    ]  # fmt: skip


def test_words_of_the_times(clocks):
    made = make("sources-agree", clocks)
    assert made.title == "Published times of one moment differ by up to 12 minutes"
    assert made.fact == (
        "The published times of 2 moments differ. Those for \u201cfound\u201d are furthest apart, "
        "from 15:31 to 15:43. 3 of 7 statements by independent sources give the time that we "
        "prefer."
    )
    alone = make("sources-agree", clocks.iloc[:1])
    assert alone.fact == "The published times of 1 moment agree."


@pytest.fixture
def plan(places, geometry):  # noqa: F811
    osm = shapely.LineString([(400, 200), (560, -200)])
    osm = gpd.GeoDataFrame(geometry=[osm], crs="EPSG:5186")
    return make("crossing-plan", places, geometry, osm)


@pytest.mark.parametrize("size", pages.SIZES)
def test_plans_are_true_to_scale_and_hold_what_they_should(plan, places, size):  # noqa: F811
    page = plan.page(size)
    close, wide = (axes(page, gid) for gid in ("close", "wide"))
    for ax in (close, wide):
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        width, height = style.size_mm(ax)
        assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=1e-3)
        bar = held(ax, "scale")[0].get_xdata()
        assert f"{np.ptp(bar):.0f} m" in [text.get_text() for text in held(ax, "scale-label")]
    for name in ("jeep_stuck", "fall_point", "rescue_point", "t1", "t3"):
        point = places.geometry[name]
        assert close.get_xlim()[0] < point.x < close.get_xlim()[1]
        assert close.get_ylim()[0] < point.y < close.get_ylim()[1]
    assert [text.get_text() for text in held(close, "measure-label")] == ["10 m", "40 to 50 m"]


def test_open_points_are_estimates_and_circles_have_the_radius_of_doubt(plan, places):  # noqa: F811
    close = axes(plan.page(), "close")
    filled = [
        to_hex(mark.get_markerfacecolor()) != style.PAPER.lower() for mark in held(close, "point")
    ]
    assert not any(filled)
    ring = held(close, "circle")[0]
    x, y = ring.get_data()
    jeep = places.geometry["jeep_stuck"]
    assert np.hypot(x - jeep.x, y - jeep.y) == pytest.approx(30)


def test_words_of_the_plan(plan):
    made = plan
    assert made.title == "The soldier fell 40 to 50 m beyond the line"
    assert made.fact.startswith(
        "By the published distances his run in a straight line was 50 to 85 m long."
    )


def test_sentences_by_hand(printed):  # noqa: F811
    late = [("rescue_time", "15:56"), ("hospital_arrival", "16:45")]
    rows = [{"fact_id": f, "value": v, "source_ids": "a", "preferred": "yes"} for f, v in late]
    facts = pd.concat([printed, pd.DataFrame(rows)], ignore_index=True)
    assert sentences.answer(facts).startswith(
        "On 13 November 2017 a North Korean soldier crossed the line 4 minutes after a camera "
        "first saw his jeep (from 3 to 5: no clock gives seconds). About 40 rounds were fired at "
        "him, and 5 hit (published values run from 4 to 6)."
    )
    assert sentences.durations(facts).startswith(
        "He was found 16 minutes after he crossed: 15 to 17 by the rounding of both clocks, 0 to "
        "16 if any"
    )
    assert sentences.stuck(facts) == (
        "If the jeep stopped at 15:13, it was driven for 2 minutes and stood for 2. If the jeep "
        "stopped at 15:15, it was driven for 4 minutes and stood for 0. The time from the first "
        "sight to the line stays the same: 4 minutes."
    )
    assert sentences.rounding(facts).endswith("from 9.1% (4 of 44) to 17.1% (6 of 35).")

"""What the charts of the crossing hold: titles, marks, labels, scales."""

from __future__ import annotations

import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from helpers import load, style, vocab
from helpers.catalogue import crossing as catalogue
from helpers.charts import crossing as charts
from helpers.derive import crossing as derive
from helpers.figures.registry import entries
from helpers.frames import Frames
from tests import pages

SIZES = list(style.SHEETS)
OWN = ["crossing-minute-by-minute", "rounds-and-hits", "sources-agree"]
WORDS = {"title": "A finding", "subtitle": "What is shown.", "source": "Data: a test."}


def _held(owner, gid):
    """Return the artists with this gid, in order of drawing."""
    return owner.findobj(lambda artist: artist.get_gid() == gid)


def _axes(fig, gid):
    return next(ax for ax in fig.axes if ax.get_gid() == gid)


def _smallest_text(fig):
    return min(text.get_fontsize() for text in fig.findobj(plt.Text) if text.get_text().strip())


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
    kind = pd.CategoricalDtype(["drive", "run", "unseen", "located", "hospital"], ordered=True)
    return pd.DataFrame(rows, columns=names).astype({"phase": kind})


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


def _clock(day, phases, size="full"):
    return charts.minute_by_minute(day, phases, 917, **WORDS, size=size)


@pytest.fixture
def clock_page(day, phases):
    return _clock(day, phases)


def test_clock_page_carries_its_words(clock_page):
    words = (clock_page.title, clock_page.subtitle, clock_page.source)
    assert words == tuple(WORDS.values())


def test_clock_page_shows_each_moment_once(clock_page, day):
    assert len(_held(clock_page, "moment")) == len(day)
    assert len(_held(_axes(clock_page, "zoom"), "moment")) == 3
    labels = [text.get_text() for text in _held(_axes(clock_page, "whole"), "label")]
    assert labels == ["15:31  A camera finds", "15:55  He is"]


def test_clock_page_marks_approximate_moments_by_open_symbols(clock_page):
    fills = [to_hex(m.get_markerfacecolor()) for m in _held(clock_page, "moment")]
    assert fills.count(style.PAPER.lower()) == 1


def test_clock_page_scales_run_down_and_keep_to_their_minutes(clock_page):
    whole, zoom = _axes(clock_page, "whole"), _axes(clock_page, "zoom")
    assert whole.get_ylim()[0] > whole.get_ylim()[1]
    assert zoom.get_ylim() == (918, 911)
    minutes = [text.get_text() for text in _held(zoom, "minute")]
    assert minutes == [f"15:{minute}" for minute in range(11, 18)]


@pytest.mark.parametrize("size", SIZES)
def test_clock_page_has_the_same_marks_in_every_size(day, phases, size):
    fig = _clock(day, phases, size)
    assert len(_held(fig, "moment")) == len(day)
    assert len(_held(fig, "label")) == len(day)
    assert len(_held(fig, "empty")) == 5
    assert len(_held(_axes(fig, "zoom"), "minute")) == 7


def test_small_clock_pages_spread_the_labels_and_lead_to_their_place(day, phases):
    for size in ("column", "slide"):
        zoom = _axes(_clock(day, phases, size), "zoom")
        rows = sorted(mark.get_ydata()[0] for mark in _held(zoom, "moment"))
        assert np.diff(rows).min() >= charts._ROW_MM * charts._minutes_a_mm(zoom) - 1e-6
        leaders = [line.get_ydata()[0] for line in _held(zoom, "leader")]
        assert set(day["position"].iloc[:3]) <= set(leaders)


def test_in_a_column_the_enlarged_minutes_stand_above_the_day(day, phases):
    fig = _clock(day, phases, "column")
    whole, zoom = (_axes(fig, gid).get_position() for gid in ("whole", "zoom"))
    assert zoom.y0 > whole.y1
    assert zoom.x0 == whole.x0


def test_clock_page_names_minutes_without_a_moment(clock_page):
    assert len(_held(clock_page, "empty")) == 5  # 15:12, 13, 14, 16, 17


def test_clock_page_phases(clock_page):
    bands = {
        phase: _held(_axes(clock_page, "whole"), f"band-{phase}")[0].get_height()
        for phase in ("drive", "unseen", "located")
    }
    assert bands == {"drive": 4, "unseen": 16, "located": 24}
    assert _held(_axes(clock_page, "zoom"), "band-run")[0].get_height() == pytest.approx(0.5)
    labels = [text.get_text() for text in _held(_axes(clock_page, "whole"), "phase")]
    assert labels == ["Unseen\n16 min", "Located\n24 min"]


def test_spread_keeps_order_and_distance():
    places = charts.spread(np.array([1.0, 1.0, 1.5, 9.0]), 1.0)
    assert np.diff(places).min() >= 1 - 1e-9
    assert places[3] == 9
    assert places[:3].mean() == pytest.approx(3.5 / 3)


def test_every_moment_of_the_day_has_its_short_words():
    day = derive.moments(load.jsa_timeline_2017(), load.sources())
    assert set(charts.SHORT) == set(day["seq"])
    # the words must stay with their row if the table is ever renumbered
    for seq, word in {1: "camera", 5: "wheel", 9: "pursuer", 13: "thermal", 23: "patient"}.items():
        assert word in charts.SHORT[seq].lower()
        assert word in day.set_index("seq").at[seq, "event"].lower()


def test_every_actor_and_phase_of_the_day_can_be_drawn():
    assert {actor.value for actor in vocab.Actor} == set(charts._ACTOR_MARKS)
    day = derive.moments(load.jsa_timeline_2017(), load.sources())
    assert set(derive.phases(day)["phase"]) <= set(charts._PHASE_FILLS)


@pytest.fixture
def shares():
    return pd.DataFrame(
        {
            "hits": [4, 5, 7],
            "rounds": [40] * 3,
            "share": [0.1, 0.125, 0.175],
            "low": [0.03, 0.04, 0.07],
            "high": [0.24, 0.27, 0.33],
            "preferred": [False, True, False],
        }
    )


@pytest.fixture
def hits_page(shares):
    return charts.rounds_and_hits(shares, **WORDS)


@pytest.mark.parametrize("size", SIZES)
def test_hits_page_has_a_dot_a_round_in_every_size(shares, size):
    fig = charts.rounds_and_hits(shares, **WORDS, size=size)
    kinds = ("hits", "doubtful", "misses")
    assert [len(_held(fig, gid)[0].get_offsets()) for gid in kinds] == [5, 2, 33]
    assert len(_held(fig, "interval")) == len(_held(fig, "share")) == len(shares)


def test_hits_page_stacks_in_a_column_only(shares):
    for size, stacked in (("column", True), ("slide", False), ("full", False)):
        fig = charts.rounds_and_hits(shares, **WORDS, size=size)
        dots, rows = (_axes(fig, gid).get_position() for gid in ("rounds", "shares"))
        assert (rows.y1 < dots.y0) == stacked
        assert (rows.x0 > dots.x1) != stacked


def test_hits_page_draws_each_interval(hits_page, shares):
    lines = [tuple(line.get_xdata()) for line in _held(hits_page, "interval")]
    assert sorted(lines) == sorted(zip(shares["low"], shares["high"], strict=True))
    labels = [text.get_text() for text in _held(_axes(hits_page, "shares"), "label")]
    assert "12.5%  (4.0 to 27.0)" in labels
    assert _axes(hits_page, "shares").get_xlim()[0] == 0


def test_hits_page_says_that_rounds_are_no_independent_trials(hits_page):
    words = _held(hits_page, "caution")[0].get_text().replace("\n", " ")
    assert "no independent trials" in words


@pytest.fixture
def clocks():
    return pd.DataFrame(
        {
            "label": ["Found", "Found", "Fetched", "Fetched", "Fetched"],
            "value": ["15:31", "15:43", "15:55", "15:56", "16:00"],
            "minutes_off": [0, 12, -1, 0, 4],
            "voices": [2, 1, 2, 3, 1],
            "preferred": [True, False, False, True, False],
        }
    )


@pytest.fixture
def numbers():
    return pd.DataFrame(
        {
            "question": ["Wounds"] * 3 + ["Age"] * 2,
            "value": ["at least 4", "5", "5-6", "24", "25"],
            "low": [4.0, 5, 5, 24, 25],
            "high": [np.nan, 5, 6, 24, 25],
            "voices": [1, 5, 4, 5, 3],
            "preferred": [False, True, False, True, False],
        }
    )


@pytest.fixture
def agree_page(clocks, numbers):
    return charts.sources_agree(clocks, numbers, **WORDS)


def test_agree_page_places_times_by_minutes_and_sizes_them_by_voices(agree_page, clocks):
    dots = _held(agree_page, "time")
    assert [dot.get_offsets()[0][0] for dot in dots] == list(clocks["minutes_off"])
    areas = [float(dot.get_sizes()[0]) for dot in dots]
    assert areas == [voices / 2 * areas[0] for voices in clocks["voices"]]
    counts = [text.get_text() for text in _held(_axes(agree_page, "clocks"), "voices")]
    assert counts == ["2", "1", "2", "3", "1"]


@pytest.mark.parametrize("size", SIZES)
def test_agree_page_keeps_neighbouring_times_apart(clocks, numbers, size):
    fig = charts.sources_agree(clocks, numbers, **WORDS, size=size)
    boxes = {id(text): box for text, box in pages.boxes(fig)}
    early, late = (boxes[id(text)] for text in _held(fig, "value")[2:4])
    assert early[2] < late[0]


@pytest.mark.parametrize("size", SIZES)
def test_agree_page_has_the_same_marks_in_every_size(clocks, numbers, size):
    fig = charts.sources_agree(clocks, numbers, **WORDS, size=size)
    counts = {gid: len(_held(fig, gid)) for gid in ("time", "value", "number", "range", "open")}
    assert counts == {"time": 5, "value": 5, "number": 4, "range": 1, "open": 1}


def test_agree_page_names_moments_above_their_rows_where_it_is_narrow(clocks, numbers):
    for size in ("column", "slide"):
        fig = charts.sources_agree(clocks, numbers, **WORDS, size=size)
        names = [text.get_text() for text in _held(fig, "moment-name")]
        assert names == ["Fetched", "Found"]
    assert not _held(charts.sources_agree(clocks, numbers, **WORDS), "moment-name")


def test_panels_fill_their_grid_without_touching():
    for across in (2, 3):
        boxes = [charts._panel((0, 0, 100, 60), place, across) for place in range(6)]
        assert boxes[0][0] == 0 and boxes[0][3] == 60
        assert boxes[5][1] == pytest.approx(0) and boxes[5][2] == pytest.approx(100)
        assert boxes[1][0] - boxes[0][2] == pytest.approx(charts._PANEL_GAPS[0])
        assert boxes[0][1] - boxes[across][3] == pytest.approx(charts._PANEL_GAPS[1])


@pytest.fixture(scope="module")
def frames():
    return Frames()


def _content(frames, slug):
    # The modules of other subjects are not needed here.
    return entries()[slug].make(frames)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("slug", OWN)
def test_words_of_the_real_pages_keep_apart(frames, slug, size):
    page = _content(frames, slug).page(size)
    assert pages.off_page(page) == []
    assert pages.overlaps(page) == []


def test_words_name_no_side_since_panels_change_places(frames):
    contents = [_content(frames, slug) for slug in OWN]
    words = " ".join(f"{content.subtitle} {content.alt}" for content in contents)
    assert not re.search(r"(?i)\b(left|right|below|above|top)\b", words)


def test_the_questions_of_the_catalogue_fill_six_panels():
    assert len(catalogue.QUESTIONS) == 6


def test_agree_page_has_a_panel_a_question(agree_page):
    titles = [ax.get_title(loc="left") for ax in agree_page.axes if ax.get_title(loc="left")]
    assert titles == ["Wounds", "Age"]
    assert len(_held(agree_page, "range")) == 1
    assert len(_held(agree_page, "open")) == 1
    assert len(_held(agree_page, "number")) == 4  # "at least 4" has a dot and an arrow
    words = [text.get_text() for text in _held(_axes(agree_page, "panel-0"), "voices")]
    assert words == ["4 voices", "5 voices", "1 voice"]


def test_nothing_is_smaller_than_seven_points(clock_page, hits_page, agree_page):
    assert min(map(_smallest_text, (clock_page, hits_page, agree_page))) >= 7

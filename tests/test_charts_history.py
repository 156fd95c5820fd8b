"""The chart of the area's history holds every event and every era, whatever its size."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load, style
from helpers.charts import history as charts
from helpers.derive import history
from tests import pages
from tests.test_charts_register import WORDS, axes, marks, readable, words


@pytest.fixture(scope="module")
def frames():
    incidents, timeline = load.incidents(), load.jsa_timeline_2017()
    events, turns = history.events(incidents), history.turns(incidents, timeline)
    return events, turns, history.eras(events, turns, pd.Timestamp(2025, 12, 31))


@pytest.mark.parametrize("size", style.SHEETS)
def test_history_draws_events_turns_and_eras(frames, size):
    fig = charts.jsa_history(*frames, *WORDS, size=size)
    ax = axes(fig, "history")
    assert marks(ax, "south") == 8 and marks(ax, "fire") == 3
    assert (marks(ax, "north"), marks(ax, "clash"), marks(ax, "return")) == (1, 3, 6)
    assert len([patch for patch in ax.patches if str(patch.get_gid()).startswith("era-")]) == 4
    assert len([text for text in ax.texts if text.get_gid() == "turn-words"]) == 5
    assert marks(axes(fig, "rates"), "rate") == 4 and marks(axes(fig, "rates"), "open") == 2
    assert "6 in 42.2 years" in words(axes(fig, "rates")) and readable(fig)


@pytest.mark.parametrize("size", style.SHEETS)
def test_words_stay_on_the_page_and_apart(frames, size):
    fig = charts.jsa_history(*frames, *WORDS, size=size)
    assert pages.off_page(fig) == [] and pages.overlaps(fig) == []


def test_rates_stand_beside_the_history_on_a_slide_only(frames):
    for size in style.SHEETS:
        fig = charts.jsa_history(*frames, *WORDS, size=size)
        upper, lower = (axes(fig, name).get_position() for name in ("history", "rates"))
        assert (upper.x1 < lower.x0) == (size == "slide")
        assert (upper.y0 > lower.y1) == (size != "slide")


def test_a_year_that_stands_close_is_written_above_its_star(frames):
    def above(size):
        texts = axes(charts.jsa_history(*frames, *WORDS, size=size), "history").texts
        return [t.get_text() for t in texts if t.get_gid() == "year" and t.get_va() == "bottom"]

    assert above("full") == [] and above("column") == above("slide") == ["1984"]

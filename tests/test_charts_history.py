"""The chart of the area's history holds every event and every era."""

from __future__ import annotations

import pandas as pd

from helpers import load
from helpers.charts import history as charts
from helpers.derive import history
from tests.test_charts_register import WORDS, axes, marks, readable, words


def test_history_draws_events_turns_and_eras():
    incidents, timeline = load.incidents(), load.jsa_timeline_2017()
    events, turns = history.events(incidents), history.turns(incidents, timeline)
    eras = history.eras(events, turns, pd.Timestamp(2025, 12, 31))
    fig = charts.jsa_history(events, turns, eras, *WORDS)
    ax = axes(fig, "history")
    assert marks(ax, "south") == 8 and marks(ax, "fire") == 3
    assert (marks(ax, "north"), marks(ax, "clash"), marks(ax, "return")) == (1, 3, 6)
    assert len([patch for patch in ax.patches if str(patch.get_gid()).startswith("era-")]) == 4
    assert marks(axes(fig, "rates"), "rate") == 4 and marks(axes(fig, "rates"), "open") == 2
    assert "6 in 42.2 years" in words(axes(fig, "rates")) and readable(fig)

"""The history of the area: its lanes, its turns, its eras."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.derive import history


@pytest.fixture(scope="module")
def real():
    incidents, timeline = load.incidents(), load.jsa_timeline_2017()
    return incidents, timeline, history.events(incidents), history.turns(incidents, timeline)


def test_every_event_has_a_lane(real):
    incidents, _, events, _ = real
    assert len(events) == incidents["route"].eq("jsa").sum()
    assert events["lane"].value_counts().to_dict() == {
        "south": 8, "return": 6, "clash": 3, "north": 1,
    }  # fmt: skip


def test_turns_stand_in_order_and_fail_if_one_is_gone(real):
    incidents, timeline, _, turns = real
    assert list(turns["date"].dt.year) == [1953, 1976, 1984, 2017, 2018, 2023, 2023]
    with pytest.raises(KeyError):
        history.turns(incidents, timeline.head(3))


def test_eras_cover_all_years_once(real):
    *_, events, turns = real
    eras = history.eras(events, turns, pd.Timestamp(2025, 12, 31))
    assert list(eras["crossings"]) == [2, 6, 0, 0]
    assert (eras["start"].iloc[1:].array == eras["end"].iloc[:-1].array).all()
    assert eras["years"].sum() == pytest.approx(26456 / 365.25)
    # Nothing in t decades: at most 3.689 / t.
    row = eras.loc["disarmed"]
    assert row["high"] == pytest.approx(3.6889 / (row["years"] / 10), abs=1e-3)

"""The history of the area: its lanes, its turns, its eras."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.analysis import history


@pytest.fixture(scope="module")
def real():
    return load.incidents(), load.jsa_timeline_2017()


def test_every_event_has_a_lane(real):
    incidents, _ = real
    events = history.events(incidents)
    jsa = incidents["route"].eq("jsa")
    assert set(events["incident_id"]) == set(incidents.loc[jsa, "incident_id"])
    direct = jsa & incidents["event_type"].eq("direct_defection")
    assert events["lane"].isin(["south", "north"]).sum() == direct.sum()
    odd = incidents.assign(
        event_type=incidents["event_type"].astype(str).replace("armed_clash", "unclear")
    )
    assert (
        history.events(odd)["lane"].eq("other").sum()
        == (jsa & incidents["event_type"].eq("armed_clash")).sum()
    )


def test_turns_stand_in_order_and_leave_out_what_is_gone(real):
    incidents, timeline = real
    turns = history.turns(incidents, timeline)
    assert turns["turn"].tolist() == ["enforced", "firefight", "subject", "disarmed", "rearmed"]
    assert turns["date"].dt.year.tolist() == [1976, 1984, 2017, 2018, 2023]
    few = history.turns(incidents[incidents["year"] > 2000], timeline.head(3))
    assert few["turn"].tolist() == ["subject"]


def test_eras_hold_each_crossing_once(real):
    incidents, timeline = real
    events, turns = history.events(incidents), history.turns(incidents, timeline)
    eras = history.eras(events, turns)
    assert eras["crossings"].sum() == events["lane"].eq("south").sum()
    assert eras.index.tolist() == ["shared", "enforced", "disarmed", "rearmed"]
    assert eras["start"].is_monotonic_increasing
    alone = history.eras(events, turns.iloc[:0])
    assert (
        alone.index.tolist() == ["shared"] and alone["crossings"].item() == eras["crossings"].sum()
    )
    assert pd.api.types.is_integer_dtype(eras["fire"])

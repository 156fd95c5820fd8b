"""Sentences on the area's history."""

from __future__ import annotations

import pandas as pd

from helpers import load
from helpers.derive import history
from helpers.facts import history as facts


def test_words_of_the_real_history():
    incidents, timeline = load.incidents(), load.jsa_timeline_2017()
    events = history.events(incidents)
    eras = history.eras(events, history.turns(incidents, timeline), pd.Timestamp(2025, 12, 31))
    assert "two before the line divided it, six after, none since" in facts.title(eras)
    assert "1953 to 2025" in facts.subtitle(eras)
    assert "two crossings in 23 years (0.87 in ten years" in facts.fact(eras)
    assert 60 <= len(facts.alt(events, eras)) <= 400

"""The figure of the Joint Security Area's history, in the notebook on all direct crossings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.catalogue.common import entry
from helpers.charts import history as charts
from helpers.derive import history
from helpers.facts import history as facts
from helpers.facts.register import LIMIT
from helpers.figures.registry import Content
from helpers.provenance import source_line

if TYPE_CHECKING:
    from helpers.frames import Frames

UNTIL = pd.Timestamp(2025, 12, 31)
"""Last day for which the area's history is told."""


def _history(frames: Frames) -> tuple:
    events = history.events(frames["incidents"])
    turns = history.turns(frames["incidents"], frames["jsa_timeline_2017"])
    return events, turns, history.eras(events, turns, UNTIL)


@entry("jsa-history", "02_across_the_line", _history, ("incidents", "jsa_timeline_2017"))
def jsa_history(events: pd.DataFrame, turns: pd.DataFrame, eras: pd.DataFrame) -> Content:
    """Return the events in the Joint Security Area since the armistice, between its turns.

    Parameters
    ----------
    events, turns, eras : pandas.DataFrame
        As the functions of these names in :mod:`helpers.derive.history` give them.
    """
    return Content(
        title=facts.title(eras),
        subtitle=facts.subtitle(eras),
        source=source_line(LIMIT),
        alt=facts.alt(events, eras),
        fact=facts.fact(eras),
        table=events,
        draw=partial(charts.jsa_history, events, turns, eras),
    )

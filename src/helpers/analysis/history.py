"""The Joint Security Area from the armistice on: its events, and the days on which it turned."""

import pandas as pd

from helpers.analysis import register
from helpers.data.vocab import EventType

TURNS = {
    "1976-08-18-jsa-axe-murders": "enforced",
    "1984-11-23-jsa-soviet-visitor": "firefight",
    register.CROSSING_2017: "subject",
}
"""Incidents that a history of the area turns on, and the names of the turns."""

STATED = {"2018-10-25": "disarmed", "2023-11-24": "rearmed"}
"""Days in the timeline: arms leave the area, and northern guards are seen with arms again."""

KINDS = {
    EventType.ARMED_CLASH.value: "clash",
    EventType.INCURSION.value: "clash",
    EventType.ACTIVIST_RETURN.value: "return",
}
WAYS = {"north_to_south": "south", "south_to_north": "north"}


def events(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return every event in the Joint Security Area since the armistice, in order of date.

    Returns
    -------
    pandas.DataFrame
        ``incident_id``, ``date``, ``year``, ``lane`` (``south`` a crossing to the South, ``north``
        one to the North, ``clash`` fighting or armed entry, ``return`` an activist's return,
        ``other``), ``citizen`` (of :func:`helpers.analysis.register.citizen`), ``fire`` (bool: the
        crossers were shot at).
    """
    rows = incidents[incidents["route"].eq("jsa") & incidents["date"].ge(register.ARMISTICE)]
    rows = rows.sort_values(["date", "incident_id"]).reset_index(drop=True)
    kind = rows["event_type"].astype(str).map(KINDS)
    crossing = rows["event_type"].eq(EventType.DIRECT_DEFECTION.value)
    way = rows["direction"].astype(str).map(WAYS).where(crossing)
    return pd.DataFrame(rows[["incident_id", "date", "year"]]).assign(
        lane=kind.fillna(way).fillna("other"),
        citizen=register.citizen(rows),
        fire=rows["shots_at"].eq("crossers"),
    )


def turns(incidents: pd.DataFrame, timeline: pd.DataFrame) -> pd.DataFrame:
    """Return the days on which the history turns: ``turn``, ``date``; those the tables hold."""
    named = incidents[["incident_id", "date"]].assign(turn=incidents["incident_id"].map(TURNS))
    days = timeline[["date"]].drop_duplicates()
    days = days.assign(turn=days["date"].dt.strftime("%Y-%m-%d").map(STATED))
    table = pd.concat([pd.DataFrame(named), days]).dropna(subset="turn")
    return table[["turn", "date"]].sort_values("date", ignore_index=True)


def eras(table: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Return the crossings to the South (of :func:`events`) between the :func:`turns`.

    Returns
    -------
    pandas.DataFrame
        Index ``era``: ``shared`` (from the armistice on, guards of both sides everywhere),
        ``enforced`` (the line divides the area), ``disarmed``, ``rearmed``, of these the ones that
        a turn begins; ``start`` (day), ``crossings``, ``fire`` (of these, under fire).
    """
    starts = marks[marks["turn"].isin(["enforced", "disarmed", "rearmed"])]
    starts = {"shared": register.ARMISTICE} | dict(zip(starts["turn"], starts["date"], strict=True))
    south = table[table["lane"].eq("south")]
    era = pd.cut(south["date"], [*starts.values(), pd.Timestamp.max], right=False, labels=[*starts])
    counts = south.groupby(era, observed=False)["fire"].agg(crossings="size", fire="sum")
    return counts.rename_axis("era").assign(start=pd.Series(starts)).astype({"fire": int})

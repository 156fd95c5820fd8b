"""The Joint Security Area from the armistice on: its turns, and who crossed between them."""

from __future__ import annotations

import pandas as pd

from helpers.derive import register
from helpers.derive.context import DAYS_A_YEAR, garwood
from helpers.vocab import EventType

TURNS = {
    "1976-08-18-jsa-axe-murders": "enforced",
    "1984-11-23-jsa-soviet-visitor": "firefight",
    "2017-11-13-jsa-soldier": "subject",
    "2023-07-18-jsa-us-private": "north",
}
"""Incidents that a history of the area turns on, and the names of the turns."""

DISARMED, REARMED = "2018-10-25", "2023-11-24"
"""Days in the timeline: arms leave the area, and northern guards are seen with arms again."""

KINDS = {
    EventType.DIRECT_DEFECTION.value: "crossing",
    EventType.ARMED_CLASH.value: "clash",
    EventType.INCURSION.value: "clash",
    EventType.ACTIVIST_RETURN.value: "return",
}


def events(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return every event in the Joint Security Area since the armistice, in order of date.

    Parameters
    ----------
    incidents : pandas.DataFrame
        The register.

    Returns
    -------
    pandas.DataFrame
        ``incident_id``, ``date``, ``year``, ``people``, ``lane`` (``south`` a crossing to the
        South, ``north`` one to the North, ``clash`` fighting or armed entry, ``return`` an
        activist's return), ``northern`` (bool: by citizens of the North), ``fire`` (bool: the
        crossers were shot at).
    """
    rows = incidents[incidents["route"].eq("jsa") & incidents["date"].ge(register.ARMISTICE)]
    rows = rows.sort_values(["date", "incident_id"]).reset_index(drop=True)
    kind = rows["event_type"].astype(str).map(KINDS)
    ways = (
        rows["direction"]
        .astype(str)
        .str.removeprefix("north_to_")
        .replace({"south_to_north": "north"})
    )
    return rows[["incident_id", "date", "year", "people"]].assign(
        lane=kind.where(kind.ne("crossing"), ways),
        northern=rows["nationality"].eq("north_korean"),
        fire=rows["shots_at"].eq("crossers"),
    )


def turns(incidents: pd.DataFrame, timeline: pd.DataFrame) -> pd.DataFrame:
    """Return the days on which the history of the area turns, from the armistice on.

    Parameters
    ----------
    incidents, timeline : pandas.DataFrame
        As :func:`helpers.load.incidents` and :func:`helpers.load.jsa_timeline_2017` give them.

    Returns
    -------
    pandas.DataFrame
        ``turn``, ``date``; in order.

    Raises
    ------
    KeyError
        If a turn is in neither table.
    """
    dates = incidents.set_index("incident_id")["date"]
    rows = {"armistice": register.ARMISTICE}
    rows |= {name: dates.loc[key] for key, name in TURNS.items()}
    known = set(timeline["date"])
    for name, day in {"disarmed": DISARMED, "rearmed": REARMED}.items():
        if pd.Timestamp(day) not in known:
            raise KeyError(day)
        rows[name] = pd.Timestamp(day)
    table = pd.DataFrame({"turn": list(rows), "date": list(rows.values())})
    return table.sort_values("date", ignore_index=True)


def eras(table: pd.DataFrame, marks: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Return the crossings to the South between the turns, with their rates.

    Parameters
    ----------
    table, marks : pandas.DataFrame
        As :func:`events` and :func:`turns` give them.
    until : pandas.Timestamp
        Last day that was watched.

    Returns
    -------
    pandas.DataFrame
        Index ``era``: ``shared`` (armistice to 1976, guards of both sides everywhere), ``split``
        (to the crossing of 2017, that one included), ``disarmed`` (arms out, 2018 to 2023),
        ``rearmed``; ``start``, ``end``, ``years``, ``crossings``, ``northern``, ``fire``,
        ``rate`` per ten years, ``low``, ``high`` (Garwood's 95 % interval). The months from the
        crossing of 2017 to the disarming belong to ``split``.
    """
    day = marks.set_index("turn")["date"]
    starts = {
        "shared": day["armistice"], "split": day["enforced"], "disarmed": day["disarmed"],
        "rearmed": day["rearmed"],
    }  # fmt: skip
    ends = [*list(starts.values())[1:], until + pd.Timedelta(days=1)]
    south = table[table["lane"].eq("south")]
    rows = []
    for (name, start), end in zip(starts.items(), ends, strict=True):
        part = south[south["date"].ge(start) & south["date"].lt(end)]
        years = (end - start).days / DAYS_A_YEAR
        bounds = garwood(len(part), years / 10)
        counts = len(part), int(part["northern"].sum()), int(part["fire"].sum())
        rows.append((name, start, end, years, *counts, len(part) / years * 10, *bounds))
    names = ["era", "start", "end", "years", "crossings", "northern", "fire", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=names).set_index("era")

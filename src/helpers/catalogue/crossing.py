"""Figures of the notebook on the crossing of 13 November 2017."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.catalogue.common import entry
from helpers.charts import crossing as charts
from helpers.derive import crossing as derive
from helpers.facts import crossing as facts
from helpers.figures.registry import Content
from helpers.maps import plan
from helpers.provenance import source_line

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from helpers.frames import Frames

NOTEBOOK = "01_the_crossing"

QUESTIONS = {
    "Rounds fired": ["shots_fired_kpa"],
    "Gunshot wounds": ["gunshot_wounds"],
    "Pursuer south of the line, seconds": ["pursuer_time_south_of_mdl"],
    "Armistice violations": ["armistice_violations_unc", "armistice_violations_mnd"],
    "First operation, hours": ["first_operation_duration"],
    "Age, years": ["age"],
}
"""Questions with more than one number in print, and the facts that answer them."""


# Minute by minute -------------------------------------------------------------------------------


def _minutes(frames: Frames) -> tuple:
    day = derive.moments(frames["jsa_timeline_2017"], frames["sources"])
    return day, derive.phases(day), frames["jsa_facts_2017"]


@entry(
    "crossing-minute-by-minute",
    NOTEBOOK,
    _minutes,
    ("jsa_timeline_2017", "sources", "jsa_facts_2017"),
)
def minute_by_minute(day: pd.DataFrame, phases: pd.DataFrame, printed: pd.DataFrame) -> Content:
    """Return the clock of the day, as a whole and with its first minutes enlarged.

    Parameters
    ----------
    day : pandas.DataFrame
        As :func:`helpers.derive.crossing.moments` gives it.
    phases : pandas.DataFrame
        As :func:`helpers.derive.crossing.phases` gives it.
    printed : pandas.DataFrame
        The table of printed values, ``jsa_facts_2017``.
    """
    # Two minutes more than the run, so that the start of the wait can be seen.
    zoom_to = int(phases.set_index("phase").at["unseen", "start"]) + 2
    return Content(
        title=facts.minutes_title(printed),
        subtitle=facts.minutes_subtitle(day, zoom_to),
        source=source_line(
            "Clock: Joint Chiefs of Staff and UN Command video, as printed",
            "Hatched: not yet found",
        ),
        alt=facts.minutes_alt(day, printed),
        fact=facts.minutes_fact(day, printed),
        table=day[["time_local", "approximate", "phase", "actor", "event", "voices"]],
        draw=partial(charts.minute_by_minute, day, phases, zoom_to),
    )


# The place --------------------------------------------------------------------------------------


def _plan(frames: Frames) -> tuple:
    places, geometry = derive.places(frames["jsa_landmarks"]), frames["jsa_geometry"]
    lines = frames.layer("lines")
    return places, derive.outlines(places, geometry), geometry, lines[lines["part"] == "mdl"]


@entry("crossing-plan", NOTEBOOK, _plan, ("jsa_landmarks", "jsa_geometry"), ("lines",))
def crossing_plan(
    places: GeoDataFrame, outlines: GeoDataFrame, geometry: pd.DataFrame, osm_line: GeoDataFrame
) -> Content:
    """Return the plans of his way and of the area.

    Parameters
    ----------
    places : geopandas.GeoDataFrame
        As :func:`helpers.derive.crossing.places` gives it.
    outlines : geopandas.GeoDataFrame
        As :func:`helpers.derive.crossing.outlines` gives it.
    geometry : pandas.DataFrame
        The table of printed distances, ``jsa_geometry``.
    osm_line : geopandas.GeoDataFrame
        OpenStreetMap's line: the part ``mdl`` of the layer ``lines``.
    """
    marks = {"jeep": "jeep_to_mdl", "fall": "fall_point_south_of_mdl"}
    across = {name: facts.ends(derive.metres(geometry, fact)) for name, fact in marks.items()}
    line, huts = derive.line(places, beyond_m=150), derive.huts(places, geometry)
    metres = places[["uncertainty_m", "along_m", "north_m"]].round(0).astype(int)
    return Content(
        title=facts.plan_title(geometry),
        subtitle="Panmunjom, 13 November 2017. Only distances from the line are published; its "
        "course, his way and every place along it are assumed. Dashed: by jeep; dotted: dragged. "
        "Circles: radius of doubt. Filled points: published coordinate.",
        source=source_line("Distances: Joint Chiefs of Staff and defence ministry", osm=True),
        alt=facts.plan_alt(places, geometry),
        fact=facts.plan_fact(places, geometry, osm_line),
        table=places[["name_en", "coordinate_basis"]].join(metres),
        draw=partial(
            plan.crossing_plan, places, line, huts, derive.way(places), outlines, osm_line, across
        ),
    )


# Rounds and hits --------------------------------------------------------------------------------


def _hits(frames: Frames) -> tuple:
    printed = frames["jsa_facts_2017"]
    return derive.hit_shares(printed), printed


@entry("rounds-and-hits", NOTEBOOK, _hits, ("jsa_facts_2017",))
def rounds_and_hits(shares: pd.DataFrame, printed: pd.DataFrame) -> Content:
    """Return the rounds as dots, and the share that hit for each number of wounds in print.

    Parameters
    ----------
    shares : pandas.DataFrame
        As :func:`helpers.derive.crossing.hit_shares` gives it.
    printed : pandas.DataFrame
        The table of printed values, ``jsa_facts_2017``.
    """
    return Content(
        title=facts.hits_title(printed),
        subtitle="Rounds fired at the soldier and gunshot wounds, 13 November 2017. Each dot of "
        "the block is a round; the scale shows the share that hit, with the exact "
        "(Clopper-Pearson) 95% interval, for each number of wounds in print.",
        source=source_line(
            "Rounds: Joint Chiefs of Staff. Wounds: surgeon, Joint Chiefs and press"
        ),
        alt=facts.hits_alt(printed),
        fact=facts.hits_fact(printed),
        table=shares,
        draw=partial(charts.rounds_and_hits, shares),
    )


# How far the sources agree ----------------------------------------------------------------------


def _agreement(frames: Frames) -> tuple:
    printed, sources = frames["jsa_facts_2017"], frames["sources"]
    clocks = derive.clock_spread(printed, sources)
    return clocks, derive.number_spread(printed, sources, QUESTIONS)


@entry("sources-agree", NOTEBOOK, _agreement, ("jsa_facts_2017", "sources"))
def sources_agree(clocks: pd.DataFrame, numbers: pd.DataFrame) -> Content:
    """Return every printed clock time and number that has a rival.

    Parameters
    ----------
    clocks : pandas.DataFrame
        As :func:`helpers.derive.crossing.clock_spread` gives it.
    numbers : pandas.DataFrame
        As :func:`helpers.derive.crossing.number_spread` gives it for ``QUESTIONS``.
    """
    return Content(
        title=facts.agreement_title(clocks),
        subtitle="Dots: printed clock times by their distance from the preferred one; area and "
        "number: independent voices. Small panels: numbers and ranges with more than one value in "
        "print; an arrow means “at least”. Orange: preferred.",
        source=source_line("Documents that speak for one body count as one voice"),
        alt=facts.agreement_alt(clocks, numbers),
        fact=facts.agreement_fact(clocks),
        table=pd.concat([clocks.rename(columns={"label": "question"}), numbers], ignore_index=True),
        draw=partial(charts.sources_agree, clocks, numbers),
    )

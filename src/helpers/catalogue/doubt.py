"""Figures of the notebook that asks how sure the register is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.catalogue import recipes
from helpers.catalogue.common import entry
from helpers.charts import doubt as charts
from helpers.derive import doubt
from helpers.facts import doubt as facts
from helpers.figures.registry import Content
from helpers.provenance import source_line

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from helpers.frames import Frames

NOTEBOOK = "06_how_sure"
ODDS_RATIOS = [1, 2, 5]
"""How many times as great the odds of a second list may be; 1 is independence."""

REGISTER = ("incidents", "sources", "conflicts")
"""Tables that tell how well an incident is established."""


def _south(frames: Frames) -> GeoDataFrame:
    tables = (frames[name] for name in REGISTER)
    return doubt.with_status(frames(recipes.south), *tables)


def _variants(frames: Frames) -> dict[str, pd.DataFrame]:
    return doubt.variants(frames(_south), frames(recipes.unclear))


def _official(frames: Frames) -> pd.DataFrame:
    rules = frames(_variants)
    ends = rules["low left out"], rules["unclear added"]
    return doubt.against_official(frames(_south), *ends, frames["official_totals"])


def _drawn(frames: Frames) -> tuple:
    official = frames(_official)
    return official, facts.drawn_totals(official)


@entry("official-against-register", NOTEBOOK, _drawn, (*REGISTER, "official_totals"))
def against_official(official: pd.DataFrame, drawn: pd.DataFrame) -> Content:
    """Return official totals of direct crossings beside the register's.

    Parameters
    ----------
    official : pandas.DataFrame
        As :func:`helpers.derive.doubt.against_official` gives it.
    drawn : pandas.DataFrame
        As :func:`helpers.facts.doubt.drawn_totals` gives it: the rows to draw.
    """
    return Content(
        title=facts.official_title(official),
        subtitle="Direct crossings from North to South: official total (open) and register "
        "(filled, with its range from low-confidence rows left out to unclear rows added). Each "
        "release has its own definition: read across a row, never down a column.",
        source=source_line(facts.LIMIT, "Official totals as printed by the press"),
        alt=facts.official_alt(official),
        fact=facts.official(official),
        table=drawn.drop(columns="found"),
        draw=partial(charts.against_official, drawn),
    )


def _caught(frames: Frames) -> tuple:
    south = frames(_south)
    caught = doubt.captures(south, doubt.named(south, frames["sources"]))
    return caught, doubt.dependence(caught.loc[doubt.TRIED], ODDS_RATIOS)


@entry("chronologies-overlap", NOTEBOOK, _caught, REGISTER)
def overlap(caught: pd.DataFrame, spread: pd.DataFrame) -> Content:
    """Return what pairs of lists caught, and what that says about what is missing.

    Parameters
    ----------
    caught : pandas.DataFrame
        As :func:`helpers.derive.doubt.captures` gives it.
    spread : pandas.DataFrame
        As :func:`helpers.derive.doubt.dependence` gives it, for the last pair.
    """
    return Content(
        title=facts.overlap_title(caught),
        subtitle="Direct crossings from North to South that the first list, both or only the "
        "second is cited for, incidents; hatched: Chapman's estimate of those in neither, with "
        "its 95% interval. The tick is what the register has in the same scope.",
        source=source_line(facts.LIMIT),
        alt=facts.overlap_alt(caught),
        fact=facts.overlap(caught),
        table=caught.round(2),
        draw=partial(charts.overlap, caught, doubt.list_names(), spread),
    )


def _revised(frames: Frames) -> tuple:
    table = frames["arrivals_revisions"]
    return doubt.revisions(table), doubt.printed(table)


@entry("revisions-of-arrivals", NOTEBOOK, _revised, ("arrivals_revisions",))
def revisions(years: pd.DataFrame, printed: pd.DataFrame) -> Content:
    """Return every printed value of a year's arrivals against the value in force.

    Parameters
    ----------
    years, printed : pandas.DataFrame
        As :func:`helpers.derive.doubt.revisions` and :func:`helpers.derive.doubt.printed` give
        them.
    """
    return Content(
        title=facts.revised_title(years),
        subtitle=facts.revised_subtitle(years),
        source=source_line("Ministry of Unification, and those who printed its figures"),
        alt=facts.revised_alt(years),
        fact=facts.revised(years),
        table=printed,
        draw=partial(charts.revisions, printed, years),
    )


def _by_status(frames: Frames) -> tuple:
    south = frames(_south)
    return doubt.by_status(south, "decade"), doubt.by_status(south, "route")


@entry("sources-per-incident", NOTEBOOK, _by_status, REGISTER)
def sources(decades: pd.DataFrame, routes: pd.DataFrame) -> Content:
    """Return how well incidents are established, by decade and by route.

    Parameters
    ----------
    decades, routes : pandas.DataFrame
        As :func:`helpers.derive.doubt.by_status` gives them.
    """
    groups = [table.reset_index(names="group") for table in (decades, routes)]
    return Content(
        title=facts.doubtful_title(decades),
        subtitle="Direct crossings from North to South since the armistice, incidents. Verified: "
        "two or more sources that do not speak for the same body; disputed, whatever the sources: "
        "a value that still stands would change how the row counts.",
        source=source_line(facts.LIMIT),
        alt=facts.doubtful_alt(decades, routes),
        fact=facts.doubtful(decades, routes),
        table=pd.concat(groups),
        draw=partial(charts.sources, decades, routes),
    )


def _doubts(frames: Frames) -> tuple:
    contested = frames["conflicts"]
    changes = doubt.moves(contested, frames["incidents"], frames(_south))
    others = ("jsa_facts_2017", "arrivals_annual", "arrivals_revisions")
    tables = (frames[name] for name in others)
    return (doubt.headlines(frames(_variants), changes, frames(_official), contested, *tables),)


@entry(
    "headlines-under-doubt",
    NOTEBOOK,
    _doubts,
    (*REGISTER, "official_totals", "jsa_facts_2017", "arrivals_annual", "arrivals_revisions"),
)
def headlines(doubts: pd.DataFrame) -> Content:
    """Return each headline number with where each kind of doubt takes it.

    Parameters
    ----------
    doubts : pandas.DataFrame
        As :func:`helpers.derive.doubt.headlines` gives it.
    """
    return Content(
        title=facts.headlines_title(doubts),
        subtitle="Each headline number and where each kind of doubt takes it, one doubt at a time. "
        "Every row has a scale of its own that begins at nothing; the numbers at the right are the "
        "value and the lowest and highest that any doubt gives.",
        source=source_line(facts.LIMIT),
        alt=facts.headlines_alt(doubts),
        fact=facts.headlines(doubts),
        table=doubts.round(4),
        draw=partial(charts.headlines, doubts, facts.headline_words(doubts)),
    )

"""Figures of the notebook on all direct crossings, but for its map and the area's history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpers.catalogue import recipes
from helpers.catalogue.common import entry
from helpers.charts import register as charts
from helpers.derive import register
from helpers.facts import register as facts
from helpers.figures.registry import Content
from helpers.provenance import source_line

if TYPE_CHECKING:
    import pandas as pd

    from helpers.frames import Frames

NOTEBOOK = "02_across_the_line"


def _early(frames: Frames) -> pd.DataFrame:
    """Return the crossings to the South before the armistice."""
    incidents = frames["incidents"]
    rows = incidents[incidents["date"] < register.ARMISTICE]
    return register.direct(rows, since=rows["date"].min())


def _dots(frames: Frames) -> pd.DataFrame:
    return register.per_year(frames(recipes.south))


def _over_time(frames: Frames) -> tuple:
    south, spans = frames(recipes.south), frames(recipes.spans)
    before = register.per_year(frames(_early))
    return south, frames(_dots), before, register.blind(south, spans), spans


@entry("incidents-over-time", NOTEBOOK, _over_time, ("incidents", "blind_years"))
def over_time(
    south: pd.DataFrame,
    dots: pd.DataFrame,
    before: pd.DataFrame,
    blind: pd.DataFrame,
    spans: pd.DataFrame,
) -> Content:
    """Return all crossings to the South by year and route, with the years that are blind.

    Parameters
    ----------
    south : pandas.DataFrame
        The counted crossings, as :func:`helpers.derive.register.direct` gives them.
    dots, before : pandas.DataFrame
        :func:`helpers.derive.register.per_year` of them, and of those before the armistice.
    blind : pandas.DataFrame
        As :func:`helpers.derive.register.blind` gives it.
    spans : pandas.DataFrame
        The documented blind years of the way to the South.
    """
    return Content(
        title=facts.time_title(south, spans),
        subtitle=facts.time_subtitle(south),
        source=source_line(facts.LIMIT),
        alt=facts.time_alt(south, blind),
        fact=facts.clear_years(south, spans),
        table=dots,
        draw=partial(
            charts.over_time,
            dots,
            blind,
            before,
            register.CROSSING_2017,
            register.ARMISTICE.year,
        ),
    )


def _who(frames: Frames) -> tuple:
    south = frames(recipes.south)
    return south, register.who(south)


@entry("who-crossed", NOTEBOOK, _who, ("incidents",))
def who_crossed(south: pd.DataFrame, groups: pd.DataFrame) -> Content:
    """Return who came by which route, in incidents and in people.

    Parameters
    ----------
    south : pandas.DataFrame
        The counted crossings, as :func:`helpers.derive.register.direct` gives them.
    groups : pandas.DataFrame
        As :func:`helpers.derive.register.who` gives them.
    """
    return Content(
        title=facts.who_title(),
        subtitle=facts.who_subtitle(south),
        source=source_line(facts.LIMIT),
        alt=facts.who_alt(south),
        fact=facts.who(south),
        table=groups,
        draw=partial(charts.who_crossed, groups),
    )


def _shot_at(frames: Frames) -> tuple:
    return frames(recipes.south), frames(recipes.shot_at)


@entry("shot-at", NOTEBOOK, _shot_at, ("incidents",))
def shot_at(south: pd.DataFrame, shots: pd.DataFrame) -> Content:
    """Return how many crossings are known to have been shot at, by route.

    Parameters
    ----------
    south : pandas.DataFrame
        The counted crossings, as :func:`helpers.derive.register.direct` gives them.
    shots : pandas.DataFrame
        As :func:`helpers.derive.register.shot_at` gives them.
    """
    return Content(
        title=facts.shot_at_title(shots),
        subtitle=facts.shot_at_subtitle(south),
        source=source_line(facts.LIMIT),
        alt=facts.shot_at_alt(shots),
        fact=facts.shot_at(shots),
        table=shots.reset_index(),
        draw=partial(charts.shot_at, shots),
    )


def _among(frames: Frames) -> tuple:
    south, spans = frames(recipes.south), frames(recipes.spans)
    blind = register.blind_by_decade(south, spans, charts.LAST_YEAR)
    decades = register.by_decade(south).join(blind)
    return south, frames(_dots), register.by_route(south), decades, facts.jsa_cases(south)


@entry("jsa-among-the-rest", NOTEBOOK, _among, ("incidents", "blind_years"))
def jsa_among(
    south: pd.DataFrame,
    dots: pd.DataFrame,
    routes: pd.DataFrame,
    decades: pd.DataFrame,
    cases: pd.DataFrame,
) -> Content:
    """Return where the Joint Security Area stands among the routes and through the decades.

    Parameters
    ----------
    south : pandas.DataFrame
        The counted crossings, as :func:`helpers.derive.register.direct` gives them.
    dots : pandas.DataFrame
        :func:`helpers.derive.register.per_year` of them.
    routes : pandas.DataFrame
        As :func:`helpers.derive.register.by_route` gives them.
    decades : pandas.DataFrame
        As :func:`helpers.derive.register.by_decade` gives them, joined with ``blind`` of
        :func:`helpers.derive.register.blind_by_decade`.
    cases : pandas.DataFrame
        As :func:`helpers.facts.register.jsa_cases` gives them.
    """
    return Content(
        title=facts.jsa_title(south),
        subtitle=facts.jsa_subtitle(south),
        source=source_line(facts.LIMIT),
        alt=facts.jsa_alt(south, decades),
        fact=facts.jsa(south),
        table=dots.assign(decade=dots["year"] // 10 * 10).drop(columns="stack"),
        draw=partial(charts.jsa_among, routes, decades, cases),
    )

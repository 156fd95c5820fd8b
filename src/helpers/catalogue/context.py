"""Figures of the notebook that puts the crossing in context."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpers.catalogue import recipes
from helpers.catalogue.common import entry
from helpers.charts import context as charts
from helpers.derive import context, register
from helpers.facts import context as facts
from helpers.figures.registry import Content
from helpers.provenance import source_line

if TYPE_CHECKING:
    import pandas as pd

    from helpers.frames import Frames

NOTEBOOK = "04_in_context"

_ARRIVED = ("incidents", "arrivals_annual", "official_totals")
_RATED = ("incidents", "blind_years", "arrivals_annual")


def _scale(frames: Frames) -> tuple:
    return frames(recipes.scale), len(frames(recipes.jsa)), frames(recipes.until).year


@entry("whole-scale", NOTEBOOK, _scale, _ARRIVED)
def whole_scale(scale: pd.DataFrame, cases: int, last_year: int) -> Content:
    """Return all arrivals, those who came direct, and those who came through the JSA.

    Parameters
    ----------
    scale : pandas.DataFrame
        As :func:`helpers.derive.context.scale` gives it.
    cases : int
        Crossings of the Joint Security Area.
    last_year : int
        Last year of the count.
    """
    people = scale["people"]
    return Content(
        title=facts.scale_title(people),
        subtitle=facts.scale_subtitle(last_year),
        source=source_line(
            "Arrivals: Ministry of Unification", "Direct: crossings that were made public"
        ),
        alt=facts.scale_alt(people),
        fact=facts.scale_fact(people),
        table=scale,
        draw=partial(charts.whole_scale, people, cases),
    )


def _shares(frames: Frames) -> tuple:
    arrivals, totals = frames["arrivals_annual"], frames["official_totals"]
    return (context.direct_share(frames(recipes.south), arrivals, totals),)


@entry("direct-share", NOTEBOOK, _shares, _ARRIVED)
def direct_share(shares: pd.DataFrame) -> Content:
    """Return the share of direct crossings among all arrivals, period by period.

    Parameters
    ----------
    shares : pandas.DataFrame
        As :func:`helpers.derive.context.direct_share` gives it.
    """
    return Content(
        title=facts.share_title(shares),
        subtitle="Share of all arrivals, in percent, by period. Dots: known to the register, a "
        "floor. Diamonds: official total of all direct arrivals (low and high). Triangles: "
        "official, by sea only.",
        source=source_line("Arrivals and totals: Ministry of Unification, Joint Chiefs of Staff"),
        alt=facts.share_alt(shares),
        fact=facts.share_fact(shares),
        table=shares,
        draw=partial(charts.direct_share, shares),
    )


def _rates(frames: Frames) -> tuple:
    first = register.clear_since(frames(recipes.spans))
    return frames(recipes.rates), first, frames(recipes.until).year


@entry("rates-by-route", NOTEBOOK, _rates, _RATED)
def rates(table: pd.DataFrame, first: int, last_year: int) -> Content:
    """Return crossings per year by route, on three sets of years.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.derive.context.rates` gives it.
    first : int
        First year that is clear on all routes.
    last_year : int
        Last year of the count.
    """
    return Content(
        title=facts.rates_title(table, first),
        subtitle="Incidents per year from North to South, with exact 95% intervals (Garwood). "
        "Beside each: how many in how many years.",
        source=source_line(facts.LIMIT),
        alt=facts.rates_alt(table, first),
        fact=facts.rates_fact(table, first),
        table=table,
        draw=partial(charts.rates, table, first, last_year),
    )


def _waits(frames: Frames) -> tuple:
    return (frames(recipes.waits),)


@entry("jsa-waits", NOTEBOOK, _waits, ("incidents", "arrivals_annual"))
def waits(table: pd.DataFrame) -> Content:
    """Return the waits between crossings of the Joint Security Area.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.derive.context.waits` gives it.
    """
    means = tuple(context.mean_wait(table, less)["mean_years"] for less in (False, True))
    return Content(
        title=facts.waits_title(table),
        subtitle=facts.waits_subtitle(table),
        source=source_line("Only crossings that were made public, one of them years later"),
        alt=facts.waits_alt(table),
        fact=facts.waits_fact(table),
        table=table,
        draw=partial(charts.waits, table, facts.wait_names(table), means),
    )


def _harm(frames: Frames) -> tuple:
    return (context.harm(frames(recipes.south)),)


@entry("harm-by-route", NOTEBOOK, _harm, ("incidents",))
def harm(table: pd.DataFrame) -> Content:
    """Return by route how many were shot at and wounded, and who cannot be seen.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.derive.context.harm` gives it.
    """
    return Content(
        title=facts.harm_title(table),
        subtitle="Share of incidents in which those who crossed were shot at, wounded or killed, "
        "by route, in percent of the known. A crossing counts only if someone arrived.",
        source=source_line(facts.LIMIT),
        alt=facts.harm_alt(table),
        fact=facts.harm_fact(table),
        table=table,
        draw=partial(charts.harm, table),
    )


def _groups(frames: Frames) -> tuple:
    south, spans, last_year = (
        frames(recipes.south), frames(recipes.spans), frames(recipes.until).year,
    )  # fmt: skip
    groups = context.group_rates(south, spans, last_year)
    land = south[south["route"].isin(["jsa", "dmz_land"])]
    shot = context.harm(land, register.group(land))
    shot = shot[shot["harm"].eq("shot_at") & shot["group"].isin(groups["group"])]
    shot = shot.sort_values("group", ascending=False)
    return groups, shot, register.clear_since(spans), last_year


@entry("soldiers-and-civilians", NOTEBOOK, _groups, _RATED)
def soldiers_and_civilians(
    groups: pd.DataFrame, shot: pd.DataFrame, first: int, last_year: int
) -> Content:
    """Return by which way people in uniform and civilians came, and how often they were shot at.

    Parameters
    ----------
    groups : pandas.DataFrame
        As :func:`helpers.derive.context.group_rates` gives it.
    shot : pandas.DataFrame
        Rows of :func:`helpers.derive.context.harm` on fire by land, one a group.
    first : int
        First year that is clear on all routes.
    last_year : int
        Last year of the count.
    """
    return Content(
        title=facts.groups_title(groups, first),
        subtitle=facts.groups_subtitle(first, last_year),
        source=source_line(facts.LIMIT),
        alt=facts.groups_alt(groups, first),
        fact=facts.groups_fact(groups, shot, first),
        table=groups,
        draw=partial(charts.soldiers_and_civilians, groups, shot),
    )

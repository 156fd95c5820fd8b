"""Figures of the notebook on the way through China, without its maps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpers.catalogue.common import entry
from helpers.charts import arrivals as charts
from helpers.derive import arrivals as derive
from helpers.facts import arrivals as facts
from helpers.figures.registry import Content
from helpers.provenance import source_line

if TYPE_CHECKING:
    import pandas as pd

    from helpers.frames import Frames

NOTEBOOK = "03_through_china"

TWICE = 2016
"""The one year in which two figures exist for Thailand."""

QUARTERS = 2019, 2023
"""First and last year drawn by quarter: the border closed between them."""


def _official(frames: Frames) -> pd.DataFrame:
    return derive.official(frames["arrivals_annual"])


def _arrivals(frames: Frames) -> tuple:
    return (
        frames(_official),
        derive.early_detail(frames["arrivals_annual"]),
        derive.in_print(frames["arrivals_revisions"]),
        derive.events(frames["border_events"]),
        derive.quarters(frames["arrivals_quarterly"], *QUARTERS),
    )


@entry(
    "arrivals-by-year",
    NOTEBOOK,
    _arrivals,
    ("arrivals_annual", "arrivals_revisions", "border_events", "arrivals_quarterly"),
)
def arrivals(
    years: pd.DataFrame,
    early: pd.DataFrame,
    printed: pd.DataFrame,
    events: pd.DataFrame,
    quarters: pd.DataFrame,
) -> Content:
    """Return arrivals by year and sex, and by quarter round the closure of the border.

    Parameters
    ----------
    years, early, printed, events, quarters : pandas.DataFrame
        As ``official``, ``early_detail``, ``in_print``, ``events`` and ``quarters`` of
        :mod:`helpers.derive.arrivals` give them.
    """
    return Content(
        title=facts.arrivals_title(years),
        subtitle=facts.arrivals_subtitle(years),
        source=source_line(facts.LIMIT),
        alt=facts.arrivals_alt(years, quarters),
        fact=facts.by_year(years, printed),
        table=years,
        draw=partial(charts.arrivals, years, early, printed, events, quarters),
    )


def _transit(frames: Frames) -> tuple:
    estimates, annual = frames["route_estimates"], frames["arrivals_annual"]
    return (
        derive.thailand(estimates),
        frames(_official),
        derive.thai_shares(estimates, frames["route_shares"], annual, TWICE),
        derive.elsewhere(estimates),
    )


@entry("transit-counts", NOTEBOOK, _transit, ("route_estimates", "arrivals_annual", "route_shares"))
def transit(
    thai: pd.DataFrame, years: pd.DataFrame, shares: pd.DataFrame, places: pd.DataFrame
) -> Content:
    """Return published counts of people on the way, in Thailand and elsewhere.

    Parameters
    ----------
    thai, years, shares, places : pandas.DataFrame
        As ``thailand``, ``official``, ``thai_shares`` (of the year ``TWICE``) and ``elsewhere`` of
        :mod:`helpers.derive.arrivals` give them.
    """
    return Content(
        title=facts.transit_title(shares, TWICE),
        subtitle=facts.transit_subtitle(thai, places),
        source=source_line(facts.TRANSIT_LIMIT),
        alt=facts.transit_alt(thai, shares),
        fact=facts.two_shares(shares, TWICE),
        table=thai,
        draw=partial(charts.transit, thai, years, shares, places),
    )


def _prices(frames: Frames) -> tuple:
    return (derive.prices(frames["route_costs"]),)


@entry("prices-claimed", NOTEBOOK, _prices, ("route_costs",))
def prices(table: pd.DataFrame) -> Content:
    """Return claimed prices of the way or a part of it, by currency.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.derive.arrivals.prices` gives it.
    """
    return Content(
        title=facts.price_title(table),
        subtitle=facts.price_subtitle(table),
        source=source_line(facts.PRICE_LIMIT),
        alt=facts.price_alt(table),
        fact=facts.price(table),
        table=table,
        draw=partial(charts.prices, table),
    )


def _staying(frames: Frames) -> tuple:
    return (derive.staying(frames["route_estimates"]),)


@entry("staying-in-china", NOTEBOOK, _staying, ("route_estimates",))
def staying(table: pd.DataFrame) -> Content:
    """Return estimates of the North Koreans who stay in China, by who says so.

    Parameters
    ----------
    table : pandas.DataFrame
        As :func:`helpers.derive.arrivals.staying` gives it.
    """
    return Content(
        title=facts.staying_title(table),
        subtitle=facts.staying_subtitle(table),
        source=source_line(facts.STAYING_LIMIT),
        alt=facts.staying_alt(table),
        fact=facts.staying(table),
        table=table,
        draw=partial(charts.staying, table),
    )

"""Maps of the notebook on the way through China: where people came from, which ways they took."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpers.catalogue.common import entry
from helpers.derive import arrivals as derive
from helpers.facts import arrivals as facts
from helpers.figures.registry import Content
from helpers.maps import routes as maps
from helpers.provenance import source_line

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from helpers.frames import Frames

NOTEBOOK = "03_through_china"
BEFORE, AS_OF = "2020-03", "2024-09"
"""Months of the two copies of the profile: the last full list, and the latest."""


def _origin(frames: Frames) -> tuple:
    profile = frames["profile_cumulative"]
    table = derive.origin(profile, frames["profile_checks"], AS_OF)
    return frames.layer("provinces"), table, derive.origin_change(profile, BEFORE, AS_OF)


@entry(
    "origin-by-province",
    NOTEBOOK,
    _origin,
    ("profile_cumulative", "profile_checks"),
    ("provinces",),
)
def origin(provinces: GeoDataFrame, table: pd.DataFrame, change: pd.DataFrame) -> Content:
    """Return the map of the provinces that people came from.

    Parameters
    ----------
    provinces : geopandas.GeoDataFrame
        As :func:`helpers.layers.provinces` gives it.
    table, change : pandas.DataFrame
        As :func:`helpers.derive.arrivals.origin` gives it for ``AS_OF``, and
        :func:`helpers.derive.arrivals.origin_change` from ``BEFORE`` to ``AS_OF``.
    """
    return Content(
        title=facts.origin_title(table),
        subtitle=facts.origin_subtitle(table, AS_OF, derive.without_row(table, provinces)),
        source=source_line(facts.ORIGIN_LIMIT, osm=True, natural_earth=True),
        alt=facts.origin_alt(table),
        fact=facts.origin(table),
        table=table.reset_index(),
        draw=partial(maps.origin, provinces, table, change),
    )


def _ways(frames: Frames) -> tuple:
    routes = frames["routes"]
    legs = derive.legs(routes, frames["waypoints"])
    return frames.layer("countries"), frames.layer("koreas"), legs, derive.era_years(routes)


@entry("ways-through-china", NOTEBOOK, _ways, ("routes", "waypoints"), ("countries", "koreas"))
def ways(
    countries: GeoDataFrame, koreas: GeoDataFrame, legs: pd.DataFrame, spans: dict[str, str]
) -> Content:
    """Return the maps of the ways from country to country, one an era.

    Parameters
    ----------
    countries, koreas : geopandas.GeoDataFrame
        As the loaders of :mod:`helpers.layers` give them.
    legs : pandas.DataFrame
        As :func:`helpers.derive.arrivals.legs` gives it.
    spans : dict of str to str
        Main years of each era, as :func:`helpers.derive.arrivals.era_years` gives them.
    """
    return Content(
        title=facts.routes_title(legs),
        subtitle=facts.routes_subtitle(),
        source=source_line(facts.ROUTES_LIMIT, osm=True, natural_earth=True),
        alt=facts.routes_alt(legs),
        fact=facts.routes(legs),
        table=legs,
        draw=partial(maps.ways, countries, koreas, legs, spans),
    )

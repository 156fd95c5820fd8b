"""The map in the notebook of crossings of the line: where direct crossings are known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers import layers
from helpers.catalogue import recipes
from helpers.catalogue.common import entry
from helpers.derive import register
from helpers.facts import register as facts
from helpers.figures.registry import Content
from helpers.maps import peninsula as maps
from helpers.provenance import source_line

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from helpers.frames import Frames

NOTEBOOK = "02_across_the_line"


def _marks(frames: Frames) -> pd.DataFrame:
    south = frames(recipes.south)
    located = south[south["location_basis"] != "not_located"].to_crs(layers.PENINSULA_CRS)
    located = located.assign(x=located.geometry.x, y=located.geometry.y)
    return register.map_marks(located, maps.spacing_m())


def _direct(frames: Frames) -> tuple:
    marks = frames(_marks)
    shapes = [frames.layer(name) for name in ("koreas", "lines", "dmz_band")]
    return frames(recipes.south), marks, register.areas(marks), *shapes


@entry("map-direct-crossings", NOTEBOOK, _direct, ("incidents",), ("koreas", "lines", "dmz_band"))
def direct_crossings(
    south: GeoDataFrame,
    marks: pd.DataFrame,
    circles: pd.DataFrame,
    koreas: GeoDataFrame,
    lines: GeoDataFrame,
    dmz: GeoDataFrame,
) -> Content:
    """Return the map of direct crossings of the line.

    Parameters
    ----------
    south : geopandas.GeoDataFrame
        Counted crossings from North to South.
    marks, circles : pandas.DataFrame
        Of those with a place, as :func:`helpers.derive.register.map_marks` and
        :func:`helpers.derive.register.areas` give them.
    koreas, lines, dmz : geopandas.GeoDataFrame
        As the loaders of :mod:`helpers.layers` give them.
    """
    shown = ["incident_id", "year", "route", "people", "location_basis", "lat", "lon", "moved_km"]
    return Content(
        title=facts.map_title(south),
        subtitle=facts.map_subtitle(south, marks),
        source=source_line(facts.MAP_LIMIT, osm=True, natural_earth=True),
        alt=facts.map_alt(south, marks),
        fact=facts.where(south, marks),
        table=pd.DataFrame(marks[shown]).round({"moved_km": 1}),
        draw=partial(maps.direct_crossings, marks, circles, koreas, lines, dmz),
    )

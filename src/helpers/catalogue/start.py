"""The figure of the notebook that one starts with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpers.catalogue.common import Content, entry
from helpers.charts import start as charts
from helpers.facts import start as facts
from helpers.facts.common import source_line
from helpers.vocab import ArrivalSeries

if TYPE_CHECKING:
    import pandas as pd

    from helpers.frames import Frames

NOTEBOOK = "00_start_here"

SUBJECT = 2017
"""Year of the crossing that the project is named after."""


def _years(frames: Frames) -> tuple:
    annual = frames["arrivals_annual"]
    main = annual[annual["series"] == ArrivalSeries.OFFICIAL_MAIN]
    single = main[main["period_start"] == main["period_end"]]
    return (single.set_index("period_end")["people"].astype(int),)


@entry("start-arrivals", NOTEBOOK, _years, ("arrivals_annual",))
def arrivals(years: pd.Series) -> Content:
    """Return all arrivals by year, with the year of the crossing among them.

    Parameters
    ----------
    years : pandas.Series
        People by year, one row a year.
    """
    return Content(
        title=facts.title(years),
        subtitle=facts.subtitle(years),
        source=source_line("Ministry of Unification; hatched: provisional"),
        alt=facts.alt(years, SUBJECT),
        fact=facts.fact(years, SUBJECT),
        table=years.rename_axis("year").to_frame(),
        draw=partial(charts.arrivals, years, SUBJECT),
    )

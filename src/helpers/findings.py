"""The findings by name: each a sentence of :mod:`helpers.facts`, computed from a data folder.

For comparing two states of the data (``crossings diff``). A finding loads its tables through
:class:`Frames`, which notes them, so that a changed finding can name the rows behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers import load
from helpers.derive import claims as weighing
from helpers.derive import context
from helpers.derive import crossing as clock
from helpers.derive import register as count
from helpers.facts import claims, crossing, readme, register
from helpers.facts import context as scale
from helpers.faults import DataError

if TYPE_CHECKING:
    import geopandas as gpd


class Frames:
    """The tables of one data folder, each loaded once; ``used`` names those asked for."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.used: set[str] = set()
        self._loaded: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as its loader in :mod:`helpers.load` gives it."""
        self.used.add(name)
        if name not in self._loaded:
            self._loaded[name] = getattr(load, name)(self.data_dir)
        return self._loaded[name]

    # Frames that several findings share; they note their tables at each use.

    @property
    def south(self) -> gpd.GeoDataFrame:
        """Counted crossings from North to South."""
        self.used.add("incidents")
        return self._south

    @cached_property
    def _south(self) -> gpd.GeoDataFrame:
        return count.direct(self["incidents"])

    @property
    def jsa(self) -> gpd.GeoDataFrame:
        """Counted crossings of the Joint Security Area."""
        south = self.south
        return south[south["route"] == "jsa"]

    @property
    def unclear(self) -> gpd.GeoDataFrame:
        """Crossings whose intent or end is not known."""
        return count.direct(self["incidents"], event_type="unclear")

    @property
    def spans(self) -> pd.DataFrame:
        """Blind years of the way to the South."""
        table = self["blind_years"]
        return table[table["direction"] == "north_to_south"]

    @property
    def until(self) -> pd.Timestamp:
        """Last day for which arrivals are counted."""
        return pd.Timestamp(int(self["arrivals_annual"]["period_end"].max()), 12, 31)

    @property
    def rates(self) -> pd.DataFrame:
        """Crossings per year by route."""
        return context.rates(self.south, self.spans, self.until.year)

    @property
    def waits(self) -> pd.DataFrame:
        """Waits between crossings of the Joint Security Area."""
        return context.waits(self.jsa, self.until)

    @property
    def people(self) -> pd.Series:
        """People who arrived, came directly, came through the Joint Security Area."""
        arrivals, totals = self["arrivals_annual"], self["official_totals"]
        return context.scale(self.south, arrivals, totals)["people"]

    @property
    def weighed(self) -> pd.DataFrame:
        """The report's claims with what speaks for and against them."""
        return weighing.weigh(*self._claims())

    @property
    def other_rules(self) -> pd.DataFrame:
        """Verdicts on the report's claims under other rules."""
        return weighing.other_rules(*self._claims())

    def _claims(self) -> list[pd.DataFrame]:
        names = ["report_claims", "claim_evidence", "jsa_facts_2017", "sources"]
        return [self[name] for name in names]


@dataclass(frozen=True)
class Found:
    """A finding of one data folder.

    Attributes
    ----------
    text : str
        The sentence, or why there is none.
    tables : frozenset of str
        The tables it rests on.
    """

    text: str
    tables: frozenset[str]


FINDINGS: dict[str, Callable[[Frames], str]] = {
    "answer": lambda f: readme.answer(f["incidents"], f["arrivals_annual"]),
    "crossing-answer": lambda f: crossing.answer(f["jsa_facts_2017"]),
    "crossing-minutes": lambda f: crossing.minutes_title(f["jsa_facts_2017"]),
    "crossing-moments": lambda f: crossing.minutes_fact(
        clock.moments(f["jsa_timeline_2017"], f["sources"]), f["jsa_facts_2017"]
    ),
    "crossing-distances": lambda f: crossing.plan_title(f["jsa_geometry"]),
    "crossing-hits": lambda f: crossing.hits_fact(f["jsa_facts_2017"]),
    "crossing-disputed-times": lambda f: crossing.agreement_fact(
        clock.clock_spread(f["jsa_facts_2017"], f["sources"])
    ),
    "direct-answer": lambda f: register.answer(f.south, f.unclear, f.jsa),
    "direct-coverage": lambda f: register.coverage(f.south),
    "direct-not-counted": lambda f: register.not_counted(f["incidents"], f.south),
    "direct-when": lambda f: register.clear_years(f.south, f.spans),
    "direct-who": lambda f: register.who(f.south),
    "direct-shot-at": lambda f: register.shot_at(count.shot_at(f.south)),
    "direct-jsa": lambda f: register.jsa(f.south),
    "direct-against-official": lambda f: register.against_official(
        count.against_official(f.south, f["official_totals"])
    ),
    "direct-one-more": lambda f: register.one_more(f.south, count.shot_at(f.south)),
    "north-bound": lambda f: register.other_way(
        count.direct(f["incidents"], "south_to_north"),
        count.direct(f["incidents"], "south_to_north", "unclear"),
    ),
    "context-answer": lambda f: scale.answer(
        f.rates, f.people, context.mean_wait(f.waits, False), f.until
    ),
    "context-scale": lambda f: scale.scale_fact(f.people),
    "context-rates": lambda f: scale.rates_fact(f.rates, count.clear_since(f.spans)),
    "context-waits": lambda f: scale.waits_fact(f.waits),
    "claims-answer": lambda f: claims.answer(f.weighed, f.other_rules),
    "claims-that-hold": lambda f: claims.holds(f.weighed),
    "claims-with-a-range": lambda f: claims.ranges(f.weighed),
}
"""Findings by name: what they are computed by."""


def compute(data_dir: Path) -> dict[str, Found]:
    """Return every finding of a data folder, by name.

    A finding whose tables have a fault, or which the data no longer supports, has that as text.
    """
    frames = Frames(data_dir)
    found = {}
    for name, function in FINDINGS.items():
        frames.used = set()
        try:
            text = function(frames)
        except DataError as error:
            text = f"(none: {len(error.faults)} faults, the first: {error.faults[0]})"
        except (LookupError, ValueError, ArithmeticError, AttributeError, TypeError) as error:
            # Data of an old revision, or an emptied table: tell it and go on with the others.
            text = f"(none: {type(error).__name__}: {error})"
        found[name] = Found(text, frozenset(frames.used))
    return found

"""The frames of one data folder: each table loaded once, each derived frame made once.

Whoever asks for a frame is noted, so that a finding or a figure can name the tables behind it.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd

from helpers import layers, load
from helpers.languages import current
from helpers.paths import data_dir as default_data_dir

Made = TypeVar("Made")

#: Tables that go by time, with the columns that say from when to when a row speaks.
BY_TIME = {
    "incidents": ("year", "year"),
    "blind_years": ("first_year", "last_year"),
    "border_events": ("date", "date"),
    "arrivals_quarterly": ("year", "year"),
} | dict.fromkeys(
    (
        "arrivals_annual", "arrivals_revisions", "official_totals", "route_estimates",
        "route_shares", "route_costs",
    ),
    ("period_start", "period_end"),
)  # fmt: skip


class Frames:
    """Tables, map layers and derived frames of a data folder.

    ``frames["incidents"]`` is a table as its loader gives it, ``frames.layer("koreas")`` a map
    layer, ``frames(recipe)`` what a function makes of these frames; nothing is made twice.

    Parameters
    ----------
    since, until : int, optional
        First and last year kept of the tables that go by time; :attr:`cut` names those cut.

    Attributes
    ----------
    used : set of str
        Names of the tables and layers (``geo/...``) that were asked for since it was last emptied.
    """

    def __init__(
        self, data_dir: Path | None = None, since: int | None = None, until: int | None = None
    ) -> None:
        self.data_dir = data_dir or default_data_dir()
        self.period = (since, until)
        self.cut: set[str] = set()
        self.used: set[str] = set()
        self._made: dict[object, tuple[object, frozenset[str]]] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as its loader in :mod:`helpers.load` gives it."""
        return self._once(name, lambda: self._load(name), {name})

    def _load(self, name: str) -> pd.DataFrame:
        frame = getattr(load, name)(self.data_dir)
        years = BY_TIME.get(name)
        if years is None or self.period == (None, None):
            return frame
        self.cut.add(name)
        since, until = self.period
        low, high = since or -math.inf, until or math.inf
        # A period that begins nowhere began before any year.
        first, last = (frame[column].astype(str).str[:4] for column in years)
        first, last = (pd.to_numeric(part, errors="coerce") for part in (first, last))
        if name == "blind_years":
            # A span without a reliable record ends with what is kept.
            kept = frame[last.ge(low) & first.le(high)].reset_index(drop=True)
            kept["first_year"] = kept["first_year"].clip(lower=since)
            kept["last_year"] = kept["last_year"].clip(upper=until)
        else:
            kept = frame[first.fillna(-math.inf).ge(low) & last.fillna(math.inf).le(high)]
            kept = kept if kept.index.name else kept.reset_index(drop=True)
        kept.attrs["period"] = self.period
        return kept

    def layer(self, name: str) -> pd.DataFrame:
        """Return a map layer as its loader in :mod:`helpers.layers` gives it."""
        key = f"geo/{name}"
        return self._once(key, lambda: getattr(layers, name)(self.data_dir), {key})

    def put(self, name: str, table: pd.DataFrame) -> None:
        """Take ``table`` for the one of that name from now on."""
        self._made[name] = table, frozenset({name})

    def behind(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the names of the tables and of the layers in ``used``, sorted."""
        layers = sorted(name.removeprefix("geo/") for name in self.used if name.startswith("geo/"))
        return tuple(sorted(name for name in self.used if "/" not in name)), tuple(layers)

    def __call__(self, recipe: Callable[["Frames"], Made]) -> Made:
        """Return what ``recipe`` makes of these frames."""
        # What a recipe makes may hold labels in the language in use.
        return self._once((recipe, current()), lambda: recipe(self), set())

    def _once(self, key: object, make: Callable[[], Made], used: set[str]) -> Made:
        if key not in self._made:
            before, self.used = self.used, set(used)
            try:
                made = make()
                self._made[key] = made, frozenset(self.used)
            finally:
                self.used |= before
        made, behind = self._made[key]
        self.used |= behind
        return made


_shared: dict[object, Frames] = {}


def shared(data_dir: Path | None = None) -> Frames:
    """Return the frames of a data folder (default: the one in use), the same to all who ask.

    They are made anew when a file in it has changed.
    """
    folder = data_dir or default_data_dir()
    files = sorted(folder.rglob("*.*"))
    state = (
        folder,
        *((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files),
    )
    if state not in _shared:
        _shared.clear()
        _shared[state] = Frames(folder)
    return _shared[state]

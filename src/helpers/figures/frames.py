"""The frames of one data folder: each table loaded once, each derived frame made once.

Whoever asks for a frame is noted, so that a finding or a figure can name the tables behind it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pandas as pd

from helpers import layers, load
from helpers.languages import current
from helpers.paths import data_dir as default_data_dir

Made = TypeVar("Made")


class Frames:
    """Tables, map layers and derived frames of a data folder.

    ``frames["incidents"]`` is a table as its loader gives it, ``frames.layer("koreas")`` a map
    layer, ``frames(recipe)`` what a function makes of these frames; nothing is made twice.

    Attributes
    ----------
    used : set of str
        Names of the tables and layers (``geo/...``) that were asked for since it was last emptied.
    """

    def __init__(self, data_dir: Path | None = None) -> None:
        self.data_dir = data_dir or default_data_dir()
        self.used: set[str] = set()
        self._made: dict[object, tuple[object, frozenset[str]]] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as its loader in :mod:`helpers.load` gives it."""
        return self._once(name, lambda: getattr(load, name)(self.data_dir), {name})

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
        return self._once(recipe, lambda: recipe(self), set())

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

    They are made anew when a file in it, or the language in use, has changed.
    """
    folder = data_dir or default_data_dir()
    files = sorted(folder.rglob("*.*"))
    state = (
        folder,
        current(),
        *((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files),
    )
    if state not in _shared:
        _shared.clear()
        _shared[state] = Frames(folder)
    return _shared[state]

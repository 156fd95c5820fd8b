"""What an entry of the catalogue is, and the list of all of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING

from helpers.figures.registry import Content

if TYPE_CHECKING:
    from helpers.frames import Frames

#: Modules of this package with entries, in the order of the notebooks.
SUBJECTS = ()


@dataclass(frozen=True)
class Entry:
    """One figure of the catalogue.

    Attributes
    ----------
    slug : str
        Its name.
    notebook : str
        File name of the notebook that it stands in.
    tables, layers : tuple of str
        Names of the tables and map layers that its recipe loads.
    content : callable
        Takes the frames of the recipe, returns :class:`Content`.
    recipe : callable
        Takes :class:`helpers.frames.Frames`, returns the arguments of ``content``.
    """

    slug: str
    notebook: str
    tables: tuple[str, ...]
    layers: tuple[str, ...]
    content: Callable[..., Content]
    recipe: Callable[[Frames], tuple]

    def make(self, frames: Frames) -> Content:
        """Return the figure of a data folder."""
        return self.content(*self.recipe(frames))


_ENTRIES: dict[str, Entry] = {}


def entry(
    slug: str,
    notebook: str,
    recipe: Callable[[Frames], tuple],
    tables: tuple[str, ...],
    layers: tuple[str, ...] = (),
) -> Callable[[Callable[..., Content]], Callable[..., Content]]:
    """Enter a function that returns a figure's content into the catalogue.

    Parameters
    ----------
    slug, notebook, recipe, tables, layers
        As :class:`Entry` has them. A test holds that ``tables`` and ``layers`` are those that the
        recipe loads.
    """

    def enter(function: Callable[..., Content]) -> Callable[..., Content]:
        @wraps(function)
        def content(*frames: object, **named: object) -> Content:
            made = function(*frames, **named)
            return replace(made, slug=slug, tables=tables, layers=layers)

        _ENTRIES[slug] = Entry(slug, f"{notebook}.ipynb", tables, layers, content, recipe)
        return content

    return enter


def entries() -> Mapping[str, Entry]:
    """Return the whole catalogue by slug, in the order of the notebooks and within them."""
    for subject in SUBJECTS:
        importlib.import_module(f"helpers.catalogue.{subject}")
    return dict(sorted(_ENTRIES.items(), key=lambda item: item[1].notebook))

"""What an entry of the catalogue is, and the list of all of them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING

from helpers.style import Page, Size

if TYPE_CHECKING:
    import pandas as pd

    from helpers.frames import Frames

SLUG_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALT_LIMITS = (60, 400)

#: Modules of this package with entries, in the order of the notebooks.
SUBJECTS = (
    "start", "crossing", "peninsula", "register", "history", "arrivals", "routes", "context",
    "claims", "doubt",
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """One figure before it is drawn: its words, its table, and how to draw it.

    Attributes
    ----------
    title, subtitle, source : str
        The words on the page: the finding; what, where, when, in which unit; sources and limits.
    alt : str
        What the figure shows, for those who cannot see it; 60 to 400 characters.
    fact : str
        The computed sentence that stands beside the figure.
    table : pandas.DataFrame
        What the figure shows, a row a mark.
    draw : callable
        Takes ``title``, ``subtitle``, ``source`` and ``size`` by name, returns a page.
    slug : str
        Name of the files: words of lower-case letters and digits, joined by hyphens.
    tables, layers : tuple of str
        Names of the tables and map layers that the figure rests on.

    Raises
    ------
    ValueError
        If the slug or the length of the alternative text is out of bounds.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    fact: str
    table: pd.DataFrame
    draw: Callable[..., Page]
    slug: str = "unnamed"
    tables: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not SLUG_PATTERN.fullmatch(self.slug):
            raise ValueError(
                f"{self.slug!r} is no slug: lower-case words joined by hyphens expected"
            )
        least, most = ALT_LIMITS
        if not least <= len(self.alt) <= most:
            raise ValueError(
                f"alt text of {self.slug} has {len(self.alt)} characters, "
                f"expected {least} to {most}"
            )

    def page(self, size: Size = "full") -> Page:
        """Return the figure, drawn for a size of :data:`helpers.style.SHEETS`."""
        return self.draw(title=self.title, subtitle=self.subtitle, source=self.source, size=size)


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

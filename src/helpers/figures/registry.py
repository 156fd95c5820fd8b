"""What a figure is before it is drawn, and the list of all of them."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from pathlib import Path
from textwrap import shorten
from types import ModuleType

import pandas as pd

from helpers.figures import style
from helpers.figures.frames import Frames, shared
from helpers.figures.provenance import source_line
from helpers.figures.sheets import Size
from helpers.figures.style import Page
from helpers.words import say

SLUG_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALT_LIMITS = (60, 400)

#: What the subtitle says where only a period is shown, by whether it has a first and a last year.
ONLY = {
    (True, True): "; only {years:when}",
    (True, False): "; only since {since}",
    (False, True): "; only up to {until}",
}

#: Files of this package that are no figure.
ROOMS = {"frames", "halo", "idioms", "lettering", "provenance", "recipes", "registry", "sheets",
         "style"}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What is written on and beside a figure.

    Attributes
    ----------
    title, subtitle : str
        The finding; what, where, when, in which unit.
    source : str
        What the data rest on and where they end; their version and the credits of maps are added.
    alt : str
        What the figure shows, for those who cannot see it; 60 to 400 characters.
    fact : str
        The computed sentence that stands beside the figure.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    fact: str

    @classmethod
    def of(cls, named: Mapping[str, object], **templates: str) -> "Words":
        """Return the words by their templates, filled with the values ``named``."""
        return cls(**{name: say(template, **named).strip() for name, template in templates.items()})


@dataclass(frozen=True)
class Content(Words):
    """One figure before it is drawn: its words, its table, and how to draw it.

    Attributes
    ----------
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

    table: pd.DataFrame
    draw: Callable[..., Page] = field(repr=False)
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

    def page(self, size: Size = "full", titled: bool = True) -> Page:
        """Return the figure, drawn for a size of :data:`helpers.figures.sheets.SHEETS`.

        Without its title and subtitle if not ``titled``: for a report that has them in a caption.
        """
        words = {"title": self.title, "subtitle": self.subtitle, "source": self.source}
        with style.own():
            return self.draw(**words, size=size, **({} if titled else {"titled": False}))


@dataclass(frozen=True)
class Figure:
    """A figure's file, by its name ``slug``; imported when it is wanted."""

    slug: str

    @cached_property
    def module(self) -> ModuleType:
        """Return the file itself."""
        return importlib.import_module(f"helpers.figures.{self.slug.replace('-', '_')}")

    @property
    def notebook(self) -> str:
        """Return the file name of the notebook that it stands in."""
        return f"{self.module.NOTEBOOK}.ipynb"

    @property
    def whole(self) -> bool:
        """Tell whether it would be false of a part of the time."""
        return getattr(self.module, "WHOLE", False)

    def make(self, frames: Frames, *shown: object) -> Content:
        """Return the figure of a data folder, or of what is ``shown`` instead of its own table."""
        frames.used = set()
        own = frames(self.module.table)
        tables, layers = frames.behind()
        shown = shown or (own if isinstance(own, tuple) else (own,))
        empty = len(shown[0]) == 0

        def draw(title: str, subtitle: str, source: str, size: Size, titled: bool = True) -> Page:
            heights = self.module.HEIGHTS
            if callable(heights):
                heights = {} if empty else heights(size, *shown)
            page = style.page(title, subtitle, source, size, titled=titled, **heights)
            if not empty:
                self.module.draw(page, *shown)
                page.legible()
            return page

        words = asdict(self._no_words() if empty else self.module.words(*shown))
        words["source"] = source_line(words["source"], layers)
        if frames.cut & {*tables}:
            since, until = frames.period
            words["subtitle"] += say(
                ONLY[bool(since), bool(until)],
                years=(since or 0, until or 0),
                since=since,
                until=until,
            )
            shown[0].attrs["period"] = frames.period
        # Names in the data may be longer than the longest of today.
        words["alt"] = shorten(words["alt"], ALT_LIMITS[1], placeholder=" …")
        return Content(
            **words, table=shown[0], draw=draw, slug=self.slug, tables=tables, layers=layers
        )

    def _no_words(self) -> Words:
        """Return the words of a figure whose table has no row: nothing is claimed."""
        return Words.of(
            {"about": (self.module.__doc__ or "").partition("\n")[0]},
            title="These data hold no row for this figure",
            subtitle="{about}",
            source="",
            alt="An empty page, since the data hold no row for this figure. It shows: {about}",
            fact="These data hold no row for this figure.",
        )


@cache
def entries() -> Mapping[str, Figure]:
    """Return all figures by slug; the file of one is imported when it is asked for its content."""
    names = {info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)])} - ROOMS
    slugs = sorted(name.replace("_", "-") for name in names)
    return {slug: Figure(slug) for slug in slugs}


def by_notebook() -> list[Figure]:
    """Return all figures in the order of the notebooks that they stand in."""
    return sorted(entries().values(), key=lambda figure: figure.notebook)


def make(slug: str, *shown: object) -> Content:
    """Return a figure with its words, undrawn: of the project's data, or of what you show.

    Parameters
    ----------
    slug : str
        Its name, as ``crossings export --list`` has it.
    *shown : pandas.DataFrame
        What to show instead of its own table: frames of the same columns, as the notebook that it
        stands in makes them. Words and drawing follow them.

    Raises
    ------
    ModuleNotFoundError
        If there is no such figure.
    helpers.data.faults.DataError
        If a table breaks its schema.
    """
    return Figure(slug).make(shared(), *shown)

"""Keep text with a rim as text in vector files.

matplotlib draws text that has path effects as outlines. Then nobody can search, copy or restyle
it, and the file grows by a factor of ten.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from matplotlib.backend_bases import RendererBase
from matplotlib.patheffects import Stroke
from matplotlib.text import Text

from helpers.figures.style import Halo, Page

_MARK = "rim-of-"


def _rims(page: Page) -> list[tuple[Text, Halo]]:
    return [
        (text, effect)
        for text in page.findobj(Text)
        for effect in text.get_path_effects() or []
        if isinstance(effect, Halo)
    ]


@contextmanager
def taken_off(page: Page) -> Iterator[dict[str, tuple[Halo, str | None]]]:
    """Take the rims off for as long as the page is saved; give them by a mark in the file."""
    found = _rims(page)
    kept = [(text, text.get_path_effects(), text.get_gid()) for text, _ in found]
    marks = {}
    try:
        for number, (text, rim) in enumerate(found):
            mark = f"{_MARK}{number}"
            text.set_path_effects([])
            marks[mark] = rim, text.get_gid()
            text.set_gid(mark)
        yield marks
    finally:
        for text, effects, gid in kept:
            text.set_path_effects(effects)
            text.set_gid(gid)


def put_back(svg: str, marks: dict[str, tuple[Halo, str | None]]) -> str:
    """Return the SVG with each rim below its letters: the same text once more, as a stroke.

    Where ``paint-order`` is not known, a stroke of the letters themselves would hide them.
    """

    def styled(match: re.Match) -> str:
        rim, gid = marks[match[1]]
        kind = f' class="{gid}"' if gid else ""
        return (
            f'<use xlink:href="#{match[1]}" style="stroke: {rim.colour}; '
            f'stroke-width: {rim.width_pt}; stroke-linejoin: round"/>\n   <g id="{match[1]}"{kind}>'
        )

    return re.sub(rf'<g id="({_MARK}\d+)">', styled, svg)


@contextmanager
def below(page: Page) -> Iterator[None]:
    """Draw each rim as an outline, and then the text on it as text, while the page is saved."""
    found = _rims(page)
    try:
        for text, rim in found:
            text.draw = partial(_twice, text, rim)
        yield
    finally:
        for text, _ in found:
            del text.draw


def _twice(text: Text, rim: Halo, renderer: RendererBase) -> None:
    """Draw the rim alone, then the text without it."""
    effects = text.get_path_effects()
    try:
        text.set_path_effects([Stroke(linewidth=rim.width_pt, foreground=rim.colour)])
        type(text).draw(text, renderer)
        text.set_path_effects([])
        type(text).draw(text, renderer)
    finally:
        text.set_path_effects(effects)

"""What a drawn page must keep, whatever its size: words on the page, none over another."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from helpers.figures import Frames
from helpers.figures.registry import Figure

MM = 25.4
SIZES = ("column", "full", "slide")
"""The web's page is the full one, printed larger."""

TOUCH_MM = 0.25
"""Boxes of text hold some air: as much may overlap before letters meet."""


@cache
def frames():
    """Return the frames of the project's data."""
    return Frames(Path(__file__).resolve().parents[1] / "data")


def make(slug, *shown):
    """Return a figure of the project's data, or of what is shown."""
    return Figure(slug).make(frames(), *shown)


def drawn(slug, size, *shown):
    """Return a page of a figure, on which no words leave the page or lie over others."""
    page = make(slug, *shown).page(size)
    assert off_page(page) == [] and overlaps(page) == []
    return page


@lru_cache(maxsize=4)
def boxes(page):
    """Return the words and box (mm of the layout) of every text that is drawn on a page."""
    renderer = FigureCanvasAgg(page).get_renderer()
    page.draw_without_rendering()
    undrawn = _undrawn(page)
    return [
        (text, [edge / page.dpi * MM for edge in text.get_window_extent(renderer).extents])
        for text in page.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in undrawn
    ]


def _undrawn(page):
    """Return the ids of the texts that belong to hidden axes or to ticks out of view."""
    found = set()
    for axes in page.axes:
        if not axes.get_visible():
            found |= {id(text) for text in axes.findobj(Text)}
        for axis in (axes.xaxis, axes.yaxis):
            if not axes.axison or not axis.get_visible():
                found |= {id(text) for text in axis.findobj(Text)}
                continue
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    found |= {id(tick.label1), id(tick.label2)}
    return found


def off_page(page):
    """Return the texts that leave the page."""
    width, height = (inches * MM for inches in page.get_size_inches())
    return [
        f"{text.get_text()!r} at {[round(edge, 1) for edge in box]}"
        for text, box in boxes(page)
        if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height
    ]


def overlaps(page):
    """Return the pairs of texts that lie over each other."""
    return [
        f"{one.get_text()!r} over {other.get_text()!r}"
        for (one, a), (other, b) in combinations(boxes(page), 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > TOUCH_MM
        and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH_MM
    ]


def smallest_pt(page):
    """Return the smallest text of a page, in points as printed."""
    return min(text.get_fontsize() for text, _ in boxes(page)) * page.scale


def axes(page, name):
    """Return the axes of that label or gid."""
    return next(ax for ax in page.axes if name in (ax.get_label(), ax.get_gid()))


def held(owner, gid):
    """Return the artists with this gid, in order of drawing."""
    return owner.findobj(lambda artist: artist.get_gid() == gid)


def marks(page, gid):
    """Return how many marks of a kind are drawn: of scatters, lines and patches."""
    return sum(
        len(item.get_offsets()) if hasattr(item, "get_offsets") else 1 for item in held(page, gid)
    )


def words(page, gid):
    """Return the texts of a kind, in order."""
    return [text.get_text() for text in held(page, gid)]

"""Palette, fonts and page of every figure: sizes, title, subtitle, source line.

The palette passed a simulation of the three common colour-vision deficiencies; the two light
colours serve as fills or with an outline only. Fonts come with packages, so that a figure looks
the same on every machine: Fira Sans for Latin script and Noto Sans KR for Hangul.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation

from helpers.vocab import Term

COLOURS = {
    "subject": "#D55E00",
    "line": "#D55E00",
    "china": "#0072B2",
    "sea": "#56B4E9",
    "estuary": "#56B4E9",
    "air": "#000000",
    "context": "#A6A6A6",
}
INK, MUTED, FAINT, PAPER = "#1A1A1A", "#595959", "#D9D9D9", "#FFFFFF"
LAND_NORTH, LAND_SOUTH, LAND_OTHER, WATER = "#E4DED4", "#F1EEE8", "#F7F5F2", "#FFFFFF"
BLIND = {"facecolor": "none", "edgecolor": "#8C8C8C", "hatch": "////", "linewidth": 0}

MARKERS = {
    "jsa": "*",
    "dmz_land": "o",
    "han_estuary": "D",
    "yellow_sea": "s",
    "east_sea": "^",
    "air": "X",
}

#: Size of a page in millimetres: width, and the height a figure may ask to replace.
SIZES_MM = {"column": (89, 80), "full": (183, 120), "slide": (254, 143), "web": (200, 125)}
Size = Literal["column", "full", "slide", "web"]

_MARGIN_MM = 4.0
_POINT_MM = 25.4 / 72
# Fira Sans sets a line 1.31 times its size high; the two constants belong together.
_LEADING, _LINESPACING = 1.25, 0.95
_TITLE_PT, _SUBTITLE_PT, _SOURCE_PT = 13.0, 9.0, 7.0

RC = {
    "figure.dpi": 140,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.family": ["Fira Sans", "Noto Sans KR"],
    "font.size": 8.5,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.5,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.fonttype": "none",
    "svg.hashsalt": "jsa-crossing-in-context",
    "pdf.fonttype": 42,
}


class Page(Figure):
    """A figure with a title, a subtitle and a source line, and axes in the space between.

    Attributes
    ----------
    title, subtitle, source : str
        The words on the page, unwrapped.
    """

    title: str = ""
    subtitle: str = ""
    source: str = ""


@cache
def _add_fonts() -> None:
    files = [resources.files("pylopdf_fonts_ko") / "NotoSansKR-Regular.otf"]
    fira = resources.files("fontpkg_fira_sans") / "files"
    files += [fira / f"FiraSans-{cut}.ttf" for cut in ("Regular", "Italic", "SemiBold", "Bold")]
    fonts = font_manager.fontManager
    for file in files:
        fonts.addfont(str(file))
    # Noto Sans KR comes in one cut: let it stand in for bold and italic Hangul without a warning.
    hangul = next(entry for entry in fonts.ttflist if entry.name == "Noto Sans KR")
    fonts.ttflist += [replace(hangul, weight=weight) for weight in (600, 700)]
    fonts.ttflist.append(replace(hangul, style="italic"))


def use() -> None:
    """Make fonts and parameters the defaults of this process."""
    _add_fonts()
    mpl.rcParams.update(RC)


def colour(term: Term) -> str:
    """Return the colour of a vocabulary term by its role."""
    return COLOURS[term.role]


def page(
    title: str,
    subtitle: str,
    source: str,
    size: Size = "full",
    height_mm: float | None = None,
) -> Page:
    """Return an empty page: title and subtitle on top, source line at the foot, no axes.

    Parameters
    ----------
    title : str
        The finding; bold, at most two lines.
    subtitle : str
        What is shown, where, when, in which unit; at most three lines.
    source : str
        Sources, limits and credits, last on the page.
    size : str
        A key of ``SIZES_MM``.
    height_mm : float, optional
        Height in millimetres where the size's own does not fit.

    Raises
    ------
    ValueError
        If the title does not fit on two lines, or the subtitle on three.
    """
    use()
    width, height = SIZES_MM[size]
    height = height_mm or height
    fig = Page(figsize=(width / 25.4, height / 25.4))
    fig.title, fig.subtitle, fig.source = title, subtitle, source
    top = _stack(fig, title, _MARGIN_MM, _TITLE_PT, 2, weight="bold")
    top = _stack(fig, subtitle, top + 1.2, _SUBTITLE_PT, 3, color=MUTED)
    lines = wrap(source, width - 2 * _MARGIN_MM, _SOURCE_PT)
    foot = _MARGIN_MM + len(lines) * _SOURCE_PT * _LEADING * _POINT_MM
    fig.text(
        _MARGIN_MM / width,
        foot / height,
        "\n".join(lines),
        fontsize=_SOURCE_PT,
        color=MUTED,
        va="top",
        linespacing=_LINESPACING,
        gid="source",
    )
    fig.body_mm = (_MARGIN_MM, foot + 2.0, width - _MARGIN_MM, height - top - 3.0)
    return fig


def _stack(fig: Page, words: str, top: float, points: float, most: int, **text: object) -> float:
    """Write wrapped ``words`` ``top`` millimetres below the upper edge; return where they end."""
    width, height = (inches * 25.4 for inches in fig.get_size_inches())
    bold = text.get("weight") == "bold"
    lines = wrap(words, width - 2 * _MARGIN_MM, points, bold=bold)
    if len(lines) > most:
        raise ValueError(f"{len(lines)} lines, at most {most} fit on the page: {words!r}")
    fig.text(
        _MARGIN_MM / width,
        1 - top / height,
        "\n".join(lines),
        fontsize=points,
        va="top",
        linespacing=_LINESPACING,
        gid="title" if bold else "subtitle",
        **text,
    )
    return top + len(lines) * points * _LEADING * _POINT_MM


def wrap(words: str, width_mm: float, points: float, bold: bool = False) -> list[str]:
    """Break ``words`` into lines that fit ``width_mm``, measured on the font at that size."""
    lines = []
    for part in words.split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".lstrip()
            if line and _width_mm(longer, points, bold) > width_mm:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


@lru_cache(maxsize=4096)
def _width_mm(words: str, points: float, bold: bool) -> float:
    """Return how wide ``words`` are in one line."""
    font = font_manager.FontProperties(
        family=RC["font.family"], size=points, weight="bold" if bold else "normal"
    )
    # A dollar sign or brace must not be read as mathematics, hence the plain measure.
    width, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return width * _POINT_MM


def axes(
    fig: Page,
    left: float = 0,
    bottom: float = 0,
    right: float = 0,
    top: float = 0,
    **options: object,
) -> mpl.axes.Axes:
    """Return axes that fill the page's body, less the given insets in millimetres."""
    return axes_in(fig, fig.body_mm, left, bottom, right, top, **options)


def axes_in(
    fig: Page,
    box: tuple[float, float, float, float],
    left: float = 0,
    bottom: float = 0,
    right: float = 0,
    top: float = 0,
    **options: object,
) -> mpl.axes.Axes:
    """Return axes in ``box`` (left, bottom, right, top in mm on the page), less the insets."""
    width, height = (inches * 25.4 for inches in fig.get_size_inches())
    x0, y0, x1, y1 = box[0] + left, box[1] + bottom, box[2] - right, box[3] - top
    return fig.add_axes((x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height), **options)


def offset(ax: mpl.axes.Axes, x_mm: float, y_mm: float) -> mpl.transforms.Transform:
    """Return a data transform shifted by millimetres, for labels beside marks."""
    shift = ScaledTranslation(x_mm / 25.4, y_mm / 25.4, ax.figure.dpi_scale_trans)
    return ax.transData + shift


def blind(ax: mpl.axes.Axes, start: float, end: float, **where: object) -> None:
    """Hatch the span ``start`` to ``end`` of the x axis: no one looked, or nothing was printed."""
    ax.axvspan(start, end, zorder=0.5, **BLIND, **where)

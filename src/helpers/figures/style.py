"""Palette, fonts and page of every figure: sizes, title, subtitle, source line.

The palette passed a simulation of the three common colour-vision deficiencies; the two light
colours serve as fills or with an outline only. One sign has one meaning: orange is the JSA, a
filled star its crossing by a citizen of the North, an open star by a foreigner, hatching no
reliable record. Marks have 3:1 against the paper, small text 4.5:1. Fonts come with
packages, so that a figure looks the same on every machine: Fira Sans for Latin script and Noto Sans
KR for Hangul.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation, Transform

from helpers.data.vocab import Route
from helpers.languages import tr

COLOURS = {
    "subject": "#B34E00",
    "line": "#00795B",
    "china": "#0072B2",
    "sea": "#56B4E9",
    "estuary": "#56B4E9",
    "air": "#000000",
    "context": "#949494",
}
INK, MUTED, FAINT, PAPER = "#1A1A1A", "#595959", "#D9D9D9", "#FFFFFF"
LAND_NORTH, LAND_SOUTH, LAND_OTHER, WATER = "#E4DED4", "#F1EEE8", "#F7F5F2", "#FFFFFF"
BLIND = {"facecolor": "none", "edgecolor": "#8C8C8C", "hatch": "////", "linewidth": 0}

MARKERS = {
    "jsa": "*", "dmz_land": "o", "han_estuary": "D", "yellow_sea": "s", "east_sea": "^", "air": "X",
}  # fmt: skip
EVEN = {"*": 1.75, "o": 1.0, "D": 0.78, "s": 0.88, "^": 1.12, "X": 1.12}
"""What makes the markers look equally large."""

LEAST_PT = 6.5
"""The smallest print in any size."""

Size = Literal["column", "full", "slide", "web"]


@dataclass(frozen=True)
class Sheet:
    """A size that a page can be printed in.

    Attributes
    ----------
    width_mm, height_mm : float
        As printed; the height where it is fixed.
    layout_mm : float, optional
        Width that the page is laid out for: text in points and insets in millimetres are those of
        the layout, and print larger or smaller with it. A page of fixed height is laid out as wide
        as its own height asks.
    title_lines, subtitle_lines : int
        How many lines may fit on top.
    source_pt : float
        Size of the source line in the layout.
    """

    width_mm: float
    height_mm: float | None = None
    layout_mm: float | None = None
    title_lines: int = 2
    subtitle_lines: int = 3
    source_pt: float = 7.0


SHEETS: dict[Size, Sheet] = {
    "column": Sheet(89, layout_mm=110, title_lines=5, subtitle_lines=8, source_pt=8.1),
    "full": Sheet(183, layout_mm=183),
    "slide": Sheet(254, height_mm=143),
    "web": Sheet(200, layout_mm=183),
}
"""One column and the full width of a journal's page, a slide of 16 to 9, a page on the web."""

SLIDE_LAYOUT_MM = (103, 135)
"""Heights that a slide may be laid out for: text prints 1.39 to 1.06 times its size."""

_MARGIN_MM = 4.0
_POINT_MM = 25.4 / 72
# Fira Sans sets a line 1.31 times its size high; the two constants belong together.
_LEADING, _LINESPACING = 1.25, 0.95
_TITLE_PT, _SUBTITLE_PT = 13.0, 9.0

RC = {
    "figure.dpi": 140,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.family": ["Fira Sans", "Noto Sans KR"],
    "font.size": 8.5,
    "text.color": INK,
    # Letters in their own shape: at these resolutions hinting only bends them, and costs a third
    # of the time that a figure takes.
    "text.hinting": "none",
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
    "xtick.labelsize": 8.1,
    "ytick.labelsize": 8.1,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.5,
    "legend.frameon": False,
    "legend.fontsize": 8.1,
    "svg.fonttype": "none",
    "svg.hashsalt": "jsa-crossing-in-context",
    "pdf.fonttype": 42,
}


@cache
def _add_fonts() -> None:
    files = [
        resources.files("pylopdf_fonts_ko") / "NotoSansKR-Regular.otf",
        resources.files("helpers.figures") / "fonts" / "NotoSansKR-SemiBold.ttf",
    ]
    fira = resources.files("fontpkg_fira_sans") / "files"
    files += [fira / f"FiraSans-{cut}.ttf" for cut in ("Regular", "Italic", "SemiBold", "Bold")]
    fonts = font_manager.fontManager
    installed = len(fonts.ttflist)
    for file in files:
        fonts.addfont(str(file))
    ours = fonts.ttflist[installed:]
    # Hangul has two cuts here: let them stand in for bold and italic without a warning.
    cuts = {entry.weight: entry for entry in ours if entry.name == "Noto Sans KR"}
    ours += [replace(cuts[600], weight=700), replace(cuts[400], style="italic")]
    # Among fonts of one name the first is taken: these, not those installed on the machine.
    fonts.ttflist = ours + fonts.ttflist[:installed]


@contextmanager
def own() -> Iterator[None]:
    """Let matplotlib's defaults and ``RC`` hold in the block, whatever the user has set."""
    _add_fonts()
    defaults = {name: value for name, value in mpl.rcParamsDefault.items() if name != "backend"}
    with mpl.rc_context(defaults | RC):
        yield


class Halo(withStroke):
    """A rim around text, so that it reads on top of lines and marks: half of it is behind them."""

    def __init__(self, width_pt: float = 2.2, colour: str = PAPER) -> None:
        super().__init__(linewidth=width_pt, foreground=colour)
        self.width_pt, self.colour = width_pt, colour


HALO = [Halo()]
"""Path effects for text over a plot."""


class Page(Figure):
    """A figure with a title, a subtitle and a source line, and axes in the space between.

    Attributes
    ----------
    title, subtitle, source : str
        The words on the page, unwrapped.
    size : str
        A key of ``SHEETS``.
    scale : float
        How many times larger than laid out the page is printed.
    body_mm : tuple of float
        Left, bottom, right and top of the space for axes, in millimetres of the layout.
    """

    title: str = ""
    subtitle: str = ""
    source: str = ""
    size: Size = "full"
    scale: float = 1.0
    body_mm: tuple[float, float, float, float]

    @own()
    def savefig(self, *args: object, **options: object) -> None:
        """Save the page, whatever the user has set."""
        super().savefig(*args, **options)

    @property
    def least_pt(self) -> float:
        """Return the smallest size of words in the layout that prints at ``LEAST_PT``."""
        return LEAST_PT / self.scale

    def legible(self) -> None:
        """Enlarge words that would print smaller than ``LEAST_PT``, in the language in use."""
        for text in self.findobj(Text):
            text.set(fontsize=max(text.get_fontsize(), self.least_pt), text=tr(text.get_text()))

    @property
    def narrow(self) -> bool:
        """Whether the page is one column wide: what stood side by side, stacks."""
        return self.size == "column"

    @property
    def slide(self) -> bool:
        """Whether the page is wide and low: what was stacked, stands side by side."""
        return self.size == "slide"


def marker(route: Route, filled: bool = True, mm: float = 2.5) -> dict[str, object]:
    """Return the marker, size and colours of a route for ``Axes.scatter``."""
    shape, own = MARKERS[route.value], COLOURS[route.role]
    light = own == COLOURS["sea"]
    return {
        "marker": shape,
        "s": (mm / _POINT_MM * EVEN[shape]) ** 2,
        "facecolor": own if filled else PAPER,
        "edgecolor": INK if light and filled else "#2B6C94" if light else own,
        "linewidth": 0.6 if filled else 1.1,
    }


@own()
def page(
    title: str, subtitle: str, source: str, size: Size = "full", height_mm: float = 120,
    column_body_mm: float = 90, slide_mm: float = 118,
) -> Page:  # fmt: skip
    """Return an empty page: title and subtitle on top, source line at the foot, no axes.

    Parameters
    ----------
    height_mm : float
        Height of the page at full width and on the web, in millimetres of the layout.
    column_body_mm : float
        Height of the body in a column; the page grows by what the words need.
    slide_mm : float
        Height that a slide is laid out for, within ``SLIDE_LAYOUT_MM``; it is 1.78 times as wide.

    Raises
    ------
    ValueError
        If the words do not fit on the lines there are, or a slide has another height.
    """
    sheet = SHEETS[size]
    width = sheet.layout_mm or _slide_width(slide_mm, sheet)
    inner = width - 2 * _MARGIN_MM
    heads = _head(title, inner, _TITLE_PT, sheet.title_lines, bold=True)
    below = _head(subtitle, inner, _SUBTITLE_PT, sheet.subtitle_lines)
    feet = wrap(source, inner, sheet.source_pt)
    foot = _MARGIN_MM + _lines_mm(feet, sheet.source_pt)
    second = _MARGIN_MM + _lines_mm(heads, _TITLE_PT) + 1.2
    top = second + _lines_mm(below, _SUBTITLE_PT)
    height = {"column": foot + 2.0 + column_body_mm + top + 3.0, "slide": slide_mm}.get(
        size, height_mm
    )
    fig = Page(figsize=(width / 25.4, height / 25.4))
    fig.title, fig.subtitle, fig.source, fig.size = title, subtitle, source, size
    fig.scale = sheet.width_mm / width
    _write(fig, heads, height - _MARGIN_MM, _TITLE_PT, "title", weight="bold")
    _write(fig, below, height - second, _SUBTITLE_PT, "subtitle", color=MUTED)
    _write(fig, feet, foot, sheet.source_pt, "source", color=MUTED)
    fig.body_mm = (_MARGIN_MM, foot + 2.0, width - _MARGIN_MM, height - top - 3.0)
    return fig


def _slide_width(height_mm: float, sheet: Sheet) -> float:
    least, most = SLIDE_LAYOUT_MM
    if not least <= height_mm <= most:
        raise ValueError(f"a slide laid out {height_mm} mm high: {least} to {most} expected")
    return height_mm * sheet.width_mm / sheet.height_mm


def _head(words: str, width: float, points: float, most: int, bold: bool = False) -> list[str]:
    lines = wrap(words, width, points, bold=bold)
    if len(lines) > most:
        raise ValueError(f"{len(lines)} lines, at most {most} fit on the page: {words!r}")
    return lines


def _lines_mm(lines: list[str], points: float) -> float:
    return len(lines) * points * _LEADING * _POINT_MM


def _write(
    fig: Page, lines: list[str], top: float, points: float, gid: str, **text: object
) -> None:
    """Write lines down from ``top`` millimetres above the lower edge."""
    width, height = (inches * 25.4 for inches in fig.get_size_inches())
    look = {"fontsize": points, "va": "top", "linespacing": _LINESPACING, "gid": gid}
    fig.text(_MARGIN_MM / width, top / height, "\n".join(lines), **look, **text)


def wrap(words: str, within_mm: float, points: float, bold: bool = False) -> list[str]:
    """Break ``words`` into lines that fit ``within_mm``, measured on the font at that size."""
    weight = "bold" if bold else "normal"
    lines = []
    for part in tr(words).split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".lstrip()
            if line and width_mm(longer, points, weight) > within_mm:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def width_mm(words: str, points: float, weight: str = "normal", slant: str = "normal") -> float:
    """Return how wide ``words`` are in one line of the page's font, in millimetres."""
    # Word by word: words come again and again, and no letter is kerned with a space.
    parts = tr(words).split(" ")
    spaces = (len(parts) - 1) * _word_mm(" ", points, weight, slant)
    return spaces + sum(_word_mm(part, points, weight, slant) for part in parts if part)


@lru_cache(maxsize=4096)
def _word_mm(word: str, points: float, weight: str, slant: str) -> float:
    _add_fonts()
    font = font_manager.FontProperties(
        family=RC["font.family"], size=points, weight=weight, style=slant
    )
    # A dollar sign or brace must not be read as mathematics, hence the plain measure.
    width, _, _ = text_to_path.get_text_width_height_descent(word, font, ismath=False)
    return width * _POINT_MM


def axes(page: Page, **options: object) -> Axes:
    """Return axes that fill the page's body, less insets in millimetres (:func:`axes_in`)."""
    return axes_in(page, page.body_mm, **options)


def axes_in(
    page: Page, box: tuple[float, float, float, float], left: float = 0, bottom: float = 0,
    right: float = 0, top: float = 0, **options: object,
) -> Axes:  # fmt: skip
    """Return axes in ``box`` (left, bottom, right, top in mm on the page), less the insets."""
    width, height = (inches * 25.4 for inches in page.get_size_inches())
    x0, y0, x1, y1 = box[0] + left, box[1] + bottom, box[2] - right, box[3] - top
    place = (x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height)
    return page.add_axes(place, **options)


def offset(ax: Axes, x_mm: float, y_mm: float = 0, base: Transform | None = None) -> Transform:
    """Return the data's transform, or ``base``, shifted by millimetres: for labels beside marks."""
    shift = ScaledTranslation(x_mm / 25.4, y_mm / 25.4, ax.figure.dpi_scale_trans)
    return (ax.transData if base is None else base) + shift


def size_mm(ax: Axes) -> tuple[float, float]:
    """Return how wide and high axes are, in millimetres of the layout."""
    place, (width, height) = ax.get_position(), ax.figure.get_size_inches()
    return place.width * width * 25.4, place.height * height * 25.4

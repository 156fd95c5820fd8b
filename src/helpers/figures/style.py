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
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text
from matplotlib.transforms import ScaledTranslation, Transform

from helpers.data.vocab import Route
from helpers.figures import lettering
from helpers.figures.lettering import width_mm as width_mm
from helpers.figures.lettering import wrap
from helpers.figures.sheets import SHEETS as SHEETS
from helpers.figures.sheets import SLIDE_LAYOUT_MM as SLIDE_LAYOUT_MM
from helpers.figures.sheets import Sheet
from helpers.figures.sheets import Size as Size
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

_MARGIN_MM = 4.0
_POINT_MM = 25.4 / 72
# Fira Sans sets a line 1.31 times its size high; the two constants belong together.
_LEADING, _LINESPACING = 1.25, 0.95
_TITLE_PT, _SUBTITLE_PT = 13.0, 9.0

RC = {
    "figure.dpi": 140,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "font.family": [*lettering.FAMILIES],
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
    # A dollar sign in the data is a dollar sign.
    "text.parse_math": False,
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


#: Parameters on top of ``RC``.
_on_top: ContextVar[dict[str, object] | None] = ContextVar("on_top", default=None)


@contextmanager
def own() -> Iterator[None]:
    """Let matplotlib's defaults and ``RC`` hold in the block, whatever the user has set."""
    lettering.add()
    defaults = {name: value for name, value in mpl.rcParamsDefault.items() if name != "backend"}
    with mpl.rc_context(defaults | RC | (_on_top.get() or {})):
        yield


@contextmanager
def on_top(file: Path | None) -> Iterator[None]:
    """Let a style file of matplotlib (``.mplstyle``) hold on top of ours in the block.

    Raises
    ------
    ValueError
        If the file is none, or a value in it cannot be read.
    """
    try:
        if file and not file.is_file():
            raise FileNotFoundError("no such file")
        given = file and mpl.rc_params_from_file(file, True, use_default_template=False)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{file}: no style of matplotlib ({error})") from error
    parameters = dict(given or {})
    token = _on_top.set(parameters)
    family = lettering.families.set((*parameters.get("font.family", lettering.FAMILIES),))
    try:
        yield
    finally:
        _on_top.reset(token)
        lettering.families.reset(family)


def use() -> None:
    """Make our look that of the charts you draw from now on; :func:`finish` adds the words."""
    lettering.add()
    mpl.rcParams.update(RC)


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
    titled: bool = True
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
        """Say words in the language in use, none smaller than ``LEAST_PT``, none off the page.

        A name in the data may be longer than any of today's: it ends in an ellipsis at the edge.
        """
        for ax in self.axes:
            ax.apply_aspect()
            ax.get_xlim(), ax.get_ylim()  # settles scales that are still to fit what is drawn
        for text in self.findobj(Text):
            text.set(fontsize=max(text.get_fontsize(), self.least_pt), text=tr(text.get_text()))
            wrapped = text.get_gid() in ("title", "subtitle", "source")
            if text.get_text() and not wrapped and not isinstance(text, Annotation):
                look = text.get_fontsize(), text.get_fontweight()
                text.set_text(lettering.clip(text.get_text(), self._room_mm(text), *look))

    def _room_mm(self, text: Text) -> float:
        """Return how long a line of the text may be; letters on a screen are a little wider."""
        upright = text.get_rotation() == 90
        place = text.get_transform().transform(text.get_unitless_position())[int(upright)]
        before = place / self.dpi * 25.4
        after = self.get_size_inches()[int(upright)] * 25.4 - before
        side = text.get_verticalalignment() if upright else text.get_horizontalalignment()
        towards = {"right": before, "top": before, "center": 2 * min(before, after)}
        return 0.95 * towards.get(side, after)

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
    column_body_mm: float = 90, slide_mm: float = 118, titled: bool = True,
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
    titled : bool
        Whether title and subtitle are written; else the page is lower by as much, a slide is not.

    Raises
    ------
    ValueError
        If the words do not fit on the lines there are, or a slide has another height.
    """
    sheet = SHEETS[size]
    width = sheet.layout_mm or _slide_width(slide_mm, sheet)
    words = _Words(width, sheet, title, subtitle, source)
    if not titled:
        height_mm -= words.top
        words = replace(words, title="", subtitle="")
    height = {"column": words.foot + 5.0 + column_body_mm + words.top, "slide": slide_mm}.get(
        size, height_mm
    )
    fig = Page(figsize=(width / 25.4, height / 25.4))
    fig.title, fig.subtitle, fig.source, fig.size = title, subtitle, source, size
    fig.scale, fig.titled = sheet.width_mm / width, titled
    words.write(fig)
    fig.body_mm = (_MARGIN_MM, words.foot + 2.0, width - _MARGIN_MM, height - words.top - 3.0)
    return fig


def finish(fig: Figure, title: str, subtitle: str = "", source: str = "") -> Figure:
    """Write title, subtitle and source line on a chart of your own, and make room for them.

    The figure keeps its width and grows by what the words need; ``fig.savefig`` saves it.
    """
    width, height = (inches * 25.4 for inches in fig.get_size_inches())
    words = _Words(width, SHEETS["full"], title, subtitle, source)
    whole = height + words.top + words.foot
    fig.set_size_inches(width / 25.4, whole / 25.4)
    fig.tight_layout(rect=(0, words.foot / whole, 1, 1 - words.top / whole))
    words.write(fig)
    return fig


@dataclass(frozen=True)
class _Words:
    """Title and subtitle on top, the source line at the foot, in lines that fit the width."""

    width: float
    sheet: Sheet
    title: str
    subtitle: str
    source: str

    def __post_init__(self) -> None:
        for name, most in (
            ("title", self.sheet.title_lines),
            ("subtitle", self.sheet.subtitle_lines),
        ):
            lines = self._lines(name)
            if len(lines) > most:
                words = getattr(self, name)
                raise ValueError(f"{len(lines)} lines, at most {most} fit on the page: {words!r}")

    def _points(self, name: str) -> float:
        return {"title": _TITLE_PT, "subtitle": _SUBTITLE_PT, "source": self.sheet.source_pt}[name]

    def _lines(self, name: str) -> list[str]:
        words = getattr(self, name)
        inner = self.width - 2 * _MARGIN_MM
        return wrap(words, inner, self._points(name), bold=name == "title") if words else []

    def _high(self, name: str) -> float:
        return len(self._lines(name)) * self._points(name) * _LEADING * _POINT_MM

    @property
    def foot(self) -> float:
        """Return how high the source line reaches from below."""
        return _MARGIN_MM + self._high("source")

    @property
    def second(self) -> float:
        """Return where the subtitle begins, from above."""
        return _MARGIN_MM + self._high("title") + 1.2

    @property
    def top(self) -> float:
        """Return where the words on top end, from above."""
        return self.second + self._high("subtitle") if self.title else 0.0

    def write(self, fig: Figure) -> None:
        """Write all of it."""
        width, height = (inches * 25.4 for inches in fig.get_size_inches())
        tops = {"title": height - _MARGIN_MM, "subtitle": height - self.second, "source": self.foot}
        for name, top in tops.items():
            if not getattr(self, name):
                continue
            look = {"weight": "bold"} if name == "title" else {"color": MUTED}
            fig.text(
                _MARGIN_MM / width, top / height, "\n".join(self._lines(name)), va="top",
                fontsize=self._points(name), linespacing=_LINESPACING, gid=name, **look,
            )  # fmt: skip


def _slide_width(height_mm: float, sheet: Sheet) -> float:
    least, most = SLIDE_LAYOUT_MM
    if not least <= height_mm <= most:
        raise ValueError(f"a slide laid out {height_mm} mm high: {least} to {most} expected")
    return height_mm * sheet.width_mm / sheet.height_mm


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

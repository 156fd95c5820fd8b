"""What the charts are built of: rows with marks, words beside marks, keys, axes of values."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Transform

from helpers.data.vocab import Route
from helpers.figures import style
from helpers.words import say

#: The direct routes by their value, with their names in two lines where these are long.
ROUTES = {
    "jsa": "Joint Security Area",
    "dmz_land": "Land line\noutside the JSA",
    "han_estuary": "Han estuary",
    "yellow_sea": "Yellow Sea",
    "east_sea": "East Sea\n(Sea of Japan)",
    "air": "Air",
}

Box = tuple[float, float, float, float]
Mark = tuple[Callable[[Axes, float, float], object], float]
"""What a key draws at x, y of its axes, and how many millimetres it takes."""

ROUND = [1, 2, 5, 10]
KEY_ROW_MM = 4.6


def small(ax: Axes) -> float:
    """Return the points of the smallest words: a column prints them smaller than they are set."""
    return max(7.0, ax.figure.least_pt)


# Words ------------------------------------------------------------------------------------------


def words(
    ax: Axes, x: float, y: float, text: str, side: str = "right", mm: float = 1.2,
    base: Transform | None = None, **look: object,
) -> None:  # fmt: skip
    """Write words ``right``, ``left``, ``above`` or ``below`` a mark, so many millimetres off."""
    shift, across, up = {
        "right": ((mm, 0), "left", "center"), "left": ((-mm, 0), "right", "center"),
        "above": ((0, mm), "left", "bottom"), "below": ((0, -mm), "left", "top"),
    }[side]  # fmt: skip
    look = {"fontsize": 8, "ha": across, "va": up, "path_effects": style.HALO, "zorder": 4} | look
    ax.text(x, y, text, transform=style.offset(ax, *shift, base), **look)


def row_name(ax: Axes, y: float, text: str, left_mm: float, **look: object) -> None:
    """Write the name of a row, begun so many millimetres left of the axes."""
    words(ax, 0, y, text, mm=-left_mm, base=ax.get_yaxis_transform(), **{"fontsize": 8.1} | look)


def heading(ax: Axes, text: str, x_mm: float = 0, align: str = "left") -> None:
    """Write a bold heading above the axes."""
    at = style.offset(ax, x_mm, 1.2, ax.transAxes)
    ax.text(0, 1, text, fontweight=600, ha=align, va="bottom", transform=at)


def route_look(route: str) -> dict[str, object]:
    """Return the look of a route's name: the JSA bold and in its colour."""
    jsa = route == Route.JSA.value
    colour = style.COLOURS["subject"] if jsa else style.INK
    return {"color": colour, "fontweight": 600 if jsa else 400}


def apart(wanted: Iterable[float], gap: float) -> np.ndarray:
    """Return places as near to ``wanted`` (ascending) as may be, each ``gap`` after the last."""
    groups: list[list[float]] = []
    for value in wanted:
        groups.append([float(value)])
        # Groups that would meet become one, centred on what its members want.
        while len(groups) > 1 and _run(groups[-1], gap)[0] < _run(groups[-2], gap)[-1] + gap:
            groups[-2:] = [groups[-2] + groups[-1]]
    return np.concatenate([_run(group, gap) for group in groups])


def _run(group: list[float], gap: float) -> np.ndarray:
    return np.mean(group) + gap * (np.arange(len(group)) - (len(group) - 1) / 2)


def decade(first: int) -> str:
    """Return the name of a decade, as in ``1950s``."""
    return say("{decade}s", decade=first)


# Marks ------------------------------------------------------------------------------------------


def interval(
    ax: Axes, y: float, ends: Sequence[float], value: float, colour: str, gid: str,
    filled: bool = True,
) -> None:  # fmt: skip
    """Draw a value with its interval: a line, and a mark on it; thinner where it is open."""
    look = {"linewidth": 1.8 if filled else 1.1, "solid_capstyle": "butt", "gid": "interval"}
    ax.plot(ends, [y, y], color=colour, zorder=2, **look)
    look = dot("o", colour, filled, 28 if filled else 17)
    ax.scatter([value], [y], zorder=3, gid=gid, clip_on=False, **look)


def bar(ax: Axes, x: float, y: float, wide: float, high: float, **look: object) -> None:
    """Draw a bar to the right from ``x``, centred on ``y``."""
    ax.add_patch(Rectangle((x, y - high / 2), wide, high, **look))


def arrow(ax: Axes, x: float, y: float, points: tuple[float, float], **look: object) -> None:
    """Draw an arrow from a mark, so many points to the right and up: only this end was said."""
    look = {"arrowstyle": "<-", "shrinkA": 0, "shrinkB": 0} | look
    ax.annotate(
        "", (x, y), points, textcoords="offset points", zorder=2, arrowprops=look, gid="open"
    )


def dot(marker: str = "o", colour: str = style.INK, filled: bool = True, size: float = 28) -> dict:
    """Return the look of a mark that is filled or open."""
    face = colour if filled else style.PAPER
    return {"marker": marker, "s": size, "facecolor": face, "edgecolor": colour, "linewidth": 1.0}


def star(citizen: str, mm: float = 2.5) -> dict:
    """Return the look of a crossing of the JSA: by a citizen of the North filled, else open."""
    look = style.marker(Route.JSA, citizen == "North", mm)
    return look | ({"facecolor": style.FAINT} if citizen == "not stated" else {})


# Axes -------------------------------------------------------------------------------------------


def in_mm(ax: Axes) -> tuple[float, float]:
    """Count axes in millimetres, right and down from the upper left; return their size."""
    width, height = style.size_mm(ax)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    return width, height


def map_axes(ax: Axes, box: Box, colour: str = style.FAINT) -> None:
    """Make axes of a map: west, south, east, north, true to scale in a thin frame, no ticks."""
    west, south, east, north = box
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    ax.set(xlabel="", ylabel="")
    ax.spines[:].set(visible=True, color=colour)


def value_axis(ax: Axes, most: float, rows: float, top: float = 0.6, ticks: int = 6) -> None:
    """Make axes of rows that run down, with round values from zero to ``most`` and a grid."""
    ax.set(xlim=(-0.01 * most, most), ylim=(rows - 0.4, -top), yticks=[])
    found = MaxNLocator(ticks, steps=ROUND).tick_values(0, most)
    ax.set_xticks([tick for tick in found if 0 <= tick <= most])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)


def bare(ax: Axes, axis: str = "y") -> None:
    """Give an axis a grid in place of its line and ticks."""
    ax.grid(axis=axis)
    ax.tick_params(axis=axis, length=0)
    ax.spines["left" if axis == "y" else "bottom"].set_visible(False)


def counts_up(ax: Axes, ticks: int = 6) -> None:
    """Mark whole round numbers at the left of the axes, with a grid."""
    ax.yaxis.set_major_locator(MaxNLocator(ticks, integer=True, steps=ROUND))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    bare(ax)


def year_ticks(ax: Axes, wanted: Iterable[int], apart_mm: float = 8.5) -> None:
    """Set ticks at years, the first named first, and leave out what would touch one set before."""
    wide = style.size_mm(ax)[0] / abs(ax.get_xlim()[1] - ax.get_xlim()[0])
    kept: list[int] = []
    for year in wanted:
        if all(abs(year - other) * wide >= apart_mm for other in kept):
            kept.append(int(year))
    ax.set_xticks(sorted(kept))


# Keys -------------------------------------------------------------------------------------------


def mark(**look: object) -> Mark:
    """Return a mark for a key."""
    return (lambda ax, x, y: ax.scatter([x + 1.8], [y], **look)), 5.2


def swatch(**look: object) -> Mark:
    """Return a patch of colour for a key."""
    return (lambda ax, x, y: bar(ax, x + 0.2, y, 7, 2.6, **look)), 9


def stroke(**look: object) -> Mark:
    """Return a line for a key."""
    return (lambda ax, x, y: ax.plot([x, x + 7], [y, y], **look)), 9


def key(
    page: style.Page, items: Iterable[tuple[Mark, str]], left: float = 0, below: bool = False
) -> None:
    """Draw a key over (or ``below``) the body of the page, which gives it as many rows as needed.

    Marks are drawn on axes in millimetres, right and down from the upper left; ``left`` insets it.
    """
    west, south, east, north = page.body_mm
    points, wide = 8.1, east - west - left
    x, y, places = 0.0, KEY_ROW_MM / 2, []
    for (draw, lead), text in items:
        lines = style.wrap(text, wide - lead, points)
        long = lead + max(style.width_mm(line, points) for line in lines)
        if x and x + long > wide:
            x, y = 0.0, y + KEY_ROW_MM
        places.append((draw, lines, x, y, x + lead))
        x, y = x + long + 5, y + 3.6 * (len(lines) - 1)
    high = y + KEY_ROW_MM / 2 + 1
    box = (west + left, south, east, south + high)
    page.body_mm = (west, south + high, east, north)
    if not below:
        box = (west + left, north - high, east, north)
        page.body_mm = (west, south, east, north - high)
    ax = style.axes_in(page, box, label="key")
    in_mm(ax)
    for draw, lines, x, y, start in places:
        draw(ax, x, y)
        for line, text in enumerate(lines):
            ax.text(start, y + 3.6 * line, text, fontsize=points, va="center", gid="key-words")


def star_items(citizens: set[str], where: str = "JSA, ") -> list[tuple[Mark, str]]:
    """Return the stars of a key; the one of unstated nationality only if there is one."""
    names = {"North": "North Korean", "foreign": "foreigner"}
    if "not stated" in citizens:
        names["not stated"] = "citizenship not stated"
    return [
        (mark(**star(citizen, 2.4)), say("{where}{name}", where=where, name=name))
        for citizen, name in names.items()
    ]

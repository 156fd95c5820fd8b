"""What the charts are built of: rows with marks, words beside marks, keys, panels by size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from helpers.data.vocab import Route
from helpers.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
Item = tuple[Callable[["Axes", float, float], object], str]
KEY_ROW_MM = 4.6


def panel(fig: style.Page, label: str, **places: Box) -> Axes:
    """Return axes placed by millimetres from left, bottom, right, top, a place for each size.

    ``column`` and ``slide`` stand for themselves, ``full`` for every size that has no place.
    """
    inset = places.get(fig.size, places["full"])
    return style.axes(fig, *inset, label=label)


def small(ax: Axes) -> float:
    """Return the points of the smallest words: a column prints them smaller than they are set."""
    return 8.1 if ax.figure.narrow else 7.0


def words(
    ax: Axes, x: float, y: float, text: str, side: str = "right", mm: float = 1.2, **look: object
) -> None:
    """Write words beside a mark (``right``, ``left``) or ``above`` it, so many millimetres off."""
    shift = {"right": (mm, 0), "left": (-mm, 0), "above": (0, mm)}[side]
    align = {"right": ("left", "center"), "left": ("right", "center"), "above": ("left", "bottom")}
    across, up = align[side]
    look = {"fontsize": 8, "ha": across, "va": up, "path_effects": style.HALO, "zorder": 4} | look
    ax.text(x, y, text, transform=style.offset(ax, *shift), **look)


def interval(
    ax: Axes, y: float, ends: Sequence[float], value: float, colour: str, gid: str,
    marker: str = "o", filled: bool = True, strong: bool = True, line: str = "interval",
) -> None:  # fmt: skip
    """Draw a value with its interval: a line, and a mark on it that is filled or open."""
    ax.plot(
        ends, [y, y], color=colour, linewidth=1.8 if strong else 1.1, zorder=2, gid=line,
        solid_capstyle="butt",
    )  # fmt: skip
    ax.scatter(
        [value], [y], marker=marker, s=28 if strong else 17, zorder=3, linewidth=1.0, gid=gid,
        facecolor=colour if filled else style.PAPER, edgecolor=colour, clip_on=False,
    )  # fmt: skip


def bounds(ax: Axes, y: float, least: float, most: float, high: float = 0.5) -> None:
    """Draw the grey bar of what the unknown allow."""
    look = {"facecolor": style.FAINT, "linewidth": 0, "zorder": 1, "gid": "bounds"}
    ax.add_patch(Rectangle((least, y - high / 2), most - least, high, **look))


def value_axis(
    ax: Axes, most: float, rows: float, top: float = 0.6, percent: bool = False, ticks: int = 6
) -> None:
    """Make axes of rows that run down, with round values from zero to ``most`` and a grid."""
    ax.set(xlim=(-0.01 * most, most), ylim=(rows - 0.4, -top), yticks=[])
    if percent:
        ax.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    else:
        found = MaxNLocator(ticks, steps=[1, 2, 5, 10]).tick_values(0, most)
        ax.set_xticks([tick for tick in found if 0 <= tick <= most])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)


def heading(ax: Axes, text: str, x_mm: float = 0, align: str = "left") -> None:
    """Write a bold heading above the axes."""
    ax.text(
        0, 1, text, fontweight=600, ha=align, va="bottom",
        transform=style.offset(ax, x_mm, 1.2, ax.transAxes),
    )  # fmt: skip


def dot(marker: str = "o", colour: str = style.INK, filled: bool = True, size: float = 28) -> dict:
    """Return the look of a mark in a key."""
    face = colour if filled else style.PAPER
    return {"marker": marker, "s": size, "facecolor": face, "edgecolor": colour, "linewidth": 1.0}


def star(citizen: str, mm: float = 2.5) -> dict:
    """Return the look of a crossing of the JSA: by a citizen of the North filled, else open."""
    look = style.marker(Route.JSA, citizen == "North", mm)
    return look | ({"facecolor": style.FAINT} if citizen == "not stated" else {})


def route_ticks(ax: Axes, broken: bool = True) -> None:
    """Name the routes to the left of the axes, a row each; the JSA in its colour."""
    names = [name if broken else name.replace("\n", " ") for name in ROUTES.values()]
    ax.set_yticks(range(len(ROUTES)), names)
    ax.tick_params(axis="y", length=0, pad=3)
    ax.get_yticklabels()[0].set(color=style.COLOURS["subject"], fontweight=600)


def key(fig: style.Page, box: Box, items: Sequence[Item], points: float = 8) -> Axes:
    """Draw a key into a box, as many rows as it needs; each item draws its mark at x, y in mm."""
    ax = style.axes_in(fig, box, label="key", xlim=(0, box[2] - box[0]), ylim=(box[3] - box[1], 0))
    ax.set_axis_off()
    x, y = 0.0, KEY_ROW_MM / 2
    for draw, text in items:
        lines = style.wrap(text, box[2] - box[0] - 12, points)
        wide = 11 + max(style.width_mm(line, points) for line in lines) + 5
        if x and x + wide - 5 > box[2] - box[0]:
            x, y = 0.0, y + KEY_ROW_MM
        draw(ax, x, y)
        for line in lines:
            ax.text(x + 11, y, line, fontsize=points, va="center", gid="key-words")
            y += 3.6 * (line is not lines[-1])
        x += wide
    return ax


def year_ticks(ax: Axes, wanted: Iterable[int], apart_mm: float = 8.5) -> None:
    """Set ticks at years, the first named first, and leave out what would touch one set before."""
    wide = style.size_mm(ax)[0] / abs(ax.get_xlim()[1] - ax.get_xlim()[0])
    kept: list[int] = []
    for year in wanted:
        if all(abs(year - other) * wide >= apart_mm for other in kept):
            kept.append(int(year))
    ax.set_xticks(sorted(kept))

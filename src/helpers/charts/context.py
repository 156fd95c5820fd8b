"""Charts of the JSA crossing in context: scale, shares, rates, waits, harm, who."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator

from helpers import style
from helpers.charts.register import ROUTES, SHORT
from helpers.style import marker
from helpers.vocab import Route

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box = tuple[float, float, float, float]

ORANGE, GREY = style.COLOURS["subject"], style.COLOURS["context"]
A_SQUARE = 10
"""People that one square of the first step of the scale stands for."""


class Scale(NamedTuple):
    """How the whole scale is counted out in a size.

    Attributes
    ----------
    across : int
        Squares side by side in the first step; so many that the last row is nearly full.
    high : int
        Dots above one another in the second step.
    cell : tuple of float
        Width and height in mm that a dot takes.
    split : bool
        Whether those missing stand below the routes, and units below their headings.
    """

    across: int
    high: int
    cell: tuple[float, float]
    split: bool


FULL_SCALE = Scale(96, 12, (2.85, 1.72), split=False)
SCALES = {
    "column": Scale(64, 10, (2.1, 2.1), split=True),
    "slide": Scale(72, 8, (2.1, 2.0), split=True),
}
STAR_MM = 9.5
"""From star to star in the third step."""

BASES = {"clear": "o", "seen": "D", "all": "s"}
HARMS = {"shot_at": "Shot at", "wounded": "Wounded", "killed": "Killed"}
WAYS = {"jsa": "Joint Security Area", "dmz_land": "Land line outside", "water": "Estuary and seas"}
GROUP_NAMES = {"In uniform": "in uniform", "Civilians": "civilians"}
UNSEEN_WORDS = (
    "cannot be seen: those who died on the way left no row. The bar has no end, since nobody knows "
    "their number; for the killed it is all there is, as a crossing counts only if someone arrived."
)


# The whole scale --------------------------------------------------------------------------------


def whole_scale(
    counts: pd.Series,
    cases: int,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return all arrivals, those who came direct, and the JSA, in three steps of magnification.

    Parameters
    ----------
    counts : pandas.Series
        People by ``arrivals``, ``direct``, the six routes, ``foreign``, and what official totals
        have more, ``missing_...``; as :func:`helpers.derive.context.scale` gives them.
    cases : int
        Incidents in the JSA.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=188, column_body_mm=196, slide_mm=119)
    scale = SCALES.get(size, FULL_SCALE)
    first, second, third = _steps(fig)
    _squares(style.axes_in(fig, first, label="arrivals"), counts, scale)
    _people(style.axes_in(fig, second, label="direct"), counts, scale)
    _nine(style.axes_in(fig, third, label="jsa"), counts, cases, below=fig.slide)
    return fig


def _steps(fig: style.Page) -> tuple[Box, Box, Box]:
    """Return the boxes of the three steps, below their headings."""
    left, bottom, right, top = fig.body_mm
    if fig.slide:
        middle = left + 96
        return (
            (left, bottom + 6, middle, top - 5),
            (middle + 9, bottom + 28, right, top - 9),
            (middle + 9, bottom, right, bottom + 17),
        )
    if fig.narrow:
        return (
            (left, top - 91, right, top - 5),
            (left, bottom + 25, right, top - 107),
            (left, bottom, right, bottom + 17),
        )
    first, second = top - 84, top - 84 - 42
    return (
        (left, first, right, top - 5),
        (left, second + 1, right, first - 12.5),
        (left, bottom, right, second - 9),
    )


def _in_mm(ax: Axes) -> tuple[float, float]:
    """Count axes in millimetres, right and down from the upper left; return their size."""
    width, height = style.size_mm(ax)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    return width, height


def _lines(
    ax: Axes, x: float, y: float, lines: Sequence[str], points: float, **look: object
) -> None:
    """Write lines down from ``y`` on axes in mm, evenly and on the same base line anywhere."""
    for place, line in enumerate(lines):
        ax.text(x, y + points * (0.27 + 0.45 * place), line, fontsize=points, **look)


def _round_ticks(ax: Axes, most: float, count: int) -> None:
    """Set round ticks from zero to no more than ``most`` on the x axis."""
    ticks = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(0, most)
    ax.set_xticks([tick for tick in ticks if 0 <= tick <= most])


def _heading(ax: Axes, bold: str, plain: str = "", below: bool = False) -> None:
    """Write the heading of a step: bold words, and plain ones on the right or below them."""
    for words, x, up, look in (
        (bold, 0, 5.0 if below else 1.2, {"fontsize": 9, "fontweight": 600, "gid": "step"}),
        (plain, 0 if below else 1, 1.2, {"fontsize": 7.5, "color": style.MUTED, "gid": "unit"}),
    ):
        shifted = style.offset(ax, 0, up, ax.transAxes)
        ax.text(
            x, 1, words, transform=shifted, va="bottom", ha="right" if x else "left",
            **look,
        )  # fmt: skip


def _squares(ax: Axes, counts: pd.Series, scale: Scale) -> None:
    """Draw a square for every ten arrivals, the direct ones last and in colour."""
    whole = int(np.ceil(counts["arrivals"] / A_SQUARE))
    direct = round(counts["direct"] / A_SQUARE)
    place = np.arange(whole)
    x, y = place % scale.across, place // scale.across
    rows = int(y.max()) + 1
    width = style.size_mm(ax)[0] / 25.4 * 72
    size = (0.8 * width / scale.across) ** 2
    late = place >= whole - direct
    for mask, colour, gid in ((~late, GREY, "arrivals"), (late, ORANGE, "direct")):
        ax.scatter(
            x[mask], y[mask], s=size, marker="s", color=colour, linewidth=0, gid=gid,
        )  # fmt: skip
    ax.set(xlim=(-0.5, scale.across - 0.5), ylim=(rows - 0.5, -0.5))
    ax.set_axis_off()
    _heading(
        ax, f"{counts['arrivals']:,} arrivals in the South",
        f"one square = {A_SQUARE} people",
    )  # fmt: skip
    # The words end where the squares end, unless that leaves them too little room.
    end = x[-1] + 0.5
    far = end > 0.8 * scale.across
    ax.text(
        end if far else -0.5, rows - 0.5, f"{counts['direct']} of them straight from the North, as "
        "far as known", fontsize=8, color=ORANGE, va="top", ha="right" if far else "left",
        fontweight=600, gid="direct-words", transform=style.offset(ax, 0, -1.2),
    )  # fmt: skip


class Group(NamedTuple):
    """People of one route, or missing from one span, as dots with words below."""

    name: str
    words: str
    people: int
    missing: bool


def _groups(counts: pd.Series) -> list[Group]:
    """Return the routes, and what two official totals have more than the register."""
    found = []
    for route in ROUTES:
        people = int(counts[route.value])
        short = SHORT[route].split("\n")[0].replace("Joint Security Area", "JSA")
        found.append(Group(route.value, f"{short}\n{people}", people, missing=False))
    for name, words in (
        ("missing_mnd_1983", "missing to\nMay 1983"),
        ("missing_jcs_2016", "missing 2010\nto Aug 2016"),
    ):
        people = int(counts[name])
        found.append(Group(name, f"{words}: {people}", people, missing=True))
    return found


def _people(ax: Axes, counts: pd.Series, scale: Scale) -> None:
    """Draw a dot for everyone who came direct, by route, and open ones for those missing."""
    width, height = _in_mm(ax)
    _heading(
        ax, f"{counts['direct']} people who came straight from the North",
        "one dot = one person; open = counted by an office, not in the register",
        below=scale.split,
    )  # fmt: skip
    groups = _groups(counts)
    wide = [
        max(
            scale.cell[0] * -(-group.people // scale.high),
            *(style.width_mm(line, 7.5) for line in group.words.split("\n")),
        )
        for group in groups
    ]
    first = sum(not group.missing for group in groups) if scale.split else len(groups)
    gap = (width - 1 - sum(wide[:first])) / (first - 1)
    x, top = 0.5, 0.8
    for place, group in enumerate(groups):
        if place == first:
            x, top = 0.5, top + height / 2
        _dots(ax, group, (x, top), scale)
        x += wide[place] + gap


def _dots(ax: Axes, group: Group, corner: tuple[float, float], scale: Scale) -> None:
    """Draw one group of people down and right of a corner, and its words below."""
    (x, top), (cell_x, cell_y) = corner, scale.cell
    place = np.arange(group.people)
    jsa = group.name == Route.JSA.value
    colour = ORANGE if jsa else GREY
    look = (
        {"s": 14, "facecolor": "none", "edgecolor": style.MUTED, "linewidth": 0.7}
        if group.missing
        else {"s": 17, "color": colour, "linewidth": 0}
    )
    ax.scatter(
        x + 0.8 + cell_x * (place // scale.high), top + cell_y * (place % scale.high),
        gid=group.name, **look,
    )  # fmt: skip
    _lines(
        ax, x, top + cell_y * scale.high + 0.6, group.words.split("\n"), 7.5,
        fontweight=600 if jsa else 400, gid="route-words",
        color=ORANGE if jsa else style.MUTED if group.missing else style.INK,
    )  # fmt: skip


def _nine(ax: Axes, counts: pd.Series, cases: int, below: bool) -> None:
    """Draw those who came through the JSA as stars, filled if they are arrivals."""
    width, _ = _in_mm(ax)
    own, foreign = int(counts["jsa"]), int(counts["foreign"])
    _heading(
        ax, f"{own + foreign} people in {cases} crossings of the Joint Security Area",
        "one star = one person", below=below,
    )  # fmt: skip
    for place in range(own + foreign):
        look = marker(Route.JSA, filled=place < own, mm=4.4)
        ax.scatter(
            [4.5 + STAR_MM * place], [4.8], gid="own" if place < own else "foreign", **look
        )  # fmt: skip
    one_line = width > STAR_MM * own + 70
    for place, words in (
        (0, f"{own} from the North:\namong the arrivals"),
        (own, f"{foreign} foreigners: crossed the line,{' ' if one_line else chr(10)}"
         "but are no arrivals"),
    ):  # fmt: skip
        _lines(ax, 0.8 + STAR_MM * place, 9.6, words.split("\n"), 8, gid="star-words")


# Shares and rates -------------------------------------------------------------------------------


def direct_share(
    table: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return the share of direct crossings in arrivals by period.

    Parameters
    ----------
    table : pandas.DataFrame
        ``first_year``, ``last_year``, ``arrivals``, ``direct``, ``share``, ``measure``,
        ``official_low``, ``official_high``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=122, column_body_mm=112, slide_mm=108)
    above = fig.narrow
    left, right = (1.5, 3) if above else (42, 34)
    ax = style.axes(fig, left=left, bottom=6, right=right, top=6.5, label="shares")
    for row, values in enumerate(table.itertuples()):
        _period(ax, row, values, above)
    most = 100 * max(table["share"].max(), table["official_high"].max())
    # Words beside the last mark need some room, words above it none.
    ax.set(xlim=(-0.1, most * (1.02 if above else 1.1)), ylim=(len(table) - 0.5, -0.5))
    ticks = range(int(most) + 1)
    ax.set_xticks(ticks, [f"{tick}%" if tick == max(ticks) else f"{tick}" for tick in ticks])
    ax.set_yticks([])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    arrivals, share = (30, 34) if above else (-5, 0)
    for x, words, align in (
        (arrivals, "Arrivals", "right"), (share, "Share that came direct", "left"),
    ):  # fmt: skip
        shifted = style.offset(ax, x, 1.4, ax.transAxes)
        ax.text(
            0, 1, words, transform=shifted, ha=align, va="bottom", fontweight=600,
        )  # fmt: skip
    return fig


def _years(row: tuple) -> str:
    """Return a period in words."""
    if row.first_year == 1953:
        return f"to {row.last_year}"
    same = row.first_year == row.last_year
    return f"{row.first_year}" if same else f"{row.first_year}-{row.last_year}"


def _period(ax: Axes, row: int, values: tuple, above: bool) -> None:
    """Draw one period: the register's dot and the official mark, their numbers beside or above."""
    y = row + 0.14 if above else row
    words = f"{values.direct} known"
    if not pd.isna(values.measure):
        words += _official(ax, y, values)
    ax.scatter(
        [100 * values.share], [y], s=26, color=ORANGE, zorder=4, clip_on=False, gid="register"
    )
    most = 100 * np.nanmax([values.share, values.official_high])
    if above:
        line, places = row - 0.26, ((-0.1, 0, "left"), (-0.1, 30, "right"), (-0.1, 34, "left"))
    else:
        line, places = row, ((-0.1, -20.4, "right"), (-0.1, -5, "right"), (most, 2.4, "left"))
    looks = (
        {"fontsize": 8, "gid": "period", "fontweight": 600 if above else 400},
        {"fontsize": 8, "gid": "arrivals", "color": style.MUTED},
        {"fontsize": 7.5, "gid": "people"},
    )
    texts = (_years(values), f"{values.arrivals:,}", words)
    for text, (x, shift, align), look in zip(texts, places, looks, strict=True):
        ax.text(
            x, line, text, ha=align, va="center_baseline", path_effects=style.HALO,
            transform=style.offset(ax, shift, 0.25), **look,
        )  # fmt: skip


def _official(ax: Axes, y: float, values: tuple) -> str:
    """Draw the official total of a period from its low to its high end, return it in words."""
    whole = values.measure == "direct_all"
    low, high = 100 * values.official_low, 100 * values.official_high
    ax.plot([low, high], [y, y], color=style.INK, linewidth=1.4, zorder=2, gid="range")
    ax.scatter(
        [low, high], [y, y], marker="D" if whole else "^", s=34 if whole else 75,
        facecolor=style.PAPER, edgecolor=style.INK, linewidth=1.1, zorder=3, clip_on=False,
        gid="official" if whole else "official-sea",
    )  # fmt: skip
    counts = sorted({round(end * values.arrivals / 100) for end in (low, high)})
    people = "-".join(f"{count}" for count in counts)
    return f"; official {people}" + ("" if whole else " (sea only)")


def rates(
    table: pd.DataFrame,
    clear: int,
    last_year: int,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return incidents per year by route with exact intervals, on three sets of years.

    Parameters
    ----------
    table : pandas.DataFrame
        ``route``, ``basis``, ``incidents``, ``years``, ``rate``, ``low``, ``high``.
    clear : int
        First year that is clear on all routes.
    last_year : int
        Last year of the count.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=132, column_body_mm=138, slide_mm=106)
    names = {
        "clear": f"{clear} to {last_year}, all routes seen",
        "seen": "years in which the route is seen",
        "all": "all years since the armistice",
    }
    left, bottom, right, top = fig.body_mm
    over = bottom + 6, top - (17 if fig.narrow else 8)
    if fig.slide:
        middle, half = (left + right) / 2, len(ROUTES) // 2
        sides = ((left + 1, middle - 4, ROUTES[:half]), (middle + 5, right, ROUTES[half:]))
    else:
        sides = ((left + (1 if fig.narrow else 32), right, ROUTES),)
    for place, (start, end, routes) in enumerate(sides):
        box = start, over[0], end - (18 if len(routes) < len(ROUTES) or fig.narrow else 38), over[1]
        ax = style.axes_in(fig, box, label="rates" if place == 0 else "rates-right")
        _rate_panel(ax, table, routes, above=fig.narrow or fig.slide)
    _basis_key(fig, names)
    return fig


def _rate_panel(ax: Axes, table: pd.DataFrame, routes: list[Route], above: bool) -> None:
    """Draw the rates of some routes, each named above its marks or left of the axes."""
    start, step = (-0.08, 0.21) if above else (-0.25, 0.25)
    for row, route in enumerate(routes):
        part = table[table["route"].eq(route.value)].set_index("basis")
        for place, basis in enumerate(BASES):
            _rate(ax, row + start + place * step, part.loc[basis], basis, route)
        if above:
            ax.text(
                0, row - 0.33, SHORT[route].replace("\n", " "), fontsize=8, va="center",
                path_effects=style.HALO, transform=style.offset(ax, -1, 0), gid="route",
                fontweight=600,
            )  # fmt: skip
    most = table["high"].max() * 1.04
    ax.set(xlim=(-0.02, most), ylim=(len(routes) - 0.45, -0.5))
    _round_ticks(ax, most, 9)
    names = [] if above else [SHORT[route] for route in routes]
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, pad=4)
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)


def _rate(ax: Axes, y: float, values: pd.Series, basis: str, route: Route) -> None:
    """Draw one rate with its interval and the count it rests on."""
    colour = ORANGE if route is Route.JSA else style.INK
    main = basis == "clear"
    ax.plot(
        [values["low"], values["high"]], [y, y], color=colour if main else GREY,
        linewidth=2.0 if main else 1.1, zorder=2, gid="interval", solid_capstyle="butt",
    )  # fmt: skip
    ax.scatter(
        [values["rate"]], [y], marker=BASES[basis], s=28 if main else 17, zorder=3,
        facecolor=colour if main else style.PAPER, edgecolor=colour if main else style.MUTED,
        linewidth=0.9, clip_on=False, gid=basis,
    )  # fmt: skip
    ax.text(
        values["high"], y, f"{int(values['incidents'])} in {values['years']:.0f} years",
        fontsize=7, va="center", color=style.INK if main else style.MUTED, gid="count",
        transform=style.offset(ax, 1.2, 0), path_effects=style.HALO,
    )  # fmt: skip


def _basis_key(fig: style.Page, names: dict[str, str]) -> None:
    """Name the three sets of years above the axes: in a row, in a column one below the other."""
    left, _, right, top = fig.body_mm
    high = 14 if fig.narrow else 5
    ax = style.axes_in(fig, (left, top - high, right, top), label="key")
    _in_mm(ax)
    for place, (basis, words) in enumerate(names.items()):
        x, y = (2.0, 2.2 + 4.6 * place) if fig.narrow else (2.0 + 60 * place, 2.5)
        main = basis == "clear"
        ax.scatter(
            [x], [y], marker=BASES[basis], s=28 if main else 17, linewidth=0.9,
            facecolor=style.INK if main else style.PAPER,
            edgecolor=style.INK if main else style.MUTED,
        )  # fmt: skip
        ax.text(x + 2.5, y, words, fontsize=8, va="center")


# Waiting times ----------------------------------------------------------------------------------


def waits(
    table: pd.DataFrame,
    names: list[str],
    means: tuple[float, float],
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return the waits between crossings of the JSA, one bar a wait, in order.

    Parameters
    ----------
    table : pandas.DataFrame
        ``start``, ``end``, ``days``, ``years``, ``kind``.
    names : list of str
        Words for each row: what the wait ended with.
    means : tuple of float
        Mean years between crossings with and without the last one.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=118, column_body_mm=104, slide_mm=105)
    ax = style.axes(fig, left=36, bottom=10, right=4, top=5, label="waits")
    for row, (wait, words) in enumerate(zip(table.itertuples(), names, strict=True)):
        last = row == len(table) - 2
        _wait(ax, row, wait, last)
        _wait_words(ax, row, wait, words, last, means, fig.narrow)
    with_last, without = means
    for mean, dashes, words, align, shift in (
        (with_last, "-", f"mean {with_last:.1f}", "left", 1.0),
        (without, (0, (3, 2)), f"without 2017 {without:.1f}", "right", -1.0),
    ):
        ax.axvline(mean, color=style.INK, linewidth=0.9, linestyle=dashes, zorder=3, gid="mean")
        ax.text(
            mean, -0.75, words, fontsize=8, ha=align, va="bottom", gid="mean-words",
            transform=style.offset(ax, shift, 0.3),
        )  # fmt: skip
    most = table["years"].max() * (1.04 if fig.narrow else 1.14)
    ax.set(xlim=(0, most), ylim=(len(table) - 0.4, -0.75), yticks=[])
    _round_ticks(ax, most, 9)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    ax.set_xlabel("Years waited", loc="left", labelpad=1)
    return fig


def _wait(ax: Axes, row: int, wait: tuple, last: bool) -> None:
    """Draw one wait; the first and the open one are no gaps between crossings."""
    look = {
        "between": {"facecolor": ORANGE if last else GREY, "edgecolor": style.PAPER},
        "first": {"facecolor": style.PAPER, "edgecolor": GREY},
        "open": {"facecolor": style.PAPER, "edgecolor": ORANGE, "linestyle": (0, (3, 2))},
    }[wait.kind]
    ax.barh(row, wait.years, height=0.62, zorder=2, linewidth=1.0, gid=wait.kind, **look)


def _wait_words(
    ax: Axes,
    row: int,
    wait: tuple,
    name: str,
    last: bool,
    means: tuple[float, float],
    below: bool,
) -> None:
    """Name a wait left of its bar, and write its days behind the bar or below the name."""
    days = f"{wait.days:,} days" + (" so far" if wait.kind == "open" else "")
    weight = 600 if last else 400
    ax.text(
        0, row, name, fontsize=8, ha="right", va="bottom" if below else "center", gid="name",
        fontweight=weight, transform=style.offset(ax, -2, 0),
    )  # fmt: skip
    if below:
        ax.text(
            0, row, days, fontsize=8, ha="right", va="top", gid="days", fontweight=weight,
            color=style.MUTED, transform=style.offset(ax, -2, 0),
        )  # fmt: skip
        return
    # Days that would lie on the line of a mean stand behind it.
    with_last, without = means
    end = max(wait.years, with_last) if wait.years > without - 0.5 else wait.years
    ax.text(
        end, row, days, fontsize=8, va="center", gid="days", zorder=4, path_effects=style.HALO,
        fontweight=weight, transform=style.offset(ax, 1.2, 0),
    )  # fmt: skip


# Harm -------------------------------------------------------------------------------------------


def harm(
    table: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return the share of incidents with fire and wounds by route, and what cannot be seen.

    Parameters
    ----------
    table : pandas.DataFrame
        ``group`` (routes and ``all``), ``harm``, ``yes``, ``known``, ``incidents``, ``share``,
        ``low``, ``high``, ``least``, ``most``; as :func:`helpers.derive.context.harm` gives it.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=132, column_body_mm=136, slide_mm=110)
    boxes, key = _harm_boxes(fig)
    names = [route.value for route in ROUTES] + ["all"]
    # With its name above it a row takes more room; all else keeps its measure.
    rows = [row * (1.4 if fig.narrow else 1.0) for row in range(len(names))]
    for box, (harmed, words) in zip(boxes, HARMS.items(), strict=True):
        ax = style.axes_in(fig, box, label=harmed)
        for y, name in zip(rows, names, strict=True):
            if harmed == "killed":
                _unseen(ax, y, 0.0)
            else:
                found = table[table["group"].eq(name) & table["harm"].eq(harmed)]
                _harmed(ax, y, found.iloc[0])
        _harm_axis(ax, words, rows)
    _harm_names(fig.axes[0], names, rows, above=fig.narrow)
    _harm_key(fig, key)
    return fig


def _harm_boxes(fig: style.Page) -> tuple[list[Box], Box]:
    """Return the boxes of the three columns of shares, and that of the key."""
    left, bottom, right, top = fig.body_mm
    start, end, gap, low = left + 29, right - 4, 7, bottom + 20
    key = left, bottom, right, bottom + 13.5
    if fig.slide:
        end, low = right - 50, bottom + 6
        key = right - 44, low, right, top - 5
    if fig.narrow:
        start, end, gap, low = left + 0.5, right - 1, 4, bottom + 32
        key = left, bottom, right, bottom + 25
    wide = (end - start - 2 * gap) / 3
    columns = [start + place * (wide + gap) for place in range(3)]
    return [(x, low, x + wide, top - 5) for x in columns], key


def _harm_names(ax: Axes, names: list[str], rows: list[float], above: bool) -> None:
    """Name the routes left of the first column, or above their rows."""
    words = [SHORT[Route(name)] if name != "all" else "All routes" for name in names]
    for y, name in zip(rows, words, strict=True):
        if above:
            ax.text(
                0, y - 0.7, name.replace("\n", " "), fontsize=8, fontweight=600, va="center",
                path_effects=style.HALO, gid="route", zorder=5,
            )  # fmt: skip
        else:
            ax.text(
                0, y + 0.08, name, ha="right", va="center", fontsize=8, linespacing=1.05,
                transform=style.offset(ax, -1.8, 0), gid="route",
            )  # fmt: skip


def _harm_axis(ax: Axes, words: str, rows: list[float]) -> None:
    """Finish one column of shares."""
    _heading(ax, words)
    step = rows[1] - rows[0]
    top, bottom = 0.5 - step, rows[-1] + 0.5
    ax.set(xlim=(0, 1.28), ylim=(bottom, top), yticks=[])
    ax.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(0, 1)
    for x in (0, 0.5, 1):
        ax.plot([x, x], [top, bottom], color=style.FAINT, linewidth=0.5, zorder=0)
    ax.axhline(rows[-1] + 0.5 - step, color=style.FAINT, linewidth=0.8)


def _harmed(ax: Axes, row: float, values: pd.Series) -> None:
    """Draw one share: bounds, interval, dot, count, and beyond 100 % those never seen."""
    ax.add_patch(
        Rectangle(
            (values["least"], row - 0.17), values["most"] - values["least"], 0.5,
            facecolor=style.FAINT, linewidth=0, zorder=1, gid="bounds",
        )
    )  # fmt: skip
    _unseen(ax, row, 1.0)
    known = int(values["known"])
    if known == 0:
        ax.text(0.5, row + 0.08, "nothing known", fontsize=7, ha="center", va="center",
                color=style.MUTED)  # fmt: skip
        return
    ax.plot(
        [values["low"], values["high"]], [row + 0.08] * 2, color=ORANGE, linewidth=1.6, zorder=3,
        gid="interval",
    )  # fmt: skip
    ax.scatter([values["share"]], [row + 0.08], s=22, color=ORANGE, zorder=4, clip_on=False,
               gid="share")  # fmt: skip
    ax.text(
        0.02, row - 0.2, f"{int(values['yes'])} of {known} known", fontsize=7, va="bottom",
        ha="left", gid="count",
    )  # fmt: skip


def _unseen(ax: Axes, row: float, start: float) -> None:
    """Draw the open bar of those who died on the way: hatched, and without an end."""
    low, high, end = row - 0.17, row + 0.33, 1.2
    edge = [(end, low), (end + 0.06, row + 0.08), (end, high)]
    outline = [(start, low), *edge, (start, high)]
    ax.add_patch(
        Polygon(outline, closed=True, zorder=1.5, clip_on=False, gid="unseen", **style.BLIND)
    )
    ax.plot(
        [x for x, _ in outline], [y for _, y in outline], color="#8C8C8C", linewidth=0.6,
        linestyle=(0, (2, 1.5)), zorder=1.6, clip_on=False,
    )  # fmt: skip


def _harm_key(fig: style.Page, box: Box) -> None:
    """Explain dot, grey and the open bar: below one another, or the first two in a row."""
    ax = style.axes_in(fig, box, label="key")
    width, _ = _in_mm(ax)
    row = width > 130
    x, y = 0.0, 2.5
    for symbol, words in (
        (_known_symbol, "share of the known incidents, with its exact 95% interval"),
        (_bounds_symbol, "from all unknown being no to all being yes"),
        (_unseen_symbol, UNSEEN_WORDS),
    ):
        lines = style.wrap(words, width - x - 12, 8)
        symbol(ax, x, y)
        _lines(ax, x + 11, y - 1.2, lines, 8, gid="key-words")
        if row and x == 0:
            x = 0.53 * width
        else:
            x, y = 0.0, y + 3.6 * len(lines) + (1.4 if row else 2.2)


def _known_symbol(ax: Axes, x: float, y: float) -> None:
    ax.plot([x + 1, x + 9], [y, y], color=ORANGE, linewidth=1.6)
    ax.scatter([x + 5], [y], s=22, color=ORANGE)


def _bounds_symbol(ax: Axes, x: float, y: float) -> None:
    ax.add_patch(Rectangle((x + 1, y - 1.5), 8, 3, facecolor=style.FAINT, linewidth=0))


def _unseen_symbol(ax: Axes, x: float, y: float) -> None:
    low, high = y - 1.8, y + 1.8
    outline = [(x + 1, low), (x + 8, low), (x + 9.2, y), (x + 8, high), (x + 1, high)]
    ax.add_patch(Polygon(outline, **style.BLIND))


# Soldiers and civilians -------------------------------------------------------------------------


def soldiers_and_civilians(
    table: pd.DataFrame,
    fire: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return rates by way for those in uniform and civilians, and how often they were shot at.

    Parameters
    ----------
    table : pandas.DataFrame
        ``way``, ``group``, ``incidents``, ``years``, ``rate``, ``low``, ``high``.
    fire : pandas.DataFrame
        Rows of :func:`helpers.derive.context.harm` by group: ``group``, ``yes``, ``known``,
        ``share``, ``low``, ``high``, ``least``, ``most``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=104, column_body_mm=124, slide_mm=103)
    left, bottom, right, top = fig.body_mm
    if fig.narrow:
        low = bottom + 52
        places = (left + 19, low, right - 4, top - 6), (left + 0.5, bottom + 7, right - 5, low - 16)
    else:
        fire_mm = 0.27 * (right - left)
        places = (
            (left + 46, bottom + 7, right - 3 - fire_mm - 16, top - 6),
            (right - 3 - fire_mm, bottom + 7, right - 3, top - 6),
        )
    _group_rates(style.axes_in(fig, places[0], label="rates"), table, above=fig.narrow)
    _group_fires(style.axes_in(fig, places[1], label="fire"), fire)
    return fig


def _group_rates(ax: Axes, table: pd.DataFrame, above: bool) -> None:
    """Draw the rates of both groups way by way, each way named left of its rows or above them."""
    apart = 1.0 if above else 0.45
    for row, values in enumerate(table.itertuples()):
        y = row + row // 2 * apart
        _group_rate(ax, y, values)
        if row % 2 == 0:
            ax.text(
                0, y - 0.85 if above else y + 0.5, WAYS[values.way], fontsize=8, fontweight=600,
                va="center", transform=style.offset(ax, -20 if above else -46.8, 0), gid="way",
                path_effects=style.HALO,
            )  # fmt: skip
    last = len(table) - 1 + (len(table) - 1) // 2 * apart
    most = table["high"].max() * 1.12
    ax.set(xlim=(-0.03, most), ylim=(last + 0.7, -1.4 if above else -0.6), yticks=[])
    _round_ticks(ax, most, 5)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    _heading(ax, "Incidents per year")


def _group_rate(ax: Axes, y: float, values: tuple) -> None:
    """Draw one rate of a group on a way."""
    soldier = values.group == "In uniform"
    colour = ORANGE if values.way == "jsa" else style.INK
    ax.plot([values.low, values.high], [y, y], color=colour, linewidth=1.6, gid="interval")
    ax.scatter(
        [values.rate], [y], s=28, facecolor=colour if soldier else style.PAPER, edgecolor=colour,
        linewidth=1.1, zorder=3, clip_on=False, gid=values.group,
    )  # fmt: skip
    ax.text(
        0, y, GROUP_NAMES[values.group], fontsize=8, ha="right", va="center",
        transform=style.offset(ax, -2.8, 0),
    )  # fmt: skip
    ax.text(
        values.high, y, f"{values.incidents}", fontsize=7.5, va="center", gid="count",
        transform=style.offset(ax, 1.2, 0), path_effects=style.HALO,
    )  # fmt: skip


def _group_fires(ax: Axes, fire: pd.DataFrame) -> None:
    """Draw the shares of both groups that were shot at."""
    for row, values in enumerate(fire.itertuples()):
        _group_fire(ax, row, values)
    ax.set(xlim=(0, 1), ylim=(len(fire) - 0.4, -0.8), yticks=[])
    ax.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    _heading(ax, "Shot at, by land")


def _group_fire(ax: Axes, row: int, values: tuple) -> None:
    """Draw the share of a group that was shot at, with interval and bounds."""
    soldier = values.group == "In uniform"
    ax.add_patch(
        Rectangle(
            (values.least, row - 0.1), values.most - values.least, 0.36, facecolor=style.FAINT,
            linewidth=0, gid="bounds",
        )
    )  # fmt: skip
    ax.plot([values.low, values.high], [row + 0.08] * 2, color=style.INK, linewidth=1.6)
    ax.scatter(
        [values.share], [row + 0.08], s=28, facecolor=style.INK if soldier else style.PAPER,
        edgecolor=style.INK, linewidth=1.1, zorder=3, gid=values.group,
    )  # fmt: skip
    ax.text(
        0.0, row - 0.2, f"{GROUP_NAMES[values.group]}: {values.yes} of {values.known} known",
        fontsize=8, va="bottom", gid="count", path_effects=style.HALO,
        transform=style.offset(ax, 0.5, 0),
    )  # fmt: skip

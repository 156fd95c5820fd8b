"""Charts of the JSA crossing in context: scale, shares, rates, waits, harm, who."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import ScaledTranslation

from helpers import style
from helpers.charts.register import ROUTES, SHORT
from helpers.maps.peninsula import HALO, marker
from helpers.vocab import Route

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ORANGE, GREY = style.COLOURS["subject"], style.COLOURS["context"]
A_SQUARE = 10
"""People that one square of the first step of the scale stands for."""

ACROSS = 96
"""Squares side by side in the first step."""

BASES = {"clear": "o", "seen": "D", "all": "s"}
HARMS = {"shot_at": "Shot at", "wounded": "Wounded", "killed": "Killed"}
WAYS = {"jsa": "Joint Security Area", "dmz_land": "Land line outside", "water": "Estuary and seas"}
GROUP_NAMES = {"In uniform": "in uniform", "Civilians": "civilians"}


# The whole scale --------------------------------------------------------------------------------


def whole_scale(
    counts: pd.Series, cases: int, title: str, subtitle: str, source: str
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
    """
    fig = style.page(title, subtitle, source, height_mm=188)
    left, bottom, right, top = fig.body_mm
    first, second = top - 84, top - 84 - 40
    _squares(style.axes_in(fig, (left, first, right, top - 5), label="arrivals"), counts)
    _people(style.axes_in(fig, (left, second + 1, right, first - 11), label="direct"), counts)
    _nine(style.axes_in(fig, (left, bottom, right, second - 9), label="jsa"), counts, cases)
    return fig


def _heading(ax: Axes, bold: str, plain: str = "") -> None:
    """Write the heading of a step: bold words and plain ones after them."""
    shift = ScaledTranslation(0, 1.2 / 25.4, ax.figure.dpi_scale_trans)
    where = {"transform": ax.transAxes + shift, "va": "bottom"}
    ax.text(0, 1, bold, fontsize=9, fontweight=600, gid="step", **where)
    ax.text(1, 1, plain, fontsize=7.5, color=style.MUTED, ha="right", gid="unit", **where)


def _squares(ax: Axes, counts: pd.Series) -> None:
    """Draw a square for every ten arrivals, the direct ones last and in colour."""
    whole = int(np.ceil(counts["arrivals"] / A_SQUARE))
    direct = round(counts["direct"] / A_SQUARE)
    place = np.arange(whole)
    x, y = place % ACROSS, place // ACROSS
    rows = int(y.max()) + 1
    width = ax.get_position().width * ax.figure.get_size_inches()[0] * 72
    size = (0.8 * width / ACROSS) ** 2
    late = place >= whole - direct
    for mask, colour, gid in ((~late, GREY, "arrivals"), (late, ORANGE, "direct")):
        ax.scatter(
            x[mask], y[mask], s=size, marker="s", color=colour, linewidth=0, gid=gid,
        )  # fmt: skip
    ax.set(xlim=(-0.5, ACROSS - 0.5), ylim=(rows - 0.5, -0.5))
    ax.set_axis_off()
    _heading(
        ax, f"{counts['arrivals']:,} arrivals in the South",
        f"one square = {A_SQUARE} people",
    )  # fmt: skip
    ax.text(
        x[late].max() + 0.5, rows + 0.1, f"{counts['direct']} of them straight from the North, as "
        "far as known", fontsize=8, color=ORANGE, va="top", ha="right", fontweight=600,
        gid="direct-words",
    )  # fmt: skip


def _people(ax: Axes, counts: pd.Series) -> None:
    """Draw a dot for everyone who came direct, by route, and open ones for those missing."""
    _heading(
        ax, f"{counts['direct']} people who came straight from the North",
        "one dot = one person; open = counted by an office, not in the register",
    )  # fmt: skip
    high, x = 12, 0.0
    for route in ROUTES:
        people = int(counts[route.value])
        place = np.arange(people)
        colour = ORANGE if route is Route.JSA else GREY
        ax.scatter(
            x + place // high, place % high, s=17, color=colour, linewidth=0, gid=route.value,
        )  # fmt: skip
        columns = max(1, -(-people // high))
        short = SHORT[route].split("\n")[0].replace("Joint Security Area", "JSA")
        ax.text(
            x - 0.4, high + 0.2, f"{short}\n{people}", fontsize=7.5, va="top", linespacing=1.05,
            fontweight=600 if route is Route.JSA else 400, gid="route-words",
            color=ORANGE if route is Route.JSA else style.INK,
        )  # fmt: skip
        x += max(columns, 0.72 * len(short)) + 1.5
    x += 0.8
    for name, words in (
        ("missing_mnd_1983", "missing to\nMay 1983"),
        ("missing_jcs_2016", "missing 2010\nto Aug 2016"),
    ):  # fmt: skip
        people = int(counts[name])
        place = np.arange(people)
        ax.scatter(
            x + place // high, place % high, s=14, facecolor="none", edgecolor=style.MUTED,
            linewidth=0.7, gid=name,
        )  # fmt: skip
        ax.text(
            x - 0.4, high + 0.2, f"{words}: {people}", fontsize=7.5, va="top", linespacing=1.05,
            color=style.MUTED,
        )  # fmt: skip
        x += max(-(-people // high), 7.5) + 1.5
    ax.set(xlim=(-1, max(x - 1, 56)), ylim=(high + 3.6, -0.8))
    ax.set_axis_off()


def _nine(ax: Axes, counts: pd.Series, cases: int) -> None:
    """Draw those who came through the JSA as stars, filled if they are arrivals."""
    own, foreign = int(counts["jsa"]), int(counts["foreign"])
    _heading(
        ax, f"{own + foreign} people in {cases} crossings of the Joint Security Area",
        "one star = one person",
    )  # fmt: skip
    for place in range(own + foreign):
        look = marker(Route.JSA, filled=place < own, mm=4.4)
        ax.scatter([place], [0], **look, gid="own" if place < own else "foreign")
    ax.text(
        0, -0.95, f"{own} from the North:\namong the arrivals", fontsize=8, va="top", ha="left",
        transform=style.offset(ax, -2.5, 0), linespacing=1.05,
    )  # fmt: skip
    ax.text(
        own, -0.95, f"{foreign} foreigners: crossed the line, but are no arrivals",
        fontsize=8, va="top", ha="left", transform=style.offset(ax, -2.5, 0),
    )  # fmt: skip
    ax.set(xlim=(-0.5, 18), ylim=(-3, 1.1))
    ax.set_axis_off()


# Shares and rates -------------------------------------------------------------------------------


def direct_share(table: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return the share of direct crossings in arrivals by period.

    Parameters
    ----------
    table : pandas.DataFrame
        ``first_year``, ``last_year``, ``arrivals``, ``direct``, ``share``, ``measure``,
        ``official_low``, ``official_high``.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=122)
    ax = style.axes(fig, left=42, bottom=6, right=34, top=9, label="shares")
    for row, values in enumerate(table.itertuples()):
        _period(ax, row, values)
    most = 100 * max(table["share"].max(), table["official_high"].max())
    ax.set(xlim=(-0.1, most * 1.1), ylim=(len(table) - 0.5, -0.5))
    ax.set_yticks(range(len(table)), [_years(row) for row in table.itertuples()])
    ticks = range(int(most) + 1)
    ax.set_xticks(ticks, [f"{tick}%" if tick == max(ticks) else f"{tick}" for tick in ticks])
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0, pad=58)
    ax.spines["left"].set_visible(False)
    for x, words, align in (
        (-5, "Arrivals", "right"), (0, "Share that came direct", "left"),
    ):  # fmt: skip
        shift = ScaledTranslation(x / 25.4, 1.4 / 25.4, fig.dpi_scale_trans)
        ax.text(
            0, 1, words, transform=ax.transAxes + shift, ha=align, va="bottom", fontweight=600,
        )  # fmt: skip
    return fig


def _years(row: tuple) -> str:
    """Return a period in words."""
    if row.first_year == 1953:
        return f"to {row.last_year}"
    same = row.first_year == row.last_year
    return f"{row.first_year}" if same else f"{row.first_year}-{row.last_year}"


def _period(ax: Axes, row: int, values: tuple) -> None:
    """Draw one period: the register's dot, the official mark, and their numbers."""
    words = f"{values.direct} known"
    if not pd.isna(values.measure):
        whole = values.measure == "direct_all"
        low, high = 100 * values.official_low, 100 * values.official_high
        ax.plot([low, high], [row, row], color=style.INK, linewidth=1.4, zorder=2, gid="range")
        ax.scatter(
            [low, high], [row, row], marker="D" if whole else "^", s=34 if whole else 75,
            facecolor=style.PAPER,
            edgecolor=style.INK, linewidth=1.1, zorder=3, clip_on=False,
            gid="official" if whole else "official-sea",
        )  # fmt: skip
        counts = sorted({round(end * values.arrivals / 100) for end in (low, high)})
        official = "-".join(f"{people}" for people in counts)
        words += f"; official {official}" + ("" if whole else " (sea only)")
    ax.scatter(
        [100 * values.share], [row], s=26, color=ORANGE, zorder=4, clip_on=False, gid="register"
    )
    most = np.nanmax([values.share, values.official_high])
    ax.text(
        100 * most, row, words, fontsize=7.5, va="center", gid="people", path_effects=HALO,
        transform=style.offset(ax, 2.4, 0),
    )  # fmt: skip
    ax.text(
        -0.1, row, f"{values.arrivals:,}", fontsize=8, ha="right", va="center", color=style.MUTED,
        transform=style.offset(ax, -5, 0), gid="arrivals",
    )  # fmt: skip


def rates(
    table: pd.DataFrame, clear: int, last_year: int, title: str, subtitle: str, source: str
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
    """
    fig = style.page(title, subtitle, source, height_mm=132)
    ax = style.axes(fig, left=32, bottom=6, right=38, top=8, label="rates")
    names = {
        "clear": f"{clear} to {last_year}, all routes seen",
        "seen": "years in which the route is seen",
        "all": "all years since the armistice",
    }
    for row, route in enumerate(ROUTES):
        part = table[table["route"].eq(route.value)].set_index("basis")
        for place, basis in enumerate(BASES):
            _rate(ax, row + (place - 1) * 0.25, part.loc[basis], basis, route)
    ax.set(xlim=(-0.02, table["high"].max() * 1.04), ylim=(len(ROUTES) - 0.45, -0.5))
    ax.set_yticks(range(len(ROUTES)), [SHORT[route] for route in ROUTES])
    ax.tick_params(axis="y", length=0, pad=4)
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    _basis_key(fig, names)
    return fig


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
        transform=style.offset(ax, 1.2, 0),
    )  # fmt: skip


def _basis_key(fig: style.Page, names: dict[str, str]) -> None:
    """Name the three sets of years in a row above the axes."""
    left, _, right, top = fig.body_mm
    ax = style.axes_in(fig, (left, top - 5, right, top), label="key")
    ax.set(xlim=(0, right - left), ylim=(0, 5))
    ax.set_axis_off()
    x = 2.0
    for basis, words in names.items():
        main = basis == "clear"
        ax.scatter(
            [x], [2.5], marker=BASES[basis], s=28 if main else 17, linewidth=0.9,
            facecolor=style.INK if main else style.PAPER,
            edgecolor=style.INK if main else style.MUTED,
        )  # fmt: skip
        ax.text(x + 2.5, 2.5, words, fontsize=8, va="center")
        x += 60


# Waiting times ----------------------------------------------------------------------------------


def waits(
    table: pd.DataFrame,
    names: list[str],
    means: tuple[float, float],
    title: str,
    subtitle: str,
    source: str,
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
    """
    fig = style.page(title, subtitle, source, height_mm=118)
    ax = style.axes(fig, left=62, bottom=10, right=4, top=10, label="waits")
    for row, (wait, words) in enumerate(zip(table.itertuples(), names, strict=True)):
        _wait(ax, row, wait, last=row == len(table) - 2)
        ax.text(
            0, row, words, fontsize=8, ha="right", va="center", gid="name",
            fontweight=600 if row == len(table) - 2 else 400,
            transform=style.offset(ax, -2, 0),
        )  # fmt: skip
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
    ax.set(xlim=(0, table["years"].max() * 1.16), ylim=(len(table) - 0.4, -0.75), yticks=[])
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
    more = " so far" if wait.kind == "open" else ""
    ax.text(
        wait.years, row, f"{wait.days:,} days{more}", fontsize=8, va="center", gid="days",
        transform=style.offset(ax, 1.2, 0), zorder=4, path_effects=HALO,
        fontweight=600 if last else 400,
    )  # fmt: skip


# Harm -------------------------------------------------------------------------------------------


def harm(table: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return the share of incidents with fire and wounds by route, and what cannot be seen.

    Parameters
    ----------
    table : pandas.DataFrame
        ``group`` (routes and ``all``), ``harm``, ``yes``, ``known``, ``incidents``, ``share``,
        ``low``, ``high``, ``least``, ``most``; as :func:`helpers.derive.context.harm` gives it.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=132)
    left, bottom, right, top = fig.body_mm
    start, gap = left + 29, 7
    wide = (right - 4 - start - 2 * gap) / 3
    names = [route.value for route in ROUTES] + ["all"]
    for order, (key, words) in enumerate(HARMS.items()):
        x0 = start + order * (wide + gap)
        ax = style.axes_in(fig, (x0, bottom + 19, x0 + wide, top - 5), label=key)
        for row, name in enumerate(names):
            if key == "killed":
                _unseen(ax, row, 0.0)
            else:
                rows = table[table["group"].eq(name) & table["harm"].eq(key)]
                _harmed(ax, row, rows.iloc[0])
        _harm_axis(ax, words, names, first=order == 0)
    _harm_key(fig, (left, bottom, right, bottom + 13))
    return fig


def _harm_axis(ax: Axes, words: str, names: list[str], first: bool) -> None:
    """Finish one column of shares."""
    _heading(ax, words)
    labels = [SHORT[Route(name)] if name != "all" else "All routes" for name in names]
    ax.set(xlim=(0, 1.28), ylim=(len(names) - 0.5, -0.5))
    ax.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    ax.set_yticks(range(len(names)), labels if first else [""] * len(names))
    ax.tick_params(axis="y", length=0, pad=3)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(0, 1)
    for x in (0, 0.5, 1):
        ax.plot([x, x], [-0.5, len(names) - 0.5], color=style.FAINT, linewidth=0.5, zorder=0)
    ax.axhline(len(names) - 1.5, color=style.FAINT, linewidth=0.8)


def _harmed(ax: Axes, row: int, values: pd.Series) -> None:
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


def _unseen(ax: Axes, row: int, start: float) -> None:
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


def _harm_key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Explain dot, grey and the open bar."""
    ax = style.axes_in(fig, box, label="key", xlim=(0, box[2] - box[0]), ylim=(0, 13))
    ax.set_axis_off()
    ax.plot([1, 9], [10.5, 10.5], color=ORANGE, linewidth=1.6)
    ax.scatter([5], [10.5], s=22, color=ORANGE)
    ax.text(11, 10.5, "share of the known incidents, with its exact 95% interval", fontsize=8,
            va="center")  # fmt: skip
    ax.add_patch(Rectangle((98, 9), 8, 3, facecolor=style.FAINT, linewidth=0))
    ax.text(108, 10.5, "from all unknown being no to all being yes", fontsize=8, va="center")
    ax.add_patch(Polygon([(1, 2.4), (8, 2.4), (9.2, 4.2), (8, 6), (1, 6)], **style.BLIND))
    ax.text(
        11, 4.2, "cannot be seen: those who died on the way left no row. The bar has no end, since "
        "nobody knows their number;\nfor the killed it is all there is, as a crossing counts only "
        "if someone arrived.", fontsize=8, va="center", linespacing=1.05, gid="unseen-words",
    )  # fmt: skip


# Soldiers and civilians -------------------------------------------------------------------------


def soldiers_and_civilians(
    table: pd.DataFrame, fire: pd.DataFrame, title: str, subtitle: str, source: str
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
    """
    fig = style.page(title, subtitle, source, height_mm=104)
    left, bottom, right, top = fig.body_mm
    ax = style.axes_in(fig, (left + 46, bottom + 7, left + 112, top - 6), label="rates")
    for row, values in enumerate(table.itertuples()):
        y = row + row // 2 * 0.45
        _group_rate(ax, y, values)
        if row % 2 == 0:
            ax.text(
                0, y + 0.5, WAYS[values.way], fontsize=8, fontweight=600, va="center", ha="left",
                transform=style.offset(ax, -46, 0), gid="way",
            )  # fmt: skip
    ax.set(xlim=(-0.03, table["high"].max() * 1.12), ylim=(6.6, -0.6), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    _heading(ax, "Incidents per year")
    shares = style.axes_in(fig, (left + 137, bottom + 7, right - 3, top - 6), label="fire")
    for row, values in enumerate(fire.itertuples()):
        _group_fire(shares, row, values)
    shares.set(xlim=(0, 1), ylim=(len(fire) - 0.4, -0.8), yticks=[])
    shares.set_xticks([0, 0.5, 1], ["0", "50", "100%"])
    shares.spines["left"].set_visible(False)
    shares.grid(axis="x")
    _heading(shares, "Shot at, by land")
    return fig


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
        transform=style.offset(ax, -2, 0),
    )  # fmt: skip
    ax.text(
        values.high, y, f"{values.incidents}", fontsize=7.5, va="center", gid="count",
        transform=style.offset(ax, 1.2, 0),
    )  # fmt: skip


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
        fontsize=8, va="bottom", gid="count",
    )  # fmt: skip

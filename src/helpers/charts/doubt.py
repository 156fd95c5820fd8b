"""Charts of doubt: official totals, overlapping lists, revisions, sources, headline ranges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from helpers import style
from helpers.charts.register import SHORT
from helpers.vocab import Route

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUBJECT, CONTEXT = style.COLOURS["subject"], style.COLOURS["context"]
FIRST_YEAR, LAST_YEAR = 1953, 2026

LIST_LOOK = {
    "first_only": {"facecolor": style.FAINT, "edgecolor": style.PAPER},
    "both": {"facecolor": SUBJECT, "edgecolor": style.PAPER},
    "second_only": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
}
UNSEEN = style.BLIND | {"edgecolor": style.MUTED, "hatch": "//////"}
STATUS_LOOK = {
    "verified": {"facecolor": CONTEXT, "edgecolor": style.PAPER},
    "one_source": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
    "disputed": {"facecolor": style.PAPER, "edgecolor": SUBJECT, "hatch": "/////"},
}
STATUS_WORDS = {"verified": "verified", "one_source": "one source", "disputed": "disputed"}
CAUSES = {
    "other values": ("o", "another published value"),
    "low left out": ("v", "low confidence left out"),
    "verified only": ("s", "verified rows only"),
    "unclear added": ("^", "unclear rows added"),
    "official total": ("D", "missing from an official total"),
    "first printed": ("P", "first printed values"),
    "unknown all no, all yes": ("X", "all unknown a no, or a yes"),
    "95% interval": ("|", "95% interval"),
}

BACK = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}
"""What lies behind words over lines or hatching."""


# Keys and words ---------------------------------------------------------------------------------

KEY_ROW_MM = 4.6
Item = tuple[float, Callable[["Axes", float, float], object], str]
"""An entry of a key: where its words begin in mm, what draws its mark, and its words."""


def _dot(words: str, shape: str, size: float, face: str = style.PAPER, **look: object) -> Item:
    """Return the entry of a key for a marker."""
    look = {"markeredgecolor": style.INK, "markerfacecolor": face, "markersize": size} | look
    return 4.1, lambda ax, x, y: ax.plot(x + 1.5, y, shape, **look), words


def _bar(words: str, **look: object) -> Item:
    """Return the entry of a key for a part of a bar."""
    look = {"linewidth": 0.8} | look
    return (
        5.9,
        lambda ax, x, y: ax.add_patch(Rectangle((x + 0.3, y - 1.3), 4.5, 2.6, **look)),
        words,
    )


def _stroke(words: str, wide: float, **look: object) -> Item:
    """Return the entry of a key for a stroke, with its marker in the middle."""
    look = {"markevery": [1], "solid_capstyle": "butt"} | look
    return wide + 1.1, lambda ax, x, y: ax.plot([x, x + wide / 2, x + wide], [y] * 3, **look), words


def _tick(words: str, **look: object) -> Item:
    """Return the entry of a key for an upright stroke."""
    return 2.7, lambda ax, x, y: ax.plot([x + 0.8] * 2, [y - 1.6, y + 1.6], **look), words


def _key(fig: style.Page, items: list[Item], x0: float, x1: float, top: float) -> float:
    """Draw a key down from ``top``, in as many rows as it needs; return its lower edge in mm."""
    places = _flow(fig, items, x1 - x0)
    bottom = top - _key_mm(places)
    limits = {"xlim": (0, x1 - x0), "ylim": (bottom - top, 0)}
    ax = style.axes_in(fig, (x0, bottom, x1, top), label="key", **limits)
    ax.set_axis_off()
    for (x, y), (wide, draw, words) in zip(places, items, strict=True):
        draw(ax, x, y)
        ax.text(x + wide, y, words, va="center", fontsize=7.5, gid="key")
    return bottom


def _flow(fig: style.Page, items: list[Item], width: float) -> list[tuple[float, float]]:
    """Return where the entries of a key begin, row by row, in mm from its upper left corner."""
    x, y, places = 0.0, -1.8, []
    for wide, _, words in items:
        text = fig.text(0, 0, words, fontsize=7.5)
        long = wide + text.get_window_extent().width / fig.dpi * 25.4
        text.remove()
        if x and x + long > width:
            x, y = 0.0, y - KEY_ROW_MM
        places.append((x, y))
        x += long + 5.5
    return places


def _key_mm(places: list[tuple[float, float]]) -> float:
    """Return how high the rows of a key are."""
    return 1.8 - places[-1][1]


def _ticks(least: float, most: float, parts: int) -> list[float]:
    """Return round numbers within limits, at most so many steps."""
    ticks = MaxNLocator(parts, steps=[1, 2, 5, 10]).tick_values(least, most)
    return [tick for tick in ticks if least <= tick <= most]


def _heading(ax: Axes, words: str) -> None:
    """Write a heading above the axes."""
    ax.text(
        0, 1, words, fontweight=600, fontsize=8, va="bottom", gid="heading",
        transform=style.offset(ax, 0, 0.8, ax.transAxes),
    )  # fmt: skip


def _beside_row(ax: Axes, place: float, x_mm: float, words: str, weight: int) -> None:
    """Write words left of the axes at a height of its data."""
    ax.text(
        0, place, words, fontsize=7.5 if weight > 400 else 7, fontweight=weight, va="center",
        color=style.INK if weight > 400 else style.MUTED, linespacing=1.0,
        transform=style.offset(ax, x_mm, base=ax.get_yaxis_transform()), gid="name",
    )  # fmt: skip


# Official totals --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    """Where a panel of totals has its columns, in mm from its left edge.

    Attributes
    ----------
    above : bool
        Whether a release stands above its rows, not left of them.
    what, times, values : float or tuple of float
        Where the scope begins, the time line begins and ends, and the axis of totals begins.
    numbers : float
        Room for the numbers, right of that axis.
    ticks : tuple of int
        Years on the time line.
    """

    above: bool
    what: float
    times: tuple[float, float]
    values: float
    numbers: float
    ticks: tuple[int, ...]


BESIDE = _Columns(False, 38, (76, 102), 108, 15, (1960, 1990, 2020))
ABOVE = _Columns(True, 0, (34, 50), 56, 14, (1960, 2020))
OFFICIAL_KEY = [
    _dot("official total", "o", 6),
    _dot("only an upper bound was said", "<", 6),
    _dot("register", "o", 3.6, SUBJECT, markeredgecolor=SUBJECT),
    _stroke("register's range", 5, color=SUBJECT, linewidth=3.2, alpha=0.35),
]


def against_official(
    table: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return official totals beside the register's, a row a total, with a time line.

    In a column a release stands above its rows; on a slide the rows also stand in two panels.

    Parameters
    ----------
    table : pandas.DataFrame
        ``release``, ``what``, ``unit``, ``first_day``, ``last_day``, ``official``, ``register``,
        ``least``, ``most``, ``bound``, in the order of the rows; units one after the other.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=172, column_body_mm=184, slide_mm=128)
    left, bottom, right, top = fig.body_mm
    top = _key(fig, OFFICIAL_KEY, left, right, top) - 4.6
    columns = ABOVE if fig.narrow or fig.slide else BESIDE
    panels = _halves(table) if fig.slide else [table]
    deep = max(_places(panel, columns.above)[-1] for panel in panels)
    most = table[["official", "most"]].max().max() * 1.04
    gap = 9
    wide = (right - left + gap) / len(panels) - gap
    for number, panel in enumerate(panels):
        x = left + number * (wide + gap)
        box = (x, bottom + 5, x + wide, top)
        _totals(fig, box, panel, columns, {"ylim": (deep + 0.8, -1.4)}, most)
    return fig


def _halves(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows in two parts of about one height, cut between two releases."""
    places = _places(table, above=True)
    group = table["release"].astype(str) + table["unit"].astype(str)
    starts = [row for row in range(1, len(table)) if group.iloc[row] != group.iloc[row - 1]]
    cut = min(starts, key=lambda row: abs(places[row] - places[-1] / 2))
    return [table.iloc[:cut], table.iloc[cut:].reset_index(drop=True)]


def _totals(
    fig: style.Page,
    box: tuple[float, float, float, float],
    table: pd.DataFrame,
    columns: _Columns,
    limits: dict[str, tuple[float, float]],
    most: float,
) -> None:
    """Draw one panel of totals: names, time line, dots and numbers."""
    left, bottom, right, top = box
    places = _places(table, columns.above)
    start, end = columns.times
    times = style.axes_in(fig, (left + start, bottom, left + end, top), label="times")
    box = (left + columns.values, bottom, right - columns.numbers, top)
    values = style.axes_in(fig, box, label="values")
    for place, row in zip(places, table.itertuples(), strict=True):
        _time_bar(times, place, row)
        _pair(values, place, row)
    _release_names(times, places, table, columns)
    for ax in (times, values):
        ax.set(yticks=[], **limits)
        ax.spines["left"].set_visible(False)
        ax.grid(axis="x")
    times.set(xlim=(FIRST_YEAR - 1, LAST_YEAR + 0.5), xticks=columns.ticks)
    values.set(xlim=(-1.5, most), xticks=_ticks(0, most, 5))
    _heading(times, "Period")
    _heading(values, "Register and official total")
    _unit_names(times, places, table, columns)


def _places(table: pd.DataFrame, above: bool) -> list[float]:
    """Return the height of each row: a gap between releases, a wider one between units.

    Where releases stand ``above`` their rows, each takes a line of its own.
    """
    place, places, last = 0.0, [], None
    for row in table.itertuples():
        group = (row.release, row.unit)
        if last is not None:
            place += 1.0
            place += 1.9 if row.unit != last[1] else 0.3 if group != last else 0
        place += above and group != last
        places.append(place)
        last = group
    return places


def _time_bar(ax: Axes, place: float, row: tuple) -> None:
    """Draw the period of a total."""
    days = (row.first_day, row.last_day)
    start, end = (day.year + day.day_of_year / 366 for day in days)
    ax.plot([start, max(end, start + 0.8)], [place, place], color=style.MUTED, linewidth=2.6,
            solid_capstyle="butt", gid="period")  # fmt: skip


def _pair(ax: Axes, place: float, row: tuple) -> None:
    """Draw the official number, the register's and its range, and the share found."""
    ax.plot([row.official, row.register], [place, place], color=CONTEXT, linewidth=0.9, zorder=2)
    ax.plot([row.least, row.most], [place, place], color=SUBJECT, linewidth=3.2, alpha=0.35,
            solid_capstyle="butt", zorder=2.5, gid="range")  # fmt: skip
    shape = "<" if row.bound else "o"
    ax.plot(row.official, place, shape, markersize=6, markerfacecolor=style.PAPER,
            markeredgecolor=style.INK, zorder=3, clip_on=False, gid="official")  # fmt: skip
    ax.plot(row.register, place, "o", markersize=3.6, color=SUBJECT, zorder=4, clip_on=False,
            gid="register")  # fmt: skip
    most = f"up to {row.official}" if row.bound else f"{row.official}"
    ax.text(
        1, place, f"{row.register} / {most}", va="center", fontsize=7, gid="numbers",
        transform=style.offset(ax, 1.2, base=ax.get_yaxis_transform()),
    )  # fmt: skip


def _release_names(ax: Axes, places: list[float], table: pd.DataFrame, columns: _Columns) -> None:
    """Write release and scope left of the time line."""
    last, edge = None, -columns.times[0]
    for place, row in zip(places, table.itertuples(), strict=True):
        first = (row.release, row.unit) != last
        for x_mm, y, words, weight in (
            (edge, place - columns.above, row.release if first else "", 600),
            (edge + columns.what, place, row.what, 400),
        ):
            if words:
                ax.text(
                    0, y, words, fontsize=7.5, fontweight=weight, va="center",
                    transform=style.offset(ax, x_mm, base=ax.get_yaxis_transform()), gid="name",
                )  # fmt: skip
        last = (row.release, row.unit)


def _unit_names(ax: Axes, places: list[float], table: pd.DataFrame, columns: _Columns) -> None:
    """Write the unit above the first row of each unit."""
    firsts = ~table["unit"].astype(str).duplicated()
    for place, row in zip(places, table.itertuples(), strict=True):
        if firsts[row.Index]:
            ax.text(
                0, place - columns.above - 0.95, f"In {row.unit}", fontsize=7.5,
                color=style.MUTED, va="center", gid="unit",
                transform=style.offset(ax, -columns.times[0], base=ax.get_yaxis_transform()),
            )  # fmt: skip


# Capture and recapture --------------------------------------------------------------------------

SAID_MM = 47
"""Room for what a pair of lists says, right of its bar."""

LIST_KEY = [
    _bar("first list only", **LIST_LOOK["first_only"]),
    _bar("both", **LIST_LOOK["both"]),
    _bar("second list only", **LIST_LOOK["second_only"]),
    _bar("estimated, in neither", **UNSEEN),
    _stroke("95% interval", 5, color=style.INK, linewidth=1.2, marker="o", markersize=3.6),
    _tick("register", color=style.INK, linewidth=1.6),
]


def overlap(
    table: pd.DataFrame,
    names: pd.DataFrame,
    dependence: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return what pairs of lists caught, the estimate and what dependence would do to it.

    In a column the words of a pair stand above and below its bar; on a slide what dependence would
    do stands at the right.

    Parameters
    ----------
    table : pandas.DataFrame
        Index ``trial``; ``first_only``, ``both``, ``second_only``, ``known``, ``register``,
        ``estimate``, ``low``, ``high``, ``verdict``.
    names : pandas.DataFrame
        Index ``trial``; ``first``, ``second``: who speaks.
    dependence : pandas.DataFrame
        Index ``odds_ratio``; ``total``, of the last trial.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=142, column_body_mm=176, slide_mm=122)
    left, bottom, right, top = fig.body_mm
    top = _key(fig, LIST_KEY, left, right, top) - (6.5 if fig.slide else 4.4)
    upper, lower = _overlap_boxes(fig, (left, bottom, right, top))
    most = max(table["high"].max(), dependence["total"].max()) * 1.04
    bars = style.axes_in(fig, upper, label="lists", xlim=(0, most))
    step, above, below = (1.9, 0.98, 0.86) if fig.narrow else (1.0, 0.55, 0.55)
    for number, (trial, row) in enumerate(table.iterrows()):
        _caught(bars, step * number, row)
        lists = [names.loc[trial, part] for part in ("first", "second")]
        write = _words_around if fig.narrow else _words_beside
        write(bars, step * number, trial, lists, row)
    bars.set(ylim=(step * (len(table) - 1) + below, -above), yticks=[])
    bars.set_xticks(_ticks(0, most, 4 if fig.slide else 7))
    bars.grid(axis="x")
    bars.spines["left"].set_visible(False)
    if not fig.slide:
        bars.tick_params(axis="x", labelbottom=False, length=0)
    _dependence(fig, lower, dependence, table.iloc[-1])
    return fig


def _overlap_boxes(
    fig: style.Page, box: tuple[float, float, float, float]
) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the bars and of what dependence would do."""
    left, bottom, right, top = box
    if fig.narrow:
        return [(left, bottom + 40, right, top + 2), (left, bottom + 9, right, bottom + 33)]
    x0 = left + _names_mm(fig)
    if fig.slide:
        edge = right - 56
        return [(x0, bottom + 9, edge - SAID_MM - 7, top), (edge, bottom + 9, right, top)]
    x1 = right - SAID_MM
    return [(x0, bottom + 34, x1, top), (x0, bottom + 5, x1, bottom + 25)]


def _names_mm(fig: style.Page) -> float:
    """Return the room for the names of lists, left of their bars."""
    return 44 if fig.slide else 52


def _caught(ax: Axes, place: float, row: pd.Series) -> None:
    """Draw one pair of lists: caught, estimated, and what the register has."""
    x = 0.0
    for part, look in LIST_LOOK.items():
        value = int(row[part])
        if value:
            ax.barh(place - 0.12, value, left=x, height=0.36, linewidth=0.8, gid=part, **look)
            if value > 3:
                ax.text(
                    x + value / 2, place - 0.12, f"{value}", ha="center", va="center", fontsize=7.5,
                    color=style.PAPER if part == "both" else style.INK, gid="number",
                )  # fmt: skip
        x += value
    if row["estimate"] > x:
        ax.barh(place - 0.12, row["estimate"] - x, left=x, height=0.36, gid="unseen", **UNSEEN)
    if row["high"] > row["low"]:
        ax.plot([row["low"], row["high"]], [place + 0.16] * 2, color=style.INK, linewidth=1.2,
                gid="interval")  # fmt: skip
        ax.plot(row["estimate"], place + 0.16, "o", color=style.INK, markersize=3.6)
    ax.plot([row["register"]] * 2, [place - 0.38, place + 0.24], color=style.INK, linewidth=1.6,
            zorder=4, gid="register")  # fmt: skip


def _said(row: pd.Series) -> list[str]:
    """Return what a pair of lists says: caught, estimated, the verdict."""
    return [
        f"{row['first_only']} only first, {row['both']} both, {row['second_only']} only second",
        f"estimate {row['estimate']:.1f}, register {row['register']}",
        row["verdict"],
    ]


def _words_beside(ax: Axes, place: float, trial: str, lists: list[str], row: pd.Series) -> None:
    """Write the name of a pair left of its bar, and what it says right of it."""
    _beside_row(ax, place - 0.24, -_names_mm(ax.figure), trial, 600)
    _beside_row(ax, place + 0.17, -_names_mm(ax.figure), ",\n".join(lists), 400)
    for line, words in enumerate(_said(row)):
        ax.text(
            1, place - 0.3 + 0.26 * line, words, fontsize=7, va="center", gid="verdict",
            fontweight=600 if words == row["verdict"] else 400,
            transform=style.offset(ax, 3, base=ax.get_yaxis_transform()),
        )  # fmt: skip


def _words_around(ax: Axes, place: float, trial: str, lists: list[str], row: pd.Series) -> None:
    """Write the name of a pair above its bar, and what it says below it."""
    _beside_row(ax, place - 0.83, 0, trial, 600)
    _beside_row(ax, place - 0.56, 0, ", ".join(lists), 400)
    *counts, verdict = _said(row)
    for y, words, weight in ((0.4, "; ".join(counts), 400), (0.66, verdict, 600)):
        ax.text(0, place + y, words, fontsize=7, va="center", gid="verdict", fontweight=weight)
    for text in ax.texts:
        if text.get_gid() in ("name", "verdict"):
            text.set_bbox(BACK)


def _dependence(
    fig: style.Page,
    box: tuple[float, float, float, float],
    table: pd.DataFrame,
    row: pd.Series,
) -> None:
    """Draw the estimate under several odds ratios, on the scale of the bars."""
    ax = style.axes_in(fig, box, label="dependence", sharex=fig.axes[-1])
    beside = not (fig.narrow or fig.slide)
    # Without room at either side the words stand where no mark can: left of what is known.
    between = "\n" if fig.slide else " "
    free = row["known"] / ax.get_xlim()[1] * (box[2] - box[0]) - 2
    for place, (odds, item) in enumerate(table.iterrows()):
        ax.plot([row["known"], item["total"]], [place] * 2, color=CONTEXT, linewidth=1.2)
        ax.plot(item["total"], place, "o", color=style.INK, markersize=4, gid="odds")
        label = "independent" if odds == 1 else f"odds {odds:g} times as great"
        words = f"{item['total']:.0f}, register has {item['share_seen']:.0%}"
        if beside:
            _beside_row(ax, place, -_names_mm(fig), label, 400)
            ax.text(
                1, place, words, fontsize=7, va="center", gid="odds-words",
                transform=style.offset(ax, 3, base=ax.get_yaxis_transform()),
            )  # fmt: skip
        else:
            ax.text(
                0, place, "\n".join(style.wrap(f"{label}:{between}{words}", free, 7)), fontsize=7,
                va="center", linespacing=1.0, gid="odds-words", bbox=BACK,
            )  # fmt: skip
    ax.axvline(row["known"], color=style.INK, linewidth=1.6, gid="known")
    _finish_dependence(ax, len(table), beside)


def _finish_dependence(ax: Axes, rows: int, beside: bool) -> None:
    """Set the axes of the odds ratios, and head them."""
    ax.set(ylim=(rows - 0.5, -0.6), yticks=[])
    ax.tick_params(axis="x", labelbottom=True)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    head = "The last pair, if one list follows the other"
    if beside:
        ax.text(
            1, 0, "incidents", fontsize=8, va="top", gid="unit",
            transform=style.offset(ax, 3, -1.6, ax.transAxes),
        )  # fmt: skip
        _beside_row(ax, -1.25, -_names_mm(ax.figure), head, 600)
        return
    _heading(ax, head)
    for panel in {ax, ax.figure.axes[-2]} if ax.figure.slide else {ax}:
        panel.set_xlabel("incidents", fontsize=8, loc="left", labelpad=2)


# Revisions --------------------------------------------------------------------------------------

REVISION_KEY = [
    _dot("printed first", "o", 5.5, markeredgecolor=SUBJECT, markeredgewidth=1.3),
    _dot("printed in between", "o", 3.0, style.MUTED, markeredgewidth=0),
    _dot("in force", "o", 3.3, style.INK, markeredgewidth=0),
]
_OPEN = {"s": 30, "facecolor": style.PAPER, "edgecolor": SUBJECT, "linewidth": 1.3}


def revisions(
    printed: pd.DataFrame,
    years: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return every printed value of a year's arrivals less the value in force.

    Parameters
    ----------
    printed : pandas.DataFrame
        One row a value: ``year``, ``people``, ``first`` (whether printed first).
    years : pandas.DataFrame
        Index ``year``; ``first``, ``last``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=112, column_body_mm=108, slide_mm=103)
    left, _, right, top = fig.body_mm
    # The key stands right of the heading of the axes if there is room for both in one line.
    aside, down = (0, 0) if fig.narrow else (88, 2)
    _key(fig, REVISION_KEY, left + aside, right, top - down)
    ax = style.axes(fig, left=11, bottom=6, right=2, top=12 if fig.narrow else 8, label="revisions")
    last = years["last"]
    off = printed["people"] - printed["year"].map(last)
    _values(ax, printed, off)
    ax.axhline(0, color=style.INK, linewidth=1.0, zorder=1)
    ax.scatter(years.index, [0] * len(years), s=11, color=style.INK, zorder=4, gid="in-force")
    for start, end in _gaps(list(years.index)):
        style.blind(ax, start - 0.5, end + 0.5, gid="blind")
    _name_largest(ax, years)
    every = 4 if fig.narrow else 2
    ax.set(xlim=(years.index.min() - 0.6, years.index.max() + 0.6))
    most = max(abs(off)) * 1.12
    ax.set_ylim(-most, most)
    ax.set_yticks(_ticks(-most, most, 9))
    ax.set_xticks(range(years.index.min(), years.index.max() + 1, every))
    ax.yaxis.set_major_formatter(lambda value, _: _signed(value))
    ax.grid(axis="y")
    _heading(ax, "People more or fewer than the value in force")
    return fig


def _values(ax: Axes, printed: pd.DataFrame, off: pd.Series) -> None:
    """Draw how far each printed value is off, and a line from each to the value in force."""
    for year in printed["year"].unique():
        mine = off[printed["year"].eq(year)]
        ax.plot([year, year], [min(0, mine.min()), max(0, mine.max())], color=CONTEXT,
                linewidth=1.2, zorder=1.5)  # fmt: skip
    for first, look in ((False, {"color": style.MUTED, "s": 9}), (True, _OPEN)):
        kept = printed["first"].eq(first) & (off.ne(0) | first)
        ax.scatter(printed.loc[kept, "year"], off[kept], zorder=3, clip_on=False,
                   gid="first" if first else "other", **look)  # fmt: skip


def _signed(value: float) -> str:
    """Return a whole number with its sign."""
    return f"{value:+.0f}".replace("-", "\N{MINUS SIGN}") if value else "0"


def _gaps(years: list[int]) -> list[tuple[int, int]]:
    """Return the runs of years that are missing between the first and the last."""
    missing = [year for year in range(years[0], years[-1] + 1) if year not in years]
    runs: list[tuple[int, int]] = []
    for year in missing:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _name_largest(ax: Axes, years: pd.DataFrame) -> None:
    """Write first and last value of the years that were changed most."""
    between = "\nbecame " if ax.figure.narrow else " became "
    change = (years["last"] - years["first"]).abs()
    for year in change.nlargest(2).index:
        row = years.loc[year]
        ax.text(
            year, row["first"] - row["last"], f"{row['first']:,.0f}{between}{row['last']:,.0f}",
            fontsize=7.5, va="center", linespacing=1.0, gid="named", bbox=BACK,
            transform=style.offset(ax, 2.2, 0),
        )  # fmt: skip


# Rows in doubt ----------------------------------------------------------------------------------

STATUS_KEY = [_bar(STATUS_WORDS[part], **look) for part, look in STATUS_LOOK.items()]
STATUS_KEY.append((0.0, lambda ax, x, y: None, "“low”: rows of low confidence among them"))


def sources(
    decades: pd.DataFrame,
    routes: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return how well incidents are established, by decade and by route.

    Parameters
    ----------
    decades, routes : pandas.DataFrame
        Index ``decade`` or ``route``; ``verified``, ``one_source``, ``disputed``, ``low``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=104, column_body_mm=128, slide_mm=103)
    left, bottom, right, top = fig.body_mm
    top = _key(fig, STATUS_KEY, left, right, top) - 6.4
    most = max(decades["incidents"].max(), routes["incidents"].max()) * 1.36
    # Bars are equally long in both panels, so that they can be compared.
    wide = right - left - 27 if fig.narrow else 66
    first = (left + 11, bottom, left + 11 + wide, top)
    second = (right - wide, bottom, right, top)
    if fig.narrow:
        row = (top - bottom - 8) / (len(decades) + len(routes))
        first = (second[0], top - row * len(decades), right, top)
        second = (second[0], bottom, right, bottom + row * len(routes))
    names = [f"{decade}s" for decade in decades.index], [_short(name) for name in routes.index]
    _status_panel(fig, first, "decades", decades, names[0], most)
    _status_panel(fig, second, "routes", routes, names[1], most)
    return fig


def _status_panel(
    fig: style.Page,
    box: tuple[float, float, float, float],
    label: str,
    table: pd.DataFrame,
    names: list[str],
    most: float,
) -> None:
    """Draw the bars of one table."""
    ax = style.axes_in(fig, box, label=label)
    for place, row in enumerate(table.itertuples()):
        _established(ax, place, row, most)
    ax.set(xlim=(0, most), ylim=(len(table) - 0.5, -0.5), xticks=[])
    ax.set_yticks(range(len(table)), names)
    ax.tick_params(axis="y", length=0, pad=3)
    ax.spines["bottom"].set_visible(False)
    _heading(ax, f"Incidents by {label[:-1]}")


def _short(route: str) -> str:
    """Return the label of a route for a chart."""
    return SHORT[Route(route)]


def _established(ax: Axes, place: int, row: tuple, most: float) -> None:
    """Draw one bar and write its parts, its total and its rows of low confidence."""
    x = 0
    for part, look in STATUS_LOOK.items():
        value = getattr(row, part)
        if value:
            ax.barh(place, value, left=x, height=0.62, linewidth=0.8, gid=part, **look)
            if value / most > 0.03:
                ax.text(
                    x + value / 2, place, f"{value}", ha="center", va="center", fontsize=7.5,
                    gid="number", bbox=BACK if part == "disputed" else None,
                )  # fmt: skip
        x += value
    ax.text(x, place, f"{x}", va="center", fontsize=8, fontweight=600, gid="total",
            transform=style.offset(ax, 1.0, 0))  # fmt: skip
    if row.low:
        ax.text(x, place, f"{row.low} low", va="center", fontsize=7, color=style.MUTED, gid="low",
                transform=style.offset(ax, 6.0, 0))  # fmt: skip


# Headlines --------------------------------------------------------------------------------------

CAUSE_KEY = [_tick("headline", color=SUBJECT, linewidth=2.4)] + [
    _dot(words, shape, 9 if shape == "|" else 5.2) for shape, words in CAUSES.values()
]


def headlines(
    table: pd.DataFrame,
    words: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return each headline number with the values that each kind of doubt gives it.

    Parameters
    ----------
    table : pandas.DataFrame
        ``headline``, ``value``, ``cause`` (of ``CAUSES``), ``low``, ``high``.
    words : pandas.DataFrame
        Index ``headline``; ``value`` and ``range`` in words.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=138, column_body_mm=132, slide_mm=108)
    left, bottom, right, top = fig.body_mm
    key = bottom + _key_mm(_flow(fig, CAUSE_KEY, right - left))
    _key(fig, CAUSE_KEY, left, right, key)
    inset = (1, 2) if fig.narrow else (43, 40) if fig.slide else (51, 40)
    box = (left + inset[0], key + 3.5, right - inset[1], top - 1)
    ax = style.axes_in(fig, box, label="headlines")
    for place, headline in enumerate(words.index):
        _doubts(ax, place, table[table["headline"].eq(headline)], 0.2 if fig.narrow else 0.3)
        if fig.narrow:
            _words_above(ax, place, headline, *words.loc[headline, ["value", "range"]])
            continue
        _beside_row(ax, place, -inset[0], headline, 600)
        for x_mm, name, weight in ((3, "value", 600), (18, "range", 400)):
            _right_of_row(ax, place, x_mm, words.loc[headline, name], weight)
    above = 0.6 if fig.narrow else 0.5
    ax.set(xlim=(0, 1.0), ylim=(len(words) - 0.5, -above), xticks=[], yticks=[])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return fig


def _doubts(ax: Axes, place: int, rows: pd.DataFrame, half: float) -> None:
    """Draw a headline on a scale from nothing to its highest value."""
    value, most = rows["value"].iloc[0], rows["high"].max()
    ax.plot([0, 1], [place, place], color=style.FAINT, linewidth=0.8, zorder=1)
    ax.plot([0, 0], [place - 0.16, place + 0.16], color=CONTEXT, linewidth=0.8, zorder=1)
    ends = [rows["low"].min() / most, 1.0]
    ax.plot(ends, [place, place], color=CONTEXT, linewidth=2.6, solid_capstyle="butt", zorder=2)
    for row in rows.itertuples():
        for end in {row.low, row.high} - {value}:
            _mark(ax, end / most, place, row.cause)
    ax.plot([value / most] * 2, [place - half, place + half], color=SUBJECT, linewidth=2.4,
            solid_capstyle="butt", zorder=5, gid="value", clip_on=False)  # fmt: skip


def _mark(ax: Axes, x: float, place: float, cause: str) -> None:
    """Draw the mark of one doubt."""
    shape, _ = CAUSES[cause]
    look = {"markersize": 9 if shape == "|" else 5.2, "markeredgecolor": style.INK}
    ax.plot(x, place, shape, markerfacecolor=style.PAPER, markeredgewidth=1.0, zorder=4,
            clip_on=False, gid=cause, **look)  # fmt: skip


def _right_of_row(ax: Axes, place: float, x_mm: float, words: str, weight: int) -> None:
    """Write words right of the axes at a height of its data."""
    ax.text(
        1, place, words, fontsize=7.5, fontweight=weight, va="center", gid="words",
        color=SUBJECT if weight > 400 else style.INK,
        transform=style.offset(ax, x_mm, base=ax.get_yaxis_transform()),
    )  # fmt: skip


def _words_above(ax: Axes, place: float, headline: str, value: str, ends: str) -> None:
    """Write a headline, its value and its range in one line above its row."""
    _beside_row(ax, place - 0.37, -1, headline, 600)
    for x_mm, words, weight in ((-43, value, 600), (-27, ends, 400)):
        _right_of_row(ax, place - 0.37, x_mm, words, weight)

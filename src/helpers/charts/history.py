"""Chart of the Joint Security Area since the armistice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.dates as mdates
import pandas as pd

from helpers import style
from helpers.charts.register import KEY_ROW_MM, flow, key_axes
from helpers.maps.peninsula import marker
from helpers.vocab import Route

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LANES = {
    "south": ("To the South", 3.0),
    "north": ("To the North", 2.0),
    "clash": ("Fighting, armed entry", 1.0),
    "return": ("Activists come back", 0.0),
}
ERA_WORDS = {
    "shared": "guards of both sides everywhere",
    "split": "the line divides the area",
    "disarmed": "no firearms in the area",
    "rearmed": "northern guards armed again",
}
TURN_WORDS = {
    "enforced": "axe killings,\nafter which the line\nis enforced inside too",
    "firefight": "visitor\nfollowed under fire,\nfour soldiers die",
    "subject": "jeep driver\ncrosses under fire",
    "disarmed": "firearms leave",
    "rearmed": "\narmed\nagain",
}
TURN_PLACES = {
    # Alignment, and points to the right and above the turn's line, for the words of each turn.
    "enforced": ("right", 12, 6),
    "firefight": ("left", -12, 6),
    "subject": ("right", -8, 6),
    "disarmed": ("center", 0, 44),
    "rearmed": ("center", 4, 6),
}
CLOSE_PLACES = TURN_PLACES | {
    "enforced": ("right", 8, 6),
    "firefight": ("left", -8, 6),
    "subject": ("right", -8, 38),
    "disarmed": ("right", 20, 64),
    "rearmed": ("right", 11, 6),
}
"""Where the years stand closer: in a column, and on a slide, where half the width is theirs."""

POINT_MM = 25.4 / 72
ABOVE_MM = 5.7
"""Years whose stars are closer than this cannot both be written below them."""

COLOUR = style.COLOURS["subject"]
ERA_FILLS = {"shared": "#F1EEE8", "split": style.PAPER, "disarmed": "#E4DED4", "rearmed": "#F7F5F2"}


def jsa_history(
    events: pd.DataFrame,
    turns: pd.DataFrame,
    eras: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return every known event in the area by kind and date, on bands for its eras.

    In a column and on a slide the names of lanes and eras stand above their lines.

    Parameters
    ----------
    events : pandas.DataFrame
        ``date``, ``lane`` (``south``, ``north``, ``clash``, ``return``), ``northern``, ``fire``.
    turns : pandas.DataFrame
        ``turn``, ``date``.
    eras : pandas.DataFrame
        Index ``era``; ``start``, ``end``, ``years``, ``crossings``, ``rate``, ``low``, ``high``
        (per ten years).
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, height_mm=146, column_body_mm=145, slide_mm=114
    )  # fmt: skip
    beside = not (fig.narrow or fig.slide)
    boxes = _boxes(fig)
    ax = style.axes_in(fig, boxes["history"], label="history")
    ax.set(ylim=(-0.6, 3.6 if beside else 3.8), yticks=[])
    ax.set_xlim(pd.Timestamp(1952, 9, 1), eras["end"].max() + pd.Timedelta(days=200))
    for name, era in eras.iterrows():
        ax.axvspan(
            era["start"], era["end"], facecolor=ERA_FILLS[name], linewidth=0, zorder=0,
            gid=f"era-{name}",
        )  # fmt: skip
    _turns(ax, turns, TURN_PLACES if beside else CLOSE_PLACES)
    _lanes(ax, events, beside)
    _rates(style.axes_in(fig, boxes["rates"], label="rates"), eras, beside)
    _key(fig, boxes["key"])
    return fig


def _boxes(fig: style.Page) -> dict[str, tuple[float, float, float, float]]:
    """Return the boxes: the history over its key and the rates, on a slide the rates beside it."""
    left, bottom, right, top = fig.body_mm
    if fig.narrow:
        boxes = (
            (left, bottom + 66, right, top - 27),
            (left, bottom + 54, right, bottom + 54 + KEY_ROW_MM),
            (left, bottom + 7, right - 32, bottom + 42),
        )
    elif fig.slide:
        half = right - 74
        boxes = (
            (left, bottom + 12, half - 10, top - 26.5),
            (left, bottom, half - 10, bottom + KEY_ROW_MM),
            (half, bottom + 12, right - 32, top - 11),
        )
    else:
        boxes = (
            (left + 34, bottom + 50, right, top - 20),
            (left + 34, bottom + 38, right, bottom + 38 + KEY_ROW_MM),
            (left + 66, bottom + 7, right - 30, bottom + 30),
        )
    return dict(zip(("history", "key", "rates"), boxes, strict=True))


def _lanes(ax: Axes, events: pd.DataFrame, beside: bool) -> None:
    """Draw one lane a kind of event, named on its left, or above it."""
    for lane, (words, y) in LANES.items():
        ax.axhline(y, color=style.FAINT, linewidth=0.6, zorder=1)
        x_mm, y_mm = (-34, 0) if beside else (1, 3.0 if lane == "south" else 0.9)
        ax.text(
            0, y, words, fontsize=8,
            transform=style.offset(ax, x_mm, y_mm, ax.get_yaxis_transform()),
            va="center" if beside else "bottom", fontweight=600 if lane == "south" else 400,
            gid="lane",
        )  # fmt: skip
    wide = style.size_mm(ax)[0]
    low, high = ax.get_xlim()
    last = None
    for event in events.itertuples():
        crowded = False
        if event.lane == "south":
            day = mdates.date2num(event.date)
            crowded = last is not None and (day - last) / (high - low) * wide < ABOVE_MM
            last = None if crowded else day
        _event(ax, event, crowded)
    ax.spines["left"].set_visible(False)
    decades = range(1960, mdates.num2date(high).year + 1, 10)
    ax.set_xticks([pd.Timestamp(year, 1, 1) for year in decades], [f"{year}" for year in decades])


def _event(ax: Axes, event: tuple, crowded: bool) -> None:
    """Draw one event; stars are crossings to the South, filled for citizens of the North.

    The year of a star stands below it, or above it where it would be ``crowded``.
    """
    y = LANES[event.lane][1]
    if event.lane != "south":
        ax.scatter(
            [event.date], [y], marker={"north": "v", "clash": "x", "return": "|"}[event.lane],
            s=34, color=style.INK, linewidth=1.2, zorder=3, gid=event.lane,
        )  # fmt: skip
        return
    look = marker(Route.JSA, filled=bool(event.northern), mm=3.4)
    ax.scatter([event.date], [y], **look, zorder=4, gid="south")
    ax.text(
        event.date, y, f"{event.date.year}", fontsize=7.5, ha="center", gid="year",
        va="bottom" if crowded else "top", path_effects=style.HALO, zorder=5,
        transform=style.offset(ax, 0, 2.6 if crowded else -2.2),
    )  # fmt: skip
    if event.fire:
        ax.scatter(
            [event.date], [y], s=150, facecolor="none", edgecolor=style.INK, linewidth=0.9,
            zorder=3.5, gid="fire",
        )  # fmt: skip


def _turns(ax: Axes, turns: pd.DataFrame, places: dict[str, tuple[str, float, float]]) -> None:
    """Mark the turns with a line and their words above, each at its own place and height."""
    top = ax.get_ylim()[1]
    for turn in turns.itertuples():
        if turn.turn not in TURN_WORDS:
            continue
        ax.axvline(turn.date, color=style.MUTED, linewidth=0.7, zorder=0.8, gid="turn")
        align, shift, lift = places[turn.turn]
        foot = {"right": min(0, shift), "left": max(0, shift), "center": 0}[align]
        ax.annotate(
            "", (turn.date, top), xytext=(foot, lift), textcoords="offset points",
            annotation_clip=False, gid="turn-stub",
            arrowprops={
                "arrowstyle": "-", "color": style.MUTED, "linewidth": 0.7,
                "shrinkA": 0, "shrinkB": 0,
            },
        )  # fmt: skip
        ax.text(
            turn.date, top, f"{turn.date.year}: {TURN_WORDS[turn.turn]}", ha=align, va="bottom",
            fontsize=7.5, linespacing=1.05, gid="turn-words",
            fontweight=600 if turn.turn == "subject" else 400,
            transform=style.offset(ax, shift * POINT_MM, lift * POINT_MM),
        )  # fmt: skip


def _rates(ax: Axes, eras: pd.DataFrame, beside: bool) -> None:
    """Draw crossings to the South per ten years by era, with the exact interval."""
    most = float(eras["rate"].max()) * 4
    for row, (name, era) in enumerate(eras.iterrows()):
        _rate(ax, row, era, most)
        span = f"{era['start'].year}-{(era['end'] - pd.Timedelta(days=1)).year}"
        ax.text(
            0, row, f"{span}  {ERA_WORDS[name]}", fontsize=8, ha="left", gid="era",
            va="center" if beside else "bottom", path_effects=style.HALO,
            transform=style.offset(ax, *((-66, 0) if beside else (0, 1.4))),
        )  # fmt: skip
    ax.set(xlim=(0, most), ylim=(len(eras) - 0.4, -0.6 if beside else -0.7), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    x_mm, y_mm = (-66, 0.8) if beside else (0, 2.0)
    words = ("Crossings to the South per ten years,", "with exact 95% interval")
    ax.text(
        0, 1, ("\n" if ax.figure.slide else " ").join(words),
        transform=style.offset(ax, x_mm, y_mm, ax.transAxes),
        fontweight=600, va="bottom", linespacing=1.05,
    )  # fmt: skip


def _rate(ax: Axes, row: int, era: pd.Series, most: float) -> None:
    """Draw one era's rate; an interval that ends beyond ``most`` has an arrow and says where."""
    ax.plot(
        [era["low"], min(era["high"], most)], [row, row], color=COLOUR, linewidth=1.6,
        gid="interval", clip_on=False,
    )  # fmt: skip
    ax.scatter([era["rate"]], [row], s=26, color=COLOUR, zorder=3, clip_on=False, gid="rate")
    words = f"{int(era['crossings'])} in {era['years']:.1f} years"
    if era["high"] > most:
        ax.scatter([most], [row], marker=">", s=24, color=COLOUR, clip_on=False, gid="open")
        words += f" (to {era['high']:.0f})"
    ax.text(
        min(era["high"], most), row, words, fontsize=7.5, va="center", gid="count",
        transform=style.offset(ax, 2.0, 0), path_effects=style.HALO,
    )  # fmt: skip


def _key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Explain the stars."""
    ax = key_axes(fig, box)
    names = {"citizen of the North": (True, False), "foreigner": (False, False),
             "shot at": (True, True)}  # fmt: skip
    places = flow(list(names), [6.2] * len(names), box[2] - box[0], 8)
    for (words, (filled, ring)), (x, row) in zip(names.items(), places, strict=True):
        x, y = x + 2.7, row + 0.5
        ax.scatter([x], [y], **marker(Route.JSA, filled=filled, mm=3.0), clip_on=False)
        if ring:
            look = {"facecolor": "none", "edgecolor": style.INK, "linewidth": 0.9}
            ax.scatter([x], [y], s=120, **look, clip_on=False)
        ax.text(x + 3.5, y, words, fontsize=8, va="center")

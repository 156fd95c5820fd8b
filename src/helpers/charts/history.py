"""Chart of the Joint Security Area since the armistice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.transforms import ScaledTranslation

from helpers import style
from helpers.maps.peninsula import HALO, marker
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
    "enforced": ("right", 12, 6),
    "firefight": ("left", -12, 6),
    "subject": ("right", -8, 6),
    "disarmed": ("center", 0, 44),
    "rearmed": ("center", 4, 6),
}
COLOUR = style.COLOURS["subject"]
ERA_FILLS = {"shared": "#F1EEE8", "split": style.PAPER, "disarmed": "#E4DED4", "rearmed": "#F7F5F2"}


def jsa_history(
    events: pd.DataFrame,
    turns: pd.DataFrame,
    eras: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
) -> style.Page:
    """Return every known event in the area by kind and date, on bands for its eras.

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
    """
    fig = style.page(title, subtitle, source, height_mm=146)
    left, bottom, right, top = fig.body_mm
    ax = style.axes_in(fig, (left + 34, bottom + 47, right, top - 23), label="history")
    ax.set(ylim=(-0.6, 3.6), yticks=[])
    ax.set_xlim(pd.Timestamp(1952, 9, 1), eras["end"].max() + pd.Timedelta(days=200))
    for name, era in eras.iterrows():
        ax.axvspan(
            era["start"], era["end"], facecolor=ERA_FILLS[name], linewidth=0, zorder=0,
            gid=f"era-{name}",
        )  # fmt: skip
    _turns(ax, turns)
    _lanes(ax, events)
    _rates(
        style.axes_in(fig, (left + 66, bottom + 4, right - 30, bottom + 27), label="rates"), eras
    )
    _key(fig, (left + 34, bottom + 35, right, bottom + 40))
    return fig


def _lanes(ax: Axes, events: pd.DataFrame) -> None:
    """Draw one lane a kind of event."""
    for lane, (words, y) in LANES.items():
        ax.axhline(y, color=style.FAINT, linewidth=0.6, zorder=1)
        shift = ScaledTranslation(-34 / 25.4, 0, ax.figure.dpi_scale_trans)
        ax.text(
            0, y, words, transform=ax.get_yaxis_transform() + shift, fontsize=8, va="center",
            fontweight=600 if lane == "south" else 400, gid="lane",
        )  # fmt: skip
    for event in events.itertuples():
        _event(ax, event)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(mdates.YearLocator(10))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))


def _event(ax: Axes, event: tuple) -> None:
    """Draw one event; stars are crossings to the South, filled for citizens of the North."""
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
        event.date, y, f"{event.date.year}", fontsize=7.5, ha="center", va="top", gid="year",
        transform=style.offset(ax, 0, -2.2), path_effects=HALO, zorder=5,
    )  # fmt: skip
    if event.fire:
        ax.scatter(
            [event.date], [y], s=150, facecolor="none", edgecolor=style.INK, linewidth=0.9,
            zorder=3.5, gid="fire",
        )  # fmt: skip


def _turns(ax: Axes, turns: pd.DataFrame) -> None:
    """Mark the turns with a line and their words above, each at its own place and height."""
    top = ax.get_ylim()[1]
    for turn in turns.itertuples():
        if turn.turn not in TURN_WORDS:
            continue
        ax.axvline(turn.date, color=style.MUTED, linewidth=0.7, zorder=0.8, gid="turn")
        align, shift, lift = TURN_PLACES[turn.turn]
        ax.annotate(
            f"{turn.date.year}: {TURN_WORDS[turn.turn]}", (turn.date, top),
            xytext=(shift, lift), textcoords="offset points", ha=align, va="bottom", fontsize=7.5,
            linespacing=1.05, annotation_clip=False, gid="turn-words",
            fontweight=600 if turn.turn == "subject" else 400,
            arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.7, "shrinkB": 0},
        )  # fmt: skip


def _rates(ax: Axes, eras: pd.DataFrame) -> None:
    """Draw crossings to the South per ten years by era, with the exact interval."""
    most = float(eras["rate"].max()) * 4
    for row, (name, era) in enumerate(eras.iterrows()):
        ax.plot(
            [era["low"], min(era["high"], most)], [row, row], color=COLOUR, linewidth=1.6,
            gid="interval", clip_on=False,
        )  # fmt: skip
        ax.scatter([era["rate"]], [row], s=26, color=COLOUR, zorder=3, clip_on=False, gid="rate")
        open_end = era["high"] > most
        words = f"{int(era['crossings'])} in {era['years']:.1f} years"
        if open_end:
            ax.scatter([most], [row], marker=">", s=24, color=COLOUR, clip_on=False, gid="open")
            words += f" (to {era['high']:.0f})"
        ax.text(
            min(era["high"], most), row, words, fontsize=7.5, va="center", gid="count",
            transform=style.offset(ax, 2.0, 0),
        )  # fmt: skip
        span = f"{era['start'].year}-{(era['end'] - pd.Timedelta(days=1)).year}"
        ax.text(
            0, row, f"{span}  {ERA_WORDS[name]}", fontsize=8, va="center", ha="left", gid="era",
            transform=style.offset(ax, -66, 0),
        )  # fmt: skip
    ax.set(xlim=(0, most), ylim=(len(eras) - 0.4, -0.6), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    shift = ScaledTranslation(-66 / 25.4, 0.8 / 25.4, ax.figure.dpi_scale_trans)
    ax.text(
        0, 1, "Crossings to the South per ten years, with exact 95% interval",
        transform=ax.transAxes + shift, fontweight=600, va="bottom",
    )  # fmt: skip


def _key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Explain the marks."""
    ax = style.axes_in(fig, box, label="key", xlim=(0, box[2] - box[0]), ylim=(0, 5))
    ax.set_axis_off()
    x = 3.0
    for filled, ring, words, wide in (
        (True, False, "citizen of the North", 37), (False, False, "foreigner", 24),
        (True, True, "shot at", 0),
    ):  # fmt: skip
        ax.scatter([x], [2.5], **marker(Route.JSA, filled=filled, mm=3.0))
        if ring:
            ax.scatter([x], [2.5], s=120, facecolor="none", edgecolor=style.INK, linewidth=0.9)
        ax.text(x + 3.2, 2.4, words, fontsize=8, va="center")
        x += wide

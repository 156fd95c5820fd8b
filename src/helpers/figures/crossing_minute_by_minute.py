"""The clock of 13 November 2017: all moments as a whole, and the first minutes enlarged."""

from textwrap import shorten

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionPatch, Rectangle

from helpers.analysis import crossing
from helpers.data import vocab
from helpers.figures import Frames, Words, idioms, style
from helpers.figures.style import FAINT, INK, MUTED, PAPER, Page
from helpers.languages import tr
from helpers.words import clock, say

NOTEBOOK = "01_the_crossing"
HEIGHTS = {"height_mm": 178, "column_body_mm": 176, "slide_mm": 114}
ORANGE = style.COLOURS["subject"]
COLUMNS = [
    "seq", "time_local", "approximate", "phase", "actor", "event", "label", "sources", "minute",
    "slot", "position",
]  # fmt: skip
UNREACHED = {"unseen": "{n} until he is found", "located": "{n} more until somebody reaches him"}
"""Phases in which nobody goes to him, and how long they last."""

_ACTOR_MARKS = {
    "defector": ("o", ORANGE),
    "kpa": ("s", INK),
    "unc_rok": ("^", MUTED),
    "medical": ("P", MUTED),
    "other": ("D", MUTED),
}
_PHASE_FILLS = {
    "drive": "#F3D9C8",
    "stuck": "#DB9A6B",
    "run": ORANGE,
    "unseen": PAPER,
    "located": "#EBEBEB",
    "rescued": "#CFCFCF",
    "flown": "#B0B0B0",
}
_BAND = (0.0, 1.0)
_MARK_X, _TEXT_X = 1.75, 2.55
_MINUTE_X = -2.6
_ROW_MM = 4.4


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the moments, the phases and the spans of the day.

    As :func:`helpers.analysis.crossing.moments`, :func:`helpers.analysis.crossing.phases` and
    :func:`helpers.analysis.crossing.durations` (for ``SPANS``) give them.
    """
    day = crossing.moments(frames["jsa_timeline_2017"], frames["sources"])
    spans = crossing.durations(frames["jsa_facts_2017"], crossing.SPANS)
    return day[COLUMNS], crossing.phases(day), spans


def words(day: pd.DataFrame, phases: pd.DataFrame, spans: pd.DataFrame) -> Words:
    """Return the words: how long to the line, how long until he was found."""
    minutes, end = spans["minutes"], crossing.zoom_end(phases)
    waits = phases[phases["phase"].isin(list(UNREACHED))]
    crossed = day["minute"].iloc[0] + minutes["to_line"]
    names = {row.phase: vocab.CrossingPhase(row.phase).label.lower() for row in phases.itertuples()}
    named = {
        "line": minutes["to_line"], "found": minutes["to_found"], "all": len(day),
        "whole": minutes["in_all"], "first": clock(day["minute"].iloc[0]),
        "last": clock(day["minute"].iloc[-1]), "end": clock(end),
        "early": int((day["minute"] <= crossed).sum()),
        "lengths": [(names[row.phase], row.minutes) for row in phases.itertuples()],
        "wait": waits["minutes"].sum(), "share": waits["minutes"].sum() / minutes["in_all"],
        "parts": [say(UNREACHED[row.phase], n=row.minutes) for row in waits.itertuples()],
    }  # fmt: skip
    fact = (
        "{early} of the {all:moment/moments} {early:=falls/fall} in the first {line} of "
        "{whole:minute/minutes}."
    )
    if len(waits):
        fact += (
            " Then {wait:minute passes/minutes pass} before anybody reaches him, {share:%} of the "
            "whole: {parts:list}."
        )
    return Words.of(
        named,
        title="The soldier crossed within {line:minute/minutes} and was found "
        "{found:minute/minutes} later",
        subtitle="Moments of 13 November 2017 by Korean clock time, {first} to {last}, and "
        "{first} to {end} enlarged. Clocks are published to the minute; inside a minute only the "
        "order is known.",
        source="Clock: Joint Chiefs of Staff and UN Command video, as published",
        alt="Two vertical time scales of 13 November 2017 with {all} labelled moments: {first} to "
        "{last} as a whole, and its first minutes enlarged. The phases last, in minutes: "
        "{lengths:tally}.",
        fact=fact,
    )


def draw(page: Page, day: pd.DataFrame, phases: pd.DataFrame, spans: pd.DataFrame) -> None:
    """Draw the day on two linked time scales that run down the page.

    In a column the enlarged minutes stand above the whole day. Labels are spread over the height,
    and a line leads to their place.
    """
    present = set(day["actor"].astype(str))
    items = [
        (idioms.mark(**idioms.dot(marker, colour, size=30)), vocab.Actor(actor).label)
        for actor, (marker, colour) in _ACTOR_MARKS.items()
        if actor in present
    ]
    look = idioms.dot(filled=False, size=30)
    idioms.key(page, [*items, (idioms.mark(**look), "open: approximate time")])
    first, last = int(day["minute"].min()), int(day["minute"].max())
    zoom_to = crossing.zoom_end(phases)
    whole, zoom = _two_scales(page)
    _whole(whole, day[day["minute"] > zoom_to], phases, (first, last), zoom_to)
    _zoom(zoom, day[day["minute"] <= zoom_to], (first, zoom_to))
    _link(page, whole, zoom, (first, zoom_to + 1))


def _two_scales(fig: Page) -> tuple[Axes, Axes]:
    """Return axes for the whole day and, beside or above it, for its enlarged minutes."""
    left, bottom, right, top = fig.body_mm
    whole = [left + 17, bottom + 1, right - 89, top - 2]
    zoom = [left + 109, bottom + 1, right, top - 2]
    if fig.narrow:
        # Both bands stand over each other, with the names of phases and minutes at their left.
        fold = bottom + 80
        whole, zoom = (
            [left + 17, bottom + 1, right - 13, fold],
            [left + 17, fold + 8, right, top - 2],
        )
    elif fig.slide:
        whole[2] = left + 90
    return style.axes_in(fig, whole, gid="whole"), style.axes_in(fig, zoom, gid="zoom")


def _time_axes(ax: Axes, top: float, bottom: float) -> None:
    """Let time run down, with four millimetres a unit across."""
    ax.set(xlim=(0, style.size_mm(ax)[0] / 4), ylim=(bottom, top))
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def _whole(
    ax: Axes, day: pd.DataFrame, phases: pd.DataFrame, ends: tuple[int, int], zoom_to: int
) -> None:
    """Draw all minutes: the phases as a band, and the moments that are not enlarged."""
    first, last = ends
    _time_axes(ax, first - 0.5, last + 2.0)
    for phase in phases.itertuples():
        _band(ax, phase.phase, phase.start, max(phase.end - phase.start, 0.4))
        if phase.end > zoom_to + 1:
            label = vocab.CrossingPhase(phase.phase).label
            words = say("{phase}\n{n} min", phase=label, n=phase.minutes)
            ax.text(
                -0.5, (phase.start + phase.end) / 2, words, ha="right", va="center", gid="phase"
            )
    rows = idioms.apart(day["minute"].to_numpy(float), _ROW_MM * _minutes_a_mm(ax))
    for moment, y in zip(day.itertuples(), rows, strict=True):
        _leader(ax, moment.minute, y)
        _moment(ax, moment, y, with_clock=True)


def _minutes_a_mm(ax: Axes) -> float:
    return abs(np.diff(ax.get_ylim())[0]) / style.size_mm(ax)[1]


def _leader(ax: Axes, minute: float, y: float) -> None:
    """Lead from a place in the band to the row of its label."""
    ax.plot(
        [_BAND[1], _MARK_X, _MARK_X], [minute, y, y], color=FAINT, lw=0.8, zorder=1, gid="leader"
    )


def _zoom(ax: Axes, day: pd.DataFrame, ends: tuple[int, int]) -> None:
    """Draw the first minutes, enlarged: minutes left of the band, and lines to the labels."""
    first, last = ends
    _time_axes(ax, first, last + 1)
    starts = day.groupby("phase", observed=True)[["position", "slot"]].first()
    starts = starts["position"] - starts["slot"] / 2
    stops = [*starts.iloc[1:], last + 1.0]
    for (phase, start), stop in zip(starts.items(), stops, strict=True):
        _band(ax, phase, start, stop - start)
        label = vocab.CrossingPhase(phase).label
        ax.text(
            np.mean(_BAND), (start + stop) / 2, label, rotation=90, ha="center", va="center",
            color=PAPER if phase == "run" else INK, gid="phase",
        )  # fmt: skip
    empty = sorted(set(range(first, last + 1)) - set(day["minute"]))
    for minute in range(first, last + 2):
        ax.plot([_MINUTE_X, _BAND[0]], [minute, minute], color=FAINT, lw=0.6, clip_on=False)
    for minute in range(first, last + 1):
        ax.text(-0.25, minute + 0.5, clock(minute), color=MUTED, ha="right", va="center",
                gid="minute")  # fmt: skip
    told = [(moment.position, moment) for moment in day.itertuples()]
    rows = sorted(told + [(minute + 0.5, None) for minute in empty], key=lambda row: row[0])
    wanted = np.array([place for place, _ in rows])
    places = idioms.apart(wanted, _ROW_MM * _minutes_a_mm(ax))
    for (place, moment), y in zip(rows, places, strict=True):
        _leader(ax, place, y)
        if moment is None:
            ax.plot([_MARK_X, _TEXT_X - 0.2], [y, y], color=FAINT, lw=0.8, zorder=1)
            _no_moment(ax, y)
        else:
            _moment(ax, moment, y, with_clock=False)


def _no_moment(ax: Axes, y: float) -> None:
    ax.text(_TEXT_X, y, "no moment published", va="center", color=MUTED, style="italic",
            gid="empty")  # fmt: skip


def _band(ax: Axes, phase: str, start: float, length: float) -> None:
    look = {"facecolor": _PHASE_FILLS[phase], "edgecolor": MUTED, "linewidth": 0.6}
    ax.add_patch(Rectangle((_BAND[0], start), 1.0, length, gid=f"band-{phase}", **look))


def _moment(ax: Axes, moment: tuple, y: float, with_clock: bool) -> None:
    marker, colour = _ACTOR_MARKS[str(moment.actor)]
    ax.plot(
        _MARK_X, y, marker, ms=5.5, mec=colour, mew=1.2, gid="moment", zorder=3,
        mfc=PAPER if moment.approximate else colour,
    )  # fmt: skip
    words = moment.event if pd.isna(moment.label) else moment.label
    words = shorten(tr(words), 40, placeholder=" ...")
    if with_clock:
        text = "about {at}  {words}" if moment.approximate else "{at}  {words}"
        words = say(text, at=clock(moment.minute), words=words)
    ax.text(_TEXT_X, y, words, va="center", gid="label")


def _link(fig: Page, whole: Axes, zoom: Axes, ends: tuple[int, int]) -> None:
    """Tie the enlarged minutes to their place on the whole scale."""
    edge = _BAND[1] if fig.narrow else whole.get_xlim()[1]
    box = (0, ends[0]), edge, ends[1] - ends[0]
    whole.add_patch(Rectangle(*box, fill=False, ec=MUTED, lw=0.6, zorder=4, clip_on=False))
    words, x, align = "enlarged at right", edge - 0.4, "right"
    pairs = [((edge, minute), (_MINUTE_X, minute)) for minute in ends]
    if fig.narrow:
        words, x, align = "enlarged above", _TEXT_X, "left"
        pairs = [((x, ends[0]), (x, ends[1])) for x in _BAND]
    whole.text(x, np.mean(ends), words, color=MUTED, ha=align, va="center", style="italic")
    for start, end in pairs:
        line = ConnectionPatch(start, end, whole.transData, zoom.transData, color=MUTED, lw=0.6)
        fig.add_artist(line)

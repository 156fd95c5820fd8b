"""Charts of 13 November 2017: its clock, its rounds, and how far the sources agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch, Rectangle
from matplotlib.ticker import Locator, MaxNLocator, MultipleLocator
from matplotlib.transforms import Transform

from helpers import style, vocab
from helpers.style import FAINT, INK, MUTED, PAPER, Page, Size

ORANGE = style.COLOURS["subject"]

#: Words beside a mark, by ``seq``; a moment that is not named here shows its event, cut short.
SHORT = {
    1: "A tower camera picks up the jeep",
    2: "Passes the checkpoint without stopping",
    3: "Crosses the 72-Hour Bridge",
    4: "Turns sharply at the signature monument",
    5: "A wheel drops into a ditch: stuck",
    6: "Guards run to the jeep",
    7: "Leaves the jeep, runs over the line",
    8: "Soldiers fire pistols and rifles at him",
    9: "A pursuer crosses the line, turns back",
    10: "Hit, he drops by a wall at Freedom House",
    11: "UNC guards report, but do not fire",
    12: "Armed troops gather at the monument",
    13: "Thermal camera finds him",
    14: "Joint Chiefs get the report",
    15: "Chairman and president's office told",
    16: "Platoons placed round the site",
    17: "Seen motionless on thermal video",
    18: "Rescuers crawl forward",
    19: "Dragged to cover",
    20: "At the helipad, Camp Bonifas",
    21: "Medevac crew called",
    22: "Helicopter lands",
    23: "Takes off with the patient",
    24: "At the hospital in Suwon",
}

_ACTOR_MARKS = {
    "defector": ("o", ORANGE),
    "kpa": ("s", INK),
    "unc_rok": ("^", MUTED),
    "medical": ("P", MUTED),
    "other": ("D", MUTED),
}
_PHASE_FILLS = {
    "drive": {"facecolor": "#F7D9C4"},
    "stuck": {"facecolor": "#EDAE85"},
    "run": {"facecolor": ORANGE},
    "unseen": {"facecolor": PAPER, "edgecolor": "#8C8C8C", "hatch": "////"},
    "located": {"facecolor": "#EBEBEB"},
    "rescued": {"facecolor": "#CFCFCF"},
    "flown": {"facecolor": "#B0B0B0"},
}
_BAND = (0.0, 1.0)
_MARK_X, _TEXT_X = 1.75, 2.55
_MINUTE_X = -2.6
_ROW_MM = 4.4
_CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
_PANEL_GAPS = 6.0, 3.0


def clock(minute: float) -> str:
    """Return minutes after midnight as HH:MM."""
    return f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"


def spread(wanted: np.ndarray, gap: float) -> np.ndarray:
    """Return places as near to ``wanted`` (ascending) as may be, each ``gap`` after the last."""
    groups: list[list[float]] = []
    for value in wanted:
        groups.append([float(value)])
        while len(groups) > 1 and _first(groups[-1], gap) < _last(groups[-2], gap) + gap:
            groups[-2:] = [groups[-2] + groups[-1]]
    return np.array([_first(group, gap) + i * gap for group in groups for i in range(len(group))])


def _first(group: list[float], gap: float) -> float:
    return float(np.mean(group)) - gap * (len(group) - 1) / 2


def _last(group: list[float], gap: float) -> float:
    return float(np.mean(group)) + gap * (len(group) - 1) / 2


# Minute by minute -------------------------------------------------------------------------------


def minute_by_minute(
    day: pd.DataFrame,
    phases: pd.DataFrame,
    zoom_to: int,
    title: str,
    subtitle: str,
    source: str,
    size: Size = "full",
) -> Page:
    """Draw the day on two linked time scales that run down the page.

    In a column the enlarged minutes stand above the whole day. There and on a slide they are too
    low for a row a moment: labels are spread over the height, and a line leads to their place.

    Parameters
    ----------
    day : pandas.DataFrame
        Moments: ``seq``, ``event``, ``actor``, ``phase``, ``minute``, ``position``, ``slot``,
        ``approximate``.
    phases : pandas.DataFrame
        ``phase``, ``start``, ``end``, ``minutes``.
    zoom_to : int
        Last minute of the enlarged part.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    first, last = int(day["minute"].min()), int(day["minute"].max())
    fig = style.page(title, subtitle, source, size, height_mm=178, column_body_mm=176, slide_mm=114)
    whole, zoom = _two_scales(fig)
    _whole(whole, day[day["minute"] > zoom_to], phases, (first, last), zoom_to)
    _zoom(zoom, day[day["minute"] <= zoom_to], (first, zoom_to))
    _link(fig, whole, zoom, (first, zoom_to + 1))
    _actor_key(fig, day)
    return fig


def _two_scales(fig: Page) -> tuple[Axes, Axes]:
    """Return axes for the whole day and, beside or above it, for its enlarged minutes."""
    left, bottom, right, top = fig.body_mm
    whole = [left + 17, bottom + 1, right - 89, top - 7]
    zoom = [left + 98, bottom + 1, right, top - 7]
    if fig.narrow:
        # Both bands stand over each other, with the names of phases and minutes at their left.
        fold = bottom + 80
        whole, zoom = (
            [left + 17, bottom + 1, right - 13, fold],
            [left + 17, fold + 8, right, top - 12],
        )
    elif fig.slide:
        whole[2], zoom[0] = left + 90, left + 112
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
            words = f"{vocab.CrossingPhase(phase.phase).label}\n{phase.minutes} min"
            ax.text(
                -0.5, (phase.start + phase.end) / 2, words, ha="right", va="center", gid="phase"
            )
    rows = spread(day["minute"].to_numpy(float), _ROW_MM * _minutes_a_mm(ax))
    for moment, y in zip(day.itertuples(), rows, strict=True):
        _leader(ax, moment.minute, y)
        _moment(ax, moment, y, with_clock=True)


def _minutes_a_mm(ax: Axes) -> float:
    """Return how many minutes a millimetre of the scale stands for."""
    return abs(np.diff(ax.get_ylim())[0]) / style.size_mm(ax)[1]


def _leader(ax: Axes, minute: float, y: float) -> None:
    """Lead from a place in the band to the row of its label."""
    ax.plot(
        [_BAND[1], _MARK_X, _MARK_X], [minute, y, y], color=FAINT, lw=0.8, zorder=1, gid="leader"
    )


def _zoom(ax: Axes, day: pd.DataFrame, ends: tuple[int, int]) -> None:
    """Draw the first minutes, enlarged."""
    first, last = ends
    _time_axes(ax, first, last + 1)
    starts = day.groupby("phase", observed=True)[["position", "slot"]].first()
    starts = starts["position"] - starts["slot"] / 2
    stops = [*starts.iloc[1:], last + 1.0]
    for (phase, start), stop in zip(starts.items(), stops, strict=True):
        _band(ax, phase, start, stop - start)
        label = vocab.CrossingPhase(phase).label
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8} if phase == "unseen" else None
        ax.text(
            np.mean(_BAND), (start + stop) / 2, label, rotation=90, ha="center", va="center",
            color=PAPER if phase == "run" else INK, bbox=box, gid="phase",
        )  # fmt: skip
    empty = sorted(set(range(first, last + 1)) - set(day["minute"]))
    if ax.figure.narrow or ax.figure.slide:
        _zoom_spread(ax, day, empty, ends)
    else:
        _zoom_rows(ax, day, empty, ends)


def _zoom_rows(ax: Axes, day: pd.DataFrame, empty: list[int], ends: tuple[int, int]) -> None:
    """Write each moment at its place, between lines that part the minutes."""
    first, last = ends
    for minute in range(first, last + 1):
        ax.axhline(minute, color=FAINT, lw=0.6, zorder=0)
        ax.text(_MARK_X - 0.25, minute + 0.04, clock(minute), color=MUTED, va="top", gid="minute")
    ax.axhline(last + 1, color=FAINT, lw=0.6, zorder=0)
    for minute in empty:
        _no_moment(ax, minute + 0.5, shift=2.1)
    for moment in day.itertuples():
        _moment(ax, moment, moment.position, with_clock=False, shift=2.1)


def _zoom_spread(ax: Axes, day: pd.DataFrame, empty: list[int], ends: tuple[int, int]) -> None:
    """Name the minutes left of the band, and lead from each moment's place to its label."""
    first, last = ends
    for minute in range(first, last + 2):
        ax.plot([_MINUTE_X, _BAND[0]], [minute, minute], color=FAINT, lw=0.6, clip_on=False)
    for minute in range(first, last + 1):
        ax.text(-0.25, minute + 0.5, clock(minute), color=MUTED, ha="right", va="center",
                gid="minute")  # fmt: skip
    told = [(moment.position, moment) for moment in day.itertuples()]
    rows = sorted(told + [(minute + 0.5, None) for minute in empty], key=lambda row: row[0])
    wanted = np.array([place for place, _ in rows])
    places = spread(wanted, _ROW_MM * _minutes_a_mm(ax))
    for (place, moment), y in zip(rows, places, strict=True):
        _leader(ax, place, y)
        if moment is None:
            ax.plot([_MARK_X, _TEXT_X - 0.2], [y, y], color=FAINT, lw=0.8, zorder=1)
            _no_moment(ax, y)
        else:
            _moment(ax, moment, y, with_clock=False)


def _no_moment(ax: Axes, y: float, shift: float = 0.0) -> None:
    ax.text(_TEXT_X + shift, y, "no moment published", va="center", color=MUTED, style="italic",
            gid="empty")  # fmt: skip


def _band(ax: Axes, phase: str, start: float, length: float) -> None:
    fill = {"edgecolor": PAPER, "linewidth": 0.6} | _PHASE_FILLS[phase]
    ax.add_patch(Rectangle((_BAND[0], start), 1.0, length, gid=f"band-{phase}", **fill))


def _moment(ax: Axes, moment: tuple, y: float, with_clock: bool, shift: float = 0.0) -> None:
    marker, colour = _ACTOR_MARKS[str(moment.actor)]
    ax.plot(
        _MARK_X + shift, y, marker, ms=5.5, mec=colour, mew=1.2, gid="moment", zorder=3,
        mfc=PAPER if moment.approximate else colour,
    )  # fmt: skip
    words = SHORT.get(moment.seq) or moment.event[:40].rsplit(" ", 1)[0]
    if with_clock:
        words = f"{'about ' if moment.approximate else ''}{clock(moment.minute)}  {words}"
    ax.text(_TEXT_X + shift, y, words, va="center", gid="label")


def _link(fig: Page, whole: Axes, zoom: Axes, ends: tuple[int, int]) -> None:
    """Tie the enlarged minutes to their place on the whole scale."""
    edge = _BAND[1] if fig.narrow else whole.get_xlim()[1]
    box = (0, ends[0]), edge, ends[1] - ends[0]
    whole.add_patch(Rectangle(*box, fill=False, ec=MUTED, lw=0.6, zorder=4, clip_on=False))
    words, x, align = "enlarged at right", edge - 0.4, "right"
    pairs = [((edge, minute), (_MINUTE_X if fig.slide else 0, minute)) for minute in ends]
    if fig.narrow:
        words, x, align = "enlarged above", _TEXT_X, "left"
        pairs = [((x, ends[0]), (x, ends[1])) for x in _BAND]
    whole.text(x, np.mean(ends), words, color=MUTED, ha=align, va="center", style="italic")
    for start, end in pairs:
        line = ConnectionPatch(start, end, whole.transData, zoom.transData, color=MUTED, lw=0.6)
        fig.add_artist(line)


def _actor_key(fig: Page, day: pd.DataFrame) -> None:
    """Name the symbols above the scales, in two rows where one is too long."""
    look = {"ls": "", "ms": 5.5}
    present = [actor for actor in _ACTOR_MARKS if actor in set(day["actor"].astype(str))]
    handles = []
    for actor in present:
        marker, colour = _ACTOR_MARKS[actor]
        label = vocab.Actor(actor).label
        handles.append(Line2D([], [], marker=marker, mfc=colour, mec=colour, label=label, **look))
    label = "open: approximate time"
    handles.append(Line2D([], [], marker="o", mfc=PAPER, mec=INK, mew=1.2, label=label, **look))
    width, height = (inches * 25.4 for inches in fig.get_size_inches())
    fig.legend(
        handles=handles, loc="upper left", ncols=3 if fig.narrow else len(handles),
        handletextpad=0.1, borderpad=0, columnspacing=0.6 if fig.narrow else 1.2,
        bbox_to_anchor=(fig.body_mm[0] / width, (fig.body_mm[3] + 1) / height),
    )  # fmt: skip


# Rounds and hits --------------------------------------------------------------------------------


def rounds_and_hits(
    shares: pd.DataFrame, title: str, subtitle: str, source: str, size: Size = "full"
) -> Page:
    """Draw a dot a round, and the share that hit with its interval for each number in print.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``hits``, ``rounds``, ``share``, ``low``, ``high``, ``preferred``; one number of rounds.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=118, column_body_mm=138, slide_mm=104)
    left, bottom, right, top = fig.body_mm
    middle = (left + right) / 2
    dots, rows = (left, bottom + 3, middle - 3.5, top), (middle + 13.5, bottom + 12, right - 4, top)
    if fig.narrow:
        dots, rows = (left, top - 66, right, top), (left + 13, bottom + 12, right - 4, top - 70)
    elif fig.slide:
        dots, rows = (left, top - 52, left + 73, top), (left + 93, bottom + 12, right - 4, top)
    _round_dots(style.axes_in(fig, dots, gid="rounds"), shares, 10 if fig.narrow else 8)
    _share_rows(style.axes_in(fig, rows, gid="shares"), shares)
    return fig


def _round_dots(ax: Axes, shares: pd.DataFrame, across: int) -> None:
    """Draw a dot for each round, with ``across`` of them side by side, and words of caution."""
    rounds = int(shares["rounds"].iloc[0])
    best = int(shares.loc[shares["preferred"], "hits"].iloc[0])
    most = int(shares["hits"].max())
    place = np.arange(rounds)
    x, y = place % across, -(place // across)
    kinds = [
        ("hits", place < best, ORANGE, ORANGE),
        ("doubtful", (place >= best) & (place < most), PAPER, ORANGE),
        ("misses", place >= most, style.COLOURS["context"], style.COLOURS["context"]),
    ]
    for name, which, fill, edge in kinds:
        ax.scatter(x[which], y[which], s=150, c=fill, edgecolors=edge, linewidths=1.6, gid=name)
    ax.set(xlim=(-0.6, across - 0.4), ylim=(y.min() - 0.6, 1.25), aspect="equal", anchor="NW")
    ax.set_axis_off()
    ax.text(-0.3, 0.6, f"{best} hits (preferred)", color=ORANGE, weight="bold")
    ax.text(
        most - 0.5, 0.6, f"up to {most} in print", ha="left" if most < 6 else "right",
        color=ORANGE,
    )  # fmt: skip
    words = (
        f"About {rounds} rounds in all, in no known order; each wound is taken as one hit. The "
        f"rounds shared shooters, range and seconds: they are no independent trials, and the true "
        f"doubt is likely wider than the intervals."
    )
    width = style.size_mm(ax)[0]
    lines = style.wrap(words, 66 if across == 8 else width - 6, style.RC["font.size"])
    ax.text(-0.3, y.min() - 0.75, "\n".join(lines), color=MUTED, va="top", linespacing=1.0,
            gid="caution")  # fmt: skip


def _share_rows(ax: Axes, shares: pd.DataFrame) -> None:
    for y, row in enumerate(shares.sort_values("hits", ascending=False).itertuples()):
        colour = ORANGE if row.preferred else MUTED
        ax.plot([row.low, row.high], [y, y], color=colour, lw=2.2, solid_capstyle="butt",
                gid="interval")  # fmt: skip
        ax.plot(row.share, y, "o", ms=8, mec=colour, mew=1.6, gid="share",
                mfc=colour if row.preferred else PAPER)  # fmt: skip
        words = f"{100 * row.share:.1f}%  ({100 * row.low:.1f} to {100 * row.high:.1f})"
        ax.text(row.low, y + 0.27, words, color=colour, va="bottom",
                weight="bold" if row.preferred else "normal", gid="label")  # fmt: skip
    labels = [f"{hits} hits" for hits in sorted(shares["hits"], reverse=True)]
    ax.set_yticks(range(len(labels)), labels)
    ax.set(ylim=(-0.5, len(labels) - 0.25), xlim=(0, None))
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    ax.set_xlabel("share of rounds that hit", loc="left")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")


# How far the sources agree ----------------------------------------------------------------------


def sources_agree(
    clocks: pd.DataFrame,
    numbers: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: Size = "full",
) -> Page:
    """Draw every printed clock time and number that has a rival.

    Parameters
    ----------
    clocks : pandas.DataFrame
        ``label``, ``value``, ``minutes_off``, ``voices``, ``preferred``.
    numbers : pandas.DataFrame
        ``question``, ``value``, ``low``, ``high``, ``voices``, ``preferred``; at most six
        questions, a panel each.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=186, column_body_mm=186, slide_mm=126)
    left, bottom, right, top = fig.body_mm
    times, small = (left + 36, top - 58, right - 2, top), (left, bottom + 5, right, bottom + 76)
    if fig.narrow:
        times, small = (left, top - 69, right, top), (left, bottom + 2, right, top - 85)
    elif fig.slide:
        middle = (left + right) / 2
        times, small = (left, bottom + 12, middle - 2, top), (middle + 6, bottom + 2, right, top)
    aside = not (fig.narrow or fig.slide)
    _clock_rows(style.axes_in(fig, times, gid="clocks"), clocks, above=not aside)
    for place, (question, rows) in enumerate(numbers.groupby("question", sort=False)):
        box = _panel(small, place, across=3 if aside else 2)
        ax = style.axes_in(fig, box, top=5.5, bottom=4.5, gid=f"panel-{place}")
        _number_panel(ax, str(question), rows)
    return fig


def _panel(
    box: tuple[float, float, float, float], place: int, across: int, most: int = 6
) -> tuple[float, float, float, float]:
    """Return the box of the panel at ``place`` (from 0) in a grid of ``most`` panels."""
    left, bottom, right, top = box
    column, row = place % across, place // across
    wide = (right - left + _PANEL_GAPS[0]) / across
    high = (top - bottom + _PANEL_GAPS[1]) / (most // across)
    x, y = left + column * wide, top - row * high
    return x, y - high + _PANEL_GAPS[1], x + wide - _PANEL_GAPS[0], y


def _clock_rows(ax: Axes, clocks: pd.DataFrame, above: bool) -> None:
    """Draw a row a moment, its name left of the axes or ``above`` its dots."""
    labels = list(dict.fromkeys(clocks["label"]))
    ax.axvline(0, color=ORANGE, lw=1.0, zorder=1)
    for row in clocks.itertuples():
        y = len(labels) - 1 - labels.index(row.label)
        ax.scatter(
            row.minutes_off, y, s=70 * row.voices, zorder=3, gid="time", linewidths=1.0,
            c=ORANGE if row.preferred else "#E3E3E3", edgecolors=ORANGE if row.preferred else MUTED,
        )  # fmt: skip
        ax.text(row.minutes_off, y, str(row.voices), ha="center", va="center_baseline", zorder=4,
                color=PAPER if row.preferred else INK, weight="bold", gid="voices")  # fmt: skip
        align, shift = _clear_of(row.minutes_off, clocks[clocks["label"].eq(row.label)])
        ax.text(row.minutes_off + shift, y, row.value, ha=align, va="top", fontsize=7.5,
                color=INK if row.preferred else MUTED, gid="value", zorder=2, bbox=_CLEAR,
                transform=style.offset(ax, 0, -3.1 if above else -3.5))  # fmt: skip
    ax.set_yticks(range(len(labels)), [""] * len(labels) if above else labels[::-1])
    for y, label in enumerate(labels[::-1] if above else []):
        ax.text(0, y, label, va="bottom", zorder=2, gid="moment-name", bbox=_CLEAR,
                transform=_at_left(ax, 2.9))  # fmt: skip
    ax.set(ylim=(-0.6 if above else -0.75, len(labels) - 0.45))
    ax.set_xlim(clocks["minutes_off"].min() - (2.5 if above else 1.5), None)
    ax.margins(x=0.05)
    _ticks_in_view(ax, MultipleLocator(5))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:+.0f}" if value else "preferred")
    ax.set_xlabel("minutes before or after the preferred time", loc="left")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")


def _ticks_in_view(ax: Axes, locator: Locator) -> None:
    """Set the ticks of a locator, without those beyond the ends of the axis."""
    low, high = ax.get_xlim()
    ax.set_xticks([tick for tick in locator.tick_values(low, high) if low <= tick <= high])


def _at_left(ax: Axes, y_mm: float) -> Transform:
    """Return a transform that starts at the left edge, so many millimetres above a row."""
    return style.offset(ax, 0, y_mm, ax.get_yaxis_transform())


def _clear_of(minutes_off: int, row: pd.DataFrame) -> tuple[str, float]:
    """Return how to align a clock time so that it stays clear of its neighbour a minute away."""
    if (row["minutes_off"] - minutes_off).eq(1).any():
        return "right", 0.35
    if (row["minutes_off"] - minutes_off).eq(-1).any():
        return "left", -0.35
    return "center", 0.0


def _number_panel(ax: Axes, question: str, rows: pd.DataFrame) -> None:
    ax.set_title(question, loc="left", fontsize=8.5, weight="bold", pad=4)
    top = float(rows[["low", "high"]].max().max())
    bottom = float(rows["low"].min())
    span = max(top - bottom, 2.0)
    for y, row in enumerate(rows[::-1].itertuples()):
        colour = ORANGE if row.preferred else MUTED
        if pd.isna(row.high):
            ax.annotate("", (row.low + 0.2 * span, y), (row.low, y), gid="open",
                        arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.3})  # fmt: skip
        elif row.high > row.low:
            ax.plot([row.low, row.high], [y, y], color=colour, lw=4, solid_capstyle="butt",
                    gid="range")  # fmt: skip
        if not row.high > row.low:
            ax.plot(row.low, y, "o", ms=6.5, color=colour, mfc=colour if row.preferred else PAPER,
                    gid="number", zorder=3)  # fmt: skip
        words = f"{row.voices} voice" if row.voices == 1 else f"{row.voices} voices"
        ax.text(1.0, y, words, transform=ax.get_yaxis_transform(), ha="right", va="center",
                color=colour, fontsize=7.5, gid="voices")  # fmt: skip
    ax.set(ylim=(-0.6, len(rows) - 0.4), xlim=(bottom - 0.12 * span, top + 0.75 * span), yticks=[])
    _ticks_in_view(ax, MaxNLocator(5, integer=True))
    ax.spines["left"].set_visible(False)

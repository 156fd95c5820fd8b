"""The chart of the claims of the news report: verdict, voices and spread, a row a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from helpers import style
from helpers.vocab import Reading, Stance, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

VOICE_STEP, LINE_MM = 3.8, 3.25
"""From one voice to the next, and from one line of a claim to the next, in millimetres."""


@dataclass(frozen=True)
class Grid:
    """Columns and rows of a list of claims, in millimetres from its upper left corner.

    Attributes
    ----------
    claim_width : float
        Room for the words of a claim.
    voices, strip, strip_width : float
        Where the voices and the numbers in print begin, and how wide the numbers are.
    row : float
        Height of a row; where the numbers stand ``below`` the voices, its least height.
    group, head : float
        Height of a verdict and of the heads of the columns.
    below : bool
        Whether the numbers stand below the voices, not right of them.
    """

    claim_width: float
    voices: float
    strip: float
    strip_width: float = 34.0
    row: float = 7.9
    group: float = 8.2
    head: float = 8.0
    below: bool = False


WIDE = Grid(claim_width=78, voices=82, strip=135)
COLUMN = Grid(
    claim_width=56, voices=59, strip=63, strip_width=36, row=5.6, group=7.2, head=11.5, below=True
)
HALF = Grid(
    claim_width=62, voices=66, strip=70, strip_width=36, row=5.6, group=7.2, head=11.5, below=True
)
SLIDE_MM, GAP_MM = 132, 10
"""Height that the slide is laid out for, and the gap between its two lists."""

LOWEST, HIGHEST = -1, 2
"""Ends of the strip: published number less the number claimed, in the unit of the claim."""

SUBJECT = style.COLOURS["subject"]
LOOK = {
    "for": {"marker": "o", "s": 22, "facecolor": style.INK, "edgecolor": style.INK},
    "narrowing": {"marker": "o", "s": 22, "facecolor": style.PAPER, "edgecolor": style.INK},
    "against": {"marker": "D", "s": 20, "facecolor": SUBJECT, "edgecolor": SUBJECT},
    "set_aside": {"marker": "x", "s": 13, "color": style.MUTED, "linewidths": 0.9},
}
RING = {"marker": "o", "s": 62, "facecolor": "none", "edgecolor": style.INK, "linewidths": 0.6}
WORDS = {
    "for": "says the same",
    "narrowing": "narrows it, or says both",
    "against": "excludes it",
    "set_aside": "overtaken or a slip, not counted",
}
SIDES = {
    Stance.SUPPORTS: "for", Stance.QUALIFIES: "narrowing", Stance.CONTRADICTS: "against",
}  # fmt: skip


def checked(
    weighed: pd.DataFrame,
    voices: pd.DataFrame,
    published: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return the claims in groups by verdict, a mark a voice, and a strip of published numbers.

    In a column and on a slide the numbers stand below the voices; on a slide the claims stand in
    two lists side by side.

    Parameters
    ----------
    weighed : pandas.DataFrame
        Indexed by ``claim_id``: ``claim``, ``claimed``, ``unit``, ``verdict`` (ordered category).
    voices : pandas.DataFrame
        ``claim_id``, ``voice``, ``side`` (for, narrowing, against or set_aside), ``first_hand``.
    published : pandas.DataFrame
        ``claim_id``, ``stance``, ``reading``, ``value_low``, ``value_high``, ``unit``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    grid = {"column": COLUMN, "slide": HALF}.get(size, WIDE)
    lists = _lists(weighed, published, grid, 2 if size == "slide" else 1)
    highs = [sum(high for *_, high in rows) for rows in lists]
    tall = grid.head + max(highs)
    key = 10.4 if grid.below else 6.0
    fig = style.page(
        title, subtitle, source, size, height_mm=tall + 43, column_body_mm=tall + key,
        slide_mm=SLIDE_MM,
    )  # fmt: skip
    left, bottom, right, top = fig.body_mm
    wide = (right - left + GAP_MM) / len(lists) - GAP_MM
    for number, rows in enumerate(lists):
        x = left + number * (wide + GAP_MM)
        ax = style.axes_in(fig, (x, bottom, x + wide, top), label="claims")
        ax.set(xlim=(0, wide), ylim=(bottom - top, 0))
        ax.set_axis_off()
        _heads(ax, grid)
        _list(ax, rows, weighed["verdict"].value_counts(), voices, published, grid)
    # The key stands under the shorter list, where there is room.
    x = left + highs.index(min(highs)) * (wide + GAP_MM)
    _key(fig, (x, bottom, x + wide, bottom + key))
    return fig


Line = tuple[Verdict, tuple | None, float]
"""A line of a list: its verdict, its claim (none where the verdict is written), its height."""


def _lists(
    weighed: pd.DataFrame, published: pd.DataFrame, grid: Grid, parts: int
) -> list[list[Line]]:
    """Return the lines of each list; with two, the second begins with the group at half height."""
    lines: list[Line] = []
    for term in Verdict:
        rows = weighed[weighed["verdict"].eq(term.value)]
        if len(rows):
            lines.append((term, None, grid.group))
        lines += [(term, row, _height(row, published, grid)) for row in rows.itertuples()]
    starts = [place for place, (_, claim, _) in enumerate(lines) if claim is None and place]
    if parts == 1 or not starts:
        return [lines]
    whole = sum(high for *_, high in lines)
    cut = min(starts, key=lambda place: abs(sum(high for *_, high in lines[:place]) - whole / 2))
    return [lines[:cut], lines[cut:]]


def _list(
    ax: Axes,
    lines: list[Line],
    counts: pd.Series,
    voices: pd.DataFrame,
    published: pd.DataFrame,
    grid: Grid,
) -> None:
    """Draw the lines of a list, one below the other."""
    y = -grid.head
    for verdict, claim, high in lines:
        if claim is None:
            _group(ax, y, verdict, int(counts[verdict.value]), ax.get_xlim()[1])
        else:
            _row(ax, y, high, claim, voices, published, grid)
        y -= high


def _height(claim: tuple, published: pd.DataFrame, grid: Grid) -> float:
    """Return how high the row of a claim is."""
    if not grid.below:
        return grid.row
    lines = len(style.wrap(claim.claim, grid.claim_width, 7.5))
    right = 5.0
    if not pd.isna(claim.claimed):
        right += 6.2
    elif _answers(claim, published) > 1:
        right += 3.3
    return max(grid.row, LINE_MM * lines + 1.8, right)


def _at(difference: float, grid: Grid) -> float:
    """Return where a published number stands on the strip, by its difference from the claim."""
    return grid.strip + (difference - LOWEST) / (HIGHEST - LOWEST) * grid.strip_width


def _heads(ax: Axes, grid: Grid) -> None:
    """Write the heads of the columns."""
    look = {"fontsize": 7.5, "color": style.MUTED, "va": "top", "linespacing": 1.0, "gid": "head"}
    words, y = "In print, from the number claimed", -0.5
    ax.text(0, y, "Claim, in our words", **look)
    below = "; below," if grid.below else ""
    ax.text(grid.voices, y, f"Independent voices{below}", **look)
    if grid.below:
        y -= 3.3
        ax.text(grid.voices, y, f"{words[0].lower()}{words[1:]}", **look)
    else:
        ax.text(_at(0.5, grid), y, words, ha="center", **look)
    for step in range(LOWEST, HIGHEST + 1):
        words = f"{step:+d}".replace("-", "\N{MINUS SIGN}") if step else "as claimed"
        ax.text(_at(step, grid), y - 3.7, words, ha="center", **look | {"fontsize": 7})


def _group(ax: Axes, y: float, term: Verdict, rows: int, width: float) -> None:
    """Write the verdict over its claims."""
    strong = SUBJECT if term is Verdict.DISPUTED else style.INK
    ax.plot([0, width], [y - 0.9, y - 0.9], color=style.FAINT, lw=0.8)
    ax.text(
        0, y - 4.6, f"{term.label}: {rows}", fontsize=9, weight="bold", color=strong,
        va="center", gid="verdict",
    )  # fmt: skip


def _row(
    ax: Axes,
    top: float,
    high: float,
    claim: tuple,
    voices: pd.DataFrame,
    published: pd.DataFrame,
    grid: Grid,
) -> None:
    """Draw one claim down from ``top``: its words, its voices, its numbers."""
    heard_y = top - 2.4 if grid.below else top - high / 2
    lines = style.wrap(claim.claim, grid.claim_width, 7.5)
    place = {"y": top - 0.9, "va": "top"} if grid.below else {"y": heard_y, "va": "center"}
    ax.text(0, s="\n".join(lines), fontsize=7.5, linespacing=0.98, gid="claim", **place)
    heard = voices[voices["claim_id"].eq(claim.Index)]
    for number, voice in enumerate(heard.itertuples()):
        x = grid.voices + 1.4 + VOICE_STEP * number
        ax.scatter(x, heard_y, gid=voice.side, zorder=3, **_look(voice.side))
        if voice.first_hand:
            ax.scatter(x, heard_y, gid="first-hand", zorder=2, **RING)
    _in_print(ax, heard_y, claim, published, grid)


def _in_print(ax: Axes, y: float, claim: tuple, published: pd.DataFrame, grid: Grid) -> None:
    """Draw the numbers in print, or write how many answers there are in words."""
    if pd.isna(claim.claimed):
        answers = _answers(claim, published)
        if answers > 1:
            look = {"fontsize": 7.5, "color": style.MUTED, "va": "center", "gid": "answers"}
            words = f"in words: {answers} answers in print"
            if grid.below:
                ax.text(grid.voices, y - 3.4, words, **look)
            else:
                ax.text(_at(0.5, grid), y, words, ha="center", **look)
        return
    y -= 6.3 if grid.below else 0
    for step in range(LOWEST, HIGHEST + 1):
        ax.plot([_at(step, grid)] * 2, [y - 1, y + 1], color=style.FAINT, lw=0.8, zorder=1)
    own = _standing(claim, published)
    for value in own[own["unit"].eq(claim.unit)].to_dict("records"):
        _number(ax, y, value, float(claim.claimed), grid)


def _standing(claim: tuple, published: pd.DataFrame) -> pd.DataFrame:
    """Return what is in print on a claim and is not set aside."""
    own = published[published["claim_id"].eq(claim.Index)]
    return own[own["stance"].ne(Stance.SET_ASIDE.value)]


def _answers(claim: tuple, published: pd.DataFrame) -> int:
    """Return how many answers are in print."""
    return _standing(claim, published)["value"].nunique()


def _look(side: str) -> dict[str, object]:
    return {"linewidths": 0.9} | LOOK[side]


def _number(ax: Axes, y: float, value: dict[str, object], claimed: float, grid: Grid) -> None:
    """Draw one published number: a mark, a span between two, an arrow for an open end."""
    side = SIDES[Stance(value["stance"])]
    ink = SUBJECT if side == "against" else style.INK
    low, high = (
        float("nan") if pd.isna(value[name]) else _at(float(value[name]) - claimed, grid)
        for name in ("value_low", "value_high")
    )
    open_end = value["reading"] in (Reading.AT_LEAST, Reading.MORE_THAN)
    if open_end:
        arrow = {"arrowstyle": "->", "color": ink, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (low + 4.5, y), (low, y), arrowprops=arrow, zorder=2)
    elif low < high:
        ax.plot([low, high], [y, y], color=ink, lw=0.9, zorder=2)
    ends = {end for end in (low, high) if end == end}
    for end in sorted(ends):
        ax.scatter(end, y, gid=f"number-{side}", zorder=5 - (side == "narrowing"), **_look(side))
        _label(ax, end, y, claimed, grid)


def _label(ax: Axes, x: float, y: float, claimed: float, grid: Grid) -> None:
    """Write the number above its mark, once a place."""
    taken = {text.get_position() for text in ax.texts if text.get_gid() == "number"}
    place = (round(x, 3), round(y + 1.35, 3))
    if place not in taken:
        difference = (x - grid.strip) / grid.strip_width * (HIGHEST - LOWEST) + LOWEST
        words = f"{round(claimed + difference, 6):.4g}"
        ax.text(*place, words, fontsize=7, ha="center", va="bottom", gid="number")


def _key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Draw the key of the marks at the foot, in as many rows as it needs."""
    width, height = box[2] - box[0], box[3] - box[1]
    ax = style.axes_in(fig, box, label="key", xlim=(0, width), ylim=(0, height))
    ax.set_axis_off()
    x, y = 0.0, height - 4.4
    for side, words in (WORDS | {"first-hand": "ring: at first hand"}).items():
        text = ax.text(x + 3.4, y, words, fontsize=7, va="center", gid="key")
        long = text.get_window_extent().width / fig.dpi * 25.4
        if x + 3.4 + long > width:
            x, y = 0.0, y - 4.4
            text.set_position((x + 3.4, y))
        ax.scatter(x + 1.4, y, zorder=3, **(_look(side) if side in LOOK else RING))
        x += 7.5 + long

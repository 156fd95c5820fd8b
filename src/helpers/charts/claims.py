"""The chart of the claims of the news report: verdict, voices and spread, a row a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import style
from helpers.vocab import Reading, Stance, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Columns and rows in millimetres of the page's body.
CLAIM_MM, VOICES_MM, STRIP_MM = 0.0, 82.0, 135.0
CLAIM_WIDTH, VOICE_STEP, STRIP_WIDTH = 78.0, 3.8, 34.0
ROW_MM, GROUP_MM, HEAD_MM = 7.9, 8.2, 8.0
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
) -> style.Page:
    """Return the claims in groups by verdict, a mark a voice, and a strip of published numbers.

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
    """
    groups = [(term, weighed[weighed["verdict"].eq(term.value)]) for term in Verdict]
    groups = [(term, rows) for term, rows in groups if len(rows)]
    tall = HEAD_MM + GROUP_MM * len(groups) + ROW_MM * len(weighed)
    fig = style.page(title, subtitle, source, height_mm=tall + 43)
    left, bottom, right, top = fig.body_mm
    ax = style.axes(fig, label="claims")
    ax.set(xlim=(0, right - left), ylim=(bottom - top, 0))
    ax.set_axis_off()
    _heads(ax)
    y = -HEAD_MM
    for term, rows in groups:
        _group(ax, y, term, len(rows), right - left)
        y -= GROUP_MM
        for claim in rows.itertuples():
            _row(ax, y - ROW_MM / 2, claim, voices, published)
            y -= ROW_MM
    _key(ax, bottom - top + 1.6)
    return fig


def _at(difference: float) -> float:
    """Return where a published number stands on the strip, by its difference from the claim."""
    return STRIP_MM + (difference - LOWEST) / (HIGHEST - LOWEST) * STRIP_WIDTH


def _heads(ax: Axes) -> None:
    """Write the heads of the columns."""
    look = {"fontsize": 7.5, "color": style.MUTED, "va": "top", "linespacing": 1.0, "gid": "head"}
    ax.text(CLAIM_MM, -0.5, "Claim, in our words", **look)
    ax.text(VOICES_MM, -0.5, "Independent voices", **look)
    ax.text(_at(0.5), -0.5, "In print, from the number claimed", ha="center", **look)
    for step in range(LOWEST, HIGHEST + 1):
        words = f"{step:+d}".replace("-", "\N{MINUS SIGN}") if step else "as claimed"
        ax.text(_at(step), -4.2, words, ha="center", **look | {"fontsize": 7})


def _group(ax: Axes, y: float, term: Verdict, rows: int, width: float) -> None:
    """Write the verdict over its claims."""
    strong = SUBJECT if term is Verdict.DISPUTED else style.INK
    ax.plot([0, width], [y - 0.9, y - 0.9], color=style.FAINT, lw=0.8)
    ax.text(
        CLAIM_MM, y - 4.6, f"{term.label}: {rows}", fontsize=9, weight="bold", color=strong,
        va="center", gid="verdict",
    )  # fmt: skip


def _row(ax: Axes, y: float, claim: tuple, voices: pd.DataFrame, published: pd.DataFrame) -> None:
    """Draw one claim: its words, its voices, its numbers."""
    lines = style.wrap(claim.claim, CLAIM_WIDTH, 7.5)
    ax.text(CLAIM_MM, y, "\n".join(lines), fontsize=7.5, va="center", linespacing=0.98, gid="claim")
    heard = voices[voices["claim_id"].eq(claim.Index)]
    for place, voice in enumerate(heard.itertuples()):
        x = VOICES_MM + 1.4 + VOICE_STEP * place
        ax.scatter(x, y, gid=voice.side, zorder=3, **_look(voice.side))
        if voice.first_hand:
            ax.scatter(x, y, gid="first-hand", zorder=2, **RING)
    own = published[published["claim_id"].eq(claim.Index)]
    own = own[own["stance"].ne(Stance.SET_ASIDE.value)]
    if pd.isna(claim.claimed):
        _answers(ax, y, own["value"].nunique())
        return
    for step in range(LOWEST, HIGHEST + 1):
        ax.plot([_at(step)] * 2, [y - 1, y + 1], color=style.FAINT, lw=0.8, zorder=1)
    for value in own[own["unit"].eq(claim.unit)].to_dict("records"):
        _number(ax, y, value, float(claim.claimed))


def _answers(ax: Axes, y: float, answers: int) -> None:
    """Write how many answers are in print where the claim holds no number."""
    if answers > 1:
        look = {"fontsize": 7.5, "color": style.MUTED, "va": "center", "ha": "center"}
        ax.text(_at(0.5), y, f"in words: {answers} answers in print", gid="answers", **look)


def _look(side: str) -> dict[str, object]:
    return {"linewidths": 0.9} | LOOK[side]


def _number(ax: Axes, y: float, value: dict[str, object], claimed: float) -> None:
    """Draw one published number: a mark, a span between two, an arrow for an open end."""
    side = SIDES[Stance(value["stance"])]
    ink = SUBJECT if side == "against" else style.INK
    low, high = (
        float("nan") if pd.isna(value[name]) else _at(float(value[name]) - claimed)
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
        _label(ax, end, y, claimed)


def _label(ax: Axes, x: float, y: float, claimed: float) -> None:
    """Write the number above its mark, once a place."""
    taken = {text.get_position() for text in ax.texts if text.get_gid() == "number"}
    place = (round(x, 3), round(y + 1.35, 3))
    if place not in taken:
        difference = (x - STRIP_MM) / STRIP_WIDTH * (HIGHEST - LOWEST) + LOWEST
        words = f"{round(claimed + difference, 6):.4g}"
        ax.text(*place, words, fontsize=7, ha="center", va="bottom", gid="number")


def _key(ax: Axes, y: float) -> None:
    """Draw the key of the marks at the foot."""
    x = 0.0
    for side, words in (WORDS | {"first-hand": "ring: at first hand"}).items():
        ax.scatter(x + 1.4, y, zorder=3, **(_look(side) if side in LOOK else RING))
        text = ax.text(x + 3.4, y, words, fontsize=7, va="center", gid="key")
        x += 7.5 + text.get_window_extent().width / ax.figure.dpi * 25.4

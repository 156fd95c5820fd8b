"""The rounds fired on 13 November 2017 as dots, and the share that hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from helpers.analysis import crossing
from helpers.figures import style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.figures.style import MUTED, PAPER, Page
from helpers.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "01_the_crossing"
HEIGHTS = {"height_mm": 118, "column_body_mm": 138, "slide_mm": 104}
ORANGE = style.COLOURS["subject"]


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a published number of hits, as :func:`helpers.analysis.crossing.hit_shares`."""
    return crossing.hit_shares(frames["jsa_facts_2017"])


def words(shares: pd.DataFrame) -> Words:
    """Return the words: how many of the rounds hit, and how far the published numbers differ."""
    best = _best(shares)
    named = {
        "count": "preferred" if best["preferred"] else "lowest",
        "hits": best["hits"], "rounds": best["rounds"], "share": best["share"],
        "ends": (shares["hits"].min(), shares["hits"].max()), "most": shares["hits"].max(),
        "low": shares["share"].min(), "high": shares["share"].max(),
    }  # fmt: skip
    return Words(
        title=say("{hits} of about {rounds:round/rounds} hit him, by the {count} count", **named),
        subtitle=say(
            "Rounds fired at the soldier and gunshot wounds, 13 November 2017. A dot is a round; "
            "the scale shows the share that hit for each published number of wounds, from "
            "{ends:range}.",
            **named,
        ),
        source=source_line("Rounds: Joint Chiefs of Staff. Wounds: surgeon, Joint Chiefs, press"),
        alt=say(
            "{rounds:dot/dots} for about {rounds:round/rounds}, {hits} of them filled as hits, up "
            "to {most} outlined; then the share that hit for each published number of hits, "
            "{ends:range}, from {low:%1} to {high:%1}.",
            **named,
        ),
        fact=say(
            "{hits:hit/hits} of {rounds:round/rounds} are {share:%1}; over all published numbers "
            "of hits the share runs from {low:%1} to {high:%1}.",
            **named,
        ),
    )


def _best(shares: pd.DataFrame) -> pd.Series:
    """Return the preferred number of hits, or the lowest where none is."""
    return shares.sort_values(["preferred", "hits"], ascending=[False, True]).iloc[0]


def draw(page: Page, shares: pd.DataFrame) -> None:
    """Draw a dot a round, and the share that hit for each published number."""
    left, bottom, right, top = page.body_mm
    middle = (left + right) / 2
    dots, rows = (left, bottom + 3, middle - 3.5, top), (middle + 13.5, bottom + 12, right - 4, top)
    if page.narrow:
        dots, rows = (left, top - 66, right, top), (left + 13, bottom + 12, right - 4, top - 70)
    elif page.slide:
        dots, rows = (left, top - 52, left + 73, top), (left + 93, bottom + 12, right - 4, top)
    _round_dots(style.axes_in(page, dots, gid="rounds"), shares, 10 if page.narrow else 8)
    _share_rows(style.axes_in(page, rows, gid="shares"), shares)


def _round_dots(ax: Axes, shares: pd.DataFrame, across: int) -> None:
    """Draw a dot for each round, with ``across`` of them side by side, and words of caution."""
    rounds = int(shares["rounds"].iloc[0])
    best = int(_best(shares)["hits"])
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
    ax.text(-0.3, 0.6, say("{n:hit/hits} (preferred)", n=best), color=ORANGE, weight="bold")
    if most > best:
        ax.text(
            across - 0.5, 0.6, f"outlined: up to {most} published", ha="right", color=ORANGE,
        )  # fmt: skip
    words = say(
        "About {n:round/rounds} in all, in no known order; each wound is taken as one hit. The "
        "rounds shared shooters, range and seconds: they are no independent trials, so no "
        "interval is drawn.",
        n=rounds,
    )
    width = style.size_mm(ax)[0]
    lines = style.wrap(words, 66 if across == 8 else width - 6, style.RC["font.size"])
    ax.text(-0.3, y.min() - 0.75, "\n".join(lines), color=MUTED, va="top", linespacing=1.0,
            gid="caution")  # fmt: skip


def _share_rows(ax: Axes, shares: pd.DataFrame) -> None:
    for y, row in enumerate(shares.sort_values("hits", ascending=False).itertuples()):
        colour = ORANGE if row.preferred else MUTED
        ax.plot([0, row.share], [y, y], color=colour, lw=2.2, solid_capstyle="butt", gid="stem")
        ax.plot(row.share, y, "o", ms=8, mec=colour, mew=1.6, gid="share",
                mfc=colour if row.preferred else PAPER)  # fmt: skip
        ax.text(0, y + 0.2, say("{share:%1}", share=row.share), color=colour, va="bottom",
                weight="bold" if row.preferred else "normal", gid="label")  # fmt: skip
    hits = sorted(shares["hits"], reverse=True)
    ax.set_yticks(range(len(hits)), [say("{n:hit/hits}", n=n) for n in hits])
    ax.set(ylim=(-0.5, len(hits) - 0.25), xlim=(0, 1.06 * shares["share"].max()))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g}%")
    ax.set_xlabel("share of rounds that hit", loc="left")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")

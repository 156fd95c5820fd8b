"""The rounds fired on 13 November 2017 as dots, and the share that hit."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.analysis import crossing
from helpers.figures import Frames, Words, idioms, style
from helpers.figures.style import MUTED, Page
from helpers.words import say

NOTEBOOK = "01_the_crossing"
HEIGHTS = {"height_mm": 118, "column_body_mm": 138, "slide_mm": 104}
ORANGE = style.COLOURS["subject"]
CAUTION = (
    "About {n:round/rounds} in all, in no known order; each wound is taken as one hit. The rounds "
    "shared shooters, range and seconds: they are no independent trials, so no interval is drawn."
)


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a published number of hits, as :func:`helpers.analysis.crossing.hit_shares`."""
    return crossing.hit_shares(frames["jsa_facts_2017"])


def words(shares: pd.DataFrame) -> Words:
    """Return the words: how many of the rounds hit, and how far the published numbers differ."""
    best = _best(shares)
    title = "{hits} of about {rounds:round/rounds} hit the soldier, by the lowest count"
    if best["preferred"]:
        title = "{hits} of about {rounds:round/rounds} hit the soldier, by the preferred count"
    named = {
        "hits": best["hits"], "rounds": best["rounds"], "share": best["share"],
        "ends": (shares["hits"].min(), shares["hits"].max()), "most": shares["hits"].max(),
        "low": shares["share"].min(), "high": shares["share"].max(),
    }  # fmt: skip
    return Words.of(
        named,
        title=title,
        subtitle="Rounds fired at the soldier and gunshot wounds, 13 November 2017. A dot is a "
        "round; the scale shows the share that hit for each published number of wounds, "
        "{ends:range}.",
        source="Rounds: Joint Chiefs of Staff. Wounds: surgeon, Joint Chiefs, press",
        alt="{rounds:dot/dots} for about {rounds:round/rounds}, {hits} of them filled as hits, up "
        "to {most} outlined; then the share that hit for each published number of hits, "
        "{ends:range}, from {low:%1} to {high:%1}.",
        fact="{hits:hit/hits} of {rounds:round/rounds} {hits:=is/are} {share:%1}. Over all "
        "published numbers of hits the share runs from {low:%1} to {high:%1}.",
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
    rounds, most = int(shares["rounds"].iloc[0]), int(shares["hits"].max())
    best = int(_best(shares)["hits"])
    place = np.arange(rounds)
    x, y = place % across, -(place // across)
    grey = style.COLOURS["context"]
    for name, which, look in (
        ("hits", place < best, {"facecolor": ORANGE, "edgecolor": ORANGE}),
        ("doubtful", (place >= best) & (place < most), {"facecolor": "w", "edgecolor": ORANGE}),
        ("misses", place >= most, {"facecolor": grey, "edgecolor": grey}),
    ):
        ax.scatter(x[which], y[which], s=150, linewidths=1.6, gid=name, **look)
    ax.set(xlim=(-0.6, across - 0.4), ylim=(y.min() - 0.6, 1.25), aspect="equal", anchor="NW")
    ax.set_axis_off()
    ax.text(-0.3, 0.6, say("{n:hit/hits} (preferred)", n=best), color=ORANGE, weight="bold")
    if most > best:
        text = say("outlined: up to {n} published", n=most)
        ax.text(across - 0.5, 0.6, text, ha="right", color=ORANGE)
    wide = 66 if across == 8 else style.size_mm(ax)[0] - 6
    lines = "\n".join(style.wrap(say(CAUTION, n=rounds), wide, style.RC["font.size"]))
    look = {"color": MUTED, "va": "top", "linespacing": 1.0}
    ax.text(-0.3, y.min() - 0.75, lines, gid="caution", **look)


def _share_rows(ax: Axes, shares: pd.DataFrame) -> None:
    rows = shares.sort_values("hits", ascending=False)
    for y, row in enumerate(rows.itertuples()):
        colour = ORANGE if row.preferred else MUTED
        ax.plot([0, row.share], [y, y], color=colour, lw=2.2, solid_capstyle="butt", gid="stem")
        look = idioms.dot(colour=colour, filled=row.preferred, size=64) | {"linewidth": 1.6}
        ax.scatter([row.share], [y], gid="share", zorder=3, **look)
        ax.text(0, y + 0.2, say("{share:%1}", share=row.share), color=colour, va="bottom",
                weight="bold" if row.preferred else "normal", gid="label")  # fmt: skip
    ax.set_yticks(range(len(rows)), [say("{n:hit/hits}", n=n) for n in rows["hits"]])
    ax.set(ylim=(-0.5, len(rows) - 0.25), xlim=(0, 1.06 * rows["share"].max()))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g}%")
    ax.set_xlabel("share of rounds that hit", loc="left")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")

"""The claims of the news report of November 2017: verdict, sources and published numbers."""

from math import fsum
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.analysis import claims
from helpers.data.vocab import Reading, Stance, Verdict
from helpers.figures import Frames, Words, idioms, style
from helpers.sentences.claims import named, verdicts, with_verdict
from helpers.words import say

NOTEBOOK = "05_the_report_checked"
TABLES = ("report_claims", "claim_evidence", "jsa_facts_2017", "sources")

Line = tuple[Verdict, tuple | None, float]
"""A line of a list: its verdict, its claim (none where the verdict is written), its height."""


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the claims with their verdicts and evidence, their sources, the published values.

    As :func:`helpers.analysis.claims.linked`, :func:`helpers.analysis.claims.voices` and
    :func:`helpers.analysis.claims.values` give them.
    """
    report, evidence, facts, sources = (frames[name] for name in TABLES)
    weighed = claims.weigh(report, evidence, facts, sources)
    return (
        claims.linked(weighed, evidence),
        claims.voices(report, evidence, sources),
        claims.values(report, evidence, facts),
    )


def words(weighed: pd.DataFrame, heard: pd.DataFrame, published: pd.DataFrame) -> Words:
    """Return the words: how many claims have each verdict, and which hold."""
    holds = with_verdict(weighed, Verdict.HOLDS)
    wide = weighed[weighed["claimed"].notna() & weighed["lowest"].ne(weighed["highest"])]
    spans = [
        say(
            "{claim} ({low:g} to {high:g})", claim=named(weighed, [row.Index]), low=row.lowest,
            high=row.highest,
        )
        for row in wide.itertuples()
    ]  # fmt: skip
    given = {
        "n": len(weighed), "holds": len(holds), "verdicts": verdicts(weighed),
        "disputed": len(with_verdict(weighed, Verdict.DISPUTED)),
        "pieces": weighed["evidence"].str.split("; ").str.len().sum(),
        "sources": heard.loc[heard["side"].ne("set_aside"), "voice"].nunique(),
        "most": weighed["voices"].max(), "spans": spans[:4],
        "which": named(weighed, holds.index), "few": holds["voices"].lt(3).sum(),
        "each": (holds["voices"].min(), holds["voices"].max()),
    }  # fmt: skip
    fact = "None of {n:claim/claims} holds as published."
    if len(holds):
        fact = (
            "{holds} of {n:claim/claims} {holds:=holds/hold} as published: {which}. "
            "{holds:=It rests/They rest} on {each:range} independent sources, {few} of "
            "{holds:=it/them} on fewer than 3."
        )
    return Words.of(
        given,
        title="{disputed} of {n:claim/claims} in the 2017 report {disputed:=is/are} disputed",
        subtitle="Claims of a news report of November 2017 on the JSA crossing, in our words, "
        "against {pieces:piece/pieces} of evidence from {sources:independent source/independent "
        "sources}",
        source="Sources are counted by whose statement a document carries",
        alt="A list of {n:claim/claims} in groups by verdict, with a mark for each independent "
        "source: {verdicts}. The most sources on one claim are {most}."
        + (" Strips show published numbers that differ: {spans:list}." if spans else ""),
        fact=fact,
    )


def HEIGHTS(  # noqa: N802
    size: style.Size, weighed: pd.DataFrame, heard: pd.DataFrame, published: pd.DataFrame
) -> dict[str, float]:
    """Return the heights of the page: as many rows as there are claims."""
    lists = _lists(weighed, published, GRIDS[size], 1 + (size == "slide"))
    tall = HEAD_MM + max(_high(lines) for lines in lists)
    return {"height_mm": tall + 42, "column_body_mm": tall + 13, "slide_mm": SLIDE_MM}


def draw(
    page: style.Page, weighed: pd.DataFrame, heard: pd.DataFrame, published: pd.DataFrame
) -> None:
    """Draw claims in groups by verdict, a mark a source, and below these a strip of numbers.

    On a slide the claims stand in two lists side by side.
    """
    items = [(idioms.mark(**LOOKS[side]), text) for side, text in WORDS.items()]
    idioms.key(page, items, below=True)
    lists = _lists(weighed, published, GRIDS[page.size], 1 + page.slide)
    left, bottom, right, top = page.body_mm
    step = (right - left + GAP_MM) / len(lists)
    strip = Strip(GRIDS[page.size], *_steps(weighed, published))
    counts = weighed["verdict"].value_counts()
    for number, lines in enumerate(lists):
        x = left + number * step
        ax = style.axes_in(page, (x, bottom, x + step - GAP_MM, top), label="claims")
        idioms.in_mm(ax)
        _heads(ax, strip)
        y = HEAD_MM
        for verdict, claim, high in lines:
            if claim is None:
                _group(ax, y, verdict, counts[verdict.value])
            else:
                own = published[published["claim_id"].eq(claim.Index)]
                _row(ax, y, claim, heard[heard["claim_id"].eq(claim.Index)], _live(own), strip)
            y += high


def _live(published: pd.DataFrame) -> pd.DataFrame:
    return published[published["stance"].ne(Stance.SET_ASIDE.value)]


def _steps(weighed: pd.DataFrame, published: pd.DataFrame) -> tuple[float, float, list[float]]:
    """Return the ends of the strip and its ticks: published number less the number claimed."""
    live = _live(published)
    live = live[live["unit"].eq(live["claim_id"].map(weighed["unit"])).fillna(False)]
    claimed = live["claim_id"].map(weighed["claimed"]).astype(float)
    off = pd.concat([live[end].astype(float) - claimed for end in ("value_low", "value_high")])
    low, high = min(-1.0, off.min()), max(1.0, off.max())
    ticks = MaxNLocator(4, integer=True).tick_values(low, high)
    return low, high, [tick for tick in ticks if low <= tick <= high]


VOICE_STEP, LINE_MM = 3.8, 3.25
"""From one source to the next, and from one line of a claim to the next."""

ROW_MM, GROUP_MM, HEAD_MM = 5.6, 7.2, 11.5
"""Least height of a claim, heights of a verdict and of the heads of the columns."""

SLIDE_MM, GAP_MM = 135, 10
"""Height that the slide is laid out for, and the gap between its two lists."""


class Grid(NamedTuple):
    """Columns of a list in millimetres: room for a claim, where sources and numbers begin.

    ``wide`` is the room for the numbers, ``points`` the size of the words of a claim.
    """

    claim: float
    voices: float
    strip: float
    wide: float = 36.0
    points: float = 7.5


FULL, HALF = Grid(98, 102, 108, 60), Grid(62, 66, 70)
GRIDS = {"full": FULL, "web": FULL, "slide": HALF, "column": Grid(56, 59, 63, points=8.1)}


class Strip(NamedTuple):
    """Where a published number stands, by its difference from the number claimed."""

    grid: Grid
    low: float
    high: float
    ticks: list[float]

    def at(self, difference: float) -> float:
        """Return the place in millimetres."""
        share = (difference - self.low) / (self.high - self.low)
        return self.grid.strip + share * self.grid.wide


STRONG = style.COLOURS["china"]
LOOKS = {
    "for": idioms.dot(size=22),
    "narrowing": idioms.dot(filled=False, size=22),
    "against": idioms.dot("D", STRONG, size=20),
    "set_aside": {"marker": "x", "s": 13, "color": style.MUTED, "linewidth": 0.9},
    "first-hand": idioms.dot(filled=False, size=62) | {"facecolor": "none", "linewidth": 0.6},
}
WORDS = {
    "for": "says the same",
    "narrowing": "narrows it, or says both",
    "against": "excludes it",
    "set_aside": "overtaken or misprinted, not counted",
    "first-hand": "ring: at first hand",
}
SIDES = {
    Stance.SUPPORTS: "for", Stance.QUALIFIES: "narrowing", Stance.CONTRADICTS: "against",
}  # fmt: skip


def _high(lines: list[Line]) -> float:
    return fsum(high for *_, high in lines)


def _lists(
    weighed: pd.DataFrame, published: pd.DataFrame, grid: Grid, parts: int
) -> list[list[Line]]:
    """Return the lines of each list; with two, the second begins with the group at half height."""
    lines: list[Line] = []
    for term in Verdict:
        rows = weighed[weighed["verdict"].eq(term.value)]
        lines += [(term, None, GROUP_MM)] * bool(len(rows))
        lines += [(term, row, _height(row, published, grid)) for row in rows.itertuples()]
    starts = [place for place, (_, claim, _) in enumerate(lines) if claim is None and place]
    if parts == 1 or not starts:
        return [lines]
    cut = min(starts, key=lambda place: abs(_high(lines[:place]) - _high(lines) / 2))
    return [lines[:cut], lines[cut:]]


def _height(claim: tuple, published: pd.DataFrame, grid: Grid) -> float:
    lines = len(style.wrap(claim.claim, grid.claim, grid.points))
    right = 5.0
    if pd.notna(claim.claimed):
        right = 11.2
    elif _answers(_live(published[published["claim_id"].eq(claim.Index)])) > 1:
        right = 8.3
    return max(ROW_MM, LINE_MM * lines + 1.8, right)


def _answers(own: pd.DataFrame) -> int:
    return own["value"].nunique()


def _heads(ax: Axes, strip: Strip) -> None:
    look = {"fontsize": 7.5, "color": style.MUTED, "va": "top", "linespacing": 1.0, "gid": "head"}
    ax.text(0, 0.5, "Claim, in our words", **look)
    text = "Independent sources; below,\npublished minus claimed"
    ax.text(strip.grid.voices, 0.5, text, **look)
    for step in strip.ticks:
        text = f"{step:+g}".replace("-", "\N{MINUS SIGN}") if step else "as claimed"
        ax.text(strip.at(step), 7.5, text, ha="center", **look | {"fontsize": 7})


def _group(ax: Axes, y: float, term: Verdict, rows: int) -> None:
    strong = STRONG if term is Verdict.DISPUTED else style.INK
    ax.plot(ax.get_xlim(), [y + 0.9, y + 0.9], color=style.FAINT, lw=0.8)
    look = {"fontsize": 9, "weight": "bold", "color": strong, "va": "center", "gid": "verdict"}
    ax.text(0, y + 4.6, say("{verdict}: {n}", verdict=term.label, n=rows), **look)


def _row(
    ax: Axes, top: float, claim: tuple, heard: pd.DataFrame, own: pd.DataFrame, strip: Strip
) -> None:
    """Draw one claim down from ``top``: its words, its sources, what is published."""
    grid, y = strip.grid, top + 2.4
    lines = "\n".join(style.wrap(claim.claim, grid.claim, grid.points))
    look = {"fontsize": grid.points, "va": "top", "linespacing": 0.98, "gid": "claim"}
    ax.text(0, top + 0.9, lines, **look)
    apart = min(VOICE_STEP, (ax.get_xlim()[1] - grid.voices - 4) / max(len(heard), 1))
    for number, voice in enumerate(heard.itertuples()):
        x = grid.voices + 1.4 + apart * number
        ax.scatter(x, y, gid=voice.side, zorder=3, **LOOKS[voice.side])
        if voice.first_hand:
            ax.scatter(x, y, gid="first-hand", zorder=2, **LOOKS["first-hand"])
    if pd.notna(claim.claimed):
        y += 6.3
        for step in strip.ticks:
            ax.plot([strip.at(step)] * 2, [y - 1, y + 1], color=style.FAINT, lw=0.8, zorder=1)
        for value in own[own["unit"].eq(claim.unit)].itertuples():
            _number(ax, y, value, float(claim.claimed), strip)
    elif _answers(own) > 1:
        look = {"fontsize": 7.5, "color": style.MUTED, "va": "center", "gid": "answers"}
        text = say("in words: {n:answer/answers}", n=_answers(own))
        ax.text(grid.voices, y + 3.4, text, **look)


def _number(ax: Axes, y: float, value: tuple, claimed: float, strip: Strip) -> None:
    """Draw one published number: a mark, a span between two, an arrow for an open end."""
    side = SIDES[Stance(value.stance)]
    ink = STRONG if side == "against" else style.INK
    ends = sorted({float(end) for end in (value.value_low, value.value_high) if pd.notna(end)})
    places = [strip.at(end - claimed) for end in ends]
    if value.reading in (Reading.AT_LEAST, Reading.MORE_THAN):
        idioms.arrow(ax, places[0], y, (13, 0), color=ink, lw=0.9)
    elif len(ends) == 2:
        ax.plot(places, [y, y], color=ink, lw=0.9, zorder=2)
    for end, x in zip(ends, places, strict=True):
        above = 5 - (side == "narrowing")
        ax.scatter(x, y, gid=f"number-{side}", zorder=above, **LOOKS[side])
        # The number stands above its mark, once a place.
        place = (round(x, 3), round(y - 1.35, 3))
        if place not in {text.get_position() for text in ax.texts if text.get_gid() == "number"}:
            ax.text(*place, f"{end:.4g}", fontsize=7, ha="center", va="bottom", gid="number")

"""The claims of the news report of November 2017: verdict, sources and published numbers."""

from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.analysis import claims
from helpers.data.vocab import Reading, Stance, Verdict
from helpers.figures import idioms, style
from helpers.figures.frames import Frames
from helpers.figures.registry import Words
from helpers.sentences.claims import named, verdicts, with_verdict

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
        f"{named(weighed, [row.Index])} {row.lowest:g} to {row.highest:g}"
        for row in wide.itertuples()
    ]
    given = {
        "n": len(weighed), "holds": len(holds), "verdicts": verdicts(weighed),
        "disputed": len(with_verdict(weighed, Verdict.DISPUTED)),
        "pieces": weighed["evidence"].str.split("; ").str.len().sum(),
        "sources": heard.loc[heard["side"].ne("set_aside"), "voice"].nunique(),
        "most": weighed["voices"].max(), "spans": "; ".join(spans[:4]),
        "which": named(weighed, holds.index), "few": holds["voices"].lt(3).sum(),
        "each": (holds["voices"].min(), holds["voices"].max()),
    }  # fmt: skip
    fact = "None of {n:claim/claims} holds as published."
    if len(holds):
        fact = (
            "{holds} of {n:claim holds/claims hold} as published: {which}. They rest on "
            "{each:range} independent sources, {few} of them on fewer than three."
        )
    return Words.of(
        given,
        title="{disputed} of {n:claim/claims} in the 2017 report {disputed:=is/are} disputed",
        subtitle="Claims of a news report of November 2017 on the JSA crossing, in our words, "
        "against {pieces:piece/pieces} of evidence from {sources:independent source/independent "
        "sources}.",
        source="Sources are counted by whose statement a document carries",
        alt="A list of {n:claim/claims} in groups by verdict, with a mark for each independent "
        "source: {verdicts}. The most sources on one claim are {most}."
        + (" Strips show published numbers that differ: {spans}." if spans else ""),
        fact=fact,
    )


def HEIGHTS(  # noqa: N802
    size: style.Size, weighed: pd.DataFrame, heard: pd.DataFrame, published: pd.DataFrame
) -> dict[str, float]:
    """Return the heights of the page: as many rows as there are claims."""
    grid = GRIDS.get(size, WIDE)
    tall = grid.head + max(_highs(_lists(weighed, published, grid, 1 + (size == "slide"))))
    return {"height_mm": tall + 46, "column_body_mm": tall + 13, "slide_mm": SLIDE_MM}


def draw(
    page: style.Page, weighed: pd.DataFrame, heard: pd.DataFrame, published: pd.DataFrame
) -> None:
    """Draw claims in groups by verdict, a mark a source, and a strip of published numbers.

    In a column and on a slide the numbers stand below the sources; on a slide the claims stand in
    two lists side by side.
    """
    marks = [(_look(side), text) for side, text in WORDS.items()]
    items = [(idioms.mark(**look), text) for look, text in [*marks, (RING, "ring: at first hand")]]
    idioms.key(page, items, below=True)
    grid = GRIDS.get(page.size, WIDE)
    lists = _lists(weighed, published, grid, 1 + page.slide)
    left, bottom, right, top = page.body_mm
    wide = (right - left + GAP_MM) / len(lists) - GAP_MM
    strip = Strip(grid, *_steps(weighed, published))
    for number, rows in enumerate(lists):
        x = left + number * (wide + GAP_MM)
        ax = style.axes_in(page, (x, bottom, x + wide, top), label="claims")
        ax.set(xlim=(0, wide), ylim=(bottom - top, 0))
        ax.set_axis_off()
        _heads(ax, grid, strip)
        _list(ax, rows, weighed["verdict"].value_counts(), heard, published, strip)


def _highs(lists: list[list[Line]]) -> list[float]:
    return [sum(high for *_, high in rows) for rows in lists]


def _steps(weighed: pd.DataFrame, published: pd.DataFrame) -> tuple[float, float, list[float]]:
    """Return the ends of the strip and its ticks: published number less the number claimed."""
    live = published[published["stance"].ne(Stance.SET_ASIDE.value)]
    live = live[live["unit"].eq(live["claim_id"].map(weighed["unit"])).fillna(False)]
    claimed = live["claim_id"].map(weighed["claimed"]).astype(float)
    off = pd.concat([live[end].astype(float) - claimed for end in ("value_low", "value_high")])
    low, high = min(-1.0, off.min()), max(1.0, off.max())
    ticks = MaxNLocator(4, integer=True).tick_values(low, high)
    return low, high, [tick for tick in ticks if low <= tick <= high]


VOICE_STEP, LINE_MM = 3.8, 3.25
"""From one source to the next, and from one line of a claim to the next, in millimetres."""


@dataclass(frozen=True)
class Grid:
    """Columns and rows of a list of claims, in millimetres from its upper left corner.

    Attributes
    ----------
    claim_width : float
        Room for the words of a claim.
    voices, strip, strip_width : float
        Where the sources and the published numbers begin, and how wide the numbers are.
    row : float
        Height of a row; where the numbers stand ``below`` the sources, its least height.
    group, head : float
        Height of a verdict and of the heads of the columns.
    below : bool
        Whether the numbers stand below the sources, not right of them.
    """

    claim_width: float
    voices: float
    strip: float
    strip_width: float = 34.0
    row: float = 7.9
    group: float = 8.2
    head: float = 8.0
    below: bool = False
    points: float = 7.5


@dataclass(frozen=True)
class Strip:
    """Where a published number stands, by its difference from the number claimed."""

    grid: Grid
    low: float
    high: float
    ticks: list[float]

    def at(self, difference: float) -> float:
        """Return the place in millimetres."""
        share = (difference - self.low) / (self.high - self.low)
        return self.grid.strip + share * self.grid.strip_width

    @property
    def middle(self) -> float:
        """Return the middle in millimetres."""
        return self.grid.strip + self.grid.strip_width / 2


WIDE = Grid(claim_width=78, voices=82, strip=135)
HALF = Grid(
    claim_width=62, voices=66, strip=70, strip_width=36, row=5.6, group=7.2, head=11.5, below=True
)
COLUMN = replace(HALF, claim_width=56, voices=59, strip=63, points=8.1)
GRIDS = {"column": COLUMN, "slide": HALF}
SLIDE_MM, GAP_MM = 135, 10
"""Height that the slide is laid out for, and the gap between its two lists."""

STRONG = style.COLOURS["china"]
LOOK = {
    "for": {"marker": "o", "s": 22, "facecolor": style.INK, "edgecolor": style.INK},
    "narrowing": {"marker": "o", "s": 22, "facecolor": style.PAPER, "edgecolor": style.INK},
    "against": {"marker": "D", "s": 20, "facecolor": STRONG, "edgecolor": STRONG},
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
    ax: Axes, lines: list[Line], counts: pd.Series, voices: pd.DataFrame, published: pd.DataFrame,
    strip: Strip,
) -> None:  # fmt: skip
    """Draw the lines of a list, one below the other."""
    y = -strip.grid.head
    for verdict, claim, high in lines:
        if claim is None:
            _group(ax, y, verdict, int(counts[verdict.value]), ax.get_xlim()[1])
        else:
            _row(ax, y, high, claim, voices, published, strip)
        y -= high


def _height(claim: tuple, published: pd.DataFrame, grid: Grid) -> float:
    """Return how high the row of a claim is."""
    if not grid.below:
        return grid.row
    lines = len(style.wrap(claim.claim, grid.claim_width, grid.points))
    right = 5.0
    if not pd.isna(claim.claimed):
        right += 6.2
    elif _answers(claim, published) > 1:
        right += 3.3
    return max(grid.row, LINE_MM * lines + 1.8, right)


def _heads(ax: Axes, grid: Grid, strip: Strip) -> None:
    """Write the heads of the columns."""
    look = {"fontsize": 7.5, "color": style.MUTED, "va": "top", "linespacing": 1.0, "gid": "head"}
    words, y = "Published minus claimed", -0.5
    ax.text(0, y, "Claim, in our words", **look)
    below = "; below," if grid.below else ""
    ax.text(grid.voices, y, f"Independent sources{below}", **look)
    if grid.below:
        y -= 3.3
        ax.text(grid.voices, y, f"{words[0].lower()}{words[1:]}", **look)
    else:
        ax.text(strip.middle, y, words, ha="center", **look)
    for step in strip.ticks:
        words = f"{step:+g}".replace("-", "\N{MINUS SIGN}") if step else "as claimed"
        ax.text(strip.at(step), y - 3.7, words, ha="center", **look | {"fontsize": 7})


def _group(ax: Axes, y: float, term: Verdict, rows: int, width: float) -> None:
    """Write the verdict over its claims."""
    strong = STRONG if term is Verdict.DISPUTED else style.INK
    ax.plot([0, width], [y - 0.9, y - 0.9], color=style.FAINT, lw=0.8)
    ax.text(
        0, y - 4.6, f"{term.label}: {rows}", fontsize=9, weight="bold", color=strong,
        va="center", gid="verdict",
    )  # fmt: skip


def _row(
    ax: Axes, top: float, high: float, claim: tuple, voices: pd.DataFrame,
    published: pd.DataFrame, strip: Strip,
) -> None:  # fmt: skip
    """Draw one claim down from ``top``: its words, its sources, its numbers."""
    grid = strip.grid
    heard_y = top - 2.4 if grid.below else top - high / 2
    lines = style.wrap(claim.claim, grid.claim_width, grid.points)
    place = {"y": top - 0.9, "va": "top"} if grid.below else {"y": heard_y, "va": "center"}
    ax.text(0, s="\n".join(lines), fontsize=grid.points, linespacing=0.98, gid="claim", **place)
    heard = voices[voices["claim_id"].eq(claim.Index)]
    for number, voice in enumerate(heard.itertuples()):
        room = (ax.get_xlim()[1] if grid.below else grid.strip) - grid.voices - 4
        x = grid.voices + 1.4 + min(VOICE_STEP, room / len(heard)) * number
        ax.scatter(x, heard_y, gid=voice.side, zorder=3, **_look(voice.side))
        if voice.first_hand:
            ax.scatter(x, heard_y, gid="first-hand", zorder=2, **RING)
    _in_print(ax, heard_y, claim, published, strip)


def _in_print(ax: Axes, y: float, claim: tuple, published: pd.DataFrame, strip: Strip) -> None:
    """Draw the published numbers, or write how many answers there are in words."""
    grid = strip.grid
    if pd.isna(claim.claimed):
        answers = _answers(claim, published)
        if answers > 1:
            look = {"fontsize": 7.5, "color": style.MUTED, "va": "center", "gid": "answers"}
            words = f"in words: {answers} answers"
            if grid.below:
                ax.text(grid.voices, y - 3.4, words, **look)
            else:
                ax.text(strip.middle, y, words, ha="center", **look)
        return
    y -= 6.3 if grid.below else 0
    for step in strip.ticks:
        ax.plot([strip.at(step)] * 2, [y - 1, y + 1], color=style.FAINT, lw=0.8, zorder=1)
    own = _standing(claim, published)
    for value in own[own["unit"].eq(claim.unit)].to_dict("records"):
        _number(ax, y, value, float(claim.claimed), strip)


def _standing(claim: tuple, published: pd.DataFrame) -> pd.DataFrame:
    """Return what is published on a claim and is not set aside."""
    own = published[published["claim_id"].eq(claim.Index)]
    return own[own["stance"].ne(Stance.SET_ASIDE.value)]


def _answers(claim: tuple, published: pd.DataFrame) -> int:
    """Return how many answers are published."""
    return _standing(claim, published)["value"].nunique()


def _look(side: str) -> dict[str, object]:
    return {"linewidths": 0.9} | LOOK[side]


def _number(ax: Axes, y: float, value: dict[str, object], claimed: float, strip: Strip) -> None:
    """Draw one published number: a mark, a span between two, an arrow for an open end."""
    side = SIDES[Stance(value["stance"])]
    ink = STRONG if side == "against" else style.INK
    low, high = (
        float("nan") if pd.isna(value[name]) else strip.at(float(value[name]) - claimed)
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
        _label(ax, end, y, claimed, strip)


def _label(ax: Axes, x: float, y: float, claimed: float, strip: Strip) -> None:
    """Write the number above its mark, once a place."""
    taken = {text.get_position() for text in ax.texts if text.get_gid() == "number"}
    place = (round(x, 3), round(y + 1.35, 3))
    if place not in taken:
        share = (x - strip.grid.strip) / strip.grid.strip_width
        difference = share * (strip.high - strip.low) + strip.low
        words = f"{round(claimed + difference, 6):.4g}"
        ax.text(*place, words, fontsize=7, ha="center", va="bottom", gid="number")

"""Every known direct crossing to the South by year and route, with the years without a record."""

from math import fsum

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN

from helpers.analysis import register
from helpers.data.vocab import Route
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.sentences.register import ROUTES, by_route
from helpers.words import say

NOTEBOOK = "02_across_the_line"
HEIGHTS = {"height_mm": 172, "column_body_mm": 160, "slide_mm": 118}
MARK_MM = {1: 1.5, 2: 2.2, 5: 3.1}
"""Width of a mark by the least number of people in it: one, two to four, five or more."""

YEAR_MM = 1.6
"""Width of a year in which a mark has its full width: where a year is narrower, so is the mark."""

DOT_MM = 2.4
"""Height of a mark in the column of its year, with which it has its full width."""

HEAD_MM, FOOT_MM = 4.2, 4.5
"""Room above a strip for its name, and below it."""

BEFORE = {"facecolor": style.FAINT, "linewidth": 0}


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the counted crossings, those before the armistice, and each route's record.

    The crossings with ``stack``, the place of a crossing in the column of its route and year; the
    record is ``since`` by ``route`` (index), the first year with a reliable one.
    """
    early = register.before_armistice(frames["incidents"])
    dots = [stacked(register.crossings(rows, 0)) for rows in (frames(recipes.south), early)]
    return *dots, frames(recipes.record)


def stacked(crossings: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn of the crossings, with ``stack``, from 0 up within route and year."""
    columns = ["incident_id", "date", "year", "route", "people", "citizen"]
    return crossings[columns].assign(stack=crossings.groupby(["route", "year"]).cumcount())


def words(dots: pd.DataFrame, early: pd.DataFrame, record: pd.DataFrame) -> Words:
    """Return the words: how many crossings date from the years with a reliable record."""
    span, clear = (dots["year"].min(), dots["year"].max()), int(record["since"].max())
    late = dots["year"].ge(clear).sum()
    if clear <= span[0]:
        title = "{all:crossing/crossings} to the South {all:=is/are} known {span:when}"
    elif 2 * late > len(dots):
        title = "Most known crossings came after {before}, when the record gets better"
    else:
        title = "{late} of {all:known crossing/known crossings} came after {before}"
    thin = [
        say("for {routes:list} until {last}", routes=map(ROUTES.get, rows.index), last=year - 1)
        for year, rows in record[record["since"].gt(span[0])].groupby("since")
    ]
    counts = dots["route"].value_counts().reindex(record.index, fill_value=0)
    named = {
        "all": len(dots), "late": late, "before": clear - 1, "clear": clear, "span": span,
        "thin": thin, "counts": by_route(counts),
    }  # fmt: skip
    hatched = " No reliable record exists {thin:list}." if thin else ""
    return Words.of(
        named,
        title=title,
        subtitle="Direct crossings from North to South by route, {span:range}",
        source="Only crossings that were made public",
        alt="Strips by route {span:when} with a mark per crossing: {counts:list}." + hatched,
        fact="{late} of {all:crossing/crossings} {late:=dates/date} from {clear} or later."
        + hatched,
    )


def draw(page: style.Page, dots: pd.DataFrame, early: pd.DataFrame, record: pd.DataFrame) -> None:
    """Draw a strip a route, its name above it; on a slide in two columns."""
    left, _, right, _ = page.body_mm
    middle = (left + right) / 2
    spans = [(left, middle - 4), (middle + 4, right)] if page.slide else [(left, right)]
    both = pd.concat([dots, early])
    years = int(both["year"].min()), int(both["year"].max())
    deep = len(record) // len(spans)
    tall = both.groupby("route")["stack"].max().reindex(record.index).fillna(-1).to_numpy() + 1.6
    heights = [max(2.2, *tall[row::deep]) for row in range(deep)]
    wide = (spans[0][1] - spans[0][0]) / (years[1] - years[0] + 1.6)
    # The key shows marks as wide as they are in strips of full height.
    _key(page, min(1.0, wide / YEAR_MM), len(early) > 0, dots)
    boxes, dot_mm = _boxes(page, spans, heights)
    shrink = min(1.0, wide / YEAR_MM, dot_mm / DOT_MM)
    for order, (route, box) in enumerate(zip(record.index, boxes, strict=True)):
        ax = style.axes_in(page, box, label=route)
        ax.set(ylim=(-0.1, (box[3] - box[1]) / dot_mm), yticks=[])
        _years(ax, years, lowest=order % deep == deep - 1)
        _ground(ax, years, record.at[route, "since"], len(early) > 0)
        for rows in (dots, early):
            _marks(ax, Route(route), rows[rows["route"].eq(route)], shrink)
        _name(ax, route, dots[dots["route"].eq(route)])
    _name_subject(page, dots)


def _boxes(
    page: style.Page, spans: list[tuple[float, float]], heights: list[float]
) -> tuple[list[idioms.Box], float]:
    """Return the boxes of the strips, column by column, and the height of a mark in all."""
    _, bottom, _, top = page.body_mm
    room = top - bottom - 4.0 - (HEAD_MM + FOOT_MM) * len(heights)
    dot_mm, least = room / fsum(heights), 3.0
    while fsum(max(least, height * dot_mm) for height in heights) > room:
        dot_mm *= 0.97
    boxes = []
    for start, end in spans:
        edge = top
        for height in heights:
            low = edge - HEAD_MM - max(least, height * dot_mm)
            boxes.append((start, low, end, edge - HEAD_MM))
            edge = low - FOOT_MM
    return boxes, dot_mm


def _years(ax: Axes, years: tuple[int, int], lowest: bool) -> None:
    """Set the years, written below the ``lowest`` strip of a column only."""
    first, last = years
    ax.set_xlim(first - 0.8, last + 0.8)
    tens = range(-(-first // 10) * 10, last + 1, 10)
    idioms.year_ticks(ax, tens if len(tens) > 2 else range(last, first - 1, -1))
    ax.tick_params(axis="x", length=2.5, labelbottom=lowest)
    if lowest and ax.get_xticks()[0] < first + 1:
        # Its strip begins at the margin, which the first year would leave.
        ax.xaxis.get_major_ticks()[0].label1.set_visible(False)
    every = np.arange(first, last + 1)
    # One row of marks: hundreds of minor ticks take longer to make than all the rest.
    ax.plot(
        every, np.zeros(len(every)), transform=ax.get_xaxis_transform(), clip_on=False,
        linestyle="none", marker=TICKDOWN, markersize=1.2, markeredgewidth=0.4,
        color=style.MUTED, gid="years",
    )  # fmt: skip
    ax.spines["left"].set_visible(False)


def _ground(ax: Axes, years: tuple[int, int], since: int, early: bool) -> None:
    """Hatch the years without a reliable record; shade those before the armistice."""
    start, armistice = years[0] - 0.8, register.ARMISTICE.year - 0.5
    if early:
        ax.axvspan(start, armistice, zorder=0.4, gid="before", **BEFORE)
    start = max(start, armistice)
    if since - 0.5 > start:
        end = min(since - 0.5, years[1] + 0.8)
        ax.axvspan(start, end, zorder=0.5, gid="no-record", **style.BLIND)


def _marks(ax: Axes, route: Route, rows: pd.DataFrame, shrink: float) -> None:
    """Draw crossings in three widths by the number of people."""
    for order, row in enumerate(rows.itertuples()):
        mm = MARK_MM[max(least for least in MARK_MM if least <= row.people)] * shrink
        if route is Route.JSA:
            look = idioms.star(row.citizen, mm)
        else:
            look = style.marker(route, True, mm) | {"linewidth": 0.5}
            if route.role not in ("sea", "estuary"):
                look["edgecolor"] = style.PAPER
        look |= {"zorder": 3 + order / 1e4, "clip_on": False}
        ax.scatter(row.year, row.stack + 0.55, **look, gid="dot")


def _name(ax: Axes, route: str, rows: pd.DataFrame) -> None:
    """Name a route and count its rows in a line above its strip."""
    name = idioms.ROUTES[route].replace("\n", " ")
    count = say(
        "{n:crossing/crossings}, {people:person/people}", n=len(rows), people=rows["people"].sum()
    )
    look = {"base": ax.transAxes, "va": "baseline"}
    bold = idioms.route_look(route) | {"fontweight": 600, "gid": "route"}
    idioms.words(ax, 0, 1, name, "above", 1, **look, **bold)
    after = style.width_mm(name, max(8, idioms.small(ax)), weight=600) + 1.8
    look["base"] = style.offset(ax, after, base=ax.transAxes)
    idioms.words(ax, 0, 1, count, "above", 1, color=style.MUTED, gid="count", **look)


def _name_subject(page: style.Page, dots: pd.DataFrame) -> None:
    """Point at the subject's crossing, if it is among them, and write its date."""
    for row in dots[dots["incident_id"].eq(register.CROSSING_2017)].itertuples():
        ax = next(ax for ax in page.axes if ax.get_label() == row.route)
        ax.annotate(
            say("{day:day}", day=row.date), (row.year, row.stack + 0.55), xytext=(-9, 13),
            textcoords="offset points", ha="right", va="center", fontweight=600, fontsize=7.5,
            color=style.INK, gid="subject", zorder=5, path_effects=style.HALO,
            arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 0.7, "shrinkB": 4.5},
        )  # fmt: skip


def _key(page: style.Page, shrink: float, early: bool, dots: pd.DataFrame) -> None:
    sizes = zip(("1 person", "2 to 4 people", "5 or more"), MARK_MM.values(), strict=True)
    items = [
        (
            idioms.mark(
                **style.marker(Route.DMZ_LAND, mm=mm * shrink) | {"edgecolor": style.PAPER}
            ),
            text,
        )
        for text, mm in sizes
    ]
    items.append((idioms.swatch(**style.BLIND), "no reliable record: not zero"))
    items += idioms.star_items(set(dots.loc[dots["route"].eq("jsa"), "citizen"]))
    if early:
        items.append((idioms.swatch(**BEFORE), "before the armistice, not counted"))
    idioms.key(page, items, below=True)

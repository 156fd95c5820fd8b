"""Charts of the register of incidents: over time, who, shot at, and the place of the JSA."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.markers import TICKDOWN
from matplotlib.patches import Rectangle
from matplotlib.transforms import Transform

from helpers import style
from helpers.maps.peninsula import marker
from helpers.vocab import BlindKind, Route

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in millimetres on the page."""

ROUTES = [
    Route.JSA, Route.DMZ_LAND, Route.HAN_ESTUARY, Route.YELLOW_SEA, Route.EAST_SEA, Route.AIR,
]  # fmt: skip
SHORT = {
    Route.JSA: "Joint Security Area",
    Route.DMZ_LAND: "Land line\noutside the JSA",
    Route.HAN_ESTUARY: "Han estuary",
    Route.YELLOW_SEA: "Yellow Sea",
    Route.EAST_SEA: "East Sea\n(Sea of Japan)",
    Route.AIR: "Air",
}
FIRST_YEAR, LAST_YEAR = 1950, 2026
MARK_MM = {1: 1.5, 2: 2.2, 5: 3.1}
"""Width of a dot by the least number of people in it: one, two to four, five or more."""

YEAR_MM = 1.6
"""Width of a year in which a dot has its full width: where a year is narrower, so is the dot."""

LABEL_MM = 29
"""Room for the names of the routes, in two lines, to the left of bars."""

SWATCH_MM, KEY_ROW_MM, HEADING_MM = 5.7, 4.5, 5.5
"""Room for a swatch before its words, for a row of a key, for a heading above its axes."""

MOSTLY_BLIND = 0.5
"""Share of a decade's years, over all routes, from which on it is hatched."""

GROUP_LOOK = {
    "In uniform": {"facecolor": style.COLOURS["subject"], "edgecolor": style.PAPER},
    "Mixed group": {
        "facecolor": style.PAPER, "edgecolor": style.COLOURS["subject"], "hatch": "/////",
    },
    "Civilians": {"facecolor": style.FAINT, "edgecolor": style.PAPER},
    "Not stated": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
}  # fmt: skip
SHOT_LOOK = {
    "yes": {"facecolor": style.COLOURS["subject"], "edgecolor": style.PAPER},
    "no": {"facecolor": style.FAINT, "edgecolor": style.PAPER},
    "unknown": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
}
LIGHT_INK = {"In uniform", "yes"}


def over_time(
    dots: pd.DataFrame,
    blind: pd.DataFrame,
    before: pd.DataFrame,
    subject: str,
    first_counted: int,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return small multiples of incidents by year, one panel a route, blind years hatched.

    In a column and on a slide the name of a route stands above its panel.

    Parameters
    ----------
    dots : pandas.DataFrame
        One row an incident: ``incident_id``, ``date``, ``route``, ``year``, ``people``, ``stack``.
    blind : pandas.DataFrame
        ``route``, ``first_year``, ``last_year``, ``kind``.
    before : pandas.DataFrame
        Incidents before the armistice, columns as ``dots``: drawn open, not counted.
    subject : str
        ``incident_id`` of the incident to name.
    first_counted : int
        Year of the armistice, in which the count begins.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, height_mm=172, column_body_mm=158, slide_mm=118
    )  # fmt: skip
    beside = 0 if fig.narrow or fig.slide else 31
    spans = _time_spans(fig, beside)
    shrink = min(1.0, (spans[0][1] - spans[0][0]) / (LAST_YEAR - FIRST_YEAR + 1.6) / YEAR_MM)
    foot = _time_key(fig, shrink)
    deep = len(ROUTES) // len(spans)
    heights = _row_heights(dots, deep)
    boxes = _time_boxes(fig, spans, heights, foot, head=0 if beside else 4.2)
    for order, (route, box) in enumerate(zip(ROUTES, boxes, strict=True)):
        ax = style.axes_in(fig, box, label=route.value)
        rows = blind[blind["route"].astype(str) == route.value]
        _time_panel(ax, route, dots, rows, before, heights[order % deep], first_counted, shrink)
        _time_words(ax, route, dots[dots["route"].astype(str) == route.value], beside)
        _year_words(ax, lowest=order % deep == deep - 1, beside=beside)
    _name_subject(fig, dots, subject)
    return fig


def _time_spans(fig: style.Page, beside: float) -> list[tuple[float, float]]:
    """Return left and right of each column of panels: two columns on a slide, else one."""
    left, _, right, _ = fig.body_mm
    if not fig.slide:
        return [(left + beside, right)]
    middle, gap = (left + right) / 2, 4
    return [(left, middle - gap), (middle + gap, right)]


def _row_heights(dots: pd.DataFrame, deep: int) -> list[float]:
    """Return the heights in dots of ``deep`` rows of panels: side by side they share one."""
    most = [_tallest(dots, route) for route in ROUTES]
    return [max(most[row::deep]) for row in range(deep)]


def _tallest(dots: pd.DataFrame, route: Route) -> float:
    """Return the height of a route's panel in dots."""
    rows = dots[dots["route"].astype(str) == route.value]
    return max(2.2, (rows["stack"].max() + 1 if len(rows) else 0) + 0.6)


def _time_boxes(
    fig: style.Page,
    spans: list[tuple[float, float]],
    heights: list[float],
    foot: float,
    head: float,
) -> list[Box]:
    """Return the boxes of the panels, column by column, a dot equally high in all of them."""
    _, bottom, _, top = fig.body_mm
    below, ticks = 4.5, 4.0
    unit = (top - bottom - foot - ticks - (head + below) * len(heights)) / sum(heights)
    boxes = []
    for start, end in spans:
        edge = top
        for height in heights:
            low = edge - head - height * unit
            boxes.append((start, low, end, edge - head))
            edge = low - below
    return boxes


def _time_panel(
    ax: Axes,
    route: Route,
    dots: pd.DataFrame,
    blind: pd.DataFrame,
    before: pd.DataFrame,
    height: float,
    first_counted: int,
    shrink: float,
) -> None:
    """Draw one route."""
    for span in blind.itertuples():
        look = {"alpha": 1.0 if span.kind == BlindKind.NO_ROWS else 0.55, "gid": f"{span.kind}"}
        start = max(span.first_year, first_counted) - 0.5
        style.blind(ax, start, span.last_year + 0.5, **look)
    ax.axvspan(
        FIRST_YEAR - 0.8, first_counted - 0.5, facecolor=style.FAINT, linewidth=0, zorder=0.4,
        gid="before",
    )  # fmt: skip
    for rows, filled in ((dots, True), (before, False)):
        _dots(ax, route, rows[rows["route"].astype(str) == route.value], filled, shrink)
    ax.set(xlim=(FIRST_YEAR - 0.8, LAST_YEAR + 0.8), ylim=(-0.1, height), yticks=[])
    ax.set_xticks(range(FIRST_YEAR, LAST_YEAR + 1, 10))
    ax.tick_params(axis="x", length=2.5)
    years = np.arange(FIRST_YEAR, LAST_YEAR + 1)
    # One row of marks: hundreds of minor ticks take longer to make than all the rest.
    ax.plot(
        years, np.zeros(len(years)), transform=ax.get_xaxis_transform(), clip_on=False,
        linestyle="none", marker=TICKDOWN, markersize=1.2, markeredgewidth=0.4,
        color=style.MUTED, gid="years",
    )  # fmt: skip
    ax.spines["left"].set_visible(False)


def _time_words(ax: Axes, route: Route, rows: pd.DataFrame, beside: float) -> None:
    """Name a route and count its rows: to the left of its panel, or in a line above it."""
    people, noun = int(rows["people"].sum()), "incident" if len(rows) == 1 else "incidents"
    counts = f"{len(rows)} {noun},", f"{people} {'person' if people == 1 else 'people'}"
    name = {"fontweight": 600, "fontsize": 8, "linespacing": 1.0, "gid": "route"}
    count = {"color": style.MUTED, "fontsize": 7, "linespacing": 1.0, "gid": "count"}
    if beside:
        ax.text(0, 0, SHORT[route], transform=_beside(ax, -beside, 0), va="bottom", **name)
        words = "\n".join(counts)
        ax.text(0, 0, words, transform=_beside(ax, -beside, -0.5), va="top", **count)
        return
    words = SHORT[route].replace("\n", " ")
    ax.text(0, 1, words, transform=_beside(ax, 0, 1.0), va="baseline", **name)
    after = style.width_mm(words, 8, weight=600) + 1.8
    ax.text(
        0, 1, " ".join(counts), transform=_beside(ax, after, 1.0), va="baseline", **count
    )  # fmt: skip


def _year_words(ax: Axes, lowest: bool, beside: float) -> None:
    """Write the years below the ``lowest`` panel of a column only."""
    ax.tick_params(axis="x", labelbottom=lowest)
    if lowest and not beside:
        # Its panel begins at the margin, which the first year would leave.
        ax.xaxis.get_major_ticks()[0].label1.set_visible(False)


def _beside(ax: Axes, x_mm: float, y_mm: float) -> Transform:
    """Return a transform from the axes' lower left corner, moved by millimetres."""
    return style.offset(ax, x_mm, y_mm, ax.transAxes)


def _at_top(ax: Axes) -> Transform:
    """Return the transform of a heading above the axes."""
    return _beside(ax, 0, 1.2)


def _dots(ax: Axes, route: Route, rows: pd.DataFrame, filled: bool, shrink: float) -> None:
    """Draw incidents as dots, three widths by the number of people."""
    people = rows["people"].fillna(1).astype(int)
    bounds = [*MARK_MM, np.inf]
    for least, below in itertools.pairwise(bounds):
        group = rows[people.ge(least) & people.lt(below)]
        if len(group):
            look = marker(route, filled, MARK_MM[least] * shrink)
            look["linewidth"] = 0.5 if filled else 0.9 * shrink
            if filled and route.role not in ("sea", "estuary"):
                look["edgecolor"] = style.PAPER
            ax.scatter(
                group["year"], group["stack"] + 0.55, **look, zorder=3,
                gid="dot" if filled else "before-dot",
            )  # fmt: skip


def _time_key(fig: style.Page, shrink: float) -> float:
    """Explain dots and hatching below the panels; return the height of the key in mm."""
    left, bottom, right, _ = fig.body_mm
    sizes = {1: "1 person", 2: "2 to 4", 5: "5 or more"}
    fills = {
        "no rows: not zero": style.BLIND,
        "thin, or year not over: not a count": style.BLIND | {"alpha": 0.55},
        "before the armistice": {"facecolor": style.FAINT, "linewidth": 0},
    }
    marks = [MARK_MM[least] * shrink + 1.4 for least in sizes] + [6.2] * len(fills)
    places = flow([*sizes.values(), *fills], marks, right - left, 7, gap=5.0)
    rows = places[-1][1] + 1
    ax = key_axes(fig, (left, bottom, right, bottom + rows * KEY_ROW_MM))
    for (least, words), mark, (x, row) in zip(sizes.items(), marks, places, strict=False):
        look = marker(Route.DMZ_LAND, True, MARK_MM[least] * shrink) | {"edgecolor": style.PAPER}
        ax.scatter([x + MARK_MM[least] * shrink / 2], [row + 0.5], **look)
        ax.text(x + mark, row + 0.5, words, va="center", fontsize=7)
    for (words, look), (x, row) in zip(fills.items(), places[len(sizes) :], strict=True):
        ax.add_patch(Rectangle((x, row + 0.14), 5, 0.72, **look))
        ax.text(x + 6.2, row + 0.5, words, va="center", fontsize=7)
    return rows * KEY_ROW_MM + 0.5


def key_axes(fig: style.Page, box: Box) -> Axes:
    """Return bare axes for a key: millimetres across, rows down."""
    rows = (box[3] - box[1]) / KEY_ROW_MM
    ax = style.axes_in(fig, box, label="key", xlim=(0, box[2] - box[0]), ylim=(rows, 0))
    ax.set_axis_off()
    return ax


def flow(
    words: list[str], marks: list[float], room: float, points: float, gap: float = 5.8
) -> list[tuple[float, int]]:
    """Return the place of each entry of a key: millimetres from the left, and row.

    Parameters
    ----------
    words : list of str
        Words of the entries, in order.
    marks : list of float
        Millimetres that the mark of each entry takes before its words.
    room : float
        Millimetres across; an entry that does not fit opens a row.
    points : float
        Size of the words.
    gap : float
        Millimetres between two entries.
    """
    places, x, row = [], 0.3, 0
    for text, mark in zip(words, marks, strict=True):
        wide = mark + style.width_mm(text, points)
        if places and x + wide > room:
            x, row = 0.3, row + 1
        places.append((x, row))
        x += wide + gap
    return places


def _name_subject(fig: style.Page, dots: pd.DataFrame, subject: str) -> None:
    """Point at the named incident and write its date."""
    row = dots[dots["incident_id"] == subject].iloc[0]
    words = f"{row['date'].day} {row['date']:%B %Y}"
    ax = next(ax for ax in fig.axes if ax.get_label() == str(row["route"]))
    ax.scatter(
        row["year"], row["stack"] + 0.55, s=95, facecolor="none", edgecolor=style.INK,
        linewidth=0.9, zorder=4, gid="subject-ring",
    )  # fmt: skip
    ax.annotate(
        words, (row["year"], row["stack"] + 0.55), xytext=(-9, 13),
        textcoords="offset points", ha="right", va="center", fontsize=7.5, fontweight=600,
        color=style.INK, gid="subject",
        arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 0.7, "shrinkB": 4.5},
    )  # fmt: skip


def who_crossed(
    counts: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return incidents (left, or above) and people by route, split by who they were.

    Parameters
    ----------
    counts : pandas.DataFrame
        ``route``, ``group``, ``incidents``, ``people``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, height_mm=112, column_body_mm=112, slide_mm=104
    )  # fmt: skip
    names = dict.fromkeys(GROUP_LOOK) | {
        "In uniform": "in uniform", "Mixed group": "mixed group",
        "Civilians": "civilians, officials, fishers, workers", "Not stated": "not stated",
    }  # fmt: skip
    left, bottom, right, top = fig.body_mm
    key = _swatches(fig, GROUP_LOOK, names)
    below = (left + LABEL_MM, bottom, right, top - key - HEADING_MM)
    boxes = _halves(below, fig.narrow, gap=6, head=10)
    for box, (name, words) in zip(
        boxes, {"incidents": "Incidents", "people": "People"}.items(), strict=True
    ):
        ax = style.axes_in(fig, box, label=name)
        table = counts.pivot(index="route", columns="group", values=name)
        _stacked(ax, table, GROUP_LOOK, table.sum(axis=1).max())
        ax.text(0, 1.0, words, transform=_at_top(ax), fontweight=600, va="bottom")
        ax.tick_params(axis="y", labelleft=box[0] == below[0])
    return fig


def _halves(
    box: Box, stacked: bool, gap: float, head: float, first: float | None = None
) -> list[Box]:
    """Return two boxes in ``box``: side by side, or one above the other.

    Parameters
    ----------
    box : tuple of float
        Where both stand.
    stacked : bool
        Whether the second stands below the first.
    gap, head : float
        Millimetres between the two side by side, and one above the other.
    first : float, optional
        Millimetres across of the first one side by side (default: half).
    """
    left, bottom, right, top = box
    if stacked:
        high = (top - bottom - head) / 2
        return [(left, top - high, right, top), (left, bottom, right, bottom + high)]
    wide = (right - left - gap) / 2 if first is None else first
    return [(left, bottom, left + wide, top), (left + wide + gap, bottom, right, top)]


def _stacked(
    ax: Axes, table: pd.DataFrame, looks: dict[str, dict[str, object]], most: float
) -> None:
    """Draw one stacked bar a route, its parts named by their numbers."""
    for row, route in enumerate(ROUTES):
        left = 0.0
        for part, look in looks.items():
            value = int(table.loc[route.value, part]) if route.value in table.index else 0
            if value:
                ax.barh(row, value, left=left, height=0.62, linewidth=0.8, gid=part, **look)
                _number(ax, left + value / 2, row, value, part, most)
            left += value
        total = int(left)
        ax.text(
            left, row, f"{total}", va="center", fontsize=8, fontweight=600, gid="total",
            transform=style.offset(ax, 1.0, 0),
        )  # fmt: skip
    ax.set(xlim=(0, most * 1.09), ylim=(len(ROUTES) - 0.5, -0.5), xticks=[])
    _route_ticks(ax)
    ax.spines["bottom"].set_visible(False)


def _number(ax: Axes, x: float, row: int, value: int, part: str, most: float) -> None:
    """Write a part's number in it, where it fits and is not the whole bar's."""
    if value / most >= 0.025:
        ax.text(
            x, row, f"{value}", ha="center", va="center", fontsize=7.5, gid="number",
            color=style.PAPER if part in LIGHT_INK else style.INK,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6}
            if part == "Mixed group"
            else None,
        )  # fmt: skip


def _swatches(fig: style.Page, looks: dict[str, dict[str, object]], names: dict[str, str]) -> float:
    """Name the parts of stacked bars on top of the page; return the height of the key in mm."""
    left, _, right, top = fig.body_mm
    left += 0 if fig.narrow else LABEL_MM
    words = [names[part] for part in looks]
    gap = 8.0 if fig.narrow else 5.8  # four entries then break two by two
    places = flow(words, [SWATCH_MM] * len(words), right - left, 8, gap)
    high = (places[-1][1] + 1) * KEY_ROW_MM
    ax = key_axes(fig, (left, top - high, right, top))
    for look, text, (x, row) in zip(looks.values(), words, places, strict=True):
        ax.add_patch(Rectangle((x, row + 0.7 / 4.5), 4.5, 2.8 / 4.5, linewidth=0.8, **look))
        ax.text(x + SWATCH_MM, row + 2.2 / 4.5, text, va="center", fontsize=8)
    return high


def shot_at(
    table: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return how many incidents are known to have seen fire at the crossers, and what share.

    First, incidents by route and answer; beside them (in a column below), the share among the known
    ones with its interval, and on a grey bar the range it could take if every unknown one were a
    no, or a yes.

    Parameters
    ----------
    table : pandas.DataFrame
        Index ``route`` and ``all``; ``yes``, ``no``, ``unknown``, ``share``, ``low``, ``high``,
        ``least``, ``most``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, height_mm=118, column_body_mm=122, slide_mm=106
    )  # fmt: skip
    names = {
        "yes": "shot at", "no": "no shot, or not at them", "unknown": "the sources do not say",
    }  # fmt: skip
    left, bottom, right, top = fig.body_mm
    key = _swatches(fig, SHOT_LOOK, names)
    below = (left + LABEL_MM, bottom + 13, right - 5, top - key - HEADING_MM - 1)
    first, second = _halves(below, fig.narrow, gap=8, head=9, first=72)
    bars = style.axes_in(fig, first, label="counts")
    routes = table.drop(index="all")
    answers = ["yes", "no", "unknown"]
    _stacked(bars, routes[answers], SHOT_LOOK, routes[answers].sum(axis=1).max())
    bars.text(0, 1, "Incidents", transform=_at_top(bars), fontweight=600, va="bottom")
    shares = style.axes_in(fig, second, label="shares")
    _shares(shares, table, named=fig.narrow)
    if fig.narrow:
        for ax in (bars, shares):
            ax.tick_params(axis="y", pad=6)  # clear of the dot at 0
    return fig


def _shares(ax: Axes, table: pd.DataFrame, named: bool) -> None:
    """Draw the share that was shot at by route; ``named`` with the routes on the left."""
    ax.text(
        0, 1, "Share in which those who crossed were shot at", transform=_at_top(ax),
        fontweight=600, va="bottom",
    )  # fmt: skip
    for row, route in enumerate(ROUTES):
        _share(ax, row, table.loc[route.value])
    ax.set(xlim=(0, 1), ylim=(len(ROUTES) - 0.5, -0.5), yticks=[])
    if named:
        _route_ticks(ax)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.text(
        0, 0, "Dot and line: share of the known, with its 95% interval.\n"
        "Grey: from all unknown being no to all being yes.",
        transform=_beside(ax, 0, -6), fontsize=7, color=style.MUTED, va="top", linespacing=1.05,
    )  # fmt: skip


def _route_ticks(ax: Axes, broken: bool = True) -> None:
    """Name the routes to the left of the axes, in two lines where they are long."""
    names = [SHORT[route] if broken else SHORT[route].replace("\n", " ") for route in ROUTES]
    ax.set_yticks(range(len(ROUTES)), names)
    ax.tick_params(axis="y", length=0, pad=3)


def _share(ax: Axes, row: int, values: pd.Series) -> None:
    """Draw one route's share: bounds in grey, interval and dot over them."""
    ax.add_patch(
        Rectangle(
            (values["least"], row - 0.26), values["most"] - values["least"], 0.52,
            facecolor=style.FAINT, linewidth=0, zorder=2, gid="bounds",
        )
    )  # fmt: skip
    known = int(values["yes"] + values["no"])
    if known == 0:
        ax.text(
            0.5, row, "nothing known", ha="center", va="center", fontsize=7.5, color=style.MUTED,
            zorder=4, gid="nothing",
        )  # fmt: skip
        return
    colour = style.COLOURS["subject"]
    ax.plot([values["low"], values["high"]], [row, row], color=colour, linewidth=1.6, zorder=3)
    ax.plot(
        values["share"], row, "o", color=colour, markersize=5, zorder=4, clip_on=False, gid="share"
    )
    ax.text(
        min(values["share"], 0.7), row, f"{int(values['yes'])} of {known} known", fontsize=7.5,
        ha="left", va="bottom", transform=style.offset(ax, 0.4, 1.0), zorder=5,
    )  # fmt: skip


def jsa_among(
    routes: pd.DataFrame,
    decades: pd.DataFrame,
    jsa: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return the place of the JSA among the routes and through the decades.

    Parameters
    ----------
    routes : pandas.DataFrame
        Index ``route``; ``incidents``, ``people``.
    decades : pandas.DataFrame
        Index ``decade``; ``incidents``, ``route_incidents``, ``blind`` (share of the years of all
        routes).
    jsa : pandas.DataFrame
        The incidents in the JSA: ``year``, ``people``, ``who`` (a word or two), in order of date,
        ``kpa`` (whether northern troops).
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(
        title, subtitle, source, size, height_mm=146, column_body_mm=168, slide_mm=112
    )  # fmt: skip
    boxes = _among_boxes(fig)
    for name in ("incidents", "people"):
        ax = style.axes_in(fig, boxes[name], label=name)
        _plain_bars(ax, routes[name])
        ax.text(0, 1, name.capitalize(), transform=_at_top(ax), fontweight=600, va="bottom")
        ax.tick_params(axis="y", labelleft=boxes[name][0] == boxes["incidents"][0])
    _decades(style.axes_in(fig, boxes["decades"], label="decades"), decades)
    abreast = 2 if fig.narrow or fig.slide else 1
    _cases(style.axes_in(fig, boxes["cases"], label="cases"), jsa, abreast)
    return fig


def _among_boxes(fig: style.Page) -> dict[str, Box]:
    """Return the boxes: bars over decades and list; stacked in a column, in halves on a slide."""
    left, bottom, right, top = fig.body_mm
    names = "incidents", "people", "decades", "cases"
    if fig.narrow:
        boxes = (
            (left + 39, top - 36, right, top - 5),
            (left + 39, top - 78, right, top - 47),
            (left, bottom + 34, right, top - 91),
            (left, bottom, right, bottom + 21),
        )
    elif fig.slide:
        middle, half = (top + bottom) / 2, left + 82
        boxes = (
            (left + 39, middle + 2, half, top - 5),
            (left + 39, bottom + 1, half, middle - 6),
            (half + 10, bottom + 33, right, top - 5),
            (half + 10, bottom + 1, right, bottom + 19),
        )
    else:
        start, wide, low = left + 39, 60, bottom + 64
        boxes = (
            (start, low, start + wide, top - 5),
            (start + wide + 8, low, start + 2 * wide + 8, top - 5),
            (left, bottom + 4, left + 92, low - 12),
            (left + 99, bottom, right, low - 12),
        )
    return dict(zip(names, boxes, strict=True))


def _plain_bars(ax: Axes, values: pd.Series) -> None:
    """Draw one bar a route, the JSA's in the subject's colour."""
    total = values.sum()
    for row, route in enumerate(ROUTES):
        value = int(values[route.value])
        colour = style.COLOURS["subject" if route is Route.JSA else "context"]
        ax.barh(row, value, height=0.62, color=colour, gid=route.value)
        ax.text(
            value, row, f"{value}  ({value / total:.0%})", va="center", fontsize=8,
            fontweight=600 if route is Route.JSA else 400, transform=style.offset(ax, 1.0, 0),
        )  # fmt: skip
    ax.set(xlim=(0, values.max() * 1.3), ylim=(len(ROUTES) - 0.5, -0.5), xticks=[])
    _route_ticks(ax, broken=False)
    ax.spines["bottom"].set_visible(False)


def _decades(ax: Axes, decades: pd.DataFrame) -> None:
    """Draw a dot an incident by decade, four abreast, those of the JSA lowest and as stars."""
    for place, (_, row) in enumerate(decades.iterrows()):
        count, jsa = int(row["incidents"]), int(row["route_incidents"])
        if row["blind"] > MOSTLY_BLIND:
            style.blind(ax, place - 0.46, place + 0.46, alpha=0.55, gid="blind")
        for index in range(count):
            x, y = place + (index % 4 - 1.5) * 0.18, index // 4 + 0.6
            if index < jsa:
                look = marker(Route.JSA, mm=1.3)
            else:
                look = marker(Route.DMZ_LAND, mm=1.7)
                look |= {"facecolor": style.COLOURS["context"], "edgecolor": style.PAPER}
            ax.scatter([x], [y], **look, gid="jsa" if index < jsa else "other", zorder=3)
        ax.text(
            place, (count + 3) // 4 + 0.55, f"{jsa} of {count}", ha="center", va="bottom",
            fontsize=7.5, fontweight=600 if jsa else 400, gid="share", path_effects=style.HALO,
        )  # fmt: skip
    most = int((decades["incidents"].max() + 3) // 4)
    ax.set(xlim=(-0.55, len(decades) - 0.45), ylim=(0, most + 1.8), yticks=[])
    ax.set_xticks(range(len(decades)), [f"{decade}s" for decade in decades.index])
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_visible(False)
    ax.text(
        0, 1, "JSA among all incidents of the decade", transform=_at_top(ax), fontweight=600,
        va="bottom",
    )  # fmt: skip


def _cases(ax: Axes, jsa: pd.DataFrame, abreast: int) -> None:
    """List the incidents in the JSA, column by column; northern troops filled."""
    deep = -(-len(jsa) // abreast)
    ax.set(xlim=(0, abreast), ylim=(deep, -0.2))
    ax.set_axis_off()
    ax.text(0, 1, "The JSA's cases", transform=_at_top(ax), fontweight=600, va="bottom")
    for order, case in enumerate(jsa.itertuples()):
        x, y = order // deep, order % deep + 0.45
        look = marker(Route.JSA, filled=bool(case.kpa), mm=2.2)
        ax.scatter(
            [x], [y], **look, zorder=3, clip_on=False, transform=style.offset(ax, 1.9, 0),
            gid="case",
        )  # fmt: skip
        ax.text(
            x, y, f"{case.year}  {case.who}", va="center", fontsize=7.5,
            transform=style.offset(ax, 5.32, 0), gid="case-words",
        )  # fmt: skip

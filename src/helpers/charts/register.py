"""Charts of the register of incidents: over time, who, shot at, and the place of the JSA."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextPath
from matplotlib.transforms import ScaledTranslation, Transform

from helpers import style
from helpers.maps.peninsula import HALO, marker
from helpers.vocab import BlindKind, Route

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

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
) -> style.Page:
    """Return small multiples of incidents by year, one panel a route, blind years hatched.

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
    """
    fig = style.page(title, subtitle, source, height_mm=172)
    left, bottom, right, top = fig.body_mm
    most = [_tallest(dots, route) for route in ROUTES]
    unit = (top - bottom - 9 - 4.5 * len(ROUTES)) / sum(most)
    edge = top
    for route, height in zip(ROUTES, most, strict=True):
        low = edge - height * unit
        ax = style.axes_in(fig, (left + 31, low, right, edge), label=route.value)
        rows = blind[blind["route"].astype(str) == route.value]
        _time_panel(ax, route, dots, rows, before, height, first_counted)
        edge = low - 4.5
    ax.tick_params(axis="x", labelbottom=True)
    _time_key(fig, (left, bottom, right, bottom + 5))
    _name_subject(fig, dots, subject)
    return fig


def _tallest(dots: pd.DataFrame, route: Route) -> float:
    """Return the height of a route's panel in dots."""
    rows = dots[dots["route"].astype(str) == route.value]
    return max(2.2, (rows["stack"].max() + 1 if len(rows) else 0) + 0.6)


def _time_panel(
    ax: Axes,
    route: Route,
    dots: pd.DataFrame,
    blind: pd.DataFrame,
    before: pd.DataFrame,
    height: float,
    first_counted: int,
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
    rows = dots[dots["route"].astype(str) == route.value]
    _dots(ax, route, rows, filled=True)
    _dots(ax, route, before[before["route"].astype(str) == route.value], filled=False)
    ax.set(xlim=(FIRST_YEAR - 0.8, LAST_YEAR + 0.8), ylim=(-0.1, height), yticks=[])
    ax.set_xticks(range(FIRST_YEAR, LAST_YEAR + 1, 10))
    ax.set_xticks(range(FIRST_YEAR, LAST_YEAR + 1), minor=True)
    ax.tick_params(axis="x", labelbottom=False, length=2.5, which="major")
    ax.tick_params(axis="x", length=1.2, which="minor", width=0.4)
    ax.spines["left"].set_visible(False)
    people, noun = int(rows["people"].sum()), "incident" if len(rows) == 1 else "incidents"
    persons = "person" if people == 1 else "people"
    ax.text(
        0, 0, SHORT[route], transform=_beside(ax, -31, 0), va="bottom", fontweight=600,
        fontsize=8, linespacing=1.0, gid="route",
    )  # fmt: skip
    ax.text(
        0, 0, f"{len(rows)} {noun},\n{people} {persons}", transform=_beside(ax, -31, -0.5),
        va="top", fontsize=7, color=style.MUTED, linespacing=1.0, gid="count",
    )  # fmt: skip


def _beside(ax: Axes, x_mm: float, y_mm: float) -> Transform:
    """Return a transform from the axes' lower left corner, moved by millimetres."""
    shift = ScaledTranslation(x_mm / 25.4, y_mm / 25.4, ax.figure.dpi_scale_trans)
    return ax.transAxes + shift


def _at_top(ax: Axes) -> Transform:
    """Return the transform of a heading above the axes."""
    return _beside(ax, 0, 1.2)


def _dots(ax: Axes, route: Route, rows: pd.DataFrame, filled: bool) -> None:
    """Draw incidents as dots, three widths by the number of people."""
    people = rows["people"].fillna(1).astype(int)
    bounds = [*MARK_MM, np.inf]
    for least, below in itertools.pairwise(bounds):
        group = rows[people.ge(least) & people.lt(below)]
        if len(group):
            look = marker(route, filled, MARK_MM[least]) | {"linewidth": 0.5 if filled else 0.9}
            if filled and route.role not in ("sea", "estuary"):
                look["edgecolor"] = style.PAPER
            ax.scatter(
                group["year"], group["stack"] + 0.55, **look, zorder=3,
                gid="dot" if filled else "before-dot",
            )  # fmt: skip


def _time_key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Explain dots and hatching below the panels."""
    ax = style.axes_in(fig, box, label="key", xlim=(0, box[2] - box[0]), ylim=(0, 5))
    ax.set_axis_off()
    x = 1.0
    for least, words in ((1, "1 person"), (2, "2 to 4"), (5, "5 or more")):
        look = marker(Route.DMZ_LAND, True, MARK_MM[least]) | {"edgecolor": style.PAPER}
        ax.scatter([x], [2.2], **look)
        ax.text(x + 2.2, 2.2, words, va="center", fontsize=7)
        x += 16
    for alpha, words, wide in (
        (1.0, "no rows: not zero", 33),
        (0.55, "thin, or year not over: not a count", 53),
    ):
        ax.add_patch(Rectangle((x, 0.6), 5, 3.2, alpha=alpha, **style.BLIND))
        ax.text(x + 6.2, 2.2, words, va="center", fontsize=7)
        x += wide
    ax.add_patch(Rectangle((x, 0.6), 5, 3.2, facecolor=style.FAINT, linewidth=0))
    ax.text(x + 6.2, 2.2, "before the armistice", va="center", fontsize=7)


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


def who_crossed(counts: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return incidents (left) and people (right) by route, split by who they were.

    Parameters
    ----------
    counts : pandas.DataFrame
        ``route``, ``group``, ``incidents``, ``people``.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=112)
    left, bottom, right, top = fig.body_mm
    start, gap = left + 29, 6
    measures = {"incidents": "Incidents", "people": "People"}
    most = {name: counts.groupby("route")[name].sum().max() for name in measures}
    wide = (right - start - gap) / 2
    for order, (name, words) in enumerate(measures.items()):
        x0 = start + order * (wide + gap)
        ax = style.axes_in(fig, (x0, bottom, x0 + wide, top - 10), label=name)
        table = counts.pivot(index="route", columns="group", values=name)
        _stacked(ax, table, GROUP_LOOK, most[name])
        ax.text(0, 1.0, words, transform=_at_top(ax), fontweight=600, va="bottom")
        if order:
            ax.tick_params(axis="y", labelleft=False)
    names = dict.fromkeys(GROUP_LOOK) | {
        "In uniform": "in uniform", "Mixed group": "mixed group",
        "Civilians": "civilians, officials, fishers, workers", "Not stated": "not stated",
    }  # fmt: skip
    _swatches(fig, (start, top - 4.5, right, top), GROUP_LOOK, names)
    return fig


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
    ax.set_yticks(range(len(ROUTES)), [SHORT[route] for route in ROUTES])
    ax.tick_params(axis="y", length=0, pad=3)
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


def _swatches(
    fig: style.Page,
    box: tuple[float, float, float, float],
    looks: dict[str, dict[str, object]],
    names: dict[str, str],
) -> None:
    """Name the parts of stacked bars in a row."""
    ax = style.axes_in(fig, box, label="key", xlim=(0, box[2] - box[0]), ylim=(0, 4.5))
    ax.set_axis_off()
    x = 0.3
    for part, look in looks.items():
        ax.add_patch(Rectangle((x, 1.0), 4.5, 2.8, linewidth=0.8, **look))
        ax.text(x + 5.7, 2.3, names[part], va="center", fontsize=8)
        x += 11.5 + _width_mm(names[part], 8)


def _width_mm(words: str, points: float) -> float:
    """Return the width of words in the page's font."""
    family = FontProperties(family=style.RC["font.family"], size=points)
    return TextPath((0, 0), words, prop=family).get_extents().width / 72 * 25.4


def shot_at(table: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return how many incidents are known to have seen fire at the crossers, and what share.

    Left, incidents by route and answer; right, the share among the known ones with its interval,
    and on a grey bar the range it could take if every unknown one were a no, or a yes.

    Parameters
    ----------
    table : pandas.DataFrame
        Index ``route`` and ``all``; ``yes``, ``no``, ``unknown``, ``share``, ``low``, ``high``,
        ``least``, ``most``.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=118)
    left, bottom, right, top = fig.body_mm
    start = left + 29
    bars = style.axes_in(fig, (start, bottom + 13, start + 72, top - 11), label="counts")
    routes = table.drop(index="all")
    answers = ["yes", "no", "unknown"]
    _stacked(bars, routes[answers], SHOT_LOOK, routes[answers].sum(axis=1).max())
    bars.text(0, 1, "Incidents", transform=_at_top(bars), fontweight=600, va="bottom")
    names = {
        "yes": "shot at", "no": "no shot, or not at them", "unknown": "the sources do not say",
    }  # fmt: skip
    _swatches(fig, (start, top - 4.5, right, top), SHOT_LOOK, names)
    ax = style.axes_in(fig, (start + 80, bottom + 13, right - 5, top - 11), label="shares")
    ax.text(
        0, 1, "Share in which those who crossed were shot at", transform=_at_top(ax),
        fontweight=600, va="bottom",
    )  # fmt: skip
    for row, route in enumerate(ROUTES):
        _share(ax, row, table.loc[route.value])
    ax.set(xlim=(0, 1), ylim=(len(ROUTES) - 0.5, -0.5), yticks=[])
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.text(
        0, 0, "Dot and line: share of the known, with its 95% interval.\n"
        "Grey: from all unknown being no to all being yes.",
        transform=_beside(ax, 0, -6), fontsize=7, color=style.MUTED, va="top", linespacing=1.05,
    )  # fmt: skip
    return fig


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
    """
    fig = style.page(title, subtitle, source, height_mm=146)
    left, bottom, right, top = fig.body_mm
    start, wide, low = left + 39, 60, bottom + 64
    for order, name in enumerate(("incidents", "people")):
        x0 = start + order * (wide + 8)
        ax = style.axes_in(fig, (x0, low, x0 + wide, top - 5), label=name)
        _plain_bars(ax, routes[name])
        ax.text(0, 1, name.capitalize(), transform=_at_top(ax), fontweight=600, va="bottom")
        if order:
            ax.tick_params(axis="y", labelleft=False)
    strip = style.axes_in(fig, (left, bottom + 4, left + 92, low - 12), label="decades")
    _decades(strip, decades)
    cases = style.axes_in(fig, (left + 99, bottom, right, low - 12), label="cases")
    _cases(cases, jsa)
    return fig


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
    ax.set_yticks(range(len(ROUTES)), [SHORT[route].replace("\n", " ") for route in ROUTES])
    ax.tick_params(axis="y", length=0, pad=3)
    ax.spines["bottom"].set_visible(False)


def _decades(ax: Axes, decades: pd.DataFrame) -> None:
    """Draw a dot an incident by decade, four abreast, those of the JSA lowest and as stars."""
    for place, (_, row) in enumerate(decades.iterrows()):
        count, jsa = int(row["incidents"]), int(row["route_incidents"])
        if row["blind"] > MOSTLY_BLIND:
            style.blind(ax, place - 0.46, place + 0.46, alpha=0.55, gid="blind")
        for index in range(count):
            x, y = place + (index % 4 - 1.5) * 0.18, index // 4 + 0.6
            look = marker(Route.JSA, mm=1.3) if index < jsa else marker(Route.DMZ_LAND, mm=1.7)
            if index >= jsa:
                look |= {"facecolor": style.COLOURS["context"], "edgecolor": style.PAPER}
            ax.scatter([x], [y], **look, gid="jsa" if index < jsa else "other", zorder=3)
        ax.text(
            place, (count + 3) // 4 + 0.55, f"{jsa} of {count}", ha="center", va="bottom",
            fontsize=7.5, fontweight=600 if jsa else 400, gid="share", path_effects=HALO,
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


def _cases(ax: Axes, jsa: pd.DataFrame) -> None:
    """List the incidents in the JSA; northern troops in the subject's colour."""
    ax.set(xlim=(0, 1), ylim=(len(jsa), -0.2))
    ax.set_axis_off()
    ax.text(0, 1, "The JSA's cases", transform=_at_top(ax), fontweight=600, va="bottom")
    for row, case in enumerate(jsa.itertuples()):
        look = marker(Route.JSA, filled=bool(case.kpa), mm=2.2)
        ax.scatter([0.025], [row + 0.45], **look, zorder=3, clip_on=False, gid="case")
        ax.text(
            0.07,
            row + 0.45,
            f"{case.year}  {case.who}",
            va="center",
            fontsize=7.5,
            gid="case-words",
        )

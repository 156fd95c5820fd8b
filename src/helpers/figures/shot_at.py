"""Whether those who crossed were shot at: a square a crossing, by route and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from helpers.figures import idioms, recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import say

if TYPE_CHECKING:
    import pandas as pd

    from helpers.figures.frames import Frames

NOTEBOOK = "02_across_the_line"
HEIGHTS = {"height_mm": 98, "column_body_mm": 90, "slide_mm": 103}
LOOKS = {
    "yes": {"facecolor": style.INK, "edgecolor": style.INK},
    "no": {"facecolor": style.COLOURS["context"], "edgecolor": style.COLOURS["context"]},
    "unknown": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
}
NAMES = {"yes": "shot at", "no": "no shot, or not at them", "unknown": "no source says"}
MOST_MM, GAP_MM = 3.05, 4.2
"""Largest distance of two squares, and least distance of the squares of two routes."""


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a crossing: ``incident_id``, ``year``, ``route``, ``shots``, ``period``."""
    return frames(recipes.crossings)[["incident_id", "year", "route", "shots", "period"]]


def words(crossings: pd.DataFrame) -> Words:
    """Return the words: for how many the sources say nothing, then what is known by period."""
    answers = crossings["shots"].value_counts().reindex(list(LOOKS), fill_value=0)
    named = {
        "span": (crossings["year"].min(), crossings["year"].max()), "all": len(crossings),
        "known": answers["yes"] + answers["no"], **answers,
    }  # fmt: skip
    if answers["unknown"]:
        title = "Whether people were shot at is unknown for {unknown} of {all:crossing/crossings}"
    else:
        title = "In {yes} of {all:crossing/crossings} people were shot at"
    fact = say(
        "The sources say for {known} of {all:crossing/crossings} whether those who crossed were "
        "shot at: {yes} {yes:=was/were}, {no} {no:=was/were} not.",
        **named,
    )
    return Words(
        title=say(title, **named),
        subtitle=say(
            "Direct crossings from North to South by route and period, {span:range}. Warning and "
            "signal shots are not fire at the crossers.",
            **named,
        ),
        source=source_line(
            "Only crossings that were made public; who was shot dead on the way did not arrive and "
            "is not counted"
        ),
        alt=say(
            "Squares by route and period, one per crossing: {yes} shot at, {no} not shot at, "
            "{unknown} unknown.",
            **named,
        )
        + _by_period(crossings),
        fact=fact + _by_period(crossings),
    )


def _by_period(crossings: pd.DataFrame) -> str:
    """Return a sentence a period on the known cases of the JSA and of the land line."""
    known = crossings[crossings["shots"].ne("unknown")]
    sentences = []
    for period, rows in known.groupby("period", sort=False):
        jsa, land = (rows.loc[rows["route"].eq(route), "shots"] for route in ("jsa", "dmz_land"))
        if len(jsa) + len(land):
            sentences.append(
                say(
                    " {period} people were shot at in {hit} of {jsa:known case/known cases} in the "
                    "JSA and {struck} of {land} on the land line.",
                    period=period.capitalize(),
                    jsa=len(jsa),
                    land=len(land),
                    hit=jsa.eq("yes").sum(),
                    struck=land.eq("yes").sum(),
                )
            )
    return "".join(sentences)


def draw(page: style.Page, crossings: pd.DataFrame) -> None:
    """Draw the squares in rows of routes and a column a period; in a column with names above."""
    left, bottom, right, top = page.body_mm
    label = 0 if page.narrow else 29
    keys, head = (10 if page.narrow else 5.5), 6.5
    name_mm = 4.2 if page.narrow else 0
    periods = list(crossings.sort_values("year")["period"].unique())
    wide = (right - left - label - 5 * (len(periods) - 1)) / len(periods)
    ax = style.axes(
        page, top=keys + head, xlim=(0, right - left), label="squares",
        ylim=(top - keys - head - bottom, 0),
    )  # fmt: skip
    ax.set_axis_off()
    cells = {
        key: rows.sort_values(["shots", "year"], key=_order)
        for key, rows in crossings.groupby(["route", "period"])
    }
    step, across, gap = _step(cells, wide, ax.get_ylim()[0], name_mm)
    for column, period in enumerate(periods):
        x = label + column * (wide + 5)
        rows = crossings[crossings["period"].eq(period)]
        counted = say(
            "{period}: {unknown} of {all} unknown", period=period.capitalize(), all=len(rows),
            unknown=rows["shots"].eq("unknown").sum(),
        )  # fmt: skip
        ax.text(x, -2.2, counted, fontweight=600, va="bottom", gid="period")
    y = 0.0
    for route, name in idioms.ROUTES.items():
        colour = style.COLOURS["subject"] if route == "jsa" else style.INK
        text = name.replace("\n", " ") if page.narrow else name
        weight = 600 if route == "jsa" else 400
        lines = max(1, *(-(-len(cells.get((route, period), ())) // across) for period in periods))
        high = lines * step
        if page.narrow:
            ax.text(0, y + 2.1, text, fontsize=8, va="center", color=colour, fontweight=weight)
            y += name_mm
        else:
            ax.text(
                0, y + high / 2, text, fontsize=8, va="center", color=colour, fontweight=weight,
                linespacing=1.0,
            )  # fmt: skip
        for column, period in enumerate(periods):
            x = label + column * (wide + 5)
            for place, shots in enumerate(cells.get((route, period), {"shots": []})["shots"]):
                down, along = divmod(place, across)
                corner = x + along * step, y + down * step + 0.1 * step
                square = Rectangle(corner, 0.8 * step, 0.8 * step, linewidth=0.7, gid=shots)
                ax.add_patch(square).set(**LOOKS[shots])
        y += high + gap
    box = (left + label, top - keys, right, top)
    idioms.key(page, box, [(_swatch(look), NAMES[part]) for part, look in LOOKS.items()])


def _order(values: pd.Series) -> pd.Series:
    return values.map(list(LOOKS).index) if values.name == "shots" else values


def _swatch(look: dict[str, object]) -> object:
    return lambda ax, x, y: ax.add_patch(Rectangle((x + 6, y - 1.5), 3, 3, linewidth=0.7, **look))


def _step(
    cells: dict[tuple[str, str], pd.DataFrame], wide: float, high: float, name_mm: float
) -> tuple[float, int, float]:
    """Return the largest distance of squares at which all fit, how many abreast, and the gap."""
    step = MOST_MM
    while True:
        across = int(wide // step)
        lines = dict.fromkeys(idioms.ROUTES, 1)
        for (route, _), rows in cells.items():
            lines[route] = max(lines[route], -(-len(rows) // across))
        gap = (high - step * sum(lines.values())) / len(lines) - name_mm
        if gap >= GAP_MM - name_mm / 2:
            return step, across, min(gap, 2 * GAP_MM)
        step *= 0.95

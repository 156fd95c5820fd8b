"""Whether those who crossed were shot at: a square a crossing, by route and period."""

import pandas as pd
from matplotlib.patches import Rectangle

from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import say

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

HEAD_MM, BETWEEN_MM = 6.5, 5
"""Height of the heading of a period, and the gap between two periods."""

KNOWN = {
    (
        True,
        True,
    ): "{period} people were shot at in {hit} of {jsa:known case/known cases} in the JSA "
    "and in {struck} of {land} on the land line.",
    (True, False): "{period} people were shot at in {hit} of {jsa:known case/known cases} in the "
    "JSA.",
    (False, True): "{period} people were shot at in {struck} of {land:known case/known cases} on "
    "the land line.",
}
"""Of a period, by whether cases of the JSA and of the land line are known."""

Cells = dict[tuple[str, str], pd.DataFrame]


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a crossing: ``incident_id``, ``year``, ``route``, ``shots``, ``period``."""
    return frames(recipes.crossings)[["incident_id", "year", "route", "shots", "period"]]


def words(crossings: pd.DataFrame) -> Words:
    """Return the words: for how many the sources say nothing, then what is known by period."""
    answers = crossings["shots"].value_counts().reindex(list(LOOKS), fill_value=0)
    named = {
        "span": (crossings["year"].min(), crossings["year"].max()), "all": len(crossings),
        "known": answers["yes"] + answers["no"], "periods": _by_period(crossings), **answers,
    }  # fmt: skip
    title = "In {yes} of {all:crossing/crossings} people were shot at"
    if answers["unknown"]:
        title = "Whether people were shot at is unknown for {unknown} of {all:crossing/crossings}"
    return Words.of(
        named,
        title=title,
        subtitle="Direct crossings from North to South by route and period, {span:range}. Warning "
        "and signal shots are not fire at the crossers.",
        source="Only crossings that were made public; people shot dead on the way did not arrive "
        "and are not counted",
        alt="Squares by route and period, one per crossing: {yes} shot at, {no} not shot at, "
        "{unknown} unknown. {periods}",
        fact="For {known} of {all:crossing/crossings} the sources say whether people were shot at: "
        "in {yes} they were, in {no} they were not. {periods}",
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
                    KNOWN[bool(len(jsa)), bool(len(land))],
                    period=_period(period), jsa=len(jsa), land=len(land),
                    hit=jsa.eq("yes").sum(), struck=land.eq("yes").sum(),
                )
            )  # fmt: skip
    return " ".join(sentences)


def _period(period: str) -> str:
    before, year = period.split()
    return say("Until {year}" if before == "until" else "Since {year}", year=year)


def draw(page: style.Page, crossings: pd.DataFrame) -> None:
    """Draw the squares in rows of routes and a column a period; in a column with names above."""
    label, name_mm = (0, 4.2) if page.narrow else (29, 0)
    square = {"marker": "s", "s": 72, "linewidth": 0.7}
    items = [(idioms.mark(**square, **look), NAMES[part]) for part, look in LOOKS.items()]
    idioms.key(page, items, label)
    ax = style.axes(page, top=HEAD_MM, label="squares")
    width, height = idioms.in_mm(ax)
    cells = {
        key: rows.sort_values(["shots", "year"], key=_order)
        for key, rows in crossings.groupby(["route", "period"])
    }
    periods = list(crossings.sort_values("year")["period"].unique())
    wide = (width - label - BETWEEN_MM * (len(periods) - 1)) / len(periods)
    columns = {period: label + n * (wide + BETWEEN_MM) for n, period in enumerate(periods)}
    step, across, gap = _step(cells, wide, height, name_mm)
    for period, x in columns.items():
        rows = crossings[crossings["period"].eq(period)]
        counted = say(
            "{period}: {unknown} of {all} unknown", period=_period(period), all=len(rows),
            unknown=rows["shots"].eq("unknown").sum(),
        )  # fmt: skip
        ax.text(x, -2.2, counted, fontweight=600, va="bottom", gid="period")
    y = 0.0
    for route, name in idioms.ROUTES.items():
        lines = max(1, *(-(-len(cells.get((route, period), ())) // across) for period in periods))
        look = {"fontsize": 8, "va": "center", "linespacing": 1.0} | idioms.route_look(route)
        if page.narrow:
            ax.text(0, y + 2.1, name.replace("\n", " "), **look)
            y += name_mm
        else:
            ax.text(0, y + lines * step / 2, name, **look)
        for period, x in columns.items():
            for place, shots in enumerate(cells.get((route, period), {"shots": []})["shots"]):
                down, along = divmod(place, across)
                corner = x + along * step, y + down * step + 0.1 * step
                square = Rectangle(corner, 0.8 * step, 0.8 * step, linewidth=0.7, gid=shots)
                ax.add_patch(square).set(**LOOKS[shots])
        y += lines * step + gap


def _order(values: pd.Series) -> pd.Series:
    return values.map(list(LOOKS).index) if values.name == "shots" else values


def _step(cells: Cells, wide: float, high: float, name_mm: float) -> tuple[float, int, float]:
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

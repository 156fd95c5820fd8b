"""How many of the people in each official total of all direct routes the register has."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import doubt
from helpers.data.vocab import OfficialMeasure, OfficialSeries
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import period, say, spread

NOTEBOOK = "06_how_sure"
HEIGHTS = {"height_mm": 158, "column_body_mm": 150, "slide_mm": 118}
LONG = pd.Timedelta(days=366)
"""A total of a longer period than this spans several years."""
OF = "The register has {register} of the {official} people counted for {when:period}."
NAMED = 3
"""How many shorter periods are named."""

OUTLINE = {"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 0.8}
DASHED = OUTLINE | {"linestyle": (0, (2, 2))}
FILLED = {"facecolor": style.COLOURS["context"], "linewidth": 0}
RANGE = {"color": style.INK, "linewidth": 1.2}
LEFT_MM, RIGHT_MM, GAP_MM = 42, 20, 8
"""Room for the names of totals and for their numbers, and the gap between two panels."""


def table(frames: Frames) -> pd.DataFrame:
    """Return the totals of people by all routes, as :func:`doubt.against_official` has them."""
    rows = frames(recipes.compared)
    every = rows["measure"].eq(OfficialMeasure.DIRECT_ALL) & rows["unit"].eq("people")
    return rows[every].reset_index(drop=True)


def words(totals: pd.DataFrame) -> Words:
    """Return the words: the first total of several years, and those that came later."""
    known = totals[totals["bound"].eq("") & totals["official"].gt(0)]
    long = known[(known["last_day"] - known["first_day"]).gt(LONG) & known["outer"]]
    early = long.sort_values("last_day").head(1)
    later = known[known["first_day"].gt(early["last_day"].max())]
    gap = known.nsmallest(1, "difference")
    most = -gap["difference"].sum()
    if not len(known):
        title = "No official total of all routes gives a number"
    elif early["found"].min() < later["found"].min():
        title = "The register has {share:%} of people counted to {until}, more since {since}"
    else:
        title = "No official total of all routes exceeds the register"
        if most > 0:
            title = "Official totals have up to {most:person/people} more than the register"
    named = {
        "n": len(totals), "most": most,
        "share": early["found"].min(), "until": early["last_day"].dt.year.max(),
        "since": later["first_day"].dt.year.min(),
        "gap": " ".join(_each("The widest gap is {register} of {official} ({name}).", gap)),
    }  # fmt: skip
    facts = (_found(early, later, long) or _each(OF, gap)) + _uncovered(totals)
    return Words.of(
        named | {"facts": " ".join(facts)},
        title=title,
        subtitle="People who came directly from North to South by any route, by office and period; "
        "a period inside a longer one of the same release is indented",
        source="Official totals as the press published them; crossings that a total helped to "
        "judge are left out",
        alt="{n:official total/official totals} of people by all routes, a row each: an outline "
        "for the official number, a filled bar for the register. {gap}",
        fact="{facts}" if facts else f"{title}.",
    )


def _found(early: pd.DataFrame, later: pd.DataFrame, long: pd.DataFrame) -> list[str]:
    """Return the sentences on what the register has, early, later, and in single years."""
    said = _each(OF, early)
    several = later[later.index.isin(long.index)]
    if not len(several):
        return said
    least, most = several["found"].min(), several["found"].max()
    said.append(
        say(
            "It has {ends:%range} of the people in the {n:total/totals} of several years since "
            "{since}.",
            n=len(several), ends=(least, most), since=several["first_day"].dt.year.min(),
        )
    )  # fmt: skip
    below = later[later["found"].lt(least) & ~later.index.isin(several.index)]
    if len(below):
        lowest = below.nsmallest(NAMED, "found").sort_values("first_day")
        template = "It has less in {n:shorter period/shorter periods}: {years:list}."
        if len(below) > NAMED:
            template = "It has less in {n} shorter periods; the lowest shares are {years:list}."
        years = _each("{register} of {official} ({when:period})", lowest)
        said.append(say(template, n=len(below), years=years))
    return said


def _uncovered(totals: pd.DataFrame) -> list[str]:
    """Return the sentence on years between the totals that none of them covers."""
    spans = doubt.covered(totals).sort_values("first_year")
    ends = zip(spans["last_year"][:-1] + 1, spans["first_year"][1:] - 1, strict=True)
    gaps = [spread(*years) for years in ends]
    return [say("No total of all routes was found for {gaps:list}.", gaps=gaps)] if gaps else []


def _each(template: str, rows: pd.DataFrame) -> list[str]:
    return [
        say(
            template, register=row.register, official=row.official,
            name=OfficialSeries(row.series).label, when=(row.first_day, row.last_day),
        )
        for row in rows.itertuples()
    ]  # fmt: skip


KEY = [
    (idioms.swatch(**OUTLINE), "official total"),
    (idioms.swatch(**FILLED), "register"),
    (idioms.stroke(**RANGE), "register, stricter to wider"),
    (idioms.swatch(**DASHED), "only an upper bound was said"),
]


def draw(page: style.Page, totals: pd.DataFrame) -> None:
    """Draw the totals in one panel; on a slide in two, cut between two releases."""
    idioms.key(page, KEY)
    order = {name: place for place, name in enumerate(OfficialSeries.values())}
    rows = totals.assign(place=totals["series"].astype(str).map(order))
    rows = rows.sort_values(["place", "outer", "first_day"], ascending=[True, False, True])
    panels = _halves(rows) if page.slide else [rows]
    deep = max(len(panel) + panel["series"].nunique() for panel in panels)
    most = max(1.02 * rows[["official", "most"]].max(axis=None), 1)
    left, bottom, right, top = page.body_mm
    step = (right - left + GAP_MM) / len(panels)
    for number, panel in enumerate(panels):
        x = left + number * step
        box = (x + LEFT_MM, bottom + 5, x + step - GAP_MM - RIGHT_MM, top - 4)
        ax = style.axes_in(page, box, label="totals")
        idioms.value_axis(ax, most, deep, ticks=4)
        _rows(ax, panel)


def _halves(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the releases in two parts of about as many lines."""
    lines = rows.groupby("place").size().add(1).cumsum()
    first = lines.index[(lines - lines.max() / 2).abs().argmin()]
    parts = rows[rows["place"].le(first)], rows[rows["place"].gt(first)]
    return [part for part in parts if len(part)]


def _rows(ax: Axes, rows: pd.DataFrame) -> None:
    y, last = 0, None
    for row in rows.itertuples():
        if row.series != last:
            idioms.row_name(ax, y, OfficialSeries(row.series).label, LEFT_MM, fontweight=600)
            y, last = y + 1, row.series
        indent, high = (2, 0.62) if row.outer else (5, 0.46)
        idioms.row_name(ax, y, period(row.first_day, row.last_day), LEFT_MM - indent)
        look = DASHED if row.bound == "up to" else OUTLINE
        idioms.bar(ax, 0, y, row.official, high, gid="official", **look)
        idioms.bar(ax, 0, y, row.register, high * 0.62, gid="register", **FILLED)
        if row.least < row.most:
            ax.plot([row.least, row.most], [y, y], gid="range", **RANGE)
        text = (
            "{register} of up to {official}" if row.bound == "up to" else "{register} of {official}"
        )
        text = say(text, register=row.register, official=row.official)
        idioms.words(ax, max(row.official, row.most), y, text, fontsize=8.1)
        y += 1

"""How many of the people in each official total of all direct routes the register has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.patches import Rectangle

from helpers.analysis import doubt
from helpers.data.vocab import OfficialMeasure, OfficialSeries
from helpers.figures import idioms, recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import period, say, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "06_how_sure"
HEIGHTS = {"height_mm": 158, "column_body_mm": 150, "slide_mm": 118}
SERIES = {series.value: series.label for series in OfficialSeries}
LONG = pd.Timedelta(days=366)
"""A total of a longer period than this spans several years."""
OF = "Of the people of {when:period} the register has {register} of {official}."
NAMED = 3
"""How many shorter periods are named."""

OUTLINE = {"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 0.8}
FILLED = {"facecolor": style.COLOURS["context"], "linewidth": 0}


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
    named = {
        "n": len(totals), "ends": (known["found"].min(), known["found"].max()),
        "share": early["found"].min(), "until": early["last_day"].dt.year.max(),
        "since": later["first_day"].dt.year.min(),
    }  # fmt: skip
    if not len(known):
        title = "No official total of all routes gives a number"
    elif named["share"] < later["found"].min():
        title = "The register has {share:%} of people counted to {until}, more since {since}"
    else:
        title = "The register has {ends:%range} of the people in official totals"
    gap = known.loc[[known["difference"].idxmin()]] if len(known) else known
    return Words(
        title=say(title, **named),
        subtitle="People who came directly from North to South by any route, by office and period; "
        "a period inside a longer one of the same release is indented",
        source=source_line("Official totals as the press published them"),
        alt=" ".join(
            [
                say(
                    "{n:official total/official totals} of people by all routes, a row each: an "
                    "outline for the official number, a filled bar for the register.",
                    **named,
                ),
                *_each("The widest gap is that of {name}: {register} of {official}.", gap),
            ]
        ),
        fact=" ".join([*(_found(early, later, long) or _each(OF, gap)), *_uncovered(totals)])
        or say(f"{title}.", **named),
    )


def _found(early: pd.DataFrame, later: pd.DataFrame, long: pd.DataFrame) -> list[str]:
    """Return the sentences on what the register has, early, later, and in single years."""
    said = _each(OF, early)
    several = later[later.index.isin(long.index)]
    if not len(several):
        return said
    named = {
        "n": len(several), "ends": (several["found"].min(), several["found"].max()),
        "since": several["first_day"].dt.year.min(),
    }  # fmt: skip
    said.append(
        say(
            "In the {n:total/totals} of several years since {since} it has {ends:%range} of them.",
            **named,
        )
    )
    below = later[later["found"].lt(several["found"].min()) & ~later.index.isin(several.index)]
    if len(below):
        lowest = below.nsmallest(NAMED, "found").sort_values("first_day")
        years = _each("{register} of {official} ({when:period})", lowest)
        template = "In {n:shorter period/shorter periods} it has less: {years:list}."
        if len(below) > NAMED:
            template = "In {n} shorter periods it has less, least of all {years:list}."
        said.append(say(template, n=len(below), years=years))
    return said


def _uncovered(totals: pd.DataFrame) -> list[str]:
    """Return the sentence on years between the totals that none of them covers."""
    spans = doubt.covered(totals).sort_values("first_year")
    ends = list(zip(spans["last_year"][:-1] + 1, spans["first_year"][1:] - 1, strict=True))
    if not ends:
        return []
    gaps = [spread(*years) for years in ends]
    return [say("No total of all routes was found for {gaps:list}.", gaps=gaps)]


def _each(template: str, rows: pd.DataFrame) -> list[str]:
    """Return the template filled with each total."""
    return [
        say(
            template, register=row.register, official=row.official, name=SERIES[str(row.series)],
            when=(row.first_day, row.last_day),
        )
        for row in rows.itertuples()
    ]  # fmt: skip


# Drawing ----------------------------------------------------------------------------------------

KEY = [
    (lambda ax, x, y: _box(ax, x, y, 8, 2.6, OUTLINE), "official total"),
    (lambda ax, x, y: _box(ax, x, y, 8, 2.6, FILLED), "register"),
    (
        lambda ax, x, y: ax.plot([x, x + 8], [y, y], color=style.INK, linewidth=1.2),
        "register, stricter to wider",
    ),
    (
        lambda ax, x, y: _box(ax, x, y, 8, 2.6, OUTLINE | {"linestyle": (0, (2, 2))}),
        "only an upper bound was said",
    ),
]


def draw(page: style.Page, totals: pd.DataFrame) -> None:
    """Draw the totals in one panel; on a slide in two, cut between two releases."""
    left, bottom, right, top = page.body_mm
    high = idioms.KEY_ROW_MM * (2 if page.narrow else 1)
    idioms.key(page, (left, top - high, right, top), KEY, 8.1)
    order = {name: place for place, name in enumerate(SERIES)}
    rows = totals.assign(place=totals["series"].astype(str).map(order))
    rows = rows.sort_values(["place", "outer", "first_day"], ascending=[True, False, True])
    panels = _halves(rows) if page.slide else [rows]
    deep = max(len(panel) + panel["series"].nunique() for panel in panels)
    most = rows[["official", "most"]].max(axis=None)
    gap = 8
    wide = (right - left + gap) / len(panels) - gap
    for number, panel in enumerate(panels):
        x = left + number * (wide + gap)
        box = (x + 42, bottom + 5, x + wide - 20, top - high - 4)
        ax = style.axes_in(page, box, label="totals")
        idioms.value_axis(ax, max(1.02 * most, 1), deep, ticks=4)
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
            _name(ax, y, SERIES[str(row.series)], 42, weight=600)
            y, last = y + 1, row.series
        _name(ax, y, period(row.first_day, row.last_day), 40 if row.outer else 37)
        high = 0.62 if row.outer else 0.46
        dashed = {"linestyle": (0, (2, 2))} if row.bound == "up to" else {}
        _box(ax, 0, y, row.official, high, OUTLINE | dashed, "official")
        _box(ax, 0, y, row.register, high * 0.62, FILLED, "register")
        if row.least < row.most:
            ax.plot([row.least, row.most], [y, y], color=style.INK, linewidth=1.2, gid="range")
        text = f"{row.register} of {row.bound} {row.official}".replace("  ", " ")
        idioms.words(ax, max(row.official, row.most), y, text, fontsize=8.1)
        y += 1


def _name(ax: Axes, y: float, text: str, left_mm: float, weight: int = 400) -> None:
    ax.text(
        0, y, text, fontsize=8.1, fontweight=weight, va="center",
        transform=style.offset(ax, -left_mm, base=ax.get_yaxis_transform()),
    )  # fmt: skip


def _box(
    ax: Axes, x: float, y: float, wide: float, high: float, look: dict, gid: str = "key"
) -> None:
    ax.add_patch(Rectangle((x, y - high / 2), wide, high, gid=gid, **look))

"""How often the direct routes were crossed in the years with a reliable record."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from helpers.analysis import context
from helpers.data.vocab import Route
from helpers.figures import idioms, recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import number, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "04_in_context"
HEIGHTS = {"height_mm": 112, "column_body_mm": 112, "slide_mm": 106}
LIMIT = "Only crossings that were made public; intervals do not cover what was kept quiet"
SUBTITLE = (
    "Crossings from North to South a year, by route, with exact 95% intervals (Garwood), and how "
    "many in how many years"
)
ALT = "Crossings a year {span:when} by route, with 95% intervals: {routes:list}."
BOTH = {Route.JSA.value, Route.DMZ_LAND.value}
BASES = {
    "clear": "{span[0]} to {span[1]}, no documented gap in the record",
    "all": "{span[0]} to {span[1]}, gaps in the record included",
    "checked": "{span[0]} to {span[1]}, counted by an office too",
}
"""The spans of years that are drawn, in order, and what is known of them."""


def table(frames: Frames) -> pd.DataFrame:
    """Return :func:`context.rates`: a row a route and span of years."""
    return frames(recipes.rates)


def words(rates: pd.DataFrame) -> Words:
    """Return the words: the land line beside the JSA, and how far chance could move that."""
    clear = rates[rates["basis"].eq(rates["basis"].iloc[0])].set_index("route")
    if not set(clear.index) >= BOTH:
        return _other_routes(clear)
    jsa, land = clear.loc[Route.JSA.value], clear.loc[Route.DMZ_LAND.value]
    named = {
        "span": (int(jsa["first_year"]), int(jsa["last_year"])), "since": int(jsa["first_year"]),
        "jsa": int(jsa["incidents"]), "land": int(land["incidents"]),
        "jsa_rate": f"{jsa['rate']:.2f}", "land_rate": f"{land['rate']:.2f}",
        "jsa_ends": (f"{jsa['low']:.2f}", f"{jsa['high']:.2f}"),
        "land_ends": (f"{land['low']:.2f}", f"{land['high']:.2f}"),
        "routes": _listed(clear),
    }  # fmt: skip
    fact = (
        "The JSA saw {jsa:crossing/crossings} {span:when}, {jsa_rate} a year (95% interval "
        "{jsa_ends:range}), and the land line outside it {land:n}, {land_rate} a year "
        "({land_ends:range})."
    )
    fact = say(fact, **named) + ratio(named["land"], named["jsa"])
    checked = rates[rates["basis"].eq("checked")].set_index("route")
    if set(checked.index) >= BOTH:
        fact += say(
            " An office counted too {span:when}: in this time the JSA saw {jsa:n}, the land line "
            "{land:n}.",
            span=(int(checked["first_year"].iloc[0]), int(checked["last_year"].iloc[0])),
            jsa=checked.loc[Route.JSA.value, "incidents"],
            land=checked.loc[Route.DMZ_LAND.value, "incidents"],
        )
    return Words(
        title=say(
            "The land line has seen {land:crossing/crossings} since {since}, the JSA {jsa:n}",
            **named,
        ),
        subtitle=SUBTITLE,
        source=source_line(LIMIT),
        alt=say(ALT, **named),
        fact=fact,
    )


def _other_routes(clear: pd.DataFrame) -> Words:
    """Return the words of a table without the JSA or the land line: no two to set side by side."""
    named = {
        "span": (int(clear["first_year"].iloc[0]), int(clear["last_year"].iloc[0])),
        "all": int(clear["incidents"].sum()), "n": len(clear), "routes": _listed(clear),
    }  # fmt: skip
    title = "{all:crossing/crossings} went by {n:route/routes} {span:when}"
    fact = say("Crossings a year {span:when}, with their intervals: {routes:list}.", **named)
    return Words(say(title, **named), SUBTITLE, source_line(LIMIT), say(ALT, **named), fact)


def _listed(clear: pd.DataFrame) -> list[str]:
    return [
        f"{Route(route).label} {row['rate']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        for route, row in clear.iterrows()
    ]


def ratio(land: int, jsa: int) -> str:
    """Return how many times as many crossings the land line saw as the JSA, with interval."""
    value, *ends = context.times(land, jsa)
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return " The JSA saw none, so no ratio can be given."
    low, high = (
        number(end, 0 if end >= 10 else 1) if end < math.inf else "no limit" for end in ends
    )
    return say(
        " The land line saw {value:n1} times as many crossings as the JSA (95% interval {low} to "
        "{high}).",
        value=value, low=low, high=high,
    )  # fmt: skip


def draw(page: style.Page, rates: pd.DataFrame) -> None:
    """Draw a value with its interval a route and span of years, routes one below the other."""
    left, bottom, right, top = page.body_mm
    shown = {name: said for name, said in BASES.items() if rates["basis"].eq(name).any()}
    key = 5 * (len(shown) if page.narrow else 1)
    ax = style.axes_in(
        page, (left + (0.5 if page.narrow else 33), bottom + 6, right - 26, top - key - 3),
        label="rates",
    )  # fmt: skip
    routes = list(dict.fromkeys(rates["route"]))
    idioms.value_axis(ax, rates["high"].max() * 1.04, len(routes), ticks=7)
    for row, route in enumerate(routes):
        own = rates[rates["route"].eq(route)].set_index("basis")
        _name(ax, row, Route(route), page.narrow)
        for place, basis in enumerate(shown):
            if basis not in own.index:
                continue
            y = row + (0.02 if page.narrow else -0.14) + 0.3 * place
            _rate(ax, y, own.loc[basis], strong=place == 0, jsa=route == Route.JSA)
    spans = rates.drop_duplicates("basis").set_index("basis")
    items = []
    for basis, said in shown.items():
        text = said.format(span=spans.loc[basis, ["first_year", "last_year"]].astype(int).tolist())
        items.append((partial(_key_mark, basis == next(iter(shown))), text))
    idioms.key(page, (left, top - key, right, top), items)


def _name(ax: Axes, row: int, route: Route, above: bool) -> None:
    colour = style.COLOURS["subject"] if route is Route.JSA else style.INK
    look = {"color": colour, "fontweight": 600 if route is Route.JSA else 400, "gid": "route"}
    if above:
        idioms.words(ax, 0, row - 0.3, idioms.ROUTES[route].replace("\n", " "), mm=0, **look)
    else:
        idioms.words(ax, 0, row, idioms.ROUTES[route], "left", 2.5, linespacing=1.05, **look)


def _rate(ax: Axes, y: float, row: pd.Series, strong: bool, jsa: bool) -> None:
    dark = style.COLOURS["subject"] if jsa else style.INK if strong else style.MUTED
    idioms.interval(
        ax, y, [row["low"], row["high"]], row["rate"], dark, row.name, filled=strong, strong=strong
    )
    said = say("{n:n} in {years:n} years", n=row["incidents"], years=row["years"])
    idioms.words(ax, row["high"], y, said, fontsize=8, color=style.INK if strong else style.MUTED)


def _key_mark(strong: bool, ax: Axes, x: float, y: float) -> None:
    idioms.interval(
        ax, y, [x + 2, x + 10], x + 6, style.INK if strong else style.MUTED, "key",
        filled=strong, strong=strong,
    )  # fmt: skip

"""How often the direct routes were crossed in the years with a reliable record."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.data.vocab import Route
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.sentences.context import ratio_ends
from helpers.words import say

NOTEBOOK = "04_in_context"
WHOLE = True
HEIGHTS = {"height_mm": 112, "column_body_mm": 112, "slide_mm": 110}
JSA, LAND = Route.JSA.value, Route.DMZ_LAND.value
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
    checked = rates[rates["basis"].eq("checked")].set_index("route")
    first, last = clear["first_year"].iloc[0], clear["last_year"].iloc[0]
    named = {
        "span": (first, last), "since": first, "n": len(clear), "all": clear["incidents"].sum(),
        "routes": [
            say(
                "{route} {row.rate:n2} ({row.low:n2} to {row.high:n2})", route=Route(name).label,
                row=row,
            )
            for name, row in clear.iterrows()
        ],
    }  # fmt: skip
    title = "{all:crossing/crossings} went by {n:route/routes} {span:when}"
    fact = "{span:When} the rates a year, with their intervals, were: {routes:list}."
    if {JSA, LAND} <= set(clear.index):
        for name, route in (("jsa", JSA), ("land", LAND)):
            row = clear.loc[route]
            named |= {name: row["incidents"], f"{name}_rate": row}
        title = "The land line has seen {land:crossing/crossings} since {since}, the JSA {jsa:n}"
        fact = (
            "{span:When} the JSA saw {jsa:crossing/crossings}, {jsa_rate.rate:n2} a year (95% "
            "interval {jsa_rate.low:n2} to {jsa_rate.high:n2}). The land line outside it saw "
            "{land:n}, {land_rate.rate:n2} a year ({land_rate.low:n2} to {land_rate.high:n2})."
        )
        if named["jsa"]:
            named |= ratio_ends(named["land"], named["jsa"])
            fact += " That is {times:n1} times as many (95% interval {low} to {high})."
        elif named["land"]:
            fact += " The JSA saw none, so no ratio can be given."
    if {JSA, LAND} <= set(checked.index):
        named["years"] = checked[["first_year", "last_year"]].iloc[0].tolist()
        named |= {"our": checked.at[JSA, "incidents"], "their": checked.at[LAND, "incidents"]}
        fact += (
            " {years:When}, when an office counted too, the JSA saw {our:n} and the land line "
            "{their:n}."
        )
    return Words.of(
        named,
        title=title,
        subtitle="Crossings from North to South a year, by route, with exact 95% intervals "
        "(Garwood); at the right, crossings and years",
        source="Only crossings that were made public; intervals do not cover what was kept quiet",
        alt="Crossings a year {span:when} by route, with 95% intervals: {routes:list}.",
        fact=fact,
    )


def draw(page: style.Page, rates: pd.DataFrame) -> None:
    """Draw a value with its interval a route and span of years, routes one below the other."""
    spans = rates.drop_duplicates("basis").set_index("basis")[["first_year", "last_year"]]
    shown = [basis for basis in BASES if basis in spans.index]
    items = []
    for place, basis in enumerate(shown):
        text = say(BASES[basis], span=spans.loc[basis].tolist())
        items.append((_key_mark(strong=not place), text))
    idioms.key(page, items)
    left = 0.5 if page.narrow else 33
    ax = style.axes(page, left=left, bottom=6, right=26, top=3, label="rates")
    routes = list(dict.fromkeys(rates["route"]))
    idioms.value_axis(ax, rates["high"].max() * 1.04, len(routes), ticks=7)
    for row, route in enumerate(routes):
        own = rates[rates["route"].eq(route)].set_index("basis")
        look = idioms.route_look(route) | {"gid": "route", "linespacing": 1.05}
        if page.narrow:
            name = idioms.ROUTES[route].replace("\n", " ")
            idioms.words(ax, 0, row - 0.3, name, mm=0, **look)
        else:
            idioms.words(ax, 0, row, idioms.ROUTES[route], "left", 2.5, **look)
        for place, basis in enumerate(shown):
            if basis in own.index:
                y = row + (0.02 if page.narrow else -0.14) + 0.3 * place
                _rate(ax, y, own.loc[basis], strong=place == 0, jsa=route == JSA)


def _rate(ax: Axes, y: float, row: pd.Series, strong: bool, jsa: bool) -> None:
    dark = style.INK if strong else style.MUTED
    colour = style.COLOURS["subject"] if jsa else dark
    idioms.interval(ax, y, [row["low"], row["high"]], row["rate"], colour, row.name, strong)
    said = say("{n:n} in {years:n} years", n=row["incidents"], years=row["years"])
    idioms.words(ax, row["high"], y, said, color=dark)


def _key_mark(strong: bool) -> idioms.Mark:
    look = {"colour": style.INK if strong else style.MUTED, "gid": "key", "filled": strong}
    return (lambda ax, x, y: idioms.interval(ax, y, [x, x + 7], x + 3.5, **look)), 9

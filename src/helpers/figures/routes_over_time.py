"""When each route out of the North was in use, beside dated events that bear on the routes."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.data.vocab import BorderEventKind
from helpers.figures import Frames, Words, idioms, style

NOTEBOOK = "03_through_china"
ROW_MM, NAMES_MM = 5.2, 62.0
AXIS_MM, HEAD_MM = 5.0, 7.0
SOFT = 1.0
"""Years by which an end that is "about" fades out."""


def HEIGHTS(_: style.Size, routes: pd.DataFrame, events: pd.DataFrame) -> dict[str, float]:  # noqa: N802
    """Return heights for a row a route and a row a kind of event."""
    rows = len(routes) + events["kind"].nunique()
    return {
        "height_mm": 44 + ROW_MM * rows,
        "column_body_mm": 26 + 1.7 * ROW_MM * rows,
        "slide_mm": 135,
    }


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the routes with published years, and the events.

    Routes: ``name``, ``kind``, ``first``, ``last`` (years; missing where no end is published),
    ``about`` (True where the years are rough), by first year. Events: ``year``, ``kind`` (label).
    """
    routes = frames["routes"]
    dated = routes[routes["period_first"].notna()]
    shown = pd.DataFrame({
        "name": dated["name"], "kind": dated["kind"].astype(str),
        "first": dated["period_first"].astype(int), "last": dated["period_last"].astype("Int64"),
        "about": dated["period_about"].astype(str).eq("yes"),
    })  # fmt: skip
    border = frames["border_events"]
    events = pd.DataFrame({
        "year": border["date"].astype(str).str[:4].astype(int),
        "kind": border["kind"].astype(str).map(BorderEventKind.labels()),
    })  # fmt: skip
    return shown.sort_values(["first", "last"], ignore_index=True), events


def words(routes: pd.DataFrame, events: pd.DataFrame) -> Words:
    """Return the words: by when half of the routes had ended, and which have no published end."""
    ended, going = routes["last"].dropna().sort_values(), routes[routes["last"].isna()]
    half = -(-len(routes) // 2)
    named = {
        "n": len(routes), "open": len(going), "names": list(going["name"]), "ended": len(ended),
        "first": routes["first"].min(), "year": ended.iloc[half - 1] if len(ended) >= half else 0,
        "by": int((ended <= ended.iloc[half - 1]).sum()) if len(ended) >= half else 0,
        "events": len(events),
    }  # fmt: skip
    title = "{open} of {n} dated routes from the North {open:=has/have} no published end"
    if named["by"]:
        title = "{by} of {n} dated routes from the North ended by {year}"
    fact = f"{title}."
    if len(going):
        fact += " {open:route has/routes have} no published end: {names:items}."
    return Words.of(
        named,
        title=title,
        subtitle="Years in which sources say that a route was mainly used, and dated events at the "
        "borders, in laws and in transit countries",
        source="Routes without published years are left out",
        alt="A bar for each of {n:route/routes} from its first to its last year, the earliest from "
        "{first}; {open} {open:=has/have} an open end. Dots below them show {events:event/events} "
        "with a date, a row for each kind.",
        fact=fact,
    )


def draw(page: style.Page, routes: pd.DataFrame, events: pd.DataFrame) -> None:
    """Draw a bar a route, and under the bars on the same years a row of dots a kind of event."""
    colour = style.COLOURS["china"]
    idioms.key(page, [
        (idioms.swatch(facecolor=colour), "in use"),
        (idioms.swatch(facecolor=colour, alpha=0.35), "start or end roughly known"),
    ])  # fmt: skip
    kinds = [kind for kind in BorderEventKind.labels().values() if kind in set(events["kind"])]
    left, bottom, right, top = page.body_mm
    high = (top - bottom - AXIS_MM - HEAD_MM) / (len(routes) + len(kinds))
    fold = top - high * len(routes)
    names = 0 if page.narrow else NAMES_MM
    upper = style.axes_in(page, (left + names, fold, right - 4, top), label="routes")
    lower = style.axes_in(
        page, (left + names, bottom + AXIS_MM, right - 4, fold - HEAD_MM), label="events"
    )
    named = pd.concat([events["year"], routes["first"], routes["last"]]).dropna().astype(int)
    end = named.max()
    years = named.min() - 1, end + 2
    for y, route in enumerate(routes.itertuples()):
        _bar(upper, y, route, end, colour)
        _name(upper, y, route.name, years[0])
    for y, kind in enumerate(kinds):
        own = events.loc[events["kind"].eq(kind), "year"].value_counts()
        lower.scatter(own.index, [y] * len(own), s=16 * own, facecolor=style.INK, linewidth=0,
                      gid="events")  # fmt: skip
        _name(lower, y, kind, years[0])
    for ax, rows in ((upper, len(routes)), (lower, len(kinds))):
        ax.set(xlim=years, ylim=(rows - 0.4, -0.9 if page.narrow else -0.6), yticks=[])
        idioms.bare(ax, "x")
        ax.spines[["left", "bottom"]].set_visible(False)
        idioms.year_ticks(ax, [end, *range(end - end % 5, years[0], -5)])
    upper.tick_params(labelbottom=False)
    idioms.heading(lower, "Dated events by kind", -names)


def _bar(ax: Axes, y: float, route: tuple, end: int, colour: str) -> None:
    last = end + 1 if pd.isna(route.last) else int(route.last) + 1
    soft = SOFT if route.about else 0
    inner = route.first + soft, last - (0 if pd.isna(route.last) else soft)
    look = {"facecolor": colour, "linewidth": 0}
    if inner[1] > inner[0]:
        idioms.bar(ax, inner[0], y, inner[1] - inner[0], 0.5, gid="route", **look)
    for start, stop in ((route.first, inner[0]), (inner[1], last)):
        if stop > start:
            idioms.bar(ax, start, y, stop - start, 0.5, alpha=0.35, gid="about", **look)
    if pd.isna(route.last):
        idioms.arrow(ax, last, y, (9, 0), color=colour)


def _name(ax: Axes, y: float, name: str, first: int) -> None:
    if ax.figure.narrow:
        ax.text(first, y - 0.32, name, fontsize=idioms.small(ax), va="bottom", gid="name",
                path_effects=style.HALO)  # fmt: skip
    else:
        idioms.row_name(ax, y, name, NAMES_MM, gid="name", fontsize=idioms.small(ax))

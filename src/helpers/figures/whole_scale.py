"""All arrivals in the South, those who came directly, and those who came through the JSA."""

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import context, register
from helpers.data.vocab import Route
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.sentences.register import by_route
from helpers.words import say

NOTEBOOK = "04_in_context"
WHOLE = True
HEIGHTS = {"height_mm": 182, "column_body_mm": 190, "slide_mm": 119}

ORANGE, GREY = style.COLOURS["subject"], style.COLOURS["context"]
A_SQUARE = 10
"""People that one square of the first step stands for."""

STAR_MM = 9.5
"""From star to star in the third step, where there is room."""

NAMES = {
    "jsa": "JSA", "dmz_land": "Land line", "han_estuary": "Han estuary",
    "yellow_sea": "Yellow Sea", "east_sea": "East Sea", "air": "Air",
    "missing": "Only in official counts",
}  # fmt: skip


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return people by ``group`` (:func:`context.scale`), and who crossed but is no arrival.

    The second frame has a row a crossing of the JSA, and one a crossing elsewhere by people who
    are not known as citizens of the North: ``incident_id``, ``route``, ``people``, ``citizen``.
    """
    rows = frames(recipes.watched)
    rows = rows.assign(citizen=register.citizen(rows), route=rows["route"].astype(str))
    kept = rows["route"].eq(Route.JSA.value) | rows["citizen"].ne(context.NORTHERN)
    return frames(recipes.scale), rows.loc[kept, ["incident_id", "route", "people", "citizen"]]


def words(scale: pd.DataFrame, people: pd.DataFrame) -> Words:
    """Return the words: how many of all came directly, and how many of these through the JSA."""
    count = scale.set_index("group")["people"]
    jsa, elsewhere = _stars(people), people[people["route"].ne(Route.JSA.value)]
    named = {
        "all": count["arrivals"], "direct": count["direct"], "jsa": count["jsa"],
        "last": scale["last_year"].iloc[0], "more": count["missing"],
        "share": count["direct"] / count["arrivals"], "squares": _squares_of(count["direct"]),
        "most": (count["direct"] + count["missing"]) / count["arrivals"],
        "least": count["direct"] + count["missing"],
        "foreign": jsa[context.FOREIGN], "unstated": jsa[context.UNSTATED],
        "stars": sum(jsa.values()), "cases": _cases(people), "a_square": A_SQUARE,
        "elsewhere": elsewhere["people"].sum(),
        "routes": by_route(count[[r.value for r in Route if r.value in count.index]]),
    }  # fmt: skip
    title = "Of {all:n} arrivals, {jsa:n} {jsa:=is/are} known to have come through the JSA"
    if not named["jsa"]:
        title = "Of {all:n} arrivals, none is known to have come through the JSA"
    fact = ["The register records that {direct:n} of {all:n} arrivals to the end of {last} came "
            "directly from the North ({share:%}), {jsa:n} of them through the JSA."]  # fmt: skip
    if named["more"]:
        fact += ["With official counts at least {least:n} did ({most:%})."]
    if named["foreign"]:
        fact += ["{foreign:foreigner/foreigners} also crossed the JSA; foreigners do not count as "
                 "arrivals."]  # fmt: skip
    if named["unstated"]:
        fact += ["The nationality of {unstated:person/people} who crossed the JSA is mixed or not "
            "stated; none of them is counted among the arrivals."]  # fmt: skip
    if named["elsewhere"]:
        fact += ["{elsewhere:person/people} of foreign or unstated nationality came by other "
                 "routes and {elsewhere:=is/are} in no step."]  # fmt: skip
    return Words.of(
        named,
        title=title,
        subtitle="People from the armistice to the end of {last}. Each step enlarges a part of the "
        "one before: black squares are black dots, orange dots are filled stars.",
        source="Arrivals: Ministry of Unification. Direct: crossings that were made public",
        alt="3 steps. {all:n} arrivals are squares of {a_square} people, {squares:n} of them "
        "black: {direct:n} who came directly. These are dots by route, {routes:list}; open dots "
        "are {more:n} in official counts only. The last step has {stars:star/stars} for the people "
        "in {cases:crossing/crossings} of the JSA, {jsa:n} of them filled.",
        fact=" ".join(fact),
    )


def draw(page: style.Page, scale: pd.DataFrame, people: pd.DataFrame) -> None:
    """Draw the three steps: all arrivals, those who came directly, those of the JSA."""
    count = scale.set_index("group")["people"]
    first, second, third = _steps(page)
    _squares(style.axes_in(page, first, label="arrivals"), count)
    _dots(
        style.axes_in(page, second, label="direct"),
        count,
        rows=2 if page.narrow or page.slide else 1,
    )
    _stars_drawn(style.axes_in(page, third, label="jsa"), people, below=page.slide)


def _steps(page: style.Page) -> tuple[idioms.Box, ...]:
    left, bottom, right, top = page.body_mm
    if page.slide:
        middle = left + 96
        return (
            (left, bottom + 6, middle, top - 5),
            (middle + 9, bottom + 28, right, top - 9),
            (middle + 9, bottom, right, bottom + 17),
        )
    if page.narrow:
        return (
            (left, top - 91, right, top - 5),
            (left, bottom + 25, right, top - 107),
            (left, bottom, right, bottom + 17),
        )
    first, second = top - 84, top - 84 - 42
    return (
        (left, first + 2, right, top - 5),
        (left, second + 1, right, first - 12.5),
        (left, bottom, right, second - 9),
    )


def _squares_of(people: int) -> int:
    return int(np.ceil(people / A_SQUARE))


def _cases(people: pd.DataFrame) -> int:
    return int(people["route"].eq(Route.JSA.value).sum())


def _stars(people: pd.DataFrame) -> dict[str, int]:
    jsa = people[people["route"].eq(Route.JSA.value)].groupby("citizen")["people"].sum()
    return {
        kind: int(jsa.get(kind, 0))
        for kind in (context.NORTHERN, context.FOREIGN, context.UNSTATED)
    }


def _lines(
    ax: Axes, x: float, y: float, lines: Sequence[str], points: float, **look: object
) -> None:
    """Write lines down from ``y`` on axes in mm, evenly and on the same base line anywhere."""
    for place, line in enumerate(lines):
        ax.text(x, y + points * (0.27 + 0.45 * place), line, fontsize=points, **look)


def _heading(ax: Axes, bold: str, plain: str, below: bool = False) -> None:
    """Write the heading of a step: bold words, and its unit on the right or below them."""
    for text, x, up, look in (
        (bold, 0, 5.0 if below else 1.2, {"fontsize": 9, "fontweight": 600, "gid": "step"}),
        (plain, 0 if below else 1, 1.2, {"fontsize": 8, "color": style.MUTED, "gid": "unit"}),
    ):
        ax.text(
            x, 1, text, transform=style.offset(ax, 0, up, ax.transAxes), va="bottom",
            ha="right" if x else "left", **look,
        )  # fmt: skip


def _squares(ax: Axes, count: pd.Series) -> None:
    """Draw a square for every ten arrivals, the direct ones last and black."""
    wide, high = style.size_mm(ax)
    whole, direct = _squares_of(count["arrivals"]), _squares_of(count["direct"])
    least = max(40, int(np.ceil(np.sqrt(whole * wide / high))))
    # So many side by side that the black ones lie in one row, if that can be.
    across = next(
        (a for a in range(least, least + 40) if (whole - 1) % a + 1 >= min(direct, a)), least
    )
    place = np.arange(whole)
    x, y = place % across, place // across
    late = place >= whole - direct
    for mask, colour, gid in ((~late, GREY, "arrivals"), (late, style.INK, "direct")):
        ax.scatter(
            x[mask], y[mask], s=(0.74 * wide / across / 25.4 * 72) ** 2, marker="s", color=colour,
            linewidth=0, gid=gid,
        )  # fmt: skip
    last = int(y[-1])
    ax.set(xlim=(-0.5, across - 0.5), ylim=(across * high / wide - 0.5, -0.5))
    ax.set_axis_off()
    _heading(
        ax,
        say("{n:arrival/arrivals} in the South", n=count["arrivals"]),
        say("1 square = {n} people", n=A_SQUARE),
    )
    # The words end where the squares end, unless that leaves them too little room.
    end = x[-1] + 0.5
    far = end > 0.8 * across
    ax.text(
        end if far else -0.5, last + 0.5,
        say("{n:n} of them known to have come directly", n=count["direct"]),
        fontsize=8, va="top", ha="right" if far else "left", fontweight=600,
        gid="direct-words", transform=style.offset(ax, 0, -1.2),
    )  # fmt: skip


class Group(NamedTuple):
    """People of one route, or only in official counts, as dots with two lines of words below."""

    name: str
    people: int
    wide: float


def _groups(count: pd.Series, unit: int, high: int, cell: float) -> list[Group]:
    named = [name for name in NAMES if count.get(name, 0) or name != "missing"]
    return [
        Group(
            name, int(count[name]),
            max(cell * np.ceil(count[name] / unit / high), style.width_mm(NAMES[name], 8)),
        )
        for name in named
    ]  # fmt: skip


def _flow(groups: list[Group], width: float, gap: float) -> list[list[Group]]:
    rows: list[list[Group]] = [[]]
    for group in groups:
        if rows[-1] and fsum(g.wide + gap for g in rows[-1]) + group.wide > width:
            rows.append([])
        rows[-1].append(group)
    return rows


def _dots(ax: Axes, count: pd.Series, rows: int) -> None:
    """Draw a dot for everyone who came directly, by route; open dots for official counts."""
    width, height = idioms.in_mm(ax)
    cell = (2.85, 1.72) if rows == 1 else (2.1, 2.1)
    high = int((height / rows - 8.4) / cell[1])
    unit, found = 1, []
    # A dot stands for one person as long as there is room for all.
    for unit in (1, 2, 5, 10, 20, 50, 100, 1000):
        found = _flow(_groups(count, unit, high, cell[0]), width - 1, 3.5)
        if len(found) <= rows:
            break
    said = say("1 dot = {n:person/people}; open: not in the register", n=unit)
    _heading(
        ax, say("{n:person/people} who came directly", n=count["direct"]),
        said, below=rows > 1,
    )  # fmt: skip
    for place, row in enumerate(found):
        free = width - 1 - fsum(group.wide for group in row)
        gap, x = min(free / max(len(row) - 1, 1), 16.0), 0.5
        for group in row:
            _people(ax, group, (x, 0.8 + place * height / rows), unit, high, cell)
            x += group.wide + gap


def _people(
    ax: Axes, group: Group, corner: tuple[float, float], unit: int, high: int,
    cell: tuple[float, float],
) -> None:  # fmt: skip
    """Draw one group of people down and right of a corner, and its words below."""
    place = np.arange(int(np.ceil(group.people / unit)))
    jsa, missing = group.name == Route.JSA.value, group.name == "missing"
    colour = ORANGE if jsa else style.INK
    look = {"s": 17, "color": colour, "linewidth": 0}
    if missing:
        look = {"s": 14, "facecolor": "none", "edgecolor": style.MUTED, "linewidth": 0.7}
    ax.scatter(
        corner[0] + 0.8 + cell[0] * (place // high), corner[1] + cell[1] * (place % high),
        gid=group.name, **look,
    )  # fmt: skip
    _lines(
        ax, corner[0], corner[1] + cell[1] * high + 0.6,
        [NAMES[group.name], say("{n:n}", n=group.people)], 8, gid="route-words",
        fontweight=600 if jsa else 400,
        color=ORANGE if jsa else style.MUTED if missing else style.INK,
    )  # fmt: skip


def _stars_drawn(ax: Axes, people: pd.DataFrame, below: bool) -> None:
    """Draw those who came through the JSA as stars, filled if they are arrivals."""
    width, _ = idioms.in_mm(ax)
    kinds = {kind: number for kind, number in _stars(people).items() if number}
    said = {
        context.NORTHERN: ["{n:n} of the North:", "among the arrivals"],
        context.FOREIGN: ["{n:foreigner/foreigners}:", "no arrivals"],
        context.UNSTATED: ["{n:n} of unstated nationality:", "not among the arrivals"],
    }
    total, cases = sum(kinds.values()), _cases(people)
    _heading(
        ax, say("{n:person/people} in {cases:crossing/crossings} of the Joint Security Area",
                n=total, cases=cases), "1 star = 1 person", below=below,
    )  # fmt: skip
    apart = min(STAR_MM, (width - 8) / max(total, 1))
    said = {kind: [say(line, n=number) for line in said[kind]] for kind, number in kinds.items()}
    wide = {kind: max(style.width_mm(line, 8) for line in said[kind]) + 4 for kind in kinds}
    x, free = 4.5, 0.0
    for kind, number in kinds.items():
        look = idioms.star(kind, mm=4.4 * apart / STAR_MM) | {"gid": kind}
        ax.scatter(x + apart * np.arange(number), [4.8] * number, **look)
        # Below their first star, or as far left of it as those behind need.
        after = fsum(list(wide.values())[list(wide).index(kind) :])
        start = max(free, min(x - 3.7, width + 4 - after))
        _lines(ax, start, 9.6, said[kind], 8, gid="star-words")
        x, free = x + apart * number, start + wide[kind]

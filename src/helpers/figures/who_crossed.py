"""Who crossed to the South by which route, in crossings and in people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle

from helpers.analysis import register
from helpers.figures import idioms, recipes, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "02_across_the_line"
HEIGHTS = {"height_mm": 112, "column_body_mm": 122, "slide_mm": 104}
LOOKS = {
    "In uniform": {"facecolor": style.MUTED, "edgecolor": style.PAPER},
    "Mixed group": {"facecolor": style.COLOURS["context"], "edgecolor": style.PAPER},
    "Civilians": {"facecolor": style.FAINT, "edgecolor": style.MUTED},
    "Not stated": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
}
NAMES = {
    "In uniform": "in uniform",
    "Mixed group": "mixed group",
    "Civilians": "civilians, officials, fishers, workers",
    "Not stated": "not stated",
}


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a crossing: ``incident_id``, ``year``, ``route``, ``people``, ``group``."""
    return frames(recipes.crossings)[["incident_id", "year", "route", "people", "group"]]


def words(crossings: pd.DataFrame) -> Words:
    """Return the words: who came by land and who by water."""
    known = crossings[crossings["group"].ne("Not stated")]
    land = known[known["route"].isin([str(route) for route in register.LAND])]
    on_water = crossings["route"].isin([str(route) for route in register.WATER])
    water = known[on_water[known.index]]
    named = {
        "span": (crossings["year"].min(), crossings["year"].max()),
        "all": len(crossings), "people": crossings["people"].sum(),
        "land": len(land), "soldiers": land["group"].eq("In uniform").sum(),
        "water": len(water), "civilians": water["group"].eq("Civilians").sum(),
        "boats": on_water.sum(), "aboard": crossings.loc[on_water, "people"].sum(),
    }  # fmt: skip
    by_land = 2 * named["soldiers"] > len(land)
    by_water = 2 * named["civilians"] > len(water)
    if by_land and by_water:
        title = "By land, mostly people in uniform crossed; by water, mostly civilians"
    elif by_land:
        title = "By land, {soldiers} of {land:known crossing was/known crossings were} in uniform"
    elif by_water:
        title = "By water, {civilians} of {water:known crossing was/known crossings were} civilian"
    else:
        title = "{all:crossing/crossings} brought {people:person/people} to the South {span:when}"
    parts = [
        say("{name} {n}", n=n, name=NAMES[group].partition(",")[0])
        for group, n in crossings["group"].value_counts().reindex(list(LOOKS)).dropna().items()
    ]
    boats = say(
        "{boats:crossing/crossings} by water brought {aboard} of {people:person/people}.", **named
    )
    by_group = say(
        "By land, the JSA included, {soldiers} of the {land:crossing/crossings} whose people are "
        "known {soldiers:=was/were} by people in uniform; by water {civilians} of {water} "
        "{civilians:=was/were} by civilians. ",
        **named,
    )
    return Words(
        title=say(title, **named),
        subtitle=say(
            "Direct crossings from North to South by route, {span:range}. In uniform: soldiers, "
            "officers, aircrew, guards. Mixed: both in one group.",
            **named,
        ),
        source=source_line("Only crossings that were made public"),
        alt=say("Bars by route, split by who crossed. Crossings: {parts:list}. ", parts=parts)
        + boats,
        fact=by_group + boats,
    )


def draw(page: style.Page, crossings: pd.DataFrame) -> None:
    """Draw crossings on the left (in a column above), people on the right (below)."""
    left, bottom, right, top = page.body_mm
    label = 28 if page.narrow else 29
    keys = 10 if page.narrow else 5.5
    half = (right - left - label - 6) / 2
    middle = (top - keys + bottom) / 2
    places = {
        "Crossings": {
            "full": (label, 0, half + 6, keys + 6),
            "column": (label, middle - bottom + 1, 0, keys + 6),
        },
        "People": {
            "full": (label + half + 6, 0, 0, keys + 6),
            "column": (label, 0, 0, top - middle + 6),
        },
    }
    order = list(idioms.ROUTES)
    ones = crossings.assign(Crossings=1, People=crossings["people"])
    for name, place in places.items():
        counts = ones.pivot_table(index="route", columns="group", values=name, aggfunc="sum")
        counts = counts.reindex(index=order, columns=list(LOOKS)).fillna(0).astype(int)
        ax = idioms.panel(page, name, **place)
        _bars(ax, counts)
        idioms.heading(ax, name)
        if name == "People" and not page.narrow:
            ax.tick_params(axis="y", labelleft=False)
    box = (left + (0 if page.narrow else label), top - keys, right, top)
    idioms.key(page, box, [(_swatch(look), NAMES[group]) for group, look in LOOKS.items()])


def _swatch(look: dict[str, object]) -> object:
    return lambda ax, x, y: ax.add_patch(Rectangle((x + 3.5, y - 1.5), 6, 3, linewidth=0.8, **look))


def _bars(ax: Axes, counts: pd.DataFrame) -> None:
    """Draw a stacked bar a route; its parts and the whole have their number."""
    most = counts.sum(axis=1).max()
    for row, (_, values) in enumerate(counts.iterrows()):
        start, thin_before = 0, False
        for part, value in values[values > 0].items():
            ax.barh(row, value, left=start, height=0.6, linewidth=0.8, gid=part, **LOOKS[part])
            thin = value / most < (0.03 if value < 10 else 0.05)
            if not thin:
                ink = style.PAPER if part == "In uniform" else style.INK
                ax.text(
                    start + value / 2, row, f"{value}", ha="center", va="center",
                    fontsize=max(7.5, idioms.small(ax)), gid="number", color=ink,
                )  # fmt: skip
            elif value < values.sum() and not thin_before:
                # A part too thin for its number has it above.
                ax.text(
                    start + value / 2, row - 0.32, f"{value}", ha="center", va="bottom",
                    fontsize=idioms.small(ax), gid="number", color=style.MUTED,
                )  # fmt: skip
            thin_before = thin
            start += value
        ax.text(
            start, row, f"{start}", va="center", fontsize=8, fontweight=600, gid="total",
            transform=style.offset(ax, 1.0, 0),
        )  # fmt: skip
    ax.set(xlim=(0, most * 1.09), ylim=(len(counts) - 0.5, -0.6), xticks=[])
    idioms.route_ticks(ax)
    ax.spines["bottom"].set_visible(False)

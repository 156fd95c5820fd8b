"""Who crossed to the South by which route, in crossings and in people."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import register
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.languages import tr
from helpers.words import say

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
PARTS = {
    "In uniform": "{n} by people in uniform",
    "Mixed group": "{n} by mixed groups",
    "Civilians": "{n} by civilians",
    "Not stated": "{n} by people not described",
}
LABEL_MM = 29


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a crossing: ``incident_id``, ``year``, ``route``, ``people``, ``group``."""
    return frames(recipes.crossings)[["incident_id", "year", "route", "people", "group"]]


def words(crossings: pd.DataFrame) -> Words:
    """Return the words: who came by land and who by water."""
    known = crossings[crossings["group"].ne("Not stated")]
    land = known[known["route"].isin([str(route) for route in register.LAND])]
    on_water = crossings["route"].isin([str(route) for route in register.WATER])
    water = known[on_water[known.index]]
    counts = crossings["group"].value_counts().reindex(list(LOOKS)).dropna().astype(int)
    named = {
        "span": (crossings["year"].min(), crossings["year"].max()),
        "all": len(crossings), "people": crossings["people"].sum(),
        "land": len(land), "soldiers": land["group"].eq("In uniform").sum(),
        "water": len(water), "civilians": water["group"].eq("Civilians").sum(),
        "boats": on_water.sum(), "aboard": crossings.loc[on_water, "people"].sum(),
        "parts": [say(PARTS[group], n=n) for group, n in counts.items()],
    }  # fmt: skip
    by_land = 2 * named["soldiers"] > len(land)
    by_water = 2 * named["civilians"] > len(water)
    if by_land and by_water:
        title = "People in uniform made most crossings by land, civilians most by water"
    elif by_land:
        title = "People in uniform made {soldiers} of {land:crossing/crossings} by land"
    elif by_water:
        title = "Civilians made {civilians} of {water:crossing/crossings} by water"
    else:
        title = "{all:crossing/crossings} brought {people:person/people} to the South {span:when}"
    boats = "{boats:crossing/crossings} by water brought {aboard} of {people:person/people}."
    return Words.of(
        named,
        title=title,
        subtitle="Direct crossings from North to South by route, {span:range}. In uniform: "
        "soldiers, officers, aircrew, guards; mixed: people in uniform and civilians.",
        source="Only crossings that were made public",
        alt="Bars by route, split by who crossed: {parts:list}. " + boats,
        fact="People in uniform made {soldiers} of the {land:crossing/crossings} by land, the JSA "
        "included, whose people are known; civilians made {civilians} of {water} by water. "
        + boats,
    )


def draw(page: style.Page, crossings: pd.DataFrame) -> None:
    """Draw crossings on the left (in a column above), people on the right (below)."""
    inset = 0 if page.narrow else LABEL_MM
    items = [(idioms.swatch(linewidth=0.8, **look), NAMES[part]) for part, look in LOOKS.items()]
    idioms.key(page, items, inset)
    left, bottom, right, top = page.body_mm
    middle, half = (top + bottom) / 2, (right - left - LABEL_MM - 6) / 2
    boxes = [(left + LABEL_MM, bottom, right - half - 6, top - 6),
             (right - half, bottom, right, top - 6)]  # fmt: skip
    if page.narrow:
        boxes = [(left + LABEL_MM, middle + 1, right, top - 6),
                 (left + LABEL_MM, bottom, right, middle - 6)]  # fmt: skip
    ones = crossings.assign(Crossings=1, People=crossings["people"])
    for name, box in zip(("Crossings", "People"), boxes, strict=True):
        counts = ones.pivot_table(index="route", columns="group", values=name, aggfunc="sum")
        counts = counts.reindex(index=list(idioms.ROUTES), columns=list(LOOKS)).fillna(0)
        ax = style.axes_in(page, box, label=name)
        _bars(ax, counts.astype(int))
        idioms.heading(ax, name)
        if name == "People" and not page.narrow:
            ax.tick_params(axis="y", labelleft=False)


def _bars(ax: Axes, counts: pd.DataFrame) -> None:
    """Draw a stacked bar a route; its parts and the whole have their number."""
    most = counts.sum(axis=1).max()
    for row, (_, values) in enumerate(counts.iterrows()):
        start, thin_before = 0, False
        for part, value in values[values > 0].items():
            ax.barh(row, value, left=start, height=0.6, linewidth=0.8, gid=part, **LOOKS[part])
            look = {"ha": "center", "gid": "number", "fontsize": 7.5}
            thin = value / most < (0.03 if value < 10 else 0.05)
            if not thin:
                ink = style.PAPER if part == "In uniform" else style.INK
                ax.text(start + value / 2, row, f"{value}", va="center", color=ink, **look)
            elif value < values.sum() and not thin_before:
                # A part too thin for its number has it above.
                look |= {"fontsize": 7, "color": style.MUTED}
                ax.text(start + value / 2, row - 0.32, f"{value}", va="bottom", **look)
            thin_before = thin
            start += value
        idioms.words(ax, start, row, f"{start}", mm=1, fontweight=600, gid="total")
    ax.set(xlim=(0, most * 1.09), ylim=(len(counts) - 0.5, -0.6), xticks=[])
    ax.set_yticks(range(len(counts)), map(tr, idioms.ROUTES.values()))
    ax.tick_params(axis="y", length=0, pad=3)
    ax.get_yticklabels()[0].set(**idioms.route_look("jsa"))
    ax.spines["bottom"].set_visible(False)

"""In which months people crossed directly from North to South, by land, water and air."""

from math import fsum

import pandas as pd
from babel.dates import get_month_names
from scipy.stats import chisquare

from helpers.analysis.register import WATER
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.languages import locale

NOTEBOOK = "02_across_the_line"
WHOLE = True
HEIGHTS = {"height_mm": 84, "column_body_mm": 66, "slide_mm": 103}
LOOKS = {
    "land": {"facecolor": style.COLOURS["line"], "edgecolor": style.INK, "linewidth": 0.6},
    "water": {"facecolor": style.COLOURS["sea"], "edgecolor": style.INK, "linewidth": 0.6},
    "air": {"facecolor": style.COLOURS["air"], "edgecolor": style.INK, "linewidth": 0.6},
}
NAMES = {"land": "by land", "water": "by water", "air": "by air"}
DAYS = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
RARE = (
    " If crossings were spread evenly over the year, chance would make months as uneven as these "
    "in fewer than 1 in 1,000 cases."
)
CHANCE = (
    " If crossings were spread evenly over the year, chance would make months as uneven as these "
    "in {chance:%1} of cases."
)
LEAST_EXPECTED = 5
"""A chi-squared test needs so many crossings a month to be expected (Cochran 1954)."""


def table(frames: Frames) -> pd.DataFrame:
    """Return the crossings dated to a month or day, a row a month: ``land``, ``water``, ``air``."""
    south = frames(recipes.south)
    dated = south[south["date_precision"].isin(["day", "month"])]
    route = dated["route"].astype(str)
    way = route.where(route.eq("air"), route.isin(WATER).map({True: "water", False: "land"}))
    counts = pd.crosstab(dated["date"].dt.month.rename("month"), way)
    months = pd.RangeIndex(1, 13, name="month")
    full = counts.reindex(index=months, columns=list(LOOKS), fill_value=0)
    return full.rename_axis(columns=None) if len(dated) else full.iloc[:0]


def busiest(counts: pd.Series) -> tuple[int, int, int]:
    """Return the shortest run of months with more than half of all: first, last month, count.

    The run may go over the end of the year; of runs of one length the fullest, then the earliest.
    """
    twice = [*counts, *counts]
    for length in range(1, 13):
        sums = [sum(twice[start : start + length]) for start in range(12)]
        if 2 * max(sums) > counts.sum():
            start = sums.index(max(sums))
            return start + 1, (start + length - 1) % 12 + 1, max(sums)
    raise ValueError("no crossing is dated to a month")


def words(months: pd.DataFrame) -> Words:
    """Return the words: the shortest run of months that holds more than half of the crossings."""
    counts = months.sum(axis=1).reindex(range(1, 13), fill_value=0)
    month_name = get_month_names("wide", locale=locale())
    first, last, within = busiest(counts)
    expected = [counts.sum() * days / fsum(DAYS) for days in DAYS]
    named = {
        "all": counts.sum(), "within": within, "first": month_name[first],
        "last": month_name[last], "chance": chisquare(counts, expected).pvalue,
        "most": counts.max(),
        "top": [month_name[month] for month in counts.index[counts.eq(counts.max())]],
    }  # fmt: skip
    title = "{within} of {all:dated crossing/dated crossings} fell from {first} to {last}"
    if first == last:
        title = "{within} of {all:dated crossing/dated crossings} fell in {first}"
    fact = title + "."
    if min(expected) >= LEAST_EXPECTED:
        fact += RARE if named["chance"] < 0.001 else CHANCE
    return Words.of(
        named,
        title=title,
        subtitle="Known direct crossings from North to South by month and route, all years",
        source="Crossings dated to the year alone are left out",
        alt="Stacked bars for the 12 months, by land, water and air. {top:list} had the most, "
        f"{{most:crossing/crossings}}. {title}.",
        fact=fact,
    )


def draw(page: style.Page, months: pd.DataFrame) -> None:
    """Draw a stacked bar a month with its number."""
    present = [way for way in LOOKS if months[way].any()]
    idioms.key(page, [(idioms.swatch(**LOOKS[way]), NAMES[way]) for way in present])
    ax = style.axes(page, left=1, right=1, bottom=5, top=4, label="months")
    base = pd.Series(0, index=months.index)
    for way in present:
        shown = months[way].where(months[way].gt(0))
        ax.bar(months.index, shown, bottom=base, width=0.74, gid=way, **LOOKS[way])
        base = base + months[way]
    for month, count in base.items():
        idioms.words(ax, month, count, str(count), "above", 0.8, ha="center")
    short = get_month_names("abbreviated", locale=locale())
    ax.set_xticks(months.index, [short[month] for month in months.index])
    ax.set(xlim=(0.4, 12.6), yticks=[])
    ax.tick_params(axis="x", length=0)
    ax.spines["left"].set_visible(False)

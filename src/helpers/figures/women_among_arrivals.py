"""Share of women and girls among arrivals in the South, period by period."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.sentences.arrivals import during
from helpers.words import percent, say

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 98, "column_body_mm": 76, "slide_mm": 108}

DIP = 0.1
"""A fall of the share by less than this is not named."""

AREA_PT2 = 0.055
"""Area of a dot in square points, for each person."""

LETTER_MM = 1.5
"""Width of a letter of a name, at most."""

LOOK = {"facecolor": style.COLOURS["china"], "edgecolor": style.PAPER, "linewidth": 0.6}


def table(frames: Frames) -> pd.DataFrame:
    """Return the periods counted by sex of :func:`helpers.analysis.arrivals.with_running_year`."""
    periods, _ = frames(recipes.arrival_periods)
    return periods.dropna(subset="women_share").reset_index(drop=True)


def dip(periods: pd.DataFrame) -> int | None:
    """Return the row where the share stands furthest below an earlier one, if it came back."""
    share = periods["women_share"]
    fall = share.cummax() - share
    lowest = int(fall.idxmax())
    back = share.iloc[lowest:].max() - share[lowest]
    return lowest if min(fall[lowest], back) >= DIP else None


def words(periods: pd.DataFrame) -> Words:
    """Return the words: the first share, the last, and the dip between them."""
    first, last, low = periods.iloc[0], periods.iloc[-1], dip(periods)
    named = {
        "first": first["women_share"], "start": during(first), "last": last["women_share"],
        "end": during(last), "count": len(periods),
    }  # fmt: skip
    if len(periods) == 1:
        title = "{first:%} of arrivals {start} were women and girls"
        fact = "{first:%} of those who arrived {start} were women and girls."
    else:
        title = "The share of women among arrivals fell from {first:%} to {last:%}"
        if last["women_share"] > first["women_share"]:
            title = "The share of women among arrivals rose from {first:%} to {last:%}"
        if percent(named["first"]) == percent(named["last"]):
            title = "Women were {first:%} of arrivals at the start and at the end"
        fact = (
            "Women and girls were {first:%} of those who arrived {start} and {last:%} of those who "
            "arrived {end}."
        )
    if low is not None:
        row = periods.loc[low]
        named |= {"dip": row["women_share"], "when": during(row), "people": row["people"]}
        fact += " In between the share fell to {dip:%} {when}, when {people:person/people} arrived."
    return Words.of(
        named,
        title=title,
        subtitle="Women and girls among North Koreans who arrived in the South, percent, by period "
        "of arrival",
        source="Arrivals as the Ministry of Unification counts them, by year",
        alt=fact + " Each of {count:period/periods} has a dot, larger for more people, on a scale "
        "from 0 to 100%.",
        fact=fact,
    )


def draw(page: style.Page, periods: pd.DataFrame) -> None:
    """Draw a dot a period, its area its people, and name the first, the last and the dip."""
    most = periods["people"].max()
    sizes = [size for size in (100, 1000, 2500) if size <= most] or [int(most)]
    items = [
        (idioms.mark(s=AREA_PT2 * size + 4, **LOOK), say("{size:person/people}", size=size))
        for size in sizes
    ]
    idioms.key(page, items)
    ax = style.axes(page, left=11, bottom=6, right=9, top=3, label="share")
    line = {"color": style.COLOURS["china"], "linewidth": 1.0, "zorder": 2}
    long = periods["years"].gt(1)
    middle = periods["last_year"] - (periods["years"].clip(lower=1) - 1) / 2
    share = periods["women_share"]
    ends = (periods["first_year"].astype(float) - 0.5)[long], (periods["last_year"] + 0.5)[long]
    ax.plot(middle, share, gid="line", **line)
    ax.hlines(share[long], *ends, **line)
    areas = AREA_PT2 * periods["people"] + 4
    ax.scatter(middle, share, s=areas, gid="share", zorder=3, clip_on=False, **LOOK)
    ax.axhline(0.5, color=style.MUTED, linewidth=0.8, zorder=1)
    ax.set(xlim=(middle.min() - 1.5, middle.max() + 1), ylim=(0, 1))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    idioms.bare(ax)
    low, last = dip(periods), len(periods) - 1
    _name(ax, float(middle[0]), periods.loc[0], "right")
    if last:
        _name(ax, float(middle[last]), periods.loc[last], "above", periods.assign(middle=middle))
    if low is not None:
        _name(ax, float(middle[low]), periods.loc[low], "below")
    end = int(periods["last_year"].max())
    marked = [int(periods.loc[low, "last_year"])] if low is not None else []
    idioms.year_ticks(ax, [end, *marked, *range(end - end % 5, int(middle.min()) - 1, -5)], 10)


def _name(ax: Axes, x: float, row: pd.Series, side: str, others: pd.DataFrame = None) -> None:
    """Name a dot; above it, the words also clear those of the ``others`` that they pass over."""
    radius = ((AREA_PT2 * row["people"] + 4) / 3.14) ** 0.5 * 25.4 / 72 + 1.2
    when = during(row).removeprefix("in ").removeprefix("the ")
    text = say("{share:%}, {when}", share=row["women_share"], when=when)
    look = {"fontweight": 600, "gid": "named"}
    if side == "above":
        # The last dot stands at the edge of the page.
        reach = len(text) * LETTER_MM * np.ptp(ax.get_xlim()) / style.size_mm(ax)[0]
        y = others.loc[others["middle"].gt(x - reach), "women_share"].max()
        ax.text(x, y, text, fontsize=8, ha="right", va="bottom", zorder=4,
                path_effects=style.HALO, transform=style.offset(ax, 8, radius), **look)  # fmt: skip
    else:
        align = "left" if side == "right" else "center"
        idioms.words(ax, x, row["women_share"], text, side, radius, ha=align, **look)

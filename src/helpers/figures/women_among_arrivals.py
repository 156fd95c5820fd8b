"""Share of women and girls among arrivals in the South, period by period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.analysis import arrivals
from helpers.figures import idioms, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.sentences.arrivals import during
from helpers.words import percent, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 98, "column_body_mm": 76, "slide_mm": 108}

DIP = 0.1
"""A fall of the share by less than this is not named."""

AREA_PT2 = 0.055
"""Area of a dot in square points, for each person."""


def table(frames: Frames) -> pd.DataFrame:
    """Return the periods counted by sex of :func:`helpers.analysis.arrivals.with_running_year`."""
    pieces = arrivals.parts(frames["arrivals_quarterly"])
    periods = arrivals.with_running_year(arrivals.official(frames["arrivals_annual"]), pieces)
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
        "end": during(last), "count": len(periods), "most": periods["women_share"].max(),
    }  # fmt: skip
    ends = percent(named["first"]), percent(named["last"])
    if len(periods) == 1:
        title = "{first:%} of arrivals {start} were women and girls"
        fact = "{first:%} of those who arrived {start} were women and girls."
    else:
        rose = last["women_share"] - first["women_share"]
        title = "The share of women among arrivals {verb} from {first:%} to {last:%}"
        if ends[0] == ends[1]:
            title = "Women were {first:%} of arrivals both at first and at last"
        named["verb"] = "rose" if rose > 0 else "fell"
        fact = (
            "Women and girls were {first:%} of those who arrived {start} and {last:%} of those who "
            "arrived {end}."
        )
    if low is not None:
        named |= {"dip": periods.loc[low, "women_share"], "when": during(periods.loc[low]),
                  "people": periods.loc[low, "people"]}  # fmt: skip
        fact += " In between the share fell to {dip:%} {when}, when {people:person/people} arrived."
    alt = fact + " A dot for each of {count:period/periods}, larger for more people, 0 to 100%."
    return Words(
        title=say(title, **named),
        subtitle="Women and girls among North Koreans who arrived in the South, percent, by period "
        "of arrival",
        source=source_line("Arrivals as the Ministry of Unification counts them, by year"),
        alt=say(alt, **named),
        fact=say(fact, **named),
    )


def draw(page: style.Page, periods: pd.DataFrame) -> None:
    """Draw a dot a period, its area its people, and name the first, the last and the dip."""
    left, bottom, right, top = page.body_mm
    idioms.key(page, (left, top - 6, right, top), _key(periods))
    ax = style.axes_in(page, (left + 11, bottom + 6, right - 9, top - 9), label="share")
    colour = style.COLOURS["china"]
    long = periods["years"].gt(1)
    middle = periods["last_year"] - (periods["years"].clip(lower=1) - 1) / 2
    share = periods["women_share"]
    ax.plot(middle, share, color=colour, linewidth=1.0, zorder=2, gid="line")
    ax.hlines(share[long], periods["first_year"][long].astype(float) - 0.5,
              periods["last_year"][long] + 0.5, color=colour, linewidth=1.0, zorder=2)  # fmt: skip
    ax.scatter(middle, share, s=AREA_PT2 * periods["people"] + 4, facecolor=colour, gid="share",
               edgecolor=style.PAPER, linewidth=0.6, zorder=3, clip_on=False)  # fmt: skip
    ax.axhline(0.5, color=style.MUTED, linewidth=0.8, zorder=1)
    ax.set(xlim=(middle.min() - 1.5, middle.max() + 1), ylim=(0, 1))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    low = dip(periods)
    last = len(periods) - 1
    _name(ax, float(middle[0]), periods.loc[0], "right")
    if last:
        _name(ax, float(middle[last]), periods.loc[last], "above")
    if low is not None:
        _name(ax, float(middle[low]), periods.loc[low], "below")
    end = int(periods["last_year"].max())
    marked = [int(periods.loc[low, "last_year"])] if low is not None else []
    idioms.year_ticks(ax, [end, *marked, *range(end - end % 5, int(middle.min()) - 1, -5)], 10)


def _name(ax: Axes, x: float, row: pd.Series, where: str) -> None:
    """Write a share and its period beside the dot."""
    radius = ((AREA_PT2 * row["people"] + 4) / 3.14) ** 0.5 * 25.4 / 72 + 1.2
    across, up, align, base = {
        "right": (radius, 0, "left", "center"), "above": (0, radius, "center", "bottom"),
        "below": (0, -radius, "center", "top"),
    }[where]  # fmt: skip
    when = during(row).removeprefix("in ").removeprefix("the ")
    if where == "above":
        # The last dot stands at the edge of the page.
        across, align = 8, "right"
    ax.text(x, row["women_share"], f"{percent(row['women_share'])}, {when}", fontsize=8,
            fontweight=600, ha=align, va=base, zorder=4, gid="named",
            path_effects=style.HALO, transform=style.offset(ax, across, up))  # fmt: skip


def _key(periods: pd.DataFrame) -> list[idioms.Item]:
    """Return dots of round numbers of people that the page has about."""
    most = periods["people"].max()
    sizes = [size for size in (100, 1000, 2500) if size <= most] or [int(most)]
    return [
        (
            lambda ax, x, y, size=size: ax.scatter(
                [x + 5], [y], s=AREA_PT2 * size + 4, facecolor=style.COLOURS["china"],
                edgecolor=style.PAPER, linewidth=0.6,
            ),
            say("{size:person/people}", size=size),
        )
        for size in sizes
    ]  # fmt: skip

"""Charts of arrivals by year and quarter, counts on the way, prices, and stays in China."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import cycle
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from helpers import style
from helpers.vocab import CostLeg, Currency, RoutePlace

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WOMEN = {"facecolor": style.COLOURS["china"], "edgecolor": style.PAPER}
MEN = {"facecolor": style.COLOURS["context"], "edgecolor": style.PAPER}
NO_SPLIT = {"facecolor": style.PAPER, "edgecolor": style.MUTED}
FIRST_YEAR = 1994.4
"""Left end of the years: the finer early counts begin in 1995."""

NAMED_FROM = 2020
"""From this year on every bar has its number: they are too low to be read off the axis."""


@dataclass(frozen=True)
class YearsLook:
    """How words stand over the years, in millimetres but for the names.

    Attributes
    ----------
    room, gap, step : float
        Above the highest bars; from a bar to the line of an event; from level to level of events.
    levels : tuple of int
        Level of each event, from above.
    late : tuple of bool
        Whether the words of each event stand to the left of its line.
    mean : float
        Width that the words at the several years break at.
    key : tuple
        Year and people where the names of the colours stand, and what parts their words.
    turned : int
        Degrees that the numbers of the bars are turned.
    peak_year : float, optional
        Where the words of the peak begin; without it they stand over the peak.
    """

    room: float
    gap: float
    step: float
    levels: tuple[int, ...]
    late: tuple[bool, ...]
    mean: float
    key: tuple[float, float, str]
    turned: int = 0
    peak_year: float | None = None


# Beside the last years there is no room to the right of a line.
ROOMY = YearsLook(
    room=17.5, gap=3.7, step=8.1, levels=(0, 1), late=(False,) * 5 + (True,), mean=24,
    key=(2013.4, 2070, " "),
)  # fmt: skip
# Each line begins below the words that reach over it.
NARROW = YearsLook(
    room=27, gap=6.4, step=6.6, levels=(0, 1, 2, 3, 1, 0), late=(False,) * 4 + (True,) * 2, mean=18,
    key=(2013.4, 2030, "\n"), turned=90, peak_year=2012.2,
)  # fmt: skip
LOW = replace(NARROW, key=(2012.6, 1980, " "))

THAI_LOOK = {
    "Thai police": {"marker": "o", "filled": True},
    "Thai immigration": {"marker": "D", "filled": True},
    "told by a diplomat": {"marker": "s", "filled": False},
    "estimate of others": {"marker": "^", "filled": False},
}


DODGE = {"told by a diplomat": 0.29, "estimate of others": -0.29}
"""Years that a mark moves aside where another series has the same year."""

THAI_NUMBERS = {
    2004: (-1.5, 0.9, "right", "center"),
    2005: (-1.5, 0, "right", "center"),
    2006: (0.8, -1.3, "right", "top"),
    2007: (-1.5, 0, "right", "center"),
    2008: (0, -1.4, "center", "top"),
    2009: (0, 1.2, "center", "bottom"),
    2010: (0, -2.8, "center", "top"),
}
"""Shift in mm and alignment of the number of a year's mark, clear of marks and the grey line."""


def _heading(ax: Axes, words: str, up: float = 4, back: float = 0) -> None:
    """Write a bold heading over the axes, ``up`` points above, ``back`` points to the left."""
    ax.annotate(
        words, (0, 1), xycoords="axes fraction", xytext=(-back, up), textcoords="offset points",
        fontweight=600, fontsize=8.5, va="bottom", gid="heading",
    )  # fmt: skip


def _stack(
    ax: Axes, x: float, wide: float, men: float, women: float, hatch: bool = False, **more: object
) -> None:
    """Draw women below and men above them; white hatching where the value needs a caution."""
    for low, value, look, name in ((0, women, WOMEN, "women"), (women, men, MEN, "men")):
        ax.bar(
            x, value, wide, bottom=low, linewidth=0.5, hatch="/////" if hatch else None,
            gid=f"{name}{'-hatched' if hatch else ''}", **look, **more,
        )  # fmt: skip


def _a_mm(ax: Axes) -> float:
    """Return what a millimetre up the axes is on their scale."""
    low, high = ax.get_ylim()
    return (high - low) / style.size_mm(ax)[1]


def arrivals(
    years: pd.DataFrame,
    early: pd.DataFrame,
    printed: pd.DataFrame,
    events: pd.DataFrame,
    quarters: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return arrivals by year with the events beside them, and by quarter below.

    Parameters
    ----------
    years : pandas.DataFrame
        ``first_year``, ``last_year``, ``years``, ``people``, ``men``, ``women``, ``status``: rows
        of several years are drawn at their mean, hatched; the one without a start is written only.
    early : pandas.DataFrame
        Finer early counts, ``first_year``, ``last_year``, ``people``: open dots, single years.
    printed : pandas.DataFrame
        Values in print for single years: ``year``, ``people``, ``current``; ticks at the peak.
    events : pandas.DataFrame
        ``when`` (year with a fraction), ``words``.
    quarters : pandas.DataFrame
        ``year``, ``quarter``, ``people``, ``men``, ``women``, ``split``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=176, column_body_mm=162, slide_mm=128)
    left, bottom, right, top = fig.body_mm
    if fig.slide:
        split = right - 92
        upper = style.axes_in(fig, (left + 9, bottom + 12, split, top - 1), label="years")
        lower = style.axes_in(fig, (split + 10, bottom + 12, right, top - 6), label="quarters")
    else:
        upper = style.axes_in(fig, (left + 9, bottom + 62, right, top - 1), label="years")
        lower = style.axes_in(fig, (left + 9, bottom + 9, right, bottom + 47), label="quarters")
    look = {"column": NARROW, "slide": LOW}.get(size, ROOMY)
    _years(upper, years, look)
    _buckets(upper, years, look)
    _early(upper, early)
    _key(upper, look)
    _peak(upper, years, printed, look)
    _events(upper, events, years, look)
    _quarters(lower, quarters, short=fig.slide)
    _zoom(upper, quarters, "by quarter, right" if fig.slide else "by quarter below")
    return fig


def _years(ax: Axes, years: pd.DataFrame, look: YearsLook) -> None:
    """Draw the bars of the single years, with numbers on some, and their axes."""
    single = years[years["years"].eq(1)]
    last = int(years["last_year"].max())
    for row in single.itertuples():
        _stack(ax, row.last_year, 0.82, row.men, row.women, row.status == "provisional")
    named = single[single["last_year"].ge(NAMED_FROM) | single["last_year"].isin([2012, 2017])]
    for row in named.itertuples():
        ax.text(
            row.last_year, row.people, f"{row.people:,}", ha="center", va="bottom", fontsize=7,
            transform=style.offset(ax, 0, 0.5), gid="number", rotation=look.turned,
        )  # fmt: skip
    ax.set(xlim=(FIRST_YEAR, last + 0.6), ylim=(0, 3060 / (1 - look.room / style.size_mm(ax)[1])))
    ax.set_xticks(range(1995, last + 1, 5))
    ax.set_xticks(range(1995, last + 1), minor=True)
    ax.set_yticks(range(0, 3001, 500), [f"{value:,}" for value in range(0, 3001, 500)])
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _buckets(ax: Axes, years: pd.DataFrame, look: YearsLook) -> None:
    """Draw several years in one number at their mean, and hatch those without a start."""
    paper = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2}
    for row in years[years["years"].gt(1)].itertuples():
        middle = (row.first_year + row.last_year) / 2
        mean = (row.men / row.years, row.women / row.years)
        _stack(ax, middle, row.years - 0.18, *mean, hatch=True)
        words = f"{row.people:,} in {row.years} years, drawn at their mean"
        ax.annotate(
            "", (middle, sum(mean)), xytext=(-12, 46), textcoords="offset points",
            arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.6}, zorder=4,
        )  # fmt: skip
        ax.annotate(
            "\n".join(style.wrap(words, look.mean, 7)), (middle, sum(mean)), xytext=(-14, 44),
            textcoords="offset points", ha="center", fontsize=7, linespacing=1.0, bbox=paper,
            zorder=4, gid="mean-words",
        )  # fmt: skip
    for row in years[years["years"].eq(0)].itertuples():
        style.blind(ax, FIRST_YEAR, row.last_year + 0.5, gid="bucket")
        words = f"one number for all years to {row.last_year}: {row.people}, "
        words += f"{row.women / row.people:.0%} women"
        ax.text(
            FIRST_YEAR + 0.15, 2400, "\n".join(style.wrap(words, 19, 7)), fontsize=7,
            va="top", linespacing=1.05, bbox=paper, gid="bucket-words",
        )  # fmt: skip


def _early(ax: Axes, early: pd.DataFrame) -> None:
    """Draw the finer early counts, which are a series of their own."""
    dots = early[early["first_year"].eq(early["last_year"])]
    ax.plot(
        dots["last_year"], dots["people"], "o", markerfacecolor=style.PAPER, zorder=4,
        markeredgecolor=style.INK, markersize=3.6, markeredgewidth=0.9, gid="early",
    )  # fmt: skip
    ax.annotate(
        "open dots:\nfiner counts\nof the press", (1995, 42), xytext=(-5, 20),
        textcoords="offset points", fontsize=7, linespacing=1.0, va="bottom", gid="early-words",
        bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2},
    )  # fmt: skip


def _key(ax: Axes, look: YearsLook) -> None:
    """Name the two colours beside the bars they stand in."""
    year, people, between = look.key
    for one, other, colour, up, align in (
        ("women", "girls", style.COLOURS["china"], 10, "bottom"),
        ("men", "boys", style.MUTED, -10, "top"),
    ):
        ax.text(
            year, people + up, f"{one}{between}and {other}", color=colour, fontsize=8.5,
            fontweight=600, ha="left", va=align, gid="key", linespacing=1.0,
        )  # fmt: skip


def _peak(ax: Axes, years: pd.DataFrame, printed: pd.DataFrame, look: YearsLook) -> None:
    """Mark every value in print for the year with the most arrivals."""
    single = years[years["years"].eq(1)]
    top = int(single.loc[single["people"].idxmax(), "last_year"])
    values = printed[printed["year"].eq(top)]
    for value in values.itertuples():
        ax.plot(
            [top - 0.55, top + 0.55], [value.people] * 2, color=style.INK, zorder=5,
            linewidth=1.3 if value.current else 0.6, gid="printed",
        )  # fmt: skip
    older = " and ".join(f"{value:,}" for value in values.loc[~values["current"], "people"])
    now = int(values.loc[values["current"], "people"].iloc[0])
    words = f"{top}: {now:,}\n(once {older})".replace(" and", "\nand")
    text = {"fontsize": 7.5, "linespacing": 1.05, "zorder": 6, "path_effects": style.HALO}
    if look.peak_year is None:
        ax.text(
            top, values["people"].max(), words, ha="center", va="bottom", gid="peak-words",
            transform=style.offset(ax, 0.6, 0.8), **text,
        )  # fmt: skip
        return
    # The words stand over the low years, at the end of a line.
    level = values["people"].mean()
    ax.plot(
        [top + 0.65, look.peak_year - 0.15], [level] * 2, color=style.MUTED, linewidth=0.6,
        gid="peak-line",
    )  # fmt: skip
    ax.text(look.peak_year, level + 90, words, va="top", gid="peak-words", **text)


def _events(ax: Axes, events: pd.DataFrame, years: pd.DataFrame, look: YearsLook) -> None:
    """Write the events over the years, each with a line down to its day."""
    single = years[years["years"].eq(1)].set_index("last_year")["people"]
    unit = _a_mm(ax)
    for event, level, late in zip(
        events.itertuples(), cycle(look.levels), cycle(look.late), strict=False
    ):
        # The bar of a year is centred on it, so 1 January stands half a year to the left.
        x, year = event.when - 0.5, int(event.when)
        floor = max(single.get(year, 0), single.get(round(x), 0)) + look.gap * unit
        y = ax.get_ylim()[1] - (1 + look.step * level) * unit
        ax.plot([x, x], [floor, y - 20], color=style.MUTED, linewidth=0.7, gid="event")
        ax.text(
            x, y, event.words, ha="right" if late else "left", va="top", path_effects=style.HALO,
            fontsize=7, linespacing=1.05, gid="event-words",
            transform=style.offset(ax, -0.7 if late else 0.7, 0),
        )  # fmt: skip


def _quarters(ax: Axes, quarters: pd.DataFrame, short: bool = False) -> None:
    """Draw the quarters: sexes where they are published, hatched where they are a difference."""
    for x, row in enumerate(quarters.itertuples()):
        if row.split == "not_published":
            ax.bar(x, row.people, 0.8, linewidth=0.8, gid="no-split", **NO_SPLIT)
        else:
            hatched = row.split == "derived" or row.derived
            _stack(ax, x, 0.8, int(row.men), int(row.women), hatched)
        ax.text(
            x, row.people, f"{row.people}", ha="center", va="bottom", fontsize=7.5,
            transform=style.offset(ax, 0, 0.5), gid="quarter-number",
        )  # fmt: skip
    ax.set(xlim=(-0.6, len(quarters) - 0.4), ylim=(0, quarters["people"].max() * 1.2), yticks=[])
    name = "" if short else "Q"
    ax.set_xticks(range(len(quarters)), [f"{name}{quarter}" for quarter in quarters["quarter"]])
    ax.tick_params(axis="x", length=0, labelsize=7.5)
    ax.spines["left"].set_visible(False)
    _quarter_years(ax, quarters)
    _closed(ax, list(quarters["year"]).index(2020) - 0.5)
    _heading(ax, "By quarter")


def _quarter_years(ax: Axes, quarters: pd.DataFrame) -> None:
    """Write the years below their quarters, and part one year from the next."""
    below = blended_transform_factory(ax.transData, ax.transAxes)
    for year, rows in quarters.groupby("year"):
        where = [list(quarters.index).index(index) for index in rows.index]
        ax.annotate(
            f"{year}", (sum(where) / len(where), 0), xycoords=below, xytext=(0, -16.7),
            textcoords="offset points", ha="center", va="top", fontweight=600, fontsize=8,
        )  # fmt: skip
        if where[0]:
            ax.axvline(where[0] - 0.5, color=style.FAINT, linewidth=0.8, zorder=0)


def _closed(ax: Axes, x: float) -> None:
    """Draw the closure of the border, and say beside it what white and hatched bars are."""
    ax.axvline(x, color=style.INK, linewidth=1.0, gid="closed")
    low, high = ax.get_xlim()
    room, down = style.size_mm(ax)[0] * (high - x) / (high - low) - 1.2, 0.9
    for words, look in (
        ("January 2020: the North closes its borders", {"fontsize": 8, "fontweight": 600}),
        (
            "White bars: sexes not published. Hatched: sexes are differences of published numbers.",
            {"fontsize": 7, "color": style.MUTED},
        ),
    ):
        lines = style.wrap(words, room, look["fontsize"], bold="fontweight" in look)
        # White behind the words keeps the lines between years out of them.
        ax.text(
            x, ax.get_ylim()[1], "\n".join(lines), va="top", linespacing=1.05, gid="quarter-words",
            transform=style.offset(ax, 1.2, -down), **look,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
        down += 1.31 * 1.05 * look["fontsize"] * 25.4 / 72 * len(lines) + 0.4


def _zoom(ax: Axes, quarters: pd.DataFrame, words: str) -> None:
    """Bracket the years that the other panel shows."""
    first, last = quarters["year"].min() - 0.5, quarters["year"].max() + 0.5
    below = blended_transform_factory(ax.transData, ax.transAxes)
    ax.plot(
        [first, first, last, last], [-0.075, -0.09, -0.09, -0.075], color=style.INK, linewidth=0.9,
        transform=below, clip_on=False, gid="zoom",
    )  # fmt: skip
    ax.text(
        (first + last) / 2, -0.1, words, ha="center", va="top", fontsize=7, transform=below,
    )  # fmt: skip


def transit(
    thai: pd.DataFrame,
    years: pd.DataFrame,
    shares: pd.DataFrame,
    places: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return counts on the way: Thailand by year, its two shares, and single counts elsewhere.

    Parameters
    ----------
    thai : pandas.DataFrame
        ``year``, ``people``, ``low``, ``high``, ``open``, ``series``.
    years : pandas.DataFrame
        Arrivals in the South for comparison: ``years``, ``last_year``, ``people``.
    shares : pandas.DataFrame
        Index ``basis`` (``graduates``, ``entries``): ``share``, ``hits``, ``base``.
    places : pandas.DataFrame
        ``place``, ``counted``, ``start``, ``end``, ``low``, ``high``, ``point``, ``open``,
        ``standing``.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=166, column_body_mm=190, slide_mm=118)
    boxes = _transit_boxes(fig)
    upper, side, lower = (
        style.axes_in(fig, box, label=label)
        for label, box in zip(("thailand", "shares", "elsewhere"), boxes, strict=True)
    )
    _thailand(upper, thai, years)
    _two_shares(side, shares, lying=fig.narrow or fig.slide)
    _elsewhere(lower, places, above=fig.narrow)
    return fig


def _transit_boxes(fig: style.Page) -> list[tuple[float, float, float, float]]:
    """Return where the three panels stand: Thailand, its shares, the other ways."""
    left, bottom, right, top = fig.body_mm
    if fig.narrow:
        first, second = top - 65, top - 103
        return [
            (left + 9, first, right, top - 6), (left, second, right, second + 22),
            (left, bottom + 7, right, second - 10),
        ]  # fmt: skip
    if fig.slide:
        split = left + 0.48 * (right - left)
        return [
            (left + 9, bottom + 36, split, top - 6), (left + 9, bottom + 2, split, bottom + 22),
            (split + 26, bottom + 7, right, top - 6),
        ]  # fmt: skip
    split = bottom + 72
    return [
        (left + 9, split, left + 112, top - 6), (left + 121, split + 8, right, top - 6),
        (left + 27, bottom + 7, right, split - 15),
    ]  # fmt: skip


def _thailand(ax: Axes, thai: pd.DataFrame, years: pd.DataFrame) -> None:
    """Draw each count of entries into Thailand, with all arrivals in grey behind."""
    single = years[years["years"].eq(1) & years["last_year"].between(2004, 2017)]
    ax.step(
        single["last_year"], single["people"], where="mid", color=style.COLOURS["context"],
        linewidth=1.4, gid="arrivals",
    )  # fmt: skip
    ax.text(
        2011.5, single.set_index("last_year")["people"][2013] + 120,
        "all arrivals in the South", color=style.MUTED, fontsize=7.5, va="bottom",
        transform=style.offset(ax, 1, 0),
    )  # fmt: skip
    # What is told or estimated for a year stands beside what is recorded for it.
    alone = thai.groupby("year")["series"].transform("nunique").eq(1)
    aside = thai["series"].map(DODGE).fillna(0).where(~alone, 0)
    places = thai.assign(x=thai["year"] + aside)
    for name in THAI_LOOK:
        rows = places[places["series"].eq(name)]
        _thai_marks(ax, rows["x"], rows["people"], name)
    for row in thai[~thai["series"].isin(DODGE)].itertuples():
        x, y, across, up = THAI_NUMBERS.get(row.year, (1.5, 0, "left", "center"))
        ax.text(
            row.year, row.people, f"{row.people:,}", fontsize=7, ha=across, va=up, zorder=5,
            transform=style.offset(ax, x, y), gid="thai-number", path_effects=style.HALO,
        )  # fmt: skip
    ax.set(xlim=(2003.2, 2017.6), ylim=(0, 3100))
    for row in places[places["open"].eq("down")].itertuples():
        ax.annotate(
            "", (row.x, row.people - 4.4 * _a_mm(ax)), (row.x, row.people), zorder=2,
            arrowprops={"arrowstyle": "->", "color": style.COLOURS["china"], "linewidth": 0.9},
        )  # fmt: skip
    ax.set_xticks(range(2004, 2017, 2))
    ax.set_yticks(range(0, 3001, 500), [f"{value:,}" for value in range(0, 3001, 500)])
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    _heading(ax, "Entries into Thailand by year, by who counted")
    _thai_key(ax)


def _thai_marks(ax: Axes, x: pd.Series, y: pd.Series, name: str, gid: str = "") -> None:
    """Draw marks in the look of a series."""
    look, colour = THAI_LOOK[name], style.COLOURS["china"]
    ax.plot(
        x, y, look["marker"], markersize=5.2, markeredgewidth=1.1, markeredgecolor=colour,
        markerfacecolor=colour if look["filled"] else style.PAPER, linestyle="none",
        zorder=3 if look["filled"] else 4, gid=gid or name,
    )  # fmt: skip


def _thai_key(ax: Axes) -> None:
    """Name the four marks in the empty corner."""
    words = {
        "Thai police": "recorded: Thai police",
        "Thai immigration": "recorded: immigration bureau",
        "told by a diplomat": "told by a diplomat",
        "estimate of others": "estimate (arrow: up to)",
    }
    line = 3.4 * _a_mm(ax)
    for order, (name, text) in enumerate(words.items()):
        y = 2900 - line * order
        _thai_marks(ax, [2011.9], [y], name, gid="key")
        ax.text(2012.25, y, text, fontsize=7, va="center")


def _two_shares(ax: Axes, shares: pd.DataFrame, lying: bool = False) -> None:
    """Draw the two shares of Thailand in one year, in standing or lying bars."""
    entries = shares.loc["entries"]
    words = {
        "graduates": "of those who left the\nsettlement centre that\nyear, by what they said",
        "entries": f"{int(entries['hits'])} recorded entries\nover "
        f"{int(entries['base']):,} arrivals\nof that year",
    }
    for place, basis in enumerate(("graduates", "entries")):
        draw = _lying_share if lying else _standing_share
        draw(ax, place, shares.loc[basis, "share"], basis, words[basis])
    if lying:
        ax.set(xlim=(0, 1), ylim=(1.35, -0.65), xticks=[], yticks=[])
        ax.spines["bottom"].set_visible(False)
    else:
        ax.set(xlim=(-0.55, 1.55), ylim=(0, 1), xticks=[], yticks=[])
        ax.spines["left"].set_visible(False)
    _heading(ax, "Thailand in 2016, twice")


def _share_look(basis: str) -> dict[str, object]:
    """Return the look of a share's bar: filled where it was recorded."""
    blue = style.COLOURS["china"]
    fill = blue if basis == "entries" else style.PAPER
    return {"linewidth": 1.1, "edgecolor": blue, "facecolor": fill, "gid": basis}


def _standing_share(ax: Axes, x: int, share: float, basis: str, words: str) -> None:
    """Draw a share as a bar with its number on top and its words below."""
    ax.bar(x, share, 0.62, **_share_look(basis))
    ax.text(
        x, share, f"{share:.0%}", ha="center", va="bottom", fontsize=11, fontweight=600,
        transform=style.offset(ax, 0, 0.6),
    )  # fmt: skip
    ax.text(
        x, 0, words, ha="center", va="top", fontsize=7, linespacing=1.05,
        transform=style.offset(ax, 0, -1.2),
    )  # fmt: skip


def _lying_share(ax: Axes, y: int, share: float, basis: str, words: str) -> None:
    """Draw a share as a bar with its number at its end and its words in a line above."""
    ax.barh(y + 0.07, share, 0.46, **_share_look(basis))
    ax.text(
        share, y + 0.07, f"{share:.0%}", va="center", fontsize=11, fontweight=600,
        transform=style.offset(ax, 1.5, 0),
    )  # fmt: skip
    ax.text(
        0, y - 0.18, words.replace("\n", " "), va="bottom", fontsize=7,
        transform=style.offset(ax, 0.8, 0.4),
    )  # fmt: skip


PLACES_MM = 18
"""Width of the names of places beside the single counts; on a slide the heading begins there."""


def _elsewhere(ax: Axes, places: pd.DataFrame, above: bool = False) -> None:
    """Draw each count elsewhere over the time that it covers; a place above its rows or beside."""
    names = list(dict.fromkeys(places["place"].astype(str)))
    y, ticks, first = 0.0, [], 1993.5
    for name in names:
        rows, label = places[places["place"].astype(str).eq(name)], RoutePlace(name).label
        if above:
            ax.text(first, y, label, fontsize=7.5, va="center", gid="place")
            y += 0.9
        else:
            ticks.append((y + (len(rows) - 1) / 2, label))
        for row in rows.itertuples():
            _span(ax, y, row)
            y += 1
        y += 0.35
        ax.axhline(y - 0.67, color=style.FAINT, linewidth=0.5)
    ax.set(xlim=(first, 2025.6), ylim=(y - 0.6, -0.7))
    ax.set_yticks(
        [tick for tick, _ in ticks],
        [words.replace("of the", "of\nthe").replace("in China", "in\nChina") for _, words in ticks],
    )
    ax.set_xticks(range(1995, 2026, 5))
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    ax.spines["left"].set_visible(False)
    _heading(
        ax, "Single counts on other ways: what was counted, and over which time",
        back=PLACES_MM * 72 / 25.4 if ax.figure.slide else 0,
    )  # fmt: skip


def _span(ax: Axes, y: float, row: tuple) -> None:
    """Draw one count: a bar over its time, at least a dot wide, with number and meaning."""
    wide = max(row.end - row.start, 0.3)
    ax.add_patch(
        Rectangle(
            (row.start, y - 0.24), wide, 0.48, linewidth=0.9, edgecolor=style.COLOURS["china"],
            facecolor=style.PAPER if row.standing == "contested" else style.COLOURS["china"],
            gid="span",
        )
    )  # fmt: skip
    if row.open == "up":
        number = f"at least {int(row.low):,}"
    elif row.low == row.high:
        number = f"{int(row.low):,}"
    else:
        number = f"{int(row.low):,} to {int(row.high):,}"
    more = ", contested" if row.standing == "contested" else ""
    late = row.start > 2015
    ax.text(
        row.start if late else row.start + wide, y, f"{number} {row.counted}{more}", fontsize=7,
        va="center", ha="right" if late else "left", gid="span-words",
        transform=style.offset(ax, -1.0 if late else 1.0, 0),
    )  # fmt: skip


LIFT_MM = 1.35
"""How far a mark moves down, and its words up, where they stand above it."""


def _lift(ax: Axes, rows: int) -> float:
    """Return ``LIFT_MM`` in rows of axes that hold so many."""
    return LIFT_MM * rows / style.size_mm(ax)[1]


def claims(
    ax: Axes,
    table: pd.DataFrame,
    labels: list[str],
    most: float,
    colours: list[str],
    filled: list[bool],
    above_mm: float | None = None,
) -> None:
    """Draw claimed values, a row each: dot, range, or arrow where only one end was said.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw in; rows run down.
    table : pandas.DataFrame
        ``low``, ``high``, ``point``, ``open``.
    labels : list of str
        Words after each mark.
    most : float
        Right end of the scale.
    colours : list of str
        One a row.
    filled : list of bool
        Whether the dot is filled, one a row.
    above_mm : float, optional
        How far from the axis the words begin if they stand above their marks, not after them.
    """
    down = 0.0 if above_mm is None else _lift(ax, len(table))
    for y, (row, words, colour, full) in enumerate(
        zip(table.itertuples(), labels, colours, filled, strict=True)
    ):
        reach = _claim(ax, y + down, row, most, colour, full)
        if above_mm is None:
            x, shift = reach, 1.6
        else:
            x, shift = 0, above_mm
        # White behind the words hides the grid and no mark.
        ax.text(
            x, y - down, words, fontsize=7, va="center", transform=style.offset(ax, shift, 0),
            gid="claim-words", zorder=2,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    ax.set(xlim=(0, most), ylim=(len(table) - 0.4, -0.6))
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    ax.spines["left"].set_visible(False)


def _claim(ax: Axes, y: float, row: tuple, most: float, colour: str, full: bool) -> float:
    """Draw one claimed value, and return how far to the right it reaches."""
    look = {"color": colour, "zorder": 3}
    ends = [value for value in (row.low, row.high) if _said(value)]
    if row.open:
        end, step = ends[0], (0.05 if row.open == "up" else -0.05) * most
        ax.annotate(
            "", (max(end + step, 0), y), (end, y), zorder=3,
            arrowprops={
                "arrowstyle": "->", "color": colour, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0,
            },
        )  # fmt: skip
    elif row.low != row.high:
        line = "-" if full else (0, (2, 1.2))
        ax.plot(
            ends, [y, y], linewidth=2.4, linestyle=line, solid_capstyle="butt", gid="range", **look
        )
        ax.plot(ends, [y, y], "|", markersize=6.5, markeredgewidth=1.2, **look)
    dots = [row.point] if row.low == row.high or _said(row.point) else []
    dots = [ends[0]] if row.open else dots
    ax.plot(
        dots, [y] * len(dots), "o", markersize=4.6, markeredgecolor=colour, markeredgewidth=1.1,
        markerfacecolor=colour if full else style.PAPER, zorder=4, gid="claim",
    )  # fmt: skip
    return max(ends) + (0.05 * most if row.open == "up" else 0)


def _said(value: object) -> bool:
    """Tell whether a number was said: a missing one equals nothing, not even itself."""
    import pandas as pd

    return not pd.isna(value)


CURRENCIES = {
    "cny": "Chinese yuan", "krw": "South Korean won, millions", "usd": "US dollars",
}  # fmt: skip


def prices(
    table: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return claimed prices, one panel a currency, one row a claim.

    Parameters
    ----------
    table : pandas.DataFrame
        ``currency``, ``leg``, ``leg_note``, ``period``, ``start``, ``low``, ``high``, ``point``,
        ``open``, ``who_says``, in order of currency and time.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=150, column_body_mm=190, slide_mm=128)
    left, bottom, right, top = fig.body_mm
    groups = dict(list(table.groupby("currency", observed=True, sort=False)))
    # The longest panel has the right half of a slide to itself.
    columns = [["cny", "usd"], ["krw"]] if fig.slide else [list(groups)]
    wide = (right - left - 10 * (len(columns) - 1)) / len(columns)
    for place, names in enumerate(columns):
        start = left + place * (wide + 10)
        box = (start, bottom, start + wide, top)
        _price_column(fig, box, {name: groups[name] for name in names})
    return fig


def _price_column(
    fig: style.Page, box: tuple[float, float, float, float], groups: dict[str, pd.DataFrame]
) -> None:
    """Draw the panels of some currencies below each other."""
    left, bottom, right, edge = box
    above = fig.narrow or fig.slide
    step = (edge - bottom - 14 * len(groups) + 1) / sum(len(rows) for rows in groups.values())
    for currency, rows in groups.items():
        low = edge - 6 - step * len(rows)
        inner = (left + (0 if above else 27), low, right - 4, edge - 6)
        ax = style.axes_in(fig, inner, label=str(currency))
        _price_panel(ax, rows, currency, above)
        _heading(ax, CURRENCIES[currency], 3)
        edge = low - 8


def _price_panel(ax: Axes, rows: pd.DataFrame, currency: str, above: bool) -> None:
    """Draw the claims in one currency, those for the river crossing in the strong colour."""
    divide = 1_000_000 if currency == Currency.KRW.value else 1
    scaled = rows.assign(**{name: rows[name] / divide for name in ("low", "high", "point")})
    river = [leg == CostLeg.RIVER_CROSSING.value for leg in rows["leg"].astype(str)]
    colours = [style.COLOURS["china"] if strong else style.MUTED for strong in river]
    labels = [_price_words(row, divide) for row in scaled.itertuples()]
    periods = [_short(period) for period in rows["period"]]
    # To the right of the marks there is room for their words, where these stand there.
    room = 1.08 if above else (1.71 if divide == 1 else 1.02)
    most = float(scaled[["low", "high"]].max().max()) * room
    claims(ax, scaled, labels, most, colours, [True] * len(rows), PERIOD_MM if above else None)
    ticks = [tick for tick in ax.get_xticks() if tick <= most]
    ax.set_xticks(ticks, [f"{tick:,.0f}" for tick in ticks])
    if above:
        ax.set_yticks([])
        lift = _lift(ax, len(rows))
        for y, period in enumerate(periods):
            ax.text(
                0, y - lift, period, fontsize=7, va="center", fontweight=600, gid="period",
                transform=style.offset(ax, 0.8, 0), zorder=2,
                bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5},
            )  # fmt: skip
        return
    if divide > 1:
        # The one price of 100 million ends at the edge: its words go to the left of it.
        last = [text for text in ax.texts if text.get_gid() == "claim-words"][-1]
        last.set(ha="right", transform=style.offset(ax, -2.0, 0))
    ax.set_yticks(range(len(rows)), periods, va="center")


PERIOD_MM = 24
"""Width of the periods where they stand in a line with the words of a claim."""


def _short(period: str) -> str:
    return period.replace(" (early)", ", early").replace(" (after May)", ", late").replace(
        " (before the rise)", ", before rise"
    )  # fmt: skip


def _price_words(row: tuple, divide: int) -> str:
    """Return amount, leg and speaker of a claim."""
    low, high = (
        f"{value:,.2f}".rstrip("0").rstrip(".") if _said(value) else ""
        for value in (row.low, row.high)
    )
    amount = low if low == high else f"{low}-{high}"
    amount = f"at least {low}" if row.open == "up" else amount
    amount = f"up to {high}" if row.open == "down" else amount
    leg = CostLeg(row.leg).label
    leg = leg if leg.startswith("China") else leg[0].lower() + leg[1:]
    note = f", {row.leg_note}" if _said(row.leg_note) else ""
    return f"{amount}   {leg}{note} · {row.who_says}"


SCOPES = {
    "Three north-eastern provinces": "three provinces", "All countries": "all countries",
    "After a one-week visit; Yanbian only": "Yanbian only",
}  # fmt: skip
"""Notes on what an estimate covers, in the words that stand after its speaker."""


def staying(
    table: pd.DataFrame, title: str, subtitle: str, source: str, size: style.Size = "full"
) -> style.Page:
    """Return estimates of North Koreans in China, one row an estimate.

    Parameters
    ----------
    table : pandas.DataFrame
        ``year``, ``low``, ``high``, ``point``, ``open``, ``who_says``, ``standing``, ``note``, in
        order of year.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=110, column_body_mm=112, slide_mm=106)
    ax = style.axes(fig, left=11, bottom=6, right=5, top=2, label="staying")
    survey = table["who_says"].str.contains("survey of north-east China")
    colours = [style.COLOURS["china"] if own else style.MUTED for own in survey]
    labels = [
        row.who_says + (f" ({SCOPES[row.note]})" if row.note in SCOPES else "")
        for row in table.itertuples()
    ]
    filled = list(table["standing"].ne("doubtful"))
    claims(ax, table, labels, 300_000, colours, filled, 0.8 if fig.narrow else None)
    if not fig.narrow:
        _turn_back(ax, table)
    first = ~table["year"].duplicated()
    years = [str(year) if new else "" for year, new in zip(table["year"], first, strict=True)]
    lift = _lift(ax, len(table)) if fig.narrow else 0
    ax.set_yticks([row - lift for row in range(len(table))], years, va="center")
    for y in [index for index, new in enumerate(first) if new and index]:
        ax.axhline(y - 0.5, color=style.FAINT, linewidth=0.5)
    ticks = range(0, 300_001, 100_000 if fig.narrow else 50_000)
    ax.set_xticks(ticks, [f"{value:,}" for value in ticks])
    return fig


def _turn_back(ax: Axes, table: pd.DataFrame) -> None:
    """Write the words of ranges that reach the edge to the left of them."""
    for text in ax.texts:
        if text.get_gid() == "claim-words" and text.get_position()[0] > 250_000:
            low = float(table["low"].iloc[int(text.get_position()[1])])
            text.set(x=low, ha="right", transform=style.offset(ax, -1.6, 0))

"""Charts of arrivals by year and quarter, counts on the way, prices, and stays in China."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib.patheffects as effects
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
HALO = [effects.withStroke(linewidth=2.2, foreground=style.PAPER)]
FIRST_YEAR = 1994.4
"""Left end of the years: the finer early counts begin in 1995."""

NAMED_FROM = 2020
"""From this year on every bar has its number: they are too low to be read off the axis."""

THAI_LOOK = {
    "Thai police": {"marker": "o", "filled": True},
    "Thai immigration": {"marker": "D", "filled": True},
    "told by a diplomat": {"marker": "s", "filled": False},
    "estimate of others": {"marker": "^", "filled": False},
}


def _heading(ax: Axes, words: str, up: float = 4) -> None:
    """Write a bold heading over the axes, ``up`` points above them."""
    ax.annotate(
        words, (0, 1), xycoords="axes fraction", xytext=(0, up), textcoords="offset points",
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


def arrivals(
    years: pd.DataFrame,
    early: pd.DataFrame,
    printed: pd.DataFrame,
    events: pd.DataFrame,
    quarters: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
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
    """
    fig = style.page(title, subtitle, source, height_mm=176)
    left, bottom, right, top = fig.body_mm
    upper = style.axes_in(fig, (left + 9, bottom + 62, right, top - 1), label="years")
    lower = style.axes_in(fig, (left + 9, bottom + 9, right, bottom + 47), label="quarters")
    _years(upper, years, early)
    _peak(upper, years, printed)
    _events(upper, events, years)
    _quarters(lower, quarters)
    _zoom(upper, quarters)
    return fig


def _years(ax: Axes, years: pd.DataFrame, early: pd.DataFrame) -> None:
    """Draw the bars of the years, the buckets and the finer early counts."""
    single = years[years["years"].eq(1)]
    for row in single.itertuples():
        _stack(ax, row.last_year, 0.82, row.men, row.women, row.status == "provisional")
    for row in years[years["years"].gt(1)].itertuples():
        middle = (row.first_year + row.last_year) / 2
        mean = (row.men / row.years, row.women / row.years)
        _stack(ax, middle, row.years - 0.18, *mean, hatch=True)
        ax.annotate(
            f"{row.people:,} in {row.years} years,\ndrawn at their mean", (middle, sum(mean)),
            xytext=(-14, 44), textcoords="offset points", ha="center", fontsize=7, linespacing=1.0,
            arrowprops={"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.6},
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2}, zorder=4,
        )  # fmt: skip
    for row in years[years["years"].eq(0)].itertuples():
        style.blind(ax, FIRST_YEAR, row.last_year + 0.5, gid="bucket")
        ax.text(
            FIRST_YEAR + 0.15, 2400, f"one number for\nall years to {row.last_year}:\n"
            f"{row.people}, {row.women / row.people:.0%} women", fontsize=7, va="top",
            linespacing=1.05, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2},
            gid="bucket-words",
        )  # fmt: skip
    dots = early[early["first_year"].eq(early["last_year"])]
    ax.plot(
        dots["last_year"], dots["people"], "o", markerfacecolor=style.PAPER, zorder=4,
        markeredgecolor=style.INK, markersize=3.6, markeredgewidth=0.9, gid="early",
    )  # fmt: skip
    ax.annotate(
        "open dots:\nfiner counts\nof the press", (1995, 42), xytext=(-5, 17),
        textcoords="offset points", fontsize=7, linespacing=1.0, va="bottom", gid="early-words",
        bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2},
    )  # fmt: skip
    named = single[single["last_year"].ge(NAMED_FROM) | single["last_year"].isin([2012, 2017])]
    for row in named.itertuples():
        ax.text(
            row.last_year, row.people, f"{row.people:,}", ha="center", va="bottom", fontsize=7,
            transform=style.offset(ax, 0, 0.5), gid="number",
        )  # fmt: skip
    ax.set(xlim=(FIRST_YEAR, years["last_year"].max() + 0.6), ylim=(0, 3950))
    ax.set_xticks(range(1995, int(years["last_year"].max()) + 1, 5))
    ax.set_xticks(range(1995, int(years["last_year"].max()) + 1), minor=True)
    ax.set_yticks(range(0, 3001, 500), [f"{value:,}" for value in range(0, 3001, 500)])
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    _key(ax)


def _key(ax: Axes) -> None:
    """Name the two colours beside the bars they stand in."""
    ax.text(
        2013.4, 2080, "women and girls", color=style.COLOURS["china"], fontsize=8.5,
        fontweight=600, ha="left", va="bottom", gid="key",
    )  # fmt: skip
    ax.text(
        2013.4, 2060, "men and boys", color=style.MUTED, fontsize=8.5, fontweight=600, ha="left",
        va="top", gid="key",
    )  # fmt: skip


def _peak(ax: Axes, years: pd.DataFrame, printed: pd.DataFrame) -> None:
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
    ax.text(
        top, values["people"].max(), f"{top}: {now:,}\n(once {older})".replace(" and", "\nand"),
        fontsize=7.5, ha="center", va="bottom", linespacing=1.05, gid="peak-words", zorder=6,
        path_effects=HALO, transform=style.offset(ax, 0.6, 0.8),
    )  # fmt: skip


def _events(ax: Axes, events: pd.DataFrame, years: pd.DataFrame) -> None:
    """Write the events over the years, each with a line down to its day."""
    single = years[years["years"].eq(1)].set_index("last_year")["people"]
    for order, event in enumerate(events.itertuples()):
        # The bar of a year is centred on it, so 1 January stands half a year to the left.
        x, year = event.when - 0.5, int(event.when)
        floor = max(single.get(year, 0), single.get(round(x), 0)) + 190
        level = 3900 - 420 * (order % 2)
        # Beside the last years there is no room to the right of the line.
        late = year > single.index.max() - 3
        ax.plot([x, x], [floor, level - 20], color=style.MUTED, linewidth=0.7, gid="event")
        ax.text(
            x, level, event.words, ha="right" if late else "left", va="top", path_effects=HALO,
            fontsize=7, linespacing=1.05, gid="event-words",
            transform=style.offset(ax, -0.7 if late else 0.7, 0),
        )  # fmt: skip


def _quarters(ax: Axes, quarters: pd.DataFrame) -> None:
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
    ax.set_xticks(range(len(quarters)), [f"Q{quarter}" for quarter in quarters["quarter"]])
    ax.tick_params(axis="x", length=0, labelsize=7.5)
    ax.spines["left"].set_visible(False)
    below = blended_transform_factory(ax.transData, ax.transAxes)
    for year, rows in quarters.groupby("year"):
        where = [list(quarters.index).index(index) for index in rows.index]
        ax.text(
            sum(where) / len(where), -0.155, f"{year}", ha="center", va="top", fontweight=600,
            fontsize=8, transform=below,
        )  # fmt: skip
        if where[0]:
            ax.axvline(where[0] - 0.5, color=style.FAINT, linewidth=0.8, zorder=0)
    closed = list(quarters["year"]).index(2020) - 0.5
    ax.axvline(closed, color=style.INK, linewidth=1.0, gid="closed")
    ax.text(
        closed, ax.get_ylim()[1] * 0.98, "January 2020: the North closes its borders", fontsize=8,
        va="top", transform=style.offset(ax, 1.2, 0), fontweight=600,
    )  # fmt: skip
    ax.text(
        closed, ax.get_ylim()[1] * 0.86, "White bars: sexes not published. Hatched: sexes are "
        "differences of published numbers.", fontsize=7, va="top",
        transform=style.offset(ax, 1.2, 0), color=style.MUTED,
    )  # fmt: skip
    _heading(ax, "By quarter")


def _zoom(ax: Axes, quarters: pd.DataFrame) -> None:
    """Bracket the years that the lower panel shows."""
    first, last = quarters["year"].min() - 0.5, quarters["year"].max() + 0.5
    below = blended_transform_factory(ax.transData, ax.transAxes)
    ax.plot(
        [first, first, last, last], [-0.075, -0.09, -0.09, -0.075], color=style.INK, linewidth=0.9,
        transform=below, clip_on=False, gid="zoom",
    )  # fmt: skip
    ax.text(
        (first + last) / 2, -0.1, "by quarter below", ha="center", va="top", fontsize=7,
        transform=below,
    )  # fmt: skip


def transit(
    thai: pd.DataFrame,
    years: pd.DataFrame,
    shares: pd.DataFrame,
    places: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
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
    """
    fig = style.page(title, subtitle, source, height_mm=164)
    left, bottom, right, top = fig.body_mm
    split = bottom + 70
    upper = style.axes_in(fig, (left + 9, split, left + 112, top - 6), label="thailand")
    side = style.axes_in(fig, (left + 121, split + 8, right, top - 6), label="shares")
    lower = style.axes_in(fig, (left + 27, bottom + 5, right, split - 15), label="elsewhere")
    _thailand(upper, thai, years)
    _two_shares(side, shares)
    _elsewhere(lower, places)
    return fig


def _thailand(ax: Axes, thai: pd.DataFrame, years: pd.DataFrame) -> None:
    """Draw each count of entries into Thailand, with all arrivals in grey behind."""
    single = years[years["years"].eq(1) & years["last_year"].between(2004, 2017)]
    ax.step(
        single["last_year"], single["people"], where="mid", color=style.COLOURS["context"],
        linewidth=1.4, gid="arrivals",
    )  # fmt: skip
    ax.text(
        2013.6, single.set_index("last_year")["people"][2013] + 120,
        "all arrivals in the South", color=style.MUTED, fontsize=7.5, ha="center", va="bottom",
    )  # fmt: skip
    for name, look in THAI_LOOK.items():
        rows = thai[thai["series"].eq(name)]
        colour = style.COLOURS["china"]
        ax.plot(
            rows["year"], rows["people"], look["marker"], markersize=5.2, markeredgewidth=1.1,
            markeredgecolor=colour, markerfacecolor=colour if look["filled"] else style.PAPER,
            linestyle="none", zorder=3 if look["filled"] else 4, gid=name,
        )  # fmt: skip
    for row in thai[thai["series"].isin(["Thai police", "Thai immigration"])].itertuples():
        side = 1 if row.year in (2004, 2005, 2010, 2016, 2006) else -1
        ax.text(
            row.year, row.people, f"{row.people:,}", fontsize=7, va="center",
            ha="left" if side > 0 else "right", transform=style.offset(ax, 1.5 * side, 0),
            gid="thai-number", path_effects=HALO, zorder=5,
        )  # fmt: skip
    for row in thai[thai["open"].eq("down")].itertuples():
        ax.annotate(
            "", (row.year, row.people - 190), (row.year, row.people - 40), zorder=2,
            arrowprops={"arrowstyle": "->", "color": style.COLOURS["china"], "linewidth": 0.9},
        )  # fmt: skip
    ax.set(xlim=(2003.2, 2017.6), ylim=(0, 3100))
    ax.set_xticks(range(2004, 2017, 2))
    ax.set_yticks(range(0, 3001, 500), [f"{value:,}" for value in range(0, 3001, 500)])
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    _heading(ax, "Entries into Thailand by year, by who counted")
    _thai_key(ax)


def _thai_key(ax: Axes) -> None:
    """Name the four marks in the empty corner."""
    words = {
        "Thai police": "recorded: Thai police",
        "Thai immigration": "recorded: immigration bureau",
        "told by a diplomat": "told by a diplomat",
        "estimate of others": "estimate (arrow: up to)",
    }
    for order, (name, text) in enumerate(words.items()):
        look, y = THAI_LOOK[name], 2870 - 185 * order
        colour = style.COLOURS["china"]
        ax.plot(
            2011.9, y, look["marker"], markersize=4.8, markeredgewidth=1.1, markeredgecolor=colour,
            markerfacecolor=colour if look["filled"] else style.PAPER, gid="key",
        )  # fmt: skip
        ax.text(2012.25, y, text, fontsize=7, va="center")


def _two_shares(ax: Axes, shares: pd.DataFrame) -> None:
    """Draw the two shares of Thailand in one year."""
    entries = shares.loc["entries"]
    words = {
        "graduates": "of those who left the\nsettlement centre that\nyear, by what they said",
        "entries": f"{int(entries['hits'])} recorded entries\nover "
        f"{int(entries['base']):,} arrivals\nof that year",
    }
    for x, basis in enumerate(("graduates", "entries")):
        share = shares.loc[basis, "share"]
        filled = basis == "entries"
        ax.bar(
            x, share, 0.62, linewidth=1.1, edgecolor=style.COLOURS["china"], gid=basis,
            facecolor=style.COLOURS["china"] if filled else style.PAPER,
        )  # fmt: skip
        ax.text(
            x, share, f"{share:.0%}", ha="center", va="bottom", fontsize=11, fontweight=600,
            transform=style.offset(ax, 0, 0.6),
        )  # fmt: skip
        ax.text(
            x, 0, words[basis], ha="center", va="top", fontsize=7, linespacing=1.05,
            transform=style.offset(ax, 0, -1.2),
        )  # fmt: skip
    ax.set(xlim=(-0.55, 1.55), ylim=(0, 1), xticks=[], yticks=[])
    ax.spines["left"].set_visible(False)
    _heading(ax, "Thailand in 2016, twice")


def _elsewhere(ax: Axes, places: pd.DataFrame) -> None:
    """Draw each count elsewhere over the time that it covers."""
    names = list(dict.fromkeys(places["place"].astype(str)))
    y, ticks = 0.0, []
    for name in names:
        rows = places[places["place"].astype(str).eq(name)]
        ticks.append((y + (len(rows) - 1) / 2, RoutePlace(name).label))
        for row in rows.itertuples():
            _span(ax, y, row)
            y += 1
        y += 0.35
        ax.axhline(y - 0.67, color=style.FAINT, linewidth=0.5)
    ax.set(xlim=(1993.5, 2025.6), ylim=(y - 0.6, -0.7))
    ax.set_yticks(
        [tick for tick, _ in ticks],
        [words.replace("of the", "of\nthe").replace("in China", "in\nChina") for _, words in ticks],
    )
    ax.set_xticks(range(1995, 2026, 5))
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    ax.spines["left"].set_visible(False)
    _heading(ax, "Single counts on other ways: what was counted, and over which time")


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


def claims(
    ax: Axes,
    table: pd.DataFrame,
    labels: list[str],
    most: float,
    colours: list[str],
    filled: list[bool],
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
    """
    for y, (row, words, colour, full) in enumerate(
        zip(table.itertuples(), labels, colours, filled, strict=True)
    ):
        look = {"color": colour, "zorder": 3}
        face = colour if full else style.PAPER
        ends = [value for value in (row.low, row.high) if _said(value)]
        if row.open:
            end, step = ends[0], (0.05 if row.open == "up" else -0.05) * most
            ax.annotate(
                "", (max(end + step, 0), y), (end, y), zorder=3,
                arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.4, "shrinkA": 0},
            )  # fmt: skip
        elif row.low != row.high:
            line = "-" if full else (0, (2, 1.2))
            ax.plot(
                ends, [y, y], linewidth=2.4, linestyle=line, solid_capstyle="butt", gid="range",
                **look,
            )  # fmt: skip
            ax.plot(ends, [y, y], "|", markersize=6.5, markeredgewidth=1.2, **look)
        dots = [row.point] if row.low == row.high or _said(row.point) else []
        dots = [ends[0]] if row.open else dots
        ax.plot(
            dots, [y] * len(dots), "o", markersize=4.6, markerfacecolor=face,
            markeredgecolor=colour, markeredgewidth=1.1, zorder=4, gid="claim",
        )  # fmt: skip
        reach = max(ends) + (0.05 * most if row.open == "up" else 0)
        ax.text(
            reach, y, words, fontsize=7, va="center", transform=style.offset(ax, 1.6, 0),
            gid="claim-words",
        )  # fmt: skip
    ax.set(xlim=(0, most), ylim=(len(table) - 0.4, -0.6))
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    ax.spines["left"].set_visible(False)


def _said(value: object) -> bool:
    """Tell whether a number was said: a missing one equals nothing, not even itself."""
    import pandas as pd

    return not pd.isna(value)


def prices(table: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return claimed prices, one panel a currency, one row a claim.

    Parameters
    ----------
    table : pandas.DataFrame
        ``currency``, ``leg``, ``leg_note``, ``period``, ``start``, ``low``, ``high``, ``point``,
        ``open``, ``who_says``, in order of currency and time.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=150)
    left, bottom, right, top = fig.body_mm
    names = {"cny": "Chinese yuan", "krw": "South Korean won, millions", "usd": "US dollars"}
    rows = table.groupby("currency", observed=True, sort=False).size()
    step = (top - bottom - 14 * len(rows) + 2) / rows.sum()
    edge = top
    for currency in rows.index:
        low = edge - 6 - step * rows[currency]
        ax = style.axes_in(fig, (left + 27, low, right - 4, edge - 6), label=str(currency))
        _price_panel(ax, table[table["currency"].eq(currency)], currency)
        _heading(ax, names[currency], 3)
        edge = low - 8
    return fig


def _price_panel(ax: Axes, rows: pd.DataFrame, currency: str) -> None:
    """Draw the claims in one currency, those for the river crossing in the strong colour."""
    divide = 1_000_000 if currency == Currency.KRW.value else 1
    scaled = rows.assign(**{name: rows[name] / divide for name in ("low", "high", "point")})
    river = [leg == CostLeg.RIVER_CROSSING.value for leg in rows["leg"].astype(str)]
    colours = [style.COLOURS["china"] if strong else style.MUTED for strong in river]
    labels = [_price_words(row, divide) for row in scaled.itertuples()]
    most = float(scaled[["low", "high"]].max().max()) * (1.65 if divide == 1 else 1.02)
    claims(ax, scaled, labels, most, colours, [True] * len(rows))
    if divide > 1:
        # The one price of 100 million ends at the edge: its words go to the left of it.
        last = [text for text in ax.texts if text.get_gid() == "claim-words"][-1]
        last.set(ha="right", transform=style.offset(ax, -2.0, 0))
    ax.set_yticks(range(len(rows)), [_short(period) for period in rows["period"]])
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


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


def staying(table: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return estimates of North Koreans in China, one row an estimate.

    Parameters
    ----------
    table : pandas.DataFrame
        ``year``, ``low``, ``high``, ``point``, ``open``, ``who_says``, ``standing``, ``note``, in
        order of year.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=110)
    ax = style.axes(fig, left=11, bottom=6, right=5, top=2, label="staying")
    survey = table["who_says"].str.contains("survey of north-east China")
    colours = [style.COLOURS["china"] if own else style.MUTED for own in survey]
    scopes = {
        "Three north-eastern provinces": "three provinces", "All countries": "all countries",
        "After a one-week visit; Yanbian only": "Yanbian only",
    }  # fmt: skip
    labels = [
        row.who_says + (f" ({scopes[row.note]})" if row.note in scopes else "")
        for row in table.itertuples()
    ]
    claims(ax, table, labels, 300_000, colours, list(table["standing"].ne("doubtful")))
    for text in ax.texts:
        if text.get_gid() == "claim-words" and text.get_position()[0] > 250_000:
            # Long ranges reach the edge: their words go below the line, from its left end.
            y = text.get_position()[1]
            left = float(table["low"].iloc[int(y)])
            text.set(x=left, ha="right", transform=style.offset(ax, -1.6, 0))
    first = ~table["year"].duplicated()
    ticks = [year if new else "" for year, new in zip(table["year"], first, strict=True)]
    ax.set_yticks(range(len(table)), [str(tick) for tick in ticks])
    for y in [index for index, new in enumerate(first) if new and index]:
        ax.axhline(y - 0.5, color=style.FAINT, linewidth=0.5)
    ax.set_xticks(range(0, 300_001, 50_000), [f"{value:,}" for value in range(0, 300_001, 50_000)])
    return fig

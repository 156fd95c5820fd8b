"""Charts of doubt: official totals, overlapping lists, revisions, sources, headline ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation, Transform

from helpers import style
from helpers.charts.register import SHORT
from helpers.vocab import Route

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUBJECT, CONTEXT = style.COLOURS["subject"], style.COLOURS["context"]
FIRST_YEAR, LAST_YEAR = 1953, 2026

LIST_LOOK = {
    "first_only": {"facecolor": style.FAINT, "edgecolor": style.PAPER},
    "both": {"facecolor": SUBJECT, "edgecolor": style.PAPER},
    "second_only": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
}
STATUS_LOOK = {
    "verified": {"facecolor": CONTEXT, "edgecolor": style.PAPER},
    "one_source": {"facecolor": style.PAPER, "edgecolor": style.MUTED},
    "disputed": {"facecolor": style.PAPER, "edgecolor": SUBJECT, "hatch": "/////"},
}
CAUSES = {
    "other values": ("o", "another published value"),
    "low left out": ("v", "low confidence left out"),
    "verified only": ("s", "verified rows only"),
    "unclear added": ("^", "unclear rows added"),
    "official total": ("D", "missing from an official total"),
    "first printed": ("P", "first printed values"),
    "unknown all no, all yes": ("X", "all unknown a no, or a yes"),
    "95% interval": ("|", "95% interval"),
}


def against_official(table: pd.DataFrame, title: str, subtitle: str, source: str) -> style.Page:
    """Return official totals beside the register's, a row a total, with a time line.

    Parameters
    ----------
    table : pandas.DataFrame
        ``release``, ``what``, ``unit``, ``first_day``, ``last_day``, ``official``, ``register``,
        ``least``, ``most``, ``bound``, in the order of the rows; units one after the other.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=172)
    left, bottom, right, top = fig.body_mm
    places = _places(table)
    box = (left + 76, bottom + 5, left + 102, top - 8)
    times = style.axes_in(fig, box, label="times")
    values = style.axes_in(fig, (left + 108, bottom + 5, right - 15, top - 8), label="values")
    for place, row in zip(places, table.itertuples(), strict=True):
        _time_bar(times, place, row)
        _pair(values, place, row)
    _release_names(times, places, table)
    for ax in (times, values):
        ax.set(ylim=(max(places) + 0.8, -1.4), yticks=[])
        ax.spines["left"].set_visible(False)
        ax.grid(axis="x")
    times.set(xlim=(FIRST_YEAR - 1, LAST_YEAR + 0.5))
    times.set_xticks([1960, 1990, 2020])
    values.set(xlim=(-1.5, table[["official", "most"]].max().max() * 1.04))
    _heading(times, "Period")
    _heading(values, "Register and official total")
    _unit_names(times, places, table)
    _official_key(fig, (left, top - 3.5, right, top))
    return fig


def _places(table: pd.DataFrame) -> list[float]:
    """Return the height of each row: a gap between releases, a wider one between units."""
    place, places, last = 0.0, [], None
    for row in table.itertuples():
        if last is not None:
            place += 1.0
            place += 1.9 if row.unit != last.unit else 0.3 if row.release != last.release else 0
        places.append(place)
        last = row
    return places


def _time_bar(ax: Axes, place: float, row: tuple) -> None:
    """Draw the period of a total."""
    days = (row.first_day, row.last_day)
    start, end = (day.year + day.day_of_year / 366 for day in days)
    ax.plot([start, max(end, start + 0.8)], [place, place], color=style.MUTED, linewidth=2.6,
            solid_capstyle="butt", gid="period")  # fmt: skip


def _pair(ax: Axes, place: float, row: tuple) -> None:
    """Draw the official number, the register's and its range, and the share found."""
    ax.plot([row.official, row.register], [place, place], color=CONTEXT, linewidth=0.9, zorder=2)
    ax.plot([row.least, row.most], [place, place], color=SUBJECT, linewidth=3.2, alpha=0.35,
            solid_capstyle="butt", zorder=2.5, gid="range")  # fmt: skip
    shape = "<" if row.bound else "o"
    ax.plot(row.official, place, shape, markersize=6, markerfacecolor=style.PAPER,
            markeredgecolor=style.INK, zorder=3, clip_on=False, gid="official")  # fmt: skip
    ax.plot(row.register, place, "o", markersize=3.6, color=SUBJECT, zorder=4, clip_on=False,
            gid="register")  # fmt: skip
    most = f"up to {row.official}" if row.bound else f"{row.official}"
    ax.text(
        1.01, place, f"{row.register} / {most}", transform=ax.get_yaxis_transform(), va="center",
        fontsize=7, gid="numbers",
    )  # fmt: skip


def _release_names(ax: Axes, places: list[float], table: pd.DataFrame) -> None:
    """Write release and scope left of the time line."""
    last = None
    for place, row in zip(places, table.itertuples(), strict=True):
        for x_mm, words, weight in (
            (-76, row.release if (row.release, row.unit) != last else "", 600),
            (-38, row.what, 400),
        ):
            if words:
                ax.text(
                    0, place, words, fontsize=7.5, fontweight=weight, va="center",
                    transform=_shifted(ax, ax.get_yaxis_transform(), x_mm), gid="name",
                )  # fmt: skip
        last = (row.release, row.unit)


def _shifted(ax: Axes, base: Transform, x_mm: float, y_mm: float = 0) -> Transform:
    """Return a transform moved by millimetres on the page."""
    return base + ScaledTranslation(x_mm / 25.4, y_mm / 25.4, ax.figure.dpi_scale_trans)


def _heading(ax: Axes, words: str) -> None:
    """Write a heading above the axes."""
    ax.text(
        0, 1, words, fontweight=600, fontsize=8, va="bottom",
        transform=_shifted(ax, ax.transAxes, 0, 0.8),
    )  # fmt: skip


def _unit_names(ax: Axes, places: list[float], table: pd.DataFrame) -> None:
    """Write the unit above the first row of each unit."""
    firsts = ~table["unit"].astype(str).duplicated()
    for place, row in zip(places, table.itertuples(), strict=True):
        if firsts[row.Index]:
            ax.text(
                0, place - 0.95, f"In {row.unit}", fontsize=7.5, color=style.MUTED, va="center",
                transform=_shifted(ax, ax.get_yaxis_transform(), -76), gid="unit",
            )  # fmt: skip


def _official_key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Explain the dots."""
    ax = _key(fig, box)
    items = [
        ("o", style.PAPER, style.INK, 6, "official total", 31),
        ("<", style.PAPER, style.INK, 6, "only an upper bound was said", 48),
        ("o", SUBJECT, SUBJECT, 3.6, "register", 22),
    ]
    x = 1.5
    for shape, face, edge, size, words, wide in items:
        ax.plot(x, 2, shape, markersize=size, markerfacecolor=face, markeredgecolor=edge)
        ax.text(x + 2.6, 2, words, va="center", fontsize=7.5)
        x += wide
    ax.plot([x, x + 5], [2, 2], color=SUBJECT, linewidth=3.2, alpha=0.35, solid_capstyle="butt")
    ax.text(x + 6.5, 2, "register's range", va="center", fontsize=7.5)


def _key(fig: style.Page, box: tuple[float, float, float, float]) -> Axes:
    """Return axes without frame, in millimetres, for a key."""
    size = {"xlim": (0, box[2] - box[0]), "ylim": (0, box[3] - box[1])}
    ax = style.axes_in(fig, box, label="key", **size)
    ax.set_axis_off()
    return ax


def overlap(
    table: pd.DataFrame,
    names: pd.DataFrame,
    dependence: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
) -> style.Page:
    """Return what pairs of lists caught, the estimate and what dependence would do to it.

    Parameters
    ----------
    table : pandas.DataFrame
        Index ``trial``; ``first_only``, ``both``, ``second_only``, ``known``, ``register``,
        ``estimate``, ``low``, ``high``, ``verdict``.
    names : pandas.DataFrame
        Index ``trial``; ``first``, ``second``: who speaks.
    dependence : pandas.DataFrame
        Index ``odds_ratio``; ``total``, of the last trial.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=142)
    left, bottom, right, top = fig.body_mm
    bars = style.axes_in(fig, (left + 52, bottom + 34, right - 47, top - 8), label="lists")
    for place, (trial, row) in enumerate(table.iterrows()):
        _caught(bars, place, row)
        lists = f"{names.loc[trial, 'first']},\n{names.loc[trial, 'second']}"
        _beside_row(bars, place - 0.24, -52, trial, 600)
        _beside_row(bars, place + 0.17, -52, lists, 400)
    most = max(table["high"].max(), dependence["total"].max()) * 1.04
    bars.set(xlim=(0, most), ylim=(len(table) - 0.45, -0.55), yticks=[])
    bars.grid(axis="x")
    bars.tick_params(axis="x", labelbottom=False, length=0)
    bars.spines["left"].set_visible(False)
    _dependence(fig, (left + 52, bottom + 5, right - 47, bottom + 25), dependence, table.iloc[-1])
    _list_key(fig, (left, top - 4.5, right, top))
    return fig


def _beside_row(ax: Axes, place: float, x_mm: float, words: str, weight: int) -> None:
    """Write words left of the axes at a height of its data."""
    ax.text(
        0, place, words, fontsize=7.5 if weight > 400 else 7, fontweight=weight, va="center",
        color=style.INK if weight > 400 else style.MUTED, linespacing=1.0,
        transform=_shifted(ax, ax.get_yaxis_transform(), x_mm), gid="name",
    )  # fmt: skip


def _caught(ax: Axes, place: float, row: pd.Series) -> None:
    """Draw one pair of lists: caught, estimated, and what the register has."""
    x = 0.0
    for part, look in LIST_LOOK.items():
        value = int(row[part])
        if value:
            ax.barh(place - 0.12, value, left=x, height=0.36, linewidth=0.8, gid=part, **look)
            if value > 3:
                ax.text(
                    x + value / 2, place - 0.12, f"{value}", ha="center", va="center", fontsize=7.5,
                    color=style.PAPER if part == "both" else style.INK, gid="number",
                )  # fmt: skip
        x += value
    if row["estimate"] > x:
        look = style.BLIND | {"edgecolor": style.MUTED, "hatch": "//////"}
        ax.barh(place - 0.12, row["estimate"] - x, left=x, height=0.36, gid="unseen", **look)
    if row["high"] > row["low"]:
        ax.plot([row["low"], row["high"]], [place + 0.16] * 2, color=style.INK, linewidth=1.2,
                gid="interval")  # fmt: skip
        ax.plot(row["estimate"], place + 0.16, "o", color=style.INK, markersize=3.6)
    ax.plot([row["register"]] * 2, [place - 0.38, place + 0.24], color=style.INK, linewidth=1.6,
            zorder=4, gid="register")  # fmt: skip
    words = (
        f"{row['first_only']} only first, {row['both']} both, {row['second_only']} only second",
        f"estimate {row['estimate']:.1f}, register {row['register']}",
        row["verdict"],
    )
    for line, text in enumerate(words):
        ax.text(
            1, place - 0.3 + 0.26 * line, text, fontsize=7, va="center", gid="verdict",
            fontweight=600 if text == row["verdict"] else 400,
            transform=_shifted(ax, ax.get_yaxis_transform(), 3),
        )  # fmt: skip


def _dependence(
    fig: style.Page,
    box: tuple[float, float, float, float],
    table: pd.DataFrame,
    row: pd.Series,
) -> None:
    """Draw the estimate under several odds ratios, on the scale of the bars."""
    ax = style.axes_in(fig, box, label="dependence", sharex=fig.axes[0])
    for place, (odds, item) in enumerate(table.iterrows()):
        ax.plot([row["known"], item["total"]], [place] * 2, color=CONTEXT, linewidth=1.2)
        ax.plot(item["total"], place, "o", color=style.INK, markersize=4, gid="odds")
        words = f"{item['total']:.0f}, register has {item['share_seen']:.0%}"
        ax.text(
            1, place, words, fontsize=7, va="center", gid="odds-words",
            transform=_shifted(ax, ax.get_yaxis_transform(), 3),
        )  # fmt: skip
        label = "independent" if odds == 1 else f"odds {odds:g} times as great"
        _beside_row(ax, place, -52, label, 400)
    ax.axvline(row["known"], color=style.INK, linewidth=1.6)
    ax.set(ylim=(len(table) - 0.5, -0.6), yticks=[])
    ax.tick_params(axis="x", labelbottom=True)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    ax.text(
        1, 0, "incidents", fontsize=8, va="top", gid="unit",
        transform=_shifted(ax, ax.transAxes, 3, -1.6),
    )  # fmt: skip
    _beside_row(ax, -1.25, -52, "The last pair, if one list follows the other", 600)


def _list_key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Name the parts of the bars."""
    ax = _key(fig, box)
    unseen = style.BLIND | {"edgecolor": style.MUTED, "hatch": "//////"}
    items = [
        (LIST_LOOK["first_only"], "first list only", 30),
        (LIST_LOOK["both"], "both", 18),
        (LIST_LOOK["second_only"], "second list only", 34),
        (unseen, "estimated, in neither", 38),
    ]
    x = 0.5
    for look, words, wide in items:
        ax.add_patch(Rectangle((x, 1.0), 4.5, 2.6, **({"linewidth": 0.8} | look)))
        ax.text(x + 5.7, 2.3, words, va="center", fontsize=7.5)
        x += wide
    ax.plot([x, x + 5], [2.3, 2.3], color=style.INK, linewidth=1.2)
    ax.plot(x + 2.5, 2.3, "o", color=style.INK, markersize=3.6)
    ax.text(x + 6.2, 2.3, "95% interval", va="center", fontsize=7.5)
    ax.plot([x + 27] * 2, [0.6, 4.0], color=style.INK, linewidth=1.6)
    ax.text(x + 28.5, 2.3, "register", va="center", fontsize=7.5)


def revisions(
    printed: pd.DataFrame, years: pd.DataFrame, title: str, subtitle: str, source: str
) -> style.Page:
    """Return every printed value of a year's arrivals less the value in force.

    Parameters
    ----------
    printed : pandas.DataFrame
        One row a value: ``year``, ``people``, ``first`` (whether printed first).
    years : pandas.DataFrame
        Index ``year``; ``first``, ``last``.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=112)
    ax = style.axes(fig, left=11, bottom=6, right=2, top=8, label="revisions")
    last = years["last"]
    off = printed["people"] - printed["year"].map(last)
    for year in years.index:
        mine = off[printed["year"].eq(year)]
        ax.plot([year, year], [min(0, mine.min()), max(0, mine.max())], color=CONTEXT,
                linewidth=1.2, zorder=1.5)  # fmt: skip
    for first, look in ((False, {"color": style.MUTED, "s": 9}), (True, _OPEN)):
        kept = printed["first"].eq(first) & (off.ne(0) | first)
        ax.scatter(printed.loc[kept, "year"], off[kept], zorder=3, clip_on=False,
                   gid="first" if first else "other", **look)  # fmt: skip
    ax.axhline(0, color=style.INK, linewidth=1.0, zorder=1)
    ax.scatter(years.index, [0] * len(years), s=11, color=style.INK, zorder=4, gid="in-force")
    for start, end in _gaps(list(years.index)):
        style.blind(ax, start - 0.5, end + 0.5, gid="blind")
    _name_largest(ax, years)
    ax.set(xlim=(years.index.min() - 0.6, years.index.max() + 0.6))
    ax.set_ylim(-max(abs(off)) * 1.12, max(abs(off)) * 1.12)
    ax.set_xticks(range(years.index.min(), years.index.max() + 1, 2))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:+.0f}" if value else "0")
    ax.grid(axis="y")
    _heading(ax, "People more or fewer than the value in force")
    _revision_key(fig)
    return fig


_OPEN = {"s": 30, "facecolor": style.PAPER, "edgecolor": SUBJECT, "linewidth": 1.3}


def _gaps(years: list[int]) -> list[tuple[int, int]]:
    """Return the runs of years that are missing between the first and the last."""
    missing = [year for year in range(years[0], years[-1] + 1) if year not in years]
    runs: list[tuple[int, int]] = []
    for year in missing:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _name_largest(ax: Axes, years: pd.DataFrame) -> None:
    """Write first and last value of the years that were changed most."""
    change = (years["last"] - years["first"]).abs()
    for year in change.nlargest(2).index:
        row = years.loc[year]
        ax.text(
            year, row["first"] - row["last"], f"{row['first']:,.0f} became {row['last']:,.0f}",
            fontsize=7.5, va="center", transform=style.offset(ax, 2.2, 0), gid="named",
        )  # fmt: skip


def _revision_key(fig: style.Page) -> None:
    """Explain the dots."""
    left, _, right, top = fig.body_mm
    ax = _key(fig, (left + 88, top - 5, right, top))
    ax.scatter([1.5], [2.0], **_OPEN)
    ax.text(4, 2.0, "printed first", va="center", fontsize=7.5)
    ax.scatter([26], [2.0], s=9, color=style.MUTED)
    ax.text(28.5, 2.0, "printed in between", va="center", fontsize=7.5)
    ax.scatter([60], [2.0], s=11, color=style.INK)
    ax.text(62.5, 2.0, "in force", va="center", fontsize=7.5)


def sources(
    decades: pd.DataFrame, routes: pd.DataFrame, title: str, subtitle: str, source: str
) -> style.Page:
    """Return how well incidents are established, by decade (left) and route (right).

    Parameters
    ----------
    decades, routes : pandas.DataFrame
        Index ``decade`` or ``route``; ``verified``, ``one_source``, ``disputed``, ``low``.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=104)
    left, bottom, right, top = fig.body_mm
    most = max(decades["incidents"].max(), routes["incidents"].max()) * 1.36
    panels = [
        ("decades", decades, [f"{decade}s" for decade in decades.index], left + 11, left + 84),
        ("routes", routes, [_short(name) for name in routes.index], left + 113, right),
    ]
    for label, table, names, x0, x1 in panels:
        ax = style.axes_in(fig, (x0, bottom, x1, top - 11), label=label)
        for place, row in enumerate(table.itertuples()):
            _established(ax, place, row, most)
        ax.set(xlim=(0, most), ylim=(len(table) - 0.5, -0.5), xticks=[])
        ax.set_yticks(range(len(table)), names)
        ax.tick_params(axis="y", length=0, pad=3)
        ax.spines["bottom"].set_visible(False)
        _heading(ax, f"Incidents by {label[:-1]}")
    _status_key(fig, (left, top - 4.5, right, top))
    return fig


def _short(route: str) -> str:
    """Return the label of a route for a chart."""
    return SHORT[Route(route)]


def _established(ax: Axes, place: int, row: tuple, most: float) -> None:
    """Draw one bar and write its parts, its total and its rows of low confidence."""
    x = 0
    for part, look in STATUS_LOOK.items():
        value = getattr(row, part)
        if value:
            ax.barh(place, value, left=x, height=0.62, linewidth=0.8, gid=part, **look)
            if value / most > 0.03:
                back = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}
                ax.text(
                    x + value / 2, place, f"{value}", ha="center", va="center", fontsize=7.5,
                    gid="number", bbox=back if part == "disputed" else None,
                )  # fmt: skip
        x += value
    ax.text(x, place, f"{x}", va="center", fontsize=8, fontweight=600, gid="total",
            transform=style.offset(ax, 1.0, 0))  # fmt: skip
    if row.low:
        ax.text(x, place, f"{row.low} low", va="center", fontsize=7, color=style.MUTED, gid="low",
                transform=style.offset(ax, 6.0, 0))  # fmt: skip


def _status_key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Name the parts of the bars."""
    ax = _key(fig, box)
    words = {"verified": "verified", "one_source": "one source", "disputed": "disputed"}
    x = 0.3
    for part, look in STATUS_LOOK.items():
        ax.add_patch(Rectangle((x, 1.0), 4.5, 2.8, linewidth=0.8, **look))
        ax.text(x + 5.7, 2.3, words[part], va="center", fontsize=8)
        x += 26
    ax.text(x, 2.3, "“low”: rows of low confidence among them", va="center", fontsize=8)


def headlines(
    table: pd.DataFrame, words: pd.DataFrame, title: str, subtitle: str, source: str
) -> style.Page:
    """Return each headline number with the values that each kind of doubt gives it.

    Parameters
    ----------
    table : pandas.DataFrame
        ``headline``, ``value``, ``cause`` (of ``CAUSES``), ``low``, ``high``.
    words : pandas.DataFrame
        Index ``headline``; ``value`` and ``range`` in words.
    title, subtitle, source : str
        Words of the page.
    """
    fig = style.page(title, subtitle, source, height_mm=138)
    left, bottom, right, top = fig.body_mm
    ax = style.axes_in(fig, (left + 51, bottom + 13, right - 40, top - 1), label="headlines")
    for place, headline in enumerate(words.index):
        rows = table[table["headline"].eq(headline)]
        _doubts(ax, place, rows)
        _beside_row(ax, place, -51, headline, 600)
        for x_mm, name, weight in ((3, "value", 600), (18, "range", 400)):
            _right_of_row(ax, place, x_mm, words.loc[headline, name], weight)
    ax.set(xlim=(0, 1.0), ylim=(len(words) - 0.5, -0.5), xticks=[], yticks=[])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    _cause_key(fig, (left, bottom, right, bottom + 9.5))
    return fig


def _doubts(ax: Axes, place: int, rows: pd.DataFrame) -> None:
    """Draw a headline on a scale from nothing to its highest value."""
    value, most = rows["value"].iloc[0], rows["high"].max()
    ax.plot([0, 1], [place, place], color=style.FAINT, linewidth=0.8, zorder=1)
    ax.plot([0, 0], [place - 0.16, place + 0.16], color=CONTEXT, linewidth=0.8, zorder=1)
    ends = [rows["low"].min() / most, 1.0]
    ax.plot(ends, [place, place], color=CONTEXT, linewidth=2.6, solid_capstyle="butt", zorder=2)
    for row in rows.itertuples():
        for end in {row.low, row.high} - {value}:
            _mark(ax, end / most, place, row.cause)
    ax.plot([value / most] * 2, [place - 0.3, place + 0.3], color=SUBJECT, linewidth=2.4,
            solid_capstyle="butt", zorder=5, gid="value", clip_on=False)  # fmt: skip


def _mark(ax: Axes, x: float, place: float, cause: str) -> None:
    """Draw the mark of one doubt."""
    shape, _ = CAUSES[cause]
    look = {"markersize": 9 if shape == "|" else 5.2, "markeredgecolor": style.INK}
    ax.plot(x, place, shape, markerfacecolor=style.PAPER, markeredgewidth=1.0, zorder=4,
            clip_on=False, gid=cause, **look)  # fmt: skip


def _right_of_row(ax: Axes, place: float, x_mm: float, words: str, weight: int) -> None:
    """Write words right of the axes at a height of its data."""
    ax.text(
        1, place, words, fontsize=7.5, fontweight=weight, va="center", gid="words",
        color=SUBJECT if weight > 400 else style.INK,
        transform=_shifted(ax, ax.get_yaxis_transform(), x_mm),
    )  # fmt: skip


def _cause_key(fig: style.Page, box: tuple[float, float, float, float]) -> None:
    """Explain the marks in two rows."""
    ax = _key(fig, box)
    ax.add_line(Line2D([1.5, 1.5], [5.8, 8.8], color=SUBJECT, linewidth=2.4))
    ax.text(4, 7.3, "headline", va="center", fontsize=7.5)
    columns = [24, 64, 106, 148]
    spots = [(x, y) for y in (7.3, 2.0) for x in columns]
    for (x, y), (shape, words) in zip(spots, CAUSES.values(), strict=True):
        ax.plot(x, y, shape, markersize=9 if shape == "|" else 5.2, markerfacecolor=style.PAPER,
                markeredgecolor=style.INK)  # fmt: skip
        ax.text(x + 2.6, y, words, va="center", fontsize=7.5)

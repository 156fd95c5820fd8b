"""Estimates of the North Koreans who stay in China, a row an estimate, with who said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import MaxNLocator

from helpers.analysis import arrivals
from helpers.data.vocab import EstimateStanding, RouteMeasure, RoutePlace
from helpers.figures import idioms, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.sentences.arrivals import amount
from helpers.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 142, "column_body_mm": 124, "slide_mm": 128}


def table(frames: Frames) -> pd.DataFrame:
    """Return the estimates that have a date, in order of year.

    Columns: ``year``, ``period``, ``low``, ``high``, ``point``, ``open`` (see
    :func:`helpers.analysis.arrivals.bounds`; persons), ``who_says``, ``standing``.
    """
    estimates = frames["route_estimates"]
    rows = estimates[
        estimates["measure"].eq(RouteMeasure.STAYING.value)
        & estimates["place"].eq(RoutePlace.CHINA.value)
        & estimates["period_end"].notna()
    ]
    year = rows["period_start"].fillna(rows["period_end"]).str[:4].astype(int)
    rows = arrivals.bounds(rows).assign(year=year)
    columns = ["year", "period", "low", "high", "point", "open", "who_says", "standing"]
    return rows.sort_values(["year", "high", "low"], kind="stable")[columns].reset_index(drop=True)


def repeated(estimates: pd.DataFrame) -> pd.Series:
    """Tell which rows are of the source that gave numbers for most years, two at the least."""
    years = estimates.groupby("who_says")["year"].nunique()
    if years.max() < 2:
        return pd.Series(False, index=estimates.index)
    return estimates["who_says"].eq(years.idxmax())


def spread(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return by year how far the estimates lie apart.

    Returns
    -------
    pandas.DataFrame
        Index ``year``; ``estimates``, ``least``, ``most`` (persons, of all that was said),
        ``factor`` (most over least), ``open`` (whether an end was "up to" or "more than": then the
        factor is at least that), ``nearest`` (the highest lower end over the lowest upper end:
        above 1, two estimates exclude each other).
    """
    ends = estimates.assign(
        low=estimates["low"].fillna(estimates["high"]),
        high=estimates["high"].fillna(estimates["low"]),
    )
    groups = ends.groupby("year")
    table = pd.DataFrame(
        {
            "estimates": groups.size(),
            "least": groups["low"].min().astype(int),
            "most": groups["high"].max().astype(int),
        }
    )
    at_end = ends["low"].eq(ends["year"].map(table["least"])) & ends["open"].eq("down")
    at_end |= ends["high"].eq(ends["year"].map(table["most"])) & ends["open"].eq("up")
    return table.assign(
        factor=table["most"] / table["least"].where(table["least"].gt(0)),
        open=at_end.groupby(ends["year"]).any(),
        nearest=groups["low"].max() / groups["high"].min().where(groups["high"].min().gt(0)),
    )


def words(estimates: pd.DataFrame) -> Words:
    """Return the words: the source that was repeated, and how far estimates lie apart."""
    years, same = spread(estimates), estimates[repeated(estimates)]
    least, most = years["least"].min(), years["most"].max()
    named = {
        "estimates": len(estimates), "span": (estimates["year"].min(), estimates["year"].max()),
        "least": least, "most": most,
    }  # fmt: skip
    title = "Estimates of North Koreans in China range from {least:n} to {most:n}"
    fact = (
        "What was said {span:when} runs from {least:n} to {most:n} people "
        "({estimates:estimate/estimates})."
    )
    several = years[years["estimates"].gt(1) & years["factor"].gt(1)]
    wide = several[several["factor"].eq(several["factor"].max())]
    if len(wide):
        named |= {
            "years": list(wide.index), "factor": wide["factor"].iloc[0],
            "near": list(wide["nearest"].map(lambda v: f"{v:.3g}")),
        }  # fmt: skip
        times = "at least {factor:n} times" if wide["open"].any() else "{factor:n} times"
        fact += f" They differ most for {{years:list}}: the highest end is {times} the lowest."
        if wide["nearest"].gt(1).all():
            fact += " Some exclude each other: their nearest ends lie {near:list} times apart."
    if len(same):
        one, other = same.iloc[0], same.iloc[-1]
        ends = [_point(row) for row in (one, other)]
        named |= {"first": ends[0], "last": ends[1], "who": one["who_says"],
                  "then": one["period"], "now": other["period"],
                  "verb": "rise" if ends[1] > ends[0] else "fall"}  # fmt: skip
        title = "One source saw North Koreans in China {verb} from {first:n} to {last:n}"
        if ends[0] == ends[1]:
            title = "One source put North Koreans in China at {first:n} each time"
        fact += " One source is repeated: {who} gave {first:n} for {then} and {last:n} for {now}."
    return Words(
        title=say(title, **named),
        subtitle=say(
            "Estimates of North Koreans staying in China {span:when}, people, with who gave them. "
            "Some cover one region, some all of China.",
            **named,
        ),
        source=source_line("Nobody has counted; each line is what somebody said"),
        alt=say(
            "{estimates:row/rows} by year with dots and lines, each with who gave the number, on a "
            "scale from 0 to {most:n}. The lowest end is {least:n}.",
            **named,
        ),
        fact=say(fact, **named),
    )


def _point(row: pd.Series) -> float:
    return float(row[["point", "low", "high"]].dropna().iloc[0])


def draw(page: style.Page, estimates: pd.DataFrame) -> None:
    """Draw a row an estimate: a dot, a range, or an arrow where only one end was said."""
    left, bottom, right, top = page.body_mm
    same = repeated(estimates)
    doubtful = estimates["standing"].eq(EstimateStanding.DOUBTFUL.value)
    items = [(_dot(style.COLOURS["china"]), "one source, repeated")] * int(same.any())
    items += [(_dot(style.MUTED), "other sources")]
    items += [(_dot(style.MUTED, False), "doubtful")] * int(doubtful.any())
    idioms.key(page, (left, top - 6, right, top), items, 7.5)
    ax = style.axes_in(page, (left + 10, bottom + 6, right - 6, top - 8), label="staying")
    most = float(estimates[["low", "high"]].max().max()) or 1.0
    for order, (index, row) in enumerate(estimates.iterrows()):
        colour = style.COLOURS["china"] if same[index] else style.MUTED
        _estimate(ax, 2 * order + 1, row, most, colour, not doubtful[index])
        lines = style.wrap(_said(row), style.size_mm(ax)[0] - 4, 7)
        ax.text(0, 2 * order + 0.1, lines[0] + " ..." * (len(lines) > 1), fontsize=7, va="center",
                gid="estimate-words", zorder=4, bbox=BOX)  # fmt: skip
    ax.set(xlim=(0, most * 1.02), ylim=(2 * len(estimates) - 0.4, -0.6))
    _axes(ax, estimates, most, 4 if page.narrow else 6)


BOX = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}
"""White behind words hides the grid and no mark."""


def _axes(ax: Axes, estimates: pd.DataFrame, most: float, ticks: int) -> None:
    new = ~estimates["year"].duplicated()
    ax.set_yticks([2 * order + 1 for order in estimates.index[new]],
                  estimates["year"][new].astype(str))  # fmt: skip
    for order in estimates.index[new][1:]:
        ax.axhline(2 * order - 0.6, color=style.FAINT, linewidth=0.5)
    found = MaxNLocator(ticks, steps=[1, 2, 5, 10]).tick_values(0, most)
    values = [value for value in found if 0 <= value <= most * 1.02]
    ax.set_xticks(values, [f"{value:,.0f}" for value in values])
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _said(row: pd.Series) -> str:
    return f"{amount(row)}: {row['who_says']}"


def _estimate(ax: Axes, y: float, row: pd.Series, most: float, colour: str, sure: bool) -> None:
    """Draw what was said: the ends and a dot for the best value, or an arrow from the one end."""
    ends = row[["low", "high"]].dropna().astype(float)
    if row["open"]:
        step = (0.05 if row["open"] == "up" else -0.05) * most
        ax.annotate("", (max(ends.iloc[0] + step, 0), y), (ends.iloc[0], y), zorder=3,
                    arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.4})  # fmt: skip
    elif row["low"] != row["high"]:
        ax.plot(ends, [y, y], "|-", color=colour, linewidth=2.4 if sure else 1.2, markersize=6.5,
                zorder=3, gid="range")  # fmt: skip
    dot = row["point"] if pd.notna(row["point"]) else ends.iloc[0]
    if row["open"] or pd.notna(row["point"]):
        ax.scatter(
            [dot], [y], zorder=4, gid="estimate", **idioms.dot(colour=colour, filled=sure, size=20)
        )


def _dot(colour: str, filled: bool = True) -> object:
    return lambda ax, x, y: ax.scatter([x + 5], [y], **idioms.dot("o", colour, filled, 20))

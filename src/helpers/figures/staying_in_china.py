"""Estimates of the North Koreans who stay in China, a row an estimate, with who said so."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.analysis import arrivals
from helpers.data.vocab import EstimateStanding, RouteMeasure, RoutePlace
from helpers.figures import Frames, Words, idioms, style
from helpers.sentences.arrivals import amount
from helpers.words import say

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 142, "column_body_mm": 124, "slide_mm": 128}
BOX = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.5}
"""White behind words hides the grid and no mark."""


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
    low, high = groups["low"], groups["high"]
    table = pd.DataFrame({"estimates": groups.size(), "least": low.min(), "most": high.max()})
    at_end = ends["low"].eq(ends["year"].map(table["least"])) & ends["open"].eq("down")
    at_end |= ends["high"].eq(ends["year"].map(table["most"])) & ends["open"].eq("up")
    return table.astype(int).assign(
        factor=table["most"] / table["least"].where(table["least"].gt(0)),
        open=at_end.groupby(ends["year"]).any(),
        nearest=low.max() / high.min().where(high.min().gt(0)),
    )


def words(estimates: pd.DataFrame) -> Words:
    """Return the words: the source that was repeated, and how far estimates lie apart."""
    years, same = spread(estimates), estimates[repeated(estimates)]
    named = {
        "estimates": len(estimates), "span": (estimates["year"].min(), estimates["year"].max()),
        "least": years["least"].min(), "most": years["most"].max(),
    }  # fmt: skip
    title = "Estimates of North Koreans in China range from {least:n} to {most:n}"
    fact = (
        "{estimates:estimate/estimates} {span:when} {estimates:=names/name} {least:n} to {most:n} "
        "people."
    )
    several = years[years["estimates"].gt(1) & years["factor"].gt(1)]
    wide = several[several["factor"].eq(several["factor"].max())]
    if len(wide):
        near = [say("{n:g}", n=round(value, 1)) for value in wide["nearest"]]
        named |= {"years": list(wide.index), "factor": wide["factor"].iloc[0], "near": near}
        differ = (
            " They differ most for {years:list}: the highest end is {factor:n} times the lowest."
        )
        if wide["open"].any():
            differ = (
                " They differ most for {years:list}: the highest end is at least {factor:n} times "
                "the lowest."
            )
        fact += differ
        if wide["nearest"].gt(1).all():
            fact += " Some exclude each other: even their nearest ends are {near:list} times apart."
    if len(same):
        one, other = same.iloc[0], same.iloc[-1]
        first, last = (
            float(row[["point", "low", "high"]].dropna().iloc[0]) for row in (one, other)
        )
        named |= {"first": first, "last": last, "who": one["who_says"], "then": one["period"],
                  "now": other["period"]}  # fmt: skip
        title = "One source's estimate for China fell from {first:n} to {last:n} people"
        if last > first:
            title = "One source's estimate for China rose from {first:n} to {last:n} people"
        if first == last:
            title = "One source put North Koreans in China at {first:n} each time"
        fact += (
            " One source spoke more than once: {who}, with {first:n} for {then:said} and {last:n} "
            "for {now:said}."
        )
    return Words.of(
        named,
        title=title,
        subtitle="Estimates of North Koreans staying in China {span:when}, people, with who gave "
        "them. Some cover one region, some all of China.",
        source="Nobody has counted; each line is what somebody said",
        alt="{estimates:row/rows} by year with dots and lines, each with who gave the number, on a "
        "scale from 0 to {most:n}. The lowest end is {least:n}.",
        fact=fact,
    )


def draw(page: style.Page, estimates: pd.DataFrame) -> None:
    """Draw a row an estimate: a dot, a range, or an arrow where only one end was said."""
    same = repeated(estimates)
    doubtful = estimates["standing"].eq(EstimateStanding.DOUBTFUL.value)
    blue, grey = style.COLOURS["china"], style.MUTED
    items = [(_dot(blue), "one source, repeated")] * int(same.any())
    items += [(_dot(grey), "other sources")]
    key = [(idioms.mark(**look), text) for look, text in items]
    dotted = doubtful & (estimates["open"].astype(bool) | estimates["point"].notna())
    if dotted.any():
        key.append((idioms.mark(**_dot(grey, False)), "doubtful"))
    elif doubtful.any():
        key.append((idioms.stroke(color=grey, **_line(False)), "doubtful"))
    idioms.key(page, key)
    ax = style.axes(page, left=10, bottom=6, right=6, top=2, label="staying")
    most = float(estimates[["low", "high"]].max().max()) or 1.0
    points = idioms.small(ax)
    for order, (index, row) in enumerate(estimates.iterrows()):
        _estimate(ax, 2 * order + 1, row, most, blue if same[index] else grey, not doubtful[index])
        said = say("{amount}: {who}", amount=amount(row), who=row["who_says"])
        line, *more = style.wrap(said, style.size_mm(ax)[0] - 4, points)
        ax.text(0, 2 * order + 0.1, line + " ..." * bool(more), fontsize=points, va="center",
                gid="estimate-words", zorder=4, bbox=BOX)  # fmt: skip
    ax.set(xlim=(0, most * 1.02), ylim=(2 * len(estimates) - 0.4, -0.6))
    new = estimates.index[~estimates["year"].duplicated()]
    ax.set_yticks(2 * new + 1, estimates.loc[new, "year"].astype(str))
    for order in new[1:]:
        ax.axhline(2 * order - 0.6, color=style.FAINT, linewidth=0.5)
    ax.xaxis.set_major_locator(MaxNLocator(4 if page.narrow else 6, steps=idioms.ROUND))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _estimate(ax: Axes, y: float, row: pd.Series, most: float, colour: str, sure: bool) -> None:
    """Draw what was said: the ends and a dot for the best value, or an arrow from the one end."""
    ends = row[["low", "high"]].dropna().astype(float)
    if row["open"]:
        room = 14 if row["open"] == "up" else -min(14, ends.iloc[0] / most * 360)
        idioms.arrow(ax, ends.iloc[0], y, (room, 0), color=colour, linewidth=1.4)
    elif row["low"] != row["high"]:
        ax.plot(ends, [y, y], color=colour, zorder=3, gid="range", **_line(sure))
    dot = row["point"] if pd.notna(row["point"]) else ends.iloc[0]
    if row["open"] or pd.notna(row["point"]):
        ax.scatter([dot], [y], zorder=4, gid="estimate", **_dot(colour, sure))


def _line(sure: bool) -> dict:
    return {"marker": "|", "markersize": 6.5, "linewidth": 2.4 if sure else 1.2}


def _dot(colour: str, filled: bool = True) -> dict:
    return idioms.dot(colour=colour, filled=filled, size=20)

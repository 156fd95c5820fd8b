"""Prices that were named for crossing the river into China, each currency in a strip of its own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.ticker import NullLocator

from helpers.analysis import arrivals
from helpers.data.vocab import CostLeg, Currency
from helpers.figures import idioms, style
from helpers.figures.provenance import source_line
from helpers.figures.registry import Words
from helpers.sentences.arrivals import amount
from helpers.words import number, say, spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from helpers.figures.frames import Frames

NOTEBOOK = "03_through_china"
WORDS_MM = 8
HEIGHTS = {"height_mm": 136, "column_body_mm": 118, "slide_mm": 128}


def table(frames: Frames) -> pd.DataFrame:
    """Return the prices of the river crossing, in order of currency and time.

    Columns: ``currency``, ``period``, ``first``, ``last`` (years with a fraction), ``low``,
    ``high``, ``point``, ``open`` (see :func:`helpers.analysis.arrivals.bounds`; in ``currency``),
    ``who_says``. Nothing is converted: the data hold no rate of exchange. Shares of a survey,
    undated prices and prices of nothing are left out.
    """
    costs = frames["route_costs"]
    rows = costs[
        costs["leg"].eq(CostLeg.RIVER_CROSSING.value)
        & costs["share_percent"].isna()
        & costs["period_end"].notna()
    ]
    rows = arrivals.bounds(rows, "amount")
    rows = rows[rows[["low", "high"]].max(axis=1).gt(0)]
    first = arrivals.year_of(rows["period_start"].fillna(rows["period_end"]))
    table = rows.assign(first=first, last=arrivals.year_of(rows["period_end"]),
                        currency=rows["currency"].astype(str))  # fmt: skip
    columns = ["currency", "period", "first", "last", "low", "high", "point", "open", "who_says"]
    order = ["currency", "first", "last"]
    return table.sort_values(order, kind="stable")[columns].reset_index(drop=True)


def repeated(prices: pd.DataFrame) -> pd.DataFrame:
    """Return the first and the last price of whoever named most in one currency, or no row.

    Only prices with both ends count: what is "at least" has no upper end to compare.
    """
    rows = prices[prices["open"].eq("")]
    sizes = rows.groupby(["currency", "who_says"])["first"].agg(["size", "nunique"])
    sizes = sizes[sizes["nunique"].gt(1)]
    if sizes.empty:
        return prices.iloc[:0]
    currency, who = sizes["size"].idxmax()
    return rows[rows["currency"].eq(currency) & rows["who_says"].eq(who)].iloc[[0, -1]]


def words(prices: pd.DataFrame) -> Words:
    """Return the words: how the price of one source changed, and the ends in each currency."""
    two = repeated(prices)
    named = {"prices": len(prices), "first": int(prices["first"].min()),
             "last": int(prices["last"].max())}  # fmt: skip
    title = "{prices:price is/prices are} published for crossing the river into China"
    fact = ""
    if len(two):
        old, new = two.iloc[0], two.iloc[-1]
        named |= {
            "who": old["who_says"], "currency": _label(old["currency"]), "old": amount(old),
            "new": amount(new), "then": old["period"], "now": new["period"],
        }  # fmt: skip
        fact = "{who} named {old} {currency} ({then}) and {new} ({now})"
        title, factor = _change(old, new, named)
        fact += factor + ". "
    ends = []
    for currency, rows in prices.groupby("currency"):
        one, other = rows.iloc[0], rows.iloc[-1]
        text = f"in {_label(currency)} {amount(one)} ({one['period']})"
        if len(rows) > 1:
            text += f" and {amount(other)} ({other['period']})"
        ends.append(text)
    named["ends"] = "; ".join(ends)
    fact += "The first and the last published prices are: {ends}."
    return Words(
        title=say(title, **named),
        subtitle="Published prices a person for crossing the Yalu or Tumen, by time, in the "
        "currency named, logarithmic scale. Claims of brokers and escapees, not a market.",
        source=source_line("Claims as published, by different sources; no currency is converted"),
        alt=say(
            "{prices:dot or range/dots and ranges} of prices for crossing the river from {first} "
            "to {last}, a strip a currency, on a logarithmic scale. First and last: {ends}.",
            **named,
        ),
        fact=say(fact, **named),
    )


def _change(old: pd.Series, new: pd.Series, named: dict[str, object]) -> tuple[str, str]:
    """Return the templates of title and fact for a price that rose, fell or did neither."""
    if new["low"] > old["high"] > 0:
        ends = new["low"] / old["high"], new["high"] / max(old["low"], 1)
        decimals = 0 if ends[0] >= 3 else 1
        named["times"] = spread(*(number(end, decimals) for end in ends))
        return (
            "One source's price for crossing the river rose {times} times",
            ", {times} times as high",
        )
    if new["high"] < old["low"]:
        named["less"] = 1 - new["high"] / old["low"], 1 - new["low"] / old["high"]
        return (
            "One source's price for crossing the river fell by {less:%range}",
            ", {less:%range} less",
        )
    return "One source's prices for crossing the river did not clearly change", ""


def _label(currency: str) -> str:
    return "US dollars" if currency == Currency.USD else Currency(currency).definition.rstrip(".")


def draw(page: style.Page, prices: pd.DataFrame) -> None:
    """Draw a strip a currency on one scale of time, prices on a logarithmic scale."""
    left, bottom, right, top = page.body_mm
    two = repeated(prices)
    strong = pd.Series(False, index=prices.index)
    if len(two):
        who, currency = two["who_says"].iloc[0], two["currency"].iloc[0]
        strong = prices["who_says"].eq(who) & prices["currency"].eq(currency)
        items = [
            (_dot(_colour(True)), f"named by {who}"),
            (_dot(_colour(False)), "by other sources"),
        ]
        idioms.key(page, (left, top - 6, right, top), items)
    groups = list(prices.groupby("currency"))
    high = (top - 6 - bottom) / len(groups)
    first, last = prices["first"].min(), prices["last"].max()
    span = max(last - first, 1)
    for order, (currency, rows) in enumerate(groups):
        base = top - 6 - (order + 1) * high
        box = (left + 17, base + 6, right - 4, base + high - 6)
        ax = style.axes_in(page, box, label=currency)
        _strip(ax, rows, strong, (first - 0.08 * span, last + 0.08 * span))
        idioms.heading(ax, _label(currency), -17)


def _colour(strong: bool) -> str:
    return style.COLOURS["china"] if strong else style.MUTED


def _dot(colour: str) -> object:
    return lambda ax, x, y: ax.scatter([x + 5], [y], **idioms.dot(colour=colour, size=24))


def _strip(ax: Axes, rows: pd.DataFrame, strong: pd.Series, span: tuple[float, float]) -> None:
    """Draw the prices in one currency and name the first and the last."""
    ends = rows[["low", "high"]]
    least, most = ends[ends > 0].min().min(), ends.max().max()
    # Above and below the marks there is room for two lines of words.
    room = max(most / least, 4) ** (WORDS_MM / (style.size_mm(ax)[1] - 2 * WORDS_MM))
    ax.set(xlim=span, ylim=(least / room, most * room), yscale="log")
    middles = (rows["first"] + rows["last"]) / 2
    centres = rows.apply(_centre, axis=1)
    for index, row in rows.iterrows():
        low, top = max(row["low"], least / room), row["high"]
        look = {"color": _colour(strong[index]), "solid_capstyle": "butt", "zorder": 3}
        ax.plot(
            [row["first"], row["last"]], [centres[index]] * 2, linewidth=1.0, gid="time", **look
        )
        if row["open"] or low == top:
            ax.scatter([middles[index]], [centres[index]], s=24, color=look["color"], gid="price",
                       zorder=3)  # fmt: skip
        else:
            ax.plot([middles[index]] * 2, [low, top], linewidth=3.2, gid="range", **look)
        if row["open"]:
            up = 14 if row["open"] == "up" else -14
            ax.annotate("", (middles[index], centres[index]), (0, up), zorder=2,
                        textcoords="offset points",
                        arrowprops={"arrowstyle": "<-", "color": look["color"]})  # fmt: skip
    own = strong[rows.index]
    ax.plot(middles[own], centres[own], color=_colour(True), linewidth=0.9, zorder=2, gid="series")
    _name(ax, float(middles.iloc[0]), rows.iloc[0], -1)
    if len(rows) > 1:
        _name(ax, float(middles.iloc[-1]), rows.iloc[-1], 1)
    a_decade_mm = style.size_mm(ax)[1] / math.log10(ax.get_ylim()[1] / ax.get_ylim()[0])
    steps = (1, 2, 5) if a_decade_mm > 14 else (1, 5) if a_decade_mm > 12 else (1,)
    found = [value * 10**power for power in range(10) for value in steps]
    ticks = [value for value in found if least / 1.3 <= value <= most * 1.3]
    apart = math.ceil(3.8 / a_decade_mm) if steps == (1,) else 1
    ticks = ticks[::apart]
    ax.set_yticks(ticks, [_short(tick) for tick in ticks])
    ax.yaxis.set_minor_locator(NullLocator())
    ax.grid(axis="y")
    ax.tick_params(axis="y", length=0, labelsize=7)
    ax.spines["left"].set_visible(False)
    step = 1 if span[1] - span[0] < 8 else 5
    idioms.year_ticks(ax, [y for y in range(int(span[0]) + 1, int(span[1]) + 1) if y % step == 0])


def _centre(row: pd.Series) -> float:
    """Return where on a logarithmic scale a price stands: the middle of what was said."""
    low, high = row["low"], row["high"]
    if pd.isna(low) or low == 0:
        return float(high)
    return float(low) if pd.isna(high) else float(low * high) ** 0.5


def _short(price: float) -> str:
    return f"{price / 1e6:g} million" if price >= 1e6 else f"{price:,.0f}"


def _name(ax: Axes, x: float, row: pd.Series, side: int) -> None:
    """Write the last price (1) and its source right or above, the first (-1) left or below."""
    text = f"{amount(row)}, {row['period']}\n{row['who_says']}"
    wide = max(style.width_mm(line, 7.5) for line in text.split("\n")) + 4
    edge = ax.get_xlim()[(side + 1) // 2]
    look = {"fontsize": 7.5, "linespacing": 1.0, "gid": "price-words"}
    if abs(edge - x) / (ax.get_xlim()[1] - ax.get_xlim()[0]) * style.size_mm(ax)[0] > wide:
        idioms.words(ax, x, _centre(row), text, "right" if side > 0 else "left", 2.4, **look)
        return
    at = row[["low", "high"]].dropna().agg("max" if side > 0 else "min")
    late = x > sum(ax.get_xlim()) / 2
    shift = 2 if late else -2, side * (6 if row["open"] == "up" and side > 0 else 1.6)
    ax.text(x, max(at, ax.get_ylim()[0]), text, ha="right" if late else "left", zorder=4,
            va="bottom" if side > 0 else "top", path_effects=style.HALO,
            transform=style.offset(ax, *shift), **look)  # fmt: skip

"""Prices that were named for crossing the river into China, each currency in a strip of its own."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

from helpers.analysis import arrivals
from helpers.data.vocab import CostLeg, Currency
from helpers.figures import Frames, Words, idioms, style
from helpers.sentences.arrivals import amount, millions
from helpers.words import number, say, spread

NOTEBOOK = "03_through_china"
WORDS_MM = 8.5
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
             "last": int(prices["last"].max()),
             "ends": [_ends(rows) for _, rows in prices.groupby("currency")]}  # fmt: skip
    title = "{prices:price is/prices are} published for crossing the river into China"
    fact = "The first and the last published prices are {ends:items}."
    if len(two):
        old, new = two.iloc[0], two.iloc[-1]
        named |= {
            "who": old["who_says"], "currency": _label(old["currency"]), "old": amount(old),
            "new": amount(new), "then": old["period"], "now": new["period"],
        }  # fmt: skip
        title, change = _change(old, new, named)
        fact = f"{change} {fact}"
    return Words.of(
        named,
        title=title,
        subtitle="Published prices per person for crossing the Yalu or Tumen, in the currency "
        "named, logarithmic scale. Claims of brokers and escapees, not a market.",
        source="Claims as published, by different sources; no currency is converted",
        alt="{prices:dot or range/dots and ranges} of prices for crossing the river from {first} "
        "to {last}, a strip for each currency, on a logarithmic scale. The first and the last are "
        "{ends:items}.",
        fact=fact,
    )


def _ends(rows: pd.DataFrame) -> str:
    one, other = rows.iloc[0], rows.iloc[-1]
    template = "{old} {currency} ({then:said}, {first})"
    if len(rows) > 1:
        template = "{old} ({then:said}, {first}) and {new} ({now:said}, {last}) {currency}"
    return say(
        template, currency=_label(one["currency"]), old=amount(one), then=one["period"],
        new=amount(other), now=other["period"], first=one["who_says"], last=other["who_says"],
    )  # fmt: skip


NAMED = "{who} named {old} {currency} ({then:said}) and {new} ({now:said})"


def _change(old: pd.Series, new: pd.Series, named: dict[str, object]) -> tuple[str, str]:
    """Return the templates of title and fact for a price that rose, fell or did neither."""
    if new["low"] > old["high"] > 0:
        ends = new["low"] / old["high"], new["high"] / max(old["low"], 1)
        named["times"] = spread(*(number(end, 0 if ends[0] >= 3 else 1) for end in ends))
        title = "One source's price for crossing the river rose {times} times"
        return title, f"{NAMED}, {{times}} times as much."
    if new["high"] < old["low"]:
        named["less"] = 1 - new["high"] / old["low"], 1 - new["low"] / old["high"]
        title = "One source's price for crossing the river fell by {less:%range}"
        return title, f"{NAMED}, {{less:%range}} less."
    return "One source's prices for crossing the river did not clearly change", f"{NAMED}."


def _label(currency: str) -> str:
    return (
        say("US dollars") if currency == Currency.USD else Currency(currency).definition.rstrip(".")
    )


def draw(page: style.Page, prices: pd.DataFrame) -> None:
    """Draw a strip a currency on one scale of time, prices on a logarithmic scale."""
    two = repeated(prices)
    strong, key = pd.Series(False, index=prices.index), []
    if len(two):
        who, currency = two["who_says"].iloc[0], two["currency"].iloc[0]
        strong = prices["who_says"].eq(who) & prices["currency"].eq(currency)
        names = {True: say("named by {who}", who=who), False: "named by other sources"}
        look = {own: idioms.dot(colour=_colour(own), size=24) for own in names}
        key = [(idioms.mark(**look[own]), text) for own, text in names.items()]
    if prices["low"].lt(prices["high"]).any():
        key.append((idioms.mark(marker="|", s=70, color=style.MUTED, linewidth=3.2), "range"))
    if prices["first"].lt(prices["last"]).any():
        key.append((idioms.stroke(color=style.MUTED, linewidth=1.0), "time it was said of"))
    if key:
        idioms.key(page, key)
    left, bottom, right, top = page.body_mm
    groups = list(prices.groupby("currency"))
    high = (top - bottom) / len(groups)
    first, last = prices["first"].min(), prices["last"].max()
    span = max(last - first, 1)
    for order, (currency, rows) in enumerate(groups):
        base = top - (order + 1) * high
        box = (left + 17, base + 6, right - 4, base + high - 6)
        ax = style.axes_in(page, box, label=currency)
        ax.set_xlim(first - 0.08 * span, last + 0.08 * span)
        _strip(ax, rows, strong)
        idioms.heading(ax, _label(currency), -17)


def _colour(strong: bool) -> str:
    return style.COLOURS["china"] if strong else style.MUTED


def _strip(ax: Axes, rows: pd.DataFrame, strong: pd.Series) -> None:
    """Draw the prices in one currency and name the first and the last."""
    ends = rows[["low", "high"]]
    least, most = ends[ends > 0].min().min(), ends.max().max()
    # Above and below the marks there is room for two lines of words.
    room = max(most / least, 4) ** (WORDS_MM / (style.size_mm(ax)[1] - 2 * WORDS_MM))
    ax.set(ylim=(least / room, most * room), yscale="log")
    middles = (rows["first"] + rows["last"]) / 2
    centres = rows.apply(_centre, axis=1)
    for index, row in rows.iterrows():
        low, top, x, y = max(row["low"], least / room), row["high"], middles[index], centres[index]
        look = {"color": _colour(strong[index]), "solid_capstyle": "butt", "zorder": 3}
        ax.plot([row["first"], row["last"]], [y, y], linewidth=1.0, gid="time", **look)
        if row["open"]:
            idioms.arrow(ax, x, y, (0, 14 if row["open"] == "up" else -14), color=look["color"])
        if row["open"] or low == top:
            ax.scatter([x], [y], s=24, color=look["color"], gid="price", zorder=3)
        else:
            ax.plot([x, x], [low, top], linewidth=3.2, gid="range", **look)
    own = strong[rows.index]
    ax.plot(middles[own], centres[own], color=_colour(True), linewidth=0.9, zorder=2, gid="series")
    _name(ax, float(middles.iloc[0]), rows.iloc[0], -1)
    if len(rows) > 1:
        _name(ax, float(middles.iloc[-1]), rows.iloc[-1], 1)
    _ticks(ax, least, most)
    first, last = ax.get_xlim()
    step = 1 if last - first < 8 else 5
    idioms.year_ticks(ax, [y for y in range(int(first) + 1, int(last) + 1) if y % step == 0])


def _ticks(ax: Axes, least: float, most: float) -> None:
    """Mark round prices on a logarithmic scale, as many as there is room for."""
    a_decade_mm = style.size_mm(ax)[1] / math.log10(ax.get_ylim()[1] / ax.get_ylim()[0])
    steps = (1, 2, 5) if a_decade_mm > 14 else (1, 5) if a_decade_mm > 12 else (1,)
    found = [value * 10**power for power in range(10) for value in steps]
    ticks = [value for value in found if least / 1.3 <= value <= most * 1.3]
    ticks = ticks[:: math.ceil(3.8 / a_decade_mm) if steps == (1,) else 1]
    names = [millions(price) if price >= 1e6 else number(price) for price in ticks]
    ax.set_yticks(ticks, names)
    ax.yaxis.set_minor_locator(NullLocator())
    ax.tick_params(axis="y", labelsize=idioms.small(ax))
    idioms.bare(ax)


def _centre(row: pd.Series) -> float:
    """Return where on a logarithmic scale a price stands: the middle of what was said."""
    low, high = row["low"], row["high"]
    if pd.isna(low) or low == 0:
        return float(high)
    return float(low) if pd.isna(high) else float(low * high) ** 0.5


def _name(ax: Axes, x: float, row: pd.Series, end: int) -> None:
    """Write the last price (1) and its source right or above, the first (-1) left or below."""
    points = max(7.5, idioms.small(ax))
    text = say(
        "{price}, {when:said}\n{who}", price=amount(row), when=row["period"], who=row["who_says"]
    )
    wide = max(style.width_mm(line, points) for line in text.split("\n")) + 4
    edge = ax.get_xlim()[(end + 1) // 2]
    look = {"fontsize": points, "linespacing": 1.0, "gid": "price-words"}
    if abs(edge - x) / (ax.get_xlim()[1] - ax.get_xlim()[0]) * style.size_mm(ax)[0] > wide:
        idioms.words(ax, x, _centre(row), text, "right" if end > 0 else "left", 2.4, **look)
        return
    at = row[["low", "high"]].dropna().agg("max" if end > 0 else "min")
    late = x > math.fsum(ax.get_xlim()) / 2
    shift = 2 if late else -2, end * (6 if row["open"] == "up" and end > 0 else 1.6)
    ax.text(x, max(at, ax.get_ylim()[0]), text, ha="right" if late else "left", zorder=4,
            va="bottom" if end > 0 else "top", path_effects=style.HALO,
            transform=style.offset(ax, *shift), **look)  # fmt: skip

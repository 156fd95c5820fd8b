"""Arrivals in the South by year and sex, with events at the border, and by part of the year."""

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import arrivals
from helpers.data.vocab import ArrivalSeries, FigureStatus
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.sentences.arrivals import during, part_year
from helpers.words import say

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 154, "column_body_mm": 150, "slide_mm": 135}

EVENTS = {
    "2004-07-27-468-people-airlifted-from-vietnam": "airlift from\nVietnam",
    "2011-12-17-kim-jong-il-dies-kim": "Kim Jong-il dies,\nborder hardened",
    "2020-01-north-korea-closes-its-borders": "North closes\nits borders",
    "2023-07-01-chinas-revised-counter-espionage-law": "China's law on\nespionage",
}
"""Events of the table that the chart names, where it holds them, in words that fit.

The choice is ours: what opened or closed a route for many at once. All stand in the notebook.
"""

LAST_YEARS = 8
"""How many years with counts of their parts are shown below."""

LOW = 0.25
"""Years below this share of the highest have their number: they cannot be read off the axis."""

FLAG_MM, BARS_GAP_MM = 7.4, 18
"""Height of a level of flags, and the gap between the two panels."""

WOMEN, MEN = style.COLOURS["china"], style.COLOURS["context"]
SUMMED = "{n:n} in\n{years:year/years}"
EARLY = idioms.dot(filled=False, size=13)


def table(frames: Frames) -> tuple[pd.DataFrame, ...]:
    """Return periods, parts of years, early counts of the press, and events.

    Periods: as :func:`helpers.analysis.arrivals.with_running_year` gives them. Parts: as
    :func:`helpers.analysis.arrivals.parts`, of the last years. Early: ``year``, ``people``. Events:
    ``when`` (year with a fraction), ``words``.
    """
    annual, border = frames["arrivals_annual"], frames["border_events"]
    periods, pieces = frames(recipes.arrival_periods)
    early = annual[
        annual["series"].eq(ArrivalSeries.EARLY_DETAIL.value)
        & annual["period_start"].eq(annual["period_end"]).fillna(False)
    ]
    events = border[border["event_id"].isin(EVENTS)]
    whens = arrivals.year_of(events["date"]), events["event_id"].map(EVENTS)
    return (
        periods,
        pieces[pieces["year"].gt(pieces["year"].max() - LAST_YEARS)].reset_index(drop=True),
        early[["period_end", "people"]].set_axis(["year", "people"], axis=1).reset_index(drop=True),
        pd.DataFrame(dict(zip(("when", "words"), whens, strict=True))).sort_values(
            "when", ignore_index=True
        ),
    )


def words(periods: pd.DataFrame, pieces: pd.DataFrame, *_: pd.DataFrame) -> Words:
    """Return the words: the most, the fewest, the largest fall, and the year that runs."""
    years = arrivals.single_years(periods)["people"]
    first, last = periods.iloc[0], periods.iloc[-1]
    named = {
        "all": periods["people"].sum(), "until": last["last_year"], "start": during(first),
        "begin": first["people"], "end": during(last), "now": last["people"],
        "running": part_year(periods, pieces),
    }  # fmt: skip
    title = "{all:person/people} arrived in the South up to {until}"
    fact = "{all:person/people} are counted up to {until}."
    alt = "Bars from {begin:n} people {start} to {now:n} {end}."
    if len(years):
        named |= _extremes(years)
        title, fact = _title(years, named), _fact(named)
        alt = (
            "Bars by year and sex run from {begin:n} people {start} to {now:n} {end}; the most, "
            "{most:n}, is in {peak:list}, the fewest, {least:n}, in {low:list}."
        )
    alt += " The lower part of a bar is women, the upper part men."
    if 0 < last["years"] < 1:
        fact += " {running}"
    if len(pieces):
        named |= {"parts": pieces["year"].min(), "high": pieces["people"].max()}
        alt += " A second panel has quarters and half-years since {parts}, at most {high:n} people."
    return Words.of(
        named,
        title=title,
        subtitle="North Koreans who arrived in the South up to {until}, people a year, by sex. An "
        "event beside a fall need not have caused it.",
        source="Arrivals as the Ministry of Unification counts them, by year",
        alt=alt,
        fact=fact,
    )


def _extremes(years: pd.Series) -> dict[str, object]:
    """Return the most, the fewest, and the largest fall from one year to the next, by name."""
    named = {
        "most": years.max(), "peak": list(years.index[years == years.max()]),
        "least": years.min(), "low": list(years.index[years == years.min()]),
    }  # fmt: skip
    steps = years.diff()[years.index.to_series().diff().eq(1)]
    if len(steps) and steps.min() < 0:
        year = steps.idxmin()
        named |= {"before": years[year - 1], "after": years[year], "year": year,
                  "earlier": year - 1, "less": 1 - years[year] / years[year - 1]}  # fmt: skip
    return named


def _title(years: pd.Series, named: dict[str, object]) -> str:
    """Return the template that fits: low since a year, a peak, or no change."""
    high = years.index[years >= LOW * years.max()].max()
    since = years[years.index > high]
    if len(since) > 1:
        named |= {"since": since.index[0], "top": since.max(), "late": named["peak"][-1]}
        return "Arrivals fell from {most:n} in {late} to at most {top:n} since {since}"
    if named["most"] == named["least"]:
        return "{most:person/people} arrived in the South in each year shown"
    if years.index[-1] in named["peak"]:
        return "Arrivals were highest in {peak:list}, at {most:n} people"
    named |= {"latest": years.index[-1], "people": years.iloc[-1]}
    return "Arrivals peaked at {most:n} in {peak:list}; {latest} had {people:n}"


def _fact(named: dict[str, object]) -> str:
    if named["most"] == named["least"]:
        return "Each single year shown has {most:person/people}."
    fact = "Arrivals were highest in {peak:list} ({most:n}) and lowest in {low:list} ({least:n})."
    if "less" in named:
        fact += (
            " The largest fall from one year to the next, {less:%}, was from {before:n} in "
            "{earlier} to {after:n} in {year}."
        )
    return fact


def draw(
    page: style.Page, periods: pd.DataFrame, pieces: pd.DataFrame, early: pd.DataFrame,
    events: pd.DataFrame,
) -> None:  # fmt: skip
    """Draw the years above and the parts of the last years below."""
    idioms.key(page, _key(periods, pieces, early))
    low = {"column": 34, "slide": 26}.get(page.size, 31)
    upper = style.axes(page, left=10, bottom=low + BARS_GAP_MM, label="years")
    _years(upper, periods, early, events)
    if len(pieces):
        left, bottom, right, _ = page.body_mm
        box = (left + 10, bottom + 6, right, bottom + low)
        _pieces(style.axes_in(page, box, label="parts"), pieces)


def _stack(ax: Axes, x: float, wide: float, row: pd.Series, share: float) -> None:
    """Draw ``share`` of a row's people: women below men, or one bar where no sexes are known."""
    levels = [(0, row["people"], "unsplit", style.FAINT, style.MUTED)]
    if pd.notna(row["women"]):
        levels = [(0, row["women"], "women", WOMEN, WOMEN),
                  (row["women"], row["men"], "men", MEN, MEN)]  # fmt: skip
    for low, value, gid, face, edge in levels:
        look = {"facecolor": style.PAPER if _is_open(row) else face, "edgecolor": edge}
        ax.bar(x, value * share, wide, bottom=low * share, linewidth=0.8, gid=gid, **look)


def _key(
    periods: pd.DataFrame, pieces: pd.DataFrame, early: pd.DataFrame
) -> list[tuple[idioms.Mark, str]]:
    looks = [(WOMEN, WOMEN, "women and girls"), (MEN, MEN, "men and boys")]
    if periods["women"].isna().any() or pieces["women"].isna().any():
        looks.append((style.FAINT, style.MUTED, "sex not published"))
    if pd.concat([periods, pieces]).apply(_is_open, axis=1).any():
        looks.append((style.PAPER, style.MUTED, "provisional, or part of a year"))
    items = [
        (idioms.swatch(facecolor=face, edgecolor=edge, linewidth=0.8), text)
        for face, edge, text in looks
    ]
    return items + [(idioms.mark(**EARLY), "press counts")] * bool(len(early))


def _is_open(row: pd.Series) -> bool:
    return row["status"] == FigureStatus.PROVISIONAL or 0 < row.get("years", 1) < 1


def _years(ax: Axes, periods: pd.DataFrame, early: pd.DataFrame, events: pd.DataFrame) -> None:
    """Draw a bar a period, as wide as its years, so that its area is its people."""
    drawn = periods[periods["years"].gt(0)]
    last = periods["last_year"].max() + 0.5
    summed = (periods["last_year"] - 3.5)[periods["years"] == 0]
    first = min([*drawn["first_year"], *early["year"], *summed]) - 0.6
    flags = _levels(ax, events[events["when"].between(first + 0.5, last + 0.5)], (first, last))
    room = 5 + FLAG_MM * (max((flag.level for flag in flags), default=-1) + 1)
    heights = drawn["people"] / drawn["years"].clip(lower=1)
    most = max([*heights, *early["people"], 1])
    ax.set(xlim=(first, last), ylim=(0, most / (1 - room / style.size_mm(ax)[1])))
    for _, row in drawn.iterrows():
        middle = (row["first_year"] + row["last_year"]) / 2
        wide = row["years"] - 0.18 if row["years"] >= 1 else row["years"] * 0.82
        middle -= 0.41 - wide / 2 if row["years"] < 1 else 0
        _stack(ax, middle, wide, row, 1 / max(row["years"], 1))
    ax.scatter(early["year"], early["people"], gid="early", zorder=4, **EARLY)
    _numbers(ax, periods)
    idioms.counts_up(ax)
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= most * 1.04])
    singles = arrivals.single_years(periods)["people"]
    named = [singles.idxmax(), singles.idxmin()] if len(singles) else []
    end = int(periods["last_year"].max())
    idioms.year_ticks(ax, [end, *named, *range(end - end % 5, int(first), -5)])
    for flag in flags:
        beside = drawn["first_year"].le(flag.when + 1) & drawn["last_year"].ge(flag.when - 1)
        _flag(ax, flag, heights[beside].max() if beside.any() else 0.0)


def _numbers(ax: Axes, periods: pd.DataFrame) -> None:
    """Write the numbers of the highest, the lowest and all low last years, and of long periods."""
    singles = arrivals.single_years(periods)["people"]
    low, high = ax.get_xlim()
    a_year_mm = style.size_mm(ax)[0] / (high - low)
    named: set[int] = set()
    if len(singles):
        named = {singles.idxmax(), singles.idxmin(), singles.index[-1]}
        if a_year_mm >= 3:
            last_high = singles.index[singles >= LOW * singles.max()].max()
            named |= set(singles.index[singles.index > last_high])
    beside = singles[singles.index.isin(named) & (singles.index + 1).isin([*named, int(high)])]
    turn = 90 if a_year_mm < _widest_mm(ax, beside) else 0
    look = {"ha": "center", "fontsize": 7, "zorder": 5, "gid": "number", "linespacing": 1.0}
    for _, row in periods.iterrows():
        people, last = row["people"], row["last_year"]
        if 0 < row["years"] < 1 or (row["years"] == 1 and last in named):
            idioms.words(ax, last, people, f"{people:,}", "above", 0.6, rotation=turn, **look)
        elif row["years"] > 1:
            place = (row["first_year"] + last) / 2, people / row["years"]
            idioms.words(ax, *place, say(SUMMED, n=people, years=row["years"]), "above", 3, **look)
        elif row["years"] == 0:
            text = say("{n:n} in all\nto {last}", n=people, last=last)
            idioms.words(ax, low + 0.2, 0, text, "above", 16, **look | {"ha": "left"})


def _widest_mm(ax: Axes, people: pd.Series) -> float:
    """Return the room that the widest of these numbers needs beside another."""
    points = idioms.small(ax)
    return max((style.width_mm(f"{value:,}", points) for value in people), default=0) + 0.8


class Flag(NamedTuple):
    """Words at the end of a line that stands at a moment: how far from above, on which side."""

    when: float
    words: str
    level: int
    side: str


def _levels(ax: Axes, events: pd.DataFrame, span: tuple[float, float]) -> list[Flag]:
    """Return a level for each flag so that no line crosses the words of another.

    Words stand right of their line, each lower than the one before; where they would leave the
    page or meet a line they stand left of it, above the others, each lower than the one after.
    """
    a_mm = (span[1] - span[0]) / style.size_mm(ax)[0]
    points = idioms.small(ax)
    # A bar is centred on its year, so the first of January stands half a year to the left.
    rows = [(row.when - 0.5, say(row.words)) for row in events.itertuples()]
    wide = [
        max(style.width_mm(line, points) for line in text.split("\n")) * a_mm for _, text in rows
    ]
    late: list[Flag] = []
    edge = span[1]
    for (when, text), width in zip(reversed(rows), reversed(wide), strict=True):
        if when + width + 1.5 * a_mm <= edge:
            break
        late.append(Flag(when, text, len(late), "left"))
        edge = when
    early: list[Flag] = []
    level, clear = len(late), span[0]
    for (when, text), width in zip(rows[: len(rows) - len(late)], wide, strict=False):
        level = len(late) if when > clear else level
        early.append(Flag(when, text, level, "right"))
        level, clear = level + 1, max(clear, when + width + 1.5 * a_mm)
    return [*early, *late]


def _flag(ax: Axes, flag: Flag, floor: float) -> None:
    """Draw the line of an event down to the bars beside it, and its words at the upper end."""
    a_mm = ax.get_ylim()[1] / style.size_mm(ax)[1]
    top = ax.get_ylim()[1] - flag.level * FLAG_MM * a_mm
    line = {"color": style.MUTED, "linewidth": 0.7, "gid": "event"}
    ax.plot([flag.when] * 2, [floor + 4.5 * a_mm, top], **line)
    look = {"va": "top", "fontsize": 7, "linespacing": 1.0, "gid": "event-words"}
    idioms.words(ax, flag.when, top, flag.words, flag.side, 0.8, **look)


def _pieces(ax: Axes, pieces: pd.DataFrame) -> None:
    """Draw a bar a quarter; a half is twice as wide and drawn at its mean."""
    first, last = pieces["year"].min(), pieces["year"].max() + 1
    heights = pieces["people"] * 3 / pieces["months"]
    middles = pieces["year"] + (pieces["month"] - 1 + pieces["months"] / 2) / 12
    for index, row in pieces.iterrows():
        _stack(ax, middles[index], (row["months"] - 0.5) / 12, row, 3 / row["months"])
    # The largest first, and none where it would touch one written before.
    apart = _widest_mm(ax, pieces["people"]) * (last - first) / style.size_mm(ax)[0]
    written: list[int] = []
    for index, height in heights.sort_values(ascending=False, kind="stable").items():
        if all(abs(middles[index] - middles[other]) >= apart for other in written):
            written.append(index)
            text, look = f"{pieces.at[index, 'people']:,}", {"ha": "center", "fontsize": 7}
            idioms.words(ax, middles[index], height, text, "above", 0.6, gid="part-number", **look)
    ax.set(xlim=(first, last), ylim=(0, max(heights.max(), 1) * 1.25), yticks=[])
    ax.set_xticks(range(first, last + 1), [])
    for year in range(first, last):
        idioms.words(ax, year + 0.5, 0, f"{year}", "below", 1.6, ha="center")
        ax.axvline(year, color=style.FAINT, linewidth=0.8, zorder=0)
    ax.spines["left"].set_visible(False)
    text = say(
        "By quarter or half-year since {first}; area is people, on a larger scale than above",
        first=first,
    )
    idioms.heading(ax, "\n".join(style.wrap(text, style.size_mm(ax)[0], 8.5, bold=True)))

"""All arrivals in the South by year, the year of the JSA crossing of 2017 among them."""

import pandas as pd

from helpers.analysis import arrivals
from helpers.data.vocab import FigureStatus
from helpers.figures import Frames, Words, idioms, style
from helpers.words import say

NOTEBOOK = "00_start_here"
HEIGHTS = {"height_mm": 92, "column_body_mm": 66, "slide_mm": 103}
SUBJECT = 2017
"""Year of the crossing that the project is named after."""

PROVISIONAL = {"facecolor": style.PAPER, "edgecolor": style.MUTED, "linewidth": 0.8}


def table(frames: Frames) -> pd.DataFrame:
    """Return ``people`` and ``status`` by ``year`` (index), a row for each single year."""
    years = arrivals.single_years(arrivals.official(frames["arrivals_annual"]))
    return years[["people", "status"]].astype({"people": int})


def words(years: pd.DataFrame) -> Words:
    """Return the words: the most and the fewest of a year, and the year of the crossing."""
    people = years["people"]
    most, least = people[people == people.max()], people[people == people.min()]
    if most.index[-1] < least.index[0]:
        title = "Arrivals fell from {most:n} in {peak:list} to {least:n} in {low:list}"
    elif least.index[-1] < most.index[0]:
        title = "Arrivals rose from {least:n} in {low:list} to {most:n} in {peak:list}"
    elif len(most) < len(people):
        title = "Arrivals ranged from {least:n} to {most:n} people a year"
    else:
        title = "{most:person/people} arrived in the South in each year shown"
    subtitle = "North Koreans arriving in South Korea by year {span:when}, people"
    fact = "{all:person/people} arrived {span:when}."
    alt = (
        "A bar for each year {span:when}, from {first:n} people to {last:n}. The most, {most:n}, "
        "came in {peak:list}, the fewest, {least:n}, in {low:list}."
    )
    if SUBJECT in people.index:
        fact = "{all:person/people} arrived {span:when}, {then:n} of them in {subject}."
        alt += " A star stands over {subject}, the year of the run across the JSA."
    named = {
        "span": (years.index[0], years.index[-1]), "all": people.sum(), "most": most.iloc[0],
        "peak": list(most.index), "least": least.iloc[0], "low": list(least.index),
        "subject": SUBJECT, "then": people.get(SUBJECT), "first": people.iloc[0],
        "last": people.iloc[-1],
    }  # fmt: skip
    return Words.of(
        named,
        title=title,
        subtitle=subtitle,
        source="Ministry of Unification",
        alt=alt,
        fact=fact,
    )


def draw(page: style.Page, years: pd.DataFrame) -> None:
    """Draw a bar a year; the highest, the lowest and the subject have their number."""
    run, open_bar = SUBJECT in years.index, years["status"].eq(FigureStatus.PROVISIONAL)
    items = [
        (idioms.mark(**idioms.star("North")), say("{year}: the run across the JSA", year=SUBJECT))
    ] * run
    items += [(idioms.swatch(**PROVISIONAL), "provisional")] * int(open_bar.any())
    if items:
        idioms.key(page, items)
    ax = style.axes(page, left=10, bottom=6, top=3, label="years")
    people = years["people"]
    named = {people.idxmax(), people.idxmin()} | ({SUBJECT} & set(people.index))
    bars = ax.bar(people.index, people, color=style.COLOURS["context"], width=0.72)
    for bar, provisional in zip(bars, open_bar, strict=True):
        if provisional:
            bar.set(**PROVISIONAL)
    if run:
        above = style.offset(ax, 0, 6.2)
        ax.scatter([SUBJECT], [people[SUBJECT]], transform=above, clip_on=False, gid="run",
                   **idioms.star("North"))  # fmt: skip
    labels = [f"{people[year]:,}" if year in named else "" for year in people.index]
    for text in ax.bar_label(bars, labels, padding=2, fontsize=8):
        if page.narrow:
            # A number is wider than its bar, and the bar before may be higher.
            text.set(ha="left", position=(-4, 2))
    idioms.counts_up(ax)
    ax.set_xlim(people.index[0] - 0.6, people.index[-1] + 0.6)
    idioms.year_ticks(ax, [people.index[-1], people.index[0], *named])

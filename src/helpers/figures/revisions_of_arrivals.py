"""Every value that was published for a year's arrivals, against the last one."""

import pandas as pd

from helpers.data.vocab import ArrivalMeasure, RevisionStanding
from helpers.figures import Frames, Words, idioms, style

NOTEBOOK = "06_how_sure"
HEIGHTS = {"height_mm": 98, "column_body_mm": 78, "slide_mm": 104}
ENDS = {"last": "last", "lowest": "min", "highest": "max"}
NAMED = 3
"""How many years have their number."""

FIRST, LATER = idioms.dot(filled=False), idioms.dot(size=14)


def table(frames: Frames) -> pd.DataFrame:
    """Return each value published for a whole year, in order of year and publication.

    Slips of print and values for other spans are left out. Columns ``year``, ``people``,
    ``published``, ``standing``; of the year's values ``last``, ``lowest``, ``highest`` (people) and
    ``share`` (what they span, of the last one); ``difference`` (from the last one).
    """
    every = frames["arrivals_revisions"]
    whole = every["measure"].eq(ArrivalMeasure.ARRIVALS) & every["period"].str.fullmatch(r"\d{4}")
    left_out = [RevisionStanding.MISPRINT, RevisionStanding.OTHER_SPAN]
    rows = every[whole & ~every["standing"].isin(left_out)]
    rows = rows.assign(year=rows["period"].astype(int), people=rows["people"].astype(int))
    # The vocabulary has the current value first; in print it came last.
    order = ["year", "standing", "published"]
    rows = rows.sort_values(order, ascending=[True, False, True], ignore_index=True)
    years = rows.groupby("year")["people"]
    ends = {name: years.transform(how) for name, how in ENDS.items()}
    rows = rows.assign(**ends, difference=lambda t: t["people"] - t["last"])
    known = rows["last"].where(rows["last"] > 0)
    rows = rows.assign(share=(rows["highest"] - rows["lowest"]) / known)
    return rows[["year", "people", "published", "standing", *ENDS, "share", "difference"]]


def words(values: pd.DataFrame) -> Words:
    """Return the words: the widest spread of a year, and how many years changed which way."""
    years = values.groupby("year").agg(first=("people", "first"), end=("people", "last"))
    widest = values.loc[values["share"].fillna(0).idxmax()]
    change = years["end"] - years["first"]
    named = {
        "n": len(years), "span": (years.index[0], years.index[-1]), "share": widest["share"],
        "year": widest["year"], "people": widest["highest"] - widest["lowest"],
        "least": widest["lowest"], "most": widest["highest"],
        "changed": change.ne(0).sum(), "up": change.gt(0).sum(),
        "down": change.lt(0).sum(), "net": change.sum(),
    }  # fmt: skip
    title = "Published values of one year's arrivals differ by at most {share:%1}"
    fact = (
        "In {changed} of {n:traced year/traced years} the last published value differs from the "
        "first: it is higher in {up} and lower in {down}. The changes add up to {net:+n} people. "
        "The widest spread is {share:%1}, in {year}: from {least:n} to {most:n}."
    )
    if not named["people"]:
        title = "No published value of a year's arrivals was ever changed"
        fact = "For {n:year/years} only one value was found, so no change is known."
    return Words.of(
        named,
        title=title,
        subtitle="Arrivals of North Koreans in the South by any route, {span:range}: difference of "
        "each published value from the last one, people; years whose values were not traced are "
        "left out",
        source="Ministry of Unification, and those who published its figures",
        alt="Marks by year around a zero line, which is the last published value of each of "
        "{n:year/years}, {span:range}. The widest spread is {people:person/people}, in {year}.",
        fact=fact,
    )


def draw(page: style.Page, values: pd.DataFrame) -> None:
    """Draw the values of each year on an upright line; a ring is the first that was found."""
    idioms.key(
        page,
        [
            (idioms.mark(**FIRST), "first value found"),
            (idioms.mark(**LATER), "a later one"),
            (idioms.stroke(color=style.MUTED), "the last one"),
        ],
    )
    ax = style.axes(page, left=10, bottom=6, top=4, label="values")
    ax.axhline(0, color=style.MUTED, linewidth=1.0, zorder=1)
    for year, rows in values.groupby("year"):
        apart = rows["difference"].agg(["min", "max"])
        ax.plot([year, year], apart, color=style.COLOURS["context"], zorder=2, gid="spread")
        between = rows.iloc[1:-1]
        ax.scatter(between["year"], between["difference"], zorder=3, gid="later", **LATER)
        ax.scatter(year, rows["difference"].iloc[0], zorder=4, gid="first", **FIRST)
    far = values.loc[values["difference"].abs().groupby(values["year"]).idxmax()]
    for row in far.sort_values("difference", key=abs).tail(NAMED).itertuples():
        if row.difference:
            side = "above" if row.difference > 0 else "below"
            idioms.words(ax, row.year, row.difference, f"{row.difference:+d}", side, 1.6,
                         fontsize=8.1, ha="center")  # fmt: skip
    years = values["year"].unique()
    ax.set_xlim(years[0] - 0.8, years[-1] + 0.8)
    ax.margins(y=0.15)
    idioms.counts_up(ax)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:+.0f}" if value else "0")
    fives = [year for year in range(*years[[0, -1]]) if year % 5 == 0]
    idioms.year_ticks(ax, [years[-1], years[0], *fives])

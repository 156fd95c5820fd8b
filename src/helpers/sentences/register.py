"""Sentences on the register of incidents."""

import pandas as pd

from helpers.analysis import register
from helpers.data.vocab import LocationBasis, Nationality
from helpers.words import say, spread

PLACES = [LocationBasis.PUBLISHED_COORDINATE.value, LocationBasis.PLACE_CENTROID.value]
"""What a coordinate of a place stands for, not of a sector or county."""

#: The direct routes within a sentence.
ROUTES = {
    "jsa": "the JSA",
    "dmz_land": "the land line",
    "han_estuary": "the Han estuary",
    "yellow_sea": "the Yellow Sea",
    "east_sea": "the East Sea",
    "air": "the air",
}


def answer(crossings: pd.DataFrame, record: pd.DataFrame, gaps: pd.DataFrame) -> str:
    """Return how many crossed directly, that it is a minimum, and how many through the JSA."""
    if crossings.empty:
        return "The register records no crossing from North to South in these years."
    jsa = crossings[crossings["route"].eq("jsa")]
    span, clear = (int(crossings["year"].min()), int(crossings["year"].max())), _clear(record)
    named = {
        "all": len(crossings), "people": crossings["people"].sum(), "span": span, "clear": clear,
        "gap": _within(gaps, span)["missing"].sum(), "late": _since(crossings, clear),
        "hits": _since(jsa, clear), "jsa": len(jsa), "through": jsa["people"].sum(),
    }  # fmt: skip
    first = say(
        "The register records {all:crossing/crossings} by {people:person/people} from North to "
        "South {span:when}. That is a minimum: ",
        **named,
    )
    first += say(
        "official counts add at least {gap:person/people}."
        if named["gap"]
        else "it holds only what was made public.",
        **named,
    )
    whole = "{jsa} of {all} went through the Joint Security Area, with {through:person/people}."
    if span[0] < clear <= span[1]:
        whole = (
            "Since {clear}, after the last documented gap in the record, {hits} of "
            "{late:crossing/crossings} went through the Joint Security Area; in all it was {jsa} "
            "of {all}, with {through:person/people}."
        )
    return f"{first} {say(whole, **named)}"


def not_counted(incidents: pd.DataFrame, south: pd.DataFrame) -> str:
    """Return how many cases of the register the count leaves out."""
    return say(
        "The register has {rows:case/cases}: {all} {all:=is/are} counted here, {rest} "
        "{rest:=is/are} not. Those went through third countries, failed, drifted by accident, "
        "headed north, came before the armistice, or were no defection.",
        rows=len(incidents), all=len(south), rest=len(incidents) - len(south),
    )  # fmt: skip


def coverage(south: pd.DataFrame) -> str:
    """Return how well the counted crossings are known."""
    basis = south["location_basis"].astype(str)
    return say(
        "Of {rows:crossing/crossings} {day} {day:=is/are} dated to the day, {located} "
        "{located:=has/have} a coordinate ({place} that of a named place, the others that of "
        "a sector or county), and {several} {several:=names/name} two or more sources.",
        rows=len(south), day=south["date_precision"].eq("day").sum(),
        located=basis.ne(LocationBasis.NOT_LOCATED).sum(), place=basis.isin(PLACES).sum(),
        several=south["source_ids"].str.contains(";").sum(),
    )  # fmt: skip


def before_armistice(early: pd.DataFrame) -> str:
    """Return what the register holds from before there was a line to cross."""
    days = [say("{day:day}", day=day) for day in early["date"]]
    template = (
        "{n:case/cases} from before the armistice of {armistice:day} {n:=is/are} kept and not "
        "counted: {days:list}."
        if days
        else "No case is from before the armistice of {armistice:day}."
    )
    return say(template, n=len(days), days=days, armistice=register.ARMISTICE)


def unclear(rows: pd.DataFrame) -> str:
    """Return how many reached the South, but with an intent or fate that is not established."""
    return say(
        "{n:case/cases} with {people:person/people} {n:=is/are} unclear and not counted.",
        n=len(rows), people=int(rows["people"].sum()),
    )  # fmt: skip


def other_way(north: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return who went north, and how: ``rows`` are those that are unclear."""
    if north.empty:
        return "The register knows no crossing from South to North since the armistice."
    nations = north["nationality"].astype(str).value_counts()
    routes = north["route"].astype(str).value_counts()
    return say(
        "The register knows {n:crossing/crossings} from South to North since the armistice, by "
        "citizenship: {nations:list}; by route: {routes:list}. {more} more {more:=is/are} unclear.",
        n=len(north), more=len(rows),
        nations=[f"{Nationality(name).label} {count}" for name, count in nations.items()],
        routes=[f"{ROUTES[name]} {count}" for name, count in routes.items()],
    )  # fmt: skip


def against_official(official: pd.DataFrame, crossings: pd.DataFrame) -> str:
    """Return what share of official totals the register has, of several years and of one."""
    rows = _within(official, (crossings["year"].min(), crossings["year"].max()))
    rows = rows[rows["measure"].eq("direct_all") & rows["unit"].eq("people")]
    rows = rows[rows["official"].gt(0)]
    rows = rows.assign(share=rows["register"] / rows["official"])
    several = rows["last_day"].dt.year.gt(rows["first_day"].dt.year)
    parts = [
        _shares(kind, rows[mask])
        for kind, mask in (("more than one year", several), ("one year or less", ~several))
        if mask.any()
    ]
    return " ".join(parts) or "No official total of all direct routes lies in these years."


def _shares(kind: str, rows: pd.DataFrame) -> str:
    least = rows.loc[rows["share"].idxmin()]
    return say(
        "Of the people in {n:official total/official totals} over {kind} the register has "
        "{shares:%range}, the least for {when:period}: {found} of {total}.",
        n=len(rows), kind=kind, shares=(rows["share"].min(), rows["share"].max()),
        when=(least["first_day"], least["last_day"]), found=least["register"],
        total=least["official"],
    )  # fmt: skip


def _within(official: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    """Return the totals whose period lies within the years of the crossings."""
    first, last = official["first_day"].dt.year, official["last_day"].dt.year
    return official[first.ge(years[0]) & last.le(years[1])]


def checked(totals: pd.DataFrame, crossings: pd.DataFrame) -> str:
    """Return for which years of the crossings an office published a total to check them by."""
    first, last = crossings["year"].min(), crossings["year"].max()
    years = pd.Series(register.checked_years(totals), dtype=int)
    years = years[years.between(first, last)]
    if years.empty:
        return "No office published a total of direct crossings in these years."
    runs = years.groupby(years.diff().ne(1).cumsum()).agg(["min", "max"])
    return say(
        "Offices published totals of direct crossings for {years:list}: these years can be "
        "checked, the others cannot.",
        years=[spread(*run) for run in runs.itertuples(index=False)],
    )


def critic(crossings: pd.DataFrame, record: pd.DataFrame) -> str:
    """Return the answer to the objection that the JSA's share rests on what others lack."""
    clear = _clear(record)
    late = crossings["year"].ge(clear)
    before, after = (register.share_of(crossings[part]) for part in (~late, late))
    named = {
        "last": clear - 1, "clear": clear, "span": (after["low"], after["high"]),
        "a": int(before["hits"]), "b": int(before["trials"]),
        "c": int(after["hits"]), "d": int(after["trials"]),
    }  # fmt: skip
    if not (named["b"] and named["d"]):
        return "These crossings lie in one period only, so the objection cannot be tried."
    parts = say(
        "the JSA has {a} of {b:known crossing/known crossings} until {last}, and {c} of {d} since "
        "{clear} (95% interval {span:%range}).",
        **named,
    )
    if after["share"] >= before["share"]:
        return f"The objection does not hold: {parts}"
    return f"The objection holds: {parts} The later share is the better guess for all years."


def one_more(crossings: pd.DataFrame, record: pd.DataFrame) -> str:
    """Return what one more crossing would change."""
    late = crossings[crossings["year"].ge(_clear(record))]
    return say(
        "One more crossing of the JSA would change {hits} of {all} since {clear} to {more} of "
        "{sum}, one more elsewhere to {hits} of {sum}.",
        hits=late["route"].eq("jsa").sum(), more=late["route"].eq("jsa").sum() + 1,
        all=len(late), sum=len(late) + 1, clear=_clear(record),
    )  # fmt: skip


def _clear(record: pd.DataFrame) -> int:
    return int(record["since"].max())


def _since(crossings: pd.DataFrame, year: int) -> int:
    return int(crossings["year"].ge(year).sum())

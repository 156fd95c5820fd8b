"""Sentences on the register of incidents."""

import pandas as pd

from helpers.analysis import register
from helpers.data.vocab import LocationBasis, Nationality
from helpers.words import number, say, spread

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

#: So many crossings by each route.
BY_ROUTE = {
    "jsa": "{n} in the JSA",
    "dmz_land": "{n} on the land line",
    "han_estuary": "{n} in the Han estuary",
    "yellow_sea": "{n} in the Yellow Sea",
    "east_sea": "{n} in the East Sea",
    "air": "{n} by air",
}


def by_route(counts: pd.Series) -> list[str]:
    """Return how many came by each route of the index, in words."""
    return [say(BY_ROUTE[route], n=number(n)) for route, n in counts.items()]


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
    least = "That is a minimum, since only what was made public is in it."
    if named["gap"]:
        least = "That is a minimum: official counts add at least {gap:person/people}."
    whole = "{jsa} of {all} crossings went through the Joint Security Area, with {through:n} of "
    whole += "{people:person/people}."
    if span[0] < clear <= span[1]:
        whole = (
            "Since {clear}, the first year after the last documented gap in the record, {hits} of "
            "{late:crossing/crossings} went through the Joint Security Area. Over all years "
            "{jsa} of {all} did, with {through:n} of {people:person/people}."
        )
    first = (
        "The register records {all:crossing/crossings} by {people:person/people} from North to "
        "South {span:when}."
    )
    return say(f"{first} {least} {whole}", **named)


def not_counted(incidents: pd.DataFrame, south: pd.DataFrame) -> str:
    """Return how many cases of the register the count leaves out."""
    return say(
        "The register has {rows:case/cases}: {all} {all:=is/are} counted here, {rest} "
        "{rest:=is/are} not. The cases left out went through third countries, failed, drifted by "
        "accident, headed north, came before the armistice, or were no defection.",
        rows=len(incidents), all=len(south), rest=len(incidents) - len(south),
    )  # fmt: skip


def coverage(south: pd.DataFrame) -> str:
    """Return how well the counted crossings are known."""
    basis = south["location_basis"].astype(str)
    return say(
        "Of {rows:crossing/crossings} {day} {day:=is/are} dated to the day. {located} "
        "{located:=has/have} a coordinate: {place} that of a named place, {area} that of a sector "
        "or county. {several} {several:=rests/rest} on two or more documents.",
        rows=len(south), day=south["date_precision"].eq("day").sum(),
        located=basis.ne(LocationBasis.NOT_LOCATED).sum(), place=basis.isin(PLACES).sum(),
        area=(~basis.isin([*PLACES, LocationBasis.NOT_LOCATED.value])).sum(),
        several=south["source_ids"].str.contains(";").sum(),
    )  # fmt: skip


def before_armistice(early: pd.DataFrame) -> str:
    """Return what the register holds from before there was a line to cross."""
    days = [say("{day:day}", day=day) for day in early["date"]]
    template = (
        "{n:case/cases} from before the armistice of {armistice:day} {n:=is/are} kept but not "
        "counted: {days:list}."
        if days
        else "No case is from before the armistice of {armistice:day}."
    )
    return say(template, n=len(days), days=days, armistice=register.ARMISTICE)


def unclear(rows: pd.DataFrame) -> str:
    """Return how many reached the South, but with an intent or fate that is not established."""
    if rows.empty:
        return "No case to the South is unclear."
    return say(
        "{n:case/cases} with {people:person/people} {n:=is/are} unclear and not counted.",
        n=len(rows), people=int(rows["people"].sum()),
    )  # fmt: skip


def other_way(north: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return who went north, and how: ``rows`` are those that are unclear."""
    if north.empty:
        return "The register records no crossing from South to North since the armistice."
    nations = north["nationality"].astype(str).value_counts()
    routes = north["route"].astype(str).value_counts()
    return say(
        "The register records {n:crossing/crossings} from South to North since the armistice: "
        "{routes:list}. By citizenship these are: {nations:tally}. {more} more {more:=is/are} "
        "unclear.",
        n=len(north), more=len(rows), routes=by_route(routes),
        nations=[(Nationality(name).label, count) for name, count in nations.items()],
    )  # fmt: skip


def against_official(official: pd.DataFrame, crossings: pd.DataFrame) -> str:
    """Return what share of official totals the register has, of several years and of one."""
    rows = _within(official, (crossings["year"].min(), crossings["year"].max()))
    rows = rows[rows["measure"].eq("direct_all") & rows["unit"].eq("people")]
    rows = rows[rows["official"].gt(0)]
    rows = rows.assign(share=rows["register"] / rows["official"])
    several = rows["last_day"].dt.year.gt(rows["first_day"].dt.year)
    parts = [_shares(SHARES[long], rows[several.eq(long)]) for long in SHARES]
    said = " ".join(part for part in parts if part)
    return said or "No official total of all direct routes lies in these years."


#: What the register has of official totals: over more than one year, and over one year or less.
SHARES = {
    True: "The register has {shares:%range} of the people in {n:official total/official totals} "
    "over more than one year, the smallest share for {when:period}: {found} of {total}.",
    False: "It has {shares:%range} of those in {n:total/totals} over one year or less, the "
    "smallest share for {when:period}: {found} of {total}.",
}


def _shares(template: str, rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    least = rows.loc[rows["share"].idxmin()]
    return say(
        template, n=len(rows), shares=(rows["share"].min(), rows["share"].max()),
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
        "Offices published totals of direct crossings for {years:list}. Only these years can be "
        "checked.",
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
    counts = (
        "The JSA has {a} of {b:known crossing/known crossings} until {last}, and {c} of {d} since "
        "{clear} (95% interval {span:%range})."
    )
    text = f"The objection does not hold. {counts}"
    if after["share"] < before["share"]:
        text = f"The objection holds. {counts} The later share is the better guess for all years."
    return say(text, **named)


def one_more(crossings: pd.DataFrame, record: pd.DataFrame) -> str:
    """Return what one more crossing would change."""
    late = crossings[crossings["year"].ge(_clear(record))]
    return say(
        "Since {clear} the JSA has {hits} of {all:crossing/crossings}. One more in the JSA would "
        "make that {more} of {sum}, one more elsewhere {hits} of {sum}.",
        hits=late["route"].eq("jsa").sum(), more=late["route"].eq("jsa").sum() + 1,
        all=len(late), sum=len(late) + 1, clear=_clear(record),
    )  # fmt: skip


def _clear(record: pd.DataFrame) -> int:
    return int(record["since"].max())


def _since(crossings: pd.DataFrame, year: int) -> int:
    return int(crossings["year"].ge(year).sum())

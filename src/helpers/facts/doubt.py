"""Sentences on how sure the register is: titles, alternative texts and answers, all computed."""

from __future__ import annotations

import pandas as pd

from helpers.derive import doubt, register
from helpers.facts.register import LIMIT, count, listed, number, percent
from helpers.vocab import OfficialMeasure, OfficialSeries

__all__ = ["LIMIT"]

RECENT = 2010
"""Year from which offices gave totals of direct crossings again and again."""


def _part(share: float) -> str:
    """Return a share in percent with one decimal, as the notebook on the crossing does."""
    return f"{100 * share:.1f}%"


def _value(value: float, unit: str) -> str:
    """Return a headline's value in words: a share in percent, else a whole number."""
    return _part(value) if unit == "share" else f"{value:,.0f}"


def _row(table: pd.DataFrame, **where: str) -> pd.Series:
    """Return the one row of ``table`` whose columns hold these values."""
    kept = table
    for name, value in where.items():
        kept = kept[kept[name].astype(str).eq(value)]
    if len(kept) != 1:
        raise LookupError(f"{len(kept)} rows for {where}, expected one")
    return kept.iloc[0]


def _early(official: pd.DataFrame) -> pd.Series:
    return _row(official, series="mnd_1983", measure="direct_all")


def recent_shares(official: pd.DataFrame) -> pd.Series:
    """Return which share of the people of each release since ``RECENT`` the register has.

    Counted are totals of all direct crossings of the longest period of a release, bounds left out.
    """
    kept = official[
        official["outer"]
        & ~official["bound"]
        & official["measure"].eq(OfficialMeasure.DIRECT_ALL.value)
        & official["unit"].eq("people")
        & official["first_day"].dt.year.ge(RECENT)
    ]
    return kept["found"].dropna()


def answer(official: pd.DataFrame, table: pd.DataFrame, frame: pd.DataFrame) -> str:
    """Return the answer to the notebook's question in two sentences."""
    early, shares, ends = _early(official), recent_shares(official), doubt.reach(table)
    every, shot = ends.loc["Direct crossings: incidents"], ends.loc["Shot at: share of the known"]
    jsa = ends.loc["JSA: incidents"]
    return (
        f"The register has {percent(early['found'])} of the {early['official']} people whom the "
        f"Defence Ministry counted from 1953 to {early['last_day']:%B %Y} and, release by release, "
        f"{percent(shares.min())} to {percent(shares.max())} of those whom offices counted since "
        f"{RECENT}, so its early decades are samples and its late ones nearly a count. "
        f"Under stricter and looser rules its {len(frame)} direct crossings from "
        f"{register.ARMISTICE.year} to {int(frame['year'].max())} become {every['low']:.0f} to "
        f"{every['high']:.0f} and the share shot at {percent(shot['low'])} to "
        f"{percent(shot['high'])}, while no rule moves the "
        f"{number(int(jsa['value']))} cases of the JSA."
    )


# Official totals --------------------------------------------------------------------------------


def official(table: pd.DataFrame) -> str:
    """Return how the register stands to official totals, early and late."""
    early, shares = _early(table), recent_shares(table)
    more = table[table["outer"] & table["difference"].gt(0)]
    releases = listed(OfficialSeries(name).label for name in more["series"].unique())
    return (
        f"To {early['last_day']:%B %Y} the register misses at least {-early['difference']} of "
        f"{early['official']} people; in the {number(len(shares))} totals of all direct crossings "
        f"since {RECENT} it has {percent(shares.min())} to {percent(shares.max())}. In "
        f"{count(len(more), 'total')} it has more than the office ({releases}): there the "
        "definitions differ, or the office did not know yet."
    )


def official_title(table: pd.DataFrame) -> str:
    """Return the title of the chart on official totals."""
    early, least = _early(table), recent_shares(table).min()
    return (
        f"The register has {percent(early['found'])} of those counted up to "
        f"{early['last_day']:%Y}, and {percent(least)} or more in each total "
        f"of all routes since {RECENT}"
    )


def official_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart on official totals."""
    drawn = table[table["outer"]]
    early, best = _early(table), _row(drawn, series="jcs_2015", measure="direct_all")
    return (
        f"Rows of official totals with their period on a time line, {early['first_day']:%Y} to "
        f"{drawn['last_day'].max():%Y}, and two dots each. Farthest apart: Defence Ministry 1983, "
        f"{early['official']} against {early['register']}. Joint Chiefs 2015, "
        f"{best['official']} against {best['register']}. Most later rows lie close together; in a "
        "few the register has more."
    )


def drawn_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Return the totals to draw, with words: outer periods, people first, in order of period.

    Returns
    -------
    pandas.DataFrame
        Columns of :func:`helpers.derive.doubt.against_official`, with ``release`` and ``what``.
    """
    kept = table[table["outer"] & (table["official"].gt(0) | table["register"].gt(0))]
    words = {measure.value: measure.label for measure in OfficialMeasure}
    words |= {"direct_all": "all routes", "direct_land": "land", "direct_sea": "sea"}
    words |= {"direct_soldiers": "soldiers", "soldiers_land": "soldiers by land"}
    order = {series.value: place for place, series in enumerate(OfficialSeries)}
    kept = kept.assign(
        release=kept["series"].map({series.value: series.label for series in OfficialSeries}),
        what=kept["measure"].map(words) + ", " + _years(kept),
        place=kept["series"].map(order),
    )
    kept = kept.sort_values(["unit", "place", "first_day", "measure"], kind="stable")
    kept = kept.sort_values("unit", ascending=False, kind="stable")
    return kept.drop(columns=["place", "outer"]).reset_index(drop=True)


def _years(table: pd.DataFrame) -> pd.Series:
    """Return the first and last year of each row's period, once if they are one."""
    first, last = table["first_day"].dt.year, table["last_day"].dt.year
    return first.astype(str).where(first.eq(last), first.astype(str) + "-" + last.astype(str))


# Capture and recapture --------------------------------------------------------------------------


def overlap(table: pd.DataFrame) -> str:
    """Return what the lists that caught the same crossings tell."""
    row = table.loc[doubt.TRIED]
    useless = table[table["verdict"].ne("a floor")]
    refuted = int(table["verdict"].str.startswith("refuted").sum())
    empty = int(table["verdict"].str.startswith("tells nothing").sum())
    return (
        f"{number(len(useless)).capitalize()} of {number(len(table))} pairs carry no estimate: in "
        f"{number(refuted)} Chapman's estimate lies below what the register already has, in "
        f"{number(empty)} others one list lies inside the other. For {_lower(doubt.TRIED)}, the "
        f"estimate is {row['estimate']:.1f} incidents (95% interval {row['low']:.0f} to "
        f"{row['high']:.0f}) against {row['register']:.0f} in the register, if the lists were "
        "independent. They are not, so it is a floor."
    )


def _lower(words: str) -> str:
    """Return words for the middle of a sentence."""
    return words[0].lower() + words[1:]


def overlap_title(table: pd.DataFrame) -> str:
    """Return the title of the chart on overlapping lists."""
    floors = int(table["verdict"].eq("a floor").sum())
    return (
        f"Only {number(floors)} of {number(len(table))} pairs of lists can say anything about what "
        "is missing, and that no more than a floor"
    )


def overlap_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart on overlapping lists."""
    row = table.loc[doubt.TRIED]
    parts = [f"{name} {item.both}" for name, item in _rows(table)]
    return (
        f"Stacked bars, one a pair of lists. Caught twice: {'; '.join(parts)}. For seas and "
        f"estuary {row['first_only']} are only in the first, {row['second_only']} only in the "
        f"second; the estimate is {row['estimate']:.1f}, the interval {row['low']:.0f} to "
        f"{row['high']:.0f}."
    )


def dependence(table: pd.DataFrame, official: pd.DataFrame) -> str:
    """Return what dependence does to the estimate, beside what an official total says.

    ``table`` is :func:`helpers.derive.doubt.dependence`'s, with the odds ratio 1 and greater ones.
    """
    sea = _row(official, series="jcs_2016", measure="direct_sea")
    free, bound = table.loc[1], table.loc[table.index.max()]
    return (
        "If standing in one list makes the odds of standing in the other "
        f"{number(int(table.index.max()))} times as great, not {free['unseen']:.0f} but "
        f"{bound['unseen']:.0f} incidents are unseen and the register has "
        f"{percent(bound['share_seen'])}, not {percent(free['share_seen'])}. The Joint Chiefs' "
        f"total to {sea['last_day']:%B %Y}, {sea['official']} people by sea against "
        f"{sea['register']}, is {percent(sea['found'])}: of the odds tried, "
        f"{number(_nearest(table, sea['found']))} times as great comes nearest, though the Chiefs "
        "count people and not incidents."
    )


def _nearest(table: pd.DataFrame, share: float) -> int:
    """Return the odds ratio whose share seen is nearest to ``share``."""
    return int((table["share_seen"] - share).abs().idxmin())


# Revisions --------------------------------------------------------------------------------------


def revised(years: pd.DataFrame) -> str:
    """Return how far first and last published arrivals differ."""
    changed = years[years["change"].ne(0)]
    largest = changed["change"].abs().idxmax()
    row = years.loc[largest]
    up = int(changed["change"].gt(0).sum())
    return (
        f"Of {len(years)} years of which the published values were followed, {len(changed)} ended "
        f"on another number than they began with: {number(up)} higher, "
        f"{number(len(changed) - up)} lower. The largest change is that of {largest}, from "
        f"{row['first']:,.0f} to {row['last']:,.0f} ({100 * row['change_share']:+.1f}%); the "
        f"widest spread is {years['spread'].max()} people, in {years['spread'].idxmax()}. All "
        f"changes together make {years['change'].sum():+d} people."
    )


def revised_title(years: pd.DataFrame) -> str:
    """Return the title of the chart on revisions."""
    return (
        "Published arrivals were corrected by "
        f"{100 * years['change_share'].abs().max():.1f}% of a year at most, "
        f"{years['change'].abs().max()} people"
    )


def revised_subtitle(years: pd.DataFrame) -> str:
    """Return the subtitle of the chart on revisions."""
    return (
        "Arrivals of North Koreans in the South by any route: every value that was printed for a "
        f"year, less the value in force, people, {years.index.min()} to {years.index.max()}. "
        "Hatched: no earlier value was found, which does not mean that there was none."
    )


def revised_alt(years: pd.DataFrame) -> str:
    """Return the alternative text of the chart on revisions."""
    worst = years["change"].abs().nlargest(3).index
    parts = [f"{year} {-years.loc[year, 'change']:+d}" for year in worst]
    unseen = years.index.max() - years.index.min() + 1 - len(years)
    return (
        f"Dots by year round a zero line, the value in force. First printed values that lie "
        f"farthest off: {', '.join(parts)} people. Most others lie within ten people. "
        f"{number(int(unseen)).capitalize()} years are hatched, as only one value is known."
    )


# Rows in doubt ----------------------------------------------------------------------------------


_ROUTE_WORDS = {
    "jsa": "the JSA", "dmz_land": "the land line", "han_estuary": "the estuary",
    "yellow_sea": "the Yellow Sea", "east_sea": "the East Sea", "air": "air",
}  # fmt: skip


def doubtful(decades: pd.DataFrame, routes: pd.DataFrame) -> str:
    """Return which rows rest on one source or are of low confidence."""
    total, single = decades["incidents"].sum(), decades["single"].sum()
    early = decades.loc[decades.index < 1990, "single"].sum()
    most = routes["single"].idxmax()
    share = routes.loc[most, "single"] / routes.loc[most, "incidents"]
    return (
        f"{single} of {total} crossings rest on one independent source "
        f"({percent(single / total)}), {early} of them before 1990, and "
        f"{number(int(decades['low'].sum()))} are of low confidence. "
        f"{number(int(decades['disputed'].sum())).capitalize()} are disputed: another value that "
        f"still stands would change how they count. Most with one "
        f"source came by {_ROUTE_WORDS[most]}, {number(int(routes.loc[most, 'single']))} of its "
        f"{routes.loc[most, 'incidents']} ({percent(share)}); of the JSA's "
        f"{number(int(routes.loc['jsa', 'incidents']))}, "
        f"{number(int(routes.loc['jsa', 'verified']))} are verified."
    )


def doubtful_title(decades: pd.DataFrame) -> str:
    """Return the title of the chart on sources of incidents."""
    single = decades["single"].sum()
    early = decades.loc[decades.index < 1990, "single"].sum()
    # Disputed rows on one source are drawn as disputed, so the white bars alone add up to less.
    disputed = int(single - decades["one_source"].sum())
    aside = f" ({number(disputed)} of them disputed)" if disputed else ""
    return (
        f"{single} of {decades['incidents'].sum()} crossings rest on one independent "
        f"source{aside}, {early} before 1990"
    )


def doubtful_alt(decades: pd.DataFrame, routes: pd.DataFrame) -> str:
    """Return the alternative text of the chart on sources of incidents."""
    parts = [f"{decade}s {row.verified} of {row.incidents}" for decade, row in _rows(decades)]
    land = routes.loc["dmz_land"]
    return (
        f"Stacked bars. Verified incidents by decade: {', '.join(parts)}. By route: the JSA "
        f"{routes.loc['jsa', 'verified']} of {routes.loc['jsa', 'incidents']}, the land line "
        f"{land['verified']} of {land['incidents']} and {land['one_source']} undisputed on one "
        "source."
    )


def _rows(table: pd.DataFrame) -> list[tuple]:
    """Return index and row of each row."""
    return list(zip(table.index, table.itertuples(), strict=True))


# Conflicts and headlines ------------------------------------------------------------------------


def contested(fields: pd.DataFrame, changes: pd.DataFrame) -> str:
    """Return on what the sources differ and how many of the differences move a count."""
    total, still = int(fields["conflicts"].sum()), int(fields["open"].sum())
    incidents, people = changes["incidents"], changes["people"]
    return (
        f"Sources differ on {total} things; for {still} nothing is taken. Only "
        f"{number(len(changes))} other values that still stand would change a count of direct "
        f"crossings from North to South: {number(int(incidents.lt(0).sum()))} would take an "
        f"incident out, {number(int(incidents.gt(0).sum()))} would put one in, "
        f"{number(int((incidents.eq(0) & people.ne(0)).sum()))} change only the people."
    )


def headline_words(table: pd.DataFrame) -> pd.DataFrame:
    """Return each headline's value and range in words.

    Returns
    -------
    pandas.DataFrame
        Index ``headline``; ``value`` and ``range``, text.
    """
    ends = doubt.reach(table)
    rows = [
        (_value(row.value, row.unit), _range(row.low, row.high, row.unit))
        for row in ends.itertuples()
    ]
    return pd.DataFrame(rows, columns=["value", "range"], index=ends.index)


def _range(low: float, high: float, unit: str) -> str:
    """Return two values joined, or that nothing moves."""
    first, last = _value(low, unit), _value(high, unit)
    return "unmoved" if low == high else f"{first} to {last}"


def headlines(table: pd.DataFrame) -> str:
    """Return which headline stands and which falls."""
    words, ends = headline_words(table), doubt.reach(table)
    still = [name.replace("JSA: ", "") for name in ends.index if _still(ends.loc[name])]
    every, shot = words.loc["Direct crossings: incidents"], words.loc["Shot at: share of the known"]
    share = words.loc["JSA: share of incidents"]
    return (
        f"Nothing moves the JSA's {listed(still)}. Its share of all direct crossings, "
        f"{share['value']}, spans {share['range']}, and these crossings themselves, "
        f"{every['value']}, {every['range']}. Least is known of who was shot at: {shot['value']} "
        f"of those of whom it is known, {shot['range']} if what nobody wrote down were known."
    )


def _still(ends: pd.Series) -> bool:
    """Say whether no doubt moves the headline."""
    return bool(ends["low"] == ends["high"])


def headlines_title(table: pd.DataFrame) -> str:
    """Return the title of the chart on headlines."""
    ends = doubt.reach(table)
    shot = ends.loc["Shot at: share of the known"]
    jsa = ends.loc["JSA: incidents"]
    return (
        f"No doubt that we can compute moves the JSA's {number(int(jsa['value']))} cases; the "
        f"share shot at could be {percent(shot['low'])} or {percent(shot['high'])}"
    )


def headlines_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart on headlines."""
    words = headline_words(table)
    names = [
        "Direct crossings: incidents", "Direct crossings: people", "JSA: incidents",
        "Shot at: share of the known", "2017: gunshot wounds", "Arrivals by any route: people",
    ]  # fmt: skip
    parts = [f"{name} {words.loc[name, 'value']} ({words.loc[name, 'range']})" for name in names]
    return f"Ranges of headline numbers, a row each: {'; '.join(parts)}."


def variants(table: pd.DataFrame, years: tuple[int, int]) -> str:
    """Return what the numbers of the notebook on context become under other rules.

    ``table`` is :func:`helpers.derive.doubt.sensitivity`'s, ``years`` the first and last of rates.
    """
    land = table.loc[("per year", "dmz_land")]
    sea = table.loc[("per year", "yellow_sea")]
    shot = table.loc[("share shot_at", "all")]
    jsa = table[table.index.get_level_values("what") == "jsa"]
    still = int((~jsa["moved"]).sum())
    return (
        f"Of {len(table)} numbers {int(table['moved'].sum())} change under some rule; of the "
        f"{int(table['low'].notna().sum())} that have a 95% interval "
        f"{_none(table['outside'].sum())} leave it. A year, {years[0]} to {years[1]}: land line "
        f"{land['as counted']:.2f} as counted and {land['verified only']:.2f} from verified rows "
        f"alone, Yellow Sea {sea['as counted']:.2f} "
        f"and {sea['verified only']:.2f}. Shot at: {_part(shot['as counted'])} of the known, "
        f"{_part(shot['low left out'])} without rows of low confidence, "
        f"{_part(shot['verified only'])} from verified rows. Of the JSA's "
        f"{number(len(jsa))} numbers {number(still)} stay."
    )


# How sure ---------------------------------------------------------------------------------------


def critic_net(parts: pd.DataFrame) -> str:
    """Return the answer to the objection that net differences hide errors that cancel."""
    chiefs = _row(parts, series="jcs_2015", unit="people")
    sea = _row(parts, series="unification_sea_2017", unit="people")
    return (
        f"Against the Joint Chiefs' {number(int(chiefs['parts']))} parts of {chiefs['period']} "
        f"{chiefs['missing']} people are missing and {_none(chiefs['surplus'])} too many: "
        f"nothing cancels. Against the ministry's sea arrivals of {sea['period']} the objection "
        f"holds: the net difference is {-sea['net']}, but {sea['missing']} are missing in some "
        f"years and {sea['surplus']} too many in others, so the two do not count the same people."
    )


def _none(value: int) -> str:
    """Return a number as a pronoun: "none" for 0."""
    return number(int(value)) if value else "none"


def critic_unseen(totals: pd.DataFrame) -> str:
    """Return the answer to the objection that nobody counts those whom nobody saw."""
    chiefs = totals[totals["series"].astype(str).eq("jcs_2015")]
    row = _row(chiefs, measure="undetected")
    every = chiefs[chiefs["period"].eq(row["period"])]
    total = _row(every, measure="direct_all")
    share = row["value_best"] / total["value_best"]
    low, high = register.interval(int(row["value_best"]), int(total["value_best"]))
    return (
        f"Of {total['value_best']} people in {row['period']} the South's forces did not see "
        f"{row['value_best']} come ({percent(share)}, 95% interval {percent(low)} to "
        f"{percent(high)}); these are known because they gave themselves up or residents called. "
        "Somebody who meets nobody and somebody who dies on the way are in neither the totals nor "
        "the register, and no estimate from lists can reach them."
    )


def one_more(row: pd.Series) -> str:
    """Return what one more crossing caught twice, or in the second list only, would change."""
    first, second = row["first_only"] + row["both"], row["second_only"] + row["both"]
    twice, _ = doubt.chapman(int(first + 1), int(second + 1), int(row["both"] + 1))
    once, _ = doubt.chapman(int(first), int(second + 1), int(row["both"]))
    return (
        f"One more incident by sea that only the second list names would lift the estimate from "
        f"{row['estimate']:.1f} to {once:.1f}; one more that both name, to {twice:.1f}. The "
        f"estimate hangs on the {number(int(row['second_only']))} that the first list lacks."
    )

"""Sentences on arrivals, origin, transit, prices and stays: titles, alternatives, answers."""

from __future__ import annotations

import pandas as pd

from helpers.derive import arrivals
from helpers.facts.register import count, listed, number, percent
from helpers.vocab import Currency, ProfileCategory, RouteMeasure, RoutePlace

#: Limits for the source lines of this subject.
LIMIT = "Arrivals as the Ministry of Unification counts them, by year of arrival"
ORIGIN_LIMIT = "People in protection are not in the profile"
TRANSIT_LIMIT = "Counts of different bodies and kinds are not joined"
ROUTES_LIMIT = "Arcs join countries, not places; width and length mean nothing"
PRICE_LIMIT = "Claims of brokers and escapees, as printed; no currency is converted"
STAYING_LIMIT = "Nobody has counted; each line is what somebody said"


def _row(table: pd.DataFrame, year: int) -> pd.Series:
    return arrivals.single_years(table).loc[year]


def peak(table: pd.DataFrame) -> int:
    """Return the year with the most arrivals."""
    return int(arrivals.single_years(table)["people"].idxmax())


def trough(table: pd.DataFrame) -> int:
    """Return the year with the fewest arrivals."""
    return int(arrivals.single_years(table)["people"].idxmin())


def answer(
    table: pd.DataFrame,
    printed: pd.DataFrame,
    shares: pd.DataFrame,
    year: int,
    direct: pd.Series,
) -> str:
    """Return the answer to the notebook's question in two sentences."""
    people, women = int(table["people"].sum()), int(table["women"].sum())
    top, low = peak(table), trough(table)
    spread = arrivals.year_ranges(table, printed).loc[top]
    two = sorted(shares["share"])
    return (
        f"By the end of {table['last_year'].max()} the South had counted {people:,} people who "
        f"came from the North, {percent(women / people)} of them women and girls, with the most "
        f"in {top} ({spread['people']:,} today; {listed(_printed_values(printed, top))} in print) "
        f"and the fewest in {low} ({_row(table, low)['people']}). Straight over the line or the "
        f"sea came {percent(direct['share'])} of those of {direct['first']} to {direct['last']} "
        f"({direct['people']} of {direct['arrivals']:,}), the rest through third countries; by "
        "which is counted nowhere, and for the one year in which two figures exist for Thailand, "
        f"{year}, they are {percent(two[0])} and {percent(two[1])}."
    )


def _printed_values(printed: pd.DataFrame, year: int) -> list[str]:
    """Return the values printed for a year, lowest first."""
    return [f"{value:,}" for value in sorted(printed.loc[printed["year"].eq(year), "people"])]


# By year ----------------------------------------------------------------------------------------


def sums(checked: pd.DataFrame) -> str:
    """Return what the additions within one series give."""
    agree = int(checked["difference"].eq(0).sum())
    total = checked[checked["series"].eq("official series")].iloc[0]
    return (
        f"{agree} of {len(checked)} published totals equal the sum of the finer rows inside them; "
        f"the ministry's series adds to {total['added']:,}, as published. One early year (1995) is "
        "itself a remainder, so two of these sums had to fit."
    )


def early(table: pd.DataFrame, detail: pd.DataFrame) -> str:
    """Return what the early buckets hide."""
    buckets = table[table["years"].ne(1)].reset_index(drop=True)
    first, second = buckets.iloc[0], buckets.iloc[1]
    last = detail.iloc[-1]
    return (
        f"The ministry has one number for everybody up to {first['last_year']} "
        f"({first['people']:,}, {percent(first['women_share'])} women) and one for the "
        f"{number(int(second['years']))} years {second['period']} ({second['people']:,}, "
        f"{percent(second['women_share'])}); finer counts of the press show that the latter rose "
        f"each year, to {last['people']} in {last['period']}."
    )


def by_year(table: pd.DataFrame, printed: pd.DataFrame) -> str:
    """Return peak, falls and the share of women."""
    top, low = peak(table), trough(table)
    drops = arrivals.single_years(table)["people"].diff()
    fall = int(drops.loc[top:].idxmin())
    before, after = _row(table, fall - 1)["people"], _row(table, fall)["people"]
    spread = arrivals.year_ranges(table, printed).drop(index=top)
    second = int(spread["most"].max())
    few = arrivals.single_years(table).query("women < men").index
    return (
        f"Arrivals were highest in {top} ({listed(_printed_values(printed, top))} in print; no "
        f"other year ever exceeded {second:,}), fell from {before:,} to {after:,} in {fall} "
        f"({percent(1 - after / before)} less) and to {_row(table, low)['people']} in {low}. Women "
        f"outnumber men in every single year since {table['first_year'].dropna().iloc[1]} but "
        f"{listed(str(year) for year in few)}."
    )


def arrivals_title(table: pd.DataFrame) -> str:
    """Return the title of the chart of arrivals."""
    top, low, last = peak(table), trough(table), int(table["last_year"].max())
    return (
        f"Arrivals peaked at {_row(table, top)['people']:,} in {top}, fell to "
        f"{_row(table, low)['people']} in {low} and stood at {_row(table, last)['people']} in "
        f"{last}"
    )


def arrivals_subtitle(table: pd.DataFrame) -> str:
    """Return the subtitle of the chart of arrivals."""
    provisional = table.loc[table["status"].eq("provisional"), "period"]
    return (
        f"People from the North who arrived in the South by sex, to {table['last_year'].max()}. "
        "Hatched: several years in one number, drawn at their mean, or "
        f"provisional ({listed(provisional)}). "
        "Events are dated, not proven causes."
    )


def arrivals_alt(table: pd.DataFrame, quarters: pd.DataFrame) -> str:
    """Return the alternative text of the chart of arrivals."""
    top, low, last = peak(table), trough(table), int(table["last_year"].max())
    worst = quarters.loc[quarters["people"].idxmin()]
    first = arrivals.single_years(table).iloc[0]
    return (
        f"Bars by year and sex rise from {first['people']:,} in {first['period']} to "
        f"{_row(table, top)['people']:,} in {top}, halve by 2012 and fall to "
        f"{_row(table, low)['people']} in {low}; {last} has {_row(table, last)['people']}, "
        "provisional. Women are most of each bar. Below, quarters: "
        f"{quarters['people'].iloc[0]} at the start of {quarters['year'].iloc[0]}, "
        f"{worst['people']} in Q{worst['quarter']} {worst['year']}, {quarters['people'].iloc[-1]} "
        f"at the end of {quarters['year'].iloc[-1]}."
    )


def by_quarter(quarters: pd.DataFrame, closed: int) -> str:
    """Return what the quarters round the closure of the border show."""
    before = quarters[quarters["year"].lt(closed)]["people"]
    after = quarters[quarters["year"].ge(closed)].reset_index(drop=True)
    worst = quarters.loc[quarters["people"].idxmin()]
    since = quarters.iloc[quarters["people"].idxmin() :]["people"]
    return (
        f"In {closed - 1} a quarter brought {before.min()} to {before.max()} people; the first "
        f"quarter of {closed}, when the border closed, still brought {after['people'].iloc[0]}, "
        f"the second {after['people'].iloc[1]}, and the low was {worst['people']} in Q"
        f"{worst['quarter']} {worst['year']}. No quarter to the end of {quarters['year'].max()} "
        f"came back above {since.max()}, {percent(since.max() / before.mean())} of the mean of "
        f"{closed - 1}."
    )


def lag(stays: pd.DataFrame) -> str:
    """Return how long people had been abroad before they arrived."""
    said = [
        f"{'at least ' if row.open == 'up' else ''}{int(row.low)} ({row.period})"
        for row in stays.itertuples()
    ]
    return (
        "An arrival is not a departure: the time spent in third countries before arrival was put "
        f"at {listed(said)} months. Most who arrived in a year had left the North years before, so "
        "the early fall shows closed roads through China as much as a closed river."
    )


# Origin -----------------------------------------------------------------------------------------


def _name(category: str) -> str:
    return ProfileCategory(category).label


def origin(table: pd.DataFrame) -> str:
    """Return where people came from."""
    rows = table.drop(index="not_listed")
    first, second = rows.iloc[0], rows.iloc[1]
    both = first["share"] + second["share"]
    return (
        f"{percent(first['share'])} came from {_name(rows.index[0])} and "
        f"{percent(second['share'])} from {_name(rows.index[1])}, together {percent(both)} of "
        f"{int(table['people'].sum()):,}; {int(table.loc['not_listed', 'people'])} "
        f"({percent(table.loc['not_listed', 'share'])}) stand in no province of this list. Men "
        f"outnumber women only among those from "
        f"{listed(_name(name) for name in rows.index[rows['men'] > rows['women']])}."
    )


def origin_change(change: pd.DataFrame, before: str, after: str) -> str:
    """Return who was added between two profiles."""
    top = change.iloc[0]
    capital = change.loc["pyongyang"]
    north = change.loc["north_hamgyong"]
    return (
        f"Of the {int(change['added'].sum())} added between {before} and {after} "
        f"{percent(top['share_added'])} came from {_name(change.index[0])} "
        f"({percent(top['share_before'])} before), {percent(north['share_added'])} from North "
        f"Hamgyong ({percent(north['share_before'])}) and {percent(capital['share_added'])} from "
        f"Pyongyang ({percent(capital['share_before'])})."
    )


def origin_check(change: pd.DataFrame, printed: float, year: int) -> str:
    """Return how the added people compare with a share that the ministry gave."""
    names = ["north_hamgyong", "south_hamgyong", "ryanggang"]
    share = change.loc[names, "share_added"].sum()
    return (
        f"For {year} the ministry put both Hamgyong and Ryanggang at {printed:.0f}%; among those "
        f"added between the two profiles it is {percent(share)}."
    )


def origin_title(table: pd.DataFrame) -> str:
    """Return the title of the map of origin."""
    rows = table.drop(index="not_listed")
    both = rows["share"].iloc[:2].sum()
    return (
        f"{percent(both)} came from the two provinces along the Tumen and upper Yalu, "
        f"{_name(rows.index[0])} and {_name(rows.index[1])}"
    )


def origin_subtitle(table: pd.DataFrame, as_of: str, missing: list[str]) -> str:
    """Return the subtitle of the map of origin."""
    return (
        f"All {int(table['people'].sum()):,} arrivals in the profile to {as_of} by province of "
        f"origin, persons and share. No population is in the data, so no rates. Hatched: "
        f"{listed(missing)}, no row of its own; Nampo has no shape on the map."
    )


def origin_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the map of origin."""
    rows = table.drop(index="not_listed")
    parts = [f"{_name(name)} {int(row['people']):,}" for name, row in rows.head(4).iterrows()]
    low = rows.iloc[-1]
    return (
        "Map of the North's provinces shaded by share of arrivals, darkest in the north-east, and "
        f"bars by sex: {', '.join(parts)}, down to {_name(rows.index[-1])} {int(low['people'])}; "
        f"{int(table.loc['not_listed', 'people'])} people are not listed. A second set of bars "
        "shows where those added since March 2020 came from."
    )


# Transit ----------------------------------------------------------------------------------------


def thai(counts: pd.DataFrame, table: pd.DataFrame) -> str:
    """Return what the Thai counts say beside all arrivals."""
    police = counts[counts["series"].eq("Thai police")].set_index("year")["people"]
    first, last = police.index.min(), police.index.max()
    every = _row(table, last)["people"]
    return (
        f"Thai police recorded {police[first]} entries in {first} and {police[last]:,} in {last}, "
        f"when {every:,} people arrived in the South: more than all of them, which shows that an "
        "entry and an arrival are not the same person in the same year."
    )


def two_shares(shares: pd.DataFrame, year: int) -> str:
    """Return the two shares of Thailand and what each is a share of."""
    entries, graduates = shares.loc["entries"], shares.loc["graduates"]
    implied = round(graduates["share"] * float(entries["base"]))
    return (
        f"For {year} the ministry said that {percent(graduates['share'])} of those who left its "
        f"settlement centre had come through Thailand, while {entries['hits']} entries on record "
        f"are {percent(entries['share'])} of the {entries['base']:,} arrivals. Were the first "
        f"share true of all arrivals, some {implied:,} would have come through Thailand, "
        f"{implied - int(entries['hits'])} more than were recorded; graduates of one year arrived "
        "in part the year before, and who reaches Bangkok unseen is in no record."
    )


def transit_title(shares: pd.DataFrame, year: int) -> str:
    """Return the title of the chart of transit counts."""
    low, high = sorted(shares["share"])
    return (
        f"Thailand was the way of {percent(low)} or {percent(high)} in {year}: it depends on who "
        "counts whom"
    )


def transit_subtitle(counts: pd.DataFrame, places: pd.DataFrame) -> str:
    """Return the subtitle of the chart of transit counts."""
    last = int(max(counts["year"].max(), places["end"].max() // 1))
    return (
        f"Published counts of North Koreans on the way, {int(places['start'].min())} to {last}, "
        "people. Each mark or bar is one published number with its own definition; none is added "
        "to another. Filled marks: recorded by an authority, open: told or estimated; open bars: "
        "contested."
    )


def transit_alt(counts: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Return the alternative text of the chart of transit counts."""
    police = counts[counts["series"].eq("Thai police")].set_index("year")["people"]
    entries, graduates = shares.loc["entries"], shares.loc["graduates"]
    return (
        f"Above, entries into Thailand: police dots from {police.iloc[0]} in {police.index[0]} to "
        f"{police.iloc[-1]:,} in {police.index[-1]}, {entries['hits']} by immigration in 2016, "
        f"open marks of other bodies beside them. Right, {percent(graduates['share'])} of "
        f"graduates against {percent(entries['share'])} of arrivals. Below, spans with single "
        "counts for missions, Mongolia, Vietnam, Cambodia and Russia."
    )


def elsewhere(places: pd.DataFrame) -> str:
    """Return what is counted outside Thailand."""
    names = list(dict.fromkeys(RoutePlace(place).label for place in places["place"]))
    contested = int(places["standing"].eq("contested").sum())
    return (
        f"Outside Thailand there are {len(places)} counts for {listed(names)}, "
        f"{number(contested)} of them contested; none covers a run of years, so no share by "
        "country can be computed from them."
    )


# Routes -----------------------------------------------------------------------------------------


def routes(legs: pd.DataFrame) -> str:
    """Return what the ways have in common."""
    borders = legs[~legs["flown"]].groupby("era", sort=False).size()
    least, most = int(borders.min()), int(borders.max())
    return (
        f"All {number(len(borders))} families of ways begin with the river between the North and "
        f"China and end with a flight to the South. {borders.idxmin()} asked for "
        f"{count(least, 'border')} by land; the variants by {borders.idxmax()} use "
        f"{count(most, 'border')} between them."
    )


def routes_title(legs: pd.DataFrame) -> str:
    """Return the title of the map of routes."""
    first, *_, last = legs["era"].unique()
    second = legs["era"].unique()[1]
    start = first.lower().replace("china", "China")
    return f"The way out of China moved south: from {start} and {second} to {last}"


def routes_subtitle() -> str:
    """Return the subtitle of the map of routes."""
    return (
        "Ways out of the North by the country that people were let go from, with the main years. "
        "Schematic arcs from country to country; solid: overland, dashed: flown. Singapore lies "
        "south of the map."
    )


def routes_alt(legs: pd.DataFrame) -> str:
    """Return the alternative text of the map of routes."""
    parts = [f"{era} ({number(len(rows))} arcs)" for era, rows in legs.groupby("era", sort=False)]
    return (
        f"{number(len(parts)).capitalize()} small maps of East Asia with schematic arcs from "
        f"country to country: {'; '.join(parts)}. Each starts with an arc from North Korea to "
        "China and ends with a dashed arc to South Korea. Country names mark the ends of arcs; no "
        "place within a country is shown."
    )


# Prices -----------------------------------------------------------------------------------------


def _amount(row: pd.Series) -> str:
    low, high = row["low"], row["high"]
    if row["open"] == "up":
        return f"at least {int(low):,}"
    if row["open"] == "down":
        return f"up to {int(high):,}"
    return f"{int(low):,}" if low == high else f"{int(low):,} to {int(high):,}"


def price(table: pd.DataFrame) -> str:
    """Return how the price of the river crossing rose, in each currency by itself."""
    parts = []
    for currency in (Currency.CNY, Currency.KRW):
        rows = table[table["leg"].eq("river_crossing") & table["currency"].eq(currency.value)]
        first, last = rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"from {_amount(first)} {currency.label} ({first['period']}) to {_amount(last)} "
            f"({last['period']})"
        )
    whole = table[table["leg"].eq("whole_journey") & table["currency"].eq("krw")].iloc[-1]
    return (
        f"What was asked for the river crossing rose {listed(parts)}; for the whole journey "
        f"{_amount(whole)} KRW were named for {whole['period'].removeprefix('about ')}. All are "
        "claims that somebody printed, often of one broker."
    )


def price_title(table: pd.DataFrame) -> str:
    """Return the title of the chart of prices."""
    rows = table[table["leg"].eq("river_crossing") & table["currency"].eq("krw")]
    year, last = int(rows["start"].iloc[0]), rows.iloc[-1]
    # Every price of the first year, or the choice of one of them would set the factor.
    first = rows[rows["start"].astype(int).eq(year)]
    low, high = last["low"] / first["high"].max(), last["high"] / first["low"].min()
    return (
        f"The price named for crossing the river, in won, was {round(low)} to {round(high)} times "
        f"as high before the pandemic as in {year}"
    )


def price_subtitle(table: pd.DataFrame) -> str:
    """Return the subtitle of the chart of prices."""
    return (
        f"{len(table)} published prices a person by leg, {int(table['start'].min())} to "
        f"{int(table['start'].max())}, with who says so. Line: claimed range; arrow: only one end "
        "was said. Each currency has its own scale; legs differ, so compare like with like."
    )


def price_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart of prices."""
    parts = []
    for currency, rows in table.groupby("currency", observed=True, sort=False):
        most = rows.loc[rows["high"].fillna(rows["low"]).idxmax()]
        name = Currency(currency).label
        parts.append(f"{name}: {len(rows)} claims, highest {_amount(most)} in {most['period']}")
    return (
        "Three panels of claimed prices as dots and ranges, a row a claim with year, leg and who "
        f"says so. {'; '.join(parts)}. In yuan and won the price of the river crossing rises with "
        "the years."
    )


def survey(costs: pd.DataFrame) -> str:
    """Return what a survey of arrivals found on prices."""
    rows = costs[costs["share_percent"].notna()].sort_values("share_percent", ascending=False)
    parts = []
    for row in rows.itertuples():
        low, high = row.amount_low, row.amount_high
        if not pd.isna(row.amount_best) and row.amount_best == 0:
            words = "nothing"
        elif pd.isna(high):
            words = f"{low:,} {Currency(row.currency).label} or more"
        else:
            words = f"{low:,} to {high:,} {Currency(row.currency).label}"
        parts.append(f"{row.share_percent:g}% paid {words}")
    return f"A survey of the {rows['period'].iloc[0]} found: {listed(parts)} for the whole journey."


# Staying in China -------------------------------------------------------------------------------


def staying(table: pd.DataFrame) -> str:
    """Return how far estimates for the same year lie apart."""
    years = arrivals.staying_by_year(table)
    wide = years[years["factor"].eq(years["factor"].max())]
    parts = [
        f"{row.least:,} to {row.most:,} for {year}"
        for year, row in zip(wide.index, wide.itertuples(), strict=True)
    ]
    survey_rows = table[table["who_says"].str.contains("survey of north-east China")]
    line = [f"{int(row.point):,} ({row.year})" for row in survey_rows.itertuples()]
    return (
        f"How many North Koreans stayed in China was put at {listed(parts)}: a factor of "
        f"{wide['factor'].iloc[0]:.0f}. The one survey that was repeated falls: {listed(line)}. "
        f"After {survey_rows['year'].max()} the data hold "
        f"{count(int(table['year'].gt(survey_rows['year'].max()).sum()), 'figure')}, without a "
        "source."
    )


def staying_title(table: pd.DataFrame) -> str:
    """Return the title of the chart of stays."""
    years = arrivals.staying_by_year(table)
    wide = years[years["factor"].eq(years["factor"].max())]
    return (
        f"For {listed(str(year) for year in wide.index)}, estimates of North Koreans in China "
        f"differ by a factor of {wide['factor'].iloc[0]:.0f}"
    )


def staying_subtitle(table: pd.DataFrame) -> str:
    """Return the subtitle of the chart of stays."""
    return (
        f"North Koreans staying in China, {table['year'].min()} to {table['year'].max()}, people, "
        f"{len(table)} estimates by who says so. Blue: one survey of the north-east, repeated. "
        "Arrow: up to, no lower end said. Dashed: without a source."
    )


def staying_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart of stays."""
    years = arrivals.staying_by_year(table)
    wide = years[years["factor"].gt(1)]
    parts = [
        f"{year}: {row.least:,} to {row.most:,}"
        for year, row in zip(wide.index, wide.itertuples(), strict=True)
    ]
    return (
        f"{len(table)} rows by year with dots and lines on a scale from 0 to 300,000, each with "
        f"the body that said it. Lowest and highest of a year: {', '.join(parts)}."
    )


# How sure ---------------------------------------------------------------------------------------


def critic(table: pd.DataFrame, printed: pd.DataFrame) -> str:
    """Return the answer to the objection that revised figures make the peak and the fall."""
    spread = arrivals.year_ranges(table, printed)
    top = peak(table)
    rival = spread.drop(index=top)["most"]
    holds = spread.loc[top, "least"] > rival.max()
    drops = arrivals.single_years(table)["people"].diff()
    fall = int(drops.loc[top:].idxmin())
    least = 1 - spread.loc[fall, "most"] / spread.loc[fall - 1, "least"]
    most = 1 - spread.loc[fall, "least"] / spread.loc[fall - 1, "most"]
    revised = int(spread["values"].gt(1).sum())
    gap = (spread["most"] / spread["least"] - 1).max()
    return (
        f"The objection does {'not ' if holds else ''}hold: of {len(spread)} single years "
        f"{revised} have more than one value in print, at most {percent(gap)} apart. The lowest "
        f"value of {top} ({spread.loc[top, 'least']:,}) is "
        f"{'above' if holds else 'not above'} the highest of any other "
        f"year ({rival.max():,} in {rival.idxmax()}), and the fall of {fall} is "
        f"{100 * least:.1f}% to {100 * most:.1f}% whichever values are taken."
    )


def one_more(table: pd.DataFrame, shares: pd.DataFrame, year: int) -> str:
    """Return what a few more people would change."""
    low, last = _row(table, trough(table)), _row(table, int(table["last_year"].max()))
    entries = shares.loc["entries"]
    more = (int(entries["hits"]) + 100) / int(entries["base"])
    return (
        f"One boat of ten people more would lift {low['period']} by {percent(10 / low['people'])} "
        f"and {last['period']} by {percent(10 / last['people'])}: in years this small a single "
        f"group shows. A hundred missed entries would lift Thailand's lower share of {year} from "
        f"{percent(entries['share'])} to {percent(more)}, still far from the other."
    )


def staying_measures(estimates: pd.DataFrame) -> str:
    """Return what the numbers of returned people say, and that they do not add up."""
    rows = estimates[estimates["measure"].eq(RouteMeasure.FORCED_RETURNS.value)]
    rows = rows[rows["place"].eq(RoutePlace.CHINA.value)]
    long = rows[rows["period"].str.contains(" to ")].sort_values("value_low").iloc[-1]
    return (
        f"People sent back are in neither figure. The data hold {len(rows)} counts of returns from "
        f"China; the longest run, {long['period']}, has at least {int(long['value_low']):,} "
        f"({long['who_says']}). They overlap and are not added."
    )

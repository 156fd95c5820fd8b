"""Sentences on the register of incidents: titles, alternative texts and answers, all computed."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.derive import register
from helpers.vocab import Affiliation, BlindKind, Nationality, Route

NUMBERS = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
]  # fmt: skip

#: Limits for the source line of every chart of this subject, and of the map.
LIMIT = "Only crossings that were made public"
MAP_LIMIT = "Only crossings that were made public; places are centroids, never crossing points"


def number(value: int) -> str:
    """Return a whole number as a word up to twelve, else in digits with thousands apart."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, ``one`` or ``many`` (default: ``one`` with an s)."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """Return a share in percent: whole, but with a decimal below one percent."""
    value = 100 * share
    return f"{value:.1f}%" if 0 < value < 1 else f"{value:.0f}%"


def listed(words: Iterable[str]) -> str:
    """Return words joined by commas and a last "and"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def long_date(day: pd.Timestamp) -> str:
    """Return a day as in ``27 July 1953``."""
    return f"{day.day} {day:%B %Y}"


def period(frame: pd.DataFrame) -> str:
    """Return the period of the count: from the armistice to the last row."""
    return f"{long_date(register.ARMISTICE)} to {long_date(frame['date'].max())}"


def answer(frame: pd.DataFrame, unclear: pd.DataFrame, jsa: pd.DataFrame) -> str:
    """Return the answer to the notebook's question in two sentences."""
    share = register.share_of(frame)
    total, more = int(frame["people"].sum()), int(unclear["people"].sum())
    return (
        f"From {period(frame)} the register knows {len(frame)} incidents in which {total} people "
        "came straight from the North to the South and stayed or meant to (up to "
        f"{len(frame) + len(unclear)} with {total + more} if what is unclear counts), and as it "
        "is blind for long stretches this is a floor, not a total. Through the Joint Security "
        f"Area led {number(int(share['hits']))} of them, with {number(int(jsa['people'].sum()))} "
        f"people: {percent(share['share'])} of the incidents (95% interval "
        f"{percent(share['low'])} to {percent(share['high'])}), among them "
        f"{count(len(register.kpa_soldiers(jsa)), 'northern soldier')}, the last on "
        f"{long_date(jsa['date'].max())}."
    )


def coverage(frame: pd.DataFrame) -> str:
    """Return how well the counted rows are known."""
    known = register.coverage(frame)
    rows = known["rows"]
    return (
        f"{rows} rows from {known['first_year']} to {known['last_year']}: {known['exact_day']} "
        f"({percent(known['exact_day'] / rows)}) dated to the day, {known['located']} "
        f"({percent(known['located'] / rows)}) with a place on the map, of which "
        f"{known['to_a_place']} a named place and the others only a sector or county; "
        f"{known['several_sources']} ({percent(known['several_sources'] / rows)}) name two or "
        "more sources."
    )


def before_armistice(early: pd.DataFrame) -> str:
    """Return what the register holds from before there was a line to cross."""
    days = listed(long_date(day) for day in early["date"])
    return (
        f"The register begins before the line did: {count(len(early), 'row')} ({days}) from "
        f"before the armistice of {long_date(register.ARMISTICE)}, kept and shown open, not "
        "counted."
    )


def not_counted(incidents: pd.DataFrame, frame: pd.DataFrame) -> str:
    """Return how many rows of the register the count leaves out."""
    rest = len(incidents) - len(frame)
    return (
        f"Of {len(incidents)} rows of the register {len(frame)} are counted here and {rest} are "
        "not: they went through third countries, ended in failure, drifted by accident, headed "
        "north, fell before the armistice, or were no defection at all."
    )


# Where ------------------------------------------------------------------------------------------


def where(frame: pd.DataFrame, marks: pd.DataFrame) -> str:
    """Return where land crossings gather, and what the map cannot place."""
    counties = register.by_county(frame)
    known = counties.drop(index="not known", errors="ignore")["incidents"]
    top = known.head(2)
    missing = len(frame) - len(marks)
    return (
        f"Of {int(known.sum())} crossings of the land line with a known county, {int(top.sum())} "
        f"({percent(top.sum() / known.sum())}) came through {listed(top.index)}. "
        f"{count(missing, 'incident').capitalize()} of {len(frame)} cannot be placed, all by land."
    )


def _top_counties(frame: pd.DataFrame) -> str:
    """Return the two counties with most crossings of the land line."""
    known = register.by_county(frame).drop(index="not known", errors="ignore")
    return listed(known.head(2).index)


def map_title(frame: pd.DataFrame) -> str:
    """Return the title of the map: the two counties with most land crossings."""
    top = register.by_county(frame).drop(index="not known", errors="ignore").head(2)
    return f"Most land crossings with a known county came through {' or '.join(top.index)}"


def map_subtitle(frame: pd.DataFrame, marks: pd.DataFrame) -> str:
    """Return the subtitle of the map, with what it leaves out and how far marks were moved."""
    moved = marks.groupby("panel")["moved_km"].max()
    return (
        f"Direct crossings from North to South, {period(frame)}: a mark each for {len(marks)} of "
        f"{len(frame)} incidents, {len(frame) - len(marks)} are known to no place. Marks that "
        f"would hide others are moved, at most {moved['seas']:.0f} km at sea, {moved['line']:.0f} "
        "km on land."
    )


def map_alt(frame: pd.DataFrame, marks: pd.DataFrame) -> str:
    """Return the alternative text of the map."""
    routes = register.by_route(marks)["incidents"]
    return (
        f"Maps of the middle of Korea with {len(marks)} incidents. The seas: "
        f"{routes['yellow_sea']} marks round the western islands, {routes['east_sea']} off the "
        f"east coast, {routes['air']} landed aircraft. The land line: {routes['dmz_land']} "
        f"round marks, densest at {_top_counties(frame)}, {routes['han_estuary']} diamonds in the "
        f"Han estuary, {routes['jsa']} stars at the JSA."
    )


# When -------------------------------------------------------------------------------------------


def clear_years(frame: pd.DataFrame, spans: pd.DataFrame) -> str:
    """Return how the count splits at the last blind year."""
    first = register.clear_since(spans)
    late = frame[frame["year"].ge(first)]
    shares = register.blind_share(frame, spans, int(spans["last_year"].max()))
    return (
        f"{len(late)} of {len(frame)} incidents fall in the years since {first}, the first "
        f"without a blind route. Over the whole period {percent(shares['dmz_land'])} of the years "
        f"are blind on the land line and {percent(shares['yellow_sea'])} at sea; the JSA and the "
        "air are taken as seen throughout."
    )


def time_title(frame: pd.DataFrame, spans: pd.DataFrame) -> str:
    """Return the title of the chart over time."""
    first = register.clear_since(spans)
    share = frame["year"].ge(first).mean()
    unseen = register.blind_before(frame, spans, first)
    return (
        f"{percent(share)} of known crossings came after {first - 1}; until then the register was "
        f"{percent(unseen)} blind"
    )


def time_subtitle(frame: pd.DataFrame) -> str:
    """Return the subtitle of the chart over time."""
    return (
        f"Direct crossings from North to South by route, {period(frame)}, one mark an incident, "
        "wider for more people. Hatched years are not years of zero: nobody can say how many "
        "crossed then."
    )


def time_alt(frame: pd.DataFrame, blind: pd.DataFrame) -> str:
    """Return the alternative text of the chart over time."""
    routes = register.by_route(frame)["incidents"]
    land = blind[blind["route"].eq("dmz_land") & blind["kind"].eq(BlindKind.NO_ROWS.value)]
    thin = blind.loc[blind["kind"].eq(BlindKind.THIN.value), "last_year"].max()
    last = blind.loc[blind["kind"].ne(BlindKind.PARTIAL.value), "last_year"].max()
    day = frame.loc[frame["incident_id"].eq(register.CROSSING_2017), "date"]
    named = " and ".join(long_date(date) for date in day)
    return (
        f"Six strips from 1950 to 2026, a mark an incident: JSA {routes['jsa']}, land line "
        f"{routes['dmz_land']}, Han estuary {routes['han_estuary']}, Yellow Sea "
        f"{routes['yellow_sea']}, East Sea {routes['east_sea']}, air {routes['air']}. The land "
        f"line is hatched in {count(len(land), 'span')} without rows, estuary and seas until "
        f"{thin}; marks crowd after {last}, and {named} is named."
    )


# Who --------------------------------------------------------------------------------------------


def _uniformed(frame: pd.DataFrame, routes: list[Route]) -> tuple[int, int]:
    """Return how many incidents on ``routes`` were by people in uniform, of how many known."""
    counts = register.who(frame).query("group != 'Not stated'")
    rows = counts[counts["route"].isin([route.value for route in routes])]
    return int(rows.loc[rows["group"].eq("In uniform"), "incidents"].sum()), int(
        rows["incidents"].sum()
    )


def who(frame: pd.DataFrame) -> str:
    """Return who crossed by land and who by water."""
    land, land_all = _uniformed(frame, register.LAND)
    water, water_all = _uniformed(frame, register.WATER)
    by_water = frame[frame["route"].isin([route.value for route in register.WATER])]
    return (
        f"By land, the JSA included, {land} of {land_all} incidents were by people in uniform "
        f"({percent(land / land_all)}); by water {water} of the {water_all} whose people are "
        f"known ({percent(water / water_all)}). Boats carry groups: {len(by_water)} incidents by "
        f"water, {percent(len(by_water) / len(frame))} of all, brought "
        f"{int(by_water['people'].sum())} of {int(frame['people'].sum())} people."
    )


def who_title() -> str:
    """Return the title of the chart on who crossed."""
    return "By land it was mostly soldiers, by water mostly civilians in groups"


def who_subtitle(frame: pd.DataFrame) -> str:
    """Return the subtitle of the chart on who crossed."""
    return (
        f"Direct crossings from North to South by route, {period(frame)}; in uniform are "
        "soldiers, officers, aircrew and guards, a mixed group holds both. Survivors whose "
        "arrival was published."
    )


def who_alt(frame: pd.DataFrame) -> str:
    """Return the alternative text of the chart on who crossed."""
    table = register.who(frame).set_index(["route", "group"])["incidents"]
    totals = register.by_route(frame)
    return (
        f"Stacked bars by route. Land line: {table['dmz_land', 'In uniform']} of "
        f"{totals.loc['dmz_land', 'incidents']} incidents in uniform; JSA "
        f"{table['jsa', 'In uniform']} of {totals.loc['jsa', 'incidents']}; Yellow Sea "
        f"{table['yellow_sea', 'Civilians']} of {totals.loc['yellow_sea', 'incidents']} "
        f"civilians; East Sea {table['east_sea', 'Civilians']} of "
        f"{totals.loc['east_sea', 'incidents']}. People: Yellow Sea "
        f"{totals.loc['yellow_sea', 'people']}, land line {totals.loc['dmz_land', 'people']}."
    )


# Shot at ----------------------------------------------------------------------------------------


def shot_at(table: pd.DataFrame) -> str:
    """Return what is known of fire at those who crossed."""
    every, jsa, land = table.loc["all"], table.loc["jsa"], table.loc["dmz_land"]
    known = int(every["yes"] + every["no"])
    return (
        f"The sources say whether those who crossed were shot at for {known} of "
        f"{int(every['incidents'])} incidents: {int(every['yes'])} were "
        f"({percent(every['share'])} of the known, 95% interval {percent(every['low'])} to "
        f"{percent(every['high'])}; between {percent(every['least'])} and "
        f"{percent(every['most'])} of all, whatever the unknown were). In the JSA "
        f"{int(jsa['yes'])} of {int(jsa['yes'] + jsa['no'])} known, on the land line "
        f"{int(land['yes'])} of {int(land['yes'] + land['no'])}: with so few cases "
        f"the intervals are wide and overlap."
    )


def shot_at_title(table: pd.DataFrame) -> str:
    """Return the title of the chart on shots."""
    every = table.loc["all"]
    return (
        f"Known to have been shot at: {number(int(every['yes']))} of {int(every['incidents'])} "
        f"crossings, {number(int(table.loc['jsa', 'yes']))} of them in the JSA; for "
        f"{int(every['unknown'])} the sources do not say"
    )


def shot_at_subtitle(frame: pd.DataFrame) -> str:
    """Return the subtitle of the chart on shots."""
    return (
        f"Direct crossings from North to South by route, {period(frame)}. Fire at those who "
        "crossed, not warning or signal shots. The register holds those who arrived: who was "
        "shot dead on the way is not in it."
    )


def shot_at_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart on shots."""
    jsa, land = table.loc["jsa"], table.loc["dmz_land"]
    return (
        f"Left, stacked bars: JSA {int(jsa['yes'])} shot at, {int(jsa['no'])} not, "
        f"{int(jsa['unknown'])} unknown; land line {int(land['yes'])}, {int(land['no'])}, "
        f"{int(land['unknown'])}; the seas and the air nearly all unknown. Right, shares of the "
        f"known with 95% intervals: JSA {percent(jsa['share'])} ({percent(jsa['low'])} to "
        f"{percent(jsa['high'])}), land line {percent(land['share'])} ({percent(land['low'])} to "
        f"{percent(land['high'])})."
    )


# The JSA ----------------------------------------------------------------------------------------


def jsa_cases(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents in the JSA with ``who`` (words), ``kpa`` and ``shot_at``."""
    cases = frame[frame["route"].eq(Route.JSA.value)]
    northern = cases["incident_id"].isin(register.kpa_soldiers(cases)["incident_id"])
    words = [_case_words(case) for case in cases.itertuples()]
    columns = ["incident_id", "date", "year", "people", "nationality", "affiliation", "shots_at"]
    return cases[columns].assign(who=words, kpa=northern.to_numpy()).reset_index(drop=True)


def _case_words(case: tuple) -> str:
    """Return a case in a few words."""
    words = f"{Nationality(case.nationality).label} {Affiliation(case.affiliation).label.lower()}"
    if not pd.isna(case.people) and case.people > 1:
        words += f", {number(int(case.people))} people"
    return words + (", shot at" if case.shots_at == "crossers" else "")


def jsa(frame: pd.DataFrame) -> str:
    """Return where the JSA stands among the routes."""
    routes = register.by_route(frame)
    row, share = routes.loc["jsa"], register.share_of(frame)
    cases = jsa_cases(frame)
    return (
        f"{int(row['incidents'])} of {len(frame)} direct crossings led through the JSA "
        f"({percent(share['share'])}, 95% interval {percent(share['low'])} to "
        f"{percent(share['high'])}), with {int(row['people'])} of {int(routes['people'].sum())} "
        f"people ({percent(row['people_share'])}). {number(int(cases['kpa'].sum())).capitalize()} "
        f"of the {number(len(cases))} were by northern troops: "
        f"{listed(str(year) for year in cases.loc[cases['kpa'], 'year'])}."
    )


def jsa_title(frame: pd.DataFrame) -> str:
    """Return the title of the chart on the JSA."""
    cases = jsa_cases(frame)
    return (
        f"The JSA was the way of {number(len(cases))} in {len(frame)} known direct crossings, and "
        f"of {number(int(cases['kpa'].sum()))} northern soldiers in "
        f"{int(frame['year'].max()) - register.ARMISTICE.year} years"
    )


def jsa_subtitle(frame: pd.DataFrame) -> str:
    """Return the subtitle of the chart on the JSA."""
    return (
        f"Direct crossings from North to South, {period(frame)}. Stars are crossings of the JSA, "
        "filled in the list for northern soldiers; decades are hatched where the register is "
        "mostly blind."
    )


def jsa_alt(frame: pd.DataFrame, decades: pd.DataFrame) -> str:
    """Return the alternative text of the chart on the JSA."""
    routes = register.by_route(frame)
    parts = [
        f"{decade}s {row.route_incidents} of {row.incidents}"
        for decade, row in zip(decades.index, decades.itertuples(), strict=True)
    ]
    return (
        f"Bars: the JSA has {routes.loc['jsa', 'incidents']} of {len(frame)} incidents and "
        f"{routes.loc['jsa', 'people']} of {int(routes['people'].sum())} people, fewer than the "
        f"land line, the estuary and either sea. Dots by decade, JSA of all: {', '.join(parts)}. "
        "A list of the JSA's cases."
    )


# The other way, and how sure --------------------------------------------------------------------


def other_way(frame: pd.DataFrame, unclear: pd.DataFrame) -> str:
    """Return who went north, in one sentence or two."""
    nations = frame["nationality"].value_counts()
    routes = register.by_route(frame)["incidents"]
    return (
        f"The register knows {len(frame)} crossings from South to North since the armistice "
        f"({len(unclear)} more are unclear), {nations['south_korean']} by southerners and "
        f"{nations['american']} by Americans; {routes['dmz_land']} led over the land line and "
        f"{number(int(routes['jsa']))} through the JSA. Before 1990 the South kept such cases out "
        "of the press, so this is a floor too."
    )


def against_official(table: pd.DataFrame) -> str:
    """Return how the register stands to the Joint Chiefs' figures for 2010 to July 2015."""
    rows = table[table["series"].eq("jcs_2015") & table["period"].eq("2010 to 2015-07")]
    rows = rows.set_index("measure")
    every, land, sea = (rows.loc[name] for name in ("direct_all", "direct_land", "direct_sea"))
    return (
        f"For 2010 to July 2015 the Joint Chiefs of Staff counted {every['official']} people, "
        f"{sea['official']} by sea or coast and {land['official']} by land and the transit roads; "
        f"the register has {every['register']} "
        f"({percent(every['register'] / every['official'])}): all {land['register']} by land and "
        f"{sea['register']} by water, so on balance {-sea['difference']} people who came by sea "
        "are missing."
    )


def early_official(table: pd.DataFrame) -> str:
    """Return how little of the first three decades the register holds."""
    row = table[table["series"].eq("mnd_1983")].iloc[0]
    return (
        f"Up to {row['last_day']:%B %Y} the Ministry of National Defence counted "
        f"{row['official']} people who came direct; the register knows {row['register']} "
        f"({percent(row['register'] / row['official'])})."
    )


def critic(frame: pd.DataFrame, spans: pd.DataFrame) -> str:
    """Return the answer to the objection that the JSA's share rests on what is blind elsewhere."""
    first = register.clear_since(spans)
    early, late = frame[frame["year"].lt(first)], frame[frame["year"].ge(first)]
    before, after = register.share_of(early), register.share_of(late)
    parts = (
        f"until {first - 1} the JSA has {int(before['hits'])} of {int(before['trials'])} known "
        f"incidents ({percent(before['share'])}), since {first} {int(after['hits'])} of "
        f"{int(after['trials'])} ({percent(after['share'])}, 95% interval {percent(after['low'])} "
        f"to {percent(after['high'])})."
    )
    if after["share"] >= before["share"]:
        return f"The objection does not hold: {parts}"
    return (
        f"The objection holds: {parts} The lower share is the better guess for the whole period "
        "too, since the JSA was watched in all years and the rest was not."
    )


def one_more(frame: pd.DataFrame, table: pd.DataFrame) -> str:
    """Return what one more incident would change."""
    share = register.share_of(frame)
    more = (share["hits"] + 1) / (share["trials"] + 1)
    yes, known = int(table.loc["jsa", "yes"]), int(table.loc["jsa", ["yes", "no"]].sum())
    return (
        f"One more crossing of the JSA would lift its share from {100 * share['share']:.1f}% to "
        f"{100 * more:.1f}%, one more elsewhere would lower it to "
        f"{100 * share['hits'] / (share['trials'] + 1):.1f}%. One more JSA case known to have "
        f"drawn fire would make it {yes + 1} of {known + 1} instead of {yes} of {known}: small "
        "numbers move, the order of the routes does not."
    )

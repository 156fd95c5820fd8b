"""Sentences on the JSA crossing in context: titles, answers and alternative texts, computed."""

from __future__ import annotations

import math

import pandas as pd

from helpers.derive import context, register
from helpers.facts.register import listed, long_date, number, percent
from helpers.vocab import Affiliation, Means, Route

LIMIT = "Only crossings that were made public; intervals do not cover what was kept quiet"


def small(share: float) -> str:
    """Return a small share in percent with one decimal, or two below a tenth of a percent."""
    value = 100 * share
    return f"{value:.2f}%" if 0 < value < 0.1 else f"{value:.1f}%"


def _one_in(part: int, whole: int) -> str:
    return f"about 1 in {round(whole / part, -1 if whole / part >= 100 else 0):,.0f}"


def answer(table: pd.DataFrame, scale: pd.Series, mean: pd.Series, until: pd.Timestamp) -> str:
    """Return the answer to the notebook's question in two sentences."""
    clear = table[table["basis"].eq("clear")].set_index("route").loc["jsa"]
    return (
        f"Of {scale['arrivals']:,} arrivals to the end of {until.year}, {scale['direct']} are "
        f"known to have come straight from the North "
        f"({small(scale['direct'] / scale['arrivals'])}, a floor) and {number(int(scale['jsa']))} "
        f"through the Joint Security Area "
        f"({_one_in(scale['jsa'], scale['arrivals'])}). With foreigners the area saw "
        f"{number(int(mean['crossings']))} crossings from {register.ARMISTICE.year} to "
        f"{until.year}, one in {1 / mean['rate']:.0f} years (95% interval of the rate: one in "
        f"{1 / mean['high']:.0f} to one in {1 / mean['low']:.0f}), and "
        f"{number(int(clear['incidents']))} since {until.year + 1 - int(clear['years'])}."
    )


def scale_title(scale: pd.Series) -> str:
    """Return the title of the chart of the whole scale."""
    return (
        f"Of {scale['arrivals']:,} who arrived in the South, {scale['direct']} are known to have "
        f"come straight, and {number(int(scale['jsa']))} of them through the JSA"
    )


def scale_subtitle(last_year: int) -> str:
    """Return the subtitle of the chart of the whole scale."""
    return (
        f"People, armistice to the end of {last_year}. Each step enlarges the coloured part of the "
        "one before."
    )


def scale_fact(scale: pd.Series) -> str:
    """Return the scale in one sentence, with what the register is known to lack."""
    lacking = [int(scale[f"missing_{key}"]) for key, _ in context.MISSING]
    most = scale["direct"] + sum(lacking)
    return (
        f"{scale['direct']} of {scale['arrivals']:,} is "
        f"{small(scale['direct'] / scale['arrivals'])}; the Defence Ministry counted {lacking[0]} "
        f"more to May 1983 and the Joint Chiefs {lacking[1]} more from 2010 to August 2016, and "
        f"with these it would be "
        f"{small(most / scale['arrivals'])}. The {number(int(scale['foreign']))} foreigners who "
        "crossed the JSA are not among the arrivals."
    )


def scale_alt(scale: pd.Series) -> str:
    """Return the alternative text of the chart of the whole scale."""
    routes = listed(
        f"{Route(name).label} {scale[name]}" for name in [r.value for r in register.DIRECT_ROUTES]
    )
    return (
        f"Three steps. {scale['arrivals']:,} arrivals as squares of ten people, "
        f"{round(scale['direct'] / 10)} of them coloured"
        f": {scale['direct']} who came straight. These as dots by route: {routes}; open dots for "
        f"those missing. Last, {scale['jsa'] + scale['foreign']} stars for the JSA, "
        f"{scale['jsa']} filled."
    )


def share_title(table: pd.DataFrame) -> str:
    """Return the title of the chart of shares."""
    rows = table.set_index("first_year")
    middle = rows.loc[1999:2018]
    most = math.ceil(1000 * max(middle["share"].max(), middle["official_high"].max())) / 1000
    return (
        f"Known to have come straight from the North: fewer than {100 * most:.1f}% of arrivals in "
        "1999 to 2019, more before, and in single years since"
    )


def share_fact(table: pd.DataFrame) -> str:
    """Return the share by period in a sentence, register and official apart."""
    rows = table.set_index("first_year")
    early, closed = rows.loc[1953], rows.loc[2023]
    pairs = context.official_times_register(table)
    pairs = pairs[pairs["gap"].ge(0)]
    words = listed(
        f"{row.direct} against {row.direct + row.gap} for {row.first_year} to {row.last_year}"
        for row in pairs.itertuples()
    )
    return (
        f"To 1998 the register has {early['direct']} of {early['arrivals']} arrivals "
        f"({small(early['share'])}), from 2002 to 2009 "
        f"{small(rows.loc[2002, 'share'])}, and in 2023 {closed['direct']} of {closed['arrivals']} "
        f"({small(closed['share'])}). Where an official "
        f"total of all direct arrivals exists, the register falls little short: {words}."
    )


def share_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart of shares."""
    spans = [
        "-".join(f"{year}" for year in sorted({row.first_year, row.last_year}))
        for row in table.itertuples()
    ]
    parts = listed(
        f"{span} {small(share)}" for span, share in zip(spans, table["share"], strict=True)
    )
    return (
        f"Dots by period, share of arrivals known to have come straight: {parts}. Open diamonds "
        "and triangles: official totals."
    )


def rates_title(table: pd.DataFrame, first: int) -> str:
    """Return the title of the chart of rates."""
    clear = table[table["basis"].eq("clear")].set_index("route")
    ratio = clear.loc["dmz_land", "incidents"] / clear.loc["jsa", "incidents"]
    return (
        f"For each crossing of the JSA since {first} the land line outside saw about {ratio:.0f}; "
        "only the air is rarer"
    )


def rates_fact(table: pd.DataFrame, first: int) -> str:
    """Return the rates of the JSA and the land line, with intervals."""
    rows = table.set_index(["route", "basis"])
    parts = [
        f"{name} {row['rate']:.2f} a year ({row['low']:.2f} to {row['high']:.2f}; "
        f"{int(row['incidents'])} in {row['years']:.0f} years)"
        for name, row in (
            ("the JSA", rows.loc[("jsa", "clear")]),
            ("the land line outside it", rows.loc[("dmz_land", "clear")]),
        )
    ]
    whole = rows.loc[("jsa", "seen")]
    return (
        f"Since {first}, when every route is seen, {listed(parts)}, exact 95% intervals. Over all "
        f"{whole['years']:.0f} years the JSA has {whole['rate']:.2f} ({whole['low']:.2f} to "
        f"{whole['high']:.2f})."
    )


def rates_alt(table: pd.DataFrame, first: int) -> str:
    """Return the alternative text of the chart of rates."""
    clear = table[table["basis"].eq("clear")]
    parts = listed(
        f"{Route(row.route).label} {row.rate:.2f} ({row.low:.2f}-{row.high:.2f})"
        for row in clear.itertuples()
    )
    return (
        f"Incidents per year since {first} with exact intervals: {parts}. Below each, other years."
    )


def critic_rates(table: pd.DataFrame, first: int) -> str:
    """Return the answer to the objection that blind years were left out because they are empty."""
    rows = table.set_index(["route", "basis"])["rate"]
    ratios = {name: rows["dmz_land", name] / rows["jsa", name] for name in ("all", "clear", "seen")}
    return (
        "The objection is right about the land line: leaving out years without rows lifts its rate "
        f"from {rows['dmz_land', 'all']:.2f} to {rows['dmz_land', 'seen']:.2f} a year. So the "
        f"claim rests on the years since {first}, which were not chosen by their rows "
        f"({rows['dmz_land', 'clear']:.2f}). The land line led the JSA by a factor of "
        f"{ratios['all']:.1f} if no year were blind, {ratios['seen']:.1f} over the seen years, "
        f"{ratios['clear']:.1f} since {first}: the order stands in each, the factor does not."
    )


def wait_names(table: pd.DataFrame) -> list[str]:
    """Return words for each wait: from when to when."""
    words = [f"{row.start.year} to {row.end.year}" for row in table.itertuples()]
    words[0] = f"Armistice to {table['end'].iloc[0].year}"
    words[-1] = f"{table['start'].iloc[-1].year} to the end of {table['end'].iloc[-1].year}"
    return words


def waits_title(table: pd.DataFrame) -> str:
    """Return the title of the chart of waits."""
    means = [context.mean_wait(table, without)["mean_years"] for without in (True, False)]
    return (
        f"2017 was not early: the wait before it was longer than the mean, and raised it from "
        f"{means[0]:.1f} to {means[1]:.1f} years"
    )


def waits_subtitle(table: pd.DataFrame) -> str:
    """Return the subtitle of the chart of waits."""
    return (
        "Waits between crossings of the Joint Security Area to the South, years and days. Open "
        "bars: from the armistice to the first crossing, and from the last to the end of "
        f"{table['end'].iloc[-1].year}."
    )


def waits_fact(table: pd.DataFrame) -> str:
    """Return what the waits are, and what 2017 does to the rate."""
    full, less = context.mean_wait(table), context.mean_wait(table, without_last=True)
    return (
        f"Between {number(int(full['crossings']))} crossings lie {number(int(full['gaps']))} waits "
        f"of {full['shortest_years']:.1f} to {full['longest_years']:.1f} years. Counted to the day "
        f"before 13 November 2017 the rate is {10 * less['rate']:.2f} in ten years "
        f"({10 * less['low']:.2f} to {10 * less['high']:.2f}), counted to the end of "
        f"{table['end'].iloc[-1].year} it is {10 * full['rate']:.2f} ({10 * full['low']:.2f} to "
        f"{10 * full['high']:.2f}): 2017 changes next to nothing."
    )


def next_one(table: pd.DataFrame) -> str:
    """Return what a next crossing would have to be."""
    then = context.next_one(table)
    return (
        f"A next crossing would leave the mean as it is on {long_date(then['mean_keeps'])}: "
        "before, it would shorten the mean, after, lengthen it. From "
        f"{long_date(then['longest_from'])} on, the wait would be the longest of all. "
        f"{then['open_years']:.1f} quiet years say little: if crossings came evenly, so long a "
        f"wait would have a chance of {percent(then['quiet'])} ({percent(then['quiet_low'])} to "
        f"{percent(then['quiet_high'])} over the interval of the rate)."
    )


def waits_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart of waits."""
    parts = listed(
        f"{name}: {days:,}" for name, days in zip(wait_names(table), table["days"], strict=True)
    )
    return f"One bar a wait, in days. {parts}. The last is still open. Lines mark the two means."


def harm_title(table: pd.DataFrame) -> str:
    """Return the title of the chart of harm."""
    rows = table.set_index(["group", "harm"])
    jsa, land = rows.loc[("jsa", "shot_at")], rows.loc[("dmz_land", "shot_at")]
    return (
        f"Known to have been shot at: {jsa['yes']:.0f} of {jsa['known']:.0f} in the JSA, "
        f"{land['yes']:.0f} of {land['known']:.0f} on the land line; how many died on the way, no "
        f"row can tell"
    )


def harm_fact(table: pd.DataFrame) -> str:
    """Return the shares of fire and wounds, with intervals and what is unknown."""
    rows = table.set_index(["group", "harm"])
    jsa, land, every = (rows.loc[(name, "shot_at")] for name in ("jsa", "dmz_land", "all"))
    hurt = rows.loc[("all", "wounded")]
    return (
        f"Shot at: in the JSA {percent(jsa['share'])} of the known (exact 95% interval "
        f"{percent(jsa['low'])} to {percent(jsa['high'])}), on the land line "
        f"{percent(land['share'])} ({percent(land['low'])} to {percent(land['high'])}). Wounds of "
        f"those who crossed are known, as yes or no, in {hurt['known']:.0f} of "
        f"{hurt['incidents']:.0f} "
        f"incidents, {number(int(hurt['yes']))} of them yes. For "
        f"{every['incidents'] - every['known']:.0f} of {every['incidents']:.0f} incidents "
        "the sources are silent on fire."
    )


def survivors(table: pd.DataFrame) -> str:
    """Return what unseen deaths would do to the share that was shot at."""
    land = table.set_index(["group", "harm"]).loc[("dmz_land", "shot_at")]
    more = context.unseen_for_half(int(land["yes"]), int(land["known"]))
    return (
        "None of those counted was killed on the way, and none could be: a crossing counts only if "
        f"someone arrived. On the land line {more} people shot dead out of sight would lift the "
        f"share from {percent(land['share'])} of {land['known']:.0f} known to one half."
    )


def harm_alt(table: pd.DataFrame) -> str:
    """Return the alternative text of the chart of harm."""
    fire = table[table["harm"].eq("shot_at")]
    names = {route.value: route.label for route in Route} | {"all": "all routes"}
    parts = listed(f"{names[row.group]} {row.yes} of {row.known}" for row in fire.itertuples())
    return (
        f"Three columns by route. Shot at, of known: {parts}. Wounded: known for few. Killed: only "
        "open hatched bars without end, for those who died on the way and left no row."
    )


def groups_title(table: pd.DataFrame, first: int) -> str:
    """Return the title of the chart of soldiers and civilians."""
    rows = table.set_index(["way", "group"])["incidents"]
    soldiers = rows["jsa", "In uniform"] + rows["dmz_land", "In uniform"]
    civilians = rows["water", "Civilians"] + rows["dmz_land", "Civilians"]
    return (
        f"Since {first} soldiers came by land, {number(int(rows['jsa', 'In uniform']))} of "
        f"{soldiers} "
        f"through the JSA; civilians came by water, {rows['water', 'Civilians']} of {civilians}"
    )


def groups_subtitle(first: int, last_year: int) -> str:
    """Return the subtitle of the chart of soldiers and civilians."""
    return (
        f"Incidents per year, {first} to {last_year}; and share shot at among known incidents on "
        "the land line and in the JSA, all years; grey, what the unknown allow. Exact 95% "
        "intervals."
    )


def groups_fact(table: pd.DataFrame, fire: pd.DataFrame, first: int) -> str:
    """Return the shares behind the title and those shot at."""
    rows = table.set_index(["way", "group"])["incidents"]
    hits = int(rows["jsa", "In uniform"])
    trials = hits + int(rows["dmz_land", "In uniform"])
    low, high = register.interval(hits, trials)
    shot = fire.set_index("group")
    parts = listed(
        f"{name.lower()} {row['yes']} of {row['known']} ({percent(row['low'])} to "
        f"{percent(row['high'])})"
        for name, row in shot.iterrows()
    )
    return (
        f"Of {trials} crossings by people in uniform over land since {first}, {number(hits)} led "
        f"through the JSA ({percent(hits / trials)}, 95% interval {percent(low)} to "
        f"{percent(high)}). Shot at by land in all years, of the known: {parts}."
    )


def groups_alt(table: pd.DataFrame, first: int) -> str:
    """Return the alternative text of the chart of soldiers and civilians."""
    parts = listed(
        f"{row.way.replace('dmz_land', 'land line')} {row.group.lower()} {row.incidents}"
        for row in table.itertuples()
    )
    return (
        f"Two panels. Incidents since {first} as rates per year with intervals: {parts}. Shares "
        "shot at by land for both groups, with wide intervals."
    )


# Nearest cases and critics ----------------------------------------------------------------------


def nearest_table(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the nearest cases as a table to read: labels for codes, dashes for the unknown."""
    words = cases.drop(columns="date").astype(object)
    for name, terms in (("route", Route), ("who", Affiliation), ("means", Means)):
        words[name] = words[name].map({term.value: term.label for term in terms})
    words = words.assign(
        years_apart=cases["years_apart"].round(0).astype(int),
        similarity=cases["similarity"].round(2),
    ).fillna("not known")
    words.insert(0, "date", cases["date"].dt.strftime("%Y-%m-%d"))
    names = {"who": "affiliation", "fire": "shot at", "wound": "wounded"}
    return words.rename(columns=names).reset_index(drop=True)


def nearest(cases: pd.DataFrame, stays: pd.Series) -> str:
    """Return what the nearest cases have in common, and how far they hang on the rule."""
    jsa = int(cases["route"].eq("jsa").sum())
    best = cases.iloc[0]
    soft = stays.idxmin()
    return (
        f"The nearest case is that of {long_date(best['date'])}, with "
        f"{number(int(best['matches']))} of five features alike; no case shares all. "
        f"{number(jsa).capitalize()} of the "
        f"{number(len(cases))} were in the JSA. Leaving out one feature keeps at least "
        f"{number(int(stays.min()))} of the {number(len(cases))}, fewest without {soft}: the list "
        "says what is alike, not what is typical."
    )


def critic_share(table: pd.DataFrame, scale: pd.Series) -> str:
    """Return the answer to the objection that the register misses direct crossings."""
    pairs = context.official_times_register(table)
    pairs = pairs[pairs["gap"].gt(0)]
    worst = (1 + pairs["gap"] / pairs["direct"]).max()
    early = 1 + scale["missing_mnd_1983"] / scale["found_mnd_1983"]
    share = scale["direct"] / scale["arrivals"]
    return (
        f"Since {pairs['first_year'].min()} official totals are up to {worst:.2f} times the "
        f"register's; to May 1983 they "
        f"are {early:.1f} times it. If the whole register were short by that larger factor, "
        f"{small(share * early)} of arrivals would have come straight instead of {small(share)}: "
        "still a small part."
    )


def critic_count(counts: pd.DataFrame) -> str:
    """Return the answer to the objection that eight is a matter of definition."""
    words = {
        "all": "all", "northern": "citizens of the North only", "certain": "rows of high confidence"
        " only", "one_more": "one more that was kept quiet",
    }  # fmt: skip
    parts = listed(
        f"{words[name]}: {int(row['incidents'])}, {row['rate']:.2f} ({row['low']:.2f} to "
        f"{row['high']:.2f})"
        for name, row in counts.iterrows()
    )
    return (
        f"Crossings of the JSA and rate in ten years with exact interval, by reading: {parts}. All "
        f"readings lie between one crossing in {10 / counts['rate'].max():.0f} years and one in "
        f"{10 / counts['rate'].min():.0f}, and inside the intervals of one another."
    )

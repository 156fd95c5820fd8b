"""The main numbers once more, from the CSV files alone: no helper of the package is used.

Each part computes with pandas and scipy what a notebook says. ``says`` then asks whether this
notebook (or the README) prints it: whether one paragraph or one row of a table has the named words
and all of the numbers, whatever else stands around them. A number is printed if it is equal after
rounding to the digits that are there. Nothing here is a number of today.
"""
# fmt: off

import json
import math
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from scipy.optimize import brentq
from scipy.stats import binomtest, chi2

ROOT, CHECKS = Path(__file__).parents[1], {}


def says(name, place, words, *numbers):
    CHECKS[f"{place}: {name}"] = (place, words.casefold().split("|"), numbers)


def csv(name):
    return pd.read_csv(ROOT / "data" / f"{name}.csv", low_memory=False)

def garwood(n, time):
    return chi2.ppf(0.025, 2 * n) / 2 / time if n else 0, chi2.ppf(0.975, 2 * n + 2) / 2 / time

# Arrivals: 03
main = csv("arrivals/arrivals_annual").query("series == 'official_main'")
main = main.set_index(main["period"].astype(str))
single = main.loc[main["period_start"] == main["period_end"], "people"]
total, last = int(main["people"].sum()), int(main["period_end"].max())
women, top, low = (main["women"] / main["people"]).dropna(), single.idxmax(), single.idxmin()
says("all, and women", "README", "arrivals", total, int(main["women"].sum()))
says("most and fewest", "03", "arrive", int(top), int(single[top]), int(low), int(single[low]))
for period in women.index[[0, -1]]:
    n = main.loc[period, ["people", "women"]].astype(int).tolist()
    says(f"women {period}", "03", period, *n, 100 * women[period])
full = csv("arrivals/profile_checks").query("coverage == 'full_list'")
full = full.query("dimension == 'province_of_origin'").set_index("as_of")["compared_people"]
origin = csv("arrivals/profile_cumulative").query("dimension == 'province_of_origin'")
origin = origin.pivot(index="category", columns="as_of", values="people")[sorted(full.index)]
for month, latest in origin.iloc[:, -1:].items():
    says("largest province", "03", "arrivals", int(full[month]), latest.max() / full[month])
    added = origin.rsub(latest, axis=0).loc[:, lambda table: table.sum() >= 500].iloc[:, -1:]
    for _, rows in added.items():
        says("added", "03", "added", int(rows.sum()), *(rows.nlargest(3) / rows.sum()))

# Prices and estimates: 03
prices = csv("routes/route_costs").query("leg == 'river_crossing' and share_percent.isna()")
for row in prices.dropna(subset="period_end").itertuples():
    ends = {int(end) for end in (row.amount_low, row.amount_best, row.amount_high) if end > 0}
    says(f"price {row.cost_id}", "03", row.who_says, *ends)
stay = csv("routes/route_estimates").dropna(subset="period_end")
stay = stay.query("measure == 'staying' and place == 'china'")
said = stay[["value_low", "value_best", "value_high"]]
stay = stay.assign(low=said.bfill(axis=1).iloc[:, 0], high=said.ffill(axis=1).iloc[:, -1])
says("estimates", "03", "estimate", len(stay), int(stay["low"].min()), int(stay["high"].max()))
begun = stay["period_start"].fillna(stay["period_end"]).astype(str).str[:4]
for year, rows in stay.groupby(begun):
    ratios = rows["high"].max() / rows["low"].min(), rows["low"].max() / rows["high"].min()
    says(f"estimates of {year}", "03", "", int(year), len(rows), *ratios)

# The day and the report: 01 and 05
sources = csv("sources").set_index("source_id")
voice = sources["speaks_for"].fillna(sources["publisher"])
facts = csv("jsa/jsa_facts_2017").set_index("fact_id")
taken = facts.loc[facts["preferred"] == "yes", "value_low"]
hits = facts.loc["gunshot_wounds", ["value_low", "value_high"]].stack() / taken["shots_fired_kpa"]
says("rounds and hits", "01", "hit", int(taken["shots_fired_kpa"]), hits.min(), hits.max(),
     taken["gunshot_wounds"] / taken["shots_fired_kpa"])
evidence, verdicts = csv("context/claim_evidence").query("stance != 'set_aside'"), []
for claim in csv("context/report_claims").itertuples():
    heard = evidence[evidence["claim_id"] == claim.claim_id]
    heard = heard.assign(source=heard["source_ids"].str.split(";")).explode("source")
    heard = heard[~heard["source"].map(voice).isin(voice[claim.source_ids.split(";")])]
    first = any(row.source in str(row.first_hand_ids).split(";") for row in heard.itertuples())
    stances = heard.groupby(heard["source"].map(voice))["stance"].agg(set).tolist()
    no, yes, n = stances.count({"contradicts"}), stances.count({"supports"}), len(stances)
    verdicts.append("unchecked" if n < 2 and not first else
                    "disputed" if no >= 2 or no == n else "holds" if yes == n else "range")
says("verdicts", "05", "claims", len(verdicts), *map(int, pd.Series(verdicts).value_counts()))

# The register: direct crossings to the South since the armistice, 02
labels = csv("vocabularies").query("vocabulary == 'Route'").set_index("value")["label"]
register = csv("incidents/incidents").query("direction == 'north_to_south'")
register["day"] = register["date"].map(lambda text: pd.Period(text).start_time)
register["year"], register["shot"] = register["day"].dt.year, register["shots_at"] == "crossers"
register["known"] = register["shots_at"] != "unknown"
since = register[register["day"] >= "1953-07-27"]
south, unclear = (since[since["event_type"] == kind] for kind in ("direct_defection", "unclear"))
spans = csv("context/blind_years").query("direction == 'north_to_south' and kind != 'partial'")
clear = int(spans["last_year"].max()) + 1
recent, people = south["year"] >= clear, int(south["people"].sum())
jsa, land = (south[south["route"] == route] for route in ("jsa", "dmz_land"))
for place in ("02", "README"):
    says("crossings, people, JSA", place, "Joint Security Area", len(south), people, len(jsa),
         int(jsa["people"].sum()), int(recent[jsa.index].sum()), int(recent.sum()))
for route, rows in south.groupby("route"):
    late = int(recent[rows.index].sum())
    says(route, "02", labels[route], len(rows) - late, late, int(rows["people"].sum()))
says("shots", "02", "shot at", *map(int, (south["known"].sum(), len(south), south["shot"].sum())))
for (late, route), rows in south.groupby([recent, "route"]):
    fired, silent = int(rows["shot"].sum()), int((~rows["known"]).sum())
    says(f"shots {route} {late}", "02", labels[route], fired, len(rows) - fired - silent, silent)

# In context, to the last year of which arrivals are counted: 04
northern, watched = south[south["nationality"] == "north_korean"], south[south["year"] <= last]
own = northern[northern["year"] <= last]
says("direct among arrivals", "04", "arrivals", total, int(own["people"].sum()),
     own["people"].sum() / total, int(own.loc[own["route"] == "jsa", "people"].sum()))
every = csv("context/official_totals").query("measure == 'direct_all' and unit == 'people'")
every = every.dropna(subset="value_best").astype({"value_best": int})
every["begin"] = every["period_start"].map(lambda text: pd.Period(text).start_time)
every["end"] = every["period_end"].map(lambda text: pd.Period(text).end_time)
every = every.sort_values("end", ignore_index=True)

def counted(rows, total):
    return int(rows.loc[rows["day"].between(total.begin, total.end), "people"].sum())

def beyond(totals):
    """Return how many people more than the register totals have that do not overlap, at most."""
    best = [0]
    for row in totals.itertuples():
        free = best[int((totals["end"] < row.begin).sum())]
        best.append(max(best[-1], free + row.value_best - counted(northern, row)))
    return best[-1]

more, eras = beyond(every), {}
for place in ("04", "06"):
    says("documented minimum", place, "crossed directly", people + more, people, more)
says("documented minimum", "README", "official counts", people, more)
for period, row in main.iterrows():
    first = 1953 if pd.isna(row["period_start"]) else int(row["period_start"])
    inside = every[(every["begin"].dt.year >= first) & (every["end"].dt.year <= row["period_end"])]
    found = own.loc[own["year"].between(first, row["period_end"]), "people"].sum()
    part = pd.Series([row["people"], found, beyond(inside)]).astype(int)
    says(period, "04", period, *map(int, part), 100 * part[1:].sum() / part[0])
    era = "first" if not eras else "to 2019" if row["period_end"] < 2020 else "since 2020"
    eras[era] = eras.get(era, 0) + part
for era, (all_, *direct) in eras.items():
    says(f"share, {era}", "04", "directly", int(all_), int(sum(direct)), sum(direct) / all_)
time, found = last + 1 - clear, watched[watched["year"] >= clear]["route"].value_counts()
for route, label in labels[labels.index.isin(south["route"])].items():
    n, place = int(found.get(route, 0)), f"{clear} to {last}|{label}"
    says(f"rate {route}", "04", place, n, time, n / time, *garwood(n, time))
for first in (clear, 1953):
    ours, theirs = (int(rows["year"].between(first, last).sum()) for rows in (jsa, land))
    if ours:
        odds = [end / (1 - end) for end in binomtest(theirs, ours + theirs).proportion_ci()]
        says(f"land line to JSA since {first}", "04", "JSA", theirs, ours, theirs / ours, *odds)
early = land[land["year"] < clear].groupby("year").size()
if early.max() > 1:  # zero-truncated Poisson
    rate = brentq(lambda x: x / -math.expm1(-x) - early.mean(), 1e-9, 99)
    says("land line before", "04", "known crossings", int(early.sum()), len(early), rate)
days = [pd.Period(text) for text in jsa.loc[jsa["year"] <= last, "date"]]  # a month: its middle
days = [(day.start_time + (day.end_time - day.start_time) / 2).floor("D") for day in days]
waits = pd.Series([pd.Timestamp(1953, 7, 27), *days, pd.Timestamp(last, 12, 31)])
waits = waits.diff().dt.days.dropna() / 365.25
n, quiet, (few, many) = len(days), waits.iloc[-1], garwood(len(days), waits.sum())
says("one crossing in so many years", "04", "JSA", n, waits.sum() / n, 1 / many, 1 / few)
says("years apart", "04", "apart", waits.iloc[1:-1].min(), waits.iloc[1:-1].max())
says("quiet", "04", "last crossing", quiet, math.exp(-many * quiet), math.exp(-few * quiet))

# How sure: 06
decided = south["decision_ids"].str.fullmatch(r"(.*;)?d(03|13|14)(;.*)?").eq(True)
for row in every[every["value_best"] > 0].itertuples():
    n = counted(northern[~decided[northern.index]], row)
    says(row.total_id, "06", row.period, row.value_best, n, n / row.value_best)
cited = south[["incident_id", "day"]].assign(key=south["source_ids"].str.split(";")).explode("key")
cited = cited.join(sources.assign(outlet=voice), on="key")
cited = cited[~cited["note"].str.match(r"(?:Anchor|Dates the anchor)\b").eq(True)]
spans = cited["published"].map(pd.Period, na_action="ignore")
for end in ("start_time", "end_time"):
    cited[end] = pd.to_datetime(spans.map(lambda day: getattr(day, end), na_action="ignore"))  # noqa: B023

def waves(documents):
    """Return in how many waves, more than 7 days apart, the dated documents were published."""
    n, until = 0, pd.Timestamp.min
    dated = documents.dropna(subset="published").sort_values(["start_time", "end_time"])
    for row in dated.itertuples():
        n, until = n + (n == 0 or (row.start_time - until).days > 6), max(until, row.end_time)
    return n

told = {}
for name, rows in cited.groupby("incident_id"):
    bodies, two = set(rows["speaks_for"].dropna()), rows["outlet"].nunique() >= 2
    silent = rows[rows["speaks_for"].isna() & ~rows["publisher"].isin(bodies)]
    told[name] = {
        "two or more documents": len(rows) >= 2, "two or more outlets": two,
        "two or more publishers": rows["publisher"].nunique() >= 2,
        "two or more bodies or press waves": len(bodies) + max(waves(silent), len(silent) > 0) >= 2,
        "two or more outlets, more than a week apart": two and waves(rows) >= 2,
        "two or more outlets, one within a year":
            two and (rows["start_time"] - rows["day"]).min().days <= 365,
    }
kept = {"as counted": south, "low confidence left out": south[south["confidence"] != "low"],
        "official totals left out": south[~decided], "unclear added": pd.concat([south, unclear])}
for rule, yes in pd.DataFrame(told).T.items():
    kept[rule] = south[south["incident_id"].isin(yes.index[yes.astype(bool)])]
for rule, rows in kept.items():
    through, late = rows["route"] == "jsa", rows["year"] >= clear
    sums = len(rows), rows["people"].sum(), late.sum(), through.sum(), (through & late).sum()
    bounds = rows["shot"].mean(), (rows["shot"] | ~rows["known"]).mean()  # Manski's
    says(rule, "06", rule, *map(int, sums), through[late].mean(), *bounds)

@cache
def printed(place):
    """Return the paragraphs and rows of tables: their words, and the numbers as they stand."""
    blocks = [(text, text) for text in (ROOT / "README.md").read_text("utf-8").split("\n\n")]
    for path in (ROOT / "notebooks").glob(f"{place}_*.ipynb"):
        blocks, cells = [], json.loads(path.read_text("utf-8"))["cells"]
        for output in [output for cell in cells for output in cell.get("outputs", [])]:
            data = {kind: "".join(text) for kind, text in output.get("data", {}).items()}
            blocks += [(text, text) for text in data.get("text/markdown", "").split("\n")]
            head = ""
            for row in BeautifulSoup(data.get("text/html", ""), "html.parser").find_all("tr"):
                cells = [cell.get_text(" ") for cell in row.find_all(["th", "td"])]
                head = cells[0] if len(cells) == 1 else head
                blocks.append((" ".join([head, *cells]), " ".join(cells)))
    number = re.compile(r"(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)(?!\w)")
    return [(words.casefold(), number.findall(text.replace("\n", " "))) for words, text in blocks]

def has(tokens, numbers):
    """Say whether each number is a token of its own."""
    return not numbers or any(
        fits(numbers[0], *token) and has(tokens[:n] + tokens[n + 1:], numbers[1:])
        for n, token in enumerate(tokens))

def fits(number, whole, part, percent):
    if isinstance(number, int):
        return not part and not percent and int(whole.replace(",", "")) == number
    unit = 0.01 if percent else 1
    apart = abs(float(whole.replace(",", "") + part) * unit - number)
    rounded = percent or part or number >= 1 or number == 0
    return bool(rounded) and apart <= 0.5001 * unit / 10 ** len(part[1:])

@pytest.mark.parametrize("name", CHECKS)
def test_what_is_printed_is_what_the_tables_give(name):
    place, words, numbers = CHECKS[name]
    found = [tokens for text, tokens in printed(place) if all(word in text for word in words)]
    assert any(has(tokens, numbers) for tokens in found), f"{place} has no {words} with {numbers}"

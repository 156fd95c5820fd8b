"""Totals, estimates, shares and prices that the rows beside them contradict: told as warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

import pandas as pd

from helpers.data.agree import first_day, last_day
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault

_MEND = "mend this cell or the one it is compared with"
_STOCKS = ["detained", "mission_waiting", "staying", "residents", "refugee_stock", "asylum_pending"]
_PERIOD = ["period_start", "period_end"]


def _alike(frame: pd.DataFrame, names: list[str]) -> Iterator[pd.DataFrame]:
    """Yield the rows that are alike in ``names``, where there are two or more."""
    several = frame[frame.duplicated(names, keep=False)]
    for _, rows in several.groupby(names, observed=True, dropna=False):
        yield rows


def _more_in_less_time(frame: pd.DataFrame, names: list[str]) -> Iterator[tuple[int, str]]:
    """Yield rows that count more than one whose period holds theirs, and the key of that."""
    days = pd.DataFrame(
        {"first": first_day(frame["period_start"]), "last": last_day(frame["period_end"])}
    )
    frame = frame.assign(**days).dropna(subset=["first", "last", "value_best"])
    for rows in _alike(frame, names):
        cells = zip(
            rows.index,
            rows["first"],
            rows["last"],
            rows["value_best"],
            rows.iloc[:, 0],
            strict=True,
        )
        for (row, first, last, value, _), (_, start, end, most, key) in permutations(cells, 2):
            if start <= first and last <= end and (first, last) != (start, end) and value > most:
                yield row, f"{most} in {key}"


@across("official_totals", warning=True)
def totals_within_each_other(frames: Frames, texts: Texts) -> list[Fault]:
    """Find totals above one of a longer time, above their whole, and more cases than people."""
    totals, text = frames["official_totals"], texts["official_totals"]
    found = [*_more_in_less_time(totals, ["measure", "unit"])]
    for rows in _alike(totals, ["series", "unit", *_PERIOD]):
        whole = rows[rows["measure"].eq("direct_all")]["value_best"].max()
        parts = rows[rows["measure"].astype(str).str.startswith("direct_")]
        found += [(row, f"{whole} in all") for row in parts.index[parts["value_best"].gt(whole)]]
    for rows in _alike(totals, ["series", "measure", *_PERIOD]):
        people = rows[rows["unit"].eq("people")]["value_best"].max()
        cases = rows[rows["unit"].eq("incidents") & rows["value_best"].gt(people)]
        found += [(row, f"{people} people in them") for row in cases.index]
    return [
        told(text, row, "value_best", totals.at[row, "value_best"],
             (f"more than {most}", "at most that", _MEND))
        for row, most in found
    ]  # fmt: skip


@across("route_estimates", warning=True)
def estimates_agree(frames: Frames, texts: Texts) -> list[Fault]:
    """Find values that both stand and differ, and those far above what is told around them."""
    estimates, text, faults = frames["route_estimates"], texts["route_estimates"], []
    value = estimates["value_best"].fillna(estimates["value_low"]).fillna(estimates["value_high"])
    estimates = estimates.assign(value=value.astype("Float64"))
    for rows in _alike(estimates, ["measure", "place", "place_note", "unit", *_PERIOD]):
        live = rows[rows["standing"].ne("doubtful")].dropna(subset="value")
        stands = live[live["standing"].eq("stands")]
        if len(stands) and live["value"].nunique() > 1:
            row = stands.index[-1]
            others = ", ".join(live.drop(row)["estimate_id"])
            what = (f"stands beside another value in {others}", "'contested'", "mark both so")
            faults.append(told(text, row, "standing", "stands", what))
        for row in live.index[live["value"].gt(5 * live["value"].min()) & live["value"].gt(20)]:
            if live.at[row, "standing"] == "stands":
                what = ("over 5 times another value", f"about {live['value'].min():g}", _MEND)
                faults.append(told(text, row, "value_best", value[row], what))
    flows = estimates[estimates["unit"].eq("people") & ~estimates["measure"].isin(_STOCKS)]
    series = ["measure", "place", "place_note", "who_says", "unit"]
    for row, most in _more_in_less_time(flows, series):
        what = (f"more than {most}", "at most that", _MEND)
        faults.append(told(text, row, "value_best", value[row], what))
    length = (last_day(flows["period_end"]) - first_day(flows["period_start"])).dt.days
    years = flows.assign(rate=365 * flows["value"] / length)[length.between(100, 370)]
    for rows in _alike(years.sort_values("period_end"), series):
        around = pd.concat([rows["rate"].shift(), rows["rate"].shift(-1)], axis=1).max(axis=1)
        for row in rows.index[(rows["rate"].gt(5 * around) & rows["value"].gt(20)).fillna(False)]:
            what = ("over 5 times the years beside it", f"about {around[row]:.0f} a year", _MEND)
            faults.append(told(text, row, "value_best", value[row], what))
    return faults


@across("route_shares", warning=True)
def shares_within_the_whole(frames: Frames, texts: Texts) -> list[Fault]:
    """Find shares that read as fractions, and shares of one base that are above 100 percent."""
    shares, text, faults = frames["route_shares"], texts["route_shares"], []
    shares = shares[shares["unit"].eq("percent")]
    for name in ("value_low", "value_best", "value_high"):
        for row in shares.index[shares[name].between(0, 1, inclusive="neither")]:
            what = ("reads as a fraction", "percent from 0 to 100", "write 72 for 0.72")
            faults.append(told(text, row, name, shares.at[row, name], what))
    for rows in _alike(shares, ["measure", "who_says", "base", *_PERIOD]):
        codes = rows["category"].astype(str)
        # A group that holds another is no part beside it.
        apart = [not any(one != code and one in code for one in codes) for code in codes]
        told_shares = rows["value_best"].fillna(rows["value_low"])[apart]
        if told_shares.sum() > 100.5:
            row = told_shares.idxmax()
            what = (f"adds up to {told_shares.sum():g} with the others", "at most 100", _MEND)
            faults.append(told(text, row, "value_best", told_shares[row], what))
    return faults


#: Least and most of a price in each currency, and of a currency for a dollar: wide, not exact.
PRICES = {"usd": (50, 100_000), "krw": (50_000, 500_000_000), "cny": (50, 300_000)}
RATES = {"krw": (600, 2500), "cny": (5, 10)}
#: Prices of one leg within a year of each other differ by less.
APART = 8


@across("routes", "route_costs", warning=True)
def prices_as_the_routes_print(frames: Frames, texts: Texts) -> list[Fault]:
    """Find prices of a year that are none of those their source prints on a route."""
    routes, costs, faults = frames["routes"], frames["route_costs"], []
    for _, route in routes.dropna(subset=["cost_printed", "source_ids"]).iterrows():
        for amount, year in re.findall(r"([\d,]+) yuan in (\d{4})", route["cost_printed"]):
            same = costs["source_ids"].isin(route["source_ids"].split(";"))
            same &= costs["currency"].eq("cny") & costs["period_end"].str.startswith(year)
            rows = costs[same.fillna(False)][["amount_low", "amount_best", "amount_high"]]
            if len(rows) == 1 and not rows.eq(int(amount.replace(",", ""))).any(axis=None):
                found = rows.iloc[0].dropna()
                what = ("is another price than in routes", f"{amount} yuan in {year}", _MEND)
                place = (rows.index[0], found.index[0], found.iloc[0])
                faults.append(told(texts["route_costs"], *place, what))
    return faults


@across("route_costs", warning=True)
def prices_are_prices(frames: Frames, texts: Texts) -> list[Fault]:
    """Find prices that are none in their currency, against their dollars, or against the others."""
    costs, text, faults = frames["route_costs"], texts["route_costs"], []
    dollars = pd.Series(float("nan"), index=costs.index)
    for row, cost in costs.iterrows():
        currency = str(cost["currency"])
        least, most = PRICES.get(currency, (0, float("inf")))
        lowest, highest = RATES.get(currency, (1, 1))
        for end in ("low", "best", "high"):
            amount, usd = cost[f"amount_{end}"], cost[f"usd_{end}"]
            if pd.notna(amount) and amount and not least <= amount <= most:
                expected = f"from {least:,} to {most:,} in {currency}"
                what = ("is hardly a price", expected, "mend the amount or the currency")
                faults.append(told(text, row, f"amount_{end}", amount, what))
            rated = currency in RATES and pd.notna([amount, usd]).all() and usd > 0
            if rated and not lowest <= amount / usd <= highest:
                expected = f"{lowest} to {highest} {currency} for a dollar"
                what = (f"makes {amount / usd:.3g} {currency} a dollar", expected, _MEND)
                faults.append(told(text, row, f"usd_{end}", usd, what))
            if pd.notna(amount) and amount:
                dollars[row] = float(amount) / (lowest * highest) ** 0.5
    for rows in _alike(costs, ["leg", "who_says", "source_ids", *_PERIOD]):
        usual = rows["currency"].mode()
        for row in rows.index[rows["currency"].ne(usual[0]) & (len(usual) == 1)]:
            what = ("is not the currency of the others of this survey", str(usual[0]), _MEND)
            found = costs.at[row, "currency"]
            faults.append(told(text, row, "currency", found, what))
    years = last_day(costs["period_end"]).dt.year
    for row in costs.index[dollars.notna()]:
        near = costs["leg"].eq(costs.at[row, "leg"]) & (years - years[row]).abs().le(1)
        others = dollars[near & (costs.index != row)].dropna()
        if len(others) > 1 and not others.min() / APART < dollars[row] < others.max() * APART:
            name = next(
                n
                for n in ("amount_high", "amount_best", "amount_low")
                if pd.notna(costs.at[row, n])
            )
            what = (
                "far from other prices of the leg",
                f"some {others.median():.0f} dollars",
                _MEND,
            )
            faults.append(told(text, row, name, costs.at[row, name], what))
    return faults

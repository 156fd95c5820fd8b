"""Intervals against tables, gaps, waits and shares, worked out by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from helpers import load
from helpers.analysis import context, register
from tests.test_analysis_register import frame, spans

UNTIL = pd.Timestamp(2014, 7, 27)
BLIND = spans(("dmz_land", 1954, 2001, "no_rows"), ("jsa", 2014, 2014, "partial"))


@pytest.fixture
def few():
    table = frame(
        ("a", "1963-07-27", "jsa", 1, "civilian", "crossers"),
        ("b", "1983-07-27", "jsa", 2, "officer", "unknown"),
        ("c", "2003-05-01", "dmz_land", 1, "soldier", "not_applicable"),
        ("d", "2011-10-30", "yellow_sea", 21, "civilian", "unknown"),
        ("e", "2013-07-27", "jsa", 1, "soldier", "crossers"),
    )
    table.loc[1, "nationality"] = "chinese"
    killed = pd.array([0, None, None, None, 1], "Int64")
    return table.assign(date_end=table["date"], killed_crossers=killed)


def totals(*rows):
    """Return official totals of people: (series, measure, start, end, best)."""
    names = ["series", "measure", "period_start", "period_end", "value_best"]
    table = pd.DataFrame(rows, columns=names).astype({"value_best": "Int64"})
    period = table["period_start"] + " to " + table["period_end"]
    return table.assign(unit="people", body="joint_chiefs", period=period, value_high=pd.NA)


def arrivals(*rows):
    names = ["period", "period_start", "period_end", "people"]
    table = pd.DataFrame(rows, columns=names)
    years = dict.fromkeys(names[1:], "Int64")
    return table.astype(years).assign(series="official_main")


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (3, 0.6187, 8.767), (8, 3.454, 15.763)],
)
def test_garwood_as_tabulated(events, low, high):
    assert context.garwood(events) == pytest.approx((low, high), abs=6e-4)


def test_garwood_is_per_unit_of_exposure_and_refuses_nonsense():
    assert context.garwood(0, 24)[1] == pytest.approx(3.6889 / 24, abs=1e-4)
    for events, exposure in ((-1, 1.0), (1, 0.0)):
        with pytest.raises(ValueError, match="no rate"):
            context.garwood(events, exposure)


def test_times_turns_round_and_has_no_limit_against_nothing():
    ratio, low, high = context.times(21, 2)
    assert (ratio, low, high) == pytest.approx((10.5, 2.567, 92.37), rel=1e-3)
    assert context.times(2, 21) == pytest.approx((1 / ratio, 1 / high, 1 / low))
    # None against 3: the upper end of p is 1 - 0.025 ** (1/3).
    p = 1 - 0.025 ** (1 / 3)
    assert context.times(0, 3) == pytest.approx((0, 0, p / (1 - p)))
    assert context.times(3, 0)[::2] == (np.inf, np.inf)
    assert np.isnan(context.times(0, 0)[0])


def test_truncated_takes_the_unseen_zeros_back():
    rate, low, high = context.truncated([1] * 11 + [2] * 3 + [3] * 2)
    assert rate / (1 - np.exp(-rate)) == pytest.approx(23 / 16)
    assert low < rate < high
    # One year with one crossing: P(count = 1) = x / (e^x - 1) is 0.025 at the upper end.
    rate, low, high = context.truncated([1])
    assert (rate, low) == (0, 0) and high / np.expm1(high) == pytest.approx(0.025)
    # One year with two: P(count >= 2) is 0.025 at the lower end.
    low = context.truncated([2])[1]
    assert 1 - low / np.expm1(low) == pytest.approx(0.025)
    for counts in ([], [0, 1]):
        with pytest.raises(ValueError, match="at least 1"):
            context.truncated(counts)


def test_evenness():
    assert context.evenness([5, 5, 5, 5]) == 0
    assert context.evenness([1, 1, 1, 40]) > 0.9
    assert np.isnan(context.evenness([1, 2]))


def test_only_stated_citizens_of_other_countries_are_foreign(few):
    few.loc[[0, 3], "nationality"] = ["unknown", "mixed"]
    told = list(register.citizen(few))
    assert told == ["not stated", "foreign", "North", "not stated", "North"]
    assert list(context.northern(few)["incident_id"]) == ["c", "e"]


def test_gaps_that_lie_apart_are_the_best_set():
    ends = [
        ("1953", "1960"),
        ("1959", "1970"),
        ("1961", "1962"),
        ("1963", "1970"),
        ("1971", "1971"),
    ]
    rows = [("s", *span, people) for span, people in zip(ends, (5, 9, 3, 2, 1), strict=True)]
    table = pd.DataFrame(rows, columns=["series", "first_day", "last_day", "missing"])
    table["first_day"] = pd.to_datetime(table["first_day"])
    table["last_day"] = pd.to_datetime(table["last_day"]) + pd.offsets.YearEnd(0)
    assert list(context.apart(table)["missing"]) == [5, 3, 2, 1]
    assert list(context.apart(table)) == list(table)
    sums = []
    for size in range(len(table) + 1):
        for chosen in itertools.combinations(table.itertuples(), size):
            own = sorted(chosen, key=lambda row: row.first_day)
            if all(a.last_day < b.first_day for a, b in itertools.pairwise(own)):
                sums.append(sum(row.missing for row in own))
    assert context.apart(table)["missing"].sum() == max(sums)
    assert list(context.apart(table.assign(missing=[5, 10, 3, 2, 1]))["missing"]) == [10, 1]
    assert context.apart(table.iloc[:0]).empty


def test_gaps_leave_foreigners_and_other_measures_out(few):
    known = totals(
        ("jcs_2015", "direct_all", "1953", "1990", 4),
        ("jcs_2016", "direct_all", "2011", "2013", 22),
        ("jcs_2017", "direct_sea", "2011", "2013", 90),
    )
    gaps = context.official_gaps(few, known)
    assert gaps[["register", "missing"]].to_numpy().tolist() == [[1, 3]]


def test_shares_and_scale(few):
    table = arrivals(
        ("to 1998", None, 1998, 10), ("1999-2011", 1999, 2011, 88), ("2012", 2012, 2012, 0)
    )
    known = totals(
        ("jcs_2015", "direct_all", "1953", "1990", 4),
        ("jcs_2015", "direct_all", "1991", "2012", 30),
    )
    shares = context.direct_share(few, table, known)
    assert shares[["direct", "jsa", "missing"]].to_numpy().tolist() == [
        [1, 1, 3],
        [22, 0, 0],
        [0, 0, 0],
    ]
    assert shares["share"].tolist()[:2] == [0.4, 0.25] and pd.isna(shares["share"].iloc[2])
    scale = context.scale(few, table, known).set_index("group")["people"]
    assert (scale["arrivals"], scale["direct"], scale["jsa"]) == (98, 23, 1)
    assert scale["missing"] == 3 + 8


def test_years_with_a_record():
    none, dim = totals(("x", "sea_returned", "1959", "1960", 1)), spans(("air", 1953, 2013, "thin"))
    assert context.watched_years(BLIND, none, 2013) == {"clear": (2002, 2013)}
    assert context.watched_years(BLIND.iloc[1:], none, 2013) == {"clear": (1953, 2013)}
    assert context.watched_years(dim, none, 2013) == {"all": (1953, 2013)}


def test_checked_years_are_the_last_run_that_an_office_counted():
    known = totals(
        ("jcs_2015", "direct_all", "1953", "1960-05", 1),
        ("jcs_2016", "direct_sea", "2003-02", "2005", 1),
        ("jcs_2016", "sea_stayed", "2006", "2006-08-21", 1),
        ("jcs_2016", "sea_returned", "2007", "2008", 1),
    )
    assert context.checked_years(known, 2013) == (2003, 2006)
    assert context.checked_years(known, 2004) == (2003, 2004)
    assert context.checked_years(known.assign(body="press"), 2013) is None
    assert context.watched_years(BLIND, known, 2013) == {
        "clear": (2002, 2013), "checked": (2003, 2006)
    }  # fmt: skip


def test_rates(few):
    table = context.rates(few, {"clear": (2002, 2013), "all": (1950, 2013)})
    table = table.set_index(["route", "basis"])
    land, jsa = table.loc["dmz_land"], table.loc["jsa"]
    assert land.loc["clear", ["incidents", "years"]].tolist() == [1, 12]
    assert land.loc["all", "years"] == pytest.approx(60 + 158 / 365.25)
    assert list(jsa["incidents"]) == [1, 3] and jsa.loc["clear", "rate"] == pytest.approx(1 / 12)
    assert (table["low"] <= table["rate"]).all() and (table["rate"] < table["high"]).all()


def test_waits_cover_every_day_and_name_the_ends(few):
    table = context.waits(few[few["route"] == "jsa"], UNTIL)
    assert list(table["kind"]) == ["first", "between", "between", "open"]
    assert (table["years"] * 365.25).round().tolist() == [3652, 7305, 10958, 365]
    assert table["incident_id"].tolist()[:3] == ["a", "b", "e"]
    found = context.watched(table)
    assert (found["crossings"], found["rate"]) == (3, pytest.approx(3 / (22280 / 365.25)))
    assert found["shortest"] == pytest.approx(20.0) and found["quiet"] == pytest.approx(
        365 / 365.25
    )


def test_waits_of_few_crossings_and_vague_ones(few):
    jsa = few[few["route"] == "jsa"].reset_index(drop=True)
    none, one = context.waits(jsa.iloc[:0], UNTIL), context.waits(jsa.iloc[:1], UNTIL)
    assert list(none["kind"]) == ["open"] and list(one["kind"]) == ["first", "open"]
    assert pd.isna(context.watched(one)["longest"]) and context.watched(none)["rate"] == 0
    jsa.loc[1, ["date_end", "date_precision"]] = [pd.Timestamp(1983, 8, 26), "month"]
    vague = context.waits(jsa, UNTIL, since=pd.Timestamp(1970, 1, 1))
    assert list(vague["about"]) == [True, True, False]
    assert vague["end"].iloc[0] == pd.Timestamp(1983, 8, 11)
    assert len(context.waits(jsa, pd.Timestamp(2000, 1, 1))) == 3


def test_the_real_ones_add_up():
    south, known = register.direct(load.incidents()), load.official_totals()
    counted = load.arrivals_annual()
    scale = context.scale(south, counted, known).set_index("group")["people"]
    assert scale[[route.value for route in register.DIRECT_ROUTES]].sum() == scale["direct"]
    shares = context.direct_share(south, counted, known)
    assert shares["arrivals"].sum() == scale["arrivals"]
    assert shares["direct"].sum() == scale["direct"]
    gaps = context.apart(context.official_gaps(south, known))
    days = gaps.sort_values("first_day")
    assert (days["first_day"].iloc[1:].to_numpy() > days["last_day"].iloc[:-1].to_numpy()).all()

"""Intervals against tables, waits, shares and nearest cases, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.derive import context, register
from tests.test_derive_register import frame, spans


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
    return table.assign(
        wounded_crossers=pd.array([0, None, None, None, 1], "Int64"),
        killed_crossers=pd.array([0, None, None, None, 0], "Int64"),
        means=["vehicle", "foot", "foot", "boat", "vehicle"],
        confidence=["high", "medium", "high", "high", "high"],
    )


BLIND = spans(("dmz_land", 1954, 2001, "no_rows"), ("jsa", 2014, 2014, "partial"))


def test_waits_cover_every_day_and_name_the_ends(few):
    jsa = few[few["route"] == "jsa"]
    table = context.waits(jsa, pd.Timestamp(2014, 7, 27))
    assert list(table["kind"]) == ["first", "between", "between", "open"]
    assert list(table["days"]) == [3652, 7305, 10958, 365]
    mean, less = context.mean_wait(table), context.mean_wait(table, without_last=True)
    assert mean["mean_years"] == pytest.approx((7305 + 10958) / 2 / 365.25)
    assert less["mean_years"] == pytest.approx(7305 / 365.25)
    assert (mean["crossings"], less["crossings"], less["gaps"]) == (3, 2, 1)
    assert less["years"] == pytest.approx((3652 + 7305 + 10958) / 365.25)
    assert mean["rate"] == pytest.approx(3 / (22280 / 365.25))


def test_waits_refuse_vague_dates(few):
    jsa = few[few["route"] == "jsa"].assign(date_precision="month")
    with pytest.raises(ValueError, match="to the day"):
        context.waits(jsa, pd.Timestamp(2014, 7, 27))


def test_next_one(few):
    table = context.waits(few[few["route"] == "jsa"], pd.Timestamp(2014, 7, 27))
    then = context.next_one(table)
    assert then["mean_keeps"] == pd.Timestamp(2013, 7, 27) + pd.Timedelta(days=9132)
    assert then["longest_from"] == pd.Timestamp(2013, 7, 27) + pd.Timedelta(days=10959)
    assert then["quiet"] == pytest.approx(2.718281828 ** (-3 / 22280 * 365))
    assert then["quiet_low"] < then["quiet"] < then["quiet_high"]


def test_rates_on_three_sets_of_years(few):
    table = context.rates(few, BLIND, 2013).set_index(["route", "basis"])
    land, jsa = table.loc["dmz_land"], table.loc["jsa"]
    first = 158 / 365.25
    assert land.loc["clear", "years"] == 12 and land.loc["clear", "incidents"] == 1
    assert land.loc["seen", "years"] == pytest.approx(12 + first)
    assert land.loc["all", "years"] == pytest.approx(60 + first)
    assert (jsa["incidents"]["seen"], jsa["incidents"]["clear"]) == (3, 1)
    assert jsa.loc["clear", "rate"] == pytest.approx(1 / 12)
    assert (table["low"] <= table["rate"]).all() and (table["rate"] < table["high"]).all()


def test_group_rates(few):
    table = context.group_rates(few, BLIND, 2013).set_index(["way", "group"])["incidents"]
    assert table["jsa", "In uniform"] == 1 and table["water", "Civilians"] == 1
    assert table.sum() == 3


def test_harm_among_the_known(few):
    table = context.harm(few).set_index(["group", "harm"])
    jsa = table.loc[("jsa", "shot_at")]
    assert (jsa["yes"], jsa["known"], jsa["incidents"]) == (2, 2, 3)
    # Clopper and Pearson for 2 of 2: the lower end is the square root of 0.025.
    assert jsa["low"] == pytest.approx(0.025**0.5) and jsa["high"] == 1
    assert (jsa["least"], jsa["most"]) == (pytest.approx(2 / 3), 1)
    assert table.loc[("all", "wounded"), "yes"] == 1
    assert pd.isna(table.loc[("yellow_sea", "shot_at"), "share"])
    assert "killed" not in set(context.harm(few)["harm"])


@pytest.mark.parametrize(("yes", "known", "more"), [(2, 17, 13), (3, 6, 0), (5, 6, 0)])
def test_unseen_for_half(yes, known, more):
    assert context.unseen_for_half(yes, known) == more
    if more:
        assert (yes + more) / (known + more) == 0.5


def test_nearest_counts_unknown_as_no_match(few):
    table = context.nearest(few, "e", count=4)
    assert list(table.index[:2]) == ["a", "c"]
    assert list(table["matches"]) == [3, 1, 1, 0]
    span = (2013 + 208 / 366) - (1963 + 208 / 366)
    assert table.loc["a", "similarity"] == pytest.approx((3 + 1 - 50 / span) / 6)
    assert list(context.nearest(few, "e", 1, leave_out="fire")["matches"]) == [2]


def test_northerners_only_are_arrivals(few):
    assert list(context.northern(few)["incident_id"]) == ["a", "c", "d", "e"]
    readings = context.jsa_counts(few[few["route"] == "jsa"], pd.Timestamp(2013, 7, 27))
    assert list(readings["incidents"]) == [3, 2, 2, 4]
    assert readings.loc["all", "rate"] == pytest.approx(3 / 6, abs=1e-3)


@pytest.fixture(scope="module")
def real():
    south = register.direct(load.incidents())
    return south, load.arrivals_annual(), load.official_totals()


def test_periods_hold_every_arrival_once(real):
    south, arrivals, totals = real
    table = context.direct_share(south, arrivals, totals).set_index("first_year")
    assert table["arrivals"].sum() == 34537
    assert table.loc[2010, "official_low"] * table.loc[2010, "arrivals"] == pytest.approx(61)
    assert table.loc[2015, "official_low"] * 3820 == pytest.approx(29)
    assert table.loc[2024, "official_high"] * 459 == pytest.approx(12)
    with pytest.raises(ValueError, match="do not add up"):
        context.arrivals_by_period(arrivals.assign(period_end=2010))


def test_scale_adds_up(real):
    south, _, _ = real
    people = context.scale(*real)["people"]
    routes = [route.value for route in register.DIRECT_ROUTES]
    assert people[routes].sum() == people["direct"]
    assert people["direct"] + people["foreign"] == south["people"].sum()
    assert people["found_mnd_1983"] + people["missing_mnd_1983"] == 94
    assert people["jsa"] + people["foreign"] == 9

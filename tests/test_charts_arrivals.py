"""Charts of arrivals hold the bars, marks and words that their frames ask for."""

from __future__ import annotations

import pytest

from helpers import export, load
from helpers.charts import arrivals as charts
from helpers.derive import arrivals as derive
from tests.test_charts_register import WORDS, axes, readable, words


def by_gid(items, gid):
    return [item for item in items if item.get_gid() == gid]


@pytest.fixture(scope="module")
def arrivals():
    annual = load.arrivals_annual()
    return charts.arrivals(
        derive.official(annual), derive.early_detail(annual),
        derive.in_print(load.arrivals_revisions()), derive.events(load.border_events()),
        derive.quarters(load.arrivals_quarterly(), 2019, 2023), *WORDS,
    )  # fmt: skip


def test_years_are_bars_buckets_and_the_provisional_year_hatched(arrivals):
    ax = axes(arrivals, "years")
    assert len(by_gid(ax.patches, "women")) == 23
    hatched = by_gid(ax.patches, "women-hatched")
    assert [round(bar.get_x() + bar.get_width() / 2) for bar in hatched] == [2025, 2000]
    assert hatched[1].get_height() == pytest.approx(478 / 3)
    assert len(by_gid(ax.patches, "bucket")) == 1 and len(by_gid(ax.lines, "printed")) == 3


def test_early_dots_are_a_series_of_their_own(arrivals):
    [dots] = by_gid(axes(arrivals, "years").lines, "early")
    assert list(dots.get_xdata()) == list(range(1995, 2002))


def test_quarters_mark_derived_and_unknown_sexes(arrivals):
    ax = axes(arrivals, "quarters")
    assert len(by_gid(ax.patches, "no-split")) == 6
    assert len(by_gid(ax.patches, "women-hatched")) == 2
    assert len(by_gid(ax.texts, "quarter-number")) == 20 and readable(arrivals)


def test_transit_keeps_series_apart():
    annual, estimates = load.arrivals_annual(), load.route_estimates()
    thai, places = derive.thailand(estimates), derive.elsewhere(estimates)
    shares = derive.thai_shares(estimates, load.route_shares(), annual, 2016)
    fig = charts.transit(thai, derive.official(annual), shares, places, *WORDS)
    ax = axes(fig, "thailand")
    drawn = {name: len(by_gid(ax.lines, name)[0].get_xdata()) for name in charts.THAI_LOOK}
    assert drawn == {
        "Thai police": 7, "Thai immigration": 1, "told by a diplomat": 3, "estimate of others": 2,
    }  # fmt: skip
    assert all(by_gid(ax.lines, name)[0].get_linestyle() == "None" for name in drawn)
    assert len(by_gid(axes(fig, "elsewhere").patches, "span")) == len(places)
    assert {"72%", "38%"} <= set(words(axes(fig, "shares"))) and readable(fig)


def test_prices_one_row_a_claim_each_currency_its_scale():
    table = derive.prices(load.route_costs())
    fig = charts.prices(table, *WORDS)
    rows = {ax.get_label(): len(by_gid(ax.texts, "claim-words")) for ax in fig.axes}
    assert rows == {"cny": 6, "krw": 11, "usd": 6} and sum(rows.values()) == len(table)
    assert all(ax.get_xscale() == "linear" and ax.get_xlim()[0] == 0 for ax in fig.axes)
    assert readable(fig)


def test_staying_one_row_an_estimate():
    table = derive.staying(load.route_estimates())
    fig = charts.staying(table, *WORDS)
    ax = axes(fig, "staying")
    assert len(by_gid(ax.texts, "claim-words")) == len(table) and readable(fig)
    assert export.render(fig, "svg") == export.render(charts.staying(table, *WORDS), "svg")

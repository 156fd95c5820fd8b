"""Charts of arrivals hold the bars, marks and words that their frames ask for."""

from __future__ import annotations

import pytest

from helpers import export, load, style
from helpers.charts import arrivals as charts
from helpers.derive import arrivals as derive
from tests import pages
from tests.test_charts_register import WORDS, axes, readable, words


def by_gid(items, gid):
    return [item for item in items if item.get_gid() == gid]


def drawn(size="full"):
    annual = load.arrivals_annual()
    return charts.arrivals(
        derive.official(annual), derive.early_detail(annual),
        derive.in_print(load.arrivals_revisions()), derive.events(load.border_events()),
        derive.quarters(load.arrivals_quarterly(), 2019, 2023), *WORDS, size=size,
    )  # fmt: skip


def transit(size="full"):
    annual, estimates = load.arrivals_annual(), load.route_estimates()
    thai, places = derive.thailand(estimates), derive.elsewhere(estimates)
    shares = derive.thai_shares(estimates, load.route_shares(), annual, 2016)
    return charts.transit(thai, derive.official(annual), shares, places, *WORDS, size=size)


def clear(page):
    return pages.off_page(page) == [] and pages.overlaps(page) == []


@pytest.fixture(scope="module")
def arrivals():
    return drawn()


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


@pytest.mark.parametrize("size", style.SHEETS)
def test_years_and_quarters_hold_the_same_marks_in_every_size(arrivals, size):
    page = drawn(size)
    for label in ("years", "quarters"):
        here, full = axes(page, label), axes(arrivals, label)
        assert [bar.get_height() for bar in here.patches if bar.get_gid() != "bucket"] == [
            bar.get_height() for bar in full.patches if bar.get_gid() != "bucket"
        ]
        assert [len(line.get_xdata()) for line in by_gid(here.lines, "event")] == [
            len(line.get_xdata()) for line in by_gid(full.lines, "event")
        ]
    assert clear(page) and readable(page)


@pytest.mark.parametrize("size", style.SHEETS)
def test_lines_of_events_pass_no_words_of_others(size):
    page = drawn(size)
    ax = axes(page, "years")
    boxes = {
        text.get_text(): box
        for text, box in pages.boxes(page)
        if text.get_gid() in ("event-words", "peak-words", "bucket-words", "mean-words", "key")
    }
    assert len(boxes) == 11
    for line in by_gid(ax.lines, "event"):
        points = ax.transData.transform(line.get_xydata()) / page.dpi * pages.MM
        (x, low), (_, high) = points
        crossed = [
            words
            for words, (left, bottom, right, top) in boxes.items()
            if left < x < right and max(low, bottom) < min(high, top)
        ]
        assert crossed == []


@pytest.mark.parametrize("size", style.SHEETS)
def test_transit_keeps_series_apart(size):
    fig = transit(size)
    ax = axes(fig, "thailand")
    series = {name: len(by_gid(ax.lines, name)[0].get_xdata()) for name in charts.THAI_LOOK}
    assert series == {
        "Thai police": 7, "Thai immigration": 1, "told by a diplomat": 3, "estimate of others": 2,
    }  # fmt: skip
    assert all(by_gid(ax.lines, name)[0].get_linestyle() == "None" for name in series)
    assert len(by_gid(axes(fig, "elsewhere").patches, "span")) == 12
    assert {"72%", "38%"} <= set(words(axes(fig, "shares"))) and readable(fig)
    assert clear(fig)


def test_transit_marks_of_one_year_stand_beside_each_other():
    ax = axes(transit(), "thailand")
    told = by_gid(ax.lines, "told by a diplomat")[0].get_xdata()
    guessed = by_gid(ax.lines, "estimate of others")[0].get_xdata()
    assert list(told) == pytest.approx([2005.29, 2006.29, 2007.29])
    # Only the one that shares its year with others moves.
    assert list(guessed) == pytest.approx([2005.71, 2011])
    assert list(by_gid(ax.lines, "Thai police")[0].get_xdata()) == list(range(2004, 2011))


def test_transit_places_stand_above_their_rows_in_a_column():
    narrow = axes(transit("column"), "elsewhere")
    assert len(by_gid(narrow.texts, "place")) == 6 and len(narrow.get_yticks()) == 0
    assert by_gid(axes(transit("slide"), "elsewhere").texts, "place") == []


def test_shares_lie_where_the_page_is_narrow_or_low():
    for size, lying in (("full", False), ("column", True), ("slide", True)):
        bars = axes(transit(size), "shares").patches
        long = [bar.get_width() if lying else bar.get_height() for bar in bars]
        assert long == pytest.approx([0.72, 535 / 1418])


@pytest.mark.parametrize("size", style.SHEETS)
def test_prices_one_row_a_claim_each_currency_its_scale(size):
    table = derive.prices(load.route_costs())
    fig = charts.prices(table, *WORDS, size=size)
    rows = {ax.get_label(): len(by_gid(ax.texts, "claim-words")) for ax in fig.axes}
    assert rows == {"cny": 6, "krw": 11, "usd": 6} and sum(rows.values()) == len(table)
    assert all(ax.get_xscale() == "linear" and ax.get_xlim()[0] == 0 for ax in fig.axes)
    assert readable(fig) and clear(fig)


@pytest.mark.parametrize("size", style.SHEETS)
def test_no_words_on_a_price_run_past_their_axes(size):
    page = charts.prices(derive.prices(load.route_costs()), *WORDS, size=size)
    for text, (left, _, right, _) in pages.boxes(page):
        if text.get_gid() in ("claim-words", "period"):
            edges = text.axes.get_window_extent().extents / page.dpi * pages.MM
            assert left > edges[0] - 1 and right < edges[2] + 1, text.get_text()


@pytest.mark.parametrize("size", ["column", "slide"])
def test_words_above_a_claim_are_nearer_to_it_than_to_the_claim_before(size):
    page = charts.prices(derive.prices(load.route_costs()), *WORDS, size=size)
    ax = axes(page, "krw")
    marks = [line.get_ydata()[0] for line in by_gid(ax.lines, "claim") if len(line.get_ydata())]
    texts = [text.get_position()[1] for text in by_gid(ax.texts, "claim-words")]
    for mark in marks:
        above = max(y for y in texts if y < mark)
        below = min([y for y in texts if y > mark], default=99)
        assert mark - above < 0.8 * (below - mark)


@pytest.mark.parametrize("size", style.SHEETS)
def test_staying_one_row_an_estimate(size):
    table = derive.staying(load.route_estimates())
    fig = charts.staying(table, *WORDS, size=size)
    ax = axes(fig, "staying")
    assert len(by_gid(ax.texts, "claim-words")) == len(table) and readable(fig)
    assert len(by_gid(ax.lines, "claim")) == len(table)
    assert ax.get_xlim() == (0, 300_000) and clear(fig)


def test_the_same_bytes_each_time():
    table = derive.staying(load.route_estimates())
    one, other = (export.render(charts.staying(table, *WORDS), "svg") for _ in range(2))
    assert one == other

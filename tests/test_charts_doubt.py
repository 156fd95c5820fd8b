"""Charts of doubt hold the marks, words and order that their frames ask for."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import export
from helpers.charts import doubt as charts
from helpers.derive import doubt
from helpers.facts import doubt as facts
from tests.test_charts_register import WORDS, axes, marks, readable, words
from tests.test_derive_doubt import REVISIONS
from tests.test_facts_doubt import captures, doubts


def lines(ax, gid):
    return [line for line in ax.lines if line.get_gid() == gid]


@pytest.fixture
def totals():
    rows = [
        ("Ministry", "all routes, 1953-1983", "people", "1953", "1983", 94, 37, 33, 37, False),
        ("Briefing", "all routes, 2025", "people", "2025", "2025", 9, 3, 3, 3, True),
        ("Press", "land, 1998-2002", "incidents", "1998", "2002", 6, 3, 3, 3, False),
    ]
    names = [
        "release", "what", "unit", "first_day", "last_day", "official", "register", "least",
        "most", "bound",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    days = {name: pd.to_datetime(table[name]) for name in ("first_day", "last_day")}
    return table.assign(**days)


def test_against_official(totals):
    fig = charts.against_official(totals, *WORDS)
    values, times = axes(fig, "values"), axes(fig, "times")
    assert [line.get_xdata()[0] for line in lines(values, "official")] == [94, 9, 6]
    assert [line.get_xdata()[0] for line in lines(values, "register")] == [37, 3, 3]
    assert [line.get_marker() for line in lines(values, "official")] == ["o", "<", "o"]
    assert list(lines(values, "range")[0].get_xdata()) == [33, 37]
    assert "3 / up to 9" in words(values) and len(lines(times, "period")) == 3
    assert {"In people", "In incidents", "Ministry", "Press"} <= set(words(times))
    places = [line.get_ydata()[0] for line in lines(values, "register")]
    assert places == sorted(places) and places[2] - places[1] > places[1] - places[0]
    assert readable(fig)


@pytest.fixture
def overlap():
    table = captures(second_only=2)
    row = {"first": "one", "second": "two"}
    names = pd.DataFrame([row, row], index=table.index)
    spread = doubt.dependence(table.loc[doubt.TRIED], [1, 5])
    return charts.overlap(table, names, spread, *WORDS)


def test_overlap(overlap):
    ax = axes(overlap, "lists")
    widths = {bar.get_gid(): bar.get_width() for bar in ax.patches if bar.get_gid()}
    assert (widths["first_only"], widths["both"], widths["second_only"]) == (27, 14, 2)
    assert widths["unseen"] == pytest.approx(3.6)
    assert list(lines(ax, "interval")[-1].get_xdata()) == [43.8, 59.5]
    assert lines(ax, "register")[-1].get_xdata()[0] == 43
    assert "27 only first, 14 both, 2 only second" in words(ax) and "a floor" in words(ax)
    assert readable(overlap)


def test_overlap_shares_its_scale_with_dependence(overlap):
    ax = axes(overlap, "dependence")
    assert ax.get_xlim() == axes(overlap, "lists").get_xlim()
    assert [line.get_xdata()[0] for line in lines(ax, "odds")] == pytest.approx(
        [43 + 54 / 14, 43 + 270 / 14]
    )
    assert "independent" in words(ax) and "odds 5 times as great" in words(ax)


def test_revisions():
    years = doubt.revisions(REVISIONS)
    years.loc[2013] = years.loc[2010]
    printed = doubt.printed(REVISIONS)
    printed.loc[len(printed)] = [2013, 2402, "2014", "current", True]
    fig = charts.revisions(printed, years, *WORDS)
    ax = axes(fig, "revisions")
    assert marks(ax, "first") == 3 and marks(ax, "other") == 1 and marks(ax, "in-force") == 3
    first = next(item for item in ax.collections if item.get_gid() == "first")
    assert [tuple(spot) for spot in first.get_offsets()] == [(2009, 38), (2010, 0), (2013, 0)]
    [span] = [patch for patch in ax.patches if patch.get_gid() == "blind"]
    assert (span.get_x(), span.get_width()) == (2010.5, 2) and span.get_hatch()
    assert "2,952 became 2,914" in words(ax) and readable(fig)


def test_sources():
    columns = ["verified", "one_source", "disputed", "incidents", "single", "low"]
    decades = pd.DataFrame([[7, 5, 0, 12, 5, 2], [9, 0, 1, 10, 0, 0]], [1980, 2020], columns)
    routes = pd.DataFrame([[8, 0, 0, 8, 0, 0]], ["jsa"], columns)
    fig = charts.sources(decades, routes, *WORDS)
    ax = axes(fig, "decades")
    totals = [text.get_text() for text in ax.texts if text.get_gid() == "total"]
    assert totals == ["12", "10"] and "2 low" in words(ax) and "0 low" not in words(ax)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["1980s", "2020s"]
    assert sum(bar.get_gid() == "disputed" for bar in ax.patches) == 1
    assert axes(fig, "routes").get_xlim() == ax.get_xlim() and readable(fig)


def test_headlines():
    table = doubts()
    fig = charts.headlines(table, facts.headline_words(table), *WORDS)
    ax = axes(fig, "headlines")
    values = [line.get_xdata()[0] for line in lines(ax, "value")]
    assert values == pytest.approx([1, 1, 0.072 / 0.137, 5 / 24 / 0.829])
    [strict] = lines(ax, "verified only")
    assert strict.get_xdata()[0] == pytest.approx(87 / 111)
    assert len(lines(ax, "95% interval")) == 2
    assert {"unmoved", "87 to 111", "20.8%"} <= set(words(ax)) and readable(fig)


def test_every_cause_has_a_mark_of_its_own():
    shapes = [shape for shape, _ in charts.CAUSES.values()]
    assert len(set(shapes)) == len(shapes) == 8


def test_same_frame_same_bytes():
    table = doubts()
    pages = [charts.headlines(table, facts.headline_words(table), *WORDS) for _ in range(2)]
    assert export.render(pages[0], "svg") == export.render(pages[1], "svg")

"""Charts of doubt hold the marks, words and order that their frames ask for."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import export, style
from helpers.charts import doubt as charts
from helpers.derive import doubt
from helpers.facts import doubt as facts
from tests import pages
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


def pairs(size="full"):
    table = captures(second_only=2)
    row = {"first": "one", "second": "two"}
    names = pd.DataFrame([row, row], index=table.index)
    spread = doubt.dependence(table.loc[doubt.TRIED], [1, 5])
    return charts.overlap(table, names, spread, *WORDS, size=size)


@pytest.fixture
def overlap():
    return pairs()


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


def corrected(size="full"):
    years = doubt.revisions(REVISIONS)
    years.loc[2013] = years.loc[2010]
    printed = doubt.printed(REVISIONS)
    printed.loc[len(printed)] = [2013, 2402, "2014", "current", True]
    return charts.revisions(printed, years, *WORDS, size=size)


def test_revisions():
    fig = corrected()
    ax = axes(fig, "revisions")
    assert marks(ax, "first") == 3 and marks(ax, "other") == 1 and marks(ax, "in-force") == 3
    first = next(item for item in ax.collections if item.get_gid() == "first")
    assert [tuple(spot) for spot in first.get_offsets()] == [(2009, 38), (2010, 0), (2013, 0)]
    [span] = [patch for patch in ax.patches if patch.get_gid() == "blind"]
    assert (span.get_x(), span.get_width()) == (2010.5, 2) and span.get_hatch()
    assert "2,952 became 2,914" in words(ax) and readable(fig)


def established(size="full"):
    columns = ["verified", "one_source", "disputed", "incidents", "single", "low"]
    decades = pd.DataFrame([[7, 5, 0, 12, 5, 2], [9, 0, 1, 10, 0, 0]], [1980, 2020], columns)
    routes = pd.DataFrame([[8, 0, 0, 8, 0, 0]], ["jsa"], columns)
    return charts.sources(decades, routes, *WORDS, size=size)


def test_sources():
    fig = established()
    ax = axes(fig, "decades")
    totals = [text.get_text() for text in ax.texts if text.get_gid() == "total"]
    assert totals == ["12", "10"] and "2 low" in words(ax) and "0 low" not in words(ax)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["1980s", "2020s"]
    assert sum(bar.get_gid() == "disputed" for bar in ax.patches) == 1
    assert axes(fig, "routes").get_xlim() == ax.get_xlim() and readable(fig)


def under_doubt(size="full"):
    table = doubts()
    return charts.headlines(table, facts.headline_words(table), *WORDS, size=size)


def test_headlines():
    fig = under_doubt()
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
    assert export.render(under_doubt(), "svg") == export.render(under_doubt(), "svg")


# Sizes ------------------------------------------------------------------------------------------

DRAWN = {"overlap": pairs, "revisions": corrected, "sources": established, "headlines": under_doubt}


def of(fig, gid):
    """Return the words of all texts with this name."""
    found = fig.findobj(lambda artist: artist.get_gid() == gid and hasattr(artist, "get_text"))
    return [" ".join(text.get_text().split()) for text in found]


def count(fig):
    """Return how many marks there are of each name, words left aside."""
    named = fig.findobj(lambda item: item.get_gid() and not hasattr(item, "get_text"))
    return pd.Series([item.get_gid() for item in named]).value_counts().to_dict()


@pytest.mark.parametrize("size", style.SHEETS)
@pytest.mark.parametrize("chart", DRAWN)
def test_every_size_keeps_its_marks_and_its_words_apart(chart, size):
    fig = DRAWN[chart](size)
    assert pages.off_page(fig) == [] and pages.overlaps(fig) == []
    assert count(fig) == count(DRAWN[chart]())
    assert sorted(of(fig, "key")) == sorted(of(DRAWN[chart](), "key"))


@pytest.mark.parametrize("size", style.SHEETS)
def test_totals_stand_once_in_every_size(totals, size):
    fig = charts.against_official(totals, *WORDS, size=size)
    assert pages.off_page(fig) == [] and pages.overlaps(fig) == []
    assert of(fig, "numbers") == ["37 / 94", "3 / up to 9", "3 / 6"]
    assert count(fig) == count(charts.against_official(totals, *WORDS))


def test_a_slide_cuts_totals_between_releases_on_one_scale(totals):
    more = pd.concat([totals.iloc[[0]], totals], ignore_index=True)
    fig = charts.against_official(more, *WORDS, size="slide")
    left, right = (ax for ax in fig.axes if ax.get_label() == "values")
    assert left.get_xlim() == right.get_xlim() and left.get_ylim() == right.get_ylim()
    assert [len(lines(ax, "official")) for ax in (left, right)] == [2, 2]


def test_releases_stand_above_their_rows_in_a_column(totals):
    ax = axes(charts.against_official(totals, *WORDS, size="column"), "times")
    places = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert places["Ministry"] < places["all routes, 1953-1983"] < places["Briefing"]


def test_what_dependence_would_do_stands_beside_the_pairs_on_a_slide():
    for size, beside in (("full", False), ("column", False), ("slide", True)):
        fig = pairs(size)
        lists, odds = (axes(fig, name).get_position() for name in ("lists", "dependence"))
        assert (odds.x0 > lists.x1) == beside and (odds.y1 < lists.y0) == (not beside)
        words = of(fig, "odds-words")
        assert [any(part in one for one in words) for part in ("47, register", "62, register")]


def test_bars_of_decades_and_routes_are_on_one_scale():
    for size in style.SHEETS:
        widths = {round(ax.get_position().width, 6) for ax in established(size).axes[1:]}
        assert len(widths) == 1


def test_a_key_breaks_into_rows_that_fit():
    fig = style.page(*WORDS)
    items = [charts._dot(f"mark {number}", "o", 5) for number in range(6)]
    wide, narrow = charts._flow(fig, items, 150), charts._flow(fig, items, 40)
    assert len({y for _, y in wide}) == 1 and len({y for _, y in narrow}) == 3
    assert not fig.texts[3:]

"""Charts of the register hold the marks, words and order that their frames ask for."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from helpers import export, style
from helpers.charts import register as charts
from helpers.derive import register
from helpers.facts import register as facts
from helpers.figures.registry import entries
from helpers.frames import Frames
from tests import pages
from tests.test_derive_register import frame, spans

WORDS = ("The finding", "What, where, when, unit", "Data: a register.")


@pytest.fixture
def five():
    return frame(
        ("a", "1959-01-27", "jsa", 1, "civilian", "unknown"),
        ("b", "1981-04-16", "dmz_land", 1, "soldier", "crossers"),
        ("c", "2011-10-30", "yellow_sea", 21, "civilian", "unknown"),
        ("d", "2011-12-01", "yellow_sea", 3, "mixed", "not_applicable"),
        ("e", "2017-11-13", "jsa", 1, "soldier", "crossers"),
    )


def axes(fig, label):
    [ax] = [ax for ax in fig.axes if ax.get_label() == label]
    return ax


def marks(ax, gid):
    found = [item for item in ax.collections if item.get_gid() == gid]
    return sum(len(item.get_offsets()) for item in found)


def words(ax):
    return [text.get_text() for text in ax.texts]


def readable(fig):
    texts = fig.findobj(lambda artist: hasattr(artist, "get_fontsize"))
    return all(text.get_fontsize() >= 7 for text in texts if text.get_text().strip())


@pytest.fixture
def over_time(five):
    early = frame(("z", "1950-04-28", "air", 1, "pilot", "unknown"))
    blind = register.blind(
        five, spans(("dmz_land", 1954, 1966, "no_rows"), ("yellow_sea", 1953, 1989, "thin"))
    )
    dots, before = register.per_year(five), register.per_year(early)
    return charts.over_time(dots, blind, before, "e", 1953, *WORDS)


def test_over_time_one_mark_an_incident(over_time, five):
    counts = {ax.get_label(): marks(ax, "dot") for ax in over_time.axes}
    assert {key: value for key, value in counts.items() if value} == {
        "jsa": 2, "dmz_land": 1, "yellow_sea": 2,
    }  # fmt: skip
    assert marks(axes(over_time, "air"), "before-dot") == 1


def test_over_time_shares_its_years_and_hatches_the_blind(over_time):
    panels = [axes(over_time, route.value) for route in charts.ROUTES]
    assert {ax.get_xlim() for ax in panels} == {(1949.2, 2026.8)}
    [span] = [p for p in axes(over_time, "dmz_land").patches if p.get_gid() == "no_rows"]
    assert span.get_hatch() and (span.get_x(), span.get_width()) == (1953.5, 13)
    [thin] = [p for p in axes(over_time, "yellow_sea").patches if p.get_gid() == "thin"]
    assert thin.get_alpha() < span.get_alpha()
    assert not [p for p in axes(over_time, "jsa").patches if p.get_hatch()]


def test_over_time_names_route_count_and_subject(over_time):
    assert "13 November 2017" in words(axes(over_time, "jsa"))
    assert "2 incidents,\n24 people" in words(axes(over_time, "yellow_sea"))
    assert "1 incident,\n1 person" in words(axes(over_time, "dmz_land"))
    assert (over_time.title, over_time.subtitle, over_time.source) == WORDS
    assert readable(over_time)


def test_more_people_wider_mark(over_time):
    sizes = [item.get_sizes()[0] for item in axes(over_time, "yellow_sea").collections]
    assert len(set(sizes)) == 2


def test_who_crossed(five):
    fig = charts.who_crossed(register.who(five), *WORDS)
    totals = {
        name: [t.get_text() for t in axes(fig, name).texts if t.get_gid() == "total"]
        for name in ("incidents", "people")
    }
    assert totals == {
        "incidents": ["2", "1", "0", "2", "0", "0"], "people": ["2", "1", "0", "24", "0", "0"],
    }  # fmt: skip
    labels = [tick.get_text() for tick in axes(fig, "incidents").get_yticklabels()]
    assert labels == [charts.SHORT[route] for route in charts.ROUTES]
    assert words(axes(fig, "key"))[0] == "in uniform" and readable(fig)


def test_shot_at(five):
    fig = charts.shot_at(register.shot_at(five), *WORDS)
    ax = axes(fig, "shares")
    assert ax.get_xlim() == (0, 1)
    assert len([line for line in ax.lines if line.get_gid() == "share"]) == 3
    assert sum(text == "nothing known" for text in words(ax)) == 3
    bounds = [patch for patch in ax.patches if patch.get_gid() == "bounds"]
    assert (bounds[0].get_x(), bounds[0].get_width()) == (0.5, 0.5)
    assert readable(fig)


def test_jsa_among(five):
    decades = register.by_decade(five).assign(blind=[0.6, 0.6, 0.5, 0, 0, 0, 0])
    fig = charts.jsa_among(register.by_route(five), decades, facts.jsa_cases(five), *WORDS)
    strip = axes(fig, "decades")
    assert marks(strip, "jsa") == 2 and marks(strip, "other") == 3
    shares = [text.get_text() for text in strip.texts if text.get_gid() == "share"]
    assert shares == ["1 of 1", *["0 of 0"] * 2, "0 of 1", *["0 of 0"] * 2, "1 of 3"]
    assert len([patch for patch in strip.patches if patch.get_gid() == "blind"]) == 2
    assert marks(axes(fig, "cases"), "case") == 2
    assert "2  (40%)" in words(axes(fig, "incidents")) and readable(fig)


def test_same_frame_same_bytes(five):
    table = register.who(five)
    pages = [charts.who_crossed(table, *WORDS) for _ in range(2)]
    assert export.render(pages[0], "svg") == export.render(pages[1], "svg")


def test_unknown_number_of_people_is_drawn(five):
    five.loc[2, "people"] = pd.NA
    dots = register.per_year(five)
    blind = register.blind(five, spans(("air", 2026, 2026, "partial")))
    fig = charts.over_time(dots, blind, dots.iloc[:0], "e", 1953, *WORDS)
    assert sum(marks(ax, "dot") for ax in fig.axes) == 5


SLUGS = {
    "over_time": "incidents-over-time", "who_crossed": "who-crossed", "shot_at": "shot-at",
    "jsa_among": "jsa-among-the-rest",
}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(root):
    """Draw the register's figures as the project has them, by name and size, each once."""
    frames, catalogue = Frames(root / "data"), entries()
    return cache(lambda name, size: catalogue[SLUGS[name]].make(frames).page(size))


@pytest.mark.parametrize("size", style.SHEETS)
@pytest.mark.parametrize("name", SLUGS)
def test_words_stay_on_the_page_and_apart(drawn, name, size):
    page = drawn(name, size)
    assert pages.off_page(page) == [] and pages.overlaps(page) == []
    assert readable(page)


@pytest.mark.parametrize("size", style.SHEETS)
def test_over_time_holds_every_mark_and_span_in_each_size(drawn, size):
    page, full = drawn("over_time", size), drawn("over_time", "full")
    for route in charts.ROUTES:
        ax, other = axes(page, route.value), axes(full, route.value)
        assert marks(ax, "dot") == marks(other, "dot") and ax.get_xlim() == other.get_xlim()
        assert len(ax.patches) == len(other.patches)
    assert sum(marks(ax, "before-dot") for ax in page.axes) == 1


def test_over_time_stacks_in_a_column_and_stands_in_two_rows_of_three_on_a_slide(drawn):
    column, slide = (
        [axes(drawn("over_time", size), route.value).get_position() for route in charts.ROUTES]
        for size in ("column", "slide")
    )
    assert len({round(box.x0, 3) for box in column}) == 1
    assert [box.y0 for box in column] == sorted((box.y0 for box in column), reverse=True)
    assert [round(box.y0, 3) for box in slide[:3]] == [round(box.y0, 3) for box in slide[3:]]
    assert slide[0].x1 < slide[3].x0


def test_over_time_dots_of_neighbouring_years_stay_apart(drawn):
    for size in ("full", "column", "slide"):
        page = drawn("over_time", size)
        ax = axes(page, "dmz_land")
        width = ax.get_position().width * page.get_size_inches()[0] * 72
        year = width / (ax.get_xlim()[1] - ax.get_xlim()[0])
        smallest = min(item.get_sizes()[0] for item in ax.collections if item.get_gid() == "dot")
        assert smallest**0.5 < year


@pytest.mark.parametrize("name", ["who_crossed", "shot_at"])
def test_two_panels_stack_in_a_column_only(drawn, name):
    for size in style.SHEETS:
        one, two = (ax.get_position() for ax in drawn(name, size).axes if ax.get_label() != "key")
        assert (one.y0 > two.y1) == (size == "column")
        assert (one.x1 < two.x0) == (size != "column")


@pytest.mark.parametrize("size", style.SHEETS)
def test_numbers_of_the_bars_are_the_same_in_each_size(drawn, size):
    for name, labels in (("who_crossed", ["incidents", "people"]), ("shot_at", ["counts"])):
        for label in labels:
            numbers, full = (
                [(text.get_gid(), text.get_text()) for text in axes(page, label).texts]
                for page in (drawn(name, size), drawn(name, "full"))
            )
            assert numbers == full
    both = axes(drawn("shot_at", size), "shares"), axes(drawn("shot_at", "full"), "shares")
    assert len({tuple(sorted(words(ax))) for ax in both}) == 1


@pytest.mark.parametrize("size", style.SHEETS)
def test_jsa_among_lists_every_case_in_order(drawn, size):
    page, full = drawn("jsa_among", size), drawn("jsa_among", "full")
    cases = [text.get_text()[:4] for text in axes(page, "cases").texts[1:]]
    assert cases == sorted(cases) and len(cases) == marks(axes(page, "cases"), "case") == 8
    for gid in ("jsa", "other"):
        assert marks(axes(page, "decades"), gid) == marks(axes(full, "decades"), gid)


def test_flow_breaks_a_key_that_is_too_long():
    one = charts.flow(["aa", "aa"], [5, 5], room=100, points=8)
    assert [row for _, row in one] == [0, 0] and one[1][0] > one[0][0]
    assert charts.flow(["aa", "aa"], [5, 5], room=10, points=8) == [(0.3, 0), (0.3, 1)]
    assert charts.flow(["long words"], [5], room=1, points=8) == [(0.3, 0)]

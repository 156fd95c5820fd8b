"""Charts of the context hold a mark for what their frames say, and draw what cannot be seen."""

from __future__ import annotations

from functools import partial

import pandas as pd
import pytest

from helpers import style
from helpers.charts import context as charts
from helpers.derive import context, register
from tests import pages
from tests.test_charts_register import WORDS, axes, marks, readable, words
from tests.test_derive_context import BLIND, few  # noqa: F401

PEOPLE = {
    "arrivals": 2000, "direct": 30, "jsa": 5, "dmz_land": 10, "han_estuary": 0, "yellow_sea": 15,
    "east_sea": 0, "air": 0, "foreign": 4, "missing_mnd_1983": 13, "missing_jcs_2016": 2,
}  # fmt: skip


def texts(fig):
    """Return the words on the axes of a page in order, but for the names of routes.

    Routes are named by the ticks of an axis, or above their rows.
    """
    found = [" ".join(text.get_text().split()) for ax in fig.axes for text in ax.texts]
    routes = {" ".join(route.split()) for route in charts.SHORT.values()}
    return sorted(word for word in found if word not in routes)


def drawn(fig):
    """Return how many marks a page holds by what they stand for."""
    found = {}
    for ax in fig.axes:
        if ax.get_label() == "key":
            continue
        for item in ax.collections:
            found[item.get_gid()] = found.get(item.get_gid(), 0) + len(item.get_offsets())
        for item in [*ax.patches, *ax.lines]:
            if item.get_gid():
                found[item.get_gid()] = found.get(item.get_gid(), 0) + 1
    return found


def by_period():
    rows = [
        (1953, 1998, 1000, 70, 0.07, None, None, None),
        (2010, 2014, 1000, 5, 0.005, "direct_all", 0.007, 0.007),
        (2020, 2022, 100, 2, 0.02, "direct_sea", 0.0, 0.0),
    ]
    names = ["first_year", "last_year", "arrivals", "direct", "share", "measure"]
    return pd.DataFrame(rows, columns=[*names, "official_low", "official_high"])


def shot_by_group(frame):
    shot = context.harm(frame, register.group(frame))
    return shot[shot["harm"].eq("shot_at") & shot["group"].isin(["In uniform", "Civilians"])]


@pytest.fixture
def every(few):  # noqa: F811
    waits = context.waits(few[few["route"] == "jsa"], pd.Timestamp(2014, 7, 27))
    groups = context.group_rates(few, BLIND, 2013)
    return {
        "whole_scale": partial(charts.whole_scale, pd.Series(PEOPLE), 8),
        "direct_share": partial(charts.direct_share, by_period()),
        "rates": partial(charts.rates, context.rates(few, BLIND, 2013), 2002, 2013),
        "waits": partial(charts.waits, waits, list("abcd"), (25.0, 20.0)),
        "harm": partial(charts.harm, context.harm(few)),
        "groups": partial(charts.soldiers_and_civilians, groups, shot_by_group(few)),
    }


@pytest.mark.parametrize("size", list(style.SHEETS))
@pytest.mark.parametrize(
    "name", ["whole_scale", "direct_share", "rates", "waits", "harm", "groups"]
)
def test_words_keep_apart_and_on_the_page(every, name, size):
    fig = every[name](*WORDS, size=size)
    assert pages.off_page(fig) == [] and pages.overlaps(fig) == []
    assert readable(fig)


@pytest.mark.parametrize("size", ["column", "slide"])
@pytest.mark.parametrize(
    "name", ["whole_scale", "direct_share", "rates", "waits", "harm", "groups"]
)
def test_each_size_holds_the_same_marks_and_words(every, name, size):
    full, other = every[name](*WORDS), every[name](*WORDS, size=size)
    marked = drawn(full)
    assert drawn(other) == marked and sum(marked.values()) > 3
    if name not in ("whole_scale", "harm"):
        assert texts(other) == texts(full)


def test_whole_scale_counts_people_out():
    fig = charts.whole_scale(pd.Series(PEOPLE), 8, *WORDS)
    first, second, third = (axes(fig, name) for name in ("arrivals", "direct", "jsa"))
    assert (marks(first, "arrivals"), marks(first, "direct")) == (197, 3)
    assert marks(second, "yellow_sea") == 15 and marks(second, "missing_mnd_1983") == 13
    assert (marks(third, "own"), marks(third, "foreign")) == (5, 4)
    assert "one square = 10 people" in words(first) and readable(fig)


@pytest.mark.parametrize("size", ["column", "full", "slide"])
def test_each_step_has_its_unit_and_no_dot_is_cut(size):
    fig = charts.whole_scale(pd.Series(PEOPLE), 8, *WORDS, size=size)
    for name, unit in (("arrivals", "square"), ("direct", "dot"), ("jsa", "star")):
        ax = axes(fig, name)
        assert any(word.startswith(f"one {unit} = ") for word in words(ax))
        (x0, x1), (y0, y1) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
        for item in ax.collections:
            for x, y in item.get_offsets():
                assert x0 <= x <= x1 and y0 <= y <= y1


@pytest.mark.parametrize(("arrivals", "side"), [(20000 * 10, "left"), (1900, "right")])
def test_words_on_the_coloured_squares_stay_beside_them(arrivals, side):
    people = pd.Series({**PEOPLE, "arrivals": arrivals})
    fig = charts.whole_scale(people, 8, *WORDS, size="column")
    [text] = [text for text in axes(fig, "arrivals").texts if text.get_gid() == "direct-words"]
    assert text.get_ha() == side and pages.off_page(fig) == []


def test_direct_share_keeps_definitions_apart():
    fig = charts.direct_share(by_period(), *WORDS)
    ax = axes(fig, "shares")
    assert marks(ax, "register") == 3
    assert marks(ax, "official") == 2 and marks(ax, "official-sea") == 2
    assert "5 known; official 7" in words(ax) and "2 known; official 0 (sea only)" in words(ax)
    assert readable(fig)


def test_a_column_names_each_period_above_its_mark():
    ax = axes(charts.direct_share(by_period(), *WORDS, size="column"), "shares")
    heights = [item.get_offsets()[0][1] for item in ax.collections if item.get_gid() == "register"]
    for kind in ("period", "arrivals", "people"):
        lines = [text.get_position()[1] for text in ax.texts if text.get_gid() == kind]
        assert all(0 < y - line < 0.5 for y, line in zip(heights, lines, strict=True))


def test_rates_show_three_sets_of_years(few):  # noqa: F811
    fig = charts.rates(context.rates(few, BLIND, 2013), 2002, 2013, *WORDS)
    ax = axes(fig, "rates")
    assert [marks(ax, basis) for basis in charts.BASES] == [6, 6, 6]
    assert "1 in 12 years" in words(ax) and readable(fig)


def test_both_halves_of_a_slide_have_one_scale(few):  # noqa: F811
    fig = charts.rates(context.rates(few, BLIND, 2013), 2002, 2013, *WORDS, size="slide")
    halves = axes(fig, "rates"), axes(fig, "rates-right")
    assert halves[0].get_xlim() == halves[1].get_xlim()
    assert halves[0].get_position().width == pytest.approx(halves[1].get_position().width)
    assert list(halves[0].get_xticks()) == list(halves[1].get_xticks())


def test_waits_leave_ends_open(few):  # noqa: F811
    table = context.waits(few[few["route"] == "jsa"], pd.Timestamp(2014, 7, 27))
    fig = charts.waits(table, ["w"] * 4, (25.0, 20.0), *WORDS)
    ax = axes(fig, "waits")
    kinds = [patch.get_gid() for patch in ax.patches]
    assert kinds == ["first", "between", "between", "open"]
    assert "365 days so far" in words(ax) and "mean 25.0" in words(ax) and readable(fig)


@pytest.mark.parametrize("size", list(style.SHEETS))
def test_no_line_of_a_mean_runs_through_days(few, size):  # noqa: F811
    table = context.waits(few[few["route"] == "jsa"], pd.Timestamp(2014, 7, 27))
    fig = charts.waits(table, ["w"] * 4, (21.0, 20.2), *WORDS, size=size)
    ax = axes(fig, "waits")
    lines = [ax.transData.transform((mean, 0))[0] / fig.dpi * 25.4 for mean in (21.0, 20.2)]
    for text, (left, _, right, _) in pages.boxes(fig):
        if text.get_gid() == "days":
            assert not any(left < line < right for line in lines)


def test_harm_draws_the_unseen_in_every_row(few):  # noqa: F811
    fig = charts.harm(context.harm(few), *WORDS)
    for name in charts.HARMS:
        unseen = [patch for patch in axes(fig, name).patches if patch.get_gid() == "unseen"]
        assert len(unseen) == 7 and all(patch.get_hatch() for patch in unseen)
    assert marks(axes(fig, "killed"), "share") == 0
    assert marks(axes(fig, "shot_at"), "share") == 3
    assert "2 of 2 known" in words(axes(fig, "shot_at")) and readable(fig)


@pytest.mark.parametrize("size", list(style.SHEETS))
def test_harm_says_in_every_size_what_cannot_be_seen(few, size):  # noqa: F811
    fig = charts.harm(context.harm(few), *WORDS, size=size)
    assert charts.UNSEEN_WORDS in " ".join(words(axes(fig, "key")))
    routes = [text for text in axes(fig, "shot_at").texts if text.get_gid() == "route"]
    assert len(routes) == 7


@pytest.mark.parametrize("group", ["In uniform", "Civilians"])
def test_groups(few, group):  # noqa: F811
    fig = charts.soldiers_and_civilians(
        context.group_rates(few, BLIND, 2013), shot_by_group(few), *WORDS
    )
    assert marks(axes(fig, "rates"), group) == 3 and marks(axes(fig, "fire"), group) == 1
    assert readable(fig)


@pytest.mark.parametrize(("size", "beside"), [("column", False), ("full", True), ("slide", True)])
def test_groups_stack_in_a_column_only(few, size, beside):  # noqa: F811
    fig = charts.soldiers_and_civilians(
        context.group_rates(few, BLIND, 2013), shot_by_group(few), *WORDS, size=size
    )
    rates, fire = axes(fig, "rates").get_position(), axes(fig, "fire").get_position()
    assert (fire.x0 > rates.x1) == beside and (fire.y1 < rates.y0) == (not beside)

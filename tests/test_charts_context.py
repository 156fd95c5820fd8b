"""Charts of the context hold a mark for what their frames say, and draw what cannot be seen."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.charts import context as charts
from helpers.derive import context, register
from tests.test_charts_register import WORDS, axes, marks, readable, words
from tests.test_derive_context import BLIND, few  # noqa: F401

PEOPLE = {
    "arrivals": 2000, "direct": 30, "jsa": 5, "dmz_land": 10, "han_estuary": 0, "yellow_sea": 15,
    "east_sea": 0, "air": 0, "foreign": 4, "missing_mnd_1983": 13, "missing_jcs_2016": 2,
}  # fmt: skip


def test_whole_scale_counts_people_out():
    fig = charts.whole_scale(pd.Series(PEOPLE), 8, *WORDS)
    first, second, third = (axes(fig, name) for name in ("arrivals", "direct", "jsa"))
    assert (marks(first, "arrivals"), marks(first, "direct")) == (197, 3)
    assert marks(second, "yellow_sea") == 15 and marks(second, "missing_mnd_1983") == 13
    assert (marks(third, "own"), marks(third, "foreign")) == (5, 4)
    assert "one square = 10 people" in words(first) and readable(fig)


def test_direct_share_keeps_definitions_apart():
    rows = [
        (1953, 1998, 1000, 70, 0.07, None, None, None),
        (2010, 2014, 1000, 5, 0.005, "direct_all", 0.007, 0.007),
        (2020, 2022, 100, 2, 0.02, "direct_sea", 0.0, 0.0),
    ]
    names = ["first_year", "last_year", "arrivals", "direct", "share", "measure"]
    table = pd.DataFrame(rows, columns=[*names, "official_low", "official_high"])
    fig = charts.direct_share(table, *WORDS)
    ax = axes(fig, "shares")
    assert marks(ax, "register") == 3
    assert marks(ax, "official") == 2 and marks(ax, "official-sea") == 2
    assert "5 known; official 7" in words(ax) and "2 known; official 0 (sea only)" in words(ax)
    assert readable(fig)


def test_rates_show_three_sets_of_years(few):  # noqa: F811
    fig = charts.rates(context.rates(few, BLIND, 2013), 2002, 2013, *WORDS)
    ax = axes(fig, "rates")
    assert [marks(ax, basis) for basis in charts.BASES] == [6, 6, 6]
    assert "1 in 12 years" in words(ax) and readable(fig)


def test_waits_leave_ends_open(few):  # noqa: F811
    table = context.waits(few[few["route"] == "jsa"], pd.Timestamp(2014, 7, 27))
    fig = charts.waits(table, ["w"] * 4, (25.0, 20.0), *WORDS)
    ax = axes(fig, "waits")
    kinds = [patch.get_gid() for patch in ax.patches]
    assert kinds == ["first", "between", "between", "open"]
    assert "365 days so far" in words(ax) and "mean 25.0" in words(ax) and readable(fig)


def test_harm_draws_the_unseen_in_every_row(few):  # noqa: F811
    fig = charts.harm(context.harm(few), *WORDS)
    for name in charts.HARMS:
        unseen = [patch for patch in axes(fig, name).patches if patch.get_gid() == "unseen"]
        assert len(unseen) == 7 and all(patch.get_hatch() for patch in unseen)
    assert marks(axes(fig, "killed"), "share") == 0
    assert marks(axes(fig, "shot_at"), "share") == 3
    assert "2 of 2 known" in words(axes(fig, "shot_at")) and readable(fig)


@pytest.mark.parametrize("group", ["In uniform", "Civilians"])
def test_groups(few, group):  # noqa: F811
    shot = context.harm(few, register.group(few))
    shot = shot[shot["harm"].eq("shot_at") & shot["group"].isin(["In uniform", "Civilians"])]
    fig = charts.soldiers_and_civilians(context.group_rates(few, BLIND, 2013), shot, *WORDS)
    assert marks(axes(fig, "rates"), group) == 3 and marks(axes(fig, "fire"), group) == 1
    assert readable(fig)

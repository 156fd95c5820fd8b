"""Periods, parts of years, origin, what somebody said, and legs, on cases worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.analysis import arrivals


def annual(*rows):
    rows = [("official_main", *row, "final") for row in rows]
    rows.append(("early_detail", "1999", 1999, 1999, 2, None, None, "published"))
    names = ["series", "period", "period_start", "period_end", "people", "men", "women", "status"]
    whole = dict.fromkeys(["period_start", "period_end", "people", "men", "women"], "Int64")
    return pd.DataFrame(rows, columns=names).astype(whole)


def quarterly(*rows):
    frame = pd.DataFrame(rows, columns=["year", "part", "people", "men", "women"])
    whole = dict.fromkeys(["year", "people", "men", "women"], "Int64")
    return frame.astype(whole).assign(status="published")


BUCKETS = ("to 1998", None, 1998, 10, 8, 2), ("1999-2001", 1999, 2001, 6, 3, 3)
YEARS = ("2002", 2002, 2002, 20, 5, 15), ("2003", 2003, 2003, 8, None, None)


def test_official_series_alone_and_in_order():
    table = arrivals.official(annual(*YEARS, *BUCKETS))
    assert table["people"].tolist() == [10, 6, 20, 8]
    assert table["years"].tolist() == [0, 3, 1, 1]
    assert table.loc[2, "women_share"] == 0.75 and pd.isna(table.loc[3, "women_share"])
    assert list(arrivals.single_years(table).index) == [2002, 2003]


def test_no_month_is_counted_twice():
    table = arrivals.parts(
        quarterly(
            (2019, "h1", 9, None, None), (2019, "q2", 5, None, None), (2019, "q1", 4, None, None),
            (2019, "h2", 7, 3, 4), (2019, "q4", 2, None, None), (2020, "q3", 1, 1, 0),
        )
    )  # fmt: skip
    assert table[["year", "part", "month", "months", "people"]].to_numpy().tolist() == [
        [2019, "q1", 1, 3, 4], [2019, "q2", 4, 3, 5], [2019, "h2", 7, 6, 7], [2020, "q3", 7, 3, 1],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "period", "share", "people", "women"),
    [
        ([(2003, "h1", 4, 1, 3)], None, None, None, None),
        ([(2004, "h1", 4, 1, 3)], "2004 h1", 0.5, 4, 3),
        ([(2004, "q1", 4, 1, 3), (2004, "q2", 2, None, None)], "2004 q1 q2", 0.5, 6, None),
        ([(2004, "q3", 0, 0, 0)], "2004 q3", 0.25, 0, 0),
        ([(2004, "h1", 4, 1, 3), (2005, "q1", 1, 0, 1)], "2005 q1", 0.25, 1, 1),
    ],
)
def test_a_year_that_runs_is_a_row_of_its_own(parts, period, share, people, women):
    main = arrivals.official(annual(*BUCKETS, *YEARS))
    table = arrivals.with_running_year(main, arrivals.parts(quarterly(*parts)))
    if period is None:
        assert table.equals(main)
        return
    last = table.iloc[-1]
    assert (last["period"], last["years"], last["people"]) == (period, share, people)
    assert pd.isna(last["women"]) if women is None else last["women"] == women
    assert table.dtypes.equals(main.dtypes)


def profile(*rows):
    frame = pd.DataFrame(rows, columns=["as_of", "category", "people"])
    frame = frame.assign(dimension="province_of_origin", population="all_arrivals", men=1, women=1)
    totals = frame.groupby("as_of")["people"].sum().add(3).rename("compared_people")
    checks = totals.reset_index().assign(dimension="province_of_origin", coverage="full_list")
    return frame, checks


def test_full_lists_and_what_was_added_between_them():
    frame, checks = profile(
        ("2010-01", "jagang", 10), ("2018", "jagang", 30), ("2018", "kaesong", 4),
        ("2020-03", "jagang", 500), ("2020-03", "pyongyang", 20),
        ("2026-06", "jagang", 600), ("2026-06", "pyongyang", 440),
    )  # fmt: skip
    checks.loc[checks["as_of"].eq("2010-01"), "coverage"] = "partial_list"
    checks.loc[checks["as_of"].eq("2018"), "compared_people"] = 1
    lists = arrivals.origin_lists(frame, checks)
    assert lists == ["2018", "2020-03", "2026-06"]
    assert arrivals.earlier_list(frame, lists) == "2020-03"
    assert arrivals.earlier_list(frame, lists[:2]) is None
    table = arrivals.origin_change(frame, "2020-03", "2026-06")
    assert table["added"].to_dict() == {"pyongyang": 420, "jagang": 100}
    assert table["share_added"].tolist() == [420 / 520, 100 / 520]
    rows = arrivals.origin(frame, checks, "2026-06")
    assert rows["people"].to_dict() == {"jagang": 600, "pyongyang": 440, "not_listed": 3}
    assert rows["share"].sum() == pytest.approx(1)


def test_open_ends():
    frame = pd.DataFrame(
        {"value_low": [5, None, 1, None], "value_best": [None, None, None, 3],
         "value_high": [None, 9, 2, None]}, dtype="Int64",
    )  # fmt: skip
    table = arrivals.bounds(frame)
    assert table["open"].tolist() == ["up", "down", "", ""]
    assert table.loc[3, ["low", "high", "point"]].tolist() == [3, 3, 3]


def test_the_middle_of_a_partial_date():
    dates = pd.Series(["2010", "2010-01", "2010-12-31", None])
    assert arrivals.year_of(dates).round(2).tolist()[:3] == [2010.5, 2010.04, 2011.0]


def ways(*rows):
    """Return routes and waypoints, of id, kind, main years and stops ("CHN exit ...")."""
    routes = pd.DataFrame(
        [(name, name, kind, "china_border", years, "a;b") for name, kind, years, _ in rows],
        columns=["route_id", "name", "kind", "route", "period_main", "source_ids"],
    ).set_index("route_id")
    stops = [
        (name, place + 1, *stop.split())
        for name, _, _, way in rows
        for place, stop in enumerate(way)
    ]
    return routes, pd.DataFrame(stops, columns=["route_id", "stop", "country", "role"])


MISSION = ("m", "mission", "2001 to 2005",
           ["CHN exit", "PHL transit", "SGP transit", "KOR destination"])  # fmt: skip
LAND = ("l", "overland", "from about 2004",
        ["CHN origin", "CHN border", "LAO border", "THA exit", "KOR destination"])  # fmt: skip
NEW = ("n", "overland", "before the war", ["CHN origin", "RUS exit", "KOR destination"])


def test_legs_of_missions_part_and_those_by_land_follow_on():
    routes, stops = ways(LAND, MISSION, NEW)
    through = arrivals.through_china(routes, stops)
    assert through["group"].to_dict() == {
        "m": "China", "l": "Laos and Thailand", "n": "Russia",
    }  # fmt: skip
    table = arrivals.legs(through, stops)
    assert table.to_numpy().tolist() == [
        ["China", "PRK", "CHN", False], ["China", "CHN", "PHL", True],
        ["China", "PHL", "KOR", True], ["China", "CHN", "SGP", True], ["China", "SGP", "KOR", True],
        ["Laos and Thailand", "PRK", "CHN", False], ["Laos and Thailand", "CHN", "LAO", False],
        ["Laos and Thailand", "LAO", "THA", False], ["Laos and Thailand", "THA", "KOR", True],
        ["Russia", "PRK", "CHN", False], ["Russia", "CHN", "RUS", False],
        ["Russia", "RUS", "KOR", True],
    ]  # fmt: skip


def test_no_leg_finer_than_a_country():
    through = arrivals.through_china(load.routes(), load.waypoints())
    table = arrivals.legs(through, load.waypoints())
    assert table[["origin", "target"]].map(len).eq(3).all().all()
    assert through["group"].unique().tolist() == [
        "China", "Mongolia", "Vietnam and Cambodia", "Laos and Thailand",
    ]  # fmt: skip

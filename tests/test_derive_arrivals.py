"""Arrivals, origin, counts on the way, legs and claims, on cases worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.derive import arrivals


@pytest.fixture
def annual():
    rows = [
        ("official_main", "to 1998", None, 1998, 10, 8, 2, "final"),
        ("official_main", "1999-2001", 1999, 2001, 6, 3, 3, "final"),
        ("official_main", "2002", 2002, 2002, 20, 5, 15, "final"),
        ("official_main", "2003", 2003, 2003, 8, 5, 3, "provisional"),
        ("early_detail", "to 1998", 1953, 1998, 10, None, None, "published"),
        ("early_detail", "1999", 1999, 1999, 2, None, None, "published"),
        ("early_detail", "2000-2001", 2000, 2001, 4, None, None, "published"),
        ("check_total", "to 2003", None, 2003, 45, 21, 23, "final"),
    ]
    names = ["series", "period", "period_start", "period_end", "people", "men", "women", "status"]
    whole = dict.fromkeys(["period_start", "period_end", "people", "men", "women"], "Int64")
    return pd.DataFrame(rows, columns=names).astype(whole)


def test_official_series_alone_and_in_order(annual):
    table = arrivals.official(annual)
    assert table["people"].tolist() == [10, 6, 20, 8]
    assert table["years"].tolist() == [0, 3, 1, 1]
    assert table.loc[2, "women_share"] == 0.75
    assert list(arrivals.single_years(table).index) == [2002, 2003]


def test_sums_stay_within_one_series(annual):
    table = arrivals.sums_checked(annual).set_index("what")
    assert table.loc["bucket to 1998", "added"] == 10
    assert table.loc["bucket 1999-2001", ["added", "difference"]].tolist() == [6, 0]
    # 10 + 6 + 20 + 8 = 44, one short of the published 45.
    assert table.loc["total to 2003", ["series", "difference"]].tolist() == ["official series", -1]


def test_range_in_print_leaves_misprints_out(annual):
    rows = [
        ("2002", "arrivals", 23, "2003", "superseded"),
        ("2002", "arrivals", 20, "2026", "current"),
        ("2002", "arrivals", 99, "2003", "misprint"),
        ("January to May 2002", "arrivals", 9, "2002-06", "other_span"),
        ("to 2002", "running_total", 36, "2003", "superseded"),
    ]
    names = ["period", "measure", "people", "published", "standing"]
    printed = arrivals.in_print(pd.DataFrame(rows, columns=names))
    assert printed["people"].tolist() == [23, 20]
    ranges = arrivals.year_ranges(arrivals.official(annual), printed)
    assert ranges.loc[2002].tolist() == [20, 20, 23, 2] and ranges.loc[2003, "values"] == 1


def test_quarters_leave_halves_out():
    rows = [(2019, "h1", 9, "derived"), (2019, "q2", 5, "derived"), (2019, "q1", 4, "published")]
    frame = pd.DataFrame(rows, columns=["year", "part", "people", "status"])
    frame = frame.assign(men=pd.NA, women=pd.NA, split_status="not_published")
    table = arrivals.quarters(frame, 2019, 2019)
    assert table["people"].tolist() == [4, 5] and table["derived"].tolist() == [False, True]


def test_open_ends():
    frame = pd.DataFrame(
        {"value_low": [5, None, 1, None], "value_best": [None, None, None, 3],
         "value_high": [None, 9, 2, None]}, dtype="Int64",
    )  # fmt: skip
    table = arrivals.bounds(frame)
    assert table["open"].tolist() == ["up", "down", "", ""]
    assert table.loc[3, ["low", "high", "point"]].tolist() == [3, 3, 3]


def test_origin_change_needs_both_lists():
    rows = [
        ("2020-03", "pyongyang", 10), ("2020-03", "kaesong", 4), ("2020-03", "jagang", 30),
        ("2024-09", "pyongyang", 16), ("2024-09", "jagang", 34),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["as_of", "category", "people"])
    table = arrivals.origin_change(frame.assign(dimension="province_of_origin"), "2020-03",
                                   "2024-09")  # fmt: skip
    assert table["added"].to_dict() == {"pyongyang": 6, "jagang": 4}
    assert table.loc["pyongyang", ["share_before", "share_added"]].tolist() == [0.25, 0.6]


def test_legs_of_missions_part_and_those_by_land_follow_on():
    stops = [
        ("cn_embassy", 1, "CHN", "exit"), ("cn_embassy", 2, "PHL", "transit"),
        ("cn_embassy", 3, "SGP", "transit"), ("cn_embassy", 4, "KOR", "destination"),
        ("cn_laos_thailand", 1, "CHN", "origin"), ("cn_laos_thailand", 2, "CHN", "border"),
        ("cn_laos_thailand", 3, "LAO", "border"), ("cn_laos_thailand", 4, "THA", "exit"),
        ("cn_laos_thailand", 5, "KOR", "destination"),
    ]  # fmt: skip
    points = pd.DataFrame(stops, columns=["route_id", "stop", "country", "role"])
    kinds = pd.DataFrame(
        {"kind": "overland"}, index=[name for names in arrivals.ERAS.values() for name in names]
    )
    kinds.loc["cn_embassy", "kind"] = "mission"
    rest = pd.DataFrame(
        [(name, 1, "CHN", "exit") for name in kinds.index if name not in set(points["route_id"])],
        columns=points.columns,
    )
    table = arrivals.legs(kinds, pd.concat([points, rest]))
    first = table[table["era"].eq("Missions in China")]
    assert first[["origin", "target", "flown"]].to_numpy().tolist() == [
        ["PRK", "CHN", False], ["CHN", "PHL", True], ["PHL", "KOR", True],
        ["CHN", "SGP", True], ["SGP", "KOR", True],
    ]  # fmt: skip
    last = table[table["era"].eq("Laos and Thailand")]
    assert last[["origin", "target", "flown"]].to_numpy().tolist() == [
        ["PRK", "CHN", False], ["CHN", "LAO", False], ["LAO", "THA", False], ["THA", "KOR", True],
    ]  # fmt: skip


def test_staying_by_year_takes_the_end_that_was_said():
    frame = pd.DataFrame(
        {"year": [2001, 2001, 2002], "low": [None, 100, 5], "high": [10, 300, 5]}, dtype=float
    ).astype({"year": int})
    table = arrivals.staying_by_year(frame)
    assert table.loc[2001].tolist() == [2, 10, 300, 30]


# The real tables


def test_real_series_add_up():
    assert (arrivals.sums_checked(load.arrivals_annual())["difference"] == 0).all()
    total, parts = arrivals.police_adds_up(load.route_estimates())
    assert total == parts == 9622


def test_real_quarters_add_to_their_years():
    years = arrivals.single_years(arrivals.official(load.arrivals_annual()))
    added = arrivals.quarters(load.arrivals_quarterly(), 2019, 2023).groupby("year")["people"].sum()
    assert (added == years.loc[added.index, "people"]).all()


def test_real_events_are_in_the_table():
    table = arrivals.events(load.border_events())
    assert len(table) == len(arrivals.EVENTS) and table["when"].is_monotonic_increasing


def test_real_shares_of_thailand():
    table = arrivals.thai_shares(
        load.route_estimates(), load.route_shares(), load.arrivals_annual(), 2016
    )
    assert table.loc["graduates", "share"] == 0.72
    assert table.loc["entries", "share"] == pytest.approx(535 / 1418)


def test_real_direct_share_keeps_to_one_release():
    main = arrivals.official(load.arrivals_annual())
    share = arrivals.direct_share(load.official_totals(), main)
    assert share["people"] == 10 + 39 + 5 + 1 + 6
    assert share["arrivals"] == 2402 + 2706 + 1502 + 1514 + 1397


def test_no_leg_finer_than_a_country():
    table = arrivals.legs(load.routes(), load.waypoints())
    assert table[["origin", "target"]].map(len).eq(3).all().all()
    assert set(table["era"]) == set(arrivals.ERAS)

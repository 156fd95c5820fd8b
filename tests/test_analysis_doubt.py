"""Official totals, lists, other values and headlines, on cases worked out by hand."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers import load
from helpers.analysis import doubt
from helpers.data.vocab import Route
from tests.conftest import ROOT


def crossings(*rows):
    """Return counted crossings: (id, date, route, people, shots_at, outlets)."""
    names = ["incident_id", "date", "route", "people", "shots_at", "outlets"]
    table = pd.DataFrame(rows, columns=names)
    table = table.astype({"date": "datetime64[ns]", "people": "Int64"})
    return table.assign(
        year=table["date"].dt.year, direction="north_to_south", event_type="direct_defection",
        nationality="north_korean", affiliation="civilian", confidence="high", decision_ids=None,
        documents=table["outlets"], publishers=table["outlets"], voices=table["outlets"],
        apart=False, near=True, disputed=False, decided=False,
    )  # fmt: skip


@pytest.fixture
def six():
    table = crossings(
        ("f", "1988-05-05", "dmz_land", 1, "unknown", 1),
        ("a", "2003-01-01", "yellow_sea", 2, "unknown", 2),
        ("b", "2004-01-01", "yellow_sea", 3, "not_applicable", 1),
        ("c", "2011-10-30", "yellow_sea", 21, "unknown", 2),
        ("d", "2012-12-01", "dmz_land", 1, "crossers", 1),
        ("e", "2017-11-13", "jsa", 1, "crossers", 3),
    )
    table["confidence"] = ["low", *["high"] * 5]
    return table


def totals(*rows):
    """Return official totals of all routes in people: (series, start, end, best, high)."""
    names = ["series", "period_start", "period_end", "value_best", "value_high"]
    table = pd.DataFrame(rows, columns=names)
    table = table.astype({"value_best": "Int64", "value_high": "Int64"})
    period = table["period_start"] + " to " + table["period_end"]
    return table.assign(period=period, measure="direct_all", unit="people", value_low=pd.NA)


TOTALS = totals(
    ("jcs_2015", "2010", "2012", 25, 25),
    ("jcs_2015", "2011", "2011", 22, 22),
    ("jcs_2015", "2012", "2012", 0, 0),
    ("jcs_2016", "2012", "2017", 9, 9),
    ("mnd_1983", "1953", "1988-06", 4, 4),
    ("unification_briefings", "2017", "2017", None, 9),
)
NONE = crossings()


def test_official_totals_with_range_bound_and_outer(six):
    unclear = crossings(("u", "2012-03-01", "yellow_sea", 3, "unknown", 1))
    table = doubt.against_official(six, unclear, TOTALS).set_index("period")
    columns = ["official", "register", "difference", "least", "most"]
    assert tuple(table.loc["2010 to 2012", columns]) == (25, 22, -3, 22, 25)
    assert tuple(table.loc["1953 to 1988-06", columns]) == (4, 1, -3, 0, 1)
    assert table["bound"].to_dict()["2017 to 2017"] == "up to" and (table["bound"] != "").sum() == 1
    assert table.loc["2017 to 2017", "found"] == pytest.approx(1 / 9)
    assert set(table.index[~table["outer"]]) == {"2011 to 2011", "2012 to 2012"}


def test_a_crossing_that_a_total_helped_to_judge_is_no_part_of_what_it_tests(six):
    judged = six.assign(decided=six["incident_id"].eq("c"))
    table = doubt.against_official(judged, NONE, TOTALS).set_index("period")
    columns = ["register", "difference", "least", "most"]
    assert tuple(table.loc["2011 to 2011", columns]) == (0, -22, 0, 21)


def test_a_total_of_which_only_a_lower_bound_was_said(six):
    low = totals(("jcs_2025", "2011", "2011", None, None)).assign(value_low=30)
    table = doubt.against_official(six, NONE, low.astype({"value_low": "Int64"}))
    assert tuple(table.loc[0, ["official", "register", "bound"]]) == (30, 21, "at least")


def test_other_totals_than_of_direct_crossings_give_no_row(six):
    table = doubt.against_official(six, NONE, TOTALS.assign(measure="sea_returned"))
    assert len(table) == len(doubt.covered(table)) == 0
    assert len(doubt.cancelling(table)) == 0


def test_covered_joins_years_without_a_gap(six):
    table = doubt.covered(doubt.against_official(six, NONE, TOTALS))
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        ("direct_all", 1953, 1988), ("direct_all", 2010, 2017),
    ]  # fmt: skip


def test_cancelling_keeps_missing_and_surplus_apart(six):
    table = doubt.cancelling(doubt.against_official(six, NONE, TOTALS))
    # 2011 has 21 of 22, 2012 has 1 of 0, the rest (2010) 0 of 3: 4 missing, 1 too many.
    assert len(table) == 1
    assert tuple(table.loc[0, ["parts", "missing", "surplus"]]) == (2, 4, 1)


def test_chapman_by_hand():
    assert doubt.chapman(200, 150, 32) == pytest.approx(201 * 151 / 33 - 1)
    assert [doubt.chapman(3, 2, 1), doubt.chapman(5, 2, 2), doubt.chapman(2, 3, 0)] == [5, 5, 11]


@pytest.mark.parametrize("caught", [(3, 2, 3), (3, 2, -1)])
def test_chapman_refuses_the_impossible(caught):
    with pytest.raises(ValueError, match="caught twice"):
        doubt.chapman(*caught)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # k1 names a, b, e; k2 names c, d, e; f lies outside the days: 4*4/2 - 1 = 7.
        (("k1",), ("k2",), (2, 1, 2, 5, 7, "too few named twice")),
        (("k1",), ("e1",), (1, 2, 1, 5, 4 * 4 / 3 - 1, "below the register")),
        ((), (), (1, 4, 0, 5, 5, "one list lies in the other")),  # by language
        (("gone",), ("k1",), (0, 0, 3, 5, 3, "below the register")),
    ],
)
def test_captures_within_the_scope(six, first, second, expected):
    named = {"f": "k3", "a": "k1 e1", "b": "k1", "c": "k2 e1", "d": "k2 e2", "e": "k1 k2 e1"}
    pairs = pd.DataFrame(
        [(name, key) for name, keys in named.items() for key in keys.split()],
        columns=["incident_id", "source_id"],
    )
    pairs["language"] = pairs["source_id"].str[0].map({"k": "ko", "e": "en"})
    routes = (Route.YELLOW_SEA, Route.DMZ_LAND, Route.JSA)
    trial = doubt.Trial("all", routes, "2002-01-01", "2025-12-31", first, second)
    row = doubt.captures(six, pairs, [trial]).loc["all"]
    assert tuple(row[:4]) == expected[:4] and row["estimate"] == pytest.approx(expected[4])
    assert row["verdict"] == expected[5]


CONFLICTS = pd.DataFrame(
    [
        ("c1", "incidents", "c", "people", "20", 20.0, 20.0, "single", "no"),
        ("c1", "incidents", "c", "people", "19", 19.0, 19.0, "single", "no"),
        ("c1", "incidents", "c", "people", "21", 21.0, 21.0, "decision", "yes"),
        ("c2", "incidents", "d", "intent", "none: lost", None, None, "single", "no"),
        ("c2", "incidents", "d", "intent", "to stay", None, None, "decision", "yes"),
        ("c3", "incidents", "b", "people", "fewer than 5", None, 5.0, "first_hand", "no"),
        ("c3", "incidents", "b", "people", "several", None, None, "first_hand", "no"),
        ("c3", "incidents", "b", "people", "3", 3.0, 3.0, "decision", "yes"),
        ("c4", "incidents", "a", "people", "9", 9.0, 9.0, "refuted", "no"),
        ("c4", "incidents", "a", "people", "2", 2.0, 2.0, "single", "yes"),
        ("c5", "incidents", "g", "intent", "to stay", None, None, "first_hand", "no"),
        ("c5", "incidents", "g", "intent", "not genuine", None, None, "first_hand", "no"),
        *(("c6", "incidents", key, "intent", "to stay", None, None, "first_hand", "no")
          for key in ("before the armistice", "by China", "northward")),
        (doubt.WOUNDS, "facts", "wounds", "value", "5", 5.0, 5.0, "first_hand", "yes"),
        (doubt.WOUNDS, "facts", "wounds", "value", "7", 7.0, 7.0, "single", "no"),
    ],
    columns=[
        "conflict_id", "record_table", "record_id", "field", "value", "value_low", "value_high",
        "reason", "chosen",
    ],
).assign(topic=None, unit=None)  # fmt: skip


@pytest.fixture
def changes(six):
    other = crossings(
        ("g", "2019-11-02", "yellow_sea", 2, "unknown", 1),
        ("before the armistice", "1953-07-26", "dmz_land", 2, "unknown", 1),
        ("by China", "2019-11-02", "china_border", 2, "unknown", 1),
        ("northward", "2019-11-02", "yellow_sea", 2, "unknown", 1),
    ).assign(event_type="handover")
    other.loc[3, "direction"] = "south_to_north"
    every = pd.concat([six, other], ignore_index=True)
    return doubt.moves(CONFLICTS, every, six)


def test_moves_only_what_still_stands(changes):
    assert list(changes["conflict_id"]) == ["c1", "c1", "c2", "c5"]
    assert list(changes["incidents"]) == [0, 0, -1, 1]
    assert list(changes["people"]) == [-1, -2, -1, 2]


def test_nothing_contested_moves_nothing(six):
    table = doubt.moves(CONFLICTS.iloc[-2:], six, six)
    assert len(table) == 0 and {"incidents", "people", "route"} <= set(table.columns)


def test_rules(six):
    six.loc[5, ["apart", "disputed", "decided"]] = True
    unclear = crossings(("u", "2005-01-01", "yellow_sea", 3, "unknown", 1))
    sizes = {name: len(kept) for name, kept in doubt.rules(six, unclear).items()}
    assert list(sizes.values()) == [6, 3, 3, 3, 3, 1, 3, 5, 5, 5, 7]


def test_decided_by_totals():
    rows = pd.DataFrame({"decision_ids": ["d14", None, "d141;d12", "d02;d03"]})
    assert list(doubt.decided_by_totals(rows)) == [True, False, False, True]


def test_decisions_by_totals_are_decisions_on_official_numbers():
    text = (ROOT / "data" / "DECISIONS.md").read_text(encoding="utf-8")
    for name in doubt.DECIDED_BY_TOTALS:
        section = re.search(rf"^## {name} .*?(?=^## )", text, re.M | re.S).group()
        assert re.search("official number|official count|Joint Chiefs", section), name


def test_headlines_by_hand(six, changes):
    table = doubt.headlines(doubt.rules(six, NONE), changes, TOTALS, CONFLICTS)
    rows = table.set_index(["headline", "kind"])[["value", "low", "high", "open"]]
    found = {name: tuple(row) for name, row in rows.iterrows()}
    assert found["crossings", "counted"] == (6, 0, 6, False)  # nothing is a week apart
    assert found["crossings", "published"] == (6, 5, 7, False)
    assert found["crossings", "unknown"] == (6, 6, 6, True)
    # Of two other values for one incident only the worse counts: 29 - 2 - 1 and 29 + 2.
    assert found["people", "published"] == (29, 26, 31, False)
    assert found["people", "unknown"] == (29, 29, 40, True)  # 3, 1 and 7 more in official totals
    assert found["people", "together"] == (29, 0, 42, True)
    assert found["jsa", "published"] == (1, 1, 1, False)
    assert found["shot", "unknown"] == pytest.approx((2 / 3, 2 / 6, 5 / 6, False))
    assert found["wounds", "published"] == (5, 5, 7, False)


def test_headlines_without_crossings_or_wounds_have_no_row():
    moved = doubt.moves(CONFLICTS.iloc[:3], NONE, NONE)
    table = doubt.headlines(doubt.rules(NONE, NONE), moved, TOTALS, CONFLICTS.iloc[:3])
    assert len(table) == 0


def test_every_source_of_a_chronology_is_in_the_registry():
    keys = {key for trial in doubt.CHRONOLOGIES for key in trial.first + trial.second}
    assert keys <= set(load.sources().index)


@pytest.mark.parametrize(
    ("people", "low", "high", "change"),
    [(2, 3, 5, 1), (9, 3, 5, -4), (4, 3, 5, 0), (9, pd.NA, 5, -4), (2, 3, pd.NA, 1)],
)
def test_another_published_number_moves_the_count_to_its_nearer_end(people, low, high, change):
    row = SimpleNamespace(field="people", value_low=low, value_high=high, value="")
    assert doubt._change(row, people, counted=True) == (0, change)
    assert doubt._change(row, people, counted=False) == (0, 0)

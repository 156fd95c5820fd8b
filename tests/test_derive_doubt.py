"""Totals, captures, revisions and doubtful rows, on cases worked out by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers import load
from helpers.derive import doubt, register
from helpers.vocab import Route
from tests.test_derive_register import frame, spans


def test_chapman_by_hand():
    # 200 marked, 150 caught later, 32 of them marked: 201 * 151 / 33 - 1 = 918.727..., and
    # 201 * 151 * 168 * 118 / (33**2 * 34) = 16250.4: standard error 127.5.
    estimate, variance = doubt.chapman(200, 150, 32)
    assert estimate == pytest.approx(201 * 151 / 33 - 1) == pytest.approx(918.7273, abs=1e-4)
    assert math.sqrt(variance) == pytest.approx(127.48, abs=0.01)


def test_chapman_small_and_nested():
    assert doubt.chapman(3, 2, 1) == (5, 2)  # 4*3/2 - 1; 4*3*2*1 / (4*3)
    assert doubt.chapman(5, 2, 2) == (5, 0)
    assert doubt.chapman(2, 3, 0) == (11, pytest.approx(3 * 4 * 2 * 3 / 2))


@pytest.mark.parametrize("caught", [(3, 2, 3), (3, 2, -1)])
def test_chapman_refuses_the_impossible(caught):
    with pytest.raises(ValueError, match="caught twice"):
        doubt.chapman(*caught)


def test_unseen_interval_by_hand():
    # unseen 2 with variance 4: C = exp(1.96 sqrt(ln 2)) = 5.113; 10 + 2/C and 10 + 2 C.
    low, high = doubt.unseen_interval(10, 12, 4)
    factor = math.exp(1.959964 * math.sqrt(math.log(2)))
    assert (low, high) == pytest.approx((10 + 2 / factor, 10 + 2 * factor), rel=1e-6)
    assert doubt.unseen_interval(10, 10, 0) == (10, 10)


def test_unseen_if_dependent():
    assert doubt.unseen_if_dependent(27, 2, 14, 1) == pytest.approx(54 / 14)
    assert doubt.unseen_if_dependent(27, 2, 14, 5) == pytest.approx(270 / 14)
    assert math.isnan(doubt.unseen_if_dependent(3, 2, 0, 1))


@pytest.fixture
def six():
    table = frame(
        ("a", "2003-01-01", "yellow_sea", 2, "civilian", "unknown"),
        ("b", "2004-01-01", "yellow_sea", 3, "civilian", "not_applicable"),
        ("c", "2011-10-30", "yellow_sea", 21, "civilian", "unknown"),
        ("d", "2012-12-01", "dmz_land", 1, "soldier", "crossers"),
        ("e", "2017-11-13", "jsa", 1, "soldier", "crossers"),
        ("f", "1988-05-05", "dmz_land", 1, "soldier", "unknown"),
    )
    keys = ["k1;e1", "k1", "k2;e1", "k2;e2", "k1;k2;e1", "k3"]
    return table.assign(source_ids=keys, confidence=["high", "high", "high", "high", "high", "low"])


@pytest.fixture
def registry():
    table = pd.DataFrame(
        {
            "publisher": ["K1", "K2", "K3", "E1", "E2", "A"],
            "speaks_for": [None, None, None, None, "K2", None],
            "language": ["ko", "ko", "ko", "en", "en", "ko"],
            "note": [None, None, None, None, None, "Anchor: an event of 1988"],
        },
        index=pd.Index(["k1", "k2", "k3", "e1", "e2", "anchor"], name="source_id"),
    )
    return table.astype({"speaks_for": "string", "note": "string"})


CONFLICTS = pd.DataFrame(
    [
        ("c1", "incidents", "c", "people", "20", 20.0, 20.0, "single", "no"),
        ("c1", "incidents", "c", "people", "21", 21.0, 21.0, "decision", "yes"),
        ("c2", "incidents", "d", "intent", "none: lost", None, None, "single", "no"),
        ("c2", "incidents", "d", "intent", "to stay", None, None, "decision", "yes"),
        ("c3", "incidents", "b", "people", "fewer than 5", None, 5.0, "first_hand", "no"),
        ("c3", "incidents", "b", "people", "3", 3.0, 3.0, "decision", "yes"),
        ("c4", "incidents", "a", "people", "9", 9.0, 9.0, "refuted", "no"),
        ("c4", "incidents", "a", "people", "2", 2.0, 2.0, "single", "yes"),
        ("c5", "incidents", "g", "intent", "to stay", None, None, "first_hand", "no"),
        ("c5", "incidents", "g", "intent", "not genuine", None, None, "first_hand", "no"),
    ],
    columns=[
        "conflict_id", "record_table", "record_id", "field", "value", "value_low", "value_high",
        "reason", "chosen",
    ],
)  # fmt: skip


def trial(first, second, routes=(Route.YELLOW_SEA, Route.DMZ_LAND, Route.JSA)):
    return doubt.Trial("all", routes, "2002-01-01", "2025-12-31", first, second, "one", "other")


def test_named_leaves_anchors_out(six, registry):
    six.loc[5, "source_ids"] = "k3;anchor"
    pairs = doubt.named(six, registry)
    assert len(pairs) == 11 and "anchor" not in set(pairs["source_id"])
    assert pairs.loc[pairs["source_id"].eq("e1"), "language"].eq("lang:other").all()


def test_capture_counts_within_the_scope(six, registry):
    pairs = doubt.named(six, registry)
    row = doubt.capture(six, pairs, trial(("k1",), ("k2",)))
    # k1 names a, b, e; k2 names c, d, e; f lies outside the days: 4*4/2 - 1 = 7.
    assert (row["first_only"], row["second_only"], row["both"], row["known"]) == (2, 2, 1, 5)
    assert row["register"] == 5 and row["estimate"] == 7
    assert row["verdict"] == "too few caught twice"


def test_capture_by_language_is_nested(six, registry):
    row = doubt.capture(six, doubt.named(six, registry), trial(("lang:ko",), ("lang:other",)))
    assert (row["first_only"], row["second_only"], row["both"]) == (1, 0, 4)
    assert row["estimate"] == row["low"] == row["high"] == 5
    assert row["verdict"] == "tells nothing: one list lies in the other"


def test_capture_below_the_register_is_refuted(six, registry):
    row = doubt.capture(six, doubt.named(six, registry), trial(("k1",), ("e1",)))
    assert row["estimate"] == pytest.approx(4 * 4 / 3 - 1) and row["register"] == 5
    assert row["verdict"] == "refuted: below the register"


def test_dependence():
    row = pd.Series({"first_only": 27, "second_only": 2, "both": 14, "known": 43})
    table = doubt.dependence(row, [1, 2])
    assert table.loc[1, "total"] == pytest.approx(43 + 54 / 14)
    assert table.loc[2, "share_seen"] == pytest.approx(43 / (43 + 108 / 14))


def test_status_variants_and_single_sources(six, registry):
    marked = doubt.with_status(six, six, registry, CONFLICTS.iloc[:0])
    # d names K2 and a document that speaks for K2: one source.
    assert list(marked["independent"]) == [2, 1, 2, 1, 3, 1]
    table = doubt.by_status(marked, "decade")
    assert list(table.index) == [1980, 1990, 2000, 2010]
    assert list(table["incidents"]) == [1, 0, 2, 3] and list(table["single"]) == [1, 0, 1, 1]
    assert list(table["low"]) == [1, 0, 0, 0]
    unclear = frame(("u", "2005-01-01", "yellow_sea", 3, "civilian", "unknown"))
    sizes = {name: len(kept) for name, kept in doubt.variants(marked, unclear).items()}
    assert sizes == {
        "as counted": 6, "low left out": 5, "verified only": 3, "unclear added": 7,
    }  # fmt: skip


def test_by_status_has_all_routes(six, registry):
    table = doubt.by_status(doubt.with_status(six, six, registry, CONFLICTS.iloc[:0]), "route")
    assert list(table.index) == [route.value for route in register.DIRECT_ROUTES]
    assert list(table["verified"]) == [1, 0, 0, 2, 0, 0]


def test_moves_only_what_still_stands(six):
    other = frame(("g", "2019-11-02", "yellow_sea", 2, "fisher", "unknown"))
    every = pd.concat([six, other.assign(event_type="handover")], ignore_index=True)
    table = doubt.moves(CONFLICTS, every, six).set_index("conflict_id")
    assert sorted(table.index) == ["c1", "c2", "c5"]
    assert tuple(table.loc["c1", ["incidents", "people"]]) == (0, -1)
    assert tuple(table.loc["c2", ["incidents", "people"]]) == (-1, -1)
    assert tuple(table.loc["c5", ["incidents", "people"]]) == (1, 2)


def test_contested_fields():
    table = doubt.contested_fields(CONFLICTS)
    assert tuple(table.loc["people", ["conflicts", "settled", "weighed", "open"]]) == (3, 1, 2, 0)
    assert tuple(table.loc["intent", ["conflicts", "settled", "weighed", "open"]]) == (2, 0, 1, 1)


REVISIONS = pd.DataFrame(
    [
        ("arrivals", "2009", 2952, "2010-01-06", "superseded"),
        ("arrivals", "2009", 2927, "2011-05", "superseded"),
        ("arrivals", "2009", 2914, "2026", "current"),
        ("arrivals", "2010", 9999, "2011", "misprint"),
        ("arrivals", "2010", 2402, "2011", "current"),
        ("arrivals", "January to August 2017", 780, "2017-10", "other_span"),
        ("running_total", "2009", 18009, "2010", "superseded"),
    ],
    columns=["measure", "period", "people", "published", "standing"],
)


def test_revisions_first_against_last():
    years = doubt.revisions(REVISIONS)
    assert list(years.index) == [2009, 2010]
    assert tuple(years.loc[2009, ["values", "first", "last", "change", "spread"]]) == (
        3, 2952, 2914, -38, 38,
    )  # fmt: skip
    assert years.loc[2009, "change_share"] == pytest.approx(-38 / 2952)
    assert years.loc[2010, "values"] == 1 and years.loc[2010, "change"] == 0


def test_printed_marks_the_first():
    rows = doubt.printed(REVISIONS)
    assert list(rows["people"]) == [2952, 2927, 2914, 2402]
    assert list(rows["first"]) == [True, False, False, True]


TOTALS = pd.DataFrame(
    [
        ("jcs_2015", "direct_all", "2010 to 2012", "2010", "2012", 25, 25, "people"),
        ("jcs_2015", "direct_all", "2011", "2011", "2011", 22, 22, "people"),
        ("jcs_2015", "direct_all", "2012", "2012", "2012", 0, 0, "people"),
        ("unification_briefings", "direct_all", "2017", "2017", "2017", None, 9, "people"),
    ],
    columns=[
        "series", "measure", "period", "period_start", "period_end", "value_best", "value_high",
        "unit",
    ],
).astype({"value_best": "Int64", "value_high": "Int64"})  # fmt: skip


def test_against_official_range_bound_and_outer(six):
    table = doubt.against_official(six, six[six["confidence"].ne("low")], six, TOTALS)
    table = table.set_index("period")
    assert tuple(table.loc["2010 to 2012", ["official", "register", "difference"]]) == (25, 22, -3)
    assert table["bound"].to_dict()["2017"] and table["bound"].sum() == 1
    assert table.loc["2017", "found"] == pytest.approx(1 / 9)
    assert table["outer"].to_dict() == {
        "2010 to 2012": True, "2011": False, "2012": False, "2017": True,
    }  # fmt: skip


def test_cancelling_keeps_missing_and_surplus_apart(six):
    table = doubt.cancelling(doubt.against_official(six, six, six, TOTALS))
    # 2011 has 21 of 22, 2012 has 1 of 0, the rest (2010) 0 of 3: 4 missing, 1 too many.
    assert len(table) == 1
    assert tuple(table.loc[0, ["parts", "missing", "surplus", "net"]]) == (2, 4, 1, -3)


def test_clear_years():
    table = spans(("dmz_land", 1954, 2001, "no_rows"), ("air", 2026, 2026, "partial"))
    assert doubt.clear_years(table) == (2002, 2025)


def test_reach():
    rows = [("A", "people", 10.0, "x", 8.0, 10.0), ("A", "people", 10.0, "y", 10.0, 12.0)]
    names = ["headline", "unit", "value", "cause", "low", "high"]
    ends = doubt.reach(pd.DataFrame(rows, columns=names)).loc["A"]
    assert (ends["low"], ends["high"]) == (8, 12)
    assert (ends["down"], ends["up"]) == pytest.approx((-0.2, 0.2))


@pytest.fixture(scope="module")
def real():
    incidents, registry, conflicts = load.incidents(), load.sources(), load.conflicts()
    south = register.direct(incidents)
    marked = doubt.with_status(south, incidents, registry, conflicts)
    return marked, register.direct(incidents, event_type="unclear"), registry


def test_every_list_of_a_trial_is_in_the_registry(real):
    keys = {key for trial in doubt.TRIALS for key in trial.first + trial.second}
    assert {key for key in keys if not key.startswith("lang:")} <= set(real[2].index)
    assert doubt.TRIALS[-1].name == doubt.TRIED


def test_real_sensitivity_holds_its_counts(real):
    south, unclear, _ = real
    table = load.blind_years()
    table = table[table["direction"] == "north_to_south"]
    frames = doubt.variants(south, unclear)
    numbers = doubt.sensitivity(frames, table, load.arrivals_annual(), load.official_totals())
    counts = numbers.loc["incidents"]
    for name, kept in frames.items():
        assert counts[name].sum() == len(kept)
    assert numbers.index.is_unique and not numbers["outside"].any()
    assert not numbers.loc[("incidents", "jsa"), "moved"]

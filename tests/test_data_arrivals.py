"""Arrivals, official figures and estimates by route: sums, contested values, rows, types."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.data import crossrules
from helpers.data.check import check_all, check_table
from helpers.data.tables import TABLES
from helpers.data.tables.arrivals import ARRIVAL_TABLES
from helpers.data.tables.context import CONTEXT_TABLES
from tests.conftest import ROOT

OURS = [table.name for table in [*ARRIVAL_TABLES, *CONTEXT_TABLES]]
SEXES = ["people", "men", "women"]

# Rows of each table; DECISIONS.md (d40 to d59) says how they come from the evidence.
ROWS = {
    "arrivals_annual": 37,
    "arrivals_quarterly": 58,
    "arrivals_revisions": 64,
    "profile_cumulative": 198,
    "profile_checks": 37,
    "official_totals": 103,
    "border_events": 42,
    "route_estimates": 367,
    "route_shares": 24,
    "route_costs": 27,
}


@pytest.fixture(scope="module")
def checked():
    """Return typed frames, texts and faults of each of our tables."""
    found = {name: check_table(ROOT / "data", TABLES[name]) for name in OURS}
    texts = {name: parts[0] for name, parts in found.items()}
    frames = {name: parts[1] for name, parts in found.items()}
    faults = [fault for parts in found.values() for fault in parts[2]]
    return frames, texts, faults


@pytest.fixture
def spoilt(checked):
    """Return copies of the frames that a test may spoil."""
    frames, texts, _ = checked
    return {name: frame.copy() for name, frame in frames.items()}, texts


def test_tables_keep_their_schemas(checked):
    assert checked[2] == []


@pytest.mark.parametrize("name", OURS)
def test_rows(checked, name):
    assert len(checked[0][name]) >= ROWS[name]


@pytest.mark.parametrize("rule", crossrules.CROSS_RULES, ids=lambda rule: rule.__name__)
def test_rules_across_tables_hold(checked, rule):
    assert rule(checked[0], checked[1]) == []


@pytest.mark.parametrize("rule", crossrules.CROSS_RULES, ids=lambda rule: rule.__name__)
def test_rules_are_silent_without_their_tables(rule):
    assert rule({}, {}) == []


def _row(frame, **cells):
    kept = pd.Series(True, index=frame.index)
    for column, value in cells.items():
        kept &= frame[column].isna() if value is None else frame[column] == value
    assert kept.sum() == 1, cells
    return frame.index[kept][0]


SPOILS = {
    "running_totals": ("arrivals_annual", {"period": "to 2025"}, "women", 24_945),
    "details_in_spans": ("arrivals_annual", {"period": "2000"}, "people", 313),
    "quarters_against_years": ("arrivals_quarterly", {"year": 2019, "part": "q3"}, "people", 227),
    "current_revisions": (
        "arrivals_revisions",
        {"revision_id": "arrivals-2025-223"},
        "people",
        224,
    ),
    "superseded_revisions": (
        "arrivals_revisions",
        {"revision_id": "arrivals-2002-1140"},
        "people",
        1142,
    ),
    "revised_periods_have_a_current_value": (
        "arrivals_revisions",
        {"revision_id": "arrivals-2009-2914"},
        "standing",
        "superseded",
    ),
    "sexes_against_arrivals": (
        "profile_cumulative",
        {"as_of": "2024-09", "category": "women"},
        "people",
        24_696,
    ),
    "profile_groups": (
        "profile_checks",
        {"as_of": "2024-09", "dimension": "residence_in_south"},
        "groups",
        3,
    ),
    "profile_parts": (
        "profile_cumulative",
        {"as_of": "2024-09", "category": "seoul"},
        "people",
        6356,
    ),
    "official_parts": (
        "official_totals",
        {"series": "jcs_2015", "measure": "direct_transit"},
        "value_best",
        3,
    ),
    "official_periods": (
        "official_totals",
        {"series": "jcs_2015", "measure": "direct_all", "period": "2011"},
        "value_best",
        38,
    ),
    "estimate_periods": (
        "route_estimates",
        {"estimate_id": "thailand-entries-recorded-2008"},
        "value_best",
        1725,
    ),
}


def test_every_rule_is_spoilt_once():
    # The rules on judgement are spoilt in test_data_conflicts, the one on the day in test_data_jsa.
    # These are spoilt elsewhere, or by tests of their own.
    own = {crossrules.the_day_is_whole, crossrules.the_official_series_is_there}
    rules = set(crossrules.CROSS_RULES) - {*crossrules.JUDGEMENT_RULES, *own}
    assert set(SPOILS) == {rule.__name__ for rule in rules}


@pytest.mark.parametrize("name", SPOILS)
def test_rules_across_tables_bite(spoilt, name):
    frames, texts = spoilt
    table, where, column, value = SPOILS[name]
    frames[table].loc[_row(frames[table], **where), column] = value
    faults = getattr(crossrules, name)(frames, texts)
    assert faults
    assert all(fault.line > 1 and fault.file and fault.expected for fault in faults)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2022, (33_882, 9510, 24_372)),
        (2023, (34_078, 9542, 24_536)),
        (2024, (34_314, 9568, 24_746)),
        (2025, (34_537, 9593, 24_944)),
    ],
)
def test_official_series_makes_the_published_running_totals(year, expected):
    annual = load.arrivals_annual()
    main = annual[(annual["series"] == "official_main") & (annual["period_end"] <= year)]
    assert tuple(main[SEXES].sum()) == expected


def test_official_series_has_26_rows_without_gap():
    annual = load.arrivals_annual()
    main = annual[annual["series"] == "official_main"].sort_values("period_end")
    assert len(main) >= 26
    assert (main["period_start"].iloc[1:].to_numpy() == main["period_end"].iloc[:-1] + 1).all()


@pytest.mark.parametrize("year", range(2019, 2025))
def test_quarters_make_their_year(year):
    annual, quarterly = load.arrivals_annual(), load.arrivals_quarterly()
    rows = quarterly[(quarterly["year"] == year) & quarterly["part"].isin(["q1", "q2", "q3", "q4"])]
    assert len(rows) == 4
    assert rows["people"].sum() == annual.loc[_row(annual, period=str(year)), "people"]


def test_early_detail_makes_its_spans():
    annual = load.arrivals_annual()
    detail = annual[annual["series"] == "early_detail"].set_index("period")["people"]
    assert detail[["1999", "2000", "2001"]].tolist() == [148, 312, 583]
    assert detail[["1999", "2000", "2001"]].sum() == 1043
    assert detail.drop(["1999", "2000", "2001"]).sum() == 947


def _published(period):
    revisions = load.arrivals_revisions()
    rows = revisions[(revisions["period"] == period) & (revisions["measure"] == "arrivals")]
    return rows.set_index("people")


@pytest.mark.parametrize(
    ("period", "values", "current"),
    [
        ("2009", {2952, 2927, 2914}, 2914),
        ("2010", {2423, 2376, 2379, 2737, 2402}, 2402),
        ("2011", {2737, 2706}, 2706),
        ("2025", {224, 223}, 223),
    ],
)
def test_contested_arrivals_are_all_kept(period, values, current):
    rows = _published(period)
    assert set(rows.index) == values
    assert rows.index[rows["standing"] == "current"].tolist() == [current]


def test_2025_was_corrected_on_4_february_2026():
    rows = _published("2025")
    assert rows.at[224, "published"] == "2026-01-20"
    assert rows.at[223, "published"] == "2026-02-04"
    assert rows.at[224, "men"] - rows.at[223, "men"] == 1


def test_women_of_2024_misprint_and_truth():
    rows = _published("2024").set_index("women")
    assert rows["standing"].astype(str).to_dict() == {216: "misprint", 210: "current"}
    annual = load.arrivals_annual()
    assert annual.at[_row(annual, series="official_main", period="2024"), "women"] == 210


def test_thailand_is_united_and_contested():
    estimates, shares = load.route_estimates(), load.route_shares()
    thai = estimates[(estimates["place"] == "thailand") & (estimates["unit"] == "people")]
    entries = thai[thai["measure"] == "entries_recorded"]
    police = entries[entries["who_says"].str.startswith("Thai police")].set_index("period")
    years = [str(year) for year in range(2004, 2011)]
    assert police.loc[years, "value_best"].tolist() == [46, 115, 752, 1785, 1724, 1848, 2482]
    assert police.at["2004 to 2011-04", "value_best"] == 9622
    # No year, teller and value stands twice: the two evidence tables were united, not stacked.
    assert not entries.duplicated(["period_start", "period_end", "value_best"]).any()
    assert entries.at[_row(entries, period="2016"), "value_best"] == 535
    share = shares.loc[_row(shares, category="thailand", period="2016", measure="via_country")]
    assert share["value_best"] == 72
    assert share["standing"] == "contested"


def test_contested_stocks_and_returns_are_all_kept():
    estimates = load.route_estimates()
    china = estimates[(estimates["measure"] == "staying") & (estimates["period_start"] == "2001")]
    assert china["value_high"].min() == 10_000
    assert china["value_high"].max() == 300_000
    returns = estimates[
        (estimates["measure"] == "forced_returns") & (estimates["period"] == "2023-10-09")
    ]
    assert returns["value_low"].dropna().tolist() == [500]
    assert returns["value_best"].dropna().tolist() == [600]
    assert set(returns["standing"]) == {"contested"}


def test_direct_totals_of_2010_to_2015():
    totals = load.official_totals()
    rows = totals[(totals["series"] == "jcs_2015") & (totals["period"] == "2010 to 2015-07")]
    values = rows.set_index(rows["measure"].astype(str))["value_best"]
    assert values["direct_all"] == 65
    assert values[["direct_sea", "direct_land", "direct_transit"]].tolist() == [59, 4, 2]


def test_fiscal_years_of_resettlement_make_the_published_totals():
    estimates = load.route_estimates()
    rows = estimates[estimates["period"].str.fullmatch(r"FY\d{4}")].set_index("period")
    for last, total in {2013: 163, 2015: 186, 2018: 217}.items():
        years = [f"FY{year}" for year in range(2006, last + 1)]
        whole = estimates[estimates["period"] == f"FY2006 to FY{last}"]
        assert whole["value_best"].tolist() == [total]
        assert rows.loc[years, "value_best"].sum() == total


def test_no_direct_crossings_among_the_routes_abroad():
    places = set(load.route_estimates()["place"].astype(str))
    assert not any("direct" in place for place in places)


@pytest.mark.parametrize("name", OURS)
def test_loaders_give_typed_frames(name):
    frame = getattr(load, name)()
    assert list(frame.columns) == TABLES[name].columns
    kinds = {
        "integer": lambda dtype: dtype == "Int64",
        "number": lambda dtype: dtype == "Float64",
        "category": lambda dtype: isinstance(dtype, pd.CategoricalDtype) and dtype.ordered,
    }
    for column, schema in TABLES[name].schema.columns.items():
        is_right = kinds.get(schema.kind, pd.api.types.is_string_dtype)
        assert is_right(frame[column].dtype), column


@pytest.mark.parametrize("name", OURS)
def test_columns_are_described(name):
    for column, schema in TABLES[name].schema.columns.items():
        assert schema.description and schema.description.endswith("."), column
        if schema.kind in ("integer", "number"):
            assert schema.unit, column
        assert schema.nullable == bool(schema.missing), column


def test_the_official_series_must_be_there(data):
    path = data / "arrivals" / "arrivals_annual.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("official_main")]
    path.write_text("".join(kept), encoding="utf-8")
    assert ("series", "official_main", "has no row") in {
        (fault.column, fault.value, fault.problem) for fault in check_all(data)
    }

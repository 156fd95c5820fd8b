"""Arrivals, official figures and estimates by route: published sums and contested values."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load

SEXES = ["people", "men", "women"]


def _row(frame, **cells):
    kept = pd.Series(True, index=frame.index)
    for column, value in cells.items():
        kept &= frame[column].isna() if value is None else frame[column] == value
    assert kept.sum() == 1, cells
    return frame.index[kept][0]


def test_official_series_makes_the_published_running_totals():
    annual = load.arrivals_annual()
    main = annual[annual["series"] == "official_main"]
    sums = {
        year: tuple(main.loc[main["period_end"] <= year, SEXES].sum())
        for year in (2022, 2023, 2024, 2025)
    }
    assert sums == {
        2022: (33_882, 9510, 24_372),
        2023: (34_078, 9542, 24_536),
        2024: (34_314, 9568, 24_746),
        2025: (34_537, 9593, 24_944),
    }


def test_official_series_has_no_gap():
    annual = load.arrivals_annual()
    main = annual[annual["series"] == "official_main"].sort_values("period_end")
    assert (main["period_start"].iloc[1:].to_numpy() == main["period_end"].iloc[:-1] + 1).all()


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

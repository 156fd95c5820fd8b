"""Sentences on arrivals: numbers by hand, and what the real ones must say."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import load
from helpers.derive import arrivals as derive
from helpers.facts import arrivals as facts
from tests.test_derive_arrivals import annual  # noqa: F401


@pytest.fixture
def printed():
    return pd.DataFrame(
        {"year": [2002, 2002], "people": [23, 20], "published": ["2003", "2026"],
         "current": [False, True]}
    )  # fmt: skip


def test_critic_weighs_the_lowest_peak_against_every_other_year(annual, printed):  # noqa: F811
    words = facts.critic(derive.official(annual), printed)
    assert words.startswith("The objection does not hold: of 2 single years 1 have")
    # 20 to 8 is 60 % less, 23 to 8 is 65.2 % less.
    assert "60.0% to 65.2%" in words and "(8 in 2003)" in words


def test_peak_and_trough(annual):  # noqa: F811
    table = derive.official(annual)
    assert (facts.peak(table), facts.trough(table)) == (2002, 2003)
    assert facts.arrivals_title(table).startswith("Arrivals peaked at 20 in 2002, fell to 8")


def test_quarters():
    frame = pd.DataFrame(
        {"year": [2019, 2019, 2020, 2020, 2020], "quarter": [1, 2, 1, 2, 3],
         "people": [100, 200, 50, 5, 30]}
    )  # fmt: skip
    words = facts.by_quarter(frame, 2020)
    assert "brought 100 to 200" in words and "still brought 50, the second 5" in words
    assert "above 30, 20% of the mean" in words


@pytest.fixture(scope="module")
def real():
    estimates, annual_table = load.route_estimates(), load.arrivals_annual()
    return {
        "main": derive.official(annual_table),
        "printed": derive.in_print(load.arrivals_revisions()),
        "quarters": derive.quarters(load.arrivals_quarterly(), 2019, 2023),
        "shares": derive.thai_shares(estimates, load.route_shares(), annual_table, 2016),
        "origin": derive.origin(load.profile_cumulative(), load.profile_checks(), "2024-09"),
        "thai": derive.thailand(estimates),
        "legs": derive.legs(load.routes(), load.waypoints()),
        "prices": derive.prices(load.route_costs()),
        "staying": derive.staying(estimates),
    }


def test_answer_is_two_sentences_with_its_ranges(real):
    direct = derive.direct_share(load.official_totals(), real["main"])
    words = facts.answer(real["main"], real["printed"], real["shares"], 2016, direct)
    assert len(re.findall(r"\.(?: |$)", words)) == 2
    assert "34,537" in words and "72% of them women" in words
    assert "2,914, 2,927 and 2,952 in print" in words and "38% and 72%" in words


def test_titles_fit_their_evidence(real):
    assert "2,914 in 2009" in facts.arrivals_title(real["main"])
    assert facts.origin_title(real["origin"]).startswith("76% came from the two provinces")
    assert "38% or 72%" in facts.transit_title(real["shares"], 2016)
    # 3 to 3.5 million won in 2010, 20 to 30 million before the pandemic.
    assert "5 to 15 times" in facts.price_title(real["prices"])
    assert "For 2001 and 2004" in facts.staying_title(real["staying"])
    assert facts.routes_title(real["legs"]).endswith("Laos and Thailand")


def test_two_shares_say_what_they_are_shares_of(real):
    words = facts.two_shares(real["shares"], 2016)
    assert "535 entries on record are 38% of the 1,418 arrivals" in words
    assert "some 1,021 would" in words and "486 more" in words


def test_alternative_texts_keep_their_length(real):
    texts = [
        facts.arrivals_alt(real["main"], real["quarters"]), facts.origin_alt(real["origin"]),
        facts.transit_alt(real["thai"], real["shares"]), facts.routes_alt(real["legs"]),
        facts.price_alt(real["prices"]), facts.staying_alt(real["staying"]),
    ]  # fmt: skip
    assert all(60 <= len(text) <= 400 for text in texts)


def test_survey_of_prices():
    words = facts.survey(load.route_costs())
    assert "27.8% paid 4,000,000 to 5,990,000 KRW" in words and "26% paid nothing" in words

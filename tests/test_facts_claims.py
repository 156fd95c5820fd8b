"""Sentences on the claims: words by hand, and what the real ones must say."""

from __future__ import annotations

import re

import pytest

from helpers import load
from helpers.derive import claims as derive
from helpers.facts import claims as facts
from tests.test_derive_claims import small  # noqa: F401


@pytest.fixture(scope="module")
def real():
    tables = (
        load.report_claims(), load.claim_evidence(), load.jsa_facts_2017(), load.sources(),
    )  # fmt: skip
    claims, evidence, printed, sources = tables
    return {
        "weighed": derive.weigh(*tables),
        "other": derive.other_rules(*tables),
        "heard": derive.voices(claims, evidence, sources),
        "published": derive.values(claims, evidence, printed),
        "evidence": evidence,
    }


def test_words_of_a_small_case(small):  # noqa: F811
    weighed = derive.weigh(*small)
    assert facts.title(weighed) == (
        "Of 2 claims in the 2017 report one holds with a range and one cannot be checked"
    )
    assert "with none left unchecked" not in facts.answer(weighed, derive.other_rules(*small))
    words = facts.data(weighed, small[1], derive.voices(small[0], small[1], small[3]))
    assert "4 pieces of evidence from 6 documents" in words
    assert "3 independent voices; a claim has 1 to 3" in words


def test_every_claim_has_a_short_name(real):
    assert set(facts.SHORT) == set(real["weighed"].index)


def test_answer_is_two_sentences_with_the_counts(real):
    words = facts.answer(real["weighed"], real["other"])
    assert len(re.findall(r"\.(?: |$)", words)) == 2
    assert words.startswith(f"Of the {len(real['weighed'])} claims")
    assert "his age and why he left the jeep" in words


def test_ranges_name_the_lowest_and_highest(real):
    assert "4 to 7 wounds where the report had 5" in facts.ranges(real["weighed"])
    assert "2 to 3 violations where the report had 2" in facts.ranges(real["weighed"])


def test_disputed_and_preferred(real):
    words = facts.disputed(real["weighed"], real["published"])
    assert "in print are 24, 25 and 26" in words
    assert "why he left the jeep (wheel in a drainage ditch)" in facts.preferred(
        real["weighed"], real["published"]
    )


def test_arrivals_by_hand():
    scale = {"arrived": 31339, "all": 500, "direct": 10, "share": 0.02}
    words = facts.arrivals(scale, 2017, 2010, 2011)
    assert "31,339 arrivals" in words and "10 people" in words and "2% of 500 arrivals" in words


def test_critic_and_one_more(real):
    assert facts.critic(real["other"]).startswith("The objection holds for some claims")
    quiet = real["other"].assign(changed=0)
    assert facts.critic(quiet).startswith("The objection does not hold")
    assert "five wounds" in facts.one_more(real["weighed"])


def test_printed_is_in_order_of_verdict(real):
    rows = facts.printed(real["weighed"], real["published"], real["evidence"])
    assert len(rows) == len(real["weighed"]) and rows["Linked"].sum() == len(real["evidence"])
    assert rows["Verdict"].iloc[0].startswith("Holds (")
    assert rows.loc["rc06", "In print now"] == "24; 25; 26"


def test_alt_fits(real):
    assert 60 <= len(facts.alt(real["weighed"])) <= 400

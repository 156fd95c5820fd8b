"""The rule of the verdicts, by hand: numbers compared, voices counted, thresholds."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import claims as derive
from helpers.data.tables.claims import compared
from helpers.data.vocab import Stance, Verdict


def number(reading="exact", low=None, high=None, unit="wounds"):
    return {"reading": reading, "value_low": low, "value_high": high, "unit": unit}


FIVE = number(low=5, high=5)
FORTY = number("about", 40, 40, "rounds")


@pytest.mark.parametrize(
    ("claim", "fact", "stance"),
    [
        (FIVE, number(low=5, high=5), Stance.SUPPORTS),
        (FIVE, number("range", 5, 6), Stance.QUALIFIES),
        (FIVE, number("at_least", 4), Stance.QUALIFIES),
        (FIVE, number("at_least", 5), Stance.QUALIFIES),
        (FIVE, number("more_than", 5), Stance.CONTRADICTS),
        (FIVE, number("less_than", None, 5), Stance.CONTRADICTS),
        (FIVE, number("at_least", 6), Stance.CONTRADICTS),
        (FIVE, number(low=7, high=7), Stance.CONTRADICTS),
        (FORTY, number("about", 40, 40, "rounds"), Stance.SUPPORTS),
        (FORTY, number("more_than", 40, None, "rounds"), Stance.QUALIFIES),
        (FORTY, number(low=46, high=46, unit="rounds"), Stance.CONTRADICTS),
        (FIVE, number(low=5, high=5, unit="rounds"), None),
        (FIVE, number("text", unit=None), None),
    ],
)
def test_compared(claim, fact, stance):
    assert compared(claim, fact) == stance


def row(same=0, narrowing=0, against=0, first=False):
    return {"for": same, "narrowing": narrowing, "against": against, "first_hand": first}


@pytest.mark.parametrize(
    ("voices", "verdict"),
    [
        (row(), Verdict.UNCHECKED),
        (row(same=1), Verdict.UNCHECKED),
        (row(same=1, first=True), Verdict.HOLDS),
        (row(same=2), Verdict.HOLDS),
        (row(same=1, narrowing=1), Verdict.RANGE),
        (row(same=9, against=1), Verdict.RANGE),
        (row(same=9, against=2), Verdict.DISPUTED),
        (row(against=1, first=True), Verdict.DISPUTED),
    ],
)
def test_verdict(voices, verdict):
    assert derive.verdict(voices) is verdict


def test_other_thresholds():
    assert derive.verdict(row(same=1, first=True), derive.Rule(first_hand=False)) == "unchecked"
    assert derive.verdict(row(same=9, against=1), derive.Rule(against=1)) == "disputed"
    assert derive.verdict(row(same=2), derive.Rule(voices=3)) == "unchecked"


@pytest.fixture
def small():
    claims = pd.DataFrame(
        [
            ("a", "Five wounds.", "wounds", "5", "exact", 5.0, 5.0, "wounds", "report"),
            ("b", "A treaty.", "history", None, "text", None, None, None, "report"),
        ],
        columns=["claim_id", "claim", "topic", "value", "reading", "value_low", "value_high",
                 "unit", "source_ids"],
    ).set_index("claim_id")  # fmt: skip
    facts = pd.DataFrame(
        [
            ("wounds", 1, "Wounds", "5", "exact", 5.0, 5.0, "wounds", "yes"),
            ("wounds", 2, "Wounds", "5-6", "range", 5.0, 6.0, "wounds", "no"),
            ("wounds", 3, "Wounds", "9", "exact", 9.0, 9.0, "wounds", "no"),
        ],
        columns=["fact_id", "variant", "label", "value", "reading", "value_low", "value_high",
                 "unit", "preferred"],
    )  # fmt: skip
    evidence = pd.DataFrame(
        [
            ("a", "jsa_facts_2017", "wounds_1", "supports", "army;paper;report", "army"),
            ("a", "jsa_facts_2017", "wounds_2", "qualifies", "paper2;other", None),
            ("a", "jsa_facts_2017", "wounds_3", "set_aside", "gossip", None),
            ("b", "sources", "other", "contradicts", "other", None),
        ],
        columns=["claim_id", "record_table", "record_id", "stance", "source_ids", "first_hand_ids"],
    )
    sources = pd.DataFrame(
        {
            "publisher": ["Radio", "Paper", "Paper", "Other", "Gossip", "Report"],
            "speaks_for": ["Army", None, None, None, None, None],
        },
        index=["army", "paper", "paper2", "other", "gossip", "report"],
    )
    return claims, evidence, facts, sources


def test_voices_leave_the_report_out_and_put_both_sides_in_the_middle(small):
    claims, evidence, _, sources = small
    heard = derive.voices(claims, evidence, sources)
    assert list(heard.itertuples(index=False, name=None)) == [
        ("a", "Army", "for", True),
        ("a", "Other", "narrowing", False),
        ("a", "Paper", "narrowing", False),
        ("a", "Gossip", "set_aside", False),
        ("b", "Other", "against", False),
    ]


def test_values_in_order_of_the_claims(small):
    claims, evidence, facts, _ = small
    table = derive.values(claims, evidence[::-1], facts)
    assert table["record_id"].tolist() == ["wounds_3", "wounds_2", "wounds_1"]
    assert [*table.columns[:3], *table.index] == ["claim_id", "record_id", "stance", 0, 1, 2]


def test_weigh(small):
    weighed = derive.weigh(*small)
    assert weighed.loc["a", ["voices", "for", "narrowing", "set_aside"]].tolist() == [3, 1, 2, 1]
    assert weighed.loc["a", ["values", "lowest", "highest"]].tolist() == [2, 5, 6]
    assert weighed["verdict"].tolist() == ["range", "unchecked"]
    assert derive.verdicts(weighed).tolist() == [0, 1, 0, 1]
    assert derive.one_more_against(weighed).tolist() == ["range", "disputed"]


def test_other_rules_count_every_claim(small):
    other = derive.other_rules(*small)
    assert (other.drop(columns="changed").sum(axis=1) == 2).all()
    assert other.loc["As stated", "changed"] == 0
    assert other.loc["One source against makes a dispute", "changed"] == 0


def test_a_source_that_is_not_there(small):
    claims, evidence, facts, sources = small
    with pytest.raises(KeyError, match="gossip"):
        derive.weigh(claims, evidence, facts, sources.drop(index="gossip"))

"""Sentences on the context: numbers by hand, and what the real ones must say."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.derive import context, register
from helpers.facts import context as facts
from tests.test_derive_context import BLIND, few  # noqa: F401

UNTIL = pd.Timestamp(2025, 12, 31)


@pytest.fixture(scope="module")
def real():
    south = register.direct(load.incidents())
    spans = load.blind_years()
    spans = spans[spans["direction"] == "north_to_south"]
    jsa = south[south["route"] == "jsa"]
    arrivals, totals = load.arrivals_annual(), load.official_totals()
    land = south[south["route"].isin(["jsa", "dmz_land"])]
    shot = context.harm(land, register.group(land))
    shot = shot[shot["harm"].eq("shot_at") & shot["group"].isin(["In uniform", "Civilians"])]
    return {
        "scale": context.scale(south, arrivals, totals)["people"],
        "shares": context.direct_share(south, arrivals, totals),
        "rates": context.rates(south, spans, 2025),
        "waits": context.waits(jsa, UNTIL),
        "harm": context.harm(south),
        "groups": context.group_rates(south, spans, 2025),
        "shot": shot,
        "jsa": jsa,
        "south": south,
    }


@pytest.mark.parametrize(
    ("share", "words"), [(0.00694, "0.7%"), (0.00014, "0.01%"), (0.0739, "7.4%"), (0, "0.0%")]
)
def test_small(share, words):
    assert facts.small(share) == words


def test_answer_is_two_sentences(real):
    mean = context.mean_wait(real["waits"])
    words = facts.answer(real["rates"], real["scale"], mean, UNTIL)
    assert words.startswith("Of 34,537 arrivals to the end of 2025, 240 are")
    assert "five through the Joint Security Area (about 1 in 6,910)" in words
    assert "eight crossings from 1953 to 2025, one in 9 years" in words
    assert words.endswith("and two since 2002.") and words.count(". ") == 1


def test_waits_by_hand(few):  # noqa: F811
    table = context.waits(few[few["route"] == "jsa"], pd.Timestamp(2014, 7, 27))
    assert "raised it from 20.0 to 25.0 years" in facts.waits_title(table)
    assert facts.wait_names(table)[0] == "Armistice to 1963"
    assert "is on 28 July 2038:" in facts.next_one(table)


def test_rates_by_hand(few):  # noqa: F811
    table = context.rates(few, BLIND, 2013)
    assert "Since 2002, when every route is seen, the JSA 0.08 a year" in facts.rates_fact(
        table, 2002
    )
    assert "since 2002 (" not in facts.rates_title(table, 2002)
    assert "saw about 1;" in facts.rates_title(table, 2002)


def test_harm_says_what_no_row_can(real):
    assert "3 of 6 in the JSA, 2 of 17 on the land line" in facts.harm_title(real["harm"])
    assert "13 people shot dead out of sight" in facts.survivors(real["harm"])
    assert ".0 of" not in facts.harm_fact(real["harm"])


def test_the_real_ones(real):
    assert "two through the JSA" not in facts.scale_title(real["scale"])
    assert "two of 19 through the JSA" in facts.groups_title(real["groups"], 2002)
    assert "11%, 95% interval 1% to 33%" in facts.groups_fact(real["groups"], real["shot"], 2002)
    assert "fewer than 0.8%" in facts.share_title(real["shares"])
    assert "54 against 61 for 2010 to 2014" in facts.share_fact(real["shares"])
    assert "58 more to May 1983" in facts.scale_fact(real["scale"])
    assert "2.6 times" in facts.critic_share(real["shares"], real["scale"])
    assert "from 0.61 to 1.12 a year" in facts.critic_rates(real["rates"], 2002)
    counts = facts.critic_count(context.jsa_counts(real["jsa"], UNTIL))
    assert "citizens of the North only: 5" in counts and "8 years and one in 14" in counts
    cases, stays = context.nearest(real["south"]), context.nearest_stays(real["south"])
    assert "13 October 1996, with three of five features" in facts.nearest(cases, stays)
    assert "not known" in facts.nearest_table(cases)["shot at"].tolist()


def test_alternative_texts_fit(real):
    texts = [
        facts.scale_alt(real["scale"]),
        facts.share_alt(real["shares"]),
        facts.rates_alt(real["rates"], 2002),
        facts.waits_alt(real["waits"]),
        facts.harm_alt(real["harm"]),
        facts.groups_alt(real["groups"], 2002),
    ]
    assert all(60 <= len(text) <= 400 for text in texts)
    assert not any("{" in text for text in texts)

"""Sentences on the register: words, numbers by hand, and what the real ones must say."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import load
from helpers.derive import register
from helpers.facts import register as facts
from tests.test_derive_register import frame, spans


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (0.0048, "0.5%"), (0.072, "7%"), (0.48, "48%"), (1, "100%")]
)
def test_percent(share, words):
    assert facts.percent(share) == words


def test_words():
    assert facts.count(1, "row") == "one row" and facts.count(3, "row") == "three rows"
    assert facts.number(1234) == "1,234"
    assert facts.listed(["a"]) == "a" and facts.listed("abc") == "a, b and c"
    assert facts.long_date(pd.Timestamp(1953, 7, 27)) == "27 July 1953"


@pytest.fixture
def four():
    return frame(
        ("a", "1967-03-22", "jsa", 1, "official", "crossers"),
        ("b", "1980-01-01", "dmz_land", 1, "soldier", "not_applicable"),
        ("c", "2011-10-30", "yellow_sea", 21, "civilian", "unknown"),
        ("d", "2017-11-13", "jsa", 1, "soldier", "crossers"),
    )


def test_answer(four):
    words = facts.answer(four, four.iloc[[2]], four[four["route"] == "jsa"])
    assert "4 incidents in which 24 people" in words
    assert "up to 5 with 45" in words
    assert "led two of them, with two people: 50% of the incidents" in words
    assert words.endswith("one northern soldier, the last on 13 November 2017.")
    assert len(re.findall(r"\.(?: |$)", words)) == 2


def test_who(four):
    words = facts.who(four)
    assert "2 of 3 incidents were by people in uniform (67%)" in words
    assert "by water 0 of the 1 whose people are known (0%)" in words
    assert "1 incidents by water, 25% of all, brought 21 of 24 people" in words


def test_critic_parts_at_the_last_blind_year(four):
    words = facts.critic(four, spans(("dmz_land", 1990, 2001, "no_rows")))
    assert words.startswith("The objection does not hold")
    assert "until 2001 the JSA has 1 of 2 known incidents (50%)" in words
    assert "since 2002 1 of 2 (50%" in words


def test_one_more(four):
    words = facts.one_more(four, register.shot_at(four))
    assert "from 50.0% to 60.0%" in words and "lower it to 40.0%" in words
    assert "3 of 3 instead of 2 of 2" in words


def test_jsa_cases(four):
    cases = facts.jsa_cases(four)
    assert cases["who"].tolist() == [
        "North Korean official, shot at", "North Korean soldier, shot at",
    ]  # fmt: skip
    assert cases["kpa"].tolist() == [False, True]


@pytest.fixture(scope="module")
def real():
    south = register.direct(load.incidents())
    table = load.blind_years()
    return south, table[table["direction"] == "north_to_south"]


def test_every_title_fits_its_evidence(real):
    south, table = real
    shots = register.shot_at(south)
    assert "three of them in the JSA" in facts.shot_at_title(shots)
    assert "eight in" in facts.jsa_title(south) and "three northern" in facts.jsa_title(south)
    assert facts.map_title(south).endswith("Cheorwon or Goseong")
    assert "after 2001" in facts.time_title(south, table)


def test_alternative_texts_keep_their_length(real):
    south, table = real
    decades = register.by_decade(south)
    texts = [
        facts.time_alt(south, register.blind(south, table)), facts.who_alt(south),
        facts.shot_at_alt(register.shot_at(south)), facts.jsa_alt(south, decades),
    ]  # fmt: skip
    assert all(60 <= len(text) <= 400 for text in texts)


def test_joint_chiefs_65_are_59_and_6(real):
    south, _ = real
    table = register.against_official(south, load.official_totals())
    words = facts.against_official(table)
    assert "counted 65 people, 59 by sea or coast and 6 by land" in words
    assert "all 6 by land" in words

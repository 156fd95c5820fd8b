"""Sentences on doubt: numbers by hand, and what the real ones must say."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import load
from helpers.derive import doubt, register
from helpers.facts import doubt as facts
from tests.test_derive_doubt import REVISIONS


@pytest.fixture
def years():
    return doubt.revisions(REVISIONS)


def test_revised(years):
    words = facts.revised(years)
    assert "Of 2 years" in words and "1 ended on another number" in words
    assert "no higher, one lower" in words
    assert "that of 2009, from 2,952 to 2,914 (-1.3%)" in words
    assert words.endswith("make -38 people.")
    assert facts.revised_title(years).endswith("1.3% of a year at most, 38 people")


def captures(**values):
    row = {
        "first_only": 27, "second_only": 2, "both": 14, "known": 43, "register": 43,
        "estimate": 46.6, "low": 43.8, "high": 59.5, "verdict": "a floor",
    }  # fmt: skip
    other = row | {"estimate": 5.0, "verdict": "refuted: below the register"}
    table = pd.DataFrame([other, row | values], index=["x", doubt.TRIED])
    return table.rename_axis("trial")


def test_overlap():
    words = facts.overlap(captures())
    assert "One of two pairs carry no estimate" in words
    assert "46.6 incidents (95% interval 44 to 60) against 43" in words
    assert facts.overlap_title(captures()).startswith("Only one of two pairs")


def test_one_more():
    # 42 * 18 / 15 - 1 = 49.4 where only the second names it; 43 * 18 / 16 - 1 = 47.375 where both.
    words = facts.one_more(captures().loc[doubt.TRIED])
    assert "from 46.6 to 49.4; one more that both name, to 47.4" in words


def test_contested():
    fields = pd.DataFrame({"conflicts": [3, 2], "open": [1, 0]}, index=["people", "date"])
    changes = pd.DataFrame({"incidents": [-1, 1, 0], "people": [-4, 2, 1]})
    words = facts.contested(fields, changes)
    assert "differ on 5 things; for 1 nothing" in words
    assert "one would take an incident out, one would put one in, one change" in words


def doubts():
    rows = [
        ("Direct crossings: incidents", "incidents", 111.0, "verified only", 87.0, 111.0),
        ("JSA: incidents", "incidents", 8.0, "verified only", 8.0, 8.0),
        ("JSA: share of incidents", "share", 0.072, "95% interval", 0.032, 0.137),
        ("Shot at: share of the known", "share", 5 / 24, "unknown all no, all yes", 0.045, 0.829),
    ]
    names = ["headline", "unit", "value", "cause", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def test_headline_words():
    words = facts.headline_words(doubts())
    assert tuple(words.loc["JSA: incidents"]) == ("8", "unmoved")
    assert tuple(words.loc["Shot at: share of the known"]) == ("20.8%", "4.5% to 82.9%")
    assert facts.headlines(doubts()).startswith("Nothing moves the JSA's incidents.")
    assert facts.headlines_title(doubts()).endswith("the share shot at could be 4% or 83%")


def test_critic_net():
    rows = [
        ("jcs_2015", "direct_all", "people", "2010 to 2015-07", 6, 7, 0, -7),
        ("unification_sea_2017", "direct_sea", "people", "2010 to 2017", 3, 6, 4, -2),
    ]
    names = ["series", "measure", "unit", "period", "parts", "missing", "surplus", "net"]
    words = facts.critic_net(pd.DataFrame(rows, columns=names))
    assert "7 people are missing and none too many" in words
    assert "the net difference is 2, but 6 are missing" in words


@pytest.fixture(scope="module")
def real():
    incidents, registry, contested = load.incidents(), load.sources(), load.conflicts()
    south = register.direct(incidents)
    south = doubt.with_status(south, incidents, registry, contested)
    frames = doubt.variants(south, register.direct(incidents, event_type="unclear"))
    official = doubt.against_official(
        south, frames["low left out"], frames["unclear added"], load.official_totals()
    )
    changes = doubt.moves(contested, incidents, south)
    table = doubt.headlines(
        frames, changes, official, contested, load.jsa_facts_2017(), load.arrivals_annual(),
        load.arrivals_revisions(),
    )  # fmt: skip
    return south, registry, official, table


def test_answer_is_two_sentences_with_range_and_period(real):
    south, _, official, table = real
    words = facts.answer(official, table, south)
    assert len(re.findall(r"\.(?: |$)", words)) == 2
    assert "of the 94 people whom the Defence Ministry counted from 1953 to May 1983" in words
    assert f"its {len(south)} direct crossings from 1953 to" in words


def test_official_words(real):
    _, _, official, _ = real
    assert "misses at least 58 of 94 people" in facts.official(official)
    drawn = facts.drawn_totals(official)
    assert list(drawn["unit"].unique()) == ["people", "incidents"]
    assert "all routes, 1953-1983" in set(drawn["what"])


def test_unseen_by_the_forces():
    words = facts.critic_unseen(load.official_totals())
    assert words.startswith("Of 65 people in 2010 to 2015-07") and "15 come (23%" in words


def test_alternative_texts_keep_their_length(real):
    south, registry, official, table = real
    caught = doubt.captures(south, doubt.named(south, registry))
    years = doubt.revisions(load.arrivals_revisions())
    tables = doubt.by_status(south, "decade"), doubt.by_status(south, "route")
    texts = [
        facts.official_alt(official), facts.overlap_alt(caught), facts.revised_alt(years),
        facts.doubtful_alt(*tables), facts.headlines_alt(table),
    ]  # fmt: skip
    assert all(60 <= len(text) <= 400 for text in texts)
    assert "eight of" not in facts.doubtful(*tables)

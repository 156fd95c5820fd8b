"""Season, both ways, cards of the JSA, age and sex, frames of the day: words of frames by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.figures import (
    both_ways,
    crossing_in_six_frames,
    jsa_cards,
    routes_over_time,
    season,
    who_they_are,
)

NONE = [0] * 12


def _months(**counts):
    rows = {way: counts.get(way, NONE) for way in season.LOOKS}
    return pd.DataFrame(rows, index=pd.RangeIndex(1, 13, name="month"))


@pytest.mark.parametrize(
    ("water", "title"),
    [
        ([0, 0, 0, 0, 0, 3, 4, 2, 0, 0, 0, 1], "7 of 10 dated crossings fell from June to July"),
        ([3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3], "6 of 7 dated crossings fell from December "
         "to January"),
        ([0, 9, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0], "9 of 10 dated crossings fell in February"),
        ([1] * 12, "7 of 12 dated crossings fell from January to July"),
    ],
)  # fmt: skip
def test_season_names_the_shortest_run_of_months_with_more_than_half(water, title):
    words = season.words(_months(water=water))
    assert words.title == title
    assert "chance" not in words.fact, "too few crossings for the test"


def test_season_tests_only_what_is_many_enough():
    words = season.words(_months(land=[10] * 11 + [40]))
    assert words.fact.endswith("months as uneven as these in fewer than 1 in 1,000 cases.")


@pytest.mark.parametrize(
    ("north", "said"),
    [
        ([1, 0], "The 1950s had the most crossings to the North, 1."),
        ([2, 2], "The 1950s and 1960s had the most crossings to the North, 2 each."),
        ([0, 0], "and 0 crossings to the North from 1953 to 1966."),
    ],
)
def test_both_ways_names_the_decade_with_most(north, said):
    frame = pd.DataFrame(
        {"decade": [1950, 1960], "south": [3, 1], "north": north, "first": [1953, 1961],
         "last": [1958, 1966]}
    )  # fmt: skip
    words = both_ways.words(frame)
    assert words.title == f"4 known crossings went south, {sum(north)} went north"
    assert " from 1953 to 1966." in words.fact and words.fact.endswith(said)


def _card(shots, who="Soldier", citizen="North"):
    return {
        "date": pd.Timestamp(1998, 2, 3),
        "affiliation": who,
        "citizen": citizen,
        "shots": shots,
    }


@pytest.mark.parametrize(
    ("cards", "title"),
    [
        ([_card("yes"), _card("unknown")], "1 of 2 crossings of the JSA came under fire"),
        ([_card("no")], "No known crossing of the JSA came under fire"),
    ],
)
def test_cards_count_those_under_fire(cards, title):
    assert jsa_cards.words(pd.DataFrame(cards)).title == title


def test_cards_tell_uniform_and_foreign():
    cards = [_card("no", "Civilian"), _card("no", citizen="foreign"), _card("yes")]
    fact = jsa_cards.words(pd.DataFrame(cards)).fact
    assert fact.endswith("People in uniform made 2 of them, foreigners 1.")


@pytest.mark.parametrize(
    ("men", "women", "title"),
    [
        ([1, 5], [3, 9], "No age group of arrivals outnumbers women aged 20 to 29"),
        ([9, 1], [9, 2], "2 groups of arrivals by age and sex are equally large"),
    ],
)  # fmt: skip
def test_the_largest_group_by_age_and_sex(men, women, title):
    frame = pd.DataFrame({"age": ["0 to 9", "20 to 29"], "men": men, "women": women})
    frame = frame.assign(people=frame["men"] + frame["women"], as_of="2024-09")
    assert who_they_are.words(frame).title == title


def test_he_stays_where_he_fell_until_he_is_dragged():
    rows = pd.DataFrame(
        {"phase": ["unseen", "located", "rescued"], "actor": ["defector", "unc_rok", "unc_rok"],
         "landmark_id": ["fall_point", "freedom_house", "rescue_point"]}
    )  # fmt: skip
    at = crossing_in_six_frames.positions
    assert at(rows[:2], "located") == [("unc_rok", "freedom_house"), ("defector", "fall_point")]
    assert at(rows, "rescued") == [("defector", "rescue_point")]


@pytest.mark.parametrize(
    ("last", "title", "ending"),
    [
        ([2004, 2001, pd.NA], "2 of 3 dated routes from the North ended by 2004", ": C."),
        ([2001, pd.NA, pd.NA], "2 of 3 dated routes from the North have no published end",
         "B; C."),
        ([2001, 2001, 2003], "2 of 3 dated routes from the North ended by 2001", "2001."),
    ],
)  # fmt: skip
def test_routes_end_by_the_year_that_half_of_them_had(last, title, ending):
    routes = pd.DataFrame({"name": list("ABC"), "first": 1999, "last": pd.array(last, "Int64")})
    words = routes_over_time.words(routes, pd.DataFrame({"year": [2000], "kind": ["Law"]}))
    assert words.title == title and words.fact.endswith(ending)

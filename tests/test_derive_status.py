"""How well an incident is established: cases worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from helpers.derive.status import independent_sources, status
from helpers.vocab import IncidentStatus

SOURCES = pd.DataFrame(
    [
        ("one", "Daily A", None, None),
        ("two", "Daily A", None, None),
        ("other", "Daily B", None, None),
        ("staff", "Joint Chiefs", None, None),
        ("copy", "Daily C", "Joint Chiefs", None),
        ("copy-2", "Daily D", "Joint Chiefs", "Read on a mirror"),
        ("anchor", "Daily E", None, "Dates the anchor: a match"),
    ],
    columns=["source_id", "publisher", "speaks_for", "note"],
).set_index("source_id")


def register(**sources):
    """Return a small register: incident_id=source_ids."""
    table = pd.DataFrame({"incident_id": list(sources), "source_ids": list(sources.values())})
    return table.assign(confidence="high")


def conflicts(*rows):
    """Return contested values: (record_id, field, value, reason)."""
    table = pd.DataFrame(rows, columns=["record_id", "field", "value", "reason"])
    identifier = table["record_id"] + "_" + table["field"]
    return table.assign(conflict_id=identifier, record_table="incidents")


NONE = conflicts()


@pytest.mark.parametrize(
    ("keys", "count"),
    [
        ("one", 1),
        ("one;two", 1),  # one paper, two articles
        ("one;other", 2),
        ("copy;copy-2", 1),  # two papers, one statement
        ("staff;copy", 1),  # the body itself and a paper that passes it on
        ("one;copy;copy-2", 2),
        ("one;anchor", 1),  # dates a page, says nothing of the event
        ("anchor", 0),
        ("one;other;staff;copy", 3),
    ],
)
def test_independent_sources(keys, count):
    assert independent_sources(register(a=keys), SOURCES)["a"] == count


def test_two_independent_sources_verify():
    result = status(register(a="one;two", b="one;copy", c="anchor"), SOURCES, NONE)
    assert list(result) == ["one_source", "verified", "one_source"]
    assert list(result.cat.categories) == IncidentStatus.values()
    assert list(result.index) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", "people", "5", "single"), ("a", "people", "6", "single")], "disputed"),
        ([("a", "people", "5", "decision"), ("a", "people", "6", "untied")], "disputed"),
        ([("a", "people", "5", "single"), ("a", "people", "6", "outdated")], "verified"),
        (
            [("a", "intent", "to stay", "first_hand"), ("a", "intent", "none", "refuted")],
            "verified",
        ),
        ([("a", "age", "40", "single"), ("a", "age", "41", "single")], "verified"),
        ([("a", "date", "2003-04-06", "single"), ("a", "date", "2003", "single")], "verified"),
        ([("a", "date", "2019-09", "single"), ("a", "date", "2020-09", "single")], "disputed"),
        ([("a", "date", "2019-09", "single"), ("a", "date", "2020-09", "refuted")], "verified"),
        ([("b", "people", "5", "single"), ("b", "people", "6", "single")], "verified"),
    ],
)
def test_a_live_value_that_decides_counting_makes_it_disputed(rows, expected):
    assert status(register(a="one;other"), SOURCES, conflicts(*rows))["a"] == expected


def test_low_confidence_with_any_conflict_is_disputed():
    rows = conflicts(("a", "age", "40", "single"), ("a", "age", "41", "single"))
    low = register(a="one;other", b="one;other").assign(confidence="low")
    assert list(status(low, SOURCES, rows)) == ["disputed", "verified"]


def test_conflicts_of_facts_do_not_touch_incidents():
    rows = conflicts(("a", "people", "5", "single"), ("a", "people", "6", "single"))
    rows["record_table"] = "jsa_facts_2017"
    assert status(register(a="one;other"), SOURCES, rows)["a"] == "verified"


def test_an_unknown_source_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        independent_sources(register(a="one;nobody"), SOURCES)


@pytest.fixture(scope="module")
def real():
    incidents = load.incidents()
    return incidents, status(incidents, load.sources(), load.conflicts())


def test_known_incidents(real):
    _, result = real
    assert result["2017-11-13-jsa-soldier"] == "verified"
    # The same statement of one body, or one paper and pages that date it.
    assert result["1987-06-17-cheorwon-master-sergeant"] == "one_source"
    assert result["1990-09-07-yellow-sea-recon-rubber-boat-baengnyeong"] == "one_source"
    # Consent, sincerity, intent and number contested.
    for name in (
        "2016-04-06-ningbo-13",
        "2019-11-02-east-sea-two-deported",
        "1970-12-03-air-mig15-geojin",
        "2003-01-18-yantai-boats",
    ):
        assert result[name] == "disputed", name


def test_every_incident_has_a_status(real):
    incidents, result = real
    assert set(result.index) == set(incidents["incident_id"])
    assert result.notna().all()
    assert (result == "verified").mean() > 0.5


def test_one_document_alone_never_verifies(real):
    incidents, result = real
    alone = incidents.loc[~incidents["source_ids"].str.contains(";"), "incident_id"]
    assert (result[alone] != "verified").all()

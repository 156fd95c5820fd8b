"""How well an incident is established: cases worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis.status import cited, disputed, independence

SOURCES = pd.DataFrame(
    [
        ("one", "Daily A", None, "2000-01-02", None),
        ("two", "Daily A", None, "2000-01-04", None),
        ("other", "Daily B", None, "2000-01-09", None),
        ("late", "Daily B", None, "2000-01-10", None),
        ("month", "Daily F", None, "2000-01", None),
        ("year", "Daily F", None, "2003", None),
        ("undated", "Daily G", None, None, None),
        ("staff", "Joint Chiefs", None, "2000-01-02", None),
        ("copy", "Daily C", "Joint Chiefs", "2000-01-02", None),
        ("copy-2", "Daily D", "Joint Chiefs", "2000-01-20", "Read on a mirror"),
        ("anchor", "Daily E", None, "1999-01-01", "Dates the anchor: a match"),
    ],
    columns=["source_id", "publisher", "speaks_for", "published", "note"],
).set_index("source_id").assign(language="ko")  # fmt: skip


def register(**sources):
    """Return a small register: incident_id=source_ids."""
    table = pd.DataFrame({"incident_id": list(sources), "source_ids": list(sources.values())})
    return table.assign(confidence="high", date=pd.Timestamp(2000, 1, 1))


def conflicts(*rows):
    """Return contested values: (record_id, field, value, reason)."""
    table = pd.DataFrame(rows, columns=["record_id", "field", "value", "reason"])
    identifier = table["record_id"] + "_" + table["field"]
    return table.assign(conflict_id=identifier, record_table="incidents")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("one", (1, 1, 1, 1, False, True)),
        ("one;two", (2, 1, 1, 1, False, True)),  # one paper, two articles
        ("one;other", (2, 2, 2, 1, False, True)),  # seven days are a week: one wave
        ("one;late", (2, 2, 2, 2, True, True)),
        ("late;one;other", (3, 2, 2, 1, False, True)),  # no gap of more than a week
        ("one;month", (2, 2, 2, 1, False, True)),  # the month may be the same week
        ("one;year", (2, 2, 2, 2, True, True)),
        ("year;undated", (2, 2, 2, 1, False, False)),
        ("undated", (1, 1, 1, 1, False, False)),
        ("undated;copy", (2, 2, 2, 2, False, True)),  # a body, and who names none
        ("copy;copy-2", (2, 2, 1, 1, True, True)),  # two papers, one statement
        ("staff;copy", (2, 2, 1, 1, False, True)),  # the body itself and a paper that passes it on
        ("one;anchor", (1, 1, 1, 1, False, True)),  # dates a page, says nothing of the event
        ("anchor", (0, 0, 0, 0, False, False)),
    ],
)
def test_documents_outlets_and_time(keys, expected):
    table = independence(register(a=keys, b="one"), SOURCES)
    assert tuple(table.loc["a"]) == expected
    assert tuple(table.loc["b"]) == (1, 1, 1, 1, False, True)


def test_a_source_that_is_unknown_raises():
    with pytest.raises(KeyError, match="nobody"):
        cited(register(a="one;nobody"), SOURCES)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", "people", "5", "single"), ("a", "people", "6", "single")], True),
        ([("a", "people", "5", "decision"), ("a", "people", "6", "untied")], True),
        ([("a", "people", "5", "single"), ("a", "people", "6", "outdated")], False),
        ([("a", "intent", "to stay", "first_hand"), ("a", "intent", "none", "refuted")], False),
        ([("a", "age", "40", "single"), ("a", "age", "41", "single")], False),
        ([("a", "date", "2003-04-06", "single"), ("a", "date", "2003", "single")], False),
        ([("a", "date", "2019-09", "single"), ("a", "date", "2020-09", "single")], True),
        ([("a", "date", "2019-09", "single"), ("a", "date", "2020-09", "refuted")], False),
        ([("b", "people", "5", "single"), ("b", "people", "6", "single")], False),
    ],
)
def test_a_live_value_that_decides_counting_makes_it_disputed(rows, expected):
    assert disputed(register(a="one;other"), conflicts(*rows))["a"] == expected


def test_low_confidence_with_any_conflict_is_disputed():
    rows = conflicts(("a", "age", "40", "single"), ("a", "age", "41", "single"))
    low = register(a="one;other", b="one;other").assign(confidence="low")
    assert list(disputed(low, rows)) == [True, False]


def test_conflicts_of_facts_do_not_touch_incidents():
    rows = conflicts(("a", "people", "5", "single"), ("a", "people", "6", "single"))
    assert not disputed(register(a="one"), rows.assign(record_table="jsa_facts_2017"))["a"]

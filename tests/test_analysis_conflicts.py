"""Which published value is taken: cases worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data.tables.conflicts import SETTLED, chosen, is_chosen, weight
from helpers.data.vocab import ConflictReason


def conflict(name, *rows, field="people"):
    """Return the values of one contested thing: (value, low, high, reason)."""
    table = pd.DataFrame(rows, columns=["value", "value_low", "value_high", "reason"])
    numbers = {end: table[end].astype("Float64") for end in ("value_low", "value_high")}
    same = {"record_table": "incidents", "record_id": name, "field": field, "topic": None}
    return table.assign(conflict_id=f"{name}_{field}", unit="people", **same, **numbers)


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [
        (["single", "first_hand"], [False, True]),
        (["independent", "first_hand", "decision"], [False, False, True]),
        (["as_gathered", "untied", "untied"], [True, False, False]),
        (["reference", "refuted"], [True, False]),
        (["nearest", "single", "single"], [True, False, False]),
        # A tie at the top stays open, however light the others.
        (["first_hand", "first_hand", "single"], [False, False, False]),
        (["untied", "untied"], [False, False]),
        (["outdated", "refuted"], [False, False]),
    ],
)
def test_the_heaviest_reason_is_taken_if_it_stands_alone(reasons, expected):
    table = conflict("a", *[(str(n), n, n, reason) for n, reason in enumerate(reasons)])
    assert list(is_chosen(table)) == expected


def test_every_reason_has_its_place():
    places = weight(pd.Series(ConflictReason.values()))
    assert places[0] == 0 and (places.diff().dropna() == 1).all()
    assert set(pd.Series(ConflictReason.values())[places.isna()]) == {"untied", *SETTLED}


def test_conflicts_do_not_mix():
    both = pd.concat(
        [
            conflict("a", ("3", 3, 3, "single"), ("4", 4, 4, "reference")),
            conflict("b", ("5", 5, 5, "first_hand"), ("6", 6, 6, "first_hand")),
        ],
        ignore_index=True,
    )
    result = chosen(both.sample(frac=1, random_state=1))
    assert result.loc["a_people", "value"] == "3"
    assert pd.isna(result.loc["b_people", "value"])
    assert list(result.loc[["a_people", "b_people"], "values"]) == [2, 2]


def test_the_range_leaves_out_what_is_known_to_be_wrong():
    table = conflict(
        "a",
        ("about 40", 40, 40, "first_hand"),
        ("at least 50", 50, None, "single"),
        ("400", 400, 400, "refuted"),
        ("12", 12, 12, "outdated"),
    )
    row = chosen(table).loc["a_people"]
    assert (row["lowest"], row["highest"]) == (40, 40)
    assert (row["value"], row["reason"], row["values"]) == ("about 40", "first_hand", 4)

"""Which of the values that were published of one thing is taken, and why."""

from __future__ import annotations

import pandas as pd

from helpers.data.vocab import ConflictReason

# A value with one of these grounds is known to be wrong.
SETTLED = ["outdated", "refuted"]
NEVER_CHOSEN = ["untied", *SETTLED]

_SAME = ["record_table", "record_id", "field", "topic"]
_TAKEN = ["value", "value_low", "value_high", "unit", "reason"]


def weight(reasons: pd.Series) -> pd.Series:
    """Return the place of each reason in its list, 0 the heaviest; missing: never chosen."""
    ladder = [reason for reason in ConflictReason.values() if reason not in NEVER_CHOSEN]
    places = {reason: place for place, reason in enumerate(ladder)}
    return reasons.astype(str).map(places).astype("Int64")


def is_chosen(conflicts: pd.DataFrame) -> pd.Series:
    """Return for each row whether the rule of :func:`chosen` takes its value.

    Parameters
    ----------
    conflicts : pandas.DataFrame
        With the columns ``conflict_id`` and ``reason``.
    """
    weights = weight(conflicts["reason"])
    by_conflict = weights.groupby(conflicts["conflict_id"], observed=True)
    top = weights.eq(by_conflict.transform("min")).fillna(False).astype(bool)
    alone = top.groupby(conflicts["conflict_id"], observed=True).transform("sum").eq(1)
    return (top & alone).rename("chosen")


def chosen(conflicts: pd.DataFrame) -> pd.DataFrame:
    """Return the value taken of each contested thing, one row a ``conflict_id``.

    The rule: of all values published of one thing, the one whose ``reason`` is heaviest is taken,
    if no other is as heavy. In order of weight, which is the order of the list of reasons:

    1. a numbered decision of ours;
    2. a recording or photograph, or a sum of settled values;
    3. the statement of the body or person with first-hand knowledge;
    4. two or more independent outlets;
    5. what was taken when the evidence was gathered and its sources were read side by side;
    6. one outlet, the nearest in time to the event;
    7. one outlet or one side;
    8. a reference work, list, weblog or forum.

    A value whose source the evidence does not name, a first report that was corrected, and a slip
    or refuted claim are never taken. Where two values are equally heavy the matter stays open and
    nothing is taken.

    Parameters
    ----------
    conflicts : pandas.DataFrame
        As :func:`helpers.load.conflicts` returns it.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``conflict_id``: ``record_table``, ``record_id``, ``field``, ``topic``; of the
        value taken ``value``, ``value_low``, ``value_high`` in ``unit``, and ``reason``, missing
        where the matter is open; ``values`` (how many were published), ``lowest`` and ``highest``
        (the range of those that are neither outdated nor refuted, in the unit of the value).
    """
    same = conflicts.groupby("conflict_id", sort=False)[_SAME].first()
    taken = conflicts[is_chosen(conflicts)].set_index("conflict_id")[_TAKEN]
    counts = conflicts.groupby("conflict_id", sort=False).size().rename("values")
    live = conflicts[~conflicts["reason"].isin(SETTLED)].groupby("conflict_id", sort=False)
    ends = pd.DataFrame({"lowest": live["value_low"].min(), "highest": live["value_high"].max()})
    return same.join(taken).join(counts).join(ends)

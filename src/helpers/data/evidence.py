"""How a piece of evidence stands to the number of a claim, for the check and for the verdicts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.data.vocab import Reading, Stance

#: Half of the step to which a number called "about" is taken as rounded: about 40 is 35 to 45.
ABOUT = 5.0


def ends(row: Mapping[str, object]) -> tuple[float, float]:
    """Return the lowest and highest number that a printed value leaves possible.

    Open ends are infinite; "about" is widened by :data:`ABOUT` on both sides.

    Parameters
    ----------
    row : mapping
        ``reading``, ``value_low``, ``value_high``.
    """
    low = -np.inf if pd.isna(row["value_low"]) else float(row["value_low"])
    high = np.inf if pd.isna(row["value_high"]) else float(row["value_high"])
    slack = ABOUT if row["reading"] == Reading.ABOUT else 0.0
    return low - slack, high + slack


def compared(claim: Mapping[str, object], fact: Mapping[str, object]) -> Stance | None:
    """Return how one published number stands to the number of a claim.

    The same span of numbers supports it, one that overlaps qualifies it, and one that does not
    contradicts it. None where one of the two is no number, or their units differ.

    Parameters
    ----------
    claim, fact : mapping
        ``reading``, ``value_low``, ``value_high``, ``unit``.
    """
    numbers = all(pd.notna([row["value_low"], row["value_high"]]).any() for row in (claim, fact))
    if not numbers or claim["unit"] != fact["unit"]:
        return None
    (low, high), (least, most) = ends(claim), ends(fact)
    open_ends = {Reading.MORE_THAN: least == high, Reading.LESS_THAN: most == low}
    if least > high or most < low or open_ends.get(fact["reading"], False):
        return Stance.CONTRADICTS
    return Stance.SUPPORTS if (low, high) == (least, most) else Stance.QUALIFIES


def record_ids(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.Series:
    """Return the key of each row as the evidence names it: its columns joined by ``_``."""
    first, *rest = (frame[name].astype("str") for name in key)
    return first.str.cat(rest, sep="_") if rest else first

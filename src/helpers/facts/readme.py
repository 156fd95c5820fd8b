"""The answer that the README gives, computed like every other sentence."""

from __future__ import annotations

import pandas as pd

from helpers.derive import register
from helpers.facts import register as words
from helpers.vocab import ArrivalSeries, Nationality, Route


def answer(incidents: pd.DataFrame, arrivals: pd.DataFrame) -> str:
    """Return the README's answer: ranges first, then the JSA, then all arrivals.

    Parameters
    ----------
    incidents : pandas.DataFrame
        The register, as :func:`helpers.load.incidents` returns it.
    arrivals : pandas.DataFrame
        Yearly arrivals with ``series`` and ``people``.
    """
    south = register.direct(incidents)
    unclear = register.direct(incidents, event_type="unclear")
    jsa = south[south["route"] == Route.JSA]
    main = arrivals[arrivals["series"] == ArrivalSeries.OFFICIAL_MAIN]
    total, women = int(main["people"].sum()), int(main["women"].sum())
    foreign = int((jsa["nationality"] != Nationality.NORTH_KOREAN).sum())
    share = south["people"].sum() / total
    return (
        f"{words.answer(south, unclear, jsa)}\n\n"
        f"Beside them stand all arrivals that the South has counted to the end of 2025: {total:,} "
        f"people ({women:,} of them women), nearly all through China. The people known to have "
        f"come straight across are {words.percent(share)} of that number, and those of the JSA "
        f"{jsa['people'].sum():.0f} in {total:,}. Both are floors: the register holds only what "
        f"was made public, and in {words.number(foreign)} of the JSA's {words.number(len(jsa))} "
        f"cases those who crossed were not citizens of North Korea."
    )

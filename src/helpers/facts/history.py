"""Sentences on the Joint Security Area since the armistice."""

from __future__ import annotations

import pandas as pd

from helpers.derive import register
from helpers.facts.register import count, number


def _none(value: int) -> str:
    """Return a number that ends a clause: nought is "none" there."""
    return number(int(value)) if value else "none"


def title(eras: pd.DataFrame) -> str:
    """Return the title of the chart of the area's history."""
    after = eras.loc[["disarmed", "rearmed"], "crossings"].sum()
    return (
        f"{number(int(eras['crossings'].sum())).capitalize()} crossings in the JSA to the South: "
        f"{number(int(eras.loc['shared', 'crossings']))} before the line divided it, "
        f"{number(int(eras.loc['split', 'crossings']))} after, {_none(after)} since it was "
        "disarmed"
    )


def subtitle(eras: pd.DataFrame) -> str:
    """Return the subtitle of the chart of the area's history."""
    last = eras["end"].max() - pd.Timedelta(days=1)
    return (
        f"Events on record in the Joint Security Area, {register.ARMISTICE.year} to {last.year}, "
        "one mark each. Shaded: eras."
    )


def fact(eras: pd.DataFrame) -> str:
    """Return the crossings by era, with rates and intervals."""
    shared, split, free = (eras.loc[name] for name in ("shared", "split", "disarmed"))
    return (
        f"From the armistice to August 1976 {number(int(shared['crossings']))} crossings in "
        f"{shared['years']:.0f} years ({shared['rate']:.2f} in ten years, 95% interval "
        f"{shared['low']:.2f} to {shared['high']:.2f}), from then to the disarming of October 2018 "
        f"{number(int(split['crossings']))} in {split['years']:.0f} ({split['rate']:.2f}, "
        f"{split['low']:.2f} to {split['high']:.2f}), under fire in {number(int(split['fire']))}; "
        f"in the {free['years']:.0f} years without firearms "
        f"{_none(free['crossings'])}, which a rate of up to {free['high']:.1f} allows too."
    )


def alt(events: pd.DataFrame, eras: pd.DataFrame) -> str:
    """Return the alternative text of the chart of the area's history."""
    south = events[events["lane"].eq("south")]
    lanes = events["lane"].value_counts()
    return (
        f"Timeline with four lanes: crossings to the South in "
        f"{', '.join(str(year) for year in south['year'])}, "
        f"{count(int(lanes['north']), 'crossing')} to the North, "
        f"{number(int(lanes['clash']))} of fighting or armed entry, "
        f"{count(int(lanes['return']), 'return')} of activists. Bands: shared to 1976, divided, "
        "disarmed in 2018, armed again in 2023."
    )

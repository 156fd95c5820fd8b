"""Words of the first figure: all arrivals by year, and the year of the crossing among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def title(years: pd.Series) -> str:
    """Return the title: the most and the fewest arrivals of a year.

    Parameters
    ----------
    years : pandas.Series
        People by year, one row a year.
    """
    peak, least = years.idxmax(), years.idxmin()
    return (
        f"Arrivals in the South peaked at {years[peak]:,} in {peak} and fell to {years[least]} in "
        f"{least}"
    )


def subtitle(years: pd.Series) -> str:
    """Return what is shown, where, when and in which unit."""
    return (
        f"North Koreans arriving in South Korea by year, {years.index[0]} to {years.index[-1]}, "
        "all routes, people; orange: the year of the JSA crossing"
    )


def fact(years: pd.Series, subject: int) -> str:
    """Return how many arrived in all, and how many in the year of the subject."""
    return (
        f"From {years.index[0]} to {years.index[-1]} {years.sum():,} people arrived, "
        f"{years[subject]:,} of them in {subject}."
    )


def alt(years: pd.Series, subject: int) -> str:
    """Return the alternative text."""
    peak, least = years.idxmax(), years.idxmin()
    return (
        f"A bar for each year: {years.iloc[0]:,} in {years.index[0]}, a peak of {years[peak]:,} in "
        f"{peak}, {years[subject]:,} in {subject}, {years[least]} in {least}, {years.iloc[-1]} in "
        f"{years.index[-1]}."
    )

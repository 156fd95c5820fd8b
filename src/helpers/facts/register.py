"""Words that the sentences of other subjects are made of."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

NUMBERS = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
]  # fmt: skip

#: Limit for the source line of charts that count crossings.
LIMIT = "Only crossings that were made public"


def number(value: int) -> str:
    """Return a whole number as a word up to twelve, else in digits with thousands apart."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, ``one`` or ``many`` (default: ``one`` with an s)."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """Return a share in percent: whole, but with a decimal below one percent."""
    value = 100 * share
    return f"{value:.1f}%" if 0 < value < 1 else f"{value:.0f}%"


def listed(words: Iterable[str]) -> str:
    """Return words joined by commas and a last "and"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def long_date(day: pd.Timestamp) -> str:
    """Return a day as in ``27 July 1953``."""
    return f"{day.day} {day:%B %Y}"

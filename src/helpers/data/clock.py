"""What day it is, and how a test or a check of tomorrow's tables says another."""

from __future__ import annotations

import os
from datetime import date


def today() -> date:
    """Return the day by the clock, or ``CROSSINGS_TODAY`` (YYYY-MM-DD) if that is set.

    Raises
    ------
    SystemExit
        If ``CROSSINGS_TODAY`` is no day.
    """
    told = os.environ.get("CROSSINGS_TODAY")
    try:
        return date.fromisoformat(told) if told else date.today()
    except ValueError:
        raise SystemExit(f"CROSSINGS_TODAY: {told!r}: expected a day as YYYY-MM-DD") from None

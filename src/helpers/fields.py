"""The kinds of column a table can have, as pandera columns with a full description.

Each constructor returns a :class:`pandera.Column` whose ``metadata`` carries what pandera has no
place for: the ``kind`` (how the text in the file becomes a value), the ``unit``, the meaning of an
empty cell (``missing``) and the vocabulary. Codebook and data package are generated from these.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from helpers.vocab import Term

KEY_PATTERN = r"[a-z0-9][a-z0-9_~-]*"
MINUTE_MARK, SECOND_MARK = "\u2032", "\u2033"
PARTIAL_DATE_PATTERN = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"


def _column(
    dtype: object,
    kind: str,
    description: str,
    missing: str | None,
    unit: str = "",
    checks: list[pa.Check] | None = None,
    unique: bool = False,
    vocabulary: type[Term] | None = None,
    **more: object,
) -> pa.Column:
    metadata = {"kind": kind, "unit": unit, "missing": missing or "", "vocabulary": vocabulary}
    return pa.Column(
        dtype,
        checks=checks or [],
        nullable=missing is not None,
        unique=unique,
        description=description,
        metadata=metadata | more,
    )


def text(description: str, missing: str | None = None, limit: int = 600) -> pa.Column:
    """Return a column of free text of at most ``limit`` characters."""
    check = pa.Check.str_length(1, limit, error=f"text of 1 to {limit} characters")
    return _column(str, "text", description, missing, checks=[check], limit=limit)


def key(description: str, missing: str | None = None, unique: bool = False) -> pa.Column:
    """Return a column of identifiers: lower-case letters, digits, ``_``, ``-`` and ``~``."""
    check = pa.Check.str_matches(
        f"^{KEY_PATTERN}$", error="a key of lower-case letters, digits, '_' and '-'"
    )
    return _column(str, "key", description, missing, checks=[check], unique=unique)


def keys(description: str, missing: str | None = None) -> pa.Column:
    """Return a column of one or more keys separated by semicolons, none twice."""
    pattern = pa.Check.str_matches(
        f"^{KEY_PATTERN}(;{KEY_PATTERN})*$", error="keys separated by ';' without spaces"
    )
    once = pa.Check(
        lambda cell: len(set(cell.split(";"))) == len(cell.split(";")),
        element_wise=True,
        error="each key once in a cell",
    )
    return _column(str, "keys", description, missing, checks=[pattern, once])


def whole(
    description: str, unit: str, low: int = 0, high: int = 1_000_000, missing: str | None = None
) -> pa.Column:
    """Return a column of whole numbers from ``low`` to ``high``."""
    check = pa.Check.in_range(low, high, error=f"a whole number from {low} to {high}")
    return _column("Int64", "integer", description, missing, unit, [check], low=low, high=high)


def decimal(
    description: str, unit: str, low: float, high: float, missing: str | None = None
) -> pa.Column:
    """Return a column of decimal numbers from ``low`` to ``high``."""
    check = pa.Check.in_range(low, high, error=f"a number from {low:g} to {high:g}")
    return _column("Float64", "number", description, missing, unit, [check], low=low, high=high)


def coded(description: str, vocabulary: type[Term], missing: str | None = None) -> pa.Column:
    """Return a column of values of a closed vocabulary, in its order."""
    dtype = pd.CategoricalDtype(vocabulary.values(), ordered=True)
    return _column(dtype, "category", description, missing, vocabulary=vocabulary)


def partial_date(description: str, missing: str | None = None) -> pa.Column:
    """Return a column of ISO 8601 dates given to the day, month or year."""
    check = pa.Check.str_matches(
        f"^{PARTIAL_DATE_PATTERN}$", error="a date as YYYY-MM-DD, YYYY-MM or YYYY"
    )
    return _column(str, "partial_date", description, missing, checks=[check])


def clock(description: str, missing: str | None = None) -> pa.Column:
    """Return a column of local clock times ``HH:MM`` (Korea Standard Time, UTC+9)."""
    check = pa.Check.str_matches(r"^([01]\d|2[0-3]):[0-5]\d$", error="a clock time as HH:MM")
    return _column(str, "clock", description, missing, "HH:MM, UTC+9", checks=[check])


def url(description: str, missing: str | None = None) -> pa.Column:
    """Return a column of web addresses."""
    check = pa.Check.str_matches(r"^https?://[^\s<>\"]+$", error="an address of http or https")
    return _column(str, "url", description, missing, checks=[check])


def coded_list(
    description: str, vocabulary: type[Term], missing: str | None = None, alone: str = ""
) -> pa.Column:
    """Return a column of values of a closed vocabulary separated by semicolons, none twice.

    ``alone`` is a value that stands by itself, such as ``none``.
    """
    some = "|".join(value for value in vocabulary.values() if value != alone)
    listed = f"({some})(;({some}))*"
    expected = f"one or more of {', '.join(vocabulary.values())}, separated by ';'"
    pattern = pa.Check.str_matches(
        f"^({alone}|{listed})$" if alone else f"^{listed}$", error=expected
    )
    once = pa.Check(
        lambda cell: len(set(cell.split(";"))) == len(cell.split(";")),
        element_wise=True,
        error="each value once in a cell",
    )
    checks = [pattern, once]
    return _column(
        str, "coded_list", description, missing, checks=checks, vocabulary=vocabulary, alone=alone
    )


def dms(description: str, axis: str) -> pa.Column:
    """Return a column of degrees, minutes, seconds; ``axis`` is ``NS`` or ``EW``."""
    pattern = rf"^\d{{1,3}}°[0-5]\d{MINUTE_MARK}[0-5]\d{SECOND_MARK}[{axis}]$"
    expected = f"degrees as D°MM{MINUTE_MARK}SS{SECOND_MARK} and one of {axis}"
    check = pa.Check.str_matches(pattern, error=expected)
    return _column(str, "dms", description, None, "degrees, minutes, seconds", checks=[check])

"""The kinds of column a table can have, each with its description, unit and what it may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers.data.vocab import Term

KEY_PATTERN = r"[a-z0-9][a-z0-9_~-]*"
MINUTE_MARK, SECOND_MARK = "\u2032", "\u2033"
PARTIAL_DATE_PATTERN = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    kind : str
        How the text in the file becomes a value: text, key, keys, integer, number, category, ...
    description, unit : str
        For the codebook.
    missing : str, optional
        What an empty cell means; None: no cell is empty.
    wanted, form : str
        What a cell must hold in words, and as a regular expression; a list of codes says both
        itself: see :attr:`expected` and :attr:`pattern`.
    low, high : float, optional
        Ends of a number, or of the length of a text.
    vocabulary : type of Term, optional
        The closed list of a coded column.
    alone : str
        A code that stands by itself in a list of codes, such as ``none``.
    unique : bool
        Whether no value stands twice in the column.
    """

    kind: str
    description: str
    missing: str | None = None
    unit: str = ""
    wanted: str = ""
    form: str = ""
    low: float | None = None
    high: float | None = None
    vocabulary: type[Term] | None = None
    alone: str = ""
    unique: bool = False

    @property
    def nullable(self) -> bool:
        """Tell whether a cell may be empty."""
        return self.missing is not None

    @property
    def expected(self) -> str:
        """Return what a cell must hold, in the words of a fault report."""
        if self.vocabulary is None:
            return self.wanted
        codes = ", ".join(self.vocabulary.values())
        listed = self.kind == "coded_list"
        return f"one or more of {codes}, separated by ';'" if listed else f"one of {codes}"

    @property
    def pattern(self) -> str:
        """Return the regular expression that the whole cell must match; empty for none."""
        if self.kind != "coded_list":
            return self.form
        some = "|".join(code for code in self.vocabulary.values() if code != self.alone)
        listed = f"({some})(;({some}))*"
        return f"({self.alone}|{listed})" if self.alone else listed

    @property
    def numeric(self) -> bool:
        """Tell whether the values are numbers; ``low`` and ``high`` are then their ends."""
        return self.kind in ("integer", "number")


@dataclass(frozen=True)
class Rule:
    """A rule across the columns of a row: ``test`` gives True for rows of a frame that keep it."""

    column: str
    expected: str
    test: Callable[[pd.DataFrame], pd.Series]


def text(description: str, missing: str | None = None, limit: int = 600) -> Column:
    """Return a column of free text of at most ``limit`` characters."""
    return Column(
        "text", description, missing, "", f"text of 1 to {limit} characters", low=1, high=limit
    )


def key(description: str, missing: str | None = None, unique: bool = False) -> Column:
    """Return a column of identifiers: lower-case letters, digits, ``_``, ``-`` and ``~``."""
    expected = "a key of lower-case letters, digits, '_' and '-'"
    return Column("key", description, missing, "", expected, KEY_PATTERN, unique=unique)


def keys(description: str, missing: str | None = None) -> Column:
    """Return a column of one or more keys separated by semicolons, none twice."""
    expected = "keys separated by ';' without spaces"
    return Column("keys", description, missing, "", expected, f"{KEY_PATTERN}(;{KEY_PATTERN})*")


def whole(
    description: str, unit: str, low: int = 0, high: int = 1_000_000, missing: str | None = None
) -> Column:
    """Return a column of whole numbers from ``low`` to ``high``."""
    expected = f"a whole number from {low} to {high}"
    return Column("integer", description, missing, unit, expected, low=low, high=high)


def decimal(
    description: str, unit: str, low: float, high: float, missing: str | None = None
) -> Column:
    """Return a column of decimal numbers from ``low`` to ``high``."""
    expected = f"a number from {low:g} to {high:g}"
    return Column("number", description, missing, unit, expected, low=low, high=high)


def coded(description: str, vocabulary: type[Term], missing: str | None = None) -> Column:
    """Return a column of values of a closed vocabulary, in its order."""
    return Column("category", description, missing, vocabulary=vocabulary)


def name(description: str, wanted: str, form: str, missing: str | None = None) -> Column:
    """Return a column of names that the code reads, of the form ``form``."""
    return Column("name", description, missing, wanted=wanted, form=form)


def partial_date(description: str, missing: str | None = None) -> Column:
    """Return a column of ISO 8601 dates given to the day, month or year."""
    expected = "a date as YYYY-MM-DD, YYYY-MM or YYYY"
    return Column("partial_date", description, missing, "", expected, PARTIAL_DATE_PATTERN)


def clock(description: str, missing: str | None = None) -> Column:
    """Return a column of local clock times ``HH:MM`` (Korea Standard Time, UTC+9)."""
    pattern, expected = r"([01]\d|2[0-3]):[0-5]\d", "a clock time as HH:MM"
    return Column("clock", description, missing, "HH:MM, UTC+9", expected, pattern)


def url(description: str, missing: str | None = None) -> Column:
    """Return a column of web addresses."""
    expected = "an address of http or https"
    return Column("url", description, missing, "", expected, r"https?://[^\s<>\"]+")


def coded_list(
    description: str, vocabulary: type[Term], missing: str | None = None, alone: str = ""
) -> Column:
    """Return a column of values of a vocabulary between semicolons, none twice.

    ``alone`` is a value that stands by itself, such as ``none``.
    """
    return Column("coded_list", description, missing, vocabulary=vocabulary, alone=alone)


def dms(description: str, axis: str) -> Column:
    """Return a column of degrees, minutes, seconds; ``axis`` is ``NS`` or ``EW``."""
    pattern = rf"\d{{1,3}}°[0-5]\d{MINUTE_MARK}[0-5]\d{SECOND_MARK}[{axis}]"
    expected = f"degrees as D°MM{MINUTE_MARK}SS{SECOND_MARK} and one of {axis}"
    return Column("dms", description, None, "degrees, minutes, seconds", expected, pattern)

"""What tables are made of: kinds of column, rules across them, and columns that many have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

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
    target : str
        The table and column, with a dot between, in which each key must stand.
    dates : bool
        Whether a text may be a date; elsewhere one comes from a spreadsheet.
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
    target: str = ""
    dates: bool = False

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
    warning: bool = False


def rule(
    column: str, expected: str, test: Callable[[pd.DataFrame], pd.Series], warning: bool = False
) -> Rule:
    """Return a rule across columns; where its test has no answer, the row keeps it.

    ``column`` is the one that a fault report points at, ``expected`` the sentence it prints. What
    breaks a ``warning`` may be right.
    """
    return Rule(column, expected, lambda frame: test(frame).fillna(True).astype(bool), warning)


@dataclass(frozen=True)
class Schema:
    """Columns in file order, and rules across them."""

    columns: dict[str, Column]
    checks: list[Rule] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A table of the data package.

    Attributes
    ----------
    path : str
        File below the data folder; the table and its loader have its name.
    title, description : str
        For the codebook.
    schema : Schema
        Columns in file order, and rules across them.
    primary_key : tuple of str
        Columns that identify a row.
    provenance : str
        How the table came about, for its card.
    indexed : bool
        Whether its loader puts the first column of the key into the index.
    order : tuple of str
        Columns by which its loader sorts the rows; else they are as in the file.
    hint : str
        What one must know who computes with it.
    """

    path: str
    title: str
    description: str
    schema: Schema
    primary_key: tuple[str, ...]
    provenance: str
    indexed: bool = False
    order: tuple[str, ...] = ()
    hint: str = ""

    @property
    def name(self) -> str:
        """Return the name of the table and of its loader."""
        return self.path.rpartition("/")[2].removesuffix(".csv")

    @property
    def columns(self) -> list[str]:
        """Return the column names in file order."""
        return list(self.schema.columns)

    @property
    def foreign_keys(self) -> dict[str, tuple[str, str]]:
        """Return table and column in which the keys of a column stand; lists are taken apart."""
        return {
            name: tuple(column.target.split("."))
            for name, column in self.schema.columns.items()
            if column.target
        }


def text(
    description: str, missing: str | None = None, limit: int = 600, dates: bool = False
) -> Column:
    """Return a column of free text of at most ``limit`` characters, which may be ``dates``."""
    wanted = f"text of 1 to {limit} characters"
    return Column("text", description, missing, "", wanted, low=1, high=limit, dates=dates)


def key(
    description: str, missing: str | None = None, unique: bool = False, target: str = ""
) -> Column:
    """Return a column of identifiers: lower-case letters, digits, ``_``, ``-`` and ``~``."""
    expected = "a key of lower-case letters, digits, '_' and '-'"
    return Column(
        "key", description, missing, "", expected, KEY_PATTERN, unique=unique, target=target
    )


def keys(description: str, missing: str | None = None, target: str = "") -> Column:
    """Return a column of one or more keys separated by semicolons, none twice."""
    expected = "keys separated by ';' without spaces"
    pattern = f"{KEY_PATTERN}(;{KEY_PATTERN})*"
    return Column("keys", description, missing, "", expected, pattern, target=target)


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


# Columns that many tables have, declared once.

DECISIONS = {"decision_ids": keys("Decisions in DECISIONS.md that touch the row.", "none")}

MEN_AND_WOMEN = {
    "men": whole("Of these, men and boys.", "people", missing="not published by sex"),
    "women": whole("Of these, women and girls.", "people", missing="not published by sex"),
}

PERIOD = {
    "period": text("The period as a label, close to print.", limit=40, dates=True),
    "period_start": partial_date("First year, month or day.", "open or not known"),
    "period_end": partial_date("Last year, month or day, to the precision published.", "not known"),
}

# A printed value as numbers.
ENDS = {
    "value_low": decimal(
        "Lower end of the value.", "see unit", 0, 100_000, "no number, or no lower end"
    ),
    "value_high": decimal(
        "Upper end of the value.", "see unit", 0, 100_000, "no number, or no upper end"
    ),
    "unit": text("Unit of value_low and value_high.", "no number", limit=20),
}


def sources(description: str, missing: str | None = None) -> dict[str, Column]:
    """Return the column of the sources of a row."""
    return {"source_ids": keys(description, missing, "sources.source_id")}


def tail(
    stated: str = "Sources that state the row's figures.",
    note: str = "What to know about the figure.",
) -> dict[str, Column]:
    """Return the last columns of a table of figures: sources, note, decisions."""
    return {**sources(stated), "note": text(note, "nothing to note"), **DECISIONS}


def points(latitudes: tuple[float, float], longitudes: tuple[float, float], of: str = "") -> dict:
    """Return the columns of a place in degrees; ``of`` says of which place."""
    return {
        "lat": decimal(f"Latitude{of}, WGS 84.", "degrees north", *latitudes, "not located"),
        "lon": decimal(f"Longitude{of}, WGS 84.", "degrees east", *longitudes, "not located"),
    }


# Rules that many tables keep.


def once(columns: list[str]) -> Rule:
    """Return the rule that no two rows share their values in ``columns``."""
    return rule(
        columns[0],
        f"{' and '.join(columns)} together once in the table",
        lambda t: ~t.duplicated(columns, keep="first"),
    )


def needs(column: str, expected: str, where: str, *codes: str) -> Rule:
    """Return the rule that ``column`` has a value in each row with one of the codes ``where``."""
    return rule(column, expected, lambda t: ~t[where].isin(codes) | t[column].notna())


def derived(column: str) -> Rule:
    """Return the rule that a row whose ``column`` says derived tells how in its note."""
    return needs("note", f"a note that says how, where {column} is 'derived'", column, "derived")


def counted(column: str, by: str, expected: str) -> Rule:
    """Return the rule that ``column`` counts 1, 2, 3 ... down the rows of one ``by``."""
    return rule(column, expected, lambda t: t[column] == t.groupby(by).cumcount() + 1)


def _starts_before_end(frame: pd.DataFrame) -> pd.Series:
    # Compared as text; '~' sorts behind every date, so a year holds its months.
    return frame["period_start"].isna() | (frame["period_start"] <= frame["period_end"] + "~")


SPAN = rule("period_start", "a start no later than period_end", _starts_before_end)

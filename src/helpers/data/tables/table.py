"""What a table of the data package is, and how a rule across its columns is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from helpers.data.columns import Column, Rule


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
    name : str
        Name of the table, of its file and of its loader.
    path : str
        File below the data folder.
    title, description : str
        For the codebook.
    schema : Schema
        Columns in file order, and rules across them.
    primary_key : tuple of str
        Columns that identify a row.
    foreign_keys : dict of str to (table name, column)
        Columns whose keys must stand in another table; ``;``-separated lists are taken apart.
    provenance : str
        How the table came about, for its card.
    """

    name: str
    path: str
    title: str
    description: str
    schema: Schema
    primary_key: tuple[str, ...]
    foreign_keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    provenance: str = ""

    @property
    def columns(self) -> list[str]:
        """Return the column names in file order."""
        return list(self.schema.columns)


def rule(column: str, expected: str, test: Callable[[pd.DataFrame], pd.Series]) -> Rule:
    """Return a rule across columns: ``test`` gives True for rows that keep it.

    ``column`` is the one that a fault report points at, ``expected`` the sentence it prints.
    """
    return Rule(column, expected, lambda frame: test(frame).fillna(True).astype(bool))

"""The tables, one block each: columns in file order, rules across them, rules with other tables.

A new table is a block in one of these files, and its CSV. Each rule carries the sentence that a
fault report prints.
"""

from __future__ import annotations

from helpers.data.columns import Schema, Table, rule
from helpers.data.tables import (  # noqa: F401 - rules are found by having been imported
    arrivals,
    arrivals_doubts,
    claims,
    conflicts,
    context,
    context_doubts,
    context_sums,
    corrections,
    incidents,
    jsa,
    jsa_doubts,
    profile,
    routes,
    routes_doubts,
    sources,
    vocabularies,
)

#: Every table by name, in the order of the codebook.
TABLES: dict[str, Table] = {
    table.name: table
    for subject in (
        sources, incidents, conflicts, corrections, arrivals, profile, context, jsa, routes, claims,
        vocabularies,
    )
    for table in vars(subject).values()
    if isinstance(table, Table)
}  # fmt: skip

__all__ = ["TABLES", "Schema", "Table", "rule"]

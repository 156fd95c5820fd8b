"""One strict schema a table: columns with kind, unit, allowed values and what an empty cell means.

The order of the columns is the order in the file. Rules across the columns of a row are checks of
the whole frame, each with the sentence that a fault report prints.
"""

from __future__ import annotations

from helpers.data.tables.arrivals import ARRIVAL_TABLES
from helpers.data.tables.claims import CLAIM_EVIDENCE
from helpers.data.tables.context import CONTEXT_TABLES
from helpers.data.tables.incidents import INCIDENTS
from helpers.data.tables.jsa import JSA_TABLES
from helpers.data.tables.judgement import JUDGEMENT_TABLES
from helpers.data.tables.lines import NLL_1953_POINTS
from helpers.data.tables.register import BLIND_YEARS
from helpers.data.tables.routes import ROUTE_TABLES
from helpers.data.tables.sources import SOURCES
from helpers.data.tables.table import Schema, Table, rule
from helpers.data.tables.vocabularies import VOCABULARIES

TABLES: dict[str, Table] = {
    table.name: table
    for table in [
        SOURCES,
        INCIDENTS,
        *JUDGEMENT_TABLES,
        *ARRIVAL_TABLES,
        *CONTEXT_TABLES,
        *JSA_TABLES,
        *ROUTE_TABLES,
        NLL_1953_POINTS,
        BLIND_YEARS,
        CLAIM_EVIDENCE,
        VOCABULARIES,
    ]
}

__all__ = ["TABLES", "Schema", "Table", "rule"]

"""One strict schema a table: columns with kind, unit, allowed values and what an empty cell means.

The order of the columns is the order in the file. Rules across the columns of a row are checks of
the whole frame, each with the sentence that a fault report prints.
"""

from __future__ import annotations

from helpers.schemas.arrivals import ARRIVAL_TABLES
from helpers.schemas.claims import CLAIM_EVIDENCE
from helpers.schemas.conflicts import JUDGEMENT_TABLES
from helpers.schemas.context import CONTEXT_TABLES
from helpers.schemas.incidents import INCIDENTS
from helpers.schemas.jsa import JSA_TABLES
from helpers.schemas.lines import NLL_1953_POINTS
from helpers.schemas.register import BLIND_YEARS
from helpers.schemas.routes import ROUTE_TABLES
from helpers.schemas.sources import SOURCES
from helpers.schemas.table import Schema, Table, rule

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
    ]
}

__all__ = ["TABLES", "Schema", "Table", "rule"]

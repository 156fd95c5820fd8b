"""Where a figure comes from: the files behind it with their digests, and the documents cited."""

import csv
import hashlib
import io
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from helpers.languages import tr
from helpers.layers import FILES
from helpers.words import say

PACKAGE = "jsa-crossing-in-context"
TITLE = "The JSA crossing in context"
LICENCE = "CC-BY-4.0"
SOURCES = ("source_ids", "conflict_source_ids")
"""Columns with keys of documents."""

CREDITS = {
    "Map data © OpenStreetMap contributors (ODbL).": {"lines", "dmz_band", "koreas", "provinces"},
    "Made with Natural Earth.": {"countries", "koreas", "provinces"},
}
"""The credits that map layers ask for, by whose lines they hold (``data/LICENSE.md``)."""


def provenance(
    tables: Iterable[str], layers: Iterable[str], shown: pd.DataFrame, data_dir: Path
) -> dict[str, object]:
    """Return what a reader needs to trust, cite and repeat a figure.

    Parameters
    ----------
    tables, layers : iterable of str
        Names of the tables and map layers that it rests on.
    shown : pandas.DataFrame
        What it shows. If that names incidents, their documents alone are listed.

    Returns
    -------
    dict
        ``credit``, ``licence``, ``data_version``, ``code_version``, ``data`` (path and SHA-256 of
        each file behind it) and ``sources`` (keys of ``sources.csv``, sorted).
    """
    from helpers.data.tables import TABLES

    own = [TABLES[name].path for name in tables]
    contents = {
        path: (data_dir / path).read_bytes() for path in [*own, *(FILES[name] for name in layers)]
    }
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    code = version(PACKAGE)
    return {
        "credit": " ".join([f"{TITLE}, version {code}.", *_credits(layers)]),
        "licence": LICENCE,
        "data_version": f"{code}+{hashlib.sha256(lines.encode()).hexdigest()[:12]}",
        "code_version": code,
        "data": digests,
        "sources": sorted(_cited([contents[path] for path in own], shown)),
    }


def _credits(layers: Iterable[str]) -> list[str]:
    return [credit for credit, theirs in CREDITS.items() if not theirs.isdisjoint(layers)]


def _cited(tables: list[bytes], shown: pd.DataFrame) -> set[str]:
    """Return the keys of the documents that the rows cite, only of incidents shown if any are."""
    wanted = set(shown["incident_id"].dropna()) if "incident_id" in shown.columns else None
    keys: set[str] = set()
    for content in tables:
        for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
            if wanted is None or row.get("incident_id", "") in {*wanted, ""}:
                cells = [row.get(column, "") for column in SOURCES]
                keys.update(key for cell in cells for key in cell.split(";") if key)
    return keys


def source_line(limits: str, layers: Iterable[str] = ()) -> str:
    """Return the last line of a figure: the data and its version, its limits, the maps' credits."""
    data = say("Data: {project}, version {version}.", project=TITLE, version=version(PACKAGE))
    credits = map(tr, _credits(layers))
    return " ".join([data, *([f"{limits.rstrip('.')}."] if limits else []), *credits])

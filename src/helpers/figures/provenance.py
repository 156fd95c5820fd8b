"""Where a figure comes from: the files behind it with their digests, and the documents cited."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.layers import FILES

if TYPE_CHECKING:
    import pandas as pd

PACKAGE = "jsa-crossing-in-context"
OSM_CREDIT = "Map data © OpenStreetMap contributors (ODbL)."
NATURAL_EARTH_CREDIT = "Made with Natural Earth."
TITLE = "The JSA crossing in context"
LICENCE = "CC-BY-4.0"
SOURCES = ("source_ids", "conflict_source_ids")
"""Columns with keys of documents."""

OSM_LAYERS = {"lines", "dmz_band", "koreas", "provinces"}
NATURAL_EARTH_LAYERS = {"countries", "koreas", "provinces"}
"""Map layers by whose lines they hold (``data/LICENSE.md``)."""


def provenance(
    tables: Iterable[str], layers: Iterable[str], shown: pd.DataFrame, data_dir: Path
) -> dict[str, object]:
    """Return what a reader needs to trust, cite and repeat a figure.

    Parameters
    ----------
    tables, layers : iterable of str
        Names of the tables and map layers that it rests on.
    shown : pandas.DataFrame
        The table of what it shows. If it names incidents, their documents alone are listed.
    data_dir : Path
        The data folder.

    Returns
    -------
    dict
        ``credit``, ``licence``, ``data_version``, ``code_version``, ``data`` (path and SHA-256 of
        each file behind it) and ``sources`` (keys of ``sources.csv``, sorted).
    """
    from helpers.data.tables import TABLES

    own = [TABLES[name].path for name in tables]
    maps = {FILES[name]: name for name in layers}
    contents = {path: (data_dir / path).read_bytes() for path in [*own, *maps]}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    code = version(PACKAGE)
    return {
        "credit": " ".join([f"{TITLE}, version {code}.", *_map_credits(maps.values())]),
        "licence": LICENCE,
        "data_version": f"{code}+{_digest(digests)}",
        "code_version": code,
        "data": digests,
        "sources": sorted(_cited([contents[path] for path in own], shown)),
    }


def _map_credits(layers: Iterable[str]) -> list[str]:
    """Return the credits that map layers ask for."""
    layers = set(layers)
    return [OSM_CREDIT] * bool(layers & OSM_LAYERS) + [NATURAL_EARTH_CREDIT] * bool(
        layers & NATURAL_EARTH_LAYERS
    )


def _digest(digests: dict[str, str]) -> str:
    """Return twelve digits that stand for the content of all files behind a figure."""
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


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


def source_line(*sources: str, osm: bool = False, natural_earth: bool = False) -> str:
    """Return the source line of a figure: the data and its version, limits, credits.

    Parameters
    ----------
    *sources : str
        Sentences on what the data rests on and where it ends, in order.
    osm, natural_earth : bool
        Whether the figure shows anything of OpenStreetMap or Natural Earth.
    """
    words = [f"Data: The JSA crossing in context, version {version(PACKAGE)}."]
    words += [f"{source.rstrip('.')}." for source in sources]
    words += [OSM_CREDIT] * osm + [NATURAL_EARTH_CREDIT] * natural_earth
    return " ".join(words)

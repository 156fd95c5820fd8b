"""The tables in the forms that data users ask for: SQLite, Excel, GeoPackage, Parquet.

Cells are those of the CSV files, with types: partial dates stay text. The same bytes each time.
"""

from __future__ import annotations

import errno
import re
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import pandas as pd

from helpers import layers, load
from helpers.data.tables import TABLES, Table
from helpers.writing import scratch

SQL_TYPES = {"integer": "INTEGER", "number": "REAL"}
#: Words that a search finds by their beginning, since Korean particles follow the noun.
SEARCH = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can hold."""
WIDEST = 60


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of Python's own values, ``None`` where a cell is empty."""
    return frame.astype(object).where(frame.notna(), None)


def parquet(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet."""
    return frame.to_parquet(index=False)


# SQLite ---------------------------------------------------------------------------------------


def sqlite(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Return one database: the tables with their keys, the codebook, links, full-text search.

    ``incident_sources`` has a row an incident and source; ``search`` finds rows by the words of
    their texts, with table and key of each.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA temp_store = MEMORY")
        for table in TABLES.values():
            base.execute(_create(table))
            _insert(base, table.name, _plain(frames[table.name]))
        base.execute(f"CREATE TABLE codebook ({', '.join(load.describe())})")
        _insert(base, "codebook", load.describe())
        base.execute(
            "CREATE TABLE incident_sources (incident_id TEXT NOT NULL REFERENCES incidents, "
            "source_id TEXT NOT NULL REFERENCES sources, PRIMARY KEY (incident_id, source_id))"
        )
        cited = frames["incidents"][["incident_id", "source_ids"]].astype(str)
        cited = cited.assign(source_ids=cited["source_ids"].str.split(";")).explode("source_ids")
        _insert(base, "incident_sources", cited)
        base.execute(
            "CREATE VIRTUAL TABLE search USING "
            f"fts5(in_table UNINDEXED, in_row UNINDEXED, words, {SEARCH})"
        )
        for table in TABLES.values():
            _insert(base, "search", _words(table, frames[table.name]))
        base.execute("INSERT INTO search (search) VALUES ('optimize')")
        base.commit()
        base.execute("VACUUM")
        return base.serialize()


def _create(table: Table) -> str:
    lines = []
    for name, column in table.schema.columns.items():
        line = f'"{name}" {SQL_TYPES.get(column.kind, "TEXT")}'
        line += "" if column.nullable else " NOT NULL"
        target = table.foreign_keys.get(name)
        if target and column.kind == "key" and TABLES[target[0]].primary_key == target[1:]:
            line += f' REFERENCES "{target[0]}" ("{target[1]}")'
        lines.append(line)
    lines.append(f"PRIMARY KEY ({', '.join(table.primary_key)})")
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def _insert(base: sqlite3.Connection, name: str, frame: pd.DataFrame) -> None:
    marks = ", ".join("?" * frame.shape[1])
    base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', frame.itertuples(index=False))


def _words(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return table, key and all texts of each row that has one."""
    texts = [name for name, column in table.schema.columns.items() if column.kind == "text"]
    keys = frame[[*table.primary_key]].astype(str).agg("/".join, axis=1)
    words = frame[texts].apply(lambda row: " · ".join(row.dropna()), axis=1)
    return pd.DataFrame({"in_table": table.name, "in_row": keys, "words": words})[words.ne("")]


# Excel ----------------------------------------------------------------------------------------


def workbook(frames: Mapping[str, pd.DataFrame], about: Mapping[str, str]) -> bytes:
    """Return one workbook: what it is, the codebook, a sheet a table; no text is a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    first = pd.DataFrame(about.items(), columns=["about", "this workbook"])
    buffer = BytesIO()
    try:
        for name, frame in {"about": first, "codebook": load.describe(), **frames}.items():
            _sheet(book.create_sheet(name[:31]), frame)
        book.save(buffer)
    except OSError:
        for sheet in book:  # what is still open would print a traceback when it is thrown away
            with suppress(Exception):
                sheet.close()
        raise
    return _undated(buffer.getvalue())


def _sheet(sheet: object, frame: pd.DataFrame) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: object, bold: bool = False) -> object:
        made = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            # A text that begins with "=" would be a formula, of whoever wrote that text.
            made.data_type, made.quotePrefix = "s", True
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(frame.shape[1])}{len(frame) + 1}"
    for place, name in enumerate(frame, 1):
        longest = max([len(name) + 3, *frame[name].dropna().astype(str).str.len()])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 1, WIDEST)
    sheet.append([cell(name, bold=True) for name in frame])
    for row in _plain(frame).itertuples(index=False):
        sheet.append([cell(value) for value in row])


def _undated(content: bytes) -> bytes:
    """Return a workbook without the times at which it was made."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2000-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, EARLIEST), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# GeoPackage -----------------------------------------------------------------------------------


def geopackage(frames: Mapping[str, pd.DataFrame], data_dir: Path, released: str) -> bytes:
    """Return all places and map layers, each with its title and description."""
    import geopandas as gpd
    import pyogrio

    made = {}
    for table in TABLES.values():
        if {"lat", "lon"} <= set(table.columns):
            frame = frames[table.name]
            # The format knows no categories.
            frame = frame.astype(dict.fromkeys(frame.select_dtypes("category"), "str"))
            places = gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
            points = gpd.GeoSeries(places, index=frame.index, crs=layers.WGS84)
            frame = gpd.GeoDataFrame(frame, geometry=points.where(frame["lat"].notna(), None))
            made[table.name] = frame, table.title, table.description
    for name, (title, description) in layers.ABOUT.items():
        made[f"layer_{name}"] = getattr(layers, name)(data_dir), title, description
    date = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(date)
    pyogrio.set_gdal_config_options({date: f"{released}T00:00:00.000Z"})
    try:
        with scratch() as folder:
            path = folder / "crossings.gpkg"
            for name, (frame, title, description) in made.items():
                names = {"IDENTIFIER": title, "DESCRIPTION": description}
                pyogrio.write_dataframe(
                    frame,
                    path,
                    layer=name,
                    driver="GPKG",
                    append=path.exists(),
                    layer_options=names,
                )
            return path.read_bytes()
    except RuntimeError as error:
        problem = f"no GeoPackage can be written; is the disk full? ({error})"
        raise OSError(errno.EIO, problem, str(folder)) from error
    finally:
        pyogrio.set_gdal_config_options({date: before})

"""Read one table, check it, and return it as a typed frame: ``load.incidents()``.

There is a loader for each table. Every one takes ``data_dir`` (default:
:func:`helpers.paths.data_dir`) and raises :class:`helpers.data.faults.DataError` with all faults of
the file if it does not keep its schema. Coded columns come as ordered categories, whole numbers as
``Int64`` with ``<NA>`` for unknown, partial dates as text; tables of places have a point geometry
in EPSG:4326, missing where none is known. ``help(load.incidents)`` lists the columns.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from helpers.data import clock, tables, vocab
from helpers.data.columns import Table
from helpers.data.faults import DataError
from helpers.paths import data_dir as default_data_dir

if TYPE_CHECKING:
    import geopandas as gpd


#: Tables by file, with what they were read from; a few folders' worth.
_read: dict[Path, tuple[object, pd.DataFrame]] = {}
_MOST = 200

DTYPES = {"integer": "Int64", "number": "Float64", "category": "category"}


def table(name: str, data_dir: Path | None = None) -> pd.DataFrame:
    """Return the table ``name`` checked and typed, columns as in its schema.

    A file that has not changed since it was last loaded in this process is not read again; each
    caller gets a frame of its own.

    Raises
    ------
    DataError
        If the file breaks its schema.
    """
    # The check takes a moment to load: not before a table is wanted.
    from helpers.data.check import check_table

    folder = (data_dir or default_data_dir()).resolve()
    path = folder / tables.TABLES[name].path
    file, words = path.is_file() and path.stat(), vocab.use(folder)
    state = file and (file.st_mtime_ns, file.st_size, clock.today(), words)
    if state and path in _read and _read[path][0] == state:
        return _read[path][1].copy(deep=False)
    _, frame, faults = check_table(folder, tables.TABLES[name])
    if faults:
        raise DataError(faults)
    if len(_read) >= _MOST:
        _read.clear()
    _read[path] = state, frame
    return frame.copy(deep=False)


def describe(table: str = "") -> pd.DataFrame:
    """Return what each column holds, a row a column: of one table, or of all.

    Returns
    -------
    pandas.DataFrame
        ``in_table``, ``column``, ``kind``, ``unit``, ``description`` and ``if_empty``.
    """
    return pd.DataFrame(
        [
            {
                "in_table": one.name,
                "column": name,
                "kind": column.kind,
                "unit": column.unit,
                "description": column.description,
                "if_empty": column.missing or "never empty",
            }
            for one in ([_named(table)] if table else tables.TABLES.values())
            for name, column in one.schema.columns.items()
        ]
    )


def describe_column(table: str, column: str) -> pd.Series:
    """Return what a column holds, and what each of its codes means if it has some.

    >>> load.describe_column("incidents", "shots_at")  # doctest: +SKIP
    """
    about = describe(table).set_index("column")
    if column not in about.index:
        near = get_close_matches(column, about.index, 1, 0.4)
        hint = f"is it {near[0]!r}?" if near else f"it has {', '.join(about.index)}"
        raise ValueError(f"{table} has no column {column!r}; {hint}")
    found = about.loc[column].rename(column)
    codes = _named(table).schema.columns[column].vocabulary or ()
    return pd.concat([found, pd.Series({str(code): code.definition for code in codes}, dtype=str)])


def _named(table: str) -> Table:
    if table not in tables.TABLES:
        near = get_close_matches(table, tables.TABLES, 1, 0.4)
        raise ValueError(f"no table {table!r}; is it {(near or [*tables.TABLES])[0]!r}?")
    return tables.TABLES[table]


def _with_dates(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace the partial ``date`` by its first day, and add ``date_end`` and ``year``."""
    text = frame["date"]
    first = pd.to_datetime((text + "-01-01").str[:10], format="%Y-%m-%d")
    last = first.where(text.str.len() == 10, first + pd.offsets.MonthEnd(0))
    last = last.where(text.str.len() > 4, first + pd.offsets.YearEnd(0))
    frame = frame.assign(date=first, year=first.dt.year)
    frame.insert(frame.columns.get_loc("date") + 1, "date_end", last)
    return frame


def _with_times(frame: pd.DataFrame) -> pd.DataFrame:
    """Make ``date`` a day and add ``time``, the moment in Asia/Seoul."""
    moments = pd.to_datetime(frame["date"] + " " + frame["time_local"], format="%Y-%m-%d %H:%M")
    frame.insert(frame.columns.get_loc("time_local") + 1, "time", moments)
    frame["time"] = frame["time"].dt.tz_localize("Asia/Seoul")
    return frame.assign(date=pd.to_datetime(frame["date"], format="%Y-%m-%d"))


def _with_points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Add a point geometry from ``lon`` and ``lat``, EPSG:4326."""
    import geopandas as gpd

    points = gpd.points_from_xy(frame["lon"].astype(float), frame["lat"].astype(float))
    points = gpd.GeoSeries(points, index=frame.index, crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=points.where(frame["lat"].notna(), None))


#: What a loader adds to the columns of the file, and how that is said.
_ADDED = {
    "incidents": (
        _with_dates,
        "date and date_end are the first and last day it can have been, year is its year.",
    ),
    "jsa_timeline_2017": (
        _with_times,
        "date is a day, time the moment in Asia/Seoul, NaT where no clock is known.",
    ),
}


def _loader(of: Table) -> Callable[..., pd.DataFrame]:
    """Return the loader of a table, as its block says it."""
    add, added = _ADDED.get(of.name, (lambda frame: frame, ""))
    placed = {"lat", "lon"} <= set(of.columns)

    def load(data_dir: Path | None = None) -> pd.DataFrame:
        frame = add(table(of.name, data_dir))
        if of.order:
            frame = frame.sort_values([*of.order], ignore_index=True)
        if of.indexed:
            frame = frame.set_index(of.primary_key[0])
        return _with_points(frame) if placed else frame

    load.__name__ = load.__qualname__ = of.name
    load.__doc__ = _doc(of, added, placed)
    return load


def _doc(of: Table, added: str, placed: bool) -> str:
    """Return the docstring of a loader: what a row is, and every column with unit and meaning."""
    about = [of.description, of.hint, added]
    about += [f"Indexed by {of.primary_key[0]}."] if of.indexed else []
    about += [f"In order of {' and '.join(of.order)}."] if of.order else []
    about += ["Points in EPSG:4326."] if placed else []
    columns = []
    for name, column in of.schema.columns.items():
        unit = f", {column.unit}" if column.unit else ""
        empty = f" Missing: {column.missing}." if column.missing else ""
        columns += [
            f"{name} : {DTYPES.get(column.kind, 'str')}{unit}",
            fill(column.description + empty, 96, initial_indent=" " * 4, subsequent_indent=" " * 4),
        ]
    return "\n".join(
        [f"Return the table: {of.title}.", "", fill(" ".join(filter(None, about)), 96), "",
         "Columns", "-------", *columns]
    )  # fmt: skip


globals().update({name: _loader(one) for name, one in tables.TABLES.items()})
__all__ = ["describe", "describe_column", "table", *tables.TABLES]


def __dir__() -> list[str]:
    return __all__

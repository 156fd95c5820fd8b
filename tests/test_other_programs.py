"""Other programs read the data folder whole, each by its own guess at what a column holds."""

from __future__ import annotations

import csv

import duckdb
import mlcroissant
import polars
import pyogrio
import pytest
from frictionless import Package

from helpers import layers
from helpers.data.tables import TABLES
from tests.conftest import ROOT

DATA = ROOT / "data"


def _croissant():
    described = mlcroissant.Dataset(DATA / "croissant.json")
    return {
        one.id: sum(1 for _ in described.records(one.id)) for one in described.metadata.record_sets
    }


def _frictionless():
    tables = [one for one in Package(DATA / "datapackage.json").resources if one.tabular]
    return {one.name.replace("-", "_"): len(one.read_rows()) for one in tables}


def _each(read):
    return {name: len(read(DATA / table.path)) for name, table in TABLES.items()}


READERS = {
    "croissant": _croissant,
    "frictionless": _frictionless,
    "duckdb": lambda: _each(lambda path: duckdb.read_csv(path).fetchall()),
    # By default polars guesses from 100 rows, and stops at the first decimal after whole numbers.
    "polars": lambda: _each(lambda path: polars.read_csv(path, infer_schema_length=None)),
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib
@pytest.mark.parametrize("reader", READERS)
def test_every_table_has_its_rows_in(reader):
    rows = {}
    for name, table in TABLES.items():
        with (DATA / table.path).open(encoding="utf-8", newline="") as file:
            rows[name] = sum(1 for _ in csv.DictReader(file))
    assert READERS[reader]() == rows


@pytest.mark.parametrize(("name", "file"), layers.FILES.items())
def test_every_layer_is_read_by_gdal(name, file):
    about = pyogrio.read_info(DATA / file)
    assert about["crs"] == "EPSG:4326" and about["features"] == len(getattr(layers, name)())

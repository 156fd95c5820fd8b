"""Generated documents are up to date, complete, and valid for the outside validators."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import load
from helpers.data.tables import TABLES
from helpers.publish import codebook, datapackage
from tests.conftest import ROOT

DATA = ROOT / "data"
BIN = Path(sys.executable).parent


@pytest.mark.parametrize("name", ["CODEBOOK.md", "README.md", "datapackage.json", "croissant.json"])
def test_is_what_the_schemas_and_files_say(name):
    assert (DATA / name).read_bytes() == codebook.documents(DATA)[name], (
        f"data/{name} is stale: run `crossings document`"
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_and_column_is_described(table):
    assert table.title and table.description.endswith(".") and table.provenance.endswith(".")
    for name, column in table.schema.columns.items():
        assert column.description and column.description.endswith("."), name
        assert column.kind in codebook.KIND_WORDS, name
        assert column.nullable == bool(column.missing), name
        assert column.unit or not column.numeric, name
        assert f"\n{name} : " in getattr(load, table.name).__doc__
    assert table.name in dir(load)


def test_a_list_of_codes_names_the_columns_that_hold_it():
    page = codebook.codebook().decode().partition("### YesNo\n")[2].partition("###")[0]
    assert "Used by `conflicts.chosen`, `jsa_facts_2017.preferred`" in page
    assert "| `yes` | Yes | It is so. |" in page


def test_every_file_of_the_data_folder_is_described():
    described = {resource["path"] for resource in datapackage.datapackage(DATA)["resources"]}
    found = {
        path.relative_to(DATA).as_posix()
        for pattern in ("*.csv", "*.geojson")
        for path in DATA.rglob(pattern)
        if path.parent.name != "examples"  # of the ministry's files, not tables of ours
    }
    assert described == found


def test_foreign_keys_of_the_package_lead_to_unique_keys():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {one["name"]: one["schema"] for one in package["resources"] if "schema" in one}
    for schema in schemas.values():
        for foreign in schema.get("foreignKeys", []):
            target = schemas[foreign["reference"]["resource"]]
            assert foreign["reference"]["fields"] == target["primaryKey"]


@pytest.mark.parametrize(
    "command",
    [
        ["frictionless", "validate", "datapackage.json"],
        ["mlcroissant", "validate", "--jsonld", "croissant.json"],
    ],
    ids=lambda command: command[0],
)
def test_an_outside_validator_finds_it_valid(command):
    program, *rest = command
    done = subprocess.run([BIN / program, *rest], cwd=DATA, capture_output=True, text=True)
    told = done.stdout + done.stderr
    assert done.returncode == 0 and "INVALID" not in told and "Found the following" not in told, (
        told
    )

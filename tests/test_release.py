"""``crossings release``: every form holds the same cells, and what others use can read it."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import warnings
from contextlib import closing
from io import BytesIO

import openpyxl
import pandas as pd
import pyogrio
import pytest
import yaml
from typer.testing import CliRunner

from helpers import layers
from helpers.cli import app
from helpers.data.tables import TABLES
from helpers.publish import forms
from helpers.publish import release as releasing
from tests.conftest import ROOT, contents

DATA = ROOT / "data"
GONE = "2017-11-13-jsa-soldier"


def _rows(name):
    with (DATA / TABLES[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The register without one crossing, to be compared with."""
    folder = tmp_path_factory.mktemp("base")
    lines = (DATA / "incidents/incidents.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{GONE},")]
    (folder / "incidents.csv").write_text("".join(kept), "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory, base):
    """The folder of a release."""
    out = tmp_path_factory.mktemp("release") / "new"
    done = CliRunner().invoke(app, ["release", "--out", str(out), "--base", str(base)])
    assert done.exit_code == 0, done.output
    assert [path.name for path in out.parent.iterdir()] == ["new"], "nothing is left beside it"
    return out


@pytest.fixture(scope="module")
def database(made):
    with closing(sqlite3.connect(made / "crossings.sqlite")) as base:
        yield base


def test_the_same_bytes_again(made):
    again = releasing.files(DATA)
    # These follow from what the release was compared with.
    others = {"RELEASE_NOTES.md", "ro-crate-metadata.json", releasing.SUMS}
    files = {path.relative_to(made).as_posix(): text for path, text in contents(made).items()}
    assert files.keys() == again.keys()
    assert not [name for name in files if name not in others and files[name] != again[name]]


def test_every_file_has_its_checksum_and_its_place_in_the_crate(made):
    files = {path.relative_to(made).as_posix(): text for path, text in contents(made).items()}
    sums = [line.split("  ") for line in files.pop(releasing.SUMS).decode().splitlines()]
    assert {name: digest for digest, name in sums} == {
        name: hashlib.sha256(text).hexdigest() for name, text in files.items()
    }
    crate = {one["@id"]: one for one in json.loads(files.pop("ro-crate-metadata.json"))["@graph"]}
    assert {one["@id"] for one in crate["./"]["hasPart"]} == files.keys()
    for name, text in files.items():
        assert crate[name]["sha256"] == hashlib.sha256(text).hexdigest() and crate[name]["name"]
    named = [one["license"]["@id"] for one in crate.values() if "license" in one]
    assert len(set(named)) == 4 and set(named) <= crate.keys()
    assert crate["data/geo/koreas.geojson"]["license"]["@id"] != crate["./"]["license"]["@id"]


def test_tables_and_layers_are_those_of_the_project(made):
    for path in [*DATA.rglob("*.csv"), *DATA.rglob("*.geojson")]:
        assert (made / "data" / path.relative_to(DATA)).read_bytes() == path.read_bytes()


def test_one_source_of_facts(made):
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    zenodo = json.loads((made / ".zenodo.json").read_text("utf-8"))
    package = json.loads((made / "data/datapackage.json").read_text("utf-8"))
    croissant = json.loads((made / "data/croissant.json").read_text("utf-8"))
    for described in (zenodo, package, croissant):
        assert described["version"] == cited["version"]
        assert described["keywords"] == cited["keywords"]
        assert cited["abstract"] in described["description"]
    assert zenodo["publication_date"] == croissant["datePublished"] == str(cited["date-released"])
    assert "creativecommons" not in croissant["url"]
    licences = {one["name"]: one["license"] for one in croissant["distribution"]}
    assert "odbl" in licences["geo/mdl_nll.geojson"] and "odbl" not in licences["sources.csv"]


def test_the_datasheet_counts_and_the_notes_tell_what_changed(made):
    sheet = (made / "DATASHEET.md").read_text("utf-8")
    assert f"The register holds {len(_rows('incidents'))} events" in sheet
    assert sheet.count("?**") > 30 and "{" not in sheet
    notes = (made / "RELEASE_NOTES.md").read_text("utf-8")
    assert GONE in notes and "findings changed" in notes and "Cite as:" in notes


# Each form -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_the_database_has_every_cell(database, name):
    rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
    numeric = [column.numeric for column in TABLES[name].schema.columns.values()]
    for row, cells in zip(rows, _rows(name), strict=True):
        for value, cell, number in zip(row, cells.values(), numeric, strict=True):
            assert (value is None) == (cell == "")
            assert value is None or (float(cell) == value if number else cell == value)


def test_the_database_is_sound_links_sources_and_finds_words(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not database.execute("PRAGMA foreign_key_check").fetchall()
    links = sum(row["source_ids"].count(";") + 1 for row in _rows("incidents"))
    joined = (
        "SELECT count(*) FROM incidents JOIN incident_sources USING (incident_id) "
        "JOIN sources USING (source_id)"
    )
    assert database.execute(joined).fetchone() == (links,)
    word = next(row["title"] for row in _rows("sources") if "병사가" in row["title"])
    found = "SELECT words FROM search WHERE search MATCH ? AND in_table = 'sources'"
    assert any(word in words for (words,) in database.execute(found, ["병사*"]))
    assert database.execute(
        "SELECT count(*) FROM search WHERE in_table = 'incidents' AND in_row = ?", [GONE]
    ).fetchone() == (1,)


def test_the_workbook_has_every_table_and_no_formula(made):
    book = openpyxl.load_workbook(made / "crossings.xlsx", read_only=True)
    assert book.sheetnames == ["about", "codebook", *TABLES]
    for name, table in TABLES.items():
        rows = book[name].iter_rows(values_only=True)
        assert list(next(rows)) == table.columns
        assert sum(1 for _ in rows) == len(_rows(name))


def test_a_text_that_looks_like_a_formula_stays_text():
    texts = ["=HYPERLINK(1)", "+1", "@x", "-1", "\t=1+1", None]
    hostile = pd.DataFrame({"a": texts, "n": [-1, 2, 3, 4, 5, 6]})
    made = forms.workbook({"t": hostile}, {})
    sheet = openpyxl.load_workbook(BytesIO(made))["t"]
    kinds = [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert kinds == [["s", "n"]] * 5 + [["n", "n"]]
    assert sheet["A2"].value == "=HYPERLINK(1)" and sheet["A2"].quotePrefix
    assert sheet["B2"].value == -1


def test_ogr_reads_the_geopackage(made):
    path = made / "crossings.gpkg"
    known = dict(pyogrio.list_layers(path))
    assert {f"layer_{name}" for name in layers.FILES} < known.keys()
    for name, (title, description) in layers.ABOUT.items():
        about = pyogrio.read_info(path, layer=f"layer_{name}")["layer_metadata"]
        assert (about["IDENTIFIER"], about["DESCRIPTION"]) == (title, description)
    incidents = pyogrio.read_dataframe(path, layer="incidents")
    assert [*incidents["incident_id"]] == [row["incident_id"] for row in _rows("incidents")]
    assert incidents.geometry.notna().sum() == sum(bool(row["lat"]) for row in _rows("incidents"))
    assert [*incidents["date"]] == [row["date"] for row in _rows("incidents")]


def test_duckdb_and_polars_read_parquet_and_csv(made):
    import duckdb
    import polars

    own = [(row["incident_id"], row["people"]) for row in _rows("incidents")]
    expected = [(key, int(people) if people else None) for key, people in own]
    for file in ("parquet/incidents.parquet", "data/incidents/incidents.csv"):
        query = f"SELECT incident_id, people FROM '{made / file}'"
        assert duckdb.sql(query).fetchall() == expected
    for name in TABLES:
        frame = polars.read_parquet(made / f"parquet/{name}.parquet")
        assert frame.height == len(_rows(name)) and frame.columns == TABLES[name].columns


def test_frictionless_and_mlcroissant_read_the_records(made):
    import frictionless
    import mlcroissant

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = frictionless.Package(str(made / "data/datapackage.json"))
        rows = package.get_resource("incidents").read_rows()
        records = mlcroissant.Dataset(str(made / "data/croissant.json")).records("incidents")
        keys = [record["incidents/incident_id"].decode() for record in records]
    own = [row["incident_id"] for row in _rows("incidents")]
    assert [row["incident_id"] for row in rows] == own == keys


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--base", "no-such-revision"], "no-such-revision"), ([], "not empty")],
)
def test_refuses_and_writes_nothing(tmp_path, words, told):
    out = tmp_path / "out"
    if not words:
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    before = contents(tmp_path)
    done = CliRunner().invoke(app, ["release", "--out", str(out), *words])
    assert done.exit_code == 2 and told in done.output and "Nothing was written." in done.output
    assert contents(tmp_path) == before

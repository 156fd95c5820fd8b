"""What a change of the data changes: findings by name, the rows behind them, figures."""

from __future__ import annotations

import io
import json
import shutil

import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import compare, findings
from helpers.cli import app
from helpers.figures.registry import entries
from helpers.layers import FILES
from helpers.schemas import TABLES
from tests.conftest import ROOT

GONE = "2017-11-13-jsa-soldier"


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    """A folder with only the register, one row short."""
    folder = tmp_path_factory.mktemp("part")
    lines = (ROOT / "data" / "incidents" / "incidents.csv").read_text("utf-8").splitlines(True)
    kept = [line for line in lines if not line.startswith(f"{GONE},")]
    assert len(kept) == len(lines) - 1
    (folder / "incidents.csv").write_text("".join(kept), "utf-8")
    return folder


@pytest.fixture(scope="module")
def found(part):
    result = CliRunner().invoke(app, ["diff", "--data", str(part), "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.fixture(scope="module")
def difference(found):
    rows = tuple(compare.RowChange(**row) for row in found["rows"])
    changed = [compare.FindingChange(**one | {"rows": rows}) for one in found["findings"]]
    return compare.Difference(tuple(changed), rows, (), found["same_findings"])


@pytest.fixture(scope="module")
def own():
    return findings.compute(ROOT / "data")


def test_every_finding_has_a_text(own):
    assert not [name for name, one in own.items() if one.text.startswith("(none")]
    layers = {f"geo/{name}" for name in FILES}
    assert all(one.tables and one.tables <= set(TABLES) | layers for one in own.values())


def test_every_figure_and_every_sentence_is_a_finding(own):
    assert list(own) == [*findings.SENTENCES, *entries()]
    assert not set(findings.SENTENCES) & set(entries())


def test_names_finding_before_after_and_row(found):
    changed = {one["name"]: one for one in found["findings"]}
    jsa = changed["jsa-among-the-rest"]
    assert "eight were by northern troops" in jsa["before"]
    assert "seven were by northern troops" in jsa["after"]
    assert [row["key"] for row in jsa["rows"]] == [GONE]
    assert jsa["rows"][0]["kind"] == "removed" and jsa["rows"][0]["table"] == "incidents"


def test_findings_on_other_tables_are_the_same(found):
    changed = {one["name"] for one in found["findings"]}
    assert not {"rounds-and-hits", "arrivals-by-year", "claims-checked"} & changed
    assert len(changed) + found["same_findings"] == len(findings.SENTENCES) + len(entries())


def test_names_the_figures_that_change(found):
    figures = {one["slug"]: one for one in found["figures"]}
    assert figures["jsa-among-the-rest"]["kind"] == "changed"
    assert {"title", "fact", "table"} <= set(figures["jsa-among-the-rest"]["what"])
    assert "arrivals-by-year" not in figures


def test_for_a_person(difference):
    out = io.StringIO()
    compare.show(difference, Console(file=out, width=200))
    said = out.getvalue()
    assert "1 rows and 0 figures differ" in said and "no finding rests on" not in said
    assert "jsa-among-the-rest" in said and f"incidents {GONE} removed" in said


def test_for_a_job_summary(difference):
    said = compare.as_markdown(difference)
    assert "| jsa-among-the-rest | " in said and f"incidents {GONE} removed" in said


def test_nothing_differs_from_itself():
    assert not compare.compare(ROOT / "data", ROOT / "data")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no git checkout")
def test_a_revision_gives_its_data(tmp_path):
    with compare.base_data("HEAD", tmp_path) as folder:
        assert folder != ROOT / "data"
        assert (folder / "datapackage.json").is_file() and (folder / "sources.csv").is_file()


def test_base_that_is_neither_folder_nor_revision():
    result = CliRunner().invoke(app, ["diff", "--base", "no-such-revision"])
    assert result.exit_code == 2 and "no such folder or revision" in result.output


def test_rows_by_key(tmp_path):
    table = TABLES["blind_years"]
    old, new = (shutil.copytree(ROOT / "data", tmp_path / name) for name in ("old", "new"))
    head, first, second, *rest = (new / table.path).read_text("utf-8").splitlines(True)
    key, *cells = first.split(",")
    moved = [head, *rest, first.replace(",1954,", ",1953,", 1), ",".join(["new_span", *cells])]
    (new / table.path).write_text("".join(moved), "utf-8")
    place = len(rest) + 2
    assert compare.changed_rows(table, old, new) == [
        compare.RowChange(table.name, key, "changed", place, {"first_year": ["1954", "1953"]}),
        compare.RowChange(table.name, "new_span", "added", place + 1),
        compare.RowChange(table.name, second.split(",")[0], "removed", 3),
    ]


def test_figures_by_words_and_table():
    parts = {"title": "One", "fact": "It is one.", "table": "a"}
    old = {
        name: findings.Found("text", frozenset(), kept)
        for name, kept in {"a": parts, "b": parts, "c": parts, "d": {}, "e": {}}.items()
    }
    new = old | {
        "a": findings.Found("text", frozenset(), parts | {"title": "Another"}),
        "b": findings.Found("text", frozenset(), {}),
        "d": findings.Found("text", frozenset(), parts),
    }
    assert compare.changed_figures(old, new) == [
        compare.FigureChange("a", "changed", ("title",)),
        compare.FigureChange("b", "removed", ()),
        compare.FigureChange("d", "added", ()),
    ]


def test_excerpt_shows_what_differs():
    before = "one two three four five six seven eight nine ten"
    after = "one two three four five 6 seven eight nine ten"
    assert compare.excerpt(before, after, 1) == "… five six seven …"
    assert compare.excerpt(before, before) == "…"


def test_text_from_a_table_cannot_leave_its_cell():
    assert compare._cell("a|b\n<script>") == "a\\|b &lt;script>"

"""The build: bad data stops it before anything is written; a failure leaves what was good."""

from __future__ import annotations

import io

import nbformat
import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import build, notebooks
from helpers.cli import app
from helpers.faults import DataError

GOOD = """
import pandas as pd
from helpers import export, style
fig = style.page("A finding", "What, where, when", "Source: The JSA crossing in context")
ax = style.axes(fig)
alt = "An empty pair of axes, drawn to test that the build writes what the notebook exports."
export.figure(fig, "empty", alt, "There is nothing.", pd.DataFrame({"a": [1]}))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "figures").mkdir()
    monkeypatch.setenv("CROSSINGS_FIGURES", str(tmp_path / "figures"))
    return tmp_path


def _notebook(folder, *sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    path = folder / "notebooks" / "90_test.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def _build(paths, data):
    return build.build(paths, data, Console(file=io.StringIO()))


def test_writes_notebook_and_figures(folder, data):
    path = _notebook(folder, "1 + 1", GOOD)
    (result,) = _build([path], data)
    assert not result.error
    names = {file.name for file in (folder / "figures").iterdir()}
    assert names == {f"empty.{ext}" for ext in ("png", "svg", "csv", "json")}
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.execution_count for cell in cells] == [1, 2]


def test_same_notebook_bytes_twice(folder, data):
    path = _notebook(folder, "1 + 1", GOOD)
    _build([path], data)
    first = path.read_bytes()
    _build([path], data)
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    "bad", ["raise ValueError('broken')", "import warnings; warnings.warn('beware')"]
)
def test_failure_leaves_what_was_good_and_the_others_go_on(folder, data, bad):
    path = _notebook(folder, GOOD, bad)
    before = path.read_bytes()
    other = path.with_name("91_test.ipynb")
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(GOOD, id="c")]), other)
    failed, good = _build([path, other], data)
    assert "broken" in failed.error or "beware" in failed.error
    assert path.read_bytes() == before
    assert not good.error and (folder / "figures" / "empty.png").exists()


BREAKAGES = {
    "unknown column": ("incident_id,date,", "incident_id,day,", "incidents/incidents.csv:1:"),
    "missing key": ("2017-11-13-jsa-soldier,", ",", "incident_id"),
    "out of vocabulary": (",dmz_land,", ",dmz,", "route: 'dmz'"),
    "out of range": (",37.95585,", ",137.95585,", "lat"),
}


@pytest.mark.parametrize("kind", BREAKAGES)
def test_bad_data_stops_the_build_before_anything_is_written(folder, data, kind):
    old, new, said = BREAKAGES[kind]
    table = data / "incidents" / "incidents.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    path = _notebook(folder, GOOD)
    before = path.read_bytes()
    with pytest.raises(DataError) as caught:
        _build([path], data)
    assert said in str(caught.value)
    assert "expected" in str(caught.value)
    assert path.read_bytes() == before
    assert not list((folder / "figures").iterdir())


def test_command_says_what_is_wrong_and_exits_1(folder, data):
    table = data / "incidents" / "incidents.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",dmz_land,", ",dmz,", 1), encoding="utf-8")
    result = CliRunner().invoke(app, ["build", "--data", str(data), str(_notebook(folder, GOOD))])
    assert result.exit_code == 1
    assert "Nothing was written" in result.output


def test_command_check_finds_no_fault_in_the_project():
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output
    assert "0 faults" in result.output


def test_figures_do_not_reach_the_project_from_a_run(folder, data):
    run = notebooks.run(_notebook(folder, GOOD), data)
    assert set(run.figures) == {f"empty.{ext}" for ext in ("png", "svg", "csv", "json")}
    assert not list((folder / "figures").iterdir())


def test_command_check_refuses_another_format_and_a_folder_that_is_not_there(tmp_path):
    assert CliRunner().invoke(app, ["check", "--format", "nonsense"]).exit_code == 2
    result = CliRunner().invoke(app, ["check", "--data", str(tmp_path / "nowhere")])
    assert result.exit_code == 1
    assert "no such folder" in result.output

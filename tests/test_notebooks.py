"""Every notebook was run in order, keeps its outputs, and keeps the house rules."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest
from bs4 import BeautifulSoup

from helpers.notebooks import run as notebooks
from tests.conftest import ROOT

NOTEBOOKS = notebooks.find_notebooks()


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    notebooks.read(path)  # names what is wrong with the file
    return nbformat.read(path, as_version=4)


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert NOTEBOOKS and notebooks.find_notebooks() == NOTEBOOKS, "delete copies, or name them"


def test_run_in_order(path, notebook):
    counts = [cell.execution_count for cell in _code(notebook)]
    assert counts == list(range(1, len(counts) + 1)), f"run: crossings build {path.stem}"


def test_keeps_its_outputs(notebook):
    shown = [cell for cell in _code(notebook) if cell.outputs]
    assert len(shown) >= len(_code(notebook)) / 2, "outputs were cleared: run crossings build"
    assert any("image/png" in output.get("data", {}) for cell in shown for output in cell.outputs)


def test_no_error_no_warning_no_markup_that_nbval_cannot_compare(notebook):
    for cell in _code(notebook):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            assert "image/svg+xml" not in output.get("data", {})
            assert " at 0x" not in str(output.get("data", {}).get("text/plain", ""))


def test_every_claim_of_the_prose_holds(notebook):
    assert not [str(claim) for claim in notebooks.unheld(notebook)]


def test_cells_are_small_and_define_nothing(notebook):
    for cell in _code(notebook):
        assert len(cell.source.splitlines()) <= 20
        assert not cell.source.rstrip().endswith(";")
        assert not re.search(r"^\s*(def|class|lambda)\b", cell.source, re.M)


def test_imports_stand_once_at_the_top(notebook):
    importing = [
        number
        for number, cell in enumerate(_code(notebook))
        if re.search(r"^(import|from) ", cell.source, re.M)
    ]
    assert importing == [0]


def test_words_before_code(notebook):
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds[0] == "markdown"
    assert 0.4 <= kinds.count("markdown") / len(kinds) <= 0.7
    headings = [
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert sum(line.startswith("# ") for line in headings) == 1
    assert 4 <= sum(line.startswith("## ") for line in headings) <= 9


def _described(notebook):
    """Return the alternative texts of a notebook's pictures, each with the output that follows."""
    for cell in _code(notebook):
        for output, after in pairwise([*cell.outputs, {}]):
            if "image/png" in output.get("data", {}):
                yield output.metadata["image/png"]["alt"], after


def test_every_picture_has_its_description_folded_under_it(notebook):
    found = list(_described(notebook))
    assert found
    for alt, after in found:
        assert 60 <= len(alt) <= 400
        fold = BeautifulSoup(after["data"]["text/html"], "html.parser").details
        assert fold.get_text() == f"{fold.summary.get_text()}{alt}"


def test_descriptions_arrive_in_html(tmp_path):
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", tmp_path]
    subprocess.run([*command, *NOTEBOOKS], cwd=ROOT, check=True, capture_output=True)
    for path in NOTEBOOKS:
        page = (tmp_path / f"{path.stem}.html").read_text(encoding="utf-8")
        soup = BeautifulSoup(page, "html.parser")
        expected = [alt for alt, _ in _described(nbformat.read(path, as_version=4))]
        assert [one["alt"] for one in soup.find_all("img")] == expected
        folded = [one.get_text() for one in soup.find_all("details")]
        assert all(any(text.endswith(alt) for text in folded) for alt in expected)


def test_small_and_free_of_machine_and_time(path, notebook):
    assert path.stat().st_size < 1_000_000
    assert "version" not in notebook.metadata["language_info"]
    assert all("execution" not in cell.metadata for cell in notebook.cells)

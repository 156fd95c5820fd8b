"""The worked example of CONTRIBUTING.md, followed step by step on a copy of the project."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from textwrap import dedent

import pytest

from tests.conftest import ROOT

HEADING = "## A column with a chart, in five edits"


PLAIN = ["CHANGELOG.md", "CITATION.cff", "pyproject.toml", "uv.lock"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project in which the five edits are made."""
    home = tmp_path_factory.mktemp("example") / "project"
    home.mkdir()
    for name in ("src", "data", "notebooks"):
        shutil.copytree(ROOT / name, home / name)
    for name in [*ROOT.glob("README*.md"), *map(ROOT.joinpath, PLAIN)]:
        shutil.copy(name, home)
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(HEADING)[2].partition("\n## ")[0]
    files = re.findall(r"^\d\. `([^`]+)`", text, re.M)
    codes, column, figure, cell = (
        dedent(block) for block in re.findall(r"```\w+\n(.*?) *```", text, re.S)
    )
    assert len(files) == 5
    table, vocabularies, schema, file, notebook = (home / name for name in files)

    sides = [line.split(",")[1] for line in codes.splitlines()[1:]]
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    place = rows[0].index("kind") + 1
    for number, row in enumerate(rows):
        row.insert(place, sides[number % len(sides)] if number else "acted")
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)

    listed, *terms = codes.splitlines(keepends=True)
    lines = vocabularies.read_text("utf-8").splitlines(keepends=True)
    last = max(n for n, line in enumerate(lines) if line.startswith("Vocabulary,"))
    lines[last + 1 : last + 1] = [listed]
    vocabularies.write_text("".join([*lines, *terms]), "utf-8")

    block, found, rest = schema.read_text("utf-8").partition("vocab.BorderEventKind),\n")
    assert found
    schema.write_text(f"{block}{found}{' ' * 12}{column}{rest}", "utf-8")
    file.write_text(figure, "utf-8")
    page = json.loads(notebook.read_text("utf-8"))
    page["cells"].insert(-1, {"cell_type": "code", "id": "example", "metadata": {},
                              "source": cell, "outputs": [], "execution_count": None})  # fmt: skip
    notebook.write_text(json.dumps(page), "utf-8")
    return home


def crossings(project, *words):
    code = f"from helpers.cli import app; app({list(words)!r})"
    environment = os.environ | {"PYTHONPATH": str(project / "src")}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=environment, capture_output=True, text=True
    )


def test_the_check_knows_the_column(project):
    done = crossings(project, "check")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 faults"), done.stdout
    assert (project / "src/helpers/figures/events_by_side.py").is_file()


def test_a_code_that_is_not_in_its_list_is_a_fault(project, tmp_path):
    part = tmp_path / "part" / "context" / "border_events.csv"
    part.parent.mkdir(parents=True)
    whole = (project / "data/context/border_events.csv").read_text("utf-8")
    part.write_text(whole.replace(",china,", ",chna,", 1), "utf-8")
    done = crossings(project, "check", "--data", str(part.parent.parent))
    assert done.returncode == 1 and "chna" in done.stdout and "china" in done.stdout


def test_the_figure_is_exported_and_its_notebook_runs(project, tmp_path):
    done = crossings(
        project, "export", "events-by-side", "--out", str(tmp_path), "--size", "column"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    words = json.loads((tmp_path / "events-by-side-column.json").read_text("utf-8"))
    rows = len((project / "data/context/border_events.csv").read_text("utf-8").splitlines()) - 1
    assert re.fullmatch(rf"[\w ]+ acted in \d+ of {rows} events at the border", words["title"])
    assert (tmp_path / "events-by-side-column.png").stat().st_size > 5_000


def test_the_codebook_has_it(project):
    done = crossings(project, "document")
    assert done.returncode == 0, done.stdout + done.stderr
    book = (project / "data/CODEBOOK.md").read_text("utf-8")
    assert "| `acted` |" in book and "Acting side" in book

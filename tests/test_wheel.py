"""The wheel alone, without the clone: data and figures are there, and nothing of it is written."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT, contents

SLUG = "map-direct-crossings"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The wheel, built without a network and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.fixture(scope="module")
def run(package, tmp_path_factory):
    """Run Python with the package in a folder that has nothing to do with the project."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*words):
        kept = {name: text for name, text in os.environ.items() if "CROSSINGS" not in name}
        env = kept | {"PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
        done = [sys.executable, *words]
        return subprocess.run(done, cwd=elsewhere, env=env, capture_output=True, text=True)

    run.folder = elsewhere
    return run


def _crossings(run, *words):
    return run("-c", "from helpers.cli import app; app()", *words)


def test_every_table_and_layer_loads_anywhere(package, run):
    code = (
        "import helpers\nfrom helpers import layers, load\n"
        "from helpers.data.tables import TABLES\n"
        "print(helpers.__file__)\n"
        "for name in TABLES: assert len(getattr(load, name)())\n"
        "for name in layers.FILES: assert len(getattr(layers, name)())\n"
        "print(load.incidents().index.size)"
    )
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    rows = (ROOT / "data/incidents/incidents.csv").read_text("utf-8").count("\n") - 1
    assert done.stdout.split() == [str(package / "helpers/__init__.py"), str(rows)]
    assert sorted(p.name for p in (ROOT / "data").rglob("*.csv")) == sorted(
        p.name for p in (package / "helpers/_data").rglob("*.csv")
    )


def test_a_figure_is_that_of_the_project_and_the_data_are_checked(run):
    done = _crossings(run, "export", SLUG, "--format", "png", "--out", "out")
    assert done.returncode == 0, done.stderr
    for name in (f"{SLUG}.png", f"{SLUG}.csv"):
        assert (run.folder / "out" / name).read_bytes() == (ROOT / "figures" / name).read_bytes()
    checked = _crossings(run, "check")
    assert checked.returncode == 0 and "0 faults" in checked.stdout, checked.stdout
    assert "Nothing differs" in _crossings(run, "diff", "--data", str(ROOT / "data")).stdout


@pytest.mark.parametrize(
    "words", ["add --no-prompt", "import any.csv", "mend sources.csv --yes", "build", "document"]
)
def test_what_writes_into_the_project_says_that_there_is_none(package, run, words):
    before = contents(package)
    done = _crossings(run, *words.split())
    assert done.returncode and "Traceback" not in done.stderr
    assert "There is no project here" in done.stderr and "Clone the project" in done.stderr
    assert contents(package) == before and not (run.folder / ".crossings").exists()

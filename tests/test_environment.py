"""The same packages and floors are named everywhere, and set-up works in any folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version
from rattler import MatchSpec

from tests.conftest import ROOT

CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "jupyter-client": "jupyter_client",
    "matplotlib": "matplotlib-base",
}
PYPI_ONLY = {"axe-playwright-python", "fontpkg-fira-sans", "playwright", "pylopdf-fonts-ko"}
NOT_IN_PYPROJECT = {"python", "pip"}


def _pyproject():
    with (ROOT / "pyproject.toml").open("rb") as file:
        content = tomllib.load(file)
    lines = content["project"]["dependencies"] + content["dependency-groups"]["dev"]
    return {req.name: req for req in map(Requirement, lines)}


def _environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def _conda_lines():
    return [line for line in _environment()["dependencies"] if isinstance(line, str)]


def _pip_lines():
    return next(d["pip"] for d in _environment()["dependencies"] if isinstance(d, dict))


def _floor(requirement):
    (spec,) = requirement.specifier
    assert spec.operator == ">="
    return spec.version


def test_name_and_channel():
    assert _environment()["name"] == "crossings"
    assert _environment()["channels"] == ["conda-forge"]


@pytest.mark.parametrize("line", _conda_lines())
def test_conda_line_is_a_match_spec_with_the_same_floor(line):
    spec = MatchSpec(line)
    name = spec.name.normalized
    if name in NOT_IN_PYPROJECT:
        return
    pypi = {conda: own for own, conda in CONDA_NAMES.items()}.get(name, name)
    assert spec.version == f">={_floor(_pyproject()[pypi])}"


def test_both_name_the_same_packages():
    conda = {MatchSpec(line).name.normalized for line in _conda_lines()} - NOT_IN_PYPROJECT
    pip = {Requirement(line).name for line in _pip_lines() if not line.startswith("-")}
    own = {CONDA_NAMES.get(name, name) for name in _pyproject()}
    assert pip == PYPI_ONLY
    assert conda | pip == own


def test_pip_floors_and_editable_install():
    for line in _pip_lines():
        if not line.startswith("-"):
            assert _floor(Requirement(line)) == _floor(_pyproject()[Requirement(line).name])
    assert "--editable ." in _pip_lines(), "pip refuses other options in this place"


@pytest.mark.parametrize("name", sorted(_pyproject()))
def test_what_is_installed_keeps_the_floor(name):
    requirement = _pyproject()[name]
    assert Version(version(name)) in requirement.specifier


def test_python_floor():
    (line,) = [line for line in _conda_lines() if line.startswith("python>")]
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["requires-python"] == line.removeprefix("python")


@pytest.mark.parametrize("path", sorted(ROOT.glob(".github/workflows/*.yml")), ids=lambda p: p.stem)
def test_a_workflow_runs_pinned_actions_with_the_least_rights_and_no_text_of_strangers(path):
    text = path.read_text(encoding="utf-8")
    flow = yaml.safe_load(text)
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one) for one in used)
    assert flow["permissions"] in ({}, {"contents": "read"}) and "pull_request_target" not in text
    for job in flow["jobs"].values():  # a page is published by a job of its own
        assert set(job.get("permissions", {})) <= {"contents", "pages", "id-token"}
        assert job.get("permissions", {}).get("contents") != "write"
    for step in steps:
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


HOSTILE = "my project (copy) [x] $HOME 'q' \"dq\" 한글"
LACKS_VENV = """#!/bin/sh
mkdir -p "$3/bin"; echo 'ensurepip is not available'; exit 1
"""
MAKES_VENV = """#!/bin/sh
mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
echo "$VIRTUAL_ENV|$PYTHONPATH|$PIP_USER|$PIP_TARGET|$*" >> "$LOG"
"""


def _make(folder, python, kept=""):
    """Run ``make setup`` in a folder of a hostile name, with a script in place of Python."""
    home = folder / HOSTILE
    home.mkdir()
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, home)
    (folder / "python").write_text(python)
    (folder / "python").chmod(0o755)
    settings = {"PYTHONPATH": "other", "PIP_USER": "1", "PIP_TARGET": "there", "VIRTUAL_ENV": "x"}
    settings |= {"LOG": str(folder / "log"), "CONDA_PREFIX": "y", "UV_CACHE_DIR": kept}
    words = ["make", "setup", f"PYTHON={folder / 'python'}"]
    done = subprocess.run(
        words, cwd=home, env=os.environ | settings, capture_output=True, text=True
    )
    return home, done


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_setup_without_venv_leaves_nothing_half_made_and_says_what_to_install(tmp_path):
    home, done = _make(tmp_path, LACKS_VENV)
    assert done.returncode and "apt install python3-venv" in done.stdout
    assert not (home / ".venv").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(("kept", "ends"), [("kept it", "--active"), ("/dev/null/a", "-cache")])
def test_setup_in_any_folder_whatever_else_is_set(kept, ends, tmp_path):
    home, done = _make(tmp_path, MAKES_VENV, kept)
    assert done.returncode == 0, done.stderr
    calls = [line.split("|") for line in (tmp_path / "log").read_text().splitlines()]
    assert calls[0][-1] == "-m venv .venv" and calls[-1][-1].startswith("-m uv sync ")
    assert calls[-1][-1].endswith(ends)
    assert calls[-1][0] == f"{home}/.venv"
    assert {tuple(call[1:4]) for call in calls} == {("", "0", "")}
    assert (home / ".venv" / ".ready").exists()

"""Documents say what is so: links resolve, commands exist, no machine's path or private name."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from tests.conftest import ROOT

TEXT = {
    ".py", ".md", ".toml", ".yml", ".yaml", ".csv", ".json", ".geojson", ".ipynb", ".cff", ".svg",
    ".txt", "",
}  # fmt: skip
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|farm|root|home|Users|private|opt)/[\w.]|(?<![\w.])/tmp/[a-z]|[A-Z]:\\\\"
)


IGNORED = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()} | {".git"}


def _kept():
    """Return the files that git keeps, found without it: a ZIP of the project has no .git."""
    tops = [top for top in sorted(ROOT.iterdir()) if top.name not in IGNORED]
    for path in [one for top in tops for one in (top, *sorted(top.rglob("*")))]:
        apart = IGNORED & {*path.relative_to(ROOT).parts}
        if not apart and path.is_file() and path.suffix in TEXT and path.name != "uv.lock":
            yield path


MARKDOWN = [path for path in _kept() if path.suffix == ".md"]


def test_no_path_of_a_machine():
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in _kept()
        if path.name != "test_documents.py"
        for match in MACHINE.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not found


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    for target in targets:
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{target} in {path.name}"


def test_documents_name_only_commands_that_exist():
    from helpers.cli import app

    known = {
        "make": set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.M)),
        "crossings": {one.callback.__name__.removesuffix("_") for one in app.registered_commands},
    }
    for path in MARKDOWN:
        for tool, name in re.findall(r"`(make|crossings) ([a-z][a-z-]*)", path.read_text("utf-8")):
            assert name in known[tool], f"{tool} {name} in {path.name}"


def test_ci_runs_the_two_commands_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make figures", "make test"):
        assert command in script
        assert command in readme
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    steps = workflow["jobs"]["all-that-must-hold"]["steps"]
    assert any(step.get("run") == "bash .ci/run" for step in steps)


def test_configured_paths_exist():
    with (ROOT / "pyproject.toml").open("rb") as file:
        config = tomllib.load(file)
    paths = [
        config["project"]["readme"],
        *config["project"]["license-files"],
        *config["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"],
        *config["tool"]["pytest"]["ini_options"]["testpaths"],
        *config["tool"]["ruff"]["extend-exclude"],
    ]
    assert all((ROOT / path).exists() for path in paths)


def test_versions_agree():
    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changelog = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert citation["version"] == changelog.group(1) == version


def test_every_decision_named_in_the_data_is_written_down():
    from helpers.data.check import check_table
    from helpers.data.tables import TABLES

    text = (ROOT / "data" / "DECISIONS.md").read_text(encoding="utf-8")
    written = re.findall(r"^## (d\d+) ", text, re.M)
    assert len(written) == len(set(written))
    for table in TABLES.values():
        if "decision_ids" in table.columns:
            _, frame, _ = check_table(ROOT / "data", table)
            named = set(frame["decision_ids"].dropna().str.split(";").explode())
            assert named <= set(written), table.name

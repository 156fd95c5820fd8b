"""The modules import one way, and the package stays light until something heavy is needed."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "helpers"

# Imports run one way: a room imports those before it, and within itself.
ROOMS = [
    {"languages", "paths", "writing"},
    {"words"},
    {"data"},
    {"load", "layers"},
    {"analysis"},
    {"sentences"},
    {"figures"},
    {"export"},
    {"notebooks"},
    {"publish", "entry"},
    {"cli"},
    {"__main__"},
]
FORBIDDEN = {
    "analysis": {"load", "layers", "words"},
    "sentences": {"load", "layers"},
}


def _modules():
    return sorted(PACKAGE.rglob("*.py"))


def _name(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("helpers"):
            rest = node.module.split(".")[1:]
            yield from [rest[0]] if rest else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from [
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("helpers.")
            ]


def _rank(name):
    ranks = [number for number, rooms in enumerate(ROOMS) if name in rooms]
    assert ranks, f"{name} is in no room"
    return ranks[0]


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    own = _name(path)
    if own == "__init__":
        assert not list(_imports(path))
        return
    for other in set(_imports(path)) - {own}:
        assert _rank(other) < _rank(own), f"{own} imports {other}, which does not come before it"
        assert other not in FORBIDDEN.get(own, set()), f"{own} must not import {other}"


def test_the_rooms_are_those_on_the_disk_and_say_what_they_are_for():
    assert {_name(path) for path in _modules()} == {"__init__", *set().union(*ROOMS)}
    assert len(list(PACKAGE.glob("[a-z]*.py"))) <= 8
    for path in PACKAGE.glob("*/__init__.py"):
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert words and "Import" in words, (
            f"{path.parent.name}: what is it for, what may it import?"
        )


def test_import_is_light():
    code = "\n".join(
        f"import sys, helpers\n{statement}\n"
        "print([m for m in ('geopandas', 'matplotlib', 'shapely') if m in sys.modules])"
        for statement in ("import helpers", "from helpers import load", "from helpers import cli")
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["[]"] * 3


def test_export_imports_the_figure_that_is_wanted_and_no_other(tmp_path):
    code = (
        "import sys\nfrom helpers.cli import app\n"
        f"app(['export', 'direct-share', '--out', {str(tmp_path)!r}], standalone_mode=False)\n"
        "from helpers.figures.registry import entries\n"
        "names = {slug.replace('-', '_') for slug in entries()}\n"
        "print([n for n in names if f'helpers.figures.{n}' in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.splitlines()[-1] == "['direct_share']"

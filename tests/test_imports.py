"""The modules import one way, and the package stays light until something heavy is needed."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "helpers"

# A module may import those of lower layers, and within its own package; never upwards.
LAYERS = [
    {
        "vocab",
        "clock",
        "faults",
        "paths",
        "characters",
        "overlay",
        "writing",
        "words",
        "guards",
        "steps",
    },
    {"fields", "layers", "gallery"},
    {"schemas", "derive", "style"},
    {"reading", "mending", "sentences", "recipes", "tables", "datapackage", "doubles"},
    {"crossrules", "codebook", "provenance", "halo"},
    {"check", "export"},
    {"load", "kernel", "kernels", "notebooks", "staging", "answers"},
    {"frames", "importers", "add", "mend", "state", "rehearsal"},
    {"figures", "drafts"},
    {"asking"},
    {"findings", "publish"},
    {"build", "compare"},
    {"cli"},
]
FORBIDDEN = {
    "derive": {"load", "style", "export"},
    "sentences": {"load", "style", "export"},
    "load": {"style", "export"},
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
    ranks = [number for number, layer in enumerate(LAYERS) if name in layer]
    assert ranks, f"module {name} stands in no layer"
    return ranks[0]


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_downwards(path):
    own = _name(path)
    if own == "__init__":
        assert not list(_imports(path))
        return
    for other in _imports(path):
        if other == own:
            continue
        assert _rank(other) <= _rank(own), f"{own} imports {other}, which stands above it"
        assert other not in FORBIDDEN.get(own, set()), f"{own} must not import {other}"


def test_no_two_modules_import_each_other():
    graph = {}
    for path in _modules():
        own = _name(path)
        graph.setdefault(own, set()).update(set(_imports(path)) - {own})
    seen, done = set(), set()

    def walk(name, trail):
        assert name not in trail, f"import circle: {' > '.join([*trail, name])}"
        if name in done:
            return
        for other in graph.get(name, ()):
            walk(other, [*trail, name])
        done.add(name)

    for name in graph:
        walk(name, [])
        seen.add(name)
    assert seen == set(graph)


def test_layers_name_only_modules_that_exist():
    found = {_name(path) for path in _modules()}
    assert set().union(*LAYERS) <= found


@pytest.mark.parametrize(
    "statement", ["import helpers", "from helpers import load", "from helpers import cli"]
)
def test_import_is_light(statement):
    code = (
        f"import sys; {statement}; "
        "print([m for m in ('geopandas', 'matplotlib', 'shapely') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"

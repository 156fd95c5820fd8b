"""How many small faults in the code the tests find: in the analysis, the reading, the rules.

Each mutant is one changed operator, comparison, number or truth value in a copy of the project.
The tests that stand nearest to the module are run on it, first those named first; a mutant that no
test fails on survives and is printed, to be read. The sample is fixed by the seed: the same tree
gives the same mutants. Run by hand: ``python benchmarks/mutants.py [--each 40] [--only analysis]``.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 900
"""Processor time that the tests may take on a mutant: one that loops is found."""
#: By name: the modules mutated, and the tests that should notice, nearest first.
SUBJECTS = {
    "analysis": (
        ["analysis/*.py", "derive/*.py"],
        ["test_analysis_*.py", "test_derive_*.py"],
    ),
    "reading": (
        ["data/reading.py", "data/lines.py", "data/files.py", "reading.py"],
        ["test_reading.py", "test_broken_files.py", "test_mend.py", "test_check.py"],
    ),
    "rules": (
        ["data/crossrules.py", "data/tables/*.py", "crossrules.py", "schemas/*.py"],
        ["test_check.py", "test_data_*.py", "test_documents.py", "test_broken_files.py"],
    ),
}
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str, object]]:
    """Yield (node, attribute, value) of each change that a node allows."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        yield node, "ops", [SWAPS[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPS:
        yield node, "op", SWAPS[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield node, "op", ast.UAdd() if isinstance(node.op, ast.Invert) else ast.Not()
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield node, "value", node.value + 1
    elif isinstance(node, ast.IfExp | ast.If | ast.While):
        yield node, "test", ast.UnaryOp(ast.Not(), node.test)


def mutants(path: Path) -> list[tuple[int, str, str]]:
    """Return line, what became of it, and the whole text of each mutant of a file."""
    found, count = [], len(_sites(path))
    for number in range(count):
        tree, sites = _tree(path)
        node, attribute, value = sites[number]
        before = ast.unparse(node)
        setattr(node, attribute, value)
        after = ast.unparse(ast.fix_missing_locations(node))
        if before != after:
            short = f"{before.splitlines()[0][:70]} -> {after.splitlines()[0][:70]}"
            found.append((node.lineno, short, ast.unparse(ast.fix_missing_locations(tree))))
    return found


def _tree(path: Path) -> tuple[ast.Module, list[tuple[ast.AST, str, object]]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tree, [change for node in ast.walk(tree) for change in changes(node)]


def _sites(path: Path) -> list[tuple[ast.AST, str, object]]:
    return _tree(path)[1]


def passes(project: Path, tests: list[str]) -> bool:
    """Run tests on a copy of the project, in a fork of this process; hanging is failing."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.chdir(project)
        with open(os.devnull, "w") as silent:  # noqa: PTH123
            os.dup2(silent.fileno(), 1)
            os.dup2(silent.fileno(), 2)
        sys.path[:0] = [str(project / "src"), str(project)]
        os.environ["PYTHONPATH"] = str(project / "src")
        import pytest

        os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))
    status = os.waitpid(child, 0)[1]
    return status == 0


def main() -> None:
    """Print each survivor and the score of each subject."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--only", choices=SUBJECTS)
    parser.add_argument("--project", type=Path, default=ROOT, help="another checkout, as it is")
    wanted = parser.parse_args()
    # What every run of the tests imports is imported once, before the forks.
    import geopandas  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import scipy.stats  # noqa: F401

    for name in [wanted.only] if wanted.only else SUBJECTS:
        modules, tests = SUBJECTS[name]
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "project"
            subprocess.run(["git", "clone", "-q", wanted.project, copy], check=True)
            package = copy / "src" / "helpers"
            paths = sorted(path for glob in modules for path in package.glob(glob))
            near = [str(path) for glob in tests for path in sorted((copy / "tests").glob(glob))]
            if not passes(copy, near):
                sys.exit(f"{name}: the tests fail without a mutant")
            pool = [(path, *mutant) for path in paths for mutant in mutants(path)]
            sample = random.Random(name).sample(pool, min(wanted.each, len(pool)))
            killed = 0
            for path, line, change, text in sample:
                kept = path.read_text(encoding="utf-8")
                path.write_text(text, encoding="utf-8")
                shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
                if passes(copy, near):
                    print(f"survives: {path.relative_to(package)}:{line}: {change}", flush=True)
                else:
                    killed += 1
                path.write_text(kept, encoding="utf-8")
            share = 100 * killed / len(sample)
            print(f"{name}: {killed} of {len(sample)} mutants found ({share:.0f} %)", flush=True)


if __name__ == "__main__":
    main()

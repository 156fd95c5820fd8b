"""How many small faults in the code the tests find: in the analysis, the reading, the rules.

Each mutant is one changed operator, comparison, number or truth value in a copy of the project. The
tests that reach its line are run on it, nearest first, to the first that fails; a mutant that none
fails on survives and is printed, to be read. The sample is fixed by the seed: the same tree gives
the same mutants. Run by hand: ``python benchmarks/mutants.py [--each 40] [--only analysis]``.
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

import coverage

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 300
"""Processor time that the tests may take on a mutant: one that loops is found."""
#: By name: the modules mutated, and the tests that should notice, nearest first.
SUBJECTS = {
    "analysis": (["analysis/*.py"], ["test_analysis_*.py"]),
    "reading": (
        ["data/reading.py", "data/lines.py", "data/files.py"],
        ["test_reading.py", "test_broken_files.py", "test_mend.py"],
    ),
    "rules": (
        ["data/crossrules.py", "data/check.py", "data/tables/*.py"],
        ["test_data_*.py", "test_tables.py", "test_check.py", "test_codebook.py"],
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


def mutants(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, what became of it, and the whole text of each mutant of a file."""
    text = path.read_text(encoding="utf-8")
    for number in range(len(_sites(ast.parse(text)))):
        tree = ast.parse(text)
        node, attribute, value = _sites(tree)[number]
        before = ast.unparse(node)
        setattr(node, attribute, value)
        after = ast.unparse(ast.fix_missing_locations(node))
        if before != after:
            short = f"{before.splitlines()[0][:70]} -> {after.splitlines()[0][:70]}"
            yield node.lineno, short, ast.unparse(ast.fix_missing_locations(tree))


def _sites(tree: ast.Module) -> list[tuple[ast.AST, str, object]]:
    # Where both are of one length, which is meant, `zip` does the same without its `strict`.
    kept = [n.value for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg == "strict"]
    return [change for node in ast.walk(tree) if node not in kept for change in changes(node)]


def passes(project: Path, tests: list[str], reached: Path | None = None) -> bool:
    """Run tests on a copy of the project, in a fork of this process; hanging is failing.

    With ``reached`` the lines that each test reaches are written there.
    """
    child = os.fork()
    if not child:
        seconds = SECONDS if reached is None else 10 * SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os.chdir(project)
        with open(os.devnull, "w") as silent:  # noqa: PTH123
            os.dup2(silent.fileno(), 1)
            os.dup2(silent.fileno(), 2)
        sys.path[:0] = [str(project / "src"), str(project)]
        os.environ["PYTHONPATH"] = str(project / "src")
        watch = coverage.Coverage(reached, source=["helpers"], config_file=False)
        watch.set_option("run:dynamic_context", "test_function")
        if reached is not None:
            watch.start()
        import pytest

        failed = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])
        if reached is not None:
            watch.stop()
            watch.save()
        os._exit(failed)
    return os.waitpid(child, 0)[1] == 0


def tests_by_line(reached: Path, path: Path) -> dict[int, list[str]]:
    """Return the tests that reach each line of a file; under 0 all that reach the file.

    A line that is run on import, such as a rule's number, may be noticed by any test.
    """
    data = coverage.CoverageData(reached)
    data.read()
    found = {}
    for line, contexts in data.contexts_by_lineno(str(path)).items():
        parts = [context.rpartition(".") for context in contexts if ".test_" in context]
        found[line] = [f"{place.replace('.', '/')}.py::{name}" for place, _, name in parts]
    every = [test for tests in found.values() for test in tests]
    return found | {0: sorted(set(every), key=every.count, reverse=True)}


def main() -> None:
    """Print each survivor and the score of each subject."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--only", choices=SUBJECTS)
    wanted = parser.parse_args()
    # What every run of the tests imports is imported once, before the forks.
    import geopandas  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import openpyxl  # noqa: F401
    import pyarrow.csv  # noqa: F401
    import scipy.stats  # noqa: F401

    for name in [wanted.only] if wanted.only else SUBJECTS:
        modules, globs = SUBJECTS[name]
        with tempfile.TemporaryDirectory() as folder:
            copy, reached = Path(folder) / "project", Path(folder) / "reached"
            subprocess.run(["git", "clone", "-q", ROOT, copy], check=True)
            package = copy / "src" / "helpers"
            paths = sorted(path for glob in modules for path in package.glob(glob))
            near = [str(path) for glob in globs for path in sorted((copy / "tests").glob(glob))]
            if not passes(copy, near, reached):
                sys.exit(f"{name}: the tests fail without a mutant")
            print(f"{name}: the tests that reach each line are known", flush=True)
            pool = [(path, *mutant) for path in paths for mutant in mutants(path)]
            sample = random.Random(name).sample(pool, min(wanted.each, len(pool)))
            killed = 0
            for number, (path, line, change, text) in enumerate(sample, 1):
                kept, by_line = path.read_text(encoding="utf-8"), tests_by_line(reached, path)
                tests = by_line.get(line) or [*by_line[0], *near]
                tests.sort(key=lambda test: path.stem not in test)
                path.write_text(text, encoding="utf-8")
                shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
                if not tests or passes(copy, tests):
                    where = f"{path.relative_to(package)}:{line}"
                    print(f"survives {len(tests)} tests: {where}: {change}", flush=True)
                else:
                    killed += 1
                path.write_text(kept, encoding="utf-8")
                print(f"{name}: {killed} of {number} mutants found", flush=True)


if __name__ == "__main__":
    main()

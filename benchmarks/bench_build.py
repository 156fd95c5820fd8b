"""Time the build beside other ways to run the project's notebooks.

Run by hand, in an environment with the rivals beside the project (they are no packages of it)::

    uv run --with papermill --with nbmake --with jupyter-cache python benchmarks/bench_build.py

A rival that is not installed is left out. All work on a copy of the project and write into folders
of their own; their runs are interleaved, so that a busy machine slows all alike. The table gives
medians, and ratios to ``jupyter nbconvert --execute`` of each notebook in turn (= 1.00). The floor
is a plain script of the same cells, run in turn and two at a time. "One row changed" edits a note
in a table that only one notebook reads. Memory is the peak of the proportional set size of all
processes of a full build together.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from helpers.data.tables import TABLES
from helpers.notebooks import run as notebooks
from helpers.notebooks.build import find_notebooks
from helpers.paths import PROJECT

PYTHON = sys.executable
OURS = [PYTHON, "-c", "from helpers.cli import app; app()", "build"]
PAIRS = """
import asyncio, pathlib, sys, nbformat
from nbclient import NotebookClient
async def one(path, places):
    async with places:
        notebook = nbformat.read(path, 4)
        where = {"metadata": {"path": str(path.parent)}}
        await NotebookClient(notebook, kernel_name="python3", resources=where).async_execute()
async def main():
    places = asyncio.Semaphore(2)
    await asyncio.gather(*(one(pathlib.Path(name), places) for name in sys.argv[1:]))
asyncio.run(main())
"""


class Bench:
    """One copy of the project, and the ways to run it."""

    def __init__(self, folder: Path, paths: list[Path]) -> None:
        self.folder = folder
        self.data = shutil.copytree(PROJECT / "data", folder / "data")
        (folder / "notebooks").mkdir()
        self.paths = [Path(shutil.copy(path, folder / "notebooks")) for path in paths]
        self.names = [str(path) for path in self.paths]
        self.scripts = [self._script(path) for path in self.paths]
        self.env = os.environ | {
            "CROSSINGS_DATA": str(self.data),
            "CROSSINGS_FIGURES": str(folder / "figures"),
        }
        self.out = folder / "out"
        self.count = 0

    def _script(self, path: Path) -> str:
        script = path.with_suffix(".py")
        cells = [cell["source"] for cell in notebooks.code(notebooks.read(path))]
        script.write_text("\n".join(cells) + "\n", encoding="utf-8")
        return str(script)

    def call(self, *words: str) -> None:
        """Run one command to its end; say yes to whatever it asks."""
        done = subprocess.run(
            words,
            cwd=self.folder / "notebooks",
            env=self.env,
            capture_output=True,
            check=False,
            input=b"y\n",
        )
        if done.returncode:
            said = (done.stdout + done.stderr).decode(errors="replace")
            raise RuntimeError(f"{words[:4]} failed: {said[-2000:]}")

    def fresh(self) -> str:
        """Return the name of a folder that was not there before."""
        self.count += 1
        return str(self.folder / f"fresh{self.count}")

    # The ways ------------------------------------------------------------------------------

    def nbconvert(self) -> None:
        """``jupyter nbconvert --execute`` of each in turn."""
        words = ["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", self.fresh()]
        for name in self.names:
            self.call(PYTHON, *words, name)

    def papermill(self) -> None:
        """Papermill on each in turn."""
        out = Path(self.fresh())
        out.mkdir()
        for path in self.paths:
            self.call(PYTHON, "-m", "papermill", str(path), str(out / path.name))

    def nbmake(self) -> None:
        """``pytest --nbmake -n2``."""
        words = ["-m", "pytest", "--nbmake", "-n2", "-q", "-p", "no:cacheprovider"]
        self.call(PYTHON, *words, *self.names)

    def nbclient(self) -> None:
        """Two at a time under nbclient."""
        self.call(PYTHON, "-c", PAIRS, *self.names)

    def jupyter_cache(self) -> None:
        """``jcache`` with an empty cache, its parallel executor."""
        cache = self.fresh()
        run = [PYTHON, "-c", "from jupyter_cache.cli.commands.cmd_main import jcache; jcache()"]
        self.env["JUPYTERCACHE"] = cache
        self.call(*run, "notebook", "-p", cache, "add", *self.names)
        self.call(*run, "project", "-p", cache, "execute", "-e", "local-parallel", "-t", "300")

    def script(self) -> None:
        """Plain scripts of the same cells, in turn."""
        for name in self.scripts:
            self.call(PYTHON, name)

    def scripts_in_pairs(self) -> None:
        """Plain scripts of the same cells, two at a time."""
        queue = list(self.scripts)

        def work() -> None:
            while queue:
                self.call(PYTHON, queue.pop(0))

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def ours(self, *words: str) -> None:
        """Our build with its outputs in a folder of their own."""
        self.call(*OURS, "--data", str(self.data), "--out", str(self.out), *words, *self.names)

    def full(self) -> None:
        """Our build, with nothing known before."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.ours()

    def no_fork(self) -> None:
        """Our build in plain kernels."""
        self.ours("--force", "--no-fork")

    def nothing(self) -> None:
        """Our build with nothing changed."""
        self.ours()

    def row(self) -> None:
        """Our build after a change of one row that one notebook reads."""
        path, column = self.changed
        file = self.data / path
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        row = next(row for row in rows if row[column])
        seen = row[column].endswith(" (seen)")
        row[column] = row[column].removesuffix(" (seen)") if seen else f"{row[column]} (seen)"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def choose_row(self) -> str:
        """Choose a table with notes that one notebook reads; return whose it is."""
        state = json.loads((self.out / ".crossings" / "state.json").read_text(encoding="utf-8"))
        for table in TABLES.values():
            readers = [
                name
                for name in state
                if name != "check" and f"data/{table.path}" in state[name]["reads"]
            ]
            columns = [name for name in ("note", "reason", "summary") if name in table.columns]
            columns = [c for c in columns if table.schema.columns[c].kind == "text"]
            if len(readers) == 1 and columns:
                self.changed = table.path, columns[0]
                return f"{table.path}, read by {readers[0]}"
        raise SystemExit("no table with notes is read by one notebook alone")


def peak_memory(run: Callable[[], None]) -> float:
    """Return the peak in MB of all processes that ``run`` starts, shared pages counted once."""
    me, peak, over = psutil.Process(), 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.2):
            total = 0
            for child in me.children(recursive=True):
                try:
                    total += child.memory_full_info().pss
                except (psutil.Error, AttributeError):
                    continue
            peak = max(peak, total)

    thread = threading.Thread(target=watch)
    thread.start()
    run()
    over.set()
    thread.join()
    return peak / 1e6


def timed(run: Callable[[], None]) -> float:
    """Return the seconds that ``run`` takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--only", default="", help="ways whose name has this in it, and nbconvert")
    parser.add_argument("notebooks", type=Path, nargs="*", help="some instead of all")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), [p.resolve() for p in given.notebooks] or find_notebooks())
        ways = {"nbconvert, in turn": bench.nbconvert}
        for name, module, way in (
            ("papermill, in turn", "papermill", bench.papermill),
            ("nbmake -n2", "nbmake", bench.nbmake),
            ("nbclient, two at a time", "nbclient", bench.nbclient),
            ("jupyter-cache, parallel", "jupyter_cache", bench.jupyter_cache),
        ):
            if importlib.util.find_spec(module):
                ways[name] = way
        ways |= {
            "plain scripts, in turn": bench.script,
            "plain scripts, in pairs": bench.scripts_in_pairs,
            "ours, plain kernels": bench.no_fork,
            "ours, full": bench.full,
            "ours, nothing changed": bench.nothing,
            "ours, one row changed": bench.ours,
        }
        ways = {n: way for n, way in ways.items() if n.startswith("nbconvert") or given.only in n}
        memory = peak_memory(bench.full)
        print(f"{len(bench.paths)} notebooks; one row: {bench.choose_row()}", flush=True)
        print_table(measure(bench, ways, given.repeat))
        print(f"peak memory of a full build: {memory:.0f} MB")
        print(f"crossings --help: {help_seconds(bench, given.repeat):.2f} s")


def measure(
    bench: Bench, ways: dict[str, Callable[[], None]], repeat: int
) -> dict[str, list[float]]:
    """Run all ways in turn, ``repeat`` times; one that fails is told and left out."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeat):
        for name, way in ways.items():
            if name == "ours, one row changed":
                bench.row()
            try:
                times[name].append(timed(way))
                print(f"{name} {times[name][-1]:.2f}", file=sys.stderr, flush=True)
            except RuntimeError as error:
                print(f"{name}: {error}", file=sys.stderr, flush=True)
    return {name: seconds for name, seconds in times.items() if seconds}


def print_table(times: dict[str, list[float]]) -> None:
    """Print medians and ratios to the first line."""
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    unit = next(iter(medians.values()))
    print(f"{'way':<26} seconds  ratio")
    for name, seconds in medians.items():
        print(f"{name:<26} {seconds:7.2f}  {seconds / unit:5.3f}")


def help_seconds(bench: Bench, repeat: int) -> float:
    """Return the median time of ``crossings --help``."""
    words = [*OURS[:-1], "--help"]
    return statistics.median(timed(lambda: bench.call(*words)) for _ in range(3 * repeat))


if __name__ == "__main__":
    main()

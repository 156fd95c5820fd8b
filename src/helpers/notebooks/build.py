"""From data to figures: check the data, run the notebooks that must run, replace what they made.

What a notebook depends on is known from its last good run (see :mod:`helpers.notebooks.state`). Its figures
and the notebook itself are replaced whole, after it succeeded; what it makes before that lies in a
folder that git ignores.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.console import Console

from helpers.data import overlay
from helpers.notebooks import gallery, run as notebooks, state
from helpers.data.faults import DataError
from helpers.notebooks.run import find_notebooks
from helpers.paths import PROJECT, figures_dir
from helpers.paths import data_dir as default_data_dir
from helpers.words import plural
from helpers.writing import make_room, sweep, write_all

if TYPE_CHECKING:
    from helpers.notebooks.bars import Bars
    from helpers.notebooks.guards import Claim
    from helpers.notebooks.warm import Warm

#: Seconds that a cell is taken to last before it was ever timed.
GUESS = 0.3
#: Notebooks that run at once: each keeps a core busy and takes some 300 MB.
JOBS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Built:
    """Result of one notebook: run, taken over from the project, unchanged, or failed.

    ``error`` holds cell and traceback, ``unheld`` the claims that it says no longer hold.
    """

    path: Path
    done: Literal["run", "taken", "unchanged", "failed"]
    seconds: float = 0.0
    figures: tuple[str, ...] = ()
    error: str = ""
    unheld: tuple[Claim, ...] = ()


@dataclass
class Options:
    """How to build: into which folder if not in place, how many notebooks at once.

    Kernels are forked from a warm process, the one given or one that is started when a notebook
    must run, unless ``fork`` is false.
    """

    out: Path | None = None
    jobs: int = JOBS
    fork: bool = True
    force: bool = False
    warm: Warm | None = None
    cell_seconds: float = notebooks.CELL_SECONDS


def choose(given: Sequence[Path]) -> list[Path]:
    """Return the notebooks that are meant by paths, or by names of the project's own; else all.

    Raises
    ------
    ValueError
        With every path that is no notebook, or a broken one.
    """
    own = {name: path for path in find_notebooks() for name in (path.stem, path.name)}
    known = " or ".join(list(own)[:2])
    chosen, faults = [], []
    for one in given:
        path = one if one.is_file() else own.get(str(one))
        if path and path.suffix == ".ipynb":
            chosen.append(path.resolve())
        else:
            faults.append(f"{one}: no notebook; expected a path or a name, {known}")
    if not given:
        chosen = find_notebooks()
    for path in chosen:
        try:
            notebooks.read(path)
        except notebooks.UnreadableError as error:
            faults.append(str(error))
    if faults:
        raise ValueError("\n".join(faults))
    return chosen


def build(
    paths: Sequence[Path], data_dir: Path, console: Console, options: Options | None = None
) -> list[Built]:
    """Check ``data_dir``, run the notebooks that must run, and replace what they made.

    Nothing is written if the data has a fault. A notebook that fails leaves its old outputs and
    figures as they were; the others go on. ``data_dir`` may hold only tables that differ from the
    project's.

    Raises
    ------
    DataError
        If the data has a fault.
    ValueError
        If ``data_dir`` is no data folder.
    helpers.notebooks.state.BusyError
        If another build writes to the same place.
    """
    options = options or Options()
    home = options.out or _home(paths[0])
    with state.locked(home) as work:
        whole = overlay.whole(data_dir, default_data_dir().resolve(), work / "data")
        one = _Build(paths, whole, console, options, home, work)
        for folder in {one.figures_dir, *(one.target(path).parent for path in paths)}:
            sweep(folder)
        one.name = data_dir.name
        return one.run()


def _home(path: Path) -> Path:
    """Return the folder that a build in place keeps its memory in."""
    return PROJECT if path.is_relative_to(PROJECT) else path.parent


@dataclass
class _Build:
    """One build: what it was given, and what it found out."""

    paths: Sequence[Path]
    data_dir: Path
    console: Console
    options: Options
    home: Path
    work: Path
    name: str = "data"
    results: dict[Path, Built] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.snapshot = state.Snapshot(self.data_dir)
        self.state = state.State(self.home, self.snapshot)
        self.figures_dir = self.options.out / "figures" if self.options.out else figures_dir()
        self.made_before = self.state.figures()

    def target(self, path: Path) -> Path:
        """Return where the executed notebook goes."""
        return self.options.out / "notebooks" / path.name if self.options.out else path

    # What must run --------------------------------------------------------------------------

    def run(self) -> list[Built]:
        """Do what must be done."""
        self.snapshot.take()
        due = [path for path in self.paths if not self._is_there(path)]
        check_due = self.state.why(state.CHECK) is not None
        if due or check_due:
            with asyncio.Runner(loop_factory=notebooks.Loop) as runner:
                runner.run(self._work(due, check_due))
        else:
            self.console.print("Nothing changed: all is up to date.")
        results = self._name_rows([self._with_claims(self.results[path]) for path in self.paths])
        if not any(result.error for result in results):
            self._finish_figures(results)
        return results

    def _is_there(self, path: Path) -> bool:
        """Tell whether the notebook need not run; note why it must, or take what is there."""
        self.snapshot.set_code(path)
        if self.options.force:
            return False
        target = self.target(path)
        if self.state.why(path.name) is None and self._holds(
            self.state, path, target, self.figures_dir
        ):
            self._keep_outputs(path, target)
            self.results[path] = Built(path, "unchanged", 0.0, self._made(path))
            return True
        return bool(self.options.out) and self._take_over(path, target)

    def _made(self, path: Path) -> tuple[str, ...]:
        return tuple(self.state.values(path.name).get("figures", {}))

    def _holds(self, memory: state.State, path: Path, executed: Path, figures: Path) -> bool:
        """Tell whether notebook and figures on disk are those that ``memory`` remembers."""
        values = memory.values(path.name)
        try:
            notebook = notebooks.read(executed)
        except (OSError, ValueError, KeyError):
            return False
        return (
            notebooks.outputs_digest(notebook) == values.get("outputs")
            and notebooks.code_digest(notebook) == self.snapshot.digest(f"code:{path.name}")
            and all(state.file_digest(figures / n) == d for n, d in values["figures"].items())
        )

    def _keep_outputs(self, path: Path, target: Path) -> None:
        """Bring the words of a notebook up to date without a kernel."""
        values = self.state.values(path.name)
        if state.file_digest(path) == values.get("source") and (
            state.file_digest(target) == values.get("notebook")
        ):
            return
        content = notebooks.with_outputs(path, target)
        write_all(target.parent, {target.name: content})
        values |= {"notebook": sha256(content).hexdigest(), "source": state.file_digest(path)}
        self.state.keep(path.name, self.state.reads(path.name), values)

    def _take_over(self, path: Path, target: Path) -> bool:
        """Copy from the project what it made from the same code, tables and environment."""
        home = _home(path)
        memory = state.State(home, self.snapshot)
        here = figures_dir()
        if memory.why(path.name) is not None or not self._holds(memory, path, path, here):
            return False
        values = memory.values(path.name)
        files = {name: (here / name).read_bytes() for name in values["figures"]}
        write_all(self.figures_dir, files)
        write_all(target.parent, {target.name: notebooks.with_outputs(path, path)})
        values |= {"notebook": state.file_digest(target), "source": state.file_digest(path)}
        self.state.keep(path.name, memory.reads(path.name), values)
        self.results[path] = Built(path, "taken", 0.0, tuple(files))
        return True

    # Running --------------------------------------------------------------------------------

    async def _work(self, due: list[Path], check_due: bool) -> None:
        # Beside the imports of the warm process, which leave a core free.
        checked = asyncio.create_task(self._check()) if check_due else None
        if due:
            with self._warm() as warm:
                notebooks.prepare()  # while the other processes get ready
                await warm.wait()
                if checked:
                    await checked
                await self._run_all(due, warm)
        elif checked:
            await checked

    async def _run_all(self, due: list[Path], warm: Warm) -> None:
        from helpers.notebooks.bars import Bars

        with Bars(self.console, {path: self._weights(path) for path in due}) as bars:
            places = asyncio.Semaphore(max(1, self.options.jobs))
            # The longest first: a short one fills the gap at the end.
            order = sorted(due, key=lambda path: -sum(self._weights(path)))
            await asyncio.gather(*(self._run(path, warm, bars, places) for path in order))

    def _warm(self) -> contextlib.AbstractContextManager[Warm]:
        if self.options.warm:
            return contextlib.nullcontext(self.options.warm)
        from helpers.notebooks.warm import FEWEST_FILES, FILES_PER_JOB, Warm

        needed = max(FEWEST_FILES, FILES_PER_JOB * self.options.jobs)
        make_room(needed, ", or have fewer --jobs")
        return Warm(self.options.fork)

    def _weights(self, path: Path) -> list[float]:
        """Return the seconds that each code cell took last time, or a guess."""
        known = self.state.values(path.name).get("seconds", [])
        cells = notebooks.code_cells(path)
        return known if len(known) == cells else [GUESS] * cells

    async def _check(self) -> None:
        from helpers.notebooks.warm import check

        trace = self.work / "check"
        env = notebooks.environment(self.data_dir) | {"CROSSINGS_TRACE": str(trace)}
        faults = await check(env)
        if faults:
            raise DataError(faults)
        self.console.print(f"Data checked: 0 faults in {self.name}/")
        names = self.snapshot.names(notebooks.read_trace(trace))
        self.state.keep(state.CHECK, names | {"environment"}, {})

    async def _run(self, path: Path, warm: Warm, bars: Bars, places: asyncio.Semaphore) -> None:
        async with places:
            start = time.monotonic()
            folder = self.work / path.stem
            folder.mkdir()
            ticks = [start]

            def advance(cell: int) -> None:
                ticks.append(time.monotonic())
                bars.advance(path, cell)

            bars.start(path)
            try:
                seconds = self.options.cell_seconds
                run = await notebooks.run_in(warm, path, self.data_dir, folder, advance, seconds)
            except notebooks.NotebookError as error:
                self._fail(path, time.monotonic() - start, str(error))
                bars.end(path)
                return
            cells = [round(after - before, 3) for before, after in pairwise(ticks)]
            self._put(path, run, cells)
            bars.end(path)
            self._tell(path, run, time.monotonic() - start)

    def _fail(self, path: Path, seconds: float, error: str) -> None:
        self.results[path] = Built(path, "failed", seconds, (), error)
        self.console.print(f"[red]failed[/red] {path.name}")

    def _with_claims(self, result: Built) -> Built:
        """Add to a result what its notebook says no longer holds."""
        if result.error:
            return result
        return replace(result, unheld=notebooks.unheld(notebooks.read(self.target(result.path))))

    def _name_rows(self, results: list[Built]) -> list[Built]:
        """Add to each failure the rows that changed in the tables the notebook read before."""
        changed = {
            result.path: [
                name for name in self.state.why(result.path.name) or [] if name.startswith("data/")
            ]
            for result in results
            if result.error
        }
        if not any(changed.values()):
            return results
        from helpers.data import changes

        own = default_data_dir().resolve()
        base = "HEAD" if own == self.data_dir else str(own)
        rows: dict[str, list[changes.RowChange]] = {}
        with contextlib.suppress(ValueError), changes.base_data(base, self.work) as old:
            names = dict.fromkeys(chain.from_iterable(changed.values()))
            rows = {name: changes.rows_of(old, self.data_dir, [name]) for name in names}

        def named(result: Built) -> Built:
            tables = changed.get(result.path)
            if not tables:
                return result
            words = [f"Changed since it last succeeded: {', '.join(tables)}"]
            behind = [row for table in tables for row in rows.get(table, [])]
            words += [f"  {row}" for row in behind[: changes.ROWS_SHOWN]]
            return replace(result, error="\n".join([result.error, "", *words]))

        return [named(result) for result in results]

    def _put(self, path: Path, run: notebooks.Run, cells: list[float]) -> None:
        """Replace figures and notebook, then remember them: so nothing is believed too early."""
        target = self.target(path)
        write_all(self.figures_dir, run.figures)
        write_all(target.parent, {target.name: run.notebook})
        names = self.snapshot.names(run.opened) | {f"code:{path.name}", "environment"}
        values = {
            "figures": {name: sha256(content).hexdigest() for name, content in run.figures.items()},
            "outputs": notebooks.outputs_digest(notebooks.read(target)),
            "notebook": sha256(run.notebook).hexdigest(),
            "source": state.file_digest(path),
            "seconds": cells,
        }
        self.state.keep(path.name, names, values)

    def _tell(self, path: Path, run: notebooks.Run, seconds: float) -> None:
        pictures = sum(name.endswith(".png") for name in run.figures)
        self.results[path] = Built(path, "run", seconds, tuple(run.figures))
        made = f"{pictures} {plural(pictures, 'figure/figures')}"
        self.console.print(f"{path.name}: {made} in {seconds:.0f} s")

    # The index ------------------------------------------------------------------------------

    def _finish_figures(self, results: Sequence[Built]) -> None:
        """Write the index, and take out the files that no notebook makes any more.

        A notebook that was left out has the figures that it made last; where nobody remembers
        them, the index stays as it was.
        """
        now = {result.path.name: result.figures for result in results}
        names = [path.name for path in find_notebooks()]
        made = {name: now.get(name, self.state.values(name).get("figures")) for name in names}
        if None in made.values():
            return
        made_by = {
            file.removesuffix(".json"): name
            for name, files in made.items()
            for file in files
            if file.endswith(".json") and (self.figures_dir / file).is_file()
        }
        files = {
            f"{slug}.json": (self.figures_dir / f"{slug}.json").read_bytes() for slug in made_by
        }
        write_all(self.figures_dir, {"README.md": gallery.index(files, made_by)})
        if now.keys() != set(names):
            return
        kept = {file for files in now.values() for file in files} | {"README.md"}
        for stale in filter(Path.is_file, self.figures_dir.iterdir()):
            # The folder of another may hold more than what a build put there.
            if stale.name not in kept and (not self.options.out or stale.name in self.made_before):
                stale.unlink()

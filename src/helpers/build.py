"""From data to figures: check the data, run the notebooks, replace what they made."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from helpers import export, gallery, notebooks
from helpers.check import check_all
from helpers.faults import DataError
from helpers.paths import PROJECT, figures_dir


@dataclass(frozen=True)
class Built:
    """Result of one notebook: its seconds, what it made, or why it failed."""

    path: Path
    seconds: float
    run: notebooks.Run | None
    error: str = ""


def find_notebooks() -> list[Path]:
    """Return the project's notebooks in order of their numbers."""
    return sorted((PROJECT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def build(paths: Sequence[Path], data_dir: Path, console: Console) -> list[Built]:
    """Check ``data_dir``, run the notebooks, and replace notebook and figures of each success.

    Nothing is written if the data has a fault. A notebook that fails leaves its old outputs and
    figures as they were; the others go on.

    Raises
    ------
    DataError
        If the data has a fault.
    """
    faults = check_all(data_dir)
    if faults:
        raise DataError(faults)
    console.print(f"Data checked: 0 faults in {data_dir.name}/")
    _warm_fonts()
    results = [_build_one(path, data_dir, console) for path in paths]
    if len(paths) == len(find_notebooks()) and all(result.run for result in results):
        _finish_figures(results)
    return results


def _warm_fonts() -> None:
    """Let matplotlib make its font cache here, where its notice harms no notebook."""
    from helpers import style

    style.use()


def _build_one(path: Path, data_dir: Path, console: Console) -> Built:
    start = time.monotonic()
    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cells"),
        TimeElapsedColumn(),
    ]
    try:
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task(path.name, total=notebooks.code_cells(path))
            run = notebooks.run(path, data_dir, lambda: progress.advance(task))
    except notebooks.NotebookError as error:
        console.print(f"[red]failed[/red] {path.name}")
        return Built(path, time.monotonic() - start, None, str(error))
    export.write_all(figures_dir(), run.figures)
    export.write_all(path.parent, {path.name: run.notebook})
    seconds = time.monotonic() - start
    pictures = sum(name.endswith(".png") for name in run.figures)
    console.print(f"{path.name}: {pictures} figures in {seconds:.0f} s")
    return Built(path, seconds, run)


def _finish_figures(results: Sequence[Built]) -> None:
    """Write the index, and take out the files that no notebook makes any more."""
    files: dict[str, bytes] = {}
    made_by: dict[str, str] = {}
    for result in results:
        files |= result.run.figures
        made_by |= {
            name.removesuffix(".json"): result.path.name
            for name in result.run.figures
            if name.endswith(".json")
        }
    export.write_all(figures_dir(), {"README.md": gallery.index(files, made_by)})
    for stale in figures_dir().iterdir():
        if stale.name not in files and stale.name != "README.md":
            stale.unlink()

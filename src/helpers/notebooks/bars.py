"""Progress of a build by notebook and cell."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bars:
    """Progress by notebook and cell, with the time left by how long cells took last time."""

    def __init__(self, console: Console, weights: dict[Path, list[float]]) -> None:
        self.weights = weights
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[cell]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(elapsed_when_finished=False),
            console=console,
            transient=True,
        )
        self.tasks: dict[Path, int] = {}

    def __enter__(self) -> Bars:
        self.progress.start()
        total = sum(sum(cells) for cells in self.weights.values())
        words = f"{len(self.weights)} notebooks"
        self.whole = self.progress.add_task(words, total=total, cell="")
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def start(self, path: Path) -> None:
        """Show a notebook."""
        cells = self.weights[path]
        self.tasks[path] = self.progress.add_task(
            escape(path.name), total=sum(cells), cell=f"cell 1/{len(cells)}"
        )

    def advance(self, path: Path, cell: int) -> None:
        """Note that a code cell is done."""
        cells = self.weights[path]
        text = f"cell {min(cell + 2, len(cells))}/{len(cells)}"
        self.progress.update(self.tasks[path], advance=cells[cell], cell=text)
        self.progress.update(self.whole, advance=cells[cell])

    def end(self, path: Path) -> None:
        """Take a notebook off."""
        self.progress.remove_task(self.tasks[path])

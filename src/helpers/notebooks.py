"""Run one notebook in a fresh kernel and give back what it made, writing nothing in the project."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}


class NotebookError(RuntimeError):
    """A notebook failed: the cell, and its traceback or what it wrote to standard error."""


@dataclass(frozen=True)
class Run:
    """What a run of a notebook made.

    Attributes
    ----------
    notebook : bytes
        The executed notebook, free of times and versions.
    figures : dict of str to bytes
        The files that it exported, by name.
    """

    notebook: bytes
    figures: dict[str, bytes] = field(default_factory=dict)


def code_cells(path: Path) -> int:
    """Return how many code cells the notebook has."""
    cells = nbformat.read(path, as_version=4).cells
    return sum(cell.cell_type == "code" for cell in cells)


def run(path: Path, data_dir: Path, advance: Callable[[], None] = lambda: None) -> Run:
    """Execute the notebook at ``path`` with ``data_dir`` as its data folder.

    Parameters
    ----------
    path : Path
        The notebook; it is read, not written.
    data_dir : Path
        Data folder that the loaders in the kernel use.
    advance : callable
        Called after each code cell.

    Raises
    ------
    NotebookError
        If a cell raises, or writes to standard error: warnings count as errors.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=lambda **_: advance(),
    )
    with TemporaryDirectory() as folder:
        env = os.environ | {"CROSSINGS_DATA": str(data_dir), "CROSSINGS_FIGURES": folder}
        try:
            client.execute(env=env)
        except CellExecutionError as error:
            raise NotebookError(f"{path.name}: {error}") from error
        _refuse_standard_error(path, notebook)
        figures = {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}
    return Run(_as_bytes(notebook), figures)


def _refuse_standard_error(path: Path, notebook: nbformat.NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NotebookError(f"{path.name}: cell {number} warns: {output['text']}")


def _as_bytes(notebook: nbformat.NotebookNode) -> bytes:
    """Return the notebook as bytes, without what differs from machine to machine."""
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.validate(notebook)
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()

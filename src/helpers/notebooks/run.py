"""Run one notebook in a kernel of its own and give back what it made, writing nothing elsewhere."""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from helpers.notebooks.guards import MIME, Claim
from helpers.paths import PROJECT, shown

if TYPE_CHECKING:
    from nbclient.exceptions import CellExecutionError

    from helpers.notebooks.warm import Warm

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
CELL_SECONDS = 300
WIDGET = "application/vnd.jupyter.widget-view+json"
#: Settings of the user that would change what a notebook shows.
USERS_OWN = {"PYTHONSTARTUP", "MPLBACKEND"}
ANSI = re.compile(r"\x1b\[[0-9;]*m")

#: A notebook as its file has it.
Notebook = dict


class NotebookError(RuntimeError):
    """A notebook failed: the cell, and its traceback or what it wrote to standard error."""


class UnreadableError(NotebookError, ValueError):
    """A file is no notebook: its name, the line, and what to do."""


@dataclass(frozen=True)
class Run:
    """What a run of a notebook made, and what went into it.

    ``notebook`` is free of times and versions; ``opened`` holds files and folders (these with a
    slash at the end) of the project and of the data folder.
    """

    notebook: bytes
    figures: dict[str, bytes] = field(default_factory=dict)
    opened: tuple[str, ...] = ()


def find_notebooks() -> list[Path]:
    """Return the project's notebooks in order of their numbers."""
    return [path for path in sorted((PROJECT / "notebooks").glob("*.ipynb")) if _is_named(path)]


def misnamed() -> list[Path]:
    """Return the notebooks beside the project's own that are not built, such as a ``-Copy1``."""
    return [path for path in sorted((PROJECT / "notebooks").glob("*.ipynb")) if not _is_named(path)]


def _is_named(path: Path) -> bool:
    return bool(re.fullmatch(r"\d\d_[a-z0-9_]+", path.stem))


def prepare() -> ModuleType:
    """Import nbclient, and return nbformat, without what they would load for nothing.

    At its import jsonschema builds dozens of grammars for a check of addresses that no schema of a
    notebook asks for (package ``rfc3987_syntax``, some two seconds). It does without if that
    package is not there.
    """
    unwanted = "rfc3987_syntax"
    hidden = unwanted not in sys.modules and "jsonschema" not in sys.modules
    if hidden:
        sys.modules[unwanted] = None
    try:
        import nbclient  # noqa: F401
        import nbformat
    finally:
        if hidden:
            del sys.modules[unwanted]
    return nbformat


def read(path: Path) -> Notebook:
    """Return the notebook at ``path`` as plain values; lists of lines are joined.

    Raises
    ------
    UnreadableError
        If it is no notebook of format 4.
    """
    back = f"bring it back with: git checkout HEAD -- {shown(path)}"
    if not path.is_file():
        raise UnreadableError(f"{shown(path)}: is not a regular file; {back}")
    text = path.read_text(encoding="utf-8", errors="replace")
    if mark := re.search(r"^<{7} .*$", text, re.M):
        line = text.count("\n", 0, mark.start()) + 1
        problem = f"line {line}: marks of a merge ({mark[0]!r}); keep one side of it, or {back}"
        raise UnreadableError(f"{shown(path)}: {problem}")
    if not text.strip():
        raise UnreadableError(f"{shown(path)}: the file is empty; {back}")
    try:
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
            cell["cell_type"], cell["metadata"]
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}: broken JSON ({error.msg}); {back}"
        raise UnreadableError(f"{shown(path)}: {problem}") from error
    except (KeyError, TypeError, RecursionError) as error:
        problem = f"no notebook of format 4, which has cells with a source; {back}"
        raise UnreadableError(f"{shown(path)}: {problem}") from error
    return notebook


def heading(path: Path) -> str:
    """Return the question of a notebook: its first heading."""
    text = read(path)["cells"][0]["source"]
    return text.partition("\n")[0].removeprefix("# ")


def code(notebook: Notebook) -> list[dict]:
    """Return the code cells."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def code_cells(path: Path) -> int:
    """Return how many code cells the notebook has."""
    return len(code(read(path)))


def code_digest(notebook: Notebook) -> str:
    """Return a digest of what a kernel is given: the code, and tags that steer its execution."""
    return _digest([[c["source"], c["metadata"].get("tags", [])] for c in code(notebook)])


def outputs_digest(notebook: Notebook) -> str:
    """Return a digest of what the kernel gave back: counts and outputs."""
    cells = [[c.get("execution_count"), c.get("outputs", [])] for c in code(notebook)]
    # One text may stand in a file as one string or as a list of lines.
    return _digest(_joined(cells))


def _joined(value: object) -> object:
    if isinstance(value, dict):
        return {key: _joined(inner) for key, inner in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(inner, str) for inner in value):
            return "".join(value)
        return [_joined(inner) for inner in value]
    return value


def unheld(notebook: Notebook) -> tuple[Claim, ...]:
    """Return the claims that an executed notebook says do not hold."""
    return tuple(
        Claim(**output["data"][MIME])
        for cell in code(notebook)
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    )


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_outputs(source: Path, executed: Path) -> bytes:
    """Return the notebook ``source`` with the outputs of ``executed``, whose code is the same."""
    nbformat = prepare()
    notebook = nbformat.read(source, as_version=4)
    if executed != source:
        done = code(nbformat.read(executed, as_version=4))
        for cell, other in zip(code(notebook), done, strict=True):
            cell["outputs"] = other["outputs"]
            cell["execution_count"] = other["execution_count"]
    return as_bytes(notebook)


def as_bytes(notebook: Notebook) -> bytes:
    """Return the notebook as bytes, without what differs from machine to machine."""
    nbformat = prepare()
    notebook = nbformat.from_dict(notebook)
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            # A widget is gone with its kernel: what stands beside it is what is kept.
            output.get("data", {}).pop(WIDGET, None)
    nbformat.validate(notebook)
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()


class Loop(asyncio.SelectorEventLoop):
    """An event loop that leaves signals to the command: nbclient would end one kernel and go on."""

    def add_signal_handler(self, *_: object) -> None:
        """Refuse, as a loop outside the main thread does."""
        raise RuntimeError("signals are handled elsewhere")

    def remove_signal_handler(self, *_: object) -> bool:
        """There is none."""
        return False


async def run_in(
    warm: Warm,
    path: Path,
    data_dir: Path,
    work: Path,
    advance: Callable[[int], None] = lambda _: None,
    cell_seconds: float = CELL_SECONDS,
) -> Run:
    """Execute the notebook at ``path`` with ``data_dir`` as its data folder.

    Raises
    ------
    NotebookError
        If no kernel can be started, or a cell raises, lasts longer than ``cell_seconds``, or writes
        to standard error: warnings count as errors.
    """
    nbformat = prepare()
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from zmq import ZMQError

    notebook = nbformat.read(path, as_version=4)
    numbers = [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    begun = [0]
    client = NotebookClient(
        notebook,
        km=warm.manager(),
        timeout=cell_seconds,
        record_timing=False,
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell_index, **_: begun.append(cell_index),
        on_cell_executed=lambda cell_index, **_: advance(numbers.index(cell_index)),
    )
    figures, opened = work / "figures", work / "opened"
    figures.mkdir()
    env = environment(data_dir) | {
        "IPYTHONDIR": str(work / "ipython"),
        "CROSSINGS_FIGURES": str(figures),
        "CROSSINGS_TRACE": str(opened),
    }
    try:
        await client.async_execute(cleanup_kc=True, env=env)
    except CellExecutionError as error:
        raise NotebookError(_failure(path, notebook, error)) from error
    except (CellTimeoutError, DeadKernelError) as error:
        cell = f"{path.name}: cell {begun[-1] + 1}"
        words = f"was ended after {cell_seconds:g} seconds; --cell-seconds gives it more"
        said = words if isinstance(error, CellTimeoutError) else error
        code = _indented(notebook.cells[begun[-1]].source)
        raise NotebookError(f"{cell}: {said}\n\n{code}") from error
    except (AssertionError, OSError, RuntimeError, ZMQError) as error:
        # nbclient asserts that there is a kernel, whatever kept it from starting; and at the exit.
        atexit.unregister(client._cleanup_kernel)
        cause = error.__context__ if isinstance(error, AssertionError) else error
        raise NotebookError(f"{path.name}: its kernel could not be run: {cause}") from error
    _refuse_standard_error(path, notebook)
    files = {file.name: file.read_bytes() for file in sorted(figures.iterdir())}
    return Run(as_bytes(notebook), files, read_trace(opened))


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of a kernel with ``data_dir`` as its data folder."""
    kept = {name: text for name, text in os.environ.items() if name not in USERS_OWN}
    return kept | {"CROSSINGS_DATA": str(data_dir)}


def read_trace(file: Path) -> tuple[str, ...]:
    """Return what :func:`helpers.notebooks.kernel.trace` wrote."""
    return tuple(file.read_text(encoding="utf-8", errors="surrogateescape").splitlines())


def _failure(path: Path, notebook: Notebook, error: CellExecutionError) -> str:
    """Return the failed cell, its code and its traceback."""
    number, cell, output = next(
        (number, cell, output)
        for number, cell in enumerate(notebook.cells, 1)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    )
    where = f"{path.name}: cell {number} (In [{cell.execution_count}])"
    code = _indented(cell.source)
    traceback = ANSI.sub("", "\n".join(output.traceback))
    # A fault of the data says file, line and column: it comes first, the way there after it.
    return f"{where}: {error.ename}: {error.evalue}\n\n{code}\n\n{traceback}"


def _indented(source: str) -> str:
    return "\n".join(f"    {line}" for line in source.splitlines())


def _refuse_standard_error(path: Path, notebook: Notebook) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NotebookError(f"{path.name}: cell {number} warns: {output['text']}")

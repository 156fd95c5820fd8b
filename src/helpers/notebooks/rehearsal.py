"""Run a notebook's code in this process and draw nothing: what it would say, and what it claims.

Seconds instead of a kernel and its pictures: for commands that must know which claims of the prose
hold on other data, and for tests that try many states of the data.
"""

from __future__ import annotations

import ast
import io
import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING
from unittest.mock import patch

from helpers import export
from helpers.notebooks import run as notebooks
from helpers.notebooks.guards import Claim, trying

if TYPE_CHECKING:
    from helpers.figures.registry import Content

#: What a kernel does not show, or shows without failing the notebook.
QUIET = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


class RehearsalError(notebooks.NotebookError):
    """A cell raised: notebook, cell, and the error; its cause is the error itself."""


@dataclass(frozen=True)
class Rehearsal:
    """What a notebook would say.

    The claims it tries, the figures it exports, undrawn, and the Markdown it shows, in order.
    """

    claims: list[Claim]
    figures: list[Content]
    sentences: list[str]


def rehearse(path: Path, data_dir: Path) -> Rehearsal:
    """Run the code cells of the notebook at ``path`` on a whole data folder.

    Raises
    ------
    RehearsalError
        If a cell raises or warns.
    """
    space: dict[str, object] = {"__name__": "__main__"}
    shown: list[object] = []
    with trying() as claims, export.kept_back() as figures, _as_in_a_kernel(data_dir, shown):
        for number, cell in enumerate(notebooks.read(path)["cells"], 1):
            if cell["cell_type"] != "code":
                continue
            try:
                shown.append(_run(cell["source"], f"{path.name}, cell {number}", space))
            except Exception as error:
                where = f"{path.name}: cell {number}: {type(error).__name__}: {error}"
                raise RehearsalError(where) from error
    sentences = [str(one.data) for one in shown if type(one).__name__ == "Markdown"]
    return Rehearsal(claims, figures, sentences)


def unheld(paths: Iterable[Path], data_dir: Path) -> tuple[dict[str, list[Claim]], list[str]]:
    """Return what no longer holds on a whole data folder, and what raises.

    By notebook the claims that do not hold; and notebook, cell and error of each that raises. A
    notebook that guards no claim is not run.
    """
    found, errors = {}, []
    for path in paths:
        if not any("holds(" in cell["source"] for cell in notebooks.code(notebooks.read(path))):
            continue
        try:
            claims = [claim for claim in rehearse(path, data_dir).claims if not claim.holds]
        except RehearsalError as error:
            errors.append(f"error in notebook {error}")
            continue
        found |= {path.name: claims} if claims else {}
    return found, errors


@contextmanager
def _as_in_a_kernel(data_dir: Path, shown: list[object]) -> Iterator[None]:
    """Set the data folder, take what is displayed, and undo what cells set for the process."""
    import matplotlib as mpl
    import pandas as pd

    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, {"CROSSINGS_DATA": str(data_dir)}))
        stack.enter_context(
            patch("IPython.display.display", lambda *items, **_: shown.extend(items))
        )
        stack.enter_context(redirect_stdout(io.StringIO()))
        stack.enter_context(mpl.rc_context())
        stack.enter_context(pd.option_context("display.width", pd.get_option("display.width")))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("error")
        for kind in QUIET:
            warnings.simplefilter("ignore", kind)
        yield


def _run(source: str, name: str, space: dict[str, object]) -> object:
    """Run a cell; return the value of its last line if that is an expression."""
    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), space)
    if last is None:
        return None
    code: CodeType = compile(ast.Expression(last.value), name, "eval")
    return eval(code, space)

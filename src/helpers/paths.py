"""Where the project's folders are, and how a user points the helpers at others."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """Return the data folder: ``CROSSINGS_DATA`` if set, else the project's ``data``."""
    return Path(os.environ.get("CROSSINGS_DATA", PROJECT / "data"))


def figures_dir() -> Path:
    """Return the folder for figures: ``CROSSINGS_FIGURES`` if set, else ``figures``."""
    return Path(os.environ.get("CROSSINGS_FIGURES", PROJECT / "figures"))


def shown(path: Path) -> str:
    """Return ``path`` as one would type it: from the working folder if it lies below that."""
    path = path.resolve()
    here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return here.as_posix()

"""What to run from new data to a release: one order, which every command says."""

from __future__ import annotations

from pathlib import Path

from helpers.paths import data_dir

STEPS = {
    "add": "crossings add or crossings import",
    "check": "crossings check",
    "diff": "crossings diff",
    "build": "crossings build",
    "document": "a line in CHANGELOG.md and crossings document",
    "test": "make test",
}


def after(step: str) -> str:
    """Return in a line the steps that follow one of :data:`STEPS`."""
    place = list(STEPS).index(step)
    return f"Next: {', then '.join(list(STEPS.values())[place + 1 :])}."


def diff_of(folder: Path) -> str:
    """Return the command that compares a data folder, the project's own or another."""
    own = folder.resolve() == data_dir().resolve()
    return STEPS["diff"] + ("" if own else f" --data {folder}")

"""What to run from new data to a release: one order, which every command says."""

from __future__ import annotations

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

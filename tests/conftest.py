"""Shared by all tests: the project's folders and its tables as loaded once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.figures import style

ROOT = Path(__file__).resolve().parents[1]

# Make matplotlib's font cache before any test or kernel counts its notice as a warning.
style.use()


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder, to be broken, added to, imported into."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture
def unchecked(monkeypatch):
    """Leave out the check of what is written, where it is not the matter: it takes longest."""
    monkeypatch.setattr("helpers.entry.staging.check_all", lambda folder, today: [])


def contents(folder: Path) -> dict[Path, bytes]:
    """Return every file of a folder, to be compared."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pytest_collection_modifyitems(items):
    """Keep a file on one worker, and a world: what is made once is made once there."""
    for item in items:
        world = getattr(item, "callspec", None) and item.callspec.params.get("folder")
        item.add_marker(pytest.mark.xdist_group(world or item.path.name))

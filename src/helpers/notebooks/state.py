"""What a build remembers: which contents went into a notebook, and what came out.

Dependencies are names, not paths (``data/incidents/incidents.csv``, ``code``, ``environment``), and
count by content: the same table in another data folder is the same dependency. They are not
declared: those of the last good run are kept, as its kernel opened them.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.notebooks import run as notebooks
from helpers.paths import PROJECT
from helpers.writing import write_all

FOLDER = ".crossings"
CHECK = "check"
MISSING = "missing"
#: What is kept of a task.
PARTS = ("reads", "values")
#: Folders of the project whose files are no input of a notebook.
APART = {".venv", ".git", FOLDER, "figures", "scratch", ".pytest_cache", ".ruff_cache"}


class Snapshot:
    """Digests of dependencies, each taken once, so that a later edit counts for the next build.

    Parameters
    ----------
    data_dir : Path
        What ``data/`` in a name stands for.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._digests: dict[str, str] = {}

    def take(self) -> None:
        """Take the digests of all data and helper modules now, before anything runs."""
        for root, start in (("data", self.data_dir), ("src/helpers", PROJECT / "src" / "helpers")):
            for path in start.rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    self.digest(f"{root}/{path.relative_to(start).as_posix()}")

    def path(self, name: str) -> Path:
        """Return where the file of a dependency is."""
        if name.startswith("data/"):
            return self.data_dir / name.removeprefix("data/")
        return PROJECT / name

    def name(self, opened: str) -> str | None:
        """Return the dependency of an opened path; None if it is none."""
        path = Path(opened)
        with contextlib.suppress(ValueError):
            rest = path.relative_to(self.data_dir).as_posix()
            return f"data/{rest}{'/' if opened.endswith('/') else ''}"
        if path.suffix == ".pyc":
            with contextlib.suppress(ValueError, NotImplementedError):
                path = Path(importlib.util.source_from_cache(opened))
        with contextlib.suppress(ValueError):
            rest = path.relative_to(PROJECT)
            # The import system lists folders: only those with data matter.
            if path.is_file() and rest.parts[0] not in APART:
                return rest.as_posix()
        return None

    def names(self, opened: Iterable[str]) -> set[str]:
        """Return the dependencies among opened paths."""
        return {name for name in map(self.name, opened) if name}

    def set_code(self, path: Path) -> str:
        """Return the name of the dependency on the code of a notebook; note its digest."""
        name = f"code:{path.name}"
        self._digests[name] = notebooks.code_digest(notebooks.read(path))
        return name

    def digest(self, name: str) -> str:
        """Return the digest of what stands under a name."""
        if name not in self._digests:
            if name == "environment":
                self._digests[name] = environment_digest()
            elif name.endswith("/"):
                self._digests[name] = _listing(self.path(name))
            elif name.startswith("notebooks/"):
                self._digests[name] = _heading_digest(self.path(name))
            else:
                self._digests[name] = file_digest(self.path(name))
        return self._digests[name]


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, or that it is missing."""
    try:
        if not path.is_file():
            return MISSING
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return MISSING


def _heading_digest(path: Path) -> str:
    """Return a digest of the question of a notebook, which is all that another reads of it."""
    try:
        return hashlib.sha256(notebooks.heading(path).encode()).hexdigest()
    except (OSError, ValueError, KeyError, IndexError):
        return MISSING


def _listing(path: Path) -> str:
    names = sorted(one.name for one in path.iterdir()) if path.is_dir() else [MISSING]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def environment_digest() -> str:
    """Return a digest of the lock file, of Python, and of the packages that are installed."""
    installed = sorted(
        entry.name
        for folder in dict.fromkeys(sys.path)
        if folder and Path(folder).is_dir()
        for entry in os.scandir(folder)
        if entry.name.endswith((".dist-info", ".egg-info"))
    )
    parts = [sys.version, platform.platform(), file_digest(PROJECT / "uv.lock"), *installed]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class State:
    """The memory of a build, in the folder ``.crossings`` of ``home``.

    One JSON file: for each task the digests of what its last good run depended on, and the values
    that it left. A file that cannot be read, or is of another form, counts as empty.
    """

    def __init__(self, home: Path, snapshot: Snapshot) -> None:
        self.folder = home / FOLDER
        self.snapshot = snapshot
        self._tasks = _remembered(self.folder / "state.json")

    def values(self, task: str) -> dict:
        """Return what the last good run of a task left."""
        return dict(self._tasks[task]["values"]) if task in self._tasks else {}

    def reads(self, task: str) -> set[str]:
        """Return the names that the last good run of a task depended on."""
        return set(self._tasks[task]["reads"]) if task in self._tasks else set()

    def why(self, task: str) -> list[str] | None:
        """Return None if the task is up to date, else the names that changed (if it ever ran)."""
        kept = self._tasks[task]["reads"] if task in self._tasks else {}
        if not kept:
            return []
        return sorted(name for name in kept if self.snapshot.digest(name) != kept[name]) or None

    def keep(self, task: str, names: Iterable[str], values: dict) -> None:
        """Remember a good run of a task, at once and whole."""
        reads = {name: self.snapshot.digest(name) for name in sorted(names)}
        self._tasks[task] = {"reads": reads, "values": values}
        text = json.dumps(self._tasks, indent=1, sort_keys=True) + "\n"
        write_all(self.folder, {"state.json": text.encode()})

    def figures(self) -> set[str]:
        """Return the names of all figure files that are remembered."""
        return {name for task in self._tasks for name in self.values(task).get("figures", {})}


def _remembered(path: Path) -> dict[str, dict[str, dict]]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
        return {name: {part: dict(task[part]) for part in PARTS} for name, task in tasks.items()}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


class BusyError(ValueError):
    """Another build writes to the same place."""


@contextlib.contextmanager
def locked(home: Path) -> Iterator[Path]:
    """Hold the place ``home`` for one build; give an empty folder for work in progress.

    Raises
    ------
    BusyError
        If another build holds it.
    """
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        _lock(lock.fileno(), home)
        work = folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _lock(handle: int, home: Path) -> None:
    """Lock an open file until it is closed, or its process is dead."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock: two builds at once are the user's to avoid
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BusyError(f"Another build is at work in {home.name}/; wait for its end.") from error

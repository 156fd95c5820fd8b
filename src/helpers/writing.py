"""Write files whole or not at all, and tables in the one form that the project gives them."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Return a table as CSV: UTF-8, line ends LF, quotes only where needed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


FEWEST_FILES = 64
"""More than any command opens at once, but for a build."""
UNDO = ".crossings-undo.json"
"""In a folder of tables: what several files were, while they are being replaced."""


@contextmanager
def all_or_none(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator:
    """Replace files below ``folder`` in the block: all, or none if it raises or is killed.

    ``before`` lacks files that are new. After a kill :func:`undo` brings back what was there.
    """
    texts = {
        name: [before[name].decode() if name in before else None, after[name].decode()]
        for name in after
    }
    kept = {"process": os.getpid(), "files": texts}
    write_all(folder, {UNDO: json.dumps(kept).encode()})
    try:
        yield
    except BaseException:
        undo(folder, os.getpid())
        raise
    (folder / UNDO).unlink()


def undo(folder: Path, process: int | None = None) -> None:
    """Bring back the files that ``process``, or one that was killed, was replacing.

    Where somebody has changed one of them since, all stay as they are.
    """
    try:
        kept = json.loads((folder / UNDO).read_bytes())
    except (OSError, ValueError):
        return
    if kept["process"] != process and not _is_dead(kept["process"]):
        return
    places = {folder / name: texts for name, texts in kept["files"].items()}
    now = {path: path.read_text("utf-8") if path.is_file() else None for path in places}
    if all(now[path] in texts for path, texts in places.items()):
        for path, (before, _) in places.items():
            if before is None:
                path.unlink(missing_ok=True)
            else:
                write_all(path.parent, {path.name: before.encode()})
    (folder / UNDO).unlink(missing_ok=True)


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write every file beside its place first, then move all into place; return which changed.

    A file that holds these bytes already is left alone. An OSError names the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    staged: list[tuple[Path, Path]] = []
    target = folder
    try:
        for name, content in files.items():
            target = folder / name
            if target.exists() and not target.is_file():
                raise FileExistsError(0, "no file, but something else, is there")
            if target.exists() and target.read_bytes() == content:
                continue
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.{_mark()}", dir=folder)
            staged.append((Path(temporary), target))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for temporary, target in staged:
            temporary.chmod(0o644)
            temporary.replace(target)
        return [target.name for _, target in staged]
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}"
        raise OSError(error.errno or 0, problem, str(target)) from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def told(error: OSError) -> str:
    """Return in words which file cannot be read or written, and why."""
    try:
        Path.cwd()
    except OSError:
        return "the current folder is gone: go to one that is there"
    # A full disk does not say where it is; where a file is put in place, it is named.
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    where = error.filename or (full and tempfile.tempdir)
    return f"{f'{where}: ' if where else ''}{error.strerror or error}"


def make_room(needed: int = FEWEST_FILES, otherwise: str = "") -> None:
    """Let this process open as many files as it needs, or raise OSError."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        problem = f"only {hard} files may be open at once here, {needed} are needed"
        mend = f"let this user open more (ulimit -Hn shows the limit){otherwise}"
        raise OSError(errno.EMFILE, f"{problem}; {mend}")
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


@contextmanager
def scratch(beside: Path | None = None) -> Iterator[Path]:
    """Give an empty folder for work in progress, deleted at the end.

    It is a temporary one, or lies hidden beside what it becomes, on the same disk.
    """
    clear()
    place, mark = None, _mark()
    if beside:
        place, mark = beside.parent, f".{beside.name}.{mark}"
        place.mkdir(parents=True, exist_ok=True)
        sweep(place)
    with tempfile.TemporaryDirectory(prefix=mark, dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def clear(own: bool = False) -> None:
    """Delete the folders for work in progress of processes that were killed, or of this one."""
    for folder in Path(tempfile.gettempdir()).glob("crossings-*"):
        if folder.name.startswith(_mark()) if own else _left_over(folder):
            shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Delete what a process that was killed left beside its place, half written."""
    for path in folder.glob(".*.crossings-*"):
        if _left_over(path):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(
                missing_ok=True
            )


def _mark() -> str:
    """Return how the name begins, or ends, of what this process alone will take away."""
    return f"crossings-{os.getpid()}-"


def _left_over(path: Path) -> bool:
    """Tell whether the process that made the file or folder is dead."""
    process = re.search(r"crossings-(\d+)-\w+$", path.name)
    return bool(process) and _is_dead(int(process[1]))


def _is_dead(process: int) -> bool:
    if os.name != "posix":  # where the question would end the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False

"""A data folder that holds all tables, from one that may hold only those that differ."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

WHOLE = "datapackage.json"
DATA_SUFFIXES = {".csv", ".geojson"}


def is_whole(folder: Path) -> bool:
    """Tell whether a data folder stands for itself: then it has the list of its tables."""
    return (folder / WHOLE).is_file()


def is_part(folder: Path, base: Path) -> bool:
    """Tell whether a folder is to hold only tables that differ from those of ``base``."""
    return folder != base and not is_whole(folder)


def whole(folder: Path, base: Path, work: Path) -> Path:
    """Return a data folder with everything: ``folder``, or a copy of ``base`` with its tables.

    A table (or layer) that differs lies where it does in ``base``, or at the top under its name;
    the copy is put at ``work``, where nothing may be.

    Raises
    ------
    ValueError
        If ``folder`` is none, holds no table, or one that ``base`` does not have.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder")
    if not is_part(folder, base):
        return folder
    files = places(folder, base)
    shutil.copytree(base, work)
    for place, path in files.items():
        shutil.copyfile(folder / path, work / place)
    return work


def places(folder: Path, base: Path) -> dict[str, str]:
    """Return the files of a folder of tables that differ, by the file of ``base`` each stands for.

    Raises
    ------
    ValueError
        If ``folder`` holds no table, or one that ``base`` does not have.
    """
    known = _data_files(base)
    found = {path: _place(path, known) for path in _data_files(folder)}
    strange = [path for path, place in found.items() if place is None]
    if strange:
        names = ", ".join(sorted(path.as_posix() for path in strange))
        raise ValueError(
            f"{folder}: {names}: no such table or layer in {base.name}/; "
            f"a folder without {WHOLE} may hold only files that stand there"
        )
    if not found:
        raise ValueError(f"{folder} holds no table and no layer of {base.name}/")
    return {place.as_posix(): path.as_posix() for path, place in found.items() if place}


def _data_files(folder: Path) -> list[Path]:
    return sorted(
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in DATA_SUFFIXES
    )


def _place(path: Path, known: Iterable[Path]) -> Path | None:
    """Return the file of the base that ``path`` stands for."""
    if path in known:
        return path
    alike = [other for other in known if other.name == path.name]
    return alike[0] if len(path.parts) == 1 and len(alike) == 1 else None

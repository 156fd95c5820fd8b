"""Where the project's folders are, and how a user points the helpers at others."""

from __future__ import annotations

import os
from pathlib import Path

#: The tables and layers that a wheel carries; a clone has none of it.
_CARRIED = Path(__file__).resolve().with_name("_data")
IN_PROJECT = not _CARRIED.is_dir()
#: The clone, or where one works with the installed package alone.
PROJECT = Path(__file__).resolve().parents[2] if IN_PROJECT else Path.cwd()

LAYERS = {
    "countries": "geo/countries.geojson",
    "koreas": "geo/koreas.geojson",
    "provinces": "geo/provinces_korea.geojson",
    "lines": "geo/mdl_nll.geojson",
    "dmz_band": "geo/dmz_2km_band.geojson",
}
"""File in the data folder of each map layer, by the name of its loader."""


def data_dir() -> Path:
    """Return the data folder: ``CROSSINGS_DATA`` if set, else the project's or the package's."""
    own = PROJECT / "data" if IN_PROJECT else _CARRIED
    return Path(os.environ.get("CROSSINGS_DATA", own))


def data_to_change(given: Path | None = None) -> Path:
    """Return the data folder ``given``, or the one in use if that is not the package's.

    Raises
    ------
    ValueError
        If there is none that may be changed.
    """
    if given is None and data_dir() == _CARRIED:
        needs_project("; or give a folder with tables of yours as --data FOLDER")
    return given or data_dir()


def needs_project(otherwise: str = "") -> None:
    """Raise ValueError where only the installed package is, and no clone of the project."""
    if not IN_PROJECT:
        raise ValueError(
            f"There is no project here, only the installed package ({_CARRIED.parent}), whose data "
            f"are to be read. Clone the project and work in it{otherwise}."
        )


def figures_dir() -> Path:
    """Return the folder for figures: ``CROSSINGS_FIGURES`` if set, else ``figures``."""
    return Path(os.environ.get("CROSSINGS_FIGURES", PROJECT / "figures"))


def drawn_dir() -> Path:
    """Return where a notebook draws to: ``scratch/figures``, unless a build says where.

    Only a build writes what is published.
    """
    return Path(os.environ.get("CROSSINGS_FIGURES", PROJECT / "scratch" / "figures"))


def shown(path: Path) -> str:
    """Return ``path`` as one would type it: from the working folder if it lies below that."""
    path = path.resolve()
    here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return here.as_posix()

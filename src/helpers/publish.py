"""Figures for a report, from the catalogue: no notebook is opened and no kernel started."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import export
from helpers.figures.registry import Figure, entries
from helpers.frames import Frames
from helpers.style import SHEETS, Size
from helpers.writing import write_all

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class Wish:
    """What is wanted of each figure.

    Attributes
    ----------
    formats : tuple of str
        Of :data:`helpers.export.FORMATS`.
    size : str
        A key of :data:`helpers.style.SHEETS`.
    dpi : int
        Dots per inch of a PNG.

    Raises
    ------
    ValueError
        With everything that cannot be had, a line each.
    """

    formats: tuple[str, ...] = ("png",)
    size: Size = "full"
    dpi: int = export.PNG_DPI

    def __post_init__(self) -> None:
        faults = [
            f"{fmt!r} is no format: one of {', '.join(export.FORMATS)} expected"
            for fmt in self.formats
            if fmt not in export.FORMATS
        ]
        if not self.formats:
            faults.append(f"no format given: {', '.join(export.FORMATS)} can be had")
        if self.size not in SHEETS:
            faults.append(f"{self.size!r} is no size: one of {', '.join(SHEETS)} expected")
        least, most = export.DPI_LIMITS
        if not least <= self.dpi <= most:
            faults.append(f"{self.dpi} dots per inch: {least} to {most} expected")
        if faults:
            raise ValueError("\n".join(faults))


def choose(slugs: Iterable[str]) -> list[Figure]:
    """Return the figures with these slugs, all of them if none is given.

    Raises
    ------
    ValueError
        With every slug that is unknown, and those that it may have been meant for.
    """
    known, wanted = entries(), list(dict.fromkeys(slugs))
    faults = []
    for slug in wanted:
        if slug not in known:
            near = get_close_matches(slug, known, 3, 0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            faults.append(f"{slug!r} is no figure{hint}")
    if faults:
        raise ValueError("\n".join([*faults, "`crossings export --list` shows them all."]))
    return [known[slug] for slug in wanted or known]


def publish(
    chosen: Sequence[Figure],
    wish: Wish,
    data_dir: Path,
    out_dir: Path,
    advance: Callable[[], None] = lambda: None,
) -> list[str]:
    """Write pictures, table and words of each figure to ``out_dir``; return the files' names.

    Nothing is written before all is made.

    Parameters
    ----------
    chosen : sequence of Figure
        The figures.
    wish : Wish
        Formats, size and resolution.
    data_dir : Path
        A whole data folder.
    out_dir : Path
        Where to write; made if it is not there.
    advance : callable
        Called after each figure that is drawn.

    Raises
    ------
    helpers.faults.DataError
        If a table breaks its schema.
    """
    frames = Frames(data_dir)
    made: dict[str, bytes] = {}
    for entry in chosen:
        content = entry.make(frames)
        made |= export.files(content, content.page(wish.size), wish.formats, wish.dpi, data_dir)
        advance()
    write_all(out_dir, made)
    return list(made)


def listing(chosen: Sequence[Figure], data_dir: Path) -> list[dict[str, object]]:
    """Return slug, title, alt text, tables, layers and notebook of each figure."""
    frames = Frames(data_dir)
    rows = []
    for entry in chosen:
        content = entry.make(frames)
        rows.append(
            {
                "slug": entry.slug,
                "title": content.title,
                "alt": content.alt,
                "tables": list(content.tables),
                "layers": list(content.layers),
                "notebook": entry.notebook,
            }
        )
    return rows


def show(rows: list[dict[str, object]], console: Console) -> None:
    """Print the catalogue for a person, a block a figure."""
    from rich.text import Text

    for row in rows:
        console.print(Text(str(row["slug"]), style="bold"), Text(f"({row['notebook']})"))
        console.print(Text(f"  {row['title']}"))
        console.print(Text(f"  {row['alt']}", style="dim"))
        behind = [*row["tables"], *(f"geo/{name}" for name in row["layers"])]
        console.print(Text(f"  tables: {', '.join(behind)}"))

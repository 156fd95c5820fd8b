"""What leaves the project without a kernel: figures for a report, documents of the data.

The notebooks' claims are tried on the way, since their prose speaks of the same data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import export
from helpers.data.check import check_all
from helpers.data.faults import DataError, FindingError
from helpers.figures import style
from helpers.figures.frames import Frames, shared
from helpers.figures.registry import Content, Figure, by_notebook, entries
from helpers.figures.sheets import SHEETS, Size
from helpers.languages import LOCALES, speaking
from helpers.notebooks import rehearsal
from helpers.notebooks.run import find_notebooks
from helpers.paths import PROJECT
from helpers.publish import captions, codebook
from helpers.publish.findings import front_pictures, in_readme, told
from helpers.writing import write_all

if TYPE_CHECKING:
    from rich.console import Console

    from helpers.notebooks.guards import Claim


#: Pictures, and captions that name the sources in full.
FORMATS = (*export.FORMATS, *captions.FORMATS)


@dataclass(frozen=True)
class Wish:
    """What is wanted of each figure.

    Raises
    ------
    ValueError
        With everything that cannot be had, a line each.
    """

    formats: tuple[str, ...] = ("png",)
    size: Size = "full"
    dpi: int = export.PNG_DPI
    lang: str = "en"
    titled: bool = True
    since: int | None = None
    until: int | None = None
    style: Path | None = None

    def __post_init__(self) -> None:
        faults = [
            f"{fmt!r} is no format: one of {', '.join(FORMATS)} expected"
            for fmt in self.formats
            if fmt not in FORMATS
        ]
        if not self.formats:
            faults.append(f"no format given: {', '.join(FORMATS)} can be had")
        if self.since and self.until and self.since > self.until:
            faults.append(f"since {self.since} until {self.until}: no year lies between")
        if self.size not in SHEETS:
            faults.append(f"{self.size!r} is no size: one of {', '.join(SHEETS)} expected")
        if self.lang not in LOCALES:
            faults.append(f"no language {self.lang!r}: one of {', '.join(LOCALES)} expected")
        least, most = export.DPI_LIMITS
        if not least <= self.dpi <= most:
            faults.append(f"{self.dpi} dots per inch: {least} to {most} expected")
        try:
            with style.on_top(self.style):
                pass
        except ValueError as error:
            faults.append(str(error))
        if faults:
            raise ValueError("\n".join(faults))


def choose(slugs: Iterable[str], part: bool = False) -> list[Figure]:
    """Return the figures with these slugs, all of them if none is given.

    Where only a ``part`` of the time is wanted, all that have one.

    Raises
    ------
    ValueError
        With every slug that is unknown, and those that it may have been meant for; with every
        figure that tells the whole time, if a part is wanted.
    """
    known, wanted = entries(), list(dict.fromkeys(slugs))
    faults = []
    for slug in wanted:
        if slug not in known:
            near = get_close_matches(slug, known, 3, 0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            faults.append(f"{slug!r} is no figure{hint}")
        elif part and known[slug].whole:
            faults.append(f"{slug} tells the whole time: it is not to be had --since or --until")
    if faults:
        raise ValueError("\n".join([*faults, "`crossings export --list` shows them all."]))
    if wanted:
        return [known[slug] for slug in wanted]
    return [figure for figure in by_notebook() if not (part and figure.whole)]


def publish(
    chosen: Sequence[Figure],
    wish: Wish,
    data_dir: Path,
    out_dir: Path,
    advance: Callable[[], None] = lambda: None,
) -> dict[str, list[Claim]]:
    """Write pictures, table and words of each figure to ``out_dir``.

    Nothing is written before all is made, and the notebooks that the figures stand in were
    rehearsed; by notebook the claims are returned that do not hold on the data.

    Raises
    ------
    helpers.data.faults.DataError
        If a table breaks its schema.
    helpers.data.faults.FindingError
        With every figure, and every cell of a notebook, that raises.
    """
    frames = shared(data_dir)
    if wish.since or wish.until:
        frames = Frames(data_dir, wish.since, wish.until)
    pictures = [fmt for fmt in wish.formats if fmt in export.FORMATS]
    with speaking(wish.lang):
        contents = _contents(chosen, frames)
    stand_in = {entry.notebook for entry in chosen}
    unheld, errors = rehearsal.unheld(
        [path for path in find_notebooks() if path.name in stand_in], data_dir
    )
    made: dict[str, bytes] = {}
    for entry, content in zip(chosen, contents, strict=True):
        try:
            with speaking(wish.lang), style.on_top(wish.style):
                page = content.page(wish.size, wish.titled)
                files = export.files(content, page, pictures, wish.dpi, data_dir)
                for fmt in {*wish.formats} & captions.FORMATS.keys():
                    name = f"{export.name(content, page)}.{fmt}"
                    files[name] = captions.caption(content, page, fmt, data_dir)
                made |= files
        except Exception as error:
            errors.append(told(f"figure {entry.slug}", entry.notebook, content.tables, error))
        advance()
    if errors:
        raise FindingError("\n".join(errors))
    write_all(out_dir, made)
    return unheld


def _contents(chosen: Sequence[Figure], frames: Frames) -> list[Content]:
    """Return the figures undrawn, or raise with all that there is none of."""
    made, faults, errors = [], [], []
    for entry in chosen:
        frames.used = set()
        try:
            made.append(entry.make(frames))
        except DataError as error:
            faults += error.faults
        except Exception as error:
            errors.append(told(f"figure {entry.slug}", entry.notebook, frames.used, error))
    if faults:
        raise DataError(faults)
    if errors:
        raise FindingError("\n".join(errors))
    return made


def document(data_dir: Path) -> tuple[dict[Path, list[str]], dict[str, list[Claim]]]:
    """Write the generated documents into a data folder, and what the README computes if it is ours.

    By folder the files that changed are returned, and by notebook the claims that do not hold.

    Raises
    ------
    helpers.data.faults.DataError
        With every fault of the data; nothing is written.
    helpers.data.faults.FindingError
        If the answer or a notebook raises; nothing is written.
    """
    faults = check_all(data_dir)
    if faults:
        raise DataError(faults)
    made = {data_dir: codebook.documents(data_dir)}
    unheld, errors = rehearsal.unheld(find_notebooks(), data_dir)
    if data_dir == PROJECT / "data":
        try:
            made |= _front_pages(data_dir)
        except Exception as error:
            errors.append(told("finding answer", "README.md", (), error))
    if errors:
        raise FindingError("\n".join(errors))
    return {folder: write_all(folder, files) for folder, files in made.items()}, unheld


def _front_pages(data_dir: Path) -> dict[Path, dict[str, bytes]]:
    """Return the README in each language, and the pictures of those that are not in English."""
    made: dict[Path, dict[str, bytes]] = {PROJECT: {}}
    for language in LOCALES:
        # A table of a figure may hold labels, so each language has frames of its own.
        frames = Frames(data_dir)
        name = "README.md" if language == "en" else f"README.{language}.md"
        page = (PROJECT / name).read_text(encoding="utf-8")
        with speaking(language):
            made[PROJECT][name] = codebook.with_computed(page, in_readme(frames)).encode()
            if language != "en":
                made[PROJECT / "figures" / language] = front_pictures(frames)
    return made


def listing(chosen: Sequence[Figure], data_dir: Path) -> list[dict[str, object]]:
    """Return slug, title, alt text, tables, layers and notebook of each figure."""
    return [
        {
            "slug": entry.slug,
            "title": content.title,
            "alt": content.alt,
            "tables": list(content.tables),
            "layers": list(content.layers),
            "notebook": entry.notebook,
        }
        for entry, content in zip(chosen, _contents(chosen, shared(data_dir)), strict=True)
    ]


def show(rows: list[dict[str, object]], console: Console) -> None:
    """Print the figures for a person, a block a figure."""
    from rich.text import Text

    for row in rows:
        console.print(Text(str(row["slug"]), style="bold"), Text(f"({row['notebook']})"))
        console.print(Text(f"  {row['title']}"))
        console.print(Text(f"  {row['alt']}", style="dim"))
        behind = [*row["tables"], *(f"geo/{name}" for name in row["layers"])]
        console.print(Text(f"  tables: {', '.join(behind)}"))

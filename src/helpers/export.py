"""Write a figure whole or not at all, the same bytes each time.

Beside the pictures go the table of what the figure shows and a description for readers who cannot
see it.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.paths import figures_dir

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import Image

    from helpers.style import Page

PNG_DPI = 220
NOTEBOOK_DPI = 140
SLUG_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALT_LIMITS = (60, 400)


def figure(
    fig: Page,
    slug: str,
    alt: str,
    fact: str,
    table: pd.DataFrame,
    out_dir: Path | None = None,
) -> Image:
    """Write ``slug``.png, .svg, .csv and .json, and return the picture for the notebook.

    Parameters
    ----------
    fig : Page
        The figure with its title, subtitle and source line.
    slug : str
        Name of the files: words of lower-case letters and digits, joined by hyphens.
    alt : str
        What the figure shows, for those who cannot see it; 60 to 400 characters.
    fact : str
        The computed sentence that stands beside the figure.
    table : pandas.DataFrame
        What the figure shows, a row a mark; the index is written if it has a name.
    out_dir : Path, optional
        Folder to write to (default: :func:`helpers.paths.figures_dir`).

    Returns
    -------
    IPython.display.Image
        The figure at screen resolution, carrying its alternative text.

    Raises
    ------
    ValueError
        If the slug or the length of the alternative text is out of bounds.
    """
    if not SLUG_PATTERN.fullmatch(slug):
        raise ValueError(f"{slug!r} is no slug: lower-case words joined by hyphens expected")
    if not ALT_LIMITS[0] <= len(alt) <= ALT_LIMITS[1]:
        raise ValueError(f"alt text of {slug} has {len(alt)} characters, expected 60 to 400")
    words = {
        "title": fig.title,
        "subtitle": fig.subtitle,
        "alt": alt,
        "fact": fact,
        "source": fig.source,
    }
    files = {
        f"{slug}.png": render(fig, "png", PNG_DPI),
        f"{slug}.svg": render(fig, "svg", alt=alt),
        f"{slug}.csv": to_csv(table),
        f"{slug}.json": (json.dumps(words, indent=2, ensure_ascii=False) + "\n").encode(),
    }
    write_all(out_dir or figures_dir(), files)
    return _screen(fig, alt)


def _screen(fig: Page, alt: str) -> Image:
    """Return the figure for the notebook: screen resolution, 256 colours, a third of the bytes."""
    from IPython.display import Image
    from PIL import Image as Picture

    buffer = BytesIO()
    with Picture.open(BytesIO(render(fig, "png", NOTEBOOK_DPI))) as picture:
        few = picture.convert("RGB").quantize(256, dither=Picture.Dither.NONE)
        few.save(buffer, format="png", optimize=True)
    return Image(data=buffer.getvalue(), format="png", alt=alt)


def render(fig: Page, fmt: str, dpi: int = PNG_DPI, alt: str = "") -> bytes:
    """Return the figure as bytes that hold no date, no version and no random name."""
    metadata = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None, "Title": fig.title, "Description": alt},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": fig.title},
    }[fmt]
    buffer = BytesIO()
    fig.savefig(buffer, format=fmt, dpi=dpi, metadata=metadata)
    content = buffer.getvalue()
    if fmt == "svg":
        # Where the fonts are not installed a viewer is to take its own sans serif, not its serif.
        content = content.replace(b"'Noto Sans KR'", b"'Noto Sans KR', sans-serif")
    return content


def to_csv(table: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, LF, its index only if that has a name."""
    named = any(name is not None for name in table.index.names)
    return table.to_csv(index=named, lineterminator="\n").encode()


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file beside its place first, then move all into place.

    A file that holds these bytes already is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    staged: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            target = folder / name
            if target.exists() and target.read_bytes() == content:
                continue
            handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            staged.append((Path(temporary), target))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for temporary, target in staged:
            temporary.chmod(0o644)
            temporary.replace(target)
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)

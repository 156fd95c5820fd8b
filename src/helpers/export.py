"""Export a figure: pictures in a size and format, its table, and its words with where it is from.

The same bytes each time: nothing written here holds a date or the state of a machine. A notebook
and the command ``crossings export`` come through the same functions.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, unescape

import pandas as pd

from helpers import paths
from helpers.figures import halo
from helpers.figures.provenance import provenance
from helpers.figures.sheets import SHEETS
from helpers.figures.style import own, width_mm
from helpers.languages import current
from helpers.words import in_html
from helpers.writing import write_all

if TYPE_CHECKING:
    from IPython.display import Image

    from helpers.figures.registry import Content
    from helpers.figures.style import Page

__all__ = ["figure", "files", "render", "screen", "to_csv"]


def __dir__() -> list[str]:
    return __all__


Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
IN_FIGURES: tuple[Format, ...] = ("png", "svg")
PNG_DPI = 220
NOTEBOOK_DPI = 140
DPI_LIMITS = (50, 1200)
_INCH_MM = 25.4
_POINT_MM = _INCH_MM / 72
_TEXT = re.compile(r'<text style="([^"]*)"([^>]*)>([^<]+)</text>')
_LOOK = {"font-size": "", "font-weight": "400", "font-style": "normal", "text-anchor": "start"}
_WIDEST = {"400": 1.18, "600": 1.3, "700": 1.3}
"""How much wider than ours a line is in DejaVu Sans, which may be all that a machine has."""


_kept: ContextVar[list[Content] | None] = ContextVar("kept", default=None)


@contextmanager
def kept_back() -> Iterator[list[Content]]:
    """Collect the figures that are exported inside the block, and neither draw nor write them."""
    figures: list[Content] = []
    token = _kept.set(figures)
    try:
        yield figures
    finally:
        _kept.reset(token)


class Description:
    """The words of a picture, folded, to stand under it: few viewers read those that it carries."""

    def __init__(self, alt: str) -> None:
        self.alt = alt

    def __repr__(self) -> str:
        return f"Description of the figure: {self.alt}"

    def _repr_html_(self) -> str:
        head = "<summary>Description of the figure</summary>"
        return f"<details>{head}{in_html(self.alt)}</details>"


@dataclass(frozen=True)
class Shown:
    """A picture as a notebook shows it: with its alternative text, and the description under it."""

    picture: Image
    alt: str

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.picture, Description(self.alt))


def figure(content: Content, out_dir: Path | None = None) -> Shown | None:
    """Write a figure's files at full size, and return the picture for the notebook.

    Without ``out_dir`` the files go to
    :func:`helpers.paths.drawn_dir`; where figures are kept back, none is drawn and None returned.
    """
    if (figures := _kept.get()) is not None:
        figures.append(content)
        return None
    made = files(content, content.page(), IN_FIGURES)
    write_all(out_dir or paths.drawn_dir(), made)
    return Shown(screen(made[f"{content.slug}.png"], content.alt), content.alt)


def page(name: str, html: bytes) -> None:
    """Write a page beside the figures, unless these are kept back."""
    if _kept.get() is None:
        write_all(paths.drawn_dir(), {name: html})


def files(
    content: Content,
    page: Page,
    formats: Iterable[Format],
    dpi: int = PNG_DPI,
    data_dir: Path | None = None,
) -> dict[str, bytes]:
    """Return the files of one figure in one size by name: pictures, table (CSV), words (JSON).

    Raises
    ------
    ValueError
        If a format is unknown, or ``dpi`` out of bounds.
    """
    language, stem = current(), name(content, page)
    made = {f"{stem}.{fmt}": render(page, fmt, dpi, content.alt) for fmt in formats}
    made[f"{stem}.csv"] = to_csv(content.table)
    words = {
        "title": content.title,
        "subtitle": content.subtitle,
        "alt": content.alt,
        "fact": content.fact,
        "source": content.source,
        **({} if language == "en" else {"language": language}),
        **({"period": [*period]} if (period := content.table.attrs.get("period")) else {}),
        "size": page.size,
        "width_mm": SHEETS[page.size].width_mm,
        "height_mm": round(page.get_size_inches()[1] * _INCH_MM * page.scale, 1),
    }
    words |= provenance(content.tables, content.layers, content.table, data_dir or paths.data_dir())
    words["files"] = {name: hashlib.sha256(data).hexdigest() for name, data in made.items()}
    made[f"{stem}.json"] = (json.dumps(words, indent=2, ensure_ascii=False) + "\n").encode()
    return made


def name(content: Content, page: Page) -> str:
    """Return the name of a figure's files: slug, then size, language and lack of a title."""
    parts = [content.slug]
    parts += [page.size] if page.size != "full" else []
    parts += [current()] if current() != "en" else []
    parts += ["no-title"] if not page.titled else []
    return "-".join(parts)


def screen(png: bytes, alt: str) -> Image:
    """Return a PNG for the notebook: screen resolution, 256 colours, a third of the bytes.

    Made smaller, not drawn again: drawing is most of what a notebook's run costs.
    """
    from IPython.display import Image
    from PIL import Image as Picture

    buffer = BytesIO()
    with Picture.open(BytesIO(png)) as picture:
        size = [round(pixels * NOTEBOOK_DPI / PNG_DPI) for pixels in picture.size]
        small = picture.convert("RGB").resize(size, Picture.Resampling.LANCZOS)
        small.quantize(256, dither=Picture.Dither.NONE).save(buffer, format="png")
    return Image(data=buffer.getvalue(), format="png", alt=alt)


@own()
def render(page: Page, fmt: Format, dpi: int = PNG_DPI, alt: str = "") -> bytes:
    """Return a page as bytes that hold no date, no version and no random name.

    A page is printed ``page.scale`` times as large as it was laid out.

    Raises
    ------
    ValueError
        If the format is unknown, or ``dpi`` out of bounds.
    """
    if fmt not in FORMATS:
        raise ValueError(f"{fmt!r} is no format: one of {', '.join(FORMATS)} expected")
    least, most = DPI_LIMITS
    if not least <= dpi <= most:
        raise ValueError(f"{dpi} dots per inch: {least} to {most} expected")
    return {"png": _png, "svg": _svg, "pdf": _pdf}[fmt](page, dpi, alt)


def _png(page: Page, dpi: int, alt: str) -> bytes:
    options = {"metadata": {"Software": None}, "pil_kwargs": {"dpi": (dpi, dpi)}}
    return _saved(page, "png", dpi=dpi * page.scale, **options)


def _svg(page: Page, dpi: int, alt: str) -> bytes:
    """Return an SVG whose text is text, with a title and a description for screen readers."""
    metadata = {"Date": None, "Creator": None, "Title": page.title, "Description": alt}
    with halo.taken_off(page) as rims:
        text = _saved(page, "svg", metadata=metadata).decode()
    right = page.get_size_inches()[0] * _INCH_MM / _POINT_MM
    text = _TEXT.sub(partial(_keep_width, right=right), halo.put_back(text, rims))
    # Where the fonts are not installed a viewer is to take one that runs about as wide.
    text = text.replace("'Noto Sans KR'", "'Noto Sans KR', Arial, 'Liberation Sans', sans-serif")
    width, height = (inches * _INCH_MM * page.scale for inches in page.get_size_inches())
    size = f'width="{width:.3f}mm" height="{height:.3f}mm" role="img" aria-labelledby="name about"'
    size += "" if current() == "en" else f' lang="{current()}"'
    text = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', size, text, count=1)
    title = f"<title>{escape(page.title)}</title>"
    named = f'<title id="name">{escape(page.title)}</title>\n <desc id="about">{escape(alt)}</desc>'
    return _kinds_as_classes(text.replace(title, named, 1)).encode()


def _keep_width(match: re.Match, right: float) -> str:
    """Return a line of text that is as wide in any other font as in that of the page.

    Some viewers keep to no length: a line that would leave the page there has a place a word.
    """
    look, rest, words = match.groups()
    size, weight, slant, anchor = (
        found[1] if (found := re.search(rf"{name}: ([\w.]+?)(?:px|;|$)", look)) else usual
        for name, usual in _LOOK.items()
    )

    def points(words: str) -> float:
        return width_mm(unescape(words), float(size), weight, slant) / _POINT_MM

    def fixed(words: str) -> str:
        return f'textLength="{points(words):.2f}" lengthAdjust="spacingAndGlyphs"'

    before = {"start": 0, "middle": 0.5, "end": 1}[anchor] * points(words)
    start = float(re.search(r'(?:translate\(| x=")([-\d.]+)', rest)[1]) - before
    wider = _WIDEST[weight] - 1
    over = start + points(words) + wider * (points(words) - before) > right
    if (start < wider * before or over) and not re.search(r"rotate\((?!-?0 )", rest):
        at = start if " x=" in rest else 0
        placed = []
        for number, word in enumerate(words.split(" ")):
            x = at + points(" ".join([*words.split(" ")[:number], ""]))
            placed.append(f'<tspan x="{x:.2f}" {fixed(word)}>{word}</tspan>')
        look = look.replace(f"text-anchor: {anchor}", "text-anchor: start")
        return f'<text style="{look}"{rest}>{" ".join(placed)}</text>'
    return f'<text style="{look}" {fixed(words)}{rest}>{words}</text>'


def _kinds_as_classes(text: str) -> str:
    """Return the SVG with an id that stands for many marks as their class: an id is one's own."""
    counts = Counter(re.findall(r'<g id="([^"]+)">', text))
    for name, count in counts.items():
        if count > 1:
            text = text.replace(f'<g id="{name}">', f'<g class="{name}">')
    return text


def _pdf(page: Page, dpi: int, alt: str) -> bytes:
    """Return a PDF with its fonts embedded, in the size that it is printed in."""
    from pypdf import PdfReader, PdfWriter

    metadata = {"CreationDate": None, "Creator": None, "Producer": None, "Title": page.title}
    with halo.below(page):
        content = _saved(page, "pdf", metadata=metadata)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.pages[0].scale_by(page.scale)
    writer.add_metadata({"/Title": page.title, "/Subject": alt, "/Producer": ""})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _saved(page: Page, fmt: Format, **options: object) -> bytes:
    buffer = BytesIO()
    page.savefig(buffer, format=fmt, **options)
    return buffer.getvalue()


def to_csv(table: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, LF, its index only if that has a name.

    Numbers have ten significant digits, so that another library's last digit changes no file.
    """
    named = any(name is not None for name in table.index.names)
    floats = table.select_dtypes("float")
    table = table.assign(**floats.apply(lambda column: column.astype(object).map(_ten_digits)))
    return table.to_csv(index=named, lineterminator="\n").encode()


def _ten_digits(number: float) -> float:
    return number if pd.isna(number) else float(f"{number:.10g}")

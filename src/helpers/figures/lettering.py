"""The fonts of every figure, which come with packages, and how wide words are in them."""

from bisect import bisect
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, lru_cache, partial
from importlib import resources
from math import fsum

from matplotlib import font_manager
from matplotlib.textpath import text_to_path

from helpers.languages import tr

FAMILIES = ("Fira Sans", "Noto Sans KR")
#: The families in use: others where a style file on top of ours names them.
families: ContextVar[tuple[str, ...]] = ContextVar("families", default=FAMILIES)

_POINT_MM = 25.4 / 72


@cache
def add() -> None:
    """Let matplotlib know the fonts, before those of the machine."""
    files = [
        resources.files("pylopdf_fonts_ko") / "NotoSansKR-Regular.otf",
        resources.files("helpers.figures") / "fonts" / "NotoSansKR-SemiBold.ttf",
    ]
    fira = resources.files("fontpkg_fira_sans") / "files"
    files += [fira / f"FiraSans-{cut}.ttf" for cut in ("Regular", "Italic", "SemiBold", "Bold")]
    fonts = font_manager.fontManager
    installed = len(fonts.ttflist)
    for file in files:
        fonts.addfont(str(file))
    ours = fonts.ttflist[installed:]
    # Hangul has two cuts here: let them stand in for bold and italic without a warning.
    cuts = {entry.weight: entry for entry in ours if entry.name == "Noto Sans KR"}
    ours += [replace(cuts[600], weight=700), replace(cuts[400], style="italic")]
    # Among fonts of one name the first is taken: these, not those installed on the machine.
    fonts.ttflist = ours + fonts.ttflist[:installed]


def wrap(words: str, within_mm: float, points: float, bold: bool = False) -> list[str]:
    """Break ``words`` into lines that fit ``within_mm``, measured on the font at that size."""
    weight = "bold" if bold else "normal"
    lines = []
    for part in tr(words).split("\n"):
        line = ""
        for word in part.split():
            word = _clip(word, within_mm, points, weight)
            longer = f"{line} {word}".lstrip()
            if line and _said_mm(longer, points, weight) > within_mm:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def clip(words: str, within_mm: float, points: float, weight: str = "normal") -> str:
    """Shorten every line that is wider than ``within_mm``, to an ellipsis at its end."""
    return "\n".join(_clip(line, within_mm, points, weight) for line in tr(words).split("\n"))


def _clip(line: str, within_mm: float, points: float, weight: str) -> str:
    wide = partial(_said_mm, points=points, weight=weight)
    if wide(line) <= within_mm:
        return line
    fits = bisect(range(len(line)), within_mm, key=lambda letters: wide(f"{line[:letters]}…"))
    return f"{line[: max(fits - 1, 0)].rstrip()}…"


def width_mm(words: str, points: float, weight: str = "normal", slant: str = "normal") -> float:
    """Return how wide ``words`` are in one line of the page's font, in millimetres."""
    return _said_mm(tr(words), points, weight, slant)


def _said_mm(words: str, points: float, weight: str, slant: str = "normal") -> float:
    # Word by word: words come again and again, and no letter is kerned with a space.
    parts = words.split(" ")
    look = points, weight, slant, families.get()
    spaces = (len(parts) - 1) * _word_mm(" ", *look)
    return spaces + fsum(_word_mm(part, *look) for part in parts if part)


@lru_cache(maxsize=4096)
def _word_mm(word: str, points: float, weight: str, slant: str, family: tuple[str, ...]) -> float:
    add()
    font = font_manager.FontProperties(family=family, size=points, weight=weight, style=slant)
    # A dollar sign or brace must not be read as mathematics, hence the plain measure.
    width, _, _ = text_to_path.get_text_width_height_descent(word, font, ismath=False)
    return width * _POINT_MM

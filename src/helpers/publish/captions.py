"""The caption of a figure with its sources written out: RTF, which Word opens, and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import export, load
from helpers.figures.provenance import provenance

if TYPE_CHECKING:
    from helpers.figures.registry import Content
    from helpers.figures.style import Page

TEX_SIGNS = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "&%$#_{}"}  # fmt: skip


def caption(content: Content, page: Page, fmt: str, data_dir: Path) -> bytes:
    """Return the caption in one of :data:`FORMATS`.

    Title, subtitle and source line, then each document that the figure cites: publisher, title,
    date, address.
    """
    cited = provenance(content.tables, content.layers, content.table, data_dir)["sources"]
    sources = load.sources(data_dir).loc[cited].sort_values(["publisher", "published"])
    parts = sources[["publisher", "title", "published", "url"]].astype(object)
    parts = parts.where(parts.notna(), "").to_numpy().tolist()
    return FORMATS[fmt](content, page, parts).encode()


def _rtf(content: Content, page: Page, sources: list[list[str]]) -> str:
    lines = [rf"\b {_in_rtf(content.title)}.\b0  {_in_rtf(content.subtitle)}."]
    lines.append(_in_rtf(content.source))
    for *words, url in sources:
        lines.append(_in_rtf(_citation(*words)) + (f" {_in_rtf(url)}" if url else ""))
    body = "\\par\n".join(lines)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Calibri;}}}}\\f0\\fs20\n{body}\\par\n}}\n"


def _in_rtf(text: str) -> str:
    """Return text for RTF, which is ASCII: other letters by their number in UTF-16."""
    text = re.sub(r"([\\{}])", r"\\\1", text)
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return "".join(
        chr(unit) if unit < 128 else f"\\u{unit - 65536 if unit > 32767 else unit}?"
        for unit in units
    )


def _tex(content: Content, page: Page, sources: list[list[str]]) -> str:
    width = page.get_size_inches()[0] * page.scale * 25.4
    alt, title, subtitle, source = (
        _in_tex(words) for words in (content.alt, content.title, content.subtitle, content.source)
    )
    lines = [
        "% Needs graphicx and hyperref; Hangul needs XeLaTeX or LuaLaTeX with a font that has it.",
        r"\begin{figure}",
        rf"\includegraphics[width={width:.0f}mm,alt={{{alt}}}]{{{export.name(content, page)}}}",
        rf"\caption[{{{title}}}]{{{title}. {subtitle}. {source}}}",
        rf"\label{{fig:{content.slug}}}",
        r"\end{figure}",
        r"\begin{itemize}",
    ]
    for *words, url in sources:
        # Signs that would end an address, or begin a comment in it.
        safe = re.sub(r"([%#{}\\])", r"\\\1", url)
        lines.append(rf"\item {_in_tex(_citation(*words))}" + (rf" \url{{{safe}}}" if url else ""))
    return "\n".join([*lines, r"\end{itemize}"]) + "\n"


def _in_tex(text: str) -> str:
    return "".join(TEX_SIGNS.get(sign, sign) for sign in text)


def _citation(publisher: str, title: str, published: str) -> str:
    return f"{publisher}, “{title}”" + (f", {published}." if published else ".")


#: How a caption is written, by the ending of its file.
FORMATS: dict[str, Callable[[Content, Page, list[list[str]]], str]] = {"rtf": _rtf, "tex": _tex}

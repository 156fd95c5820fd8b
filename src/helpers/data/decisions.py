"""The decisions of DECISIONS.md, and whether one that a row names is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from helpers.data.columns import DECISIONS
from helpers.data.faults import Fault
from helpers.data.reading import TextTable
from helpers.paths import data_dir

FILE = "DECISIONS.md"


def _text(folder: Path) -> str:
    """Return the file of a folder, or the project's where it has none."""
    path = folder / FILE
    path = path if path.is_file() else data_dir() / FILE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def numbers(folder: Path) -> list[str]:
    """Return the decisions of a folder by number."""
    return re.findall(r"^## (d\d+)\b", _text(folder), re.MULTILINE)


def decided(folder: Path) -> dict[str, tuple[str, str]]:
    """Return title and text of each decision of a folder, by number."""
    parts = re.findall(r"^## (d\d+) ([^\n]*)\n(.*?)(?=^## |\Z)", _text(folder), re.M | re.S)
    return {key: (title, body) for key, title, body in parts}


def paragraph(body: str, head: str) -> str:
    """Return what the text of a decision says under a head, as Choice or Sources."""
    found = re.search(rf"\*\*{head}\.\*\* ([^\n]*)", body)
    return found[1] if found else ""


def unknown(folder: Path, texts: Mapping[str, TextTable]) -> list[Fault]:
    """Find rows that name a decision which is not there; silent without any decision."""
    there, faults = {*numbers(folder)}, []
    what = ("no such decision", f"a decision of {FILE}", "name one that is there, or write it down")
    for text in texts.values() if there else ():
        for column in DECISIONS.keys() & {*text.frame}:
            cells = text.frame[column].dropna()
            for cell in cells.unique():
                odd = [key for key in cell.split(";") if key not in there]
                for row in cells.index[cells == cell] if odd else ():
                    place = (text.file, int(text.lines[row]), column)
                    faults.append(Fault(*place, ";".join(odd), *what))
    return faults

"""Whether a decision that a row names is one of DECISIONS.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from helpers.data.columns import DECISIONS
from helpers.data.faults import Fault
from helpers.data.reading import TextTable
from helpers.paths import data_dir

FILE = "DECISIONS.md"


def numbers(folder: Path) -> list[str]:
    """Return the decisions that the file of a folder holds, or the project's where it has none."""
    path = folder / FILE
    path = path if path.is_file() else data_dir() / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return re.findall(r"^## (d\d+)\b", text, re.MULTILINE)


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

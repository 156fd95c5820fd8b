"""What is wrong with a data file, in words that say where and how to mend it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

# More faults of one kind in one column than this are told once, with their number.
FEW = 3
WIDTH = 80
CONTRADICTS = "contradicts another column"


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in one file.

    Attributes
    ----------
    file : str
        Path of the file below the data folder, with forward slashes.
    line : int
        Line in the file, counted from 1 (the header); 0 for the file as a whole.
    column : str
        Name of the column, empty for the row or file as a whole.
    value : str
        What was found, shortened.
    problem, expected : str
        What is wrong with it, and what should stand there.
    mend : str
        How to mend it, empty if unknown.
    mendable : bool
        Whether ``crossings mend`` writes it right.
    follows : str
        The :attr:`place` of the cell from which this fault follows, empty if it stands for itself.
    warning : bool
        Whether it is a doubt that may be right: told, but it stops nothing.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str
    expected: str
    mend: str = ""
    mendable: bool = False
    follows: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """Return ``file:line:column: value: problem; expected ...; mend``."""
        return f"{self.place}: {shorten(self.value)}: {self.advice}"

    @property
    def place(self) -> str:
        """Return ``file:line:column``."""
        # A name in a broken header may hold anything; the report stays one line of its own.
        column = self.column if self.column.isprintable() else shorten(self.column)[1:-1]
        return f"{self.file}:{self.line}:{column}"

    @property
    def advice(self) -> str:
        """Return what is wrong, what was expected and how to mend it."""
        command = f"`crossings mend {self.file}`" if self.mendable else ""
        parts = [self.problem, f"expected {self.expected}", self.mend, command]
        return "; ".join(filter(None, parts))

    def as_dict(self) -> dict[str, str | int | bool]:
        """Return the fault as plain values, for machines."""
        return asdict(self)


class DataError(ValueError):
    """Raised when data files do not hold what their schemas ask; carries every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(f"{count(self.faults)} in the data:\n{in_words(self.faults)}")


def count(faults: Sequence[Fault], what: str = "fault") -> str:
    """Return the number of faults in words."""
    return f"{len(faults)} {what}{'' if len(faults) == 1 else 's'}"


def in_words(faults: Iterable[Fault]) -> str:
    """Return faults for people, in lines of at most 80 characters where words allow.

    A cell that others follow from comes first. What ``crossings mend`` writes right is told in one
    block a file; of the rest, many of one kind in one column are told once.
    """
    followers: dict[str, list[Fault]] = {}
    kinds: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        if fault.follows:
            followers.setdefault(fault.follows, []).append(fault)
            continue
        # "the row has 12 cells" and "the row has 13 cells" are of one kind.
        problem = re.sub(r"\d+", "0", fault.problem)
        kind = () if fault.mendable else (fault.column, problem, fault.expected)
        kinds.setdefault((fault.file, *kind), []).append(fault)
    blocks = []
    for alike in sorted(kinds.values(), key=lambda alike: alike[0].place not in followers):
        if alike[0].mendable:
            blocks += _mendable(alike)
        elif len(alike) > FEW:
            blocks += _many(alike)
        else:
            for fault in alike:
                blocks += [_head(fault), indented(fault.advice)]
                if fault.place in followers:
                    blocks.append(indented(_following(followers[fault.place])))
    return "\n".join(blocks)


def _head(fault: Fault) -> str:
    place = fault.place.rstrip(":")
    return f"{place}: {shorten(fault.value)}:" if fault.value or fault.column else f"{place}:"


def _mendable(faults: list[Fault]) -> list[str]:
    """Tell what one command mends in one file, a line a kind."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.column, fault.problem), []).append(fault)
    command = f"`crossings mend {faults[0].file}`"
    return [
        f"{faults[0].file}: {count(faults)}, mended by {command}",
        *(indented(_kind(alike)) for alike in kinds.values()),
    ]


def _kind(faults: list[Fault]) -> str:
    first, number = faults[0], len(faults)
    lines = f"lines {first.line} to {faults[-1].line}" if number > 1 else f"line {first.line}"
    times = f", {number} times" if number > 1 else ""
    column = f", {first.column}" if first.column else ""
    value = f", as in {shorten(first.value)}" if re.search(r"\w", first.value) else ""
    return f"{lines}{column}: {first.problem}{times}{value}"


def _many(faults: list[Fault]) -> list[str]:
    """Tell many faults of one kind in one column, with how to mend the first few values."""
    first = faults[0]
    head = f"{first.place}: {len(faults)} like {shorten(first.value)}, to line {faults[-1].line}:"
    mends = {fault.value: fault.mend for fault in faults if fault.mend}
    if len(set(mends.values())) < 2:
        return [head, indented(first.advice)]
    shown = [f"{shorten(value, 30)}: {mend}" for value, mend in list(mends.items())[:FEW]]
    more = [f"and {len(mends) - FEW} other values"] if len(mends) > FEW else []
    return [head, indented("; ".join([replace(first, mend="").advice, *shown, *more]))]


def _following(faults: list[Fault]) -> str:
    files = ", ".join(dict.fromkeys(fault.file for fault in faults))
    follow = "follows" if len(faults) == 1 else "follow"
    return f"{count(faults)} {follow} from it, in {files}"


def indented(text: str) -> str:
    """Return ``text`` in indented lines that a terminal of 80 columns holds."""
    indent = "    "
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


class FindingError(RuntimeError):
    """Findings, figures or notebooks that raise on data without a fault, a line each."""


def shorten(value: str, limit: int = 60) -> str:
    """Return ``value`` quoted, with control characters escaped, at most ``limit`` characters."""
    text = value if len(value) <= limit else f"{value[: limit - 1]}…"
    return repr(text)

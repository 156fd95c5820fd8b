"""What is wrong with a data file, in one line that says where and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


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
    problem, expected, mend : str
        What is wrong, what was expected, and how to mend it.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str
    expected: str
    mend: str = ""

    def __str__(self) -> str:
        """Return ``file:line:column: value: problem, expected ..., mend``."""
        # A name in a broken header may hold anything; the report stays one line of its own.
        column = self.column if self.column.isprintable() else shorten(self.column)[1:-1]
        parts = [self.problem, f"expected {self.expected}"]
        if self.mend:
            parts.append(self.mend)
        where = f"{self.file}:{self.line}:{column}"
        return f"{where}: {shorten(self.value)}: {'; '.join(parts)}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the fault as plain values, for machines."""
        return asdict(self)


class DataError(ValueError):
    """Raised when data files do not hold what their schemas ask; carries every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(set(faults))
        lines = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"{len(self.faults)} faults in the data:\n{lines}")


class FindingError(RuntimeError):
    """Findings, figures or notebooks that raise on data without a fault, a line each."""


def shorten(value: str, limit: int = 60) -> str:
    """Return ``value`` quoted, with control characters escaped, at most ``limit`` characters."""
    text = value if len(value) <= limit else f"{value[: limit - 1]}…"
    return repr(text)

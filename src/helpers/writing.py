"""Write files whole or not at all, and tables in the one form that the project gives them."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Return a table as CSV: UTF-8, line ends LF, quotes only where needed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


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

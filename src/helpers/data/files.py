"""What a file is before its rows are read: there or not, a table or not, in blocks of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from helpers.data.characters import nearest
from helpers.data.faults import Fault
from helpers.data.lines import LONGEST_LINE

# Small blocks leave little idle memory behind in Arrow's pools.
BLOCK = 1 << 20
_FORMATS = [
    (rb"PK\x03\x04", "an Excel workbook or another ZIP file", "export the sheet as CSV (UTF-8)"),
    (rb"\xd0\xcf\x11\xe0", "an old Excel workbook", "export the sheet as CSV (UTF-8)"),
    (rb"%PDF", "a PDF", "copy the table out of it"),
    (rb"\x1f\x8b", "a gzip archive", "unpack it"),
    (rb"\s*<(!doctype|html|\?xml|table)", "a web page", "save the table as CSV"),
    (rb"\s*[{\[]\s*[\"{\[]", "JSON", "write it as CSV"),
    (
        rb"version https://git-lfs",
        "a pointer of Git LFS",
        "fetch the file itself with 'git lfs pull'",
    ),
]


def no_file(path: Path, file: str) -> Fault | None:
    """Return a fault if there is no regular file at ``path``."""
    try:
        if path.is_file():
            return None
        if path.exists():
            problem = "is a folder" if path.is_dir() else "is not a regular file"
            return Fault(file, 0, "", "", problem, f"a file {file}", "put the CSV file there")
        beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError as error:
        return Fault(file, 0, "", "", f"cannot be read: {error.strerror}", "a readable file")
    near = nearest(path.name, beside)
    mend = f"is it {near!r}?" if near else "restore it"
    return Fault(file, 0, "", "", "file is missing", f"a file {file}", mend)


def no_table(head: bytes, columns: list[str]) -> tuple[str, ...] | None:
    """Return value, problem, expected and mend if a file is empty or of another format."""
    start = head.removeprefix(b"\xef\xbb\xbf")
    if not start.strip():
        return "", "the file is empty", f"the header {','.join(columns)}", "restore it"
    for pattern, what, mend in _FORMATS:
        if re.match(pattern, start, re.IGNORECASE):
            return head[:20].decode("latin-1"), f"the file is {what}", "a CSV file", mend
    return None


def byte_blocks(path: Path) -> Iterator[bytes]:
    """Yield the file in blocks that end with a line; one overlong line ends the reading."""
    rest = b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            block = rest + block
            # CR alone may be the line end; never cut between CR and LF.
            cut = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, len(block) - 1) + 1
            if not cut and len(block) > LONGEST_LINE:
                yield block
                return
            rest = block[cut:]
            if cut:
                yield block[:cut]
    if rest:
        yield rest


def text_blocks(path: Path, encoding: str) -> Iterator[bytes]:
    """Yield the file in UTF-8 blocks, read as ``encoding``; what does not decode is replaced."""
    rest = ""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        while block := stream.read(BLOCK):
            block = (rest + block).removeprefix("\ufeff" if not rest else "")
            cut = block.rfind("\n") + 1 or len(block)
            rest = block[cut:]
            yield block[:cut].encode("utf-8", "replace")
    if rest:
        yield rest.encode("utf-8", "replace")

"""Seconds and memory that the importer takes for files of somebody who wishes it ill.

Run by hand: ``python -m benchmarks.hostile [WORD]``. Each file of :mod:`tests.hostile` is read in a
process of its own; one that takes 20 seconds or 1 GB is a finding, and the exit code is 1.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from benchmarks.torture import LONGEST_SECONDS, MOST_MEMORY_KB
from helpers.entry.ministry.tables import read_file
from tests import hostile


def _bomb() -> bytes:
    """Return a workbook whose sheet unpacks to 10 GB."""
    with tempfile.TemporaryFile() as file:
        with (
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book,
            book.open(hostile.SHEET, "w", force_zip64=True) as sheet,
        ):
            for _ in range(10_000):
                sheet.write(bytes(1_000_000))
        file.seek(0)
        return file.read()


FILES = {name: make for name, (make, _) in hostile.TOLD.items()} | hostile.SLOW | {"10 GB": _bomb}


def _read(path: Path) -> tuple[float, int, str]:
    """Read a file in a fork; return processor seconds, memory in kB and what was said."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        faults = read_file(path, "", date(2026, 11, 28)).faults
        os.write(into, str(faults[0] if faults else "taken").encode()[:300])
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as said:
        text = said.read().replace("\n", " ")
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    return seconds, usage.ru_maxrss, text if not status else f"exit {status}"


def main() -> None:
    """Print what each file takes."""
    wanted, bad = " ".join(sys.argv[1:]), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        for name, make in FILES.items():
            if wanted in name:
                content = make()
                path.write_bytes(content)
                seconds, memory, said = _read(path)
                bad += seconds > LONGEST_SECONDS or memory > MOST_MEMORY_KB or "exit" in said[:4]
                size = len(content) / 1e6
                print(f"{name:40} {size:5.1f} MB {seconds:5.1f} s {memory / 1000:5.0f} MB {said}")
    print(f"{bad} findings")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()

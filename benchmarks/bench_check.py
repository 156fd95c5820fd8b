"""Time the check of the register against ``frictionless``, on the same file of growing size.

Run by hand: ``python benchmarks/bench_check.py [--rows N ...] [--repeat N] [--alone]``. Each run
is a process of its own, ours and theirs in turn, so that a busy machine slows both alike. The
table gives medians of two times, the whole process by the clock and the checking alone by the
processor (without the start of Python and its imports), their ratios, and the peak memory of the
process. Ours runs every rule of the register, its keys into the sources and the search for doubled
events; theirs what a Table Schema can say. frictionless comes with the development packages.

The files repeat the project's register with new identifiers. Days are spread over the years and
the numbers of people differ among neighbours, so that no two rows look like one event and the
check has no fault to report (writing out faults is not what is timed).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

from helpers.data.tables import TABLES
from helpers.paths import PROJECT
from helpers.publish.datapackage import fields

DATA = PROJECT / "data"
REGISTER = TABLES["incidents"]
FIRST_DAY, DAYS = date(1955, 1, 1), 25_000
CLOCK = "from time import process_time as clock; {imports}; start = clock(); {work}; {tell}"
OURS = CLOCK.format(
    imports="from pathlib import Path; from helpers.data.check import check_all",
    work="found = len(check_all(Path({!r}), only=['sources', 'incidents'], warnings=True))",
    tell="print(found, clock() - start)",
)
THEIRS = CLOCK.format(
    imports="from frictionless import Resource, Schema",
    work="schema = Schema.from_descriptor('schema.json'); report = Resource("
    "path={!r}, schema=schema, encoding='utf-8').validate()",
    tell="print(report.stats['errors'], clock() - start)",
)


def grow(folder: Path, rows: int) -> Path:
    """Copy the data into ``folder``, with a register of ``rows`` rows; return its file."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("*.geojson"))
    with (DATA / REGISTER.path).open(encoding="utf-8", newline="") as stream:
        usable = [row for row in csv.DictReader(stream) if _usable(row)]
    with (folder / REGISTER.path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, REGISTER.columns, lineterminator="\n")
        writer.writeheader()
        for number, row in enumerate(islice(cycle(usable), rows)):
            day = FIRST_DAY + timedelta(days=number * DAYS // rows)
            # More people than any row has; the dead and wounded stay among them.
            people = 1000 - number % 900
            # The summary tells them, or each row would be in doubt.
            told = f"{people} people came. {row['summary']}"
            changed = {"incident_id": f"{day}-row-{number}", "date": day, "people": people}
            changed["summary"] = told
            writer.writerow(row | changed)
    return folder / REGISTER.path


def _usable(row: dict[str, str]) -> bool:
    """Say whether a row keeps the rules with another day and more people."""
    known = row["date_precision"] == "day" and row["people"]
    hurt = row["outcome"] in ("killed", "arrived_wounded")
    return bool(known) and int(row["people"]) <= 100 and not hurt


def run(command: list[str], folder: Path | None = None) -> tuple[float, float, list[str]]:
    """Run ``command``; return seconds, peak memory in MB and the words it said last."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed: {text[-2000:]}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return seconds, kilobytes * 1024 / 1e6, text.strip().splitlines()[-1].split()


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="leave frictionless out")
    given = parser.parse_args()
    theirs = None if given.alone else [sys.executable, "-c"]
    print(f"frictionless {version('frictionless')}, Python {sys.version.split()[0]}")
    print("           ours                          frictionless                  ratio")
    print("rows       whole s  check s     MB faults  whole s  check s     MB errors  whole  check")
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows:
            compare(
                Path(folder, str(rows)), rows, given.repeat, theirs, {"fields": fields(REGISTER)}
            )
    loading(given.repeat)


def compare(
    folder: Path, rows: int, repeat: int, theirs: list[str] | None, schema: dict[str, object]
) -> None:
    """Print one line of the table."""
    file = grow(folder, rows)
    # frictionless takes paths below its working folder only.
    file.with_name("schema.json").write_text(json.dumps(schema), encoding="utf-8")
    ours, them = [], []
    for _ in range(1 if rows >= 1_000_000 else repeat):
        ours.append(run([sys.executable, "-c", OURS.format(str(folder))]))
        if theirs:
            them.append(run([*theirs, THEIRS.format(file.name)], file.parent))
    line, whole, work = _columns(ours)
    if them:
        more, slow, slow_work = _columns(them)
        line += f"{more}  {whole / slow:5.2f}  {work / slow_work:5.2f}"
    print(f"{rows:<10}{line}", flush=True)
    shutil.rmtree(folder)


def _columns(runs: list[tuple[float, float, list[str]]]) -> tuple[str, float, float]:
    """Return what the table says of one side's runs, and its two median times."""
    whole = statistics.median(one[0] for one in runs)
    work = statistics.median(float(one[2][1]) for one in runs)
    most = max(one[1] for one in runs)
    return f" {whole:8.2f} {work:8.2f} {most:6.0f} {runs[0][2][0]:>6}", whole, work


def loading(repeat: int) -> None:
    """Print the time of loading the register beside a bare ``pandas.read_csv``, in process."""
    import pandas as pd

    from helpers import load

    load.table("incidents", DATA)
    times: dict[str, list[float]] = {"load": [], "bare": []}
    for _ in range(10 * repeat):
        load._read.clear()  # a table that has not changed is not read again
        start = time.perf_counter()
        load.table("incidents", DATA)
        middle = time.perf_counter()
        pd.read_csv(DATA / REGISTER.path)
        times["load"].append(middle - start)
        times["bare"].append(time.perf_counter() - middle)
    ours, bare = (statistics.median(times[name]) * 1000 for name in ("load", "bare"))
    print(f"load of the register {ours:.1f} ms, read_csv {bare:.1f} ms, ratio {ours / bare:.1f}")


if __name__ == "__main__":
    main()

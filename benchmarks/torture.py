"""Kill commands at random moments, and feed the readers random bytes: what breaks is printed.

Run by hand: ``python -m benchmarks.torture kills|reader|importer [--count N] [--seed N]``. Every
case follows from its seed; a finding is printed with it, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import psutil
import pyarrow

from helpers.data import vocab
from helpers.data.check import check_table
from helpers.data.reading import read_text
from helpers.data.tables import TABLES
from helpers.entry.ministry.tables import read_file
from helpers.figures.registry import entries
from helpers.paths import PROJECT
from tests import ministry as made
from tests.conftest import contents

TODAY = date(2026, 11, 28)
LONGEST_SECONDS = 20
MOST_MEMORY_KB = 1_000_000
ADD = """add --no-prompt --set date=2016-11-03 --set event_type=direct_defection
--set direction=north_to_south --set route=dmz_land --set means=foot --set people=1
--set affiliation=soldier --set nationality=north_korean --set outcome=arrived
--set "crossing_place=Central front" --set "summary=A soldier walked over the line."
--new-source "publisher=Example Daily" --new-source "title=A soldier crosses"
--new-source language=en --new-source kind=news --new-source published=2016-11-04"""


# Kills ------------------------------------------------------------------------------------------


class Place:
    """A copy of the data with all that the commands need, and a temporary folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.home, self.start, self.temporary = (
            folder / name for name in ("home", "start", "temporary")
        )
        data = shutil.copytree(PROJECT / "data", self.start / "data")
        made.cut(data)
        table = data / "context" / "blind_years.csv"
        table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
        mended = shutil.copytree(data, self.start / "mended")
        shutil.copy(PROJECT / "data" / "context" / "blind_years.csv", mended / "context")
        years = made.with_year(
            made.all_final(made.official(mended)), made.LAST + 1, 30, 190, month=6
        )
        (self.start / "table.csv").write_bytes(made.as_csv(made.years_across(years)))
        self.temporary.mkdir()

    def reset(self) -> None:
        """Put the folder back as it was."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.start, self.home)

    def files(self) -> dict[Path, bytes]:
        """Return what a command has made, without the memory of a build, which holds seconds."""
        found = contents(self.home)
        return {path: content for path, content in found.items() if ".crossings" not in path.parts}

    def commands(self, chance: random.Random) -> dict[str, list[str]]:
        """Return the words of each command."""
        home, slug = self.home, chance.choice(list(entries()))
        notebook = chance.choice(sorted((PROJECT / "notebooks").glob("0*.ipynb"))).stem
        data = ["--data", str(home / "mended")]
        return {
            "build": ["build", notebook, *data, "--out", str(home / "out"), "--force"],
            "export": ["export", slug, *data, "--format", "png,svg", "--out", str(home / "out")],
            "import": ["import", str(home / "table.csv"), *data],
            "add": [*shlex.split(ADD), *data],
            "document": ["document", *data],
            "mend": ["mend", "--yes", str(home / "data" / "context" / "blind_years.csv")],
        }

    def begin(self, words: list[str]) -> subprocess.Popen:
        """Start a command."""
        settings = {"TMPDIR": str(self.temporary), "CROSSINGS_TODAY": str(TODAY)}
        return subprocess.Popen(
            [sys.executable, "-m", "helpers", *words],
            env=os.environ | settings | {"CROSSINGS_TORTURE": str(self.home)},
            start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def orphans(self) -> list[str]:
        """Return the processes that outlive their command by 10 seconds."""
        deadline = time.monotonic() + 10
        while (found := list(self._alive())) and time.monotonic() < deadline:
            time.sleep(0.2)
        return found

    def _alive(self) -> Iterator[str]:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("CROSSINGS_TORTURE") == str(self.home):
                    yield " ".join(process.cmdline())


def kills(count: int, seed: int) -> list[str]:
    """Stop commands at random moments; return what was wrong."""
    findings, done, lasted = [], Counter(), {}
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        for number in range(count):
            chance = random.Random(f"{seed}-{number}")
            name, words = chance.choice(list(place.commands(chance).items()))
            key = " ".join(words[:2])
            if key not in lasted:  # what it makes when nobody stops it, and how long that takes
                place.reset()
                start = time.monotonic()
                process = place.begin(words)
                said, _ = process.communicate()
                lasted[key] = time.monotonic() - start, place.files()
                if process.returncode:
                    findings.append(f"{key}: exit {process.returncode}: {said}")
            seconds, whole = lasted[key]
            kind = chance.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
            moment = chance.uniform(0.1, seconds)
            wrong = _stop(place, words, kind, moment, whole)
            done[name, kind.name] += 1
            findings += [f"{number}: {key}: {kind.name} after {moment:.2f} s: {w}" for w in wrong]
            print(f"{number} {key} {kind.name} {moment:.2f} s: {wrong or 'whole'}", flush=True)
    for (name, kind), times in sorted(done.items()):
        print(f"{name} {kind}: {times}")
    return findings


def _stop(
    place: Place, words: list[str], kind: signal.Signals, moment: float, whole: dict[Path, bytes]
) -> list[str]:
    wrong = []
    place.reset()
    before = place.files()
    process = place.begin(words)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(moment)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, kind)
    try:
        said, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return ["did not end within 60 s"]
    # Before Python has come to the command, a signal is Python's own.
    early = "helpers" not in said.partition("Traceback")[2]
    expected = {0, -kind} | ({128 + kind} if kind != signal.SIGKILL else set())
    if process.returncode not in expected | ({1} if early and "Traceback" in said else set()):
        wrong.append(f"exit code {process.returncode}: {said[-2000:]}")
    if "Traceback" in said and not early:
        wrong.append(f"a traceback: {said[-3000:]}")
    if orphans := place.orphans():
        wrong.append(f"still alive: {orphans}")
    if kind != signal.SIGKILL and process.returncode == 128 + kind:
        wrong += [f"left in the temporary folder: {one}" for one in place.temporary.iterdir()]
    for path, content in place.files().items():
        hidden = path.name.startswith(".") and kind == signal.SIGKILL
        if not hidden and content not in (before.get(path), whole.get(path)):
            wrong.append(f"{path.name} is neither old nor new")
    process = place.begin(words)
    said, _ = process.communicate()
    complete = place.files() == whole
    done_before = words[0] == "add" and "in the register already" in said
    if not done_before and (process.returncode or not complete):
        wrong.append(f"the next run: exit {process.returncode}, whole {complete}: {said[-1500:]}")
    wrong += [f"the next run leaves {one}" for one in place.temporary.iterdir()]
    for one in place.temporary.iterdir():
        shutil.rmtree(one)
    return wrong


# Random bytes -----------------------------------------------------------------------------------

TOKENS = (
    b'" "" , ; \t \r \n \r\n \xef\xbb\xbf \0 \xff \' =1+1 - \xe2\x80\x8b \xe2\x80\xae \xa1 1 0 9'
    b" \x20 # sep=;\n e5 . % \xea\xb0\x80 <td> </tr> &#39; ~ \xc2\xa0 NA \x1a"
).split(b" ")
SWAPS = [(b"\n", b"\r\n"), (b"\n", b"\r"), (b",", b";"), (b",", b"\t"), (b'"', b""), (b"1", b"7")]
ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "cp949", "cp1252", "utf-32", "cp1250"]


def changed(chance: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Return ``content`` with one to three random changes."""
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        place, length = chance.randrange(len(content) + 1), chance.choice([1, 1, 2, 8, 60])
        end, way = place + length, chance.randrange(10)
        if way == 0:
            content = content[:place] + content[end:]
        elif way == 1:
            content = content[:place] + content[place:end] * 2 + content[end:]
        elif way <= 4:
            content = content[:place] + chance.choice(TOKENS) + content[place:]
        elif way == 5:
            content = content[:place] + chance.randbytes(length) + content[end:]
        elif way == 6:
            lines = content.split(b"\n")
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
            content = b"\n".join(lines)
        elif way == 7:
            text = content.decode("utf-8", "replace")
            content = text.encode(chance.choice(ENCODINGS), "replace")
        elif way == 8:
            content = content.replace(*chance.choice(SWAPS))
        else:
            other = chance.choice(others)
            content = (
                content[:place] + other[chance.randrange(len(other)) :][:length] + content[end:]
            )
    return content


@contextlib.contextmanager
def timed() -> Iterator[None]:
    """Raise TimeoutError if the block lasts too long."""

    def late(*_: object) -> None:
        raise TimeoutError(f"longer than {LONGEST_SECONDS} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def reader(count: int, seed: int) -> list[str]:
    """Feed the reader; what it accepts must be what a plain CSV reader finds in UTF-8."""
    vocab.use(PROJECT / "data")
    chance = random.Random(seed)
    whole = {name: (PROJECT / "data" / table.path).read_bytes() for name, table in TABLES.items()}
    lines = {name: content.split(b"\n")[:-1] for name, content in whole.items()}
    seeds, findings, accepted = list(whole.values()), [], 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(PROJECT / "data" / TABLES["vocabularies"].path, folder)
        path = Path(folder, "table.csv")
        for number in told(count, "reader"):
            name = chance.choice(list(TABLES))
            columns, (header, *rows) = TABLES[name].columns, lines[name]
            some = chance.sample(rows, min(len(rows), chance.choice([1, 1, 2, 5])))
            content = changed(chance, b"\n".join([header, *some, b""]), seeds)
            path.write_bytes(content)
            wrong = ""
            try:
                with timed():
                    text = read_text(path, path.name, columns)
                    if not text.faults:
                        accepted += 1
                        wrong = _otherwise(content, text.frame, columns)
                    if number % 500 == 0 and name != "vocabularies":
                        check_table(Path(folder), replace(TABLES[name], path=path.name), TODAY)
            except Exception:
                wrong = traceback.format_exc()
            if wrong:
                findings.append(f"reader {name}, case {number}: {content!r}: {wrong}")
                print(findings[-1], flush=True)
    print(f"reader: {count} inputs, {accepted} accepted")
    return findings


def _otherwise(content: bytes, frame: pd.DataFrame, columns: list[str]) -> str:
    """Return what a plain reader finds otherwise in what the strict one accepted."""
    try:
        plain = content.decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(plain, newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error) as error:
        return f"accepted, though {error}"
    places = [header.index(name) for name in columns]
    rows = [row for row in rows if row]  # a line that is empty holds no row
    if odd := [row for row in rows if len(row) != len(header)]:
        return f"accepted, though a row is {odd[0]}"
    theirs = [[row[place] for row in rows] for place in places]
    ours = [[cell if isinstance(cell, str) else "" for cell in frame[name]] for name in columns]
    return "" if ours == theirs else f"accepted as {ours}, a plain reader finds {theirs}"


def importer(count: int, seed: int) -> list[str]:
    """Feed the importer; it accepts no count but those of the file that was changed."""
    chance = random.Random(seed)
    originals, findings, accepted = _ministry_files(), [], 0
    with tempfile.TemporaryDirectory() as folder:
        known = {}
        for name, content in originals.items():
            Path(folder, name).write_bytes(content)
            known[name] = read_file(Path(folder, name), "2026-06", TODAY)
            assert not known[name].faults, (name, known[name].faults)
        for number in told(count, "importer"):
            name = chance.choice(list(originals))
            content = originals[name]
            if name.endswith("xlsx") and chance.random() < 0.9:  # or its parts are never reached
                content = _part_changed(chance, content)
            else:
                content = changed(chance, content, list(originals.values()))
            path = Path(folder, name)
            path.write_bytes(content)
            wrong = ""
            try:
                with timed():
                    reading = read_file(path, "2026-06", TODAY)
                if not reading.faults:
                    accepted += 1
                    if _counts(reading) - _counts(known[name]):
                        wrong = f"accepted: {_counts(reading) - _counts(known[name])}"
            except Exception:
                wrong = traceback.format_exc()
            if wrong:
                findings.append(f"importer {name}, case {number}: {content[:3000]!r}: {wrong}")
                print(findings[-1], flush=True)
    print(f"importer: {count} inputs, {accepted} accepted")
    return findings


def _part_changed(chance: random.Random, content: bytes) -> bytes:
    """Return a workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = chance.choice([*parts, *[part for part in parts if "sheet" in part] * 5])
    parts[name] = changed(chance, parts[name], list(parts.values()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for part, text in parts.items():
            book.writestr(part, text)
    return buffer.getvalue()


def told(count: int, kind: str) -> Iterator[int]:
    """Count, and say now and then how far it is: a run that is stopped has a number, too."""
    start = time.monotonic()
    for number in range(count):
        if number and number % 10_000 == 0:
            print(f"{kind}: {number} inputs, {time.monotonic() - start:.0f} s", flush=True)
        yield number


def _counts(reading: object) -> set[tuple]:
    years = {(one.start, one.end, one.first, one.last, *sorted(one.figure.items()))
             for one in reading.arrivals}  # fmt: skip
    return years | {tuple(sorted(group.items())) for group in reading.groups}


def _ministry_files() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        data = made.cut(shutil.copytree(PROJECT / "data", Path(folder) / "data"))
        years = made.with_year(made.all_final(made.official(data)), made.LAST + 1, 30, 190, month=6)
        across, down = made.years_across(years), made.years_down(years)
        groups = made.groups(data, "province_of_origin", "2020-03")
    return {
        "across.csv": made.as_csv(across),
        "korean.csv": made.as_csv(down, "cp949"),
        "page.html": made.as_html([("입국현황", across), ("출신지역", made.groups_across(groups))]),
        "book.xlsx": made.as_workbook([("입국", across)]),
        "groups.csv": made.as_csv(made.groups_down(groups)),
    }


def main() -> None:
    """Run one kind of torture; print every finding and the largest memory."""
    kinds = {"kills": (kills, 100), "reader": (reader, 1_000_000), "importer": (importer, 20_000)}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=kinds)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    run, count = kinds[asked.kind]
    start = time.monotonic()
    pyarrow.set_cpu_count(1)  # threads cost more than they save on a few lines
    findings = run(asked.count or count, asked.seed)
    who = resource.RUSAGE_CHILDREN if asked.kind == "kills" else resource.RUSAGE_SELF
    memory = resource.getrusage(who).ru_maxrss
    if memory > MOST_MEMORY_KB:
        findings.append(f"{memory:,} kB of memory")
    print("\n".join(findings))
    print(
        f"{asked.kind}: {len(findings)} findings, {time.monotonic() - start:.0f} s, {memory:,} kB"
    )
    sys.exit(bool(findings))


if __name__ == "__main__":
    main()

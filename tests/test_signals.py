"""A command that is stopped leaves whole files, no process and no folder, and says no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import nbformat
import psutil
import pytest

from tests import ministry as made
from tests.conftest import ROOT

WRITES = """
import os, time
with open({!r}, "w") as file:
    file.write(f"{{os.getpid()}} {{os.getppid()}}")
time.sleep(120)
"""


def _command(name, data, tmp_path):
    if name == "mend":
        table = data / "context" / "blind_years.csv"
        table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
        return ["mend", "--yes", str(table)]
    made.cut(data)
    year = made.with_year(made.all_final(made.official(data)), made.LAST + 1, 30, 190, month=6)
    file = tmp_path / "table.csv"
    file.write_bytes(made.as_csv(made.years_across(year)))
    return ["import", str(file), "--data", str(data)]


@pytest.mark.skipif(os.name != "posix", reason="forks")
@pytest.mark.parametrize(("name", "files"), [("import", 4), ("mend", 1)])
def test_stopped_between_any_two_files(name, files, data, tmp_path):
    (tmp_path / "temporary").mkdir()
    words = _command(name, data, tmp_path)
    settings = {"TMPDIR": str(tmp_path / "temporary"), "CROSSINGS_TODAY": "2026-11-28"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.stops", str(data), *words],
        cwd=ROOT, env=os.environ | settings, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == files + 1


def _alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


IMPORTS = """
import builtins, os, sys
from helpers.__main__ import main

def stop(name, *rest):
    if name == {!r}:
        os.kill(os.getpid(), {})
    return found(name, *rest)

found, builtins.__import__, sys.argv = builtins.__import__, stop, ["crossings", "check"]
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", ["contextlib", "helpers.cli", "collections"])
def test_stopped_at_an_import(name, number):
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS.format(name, int(number))],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 128 + number and "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="forked kernels are for Linux")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_build_that_is_stopped_leaves_nothing_behind(name, data, tmp_path):
    place, file = tmp_path / "temporary", tmp_path / "pids"
    place.mkdir()
    cell = nbformat.v4.new_code_cell(WRITES.format(str(file)))
    path = tmp_path / "90_test.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    before = path.read_bytes()
    process = subprocess.Popen(
        [sys.executable, "-m", "helpers", "build", "--data", str(data), str(path)],
        env=os.environ | {"TMPDIR": str(place)}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 240
    while not (file.exists() and file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    pids = [int(pid) for pid in file.read_text().split()]
    number = getattr(signal, name)
    os.killpg(process.pid, number)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == (-9 if name == "SIGKILL" else 128 + number), said
    assert "Traceback" not in said and path.read_bytes() == before
    deadline = time.monotonic() + 20
    while any(map(_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(_alive, pids))
    if name == "SIGKILL":
        subprocess.run(
            [sys.executable, "-c", "from helpers import writing; writing.clear()"],
            env=os.environ | {"TMPDIR": str(place)}, check=True,
        )  # fmt: skip
    assert not list(place.iterdir())

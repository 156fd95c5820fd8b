"""What is no file, and places that cannot be read or written, are told: no traceback, no wait."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import stat
import sys
import tempfile
from unittest.mock import Mock

import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data import changes, vocab
from helpers.data.faults import DataError
from helpers.data.tables import TABLES
from helpers.publish import findings, forms
from helpers.writing import told
from tests import ministry as made
from tests.conftest import ROOT, contents

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sockets as files")


def _socket(path):
    os.mknod(path, stat.S_IFSOCK | 0o600)


ODD = {
    "incidents/incidents.csv": os.mkfifo,
    "sources.csv": os.mkdir,
    "context/blind_years.csv": _socket,
    "geo/mdl_nll.geojson": os.mkfifo,
    "geo/koreas.geojson": lambda path: path.symlink_to("nowhere"),
    "routes/route_costs.csv": lambda path: path.symlink_to("nowhere"),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    folder = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("odd") / "data")
    for name, make in ODD.items():
        (folder / name).unlink()
        make(folder / name)
    return folder


@pytest.fixture(autouse=True)
def no_wait():
    """End a test that would read a FIFO for ever."""
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("waits for ever"))
    signal.alarm(60)
    yield
    signal.alarm(0)


def _told(*words):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2) and "Traceback" not in result.output
    return " ".join(result.output.split())


def test_what_is_no_file_where_a_table_should_be_is_told(odd, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:  # a check needs no place to write to
        patch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        said = _told("check", "--data", odd)
    for name in ODD:
        assert name in said
    assert said.count("not a regular file") == 3 and "is a folder" in said
    for words in [
        ("diff", "--data", odd),
        ("export", "season", "--data", odd, "--out", tmp_path),
        ("build", "00_start_here", "--data", odd, "--out", tmp_path / "out"),
        ("add", "--no-prompt", "--set", "date=2025-11-03", "--data", odd),
    ]:
        said = _told(*words)
        assert any(name in said for name in ODD), words
    with pytest.raises(DataError, match="not a regular file"):
        changes.changed_rows(TABLES["incidents"], odd, ROOT / "data")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, _socket])
def test_what_is_no_file_is_taken_nowhere(make, tmp_path):
    path = tmp_path / "90_x.ipynb"
    make(path)
    for words in [("import", path), ("build", path), ("mend", path), ("export", "--style", path)]:
        assert path.name in _told(*words), words


def test_lists_of_codes_that_are_no_file_are_told(data):
    (data / vocab.FILE).unlink()
    os.mkfifo(data / vocab.FILE)
    assert f"{vocab.FILE}:0: is not a regular file" in _told("check", "--data", data)


@pytest.fixture
def full():
    """Let no file grow beyond some bytes, as on a disk that is full, when it is called."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("make", [forms.workbook, forms.geopackage])
def test_a_full_disk_is_told_by_what_writes_through_a_library(make, full, monkeypatch):
    """No library's own error comes through, and none that Python can only print."""
    monkeypatch.setattr(forms, "TABLES", {})
    frames = {"a": pd.DataFrame({"b": range(999)})}
    arguments = (frames, {}) if make is forms.workbook else (frames, ROOT / "data", "2026-01-01")
    full(5000)
    with pytest.raises(OSError) as raised:
        make(*arguments)
    assert tempfile.gettempdir() in told(raised.value)


def test_a_place_that_fails_is_no_fault_of_a_rule_or_of_the_code(monkeypatch):
    error = OSError(24, "Too many open files")
    with pytest.raises(OSError, match="Too many"):
        findings.told("figure season", "02.ipynb", (), error)
    monkeypatch.setattr("helpers.data.check.CROSS_RULES", [Mock(warning=False, side_effect=error)])
    assert "Too many open files. No file is half written" in _told("check")


def test_a_full_disk_is_told_and_nothing_is_half_written(data, tmp_path, full, unchecked):
    table = data / "context" / "blind_years.csv"
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    file = tmp_path / "table.csv"
    made.cut(data)
    year = made.with_year(made.all_final(made.official(data)), made.LAST + 1, 30, 190, month=6)
    file.write_bytes(made.as_csv(made.years_across(year)))
    before = contents(tmp_path)
    full(400)
    for words, name in [
        (("mend", "--yes", table), table),
        (("import", file, "--data", data), "Could not write"),
        (("export", "season", "--out", tmp_path / "exports"), tmp_path / "exports"),
    ]:
        said = _told(*words)
        assert f"{name}" in said and "File too large" in said, words
    assert contents(tmp_path) == before

"""Files are written whole or not at all."""

from __future__ import annotations

import os
import resource
import shlex
import subprocess
import sys
import tempfile
from unittest.mock import Mock, call

import pytest
from typer.testing import CliRunner

from helpers import writing
from helpers.cli import MEND_PLACE, app


def test_a_failure_on_the_way_leaves_the_old_files(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"old")
    real = writing.os.fdopen
    calls = []

    def break_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            writing.os.close(args[0])
            raise OSError("disk full")
        return real(*args, **kwargs)

    monkeypatch.setattr(writing.os, "fdopen", break_second)
    with pytest.raises(OSError, match="disk full"):
        writing.write_all(tmp_path, {"a.txt": b"new", "b.txt": b"new"})
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_place_that_fails_is_told_without_a_traceback(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    result = CliRunner().invoke(app, ["export", "--list"])
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert str(tmp_path / "gone") in result.output and "No such file" in result.output
    assert MEND_PLACE in result.output


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limits")
@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("mkdir there && cd there && rmdir ../there", "the current folder is gone: go to one"),
        ("ulimit -n 12", "only 12 files may be open at once here, 64 are needed; let this user"),
    ],
)
def test_what_no_command_can_work_in_is_told_before_it_starts(before, said, tmp_path):
    run = shlex.join([sys.executable, "-m", "helpers", "check"])
    done = subprocess.run(
        ["sh", "-c", f"{before} && {run}"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("hard", "needed", "given"), [(4096, 128, 128), (-1, 256, 256), (64, 9, 0)]
)
def test_as_many_files_can_be_opened_as_are_needed(hard, needed, given, monkeypatch):
    changed = Mock()
    monkeypatch.setattr("resource.getrlimit", lambda _: (64, hard))
    monkeypatch.setattr("resource.setrlimit", changed)
    writing.make_room(needed)
    assert changed.mock_calls == [call(resource.RLIMIT_NOFILE, (given, hard))] * bool(given)


def test_what_a_killed_process_left_is_taken_away_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    dead, mine = f"crossings-{child.pid}-x1", f"crossings-{os.getpid()}-x1"
    for name in (dead, mine, "crossings-report"):
        (tmp_path / name).mkdir()
        (tmp_path / f".a.csv.{name}").touch()
    writing.clear()
    writing.sweep(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {mine, f".a.csv.{mine}", "crossings-report", ".a.csv.crossings-report"}


def test_files_changed_since_a_kill_are_not_undone(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "_is_dead", lambda process: True)
    for now, then in [(b"new", b"old"), (b"by hand", b"by hand")]:
        with writing.all_or_none(tmp_path, {"a": b"old"}, {"a": b"new"}):
            kept = (tmp_path / writing.UNDO).read_bytes()
        (tmp_path / writing.UNDO).write_bytes(kept)
        (tmp_path / "a").write_bytes(now)
        writing.undo(tmp_path)
        assert (tmp_path / "a").read_bytes() == then
        assert [path.name for path in tmp_path.iterdir()] == ["a"]

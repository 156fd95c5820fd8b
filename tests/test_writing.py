"""Files are written whole or not at all."""

from __future__ import annotations

import pytest

from helpers import writing


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

"""Figures are written whole or not at all, the same bytes each time."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from helpers import export, style

ALT = "A line that rises from nought to one, drawn to test that a figure is written as a whole set."


def _figure():
    fig = style.page("A finding", "What, where, when", "Source: test")
    style.axes(fig).plot([0, 1], [0, 1])
    return fig


def _write(folder):
    table = pd.DataFrame({"x": [0, 1], "y": [0, 1]})
    return export.figure(_figure(), "a-line", ALT, "It rises by 1.", table, folder)


def test_same_bytes_twice(tmp_path):
    _write(tmp_path / "one")
    _write(tmp_path / "two")
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {"a-line.png", "a-line.svg", "a-line.csv", "a-line.json"}
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_picture_carries_its_alternative_text(tmp_path):
    _, metadata = _write(tmp_path)._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == ALT


def test_words_beside_the_picture(tmp_path):
    _write(tmp_path)
    words = json.loads((tmp_path / "a-line.json").read_text(encoding="utf-8"))
    assert words["title"] == "A finding"
    assert words["fact"] == "It rises by 1."


@pytest.mark.parametrize(("slug", "alt"), [("Bad Slug", ALT), ("good", "too short")])
def test_refuses(tmp_path, slug, alt):
    with pytest.raises(ValueError, match=r"slug|characters"):
        export.figure(_figure(), slug, alt, "fact", pd.DataFrame({"x": [1]}), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_failure_on_the_way_leaves_the_old_files(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"old")
    real = export.os.fdopen
    calls = []

    def break_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            export.os.close(args[0])
            raise OSError("disk full")
        return real(*args, **kwargs)

    monkeypatch.setattr(export.os, "fdopen", break_second)
    with pytest.raises(OSError, match="disk full"):
        export.write_all(tmp_path, {"a.txt": b"new", "b.txt": b"new"})
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

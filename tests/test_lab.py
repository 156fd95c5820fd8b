"""In JupyterLab: completion, descriptions, and own notebooks that disturb nothing."""

from __future__ import annotations

import subprocess

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from helpers import export, figures, layers, load, paths
from helpers.data.tables import TABLES
from tests.conftest import ROOT, contents


@pytest.mark.parametrize("door", [export, figures, layers, load], ids=lambda door: door.__name__)
def test_completion_shows_what_is_wanted_and_nothing_else(door):
    shell = InteractiveShell.instance()
    shell.user_ns["door"] = door
    with provisionalcompleter():
        shown = {one.text for one in shell.Completer.completions("door.", 5)}
    assert shown == set(door.__all__) and all(hasattr(door, name) for name in shown)


def test_every_column_is_described_in_a_notebook():
    about = load.describe()
    assert len(about) == sum(len(table.columns) for table in TABLES.values())
    shots = load.describe_column("incidents", "shots_at")
    assert shots["description"] and set(load.incidents()["shots_at"].cat.categories) <= {
        *shots.index
    }
    with pytest.raises(ValueError, match="is it 'incidents'"):
        load.describe("incident")
    with pytest.raises(ValueError, match="is it 'shots_at'"):
        load.describe_column("incidents", "shot_at")


def test_an_own_notebook_draws_into_scratch(tmp_path, monkeypatch):
    monkeypatch.delenv("CROSSINGS_FIGURES", raising=False)
    monkeypatch.setattr(paths, "PROJECT", tmp_path)
    monkeypatch.setenv("CROSSINGS_DATA", str(ROOT / "data"))
    export.figure(figures.make("start-arrivals"))
    assert {path.parent for path in contents(tmp_path)} == {tmp_path / "scratch" / "figures"}
    for place in ("scratch/mine.ipynb", "scratch/figures/direct-share.png"):
        assert subprocess.run(["git", "check-ignore", "-q", place], cwd=ROOT).returncode == 0

"""A notebook's code, run in this process: what it says and claims, and what it leaves behind."""

from __future__ import annotations

import os

import matplotlib as mpl
import nbformat
import pandas as pd
import pytest

from helpers.notebooks.rehearsal import RehearsalError, rehearse
from tests.conftest import ROOT


def _notebook(path, *cells):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, path)
    return path


def test_it_gives_sentences_claims_and_figures_and_leaves_nothing(tmp_path):
    before = dict(os.environ), mpl.rcParams["font.size"], pd.get_option("display.width")
    path = _notebook(
        tmp_path / "one.ipynb",
        "import pandas as pd\nfrom IPython.display import Markdown, display\n"
        "import matplotlib as mpl\nfrom helpers import load\n"
        "from helpers.notebooks.guards import holds\nmpl.rcParams['font.size'] = 3",
        "incidents = load.incidents()\ndisplay(Markdown('first'))\nMarkdown('second')",
        "holds('There are no incidents', len(incidents) == 0, incidents=len(incidents))",
    )
    found = rehearse(path, ROOT / "data")
    assert found.sentences == ["first", "second"]
    assert [claim.holds for claim in found.claims] == [False]
    assert found.figures == []
    assert before == (dict(os.environ), mpl.rcParams["font.size"], pd.get_option("display.width"))


@pytest.mark.parametrize("cell", ["1 / 0", "import warnings\nwarnings.warn('careful')"])
def test_what_raises_or_warns_is_told_with_its_cell(tmp_path, cell):
    path = _notebook(tmp_path / "two.ipynb", "x = 1", cell)
    with pytest.raises(RehearsalError, match=r"two\.ipynb: cell 2: \w+: (division|careful)"):
        rehearse(path, ROOT / "data")


def test_figures_are_kept_back(tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSINGS_FIGURES", str(tmp_path / "figures"))
    found = rehearse(ROOT / "notebooks" / "02_across_the_line.ipynb", ROOT / "data")
    assert len(found.figures) > 3
    assert not (tmp_path / "figures").exists()

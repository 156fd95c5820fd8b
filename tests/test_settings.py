"""The user's settings never change a figure, nor does a figure change the user's settings."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import warnings

import matplotlib as mpl
import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib import font_manager

from helpers import export
from helpers.figures import lettering, registry
from helpers.notebooks import run as notebooks
from tests.conftest import ROOT

SLUGS = ["direct-share", "crossing-plan"]
"""Lines and hatches; a plan with rims, arrows and a key."""
FAMILIES = sorted({name.partition(".")[0] for name in mpl.rcParamsDefault} - {"backend"})
GROUPS = [FAMILIES[start::6] for start in range(6)]
NEARLY = [
    lambda v: not v if isinstance(v, bool) else v * 2.5 + 1,
    lambda v: int(v) * 2 + 1,
    lambda v: v / 2,
    lambda v: [one * 2 + 1 for one in v],
    *((lambda v, word=word: word) for word in (
        "tomato", "serif", "bold", "italic", "x-large", "tight", "right", "center", "bottom", "in",
        "--", "o", "left", "both", "log", "minor", "x", "off", "none", "best", "nearest", "viridis",
        "jpg", "letter", "cm", "Asia/Seoul", "%d", True, 7, 0.3, "bevel", "butt", "hsv", "default",
        "cycler('color', ['r', 'lime'])", ["DejaVu Serif"], ["tomato"], ["--"], "auto", "path",
        "constrained", "euclidean", "log10", "concise", "edge", "width", "full", "1.5, 2.0",
    )),
]  # fmt: skip
"""Ways to another value: for each parameter the first that it takes."""


def _other(name):
    default = mpl.rcParamsDefault[name]
    for way in NEARLY:
        try:
            with mpl.rc_context():
                mpl.rcParams[name] = way(default)
                if mpl.rcParams[name] != default:
                    return mpl.rcParams[name]
        except (ValueError, TypeError, KeyError, AttributeError, RuntimeError):
            continue
    return default


OTHER = {name: _other(name) for name in mpl.rcParamsDefault if name != "backend"}
LEFT = {name for name, value in OTHER.items() if value == mpl.rcParamsDefault[name]}


def _digests(slugs, size="column", formats=export.FORMATS):
    made = {}
    for slug in slugs:
        content = registry.make(slug)
        made |= export.files(content, content.page(size), formats, 60)
    return {name: json.loads(file)["files"] for name, file in made.items() if name[-4:] == "json"}


@pytest.fixture(scope="module")
def drawn():
    with mpl.rc_context():
        mpl.rcdefaults()
        return _digests(SLUGS)


def test_nearly_every_parameter_has_another_value():
    assert len(LEFT) < 20, sorted(LEFT)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("families", [*GROUPS, FAMILIES], ids=lambda names: "-".join(names[:5]))
def test_no_parameter_changes_a_figure_and_all_come_back(families, drawn):
    changed = {name: v for name, v in OTHER.items() if name.partition(".")[0] in families}
    with mpl.rc_context(changed):
        before = dict(mpl.rcParams)
        made = _digests(SLUGS if families == FAMILIES else SLUGS[:1])
        assert dict(mpl.rcParams) == before
    assert made == {name: drawn[name] for name in made}


def test_cells_run_before_change_no_figure(drawn):
    with mpl.rc_context(), pd.option_context("display.precision", 1), warnings.catch_warnings():
        mpl.style.use(["dark_background", "fast"])
        warnings.simplefilter("error")
        mpl.rcParams["axes.formatter.use_locale"] = True
        options = {"display.float_format": "{:.0f}".format, "display.max_rows": 1}
        options |= {"display.width": 10, "display.max_colwidth": 5}
        words = [word for pair in options.items() for word in pair]
        with np.errstate(all="raise"), np.printoptions(precision=1), pd.option_context(*words):
            assert _digests(SLUGS) == drawn


def test_a_font_of_the_same_name_on_the_machine_is_not_taken(drawn):
    fonts = font_manager.fontManager
    strange = font_manager.findfont("DejaVu Serif")
    kept = list(fonts.ttflist)
    try:
        for name, weight in [("Fira Sans", 400), ("Fira Sans", 600), ("Noto Sans KR", 400)]:
            entry = font_manager.FontEntry(
                strange, name, "normal", "normal", weight, "normal", "scalable"
            )
            fonts.ttflist.insert(0, entry)
        lettering.add.cache_clear()
        lettering._word_mm.cache_clear()
        assert _digests(SLUGS[:1]) == {f"{SLUGS[0]}-column.json": drawn[f"{SLUGS[0]}-column.json"]}
    finally:
        fonts.ttflist = kept


def test_files_of_settings_change_no_figure(drawn, tmp_path):
    """A matplotlibrc at home, in the folder and in the environment, and start-up files."""
    lines = "savefig.bbox: tight\nfont.size: 20\nlines.linewidth: 9\nno.such.key: 1\n"
    home = tmp_path / "home"
    (home / ".config" / "matplotlib").mkdir(parents=True)
    for folder in (home / ".config" / "matplotlib", tmp_path):
        (folder / "matplotlibrc").write_text(lines)
    (tmp_path / "start.py").write_text("raise SystemExit('the start-up file ran')\n")
    settings = {"HOME": str(home), "MPLBACKEND": "svg", "PYTHONSTARTUP": str(tmp_path / "start.py")}
    settings |= {"MATPLOTLIBRC": str(tmp_path), "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Seoul"}
    settings |= {"SOURCE_DATE_EPOCH": "soon", "COLUMNS": "1", "PYTHONIOENCODING": "ascii"}
    words = ["export", SLUGS[0], "--size", "column", "--format", "png,svg,pdf", "--dpi", "60"]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *words, "--out", "made"],
        cwd=tmp_path, env=os.environ | settings, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    file = f"{SLUGS[0]}-column.json"
    assert json.loads((tmp_path / "made" / file).read_text("utf-8"))["files"] == drawn[file]


STARTS = "import pandas as pd\npd.options.display.max_rows = 1\nprint('it ran')\n"
SHOWS = "import pandas as pd\npd.Series(range(9))"


@pytest.fixture
def start_up(tmp_path):
    """Settings with start-up files that would show, for a kernel that reads them."""
    (tmp_path / "profile_default" / "startup").mkdir(parents=True)
    (tmp_path / "profile_default" / "startup" / "00.py").write_text(STARTS)
    (tmp_path / "start.py").write_text(STARTS)
    return {"IPYTHONDIR": str(tmp_path), "PYTHONSTARTUP": str(tmp_path / "start.py")}


def test_kernels_of_the_build_start_without_the_users_files(tmp_path, start_up, warm, monkeypatch):
    for name, text in start_up.items():
        monkeypatch.setenv(name, text)
    path = tmp_path / "one.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SHOWS)]), path)
    (tmp_path / "work").mkdir()
    made = asyncio.run(notebooks.run_in(warm, path, ROOT / "data", tmp_path / "work"))
    (output,) = json.loads(made.notebook)["cells"][0]["outputs"]
    assert len(output["data"]["text/plain"]) == 10


def test_nbval_takes_any_kernels_name_and_no_start_up_file(tmp_path, start_up):
    shown = pd.Series(range(9)).to_string() + "\ndtype: int64"
    cell = nbformat.v4.new_code_cell(SHOWS, execution_count=1)
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    cell.outputs = [nbformat.from_dict(output | {"data": {"text/plain": shown}})]
    of_another = {"display_name": "conda", "language": "python", "name": "conda-env-jsa-py"}
    path = tmp_path / "one.ipynb"
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": of_another}), path
    )
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ROOT, "-c"]
    words += [ROOT / "pyproject.toml", "--nbval", path]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | start_up,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout

"""A forked kernel cannot be told from a fresh one."""

from __future__ import annotations

import ast
import asyncio
import os
from unittest.mock import Mock

import nbformat
import pytest
import zmq
from nbclient import NotebookClient

from helpers.notebooks import run as notebooks
from helpers.notebooks import warm as warming
from tests import quick
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not warming.can_fork(), reason="no forked kernels on this system")

# Each line gives something that an import before the fork could have fixed wrongly.
PROBE = """
import os, random, signal, sys, threading, warnings
import numpy as np, pandas as pd, geopandas, matplotlib, scipy.stats, shapely
import matplotlib.pyplot as plt, pyproj, logging, locale, pyogrio
own = {"CROSSINGS_FIGURES", "CROSSINGS_DATA"}
{
    "argv": [os.path.basename(sys.argv[0]), sys.argv[1], len(sys.argv)],
    "path": sys.path,
    "main": sys.modules["__main__"].__name__,
    "cwd": os.getcwd(),
    "flags": str(sys.flags),
    "environment": sorted(set(os.environ) - own),
    "backend": matplotlib.get_backend(),
    "inline": os.environ.get("MPLBACKEND"),
    "rc": sorted((k, repr(v)) for k, v in matplotlib.rcParams.items()),
    "interactive": plt.isinteractive(),
    "pandas": repr(pd._config.config._global_config),
    "numpy": [np.geterr(), np.get_printoptions()],
    "warnings": sorted({repr(f[:3:2]) for f in warnings.filters if f[0] != "default"}),
    "signals": [repr(signal.getsignal(n)) for n in (signal.SIGINT, signal.SIGCHLD, signal.SIGTERM)],
    "recursion": sys.getrecursionlimit(),
    "logging": [logging.root.level, len(logging.root.handlers)],
    "locale": locale.getlocale(),
    "stdin": os.isatty(0),
    "threads": sorted(t.name.split("-")[0] for t in threading.enumerate()),
    "proj": pyproj.datadir.get_data_dir(),
    "gdal": pyogrio.get_gdal_config_option("GDAL_DATA"),
    "packages": sorted(n for n in sys.modules if n.split(".")[0] == "helpers"),
}
"""


def _write(path, *sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def run(warm, tmp_path):
    count = iter(range(100))

    def _run(path):
        work = tmp_path / f"work{next(count)}"
        work.mkdir()
        made = asyncio.run(notebooks.run_in(warm, path, ROOT / "data", work))
        return nbformat.reads(made.notebook.decode(), as_version=4)

    return _run


def _value(notebook, cell=0):
    return ast.literal_eval(notebook.cells[cell].outputs[-1].data["text/plain"])


SHOWN = [
    "import geopandas, pandas as pd\nfrom IPython.display import Markdown, display",
    "from helpers import layers, load\nfrom helpers.figures import style",
    "load.incidents()",
    "load.sources().head(3)",
    "layers.lines().to_crs(layers.PENINSULA_CRS).length.round(3)",
    "pd.DataFrame({f'column {n}': range(70) for n in range(25)})",
    "display(Markdown('**1**'))\nprint('words')",
    "import matplotlib.pyplot as plt\nax = plt.figure(figsize=(1, 1)).add_subplot()",
    "ax.plot([1, 2])[0].get_color()",
    "pd.options.display.width, style.RC['font.size'], pd.Series(['가나'])",
]


def _outputs(notebook):
    return [
        [{**output, "execution_count": None} for output in cell.outputs]
        for cell in notebook.cells[1:]
    ]


def test_forked_and_fresh_agree(run, tmp_path):
    path = _write(tmp_path / "probe.ipynb", PROBE, *SHOWN)
    forked, fresh = run(path), nbformat.read(path, as_version=4)
    NotebookClient(
        fresh, kernel_name="python3", extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()  # fmt: skip
    one, other = _value(fresh), _value(forked)
    assert {k: (one[k], other[k]) for k in one if one[k] != other[k]} == {}
    assert _outputs(fresh) == _outputs(forked) and sum(map(bool, _outputs(fresh))) == 8


def test_random_numbers_differ_from_fork_to_fork_but_for_a_seed(run, tmp_path):
    draw = (
        "import random, uuid\nimport numpy as np\nown = np.random.default_rng()\n"
        "[random.random(), np.random.rand(), own.random(), str(uuid.uuid4())]"
    )
    seed = "np.random.seed(1)\nfloat(np.random.rand())"
    path = _write(tmp_path / "draw.ipynb", draw, seed)
    first, second = run(path), run(path)
    assert not set(_value(first)) & set(_value(second))
    assert _value(first, 1) == _value(second, 1) == pytest.approx(0.417022004702574)


def test_a_kernel_that_dies_is_told(run, tmp_path):
    path = _write(tmp_path / "dies.ipynb", "import os\nos._exit(3)")
    with pytest.raises(notebooks.NotebookError, match="Kernel died"):
        run(path)


def test_a_cell_that_hangs_is_ended_and_named(warm, tmp_path):
    path = _write(tmp_path / "hangs.ipynb", "1", "import time\ntime.sleep(600)")
    with pytest.raises(notebooks.NotebookError, match=r"hangs\.ipynb: cell 2: was ended after 2"):
        asyncio.run(notebooks.run_in(warm, path, ROOT / "data", tmp_path, cell_seconds=2))


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), zmq.ZMQError(24)])
@pytest.mark.parametrize("step", ["start_kernel", "client"])
def test_a_kernel_that_cannot_be_started_is_told(step, error, tmp_path, monkeypatch):
    path = _write(tmp_path / "one.ipynb", "1")
    with warming.Warm(fork=False) as plain:
        monkeypatch.setattr(warming.AsyncKernelManager, step, Mock(side_effect=error))
        with pytest.raises(notebooks.NotebookError, match=r"one\.ipynb: its kernel.*Too many open"):
            asyncio.run(notebooks.run_in(plain, path, ROOT / "data", tmp_path))


def test_a_check_that_is_cancelled_while_it_starts_ends():
    async def cancel():
        check = asyncio.create_task(warming.check(dict(os.environ)))
        await asyncio.sleep(0)
        check.cancel()
        await check

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(asyncio.wait_for(cancel(), 30))


def test_a_warm_process_that_does_not_get_ready_gives_way_to_plain_kernels(monkeypatch):
    monkeypatch.setattr(warming, "WARM_UP_SECONDS", 0.01)
    with warming.Warm() as slow:
        asyncio.run(slow.wait())
        assert not slow.fork and slow.manager().transport == "tcp"


def test_no_grammars_are_built_for_a_check_of_addresses():
    assert quick.LEFT_OUT

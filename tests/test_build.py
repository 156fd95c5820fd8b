"""The build: bad data stops it before anything is written; a failure leaves what was good.

It runs what a change affects and nothing else, gives the same bytes each time, and holds whole
files whenever it is killed.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import nbformat
import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data.tables import TABLES
from helpers.notebooks import build, state
from helpers.notebooks import run as notebooks
from helpers.notebooks import warm as warming
from helpers.notebooks.guards import UNHELD
from tests.conftest import BLIND, ROOT, needs_git

GOOD = """
import pandas as pd
from helpers import export
from helpers.figures import style
from helpers.figures.registry import Content

def draw(**words):
    page = style.page(**words)
    style.axes(page)
    return page

alt = "An empty pair of axes, drawn to test that the build writes what the notebook exports."
words = "A finding", "What, where, when", "Source: The JSA crossing in context", alt, "Nothing."
export.figure(Content(*words, pd.DataFrame({"a": [1]}), draw, "empty"))
"""
READS = "from helpers import load\nlen(load.{}())"
ENDINGS = ("png", "svg", "csv", "json")


@pytest.fixture(scope="module")
def checked(warm, tmp_path_factory):
    """The memory of a good check of the project's data, which all tests start from."""
    path = tmp_path_factory.mktemp("checked") / "90_test.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    options = build.Options(warm=warm)
    build.build([path], ROOT / "data", Console(file=io.StringIO()), options)
    kept = json.loads((path.parent / state.FOLDER / "state.json").read_text())
    assert kept[state.CHECK]
    return json.dumps({state.CHECK: kept[state.CHECK]})


@pytest.fixture
def folder(tmp_path, monkeypatch, checked):
    (tmp_path / "notebooks" / state.FOLDER).mkdir(parents=True)
    (tmp_path / "notebooks" / state.FOLDER / "state.json").write_text(checked)
    (tmp_path / "figures").mkdir()
    monkeypatch.setenv("CROSSINGS_FIGURES", str(tmp_path / "figures"))
    return tmp_path


@pytest.fixture
def run(warm, monkeypatch):
    """A build with the warm process, on data that are taken to be without fault."""

    async def check(env):
        Path(env["CROSSINGS_TRACE"]).touch()
        return []

    monkeypatch.setattr(warming, "check", check)

    def _run(paths, data, **options):
        options = build.Options(**{"warm": warm} | options)
        return build.build(paths, data, Console(file=io.StringIO()), options)

    return _run


@pytest.fixture
def command(folder, data, warm, monkeypatch):
    """``crossings build`` of the copied data into another place, with the warm process at hand."""

    def _command(*paths):
        monkeypatch.setattr(warming, "Warm", lambda _: nullcontext(warm))
        words = ["build", "--data", data, "--out", folder / "out", *paths]
        return CliRunner().invoke(app, [str(word) for word in words])

    memory = folder / "out" / state.FOLDER
    shutil.copytree(folder / "notebooks" / state.FOLDER, memory)
    return _command


def _notebook(folder, *sources, name="90_test.ipynb"):
    cells = [nbformat.v4.new_markdown_cell("# Words", id="m")]
    cells += [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    path = folder / "notebooks" / name
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def _code(path):
    return notebooks.code(nbformat.read(path, as_version=4))


def _done(results):
    return [result.done for result in results]


def _change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _bytes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and state.FOLDER not in path.parts
    }


@pytest.fixture
def no_kernel(monkeypatch):
    async def refuse(*_):
        raise AssertionError("a kernel was started")

    def ban():
        monkeypatch.setattr(notebooks, "run_in", refuse)

    return ban


# What it writes ---------------------------------------------------------------------------------


def test_writes_notebook_and_figures_and_the_same_bytes_from_a_plain_kernel(folder, data, run):
    path = _notebook(folder, "1 + 1", GOOD, READS.format("blind_years"))
    (result,) = run([path], data)
    assert result.done == "run" and not result.error
    names = {file.name for file in (folder / "figures").iterdir()}
    assert names == {f"empty.{ext}" for ext in ENDINGS} == set(result.figures)
    assert [cell.execution_count for cell in _code(path)] == [1, 2, 3]
    first = _bytes(folder)
    assert _done(run([path], data, force=True)) == ["run"]
    assert _bytes(folder) == first
    assert _done(run([path], data, force=True, warm=None, fork=False)) == ["run"]
    assert _bytes(folder) == first


# What must run ----------------------------------------------------------------------------------


def test_nothing_changed_starts_no_kernel(folder, data, run, no_kernel):
    paths = [_notebook(folder, GOOD), _notebook(folder, "1", name="91_test.ipynb")]
    run(paths, data)
    no_kernel()
    before = _bytes(folder)
    said = io.StringIO()
    results = build.build(paths, data, Console(file=said))
    assert _done(results) == ["unchanged"] * 2 and "Nothing changed" in said.getvalue()
    assert _bytes(folder) == before
    assert set(results[0].figures) == {f"empty.{ext}" for ext in ENDINGS}


def test_a_changed_row_runs_the_notebooks_that_read_it_and_no_other(folder, data, run):
    tables = ["blind_years", "border_events", "blind_years"]
    paths = [
        _notebook(folder, READS.format(table), name=f"9{n}_test.ipynb")
        for n, table in enumerate(tables)
    ]
    run(paths, data)
    _change(data / TABLES["blind_years"].path, f",{BLIND},", f",{BLIND + 1},")
    assert _done(run(paths, data)) == ["run", "unchanged", "run"]
    assert _done(run(paths, data)) == ["unchanged"] * 3


def test_the_index_follows_a_build_of_one_notebook(folder, data, run, monkeypatch):
    paths = [_notebook(folder, GOOD), _notebook(folder, "1", name="91_test.ipynb")]
    monkeypatch.setattr(build, "find_notebooks", lambda: paths)
    index = folder / "figures" / "README.md"
    run(paths[:1], data)
    assert not index.exists(), "nobody knows yet what the other notebook makes"
    run(paths[1:], data)
    assert "`empty`" in index.read_text("utf-8")
    _notebook(folder, GOOD.replace('"empty"', '"other"'), name="91_test.ipynb")
    run(paths[1:], data)
    assert [name in index.read_text("utf-8") for name in ("`empty`", "`other`")] == [True] * 2


def test_the_same_tables_in_another_folder_are_no_change(folder, data, run, tmp_path):
    path = _notebook(folder, READS.format("blind_years"))
    run([path], data)
    other = shutil.copytree(data, tmp_path / "elsewhere")
    (other / "README.md").touch()
    assert _done(run([path], other)) == ["unchanged"]


def test_an_edit_of_prose_starts_no_kernel_and_keeps_the_outputs(folder, data, run, no_kernel):
    path = _notebook(folder, "1 + 1", GOOD)
    run([path], data)
    no_kernel()
    notebook = nbformat.read(path, as_version=4)
    outputs = [cell.outputs for cell in notebooks.code(notebook)]
    notebook.cells[0].source = "# Other words"
    notebook.cells.append(nbformat.v4.new_markdown_cell("More.", id="m2"))
    notebook.metadata.language_info.version = "3.0"  # as an editor may put it
    nbformat.write(notebook, path)
    assert _done(run([path], data)) == ["unchanged"]
    assert [cell.outputs for cell in _code(path)] == outputs
    written = nbformat.read(path, as_version=4)
    assert written.cells[0].source == "# Other words" and len(written.cells) == 4
    assert "version" not in written.metadata.language_info


def test_runs_again_when_it_must(folder, data, run):
    path, figure = _notebook(folder, "1 + 1", GOOD), folder / "figures" / "empty.csv"
    run([path], data)
    for what in ("code", "outputs", "figure", "mended figure"):
        notebook = nbformat.read(path, as_version=4)
        if what == "code":
            notebook.cells[1].source = "1 + 2"
        elif what == "outputs":
            notebook.cells[1].outputs = []
        elif what == "figure":
            figure.unlink()
        else:
            figure.write_text("a\n2\n")
        nbformat.write(notebook, path)
        assert _done(run([path], data)) == ["run"], what
        assert figure.read_text() == "a\n1\n" and _code(path)[0].outputs, what


def test_every_loader_and_layer_is_seen(folder, data, run):
    layers = ["countries", "koreas", "provinces", "lines", "dmz_band"]
    loaders = [f"load.{name}()" for name in TABLES] + [f"layers.{name}()" for name in layers]
    path = _notebook(folder, "from helpers import layers, load\n" + "\n".join(loaders))
    run([path], data)
    kept = json.loads((folder / "notebooks" / state.FOLDER / "state.json").read_text())
    names = set(kept[path.name]["reads"])
    files = {f"data/{table.path}" for table in TABLES.values()}
    files |= {f"data/geo/{file.name}" for file in (data / "geo").glob("*.geojson")}
    assert {name for name in names if name.startswith("data/")} == files
    assert {"src/helpers/layers.py", "src/helpers/data/columns.py"} <= names
    assert {"environment", f"code:{path.name}"} <= names
    assert not {"src/helpers/figures/style.py", "src/helpers/notebooks/build.py"} & names


def test_modules_and_environment_count(folder, data, run, monkeypatch):
    path = _notebook(folder, GOOD)
    run([path], data)
    memory = state.State(path.parent, state.Snapshot(data))
    memory.snapshot.set_code(path)
    assert memory.why(path.name) is None
    for name in ("src/helpers/figures/style.py", "environment"):
        memory.snapshot._digests[name] = "another"
    assert memory.why(path.name) == ["environment", "src/helpers/figures/style.py"]


def test_of_another_notebook_its_question_counts_and_no_output(folder, monkeypatch):
    monkeypatch.setattr(state, "PROJECT", folder)
    path = _notebook(folder, "1 + 1")

    def digest():
        return state.Snapshot(folder / "data").digest(f"notebooks/{path.name}")

    before = digest()
    _change(path, "1 + 1", "1 + 2")
    assert digest() == before
    _change(path, "# Words", "# Other words")
    assert digest() not in (before, state.MISSING)


@pytest.mark.parametrize(
    "text", ["", "\x00", "[]", '{"check": []}', '{"check": {"deps:": ["environment"]}}']
)
def test_a_memory_that_cannot_be_read_counts_as_empty(folder, data, text):
    (folder / "notebooks" / state.FOLDER / "state.json").write_text(text)
    memory = state.State(folder / "notebooks", state.Snapshot(data))
    assert memory.why(state.CHECK) == [] and memory.figures() == memory.reads(state.CHECK) == set()
    memory.keep(state.CHECK, ["environment"], {"figures": {"a.csv": "0"}})
    memory = state.State(folder / "notebooks", state.Snapshot(data))
    assert memory.why(state.CHECK) is None and memory.figures() == {"a.csv"}


# Another data folder, another place -------------------------------------------------------------


def test_out_with_one_other_table_leaves_the_project_untouched(folder, run):
    paths = [
        _notebook(folder, GOOD),
        _notebook(folder, READS.format("blind_years"), name="91_test.ipynb"),
    ]
    run(paths, ROOT / "data")
    before, project = _bytes(folder), _bytes(ROOT / "data")
    part = folder / "part" / "context" / "blind_years.csv"
    part.parent.mkdir(parents=True)
    lines = (ROOT / "data" / "context" / "blind_years.csv").read_text("utf-8").splitlines(True)
    part.write_text("".join(lines[:-1]), "utf-8")
    out = folder / "out"
    results = run(paths, folder / "part", out=out)
    # The one that does not read the table is taken over without a run.
    assert _done(results) == ["taken", "run"]
    assert (out / "notebooks" / paths[0].name).read_bytes() == paths[0].read_bytes()
    assert {file.name for file in (out / "figures").iterdir()} == {f"empty.{e}" for e in ENDINGS}
    rows = _code(out / "notebooks" / paths[1].name)[0].outputs[0].data["text/plain"]
    assert int(rows) == len(lines) - 2
    after = {k: v for k, v in _bytes(folder).items() if k.split("/")[0] not in ("out", "part")}
    assert after == before and _bytes(ROOT / "data") == project
    assert _done(run(paths, folder / "part", out=out)) == ["unchanged"] * 2
    # Other words in the project reach the other place without a run.
    _change(paths[1], "# Words", "# Other words")
    assert _done(run(paths, folder / "part", out=out)) == ["unchanged"] * 2
    there = out / "notebooks" / paths[1].name
    assert nbformat.read(there, as_version=4).cells[0].source == "# Other words"
    assert _code(there)[0].outputs[0].data["text/plain"] == rows


def test_out_keeps_what_lies_there(folder, data, run):
    mine = folder / "out" / "figures" / "mine.png"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    run([_notebook(folder, GOOD)], data, out=folder / "out")
    assert mine.read_bytes() == b"mine"


def test_a_table_that_the_project_does_not_have_is_refused(folder, run):
    (folder / "part").mkdir()
    (folder / "part" / "incident.csv").write_text("a\n")
    with pytest.raises(ValueError, match=r"incident\.csv: no such table"):
        run([_notebook(folder, "1")], folder / "part")


# Failures ---------------------------------------------------------------------------------------


def test_failures_leave_what_was_good_and_the_others_go_on(folder, data, run):
    bad = ["raise ValueError('broken')", "import warnings; warnings.warn('beware')"]
    paths = [_notebook(folder, GOOD, cell, name=f"9{n}_test.ipynb") for n, cell in enumerate(bad)]
    before = [path.read_bytes() for path in paths]
    *failed, good = run([*paths, _notebook(folder, GOOD, name="92_test.ipynb")], data)
    for result, said in zip(failed, ("broken", "beware"), strict=True):
        assert "cell 3" in result.error and said in result.error
    assert [path.read_bytes() for path in paths] == before
    assert not good.error and (folder / "figures" / "empty.png").exists()


def test_a_failure_names_the_rows_that_changed(folder, data, run):
    claim = f"from helpers import load\nassert load.blind_years()['first_year'].iloc[0] == {BLIND}"
    path = _notebook(folder, claim)
    run([path], data)
    _change(data / TABLES["blind_years"].path, f",{BLIND},", f",{BLIND + 1},")
    (failed,) = run([path], data)
    assert "AssertionError" in failed.error
    assert (
        "context/blind_years.csv:2 " in failed.error
        and f"'{BLIND}' to '{BLIND + 1}'" in failed.error
    )


@needs_git
def test_failures_in_the_project_itself_are_told_each_with_its_rows(folder, data, run, monkeypatch):
    monkeypatch.setenv("CROSSINGS_DATA", str(data))
    claim = f"from helpers import load\nassert load.blind_years()['first_year'].iloc[0] == {BLIND}"
    names = ["90_test.ipynb", "91_test.ipynb"]
    paths = [_notebook(folder, f"{claim}, 'in {name}'", name=name) for name in names]
    run(paths, data)
    _change(data / TABLES["blind_years"].path, f",{BLIND},", f",{BLIND + 1},")
    for name, result in zip(names, run(paths, data), strict=True):
        assert result.done == "failed" and f"AssertionError: in {name}" in result.error
        assert "context/blind_years.csv:2 " in result.error
        assert f"'{BLIND}' to '{BLIND + 1}'" in result.error


def test_claims_that_do_not_hold_are_listed_and_stop_nothing(folder, command, monkeypatch):
    claim = "from helpers.notebooks.guards import holds\nholds('Few come by land', {}, by_land=37)"
    paths = [
        _notebook(folder, GOOD, claim.format(False)),
        _notebook(folder, claim.format(True), name="91_test.ipynb"),
    ]
    monkeypatch.setattr(build, "find_notebooks", lambda: paths)
    page = folder / "out" / "figures" / "README.md"
    for _ in ("run", "unchanged"):
        result = command(*paths)
        assert result.exit_code == 0, result.output
        assert f"{UNHELD}\n  90_test.ipynb: Few come by land (by land 37)\n" in result.output
        assert "91_test.ipynb: Few" not in result.output
        assert page.is_file() and f"Look at them: {page} (" in result.output


def test_a_failure_is_told_with_no_page_that_is_not_there(folder, command):
    result = command(_notebook(folder, "1 / 0"))
    assert result.exit_code == 1 and "ZeroDivisionError" in result.output
    assert "Look at them" not in result.output and "Next:" not in result.output


def test_a_fault_in_a_cell_names_the_row(folder, data, run):
    bad = folder / "bad"
    shutil.copytree(data / "context", bad / "context")
    _change(bad / "context" / "blind_years.csv", f",{BLIND},", ",then,")
    path = _notebook(
        folder,
        f"from pathlib import Path\nfrom helpers import load\nload.blind_years(Path({str(bad)!r}))",
    )
    (failed,) = run([path], data)
    assert (
        "DataError: 1 fault in the data" in failed.error
        and "context/blind_years.csv:2:" in failed.error
    )


def test_bad_data_stops_the_build_before_anything_is_written(folder, data):
    _change(data / "incidents" / "incidents.csv", ",dmz_land,", ",dmz,")
    path = _notebook(folder, GOOD)
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["build", "--data", str(data), "--no-fork", str(path)])
    assert result.exit_code == 1
    assert "route: 'dmz'" in result.output and "expected" in result.output
    assert "Nothing was written" in result.output
    assert path.read_bytes() == before
    assert not list((folder / "figures").iterdir())


def test_notebooks_by_path_or_name_and_all_that_are_none_at_once(tmp_path):
    whole = ROOT / "notebooks" / "04_in_context.ipynb"
    assert build.choose([Path("04_in_context")]) == build.choose([whole]) == [whole]
    assert build.choose([]) == build.find_notebooks()
    result = CliRunner().invoke(app, ["build", "nope.ipynb", str(ROOT / "README.md")])
    assert result.exit_code == 2
    assert "nope.ipynb: no notebook" in result.output and "README.md: no note" in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> mine\n]}', "line 2: marks of a merge"),
        ("\n", "the file is empty"),
        ('{"cells": [\n{"cell_type": ', "line 2: broken JSON"),
        ('{"worksheets": []}', "no notebook of format 4"),
        ("[1]", "no notebook of format 4"),
        ("[" * 99999, "no notebook of format 4"),
    ],
)
def test_broken_notebooks_are_all_named_with_what_to_do(tmp_path, content, said):
    paths = [tmp_path / name for name in ("90_test.ipynb", "91_test.ipynb")]
    for path in paths:
        path.write_text(content)
    result = CliRunner().invoke(app, ["build", *map(str, paths)])
    assert result.exit_code == 2
    for path in paths:
        assert f"{path}: {said}" in result.output
        assert f"git checkout HEAD -- {path}" in result.output


def test_a_copy_is_not_built_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "PROJECT", tmp_path)
    (tmp_path / "notebooks").mkdir()
    names = ["03_a.ipynb", "03_a-Copy1.ipynb", "Untitled.ipynb"]
    for name in names:
        (tmp_path / "notebooks" / name).write_text("")
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 2 and "03_a.ipynb: the file is empty" in result.output
    assert [f"{name}; delete it, or" in result.output for name in names] == [False, True, True]


def test_command_check_finds_no_fault_in_the_project():
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output
    assert "0 faults" in result.output


def test_command_check_refuses_another_format_and_a_folder_that_is_not_there(tmp_path):
    assert CliRunner().invoke(app, ["check", "--format", "nonsense"]).exit_code == 2
    result = CliRunner().invoke(app, ["check", "--data", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "is no folder" in result.output


# Killed at any moment ---------------------------------------------------------------------------


def _assert_whole(folder):
    for path in folder.rglob("*"):
        if path.is_file() and state.FOLDER not in path.parts:
            content = path.read_bytes()
            if path.suffix == ".png":
                assert content.endswith(b"IEND\xaeB`\x82"), path
            elif path.suffix == ".svg":
                assert content.rstrip().endswith(b"</svg>"), path
            elif path.suffix == ".ipynb":
                nbformat.validate(nbformat.read(path, as_version=4))
            elif path.suffix == ".json":
                json.loads(content)


def _wait(until, seconds):
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert until()


def test_killed_while_it_writes_every_file_is_whole_and_the_next_build_completes(folder, data, run):
    paths = [
        _notebook(folder, GOOD),
        _notebook(folder, GOOD.replace('"empty"', '"other"'), name="91_test.ipynb"),
    ]
    run(paths, data)
    good = _bytes(folder)
    shutil.rmtree(folder / "figures")
    words = [sys.executable, "-c", "from helpers.cli import app; app()", "build", "--force"]
    words += ["--data", str(data), *map(str, paths)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    written = folder / "figures"
    _wait(lambda: written.is_dir() and any(written.iterdir()), 240)
    process.kill()
    process.wait()
    _assert_whole(folder)
    assert {"run"} == set(_done(run(paths, data, force=True)))
    assert _bytes(folder) == good


# In a process of its own, forked for each build: the first is killed when it moves its n-th file
# into place, the second must complete.
STOPS = """
import os, pathlib, shutil, sys
from rich.console import Console
from helpers.notebooks import build, run as notebooks
path, data, figures = map(pathlib.Path, sys.argv[1:])
made = {f"a.{end}": f"new {end}".encode() * 1000 for end in ("png", "svg", "csv", "json")}
notebook = notebooks.read(path)
notebook["cells"][1] |= {"outputs": [], "execution_count": 1}
before, after = path.read_bytes(), notebooks.as_bytes(notebook)

class Cold:
    fork = True
    async def wait(self): pass

async def run_in(*_):
    return notebooks.Run(after, made, ())

def fork(stop):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    def count(self, target):
        nonlocal stop
        stop -= 1
        if stop == 0:
            os.kill(os.getpid(), 9)
        return replace(self, target)
    pathlib.Path.replace = count
    build.build([path], data, Console(), build.Options(warm=Cold()))
    os._exit(0)

replace, notebooks.run_in = pathlib.Path.replace, run_in
sys.modules["nbclient"] = sys  # no kernel is wanted, and its import takes long
memory = path.parent / ".crossings" / "state.json"
remembered = memory.read_bytes()
for stop in range(1, 12):
    memory.write_bytes(remembered)
    path.write_bytes(before)
    for name in made:
        (figures / name).write_text("old")
    killed = fork(stop)
    for name, content in made.items():
        assert (figures / name).read_bytes() in (b"old", content), name
    assert path.read_bytes() in (before, after)
    assert fork(0) == 0
    assert {file.name: file.read_bytes() for file in figures.iterdir()} == made
    assert path.read_bytes() == after and {file.name for file in path.parent.iterdir()} == {
        path.name, ".crossings"
    }
    if not killed:
        break
    assert killed == -9
print(stop)
"""


def test_killed_between_any_two_files_the_next_build_completes(folder, data):
    path = _notebook(folder, "1")
    words = [sys.executable, "-c", STOPS, str(path), str(data), str(folder / "figures")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Four figures, the notebook, the memory; the seventh stop is never reached.
    assert done.stdout.split()[-1] == "7"


def test_two_builds_in_one_place_do_not_mix(folder, data, run):
    path = _notebook(folder, "1")
    with state.locked(path.parent), pytest.raises(state.BusyError, match="Another build"):
        run([path], data)

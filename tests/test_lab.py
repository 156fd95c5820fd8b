"""In JupyterLab: its start, completion, descriptions, and own notebooks that disturb nothing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from playwright.sync_api import expect

from helpers import export, figures, layers, load, paths
from helpers.data.tables import TABLES
from helpers.notebooks.run import KERNEL
from tests.conftest import IN_GIT, ROOT, contents, needs_browser, needs_git


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


@needs_git
def test_what_is_drawn_and_tried_is_not_kept():
    for place in ("scratch/mine.ipynb", "scratch/figures/direct-share.png"):
        assert subprocess.run(["git", "check-ignore", "-q", place], cwd=ROOT).returncode == 0


# As `make lab` opens it, in the browser ---------------------------------------------------------

MAKE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """JupyterLab on a copy of the project under git, and a page on its start."""
    if not IN_GIT:
        pytest.skip("no checkout of git, or no git: as from a ZIP")
    home = tmp_path_factory.mktemp("lab")
    project = home / "project"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, project / name)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], cwd=project, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: text for name, text in os.environ.items() if not name.startswith("CROSSINGS_")}
    env |= {"PYTHONPATH": str(project / "src"), "HOME": str(home), "SHELL": "/bin/sh"}
    target = re.search(r"^lab:.*\n\t\$\(RUN\) (.*)", MAKE, re.M)[1].split()
    set_here = [f"--port={port}", "--ip=127.0.0.1", "--IdentityProvider.token=t", "--allow-root"]
    words = [sys.executable, "-W", "error", "-m", *target, "--no-browser", *set_here]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(words, cwd=project, env=env, stdout=log, stderr=log)
    page = browser.new_page()
    page.set_default_timeout(150_000)
    try:
        _until(lambda: _answers(port), (home / "log").read_text)
        page.goto(f"http://127.0.0.1:{port}/?token=t")
        page.locator(".jp-MarkdownViewer h1").first.wait_for()  # it covers what is opened before it
        yield SimpleNamespace(page=page, home=home, project=project, log=home / "log")
    finally:
        page.close()
        server.kill()  # asked to end, it waits for its kernels, at times for longer than a minute
        server.wait()


def _until(true, otherwise, do=lambda: None):
    """Do it, and again each 15 s: a page under load loses what comes before it is ready."""
    for tenth in range(1500):
        if not tenth % 150:
            do()
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(otherwise())


def _answers(port):
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


def _changed(project):
    words = ["git", "status", "--porcelain"]
    return subprocess.run(words, cwd=project, capture_output=True, text=True, check=True).stdout


def _menu(page, *names):
    for name in names:
        page.locator("[class$=itemLabel]:visible").get_by_text(name, exact=True).click()


def _open(lab, name):
    # Else the notebook opened before comes back, and its idle kernel is taken for that of this one.
    lab.page.goto(f"{lab.page.url.partition('/lab')[0]}/lab/tree/{name}?reset")
    lab.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()


def _run(lab):
    waiting = lab.page.locator(".jp-NotebookPanel:visible .jp-InputPrompt").get_by_text("[*]:")
    _menu(lab.page, "Run", "Run All Cells")
    waiting.first.wait_for()
    expect(waiting).to_have_count(0, timeout=150_000)


def _save(lab, name):
    file = lab.project / name
    written = file.stat().st_mtime_ns
    _until(
        lambda: file.stat().st_mtime_ns != written,
        lambda: f"{name} was not saved",
        do=lambda: _menu(lab.page, "File", "Save Notebook"),
    )


@needs_browser
def test_it_starts_at_the_root_on_the_readme_and_leaves_the_users_settings(lab):
    title = (lab.project / "README.md").read_text(encoding="utf-8").partition("\n")[0]
    shown = lab.page.locator(".jp-MarkdownViewer h1").first
    shown.wait_for()
    assert shown.inner_text().rstrip("¶") == title.removeprefix("# ")
    listed = lab.page.locator(".jp-DirListing-itemText").all_inner_texts()
    assert {"data", "notebooks", "figures", "README.md"} <= set(listed)
    assert not (lab.home / ".jupyter" / "lab").exists()
    assert not lab.page.locator(".Toastify__toast").count()


@needs_browser
def test_its_terminal_knows_the_commands(lab):
    _menu(lab.page, "File", "New", "Terminal")
    terminal = lab.page.locator(".jp-Terminal .xterm-helper-textarea")
    terminal.wait_for(state="attached")
    found = lab.home / "found"
    _until(
        lambda: found.exists() and found.read_text(),
        lambda: f"no command in the terminal: {lab.log.read_text()}",
        do=lambda: terminal.press_sequentially(f"\ncommand -v crossings >{found}\n"),
    )
    assert found.read_text().strip() == str(Path(sys.executable).parent / "crossings")


@needs_browser
def test_a_notebook_opened_run_and_saved_is_as_it_was_built(lab):
    name = "notebooks/00_start_here.ipynb"
    _open(lab, name)
    _save(lab, name)
    assert not _changed(lab.project)
    _run(lab)
    _save(lab, name)
    assert not _changed(lab.project)
    assert list((lab.project / "scratch" / "figures").glob("start-arrivals.*"))


@needs_browser
def test_an_own_notebook_calls_the_commands_and_is_saved_as_it_is(lab):
    cell = nbformat.v4.new_code_cell("!crossings check")
    own = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": KERNEL, "mine": 1})
    name = "scratch/own.ipynb"
    (lab.project / "scratch").mkdir(exist_ok=True)
    nbformat.write(own, lab.project / name)
    _open(lab, name)
    _run(lab)
    _save(lab, name)
    saved = nbformat.read(lab.project / name, 4)
    assert "0 faults" in saved.cells[0].outputs[0].text and saved.metadata["mine"] == 1
    assert not _changed(lab.project)

"""Shared by all tests: the project's folders, a warm process, and who runs what."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path

import pytest

from helpers.data.tables import TABLES
from helpers.figures import style
from helpers.figures.frames import Frames
from helpers.notebooks import warm as warming

ROOT = Path(__file__).resolve().parents[1]

_FIRST = (ROOT / "data" / "context" / "blind_years.csv").read_text("utf-8").splitlines()[1]
IN_GIT = bool(shutil.which("git")) and (ROOT / ".git").exists()
needs_git = pytest.mark.skipif(not IN_GIT, reason="no checkout of git, or no git: as from a ZIP")
BLIND = int(_FIRST.split(",")[3])
"""The year in the first row of ``blind_years``, which tests change."""

# Make matplotlib's font cache before any test or kernel counts its notice as a warning.
with style.own():
    pass


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder, to be broken, added to, imported into."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture
def unchecked(monkeypatch):
    """Leave out the check of what is written, where it is not the matter: it takes longest."""
    monkeypatch.setattr("helpers.entry.staging.check_all", lambda folder, today: [])


def contents(folder: Path) -> dict[Path, bytes]:
    """Return every file of a folder, to be compared."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="session")
def warm():
    """The one warm process that tests fork kernels from; on a busy machine they wait for it."""
    with pytest.MonkeyPatch.context() as patch, warming.Warm() as process:
        patch.setattr(warming, "WARM_UP_SECONDS", 600)
        asyncio.run(process.wait())
        assert process.fork == warming.can_fork()
        yield process


TOGETHER = {"test_build.py": "kernels", "test_kernels.py": "kernels"}
"""Files that share what is made once a session."""
LONG = [
    "kernels",
    "test_check.py",
    "test_site.py",
    "test_figures_all.py",
    "test_importers.py",
    "test_add.py",
]
"""Longest first, then worlds: a worker that is done early finds short ones left."""


def pytest_collection_modifyitems(items):
    """Keep a file on one worker, and a world: what is made once is made once there."""

    def group(item):
        world = getattr(item, "callspec", None) and item.callspec.params.get("folder")
        return world or TOGETHER.get(item.path.name, item.path.name)

    def rank(item):
        name = group(item)
        return LONG.index(name) if name in LONG else len(LONG) + name.endswith(".py")

    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))
    items.sort(key=rank)


# A browser, and what must not run in it ---------------------------------------------------------

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
HOSTILE = (
    "=1+1</script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
    '<svg onload=\'window.hit = 1\'>" onfocus="window.hit = 1" autofocus x="{people:a/b}\u2028\'`'
)
MARKDOWN = (
    "[run](javascript:window.hit=1) ![seen](http://seen.test/x.png) {{x}} `{raw} html` ``` ---\n# x"
)
BAD_ADDRESSES = ["javascript:window.hit = 1", "data:text/html,<script>1</script>", " JaVaScRiPt:1"]
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no chromium: apt-get install chromium")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Frames with markup in every text, and addresses of no web page."""
    folder = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("hostile") / "data")
    decisions = (folder / "DECISIONS.md").read_text(encoding="utf-8")
    spoilt = re.sub(
        r"(?m)^(## d\d+ |\*\*Choice\.\*\* )", lambda found: found[1] + HOSTILE, decisions
    )
    (folder / "DECISIONS.md").write_text(spoilt, encoding="utf-8")
    frames = Frames(folder)
    for name in ("incidents", "sources", "conflicts", "corrections"):
        frame = frames[name].copy()
        for column, about in TABLES[name].schema.columns.items():
            if about.kind == "text":
                frame[column] = HOSTILE + MARKDOWN + frame[column].fillna("").astype(str)
        if name == "sources":
            frame["url"] = [BAD_ADDRESSES[row % 3] for row in range(len(frame))]
        if name == "incidents":
            frame = frame.groupby("event_type", observed=True).head(3)
        frames.put(name, frame)
    return frames


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
        yield started
        started.close()

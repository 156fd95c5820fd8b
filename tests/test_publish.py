"""``crossings export``: figures for a report, whole, or a clear word on why there is none."""

from __future__ import annotations

import json
import re
import shutil
from types import SimpleNamespace
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from helpers.cli import app
from helpers.figures import style
from helpers.figures.frames import Frames
from helpers.figures.registry import Content, entries
from helpers.notebooks import rehearsal
from helpers.notebooks.guards import UNHELD
from helpers.publish import documents
from tests.conftest import BLIND, ROOT

SLUG = "direct-share"


def _export(*words):
    return CliRunner().invoke(app, ["export", *map(str, words)])


def test_the_command_and_the_notebook_give_the_same_bytes(tmp_path):
    result = _export(SLUG, "--format", "png,svg", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    names = {f"{SLUG}.{ending}" for ending in ("png", "svg", "csv", "json")}
    assert {path.name for path in tmp_path.iterdir()} == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (ROOT / "figures" / name).read_bytes()


@pytest.mark.parametrize("size", style.SHEETS)
def test_every_format_in_every_size_is_as_large_and_says_the_same(tmp_path, size):
    slugs, end = (SLUG, "rates-by-route"), "" if size == "full" else f"-{size}"
    result = _export(
        *slugs, "--size", size, "--format", "png,svg,pdf,rtf,tex", "--dpi", 100, "--out", tmp_path
    )
    assert result.exit_code == 0, result.output
    endings = ("png", "svg", "pdf", "rtf", "tex", "csv", "json")
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{slug}{end}.{ending}" for slug in slugs for ending in endings
    }
    for slug in slugs:
        made = {ending: tmp_path / f"{slug}{end}.{ending}" for ending in endings}
        words = json.loads(made["json"].read_bytes())
        (page,), svg = PdfReader(made["pdf"]).pages, ElementTree.parse(made["svg"]).getroot()
        with Image.open(made["png"]) as picture:
            sizes = [[pixels / 100 * 25.4 for pixels in picture.size]]
        sizes += [[float(svg.get(name).removesuffix("mm")) for name in ("width", "height")]]
        sizes += [[float(points) / 72 * 25.4 for points in page.mediabox[2:]]]
        for found in sizes:
            assert found == pytest.approx(
                [style.SHEETS[size].width_mm, words["height_mm"]], abs=0.3
            )
        for text in (page.extract_text(), "".join(svg.itertext())):
            assert re.sub(r"\s", "", words["title"]) in re.sub(r"\s", "", text)
        # The table is the same in all sizes, and every cell of it a reader's value.
        assert made["csv"].read_bytes() == (ROOT / "figures" / f"{slug}.csv").read_bytes()
        cells = pd.read_csv(made["csv"], dtype=str, keep_default_na=False).to_numpy().ravel()
        assert not [cell for cell in cells if re.match(r"(nan|NaT|None|<|[\[{=@+]).*$", cell)]


def test_all_that_cannot_be_had_is_told_at_once(tmp_path):
    result = _export("direct-shar", "no-such-thing", SLUG, "--out", tmp_path / "new")
    assert result.exit_code == 2
    assert "did you mean direct-share" in result.output and "'no-such-thing'" in result.output
    result = _export(SLUG, "--format", "gif,png,bmp", "--dpi", "3", "--out", tmp_path / "new")
    assert result.exit_code == 2
    assert all(word in result.output for word in ("'gif'", "'bmp'", "3 dots per inch"))
    assert not (tmp_path / "new").exists()


def test_a_fault_of_the_data_writes_nothing(tmp_path):
    part = tmp_path / "part"
    part.mkdir()
    shutil.copy(ROOT / "data" / "context" / "official_totals.csv", part)
    text = (part / "official_totals.csv").read_text(encoding="utf-8")
    (part / "official_totals.csv").write_text(
        text.replace(",direct_all,", ",nonsense,", 1), "utf-8"
    )
    assert "nonsense" in (part / "official_totals.csv").read_text("utf-8")
    result = _export(SLUG, "--data", part, "--out", tmp_path / "new")
    assert result.exit_code == 1 and "nonsense" in result.output
    assert not (tmp_path / "new").exists()


def test_other_data_gives_another_figure_and_another_version(tmp_path):
    part = tmp_path / "part"
    part.mkdir()
    lines = (ROOT / "data" / "incidents" / "incidents.csv").read_text("utf-8").splitlines(True)
    kept = [line for line in lines if not line.startswith("2017-11-13-jsa-soldier,")]
    (part / "incidents.csv").write_text("".join(kept), "utf-8")
    result = _export(SLUG, "--data", part, "--format", "svg", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    old, new = (
        json.loads((folder / f"{SLUG}.json").read_text("utf-8"))
        for folder in (ROOT / "figures", tmp_path)
    )
    assert old["data_version"] != new["data_version"]
    assert old["code_version"] == new["code_version"]
    changed = {path for path in old["data"] if old["data"][path] != new["data"][path]}
    assert changed == {"incidents/incidents.csv"}


def test_only_a_period(tmp_path):
    result = _export(SLUG, "--since", "2010", "--until", "2015", "--no-title", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    words = json.loads((tmp_path / f"{SLUG}-no-title.json").read_text("utf-8"))
    assert words["period"] == [2010, 2015]
    assert words["subtitle"].endswith("; only from 2010 to 2015")
    table = pd.read_csv(tmp_path / f"{SLUG}-no-title.csv", dtype=str)
    assert [*table["period"]] == [str(year) for year in range(2010, 2016)]
    for words, told in (
        (["jsa-waits", "--since", "2010"], "jsa-waits tells the whole time"),
        ([SLUG, "--since", "2010", "--until", "2005"], "no year lies between"),
        ([SLUG, "--style", tmp_path / "none.mplstyle"], "none.mplstyle"),
    ):
        result = _export(*words, "--out", tmp_path / "new")
        assert result.exit_code == 2 and told in result.output and "Traceback" not in result.output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("slug", [slug for slug, figure in entries().items() if not figure.whole])
def test_every_figure_takes_a_period(slug):
    """Also one without a crossing of the JSA, and one of a single year."""
    for since, until in ((2010, 2015), (None, 2001), (2024, None), (2017, 2017)):
        frames = Frames(ROOT / "data", since, until)
        made = entries()[slug].make(frames)
        assert ("; only " in made.subtitle) == bool(frames.cut & {*made.tables})


def test_a_style_on_top_of_ours(tmp_path):
    style = tmp_path / "mine.mplstyle"
    style.write_text("axes.facecolor: 123456\nfont.family: DejaVu Serif\n")
    result = _export(SLUG, "--format", "svg", "--style", style, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    picture = (tmp_path / f"{SLUG}.svg").read_text("utf-8")
    assert "#123456" in picture and "DejaVu Serif" in picture and "Fira Sans" not in picture


def test_captions_name_the_sources_in_full(tmp_path):
    result = _export(SLUG, "--format", "tex,rtf", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    words = json.loads((tmp_path / f"{SLUG}.json").read_text("utf-8"))
    sources = pd.read_csv(ROOT / "data" / "sources.csv", dtype=str).set_index("source_id")
    tex = (tmp_path / f"{SLUG}.tex").read_text("utf-8")
    rtf = (tmp_path / f"{SLUG}.rtf").read_bytes()
    assert tex.count(r"\item ") == len(words["sources"]) and not set(words["sources"]) & {
        *tex.split()
    }
    assert rtf.isascii() and rtf.startswith(b"{\\rtf1") and rtf.count(b"{") == rtf.count(b"}")
    back = re.sub(
        rb"((?:\\u-?\d+\?)+)",
        lambda run: b"".join(
            (int(unit) % 65536).to_bytes(2, "little") for unit in re.findall(rb"-?\d+", run[0])
        ).decode("utf-16-le").encode(),
        rtf,
    ).decode()  # fmt: skip
    for key in words["sources"]:
        cited = sources.loc[key]
        assert cited["publisher"].replace("&", r"\&") in tex and cited["publisher"] in back
        assert cited["url"] in back and cited["url"].replace("%", r"\%").replace("#", r"\#") in tex
        assert cited["title"].replace("\\", "") in back


@pytest.fixture
def broken(monkeypatch):
    """A figure that asks for a table and raises."""

    def make(frames):
        return frames["blind_years"].loc["gone"]

    entry = SimpleNamespace(slug="broken", notebook="02_across_the_line.ipynb", make=make)
    monkeypatch.setattr(documents, "entries", lambda: dict(entries()) | {"broken": entry})


def test_a_figure_that_raises_is_named_and_nothing_is_written(tmp_path, broken):
    result = _export("broken", SLUG, "--out", tmp_path / "new")
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert (
        "error in figure broken (02_across_the_line.ipynb, blind_years): KeyError: 'gone'"
        in result.output
    )
    assert "Nothing was written." in result.output and not (tmp_path / "new").exists()
    assert _export("broken", "--list").exit_code == 1


def test_one_that_cannot_be_drawn_is_named_too(tmp_path, monkeypatch):
    monkeypatch.setattr(Content, "page", lambda self, size, titled: [][len(size)])
    result = _export(SLUG, "--out", tmp_path / "new")
    assert result.exit_code == 1 and not (tmp_path / "new").exists()
    assert f"error in figure {SLUG} ({entries()[SLUG].notebook}, " in result.output
    assert "IndexError" in result.output


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Let all figures and documents stand in one notebook with the cells given."""

    def write(*cells):
        path = tmp_path / "one.ipynb"
        cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        unheld = rehearsal.unheld
        monkeypatch.setattr(rehearsal, "unheld", lambda _, data_dir: unheld([path], data_dir))

    return write


CLAIM = "from helpers.notebooks.guards import holds\nholds('Few come by land', {}, by_land=37)"
TOLD = f"{UNHELD}\n  one.ipynb: Few come by land (by land 37)"


def test_what_no_longer_holds_is_listed_and_the_figure_written(tmp_path, notebook):
    notebook(CLAIM.format(False))
    result = _export(SLUG, "--out", tmp_path / "new")
    assert result.exit_code == 0 and TOLD in result.output
    assert (tmp_path / "new" / f"{SLUG}.png").is_file()
    notebook(CLAIM.format(True))
    assert UNHELD not in _export(SLUG, "--out", tmp_path / "new").output


def test_only_the_notebooks_of_the_figures_are_rehearsed(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(rehearsal, "unheld", lambda paths, _: asked.extend(paths) or ({}, []))
    assert _export(SLUG, "--out", tmp_path / "new").exit_code == 0
    assert asked == [ROOT / "notebooks" / entries()[SLUG].notebook]


def test_a_notebook_that_raises_writes_nothing(tmp_path, notebook, data):
    notebook("from helpers.notebooks.guards import holds", "holds('None', 1 / 0)")
    for result in (_export(SLUG, "--out", tmp_path / "new"), _document(data)):
        assert result.exit_code == 1 and "Nothing was written." in result.output
        assert "error in notebook one.ipynb: cell 2: ZeroDivisionError" in result.output
    assert not (tmp_path / "new").exists()


# Documents ----------------------------------------------------------------------------------------


def _document(folder):
    return CliRunner().invoke(app, ["document", "--data", str(folder)])


def test_documents_follow_the_data_and_what_no_longer_holds_is_listed(data, notebook):
    notebook(CLAIM.format(False))
    (data / "CODEBOOK.md").unlink()
    result = _document(data)
    assert result.exit_code == 0, result.output
    assert TOLD in result.output and (data / "CODEBOOK.md").is_file()
    assert "Wrote CODEBOOK.md in data/\nAll else is up to date.\n" in result.output


def test_documents_that_are_as_they_should_be_are_not_said_to_be_written(data, monkeypatch):
    monkeypatch.setattr(documents, "document", lambda folder: ({folder: []}, {}))
    assert _document(data).output == "Nothing changed: all is up to date.\n"


def test_documents_of_bad_data_are_not_written(data):
    path = data / "context" / "blind_years.csv"
    path.write_text(path.read_text("utf-8").replace(f",{BLIND},", ",then,", 1), "utf-8")
    (data / "CODEBOOK.md").unlink()
    result = _document(data)
    assert result.exit_code == 1 and "blind_years.csv:2:" in result.output
    assert "Nothing was written." in result.output and not (data / "CODEBOOK.md").exists()


def test_the_list_shows_every_figure():
    result = _export("--list")
    assert result.exit_code == 0, result.output
    for entry in entries().values():
        assert entry.slug in result.output and entry.notebook in result.output


@pytest.mark.parametrize("slug", entries())
def test_the_sources_of_a_figure_are_registered(slug):
    words = json.loads((ROOT / "figures" / f"{slug}.json").read_text("utf-8"))
    lines = (ROOT / "data" / "sources.csv").read_text("utf-8").splitlines()[1:]
    known = {line.split(",", 1)[0] for line in lines}
    assert words["sources"] and set(words["sources"]) <= known
    for path, digest in words["data"].items():
        assert len(digest) == 64 and (ROOT / "data" / path).is_file()

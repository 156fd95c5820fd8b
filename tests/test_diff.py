"""What a change of the data changes: findings by name, the rows behind them, figures."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest
from typer.testing import CliRunner

from helpers import load
from helpers.cli import app
from helpers.data import changes, overlay
from helpers.data.tables import TABLES
from helpers.figures.frames import Frames
from helpers.figures.registry import entries
from helpers.layers import FILES
from helpers.notebooks.guards import UNHELD, Claim
from helpers.publish import compare, findings
from tests.conftest import BLIND, ROOT, needs_git

GONE = "2017-11-13-jsa-soldier"
WIDTH = 80


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    """A folder with only the register, one row short."""
    folder = tmp_path_factory.mktemp("part")
    lines = (ROOT / "data" / "incidents" / "incidents.csv").read_text("utf-8").splitlines(True)
    kept = [line for line in lines if not line.startswith(f"{GONE},")]
    assert len(kept) == len(lines) - 1
    (folder / "incidents.csv").write_text("".join(kept), "utf-8")
    return folder


@pytest.fixture(scope="module")
def states(part, tmp_path_factory):
    """The difference that the row makes, and the findings of the project on the way to it."""
    after = overlay.whole(part, ROOT / "data", tmp_path_factory.mktemp("whole") / "data")
    made, compute = [], findings.compute
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings, "compute", lambda frames: made.append(compute(frames)) or made[-1])
        return compare.compare(ROOT / "data", after), made[0]


@pytest.fixture(scope="module")
def difference(states):
    return states[0]


@pytest.fixture(scope="module")
def found(difference):
    return json.loads(compare.as_json(difference))


@pytest.fixture(scope="module")
def own(states):
    return states[1]


@pytest.fixture
def few(monkeypatch, tmp_path):
    """Let findings be only those given, and notebooks only those of a folder."""

    def choose(**sentences):
        monkeypatch.setattr(findings, "SENTENCES", sentences)
        monkeypatch.setattr(findings, "SAID_IN", dict.fromkeys(sentences, "one.ipynb"))
        monkeypatch.setattr(findings, "by_notebook", list)
        paths = list(tmp_path.glob("*.ipynb"))
        monkeypatch.setattr(compare, "find_notebooks", lambda: paths)

    return choose


def _diff(*words):
    return CliRunner().invoke(app, ["diff", *map(str, words)])


def _notebook(folder, *cells):
    cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "one.ipynb")


def test_every_finding_has_a_text(own):
    assert not findings.raised(own)
    assert all(one.text for one in own.values())
    assert all(one.notebook.endswith((".ipynb", "README.md")) for one in own.values())
    layers = {f"geo/{name}" for name in FILES}
    assert all(one.tables and one.tables <= set(TABLES) | layers for one in own.values())


def test_every_figure_and_every_sentence_is_a_finding(own):
    assert set(own) == {*findings.SENTENCES, *entries()}
    assert not set(findings.SENTENCES) & set(entries())


def test_names_finding_before_after_and_row(found):
    changed = {one["name"]: one for one in found["findings"]}
    jsa = changed["jsa-among-the-rest"]
    cases = findings.counts(Frames(ROOT / "data"))
    own, all_ = (
        cases[name, "incident/incidents"] for name in ("JSA", "All direct routes to the South")
    )
    assert f"{own} of {all_}" in jsa["before"] and f"{own - 1} of {all_ - 1}" in jsa["after"]
    assert [row["key"] for row in jsa["rows"]] == [GONE]
    assert jsa["rows"][0]["kind"] == "removed" and jsa["rows"][0]["table"] == "incidents"


def test_findings_on_other_tables_are_the_same(found):
    changed = {one["name"] for one in found["findings"]}
    assert not {"rounds-and-hits", "arrivals-by-year", "claims-checked"} & changed
    told = len(changed) + found["same_findings"] + len(found["errors"])
    assert told == len(findings.SENTENCES) + len(entries())


def test_names_the_figures_that_change(found):
    figures = {one["slug"]: one for one in found["figures"]}
    assert figures["jsa-among-the-rest"]["kind"] == "changed"
    assert {"title", "fact", "table"} <= set(figures["jsa-among-the-rest"]["what"])
    assert "arrivals-by-year" not in figures


def test_begins_with_the_counts(difference):
    first, *_ = compare.show(difference).splitlines()
    before = findings.counts(Frames(ROOT / "data"))["JSA", "incident/incidents"]
    assert first == f"JSA: {before} -> {before - 1} incidents"


def test_short_and_nothing_is_broken(difference):
    said = compare.show(difference, width=WIDTH)
    assert all(len(line) <= WIDTH for line in said.splitlines())
    assert len(said.splitlines()) <= 40
    assert f" {GONE} removed" in said and "1 row changed:" in said
    for one in [*difference.findings, *difference.figures]:
        name = getattr(one, "name", None) or one.slug
        assert name in said.replace(",", " ").split()


def test_in_full_each_sentence_and_what_is_behind_it(difference):
    said = compare.show(difference, full=True, width=WIDTH)
    assert all(len(line) <= WIDTH for line in said.splitlines())
    flat = " ".join(said.split())
    for one in difference.findings:
        for text in (f"{one.name} ({one.notebook})", one.before, one.after):
            assert " ".join(text.split()) in flat
    assert f"incidents {GONE} removed" in said


def test_many_rows_are_told_with_how_many_more():
    table = TABLES["incidents"]
    rows = [changes.RowChange(table.name, f"case-{n}", "added", n) for n in range(2, 30)]
    cells = {f"column_{n}": ["old " * 20, "new " * 20] for n in range(9)}
    rows.append(changes.RowChange("blind_years", "span", "changed", 2, cells))
    said = compare.show(compare.Difference((), (), tuple(rows), (), 0))
    assert f"and {28 - changes.ROWS_SHOWN} more in incidents" in said
    assert "span changed: column_0, column_1" in said and len(said.splitlines()) < 20
    assert "case-29" in compare.show(compare.Difference((), (), tuple(rows), (), 0), full=True)


def test_for_a_job_summary(difference):
    said = compare.as_markdown(difference)
    assert "| jsa-among-the-rest | " in said and f"incidents {GONE} removed" in said
    assert said.startswith("- JSA: ")


# What the newer data break ------------------------------------------------------------------------


def test_claims_that_no_longer_hold_are_listed_and_stop_nothing(part, few, tmp_path):
    count = "from helpers import load\nn = len(load.incidents())"
    guard = "from helpers.notebooks.guards import holds"
    claim = guard + "\nholds('The register has a case more', n == {}, cases=n)"
    before = len(load.incidents(ROOT / "data"))
    _notebook(tmp_path, count, claim.format(before), "holds('It has cases', n > 0)")
    few(cases=lambda f: f"There are {len(f['incidents'])} cases.")
    result = _diff("--data", part)
    assert result.exit_code == 0, result.output
    told = f"one.ipynb: The register has a case more (cases {before - 1})"
    assert f"{UNHELD}\n  {told}" in result.output and "It has cases" not in result.output


def test_what_raises_is_an_error_with_its_name_and_the_rest_is_told(part, few, tmp_path):
    _notebook(tmp_path, "from helpers.notebooks.guards import holds", "holds('None', {}['gone'])")
    few(bad=lambda f: str(f["incidents"].iloc[:0].loc[7]), good=lambda f: str(len(f["incidents"])))
    result = _diff("--data", part)
    assert result.exit_code == 1
    assert "error in finding bad (one.ipynb, incidents): KeyError: 7" in result.output
    assert "error in notebook one.ipynb: cell 2: KeyError: 'gone'" in result.output
    assert "1 finding changed, 0 did not:\n  good" in result.output
    assert "Traceback" not in result.output


def test_pages_for_summary_and_machines_hold_it_too():
    unheld = {"one.ipynb": [Claim("Few come by land", False, {"by land": "37"})]}
    broken = compare.Difference((), (), (), (), 0, unheld, ("error in finding bad",))
    page = compare.as_markdown(broken)
    assert f"{UNHELD}\n\n- one.ipynb: Few come by land (by land 37)" in page
    assert "- **error in finding bad**" in page
    read = json.loads(compare.as_json(broken))
    assert read["unheld"]["one.ipynb"][0]["found"] == {"by land": "37"}
    assert read["errors"] == ["error in finding bad"]


def test_what_the_base_cannot_give_is_no_error(part, few):
    few(new=lambda f: "It is." if f.data_dir != ROOT / "data" else str(1 / 0))
    result = _diff("--data", part, "--full")
    assert result.exit_code == 0, result.output
    assert "before: (not computable in the base: ZeroDivisionError: division by zero)" in (
        " ".join(result.output.split())
    )


def test_faults_of_the_data_are_told_all_at_once(tmp_path, few):
    for name, year in [("blind_years", f",{BLIND}"), ("border_events", ",19")]:
        text = (ROOT / "data" / TABLES[name].path).read_text("utf-8")
        assert year in text
        (tmp_path / f"{name}.csv").write_text(text.replace(year, ",then", 1), "utf-8")
    few(one=lambda f: str(len(f["blind_years"])), two=lambda f: str(len(f["border_events"])))
    result = _diff("--data", tmp_path)
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert "blind_years.csv:2:" in result.output and "border_events.csv:" in result.output


# Bases and parts ----------------------------------------------------------------------------------


def test_nothing_differs_from_itself(few):
    few(cases=lambda f: str(len(f["incidents"])))
    assert not compare.compare(ROOT / "data", ROOT / "data")


@needs_git
def test_a_checkout_of_another_user_is_asked_all_the_same(monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert changes.git("rev-parse", "HEAD").returncode == 0


@needs_git
def test_a_revision_gives_its_data(tmp_path):
    with changes.base_data("HEAD", tmp_path) as folder:
        assert folder != ROOT / "data"
        assert (folder / "datapackage.json").is_file() and (folder / "sources.csv").is_file()


def test_base_that_is_neither_folder_nor_revision():
    result = CliRunner().invoke(app, ["diff", "--base", "no-such-revision"])
    assert result.exit_code == 2 and "no such folder" in result.output


def test_a_moment_put_in_between_changes_no_other(tmp_path):
    table = TABLES["jsa_timeline_2017"]
    old, new = (shutil.copytree(ROOT / "data", tmp_path / name) for name in ("old", "new"))
    head, *rows = (new / table.path).read_text("utf-8").splitlines(True)
    rows.insert(2, rows[2].replace(",defector,", ",other,", 1))
    numbered = [f"{n},{row.split(',', 1)[1]}" for n, row in enumerate(rows, 1)]
    (new / table.path).write_text("".join([head, *numbered]), "utf-8")
    assert changes.changed_rows(table, old, new) == [changes.RowChange(table.name, "3", "added", 4)]


def test_rows_by_key(tmp_path):
    table = TABLES["blind_years"]
    old, new = (shutil.copytree(ROOT / "data", tmp_path / name) for name in ("old", "new"))
    head, first, second, *rest = (new / table.path).read_text("utf-8").splitlines(True)
    key, *cells = first.split(",")
    later = first.replace(f",{BLIND},", f",{BLIND + 1},", 1)
    moved = [head, *rest, later, ",".join(["new_span", *cells])]
    (new / table.path).write_text("".join(moved), "utf-8")
    place = len(rest) + 2
    years = {"first_year": [str(BLIND), str(BLIND + 1)]}
    assert changes.changed_rows(table, old, new) == [
        changes.RowChange(table.name, key, "changed", place, years),
        changes.RowChange(table.name, "new_span", "added", place + 1),
        changes.RowChange(table.name, second.split(",")[0], "removed", 3),
    ]


def test_figures_by_words_and_table():
    parts = {"title": "One", "fact": "It is one.", "table": "a"}
    old = {
        name: findings.Found("text", frozenset(), kept)
        for name, kept in {"a": parts, "b": parts, "c": parts, "d": {}, "e": {}}.items()
    }
    new = old | {
        "a": findings.Found("text", frozenset(), parts | {"title": "Another"}),
        "b": findings.Found("", frozenset(), {}, "one.ipynb", KeyError("b")),
        "d": findings.Found("text", frozenset(), parts),
    }
    assert compare.changed_figures(old, new) == [
        compare.FigureChange("a", "changed", ("title",)),
        compare.FigureChange("d", "added", ()),
    ]


def test_excerpt_shows_what_differs():
    before = "one two three four five six seven eight nine ten"
    after = "one two three four five 6 seven eight nine ten"
    assert compare.excerpt(before, after, 1) == "… five six seven …"
    assert compare.excerpt(before, before) == "…"

"""The lists of codes: read from their table, named by the code, added to by who has a new case."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter

import pytest

from helpers import load
from helpers.cli import app
from helpers.data import vocab
from helpers.data.check import check_all, report
from helpers.data.tables.vocabularies import ROLES, VOCABULARIES, named
from helpers.data.vocab import Route
from helpers.figures import jsa_cards
from helpers.figures.frames import Frames
from helpers.figures.style import COLOURS
from helpers.notebooks.run import find_notebooks
from tests.conftest import ROOT

#: What the Korean press writes in Latin letters too, and the name of a standard.
LATIN = {"DMZ", "GP", "ISO", "JSA", "MDL", "NLL", "UN"}
NOTEBOOKS = find_notebooks()


@pytest.fixture(autouse=True)
def _the_projects_own():
    yield
    vocab.use(ROOT / "data")


def _sources():
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").glob("*.py")]:
        yield path, path.read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        yield path, "\n".join(line for line in "\n".join(code).split("\n") if line[:1] not in "%!")


def _named(source):
    """Return list and name of each term that a source names, by its syntax tree."""
    tree = ast.parse(source)
    lists = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "helpers.data.vocab"
        for alias in node.names
        if alias.name != "Term"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.isupper():
            owner = ast.unparse(node.value)
            if owner in lists or owner.startswith("vocab."):
                yield owner.removeprefix("vocab."), node.attr


def test_every_term_that_the_code_names_has_a_row():
    found = Counter()
    for path, source in _sources():
        for kind, name in _named(source):
            assert name in dir(getattr(vocab, kind)), f"{path.name}: {kind}.{name}"
            found[kind, name] += path.is_relative_to(ROOT / "src")
    assert len(found) > 50
    # The check of the table finds them without a parser.
    assert {one for one, times in found.items() if times} <= set(named())


def test_a_term_is_its_value_with_label_definition_and_colour():
    assert Route.JSA == "jsa" == f"{Route.JSA}" and Route("jsa") is Route.JSA
    assert Route.JSA.label == "Joint Security Area" and Route.JSA.definition.endswith(".")
    assert next(iter(Route)) is Route.JSA and Route.values()[0] == "jsa"
    assert Route.labels()["air"] == "Air" and (Route.AIR.role, Route.JSA.role) == ("air", "subject")
    assert set(ROLES) <= set(COLOURS) and Route.JSA.role == "subject"
    assert "Route" in dir(vocab) and "JSA" in dir(Route)
    assert [*load.incidents()["route"].cat.categories] == Route.values()
    with pytest.raises(AttributeError, match=r"'Route.MARS':\s+the code names it; expected a row"):
        getattr(Route, "MARS")  # noqa: B009
    with pytest.raises(ValueError, match="'mars': expected one of jsa, dmz_land"):
        Route("mars")
    with pytest.raises(AttributeError, match="no attribute 'route'"):
        getattr(vocab, "route")  # noqa: B009


def test_each_committed_term_is_said_in_korean_once_a_list():
    terms = load.vocabularies(ROOT / "data")
    korean = terms[["label_ko", "definition_ko"]]
    assert terms[korean.isna().any(axis=1)].empty
    said = korean.stack()
    latin = said.str.findall(r"[A-Za-z]+").explode().dropna()
    assert latin[~latin.isin(LATIN)].empty and said.str.contains("[가-힣]").all()
    assert terms[terms.duplicated(["vocabulary", "label_ko"])].empty


def _changed(folder, old, new):
    file = folder / VOCABULARIES.path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


SEA = next(
    line
    for line in (ROOT / "data" / VOCABULARIES.path).read_text("utf-8").splitlines(True)
    if line.startswith("Route,east_sea,")
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (SEA, SEA.replace("East", "East,", 1), "label|the row has 8 cells; expected 7 cells"),
        (SEA, SEA.replace(",sea,", ",ocean,"), "role|not allowed; expected one of subject, line"),
        (
            SEA,
            SEA.replace(".,", ",", 1),
            "definition|contradicts another column; expected a s",
        ),
        (SEA, SEA.replace(".\n", "\n"), "definition_ko|contradicts another column; expected a s"),
        (SEA, SEA.replace("east_sea", "east sea"), "value|not allowed; expected 1 to 60 letters"),
        (SEA, SEA + SEA, "value|stands on line 70 too"),
        (SEA, SEA + SEA.replace("east_sea", "EAST_sea"), "value|expected a code that differs in"),
        ("Means,raft,", "Mean,raft,", "vocabulary|is no list; expected a value of the list Vocab"),
        (SEA, "", "value|the code names it; expected a row; restore it"),
        ("Currency,cny,", "Currencies,cny,", "vocabulary|is no list; expected a value"),
        (
            "Vocabulary,Side,Side,",
            "Vocabulary,Sides,Side,",
            "vocabulary|is no list; expected a value",
        ),
    ],
)
def test_a_fault_of_the_lists_is_told_with_its_place(data, old, new, told):
    _changed(data, old, new)
    faults = [fault for fault in check_all(data) if fault.file == VOCABULARIES.path]
    column, words = told.split("|")
    assert {fault.column for fault in faults} == {column}
    assert words in str(faults[-1]), faults[-1]


def test_a_list_that_a_column_holds_must_have_terms(data):
    file = data / VOCABULARIES.path
    rows = [line for line in file.read_text("utf-8").splitlines(True) if "YesNo," not in line]
    file.write_text("".join(rows), encoding="utf-8")
    [fault] = [fault for fault in check_all(data) if fault.file == VOCABULARIES.path]
    assert (fault.column, fault.value) == ("vocabulary", "YesNo")
    assert "holds its terms; expected a row; restore its rows" in str(fault)


@pytest.mark.parametrize("command", [["check"], ["export", "direct-share"]])
def test_without_the_lists_a_command_says_so(data, command, monkeypatch):
    (data / VOCABULARIES.path).unlink()
    monkeypatch.setenv("CROSSINGS_DATA", str(data))
    code = f"from helpers.cli import app; app({command!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=data, check=False
    )
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "vocabularies.csv:0:\n    file is missing; expected a file voc" in told
    assert "Traceback" not in told


PARAGLIDER = "Means,paraglider,Paraglider,A wing without an engine.,,,\n"


@pytest.fixture
def wider(data):
    """A data folder with one more term, which a row uses, and with another label."""
    _changed(data, "Means,boat,Boat,", f"{PARAGLIDER}Means,boat,Vessel,")
    register = data / "incidents" / "incidents.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace(",jsa,foot,", ",jsa,paraglider,", 1), encoding="utf-8")
    return data


def test_a_new_term_is_used_like_any_other(wider):
    assert check_all(wider) == [], report(check_all(wider))
    frame = load.incidents(wider)
    order = [*frame["means"].cat.categories]
    assert frame["means"].eq("paraglider").sum() == 1
    assert order.index("paraglider") == order.index("boat") - 1
    assert vocab.Means("paraglider").label == "Paraglider" and vocab.Means.BOAT.label == "Vessel"
    assert "Paraglider" in jsa_cards.table(Frames(wider))["means"].tolist()
    rows = load.vocabularies(wider)
    assert rows[rows["vocabulary"].eq("Means")]["value"].tolist() == order


def test_the_lists_in_use_are_those_of_the_folder_last_read(wider, tmp_path):
    boat = vocab.Means.BOAT
    vocab.use(wider)
    assert "paraglider" in vocab.Means.values() and vocab.Means.BOAT is boat
    vocab.use(tmp_path)  # it has none of its own
    assert boat.label == "Vessel"
    load.incidents()
    assert boat.label == "Boat"
    with pytest.raises(AttributeError):
        getattr(vocab.Means, "PARAGLIDER")  # noqa: B009


def test_a_folder_of_tables_that_differ_may_bring_its_own_lists(wider, tmp_path):
    from typer.testing import CliRunner

    mine = tmp_path / "mine"
    mine.mkdir()
    for name in ("vocabularies.csv", "incidents/incidents.csv"):
        (mine / name.split("/")[-1]).write_bytes((wider / name).read_bytes())
    done = CliRunner().invoke(app, ["check", "--data", str(mine)])
    assert (done.output, done.exit_code) == ("0 faults\n", 0)
    _changed(mine, PARAGLIDER, "")
    done = CliRunner().invoke(app, ["check", "--data", str(mine)])
    assert "means: 'paraglider':\n    not in the vocabulary" in done.output

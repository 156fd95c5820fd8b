"""Text from data stays text: in Markdown, HTML, figures, the index, the terminal, a browser."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from itertools import chain, cycle
from xml.etree import ElementTree

import mistune
import nbformat
import pytest
from bs4 import BeautifulSoup
from IPython.core.formatters import DisplayFormatter
from nbconvert import HTMLExporter
from pypdf import PdfReader
from typer.testing import CliRunner

from helpers import export, load
from helpers.cli import app
from helpers.data.check import check_all
from helpers.data.tables import TABLES
from helpers.figures import Frames, style
from helpers.figures.registry import Content, entries
from helpers.notebooks import gallery, tables
from helpers.notebooks.run import code, find_notebooks, read
from helpers.words import in_html, in_markdown
from tests import pages
from tests.conftest import ROOT, needs_browser

SVG = "{http://www.w3.org/2000/svg}"
ODD = (
    "Price $x_1^2$ *em* __b__ `c` [a](../../etc) ![p](https://example.org/p.png) | ~~s~~ "
    "{people} %s \\textbf [red]r[/red] A&B"
)
"""What the check lets pass: nothing of it is wrong as text."""
HOSTILE = [
    "<script>window.hit = 1</script>", "<img src=x onerror='window.hit = 1'>", "a &lt;b&gt; c",
    "[a](javascript:window.hit=1)", "=1+1", "+1", "-1", "@SUM(A1)", "\x1b[31mred", "a\u202eb",
]  # fmt: skip
"""What it refuses."""
ALL = [
    ODD,
    *HOSTILE,
    "# a",
    "1. a",
    "> a",
    "- a",
    "x" * 300,
    "snake_case",
    "a < b, c > d",
    "$5, $6",
]
TEXTS = [
    (name, column)
    for name, table in TABLES.items()
    for column, about in table.schema.columns.items()
    if about.kind == "text"
]


LISTS = "vocabularies"
FILLED = [(name, c) for name, c in TEXTS if load.table(name, ROOT / "data")[c].notna().any()]


def _folder(folder, odd):
    """Return a data folder in which ``odd`` stands in every text column, where it is not judged."""
    shutil.copytree(ROOT / "data", folder)
    for name, table in TABLES.items():
        with (folder / table.path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for column in [column for owner, column in TEXTS if owner == name]:
            for row in rows:
                row[column] = odd(name, column, row[column]) if row[column] else ""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (folder / table.path).write_text(text.getvalue(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("text", ALL)
def test_markdown_and_html_show_what_the_text_says(text):
    page = BeautifulSoup(
        mistune.html(f"**{in_markdown(text)}** {in_markdown(text)}"), "html.parser"
    )
    assert {tag.name for tag in page.find_all()} == {"p", "strong"}
    alone = BeautifulSoup(mistune.html(in_markdown(text)), "html.parser")
    assert alone.get_text().strip() == text and {tag.name for tag in alone.find_all()} == {"p"}
    html = BeautifulSoup(in_html(text), "html.parser")
    assert html.get_text() == text
    assert {(tag.name, tag.string) for tag in html.find_all()} <= {("span", "$")}


def test_the_check_refuses_what_could_run_in_every_text_column(tmp_path):
    turn = cycle(HOSTILE)
    # The lists of codes by themselves: without them no table can be judged.
    told = set()
    for lists in (True, False):
        folder = _folder(
            tmp_path / f"{lists}",
            lambda n, _, t, lists=lists: next(turn) if (n == LISTS) == lists else t,
        )
        told |= {(fault.file, fault.column) for fault in check_all(folder)}
    assert not [at for at in FILLED if (TABLES[at[0]].path, at[1]) not in told]
    for form in ("text", "json"):
        result = CliRunner().invoke(app, ["check", "--data", str(folder), "--format", form])
        assert result.exit_code == 1 and not re.search("[\x1b\u202e]", result.output)


def _longer(folder, least, more):
    """Return a data folder in which ``more`` follows the short texts, where it is not judged."""
    judged = {"arrivals_annual": "period", "conflicts": "value", "jsa_facts_2017": "value",
              "claim_evidence": "record_id", "jsa_geometry": "value"}  # fmt: skip

    def odd(name, column, text):
        if judged.get(name) == column or column in ("definition", "definition_ko", "unit"):
            return text
        most = TABLES[name].schema.columns[column].high
        fits = len(text) < 40 and len(text) + least <= most
        return (text + more)[:most].strip() if fits else text

    return Frames(_folder(folder, odd))


@pytest.mark.parametrize("more", ["-" + "x" * 60, " and many words more" * 3])
def test_no_label_leaves_the_page_however_long(tmp_path, more):
    frames = _longer(tmp_path / "data", 1, more)
    for slug in (
        "crossing-in-six-frames", "crossing-minute-by-minute", "sources-agree", "jsa-cards",
        "map-direct-crossings", "origin-by-province", "prices-claimed", "routes-over-time",
        "ways-through-china",
    ):  # fmt: skip
        page = entries()[slug].make(frames).page("column")
        assert pages.off_page(page) == []


def test_odd_text_changes_neither_figures_nor_index(tmp_path):
    frames = _longer(tmp_path / "data", 15, " $x_1^2$ *em*")
    files, shown = {}, 0
    for slug, entry in entries().items():
        content = entry.make(frames)
        files |= export.files(
            content, style.page(content.title, "", ""), (), data_dir=ROOT / "data"
        )
        if slug in ("map-direct-crossings", "routes-over-time", "origin-by-province"):
            svg = export.render(content.page(), "svg", alt=content.alt).decode()
            shown += len(re.findall(r"\$x_1\^2\$ \*em\*", svg))
    assert shown > 10
    for name in [name for name in files if name.endswith(".csv")]:
        for cell in chain.from_iterable(csv.reader(io.StringIO(files[name].decode()))):
            assert not re.match(r"[=+@\t\r]|-(?!\d+(\.\d+)?(e-?\d+)?$)", cell), (name, cell)
    made_by = {slug: entry.notebook for slug, entry in entries().items()}
    index = BeautifulSoup(mistune.html(gallery.index(files, made_by).decode()), "html.parser")
    assert len(index.find_all("img")) == len(made_by)
    assert "$x_1^2$ *em*" in index.get_text()


def test_a_figure_draws_what_is_written(tmp_path):
    def draw(**words):
        page = style.page(**words)
        style.axes(page).text(0.1, 0.5, ODD[:16], path_effects=style.HALO)
        return page

    content = Content(
        title=ODD[:30], subtitle=ODD, source=ODD, alt=ODD, fact=ODD, draw=draw, slug="odd",
        table=pages.frames()["nll_1953_points"],
    )  # fmt: skip
    made = export.files(content, content.page(), export.FORMATS)
    svg = ElementTree.fromstring(made["odd.svg"])
    assert svg.findtext(f"{SVG}desc") == ODD == json.loads(made["odd.json"])["alt"]
    assert ODD[:16] in ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]
    assert ODD[:16] in PdfReader(io.BytesIO(made["odd.pdf"])).pages[0].extract_text()


@needs_browser
def test_nothing_runs_and_nothing_is_fetched_in_a_notebook(browser, tmp_path):
    """The tables and descriptions of notebooks, as HTML in a browser, where markup could run."""
    frame = pages.frames()["nll_1953_points"].head(1).astype(str).loc[[0] * len(ALL)]
    frame[frame.columns[0]] = ALL
    outputs = [
        nbformat.v4.new_output("display_data", DisplayFormatter().format(shown)[0])
        for shown in (
            tables.shown(frame),
            *map(export.Description, ALL),
            *map(tables.said, ALL),
            *(tables.said(text, bold=True, before="> ") for text in ALL),
        )
    ]
    cell = nbformat.v4.new_code_cell("shown", outputs=outputs)
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    (tmp_path / "odd.html").write_text(html, encoding="utf-8")
    page, asked = browser.new_page(), []
    page.route("https://**", lambda route: (asked.append(route.request.url), route.abort()))
    page.goto((tmp_path / "odd.html").as_uri())
    assert page.evaluate("window.hit === undefined")
    assert not [url for url in asked if "example.org" in url]
    shown = page.locator("td:first-child").all_text_contents()
    assert shown == ALL
    assert page.locator(".jp-OutputArea :is(img, script)").count() == 0
    # An address may be made a link to what it says.
    for link in page.locator(".jp-OutputArea a").all():
        assert link.get_attribute("href") == link.text_content()
    said = [text.strip() for text in page.locator(".jp-RenderedMarkdown").all_text_contents()]
    assert said == [*ALL, *ALL]
    page.close()


def test_a_notebook_gives_no_text_of_the_data_to_markdown_as_it_is():
    """All sentences go through ``said``; what is left holds markup of our own."""
    left = [
        line
        for path in find_notebooks()
        for cell in code(read(path))
        for line in cell["source"].splitlines()
        if "Markdown(" in line and "in_markdown(" not in line
    ]
    assert left == ["Markdown(findings.guide())"]

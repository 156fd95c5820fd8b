"""The report site: what its pages say, that they need no network, and that nothing in them runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import warnings
from datetime import datetime
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from helpers import layers
from helpers.analysis import register
from helpers.analysis.places import RADIUS_KM
from helpers.cli import app
from helpers.data import overlay, vocab
from helpers.data.check import check_all
from helpers.data.decisions import decided, paragraph
from helpers.data.faults import FindingError
from helpers.data.tables import TABLES
from helpers.data.vocab import LocationBasis
from helpers.figures.frames import Frames
from helpers.languages import speaking
from helpers.notebooks import run as notebooks
from helpers.publish import findings
from helpers.publish import site as report
from helpers.publish.datapackage import cited
from helpers.publish.explorer.content import PANELS
from helpers.publish.explorer.disputes import corrections
from helpers.publish.explorer.words import ENGLISH
from helpers.publish.site import links, pages
from helpers.publish.site.corrections import feed
from helpers.writing import write_all
from tests import worlds
from tests.conftest import MARKDOWN, ROOT, contents, needs_browser

ADDRESS = "https://example.org/report"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def frames():
    return Frames(ROOT / "data")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of the project, as the command makes it: no link in it leads nowhere."""
    out = tmp_path_factory.mktemp("site") / "made"
    code = "from helpers.cli import app; app()"
    command = [sys.executable, "-c", code, "site", "--out", str(out), "--address", ADDRESS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def _article(site, name):
    text = (site / name).read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser").article


def _words(part):
    return " ".join(part.get_text().split())


# What the pages say ----------------------------------------------------------------------------


def test_the_front_page_is_the_readme_as_it_is_computed(site, frames):
    page, computed = _article(site, "index.html"), findings.in_readme(frames)
    text = _words(page)
    assert all(" ".join(part.split()) in text for part in computed["answer"].split("\n\n"))
    alts = re.findall(r"!\[(.*)\]", computed["pictures"])
    assert [image["alt"] for image in page.find_all("img")] == alts
    assert [image.find_parent("a")["href"] for image in page.find_all("img")] == [
        f"figures/{slug}.html" for slug in findings.FRONT
    ]
    assert all(line.rpartition("* ")[2] in text for line in computed["guide"].splitlines())
    whole = BeautifulSoup((site / "notebooks/index.html").read_text("utf-8"), "html.parser")
    named = [link.get_text(strip=True) for link in whole.select("nav.bd-links a")]
    assert named[:4] == ["Start here", "The crossing", "Across the line", "Through China"]


def test_the_front_page_in_korean_is_its_readme_and_leads_to_the_glossary(site, frames):
    page = _article(site, "korean.html")
    with speaking("ko"):
        computed = findings.in_readme(Frames(ROOT / "data"))
    text = _words(page)
    assert all(" ".join(part.split()) in text for part in computed["answer"].split("\n\n"))
    alts = re.findall(r"!\[(.*)\]", computed["pictures"].replace("\\~", "~"))
    assert [image["alt"] for image in page.find_all("img")] == alts
    addresses = {link["href"] for link in page.find_all("a")}
    assert addresses >= {"index.html", "glossary.html", "figures/explore.html#lang=ko"}
    assert _article(site, "index.html").find("a", href="korean.html")
    for name in ("korean", "glossary"):
        whole = BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser")
        assert whole.html["lang"] == "ko"
        assert all(part.find_parent(lang=True)["lang"] == "en" for part in whole("header"))


def test_the_glossary_has_each_term_and_where_it_is_in_use(site, frames):
    page, decisions = _article(site, "glossary.html"), decided(ROOT / "data")
    rows = {tuple(cell.get_text() for cell in row("td")) for row in page("tr")}
    table = pd.read_csv(ROOT / "data/vocabularies.csv", dtype=str, keep_default_na=False)
    named = table[["label_ko", "label", "definition_ko"]].itertuples(index=False, name=None)
    assert {*named} <= rows
    ours = {key: body for key, (title, body) in decisions.items() if title.startswith("Korean")}
    assert ("군사분계선(MDL)", "Military Demarcation Line", "d162") in rows
    for key, body in ours.items():
        cited = re.findall("`([a-z0-9-]+)`", paragraph(body, "Sources"))
        urls = frames["sources"]["url"].reindex(cited).dropna()
        said = page.find("dt", id=key).find_next_sibling("dd")
        assert {*urls} <= {link["href"] for link in said("a")} and said["lang"] == "en"
    assert {row[2] for row in rows if len(row) == 3 and re.fullmatch(r"d\d+", row[2])} <= {*ours}
    english = [text for text in page.find_all(string=re.compile("[A-Za-z]{4}"))
               if text.find_parent(lang=True) is None and "OpenStreetMap" not in text]  # fmt: skip
    assert english == []


@pytest.mark.parametrize("path", notebooks.find_notebooks(), ids=lambda path: path.stem)
def test_code_is_folded_and_every_picture_has_its_words(site, path):
    page, book = _article(site, f"notebooks/{path.stem}.html"), notebooks.read(path)
    cells = notebooks.code(book)
    outputs = [output for cell in cells for output in cell["outputs"]]
    alts = [
        output["metadata"]["image/png"]["alt"]
        for output in outputs
        if "image/png" in output.get("data", {})
    ]
    assert len(page.select("details.hide .cell_input")) == len(cells)
    assert len(page.select(".cell_input")) == len(cells)
    assert [image["alt"] for image in page.find_all("img")] == alts
    own = f"{ADDRESS}/notebooks/{path.stem}.html"
    assert page.find("a", href=path.name) and page.find(id="how-to-cite").find("a", href=own)
    assert not re.search(r"\]\(|&lt;\w+|here:", page.get_text())


def test_each_incident_has_a_page_that_says_who_says_what(site, frames):
    incidents, documents = frames["incidents"], frames["sources"]
    ids = set(incidents["incident_id"])
    assert {path.stem for path in (site / "incidents").glob("*.html")} == ids | {"index"}
    listed = _article(site, "incidents/index.html").select("td a")
    assert {link["href"] for link in listed} == {f"{key}.html" for key in ids}
    counted = set(register.direct(incidents)["incident_id"])
    some = incidents.dropna(subset=["decision_ids"]).groupby("event_type", observed=True).head(2)
    for row in some.itertuples():
        page = _article(site, f"incidents/{row.incident_id}.html")
        text, cited = _words(page), documents.loc[row.source_ids.split(";")]
        assert row.summary in text
        assert ("not a counted crossing" in text) == (row.incident_id not in counted)
        assert [link["href"] for link in page.select("#sources li a")] == list(cited["url"])
        assert all(" ".join(title.split()) in text for title in cited["title"])
        anchors = [link["href"].partition("#")[2] for link in page.select("#decisions li a")]
        assert anchors == row.decision_ids.split(";")
        own = f"{ADDRESS}/incidents/{row.incident_id}.html"
        assert page.find(id="cite").get_text().endswith(f" {own}\n")
    near = incidents["route"].isin([route.value for route in register.DIRECT_ROUTES])
    near &= incidents["route"].eq("jsa") | incidents["location_basis"].ne("not_located")
    mapped = {
        path.stem
        for path in (site / "incidents").glob("*.html")
        if 'class="sheet' in path.read_text("utf-8")
    }
    assert mapped == set(incidents.loc[near, "incident_id"])


@pytest.fixture
def grown(tmp_path):
    """Tables of a user: an incident more, of a kind that no list had, in a known sector."""
    tables = worlds.Tables()
    boat = next(row for row in tables["vocabularies"] if row["value"] == "boat")
    tables.add("vocabularies", boat, value="paraglider", label="Paraglider", label_ko="")
    date = tables["incidents"][-1]["date"]
    known = {"means": "paraglider", "location_basis": "sector_estimate"}
    worlds.incident(tables, date, "dmz_land", **known)
    part = tables.write(tmp_path / "part")
    frames = Frames(overlay.whole(part, ROOT / "data", tmp_path / "data"))
    assert check_all(frames.data_dir) == []
    frames.put("incidents", frames["incidents"].tail(3))
    yield frames
    vocab.use(ROOT / "data")


def test_a_new_incident_has_its_page_and_the_area_it_lies_in(grown, tmp_path):
    assert _small(grown, tmp_path) == []
    row = grown["incidents"].query("means == 'paraglider'").iloc[0]
    page = _article(tmp_path / "made", f"incidents/{row['incident_id']}.html")
    assert "Paraglider" in _words(page) and row["summary"] in _words(page)
    (area,) = page.select(".sheet .area")
    there = gpd.GeoSeries([row["geometry"]], crs=layers.WGS84).to_crs(layers.PENINSULA_CRS)[0]
    west, _, _, north = next(panel.km for panel in PANELS if panel.name == "line")
    assert (float(area["cx"]), float(area["cy"]), float(area["r"])) == pytest.approx(
        (there.x / 1000 - west, north - there.y / 1000, RADIUS_KM[LocationBasis.SECTOR_ESTIMATE]),
        abs=0.1,
    )
    assert "open" in page.select_one(".sheet .mark")["class"]
    assert ENGLISH["key_area"] in page.select_one("svg.sheet")["aria-label"]


def test_each_figure_has_its_files_description_and_citation(site):
    listed = {link["href"] for link in _article(site, "figures/index.html").select(".gallery a")}
    slugs = {path.stem for path in (ROOT / "figures").glob("*.json")}
    assert listed == {f"{slug}.html" for slug in slugs}
    for slug in slugs:
        page = _article(site, f"figures/{slug}.html")
        files = {path.name for path in (ROOT / "figures").glob(f"{slug}.*")}
        assert {link["href"] for link in page.select("#files li a")} == files
        assert page.img["alt"] in page.find(id="description").get_text()
        own = f"{ADDRESS}/figures/{slug}.html"
        assert page.find(id="cite").get_text().endswith(f" {own}\n")
        assert page.select("#sources li")


def test_each_table_can_be_downloaded_from_its_card(site):
    links = {link["href"] for link in _article(site, "data/README.html").find_all("a")}
    assert links >= {table.path for table in TABLES.values()}


def test_corrections_are_a_page_and_a_feed(site, frames):
    entries = ElementTree.parse(site / "corrections.xml").getroot().findall(f"{ATOM}entry")
    page, rows = _article(site, "corrections.html"), corrections(frames)
    assert {one["id"] for one in page.select("li[id]")} == {one.key for one in rows}
    hrefs = {entry.find(f"{ATOM}link").get("href").partition("#")[::2] for entry in entries}
    assert {base for base, _ in hrefs} == {f"{ADDRESS}/corrections.html"}
    assert {key for _, key in hrefs} <= {one.key for one in rows} and len(hrefs) == len(entries) > 0
    whole = BeautifulSoup((site / "corrections.html").read_text("utf-8"), "html.parser")
    assert whole.find("link", rel="canonical")["href"] == f"{ADDRESS}/corrections.html"
    dates = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert dates == sorted(dates, reverse=True) and all(map(datetime.fromisoformat, dates))


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_correction_is_dated_by_the_commit_that_made_it(data):
    def git(*words):
        who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        subprocess.run(["git", *who, *words], cwd=data, check=True, capture_output=True)

    def newest():
        entry = ElementTree.fromstring(feed(Frames(data))).find(f"{ATOM}entry")
        return entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}content")

    assert newest()[0] == f"{cited()['date-released']}T00:00:00Z"
    table = data / "corrections.csv"
    text = table.read_text(encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one", "--date", "2021-02-03T04:05:06Z")
    table.write_text(text.replace("a description,", "other words,", 1), encoding="utf-8")
    git("commit", "-q", "-a", "-m", "two", "--date", "2022-02-03T04:05:06Z")
    assert newest()[0] == "2022-02-03T04:05:06Z"


# In a browser ----------------------------------------------------------------------------------


@pytest.fixture
def visit(browser):
    """Open a page; afterwards: nothing was asked of the network, nothing failed, nothing ran."""
    opened = []

    def open_page(file, query="", width=1300, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("requestfailed", lambda request: page.wrong.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(f"{file.as_uri()}{query}")
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        assert not [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))]
        assert not page.wrong and page.evaluate("window.hit === undefined")
        page.context.close()


@needs_browser
def test_search_finds_parts_of_korean_words_stems_and_numbers(visit, site, frames):
    def found(words):
        page = visit(site / "search.html", f"?q={words}")
        page.wait_for_selector(".search-summary:not(:empty)")
        links = page.locator("ul.search a").evaluate_all("all => all.map(a => a.pathname)")
        return {link.rpartition("/")[2].partition(".")[0] for link in links}

    titles = frames["sources"]["title"]
    within = titles[
        titles.str.contains("[가-힣]병사|병사[가-힣]") & ~titles.str.contains(r"\b병사\b")
    ]
    cited = frames["incidents"].explode("source_ids")
    cited = cited[
        cited["source_ids"].str.split(";").map(lambda keys: bool({*keys} & {*within.index}))
    ]
    assert len(cited) and set(cited["incident_id"]) <= found("병사")
    assert not found("병병병") and "the-crossing" not in found("crossed")
    last = frames["incidents"].iloc[-1]
    assert last["incident_id"] in found(f"crossings {last['date']:%Y} {last['date']:%d}")


@needs_browser
@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("index", 390, "dark"), ("notebooks/02_across_the_line", 1300, "dark"),
     ("incidents/{}", 390, "light"), ("incidents/{}", 1300, "dark"), ("corrections", 390, "dark"),
     ("figures/index", 1300, "light"), ("incidents/index", 390, "light"),
     ("figures/whole-scale", 390, "dark"),
     ("search", 1300, "light"), ("data/README", 390, "light"), ("korean", 390, "light"),
     ("glossary", 1300, "dark"), ("glossary", 390, "light")],
)  # fmt: skip
def test_no_serious_axe_violation_and_no_sideways_scrolling(
    visit, site, frames, name, width, scheme
):
    from axe_playwright_python.sync_playwright import Axe

    name = name.format(frames["incidents"]["incident_id"].iloc[-1])
    page = visit(site / f"{name}.html", width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    page.wrong.clear()  # axe asks for the style sheets again, which no file may
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in bad] == []


@needs_browser
def test_an_incident_says_what_the_explorer_says(visit, site, frames):
    conflicts = frames["conflicts"]
    key = conflicts[conflicts["record_table"].eq("incidents")]["record_id"].mode()[0]
    told = visit(site / "figures/explore.html", f"#all=1&pick={key}")
    told.wait_for_selector(".details dl")
    pairs = "all => all.map(dt => [dt.textContent, dt.nextElementSibling.textContent])"
    page = visit(site / f"incidents/{key}.html")
    assert page.locator("dl.facts dt").evaluate_all(pairs) == told.locator(
        ".details dt"
    ).evaluate_all(pairs)
    texts = told.locator(".details li").evaluate_all("all => all.map(li => li.textContent)")
    own = re.sub(r"\s", "", _article(site, f"incidents/{key}.html").get_text())
    assert texts and [text for text in texts if re.sub(r"\s", "", text) not in own] == []


# What it refuses -------------------------------------------------------------------------------


def _small(frames, folder):
    """Make the pages of incidents, corrections and decisions only."""
    found = pages.pages(frames, ROOT)
    kept = {
        name: text
        for name, text in found.items()
        if name.startswith("incidents/") or name in ("corrections.page", "data/DECISIONS.md")
    }
    for name, text in (kept | {"index.md": b"# Small\n"}).items():
        write_all((folder / "source" / name).parent, {name.rpartition("/")[2]: text})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = report.sphinx(folder / "source", folder / "made", folder / "trees", jobs=1)
    # Pages that are left out are missed, and a second build in one process is told of.
    missed = ("explorer", "toctree", "already registered")
    return [line for line in told if not any(word in line for word in missed)]


@needs_browser
def test_hostile_texts_stay_text(visit, hostile, tmp_path):
    assert _small(hostile, tmp_path) == []
    made = tmp_path / "made"
    for path in sorted({*made.rglob("*.html")} - {made / "search.html", *made.glob("_static/*")}):
        page = _article(made, path.relative_to(made))
        for link in page.find_all("a"):
            assert not re.match(r"\s*(javascript|data):|http://seen", link["href"], re.I), link
        assert not page.select("script, img, iframe, object, svg:not(.sheet), .sheet script")
        assert not [one for one in page.find_all() if any(n.startswith("on") for n in one.attrs)]
    key = hostile["incidents"]["incident_id"].iloc[-1]
    assert MARKDOWN.partition("\n")[0] in _article(made, f"incidents/{key}.html").get_text()
    for name in (f"incidents/{key}", "incidents/index", "corrections", "data/DECISIONS"):
        visit(made / f"{name}.html")


def test_the_same_pages_each_time(frames, tmp_path):
    own = Frames(ROOT / "data")
    own.put("incidents", frames["incidents"].groupby("event_type", observed=True).head(2))
    for name in ("one", "two"):
        _small(own, tmp_path / name)
    one, two = (contents(tmp_path / name / "made") for name in ("one", "two"))
    same = zip(one.items(), two.values(), strict=True)
    assert [path.name for (path, old), new in same if old != new] == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [('<a href="b.html#here">', None), ('<a href="#own"><p id="own">', None),
     ('<a href="c.html">', "a.html: c.html leads nowhere"),
     ('<a href="b.html#gone">', "a.html: b.html#gone leads nowhere"),
     ('<a href="https://example.org/a?b=c#d">', None),
     ('<a href="https:/example">', "a.html: https:/example leads nowhere"),
     ('<a href="javascript:hit()">', "a.html: javascript:hit() leads nowhere"),
     ('<img src="https://example.org/x.png">', "a.html: loads https://example.org/x.png"),
     ('<script src="//example.org/x.js">', "a.html: loads //example.org/x.js"),
     ('<link href="https://example.org/x.css">', "a.html: loads https://example.org/x.css"),
     ('<img src="gone.png">', "a.html: gone.png leads nowhere")],
)  # fmt: skip
def test_links_that_lead_nowhere_are_told(tmp_path, html, fault):
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="here">', encoding="utf-8")
    assert fault in links.faults(tmp_path) if fault else links.faults(tmp_path) == []


def test_a_folder_of_something_else_stays_and_a_fault_writes_nothing(frames, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="is something else than a site"):
        report.build(frames, ROOT, out)
    monkeypatch.setattr(report, "sphinx", lambda *_: ["x.md: a warning"])
    monkeypatch.setattr("helpers.publish.site.pages.pages", lambda *_: {})
    (out / "mine.txt").rename(out / report.MARK)
    before = contents(tmp_path)
    with pytest.raises(FindingError, match=r"x\.md: a warning"):
        report.build(frames, ROOT, out)
    assert contents(tmp_path) == before and [path.name for path in tmp_path.iterdir()] == ["out"]


def test_other_data_need_what_was_built_from_them(tmp_path, data):
    done = CliRunner().invoke(app, ["site", "--data", str(data), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2 and "--data needs --results" in done.output
    done = CliRunner().invoke(app, ["site", "--address", "a.org", "--out", str(tmp_path / "out")])
    assert done.exit_code == 2 and "expected one like https://" in done.output
    done = CliRunner().invoke(app, ["site", "--results", str(data), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2 and "lacks notebooks/" in done.output
    assert not (tmp_path / "out").exists()

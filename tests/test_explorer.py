"""The explorer as a page and as a widget, in a real browser: what it shows and refuses."""

from __future__ import annotations

import json
import re
from string import Formatter
from urllib.parse import quote

import nbformat
import pandas as pd
import pytest

from helpers import export
from helpers.analysis import register
from helpers.data.tables import TABLES
from helpers.figures.frames import Frames
from helpers.languages import catalogue, speaking
from helpers.languages.korean import FORMS
from helpers.notebooks import run as notebooks
from helpers.publish import explorer
from helpers.publish.explorer.content import content
from helpers.publish.explorer.words import ENGLISH
from helpers.words import _BETWEEN, worded
from tests.conftest import ROOT, needs_browser

#: What the page writes in Latin letters in Korean too.
KOREAN_LATIN = {
    "JSA",
    "DMZ",
    "NLL",
    "km",
    "CSV",
    "English",
    "OpenStreetMap",
    "ODbL",
    "Natural",
    "Earth",
}
MODULE = explorer.HERE / "explorer.mjs"


@pytest.fixture(scope="module")
def frames():
    return Frames(ROOT / "data")


@pytest.fixture(scope="module")
def south(frames):
    return register.direct(frames["incidents"])


@pytest.fixture(scope="module")
def html(frames, tmp_path_factory):
    file = tmp_path_factory.mktemp("explorer") / explorer.NAME
    file.write_bytes(explorer.page(frames))
    return file


@pytest.fixture
def visit(browser):
    """Open a file; afterwards: nothing was asked for but the file, nothing failed, nothing ran."""
    opened = []

    def open_page(file, address="", width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda message: page.wrong.append(message.text))
        page.goto(f"{file.as_uri()}{address}")
        page.wait_for_selector(".explorer .status:not(:empty)")
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        strange = [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))]
        assert not strange and not page.wrong
        assert page.evaluate("window.hit === undefined")
        page.context.close()


def _rows(page):
    return page.locator("tbody tr").count()


def _ids(page):
    return page.evaluate(
        "[...document.querySelectorAll('.time .mark:not(.off)')].map(m => m.dataset.id)"
    )


# The file --------------------------------------------------------------------------------------


def test_the_module_is_one_file_without_a_library():
    text = MODULE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert not re.search(
        r"^\s*import\b|import\(|innerHTML|outerHTML|insertAdjacent|eval\(", text, re.M
    )


def test_every_word_is_in_the_one_object_of_the_language():
    text = MODULE.read_text(encoding="utf-8")
    named = set(re.findall(r"\bW\.(\w+)", text))
    listed = set(
        re.findall(r'"(\w+)"', "".join(re.findall(r"const (?:FACETS|SORTED) = \[.*", text)))
    )
    assert not (named | listed) - {*ENGLISH, "lang"}
    assert set(TABLES["incidents"].schema.columns) <= set(ENGLISH["fields"])


def _sentences(words):
    for text in words.values():
        yield from _sentences(text) if isinstance(text, dict) else _BETWEEN.split(text.strip())


def test_every_word_has_its_korean_with_the_same_values(frames):
    known = catalogue("ko")
    names = lambda text: {name for _, name, _, _ in Formatter().parse(text) if name}  # noqa: E731
    korean = {
        text: known.get(("explorer", text)) or known.get(text) for text in _sentences(ENGLISH)
    }
    assert [text for text, said in korean.items() if said is None] == []
    assert [text for text, said in korean.items() if names(text) != names(said)] == []
    # The browser chooses no particles.
    said = content(frames)["languages"]["ko"]["words"]
    assert not [text for text in _sentences(said) if any(pair in text for pair in FORMS)]


def test_the_page_is_small_and_the_same_each_time(html, frames):
    page = html.read_bytes()
    assert page == explorer.page(Frames(ROOT / "data"))
    data = re.search(rb'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1]
    assert json.loads(data) == json.loads(json.dumps(content(frames)))
    # 400 kB for the register of November 2026: so much for the page itself, and for an incident.
    assert len(page) - len(data) < 60_000
    assert len(data) < 35_000 + 1_250 * len(frames["incidents"])


def test_dates_are_as_published(frames):
    raw = pd.read_csv(ROOT / "data/incidents/incidents.csv", dtype=str)
    made = content(frames)
    at = {name: made["columns"].index(name) for name in ("id", "date")}
    assert {row[at["id"]]: row[at["date"]] for row in made["rows"]} == dict(
        zip(raw["incident_id"], raw["date"], strict=True)
    )


# What it shows ---------------------------------------------------------------------------------


@needs_browser
def test_counted_crossings_first_then_all(visit, html, south, frames):
    page = visit(html)
    said = page.locator(".status").inner_text()
    assert f"{len(south):,} known crossing" in said and f"{south['people'].sum():,} p" in said
    assert "no total" in said
    assert set(_ids(page)) == set(south["incident_id"]) and _rows(page) == len(south)
    page.get_by_label(ENGLISH["all"]).check()
    assert set(_ids(page)) == set(frames["incidents"]["incident_id"])
    assert _rows(page) == len(frames["incidents"])
    hatched = register.record(frames["blind_years"].query("direction == 'north_to_south'"))
    assert (
        page.locator(".time rect[fill^=url]").evaluate_all(
            "all => all.filter(one => one.width.baseVal.value > 0).length"
        )
        == hatched["since"].gt(register.ARMISTICE.year).sum()
    )
    codes = {code for about in TABLES["incidents"].schema.columns.values() if about.vocabulary
             for code in about.vocabulary.values() if "_" in code}  # fmt: skip
    shown = page.locator(".filters").inner_text() + page.locator("table").inner_text()
    assert not [code for code in codes if code in shown]


@needs_browser
def test_facets_count_and_filter_everything(visit, html, frames):
    incidents = frames["incidents"]
    page = visit(html, "#all=1")
    for column in ("event_type", "direction", "route", "affiliation", "shots_at", "confidence"):
        box = page.locator(".filters fieldset", has=page.get_by_text(ENGLISH[column], exact=True))
        for term in TABLES["incidents"].schema.columns[column].vocabulary:
            line = box.locator("label", has=page.get_by_text(term.label, exact=True))
            expected = incidents[column].eq(term.value).sum()
            if expected:
                assert line.locator(".count").inner_text() == f"{expected:,}", term
    route, kind = incidents["route"].mode()[0], incidents["event_type"].mode()[0]
    start = int(incidents["year"].median())
    page = visit(html, f"#all=1&route={route}&event_type={kind}&from={start}")
    part = incidents.query("route == @route and event_type == @kind and year >= @start")
    assert set(_ids(page)) == set(part["incident_id"]) and _rows(page) == len(part)
    page.get_by_role("button", name=ENGLISH["clear"]).click()
    assert _rows(page) == len(incidents) and page.url.endswith("#all=1")


@needs_browser
def test_search_finds_words_of_sources_and_texts(visit, html, south, frames):
    page = visit(html)
    last = south.iloc[-1]
    publisher = frames["sources"].loc[last["source_ids"].split(";")[0], "publisher"]
    page.get_by_role("searchbox").fill(f"{publisher.upper()} {last['incident_id']}")
    assert _ids(page) == [last["incident_id"]]
    page.get_by_role("searchbox").fill("no incident has this word")
    assert page.locator(".status").inner_text() == ENGLISH["none"] and _rows(page) == 0


@needs_browser
def test_details_say_who_says_what(visit, html, frames):
    incidents, conflicts = frames["incidents"].set_index("incident_id"), frames["conflicts"]
    corrections = frames["corrections"].query("table == 'incidents'")
    both = conflicts[conflicts["record_id"].isin(corrections["record_id"])]["record_id"]
    row = incidents.loc[both[both.isin(incidents.dropna(subset="decision_ids").index)].mode()[0]]
    page = visit(html, f"#pick={row.name}")
    text = page.locator(".details").evaluate("node => node.textContent")
    cited = frames["sources"].loc[row["source_ids"].split(";")]
    own = conflicts[conflicts["record_id"].eq(row.name)]
    expected = [
        row["summary"], *cited["publisher"], *cited["title"], *own["said_by"].dropna(),
        *own.query("unit != unit and field not in ['event_type', 'means']")["value"],
        *corrections[corrections["record_id"].eq(row.name)]["reason"],
        *row["decision_ids"].split(";"),
        next(t.label for t in TABLES["incidents"].schema.columns["location_basis"].vocabulary
             if t.value == row["location_basis"]),
    ]  # fmt: skip
    assert [part for part in expected if str(part) not in text] == []
    links = page.locator(".details a[target]").evaluate_all("all => all.map(a => a.href)")
    assert len(links) == len(cited)


@needs_browser
def test_the_keyboard_reaches_marks_details_and_back(visit, html):
    page = visit(html)
    for chart in page.locator("svg[role=group]").all():
        mark = chart.locator(".mark[tabindex='0']")
        assert mark.count() == 1
        mark.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("End")
        chosen = page.evaluate("document.activeElement.dataset.id")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className") == "details"
        assert f"pick={chosen}" in page.url
        assert page.locator("tr.on, .time .mark.on").count() == 2
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.id") == chosen
        assert "pick=" not in page.url


@needs_browser
def test_a_click_near_a_dot_picks_it_and_dragging_chooses_years(visit, html):
    page = visit(html)
    page.locator(".time").scroll_into_view_if_needed()
    box = page.locator(".time .mark").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] + 4, box["y"] + box["height"] / 2)
    assert "pick=" in page.url
    time = page.locator(".time").bounding_box()
    page.mouse.move(time["x"] + time["width"] * 0.5, time["y"] + 20)
    page.mouse.down()
    page.mouse.move(time["x"] + time["width"] * 0.75, time["y"] + 20, steps=4)
    page.mouse.up()
    years = page.locator(".years input").evaluate_all("all => all.map(i => Number(i.value))")
    assert years == sorted(years) and f"from={years[0]}&to={years[1]}" in page.url
    dates = page.locator("tbody button").all_inner_texts()
    assert dates and all(years[0] <= int(date[:4]) <= years[1] for date in dates)


@needs_browser
def test_the_address_keeps_the_state_and_survives_nonsense(visit, html, south):
    row = south.iloc[len(south) // 2]
    page = visit(html, f"#route={row['route']}&from={row['year']}&to={row['year']}")
    kept = _ids(page)
    assert row["incident_id"] in kept
    again = visit(html, page.evaluate("location.hash"))
    assert _ids(again) == kept
    page = visit(html, "#route=nowhere.%3Cscript%3E&from=x&to=99999&pick=nobody&%%%&all")
    assert _rows(page) >= len(south)


#: Texts, names and hints of a page in its own language.
READ = """() => {
  const found = [], own = node => node.closest('[lang]').lang === document.documentElement.lang;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (own(node) && !node.closest('script, style, noscript')) found.push(walk.currentNode.data);
  }
  for (const node of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    if (own(node)) found.push(node.ariaLabel, node.title, node.placeholder);
  return found.filter(Boolean);
}"""


@needs_browser
def test_a_switch_says_all_in_korean_and_keeps_what_is_chosen(visit, html, frames):
    conflicts, incidents = frames["conflicts"], frames["incidents"].set_index("incident_id")
    some = conflicts["record_id"][conflicts["record_id"].isin(incidents.index)]
    some = some[some.isin(frames["corrections"]["record_id"])].value_counts().index[:4]
    names, korean = {*frames["sources"]["publisher"].dropna()}, catalogue("ko")
    names = sorted({korean.get(name, name) for name in names}, key=len, reverse=True)
    for key in some:
        page = visit(html, f"#all=1&from=1960&pick={key}")
        shown = _ids(page)
        page.get_by_role("link", name="한국어", exact=True).click()
        page.wait_for_selector("[lang=ko] .status:not(:empty)")
        assert {"lang=ko", "all=1", "from=1960", f"pick={key}"} == {
            *page.url[1:].partition("#")[2].split("&")
        }
        assert page.evaluate("document.documentElement.lang") == "ko" and _ids(page) == shown
        assert f"알려진 사건 {len(shown)}건" in page.locator(".status").inner_text()
        texts = " ".join([page.title(), *page.evaluate(READ)])
        for name in [*incidents.index, *names]:
            texts = texts.replace(name, "")
        assert set(re.findall("[A-Za-z]{2,}", texts)) <= KOREAN_LATIN
        assert not re.search(r"[{}]", texts)
        page.get_by_role("link", name="English", exact=True).click()
        page.wait_for_selector("[lang=en] .status:not(:empty)")
        assert "lang=" not in page.url and page.title() == ENGLISH["title"]
        assert (
            page.locator(f"tr.on button[aria-label^='{incidents.loc[key, 'date']:%Y}']").count()
            == 1
        )


@needs_browser
def test_a_search_finds_names_in_both_languages(visit, html, south):
    place = south["crossing_place"].dropna().iloc[-1]
    asked = [(lang, name) for lang in ("en", "ko") for name in (place, catalogue("ko")[place])]
    found = [visit(html, f"#lang={lang}&q={quote(name)}") for lang, name in asked]
    assert len({tuple(_ids(page)) for page in found}) == 1 and _rows(found[0]) > 0


@needs_browser
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_csv_holds_what_is_shown(visit, html, south, tmp_path, lang):
    page = visit(html, f"#lang={lang}&route=jsa")
    with page.expect_download() as download, speaking(lang):
        page.get_by_role("button", name=worded(ENGLISH["csv"], "explorer")).click()
    download.value.save_as(tmp_path / "saved.csv")
    saved = pd.read_csv(tmp_path / "saved.csv", dtype=str)  # columns have one name in all languages
    expected = south[south["route"].eq("jsa")]
    assert saved["incident_id"].tolist() == expected["incident_id"].tolist()
    assert saved["summary"].tolist() == expected["summary"].tolist()
    with speaking(lang):
        label = TABLES["incidents"].schema.columns["route"].vocabulary("jsa").label
    assert set(saved["route"]) == {label}


@needs_browser
@pytest.mark.parametrize(
    ("address", "width", "scheme"),
    [("#pick={}", 1280, "dark"), ("", 900, "light"), ("#q=nothing+at+all", 390, "light"),
     ("#all=1&from=2020&pick={}", 390, "dark"), ("#lang=ko&pick={}", 1280, "light"),
     ("#lang=ko&all=1", 390, "dark")],
)  # fmt: skip
def test_no_axe_violation_and_no_sideways_scrolling(visit, html, south, address, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(html, address.format(south["incident_id"].iloc[-1]), width, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@needs_browser
def test_print_shows_the_selection_without_controls(visit, html):
    page = visit(html, "#route=jsa")
    page.emulate_media(media="print")
    assert not page.locator(".controls").is_visible() and not page.locator(".filters").is_visible()
    assert page.locator(".status").is_visible()
    scroll = page.locator(".scroll").evaluate("one => one.scrollHeight - one.clientHeight")
    assert scroll <= 1


# What it refuses -------------------------------------------------------------------------------

HARNESS = """<!doctype html><html lang="en"><title>t</title><div id="cell"></div>
<script type="module">
import widget from "./explorer.mjs";
const data = await (await fetch("./data.json")).json();
window.sent = {};
const model = { get: (name) => (name === "_lang" ? "LANG" : data),
  save_changes: () => { window.sent.saved = true; },
  set: (name, value) => { window.sent[name] = value; } };
window.stop = widget.render({ model, el: document.getElementById("cell") });
</script></html>"""


def _widget(browser, made, lang="en"):
    """Open the widget's shell with a model that only remembers; no policy protects it."""
    page = browser.new_page()
    page.asked = []
    files = {
        "": ("text/html", HARNESS.replace("LANG", lang)),
        "explorer.mjs": ("text/javascript", MODULE.read_text(encoding="utf-8")),
        "data.json": ("application/json", json.dumps(made)),
    }

    def answer(route):
        name = route.request.url.removeprefix("http://explorer.test/")
        page.asked.append(name)
        kind, body = files.get(name, ("text/plain", ""))
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=body)

    page.route("**/*", answer)
    page.goto("http://explorer.test/")
    page.wait_for_selector(".explorer .status:not(:empty)")
    return page


PICK_ALL = """async () => {
  document.querySelectorAll('input[type=radio]')[1].click();
  for (const button of [...document.querySelectorAll('tbody button')]) {
    button.click();
    for (const one of document.querySelectorAll('.details details')) one.open = true;
  }
  await new Promise(done => setTimeout(done, 300));
  const all = [...document.querySelectorAll('.explorer *')];
  const tags = ['SCRIPT', 'IMG', 'IFRAME', 'OBJECT'];
  const named = (one, start) => one.getAttributeNames().some(name => name.startsWith(start));
  return { strange: all.filter(one => tags.includes(one.tagName) || named(one, 'on')).length,
           links: all.filter(one => one.tagName === 'A').map(one => one.getAttribute('href')),
           read: document.querySelector('.details').textContent, hit: window.hit ?? null };
}"""


def _nothing_ran(found):
    assert found["strange"] == 0 and found["hit"] is None
    assert all(link.startswith("#") for link in found["links"])
    assert found["read"].count("</script><script>window.hit = 1</script>") > 3


@needs_browser
def test_hostile_texts_stay_text_in_the_page(visit, hostile, tmp_path):
    file = tmp_path / explorer.NAME
    file.write_bytes(explorer.page(hostile))
    for address in ("#lang=ko", "#lang=<script>window.hit=1</script>"):
        page = visit(file, address)
        _nothing_ran(page.evaluate(PICK_ALL))
    assert "script-src 'sha256-" in file.read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name=ENGLISH["csv"]).click()
    saved = pd.read_csv(download.value.path(), dtype=str)
    assert len(saved) == len(hostile["incidents"])
    assert not saved.map(lambda cell: str(cell).startswith(("=", "+", "@"))).to_numpy().any()


@needs_browser
def test_hostile_texts_stay_text_in_the_widget(browser, hostile):
    page = _widget(browser, content(hostile), "ko")
    _nothing_ran(page.evaluate(PICK_ALL))
    assert page.asked == ["", "explorer.mjs", "data.json"]
    page.close()


@needs_browser
def test_the_policy_stops_a_script_that_is_not_ours(browser, html, tmp_path):
    file = tmp_path / "spoilt.html"
    spoilt = html.read_text(encoding="utf-8").replace(
        "<noscript>",
        "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'><noscript>",
    )
    file.write_text(spoilt, encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(".explorer .status:not(:empty)")
    assert page.evaluate("window.hit === undefined")
    page.close()


def test_the_page_is_of_the_data_in_use_and_of_no_rehearsal(data, tmp_path, monkeypatch):
    monkeypatch.setenv("CROSSINGS_DATA", str(data))
    monkeypatch.setenv("CROSSINGS_FIGURES", str(tmp_path / "figures"))
    with export.kept_back():
        explorer.save()
    assert not (tmp_path / "figures").exists()
    table = data / "incidents/incidents.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("KPA", "Changed & put in"), encoding="utf-8")
    page = (tmp_path / "figures" / explorer.save()).read_text(encoding="utf-8")
    assert text.count("KPA") > 1 and "Changed & put in" in page


# In JupyterLab ---------------------------------------------------------------------------------


@needs_browser
def test_the_widget_sends_its_selection(browser, frames, south):
    page = _widget(browser, content(frames))
    assert page.evaluate("window.sent._selected") == south["incident_id"].tolist()
    assert page.locator("nav").count() == 0, "the notebook says in which language"
    page.locator("tbody button").first.click()
    assert page.evaluate("window.sent._picked") == south["incident_id"].iloc[0]
    assert page.url == "http://explorer.test/", "a widget must not touch the notebook's address"
    page.evaluate("window.stop()")
    page.close()


def test_the_selection_comes_back_as_frames(frames, south, monkeypatch):
    monkeypatch.setenv("CROSSINGS_DATA", str(ROOT / "data"))
    shown = explorer.explore(frames["incidents"], lang="ko")
    assert shown.get_state("_lang") == {"_lang": "ko"} and "다." in shown.description.alt
    with pytest.raises(ValueError, match="no language 'kr'"):
        explorer.explore(frames["incidents"], lang="kr")
    assert shown.selected["incident_id"].tolist() == south["incident_id"].tolist()
    assert len(shown.picked) == 0 and shown.picked.crs == south.crs
    ids = south["incident_id"].tolist()
    shown.set_state({"_selected": ids[:3], "_picked": ids[1]})
    assert shown.selected["incident_id"].tolist() == ids[:3]
    assert shown.picked["incident_id"].tolist() == ids[1:2]
    assert list(shown.picked.columns) == list(frames["incidents"].columns)


def test_a_notebook_keeps_the_static_map_and_no_widget(frames, south, monkeypatch):
    monkeypatch.setenv("CROSSINGS_DATA", str(ROOT / "data"))
    data, metadata = explorer.explore(south)._repr_mimebundle_()
    assert data["text/plain"] == f"Explorer of {len(south)} incidents, {len(south)} of them shown"
    assert 60 <= len(metadata["image/png"]["alt"]) <= 400
    output = nbformat.v4.new_output("display_data", data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("shown", outputs=[output])
    kept = json.loads(notebooks.as_bytes(nbformat.v4.new_notebook(cells=[cell])))
    assert set(kept["cells"][0]["outputs"][0]["data"]) == {"image/png", "text/plain"}
    with pytest.raises(ValueError, match="lacks geometry, summary: give rows"):
        explorer.explore(pd.DataFrame(south).drop(columns=["summary", "geometry"]))
    none = frames["incidents"].iloc[:0]
    assert "image/png" not in explorer.explore(none)._repr_mimebundle_()[0]


@needs_browser
@pytest.mark.parametrize(
    "part",
    ["incident_id == 'none'", "incident_id == incident_id.max()", "event_type == 'attempt'"],
)
def test_a_part_of_the_register_is_explored_too(visit, frames, tmp_path, part):
    own = Frames(ROOT / "data")
    rows = frames["incidents"].query(part)
    own.put("incidents", rows)
    file = tmp_path / explorer.NAME
    file.write_bytes(explorer.page(own))
    page = visit(file)
    assert _rows(page) == len(rows)

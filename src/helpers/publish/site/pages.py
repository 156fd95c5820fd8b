"""The sources of the site: README, notebooks, figures and documents as they are committed."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.figures.registry import by_notebook, entries
from helpers.notebooks import run as notebooks
from helpers.paths import PROJECT
from helpers.publish import codebook
from helpers.publish.explorer.content import content
from helpers.publish.explorer.words import ENGLISH
from helpers.publish.findings import FRONT, guide, in_readme
from helpers.publish.site import corrections, incidents
from helpers.publish.site.cite import CITE, citation, how_to_cite, sources
from helpers.publish.site.markup import UNSEARCHED, bullets, page, section, tag
from helpers.words import say

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from helpers.figures.frames import Frames

LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
DECISION = re.compile(r"^## (d\d+) ", re.M)
COMMENT = re.compile(r"<!--.*?-->\n?", re.S)
#: What documents link to, and the page that the site has for it.
INSTEAD = {
    "README.md": "about.md",
    "notebooks": "notebooks/index.md",
    "figures/README.md": "figures/index.page",
    "figures/explore.html": "explorer.page",
}
#: Pages beside the data, as the navigation calls them.
BESIDE_DATA = {
    "data/CODEBOOK.md": "Codebook",
    "data/DECISIONS.md": "Decisions",
    "corrections.page": "Corrections",
    "CHANGELOG.md": "Changelog",
    "data/geo/README.md": "Map layers",
    "data/LICENSE.md": "Licences",
    "CONTRIBUTING.md": "Contribute",
}
NAVIGATION = {
    "notebooks/index.md": "Notebooks",
    "explorer.page": "Explorer",
    "incidents/index.page": "Incidents",
    "figures/index.page": "Figures",
    "data/README.md": "Data",
    "about.md": "About",
}
NO_CONTENTS = "---\nhtml_theme.sidebar_secondary.remove: true\n---\n\n"
NOTEBOOKS = "# Notebooks: one question each\n\n"
#: Folders whose files lie on the site as they do in the project.
COPIED = ("figures/", "data/")
OF_SOURCE = ("publisher", "title", "published", "url")
KINDS = {
    "png": "picture for text",
    "svg": "picture for layout, with its words as text",
    "pdf": "picture for print",
    "csv": "the table of what it shows",
    "json": "its words, versions, sources and digests",
}
OF_FIGURE = "Files of this figure, its sources and how to cite it"
GALLERY = (
    "Each figure has a page with its files (PNG, SVG, the table, the words), a description, its "
    "sources and how to cite it."
)
EXPLORER = [
    tag("p", tag("a", "Open the explorer alone", href="figures/explore.html"), ": its address then "
        "keeps what you chose, and the file works without a network."),
    tag("iframe", src="figures/explore.html", title="Explorer of the incidents"),
]  # fmt: skip


def pages(frames: Frames, results: Path) -> dict[str, bytes]:
    """Return the sources of all pages by file, in the folders of the project.

    ``results`` holds ``notebooks`` and ``figures`` as a build of the data behind ``frames`` wrote
    them.
    """
    released = codebook.release_date(PROJECT)
    figures = {
        slug: json.loads((results / f"figures/{slug}.json").read_bytes()) for slug in entries()
    }
    found = incidents.pages(content(frames), released) | {
        "figures/index.page": _gallery(figures),
        "corrections.page": corrections.corrected(frames),
        "explorer.page": page("Explorer", *EXPLORER),
    }
    for slug, words in figures.items():
        found[f"figures/{slug}.page"] = _figure(slug, words, frames, results, released)
    texts = _texts(frames)
    books = [results / "notebooks" / path.name for path in notebooks.find_notebooks()]
    known = {*found, *texts, *(f"notebooks/{path.name}" for path in books)}
    for name, text in texts.items():
        found[name] = _linked(text, name, known).encode()
    for path in books:
        found[f"notebooks/{path.name}"] = _notebook(path, figures, known, released)
    for slug in FRONT:
        found[f"figures/{slug}.png"] = (results / f"figures/{slug}.png").read_bytes()
    return found


def called(notebook: str) -> str:
    """Return a notebook's file name as words, spelt as in its question."""
    heading = notebooks.heading(PROJECT / "notebooks" / f"{notebook}.ipynb")
    words = notebook.split("_")[1:]
    spelt = [re.search(rf"(?<=[a-z,:] ){re.escape(word)}\b", heading, re.I) for word in words]
    words = [found[0] if found else word for found, word in zip(spelt, words, strict=True)]
    return " ".join([words[0].capitalize(), *words[1:]])


# Markdown --------------------------------------------------------------------------------------


def _texts(frames: Frames) -> dict[str, str]:
    """Return the pages in Markdown: the README in two, and the documents."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    computed = in_readme(frames)
    readme = COMMENT.sub("", codebook.with_computed(readme, computed))
    cut = readme.index("\n## ", readme.index(computed["guide"]) + len(computed["guide"]))
    books = {f"notebooks/{path.name}": called(path.stem) for path in notebooks.find_notebooks()}
    made = codebook.documents(frames.data_dir, PROJECT)
    found = {
        "index.md": f"{NO_CONTENTS}{readme[:cut]}\n{_contents(NAVIGATION)}",
        "about.md": f"# About this project\n{readme[cut:]}",
        "notebooks/index.md": f"{NOTEBOOKS}{guide(frames)}\n{_contents(books)}",
    }
    for name in ["data/README.md", *BESIDE_DATA]:
        of_data = name.removeprefix("data/")
        if of_data in made and of_data != name:
            found[name] = made[of_data].decode()
        elif name.endswith(".md"):
            folder = PROJECT if of_data == name else frames.data_dir
            found[name] = (folder / of_data).read_text(encoding="utf-8")
    found["data/README.md"] += _contents(BESIDE_DATA)
    found["data/DECISIONS.md"] = DECISION.sub(r"(\1)=\n## \1 ", found["data/DECISIONS.md"])
    return found


def _contents(pages: Mapping[str, str]) -> str:
    """Return what the navigation holds, as Sphinx reads it."""
    lines = [f"{title} </{name.rpartition('.')[0]}>" for name, title in pages.items()]
    return "\n".join(["", "```{toctree}", ":hidden:", "", *lines, "```", ""])


def _linked(text: str, name: str, known: Collection[str]) -> str:
    """Return a text with links that hold on the site: to a page, to a file, or none."""

    def put(match: re.Match) -> str:
        picture, words, path, anchor = match.groups()
        if picture or re.match(r"[a-z]+:", path) or not path:
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        target = INSTEAD.get(target, target)
        if target in known:
            stem = posixpath.splitext(posixpath.basename(target))[0]
            words = called(stem) if words.strip("`") == stem else words
            path = posixpath.relpath(target, posixpath.dirname(name) or ".")
        elif target.startswith(COPIED):
            path = f"here:{path}"
        else:
            return words
        return f"[{words}]({path}{anchor or ''})"

    return LINK.sub(put, text)


def _notebook(path: Path, figures: Mapping, known: Collection[str], released: str) -> bytes:
    """Return a notebook with folded code, and a way from each picture to the page of its figure."""
    name, book = f"notebooks/{path.name}", notebooks.read(path)
    slugs, cells = {words["alt"]: slug for slug, words in figures.items()}, []
    for cell in book["cells"]:
        cells.append(cell)
        if cell["cell_type"] == "markdown":
            cell["source"] = _linked(cell["source"], name, known)
            continue
        cell["metadata"]["tags"] = ["hide-input"]
        for output in cell["outputs"]:
            if text := output.get("data", {}).get("text/markdown"):
                output["data"]["text/markdown"] = _linked("".join(text), name, known)
            if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
                cell["metadata"]["mystnb"] = {"image": {"alt": alt}}
                if slug := slugs.get(alt):
                    cells.append(_said(slug, f"[{OF_FIGURE}](../figures/{slug}.page)"))
    cite = citation(notebooks.heading(path), released)
    cells.append(_said("cite", f"## {CITE}\n\n{cite}\n\n[This notebook](here:{path.name})"))
    return json.dumps(book | {"cells": cells}).encode()


def _said(name: str, text: str) -> dict:
    return {"cell_type": "markdown", "id": f"site-{name}", "metadata": {}, "source": text}


# Figures ---------------------------------------------------------------------------------------


def _figure(slug: str, words: Mapping, frames: Frames, results: Path, released: str) -> bytes:
    """Return the page of a figure: the picture, what it says, its files, what it rests on."""
    files = sorted(file.name for file in (results / "figures").glob(f"{slug}.*"))
    documents = frames["sources"].reindex(words["sources"])[[*OF_SOURCE]]
    rows = documents.astype(object).where(documents.notna(), None).values.tolist()
    book = entries()[slug].module.NOTEBOOK
    return page(
        words["title"],
        tag("p", words["subtitle"], class_="lead"),
        tag("p", tag("img", src=f"{slug}.png", alt=words["alt"]), class_="figure"),
        tag("p", words["fact"]),
        tag("p", words["source"], class_="source"),
        section("description", "Description", tag("p", words["alt"])),
        section(
            "files",
            "Files",
            bullets(
                [tag("a", name, href=name), f": {KINDS.get(name.rpartition('.')[2], '')}"]
                for name in files
            ),
            tag(
                "p",
                "From the notebook ",
                tag("a", called(book), href=f"../notebooks/{book}.html"),
                ".",
            ),
        ),
        section(
            "sources",
            say(ENGLISH["sources"], n=len(rows)),
            tag("details", tag("summary", "Show them all"), sources(rows), class_=UNSEARCHED),
        ),
        how_to_cite(f"Figure {slug} ({words['title']})", released),
    )


def _gallery(figures: Mapping[str, Mapping]) -> bytes:
    """Return the page that shows all figures, in the order of their notebooks."""
    parts = [
        section(
            book,
            called(book),
            tag("div", [_card(one.slug, figures) for one in some], class_="gallery"),
        )
        for book, some in groupby(by_notebook(), lambda figure: figure.module.NOTEBOOK)
    ]
    return page("Figures, each with its files", tag("p", GALLERY), parts)


def _card(slug: str, figures: Mapping[str, Mapping]) -> Element:
    picture = tag("img", src=f"{slug}.png", alt="", loading="lazy")
    return tag("a", picture, figures[slug]["title"], href=f"{slug}.html")

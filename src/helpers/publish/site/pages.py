"""The sources of the site: README, notebooks, figures and documents as they are committed."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from helpers.figures.registry import by_notebook
from helpers.languages import speaking
from helpers.notebooks import run as notebooks
from helpers.paths import PROJECT
from helpers.publish import codebook
from helpers.publish.explorer.content import content
from helpers.publish.findings import FRONT, front_pictures, guide, in_readme
from helpers.publish.site import corrections, incidents
from helpers.publish.site.glossary import glossary
from helpers.publish.site.render import cite, page

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.figures.frames import Frames
    from helpers.figures.registry import Figure

LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
DECISION = re.compile(r"^## (d\d+) ", re.M)
COMMENT = re.compile(r"<!--.*?-->\n?", re.S)
#: What documents link to, and the page that the site has for it.
INSTEAD = {
    "README.md": "about.md",
    "README.ko.md": "korean.md",
    "notebooks": "notebooks/index.md",
    "figures/README.md": "figures/index.page",
    "figures/explore.html": "explorer.page",
}
#: The same for the front page in Korean, from which the explorer opens in Korean.
INSTEAD_KO = INSTEAD | {
    "README.md": "index.md",
    "data/vocabularies.csv": "glossary.page",
    "figures/explore.html": "figures/explore.html",
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
OF_DATA = ("DECISIONS.md", "LICENSE.md", "geo/README.md")
OF_PROJECT = ("CHANGELOG.md", "CONTRIBUTING.md")
NAVIGATION = {
    "notebooks/index.md": "Notebooks",
    "explorer.page": "Explorer",
    "incidents/index.page": "Incidents",
    "figures/index.page": "Figures",
    "data/README.md": "Data",
    "about.md": "About",
    "korean.md": "한국어",
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


def pages(frames: Frames, results: Path, base: str = "") -> dict[str, bytes]:
    """Return the sources of all pages by file, in the folders of the project.

    ``results`` holds ``notebooks`` and ``figures`` as a build of the data behind ``frames`` wrote
    them, ``base`` is the address of the site, if it has one.
    """
    figures = {one.slug: _figure(one, frames, results, base) for one in by_notebook()}
    found = incidents.pages(content(frames), base) | {
        f"figures/{slug}.page": page("figure.html", **words) for slug, words in figures.items()
    }
    found["figures/index.page"] = page("figures.html", rows=figures.values(), called=called)
    found["corrections.page"] = corrections.corrected(frames)
    found["explorer.page"] = page("explorer.html")
    found["glossary.page"] = glossary(frames)
    texts = _texts(frames)
    books = [results / "notebooks" / path.name for path in notebooks.find_notebooks()]
    known = {*found, *texts, *(f"notebooks/{path.name}" for path in books)}
    for name, text in texts.items():
        instead = INSTEAD_KO if name == "korean.md" else INSTEAD
        found[name] = _linked(text, name, known, instead).encode()
    for path in books:
        found[f"notebooks/{path.name}"] = _notebook(path, figures, known, base)
    for slug in FRONT:
        found[f"figures/{slug}.png"] = (results / f"figures/{slug}.png").read_bytes()
    return found | _korean_pictures(frames, results / "figures" / "ko")


def _korean_pictures(frames: Frames, folder: Path) -> dict[str, bytes]:
    """Return the pictures of the front page in Korean: a build of other data has none yet."""
    there = [folder / f"{slug}.png" for slug in FRONT]
    if all(path.is_file() for path in there):
        made = {path.name: path.read_bytes() for path in there}
    else:
        with speaking("ko"):
            made = front_pictures(frames)
    return {f"figures/ko/{name}": picture for name, picture in made.items()}


def _figure(figure: Figure, frames: Frames, results: Path, base: str) -> dict[str, object]:
    """Return what is told of a figure: its words as built, its files, the documents it rests on."""
    slug, folder = figure.slug, results / "figures"
    words = json.loads((folder / f"{slug}.json").read_bytes())
    documents = frames["sources"].reindex(words["sources"])[[*OF_SOURCE]]
    return words | {
        "slug": slug,
        "address": base and f"{base}figures/{slug}.html",
        "files": sorted(file.name for file in folder.glob(f"{slug}.*")),
        "documents": documents.astype(object).where(documents.notna(), None).values.tolist(),
        "notebook": figure.module.NOTEBOOK,
        "kinds": KINDS,
        "called": called,
    }


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
    computed = in_readme(frames)
    readme = _front("README.md", computed)
    with speaking("ko"):
        korean = _front("README.ko.md", in_readme(frames))
    cut = readme.index("\n## ", readme.index(computed["guide"]) + len(computed["guide"]))
    books = {f"notebooks/{path.name}": called(path.stem) for path in notebooks.find_notebooks()}
    folders = (frames.data_dir, PROJECT / "data")  # a folder of tables may lack a document
    data = {
        name: next(folder / name for folder in folders if (folder / name).is_file()).read_text(
            "utf-8"
        )
        for name in OF_DATA
    }
    return {
        "index.md": f"{NO_CONTENTS}{readme[:cut]}\n{_contents(NAVIGATION)}",
        "korean.md": f"{NO_CONTENTS}{korean}\n{_contents({'glossary.page': '용어집'})}",
        "about.md": f"# About this project\n{readme[cut:]}",
        "notebooks/index.md": f"{NOTEBOOKS}{guide(frames)}\n{_contents(books)}",
        "data/README.md": codebook.cards(frames.data_dir).decode() + _contents(BESIDE_DATA),
        "data/CODEBOOK.md": codebook.codebook().decode(),
        **{f"data/{name}": DECISION.sub(r"(\1)=\n## \1 ", text) for name, text in data.items()},
        **{name: (PROJECT / name).read_text(encoding="utf-8") for name in OF_PROJECT},
    }


def _front(name: str, computed: Mapping[str, str]) -> str:
    text = (PROJECT / name).read_text(encoding="utf-8")
    return COMMENT.sub("", codebook.with_computed(text, computed))


def _contents(pages: Mapping[str, str]) -> str:
    """Return what the navigation holds, as Sphinx reads it."""
    lines = [f"{title} </{name.rpartition('.')[0]}>" for name, title in pages.items()]
    return "\n".join(["", "```{toctree}", ":hidden:", "", *lines, "```", ""])


def _linked(text: str, name: str, known: Collection[str], instead: Mapping = INSTEAD) -> str:
    """Return a text with links that hold on the site: to a page, to a file, or none."""

    def put(match: re.Match) -> str:
        picture, words, path, anchor = match.groups()
        if picture and (shown := f"figures/{posixpath.basename(path)[:-4]}.page") in known:
            return f"[{match[0]}]({shown})"
        if picture or re.match(r"[a-z]+:", path) or not path:
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        target = instead.get(target, target)
        if target in known:
            stem = posixpath.splitext(posixpath.basename(target))[0]
            words = called(stem) if words.strip("`") == stem else words
            path = posixpath.relpath(target, posixpath.dirname(name) or ".")
        elif target.startswith(COPIED):
            path = f"{'at' if anchor else 'here'}:{path}"
        else:
            return words
        return f"[{words}]({path}{anchor or ''})"

    return LINK.sub(put, text)


def _notebook(path: Path, figures: Mapping, known: Collection[str], base: str) -> bytes:
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
    how = cite(notebooks.heading(path), base and f"<{base}notebooks/{path.stem}.html>")
    how = f"## How to cite\n\n{how}\n\n[This notebook](here:{path.name})"
    cells.append(_said("cite", how))
    return json.dumps(book | {"cells": cells}).encode()


def _said(name: str, text: str) -> dict:
    return {"cell_type": "markdown", "id": f"site-{name}", "metadata": {}, "source": text}

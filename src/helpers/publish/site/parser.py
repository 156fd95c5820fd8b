"""What Sphinx is told: how our own pages are read, and how words are searched."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from docutils import nodes
from docutils.parsers import Parser
from sphinx.search.en import SearchEnglish

from helpers.languages import catalogue

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Class of what the search leaves out, since it stands on other pages.
UNSEARCHED = "no-search"
#: Pages in Korean.
KOREAN = ("korean", "glossary")
WORDS = re.compile("[가-힣]+|[^\\W가-힣]+")


class Pages(Parser):
    """Reads a page made of elements: headings become Sphinx's own, all else stays as it is."""

    supported = ("page",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Put the page into the document."""
        self.setup_parse(inputstring, document)
        document.append(_section(ElementTree.fromstring(inputstring)))
        self.finish_parse()


def _section(element: ElementTree.Element) -> nodes.section:
    heading, *parts = element
    section = nodes.section("", nodes.title("", heading.text), ids=[element.get("id")])
    for part in parts:
        if part.tag == "section":
            section += _section(part)
        else:
            html = ElementTree.tostring(part, "unicode", "html")
            unsearched = {UNSEARCHED}.intersection(part.get("class", "").split())
            section += nodes.raw("", html, format="html", classes=[*unsearched])
    return section


class Search(SearchEnglish):
    """English by its stems, Korean by pairs of syllables, numbers too.

    Korean hangs its particles on words, so a word is found as a part of another. Pairs and numbers
    get a beginning, since Sphinx drops bare numbers and does not insist on what is that short.
    """

    js_splitter_code = """
function splitQuery(query) {
  const found = /[가-힣]+|(?:(?![가-힣])[\\p{L}\\p{N}\\p{M}_])+/gu;
  const words = query.normalize("NFC").match(found) ?? [];
  return words.flatMap((word) => {
    if (/^\\p{Nd}+$/u.test(word)) return [`no${word}`];
    if (!/[가-힣]/.test(word)) return [word];
    if (word.length === 1) return [`ko${word}`];
    return [...word].slice(1).map((next, n) => `ko${word[n]}${next}`);
  });
}
"""

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self.stem = cache(super().stem)  # most of the time of a build goes into it

    def split(self, input: str) -> list[str]:
        """Return the words of a text as the index holds them."""
        return [part for word in WORDS.findall(input) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    if word.isdecimal():
        return [f"no{word}"]
    if not "가" <= word[0] <= "힣":
        return [word]
    pairs = [word[n : n + 2] for n in range(len(word) - 1)]
    return [f"ko{part}" for part in [*word, *pairs]]


def _above(app: Sphinx, name: str, template: str, context: dict, doctree: object) -> None:
    """Put the list of incidents, or of figures, above the page of one."""
    room = f"{name.partition('/')[0]}/index"
    if name != room and not context.get("parents") and room in app.env.titles:
        above = {
            "link": app.builder.get_relative_uri(name, room),
            "title": app.env.titles[room].astext(),
        }
        context["parents"] = [above]


def _speak(app: Sphinx, name: str, template: str, context: dict, doctree: object) -> None:
    """Tell a page in Korean that it is, and what the theme says beside its text."""
    if name in KOREAN:
        context |= {"language": "ko", "_": lambda text: catalogue("ko").get(("theme", text), text)}


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of these."""
    app.connect("html-page-context", _above, priority=100)
    app.connect("html-page-context", _speak)
    app.add_source_suffix(".page", "page")
    app.add_source_parser(Pages)
    app.add_search_language(Search)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Pages made of elements, so that a text can never become a tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

HANGUL = re.compile("[가-힣]")
#: What no page may hold, not even as a reference.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

#: Class of what the search leaves out: it stands on other pages.
UNSEARCHED = "no-search"

Part = str | Element | None | Iterable["Part"]


def tag(name: str, *parts: Part, **attributes: str | None) -> Element:
    """Return an element with texts and elements in it; ``class_`` is its class."""
    named = {key.rstrip("_"): clean(text) for key, text in attributes.items() if text is not None}
    element = Element(name, named)
    for part in flat(parts):
        if isinstance(part, Element):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + clean(part)
        else:
            element.text = (element.text or "") + clean(part)
    return element


def flat(parts: Part) -> Iterable[str | Element]:
    """Return texts and elements out of lists of lists, without what is missing."""
    if parts is None:
        return
    if isinstance(parts, str | Element):
        yield parts
    else:
        for part in parts:
            yield from flat(part)


def clean(text: str) -> str:
    """Return a text without characters that no page may hold."""
    return CONTROL.sub("", text)


def link(address: str | None, *parts: Part) -> Part:
    """Return a link out of the site, or the bare words where the address is none of the web."""
    web = address and re.match(r"https?://[^\s/]", address)
    return tag("a", *parts, href=address, rel="noopener noreferrer") if web else list(parts)


def spoken(text: str) -> Part:
    """Return a text that says so if it is Korean, for those who listen to the page."""
    return tag("span", text, lang="ko") if HANGUL.search(text) else text


def section(name: str, title: str, *parts: Part) -> Element | None:
    """Return a part of a page with its anchor, none if there is nothing in it."""
    parts = list(flat(parts))
    return tag("section", tag("h2", title), parts, id=name) if parts else None


def bullets(items: Iterable[Part], **attributes: str) -> Element | None:
    """Return a list, none if it has no item."""
    items = [tag("li", item) for item in items]
    return tag("ul", items, **attributes) if items else None


def table(names: Iterable[str], rows: Iterable[Iterable[Part]]) -> Element:
    """Return a table, which scrolls sideways by itself where it has no room."""
    head = tag("tr", [tag("th", name, scope="col") for name in names])
    body = [tag("tr", [tag("td", cell) for cell in row]) for row in rows]
    whole = tag("table", tag("thead", head), tag("tbody", body), class_="table")
    return tag("div", whole, class_="pst-scrollable-table-container", tabindex="0")


def page(title: str, *parts: Part) -> bytes:
    """Return the source of a page."""
    return ElementTree.tostring(tag("section", tag("h1", title), parts, id="top"), "utf-8")

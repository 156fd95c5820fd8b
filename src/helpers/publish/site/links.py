"""A walk over the pages of a site: links that lead nowhere, and what would ask the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Attributes by which a browser loads what they name as soon as a page is opened.
LOADED = {"src", "srcset", "data", "poster", "background"}
WEB = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?|mailto:\S+@\S+")


class _Page(HTMLParser):
    """Anchors and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "top"}
        self.links: set[str] = set()
        self.loads: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.anchors |= {named[name] for name in ("id", "name") if named.get(name)}
        if named.get("href") and named.get("rel") != "canonical":
            (self.loads if tag == "link" else self.links).add(named["href"])
        self.loads |= {named[name] for name in LOADED if named.get(name)}


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def faults(folder: Path) -> list[str]:
    """Return a line for each address of the pages in a folder that leads nowhere or outside.

    A link within the site must lead to a file, and to an anchor if it names one; a link out of it
    must be an address of the web; what a page loads must lie in the site.
    """
    files = [path for path in sorted(folder.rglob("*.html")) if path.parent.name != "_static"]
    pages = {path.resolve(): _read(path) for path in files}
    found = []
    for path, page in pages.items():
        name = path.relative_to(folder.resolve()).as_posix()
        found += [f"{name}: loads {address}" for address in sorted(page.loads) if _outside(address)]
        found += [
            f"{name}: {address} leads nowhere"
            for address in sorted(page.links | page.loads)
            if not _leads(address, path, pages)
        ]
    return found


def _outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def _leads(address: str, path: Path, pages: dict[Path, _Page]) -> bool:
    if _outside(address):
        return WEB.fullmatch(address) is not None
    parts = urlsplit(address)
    if parts.scheme == "data":
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target not in pages:
        return target.is_file()
    # The explorer keeps its state behind the sign of an anchor.
    return "=" in parts.fragment or unquote(parts.fragment) in pages[target].anchors

"""What a page rests on, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import metadata
from typing import TYPE_CHECKING

from helpers.figures.provenance import PACKAGE, TITLE
from helpers.publish.explorer.words import ENGLISH
from helpers.publish.site.markup import bullets, link, section, spoken, tag

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


CITE = "How to cite"


def sources(rows: Iterable[Iterable[str | None]]) -> Element | None:
    """Return documents as a list: publisher, title, date and address of each."""
    return bullets(
        [f"{publisher}: ", link(url, spoken(title or url or "")), f", {day or ENGLISH['no_date']}"]
        for publisher, title, day, url in rows
    )


def citation(what: str, released: str) -> str:
    """Return the words by which a part of the collection is cited; ``released`` is a date."""
    about = metadata(PACKAGE)
    who, version = about["Author"], about["Version"]
    return f"{who} ({released[:4]}). {what}. {TITLE}, version {version}. CC BY 4.0."


def how_to_cite(what: str, released: str) -> Element | None:
    """Return the part of a page that says how it is cited."""
    return section("cite", CITE, tag("p", citation(what, released), class_="cite"))

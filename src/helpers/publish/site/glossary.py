"""The Korean glossary: the words as they were decided, where they are used, and all codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers.data import vocab
from helpers.data.decisions import decided, paragraph
from helpers.languages import speaking, tr
from helpers.publish.site.render import page

if TYPE_CHECKING:
    from helpers.figures.frames import Frames

#: How the title of a decision on Korean words begins, and a row of the table of them.
OURS = "Korean terms"
ROW = re.compile(r"^\| ([^|\n]+) \| ([^|\n]+) \| (d\d+) \|$", re.M)
#: What a decision names as its sources: keys of documents, and addresses.
NAMED = re.compile(r"`([^`]+)`|<(https?://[^>\s]+)>")


def glossary(frames: Frames) -> bytes:
    """Return the page, which is in Korean."""
    texts = {key: one for key, one in decided(frames.data_dir).items() if one[0].startswith(OURS)}
    documents = frames["sources"][["publisher", "published", "url"]].astype(object)
    documents = documents.where(documents.notna(), None)
    with speaking("ko"):
        used = [
            (key, tr(title), _linked(paragraph(body, "Sources"), documents.T.to_dict("list")))
            for key, (title, body) in texts.items()
        ]
        terms = [row for _, body in texts.values() for row in ROW.findall(body)]
        lists = {about: list(getattr(vocab, about)) for about in vocab.Vocabulary}
        return page("glossary.html", terms=terms, used=used, lists=lists)


def _linked(text: str, documents: dict[str, list]) -> list[tuple[str, str | None]]:
    """Return the parts of a text, each with its address if it has one."""
    found, last = [], 0
    for one in NAMED.finditer(text):
        key, address = one.groups()
        publisher, day, url = documents.get(key, (key, None, None))
        words = (
            " ".join(filter(None, [tr(publisher, "publisher"), day]))
            if key
            else address.split("/")[2]
        )
        found += [(text[last : one.start()], None), (words, address or url)]
        last = one.end()
    return [*found, (text[last:], None)]

"""The corrections as a page and as a feed."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from helpers.data.tables import TABLES
from helpers.figures.provenance import PACKAGE, TITLE
from helpers.publish.explorer.content import Correction, corrections
from helpers.publish.site.markup import bullets, page, section, tag
from helpers.words import say

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from helpers.figures.frames import Frames

#: Entries of the feed: what is older is on the page.
NEWEST = 100


def corrected(frames: Frames) -> bytes:
    """Return the page of the corrections, a part a table."""
    pages = set(frames["incidents"]["incident_id"])

    def item(one: Correction) -> Element:
        record = one.record
        if one.table == "incidents" and record in pages:
            record = tag("a", record, href=f"incidents/{record}.html")
        return tag("span", record, ", ", tag("b", one.field), f": {one.text}", id=one.key)

    rows = sorted(corrections(frames), key=lambda one: list(TABLES).index(one.table))
    lead = say(
        "{n:correction/corrections} of what the tables said before, each with its reason. ",
        n=len(rows),
    )
    parts = [
        section(name, TABLES[name].title, bullets(map(item, some)))
        for name, some in groupby(rows, lambda one: one.table)
    ]
    link = tag("a", "Follow them in a feed reader (Atom)", href="corrections.xml")
    return page("Corrections of the tables", tag("p", lead, link, "."), parts)


def feed(frames: Frames, released: str) -> bytes:
    """Return the newest corrections as an Atom feed; what git does not date is of ``released``."""
    dates = _dates(frames.data_dir / TABLES["corrections"].path)
    rows = [(dates.get(one.key, f"{released}T00:00:00Z"), one) for one in corrections(frames)]
    rows = sorted(rows, key=lambda row: row[0], reverse=True)[:NEWEST]
    entries = [
        tag(
            "entry",
            tag("title", f"{one.record}: {one.field}"),
            tag("id", _urn(one.key)),
            tag("updated", date),
            tag("link", href=f"corrections.html#{one.key}"),
            tag("content", one.text, type="text"),
        )
        for date, one in rows
    ]
    whole = tag(
        "feed",
        tag("title", f"{TITLE}: corrections"),
        tag("id", _urn("corrections")),
        tag("updated", max((date for date, _ in rows), default=f"{released}T00:00:00Z")),
        tag("author", tag("name", TITLE)),
        tag("link", href="corrections.xml", rel="self"),
        entries,
        xmlns="http://www.w3.org/2005/Atom",
    )
    return ElementTree.tostring(whole, "utf-8", xml_declaration=True)


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"{PACKAGE}/{name}").urn


def _dates(path: Path) -> dict[str, str]:
    """Return by key when each correction took the form it has, as git knows it; else nothing."""
    command = ["git", "blame", "--line-porcelain", "HEAD", "--", path.name]
    try:
        done = subprocess.run(command, cwd=path.parent, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    lines = re.findall(rb"^author-time (\d+)$.*?^\t([^,\n]+),", done.stdout, re.M | re.S)
    return {
        key.decode(): datetime.fromtimestamp(int(time), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for time, key in lines
    }

"""The corrections as a page and as a feed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from helpers.data.changes import git
from helpers.data.tables import TABLES
from helpers.figures.provenance import PACKAGE, TITLE
from helpers.publish.datapackage import cited
from helpers.publish.explorer.disputes import corrections
from helpers.publish.site.render import page

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.figures.frames import Frames

#: Entries of the feed: what is older is on the page.
NEWEST = 100


def corrected(frames: Frames) -> bytes:
    """Return the page of the corrections, a part a table."""
    ids = set(frames["incidents"]["incident_id"])
    return page("corrections.html", rows=corrections(frames), tables=TABLES.values(), ids=ids)


def feed(frames: Frames, base: str = "") -> bytes:
    """Return the newest corrections as an Atom feed; what git does not date is of the release.

    Its links begin with ``base``: many readers do not take them from the feed's own address.
    """
    released = f"{cited()['date-released']}T00:00:00Z"
    dates = _dates(frames.data_dir / TABLES["corrections"].path)
    rows = [(dates.get(one.key, released), one) for one in corrections(frames)]
    rows = sorted(rows, key=lambda row: row[0], reverse=True)[:NEWEST]
    return page("corrections.xml", title=TITLE, released=released, rows=rows, urn=_urn, base=base)


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"{PACKAGE}/{name}").urn


def _dates(path: Path) -> dict[str, str]:
    """Return by key when each correction took the form it has, as git knows it; else nothing."""
    try:
        done = git("blame", "--line-porcelain", "HEAD", "--", path.name, folder=path.parent)
    except OSError:
        return {}
    lines = re.findall(rb"^author-time (\d+)$.*?^\t([^,\n]+),", done.stdout, re.M | re.S)
    return {
        key.decode(): datetime.fromtimestamp(int(time), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for time, key in lines
    }

"""The index of the exported figures that a person can look through."""

from __future__ import annotations

import json
from collections.abc import Mapping

from helpers.words import in_markdown

SAID = ("title", "subtitle", "alt", "fact", "source")

HEAD = """# Figures

Made by the notebooks; this page is made with them. Each figure comes as PNG (for text), as SVG (for
layout), with the table of what it shows (CSV) and its words (JSON): title, subtitle, alternative
text, computed fact, source line, and where it is from: credit, licence, versions, digests of the
data behind it, keys of the documents that these cite.

[`explore.html`](explore.html) shows every incident of the register with its sources, on maps, in time
and in a table to filter and search: one file for any browser, without a network.

For a report take one in another size (`column` 89 mm, `full` 183 mm, `slide` 338.7 by 190.5 mm, `web`
200 mm) or as PDF, without opening a notebook:

```
crossings export direct-share --size column --format pdf,png --dpi 600 --out my-report
```
"""


def index(files: Mapping[str, bytes], made_by: Mapping[str, str]) -> bytes:
    """Return ``figures/README.md`` for the given files."""
    parts, notebook = [HEAD], None
    for slug in sorted(made_by, key=made_by.get):
        if made_by[slug] != notebook:
            notebook = made_by[slug]
            parts.append(f"## From [{notebook}](../notebooks/{notebook})\n")
        made = json.loads(files[f"{slug}.json"])
        words = {name: in_markdown(made[name]) for name in SAID}
        parts.append(
            f"### {words['title']}\n\n`{slug}`. {words['subtitle']}\n\n"
            f"![{words['alt']}]({slug}.png)\n\n{words['fact']}\n\n*{words['source']}*\n\n"
            f"Files: [{slug}.png]({slug}.png), [{slug}.svg]({slug}.svg), "
            f"[{slug}.csv]({slug}.csv), [{slug}.json]({slug}.json)\n"
        )
    return "\n".join(parts).encode()

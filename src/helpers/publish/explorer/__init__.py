"""The explorer: the incidents on maps, in time and in a table, each with what its sources say.

One module of the browser (``explorer.mjs``) in two shells: :func:`page`, a file that needs no
network and no library, and :func:`explore`, the same in JupyterLab, whose selection comes back as
frames. Imports everything but entry and the commands.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from helpers import export
from helpers.figures import style
from helpers.figures.frames import shared
from helpers.languages import LOCALES, speaking
from helpers.publish.explorer.content import content
from helpers.publish.explorer.words import ENGLISH
from helpers.words import say

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from helpers.figures.frames import Frames
    from helpers.publish.explorer.widget import Explorer

HERE = Path(__file__).parent
NAME = "explore.html"

#: Colours in the light, as in the figures, and in the dark.
COLOURS = {
    "ink": (style.INK, "#ECECEC"),
    "muted": (style.MUTED, "#B4B4B4"),
    "rule": (style.FAINT, "#474747"),
    "paper": (style.PAPER, "#191919"),
    "tint": ("#F3EEE6", "#33302B"),
    "link": ("#0B5CAD", "#8CC4FF"),
    "water": (style.WATER, "#191919"),
    "land-north": (style.LAND_NORTH, "#3D3A35"),
    "land-south": (style.LAND_SOUTH, "#2C2A27"),
    "dmz": ("#C9BFAE", "#5C564B"),
    "hatch": (style.BLIND["edgecolor"], "#8C8C8C"),
    "subject": (style.COLOURS["subject"], "#FF9B45"),
    "line": (style.COLOURS["line"], "#3FC79B"),
    "sea": (style.COLOURS["sea"], "#56B4E9"),
    "sea-edge": ("#2B6C94", "#8FD0F7"),
    "sea-edge-full": (style.INK, "#191919"),
    "china": (style.COLOURS["china"], "#7FB8FF"),
    "air": (style.COLOURS["air"], "#FFFFFF"),
    "context": (style.COLOURS["context"], "#949494"),
}


def explore(incidents: GeoDataFrame, lang: str = "en") -> Explorer:
    """Return the explorer of incidents for JupyterLab.

    Parameters
    ----------
    incidents : geopandas.GeoDataFrame
        The register or a part of it, as :func:`helpers.load.incidents` gives it.
    lang : str
        Language: ``en`` or ``ko``.

    Returns
    -------
    helpers.publish.explorer.widget.Explorer
        ``selected`` gives the rows that are shown, ``picked`` the one whose details are open.
    """
    from helpers.publish.explorer.widget import Explorer

    return Explorer(incidents, lang)


def save() -> str:
    """Write the explorer of the data in use as one file beside the figures; return its name."""
    export.page(NAME, page(shared()))
    return NAME


def page(frames: Frames) -> bytes:
    """Return the explorer as one HTML file that asks for nothing else and runs no other script."""
    script = (
        (HERE / "explorer.mjs").read_text(encoding="utf-8")
        + "\nmount(document.getElementById('explorer'), "
        + "JSON.parse(document.getElementById('data').textContent));\n"
    )
    look = css() + "\n" + (HERE / "page.css").read_text(encoding="utf-8")
    made = content(frames)
    unscripted = []
    for language in LOCALES:
        with speaking(language):
            unscripted.append(f'<p lang="{language}">{html.escape(say(ENGLISH["no_script"]))}</p>')
    return Template((HERE / "page.html").read_text(encoding="utf-8")).substitute(
        {name: html.escape(made["words"][name]) for name in ("title", "lead", "credit")},
        no_script="".join(unscripted), data=as_json(made),
        style=look, style_hash=_hash(look), script=script, script_hash=_hash(script),
    ).encode()  # fmt: skip


def css() -> str:
    """Return the looks of the explorer, with its colours in the light and in the dark."""
    pairs = "".join(f"--{name}: light-dark({a}, {b}); " for name, (a, b) in COLOURS.items())
    return f".explorer, .explorer-page {{ {pairs}}}\n" + (HERE / "explorer.css").read_text(
        encoding="utf-8"
    )


def as_json(value: dict) -> str:
    """Return JSON that can stand in a page, an incident, a document, a correction a line."""

    def put(one: object) -> str:
        return json.dumps(one, ensure_ascii=False, separators=(",", ":"))

    long = {"rows", "sources", "corrections"}
    parts = [
        f"{put(name)}:" + (f"[\n{joined}\n]" if name in long else put(part))
        for name, part in value.items()
        for joined in [",\n".join(map(put, part)) if name in long else ""]
    ]
    text = "{" + ",\n".join(parts) + "}"
    # No tag can end the block, and no line separator can end a line of script.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

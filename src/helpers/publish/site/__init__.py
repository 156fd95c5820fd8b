"""The report site: notebooks, incidents, figures and documents as pages that need no network.

Our code writes the sources, Sphinx makes the pages. Imports everything but entry and the commands;
Sphinx comes with the tools for development.
"""

from __future__ import annotations

import errno
import os
import shutil
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data.faults import FindingError
from helpers.figures.provenance import TITLE
from helpers.figures.registry import entries
from helpers.notebooks import run as notebooks
from helpers.publish.datapackage import cited
from helpers.writing import scratch, write_all

if TYPE_CHECKING:
    from helpers.figures.frames import Frames

HERE = Path(__file__).parent
#: A file that every site has, by which one is known.
MARK = "searchindex.js"
DATA = {".csv", ".json", ".geojson", ".txt"}

#: Pages without a list of their neighbours.
ALONE = ("index", "about", "korean", "glossary", "explorer", "incidents/*", "figures/*")

CONFIG = {
    "project": TITLE,
    "html_title": TITLE,
    "language": "en",
    "copyright": f"{TITLE}. Data CC BY 4.0, code MIT",
    "html_show_copyright": True,
    "extensions": ["myst_nb", "helpers.publish.site.parser"],
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},  # they would be asked of another site
    "nb_code_prompt_show": "Show the code",
    "nb_code_prompt_hide": "Hide the code",
    "myst_heading_anchors": 4,
    "myst_disable_syntax": ["html_block", "html_inline"],  # a text of the data is never a tag
    "myst_url_schemes": {
        **dict.fromkeys(["http", "https", "mailto"]),
        "here": "{{path}}",
        "at": "{{path}}#{{fragment}}",
    },
    "smartquotes": False,
    "html_theme": "pydata_sphinx_theme",
    "html_theme_options": {
        "navbar_align": "left",
        "header_links_before_dropdown": 7,
        "search_bar_text": "Search, in English or Korean",
        "show_prev_next": False,
        "secondary_sidebar_items": ["page-toc"],
        "footer_start": ["copyright"],
        "footer_end": [],
        "show_toc_level": 2,
    },
    "html_sidebars": {name: [] for name in ALONE},
    "html_context": {"default_mode": "auto"},
    "html_static_path": [str(HERE / "static"), "static"],
    "html_css_files": ["explorer.css", "site.css"],
    "html_favicon": str(HERE / "static" / "icon.svg"),
    "templates_path": [str(HERE / "templates")],
    "html_copy_source": False,
    "html_show_search_summary": False,  # it is fetched, which a browser refuses a file
    "html_use_index": False,
    "html_permalinks_icon": "#",
    # Incidents are in their list; no colours for CSV.
    "suppress_warnings": ["toc.not_included", "misc.highlighting_failure"],
}


def build(frames: Frames, results: Path, out: Path, address: str = "") -> int:
    """Make the site in a folder, whole or not at all; return the number of its pages.

    Parameters
    ----------
    frames : helpers.figures.frames.Frames
        The tables.
    results : pathlib.Path
        Folder with ``notebooks`` and ``figures`` that were built from them.
    out : pathlib.Path
        Folder of the site; a site that is there is replaced.
    address : str
        Where it will be published, for search engines and readers of the feed.

    Raises
    ------
    ValueError
        If ``results`` lacks a file, ``out`` holds something else, ``address`` is none of the web,
        or Sphinx is not installed.
    helpers.data.faults.FindingError
        With all that Sphinx warns of, and every link that leads nowhere.
    """
    from helpers.publish.site import links
    from helpers.publish.site.corrections import feed
    from helpers.publish.site.pages import pages

    needed = [f"notebooks/{path.name}" for path in notebooks.find_notebooks()]
    needed += [f"figures/{slug}.{end}" for slug in entries() for end in ("json", "png")]
    if lacking := [name for name in needed if not (results / name).is_file()]:
        raise ValueError(f"{results} lacks {lacking[0]}: expected what `crossings build` wrote")
    if out.exists() and (out.is_file() or any(out.iterdir())) and not (out / MARK).is_file():
        raise ValueError(f"{out} is something else than a site: name another folder")
    if address and not (address.startswith("http") and links.WEB.fullmatch(address)):
        raise ValueError(f"{address} is no address of the web: expected one like https://a.org/b/")
    base = address and address.rstrip("/") + "/"
    with scratch(beside=out) as work:
        source, made = work / "source", work / "made"
        for name, content in pages(frames, results, base).items():
            write_all((source / name).parent, {Path(name).name: content})
        faults = sphinx(source, made, work / "trees", base)
        _copy(results / "figures", made / "figures")
        _copy(frames.data_dir, made / "data", DATA)
        _copy(results / "notebooks", made / "notebooks", {".ipynb"})
        write_all(made, {"corrections.xml": feed(frames, base), ".nojekyll": b""})
        if faults := faults + links.faults(made):
            raise FindingError("\n".join(faults))
        if out.exists():
            out.rename(work / "old")
        made.rename(out)
    return sum(1 for _ in out.rglob("*.html"))


def sphinx(source: Path, made: Path, trees: Path, base: str = "", jobs: int = 0) -> list[str]:
    """Make the pages; return what Sphinx warns of."""
    from helpers.publish.explorer import css

    notebooks.prepare()
    try:
        from sphinx.application import Sphinx
        from sphinx.errors import SphinxError
    except ImportError as error:
        raise ValueError("The site is made by Sphinx, which is not here: `make setup`") from error
    write_all(source / "static", {"explorer.css": css().encode()})
    told = StringIO()
    config = CONFIG | {"release": cited()["version"], "html_baseurl": base}
    app = Sphinx(
        source, None, made, trees, "html", config, None, told, parallel=jobs or os.cpu_count()
    )
    try:
        app.build(force_all=True)
    except SphinxError as error:  # of a worker, whatever that came upon
        raise OSError(errno.EIO, f"Sphinx stopped: {error}", str(made)) from error
    (made / ".buildinfo").unlink()  # for builds in steps, with other digits each time
    lines = notebooks.ANSI.sub("", told.getvalue()).replace(f"{source}/", "").splitlines()
    return [line for line in lines if line]


def _copy(folder: Path, target: Path, suffixes: set[str] | None = None) -> None:
    """Copy the files of a folder that are to be downloaded."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".md" and (not suffixes or path.suffix in suffixes):
            place = target / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)

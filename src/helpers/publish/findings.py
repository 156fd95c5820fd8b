"""The findings by name, computed from a data folder: for comparing two states of the data.

A finding is the title and the computed sentence of a figure, under its slug, or a sentence of
:mod:`helpers.sentences` that stands beside no figure, in :data:`SENTENCES`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.analysis import doubt as doubting
from helpers.analysis import register as count
from helpers.analysis.arrivals import official
from helpers.data.vocab import Route
from helpers.export import render, to_csv
from helpers.figures import recipes
from helpers.figures.frames import shared
from helpers.figures.registry import by_notebook, entries
from helpers.languages import current
from helpers.notebooks.run import find_notebooks, heading
from helpers.sentences import arrivals, claims, context, crossing, doubt, readme, register
from helpers.words import in_markdown

if TYPE_CHECKING:
    from helpers.figures.frames import Frames
    from helpers.figures.registry import Content

SENTENCES: dict[str, Callable[[Frames], str]] = {
    "answer": lambda f: readme.answer(
        f(recipes.crossings), f(recipes.record), f(recipes.gaps), f["arrivals_annual"]
    ),
    "crossing-answer": lambda f: crossing.answer(f["jsa_facts_2017"]),
    "direct-answer": lambda f: register.answer(
        f(recipes.crossings), f(recipes.record), f(recipes.gaps)
    ),
    "direct-coverage": lambda f: register.coverage(f(recipes.south)),
    "direct-not-counted": lambda f: register.not_counted(f["incidents"], f(recipes.south)),
    "direct-against-official": lambda f: register.against_official(
        f(recipes.official), f(recipes.crossings)
    ),
    "direct-checked": lambda f: register.checked(f["official_totals"], f(recipes.crossings)),
    "direct-critic": lambda f: register.critic(f(recipes.crossings), f(recipes.record)),
    "direct-one-more": lambda f: register.one_more(f(recipes.crossings), f(recipes.record)),
    "north-bound": lambda f: register.other_way(
        count.direct(f["incidents"], "south_to_north"),
        count.direct(f["incidents"], "south_to_north", "unclear"),
    ),
    "arrivals-answer": lambda f: arrivals.answer(official(f["arrivals_annual"])),
    "arrivals-part-year": lambda f: arrivals.part_year(*f(recipes.arrival_periods)),
    "context-answer": lambda f: context.answer(
        f(recipes.watched), f["arrivals_annual"], f(recipes.clear)
    ),
    "context-later": lambda f: context.later(f(recipes.south), f(recipes.until)),
    "context-waiting": lambda f: context.waiting(f(recipes.waits)),
    "direct-minimum": lambda f: context.minimum(f(recipes.south), f(recipes.gaps)),
    "claims-answer": lambda f: claims.answer(f(recipes.weighed), f(recipes.other_rules)),
    "claims-with-a-range": lambda f: claims.ranges(f(recipes.weighed)),
    "how-sure-answer": lambda f: doubt.answer(
        f(recipes.south), f(recipes.gaps), f(recipes.headlines)
    ),
    "how-sure-sums": lambda f: doubt.critic_net(doubting.cancelling(f(recipes.compared))),
    "how-sure-unseen": lambda f: doubt.critic_unseen(f["official_totals"]),
}
"""Findings beside no figure: what they are computed by."""

#: Where a finding beside no figure is said, by the first word of its name.
SAID_IN = {
    "answer": "README.md",
    "crossing": "01_the_crossing.ipynb",
    "direct": "02_across_the_line.ipynb",
    "north": "02_across_the_line.ipynb",
    "arrivals": "03_through_china.ipynb",
    "context": "04_in_context.ipynb",
    "claims": "05_the_report_checked.ipynb",
    "how": "06_how_sure.ipynb",
}

#: Routes that have a shorter name than their label.
SHORT = {Route.JSA: "JSA"}


#: The figure whose title says what a notebook finds.
LEAD = {
    "01_the_crossing.ipynb": "crossing-minute-by-minute",
    "02_across_the_line.ipynb": "jsa-among-the-rest",
    "03_through_china.ipynb": "arrivals-by-year",
    "04_in_context.ipynb": "whole-scale",
    "05_the_report_checked.ipynb": "claims-checked",
    "06_how_sure.ipynb": "headlines-under-doubt",
    "07_explore.ipynb": "map-direct-crossings",
}

#: The pictures of the README: what happened, how rare it is, who the many others are.
FRONT = ("crossing-in-six-frames", "whole-scale", "women-among-arrivals")

#: Dots per inch of those in another language than English: for a screen.
FRONT_DPI = 150


def answer(frames: Frames | None = None) -> str:
    """Return the answer of the collection: that of the README and of the first notebook."""
    return SENTENCES["answer"](frames or shared())


def guide(frames: Frames | None = None, folder: str = "") -> str:
    """Return the notebooks as a list in Markdown: the question of each, and what it finds.

    ``folder`` stands before a notebook's name in its address.
    """
    frames, lines = frames or shared(), []
    for path in find_notebooks():
        if path.name in LEAD:
            finding = entries()[LEAD[path.name]].make(frames).title
            finding += "" if finding.endswith("?") else "."
            lines.append(
                f"- [{path.stem}]({folder}{path.name}): *{heading(path)}* {in_markdown(finding)}"
            )
    return "\n".join(lines)


def in_readme(frames: Frames) -> dict[str, str]:
    """Return the parts of the README in the language in use that are computed, by their name.

    The notebooks are in English, and so is the guide to them.
    """
    english = current() == "en"
    folder = "figures" if english else f"figures/{current()}"
    made = {slug: entries()[slug].make(frames) for slug in FRONT}
    pictures = [
        f"![{in_markdown(content.alt)}]({folder}/{slug}.png)" for slug, content in made.items()
    ]
    parts = {"answer": answer(frames), "pictures": "\n\n".join(pictures)}
    return parts | ({"guide": guide(frames, "notebooks/")} if english else {})


def front_pictures(frames: Frames) -> dict[str, bytes]:
    """Return the pictures of the README in the language in use, by file name."""
    made = [entries()[slug].make(frames) for slug in FRONT]
    return {f"{one.slug}.png": render(one.page(), "png", FRONT_DPI, one.alt) for one in made}


def told(what: str, notebook: str, tables: Iterable[str], error: Exception) -> str:
    """Return in a line what raised, the notebook it is in, the tables it asked for, and why."""
    if isinstance(error, OSError):  # a place that fails is no fault of the code
        raise error
    behind = "".join(f", {table}" for table in sorted(tables))
    return f"error in {what} ({notebook}{behind}): {type(error).__name__}: {error}"


@dataclass(frozen=True)
class Found:
    """A finding of one data folder.

    ``tables`` holds the tables and layers (``geo/...``) it rests on; ``parts``, of a figure, title,
    subtitle, alt, fact, source, and a digest of its table.
    """

    text: str
    tables: frozenset[str]
    parts: dict[str, str] = field(default_factory=dict)
    notebook: str = ""
    error: Exception | None = None


def compute(frames: Frames) -> dict[str, Found]:
    """Return every finding of a data folder, by name; none raises, each has its own error."""
    found = {
        name: _find(SAID_IN[name.partition("-")[0]], sentence, frames)
        for name, sentence in SENTENCES.items()
    }
    return found | {
        figure.slug: _find(figure.notebook, figure.make, frames) for figure in by_notebook()
    }


def raised(found: Mapping[str, Found]) -> list[str]:
    """Return in a line each the findings that raised."""
    return [
        told(f"finding {name}", one.notebook, one.tables, one.error)
        for name, one in found.items()
        if one.error
    ]


def _find(notebook: str, make: Callable[[Frames], str | Content], frames: Frames) -> Found:
    frames.used = set()
    try:
        made = make(frames)
        text, parts = (made, {}) if isinstance(made, str) else (_sentence(made), _parts(made))
    except Exception as error:
        return Found("", frozenset(frames.used), {}, notebook, error)
    return Found(text, frozenset(frames.used), parts, notebook)


def counts(frames: Frames) -> dict[tuple[str, str], int]:
    """Return the counts that a reader asks for first, by what is counted and its unit."""
    incidents, south = frames["incidents"], frames(recipes.south)
    north = count.direct(incidents, "south_to_north")
    by_route = south["route"].value_counts()
    annual = frames["arrivals_annual"]
    arrivals = annual[annual["series"].eq("official_main") & annual["people"].notna()]
    cases, people = "incident/incidents", "person/people"
    found = {
        (SHORT.get(route, Route(route).label), cases): by_route.get(route, 0)
        for route in count.DIRECT_ROUTES
    }
    found |= {
        ("All direct routes to the South", cases): len(south),
        ("All direct routes to the South", people): south["people"].sum(),
        ("Directly to the North", cases): len(north),
        ("The register", cases): len(incidents),
        ("Arrivals of all years", people): arrivals["people"].sum(),
    }
    for period, number in zip(arrivals["period"], arrivals["people"], strict=True):
        found[f"Arrivals {period.replace('-', ' to ')}", people] = number
    return {key: int(number) for key, number in found.items()}


def _sentence(content: Content) -> str:
    return f"{content.title}. {content.fact}"


def _parts(content: Content) -> dict[str, str]:
    names = ("title", "subtitle", "alt", "fact", "source")
    table = hashlib.sha256(to_csv(content.table)).hexdigest()
    return {name: getattr(content, name) for name in names} | {"table": table}

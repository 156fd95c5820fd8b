"""The findings by name, computed from a data folder: for comparing two states of the data.

A finding is the title and the computed sentence of a figure, under its slug, or a sentence of
:mod:`helpers.sentences` that stands beside no figure, in :data:`SENTENCES`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from helpers.catalogue import recipes
from helpers.derive import register as count
from helpers.derive.arrivals import official
from helpers.export import to_csv
from helpers.facts import crossing
from helpers.faults import DataError
from helpers.figures.registry import entries
from helpers.frames import Frames
from helpers.sentences import arrivals, claims, context, readme, register

if TYPE_CHECKING:
    from helpers.figures.registry import Content

SENTENCES: dict[str, Callable[[Frames], str]] = {
    "answer": lambda f: readme.answer(
        f(recipes.crossings), f(recipes.record), f(recipes.official), f["arrivals_annual"]
    ),
    "crossing-answer": lambda f: crossing.answer(f["jsa_facts_2017"]),
    "direct-answer": lambda f: register.answer(
        f(recipes.crossings), f(recipes.record), f(recipes.official)
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
    "arrivals-part-year": lambda f: arrivals.part_year(*arrivals.of(f)),
    "context-answer": lambda f: context.answer(
        f(recipes.watched), f["arrivals_annual"], f(recipes.years)["clear"]
    ),
    "context-later": lambda f: context.later(f(recipes.south), f(recipes.until)),
    "context-waiting": lambda f: context.waiting(f(recipes.waits)),
    "direct-minimum": lambda f: context.minimum(f(recipes.south), f(recipes.gaps)),
    "claims-answer": lambda f: claims.answer(f(recipes.weighed), f(recipes.other_rules)),
    "claims-with-a-range": lambda f: claims.ranges(f(recipes.weighed)),
}
"""Findings beside no figure: what they are computed by."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Found:
    """A finding of one data folder.

    Attributes
    ----------
    text : str
        The sentence, or why there is none.
    tables : frozenset of str
        The tables and layers (``geo/...``) it rests on.
    parts : dict of str to str
        Of a figure: title, subtitle, alt, fact, source, and a digest of its table.
    """

    text: str
    tables: frozenset[str]
    parts: dict[str, str]


def compute(data_dir: Path) -> dict[str, Found]:
    """Return every finding of a data folder, by name.

    A finding whose tables have a fault, or which the data no longer supports, has that as text.
    """
    frames = Frames(data_dir)
    found = {}
    for name, sentence in SENTENCES.items():
        text, why = _try(lambda sentence=sentence: sentence(frames), frames)
        found[name] = Found(text or why, frozenset(frames.used), {})
    for slug, entry in entries().items():
        content, why = _try(lambda entry=entry: entry.make(frames), frames)
        text = f"{content.title}. {content.fact}" if content else why
        found[slug] = Found(text, frozenset(frames.used), _parts(content) if content else {})
    return found


def _try(make: Callable[[], Made], frames: Frames) -> tuple[Made | None, str]:
    """Return what ``make`` gives, or None and why there is nothing."""
    frames.used = set()
    try:
        return make(), ""
    except DataError as error:
        return None, f"(none: {len(error.faults)} faults, the first: {error.faults[0]})"
    except (LookupError, ValueError, ArithmeticError, AttributeError, TypeError, OSError) as error:
        # Data of an old revision, or an emptied table: tell it and go on with the others.
        return None, f"(none: {type(error).__name__}: {error})"


def _parts(content: Content) -> dict[str, str]:
    names = ("title", "subtitle", "alt", "fact", "source")
    table = hashlib.sha256(to_csv(content.table)).hexdigest()
    return {name: getattr(content, name) for name in names} | {"table": table}

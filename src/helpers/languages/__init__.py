"""In which language words are said: English as the code has it, others by a catalogue beside it.

The catalogue of a language is a folder of gettext files, ``ko/``: a whole template in English, and
the same in that language with the same named values. Any gettext editor opens them. Imports
nothing of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from helpers.languages import korean

#: The languages, each with its locale: British order of dates in English.
LOCALES = {"en": "en_GB", "ko": "ko_KR"}

#: What was asked for and stands in no catalogue; Korean texts that are said already among it.
lacking: set[str] = set()

_language: ContextVar[str] = ContextVar("language", default="en")


def current() -> str:
    """Return the language in use, as ISO 639 has it."""
    return _language.get()


def locale() -> str:
    """Return the locale of the language in use."""
    return LOCALES[current()]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say all words of the block in a language.

    Raises
    ------
    ValueError
        If there is no catalogue of it.
    """
    if language not in LOCALES:
        raise ValueError(f"no language {language!r}: one of {', '.join(LOCALES)} expected")
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def tr(text: str, context: str = "") -> str:
    """Return a text or template in the language in use; as it is where the catalogue has none.

    ``context`` tells a word from the same one elsewhere, as gettext has it.
    """
    if current() == "en":
        return text
    said = catalogue(current())
    if text not in said and (context, text) not in said:
        lacking.add(text)
    return said.get((context, text)) or said.get(text, text)


def joined(text: str) -> str:
    """Return a said sentence as its language joins words: Korean chooses the particles."""
    return korean.particles(text) if current() == "ko" else text


@cache
def catalogue(language: str) -> dict[str | tuple[str, str], str]:
    """Return the texts of a language by the English ones, or by their context and these.

    Fuzzy ones are not taken.
    """
    said: dict[str | tuple[str, str], str] = {}
    for path in sorted((Path(__file__).parent / language).glob("*.po")):
        with path.open("rb") as file:
            messages = read_po(file, language)
        there = [m for m in messages if m.id and m.string and not m.fuzzy]
        said |= {(m.context, m.id) if m.context else m.id: m.string for m in there}
    return said

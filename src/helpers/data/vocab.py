"""Closed vocabularies: every value a coded column may hold, in order, with label and definition.

They are rows of ``vocabularies.csv`` in the data folder; their order is the order of the category
in a typed frame and on a chart. A list is had by its name and a term by its value in capitals:
``from helpers.data.vocab import Route`` and ``Route.DMZ_LAND``, a string that equals ``dmz_land``.
Nothing is read before a term is asked for, so that modules load while the file has a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from helpers.data.faults import DataError, Fault
from helpers.languages import current
from helpers.paths import data_dir

FILE = "vocabularies.csv"

#: The file in use with its state, and the terms of each list by value.
_state: tuple[object, ...] = ()
_lists: dict[str, dict[str, Term]] = {}
#: The list types that were asked for; a term stays the same object when its file changes.
_types: dict[str, type[Term]] = {}
_terms: dict[tuple[str, str], Term] = {}


class MissingTermError(DataError, AttributeError):
    """Raised when the code names a term that has no row."""


def missing(kind: str, name: str) -> Fault:
    """Return the fault of a term ``kind.name`` that the code names and no row has."""
    mend = "restore it: label, definition and order may change, but no term that is used may go"
    return Fault(FILE, 0, "value", f"{kind}.{name}", "the code names it", "a row", mend)


class _List(type):
    """What a list of terms can do: give its terms in order, by value, or by name."""

    def __iter__(cls) -> Iterator[Term]:
        return iter(cls._by_value().values())

    def __call__(cls, value: str) -> Term:
        """Return the term of a value."""
        terms = cls._by_value()
        if value not in terms:
            raise ValueError(f"{value!r}: expected one of {', '.join(terms)} ({cls.__name__})")
        return terms[value]

    def __getattr__(cls, name: str) -> Term:
        """Return the term whose value in capitals is ``name``."""
        if name.isupper():
            for term in cls:
                if term.value.upper() == name:
                    return term
            raise MissingTermError([missing(cls.__name__, name)])
        raise AttributeError(name)

    def __dir__(cls) -> list[str]:
        return [*super().__dir__(), *(term.value.upper() for term in cls)]

    def _by_value(cls) -> dict[str, Term]:
        if not _state:
            use(data_dir())
        return _lists.get(cls.__name__, {})

    def values(cls) -> list[str]:
        """Return the allowed values in order."""
        return [*cls._by_value()]

    def labels(cls) -> dict[str, str]:
        """Return the labels by value: for tables that people read."""
        return {value: term.label for value, term in cls._by_value().items()}


class Term(str, metaclass=_List):
    """A coded value with its label, its definition and its colour role."""

    value: str
    role: str
    words: dict[str, str]

    @property
    def label(self) -> str:
        """Return the label in the language in use, in English where that has none."""
        return self._said("label")

    @property
    def definition(self) -> str:
        """Return the definition in the language in use, in English where that has none."""
        return self._said("definition")

    def _said(self, column: str) -> str:
        return self.words.get(f"{column}_{current()}") or self.words[column]


def __getattr__(name: str) -> type[Term]:
    """Return the list of that name, whatever it holds."""
    if not re.fullmatch("[A-Z][A-Za-z]+", name):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name not in _types:
        _types[name] = _List(name, (Term,), {"__module__": __name__})
    return _types[name]


def __dir__() -> list[str]:
    return [*globals(), *__getattr__("Vocabulary").values()]


def use(folder: Path) -> tuple[object, ...]:
    """Take the terms of a data folder from now on; one without the file leaves those in use.

    Returns what the terms were read from: the same as long as they are the same.

    Raises
    ------
    helpers.data.faults.DataError
        With every fault of the file; the terms in use stay as they were.
    """
    global _state
    path = folder / FILE
    if path.is_file() or not _state:
        if not path.exists():
            path = data_dir() / FILE
        stat = path.stat() if path.is_file() else None
        state = (path.resolve(), stat and (stat.st_mtime_ns, stat.st_size))
        if state != _state:
            _read(path.parent)
            _state = state
    return _state


def _read(folder: Path) -> None:
    from helpers.data.check import check_table
    from helpers.data.tables.vocabularies import VOCABULARIES

    _, frame, faults = check_table(folder, VOCABULARIES)
    if faults:
        raise DataError(faults)
    _lists.clear()
    for row in frame.fillna("").itertuples():
        kind = __getattr__(row.vocabulary)
        term = _terms.setdefault((row.vocabulary, row.value), str.__new__(kind, row.value))
        term.value, term.role, term.words = row.value, row.role or "context", row._asdict()
        _lists.setdefault(row.vocabulary, {})[row.value] = term

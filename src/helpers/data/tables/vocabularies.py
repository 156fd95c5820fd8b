"""The lists of codes: what a coded column of any table may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from helpers.data import tables
from helpers.data.columns import Rule, Schema, Table, name, rule, text
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault
from helpers.data.vocab import FILE, missing

Test = Callable[[pd.DataFrame], pd.Series]
ROLES = ("subject", "line", "estuary", "sea", "air", "china", "context")


def _told_apart(frame: pd.DataFrame) -> pd.Series:
    small = frame[["vocabulary"]].assign(value=frame["value"].str.lower())
    return ~small.duplicated() | frame.duplicated(["vocabulary", "value"])


def _once(column: str) -> Test:
    return lambda t: t[column].isna() | ~t.duplicated(["vocabulary", column], keep=False)


def _in_korean(column: str) -> Test:
    return lambda t: t[column].isna() | t[column].str.contains("[가-힣]")


def _a_sentence(column: str) -> Rule:
    return rule(column, "a sentence", lambda t: t[column].fillna(".").str.endswith("."))


VOCABULARIES = Table(
    FILE,
    "Lists of codes",
    "One value that a coded column may hold a row; the order of the rows is the order on charts. "
    "A list has a row of its own in the list Vocabulary. Terms may be added; those that the code "
    "names must stay.",
    Schema(
        {
            "vocabulary": name("The list.", "a name as EventType", "[A-Z][A-Za-z]{1,39}"),
            "value": name(
                "The code, as it is in the tables.",
                "1 to 60 letters, digits and '_'",
                "[A-Za-z0-9][A-Za-z0-9_]{0,59}",
            ),
            "label": text("The code in words, for charts and tables.", limit=60),
            "definition": text("What it means.", limit=300),
            "role": name(
                "Colour on charts.", f"one of {', '.join(ROLES)}", "|".join(ROLES), "context"
            ),
            "label_ko": text("The label in Korean.", "the Korean edition says it in English", 60),
            "definition_ko": text(
                "The definition in Korean.", "the Korean edition says it in English", 300
            ),
        },
        checks=[
            rule("value", "a code that differs in more than capitals", _told_apart),
            rule("label", "a label that no other value of the list has", _once("label"), True),
            rule(
                "label_ko", "a label that no other value of the list has", _once("label_ko"), True
            ),
            *(
                rule(name, "words in Korean letters", _in_korean(name), True)
                for name in ("label_ko", "definition_ko")
            ),
            _a_sentence("definition"),
            _a_sentence("definition_ko"),
        ],
    ),
    ("vocabulary", "value"),
    provenance="Drawn up with the tables; each term is used by a table or by the analysis.",
)

_IMPORTED = re.compile(r"from helpers\.data\.vocab import ([^()\n]+|\([^)]*\))")
_NAMED = re.compile(r"(\bvocab\.)?\b([A-Z][A-Za-z]+)\.([A-Z][A-Z0-9_]*)\b")


def named() -> Iterator[tuple[str, str]]:
    """Yield list and name of each term that the code of the package names, as ``Route.JSA``."""
    for path in Path(__file__).parents[2].rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "vocab" in source:
            lists = set(re.findall(r"\w+", " ".join(_IMPORTED.findall(source))))
            for through, kind, term in _NAMED.findall(source):
                if through or kind in lists:
                    yield kind, term


@across("vocabularies")
def terms_are_there(frames: Frames, texts: Texts) -> list[Fault]:
    """Find lists without a name, and terms that the code or a column needs without a row."""
    text, frame = texts["vocabularies"], frames["vocabularies"]
    lists, values = frame["vocabulary"], frame["value"]
    unknown = lists[~lists.isin(values[lists.eq("Vocabulary")]) & lists.notna()]
    what = ("is no list", "a value of the list Vocabulary", "name the list there first")
    faults = [told(text, row, "vocabulary", name, what) for row, name in unknown.items()]
    there = set(zip(lists, values.str.upper(), strict=True))
    faults += [missing(*term) for term in sorted(set(named()) - there)]
    columns = {
        column.vocabulary.__name__: f"{table.name}.{name}"
        for table in tables.TABLES.values()
        for name, column in table.schema.columns.items()
        if column.vocabulary is not None
    }
    return faults + [
        Fault(FILE, 0, "vocabulary", name, f"{column} holds its terms", "a row", "restore its rows")
        for name, column in columns.items()
        if name not in set(lists)
    ]

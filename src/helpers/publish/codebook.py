"""Documents made from the schemas: codebook, cards of the files, machine-readable descriptors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.data import vocab
from helpers.data.tables import TABLES, Table
from helpers.data.vocab import Term
from helpers.publish import datapackage as package
from helpers.words import in_markdown

KIND_WORDS = {
    "text": "text",
    "key": "key",
    "keys": "keys, joined by `;`",
    "integer": "whole number",
    "number": "decimal number",
    "category": "one of a list",
    "partial_date": "date `YYYY[-MM[-DD]]`",
    "clock": "time `HH:MM`",
    "url": "address",
    "dms": "degrees, minutes, seconds",
    "coded_list": "some of a list, joined by `;`",
    "name": "name",
}

CODEBOOK_HEAD = """# Codebook

Made from the schemas in `src/helpers/data/tables` by `crossings document`: change a schema, not
this page. All tables are CSV in UTF-8, separated by commas. An empty cell has the meaning given
under "If empty"; a column without one is never empty. Coded columns name their list; the lists are
rows of `data/vocabularies.csv` and are printed at the end of the page.
"""

BEGIN = "<!-- {}: computed, written by `crossings document` -->"
END = "<!-- end of the {} -->"
"""What stands before and after a part of the README that is computed."""

CARDS_HEAD = """# The data

One card a file: what a row is, how many there are, what identifies it, where it comes from, under
which licence, and the hash by which you can tell that you have the same file. Columns are described
in the [codebook](CODEBOOK.md), judgement calls in [DECISIONS.md](DECISIONS.md), changes in the
[changelog](../CHANGELOG.md). Licences: [LICENSE.md](LICENSE.md). For machines:
[datapackage.json](datapackage.json) (Data Package v2) and [croissant.json](croissant.json).
Made by `crossings document`.

These tables and the folder `geo` are the only files that people edit; everything else here is made
from them. `crossings import` reads the Ministry of Unification's tables in CSV, HTML or XLSX if
they look like one of these: arrivals by year and sex ([example](examples/arrivals_by_year.csv)), or
groups by sex, here by province of origin ([example](examples/groups_by_sex_2020-03.csv)); either
may lie across or down.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _defined(term: Term) -> str:
    # Codes in a definition are marked as code.
    return in_markdown(term.definition).replace("\\`\\`", "``")


def _allowed(column: object) -> str:
    if column.vocabulary is not None:
        name = column.vocabulary.__name__
        return f"[{name}](#{name.lower()})"
    if column.numeric:
        return f"{column.low:,g} to {column.high:,g}"
    return column.expected if column.kind == "name" else ""


def _table_page(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"**{table.title}** (`data/{table.path}`). {table.description}",
        "",
        f"Key: {', '.join(f'`{name}`' for name in table.primary_key)}.",
    ]
    lines += [
        f"`{column}` names rows of [{target}](#{target}) by `{target_column}`."
        for column, (target, target_column) in table.foreign_keys.items()
    ]
    lines += [
        "",
        "| column | what it holds | kind | unit | allowed | if empty |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, column in table.schema.columns.items():
        row = [
            f"`{name}`",
            column.description,
            KIND_WORDS.get(column.kind, column.kind),
            column.unit,
            _allowed(column),
            column.missing or "never",
        ]
        lines.append(f"| {' | '.join(_cell(part) for part in row)} |")
    if table.schema.checks:
        lines += ["", "Rules across columns; each row is to keep them:", ""]
        lines += [f"- `{rule.column}`: {rule.expected}." for rule in table.schema.checks]
    return "\n".join(lines) + "\n"


def _vocabulary_page(about: Term, users: list[str]) -> str:
    """Return the page of one list; ``users`` are the columns that hold its codes."""
    lines = [f"### {about}", "", _defined(about), ""]
    if users:
        lines += [f"Used by {', '.join(users)}.", ""]
    lines += ["| value | label | meaning |", "| --- | --- | --- |"]
    lines += [
        f"| `{term}` | {in_markdown(term.label)} | {_defined(term)} |"
        for term in getattr(vocab, about)
    ]
    return "\n".join(lines) + "\n"


def codebook() -> bytes:
    """Return ``data/CODEBOOK.md``: every column of every table, and every list of codes."""
    contents = "\n".join(f"- [{name}](#{name}): {table.title}" for name, table in TABLES.items())
    pages = [_table_page(table) for table in TABLES.values()]
    users = defaultdict(list)
    for table in TABLES.values():
        for name, column in table.schema.columns.items():
            if column.vocabulary is not None:
                users[column.vocabulary.__name__].append(f"`{table.name}.{name}`")
    lists = [_vocabulary_page(about, users[about]) for about in vocab.Vocabulary]
    return "\n".join([CODEBOOK_HEAD, contents, "", *pages, "## Lists of codes\n", *lists]).encode()


def cards(data_dir: Path) -> bytes:
    """Return ``data/README.md``: one card a file with rows, key, licence and hash."""
    parts = [CARDS_HEAD]
    for table in TABLES.values():
        path = data_dir / table.path
        rows = len(pd.read_csv(path, dtype="str"))
        parts.append(
            f"## [`{table.path}`]({table.path})\n\n**{table.title}.** {table.description}\n\n"
            f"- Rows: {rows:,}; columns: {len(table.columns)} "
            f"([described](CODEBOOK.md#{table.name})); key: "
            f"{', '.join(f'`{name}`' for name in table.primary_key)}\n"
            f"- Provenance: {table.provenance}\n"
            f"- Licence: CC BY 4.0\n- SHA-256: `{package.sha256(path)}`\n"
        )
    parts.append(
        "## `geo/`\n\nMap layers, each with its own card: [geo/README.md](geo/README.md).\n"
    )
    return "\n".join(parts).encode()


def documents(data_dir: Path) -> dict[str, bytes]:
    """Return every generated document of the data folder by file name."""
    return {
        "CODEBOOK.md": codebook(),
        "README.md": cards(data_dir),
        "datapackage.json": package.as_json(package.datapackage(data_dir)),
        "croissant.json": package.as_json(package.croissant(data_dir)),
    }


def with_computed(readme: str, parts: Mapping[str, str]) -> str:
    """Return the README with each computed part between its two marks, by its name.

    Raises
    ------
    ValueError
        If the marks are not there.
    """
    for name, text in parts.items():
        begin, end = BEGIN.format(name), END.format(name)
        before, found, rest = readme.partition(begin)
        _, ended, after = rest.partition(end)
        if not (found and ended):
            raise ValueError(f"README.md lacks the marks {begin} and {end}")
        readme = f"{before}{begin}\n{text}\n{end}{after}"
    return readme

"""The questions of ``crossings add``: one a column, each answer checked at once.

Questions, allowed values and checks come from the schema of the table. What the person has said is
kept in a file until the row is written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from helpers.data.faults import Fault, shorten
from helpers.data.tables import TABLES
from helpers.data.vocab import Term
from helpers.entry import answers
from helpers.entry.answers import canonical, column_of, folded, names_of
from helpers.entry.drafts import Draft, Entry
from helpers.entry.rows import follows, make_id, own_key
from helpers.entry.staging import Row, Workspace, meant, rank_of

Ask = Callable[[str], str]

# Asked only where the rules want a value, or by name at the end.
_SPARED = {"event_note", "detected_by", "conflict", "conflict_source_ids", "decision_ids"}
_OFFERED = {("incidents", "confidence"): "medium"}
_HINTS = {
    "partial_date": "As 2025-11-03, 2025-11 or 2025.",
    "clock": "As 15:04.",
    "url": "As https://example.org/page.",
    "coded_list": "One or several, with ; between.",
    "key": "Small letters, digits, - and _.",
    "keys": "Keys with ; between.",
    "dms": "As 37\u00b042\u203245\u2033N.",
}
# A table of so many rows is listed whole where one of its keys is asked for; else so many are
# shown of what is found in it.
LISTED = 40
NEAR = 9
LONG = 200


class Back(Exception):  # noqa: N818
    """Raised where the person wants to go back to the question before."""


class Stopped(Exception):  # noqa: N818
    """Raised where the person does not want the rows written."""


class Talk:
    """One run of questions and answers, up to rows that can be checked."""

    def __init__(
        self, space: Workspace, console: Console, ask: Ask, draft: Draft, today: date | None
    ) -> None:
        self.space, self.console, self.ask = space, console, ask
        self.draft, self.today = draft, today

    def say(self, text: str, indent: int = 2) -> None:
        """Print text, wrapped at the width of the terminal."""
        if text:
            self.console.print(Padding(Text(text), (0, 0, 0, indent), expand=False))

    def read(self, prompt: str, default: str = "") -> str:
        """Return the line typed in; ``b`` goes back."""
        text = self.ask(f"{prompt} [{default}]: " if default else f"{prompt}: ").strip()
        if text == "b":
            raise Back
        return text

    def fill_all(self) -> None:
        """Ask for what is open in every row that will be added."""
        for entry in self.draft.entries[:]:
            while entry in self.draft.named():
                try:
                    self.fill(entry)
                    break
                except Back:
                    if entry is self.draft.entries[0]:
                        self.say("This is the first question.")
                    else:
                        self.draft.entries.remove(entry)

    def fill(self, entry: Entry) -> None:
        """Ask for what is open in a row; Back if the person goes back from the first question."""
        while column := next((name for name in entry.columns() if name not in entry.cells), None):
            try:
                self.settle(entry, column)
            except Back:
                if not entry.asked:
                    raise
                entry.take_back()
            self.draft.keep()

    def settle(self, entry: Entry, column: str) -> None:
        """Settle one column: by what is given, by what follows, or by a question."""
        if column in entry.given:
            text = canonical(entry.table, {column: entry.given.pop(column)})[column]
            problem = self.problem(entry, column, text)
            if not problem:
                entry.accept(column, text)
                return
            self.say(f"{column}: {problem}", 0)
        elif column not in entry.wanted and (text := self.unasked(entry, column)) is not None:
            entry.cells[column] = text
            if text and entry.told.get(column) != text:
                self.say(f"({column}: {text})", 0)
            entry.told[column] = text
            return
        if column in TABLES[entry.table].foreign_keys:
            self.pick(entry, column)
        else:
            self.question(entry, column)

    def unasked(self, entry: Entry, column: str) -> str | None:
        """Return what a cell holds without a question, None if there must be one."""
        if column == own_key(entry.table):
            return make_id(entry.row(), self.keys(entry.table, column, entry), entry.table)
        text = follows(entry.table, entry.cells, column)
        if text is None and column in _SPARED and not self.problem(entry, column, ""):
            return ""
        return text

    def keys(self, table: str, column: str, but: Entry | None = None) -> set[str]:
        """Return what stands in a column of a table, new rows of this run among it."""
        new = [e for e in self.draft.entries if e.table == table and e is not but]
        cells = [entry.cells[column] for entry in new if column in entry.cells]
        return {row[column] for row in self.space.rows(table)}.union(cells)

    def problem(self, entry: Entry, column: str, text: str) -> str:
        """Return what is wrong with an answer, empty if nothing is."""
        table, schema = TABLES[entry.table], column_of(entry.table, column)
        if not text and not schema.nullable:
            return "A value is needed here."
        fault = answers.cell_fault(entry.table, column, text, self.today) if text else None
        if fault:
            return _in_words(fault, schema.vocabulary is not None)
        if text and schema.unique and text in self.keys(entry.table, column, entry):
            return f"{text!r} is in {table.path} already; expected a key of its own."
        if text and column in table.foreign_keys:
            known = self.keys(*table.foreign_keys[column])
            for key in sorted(set(text.split(";")) - known):
                return f"{key!r}: unknown key{meant(key, sorted(known)) or '.'}"
        broken = answers.contradictions(entry.table, entry.cells, column, [text])
        if broken:
            what = repr(text) if text else "An empty cell"
            return f"{what} contradicts the answers before; expected {broken[text]}; b goes back."
        return ""

    def question(self, entry: Entry, column: str) -> None:
        """Ask for one cell until the answer passes."""
        table = entry.table
        terms = list(column_of(table, column).vocabulary or [])
        left = answers.possible(table, entry.cells, column) if terms else []
        options = [term for term in terms if term.value in left] or terms
        default = entry.before.get(column) or _OFFERED.get((table, column), "")
        default = "" if self.problem(entry, column, default) else default
        if not default and column == own_key(table):
            default = self.unasked(entry, column) or ""
        if not default and column == rank_of(table):
            default = str(self.space.next_rank(table, entry.row()))
        self.explain(entry, column, default)
        self.show([(term.value, term.definition) for term in options])
        if len(options) < len(terms):
            self.say(f"({len(options)} of {len(terms)} values go with the answers before.)")
        while True:
            text = self.read(column, default)
            typed = "" if text == "-" else text or default
            text, problem = _as_meant(table, column, typed, options)
            problem = problem or self.problem(entry, column, text)
            if not problem:
                entry.accept(column, text)
                self.say(f"({text})" if options and text != typed else "")
                return
            self.say(problem)

    def explain(self, entry: Entry, column: str, default: str) -> None:
        """Print what a column holds, the form of the answer, and what Enter does."""
        table, schema = TABLES[entry.table], column_of(entry.table, column)
        self.console.print()
        self.console.print(Text.assemble((column, "bold"), f"  {schema.description}"))
        hint = "" if column in table.foreign_keys else _HINTS.get(schema.kind, "")
        if schema.numeric:
            unit = f" ({schema.unit})" if schema.unit else ""
            what = "A whole number" if schema.kind == "integer" else "A number"
            hint = f"{what} from {schema.low:,} to {schema.high:,}{unit}."
        if schema.kind == "text" and schema.high < LONG:
            hint = f"At most {schema.high} characters."
        enter = f"{'A hyphen' if default else 'Enter'} leaves it out: {schema.missing}."
        if schema.nullable and self.problem(entry, column, ""):
            enter = "Needed with the answers before."
        self.say(" ".join(filter(None, [hint, enter if schema.nullable else ""])))

    def show(self, lines: Collection[tuple[str, str]]) -> None:
        """Print numbered values with their meaning."""
        if lines:
            grid = Table.grid(padding=(0, 1))
            grid.add_column(justify="right")
            grid.add_column(max_width=36, overflow="fold")
            grid.add_column()
            for number, (value, meaning) in enumerate(lines, 1):
                grid.add_row(str(number), Text(value), Text(meaning))
            self.console.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def pick(self, entry: Entry, column: str) -> None:
        """Ask for keys of rows of another table, found by key or words, until they pass."""
        target, key = TABLES[entry.table].foreign_keys[column]
        several, new = column_of(entry.table, column).kind == "keys", target == "sources"
        made = [e.cells["source_id"] for e in self.made() if e not in self.draft.named()]
        default = entry.before.get(column) or (";".join(made) if new and several else "")
        self.explain(entry, column, default)
        words = "publisher, title, date or key" if new else "the row or its key"
        makes = "; n makes a new one" if new else ""
        self.say(f"Type words of {words} to find it in {target}{makes}.")
        found = self.space.rows(target) if len(self.space.rows(target)) <= LISTED else []
        self.show([_line(target, row) for row in found])
        chosen: list[str] = []
        while True:
            offered = ";".join(chosen) or default
            text = self.read(column, offered)
            answer = "" if text else offered
            if text not in ("", "-"):
                picked, found = self.picked(target, key, text, found)
                chosen = list(dict.fromkeys([*chosen, *picked]))
                if picked and several:
                    self.say("Enter goes on; or name one more.")
                if several or not picked:
                    continue
                answer = picked[0]
            problem = self.problem(entry, column, answer)
            if not problem:
                entry.accept(column, answer)
                return
            self.say(problem)
            chosen, default = [], ""

    def picked(
        self, target: str, key: str, text: str, shown: list[Row]
    ) -> tuple[list[str], list[Row]]:
        """Return the keys that an answer names, and the rows that are shown to choose from."""
        if text.isdigit() and 0 < int(text) <= len(shown):
            return [shown[int(text) - 1][key]], shown
        if text == "n" and target == "sources":
            return self.new_source(), shown
        parts = [part.strip() for part in text.split(";") if part.strip()]
        if set(parts) <= self.keys(target, key):
            return parts, shown
        return [], self.find(target, key, text)

    def find(self, target: str, key: str, text: str) -> list[Row]:
        """Show and return the rows of a table that hold every word of ``text``, or are near."""
        rows = list({row[key]: row for row in self.space.rows(target)}.values())
        rows.sort(key=lambda row: row.get("published", ""), reverse=True)
        words = [folded(text)] if "://" in text else folded(text).split("_")
        lines = {row[key]: folded(" ".join(row.values())) for row in rows}
        held = {name: sum(word in line for word in words) for name, line in lines.items()}
        most = max(held.values(), default=0)
        found = [row for row in rows if held[row[key]] == most > 0]
        if most < len(words):
            near = difflib.get_close_matches(text, lines, NEAR, 0.6)
            found = [row for row in rows if row[key] in near] or found
            self.say("No row holds all of that" + ("; near are:" if found else "."))
        self.show([_line(target, row) for row in found[:NEAR]])
        if len(found) > NEAR:
            self.say(f"and {len(found) - NEAR} more: add a word.")
        return found[:NEAR]

    def made(self) -> list[Entry]:
        """Return the new sources that are whole."""
        return [entry for entry in self.draft.entries if "source_id" in entry.cells]

    def new_source(self) -> list[str]:
        """Ask for a source that is not in the registry; return its key, or none if given up."""
        open_ones = [e for e in self.draft.entries if e.table == "sources" and e not in self.made()]
        entry = next(iter(open_ones), None) or self.draft.more("sources")
        self.say("\nA new source; b at its first question gives it up.", 0)
        try:
            self.fill(entry)
        except Back:
            self.draft.entries.remove(entry)
            return []
        twin = next((row for row in self.space.rows("sources") if _same(row, entry.cells)), None)
        if twin is not None:
            self.say("It seems to be there already:")
            self.show([_line("sources", twin)])
            if not self.read("Take that one? [Y/n]").casefold().startswith("n"):
                self.draft.entries.remove(entry)
                return [twin["source_id"]]
        return [entry.cells["source_id"]]

    def decide(self, faulty: tuple[Entry, str] | None, clean: bool) -> bool:
        """Say whether the rows are to be written, or open a question again; else raise Stopped."""
        more = "a column's name changes it, + TABLE adds a row"
        self.say(f"({more})" if clean else f"({more}, n stops)", 0)
        if clean:
            text = self.read("Write this? [y/N]")
        else:
            text = self.read("Which answer to change?", faulty[1] if faulty else "")
        if clean and text.casefold() in ("y", "yes"):
            return True
        if not text and faulty:
            faulty[0].reopen(faulty[1])
        elif text.startswith("+"):
            self.one_more(text[1:].strip() or self.draft.table)
        elif text.casefold() in ("", "n", "no"):
            raise Stopped
        else:
            self.change(text)
        return False

    def one_more(self, name: str) -> None:
        """Open a row of a table more, if the table is one."""
        tables = _begun(name, TABLES)
        if len(tables) == 1:
            like = [entry.answers() for entry in self.draft.entries if entry.table == tables[0]]
            self.draft.more(tables[0]).before |= like[-1] if like else {}
        else:
            self.say(f"{name!r}: not one table; expected one of {', '.join(tables or TABLES)}.")

    def change(self, name: str) -> None:
        """Open the question of a column again, if it is one of the rows'."""
        for entry in self.draft.named():
            columns = _begun(name, entry.columns())
            if len(columns) == 1:
                entry.reopen(columns[0])
                return
            if columns:
                self.say(f"{name!r} begins {', '.join(columns)}.")
                return
        self.say(f"no column {name!r}{meant(name, self.draft.entries[0].columns()) or '.'}")


def _begun(name: str, names: Iterable[str]) -> list[str]:
    """Return the one of ``names`` that is meant, or those that begin so."""
    return [name] if name in names else [one for one in names if one.startswith(name)]


def _choose(text: str, options: list[Term]) -> list[str]:
    """Return the values meant by a number, a name, or the beginning of one; several if unclear."""
    if text.strip().isdigit() and 0 < int(text) <= len(options):
        return [options[int(text) - 1].value]
    meant = folded(text)
    exact = [term.value for term in options if meant in names_of(term)]
    begun = [term.value for term in options if any(n.startswith(meant) for n in names_of(term))]
    return exact or (begun if meant else [])


def _as_meant(table: str, column: str, text: str, options: list[Term]) -> tuple[str, str]:
    """Return an answer as the table writes it, and what is unclear about it."""
    schema, values = column_of(table, column), []
    for part in re.split("[;,]", text) if schema.kind == "coded_list" else [text]:
        found = _choose(part, options)
        if options and not found and part and not part.strip().isdigit():
            found = _choose(part, list(schema.vocabulary))  # for the rule against it
        if len(found) > 1:
            return text, f"{part!r} begins {', '.join(found)}: type more of it, or the number."
        values += found or [part]
    return canonical(table, {column: ";".join(values)})[column], ""


def _in_words(fault: Fault, listed: bool) -> str:
    """Return a fault of one answer as a sentence; where the values are listed, without them."""
    expected = "a listed value, its number or its beginning" if listed else fault.expected
    parts = [f"{shorten(fault.value)}: {fault.problem}", f"expected {expected}", fault.mend]
    return "; ".join(filter(None, parts)) + "."


def _line(table: str, row: Row) -> tuple[str, str]:
    """Return the key of a row and what tells it from others."""
    key = row[TABLES[table].primary_key[0]]
    if table == "sources":
        return key, ", ".join(filter(None, [row["publisher"], row["published"], row["title"]]))
    texts = [column for column in row if column_of(table, column).kind == "text"]
    return key, row[texts[0]] if texts else ""


def _same(row: Row, cells: Row) -> bool:
    """Say whether a source has the address, or outlet, title and date, of the one in ``cells``."""
    if row["url"] and row["url"] == cells["url"]:
        return True
    return all(folded(row[c]) == folded(cells[c]) for c in ("publisher", "title", "published"))

"""The dialogue of ``crossings add``: one question a column, each answer checked at once.

Questions, allowed values and checks come from the schema of the table. What the person has said is
kept in a file until the row is written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from helpers.data.check import report
from helpers.data.faults import DataError, Fault, shorten
from helpers.data.reading import nearest
from helpers.data.tables import TABLES
from helpers.data.vocab import Term
from helpers.entry.add import add_row, follows, make_id, own_key
from helpers.entry.answers import (
    canonical,
    cell_fault,
    contradictions,
    folded,
    kind_of,
    names_of,
    possible,
    vocabulary,
)
from helpers.entry.drafts import Draft, Entry
from helpers.entry.staging import Row, Workspace, rank_of
from helpers.entry.steps import STEPS
from helpers.paths import PROJECT

Ask = Callable[[str], str]
Rows = list[tuple[str, Row]]

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
TOLD = 10


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

    def read(self, prompt: str) -> str:
        """Return the line typed in; ``b`` goes back."""
        text = self.ask(prompt).strip()
        if text == "b":
            raise Back
        return text

    # -- rows and cells ------------------------------------------------------------------------

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
        """Ask for what is open in a row.

        Raises
        ------
        Back
            If the person goes back from the first question.
        """
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
        elif column not in entry.wanted:
            text = self.untold(entry, column)
            if text is not None:
                entry.cells[column] = text
                if text and entry.told.get(column) != text:
                    self.say(f"({column}: {text})", 0)
                entry.told[column] = text
                return
        if column in TABLES[entry.table].foreign_keys:
            self.pick(entry, column)
        else:
            self.question(entry, column)

    def untold(self, entry: Entry, column: str) -> str | None:
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
        table, schema = TABLES[entry.table], TABLES[entry.table].schema.columns[column]
        if not text and not schema.nullable:
            return "A value is needed here."
        fault = cell_fault(entry.table, column, text, self.today) if text else None
        if fault:
            return _in_words(fault, schema.vocabulary is not None)
        if text and schema.unique and text in self.keys(entry.table, column, entry):
            return f"{text!r} is in {table.path} already; expected a key of its own."
        if text and column in table.foreign_keys:
            known = self.keys(*table.foreign_keys[column])
            for key in sorted(set(text.split(";")) - known):
                near = nearest(key, sorted(known))
                return f"{key!r}: unknown key" + (f"; is it {near!r}?" if near else ".")
        broken = contradictions(entry.table, entry.cells, column, [text])
        if broken:
            what = repr(text) if text else "An empty cell"
            return f"{what} contradicts the answers before; expected {broken[text]}; b goes back."
        return ""

    # -- questions -----------------------------------------------------------------------------

    def question(self, entry: Entry, column: str) -> None:
        """Ask for one cell until the answer passes."""
        terms = list(vocabulary(entry.table, column) or [])
        left = possible(entry.table, entry.cells, column) if terms else []
        options = [term for term in terms if term.value in left] or terms
        default = entry.before.get(column) or _OFFERED.get((entry.table, column), "")
        default = "" if self.problem(entry, column, default) else default
        if not default and column == own_key(entry.table):
            default = self.untold(entry, column) or ""
        if not default and column == rank_of(entry.table):
            default = str(self.space.next_rank(entry.table, entry.row()))
        self.explain(entry, column, default)
        self.show([(term.value, term.definition) for term in options])
        if len(options) < len(terms):
            self.say(f"({len(options)} of {len(terms)} values go with the answers before.)")
        while True:
            text = self.read(f"{column} [{default}]: " if default else f"{column}: ")
            typed = "" if text == "-" else text or default
            text, problem = _as_meant(entry.table, column, typed, options)
            problem = problem or self.problem(entry, column, text)
            if not problem:
                entry.accept(column, text)
                if options and text != typed:
                    self.say(f"({text})")
                return
            self.say(problem)

    def explain(self, entry: Entry, column: str, default: str) -> None:
        """Print what a column holds, the form of the answer, and what Enter does."""
        table, schema = TABLES[entry.table], TABLES[entry.table].schema.columns[column]
        self.console.print()
        self.console.print(Text.assemble((column, "bold"), f"  {schema.description}"))
        hints = [] if column in table.foreign_keys else [_HINTS.get(schema.kind, "")]
        if schema.numeric:
            unit = f" ({schema.unit})" if schema.unit else ""
            what = "A whole number" if schema.kind == "integer" else "A number"
            hints = [f"{what} from {schema.low:,} to {schema.high:,}{unit}."]
        if schema.kind == "text" and schema.high < LONG:
            hints = [f"At most {schema.high} characters."]
        if schema.nullable and self.problem(entry, column, ""):
            hints.append("Needed with the answers before.")
        elif schema.nullable:
            key = "A hyphen" if default else "Enter"
            hints.append(f"{key} leaves it out: {schema.missing}.")
        self.say(" ".join(filter(None, hints)))

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

    # -- keys of other tables ------------------------------------------------------------------

    def pick(self, entry: Entry, column: str) -> None:
        """Ask for keys of rows of another table, found by key or words, until they pass."""
        target, key = TABLES[entry.table].foreign_keys[column]
        several, new = kind_of(entry.table, column) == "keys", target == "sources"
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
            text = self.read(f"{column} [{offered}]: " if offered else f"{column}: ")
            if text in ("", "-"):
                answer = "" if text else offered
            else:
                picked, found = self.picked(target, key, text, found)
                chosen = list(dict.fromkeys([*chosen, *picked]))
                if several or not picked:
                    if picked:
                        self.say("Enter goes on; or name one more.")
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
        words = [folded(text)] if "://" in text else folded(text).split("_")
        lines = {row[key]: folded(" ".join(row.values())) for row in rows}
        rows = sorted(rows, key=lambda row: row.get("published", ""), reverse=True)
        found = [row for row in rows if all(word in lines[row[key]] for word in words)]
        if not found:
            near = difflib.get_close_matches(text, lines, NEAR, 0.6)
            held = {name: sum(word in line for word in words) for name, line in lines.items()}
            most = max(held.values())
            some = [row for row in rows if 0 < held[row[key]] == most and len(words) > 1]
            found = [row for row in rows if row[key] in near] or some
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
        entry = next(iter(open_ones), None)
        if entry is None:
            entry = Entry("sources")
            self.draft.entries.append(entry)
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
            if not self.read("Take that one? [Y/n]: ").casefold().startswith("n"):
                self.draft.entries.remove(entry)
                return [twin["source_id"]]
        return [entry.cells["source_id"]]

    # -- the end -------------------------------------------------------------------------------

    def decide(self, faulty: tuple[Entry, str] | None, clean: bool) -> bool:
        """Say whether the rows are to be written, or open a question again.

        Raises
        ------
        Stopped
            If the person wants neither.
        """
        more = "a column's name changes it, + TABLE adds a row"
        if clean:
            self.say(f"({more})", 0)
            text = self.read("Write this? [y/N]: ")
        else:
            self.say(f"({more}, n stops)", 0)
            offered = f" [{faulty[1]}]" if faulty else ""
            text = self.read(f"Which answer to change?{offered}: ")
        if clean and text.casefold() in ("y", "yes"):
            return True
        if not text and faulty:
            faulty[0].reopen(faulty[1])
        elif text.startswith("+"):
            self.one_more(text[1:].strip() or self.draft.table)
        elif not text or text.casefold() in ("n", "no"):
            raise Stopped
        else:
            self.change(text)
        return False

    def one_more(self, name: str) -> None:
        """Open a row of a table more, if the table is one."""
        tables = [table for table in TABLES if table == name or table.startswith(name)]
        if name in tables or len(tables) == 1:
            table = name if name in tables else tables[0]
            like = [entry.answers() for entry in self.draft.entries if entry.table == table]
            self.draft.entries.append(Entry(table, before=dict(like[-1]) if like else {}))
        else:
            self.say(f"{name!r}: not one table; expected one of {', '.join(tables or TABLES)}.")

    def change(self, name: str) -> None:
        """Open the question of a column again, if it is one of the rows'."""
        for entry in self.draft.named():
            columns = [c for c in entry.columns() if c == name or c.startswith(name)]
            if name in columns or len(columns) == 1:
                entry.reopen(name if name in columns else columns[0])
                return
            if columns:
                self.say(f"{name!r} begins {', '.join(columns)}.")
                return
        near = nearest(name, self.draft.entries[0].columns())
        self.say(f"no column {name!r}" + (f"; is it {near!r}?" if near else "."))


def choose(text: str, options: list[Term]) -> list[str]:
    """Return the values meant by a number, a name, or the beginning of one; several if unclear."""
    if text.strip().isdigit() and 0 < int(text) <= len(options):
        return [options[int(text) - 1].value]
    meant = folded(text)
    exact = [term.value for term in options if meant in names_of(term)]
    begun = [term.value for term in options if any(n.startswith(meant) for n in names_of(term))]
    return exact or (begun if meant else [])


def _as_meant(table: str, column: str, text: str, options: list[Term]) -> tuple[str, str]:
    """Return an answer as the table writes it, and what is unclear about it."""
    values = []
    for part in re.split("[;,]", text) if kind_of(table, column) == "coded_list" else [text]:
        found = choose(part, options)
        if options and not found and part and not part.strip().isdigit():
            found = choose(part, list(vocabulary(table, column)))  # for the rule against it
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
    texts = [column for column in row if kind_of(table, column) == "text"]
    return key, row[texts[0]] if texts else ""


def _same(row: Row, cells: Mapping[str, str]) -> bool:
    """Say whether a source has the address, or outlet, title and date, of the one in ``cells``."""
    if row["url"] and row["url"] == cells["url"]:
        return True
    return all(folded(row[c]) == folded(cells[c]) for c in ("publisher", "title", "published"))


# -- the run -----------------------------------------------------------------------------------


def run_add(
    values: Mapping[str, str],
    new_source: Mapping[str, str],
    data_dir: Path,
    dry_run: bool,
    console: Console,
    ask: Ask | None = None,
    today: date | None = None,
    table: str = "incidents",
) -> int:
    """Add a row to a table, or say what is wrong with it.

    Parameters
    ----------
    values : mapping of str to str
        Column and text of the row; ``source_ids`` names sources that are there already.
    new_source : mapping of str to str
        Fields of a source that is not there yet; empty for none.
    data_dir : Path
        The data folder.
    dry_run : bool
        Show and check everything, write nothing.
    console : rich.console.Console
        Where questions, rows, faults and suspected doubles are shown.
    ask : callable, optional
        Called with a prompt, returns the line typed in; raises EOFError or KeyboardInterrupt to
        stop. None: nothing is asked, and what is missing is a fault.
    today : datetime.date, optional
        No date may be later; default: the day by the clock.
    table : str
        The table; default: the register.

    Returns
    -------
    int
        0 if the row was added, 1 if not; then nothing is written.
    """
    try:
        given, source = _names(table, values, new_source)
    except KeyError as error:
        return _nothing(console, error.args[0])
    draft = Draft(table, given) if ask else None
    try:
        if draft is None:
            space = Workspace(data_dir)
            row, new = add_row(space, table, given, source)
            rows = [(table, row), *([("sources", new)] if new else [])]
            if _checked(console, space, rows, today):
                return _nothing(console, "")
            return _write(console, space, rows, dry_run)
        talk = Talk(Workspace(data_dir), console, ask, draft, today)
        return _converse(talk, source, dry_run)
    except (EOFError, KeyboardInterrupt):
        return _nothing(console, "\nStopped.", draft)
    except DataError as error:
        told = f"{error}\nThe tables have faults of their own: mend them first."
        return _nothing(console, told, draft)
    except OSError as error:
        return _nothing(console, f"Could not write: {error.strerror or error}", draft)


def _names(table: str, values: Mapping[str, str], source: Mapping[str, str]) -> tuple[Row, Row]:
    """Return the cells given of the row and of its new source, as the tables write them."""
    if table not in TABLES:
        near = nearest(table, list(TABLES))
        hint = f"is it {near!r}?" if near else f"expected one of {', '.join(TABLES)}"
        raise KeyError(f"no table {table!r}; {hint}")
    if table == "sources":
        raise KeyError("A source comes with the first row that names it: add that row.")
    return canonical(table, values), canonical("sources", source)


def _converse(talk: Talk, source: Row, dry_run: bool) -> int:
    """Ask until the rows pass the check and the person has said whether to write them."""
    draft, console = talk.draft, talk.console
    first = draft.entries[0]
    talk.say(f"{TABLES[draft.table].title}: a new row.", 0)
    talk.say("Of listed values type the number, the value or its beginning.", 0)
    talk.say("b goes back one question; Ctrl-C stops and keeps the answers.", 0)
    kept = draft.kept()
    if kept:
        answers = kept[0].before | kept[0].given
        said = [answers[column] for column in kept[0].columns() if answers.get(column)]
        begun = ", ".join(said[:3])
        talk.say(f"An earlier run was not finished ({begun}, ...); its answers are kept.", 0)
        if talk.ask("Go on with them? [Y/n]: ").strip().casefold().startswith("n"):
            draft.drop()
        else:
            draft.resume(kept)
            first = draft.entries[0]
            for entry in draft.entries[1:]:
                if "source_id" in entry.given:  # it was whole: what names it can be held against it
                    talk.fill(entry)
    if source:
        new = Entry("sources", source)
        draft.entries.append(new)
        talk.fill(new)
        keys = [first.given.get("source_ids", ""), new.cells["source_id"]]
        first.given["source_ids"] = ";".join(filter(None, keys))
    while True:
        try:
            talk.fill_all()
            space = Workspace(talk.space.data_dir)
            entries = draft.named()
            rows = [(entry.table, entry.row()) for entry in entries]
            for table, row in rows:
                space.put(table, row)
            faults = _checked(console, space, rows, talk.today)
            faulty = _first_of_own(space, entries, rows, faults)
            if talk.decide(faulty, not faults):
                break
        except Back:
            first.take_back()
        except Stopped:
            return _nothing(console, "", draft)
    code = _write(console, space, rows, dry_run)
    if not dry_run:
        draft.drop()
    return code


def _first_of_own(
    space: Workspace, entries: list[Entry], rows: Rows, faults: list[Fault]
) -> tuple[Entry, str] | None:
    """Return the first cell of the new rows that a fault is about."""
    for entry, (table, row) in zip(entries, rows, strict=True):
        line = next(n for n, other in enumerate(space.rows(table), 2) if other is row)
        for fault in faults:
            at_row = (fault.file, fault.line) == (TABLES[table].path, line)
            if at_row and fault.column in entry.columns():
                return entry, fault.column
    return None


def _checked(console: Console, space: Workspace, rows: Rows, today: date | None) -> list[Fault]:
    """Show rows as they would stand in the files, and what the check says of the whole."""
    for name, row in rows:
        grid = Table(
            "column", "value", title=f"\nA row for {TABLES[name].path}", title_justify="left"
        )
        for column, value in row.items():
            if value:
                grid.add_row(column, Text(value))
        console.print(grid)
    faults = space.check(today)
    doubles = [fault for fault in faults if "looks like the event" in fault.problem]
    if doubles:
        console.print("The event seems to be in the register already:")
        _say(console, "\n".join(_both(space, fault) for fault in doubles))
    if faults:
        _say(console, report(faults[:TOLD]))
        if len(faults) > TOLD:
            console.print(f"and {len(faults) - TOLD} more.")
    return faults


def _write(console: Console, space: Workspace, rows: Rows, dry_run: bool) -> int:
    """Write the files, or say which would be written, and name the next step."""
    if dry_run:
        console.print(f"Would write {', '.join(sorted(space.files()))}. Nothing was written.")
        return 0
    written = ", ".join(space.write())
    table, row = rows[0]
    name = " ".join(row[column] for column in TABLES[table].primary_key)
    _say(console, f"Added {name} to {table}; wrote {written}.")
    next_step = STEPS["diff"]
    if space.data_dir.resolve() != (PROJECT / "data").resolve():
        next_step = next_step.replace("diff", f"diff --data {space.data_dir}")
    _say(console, f"Next: {next_step}.")
    return 0


def _nothing(console: Console, text: str, draft: Draft | None = None) -> int:
    """Say why nothing was written, and that the answers are kept if there are any."""
    if text:
        _say(console, text)
    kept = " Your answers are kept: the same command offers them again."
    console.print(f"Nothing was written.{kept if draft and draft.kept() else ''}")
    return 1


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _both(space: Workspace, fault: Fault) -> str:
    """Return the two rows of a suspected double, one a line."""
    rows = {row["incident_id"]: row for row in space.rows("incidents")}
    other = re.search(r"event '([^']+)'", fault.problem)
    names = [fault.value, *([other[1]] if other else [])]
    return "\n".join(
        f"  {name}: {rows[name]['date']}, {rows[name]['route']}, {rows[name]['people'] or '?'} "
        f"people, {rows[name]['crossing_place'] or 'place not given'}"
        for name in names
        if name in rows
    )

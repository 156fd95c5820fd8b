"""Check tables against their schemas and against each other; report every fault at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow
import pyarrow.compute as pc

from helpers.data import clock, decisions, geo, overlay, vocab
from helpers.data.cells import TOLD, Checking, Rows
from helpers.data.crossrules import CROSS_RULES, DOES_NOT_ADD_UP, Frames, Texts, traced
from helpers.data.doubles import same_event
from helpers.data.faults import DataError, Fault, count, in_words
from helpers.data.reading import TextTable, nearest, read_text
from helpers.data.tables import TABLES, Table
from helpers.data.tables.arrivals import periods_are_over
from helpers.paths import shown
from helpers.writing import scratch

SUGGESTED = 20


def typed(
    text: TextTable, table: Table, today: date | None = None
) -> tuple[pd.DataFrame, list[Fault]]:
    """Turn text cells into values of the column's kind.

    A cell that is no such value is missing in the frame, and a fault.
    """
    checking = Checking(text, table, today or clock.today())
    return checking.type_columns(), checking.faults


def check_table(
    data_dir: Path, table: Table, today: date | None = None
) -> tuple[TextTable, pd.DataFrame, list[Fault]]:
    """Read one table and check it by itself.

    The cells as they stand in the file, the same typed as the schema says, and the faults of
    structure, cells and rows; no cell is reported twice. Where the header is broken, the rules
    across columns are not run.
    """
    return examine(data_dir, table, today, warnings=False)


def examine(
    data_dir: Path, table: Table, today: date | None, warnings: bool
) -> tuple[TextTable, pd.DataFrame, list[Fault]]:
    """Do as :func:`check_table`; with ``warnings``, they are among the faults."""
    if table.path != vocab.FILE:
        vocab.use(data_dir)
    text = read_text(data_dir / table.path, table.path, table.columns)
    checking = Checking(text, table, today or clock.today())
    frame = checking.type_columns()
    if not any(fault.line == 1 and fault.column for fault in text.faults):
        checking.check_columns(frame)
        checking.check_keys()
        if len(frame):
            checking.check_rules(frame, warnings)
    faults = _once_a_cell(text.faults + text.marks + checking.faults)
    if not all(fault.mendable for fault in text.faults):
        # The command mends no file with a row that it cannot read.
        faults = [replace(fault, mendable=False) for fault in faults]
    return text, frame, faults


def _once_a_cell(faults: list[Fault]) -> list[Fault]:
    """Return ``faults`` without those of a cell that an earlier one names, or a graver."""
    found: dict[tuple[str, int, str, str], Fault] = {}
    for fault in sorted(faults, key=lambda fault: fault.warning):
        # Faults of a file, a row or a header have no cell of their own.
        own = "" if fault.column and fault.line > 1 else fault.problem
        found.setdefault((fault.file, fault.line, fault.column, own), fault)
    return list(found.values())


def _key_faults(texts: Mapping[str, TextTable]) -> list[Fault]:
    """Find keys that stand in no row of the table they point to."""
    faults = []
    for name, text in texts.items():
        for column, (target, target_column) in TABLES[name].foreign_keys.items():
            if target not in texts:
                continue
            known = pyarrow.array(texts[target].frame[target_column])
            rows, keys = _taken_apart(text.frame[column])
            unknown = pc.invert(pc.is_in(keys, value_set=known)).to_numpy(zero_copy_only=False)
            if unknown.any():
                where = (text, column, f"a {target_column} of {TABLES[target].path}")
                told = keys.filter(pyarrow.array(unknown)).to_pylist()
                faults += _unknown_keys(where, rows[unknown], told, known.to_pylist())
    return faults


def _taken_apart(cells: pd.Series) -> tuple[Rows, pyarrow.Array]:
    """Return the row of each key of ``;``-separated cells, and the keys."""
    lists = pc.split_pattern(pyarrow.array(cells), ";")
    if isinstance(lists, pyarrow.ChunkedArray):
        lists = lists.combine_chunks()
    return pc.list_parent_indices(lists).to_numpy(), pc.list_flatten(lists)


def _unknown_keys(
    where: tuple[TextTable, str, str], rows: Rows, keys: list[str], known: list[str]
) -> list[Fault]:
    """Report keys that do not stand in ``known``, with the nearest that does."""
    text, column, expected = where
    known = [key for key in known if key is not None]
    meant: dict[str, str] = {}
    faults = []
    for row, key in zip(rows[:TOLD], keys[:TOLD], strict=True):
        if key not in meant and len(meant) < SUGGESTED:
            # The whole list is too long for a million keys: those that begin alike are enough.
            near = known if len(known) < 5000 else [k for k in known if k[:4] == key[:4]][:5000]
            found = nearest(key, near)
            meant[key] = f"write {found!r}" if found else "add the row it names"
        mend, line = meant.get(key, "add the row it names"), int(text.lines.iat[row])
        faults.append(Fault(text.file, line, column, key, "unknown key", expected, mend))
    if len(rows) > TOLD:
        line, problem = int(text.lines.iat[rows[TOLD]]), f"and {len(rows) - TOLD} more unknown keys"
        faults.append(Fault(text.file, line, column, "", problem, expected))
    return faults


def _orphan_sources(texts: Mapping[str, TextTable]) -> list[Fault]:
    """Find sources that no row of any table uses."""
    used: set[str] = set()
    for name, text in texts.items():
        for column, (target, _) in TABLES[name].foreign_keys.items():
            if target == "sources":
                used.update(_taken_apart(text.frame[column])[1].unique().to_pylist())
    sources = texts["sources"]
    keys = sources.frame["source_id"].dropna()
    what = ("used by no row", "a source that some row names", "name it in a row, or take it out")
    return [
        Fault(sources.file, int(sources.lines[row]), "source_id", key, *what)
        for row, key in keys[~keys.isin(used)].items()
    ][:TOLD]


def _same_event(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, TextTable]) -> list[Fault]:
    """Find events that stand in the register under two identifiers."""
    return same_event(texts["incidents"], frames["incidents"]) if "incidents" in frames else []


def _on_the_map(data_dir: Path, warnings: bool, frames: Frames, texts: Texts) -> list[Fault]:
    """Find what is wrong with the map layers, and points that they contradict."""
    points = geo.points_on_the_map(data_dir, frames, texts) if warnings else []
    return geo.layers(data_dir)[1] + points


def check_all(
    data_dir: Path, today: date | None = None, only: Sequence[str] = (), warnings: bool = False
) -> list[Fault]:
    """Return every fault of every table in ``data_dir``, sorted by file and line.

    Rules across tables see those tables only that have no structural fault: the rows of a broken
    one are not all there.

    No date may be later than ``today``, and a year that is not over then is provisional; without it
    the day is by the clock, or ``CROSSINGS_TODAY`` (YYYY-MM-DD). ``only`` names tables, to leave
    the others out. With ``warnings``, doubts that may be right are among the faults.
    """
    try:
        vocab.use(data_dir)
    except DataError as error:
        # Every other table leans on the lists of codes.
        return error.faults
    faults: list[Fault] = []
    texts: dict[str, TextTable] = {}
    frames: dict[str, pd.DataFrame] = {}
    for name in only or TABLES:
        text, frame, own = examine(data_dir, TABLES[name], today, warnings)
        faults += own
        if not text.faults:
            texts[name], frames[name] = text, frame
    faults += _key_faults(texts) + decisions.unknown(data_dir, texts)
    whole = len(texts) == len(TABLES)
    if whole:
        faults += _orphan_sources(texts)
    over, on_the_map = (
        periods_are_over(today or clock.today()),
        partial(_on_the_map, data_dir, warnings),
    )
    wanted = [rule for rule in CROSS_RULES if warnings or not getattr(rule, "warning", False)]
    for rule in [_same_event, *([] if only else [*wanted, over, on_the_map])]:
        try:
            faults += rule(frames, texts)
        except OSError:
            raise
        except Exception as error:
            name = getattr(rule, "__name__", "of the map")
            problem = f"the rule {name} could not be run ({type(error).__name__}: {error})"
            mend = "mend the other faults; if there are none, report this one"
            faults.append(Fault("", 0, "", "", problem, "tables that keep their schemas", mend))
    faults = _once_a_cell([fault for fault in faults if warnings or not fault.warning])
    if any(fault.problem == DOES_NOT_ADD_UP for fault in faults):
        faults = traced(frames, texts, faults)
    return sorted(faults)


def check_folder(folder: Path, base: Path) -> list[Fault]:
    """Return every fault and warning of a data folder, or of one with only tables that differ.

    Parameters
    ----------
    folder : Path
        The folder; files are named as they stand below it, from the working folder if they can.
    base : Path
        The whole data folder to take the other tables from.

    Raises
    ------
    ValueError
        If there is no such folder, or it holds no table.
    """
    part = overlay.is_part(folder, base)
    # A whole folder is checked where nothing can be written, too.
    with scratch() if part else nullcontext(folder) as work:
        whole = overlay.whole(folder, base, work / "data")
        own = overlay.places(folder, base) if part else {}
        faults = check_all(whole, warnings=True)
    rest = base if own else folder

    def name(file: str) -> str:
        return shown(folder / own[file] if file in own else rest / file) if file else ""

    def named(fault: Fault) -> Fault:
        file, *place = fault.follows.rsplit(":", 2)
        return replace(fault, file=name(fault.file), follows=":".join([name(file), *place]))

    return sorted(map(named, faults))


def report(faults: list[Fault], fmt: Literal["text", "json"] = "text") -> str:
    """Return ``faults`` for people, their number last, or every single one as JSON for machines.

    Warnings come apart, before the faults: they may be right.
    """
    found = {False: [], True: []}
    for fault in faults:
        found[fault.warning].append(fault)
    if fmt == "json":
        rows, doubts = ([fault.as_dict() for fault in some] for some in found.values())
        return json.dumps({"count": len(rows), "faults": rows, "warnings": doubts}, indent=2)
    doubts = f"{count(found[True], 'warning')}: may be right, stops nothing" if found[True] else ""
    lines = [in_words(found[True]), doubts, in_words(found[False]), count(found[False])]
    return "\n".join(filter(None, lines))

"""How many plausible slips of a careful person `crossings check` tells, by kind.

A slip is one edit of one row, or of one map layer, that the rest of the folder or plain sense
contradicts. Those of rows are in ``slips.txt``; rows are chosen by what they hold, first, last and
between, so the list outlives today's rows. Each slip is made alone and checked; what the check says
of the folder without it does not count; nor do slips that nothing contradicts, marked "unknowable".
Run by hand: ``python benchmarks/slips.py [--kind WORD]
[--all]``.
"""

# ruff: noqa: E501, E731 - an edit of a layer a line reads better than one folded in four
from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import NamedTuple

from helpers.data import check
from helpers.data.columns import Table
from helpers.data.crossrules import Frames, Rule, Texts
from helpers.data.faults import Fault
from helpers.data.tables import TABLES
from helpers.layers import FILES
from helpers.paths import data_dir

Row = dict[str, str]


class Slip(NamedTuple):
    """One slip: its kind, where it is, what contradicts it, and the file with it made."""

    kind: str
    file: str
    place: str
    why: str
    line: int
    write: Callable[[Path], None]

    @property
    def knowable(self) -> bool:
        """Tell whether anything contradicts it."""
        return not self.why.startswith("unknowable")


def rows_of(name: str) -> list[Row]:
    """Return the rows of a table as text."""
    with (data_dir() / TABLES[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {name: rows_of(name) for name in TABLES}
PUBLISHED = {row["source_id"]: row["published"] for row in ROWS["sources"]}
CONTESTED = {row["record_id"] for row in ROWS["conflicts"]}
NAMED = CONTESTED | {
    row[column]
    for name, column in [
        ("corrections", "record_id"), ("exclusions", "kept_id"), ("claim_evidence", "record_id"),
    ]
    for row in ROWS[name]
}  # fmt: skip
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_FIELDS = "confidence event_type people outcome admin_area direction lat date".split()  # noqa: SIM905


def plus(cell: str, more: float) -> str | None:
    """Return a number with ``more``, None for an empty cell."""
    return f"{round(float(cell) + more, 5):g}" if cell else None


def later(date: str, years: int) -> str:
    """Return a date some years on."""
    return f"{int(date[:4]) + years}{date[4:]}" if date else ""


#: What the lines of ``slips.txt`` may name beside the cells of a row.
NAMES = {
    "ROWS": ROWS,
    "plus": plus,
    "later": later,
    "times": lambda cell, factor: cell and f"{round(float(cell) * factor, 5):g}",
    "exchanged": lambda date: f"{date[:5]}{date[8:]}-{date[5:7]}",
    "every_year": lambda text, years: re.sub(r"\d{4}", lambda year: later(year[0], years), text),
    "has": lambda pattern, text: bool(re.search(pattern, text)),
    "ranged": lambda text: bool(re.match(r"\d{1,2}-\d{1,2}\b", text)),
    "a_year": lambda text: bool(re.fullmatch(r"\d{4}", text)),
    "uneven": lambda men, women: (
        bool(men and women) and not 0.7 < int(men) / (int(women) or 1) < 1.4
    ),
    "dated": lambda day, key: len(day) == 10 and day.replace("-", "") in key,
    "said": lambda people, text: (
        people in map(str, range(2, 13)) and WORDS[int(people) - 2] in text.lower().split()[:8]
    ),
    "CODED": lambda field: field in _FIELDS,
    "CORRECTED": {
        row["record_id"]
        for row in ROWS["corrections"]
        if row["field"] == "confidence" and row["status"] == "applied"
    },
    "LEFT_OUT": next(
        row["url"]
        for row in ROWS["exclusions"]
        if row["kind"] == "dropped" and row["url"].startswith("http")
    ),
}


def named(table: str, row: Row) -> dict[str, object]:
    """Return the names of a row: its cells, its key, and of an incident what it is."""
    names = NAMES | row | {"key": row[TABLES[table].primary_key[0]]}
    if table == "incidents":
        direct = row["event_type"] == "direct_defection"
        crossing = direct and row["direction"] == "north_to_south"
        names |= {
            "newest": max(PUBLISHED.get(key, "") for key in row["source_ids"].split(";")),
            "free": row["incident_id"] not in CONTESTED,
            "unnamed": row["incident_id"] not in NAMED,
            "day": row["date_precision"] == "day",
            "direct": direct,
            "crossing": crossing,
            "soldier": crossing
            and (row["affiliation"], row["nationality"]) == ("soldier", "north_korean"),
        }
    return names


def writer(name: str, rows: list[Row]) -> Callable[[Path], None]:
    """Return the function that writes a table into a folder."""

    def write(folder: Path) -> None:
        with (folder / TABLES[name].path).open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, TABLES[name].columns, lineterminator="\n")
            out.writeheader()
            out.writerows(rows)

    return write


def spread(found: list[int], times: int) -> list[int]:
    """Return some of the places found: first, last and between."""
    if len(found) <= times:
        return found
    return [found[round(step * (len(found) - 1) / max(1, times - 1))] for step in range(times)]


SLIPS: list[Slip] = []


def tables() -> None:
    """Add the slips of ``slips.txt``."""
    names, kind, why = [], "", ""
    for line in Path(__file__).with_name("slips.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            first, *rest = line.strip("[]").split()
            having = [name for name in TABLES if {*rest} <= {*TABLES[name].columns}]
            names = having if first == "with" else [first, *rest]
        elif line.startswith("  "):
            times, rule = line.split(maxsplit=1)
            where, edit = rule.split(" -> ")
            for name in names:
                slip(kind, name, why, int(times), where, edit)
        elif line and not line.startswith("#"):
            kind, why = line.split(" | ")


def slip(kind: str, table: str, why: str, times: int, where: str, edit: str) -> None:
    """Add slips: ``edit`` in so many of the rows ``where`` it holds and changes anything."""
    rows, found = ROWS[table], {}
    how, _, cells = edit.partition(", ") if edit.startswith("twice") else ("", "", edit)
    test, new = (compile(text, edit, "eval") for text in (where, f"dict({cells})"))
    for place, row in enumerate(rows if edit != "drop" else ()):
        names = named(table, row)
        if eval(test, names):
            cell = eval(new, names)
            if "key" in cell:
                cell[TABLES[table].primary_key[0]] = cell.pop("key")
            if how or (None not in cell.values() and any(row[n] != cell[n] for n in cell)):
                found[place] = cell
    if edit == "drop":
        found = {n: {} for n, row in enumerate(rows) if eval(test, named(table, row))}
    if not found:
        print(f"no row for: {kind}, {table}, {why}: {where}", file=sys.stderr)
    for place in spread([*found], times):
        edited = [*rows[:place], *([] if edit == "drop" else [rows[place] | found[place]])]
        edited = [*rows, rows[place] | found[place]] if how else [*edited, *rows[place + 1 :]]
        line = len(rows) + 2 if how else place + 2
        key = "_".join(rows[place][name] for name in TABLES[table].primary_key)
        cells = ", ".join(f"{n} {rows[place][n]!r} -> {v!r}" for n, v in found[place].items())
        at = f"{table} {key}: {cells or edit}"
        SLIPS.append(Slip(kind, TABLES[table].path, at, why, line, writer(table, edited)))


Features = dict[str, object]
LICENSED = [name for name in FILES if name != "countries"]


def layer(kind: str, name: str, why: str, edit: Callable[[Features], object]) -> None:
    """Add a slip in a map layer; what the edit returns, if anything, is the file."""
    path = data_dir() / FILES[name]

    def write(folder: Path) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        edited = edit(content)
        text = edited if isinstance(edited, str) else json.dumps(content, ensure_ascii=False)
        (folder / FILES[name]).write_text(text, encoding="utf-8")

    SLIPS.append(Slip(kind, FILES[name], f"{name}: {why}", why, 0, write))


def points(geometry: Features, change: Callable[[list[float]], list[float]]) -> None:
    """Change every point of a geometry in place."""

    def walk(part: list) -> list:
        return change(part) if isinstance(part[0], int | float) else [walk(one) for one in part]

    geometry["coordinates"] = walk(geometry["coordinates"])


def everywhere(change: Callable[[list[float]], list[float]]) -> Callable[[Features], None]:
    """Return the edit that changes every point of a layer."""

    def edit(content: Features) -> None:
        for feature in content["features"]:
            points(feature["geometry"], change)

    return edit


def vertex(feature: int, step: float, place: float = 0.5) -> Callable[[Features], None]:
    """Return the edit that moves one vertex of a feature north."""

    def edit(content: Features) -> None:
        part = content["features"][feature]["geometry"]["coordinates"]
        while not isinstance(part[0][0], int | float):
            part = max(part, key=lambda one: len(json.dumps(one)))
        part[int(len(part) * place)][1] += step

    return edit


def exchange(column: str, one: int, other: int) -> Callable[[Features], None]:
    """Return the edit that exchanges a property of two features."""

    def edit(content: Features) -> None:
        a, b = (content["features"][place]["properties"] for place in (one, other))
        a[column], b[column] = b[column], a[column]

    return edit


def layers() -> None:
    """Add slips in the map layers."""
    reverse = lambda place: lambda c: c["features"][place]["geometry"]["coordinates"].reverse()
    for place, part in enumerate(["nll_west", "han_estuary", "mdl", "nll_east"]):
        layer("layer reversed", "lines", f"{part} runs the other way", reverse(place))
    layer("layer renamed", "lines", "mdl and nll_east exchanged", exchange("part", 2, 3))
    layer("layer renamed", "lines", "parts in another order",
          lambda c: c["features"].reverse())  # fmt: skip
    layer("layer renamed", "dmz_band", "north and south exchanged", exchange("part", 0, 1))
    layer("layer renamed", "koreas", "North and South exchanged", exchange("adm0_a3", 0, 1))
    layer("layer renamed", "koreas", "names exchanged", exchange("name_en", 0, 1))
    layer("layer renamed", "provinces", "codes exchanged", exchange("iso_3166_2", 3, 4))
    layer("layer renamed", "provinces", "a province of the other Korea",
          lambda c: c["features"][0]["properties"].update(
              adm0_a3="KOR" if c["features"][0]["properties"]["adm0_a3"] == "PRK" else "PRK"))  # fmt: skip
    layer("layer renamed", "countries", "codes exchanged", exchange("adm0_a3", 3, 4))
    layer("layer renamed", "provinces", "names exchanged", exchange("name_en", 3, 7))
    layer("layer renamed", "lines", "the name of another", lambda c: c["features"][2]["properties"].update(
        name="Northern Limit Line"))  # fmt: skip
    layer("layer coordinates", "lines", "one decimal only", everywhere(
        lambda p: [round(p[0], 1), round(p[1], 1)]))  # fmt: skip
    layer("layer coordinates", "provinces", "a province a degree east", lambda c: points(
        c["features"][4]["geometry"], lambda p: [p[0] + 1, p[1]]))  # fmt: skip
    layer("licence lost", "lines", "no credit", lambda c: c.update(credit=None))
    layer("layer renamed", "lines", "a column renamed", lambda c: [
        f["properties"].update(type=f["properties"].pop("part")) for f in c["features"]])  # fmt: skip
    for name in FILES:
        layer("feature dropped", name, "the last feature gone", lambda c: c["features"].pop())
    layer("feature dropped", "provinces", "a feature twice",
          lambda c: c["features"].append(c["features"][0]))  # fmt: skip
    layer("feature dropped", "koreas", "an island gone",
          lambda c: c["features"][0]["geometry"]["coordinates"].sort(key=lambda p: -len(p[0])) or
          c["features"][0]["geometry"].update(
              coordinates=c["features"][0]["geometry"]["coordinates"][:4]))  # fmt: skip
    for name in FILES:
        layer("layer coordinates", name, "latitude for longitude", everywhere(lambda p: p[1::-1]))
    layer("layer coordinates", "koreas", "in metres", everywhere(
        lambda p: [p[0] * 1e5, p[1] * 1.1e5]))  # fmt: skip
    for name in ("provinces", "lines"):
        layer("layer coordinates", name, "another reference system", lambda c: c.update(
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}}))  # fmt: skip
    layer("layer coordinates", "lines", "all a tenth of a degree north",
          everywhere(lambda p: [p[0], p[1] + 0.1]))  # fmt: skip
    layer("vertex off", "lines", "a vertex of the MDL 5 km off", vertex(2, 0.045))
    layer("vertex off", "lines", "a vertex of nll_west 50 km off", vertex(0, 0.45))
    layer("vertex off", "koreas", "a vertex 30 km off", vertex(0, 0.27))
    layer("vertex off", "provinces", "a vertex 30 km off", vertex(5, 0.27))
    layer("vertex off", "dmz_band", "a vertex 3 km off", vertex(0, 0.027))
    layer("vertex off", "countries", "a vertex of a border 60 km off", vertex(4, 0.54))
    for name in LICENSED:
        layer("licence lost", name, "no licence", lambda c: c.update(license=None))
    layer("layer broken", "koreas", "a ring is open", lambda c: max(
        c["features"][1]["geometry"]["coordinates"], key=lambda p: len(p[0]))[0].pop())  # fmt: skip
    layer("layer broken", "provinces", "an empty geometry", lambda c: c["features"][2].update(
        geometry=None))  # fmt: skip
    layer("layer broken", "lines", "half of the MDL", lambda c: c["features"][2]["geometry"].update(
        coordinates=c["features"][2]["geometry"]["coordinates"][::2][:400]))  # fmt: skip
    layer("layer broken", "dmz_band", "cut off in the middle", lambda c: json.dumps(c)[:50_000])
    layer("layer broken", "countries", "merge markers", lambda c: "<<<<<<< HEAD\n" + json.dumps(c))
    layer("layer broken", "lines", "the length is another", lambda c: c["features"][2][
        "properties"].update(km=148.5))  # fmt: skip


def tell(folder: Path) -> set[str]:
    """Return what the check says of a folder: faults and warnings."""
    return {str(fault) for fault in found(folder)}


def found(folder: Path) -> list[Fault]:
    """Return faults and warnings of a folder."""
    return check.check_all(folder, warnings=True)


class Asked(dict):
    """Tables that note in ``names`` which of them a rule asks for."""

    def __init__(self, tables: Mapping[str, object], names: set[str]) -> None:
        super().__init__(tables)
        self.names = names

    def __getitem__(self, name: str) -> object:
        self.names.add(name)
        return super().__getitem__(name)

    def get(self, name: str) -> object:
        """Return a table, None if it is not there."""
        self.names.add(name)
        return super().get(name)


def remembered(rule: Rule) -> Rule:
    """Return a rule that is not asked again while the tables it asks for are the same."""
    kept: list[tuple[set[str], dict[str, int], list[Fault]]] = []

    @wraps(rule)
    def again(frames: Frames, texts: Texts) -> list[Fault]:
        for there, asked, faults in kept:
            if there == set(frames) and all(id(frames[name]) == own for name, own in asked.items()):
                return faults
        names: set[str] = set()
        faults = rule(Asked(frames, names), Asked(texts, names))
        kept.append((set(frames), {name: id(frames[name]) for name in names & set(frames)}, faults))
        return faults

    return again


def once() -> None:
    """Let the check read a table, and ask a rule of it, one time only."""
    kept, read = {}, check.examine

    def cached(folder: Path, table: Table, today: date | None, warnings: bool) -> tuple:
        path = folder / table.path
        key = (table.path, warnings, path.stat().st_mtime_ns if path.is_file() else 0)
        if key not in kept:
            kept[key] = read(folder, table, today, warnings)
        return kept[key]

    check.examine = cached
    check.CROSS_RULES[:] = map(remembered, check.CROSS_RULES)


def made(folder: Path, wanted: list[Slip]) -> Iterator[tuple[Slip, list[Fault]]]:
    """Make each slip alone in a copy of the data; yield it with what the check newly says."""
    before = tell(folder)
    for one in wanted:
        path = folder / one.file
        aside = path.with_suffix(".aside")
        shutil.move(path, aside)
        one.write(folder)
        yield one, [fault for fault in found(folder) if str(fault) not in before]
        shutil.move(aside, path)


def main() -> None:
    """Print the score by kind and the slips that were not told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="", help="only kinds with this word")
    parser.add_argument("--all", action="store_true", help="what was said of each slip, too")
    wanted = parser.parse_args()
    tables()
    layers()
    chosen = [one for one in SLIPS if wanted.kind in one.kind or wanted.kind in one.file]
    told, placed, every = Counter(), Counter(), Counter(one.kind for one in chosen if one.knowable)
    once()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(shutil.copytree(data_dir(), Path(work) / "data"))
        for one, new in made(folder, chosen):
            told[one.kind] += bool(new) and one.knowable
            placed[one.kind] += one.knowable and any(
                f.file == one.file and f.line in (0, 1, one.line) for f in new
            )
            if not new:
                print(f"not told: [{one.kind}] {one.place}: {one.why}", flush=True)
            elif wanted.all:
                print(f"told: [{one.kind}] {one.place}", *new[:3], sep="\n    ", flush=True)
    for kind, number in every.items():
        print(f"{kind:32} {told[kind]:3} of {number:3}, at the place {placed[kind]:3}")
    share = 100 * told.total() / every.total()
    print(
        f"{told.total()} of {every.total()} knowable slips told ({share:.0f} %), "
        f"{placed.total()} in place; {len(chosen) - every.total()} more are not knowable"
    )


if __name__ == "__main__":
    main()

"""A page for each incident, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.publish.explorer.words import ENGLISH
from helpers.publish.site.cite import how_to_cite, sources
from helpers.publish.site.markup import bullets, page, section, table, tag
from helpers.words import say

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

COUNTED = "This is one of the counted crossings to the South."
NOT_COUNTED = "This incident is in the register, but it is not a counted crossing to the South."
COLUMNS = ["Date and place", "People", "Kind of event", "What happened"]


class Incident:
    """One row of what the explorer shows, with the labels of its codes."""

    def __init__(self, made: Mapping, row: list) -> None:
        self.made, self.row = made, dict(zip(made["columns"], row, strict=True))
        self.id, self.date = self.row["id"], self.row["date"]
        self.place = "; ".join(self[name] for name in ("place", "area") if self[name])
        where = [self.label("route"), self["place"] or self["area"]]
        self.title = f"{self.date}, {': '.join(filter(None, where))}"
        people = ENGLISH["people_unknown" if self["people"] is None else "people_known"]
        self.people = say(people, people=self["people"] or 0)

    def __getitem__(self, name: str) -> object:
        return self.row[name]

    def _term(self, column: str) -> list[str]:
        unknown = ["", ENGLISH["unknown"]]
        return unknown if self[column] is None else self.made["terms"][column][self[column]]

    def label(self, column: str) -> str:
        """Return the label of a coded column."""
        return self._term(column)[1]

    def defined(self, column: str) -> str:
        """Return the label of a coded column and what it means."""
        return ": ".join(self._term(column)[1:])

    def facts(self) -> dict[str, str | None]:
        """Return what is known of it by its name, in the order of the explorer."""
        km = self.made["map"]["radius"][self["location_basis"]]
        within = say(ENGLISH["within"], km=f"{km:g}") if km else ""
        rounds = say(ENGLISH["rounds"], n=self["shots_count"]) if self["shots_count"] else ""
        shots = [self.label("shots_fired"), rounds, self.label("shots_at")]
        named = {
            "event_type": self.defined("event_type"),
            "note": self["note"],
            **{name: self.label(name) for name in ("direction", "route", "means")},
            "people": self.people,
            **{name: self.label(name) for name in ("affiliation", "nationality", "outcome")},
            "shots_fired": "; ".join(dict.fromkeys(filter(None, shots))),
            "harm": self["harm"],
            "place": self.place,
            "known_how": " ".join(filter(None, [self.defined("location_basis"), within])),
            "detected": self["detected"],
            "confidence": self.defined("confidence"),
            "differ": self["differ"],
            "link": self.id,
        }
        return {ENGLISH[name]: text for name, text in named.items() if text}

    def page(self, before: Incident | None, after: Incident | None, released: str) -> bytes:
        """Return its page; ``before`` and ``after`` are its neighbours in time."""
        decided = self.made["decisions"]
        return page(
            self.title,
            tag("p", self["summary"], class_="lead"),
            tag("p", COUNTED if self["counted"] else NOT_COUNTED, " ",
                tag("a", "Show it in the explorer", href=f"../figures/explore.html#{self._pick()}"),
                ".", class_="counted"),
            tag("dl", [[tag("dt", name), tag("dd", text)] for name, text in self.facts().items()],
                class_="facts"),
            section(
                "sources",
                say(ENGLISH["sources"], n=len(self["sources"])),
                sources(self.made["sources"][n] for n in self["sources"]),
            ),
            section(
                "contested",
                ENGLISH["contested"],
                bullets([thing, _values(values), end] for thing, values, end in self["contested"]),
            ),
            section(
                "decisions",
                ENGLISH["decisions"],
                bullets(
                    [tag("a", f"{key}: {decided[key][0]}", href=f"../data/DECISIONS.html#{key}"),
                     tag("br"), decided[key][1]]
                    for key in self["decisions"]
                ),
            ),
            section(
                "corrections",
                ENGLISH["corrections"],
                bullets([tag("b", field), f": {text}"] for field, text in self["corrections"]),
            ),
            how_to_cite(f"Incident {self.id} ({self.title})", released),
            tag("p", _neighbour("Before: ", before), _neighbour("After: ", after), class_="near"),
        )  # fmt: skip

    def _pick(self) -> str:
        return f"pick={self.id}" if self["counted"] else f"all=1&pick={self.id}"


def _values(values: Iterable[tuple[str, str]]) -> Element | None:
    return bullets([tag("b", what), f": {says}"] for what, says in values)


def _neighbour(word: str, one: Incident | None) -> Element | None:
    return one and tag("span", word, tag("a", one.title, href=f"{one.id}.html"))


def pages(made: Mapping, released: str) -> dict[str, bytes]:
    """Return the pages of all incidents that ``content`` gives, and of their list, by file."""
    rows = [Incident(made, row) for row in made["rows"]]
    near = zip(rows, [None, *rows], [*rows[1:], None], strict=False)
    found = {f"incidents/{row.id}.page": row.page(*others, released) for row, *others in near}
    decades = [
        section(f"{decade}s", f"{decade}s", _table(some))
        for decade, some in groupby(rows, lambda row: row["year"] // 10 * 10)
    ]
    counted = sum(row["counted"] for row in rows)
    lead = say(
        "The register has {all:incident/incidents}; {n} of them {n:=is a/are} counted "
        "{n:=crossing/crossings} to the South. Each has a page with its sources, at an address "
        "that lasts.",
        all=len(rows), n=counted,
    )  # fmt: skip
    found["incidents/index.page"] = page("Incidents, one page each", tag("p", lead), decades)
    return found


def _table(rows: Iterable[Incident]) -> Element:
    cells = [
        [tag("a", row.title, href=f"{row.id}.html"),
         ENGLISH["unknown"] if row["people"] is None else f"{row['people']:,}",
         row.label("event_type"), row["summary"]]
        for row in rows
    ]  # fmt: skip
    return table(COLUMNS, cells)

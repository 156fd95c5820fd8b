"""Figures of the notebook on direct crossings: a mark a crossing, words that follow the rows."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data.vocab import Route
from helpers.figures.frames import Frames
from helpers.figures.registry import Figure
from tests import pages, worlds
from tests.pages import drawn, make


def crossings(*rows, since=2002):
    """Return crossings: (year, route, people, group, citizen, shots)."""
    names = ["year", "route", "people", "group", "citizen", "shots"]
    table = pd.DataFrame(rows, columns=names)
    table["incident_id"] = [f"c{number}" for number in range(len(table))]
    table["date"] = pd.to_datetime(table["year"].astype(str) + "-06-01")
    table["decade"] = table["year"] // 10 * 10
    table["stack"] = table.groupby(["route", "year"]).cumcount()
    early = table["year"].lt(since)
    return table.assign(period=early.map({True: f"until {since - 1}", False: f"since {since}"}))


def record(**since):
    """Return each route's record, reliable since the armistice where nothing is said."""
    index = pd.Index(["jsa", "dmz_land", "han_estuary", "yellow_sea", "east_sea", "air"])
    values = [since.get(route, 1953) for route in index]
    return pd.DataFrame({"since": values}, index.rename("route"))


FEW = crossings(
    (1959, "jsa", 1, "Civilians", "North", "unknown"),
    (1981, "dmz_land", 1, "In uniform", "North", "yes"),
    (1984, "jsa", 1, "Civilians", "foreign", "yes"),
    (2011, "yellow_sea", 21, "Mixed group", "North", "unknown"),
    (2011, "yellow_sea", 3, "Civilians", "not stated", "no"),
    (2017, "jsa", 1, "In uniform", "North", "yes"),
)
ONE = FEW.iloc[[5]].reset_index(drop=True)
RECORD = record(dmz_land=2002, yellow_sea=1990)
NONE = FEW.iloc[:0]


def events(*rows):
    """Return events in the JSA: (day, lane, citizen, fire)."""
    table = pd.DataFrame(rows, columns=["date", "lane", "citizen", "fire"])
    table["date"] = pd.to_datetime(table["date"])
    return table.assign(year=table["date"].dt.year, incident_id=table.index.astype(str))


def turns(**days):
    dates = pd.to_datetime(list(days.values())).astype("datetime64[us]")
    return pd.DataFrame({"turn": list(days), "date": dates})


HISTORY = events(
    ("1967-03-22", "south", "North", True), ("1976-08-18", "clash", "foreign", False),
    ("2017-11-13", "south", "North", True), ("2026-02-14", "south", "not stated", False),
    ("2026-02-14", "south", "North", False), ("2026-03-01", "other", "North", False),
)  # fmt: skip
TURNS = turns(enforced="1976-08-18", disarmed="2018-10-25")
THIN = " No reliable record exists for the Yellow Sea until 1989 and for the land line until 2001."
BOTH = FEW.iloc[[1, 5, 4]].assign(group=["In uniform", "In uniform", "Civilians"])
WORDS = [
    ("incidents-over-time", (FEW, NONE, RECORD), "3 of 6 known crossings came after 2001",
     "3 of 6 crossings date from 2002 or later." + THIN),
    ("incidents-over-time", (FEW.iloc[1:], NONE, RECORD),
     "Most known crossings came after 2001, when the record gets better",
     "3 of 5 crossings date from 2002 or later." + THIN),
    ("incidents-over-time", (FEW.iloc[3:], NONE, RECORD),
     "3 crossings to the South are known from 2011 to 2017",
     "3 of 3 crossings date from 2002 or later."),
    ("incidents-over-time", (ONE, NONE, record()), "1 crossing to the South is known in 2017",
     "1 of 1 crossing dates from 1953 or later."),
    ("shot-at", (FEW,), "Whether people were shot at is unknown for 2 of 6 crossings",
     "For 4 of 6 crossings the sources say whether people were shot at: in 3 they were, in 1 "
     "they were not. Until 2001 people were shot at in 1 of 1 known case in the JSA and in 1 of"
     " 1 on the land line. Since 2002 people were shot at in 1 of 1 known case in the JSA."),
    ("jsa-among-the-rest", (FEW, RECORD), "1 of 3 known crossings since 2002 went through the "
                                          "JSA",
     "1 of 3 known crossings since 2002 went through the JSA. Over all years 3 of 6 did, with 3"
     " of 28 people. North Koreans in uniform made 1 of the 3 crossings, in 2017."),
    ("jsa-among-the-rest", (FEW.iloc[3:5], RECORD), "0 of 2 known crossings went through the "
                                                    "JSA",
     "In 2011, 0 of 2 known crossings went through the JSA, with 0 of 24 people."),
    ("jsa-history", (HISTORY, TURNS), "The JSA saw 4 crossings to the South, the last in 2026",
     "4 crossings of the JSA to the South are known, 2 under fire. By period it was 1 while "
     "guards of both sides moved freely in it, 1 after the line divided it (August 1976) and 2 "
     "after firearms left it (October 2018)."),
    ("jsa-history", (HISTORY.iloc[1:3], TURNS), "The JSA saw 1 crossing to the South, in 2017",
     "1 crossing of the JSA to the South is known, 1 under fire. By period it was 0 while "
     "guards of both sides moved freely in it, 1 after the line divided it (August 1976) and 0 "
     "after firearms left it (October 2018)."),
    ("jsa-history", (HISTORY.iloc[1:2], TURNS), "No crossing of the JSA to the South is known",
     "0 crossings of the JSA to the South are known, 0 under fire."),
    ("who-crossed", (FEW,), "6 crossings brought 28 people to the South from 1959 to 2017",
     "People in uniform made 2 of the 4 crossings by land, the JSA included, whose people are "
     "known; civilians made 1 of 2 by water. 2 crossings by water brought 24 of 28 people."),
    ("who-crossed", (FEW.iloc[1:2],), "People in uniform made 1 of 1 crossing by land", None),
    ("who-crossed", (FEW.iloc[4:5],), "Civilians made 1 of 1 crossing by water", None),
    ("who-crossed", (FEW.iloc[3:4],), "1 crossing brought 21 people to the South in 2011", None),
    ("who-crossed", (BOTH,),
     "People in uniform made most crossings by land, civilians most by water", None),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "shown", "title", "fact"), WORDS)
def test_words(slug, shown, title, fact):
    made = make(slug, *shown)
    assert made.title == title and fact in (None, made.fact)


@pytest.fixture(scope="module")
def mapped():
    marks, unplaced, counties, *shapes = pages.frames()(Figure("map-direct-crossings").module.table)
    return marks, unplaced, counties, shapes


def counted(**incidents):
    return pd.DataFrame({"incidents": incidents, "people": incidents})


@pytest.mark.parametrize(
    ("counties", "title", "gather"),
    [
        ({"a": 5, "b": 2, "not known": 9}, "a saw most land crossings with a known county",
         "5 of 7 land crossings with a known county came through a (71%), at least 31% of all 16 "
         "land crossings. "),
        ({"a": 3, "b": 3, "c": 1}, "a and b saw most land crossings with a known county",
         "6 of 7 land crossings with a known county came through a and b (86%). "),
        ({"a": 3, "b": 2, "c": 2}, "The map shows 4 of 4 known crossings to the South", ""),
        ({"not known": 2}, "The map shows 4 of 4 known crossings to the South", ""),
    ],
)  # fmt: skip
def test_words_on_the_map_name_counties_only_where_they_lead(mapped, counties, title, gather):
    marks, unplaced, _, shapes = mapped
    made = make(
        "map-direct-crossings", marks.head(4), unplaced.head(0), counted(**counties), *shapes
    )
    assert made.title == title
    assert made.fact == f"{gather}Each crossing has a place on the map."


MANY = pd.concat([FEW, *[FEW.iloc[[3, 5]]] * 20], ignore_index=True)
MANY["stack"] = MANY.groupby(["route", "year"]).cumcount()


@pytest.mark.parametrize("size", pages.SIZES)
@pytest.mark.parametrize("rows", [FEW, ONE, MANY], ids=["few", "one", "many"])
def test_a_mark_a_crossing_in_every_size(rows, size):
    time = drawn("incidents-over-time", size, rows, FEW.iloc[:1].assign(year=1950), RECORD)
    assert pages.marks(time, "dot") == len(rows) + 1
    hatched = rows["year"].min() < 2002
    assert (pages.marks(time, "no-record") > 0) or not hatched
    squares = drawn("shot-at", size, rows)
    shots = rows["shots"].value_counts()
    assert all(pages.marks(squares, shot) == n for shot, n in shots.items())
    among = drawn("jsa-among-the-rest", size, rows, RECORD)
    assert pages.marks(among, "jsa") == rows["route"].eq("jsa").sum()
    assert pages.marks(among, "jsa") + pages.marks(among, "other") == len(rows)
    who = drawn("who-crossed", size, rows)
    totals = pages.words(who, "total")
    assert sum(map(int, totals[:6])) == len(rows)
    assert sum(map(int, totals[6:])) == rows["people"].sum()


@pytest.mark.parametrize("size", pages.SIZES)
@pytest.mark.parametrize("days", [TURNS, TURNS.head(0)], ids=["turns", "none"])
def test_the_history_holds_every_event(size, days):
    page = drawn("jsa-history", size, HISTORY, days)
    found = {gid: pages.marks(page, gid) for gid in ("south", "fire", "clash", "other")}
    assert found == {"south": 4, "fire": 2, "clash": 1, "other": 1}
    assert pages.words(page, "year") == ["1967", "2017", "2026"]
    assert len(pages.words(page, "turn-words")) == len(days)
    places = {tuple(item.get_offsets()[0]) for item in pages.held(page, "south")}
    assert len(places) == 4, "a star hides another"


@pytest.mark.parametrize("size", pages.SIZES)
def test_the_map_holds_every_mark_once(mapped, size):
    marks, unplaced, counties, shapes = mapped
    more = marks[marks["route"].eq("jsa")].assign(year=lambda rows: rows["year"] + 1)
    far = marks[marks["route"].eq("yellow_sea")].head(1).assign(mark_x=8e5, mark_y=1.7e6, y=1.7e6)
    every = pd.concat([marks, more, far], ignore_index=True)
    made = make("map-direct-crossings", every, unplaced, counties, *shapes)
    assert made.subtitle.endswith("1 mark beyond the map is drawn at its edge.")
    page = drawn("map-direct-crossings", size, every, unplaced, counties, *shapes)
    for route in set(every["route"]) - {"jsa"}:
        found = [pages.marks(page, f"{route}-{kind}") for kind in ("place", "area")]
        assert sum(found) == every["route"].eq(route).sum(), Route(route)
    assert pages.marks(page, "jsa-star") == len(every[every["route"].eq("jsa")])
    for ax in page.axes:
        (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
        for item in ax.collections:
            if str(item.get_gid()).endswith(("-place", "-area")):
                x, y = item.get_offsets().T
                assert (x > west).all() and (x < east).all()
                assert (y > south).all() and (y < north).all()


def test_a_crossing_of_the_jsa_needs_no_coordinate_on_the_map(mapped, tmp_path):
    tables = worlds.Tables()
    worlds.incident(tables, "2018-04-02", "jsa", place=False)
    frames = Frames(worlds.completed(tables, tmp_path))
    marks, unplaced, *_ = frames(Figure("map-direct-crossings").module.table)
    assert marks["route"].eq("jsa").sum() == mapped[0]["route"].eq("jsa").sum() + 1
    assert unplaced.equals(mapped[1])


def test_no_mark_on_the_map_hides_another(mapped):
    module = Figure("map-direct-crossings").module
    marks = mapped[0]
    for panel, spacing in module.spacing_m().items():
        places = marks.loc[marks["panel"].eq(panel), ["mark_x", "mark_y"]].to_numpy()
        gaps = ((places[:, None] - places[None]) ** 2).sum(axis=2) ** 0.5
        assert (gaps + 1e9 * (gaps == 0)).min() >= spacing - 2
        assert module.SPACING_MM[panel] >= module.MARK_MM[panel]

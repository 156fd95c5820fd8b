"""A row is added in the canonical form with its source, or not at all."""

from __future__ import annotations

import csv
import io
import re

import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import load
from helpers.cli import app
from helpers.data.check import check_all
from helpers.data.tables import TABLES
from helpers.data.vocab import EventType, Means
from helpers.entry import add, answers, asking, drafts, staging
from helpers.entry import rows as made
from helpers.entry.staging import Workspace, rank_of
from tests.conftest import ROOT, contents

INCIDENT = {
    "date": "2025-11-03",
    "event_type": "Direct defection",
    "direction": "North to South",
    "route": "dmz_land",
    "means": "FOOT",
    "people": "1",
    "nationality": "North Korean",
    "affiliation": "Soldier",
    "crossing_place": "Central front",
    "outcome": "arrived",
    "summary": "  A soldier walked over the line\nand was met by the guard. ",
}
SOURCE = {
    "publisher": "Example Daily",
    "title": "A soldier crosses",
    "published": "2025-11-04",
    "language": "en",
    "kind": "News",
}
DATA = ROOT / "data"
ID, SOURCE_ID = "2025-11-03-central-front-soldier", "example-daily-20251104"
ANSWERS = {name: " ".join(text.split()) for name, text in {**INCIDENT, **SOURCE}.items()}
ANSWERS |= {"shots_fired": "no", "source_ids": ["n", ""], "Write": "y"}


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """The folder of the answers that are kept: none of the project's own."""
    monkeypatch.setattr(drafts, "PROJECT", tmp_path)
    return tmp_path / ".crossings"


class Person:
    """Answers each question from its own list, Enter when it is used up; stops at ``STOP``."""

    def __init__(self, answers):
        self.left = {k: [v] if isinstance(v, str) else list(v) for k, v in answers.items()}
        self.asked = []

    def __call__(self, prompt):
        name = re.split(r"[ :]", prompt)[0]
        self.asked.append(name)
        assert self.asked.count(name) < 9, f"asked again and again: {prompt}"
        text = self.left[name].pop(0) if self.left.get(name) else ""
        if text == "STOP":
            raise EOFError
        return text


@pytest.fixture
def quick(monkeypatch):
    """Leave out the rules between tables, where they are not the matter: they take longest."""
    monkeypatch.setattr(
        staging, "check_all", lambda folder, today: check_all(folder, today, list(TABLES))
    )


@pytest.fixture
def run(data):
    """Add a row; return exit code and what was shown."""

    def run(values=INCIDENT, source=SOURCE, dry_run=False, ask=None, table="incidents"):
        shown = io.StringIO()
        console = Console(file=shown, width=200)
        code = add.run_add(values, source, data, dry_run, console, ask, table=table)
        return code, shown.getvalue()

    return run


def talk(data, answers, table="incidents"):
    """Return a talk with a person, its first row, and what is shown."""
    shown, draft = io.StringIO(), drafts.Draft(table, {})
    console = Console(file=shown, width=80)
    conversation = asking.Talk(Workspace(data), console, Person(answers), draft, None)
    return conversation, draft.entries[0], shown


def settle(data, column, answer, cells=None, table="incidents"):
    """Ask for one column; return the cell and what was shown."""
    conversation, entry, shown = talk(data, {column: answer}, table)
    entry.cells = dict(cells or {})
    conversation.settle(entry, column)
    return entry.cells[column], shown.getvalue()


def rows(data, table):
    with (data / TABLES[table].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# -- by flags ------------------------------------------------------------------------------------


def test_added_in_canonical_form_with_its_source(run, data):
    before = contents(data)
    code, shown = run()
    assert code == 0, shown
    assert shown.rstrip().splitlines()[-1] == f"Next: crossings diff --data {data}."
    assert check_all(data) == []
    row = load.table("incidents", data).set_index("incident_id").loc[ID]
    coded = row[["event_type", "means", "date_precision"]].tolist()
    assert coded == ["direct_defection", "foot", "day"]
    assert row["summary"] == "A soldier walked over the line and was met by the guard."
    assert row["source_ids"] == SOURCE_ID
    assert load.sources(data).loc[SOURCE_ID, "kind"] == "news"
    after = contents(data)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {data / "incidents/incidents.csv", data / "sources.csv"}
    for path in changed:
        old, new = (state[path].decode().splitlines() for state in (before, after))
        assert len(new) == len(old) + 1
        assert set(old) < set(new)
    keys = [(row["date"], row["incident_id"]) for row in rows(data, "incidents")]
    assert keys == sorted(keys)


def test_a_known_source_is_enough_and_a_rehearsal_writes_nothing(run, data, unchecked):
    key, before = rows(data, "sources")[0]["source_id"], contents(data)
    values = {**INCIDENT, "source_ids": key}
    code, shown = run(values, {}, dry_run=True)
    assert code == 0
    assert "Would write incidents/incidents.csv. Nothing was written" in shown
    assert contents(data) == before
    code, shown = run(values, {})
    assert code == 0, shown
    assert load.table("incidents", data).set_index("incident_id").loc[ID, "source_ids"] == key


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": "3.11.2025"}, "incidents.csv"),
        ({"route": "dmz_lnd"}, "dmz_land"),
        ({"people": "one"}, "people"),
        ({"summary": ""}, "summary"),
        ({"nationality": ""}, "nationality"),
        ({"outcome": "captured"}, "an outcome that this kind of event can have"),
        ({"source_ids": "no-such-source"}, "unknown key"),
        ({"source_ids": "", "new": {}}, "source_ids"),
        ({"placce": "here"}, "no column 'placce'"),
        ({"lat": "38.1", "lon": "127.0"}, "location_basis"),
        ({"table": "incident"}, "is it 'incidents'?"),
        ({"table": "sources"}, "comes with the first row"),
    ],
)
def test_what_does_not_pass_is_told_and_not_written(run, data, change, told, quick):
    before, options = contents(data), {}
    values = {**INCIDENT, **change}
    if "table" in change:
        options["table"] = values.pop("table")
    if "new" in change:
        options["source"] = values.pop("new")
    code, shown = run(values, **options)
    assert code == 1
    assert told in " ".join(shown.split())
    assert "Nothing was written" in shown
    assert contents(data) == before


def known_crossing(data):
    """Return the cells of the last direct crossing whose day is known."""
    return next(
        row for row in rows(data, "incidents")[::-1]
        if row["event_type"] == "direct_defection" and len(row["date"]) == 10
    )  # fmt: skip


def test_a_suspected_double_is_shown_and_opens_its_question_again(run, data, quick):
    known, before = known_crossing(data), contents(data)
    values = {name: cell for name, cell in known.items() if name != "incident_id"}
    person = Person({"Which": ["", "n"], "incident_id": "another-key"})
    for ask in (None, person):
        code, shown = run(values, {}, ask=ask)
        assert code == 1
        both = shown.partition("seems to be in the register already:")[2]
        assert f"{known['incident_id']}: {known['date']}, {known['route']}" in both
    assert person.asked[:2] == ["Which", "incident_id"]
    assert contents(data) == before


def test_a_failed_write_keeps_the_answers(run, kept, monkeypatch, unchecked):
    def failing(folder, files):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(staging, "write_all", failing)
    code, shown = run(ask=Person({"Write": "y", "shots_fired": "no"}))
    assert code == 1
    assert "No space left on device" in shown
    assert "Your answers are kept" in shown
    assert list(kept.glob("*"))


def test_identifiers_are_made_of_what_the_table_makes_them_of():
    row = made.complete(INCIDENT)
    assert row["incident_id"] == ID
    assert made.make_id(row, {ID}) == f"{ID}-2"
    assert list(row) == TABLES["incidents"].columns
    there = {**INCIDENT, "crossing_place": "판문점"}
    assert made.complete(there)["incident_id"].endswith("soldier")
    assert made.complete({"incident_id": "2025-own"})["incident_id"] == "2025-own"
    assert made.complete(SOURCE, {SOURCE_ID}, "sources")["source_id"] == f"{SOURCE_ID}-2"
    event = {"date": "2026-03", "event": "A fence of two rows is closed for good"}
    assert made.complete(event, (), "border_events")["event_id"] == "2026-03-a-fence-of-two-rows"
    assert made.complete({}, {"rc08", "rc09"}, "report_claims")["claim_id"] == "rc10"


def test_what_follows_from_the_rules_is_filled_in():
    clash = made.complete({"event_type": "armed_clash", "shots_fired": "no", "date": "1984"})
    follows = {"direction": "none", "date_precision": "year", "location_basis": "not_located"}
    follows |= dict.fromkeys(["nationality", "outcome", "shots_at"], "not_applicable")
    assert follows.items() <= clash.items()


# -- what an answer may be -----------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_what_the_data_hold_passes_in_the_order_of_the_questions(table):
    table_rows = rows(DATA, table)
    for column, cell in {pair for row in table_rows[::40] for pair in row.items() if pair[1]}:
        assert answers.cell_fault(table, column, cell) is None
        assert answers.canonical(table, {column: cell})[column] == cell
    for row in table_rows[:: max(1, len(table_rows) // 3)]:
        known = {}
        for column in drafts.Entry(table).columns():
            left = answers.possible(table, known, column)
            listed = answers.column_of(table, column).kind == "category"
            assert row[column] in left if listed or not row[column] else left != [""]
            assert answers.contradictions(table, known, column, [row[column]]) == {}
            known[column] = row[column]


def test_the_rules_narrow_what_can_be():
    def possible(column, **cells):
        return answers.possible("incidents", cells, column)

    assert possible("direction", event_type="incursion") == ["none"]
    assert "killed" not in possible("outcome", event_type="direct_defection")
    assert possible("shots_count", shots_fired="no") == [""]
    assert possible("wounded_crossers", wounded="") == [""]
    assert possible("wounded_crossers", wounded="2") == ["x"]
    assert possible("event_note", event_type="attempt") == ["x"]
    assert possible("event_type") == EventType.values()


# -- one question --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "given", "cells", "cell", "told"),
    [
        ("date", [
         "3/11/2025", "2025-11-31", "2025-11-03"],
         {}, "2025-11-03", "or 2025-11-03, as meant"),
        ("date", ["2999", "2025"], {}, "2025", "a date after today"),
        ("means", ["2"], {}, Means.values()[1], "(vehicle)"),
        ("means", ["veh"], {}, "vehicle", "(vehicle)"),
        ("means", ["air", "airp"], {}, "airport", "'air' begins aircraft, airport"),
        ("means", ["on foot"], {}, "foot", "(foot)"),
        ("means", ["99", "submarine", "", "raft"], {}, "raft", "'99': not in the vocabulary"),
        ("people", ["one", "0", "3"], {}, "3", "expected a whole number from 1 to 1000"),
        ("admin_area", [""], {}, "", "Enter leaves it out"),
        ("summary", ["", "<b>bold</b>", "Plain."], {}, "Plain.", "A value is needed here."),
        ("summary", ["x" * 601, "Short."], {}, "Short.", "601 characters"),
        ("direction", ["none", "nor"], {"event_type": "direct_defection"}, "north_to_south",
         "'none' exactly where nobody meant to change sides"),
        ("lon", ["51.5", "127"],
         {"event_type": "direct_defection", "route": "dmz_land", "lat": "38.3"}, "127",
         "a point where an event of this route can lie"),
        ("people", ["", "2"], {"event_type": "direct_defection"}, "2", "Needed with the answers"),
    ],
)  # fmt: skip
def test_an_answer_is_checked_at_once_and_asked_again(column, given, cells, cell, told):
    found, shown = settle(DATA, column, given, cells)
    assert found == cell
    assert told in " ".join(shown.split())


def test_a_question_says_form_values_and_meaning():
    shown = settle(DATA, "date", "2025")[1]
    assert "As 2025-11-03, 2025-11 or 2025." in shown
    shown = settle(DATA, "means", "foot")[1]
    for number, term in enumerate(Means, 1):
        assert re.search(rf"^ *{number} {term.value} ", shown, re.M)
        assert term.definition.split()[0] in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_list_of_values_takes_numbers_and_beginnings():
    cell, shown = settle(DATA, "violations", ["fired; 9", "2;crossed"], {}, "jsa_timeline_2017")
    assert cell == "fired_across_mdl;crossed_mdl"
    assert "expected a listed value" in " ".join(shown.split())


def test_what_follows_is_not_asked():
    conversation, entry, shown = talk(DATA, {"shots_fired": "no"})
    for column in ("shots_fired", "shots_count", "shots_at"):
        conversation.settle(entry, column)
    assert conversation.ask.asked == ["shots_fired"]
    assert (entry.cells["shots_count"], entry.cells["shots_at"]) == ("", "not_applicable")
    assert "(shots_at: not_applicable)" in shown.getvalue()


def test_b_goes_back_and_offers_the_answer_again():
    said = {"date": ["b", "2025-11-03", ""], "event_type": ["b", "direct_d"], "direction": "STOP"}
    conversation, entry, shown = talk(DATA, said)
    with pytest.raises(EOFError):
        conversation.fill_all()
    asked = "date date event_type date event_type direction"
    assert conversation.ask.asked == asked.split()
    assert "This is the first question." in shown.getvalue()
    assert entry.cells["date"] == "2025-11-03"


# -- sources -------------------------------------------------------------------------------------


def test_a_source_is_found_by_its_words_or_a_near_key_and_taken_by_number():
    known = next(row for row in rows(DATA, "sources")[100:] if all(row[c] for c in SOURCE))
    for word in ("source_id", "publisher", "title", "published"):
        cell, shown = settle(DATA, "source_ids", [f"{known['source_id']} {known[word]}", "1", ""])
        assert cell == known["source_id"]
        assert known["publisher"] in shown
    misspelt = known["source_id"][:-1] + ("x" if known["source_id"][-1] != "x" else "y")
    cell, shown = settle(DATA, "source_ids", [misspelt, "1", ""])
    assert "near are:" in shown
    assert known["source_id"] in shown
    assert cell in {row["source_id"] for row in rows(DATA, "sources")}


def test_several_sources_and_a_word_that_finds_none():
    one, two = (row["source_id"] for row in rows(DATA, "sources")[:2])
    cell, shown = settle(DATA, "source_ids", ["qqqq", one, two, one, ""])
    assert cell == f"{one};{two}"
    assert "No row holds all of that." in shown


def test_a_source_that_is_there_already_is_not_made_twice():
    known = next(row for row in rows(DATA, "sources") if row["url"] and row["speaks_for"] == "")
    answers = {**known, "source_ids": ["n", ""], "Take": ""}
    conversation, entry, shown = talk(DATA, answers)
    conversation.settle(entry, "source_ids")
    assert entry.cells["source_ids"] == known["source_id"]
    assert "It seems to be there already" in shown.getvalue()
    assert len(conversation.draft.entries) == 1


def test_two_new_sources_in_a_row():
    answers = {"source_ids": ["n", "n", ""], "publisher": ["One", "Two"], "title": ["A", "B"]}
    answers |= {"language": ["en", "ko"], "kind": ["news", "news"]}
    conversation, entry, _ = talk(DATA, answers)
    conversation.settle(entry, "source_ids")
    assert entry.cells["source_ids"] == "one;two"
    assert [e.cells["title"] for e in conversation.draft.named()[1:]] == ["A", "B"]


def test_a_new_source_can_be_given_up():
    one = rows(DATA, "sources")[0]["source_id"]
    conversation, entry, _ = talk(DATA, {"source_ids": ["n", one, ""], "publisher": "b"})
    conversation.settle(entry, "source_ids")
    assert entry.cells["source_ids"] == one
    assert len(conversation.draft.entries) == 1


# -- a whole run ---------------------------------------------------------------------------------


def test_an_incident_and_its_source_by_answers(run, data, kept):
    person = Person({**ANSWERS, "date": ["3/11/2025", "2025-11-03"], "Write": ["summ", "y"]})
    code, shown = run({}, {}, ask=person)
    assert code == 0, shown
    asked = set(person.asked)
    assert {"nationality", "crossing_place", "admin_area", "lat", "speaks_for"} <= asked
    assert not {"date_precision", "shots_at", "lon", "location_basis", "incident_id"} & asked
    assert person.asked.count("summary") == 2
    row = load.table("incidents", data).set_index("incident_id").loc[ID]
    assert (row["nationality"], row["source_ids"]) == ("north_korean", SOURCE_ID)
    assert row["confidence"] == "medium"
    assert not list(kept.glob("*"))


@pytest.mark.parametrize("answer", ["", "n"])
def test_declined_nothing_is_written_and_the_answers_are_kept(run, data, kept, answer, unchecked):
    before = contents(data)
    code, shown = run(ask=Person({"Write": answer, "shots_fired": "unk"}))
    assert code == 1
    assert "Nothing was written. Your answers are kept" in shown
    assert contents(data) == before
    assert "Central front" in next(kept.glob("*")).read_text(encoding="utf-8")


def test_stopped_in_a_new_source_and_taken_up_again(run, data, kept, unchecked):
    code, shown = run({}, {}, ask=Person({**ANSWERS, "title": "STOP"}))
    assert code == 1
    assert "Your answers are kept" in shown
    left = {"title": SOURCE["title"], "published": SOURCE["published"], "language": "en"}
    again = Person({**left, "kind": "news", "Go": "y", "source_ids": ["n", ""], "Write": "y"})
    code, shown = run({}, {}, ask=again)
    assert code == 0, shown
    assert "2025-11-03, direct_defection, north_to_south" in shown
    assert not {"date", "summary", "publisher"} & set(again.asked)
    assert load.sources(data).loc[SOURCE_ID, "publisher"] == SOURCE["publisher"]


def test_kept_answers_can_be_left_and_a_broken_file_is_no_hindrance(run, kept):
    run({}, {}, ask=Person({"date": "2024", "event_type": "STOP"}))
    again = Person({"Go": "n", "date": "STOP"})
    run({}, {}, ask=again)
    assert again.asked == ["Go", "date"]
    assert not list(kept.glob("*"))
    kept.joinpath("add-incidents.json").write_text('[{"table": "inci', encoding="utf-8")
    again = Person({"date": "STOP"})
    code, shown = run({}, {}, ask=again)
    assert (code, again.asked) == (1, ["date"])
    assert "Nothing was written." in shown


# -- other tables --------------------------------------------------------------------------------

KEY = "yonhap-20171122"
OTHERS = {
    "border_events": {
        "date": "2026-03", "kind": "barrier", "event": "A fence is closed",
        "effect_on_route": "Fewer cross.",
    },
    "route_costs": {
        "leg": "1", "period": "2024", "period_start": "2024", "period_end": "2024",
        "amount_low": "100", "amount_best": ["50", "200"], "amount_high": ["", "b", ""],
        "currency": "usd", "who_says": "Daily NK",
    },
    "official_totals": {
        "series": "jcs_2025", "body": "joint", "measure": "direct_all", "period": "2026-01",
        "period_start": "2026-01", "period_end": "2026-01", "value_best": "3", "unit": "people",
    },
    "blind_years": {
        "direction": "south", "route": "jsa", "first_year": "1990", "last_year": ["1980", "1991"],
        "kind": "no_rows", "reason": "Invented.",
    },
}  # fmt: skip


@pytest.mark.parametrize("table", OTHERS)
def test_a_row_of_another_table_by_answers(run, data, table, quick):
    old = rows(data, table)
    person = Person({**OTHERS[table], "source_ids": [KEY, ""], "Write": "y"})
    code, shown = run({}, {}, ask=person, table=table)
    assert code == 0, shown
    assert len(rows(data, table)) == len(old) + 1
    [new] = [row for row in rows(data, table) if row not in old]
    assert new["source_ids"] == KEY
    for column, said in OTHERS[table].items():
        said = said if isinstance(said, str) else said[-1]
        assert new[column].startswith(said) or said == "1"


def test_a_row_of_another_table_by_flags(run, data, unchecked):
    values = {"date": "2026-03", "kind": "Law", "event": "A law", "effect_on_route": "None."}
    shown = run(values, SOURCE, dry_run=True, table="border_events")[1]
    assert "2026-03-a-law" in shown
    assert "Would write context/border_events.csv, sources.csv" in shown


def test_rows_that_need_each_other_are_added_together(run, data):
    source = rows(data, "sources")[0]["source_id"]
    known = {row["claim_id"] for row in rows(data, "report_claims")}
    answers = {
        "claim": "An invented claim.", "topic": "place", "reading": "text",
        "source_ids": [KEY, "", source, ""], "Which": "+claim_ev", "claim_id": "rc99",
        "record_table": "sources", "record_id": source, "stance": "supp", "Write": "y",
    }  # fmt: skip
    code, shown = run({"claim_id": "rc99"}, {}, ask=Person(answers), table="report_claims")
    assert "has no evidence" in shown
    assert code == 0, shown
    assert {row["claim_id"] for row in rows(data, "report_claims")} == known | {"rc99"}
    assert rows(data, "claim_evidence")[-1]["claim_id"] == "rc99"


def test_one_row_more_offers_the_answers_of_the_last(run, data, quick):
    men, women = 9000, 25000
    answers = {
        "as_of": "2026-07", "as_of_basis": "1", "population": "1", "dimension": "age",
        "category": ["age_0", "age_10"], "people": [str(men), str(women)], "status": "pub",
        "source_ids": [KEY, ""], "Write": ["+", "y"],
    }  # fmt: skip
    person = Person(answers)
    code, shown = run({}, {}, ask=person, table="profile_cumulative")
    assert code == 0, shown
    added = [row for row in rows(data, "profile_cumulative") if row["as_of"] == "2026-07"]
    assert [row["people"] for row in added] == [str(men), str(women)]
    assert {row["source_ids"] for row in added} == {KEY}


def test_a_moment_goes_where_its_clock_says_and_moves_the_later_ones_down(run, data, quick):
    old = rows(data, "jsa_timeline_2017")
    place = next(n for n, row in enumerate(old) if row["time_local"] > old[0]["time_local"])
    answers = {
        "date": old[0]["date"], "time_local": old[0]["time_local"], "time_precision": "min",
        "phase": old[place - 1]["phase"], "actor": "def", "event": "Invented.",
        "violations": "none", "source_ids": [KEY, ""], "Write": "y",
    }  # fmt: skip

    def named():
        evidence = rows(data, "claim_evidence")
        about = [row for row in evidence if row["record_table"] == "jsa_timeline_2017"]
        return {(row["claim_id"], row["record_id"]) for row in about}

    before = named()
    code, shown = run({}, {}, ask=Person(answers), table="jsa_timeline_2017")
    assert code == 0, shown
    new = rows(data, "jsa_timeline_2017")
    assert [row["seq"] for row in new] == [str(n) for n in range(1, len(old) + 2)]
    at = next(n for n, row in enumerate(new) if row["event"] == "Invented.")
    assert [row["event"] for row in new if row is not new[at]] == [row["event"] for row in old]
    assert named() == {(claim, str(int(seq) + (int(seq) > at))) for claim, seq in before}


@pytest.mark.parametrize(
    "table", ["incidents", "sources", "corrections", "report_claims", "profile_checks", "waypoints"]
)
def test_a_row_taken_out_is_put_back_in_its_place(table):
    space = Workspace(DATA)
    table_rows = space.rows(table)
    for place in range(0, len(table_rows), max(1, len(table_rows) // 9)):
        last_of_rank = place + 1 == len(table_rows) or not rank_of(table)
        if last_of_rank:
            row = table_rows.pop(place)
            space.put(table, row)
            assert table_rows[place] is row


# -- the command ---------------------------------------------------------------------------------


def by_flags(folder):
    flags = ["add", "--data", str(folder), "--no-prompt"]
    flags += [f for name, text in INCIDENT.items() for f in ("--set", f"{name}={text}")]
    flags += [f for name, text in SOURCE.items() for f in ("--new-source", f"{name}={text}")]
    return CliRunner().invoke(app, flags)


def test_the_command_by_flags(data, unchecked):
    result = by_flags(data)
    assert result.exit_code == 0, result.output
    assert ID in load.table("incidents", data)["incident_id"].tolist()
    assert CliRunner().invoke(app, ["add", "--no-prompt", "--set", "date"]).exit_code == 2


@pytest.mark.parametrize("place", ["incidents/incidents.csv", "incidents.csv"])
def test_a_folder_with_only_the_tables_that_differ(tmp_path, place, unchecked, monkeypatch):
    part = tmp_path / "part"
    assert "holds no table" in by_flags(part).output
    (part / place).parent.mkdir(parents=True)
    (part / place).write_bytes((DATA / "incidents/incidents.csv").read_bytes())
    write_all, before = staging.write_all, contents(part)

    def failing(folder, files):
        write_all(folder, files)
        if "sources.csv" in files:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(staging, "write_all", failing)
    assert by_flags(part).exit_code == 1
    assert contents(part) == before
    monkeypatch.setattr(staging, "write_all", write_all)
    assert by_flags(part).exit_code == 0
    after = contents(part)
    assert after.keys() == {part / place, part / "sources.csv"}
    assert ID.encode() in after[part / place]
    assert SOURCE_ID.encode() in after[part / "sources.csv"]
    assert SOURCE_ID not in (DATA / "sources.csv").read_text("utf-8")


def test_the_command_by_prompts(data, kept, unchecked):
    key = rows(data, "sources")[0]["source_id"]
    given = ["--source", key, "--data", str(data), "--table", "border_events", "--dry-run"]
    lines = ["2026-3", "2026-03", "", "bar", "b", "4", "A fence", "Fewer cross.", "y"]
    result = CliRunner().invoke(app, ["add", *given], input="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    assert "write 2026-03" in result.output
    assert "Fences, posts, sensors." in result.output
    assert "Would write context/border_events.csv" in result.output


def test_the_command_at_the_end_of_its_input_keeps_the_answers(data, kept):
    before = contents(data)
    result = CliRunner().invoke(app, ["add", "--data", str(data)], input="2025-11-03\n")
    assert result.exit_code == 1
    assert "Stopped." in result.output
    assert "Your answers are kept" in result.output
    assert list(kept.glob("add-incidents.json"))
    assert contents(data) == before

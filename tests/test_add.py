"""An incident is added in the canonical form with its source, or not at all."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import load, staging
from helpers.add import ASKED, complete, complete_source, describe, make_id, run_add
from helpers.check import check_all
from helpers.cli import app
from helpers.schemas import TABLES
from helpers.vocab import EventType

INCIDENT = {
    "date": "2025-11-03",
    "event_type": "Direct defection",
    "direction": "North to South",
    "route": "dmz_land",
    "means": "FOOT",
    "people": "1",
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
ID = "2025-11-03-central-front-soldier"


@pytest.fixture
def add(data):
    """Add an incident; return exit code and what was shown."""

    def run(values=INCIDENT, source=SOURCE, dry_run=False, ask=None):
        shown = io.StringIO()
        return run_add(values, source, data, dry_run, Console(file=shown, width=200), ask), (
            shown.getvalue()
        )

    return run


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_added_in_canonical_form_with_its_source(add, data):
    before = contents(data)
    code, shown = add()
    assert code == 0, shown
    assert check_all(data) == []
    row = load.table("incidents", data).set_index("incident_id").loc[ID]
    assert (row["event_type"], row["means"], row["date_precision"]) == (
        "direct_defection", "foot", "day",
    )  # fmt: skip
    assert row["summary"] == "A soldier walked over the line and was met by the guard."
    assert row["source_ids"] == "example-daily-20251104"
    assert load.sources(data).loc["example-daily-20251104", "kind"] == "news"
    after = contents(data)
    changed = {path.name for path in before if before[path] != after[path]}
    assert changed == {"incidents.csv", "sources.csv"}
    for name in ("incidents/incidents.csv", "sources.csv"):
        old, new = (c[data / name].decode().splitlines() for c in (before, after))
        assert len(new) == len(old) + 1
        assert set(old) < set(new)
    rows = load.table("incidents", data)
    keys = list(zip(rows["date"], rows["incident_id"], strict=True))
    assert keys == sorted(keys)


def test_a_known_source_is_enough(add, data):
    key = load.table("sources", data)["source_id"].iloc[0]
    code, shown = add({**INCIDENT, "source_ids": key}, {})
    assert code == 0, shown
    assert load.table("incidents", data).set_index("incident_id").loc[ID, "source_ids"] == key


def test_dry_run_writes_nothing(add, data):
    before = contents(data)
    code, shown = add(dry_run=True)
    assert code == 0
    assert "Nothing was written" in shown
    assert ID in shown
    assert contents(data) == before


def test_a_suspected_double_is_shown(add, data):
    known = load.table("incidents", data)
    rows = known[known["event_type"].eq("direct_defection") & known["date_precision"].eq("day")]
    first = rows.iloc[0]
    same = {
        name: str(first[name]) for name in ("date", "direction", "route", "people", "affiliation")
    }
    if first[["lat", "lon"]].notna().all():
        same |= {name: str(first[name]) for name in ("lat", "lon", "location_basis")}
    before = contents(data)
    code, shown = add({**INCIDENT, **same})
    assert code == 1
    assert "seems to stand in the register already" in shown
    assert first["incident_id"] in shown
    assert contents(data) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": "3.11.2025"}, "incidents.csv"),
        ({"route": "dmz_lnd"}, "dmz_land"),
        ({"people": "one"}, "people"),
        ({"summary": ""}, "summary"),
        ({"outcome": "captured"}, "an outcome that this kind of event can have"),
        ({"source_ids": "no-such-source"}, "unknown key"),
        ({"placce": "here"}, "no column 'placce'"),
        ({"lat": "38.1", "lon": "127.0"}, "location_basis"),
    ],
)
def test_what_the_check_does_not_pass_is_not_written(add, data, change, told):
    before = contents(data)
    code, shown = add({**INCIDENT, **change})
    assert code == 1
    assert told in " ".join(shown.split())
    assert "Nothing was written" in shown
    assert contents(data) == before


def test_without_a_source_nothing_is_added(add, data):
    code, shown = add(source={})
    assert code == 1
    assert "source_ids" in shown


def test_a_failing_write_leaves_the_old_files(add, data, monkeypatch):
    before = contents(data)
    write_all, calls = staging.write_all, []

    def failing(folder, files):
        calls.append(folder)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        write_all(folder, files)

    monkeypatch.setattr(staging, "write_all", failing)
    code, shown = add()
    assert code == 1
    assert "No space left" in shown
    assert contents(data) == before


def test_identifiers_are_made_of_date_place_and_affiliation():
    row = complete(INCIDENT)
    assert row["incident_id"] == ID
    assert make_id(row, {ID}) == f"{ID}-2"
    assert list(row) == TABLES["incidents"].columns
    assert complete({**INCIDENT, "crossing_place": "판문점"})["incident_id"].endswith("soldier")
    assert complete({"incident_id": "2025-own"})["incident_id"] == "2025-own"
    source = complete_source(SOURCE, {"example-daily-20251104"})
    assert source["source_id"] == "example-daily-20251104-2"


def test_defaults_follow_the_event():
    clash = complete({"event_type": "armed_clash", "shots_fired": "no", "date": "1984"})
    assert (clash["direction"], clash["nationality"]) == ("none", "not_applicable")
    assert (clash["shots_at"], clash["date_precision"]) == ("not_applicable", "year")
    assert clash["location_basis"] == "not_located"


def test_prompts_ask_for_what_is_missing(add, data):
    asked = []
    answers = {**INCIDENT, "source_ids": "", **SOURCE, "url": "", "shots_fired": "no"}

    def ask(table, column, default):
        asked.append((table, column))
        return answers.get(column, default)

    code, shown = add({"date": "2025-11-03"}, {}, ask=ask)
    assert code == 0, shown
    assert ("incidents", "date") not in asked
    assert {("incidents", name) for name in ASKED if name != "date"} <= set(asked)
    assert ("sources", "publisher") in asked
    assert check_all(data) == []


def test_prompts_show_the_allowed_values_and_their_meaning():
    shown = describe("incidents", "event_type")
    for term in EventType:
        assert term.value in shown
        assert term.definition in shown
    assert "may stay empty" in describe("incidents", "admin_area")


def test_the_command_by_flags(data):
    flags = ["add", "--data", str(data), "--no-prompt"]
    flags += [f for name, text in INCIDENT.items() for f in ("--set", f"{name}={text}")]
    flags += [f for name, text in SOURCE.items() for f in ("--new-source", f"{name}={text}")]
    before = contents(data)
    result = CliRunner().invoke(app, [*flags, "--dry-run"])
    assert result.exit_code == 0, result.output
    assert contents(data) == before
    result = CliRunner().invoke(app, flags)
    assert result.exit_code == 0, result.output
    assert ID in load.table("incidents", data)["incident_id"].tolist()
    assert CliRunner().invoke(app, ["add", "--no-prompt", "--set", "date"]).exit_code == 2


def test_the_command_by_prompts(data):
    given = [f for name in ASKED[:4] for f in ("--set", f"{name}={INCIDENT[name]}")]
    key = load.table("sources", data)["source_id"].iloc[0]
    given += ["--source", key, "--data", str(data), "--dry-run"]
    answers = [INCIDENT.get(name, "").replace("\n", " ") for name in ASKED[4:]]
    result = CliRunner().invoke(app, ["add", *given], input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert "Walking or running." in result.output

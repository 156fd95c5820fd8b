"""The evidence on the claims: linked, bound by its rows, and caught when it is wrong."""

from __future__ import annotations

import shutil

import pytest

from helpers import load
from helpers.analysis import claims as derive
from helpers.data.check import check_all
from helpers.data.vocab import Stance
from helpers.paths import PROJECT

PATH = "context/claim_evidence.csv"


def test_every_claim_has_evidence_and_every_voice_is_in_the_registry():
    claims, evidence = load.report_claims(), load.claim_evidence()
    assert set(evidence["claim_id"]) == set(claims.index)
    assert len(evidence) >= 44
    assert not derive.pieces(claims, evidence, load.sources()).empty


def test_report_never_confirms_itself():
    own = set(load.report_claims()["source_ids"])
    keys = load.claim_evidence()["source_ids"].str.split(";").explode()
    assert not own & set(keys)


def test_stances_are_all_used():
    assert set(load.claim_evidence()["stance"].astype(str)) == set(Stance.values())


def test_numbers_by_hand():
    tables = (load.report_claims(), load.claim_evidence(), load.jsa_facts_2017(), load.sources())
    weighed = derive.weigh(*tables)
    assert weighed.loc["rc02", ["lowest", "highest"]].tolist() == [4, 7]
    assert derive.verdicts(weighed).to_dict() == {
        "holds": 8, "range": 6, "disputed": 2, "unchecked": 0,
    }  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return shutil.copytree(PROJECT / "data", tmp_path_factory.mktemp("claims") / "data")


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("gunshot_wounds_2,qualifies", "gunshot_wounds_2,supports", "stance", "against the numb"),
        ("gunshot_wounds_3,set_aside", "gunshot_wounds_3,contradicts", "stance", "against the"),
        ("gunshot_wounds_4", "gunshot_wounds_44", "record_id", "unknown key"),
        (",miniplanet-201711-soldier-truce;", ",yonhap-20171122;", "source_ids", "no source of"),
    ],
)
def test_a_wrong_link_is_told(copy, old, new, column, problem):
    file = copy / PATH
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1
    file.write_text(before.replace(old, new), encoding="utf-8")
    try:
        faults = [fault for fault in check_all(copy) if fault.file == PATH]
    finally:
        file.write_text(before, encoding="utf-8")
    assert [(fault.column, fault.problem.startswith(problem)) for fault in faults] == [
        (column, True)
    ]


def test_a_claim_without_evidence_is_told(copy):
    file = copy / PATH
    before = file.read_text(encoding="utf-8")
    lines = [line for line in before.splitlines(True) if not line.startswith("rc12,")]
    file.write_text("".join(lines), encoding="utf-8")
    try:
        faults = check_all(copy)
    finally:
        file.write_text(before, encoding="utf-8")
    assert [(fault.column, fault.value) for fault in faults] == [("claim_id", "rc12")]

"""The evidence on the claims of the report."""

from __future__ import annotations

from helpers import load
from helpers.analysis import claims as derive
from helpers.data.vocab import Stance


def test_every_claim_has_evidence_and_every_voice_is_in_the_registry():
    claims, evidence = load.report_claims(), load.claim_evidence()
    assert set(evidence["claim_id"]) == set(claims.index)
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

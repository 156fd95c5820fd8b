"""What speaks for and against the claims of the news report of November 2017."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.data import tables, vocab
from helpers.data.columns import DECISIONS, Schema, Table, coded, key, keys, sources, text
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault
from helpers.data.tables.conflicts import SETTLED
from helpers.data.vocab import EvidenceTable, Reading, Stance

CLAIM_EVIDENCE = Table(
    "context/claim_evidence.csv",
    "Evidence on the claims of the news report",
    "One row of another table, or one document, that speaks to one claim a row. The verdict is "
    "computed from these rows and stands in no table.",
    Schema(
        {
            "claim_id": key("The claim.", target="report_claims.claim_id"),
            "record_table": coded("Table in which the evidence stands.", vocab.EvidenceTable),
            "record_id": text(
                "The row in that table by its key; keys of several columns joined by '_'.",
                limit=120,
            ),
            "stance": coded("How it stands to the claim.", vocab.Stance),
            "note": text("Why it stands so.", "the row speaks for itself", limit=160),
            **sources("Those sources of the row that state it, the report left out."),
            "first_hand_ids": keys(
                "Those of source_ids that carry the word of the body that did, saw or counts the "
                "thing itself.",
                "none is at first hand",
                "sources.source_id",
            ),
            **DECISIONS,
        },
    ),
    ("claim_id", "record_table", "record_id"),
    hint="The verdict on a claim is computed by helpers.analysis.claims.weigh.",
    provenance=(
        "Linked by reading the claims against the tables; where both sides hold numbers, a check "
        "compares them with the stance (d110 to d115)."
    ),
)

#: Half of the step to which a number called "about" is taken as rounded: about 40 is 35 to 45.
ABOUT = 5.0


def ends(row: Mapping[str, object]) -> tuple[float, float]:
    """Return the lowest and highest number that a printed value leaves possible.

    Open ends are infinite; "about" is widened by :data:`ABOUT` on both sides.

    Parameters
    ----------
    row : mapping
        ``reading``, ``value_low``, ``value_high``.
    """
    low = -np.inf if pd.isna(row["value_low"]) else float(row["value_low"])
    high = np.inf if pd.isna(row["value_high"]) else float(row["value_high"])
    slack = ABOUT if row["reading"] == Reading.ABOUT else 0.0
    return low - slack, high + slack


def compared(claim: Mapping[str, object], fact: Mapping[str, object]) -> Stance | None:
    """Return how one published number stands to the number of a claim.

    The same span of numbers supports it, one that overlaps qualifies it, and one that does not
    contradicts it. None where one of the two is no number, or their units differ.

    Parameters
    ----------
    claim, fact : mapping
        ``reading``, ``value_low``, ``value_high``, ``unit``.
    """
    numbers = all(pd.notna([row["value_low"], row["value_high"]]).any() for row in (claim, fact))
    if not numbers or claim["unit"] != fact["unit"]:
        return None
    (low, high), (least, most) = ends(claim), ends(fact)
    open_ends = {Reading.MORE_THAN: least == high, Reading.LESS_THAN: most == low}
    if least > high or most < low or open_ends.get(fact["reading"], False):
        return Stance.CONTRADICTS
    return Stance.SUPPORTS if (low, high) == (least, most) else Stance.QUALIFIES


def record_ids(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.Series:
    """Return the key of each row as the evidence names it: its columns joined by ``_``."""
    first, *rest = (frame[name].astype("str") for name in key)
    return first.str.cat(rest, sep="_") if rest else first


def _evidence_fault(
    row: pd.Series, claims: pd.DataFrame, known: Mapping[str, pd.DataFrame]
) -> tuple[str, str, tuple[str, str, str]] | None:
    """Return column, value and fault of one piece of evidence, or None."""
    rows = known[str(row["record_table"])]
    if row["record_id"] not in rows.index:
        expected = f"a key of {row['record_table']}, its columns joined by '_'"
        return "record_id", row["record_id"], ("unknown key", expected, "name the row")
    record = rows.loc[row["record_id"]]
    own = record.name if row["record_table"] == "sources" else record["source_ids"]
    odd = sorted(set(str(row["source_ids"]).split(";")) - set(str(own).split(";")))
    if odd:
        what = ("no source of the row it names", str(own), "name sources of that row")
        return "source_ids", ";".join(odd), what
    first = "" if pd.isna(row["first_hand_ids"]) else str(row["first_hand_ids"])
    odd = sorted(set(filter(None, first.split(";"))) - set(str(row["source_ids"]).split(";")))
    if odd:
        what = ("not among source_ids", str(row["source_ids"]), "name some of those")
        return "first_hand_ids", ";".join(odd), what
    if row["record_table"] != "jsa_facts_2017" or row["claim_id"] not in claims.index:
        return None
    if record.get("settled", False):
        stance = Stance.SET_ASIDE
    else:
        stance = compared(claims.loc[row["claim_id"]], record)
    if stance is None or row["stance"] == stance:
        return None
    what = ("against the numbers or the conflicts", repr(stance.value), "write that")
    return "stance", row["stance"], what


def _evidence_tables(frames: Frames) -> dict[str, pd.DataFrame]:
    """Return the tables that evidence may name, indexed by key; facts know what is settled."""
    known = {}
    for name in EvidenceTable.values():
        ids = record_ids(frames[name], tables.TABLES[name].primary_key)
        rows = frames[name].set_axis(ids, axis=0)
        known[name] = rows[~rows.index.duplicated()]
    conflicts = frames["conflicts"]
    own = conflicts[conflicts["record_table"].eq("jsa_facts_2017") & conflicts["field"].eq("value")]
    gone = own[own["reason"].isin(SETTLED)]
    gone = set(zip(gone["record_id"], gone["value"], strict=True))
    facts = known["jsa_facts_2017"]
    pairs = zip(facts["fact_id"], facts["value"], strict=True)
    known["jsa_facts_2017"] = facts.assign(settled=[pair in gone for pair in pairs])
    return known


@across("claim_evidence", "report_claims", "conflicts")
def evidence_fits_its_row(frames: Frames, texts: Texts) -> list[Fault]:
    """Find evidence without its row, with other sources, or whose stance the numbers deny."""
    if not set(EvidenceTable.values()) <= set(frames):
        return []
    evidence, text = frames["claim_evidence"], texts["claim_evidence"]
    claims, known = frames["report_claims"].set_index("claim_id"), _evidence_tables(frames)
    claims = claims[~claims.index.duplicated()]
    whole = evidence[["record_table", "record_id", "stance", "source_ids"]].notna().all(axis=1)
    faults = []
    for place, row in evidence[whole].iterrows():
        found = _evidence_fault(row, claims, known)
        if found:
            column, value, what = found
            faults.append(told(text, place, column, value, what))
    return faults


@across("claim_evidence", "report_claims", "jsa_facts_2017")
def claims_have_their_evidence(frames: Frames, texts: Texts) -> list[Fault]:
    """Find claims without evidence, or that leave out a published value of their fact."""
    claims, text = frames["report_claims"], texts["report_claims"]
    evidence, facts = frames["claim_evidence"], frames["jsa_facts_2017"]
    here = evidence[evidence["record_table"].eq("jsa_facts_2017")]
    linked = set(zip(here["claim_id"], here["record_id"], strict=True))
    by_fact = record_ids(facts, ("fact_id", "variant")).groupby(facts["fact_id"]).agg(list)
    faults = []
    for row, claim in claims.dropna(subset="claim_id").iterrows():
        name, wanted = claim["claim_id"], by_fact.get(claim["fact_id"], [])
        left_out = [record for record in wanted if (name, record) not in linked]
        if not evidence["claim_id"].eq(name).any():
            what = ("has no evidence", "a row in claim_evidence.csv", "add it there")
            faults.append(told(text, row, "claim_id", name, what))
        elif left_out:
            what = ("leaves out values of its fact", ", ".join(left_out), "add them as evidence")
            faults.append(told(text, row, "fact_id", claim["fact_id"], what))
    return faults

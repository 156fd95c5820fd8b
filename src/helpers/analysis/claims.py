"""The claims of the news report of November 2017, weighed by a stated rule.

Frames of ``claims``, ``evidence``, ``facts`` and ``sources`` are those of the loaders
``report_claims``, ``claim_evidence``, ``jsa_facts_2017`` and ``sources``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from helpers.data.tables.claims import record_ids
from helpers.data.vocab import EvidenceTable, Stance, Verdict

VERDICT_DTYPE = pd.CategoricalDtype(Verdict.values(), ordered=True)
_SIDES = ["for", "narrowing", "against"]


@dataclass(frozen=True)
class Rule:
    """The thresholds of the verdict.

    So many independent ``voices`` make a claim checked, or one at ``first_hand``, if that counts;
    so many ``against`` it make it disputed.
    """

    voices: int = 2
    first_hand: bool = True
    against: int = 2


#: What is counted where nothing else is said, and what a critic would count instead.
STATED = Rule()
OTHERS: Mapping[str, Rule] = {
    "Two sources at least, first hand or not": replace(STATED, first_hand=False),
    "Three sources at least, first hand or not": replace(STATED, voices=3, first_hand=False),
    "One source against makes a dispute": replace(STATED, against=1),
    "Three sources against make a dispute": replace(STATED, against=3),
}


def pieces(claims: pd.DataFrame, evidence: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return one row a claim, piece of evidence and independent voice.

    Documents that speak for one body, or that one publisher printed, are one voice. The voice of
    the report itself is left out: it cannot confirm itself.

    Returns
    -------
    pandas.DataFrame
        ``claim_id``, ``record_table``, ``record_id``, ``stance``, ``voice``, ``first_hand``
        (bool).

    Raises
    ------
    KeyError
        If a source is not in the registry.
    """
    voice = sources["speaks_for"].fillna(sources["publisher"])
    rows = evidence.assign(source_id=evidence["source_ids"].str.split(";")).explode("source_id")
    own = claims["source_ids"].str.split(";").explode()
    unknown = sorted((set(rows["source_id"]) | set(own)) - set(voice.index))
    if unknown:
        raise KeyError(f"sources that are not in the registry: {', '.join(unknown)}")
    report = {(claim, voice[source]) for claim, source in own.items()}
    rows = rows.assign(voice=voice.loc[rows["source_id"]].to_numpy())
    said = zip(rows["claim_id"], rows["voice"], strict=True)
    rows = rows[[pair not in report for pair in said]]
    first = zip(rows["source_id"], rows["first_hand_ids"].fillna("").str.split(";"), strict=True)
    rows = rows.assign(first_hand=[source in keys for source, keys in first])
    columns = ["claim_id", "record_table", "record_id", "stance", "voice"]
    return rows.groupby(columns, sort=False, observed=True)["first_hand"].any().reset_index()


def voices(claims: pd.DataFrame, evidence: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return one row a claim and independent voice, with the side it is on.

    A voice is ``for`` or ``against`` a claim if all it says is; one that narrows it, or says both,
    is ``narrowing``. A voice that is known by what was set aside only is ``set_aside``.

    Returns
    -------
    pandas.DataFrame
        ``claim_id``, ``voice``, ``side``, ``first_hand`` (bool), in order of claims, sides and
        names.
    """
    said = pieces(claims, evidence, sources).groupby(["claim_id", "voice"])
    frame = said.agg(
        stances=("stance", lambda cells: frozenset(cells) - {Stance.SET_ASIDE.value}),
        first_hand=("first_hand", "any"),
    )
    names = {
        frozenset({Stance.SUPPORTS.value}): "for",
        frozenset({Stance.CONTRADICTS.value}): "against",
        frozenset(): "set_aside",
    }
    frame = frame.assign(side=[names.get(stances, "narrowing") for stances in frame["stances"]])
    frame.loc[frame["side"].eq("set_aside"), "first_hand"] = False
    frame = frame.assign(order=frame["side"].map([*_SIDES, "set_aside"].index)).reset_index()
    frame = frame.sort_values(["claim_id", "order", "voice"], ignore_index=True)
    return frame[["claim_id", "voice", "side", "first_hand"]]


def values(claims: pd.DataFrame, evidence: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the published values that the evidence names, one row a claim and value.

    Returns
    -------
    pandas.DataFrame
        ``claim_id``, ``record_id``, ``stance`` and the columns of the fact, in order of the claim.
    """
    here = evidence[evidence["record_table"].eq(EvidenceTable.JSA_FACTS_2017.value)]
    keyed = facts.assign(record_id=record_ids(facts, ("fact_id", "variant")))
    columns = ["record_id", "label", "value", "reading", "value_low", "value_high", "unit"]
    rows = here[["claim_id", "record_id", "stance"]].merge(
        keyed[[*columns, "preferred"]], on="record_id", validate="many_to_one"
    )
    order = rows["claim_id"].map({claim: place for place, claim in enumerate(claims.index)})
    return rows.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def spread(claims: pd.DataFrame, evidence: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return how far published values that are not set aside lie apart, a row a claim.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``claim_id``: ``values`` (count of different values), and for claims with a
        number ``claimed``, ``lowest``, ``highest`` (``Float64``, in ``unit``).
    """
    rows = values(claims, evidence, facts)
    live = rows[rows["stance"].ne(Stance.SET_ASIDE.value)]
    counts = live.groupby("claim_id", sort=False)["value"].nunique().rename("values")
    claimed = claims.loc[claims["unit"].notna(), ["value_low", "unit"]]
    same = live["unit"].eq(live["claim_id"].map(claimed["unit"]))
    numbers = live[same.fillna(False).astype(bool)].set_index("claim_id")
    both = pd.concat([numbers["value_low"], numbers["value_high"]]).groupby(level=0)
    frame = pd.DataFrame({"values": counts, "lowest": both.min(), "highest": both.max()})
    frame = frame.join(claimed.rename(columns={"value_low": "claimed"}))
    frame.loc[frame["lowest"].isna(), ["claimed", "unit"]] = pd.NA
    return frame[["values", "claimed", "lowest", "highest", "unit"]]


def verdict(row: Mapping[str, object], rule: Rule = STATED) -> Verdict:
    """Return the verdict on one claim by its voices ``for``, ``narrowing``, ``against``.

    1. *Cannot be checked*: fewer than ``rule.voices`` independent voices beside the report speak
       to it, and none of them at ``first_hand``.
    2. *Disputed*: ``rule.against`` voices or more say what excludes it, or none leaves it possible.
    3. *Holds with a range*: some narrow it, or fewer than ``rule.against`` say otherwise.
    4. *Holds*: all say the same.
    """
    heard = row["for"] + row["narrowing"] + row["against"]
    if heard < rule.voices and not (rule.first_hand and row["first_hand"]):
        return Verdict.UNCHECKED
    if row["against"] >= rule.against or row["against"] == heard:
        return Verdict.DISPUTED
    return Verdict.RANGE if row["against"] or row["narrowing"] else Verdict.HOLDS


def weigh(
    claims: pd.DataFrame, evidence: pd.DataFrame, facts: pd.DataFrame, sources: pd.DataFrame,
    rule: Rule = STATED,
) -> pd.DataFrame:  # fmt: skip
    """Return every claim with its voices, the spread of values, and the verdict.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``claim_id``: ``claim``, ``topic``, ``value``; counts of independent voices
        ``for``, ``narrowing``, ``against``, ``set_aside`` and ``voices`` (the first three
        together), ``first_hand`` (bool); ``values``, ``claimed``, ``lowest``, ``highest``,
        ``unit`` as in :func:`spread`; ``verdict`` (ordered category).
    """
    heard = voices(claims, evidence, sources)
    sides = [*_SIDES, "set_aside"]
    counts = pd.crosstab(heard["claim_id"], heard["side"])
    counts = counts.reindex(index=claims.index, columns=sides, fill_value=0).rename_axis(columns="")
    counts.insert(0, "voices", counts[_SIDES].sum(axis=1))
    first = heard.groupby("claim_id")["first_hand"].any().reindex(claims.index, fill_value=False)
    frame = claims[["claim", "topic", "value"]].join(counts).assign(first_hand=first)
    frame = frame.join(spread(claims, evidence, facts))
    frame["values"] = frame["values"].astype("Int64").fillna(0)
    return frame.assign(verdict=_verdicts(frame, rule))


def _verdicts(weighed: pd.DataFrame, rule: Rule = STATED) -> pd.Series:
    found = [verdict(row, rule).value for row in weighed.to_dict("records")]
    return pd.Series(pd.Categorical(found, dtype=VERDICT_DTYPE), weighed.index, name="verdict")


def verdicts(weighed: pd.DataFrame) -> pd.Series:
    """Return how many claims have each verdict, all four in order."""
    return weighed["verdict"].value_counts(sort=False).rename("claims")


def other_rules(
    claims: pd.DataFrame, evidence: pd.DataFrame, facts: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return how many claims have each verdict under other thresholds.

    Returns
    -------
    pandas.DataFrame
        A row a rule, the stated one first, then those of :data:`OTHERS` and one in which
        documents that stand in no other table do not count; a column a verdict, and ``changed``
        (claims with another verdict than by the stated rule).
    """
    stated = weigh(claims, evidence, facts, sources)
    cases = {"As stated": stated["verdict"]}
    cases |= {name: _verdicts(stated, rule) for name, rule in OTHERS.items()}
    bound = evidence[evidence["record_table"].ne(EvidenceTable.SOURCES.value)]
    fewer = weigh(claims, bound, facts, sources)
    cases["Without documents found for the claims"] = fewer["verdict"]
    table = pd.DataFrame({name: found.value_counts(sort=False) for name, found in cases.items()})
    changed = {name: int(found.ne(stated["verdict"]).sum()) for name, found in cases.items()}
    table = table.T.set_axis(Verdict.values(), axis="columns")
    return table.assign(changed=pd.Series(changed)).rename_axis("rule")


def one_more_against(weighed: pd.DataFrame) -> pd.Series:
    """Return the verdict that each claim would have if one more voice spoke against it."""
    return _verdicts(weighed.assign(against=weighed["against"] + 1))


def linked(weighed: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return ``weighed`` with ``evidence``: the rows that speak to each claim, by their keys."""
    names = evidence["record_table"].astype(str) + ":" + evidence["record_id"]
    return weighed.assign(evidence=names.groupby(evidence["claim_id"]).agg("; ".join))

"""Sentences on the claims of the news report: verdicts, published numbers, other rules."""

from collections.abc import Iterable

import pandas as pd

from helpers.analysis import claims as derive
from helpers.data.vocab import Stance, Verdict
from helpers.words import listed, say, spread

#: Claims in a few words, for sentences; one that is not here is quoted.
SHORT = {
    "rc01": "the day and the place",
    "rc02": "5 wounds",
    "rc03": "the one place where both sides face each other",
    "rc04": "the rescue by South Korean soldiers",
    "rc05": "several operations",
    "rc06": "his age",
    "rc07": "that he woke and would live",
    "rc08": "why he left the jeep",
    "rc09": "about 40 rounds",
    "rc10": "2 violations of the armistice",
    "rc11": "the request for a meeting",
    "rc12": "the commander's judgement of the battalion",
    "rc13": "the armistice of 1953",
    "rc14": "that no peace treaty followed",
    "rc15": "tens of thousands of defectors",
    "rc16": "the route through China",
}
VERDICTS = {
    Verdict.HOLDS: "{n} {n:=holds/hold} as published",
    Verdict.RANGE: "{n} {n:=holds/hold} with a range",
    Verdict.DISPUTED: "{n} {n:=is/are} disputed",
    Verdict.UNCHECKED: "{n} cannot be checked",
}


def named(weighed: pd.DataFrame, claim_ids: Iterable[str]) -> str:
    """Return claims in a few words each, as a list."""
    claims = weighed["claim"].str.rstrip(".")
    return listed(SHORT.get(one) or f"\u201c{claims[one]}\u201d" for one in claim_ids)


def verdicts(weighed: pd.DataFrame) -> str:
    """Return how many claims have each verdict that any has."""
    counts = derive.verdicts(weighed)
    return listed(say(VERDICTS[term], n=counts[term]) for term in Verdict if counts[term])


def with_verdict(weighed: pd.DataFrame, term: Verdict) -> pd.DataFrame:
    """Return the claims with a verdict."""
    return weighed[weighed["verdict"].eq(term.value)]


def answer(weighed: pd.DataFrame, other: pd.DataFrame) -> str:
    """Return the answer to the notebook's question in a few sentences."""
    disputed = with_verdict(weighed, Verdict.DISPUTED).index
    dispute = "No claim is disputed."
    if len(disputed):
        dispute = "{dispute:=The dispute is/The disputes are} about {which}."
    counts = other[[Verdict.HOLDS.value, Verdict.DISPUTED.value]].agg(["min", "max"])
    return say(
        "Of the {n:claim/claims} in a news report of November 2017, {verdicts}. "
        f"{dispute} Under other rules {{holds:range}} would hold as published and "
        "{against:range} would be disputed.",
        n=len(weighed), dispute=len(disputed), verdicts=verdicts(weighed),
        which=named(weighed, disputed),
        holds=tuple(counts[Verdict.HOLDS.value]), against=tuple(counts[Verdict.DISPUTED.value]),
    )  # fmt: skip


def basis(weighed: pd.DataFrame, evidence: pd.DataFrame, heard: pd.DataFrame) -> str:
    """Return what the claims are held against."""
    aside = evidence["stance"].eq(Stance.SET_ASIDE.value).sum()
    counted = heard.loc[heard["side"].ne("set_aside"), "voice"].nunique()
    return say(
        "{claims:claim is/claims are} held against {pieces:piece/pieces} of evidence from "
        "{documents:document/documents}. The documents speak for "
        "{sources:independent source/independent sources}; a claim has {each:range} of them. "
        "{aside:piece is/pieces are} set aside as overtaken or misprinted. The report itself is "
        "never counted.",
        claims=len(weighed), pieces=len(evidence), aside=aside, sources=counted,
        documents=evidence["source_ids"].str.split(";").explode().nunique(),
        each=(weighed["voices"].min(), weighed["voices"].max()),
    )  # fmt: skip


def ranges(weighed: pd.DataFrame) -> str:
    """Return which claims hold with a range, and the numbers published."""
    rows = with_verdict(weighed, Verdict.RANGE)
    if rows.empty:
        return "No claim holds with a range."
    wide = rows[rows["claimed"].notna() & rows["lowest"].ne(rows["highest"])]
    said = [
        say(
            "{n:claim holds/claims hold} with a range: {which}.",
            n=len(rows), which=named(weighed, rows.index),
        )
    ]  # fmt: skip
    said += [
        say(
            "The report had {row.claimed:g} {row.unit}; published values run from {row.lowest:g} "
            "to {row.highest:g}.",
            row=row,
        )
        for row in wide.itertuples()
    ]
    return " ".join(said)


def disputed(weighed: pd.DataFrame, published: pd.DataFrame) -> str:
    """Return which claims are disputed, by how many sources, with the values published."""
    rows = with_verdict(weighed, Verdict.DISPUTED)
    if rows.empty:
        return "No claim is disputed."
    live = published[published["stance"].ne(Stance.SET_ASIDE.value)]
    parts = []
    for claim, row in rows.iterrows():
        values = live.loc[live["claim_id"].eq(claim), "value"]
        text = (
            "On {claim} {no:source says/sources say} otherwise and {yes:source says/sources say} "
            "the same."
        )
        if len(values):
            text += " The published values are: {values:items}."
        parts.append(
            say(text, claim=named(weighed, [claim]), no=row["against"], yes=row["for"],
                values=list(values))
        )  # fmt: skip
    return " ".join(parts)


def preferred(weighed: pd.DataFrame, published: pd.DataFrame) -> str:
    """Return where the value that this collection prefers is another than the claim's."""
    other = published[published["preferred"].eq("yes") & published["stance"].eq("contradicts")]
    if other.empty:
        return "This collection prefers no value that excludes a claim."
    cases = [
        say("{claim} ({value})", claim=named(weighed, [row.claim_id]), value=row.value)
        for row in other.itertuples()
    ]
    return say(
        "The value that this collection prefers excludes {n} of {all:claim/claims}: {cases:list}.",
        n=other["claim_id"].nunique(), all=len(weighed), cases=cases,
    )  # fmt: skip


def arrivals(arrived: int, year: int, both: pd.DataFrame) -> str:
    """Return how many had ``arrived`` by the end of the ``year``, and how many came directly.

    ``both`` has ``arrivals`` and ``direct`` (people) by year (index), where an office counted both.
    """
    text = (
        "By the end of {year} the ministry had counted {arrived:arrival/arrivals}. The Joint "
        "Chiefs published for no year how many of them came directly."
    )
    if len(both):
        text = (
            "By the end of {year} the ministry had counted {arrived:arrival/arrivals}. For "
            "{years:list} the Joint Chiefs counted {direct:person/people} who came directly by "
            "land or sea: {share:%1} of {all:arrival/arrivals}. Nobody publishes how many of the "
            "others came through China."
        )
    direct, every = int(both["direct"].sum()), int(both["arrivals"].sum())
    return say(
        text, year=year, arrived=arrived, years=_runs(both.index), direct=direct, all=every,
        share=direct / max(every, 1),
    )  # fmt: skip


def _runs(years: pd.Index) -> list[str]:
    """Return years as runs, such as "2010 to 2014"."""
    numbers = pd.Series(sorted(int(year) for year in years), dtype=int)
    runs = numbers.groupby(numbers.diff().ne(1).cumsum()).agg(["min", "max"])
    return [spread(*run) for run in runs.itertuples(index=False)]


def critic(other: pd.DataFrame) -> str:
    """Return what other rules would change, for the objection that the rule makes the verdict."""
    changed = other["changed"].drop(index="As stated")
    if not changed.any():
        return "The objection does not hold: no other rule changes a verdict."
    strongest = changed[changed.eq(changed.max())]
    return say(
        "The objection holds for some claims: another rule changes up to {most} of "
        "{all:verdict/verdicts}. The strongest is \u201c{rules:items}\u201d.",
        most=changed.max(), all=other.loc["As stated", Verdict.values()].sum(),
        rules=list(strongest.index),
    )  # fmt: skip


def one_more(weighed: pd.DataFrame) -> str:
    """Return which claims one more source against would turn into disputes."""
    after = derive.one_more_against(weighed)
    turned = after.eq(Verdict.DISPUTED.value) & weighed["verdict"].ne(Verdict.DISPUTED.value)
    text = (
        "One more independent source against each claim would change {changed} of "
        "{all:verdict/verdicts}, and no claim would become disputed."
    )
    if turned.any():
        text = (
            "One more independent source against each claim would change {changed} of "
            "{all:verdict/verdicts}. {turned:claim/claims} would become disputed: {which}."
        )
    return say(text, changed=weighed["verdict"].ne(after).sum(), all=len(weighed),
               turned=turned.sum(),
               which=named(weighed, turned.index[turned]))  # fmt: skip

"""Sentences on the claims of the news report: verdicts, spreads and what a critic would change."""

from __future__ import annotations

import pandas as pd

from helpers.derive import claims as derive
from helpers.facts.register import count, listed, number, percent
from helpers.vocab import Stance, Verdict

#: The claims in a few words, for sentences.
SHORT = {
    "rc01": "the day and the place",
    "rc02": "five wounds",
    "rc03": "the one place where both sides face each other",
    "rc04": "the rescue by southern soldiers",
    "rc05": "several operations",
    "rc06": "his age",
    "rc07": "that he woke and would live",
    "rc08": "why he left the jeep",
    "rc09": "around forty rounds",
    "rc10": "two violations of the armistice",
    "rc11": "the meeting that was asked for",
    "rc12": "the commander's judgement",
    "rc13": "the armistice of 1953",
    "rc14": "that no peace treaty followed",
    "rc15": "tens of thousands who came South",
    "rc16": "the way through China",
}
LIMIT = "Voices are counted by whose statement a document carries"


def _share_words(weighed: pd.DataFrame) -> str:
    """Return how many claims have each verdict that is not empty, as a list of words."""
    words = {
        Verdict.HOLDS: ("holds as printed", "hold as printed"),
        Verdict.RANGE: ("holds with a range", "hold with a range"),
        Verdict.DISPUTED: ("is disputed", "are disputed"),
        Verdict.UNCHECKED: ("cannot be checked", "cannot be checked"),
    }
    counts = derive.verdicts(weighed)
    return listed(
        f"{number(int(counts[term.value]))} {words[term][int(counts[term.value] != 1)]}"
        for term in Verdict
        if counts[term.value]
    )


def _named(weighed: pd.DataFrame, term: Verdict) -> str:
    """Return the claims with one verdict in a few words each."""
    names = weighed.index[weighed["verdict"].eq(term.value)]
    return listed(SHORT.get(name, name) for name in names) if len(names) else "none"


def answer(weighed: pd.DataFrame, other: pd.DataFrame) -> str:
    """Return the answer to the notebook's question in two sentences."""
    holds, disputed = other[Verdict.HOLDS.value], other[Verdict.DISPUTED.value]
    none_left = not weighed["verdict"].eq(Verdict.UNCHECKED.value).any()
    unchecked = ", with none left unchecked" if none_left else ""
    return (
        f"Of the {len(weighed)} claims in a news report of November 2017 "
        f"{_share_words(weighed)}{unchecked}. "
        f"What is in dispute is {_named(weighed, Verdict.DISPUTED)}; under the other rules "
        f"computed below {holds.min()} to {holds.max()} claims hold as printed and "
        f"{disputed.min()} to {disputed.max()} are disputed."
    )


def data(weighed: pd.DataFrame, evidence: pd.DataFrame, heard: pd.DataFrame) -> str:
    """Return what the claims are held against."""
    counted = heard[heard["side"].ne("set_aside")]
    documents = evidence["source_ids"].str.split(";").explode().nunique()
    aside = evidence["stance"].eq(Stance.SET_ASIDE.value).sum()
    return (
        f"{len(weighed)} claims are held against {len(evidence)} pieces of evidence from "
        f"{documents} documents, which speak with {counted['voice'].nunique()} independent voices; "
        f"a claim has {weighed['voices'].min()} to {weighed['voices'].max()} of them. "
        f"{count(int(aside), 'piece').capitalize()} of evidence "
        f"{'is' if aside == 1 else 'are'} set aside as overtaken or a slip of print, and the "
        "report itself is never counted."
    )


def title(weighed: pd.DataFrame) -> str:
    """Return the title of the chart."""
    return f"Of {len(weighed)} claims in the 2017 report {_share_words(weighed)}"


def subtitle(evidence: pd.DataFrame) -> str:
    """Return the subtitle of the chart."""
    return (
        "Claims of a news report of November 2017 on the JSA crossing, in our words, against "
        f"{len(evidence)} pieces of evidence. One mark an independent voice, the report left out; "
        "on the scale, numbers in print as steps away from the number claimed."
    )


def alt(weighed: pd.DataFrame) -> str:
    """Return the alternative text of the chart."""
    most = weighed["voices"].idxmax()
    rows = weighed[weighed["claimed"].notna() & weighed["lowest"].ne(weighed["highest"])]
    spans = [f"{SHORT[row.Index]} {row.lowest:g} to {row.highest:g}" for row in rows.itertuples()]
    return (
        f"A list of {len(weighed)} claims in groups by verdict, with a mark for each independent "
        f"voice: {_share_words(weighed)}. Most voices, {weighed['voices'].max()}, speak to "
        f"{SHORT[most]}. A strip shows numbers that differ: {'; '.join(spans)}."
    )


def holds(weighed: pd.DataFrame) -> str:
    """Return which claims hold, and on how many voices."""
    rows = weighed[weighed["verdict"].eq(Verdict.HOLDS.value)]
    few = int(rows["voices"].lt(3).sum())
    return (
        f"{number(len(rows)).capitalize()} of {len(weighed)} claims hold as printed: "
        f"{_named(weighed, Verdict.HOLDS)}. They rest on {rows['voices'].min()} to "
        f"{rows['voices'].max()} independent voices; {number(few)} of them on fewer than three."
    )


def ranges(weighed: pd.DataFrame) -> str:
    """Return which claims hold with a range, and the numbers in print."""
    rows = weighed[weighed["verdict"].eq(Verdict.RANGE.value)]
    wide = rows[rows["claimed"].notna() & rows["lowest"].ne(rows["highest"])]
    spans = [
        f"{row.lowest:g} to {row.highest:g} {row.unit} where the report had {row.claimed:g}"
        for row in wide.itertuples()
    ]
    return (
        f"{number(len(rows)).capitalize()} claims hold with a range: "
        f"{_named(weighed, Verdict.RANGE)}. In print are {listed(spans)}."
    )


def disputed(weighed: pd.DataFrame, published: pd.DataFrame) -> str:
    """Return which claims are disputed, by how many voices, with the values in print."""
    parts = []
    for row in weighed[weighed["verdict"].eq(Verdict.DISPUTED.value)].itertuples():
        said = published[published["claim_id"].eq(row.Index)]
        said = said[said["stance"].ne(Stance.SET_ASIDE.value)]
        parts.append(
            f"On {SHORT[row.Index]} {count(row.against, 'voice')} "
            f"{'says' if row.against == 1 else 'say'} otherwise and {number(weighed_for(row))} "
            f"{'says' if weighed_for(row) == 1 else 'say'} the same; in print are "
            f"{listed(said['value'])}."
        )
    return " ".join(parts)


def weighed_for(row: tuple) -> int:
    """Return the voices for a claim from a named row; ``for`` is a word of the language."""
    return int(row.voices - row.narrowing - row.against)


def preferred(weighed: pd.DataFrame, published: pd.DataFrame) -> str:
    """Return where the value that this collection prefers is another than the claim's."""
    other = published[published["preferred"].eq("yes") & published["stance"].eq("contradicts")]
    if other.empty:
        return "For no claim does this collection prefer a value that excludes it."
    words = [f"{SHORT[row.claim_id]} ({row.value})" for row in other.itertuples()]
    return (
        f"For {count(len(other), 'claim')} of {len(weighed)} the value that this collection "
        f"prefers excludes what the report said: {listed(words)}."
    )


def arrivals(scale: dict[str, float], year: int, first: int, last: int) -> str:
    """Return the size of what the report says in two sentences on arrivals."""
    return (
        f"By the end of {year} the ministry had counted {scale['arrived']:,.0f} arrivals. "
        f"From {first} to {last} the Joint Chiefs counted {scale['direct']:,.0f} people who "
        f"came straight over the line or by sea, {percent(scale['share'])} of "
        f"{scale['all']:,.0f} arrivals; nobody publishes how many of the others came through China."
    )


def critic(other: pd.DataFrame) -> str:
    """Return what other rules would change, for the objection that the rule makes the verdict."""
    changed = other["changed"].drop(index="As stated")
    parts = [f"{name[0].lower() + name[1:]} ({number(int(n))})" for name, n in changed.items()]
    most = int(changed.max())
    return (
        f"The objection holds for some claims: the other rules change up to {number(most)} of "
        f"{int(other.loc['As stated', Verdict.values()].sum())} verdicts. By rule: "
        f"{'; '.join(parts)}."
        if most
        else "The objection does not hold: no other rule changes a verdict."
    )


def one_more(weighed: pd.DataFrame) -> str:
    """Return which claims one more voice against would turn into disputes."""
    after = derive.one_more_against(weighed)
    turned = after.eq(Verdict.DISPUTED.value) & weighed["verdict"].ne(Verdict.DISPUTED.value)
    kept = int(weighed["verdict"].eq(after).sum())
    names = listed(SHORT[name] for name in turned.index[turned]) if turned.any() else "no claim"
    return (
        f"One more independent voice against would make a dispute of {names}; {number(kept)} "
        f"verdicts would stay and the others would turn into a range."
    )


def printed(weighed: pd.DataFrame, published: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the table to print, a row a claim, in order of verdict and claim.

    Returns
    -------
    pandas.DataFrame
        ``Verdict``, ``Claim``, ``In print now`` (values that are not set aside), ``Same``,
        ``Narrower`` and ``Other`` (independent voices), ``Linked`` (rows of evidence).
    """
    live = published[published["stance"].ne(Stance.SET_ASIDE.value)]
    values = live.groupby("claim_id")["value"].agg("; ".join)
    rows = weighed.sort_values("verdict", kind="stable")
    counts = derive.verdicts(weighed)
    labels = [
        f"{Verdict(name).label} ({counts[name]} of {len(weighed)})" for name in rows["verdict"]
    ]
    return pd.DataFrame(
        {
            "Verdict": labels,
            "Claim": rows["claim"],
            "In print now": values.reindex(rows.index).fillna("no other value"),
            "Same": rows["for"],
            "Narrower": rows["narrowing"],
            "Other": rows["against"],
            "Linked": evidence["claim_id"].value_counts().reindex(rows.index, fill_value=0),
        }
    )

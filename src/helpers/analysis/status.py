"""How well an incident is established: by how many outlets, how far apart, and whether disputed."""

import pandas as pd

from helpers.data.tables.conflicts import SETTLED
from helpers.data.vocab import ConflictField

# Fields that decide whether, how and as how many an incident is counted. A contested date decides
# only if it would move the incident to another year.
DECIDING = [
    ConflictField.EVENT_TYPE,
    ConflictField.INTENT,
    ConflictField.FATE,
    ConflictField.PEOPLE,
]

# Notes of documents that say nothing of the event: they only date the undated pages of an archive.
ANCHOR_NOTE = r"^(?:Anchor|Dates the anchor)\b"

#: Press that follows one announcement is printed within a week of it.
APART = pd.Timedelta(days=7)
#: What was printed as late still rests on the event, not on the memory of it.
NEAR = pd.Timedelta(days=365)


def cited(incidents: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return which document is cited for which incident, one row a pair.

    Documents that only date the undated pages of an archive, as their note says, are left out.

    Returns
    -------
    pandas.DataFrame
        ``incident_id``, ``date``, ``source_id``, ``publisher``, ``body`` (that the document speaks
        for, missing where nothing says so), ``outlet`` (the body, else the publisher),
        ``language``, ``first``, ``last`` (the days between which it was published, missing where
        that is not known).

    Raises
    ------
    KeyError
        If a source is not in the registry.
    """
    pairs = incidents[["incident_id", "date"]].assign(source_id=incidents["source_ids"])
    pairs = pairs.assign(source_id=pairs["source_id"].str.split(";")).explode("source_id")
    if unknown := sorted(set(pairs["source_id"]) - set(sources.index)):
        raise KeyError(f"sources that are not in the registry: {', '.join(unknown)}")
    known = sources.assign(outlet=sources["speaks_for"].fillna(sources["publisher"]))
    known = known[~known["note"].str.match(ANCHOR_NOTE).eq(True)]
    days = [(None, None) if pd.isna(text) else _ends(text) for text in known["published"]]
    days = pd.DataFrame(days, index=known.index, columns=["first", "last"], dtype="datetime64[ns]")
    known = known.rename(columns={"speaks_for": "body"})
    known = known[["publisher", "body", "outlet", "language"]].join(days)
    return pd.DataFrame(pairs).merge(known, left_on="source_id", right_index=True)


def _ends(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    period = pd.Period(text)
    return period.start_time, period.end_time.normalize()


def independence(incidents: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return by how many documents and outlets each incident is told, and when.

    Documents that speak for one body, and documents of one publisher, are one outlet. A document
    that speaks for a body and one that this body published are one outlet as well. Two outlets may
    still pass on one statement: so ``voices`` takes all documents that name no body and were
    published in one wave, without more than a week between them, for one.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``incident_id``: ``documents``, ``publishers``, ``outlets`` and ``voices`` (how
        many), ``apart`` (some were surely published more than a week after others), ``near`` (some
        within a year of the event); undated documents make neither true and no wave of their own.
    """
    pairs = cited(incidents, sources)
    by_incident = pairs.groupby("incident_id")
    bodies = pd.MultiIndex.from_frame(pairs[["incident_id", "body"]].dropna())
    itself = pd.MultiIndex.from_frame(pairs[["incident_id", "publisher"]]).isin(bodies)
    unnamed = pairs[pairs["body"].isna() & ~itself]
    spoken = _waves(unnamed).reindex(unnamed["incident_id"].unique(), fill_value=1)
    counts = pd.DataFrame(
        {
            "documents": by_incident.size(), "publishers": by_incident["publisher"].nunique(),
            "outlets": by_incident["outlet"].nunique(),
            "voices": by_incident["body"].nunique().add(spoken, fill_value=0),
        }
    )  # fmt: skip
    counts = counts.reindex(incidents["incident_id"], fill_value=0).astype(int)
    apart = _waves(pairs).ge(2)
    near = pairs.loc[pairs["first"] <= pairs["date"] + NEAR, "incident_id"]
    return counts.assign(apart=counts.index.isin(apart.index[apart]), near=counts.index.isin(near))


def _waves(pairs: pd.DataFrame) -> pd.Series:
    """Return in how many waves the dated documents of each incident surely were published."""
    dated = pairs.dropna(subset=["first"]).sort_values(["incident_id", "first", "last"])
    before = dated.groupby("incident_id")["last"].cummax().groupby(dated["incident_id"]).shift()
    begins = before.isna() | (dated["first"] - before > APART)
    return begins.groupby(dated["incident_id"]).sum()


def disputed(incidents: pd.DataFrame, conflicts: pd.DataFrame) -> pd.Series:
    """Return whether each incident's count is disputed (bool, by ``incident_id``).

    It is if a published value that is neither outdated nor refuted would change the kind of event,
    the intent, the fate, the number of people or the year, or if confidence is low and the sources
    differ.
    """
    ours = conflicts[conflicts["record_table"].eq("incidents")]
    live = ours[~ours["reason"].isin(SETTLED)]
    deciding = live[live["field"].isin(DECIDING)]
    values = deciding.groupby("conflict_id", observed=True)["record_id"].agg(["first", "size"])
    dates = live[live["field"].eq("date")]
    years = dates["value"].str[:4].groupby(dates["record_id"]).nunique()
    low = incidents.loc[incidents["confidence"].eq("low"), "incident_id"]
    found = {*values.loc[values["size"] > 1, "first"], *years.index[years > 1]}
    found |= set(low) & set(ours["record_id"])
    names = pd.Index(incidents["incident_id"])
    return pd.Series(names.isin(found), index=names, name="disputed")

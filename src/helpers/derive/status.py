"""How well an incident is established, computed from its sources and its conflicts."""

from __future__ import annotations

import pandas as pd

from helpers.derive.conflicts import SETTLED
from helpers.vocab import ConflictField, IncidentStatus

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

STATUS_DTYPE = pd.CategoricalDtype(IncidentStatus.values(), ordered=True)


def independent_sources(incidents: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return how many independent sources each incident has; unit: sources.

    Documents that speak for one body, and documents of one publisher, are one source. A document
    that speaks for a body and one that this body published are one source as well. Documents that
    only date the undated pages of an archive, as their note says, are not counted.

    Parameters
    ----------
    incidents : pandas.DataFrame
        The register, with ``incident_id`` and ``source_ids``.
    sources : pandas.DataFrame
        The registry indexed by ``source_id``, with ``publisher``, ``speaks_for``
        and ``note``.

    Returns
    -------
    pandas.Series
        ``Int64``, indexed by ``incident_id``.

    Raises
    ------
    KeyError
        If a source is not in the registry.
    """
    voice = sources["speaks_for"].fillna(sources["publisher"])
    keys = incidents.set_index("incident_id")["source_ids"].str.split(";").explode()
    unknown = sorted(set(keys) - set(voice.index))
    if unknown:
        raise KeyError(f"sources that are not in the registry: {', '.join(unknown)}")
    anchors = sources.index[sources["note"].str.match(ANCHOR_NOTE).eq(True)]
    keys = keys[~keys.isin(anchors)]
    voices = pd.Series(voice.loc[keys].to_numpy(), index=keys.index, dtype=object)
    counts = voices.groupby(level=0, sort=False).nunique().astype("Int64")
    counts = counts.reindex(incidents["incident_id"], fill_value=0)
    return counts.rename("independent_sources")


def _disputed(conflicts: pd.DataFrame) -> set[str]:
    """Return the incidents with two live values in a field that decides counting."""
    live = conflicts[conflicts["record_table"].eq("incidents") & ~conflicts["reason"].isin(SETTLED)]
    deciding = live[live["field"].isin(DECIDING)]
    rows = deciding.groupby("conflict_id", observed=True)["record_id"].agg(["first", "size"])
    dates = live[live["field"].eq("date")]
    years = dates["value"].str[:4].groupby(dates["record_id"]).nunique()
    return set(rows.loc[rows["size"] > 1, "first"]) | set(years.index[years > 1])


def status(incidents: pd.DataFrame, sources: pd.DataFrame, conflicts: pd.DataFrame) -> pd.Series:
    """Return how well each incident is established.

    ``disputed`` if a published value that is neither outdated nor refuted would change the kind of
    event, the intent, the fate, the number of people or the year, or if confidence is low and the
    sources differ; else ``verified`` with two or more independent sources, else ``one_source``.

    Parameters
    ----------
    incidents, sources, conflicts : pandas.DataFrame
        As :mod:`helpers.load` returns them.

    Returns
    -------
    pandas.Series
        Ordered category of :class:`helpers.vocab.IncidentStatus`, indexed by ``incident_id``.

    Raises
    ------
    KeyError
        If a source of an incident is not in the registry.
    """
    counts = independent_sources(incidents, sources)
    result = pd.Series(IncidentStatus.ONE_SOURCE.value, index=counts.index, name="status")
    result[counts.ge(2)] = IncidentStatus.VERIFIED.value
    contested = set(conflicts.loc[conflicts["record_table"].eq("incidents"), "record_id"])
    low = set(incidents.loc[incidents["confidence"].eq("low"), "incident_id"])
    disputed = _disputed(conflicts) | (low & contested)
    result[result.index.isin(disputed)] = IncidentStatus.DISPUTED.value
    return result.astype(STATUS_DTYPE)

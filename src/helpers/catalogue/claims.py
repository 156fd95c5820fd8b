"""The figure of the notebook that checks the news report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpers.catalogue import recipes
from helpers.catalogue.common import entry
from helpers.charts import claims as charts
from helpers.derive import claims as derive
from helpers.facts import claims as facts
from helpers.figures.registry import Content
from helpers.provenance import source_line

if TYPE_CHECKING:
    import pandas as pd

    from helpers.frames import Frames

NOTEBOOK = "05_the_report_checked"


def _weighed(frames: Frames) -> tuple:
    names = ("report_claims", "claim_evidence", "jsa_facts_2017", "sources")
    claims, evidence, printed, sources = (frames[name] for name in names)
    heard = derive.voices(claims, evidence, sources)
    published = derive.values(claims, evidence, printed)
    return frames(recipes.weighed), heard, published, evidence


@entry(
    "claims-checked",
    NOTEBOOK,
    _weighed,
    ("report_claims", "claim_evidence", "jsa_facts_2017", "sources"),
)
def checked(
    weighed: pd.DataFrame,
    heard: pd.DataFrame,
    published: pd.DataFrame,
    evidence: pd.DataFrame,
) -> Content:
    """Return the claims of the report with their verdicts, voices and the numbers in print.

    Parameters
    ----------
    weighed, heard, published : pandas.DataFrame
        As :func:`helpers.derive.claims.weigh`, :func:`helpers.derive.claims.voices` and
        :func:`helpers.derive.claims.values` give them.
    evidence : pandas.DataFrame
        As :func:`helpers.load.claim_evidence` gives it.
    """
    return Content(
        title=facts.title(weighed),
        subtitle=facts.subtitle(evidence),
        source=source_line(facts.LIMIT),
        alt=facts.alt(weighed),
        fact=facts.holds(weighed),
        table=derive.linked(weighed, evidence),
        draw=partial(charts.checked, weighed, heard, published),
    )

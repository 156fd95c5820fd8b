"""The answer that the README gives."""

import pandas as pd

from helpers.data.vocab import ArrivalSeries
from helpers.sentences import register
from helpers.words import say


def answer(
    crossings: pd.DataFrame, record: pd.DataFrame, gaps: pd.DataFrame, arrivals: pd.DataFrame
) -> str:
    """Return the README's answer: the direct crossings, the JSA among them, then all arrivals.

    Foreigners who crossed are no arrivals, and who crossed after the
    last year counted is none yet: they are left out where these are compared.
    """
    first = register.answer(crossings, record, gaps)
    main = arrivals[arrivals["series"].eq(ArrivalSeries.OFFICIAL_MAIN.value)]
    if main["people"].sum() == 0:
        return first
    counted = crossings[crossings["year"].le(main["period_end"].max())]
    own = counted[counted["citizen"].eq("North")]
    jsa = own[own["route"].eq("jsa")]
    strangers = crossings.loc[crossings["citizen"].eq("foreign"), "people"].sum()
    more = gaps.loc[gaps["last_day"].dt.year.le(main["period_end"].max()), "missing"].sum()
    named = {
        "total": main["people"].sum(), "women": main["women"].sum(),
        "last": main["period_end"].max(), "own": own["people"].sum(), "jsa": jsa["people"].sum(),
        "strangers": strangers, "least": own["people"].sum() + more,
    }  # fmt: skip
    named |= {"share": named["own"] / named["total"], "most": named["least"] / named["total"]}
    second = (
        "The Ministry of Unification counts {total:arrival/arrivals} in the South up to {last}, "
        "{women:n} of them women. The register records that {own:n} of these people came directly "
        "({share:%}), {jsa:n} of them through the Joint Security Area."
    )
    if more:
        second += " With official counts at least {least:n} did ({most:%})."
    if strangers:
        second += (
            " {strangers:foreigner/foreigners} who crossed {strangers:=is/are} not among the "
            "arrivals."
        )
    return f"{first}\n\n{say(second, **named)}"

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
    named = {
        "total": main["people"].sum(), "women": main["women"].sum(),
        "last": main["period_end"].max(), "own": own["people"].sum(), "jsa": jsa["people"].sum(),
        "strangers": strangers,
    }  # fmt: skip
    named["share"] = named["own"] / named["total"]
    second = say(
        "The Ministry of Unification counts {total:arrival/arrivals} in the South up to {last}, "
        "{women:n} of them women. At least {own:n} of these people ({share:%}) are known to have "
        "come directly, {jsa:n} of them through the Joint Security Area.",
        **named,
    )
    if strangers:
        second += say(
            " {strangers:foreigner/foreigners} who crossed {strangers:=is/are} not among the "
            "arrivals.",
            **named,
        )
    return f"{first}\n\n{second}"

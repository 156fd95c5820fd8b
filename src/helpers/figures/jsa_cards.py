"""Every crossing of the Joint Security Area to the South, a card each: when, who, how, what end."""

from math import fsum

import pandas as pd

from helpers.analysis import register
from helpers.data.vocab import Affiliation, Means, Nationality, Outcome
from helpers.figures import Frames, Words, idioms, recipes, style
from helpers.words import dated, say

NOTEBOOK = "02_across_the_line"
GAP_MM, INNER_MM, HEAD_MM, LINE_MM, POINTS = 3.0, 3.0, 10.5, 3.55, 8.1
LEAST_MM = 37.0
"""Least height of a card."""
FIRE = {
    "yes": "under fire",
    "no": "no shot at them",
    "unknown": "no source says whether they were shot at",
}


def HEIGHTS(size: style.Size, cards: pd.DataFrame) -> dict[str, float]:  # noqa: N802
    """Return heights for as many rows of cards as are needed, each as high as its fullest card."""
    across = _across(size, len(cards))
    wide = (style.SHEETS[size].layout_mm or style.SHEETS["full"].layout_mm) / across - GAP_MM - 2.0
    full = [HEAD_MM + fsum(len(lines) * LINE_MM + 1 for lines, _ in _said(card, wide))
            for card in cards.itertuples()]  # fmt: skip
    high = -(-len(cards) // across) * (max(LEAST_MM, *full) + GAP_MM)
    low, top = style.SLIDE_LAYOUT_MM
    on_slide = min(max(high + 23, low), top)
    return {"height_mm": high + 26, "column_body_mm": high, "slide_mm": on_slide}


def _across(size: style.Size, cards: int) -> int:
    return {"column": 2, "slide": max(4, -(-cards // 2))}.get(size, 4)


def table(frames: Frames) -> pd.DataFrame:
    """Return a row a crossing, in order of time, with labels for codes.

    Columns ``incident_id``, ``date``, ``date_precision``, ``people``, ``nationality``,
    ``affiliation``, ``means``, ``place``, ``shots`` (of :func:`helpers.analysis.register.shots`),
    ``outcome``, ``citizen`` (of :func:`helpers.analysis.register.citizen`).
    """
    jsa = frames(recipes.jsa).sort_values("date", kind="stable")
    lists = {
        "nationality": Nationality, "affiliation": Affiliation, "means": Means, "outcome": Outcome,
    }  # fmt: skip
    # Who died of the crossing arrived all the same: the card says the worse.
    died = jsa["killed_crossers"].ge(jsa["people"]).fillna(False).astype(bool)
    jsa["outcome"] = jsa["outcome"].astype(str).mask(died, Outcome.KILLED)
    labels = {name: jsa[name].astype(str).map(terms.labels()) for name, terms in lists.items()}
    rows = jsa.assign(
        **labels, place=jsa["crossing_place"], shots=register.shots(jsa),
        citizen=register.citizen(jsa), date_precision=jsa["date_precision"].astype(str),
    )  # fmt: skip
    columns = [
        "incident_id", "date", "date_precision", "people", "nationality", "affiliation", "means",
        "place", "shots", "outcome", "citizen",
    ]  # fmt: skip
    return pd.DataFrame(rows[columns]).reset_index(drop=True)


def words(cards: pd.DataFrame) -> Words:
    """Return the words: who they were, and how many came under fire."""
    civil = ~cards["affiliation"].isin([Affiliation(name).label for name in register.UNIFORMED])
    named = {
        "n": len(cards), "uniform": int((~civil).sum()),
        "foreign": int(cards["citizen"].eq("foreign").sum()),
        "fire": int(cards["shots"].eq("yes").sum()),
        "span": (cards["date"].min().year, cards["date"].max().year),
        "unknown": int(cards["shots"].eq("unknown").sum()),
    }  # fmt: skip
    title = "{fire} of {n:crossing/crossings} of the JSA came under fire"
    if not named["fire"]:
        title = "No known crossing of the JSA came under fire"
    fact = (
        "{fire} of {n:crossing/crossings} of the JSA came under fire; for {unknown} no source "
        "says. People in uniform made {uniform} of them, foreigners {foreign}."
    )
    return Words.of(
        named,
        title=title,
        subtitle="All known crossings of the Joint Security Area to the South {span:when}",
        source="Means: what carried them over the line or up to it",
        alt="{n:card/cards} in order of time, {span:range}: date, who crossed, how and where, "
        "whether shots were fired at them, and how it ended. A filled star is a citizen of the "
        "North, an open star a foreigner.",
        fact=fact,
    )


def draw(page: style.Page, cards: pd.DataFrame) -> None:
    """Draw the cards from left to right, row after row; orange edges where shots were fired."""
    left, bottom, right, top = page.body_mm
    across = _across(page.size, len(cards))
    wide = (right - left + GAP_MM) / across
    high = (top - bottom + GAP_MM) / -(-len(cards) // across)
    for number, card in enumerate(cards.itertuples()):
        x, y = left + number % across * wide, top - number // across * high
        box = (x, y - high + GAP_MM, x + wide - GAP_MM, y)
        _card(page, box, card)


def _card(page: style.Page, box: idioms.Box, card: tuple) -> None:
    wide, high = box[2] - box[0], box[3] - box[1]
    ax = style.axes_in(
        page, box, label="card", xlim=(0, wide), ylim=(high, 0), xticks=[], yticks=[]
    )
    ax.spines[:].set(visible=True, color=style.MUTED, linewidth=0.6)
    ax.scatter([INNER_MM + 2], [5.2], **idioms.star(card.citizen, 3.2))
    ax.text(INNER_MM + 6, 5.2, str(card.date.year), weight="bold", fontsize=13, va="center")
    y = HEAD_MM
    for lines, weight in _said(card, wide):
        ax.text(INNER_MM, y, "\n".join(lines), fontsize=POINTS, va="top", weight=weight,
                linespacing=0.95, gid="said")  # fmt: skip
        y += len(lines) * LINE_MM + 1.0


def _said(card: tuple, wide: float) -> list[tuple[list[str], str]]:
    """Return what a card says, in lines that fit it, with the weight of each part."""
    day = dated(card.date, card.date_precision)
    who = say("{nation} {who}", nation=card.nationality, who=card.affiliation.lower())
    if pd.notna(card.people) and card.people > 1:
        who = say("{n} people: {who}", n=card.people, who=who)
    how = card.means
    if pd.notna(card.place):
        how = say("{means}, {place}", means=card.means, place=card.place)
    end = say("{end}; {fire}", end=card.outcome, fire=FIRE[card.shots])
    parts = [(day, "normal"), (who, 600), (how, "normal"),
             (end, "bold" if card.shots == "yes" else "normal")]  # fmt: skip
    inner = wide - 2 * INNER_MM
    return [
        (style.wrap(part, inner, POINTS, bold=weight == "bold"), weight) for part, weight in parts
    ]

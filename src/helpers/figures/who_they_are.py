"""Age and sex of all who arrived in the South, as the ministry counts them."""

import pandas as pd

from helpers.data.vocab import ProfileCategory
from helpers.figures import Frames, Words, idioms, style
from helpers.words import month, number, say

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 92, "column_body_mm": 70, "slide_mm": 103}
LOOKS = {
    "men": {"color": style.COLOURS["context"]},
    "women": {"color": style.COLOURS["china"]},
}
MIDDLE_MM = 9.0
"""Half of the room between the bars, for the names of the ages."""


def table(frames: Frames) -> pd.DataFrame:
    """Return the latest count of ages that is complete by sex, a row an age.

    Columns ``age`` (the vocabulary's label), ``men``, ``women``, ``people``, ``as_of`` (a month).
    """
    profile = frames["profile_cumulative"]
    ages = profile[profile["dimension"].eq("age_at_arrival")]
    complete = ages.groupby("as_of")[["men", "women"]].agg(lambda counts: counts.notna().all())
    full = complete.index[complete.all(axis=1)]
    rows = ages[ages["as_of"].eq(full.max() if len(full) else None)]
    labels = rows["category"].astype(str).map(ProfileCategory.labels())
    rows = rows.assign(age=labels.str.replace("-", " to "))
    columns = ["age", "men", "women", "people", "as_of"]
    return rows[columns].astype(dict.fromkeys(columns[1:4], int)).reset_index(drop=True)


def words(ages: pd.DataFrame) -> Words:
    """Return the words: the largest group by age and sex, and the share of women."""
    sizes = ages.melt(["age"], ["women", "men"], "sex", "size").sort_values(
        "size", ascending=False, kind="stable", ignore_index=True
    )
    sizes["group"] = [_named(row.sex, row.age) for row in sizes.itertuples()]
    top = sizes[sizes["size"].eq(sizes["size"].max())]
    named = {
        "all": ages["people"].sum(), "women": ages["women"].sum() / ages["people"].sum(),
        "when": month(pd.Timestamp(ages["as_of"].iloc[0])), "group": top["group"].iloc[0],
        "most": top["size"].iloc[0], "n": len(ages), "even": len(top),
        "share": top["size"].iloc[0] / ages["people"].sum(), "groups": list(sizes["group"][:2]),
        "both": sizes["size"][:2].sum() / ages["people"].sum(),
    }  # fmt: skip
    title = "No age group of arrivals outnumbers {group}"
    if len(top) > 1:
        title = "{even} groups of arrivals by age and sex are equally large"
    fact = "{women:%} of {all:arrival/arrivals} up to {when} were women or girls."
    if len(sizes) > 1:
        fact += " Together {groups:list} were {both:%} of all."
    return Words.of(
        named,
        title=title,
        subtitle="Arrivals in South Korea up to {when} by age on arrival, people",
        source="Ministry of Unification; age on arrival, not today",
        alt="Bars for {n:age group/age groups}, men and boys to the left, women and girls to the "
        "right. The longest bar shows {group}: {most:n} people, {share:%} of all.",
        fact=fact,
    )


def _named(sex: str, age: str) -> str:
    return say(GROUPS[sex, age.startswith(("0 ", "10 "))], age=age)


GROUPS = {
    ("women", True): "girls aged {age}",
    ("men", True): "boys aged {age}",
    ("women", False): "women aged {age}",
    ("men", False): "men aged {age}",
}
"""A group by sex, and whether it is young."""


def draw(page: style.Page, ages: pd.DataFrame) -> None:
    """Draw the bars of the men to the left, of the women to the right, from the same zero."""
    left, bottom, right, top = page.body_mm
    middle, most = (left + right) / 2, float(ages[["men", "women"]].max().max())
    boxes = {
        "men": (left, bottom + 1, middle - MIDDLE_MM, top - 5),
        "women": (middle + MIDDLE_MM, bottom + 1, right, top - 5),
    }
    for sex, box in boxes.items():
        ax = style.axes_in(page, box, label=sex)
        rows = range(len(ages))
        ax.barh(rows, ages[sex], height=0.74, gid=sex, **LOOKS[sex])
        side = "left" if sex == "men" else "right"
        for y, size in zip(rows, ages[sex], strict=True):
            idioms.words(ax, size, y, number(size), side)
        ax.set(ylim=(-0.6, len(ages) - 0.4), yticks=[], xticks=[])
        ends = (0, 1.22 * most)
        ax.set_xlim(*(ends[::-1] if sex == "men" else ends))
        ax.spines[["left", "bottom"]].set_visible(False)
        head = {"men": "men and boys", "women": "women and girls"}[sex]
        inner = style.size_mm(ax)[0] if sex == "men" else 0
        idioms.heading(ax, head, inner, "right" if side == "left" else "left")
        if sex == "women":
            for y, age in enumerate(ages["age"]):
                # "60 and over" is too wide for the middle in one line.
                ax.text(0, y, age.replace(" and ", "\nand "), ha="center", va="center", fontsize=8,
                        transform=style.offset(ax, -MIDDLE_MM), gid="age")  # fmt: skip

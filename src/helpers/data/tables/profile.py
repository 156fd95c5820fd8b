"""The cumulative profile of those who arrived in the South, and whether its parts add up."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.data import vocab
from helpers.data.columns import (
    Schema,
    Table,
    coded,
    decimal,
    derived,
    once,
    partial_date,
    rule,
    tail,
    whole,
)
from helpers.data.crossrules import (
    COMPARED,
    DOES_NOT_ADD_UP,
    Cells,
    Frames,
    Sum,
    Texts,
    across,
    sums,
    told,
)
from helpers.data.faults import Fault
from helpers.data.tables.arrivals import PARTS_TO_MONTH, adds_up, main_series, parts_of, ways

# First and last group of each breakdown, in the order of the list of groups.
_GROUPS = {
    "sex": ("men", "women"),
    "age_at_arrival": ("age_0_9", "age_60_up"),
    "province_of_origin": ("north_hamgyong", "origin_other"),
    "occupation_in_north": ("manager", "child"),
    "education_in_north": ("preschool", "education_other"),
    "residence_in_south": ("seoul", "jeju"),
}


def categories() -> dict[str, list[str]]:
    """Return the groups of each breakdown: all that the list of groups has from first to last."""
    order = vocab.ProfileCategory.values()
    return {
        dimension: order[order.index(first) : order.index(last) + 1]
        for dimension, (first, last) in _GROUPS.items()
    }


def _category_fits(frame: pd.DataFrame) -> pd.Series:
    groups = categories()
    cells = zip(frame["dimension"], frame["category"], strict=True)
    fits = [pd.notna(by) and name in groups.get(by, [name]) for by, name in cells]
    return pd.Series(fits, index=frame.index)


_AS_OF = {"as_of": partial_date("Month up to which people are counted.")}

PROFILE_CUMULATIVE = Table(
    "arrivals/profile_cumulative.csv",
    "Cumulative profile of the arrivals",
    "One row a group of all who had arrived by a month: by sex, age, province of origin, "
    "occupation, education and residence.",
    Schema(
        {
            **_AS_OF,
            "as_of_basis": coded("How that month is known.", vocab.AsOfBasis),
            "population": coded("Who is counted.", vocab.ProfilePopulation),
            "dimension": coded("By what the people are broken down.", vocab.ProfileDimension),
            "category": coded("The group.", vocab.ProfileCategory),
            "people": whole(
                "People in the group.", "people", missing="only men or only a share printed"
            ),
            "men": whole("Of these, men and boys.", "people", missing="not printed by sex"),
            "women": whole("Of these, women and girls.", "people", missing="not printed by sex"),
            "share_percent": decimal(
                "Share of the group in its table, as printed or computed from the printed groups.",
                "percent",
                0,
                100,
                "not printed, and the list is too short to compute it",
            ),
            "status": coded("Standing of the numbers.", vocab.FigureStatus),
            **tail(),
        },
        [
            once(["as_of", "dimension", "category"]),
            derived("status"),
            rule("men", "men and women to add up to people", adds_up),
            rule("category", "a group of the row's dimension", _category_fits),
            rule(
                "people",
                "a number of people, of men, or a share",
                lambda t: t[["people", "men", "share_percent"]].notna().any(axis=1),
            ),
            rule(
                "population",
                "'residents' exactly where the dimension is 'residence_in_south'",
                lambda t: (
                    t["population"].eq("residents") == t["dimension"].eq("residence_in_south")
                ),
            ),
        ],
    ),
    ("as_of", "dimension", "category"),
    "The ministry's cumulative breakdowns of all arrivals, as captured and copied at several "
    "dates.",
    hint="Lists of groups are not all complete: see profile_checks.",
)

PROFILE_CHECKS = Table(
    "arrivals/profile_checks.csv",
    "Do the parts of the profile add up",
    "One row a breakdown at a date: the sum of its groups against a published total, and why "
    "they differ if they do.",
    Schema(
        {
            **_AS_OF,
            "dimension": coded("The breakdown that is checked.", vocab.ProfileDimension),
            "groups": whole("Groups with a number printed.", "groups", 0, 100),
            "parts_people": whole(
                "Sum of the groups; of the men where only these are printed.", "people"
            ),
            "compared_people": whole(
                "The published total they are compared with.",
                "people",
                missing="no total fits a part list",
            ),
            "difference_people": whole(
                "Parts less compared total.", "people", -100_000, 100_000, "nothing to compare with"
            ),
            "coverage": coded("Whether the printed list is complete.", vocab.Coverage),
            **tail("Sources of the compared total.", "Why they differ."),
        },
        [
            once(["as_of", "dimension"]),
            rule(
                "difference_people",
                "parts_people less compared_people",
                lambda t: (
                    t["difference_people"].isna().eq(t["compared_people"].isna())
                    & (t["parts_people"] - t["compared_people"])
                    .eq(t["difference_people"])
                    .fillna(True)
                ),
            ),
            rule(
                "note",
                "a note where the difference is not 0",
                lambda t: t["difference_people"].fillna(0).eq(0) | t["note"].notna(),
            ),
        ],
    ),
    ("as_of", "dimension"),
    "Our addition of each breakdown, set against the total published with it.",
)

# Rules with other tables.


def _arrived_by(frames: Frames, month: str) -> list[tuple[str, list[int]]] | None:
    """Return the years and quarters in which all had arrived by the end of a quarter."""
    main, year = main_series(frames), int(month[:4])
    if month[5:] == "12":
        return [("arrivals_annual", main.index[main["period_end"] <= year].tolist())]
    parts = parts_of(frames["arrivals_quarterly"], year)
    years = ("arrivals_annual", main.index[main["period_end"] < year].tolist())
    for _, rows in ways(parts, PARTS_TO_MONTH.get(month[5:], [])):
        return [years, ("arrivals_quarterly", rows)]
    return None


@sums("arrivals_annual", "arrivals_quarterly", "arrivals_revisions", "profile_cumulative")
def sexes_against_arrivals(frames: Frames) -> Iterator[Sum]:
    """Find published men and women to date that differ from the sums and were not revised."""
    profile, revisions = frames["profile_cumulative"], frames["arrivals_revisions"]
    revised = revisions[revisions["measure"] == "running_total"]
    revised = revised[revised["standing"] == "superseded"]
    for month, rows in profile[profile["dimension"] == "sex"].groupby("as_of"):
        arrived = _arrived_by(frames, str(month)) if len(str(month)) == 7 else None
        cells = rows.assign(category=rows["category"].astype(str)).set_index("category")["people"]
        if arrived is None or set(cells.index) != {"men", "women"}:
            continue
        same = revised["period_end"] == str(month).removesuffix("-12")
        same &= (revised["men"] == cells["men"]) & (revised["women"] == cells["women"])
        if same.any():
            continue
        both = rows.index.tolist()
        for who, some in [
            *zip(cells.index, ([row] for row in both), strict=True),
            ("people", both),
        ]:
            parts = [(table, who, years) for table, years in arrived]
            whence = f"the {who} who had arrived by {month} by years and quarters"
            yield Sum(("profile_cumulative", "people", some), parts, whence)


@across("profile_cumulative", "profile_checks")
def profile_groups(frames: Frames, texts: Texts) -> list[Fault]:
    """Find checks of the profile with another number of groups than the profile has."""
    checks, text, faults = frames["profile_checks"], texts["profile_checks"], []
    profile = frames["profile_cumulative"]
    known = set(profile["as_of"].str.cat(profile["dimension"].astype(str), sep=" "))
    for row, about, parts in _breakdowns(frames):
        groups, said = sum(len(rows) for _, _, rows in parts), checks.at[row, "groups"]
        if about not in known:
            what = ("has no groups", "a breakdown in profile_cumulative", "")
            faults.append(told(text, row, "dimension", about, what))
        elif pd.notna(said) and said != groups:
            what = (DOES_NOT_ADD_UP, f"{groups}, counted in profile_cumulative", COMPARED)
            faults.append(told(text, row, "groups", said, what))
    return faults


def _breakdowns(frames: Frames) -> Iterator[tuple[int, str, list[Cells]]]:
    """Yield each check of the profile, what it is about, and the printed cells of its groups."""
    profile = frames["profile_cumulative"]
    # Where only the men are printed, the check is about them.
    column = profile["people"].notna().map({True: "people", False: "men"})
    printed = profile["people"].fillna(profile["men"]).notna()
    keys = [profile["as_of"], profile["dimension"].astype(str), column]
    groups = profile[printed].groupby([key[printed] for key in keys]).groups
    for row, check in frames["profile_checks"].iterrows():
        about = (check["as_of"], str(check["dimension"]))
        names = [name for name in ("people", "men") if (*about, name) in groups]
        parts = [("profile_cumulative", name, groups[*about, name].tolist()) for name in names]
        yield row, " ".join(map(str, about)), parts


@sums("profile_cumulative", "profile_checks")
def profile_parts(frames: Frames) -> Iterator[Sum]:
    """Find checks of the profile with another sum of groups than the profile has."""
    for row, _, parts in _breakdowns(frames):
        if parts:
            whence = "counted in profile_cumulative"
            yield Sum(("profile_checks", "parts_people", [row]), parts, whence)

"""Numbers of arrivals against the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault
from helpers.data.tables.arrivals import main_series, parts_of

_MEND = "mend this cell or the one it is compared with"
#: A published value of a period is rarely this much more, or less, than the current one.
TIMES = 1.5
#: So many standard deviations from the year's share of women no quarter is.
FAR = 4.5
_WITHIN = {"h1": ["q1", "q2"], "h2": ["q3", "q4"]}


def _wholes(frames: Frames) -> Iterator[tuple[list[int], object, str]]:
    """Yield rows of quarters and halves, the row they are within, and how that is called."""
    main, quarterly = main_series(frames), frames["arrivals_quarterly"]
    years = main[main["period"].str.fullmatch(r"\d{4}").fillna(False)]
    for _, year in years.drop_duplicates("period").iterrows():
        parts = parts_of(quarterly, int(year["period"]))
        quarters = [row for part, row in parts.items() if part.startswith("q")]
        for rows in [[row] for row in parts] + ([quarters] if 1 < len(quarters) < 4 else []):
            yield rows, year, f"the year {year['period']}"
        for half, names in _WITHIN.items():
            if parts.index.is_unique and half in parts:
                for name in set(names) & set(parts.index):
                    yield [parts[name]], quarterly.loc[parts[half]], f"{half} of {year['period']}"


@across("arrivals_annual", "arrivals_quarterly")
def parts_within_the_year(frames: Frames, texts: Texts) -> list[Fault]:
    """Find quarters and halves, one or together, with more people than what they are part of."""
    quarterly, text, faults = frames["arrivals_quarterly"], texts["arrivals_quarterly"], []
    for rows, whole, name in _wholes(frames):
        for column in ("people", "men", "women"):
            found, most = quarterly.loc[rows, column].sum(), whole[column]
            if pd.notna(most) and found > most:
                what = (f"more than {name}", f"at most {most}", _MEND)
                faults.append(told(text, rows[-1], column, quarterly.at[rows[-1], column], what))
    return faults


def _exchanged(men: object, women: object, of_men: object, of_women: object) -> bool:
    """Tell whether men and women are nearer to each other's number than to their own."""
    if pd.isna([men, women, of_men, of_women]).any():
        return False
    share, other = men / (men + women), of_men / (of_men + of_women)
    gap = abs(share - other)
    return gap > 0.05 and abs(1 - share - other) < gap / 2


@across("arrivals_annual", "arrivals_quarterly", warning=True)
def quarters_have_their_women(frames: Frames, texts: Texts) -> list[Fault]:
    """Find quarters whose men and women the year gives the other way round."""
    quarterly, text, faults = frames["arrivals_quarterly"], texts["arrivals_quarterly"], []
    for rows, year, name in _wholes(frames):
        part = quarterly.loc[rows[0]]
        if (
            len(rows) > 1
            or pd.isna([part["men"], part["women"], year["men"], year["people"]]).any()
        ):
            continue
        share = float(year["men"] / year["people"])
        people = float(part["men"] + part["women"])
        spread = np.sqrt(people * share * (1 - share))
        if spread and abs(part["men"] - people * share) > FAR * spread:
            what = ("far from the share of men", f"some {people * share:.0f} as in {name}", _MEND)
            faults.append(told(text, rows[0], "men", part["men"], what))
    return faults


@across("arrivals_annual", "arrivals_quarterly", warning=True)
def halves_are_halves(frames: Frames, texts: Texts) -> list[Fault]:
    """Find halves of a year that are less than an eighth of it."""
    quarterly, text, faults = frames["arrivals_quarterly"], texts["arrivals_quarterly"], []
    for rows, year, name in _wholes(frames):
        found, whole = quarterly.at[rows[0], "people"], year["people"]
        half = str(quarterly.at[rows[0], "part"]).startswith("h") and name.startswith("the year")
        if len(rows) == 1 and half and pd.notna([found, whole]).all() and 8 * found < whole:
            what = (f"hardly a half of {name}", f"a part of {whole}", _MEND)
            faults.append(told(text, rows[0], "people", found, what))
    return faults


@across("arrivals_revisions")
def revised_periods_have_a_current_value(frames: Frames, texts: Texts) -> list[Fault]:
    """Find revised periods that do not name the value in force exactly once."""
    revisions, text = frames["arrivals_revisions"], texts["arrivals_revisions"]
    arrivals = revisions[revisions["measure"] == "arrivals"]
    faults = []
    for period, rows in arrivals.groupby("period"):
        current = int((rows["standing"] == "current").sum())
        if (rows["standing"] == "superseded").any() and current != 1:
            line = int(text.lines[rows.index[0]])
            problem = f"{current} rows in force for a revised period"
            faults.append(
                Fault(text.file, line, "standing", str(period), problem, "one row called 'current'")
            )
    return faults


@across("arrivals_annual", "arrivals_revisions", warning=True)
def revisions_near_the_current(frames: Frames, texts: Texts) -> list[Fault]:
    """Find published values that are far from the current one, or have men and women exchanged."""
    revisions, text, faults = frames["arrivals_revisions"], texts["arrivals_revisions"], []
    main = main_series(frames).dropna(subset=["period_end", "people"])
    ends, starts = (main[name].fillna(0).to_numpy(int) for name in ("period_end", "period_start"))
    numbers = main[["people", "men", "women"]].fillna(0).to_numpy(int)
    rows = revisions[revisions["standing"].ne("misprint")].dropna(subset=["period_end", "people"])
    for row, one in rows.iterrows():
        total, end = one["measure"] == "running_total", str(one["period_end"])
        start = "0000" if total or pd.isna(one["period_start"]) else one["period_start"][:4]
        # A year that the period ends in counts only where it is in it to its end.
        inside = (ends <= int(end[:4]) - (len(end) > 4)) & (starts >= int(start))
        spans = total or len(str(one["period_start"])) == 4 == len(end)
        if not inside.any():
            continue
        current = dict(zip(["people", "men", "women"], numbers[inside].sum(axis=0), strict=True))
        if spans and not current["people"] / TIMES < one["people"] < current["people"] * TIMES:
            what = ("far from the current value", f"about {current['people']}", _MEND)
            faults.append(told(text, row, "people", one["people"], what))
        elif _exchanged(one["men"], one["women"], current["men"], current["women"]):
            what = ("men and women may be exchanged", f"about {current['men']} of them men", _MEND)
            faults.append(told(text, row, "men", one["men"], what))
    return faults


@across("profile_cumulative", warning=True)
def groups_have_their_share(frames: Frames, texts: Texts) -> list[Fault]:
    """Find shares that are not those of their groups, and men and women the other way round."""
    profile, text, faults = frames["profile_cumulative"], texts["profile_cumulative"], []
    groups = [profile[name].astype("string") for name in ("as_of", "dimension")]
    counted = profile["people"].fillna(profile["men"]).astype("Float64")
    # Not all groups are printed, so a share is of the number that most groups point to.
    bases = (100 * counted / profile["share_percent"].where(profile["share_percent"].gt(0))).astype(
        "Float64"
    )
    # Both sexes are all there.
    both = counted.groupby(groups).transform("sum").where(profile["dimension"].eq("sex"))
    several = bases.groupby(groups).transform("count").gt(2)
    shares = 100 * counted / bases.groupby(groups).transform("median").where(several, both)
    off = (profile["share_percent"] - shares).abs()
    for row in profile.index[off.gt(1.5).fillna(False)]:
        what = ("is not the share of the group", f"about {shares[row]:.1f}", _MEND)
        value = profile.at[row, "share_percent"]
        faults.append(told(text, row, "share_percent", value, what))
    same = [profile["dimension"].astype("string"), profile["category"].astype("string")]
    men = (profile["men"] / (profile["men"] + profile["women"])).astype("Float64")
    usual = men.groupby(same).transform(lambda own: [own.drop(row).median() for row in own.index])
    # Men are alike in number wherever the people are from or live: there the other groups tell it.
    place = profile["dimension"].isin(["province_of_origin", "residence_in_south"])
    usual = usual.fillna(men.groupby(groups).transform("median").where(place))
    for row in profile.index[((men - usual).abs() > 0.3).fillna(False)]:
        what = ("men and women may be exchanged", "men as in the group at other times", _MEND)
        faults.append(told(text, row, "men", profile.at[row, "men"], what))
    return faults


@across("arrivals_annual")
def the_official_series_is_there(frames: Frames, texts: Texts) -> list[Fault]:
    """Find a table of arrivals without any row of the ministry's own series."""
    if len(main_series(frames)):
        return []
    what = ("has no row", "the ministry's arrivals by year", "restore its rows")
    return [Fault(texts["arrivals_annual"].file, 0, "series", "official_main", *what)]

"""The same event under two identifiers: rows near in time, place and kind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.data.faults import Fault
from helpers.data.reading import TextTable

NEAR_KM = 30.0
NEAR_DAYS = 1
# Each row is held against so many that follow it in order of date: enough for any real day, and
# it keeps the work in step with the number of rows.
WINDOW = 30
TOLD = 1000

_KINDS = {
    **dict.fromkeys(["soldier", "officer", "pilot", "guard", "police"], 1),
    **dict.fromkeys(["official", "diplomat", "civilian", "fisher", "worker", "student"], 2),
}


def same_event(text: TextTable, frame: pd.DataFrame) -> list[Fault]:
    """Report rows of the register that look like one event entered twice.

    Two rows are one event if they have the same direction, compatible numbers of people and kinds
    of affiliation, days at most :data:`NEAR_DAYS` apart, and places less than :data:`NEAR_KM`
    kilometres apart; where a place is not known, the same route. A date known to the month or year
    only is near to every date within it, but then both places must be known. A pair is left alone
    if one row names the other's identifier in ``event_note`` or ``conflict``: that is where a
    reader is told why they are two.
    """
    pairs = pd.concat(
        [_near_pairs(frame, length) for length in (10, 7, 4)], ignore_index=True
    ).drop_duplicates()
    pairs = pairs.sort_values(["later", "first"], ignore_index=True)
    ids = frame["incident_id"]
    faults: list[Fault] = []
    for first, later in pairs.itertuples(index=False):
        one, other = ids.iat[first], ids.iat[later]
        if len(faults) == TOLD:
            break
        if pd.isna(one) or pd.isna(other) or _told_apart(frame, first, later):
            continue
        faults.append(
            Fault(
                text.file,
                int(text.lines.iat[later]),
                "incident_id",
                other,
                f"looks like the event {one!r} on line {int(text.lines.iat[first])}",
                "one event once",
                "merge the rows and unite their sources, or name the other id in event_note and "
                "say why they are two",
            )
        )
    return faults


def _told_apart(frame: pd.DataFrame, first: int, later: int) -> bool:
    """Say whether one row of a pair names the other in its remarks."""
    for row, other in ((first, later), (later, first)):
        remarks = frame[["event_note", "conflict"]].iloc[row].dropna()
        if any(frame["incident_id"].iat[other] in remark for remark in remarks):
            return True
    return False


def _near_pairs(frame: pd.DataFrame, length: int) -> pd.DataFrame:
    """Return pairs of rows whose dates, cut to ``length`` characters, are near.

    With 10 characters both days are known and may differ by :data:`NEAR_DAYS`; with fewer, at least
    one date is known no better than that.
    """
    dates, lengths = frame["date"], frame["date"].str.len()
    if length < 10 and not lengths.eq(length).any():
        return pd.DataFrame({"first": [], "later": []}, dtype="int64")
    use = np.flatnonzero((lengths >= length).fillna(False))
    if length == 10:
        days = pd.to_datetime(dates.iloc[use], format="%Y-%m-%d", errors="coerce")
        when = days.to_numpy().astype("datetime64[D]").astype("int64")
        use, when = use[days.notna()], when[days.notna()]
    else:
        when = dates.iloc[use].str[:length].str.replace("-", "").astype("int64").to_numpy()
    table = _as_numbers(frame.iloc[use])
    table["when"], table["row"] = when, use
    table["vague"] = (lengths.iloc[use] == length).to_numpy() & (length < 10)
    # Equal places beside each other, so that the window reaches the likeliest first.
    table = table.sort_values(["direction", "when", "lat", "lon"], ignore_index=True)
    columns = {name: table[name].to_numpy() for name in table}
    found = [_pairs_at(columns, step, length) for step in range(1, min(WINDOW, len(table)))]
    rows = np.concatenate([np.empty((0, 2), dtype="int64"), *found])
    return pd.DataFrame({"first": rows.min(axis=1), "later": rows.max(axis=1)})


def _as_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what is compared, as plain numbers; 0 people or kind: not known."""
    # The last place is for a missing value, whose code is -1.
    kinds = np.array([_KINDS.get(name, 0) for name in [*rows["affiliation"].cat.categories, ""]])
    return pd.DataFrame(
        {
            "direction": rows["direction"].cat.codes.to_numpy(),
            "route": rows["route"].cat.codes.to_numpy(),
            "people": rows["people"].fillna(0).to_numpy(dtype="int64"),
            "kind": kinds[rows["affiliation"].cat.codes.to_numpy()],
            "lat": rows["lat"].to_numpy(dtype="float64", na_value=np.nan),
            "lon": rows["lon"].to_numpy(dtype="float64", na_value=np.nan),
        }
    )


def _pairs_at(columns: dict[str, np.ndarray], step: int, length: int) -> np.ndarray:
    """Return the near pairs among rows ``step`` places apart in the order of ``columns``."""
    here = {name: values[:-step] for name, values in columns.items()}
    there = {name: values[step:] for name, values in columns.items()}
    near = NEAR_DAYS if length == 10 else 0
    keep = there["when"] - here["when"] <= near
    keep &= there["direction"] == here["direction"]
    for name in ("people", "kind"):
        keep &= (there[name] == here[name]) | (there[name] == 0) | (here[name] == 0)
    rows = np.flatnonzero(keep)
    here, there = ({n: values[rows] for n, values in side.items()} for side in (here, there))
    distance = _kilometres(here["lat"], here["lon"], there["lat"], there["lon"])
    if length == 10:
        same_route = here["route"] == there["route"]
        keep = (distance < NEAR_KM) | (np.isnan(distance) & same_route)
    else:
        keep = (distance < NEAR_KM) & (here["vague"] | there["vague"])
    return np.column_stack([here["row"][keep], there["row"][keep]])


def _kilometres(
    lat: np.ndarray, lon: np.ndarray, other_lat: np.ndarray, other_lon: np.ndarray
) -> np.ndarray:
    """Return great-circle distances on a sphere of 6,371 km; nan where a place is not known."""
    lat, lon, other_lat, other_lon = map(np.radians, (lat, lon, other_lat, other_lon))
    square = (
        np.sin((other_lat - lat) / 2) ** 2
        + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * 6371 * np.arcsin(np.sqrt(np.clip(square, 0, 1)))

"""Totals and estimates that are sums of others."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.data.agree import first_day, last_day
from helpers.data.crossrules import Frames, Sum, one_column, sums

OFFICIAL_PARTS = {
    "by route": ("direct_all", ["direct_land", "direct_transit", "direct_sea"]),
    "by who found them": ("undetected", ["undetected_reported", "undetected_self"]),
    "by sea": ("sea_all", ["sea_all_east", "sea_all_west"]),
    "by what they did": ("sea_all", ["sea_stayed", "sea_returned"]),
    "by place of return": ("sea_returned", ["sea_returned_panmunjom", "sea_returned_at_sea"]),
}


@sums("official_totals")
def official_parts(frames: Frames) -> Iterator[Sum]:
    """Find official totals that their parts in the same series, unit and period do not make."""
    totals = frames["official_totals"]
    keys = [totals[name].astype(str) for name in ("series", "unit", "period_start", "period_end")]
    for _, rows in totals.groupby(keys):
        by_measure = pd.Series(rows.index, index=rows["measure"].astype(str))
        for how, (one, parts) in OFFICIAL_PARTS.items():
            if by_measure.index.is_unique and {one, *parts} <= set(by_measure.index):
                some = by_measure[parts].tolist()
                whence = f"the sum of its parts {how}"
                yield one_column("official_totals", "value_best", by_measure[one], some, whence)


def _days(frame: pd.DataFrame) -> pd.DataFrame:
    days = {"first": first_day(frame["period_start"]), "last": last_day(frame["period_end"])}
    return pd.DataFrame(days).dropna()


def _tiles(days: dict[int, tuple], row: int) -> list[int]:
    """Return rows that follow each other without gap and fill the period of ``row``, or none."""
    (here, end), chosen = days[row], []
    while here <= end:
        following = [
            (last, other)
            for other, (first, last) in days.items()
            if other != row and first == here and last <= end
        ]
        if not following:
            return []
        last, other = min(following)
        chosen.append(other)
        here = last + pd.Timedelta(days=1)
    return chosen if len(chosen) > 1 else []


def _spans(frame: pd.DataFrame, name: str, keys: list[str]) -> Iterator[Sum]:
    """Yield periods that shorter ones fill, within rows alike in ``keys``."""
    # Periods of all rows at once: done for each of many small groups it takes ten times as long.
    days = _days(frame)
    for _, rows in days.groupby([frame.loc[days.index, one].astype(str) for one in keys]):
        spans = dict(zip(rows.index, zip(rows["first"], rows["last"], strict=True), strict=True))
        for row in spans if len(spans) > 2 else ():
            tiles = _tiles(spans, row)
            if tiles:
                whence = f"the sum of the {len(tiles)} shorter periods in it"
                yield one_column(name, "value_best", row, tiles, whence)


@sums("official_totals")
def official_periods(frames: Frames) -> Iterator[Sum]:
    """Find official totals that the shorter periods filling theirs do not make."""
    return _spans(frames["official_totals"], "official_totals", ["series", "measure", "unit"])


@sums("route_estimates")
def estimate_periods(frames: Frames) -> Iterator[Sum]:
    """Find flows by route that the same teller's shorter periods do not make."""
    estimates = frames["route_estimates"]
    stocks = ["detained", "mission_waiting", "staying", "residents", "refugee_stock"]
    kept = ~estimates["measure"].isin([*stocks, "asylum_pending"])
    flows = estimates[estimates["unit"].eq("people") & kept]
    return _spans(flows, "route_estimates", ["measure", "place", "who_says"])

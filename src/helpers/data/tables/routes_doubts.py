"""Ways out of North Korea against their stops: told as warnings."""

from __future__ import annotations

import re

from helpers.data import vocab
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault


@across("routes", "waypoints", warning=True)
def ways_arrive(frames: Frames, texts: Texts) -> list[Fault]:
    """Find ways to the South whose last stop is no destination, but at the line or the border."""
    stops, text, faults = frames["waypoints"], texts["waypoints"], []
    kinds = frames["routes"].drop_duplicates("route_id").set_index("route_id")["kind"].astype(str)
    last = stops.dropna(subset=["route_id", "stop"]).groupby("route_id")["stop"].idxmax()
    for row in last.sort_values():
        kind, role = kinds.get(stops.at[row, "route_id"]), stops.at[row, "role"]
        if kind not in (None, "border", "direct_land") and role != "destination":
            what = ("is the last stop", "a destination at the end", "add the stops that follow")
            faults.append(told(text, row, "role", role, what))
    return faults


@across("routes", "waypoints", warning=True)
def ways_pass_their_places(frames: Frames, texts: Texts) -> list[Fault]:
    """Find ways whose name or ends are places none of whose stops they have."""
    routes, stops, text, faults = frames["routes"], frames["waypoints"], texts["routes"], []
    countries = stops["country"].astype("string").map(vocab.Country.labels())
    words = (stops["place"] + " " + countries).fillna("").map(_places)
    known = set().union(*words)
    for row, route in routes.iterrows():
        own = set().union(*words[stops["route_id"].eq(route["route_id"]).fillna(False)])
        for column in ("name", "from_place", "to_place") if own else ():
            named = _places(str(route[column])) & known
            # "Paju / Yeoncheon, Gyeonggi": the last may be a province.
            parts = re.split("[/,]", str(route[column]))[:-1] if column != "name" else []
            short = [_places(part) for part in parts if len(part.split()) <= 3]
            lost = [part for part in short if part and not part & own]
            if (named and not named & own) or lost:
                lacking = ", ".join(sorted(named - own or lost[0]))
                what = (f"names {lacking}, which no stop is", "places of its stops", "mend one")
                faults.append(told(text, row, column, route[column], what))
    return faults


def _places(words: str) -> set[str]:
    return set(re.findall(r"[A-Z][\w-]{2,}", words)) - {"North", "South", "Korea", "Korean"}

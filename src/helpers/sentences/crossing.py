"""Sentences on the crossing of 13 November 2017: its clock, its rounds, how surely it is known."""

import geopandas as gpd
import pandas as pd

from helpers.analysis import crossing
from helpers.words import clock, say

HECTARES_PER_ACRE = 0.40468564224


def answer(facts: pd.DataFrame) -> str:
    """Return the answer of the notebook in a few sentences."""
    spans, shares = crossing.durations(facts), crossing.hit_shares(facts)
    best = shares[shares["preferred"]].iloc[0]
    line = spans.loc["to_line"]
    return say(
        "On 13 November 2017 a North Korean soldier crossed the line {line:minute/minutes} after a "
        "camera first saw his jeep (from {low} to {high}: no clock gives seconds). About "
        "{rounds:round/rounds} were fired at him, and {hits} hit (published values run from "
        "{hit:range}). He was found {found:minute/minutes} after he crossed and was in cover after "
        "{cover}. He reached hospital at {hospital}, {whole:minute/minutes} after the first sight.",
        line=line["minutes"], low=line["rounding_low"], high=line["rounding_high"],
        rounds=best["rounds"], hits=best["hits"],
        hit=(shares["hits"].min(), shares["hits"].max()),
        found=spans.at["to_found", "minutes"], cover=spans.at["to_cover", "minutes"],
        hospital=crossing.preferred(facts, "hospital_arrival")["value"],
        whole=spans.at["in_all", "minutes"],
    )  # fmt: skip


def basis(day: pd.DataFrame, places: gpd.GeoDataFrame, facts: pd.DataFrame) -> str:
    """Return what the tables hold: moments of the day, places, facts with rivals."""
    values = facts.groupby("fact_id")["value"].size()
    return say(
        "The timeline has {moments:moment/moments} between {first} and {last} on the day. "
        "{several:%} of them rest on two or more independent sources. {places:place/places} can be "
        "drawn, {exact} of them at a published coordinate. {printed:published value/published "
        "values} answer {facts:question/questions}, {rivals} of which "
        "{rivals:=has/have} more than one answer.",
        moments=len(day), first=clock(day["minute"].iloc[0]), last=clock(day["minute"].iloc[-1]),
        several=day["sources"].gt(1).mean(), places=len(places),
        exact=places["coordinate_basis"].eq("published").sum(), printed=len(facts),
        facts=len(values), rivals=values.gt(1).sum(),
    )  # fmt: skip


def outlines(shapes: gpd.GeoDataFrame, geometry: pd.DataFrame) -> str:
    """Return how far the published outlines of the area differ."""
    if shapes.empty:
        return "No outline of the area is in these data."
    acres = geometry.loc[geometry["fact_id"].eq("jsa_area"), "value_low"].dropna().astype(float)
    hectares, bridges = shapes["hectares"], shapes["bridges_inside"]
    text = (
        "{n:published outline encloses/published outlines enclose} {hectares:nrange} hectares and "
        "{bridges:range} of the 2 bridges."
    )
    if len(acres):
        text += " A published area of {acres:n} acres is {area:n} hectares."
    return say(
        text,
        n=len(shapes), hectares=(round(hectares.min()), round(hectares.max())),
        bridges=(bridges.min(), bridges.max()), acres=acres.iloc[0] if len(acres) else 0,
        area=acres.iloc[0] * HECTARES_PER_ACRE if len(acres) else 0,
    )  # fmt: skip


def rounding(facts: pd.DataFrame) -> str:
    """Return what rounding of the rounds adds to the doubt."""
    bounds = crossing.hit_share_bounds(facts)
    low, high = bounds.loc["lowest"], bounds.loc["highest"]
    return say(
        "If \u201cabout {rounds}\u201d stands for anything from {few:n} to {many:n}, the share "
        "runs from {low:%1} ({low_hits:n} of {many:n}) to {high:%1} ({high_hits:n} of {few:n}).",
        rounds=crossing.hit_shares(facts)["rounds"].iloc[0], few=high["rounds"],
        many=low["rounds"], low=low["share"], low_hits=low["hits"], high=high["share"],
        high_hits=high["hits"],
    )  # fmt: skip


def stuck(facts: pd.DataFrame) -> str:
    """Return what changes if the jeep stopped at another published minute."""
    readings = crossing.stuck_readings(facts)
    best, others = readings[readings["preferred"]], readings[~readings["preferred"]]
    whole = crossing.durations(facts).at["to_line", "minutes"]
    said = [
        say(
            "If the jeep stopped at {stopped}, it was driven for {driven:minute/minutes} and stood "
            "for {stood}.",
            stopped=row.stopped, driven=row.driven_minutes, stood=row.stood_minutes,
        )
        for row in pd.concat([best, others]).itertuples()
    ]  # fmt: skip
    said.append(
        say(
            "The time from the first sight to the line stays the same: {whole:minute/minutes}.",
            whole=whole,
        )
    )
    return " ".join(said)


def durations(facts: pd.DataFrame) -> str:
    """Return how long until he was found and in cover, by rounding and by all published times."""
    spans = crossing.durations(facts)
    parts = [
        say(
            text, n=row["minutes"], low=row["rounding_low"], high=row["rounding_high"],
            least=row["published_low"], most=row["published_high"],
        )
        for text, row in zip(AFTER, (spans.loc["to_found"], spans.loc["to_cover"]), strict=True)
    ]  # fmt: skip
    return " ".join(parts)


AFTER = (
    "He was found {n:minute/minutes} after he crossed: {low} to {high} by the rounding of both "
    "clocks, {least} to {most} if any published time is paired with any other.",
    "He was in cover {n:minute/minutes} after he crossed: {low} to {high} by rounding, {least} to "
    "{most} by any pair of published times.",
)

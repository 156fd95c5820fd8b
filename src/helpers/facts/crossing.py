"""Numbers and sentences on the crossing of 13 November 2017, for prose, titles and alt texts."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from helpers.derive import crossing as derive

HECTARES_PER_ACRE = 0.40468564224


def clock(minute: float) -> str:
    """Return minutes after midnight as HH:MM."""
    return f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"


def span(low: float, high: float, join: str = " to ") -> str:
    """Return a range of numbers in words, as one number if both ends print alike."""
    low_text, high_text = f"{low:.0f}", f"{high:.0f}"
    return low_text if low_text == high_text else f"{low_text}{join}{high_text}"


def percent(share: float, decimals: int = 1) -> str:
    """Return a share as a percentage."""
    return f"{100 * share:.{decimals}f}%"


def _value(facts: pd.DataFrame, fact: str) -> str:
    return str(derive.preferred(facts, fact)["value"])


def _minutes(facts: pd.DataFrame, start: str, end: str) -> pd.Series:
    return derive.durations(facts, [(start, end)]).iloc[0]


def to_line(facts: pd.DataFrame) -> pd.Series:
    """Return the minutes from first sight to the line, as :func:`derive.durations` has them."""
    return _minutes(facts, "first_seen_on_camera", "mdl_crossing_time")


def to_found(facts: pd.DataFrame) -> pd.Series:
    """Return the minutes from the line to being found."""
    return _minutes(facts, "mdl_crossing_time", "found_time")


def to_cover(facts: pd.DataFrame) -> pd.Series:
    """Return the minutes from the line to being dragged to cover."""
    return _minutes(facts, "mdl_crossing_time", "rescue_time")


def in_all(facts: pd.DataFrame) -> int:
    """Return the minutes from first sight to the hospital."""
    return int(_minutes(facts, "first_seen_on_camera", "hospital_arrival")["minutes"])


# The answer -------------------------------------------------------------------------------------


def answer(facts: pd.DataFrame) -> str:
    """Return the answer of the notebook in two sentences."""
    line, found, cover = to_line(facts), to_found(facts), to_cover(facts)
    shares = derive.hit_shares(facts)
    best = shares[shares["preferred"]].iloc[0]
    return (
        f"On 13 November 2017 a North Korean soldier was over the line {line['minutes']} minutes "
        f"({span(line['rounding_low'], line['rounding_high'])}: no clock gives seconds) "
        f"after a camera first saw his jeep, under about {best['rounds']} rounds of which "
        f"{best['hits']} hit him ({span(shares['hits'].min(), shares['hits'].max())} in print). "
        f"He was found {found['minutes']} minutes after he crossed, dragged to cover after "
        f"{cover['minutes']}, and reached hospital at {_value(facts, 'hospital_arrival')}, "
        f"{in_all(facts)} minutes after first sight."
    )


def data(
    timeline: pd.DataFrame,
    landmarks: gpd.GeoDataFrame,
    facts: pd.DataFrame,
    sources: pd.DataFrame,
) -> str:
    """Return what the tables hold: rows, moments of the day, places, facts with variants."""
    day = derive.moments(timeline, sources)
    located = landmarks[landmarks.geometry.notna()]
    values = facts.groupby("fact_id")["value"].size()
    several = (day["voices"] > 1).mean()
    exact = located["coordinate_basis"].eq("published").sum()
    return (
        f"The timeline has {len(timeline)} moments, {len(day)} of them between "
        f"{clock(day['minute'].iloc[0])} and {clock(day['minute'].iloc[-1])} on the day; "
        f"{percent(several, 0)} of those rest on two or more independent voices. Of "
        f"{len(landmarks)} places {len(located)} can be drawn, {exact} of them at a published "
        f"coordinate. {len(facts)} printed values answer {len(values)} questions; "
        f"{(values > 1).sum()} questions have more than one answer."
    )


# Minute by minute -------------------------------------------------------------------------------


def minutes_title(facts: pd.DataFrame) -> str:
    """Return the title of the figure of the day's clock."""
    return (
        f"{to_line(facts)['minutes']} minutes to the line, then "
        f"{to_found(facts)['minutes']} until he was found and {to_cover(facts)['minutes']} until "
        f"he was in cover"
    )


def minutes_subtitle(day: pd.DataFrame, zoom_to: int) -> str:
    """Return what the figure of the day's clock shows, enlarged up to ``zoom_to``."""
    first, last = int(day["minute"].min()), int(day["minute"].max())
    return (
        f"Moments of 13 November 2017 by Korean clock time: all {last - first} minutes, and "
        f"{clock(first)} to {clock(zoom_to)} enlarged. Clocks are published to the minute: inside "
        f"one minute only the order is known, so its moments are spaced evenly."
    )


def minutes_fact(day: pd.DataFrame, facts: pd.DataFrame) -> str:
    """Return how the minutes share out, and how many moments fall before he lay still."""
    phases = derive.phases(day).set_index("phase")
    early = day[day["minute"] <= phases.at["unseen", "start"]]
    waiting = phases.loc[["unseen", "located"], "minutes"].sum()
    return (
        f"{len(early)} of the {len(day)} moments fall in the first "
        f"{to_line(facts)['minutes']} of {in_all(facts)} minutes. After that, "
        f"{waiting} minutes ({percent(waiting / in_all(facts), 0)} of the whole) pass before "
        f"anybody goes to him: {phases.at['unseen', 'minutes']} unseen and "
        f"{phases.at['located', 'minutes']} located but not yet reached."
    )


def minutes_alt(day: pd.DataFrame, facts: pd.DataFrame) -> str:
    """Return the alternative text of the figure of the day's clock."""
    phases = derive.phases(day)
    parts = ", ".join(
        f"{phase} {minutes}"
        for phase, minutes in zip(phases["phase"], phases["minutes"], strict=True)
    )
    return (
        f"Two vertical time scales of 13 November 2017 with {len(day)} labelled moments: "
        f"{clock(day['minute'].iloc[0])} to {clock(day['minute'].iloc[-1])} as a whole, and its "
        f"first minutes enlarged. Length of the phases in minutes: {parts}."
    )


# The place --------------------------------------------------------------------------------------


def ends(metres: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and the highest of printed distances, as :func:`derive.metres` has them."""
    return float(metres["low"].min()), float(metres["high"].max())


def _distances(geometry: pd.DataFrame) -> tuple[str, str]:
    north, south = (
        span(*ends(derive.metres(geometry, fact)))
        for fact in ("jeep_to_mdl", "fall_point_south_of_mdl")
    )
    return north, south


def plan_title(geometry: pd.DataFrame) -> str:
    """Return the title of the plan."""
    north, south = _distances(geometry)
    return f"The jeep got stuck about {north} m short of the line; he fell {south} m beyond it"


def plan_fact(places: gpd.GeoDataFrame, geometry: pd.DataFrame, osm_line: gpd.GeoDataFrame) -> str:
    """Return what the plan rests on: length of the line, gaps to the other drawing, run."""
    run = derive.run_lengths(places, geometry)["run_m"]
    gaps = derive.line_gaps(places, osm_line)
    drawn = osm_line.to_crs(places.crs).union_all()
    crosses = derive.way(places).set_index("leg").geometry["run"].intersects(drawn)
    return (
        f"From the Bridge of No Return to hut T2 the line measures {derive.line(places).length:.0f}"
        f" m when taken as straight. OpenStreetMap's line passes {gaps['at_hut']:.0f} m from the "
        f"hut, {gaps['at_crossing']:.0f} m from where he crossed on this plan, and up to "
        f"{gaps['largest']:.0f} m from the straight line in between; his run as drawn "
        f"{'crosses it too' if crosses else 'would not cross it at all'}. With the published "
        f"distances a straight run is {span(*run)} m long."
    )


def plan_alt(places: gpd.GeoDataFrame, geometry: pd.DataFrame) -> str:
    """Return the alternative text of the plan."""
    north, south = _distances(geometry)
    radii = places.loc[["jeep_stuck", "mdl_crossing", "fall_point"], "uncertainty_m"]
    return (
        f"Three plans of Panmunjom, north up. The largest shows the jeep {north} m north of the "
        f"line, his run west of the huts and where he fell {south} m south of it, with circles of "
        f"uncertainty of {span(radii.min(), radii.max())} m. The others show the drive from the "
        f"72-Hour Bridge and four published outlines of the area."
    )


def outlines_fact(outlines: gpd.GeoDataFrame, geometry: pd.DataFrame) -> str:
    """Return how far the published outlines of the area differ."""
    acres = geometry.loc[geometry["fact_id"].eq("jsa_area"), "value_low"].astype(float).iloc[0]
    sizes, bridges = outlines["hectares"], outlines["bridges_inside"]
    return (
        f"The {len(outlines)} published outlines enclose {span(sizes.min(), sizes.max())} hectares "
        f"and {span(bridges.min(), bridges.max())} of the two bridges; the one published area, "
        f"{acres:.0f} acres, is {acres * HECTARES_PER_ACRE:.0f} hectares and fits none."
    )


# Rounds and hits --------------------------------------------------------------------------------


def hits_title(facts: pd.DataFrame) -> str:
    """Return the title of the figure of rounds and hits."""
    shares = derive.hit_shares(facts)
    best = shares[shares["preferred"]].iloc[0]
    return (
        f"About 1 round in {1 / best['share']:.0f} hit him: {best['hits']} of about "
        f"{best['rounds']}, with {span(shares['hits'].min(), shares['hits'].max())} hits in print"
    )


def hits_fact(facts: pd.DataFrame) -> str:
    """Return the share of rounds that hit, its interval, and its range over the variants."""
    shares = derive.hit_shares(facts)
    best = shares[shares["preferred"]].iloc[0]
    return (
        f"{best['hits']} hits of {best['rounds']} rounds are {percent(best['share'])} "
        f"(95% interval {percent(best['low'])} to {percent(best['high'])}); over all published "
        f"numbers of hits the share runs from {percent(shares['share'].min())} to "
        f"{percent(shares['share'].max())}, and the intervals together from "
        f"{percent(shares['low'].min())} to {percent(shares['high'].max())}."
    )


def hits_rounding(facts: pd.DataFrame) -> str:
    """Return what rounding of the rounds adds to the doubt."""
    bounds = derive.hit_share_bounds(facts)
    low, high = bounds.loc["lowest"], bounds.loc["highest"]
    return (
        f'If "about {int(derive.hit_shares(facts)["rounds"].iloc[0])}" stands for anything from '
        f"{high['rounds']:.0f} to {low['rounds']:.0f}, the share runs from {percent(low['share'])} "
        f"({low['hits']:.0f} of {low['rounds']:.0f}) to {percent(high['share'])} "
        f"({high['hits']:.0f} of {high['rounds']:.0f})."
    )


def hits_alt(facts: pd.DataFrame) -> str:
    """Return the alternative text of the figure of rounds and hits."""
    shares = derive.hit_shares(facts)
    best = shares[shares["preferred"]].iloc[0]
    return (
        f"{best['rounds']} dots for about {best['rounds']} rounds, {best['hits']} of them "
        f"filled as hits, up to {shares['hits'].max()} outlined; then the share that hit for "
        f"{span(shares['hits'].min(), shares['hits'].max())} hits with exact 95% intervals; for "
        f"{best['hits']} hits {percent(best['share'])}, {percent(best['low'])} to "
        f"{percent(best['high'])}."
    )


# How far the sources agree ----------------------------------------------------------------------


def agreement_title(clocks: pd.DataFrame) -> str:
    """Return the title of the figure of agreement."""
    near = clocks.loc[clocks["minutes_off"].abs() <= 1, "voices"].sum()
    return (
        f"{near} of {clocks['voices'].sum()} statements of disputed times lie within a minute "
        f"of our reading; the furthest is {clocks['minutes_off'].abs().max()} minutes off"
    )


def agreement_fact(clocks: pd.DataFrame) -> str:
    """Return how the printed clock times spread round the preferred ones."""
    best = clocks.loc[clocks["preferred"], "voices"].sum()
    furthest = clocks.loc[clocks["minutes_off"].abs().idxmax()]
    return (
        f"{clocks['fact_id'].nunique()} moments have more than one clock time in print. Of "
        f"{clocks['voices'].sum()} statements by independent voices {best} give the preferred "
        f"minute; the furthest off, {furthest['value']} for "
        f'"{furthest["label"].lower()}", differs by {abs(furthest["minutes_off"])} minutes.'
    )


def agreement_alt(clocks: pd.DataFrame, numbers: pd.DataFrame) -> str:
    """Return the alternative text of the figure of agreement."""
    return (
        f"{len(clocks)} printed clock times of {clocks['fact_id'].nunique()} moments as dots, "
        f"placed by minutes from the preferred time ({clocks['minutes_off'].min()} to "
        f"+{clocks['minutes_off'].max()}) and sized by independent voices; then "
        f"{numbers['question'].nunique()} small panels with {len(numbers)} printed numbers or "
        f"ranges, the preferred in orange, each with its number of voices."
    )


# How sure ---------------------------------------------------------------------------------------


def stuck_objection(facts: pd.DataFrame) -> str:
    """Return what changes if the jeep stopped at the other printed minute."""
    readings = derive.stuck_readings(facts)
    best = readings[readings["preferred"]].iloc[0]
    other = readings[~readings["preferred"]].iloc[0]
    return (
        f"With {best['stopped']} the jeep was driven for {best['driven_minutes']} minutes and "
        f"stood for {best['stood_minutes']}; with {other['stopped']} it is "
        f"{other['driven_minutes']} and {other['stood_minutes']}. The minutes from first sight to "
        f"the line, {to_line(facts)['minutes']}, stay the same."
    )


def duration_sentence(facts: pd.DataFrame) -> str:
    """Return how long until he was found and in cover, with rounding and over all prints."""
    words = [
        f"{name} {row['minutes']} minutes ({span(row['rounding_low'], row['rounding_high'])} by "
        f"rounding, {span(row['print_low'], row['print_high'])} if any printed clock is paired "
        f"with any other)"
        for name, row in [("found after", to_found(facts)), ("in cover after", to_cover(facts))]
    ]
    return f"Counted from the line he was {words[0]} and {words[1]}."

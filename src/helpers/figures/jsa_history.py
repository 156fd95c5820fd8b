"""Every known event in the Joint Security Area since the armistice, by kind and date."""

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from helpers.analysis import history, register
from helpers.figures import Frames, Words, idioms, style
from helpers.words import say

NOTEBOOK = "02_across_the_line"
WHOLE = True
HEIGHTS = {"height_mm": 112, "column_body_mm": 106, "slide_mm": 104}
LANES = {
    "south": "To the South",
    "north": "To the North",
    "clash": "Fighting, armed entry",
    "return": "Activists come back",
    "other": "Attempts and others",
}
MARKS = {"north": "v", "clash": "x", "return": "|", "other": "."}
ERA_FILLS = {
    "shared": "#F1EEE8", "enforced": style.PAPER, "disarmed": "#E4DED4", "rearmed": "#F7F5F2",
}  # fmt: skip
TURN_WORDS = {
    "enforced": "{year}: axe killings,\nafter which the line\nis enforced inside too",
    "firefight": "{year}: visitor\nfollowed under fire,\n4 soldiers die",
    "subject": "{year}: jeep driver\ncrosses under fire",
    "disarmed": "{year}: firearms leave",
    "rearmed": "{year}:\narmed\nagain",
}
TURN_PLACES = {
    # Alignment, and points to the right and above the turn's line, for the words of each turn.
    "enforced": ("right", 12, 6),
    "firefight": ("left", -12, 6),
    "subject": ("right", -8, 6),
    "disarmed": ("center", 0, 44),
    "rearmed": ("center", 4, 6),
}
CLOSE_PLACES = TURN_PLACES | {
    "enforced": ("right", 8, 6),
    "firefight": ("left", -8, 6),
    "subject": ("right", -8, 38),
    "disarmed": ("right", 20, 64),
    "rearmed": ("right", 11, 6),
}
"""Where the years stand closer: in a column."""

POINT_MM = 25.4 / 72
STAR_MM, YEAR_MM, LIFT_MM = 3.2, 7.2, 4.0
"""Width of a star and of a year below it; how far a star is lifted over one that it would hide."""


def table(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the events and the turns, as :mod:`helpers.analysis.history` gives them."""
    incidents = frames["incidents"]
    return history.events(incidents), history.turns(incidents, frames["jsa_timeline_2017"])


def words(events: pd.DataFrame, turns: pd.DataFrame) -> Words:
    """Return the words: how many crossings to the South, when, and between which turns."""
    south, eras = events[events["lane"].eq("south")], history.eras(events, turns)
    lanes = events["lane"].value_counts().reindex(list(LANES), fill_value=0)
    named = {
        "n": len(south), "span": (events["year"].min(), events["year"].max()),
        "last": south["year"].max(), "fire": south["fire"].sum(), "years": south["year"].tolist(),
        "parts": [_part(era, row) for era, row in eras.iterrows()], **lanes,
    }  # fmt: skip
    if len(south) > 1:
        title = "The JSA saw {n} crossings to the South, the last in {last}"
    elif len(south) == 1:
        title = "The JSA saw {n:crossing/crossings} to the South, in {last}"
    else:
        title = "No crossing of the JSA to the South is known"
    south_said = "{n:crossing/crossings} to the South"
    if len(south):
        south_said += " (in {years:list})"
    return Words.of(
        named,
        title=title,
        subtitle="Events on record in the Joint Security Area, {span:range}",
        source="Only events that were made public",
        alt=f"Time line of events by kind: {south_said}, {{north}} to the North, {{clash}} of "
        "fighting or armed entry, {return} of activists who came back and {other} others.",
        fact="{n:crossing/crossings} of the JSA to the South {n:=is/are} known, {fire} under fire."
        + (" By period it was {parts:list}." if len(south) else ""),
    )


def _part(era: str, row: pd.Series) -> str:
    template = {
        "shared": "{n} while guards of both sides moved freely in it",
        "enforced": "{n} after the line divided it ({start:month})",
        "disarmed": "{n} after firearms left it ({start:month})",
        "rearmed": "{n} after guards of the North were armed again ({start:month})",
    }[era]
    return say(template, n=row["crossings"], start=row["start"])


def draw(page: style.Page, events: pd.DataFrame, turns: pd.DataFrame) -> None:
    """Draw a lane a kind of event; in a column the names of lanes stand above their lines."""
    lanes = [lane for lane in LANES if lane != "other" or lane in set(events["lane"])]
    beside = 0 if page.narrow else 34
    above = 27 if page.narrow else 21
    ring = idioms.mark(marker="o", s=120, facecolor=style.PAPER, edgecolor=style.INK)
    stars = idioms.star_items(set(events.loc[events["lane"].eq("south"), "citizen"]), "")
    idioms.key(page, [*stars, (ring, "crossers shot at")], below=True)
    ax = style.axes(page, left=beside, top=above, bottom=7, label="history")
    low, high = register.ARMISTICE, max(*events["date"], *turns["date"])
    ax.set_xlim(low - pd.Timedelta(days=330), high + pd.Timedelta(days=600))
    lifts = _lifts(ax, events[events["lane"].eq("south")])
    tall = style.size_mm(ax)[1]
    highest = max([1, *lifts.values()])
    lift = min(LIFT_MM, (tall / 2 - 6.5) / highest)
    top = (highest if any(lifts.values()) else 0) * lift + 6.5
    apart = (tall - top - 6) / (len(lanes) - 1)
    ax.set(ylim=(-6, tall - 6), yticks=[])
    heights = {lane: (len(lanes) - 1 - row) * apart for row, lane in enumerate(lanes)}
    _eras(ax, history.eras(events, turns))
    _turns(ax, turns, CLOSE_PLACES if page.narrow else TURN_PLACES)
    for lane, y in heights.items():
        ax.axhline(y, color=style.FAINT, linewidth=0.6, zorder=1)
        shift = (-beside, 0) if beside else (1, 4.5 if lane == "south" else 0.9)
        ax.text(
            0, y, LANES[lane], fontsize=8.1, va="center" if beside else "bottom", zorder=6,
            fontweight=600 if lane == "south" else 400, path_effects=style.HALO, gid="lane",
            transform=style.offset(ax, *shift, ax.get_yaxis_transform()),
        )  # fmt: skip
    for event in events.itertuples():
        if event.lane == "south":
            _star(ax, event, heights["south"] + lifts[event.incident_id] * lift)
        else:
            ax.scatter(
                event.date, heights[event.lane], marker=MARKS[event.lane], s=34, color=style.INK,
                linewidth=1.2, zorder=3, gid=event.lane,
            )  # fmt: skip
    _year_words(ax, events[events["lane"].eq("south")], heights["south"])
    ax.spines["left"].set_visible(False)
    decades = pd.date_range(f"{low.year // 10 * 10 + 10}", high, freq="10YS")
    ax.set_xticks(decades, [f"{day.year}" for day in decades])


def _days_a_mm(ax: Axes) -> float:
    low, high = ax.get_xlim()
    return (high - low) / style.size_mm(ax)[0]


def _lifts(ax: Axes, south: pd.DataFrame) -> dict[str, int]:
    """Return how often each star is lifted so that it hides none before it."""
    apart, ends, lifts = STAR_MM * _days_a_mm(ax), [], {}
    for event in south.itertuples():
        day = mdates.date2num(event.date)
        level = next((n for n, end in enumerate(ends) if day - end >= apart), len(ends))
        ends[level : level + 1] = [day]
        lifts[event.incident_id] = level
    return lifts


def _year_words(ax: Axes, south: pd.DataFrame, y: float) -> None:
    """Write each year once below its star, a line lower where the year before is too near."""
    apart, ends = YEAR_MM * _days_a_mm(ax), [-1e9, -1e9]
    for year, rows in south.groupby("year"):
        day = mdates.date2num(rows["date"].iloc[0])
        level = next((n for n, end in enumerate(ends) if day - end >= apart), None)
        if level is not None:
            ends[level] = day
            ax.text(
                day, y, f"{year}", fontsize=8.1, ha="center", va="top", gid="year", zorder=5,
                path_effects=style.HALO, transform=style.offset(ax, 0, -2.4 - 3.5 * level),
            )  # fmt: skip


def _star(ax: Axes, event: tuple, y: float) -> None:
    if event.fire:
        look = {"facecolor": style.PAPER, "edgecolor": style.INK, "linewidth": 1.0}
        ax.scatter(event.date, y, s=190, **look, zorder=3.5, gid="fire")
    ax.scatter(event.date, y, **idioms.star(event.citizen, STAR_MM * 0.82), zorder=4, gid="south")


def _eras(ax: Axes, eras: pd.DataFrame) -> None:
    ends = [*eras["start"].iloc[1:].map(mdates.date2num), ax.get_xlim()[1]]
    for (name, era), end in zip(eras.iterrows(), ends, strict=True):
        look = {"facecolor": ERA_FILLS[name], "linewidth": 0, "zorder": 0, "gid": f"era-{name}"}
        ax.axvspan(mdates.date2num(era["start"]), end, **look)


def _turns(ax: Axes, turns: pd.DataFrame, places: dict[str, tuple[str, float, float]]) -> None:
    """Mark the turns with a line and their words above, each at its own place and height."""
    top = ax.get_ylim()[1]
    line = {"color": style.MUTED, "linewidth": 0.7}
    for turn in turns.itertuples():
        ax.axvline(turn.date, **line, zorder=0.8, gid="turn")
        align, shift, lift = places[turn.turn]
        foot = {"right": min(0, shift), "left": max(0, shift), "center": 0}[align]
        ax.annotate(
            "", (turn.date, top), xytext=(foot, lift), textcoords="offset points",
            annotation_clip=False, gid="turn-stub",
            arrowprops={"arrowstyle": "-", "shrinkA": 0, "shrinkB": 0, **line},
        )  # fmt: skip
        ax.text(
            turn.date, top, say(TURN_WORDS[turn.turn], year=turn.date.year), ha=align, va="bottom",
            fontsize=8.1 if ax.figure.narrow else 7.5, linespacing=1.05, gid="turn-words",
            fontweight=600 if turn.turn == "subject" else 400,
            transform=style.offset(ax, shift * POINT_MM, lift * POINT_MM),
        )  # fmt: skip

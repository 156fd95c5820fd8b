"""Where arrivals came from: each province's share of all to an earlier list, and of those since."""

from itertools import pairwise

import pandas as pd
from geopandas import GeoDataFrame
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers import layers
from helpers.analysis import arrivals
from helpers.data.vocab import ProfileCategory
from helpers.figures import Frames, Words, idioms, style
from helpers.words import dated, percent, say

NOTEBOOK = "03_through_china"
HEIGHTS = {"height_mm": 112, "column_body_mm": 150, "slide_mm": 112}

NORTH_KM = (706, 1925, 1278, 2570)
"""West, south, east, north of the map of provinces in kilometres of EPSG:5179."""

CLASSES = [(0.01, "#E6F0F7"), (0.05, "#B5D3E7"), (0.25, "#6BA9D0"), (float("inf"), "#0072B2")]
"""Shares of all arrivals below, and their tint; the strongest is the colour of China's route."""

NAMED = 0.05
"""Provinces with at least this share before or since are in colour and named on the map."""


def table(frames: Frames) -> tuple[pd.DataFrame | GeoDataFrame, ...]:
    """Return provinces, and the map layer.

    Provinces: index ``category``, last ``not_listed``; ``as_of`` (month of the latest full list),
    ``people``, ``share`` (of the published total), ``iso_3166_2``; ``before`` (month of the earlier
    list), ``share_before`` (of those in both lists, 0 to 1), ``added`` (persons), ``share_added``,
    all missing where there is no earlier list or the group is in one list only.
    """
    profile, checks = frames["profile_cumulative"], frames["profile_checks"]
    provinces = frames.layer("provinces")
    lists = arrivals.origin_lists(profile, checks)
    if not lists:
        return pd.DataFrame(columns=["people"]), provinces
    table = arrivals.origin(profile, checks, lists[-1])[["people", "share", "iso_3166_2"]]
    table.insert(0, "as_of", lists[-1])
    earlier = arrivals.earlier_list(profile, lists)
    change = pd.DataFrame(columns=["share_before", "added", "share_added"], dtype=float)
    if earlier:
        change = arrivals.origin_change(profile, earlier, lists[-1])[change.columns]
    return table.assign(before=earlier).join(change), provinces


def label(category: str) -> str:
    """Return the name of a group."""
    return say("Not listed") if category == "not_listed" else ProfileCategory(category).label


def when(text: str) -> str:
    """Return a partial date in words: a year alone, else its month."""
    return dated(pd.Period(text).start_time, "year" if len(text) == 4 else "month")


def words(provinces: pd.DataFrame, _: GeoDataFrame) -> Words:
    """Return the words: the largest change, or the largest share where there is no earlier list."""
    listed = provinces.drop(index=["not_listed", "origin_other"], errors="ignore")
    both = listed.dropna(subset="share_added").astype({"share_added": float, "share_before": float})
    top = listed["people"].astype(int).idxmax()
    named = {
        "all": provinces["people"].sum(), "as_of": when(provinces["as_of"].iloc[0]),
        "top": label(top), "share": listed.loc[top, "share"],
        "missing": provinces.loc["not_listed", "people"],
    }  # fmt: skip
    title = "{share:%} of arrivals up to {as_of} came from {top}"
    fact = "{share:%} of {all:arrival/arrivals} up to {as_of} came from {top}."
    subtitle = "All {all:n} arrivals in the profile to {as_of} by province of origin, percent."
    if len(both):
        most = (both["share_added"] - both["share_before"]).abs().idxmax()
        named |= {
            "before": when(provinces["before"].iloc[0]), "one": label(most),
            "old": both.loc[most, "share_before"], "new": both.loc[most, "share_added"],
            "added": provinces["added"].sum(),
        }  # fmt: skip
        title = "{old:%} of arrivals to {before} came from {one}, {new:%} since"
        if percent(named["old"]) == percent(named["new"]):
            title = "The provinces of origin of arrivals have not changed since {before}"
        named["parts"] = [
            say(
                "{now:%} came from {name} ({then:%} before)", name=label(category),
                now=row["share_added"], then=row["share_before"],
            )
            for category, row in both.nlargest(3, "added").iterrows()
        ]  # fmt: skip
        fact += " {added:person was/people were} added since {before}: {parts:list}."
        subtitle = (
            "Share of arrivals by province of origin: lines compare all arrivals up to {before} "
            "with the {added:n} added by {as_of}; the map shows all. These are no rates: the data "
            "have no population."
        )
    return Words.of(
        named,
        title=title,
        subtitle=subtitle,
        source="Profile of the Ministry of Unification, without people in protection. {missing:n} "
        "people are in no group of the latest list",
        alt="Lines join each province's share of arrivals before and since, beside a small map "
        "shaded by share of all, darkest for {top} ({share:%}). " + fact,
        fact=fact,
    )


def draw(page: style.Page, provinces: pd.DataFrame, shapes: GeoDataFrame) -> None:
    """Draw the change first, where there is an earlier list, and a small map beside or below."""
    left, bottom, right, top = page.body_mm
    ratio = (NORTH_KM[3] - NORTH_KM[1]) / (NORTH_KM[2] - NORTH_KM[0])
    high = 62 if page.narrow else min(top - bottom, 84)
    wide = high / ratio
    both = provinces.dropna(subset="share_added")
    split = bottom + high + 6
    if len(both):
        box = (left, split, right, top) if page.narrow else (left, bottom, right - wide - 10, top)
        _slopes(style.axes_in(page, box, 30, 5, 32, 9, label="change"), both)
    # In a column the classes stand left of the map.
    beside = 16 if page.narrow else 0
    box = (left + beside, bottom, left + beside + wide, bottom + high)
    if not page.narrow:
        box = (right - wide, top - high, right, top)
    _map(style.axes_in(page, box, label="map"), shapes, provinces, beside)


def strong(provinces: pd.DataFrame) -> pd.Series:
    """Tell which provinces stand out: a share of at least ``NAMED``, before or since."""
    shares = provinces[["share_before", "share_added"]].astype(float).max(axis=1)
    return shares.fillna(provinces["share"].astype(float)).ge(NAMED)


def _slopes(ax: Axes, both: pd.DataFrame) -> None:
    """Draw a line a group from its share before to its share of those added since."""
    ends = both[["share_before", "share_added"]].astype(float).set_axis([0, 1], axis=1)
    named = strong(both)
    for category, row in ends.iterrows():
        colour = style.COLOURS["china"] if named[category] else style.COLOURS["context"]
        ax.plot([0, 1], row, color=colour, linewidth=1 + named[category], marker="o",
                markersize=4.4, clip_on=False, gid="slope", zorder=2 + named[category])  # fmt: skip
    low, high = min(0.0, ends.min().min()), ends.max().max()
    ax.set(xlim=(0, 1), ylim=(low - 0.02 * (high - low), high + 0.02 * (high - low)), yticks=[])
    ax.set_xticks([])
    ax.spines[:].set_visible(False)
    for x, side in ((0, "left"), (1, "right")):
        ax.axvline(x, color=style.FAINT, linewidth=1.0, zorder=1)
        rows = ends[x][named]
        rest = int((~named).sum())
        texts = {
            category: say("{name} {share:%}", name=label(category), share=value)
            for category, value in rows.items()
        }
        places = dict(rows)
        if rest:
            others = ends[x][~named]
            texts["rest"] = say(
                "{n:other/others}, {ends:%range}", n=rest, ends=(others.min(), others.max())
            )
            places["rest"] = float(others.mean())
        order = sorted(places, key=places.get)
        gap = 3.9 * (high - low) / style.size_mm(ax)[1]
        for category, y in zip(order, idioms.apart(map(places.get, order), gap), strict=True):
            weight = 400 if category == "rest" else 600
            idioms.words(ax, x, y, texts[category], side, 2, fontsize=7.5, fontweight=weight,
                         gid="province")  # fmt: skip
    texts = (
        say("all up to\n{when}", when=when(both["before"].iloc[0])),
        say("added by\n{when}", when=when(both["as_of"].iloc[0])),
    )
    for x, text, align in ((0, texts[0], "right"), (1, texts[1], "left")):
        shift = style.offset(ax, 6 if align == "right" else -6, 2.4, ax.transAxes)
        ax.text(x, 1, text, ha=align, va="bottom", fontweight=600, linespacing=1.0, gid="heading",
                transform=shift)  # fmt: skip


def tint(share: float) -> str:
    """Return the fill of a share of all arrivals (0 to 1)."""
    return next(colour for high, colour in CLASSES if share < high)


def _map(ax: Axes, shapes: GeoDataFrame, provinces: pd.DataFrame, beside_mm: float) -> None:
    """Shade the North's provinces by share of all; leave white those the list has no row for."""
    shapes = layers.project(shapes, layers.PENINSULA_CRS)
    west, south, east, north = (1000 * value for value in NORTH_KM)
    fine = (east - west) / style.size_mm(ax)[0] * 0.15
    rows = provinces.reset_index().dropna(subset="iso_3166_2").set_index("iso_3166_2")
    southern = shapes[shapes["adm0_a3"].eq("KOR")]
    southern.clip_by_rect(west, south, east, north).simplify(fine).plot(
        ax=ax, facecolor=style.LAND_OTHER, edgecolor=style.FAINT, linewidth=0.3
    )
    named = strong(provinces) if "share_before" in provinces else pd.Series(dtype=bool)
    for row in shapes[shapes["adm0_a3"].eq("PRK")].itertuples():
        known = row.iso_3166_2 in rows.index
        look = {"facecolor": style.PAPER, "linestyle": ":", "gid": "no-row"}
        if known:
            fill = tint(float(rows.loc[row.iso_3166_2, "share"]))
            look = {"facecolor": fill, "gid": "province"}
        shapes.loc[[row.Index]].geometry.simplify(fine).plot(
            ax=ax, zorder=2, edgecolor=style.MUTED, linewidth=0.5, **look
        )
        if known and named[rows.loc[row.iso_3166_2, "category"]]:
            point = row.geometry.representative_point()
            dark = fill == CLASSES[-1][1]
            text = label(rows.loc[row.iso_3166_2, "category"]).replace(" ", "\n")
            ax.text(point.x, point.y, text, fontsize=7, ha="center", va="center", linespacing=1.0,
                    zorder=6, color=style.PAPER if dark else style.INK, gid="name",
                    path_effects=[style.Halo(1.8, fill)])  # fmt: skip
    ax.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect="equal")
    ax.set(anchor="SW", xlabel="", ylabel="")
    ax.spines[:].set_visible(False)
    _classes(ax, -beside_mm)


def _classes(ax: Axes, x_mm: float) -> None:
    looks = [(colour, "-") for _, colour in CLASSES] + [(style.PAPER, ":")]
    ends = [0.0, *(high for high, _ in CLASSES)]
    texts = [
        say("under {high:%}", high=ends[1]),
        *(
            say("{low:%} to under {high:%}", low=low, high=high)
            for low, high in pairwise(ends[1:-1])
        ),
        say("{low:%} and more", low=ends[-2]),
        "no number",
    ]
    for order, ((colour, line), text) in enumerate(zip(looks, texts, strict=True)):
        y = -2 - 3.6 * order
        wide, high = style.size_mm(ax)
        spot = style.offset(ax, x_mm, y, ax.transAxes)
        ax.add_patch(Rectangle((0, 1), 3.4 / wide, -2.4 / high, transform=spot,
                               facecolor=colour, edgecolor=style.MUTED, linestyle=line,
                               linewidth=0.5, clip_on=False))  # fmt: skip
        ax.text(0, 1, text, fontsize=7, va="center", gid="class",
                transform=style.offset(ax, x_mm + 4.6, y - 1.2, ax.transAxes))  # fmt: skip

"""The figures on the way through China: words of small frames, marks, sizes, other states."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import FancyArrowPatch

from helpers import layers
from helpers.analysis import arrivals
from helpers.figures import (
    origin_by_province,
    prices_claimed,
    staying_in_china,
    transit_counts,
    ways_through_china,
)
from helpers.figures.registry import Figure
from helpers.sentences import arrivals as sentences
from tests import pages
from tests.pages import axes, make
from tests.test_analysis_arrivals import BUCKETS, YEARS, annual, quarterly


def by_gid(items, gid):
    return [item for item in items if item.get_gid() == gid]


def periods(*parts):
    pieces = arrivals.parts(quarterly(*parts, (2001, "q1", 1, 0, 1)))
    main = arrivals.official(annual(*BUCKETS, *YEARS))
    return arrivals.with_running_year(main, pieces), pieces


NOTHING = pd.DataFrame({"year": [], "people": []}), pd.DataFrame({"when": [], "words": []})


@pytest.mark.parametrize(
    ("people", "title", "fact"),
    [
        ((400, 30, 45), "Arrivals fell from 400 in 2002 to at most 45 since 2003",
         "Arrivals were highest in 2002 (400) and lowest in 2003 (30). "
         "The largest fall from one year to the next, 92%, was from 400 in 2002 to 30 in 2003."),
        ((20, 20), "20 people arrived in the South in each year shown",
         "Each single year shown has 20 people."),
        ((20, 8, 20), "Arrivals were highest in 2002 and 2004, at 20 people",
         "Arrivals were highest in 2002 and 2004 (20) and lowest in 2003 (8). "
         "The largest fall from one year to the next, 60%, was from 20 in 2002 to 8 in 2003."),
        ((20, 8), "Arrivals peaked at 20 in 2002; 2003 had 8",
         "Arrivals were highest in 2002 (20) and lowest in 2003 (8). "
         "The largest fall from one year to the next, 60%, was from 20 in 2002 to 8 in 2003."),
    ],
)  # fmt: skip
def test_arrivals_say_what_their_years_hold(people, title, fact):
    rows = [(str(2002 + n), 2002 + n, 2002 + n, many, 1, many - 1) for n, many in enumerate(people)]
    main = arrivals.official(annual(*rows))
    made = make(
        "arrivals-by-year", main, arrivals.parts(quarterly((2002, "h1", 3, 1, 2))), *NOTHING
    )
    assert (made.title, made.fact) == (title, fact)


def test_a_half_year_that_no_yearly_count_has_is_drawn_and_said():
    table, pieces = periods((2003, "h1", 5, 2, 3), (2004, "h1", 4, 1, 3))
    made = make("arrivals-by-year", table, pieces, *NOTHING)
    said = "4 people arrived in the first 6 months of 2004, 5 in the same months of 2003."
    assert made.fact.endswith(said) and sentences.part_year(table, pieces) == said
    page = made.page()
    bars = by_gid(axes(page, "years").patches, "women")
    assert bars[-1].get_width() == pytest.approx(0.41)
    assert bars[-1].get_facecolor()[:3] == (1, 1, 1)
    halves = by_gid(axes(page, "parts").patches, "women")
    assert [bar.get_height() for bar in halves][-2:] == [1.5, 1.5]


def test_without_the_months_of_the_year_before_nothing_is_compared():
    said = partial(sentences.part_year)
    assert said(*periods((2003, "q1", 5, 2, 3), (2004, "h1", 1, 1, 0))) == (
        "1 person arrived in the first 6 months of 2004."
    )
    assert said(*periods((2004, "q1", 1, 1, 0), (2004, "q4", 2, 1, 1))) == (
        "3 people arrived in 6 months of 2004."
    )
    assert said(*periods()) == "No part of a year after 2003 has been counted yet."


def test_sexes_that_were_not_published_have_a_look_of_their_own():
    table, pieces = periods((2003, "h1", 5, None, None))
    page = make("arrivals-by-year", table, pieces, *NOTHING).page()
    assert len(by_gid(axes(page, "years").patches, "unsplit")) == 1
    assert "sex not published" in [text.get_text() for text in axes(page, "key").texts]


@pytest.mark.parametrize("size", pages.SIZES)
def test_lines_of_events_pass_no_words_of_others(size):
    shown = list(pages.frames()(Figure("arrivals-by-year").module.table))
    whens = [1999.2, 2004.5, 2005.1, 2012.0, 2018.9, 2020.1, 2023.5, 2025.2]
    shown[3] = pd.DataFrame({"when": whens, "words": [f"what happened\nin {w:.0f}" for w in whens]})
    page = make("arrivals-by-year", *shown).page(size)
    ax = axes(page, "years")
    boxes = {t.get_text(): box for t, box in pages.boxes(page) if t.get_gid() == "event-words"}
    lines = by_gid(ax.lines, "event")
    assert len(boxes) == len(lines) == len(whens)
    for line in lines:
        (x, low), (_, high) = ax.transData.transform(line.get_xydata()) / page.dpi * pages.MM
        for left, bottom, right, top in boxes.values():
            assert not (left < x < right and max(low, bottom) < min(high, top))


@pytest.mark.parametrize("size", pages.SIZES)
def test_the_name_of_the_last_share_covers_no_dot(size):
    years = [(str(year), year, year, 10, 1, 9) for year in range(2002, 2026)]
    main, pieces = (
        arrivals.official(annual(*years)),
        arrivals.parts(quarterly((2026, "h1", 5, 1, 4))),
    )
    page = make("women-among-arrivals", arrivals.with_running_year(main, pieces)).page(size)
    (dots,) = by_gid(axes(page, "share").collections, "share")
    places = dots.get_offset_transform().transform(dots.get_offsets()) / page.dpi * pages.MM
    (box,) = (box for text, box in pages.boxes(page) if text.get_text().startswith("80%"))
    left, bottom, right, top = box
    assert not [x for x, y in places if left < x < right and bottom < y < top]


@pytest.mark.parametrize(
    ("women", "title", "fact"),
    [
        ((1, 5, 9), "The share of women among arrivals rose from 10% to 90%",
         "Women and girls were 10% of those who arrived in 2002 and 90% of those who arrived in "
         "2004."),
        ((9, 2, 8), "The share of women among arrivals fell from 90% to 80%",
         "Women and girls were 90% of those who arrived in 2002 and 80% of those who arrived in "
         "2004. In between the share fell to 20% in 2003, when 10 people arrived."),
        ((4, 4), "Women were 40% of arrivals at the start and at the end",
         "Women and girls were 40% of those who arrived in 2002 and 40% of those who arrived in "
         "2003."),
        ((3,), "30% of arrivals in 2002 were women and girls",
         "30% of those who arrived in 2002 were women and girls."),
    ],
)  # fmt: skip
def test_women(women, title, fact):
    rows = [(str(2002 + n), 2002 + n, 2002 + n, 10, 10 - w, w) for n, w in enumerate(women)]
    made = make("women-among-arrivals", arrivals.official(annual(*rows)))
    assert (made.title, made.fact) == (title, fact)


def test_sentences_take_their_numbers_from_the_frame():
    main = arrivals.official(annual(*BUCKETS, *YEARS))
    assert sentences.answer(main) == (
        "The Ministry of Unification has counted 44 people who arrived up to 2003. 56% of those"
        " counted by sex were women and girls. The highest count of one year was 20, in 2002; "
        "the lowest was 8, in 2003."
    )
    assert sentences.answer(main.iloc[:0]) == "These data hold no official count of arrivals."
    ranges = pd.DataFrame(
        {"people": [20, 8], "least": [20, 8], "most": [22, 8], "values": [2, 1]}, [2002, 2003]
    )
    assert sentences.revisions(ranges) == (
        "1 of 2 years has more than one published value; the values of one year differ by at "
        "most 10%. Even the lowest value for 2002 (20) is above every value of the other years "
        "(the highest is 8, for 2003)."
    )
    assert sentences.one_group_more(arrivals.single_years(main)) == (
        "A group of 10 people more would raise the count of 2003 by 125%."
    )


def test_origin_leaves_white_what_has_no_row_and_joins_what_both_lists_have():
    made = make("origin-by-province")
    page = made.page()
    slopes = by_gid(axes(page, "change").lines, "slope")
    assert len(slopes) == made.table["share_added"].notna().sum()
    shapes = by_gid(axes(page, "map").collections, "no-row")
    assert [shape.get_facecolor()[0, :3].tolist() for shape in shapes] == [[1, 1, 1]]
    assert not any(shape.get_hatch() for shape in shapes)


@pytest.mark.parametrize(("share", "order"), [(0, 0), (0.01, 1), (0.18, 2), (1.0, 3)])
def test_tint(share, order):
    assert origin_by_province.tint(share) == origin_by_province.CLASSES[order][1]


def transit(*said):
    counts = pd.DataFrame(
        [(2004, 46, "main", "Police, in print"), (2005, 90, "main", "Police, in print"),
         (2005, 40, "recorded", "Bureau"), (2006, 100, "estimated", "A relief group")],
        columns=["year", "people", "kind", "who_says"],
    )  # fmt: skip
    counts = counts.assign(low=counts["people"], high=counts["people"], open="")
    people = pd.Series([100, 80], [2004, 2005])
    shares = pd.DataFrame(said, columns=["period", "value_best", "who_says"]).assign(
        measure="via_country", category="thailand", standing="stands"
    )
    shares["period"] = shares["period"].astype("string")
    return counts, people.to_frame("people"), transit_counts._shares(counts, people, shares)


@pytest.mark.parametrize(
    ("said", "title", "end"),
    [
        ([("2004", 70.0, "Ministry")],
         "Sources put Thailand's share of 2004 arrivals at 46% and 70%",
         "The 46 entries recorded in 2004 are 46% of 100 arrivals (Police, in print). A published "
         "share of 70% for 2004 would be 70 people (Ministry)."),
        ([("2004", 46.0, "Ministry")], "Sources put Thailand's share of 2004 arrivals at 46%",
         "The 46 entries recorded in 2004 are 46% of 100 arrivals (Police, in print)."),
        ([("2009", 46.0, "Ministry")],
         "Published counts of entries into Thailand reach 100 a year",
         "Not every entry becomes an arrival in the same year."),
    ],
)  # fmt: skip
def test_transit_sets_two_shares_of_the_latest_year_side_by_side(said, title, end):
    made = make("transit-counts", *transit(*said))
    assert made.title == title and made.fact.endswith(end)
    assert made.fact.startswith("Police recorded 46 entries in 2004 and 90 in 2005. 80 people")
    pair = by_gid(axes(made.page(), "thailand").collections, "pair")
    assert len(pair) == (2 if "2004" in title else 0)


def test_one_map_a_group_one_arc_a_leg_from_country_to_country():
    made = make("ways-through-china")
    points = ways_through_china.label_points(layers.countries(), layers.koreas())
    maps = [ax for ax in made.page().axes if ax.get_label() != "key"]
    assert [ax.get_label() for ax in maps] == list(made.table["group"].unique())
    for ax in maps:
        arcs = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
        rows = made.table[made.table["group"].eq(ax.get_label())]
        assert [arc.get_gid() for arc in arcs] == [
            f"arc-{r.origin}-{r.target}" for r in rows.itertuples()
        ]
        for arc, row in zip(arcs, rows.itertuples(), strict=True):
            assert abs(arc.get_connectionstyle().rad) == pytest.approx(ways_through_china.BEND)
            assert (arc.get_linestyle() in ("-", "solid")) is not row.flown
            assert np.allclose(arc._posA_posB, [points[row.origin], points[row.target]])


def prices(*rows):
    frame = pd.DataFrame(rows, columns=["currency", "period", "low", "high", "open", "who_says"])
    frame = frame.astype({"low": float, "high": float})
    years = frame["period"].astype(float)
    point = frame["low"].where(frame["low"].eq(frame["high"]))
    return frame.assign(first=years, last=years + 0.5, point=point)


@pytest.mark.parametrize(
    ("rows", "title", "start"),
    [
        ([("cny", "2001", 100, 200, "", "A"), ("cny", "2009", 900, 1200, "", "A"),
          ("cny", "2010", 9000, None, "up", "A")],
         "One source's price for crossing the river rose 4 to 12 times",
         "A named 100 to 200 Chinese yuan (2001) and 900 to 1,200 (2009), 4 to 12 times as much. "
         "The first and the last published prices are 100 to 200 (2001, A) and at least 9,000 "
         "(2010, A) Chinese yuan."),
        ([("usd", "2001", 3e6, 3e6, "", "A"), ("usd", "2009", 2e6, 2e6, "", "A")],
         "One source's price for crossing the river fell by 33%", "A named 3 million US"),
        ([("krw", "2001", 100, 300, "", "A"), ("krw", "2009", 200, 400, "", "A")],
         "One source's prices for crossing the river did not clearly change", "A named 100 to 300"),
        ([("krw", "2001", None, 300, "down", "A")],
         "1 price is published for crossing the river into China",
         "The first and the last published prices are at most 300 South Korean won (2001, A)."),
    ],
)  # fmt: skip
def test_prices_compare_one_source_in_one_currency(rows, title, start):
    made = make("prices-claimed", prices(*rows))
    assert made.title == title and made.fact.startswith(start)
    page = made.page()
    assert pages.overlaps(page) == []
    assert all(ax.get_yscale() == "log" for ax in page.axes if ax.get_label() != "key")


def test_prices_of_nothing_and_of_no_time_are_left_out():
    table = prices_claimed.table(pages.frames())
    costs = pages.frames()["route_costs"]
    assert len(table) == costs["leg"].eq("river_crossing").sum() == 11
    assert table["currency"].unique().tolist() == ["cny", "krw"]


def staying(*rows):
    frame = pd.DataFrame(rows, columns=["year", "low", "high", "open", "who_says"])
    return frame.assign(point=frame["low"].where(frame["low"].eq(frame["high"])), standing="stands",
                        period=frame["year"].astype(str))  # fmt: skip


def test_an_open_end_makes_the_factor_a_least_one():
    table = staying_in_china.spread(
        staying((2001, None, 10.0, "down", "A"), (2001, 100.0, 300.0, "", "B"),
                (2002, 10.0, 50.0, "", "A"), (2002, 40.0, 300.0, "", "B"))
    )  # fmt: skip
    assert table.loc[2001].tolist() == [2, 10, 300, 30, True, 10]
    assert table.loc[2002].tolist() == [2, 10, 300, 30, False, 0.8]


@pytest.mark.parametrize(
    ("rows", "title", "fact"),
    [
        ([(2001, 90.0, 90.0, "", "A"), (2001, None, 30.0, "down", "B"),
          (2005, 40.0, 40.0, "", "A")],
         "One source's estimate for China fell from 90 to 40 people",
         "3 estimates from 2001 to 2005 name 30 to 90 people. They differ most for 2001: the "
         "highest end is at least 3 times the lowest. Some exclude each other: even their nearest "
         "ends are 3 times apart. One source spoke more than once: A, with 90 for 2001 and 40 for "
         "2005."),
        ([(2001, 90.0, 100.0, "", "A")], "Estimates of North Koreans in China range from 90 to 100",
         "1 estimate in 2001 names 90 to 100 people."),
    ],
)  # fmt: skip
def test_staying(rows, title, fact):
    made = make("staying-in-china", staying(*rows))
    assert (made.title, made.fact) == (title, fact)
    page = made.page("column")
    assert len(by_gid(axes(page, "staying").texts, "estimate-words")) == len(rows)

"""Figures and sentences of the context: words exact by hand, pages of odd data, other worlds."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import context, register
from helpers.figures.registry import Figure
from helpers.sentences import context as sentences
from tests import pages
from tests.pages import drawn, make
from tests.test_analysis_context import UNTIL, arrivals, few, totals  # noqa: F401


def words(slug, *shown):
    return Figure(slug).module.words(*shown)


def scale(direct=23, jsa=1, missing=11, everyone=9_800):
    counts = {"arrivals": everyone, "direct": direct, "jsa": jsa, "dmz_land": direct - jsa}
    counts |= dict.fromkeys(["han_estuary", "yellow_sea", "east_sea", "air"], 0)
    table = pd.Series(counts | {"missing": missing}, name="people").rename_axis("group")
    return table.reset_index().assign(last_year=2012)


def people(*rows):
    return pd.DataFrame(rows, columns=["incident_id", "route", "people", "citizen"])


def periods(*rows):
    names = ["period", "first_year", "last_year", "arrivals", "direct", "jsa", "missing"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(share=(table["direct"] + table["missing"]) / table["arrivals"])


def rates(land, jsa, **bases):
    table = pd.DataFrame(
        {"year": [2005] * (land + jsa), "route": ["dmz_land"] * land + ["jsa"] * jsa}
    )
    return context.rates(table, bases or {"clear": (2002, 2013)})


def who(*rows):
    table = pd.DataFrame(rows, columns=["date", "way", "group"])
    table["incident_id"] = [f"i{number}" for number in range(len(table))]
    return table.assign(date=pd.to_datetime(table["date"]))


def test_scale_in_words():
    said = words(
        "whole-scale", scale(), people(("a", "jsa", 1, "North"), ("b", "jsa", 2, "foreign"))
    )
    assert said.title == "Of 9,800 arrivals, 1 is known to have come through the JSA"
    assert said.fact == (
        "The register records that 23 of 9,800 arrivals to the end of 2012 came directly from "
        "the North (0.2%), 1 of them through the JSA. With official counts at least 34 did "
        "(0.3%). 2 foreigners also crossed the JSA; foreigners do not count as arrivals."
    )
    said = words("whole-scale", scale(jsa=0, missing=0), people(("c", "air", 1, "not stated")))
    assert said.title == "Of 9,800 arrivals, none is known to have come through the JSA"
    assert said.fact.endswith(
        "0 of them through the JSA. 1 person of foreign or unstated nationality came by other "
        "routes and is in no step."
    )


def test_soldiers_of_unstated_nationality_are_no_foreigners():
    said = words("whole-scale", scale(), people(("a", "jsa", 2, "not stated")))
    assert "foreigner" not in said.fact
    assert "The nationality of 2 people who crossed the JSA is mixed or not stated" in said.fact


def test_shares_in_words():
    table = periods(
        ("to 1998", 1953, 1998, 100, 10, 3, 5), ("1999-2018", 1999, 2018, 1000, 4, 0, 0),
        ("2019", 2019, 2019, 500, 5, 1, 0), ("2020", 2020, 2020, 400, 3, 0, 0),
    )  # fmt: skip
    said = words("direct-share", table)
    assert said.title == "From 1999 to 2019 known direct arrivals were 0.6% of all arrivals"
    assert said.fact == (
        "Up to 1998 at least 15 of 100 arrivals came directly (15.0%): 10 are in the register, "
        "5 more in official counts. From 1999 to 2019 at least 9 of 1,500 arrivals came "
        "directly (0.6%). In 2020 at least 3 of 400 arrivals came directly (0.8%)."
    )
    assert words("direct-share", table.iloc[:1]).title == (
        "15 of 100 arrivals are known to have come directly"
    )
    assert words("direct-share", table.iloc[3:]).title.startswith("3 of 400 arrivals are known")


TIMES = "That is {} times as many (95% interval {} to {})."


@pytest.mark.parametrize(
    ("land", "jsa", "ratio"),
    [
        (21, 2, TIMES.format("10.5", "2.6", "92")),
        (2, 2, TIMES.format("1.0", "0.1", "14")),
        (3, 0, "The JSA saw none, so no ratio can be given."),
        (0, 0, "0.00 a year (0.00 to 0.31)."),
    ],
)
def test_rates_in_words(land, jsa, ratio):
    said = words("rates-by-route", rates(land, jsa))
    assert said.fact.endswith(ratio)
    plural = "crossing" if land == 1 else "crossings"
    assert said.title == f"The land line has seen {land} {plural} since 2002, the JSA {jsa}"


def test_rates_name_the_years_that_an_office_counted():
    said = words("rates-by-route", rates(4, 1, clear=(2002, 2013), checked=(2004, 2006)))
    assert said.fact.endswith(
        "From 2004 to 2006, when an office counted too, the JSA saw 1 and the land line 4."
    )


def test_waits_in_words(few):  # noqa: F811
    jsa = few[few["route"] == "jsa"]
    said = [words("jsa-waits", context.waits(jsa.iloc[:number], UNTIL)) for number in range(4)]
    assert [one.title for one in said] == [
        "No crossing of the JSA is known in 61 years", "The JSA saw 1 crossing in 61 years",
        "Waits between crossings of the JSA lasted 20 years",
        "Waits between crossings of the JSA lasted 20 to 30 years",
    ]  # fmt: skip
    assert said[3].fact == (
        "3 crossings of the JSA are known from 27 July 1953 to 27 July 2014: 1 in 20 years (95%"
        " interval from 1 in 7 to 1 in 99). They are 20.0 to 30.0 years apart."
    )
    assert "31.0 (1983 to the end of 2014)" in said[2].alt
    days = pd.to_datetime(["1983-07-27", "2014-03-01", "2014-05-01"])
    near = words("jsa-waits", context.waits(jsa.assign(date=days, date_end=days), UNTIL))
    assert near.title == "Waits between crossings of the JSA lasted at most 31 years"
    assert "0.2 (within 2014) and 0.2 (rest of 2014)" in near.alt


def test_who_came_in_words():
    rows = [("2003-01-01", "JSA", "In uniform"), ("2004-01-01", "Land line", "In uniform")]
    rows += [("2005-01-01", "Water", "Civilians")] * 3 + [("2006-01-01", "Land line", "Civilians")]
    said = words("soldiers-and-civilians", who(*rows, ("2007-01-01", "Water", "Not stated")))
    assert said.title == "Since 2003 soldiers came only by land, civilians mostly by water"
    assert said.fact == (
        "7 crossings to the South are known from 2003 to 2007. 2 of 2 crossings by people in "
        "uniform went by land, 1 of them through the JSA. 3 of 4 crossings by civilians went by"
        " water. In 1 case the group is mixed or not stated."
    )
    tied = words("soldiers-and-civilians", who(*rows[:2], *rows[4:]))
    assert tied.title == "4 crossings are known since 2003"


def test_sentences_beside_no_figure(few):  # noqa: F811
    assert sentences.later(few, UNTIL) == (
        "All 5 known crossings took place before the end of 2014."
    )
    assert sentences.later(few, pd.Timestamp(2012, 12, 31)).startswith(
        "1 crossing after the end of 2012 is in no share, rate or wait of this notebook"
    )
    known = totals(("jcs_2016", "direct_all", "2011", "2013-06", 24))
    gaps = context.apart(context.official_gaps(few, known))
    assert sentences.minimum(few, gaps) == (
        "At least 29 people crossed directly: 26 are in the register, and offices counted 3 more "
        "(3 from 2011 to June 2013)."
    )
    assert sentences.minimum(few, gaps.iloc[:0]).endswith("no official count exceeds that.")
    assert sentences.unseen(few).startswith("The sources of 1 of 5 counted crossings name")
    assert "No crossing of the land line is known before 2002" in sentences.before(
        few, (2002, 2013)
    )
    assert sentences.nearest(few, pd.Series(dtype=int), 5).endswith("is not in these data.")
    named = few.assign(date_precision="month").replace({"e": register.CROSSING_2017})
    alike = pd.Series({"c": 1, "d": 3, register.CROSSING_2017: 5})
    assert sentences.nearest(named, alike, 5).endswith("nearest in time is that of October 2011.")
    gaps = context.official_gaps(few, totals(("jcs_2016", "direct_all", "2013", "2013", 4)))
    assert "offices counted 3 more (3 in 2013)." in sentences.minimum(few, gaps)
    table = arrivals(("to 2012", None, 2012, 100))
    said = sentences.answer(few.iloc[:4], table, (2002, 2012))
    assert said.startswith("The register records that 23 of 100 arrivals to the end of 2012")
    assert "In 59 years up to then the area saw 2 crossings" in said and said.endswith(
        "; from 2002 on it saw 0 of the 2 known crossings."
    )


def test_waiting_speaks_of_2017_only_where_it_is(few):  # noqa: F811
    jsa = few[few["route"] == "jsa"]
    waits = context.waits(jsa, UNTIL)
    assert "2017" not in sentences.waiting(waits)
    waits = waits.replace({"incident_id": {"e": register.CROSSING_2017}})
    assert sentences.waiting(waits).startswith(
        "30.0 years passed before the crossing of 27 July 2013"
    )
    none = sentences.waiting(context.waits(jsa.iloc[:0], UNTIL))
    assert none == "Without a crossing there is no wait to compare."


ODD = {
    "whole-scale": [
        (scale(2900, 900, 400, 80_000), people(("a", "jsa", 40, "North"),
                                               ("b", "jsa", 3, "foreign"),
                                               ("c", "jsa", 2, "not stated"))),
        (scale(1, 1, 0, 3), people(("a", "jsa", 1, "North"))),
    ],
    "direct-share": [
        (periods(("to 1998", 1953, 1998, 947, 0, 0, 0)),),
        (periods(*[(str(y), y, y, 4000 if y % 2 else 12, y % 5, 0, y % 2)
                   for y in range(1999, 2028)]),),
    ],
    "rates-by-route": [(rates(0, 0),), (rates(90, 12, clear=(2002, 2003), checked=(2004, 2006)),)],
    "jsa-waits": [
        (pd.DataFrame({"incident_id": [None], "start": [register.ARMISTICE], "end": [UNTIL],
                       "kind": ["open"], "years": [61.0], "about": [False]}),),
        (pd.DataFrame({"incident_id": ["a", None], "start": [register.ARMISTICE] * 2,
                       "end": [UNTIL] * 2, "kind": ["first", "open"], "years": [55.0, 6.0],
                       "about": [True, False]}),),
    ],
    "soldiers-and-civilians": [
        (who(("2003-01-01", "Air", "Mixed group")),),
        (who(*[("2003-01-01", way, group) for way in ("JSA", "Water") for group in
               ("In uniform", "Civilians") for _ in range(90)]),),
    ],
}  # fmt: skip


@pytest.mark.parametrize("slug", ODD)
def test_pages_hold_their_words_on_any_data(slug):
    for shown in ODD[slug]:
        assert len(make(slug, *shown).title.split()) <= 12
        for size in pages.SIZES:
            drawn(slug, size, *shown)


@pytest.mark.parametrize("size", ["column", "slide"])
def test_each_size_counts_out_the_same(size):
    shown = scale(), people(("a", "jsa", 1, "North"), ("b", "jsa", 2, "foreign"))
    kinds = ["arrivals", "direct", "dmz_land", "missing", "North", "foreign"]
    page = drawn("whole-scale", size, *shown)
    assert [pages.marks(page, kind) for kind in kinds] == [977, 3, 22, 11, 1, 2]

"""Sentences from templates: each format, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from babel.messages.pofile import read_po

from helpers.data.tables import TABLES
from helpers.languages import speaking
from helpers.words import say
from tests.conftest import ROOT

DAY = pd.Timestamp(2017, 11, 13)


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{x}", 2017, "2017"),
        ("{x:n}", 34537, "34,537"),
        ("{x:n}", np.int64(999), "999"),
        ("{x:n1}", 8.44, "8.4"),
        ("{x:g}", 2.50, "2.5"),
        ("{x:+n}", 12, "+12"),
        ("{x:+n}", -12, "-12"),
        ("{x:%}", 0.072, "7%"),
        ("{x:%}", 0.0073, "0.7%"),
        ("{x:%}", 0.00026, "0.03%"),
        ("{x:%}", 0.0099, "1%"),
        ("{x:%}", 0.0, "0%"),
        ("{x:%1}", 0.208, "20.8%"),
        ("{x:crossing/crossings}", 1, "1 crossing"),
        ("{x:crossing/crossings}", 0, "0 crossings"),
        ("{x:crossing/crossings}", 1200, "1,200 crossings"),
        ("{x:=is/are}", 1, "is"),
        ("{x:=is/are}", 2, "are"),
        ("{x:in}", 1 / 311.4, "1 in 310"),
        ("{x:in}", 0.5, "1 in 2"),
        ("{x:day}", DAY, "13 November 2017"),
        ("{x:month}", DAY, "November 2017"),
        ("{x:range}", (2010, 2015), "2010 to 2015"),
        ("{x:range}", (2010, 2010), "2010"),
        ("{x:when}", (2010, 2015), "from 2010 to 2015"),
        ("{x:when}", (2010, 2010), "in 2010"),
        ("{x:period}", ("2010-01-01", "2010-12-31"), "2010"),
        ("{x:period}", ("1953-01-01", "1983-05-31"), "1953 to May 1983"),
        ("{x:period}", ("2015-01-01", "2015-07-31"), "January to July 2015"),
        ("{x:period}", ("2025-06-01", "2025-06-30"), "June 2025"),
        ("{x:period}", ("1998-02-01", "2000-12-31"), "February 1998 to 2000"),
        ("{x:period}", ("2025-06-01", "2025-12-31"), "June to December 2025"),
        ("{x:period}", ("2017-01-01", "2017-12-21"), "January to 21 December 2017"),
        ("{x:nrange}", (1200, 3400), "1,200 to 3,400"),
        ("{x:%range}", (0.03, 0.14), "3% to 14%"),
        ("{x:list}", ["a"], "a"),
        ("{x:list}", ["a", "b", "c"], "a, b and c"),
        ("{x:list}", [], ""),
    ],
)
def test_formats(template, value, expected):
    if "period" in template:
        value = tuple(map(pd.Timestamp, value))
    assert say(template, x=value) == expected


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, pd.NA, pd.NaT, (1, None)])
@pytest.mark.parametrize("spec", ["", ":n", ":day", ":range"])
def test_a_missing_value_is_never_printed(value, spec):
    with pytest.raises(ValueError, match="no value"):
        say(f"{{x{spec}}}", x=value)


def test_an_unknown_format_or_name_is_refused():
    with pytest.raises(ValueError, match="unknown format"):
        say("{x:zz}", x=1)
    with pytest.raises(KeyError):
        say("{y}", x=1)


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{x:day}", DAY, "2017년 11월 13일"),
        ("{x:month}", DAY, "2017년 11월"),
        ("{x:when}", (2010, 2015), "2010~2015년"),
        ("{x:when}", (2010, 2010), "2010년"),
        ("{x:period}", ("1953-01-01", "1983-05-31"), "1953년~1983년 5월"),
        ("{x:period}", ("2015-01-01", "2015-07-31"), "2015년 1월~7월"),
        ("{x:period}", ("2017-01-01", "2017-12-21"), "2017년 1월~12월 21일"),
        ("{x:%range}", (0.03, 0.14), "3%~14%"),
        ("{x:list}", ["가", "나", "다"], "가, 나, 다"),
        ("{x:in}", 1 / 311.4, "310분의 1"),
        # A particle follows the last sound, read aloud: digits, signs and letters included.
        ("{x}은(는)", "판문점", "판문점은"),
        ("{x}은(는)", "어부", "어부는"),
        ("{x:n}이(가)", 1980, "1,980이"),
        ("{x:n}을(를)", 12, "12를"),
        ("{x:%}을(를)", 0.07, "7%를"),
        ("{x}(으)로", "길", "길로"),
        ("{x}(으)로", "강", "강으로"),
        ("{x}과(와)", "공동경비구역(JSA)", "공동경비구역(JSA)과"),
        ("{x}이(가)", "JSA", "JSA가"),
        ('"{x}"(이)라', "NLL", '"NLL"이라'),
    ],
)
def test_korean_formats_and_particles(template, value, expected):
    if "period" in template:
        value = tuple(map(pd.Timestamp, value))
    with speaking("ko"):
        assert say(template, x=value) == expected


def test_korean_texts_of_tables_are_of_texts_that_the_tables_hold():
    with (ROOT / "src/helpers/languages/ko/names.po").open("rb") as file:
        messages = [one for one in read_po(file) if "." in "".join(one.auto_comments)]
    said = pd.DataFrame({"of": one.auto_comments[0], "text": one.id} for one in messages)
    assert len(said) > 500
    for of, texts in said.groupby("of")["text"]:
        table, column = of.removeprefix("data: ").split(".")
        cells = pd.read_csv(ROOT / "data" / TABLES[table].path, usecols=[column], dtype=str)
        assert texts[~texts.isin(cells[column])].empty, of


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no language 'fr': one of en, ko"), speaking("fr"):
        pass

"""The first figure holds a bar a year and words that its frame asks for, in every size."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import style
from helpers.catalogue import start as figures
from helpers.charts import start as charts
from helpers.facts import start as facts
from tests import pages
from tests.test_charts_register import WORDS, axes, words


@pytest.fixture
def years():
    return pd.Series([900, 1200, 1100, 30, 45], index=[2015, 2016, 2017, 2018, 2019])


@pytest.mark.parametrize("size", style.SHEETS)
def test_a_bar_a_year_the_subject_in_its_colour_the_last_hatched(years, size):
    page = charts.arrivals(years, 2017, *WORDS, size=size)
    bars = axes(page, "years").patches
    assert [bar.get_height() for bar in bars] == list(years)
    assert style.COLOURS["subject"] == style.mpl.colors.to_hex(bars[2].get_facecolor()).upper()
    assert [bool(bar.get_hatch()) for bar in bars] == [False] * 4 + [True]
    assert [word for word in words(axes(page, "years")) if word] == ["1,200", "1,100", "30"]
    assert pages.off_page(page) == [] and pages.overlaps(page) == []


def test_in_a_column_no_number_lies_over_the_bar_before_it(years):
    page = charts.arrivals(years, 2017, *WORDS, size="column")
    ax = axes(page, "years")
    ends = {bar.get_x(): bar for bar in ax.patches}
    for text, box in pages.boxes(page):
        if text.get_text() == "1,100":
            left = ax.transData.inverted().transform((box[0] / pages.MM * page.dpi, 0))[0]
            assert left > sorted(ends)[1] + 0.72


def test_words_by_hand(years):
    figure = figures.arrivals(years)
    assert figure.title == "Arrivals in the South peaked at 1,200 in 2016 and fell to 30 in 2018"
    assert figure.fact == "From 2015 to 2019 3,275 people arrived, 1,100 of them in 2017."
    assert figure.alt == (
        "A bar for each year: 900 in 2015, a peak of 1,200 in 2016, 1,100 in 2017, 30 in 2018, "
        "45 in 2019."
    )
    assert "by year, 2015 to 2019" in facts.subtitle(years)
    assert figure.table.index.name == "year" and figure.table.iloc[:, 0].sum() == 3275

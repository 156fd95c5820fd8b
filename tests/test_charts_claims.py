"""The chart of the claims holds a mark a voice, a number a value, and legible words."""

from __future__ import annotations

import pytest

from helpers import export, style
from helpers.charts import claims as charts
from helpers.derive import claims as derive
from tests import pages
from tests.test_derive_claims import small  # noqa: F401


@pytest.fixture
def draw(small):  # noqa: F811
    claims, evidence, facts, sources = small
    weighed = derive.weigh(*small)
    heard = derive.voices(claims, evidence, sources)
    published = derive.values(claims, evidence, facts)
    words = ("The finding", "What", "Data: a table.")
    return lambda size="full": charts.checked(weighed, heard, published, *words, size=size)


@pytest.fixture
def page(draw):
    return draw()


def marks(page, gid):
    found = [item for ax in page.axes for item in ax.collections if item.get_gid() == gid]
    return sum(len(item.get_offsets()) for item in found)


def words(page, gid):
    return [text.get_text() for ax in page.axes for text in ax.texts if text.get_gid() == gid]


def test_one_mark_a_voice(page):
    sides = {side: marks(page, side) for side in charts.LOOK}
    assert sides == {"for": 1, "narrowing": 2, "against": 1, "set_aside": 1}
    assert marks(page, "first-hand") == 1


def test_groups_with_their_counts(page):
    assert words(page, "verdict") == ["Holds with a range: 1", "Cannot be checked: 1"]
    assert words(page, "claim") == ["Five wounds.", "A treaty."]


def test_numbers_once_a_place_and_none_set_aside(page):
    assert words(page, "number") == ["5", "6"]
    assert marks(page, "number-for") == 1 and marks(page, "number-narrowing") == 2


def test_words_are_legible_and_inside(page):
    page.canvas.draw()
    box = page.bbox
    for text in page.findobj(lambda artist: hasattr(artist, "get_fontsize")):
        if text.get_text().strip():
            assert text.get_fontsize() >= 7
            edge = text.get_window_extent()
            assert box.x0 <= edge.x0 and edge.x1 <= box.x1


def test_same_bytes(page):
    assert export.render(page, "png", 72) == export.render(page, "png", 72)


@pytest.mark.parametrize("size", style.SHEETS)
def test_every_size_keeps_its_marks_and_its_words_apart(draw, size):
    page, full = draw(size), draw()
    assert pages.off_page(page) == [] and pages.overlaps(page) == []
    for gid in [*charts.LOOK, "first-hand", "number-for", "number-narrowing"]:
        assert marks(page, gid) == marks(full, gid)
    for gid in ("verdict", "number", "key"):
        assert words(page, gid) == words(full, gid)


def test_a_slide_has_two_lists_and_the_rest_one(draw):
    for size in style.SHEETS:
        lists = [ax for ax in draw(size).axes if ax.get_label() == "claims"]
        assert len(lists) == (2 if size == "slide" else 1)


@pytest.mark.parametrize("size", ["column", "slide"])
def test_numbers_stand_below_the_voices_where_it_is_narrow(draw, size):
    axes = draw(size).axes
    spots = {
        gid: [tuple(item.get_offsets()[0]) for ax in axes for item in ax.collections
              if item.get_gid() == gid]
        for gid in ("narrowing", "number-narrowing")
    }  # fmt: skip
    assert max(y for _, y in spots["number-narrowing"]) < min(y for _, y in spots["narrowing"])


def test_two_lists_are_cut_at_a_verdict_and_bear_the_key_under_the_shorter(draw):
    first, second, key = draw("slide").axes
    heads = [text.get_text() for ax in (first, second) for text in ax.texts
             if text.get_gid() == "verdict"]  # fmt: skip
    assert heads == ["Holds with a range: 1", "Cannot be checked: 1"]
    assert key.get_position().x0 == pytest.approx(second.get_position().x0)

"""The chart of the claims holds a mark a voice, a number a value, and legible words."""

from __future__ import annotations

import pytest

from helpers import export
from helpers.charts import claims as charts
from helpers.derive import claims as derive
from tests.test_derive_claims import small  # noqa: F401


@pytest.fixture
def page(small):  # noqa: F811
    claims, evidence, facts, sources = small
    weighed = derive.weigh(*small)
    heard = derive.voices(claims, evidence, sources)
    published = derive.values(claims, evidence, facts)
    return charts.checked(weighed, heard, published, "The finding", "What", "Data: a table.")


def marks(page, gid):
    [ax] = page.axes
    found = [item for item in ax.collections if item.get_gid() == gid]
    return sum(len(item.get_offsets()) for item in found)


def words(page, gid):
    [ax] = page.axes
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


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

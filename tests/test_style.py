"""The page: words that fit, fonts that come with packages, colours by role."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.data.vocab import Route
from helpers.figures import lettering, style
from tests.conftest import ROOT


def test_a_chart_of_your_own_gets_our_look_and_words(tmp_path, monkeypatch):
    """The recipe of CONTRIBUTING.md, to the letter."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("in the same look")[2]
    recipe = text.partition("```python")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    with mpl.rc_context():
        exec(recipe, space := {})
        fig, ax = space["fig"], space["ax"]
        assert ax.get_xticklabels()[0].get_fontname() == "Fira Sans"
    boxes = {text.get_gid(): text.get_window_extent() for text in fig.texts}
    inner = ax.get_tightbbox()
    assert boxes["source"].y1 <= inner.y0 and inner.y1 <= boxes["subtitle"].y0
    assert boxes["subtitle"].y1 <= boxes["title"].y0 + 1 and fig.get_figheight() > 3
    assert b"Events on record" in (tmp_path / "events.svg").read_bytes()


def test_fonts_come_with_the_packages():
    lettering.add()
    for family, weight in [
        ("Fira Sans", "normal"),
        ("Fira Sans", "bold"),
        ("Noto Sans KR", "bold"),
    ]:
        file = font_manager.findfont(
            font_manager.FontProperties(family=family, weight=weight), fallback_to_default=False
        )
        assert "site-packages" in file or "helpers/figures/fonts" in file


def test_title_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="at most 2"):
        style.page("word " * 80, "subtitle", "source")


def test_words_stay_on_the_page():
    fig = style.page(
        "A title of some length that needs two lines to be written in full, " * 2,
        "A subtitle of some length, " * 6,
        "A source line of some length, " * 9,
    )
    renderer = FigureCanvasAgg(fig).get_renderer()
    width, height = fig.canvas.get_width_height()
    boxes = [text.get_window_extent(renderer) for text in fig.texts]
    for box in boxes:
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height
    title, subtitle, _ = boxes
    assert subtitle.y1 <= title.y0 + 1


def test_body_lies_between_words():
    fig = style.page("Title", "Subtitle", "Source")
    ax = style.axes(fig)
    renderer = FigureCanvasAgg(fig).get_renderer()
    box = ax.get_window_extent(renderer)
    title, subtitle, source = (text.get_window_extent(renderer) for text in fig.texts)
    assert source.y1 < box.y0 < box.y1 < subtitle.y0 < title.y1


def test_every_route_has_a_colour():
    assert {route.role for route in Route} <= set(style.COLOURS)
    assert style.COLOURS[Route.JSA.role] == "#B34E00"

"""Tables for people: sides, gaps, groups, and nothing that a browser would run."""

from __future__ import annotations

import pandas as pd

from helpers.notebooks.tables import shown


def test_text_to_the_left_numbers_to_the_right_and_gaps():
    frame = pd.DataFrame(
        {
            "who": ["a <b>", None],
            "day": [pd.Timestamp(2017, 11, 13), pd.NaT],
            "n": pd.array([1, None], "Int64"),
            "share": [0.12345, 2.0],
        },
        index=pd.Index(["x", "y"], name="key"),
    )
    html = shown(frame).data
    assert 'text-align:left">a &lt;b&gt;</td>' in html and "<b>" not in html
    assert 'text-align:right">1</td>' in html and 'text-align:right"></td>' in html
    assert "2017-11-13" in html and ">0.123<" in html and ">2<" in html
    assert html.index("key") < html.index("who") and "<style" not in html


def test_groups_have_a_head():
    frame = pd.DataFrame({"verdict": ["B", "A", "B"], "claim": ["one", "two", "three"]})
    html = shown(frame, by="verdict").data
    assert html.count("<tr>") == 6 and html.index(">B<") < html.index(">one<") < html.index(">A<")
    assert html.index(">three<") < html.index(">A<")

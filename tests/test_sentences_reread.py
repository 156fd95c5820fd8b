"""Every number, year and superlative that a figure says is read again from the frames it shows.

The frames are those of the project and cuts of them: the first row, the last ones, the later half,
every other row, and one row twice, which makes a tie. What a figure says of them must be in them.
"""

from __future__ import annotations

import itertools
import re

import numpy as np
import pandas as pd
import pytest

from helpers.figures.frames import Frames
from helpers.figures.registry import entries

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?")
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
DAY = re.compile(
    r"\b\d{1,2} (?=(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b)|\b\d\d:\d\d\b"
)
MOST = re.compile(r"\b(?:most|fewest|highest|lowest|at most|largest|longest)\b", re.I)
HISTORY = {1953, 2017}
"""The armistice, and the crossing that the project is named after."""
SMALL = 12
"""Up to here a number may count what is seen, not what is tabled: rows, panels, steps."""

CUTS = {
    "whole": lambda frame: frame,
    "one row": lambda frame: frame.iloc[:1],
    "last rows": lambda frame: frame.iloc[-3:],
    "later half": lambda frame: frame.iloc[len(frame) // 2 :],
    "every other": lambda frame: frame.iloc[::2],
}


def frames_of(shown):
    frames = [frame for frame in shown if isinstance(frame, pd.DataFrame)]
    return [pd.DataFrame(frame.drop(columns="geometry", errors="ignore")) for frame in frames]


def amounts(shown):
    """Return every amount that can be read off the frames: cells, counts, sums, by any group."""
    found: set[float] = set()
    for frame in frames_of(shown):
        frame = frame.reset_index()
        numeric = frame.select_dtypes("number").astype(float)
        found.update(numeric.to_numpy().ravel().tolist())
        found.update([len(frame), *numeric.sum(), *frame.nunique(dropna=True)])
        for column in frame.columns:
            keys = frame[column]
            if keys.dtype == object or str(keys.dtype) in ("string", "str", "bool", "category"):
                keys = keys.astype(str)
            if keys.nunique() > 40:
                continue
            groups = frame.groupby(keys.to_numpy())
            found.update(groups.size())
            found.update(groups[numeric.columns.tolist()].sum(numeric_only=True).to_numpy().ravel())
            found.update(groups.size().cumsum())
        found.update(numeric.sum(axis=1))
        found.update(np.diff(numeric.to_numpy(), axis=0).ravel())
        totals = numeric.fillna(0).cumsum().to_numpy()
        for first, last in itertools.combinations(range(min(len(totals), 40)), 2):
            found.update(totals[last] - totals[first])
    return {abs(value) for value in found if np.isfinite(value)}


def years(shown):
    found = set(HISTORY)
    for frame in frames_of(shown):
        text = " ".join(map(str, frame.reset_index().to_numpy().ravel()))
        found |= {int(year) for year in re.findall(r"(?:19|20)\d\d", text)}
    return found | {year + 1 for year in found} | {year - 1 for year in found}


def near(said, values):
    """Tell whether a printed number is one of the values, rounded as it is printed."""
    decimals = len(said.partition(".")[2])
    return np.any(np.abs(float(said.replace(",", "")) - values) <= 0.5 * 10**-decimals + 1e-9)


def can_be_read(said, known):
    """Tell whether a printed number is an amount, a percentage, or made of two amounts."""
    known = np.array(sorted(known))
    if near(said, known) or near(said, 100 * known):
        return True
    b, a = np.meshgrid(known, known)
    apart = ~np.eye(len(known), dtype=bool) & (b != 0)
    a, b = a[apart], b[apart]
    return any(near(said, read) for read in (100 * a / b, a / b, a - b, a + b, 100 - 100 * a / b))


def ends(shown):
    """Return the least and the most of every column of numbers, and of the sizes of its groups."""
    found: set[float] = set()
    for frame in frames_of(shown):
        frame = frame.reset_index()
        for column in frame.columns:
            sizes = frame[column].value_counts()
            numbers = frame[column] if column in frame.select_dtypes("number") else sizes
            found |= {float(end) for end in (numbers.min(), numbers.max()) if pd.notna(end)}
    return found


@pytest.fixture(scope="module")
def frames(root):
    return Frames(root / "data")


def shown_by(slug, frames):
    own = frames(entries()[slug].module.table)
    return own if isinstance(own, tuple) else (own,)


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("slug", list(entries()))
def test_what_is_said_is_in_the_frames(frames, slug, cut):
    shown = shown_by(slug, frames)
    if cut != "whole" and len(shown) > 1:
        pytest.skip("frames that belong together are cut together: tests/test_worlds.py")
    shown = (CUTS[cut](shown[0]), *shown[1:])
    made = entries()[slug].make(frames, *shown)
    known, when = amounts(shown), years(shown)
    for text in (made.title, made.fact):
        assert text and not re.search(r"\bnan\b", text)
        plain = YEAR.sub("", DAY.sub("", text))
        assert {int(year) for year in YEAR.findall(text)} <= when, text
        for said in NUMBER.findall(plain):
            if float(said.replace(",", "")) > SMALL:
                assert can_be_read(said, known), f"{said} in: {text}"
        numbers = NUMBER.findall(plain)
        if MOST.search(text) and numbers:
            known_ends = np.array(list(ends(shown)))
            extremes = [near(said, known_ends) or near(said, 100 * known_ends) for said in numbers]
            assert any(extremes), f"no extreme of the frames in: {text}"

"""Claims in prose: shown only when they no longer hold, and collected when they are tried."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.notebooks.guards import MIME, holds, trying


@pytest.mark.parametrize("condition", [True, np.True_])
def test_a_claim_that_holds_shows_nothing(condition):
    assert holds("Soldiers mostly come by land.", condition, by_land=37) is None


@pytest.mark.parametrize("condition", [False, np.False_, pd.NA])
def test_one_that_does_not_says_so_with_the_numbers(condition):
    claim = holds("Soldiers mostly come by land.", condition, by_land=3, share=0.12345, all=34537.0)
    shown = claim._repr_mimebundle_()
    assert shown["text/plain"] == (
        "With these data this no longer holds: Soldiers mostly come by land "
        "(by land 3, share 0.123, all 34,537)."
    )
    assert shown[MIME]["found"]["by land"] == "3"


def test_all_that_are_tried_are_collected():
    with trying() as claims:
        holds("One", True)
        holds("Two", False)
    holds("Three", False)
    assert [(claim.claim, claim.holds) for claim in claims] == [("One", True), ("Two", False)]

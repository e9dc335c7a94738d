"""An error of the analytics says its code, what arrived and what would have been accepted, in these words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analytics import AnalyticsError
from analytics.comparison.compare import difference, holm
from analytics.disclosure.small_cells import hide_small_cells
from analytics.ikm import Moments
from analytics.ikm.estimate import estimate
from analytics.ikm.scoring import score

ONE, TWO = Moments.from_answers([[3, 4]]), Moments.from_answers([[3, 4], [1, 2]])
SIX = Moments.from_answers([[3, 4, 1]], levels=6)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: score(TWO, population=1),
            "population-below-n: got 1, expected at least the 2 who answered. "
            "Correct the number of users served in the period.",
        ),
        (lambda: ONE - TWO, "moments-negative: got 2, expected sheets that are part of these sums"),
        (lambda: Moments.from_bytes(bytes(8)), "moments-format: got 8, expected bytes of format 1"),
        (
            lambda: Moments.from_bytes(ONE.to_bytes()[:-8]),
            "moments-format: got 24, expected 25 values",
        ),
        (
            lambda: ONE + SIX,
            "moments-mismatch: got '3 elements of 6 levels', expected 2 elements of 4 levels. "
            "Only answers to the same elements on the same scale can be added.",
        ),
        (lambda: Moments.from_answers([1, 2]), "answers-shape: got (2,), expected (sheets, elements)"),
        (lambda: Moments.from_answers([[1.5]]), "answers-type: got 'float64', expected whole numbers"),
        (
            lambda: Moments.from_answers([[-1, 5]]),
            "answers-range: got (-1, 5), expected scores 1 to 4, or 0 for not answered",
        ),
        (
            lambda: difference(estimate(80.0, 2.0, 20), estimate(80.0, 2.0, 20, low=0.0)),
            "scale-mismatch: got (0.0, 100.0), expected 25.0 to 100.0",
        ),
        (lambda: holm([-0.5, 2.0]), "p-range: got (-0.5, 2.0), expected p-values in 0 to 1"),
        (
            lambda: hide_small_cells(np.array([3, 4]), 5),
            "counts-shape: got (2,), expected a table of rows and columns",
        ),
        (
            lambda: hide_small_cells(np.array([[3, -4]]), 5),
            "counts-negative: got -4, expected counts of 0 or more",
        ),
        (lambda: hide_small_cells(np.array([[3, 4]]), 0), "minimum-range: got 0, expected 1 or more"),
    ],
)
def test_an_error_says_what_arrived_and_what_was_expected(call: Callable[[], object], words: str) -> None:
    with pytest.raises(AnalyticsError) as raised:
        call()
    assert str(raised.value) == words

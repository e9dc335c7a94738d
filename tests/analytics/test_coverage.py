"""The 95 % intervals hold the truth as often as they say: a seeded sample of `python -m benchmarks.coverage`.

The truth is known exactly, so no formula stands on both sides. With 200 samples a share of .95 has a standard
error of .015. What is asked is what was not so: .17 to .56 for groups of one, .63 to .85 for other small
groups, no interval at all with a unit of one sheet. Nor are they so wide that they say nothing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.comparison.aggregate import Method
from benchmarks.printed_intervals import Plan, combined, even, measure, mostly_the_first, raked, weighted

PLANS = [
    even("groups of", (1, 9), 80.0, weighted),
    even("groups of", (1, 30), 80.0, weighted),
    even("groups of", (2, 18), 93.0, weighted),
    even("groups of", (2, 3, 5, 10, 40), 93.0, weighted),
    even("raked to two margins", (3, 7, 20), 85.0, raked),
    Plan("few sheets for most users", (5, 50), (95.0, 95.0), 95.0, mostly_the_first),
    Plan("mean of units", (12, 12, 12, 1), (85.0,) * 4, 85.0, combined(Method.MEAN_OF_UNITS)),
    Plan("pooled", (12, 12, 12, 1), (85.0,) * 4, 85.0, combined(Method.POOLED)),
]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_small_groups_and_lone_sheets_are_covered(plan: Plan) -> None:
    holds, width, without = measure(replace(plan, samples=200), 0.3, np.random.default_rng(20260817))
    assert holds >= 0.91
    assert (width < 45, without) == (True, 0.0)

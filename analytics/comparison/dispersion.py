"""How much one respondent varies, learned from all units together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.intervals import HIGH, LOW


def pooled_ses(values: Sequence[float], ses: Sequence[float], ns: Sequence[int]) -> tuple[float, ...]:
    """Standard errors that take one respondent's dispersion from all units, and the room from each unit.

    phi = sum (n_i - 1) n_i se_i^2 / sum (n_i - 1) r_i with r_i = (y_i - 25)(100 - y_i), the largest variance
    that an index between 25 and 100 can have at that mean; se_i = sqrt(phi r_i / n_i). A unit's own standard
    error is as uncertain as its sheets are few, and small just where they happen to agree; one standard
    deviation for all would be too small for the units far below the others, whose respondents have more room
    to differ.

    Args:
        values, ses: unit values within 25 to 100 and their standard errors, in points, without finite
            population correction.
        ns: sheets of each unit, at least 2.

    Raises:
        AnalyticsError: `not-finite`; `units-length`; `units-n` for a unit with fewer than two sheets;
            `units-range` for a value outside the scale.

    Source: McCullagh and Nelder 1989, Generalized Linear Models, 9.2 (quasi-likelihood with the variance
        function of a proportion); Smyth 2004 for learning a variance from many samples.
    """
    require_finite(values=values, ses=ses, ns=ns)
    if not len(values) == len(ses) == len(ns):
        raise AnalyticsError(
            "units-length", got=(len(values), len(ses), len(ns)), expected="one of each a unit"
        )
    if min(ns, default=2) < 2:
        raise AnalyticsError("units-n", got=list(ns), expected="units with at least two sheets each")
    if any(not LOW <= y <= HIGH for y in values):
        raise AnalyticsError("units-range", got=list(values), expected=f"values from {LOW} to {HIGH}")
    y, se, n = np.array(values), np.array(ses), np.array(ns, dtype=np.float64)
    room = (y - LOW) * (HIGH - y)
    possible = float((n - 1) @ room)
    phi = float((n - 1) @ (n * se**2)) / possible if possible else 0.0
    return tuple(np.sqrt(phi * room / n).tolist())

"""Others of a kind beside one of them: by hand, by how many are looked at, and where all are alike."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.special import ndtri

from analytics import AnalyticsError, Reason
from analytics.comparison import ahead
from analytics.ikm.estimate import Estimate, estimate

#: So many degrees of freedom that t is normal.
MANY = 1e7


@pytest.mark.parametrize(("others", "judged"), [(1, 1), (3, 3), (3, 27)])
def test_the_least_clear_difference_is_that_of_two_means_one_sided(others: int, judged: int) -> None:
    """In the middle of the scale, with a small error, it is normal: z(.05/m) sqrt(se_a^2 + se_b^2)."""
    least = -float(ndtri(0.05 / judged)) * math.hypot(0.3, 0.4)
    own = estimate(62.5 - least / 2, 0.3, MANY)
    for share, clear in ((0.98, False), (1.02, True)):
        other = estimate(62.5 - least / 2 + share * least, 0.4, MANY)
        assert ahead(own, [other] * others, judged=judged) == (clear,) * others


def test_what_is_lower_or_alike_is_not_ahead() -> None:
    own = estimate(80, 0.5, MANY)
    assert ahead(own, [estimate(v, 0.5, MANY) for v in (60, 80, 99)]) == (False, False, True)
    assert ahead(own, []) == ()


def test_a_census_has_its_value() -> None:
    first, second = (estimate(value, 0.0, None) for value in (70, 70.01))
    assert (ahead(first, [second]), ahead(second, [first])) == ((True,), (False,))


def test_where_all_are_alike_hardly_ever_one_is_called_ahead() -> None:
    """In at most 5% of units with eight others any: 400 units, within four errors of simulation."""
    rng = np.random.default_rng(40)
    wrong = 0
    for _ in range(400):
        errors = rng.uniform(0.4, 3.0, 9)
        own, *others = (estimate(float(80 + e * rng.standard_normal()), float(e), 60.0) for e in errors)
        wrong += any(ahead(own, others))
    assert 0 < wrong / 400 <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / 400)


def test_what_cannot_be_judged_is_refused() -> None:
    good = estimate(80, 1.0, 50.0)
    for own, other, level, code in (
        (Estimate.without_error(Fraction(80), Reason.UNSUR_BY_FEW), good, 0.95, "units-interval"),
        (good, Estimate.undefined(Reason.NO_UNITS), 0.95, "units-interval"),
        (good, estimate(80, 1.0, 50.0, low=20), 0.95, "scale-mismatch"),
        (good, good, 0.5, "ahead-level"),
        (good, good, 1.0, "ahead-level"),
    ):
        with pytest.raises(AnalyticsError, match=code):
            ahead(own, [other], level=level)

"""A value against its target: the difference by hand, and on which side the interval lies."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate
from analytics.ikm.intervals import Interval
from analytics.ikm.odds import odds
from analytics.ikm.scoring import score
from analytics.ikm.target import Standing, against_target, chance_if_reached, chance_of_target
from analytics.reason import Reason


@pytest.mark.parametrize(
    ("value", "interval", "target", "difference", "standing", "reached"),
    [
        ("78.74", (76.1, 81.2), "82.00", "-3.26", Standing.BELOW, False),
        ("78.74", (76.1, 81.2), "80.00", "-1.26", Standing.OPEN, False),
        ("78.74", (76.1, 81.2), "78.74", "0.00", Standing.OPEN, True),
        ("78.74", (76.1, 81.2), "76.10", "2.64", Standing.OPEN, True),
        ("78.74", (76.1, 81.2), "76.00", "2.74", Standing.ABOVE, True),
        ("78.74", None, "80.00", "-1.26", Standing.UNKNOWN, False),
        ("80.00", (80.0, 80.0), "80.00", "0.00", Standing.ABOVE, True),
        # A census of 79.996 is printed as 80.00, and that is what the target asks for.
        ("80.00", (79.996, 79.996), "80.00", "0.00", Standing.ABOVE, True),
        ("79.99", (79.994, 79.994), "80.00", "-0.01", Standing.BELOW, False),
    ],
)
def test_difference_and_standing(
    value: str, interval: Interval | None, target: str, difference: str, standing: Standing, reached: bool
) -> None:
    against = against_target(Decimal(value), interval, Decimal(target))
    assert against is not None
    assert (str(against.difference), against.standing, against.reached) == (difference, standing, reached)


def of(rows: object, population: int | None = None) -> Estimate:
    return Estimate.of(score(Moments.from_answers(np.asarray(rows)), population=population))


ROWS = [[3] * 9] * 12 + [[4] * 9] * 20 + [[2] * 9] * 8


def test_the_chance_is_that_of_a_letter_which_begins_at_the_target() -> None:
    chances, sample = odds(of(ROWS)), of(ROWS)
    better = (chances.of("A") or 0) + (chances.of("B") or 0)
    assert chance_of_target(sample, Decimal("76.61")).of("+") == pytest.approx(better, abs=1e-12)
    assert chance_of_target(sample, Decimal("88.31")).of("+") == pytest.approx(chances.of("A"), abs=1e-12)


def test_a_census_leaves_nothing_to_chance_and_one_respondent_everything() -> None:
    census = of([[3] * 9, [4] * 9], population=2)  # 87.50
    assert [chance_of_target(census, Decimal(t)).of("+") for t in ("87.50", "87.51")] == [1.0, 0.0]
    assert chance_of_target(of([[3] * 9]), Decimal("70.00")).of("+") is None
    assert chance_of_target(of(ROWS), Decimal("25.00")).of("+") == 1.0  # nothing is below


def test_without_a_value_there_is_nothing_to_compare() -> None:
    assert against_target(None, None, Decimal(80)) is None


def test_how_likely_so_low_a_value_is_leaves_the_target_on_the_end_of_an_interval() -> None:
    """The end of the interval of level 1 - 2p is the target; at the value itself p is a half."""
    found = Estimate.of(score(Moments.from_answers(np.random.default_rng(1).integers(2, 5, (60, 9)))))
    for tail in (0.2, 0.05, 0.001):
        interval = found.interval_at(1 - 2 * tail)
        assert interval is not None
        p = chance_if_reached(found, Decimal(str(round(interval[1], 6))))
        assert p == pytest.approx(tail, rel=0.01)
    assert chance_if_reached(found, Decimal(99)) == pytest.approx(1e-6)
    assert chance_if_reached(found, Decimal(30)) == 0.5
    assert chance_if_reached(Estimate.undefined(Reason.NO_ANSWERS), Decimal(80)) is None

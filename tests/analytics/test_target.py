"""A value against its target: the difference by hand, and on which side the interval lies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.intervals import Interval
from analytics.target import Standing, against


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
    found = against(Decimal(value), interval, Decimal(target))
    assert found is not None
    assert (str(found.difference), found.standing, found.reached) == (difference, standing, reached)


def test_without_a_value_there_is_nothing_to_compare() -> None:
    assert against(None, None, Decimal(80)) is None

"""The category of a value, and what to do in the gaps the regulation leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from analytics.errors import AnalyticsError
from analytics.ip_asn.ruleset import Ruleset
from analytics.rounding import half_up

Number = Decimal | int | float | str


class CategoryRule(StrEnum):
    """How a value between two printed bands (80.01 to 80.99) is placed; the regulation does not say.

    ABOVE: in the upper band as soon as it exceeds the lower band's upper bound, as published results do
    (80.81 is called Tinggi). HALF_UP: by the value rounded half up to a whole number.
    """

    ABOVE = "above-lower-band"
    HALF_UP = "half-up"


@dataclass(frozen=True)
class Category:
    """The category's name, whether the value lies in a gap of the regulation, and the rule that decided."""

    name: str
    in_gap: bool
    rule: CategoryRule


def category(value: Number, ruleset: Ruleset, *, rule: CategoryRule = CategoryRule.ABOVE) -> Category:
    """The category of `value` (0 to 100) by the bands of `ruleset`.

    A float means the decimal it is written as.

    Raises:
        AnalyticsError: `category-range` for a value outside 0 to 100.
    """
    exact = exact_decimal(value)
    if not exact.is_finite() or not 0 <= exact <= 100:
        raise AnalyticsError("category-range", got=value, expected="a value from 0 to 100")
    bands = ruleset.categories
    in_gap = any(lower.high < exact < upper.low for lower, upper in pairwise(bands))
    placed = place(exact, [band.low for band in bands], [band.high for band in bands[:-1]], rule)
    return Category(bands[placed].name, in_gap, rule)


def place(value: Decimal, lows: Sequence[Decimal], highs: Sequence[Decimal], rule: CategoryRule) -> int:
    """Position of the band that takes `value`: ascending `lows` of all, `highs` of all but the last."""
    if rule is CategoryRule.ABOVE:
        return sum(value > high for high in highs)
    rounded = half_up(Fraction(value), 0)
    return max(0, sum(rounded >= low for low in lows) - 1)


def exact_decimal(value: Number) -> Decimal:
    """`value` as the decimal it is written as."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)

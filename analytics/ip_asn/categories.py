"""The category of a value, and what to do in the gaps the regulation leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from analytics.errors import AnalyticsError
from analytics.ip_asn.ruleset import Ruleset

Number = Decimal | int | float | str


@dataclass(frozen=True)
class Category:
    """The category's name, and whether the value lies in a gap of the regulation."""

    name: str
    in_gap: bool


def category(value: Number, ruleset: Ruleset) -> Category:
    """The category of `value` (0 to 100) by the bands of `ruleset`.

    The regulation does not say where a value between two printed bands (80.01 to 80.99) belongs. It is placed
    in the upper one, as published results do (80.81 is called Tinggi), and flagged. A float means the decimal
    it is written as.

    Raises:
        AnalyticsError: `category-range` for a value outside 0 to 100.
    """
    exact = exact_decimal(value)
    if not exact.is_finite() or not 0 <= exact <= 100:
        raise AnalyticsError("category-range", got=value, expected="a value from 0 to 100")
    bands = ruleset.categories
    in_gap = any(lower.high < exact < upper.low for lower, upper in pairwise(bands))
    return Category(bands[place(exact, [band.high for band in bands[:-1]])].name, in_gap)


def place(value: Decimal, highs: Sequence[Decimal]) -> int:
    """Position of the band that takes `value`: `highs` are the ascending upper ends of all but the last."""
    return sum(value > high for high in highs)


def exact_decimal(value: Number) -> Decimal:
    """`value` as the decimal it is written as."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)

"""What an unsur weighs: exact fractions that sum to 1, equal ones unless a unit says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from analytics.errors import AnalyticsError
from analytics.finite import require_finite

Weight = Fraction | int | float | Decimal | str


def normalised_weights(weights: Sequence[Weight] | None, k: int) -> tuple[Fraction, ...]:
    """Weights as exact fractions that sum to 1; a float means the decimal it is written as.

    Raises:
        AnalyticsError: `weights-length`; `weights-value` for a negative one, none above zero, or a text that
            is no number; `not-finite`.
    """
    if weights is None:
        return (Fraction(1, k),) * k
    if len(weights) != k:
        raise AnalyticsError("weights-length", got=len(weights), expected=f"{k} weights, one per unsur")
    return _scaled(tuple(w if type(w) is Fraction else _exact(w) for w in weights))


def _exact(weight: Weight) -> Fraction:
    if not isinstance(weight, str):
        require_finite(weights=weight)
    try:
        return Fraction(repr(float(weight))) if isinstance(weight, float) else Fraction(weight)
    except (ValueError, ZeroDivisionError):
        raise AnalyticsError("weights-value", got=weight, expected="weights that are numbers") from None


@lru_cache(maxsize=256)
def _scaled(weights: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    if min(weights) < 0 or not any(weights):
        raise AnalyticsError(
            "weights-value", got=list(map(str, weights)), expected="weights of 0 or more, not all 0"
        )
    total = sum(weights, Fraction(0))
    return tuple(w / total for w in weights)

"""The one rounding step of the index: exact fraction to decimal, half up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from analytics.finite import require_finite


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Round `value` to `places` decimals, halves away from the lower neighbour.

    Exact: no float is involved, so 95.325 becomes 95.33 and not 95.32. Values of an index are never
    negative; for a negative value "up" still means towards plus infinity.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(value=value)
    scaled = (value * 10**places + Fraction(1, 2)).__floor__()
    return Decimal(scaled).scaleb(-places)

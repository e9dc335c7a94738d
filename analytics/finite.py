"""The one check that what is computed with are numbers: NaN and infinity are none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analytics.errors import AnalyticsError

Number = float | Decimal | Fraction
Numbers = NDArray[np.float64] | Iterable[Number | None]


def require_finite(**given: Number | Numbers | None) -> None:
    """Refuse NaN and infinity, which would go through every formula in silence and come out as a result.

    Args:
        given: by the name that whoever called knows them by: numbers, or series of them. None is not known,
            which is another matter, and passes.

    Raises:
        AnalyticsError: `not-finite`, with the name and what stood there first.
    """
    for name, value in given.items():
        wrong = _first_wrong(value)
        if wrong is not None:
            raise AnalyticsError(
                "not-finite",
                got=f"{name} {wrong}",
                expected="finite numbers",
                hint="Leave out what is not known; NaN and infinity are no values.",
            )


def _first_wrong(value: Number | Numbers | None) -> Number | None:
    if isinstance(value, np.ndarray):
        found = value[~np.isfinite(value)]
        return float(found.flat[0]) if found.size else None
    if isinstance(value, Iterable):
        return next((v for v in value if v is not None and not _is_finite(v)), None)
    return None if value is None or _is_finite(value) else value


def _is_finite(value: Number) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    # Whole numbers and fractions are finite, also where they are too large for a float.
    return isinstance(value, int | Fraction) or math.isfinite(value)

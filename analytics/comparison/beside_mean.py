"""Units beside the mean of all: which lie clearly above or below it, all units looked at allowed for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.estimate import Estimate
from analytics.ikm.intervals import Interval


class Side(StrEnum):
    """Where a unit lies."""

    ABOVE = "clearly-above"
    LEVEL = "not-to-be-told-apart"
    BELOW = "clearly-below"


@dataclass(frozen=True)
class Beside:
    """A unit's value less the mean, in points; `interval` holds together with those of all units."""

    value: float
    interval: Interval
    side: Side


def beside_mean(
    units: Sequence[Estimate], mean: Estimate, of: int, *, judged: int | None = None, level: float = 0.95
) -> tuple[Beside, ...]:
    """Each unit's difference to a simple mean of `of` units that it is one of.

    D = a - m; L = D - sqrt((1 - 2/of)(a - l_a)^2 + (u_m - m)^2), U = D + sqrt((1 - 2/of)(u_a - a)^2 +
    (m - l_m)^2), with the ends (l, u) of the intervals of unit and mean of the level `level`^(1/judged): the
    unit is in the mean, so that cov(a, m) = var(a)/of. With `level` no unit is called above or below that is
    the other way round, or at the mean.

    Args:
        units: those that are judged, each with an interval; other units may be in the mean too.
        mean: (sum of the units' values)/of, with its own interval (`aggregate`, mean-of-units).
        of: units in the mean, at least as many as are judged.
        judged: how many comparisons hold together; by default these.
        level: confidence of all of them.

    Raises:
        AnalyticsError: `scale-mismatch`; `units-interval` for a unit or a mean without an interval;
            `units-few` for fewer units in the mean than are judged; `interval-level`; `not-finite`.

    Source: analysis of means (Nelson, Wludyka and Copeland 2005); Sidak 1967, JASA 62, whose inequality
        holds for any correlation; the interval of a difference of Zou and Donner 2008, Statistics in
        Medicine 27 (MOVER).
    """
    require_finite(level=level)
    if of < len(units):
        raise AnalyticsError("units-few", got=of, expected=f"at least the {len(units)} units that are judged")
    if not units:
        return ()
    each = level ** (1 / max(judged or 0, len(units)))
    m, (low, high) = _ends(mean, each)
    share = max(0.0, 1 - 2 / of)
    return tuple(_beside(unit, mean, share, each, (m, low, high)) for unit in units)


def _beside(
    unit: Estimate, mean: Estimate, share: float, level: float, ends: tuple[float, float, float]
) -> Beside:
    if (unit.low, unit.high) != (mean.low, mean.high):
        raise AnalyticsError(
            "scale-mismatch", got=(unit.low, unit.high), expected=f"{mean.low} to {mean.high}"
        )
    (m, low, high), (a, (first, last)) = ends, _ends(unit, level)
    below = math.sqrt(share * (a - first) ** 2 + (high - m) ** 2)
    above = math.sqrt(share * (last - a) ** 2 + (m - low) ** 2)
    interval = (a - m - below, a - m + above)
    if interval[0] > 0:
        return Beside(a - m, interval, Side.ABOVE)
    return Beside(a - m, interval, Side.BELOW if interval[1] < 0 else Side.LEVEL)


def _ends(estimate: Estimate, level: float) -> tuple[float, Interval]:
    interval = estimate.interval_at(level)
    if estimate.value is None or interval is None:
        raise AnalyticsError(
            "units-interval",
            got=estimate.reason,
            expected="a value with an interval",
            hint="Leave out units whose sample cannot tell its own error.",
        )
    return estimate.value, interval

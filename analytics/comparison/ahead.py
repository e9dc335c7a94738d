"""One unit beside others of its kind: which of them are clearly higher, all that is looked at allowed for."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.estimate import Estimate
from analytics.ikm.intervals import Interval


def ahead(
    own: Estimate, others: Sequence[Estimate], *, judged: int | None = None, level: float = 0.95
) -> tuple[bool, ...]:
    """For each of `others` whether it is clearly higher than `own`.

    It is where b - a > sqrt((b - l_b)^2 + (u_a - a)^2), with the values a of `own` and b of the other and the
    ends (l, u) of their own intervals of the level 1 - 2 (1 - `level`)/`judged`. With `level` none of all
    that are judged is called higher that is not.

    Args:
        own, others: each of its own sample with an interval, on one scale; the samples do not overlap.
        judged: how many comparisons hold together, as of several unsur; by default these.
        level: confidence of all of them, between one half and 1.

    Raises:
        AnalyticsError: `scale-mismatch`; `units-interval` for a unit without an interval; `ahead-level`;
            `not-finite`.

    Source: Bonferroni's inequality, one-sided, which holds although `own` is in every comparison; the
        interval of a difference of Zou and Donner 2008, Statistics in Medicine 27 (MOVER). How often it is
        wrong by `python -m benchmarks.same_kind`.
    """
    require_finite(level=level)
    if not 0.5 < level < 1:
        raise AnalyticsError("ahead-level", got=level, expected="a share between one half and 1")
    if not others:
        return ()
    each = 1 - 2 * (1 - level) / max(judged or 0, len(others))
    a, (_, high) = _ends(own, own, each)
    found = []
    for other in others:
        b, (low, _) = _ends(other, own, each)
        found.append(b - a > math.hypot(b - low, high - a))
    return tuple(found)


def _ends(unit: Estimate, like: Estimate, level: float) -> tuple[float, Interval]:
    require_finite(se=unit.se, df=unit.df, low=unit.low, high=unit.high)
    if (unit.low, unit.high) != (like.low, like.high):
        raise AnalyticsError(
            "scale-mismatch", got=(unit.low, unit.high), expected=f"{like.low} to {like.high}"
        )
    interval = unit.interval_at(level)
    if unit.value is None or interval is None:
        raise AnalyticsError(
            "units-interval",
            got=unit.reason,
            expected="a value with an interval",
            hint="Leave out units whose sample cannot tell its own error.",
        )
    return unit.value, interval

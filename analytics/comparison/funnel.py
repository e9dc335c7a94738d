"""Funnel limits: how far from the target a unit may lie by chance, given its number of sheets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtri

from analytics.comparison.limits import around
from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.intervals import HIGH, LOW, Interval, on_scale, require_level

#: Units equal to the target must not lie outside because the target is a rounded sum.
_ROUNDING = 1e-9


class Position(StrEnum):
    """Where a unit lies: within chance, or outside the 95 % (warn) or 99.8 % (alarm) limits."""

    WITHIN = "within"
    ABOVE_WARN = "above-95"
    BELOW_WARN = "below-95"
    ABOVE_ALARM = "above-99.8"
    BELOW_ALARM = "below-99.8"


@dataclass(frozen=True)
class FunnelPoint:
    """One unit of the funnel: its sheets, value, limits at its own n, and where it lies."""

    n: int
    value: float
    warn: Interval
    alarm: Interval
    position: Position


@dataclass(frozen=True)
class Funnel:
    """Target and pooled standard deviation of one respondent, in points, and the units against them."""

    target: float
    sd: float
    points: tuple[FunnelPoint, ...]


def funnel_limits(target: float, sd: float, n: int, level: float) -> Interval:
    """Limits at `n` sheets, inside 25-100: normal after Anscombe's angle (`limits.around`).

    n of them tell as much as n r/sd^2 whose index is 25 or 100, r = (target - 25)(100 - target).

    Args:
        target: in points.
        sd: standard deviation of one respondent's index, in points.
        n: sheets.
        level: share of units on target that lie inside, e.g. 0.95 or 0.998.

    Raises:
        AnalyticsError: `funnel-n` without a sheet; `funnel-target` outside 25 to 100; `funnel-sd` below 0;
            `interval-level`; `not-finite`.

    Source: Spiegelhalter 2005, Statistics in Medicine 24, 3.2 (transformed outcomes), with the angle in place
        of the logit: docs/decisions/limits-of-months.md.
    """
    require_finite(target=target, sd=sd, n=n, level=level)
    require_level(level)
    if n < 1:
        raise AnalyticsError("funnel-n", got=n, expected="at least one sheet")
    if not LOW <= target <= HIGH:
        raise AnalyticsError("funnel-target", got=target, expected=f"a value from {LOW} to {HIGH}")
    if sd < 0:
        raise AnalyticsError("funnel-sd", got=sd, expected="a standard deviation of 0 or more")
    room = (target - LOW) * (HIGH - target)
    if sd == 0 or room == 0:
        return target, target
    sigmas = np.array(ndtri((1 + level) / 2))
    low, high = around(np.array((target - LOW) / (HIGH - LOW)), np.array(n * room / sd**2), sigmas)
    return on_scale((float(low), float(high)))


def funnel(values: Sequence[float], ses: Sequence[float], ns: Sequence[int]) -> Funnel:
    """Place units in a funnel round their respondents' common mean.

    target = sum n_i y_i / sum n_i; sd^2 = sum (n_i - 1) n_i se_i^2 / sum (n_i - 1), the variance of one
    respondent within units. Finite population corrections must not be in `ses`: the funnel asks how a unit
    of the same quality would have scattered.

    Args:
        values, ses: unit values and standard errors, in points.
        ns: sheets of each unit, at least 2.

    Raises:
        AnalyticsError: `funnel-n` for no unit, or one with fewer than two sheets; `units-length`;
            `not-finite`.

    Source: Spiegelhalter 2005, Statistics in Medicine 24.
    """
    require_finite(values=values, ses=ses, ns=ns)
    if not len(values) == len(ses) == len(ns):
        raise AnalyticsError(
            "units-length", got=(len(values), len(ses), len(ns)), expected="one of each a unit"
        )
    if not ns or min(ns) < 2:
        raise AnalyticsError("funnel-n", got=list(ns), expected="units with at least two sheets each")
    target = sum(n * y for n, y in zip(ns, values, strict=True)) / sum(ns)
    within = sum((n - 1) * n * se**2 for n, se in zip(ns, ses, strict=True))
    sd = math.sqrt(within / sum(n - 1 for n in ns))
    points = (_point(n, y, target, sd) for n, y in zip(ns, values, strict=True))
    return Funnel(target, sd, tuple(points))


def _point(n: int, value: float, target: float, sd: float) -> FunnelPoint:
    warn, alarm = funnel_limits(target, sd, n, 0.95), funnel_limits(target, sd, n, 0.998)
    return FunnelPoint(n, value, warn, alarm, _position(value, warn, alarm))


def _position(value: float, warn: Interval, alarm: Interval) -> Position:
    if value > warn[1] + _ROUNDING:
        return Position.ABOVE_ALARM if value > alarm[1] + _ROUNDING else Position.ABOVE_WARN
    if value < warn[0] - _ROUNDING:
        return Position.BELOW_ALARM if value < alarm[0] - _ROUNDING else Position.BELOW_WARN
    return Position.WITHIN

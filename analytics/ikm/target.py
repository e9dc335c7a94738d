"""An index against the value somebody set out to reach: how far off, and whether that is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from analytics.finite import require_finite
from analytics.ikm.bands import Band
from analytics.ikm.estimate import Estimate
from analytics.ikm.intervals import Interval
from analytics.ikm.odds import Odds, odds
from analytics.ikm.peers import Peers

_STEP = Decimal("0.01")


class Standing(StrEnum):
    """Where the 95 % interval lies: wholly above the target, wholly below it, around it, or there is none."""

    ABOVE = "above"
    BELOW = "below"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class AgainstTarget:
    """A value against its target.

    Attributes:
        difference: value minus target, both with two decimals, exact.
        standing: what the interval of the value says about it.
    """

    target: Decimal
    difference: Decimal
    standing: Standing

    @property
    def reached(self) -> bool:
        """Whether the value as it is printed is the target or more."""
        return self.difference >= 0


def against_target(value: Decimal | None, interval: Interval | None, target: Decimal) -> AgainstTarget | None:
    """`value`, rounded half up to two decimals, against `target`; None while there is no value.

    An end of the interval that meets the target leaves it open. An interval without width (a census) is
    judged by the printed value: everybody was asked, and the target is reached or it is not.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(value=value, interval=interval, target=target)
    if value is None:
        return None
    return AgainstTarget(target, value - target, _standing(value, interval, target))


def chance_of_target(estimate: Estimate, target: Decimal, peers: Peers | None = None) -> Odds:
    """The chance that the true value, rounded half up to two decimals, is the target or more.

    Returns:
        the odds of two bands that part at the target, of which "+" is the upper: see `odds.odds`.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(target=target)
    low, high = Decimal(str(estimate.low)), Decimal(str(estimate.high))
    if target <= low and estimate.exact is not None:
        return Odds((("-", 0.0), ("+", 1.0)))
    missed, met = Band("-", "", low, target - _STEP), Band("+", "", target, high)
    return odds(estimate, (missed, met), peers)


def chance_if_reached(estimate: Estimate, target: Decimal) -> float | None:
    """How likely a value as low as this, or lower, is where the true one is the target: the one-sided p.

    The a at which the upper end of the interval of level 1 - 2a falls to the target, between 1e-6 and 1/2;
    a census is below its target or it is not. None without a value or an interval of other levels.

    Args:
        target: on the scale of the estimate.

    Raises:
        AnalyticsError: `not-finite`.

    Source: the interval inverted, Cox and Hinkley 1974, 7.2; how often it is wrong: `benchmarks.alarms`.
    """
    require_finite(target=target)
    limit = float(target)

    def upper(tail: float) -> float | None:
        found = estimate.interval_at(1 - 2 * tail)
        return None if found is None else found[1]

    if estimate.exact is None or (most := upper(_LEAST)) is None:
        return None
    if float(estimate.exact) >= limit:
        return 0.5
    if most < limit:
        return _LEAST
    low, high = _LEAST, 0.5
    for _ in range(_HALVINGS):
        middle = (low * high) ** 0.5
        end = upper(middle)
        low, high = (low, middle) if end is not None and end < limit else (middle, high)
    return high


#: The smallest chance that is told, and how often the space above it is halved.
_LEAST, _HALVINGS = 1e-6, 12


def _standing(value: Decimal, interval: Interval | None, target: Decimal) -> Standing:
    if interval is None:
        return Standing.UNKNOWN
    low, high = interval
    if low == high:
        return Standing.ABOVE if value >= target else Standing.BELOW
    if low > float(target):
        return Standing.ABOVE
    return Standing.BELOW if high < float(target) else Standing.OPEN

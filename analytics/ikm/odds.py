"""The odds of each mutu: "B 61 %, A 39 %"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scipy.special import stdtr

from analytics.finite import require_finite
from analytics.ikm.bands import SKM_2017, Band, fit
from analytics.ikm.estimate import Estimate
from analytics.ikm.moderated import Sample
from analytics.reason import Reason

#: A value is graded after rounding half up to 0.01, so a letter begins half of that below its printed bound.
_HALF_STEP = 0.005


@dataclass(frozen=True)
class Odds:
    """Probability of each mutu in the order of the grading table, summing to 1; None with the reason."""

    probabilities: tuple[tuple[str, float], ...] | None
    reason: Reason | None = None

    def of(self, mutu: str) -> float | None:
        """Probability of one letter, 0 to 1."""
        return None if self.probabilities is None else dict(self.probabilities)[mutu]


def odds(estimate: Estimate, bands: Sequence[Band] = SKM_2017) -> Odds:
    """Probability of each mutu, from the distribution that ends the interval at its 2.5 % and 97.5 %.

    Of one sample that is `moderated.Sample.below`. Of a value put together from several the logit of the true
    position is taken as centre + scale * t(df), with centre the logit of the observed position and scale =
    se / ((high - low) p (1 - p)). A band begins at its printed bound less 0.005, because the letter is
    read from the value rounded half up to two decimals.

    A census has one letter with certainty. One respondent, or sheets that all agree, say nothing about the
    spread: undefined, with the reason. So are the odds by bands of another scale.

    Args:
        estimate: the index and its error.
        bands: grading table, ascending, without gaps at two decimals.

    Source: Xie and Singh 2013, International Statistical Review 81(1), section 2 (confidence distributions);
        bands of PermenPANRB 14/2017.

    Raises:
        AnalyticsError: `not-finite`.
    """
    return odds_at(estimate, estimate.exact, bands)


def odds_at(estimate: Estimate, exact: Fraction | None, bands: Sequence[Band] = SKM_2017) -> Odds:
    """The odds if the index were `exact`, with the sampling error of `estimate`.

    People differ as much of the room that is left to them as now (of a value put together from several: on
    the scale of the logit), so a better index never has worse odds; a standard error in points, kept, would
    outgrow the room below 100. Otherwise as `odds`.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(se=estimate.se, df=estimate.df, low=estimate.low, high=estimate.high)
    if exact is None or estimate.value is None or estimate.se is None:
        return Odds(None, estimate.reason)
    if not fit(bands, estimate.low, estimate.high):
        return Odds(None, Reason.BANDS_OF_ANOTHER_SCALE)
    if estimate.df is None:
        letter = replace(estimate, exact=exact).band(bands)
        return Odds(tuple((b.mutu, float(b is letter)) for b in bands), estimate.reason)
    low, high = estimate.low, estimate.high
    if estimate.sample is not None:
        moved = replace(estimate.sample, position=(float(exact) - low) / (high - low))
        return Odds(_by_sample(moved, estimate, bands))
    p = (estimate.value - low) / (high - low)
    scale = estimate.se / ((high - low) * p * (1 - p))
    return Odds(_probabilities(float(exact), scale, estimate.df, low, high, bands))


def _by_sample(sample: Sample, estimate: Estimate, bands: Sequence[Band]) -> tuple[tuple[str, float], ...]:
    low, high = estimate.low, estimate.high
    below = [0.0, *(sample.below((edge - low) / (high - low)) for edge in lower_edges(bands)), 1.0]
    return tuple((band.mutu, b - a) for band, (a, b) in zip(bands, pairwise(below), strict=True))


def lower_edges(bands: Sequence[Band]) -> tuple[float, ...]:
    """Where each band but the first begins for an unrounded value: 64.995, 76.605, 88.305."""
    return tuple(float(b.low) - _HALF_STEP for b in bands[1:])


def _probabilities(
    value: float, scale: float, df: float, low: float, high: float, bands: Sequence[Band]
) -> tuple[tuple[str, float], ...]:
    centre = _logit((value - low) / (high - low))
    edges = [(_logit((e - low) / (high - low)) - centre) / scale for e in lower_edges(bands)]
    bounds = [-math.inf, *edges, math.inf]
    chances = (_between(a, b, df) for a, b in pairwise(bounds))
    return tuple((band.mutu, chance) for band, chance in zip(bands, chances, strict=True))


def _between(a: float, b: float, df: float) -> float:
    """P(a < t < b), taken on the side of the nearer tail so that small chances keep their digits."""
    if a > 0:
        a, b = -b, -a
    return float(stdtr(df, b) - stdtr(df, a))


def _logit(p: float) -> float:
    if p <= 0 or p >= 1:
        return math.copysign(math.inf, p - 0.5)
    return math.log(p / (1 - p))

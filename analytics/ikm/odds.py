"""The odds of each mutu: "B 61 %, A 39 %"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy.special import betainc

from analytics.finite import require_finite
from analytics.ikm.bands import SKM_2017, Band, fit
from analytics.ikm.estimate import Estimate
from analytics.ikm.moderated import Sample
from analytics.ikm.peers import PARTS, SURE, Peers, density, likelihood
from analytics.reason import Reason

#: A value is graded after rounding half up to 0.01, so a letter begins half of that below its printed bound.
_HALF_STEP = 0.005
#: Sheets below which chances are told in words: measured in docs/decisions/odds-of-the-letter.md.
FEWEST = 10
#: A tenth of a point of the IKM, and the parts of the scale that peers have.
_LINE = np.linspace(0.0, 1.0, 25 * PARTS + 1)
#: Of the size of a beta distribution, where one person is left who was not asked.
_SMALLEST = 1e-3


class Told(StrEnum):
    """How exactly odds may be told (docs/decisions/odds-of-the-letter.md)."""

    #: With peers and ten sheets or more, and of a census.
    IN_PERCENT = "in-percent"
    #: With peers, or with ten sheets or more: right enough for a word like "probably".
    IN_WORDS = "in-words"
    #: Which letters are possible, and no more.
    AS_OPEN = "as-open"


@dataclass(frozen=True)
class Odds:
    """Probability of each mutu in the order of the grading table, summing to 1; None with the reason."""

    probabilities: tuple[tuple[str, float], ...] | None
    reason: Reason | None = None
    told: Told = Told.IN_PERCENT

    def of(self, mutu: str) -> float | None:
        """Probability of one letter, 0 to 1."""
        return None if self.probabilities is None else dict(self.probabilities)[mutu]


def odds(estimate: Estimate, bands: Sequence[Band] = SKM_2017, peers: Peers | None = None) -> Odds:
    """Probability of each mutu, given the sample and where the indices of its peers lie.

    P(position in a stretch) is proportional to the peers' density there (`peers.density`) times the sample's
    likelihood theta^(m e) (1 - theta)^((1 - m) e) with e = n/phi and phi = (20 F + w phi_past + nu phi_own)/
    (20 + w + nu), F the dispersion of the peers. Where N is known those N - n who were not asked have a mean
    of their own round theta, a beta distribution of size (N - n)/phi - 1, and those who were asked are known.
    Without peers phi is that of the interval (`Sample.moderated`). A band begins at its printed bound less
    0.005, because the letter is read from the value rounded half up to two decimals.

    A census has one letter with certainty. One respondent says nothing of the spread, and a value that is put
    together of several samples has no peers: undefined, with the reason. So are the odds by bands of another
    scale.

    Args:
        estimate: the index and its error.
        bands: grading table, ascending, without gaps at two decimals.
        peers: of the period; None where there are too few.

    Source: Bayes; the likelihood as of effective numbers in Franco, Little, Louis and Slud 2019, Journal of
        Survey Statistics and Methodology 7(3); bands of PermenPANRB 14/2017; calibration by
        `python -m benchmarks.odds`.

    Raises:
        AnalyticsError: `not-finite`.
    """
    return odds_at(estimate, estimate.exact, bands, peers)


def odds_at(
    estimate: Estimate,
    exact: Fraction | None,
    bands: Sequence[Band] = SKM_2017,
    peers: Peers | None = None,
) -> Odds:
    """The odds if the index were `exact`, with as much known as of `estimate`.

    People differ as much of the room that is left to them as now, so a better index never has worse odds.
    Otherwise as `odds`.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(se=estimate.se, df=estimate.df, low=estimate.low, high=estimate.high)
    if exact is None or estimate.value is None or estimate.interval is None:
        return Odds(None, estimate.reason)
    if not fit(bands, estimate.low, estimate.high):
        return Odds(None, Reason.BANDS_OF_ANOTHER_SCALE)
    if estimate.interval[0] == estimate.interval[1]:
        letter = replace(estimate, exact=exact).band(bands)
        return Odds(tuple((b.mutu, float(b is letter)) for b in bands), estimate.reason)
    if estimate.sample is None:
        return Odds(None, Reason.SEVERAL_SAMPLES)
    low, high = estimate.low, estimate.high
    moved = replace(estimate.sample, position=(float(exact) - low) / (high - low))
    below = [0.0, *chances_below(moved, [(e - low) / (high - low) for e in lower_edges(bands)], peers), 1.0]
    found = tuple((band.mutu, b - a) for band, (a, b) in zip(bands, pairwise(below), strict=True))
    exact_enough = (peers is not None) + (moved.sheets >= FEWEST)
    return Odds(found, told=(Told.AS_OPEN, Told.IN_WORDS, Told.IN_PERCENT)[exact_enough])


def chances_below(sample: Sample, positions: Sequence[float], peers: Peers | None) -> list[float]:
    """The chance that the true position is below each of `positions`, which ascend: see `odds`."""
    m, known, phi = sample.position, 1 - sample.unseen, _dispersion(sample, peers)
    line = np.unique(np.clip([*_LINE, *positions], 0.0, 1.0))
    middles = (line[1:] + line[:-1]) / 2
    chances = likelihood(m, sample.sheets / phi, line) * density(peers)[(middles * PARTS).astype(int)]
    chances /= chances.sum()
    if known == 0:
        up_to = np.concatenate([[0.0], np.cumsum(chances)])
        found = up_to[np.searchsorted(line, np.clip(positions, 0.0, 1.0))]
    else:
        size = max(sample.sheets * sample.unseen / known / phi - 1, _SMALLEST)
        others = np.clip((np.array(positions) - known * m) / sample.unseen, 0.0, 1.0)
        found = betainc(middles * size, (1 - middles) * size, others[:, np.newaxis]) @ chances
    return [float(chance) for chance in np.clip(found, 0.0, 1.0)]


def _dispersion(sample: Sample, peers: Peers | None) -> float:
    if peers is None:
        return sample.moderated[0]
    weight, freedom = sample.past_weight, sample.freedom
    seen = 0.0 if sample.past is None else sample.past.dispersion
    told = SURE * peers.dispersion + weight * seen + freedom * sample.dispersion
    return told / (SURE + weight + freedom)


def lower_edges(bands: Sequence[Band]) -> tuple[float, ...]:
    """Where each band but the first begins for an unrounded value: 64.995, 76.605, 88.305."""
    return tuple(float(b.low) - _HALF_STEP for b in bands[1:])

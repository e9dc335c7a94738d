"""How far a value of one unsur, or of a whole unit, is from each better letter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.ikm.bands import SKM_2017, Band, classify, fit
from analytics.rounding import half_up

#: From half of the second decimal below its printed limit on, a value rounds up to the limit.
_HALF_STEP = Fraction(1, 200)


@dataclass(frozen=True)
class Step:
    """What a mean answer needs for one letter.

    Attributes:
        target: the band of the letter.
        limit: the NRR at which the letter begins by its printed table: 2.6 for 65.00 of four levels.
        rise: the smallest rise of the NRR with which the rounded value has the letter. Exact, above 0.
        told: `rise` rounded up to two decimals, so that what is told suffices.
        sheets: how many of the answers would have to be one level higher.
    """

    target: Band
    limit: Fraction
    rise: Fraction
    told: Fraction
    sheets: int


def steps_up(nrr: Fraction, n: int, levels: int, bands: Sequence[Band] = SKM_2017) -> tuple[Step, ...]:
    """A step for every better letter, the nearest first; none for the best.

    Args:
        nrr: the mean answer, 1 to `levels`, exact: of an unsur, or of a unit its index / scale.
        n: the answers that it is the mean of.

    Raises:
        AnalyticsError: `bands-of-another-scale` for bands that do not span the scale of the answers.

    Source: PermenPANRB 14/2017, the table of intervals of conversion; rounding half up as of the index.
    """
    scale = Fraction(100, levels)
    if not fit(bands, float(scale)):
        raise AnalyticsError(
            "bands-of-another-scale",
            got=f"{bands[0].low} to {bands[-1].high}",
            expected=f"{half_up(scale)} to 100.00, for answers of 1 to {levels}",
            hint="Pass the grading table of the questionnaire.",
        )
    now = classify(half_up(nrr * scale), bands)
    better = sorted((band for band in bands if band.low > now.low), key=lambda band: band.low)
    return tuple(_step(nrr, n, scale, band) for band in better)


def _step(nrr: Fraction, n: int, scale: Fraction, band: Band) -> Step:
    low = Fraction(band.low)
    rise = (low - _HALF_STEP) / scale - nrr
    return Step(band, low / scale, rise, Fraction(math.ceil(rise * 100), 100), math.ceil(rise * n))

"""What the units of a province showed in the year before: where their indices lie, and how much users differ.

An index of few sheets is graded with that in mind. It moves no interval: what one unit shows of how much its
own people differ is its own (`analytics.ikm.past`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import betainc

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.covariance import FloatArray
from analytics.ikm.moderated import Sample
from analytics.ikm.past import Month

#: Equal parts of the scale, 2.5 points each on that of the IKM.
PARTS = 30
#: Months before a period that count, sheets that a unit needs in them, and units that it takes.
WINDOW, SHEETS, UNITS = 12, 10, 20
#: Where indices are supposed to lie as long as nothing is known: four times of five as a beta distribution of
#: this mean and size has them (IKM 82, standard deviation 8), else anywhere.
_MEAN, _SIZE, _ANYWHERE = 0.76, 16.0, 0.2
#: Degrees of freedom that the dispersion of the peers is worth, for one unit.
SURE = 20.0
#: Degrees of freedom at which the dispersion of a unit-month counts half.
_HALVES = 8.0
#: How often the shares are made to agree with themselves: more would make of chance a finding.
_STEPS = 2
_WHOLE = 100
_LINE = np.linspace(0.0, 1.0, PARTS + 1)


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Units of one questionnaire in the twelve months before a period.

    Attributes:
        shares: of the units in each of 30 equal parts of the scale, the lowest first, in hundredths.
        dispersion: how much the users of a unit differ, as `Sample.dispersion`, in steps of .01.
        units: how many they are.
        calibration: the number of the calibration that found it.

    Raises:
        AnalyticsError: `peers-shares`, `peers-dispersion`, `not-finite`.
    """

    shares: tuple[int, ...]
    dispersion: float
    units: int
    calibration: int = 0

    def __post_init__(self) -> None:
        require_finite(dispersion=self.dispersion)
        if len(self.shares) != PARTS or min(self.shares) < 0 or not sum(self.shares):
            raise AnalyticsError("peers-shares", got=self.shares, expected=f"{PARTS} shares, not all 0")
        if self.dispersion <= 0:
            raise AnalyticsError("peers-dispersion", got=self.dispersion, expected="above 0")


def density(peers: Peers | None) -> FloatArray:
    """(30,) how likely an index is to lie in each part of the scale, as a density: 1 throughout says nothing.

    (units x share + what is supposed of a unit of which nothing is known)/(units + 1): so no part has none.
    """
    if peers is None:
        return _unknown() * PARTS
    shares = np.asarray(peers.shares, dtype=np.float64)
    known = shares / shares.sum() * peers.units
    found: FloatArray = (known + _unknown()) / (peers.units + 1) * PARTS
    return found


def peers_of(units: Sequence[Sequence[Month]], start: int, calibration: int = 0) -> Peers | None:
    """The peers of a period that begins in month `start`; None for fewer than 20 units.

    A unit counts with its 12 months before, put together: n = sum n_t, m = sum n_t m_t / n, phi = (20 F +
    sum nu_t phi_t)/(20 + sum nu_t), and F = (sum w phi_t + .318)/(1 + sum w) over all unit-months with w =
    nu/(nu + 8). The share of a part of the scale is the mean over units of the chance that the unit lies in
    it, proportional to the share itself times the likelihood theta^(m n/phi) (1 - theta)^((1 - m) n/phi):
    twice, beginning with equal shares.

    Args:
        units: of each unit, its months: none of fewer people than may be shown (see `past.together`).
        start: the first month of the period, as `Period.start` counts.
        calibration: the number to give the result.

    Source: Laird 1978, JASA 73 (the distribution of what is estimated, by repeated expectation), stopped
        early as in Gu and Koenker 2017; calibration by `python -m benchmarks.odds`.
    """
    counted = [[m.sample for m in months if start - WINDOW <= m.start < start] for months in units]
    counted = [samples for samples in counted if sum(s.sheets for s in samples) >= SHEETS]
    if len(counted) < UNITS:
        return None
    dispersion = _dispersion([sample for samples in counted for sample in samples])
    shares = _shares(np.array([_chances(samples, dispersion) for samples in counted]))
    return Peers(
        shares=tuple(np.rint(shares * _WHOLE).astype(int).tolist()),
        # Upwards: of units whose users all agree nothing is left of it, and every sample would be certain.
        dispersion=round(math.ceil(dispersion * 100 - 1e-9) / 100, 2),
        units=len(counted),
        calibration=calibration,
    )


def _dispersion(samples: Sequence[Sample]) -> float:
    weights = np.array([s.freedom / (s.freedom + _HALVES) for s in samples])
    seen = weights @ [s.dispersion for s in samples]
    return float((seen + samples[0].expected) / (weights.sum() + 1))


def _chances(samples: Sequence[Sample], dispersion: float) -> FloatArray:
    """(30,) likelihood of one unit in each part of the scale."""
    sheets, freedom = sum(s.sheets for s in samples), sum(s.freedom for s in samples)
    m = sum(s.sheets * s.position for s in samples) / sheets
    own = sum(s.freedom * s.dispersion for s in samples)
    effective = sheets * (SURE + freedom) / (SURE * dispersion + own)
    return likelihood(m, effective, _LINE)


def _shares(chances: FloatArray) -> FloatArray:
    shares = np.full(PARTS, 1 / PARTS)
    for _ in range(_STEPS):
        told = chances * shares
        shares = (told / told.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def likelihood(position: float, sheets: float, line: FloatArray) -> FloatArray:
    """What a sample says of each stretch of `line`: int theta^(m n) (1 - theta)^((1 - m) n), up to a factor.

    Args:
        position: m of the sample, 0 to 1.
        sheets: n, as many as would tell as much if their positions were 0 and 1 only; above 0.
        line: ascending positions from 0 to 1.
    """
    found: FloatArray = np.diff(betainc(position * sheets + 1, (1 - position) * sheets + 1, line))
    return found


@lru_cache(maxsize=1)
def _unknown() -> FloatArray:
    near = np.diff(betainc(_MEAN * _SIZE, (1 - _MEAN) * _SIZE, _LINE))
    found = (1 - _ANYWHERE) * near + _ANYWHERE / PARTS
    found.setflags(write=False)
    return found

"""The IKM of many cells at once, equal to `analytics.ikm.scoring.score` cell by cell.

Undefined entries are masked (numpy.ma), never 0 and never NaN; `reason` says why.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.ma as ma
from numpy.typing import NDArray
from scipy.special import expit, logit, stdtr, stdtrit

from analytics.batch_sums import defined_cells, residual_squares_all
from analytics.errors import AnalyticsError
from analytics.ikm.bands import SKM_2017, Band, fit
from analytics.ikm.intervals import HIGH, unanimous
from analytics.ikm.moments import IntArray
from analytics.ikm.odds import lower_edges
from analytics.ikm.unanswered import answered_by_few
from analytics.ikm.weights import Weight, normalised_weights
from analytics.reason import Reason
from analytics.rounding import half_up
from analytics.stack import MomentsStack

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: A float this close to a half of the last decimal is decided by exact arithmetic.
_DOUBT = 1e-6


@dataclass(frozen=True)
class BatchResult:
    """One row per cell, in the order of the stack.

    Attributes:
        n: sheets.
        value: unrounded IKM, in points; masked when undefined.
        hundredths: IKM rounded half up to two decimals, times 100, exact; masked when undefined.
        se: standard error, in points; masked when the sample cannot tell.
        low, high: ends of the 95 % interval `IkmResult.interval`; masked when undefined.
        odds: (m, bands) probability of each mutu; masked when undefined.
        mutu: (m,) letters; empty when undefined, and, like the odds, for bands of another scale.
        reason: (m,) why `se`, interval or odds are undefined or degenerate; empty for ordinary cells.
    """

    n: IntArray
    value: ma.MaskedArray
    hundredths: ma.MaskedArray
    se: ma.MaskedArray
    low: ma.MaskedArray
    high: ma.MaskedArray
    odds: ma.MaskedArray
    mutu: NDArray[np.str_]
    reason: NDArray[np.str_]


def score_all(
    cells: MomentsStack,
    *,
    weights: Sequence[Weight] | None = None,
    population: Sequence[int | None] | None = None,
    bands: Sequence[Band] = SKM_2017,
) -> BatchResult:
    """Score every cell: value, standard error, logit-t interval and odds of each mutu.

    Formulas, units, missing-data policy and sources are those of `analytics.ikm.scoring.score` and
    `analytics.ikm.odds.odds`; floats where those are exact, except for the rounding to two decimals and the
    question whether a cell varies at all, which are exact here too.

    Args:
        cells: of one form.
        weights: of the unsur; None for equal weights.
        population: users per cell, None where unknown.
        bands: grading table.

    Raises:
        AnalyticsError: `weights-length`, `weights-value`, `population-below-n`.
    """
    w = normalised_weights(weights, cells.k)
    known = _populations(cells, population)
    defined = defined_cells(cells, w)
    value = np.where(defined, _values(cells, w), 100 / cells.levels)
    hundredths = _hundredths(cells, w, value, defined)
    squares = residual_squares_all(cells, w)
    reason = _reasons(cells, w, squares, known, defined)
    se = _standard_errors(cells, squares, known)
    ordinary = reason == ""
    census = reason == Reason.CENSUS.value
    low, high = _intervals(cells, value, se, ordinary)
    _unanimous(cells, w, value, known, reason == Reason.NO_VARIATION.value, low, high)
    has_interval = ordinary | census | (reason == Reason.NO_VARIATION.value)
    return BatchResult(
        n=cells.n,
        value=_masked(value, defined),
        hundredths=_masked(hundredths, defined),
        se=_masked(np.where(census, 0.0, se), ordinary | census),
        low=_masked(low, has_interval),
        high=_masked(high, has_interval),
        odds=_odds(cells, value, se, hundredths, ordinary, census, bands),
        mutu=_letters(hundredths, defined & fit(bands, 100 / cells.levels), bands),
        reason=reason,
    )


def _masked(values: NDArray[np.float64] | IntArray, valid: BoolArray) -> ma.MaskedArray:
    return ma.MaskedArray(values, mask=~valid)


def _populations(cells: MomentsStack, population: Sequence[int | None] | None) -> FloatArray:
    """Users per cell; infinite where unknown, which makes every finite correction 1."""
    if population is None:
        return np.full(len(cells), math.inf)
    users = np.array([math.inf if p is None else p for p in population])
    if len(users) != len(cells) or (users < cells.n).any():
        raise AnalyticsError(
            "population-below-n", got="too few", expected="at least the sheets of each cell, one per cell"
        )
    return users


def _values(cells: MomentsStack, w: Sequence[Fraction]) -> FloatArray:
    nrr = cells.totals / np.maximum(cells.answered, 1)
    return np.asarray(100 / cells.levels * (nrr @ np.array([float(v) for v in w])))


def _hundredths(
    cells: MomentsStack, w: Sequence[Fraction], value: FloatArray, defined: BoolArray
) -> IntArray:
    scaled = value * 100 + 0.5
    rounded = np.floor(scaled).astype(np.int64)
    doubtful = defined & (np.abs(scaled - np.round(scaled)) < _DOUBT)
    for i in np.flatnonzero(doubtful):
        rounded[i] = int(half_up(_exact(cells, w, int(i))) * 100)
    return rounded


def _exact(cells: MomentsStack, w: Sequence[Fraction], i: int) -> Fraction:
    rows = zip(w, cells.totals[i].tolist(), cells.answered[i].tolist(), strict=True)
    return Fraction(100, cells.levels) * sum((v * Fraction(t, n) for v, t, n in rows if v), Fraction(0))


def _reasons(
    cells: MomentsStack, w: Sequence[Fraction], squares: FloatArray, known: FloatArray, defined: BoolArray
) -> NDArray[np.str_]:
    by_few = np.array(
        [answered_by_few(m, n) for m, n in zip(_fewest(cells, w).tolist(), cells.n.tolist(), strict=True)]
    )
    return np.select(
        [
            cells.n == 0,
            ~defined,
            (known == cells.n) & ~by_few,
            cells.n == 1,
            squares == 0,
            by_few,
        ],
        [
            Reason.NO_ANSWERS.value,
            Reason.UNSUR_WITHOUT_ANSWERS.value,
            Reason.CENSUS.value,
            Reason.ONE_RESPONDENT.value,
            Reason.NO_VARIATION.value,
            Reason.UNSUR_BY_FEW.value,
        ],
        "",
    )


def _standard_errors(cells: MomentsStack, squares: FloatArray, known: FloatArray) -> FloatArray:
    n = np.maximum(cells.n, 2)
    return np.asarray(
        100 / cells.levels * np.sqrt(squares / (n * (n - 1)) * (1 - cells.n / np.maximum(known, 1)))
    )


def _intervals(
    cells: MomentsStack, value: FloatArray, se: FloatArray, ordinary: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Logit-t where ordinary; elsewhere the value itself."""
    centre, scale, bottom = _logit_scale(cells, value, se, ordinary)
    half = stdtrit(np.maximum(cells.n - 1, 1), 0.975) * scale
    span = HIGH - bottom
    low, high = bottom + span * expit(centre - half), bottom + span * expit(centre + half)
    return np.where(ordinary, low, value), np.where(ordinary, high, value)


def _logit_scale(
    cells: MomentsStack, value: FloatArray, se: FloatArray, ordinary: BoolArray
) -> tuple[FloatArray, FloatArray, float]:
    bottom = 100 / cells.levels
    p = np.where(ordinary, (value - bottom) / (HIGH - bottom), 0.5)
    return logit(p), se / ((HIGH - bottom) * p * (1 - p)), bottom


def _fewest(cells: MomentsStack, w: Sequence[Fraction]) -> IntArray:
    """(m,) answers of the least answered unsur that has weight."""
    return np.asarray(cells.answered[:, [v > 0 for v in w]].min(axis=1))


def _unanimous(
    cells: MomentsStack,
    w: Sequence[Fraction],
    value: FloatArray,
    known: FloatArray,
    which: BoolArray,
    low: FloatArray,
    high: FloatArray,
) -> None:
    """Fill in the exact bounds of the cells whose sheets all agree."""
    fewest = _fewest(cells, w)
    for i in np.flatnonzero(which):
        users = None if math.isinf(known[i]) else int(known[i])
        low[i], high[i] = unanimous(float(value[i]), int(fewest[i]), users, 100 / cells.levels)


def _odds(
    cells: MomentsStack,
    value: FloatArray,
    se: FloatArray,
    hundredths: IntArray,
    ordinary: BoolArray,
    census: BoolArray,
    bands: Sequence[Band],
) -> ma.MaskedArray:
    centre, scale, bottom = _logit_scale(cells, value, se, ordinary)
    edges = logit(np.clip((np.array(lower_edges(bands)) - bottom) / (HIGH - bottom), 0, 1))
    steps = (edges - centre[:, None]) / np.where(ordinary, scale, 1.0)[:, None]
    ends = np.full((len(cells), 1), math.inf)
    a, b = np.hstack([-ends, steps]), np.hstack([steps, ends])
    df = np.maximum(cells.n - 1, 1)[:, None]
    flip = a > 0
    chances = stdtr(df, np.where(flip, -a, b)) - stdtr(df, np.where(flip, -b, a))
    certain = _band_index(hundredths, bands)[:, None] == np.arange(len(bands))
    chances = np.where(census[:, None], certain.astype(np.float64), chances)
    known = (ordinary | census) & fit(bands, bottom)
    return _masked(chances, np.repeat(known[:, None], len(bands), axis=1))


def _band_index(hundredths: IntArray, bands: Sequence[Band]) -> IntArray:
    starts = np.array([int(b.low * 100) for b in bands[1:]])
    return np.searchsorted(starts, hundredths, side="right").astype(np.int64)


def _letters(hundredths: IntArray, graded: BoolArray, bands: Sequence[Band]) -> NDArray[np.str_]:
    return np.where(graded, np.array([b.mutu for b in bands])[_band_index(hundredths, bands)], "")

"""Each sheet beside the others of its service and month, whichever unsur it leaves open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.ikm.moments import IntArray
from analytics.ikm.weights import Weight, normalised_weights

FloatArray = NDArray[np.float64]


def levelled(
    answers: IntArray, strata: IntArray, levels: int, weights: Sequence[Weight] | None = None
) -> FloatArray:
    """Each sheet's index less the mean of those of its stratum, in points.

    t of x = m + t + error by least squares, m of each unsur of the stratum and t of each sheet: where nobody
    leaves an unsur open, the mean of the sheet's answers.

    Missing data: an unanswered unsur (0) counts in neither. A sheet that leaves a hard unsur open is so not
    taken for a more content one, and one unsur that all of a way leave open does not bring the ways nearer,
    as it would by the means of those who answer it. A sheet without any answer of a weight above 0 is 0.

    Args:
        answers: (n, k) integers 0 to `levels`.
        strata: a number for each sheet, 0 and up.
        levels: highest score.
        weights: of the unsur; None for equal weights.
    """
    share = np.array([float(v) for v in normalised_weights(weights, answers.shape[1])])
    answers, share = answers[:, share > 0], share[share > 0]
    given = answers > 0
    value = _less_unsur(answers, strata, share, np.zeros(len(answers)))
    uneven = np.isin(strata, strata[~given.all(axis=1)])
    if uneven.any():
        numbers = np.unique(strata[uneven], return_inverse=True)[1]
        there = value[uneven]
        for _ in range(_PASSES):
            before, there = there, _less_unsur(answers[uneven], numbers, share, there)
            if np.abs(there - before).max() < _MET:
                break
        some = given[uneven].any(axis=1)
        mean = np.bincount(numbers, there * some) / np.maximum(np.bincount(numbers, some), 1)
        value[uneven] = (there - mean[numbers]) * some
    return np.asarray(100 / levels * value)


def _less_unsur(answers: IntArray, strata: IntArray, share: FloatArray, value: FloatArray) -> FloatArray:
    """One pass: the means of the unsur less the sheets' values, then the sheets' values less these means."""
    given = answers > 0
    moved = np.zeros(len(answers))
    for unsur in range(answers.shape[1]):
        mine = given[:, unsur]
        there = np.maximum(np.bincount(strata, mine), 1)
        mean = np.bincount(strata, mine * (answers[:, unsur] - value)) / there
        moved += share[unsur] * mine * (answers[:, unsur] - mean[strata])
    counted = given @ share
    return np.asarray(moved / np.where(counted > 0, counted, 1.0))


#: Passes at most, and the score that none moves a sheet by any more: some ten are enough but where hardly any
#: sheet has the same unsur as the others.
_PASSES, _MET = 100, 1e-7

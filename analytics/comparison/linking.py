"""The line that true values of units lie around, and how far from it: the linking model of small areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.comparison.ranking import FloatArray
from analytics.finite import require_finite

#: Variances between units that are looked at, on the logit scale: standard deviations of .01 to 3.
_VARIANCES = np.exp(np.linspace(np.log(1e-4), np.log(9.0), 60))
_LOGS = np.log(_VARIANCES)
#: Below this the pasts of units tell nothing from one another.
_ALIKE = 1e-6


@dataclass(frozen=True)
class Fit:
    """The line through each of several draws of the same units.

    Attributes:
        variances: (draws,) of units around the line.
        lines: (draws, units) values of the line.
        slopes: (draws,); 0 without a past.
    """

    variances: FloatArray
    lines: FloatArray
    slopes: FloatArray


def fit(values: FloatArray, errors: FloatArray, past: FloatArray | None) -> Fit:
    """Line and variance by adjusted residual likelihood, for many draws at once.

    theta_i = b0 + b1 x_i + v_i, y_i = theta_i + e_i, var v_i = A, var e_i known. b by weighted least squares;
    A maximises the residual likelihood times arctan(sum A/(A + var e_i))^(1/k), which is 0 at A = 0: a
    variance of 0 would say that nothing but the line counts, and with few units residual likelihood finds it
    by chance. The maximum of 60 values of A, and of the parabola through it and its neighbours.

    Args:
        values: (draws, units) y.
        errors: (units,) variances of e, above 0.
        past: (units,) x, centred; None for a level only.

    Raises:
        AnalyticsError: `not-finite`.

    Source: Fay and Herriot 1979, JASA 74; Yoshimori and Lahiri 2014, Journal of Multivariate Analysis 124,
        after Li and Lahiri 2010, ibid. 101.
    """
    require_finite(values=values, errors=errors, past=past)
    design = [np.ones(len(errors))]
    if past is not None and float(np.ptp(past)) > _ALIKE:
        design.append(past)
    likely = _adjusted(values, errors, design)
    variances = _highest(likely)
    weights = 1 / (variances[:, None] + errors)
    slopes, levels = _solved(*_sums(weights, values, design, each=True))
    lines = levels[:, None] + slopes[:, None] * design[-1] * (len(design) - 1)
    return Fit(variances, lines, slopes)


def _adjusted(values: FloatArray, errors: FloatArray, design: list[FloatArray]) -> FloatArray:
    """(draws, 60) logarithm of what `fit` maximises, up to a constant."""
    spread = _VARIANCES[:, None] + errors
    weights = 1 / spread
    s, t = _sums(weights, values, design, each=False)
    squares = (values * values) @ weights.T
    if len(design) == 1:
        determinant, explained = s[0], t[0] ** 2 / s[0]
    else:
        determinant = s[0] * s[2] - s[1] ** 2
        explained = (s[2] * t[0] ** 2 - 2 * s[1] * t[0] * t[1] + s[0] * t[1] ** 2) / determinant
    never_none = np.log(np.arctan((_VARIANCES[:, None] * weights).sum(axis=1))) / len(errors)
    told = np.log(spread).sum(axis=1) + np.log(determinant) + squares - explained
    return np.asarray(never_none - told / 2)


def _sums(
    weights: FloatArray, values: FloatArray, design: list[FloatArray], *, each: bool
) -> tuple[list[FloatArray], list[FloatArray]]:
    """sum w, sum w x, sum w x^2; sum w y, sum w x y: by the weights of `each` draw, or by all weights."""
    powers = [design[0]] if len(design) == 1 else [design[0], design[1], design[1] ** 2]
    s = [weights @ power for power in powers]
    if each:
        return s, [(weights * values) @ x for x in design]
    return s, [(values * x) @ weights.T for x in design]


def _solved(s: list[FloatArray], t: list[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Slope and level of least squares."""
    if len(t) == 1:
        return np.zeros_like(t[0]), np.asarray(t[0] / s[0])
    determinant = s[0] * s[2] - s[1] ** 2
    slope = (s[0] * t[1] - s[1] * t[0]) / determinant
    return np.asarray(slope), np.asarray((s[2] * t[0] - s[1] * t[1]) / determinant)


def _highest(likely: FloatArray) -> FloatArray:
    """The variance at the highest point of each row."""
    rows = np.arange(len(likely))
    place = np.clip(likely.argmax(axis=1), 1, len(_LOGS) - 2)
    before, here, after = (likely[rows, place + step] for step in (-1, 0, 1))
    bend = before - 2 * here + after
    moved = np.where(bend < 0, (before - after) / 2 / np.where(bend < 0, bend, 1.0), 0.0)
    return np.asarray(np.exp(_LOGS[place] + np.clip(moved, -1, 1) * (_LOGS[1] - _LOGS[0])))

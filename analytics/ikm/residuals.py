"""The linearised residuals of the index: what its standard error is made of, exact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from analytics.ikm.moments import Moments


def residual_squares(moments: Moments, weights: Sequence[Fraction]) -> Fraction:
    """Exact sum over sheets of squared residuals of the linearised index, on the scale of the scores.

    `weights` must sum to 1 and every unsur with weight must have answers. Source: Woodruff 1971.
    """
    if moments.complete:
        return _complete_squares(moments, weights)
    n, used = moments.n, [i for i, w in enumerate(weights) if w > 0]
    cross, sums, pairs = moments.cross.tolist(), moments.sums.tolist(), moments.pairs.tolist()
    c = {i: n * weights[i] / pairs[i][i] for i in used}
    m = {i: Fraction(sums[i][i], pairs[i][i]) for i in used}
    return sum(
        (
            c[i] * c[j] * (cross[i][j] - m[j] * sums[i][j] - m[i] * sums[j][i] + m[i] * m[j] * pairs[i][j])
            for i in used
            for j in used
        ),
        Fraction(0),
    )


def _complete_squares(moments: Moments, weights: Sequence[Fraction]) -> Fraction:
    """(n sum a_i a_j cross_ij - (sum a_i T_i)^2) / (n unit^2), with weights a_i / unit."""
    n, unit = moments.n, math.lcm(*(w.denominator for w in weights))
    a = [w.numerator * (unit // w.denominator) for w in weights]
    fits = n * (moments.levels * unit) ** 2 < 2**62  # then int64 holds the largest product
    vector = np.array(a, dtype=np.int64 if fits else object)
    quadratic = int(vector @ moments.cross.astype(vector.dtype, copy=False) @ vector)
    linear = sum(x * total for x, total in zip(a, moments.totals, strict=True))
    return Fraction(n * quadratic - linear**2, n * unit**2)

"""How far an index may be off, by its sheets: the standard error, and what the interval stands on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from analytics.ikm.moderated import Past, Sample, expected_dispersion, sample_of
from analytics.ikm.moments import Moments
from analytics.ikm.residuals import residual_squares
from analytics.ikm.unanswered import answered_by_few, fewest_answers
from analytics.reason import Reason


def sampling_error(
    exact: Fraction,
    moments: Moments,
    weights: tuple[Fraction, ...],
    population: int | None,
    past: Past | None = None,
) -> tuple[float | None, Sample | None, Reason | None]:
    """Standard error in points, the sample, and why either is undefined or degenerate.

    One sheet, and an unsur answered by few, tell neither. Sheets that all agree have no standard error; their
    sample has no dispersion of its own.

    Args:
        exact: the index, in points of 100/levels to 100.
        moments: sums of at least one sheet.
        weights: one per unsur, of sum 1; the unsur with weight are answered.
        population: users served, at least n; None when unknown.
        past: what earlier months tell; None where there are none.
    """
    n, unseen = moments.n, 1 - Fraction(moments.n, population) if population else Fraction(1)
    fewest = fewest_answers(moments.answered, weights)
    by_few = answered_by_few(fewest, n)
    if n == 1 and (unseen or by_few):
        return None, None, Reason.ONE_RESPONDENT
    scale = Fraction(100, moments.levels)
    # n times the squared standard error, as if the users were without number.
    variance = scale**2 * residual_squares(moments, weights) / max(1, n - 1)
    if by_few and variance:
        return None, None, Reason.UNSUR_BY_FEW
    low, sheets = 100 / moments.levels, _answers_an_unsur(moments, weights)
    # Who left an unsur out has not been seen on it: so a sample has seen as many as answer an unsur.
    known = 0.0 if population is None else (fewest if by_few else sheets) / population
    sample = sample_of(
        position=(float(exact) - low) / (100 - low),
        variance=float(variance) / (100 - low) ** 2 * sheets / n,
        sheets=sheets,
        unseen=1 - known if unseen or by_few else 0.0,
        expected=expected_dispersion(weights, moments.levels),
        past=past,
    )
    if not unseen and not by_few:
        return 0.0, sample, Reason.CENSUS
    if not variance:
        # The sample shows no variation, so it cannot say how far it is from the truth: not certainty.
        return None, sample, Reason.NO_VARIATION
    return math.sqrt(variance / n * unseen), sample, None


def _answers_an_unsur(moments: Moments, weights: Sequence[Fraction]) -> float:
    """Harmonic mean over the unsur by weight: n where every sheet is complete."""
    if moments.complete:
        return float(moments.n)
    pairs = zip(moments.answered, weights, strict=True)
    return float(1 / sum(w / n for n, w in pairs if w))

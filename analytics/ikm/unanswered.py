"""How few answers of one unsur are too few to tell the error of the index."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def answered_by_few(answered: int, n: int) -> bool:
    """Whether an unsur that `answered` of `n` sheets answer leaves the error of the index unknown.

    Fewer than five answers where those are less than half of the sheets, or fewer than ten where those are
    less than a twentieth. The residuals of so few answers about their own mean are too small by
    (answers - 1) / answers, and t with n - 1 degrees of freedom does not know it: one answer of forty makes
    a 95 % interval that holds the truth in .79-.86 of all samples, five make .92-.95, as many as complete
    sheets (docs/decisions/interval-of-the-ikm.md).
    """
    return (answered < 5 and 2 * answered < n) or (answered < 10 and 20 * answered < n)


def fewest_answers(answered: Sequence[int], weights: Sequence[Fraction]) -> int:
    """Answers of the least answered unsur that has weight; 0 without any."""
    return min((n for n, w in zip(answered, weights, strict=True) if w), default=0)

"""Which groups do something clearly more or less often than the others, of many that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, hypergeom

from analytics.comparison.compare import benjamini_hochberg
from analytics.errors import AnalyticsError
from analytics.finite import require_finite

#: Of all that is called clear, at most this share is by chance, on average.
FALSE = 0.05
#: Chances this much apart, relatively, are the same chance and rounding.
_SAME = 1e-7


@dataclass(frozen=True)
class Counted:
    """How many of a group did something, and how many of the others: `part` of `n`."""

    part: int
    n: int
    others_part: int
    others: int


@dataclass(frozen=True, kw_only=True)
class ShareBeside:
    """A group's share beside that of the others.

    Attributes:
        share, others: of the group and of the others, 0 to 1.
        p: exact, that shares are as far apart or farther where both are the same.
        adjusted: the same with all groups that were looked at in mind.
    """

    counted: Counted
    share: float
    others: float
    p: float
    adjusted: float

    @property
    def clear(self) -> bool:
        """Whether it stands out of all that were looked at."""
        return self.adjusted <= FALSE

    @property
    def more(self) -> bool:
        """Whether the group does it more often."""
        return self.share > self.others


def shares_beside(counted: Sequence[Counted]) -> tuple[ShareBeside, ...]:
    """Every group against the others by Fisher's exact test, all of them together by Benjamini-Hochberg.

    p is the chance of all tables with the same margins that are no likelier than the one found. Groups of one
    question are compared with overlapping others: the more of one the fewer of another, for which the
    adjustment was not proved; exact p-values of small counts are larger than they need be, and simulation
    shows fewer than 5 % of nothing called clear.

    Missing data: there is none to be had; who is in no group belongs into a group of its own.

    Raises:
        AnalyticsError: `shares-range` for an empty group, no others, or parts that are none of their whole.

    Source: Fisher 1935, The Logic of Inductive Inference; Benjamini and Hochberg 1995, JRSS B 57.
    """
    _require(counted)
    p_values = [_exact(c) for c in counted]
    return tuple(
        ShareBeside(counted=c, share=c.part / c.n, others=c.others_part / c.others, p=p, adjusted=adjusted)
        for c, p, adjusted in zip(counted, p_values, benjamini_hochberg(p_values), strict=True)
    )


def _require(counted: Sequence[Counted]) -> None:
    if any(
        min(c.n, c.others) < 1 or not (0 <= c.part <= c.n and 0 <= c.others_part <= c.others) for c in counted
    ):
        raise AnalyticsError("shares-range", got=list(counted), expected="parts of groups that are not empty")


def _exact(c: Counted) -> float:
    parts, everybody = c.part + c.others_part, c.n + c.others
    possible = np.arange(max(0, parts - c.others), min(parts, c.n) + 1)
    chances = hypergeom.pmf(possible, everybody, parts, c.n)
    found = chances[c.part - possible[0]]
    return float(min(1.0, chances[chances <= found * (1 + _SAME)].sum()))


def shares_above(counted: Sequence[Counted], times: float) -> tuple[float, ...]:
    """How likely each group's part, or a larger one, is where its true share is `times` that of the others.

    p = P(X >= part), X binomial with n and min(1, times (others_part + 1)/(others + 1)), adjusted for all
    groups by Benjamini-Hochberg. Groups differ a little in what they do: one that stands out has to be so
    much above the others that no such difference explains it.

    Args:
        counted: groups that are not empty, each with others.
        times: above 0; 1 asks for any difference.

    Missing data: as `shares_beside`.

    Raises:
        AnalyticsError: as `shares_beside`; `shares-range` for `times` of 0 or less; `not-finite`.

    Source: Clopper and Pearson 1934, Biometrika 26 (the binomial tail); Benjamini and Hochberg 1995.
    """
    require_finite(times=times)
    if times <= 0:
        raise AnalyticsError("shares-range", got=times, expected="above 0")
    _require(counted)
    p_values = [
        float(binom.sf(c.part - 1, c.n, min(1.0, times * (c.others_part + 1) / (c.others + 1))))
        for c in counted
    ]
    return benjamini_hochberg([min(1.0, p) for p in p_values])

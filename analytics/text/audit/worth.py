"""From comments that people judged: how right a count is, what it misses, and how many there are likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import betaln, gammaln

from analytics.ikm.covariance import FloatArray

#: Fewer judged comments than this say nothing of any label.
ENOUGH = 20
#: A share is told from so many comments, or from all there are.
COMPARED = 5

# Half a success and half a failure: Jeffreys.
_PRIOR = 0.5
_POINTS = 399
# Of two together every third is enough: the middle one of each three stands for them.
_THIRD = slice(1, None, 3)
_TAIL = 0.025
_ROUNDING = 1e-9


class Unknown(StrEnum):
    """Why there is no figure."""

    #: Too few comments were judged at all.
    JUDGED = "too-few-judged"
    #: Too few of those that were given the label.
    FOUND = "too-few-found-judged"
    #: Too few of those that a reader gives the label.
    MEANT = "too-few-meant-judged"
    #: No comment was given the label.
    NONE = "none-found"


@dataclass(frozen=True)
class Judged:
    """One judged comment, as one label sees it.

    Attributes:
        found: the label was given by the grouping.
        meant: the label was given by the reader.
        weight: how many comments it stands for, in proportion: the sample's rate over its own probability; 0
            for one that is known and stands for no other.
        counted: it is among those that are counted, so that of it nothing needs to be estimated.
    """

    found: bool
    meant: bool
    weight: float
    counted: bool


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share with its interval of 95%, 0 to 1; None with a `reason` where too little is known.

    `right` of `of` judged comments, as they were counted, without weights.
    """

    value: float | None
    low: float | None
    high: float | None
    right: int
    of: int
    reason: Unknown | None = None


@dataclass(frozen=True)
class Worth:
    """What a count is worth.

    Attributes:
        counted: comments with the label, as grouped.
        precision: of these, the share that a reader gives the label too.
        recall: of those a reader would give the label, the share that the grouping gives it.
        likely: how many a reader would give the label: the lower end of an interval of 95%, the middle, the
            upper end; None where too little is known.
    """

    counted: int
    precision: Share
    recall: Share
    likely: tuple[int, int, int] | None
    reason: Unknown | None = None


def worth_of_count(judged: Sequence[Judged], counted: int, others: int) -> Worth:
    """What the count of one label is worth.

    Among the comments that were given the label, and among all others, the share that a reader gives it
    has the posterior of a Beta of (0.5, 0.5), with as many judgements as the weights are worth (Kish). What
    was judged is known; the unread follow the beta-binomial, so that the interval closes where all was
    judged. A counted comment speaks for the unread with its weight less the share of all that was judged.
    A count of which too few are judged has no recall either.

    Args:
        judged: judged comments of a random sample, of any period.
        counted: comments with the label among those that are counted.
        others: those without it.

    Source: Brown, Cai, DasGupta (2001) for the prior; Kish (1965) for the effective number; Ericson (1969)
    for the finite population. That it covers is simulated (benchmarks/comment_audit.py), not proved.
    """
    found = [j for j in judged if j.found]
    missed = [j for j in judged if not j.found]
    hits, omissions = sum(j.meant for j in found), sum(j.meant for j in missed)
    if len(judged) < ENOUGH:
        precision, recall = (_unknown(Unknown.JUDGED, hits, of) for of in (len(found), hits + omissions))
        return Worth(counted, precision, recall, None, Unknown.JUDGED)
    # What is known beside the sample (weight 0) is no part of what it was drawn at.
    read = sum(j.counted and j.weight > 0 for j in judged) / max(1, counted + others)
    right, more = _totals(found, counted, read), _totals(missed, others, read)
    precision = _precision(right, counted, hits, len(found), found)
    recall = _recall(right, more, hits, omissions)
    if precision.reason is Unknown.FOUND:
        # Told only where chance had found much of it, and then too often too low.
        recall = precision
    if counted and precision.value is None:
        return Worth(counted, precision, recall, None, precision.reason)
    low, middle, high = _ends(np.add.outer(*_fewer(right, more)))
    return Worth(counted, precision, recall, (round(low), round(middle), round(high)))


def _precision(right: FloatArray, counted: int, hits: int, of: int, found: Sequence[Judged]) -> Share:
    if not counted:
        return _unknown(Unknown.NONE, hits, of)
    if of < COMPARED and sum(j.counted for j in found) < counted:
        return _unknown(Unknown.FOUND, hits, of)
    low, middle, high = _ends(right / counted)
    return Share(value=middle, low=low, high=high, right=hits, of=of)


def _recall(right: FloatArray, more: FloatArray, hits: int, omissions: int) -> Share:
    settled = len(right) == len(more) == 1 and right[0] + more[0] > 0
    if hits + omissions < COMPARED and not settled:
        return _unknown(Unknown.MEANT, hits, hits + omissions)
    right, more = _fewer(right, more)
    together = np.add.outer(right, more)
    shares = np.divide(right[:, None], together, out=np.ones_like(together), where=together > 0)
    low, middle, high = _ends(shares)
    return Share(value=middle, low=low, high=high, right=hits, of=hits + omissions)


def _unknown(reason: Unknown, right: int, of: int) -> Share:
    return Share(value=None, low=None, high=None, right=right, of=of, reason=reason)


def _totals(judged: Sequence[Judged], size: int, read: float) -> FloatArray:
    """Equally likely numbers of comments that a reader gives the label, out of `size`.

    Only the unread are estimated. A judged comment stands for its weight / `read` of those that are counted,
    itself among them, so that of a group that was read throughout nothing is carried over to the others.
    """
    known = sum(j.meant for j in judged if j.counted)
    rest = size - sum(j.counted for j in judged)
    if rest < 1:
        return np.full(1, float(known))
    weights = np.array([j.weight - read * j.counted for j in judged])
    weights = np.where(weights > _ROUNDING, weights, 0.0)
    meant = np.array([j.meant for j in judged], dtype=bool)
    effective = weights.sum() ** 2 / (weights**2).sum() if weights.any() else 0.0
    share = weights[meant].sum() / weights.sum() if weights.any() else 0.0
    a, b = _PRIOR + effective * share, _PRIOR + effective * (1 - share)
    k = np.arange(rest + 1)
    chances = gammaln(rest + 1) - gammaln(k + 1) - gammaln(rest - k + 1)
    cumulated = np.cumsum(np.exp(chances + betaln(k + a, rest - k + b) - betaln(a, b)))
    points = (np.arange(_POINTS) + 0.5) / _POINTS
    return known + np.searchsorted(cumulated / cumulated[-1], points).astype(float)


def _fewer(right: FloatArray, more: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Every third point of both; all of them where one is known for sure, and so is a single point."""
    return (right, more) if min(len(right), len(more)) == 1 else (right[_THIRD], more[_THIRD])


def _ends(values: FloatArray) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (_TAIL, 0.5, 1 - _TAIL))
    return float(low), float(middle), float(high)

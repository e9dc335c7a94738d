"""Ways to an interval of an index, for many samples at once: the product's, and what it is measured against.

Every one takes samples (`people.Sheets`) and the share of the users that they are, and gives the ends as
positions, 0 to 1. The product's interval is made by its own code, sample by sample; the others are written
out here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.random import Generator
from scipy.special import expit, logit, ndtr, ndtri, stdtrit

from analytics.ikm.moderated import Past, Sample, expected_dispersion, sample_of
from analytics.ikm.past import Month, past_of
from benchmarks.people import FloatArray, IntArray, Sheets

Ends = tuple[FloatArray, FloatArray]
#: One per sample: a past or none.
Pasts = list[Past | None]
#: Of (samples, n) positions of sheets.
_Bootstrap = Callable[[FloatArray, Generator], Ends]

#: What nine unsur of equal weight and four levels make likely.
EXPECTED = expected_dispersion((Fraction(1, 9),) * 9, 4)
RESAMPLES = 399
#: Resampled at once, so that a chunk fits the memory.
CHUNK = 50


def product(
    sheets: Sheets, known: float = 0.0, pasts: Pasts | None = None, expected: float = EXPECTED
) -> Ends:
    """What the product prints. Samples that are alike to it are computed once."""
    found: dict[tuple[int, int, Past | None], tuple[float, float]] = {}
    position, variance = sheets.position.tolist(), sheets.variance.tolist()
    told = [None] * len(position) if pasts is None else pasts
    ends = []
    keys = zip(sheets.total.tolist(), sheets.squares.tolist(), told, strict=True)
    for i, key in enumerate(keys):
        if key not in found:
            sample = sample_of(
                position=position[i],
                variance=variance[i],
                sheets=sheets.n,
                unseen=1 - known,
                expected=expected,
                past=key[2],
            )
            found[key] = sample.interval()
        ends.append(found[key])
    low, high = np.array(ends).T
    return low, high


def pasts_of(months: IntArray) -> Pasts:
    """What the product keeps of the months before: (samples, months, steps + 1), the latest one last."""
    sheets = Sheets.of(months)
    known: dict[tuple[int, int], Sample] = {}
    found: Pasts = []
    rows = zip(sheets.total.tolist(), sheets.squares.tolist(), strict=True)
    divisors = sheets.n * sheets.steps, sheets.n * (sheets.n - 1) * sheets.steps**2
    for totals, squares in rows:
        told = []
        for start, key in enumerate(zip(totals, squares, strict=True)):
            if key not in known:
                known[key] = sample_of(
                    position=key[0] / divisors[0],
                    variance=(sheets.n * key[1] - key[0] ** 2) / divisors[1],
                    sheets=sheets.n,
                    unseen=1.0,
                    expected=EXPECTED,
                )
            told.append(Month(start=start, sample=known[key]))
        found.append(past_of(told, len(told)))
    return found


def plain_t(sheets: Sheets, known: float = 0.0) -> Ends:
    """Student's t about the mean, cut at the ends of the scale: of no width where all agree."""
    half = stdtrit(sheets.n - 1, 0.975) * _error(sheets, known)
    return np.maximum(sheets.position - half, 0), np.minimum(sheets.position + half, 1)


def logit_t(sheets: Sheets, known: float = 0.0) -> Ends:
    """What the product had before: t on the logit, and the exact bound of a sample in which all agree.

    Source: Korn and Graubard 1998, Survey Methodology 24(2); Clopper and Pearson 1934 and its hypergeometric
        counterpart.
    """
    p, agree = sheets.position, sheets.variance == 0
    inner = np.where(agree, 0.5, p)
    half = stdtrit(sheets.n - 1, 0.975) * _error(sheets, known) / (inner * (1 - inner))
    share = _agreeing(sheets.n, known)
    low = np.where(agree, share * p, expit(logit(inner) - half))
    return low, np.where(agree, 1 - share * (1 - p), expit(logit(inner) + half))


def _agreeing(n: int, known: float) -> float:
    """Least share of people of one mind, of whom n asked would all be of it with a chance of .05."""
    if known == 0:
        return float(0.05 ** (1 / n))
    people = round(n / known)
    return next(k for k in range(n, people + 1) if _all_agree(k, n, people) >= 0.05 * (1 - 1e-9)) / people


def _all_agree(agreeing: int, n: int, people: int) -> float:
    log = math.lgamma
    return math.exp(log(agreeing + 1) - log(agreeing - n + 1) - log(people + 1) + log(people - n + 1))


def bca(sheets: Sheets, rng: Generator) -> Ends:
    """Bias-corrected and accelerated bootstrap of the mean. Source: Efron 1987, JASA 82."""
    return _in_chunks(sheets, rng, _bca)


def bayesian(sheets: Sheets, rng: Generator) -> Ends:
    """2.5 and 97.5 % of the mean under flat Dirichlet weights. Source: Rubin 1981, Annals of Statistics 9."""
    return _in_chunks(sheets, rng, _bayesian)


def narrowed(ends: Ends, sheets: Sheets, known: float) -> Ends:
    """Ends without a word of how many users there are, nearer to the mean by sqrt(1 - n/N)."""
    factor, p = math.sqrt(1 - known), sheets.position
    return p + factor * (ends[0] - p), p + factor * (ends[1] - p)


def _error(sheets: Sheets, known: float) -> FloatArray:
    return np.sqrt(sheets.variance * (1 - known) / sheets.n)


def _in_chunks(sheets: Sheets, rng: Generator, method: _Bootstrap) -> Ends:
    parts = [
        method(_positions(sheets.counts[start : start + CHUNK]), rng)
        for start in range(0, len(sheets.counts), CHUNK)
    ]
    low, high = (np.concatenate([part[end] for part in parts]) for end in (0, 1))
    return low, high


def _positions(counts: IntArray) -> FloatArray:
    """(samples, n) the position of each sheet."""
    samples, steps = len(counts), counts.shape[1] - 1
    every = np.tile(np.arange(steps + 1), samples)
    return np.asarray(np.repeat(every, counts.ravel()).reshape(samples, -1) / steps)


def _bca(sheets: FloatArray, rng: Generator) -> Ends:
    m, n = sheets.shape
    drawn = rng.integers(0, n, (m, RESAMPLES * n), dtype=np.int32)
    boot = np.sort(np.take_along_axis(sheets, drawn, axis=1).reshape(m, RESAMPLES, n).mean(axis=2), axis=1)
    mean = sheets.mean(axis=1, keepdims=True)
    share = ((boot < mean - 1e-9).mean(axis=1) + (boot < mean + 1e-9).mean(axis=1)) / 2
    bias = ndtri(np.clip(share, 1e-4, 1 - 1e-4))
    deviation = mean - sheets
    cubes, squares = (deviation**3).sum(axis=1), (deviation**2).sum(axis=1)
    acceleration = -cubes / (6 * np.maximum(squares, 1e-12) ** 1.5)

    def end(tail: float) -> FloatArray:
        z = bias + ndtri(tail)
        level = ndtr(bias + z / (1 - acceleration * z))
        return _at(boot, np.clip((level * RESAMPLES).astype(int), 0, RESAMPLES - 1))

    return end(0.025), end(0.975)


def _bayesian(sheets: FloatArray, rng: Generator) -> Ends:
    m, n = sheets.shape
    weights = rng.standard_exponential((m, RESAMPLES, n))
    boot = np.sort(np.einsum("mrn,mn->mr", weights, sheets) / weights.sum(axis=2), axis=1)
    rank = (RESAMPLES + 1) // 40
    return boot[:, rank - 1], boot[:, -rank]


def _at(rows: FloatArray, index: IntArray) -> FloatArray:
    return np.asarray(rows[np.arange(len(rows)), index])

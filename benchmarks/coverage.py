"""How often does the 95 % interval of the IKM hold the truth? python -m benchmarks.coverage [--rho 0.5]

Seeded. For every n and true IKM many samples are drawn (see benchmarks.sheets), scored by the product's own
code, and the intervals counted that hold the true IKM: the product's logit-t, the plain t of the official
tables, and the BCa bootstrap. A sample without an interval counts as a miss. The product gives a unanimous
sample its exact bound; plain t and BCa have nothing to say there. Below it the coverage of all the other
intervals that pages print: `benchmarks.printed_intervals`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

from analytics.ikm import Moments
from analytics.ikm.scoring import score
from analytics.reason import Reason
from benchmarks import printed_intervals
from benchmarks.sheets import RHO, Users

SEED = 20260817
SIZES = (5, 10, 20, 50, 100, 200)
TARGETS = (80.0, 96.0)
SAMPLES, BCA_SAMPLES, RESAMPLES, CHUNK = 10_000, 1_000, 999, 250
GOAL = (0.94, 0.965)
#: Holds nothing: what a sample without an interval counts as.
NONE = (np.inf, -np.inf)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """Shares of samples, for one n and one true IKM."""

    n: int
    ikm: float
    unanimous: float
    logit_t: float
    below: float
    above: float
    plain_t: float
    bca: float


def measure(n: int, ikm: float, rho: float, rng: Generator) -> Coverage:
    """Draw, score and count. `below` and `above`: intervals that lie wholly on that side of the truth."""
    users = Users.at(ikm, rho)
    answers = users.answer(rng, SAMPLES * n).reshape(SAMPLES, n, 9)
    found = [score(Moments.from_answers(sample)) for sample in answers]
    low, high = np.array([result.interval or NONE for result in found]).T
    people = 25 * answers.mean(axis=2, dtype=np.float64)
    return Coverage(
        n,
        ikm,
        sum(result.reason("interval") is Reason.NO_VARIATION for result in found) / SAMPLES,
        float(((low <= ikm) & (ikm <= high)).mean()),
        float((high < ikm).mean()),
        float((low > ikm).mean()),
        plain_t(people, ikm),
        bca(people[:BCA_SAMPLES], ikm, rng),
    )


def plain_t(people: FloatArray, ikm: float) -> float:
    """Share of samples whose mean -+ t se holds the truth."""
    n = people.shape[1]
    half = stdtrit(n - 1, 0.975) * people.std(axis=1, ddof=1) / np.sqrt(n)
    return float((np.abs(people.mean(axis=1) - ikm) <= half).mean())


def bca(people: FloatArray, ikm: float, rng: Generator) -> float:
    """Share of samples whose BCa interval of the mean holds the truth (Efron 1987, JASA 82)."""
    chunks = np.array_split(people, max(1, len(people) // CHUNK))
    return float(np.concatenate([_bca_holds(chunk, ikm, rng) for chunk in chunks]).mean())


def _bca_holds(people: FloatArray, ikm: float, rng: Generator) -> NDArray[np.bool_]:
    m, n = people.shape
    mean = people.mean(axis=1, keepdims=True)
    drawn = rng.integers(0, n, (m, RESAMPLES, n), dtype=np.int32)
    boot = np.sort(np.take_along_axis(people[:, None, :], drawn, axis=2).mean(axis=2), axis=1)
    share = ((boot < mean - 1e-9).mean(axis=1) + (boot < mean + 1e-9).mean(axis=1)) / 2
    bias = ndtri(np.clip(share, 1e-4, 1 - 1e-4))
    deviation = mean - people
    cubes, squares = (deviation**3).sum(axis=1), (deviation**2).sum(axis=1)
    acceleration = -cubes / (6 * np.maximum(squares, 1e-12) ** 1.5)
    ends = []
    for tail in (0.025, 0.975):
        z = bias + ndtri(tail)
        level = ndtr(bias + z / (1 - acceleration * z))
        index = np.clip((level * RESAMPLES).astype(int), 0, RESAMPLES - 1)
        ends.append(boot[np.arange(m), index])
    return np.asarray((ends[0] <= ikm) & (ikm <= ends[1]))


def main() -> None:
    """Print both tables; the last column of the first says where the product's interval misses the goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rho", type=float, default=RHO, help="share people's answers have in common")
    rho = parser.parse_args().rho
    rng = np.random.default_rng(SEED)
    print(f"rho {rho}, {SAMPLES:,} samples each ({BCA_SAMPLES:,} for BCa), goal {GOAL[0]} to {GOAL[1]}")
    print(
        f"{'IKM':>4} {'n':>4} {'unanimous':>10} {'logit-t':>8} {'below':>6} {'above':>6} {'t':>6} {'BCa':>6}"
    )
    for ikm in TARGETS:
        for n in SIZES:
            c = measure(n, ikm, rho, rng)
            note = "" if GOAL[0] <= c.logit_t <= GOAL[1] else "  outside the goal"
            print(
                f"{ikm:4.0f} {n:4d} {c.unanimous:10.4f} {c.logit_t:8.4f} {c.below:6.3f} {c.above:6.3f} "
                f"{c.plain_t:6.3f} {c.bca:6.3f}{note}",
                flush=True,
            )
    printed_intervals.show(rng)


if __name__ == "__main__":
    main()

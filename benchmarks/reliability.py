"""How often do intervals of alpha and omega hold the truth? python -m benchmarks.reliability [--draws N]

Seeded. People are `sheets.Loyal`: a share `lines` of them gives every unsur one score, and `rho` is how alike
a person's answers are. The truth is known exactly. Ours: by the product's code, and in brackets the share of
samples that have an interval. Feldt, ADF (fourth moments, +-1.96) and the bootstrap (percentiles) are the
intervals of alpha that lost. Then what one unit's omega and alpha take, in milliseconds of processor time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
from numpy.random import Generator

from analytics.ikm import Interval, alpha_interval, omega
from benchmarks.reliability_methods import adf, alphas, bootstrap, feldt, true_reliability
from benchmarks.sheets import Loyal, Users

SEED = 20261201
SIZES = (30, 50, 100, 200, 500)
IKM = (75.0, 92.0)
LINES = (0.0, 0.3, 0.6)
RHO = (0.1, 0.2, 0.3)
DRAWS = 300
#: The bootstrap is measured on as many of the samples.
FEW = 100


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of every cell, and what it takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--draws", type=int, default=DRAWS, help=f"samples a cell, {DRAWS} unless told")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="sheets of a sample")
    asked = parser.parse_args(arguments)
    print(f"Intervals of reliability: {asked.draws} samples a cell; share that holds the truth, median width")
    print("   n  IKM lines rho |  alpha  Feldt   ADF  boot  ours (with)  width |  omega  ours (with)  width")
    for n in asked.sizes:
        lowest = [_cell(n, *cell, asked.draws) for cell in product(IKM, LINES, RHO)]
        least = np.min(lowest, axis=0)
        print(f"{n:>4}  lowest          |  Feldt {least[0]:.3f}  ours {least[1]:.3f}  omega {least[2]:.3f}")
    _show_time()


def _cell(n: int, ikm: float, lines: float, rho: float, draws: int) -> tuple[float, float, float]:
    """Print a cell; the coverage of Feldt and of the product's two intervals."""
    rng = np.random.default_rng((SEED, n, int(ikm), int(100 * lines), int(100 * rho)))
    alpha, behind = true_reliability(ikm, lines, rho)
    samples = Loyal(ikm, lines, rho).answer(rng, draws, n)
    low, high = feldt(alphas(samples), n, samples.shape[2])
    normal = float(np.mean((low <= alpha) & (alpha <= high)))
    fourth = _hold((adf(s) for s in samples), alpha)[0]
    again = _hold((bootstrap(s, rng) for s in samples[:FEW]), alpha)[0]
    ours = _hold((alpha_interval(s) for s in samples), alpha)
    graded = _hold((omega(s, 4).interval for s in samples), behind)
    print(
        f"{n:>4} {ikm:>4.0f} {lines:>5} {rho:>3} |  {alpha:.3f}  {normal:.3f}  {fourth:.3f} {again:.2f}"
        f"  {ours[0]:.3f} ({ours[1]:.2f})  {ours[2]:.3f} |  {behind:.3f}  {graded[0]:.3f} ({graded[1]:.2f})"
        f"  {graded[2]:.3f}",
        flush=True,
    )
    return normal, ours[0], graded[0]


def _hold(intervals: Iterable[Interval | None], truth: float) -> tuple[float, float, float]:
    """Of those there are: the share that holds the truth; the share there is; median width."""
    every = list(intervals)
    there = [i for i in every if i is not None]
    if not there:
        return float("nan"), 0.0, float("nan")
    holds = [low <= truth <= high for low, high in there]
    return float(np.mean(holds)), len(there) / len(every), float(np.median([h - low for low, h in there]))


def _show_time() -> None:
    print("\nsheets   kinds of sheets   omega and alpha's interval")
    for n in (50, 500, 5_000, 50_000):
        sheets = _sheets(np.random.default_rng((SEED, n)), n)
        omega(sheets, 4)
        started = time.process_time()
        for _ in range(3):
            omega(sheets, 4)
            alpha_interval(sheets)
        took = (time.process_time() - started) / 3 * 1000
        print(f"{n:>6,}   {len(np.unique(sheets, axis=0)):>15,}   {took:>8.0f} ms")


def _sheets(rng: Generator, n: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return Users.at(82).answer(rng, n).astype(np.int64)


if __name__ == "__main__":
    main()

"""People who answer, by the chances of where on the scale one person's sheet lies: any samples at once.

What an interval sees of a sheet is its position on the scale, 0 to 1 in steps of 1/27 for nine unsur of four
levels. So a population is told by the chances of these steps, and a sample by how often each came up: numpy
draws that in one call. That these are the people of `sheets.Loyal` is held by tests/analytics/test_people.py.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import betaln

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class People:
    """Any number of people. `chances[k]` is that of a sheet k steps above the lowest; their sum is 1."""

    chances: tuple[float, ...]

    @property
    def steps(self) -> int:
        """How many steps lie between the lowest and the highest sheet."""
        return len(self.chances) - 1

    @property
    def truth(self) -> float:
        """Their mean position, 0 to 1."""
        return float(np.dot(self.chances, np.arange(len(self.chances))) / self.steps)

    @property
    def dispersion(self) -> float:
        """Variance of one person's position over p (1 - p)."""
        square = np.dot(self.chances, (np.arange(len(self.chances)) / self.steps) ** 2)
        return float((square - self.truth**2) / (self.truth * (1 - self.truth)))

    def draw(self, rng: Generator, n: int, *shape: int) -> IntArray:
        """(*shape, steps + 1) how many of n sheets have each step."""
        return rng.multinomial(n, self.chances, size=shape)


@lru_cache(maxsize=4096)
def loyal(ikm: float, lines: float, rho: float, unsur: int = 9, levels: int = 4) -> People:
    """The people of `sheets.Loyal`, whose true index is `ikm` on a scale of 25 to 100."""
    mean, size = (ikm - 25) / 75, 1 / rho - 1
    ends, a = (mean * size, (1 - mean) * size), levels - 1
    chances = (1 - lines) * _beta_binomial(unsur * a, *ends)
    chances[::unsur] += lines * _beta_binomial(a, *ends)
    return People(tuple(chances / chances.sum()))


def _beta_binomial(steps: int, a: float, b: float) -> FloatArray:
    """scipy.stats.betabinom.pmf of every step, digit for digit, in a tenth of its time."""
    k = np.arange(steps + 1)
    log = -np.log(steps + 1) - betaln(steps - k + 1, k + 1) + betaln(k + a, steps - k + b) - betaln(a, b)
    return np.asarray(np.exp(log), dtype=np.float64)


def with_angry(people: People, share: float) -> People:
    """The same, but for a share that gives every unsur the lowest score."""
    chances = (1 - share) * np.array(people.chances)
    chances[0] += share
    return People(tuple(chances))


def resampled(rows: Sequence[Sequence[int]], levels: int = 4) -> People:
    """People of whom each of these sheets is as likely as the others."""
    answers = np.array(rows)
    counts = np.bincount((answers - 1).sum(axis=1), minlength=answers.shape[1] * (levels - 1) + 1)
    return People(tuple(counts / counts.sum()))


def sekadau() -> People:
    """The 49 published sheets of Kabupaten Sekadau: real."""
    cases = json.loads((ROOT / "data" / "published" / "skm.json").read_text(encoding="utf-8"))
    return resampled(next(case["raw_rows"] for case in cases if "Sekadau" in case["agency"]))


def reference_sheets() -> dict[str, People]:
    """The complete sheets of nine unsur that the tests compare with R: drawn by us, not real."""
    folder = ROOT / "tests" / "analytics" / "reference"
    found = {"skm200": resampled(_digits(_rows(folder / "reliability-skm200.csv")))}
    services: dict[str, list[list[str]]] = {}
    for service, _users, _sex, _age, *answers in _rows(folder / "sheets.csv"):
        services.setdefault(service, []).append(answers)
    return found | {f"service {name}": resampled(_digits(rows)) for name, rows in services.items()}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def _digits(rows: Sequence[Sequence[str]]) -> list[list[int]]:
    return [[int(cell) for cell in row] for row in rows]


@dataclass(frozen=True)
class Sheets:
    """Samples of n sheets each: what an interval may see of them, one value per sample.

    Attributes:
        counts: (samples, steps + 1) how many sheets have each step.
        n: sheets of each.
        total, squares: sums of steps and of their squares.
    """

    counts: IntArray
    n: int
    total: IntArray
    squares: IntArray

    @classmethod
    def of(cls, counts: IntArray) -> Sheets:
        """Of counts whose every row has as many sheets."""
        step = np.arange(counts.shape[-1])
        n = int(counts.reshape(-1, len(step))[0].sum())
        return cls(counts, n, counts @ step, counts @ step**2)

    @property
    def steps(self) -> int:
        return int(self.counts.shape[-1]) - 1

    @property
    def position(self) -> FloatArray:
        """Mean position of the sheets."""
        return np.asarray(self.total / (self.n * self.steps))

    @property
    def variance(self) -> FloatArray:
        """Of one sheet's position, exactly 0 where all agree."""
        deviations = self.n * self.squares - self.total**2
        return np.asarray(deviations / (self.n * (self.n - 1) * self.steps**2))

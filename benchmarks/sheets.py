"""Answer sheets as real ones look: nine correlated unsur on four levels, at a chosen IKM.

Graded response: a person's common satisfaction and a deviation per unsur, both normal, cut at three
thresholds. The share `RHO` of the common part is 0.3, which at IKM 80 gives a mean correlation between unsur
of 0.24 and an alpha of 0.74; the 49 published sheets of Kabupaten Sekadau have 0.23 and 0.74. The true IKM is
known exactly from the normal distribution, not from a large sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr

RHO = 0.3
#: How much easier or harder an unsur is than the others, in standard deviations.
UNSUR = np.array([0.0, 0.15, -0.3, 0.45, 0.0, 0.15, 0.45, -0.6, -0.3])
THRESHOLDS = np.array([-2.2, -1.4, 0.2])


@dataclass(frozen=True)
class Users:
    """The users of a service: `level` of satisfaction, and `rho`, the share people have in common."""

    level: float
    rho: float = RHO

    @classmethod
    def at(cls, ikm: float, rho: float = RHO) -> Users:
        """Users whose true IKM is `ikm`."""
        return cls(float(brentq(lambda level: true_ikm(level) - ikm, -8, 8)), rho)

    def answer(self, rng: Generator, sheets: int) -> NDArray[np.int8]:
        """(sheets, 9) answers 1 to 4."""
        person = rng.standard_normal((sheets, 1), dtype=np.float32)
        unsur = rng.standard_normal((sheets, 9), dtype=np.float32)
        z = self.level + UNSUR.astype(np.float32) + self.rho**0.5 * person + (1 - self.rho) ** 0.5 * unsur
        answers = np.ones(z.shape, dtype=np.int8)
        for threshold in THRESHOLDS:
            answers += z > threshold
        return answers


def true_ikm(level: float) -> float:
    """25 times the mean over unsur of 1 + the chances of passing each threshold."""
    return 25 * float((1 + ndtr(level + UNSUR[:, None] - THRESHOLDS).sum(axis=1)).mean())


@dataclass(frozen=True)
class Loyal:
    """Users with a share of their own, beta distributed; a share `lines` of them gives one score throughout.

    `rho` is the correlation of a person's steps (beta-binomial). The true IKM is `ikm`, exactly.
    """

    ikm: float
    lines: float = 0.0
    rho: float = 0.2

    def answer(self, rng: Generator, *shape: int) -> NDArray[np.int64]:
        """(*shape, 9) answers 1 to 4."""
        mean, size = (self.ikm - 25) / 75, 1 / self.rho - 1
        share = rng.beta(mean * size, (1 - mean) * size, (*shape, 1))
        answers = rng.binomial(3, np.broadcast_to(share, (*shape, 9)))
        return 1 + np.where(rng.random((*shape, 1)) < self.lines, rng.binomial(3, share), answers)

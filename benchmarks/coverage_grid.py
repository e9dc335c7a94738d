"""The whole table of the interval of an index: every method in every cell, and what of it to look at first.

A cell is a true IKM, n sheets, a share `lines` that gives every unsur one score, `rho` (how alike a person's
answers are) and n/N. With n/N above 0 there are N = n / (n/N) people, rounded; they are drawn, their own mean
is the truth, and n of them are asked. The samples of one IKM, n, lines and rho serve all n/N.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product as every

import numpy as np
from numpy.random import Generator

from benchmarks import interval_methods as methods
from benchmarks.interval_methods import Ends, Pasts
from benchmarks.people import FloatArray, People, Sheets, loyal

IKM = (65.0, 75.0, 85.0, 92.0, 96.0, 99.0)
SIZES = (3, 5, 10, 30, 60, 200)
LINES = (0.0, 0.3, 0.6)
RHO = (0.1, 0.2, 0.3)
KNOWN = (0.0, 0.4, 0.8)
FLOOR = 0.935

PRODUCT = ("product", "product, 6 months", "product, 12 drifting")
METHODS = (*PRODUCT, "logit-t, exact bound", "plain t", "BCa", "Bayesian bootstrap")
#: Months of a past that stays as it is, and of one that drifts to where the unit is now.
STABLE, DRIFTING = 6, 12
#: What of the users the drifting past begins with.
BEGINS = (0.0, 0.1)


@dataclass(frozen=True)
class Users:
    """Who is asked: everything of a cell but n/N."""

    ikm: float
    n: int
    lines: float
    rho: float

    @property
    def people(self) -> People:
        return loyal(self.ikm, self.lines, self.rho)


@dataclass(frozen=True)
class Cell:
    """What a method did in one cell: shares of its intervals, and their mean width in points.

    `above` and `below`: the interval lies wholly on that side of the truth.
    """

    method: str
    users: Users
    known: float
    coverage: float
    width: float
    above: float
    below: float

    @property
    def name(self) -> str:
        u = self.users
        return f"IKM {u.ikm:.0f} n {u.n} s {u.lines} rho {u.rho} n/N {self.known}"


def measure(users: Users, draws: int, rng: Generator, only: Sequence[str] = METHODS) -> list[Cell]:
    """Every method asked for at every n/N; the bootstraps with a tenth of the draws, at least 50."""
    sheets = Sheets.of(users.people.draw(rng, users.n, draws))
    few = Sheets.of(sheets.counts[: max(50, draws // 10)])
    pasts: dict[str, Pasts | None] = {"product": None}
    if PRODUCT[1] in only:
        pasts[PRODUCT[1]] = methods.pasts_of(users.people.draw(rng, users.n, draws, STABLE))
    if PRODUCT[2] in only:
        pasts[PRODUCT[2]] = methods.pasts_of(drifting(users, DRIFTING, draws, rng))
    boots = {
        name: method(few, rng)
        for name, method in (("BCa", methods.bca), ("Bayesian bootstrap", methods.bayesian))
        if name in only
    }
    found = []
    for known in KNOWN:
        people = round(users.n / known) if known else None
        truth = _truth(users.people, sheets, people, rng)
        share = users.n / people if people else 0.0
        for method in only:
            if method in boots:
                ends, of = methods.narrowed(boots[method], few, share), few
            else:
                ends, of = _ends(method, sheets, share, pasts), sheets
            found.append(Cell(method, users, known, *held(ends, truth[: len(of.total)])))
    return found


def drifting(users: Users, months: int, draws: int, rng: Generator) -> np.ndarray:
    """Months in which lines and rho grow evenly from `BEGINS` to those of `users`."""
    began = np.array(BEGINS)
    now = np.array((users.lines, users.rho))
    steps = [began + (now - began) * month / months for month in range(months)]
    drawn = [loyal(users.ikm, *map(float, step)).draw(rng, users.n, draws) for step in steps]
    return np.stack(drawn, axis=1)


def held(ends: Ends, truth: FloatArray | float) -> tuple[float, float, float, float]:
    """Share that holds the truth, mean width in points, shares wholly above and wholly below the truth."""
    low, high = ends
    above, below = float((low > truth + 1e-9).mean()), float((high < truth - 1e-9).mean())
    return 1 - above - below, 75 * float((high - low).mean()), above, below


def _ends(method: str, sheets: Sheets, known: float, pasts: dict[str, Pasts | None]) -> Ends:
    if method == "plain t":
        return methods.plain_t(sheets, known)
    if method in PRODUCT:
        return methods.product(sheets, known, pasts[method])
    return methods.logit_t(sheets, known)


def _truth(people: People, asked: Sheets, size: int | None, rng: Generator) -> FloatArray:
    """The mean of all people, or of `size` of whom those asked are a part."""
    samples = len(asked.total)
    if size is None:
        return np.full(samples, people.truth)
    others = people.draw(rng, size - asked.n, samples) @ np.arange(people.steps + 1)
    return np.asarray((asked.total + others) / (size * people.steps))


def grid(n: int, draws: int, rng: Generator) -> Iterator[Cell]:
    """All cells of one n. Where the product seems near the floor cells are drawn afresh, four times as long.

    The fresh draws alone are told: the lowest of many cells is else the one with the worst luck.
    """
    for ikm, lines, rho in every(IKM, LINES, RHO):
        users = Users(ikm, n, lines, rho)
        cells = measure(users, draws, rng)
        near = {c.method for c in cells if c.method in PRODUCT and c.coverage < FLOOR + 0.01}
        again = measure(users, 4 * draws, rng, sorted(near)) if near else []
        fresh = {(c.method, c.known): c for c in again}
        yield from (fresh.get((c.method, c.known), c) for c in cells)


def show_summary(cells: Sequence[Cell]) -> None:
    """One row per method, as `benchmarks.coverage` tells; of the product the worst cells."""
    for method in METHODS:
        of = [c for c in cells if c.method == method]
        if not of:
            continue
        covered = np.array([c.coverage for c in of])
        width, above, below = (
            float(np.mean([getattr(c, what) for c in of])) for what in ("width", "above", "below")
        )
        low = sorted((c for c in of if c.coverage < FLOOR), key=lambda c: c.coverage)
        print(
            f"  {method:21} {covered.min():.3f} {covered.max():.3f} {len(low):6d}/{len(of)} "
            f"{int((covered > 0.975).sum()):6d} {width:6.1f} {above:6.3f} {below:6.3f}",
            flush=True,
        )
        if method in PRODUCT:
            for cell in low[:3]:
                print(f"      {cell.coverage:.4f} at {cell.name}")


def show_cells(cells: Sequence[Cell]) -> None:
    """Every cell, a row each."""
    for c in cells:
        u = c.users
        print(
            f"  {c.method:21} {u.ikm:3.0f} {u.n:4d} {u.lines:.1f} {u.rho:.1f} {c.known:.1f} "
            f"{c.coverage:.4f} {c.width:6.2f} {c.above:.4f} {c.below:.4f}"
        )

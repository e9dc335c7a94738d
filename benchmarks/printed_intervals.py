"""Coverage of every kind of interval a page prints, by the product's own code; run by benchmarks.coverage.

Users as `benchmarks.sheets.Loyal`: a person's answers correlate, and a share of 0, 0.3 or 0.6 of the people
gives every unsur one score. Each row is a sampling plan: how many sheets of which true IKM, and what is made
of them. A sample without an interval is counted apart and is no miss: the page prints none there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from analytics.comparison.aggregate import Method, aggregate
from analytics.comparison.compare import change
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate, unsur_estimate
from analytics.ikm.intervals import Interval
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import score
from analytics.sampling.raking import Margin, rake
from analytics.sampling.strata import Stratum
from analytics.sampling.weighting import Group, post_stratify
from benchmarks.sheets import Loyal

LINES = (0.0, 0.3, 0.6)
SAMPLES = 1_000

#: What is made of the sheets of one sample: one array per group, unit or period.
Made = Callable[[Sequence[IntArray]], Interval | None]


@dataclass(frozen=True)
class Plan:
    """A row: sheets per part, their true IKM, the truth, what is made of them, how many samples."""

    name: str
    sizes: tuple[int, ...]
    ikm: tuple[float, ...]
    truth: float
    made: Made
    samples: int = SAMPLES


def plans() -> Iterator[Plan]:
    """Every row."""
    for ikm in (80.0, 96.0):
        for n in (5, 10, 30, 100):
            yield Plan(f"unit IKM {ikm:.0f}, n {n}", (n,), (ikm,), ikm, unit)
    for sizes in ((1, 9), (1, 30), (2, 18), (4, 30), (20, 40)):
        yield even("by users of services", sizes, 85.0, weighted)
    yield even("by users of services", (2, 3, 5, 10, 40), 90.0, weighted)
    yield Plan("5 sheets for 9/10 of users", (5, 50), (95.0, 95.0), 95.0, mostly_the_first)
    yield even("raked to two margins", (3, 7, 20), 85.0, raked)
    for m in (1, 4, 5, 10, 40):
        yield Plan(f"{m} of 40 answer one unsur", (40,), (90.0,), 90.0, answered_by(m), 500)
    for m in (9, 10):
        yield Plan(f"{m} of 200 answer one unsur", (200,), (90.0,), 90.0, answered_by(m), 500)
    yield from provinces()
    for n in (5, 10, 30):
        yield Plan(f"change of the IKM, n {n} and {n}", (n, n), (85.0, 88.0), 3.0, changed)
    yield Plan("NRR of an unsur, n 10", (10,), (85.0,), 1 + 3 * 60 / 75, nrr)


def provinces() -> Iterator[Plan]:
    lone, small = (20,) * 19 + (1,), (1, 2, 3, 5, 5, 8, 8, 10, 20, 40)
    for method in Method:
        truth = sum(n * v for n, v in zip(lone, spread(20), strict=True)) / sum(lone)
        mean = sum(spread(20)) / 20
        made = combined(method)
        name = f"20 units, one of n 1: {method.value}"
        yield Plan(name, lone, spread(20), truth if method is Method.POOLED else mean, made, 300)
    yield Plan(
        "10 units of n 1 to 40", small, spread(10), sum(spread(10)) / 10, combined(Method.MEAN_OF_UNITS)
    )
    yield Plan("10 units of n 5, IKM 96", (5,) * 10, (96.0,) * 10, 96.0, combined(Method.MEAN_OF_UNITS))


def spread(units: int) -> tuple[float, ...]:
    """True values of units, 78 to 95, large and small ones mixed."""
    return tuple(float(v) for v in np.random.default_rng(1).permutation(np.linspace(78, 95, units)))


def even(name: str, sizes: tuple[int, ...], ikm: float, made: Made) -> Plan:
    groups = ", ".join(map(str, sizes))
    return Plan(f"{name}: {groups}", sizes, (ikm,) * len(sizes), ikm, made)


def unit(parts: Sequence[IntArray]) -> Interval | None:
    return score(Moments.from_answers(parts[0])).interval


def weighted(parts: Sequence[IntArray]) -> Interval | None:
    groups = [Group(str(i), Moments.from_answers(x), 1000) for i, x in enumerate(parts)]
    return post_stratify(groups).weighted.interval


def mostly_the_first(parts: Sequence[IntArray]) -> Interval | None:
    first, second = (Moments.from_answers(x) for x in parts)
    return post_stratify([Group("a", first, 9000), Group("b", second, 1000)]).weighted.interval


def raked(parts: Sequence[IntArray]) -> Interval | None:
    answers = np.concatenate(parts)
    first = [str(i) for i, x in enumerate(parts) for _ in x]
    second = ["xy"[i % 2] for i in range(len(answers))]
    margins = [Margin("a", first, dict.fromkeys(first, 100.0)), Margin("b", second, {"x": 60.0, "y": 40.0})]
    return rake(answers, margins).weighted.interval


def answered_by(m: int) -> Made:
    def made(parts: Sequence[IntArray]) -> Interval | None:
        answers = parts[0].copy()
        answers[m:, 3] = 0
        return score(Moments.from_answers(answers)).interval

    return made


def combined(method: Method) -> Made:
    def made(parts: Sequence[IntArray]) -> Interval | None:
        units = [Stratum(str(i), Moments.from_answers(x), 100_000) for i, x in enumerate(parts)]
        return aggregate(units, method).estimate.interval

    return made


def changed(parts: Sequence[IntArray]) -> Interval | None:
    before, now = (Estimate.of(score(Moments.from_answers(x))) for x in parts)
    return change(before, now).interval


def nrr(parts: Sequence[IntArray]) -> Interval | None:
    return unsur_estimate(Moments.from_answers(parts[0]), 0).interval


def measure(plan: Plan, lines: float, rng: Generator) -> tuple[float, float, float]:
    """Share of the intervals that hold the truth, their median width, share of samples without one."""
    drawn = [Loyal(v, lines).answer(rng, plan.samples, n) for n, v in zip(plan.sizes, plan.ikm, strict=True)]
    found = [plan.made([part[i] for part in drawn]) for i in range(plan.samples)]
    ends = np.array([interval for interval in found if interval is not None])
    if not len(ends):
        return float("nan"), float("nan"), 1.0
    holds = (ends[:, 0] <= plan.truth + 1e-9) & (plan.truth - 1e-9 <= ends[:, 1])
    return float(holds.mean()), float(np.median(ends[:, 1] - ends[:, 0])), 1 - len(ends) / plan.samples


def show(rng: Generator, most: int = SAMPLES) -> None:
    """Print coverage, width and share without interval for each share of straight-lining.

    At most `most` samples a row.
    """
    heads = "".join(f"   lines {s:.1f}: cover width none" for s in LINES)
    print(f"\n{'95 % intervals as printed':42}{heads}")
    for plan in plans():
        fewer = replace(plan, samples=min(plan.samples, most))
        cells = [_shown(*measure(fewer, lines, rng)) for lines in LINES]
        print(f"{plan.name:42}" + "".join(cells), flush=True)


def _shown(holds: float, width: float, without: float) -> str:
    found = f"{'-':>20} {'-':>5}" if without == 1 else f"{holds:20.3f} {width:5.1f}"
    return f"{found} {without:4.2f}"

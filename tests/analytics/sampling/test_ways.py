"""Ways of answering: against least squares in full, what must not matter, and how often it holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.errors import AnalyticsError
from analytics.ikm.moments import IntArray
from analytics.reason import Reason
from analytics.sampling.levelling import levelled
from analytics.sampling.ways import WayDifference, compare_ways
from benchmarks.sheets import Loyal

FloatArray = NDArray[np.float64]


def _drawn(rng: Generator, n: int, strata: int, ways: int = 2) -> tuple[FloatArray, IntArray, IntArray]:
    stratum, way = rng.integers(0, strata, n), rng.integers(0, ways, n)
    return rng.normal(0, 10 + 5 * way) + 3.0 * stratum, stratum, way


def _within(y: FloatArray, stratum: IntArray, way: IntArray, strata: int) -> tuple[float, float, float]:
    """Least squares with a dummy for every stratum, HC2 and Bell and McCaffrey's df by whole matrices.

    The rule that a way has at least the moderated variance is written out with them.
    """
    both = [h for h in range(strata) if {0, 1} <= set(way[stratum == h].tolist())]
    kept = np.isin(stratum, both)
    y, stratum, way = y[kept], stratum[kept], way[kept]
    design = np.column_stack([way, *(stratum == h for h in both)]).astype(float)
    inverse = np.linalg.inv(design.T @ design)
    slope = (inverse @ design.T @ y)[0]
    residual = y - design @ inverse @ design.T @ y
    maker = np.eye(len(y)) - design @ inverse @ design.T
    d = (inverse @ design.T)[0] ** 2 / np.diag(maker)
    product = maker @ np.diag(d)
    df = np.trace(product) ** 2 / np.trace(product @ product)
    pooled = residual @ residual / np.trace(maker)
    variance = 0.0
    for w in (0, 1):
        own = float(d[way == w] @ residual[way == w] ** 2)
        expected = pooled * float(d[way == w] @ np.diag(maker)[way == w])
        f = (way == w).sum() - len(both)
        variance += max(own, (10 * expected + f * own) / (10 + f))
    return slope, variance, df


def _one(y: FloatArray, stratum: IntArray, way: IntArray) -> WayDifference:
    return compare_ways(y, stratum, way, np.zeros(len(y), dtype=np.int64), 0)[0]


@pytest.mark.parametrize("seed", range(4))
def test_within_a_unit_it_is_least_squares_with_strata(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, stratum, way = _drawn(rng, 70, 5)
    found = _one(y, stratum, way)
    slope, variance, df = _within(y, stratum, way, 5)
    assert found.difference == pytest.approx(slope)
    assert (found.se or 0) ** 2 == pytest.approx(variance)
    assert found.df == pytest.approx(df)


def test_over_units_it_is_clustered_by_unit() -> None:
    """With no spread within cells all that varies is the units' effects, whatever their sizes: each counts
    the same, and CR2 of a mean of equals is s^2/U with U - 1 degrees of freedom."""
    effects = np.array([1.0, 4.0, -2.0, 3.0, 2.5, 0.5])
    unit = np.repeat(np.arange(6), [10, 10, 40, 10, 20, 10])
    way = np.tile([0, 1], 50)
    found = compare_ways(effects[unit] * way, unit, way, unit, 0)[0]
    assert found.difference == pytest.approx(effects.mean())
    assert found.se == pytest.approx(effects.std(ddof=1) / np.sqrt(6))
    assert found.df == pytest.approx(5)
    assert (found.units, found.strata, found.n, found.n_main) == (6, 6, 50, 50)


@given(st.integers(0, 10_000))
def test_strata_with_one_way_and_levels_of_strata_do_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, stratum, way = _drawn(rng, 80, 4)
    alone = np.concatenate([y, rng.normal(0, 50, 30)])
    lonely = np.concatenate([stratum, np.full(30, 4)])
    with_alone = _one(alone + 7.0 * lonely, lonely, np.concatenate([way, np.ones(30, dtype=np.int64)]))
    plain = _one(y, stratum, way)
    assert with_alone.difference == pytest.approx(plain.difference, abs=1e-9)
    assert with_alone.se == pytest.approx(plain.se)
    assert (with_alone.n, with_alone.n_main, with_alone.strata) == (plain.n, plain.n_main, plain.strata)
    turned = _one(y, stratum, 1 - way)
    assert turned.difference == pytest.approx(-(plain.difference or 0), abs=1e-9)


def test_without_enough_overlap_there_is_none_and_a_reason() -> None:
    rng = np.random.default_rng(1)
    way = np.array([0] * 50 + [1] * 9)
    y, one = rng.normal(0, 9, 59), np.zeros(59, dtype=np.int64)
    assert _one(y, one, way).reason is Reason.TOO_FEW
    apart = compare_ways(y, way, way, one, 0)[0]  # never both in one stratum
    assert (apart.reason, apart.n, apart.n_main, apart.strata) == (Reason.TOO_FEW, 0, 0, 0)
    y, stratum, way = _drawn(rng, 200, 4)
    assert compare_ways(y, stratum, way, stratum, 0)[0].reason is Reason.FEW_UNITS
    assert _one(np.zeros(200), stratum, way).reason is Reason.NO_VARIATION
    # Twenty sheets of either, and no two of a way in one stratum but in the last: next to nothing is known.
    pairs, both = np.repeat(np.arange(10), 2), np.tile([0, 1], 10)
    exact = _one(np.zeros(20) + both, pairs, both)
    assert exact.reason is Reason.NO_VARIATION
    with pytest.raises(AnalyticsError, match="ways-shape"):
        compare_ways(y, stratum[:-1], way, stratum, 0)


def test_what_rests_on_one_sheet_or_one_unit_is_uneven_and_not_too_few() -> None:
    """Ten of either way, but each time nine stand against one; and six units of which one is nearly all."""
    rng = np.random.default_rng(2)
    stratum, way = np.repeat([0, 1], 10), np.array([0] + [1] * 9 + [1] + [0] * 9)
    found = _one(rng.normal(0, 10, 20), stratum, way)
    assert (found.n, found.n_main, found.reason) == (10, 10, Reason.UNEVEN)
    unit = np.repeat(np.arange(6), [2_000, 4, 4, 4, 4, 4])
    way = np.arange(len(unit)) % 2
    d = np.array([5.0, 4.9, 5.1, 5.0, 4.9, 5.1])[unit] * way
    found = compare_ways(d + rng.normal(0, 5, len(unit)).round() * (unit == 0), unit, way, unit, 0)[0]
    assert (found.units, found.difference, found.reason) == (6, None, Reason.UNEVEN)


def test_an_unsur_left_open_is_neither_praise_nor_blame() -> None:
    """Who leaves the hard unsur open is compared on the others alone."""
    answers = np.array([[4, 1], [4, 1], [4, 0], [2, 1]])
    values = levelled(answers, np.zeros(4, dtype=np.int64), 4)
    # Those who answer both find the second harder by 7/3, so that the third is as 4 and 5/3.
    assert values.tolist() == pytest.approx([100 / 24, 100 / 24, 12.5, -500 / 24], abs=1e-4)
    by_weight = levelled(answers, np.zeros(4, dtype=np.int64), 4, (3, 1))
    assert by_weight.tolist() == pytest.approx([100 / 12, 100 / 12, 12.5, -350 / 12], abs=1e-4)


def test_what_one_way_leaves_open_does_not_bring_the_ways_nearer() -> None:
    """Phones are a point of 4 below in every unsur, 25 of 100, and leave five of nine open."""
    rng = np.random.default_rng(4)
    answers = np.repeat(rng.integers(2, 5, (40, 9)), 2, axis=0)
    way, stratum = np.tile([0, 1], 40), np.repeat(np.arange(4), 20)
    answers[way == 1] -= 1
    answers[np.ix_(way == 1, [4, 5, 6, 7, 8])] = 0
    values = levelled(answers, stratum, 4)
    assert _one(values, stratum, way).difference == pytest.approx(-25, abs=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_sheets_with_gaps_are_levelled_by_least_squares(seed: int) -> None:
    """All dummies of sheets and of each stratum's unsur at once, by weight; a stratum's mean is 0."""
    rng = np.random.default_rng(seed)
    answers, stratum, weights = rng.integers(1, 5, (24, 4)), np.repeat([0, 1], 12), np.array([1, 2, 3, 2])
    answers[rng.random(answers.shape) < 0.3] = 0
    answers[:, 0] = rng.integers(1, 5, 24)
    sheet, unsur = np.nonzero(answers)
    place = 4 * stratum[sheet] + unsur
    design = np.column_stack([sheet[:, None] == np.arange(24), place[:, None] == np.arange(8)]).astype(float)
    root = np.sqrt(weights[unsur])
    fit = np.linalg.lstsq(design * root[:, None], answers[sheet, unsur] * root, rcond=None)[0][:24]
    for h in (0, 1):
        fit[stratum == h] -= fit[stratum == h].mean()
    assert levelled(answers, stratum, 4, weights.tolist()) == pytest.approx(25 * fit, abs=1e-4)


def _found_by_chance(rng: Generator, ways: int, sizes: tuple[int, ...], ikm: float) -> bool:
    answers = Loyal(ikm, 0.2).answer(rng, sum(sizes))
    way = np.repeat(np.arange(ways), sizes)
    stratum = rng.integers(0, 3, len(way))
    zero = np.zeros(len(way), dtype=np.int64)
    found = compare_ways(levelled(answers, stratum, 4), stratum, way, zero, 0)
    return any(f.beyond_chance for f in found)


@pytest.mark.parametrize(("sizes", "ikm"), [((300, 14), 94), ((120, 40, 40, 40), 80)])
def test_what_is_called_beyond_chance_is_so_in_five_of_a_hundred(sizes: tuple[int, ...], ikm: float) -> None:
    """One way of a few contented people against many; and three ways at once: .13 without Bonferroni,
    .11 and more with HC2 alone."""
    rng = np.random.default_rng(20261130)
    draws = 700
    share = sum(_found_by_chance(rng, len(sizes), sizes, ikm) for _ in range(draws)) / draws
    assert 0.015 <= share <= 0.065


def test_over_units_whose_ways_differ_it_is_so_in_five_of_a_hundred_too() -> None:
    """Eight units whose kiosks differ from their phones by 3 points either way, and by nothing on average."""
    rng = np.random.default_rng(20261130)
    draws, found = 500, 0
    for _ in range(draws):
        unit = np.repeat(np.arange(8), rng.integers(20, 200, 8))
        way, stratum = rng.integers(0, 2, len(unit)), 3 * unit + rng.integers(0, 3, len(unit))
        values = rng.normal(0, 12, len(unit)) + rng.normal(0, 3, 8)[unit] * way
        found += compare_ways(values, stratum, way, unit, 0)[0].beyond_chance
    assert 0.02 <= found / draws <= 0.07


def test_a_difference_that_is_there_is_found() -> None:
    rng = np.random.default_rng(7)
    answers = np.concatenate([Loyal(84).answer(rng, 300), Loyal(76).answer(rng, 300)])
    way, stratum = np.repeat([0, 1], 300), rng.integers(0, 3, 600)
    found = _one(levelled(answers, stratum, 4), stratum, way)
    assert found.interval is not None
    assert found.beyond_chance
    assert found.interval[0] < -8 < found.interval[1]

"""Ordinal omega: by hand, where it has none, and without each sheet. Against R: test_reference_omega."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize_scalar
from scipy.stats import multivariate_normal, norm

from analytics.ikm.jackknife import jackknife, jackknife_interval
from analytics.ikm.moments import IntArray
from analytics.ikm.omega import FEWEST_SHEETS, Omega, minres, omega
from analytics.ikm.polychoric import FURTHEST, bivariate, polychoric, tables
from analytics.ikm.reliability import alpha_interval
from analytics.reason import Reason
from benchmarks.reliability_methods import alphas, feldt, true_reliability
from benchmarks.sheets import Loyal, Users


def drawn(n: int, seed: int = 1) -> IntArray:
    return Users.at(80, 0.5).answer(np.random.default_rng(seed), n).astype(np.int64)


def values(found: Omega) -> tuple[object, ...]:
    return found.omega, found.loadings, found.interval, found.reason


def test_loadings_that_fit_are_found() -> None:
    """r_ij = l_i l_j off the diagonal: the loadings are l, whatever stands where sums start."""
    loadings = np.array([0.9, 0.7, 0.5, -0.2])
    r = np.outer(loadings, loadings)
    np.fill_diagonal(r, 1)
    assert minres(r[None])[0] == pytest.approx(loadings, abs=1e-9)
    assert minres(r[None], np.full((1, 4), 0.1))[0] == pytest.approx(loadings, abs=1e-9)


def test_omega_by_hand() -> None:
    """Three correlations of .5: loadings sqrt(.5), own .5 each; omega = 1 - 1.5 / 6 = .75, as alpha."""
    table = np.array([[3.0, 1.0], [1.0, 3.0]])
    # Both cut at the median: P(both below) = 1/4 + arcsin(r) / 2 pi = 3/8, so r = sin(pi / 4).
    assert polychoric(table[None])[0] == pytest.approx(math.sin(math.pi / 4), abs=1e-9)
    r = np.full((1, 3, 3), 0.5)
    r[:, range(3), range(3)] = 1
    own = 1 - minres(r)[0] ** 2
    assert 1 - own.sum() / r.sum() == pytest.approx(0.75)


@pytest.mark.parametrize("r", [-0.995, -0.9, -0.3, 0.0, 0.5, 0.9, 0.99, 0.995])
def test_chances_of_two_normal_variables_are_scipys(r: float) -> None:
    points = np.array([(h, k) for h in (-2.5, -0.4, 0.0, 1.3) for k in (-2.45, -0.4, 0.2, 1.9)])
    expected = [multivariate_normal.cdf(p, cov=[[1, r], [r, 1]], abseps=1e-13, releps=1e-13) for p in points]
    found = bivariate(points[:, 0], points[:, 1], np.full(len(points), r))
    assert found == pytest.approx(expected, abs=2e-10)


@settings(max_examples=15, deadline=None)
@given(arrays(np.int64, (3, 3), elements=st.integers(1, 9)))
def test_no_other_correlation_is_likelier(counts: IntArray) -> None:
    """SciPy's search over the same likelihood, with SciPy's own chances of the cells."""
    n = counts.sum()
    h, k = (np.concatenate([[-9], norm.ppf(counts.sum(axis=a).cumsum()[:-1] / n), [9]]) for a in (1, 0))

    def unlikely(r: float) -> float:
        corners = [[multivariate_normal.cdf([a, b], cov=[[1, r], [r, 1]]) for b in k] for a in h]
        return -float((counts * np.log(np.diff(np.diff(corners, axis=0), axis=1))).sum())

    best = minimize_scalar(unlikely, bounds=(-0.99, 0.99), method="bounded", options={"xatol": 1e-7}).x
    assert polychoric(counts[None].astype(float))[0] == pytest.approx(best, abs=1e-4)


def test_answers_in_step_come_to_the_end() -> None:
    assert polychoric(np.diag([3.0, 4.0, 5.0])[None])[0] == FURTHEST
    assert polychoric(np.fliplr(np.diag([3.0, 4.0, 5.0]))[None])[0] == -FURTHEST


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda x: x[: FEWEST_SHEETS - 1], Reason.TOO_FEW),
        (lambda x: x[:, :2], Reason.FEWER_THAN_THREE),
        (lambda x: np.where(np.arange(9) == 4, 3, x), Reason.UNSUR_WITHOUT_VARIATION),
        # 50 sheets, and only 29 of them have the last unsur.
        (lambda x: np.where((np.arange(9) == 8) & (np.arange(50)[:, None] > 28), 0, x), Reason.TOO_FEW),
        (lambda x: x[:0], Reason.TOO_FEW),
    ],
)
def test_undefined_is_none_with_the_reason(change: Callable[[IntArray], IntArray], why: Reason) -> None:
    assert values(omega(change(drawn(50)), 4)) == (None, None, None, why)


def test_elements_that_cancel_have_no_omega() -> None:
    rows = np.array([[1, 4, 2], [4, 1, 3], [2, 3, 2], [3, 2, 3], [1, 4, 3], [4, 1, 2]] * 6)
    mirrored = np.column_stack([rows[:, 0], rows[:, 1], rows[:, 0]])
    found = omega(mirrored, 4)
    assert found.omega is None or found.omega <= 1
    assert found.interval is None


def test_sheets_that_lack_answers_count_where_they_have_them() -> None:
    x = drawn(80)
    gaps = x.copy()
    gaps[::10, 3] = 0
    found = omega(np.vstack([gaps, np.zeros((3, 9), dtype=np.int64)]), 4)
    assert (found.n, found.n_effective) == (80, 72)
    assert found.omega is not None
    assert found.omega != omega(x, 4).omega
    by_hand = polychoric(tables(gaps[gaps[:, 3] > 0][:, [0, 3]], 4))
    assert by_hand[0] == pytest.approx(polychoric(tables(gaps, 4))[2], abs=1e-12)


@pytest.mark.parametrize("gaps", [False, True])
def test_the_interval_is_that_of_leaving_out_sheet_by_sheet(gaps: bool) -> None:
    """Against omega computed anew without each sheet, which the shortcut by cells must equal."""
    x = drawn(45, 3)
    if gaps:
        x[::7, 2] = x[3, 5] = 0
    whole = omega(x, 4)
    others = [omega(np.delete(x, i, axis=0), 4).omega for i in range(len(x))]
    assert whole.omega is not None
    assert whole.interval == pytest.approx(
        jackknife_interval(whole.omega, np.array(others, dtype=float)), abs=1e-9
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(30, 60), st.integers(0, 10_000), st.permutations(range(4)))
def test_order_of_elements_and_sheets_changes_nothing(n: int, seed: int, columns: list[int]) -> None:
    rows = drawn(n, seed)[:, :4]
    before = omega(rows, 4)
    after = omega(np.random.default_rng(seed).permutation(rows)[:, columns], 4)
    assert after.reason is before.reason
    assert (after.omega or 0) == pytest.approx(before.omega or 0, abs=1e-7)
    assert (after.interval or ()) == pytest.approx(before.interval or (), abs=1e-6)
    if before.interval is not None:
        assert before.omega is not None
        assert before.interval[0] <= before.omega <= before.interval[1] <= 1


def test_leaving_out_by_hand() -> None:
    """Of a mean: pseudo-values are the values, so se = sd / sqrt(n); kurtosis 1: n - 1 degrees."""
    off = np.array([0.1, 0.3, 0.1, 0.3, 0.1, 0.3])
    value = 1 - math.exp(off.mean())
    without = 1 - np.exp((off.sum() - off) / 5)
    found = jackknife(value, without)
    assert found is not None
    assert found[0] == pytest.approx(off.std(ddof=1) / math.sqrt(6))
    assert found[1] == 5


@pytest.mark.parametrize("without", [None, [0.5, 1.0, 0.5], [0.5, 0.5, 0.5]])
def test_a_sheet_without_which_there_is_none_leaves_no_interval(without: list[float] | None) -> None:
    assert jackknife_interval(0.5, None if without is None else np.array(without)) is None


def test_people_who_give_one_score_throughout_leave_the_interval_true() -> None:
    """300 samples of 100 sheets, 60 % of one score throughout: Feldt's of alpha holds about .80."""
    truth, _ = true_reliability(75, 0.6, 0.1)
    samples = Loyal(75, 0.6, 0.1).answer(np.random.default_rng(5), 300, 100)
    low, high = feldt(alphas(samples), 100, 9)
    assert np.mean((low <= truth) & (truth <= high)) < 0.88
    found = [alpha_interval(x) for x in samples]
    assert np.mean([i is not None and i[0] <= truth <= i[1] for i in found]) > 0.92


def test_an_interval_that_tells_nothing_is_not_told() -> None:
    """Three elements of two levels, and few who are unhappy: it would reach from -964 to 1."""
    rng = np.random.default_rng(0)
    sheets = rng.choice([1, 2], p=[0.04, 0.96], size=(78, 3))
    sheets[rng.random(78) < 0.03] = 1
    found = omega(sheets.astype(np.int64), 2)
    assert found.omega == pytest.approx(0.839, abs=1e-3)
    assert (found.interval, found.reason) == (None, Reason.TOO_FEW)

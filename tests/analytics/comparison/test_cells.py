"""Which groups of sheets stand out, all of them allowed for."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from analytics.comparison import stand_out
from analytics.errors import AnalyticsError


def _sheets(rng: np.random.Generator, n: int) -> np.ndarray:
    """Skewed as answers are: many at the top, few far below."""
    return 100 - 25 * rng.gamma(0.8, 0.6, n).round(1)


def test_cells_that_do_not_differ_are_called_clear_in_one_of_twenty_at_most() -> None:
    """Fifty cells of a week, down to five sheets: in a few of a hundred weeks any of them is called clear."""
    rng = np.random.default_rng(5)
    rang = 0
    for _ in range(200):
        cells = np.concatenate([np.arange(50).repeat(5), rng.integers(0, 50, 150)])
        found = stand_out(_sheets(rng, 400), cells, rng, least=5, draws=99)
        rang += any(cell.clear for cell in found.values())
    assert 1 <= rang <= 18  # 10 expected, 18 and more in 1 of 100 such tests


def test_strata_that_spread_unequally_make_no_cell_clear() -> None:
    """Two services, of which one varies much and has hours of its own: dealt out together, a fourth of such
    weeks have a clear hour, and not one in twenty."""
    rng = np.random.default_rng(6)
    together = within = 0
    for _ in range(100):
        strata = rng.integers(0, 5, 200) // 4
        values = rng.normal(0, np.where(strata, 30.0, 3.0))
        values -= np.where(strata, values[strata == 1].mean(), values[strata == 0].mean())
        cells = np.where(rng.random(200) < 0.9, strata * 8, 0) + rng.integers(0, 8, 200)
        together += any(c.clear for c in stand_out(values, cells, rng, least=5, draws=99).values())
        found = stand_out(values, cells, rng, least=5, draws=99, strata=strata * 7)
        within += any(c.clear for c in found.values())
    assert together > 15
    assert within <= 10  # 5 expected, 11 and more in 1 of 100 such tests


def test_dealing_within_strata_is_the_exact_test_of_two_of_them() -> None:
    """Every way to deal out three and four sheets, by hand."""
    values = np.array([1.0, 4.0, 2.0, 9.0, 3.0, 8.0, 7.0])
    strata = np.array([0, 0, 0, 1, 1, 1, 1])
    cells = np.array([0, 1, 0, 1, 0, 1, 0])
    dealt = [
        values[list(a)].sum() + values[list(b)].sum()
        for a in combinations(range(3), 2)
        for b in combinations(range(3, 7), 2)
    ]
    far = abs(values[cells == 0].sum() - np.mean(dealt)) - 1e-9
    p = np.mean([abs(x - np.mean(dealt)) >= far for x in dealt])
    found = stand_out(values, cells, np.random.default_rng(7), least=3, draws=9_999, strata=strata)
    assert found[0].p == found[1].p == pytest.approx(p, abs=0.02)


def test_a_bad_hour_is_found_and_the_others_are_not() -> None:
    rng = np.random.default_rng(1)
    cells = np.arange(30).repeat(15)
    values = _sheets(rng, 450)
    values[cells == 7] -= 18
    found = stand_out(values, cells, rng, least=5)
    assert [c for c, cell in found.items() if cell.clear] == [7]
    assert found[7].apart == pytest.approx(values[cells == 7].mean() - values.mean())


def test_two_cells_are_the_permutation_test_of_two_samples() -> None:
    rng = np.random.default_rng(2)
    values, cells = _sheets(rng, 40), np.arange(2).repeat([15, 25])
    other = stats.permutation_test(
        (values[:15], values[15:]), lambda a, b, axis: a.mean(axis) - b.mean(axis), rng=3, vectorized=True
    )
    found = stand_out(values, cells, rng, least=5, draws=9_999)
    assert found[0].p == pytest.approx(other.pvalue, abs=0.02)
    assert found[0].p == found[1].p


def test_small_cells_and_one_cell_are_not_looked_at_and_equal_values_are_not_clear() -> None:
    rng = np.random.default_rng(3)
    found = stand_out(np.array([1.0] * 4 + [9.0] * 6), np.array([0] * 4 + [2] * 6), rng, least=5)
    assert (found[0].n, found[0].p) == (4, None)
    assert 1 not in found
    assert stand_out(np.arange(9.0), np.zeros(9, dtype=np.int64), rng, least=5)[0].p is None
    same = stand_out(np.ones(20), np.arange(2).repeat(10), rng, least=5)
    assert [cell.p for cell in same.values()] == [1.0, 1.0]
    assert stand_out(np.zeros(0), np.zeros(0, dtype=np.int64), rng, least=5) == {}
    with pytest.raises(AnalyticsError, match="cells-shape"):
        stand_out(np.ones(3), np.zeros(2, dtype=np.int64), rng, least=5)

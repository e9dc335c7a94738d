"""What neighbours that resemble each other do to Kendall's S, against simulation and hand-worked cases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import acos, pi

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.comparison.persistence import CORRELATIONS, Persistence, persistence, shape_of

Drawn = np.ndarray
#: Twelve quarters of five years, one of them far from the others; months, and the year they return after.
GAPS = (0, 3, 6, 15, 18, 21, 24, 33, 36, 39, 48, 57)
CASES = [
    (tuple(range(8)), None),
    (tuple(range(0, 69, 3)), None),
    (GAPS, None),
    (tuple(range(24)), 12),
    (tuple(m for m in range(36) if m not in (3, 4, 5, 17, 30)), 12),
]
starts = st.lists(st.integers(0, 40), min_size=7, max_size=20, unique=True).map(lambda t: tuple(sorted(t)))


def found(times: Sequence[int], values: Sequence[float], season: int | None = None) -> Persistence:
    lasting = persistence(tuple(times), tuple(values), season)
    assert lasting is not None
    return lasting


def drawn(times: Sequence[int], correlation: float, series: int = 40_000) -> Drawn:
    """Normal series with that correlation at the smallest distance, one a row; seeded."""
    steps = np.abs(np.subtract.outer(times, times)) / np.diff(times).min()
    root = np.linalg.cholesky(correlation**steps)
    return np.random.default_rng(20261130).standard_normal((series, len(times))) @ root.T


def pairs(times: Sequence[int], season: int | None) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, j in combinations(range(len(times)), 2)
        if season is None or (times[j] - times[i]) % season == 0
    ]


@pytest.mark.parametrize(("times", "season"), CASES)
def test_the_variance_of_independent_periods_is_kendalls(times: tuple[int, ...], season: int | None) -> None:
    """n(n-1)(2n+5)/18, summed over seasons."""
    sizes = [len(times)] if season is None else np.bincount(np.array(times) % season).tolist()
    expected = sum(n * (n - 1) * (2 * n + 5) for n in sizes) / 18
    assert shape_of(times, season).variance(0.0) == pytest.approx(expected, rel=1e-12)


def test_the_variance_of_three_periods_by_hand() -> None:
    """S has three signs of variance 1 and three pairs of them, each with (2/pi) arcsin(corr).

    x2 - x1 and x3 - x2 have -(1 - c)/2; each of them has (1 - c^2)/(2 sqrt((1 - c)(1 - c^2))) with x3 - x1.
    """
    c = 0.6
    beside, within = -(1 - c) / 2, (1 - c**2) / (2 * ((1 - c) * (1 - c**2)) ** 0.5)
    by_hand = 3 + 2 * 2 / pi * ((pi / 2 - acos(beside)) + 2 * (pi / 2 - acos(within)))
    assert shape_of((0, 1, 2), None).variance(c) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("correlation", [0.3, 0.7])
@pytest.mark.parametrize(("times", "season"), CASES)
def test_the_variance_is_that_of_simulated_series(
    times: tuple[int, ...], season: int | None, correlation: float
) -> None:
    """The standard error of a variance of 40,000 is .7 % of it, for normal S."""
    y = drawn(times, correlation)
    s = np.zeros(len(y))
    for i, j in pairs(times, season):
        s += np.sign(y[:, j] - y[:, i])
    assert shape_of(times, season).variance(correlation) == pytest.approx(np.mean(s**2), rel=0.025)


def test_a_long_series_is_compared_in_blocks() -> None:
    """Of 41 periods 820 pairs: more than are compared at a time."""
    assert shape_of(tuple(range(41)), None).variance(0.0) == pytest.approx(41 * 40 * 87 / 18, rel=1e-12)


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9])
@pytest.mark.parametrize(("times", "season"), CASES)
def test_r_is_compared_with_what_it_comes_to(
    times: tuple[int, ...], season: int | None, correlation: float
) -> None:
    """Residuals by numpy's lstsq, of simulated series: sums of products over sums of squares."""
    levels = np.arange(1) if season is None else np.unique(np.array(times) % season)
    which = np.zeros(len(times)) if season is None else np.array(times) % season
    line = np.column_stack([which[:, None] == levels, times]).astype(float)
    y = drawn(times, correlation).T
    e = y - line @ np.linalg.lstsq(line, y, rcond=None)[0]
    simulated = (e[1:] * e[:-1]).sum() / (e * e).sum()
    at = np.argmin(np.abs(CORRELATIONS - correlation))
    assert shape_of(times, season).expected[at] == pytest.approx(simulated, abs=0.01)


@given(starts)
@example((0, 1, 2, 3, 4, 12, 21))
def test_more_likeness_is_told_from_less_and_widens(times: tuple[int, ...]) -> None:
    """Of periods without gaps more likeness always shows; of others r could be the same or less for more."""
    shape = shape_of(tuple(t - times[0] for t in times), None)
    assert (np.diff(shape.expected) >= 0).all()
    assert (np.diff(shape_of(tuple(range(len(times))), None).expected) > 0).all()
    assert shape.variance(0.9) > shape.variance(0.5) > shape.variance(0.0)


@given(
    starts,
    st.sampled_from([None, 12]),
    st.integers(0, 2**32 - 1),
    st.floats(0.5, 20),
    st.floats(-20, 20),
    st.floats(-1, 1),
)
@example((0, 5, 11, 12, 14, 16, 23, 25, 26, 30, 32, 37), 12, 0, 1.0, 0.0, 0.0)
# Of these every residual has the same r.
@example((0, 1, 4, 17, 19, 28, 31, 32, 36), 12, 0, 1.0, 0.0, 0.0)
def test_points_months_and_the_trend_itself_do_not_matter(
    times: tuple[int, ...], season: int | None, seed: int, factor: float, shift: float, slope: float
) -> None:
    values = np.random.default_rng(seed).normal(80, 3, len(times))
    a = persistence(times, tuple(values), season)
    moved = factor * values + shift + slope * np.array(times)
    b = persistence(tuple(t + 24_000 for t in times), tuple(moved), season)
    c = persistence(tuple(times[-1] - t for t in reversed(times)), tuple(values[::-1]), season)
    if a is None or b is None or c is None:
        assert a is b is c is None
        return
    for same in (b, c):
        assert (same.correlation, same.factor, same.df) == pytest.approx(
            (a.correlation, a.factor, a.df), rel=1e-6, abs=1e-6
        )
    assert 0 <= a.correlation <= 0.9
    assert a.factor >= 1


def test_likeness_is_found_and_its_opposite_is_not() -> None:
    """Eight periods four up and four down, and up and down in turn, beside a line."""
    turns = found(range(8), [80, 82] * 4)
    lasting = found(range(12), [80, 81, 82, 82, 81, 80, 79, 78, 78, 79, 80, 81])
    assert (turns.correlation, turns.factor) == (0, 1)
    assert lasting.correlation == 0.9
    assert lasting.factor > 3


@pytest.mark.parametrize(("times", "season"), CASES)
@pytest.mark.parametrize("slope", [0.0, 0.1, -1 / 3])
def test_a_perfect_line_has_nothing_that_could_last(
    times: tuple[int, ...], season: int | None, slope: float
) -> None:
    """Residuals of rounding alone, which resemble their neighbours; with seasons each may have its level."""
    pattern = [0.0] * 12 if season is None else [3 * np.sin(m) for m in range(12)]
    values = [80 + slope * t + pattern[t % 12] for t in times]
    lasting = found(times, values, season)
    assert (lasting.correlation, lasting.factor) == (0.0, 1.0)


def test_degrees_of_freedom_are_half_of_the_residuals_and_two() -> None:
    """Eight periods beside a line leave 6; 24 months beside twelve levels too 11; 15 leave 2; 14 leave 1."""
    wave = [80 + np.sin(7 * t) for t in range(24)]
    assert found(range(8), wave[:8]).df == 5
    assert found(range(24), wave, 12).df == 7.5
    assert found(range(15), wave[:15], 12).df == 2
    assert persistence(tuple(range(14)), tuple(wave[:14]), 12) is None


def test_a_shape_is_worked_out_once_for_all_units_and_months() -> None:
    """Whatever month a series begins in."""
    shape_of.cache_clear()
    for first in (24_000, 24_007):
        found(range(first, first + 24), [80 + np.sin(7 * t) for t in range(24)], 12)
    assert shape_of.cache_info().misses == 1


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="not-finite"):
        persistence(tuple(range(7)), (*[80.0] * 6, float("nan")), None)

"""Limits for single months: by hand, at their edges, and as often wrong as they say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator
from scipy import stats

from analytics import AnalyticsError
from analytics.comparison.laney import LaneyChart, false_alarm_rate, laney
from analytics.comparison.limits import around
from analytics.comparison.series import Break, Point, Series
from analytics.ikm import Moments
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import score
from analytics.ikm.sheets import FloatArray, Sheets, draw_means, pooled_sd, pooled_shape
from analytics.period import Period
from analytics.reason import Reason
from benchmarks.interval_methods import EXPECTED
from benchmarks.limits import months_outside, units_outside
from benchmarks.people import loyal

#: Shares of sheets by the sum of nine scores: most are full of fours, as at an IKM of 96.
CONTENT = np.zeros(37)
CONTENT[[18, 24, 27, 30, 33, 35, 36]] = [0.01, 0.02, 0.05, 0.05, 0.1, 0.17, 0.6]


def monthly(values: Sequence[float]) -> Series:
    return Series(tuple(Point(Period(24240 + i, 1), v) for i, v in enumerate(values)))


def sheets(ns: Sequence[int], sd: float = 10.0) -> list[Sheets]:
    """Of months with these many sheets, each with the standard deviation `sd`."""
    return [Sheets(n, (n - 1) * sd**2, (0,) * 36 + (n,)) for n in ns]


def charted(values: Sequence[float], ns: Sequence[int], multiplier: float = 3.0) -> LaneyChart:
    rng = np.random.default_rng(1)
    return laney(monthly(values), sheets(ns), rng, expected=EXPECTED, multiplier=multiplier, draws=50)


def charted_answers(months: Sequence[IntArray], draws: int = 50) -> LaneyChart:
    weights = (Fraction(1, months[0].shape[1]),) * months[0].shape[1]
    sums = [Moments.from_answers(month) for month in months]
    values = [float(score(m).exact or 0) for m in sums]
    found = [Sheets.of(m, weights) for m in sums]
    return laney(monthly(values), found, np.random.default_rng(1), expected=EXPECTED, draws=draws)


def test_limits_by_hand() -> None:
    """n 4 and 16 with sd 10: centre (4 x 70 + 16 x 80 + 4 x 70) / 24; written out a second time."""
    chart = charted([70.0, 80.0, 70.0], [4, 16, 4])
    centre = 1840 / 24
    p, phi_seen, nu = (centre - 25) / 75, 0.0, 21.0
    phi_seen = (10 / 75) ** 2 / (p * (1 - p))
    phi = (6 * EXPECTED + nu * phi_seen) / (6 + nu)
    four, sixteen = 4 / phi, 16 / phi

    def angle(y: float, n: float) -> float:
        return float(np.arcsin((((y - 25) / 75 * n + 0.375) / (n + 0.75)) ** 0.5))

    turned = 2 * four**0.5 * (angle(70, four) - np.arcsin(p**0.5))
    far = 2 * sixteen**0.5 * (angle(80, sixteen) - np.arcsin(p**0.5))
    sigma = max(1, abs(far - turned) / (2 / np.pi**0.5))
    assert chart.centre == pytest.approx(centre)
    assert chart.sigma_z == pytest.approx(sigma)
    assert chart.limits is not None
    low, high = chart.limits[1]
    assert angle(low, sixteen) == pytest.approx(np.arcsin(p**0.5) - 3 * sigma / 2 / sixteen**0.5)
    assert angle(high, sixteen) == pytest.approx(np.arcsin(p**0.5) + 3 * sigma / 2 / sixteen**0.5)


def test_limits_are_wide_where_sheets_are_few() -> None:
    chart = charted([60 + i % 2 for i in range(12)], [400] * 5 + [25] + [400] * 6)
    assert chart.limits is not None
    widths = [high - low for low, high in chart.limits]
    assert widths[5] == pytest.approx(4 * widths[4], rel=0.02)
    assert chart.outside == ()


def test_near_the_end_of_the_scale_the_limit_away_from_it_is_the_farther() -> None:
    chart = charted([96 + i % 2 for i in range(12)], [10] * 12)
    assert chart.limits is not None
    assert chart.limits[0][1] == 100
    # Three standard errors by this sd and the form would be 87.1.
    assert chart.centre is not None
    assert chart.centre - chart.limits[0][0] > 14


@given(st.integers(2500, 10000).map(lambda v: v / 100), st.lists(st.integers(1, 90), min_size=3, max_size=20))
def test_equal_months_never_alarm(value: float, ns: list[int]) -> None:
    found = sheets([n + 1 for n in ns])
    chart = laney(monthly([value] * len(ns)), found, np.random.default_rng(1), expected=EXPECTED, draws=2)
    assert chart.outside == ()
    assert chart.sigma_z == pytest.approx(1.0)


@given(st.floats(0, 1), st.floats(0.5, 1e5), st.floats(0, 6))
def test_limits_hold_the_centre_and_stay_on_the_scale(centre: float, sheets: float, sigmas: float) -> None:
    low, high = around(np.array(centre), np.array(sheets), np.array(sigmas))
    assert 0 <= low <= centre <= high <= 1


def test_two_months_that_are_far_apart_widen_the_limits_of_all() -> None:
    near, far = (charted([80, 80 + d, 80, 80 + d, 80, 80 + d], [200] * 6) for d in (0.5, 6))
    assert near.sigma_z == 1
    assert far.sigma_z is not None
    assert far.sigma_z > 3
    assert far.outside == ()


def test_a_month_that_fell_is_seen() -> None:
    values = [80.0, 80.6, 79.8, 80.3, 79.6, 80.2, 80.5, 79.9, 70.0, 80.1, 80.4, 79.7]
    assert charted(values, [60] * 12).outside == (8,)


def test_a_unanimous_month_leaves_no_gap_and_narrows_the_pool() -> None:
    """By hand: two of three months of four sheets hold 25, 50, 75 and 100; the other none but 75."""
    mixed, alike = np.array([[1], [2], [3], [4]]), np.full((4, 1), 3)
    chart = charted_answers([mixed, alike, mixed])
    assert chart.limits is not None
    assert len(chart.limits) == 3
    found = [Sheets.of(Moments.from_answers(m), (Fraction(1),)) for m in (mixed, alike, mixed)]
    assert pooled_sd(found) == pytest.approx((2 * 5 * 625 / 9) ** 0.5)


def test_months_of_one_sheet_are_judged_by_what_the_form_makes_likely() -> None:
    """No sheet differs from another of its month: phi is the expected one; 25 points are no alarm."""
    chart = charted_answers([np.array([[score]]) for score in (3, 3, 3, 3, 4, 3, 3, 3, 3)])
    p, n = (700 / 9 - 25) / 75, 1 / EXPECTED
    assert chart.limits is not None
    assert chart.sigma_z is not None
    turned = np.arcsin(p**0.5) - 3 * chart.sigma_z / 2 / n**0.5
    # An angle that no month has: the lowest month is no alarm.
    assert ((n + 0.75) * np.sin(turned) ** 2 - 0.375) / n < 0
    assert chart.limits[0] == (25, 100)
    assert chart.outside == ()


def test_sheets_that_never_differ_have_no_limits() -> None:
    chart = charted_answers([np.full((5, 9), 4)] * 6)
    assert (chart.limits, chart.false_alarm, chart.reason) == (None, None, Reason.NO_VARIATION)


def test_limits_need_three_points() -> None:
    assert charted([80.0, 81.0], [9, 9]).reason is Reason.TOO_FEW_POINTS


@pytest.mark.parametrize(
    ("found", "settings", "code"),
    [
        (sheets([9] * 3), {}, "series-sheets"),
        ([*sheets([9] * 3), Sheets(0, 0.0, (0,) * 37)], {}, "series-sheets"),
        ([*sheets([9] * 3), Sheets(9, 9.0, (0,) * 33)], {}, "series-sheets"),
        (sheets([9] * 4), {"multiplier": 0.0}, "chart-multiplier"),
        (sheets([9] * 4), {"draws": 0}, "chart-draws"),
        (sheets([9] * 4), {"expected": 0.0}, "chart-expected"),
    ],
)
def test_what_cannot_be_charted_is_refused(
    found: list[Sheets], settings: dict[str, float], code: str
) -> None:
    given: dict[str, Any] = {"expected": EXPECTED} | settings
    with pytest.raises(AnalyticsError, match=code):
        laney(monthly([80.0, 81, 82, 83]), found, np.random.default_rng(0), **given)


def test_no_limits_across_a_break() -> None:
    broken = Series(monthly([80.0, 81, 82]).points, (Break(Period(24241, 1), "another questionnaire"),))
    with pytest.raises(AnalyticsError, match="series-break"):
        laney(broken, sheets([9] * 3), np.random.default_rng(0), expected=EXPECTED)


def test_false_alarms_of_long_charts_near_the_textbook_and_of_short_ones_do_not() -> None:
    """Three sigma: 2 Phi(-3) = 0.0027 with known limits; limits from 6 points of the same chart differ.

    Months of a thousand sheets that are as likely one as the other way, whose mean is all but normal.
    """
    shape, rng = np.array([0.5, 0.5]), np.random.default_rng(2)
    long = false_alarm_rate([1000] * 400, shape, rng, expected=1.0, draws=2_000)
    short = false_alarm_rate([1000] * 6, shape, rng, expected=1.0, draws=20_000)
    # Sigma_z is 1 at least, and by chance above: a tenth of it beyond three sigma is missing.
    assert 0.75 * 2 * stats.norm.cdf(-3) < long.per_point < 2 * stats.norm.cdf(-3)
    assert short.per_point < 0.0012
    assert short.per_point <= short.per_chart <= 6 * short.per_point + 1e-12


def stable(n: int, months: int, series: int, rng: Generator) -> tuple[FloatArray, IntArray]:
    """Means of the months of many stable series in points, and the sheets of each series by their sums."""
    drawn = rng.multinomial(n, CONTENT, (series, months))
    return drawn @ np.arange(37) / n * 25 / 9, drawn


def _of_counts(counts: IntArray) -> Sheets:
    sums, n = np.arange(37) * 25 / 9, int(counts.sum())
    mean = counts @ sums / n
    return Sheets(n, float(counts @ (sums - mean) ** 2), tuple(counts.tolist()))


def test_the_share_that_is_printed_is_the_share_that_happens() -> None:
    """36 months of ten sheets at an IKM of 96, three in five all fours; limits written out a second time.

    Of 6,000 stable series (standard error .002). By sigma_z alone and equal limits on both sides it was .25.
    """
    rng = np.random.default_rng(4)
    _, drawn = stable(10, 36, 6_000, rng)
    low, high = months_outside(drawn[:, :, 9:], 10)["decided"]
    happens = float((low | high).any(axis=1).mean())
    values = drawn @ np.arange(37) / 10 * 25 / 9
    printed = []
    for series, counts in zip(values[:60], drawn[:60], strict=True):
        found = [_of_counts(row) for row in counts]
        chart = laney(monthly(series.tolist()), found, rng, expected=EXPECTED, draws=300)
        assert chart.false_alarm is not None
        printed.append(chart.false_alarm.per_chart)
    assert np.mean(printed) == pytest.approx(happens, abs=0.012)
    assert 0.01 < happens < 0.06


def test_the_share_is_that_of_positions_from_the_lowest_sheet_on() -> None:
    """Sums of nine scores begin at 9; counted from there they are the same sheets."""
    _, drawn = stable(10, 12, 1, np.random.default_rng(5))
    found = [_of_counts(row) for row in drawn[0]]
    values = (drawn[0] @ np.arange(37) / 10 * 25 / 9).tolist()
    settings: dict[str, Any] = {"expected": EXPECTED, "multiplier": 1.5, "draws": 500}
    chart = laney(monthly(values), found, np.random.default_rng(1), **settings)
    shape = drawn[0].sum(axis=0) / drawn[0].sum()
    assert chart.false_alarm == false_alarm_rate([10] * 12, shape[9:], np.random.default_rng(1), **settings)
    assert chart.false_alarm != false_alarm_rate([10] * 12, shape, np.random.default_rng(1), **settings)


@pytest.mark.parametrize("ikm", [70.0, 88.0, 96.0])
@pytest.mark.parametrize("n", [3, 10, 200])
def test_limits_are_crossed_no_oftener_than_three_sigma_on_either_side(ikm: float, n: int) -> None:
    """Of 24,000 stable months (standard error of .00135: .0002)."""
    counts = loyal(ikm, 0.3, 0.2).draw(np.random.default_rng([3, n]), n, 1_000, 24)
    low, high = months_outside(counts, n)["decided"]
    assert low.mean() < 0.0018
    assert high.mean() < 0.0018
    assert low.mean() > 0.0001


@pytest.mark.parametrize("ikm", [70.0, 88.0, 96.0])
@pytest.mark.parametrize("n", [10, 30])
def test_units_that_are_alike_cross_the_limits_of_the_funnel_as_often_as_they_say(ikm: float, n: int) -> None:
    """Lower limits of 95 % in .025 (10,000 units, standard error .0016); by the logit .001 to .02."""
    low, high = units_outside(ikm, (0.3, 0.2), n, np.random.default_rng([4, n]), 0.95)["decided"]
    assert low.mean() == pytest.approx(0.025, abs=0.006)
    assert high.mean() < 0.03


@pytest.mark.parametrize("n", [1, 7, 400, 20_000])
def test_means_are_drawn_as_if_sheet_by_sheet(n: int) -> None:
    """Two samples of 20,000 means, one by NumPy's multinomial counts of sheets: Kolmogorov and Smirnov."""
    rng = np.random.default_rng(6)
    slow = rng.multinomial(n, CONTENT, 20_000) @ np.arange(37) / n
    assert stats.ks_2samp(draw_means(CONTENT, n, rng, 20_000), slow).pvalue > 0.01


def test_one_kind_of_sheet_gives_one_mean() -> None:
    shape = np.zeros(37)
    shape[36] = 1.0
    for n in (1, 30, 5_000):
        assert set(draw_means(shape, n, np.random.default_rng(1), 50)) == {36.0}


def test_where_most_sheets_lack_answers_the_shape_has_the_centre_and_spread_of_all() -> None:
    """SciPy's beta-binomial: mean 0.8 of 27 steps and the standard deviation of 15 points on 75."""
    found = [Sheets(10, 9 * 15.0**2, (0,) * 36 + (4,))]
    shape = pooled_shape(found, 85.0, 15.0)
    values = np.arange(37)
    mean = float(values @ shape)
    assert shape.sum() == pytest.approx(1)
    assert mean == pytest.approx(9 + 0.8 * 27)
    assert ((values - mean) ** 2 @ shape) ** 0.5 == pytest.approx(15 / 75 * 27)
    shared = (27 * 0.2**2 / 0.16 - 1) / 26
    a, b = 0.8 * (1 / shared - 1), 0.2 * (1 / shared - 1)
    assert shape[9:] == pytest.approx(stats.betabinom(27, a, b).pmf(range(28)))

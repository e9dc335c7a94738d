"""Limits for single months: by hand, at their edges, and as often wrong as they say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator
from scipy import stats

from analytics import AnalyticsError
from analytics.comparison.laney import LaneyChart, false_alarm_rate, laney
from analytics.comparison.series import Break, Point, Series
from analytics.ikm import Moments
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import score
from analytics.ikm.sheets import FloatArray, Sheets, draw_means, pooled_sd, pooled_shape
from analytics.period import Period
from analytics.reason import Reason

#: Shares of sheets by the sum of nine scores: most are full of fours, as at an IKM of 96.
CONTENT = np.zeros(37)
CONTENT[[18, 24, 27, 30, 33, 35, 36]] = [0.01, 0.02, 0.05, 0.05, 0.1, 0.17, 0.6]


def monthly(values: Sequence[float]) -> Series:
    return Series(tuple(Point(Period(24240 + i, 1), v) for i, v in enumerate(values)))


def sheets(ns: Sequence[int], sd: float = 10.0) -> list[Sheets]:
    """Of months with these many sheets, each with the standard deviation `sd`."""
    return [Sheets(n, (n - 1) * sd**2, (0,) * 36 + (n,)) for n in ns]


def charted(values: Sequence[float], ns: Sequence[int], multiplier: float = 3.0) -> LaneyChart:
    return laney(monthly(values), sheets(ns), np.random.default_rng(1), multiplier=multiplier, draws=50)


def charted_answers(months: Sequence[IntArray], draws: int = 50) -> LaneyChart:
    weights = (Fraction(1, months[0].shape[1]),) * months[0].shape[1]
    sums = [Moments.from_answers(month) for month in months]
    values = [float(score(m).exact or 0) for m in sums]
    found = [Sheets.of(m, weights) for m in sums]
    return laney(monthly(values), found, np.random.default_rng(1), draws=draws)


def test_limits_by_hand() -> None:
    """n 4 and 16 with sd 10: centre (4 x 70 + 16 x 80 + 4 x 70) / 24; z -5/3, 4/3, -5/3 in units of 1."""
    chart = charted([70.0, 80.0, 70.0], [4, 16, 4])
    centre = 1840 / 24
    sigma = (abs((80 - centre) * 4 - (70 - centre) * 2) / 10) / (2 / np.pi**0.5)
    assert chart.centre == pytest.approx(centre)
    assert chart.sigma_z == pytest.approx(sigma)
    assert chart.limits is not None
    assert chart.limits[1] == pytest.approx(
        (centre - 3 * sigma * 10 / 4, min(100, centre + 3 * sigma * 10 / 4))
    )


def test_limits_are_wide_where_sheets_are_few() -> None:
    chart = charted([80 + i % 2 for i in range(12)], [16] * 5 + [1] + [16] * 6)
    assert chart.limits is not None
    widths = [high - low for low, high in chart.limits]
    assert widths[5] == pytest.approx(4 * widths[4])
    assert chart.outside == ()


@given(st.integers(2500, 10000).map(lambda v: v / 100), st.lists(st.integers(1, 90), min_size=3, max_size=20))
def test_equal_months_never_alarm(value: float, ns: list[int]) -> None:
    chart = laney(monthly([value] * len(ns)), sheets([n + 1 for n in ns]), np.random.default_rng(1), draws=2)
    assert chart.outside == ()
    assert chart.sigma_z == pytest.approx(0, abs=1e-9)


def test_a_month_that_fell_is_seen() -> None:
    values = [80.0, 80.6, 79.8, 80.3, 79.6, 80.2, 80.5, 79.9, 70.0, 80.1, 80.4, 79.7]
    assert charted(values, [30] * 12, multiplier=2.0).outside == (8,)


def test_a_unanimous_month_leaves_no_gap_and_narrows_the_pool() -> None:
    """By hand: two of three months of four sheets hold 25, 50, 75 and 100; the other none but 75."""
    mixed, alike = np.array([[1], [2], [3], [4]]), np.full((4, 1), 3)
    chart = charted_answers([mixed, alike, mixed])
    assert chart.limits is not None
    assert len(chart.limits) == 3
    found = [Sheets.of(Moments.from_answers(m), (Fraction(1),)) for m in (mixed, alike, mixed)]
    assert pooled_sd(found) == pytest.approx((2 * 5 * 625 / 9) ** 0.5)


def test_months_of_one_sheet_are_compared_by_their_differences() -> None:
    """An individuals chart: 3 x mean moving range / 1.128, whatever the sheets are."""
    chart = charted_answers([np.array([[score]]) for score in (3, 3, 3, 3, 4, 3, 3, 3, 3)])
    assert chart.limits is not None
    low, _ = chart.limits[0]
    assert low == pytest.approx(700 / 9 - 3 * (50 / 8) / 1.1284, abs=0.01)
    # Beside the standard deviation of nine values, one of them 25 points from the others: 25/3.
    assert chart.sigma_z == pytest.approx((50 / 8) / 1.1284 / (25 / 3), abs=0.001)


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
    ],
)
def test_what_cannot_be_charted_is_refused(
    found: list[Sheets], settings: dict[str, float], code: str
) -> None:
    with pytest.raises(AnalyticsError, match=code):
        laney(monthly([80.0, 81, 82, 83]), found, np.random.default_rng(0), **settings)  # type: ignore[arg-type]


def test_no_limits_across_a_break() -> None:
    broken = Series(monthly([80.0, 81, 82]).points, (Break(Period(24241, 1), "another questionnaire"),))
    with pytest.raises(AnalyticsError, match="series-break"):
        laney(broken, sheets([9] * 3), np.random.default_rng(0))


def test_false_alarms_of_long_charts_near_the_textbook_and_of_short_ones_do_not() -> None:
    """Three sigma: 2 Phi(-3) = 0.0027 with known limits; limits from 6 points of the same chart differ.

    Months of a thousand sheets that are as likely one as the other way, whose mean is all but normal.
    """
    shape, rng = np.array([0.5, 0.5]), np.random.default_rng(2)
    long = false_alarm_rate([1000] * 400, shape, rng, draws=2_000)
    short = false_alarm_rate([1000] * 6, shape, rng, draws=20_000)
    assert long.per_point == pytest.approx(2 * stats.norm.cdf(-3), rel=0.15)
    assert short.per_point < 0.0023
    assert short.per_point <= short.per_chart <= 6 * short.per_point + 1e-12


def stable(n: int, months: int, series: int, rng: Generator) -> tuple[FloatArray, IntArray]:
    """Means of the months of many stable series in points, and the sheets of each series by their sums."""
    drawn = rng.multinomial(n, CONTENT, (series, months))
    return drawn @ np.arange(37) / n * 25 / 9, drawn


def test_the_share_that_is_printed_is_the_share_that_happens() -> None:
    """36 months of ten sheets at an IKM of 96, three in five all fours; limits written out a second time.

    4,000 stable series have a month outside in 25 % (standard error 0.7); by normal months of known error, as
    it was printed before, 10 %.
    """
    rng = np.random.default_rng(4)
    means, _ = stable(10, 36, 4_000, rng)
    distance = means - means.mean(axis=1, keepdims=True)
    half = 3 * np.abs(np.diff(means, axis=1)).mean(axis=1) / 1.1283792
    happens = (np.abs(distance) > half[:, None] + 1e-9).any(axis=1).mean()
    means, drawn = stable(10, 36, 40, rng)
    printed = []
    for values, counts in zip(means, drawn, strict=True):
        found = [Sheets(10, 1.0, tuple(c)) for c in counts.tolist()]
        chart = laney(monthly(values.tolist()), found, rng, draws=200)
        assert chart.false_alarm is not None
        printed.append(chart.false_alarm.per_chart)
    assert np.mean(printed) == pytest.approx(happens, abs=0.025)
    assert happens > 0.2


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

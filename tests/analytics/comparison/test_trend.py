"""Series, trend and control charts against SciPy, Montgomery's tables and hand-worked cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics import AnalyticsError
from analytics.comparison.series import Break, Point, Series, instrument_breaks, regulation_breaks
from analytics.comparison.trend import seasonal_trend, trend
from analytics.cusum import average_run_length, cusum, threshold_for
from analytics.ikm.scoring import Reason
from analytics.period import Period

distinct = st.lists(st.integers(2500, 10000).map(lambda v: v / 100), min_size=4, max_size=30, unique=True)


def yearly(values: Sequence[float], first: int = 2018, se: float | None = 1.0) -> Series:
    return Series(tuple(Point(Period((first + i) * 12, 12), v, se) for i, v in enumerate(values)))


def monthly(values: Sequence[float], se: float | None = 1.0) -> Series:
    return Series(tuple(Point(Period(24240 + i, 1), v, se) for i, v in enumerate(values)))


@given(distinct)
def test_mann_kendall_is_scipys_exact_test(values: list[float]) -> None:
    expected = stats.kendalltau(range(len(values)), values, method="exact")
    found = trend(yearly(values))
    assert found.exact
    assert found.p == pytest.approx(expected.pvalue, rel=1e-9)
    pairs = len(values) * (len(values) - 1) / 2
    assert (found.s or 0) / pairs == pytest.approx(expected.statistic)


@given(st.lists(st.integers(25, 60), min_size=4, max_size=30))
def test_the_slope_is_theil_and_sens_also_with_ties(values: list[int]) -> None:
    """scipy.stats.theilslopes over years."""
    assert trend(yearly(values)).slope == pytest.approx(
        stats.theilslopes(values, range(len(values))).slope, rel=1e-9, abs=1e-9
    )


@given(distinct, st.floats(0.1, 5), st.floats(-10, 10))
def test_the_test_looks_at_the_order_only(values: list[float], factor: float, shift: float) -> None:
    a, b = trend(yearly(values)), trend(yearly([v**3 for v in values]))
    assert (a.s, a.p) == (b.s, b.p)
    assert trend(yearly([factor * v + shift for v in values])).slope == pytest.approx(
        factor * (a.slope or 0), rel=1e-6, abs=1e-6
    )


def test_a_steady_rise_by_hand() -> None:
    """Five years, one point each: S = 10 of 10, p = 2 / 5! = 1/60, slope 1."""
    found = trend(yearly([80.0, 81.0, 82.0, 83.0, 84.0]))
    assert (found.s, found.slope) == (10, 1.0)
    assert found.p == pytest.approx(1 / 60)


def test_a_missing_year_widens_the_step() -> None:
    points = [(2018, 80.0), (2019, 81.0), (2021, 83.0), (2022, 84.0)]
    series = Series(tuple(Point(Period(year * 12, 12), v) for year, v in points))
    assert trend(series).slope == 1.0


def test_nothing_varies_and_nothing_is_found() -> None:
    found = trend(yearly([80.0] * 6))
    assert (found.s, found.variance, found.z, found.p, found.slope) == (0, 0.0, 0.0, 1.0, 0.0)


def test_three_years_are_too_few() -> None:
    found = trend(yearly([80.0, 81.0, 82.0]))
    assert (found.slope, found.p, found.reason) == (None, None, Reason.TOO_FEW_POINTS)


def test_a_yearly_pattern_is_not_a_trend() -> None:
    """The same twelve months three times over: no pair within a month differs."""
    pattern = [80 + 3 * np.sin(m / 2) for m in range(12)]
    found = seasonal_trend(monthly(pattern * 3))
    assert (found.s, found.slope, found.p) == (0, 0.0, 1.0)


def test_a_rise_under_a_yearly_pattern_is_found() -> None:
    """0.1 a month is 1.2 a year in every month; S is 3 for each of twelve months with three years."""
    found = seasonal_trend(monthly([80 + 0.1 * m + 5 * (m % 12 == 6) for m in range(36)]))
    assert (found.s or 0, found.slope or 0) == pytest.approx((36, 1.2))


def test_months_of_one_year_have_no_seasonal_trend() -> None:
    assert seasonal_trend(monthly([80.0, 81, 82, 83, 84])).reason is Reason.TOO_FEW_POINTS
    with pytest.raises(AnalyticsError, match="series-seasons"):
        seasonal_trend(yearly([80.0, 81, 82, 83, 84]))


def test_a_mark_stands_at_the_first_point_after_each_break() -> None:
    points = tuple(Point(Period.parse(str(y)), 80.0) for y in (2003, 2005, 2013, 2018, 2019))
    marks = Series(points, regulation_breaks()).marks()
    assert [[str(b.start) for b in found] for found in marks] == [[], ["2004"], [], ["2014", "2017"], []]
    assert Series(()).marks() == ()


def test_a_series_is_never_joined_across_a_break() -> None:
    points = yearly([72.0, 73.0, 74.0, 90.0, 91.0], first=2014).points
    series = Series(points, regulation_breaks())
    assert [[str(p.period) for p in s.points] for s in series.segments()] == [
        ["2014", "2015", "2016"],
        ["2017", "2018"],
    ]
    assert series.latest().values == (90.0, 91.0)
    for compute in (trend, seasonal_trend):
        with pytest.raises(AnalyticsError, match="series-break"):
            compute(series)


def test_the_three_regulations_break_every_series() -> None:
    assert [str(b.start) for b in regulation_breaks()] == ["2004", "2014", "2017"]


def test_a_change_of_instrument_breaks_where_it_happens() -> None:
    periods = [Period.parse(text) for text in ("2023", "2024", "2025")]
    breaks = instrument_breaks(periods, ["skm-2017", "skm-2017", "skm-8"])
    assert [b.start for b in breaks] == [periods[2]]
    assert breaks[0].why == "instrument skm-2017 -> skm-8"


def test_a_break_before_or_after_all_points_breaks_nothing() -> None:
    points = yearly([80.0, 81.0]).points
    outside = (Break(Period.parse("2004"), "earlier"), Break(Period.parse("2030"), "later"))
    assert len(Series(points, outside).segments()) == 1
    assert Series(()).latest().points == ()


def test_points_out_of_order_are_refused() -> None:
    points = yearly([80.0, 81.0]).points
    for wrong in ((points[1], points[0]), (points[0], points[0]), (points[0], monthly([1.0]).points[0])):
        with pytest.raises(AnalyticsError, match="series-order"):
            Series(wrong)


@pytest.mark.parametrize(
    ("threshold", "shift", "published"),
    [
        (4.0, 0.0, 168), (4.0, 0.25, 74.2), (4.0, 0.5, 26.6), (4.0, 1.0, 8.38), (4.0, 2.0, 3.34),
        (5.0, 0.0, 465), (5.0, 0.25, 139), (5.0, 0.5, 38.0), (5.0, 1.0, 10.4), (5.0, 2.0, 4.01),
    ],
)  # fmt: skip
def test_run_lengths_are_those_of_montgomery(threshold: float, shift: float, published: float) -> None:
    """Montgomery, Introduction to Statistical Quality Control, table 9.3 (k = 1/2)."""
    assert average_run_length(threshold, 0.5, shift) == pytest.approx(published, rel=6e-3)


@pytest.mark.parametrize(
    ("reference", "published"),
    [(0.25, 8.01), (0.5, 4.77), (0.75, 3.34), (1.0, 2.52), (1.25, 1.99), (1.5, 1.61)],
)
def test_thresholds_for_370_points_are_those_of_hawkins(reference: float, published: float) -> None:
    """Hawkins 1993, Quality Engineering 5(3), as table 9.4 of Montgomery."""
    assert threshold_for(370.0, reference) == pytest.approx(published, abs=0.006)


def test_simulated_false_alarms_come_as_often_as_stated() -> None:
    """20,000 stable points in one chart, restarted after an alarm: run length 50 +- 4 standard errors."""
    z, threshold = np.random.default_rng(3).normal(size=20_000), threshold_for(50.0)
    alarms, upper, lower = 0, 0.0, 0.0
    for value in z:
        upper, lower = max(0.0, upper + value - 0.5), max(0.0, lower - value - 0.5)
        if max(upper, lower) > threshold:
            alarms, upper, lower = alarms + 1, 0.0, 0.0
    assert len(z) / alarms == pytest.approx(50, abs=10)


def test_cusum_by_hand() -> None:
    """z = 1, 2, 2 with k = 0.5: sums 0.5, 2, 3.5; the lower sum stays 0."""
    chart = cusum([82.0, 84.0, 84.0], [2.0, 2.0, 2.0], 80.0, arl=50.0)
    assert chart.upper == pytest.approx((0.5, 2.0, 3.5))
    assert chart.lower == (0.0, 0.0, 0.0)
    assert chart.threshold == pytest.approx(threshold_for(50.0))
    assert chart.alarms == tuple(i for i, s in enumerate(chart.upper) if s > chart.threshold) == (2,)
    assert chart.false_alarm_rate == pytest.approx(0.02)
    assert chart.arl_shifted < 8.38


def test_a_cusum_without_error_or_with_too_short_a_run_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="cusum-sd"):
        cusum([80.0], [0.0], 80.0)
    with pytest.raises(AnalyticsError, match="cusum-arl"):
        threshold_for(1.1)


def test_a_break_lies_before_the_period_that_it_starts_with() -> None:
    """Measured 2016, 2017, 2018: the rule of 2017 holds for 2017 already."""
    points = tuple(Point(Period.parse(year), 80.0) for year in ("2016", "2017", "2018"))
    assert [len(found) for found in Series(points, regulation_breaks()).marks()] == [0, 1, 0]

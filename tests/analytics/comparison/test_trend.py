"""Series and trend against SciPy and hand-worked cases."""

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
    line = trend(yearly(values))
    assert line.exact
    assert line.p == pytest.approx(expected.pvalue, rel=1e-9)
    pairs = len(values) * (len(values) - 1) / 2
    assert (line.s or 0) / pairs == pytest.approx(expected.statistic)


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
    line = trend(yearly([80.0, 81.0, 82.0, 83.0, 84.0]))
    assert (line.s, line.slope) == (10, 1.0)
    assert line.p == pytest.approx(1 / 60)


def test_a_missing_year_widens_the_step() -> None:
    points = [(2018, 80.0), (2019, 81.0), (2021, 83.0), (2022, 84.0)]
    series = Series(tuple(Point(Period(year * 12, 12), v) for year, v in points))
    assert trend(series).slope == 1.0


def test_nothing_varies_and_nothing_is_found() -> None:
    line = trend(yearly([80.0] * 6))
    assert (line.s, line.variance, line.z, line.p, line.slope) == (0, 0.0, 0.0, 1.0, 0.0)


def test_three_years_are_too_few() -> None:
    line = trend(yearly([80.0, 81.0, 82.0]))
    assert (line.slope, line.p, line.reason) == (None, None, Reason.TOO_FEW_POINTS)


def test_a_yearly_pattern_is_not_a_trend() -> None:
    """The same twelve months three times over: no pair within a month differs."""
    pattern = [80 + 3 * np.sin(m / 2) for m in range(12)]
    line = seasonal_trend(monthly(pattern * 3))
    assert (line.s, line.slope, line.p) == (0, 0.0, 1.0)


def test_a_rise_under_a_yearly_pattern_is_found() -> None:
    """0.1 a month is 1.2 a year in every month; S is 3 for each of twelve months with three years."""
    line = seasonal_trend(monthly([80 + 0.1 * m + 5 * (m % 12 == 6) for m in range(36)]))
    assert (line.s or 0, line.slope or 0) == pytest.approx((36, 1.2))


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
    assert [(str(b.start), b.regulation) for b in regulation_breaks()] == [
        ("2004", "KEP 25/2004"),
        ("2014", "PermenPANRB 16/2014"),
        ("2017", "PermenPANRB 14/2017"),
    ]


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


def test_a_break_lies_before_the_period_that_it_starts_with() -> None:
    """Measured 2016, 2017, 2018: the rule of 2017 holds for 2017 already."""
    points = tuple(Point(Period.parse(year), 80.0) for year in ("2016", "2017", "2018"))
    assert [len(found) for found in Series(points, regulation_breaks()).marks()] == [0, 1, 0]

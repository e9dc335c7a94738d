"""Series and trend against SciPy, hand-worked cases and simulation."""

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

distinct = st.lists(st.integers(2500, 10000).map(lambda v: v / 100), min_size=7, max_size=30, unique=True)


def yearly(values: Sequence[float], first: int = 2018, se: float | None = 1.0) -> Series:
    return Series(tuple(Point(Period((first + i) * 12, 12), v, se) for i, v in enumerate(values)))


def monthly(values: Sequence[float], se: float | None = 1.0) -> Series:
    return Series(tuple(Point(Period(24240 + i, 1), v, se) for i, v in enumerate(values)))


@given(distinct)
def test_s_is_kendalls_by_scipy(values: list[float]) -> None:
    expected = stats.kendalltau(range(len(values)), values)
    pairs = len(values) * (len(values) - 1) / 2
    assert (trend(yearly(values)).s or 0) / pairs == pytest.approx(expected.statistic)


@given(distinct)
def test_the_test_is_never_surer_than_scipys_for_independent_years(values: list[float]) -> None:
    """Student's t for normal, and a variance of at least Kendall's."""
    n, line = len(values), trend(yearly(values))
    p = stats.kendalltau(range(n), values, method="asymptotic").pvalue
    assert (line.p or 0) > p * (1 - 1e-9)
    assert (line.variance or 0) >= n * (n - 1) * (2 * n + 5) / 18 * (1 - 1e-12)


@given(st.lists(st.integers(25, 60), min_size=7, max_size=30))
def test_the_slope_is_theil_and_sens_also_with_ties(values: list[int]) -> None:
    """scipy.stats.theilslopes over years."""
    assert trend(yearly(values)).slope == pytest.approx(
        stats.theilslopes(values, range(len(values))).slope, rel=1e-9, abs=1e-9
    )


@given(distinct, st.floats(0.1, 5), st.floats(-10, 10))
def test_the_scale_moves_the_slope_alone(values: list[float], factor: float, shift: float) -> None:
    a, b = trend(yearly(values)), trend(yearly([factor * v + shift for v in values]))
    assert b.slope == pytest.approx(factor * (a.slope or 0), rel=1e-6, abs=1e-6)
    assert (b.s, b.p) == pytest.approx((a.s, a.p), rel=1e-6)
    assert trend(yearly([v**3 for v in values])).s == a.s


@given(distinct)
def test_backwards_it_falls_as_it_rose(values: list[float]) -> None:
    a, b = trend(yearly(values)), trend(yearly(values[::-1]))
    assert (b.s, b.slope) == pytest.approx((-(a.s or 0), -(a.slope or 0)), abs=1e-9)
    assert (b.p, b.correlation) == pytest.approx((a.p, a.correlation), rel=1e-6, abs=1e-9)


def test_a_steady_rise_by_hand() -> None:
    """Seven years on a line, S = 21 of 21, var 7 x 6 x 19/18; 5 residuals are free: df 4.5."""
    line = trend(yearly([80.0, 81.0, 82.0, 83.0, 84.0, 85.0, 86.0]))
    assert (line.s, line.slope, line.correlation, line.df, line.interval) == (21, 1.0, 0.0, 4.5, (1.0, 1.0))
    assert line.variance == pytest.approx(7 * 6 * 19 / 18)
    assert line.p == pytest.approx(2 * stats.t.sf(20 / (7 * 6 * 19 / 18) ** 0.5, 4.5))


def test_ties_by_hand() -> None:
    """Up and down in turn: 10 pairs rise, 6 fall; two groups of four: (8x7x21 - 2x4x3x13)/18 = 48."""
    line = trend(yearly([80.0, 82.0] * 4))
    assert (line.s, line.variance, line.correlation) == pytest.approx((4, 48, 0))
    assert (line.t, line.df) == pytest.approx((3 / 48**0.5, 5))


def test_years_that_resemble_their_neighbours_are_less_sure() -> None:
    """The same twelve values in two orders with the same S: in slow waves, and each year for itself."""
    waves, mixed = [0, 2, 4, 5, 3, 1, 6, 8, 10, 11, 9, 7], [2, 1, 3, 0, 4, 7, 6, 11, 5, 9, 8, 10]
    slow, quick = (trend(yearly([80.0 + v for v in values])) for values in (waves, mixed))
    assert slow.s == quick.s == 42
    assert (quick.correlation, quick.variance) == pytest.approx((0, 12 * 11 * 29 / 18))
    assert (slow.correlation or 0) > 0.7
    assert (quick.p or 1) < 0.05 < 0.1 < (slow.p or 0)
    widths = [line.interval[1] - line.interval[0] if line.interval else np.inf for line in (quick, slow)]
    assert widths[1] > 1.5 * widths[0]


def test_a_missing_year_widens_the_step() -> None:
    years = (2018, 2019, 2021, 2022, 2023, 2025, 2026)
    series = Series(tuple(Point(Period(year * 12, 12), year - 1938.0) for year in years))
    assert trend(series).slope == 1.0


def test_nothing_varies_and_nothing_is_found() -> None:
    line = trend(yearly([80.0] * 7))
    assert (line.s, line.variance, line.t, line.p, line.slope) == (0, 0.0, 0.0, 1.0, 0.0)


def test_fewer_years_than_could_be_clear_are_too_few() -> None:
    """Six that all rise: S = 15, var 6 x 5 x 17/18, df 4."""
    assert 2 * stats.t.sf(14 / (6 * 5 * 17 / 18) ** 0.5, 4) > 0.05
    assert (trend(yearly([80.0 + i for i in range(7)])).p or 1) < 0.05
    line = trend(yearly([80.0 + i for i in range(6)]))
    assert (line.slope, line.p, line.reason) == (None, None, Reason.TOO_FEW_POINTS)


def test_a_yearly_pattern_is_not_a_trend() -> None:
    """The same twelve months three times over: no pair within a month differs."""
    pattern = [80 + 3 * np.sin(m / 2) for m in range(12)]
    line = seasonal_trend(monthly(pattern * 3))
    assert (line.s, line.slope, line.p) == (0, 0.0, 1.0)


def test_a_rise_under_a_yearly_pattern_is_found() -> None:
    """0.1 a month is 1.2 a year in every month; S is 3 for each of twelve months with three years.

    36 months beside twelve levels and a line leave 23: df 13.5; var 12 x 3 x 2 x 11/18 = 44.
    """
    line = seasonal_trend(monthly([80 + 0.1 * m + 5 * (m % 12 == 6) for m in range(36)]))
    assert (line.s or 0, line.slope or 0) == pytest.approx((36, 1.2))
    assert line.p == pytest.approx(2 * stats.t.sf(35 / 44**0.5, 13.5))


def test_months_that_resemble_their_neighbours_widen_the_seasonal_test() -> None:
    """Two years, the second better, but by stretches of months and not by each month alone."""
    years = [[0] * 12, [3, 3, 3, 3, 2, 1, 0, -1, 0, 1, 2, 3]]
    stretches = seasonal_trend(monthly([80.0 + v for year in years for v in year]))
    assert stretches.correlation == pytest.approx(0.8, abs=0.1)
    assert (stretches.variance or 0) > 30
    assert (stretches.p or 0) > 0.05


def test_missing_months_leave_their_season_with_fewer_years() -> None:
    """36 without one January, March and July: nine months of three years, three of two."""
    points = monthly([80 + 0.1 * m for m in range(36)]).points
    line = seasonal_trend(Series(tuple(p for i, p in enumerate(points) if i not in (0, 14, 30))))
    assert (line.n, line.s, line.slope) == pytest.approx((33, 9 * 3 + 3 * 1, 1.2))
    assert (line.variance, line.df) == pytest.approx((9 * 66 / 18 + 3 * 18 / 18, 20 / 2 + 2))


def test_months_of_one_year_have_no_seasonal_trend() -> None:
    assert seasonal_trend(monthly([80.0 + i for i in range(12)])).reason is Reason.TOO_FEW_POINTS
    assert seasonal_trend(monthly([80.0 + i for i in range(14)])).reason is Reason.TOO_FEW_POINTS
    assert seasonal_trend(Series(())).reason is Reason.TOO_FEW_POINTS
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

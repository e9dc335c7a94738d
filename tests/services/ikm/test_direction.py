"""The direction of a unit: the last comparable run, months beside the same months, limits of months."""

from __future__ import annotations

import pytest
from scipy import stats

from analytics.comparison.trend import MIN_POINTS
from analytics.period import Period
from analytics.reason import Reason
from survey_app.services.ikm import direction, results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.reports import samples

LAST = Period.parse("2026-06")


def measured(database: Database, values: list[int], last: Period) -> direction.UnitDirection:
    """Twenty sheets a period, `values[i]` of them a level higher (4 instead of 3), oldest first."""
    samples.create_unit(database, "u", "Unit")
    for back, better in enumerate(reversed(values)):
        month = Period(last.shift(-back).start, 1)
        samples.insert(database, "u", [[4] * 9] * better + [[3] * 9] * (20 - better), str(month))
    return direction.direction_of(database, results.unit_result(database, "u", last, within=PROVINCE))


def test_months_are_compared_with_the_same_months_of_other_years(database: Database) -> None:
    """Two years, the second two sheets of twenty better in every month: 2.5 points a year, 12 of 12 up.

    S = 12 over twelve seasons of variance 1 each: t = 11 / sqrt(12). Beside twelve levels and a line 11
    residuals are left, all of them 0: half and two are 7.5 degrees of freedom.
    """
    pattern = [1, 9, 2, 8, 3, 7, 4, 6, 5, 5, 2, 9]
    moved = measured(database, pattern + [n + 2 for n in pattern], LAST)
    assert (moved.seasonal, len(moved.periods), moved.periods[-1]) == (True, 24, LAST)
    assert moved.trend.slope == pytest.approx(2.5)
    assert moved.trend.p == pytest.approx(2 * stats.t.sf(11 / 12**0.5, 7.5))
    assert moved.control is not None


def test_fewer_months_than_two_years_are_compared_one_by_one(database: Database) -> None:
    """Seven months rising by 2 of 20 sheets, 2.5 points: 30 a year; S = 21 of variance 7 x 6 x 19/18."""
    moved = measured(database, [1, 3, 5, 7, 9, 11, 13], LAST)
    assert not moved.seasonal
    assert moved.trend.slope == pytest.approx(30)
    assert moved.trend.p == pytest.approx(2 * stats.t.sf(20 / (7 * 6 * 19 / 18) ** 0.5, 4.5))


def test_longer_periods_have_no_limits_and_too_few_of_them_no_direction(database: Database) -> None:
    moved = measured(database, [5, 9, 4], Period.parse("2026-TW2"))
    assert (moved.control, len(moved.periods)) == (None, 3)
    assert len(moved.periods) < MIN_POINTS
    assert moved.trend.reason is Reason.TOO_FEW_POINTS


def test_what_was_measured_by_another_questionnaire_is_left_out(database: Database) -> None:
    """Eight unsur till March, nine from April on: the run begins in April."""
    samples.create_unit(database, "u", "Unit", instrument="skm-2017-tanpa-biaya@1")
    for month in ("2026-02", "2026-03"):
        samples.insert(database, "u", [[4] * 8], month)
    catalogue.choose_instrument(database, ADMIN, "u", "skm-2017@1")
    samples.insert(database, "u", [[3] * 9] * 2, "2026-04")
    series = direction.run(results.unit_result(database, "u", Period.parse("2026-04"), within=PROVINCE))
    assert [(str(p.period), p.value) for p in series.points] == [("2026-04", 75.0)]


def test_a_month_whose_sheets_all_agree_leaves_the_limits_of_all_months(database: Database) -> None:
    """Twenty of twenty sheets at 4 in the third month; the same answers give the same words again."""
    moved = measured(database, [5, 9, 20, 7, 6], LAST)
    assert moved.control is not None
    assert moved.control.limits is not None
    assert len(moved.control.limits) == 5
    assert moved.control.false_alarm is not None
    again = direction.direction_of(database, results.unit_result(database, "u", LAST, within=PROVINCE))
    assert again == moved

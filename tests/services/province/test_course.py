"""Which way a scope goes: the rule at its borders, and how often it is wrong of one that stays as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.comparison import Difference, Method, difference
from analytics.comparison.aggregate import aggregate
from analytics.ikm import Moments
from analytics.period import Period
from analytics.reason import Reason
from analytics.sampling import Stratum
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.course import Course, course, read
from survey_app.services.province.summary import summary
from survey_app.storage.database import Database
from tests.reports import samples


def changed(value: float, low: float, high: float) -> Difference:
    return replace(Difference.undefined(Reason.NO_UNITS), value=value, interval=(low, high), reason=None)


@pytest.mark.parametrize(
    ("value", "interval", "months", "course_"),
    [
        (1.0, (0.1, 1.9), 12, Course.RISING),
        (0.99, (0.1, 1.9), 12, Course.RISING_SLOWLY),
        (0.3, (0.1, 0.5), 3, Course.RISING),
        (-1.0, (-1.9, -0.1), 12, Course.FALLING),
        (-0.99, (-1.9, -0.1), 12, Course.FALLING_SLOWLY),
        (0.2, (-0.5, 0.9), 12, Course.STEADY),
        # It may have risen by more than a slow point: that is no proof of standing still.
        (0.2, (-0.5, 1.0), 12, Course.OPEN),
        (0.1, (-0.2, 0.4), 3, Course.OPEN),
        (0.0, (0.0, 0.0), 12, Course.STEADY),
    ],
)
def test_a_change_is_clear_by_its_interval_and_slow_by_its_size_in_a_year(
    value: float, interval: tuple[float, float], months: int, course_: Course
) -> None:
    assert read(changed(value, *interval), months) is course_


def test_without_a_value_nothing_is_said() -> None:
    assert read(Difference.undefined(Reason.NO_UNITS), 12) is Course.OPEN


def test_a_year_is_asked_before_the_period_before_and_that_only_without_a_year(database: Database) -> None:
    """A fall within a year that the last quarter does not show."""
    samples.create_unit(database, "u", "Unit")
    for month, low in (("2025-11", 0), ("2026-08", 20), ("2026-11", 20)):
        samples.insert(database, "u", [[4] * 9] * (38 - low) + [[3] * 9] * (2 + low), month)
    now = Period.parse("2026-TW4")
    found = course(summary(database, PROVINCE, now, back=4))
    assert (found.course, str(found.since.period)) == (Course.FALLING, "2025-TW4")
    # 25 x (38 x 4 + 2 x 3) / 40 = 98.75 and 25 x (18 x 4 + 22 x 3) / 40 = 86.25.
    assert found.since.change.value == pytest.approx(86.25 - 98.75)
    assert [c.beyond_chance for c in found.since.changes] == [True]
    shorter = course(summary(database, PROVINCE, now, back=1))
    assert (shorter.course, str(shorter.since.period)) == (Course.OPEN, "2026-TW3")
    assert summary(database, PROVINCE, Period.parse("2026"), back=1).year_ago is None


def test_of_scopes_that_stay_as_they_are_one_in_twenty_is_said_to_move_at_most() -> None:
    """100 provinces of eight units, each measured twice; of 3,000 it was 5.3%, of 100 it is 1 to 11%."""
    rng, said = np.random.default_rng(14), 0
    levels, chances = np.arange(1, 5), np.array([[0.03, 0.12, 0.55, 0.30], [0.10, 0.25, 0.45, 0.20]])
    for _ in range(100):
        halves = [
            aggregate(
                [_unit(rng, levels, chances[i % 2], n) for i, n in enumerate((30, 40, 50, 60) * 2)],
                Method.MEAN_OF_UNITS,
            ).estimate
            for _ in range(2)
        ]
        said += read(difference(*halves), 12) not in (Course.OPEN, Course.STEADY)
    assert 1 <= said <= 11


def _unit(rng: np.random.Generator, levels: np.ndarray, chances: np.ndarray, n: int) -> Stratum:
    """Sheets on which one of two moods runs through all nine unsur, as on real ones."""
    mood = rng.choice(levels, size=(n, 1), p=chances)
    sheets = np.where(rng.random((n, 9)) < 0.5, mood, rng.choice(levels, size=(n, 9), p=chances))
    return Stratum("unit", Moments.from_answers(sheets))

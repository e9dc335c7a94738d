"""Which way a province or an agency goes, as the first sentence of its page says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.comparison import Difference
from survey_app.services.province.summary import Against, Summary

#: Points of the index in a year below which a clear change is slow, and within which nothing has moved.
SLOW = 1.0


class Course(StrEnum):
    """What is said of a change.

    `STEADY` is no absence of proof: the whole 95% interval lies within `SLOW` of no change. `OPEN` is that
    absence: it may have risen, fallen or neither.
    """

    RISING = "rising"
    RISING_SLOWLY = "rising-slowly"
    FALLING = "falling"
    FALLING_SLOWLY = "falling-slowly"
    STEADY = "steady"
    OPEN = "open"


@dataclass(frozen=True)
class Found:
    """The course, and the comparison it is read from."""

    course: Course
    since: Against


def course(summary: Summary) -> Found:
    """Beside the same period a year ago; beside the period before where there is nothing of a year ago.

    One comparison is asked, and which one does not depend on what it says: so of a scope that does not
    change at most one sentence in twenty says that it does, one in forty in either direction.
    """
    year = summary.year_ago
    since = year if year is not None and year.change.value is not None else summary.before
    return Found(read(since.change, 12 if since is year else summary.period.months), since)


def read(change: Difference, months: int) -> Course:
    """The course of a change over so many months.

    Args:
        change: in points of the index; without a value or an interval nothing is known.
        months: between what it compares.
    """
    if change.value is None or change.interval is None:
        return Course.OPEN
    low, high = change.interval
    slow = SLOW * months / 12
    if low > 0:
        return Course.RISING_SLOWLY if change.value < slow else Course.RISING
    if high < 0:
        return Course.FALLING_SLOWLY if change.value > -slow else Course.FALLING
    return Course.STEADY if -slow < low and high < slow else Course.OPEN

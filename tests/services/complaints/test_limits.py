"""Working days by hand and by a loop, and the limits of the file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.instruments import DATA
from survey_app.services.complaints import limits as read_limits
from survey_app.services.complaints.limits import limits

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
FILE = json.loads((DATA / "reference/complaints.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("since", "today", "days"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SUNDAY, 0),
        (FRIDAY, MONDAY, 1),
        (SATURDAY, MONDAY, 1),
        (SUNDAY, TUESDAY, 2),
        (MONDAY, FRIDAY, 0),  # no later
        (FRIDAY, date(2026, 12, 10), 14),
        (date(2026, 12, 31), date(2027, 1, 4), 2),
    ],
)
def test_days_by_hand(since: date, today: date, days: int) -> None:
    assert limits().working_days(since, today) == days


def test_a_day_off_is_none_and_one_at_the_weekend_takes_nothing() -> None:
    off = replace(limits(), days_off=(MONDAY, SATURDAY))
    assert off.working_days(FRIDAY, TUESDAY) == 1
    # Six days a week, as some offices work.
    six = replace(limits(), working_week=(True,) * 6 + (False,))
    assert six.working_days(FRIDAY, MONDAY) == 2


@given(
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.integers(-5, 120),
    st.lists(st.booleans(), min_size=7, max_size=7).filter(any),
    st.lists(st.integers(0, 120), max_size=8),
)
def test_days_are_those_of_a_loop(since: date, length: int, week: list[bool], off: list[int]) -> None:
    days_off = tuple(since + timedelta(days=n) for n in off)
    found = replace(limits(), working_week=tuple(week), days_off=days_off)
    between = (since + timedelta(days=n) for n in range(1, length + 1))
    expected = sum(week[day.weekday()] and day not in days_off for day in between)
    assert found.working_days(since, since + timedelta(days=length)) == expected


def test_what_is_urgent_is_looked_at_sooner_and_what_is_inspected_takes_longer() -> None:
    found = limits()
    assert (found.to_look(()), found.to_look(("threat",))) == (3, 1)
    assert [found.to_finish(urgent) for urgent in ((), ("threat",), ("threat", "bribe"))] == [14, 14, 60]


def test_the_months_reach_to_tomorrow() -> None:
    for now, months in (
        (datetime(2026, 11, 20, 3, tzinfo=UTC), ("2026-08", "2026-11")),
        (datetime(2026, 11, 30, 23, tzinfo=UTC), ("2026-08", "2026-12")),
        (datetime(2027, 1, 1, tzinfo=UTC), ("2026-10", "2027-01")),
    ):
        assert tuple(map(str, limits().months(now))) == months


@pytest.mark.parametrize(
    "change", [{"look_within": -1}, {"working_week": [0] * 7}, {"days_off": ["libur", "libur"]}, {"more": 1}]
)
def test_a_file_that_says_something_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        read_limits.read({**FILE, **change})


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        read_limits.read({**FILE, "days_off": ["2026-13-01"]})

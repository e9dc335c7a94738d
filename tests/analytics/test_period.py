"""Periods: written as the regulation's reports write them; half-open, so no last day is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.period import Period


@pytest.mark.parametrize(
    ("text", "first", "end", "months"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1), (202401, 202412)),
        ("2024-S1", date(2024, 1, 1), date(2024, 7, 1), (202401, 202406)),
        ("2024-S2", date(2024, 7, 1), date(2025, 1, 1), (202407, 202412)),
        ("2024-TW3", date(2024, 7, 1), date(2024, 10, 1), (202407, 202409)),
        ("2024-07", date(2024, 7, 1), date(2024, 8, 1), (202407, 202407)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1), (202412, 202412)),
    ],
)
def test_written_form(text: str, first: date, end: date, months: tuple[int, int]) -> None:
    period = Period.parse(text)
    assert (period.first_day, period.end_day, period.month_range) == (first, end, months)
    assert str(period) == text
    assert [Period.of_month(m).month_range for m in months] == [(m, m) for m in months]
    assert Period.of_month(months[0]).start == period.start


@pytest.mark.parametrize(
    "text", ["", "24", "2024-S3", "2024-TW5", "2024-13", "2024-00", "2024-7", "2024-q1", "9999", "1899"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(AnalyticsError, match="period-format"):
        Period.parse(text)


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["year", "semester", "quarter", "month"])
)
def test_every_day_lies_in_exactly_one_period_of_a_kind(day: date, kind: str) -> None:
    period = Period.containing(day, kind)
    assert period.kind == kind
    assert period.first_day <= day < period.end_day
    assert period.shift(1).first_day == period.end_day
    assert Period.parse(str(period)) == period
    assert not period.parts or (period.parts[0].first_day, period.parts[-1].end_day) == (
        period.first_day,
        period.end_day,
    )


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2019-S1", "2019-S1", True),
        ("2019-S1", "2019-TW2", True),
        ("2019", "2019-01", True),
        ("2019-S1", "2019-TW3", False),
        ("2019-12", "2020-01", False),
        ("2018", "2019", False),
    ],
)
def test_periods_overlap_when_they_share_a_month(one: str, other: str, shared: bool) -> None:
    first, second = Period.parse(one), Period.parse(other)
    assert (first.overlaps(second), second.overlaps(first)) == (shared, shared)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2024", ["2024-S1", "2024-S2"]),
        ("2024-S2", ["2024-TW3", "2024-TW4"]),
        ("2024-TW1", ["2024-01", "2024-02", "2024-03"]),
        ("2024-02", []),
    ],
)
def test_what_a_period_consists_of(text: str, parts: list[str]) -> None:
    period = Period.parse(text)
    assert [str(part) for part in period.parts] == parts
    assert {part.whole for part in period.parts} <= {period}


def test_a_year_is_no_part() -> None:
    assert Period.parse("2024").whole is None

"""Dates of files: their order, their clock and its zone. Expected moments are told by a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from survey_app.errors import Refused
from survey_app.services.imports.dates import Answered, DateReader, Dates, order_of

WITA = ZoneInfo("Asia/Makassar")


def read(cell: str, dates: Dates = "day-first") -> Answered | None:
    return DateReader(dates, WITA).read(cell)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ([], "day-first"),
        (["2024-03-04", "4 Maret 2024"], "day-first"),
        (["5/5/2024"], "day-first"),
        (["03/04/2024", "13/04/2024 10:00"], "day-first"),
        (["03/04/2024", "", "04-13-2024"], "month-first"),
        (["3.4.2024", "kemarin", "4.30.2024"], "month-first"),
        (["31/31/2024", "1/13/2024"], "month-first"),
        (["2024-03-13", "25/03/2024"], "day-first"),
    ],
)
def test_a_column_tells_its_order(cells: list[str], order: str) -> None:
    assert order_of(enumerate(cells, start=2), None) == order


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["3/4/2024", "4/4/2024"], "dates-needed"),
        (["3/4/2024", "2024-03-25"], "dates-needed"),
        (["13/4/2024", "4/13/2024"], "dates-mixed"),
        # As Excel leaves a column that it read in its own order: what it could not read stays text.
        (["3/25/2024", "2024-04-03 10:00:00"], "dates-mixed"),
    ],
)
def test_a_column_that_cannot_say_is_asked_about(cells: list[str], code: str) -> None:
    numbered = list(enumerate(cells, start=2))
    with pytest.raises(Refused, match=rf"--dates day-first.*--dates month-first.*{code}"):
        order_of(numbered, None)
    assert order_of(numbered, "month-first") == "month-first"


@pytest.mark.parametrize(
    "cell",
    [
        "2024/03/31 5:30:00 PM GMT+0",
        "2024-03-31T17:30:00Z",
        "2024-03-31 17:30:00 UTC",
        "2024-03-31T17:30:00.000+00:00",
        "2024-03-31 17:30 +0000",
        "31/03/2024 5.30 p.m. GMT",
        "2024-04-01 00:30 WIB",
        "2024-04-01 02:30 WIT",
        "2024-03-31 12:30:00 GMT-5",
        "1 April 2024 01:30",
        "1 April 2024 01:30 WITA",
        "2024-03-31 23:00 UTC+05:30",
    ],
)
def test_one_moment_in_many_zones_is_one_day_in_the_units(cell: str) -> None:
    moment = datetime(2024, 3, 31, 17, 30, tzinfo=UTC)
    assert read(cell) == Answered(date(2024, 4, 1), moment)


@pytest.mark.parametrize(
    ("cell", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 pm", 13), ("11.05 a.m.", 11), ("0:05", 0)]
)
def test_noon_and_midnight_are_as_americans_write_them(cell: str, hour: int) -> None:
    answered = read(f"2024-03-31 {cell}")
    assert answered is not None
    assert answered.at == datetime(2024, 3, 31, hour, 5, tzinfo=WITA)


@pytest.mark.parametrize("cell", ["2024-13-01", "31/02/2024", "2024-03-31 13:05 PM", "2024-03-31 24:10"])
def test_what_is_no_moment_is_not_read(cell: str) -> None:
    assert read(cell) is None


def test_the_days_of_another_reading() -> None:
    reader = DateReader("month-first", WITA)
    assert reader.other_days("3/4/2024") == {date(2024, 4, 3)}
    assert reader.other_days("3/25/2024") == set()
    assert reader.other_days("2024-03-31 5:30 PM GMT+0") == {date(2024, 3, 31)}
    assert reader.other_days("4 Maret 2024") == set()

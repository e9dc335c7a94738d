"""Ids of imported rows: what is read back from them is what was written, and one row has one id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from analytics.period import Period
from survey_app.services.imports.row_ids import FileOrigin, digest, period_of
from survey_app.storage.imports import AnswerImport, UndatedRows
from survey_app.storage.tables import ImportState

KINDS = ("month", "quarter", "semester", "year")
DIGEST = "0123456789abcdef" * 4

#: Every period that can be written, from its first day and kind.
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
periods = st.builds(Period.containing, days, st.sampled_from(KINDS))
lines = st.integers(1, 2**31)


def stored(origin: FileOrigin, line: int) -> UndatedRows:
    """A row without a date as storage counts it: the first 48 bits of its id, and the month it stands in.

    The month is that of the period's last day (`file.Calendar`).
    """
    last = origin.period.last_day
    row_id = origin.row_id(line, None)
    return UndatedRows(1, int(row_id.hex[:12], 16), last.year * 100 + last.month, 1)


@given(periods, lines)
@example(Period.parse("1900"), 1)
@example(Period.parse("1969-12"), 1)
@example(Period.parse("1970"), 1)
@example(Period.parse("2199-TW4"), 1)
def test_the_period_read_back_is_the_one_written(period: Period, line: int) -> None:
    assert period_of(stored(FileOrigin("ptsp", DIGEST, period), line)) == period


@given(periods, st.integers(0, 12))
def test_rows_whose_two_ends_fit_no_period_are_of_the_month_they_are_in(period: Period, later: int) -> None:
    """A first day and a last month, and no calendar period that has both."""
    end = Period.containing(period.first_day, "month").shift(later)
    rows = stored(FileOrigin("ptsp", DIGEST, period), 2)
    found = period_of(UndatedRows(1, rows.milliseconds, end.month_range[0], 1))
    fit = [Period.containing(period.first_day, kind) for kind in KINDS]
    exact = [p for p in fit if p.first_day == period.first_day and p.last_day == end.last_day]
    assert found == (exact[0] if exact else end)


@given(periods, periods, lines, lines, days)
def test_rows_differ_by_line_and_undated_ones_by_period(
    one: Period, other: Period, line: int, next_line: int, day: date
) -> None:
    first, second = (FileOrigin("ptsp", DIGEST, period) for period in (one, other))
    assert (first.row_id(line, None) == second.row_id(line, None)) == (one == other)
    assert first.row_id(line, day) == second.row_id(line, day)
    assert (first.row_id(line, day) == first.row_id(next_line, day)) == (line == next_line)
    assert first.row_id(line, day) != first.row_id(line, day + timedelta(days=1))


def test_ids_stay_what_is_stored() -> None:
    """Written by the version of September 2026; with other ids every file in the field would count again."""
    origin = FileOrigin("ptsp", DIGEST, Period.parse("2019-S1"))
    assert str(origin.row_id(2, None)) == "016806b5-bc00-7015-84d0-e9fd7e92cd9e"
    assert str(origin.row_id(2, date(2019, 2, 3))) == "0168b0a7-9800-764b-83f7-8171c79dba47"
    # And of December 2026, in the turn after one that was withdrawn.
    again = replace(origin, turn=1)
    assert str(again.row_id(2, None)) == "016806b5-bc00-794c-afb4-f0edbe9ea9f3"
    assert str(again.row_id(2, date(2019, 2, 3))) == "0168b0a7-9800-7abe-b185-631b730da503"


states = st.lists(st.tuples(st.sampled_from(list(ImportState)), st.integers(0, 4), st.booleans()), max_size=6)


@given(states, lines, st.one_of(st.none(), days))
def test_a_turn_is_one_in_which_every_stored_row_counts(
    before: list[tuple[ImportState, int, bool]], line: int, day: date | None
) -> None:
    """So a row that is new finds its id free; and a row that counts is found, whatever turn it is of."""
    first = FileOrigin("ptsp", DIGEST, Period.parse("2019-S1"))
    made = [
        AnswerImport(number, DIGEST if mine else "another", state, turn)
        for number, (state, turn, mine) in enumerate(before)
    ]
    now = first.after(made)
    mine = [one for one in made if first.made(one)]
    assert all(one.state is ImportState.COUNTED for one in mine if one.turn >= now.turn)
    assert not mine or now.turn <= 1 + max(one.turn for one in mine)
    counted = {one.turn for one in mine if one.state is ImportState.COUNTED}
    stored_as = {replace(first, turn=turn).row_id(line, day) for turn in counted}
    assert set(now.ids(line, day)) == stored_as | {now.row_id(line, day)}
    assert (now.row_id(line, day) == first.row_id(line, day)) == (now.turn == 0)


def test_a_file_is_known_again_by_half_of_its_digest() -> None:
    """So much was kept at first; not known again, its rows would be another file's for the same months."""
    origin = FileOrigin("ptsp", DIGEST, Period.parse("2019-S1"))
    kept = "0123456789abcdef0123456789abcdef"
    assert [
        origin.made(AnswerImport(1, d, ImportState.COUNTED)) for d in (kept, DIGEST, "", f"1{kept[1:]}")
    ] == [
        True,
        True,
        False,
        False,
    ]


def test_each_sheet_of_a_workbook_is_a_file_of_its_own(tmp_path: Path) -> None:
    """Line 2 of January and line 2 of February are two answers, also where both bear the same date."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"a workbook")
    assert len({digest(path, sheet) for sheet in (None, "Januari", "Februari")}) == 3

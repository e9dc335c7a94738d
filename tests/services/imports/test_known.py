"""A file that has grown holds the old sheets again: each sheet is counted once, and each new one is."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import Refused
from survey_app.services.imports import importing
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database, open_database
from tests.submissions import KEYS, NOW

FOURS, THREES = [4] * 9, [3] * 9
MORNING = "2024-03-20 08:00:00"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """SQLite alone: nothing here is of a kind of database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def load(database: Database, path: Path, period: str = "2024", **said: Any) -> ImportReport:
    return importing.import_responses(database, ADMIN, path, "ptsp", Period.parse(period), NOW, Said(**said))


def write(path: Path, lines: Sequence[tuple[str, Sequence[int], str]]) -> Path:
    """Each line is its date, its scores and its comment."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Tanggal", *KEYS, "Saran"], *([d, *s, c] for d, s, c in lines)])
    return path


def test_of_three_alike_where_two_are_stored_one_is_new(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", [(MORNING, FOURS, "")] * 2))
    grown = write(tmp_path / "b.csv", [(MORNING, FOURS, "")] * 3)
    report = load(database, grown, add=True)
    assert (report.stored, report.known) == (1, 2)
    assert load(database, grown, add=True).stored == 0


@pytest.mark.parametrize(
    "changed",
    [("2024-03-20 08:00:01", FOURS, "a"), (MORNING, [*FOURS[:8], 3], "a"), (MORNING, FOURS, "b")],
)
def test_another_moment_answer_or_comment_is_another_sheet(
    database: Database, unit: UnitEntry, tmp_path: Path, changed: tuple[str, list[int], str]
) -> None:
    load(database, write(tmp_path / "a.csv", [(MORNING, FOURS, "a")]))
    report = load(database, write(tmp_path / "b.csv", [(MORNING, FOURS, "a"), changed]), add=True)
    assert (report.stored, report.known) == (1, 1)


@pytest.mark.parametrize("day", ["2024-03-20", ""])
@pytest.mark.parametrize(("equal", "stored"), [("known", 1), ("further", 4)])
def test_sheets_without_a_time_of_day_are_asked_about(
    database: Database, unit: UnitEntry, tmp_path: Path, day: str, equal: str, stored: int
) -> None:
    """Two people may well have given the same nine answers on one day."""
    old = [(day, FOURS, ""), (day, FOURS, ""), (day, THREES, "")]
    load(database, write(tmp_path / "a.csv", old))
    grown = write(tmp_path / "b.csv", [*old, (day, FOURS, "")])
    with pytest.raises(Refused, match=r"3 dari 4 lembar.*--equal known.*--equal further.*sheets-equal"):
        load(database, grown, add=True)
    assert load(database, grown, equal=equal).stored == stored


@pytest.mark.parametrize("changed", [([*FOURS[:8], 3], "a"), (FOURS, "b")])
@pytest.mark.parametrize(("equal", "stored"), [("known", 1), ("further", 2)])
def test_sheets_that_were_changed_since_are_asked_about(
    database: Database,
    unit: UnitEntry,
    tmp_path: Path,
    changed: tuple[list[int], str],
    equal: str,
    stored: int,
) -> None:
    """Of three sheets one is new: two are stored, and one of them was edited after that."""
    second = "2024-03-20 08:05:10"
    load(database, write(tmp_path / "a.csv", [(MORNING, FOURS, "a"), (second, THREES, "")]))
    edited = [(MORNING, *changed), (second, THREES, ""), ("2024-03-21 09:00:07", THREES, "")]
    grown = write(tmp_path / "b.csv", edited)
    with pytest.raises(Refused, match=r"1 dari 3 lembar.*--equal known.*--equal further.*sheets-changed"):
        load(database, grown, add=True)
    assert load(database, grown, add=True, equal=equal).stored == stored


def test_undated_sheets_are_found_in_whatever_month_they_stand(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", [("", FOURS, "")]), "2024-S1")
    grown = write(tmp_path / "b.csv", [("", FOURS, ""), ("", THREES, "")])
    assert load(database, grown, "2024", equal="known").stored == 1


def test_sheets_stored_before_times_were_kept_are_asked_about(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """They stand at noon of their day."""
    load(database, write(tmp_path / "a.csv", [("2024-03-20", FOURS, ""), ("2024-03-21", FOURS, "")]))
    grown = write(tmp_path / "b.csv", [(MORNING, FOURS, ""), ("2024-03-22 09:00", FOURS, "")])
    with pytest.raises(Refused, match="1 dari 2 lembar"):
        load(database, grown, add=True)
    assert load(database, grown, equal="known").stored == 1


def test_a_comment_stored_with_its_number_is_the_same_comment_without(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Numbers are taken out of comments; those that came before may stand there as they were written."""
    said = "Hubungi 081234567890"
    file = write(tmp_path / "a.csv", [(MORNING, FOURS, said)])
    load(database, file)
    with database.engine.execution_options(write=True).begin() as connection:
        connection.execute(sa.text("UPDATE response SET comment = :said"), {"said": said})
    grown = write(tmp_path / "b.csv", [(MORNING, FOURS, said), (MORNING, THREES, "")])
    assert load(database, grown, add=True).known == 1


@pytest.mark.parametrize("day", [MORNING, "2024-03-20", ""])
@pytest.mark.parametrize(("equal", "stored"), [("known", 1), ("further", 3)])
def test_sheets_whose_comments_were_emptied_are_asked_about(
    database: Database, unit: UnitEntry, tmp_path: Path, day: str, equal: str, stored: int
) -> None:
    """Counted twice otherwise: the file that grew still has what the database gave away."""
    old = [(day, FOURS, "Ramah"), (day, THREES, "")]
    load(database, write(tmp_path / "a.csv", old))
    with database.engine.execution_options(write=True).begin() as connection:
        connection.execute(sa.text("UPDATE response SET comment = NULL"))
    grown = write(tmp_path / "b.csv", [*old, ("2024-03-21 09:00:07", FOURS, "Lama")])
    with pytest.raises(Refused, match=r"dari 3 lembar.*sheets-equal"):
        load(database, grown, add=True)
    # A moment that is the same to the second is the same sheet, whatever is said of the others.
    sure = day == MORNING and equal == "further"
    assert load(database, grown, add=True, equal=equal).stored == stored - sure


def test_days_in_a_file_may_be_those_of_moments_that_are_stored(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", [(MORNING, FOURS, ""), ("2024-03-20 09:00", FOURS, "")]))
    grown = write(tmp_path / "b.csv", [("2024-03-20", FOURS, "")] * 3)
    assert load(database, grown, equal="known").stored == 1


def test_sheets_of_other_units_are_not_compared(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [(MORNING, FOURS, "")])
    load(database, path)
    create = importing.NewUnit("Lain", "impor", "Asia/Jakarta")
    report = importing.import_responses(
        database, ADMIN, path, "lain", Period.parse("2024"), NOW, Said(add=True), create=create
    )
    assert report.stored == 1


def test_a_moment_later_today_is_in_the_future(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    """It is 11:00 in WITA on the 20th; a day without a time of day is not over before its end."""
    late = write(tmp_path / "a.csv", [("2026-11-20 11:01", FOURS, "")])
    with pytest.raises(
        Refused, match=r"Tanggal 20 November 2026 pukul 11\.01 WITA ada di masa depan\. \[date-future\]"
    ):
        load(database, late, "2026")
    lines = [("2026-11-20 10:59", FOURS, ""), ("2026-11-20", THREES, "")]
    assert load(database, write(tmp_path / "b.csv", lines), "2026").stored == 2


def test_the_moment_is_stored_as_it_is_told(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    """08:00 in WITA is midnight in UTC."""
    load(database, write(tmp_path / "a.csv", [(MORNING, FOURS, "")]))
    with database.read() as connection:
        (moment,) = connection.execute(sa.text("SELECT answered_at FROM response")).scalars()
    assert moment.startswith("2024-03-20 00:00:00")


def test_a_day_that_is_not_over_stands_at_the_moment_of_its_import_and_tells_no_time(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Imported at 11:00 and, grown, at 11:30 of the same day: neither is when somebody answered."""
    today = ("2026-11-20", FOURS, "")
    load(database, write(tmp_path / "a.csv", [today]), "2026")
    grown, later = write(tmp_path / "b.csv", [today, ("2026-11-19", THREES, "")]), NOW + timedelta(minutes=30)
    with pytest.raises(Refused, match="1 dari 2 lembar"):
        importing.import_responses(
            database, ADMIN, grown, "ptsp", Period.parse("2026"), later, Said(add=True)
        )


def test_a_moment_is_compared_to_the_second(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    load(database, write(tmp_path / "a.csv", [(MORNING, FOURS, "")]))
    finer = write(tmp_path / "b.csv", [(f"{MORNING}.250", FOURS, ""), (MORNING, THREES, "")])
    assert load(database, finer, add=True).known == 1


def test_a_stored_day_stands_for_one_sheet_of_the_file(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", [("2024-03-20", FOURS, "")]))
    grown = write(tmp_path / "b.csv", [("2024-03-20", FOURS, ""), (MORNING, FOURS, "")])
    assert load(database, grown, equal="known").stored == 1

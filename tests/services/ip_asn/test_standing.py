"""Which import of IP ASN counts: whom a file replaces, and when one counts again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from survey_app.errors import Refused
from survey_app.services.ip_asn import measurement, staff_import
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from tests.ip_asn_files import RECORDS, UNIT, export, load, record, terms


def test_one_late_person_does_not_replace_everyone_unasked(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Four PNS and two PPPK, then a file with one more PNS: 4 by 1, and stored only when told to."""
    scores = [15, 30, 25, 5, 75]
    load(database, export(tmp_path / "a.xlsx", [["A", "B", UNIT, *scores]] * 4))
    pppk = export(tmp_path / "b.xlsx", [["E", "F", UNIT, *scores]] * 2)
    assert load(database, pppk, status="PPPK").replaced == ()
    late = export(tmp_path / "late.xlsx", [["C", "D", UNIT, 25, 40, 30, 5, 100]])
    preview = staff_import.preview_staff(database, ADMIN, late, terms())
    assert preview.standing.falls == preview.standing.replaced
    assert [(r.entry, r.status, r.now, r.then) for r in preview.standing.falls] == [(unit, "PNS", 4, 1)]
    with pytest.raises(Refused, match=r"(?s)staff-fewer.*ptsp, PNS: menggantikan 4 pegawai dengan 1"):
        load(database, late)
    assert headcount(database) == 6
    assert load(database, late, replace=True).replaced == preview.standing.replaced
    assert headcount(database) == 3


def test_as_many_staff_or_more_replace_without_a_question(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    row = ["A", "B", UNIT, 15, 30, 25, 5, 75]
    for number, staff in enumerate((2, 2, 3)):
        path = export(tmp_path / f"{number}.xlsx", [row] * (staff - 1) + [[f"C{number}", *row[1:]]])
        report = load(database, path)
        assert report.stored == headcount(database) == staff
    assert [(r.now, r.then) for r in report.replaced] == [(2, 3)]


def test_who_moved_away_is_not_missed_in_the_unit_they_left(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Two of ptsp, one of them then in another unit's file: ptsp has one, and a file with one is whole."""
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    one, two = "197501012000031001", "198002022005012002"
    for text in (record(one, "ptsp") + record(two, "ptsp"), record(two, "lain"), record(one, "ptsp", "S2")):
        path = tmp_path / "a.csv"
        path.write_text(RECORDS + text, encoding="utf-8")
        report = load(database, path)
    assert [(r.now, r.then) for r in report.replaced] == [(1, 1)]


def test_the_right_file_again_after_a_wrong_one_counts_again_and_is_stored_once(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """A (75), B (45), A, B: each counts when it comes, a second time in a row it is known."""
    right = export(tmp_path / "a.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, 75]])
    wrong = export(tmp_path / "b.xlsx", [["A", "B", UNIT, 15, 0, 25, 5, 45]])
    for path, value in ((right, "75.00"), (wrong, "45.00")) * 2:
        assert not staff_import.preview_staff(database, ADMIN, path, terms()).standing.known
        assert [load(database, path).stored for _ in range(3)] == [1, 0, 0]
        assert staff_import.preview_staff(database, ADMIN, path, terms()).standing.known
        index = measurement.result(database, 2020, "ptsp").index
        assert index is not None
        assert index.total.value == Decimal(value)
    with database.read() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM ipasn_import")) == 4


def test_a_file_replaced_in_one_of_its_units_is_not_known(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    rows = [["A", "B", "ptsp", 15, 30, 25, 5, 75], ["C", "D", "lain", 15, 30, 25, 5, 75]]
    both = export(tmp_path / "a.xlsx", rows)
    load(database, both)
    load(database, export(tmp_path / "b.xlsx", [["A", "B", "ptsp", 15, 0, 25, 5, 45]]))
    assert load(database, both).stored == 2


def test_a_file_whose_staff_went_to_another_unit_by_mistake_brings_them_back(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    right, wrong = tmp_path / "a.csv", tmp_path / "b.csv"
    right.write_text(RECORDS + record("197501012000031001", "ptsp"), encoding="utf-8")
    wrong.write_text(RECORDS + record("197501012000031001", "lain"), encoding="utf-8")
    assert [load(database, path).stored for path in (right, wrong, right)] == [1, 1, 1]
    assert headcount(database) == 1
    assert measurement.result(database, 2020, "lain").index is None


def test_uploads_of_one_file_at_once_are_stored_once(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Twice as it is first imported, and twice as it comes again after another file."""
    right = export(tmp_path / "a.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, 75]])
    with ThreadPoolExecutor(4) as pool:
        for _ in range(2):
            assert sum(r.stored for r in pool.map(lambda _: load(database, right), range(4))) == 1
            load(database, export(tmp_path / "b.xlsx", [["A", "B", UNIT, 15, 0, 25, 5, 45]]))


def test_records_measured_on_another_day_are_scored_anew(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """The training of July 2019 counts on 30 June 2020 and no more at the end of the year: 67.5 and 45."""
    path = tmp_path / "raw.csv"
    cells = "197501012000031001,ptsp,PNS,pelaksana,S1,85,,teknis:24:2019-07-01,\n"
    path.write_text(RECORDS + cells, encoding="utf-8")
    for day, value in ((date(2020, 6, 30), "67.50"), (None, "45.00"), (date(2020, 6, 30), "67.50")):
        assert load(database, path, measured_on=day).stored == 1
        assert load(database, path, measured_on=day).known
        index = measurement.result(database, 2020, "ptsp").index
        assert index is not None
        assert index.total.value == Decimal(value)


def headcount(database: Database) -> int:
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    return index.headcount

"""IP ASN from file to index: given scores and raw records, every fault by row, and no NIP or name stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from survey_app import rulesets
from survey_app.errors import Refused, StorageError
from survey_app.services.ip_asn import measurement, staff_import
from survey_app.services.ip_asn.pseudonyms import load_key, pseudonym
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from tests.ip_asn_files import RECORDS, UNIT, export, load, record, terms


def everything(database: Database) -> str:
    with database.read() as connection:
        rows = [*connection.execute(sa.text("SELECT * FROM ipasn_score"))]
        rows += [*connection.execute(sa.text("SELECT * FROM ipasn_import"))]
    return str(rows)


def test_an_export_with_its_header_on_row_7(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = export(
        tmp_path / "pip.xlsx",
        [
            ["Budi Santoso", "Analis", UNIT, 15, 30, 25, 5, 75],
            ["Siti Aminah", "Kepala Bidang", "ptsp", 20, 40, 25, 5, 90],
            ["Budi Santoso", "Analis", UNIT, 15, 0, 25, 5, 45],
        ],
    )
    report = load(database, path)
    assert (report.rows, report.stored, report.known, report.problems) == (3, 3, False, ())
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert (index.total.value, index.headcount) == (Decimal("70.00"), 3)  # (75 + 90 + 45) / 3
    text = everything(database)
    assert not [word for word in ("Budi", "Siti", "Analis", "Kepala") if word in text]


def test_a_workbook_with_several_sheets_asks_which(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = export(tmp_path / "pip.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, 75]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "PIP"
    book.create_sheet("Petunjuk", 0).append(["Isi lembar berikutnya"])
    book.save(path)
    with pytest.raises(Refused, match=r"Petunjuk, PIP\. .*sheet-needed"):
        load(database, path)
    assert load(database, path, sheet="PIP").stored == 1


def test_the_same_file_again_is_known(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = export(tmp_path / "pip.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, 75]])
    load(database, path)
    assert load(database, path) == staff_import.ImportedStaff(rows=1, stored=0, known=True, problems=())


def test_a_later_import_counts_and_pns_and_pppk_stand_side_by_side(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, export(tmp_path / "a.xlsx", [["A", "B", UNIT, 15, 0, 25, 5, 45]]))
    load(database, export(tmp_path / "b.xlsx", [["A", "B", UNIT, 15, 15, 25, 5, 60]]))
    load(database, export(tmp_path / "c.xlsx", [["C", "D", UNIT, 15, 40, 25, 5, 85]]), status="PPPK")
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert index.pns is not None
    assert index.pppk is not None
    assert (index.pns.value, index.pppk.value) == (Decimal("60.00"), Decimal("85.00"))
    assert (index.total.value, index.headcount) == (Decimal("72.50"), 2)


def test_raw_records_are_scored_by_the_rules(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    """The two constructed employees of data/published/ip_asn.json: 90 and 50.5 points."""
    path = tmp_path / "raw.csv"
    path.write_text(
        RECORDS
        + "197501012000031001,ptsp,PNS,administrator,S2,85,,"
        + "kepemimpinan:300:2015-05-05; teknis:24:2020-03-01; seminar:8:2019-06-01,\n"
        + "198002022005012002,ptsp,PNS,pelaksana,SLTA,76,ya,seminar:8:2019-06-01,ringan:2018-02-02\n",
        encoding="utf-8",
    )
    report = load(database, path)
    assert (report.stored, report.problems) == (2, ())
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert index.total.exact == (Decimal("90") + Decimal("50.5")) / 2
    assert index.without_penyetaraan is not None
    assert index.without_penyetaraan.value == Decimal("90.00")
    assert "1975010120" not in everything(database)


def test_without_a_training_recorded_completeness_says_so(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = tmp_path / "raw.csv"
    path.write_text(RECORDS + "197501012000031001,ptsp,PNS,pelaksana,S1,85,,,\n", encoding="utf-8")
    load(database, path)
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert (index.total.value, index.completeness) == (Decimal("45.00"), (1.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["A", "B", "Unit Lain", 15, 30, 25, 5, 75], "unit-unknown"),
        (["A", "B", UNIT, 15, 35, 25, 5, 80], "kompetensi-impossible"),
        (["A", "B", UNIT, 26, 30, 25, 5, 86], "score-range"),
        (["A", "B", UNIT, "lima", 30, 25, 5, 75], "not-a-number"),
    ],
)
def test_a_bad_row_keeps_the_file_out_and_is_named_by_its_line(
    database: Database, unit: UnitEntry, tmp_path: Path, row: list[Any], code: str
) -> None:
    path = export(tmp_path / "a.xlsx", [["X", "Y", UNIT, 15, 30, 25, 5, 75], row])
    with pytest.raises(Refused, match=f"(?s)1 dari 2 baris.*baris 9.*{code}"):
        load(database, path)
    assert measurement.result(database, 2020).index is None
    report = load(database, path, accept_valid=True)
    assert (report.stored, report.problems[0].row) == (1, 9)


def test_a_preview_shows_what_an_import_would_store_and_stores_nothing(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit Lain", time_zone="Asia/Makassar")
    rows = [["A", "B", UNIT, 15, 30, 25, 5, 75], ["C", "D", "lain", 15, 40, 25, 5, 85]]
    path = export(tmp_path / "pip.xlsx", [*rows, ["E", "F", "tiada", 15, 0, 25, 5, 45]])
    preview = staff_import.preview_staff(database, ADMIN, path, terms())
    assert (preview.rows, preview.bad, preview.standing.known) == (3, 1, False)
    assert [(p.row, p.code) for p in preview.problems] == [(10, "unit-unknown")]
    assert [(e.unit.code, i.total.value) for e, i in preview.units] == [
        ("lain", Decimal("85.00")),
        ("ptsp", Decimal("75.00")),
    ]
    assert measurement.result(database, 2020).index is None
    report = load(database, path, accept_valid=True)
    assert (report.stored, report.problems) == (2, preview.problems)
    assert staff_import.preview_staff(database, ADMIN, path, terms()).standing.known
    assert not staff_import.preview_staff(database, ADMIN, path, terms(year=2021)).standing.known


def test_units_outside_the_scope_are_as_unknown_as_those_that_do_not_exist(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = export(tmp_path / "pip.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, 75]])
    elsewhere = Scope(agency="dinkes")
    preview = staff_import.preview_staff(database, ADMIN, path, terms(scope=elsewhere))
    assert [p.code for p in preview.problems] == ["unit-unknown"]
    with pytest.raises(Refused, match="unit-unknown"):
        load(database, path, scope=elsewhere)


def test_units_measured_by_different_rules_are_not_put_together(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit Lain", time_zone="Asia/Makassar")
    load(database, export(tmp_path / "a.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, 75]]))
    load(database, export(tmp_path / "b.xlsx", [["A", "B", "lain", 20, 25, 25, 5, 75]]), "ip-asn-2023")
    with pytest.raises(Refused, match="rulesets-mixed") as refused:
        measurement.result(database, 2020)
    assert [(p.path, p.text.id) for p in refused.value.problems] == [
        ("ip-asn-2019", "ptsp"),
        ("ip-asn-2023", "lain"),
    ]
    assert measurement.result(database, 2020, "lain").ruleset == rulesets.get("ip-asn-2023")


def test_a_total_that_differs_from_its_parts_is_shown_and_not_taken(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = export(tmp_path / "a.xlsx", [["A", "B", UNIT, 15, 30, 25, 5, "75,47"]])
    report = load(database, path)
    assert [(p.code, p.difference) for p in report.problems] == [("total-differs", Decimal("0.47"))]
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert index.total.value == Decimal("75.00")


@pytest.mark.parametrize("accept_valid", [False, True])
def test_raw_records_need_known_rules(
    database: Database, unit: UnitEntry, tmp_path: Path, accept_valid: bool
) -> None:
    path = tmp_path / "raw.csv"
    cells = ",ptsp,PNS,pelaksana,S1,Baik,,,\n"
    path.write_text(RECORDS + "197501012000031001" + cells + "197501012000031002" + cells, encoding="utf-8")
    with pytest.raises(Refused, match=r"(?s)2 dari 2 baris.*ruleset-partial"):
        load(database, path, "ip-asn-2023", accept_valid=accept_valid)
    assert staff_import.preview_staff(database, ADMIN, path, terms(year=2023, ruleset="ip-asn-2023")).bad == 2


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("197501012000031001,ptsp,PNS,pelaksana,S1,85,,teknis:24:kemarin,", "not-a-date"),
        ("197501012000031001,ptsp,PNS,pelaksana,S1,85,,teknis:banyak:2020-01-01,", "not-a-number"),
        ("197501012000031001,ptsp,PNS,raja,S1,85,,,", "jabatan-unknown"),
        ("197501012000031001,ptsp,PNS,pelaksana,S1,85,,,ringan:entah", "not-a-date"),
    ],
)
def test_a_bad_record_is_refused(
    database: Database, unit: UnitEntry, tmp_path: Path, cells: str, code: str
) -> None:
    path = tmp_path / "raw.csv"
    path.write_text(RECORDS + cells + "\n", encoding="utf-8")
    with pytest.raises(Refused, match=code):
        load(database, path)


def test_one_person_in_two_rows_is_noticed_without_naming_them(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    row = "19750101 200003 1 001,ptsp,PNS,pelaksana,S1,85,,,\n"
    path = tmp_path / "raw.csv"
    path.write_text(RECORDS + row + row.replace(" ", ""), encoding="utf-8")
    with pytest.raises(Refused, match="person-repeated") as refused:
        load(database, path)
    assert "19750101" not in str(refused.value)


def test_other_columns_are_refused(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Refused, match="ipasn-columns"):
        load(database, path)


def test_a_pseudonym_needs_its_key_and_the_key_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "pseudonym.key"
    key = load_key(None, path)
    assert load_key(None, path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key("given", path) == b"given"
    one = pseudonym(key, "197501012000031001")
    assert one == pseudonym(key, " 197501012000031001 ")
    assert one != pseudonym(b"another", "197501012000031001")
    assert len(one) == 32
    path.write_text("", encoding="ascii")
    with pytest.raises(StorageError, match="pseudonym-key"):
        load_key(None, path)


def test_a_measurement_day_moves_the_windows(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = tmp_path / "raw.csv"
    cells = "197501012000031001,ptsp,PNS,pelaksana,S1,85,,teknis:24:2019-07-01,\n"
    path.write_text(RECORDS + cells, encoding="utf-8")
    load(database, path, measured_on=date(2020, 6, 30))
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert index.total.value == Decimal("67.50")  # 15 + 22.5 + 25 + 5


def test_somebody_who_moved_is_counted_once_where_the_latest_file_has_them(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    one, two = "197501012000031001", "198002022005012002"
    for number, text in enumerate([record(one, "ptsp") + record(two, "lain"), record(one, "lain")]):
        path = tmp_path / f"{number}.csv"
        path.write_text(RECORDS + text, encoding="utf-8")
        load(database, path)
    assert measurement.result(database, 2020, "ptsp").index is None
    moved = measurement.result(database, 2020, "lain").index
    assert moved is not None
    assert moved.headcount == 1  # the latest file of that unit has one person


def test_a_file_stored_in_part_is_completed_once_the_missing_unit_exists(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        RECORDS + record("197501012000031001", "ptsp") + record("198002022005012002", "lain"),
        encoding="utf-8",
    )
    assert load(database, path, accept_valid=True).stored == 1
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    assert load(database, path).stored == 2
    index = measurement.result(database, 2020).index
    assert index is not None
    assert index.headcount == 2
    assert load(database, path).known


@pytest.mark.parametrize("nip", ["1.98501E+17", "abc", "19750101200003100"])
def test_a_nip_that_is_none_is_refused(database: Database, unit: UnitEntry, tmp_path: Path, nip: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(RECORDS + record(nip, "ptsp"), encoding="utf-8")
    with pytest.raises(Refused, match="nip-format"):
        load(database, path)


def test_a_nip_in_a_wrong_column_is_not_repeated(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(RECORDS + record("197501012000031001", "19750101 200003 1 001"), encoding="utf-8")
    with pytest.raises(Refused, match="unit-unknown") as refused:
        load(database, path)
    assert "19750101" not in str(refused.value)

"""Laporan IP ASN as a reader gets it; every expected value is worked out by hand from the rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from survey_app.errors import NotFound
from survey_app.reports.ip_asn.report import IpAsnReport, ipasn_report
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.text import Language
from tests import printed
from tests.reports import samples
from tests.staff import add_units, import_staff, staff

#: Six PNS at 75 and five PPPK at 85 in a1; five at 60 in a2; ten at 90 in b1.
A1 = staff("a1", *[(15, 30, 25, 5)] * 6) + staff("a1", *[(15, 40, 25, 5)] * 5, status="PPPK")
A2 = staff("a2", *[(10, 15, 30, 5)] * 5)
B1 = staff("b1", *[(20, 40, 25, 5)] * 10)


def text_of(database: Database, scope: Scope = PROVINCE, year: int = 2021, language: Language = "id") -> str:
    # The internal edition: what is hidden of few staff outside is in test_doors.
    report = IpAsnReport.of(database, scope, year, samples.MADE_AT, language, ADMIN)
    pdf = render_pdf_here(ipasn_report(report))
    return printed.words(pdf)


@pytest.fixture
def measured(database: Database, tmp_path: Path) -> Database:
    add_units(database)
    import_staff(database, tmp_path, [*A1, *A2, *B1])
    return database


def test_province_agencies_and_units_are_headcount_means(measured: Database) -> None:
    """a1 875/11 = 79.55; a 1175/16 = 73.44; all 2075/26 = 79.81; kompetensi (180 + 200 + 75 + 400)/26."""
    text = text_of(measured)
    cover = text[: text.index("Daftar isi")]
    assert "79,81 Sedang" in cover
    assert "Pegawai 26 Bernilai lengkap 26 Data paling kurang lengkap" in cover
    assert "Kompetensi 32,88 40 100% dari 26" in text
    assert "Dinas A 16 13,44 28,44 26,56 5,00 73,44 Sedang lengkap" in text
    assert "Unit A1 11 15,00 34,55 25,00 5,00 79,55 Sedang lengkap" in text
    assert "Unit A2 5 10,00 15,00 30,00 5,00 60,00 Sangat Rendah lengkap" in text
    assert "IP ASN menurut Peraturan BKN" in text


def test_pns_and_pppk_stand_apart_and_together(measured: Database) -> None:
    """PNS: (6 x 75 + 5 x 60 + 10 x 90) / 21 = 78.57; PPPK 85; the mean of the two 81.79."""
    text = text_of(measured)
    assert "PNS 78,57 Sedang 100% dari 21" in text
    assert "PPPK 85,00 Tinggi 100% dari 5" in text
    assert "Pembanding: rata-rata PNS dan PPPK 81,79" in text
    assert "Unit A1 6 75,00 5 85,00 – –" in text


def test_a_value_in_a_gap_is_marked_and_explained(database: Database, tmp_path: Path) -> None:
    add_units(database)
    # (75 + 86) / 2 = 80.50, between Sedang, which ends at 80, and Tinggi, which begins at 81.
    import_staff(database, tmp_path, staff("a1", (15, 30, 25, 5), (25, 30, 26, 5)), 2023, "ip-asn-2023")
    text = text_of(database, year=2023)
    assert "80,50 Tinggi (di celah)" in text
    assert "Sedang berakhir di 80, Tinggi mulai dari 81" in text


def test_penyetaraan_is_shown_with_and_without(database: Database, tmp_path: Path) -> None:
    """Five moved at 60, five others at 75: 67.50 with, 75.00 without."""
    add_units(database)
    rest = staff("a1", *[(15, 30, 25, 5)] * 5)
    import_staff(database, tmp_path, [*rest, *staff("a1", *[(15, 15, 25, 5)] * 5, moved="ya")])
    text = text_of(database)
    assert "Semua pegawai (rata-rata per orang) 67,50 Rendah 100% dari 10" in text
    assert "Tanpa hasil penyetaraan 75,00 Sedang 100% dari 5" in text


def test_missing_records_are_counts_and_what_they_would_move(database: Database, tmp_path: Path) -> None:
    """75, 75, and one unrated who would enter at 75: no change; with the maximum at 80: 230/3 - 75 = 1.67."""
    add_units(database)
    import_staff(database, tmp_path, staff("a1", (15, 30, 25, 5), (15, 30, 25, 5), (15, 30, "", 5)))
    text = text_of(database)
    assert "Penilaian kinerja belum tercatat 1 0,00 +1,67" in text
    assert "Bernilai lengkap 2 Data paling kurang kinerja terisi 67%" in text


def test_small_groups_are_not_told_apart(database: Database, tmp_path: Path) -> None:
    add_units(database)
    few = staff("a1", *[(15, 40, 25, 5)] * 4, status="PPPK")
    import_staff(database, tmp_path, [*A1[:6], *few])
    text = text_of(database)
    assert "PNS dan PPPK tidak dirinci: salah satunya kurang dari 5 orang" in text
    assert "PPPK 85,00" not in text
    assert "Unit A1 – – – – – –" in text


def test_the_trend_breaks_between_rule_sets_which_are_named_with_their_unknowns(
    database: Database, tmp_path: Path
) -> None:
    add_units(database)
    for when, rules in ((2022, "ip-asn-2022"), (2023, "ip-asn-2023"), (2024, "ip-asn-2023")):
        import_staff(database, tmp_path, A2, when, rules)
    text = text_of(database, year=2023)
    assert "aturan lain" in text
    assert "Garis putus-putus: aturan penilaian berganti" in text
    assert " 2024 " not in text[text.index("1.3 Perkembangan") :]  # a report ends with its year
    assert "ip-asn-2023: Aturan terverifikasi sebagian" in text
    assert "Kompetensi: tambahan nilai tiap pelatihan di atas nilai dasar." in text


def test_different_rules_are_not_put_together(database: Database, tmp_path: Path) -> None:
    add_units(database)
    import_staff(database, tmp_path, A2, 2022, "ip-asn-2022")
    import_staff(database, tmp_path, B1, 2022, "ip-asn-2019")
    text = text_of(database, year=2022)
    assert "Belum ada nilai" in text[: text.index("Daftar isi")]
    assert "Unit-unit diukur dengan aturan yang berbeda" in text
    assert "Dinas B 10 20,00 40,00 25,00 5,00 90,00 Tinggi lengkap" in text


def test_an_agency_and_a_unit_have_reports_of_their_own(measured: Database) -> None:
    agency = text_of(measured, Scope(agency="a"))
    assert "73,44" in agency[: agency.index("Daftar isi")]
    assert "Unit B1" not in agency
    unit = text_of(measured, Scope(unit="a2"))
    assert "Unit A2 Tahun 2021" in unit
    assert "Unit A1" not in unit
    # Chapters that there are not leave no gap in the numbers.
    assert "Bab II Unit layanan" in agency
    assert "Bab II Data yang belum tercatat" in unit


def test_english_says_the_same(measured: Database) -> None:
    text = text_of(measured, language="en")
    assert "79.81 Sedang" in text
    # Names of the ministry's categories and of regulations stay as they are.
    words = r"\b(Lampiran|Halaman|Instansi|Pegawai|Kelompok|Aturan|dari|belum|lengkap)\b"
    assert re.findall(words, text) == []


def test_a_year_without_a_measurement_has_no_report(measured: Database) -> None:
    with pytest.raises(NotFound) as caught:
        IpAsnReport.of(measured, PROVINCE, 2020, samples.MADE_AT, "id")
    assert caught.value.code == "ipasn-not-measured"

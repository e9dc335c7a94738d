"""Laporan IP ASN as a reader gets it; every expected value is worked out by hand from the rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from survey_app import rulesets
from survey_app.errors import NotFound
from survey_app.reports.ip_asn import report, tables
from survey_app.reports.ip_asn.report import IpAsnReport, ipasn_report
from survey_app.reports.statements import official
from survey_app.reports.typesetting.document import CONTENTS
from survey_app.reports.typesetting.figures.trend import OTHER_RULE
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.ip_asn.splits import Split
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.text import Language
from survey_app.wording import ip_asn_words
from tests import printed
from tests.analytics.ip_asn.samples import R2019
from tests.reports import samples
from tests.staff import add_units, import_staff, staff

#: Six PNS at 75 and five PPPK at 85 in a1; five at 60 in a2; ten at 90 in b1.
A1 = staff("a1", *[(15, 30, 25, 5)] * 6) + staff("a1", *[(15, 40, 25, 5)] * 5, status="PPPK")
A2 = staff("a2", *[(10, 15, 30, 5)] * 5)
B1 = staff("b1", *[(20, 40, 25, 5)] * 10)
STAFF, FULL_SCORE = ip_asn_words.STAFF.id, ip_asn_words.FULL_SCORE.id
LEAST_RECORDED, OF = ip_asn_words.LEAST_RECORDED.id, ip_asn_words.OF.id


def text_of(database: Database, scope: Scope = PROVINCE, year: int = 2021, language: Language = "id") -> str:
    # The internal edition: what is hidden of few staff outside is in test_doors.
    found = IpAsnReport.of(database, scope, year, samples.MADE_AT, language, ADMIN)
    return printed.words(render_pdf_here(ipasn_report(found)))


@pytest.fixture
def measured(database: Database, tmp_path: Path) -> Database:
    add_units(database)
    import_staff(database, tmp_path, [*A1, *A2, *B1])
    return database


def test_province_agencies_and_units_are_headcount_means(measured: Database) -> None:
    """a1 875/11 = 79.55; a 1175/16 = 73.44; all 2075/26 = 79.81; kompetensi (180 + 200 + 75 + 400)/26."""
    text = text_of(measured)
    cover = text[: text.index(CONTENTS.id)]
    assert "79,81 Sedang" in cover
    complete = ip_asn_words.COMPLETE.id
    assert f"{STAFF} 26 {FULL_SCORE} 26 {LEAST_RECORDED} {complete}" in cover
    assert f"{ip_asn_words.DIMENSION_NAMES['kompetensi'].id} 32,88 40 100% {OF} 26" in text
    assert f"Dinas A 16 13,44 28,44 26,56 5,00 73,44 Sedang {complete}" in text
    assert f"Unit A1 11 15,00 34,55 25,00 5,00 79,55 Sedang {complete}" in text
    assert f"Unit A2 5 10,00 15,00 30,00 5,00 60,00 Sangat Rendah {complete}" in text
    assert R2019.title_id in text


def test_pns_and_pppk_stand_apart_and_together(measured: Database) -> None:
    """PNS: (6 x 75 + 5 x 60 + 10 x 90) / 21 = 78.57; PPPK 85; the mean of the two 81.79."""
    text = text_of(measured)
    assert f"PNS 78,57 Sedang 100% {OF} 21" in text
    assert f"PPPK 85,00 Tinggi 100% {OF} 5" in text
    assert f"{ip_asn_words.MEAN_OF_GROUPS.id} 81,79" in text
    assert "Unit A1 6 75,00 5 85,00 – –" in text


def test_a_value_in_a_gap_is_marked_and_explained(database: Database, tmp_path: Path) -> None:
    add_units(database)
    # (75 + 86) / 2 = 80.50, between Sedang, which ends at 80, and Tinggi, which begins at 81.
    import_staff(database, tmp_path, staff("a1", (15, 30, 25, 5), (25, 30, 26, 5)), 2023, "ip-asn-2023")
    text = text_of(database, year=2023)
    assert f"80,50 Tinggi{ip_asn_words.IN_A_GAP.id}" in text
    gap = ip_asn_words.GAP.format(lower="Sedang", high=80, upper="Tinggi", low=81, name="Tinggi")
    assert gap.id in text


def test_penyetaraan_is_shown_with_and_without(database: Database, tmp_path: Path) -> None:
    """Five moved at 60, five others at 75: 67.50 with, 75.00 without."""
    add_units(database)
    rest = staff("a1", *[(15, 30, 25, 5)] * 5)
    import_staff(database, tmp_path, [*rest, *staff("a1", *[(15, 15, 25, 5)] * 5, moved="ya")])
    text = text_of(database)
    assert f"{ip_asn_words.ALL_STAFF.id} 67,50 Rendah 100% {OF} 10" in text
    assert f"{ip_asn_words.WITHOUT_THE_REFORM.id} 75,00 Sedang 100% {OF} 5" in text


def test_missing_records_are_counts_and_what_they_would_move(database: Database, tmp_path: Path) -> None:
    """75, 75, and one unrated who would enter at 75: no change; with the maximum at 80: 230/3 - 75 = 1.67."""
    add_units(database)
    import_staff(database, tmp_path, staff("a1", (15, 30, 25, 5), (15, 30, 25, 5), (15, 30, "", 5)))
    text = text_of(database)
    assert f"{ip_asn_words.MISSING_NAMES['kinerja'].id} 1 0,00 +1,67" in text
    recorded = ip_asn_words.RECORDED.format(name="kinerja", share="67%").id
    assert f"{FULL_SCORE} 2 {LEAST_RECORDED} {recorded}" in text


def test_records_that_would_lower_the_value_are_told_with_a_minus(database: Database, tmp_path: Path) -> None:
    """75, 75, and one unrated who would enter at 60: 210/3 - 75 = -5; at most at 65: 215/3 - 75 = -3.33."""
    add_units(database)
    import_staff(database, tmp_path, staff("a1", (15, 30, 25, 5), (15, 30, 25, 5), (15, 15, "", 5)))
    assert f"{ip_asn_words.MISSING_NAMES['kinerja'].id} 1 -5,00 -3,33" in text_of(database)


def test_small_groups_are_not_told_apart(database: Database, tmp_path: Path) -> None:
    add_units(database)
    few = staff("a1", *[(15, 40, 25, 5)] * 4, status="PPPK")
    import_staff(database, tmp_path, [*A1[:6], *few])
    text = text_of(database)
    assert ip_asn_words.WHOLE[Split.STATUS].id in text
    assert "PPPK 85,00" not in text
    assert "Unit A1 – – – – – –" in text


def test_the_trend_breaks_between_rule_sets_which_are_named_with_their_unknowns(
    database: Database, tmp_path: Path
) -> None:
    add_units(database)
    for when, rules in ((2022, "ip-asn-2022"), (2023, "ip-asn-2023"), (2024, "ip-asn-2023")):
        import_staff(database, tmp_path, A2, when, rules)
    text = text_of(database, year=2023)
    assert OTHER_RULE.id in text
    assert ip_asn_words.NEW_RULES.id in text
    assert " 2024 " not in text[text.index(report.TREND.id) :]  # a report ends with its year
    assert f"ip-asn-2023: {ip_asn_words.VERIFICATION['terverifikasi sebagian'].id}" in text
    unknown = [ip_asn_words.unknown_text(item).id for item in rulesets.get("ip-asn-2023").unknown]
    assert len(unknown) == 3
    assert all(words in text for words in unknown)


def test_different_rules_are_not_put_together(database: Database, tmp_path: Path) -> None:
    add_units(database)
    import_staff(database, tmp_path, A2, 2022, "ip-asn-2022")
    import_staff(database, tmp_path, B1, 2022, "ip-asn-2019")
    text = text_of(database, year=2022)
    assert official.NO_VALUE_YET.id in text[: text.index(CONTENTS.id)]
    assert report.MIXED_RULES.id in text
    assert f"Dinas B 10 20,00 40,00 25,00 5,00 90,00 Tinggi {ip_asn_words.COMPLETE.id}" in text


def test_an_agency_and_a_unit_have_reports_of_their_own(measured: Database) -> None:
    agency = text_of(measured, Scope(agency="a"))
    assert "73,44" in agency[: agency.index(CONTENTS.id)]
    assert "Unit B1" not in agency
    unit = text_of(measured, Scope(unit="a2"))
    assert f"Unit A2 {report.YEAR.format(year=2021).id}" in unit
    assert "Unit A1" not in unit
    # Chapters that there are not leave no gap in the numbers.
    second = report.CHAPTER.format(number="II").id
    assert f"{second} {tables.UNITS.id}" in agency
    assert f"{second} {ip_asn_words.MISSING.id}" in unit


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

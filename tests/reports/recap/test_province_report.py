"""The province's recap: one page first, every unit under its agency, and sums that anyone can do again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analytics.period import Period
from survey_app.reports.recap.agency_report import AgencyReport
from survey_app.reports.recap.province_report import recap_report
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.places.acting import ADMIN
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database, open_database
from survey_app.text import Language
from tests import printed
from tests.reports import samples
from tests.staff import import_staff, staff


def pages_of(database: Database, period: str, language: Language = "id") -> list[str]:
    """The words of each page."""
    paper = outgoing_recaps.of_draft(database, recap(database, None, Period.parse(period)), ADMIN)
    pdf = render_pdf_here(recap_report(AgencyReport(paper, samples.MADE_AT, language)))
    return [printed.lines(page) for page in printed.pages(pdf)]


def text_of(database: Database, period: str, language: Language = "id") -> str:
    return " ".join(pages_of(database, period, language))


def province(database: Database) -> None:
    """Sekadau's published rows in one agency; forty all-3 and forty all-2 in another; one unit without."""
    samples.sekadau(database)
    for code, score in (("a", 3), ("b", 2)):
        samples.create_unit(database, code, f"Puskesmas {code.upper()}", agency="Dinas Kesehatan")
        samples.insert(database, code, [[score] * 9] * 39 + [[score] * 8 + [score + 1]], "2019-06")
    samples.create_unit(database, "c", "Puskesmas C", agency="Dinas Kesehatan")


def test_the_first_page_has_the_number_its_method_and_who_is_missing(database: Database) -> None:
    province(database)
    first = pages_of(database, "2019-S1")[0]
    # Sekadau 78.7415; 25 x (3 + 1/360) = 75.0694; 25 x (2 + 1/360) = 50.0694: the mean is 67.96.
    for expected in ("67,96", "C (Kurang Baik)", "Rata-rata nilai unit", "3 dari 4 unit"):
        assert expected in first
    assert "Belum mempunyai nilai pada periode ini: Puskesmas C." in first
    # One unit each of B, C and D, one without: a quarter each.
    for grade in ("B (Baik) 1 (25,0%)", "D (Tidak Baik) 1 (25,0%)", "Belum bernilai 1 (25,0%)"):
        assert grade in first


def test_what_changed_beyond_chance_is_on_the_first_page(database: Database) -> None:
    samples.create_unit(database, "a", "Puskesmas Naik")
    samples.insert(database, "a", [[3] * 9, [2] * 9] * 20, "2026-01")
    samples.insert(database, "a", [[4] * 9, [3] * 9] * 20, "2026-02")
    first = pages_of(database, "2026-02")[0]
    # 62.50 to 87.50.
    assert "Pada Januari 2026 nilainya 62,50 (1 dari 1 unit). Sejak itu nilainya naik 25,00 poin" in first
    assert "Puskesmas Naik: naik 25,00 poin, menjadi 87,50." in first


def test_where_nothing_changed_the_first_page_names_the_lowest_units(database: Database) -> None:
    for code, row in (("a", [3] * 9), ("b", [2] * 9)):
        samples.create_unit(database, code, f"Puskesmas {code.upper()}")
        for month in ("2026-01", "2026-02"):
            samples.insert(database, code, [row, [4] * 9] * 20, month)
    first = pages_of(database, "2026-02")[0]
    assert "Tidak ada perubahan melebihi kebetulan, dari 2 unit yang dapat dibandingkan" in first
    # 25 x (2 + 4) / 2 and 25 x (3 + 4) / 2.
    assert 0 < first.index("Puskesmas B: 75,00 C, 95% ") < first.index("Puskesmas A: 87,50 B, 95% ")


def test_units_stand_under_their_agency_with_a_band_of_ranks(database: Database) -> None:
    province(database)
    samples.serve(database, "a", "2019-S1", 400)
    text = text_of(database, "2019-S1")
    chapter = text[text.rindex("Bab II Nilai unit layanan") : text.rindex("Bab III Unsur")]
    assert (
        chapter.index("Dinas Kesehatan") < chapter.index("Puskesmas A") < chapter.index("Kabupaten Sekadau")
    )
    # Three units far apart in value: each has a rank of its own; 40 of 400 users answered.
    assert re.search(r"Puskesmas A 40 400 75,07 \S+ – \S+ C 2", chapter)
    assert re.search(r"Puskesmas B 40 – 50,07 \S+ – \S+ D 3", chapter)
    assert "Puskesmas C 0 – – – – –" in chapter


def test_a_unit_of_a_few_people_is_neither_ranked_nor_shown_by_unsur(database: Database) -> None:
    province(database)
    samples.insert(database, "c", [[4] * 9, [3] * 9, [4] * 9, [4] * 9], "2019-06")
    text = text_of(database, "2019-S1")
    # Three 4 and one 3: 93.75.
    assert re.search(r"Puskesmas C 4 – 93,75 \S+ – \S+ A –", text)
    assert "Puskesmas C – – – – – – – – –" in text


def test_a_single_respondent_has_a_star_and_is_named_on_the_first_page(database: Database) -> None:
    province(database)
    samples.insert(database, "c", [[4] * 9], "2019-06")
    pages = pages_of(database, "2019-S1")
    assert "Bernilai dari satu responden saja: Puskesmas C." in pages[0]
    assert "Puskesmas C 1 – 100,00 * A –" in " ".join(pages)


def test_unsur_of_the_province_are_means_over_units(database: Database) -> None:
    province(database)
    text = text_of(database, "2019-S1")
    # U1: Sekadau 138/49 x 25 = 70.408, 75 and 50: 65.14. U9: 159/49, 3 1/40 and 2 1/40 x 25: 69.12.
    assert "U1 Persyaratan 65,14 3" in text
    assert "U9 Penanganan Pengaduan, Saran dan Masukan 69,12 3" in text
    assert "Puskesmas B 50,0 D 50,0 D 50,0 D 50,0 D 50,0 D 50,0 D 50,0 D 50,0 D 50,6 D" in text


def test_the_annex_can_be_added_up_by_hand(database: Database) -> None:
    province(database)
    text = text_of(database, "2019-S1")
    annex = text[text.rindex("Lampiran 2 Olah data") :]
    # 78.7415 by the published table's recomputation, 75.0694, 50.0694; their sum 203.8803, by 3: 67.9601.
    for expected in ("49 78,7415", "40 75,0694", "40 50,0694", "Jumlah 129 203,8804", "/ 3 unit 67,9601"):
        assert expected in annex


def test_comments_are_counted_and_none_is_quoted(database: Database) -> None:
    province(database)
    for code, words in (("a", "Antre lama"), ("b", "Lama sekali"), ("a", "Petugas ramah")):
        samples.comment(database, code, words, "2019-06")
    text = text_of(database, "2019-S1")
    assert "U3 Waktu Penyelesaian 0 2 0 0 2" in text
    assert "U7 Perilaku Pelaksana 1 0 0 0 1" in text
    assert "Petugas ramah" not in text


def test_ip_asn_stands_beside_it(database: Database, tmp_path: Path) -> None:
    province(database)
    import_staff(database, tmp_path, staff("a", *[(15, 30, 25, 5)] * 6), 2018)
    import_staff(database, tmp_path, staff("a", *[(20, 40, 25, 5)] * 6), 2020)  # after the period
    pages = pages_of(database, "2019-S1")
    assert "IP ASN 2018: 75,00, Sedang, dari 6 dari 6 pegawai" in pages[0]
    assert "Dinas Kesehatan 6 75,00 Sedang lengkap" in " ".join(pages)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_province_without_anything_has_a_recap_that_says_so(database: Database, language: Language) -> None:
    text = text_of(database, "2026", language)
    assert ("No value yet" if language == "en" else "Belum ada nilai") in text


def test_english_says_the_same(database: Database) -> None:
    province(database)
    text = text_of(database, "2019-S1", "en")
    assert "67.96" in text
    assert "Mean of the units' values" in text
    words = r"\b(Lampiran|Halaman|Instansi|Peringkat|Galat|Belum|Selang|Unsur terendah|dari)\b"
    assert re.findall(words, text) == []


@pytest.fixture(scope="module")
def large(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of 500 units in 25 agencies."""
    path = tmp_path_factory.mktemp("large") / "survey.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{path}")
    for i in range(500):
        code = f"u{i:03d}"
        name = f"Unit Pelaksana Teknis Pelayanan {i:03d}"
        samples.create_unit(database, code, name, agency=f"Dinas {i % 25:02d}")
        if i % 50:
            samples.insert(database, code, samples.random_rows(6, seed=i), "2026-02")
    pages = pages_of(database, "2026-02")
    database.close()
    return pages


def test_five_hundred_units_are_each_in_the_table_once(large: list[str]) -> None:
    text = " ".join(large)
    chapter = text[text.rindex("Bab II Nilai unit layanan") : text.rindex("Bab III Unsur")]
    rows = re.findall(r"Unit Pelaksana Teknis Pelayanan (\d{3}) (?:6|0) – ", chapter)
    assert sorted(rows) == [f"{i:03d}" for i in range(500)]
    assert "490 dari 500 unit" in large[0]
    assert "2 unit lain" in large[0]  # of the ten that are missing, eight are named


def test_every_page_of_a_long_table_has_its_header_and_its_agency(large: list[str]) -> None:
    start = next(i for i, page in enumerate(large) if "Bab II Nilai unit layanan Tabel" in page)
    end = next(
        i for i, page in enumerate(large) if "Bab III Unsur Gambar" in page or "U1 Persyaratan" in page
    )
    assert end - start > 5
    for page in large[start:end]:
        assert re.search(r"Unit layanan n N IKM Selang 95% Mutu Peringkat Dinas \d\d Unit Pelaksana", page)

"""The province's recap: one page first, every unit under its agency, and sums that anyone can do again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analytics.comparison.aggregate import Method
from analytics.period import Period
from survey_app.reports.recap import annexes, changes, chapters, shared
from survey_app.reports.recap.agency_report import RecapReport
from survey_app.reports.recap.province_report import NO_VALUE_YET, STAFF, province_report
from survey_app.reports.statements import findings, official
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.disclosure import outgoing_recaps, public_regions
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.unit_region import set_region
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database, open_database
from survey_app.text import Language
from survey_app.wording.ip_asn_words import COMPLETE
from survey_app.wording.left_out_words import OTHER_UNITS
from tests import printed
from tests.reports import samples
from tests.staff import import_staff, staff

METHOD = shared.METHODS[Method.MEAN_OF_UNITS]


def pages_of(database: Database, period: str, language: Language = "id") -> list[str]:
    """The words of each page."""
    paper = outgoing_recaps.of_draft(database, recap(database, None, Period.parse(period)), ADMIN)
    pdf = render_pdf_here(province_report(RecapReport(paper, samples.MADE_AT, language)))
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
    for expected in ("67,96", "C (Kurang Baik)", METHOD.id, shared.COVERAGE.format(n=3, all=4).id):
        assert expected in first
    assert f"{shared.UNMEASURED.id}Puskesmas C." in first
    # One unit each of B, C and D, one without: a quarter each.
    for grade in (
        "B (Baik) 1 (25,0%)",
        "D (Tidak Baik) 1 (25,0%)",
        f"{NO_VALUE_YET.id} 1 (25,0%)",
    ):
        assert grade in first


def test_what_changed_beyond_chance_is_on_the_first_page(database: Database) -> None:
    samples.create_unit(database, "a", "Puskesmas Naik")
    samples.insert(database, "a", [[3] * 9, [2] * 9] * 20, "2026-01")
    samples.insert(database, "a", [[4] * 9, [3] * 9] * 20, "2026-02")
    first = pages_of(database, "2026-02")[0]
    # 62.50 to 87.50.
    units = shared.COVERAGE.format(n=1, all=1)
    was = changes.WAS.format(period="Januari 2026", ikm="62,50", units=units).id
    since = findings.SINCE_THEN.id.partition(" (")[0].format(direction=findings.RISEN.id, points="25,00")
    assert f"{was} {since}" in first
    said = changes.CHANGE.format(unit="Puskesmas Naik", direction=changes.UP, points="25,00", ikm="87,50")
    assert said.id in first


def test_where_nothing_changed_the_first_page_names_the_lowest_units(database: Database) -> None:
    for code, row in (("a", [3] * 9), ("b", [2] * 9)):
        samples.create_unit(database, code, f"Puskesmas {code.upper()}")
        for month in ("2026-01", "2026-02"):
            samples.insert(database, code, [row, [4] * 9] * 20, month)
    first = pages_of(database, "2026-02")[0]
    assert changes.UNCHANGED.format(n=2).id in first
    # 25 x (2 + 4) / 2 and 25 x (3 + 4) / 2.
    assert 0 < first.index("Puskesmas B: 75,00 C, 95% ") < first.index("Puskesmas A: 87,50 B, 95% ")


def test_units_stand_under_their_agency_with_a_band_of_ranks(database: Database) -> None:
    province(database)
    samples.serve(database, "a", "2019-S1", 400)
    text = text_of(database, "2019-S1")
    chapter = text[text.rindex(chapters.UNITS.id) : text.rindex(chapters.UNSUR.id)]
    assert (
        chapter.index("Dinas Kesehatan") < chapter.index("Puskesmas A") < chapter.index("Kabupaten Sekadau")
    )
    # 40 of 400 users answered. 78.74 is surely above 75.07 by itself, and not where all are read together.
    assert re.search(r"Pencatatan Sipil 49 – 78,74 \S+–\S+ B 1–2 \(1\)", chapter)
    assert re.search(r"Puskesmas A 40 400 75,07 \S+–\S+ C 1–2 \(2\)", chapter)
    assert re.search(r"Puskesmas B 40 – 50,07 \S+–\S+ D 3 \(3\)", chapter)
    assert "Puskesmas C 0 – – – – –" in chapter


def test_a_unit_of_a_few_people_is_neither_ranked_nor_shown_by_unsur(database: Database) -> None:
    province(database)
    samples.insert(database, "c", [[4] * 9, [3] * 9, [4] * 9, [4] * 9], "2019-06")
    text = text_of(database, "2019-S1")
    # Three 4 and one 3: 93.75.
    assert re.search(r"Puskesmas C 4 – 93,75 \S+–\S+ A –", text)
    assert "Puskesmas C – – – – – – – – –" in text


def test_a_single_respondent_has_a_star_and_is_named_on_the_first_page(database: Database) -> None:
    province(database)
    samples.insert(database, "c", [[4] * 9], "2019-06")
    pages = pages_of(database, "2019-S1")
    assert f"{shared.ALONE.id}Puskesmas C." in pages[0]
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
    annex = text[text.rindex(annexes.PROCESSING.id) :]
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
    assert STAFF.format(year=2018, value="75,00", grade="Sedang", n=6, all=6).id in pages[0]
    assert f"Dinas Kesehatan 6 75,00 Sedang {COMPLETE.id}" in " ".join(pages)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_province_without_anything_has_a_recap_that_says_so(database: Database, language: Language) -> None:
    text = text_of(database, "2026", language)
    assert official.NO_VALUE_YET.in_language(language) in text


def test_english_says_the_same(database: Database) -> None:
    province(database)
    text = text_of(database, "2019-S1", "en")
    assert "67.96" in text
    assert METHOD.en in text
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
    chapter = text[text.rindex(chapters.UNITS.id) : text.rindex(chapters.UNSUR.id)]
    rows = re.findall(r"Unit Pelaksana Teknis Pelayanan (\d{3}) (?:6|0) – ", chapter)
    assert sorted(rows) == [f"{i:03d}" for i in range(500)]
    assert shared.COVERAGE.format(n=490, all=500).id in large[0]
    assert OTHER_UNITS.format(n=2).id in large[0]  # of the ten that are missing, eight are named


def test_every_page_of_a_long_table_has_its_header_and_its_agency(large: list[str]) -> None:
    start = next(i for i, page in enumerate(large) if f"{chapters.UNITS.id} Tabel" in page)
    end = next(
        i for i, page in enumerate(large) if f"{chapters.UNSUR.id} Gambar" in page or "U1 Persyaratan" in page
    )
    assert end - start > 5
    head = f"{chapters.UNIT.id} n N IKM {chapters.INTERVAL.id} Mutu {chapters.RANK.id}"
    for page in large[start:end]:
        assert re.search(rf"{head} Dinas \d\d Unit Pelaksana", page)


def test_the_map_of_regions_stands_in_both_editions_and_in_what_is_published(database: Database) -> None:
    province(database)
    assert chapters.REGIONS.id not in text_of(database, "2019-S1")
    set_region(database, ADMIN, "a", "64.74")
    set_region(database, ADMIN, "b", "64.71")
    inputs = recap(database, None, Period.parse("2019-S1"))
    for acting in (ADMIN, None):
        found = public_regions.of_paper(outgoing_recaps.of_draft(database, inputs, acting))
        assert found is not None
        # 75.0694 and 50.0694, as each is printed in the table of units.
        values = {r.name: r.index.estimate.value for r in found.measured if r.index is not None}
        assert values == {
            "Bontang": pytest.approx(75.0694, abs=1e-3),
            "Balikpapan": pytest.approx(50.0694, abs=1e-3),
        }
    assert chapters.REGIONS.id in text_of(database, "2019-S1")
    made = recap_publishing.publish(database, ADMIN, inputs, samples.MADE_AT)
    told = public_regions.of_paper(outgoing_recaps.of_publication(database, made))
    assert told is not None
    assert len(told.measured) == 2


def test_a_hidden_unit_is_in_no_region_of_the_public_edition(database: Database) -> None:
    province(database)
    samples.create_unit(database, "few", "Puskesmas F", agency="Dinas Kesehatan")
    samples.insert(database, "few", [[4] * 9] * 3, "2019-06")
    for code in ("a", "few"):
        set_region(database, ADMIN, code, "64.74")
    inputs = recap(database, None, Period.parse("2019-S1"))
    inside, outside = (
        public_regions.of_paper(outgoing_recaps.of_draft(database, inputs, acting))
        for acting in (ADMIN, None)
    )
    assert inside is not None
    assert [r.units for r in inside.measured] == [2]
    assert outside is not None
    assert [r.units for r in outside.measured] == [1]

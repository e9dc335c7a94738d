"""Files of IP ASN as offices send them: each right, or asked about by row; never silently something else.

The files of the folder files are invented; what is right follows from what each holds, as said in the test.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey_app.errors import Refused
from survey_app.services.ip_asn import measurement, staff_import
from survey_app.services.ip_asn.findings import PROBLEMS
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.ip_asn.staff_import import ImportedStaff
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.ip_asn_files import HEADER, KEY, RECORDS
from tests.submissions import NOW

CASES = Path(__file__).parent / "files"
SCORES = [20, 32.5, 25, 5, 82.5]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing here depends on the kind of database."""
    return sqlite_url


@pytest.fixture(autouse=True)
def units(database: Database) -> None:
    catalogue.create_agency(database, ADMIN, "uji", "Dinas Uji")
    for code, name in (("u1", "Unit Satu"), ("u2", "Unit Dua")):
        catalogue.create_unit(database, ADMIN, "uji", code, name, time_zone="Asia/Makassar")


def take(
    database: Database, path: Path, year: int = 2024, ruleset: str = "ip-asn-2023", **options: Any
) -> ImportedStaff:
    terms = ImportTerms(year=year, ruleset=ruleset, scope=PROVINCE, **options)
    return staff_import.import_staff(database, ADMIN, path, terms, NOW, KEY)


def take_2021(database: Database, path: Path, **options: Any) -> ImportedStaff:
    return take(database, path, 2021, "ip-asn-2019", **options)


def total(database: Database, year: int = 2024) -> tuple[Decimal | None, int]:
    index = measurement.result(database, year).index
    assert index is not None
    return index.total.value, index.headcount


def found(report: ImportedStaff) -> list[tuple[int, str]]:
    return [(p.row, p.code) for p in report.problems]


def refused(database: Database, path: Path, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as error:
        take_2021(database, path, **options)
    return [(p.path, p.code) for p in error.value.problems]


def book(path: Path, *lines: list[Any]) -> Path:
    made = openpyxl.Workbook()
    for line in lines:
        made.worksheets[0].append(line)
    made.save(path)
    return path


def export(path: Path, *rows: list[Any], header: list[str] = HEADER) -> Path:
    return book(path, header, *rows)


def records(path: Path, *rows: str) -> Path:
    """Raw records of distinct staff: from the rating on as given."""
    lines = [f"19900101201503{i:04d},u1,PNS,pelaksana,S1,{row}\n" for i, row in enumerate(rows, 1001)]
    path.write_text(RECORDS + "".join(lines), encoding="utf-8")
    return path


def test_a_nip_kept_as_a_number_is_refused_by_its_row(database: Database) -> None:
    """Excel kept 1.99001012015031E+17 of 199001012015031001: the two files would make two people of one."""
    with pytest.raises(Refused, match=r"(?s)baris 2, nip.*15 angka.*nip-format"):
        take(database, CASES / "20-nip-as-number-1.xlsx")
    assert take(database, CASES / "20-nip-as-text-2.xlsx").stored == 1
    assert total(database) == (Decimal("82.50"), 1)


@pytest.mark.parametrize(
    "nip", ["199001012015031000", "1.98E+17", "1.99001012015031E+17", "１９９００１０１２０１５０３１００１"]
)
def test_a_rounded_nip_in_a_csv_file_is_refused_too(database: Database, tmp_path: Path, nip: str) -> None:
    """Formatted with digits a rounded NIP ends with 000; BKN counts those appointed together from 001."""
    path = tmp_path / "a.csv"
    path.write_text(RECORDS + f"{nip},u1,PNS,pelaksana,S1,85,,,\n", encoding="utf-8")
    assert refused(database, path) == [("baris 2, nip", "nip-format")]


@pytest.mark.parametrize("nip", ["19900101 201503 1 001", "19900101.201503.1.001", "'199001012015031001"])
def test_marks_that_group_a_nip_are_not_part_of_it(database: Database, tmp_path: Path, nip: str) -> None:
    header = ["NIP", *HEADER]
    plain = export(tmp_path / "a.xlsx", ["199001012015031001", "A", "Guru", "u1", *SCORES], header=header)
    grouped = export(tmp_path / "b.xlsx", [nip, "A", "Guru", "u2", *SCORES], header=header)
    for path in (plain, grouped):
        take(database, path)
    assert total(database)[1] == 1


def test_a_mean_is_nobody(database: Database) -> None:
    """(100 + 45 + 45) / 3 = 63.33, Rendah; the row "Rata-rata" is left out and said."""
    report = take(database, CASES / "21-mean-row.xlsx")
    assert (report.rows, report.stored, found(report)) == (3, 3, [(5, "row-total")])
    index = measurement.result(database, 2024).index
    assert index is not None
    assert index.total.category is not None
    assert (total(database), index.total.category.name) == ((Decimal("63.33"), 3), "Rendah")


@pytest.mark.parametrize(
    "row",
    [
        ["Jumlah", "", "", *SCORES],
        ["TOTAL PNS", "", "u1", *SCORES],
        ["Rata - Rata", "x", "Unit Satu", *SCORES],
        ["Rata-rata Dinas Kesehatan", None, None, *SCORES],
        ["", "", "Rerata", *SCORES],
        ["Jumlah Nilai Keseluruhan", None, "u1", *SCORES],
        ["Nilai tertinggi", None, "u1", *SCORES],
        ["Median", None, "u1", *SCORES],
    ],
)
def test_rows_named_as_totals_are_nobody(database: Database, tmp_path: Path, row: list[Any]) -> None:
    report = take(database, export(tmp_path / "a.xlsx", ["A", "Guru", "u1", *SCORES], row))
    assert (report.stored, found(report)) == (1, [(3, "row-total")])


def test_the_number_column_may_hold_the_label(database: Database, tmp_path: Path) -> None:
    rows: list[list[Any]] = [[1, "A", "Guru", "u1", *SCORES], ["Jumlah", None, None, None, *SCORES]]
    report = take(database, export(tmp_path / "a.xlsx", *rows, header=["No", *HEADER]))
    assert (report.stored, found(report), report.ignored) == (1, [(3, "row-total")], ("No",))


@pytest.mark.parametrize("name", ["Total Siregar", "Rata Sembiring", "Jumlah"])
def test_a_name_like_a_total_is_somebody(database: Database, tmp_path: Path, name: str) -> None:
    """By the post, or for a single such word by the NIP."""
    row = ["199001012015031001", name, "Guru", "u1", *SCORES]
    report = take(database, export(tmp_path / "a.xlsx", row, header=["NIP", *HEADER]))
    assert (report.stored, report.problems) == (1, ())


def test_a_row_without_nip_name_and_post_is_asked_about(database: Database, tmp_path: Path) -> None:
    """The mean of the two above without its label."""
    rows = [["A", "Guru", "u1", *SCORES], ["B", "Guru", "u1", 15, 27.5, 25, 5, 72.5]]
    path = export(tmp_path / "a.xlsx", *rows, ["", "", "u1", 17.5, 30, 25, 5, 77.5])
    with pytest.raises(Refused, match=r"baris 4, nama.*person-missing"):
        take(database, path)
    assert take(database, path, accept_valid=True).stored == 2


@pytest.mark.parametrize("label", ["Indeks Profesionalitas ASN", "Nilai IP ASN", "Capaian"])
def test_a_label_below_rows_with_a_post_is_asked_about(
    database: Database, tmp_path: Path, label: str
) -> None:
    rows = [["A", "Guru", "u1", *SCORES], ["B", "Guru", "u1", *SCORES]]
    path = export(tmp_path / "a.xlsx", *rows, [label, "", "u1", *SCORES])
    with pytest.raises(Refused, match=r"baris 4, nama.*person-missing"):
        take(database, path)
    assert take(database, path, accept_valid=True).stored == 2


def test_whoever_has_no_post_among_others_is_somebody(database: Database, tmp_path: Path) -> None:
    rows = [["A", "Guru", "u1", *SCORES], ["C", "", "u1", *SCORES], ["B", "Guru", "u1", *SCORES]]
    assert take(database, export(tmp_path / "a.xlsx", *rows)).stored == 3


def test_jenis_pegawai_is_the_status(database: Database) -> None:
    """One PPPK with 82.50, one PNS with 72.50."""
    assert take(database, CASES / "22-jenis-pegawai.csv").ignored == ()
    index = measurement.result(database, 2024).index
    assert index is not None
    assert index.pns is not None
    assert index.pppk is not None
    assert [(g.value, g.n) for g in (index.pns, index.pppk)] == [(Decimal("72.50"), 1), (Decimal("82.50"), 1)]


def test_columns_nobody_reads_are_named_with_and_without_a_title(database: Database, tmp_path: Path) -> None:
    header = ["No", *HEADER, "Golongan", "", "rating"]
    path = export(tmp_path / "a.xlsx", [1, "A", "Guru", "u1", *SCORES, "III/a", "catatan", 85], header=header)
    assert take(database, path).ignored == ("No", "Golongan", "11 (tanpa judul)", "rating")
    wrong = export(tmp_path / "b.xlsx", [1, "A", "Guru", "u9", *SCORES, "III/a", "", 85], header=header)
    with pytest.raises(Refused, match=r"(?s)unit-unknown.*Kolom yang diabaikan: No, Golongan, rating"):
        take(database, wrong)


def test_two_columns_of_one_meaning_are_refused_unless_they_agree(database: Database, tmp_path: Path) -> None:
    header = [*HEADER, "Unit Kerja"]
    same = export(tmp_path / "a.xlsx", ["A", "Guru", "u1", *SCORES, "u1"], header=header)
    other = export(tmp_path / "b.xlsx", ["A", "Guru", "u1", *SCORES, "u2"], header=header)
    assert take(database, same).stored == 1
    with pytest.raises(Refused, match=r"Satuan Kerja dan Unit Kerja .*columns-repeated"):
        take(database, other)


def test_jabatan_is_the_name_of_the_post_beside_its_kind(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "NIP,Unit,Status,Jabatan,Jenis Jabatan,Pendidikan,Rating\n"
        "199001012015031001,u1,PNS,Guru Ahli Muda,Fungsional,S1,85\n",
        encoding="utf-8",
    )
    assert take_2021(database, path).stored == 1


def test_a_negative_rating_is_a_finding_of_its_row(database: Database) -> None:
    """Row 2 has S1 15 + 0 + 91 Sangat Baik 30 + 5 = 50."""
    path = CASES / "23-rating-negative.csv"
    assert refused(database, path) == [("baris 3, rating", "rating-range")]
    assert take_2021(database, path, accept_valid=True).stored == 1
    assert total(database, 2021) == (Decimal("50.00"), 1)


def test_a_rating_of_910_and_negative_hours_are_findings(database: Database) -> None:
    expected = [("baris 2, rating", "rating-range"), ("baris 2, jp", "jp-range")]
    assert refused(database, CASES / "24-rating-910-jp-minus.csv") == expected


@pytest.mark.parametrize("rating", ["120", "110.5", "0", "91"])
def test_ratings_up_to_120_are_ratings(database: Database, tmp_path: Path, rating: str) -> None:
    """PP 30/2019 rates to 120; a single 0 among others is a remark."""
    report = take_2021(database, records(tmp_path / "a.csv", f"{rating},,,", "85,,,"))
    assert (report.stored, found(report)) == (2, [(2, "rating-low")] if rating == "0" else [])


@pytest.mark.parametrize("ratings", [['"4,2"', "5", "3"], ["8.5", "9"], ["25", "30", "15"], ["0.85", "0.91"]])
def test_a_whole_column_on_another_scale_is_refused_by_row(
    database: Database, tmp_path: Path, ratings: list[str]
) -> None:
    path = records(tmp_path / "a.csv", *(f"{rating},,," for rating in ratings))
    expected = [(f"baris {line}, rating", "rating-scale") for line, _ in enumerate(ratings, 2)]
    assert refused(database, path) == expected
    assert refused(database, path, accept_valid=True) == expected


def test_the_case_of_a_rating_of_five(database: Database) -> None:
    assert refused(database, CASES / "25-rating-of-five.csv") == [("baris 2, rating", "rating-scale")]


@pytest.mark.parametrize(
    ("rest", "path", "code"),
    [
        ("85,,teknis:9000:2021-03-01,", "jp", "jp-range"),
        ("85,,teknis:24:1900-03-01,", "end", "date-range"),
        ("85,,,ringan:0201-02-02", "on", "date-range"),
        ("85%,,,", "rating", "not-a-number"),
        ("8_5,,,", "rating", "not-a-number"),
        ("85,mungkin,,", "penyetaraan", "penyetaraan-unknown"),
    ],
)
def test_other_numbers_out_of_range_are_findings(
    database: Database, tmp_path: Path, rest: str, path: str, code: str
) -> None:
    file = records(tmp_path / "a.csv", rest, "85,,,")
    assert refused(database, file) == [(f"baris 2, {path}", code)]
    assert take_2021(database, file, accept_valid=True).stored == 1


def test_a_training_after_the_day_of_measurement_is_said_not_to_count(
    database: Database, tmp_path: Path
) -> None:
    """S1 15 + 0 + Baik 25 + 5 = 45: a training of 2121, a slip, would be 22.5 more."""
    report = take_2021(database, records(tmp_path / "a.csv", "85,,teknis:24:2121-03-01,"))
    assert found(report) == [(2, "date-future")]
    assert total(database, 2021) == (Decimal("45.00"), 1)


def test_one_date_with_the_month_first_makes_the_others_doubtful(database: Database, tmp_path: Path) -> None:
    """3/25 is no day-first date; so 02/05 may be 5 February as well, and 03/03 is the same either way."""
    rests = ["teknis:24:3/25/2021,", "teknis:24:02/05/2021,", "teknis:24:03/03/2021,", ",ringan:2020-05-02"]
    path = records(tmp_path / "a.csv", *(f"85,,{rest}" for rest in rests))
    assert refused(database, path) == [("baris 2, end", "not-a-date"), ("baris 3, end", "date-month-first")]
    assert take_2021(database, path, accept_valid=True).stored == 2


@pytest.mark.parametrize(
    ("scores", "field", "code"),
    [
        ([7, 30, 25, 5], "kualifikasi", "score-impossible"),  # a code of education
        ([15, 30, 24, 5], "kinerja", "score-impossible"),
        ([15, 30, 25, 4], "disiplin", "score-impossible"),
        ([-5, 30, 25, 5], "kualifikasi", "score-range"),
        ([75, 30, 25, 5], "kualifikasi", "score-range"),  # percent of the maximum
        ([15, 325, 25, 5], "kompetensi", "score-range"),  # a lost comma
    ],
)
def test_scores_that_no_level_gives_are_findings(
    database: Database, tmp_path: Path, scores: list[float], field: str, code: str
) -> None:
    path = export(tmp_path / "a.xlsx", ["A", "Guru", "u1", *scores])
    assert refused(database, path) == [(f"baris 2, {field}", code)]


def test_scores_as_shares_of_one_are_refused(database: Database, tmp_path: Path) -> None:
    """Cells that Excel shows as 80% hold 0.8; a full share is 1."""
    rows = [["A", "Guru", "u1", 20, 0.8, 25, 5], ["B", "Guru", "u1", 20, 1, 25, 5]]
    with pytest.raises(Refused) as error:
        take(database, export(tmp_path / "a.xlsx", *rows))
    assert [(p.path, p.code) for p in error.value.problems] == [
        ("baris 2, kompetensi", "score-scale"),
        ("baris 3, kompetensi", "score-scale"),
    ]


def test_the_header_is_found_where_it_stands(database: Database) -> None:
    assert take(database, CASES / "26-header-row-5.xlsx").stored == 1
    assert total(database) == (Decimal("82.50"), 1)


def test_a_header_of_two_lines_with_numbers_below_is_read(database: Database, tmp_path: Path) -> None:
    """As agencies print it: the four dimensions under one title, their maxima, then numbers of columns."""
    path = book(
        tmp_path / "a.xlsx",
        ["INDEKS PROFESIONALITAS ASN"],
        ["Nama", "Nama Jabatan", "Satuan Kerja", "Nilai", None, None, None, "Total"],
        [None, None, None, "Kualifikasi (25)", "Kompetensi (40)", "Kinerja (30)", "Disiplin (5)", None],
        list(range(1, 9)),
        ["A", "Guru", "Unit Satu", *SCORES],
    )
    report = take(database, path)
    assert (report.stored, found(report), report.ignored) == (1, [(4, "row-header")], ())
    assert total(database) == (Decimal("82.50"), 1)


def test_a_title_in_unpadded_lines_of_a_csv_file_is_passed_over(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    row = ";".join(map(str, ["A", "Guru", "u1", *SCORES])).replace(".", ",")
    path.write_text(
        f"BADAN KEPEGAWAIAN NEGARA\nPIP ASN\nTahun 2024\n\n\n\n{';'.join(HEADER)}\n{row}\n", encoding="utf-8"
    )
    assert take(database, path).stored == 1
    assert total(database) == (Decimal("82.50"), 1)


def test_a_workbook_without_a_dimension_is_read(database: Database, tmp_path: Path) -> None:
    """A write-only writer leaves out how far the cells reach, and does not pad the title's lines."""
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    for line in (["BADAN KEPEGAWAIAN NEGARA"], [], HEADER, ["A", "Guru", "u1", *SCORES]):
        sheet.append(line)
    made.save(tmp_path / "a.xlsx")
    assert take(database, tmp_path / "a.xlsx").stored == 1


@pytest.mark.parametrize(
    "nothing", ["-", "–", "—", "n/a", "N/A", "Tidak ada", "tidak  ada", "nihil", ".", ""]
)
def test_a_word_for_nothing_in_a_dimension_is_missing(
    database: Database, tmp_path: Path, nothing: str
) -> None:
    """82.50 of one; the other is in the headcount and not in the mean."""
    rows = [["A", "Guru", "u1", *SCORES], ["B", "Guru", "u1", 20, nothing, 25, 5, nothing]]
    assert take(database, export(tmp_path / "a.xlsx", *rows)).problems == ()
    assert total(database) == (Decimal("82.50"), 2)


def test_nothing_in_raw_records_is_nothing_recorded(database: Database, tmp_path: Path) -> None:
    """S1 15 + 0 + Baik 25 + 5 = 45: no training, no penalty."""
    assert take_2021(database, records(tmp_path / "a.csv", "85,-,tidak ada,nihil")).problems == ()
    assert total(database, 2021) == (Decimal("45.00"), 1)


@pytest.mark.parametrize(
    "name",
    ["Unit  Satu", " unit satu ", "Unit\u00a0Satu", "UNIT\tSATU", "Unit\u200b Satu", "Unit\u2009Satu", "U1"],
)
def test_blanks_and_case_in_the_name_of_a_unit_do_not_matter(
    database: Database, tmp_path: Path, name: str
) -> None:
    take(database, export(tmp_path / "a.xlsx", ["A", "Guru", name, *SCORES]))
    assert measurement.result(database, 2024, "u1").index is not None


def test_a_refusal_says_which_header_it_read_and_what_is_missing(database: Database, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", ["PIP ASN"], [], ["Nama", "Satuan Kerja", "Kualifikasi"], ["A", "u1", 20]
    )
    with pytest.raises(Refused, match="ipasn-columns") as error:
        take(database, path)
    assert error.value.text.id.endswith(
        "Baris 3 dibaca sebagai judul kolom: Nama | Satuan Kerja | Kualifikasi. "
        "Yang kurang: kompetensi, kinerja, disiplin."
    )
    other = book(tmp_path / "b.xlsx", ["Daftar"], ["kode", "isi", "jumlah"], ["a", "b", 1])
    with pytest.raises(Refused, match=r"Baris 2 dibaca sebagai judul kolom: kode \| isi \| jumlah"):
        take(database, other)


def test_rows_that_a_filter_hides_are_counted_and_said(database: Database, tmp_path: Path) -> None:
    path = export(tmp_path / "a.xlsx", ["A", "Guru", "u1", *SCORES], ["B", "Guru", "u1", *SCORES])
    made = openpyxl.load_workbook(path)
    made.worksheets[0].row_dimensions[3].hidden = True
    made.save(path)
    report = take(database, path)
    assert (report.stored, found(report)) == (2, [(3, "row-hidden")])


def test_every_finding_has_its_words() -> None:
    """In both languages, with what was expected in its place."""
    assert all(text.id and text.en and text.id != text.en for text in PROBLEMS.values())


def test_a_result_of_several_imports_is_of_the_latest_day_of_measurement(
    database: Database, tmp_path: Path
) -> None:
    """Each unit's import has its own day; together they are as of the last of them."""
    for code, month in (("u1", 9), ("u2", 6)):
        path = export(tmp_path / f"{code}.xlsx", ["A", "Guru", code, *SCORES])
        take(database, path, measured_on=NOW.date().replace(year=2024, month=month, day=30))
    assert measurement.result(database, 2024).measured_on == NOW.date().replace(year=2024, month=9, day=30)

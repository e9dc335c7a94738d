"""Files that were stored wrongly or lost once: each is invented, small, and has one right result.

What is doubtful is asked about, and the question names the option that answers it. Expected values are
counted by hand from the files in the folder files.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import Refused
from survey_app.services.ikm import results
from survey_app.services.imports import importing
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database, open_database
from tests.submissions import KEYS, NOW

FILES = Path(__file__).parent / "files"
SHEET = [4, 3, 3, 4, 3, 3, 3, 3, 4]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """SQLite alone: nothing here is of a kind of database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def load(database: Database, file: Path | str, period: str = "2024", **said: Any) -> ImportReport:
    path = FILES / file if isinstance(file, str) else file
    return importing.import_responses(database, ADMIN, path, "ptsp", Period.parse(period), NOW, Said(**said))


def write(path: Path, *lines: Sequence[object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def ikm(database: Database, period: str = "2024") -> tuple[int, Decimal | None, str | None]:
    score = results.unit_result(database, "ptsp", Period.parse(period), within=PROVINCE).score
    return score.n, score.ikm, score.mutu


def rows(database: Database, columns: str) -> list[tuple[Any, ...]]:
    with database.read() as connection:
        found = connection.execute(sa.text(f"SELECT {columns} FROM response ORDER BY seq"))
        return [tuple(row) for row in found]


def months(database: Database) -> list[int]:
    return [month for (month,) in rows(database, "month")]


def test_dates_that_cannot_say_are_asked_about(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(Refused, match=r"“3/4/2024 10:15:00” \(baris 2\).*--dates day-first.*dates-needed"):
        load(database, "01-us-dates-all-small.csv")
    assert rows(database, "id") == []
    load(database, "01-us-dates-all-small.csv", dates="month-first")
    assert months(database) == [202403, 202405, 202404]


def test_one_date_that_is_impossible_tells_for_the_whole_column(database: Database, unit: UnitEntry) -> None:
    load(database, "02-us-dates-mixed.csv")
    assert months(database) == [202403, 202403, 202404, 202405]


def test_the_same_file_read_with_other_dates_does_not_count_twice(
    database: Database, unit: UnitEntry
) -> None:
    load(database, "01-us-dates-all-small.csv", dates="day-first")
    for add in (False, True):
        with pytest.raises(Refused, match=r"3 lembar.*rows-redated"):
            load(database, "01-us-dates-all-small.csv", dates="month-first", add=add)
    assert load(database, "01-us-dates-all-small.csv", dates="day-first").known == 3


def test_a_clock_of_another_zone_may_tell_another_day(database: Database, unit: UnitEntry) -> None:
    """17:30 in GMT is half past one of the next day in WITA, which is April."""
    load(database, "15-time-zone-in-date.csv")
    assert months(database) == [202404]


def test_a_sheet_that_has_grown_adds_what_is_new(database: Database, unit: UnitEntry) -> None:
    load(database, "03-superset-first.csv", dates="day-first")
    with pytest.raises(Refused, match=r"10 lembar.*--add.*--equal known.*period-imported"):
        load(database, "03-superset-second.csv", dates="day-first")
    for known in (10, 15):
        report = load(database, "03-superset-second.csv", dates="day-first", add=True)
        assert (report.stored, report.known) == (15 - known, known)
    # Ten sheets of 30 points and five of 18: 390 / (9 x 15) x 25.
    assert ikm(database) == (15, Decimal("72.22"), "C")


@pytest.mark.parametrize("file", ["04-ten-unsur.csv", "05-fourteen-unsur.csv"])
def test_answers_to_more_unsur_are_another_questionnaire(
    database: Database, unit: UnitEntry, file: str
) -> None:
    with pytest.raises(Refused, match=r"skm-2017@1 \(9 unsur\): U10 \(2\).*unsur-other"):
        load(database, file, "2025", order="form", accept_valid=True)


def test_empty_columns_and_those_of_spak_are_no_answers_to_more_unsur(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """SPAK asked on the same form is a result of its own, and the nine unsur are all there."""
    header = [*KEYS, "U10", "Unsur 11 (keamanan)", "Percaloan"]
    report = load(database, write(tmp_path / "a.csv", header, [*SHEET, "", "-", "4"]))
    assert (report.stored, report.ignored_columns) == (1, ("U10", "Unsur 11 (keamanan)", "Percaloan"))


def test_an_answered_cost_is_another_questionnaire_where_the_service_is_free(
    database: Database, tmp_path: Path
) -> None:
    create = importing.NewUnit("Gratis", "impor", "Asia/Jakarta", "skm-2017-tanpa-biaya@1")
    path = write(tmp_path / "a.csv", KEYS, SHEET)
    with pytest.raises(Refused, match=r"tanpa-biaya@1 \(8 unsur\): biaya \(1\).*unsur-other"):
        importing.import_responses(database, ADMIN, path, "gratis", Period.parse("2024"), NOW, create=create)


@pytest.mark.parametrize(
    "name", ["U10 (maklumat)", "Unsur 12", "Maklumat Pelayanan", "Kenyamanan lingkungan"]
)
def test_an_answered_unsur_of_another_regulation_is_not_passed_over(
    database: Database, unit: UnitEntry, tmp_path: Path, name: str
) -> None:
    path = write(tmp_path / "a.csv", [*KEYS, name], [*SHEET, 3])
    with pytest.raises(Refused, match=r"\(1\).*unsur-other"):
        load(database, path)


def test_a_second_name_is_read_only_where_no_column_has_the_first(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """A form's own time of sending yields to the date that the office keeps, a remark to the comment."""
    header = ["created_at", "Tanggal", "Umur", "Usia", "Masukan", "Saran", *KEYS]
    path = write(tmp_path / "a.csv", header, ["2024-03-01 09:00", "2024-02-20", 60, 30, "a", "b", *SHEET])
    assert load(database, path).ignored_columns == ("created_at", "Umur", "Masukan")
    assert rows(database, "month, profile, comment") == [(202402, '{"usia":"26-35"}', "b")]


def test_a_scale_that_begins_with_nought_is_asked_about(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(Refused, match=r"3 nilai 0.*--scale 0-3.*--scale 1-4.*scale-needed"):
        load(database, "06-scale-0-3.csv")
    load(database, "06-scale-0-3.csv", scale="0-3")
    # (21 + 36 + 27) / 27 x 25.
    assert ikm(database) == (3, Decimal("77.78"), "B")


def test_noughts_that_are_no_answers_are_counted_aloud(database: Database, unit: UnitEntry) -> None:
    (remark,) = load(database, "06-scale-0-3.csv", scale="1-4").remarks
    assert str(remark) == "baris 2: 3 nilai 0 dibaca sebagai tidak dijawab. [zeros-unanswered]"
    assert ikm(database) == (3, Decimal("59.72"), "D")


def test_a_service_may_be_called_ikm(database: Database, unit: UnitEntry) -> None:
    load(database, "07-service-ikm.csv")
    assert ikm(database) == (2, Decimal("87.50"), "B")


@pytest.mark.parametrize("name", ["Keterangan", "Kritik", "Jenis pelayanan", "Instansi asal"])
def test_such_a_word_in_any_column_behind_is_no_label(
    database: Database, unit: UnitEntry, tmp_path: Path, name: str
) -> None:
    path = write(tmp_path / "a.csv", ["Tanggal", *KEYS, name], ["2024-01-02", *SHEET, "total"])
    assert load(database, path).stored == 1


def test_a_comment_may_be_the_word_for_a_mean(database: Database, unit: UnitEntry) -> None:
    load(database, "08-comment-total.csv")
    assert rows(database, "scores, comment") == [("444444444", "rata-rata")]


def test_an_unknown_word_in_the_profile_never_costs_a_sheet(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, "09-profile-word.csv", "2025")
    assert ikm(database, "2025") == (3, Decimal("75.00"), "C")
    assert rows(database, "profile")[1] == ('{"pendidikan":"S1"}',)
    words = ["SMA", "Paket C", "S1 ", "lulusan pesantren", "???"] * 4
    lines = [["2024-01-02", word, *SHEET] for word in words]
    report = load(database, write(tmp_path / "a.csv", ["Tanggal", "Pendidikan terakhir", *KEYS], *lines))
    assert (report.stored, report.bad) == (20, ())
    assert [(r.code, r.path) for r in report.remarks] == [
        ("profile-unknown", "baris 3, 8, 13, 18, profile.pendidikan"),
        ("profile-unknown", "baris 5, 10, 15, 20, profile.pendidikan"),
    ]


def test_scores_without_a_number_below_numbered_ones_are_asked_about(
    database: Database, unit: UnitEntry
) -> None:
    with pytest.raises(Refused, match=r"baris 4\).*--unnumbered leave-out.*row-unnumbered"):
        load(database, "10-mean-row-unlabelled.csv")
    report = load(database, "10-mean-row-unlabelled.csv", unnumbered="leave-out")
    assert (report.stored, [r.code for r in report.remarks]) == (2, ["row-left-out"])
    assert load(database, "10-mean-row-unlabelled.csv", unnumbered="sheets").stored == 1


@pytest.mark.parametrize(
    ("header", "lines", "asked"),
    [
        (["Tanggal"], [["2024-01-02"], ["2024-01-03"], [""]], True),
        (["Nama"], [["Ani"], ["Budi"], [""]], True),
        (["Nama"], [["Ani"], [""], ["Budi"], [""]], False),
        (["Nama", "Tanggal"], [["Ani", "2024-01-02"], ["Budi", "2024-01-02"], ["", "2024-01-03"]], False),
        (["", "Saran"], [["1", ""], ["2", ""], ["", "baik"]], False),
        (["", "Saran"], [["1", ""], ["2", ""], ["", ""]], True),
        (["No"], [["1"], [""], ["2"], ["3"]], True),
        # What stands where others have their number is a label, whatever it says.
        (["No"], [["1"], ["2."], ["Hasil akhir"]], True),
        (["No"], [["1"], ["2"], ["NRR tertimbang kali 25"]], True),
        (["No"], [["1"], ["2"], ["Σ"]], True),
        (["No", "Saran"], [["1", ""], ["2", ""], ["Ani", "baik"]], False),
        (["No"], [["R-001"], ["R-002"], ["R-003a"]], False),
        (["Responden"], [["Responden 1"], ["Responden 2"], ["Responden 3"]], False),
        (["Kode Responden"], [["AA"], ["B1"], ["CC"]], False),
    ],
)
def test_what_makes_a_row_nobodys(
    database: Database,
    unit: UnitEntry,
    tmp_path: Path,
    header: list[str],
    lines: list[list[str]],
    asked: bool,
) -> None:
    path = write(tmp_path / "a.csv", [*header, *KEYS], *([*line, *SHEET] for line in lines))
    if asked:
        with pytest.raises(Refused, match="row-unnumbered"):
            load(database, path)
    else:
        assert load(database, path).stored == len(lines)


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Tanggal", "Rata-rata"),
        ("Pekerjaan", "JUMLAH"),
        ("Jenis Layanan", "Jumlah"),
        ("Nama", "IKM"),
        ("Nama", "Nilai tertinggi"),
        ("Nama", "Modus"),
        ("", "Total"),
        ("", "Nilai per unsur"),
        ("", "NRR tertimbang x 25"),
    ],
)
def test_a_total_is_told_by_its_label(
    database: Database, unit: UnitEntry, tmp_path: Path, header: str, label: str
) -> None:
    path = write(tmp_path / "a.csv", [header, *KEYS], ["", *SHEET], [label, *SHEET])
    with pytest.raises(Refused, match=r"(?s)baris 3: .*row-total"):
        load(database, path)


def test_a_session_called_waktu_is_no_date(database: Database, unit: UnitEntry) -> None:
    report = load(database, "11-waktu-session.csv", order="form")
    assert (report.stored, report.ignored_columns) == (1, ("waktu",))
    assert rows(database, "month, scores") == [(202407, "334334443")]


def test_a_comment_over_the_limit_is_cut_and_the_sheet_kept(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", [*KEYS, "Saran"], [*SHEET, "a" * 2500], [*SHEET, "b" * 2000])
    report = load(database, path)
    assert [str(r) for r in report.remarks] == [
        "baris 2, comment: Masukan sepanjang 2500 huruf dipotong menjadi 2000. [comment-cut]"
    ]
    assert rows(database, "comment") == [("a" * 1999 + "…",), ("b" * 2000,)]


def test_words_of_the_questionnaire_are_answers(database: Database, unit: UnitEntry) -> None:
    load(database, "16-answer-words.csv")
    assert rows(database, "scores") == [("433433334",)]
    assert ikm(database) == (1, Decimal("83.33"), "B")


def test_a_web_forms_export_has_date_profile_and_comment(database: Database, unit: UnitEntry) -> None:
    load(database, "17-created-at.csv", "2025")
    ((moment, source, profile, comment),) = rows(database, "answered_at, time_source, profile, comment")
    # 05:45:53 in WITA, eight hours before UTC.
    assert datetime.fromisoformat(moment).replace(tzinfo=UTC) == datetime(
        2025, 11, 11, 21, 45, 53, tzinfo=UTC
    )
    assert (source, comment) == ("row", "baik")
    assert json.loads(profile) == {"jenis_kelamin": "L", "usia": "26-35", "pendidikan": "SMA"}


def test_what_is_hidden_in_a_workbook_is_said(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["No", "Saran", *KEYS])
    for number in range(1, 5):
        sheet.append([number, "baik", *SHEET])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("Lain")
    sheet.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    report = load(database, tmp_path / "a.xlsx")
    assert report.stored == 4
    assert [(r.code, r.path) for r in report.remarks] == [
        ("sheet-hidden", ""),
        ("rows-hidden", "baris 3, 4"),
        ("columns-hidden", ""),
    ]
    assert "Saran" in report.remarks[2].text.id

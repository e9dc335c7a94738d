"""Imports: all rows of a file or none, each counted once, and every fault named by its line."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app import days
from survey_app.errors import AppError, NotFound, Refused
from survey_app.services.files import workbook
from survey_app.services.ikm import respondents, results
from survey_app.services.imports import importing
from survey_app.services.imports.columns import Order
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport, NewUnit
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import responses
from survey_app.storage.database import Database
from tests.submissions import KEYS, NOW, stored

NUMBERS = [f"U{i}" for i in range(1, 10)]
CASES = json.loads((Path(__file__).parents[3] / "data/published/skm.json").read_text(encoding="utf-8"))
SEKADAU = next(c for c in CASES if c["agency"].startswith("Kabupaten Sekadau"))["raw_rows"]
S1 = Period.parse("2019-S1")


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def load(database: Database, path: Path, order: Order | None = "form", **options: Any) -> ImportReport:
    period, create = options.pop("period", S1), options.pop("create", None)
    assert isinstance(period, Period)
    said = Said(order=order, **options)
    return importing.import_responses(database, ADMIN, path, "ptsp", period, NOW, said, create=create)


def test_sekadau_from_csv_and_again(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    """Totals, NRR and n of the official processing table in data/published."""
    path = write(tmp_path / "sekadau.csv", NUMBERS, SEKADAU)
    assert load(database, path) == ImportReport(rows=49, stored=49, known=0, bad=(), ignored_columns=())
    assert load(database, path) == ImportReport(rows=49, stored=0, known=49, bad=(), ignored_columns=())
    result = results.unit_result(database, "ptsp", S1, within=PROVINCE)
    assert (result.score.ikm, result.score.mutu, result.score.n) == (Decimal("78.74"), "B", 49)
    assert [u.total for u in result.score.unsur] == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    assert respondents.answer_sheets(database, result).tolist() == SEKADAU


def test_the_same_file_is_known_when_its_unit_takes_no_more(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU[:3])
    other = write(tmp_path / "b.csv", NUMBERS, SEKADAU[3:5])
    load(database, path)
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", active=False)
    catalogue.set_unit_active(database, ADMIN, "ptsp", active=False)
    assert load(database, path) == ImportReport(rows=3, stored=0, known=3, bad=(), ignored_columns=())
    with pytest.raises(Refused, match="unit-inactive"):
        load(database, other, add=True)
    assert stored(database) == 3


def test_numbers_in_a_file_reach_no_row_and_the_same_file_is_known_again(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "a.csv", [*NUMBERS, "saran"], [[3] * 9 + ["NIK 6472 0512 0485 0003"], [4] * 9 + ["-"]]
    )
    assert load(database, path).stored == 2
    assert (load(database, path).stored, load(database, path).known) == (0, 2)
    with database.read() as connection:
        kept = responses.comments(connection, [unit.unit.id], (201901, 201906))
    assert {comment.text for comment in kept} == {"NIK [NIK]", "-"}


def test_rows_without_a_date_go_to_the_last_month_and_are_marked(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", NUMBERS, SEKADAU))
    with database.read() as connection:
        rows = connection.execute(sa.text("SELECT DISTINCT month, time_source FROM response"))
        assert [tuple(row) for row in rows] == [(201906, "period")]


def test_the_narrative_order_swaps_the_last_two(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU)
    load(database, path, order="narrative")
    totals = [u.total for u in results.unit_result(database, "ptsp", S1, within=PROVINCE).score.unsur]
    assert totals == [138, 139, 150, 177, 159, 163, 161, 159, 143]


def test_another_order_than_the_first_time_is_refused(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """U8 and U9 differ in the first row only: that sheet would be read in another way."""
    path = write(tmp_path / "a.csv", NUMBERS, [[*[3] * 7, 2, 4], [3] * 9])
    load(database, path)
    with pytest.raises(Refused, match=r"1 lembar.*pada U8 \(sarpras\), U9 \(pengaduan\).*rows-reread"):
        load(database, path, order="narrative")
    assert load(database, path).known == 2
    assert [u.total for u in results.unit_result(database, "ptsp", S1, within=PROVINCE).score.unsur] == [
        6
    ] * 7 + [5, 7]


def test_u8_and_u9_without_their_order_are_refused(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="order-needed"):
        load(database, write(tmp_path / "a.csv", NUMBERS, SEKADAU), order=None)


def test_unsur_keys_need_no_order(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    load(database, write(tmp_path / "a.csv", KEYS, SEKADAU), order=None)
    assert results.unit_result(database, "ptsp", S1, within=PROVINCE).score.ikm == Decimal("78.74")


def test_xlsx_with_profile_dates_and_comments(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([*NUMBERS, "Tanggal", "Jenis Kelamin", "Usia", "Saran", "Nama"])
    sheet.append([*[3] * 9, date(2019, 2, 28), "Perempuan", 34, "Baik", "Budi"])
    sheet.append([*[4] * 8, None, "30/06/2019", "L", "", None, "Ani"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert load(database, path).ignored_columns == ("Nama",)
    result = results.unit_result(database, "ptsp", S1, within=PROVINCE)
    assert [u.n for u in result.score.unsur] == [2] * 8 + [1]
    assert [(o.key, n) for o, n in result.respondents[0].counts] == [("L", 1), ("P", 1)]
    assert {o.key: n for o, n in result.respondents[1].counts}["26-35"] == 1
    with database.read() as connection:
        text = json.dumps([str(row) for row in connection.execute(sa.text("SELECT * FROM response"))])
        months = connection.execute(sa.text("SELECT month, time_source FROM response ORDER BY month"))
        assert [tuple(row) for row in months] == [(201902, "row"), (201906, "row")]
    assert "Budi" not in text


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([5, 3, 3, 3, 3, 3, 3, 3, 3], "score-range"),
        (["x", 3, 3, 3, 3, 3, 3, 3, 3], "score-unreadable"),
        (["2.5", 3, 3, 3, 3, 3, 3, 3, 3], "score-unreadable"),
        (["-1", 3, 3, 3, 3, 3, 3, 3, 3], "score-unreadable"),
        ([0, "", "-", "", "", "", "", "", ""], "no-answers"),
    ],
)
def test_one_bad_row_keeps_the_file_out_and_is_named_by_its_line(
    database: Database, unit: UnitEntry, tmp_path: Path, row: list[object], code: str
) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, [[3] * 9, row, [4] * 9])
    with pytest.raises(Refused, match=f"(?s)1 dari 3 baris.*baris 3.*{code}"):
        load(database, path)
    assert stored(database) == 0
    report = load(database, path, accept_valid=True)
    assert (report.stored, [bad.line for bad in report.bad]) == (2, [3])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"U1,U2,U3,U4,U5,U6,U7,U8,U9\n", "file-empty"),
        (b"U1,U2,U3,U4,U5,U6,U7,U8\n" + b"3," * 7 + b"3\n", "columns-missing"),
        (b"U1,U1,U2,U3,U4,U5,U6,U7,U8,U9\n" + b"3," * 9 + b"3\n", "columns-repeated"),
        (b"U1,U2,U3,U4,U5,U6,U7,U8,U9\n3,3,3,3,3,3,3,3,\xff\xfe\n", "file-encoding"),
        (b'U1,U2,U3,U4,U5,U6,U7,U8,U9,saran\n3,3,3,3,3,3,3,3,3,"a\n3,3,3,3,3,3,3,3,3,b\n', "file-damaged"),
        (b"U1,U2,U3,U4,U5,U6,U7,U8,U9\n4,3,3,3,3,3,3,3,3,4\n", "row-too-long"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    database: Database, unit: UnitEntry, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=code):
        load(database, path)
    assert stored(database) == 0


@pytest.mark.parametrize("content", [b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_workbook_is_refused(
    database: Database, unit: UnitEntry, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match="file-damaged"):
        load(database, path)


def test_a_missing_file_is_said_to_be_missing(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file-missing"):
        load(database, tmp_path / "tiada.csv")


def test_a_wrong_unit_is_refused_and_creates_nothing(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="unit-unknown"):
        load(database, write(tmp_path / "a.csv", NUMBERS, SEKADAU))
    assert catalogue.list_units(database, PROVINCE) == []


def test_a_unit_is_created_for_a_good_file_only(database: Database, tmp_path: Path) -> None:
    create = NewUnit("PTSP", "impor", "Asia/Pontianak")
    with pytest.raises(AppError):
        load(database, write(tmp_path / "bad.csv", NUMBERS, [[9] * 9]), create=create)
    assert catalogue.list_units(database, PROVINCE) == []
    load(database, write(tmp_path / "good.csv", NUMBERS, SEKADAU), create=create)
    (entry,) = catalogue.list_units(database, PROVINCE)
    assert (entry.unit.code, entry.unit.name, entry.agency.code) == ("ptsp", "PTSP", "impor")


def test_a_date_outside_the_period_is_refused(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    header = [*NUMBERS, "tanggal"]
    with pytest.raises(Refused, match="date-outside-period"):
        load(database, write(tmp_path / "a.csv", header, [[*[3] * 9, "2019-07-01"]]))
    load(database, write(tmp_path / "b.csv", header, [[*[3] * 9, "2019-06-30"]]))
    with pytest.raises(Refused, match="date-unreadable"):
        load(database, write(tmp_path / "c.csv", header, [[*[3] * 9, "kemarin"]]), add=True)


def test_rows_without_a_date_wait_for_the_end_of_their_period(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, [[3] * 9])
    with pytest.raises(Refused, match="period-not-over"):
        load(database, path, period=Period.parse("2026"))
    load(database, path, period=Period.parse("2026-11"))
    load(database, path, period=Period.parse("2026-11"))
    assert stored(database) == 1
    dated = write(tmp_path / "b.csv", [*NUMBERS, "tanggal"], [[*[3] * 9, "2026-11-28"]])
    with pytest.raises(Refused, match="date-future"):
        load(database, dated, period=Period.parse("2026-11"), add=True)


def test_semicolons_and_a_byte_order_mark_are_read(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("﻿" + ";".join(NUMBERS) + "\n" + ";".join("3" * 9) + "\n\n", encoding="utf-8")
    assert load(database, path).stored == 1


def test_the_same_file_for_another_unit_is_that_units_own(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU)
    load(database, path)
    report = importing.import_responses(database, ADMIN, path, "lain", S1, NOW, Said(order="form"))
    assert (report.stored, results.unit_result(database, "lain", S1, within=PROVINCE).score.n) == (49, 49)


def test_another_file_for_the_same_period_needs_a_word(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """A corrected file holds the old sheets again; nobody but its owner can tell it from further ones."""
    bad = write(tmp_path / "bad.csv", NUMBERS, [[3] * 9, [4] * 9, [9] * 9])
    assert load(database, bad, accept_valid=True).stored == 2
    mended = write(tmp_path / "mended.csv", NUMBERS, [[3] * 9, [4] * 9, [2] * 9])
    with pytest.raises(Refused, match=r"2 lembar.*period-imported"):
        load(database, mended)
    assert stored(database) == 2
    rest = write(tmp_path / "rest.csv", NUMBERS, [[2] * 9])
    assert load(database, rest, add=True).stored == 1
    assert load(database, bad, accept_valid=True, add=True).known == 2
    assert stored(database) == 3


@pytest.mark.parametrize("first", ["2019-S1", "2019-TW2", "2019-06", "2019"])
def test_a_file_without_dates_counts_in_one_period_only(
    database: Database, unit: UnitEntry, tmp_path: Path, first: str
) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU)
    load(database, path, period=Period.parse(first))
    for other in {"2019-S1", "2019-TW2", "2019-06", "2019", "2018"} - {first}:
        for add in (False, True):
            with pytest.raises(
                Refused, match=f"(?s)untuk ptsp {days.period(Period.parse(first), 'id')},.*file-imported"
            ):
                load(database, path, period=Period.parse(other), add=add)
    assert load(database, path, period=Period.parse(first)) == ImportReport(
        rows=49, stored=0, known=49, bad=(), ignored_columns=()
    )
    assert results.unit_result(database, "ptsp", Period.parse("2019"), within=PROVINCE).score.n == 49


def test_a_period_before_1970_is_told_again_like_any_other(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """A slip of the hand: 1969 for 1996. Once it is in, other imports for the unit must still go through."""
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU)
    load(database, path, period=Period.parse("1969"))
    assert load(database, path, period=Period.parse("1969")).known == 49
    with pytest.raises(Refused, match=r"(?s)untuk ptsp Tahun 1969,.*file-imported"):
        load(database, path, period=Period.parse("1996"))
    other = write(tmp_path / "b.csv", NUMBERS, SEKADAU[:5])
    assert load(database, other, period=Period.parse("1996")).stored == 5


def test_imports_at_the_same_moment_count_a_file_once(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU)
    periods = [Period.parse(text) for text in ("2019-S1", "2019-TW2", "2019-06", "2019")]
    with ThreadPoolExecutor(len(periods)) as pool:
        tries = [pool.submit(load, database, path, period=period) for period in periods]
    refused = [error for t in tries if (error := t.exception()) is not None]
    assert [type(error) for error in refused] == [Refused] * 3
    assert stored(database) == 49


@pytest.mark.parametrize(
    ("first", "second"),
    [("2019", "2019-S1"), ("2019-S1", "2019"), ("2019-S1", "2019-TW1"), ("2019-S1", "2019-02")],
)
def test_other_files_without_dates_need_a_word_where_their_periods_overlap(
    database: Database, unit: UnitEntry, tmp_path: Path, first: str, second: str
) -> None:
    """A copy saved anew: the months its rows stand in may differ, the sheets do not."""
    load(database, write(tmp_path / "a.csv", NUMBERS, SEKADAU), period=Period.parse(first))
    anew = write(tmp_path / "b.csv", [*NUMBERS, "No"], [[*row, 1] for row in SEKADAU])
    with pytest.raises(
        Refused, match=f"49 lembar.*untuk ptsp {days.period(Period.parse(first), 'id')}.*period-imported"
    ):
        load(database, anew, period=Period.parse(second))
    assert stored(database) == 49
    assert load(database, anew, period=Period.parse("2018")).stored == 49


def test_dated_rows_need_a_word_where_sheets_without_a_date_may_be_the_same(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", NUMBERS, SEKADAU))
    dated = write(tmp_path / "b.csv", [*NUMBERS, "tanggal"], [[*[3] * 9, "2019-02-03"]])
    with pytest.raises(Refused, match="period-imported"):
        load(database, dated, period=Period.parse("2019-02"))
    assert load(database, dated, period=Period.parse("2019-02"), add=True).stored == 1


def test_dated_rows_count_once_whatever_period_they_are_imported_for(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", [*NUMBERS, "tanggal"], [[*[3] * 9, "2019-02-03"]])
    load(database, path)
    assert load(database, path, period=Period.parse("2019")).known == 1
    assert stored(database) == 1


def two_sheets(path: Path, rows: Sequence[Sequence[int]]) -> Path:
    """The same rows on each of two sheets."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Januari"
    book.create_sheet("Kosong")
    for sheet in (book.worksheets[0], book.create_sheet("Februari")):
        for line in (NUMBERS, *rows):
            sheet.append(list(line))
    book.save(path)
    return path


def test_a_workbook_with_several_sheets_asks_which(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Rows of two sheets on one line are two sheets of paper, dated or not."""
    path = two_sheets(tmp_path / "a.xlsx", [[3] * 9, [4] * 9])
    with pytest.raises(Refused, match=r"Januari, Februari\. .*sheet-needed"):
        load(database, path)
    with pytest.raises(Refused, match=r"Maret .*Januari, Februari.*sheet-unknown"):
        load(database, path, sheet="Maret")
    assert load(database, path, sheet="Januari", period=Period.parse("2019-01")).stored == 2
    assert load(database, path, sheet="februari", period=Period.parse("2019-02")).stored == 2
    assert load(database, path, sheet="Februari", period=Period.parse("2019-02")).known == 2
    with pytest.raises(Refused, match="file-imported"):
        load(database, path, sheet="Februari", period=Period.parse("2019-01"), add=True)
    assert results.unit_result(database, "ptsp", Period.parse("2019-TW1"), within=PROVINCE).score.n == 4


def test_a_csv_file_has_no_sheets(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="sheet-unknown"):
        load(database, write(tmp_path / "a.csv", NUMBERS, SEKADAU), sheet="Januari")


@pytest.mark.parametrize("spoil", ["formula", "formulas alone", "merged"])
def test_cells_that_do_not_say_what_is_seen_are_refused(
    database: Database, unit: UnitEntry, tmp_path: Path, spoil: str
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (NUMBERS, [3] * 9, [4] * 9):
        sheet.append(line)
    if spoil == "formula":
        sheet["I3"] = "=I2"
    elif spoil == "formulas alone":
        sheet.append([f"={letter}2" for letter in "ABCDEFGHI"])
    else:
        sheet.merge_cells("I2:I3")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="file-uncertain-cells"):
        load(database, tmp_path / "a.xlsx")
    assert stored(database) == 0


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is(
    database: Database, unit: UnitEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/sharedStrings.xml", bytes(3_000_000))
    assert (tmp_path / "a.xlsx").stat().st_size < 5_000
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 2_000_000)
    with pytest.raises(Refused, match="file-too-large"):
        load(database, tmp_path / "a.xlsx")


def test_a_workbook_whose_parts_make_no_sense_is_said_to_be_damaged(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = rewritten(tmp_path, lambda _, part: part.replace(b"<workbookView ", b'<workbookView no="1" '))
    with pytest.raises(Refused, match="file-damaged"):
        load(database, path)


def test_a_truncated_sheet_is_said_to_be_damaged(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda name, part: part[:-40] if name.endswith("sheet1.xml") else part)
    with pytest.raises(Refused, match="file-damaged"):
        load(database, path)


def rewritten(folder: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook with a header, its parts changed by name and content."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(NUMBERS)
    book.save(folder / "a.xlsx")
    with (
        zipfile.ZipFile(folder / "a.xlsx") as source,
        zipfile.ZipFile(folder / "b.xlsx", "w") as changed,
    ):
        for name in source.namelist():
            changed.writestr(name, change(name, source.read(name)))
    return folder / "b.xlsx"


def test_a_code_that_cannot_be_used_creates_nothing_at_all(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, SEKADAU)
    create = NewUnit("A", "impor", "Asia/Makassar")
    with pytest.raises(Refused, match="code-format"):
        importing.import_responses(
            database, ADMIN, path, "Dinas A", S1, NOW, Said(order="form"), create=create
        )
    create = NewUnit("A", "Dinas A", "Asia/Makassar")
    with pytest.raises(Refused, match=r"agency: .*code-format"):
        importing.import_responses(database, ADMIN, path, "a", S1, NOW, Said(order="form"), create=create)
    assert catalogue.list_agencies(database) == []

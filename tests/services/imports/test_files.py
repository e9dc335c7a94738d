"""Files as offices have them: titles above the header, totals below, dates and options in their own words."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app import instruments
from survey_app.errors import Refused
from survey_app.instruments.files import DATA
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Channel, TimeSource
from survey_app.services.ikm import results
from survey_app.services.imports import importing
from survey_app.services.imports.columns import Order
from survey_app.services.imports.dates import Dates
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport
from survey_app.services.imports.row_ids import FileOrigin, digest
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import bulk, folding, imports
from survey_app.storage.database import Connection, Database
from survey_app.storage.responses import NewResponse
from tests.submissions import KEYS, NOW, submission

NUMBERS = [f"U{i}" for i in range(1, 10)]
S1 = Period.parse("2019-S1")
#: One sheet of all nine scores.
SHEET = [1, 2, 3, 4, 1, 2, 3, 4, 2]


def load(
    database: Database, path: Path, order: Order | None = "form", *, dates: Dates = "day-first", **said: Any
) -> ImportReport:
    return importing.import_responses(
        database, ADMIN, path, "ptsp", S1, NOW, Said(order=order, dates=dates, **said)
    )


def write(path: Path, *lines: Sequence[object], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    return path


def totals(database: Database) -> list[int]:
    return [u.total for u in results.unit_result(database, "ptsp", S1, within=PROVINCE).score.unsur]


def days(database: Database) -> list[tuple[date, str]]:
    """Day in the unit's own zone (UTC+8) and time source of what is stored, in order of the file."""
    with database.read() as connection:
        found = connection.execute(sa.text("SELECT answered_at, time_source FROM response ORDER BY seq"))
        return [(datetime.fromisoformat(str(moment)).date(), str(source)) for moment, source in found]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_title_above_the_header_is_passed_over(
    database: Database, unit: UnitEntry, tmp_path: Path, delimiter: str
) -> None:
    title = ["PENGOLAHAN DATA SKM, PER RESPONDEN, DAN PER UNSUR, 2019"]
    path = write(tmp_path / "a.csv", title, [], ["No", *NUMBERS], [1, *SHEET], delimiter=delimiter)
    assert load(database, path).stored == 1
    assert totals(database) == SHEET


def test_cells_merged_above_the_header_do_not_matter(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (["PENGOLAHAN DATA"], ["NO", "NILAI UNSUR PELAYANAN"], [None, *NUMBERS], [1, *SHEET]):
        sheet.append(list(line))
    for area in ("A1:J1", "A2:A3", "B2:J2"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    assert load(database, tmp_path / "a.xlsx").stored == 1
    assert totals(database) == SHEET


def test_a_header_of_two_lines_is_read_as_one(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    """As on the regulation's form, where the cells beside the unsur are merged downwards."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    upper = ["Tanggal", "NILAI UNSUR PELAYANAN", *[None] * 8, "Jenis kelamin", None]
    for line in (["PENGOLAHAN DATA"], upper, [None, *NUMBERS, None, None], ["2/1/2019", *SHEET, "Pria", "x"]):
        sheet.append(list(line))
    for area in ("A2:A3", "B2:J2", "K2:K3"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    report = load(database, tmp_path / "a.xlsx")
    assert (report.stored, report.ignored_columns) == (1, ("12 (tanpa judul)",))
    assert days(database) == [(date(2019, 1, 2), "row")]
    sex = results.unit_result(database, "ptsp", S1, within=PROVINCE).respondents[0]
    assert [(o.key, n) for o, n in sex.counts] == [("L", 1), ("P", 0)]


def test_lines_keep_their_number_below_a_title(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["Judul"], NUMBERS, SHEET, [9, *SHEET[1:]])
    with pytest.raises(Refused, match=r"baris 4, answers\.persyaratan"):
        load(database, path)


def test_a_header_with_unsur_missing_is_named(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["Judul"], NUMBERS[:8], SHEET[:8])
    with pytest.raises(Refused, match=r"U9 \(pengaduan\)\. Baris 2 dibaca sebagai judul kolom: U1 \| U2"):
        load(database, path)
    nothing = write(tmp_path / "b.csv", SHEET, SHEET)
    with pytest.raises(Refused, match=r"Baris 1 dibaca sebagai judul kolom: 1 \| 2 \| 3"):
        load(database, nothing)


@pytest.mark.parametrize(
    "names",
    [
        ["U 1", "U.2", "Unsur 3", "u4", "UNSUR-5", "U6.", "u_7", "U8", "U9"],
        ["U1 (persyaratan)", "U2. Prosedur", *NUMBERS[2:]],
        [
            "Persyaratan",
            "Sistem, Mekanisme dan Prosedur",
            "Waktu Penyelesaian",
            "Biaya / Tarif",
            "Produk Spesifikasi Jenis Pelayanan",
            "Kompetensi Pelaksana",
            "Perilaku Pelaksana",
            "Sarana dan Prasarana",
            "Penanganan Pengaduan, Saran, dan Masukan",
        ],
    ],
)
def test_unsur_are_known_by_number_and_name(
    database: Database, unit: UnitEntry, tmp_path: Path, names: list[str]
) -> None:
    load(database, write(tmp_path / "a.csv", names, SHEET))
    assert totals(database) == SHEET


def test_a_number_with_its_name_needs_no_order(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    """By the regulation's narrative complaints are U8: the name beside the number says so."""
    names = [*NUMBERS[:7], "U8 (Pengaduan)", "U9 Sarana dan Prasarana"]
    load(database, write(tmp_path / "a.csv", names, SHEET), order=None)
    assert totals(database) == [*SHEET[:7], SHEET[8], SHEET[7]]


@pytest.mark.parametrize(
    "words",
    ["Jumlah", "JUMLAH NILAI / UNSUR", "NRR", "Rata-rata", "NRR tertbg/unsur *)", "IKM Unit pelayanan"],
)
def test_a_row_of_totals_is_nobody_s_sheet(
    database: Database, unit: UnitEntry, tmp_path: Path, words: str
) -> None:
    path = write(tmp_path / "a.csv", ["No", *NUMBERS], [1, *[4] * 9], [words, *[4] * 9])
    with pytest.raises(Refused) as refused:
        load(database, path)
    assert [(p.code, p.path) for p in refused.value.problems] == [("row-total", "baris 3")]
    report = load(database, path, accept_valid=True)
    assert (report.stored, [row.line for row in report.bad]) == (1, [3])


@pytest.mark.parametrize(
    "row", [["1", "rata-rata"], ["1", "jumlah petugas kurang"], ["Total Persada", "baik"], ["", "IKM"]]
)
def test_a_comment_or_a_name_may_hold_such_a_word(
    database: Database, unit: UnitEntry, tmp_path: Path, row: list[str]
) -> None:
    assert load(database, write(tmp_path / "a.csv", ["Nama", "Saran", *NUMBERS], [*row, *SHEET])).stored == 1


@pytest.mark.parametrize("name", ["Tanggal", "Timestamp", "Cap waktu", "Waktu", "Tanggal survei"])
@pytest.mark.parametrize(
    "cell",
    [
        "2019-01-02",
        "2019-01-02 09:00:00.500000",
        "2019-01-02T09:15",
        "2019/01/02 9:15:00 AM GMT+8",
        "02/01/2019",
        "2/1/2019 9.15.00",
        "02/01/2019 09:15:00",
        "02.01.2019",
        "2 Januari 2019",
        "Rabu, 02 Jan 2019 09:15 WITA",
        "2-jan-2019",
    ],
)
def test_a_date_is_read_as_indonesia_writes_it(
    database: Database, unit: UnitEntry, tmp_path: Path, name: str, cell: str
) -> None:
    load(database, write(tmp_path / "a.csv", [name, *NUMBERS], [cell, *SHEET]))
    assert days(database) == [(date(2019, 1, 2), "row")]


@pytest.mark.parametrize(
    "cell", ["31/02/2019", "kemarin", "2 Sya'ban 2019", "43467", "02/01/19", "02/01/2019 25:10"]
)
def test_a_date_that_cannot_be_read_is_refused(
    database: Database, unit: UnitEntry, tmp_path: Path, cell: str
) -> None:
    with pytest.raises(Refused, match="date-unreadable"):
        load(database, write(tmp_path / "a.csv", ["Timestamp", *NUMBERS], [cell, *SHEET]))


def test_excel_times_with_fractions_are_dates(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Waktu", *NUMBERS])
    book.worksheets[0].append([datetime(2019, 1, 2, 9, 0, 0, 500000), *SHEET])  # noqa: DTZ001  # as Excel has it
    book.save(tmp_path / "a.xlsx")
    load(database, tmp_path / "a.xlsx")
    assert days(database) == [(date(2019, 1, 2), "row")]


def test_waktu_is_the_unsur_where_no_other_column_is(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(database, write(tmp_path / "a.csv", [key.title() for key in KEYS], SHEET))
    assert totals(database) == SHEET


def test_a_file_whose_dates_were_not_read_before_is_not_counted_again(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Its row stands in June, stored when the column Timestamp was not known to be a date."""
    path = write(tmp_path / "a.csv", ["Timestamp", *NUMBERS], ["02/01/2019", *SHEET])
    source = FileOrigin("ptsp", digest(path, None), S1)
    june = datetime.fromisoformat("2019-06-30T12:00:00+08:00")
    earlier = submission(
        SHEET,
        id=source.row_id(2, None),
        channel=Channel.IMPORT,
        client_time=june,
        time_source=TimeSource.PERIOD,
    )
    checked = intake.prepare(unit, earlier, NOW)
    assert isinstance(checked, NewResponse)

    def store(connection: Connection) -> None:
        number = imports.begin(connection, unit.unit.id, source.digest, NOW)
        bulk.append(connection, bulk.ready(connection.dialect, [checked]).placed(import_id=number))
        folding.count_import(connection, number, folding.sums_of_import(connection, number))

    database.write(store)
    with pytest.raises(Refused, match="file-imported"):
        load(database, path)


@pytest.mark.parametrize(
    ("field", "cell", "key"),
    [
        ("Pendidikan", "SLTA", "SMA"),
        ("Pendidikan", "SMA/SMK", "SMA"),
        ("Pendidikan", "D3", "D1-D3"),
        ("Pendidikan", "D-III", "D1-D3"),
        ("Pendidikan", "S-1", "S1"),
        ("Pendidikan", "D4", "S1"),
        ("Jenis Kelamin", "Pria", "L"),
        ("Jenis Kelamin", "laki - laki", "L"),
        ("Jenis Kelamin", "wanita", "P"),
        ("Pekerjaan", "Lain-lain", "LAINNYA"),
        ("Pekerjaan", "Wiraswasta", "WIRAUSAHA"),
        ("Pekerjaan", "ASN", "PNS"),
        ("Usia", "30 tahun", "26-35"),
        ("Usia", "30", "26-35"),
        ("Usia", "30.0", "26-35"),
        ("Usia", "26 - 35 tahun", "26-35"),
        ("Usia", "26-35 tahun", "26-35"),
        ("Usia", "26–35 tahun", "26-35"),
        ("Usia", "56 th", "56+"),
    ],
)
def test_profile_options_are_known_in_their_usual_spellings(
    database: Database, unit: UnitEntry, tmp_path: Path, field: str, cell: str, key: str
) -> None:
    load(database, write(tmp_path / "a.csv", [*NUMBERS, field], [*SHEET, cell]))
    counted = results.unit_result(database, "ptsp", S1, within=PROVINCE).respondents
    assert [o.key for c in counted for o, n in c.counts if n] == [key]


def test_an_unknown_option_costs_its_field_alone_and_is_told_what_there_is(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    rows = [[*SHEET, "TNI/POLRI"], [*SHEET, "TNI/POLRI"], [*SHEET, "PNS"], [*SHEET, "tidak diisi"]]
    report = load(database, write(tmp_path / "a.csv", [*NUMBERS, "Pekerjaan"], *rows))
    (remark,) = report.remarks
    assert (report.stored, remark.path) == (4, "baris 2, 3, profile.pekerjaan")
    assert "yang ada: PNS/ASN, TNI, POLRI, Swasta, Wirausaha, Lainnya." in remark.text.id
    counted = results.unit_result(database, "ptsp", S1, within=PROVINCE).respondents
    assert [(o.key, n) for c in counted for o, n in c.counts if n] == [("PNS", 1)]


@pytest.mark.parametrize("ref", sorted(instruments.published()))
def test_options_are_known_by_the_words_of_the_published_file_and_by_those_that_are_read(
    database: Database, unit: UnitEntry, tmp_path: Path, ref: str
) -> None:
    """Files of before spell "18-25 tahun", as forms did until the dash was mended."""
    catalogue.choose_instrument(database, ADMIN, "ptsp", ref)
    k = len(instruments.get(ref).keys)
    published = json.loads((DATA / "instruments" / f"{ref[:-2]}.json").read_text(encoding="utf-8"))
    for field, now in zip(published["profile"], instruments.get(ref).profile, strict=True):
        read = [word for option in now.options for word in (option.label.id, option.label.en)]
        words = [word for option in field["options"] for word in option["label"].values()] + read
        rows = [[*SHEET[:k], word] for word in words]
        path = write(tmp_path / f"{field['key']}.csv", [*NUMBERS[:k], field["name"]["id"]], *rows)
        report = load(database, path, add=True, equal="further")
        assert (report.stored, report.remarks) == (len(words), ())
    counted = results.unit_result(database, "ptsp", S1, within=PROVINCE).respondents
    assert [{n for _, n in c.counts} for c in counted] == [{4}] * len(published["profile"])


def test_every_spelling_is_of_an_option_that_exists() -> None:
    words = json.loads((DATA / "reference/import-words.json").read_text(encoding="utf-8"))["options"]
    form = json.loads((DATA / "instruments/skm-2017.json").read_text(encoding="utf-8"))
    options = {field["key"]: {o["key"] for o in field["options"]} for field in form["profile"]}
    assert all(set(spellings) <= options[field] for field, spellings in words.items())


def test_nought_is_not_answered_however_it_is_written(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    load(
        database,
        write(tmp_path / "a.csv", NUMBERS, ["0", "0.0", "0,0", "-", "", "3.0", "3,0", 3, 3]),
        scale="1-4",
    )
    assert totals(database) == [0, 0, 0, 0, 0, 3, 3, 3, 3]


def test_sep_tells_the_separator_and_other_ends_of_line_are_text(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    sheet = ";".join(map(str, SHEET))
    path.write_text(f"sep=;\n{';'.join(NUMBERS)};saran\n{sheet};bagus\u2028sekali\n", encoding="utf-8")
    assert load(database, path).stored == 1
    assert totals(database) == SHEET


@pytest.mark.parametrize("rest", ["", ';"x"\n', 'y";"x\n'])
def test_an_open_quotation_mark_is_named_by_its_line(
    database: Database, unit: UnitEntry, tmp_path: Path, rest: str
) -> None:
    path = tmp_path / "a.csv"
    sheet = ";".join(map(str, SHEET))
    path.write_text(
        f'{";".join(NUMBERS)};saran\n{sheet};baik\n{sheet};"awal\n{sheet};b\n{rest}', encoding="utf-8"
    )
    with pytest.raises(Refused, match=r"tanda kutip pada baris 3 .*file-damaged"):
        load(database, path)


def test_a_period_that_is_not_over_is_told_once(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", NUMBERS, *[SHEET] * 8)
    with pytest.raises(Refused) as refused:
        importing.import_responses(
            database, ADMIN, path, "ptsp", Period.parse("2026"), NOW, Said(order="form")
        )
    assert [p.path for p in refused.value.problems] == ["baris 2, 3, 4, 5, 6, … (8 baris), tanggal"]

"""Reading a table from a CSV or XLSX file: a header and numbered rows of text, or one clear refusal."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl

from survey_app.errors import Refused
from survey_app.text import Text

MAX_BYTES = 50_000_000
#: Of a workbook unpacked: many times what the rows below need, and less than a small server has.
MAX_UNPACKED = 300_000_000
MAX_ROWS = 200_000


@dataclass(frozen=True)
class Table:
    """`rows` are (line number in the file, one text per column of `header`); empty lines are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(path: Path, header_row: int | None = None) -> Table:
    """Read the first sheet of an XLSX file, or a CSV file separated by comma, semicolon or tab.

    `header_row` counts from 1; None takes the first line that is not empty.

    Raises:
        Refused: `file-missing`, `file-too-large`, `file-encoding`, `file-damaged`, `file-empty`,
            `file-uncertain-cells` for merged cells and formulas without a value below the header,
            `row-too-long` for a row with more cells than the header: something has shifted.
    """
    if not path.is_file():
        raise _refused("file-missing", "Berkas {name} tidak ada", "There is no file {name}", path)
    if path.stat().st_size > MAX_BYTES:
        raise _refused(
            "file-too-large", "Berkas {name} lebih dari 50 MB", "The file {name} is over 50 MB", path
        )
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return _table(_csv_lines(path), path, header_row)
    _refuse_bomb(path)
    table = _table(_xlsx_lines(path), path, header_row)
    with _reading(path):
        uncertain = _uncertain_lines(path)
    if places := [uncertain[line] for line, _ in table.rows if line in uncertain]:
        raise _refused(
            "file-uncertain-cells",
            "Sel {cells} pada {name} digabung atau rumusnya belum dihitung; tempelkan sebagai nilai",
            "Cells {cells} of {name} are merged or hold a formula without a value; paste them as values",
            path,
            cells=", ".join(dict.fromkeys(places)),
        )
    return table


def _csv_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise _refused(
            "file-encoding",
            "Berkas {name} bukan UTF-8 (baris {line}); simpan ulang sebagai CSV UTF-8",
            "The file {name} is not UTF-8 (line {line}); save it again as CSV UTF-8",
            path,
            line=line,
        ) from None
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise _damaged(path, str(error)) from None


def _refuse_bomb(path: Path) -> None:
    """A small file can unpack to gigabytes. What its list of parts says is the most that comes out."""
    with _reading(path), zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > MAX_UNPACKED:
        raise _refused(
            "file-too-large",
            "Berkas {name} berisi {size} MB bila dibuka, paling banyak {limit} MB",
            "The file {name} holds {size} MB unpacked, at most {limit} MB",
            path,
            size=size // 1_000_000,
            limit=MAX_UNPACKED // 1_000_000,
        )


def _xlsx_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    with _reading(path), closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_cell(value) for value in cells]


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  # a damaged workbook makes its reader raise nearly anything
        raise _damaged(path, str(error)) from None


def _uncertain_lines(path: Path) -> dict[int, str]:
    """Lines of a workbook whose cells do not say what a person sees: merged, or a formula never computed."""
    found: dict[int, str] = {}
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for area in sheet.merged_cells.ranges:
        found.update(dict.fromkeys(range(area.min_row, area.max_row + 1), str(area)))
    formulas = [cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"]
    if formulas:
        with closing(openpyxl.load_workbook(path, data_only=True)) as computed:
            values = computed.worksheets[0]
            empty = [c for c in formulas if values[c.coordinate].value is None]
        found.update({int(c.row or 0): str(c.coordinate) for c in empty})
    return found


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _table(lines: Iterable[tuple[int, Sequence[str]]], path: Path, header_row: int | None) -> Table:
    header: tuple[str, ...] | None = None
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in lines:
        stripped = tuple(cell.strip() for cell in cells)
        if header is None:
            if any(stripped) if header_row is None else number == header_row:
                header = stripped
        elif any(stripped):
            if any(stripped[len(header) :]):
                raise _refused(
                    "row-too-long",
                    "Baris {line} pada {name} lebih panjang daripada judul kolomnya",
                    "Row {line} of {name} has more cells than the header",
                    path,
                    line=number,
                )
            rows.append((number, (stripped + ("",) * len(header))[: len(header)]))
        if len(rows) > MAX_ROWS:
            raise _refused(
                "file-too-large", "Berkas {name} lebih dari {rows} baris",
                "The file {name} has more than {rows} rows", path, rows=MAX_ROWS,
            )  # fmt: skip
    if header is None or not rows:
        raise _refused("file-empty", "Berkas {name} tidak berisi baris data", "{name} has no data rows", path)
    return Table(header, tuple(rows))


def _damaged(path: Path, detail: str) -> Refused:
    return _refused(
        "file-damaged",
        "Berkas {name} tidak dapat dibaca: {detail}",
        "The file {name} cannot be read: {detail}",
        path,
        detail=detail,
    )


def _refused(code: str, id_text: str, en_text: str, path: Path, **values: object) -> Refused:
    return Refused(code, Text(id_text, en_text).format(name=path.name, **values))

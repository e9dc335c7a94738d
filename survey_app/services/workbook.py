"""One sheet of an XLSX workbook: its lines as text, and the cells that do not say what a person sees."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.errors import Refused
from survey_app.services.file_errors import damaged, file_refused

#: Of a workbook unpacked: many times what a table's rows need, and less than a small server has.
MAX_UNPACKED = 300_000_000


@dataclass(frozen=True)
class Sheet:
    """A worksheet by its place in the workbook and its name."""

    place: int
    name: str
    hidden: bool = False


def is_workbook(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm")


def sheets(path: Path) -> list[Sheet]:
    """The sheets that hold anything.

    Raises:
        Refused: `file-damaged`, `file-too-large`.
    """
    _refuse_bomb(path)
    with _reading(path), closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        return [
            Sheet(place, str(sheet.title), sheet.sheet_state != "visible")
            for place, sheet in enumerate(book.worksheets)
            if any(value is not None for cells in sheet.iter_rows(values_only=True) for value in cells)
        ]


def choose_sheet(path: Path, name: str | None) -> Sheet:
    """The sheet of that name, or the only one that holds anything.

    Raises:
        Refused: `sheet-unknown`, `sheet-needed` where several hold something, and what `sheets` raises.
    """
    filled = sheets(path)
    named = [s for s in filled if name is not None and s.name.strip().lower() == name.strip().lower()]
    if named:
        return named[0]
    names = ", ".join(s.name + " (tersembunyi)" * s.hidden for s in filled)
    if name is not None:
        raise unknown_sheet(path, name, names)
    if len(filled) > 1:
        raise file_refused(
            "sheet-needed",
            "Berkas {name} berisi beberapa lembar kerja: {names}. Pilih satu dengan --sheet",
            "The file {name} has several sheets: {names}. Choose one with --sheet",
            path,
            names=names,
        )
    return filled[0] if filled else Sheet(0, "")


def unknown_sheet(path: Path, sheet: str, names: str) -> Refused:
    return file_refused(
        "sheet-unknown",
        "Lembar kerja {sheet} tidak ada atau kosong pada {name}; yang ada: {names}",
        "There is no sheet {sheet} in {name}, or it is empty; there are: {names}",
        path,
        sheet=sheet,
        names=names or "-",
    )


def sheet_lines(path: Path, sheet: Sheet) -> Iterator[tuple[int, Sequence[str]]]:
    """The numbered lines of a sheet, each cell as text."""
    with _reading(path), closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        lines = book.worksheets[sheet.place].iter_rows(values_only=True)
        for number, cells in enumerate(lines, start=1):
            yield number, [_cell(value) for value in cells]


@dataclass(frozen=True)
class Marks:
    """What of a sheet is not as a person sees it.

    Attributes:
        uncertain: lines with cells that are merged or hold a formula never computed.
        rows, columns: lines and column numbers that are hidden, by hand or by a filter.
        hidden: the whole sheet is.
    """

    uncertain: Mapping[int, str]
    rows: frozenset[int]
    columns: frozenset[int]
    hidden: bool


def marks(path: Path, sheet: Sheet) -> Marks:
    """What of the sheet is not as a person sees it."""
    with _reading(path):
        opened = openpyxl.load_workbook(path).worksheets[sheet.place]
        return Marks(
            _uncertain_lines(path, sheet.place, opened),
            frozenset(int(number) for number, row in opened.row_dimensions.items() if row.hidden),
            frozenset(
                number
                for column in opened.column_dimensions.values()
                if column.hidden
                for number in range(int(column.min or 0), int(column.max or 0) + 1)
            ),
            opened.sheet_state != "visible",
        )


def _uncertain_lines(path: Path, place: int, sheet: Worksheet) -> dict[int, str]:
    found: dict[int, str] = {}
    for area in sheet.merged_cells.ranges:
        found.update(dict.fromkeys(range(area.min_row, area.max_row + 1), str(area)))
    formulas = [cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"]
    if formulas:
        with closing(openpyxl.load_workbook(path, data_only=True)) as computed:
            values = computed.worksheets[place]
            empty = [c for c in formulas if values[c.coordinate].value is None]
        found.update({int(c.row or 0): str(c.coordinate) for c in empty})
    return found


def _refuse_bomb(path: Path) -> None:
    """A small file can unpack to gigabytes. What its list of parts says is the most that comes out."""
    with _reading(path), zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > MAX_UNPACKED:
        raise file_refused(
            "file-too-large",
            "Berkas {name} berisi {size} MB bila dibuka, paling banyak {limit} MB",
            "The file {name} holds {size} MB unpacked, at most {limit} MB",
            path,
            size=size // 1_000_000,
            limit=MAX_UNPACKED // 1_000_000,
        )


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  # a damaged workbook makes its reader raise nearly anything
        raise damaged(path, str(error)) from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)

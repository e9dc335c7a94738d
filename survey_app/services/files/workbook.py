"""One sheet of an XLSX workbook: its lines as text, and the cells that do not say what a person sees.

Nothing here is called in the server itself: `readers` runs it in a process with limits.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

import openpyxl
from openpyxl.workbook import Workbook

from survey_app.errors import AppError, Refused
from survey_app.services.files.errors import damaged, file_refused
from survey_app.services.files.kinds import BINARY, OPEN_DOCUMENT, other_kind
from survey_app.services.files.workbook_shape import Shape, TooFar, holds_anything, shape_of

#: Of a workbook unpacked: many times what a table's rows need, and less than a small server has.
MAX_UNPACKED = 300_000_000
_ALL_DIGITS_KEPT = 10**15


@dataclass(frozen=True)
class Most:
    """How much a sheet may hold: bytes unpacked, rows and columns down and across, letters in all."""

    unpacked: int
    rows: int
    columns: int
    letters: int


@dataclass(frozen=True)
class Worksheet:
    """A worksheet by its place in the workbook and its name."""

    place: int
    name: str
    hidden: bool = False


def sheets(path: Path, most: Most) -> list[Worksheet]:
    """The sheets that hold anything.

    Raises:
        Refused: `file-damaged`, `file-kind`, `file-too-large`.
    """
    with _opened(path, most) as book:
        return _filled(book)


def sheet_parts(
    path: Path, name: str | None, most: Most
) -> Iterator[Shape | Worksheet | tuple[int, list[str]]]:
    """The sheet of that name, or the only one that holds anything; its shape; its numbered lines as text.

    Lines end with their last cell that has content.

    Raises:
        Refused: what `sheets` raises, `sheet-unknown`, `sheet-needed` where several hold something,
            `file-dimensions` for a cell too far from the others.
    """
    with _opened(path, most) as book:
        sheet = _choose(path, _filled(book), name)
        yield sheet
        shape = _shape(path, book, sheet, most)
        yield shape
        letters = 0
        for number, line in enumerate(_lines(book, sheet, shape), start=1):
            letters += sum(map(len, line))
            if letters > most.letters:
                raise _too_large(path, letters, most.letters)
            yield number, line


def unknown_sheet(path: Path, sheet: str, names: str) -> Refused:
    return file_refused(
        "sheet-unknown",
        "Lembar kerja {sheet} tidak ada atau kosong pada {name}; yang ada: {names}.",
        "There is no sheet {sheet} in {name}, or it is empty; there are: {names}.",
        path,
        sheet=sheet,
        names=names or "-",
    )


def _choose(path: Path, filled: Sequence[Worksheet], name: str | None) -> Worksheet:
    named = [s for s in filled if name is not None and s.name.strip().lower() == name.strip().lower()]
    if named:
        return named[0]
    names = ", ".join(s.name + " (tersembunyi)" * s.hidden for s in filled)
    if name is not None:
        raise unknown_sheet(path, name, names)
    if len(filled) > 1:
        raise file_refused(
            "sheet-needed",
            "Berkas {name} berisi beberapa lembar kerja: {names}. Pilih salah satu.",
            "The file {name} has several sheets: {names}. Choose one of them.",
            path,
            names=names,
        )
    return filled[0] if filled else Worksheet(0, "")


def _filled(book: Workbook) -> list[Worksheet]:
    found = []
    for place, sheet in enumerate(book.worksheets):
        with _source(book, place) as source:
            if holds_anything(source):
                found.append(Worksheet(place, str(sheet.title), sheet.sheet_state != "visible"))
    return found


def _shape(path: Path, book: Workbook, sheet: Worksheet, most: Most) -> Shape:
    try:
        with _source(book, sheet.place) as source:
            return shape_of(source, most.rows, most.columns)
    except TooFar as found:
        raise file_refused(
            "file-dimensions",
            "Sel {cell} pada {name} berisi data di luar batas tabel (paling banyak {rows} baris dan "
            "{columns} kolom); hapus isi sel itu, atau salin tabelnya ke berkas baru.",
            "Cell {cell} of {name} has content beyond the limits of a table (at most {rows} rows and "
            "{columns} columns); empty that cell, or copy the table to a new file.",
            path,
            cell=found.cell,
            rows=most.rows,
            columns=most.columns,
        ) from None


def _source(book: Workbook, place: int) -> IO[bytes]:
    """The XML of a sheet. openpyxl knows where it is and has no public way to say."""
    source: IO[bytes] = book.worksheets[place]._get_source()  # type: ignore[attr-defined]
    return source


def _lines(book: Workbook, sheet: Worksheet, shape: Shape) -> Iterator[list[str]]:
    worksheet = book.worksheets[sheet.place]
    for cells in worksheet.iter_rows(max_row=shape.last_row, max_col=shape.columns, values_only=True):
        filled = next((at for at in range(len(cells), 0, -1) if cells[at - 1] is not None), 0)
        yield [_cell(value) for value in cells[:filled]]


@contextmanager
def _opened(path: Path, most: Most) -> Iterator[Workbook]:
    with _reading(path):
        _refuse_bomb(path, most.unpacked)
        # As a file, for a workbook is one whatever its name ends with.
        with (
            path.open("rb") as file,
            closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book,
        ):
            yield book


def _refuse_bomb(path: Path, most: int) -> None:
    """A small file can unpack to gigabytes. What its list of parts says is the most that comes out."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise other_kind(path, BINARY)
    if "content.xml" in names and "mimetype" in names:
        raise other_kind(path, OPEN_DOCUMENT)
    size = sum(part.file_size for part in parts)
    if size > most:
        raise _too_large(path, size, most)


def _too_large(path: Path, size: int, most: int) -> Refused:
    return file_refused(
        "file-too-large",
        "Berkas {name} berisi {size} MB jika dibuka, paling banyak {limit} MB; salin tabelnya ke berkas "
        "baru.",
        "The file {name} holds {size} MB unpacked, more than the {limit} MB allowed; copy the table to a "
        "new file.",
        path,
        size=size // 1_000_000,
        limit=most // 1_000_000,
    )


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except (AppError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  # a damaged workbook makes its reader raise nearly anything
        raise damaged(path, str(error)) from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != datetime.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: int | float) -> str:
    """With the 15 digits that Excel keeps, and an exponent where there were more: these are lost."""
    if abs(value) < _ALL_DIGITS_KEPT:
        return str(int(value)) if value == int(value) else f"{value:.15g}"
    return f"{value:.14E}"

"""Reading a table from a CSV or XLSX file: a header and numbered rows of text, or one clear refusal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product, zip_longest
from pathlib import Path

from survey_app.errors import Refused
from survey_app.services.files import readers, workbook
from survey_app.services.files.errors import damaged, file_refused
from survey_app.services.files.kinds import is_workbook
from survey_app.services.files.workbook import Most
from survey_app.text import Text

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
#: Rows times columns of the header: two hundred thousand rows of fifty columns.
MAX_CELLS = 10_000_000
#: Lines of a CSV file with the blank ones: as where every other line is blank.
_MOST_LINES = 2 * MAX_ROWS
#: As much of a line as shows which delimiter it has.
_SHOWS_DELIMITER = 100_000
#: Lines among which the header is looked for; above it stand a title and what the table is of.
HEADER_WITHIN = 15

#: Whether the cells of a line are those of a header.
IsHeader = Callable[[Sequence[str]], bool]
_Line = tuple[int, Sequence[str]]
_Stripped = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """`rows` are (line number in the file, one text per column of `header`); empty lines are left out.

    Attributes:
        sheet: names the workbook's sheet unless it is the first.
        hidden_rows, hidden_columns, hidden: lines of `rows`, columns by name, or the sheet itself that a
            filter or a person has hidden in the workbook: read as the rest is, and not seen by who opens it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_line: int
    sheet: str | None = None
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    hidden: bool = False


def read_table(path: Path, *, headers: Sequence[IsHeader] = (), sheet: str | None = None) -> Table:
    """Read one sheet of an XLSX file, or a CSV file separated by comma, semicolon or tab.

    Args:
        headers: the header is the first line that the first of these knows, alone or as the lower of two
            lines, else the next of them, and else the first with at least half as many cells as the fullest.
        sheet: the sheet to read; needed where several hold something.

    Raises:
        Refused: `file-missing`, `file-too-large`, `file-encoding`, `file-damaged`, `file-empty`, `file-kind`
            and `file-encrypted` for what is neither, `file-dimensions` for cells too far off,
            `file-too-heavy` and `file-too-slow` to read,
            `sheet-needed`, `sheet-unknown`,
            `file-uncertain-cells` for merged cells and formulas without a value below the header,
            `row-too-long` for a row with more cells than the header: something has shifted.
    """
    _refuse_size(path)
    if is_workbook(path):
        return _from_workbook(path, sheet, headers)
    if sheet is not None:
        raise workbook.unknown_sheet(path, sheet, "")
    return _table(_csv_lines(path, headers), path, headers)


def names_of(table: Table, places: Iterable[int]) -> tuple[str, ...]:
    """Names of the columns at `places`; those without a name by their number where they hold anything."""
    return tuple(
        table.header[at] or f"{at + 1} (tanpa judul)"
        for at in places
        if table.header[at] or any(cells[at] for _, cells in table.rows)
    )


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook that hold anything, to choose from; none of a CSV file.

    Raises:
        Refused: as `read_table` before it reads a sheet.
    """
    _refuse_size(path)
    return readers.names(path, _most()) if is_workbook(path) else []


def _refuse_size(path: Path) -> None:
    if not path.is_file():
        raise file_refused("file-missing", "Berkas {name} tidak ada.", "There is no file {name}.", path)
    if path.stat().st_size > MAX_BYTES:
        raise file_refused(
            "file-too-large", "Berkas {name} lebih dari 50 MB.", "The file {name} is over 50 MB.", path
        )


def _most() -> Most:
    """As much as a CSV file may hold, and blank lines between the rows."""
    return Most(workbook.MAX_UNPACKED, MAX_ROWS + 10_000, MAX_COLUMNS, MAX_BYTES)


def _from_workbook(path: Path, name: str | None, headers: Sequence[IsHeader]) -> Table:
    with readers.sheet(path, name, _most()) as sheet:
        table = _table(sheet.lines, path, headers, sheet.columns)
    # A line of formulas alone, none of them computed, is empty here and not for who opens the file.
    below = {line for line, _ in table.rows} | {n for n in sheet.uncomputed if n > table.header_line}
    if places := [sheet.uncertain[line] for line in sorted(below) if line in sheet.uncertain]:
        raise file_refused(
            "file-uncertain-cells",
            "Sel {cells} pada {name} digabung atau rumusnya belum dihitung; tempelkan sebagai nilai.",
            "Cells {cells} of {name} are merged or hold a formula without a value; paste them as values.",
            path,
            cells=", ".join(dict.fromkeys(places)),
        )
    return replace(
        table,
        sheet=sheet.name if sheet.place else None,
        hidden_rows=tuple(line for line, _ in table.rows if line in sheet.hidden_rows),
        hidden_columns=tuple(n for at, n in enumerate(table.header, start=1) if at in sheet.hidden_columns),
        hidden=sheet.hidden,
    )


def _csv_lines(path: Path, headers: Sequence[IsHeader]) -> Iterator[_Line]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise file_refused(
            "file-encoding",
            "Berkas {name} bukan UTF-8 (baris {line}); simpan ulang sebagai CSV UTF-8.",
            "The file {name} is not UTF-8 (line {line}); save it again as CSV UTF-8.",
            path,
            line=line,
        ) from None
    before = 0
    try:
        # Only what ends a line for a spreadsheet ends one here: a comment may hold other separators.
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=_delimiter(text, headers), strict=True)
        for read, cells in enumerate(reader, start=1):
            before = reader.line_num
            if read > _MOST_LINES:
                raise _too_many(path)
            if len(cells) > MAX_COLUMNS:
                if any(cells[MAX_COLUMNS:]):
                    raise _too_wide(path, before)
                del cells[
                    MAX_COLUMNS:
                ]  # millions of separators are no reason to look at each again and again
            if before > 1 or not _SEPARATOR.match(text):
                yield before, cells
    except csv.Error:
        detail = Text(
            "tanda kutip pada baris {line} tidak ditutup atau tidak berpasangan",
            "a quotation mark on line {line} is not closed or has no partner",
        )
        raise damaged(path, detail.format(line=before + 1)) from None


def _too_many(path: Path) -> Refused:
    return file_refused(
        "file-too-large",
        "Berkas {name} lebih dari {lines} baris, termasuk yang kosong.",
        "The file {name} has more than {lines} lines, empty ones among them.",
        path,
        lines=_MOST_LINES,
    )


def _too_wide(path: Path, line: int) -> Refused:
    return file_refused(
        "file-dimensions",
        "Baris {line} pada {name} berisi lebih dari {columns} kolom, terlalu banyak untuk sebuah tabel.",
        "Row {line} of {name} has more than {columns} columns, too many for a table.",
        path,
        line=line,
        columns=MAX_COLUMNS,
    )


#: What Excel understands as the first line of a CSV file.
_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


def _delimiter(text: str, headers: Sequence[IsHeader]) -> str:
    """What the file says; else what shows a header among the first lines; else the most frequent one."""
    if said := _SEPARATOR.match(text):
        return said[1]
    lines = [line[:_SHOWS_DELIMITER] for line in islice(io.StringIO(text), HEADER_WITHIN)]
    for is_header, delimiter in product(headers, ",;\t"):
        if any(is_header(cells) for cells in csv.reader(lines, delimiter=delimiter)):
            return delimiter
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _table(lines: Iterable[_Line], path: Path, headers: Sequence[IsHeader], columns: int = 0) -> Table:
    """`columns` of the sheet: how wide its header is at least, with or without names."""
    stripped = ((number, tuple(cell.strip() for cell in cells)) for number, cells in lines)
    top = list(islice(stripped, HEADER_WITHIN))
    known = (at for is_header in headers for at in _places(top, is_header))
    at = next(chain(known, _widest(top)), None)
    rows = []
    if at is not None:
        number, cells = top[at]
        top[at] = (number, cells + ("",) * (columns - len(cells)))
        rows = _rows(chain(top[at + 1 :], stripped), top[at], path)
    if at is None or not rows:
        raise file_refused(
            "file-empty", "Berkas {name} tidak berisi baris data.", "{name} has no data rows.", path
        )
    return Table(header=_names(top, at), rows=tuple(rows), header_line=top[at][0])


def _places(top: Sequence[_Stripped], is_header: IsHeader) -> Iterator[int]:
    """Where the header may stand: on one line, or else on two, whose lower one has the rest of the names."""
    yield from (at for at, (_, cells) in enumerate(top) if is_header(cells))
    yield from (at for at in range(1, len(top)) if is_header(_names(top, at)))


def _widest(top: Sequence[_Stripped]) -> Iterator[int]:
    """Without any known name: the first line with at least half the cells of the fullest, so no title."""
    filled = [sum(map(bool, cells)) for _, cells in top]
    yield from (at for at, n in enumerate(filled) if n and 2 * n >= max(filled))


def _names(top: Sequence[_Stripped], at: int) -> tuple[str, ...]:
    """The header; a column without a name in it has that of the line above, as where the two are merged."""
    header, above = top[at][1], top[at - 1][1] if at else ()
    return tuple(name or other for name, other in zip_longest(header, above[: len(header)], fillvalue=""))


def _rows(lines: Iterable[_Stripped], header: _Stripped, path: Path) -> list[_Stripped]:
    header_line, names = header
    columns, rows = len(names), list[_Stripped]()
    for number, cells in lines:
        if any(cells[columns:]):
            raise _too_long(path, number, header_line, names)
        if any(cells):
            rows.append((number, (cells + ("",) * columns)[:columns]))
        if len(rows) > min(MAX_ROWS, MAX_CELLS // max(1, columns)):
            raise file_refused(
                "file-too-large", "Berkas {name} lebih dari {rows} baris dengan {columns} kolom.",
                "The file {name} has more than {rows} rows of {columns} columns.",
                path, rows=len(rows) - 1, columns=columns,
            )  # fmt: skip
    return rows


def _too_long(path: Path, line: int, header_line: int, names: Sequence[str]) -> Refused:
    return file_refused(
        "row-too-long",
        "Baris {line} pada {name} berisi lebih banyak sel daripada baris judul kolom. Baris {at} dibaca "
        "sebagai judul kolom: {header}.",
        "Row {line} of {name} has more cells than the header. Row {at} was read as the header: {header}.",
        path,
        line=line,
        at=header_line,
        header=" | ".join(name for name in names if name)[:200],
    )

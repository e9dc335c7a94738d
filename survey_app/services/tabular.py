"""Reading a table from a CSV or XLSX file: a header and numbered rows of text, or one clear refusal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice, product, zip_longest
from pathlib import Path

from survey_app.services import workbook
from survey_app.services.file_errors import damaged, file_refused
from survey_app.text import Text

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
#: Lines among which the header is looked for; above it stand a title and what the table is of.
HEADER_WITHIN = 15

#: Whether the cells of a line are those of a header.
IsHeader = Callable[[Sequence[str]], bool]
_Line = tuple[int, Sequence[str]]
_IsHeaderLine = Callable[[_Line], bool]


@dataclass(frozen=True)
class Table:
    """`rows` are (line number in the file, one text per column of `header`); empty lines are left out.

    `sheet` names the workbook's sheet unless it is the first. What is hidden (lines, columns by name, or the
    sheet) is read as the rest is, and not seen by whoever opens the workbook.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_line: int
    sheet: str | None = None
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    hidden: bool = False


def read_table(
    path: Path,
    header_row: int | None = None,
    *,
    headers: Sequence[IsHeader] = (),
    sheet: str | None = None,
) -> Table:
    """Read one sheet of an XLSX file, or a CSV file separated by comma, semicolon or tab.

    Args:
        header_row: counts from 1; None takes the first line that the first of `headers` knows, else the
            next of them, and else the first that is not empty.
        sheet: the sheet to read; needed where several hold something.

    Raises:
        Refused: `file-missing`, `file-too-large`, `file-encoding`, `file-damaged`, `file-empty`,
            `sheet-needed`, `sheet-unknown`,
            `file-uncertain-cells` for merged cells and formulas without a value below the header,
            `row-too-long` for a row with more cells than the header: something has shifted.
    """
    if not path.is_file():
        raise file_refused("file-missing", "Berkas {name} tidak ada", "There is no file {name}", path)
    if path.stat().st_size > MAX_BYTES:
        raise file_refused(
            "file-too-large", "Berkas {name} lebih dari 50 MB", "The file {name} is over 50 MB", path
        )
    chosen = _header_tests(header_row, headers)
    if workbook.is_workbook(path):
        return _from_workbook(path, sheet, chosen)
    if sheet is not None:
        raise workbook.unknown_sheet(path, sheet, "")
    return _table(_csv_lines(path, headers), path, chosen)


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook that hold anything, to choose from; none of a CSV file.

    Raises:
        Refused: `file-damaged`, `file-too-large`.
    """
    return [sheet.name for sheet in workbook.sheets(path)] if workbook.is_workbook(path) else []


def _from_workbook(path: Path, name: str | None, chosen: Sequence[_IsHeaderLine]) -> Table:
    sheet = workbook.choose_sheet(path, name)
    lines = workbook.sheet_lines(path, sheet)
    table = _table(lines, path, chosen, sheet.name if sheet.place else None)
    marks = workbook.marks(path, sheet)
    uncertain = marks.uncertain
    if places := [uncertain[line] for line, _ in table.rows if line in uncertain]:
        raise file_refused(
            "file-uncertain-cells",
            "Sel {cells} pada {name} digabung atau rumusnya belum dihitung; tempelkan sebagai nilai",
            "Cells {cells} of {name} are merged or hold a formula without a value; paste them as values",
            path,
            cells=", ".join(dict.fromkeys(places)),
        )
    return replace(
        table,
        hidden_rows=tuple(line for line, _ in table.rows if line in marks.rows),
        hidden_columns=tuple(n for at, n in enumerate(table.header, start=1) if at in marks.columns),
        hidden=marks.hidden,
    )


def _header_tests(header_row: int | None, headers: Sequence[IsHeader]) -> Sequence[_IsHeaderLine]:
    """What tells the header, the surest first."""
    if header_row is not None:
        return [lambda line: line[0] == header_row]
    return [partial(_cells_are, is_header) for is_header in (*headers, any)]


def _cells_are(is_header: IsHeader, line: _Line) -> bool:
    return is_header(line[1])


def _csv_lines(path: Path, headers: Sequence[IsHeader]) -> Iterator[_Line]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise file_refused(
            "file-encoding",
            "Berkas {name} bukan UTF-8 (baris {line}); simpan ulang sebagai CSV UTF-8",
            "The file {name} is not UTF-8 (line {line}); save it again as CSV UTF-8",
            path,
            line=line,
        ) from None
    before = 0
    try:
        # Only what ends a line for a spreadsheet ends one here: a comment may hold other separators.
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=_delimiter(text, headers), strict=True)
        for cells in reader:
            before = reader.line_num
            if before > 1 or not _SEPARATOR.match(text):
                yield before, cells
    except csv.Error:
        detail = Text(
            "tanda kutip pada baris {line} tidak ditutup atau tidak berpasangan",
            "a quotation mark on line {line} is not closed or has no partner",
        )
        raise damaged(path, detail.format(line=before + 1)) from None


#: What Excel understands as the first line of a CSV file.
_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)


def _delimiter(text: str, headers: Sequence[IsHeader]) -> str:
    """What the file says; else what shows a header among the first lines; else the most frequent one."""
    if said := _SEPARATOR.match(text):
        return said[1]
    lines = list(islice(io.StringIO(text), HEADER_WITHIN))
    for is_header, delimiter in product(headers, ",;\t"):
        if any(is_header(cells) for cells in csv.reader(lines, delimiter=delimiter)):
            return delimiter
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _table(
    lines: Iterable[_Line],
    path: Path,
    chosen: Sequence[_IsHeaderLine],
    sheet: str | None = None,
) -> Table:
    stripped = ((number, tuple(cell.strip() for cell in cells)) for number, cells in lines)
    top = list(islice(stripped, HEADER_WITHIN))
    places = (i for is_it in chosen for i, line in enumerate(top) if is_it(line))
    at = next(places, None)
    rows = [] if at is None else _rows(chain(top[at + 1 :], stripped), len(top[at][1]), path)
    if at is None or not rows:
        raise file_refused(
            "file-empty", "Berkas {name} tidak berisi baris data", "{name} has no data rows", path
        )
    return Table(_names(top, at), tuple(rows), top[at][0], sheet)


def _names(top: Sequence[tuple[int, tuple[str, ...]]], at: int) -> tuple[str, ...]:
    """The header; a column without a name in it has that of the line above, as where the two are merged."""
    header = top[at][1]
    above = top[at - 1][1] if at else ()
    return tuple(name or other for name, other in zip_longest(header, above[: len(header)], fillvalue=""))


def _rows(
    lines: Iterable[tuple[int, tuple[str, ...]]], columns: int, path: Path
) -> list[tuple[int, tuple[str, ...]]]:
    rows = []
    for number, cells in lines:
        if any(cells[columns:]):
            raise file_refused(
                "row-too-long",
                "Baris {line} pada {name} lebih panjang daripada judul kolomnya",
                "Row {line} of {name} has more cells than the header",
                path,
                line=number,
            )
        if any(cells):
            rows.append((number, (cells + ("",) * columns)[:columns]))
        if len(rows) > MAX_ROWS:
            raise file_refused(
                "file-too-large", "Berkas {name} lebih dari {rows} baris",
                "The file {name} has more than {rows} rows", path, rows=MAX_ROWS,
            )  # fmt: skip
    return rows

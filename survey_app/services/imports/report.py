"""What became of a file, told line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.errors import Problem, Refused
from survey_app.services.files.tabular import Table
from survey_app.text import Text

#: Lines that are named when many have the same problem; the rest is counted.
_NAMED = 5


@dataclass(frozen=True)
class BadRow:
    """A line with what is wrong with it, or what was left out of it."""

    line: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of a file.

    Attributes:
        rows: read; of them `stored` are new, `known` are in from an earlier import, `bad` were refused.
        ignored_columns: names of the columns that were not read.
        remarks: what was read in another way than it stands there, or cannot be seen in the file.
    """

    rows: int
    stored: int
    known: int
    bad: tuple[BadRow, ...]
    ignored_columns: tuple[str, ...]
    remarks: tuple[Problem, ...] = ()


def told(bad: Sequence[BadRow]) -> list[Problem]:
    """Every problem once, under the lines that have it."""
    lines: dict[Problem, list[int]] = {}
    for row in bad:
        for problem in row.problems:
            lines.setdefault(problem, []).append(row.line)
    return [
        Problem(p.code, named(found) + (f", {p.path}" if p.path else ""), p.text)
        for p, found in lines.items()
    ]


def named(lines: Sequence[int]) -> str:
    """Lines by their numbers, the first of many."""
    shown = ", ".join(str(line) for line in lines[:_NAMED])
    return f"baris {shown}" + (f", … ({len(lines)} baris)" if len(lines) > _NAMED else "")


def refuse_rows(table: Table, bad: Sequence[BadRow]) -> Refused:
    text = Text(
        "{bad} dari {rows} baris belum benar; tidak ada yang disimpan.",
        "Rows with errors: {bad} of {rows}; nothing was stored.",
    )
    return Refused("rows-refused", text.format(bad=len(bad), rows=len(table.rows)), told(bad))


def hidden_parts(table: Table) -> list[Problem]:
    """What is read and cannot be seen by whoever opens the workbook."""
    found = []
    if table.hidden:
        found.append(
            Problem.of(
                "sheet-hidden",
                "",
                "Lembar kerja ini tersembunyi dan ikut dibaca.",
                "This sheet is hidden, and was read.",
            )
        )
    if table.hidden_rows:
        found.append(
            Problem.of(
                "rows-hidden",
                named(table.hidden_rows),
                "{n} baris tersembunyi atau tersaring ikut dibaca.",
                "Rows that are hidden or filtered out, and were read: {n}.",
                n=len(table.hidden_rows),
            )
        )
    if table.hidden_columns:
        found.append(
            Problem.of(
                "columns-hidden",
                "",
                "Kolom tersembunyi ikut dibaca: {names}.",
                "Columns that are hidden, and were read: {names}.",
                names=", ".join(name or "-" for name in table.hidden_columns),
            )
        )
    return found


def zeros_unanswered(n: int, lines: Sequence[int]) -> list[Problem]:
    """How many scores of 0 were taken as not answered."""
    if n == 0:
        return []
    return [
        Problem.of(
            "zeros-unanswered",
            named(lines),
            "{n} nilai 0 dibaca sebagai tidak dijawab.",
            "Scores of 0 that were taken as not answered: {n}.",
            n=n,
        )
    ]


def left_out(lines: Sequence[int]) -> list[Problem]:
    """The rows without a number that are nobody's sheet, as somebody said."""
    if not lines:
        return []
    return [
        Problem.of(
            "row-left-out",
            named(lines),
            "{n} baris tanpa nomor tidak dibaca (--unnumbered leave-out).",
            "Rows without a number that were not read (--unnumbered leave-out): {n}.",
            n=len(lines),
        )
    ]

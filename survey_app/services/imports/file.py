"""What a file of answers says: submissions line by line, with what was asked about it answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics import Period
from survey_app import instruments
from survey_app.errors import Problem
from survey_app.services.answers.intake import Channel, Submission, TimeSource
from survey_app.services.files.tabular import Table, read_table
from survey_app.services.imports.columns import Columns, Order, headers, read_columns
from survey_app.services.imports.dates import DateReader, Dates, order_of
from survey_app.services.imports.known import NOON, Equal
from survey_app.services.imports.labels import Unnumbered, told_unnumbered, total_in, unnumbered_lines
from survey_app.services.imports.report import BadRow, hidden_parts, left_out, told, zeros_unanswered
from survey_app.services.imports.row_ids import FileOrigin, digest
from survey_app.services.imports.rows import Row, RowReader
from survey_app.services.imports.scores import is_zero, score_reader
from survey_app.storage.imports import AnswerImport
from survey_app.storage.places import Unit


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says where a file cannot; None is nothing said, so that what is doubtful is asked.

    Attributes:
        order: what U8 and U9 hold.
        dates: what stands first in a date.
        scale: what the numbers are: 1-4, 0-3, 25-100.
        unnumbered: what rows without a number are.
        equal: what sheets are that equal those of another file.
        sheet: the worksheet of a workbook that has several.
        accept_valid: store the good rows although others are bad.
        add: the file holds sheets beside those of other files; who says what equal ones are says so too.
    """

    order: Order | None = None
    dates: Dates | None = None
    scale: str | None = None
    unnumbered: Unnumbered | None = None
    equal: Equal | None = None
    sheet: str | None = None
    accept_valid: bool = False
    add: bool = False

    @property
    def adds(self) -> bool:
        """Whether it is said, in either way, that the file holds further sheets."""
        return self.add or self.equal is not None


#: A file that speaks for itself.
NOTHING_SAID = Said()


@dataclass(frozen=True)
class Line:
    """A row that can be taken, as far as the file says."""

    number: int
    row: Row
    submission: Submission


@dataclass(frozen=True, kw_only=True)
class AnswerFile:
    """A file as it was read for a unit and period."""

    table: Table
    source: FileOrigin
    lines: tuple[Line, ...]
    bad: tuple[BadRow, ...]
    ignored_columns: tuple[str, ...]
    remarks: tuple[Problem, ...]

    def after(self, before: Iterable[AnswerImport]) -> AnswerFile:
        """The same in the turn that follows the unit's imports so far."""
        source = self.source.after(before)
        if source.turn == self.source.turn:
            return replace(self, source=source)
        lines = (
            replace(line, submission=replace(line.submission, id=source.row_id(line.number, line.row.day)))
            for line in self.lines
        )
        return replace(self, source=source, lines=tuple(lines))

    def stored_ids(self) -> dict[UUID, UUID]:
        """The ids under which its lines may be stored and count, and the id that each line has now."""
        ids = {line.submission.id: line.submission.id for line in self.lines}
        for line in self.lines if self.source.counted else ():
            ids |= dict.fromkeys(self.source.other_ids(line.number, line.row.day), line.submission.id)
        return ids


@dataclass(frozen=True)
class Calendar:
    """When the rows of a file were answered, as far as the file says."""

    period: Period
    zone: ZoneInfo
    now: datetime

    def moment(self, row: Row) -> datetime | None:
        """The row's moment; noon of its day; without one, of the period's last day.

        None in the future, but now where the day, or a last month without days, is not over.
        """
        if row.at is not None:
            return row.at if row.at <= self.now else None
        day, last = row.day, self.period.last_day
        noon = datetime.combine(day or last, NOON, self.zone)
        if noon <= self.now:
            return noon
        today = self.now.astimezone(self.zone).date()
        still_open = day == today if day else (today.year, today.month) == (last.year, last.month)
        return self.now if still_open else None


def read_file(path: Path, unit: Unit, period: Period, now: datetime, said: Said) -> AnswerFile:
    """Read a file of answers for a unit and period.

    Raises:
        Refused: what `read_table`, `read_columns`, `order_of` and `score_reader` say, and `row-unnumbered`.
    """
    instrument = instruments.get(unit.instrument)
    table = read_table(path, sheet=said.sheet, headers=headers(instrument))
    columns = read_columns(table, instrument, said.order)
    source = FileOrigin(unit.code, digest(path, table.sheet), period)
    unnumbered = unnumbered_lines(table, columns)
    if unnumbered and said.unnumbered is None:
        raise told_unnumbered(unnumbered)
    nobody = set(unnumbered) if said.unnumbered == "leave-out" else set()
    rows = [(line, cells) for line, cells in table.rows if line not in nobody]
    calendar = Calendar(period, ZoneInfo(unit.time_zone), now)
    sheets = [(line, cells) for line, cells in rows if total_in(columns, table.header, cells) is None]
    reader = _reader(table, columns, sheets, calendar, said)
    lines, bad, remarks = _read_rows(rows, reader, source, calendar)
    zeros = _zeros(columns, sheets) if reader.scores.values[0] is None else {}
    return AnswerFile(
        table=table,
        source=source,
        lines=tuple(lines),
        bad=tuple(bad),
        ignored_columns=columns.ignored,
        remarks=(
            *hidden_parts(table),
            *left_out(unnumbered if nobody else ()),
            *zeros_unanswered(sum(zeros.values()), list(zeros)),
            *told(remarks),
        ),
    )


def _reader(
    table: Table,
    columns: Columns,
    sheets: Sequence[tuple[int, Sequence[str]]],
    calendar: Calendar,
    said: Said,
) -> RowReader:
    scores = ([cells[at] for at in columns.unsur.values()] for _, cells in sheets)
    at = columns.other.get("date")
    dates = order_of(((line, cells[at]) for line, cells in sheets) if at is not None else (), said.dates)
    return RowReader(
        header=table.header,
        columns=columns,
        scores=score_reader(columns.instrument, scores, said.scale),
        dates=DateReader(dates, calendar.zone),
        period=calendar.period,
    )


def _zeros(columns: Columns, sheets: Sequence[tuple[int, Sequence[str]]]) -> dict[int, int]:
    """How many scores of 0 each line has that has any."""
    counted = {line: sum(is_zero(cells[at]) for at in columns.unsur.values()) for line, cells in sheets}
    return {line: zeros for line, zeros in counted.items() if zeros}


def _read_rows(
    rows: Sequence[tuple[int, Sequence[str]]], reader: RowReader, source: FileOrigin, calendar: Calendar
) -> tuple[list[Line], list[BadRow], list[BadRow]]:
    lines, bad, remarks = [], [], []
    for number, cells in rows:
        row = reader.read(cells)
        moment = calendar.moment(row)
        problems = row.problems if moment else (*row.problems, _not_yet(row, calendar))
        if problems:
            bad.append(BadRow(number, problems))
            continue
        if row.remarks:
            remarks.append(BadRow(number, row.remarks))
        lines.append(Line(number, row, _submission(row, number, moment, source)))
    return lines, bad, remarks


def _submission(row: Row, number: int, moment: datetime | None, source: FileOrigin) -> Submission:
    return Submission(
        id=source.row_id(number, row.day),
        unit=source.unit,
        answers=row.answers,
        channel=Channel.IMPORT,
        service=row.service,
        profile=row.profile,
        comment=row.comment,
        client_time=moment,
        time_source=TimeSource.ROW if row.day else TimeSource.PERIOD,
    )


def _not_yet(row: Row, calendar: Calendar) -> Problem:
    if row.day is not None:
        return Problem.of(
            "date-future",
            "tanggal",
            "Tanggal {day} ada di masa depan.",
            "The date {day} is in the future.",
            day=row.at.astimezone(calendar.zone) if row.at else row.day,
        )
    return Problem.of(
        "period-not-over",
        "tanggal",
        "Periode {period} belum berakhir; isi kolom tanggal atau pilih periode yang lebih pendek.",
        "The period {period} is not over; fill in a column tanggal or choose a shorter period.",
        period=calendar.period,
    )

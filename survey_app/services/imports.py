"""Importing answer sheets from a file: all of it or nothing, unless the valid rows alone are wanted.

Rows go through the same intake as every other answer. The same file imported twice is counted once. Another
file for the same unit and period may be the same sheets, corrected or saved anew: it is refused until someone
says that it holds further ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from analytics.period import Period
from survey_app import instruments
from survey_app.errors import NotFound, Problem, Refused
from survey_app.services import catalogue, clock, intake, intake_checks, results
from survey_app.services.catalogue import DEFAULT_SERVICE
from survey_app.services.import_columns import Columns, Order, headers, read_columns
from survey_app.services.import_rows import read_row
from survey_app.services.import_source import Source, digest, refuse_repeated, refuse_reread
from survey_app.services.intake import Channel, Rejection, Submission, TimeSource
from survey_app.services.intake_checks import FormContext
from survey_app.services.tabular import Table, read_table
from survey_app.storage import catalog, imported, responses
from survey_app.storage.catalog import Service, Unit
from survey_app.storage.database import Connection, Database
from survey_app.storage.responses import NewResponse
from survey_app.text import Text

#: Lines that are named when many have the same problem; the rest is counted.
_NAMED = 5


@dataclass(frozen=True)
class NewUnit:
    """The unit to create for the file's rows, and its agency, created too when there is none."""

    name: str
    agency: str
    time_zone: str
    instrument: str = catalogue.DEFAULT_INSTRUMENT


@dataclass(frozen=True)
class BadRow:
    line: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class ImportReport:
    """What became of a file: rows read, newly stored, known from an earlier import, and bad ones."""

    rows: int
    stored: int
    known: int
    bad: tuple[BadRow, ...]
    ignored_columns: tuple[str, ...]


def import_responses(
    database: Database,
    path: Path,
    unit_code: str,
    period: Period,
    now: datetime,
    *,
    order: Order | None = None,
    create: NewUnit | None = None,
    accept_valid: bool = False,
    add: bool = False,
    sheet: str | None = None,
) -> ImportReport:
    """Import the answer sheets in `path` for a unit and period.

    Columns are U1..U9 or unsur keys; optional are tanggal, layanan, saran and the profile fields. Rows
    without a date go to the last month of the period and are marked so.

    Args:
        create: the unit to create when there is none.
        accept_valid: store the good rows although others are bad.
        add: the file holds sheets beside those of other files imported for the unit and period.
        sheet: the worksheet of a workbook that has several.

    Raises:
        Refused: the file, its columns or its rows, or what `refuse_repeated` and `refuse_reread`
            say; nothing was stored.
        NotFound: `unit-unknown` when the unit exists neither before nor by `create`.
    """
    context = _context(database, unit_code, create)
    instrument = instruments.get(context.unit.instrument)
    table = read_table(path, sheet=sheet, headers=headers(instrument))
    columns = read_columns(table, instrument, order)
    calendar = _Calendar(period, ZoneInfo(context.unit.time_zone), now)
    source = Source(unit_code, digest(path, table.sheet), period)
    submissions, days, bad = _read_rows(table, columns, source, calendar)
    check = partial(refuse_repeated, source=source, days=days, add=add)
    with database.read() as connection:
        check(connection, context.unit.id)
    clock.check(database, now)
    prepared, refused = _prepare(context, submissions, now)
    bad = sorted([*bad, *refused], key=lambda row: row.line)
    if bad and not accept_valid:
        raise _refuse_rows(table, bad)
    stored = _store(database, unit_code, create, submissions, check, now) if prepared else 0
    return ImportReport(len(table.rows), stored, len(prepared) - stored, tuple(bad), columns.ignored)


def _context(database: Database, unit_code: str, create: NewUnit | None) -> FormContext:
    """The unit the rows are for; one that is yet to be created is stood in for, so that nothing is stored."""
    existing = intake.load_context(database, unit_code)
    if existing is not None:
        return existing
    if create is None:
        raise NotFound("unit-unknown", intake_checks.unknown_unit(unit_code).text)
    catalogue.check_new_unit(unit_code, create.name, create.time_zone, create.instrument)
    unit = Unit(0, 0, unit_code, create.name, create.time_zone, create.instrument, active=True)
    return FormContext(unit, (Service(0, 0, *DEFAULT_SERVICE, active=True),))


@dataclass(frozen=True)
class _Calendar:
    """When the rows of a file were answered, as far as the file says."""

    period: Period
    zone: ZoneInfo
    now: datetime

    def moment(self, day: date | None) -> datetime | None:
        """Noon of `day`; without one, of the period's last day, or now in a last month that is not over."""
        last = self.period.last_day
        noon = datetime.combine(day or last, time(12), self.zone)
        if noon <= self.now:
            return noon
        today = self.now.astimezone(self.zone).date()
        still_open = day == today if day else (today.year, today.month) == (last.year, last.month)
        return self.now if still_open else None


def _read_rows(
    table: Table, columns: Columns, source: Source, calendar: _Calendar
) -> tuple[list[tuple[int, Submission]], dict[int, date | None], list[BadRow]]:
    submissions, days, bad = [], dict[int, date | None](), []
    for line, cells in table.rows:
        row = read_row(columns, cells, calendar.period)
        moment = calendar.moment(row.day)
        problems = row.problems if moment else (*row.problems, _not_yet(row.day, calendar.period))
        if problems:
            bad.append(BadRow(line, problems))
            continue
        submission = Submission(
            id=source.row_id(line, row.day),
            unit=source.unit,
            answers=row.answers,
            channel=Channel.IMPORT,
            service=row.service,
            profile=row.profile,
            comment=row.comment,
            client_id=source.client,
            client_time=moment,
            time_source=TimeSource.ROW if row.day else TimeSource.PERIOD,
        )
        submissions.append((line, submission))
        days[line] = row.day
    return submissions, days, bad


def _prepare(
    context: FormContext, submissions: Sequence[tuple[int, Submission]], now: datetime
) -> tuple[list[NewResponse], list[BadRow]]:
    prepared, refused = [], []
    for line, submission in submissions:
        outcome = intake.prepare(context, submission, now)
        if isinstance(outcome, Rejection):
            refused.append(BadRow(line, outcome.problems))
        else:
            prepared.append(outcome)
    return prepared, refused


def _store(
    database: Database,
    unit_code: str,
    create: NewUnit | None,
    submissions: Sequence[tuple[int, Submission]],
    check: Callable[[Connection, int], None],
    now: datetime,
) -> int:
    def write(connection: Connection) -> int:
        context = _stored_context(connection, unit_code, create)
        # Once more, now that no other import for the unit can come in between.
        imported.lock(connection, context.unit.id)
        check(connection, context.unit.id)
        prepared, _ = _prepare(context, submissions, now)
        refuse_reread(connection, prepared)
        return responses.insert_many(connection, prepared)

    stored = database.write(write)
    results.refresh(database)
    return stored


def _stored_context(connection: Connection, unit_code: str, create: NewUnit | None) -> FormContext:
    """The unit, created in the same transaction as its rows when there is none yet."""
    unit = catalog.find_unit(connection, unit_code)
    if unit is None:
        assert create is not None  # else the import was refused before
        agency = catalog.find_agency(connection, create.agency)
        agency = agency or catalog.add_agency(connection, create.agency, create.agency)
        names = (unit_code, create.name.strip(), create.time_zone, create.instrument)
        unit, _ = catalog.add_unit(connection, agency.id, *names, DEFAULT_SERVICE)
    return FormContext(unit, tuple(catalog.services(connection, unit.id)))


def _not_yet(day: date | None, period: Period) -> Problem:
    if day is not None:
        return Problem.of(
            "date-future",
            "tanggal",
            "Tanggal {day} ada di masa depan.",
            "The date {day} is in the future.",
            day=day,
        )
    return Problem.of(
        "period-not-over",
        "tanggal",
        "Periode {period} belum berakhir; isi kolom tanggal atau pilih periode yang lebih pendek.",
        "The period {period} is not over; fill in a column tanggal or choose a shorter period.",
        period=period,
    )


def told(bad: Sequence[BadRow]) -> list[Problem]:
    """Every problem once, under the lines that have it."""
    lines: dict[Problem, list[int]] = {}
    for row in bad:
        for problem in row.problems:
            lines.setdefault(problem, []).append(row.line)
    return [
        Problem(p.code, _lines(found) + (f", {p.path}" if p.path else ""), p.text)
        for p, found in lines.items()
    ]


def _lines(lines: Sequence[int]) -> str:
    named = ", ".join(str(line) for line in lines[:_NAMED])
    return f"baris {named}" + (f", … ({len(lines)} baris)" if len(lines) > _NAMED else "")


def _refuse_rows(table: Table, bad: Sequence[BadRow]) -> Refused:
    text = Text(
        "{bad} dari {rows} baris belum benar; tidak ada yang disimpan",
        "Rows that are not right: {bad} of {rows}; nothing was stored",
    )
    return Refused("rows-refused", text.format(bad=len(bad), rows=len(table.rows)), told(bad))

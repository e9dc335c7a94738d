"""Importing answer sheets from a file: all of it or nothing, unless the valid rows alone are wanted.

Rows go through the same intake as every other answer. The same file imported twice is counted once. Another
file for the same unit and period may be the same sheets, corrected, grown or saved anew: it is refused until
someone says that it holds further ones.

Nothing is validated while citizens wait: rows are read, checked and compared in a snapshot, stored by slices
that count for nobody (`staging`), and the transaction that lets them count only looks whether what they stand
on is still so. Where it is not, all of it begins again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics import Period
from survey_app.errors import NotFound, Refused
from survey_app.services.answers import checks, intake
from survey_app.services.answers.intake import Rejection
from survey_app.services.ikm import results
from survey_app.services.imports import staging
from survey_app.services.imports.file import NOTHING_SAID, AnswerFile, Line, Said, read_file
from survey_app.services.imports.known import known_elsewhere
from survey_app.services.imports.repeated import refuse_redated, refuse_repeated, refuse_reread
from survey_app.services.imports.report import BadRow, refuse_rows
from survey_app.services.imports.report import ImportReport as ImportReport
from survey_app.services.imports.report import told as told
from survey_app.services.imports.staging import NewUnit as NewUnit
from survey_app.services.imports.staging import Plan
from survey_app.services.places import audited, catalogue, clock, unit_entry
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import DEFAULT_SERVICE
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import bulk, imports, rollup
from survey_app.storage.database import Connection, Database
from survey_app.storage.places import Agency, Service, Unit
from survey_app.storage.responses import NewResponse
from survey_app.text import Text

#: How often an import begins again when another one for its unit comes in between.
_TRIES = 10
#: What the audit log calls it.
_SERVICE = "imports.importing.import_responses"


def import_responses(
    database: Database,
    acting: Acting,
    path: Path,
    unit_code: str,
    period: Period,
    now: datetime,
    said: Said = NOTHING_SAID,
    *,
    create: NewUnit | None = None,
) -> ImportReport:
    """Import the answer sheets in `path` for a unit and period.

    It is written down who did, in the transaction that lets the rows count.

    Columns are U1..U9 or unsur keys; optional are tanggal, layanan, saran and the profile fields. Rows
    without a date go to the last month of the period and are marked so.

    Args:
        said: what the file cannot say.
        create: the unit to create when there is none.

    Raises:
        Refused: `role-refused`, `scope-refused`; the file, its columns or its rows, or what
            `refuse_repeated`, `refuse_reread`, `refuse_redated` and `known_elsewhere` say; none is stored.
        NotFound: `unit-unknown` when the unit exists neither before nor by `create`.
    """
    code = catalogue.as_code(unit_code)
    # Not what the file is called: people name files after people, and nothing is taken out of the log.
    what = {"service": _SERVICE, "period": str(period)}
    with audited.refusals(database, acting, Action.IMPORT_ANSWERS, what, Scope(unit=code)):
        _require(database, acting, code, create)
    for _ in range(_TRIES):
        # What was read of the file is let go of before rows go in: while 20,000 rows of it are there, each of
        # Python's searches for unused objects takes a third of a second, in which no thread runs.
        plan, report = _plan(database, path, code, period, now, create, said)
        if not plan.rows.values:
            return report
        if staging.carry_out(database, plan, now, partial(_write_down, acting, what, code)):
            results.refresh(database)
            return report
        # Something came in between, and all has to begin again.
    text = Text(
        "Impor lain untuk {unit} masih berlangsung; ulangi setelah selesai.",
        "Other imports for {unit} are still running; repeat this one when they have finished.",
    )
    raise Refused("import-overtaken", text.format(unit=unit_code))


def _require(database: Database, acting: Acting, unit_code: str, create: NewUnit | None) -> None:
    """Let nobody pass who may not import for the unit, or may not create it where there is none."""
    acting.require_action(Action.IMPORT_ANSWERS)
    existing = unit_entry.find(database, unit_code)
    if existing is not None:
        acting.require(existing, Action.IMPORT_ANSWERS)
    elif create is not None:
        known = {agency.code for agency in catalogue.list_agencies(database)}
        acting.require_whole(create.agency if create.agency in known else None, Action.CREATE_UNITS)


def _write_down(
    acting: Acting, what: Mapping[str, object], unit_code: str, connection: Connection, import_id: int
) -> None:
    done = {**what, "import_id": import_id}
    audited.write(connection, acting, Action.IMPORT_ANSWERS, done, Scope(unit=unit_code))


def _plan(
    database: Database,
    path: Path,
    unit_code: str,
    period: Period,
    now: datetime,
    create: NewUnit | None,
    said: Said,
) -> tuple[Plan, ImportReport]:
    """What is to be stored of the file, and what is told when it is."""
    entry, create = _entry(database, unit_code, create)
    file = read_file(path, entry.unit, period, now, said)
    clock.check(database, now)
    before = staging.imports_before(database, entry.unit.id, file.source)
    file = file.after(before)
    ids = file.stored_ids()
    prepared, refused = _prepare(entry, file.lines, now, _stored_before(database, entry, ids))
    bad = tuple(sorted([*file.bad, *refused], key=lambda row: row.line))
    with database.read() as connection:
        refuse_repeated(
            connection,
            entry.unit.id,
            file.source,
            {line.number: line.row.day for line in file.lines},
            add=said.adds,
        )
        if bad and not said.accept_valid:
            raise refuse_rows(file.table, bad)
        new = _new(connection, file, prepared, entry, said, ids)
    plan = Plan(
        entry=entry,
        create=create,
        before=before,
        source=file.source,
        rows=bulk.ready(database.engine.dialect, new),
        sums=rollup.sums_of(new),
    )
    report = ImportReport(
        rows=len(file.table.rows),
        stored=len(new),
        known=len(prepared) - len(new),
        bad=bad,
        ignored_columns=file.ignored_columns,
        remarks=file.remarks,
    )
    return plan, report


def _entry(database: Database, unit_code: str, create: NewUnit | None) -> tuple[UnitEntry, NewUnit | None]:
    """The unit the rows are for; one that is yet to be created is stood in for, so that nothing is stored."""
    existing = unit_entry.find(database, unit_code)
    if existing is not None:
        return existing, None
    if create is None:
        raise NotFound("unit-unknown", checks.unknown_unit(unit_code).text)
    catalogue.check_new_unit(unit_code, create.name, create.time_zone, create.instrument)
    catalogue.check_new_agency(database, create.agency)
    unit = Unit(
        id=0,
        agency_id=0,
        code=unit_code,
        name=create.name,
        time_zone=create.time_zone,
        instrument=create.instrument,
        active=True,
    )
    agency = Agency(0, create.agency, create.agency)
    return UnitEntry(agency, unit, (Service(0, 0, *DEFAULT_SERVICE, active=True),)), create


def _stored_before(database: Database, entry: UnitEntry, ids: Mapping[UUID, UUID]) -> Collection[UUID]:
    """The ids that are stored, where that matters: unit or service takes no more, and these are no more."""
    if _reopened(entry) == entry:
        return ()
    with database.read() as connection:
        return {ids[found] for found in imports.stored_scores(connection, entry.unit.id, list(ids))}


def _reopened(entry: UnitEntry) -> UnitEntry:
    services = tuple(replace(service, active=True) for service in entry.services)
    return replace(entry, unit=replace(entry.unit, active=True), services=services)


def _prepare(
    entry: UnitEntry, lines: Sequence[Line], now: datetime, stored: Collection[UUID]
) -> tuple[list[NewResponse], list[BadRow]]:
    prepared, refused = [], []
    before = _reopened(entry)
    for line in lines:
        outcome = intake.prepare(before if line.submission.id in stored else entry, line.submission, now)
        if isinstance(outcome, Rejection):
            refused.append(BadRow(line.number, outcome.problems))
        else:
            prepared.append(outcome)
    return prepared, refused


def _new(
    connection: Connection,
    file: AnswerFile,
    prepared: Sequence[NewResponse],
    entry: UnitEntry,
    said: Said,
    ids: Mapping[UUID, UUID],
) -> list[NewResponse]:
    """The rows that are not in yet, from this file or from another; `ids` are of `AnswerFile.stored_ids`."""
    refuse_redated(
        connection, entry.unit.id, file.source, {line.number: line.row.other_days for line in file.lines}
    )
    known = refuse_reread(connection, prepared, ids)
    fresh = [row for row in prepared if row.id not in known]
    if not said.adds:
        return fresh
    timed = {line.submission.id for line in file.lines if line.row.at is not None}
    zone = ZoneInfo(entry.unit.time_zone)
    known |= known_elsewhere(connection, file.source, prepared, timed, zone, said.equal)
    return [row for row in fresh if row.id not in known]

"""Storing the rows of a file beside citizens who answer: by slices that count for nobody, then all at once.

An import begins in a short transaction, its rows go in slice by slice, and a last short transaction looks
whether what they stand on is still so and lets them count. Whatever ends it in between leaves rows that count
for nobody: the next attempt at the file abandons them and stores its own in the next turn (see `row_ids`).
Where somebody is at work on the same file just now it is waited for, not abandoned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from survey_app.errors import StorageError
from survey_app.services.imports.row_ids import FileOrigin
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.catalogue import DEFAULT_SERVICE
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import bulk, folding, imports, places
from survey_app.storage.bulk import ReadyRows
from survey_app.storage.database import Connection, Database
from survey_app.storage.imports import AnswerImport
from survey_app.storage.rollup import Cell
from survey_app.storage.tables import ImportState

#: Rows stored in one transaction: citizens wait for one at most, 16 ms of processor time on SQLite.
TOGETHER = 500
#: Seconds without a new row after which nobody is at work on a staged import any more. Wrong is harmless:
#: whoever was abandoned notices it, and begins again.
SILENT = 5.0
#: Seconds between two looks at somebody else's work.
_LOOK = 0.1


@dataclass(frozen=True)
class NewUnit:
    """The unit to create for the file's rows, and its agency, created too when there is none."""

    name: str
    agency: str
    time_zone: str
    instrument: str = catalogue.DEFAULT_INSTRUMENT


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be stored, and what that stands on.

    Attributes:
        entry: the unit as the rows were checked for it; `create` when it is yet to be created.
        before: the unit's imports, of `imports_before`.
        source: the file, in its turn.
        rows: those that are new, ready for the driver.
        sums: what they add up to.
    """

    entry: UnitEntry
    create: NewUnit | None
    before: Sequence[AnswerImport]
    source: FileOrigin
    rows: ReadyRows
    sums: Sequence[Cell]


@dataclass(frozen=True)
class _Begun:
    """An import that has begun for a unit, and the numbers that its rows did not have before."""

    import_id: int
    entry: UnitEntry
    place: Mapping[str, int]


def imports_before(database: Database, unit_id: int, source: FileOrigin) -> list[AnswerImport]:
    """The unit's imports, when nobody else is at work on the same file any more."""
    at_work, since = dict[int, int](), time.monotonic()
    while True:
        with database.read() as connection:
            before = imports.of_unit(connection, unit_id)
            staged = {left.id: imports.rows_of(connection, left.id) for left in _staged(before, source)}
        if staged != at_work:
            at_work, since = staged, time.monotonic()
        if not staged or time.monotonic() - since > SILENT:
            return before
        time.sleep(_LOOK)


def carry_out(database: Database, plan: Plan, now: datetime, note: Callable[[Connection, int], None]) -> bool:
    """Store the rows and let them count; False, and none does, where what they stand on has changed.

    `note` is given the number of the import, in the transaction that lets its rows count.
    """
    begun = database.write(partial(_begin, plan=plan, now=now))
    if begun is None:
        return False
    counted = False
    try:
        staged = _stage(database, plan, begun)
        counted = staged and database.write(partial(_count, plan=plan, begun=begun, note=note))
    finally:
        if not counted:
            # Where this fails too, the next attempt does it.
            with suppress(StorageError):
                database.write(partial(imports.abandon, import_id=begun.import_id, now=now))
    return counted


def _begin(connection: Connection, plan: Plan, now: datetime) -> _Begun | None:
    """Begin the import, and create the unit where it is to be; None where something came in between."""
    code, place = plan.entry.unit.code, {"unit_id": plan.entry.unit.id}
    if plan.create is not None:
        if unit_entry.read(connection, code) is not None:
            return None
        place = _create(connection, code, plan.create)
    # From here on no other import for the unit can come in between.
    imports.lock(connection, place["unit_id"])
    entry = unit_entry.read(connection, code)
    if entry is None or (plan.create is None and entry != plan.entry):
        return None
    found = imports.of_unit(connection, place["unit_id"])
    if _relevant(found, plan.source) != _relevant(plan.before, plan.source):
        return None
    for left in _staged(found, plan.source):
        imports.abandon(connection, left.id, now)
    number = imports.begin(connection, place["unit_id"], plan.source.digest, now, plan.source.turn)
    return _Begun(number, entry, place)


def _stage(database: Database, plan: Plan, begun: _Begun) -> bool:
    """Store the rows, which count for nobody yet; False where the import was abandoned meanwhile."""
    for part in plan.rows.slices(TOGETHER):
        rows = part.placed(import_id=begun.import_id, **begun.place)
        started = time.monotonic()
        if not database.write(partial(_append, rows=rows, import_id=begun.import_id)):
            return False
        if database.is_sqlite:
            # Processes get the lock by trying again and again: half of the time is left to the others.
            time.sleep(time.monotonic() - started)
    with database.read() as connection:
        # One that an answer has brought meanwhile is known when it begins again.
        return imports.rows_of(connection, begun.import_id) == len(plan.rows)


def _append(connection: Connection, rows: ReadyRows, import_id: int) -> bool:
    if imports.state_of(connection, import_id) is not ImportState.STAGED:
        return False
    bulk.append(connection, rows)
    return True


def _count(
    connection: Connection, plan: Plan, begun: _Begun, note: Callable[[Connection, int], None]
) -> bool:
    """Let all rows count, unless what they stand on has changed."""
    imports.lock(connection, begun.place["unit_id"])
    if unit_entry.read(connection, begun.entry.unit.code) != begun.entry:
        return False
    found = imports.of_unit(connection, begun.place["unit_id"])
    if _counted(found) != _counted(plan.before):
        return False
    if imports.state_of(connection, begun.import_id) is not ImportState.STAGED:
        return False
    folding.count_import(connection, begun.import_id, [_placed(cell, begun.place) for cell in plan.sums])
    note(connection, begun.import_id)
    return True


def _counted(found: Sequence[AnswerImport]) -> list[AnswerImport]:
    return [one for one in found if one.state is ImportState.COUNTED]


def _staged(found: Sequence[AnswerImport], source: FileOrigin) -> list[AnswerImport]:
    """Those of the same file that were begun and not finished."""
    return [one for one in found if one.state is ImportState.STAGED and source.made(one)]


def _relevant(found: Sequence[AnswerImport], source: FileOrigin) -> list[AnswerImport]:
    """Those whose rows count, and those of the same file."""
    return [one for one in found if one.state is ImportState.COUNTED or source.made(one)]


def _placed(cell: Cell, place: Mapping[str, int]) -> Cell:
    """Sums of a unit that was not there when they were made stand in its place and service."""
    return cell._replace(unit_id=place["unit_id"], service_id=place.get("service_id", cell.service_id))


def _create(connection: Connection, code: str, create: NewUnit) -> dict[str, int]:
    """The new unit and its service, by their numbers."""
    agency = places.find_agency(connection, create.agency)
    agency = agency or places.add_agency(connection, catalogue.as_code(create.agency), create.agency)
    names = (code, create.name.strip(), create.time_zone, create.instrument)
    unit, service = places.add_unit(connection, agency.id, *names, DEFAULT_SERVICE)
    return {"unit_id": unit.id, "service_id": service.id}

"""Changes of the roll-up that meet: each waits for the one before, none for another that waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.services.ikm import rebuilding, results
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import bulk, emptying, flags, folding, imports, rollup
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import ImportState, flag_month, tail
from survey_app.storage.tables import rollup as cells
from tests.storage.test_rollup import assert_cells_are_sums_of, insert, new_response, read

MONTHS = (202601, 202602, 202603)
#: Seconds until a test that hangs has failed.
PATIENCE = 20.0
Job = Callable[[Connection], object]


def sheets(entry: UnitEntry, scores: str) -> list[NewResponse]:
    return [new_response(entry, scores, month, {"jenis_kelamin": "L"}) for month in MONTHS]


def stage(database: Database, entry: UnitEntry, new: Sequence[NewResponse]) -> int:
    def store(connection: Connection) -> int:
        number = imports.begin(connection, entry.unit.id, "", new[0].received_at)
        bulk.append(connection, bulk.ready(connection.dialect, new).placed(import_id=number))
        return number

    return database.write(store)


def count(database: Database, number: int) -> Job:
    with database.read() as connection:
        sums = folding.sums_of_import(connection, number)
    return lambda connection: folding.count_import(connection, number, sums)


def withdraw(database: Database, number: int) -> Job:
    with database.read() as connection:
        sums = folding.sums_of_import(connection, number)
    return lambda connection: folding.withdraw_import(connection, number, sums)


def change(database: Database, entry: UnitEntry, what: str, number: int) -> Job:
    """What changes cells, prepared by what is stored now."""
    with database.read() as connection:
        computed = folding.compute(connection, entry.unit.id)
    jobs: dict[str, Job] = {
        "fold": folding.refresh,
        "replace": lambda connection: folding.replace(connection, computed),
        "rebuild": lambda connection: folding.rebuild(connection, entry.unit.id),
    }
    if what in jobs:
        return jobs[what]
    return count(database, number) if what == "count" else withdraw(database, number)


def until_somebody_waits(database: Database, doing: threading.Thread) -> None:
    """Until a statement of PostgreSQL waits for a lock; or until there is nothing to wait for."""
    query = sa.text("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")
    last = time.monotonic() + PATIENCE
    while doing.is_alive() and time.monotonic() < last:
        with database.look() as connection:
            if connection.execute(query).first() is not None:
                return
        time.sleep(0.01)


@pytest.mark.parametrize("what", ["fold", "count", "withdraw", "replace", "rebuild"])
def test_what_changes_cells_waits_for_a_fold_that_is_not_done(
    on_postgres: tuple[Database, UnitEntry], what: str
) -> None:
    """PostgreSQL, which has many writers. Otherwise one of two takes away what the other has added."""
    database, entry = on_postgres
    counting = sheets(entry, "444444444")
    insert(database, counting)
    results.refresh(database)
    came, theirs = sheets(entry, "111111111"), sheets(entry, "222222222")
    number = stage(database, entry, theirs)
    if what == "withdraw":
        database.write(count(database, number))
    job = change(database, entry, what, number)
    insert(database, came)
    other = threading.Thread(target=database.write, args=(job,))
    with database.engine.connect() as slow, slow.begin():
        folding.refresh(slow)
        more = sheets(entry, "333333333")
        insert(database, more)
        other.start()
        until_somebody_waits(database, other)
    other.join(PATIENCE)
    assert not other.is_alive()
    if what == "count":
        counting += theirs
    assert_cells_are_sums_of(read(database, entry), [*counting, *came, *more])
    results.refresh(database)
    assert_cells_are_sums_of(read(database, entry), [*counting, *came, *more])


def test_a_month_is_not_emptied_beside_a_fold_that_is_not_done(
    on_postgres: tuple[Database, UnitEntry],
) -> None:
    """Once that is done the flags lack an answer, and nothing is emptied."""
    database, entry = on_postgres
    insert(database, sheets(entry, "444444444"))
    results.refresh(database)
    insert(database, sheets(entry, "111111111"))
    done = list[bool]()

    def empty(connection: Connection) -> None:
        done.append(emptying.empty(connection, entry.unit.id, MONTHS[0], "") is not None)

    other = threading.Thread(target=database.write, args=(empty,))
    with database.engine.connect() as slow, slow.begin():
        folding.refresh(slow)
        other.start()
        until_somebody_waits(database, other)
        assert done == []
    other.join(PATIENCE)
    assert done == [False]


def test_a_rebuild_takes_place_though_hours_of_service_change_meanwhile(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those raise the revision of every month of the unit, and change no cell."""
    new = sheets(unit, "333333333")
    insert(database, new)
    results.refresh(database)
    database.write(lambda connection: connection.execute(sa.update(cells).values(profile='{"usia":{"x":7}}')))
    real = folding.compute

    def compute(connection: Connection, unit_id: int) -> folding.Rebuilt:
        computed = real(connection, unit_id)
        flags.revise_unit(connection, unit_id)
        return computed

    monkeypatch.setattr(folding, "compute", compute)
    database.write(lambda connection: folding.rebuild(connection, unit.unit.id))
    assert_cells_are_sums_of(read(database, unit), new)


def test_a_rebuild_that_comes_too_late_is_made_again(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers were folded in while its cells were computed."""
    before, late = sheets(unit, "333333333"), sheets(unit, "111111111")
    insert(database, before)
    results.refresh(database)
    database.write(lambda connection: connection.execute(sa.update(cells).values(profile='{"usia":{"x":7}}')))
    real, looks = folding.compute, list[int]()

    def compute(connection: Connection, unit_id: int) -> folding.Rebuilt:
        computed = real(connection, unit_id)
        looks.append(len(computed.cells))
        if len(looks) == 1:
            insert(database, late)
            database.write(folding.refresh)
        return computed

    monkeypatch.setattr(folding, "compute", compute)
    assert rebuilding.rebuild(database) == len(MONTHS)
    assert len(looks) == 2
    assert_cells_are_sums_of(read(database, unit), [*before, *late])


def before_files_had_numbers(database: Database, entry: UnitEntry, new: Sequence[NewResponse]) -> int:
    """A file as a migration leaves it: it counts, and its rows are still in the tail."""
    number = stage(database, entry, new)

    def move(connection: Connection) -> None:
        imports.switch(connection, number, ImportState.STAGED, ImportState.COUNTED)
        mine = sa.text("INSERT INTO tail SELECT unit_id, seq FROM response WHERE import_id = :number")
        connection.execute(mine, {"number": number})

    database.write(move)
    return number


@pytest.mark.parametrize("folded", [0, 1, 4, 6])
def test_a_file_is_withdrawn_wherever_its_rows_are(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch, folded: int
) -> None:
    others = sheets(unit, "444444444")
    insert(database, others)
    results.refresh(database)
    number = before_files_had_numbers(
        database, unit, [*sheets(unit, "111111111"), *sheets(unit, "222222222")]
    )
    late = sheets(unit, "333333333")
    insert(database, late)
    if folded:
        monkeypatch.setattr(folding, "FOLDED_TOGETHER", folded)
        database.write(folding.refresh)
    database.write(withdraw(database, number))
    assert_cells_are_sums_of(read(database, unit), [*others, *late])
    with database.read() as connection:
        waiting = connection.execute(sa.select(tail.c.seq)).scalars().all()
        assert len(waiting) == len(late)
        assert rollup.span(connection) == (MONTHS[0], MONTHS[-1])
    monkeypatch.undo()
    results.refresh(database)
    assert_cells_are_sums_of(read(database, unit), [*others, *late])


def test_a_withdrawal_changes_months_in_the_order_of_everybody(
    on_postgres: tuple[Database, UnitEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who flags them takes them one after another too: neither waits for the other for ever."""
    database, entry = on_postgres
    others = sheets(entry, "444444444")
    insert(database, others)
    results.refresh(database)
    number = before_files_had_numbers(database, entry, sheets(entry, "111111111"))
    monkeypatch.setattr(folding, "FOLDED_TOGETHER", 2)
    database.write(folding.refresh)  # those of the last month are still in the tail
    other = threading.Thread(target=database.write, args=(withdraw(database, number),))
    touch = sa.update(flag_month).values(rules=flag_month.c.rules)
    with database.engine.connect() as flagging, flagging.begin():
        flagging.execute(touch.where(flag_month.c.month == MONTHS[0]))
        other.start()
        until_somebody_waits(database, other)
        flagging.execute(touch.where(flag_month.c.month == MONTHS[2]))
    other.join(PATIENCE)
    assert not other.is_alive()
    assert_cells_are_sums_of(read(database, entry), others)

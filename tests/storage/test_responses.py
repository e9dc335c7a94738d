"""Responses: appended exactly once, and never altered."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
import sqlalchemy as sa

from survey_app.errors import Unavailable
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt
from survey_app.services.places import catalogue, clock, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import responses
from survey_app.storage.database import Database, open_database
from survey_app.storage.responses import NewResponse
from tests.submissions import NOW, stored, submission


def test_the_same_id_from_eight_connections_is_one_response(database: Database, unit: UnitEntry) -> None:
    same = submission()
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: intake.accept(database, same, NOW), range(40)))
    assert stored(database) == 1
    assert all(isinstance(r, Receipt) for r in receipts)
    assert len({r.code for r in receipts if isinstance(r, Receipt)}) == 1
    assert sum(not r.again for r in receipts if isinstance(r, Receipt)) == 1


def test_a_receipt_survives_reopening(database_url: str, database: Database, unit: UnitEntry) -> None:
    first = intake.accept(database, submission(), NOW)
    assert isinstance(first, Receipt)
    reopened = open_database(database_url)
    assert stored(reopened) == 1
    reopened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE response SET scores = '444444444'",
        "UPDATE response SET unit_id = unit_id + 1",
        "UPDATE response SET month = 202001",
        "UPDATE response SET channel = 'paper'",
        "UPDATE response SET duration_ms = 1",
        "UPDATE response SET import_id = NULL, seq = seq + 1",
        """UPDATE response SET profile = '{"usia":"56+"}'""",
        "UPDATE response SET comment = 'Bagus'",
        "UPDATE response SET client_id = 'another'",
        "UPDATE response SET network = 'another'",
        "DELETE FROM response",
    ],
)
def test_a_response_cannot_be_altered_or_deleted(database: Database, unit: UnitEntry, statement: str) -> None:
    intake.accept(database, submission((3,) * 9), NOW)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        database.write(lambda connection: connection.execute(sa.text(statement)))
    with database.read() as connection:
        assert connection.execute(sa.text("SELECT scores FROM response")).scalars().all() == ["333333333"]


def test_a_failing_job_takes_no_other_of_its_group_with_it(database: Database, unit: UnitEntry) -> None:
    def fail(connection: sa.Connection) -> None:
        connection.execute(sa.text("SELECT * FROM no_such_table"))

    context = unit_entry.find(database, "ptsp")
    prepared = [intake.prepare(context, submission(), NOW) for _ in range(20)]
    jobs = [partial(responses.insert, new=new) for new in prepared if isinstance(new, NewResponse)]
    mixed = [database.submit(job) for pair in zip(jobs, [fail] * 20, strict=True) for job in pair]
    assert sum(future.exception() is not None for future in mixed) == 20
    assert stored(database) == 20


def test_a_write_cancelled_while_it_waited_is_not_done_and_stops_nobody(
    database: Database, unit: UnitEntry
) -> None:
    context = unit_entry.find(database, "ptsp")
    one, other = (intake.prepare(context, submission(), NOW) for _ in range(2))
    assert isinstance(one, NewResponse)
    assert isinstance(other, NewResponse)
    busy, go_on = threading.Event(), threading.Event()

    def block(connection: sa.Connection) -> None:
        busy.set()
        go_on.wait(10)

    # PostgreSQL has eight writers: all are kept busy, so that the next job waits on both kinds.
    blockers = [database.submit(block) for _ in range(8)]
    busy.wait(10)
    waiting = intake.enqueue(database, one)
    assert waiting.cancel()
    go_on.set()
    intake.enqueue(database, other).result(10)
    assert [blocker.result(10) for blocker in blockers] == [None] * 8
    assert stored(database) == 1


def test_sqlite_keeps_what_it_confirmed(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.read() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {p}").scalar_one()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert pragmas == ["wal", 2, 1]


def test_a_disk_that_runs_full_confirms_nothing_it_has_taken_back(sqlite_url: str) -> None:
    """SQLite then undoes the whole transaction, others' answers too, and commits what follows."""
    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "opd", "DPMPTSP")
    catalogue.create_unit(database, ADMIN, "opd", "ptsp", "PTSP", time_zone="Asia/Makassar")
    context = unit_entry.find(database, "ptsp")
    clock.check(database, NOW)  # asks once, which would open a second connection, of another limit, below
    busy, go_on = threading.Event(), threading.Event()

    def block(connection: sa.Connection) -> None:
        busy.set()
        go_on.wait(10)

    def limit(connection: sa.Connection, pages: int) -> None:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={used + pages}")

    def fill(connection: sa.Connection) -> None:
        connection.exec_driver_sql("INSERT INTO filling VALUES (zeroblob(50000000))")

    def answers(count: int) -> list[Future[datetime | None]]:
        checked = [intake.prepare(context, submission(), NOW) for _ in range(count)]
        return [intake.enqueue(database, new) for new in checked if isinstance(new, NewResponse)]

    # Together in one group: what comes while the writer is busy is committed at once.
    database.write(lambda connection: connection.exec_driver_sql("CREATE TABLE filling (bytes BLOB)"))
    database.write(partial(limit, pages=20))
    blocker = database.submit(block)
    assert busy.wait(10)
    before, full, after = answers(3), database.submit(fill), answers(3)
    go_on.set()
    assert blocker.exception(10) is None
    failure = full.exception(10)
    assert isinstance(failure, Unavailable)
    assert failure.code == "database-full"
    confirmed = sum(future.exception(10) is None for future in (*before, *after))
    assert stored(database) == confirmed == 0
    # With room again it goes on, and so does what was told to be tried again.
    database.write(partial(limit, pages=1_000_000))
    assert [future.result(10) for future in answers(3)] == [None] * 3
    assert stored(database) == 3
    database.close()


def test_a_response_cannot_be_replaced_or_swept_away(database: Database, unit: UnitEntry) -> None:
    intake.accept(database, submission((3,) * 9), NOW)
    columns = (
        "seq, id, unit_id, service_id, instrument, profile, channel, answered_at, received_at, time_source,"
        " month"
    )
    statement = (
        f"INSERT OR REPLACE INTO response ({columns}, scores) SELECT {columns}, '111111111' FROM response"
        if database.is_sqlite
        else "TRUNCATE response"
    )
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        database.write(lambda connection: connection.execute(sa.text(statement)))
    assert stored(database) == 1


def test_an_error_of_the_database_does_not_repeat_what_a_citizen_wrote(
    database: Database, unit: UnitEntry
) -> None:
    new = intake.prepare(unit_entry.find(database, "ptsp"), submission(comment="NIK 6472012345678901"), NOW)
    assert isinstance(new, NewResponse)
    broken = replace(new, service_id=10**6)
    with pytest.raises(sa.exc.IntegrityError) as error:
        intake.store(database, broken)
    assert "6472012345678901" not in str(error.value)

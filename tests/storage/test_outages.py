"""A database that goes away: an error with a name of ours, nothing stored twice, and it goes on by itself."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from survey_app.errors import Unavailable
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import responses
from survey_app.storage.database import Connection, Database, open_database
from survey_app.storage.responses import NewResponse
from tests.outages import OwnPostgres, end_connections, own_postgres
from tests.servers import free_port
from tests.submissions import NOW, stored, submission


@pytest.fixture
def postgres(fresh_postgres_url: str) -> Iterator[Database]:
    opened = open_database(fresh_postgres_url)
    catalogue.create_agency(opened, ADMIN, "opd", "DPMPTSP")
    catalogue.create_unit(opened, ADMIN, "opd", "ptsp", "PTSP", time_zone="Asia/Makassar")
    yield opened
    opened.close()


def checked(database: Database) -> NewResponse:
    new = intake.prepare(unit_entry.find(database, "ptsp"), submission(), NOW)
    assert isinstance(new, NewResponse)
    return new


def use_connections(database: Database, count: int) -> None:
    """Have `count` connections waiting in the pool."""
    together = threading.Barrier(count, timeout=60)

    def look(_: int) -> None:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT 1")
            together.wait()

    with ThreadPoolExecutor(count) as threads:
        list(threads.map(look, range(count)))


def test_idle_connections_that_were_ended_are_replaced_before_anyone_notices(
    postgres: Database, fresh_postgres_url: str
) -> None:
    use_connections(postgres, 8)
    assert end_connections(fresh_postgres_url) == 8
    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(lambda _: intake.accept(postgres, submission(), NOW), range(8)))
    assert all(isinstance(receipt, Receipt) and not receipt.again for receipt in sent)
    assert stored(postgres) == 8


def test_a_server_that_ends_every_new_connection_too_is_away(
    postgres: Database, fresh_postgres_url: str
) -> None:
    sa.event.listen(postgres.engine, "connect", lambda *_: end_connections(fresh_postgres_url))
    postgres.engine.dispose()
    for _ in range(2):
        with pytest.raises(Unavailable):
            intake.accept(postgres, submission(), NOW)


def test_a_connection_ended_in_the_middle_stores_nothing_and_the_same_again_is_stored_once(
    postgres: Database,
) -> None:
    new = checked(postgres)

    def insert_and_be_ended(connection: Connection) -> None:
        responses.insert(connection, new)
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Unavailable) as outage:
        postgres.write(insert_and_be_ended)
    assert outage.value.code == "database-unavailable"
    with pytest.raises(Unavailable):
        postgres.submit(insert_and_be_ended).result(60)
    assert stored(postgres) == 0
    receipts = [intake.store(postgres, new) for _ in range(2)]
    assert [isinstance(r, Receipt) and r.again for r in receipts] == [False, True]
    assert stored(postgres) == 1


def test_a_read_whose_connection_is_ended_says_so_too(postgres: Database) -> None:
    for reading in (postgres.read, postgres.look):
        with pytest.raises(Unavailable), reading() as connection:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
    assert stored(postgres) == 0


def test_a_mistake_of_ours_is_not_called_an_outage(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        database.write(lambda connection: connection.exec_driver_sql("SELECT * FROM nowhere"))
    with pytest.raises(sa.exc.DBAPIError), database.read() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPostgres]:
    with own_postgres(str(tmp_path_factory.mktemp("runtime"))) as server:
        yield server


def test_a_server_that_stops_and_comes_back_is_used_again_without_a_restart_of_ours(own: OwnPostgres) -> None:
    database = open_database(own.url)
    catalogue.create_agency(database, ADMIN, "opd", "DPMPTSP")
    catalogue.create_unit(database, ADMIN, "opd", "ptsp", "PTSP", time_zone="Asia/Makassar")
    new = checked(database)
    use_connections(database, 4)
    own.stop()
    for _ in range(3):
        with pytest.raises(Unavailable) as outage:
            intake.store(database, new)
        assert outage.value.code == "database-unavailable"
        with pytest.raises(Unavailable):
            stored(database)
    with pytest.raises(Unavailable):
        open_database(own.url)
    own.start()
    receipt = intake.store(database, new)
    assert isinstance(receipt, Receipt)
    assert not receipt.again
    assert stored(database) == 1
    database.close()


def test_a_server_that_is_not_there_is_named_for_the_operator_and_not_for_the_reader() -> None:
    port = free_port()
    with pytest.raises(Unavailable) as outage:
        open_database(f"postgresql://survey:secret@127.0.0.1:{port}/survey")
    assert str(port) in str(outage.value)
    assert "secret" not in str(outage.value)
    assert "127.0.0.1" not in outage.value.text.id + outage.value.text.en


def test_a_server_that_accepts_and_says_nothing_is_not_waited_for_without_end() -> None:
    """As long as the URL says; by itself libpq would wait for ever."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Unavailable) as outage:
            open_database(f"postgresql://127.0.0.1:{port}/survey?connect_timeout=2")
    assert outage.value.code == "database-unavailable"


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "survey.db"
    path.write_bytes(b"this is not a database" * 1000)
    with pytest.raises(Unavailable) as outage:
        open_database(f"sqlite:///{path}")
    assert outage.value.code == "database-damaged"


def test_a_place_where_no_file_can_be_is_called_closed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path, tmp_path / "file" / "below" / "survey.db"):
        with pytest.raises(Unavailable) as outage:
            open_database(f"sqlite:///{place}")
        assert outage.value.code == "database-read-only"


def test_a_database_that_cannot_be_written_says_so_and_goes_on_when_it_can(sqlite_url: str) -> None:
    """`query_only` gives the result code of a read-only file, also to root, whom no file refuses."""
    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "opd", "DPMPTSP")
    catalogue.create_unit(database, ADMIN, "opd", "ptsp", "PTSP", time_zone="Asia/Makassar")
    new, closed = checked(database), [True]
    sa.event.listen(
        database.engine, "checkout", lambda driver, *_: driver.execute(f"PRAGMA query_only={closed[0]:d}")
    )
    with pytest.raises(Unavailable) as outage:
        intake.store(database, new)
    assert outage.value.code == "database-read-only"
    assert isinstance(outage.value.__cause__, sa.exc.OperationalError)
    assert isinstance(outage.value.__cause__.orig, sqlite3.OperationalError)
    assert stored(database) == 0
    closed[0] = False
    assert isinstance(intake.store(database, new), Receipt)
    assert stored(database) == 1
    database.close()

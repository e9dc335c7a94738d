"""Opening a database, SQLite or PostgreSQL, and the only ways to use it: `read`, `look` and `write`."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection as Connection
from sqlalchemy import Engine
from sqlalchemy.pool import ConnectionPoolEntry

from survey_app import instruments
from survey_app.errors import SettingError
from survey_app.storage import guards, rights
from survey_app.storage.availability import told_plainly
from survey_app.storage.questionnaires import DatabaseShelf
from survey_app.storage.writer import GroupCommitWriter
from survey_app.text import Text

T = TypeVar("T")

_MIGRATIONS = Path(__file__).with_name("migrations") / "versions"
_PG_WRITERS = 8
_KINDS = ("sqlite", "postgresql", "postgres")
_BAD_URL = Text(
    "DATABASE_URL harus seperti postgresql://akun:sandi@server/nama atau sqlite:////berkas; karakter seperti "
    "@ dan : dalam kata sandi ditulis %40 dan %3A.",
    "DATABASE_URL must look like postgresql://user:password@host/name or sqlite:////file; characters such as "
    "@ and : in the password are written %40 and %3A.",
)
#: Seconds until a PostgreSQL server that says nothing counts as gone; what the URL says comes before.
_PATIENCE = {
    "connect_timeout": "5",
    "tcp_user_timeout": "15000",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
}
#: Noted beside a connection that has been handed out before.
_USED = "survey_app.used"
#: Without recursive triggers INSERT OR REPLACE would slip past the one that refuses deletion.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "busy_timeout=30000",
    # What is emptied or deleted, sessions too, is overwritten in the file, however SQLite was built.
    "secure_delete=ON",
)


@dataclass
class _Note:
    """What is done beside the next write, and whether it was."""

    engine: Engine
    job: Callable[[Connection], None]
    done: bool = False


#: Of the thread at hand, from the outermost block to the innermost.
_notes: ContextVar[tuple[_Note, ...]] = ContextVar("notes", default=())


class Database:
    """A migrated database. `read` sees one consistent snapshot; `write` is durable when it returns.

    While the database cannot serve all of them raise Unavailable; when it can they do again by themselves.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = GroupCommitWriter(engine.execution_options(write=True)) if self.is_sqlite else None
        self._pool = None if self.is_sqlite else ThreadPoolExecutor(_PG_WRITERS, "pg-writer")
        # Not from the pool of those that read and write: who asks has one of these already, and waits.
        self._lookups = create_engine(engine.url, connections=2)
        self.questionnaires = DatabaseShelf(partial(_looking, self._lookups))

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only snapshot: every statement inside sees the same state of the database."""
        options: dict[str, Any] = (
            {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with (
            told_plainly(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """For a single statement, which is its own snapshot: without the trips that begin and end one."""
        with _looking(self.engine) as connection:
            yield connection

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Run `job` in a transaction of its own (SQLite: savepoint); resolves after the commit."""
        if self._writer is not None:
            return self._writer.submit(job)
        assert self._pool is not None  # one of the two exists
        return self._pool.submit(self._transaction, job)

    def write(self, job: Callable[[Connection], T]) -> T:
        """`submit` and wait."""
        due = [note for note in _notes.get() if note.engine is self.engine and not note.done]
        whole = _both(job, due) if due else job
        result = self.submit(whole).result() if self._writer is not None else self._transaction(whole)
        for note in due:
            note.done = True
        return result

    @contextmanager
    def noting(self, note: Callable[[Connection], None]) -> Iterator[None]:
        """Within the block, in this thread, the next `write` does `note` too: both, or neither of them."""
        before = _notes.get()
        token = _notes.set((*before, _Note(self.engine, note)))
        try:
            yield
        finally:
            _notes.reset(token)

    def close(self) -> None:
        instruments.look_no_more_into(self.questionnaires)
        if self._writer is not None:
            self._writer.close()
        if self._pool is not None:
            self._pool.shutdown()
        self.engine.dispose()
        self._lookups.dispose()

    def _transaction(self, job: Callable[[Connection], T]) -> T:
        with told_plainly(), self.engine.begin() as connection:
            return job(connection)


def _both(job: Callable[[Connection], T], notes: Sequence[_Note]) -> Callable[[Connection], T]:
    def whole(connection: Connection) -> T:
        result = job(connection)
        for note in notes:
            note.job(connection)
        return result

    return whole


def open_database(url: str) -> Database:
    """Open the database at `url`, creating a SQLite file if need be, and migrate it to the newest schema.

    Until it is closed, questionnaires that were published in it are found by their refs.

    Raises: Unavailable; StorageError `schema-owner`, `table-unreadable`, `table-unguarded`.
    """
    engine = create_engine(url)
    try:
        with told_plainly(), engine.execution_options(write=True).begin() as connection:
            _migrate(connection)
            rights.check(connection)
            guards.check(connection)
    except BaseException:
        engine.dispose()
        raise
    database = Database(engine)
    instruments.look_into(database.questionnaires)
    return database


@contextmanager
def _looking(engine: Engine) -> Iterator[Connection]:
    # SQLite's driver has no trips to save, and its own idea of autocommit.
    options: dict[str, Any] = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
    with told_plainly(), engine.connect().execution_options(**options) as connection:
        yield connection


def parsed_url(url: str | sa.URL) -> sa.URL:
    """An address taken apart, of SQLite or PostgreSQL.

    Raises: SettingError `database-url`; what stands in it is not repeated, as a password may be.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        # An @ or : in a password that is not written %40 or %3A makes a host or a port of what follows it.
        raise SettingError("database-url", _BAD_URL) from None
    if parsed.drivername.partition("+")[0] not in _KINDS or "@" in (parsed.host or ""):
        raise SettingError("database-url", _BAD_URL)
    return parsed


def create_engine(url: str | sa.URL, connections: int | None = None) -> Engine:
    """An engine with the settings durability and consistent reads need.

    Parameters are kept out of error messages: they hold what citizens wrote.

    Args:
        connections: at most so many at a time, instead of what many readers and writers need.

    Raises: SettingError, as `parsed_url`.
    """
    parsed = parsed_url(url)
    pool = {} if connections is None else {"pool_size": connections, "max_overflow": 0}
    if parsed.get_backend_name() != "sqlite":
        patient = parsed.set(drivername="postgresql+psycopg", query={**_PATIENCE, **parsed.query})
        pool = {"pool_size": 16, "max_overflow": 16, **pool}
        engine = sa.create_engine(patient, pool_timeout=10, hide_parameters=True, **pool)
        sa.event.listen(engine, "checkout", _refuse_if_dead)
        return engine
    if parsed.database:
        with suppress(OSError):  # SQLite then says that it cannot open the file
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, connect_args={"timeout": 30}, hide_parameters=True, **pool)
    sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _migrate(connection: Connection) -> None:
    """Bring the schema to the newest revision; where it is there already, without loading what does that."""
    newest = max(path.name[:4] for path in _MIGRATIONS.glob("[0-9]*.py"))
    if sa.inspect(connection).has_table("alembic_version"):
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
        if found == [newest]:
            return
    from survey_app.storage.migrating import migrate  # a third of a server's start

    migrate(connection)


def _refuse_if_dead(connection: Any, record: ConnectionPoolEntry, _: object) -> None:
    """After a restart of the server its pool is full of dead connections; a new one is then opened.

    Whoever ended an idle connection has said so on it: seen without the trip a ping costs at every use. One
    that was just opened has not been idle; where it is dead too its first statement says why.
    """
    if not record.info.setdefault(_USED, False):
        record.info[_USED] = True
        return
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        raise sa.exc.InvalidatePoolError


def _configure_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by its own rules: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

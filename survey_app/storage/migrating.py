"""Bringing the schema of a database up or down, by the numbered migrations."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from survey_app.storage import rights

#: Among PostgreSQL's advisory locks: two processes that start together must not migrate together.
_LOCK = 0x534B4D
#: How long we stand in the way of others for a table that somebody uses, and how long we then let them pass.
#: The first is shorter than the second after which PostgreSQL looks for those who wait for each other.
_IN_THE_WAY, _LET_PASS = "400ms", "600 milliseconds"
#: Not that of the revision: who waits for the advisory lock has read it.
_TABLES = sa.text(
    "SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'p') AND relname <> 'alembic_version' "
    "AND relnamespace = current_schema()::regnamespace AND pg_has_role(relowner, 'USAGE') ORDER BY relname"
)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to `revision`, up or down, inside the caller's transaction.

    Raises: StorageError `schema-owner` where the tables are another role's.
    """
    if connection.dialect.name == "postgresql":
        rights.check_owner(connection)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        _take_every_table(connection)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if revision == "base" or revision < (MigrationContext.configure(connection).get_current_revision() or ""):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _take_every_table(connection: Connection) -> None:
    """Before anything is changed, all at once or none, as often as it takes.

    Migrations take one table after another. A server that is still running may hold the second and wait for
    the first: then PostgreSQL would end one of the two, which may be the one that has worked for minutes.
    """
    tables = ", ".join(connection.execute(_TABLES).scalars())
    while tables and not _taken(connection, tables):
        connection.execute(sa.text(f"SELECT pg_sleep_for('{_LET_PASS}')"))


def _taken(connection: Connection, tables: str) -> bool:
    before = connection.execute(sa.text("SELECT current_setting('lock_timeout')")).scalar_one()
    savepoint = connection.begin_nested()
    try:
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_IN_THE_WAY}'"))
        connection.execute(sa.text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
    except sa.exc.OperationalError as error:
        # Somebody uses one; or he and we already wait for each other, and it was our turn to go back.
        savepoint.rollback()
        if getattr(error.orig, "sqlstate", None) not in ("55P03", "40P01"):
            raise
        return False
    savepoint.commit()
    connection.execute(sa.text("SELECT set_config('lock_timeout', :before, true)"), {"before": before})
    return True

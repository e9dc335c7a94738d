"""Bringing the schema of a database up or down, by the numbered migrations."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to `revision`, up or down, inside the caller's transaction."""
    if connection.dialect.name == "postgresql":
        # Two processes that start together must not migrate together.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(0x534B4D)))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if revision == "base" or revision < (MigrationContext.configure(connection).get_current_revision() or ""):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)

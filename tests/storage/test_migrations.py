"""Migrations run up, down and up again, and end where the tables say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from survey_app.storage.database import Database, create_engine, migrate
from survey_app.storage.tables import metadata


def table_names(connection: sa.Connection) -> set[str]:
    return set(sa.inspect(connection).get_table_names())


def test_up_down_and_up_again(database_url: str) -> None:
    engine = create_engine(database_url).execution_options(write=True)
    with engine.begin() as connection:
        migrate(connection, "base")
        assert table_names(connection) == {"alembic_version"}
    with engine.begin() as connection:
        migrate(connection)
        assert table_names(connection) == {*metadata.tables, "alembic_version"}
        assert connection.execute(sa.text("SELECT watermark FROM rollup_state")).scalar_one() == 0
    engine.dispose()


def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_a_migrated_database_again_changes_nothing(database: Database) -> None:
    with database.engine.execution_options(write=True).begin() as connection:
        migrate(connection)
        assert table_names(connection) == {*metadata.tables, "alembic_version"}

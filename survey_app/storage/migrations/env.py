"""Alembic's entry: runs on the connection that storage.migrate hands over."""

from __future__ import annotations

from alembic import context

from survey_app.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()

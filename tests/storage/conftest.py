"""What tests of storage share beside the databases of all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database, open_database


@pytest.fixture
def on_postgres(fresh_postgres_url: str) -> Iterator[tuple[Database, UnitEntry]]:
    """A database on PostgreSQL with one unit: for what many writers at once can do."""
    database = open_database(fresh_postgres_url)
    catalogue.create_agency(database, ADMIN, "a", "OPD")
    yield database, catalogue.create_unit(database, ADMIN, "a", "u", "Unit", time_zone="Asia/Makassar")
    database.close()

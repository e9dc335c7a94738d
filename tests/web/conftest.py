"""The plain routes on a fresh database of both kinds, at a fixed moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.web.routes import routes
from tests.submissions import NOW


@pytest.fixture
def client(database: Database, unit: UnitEntry) -> Iterator[TestClient]:
    """A client that lets every exception of the server through, so that no 500 hides."""
    app = Starlette(routes=routes(lambda: database, lambda: NOW))
    with TestClient(app, follow_redirects=False) as opened:
        yield opened

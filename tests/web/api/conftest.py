"""A province with published results, and programs that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.period import Period
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import Right
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database
from survey_app.web.routes import routes
from tests.reports import samples
from tests.services.disclosure.test_public_results import publish
from tests.submissions import NOW

AGENCY = "kabupaten-sekadau"
#: Makes a key and gives the header that sends it.
MakeKey = Callable[..., dict[str, str]]


def fill(database: Database) -> None:
    """Sekadau with two published periods, and recaps of its agency and of the province."""
    samples.sekadau(database)
    samples.insert(database, "sekadau", samples.random_rows(30), "2018-03", samples.profiles(30))
    for period in ("2018-S1", "2019-S1"):
        publish(database, period)
    for agency in (None, AGENCY):
        content = recap(database, agency, Period.parse("2019-S1"))
        recap_publishing.publish(database, ADMIN, content, samples.MADE_AT)


@pytest.fixture
def published(database: Database) -> Database:
    fill(database)
    return database


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    """A program that lets every exception of the server through, so that no 500 hides."""
    app = Starlette(routes=routes(lambda: database, lambda: NOW))
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def key(database: Database) -> MakeKey:
    def make(rights: Collection[Right] = (Right.RESULTS,), scope: Scope = PROVINCE) -> dict[str, str]:
        token = api_keys.make(database, ADMIN, "Dasbor", scope, rights, NOW + timedelta(days=30), NOW)
        return {"Authorization": f"Bearer {token}"}

    return make

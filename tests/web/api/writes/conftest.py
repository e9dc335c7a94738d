"""Programs with keys of every kind, and what is stored when they have asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import Right
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.storage.tables import metadata
from survey_app.web.routes import routes
from tests.submissions import NOW

#: Headers with a key: of an administrator of the place, or of a manager.
MakeKey = Callable[..., dict[str, str]]
#: Whose keys do not open what a key of `right` opens, by why not.
CLOSED = ("none", "unknown", "expired", "revoked", "another right", "elsewhere")


@pytest.fixture
def client(database: Database, unit: UnitEntry) -> Iterator[TestClient]:
    """A program that lets every exception of the server through, so that no 500 hides."""
    app = Starlette(routes=routes(lambda: database, lambda: NOW))
    with TestClient(app, base_url="http://testserver/api/v1", follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def key(database: Database, unit: UnitEntry) -> MakeKey:
    def make(
        right: Right, scope: Scope = PROVINCE, role: Role = Role.ADMIN, days: int = 30
    ) -> dict[str, str]:
        made_at = NOW - timedelta(days=40)
        ends = NOW + timedelta(days=days)
        token = api_keys.make(database, Acting(role, scope), "Dasbor", scope, {right}, ends, made_at)
        return {"Authorization": f"Bearer {token}"}

    return make


@pytest.fixture
def closed(database: Database, key: MakeKey) -> Callable[[Right], Mapping[str, dict[str, str]]]:
    """Keys that must not open what needs `right` for the unit."""

    def make(right: Right) -> Mapping[str, dict[str, str]]:
        catalogue.create_agency(database, ADMIN, "lain", "Dinas Lain")
        catalogue.create_unit(database, ADMIN, "lain", "lain", "Loket Lain", time_zone="Asia/Jakarta")
        other = next(one for one in Right if one not in (right, Right.RESULTS))
        revoked = key(right)
        api_keys.revoke(database, ADMIN, api_keys.listed(database, ADMIN, NOW)[0].id, NOW)
        return {
            "none": {},
            "unknown": {"Authorization": "Bearer survei_tidakada"},
            "expired": key(right, days=-1),
            "revoked": revoked,
            "another right": key(other),
            "elsewhere": key(right, Scope(unit="lain"), Role.MANAGER),
        }

    return make


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, but for the audit log and when a key was used."""
    with database.read() as connection:
        return {
            name: list(map(tuple, connection.execute(table.select())))
            for name, table in metadata.tables.items()
            if name not in ("audit", "refusal_count", "api_key")
        }

"""Which program stands behind a request to /api/v1, and how much one may ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from survey_app import settings
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import Right
from survey_app.services.disclosure import public_results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database, open_database
from survey_app.web.api.caller import PER_KEY, ByKey
from survey_app.web.api.v1 import api_v1
from survey_app.web.kept import Kept
from survey_app.web.pace import Pace
from survey_app.web.site import Site
from tests.submissions import NOW

UNIT = Scope(unit="ptsp")


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Who may ask does not depend on the kind of database: one is enough."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


class At:
    """A clock that a test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> At:
    return At()


def site(database: Database, clock: At, pace: Pace) -> Site:
    return Site(
        database=lambda: database,
        clock=clock,
        pace=pace,
        kept=Kept(lambda: public_results.published_so_far(database), clock),
        public_url=None,
        retention=settings.load({}).retention,
        contact=None,
    )


@pytest.fixture
def client(database: Database, unit: UnitEntry, clock: At) -> Iterator[TestClient]:
    """The API with one operation more, which says who asks."""
    # Wide for the address, so that a key meets its own limit.
    app = api_v1(site(database, clock, Pace.of(100)), 1)
    router = APIRouter()

    @router.get("/me")
    def me(acting: ByKey) -> dict[str, str | None]:
        return {"by": acting.by, "role": acting.role, "unit": acting.scope.unit}

    app.include_router(router)
    with TestClient(app) as opened:
        yield opened


def key(database: Database, name: str = "dasbor") -> dict[str, str]:
    ends = NOW + timedelta(days=1)
    token = api_keys.make(database, ADMIN, name, UNIT, {Right.RESULTS}, ends, NOW)
    return {"Authorization": f"Bearer {token}"}


def test_a_key_says_who_asks(client: TestClient, database: Database) -> None:
    answered = client.get("/me", headers=key(database))
    assert answered.json() == {"by": "API: dasbor", "role": "admin", "unit": "ptsp"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer survei_x"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic dTpw"},
        {"Authorization": "survei_x"},
        {"Authorization": b"Bearer survei_\xff\xfe"},
    ],
)
def test_without_a_key_that_works_nobody_is_answered(client: TestClient, headers: dict[str, str]) -> None:
    answered = client.get("/me", headers=headers)
    assert answered.status_code == 401
    assert answered.headers["www-authenticate"] == "Bearer"
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.json()["code"] == "key-missing"


def test_a_key_that_was_ended_or_is_over_is_refused(
    client: TestClient, database: Database, clock: At
) -> None:
    first, second = key(database), key(database)
    api_keys.revoke(database, ADMIN, 1, NOW)
    assert [client.get("/me", headers=h).status_code for h in (first, second)] == [401, 200]
    clock.now += timedelta(days=1)
    assert client.get("/me", headers=second).status_code == 401


@pytest.mark.parametrize(("path", "body"), [("/agencies", b'{"a'), ("/agencies", b"{}"), ("/nothing", b"")])
def test_what_is_refused_before_a_key_is_asked_for_takes_a_turn_too(
    database: Database, clock: At, path: str, body: bytes
) -> None:
    with TestClient(api_v1(site(database, clock, Pace.of(0.001)), 1)) as hasty:
        json = {"Content-Type": "application/json"}
        answers = [hasty.post(path, content=body, headers=json) for _ in range(3)]
    assert answers[-1].status_code == 429 not in [answer.status_code for answer in answers[:2]]
    assert answers[-1].json()["code"] == "too-many"
    assert int(answers[-1].headers["retry-after"]) > 1


def test_each_key_has_its_own_limit_and_is_told_how_long_to_wait(
    client: TestClient, database: Database, clock: At
) -> None:
    busy, other = key(database), key(database, "lain")
    answers = [client.get("/me", headers=busy).status_code for _ in range(PER_KEY.burst)]
    assert set(answers) == {200}
    late = client.get("/me", headers=busy)
    assert (late.status_code, late.headers["retry-after"]) == (429, "1")
    assert late.json()["code"] == "too-many"
    assert client.get("/me", headers=other).status_code == 200
    clock.now += timedelta(seconds=int(late.headers["retry-after"]))
    assert client.get("/me", headers=busy).status_code == 200


def test_every_operation_waits_for_a_turn_of_its_address(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before its key is looked at: who guesses keys waits as who asks."""
    documented = client.get("/openapi.json").json()["paths"]

    async def full(*_: object) -> None:
        raise HTTPException(429)

    def looked_at(*_: object) -> None:
        raise AssertionError("the key was looked at")

    monkeypatch.setattr(Pace, "check", full)
    monkeypatch.setattr(api_keys, "authenticate", looked_at)
    asked = [(method, path) for path, operations in documented.items() for method in operations]
    assert len(asked) > 20
    for method, path in asked:
        answer = client.request(method, path, headers={"Authorization": "Bearer survei_x"})
        assert answer.status_code == 429, (method, path)

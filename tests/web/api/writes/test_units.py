"""Agencies, units and services by a key: what a key may, and that what is refused leaves nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time

import pytest
from starlette.testclient import TestClient

from survey_app.services.accounts.api_keys import Right
from survey_app.services.places import catalogue, opening_hours
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from tests.web.api.writes.conftest import CLOSED, MakeKey, everything

_WEEK = {"week": [{"opens": "08:00", "closes": "16:00"}] * 5 + [None, None]}
#: Everything a key with the right units may ask of the unit or, last, of the province.
ASKED: Mapping[str, tuple[str, str, object, int]] = {
    "service": ("POST", "/units/ptsp/services", {"code": "izin", "name": "Izin"}, 201),
    "close service": ("PATCH", "/units/ptsp/services/umum", {"active": False}, 200),
    "users": ("PUT", "/units/ptsp/services/umum/users/2026-S1", {"users": 500}, 200),
    "hours": ("PUT", "/units/ptsp/hours/2026-01-05", _WEEK, 200),
    "no hours": ("DELETE", "/units/ptsp/hours/2026-01-05", None, 204),
    "close": ("PATCH", "/units/ptsp", {"active": False}, 200),
    "questionnaire": ("PATCH", "/units/ptsp", {"instrument": "skm-2017-tanpa-biaya@1"}, 200),
    "unit": ("POST", "/units", {"agency": "dpmptsp", "code": "mpp", "name": "MPP"}, 201),
    "agency": ("POST", "/agencies", {"code": "dishub", "name": "Dinas Perhubungan"}, 201),
}
#: What a manager of the unit may do of it.
OF_MANAGERS = ("service", "close service", "users", "hours", "no hours")


def ask(client: TestClient, name: str, headers: dict[str, str]) -> int:
    method, path, body, _ = ASKED[name]
    return client.request(method, path, json=body, headers=headers).status_code


@pytest.mark.parametrize("name", ASKED)
def test_a_key_with_the_right_does_it_and_it_is_written_down(
    client: TestClient, database: Database, key: MakeKey, name: str
) -> None:
    assert ask(client, name, key(Right.UNITS)) == ASKED[name][3]
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(who="API: Dasbor"), None)
    assert not entry.refused


def test_others_change_nothing(
    client: TestClient,
    database: Database,
    closed: Callable[[Right], Mapping[str, dict[str, str]]],
) -> None:
    keys = closed(Right.UNITS)
    assert set(keys) == set(CLOSED)
    before = everything(database)
    for why, headers in keys.items():
        expected = 403 if why in ("another right", "elsewhere") else 401
        assert {name: ask(client, name, headers) for name in ASKED} == dict.fromkeys(ASKED, expected), why
    assert everything(database) == before


def test_a_change_of_nothing_tells_nothing_to_who_may_not(
    client: TestClient,
    database: Database,
    key: MakeKey,
    closed: Callable[[Right], Mapping[str, dict[str, str]]],
) -> None:
    keys = closed(Right.UNITS)
    for body in ({}, {"active": None, "instrument": None}):
        for why in ("another right", "elsewhere"):
            answer = client.patch("/units/ptsp", json=body, headers=keys[why])
            assert (answer.status_code, "ptsp" in answer.text) == (403, False), why
        assert client.patch("/units/ptsp", json=body, headers=key(Right.UNITS)).json()["code"] == "ptsp"
    with database.read() as connection:
        found = audit.read(connection, Wanted(who="API: Dasbor", unit="ptsp"), None)
    assert [entry.refused for entry in found] == [True] * 4


def test_a_key_of_a_manager_of_one_unit_does_what_the_manager_may(client: TestClient, key: MakeKey) -> None:
    mine = key(Right.UNITS, Scope(unit="ptsp"), Role.MANAGER)
    for name, (*_, done) in ASKED.items():
        assert ask(client, name, mine) == (done if name in OF_MANAGERS else 403), name


def test_a_code_that_is_taken_is_a_conflict(client: TestClient, key: MakeKey) -> None:
    mine = key(Right.UNITS)
    for name, code in (("service", "service-exists"), ("unit", "unit-exists"), ("agency", "agency-exists")):
        ask(client, name, mine)
        method, path, body, _ = ASKED[name]
        again = client.request(method, path, json=body, headers=mine)
        assert (again.status_code, again.json()["code"]) == (409, code)
        assert again.headers["content-type"] == "application/problem+json"


def test_a_change_that_is_refused_makes_no_part_of_it(
    client: TestClient, database: Database, key: MakeKey
) -> None:
    before = everything(database)
    sent = {"active": False, "instrument": "tidak-ada@1"}
    assert client.patch("/units/ptsp", json=sent, headers=key(Right.UNITS)).status_code == 404
    assert everything(database) == before


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/units", {"agency": "dpmptsp", "code": "!", "name": ""}, 422),
        ("POST", "/units", {"agency": "x", "code": "mpp", "name": "MPP"}, 404),
        ("POST", "/units", {"agency": "dpmptsp", "code": "mpp", "name": "MPP", "time_zone": "Mars"}, 422),
        ("POST", "/agencies", {"code": "a", "name": "A\x00"}, 422),
        ("POST", "/agencies", {"code": "a", "name": "\ud800"}, 422),
        ("POST", "/agencies", {"code": "a", "name": "A", "nama": "B"}, 422),
        ("PATCH", "/units/x", {"active": True}, 404),
        ("PATCH", "/units/ptsp/services/x", {"active": True}, 404),
        ("PUT", "/units/ptsp/services/umum/users/2026-S3", {"users": 5}, 422),
        ("PUT", "/units/ptsp/services/umum/users/2026-S1", {"users": -5}, 422),
        ("PUT", "/units/ptsp/services/umum/users/2026-S1", {"users": True}, 422),
        ("PUT", "/units/ptsp/services/umum/users/2026-S1", {"users": "5"}, 422),
        ("PATCH", "/units/ptsp", {"active": "no"}, 422),
        ("PATCH", "/units/ptsp/services/umum", {"active": 0}, 422),
        ("PUT", "/units/ptsp/services/umum/users/2026-S1", {"users": 10**30}, 422),
        ("PUT", "/units/ptsp/hours/2026-13-01", _WEEK, 422),
        ("PUT", "/units/ptsp/hours/2026-01-01", {"week": [None] * 7}, 422),
        ("PUT", "/units/ptsp/hours/2026-01-01", {"week": [{"opens": "9:00", "closes": "08:00"}] * 7}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_stores_nothing(
    client: TestClient, database: Database, key: MakeKey, method: str, path: str, body: object, status: int
) -> None:
    mine, before = key(Right.UNITS), everything(database)
    answer = client.request(
        method, path, content=json.dumps(body), headers={**mine, "Content-Type": "application/json"}
    )
    assert answer.status_code == status
    assert answer.json()["text"]["id"]
    assert everything(database) == before


def test_what_is_written_is_what_the_pages_read(client: TestClient, database: Database, key: MakeKey) -> None:
    mine = key(Right.UNITS)
    ask(client, "hours", mine)
    (hours,) = opening_hours.hours_of(database, "ptsp")
    assert (hours.valid_from, hours.week[0], hours.week[6]) == (
        date(2026, 1, 5),
        (time(8), time(16)),
        None,
    )
    shown = client.patch("/units/PTSP", json={"active": False}, headers=mine).json()
    unit = catalogue.find_unit(database, "ptsp", PROVINCE).unit
    assert (shown["active"], unit.active) == (False, False)
    assert shown["services"] == [{"code": "umum", "name": "Layanan umum", "active": True}]

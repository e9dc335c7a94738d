"""Who is held back when an address sends too fast: the flood, and for a moment whoever stands behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient

from survey_app.services.answers.limits import HARD, Limiter, network_of
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database, open_database
from survey_app.web import pace
from survey_app.web.pace import Pace
from survey_app.web.routes import routes
from tests.loops import run
from tests.submissions import NOW
from tests.web.forms import fields, payload


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def client(database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An address may send ten at once, and nobody waits; time stands still."""
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", "0.005")
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    with TestClient(
        Starlette(routes=routes(lambda: database, lambda: NOW)), follow_redirects=False
    ) as opened:
        yield opened


def test_an_address_has_one_allowance_whatever_its_browsers_are_called(client: TestClient) -> None:
    sent = [
        client.post("/api/responses", json=payload(client_id=f"c{i}"), headers={"User-Agent": f"browser {i}"})
        for i in range(10)
    ]
    assert [answer.status_code for answer in sent] == [201] * 10
    for refused in (
        client.post("/api/responses", json=payload(), headers={"User-Agent": "another"}),
        client.post("/s/ptsp", data=fields()),
        client.post("/api/devices/pair", json={"code": "AAAA-AAAA"}),
        client.post("/api/devices/none/heartbeat", json={}, headers={"Authorization": "Bearer x"}),
    ):
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "4"  # a quarter of a turn a second
    # What only reads is not held back.
    assert client.get("/s/ptsp").status_code == 200


def test_a_kiosk_that_has_proved_itself_does_not_stand_behind_its_address(
    client: TestClient, database: Database
) -> None:
    pairing = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW)
    kiosk = devices.pair(database, pairing.code, NOW)
    bearer = {"Authorization": f"Bearer {kiosk.token}"}
    own = {"channel": "kiosk", "client_id": kiosk.device.code}
    assert client.post("/api/responses", json=payload(**own), headers=bearer).status_code == 201
    while client.post("/api/responses", json=payload()).status_code == 201:
        pass
    assert client.post("/api/responses", json=payload(**own), headers=bearer).status_code == 201
    # Its token opens no way past the limit for anybody once it is revoked.
    devices.revoke(database, ADMIN, kiosk.device.code, NOW)
    assert client.post("/api/responses", json=payload(**own), headers=bearer).status_code == 401
    assert client.post("/api/responses", json=payload(**own), headers=bearer).status_code == 429


def request_from(host: str, token: str = "") -> Request:
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    return Request({"type": "http", "headers": headers, "client": (host, 1)})


def test_who_comes_behind_a_flood_waits_for_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """2,000 at once, then 50 a second: the 250 behind them wait up to five seconds, the next come again."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", note)
    held = Pace.of(1)

    async def come() -> None:
        for _ in range(2_250):
            await held.check(request_from("192.0.2.1"), NOW)
        with pytest.raises(HTTPException, match="429") as refused:
            await held.check(request_from("192.0.2.1"), NOW)
        # 251 turns of a fiftieth of a second: who comes after five seconds finds none.
        assert refused.value.headers == {"Retry-After": "6"}
        await held.check(request_from("192.0.2.2"), NOW)  # another address stands behind nobody

    run(come())
    assert waits == pytest.approx([i / 50 for i in range(1, 251)])


def test_a_kiosk_that_sends_too_fast_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An outbox of 300 at once, then one a second: it keeps its answers meanwhile."""

    async def sleep(_: float) -> None:
        raise AssertionError("a kiosk was kept waiting")

    monkeypatch.setattr(asyncio, "sleep", sleep)
    held, kiosk = Pace.of(1), request_from("192.0.2.1", "token")
    held.proven(kiosk, True)

    async def come() -> None:
        for _ in range(300):
            await held.check(kiosk, NOW)
        with pytest.raises(HTTPException, match="429"):
            await held.check(kiosk, NOW)
        # Revoked, it stands behind its address like everybody.
        held.proven(kiosk, False)
        await held.check(kiosk, NOW)

    run(come())


@pytest.mark.parametrize("at_once", [20, 200])
def test_twenty_people_beside_a_script_that_waits_for_its_answers_all_get_through(at_once: int) -> None:
    """A script with so many connections behind the Wi-Fi of a mall, where a person comes every two seconds.

    Each connection sends as soon as it is answered, for a minute; a person may wait, and is not refused.
    """
    hall = Limiter(HARD)
    ready = [0.0] * at_once
    people = [20 + 2.0 * i for i in range(20)]
    longest, scripted = 0.0, 0
    while people:
        script = min(range(at_once), key=lambda i: ready[i])
        if people[0] <= ready[script]:
            longest = max(longest, hall.reserve("mall", people.pop(0), pace.PATIENCE))
            continue
        waited = hall.reserve("mall", ready[script], pace.PATIENCE)
        ready[script] += max(waited, 0.002)
        scripted += 1
    assert scripted > 4_000
    assert 0 < longest <= at_once / 50 + 0.1


def test_a_network_of_the_new_kind_is_one_address() -> None:
    """RFC 6177: a site gets at least a /64, so a sender has 2^64 addresses of its own."""
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2::ffff") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("testclient") == "testclient"

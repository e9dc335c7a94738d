"""Answers of a paired device over /api/v1: exactly once, also beside the address of devices in the field."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from survey_app.services.answers.ids import receipt_code, uuid7
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.tables import response
from tests.submissions import NOW, stored
from tests.web.forms import payload


@pytest.fixture
def device(database: Database, unit: UnitEntry) -> devices.Paired:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    return devices.pair(database, code, NOW)


def send(client: TestClient, device: devices.Paired, sent: dict[str, object], token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token or device.token}"}
    return client.post("/responses", json={"client_id": device.device.code, **sent}, headers=headers)


def test_an_answer_counts_once_by_either_address(
    client: TestClient, database: Database, device: devices.Paired
) -> None:
    sent = payload()
    first, again = send(client, device, sent), send(client, device, sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["again"], again.json()["again"]) == (False, True)
    field = client.post("http://testserver/api/responses", json={**sent, "client_id": device.device.code})
    assert (field.status_code, field.json()["receipt"]) == (200, first.json()["receipt"])
    shown = client.get(f"/responses/{sent['id']}").json()
    assert shown == again.json()
    assert stored(database) == 1
    with database.read() as connection:
        (row,) = connection.execute(sa.select(response))
    assert (row.device_id, row.channel) == (device.device.id, "api")
    assert first.json()["receipt"] == receipt_code(row.id)


def test_every_problem_is_told_with_our_codes(
    client: TestClient, database: Database, device: devices.Paired
) -> None:
    answer = send(client, device, payload(unit=7, channel="paper"))
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [p["code"] for p in answer.json()["problems"]] == ["field-type", "channel"]
    unknown = send(client, device, payload(5)).json()["problems"]
    assert {p["code"] for p in unknown} == {"score-range"}
    assert stored(database) == 0


def test_only_a_paired_device_sends_and_for_its_own_unit(
    client: TestClient, database: Database, device: devices.Paired
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Lain", time_zone="Asia/Jakarta")
    assert send(client, device, payload(unit="lain")).json()["problems"][0]["code"] == "device-unit"
    for answer in (
        send(client, device, payload(), "salah"),
        send(client, device, payload(client_id="x")),
        client.post("/responses", json=payload()),
    ):
        assert (answer.status_code, answer.json()["code"]) == (401, "device-token")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert stored(database) == 0


def test_what_a_device_had_sent_keeps_its_receipt_after_it_was_revoked(
    client: TestClient, database: Database, device: devices.Paired
) -> None:
    sent = payload()
    receipt = send(client, device, sent).json()["receipt"]
    devices.revoke(database, ADMIN, device.device.code, NOW)
    again = send(client, device, sent)
    assert (again.status_code, again.json()["receipt"]) == (200, receipt)
    assert send(client, device, payload()).status_code == 401


def test_an_unknown_receipt_is_not_found_and_bodies_that_are_no_object_are_bad_requests(
    client: TestClient, device: devices.Paired
) -> None:
    assert client.get(f"/responses/{uuid7(NOW)}").status_code == 404
    assert client.get("/responses/x").status_code == 422
    json_type = {"Content-Type": "application/json"}
    for body, kind, status in ((b"[]", json_type, 400), (b"{}", {}, 415), (b"x" * 70_000, json_type, 413)):
        answer = client.post("/responses", content=body, headers=kind)
        assert (answer.status_code, answer.json()["status"]) == (status, status)

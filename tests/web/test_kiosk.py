"""The kiosk's page and its routes: what they say, whom they believe, and what they refuse."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from analytics.period import Period
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Paired
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.storage.database import Database
from survey_app.storage.tables import response
from survey_app.text import Text
from tests.submissions import NOW, stored
from tests.web.forms import payload

PULSE = {"unsent": 3, "refused": 1, "version": "abc", "clock_ms": int(NOW.timestamp() * 1000) + 5000}


@pytest.fixture
def paired(client: TestClient, database: Database) -> Paired:
    return devices.pair(database, devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code, NOW)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def from_kiosk(paired: Paired, **changes: object) -> dict[str, object]:
    return payload(channel="kiosk", client_id=paired.device.code, **changes)


def page_data(html: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert match
    data: dict[str, Any] = json.loads(match[1])
    return data


def test_a_code_pairs_a_device_and_shows_its_token_once(client: TestClient, database: Database) -> None:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    answer = client.post("/api/devices/pair", json={"code": code})
    assert answer.status_code == 201
    made = answer.json()
    assert devices.authenticate(database, made["device"], made["token"]) is not None
    again = client.post("/api/devices/pair", json={"code": code})
    assert again.status_code == 422
    assert again.json()["problems"][0]["code"] == "pairing-code"


def test_the_page_holds_the_whole_survey_in_both_languages(client: TestClient, paired: Paired) -> None:
    answer = client.get(f"/k/{paired.device.code}")
    assert answer.status_code == 200
    data = page_data(answer.text)
    assert (data["device"], data["unit"], len(data["unsur"])) == (paired.device.code, "ptsp", 9)
    assert data["unsur"][0]["labels"][0] == {"id": "Tidak sesuai", "en": "Do not fit"}
    assert paired.token not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_name_cannot_break_out_of_the_page(client: TestClient, database: Database) -> None:
    name = "</script><script>alert(1)</script>"
    catalogue.create_unit(database, ADMIN, "dpmptsp", "x", name, time_zone="Asia/Makassar")
    made = devices.pair(database, devices.create_pairing(database, ADMIN, "x", "Loket", NOW).code, NOW)
    html = client.get(f"/k/{made.device.code}").text
    assert name not in html
    assert page_data(html)["name"] == name


@pytest.mark.parametrize("path", ["/k", "/k/{device}", "/k/nowhere", "/k/a/b"])
def test_every_kiosk_page_is_strict_and_names_no_other_host(
    client: TestClient, paired: Paired, path: str
) -> None:
    answer = client.get(path.format(device=paired.device.code))
    assert answer.status_code == (404 if path in ("/k/nowhere", "/k/a/b") else 200)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    code = re.findall(r'<(?:style|script type="module")>(.*?)</(?:style|script)>', answer.text, re.S)
    assert code
    for text in code:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    outside = re.sub(r"http://www.w3.org/\d+/svg", "", answer.text)
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:)?//", outside)
    assert "set-cookie" not in answer.headers


def test_a_kiosk_s_first_visit_fits_into_20_kb(client: TestClient, paired: Paired) -> None:
    """The page with style, script, survey and QR code, and the service worker, as sent."""
    total = 0
    for path in (f"/k/{paired.device.code}", "/sw.js"):
        with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            total += len(b"".join(answer.iter_raw())) + len(str(answer.headers))
    assert total < 20_000


def test_an_answer_with_the_device_s_token_is_stored_under_its_name(
    client: TestClient, paired: Paired, database: Database
) -> None:
    answer = client.post("/api/responses", json=from_kiosk(paired), headers=bearer(paired.token))
    assert answer.status_code == 201
    with database.read() as connection:
        row = connection.execute(
            sa.select(response.c.channel, response.c.client_id, response.c.device_id)
        ).one()
    assert tuple(row) == ("kiosk", paired.device.code, paired.device.id)


def test_a_name_without_the_token_proves_no_device(
    client: TestClient, paired: Paired, database: Database
) -> None:
    claimed = payload(channel="web", client_id=paired.device.code)
    # The token stands beside it: on a phone's channel it is not asked for, so it proves nothing either.
    assert client.post("/api/responses", json=claimed, headers=bearer(paired.token)).status_code == 201
    with database.read() as connection:
        assert connection.execute(sa.select(response.c.device_id)).scalar_one() is None


@pytest.mark.parametrize("token", [None, "", "wrong", "é", "x" * 5000])
def test_a_wrong_token_is_said_clearly_and_stores_nothing(
    client: TestClient, paired: Paired, database: Database, token: str | None
) -> None:
    headers = [] if token is None else [(b"authorization", f"Bearer {token}".encode())]
    for answer in (
        client.post("/api/responses", json=from_kiosk(paired), headers=headers),
        client.post(f"/api/devices/{paired.device.code}/heartbeat", json=PULSE, headers=headers),
    ):
        assert (answer.status_code, answer.json()) == (401, {"error": "device-token"})
    assert stored(database) == 0


def test_a_revoked_token_is_a_wrong_one(client: TestClient, paired: Paired, database: Database) -> None:
    devices.revoke(database, ADMIN, paired.device.code, NOW)
    answer = client.post("/api/responses", json=from_kiosk(paired), headers=bearer(paired.token))
    assert answer.status_code == 401
    assert stored(database) == 0
    # The page still opens: what waits on the device must stay within reach.
    assert client.get(f"/k/{paired.device.code}").status_code == 200


def test_what_a_device_had_sent_before_it_was_revoked_keeps_its_receipt(
    client: TestClient, paired: Paired, database: Database
) -> None:
    sent = from_kiosk(paired)
    first = client.post("/api/responses", json=sent, headers=bearer(paired.token))
    devices.revoke(database, ADMIN, paired.device.code, NOW)
    again = client.post("/api/responses", json=sent, headers=bearer(paired.token))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "again": True}
    assert stored(database) == 1


def test_a_device_answers_for_its_own_unit_only(
    client: TestClient, paired: Paired, database: Database
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "samsat", "Samsat", time_zone="Asia/Makassar")
    sent = from_kiosk(paired, unit="samsat")
    answer = client.post("/api/responses", json=sent, headers=bearer(paired.token))
    assert answer.status_code == 422
    assert [p["code"] for p in answer.json()["problems"]] == ["device-unit"]
    assert stored(database) == 0


def test_a_heartbeat_is_recorded_and_answered_with_the_page_s_version(
    client: TestClient, paired: Paired, database: Database
) -> None:
    path = f"/api/devices/{paired.device.code}/heartbeat"
    answer = client.post(path, json=PULSE, headers=bearer(paired.token))
    assert answer.status_code == 200
    seen = devices.find(database, paired.device.code)
    assert (seen.unsent, seen.refused, seen.clock_offset_ms) == (3, 1, 5000)
    version = answer.json()["version"]
    assert version == page_data(client.get(f"/k/{paired.device.code}").text)["version"]
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Perizinan")
    assert client.post(path, json=PULSE, headers=bearer(paired.token)).json()["version"] != version


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(values=st.lists(JSON, min_size=5, max_size=5))
def test_whatever_is_sent_is_a_clear_refusal(
    client: TestClient, paired: Paired, values: list[object]
) -> None:
    names = ("code", "unsent", "refused", "version", "clock_ms")
    body = json.dumps(dict(zip(names, values, strict=True))).encode()
    headers = {**bearer(paired.token), "Content-Type": "application/json"}
    for path in ("/api/devices/pair", f"/api/devices/{paired.device.code}/heartbeat"):
        assert client.post(path, content=body, headers=headers).status_code in (200, 400, 422, 429)


def test_published_pairs_are_part_of_the_page_and_of_its_version(
    client: TestClient, database: Database, paired: Paired
) -> None:
    before = page_data(client.get(f"/k/{paired.device.code}").text)
    assert before["improved"] == []
    pair = Pair(Text("</script><b>Antrean", "Queue"), Text("Dua loket", "Two counters"))
    action = Action(
        period=Period.parse("2026-TW1"),
        unsur="waktu",
        plan="Loket",
        status=Status.DONE,
        realisation="Sudah",
        pair=pair,
    )
    hidden = plans.add(database, Acting(Role.ADMIN), "ptsp", action, NOW)
    assert page_data(client.get(f"/k/{paired.device.code}").text) == before
    plans.change(database, Acting(Role.ADMIN), "ptsp", hidden, replace(action, published=True), NOW)
    html = client.get(f"/k/{paired.device.code}").text
    after = page_data(html)
    assert "</script><b>Antrean" not in html
    assert after["improved"] == [
        {
            "said": {"id": "</script><b>Antrean", "en": "Queue"},
            "mended": {"id": "Dua loket", "en": "Two counters"},
        }
    ]
    assert after["version"] != before["version"]
    path = f"/api/devices/{paired.device.code}/heartbeat"
    assert client.post(path, json=PULSE, headers=bearer(paired.token)).json()["version"] == after["version"]

"""The routes of passkeys, asked by a stranger: what is no answer of a device is refused, and never a 500."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from survey_app.services.accounts.passkeys import NOT_ACCEPTED
from survey_app.storage.database import Database
from tests.passkey_device import Device
from tests.web.accounts import browser, said, send, session


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    with browser(database) as opened:
        yield opened


def test_a_device_that_nobody_has_added_opens_nothing(client: TestClient) -> None:
    asked = send(client, "/masuk/kunci/mulai", "/masuk")
    assert asked.status_code == 200
    assert json.loads(asked.text)["rpId"] == "testserver"
    for named in ({}, {"id": "\ud800"}, {"id": "a\0b"}, {"id": ["a"]}):
        answer = Device().sign(send(client, "/masuk/kunci/mulai", "/masuk").text, "http://testserver") | named
        refused = send(client, "/masuk/kunci", "/masuk", jawaban=json.dumps(answer))
        assert refused.status_code == 401
        assert NOT_ACCEPTED.id in said(refused.text)
        assert session(client) is None


@pytest.mark.parametrize("answer", ["", "5", "[]", "{", "[" * 20_000, '{"response": "a"}'])
def test_what_no_device_says_is_refused(answer: str, client: TestClient) -> None:
    assert send(client, "/masuk/kunci", "/masuk", jawaban=answer).status_code == 401


def test_a_host_that_is_none_is_a_bad_request(client: TestClient) -> None:
    client.headers["Host"] = "["
    for path in ("/masuk/kunci/mulai", "/masuk/kunci"):
        assert send(client, path, "/masuk", jawaban="{}").status_code == 400


def test_a_key_is_added_by_who_has_signed_in_and_asked_for_by_our_own_form(client: TestClient) -> None:
    assert send(client, "/akun/kunci/mulai", "/masuk").status_code == 401
    for path in ("/masuk/kunci", "/masuk/kunci/mulai", "/akun/kunci/mulai"):
        assert client.post(path, data={"formulir": "x" * 43}).status_code == 403

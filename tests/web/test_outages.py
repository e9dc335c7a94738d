"""The forms' server while its database is away: a clear 503, nothing twice, and it goes on by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import UUID

import pytest

from survey_app.services.answers.ids import receipt_code
from tests.outages import OwnPostgres, end_connections, own_postgres
from tests.servers import PlainServer, fill_catalogue, stored_ids
from tests.web.forms import fields, payload


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Mapping[str, object]:
        found: Mapping[str, object] = json.loads(self.text)
        return found


def ask(server: PlainServer, path: str, body: bytes | None = None, media_type: str = "") -> Answer:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Content-Type": media_type} if media_type else {}
    connection.request("GET" if body is None else "POST", path, body, headers)
    response = connection.getresponse()
    answer = Answer(response.status, dict(response.getheaders()), response.read().decode())
    connection.close()
    return answer


def send(server: PlainServer, sent: Mapping[str, object]) -> Answer:
    return ask(server, "/api/responses", json.dumps(sent).encode(), "application/json")


def send_form(server: PlainServer, sent: Mapping[str, str]) -> Answer:
    return ask(server, "/s/ptsp", urlencode(sent).encode(), "application/x-www-form-urlencoded")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPostgres]:
    with own_postgres(str(tmp_path_factory.mktemp("runtime"))) as server:
        fill_catalogue(server.url)
        yield server


def test_a_database_that_goes_away_and_comes_back(postgres: OwnPostgres) -> None:
    before, during, by_form = payload(), payload(), fields()
    with PlainServer(postgres.url) as server:
        assert send(server, before).status == 201
        postgres.stop()
        refused = send(server, during)
        # Neither a receipt nor one of the refusals for good: the outbox keeps the answer and sends it later.
        assert (refused.status, refused.json) == (503, {"error": "unavailable"})
        assert int(refused.headers["retry-after"]) > 0
        for answer in (send_form(server, by_form), ask(server, "/s/ptsp"), ask(server, "/k/a-device")):
            assert answer.status == 503
            assert "Jawaban Anda masih ada di sana" in answer.text
        assert "Your answers are still there" in ask(server, "/s/ptsp?lang=en").text
        assert "halaman ini sedang terganggu" in ask(server, "/hasil").text
        assert ask(server, f"/api/responses/{before['id']}").status == 503
        assert ask(server, "/healthz").json == {"status": "unavailable"}
        postgres.start()
        assert send(server, during).status == 201
        assert send_form(server, by_form).status == 303
        assert [send(server, sent).status for sent in (before, during)] == [200, 200]
        assert ask(server, "/healthz").json == {"status": "ok"}
    assert sorted(stored_ids(postgres.url)) == sorted(str(s["id"]) for s in (before, during, by_form))


def test_connections_that_were_ended_are_no_concern_of_the_next_citizen(fresh_postgres_url: str) -> None:
    fill_catalogue(fresh_postgres_url)
    with PlainServer(fresh_postgres_url) as server:
        assert send(server, payload()).status == 201
        assert end_connections(fresh_postgres_url) > 0
        sent = payload()
        answer = send(server, sent)
        assert answer.status == 201
        assert answer.json["receipt"] == receipt_code(UUID(str(sent["id"])))
    assert len(stored_ids(fresh_postgres_url)) == 2


def test_a_disk_without_room_is_a_503_until_there_is_room(sqlite_url: str) -> None:
    fill_catalogue(sqlite_url)
    with PlainServer(sqlite_url) as server:
        assert send(server, payload()).status == 201
        server.allow_files_of(4096)
        during, by_form = payload(), fields()
        for _ in range(3):
            assert send(server, during).json == {"error": "unavailable"}
        assert send_form(server, by_form).status == 503
        assert ask(server, "/s/ptsp").status == 200  # reading needs no room
        server.allow_files_of(-1)
        assert send(server, during).status == 201
        assert send_form(server, by_form).status == 303
        assert send(server, during).status == 200
    assert len(stored_ids(sqlite_url)) == 3

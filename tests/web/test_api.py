"""The JSON route: a receipt, or every problem; never a 500, whatever is sent."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.answers.ids import receipt_code
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.tables import response
from survey_app.web import pace, words
from survey_app.web.routes import routes
from tests.submissions import KEYS, NOW, stored
from tests.web.forms import fields, payload


def codes(answer: Any) -> set[str]:
    return {problem["code"] for problem in answer.json()["problems"]}


def rows(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(sa.select(response)))


def test_a_submission_gets_201_and_again_200_with_the_same_receipt(
    client: TestClient, database: Database
) -> None:
    sent = payload(4)
    first, second = (client.post("/api/responses", json=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    expected = receipt_code(UUID(str(sent["id"])))
    assert first.json() == {
        "id": sent["id"],
        "receipt": expected,
        "received_at": NOW.isoformat(),
        "again": False,
    }
    assert second.json() == {**first.json(), "again": True}
    assert client.get(f"/api/responses/{sent['id']}").json()["receipt"] == expected
    assert stored(database) == 1


def test_the_age_by_the_clients_clock_gives_the_time_of_the_answer(
    client: TestClient, database: Database
) -> None:
    hour = timedelta(hours=1) // timedelta(milliseconds=1)
    for age in (hour, None, -5, 10**40):
        assert client.post("/api/responses", json=payload(age_ms=age)).status_code == 201
    times = [(row.answered_at, row.time_source) for row in rows(database)]
    # An age that makes no sense is a clock that was set meanwhile: our own time counts, the answer too.
    assert times == [(NOW - timedelta(hours=1), "client")] + [(NOW, "server")] * 3


def test_every_problem_is_listed_in_both_languages(client: TestClient, database: Database) -> None:
    sent = payload(answers={**dict.fromkeys(KEYS, 3), "waktu": 5, "biaya": None, "lain": 1})
    answer = client.post("/api/responses", json={**sent, "comment": "x" * 2001, "service": "x"})
    assert answer.status_code == 422
    assert codes(answer) == {
        "score-range",
        "unsur-missing",
        "unsur-unknown",
        "comment-too-long",
        "service-unknown",
    }
    assert all(problem["text"]["id"] and problem["text"]["en"] for problem in answer.json()["problems"])
    assert stored(database) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "tidak-ada"}, "unit-unknown"),
        ({"unit": None}, "field-missing"),
        ({"unit": 7}, "field-type"),
        ({"unit": "pt\x00sp"}, "text-unusable"),
        ({"unit": "\ud800"}, "text-unusable"),
        ({"id": "7d444840-9dc0-41d1-b245-5ffdce74fad2"}, "id-not-uuid7"),
        ({"id": "x"}, "id-not-uuid7"),
        ({"answers": []}, "field-type"),
        ({"answers": {}}, "no-answers"),
        ({"answers": {"waktu": True}}, "field-type"),
        ({"answers": {"waktu": 3.0}}, "field-type"),
        ({"answers": {"\ud800": 3}}, "text-unusable"),
        ({"answers": {str(i): 1 for i in range(100)}}, "too-many-entries"),
        ({"answers": {"waktu": 10**4000}}, "score-range"),
        ({"profile": {"usia": "\x00"}}, "text-unusable"),
        ({"profile": {"usia": "200"}}, "profile-option"),
        ({"instrument": "skm-2017@99"}, "instrument-unknown"),
        ({"channel": "paper"}, "channel"),
        ({"duration_ms": 10**30}, "duration-range"),
        ({"client_id": "x" * 65}, "client-id"),
    ],
)
def test_wrong_values_are_named_and_nothing_is_stored(
    client: TestClient, database: Database, change: dict[str, object], code: str
) -> None:
    answer = client.post(
        "/api/responses",
        content=json.dumps(payload(**change)),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert code in codes(answer)
    assert stored(database) == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"id": NaN}', b'{"a": 1, "a": 2}', b"[" * 60_000, b"9" * 5000],
)
def test_what_is_no_json_object_is_a_bad_request(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/responses", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad-request")
    # An outbox does not send it again, and its page says why in words, not by the code.
    assert answer.json()["text"] == asdict(words.told(400))


@pytest.mark.parametrize("path", ["/api/responses", "/s/ptsp"])
def test_a_body_too_large_or_of_another_type_is_refused(
    client: TestClient, database: Database, path: str
) -> None:
    kind = "application/json" if path.startswith("/api") else "application/x-www-form-urlencoded"
    parts = iter([b"a" * 40_000] * 4)  # no Content-Length: the limit counts while reading
    assert client.post(path, content=parts, headers={"Content-Type": kind}).status_code == 413
    assert client.post(path, content=b"a" * 70_000, headers={"Content-Type": kind}).status_code == 413
    for other in ("text/plain", "multipart/form-data; boundary=x", ""):
        assert client.post(path, content=b"{}", headers={"Content-Type": other}).status_code == 415
    assert stored(database) == 0


@pytest.mark.parametrize("body", [b"a.waktu=1&a.waktu=2", b"a=%ff", b"\xff", b"&".join([b"a=1"] * 500)])
def test_a_form_that_cannot_be_read_is_a_bad_request(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/s/ptsp", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://jahat.example"},
        {"Origin": "null"},
        {"Origin": "http://[x"},
    ],
)
def test_what_another_site_makes_a_browser_send_is_refused(
    client: TestClient, database: Database, headers: dict[str, str]
) -> None:
    assert client.post("/api/responses", json=payload(), headers=headers).status_code == 403
    assert client.post("/s/ptsp", data=fields(), headers=headers).status_code == 403
    assert stored(database) == 0


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://x"}, {"Origin": "http://testserver"}, {}]
)
def test_our_own_pages_and_plain_programs_are_let_through(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.post("/s/ptsp", data=fields(), headers=headers).status_code == 303


def test_an_answer_that_is_stored_keeps_its_receipt_after_its_service_closed(
    client: TestClient, database: Database
) -> None:
    sent = payload()
    receipt = client.post("/api/responses", json=sent).json()["receipt"]
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False)
    again = client.post("/api/responses", json=sent)
    assert (again.status_code, again.json()["receipt"]) == (200, receipt)
    assert client.post("/api/responses", json=payload()).status_code == 422


@pytest.mark.parametrize("changes", [{"channel": "loket"}, {"answers": 3}, {"unit": None}])
def test_an_answer_that_is_stored_keeps_its_receipt_whatever_its_shape_now(
    client: TestClient, database: Database, changes: dict[str, object]
) -> None:
    sent = payload()
    receipt = client.post("/api/responses", json=sent).json()["receipt"]
    again = client.post("/api/responses", json={**sent, **changes})
    assert (again.status_code, again.json()["receipt"]) == (200, receipt)
    assert client.post("/api/responses", json=payload(**changes)).status_code == 422
    assert stored(database) == 1


def test_too_fast_is_asked_to_wait_and_loses_nothing(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundredth of an address's allowance: 20 at once, then one every two seconds."""
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", "0.01")
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    client = TestClient(Starlette(routes=routes(lambda: database, lambda: NOW)), follow_redirects=False)
    answers = [client.post("/api/responses", json=payload()) for _ in range(21)]
    assert [a.status_code for a in answers] == [201] * 20 + [429]
    assert answers[-1].headers["retry-after"] == "2"
    page = client.post("/s/ptsp", data=fields())
    assert page.status_code == 429
    assert "Jawaban Anda masih ada di sana" in page.text
    # Another browser behind the same address stands behind it too: a name proves nothing.
    other = client.post("/s/ptsp", data=fields(), headers={"User-Agent": "another"})
    assert other.status_code == 429
    assert stored(database) == 20


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from(KEYS), inner)
    ),
    max_leaves=12,
)
FIELDS = ("id", "unit", "service", "instrument", "answers", "profile", "comment", "channel", "client_id")
members = st.sampled_from([*FIELDS, "age_ms", "duration_ms"])


@settings(max_examples=150)
@given(changes=st.dictionaries(members, json_values, min_size=1))
def test_no_json_breaks_the_route(client: TestClient, changes: dict[str, object]) -> None:
    """The client raises what the server raises, so that a 500 fails here."""
    content = json.dumps({**payload(), **changes})
    answer = client.post("/api/responses", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 201, 400, 422)
    assert answer.json().keys() & {"receipt", "problems", "error"}


names = st.sampled_from([*fields(), "comment", "p.usia", "language", "p.x"]) | st.text(max_size=8)


@settings(max_examples=150)
@given(changes=st.dictionaries(names, st.text(max_size=30), min_size=1), query=st.text(max_size=5))
def test_no_form_breaks_the_page(client: TestClient, changes: dict[str, str], query: str) -> None:
    answer = client.post("/s/ptsp", data={**fields(), **changes}, params={"lang": query})
    assert answer.status_code in (200, 303, 422)


@settings(max_examples=100)
@given(path=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_address_breaks_the_pages(client: TestClient, path: str) -> None:
    for prefix in ("/s/", "/s/ptsp/", "/s/ptsp/umum/", "/api/", "/api/responses/"):
        assert client.get(prefix + quote(path, safe="?&=;,@")).status_code in (200, 404, 405)

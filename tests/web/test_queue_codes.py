"""The code of a queue slip on the light form without its script, and on the JSON route."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.answers import queue_codes
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.web import pace
from survey_app.web.routes import routes
from tests.submissions import NOW, stored
from tests.web.forms import Page, fields, payload, visible_error


@pytest.fixture
def slips(database: Database, unit: UnitEntry) -> tuple[str, ...]:
    """Three slips for the unit's only service, which asks for them."""
    queue_codes.require(database, ADMIN, "ptsp", "umum", required=True)
    return queue_codes.issue(database, ADMIN, "ptsp", "umum", 3, NOW).codes


def test_a_form_without_codes_has_no_field_for_one(client: TestClient, unit: UnitEntry) -> None:
    for address in ("/s/ptsp", "/s/ptsp?kode=ABCDE-FGHJK"):
        html = client.get(address).text
        assert Page(html).all("input", name="code") == []
        assert "ABCDE-FGHJK" not in html


def test_the_slips_address_fills_its_code_in(client: TestClient, slips: tuple[str, ...]) -> None:
    for path in ("/s/ptsp", "/s/ptsp/umum"):
        assert Page(client.get(path).text).value("code") == ""
        assert Page(client.get(f"{path}?kode={slips[0]}").text).value("code") == slips[0]
    assert "required" in Page(client.get("/s/ptsp").text).all("input", name="code")[0]
    rude = client.get('/s/ptsp?kode="><script>').text
    assert Page(rude).value("code") == '"><script>'
    assert "><script>" not in rude


def test_an_answer_uses_its_code_up_and_keeps_its_receipt(
    client: TestClient, database: Database, slips: tuple[str, ...]
) -> None:
    mine = fields(code=slips[0])
    first, again = (client.post("/s/ptsp", data=mine) for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"].partition("?")[0]
    assert stored(database) == 1


def test_a_refused_code_is_said_at_its_field_and_the_answers_stay(
    client: TestClient, database: Database, slips: tuple[str, ...]
) -> None:
    client.post("/s/ptsp", data=fields(code=slips[0]))
    mine = fields(2, code=slips[0], comment="Antre lama")
    refused = client.post("/s/ptsp", data=mine)
    page = Page(refused.text)
    assert refused.status_code == 422
    assert "sudah dipakai" in str(visible_error(refused.text, "code"))
    assert page.all("a", href="#code")
    assert set(page.checked().values()) == {"2"}
    assert (page.value("code"), page.value("id")) == (slips[0], mine["id"])
    assert "Antre lama" in refused.text
    assert client.post("/s/ptsp", data={**mine, "code": slips[1]}).status_code == 303
    assert stored(database) == 2


def test_only_the_services_that_ask_for_a_code_get_one(
    client: TestClient, database: Database, slips: tuple[str, ...]
) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    page = Page(client.get("/s/ptsp").text)
    assert [a["value"] for a in page.all("option", class_="coded")] == ["umum"]
    assert "required" not in page.all("input", name="code")[0]
    assert Page(client.get("/s/ptsp/izin").text).all("input", name="code") == []
    assert client.post("/s/ptsp", data=fields(service="izin")).status_code == 303
    assert "isi kode" in str(visible_error(client.post("/s/ptsp", data=fields()).text, "code"))


def test_the_json_route_carries_the_code(
    client: TestClient, database: Database, slips: tuple[str, ...]
) -> None:
    mine = payload(code=slips[0])
    assert [client.post("/api/responses", json=mine).status_code for _ in range(2)] == [201, 200]
    for sent in (payload(code=slips[0]), payload()):
        answer = client.post("/api/responses", json=sent)
        assert answer.status_code == 422
        assert [problem["path"] for problem in answer.json()["problems"]] == ["code"]
    assert client.post("/api/responses", json=payload(code=["x"])).status_code == 422
    # Whether the code came along the second time does not matter: the answer is stored.
    assert client.post("/api/responses", json={**mine, "code": None}).status_code == 200
    assert stored(database) == 1


def test_trying_codes_out_meets_the_limit_of_the_address(
    database: Database, slips: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundredth of it, 20 at once.

    By the whole of it, 50 tries a second find one of 20,000 open codes of 45 bits in more than a year.
    """
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", "0.01")
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    client = TestClient(Starlette(routes=routes(lambda: database, lambda: NOW)))
    tries = [
        client.post(
            "/api/responses", json=payload(code="00000-00000"), headers={"User-Agent": f"browser {i}"}
        )
        for i in range(21)
    ]
    assert [answer.status_code for answer in tries] == [422] * 20 + [429]
    assert stored(database) == 0

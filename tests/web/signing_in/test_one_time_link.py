"""/tautan: a link is used by sending the form, once, and tells nobody its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from survey_app.services.accounts import links, people
from survey_app.services.accounts.links import VALID, Kind
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.cheap_passwords import PASSWORD, cheap, somebody
from tests.submissions import NOW
from tests.web.accounts import browser, proof, said, send, session, sign_in
from tests.web.forms import Page

__all__ = ["cheap"]
pytestmark = pytest.mark.usefixtures("cheap")
SITI = "siti@kaltim.go.id"


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    with browser(database) as opened:
        yield opened


def first(database: Database) -> str:
    token = links.open_first(database, NOW)
    assert token is not None
    return f"/tautan/{token}"


def invited(database: Database) -> str:
    somebody(database, NOW)
    return f"/tautan/{people.invite(database, ADMIN, SITI, 'Siti', Role.AUDITOR, PROVINCE, NOW)}"


def test_the_first_administrator_comes_in_by_the_link_once(client: TestClient, database: Database) -> None:
    path = first(database)
    assert "admin pertama" in said(client.get(path).text)
    answer = send(client, path, akun="Budi@kaltim.go.id", nama="Budi", kata_sandi=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Admin , seluruh provinsi" in said(client.get("/akun").text)
    assert client.get(path).status_code == 404
    again = send(client, path, "/masuk", akun="eve", nama="Eve", kata_sandi=PASSWORD)
    assert again.status_code == 404
    assert "tidak berlaku" in said(again.text)
    assert [p.login for p in people.listed(database, ADMIN)] == ["budi@kaltim.go.id"]


def test_an_invitation_sets_a_password_and_opens_a_session(client: TestClient, database: Database) -> None:
    path = invited(database)
    page = Page(client.get(path).text)
    assert page.all("input", name="kata_sandi", autocomplete="new-password")
    assert page.value("akun") == SITI
    assert send(client, path, akun="budi", nama="x", kata_sandi=PASSWORD).status_code == 303
    assert SITI in said(client.get("/akun").text)
    assert sign_in(client, SITI).status_code == 303
    assert client.get(path).status_code == 404


def test_opening_it_however_often_uses_nothing_up(client: TestClient, database: Database) -> None:
    path = first(database)
    for method in ("GET", "HEAD", "GET"):
        assert client.request(method, path).status_code == 200
    assert send(client, path, akun="budi", nama="Budi", kata_sandi=PASSWORD).status_code == 303


def test_what_is_wrong_stands_beside_its_field_and_the_link_can_still_be_used(
    client: TestClient, database: Database
) -> None:
    path = first(database)
    answer = send(client, path, akun='B"<b>', nama='"><i>', kata_sandi="short")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.value("akun") == 'B"<b>'
    assert page.value("nama") == '"><i>'
    assert page.all("input", name="kata_sandi")[0].get("value") is None
    assert {a["id"] for a in page.all("p", class_="error")} == {"e-login", "e-password"}
    assert {a["name"] for a in page.all("input") if a.get("aria-invalid")} == {"akun", "kata_sandi"}
    for tag in ("<b>", "<i>"):
        assert tag not in answer.text
    assert send(client, path, akun="budi", nama="Budi", kata_sandi=PASSWORD).status_code == 303


def test_a_link_that_ran_out_is_dead(database: Database) -> None:
    path = first(database)
    with browser(database, lambda: NOW + VALID[Kind.FIRST] - timedelta(seconds=1)) as client:
        assert client.get(path).status_code == 200
    with browser(database, lambda: NOW + VALID[Kind.FIRST]) as client:
        assert client.get(path).status_code == 404
        assert send(client, path, "/masuk", akun="budi", nama="B", kata_sandi=PASSWORD).status_code == 404
    assert people.listed(database, ADMIN) == []


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 5000, "%00", "%C3%A9", "%FF", "..%2fmasuk", "a/b"])
def test_a_link_that_nobody_made_is_dead(client: TestClient, database: Database, token: str) -> None:
    answer = client.get(f"/tautan/{token}")
    assert answer.status_code == 404
    sent = send(client, f"/tautan/{token}", "/masuk", akun="budi", nama="B", kata_sandi=PASSWORD)
    assert sent.status_code == 404


def test_its_address_goes_nowhere_and_a_browser_that_hides_it_may_send_the_form(
    client: TestClient, database: Database
) -> None:
    """With no-referrer a browser says "Origin: null", and outside TLS nothing else (Fetch, 3.2)."""
    path = first(database)
    page = client.get(path)
    fields = {"formulir": proof(page.text), "akun": "budi", "nama": "Budi"}
    wrong = client.post(path, data={**fields, "kata_sandi": "short"}, headers={"Origin": "null"})
    elsewhere = client.post(path, data=fields, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"})
    right = client.post(path, data={**fields, "kata_sandi": PASSWORD}, headers={"Origin": "null"})
    assert [a.status_code for a in (wrong, elsewhere, right)] == [422, 403, 303]
    dead = client.get(path)
    for answer in (page, wrong, elsewhere, right, dead):
        assert answer.headers["referrer-policy"] == "no-referrer"
    signing_in = client.post("/masuk", data=fields, headers={"Origin": "null"})
    assert signing_in.status_code == 403


def test_a_link_ends_the_session_this_browser_had(client: TestClient, database: Database) -> None:
    path = invited(database)
    sign_in(client)
    before = session(client)
    send(client, path, kata_sandi=PASSWORD)
    assert session(client) != before
    with browser(database) as other:
        assert other.get("/akun", headers={"Cookie": f"survei={before}"}).status_code == 303

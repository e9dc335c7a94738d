"""People of the demonstration: in at this machine alone, where it was asked for, and beside nobody real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.accounts import links
from survey_app.services.accounts.demo_people import PEOPLE
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import demo_door, runtime
from survey_app.storage.database import Database
from survey_app.web import asgi
from survey_app.web.routes import routes
from tests.cheap_passwords import cheap, somebody
from tests.submissions import NOW
from tests.web.accounts import BUDI, said, send, sign_in
from tests.web.forms import Page

__all__ = ["cheap"]
pytestmark = pytest.mark.usefixtures("cheap")

#: What says that somebody else stands between the browser and us, or that another name leads here.
OUTSIDE = [
    {"X-Forwarded-For": "203.0.113.5"},
    {"x-forwarded-for": ""},
    {"X-Forwarded-Host": "survei.contoh.go.id"},
    {"X-Forwarded-Proto": "https"},
    {"X-Real-IP": "127.0.0.1"},
    {"Forwarded": "for=203.0.113.5"},
    {"Via": "1.1 proxy"},
    {"Host": "survei.contoh.go.id"},
    {"Host": "localhost.evil.test"},
    {"Host": "127.0.0.1.evil.test"},
    {"Host": "evil.test:127"},
    {"Host": "[::1"},
    {"Host": "192.168.1.5:8501"},
    {"Host": "0.0.0.0"},
]


def at(
    database: Database, listening: str | None, sender: str = "127.0.0.1", url: str = "http://localhost:8501"
) -> TestClient:
    def door(opened: Database, headers: Mapping[str, str], client: str) -> bool:
        return demo_door.is_open(opened, listening, headers, client=client)

    app = Starlette(routes=routes(lambda: database, lambda: NOW, door))
    return TestClient(app, base_url=url, client=(sender, 50_000), follow_redirects=False)


@pytest.fixture
def client(database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("SURVEY_DEMO", "1")
    with at(database, "127.0.0.1") as opened:
        yield opened


def offered(client: TestClient, **headers: str) -> bool:
    return bool(Page(client.get("/masuk", headers=headers).text).all("form", action="/masuk/contoh"))


@pytest.mark.parametrize("role", [role.value for role in PEOPLE])
def test_one_button_for_each_role_signs_in(client: TestClient, role: str) -> None:
    page = client.get("/masuk")
    assert "Data contoh" in said(page.text)
    assert "proksi" in said(page.text)
    assert Page(page.text).all("button", name="peran", value=role)
    answer = send(client, "/masuk/contoh", "/masuk", peran=role, lanjut="/unit")
    assert (answer.status_code, answer.headers["location"]) == (303, "/unit")
    assert f"contoh-{role}" in said(client.get("/akun").text)


@pytest.mark.parametrize("role", ["publik", "", "root", "\x00"])
def test_there_is_nobody_else(client: TestClient, role: str) -> None:
    assert send(client, "/masuk/contoh", "/masuk", peran=role).status_code in (400, 403)


@pytest.mark.parametrize("headers", OUTSIDE, ids=str)
def test_a_request_from_elsewhere_finds_it_closed_and_a_session_over(
    client: TestClient, headers: dict[str, str]
) -> None:
    send(client, "/masuk/contoh", "/masuk", peran="admin")
    known = Page(client.get("/akun").text).value("formulir")
    cookies = "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)
    assert client.get("/akun").status_code == 200
    assert not offered(client, **headers)
    assert client.get("/akun", headers={**headers, "Cookie": cookies}).status_code == 303
    data = {"formulir": str(known), "peran": "admin"}
    answer = client.post("/masuk/contoh", data=data, headers={**headers, "Cookie": cookies})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["http://localhost", "http://127.0.0.1:8501", "http://[::1]:8501"])
def test_any_name_of_this_machine_is_this_machine(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SURVEY_DEMO", "1")
    with at(database, "127.0.0.1", url=name) as opened:
        assert offered(opened)


@pytest.mark.parametrize(
    ("asked", "listening", "sender"),
    [
        ("", "127.0.0.1", "127.0.0.1"),
        ("0", "127.0.0.1", "127.0.0.1"),
        ("1", "0.0.0.0", "127.0.0.1"),
        ("1", None, "127.0.0.1"),
        ("1", "192.168.1.5", "127.0.0.1"),
        ("1", "127.0.0.1", "192.168.1.9"),
    ],
)
def test_nothing_less_opens_it(
    database: Database,
    unit: UnitEntry,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    listening: str | None,
    sender: str,
) -> None:
    monkeypatch.setenv("SURVEY_DEMO", asked)
    with at(database, listening, sender) as opened:
        assert not offered(opened)
        assert send(opened, "/masuk/contoh", "/masuk", peran="admin").status_code == 403


def test_it_closes_for_good_and_at_once_when_somebody_real_comes(
    client: TestClient, database: Database
) -> None:
    send(client, "/masuk/contoh", "/masuk", peran="admin")
    token = links.open_first(database, NOW)
    assert token is not None
    assert client.get("/akun").status_code == 200
    somebody(database, NOW)
    assert client.get("/akun").status_code == 303
    assert not offered(client)
    assert send(client, "/masuk/contoh", "/masuk", peran="admin").status_code == 403
    assert sign_in(client, "contoh-admin", "").status_code == 401
    assert sign_in(client, BUDI).status_code == 303


def test_the_process_of_plain_routes_never_has_them(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app as it is served, on a database without accounts, with all that would open the other one."""
    monkeypatch.setenv("SURVEY_DEMO", "1")
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    runtime.database.cache_clear()
    try:
        with TestClient(asgi.app, base_url="http://localhost:8600", client=("127.0.0.1", 1)) as opened:
            assert "admin create" in said(opened.get("/masuk").text)
            assert not offered(opened)
            assert send(opened, "/masuk/contoh", "/masuk", peran="admin").status_code == 403
    finally:
        runtime.database().close()
        runtime.database.cache_clear()

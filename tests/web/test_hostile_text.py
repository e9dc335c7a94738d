"""SQL, script, paths and bytes that are no text, in everything that a plain route reads.

The fields are those of the pages themselves and the addresses those of the routes, so that a new one is tried
too: nothing fails, nothing comes back as anything but text, and nothing is done to a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from survey_app.services.accounts import people, sessions
from survey_app.services.accounts.cookies import COOKIE
from survey_app.services.accounts.sessions import Origin
from survey_app.services.answers import intake
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import accounts
from survey_app.storage.database import Database
from survey_app.web.headers import SecurityHeaders
from survey_app.web.routes import routes
from tests.addresses import addresses
from tests.signing_in import account_of
from tests.submissions import NOW, stored, submission
from tests.web.forms import payload

HOSTILE = {
    "a statement": "x'; DROP TABLE response; DELETE FROM account; --",
    "a condition": "' OR '1'='1",
    "a pattern": '%" OR ""="_%',
    "a script": "\"'><script>alert(1)</script><img src=x onerror=alert(1)>",
    "a template": "{{7*7}}${7*7}{0}%s%n<%= 7*7 %>",
    "a path": "../../../../etc/passwd",
    "a line of a header": "x\r\nSet-Cookie: fremd=1\r\n\r\n<p>",
    "a zero byte": "a\x00b",
    "a number beyond all": "9" * 40,
    "much": "x" * 5_000,
    "another host": "//evil.example/\\evil.example",
}
QUERIES = ("lang", "lanjut", "q", "period", "kode", "again", "selesai", "code", "state", "error", "viewport")


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and its fields as they are filled in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("method", "get").upper(), given.get("action", ""), {}))
        elif tag in ("input", "textarea", "button", "select") and "name" in given and self.found:
            self.found[-1][2][given["name"]] = given.get("value", "")


@pytest.fixture
def client(database: Database, unit: UnitEntry) -> Iterator[TestClient]:
    """Somebody who has signed in, so that every page shows its forms; no 500 hides."""
    # As in the process of the forms, where what no route knows is strict too.
    outer = [Middleware(SecurityHeaders)]
    app = Starlette(routes=routes(lambda: database, lambda: NOW), middleware=outer)
    with TestClient(app, follow_redirects=False) as opened:
        somebody = account_of(
            database, Role.ADMIN, PROVINCE, NOW, login="budi", password="empat kata mudah diingat"
        )
        # Two roles, between which the page lets choose.
        database.write(lambda connection: accounts.add_role(connection, somebody, Role.OPERATOR, "", ""))
        opened.cookies.set(COOKIE, sessions.begin(database, somebody, Origin("10.0.0.5"), NOW))
        yield opened


def is_harmless(answer: object, *, what: str) -> None:
    """No fault, no live part of what was sent, no header of its making, and no way elsewhere."""
    status, text, headers = answer.status_code, answer.text, answer.headers  # type: ignore[attr-defined]
    assert status < 500, what
    # Elsewhere it is text: no browser is let guess that JSON or a table might be a page.
    if headers.get("content-type", "").startswith("text/html"):
        assert "<script>alert(1)" not in text, what
        assert "<img src=x" not in text, what
    assert headers["x-content-type-options"] == "nosniff", what
    assert "fremd" not in headers.get("set-cookie", ""), what
    # As a browser reads it; below our own path another name is a name.
    onward = urljoin("http://testserver/", headers.get("location", "").replace("\\", "/"))
    assert urlsplit(onward).hostname == "testserver", what
    assert "root:x:" not in text, what
    assert "syntax error" not in text.lower(), what


@pytest.mark.parametrize("name", HOSTILE)
def test_in_the_address(client: TestClient, database: Database, name: str) -> None:
    for path in sorted(set(addresses(client.app.routes, quote(HOSTILE[name], safe="")))):  # type: ignore[attr-defined]
        if path != "/keluar":
            for method in ("GET", "POST"):
                is_harmless(client.request(method, path), what=f"{method} {path[:80]}")
            asked = client.get(path, params=dict.fromkeys(QUERIES, HOSTILE[name]))
            is_harmless(asked, what=f"{path[:80]}, asked for")
    assert stored(database) == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_in_every_field_of_every_form(
    client: TestClient, database: Database, name: str, unit: UnitEntry
) -> None:
    device = devices.pair(database, devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code, NOW)
    invited = people.invite(database, ADMIN, "siti", "Siti", Role.OPERATOR, PROVINCE, NOW)
    before = account_count(database)
    tried = set()
    for page in (
        "/s/ptsp",
        f"/k/{device.device.code}",
        "/k",
        "/hasil",
        "/masuk",
        "/akun",
        f"/tautan/{invited}",
    ):
        for method, action, fields in Forms(client.get(page).text).found:
            if action.startswith("/keluar"):
                continue
            for field in sorted(fields.keys() - {"formulir"}):
                given = {**fields, field: HOSTILE[name]}
                sent = {"params": given} if method == "GET" else {"data": given}
                is_harmless(client.request(method, action or page, **sent), what=f"{page} {field}")  # type: ignore[arg-type]
                tried.add(field)
    assert {
        "comment",
        "service",
        "akun",
        "kata_sandi",
        "lanjut",
        "peran",
        "kata_sandi_lama",
        "a.waktu",
    } <= tried
    assert account_count(database) == before
    assert isinstance(intake.accept(database, submission(), NOW), intake.Receipt)


def account_count(database: Database) -> int:
    return len(people.listed(database, ADMIN))


@pytest.mark.parametrize("name", HOSTILE)
def test_in_every_field_of_what_programs_send(client: TestClient, database: Database, name: str) -> None:
    text = HOSTILE[name]
    whole = payload(unit="ptsp", service="umum", comment="", language="id", instrument="skm-2017@1")
    for key in [*whole, "profile", "device", "code", "age_seconds", text]:
        for value in (text, [text], {text: text}, {"usia": text}):
            answer = client.post("/api/responses", json={**whole, key: value})
            is_harmless(answer, what=f"{key}: {type(value)}")
    for path in addresses(client.app.routes):  # type: ignore[attr-defined]
        if path.startswith("/api/"):
            for key in ("code", "token", "name", "waiting", text):
                is_harmless(client.post(path, json={key: text}), what=f"{path} {key}")
            bearer = {"Authorization": f"Bearer {text}".encode("ascii", "ignore").replace(b"\r\n", b" ")}
            is_harmless(client.post(path, json={}, headers=bearer), what=path)  # type: ignore[arg-type]
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM response").scalar() is not None

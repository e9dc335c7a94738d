"""/masuk and /keluar: sessions begin and end here, and nothing tells a stranger more than that it failed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from survey_app.errors import Unavailable
from survey_app.services.accounts import sessions
from survey_app.services.accounts.cookies import COOKIE, FORM_COOKIE, SECURE_COOKIE, SECURE_FORM_COOKIE
from survey_app.services.accounts.signing_in import NOT_SIGNED_IN
from survey_app.services.accounts.tokens import new_token
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.web.sign_in import local_path
from tests.cheap_passwords import PASSWORD, cheap, somebody
from tests.submissions import NOW
from tests.web.accounts import BUDI, browser, proof, said, send, session, sign_in
from tests.web.forms import Page

__all__ = ["cheap"]


@pytest.fixture
def client(database: Database, cheap: list[str]) -> Iterator[TestClient]:
    somebody(database, NOW)
    cheap.clear()
    with browser(database) as opened:
        yield opened


def test_somebody_signs_in_is_known_and_signs_out(client: TestClient, database: Database) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    token = session(client)
    assert "Budi Santoso" in said(client.get("/akun").text)
    left = send(client, "/keluar", "/akun")
    assert (left.status_code, left.headers["location"]) == (303, "/masuk?selesai=keluar")
    assert session(client) is None
    assert sessions.find(database, token, NOW) is None
    assert client.get("/akun").headers["location"] == "/masuk?lanjut=%2Fakun"


def test_a_token_that_was_there_before_is_not_the_one_after_and_opens_nothing(
    client: TestClient, database: Database
) -> None:
    planted = new_token()
    client.cookies.set(COOKIE, planted, domain="testserver.local", path="/")
    sign_in(client)
    first = session(client)
    assert first not in (None, planted)
    assert sessions.find(database, planted, NOW) is None
    sign_in(client)
    assert session(client) != first
    assert sessions.find(database, first, NOW) is None


@pytest.mark.parametrize(
    "login", [BUDI, "nobody", "", "\x00", "x" * 3000, "<script>alert(1)</script>", "'--"]
)
def test_what_is_wrong_is_never_said(client: TestClient, cheap: list[str], login: str) -> None:
    answer = sign_in(client, login, "wrong secret")
    assert answer.status_code == 401
    assert NOT_SIGNED_IN.id in said(answer.text)
    assert cheap == ["wrong secret"]
    assert "set-cookie" not in answer.headers
    # The same page to the letter, apart from what was typed.
    other = sign_in(client, "somebody else", "wrong secret")
    assert _without(answer.text) == _without(other.text)
    assert "wrong secret" not in answer.text
    assert "<script>alert" not in answer.text


def _without(html: str) -> str:
    """The page without the account name in its field."""
    return re.sub(r'(name="akun" value=)"[^"]*"', r"\1", html)


def test_the_login_is_kept_in_its_field_and_the_password_is_not(client: TestClient) -> None:
    page = Page(sign_in(client, "budi", "wrong secret").text)
    assert page.value("akun") == "budi"
    assert page.all("input", name="kata_sandi")[0].get("value") is None
    assert page.all("input", name="akun", autocomplete="username")
    assert page.all("input", name="kata_sandi", autocomplete="current-password")


@pytest.mark.parametrize("login", [BUDI, "nobody"])
def test_after_a_few_failures_one_waits_and_is_told_how_long(client: TestClient, login: str) -> None:
    answers = [sign_in(client, login, "wrong") for _ in range(10)]
    assert [a.status_code for a in answers] == [401] * 5 + [429] * 5
    assert answers[-1].headers["retry-after"] == "1"
    assert "Tunggu 1 detik" in said(answers[-1].text)
    assert sign_in(client, login).status_code == 429


def test_who_has_waited_is_let_in(database: Database, cheap: list[str]) -> None:
    somebody(database, NOW)
    moment = [NOW]

    def clock() -> datetime:
        return moment[0]

    with browser(database, clock) as client:
        for _ in range(6):
            sign_in(client, password="wrong")
        moment[0] += timedelta(seconds=1)
        assert sign_in(client).status_code == 303


LOCAL = [
    "/",
    "/unit",
    "/unit?kode=ptsp&periode=2024-TW1",
    "/hasil/x%20y",
    "/a//b",
    "/?next=//evil.test",
    "/é",
]
ELSEWHERE = [
    "",
    "//evil.test",
    "///evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "\t//evil.test",
    " //evil.test",
    "/\n/evil.test",
    "/\r\nSet-Cookie: a=b",
    "http://evil.test",
    "https:evil.test",
    "HTTPS://evil.test/",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.test",
    "@evil.test",
    "unit",
    "/\x00",
    "/\x7f",
    "/a b",
    "/a\\b",
    "/a\u2028b",
    "/" + "x" * 3000,
]


@pytest.mark.parametrize("path", LOCAL)
def test_one_goes_on_to_where_one_wanted_to_go(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize("path", ELSEWHERE)
def test_and_never_to_another_site(client: TestClient, path: str) -> None:
    assert local_path(path) == "/"
    assert sign_in(client, lanjut=path).headers["location"] == "/"


@pytest.mark.parametrize("path", ELSEWHERE[1:])
def test_nor_does_a_link_to_the_page_hold_another_site(client: TestClient, path: str) -> None:
    page = Page(client.get("/masuk", params={"lanjut": path}).text)
    assert page.value("lanjut") == "/"
    assert not [a for a in page.all("a") if "evil" in str(a["href"])]


def test_the_form_takes_the_way_on_along(client: TestClient) -> None:
    page = client.get("/masuk", params={"lanjut": '/unit?kode="><b>', "lang": "en"})
    assert Page(page.text).value("lanjut") == '/unit?kode="><b>'
    assert '"><b>' not in page.text
    answer = sign_in(client, lanjut="/unit?kode=ptsp")
    assert answer.headers["location"] == "/unit?kode=ptsp"


def test_english_stays_english(client: TestClient) -> None:
    known = proof(client.get("/masuk?lang=en").text)
    wrong = client.post("/masuk?lang=en", data={"formulir": known, "akun": BUDI, "kata_sandi": "x"})
    assert NOT_SIGNED_IN.en in said(wrong.text)
    right = client.post("/masuk?lang=en", data={"formulir": known, "akun": BUDI, "kata_sandi": PASSWORD})
    assert right.headers["location"] == "/?lang=en"


PLAIN, TLS = "http://testserver", "https://testserver"


@pytest.mark.parametrize(
    ("url", "public_url", "secure"),
    [
        (PLAIN, "", False),
        (TLS, "", True),
        (PLAIN, "https://testserver", True),
        (PLAIN, "https://survei.contoh.go.id", False),
        (PLAIN, "http://testserver", False),
    ],
)
def test_cookies_are_bound_to_this_host_where_the_way_is_encrypted(
    database: Database,
    cheap: list[str],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    public_url: str,
    secure: bool,
) -> None:
    monkeypatch.setenv("SURVEY_PUBLIC_URL", public_url)
    somebody(database, NOW)
    with browser(database, url=url) as client:
        form = client.get("/masuk")
        data = {"formulir": proof(form.text), "akun": BUDI, "kata_sandi": PASSWORD}
        # As a proxy sends it on: the client keeps no Secure cookie that came over http.
        name = SECURE_FORM_COOKIE if secure else FORM_COOKIE
        answer = client.post("/masuk", data=data, headers={"Cookie": f"{name}={data['formulir']}"})
        assert answer.status_code == 303
        for response, expected in ((form, name), (answer, SECURE_COOKIE if secure else COOKIE)):
            [cookie] = response.headers.get_list("set-cookie")
            parts = [part.strip().lower() for part in cookie.split(";")]
            assert parts[0].startswith(f"{expected.lower()}=")
            assert {"httponly", "path=/", "samesite=lax"} <= set(parts)
            assert ("secure" in parts) is secure
            assert not any(part.startswith(("domain", "max-age", "expires")) for part in parts)


def test_behind_tls_a_cookie_that_a_neighbour_could_set_is_not_believed(
    database: Database, cheap: list[str]
) -> None:
    somebody(database, NOW)
    with browser(database) as plain:
        sign_in(plain)
        token = session(plain)
    with browser(database, url=TLS) as client:
        assert client.get("/akun", headers={"Cookie": f"{COOKIE}={token}"}).status_code == 303
        assert client.get("/akun", headers={"Cookie": f"{SECURE_COOKIE}={token}"}).status_code == 200
        planted = new_token()
        data = {"formulir": planted, "akun": BUDI, "kata_sandi": PASSWORD}
        answer = client.post("/masuk", data=data, headers={"Cookie": f"{FORM_COOKIE}={planted}"})
        assert answer.status_code == 403


POSTS = ["/masuk", "/keluar", "/akun", "/masuk/contoh", "/tautan/abc"]


@pytest.mark.parametrize("path", POSTS)
def test_a_form_that_is_not_ours_does_nothing(client: TestClient, database: Database, path: str) -> None:
    sign_in(client)
    token, known = session(client), proof(client.get("/akun").text)
    for fields, headers in (
        ({}, {}),
        ({"formulir": ""}, {}),
        ({"formulir": "é"}, {}),
        ({"formulir": new_token()}, {}),
        ({"formulir": known}, {"Sec-Fetch-Site": "cross-site"}),
        ({"formulir": known}, {"Sec-Fetch-Site": "same-site"}),
        ({"formulir": known}, {"Origin": "http://evil.test"}),
    ):
        answer = client.post(path, data={"lakukan": "akhiri-lain", "a": "b", **fields}, headers=headers)
        assert answer.status_code == 403, (fields, headers)
        assert "set-cookie" not in answer.headers
    assert sessions.find(database, token, NOW) is not None


def test_without_the_cookie_the_field_alone_is_nothing(client: TestClient) -> None:
    known = proof(client.get("/masuk").text)
    client.cookies.clear()
    data = {"formulir": known, "akun": BUDI, "kata_sandi": PASSWORD}
    assert client.post("/masuk", data=data).status_code == 403
    client.cookies.set(FORM_COOKIE, "")
    assert client.post("/masuk", data={**data, "formulir": ""}).status_code == 403


@pytest.mark.parametrize("path", POSTS)
def test_what_is_no_form_is_refused_in_words(client: TestClient, path: str) -> None:
    assert client.post(path, json={"a": 1}).status_code == 415
    assert client.post(path, data={"a": "x" * 70_000}).status_code == 413
    twice = client.post(
        path, content=b"a=1&a=2", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert twice.status_code == 400
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert "<h1>" in answer.text
    if path in ("/keluar", "/masuk/contoh"):
        assert client.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/masuk", "/akun", "/tautan/abc", "/tautan", "/keluar"])
def test_every_page_is_strict_and_kept_by_nobody(client: TestClient, path: str) -> None:
    sign_in(client)
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    # Our own script of passkeys by its hash, and no other.
    scripts = re.findall(r"script-src ([^;]*)", policy)
    assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in scripts)
    assert headers["cache-control"] == "no-store"
    assert "content-encoding" not in headers
    assert "traceback" not in client.get(path).text.lower()


@pytest.mark.parametrize("host", ["evil.test", "x" * 5000, "testserver:99999", "[::1", "a b"])
def test_a_host_header_leads_nowhere(client: TestClient, host: str) -> None:
    page = client.get("/masuk", headers={"Host": host})
    assert host not in page.text
    answer = client.post(
        "/masuk",
        data={"formulir": proof(page.text), "akun": BUDI, "kata_sandi": PASSWORD},
        headers={"Host": host, "Cookie": f"{FORM_COOKIE}={proof(page.text)}"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_without_an_account_the_page_says_where_the_first_link_is(
    database: Database, cheap: list[str]
) -> None:
    with browser(database) as client:
        empty = said(client.get("/masuk").text)
        assert ".venv/bin/python -m survey_app admin create" in empty
        assert "Lupa kata sandi?" not in empty
        somebody(database, NOW)
        page = said(client.get("/masuk").text)
        assert "admin create" not in page
        assert "Lupa kata sandi?" in page


def test_a_database_that_is_away_is_said_so(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable("database-unavailable", Text("x", "x"), "host=secret")

    monkeypatch.setattr(Database, "look", away)
    answer = client.get("/masuk")
    assert answer.status_code == 503
    assert "secret" not in answer.text

"""Every address that the server answers, ours and Streamlit's, whatever it answers: headers that hold.

The routes are collected from the app that `streamlit run` serves, so that a new one is tried too; Streamlit
brings its own routes, beside a stand-in for what runs pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

import streamlit_app
from survey_app.pages.serving.failing import FAILED
from survey_app.services.accounts import sessions
from survey_app.services.accounts.cookies import COOKIE
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from tests.addresses import addresses
from tests.pages.test_sessions import account
from tests.submissions import NOW

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
#: Where there is something, beside what the routes are filled with.
FOUND = ("/s/ptsp", "/hasil/ptsp", "/static/js/x.js", "/_stcore/health", "/tidak-ada", "/media/x.pdf")
#: Streamlit's own paths that no page of ours asks for.
CLOSED = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/bidi-components/x/y.js",
    "/_stcore/allowed-message-origins",
    "/component/x/index.html",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/manifest.json",
    "/index.html",
    "/static/x",
    "/static/index.html",
    "/app/static/x",
)


@pytest.fixture
def app(database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starlette]:
    """The served app, on a database of the test."""
    monkeypatch.setattr(runtime, "open_database", lambda _: database)
    runtime.database.cache_clear()
    stand_in = MagicMock()
    stand_in.media_file_mgr._storage = MemoryMediaFileStorage("/media")
    stand_in.component_registry.get_component_path.return_value = None
    stand_in.bidi_component_registry.get.return_value = None

    async def ready() -> tuple[bool, str]:
        return True, "ok"

    type(stand_in).is_ready_for_browser_connection = property(lambda _: ready())
    monkeypatch.setattr(streamlit_app.app, "_runtime", stand_in)
    yield streamlit_app.app._build_starlette_app()
    runtime.database.cache_clear()


@pytest.fixture
def client(app: Starlette) -> TestClient:
    """A fault of the server is an answer like every other."""
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def faults(headers: dict[str, str]) -> list[str]:
    """What the headers of an answer lack."""
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    expected = {
        "nothing is loaded by default": policy.get("default-src") == "'none'",
        "no frame": policy.get("frame-ancestors") == "'none'",
        "no base": policy.get("base-uri") == "'none'",
        "forms of ours": policy.get("form-action") in ("'none'", "'self'"),
        "no script of anybody": not re.search(r"unsafe|\*|http|data:", policy.get("script-src", "")),
        "no other host": not re.search(r"\*|https?:|ws", headers["content-security-policy"]),
        "no sniffing": headers.get("x-content-type-options") == "nosniff",
        "no referrer elsewhere": headers.get("referrer-policy") in ("same-origin", "no-referrer"),
        "no camera": "camera=()" in headers.get("permissions-policy", ""),
        "own window": headers.get("cross-origin-opener-policy") == "same-origin",
        "own resource": headers.get("cross-origin-resource-policy") == "same-origin",
        "read by no other": headers.get("access-control-allow-origin") is None,
    }
    return [what for what, holds in expected.items() if not holds]


def test_every_answer_of_every_route_is_strict(app: Starlette, client: TestClient) -> None:
    """And no answer is a fault of the server."""
    tried = sorted({*addresses(app.routes), *FOUND, *CLOSED})
    assert {"/s/x", "/masuk", "/tautan/x", "/api/responses", "/media/x", "/unit"} <= set(tried)
    statuses = set()
    for path in tried:
        for method in METHODS:
            answer = client.request(method, path, headers={"Origin": "https://evil.example"})
            statuses.add(answer.status_code)
            assert faults(dict(answer.headers)) == [], (method, path, answer.status_code)
            assert answer.status_code < 500, (method, path)
    assert {200, 303, 403, 404, 405} <= statuses


def test_a_body_that_is_too_large_is_refused_as_strictly(app: Starlette, client: TestClient) -> None:
    statuses = set()
    for path in sorted({*addresses(app.routes), *FOUND}):
        answer = client.post(path, content=b"x" * 70_000, headers={"Content-Type": "application/json"})
        statuses.add(answer.status_code)
        assert faults(dict(answer.headers)) == [], path
        assert answer.status_code < 500, path
    assert 413 in statuses


def test_a_fault_of_the_server_is_as_strict_and_says_nothing_of_its_inside(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what Streamlit answers, of what stands around it, and of the plain routes."""
    token = sessions.begin(database, account(database), Origin("10.0.0.5"), NOW)

    def broken(*_: object) -> object:
        raise OSError("a secret path")

    monkeypatch.setattr(MemoryMediaFileStorage, "get_file", broken)
    monkeypatch.setattr("survey_app.pages.serving.staff_only.session_of", broken)
    monkeypatch.setattr("survey_app.pages.serving.shell.session_of", broken)
    monkeypatch.setattr(sessions, "find", broken)
    monkeypatch.setattr(runtime, "open_database", broken)
    runtime.database.cache_clear()
    client.cookies.set(COOKIE, token)
    for path in ("/media/x.pdf", "/unit", "/s/ptsp", "/akun", "/api/responses"):
        answer = client.post(path, json={}) if path.startswith("/api") else client.get(path)
        assert answer.status_code == 500, path
        assert faults(dict(answer.headers)) == [], path
        assert answer.headers["cache-control"] == "no-store"
        assert "secret" not in answer.text
    assert FAILED.id in client.get("/unit").text


#: Ways out of a folder, as browsers and proxies leave them; what they would find is on every such machine.
OUT = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..%5c..%5c..%5cetc%5cpasswd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "x%00.js",
    "....//....//etc/passwd",
)


@pytest.mark.parametrize("out", OUT)
def test_no_path_leads_out_of_what_is_served(
    out: str, app: Starlette, client: TestClient, database: Database
) -> None:
    """Not for who has signed in either."""
    client.cookies.set(COOKIE, sessions.begin(database, account(database), Origin("10.0.0.5"), NOW))
    folders = {"/static/", "/static/js/", "/_stcore/", "/component/x/", "/unit/", *addresses(app.routes, out)}
    for folder in sorted(folders):
        answer = client.get(folder if out in folder else folder + out)
        assert answer.status_code < 500, folder
        assert "root:x:" not in answer.text, folder


@pytest.mark.parametrize("path", CLOSED)
def test_what_of_streamlit_no_page_asks_for_is_not_there(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, json={}).status_code in (404, 405)


def test_no_other_host_may_send_messages_to_our_page(client: TestClient) -> None:
    """What the page asks for as it opens: Streamlit's own list names hosts of its makers."""
    told = client.get("/_stcore/host-config").json()
    assert told["allowedOrigins"] == []
    assert not told["enableCustomParentMessages"]
    assert not told["useExternalAuthToken"]
    assert told["metricsUrl"] == ""


@pytest.mark.parametrize(
    ("url", "public", "told"),
    [
        ("http://survei.contoh.go.id", "", False),
        ("https://survei.contoh.go.id", "", True),
        ("http://survei.contoh.go.id", "https://survei.contoh.go.id", True),
        ("http://127.0.0.1:8501", "https://survei.contoh.go.id", False),
        ("http://survei.contoh.go.id", "http://survei.contoh.go.id", False),
    ],
)
def test_who_came_by_https_is_told_to_come_by_nothing_else(
    url: str, public: str, told: bool, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody else: at this machine the browser would find no other server over HTTP again."""
    monkeypatch.setenv("SURVEY_PUBLIC_URL", public)
    # Built anew, as it reads what is set when it is built.
    client = TestClient(streamlit_app.app._build_starlette_app(), base_url=url, follow_redirects=False)
    for path in ("/", "/survei", "/tidak-ada", "/_stcore/health", "/media/x"):
        kept = client.get(path).headers.get("strict-transport-security")
        assert (kept == "max-age=31536000") is told, path

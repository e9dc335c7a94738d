"""What stands around Streamlit: its page in our language, strict headers, compressed files, honest 404s."""

from __future__ import annotations

import gzip
import re
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import brotli
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import file_util
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from survey_app.pages import serving
from survey_app.pages.serving import shell, staff_only
from survey_app.pages.serving.unanswered import NOT_FOUND, TITLE
from survey_app.pages.specs import PAGES
from survey_app.services.accounts import sessions
from survey_app.services.accounts.cookies import COOKIE
from survey_app.services.accounts.sessions import Origin
from survey_app.services.ip_asn import overview, staff_sums
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage import accounts
from survey_app.storage.database import Database, create_engine
from survey_app.ui import made_files
from tests.pages.test_sessions import account
from tests.servers import free_port
from tests.staff import add_units, import_staff, staff
from tests.submissions import NOW

STATIC = Path(file_util.get_static_dir()) / "static"


@pytest.fixture
def signed_out(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    """No session is asked of the database of the machine."""
    monkeypatch.setattr(runtime, "database", lambda: database)
    monkeypatch.setattr(runtime, "now", lambda: NOW)


@pytest.fixture
def client(signed_out: None) -> Iterator[TestClient]:
    """Our routes and middleware with a stand-in for what Streamlit serves after them."""

    async def file(_: object) -> PlainTextResponse:
        return PlainTextResponse("a file")

    async def health(_: object) -> PlainTextResponse:
        return PlainTextResponse("ok", headers={"Content-Security-Policy": "default-src 'none'"})

    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("connected")

    own = Route("/_stcore/health", health)
    app = Starlette(
        routes=[
            *serving.routes(),
            own,
            Route("/media/{name:path}", file),
            Route("/_stcore/upload_file/{a}/{b}", file, methods=["PUT", "DELETE"]),
            Route("/_stcore/metrics", file),
            WebSocketRoute("/_stcore/stream", stream),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=serving.MIDDLEWARE,
    )
    with TestClient(app, follow_redirects=False) as opened:
        yield opened


@pytest.fixture
def staff_client(client: TestClient, database: Database) -> TestClient:
    """The same, with the cookie of somebody who has signed in."""
    client.cookies.set(COOKIE, sessions.begin(database, account(database), Origin("10.0.0.5"), NOW))
    return client


@pytest.mark.parametrize("path", ["/", *(f"/{spec.path}" for spec in PAGES[1:])])
def test_every_page_arrives_in_bahasa_indonesia_with_title_and_description(
    path: str, staff_client: TestClient
) -> None:
    page = staff_client.get(path)
    assert page.status_code == 200
    assert '<html lang="id">' in page.text
    assert f"<title>{TITLE}</title>" in page.text
    assert '<meta name="description"' in page.text
    assert shell.NOSCRIPT in page.text.split("<noscript>")[1].split("</noscript>")[0]


@pytest.mark.parametrize("path", ["/", *(f"/{spec.path}" for spec in PAGES[1:] if spec.action is not None)])
def test_who_has_not_signed_in_is_sent_to_do_so_and_comes_back(path: str, client: TestClient) -> None:
    sent = client.get(f"{path}?unit=a%26b&periode=2026-TW4&lang=en")
    assert sent.status_code == 303
    there = urlsplit(sent.headers["location"])
    assert (there.scheme, there.netloc, there.path) == ("", "", "/masuk")
    assert parse_qs(there.query) == {
        "lanjut": [f"{path}?unit=a%26b&periode=2026-TW4&lang=en"],
        "lang": ["en"],
    }
    assert sent.headers["cache-control"] == "no-store"


def test_the_survey_page_arrives_without_a_session(client: TestClient) -> None:
    assert client.get("/survei?unit=satu").status_code == 200


@pytest.mark.parametrize(
    "path", ["http://testserver//evil.example/unit", "/unit//evil.example", "/\\evil.example"]
)
def test_nobody_is_sent_to_another_server(path: str, client: TestClient) -> None:
    sent = client.get(path)
    assert sent.status_code == 404
    assert "location" not in sent.headers


@pytest.mark.parametrize("session", ["", "x" * 43, "ended"])
def test_a_cookie_that_opens_nothing_is_as_none(
    session: str, staff_client: TestClient, database: Database
) -> None:
    if session == "ended":
        sessions.end(database, staff_client.cookies[COOKIE])
    else:
        staff_client.cookies.set(COOKIE, session)
    assert staff_client.get("/unit").status_code == 303
    assert staff_client.get("/media/abc.pdf").status_code == 403


def test_files_are_for_who_has_signed_in(client: TestClient, database: Database) -> None:
    for method, path in (
        ("GET", "/media/abc.pdf"),
        ("GET", "/%6dedia/abc.pdf"),
        ("HEAD", "/media/abc.pdf"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("DELETE", "/_stcore/upload_file/a/b"),
    ):
        assert client.request(method, path).status_code == 403, path
    assert client.get("/_stcore/health").text == "ok"


@dataclass
class Connected:
    """What a browser sent as it opened the connection of a page."""

    cookies: dict[str, str]
    headers: list[tuple[str, str]] = field(default_factory=list)


def test_a_file_is_for_the_session_that_had_it_made_in_the_role_it_acts_in(
    client: TestClient, database: Database
) -> None:
    """Its address is a hash of what is in it: to know that is not enough, nor to have as many rights."""
    budi = account(database)
    mine, other_device, siti = (
        sessions.begin(database, who, Origin("10.0.0.5"), NOW)
        for who in (budi, budi, account(database, "siti"))
    )
    found = sessions.find(database, mine, NOW)
    assert found is not None
    address = f"/media/{file_id(b'report')}.pdf"
    client.cookies.set(COOKIE, mine)
    assert client.get(address).status_code == 403
    made_files.note(b"report", "application/pdf", "laporan.pdf", found)
    for asked in (address, address.replace("media", "%6dedia"), address.removesuffix(".pdf")):
        assert client.get(asked).text == "a file"
    assert client.get(address).headers["cache-control"] == "no-store"
    for token in (other_device, siti):
        client.cookies.set(COOKIE, token)
        for method in ("GET", "HEAD", "OPTIONS"):
            assert client.request(method, address).status_code == 403
    client.cookies.set(COOKIE, mine)
    database.write(lambda connection: accounts.add_role(connection, budi, Role.OPERATOR, "", ""))
    other_role = next(r.id for r in sessions.roles_of(database, found) if r.id != found.role_id)
    sessions.act_as(database, found, other_role)
    assert client.get(address).status_code == 403


def file_id(content: bytes) -> str:
    """As Streamlit calls the file."""
    storage = MemoryMediaFileStorage("/media")
    return storage.load_and_get_id(content, "application/pdf", MediaFileKind.DOWNLOADABLE, "laporan.pdf")


def test_what_is_kept_of_files_does_not_grow_without_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_files, "_MOST", 2)
    token = sessions.begin(database, account(database), Origin("10.0.0.5"), NOW)
    found = sessions.find(database, token, NOW)
    assert found is not None
    for content in (b"one", b"two", b"three"):
        made_files.note(content, "application/pdf", "laporan.pdf", found)
    kept = [made_files.is_for(found, f"{file_id(content)}.pdf") for content in (b"one", b"two", b"three")]
    assert kept == [False, True, True]


def test_a_page_takes_files_from_the_browser_session_that_opened_it(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of somebody else takes none, nor does one that a citizen opened, or that is not open."""
    mine, siti = (
        sessions.begin(database, account(database, login), Origin("10.0.0.5"), NOW)
        for login in ("budi", "siti")
    )
    pages = {"mine": Connected({COOKIE: mine}), "siti": Connected({COOKIE: siti}), "citizen": Connected({})}
    monkeypatch.setattr(staff_only, "connection", pages.get)
    client.cookies.set(COOKIE, mine)
    for method in ("PUT", "DELETE"):
        taken = [
            client.request(method, f"/_stcore/upload_file/{page}/x").status_code
            for page in ("mine", "siti", "citizen", "none")
        ]
        assert taken == [200, 403, 403, 403]
    assert client.get("/_stcore/upload_file/").status_code == 403


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://[", "http://testserver.evil.example", "http://localhost:3000"],
)
def test_a_page_of_another_host_opens_no_connection(origin: str, client: TestClient) -> None:
    """Streamlit never sees it: it would ask the network for our address, and serve nobody meanwhile."""
    # What a browser cannot forge in a page, a script that is none can.
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/_stcore/stream", headers=headers),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Origin": "https://testserver"}])
def test_our_own_pages_open_theirs(headers: dict[str, str], client: TestClient) -> None:
    with client.websocket_connect("/_stcore/stream", headers=headers) as connected:
        assert connected.receive_text() == "connected"


def test_nobody_reads_the_metrics(staff_client: TestClient) -> None:
    assert staff_client.get("/_stcore/metrics").status_code == 404


def test_a_page_arrives_while_the_database_is_away_and_no_file_does(
    staff_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Database(create_engine(f"postgresql://127.0.0.1:{free_port()}/survey"))
    monkeypatch.setattr(runtime, "database", lambda: away)
    assert staff_client.get("/unit").status_code == 200
    assert staff_client.get("/media/abc.pdf").status_code == 503


@pytest.mark.parametrize("path", ["/tidak-ada", f"/{PAGES[0].path}", "/unit/lain", "/index.html"])
def test_an_address_that_is_no_page_is_a_404(path: str, client: TestClient) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert NOT_FOUND.id in page.text
    assert NOT_FOUND.en in page.text


def test_the_404_has_the_colours_of_the_pages_light_and_dark(client: TestClient) -> None:
    page = client.get("/tidak-ada").text
    light, dark = page.split("@media(prefers-color-scheme:dark)")
    themes = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text())["theme"]
    assert f"color:{themes['light']['textColor']};background:#fff" in light
    assert f"color:{themes['dark']['textColor']};background:{themes['dark']['backgroundColor']}" in dark


def test_no_page_takes_a_request_whose_end_is_said_twice(client: TestClient) -> None:
    """As the server of Streamlit passes it on: both headers, and the body already joined."""
    twice = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
    for path in ("/", "/_stcore/health", "/static/index.html", "/tidak-ada"):
        answer = client.request("POST", path, headers=twice)
        assert answer.status_code == 400
        assert answer.headers["connection"] == "close"
        assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_paths_of_streamlit_itself_pass_through(client: TestClient) -> None:
    assert client.get("/_stcore/health").text == "ok"


def test_the_policy_allows_the_inline_script_by_its_hash_and_no_other_host(client: TestClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy
    assert re.search(r"script-src 'self' blob: 'sha256-[A-Za-z0-9+/=]{44}';", policy)
    assert "frame-ancestors 'none'" in policy


def test_a_response_with_a_stricter_policy_keeps_it(client: TestClient) -> None:
    assert client.get("/_stcore/health").headers["Content-Security-Policy"] == "default-src 'none'"
    assert client.get("/_stcore/health").headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip")])
def test_a_script_goes_out_compressed_and_is_the_same_script(
    accepted: str, encoding: str, client: TestClient
) -> None:
    script = max((STATIC / "js").glob("index.*.js"), key=lambda path: path.stat().st_size)
    with client.stream("GET", f"/static/js/{script.name}", headers={"Accept-Encoding": accepted}) as response:
        body = b"".join(response.iter_raw())
    assert response.headers["Content-Encoding"] == encoding
    assert "javascript" in response.headers["Content-Type"]
    assert len(body) < script.stat().st_size / 2
    unpacked = brotli.decompress(body) if encoding == "br" else gzip.decompress(body)
    assert unpacked == script.read_bytes()


@pytest.mark.parametrize("path", ["/static/js/../index.html", "/static/js/nichts.js"])
def test_only_files_that_exist_are_compressed(path: str, client: TestClient) -> None:
    assert client.get(path).status_code == 404


def test_a_client_without_compression_gets_the_plain_file(client: TestClient) -> None:
    script = next((STATIC / "js").glob("index.*.js"))
    response = client.get(f"/static/js/{script.name}", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in response.headers
    assert response.content == script.read_bytes()


@pytest.mark.parametrize(
    ("address", "public_url", "warned"),
    [
        ("127.0.0.1", "", False),
        ("0.0.0.0", "", True),
        (None, "", True),
        (None, "http://survei.contoh.go.id", True),
        (None, "https://survei.contoh.go.id", False),
    ],
)
def test_the_server_says_when_passwords_would_go_over_the_network_for_all_to_read(
    address: str | None,
    public_url: str,
    warned: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("SURVEY_PUBLIC_URL", public_url)
    serving.say_when_open(address)
    assert ("without TLS" in caplog.text) is warned


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("::1", "http://[::1]:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),
        (None, "http://127.0.0.1:8501"),
        ("10.0.0.7", "http://10.0.0.7:8501"),
    ],
)
def test_the_first_link_leads_to_where_the_server_listens(
    address: str | None, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"server.address": address, "server.port": 8501}
    monkeypatch.setattr("streamlit.config.get_option", options.get)
    assert serving.own_address() == shown


def test_the_settings_bind_to_this_machine_and_show_no_tracebacks() -> None:
    settings = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text("utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["browser"]["gatherUsageStats"] is False
    assert "cookieSecret" not in settings["server"]


def test_staff_are_added_up_before_somebody_asks(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "staff"
    folder.mkdir()
    add_units(database)
    import_staff(database, folder, staff("a1", *[(15, 30, 25, 5)] * 6))
    monkeypatch.setattr(runtime, "database", lambda: database)
    serving.add_up_staff(threading.Event())
    monkeypatch.setattr(staff_sums, "read", None)
    index = overview.ip_asn_year(database, PROVINCE, 2021).whole.index
    assert index is not None
    # 15 + 30 + 25 + 5 for everyone.
    assert str(index.total.value) == "75.00"

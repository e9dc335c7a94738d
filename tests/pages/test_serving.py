"""What stands around Streamlit: its page in our language, strict headers, compressed files, honest 404s."""

from __future__ import annotations

import gzip
import re
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from streamlit import file_util

from survey_app.pages import serving
from survey_app.pages.serving import shell
from survey_app.pages.serving.unanswered import NOT_FOUND, TITLE
from survey_app.pages.specs import PAGES
from survey_app.services.ip_asn import overview, staff_sums
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from tests.staff import add_units, import_staff, staff

STATIC = Path(file_util.get_static_dir()) / "static"


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Our routes and middleware with a stand-in for what Streamlit serves after them."""

    async def health(_: object) -> PlainTextResponse:
        return PlainTextResponse("ok", headers={"Content-Security-Policy": "default-src 'none'"})

    own = Route("/_stcore/health", health)
    app = Starlette(
        routes=[*serving.routes(), own, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=serving.MIDDLEWARE,
    )
    with TestClient(app) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/", *(f"/{spec.path}" for spec in PAGES[1:])])
def test_every_page_arrives_in_bahasa_indonesia_with_title_and_description(
    path: str, client: TestClient
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert '<html lang="id">' in page.text
    assert f"<title>{TITLE}</title>" in page.text
    assert '<meta name="description"' in page.text
    assert shell.NOSCRIPT in page.text.split("<noscript>")[1].split("</noscript>")[0]


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

"""What every response tells the browser, whatever it answers."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.storage.database import Database
from survey_app.web import asgi
from survey_app.web.routes import routes
from tests.submissions import NOW
from tests.web.forms import fields, payload

PATHS = ("/healthz", "/sw.js", "/s/ptsp", "/s/x", "/s", "/api", "/api/x", "/api/responses")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_is_strict_and_sets_no_cookie(client: TestClient, path: str) -> None:
    for answer in (client.get(path), client.post(path, data={}), client.put(path)):
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        assert headers["cache-control"] in ("no-store", "no-cache", "private, no-cache")
        assert "set-cookie" not in headers


def test_receipts_are_strict_too_and_show_nothing_of_the_answer(client: TestClient) -> None:
    """Their address may be shared, or stay in a browser that others use."""
    given = fields(comment="antre lama sekali", p__usia="26-35")
    sent = client.post("/s/ptsp", data=given)
    shown = client.get(sent.headers["location"])
    told = client.get(f"/api/responses/{given['id']}")
    assert shown.status_code == told.status_code == 200
    for answer in (shown, told):
        assert "antre" not in answer.text
        assert "26-35" not in answer.text
    for answer in (sent, shown, client.post("/api/responses", json=payload())):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"


def test_the_policy_names_exactly_the_inline_style_and_script(client: TestClient) -> None:
    for path in ("/s/ptsp", "/s/ptsp?lang=en", "/s/x"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        inline = re.findall(r"<(?:style|script)[^>]*>(.*?)</(?:style|script)>", answer.text, re.S)
        assert inline
        for text in inline:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert not re.search(
            r" (style|on\w+)=", re.sub(r"<(style|script).*?</\1>", "", answer.text, flags=re.S)
        )


def test_no_page_names_another_host(client: TestClient) -> None:
    html = client.get("/s/ptsp").text.replace("http://www.w3.org/2000/svg", "")
    assert "://" not in html
    assert not re.search(r"(src|href)=[\"']?//", html)


def test_a_first_visit_fits_into_15_kb(client: TestClient) -> None:
    """Form with style, script and icon, and the service worker, as sent."""
    total = 0
    for path in ("/s/ptsp", "/sw.js"):
        with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            total += len(b"".join(answer.iter_raw())) + len(str(answer.headers))
    assert total < 15_000


def test_health_says_so_when_the_database_does_not_answer(
    client: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}

    def broken() -> Database:
        raise OSError(f"nothing at {tmp_path}")

    with TestClient(Starlette(routes=routes(broken, lambda: NOW))) as without:
        answer = without.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    assert str(tmp_path) not in answer.text
    assert str(tmp_path) in caplog.text


def test_a_fault_of_ours_is_said_without_its_inside() -> None:
    def broken() -> Database:
        raise OSError("a secret path")

    app = Starlette(routes=routes(broken, lambda: NOW))
    with TestClient(app, raise_server_exceptions=False) as without:
        for answer in (without.get("/s/ptsp"), without.post("/api/responses", json=payload())):
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "hanya dihitung satu kali" in without.get("/s/ptsp").text


@pytest.mark.parametrize("path", ["/", "/tidak-ada", "/healthz/", "/api/", "/hasil/", "//"])
def test_what_no_route_answers_is_strict_too_in_the_process_of_the_forms(path: str) -> None:
    answer = TestClient(asgi.app).get(path, follow_redirects=False)
    assert answer.status_code in (307, 404)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"

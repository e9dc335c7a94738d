"""What a client may do wrong below the level of forms: a clear 4xx or the end of the connection.

Raw sockets, because every HTTP library would mend the request. Other citizens are served meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from survey_app.reports.prints.qr import qr_svg
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.settings import load
from survey_app.storage.database import Database, open_database
from survey_app.web import bodies, patience
from survey_app.web.routes import routes
from tests.servers import PlainServer, fill_catalogue, free_port, stored_ids
from tests.services.schedules.schedulers import wait_until
from tests.submissions import NOW, stored
from tests.web.forms import payload

BODY = json.dumps(payload()).encode()
POST = b"POST /api/responses HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainServer]:
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile')}/survey.db"
    fill_catalogue(url)
    with PlainServer(url) as started:
        yield started


def exchange(port: int, sent: bytes) -> bytes:
    """All that comes back until the server ends the connection; a server that does not fails the test."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        received = b""
        # A server that has heard enough may end the connection while we still talk.
        with suppress(ConnectionError):
            connection.sendall(sent)
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                received += part
        return received


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
REFUSED = {
    "a length shorter than the body": (b"Content-Length: %d\r\n\r\n" % (len(BODY) - 5) + BODY, 400),
    "a negative length": (b"Content-Length: -5\r\n\r\n" + BODY, 400),
    "a length that is no number": (b"Content-Length: abc\r\n\r\n" + BODY, 400),
    "two lengths": (b"Content-Length: 5\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY, 400),
    "a length beyond reason": (b"Content-Length: 1000000000000\r\n\r\n" + BODY, 413),
    "one chunk above the limit": (CHUNKED + chunk(b"x" * 70_000) + b"0\r\n\r\n", 413),
    "chunks without an end": (CHUNKED + chunk(b"x" * 1000) * 500, 413),
    "a chunk without a size": (CHUNKED + b"zz\r\n" + BODY, 400),
    "an encoding nobody knows": (b"Transfer-Encoding: zip\r\n\r\n" + BODY, 400),
    "header lines without an end": (b"X-More: y\r\n" * 20_000 + b"\r\n", 400),
    "a length beside chunks": (b"Content-Length: 5\r\n" + CHUNKED + chunk(BODY) + b"0\r\n\r\n", 400),
    "a length behind chunks": (
        CHUNKED.removesuffix(b"\r\n")
        + b"Content-Length: %d\r\n\r\n" % len(BODY)
        + chunk(BODY)
        + b"0\r\n\r\n",
        400,
    ),
    "two hosts": (b"Host: y\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY, 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_request_is_refused_and_stores_nothing(server: PlainServer, name: str) -> None:
    rest, expected = REFUSED[name]
    before = len(stored_ids(server.database_url))
    answer = exchange(server.port, POST + rest)
    assert status(answer) == expected
    assert b"Traceback" not in answer
    assert len(stored_ids(server.database_url)) == before


@pytest.mark.parametrize("path", ["/api/responses", "/s/ptsp", "/hasil", "/nothing/of/ours"])
def test_a_request_whose_end_is_said_twice_ends_the_connection(server: PlainServer, path: str) -> None:
    """Else a proxy that goes by the length, here nothing, would send the hidden request on as its own."""
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(hidden) + 5}\r\n".encode()
    answer = exchange(server.port, head + CHUNKED + b"0\r\n\r\n" + hidden)
    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1") == 1


def test_chunks_are_of_no_version_before_they_were_invented(server: PlainServer) -> None:
    head = POST.replace(b"HTTP/1.1", b"HTTP/1.0")
    assert status(exchange(server.port, head + CHUNKED + chunk(BODY) + b"0\r\n\r\n")) == 400


@pytest.mark.parametrize(
    "sent",
    [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" * 20 + b"\r\n\r\n", b"GET\r\n\r\n", b"\r\n" * 3 + b"?\r\n\r\n"],
)
def test_what_is_no_http_is_refused(server: PlainServer, sent: bytes) -> None:
    assert status(exchange(server.port, sent)) == 400


def test_a_missing_host_is_refused(server: PlainServer) -> None:
    assert status(exchange(server.port, b"GET /s/ptsp HTTP/1.1\r\nConnection: close\r\n\r\n")) == 400


HOSTS = [
    b"",
    b"[::1",
    b"a:99999999",
    b"a:b",
    b"a b",
    b"evil.example/path?x",
    b"e@evil.example",
    b'"><script>',
    b"\xff\xfe",
    b"." * 3000,
]


@pytest.mark.parametrize("host", HOSTS)
def test_no_malformed_host_makes_the_server_fail_or_gets_into_a_page(
    server: PlainServer, host: bytes
) -> None:
    kiosk = f"/k/{paired(server.database_url)}"
    for path in (kiosk, "/k", "/s/ptsp", "/s/none", "/hasil", "/hasil/ptsp", "/healthz"):
        head = f"GET {path} HTTP/1.1\r\nConnection: close\r\nHost: ".encode()
        answer = exchange(server.port, head + host + b"\r\n\r\n")
        assert status(answer) in (200, 400, 404)
        assert b"evil.example" not in answer
        if path == kiosk and status(answer) == 200:
            assert qr_svg(f"{server.url}/s/ptsp").encode() in answer


def test_a_host_too_long_for_a_qr_code_is_no_fault_of_the_server(server: PlainServer) -> None:
    kiosk = paired(server.database_url).encode()
    for length in (200, 260, 3000, 10_000):
        host = b"a" * length
        answer = exchange(
            server.port, b"GET /k/%b HTTP/1.1\r\nConnection: close\r\nHost: %b\r\n\r\n" % (kiosk, host)
        )
        assert status(answer) in (200, 400)


def test_with_a_public_address_no_header_decides_where_citizens_are_sent(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_PUBLIC_URL", "https://survei.kaltimprov.go.id/")
    app = Starlette(routes=routes(lambda: database, lambda: NOW))
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    kiosk = devices.pair(database, code, NOW).device.code
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    with TestClient(app) as client:
        page = client.get(f"/k/{kiosk}", headers=headers).text
    assert qr_svg("https://survei.kaltimprov.go.id/s/ptsp") in page
    assert qr_svg("http://evil.example/s/ptsp") not in page


@pytest.mark.parametrize(
    "given", ["survei.go.id", "ftp://survei.go.id", "https://", "https://x/y", "https://x?y=1", "https://a@x"]
)
def test_a_public_address_that_is_none_is_refused_at_the_start(given: str) -> None:
    with pytest.raises(ValueError, match="SURVEY_PUBLIC_URL"):
        load({"SURVEY_PUBLIC_URL": given})


def paired(database_url: str) -> str:
    """A kiosk of unit ptsp."""
    database = open_database(database_url)
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    made = devices.pair(database, code, NOW).device.code
    database.close()
    return made


#: Requests that stop half-way: at once, in the headers, before the body, in the body, between two chunks.
UNFINISHED = [
    b"",
    b"POST /api/resp",
    b"GET /s/ptsp HTTP/1.1\r\nHost: x\r\n",
    POST + b"Content-Length: 500\r\n\r\n",
    POST + b"Content-Length: 500\r\n\r\n" + BODY[:100],
    POST + CHUNKED + chunk(BODY[:100]),
    b"POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n",
]


def test_hundreds_that_never_finish_do_not_keep_anyone_from_answering(server: PlainServer) -> None:
    with ExitStack() as held:
        for i in range(300):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
            slow.sendall(UNFINISHED[i % len(UNFINISHED)])
        before = len(stored_ids(server.database_url))
        for _ in range(5):
            body = json.dumps(payload()).encode()
            assert (
                status(exchange(server.port, POST + b"Content-Length: %d\r\n\r\n" % len(body) + body)) == 201
            )
        assert len(stored_ids(server.database_url)) == before + 5


@contextmanager
def serving(app: ASGIApp) -> Iterator[int]:
    """`app` on a port, in a thread, so that a test can take its patience away."""
    config = uvicorn.Config(
        app, port=free_port(), http=patience.Patient, lifespan="off", log_level="critical"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield config.port
    finally:
        server.should_exit = True
        thread.join(60)


@pytest.fixture
def plain(database: Database, unit: UnitEntry) -> ASGIApp:
    return Starlette(routes=routes(lambda: database, lambda: NOW))


@pytest.mark.parametrize("sent", UNFINISHED)
def test_a_connection_whose_request_does_not_end_is_ended(
    plain: ASGIApp, sent: bytes, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(patience, "LONGEST", 0.2)
    with serving(plain) as port:
        answer = exchange(port, sent)
    assert answer == b"" or status(answer) == 404
    assert stored(database) == 0


def test_a_body_that_does_not_come_is_a_408(
    plain: ASGIApp, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE", 0.2)
    form = POST.replace(b"api/responses", b"s/ptsp").replace(b"json", b"x-www-form-urlencoded")
    with serving(plain) as port:
        answers = [
            exchange(port, start + b"Content-Length: 500\r\n\r\n" + BODY[:100]) for start in (POST, form)
        ]
    assert [status(answer) for answer in answers] == [408, 408]
    assert answers[0].endswith(b'{"error":"too-slow"}')
    assert b"Jaringan terlalu lambat" in answers[1]
    assert stored(database) == 0


def test_who_sends_a_byte_now_and_then_gains_no_time(plain: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a connection that has had an answer before, too, where the time begins with the first byte."""
    monkeypatch.setattr(patience, "LONGEST", 0.5)
    with serving(plain) as port, socket.create_connection(("127.0.0.1", port), timeout=60) as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        received = b""
        while not received.endswith(b'{"status":"ok"}'):
            received += slow.recv(65536)
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        slow.settimeout(0.05)
        wait_until(lambda: ended_by_the_other_side(slow))


def ended_by_the_other_side(connection: socket.socket) -> bool:
    """After one more byte to it."""
    try:
        connection.sendall(b"x")
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_a_request_in_many_pieces_is_a_request(server: PlainServer) -> None:
    body = json.dumps(payload()).encode()
    sent = POST + b"Content-Length: %d\r\n\r\n" % len(body) + body
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for i in range(len(sent)):
            connection.sendall(sent[i : i + 1])
        assert status(connection.recv(65536)) == 201


def test_an_answer_may_take_longer_than_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST", 0.2)

    async def work(_: Request) -> Response:
        await asyncio.sleep(3 * patience.LONGEST)
        return Response("done")

    with serving(Starlette(routes=[Route("/", work)])) as port:
        answer = exchange(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"done")

"""One message: where it may go, over what, for how long, and what comes of it."""

from __future__ import annotations

import socket
import sys
import time
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address, ip_network

import pytest

from survey_app.services.delivery import posting
from survey_app.services.delivery.addresses import Unreachable, is_inside, looked_up, target
from survey_app.services.delivery.posting import Patience
from tests.services.delivery.receiver import HERE, Receiver, status

SOON = Patience(connecting=1, altogether=1)


def posted(address: str, allowed: object = HERE, patience: Patience = SOON) -> str:
    return posting.post(address, {"webhook-id": "msg_1"}, b"{}", allowed, patience).answer  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_message_arrives_as_it_was_written(receiver: Receiver, host: str) -> None:
    assert posted(receiver.address(host)) == "204"
    (one,) = receiver.received
    assert (one.path, one.body, one.headers["webhook-id"]) == ("/masuk?kunci=rahasia", b"{}", "msg_1")
    assert one.headers["host"] == f"{host}:{receiver.port}"


@pytest.mark.parametrize("code", [200, 202, 301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503])
def test_only_what_begins_with_two_is_delivered(receiver: Receiver, code: int) -> None:
    receiver.answer = status(code, Location="/lain")
    outcome = posting.post(receiver.address(), {}, b"{}", HERE, SOON)
    assert (outcome.answer, outcome.delivered, outcome.gone) == (str(code), code < 300, code == 410)
    # No redirect is followed.
    assert [one.path for one in receiver.received] == ["/masuk?kunci=rahasia"]


def test_nothing_is_sent_inside_unless_it_is_allowed(receiver: Receiver) -> None:
    written = "localhost 127.0.0.1 127.1 2130706433 0x7f.1 0.0.0.0 [::1] [::ffff:127.0.0.1]"
    for host in written.split():
        assert posted(receiver.address(host), ()) in ("address-refused", "no-address"), host
    assert receiver.received == []
    other = (ip_network("10.0.0.0/8"),)
    assert posted(receiver.address(), other) == "address-refused"
    assert receiver.received == []


INSIDE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2001:db8::1",
    "3fff::1",
]
OUTSIDE = [
    "8.8.8.8",
    "103.10.20.30",
    "2606:4700::1111",
    "2002:808:808::",
    "64:ff9b::8.8.8.8",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_are_not_of_the_internet_are_refused(address: str) -> None:
    assert is_inside(address, ())
    host = f"[{address}]" if ":" in address else address
    assert posted(f"https://{host}/", ()) in ("address-refused", "no-address")


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_are_not(address: str) -> None:
    assert not is_inside(address, ())


def test_a_network_that_is_allowed_is_no_other() -> None:
    allowed = [ip_network("10.20.0.0/16")]
    assert not is_inside("10.20.3.4", allowed)
    assert not is_inside("::ffff:10.20.3.4", allowed)
    assert is_inside("10.21.3.4", allowed)
    assert is_inside("::1", allowed)


def _resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A DNS that answers differently each time; the names that were asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[object]:
        found = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET6 if ":" in a else socket.AF_INET, 1, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_of_a_name_only_what_may_be_reached_is(monkeypatch: pytest.MonkeyPatch) -> None:
    to = target("https://dasbor.test/")
    assert to is not None
    _resolving(monkeypatch, ["127.0.0.1", "8.8.8.8", "fe80::1%eth0", "169.254.169.254"])
    assert looked_up(to, ()) == [ip_address("8.8.8.8")]
    _resolving(monkeypatch, ["10.0.0.1"])
    with pytest.raises(Unreachable, match="address-refused"):
        looked_up(to, ())


def test_a_name_that_means_something_else_a_moment_later_gains_nothing(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up once; connected to is what was looked at, by the certificate of the name."""
    connected = list[str]()

    def connect(at: tuple[str, int], _: float) -> socket.socket:
        connected.append(at[0])
        made = socket.socket()
        made.connect(("127.0.0.1", at[1]))  # the internet of this test
        return made

    monkeypatch.setattr(socket, "create_connection", connect)
    asked = _resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    assert posted(receiver.address("dasbor.test"), ()) == "204"
    assert (asked, connected) == (["dasbor.test"], ["8.8.8.8"])
    assert receiver.received[0].headers["host"] == f"dasbor.test:{receiver.port}"


def test_a_certificate_of_another_name_or_of_nobody_known_is_not_trusted(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _resolving(monkeypatch, ["127.0.0.1"])
    assert posted(receiver.address("lain.test")) == "no-trust"
    monkeypatch.delenv("SSL_CERT_FILE")
    assert posted(receiver.address("dasbor.test")) == "no-trust"
    assert receiver.received == []


def test_nobody_there_is_said(receiver: Receiver) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert posted(f"https://127.0.0.1:{taken.getsockname()[1]}/") == "no-connection"
        # It takes the connection, and says nothing to a greeting of TLS.
        taken.listen()
        assert posted(f"https://127.0.0.1:{taken.getsockname()[1]}/") == "too-slow"
    assert posted("https://dasbor.invalid/") == "no-address"


def _drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte of the first line now and then, without an end."""
    for byte in b"HTTP/1.1 200 " + b"x" * 60000:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.05)


def _silent(_: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def _rubbish(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH\r\n" * 9)
    handler.close_connection = True


def _huge(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(1 << 40))
    handler.end_headers()
    for _ in range(1 << 14):
        handler.wfile.write(b"x" * (1 << 16))


def _headers_without_end(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for i in range(1000):
        handler.wfile.write(f"X-{i}: {'x' * 1000}\r\n".encode())


def _boundary_named_twice(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x; boundary*=a; boundary*0*=b\r\n\r\n")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (_drip, "too-slow"),
        (_silent, "too-slow"),
        (_hang_up, "no-answer"),
        (_rubbish, "no-answer"),
        (_headers_without_end, "no-answer"),
        # Python before 3.13 stumbles over it.
        (_boundary_named_twice, "200" if sys.version_info >= (3, 13) else "no-answer"),
        (_huge, "200"),
    ],
)
def test_nobody_holds_the_server_up(receiver: Receiver, answer: object, word: str) -> None:
    receiver.answer = answer  # type: ignore[assignment]
    began = time.monotonic()
    assert posted(receiver.address()) == word
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize(
    "address",
    [
        "http://dasbor.test/",
        "ftp://dasbor.test/",
        "dasbor.test",
        "https://",
        "https:///x",
        "https://a:b@dasbor.test/",
        "https://@dasbor.test/",
        "https://dasbor.test/#x",
        "https://dasbor.test:0/",
        "https://dasbor.test:99999/",
        "https://dasbor.test:x/",
        "https://dasbor.test/a b",
        "https://dasbor.test/\r\nX: y",
        "https://dasbör.test/",
        "https://[::1/",
        "https://dasbor.test/" + "x" * 500,
        "",
    ],
)
def test_what_is_no_address_of_a_webhook_is_none(address: str) -> None:
    assert target(address) is None
    assert posted(address) == "address-refused"

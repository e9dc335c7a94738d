"""One message to one address, over TLS, within a few seconds, and what came of it in a word.

By the standard library and not by `requests`: that looks a name up by itself, after it was looked at here,
asks proxies of the environment, and waits without end for somebody who answers a byte at a time.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection

from survey_app.services.delivery import addresses
from survey_app.services.delivery.addresses import Address, Network, Target, Unreachable

#: Of an answer only its first line counts; so much more is taken off the wire, for half a second.
_ENOUGH, _DRAINING = 4096, 0.5


@dataclass(frozen=True)
class Patience:
    """Seconds: until a connection stands, and for everything."""

    connecting: float = 5.0
    altogether: float = 15.0


PATIENCE = Patience()


@dataclass(frozen=True)
class Outcome:
    """What came back: a status of HTTP, or why there was none."""

    answer: str

    @property
    def delivered(self) -> bool:
        return self.answer.isdigit() and self.answer.startswith("2")

    @property
    def gone(self) -> bool:
        """Whether the receiver asks never to be told again."""
        return self.answer == "410"


def post(
    address: str,
    headers: Mapping[str, str],
    body: bytes,
    allowed: Sequence[Network],
    patience: Patience = PATIENCE,
) -> Outcome:
    """Send `body` to an https address; a redirect is followed nowhere, and is no success."""
    to = addresses.target(address)
    if to is None:
        return Outcome("address-refused")
    try:
        found = addresses.looked_up(to, allowed)
        with _limited(_connected(found, to.port, patience.connecting), patience.altogether) as (raw, late):
            try:
                status = _status(raw, to, headers, body, patience.altogether)
                # A first line that we have cut off looks like a whole one.
                return Outcome("too-slow" if late.is_set() else str(status))
            # Whatever a library stumbles over, the receiver has sent it: a boundary that its headers name
            # twice is a TypeError.
            except Exception as error:
                raise Unreachable("too-slow" if late.is_set() else _word(error)) from error
    except Unreachable as why:
        return Outcome(why.word)


def _connected(found: Sequence[Address], port: int, seconds: float) -> socket.socket:
    """To the first that takes a connection. Raises: Unreachable."""
    why = Unreachable("no-connection")
    for address in found[:3]:
        try:
            return socket.create_connection((str(address), port), seconds)
        except TimeoutError:
            why = Unreachable("too-slow")
        except OSError:
            why = Unreachable("no-connection")
    raise why


@contextmanager
def _limited(raw: socket.socket, seconds: float) -> Iterator[tuple[socket.socket, threading.Event]]:
    """The connection, cut from outside when its time is over, however busy it is; then the event is set."""
    late = threading.Event()
    # Of its own: TLS takes the other one over.
    spare = raw.dup()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            spare.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield raw, late
    finally:
        timer.cancel()
        spare.close()
        raw.close()


def _status(raw: socket.socket, to: Target, headers: Mapping[str, str], body: bytes, seconds: float) -> int:
    raw.settimeout(seconds)
    # By the certificates of the system, and those of SSL_CERT_FILE for an authority of the province's own.
    with ssl.create_default_context().wrap_socket(raw, server_hostname=to.host) as guarded:
        connection = HTTPConnection(to.host, to.port)
        connection.sock = guarded
        host = f"[{to.host}]" if ":" in to.host else to.host
        named = {"Host": host if to.port == 443 else f"{host}:{to.port}", "Connection": "close"}
        connection.request("POST", to.path, body, {**named, **headers})
        response = connection.getresponse()
        guarded.settimeout(_DRAINING)
        with suppress(Exception):
            response.read1(_ENOUGH)
        return response.status


def _word(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "too-slow"
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return "no-trust"
    return "no-answer"

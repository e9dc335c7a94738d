"""A program that receives webhooks over TLS at this machine, with a certificate that tests make and trust."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: What a test allows, and every server refuses unless it is set.
HERE = (ip_network("127.0.0.0/8"),)


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answer` is given each request; by default it takes everything. `trust` holds the certificate."""

    port: int
    trust: Path
    answer: Callable[[BaseHTTPRequestHandler], None]
    received: list[Received] = field(default_factory=list)

    def address(self, host: str = "localhost") -> str:
        return f"https://{host}:{self.port}/masuk?kunci=rahasia"


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that says no more than that."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@contextmanager
def receiving(folder: Path) -> Iterator[Receiver]:
    """A receiver that runs for as long as the block lasts."""
    certificate, key = folder / "receiver.pem", folder / "receiver.key"
    _certify(certificate, key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(self.path, headers, body))
            with suppress(OSError):
                receiver.answer(self)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that turns away is what some tests are about."""

        def finish_request(self, request: object, client_address: object) -> None:
            # In the thread of the request: whoever shakes no hand must not hold up the others.
            with context.wrap_socket(request, server_side=True) as guarded:  # type: ignore[arg-type]
                super().finish_request(guarded, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_port, certificate, status(204))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _certify(certificate: Path, key: Path) -> None:
    """A certificate of localhost and 127.0.0.1, signed by itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.DNSName("dasbor.test"), x509.IPAddress(ip_address("127.0.0.1"))]
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )

"""A small provider of OpenID Connect that says whatever a test wants, also what a real one never would."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "survei", "rahasia-klien"


@cache
def key(number: int = 1) -> ECKey:
    """A private key; the same for the same number."""
    return ECKey.generate_key("P-256", {"kid": f"kunci-{number}", "use": "sig"})


@cache
def rsa_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})


def signed(claims: dict[str, Any], by: ECKey | RSAKey | None = None, **header: Any) -> str:
    """An ID token."""
    by = by or key()
    algorithm = "ES256" if isinstance(by, ECKey) else "RS256"
    return jwt.encode({"alg": algorithm, "kid": by.kid, **header}, claims, by)


def claims(issuer: str, nonce: str, now: datetime, /, **more: Any) -> dict[str, Any]:
    """What an ID token says that holds."""
    at = int(now.timestamp())
    sure = {"iss": issuer, "sub": "u-1", "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": nonce}
    return {**sure, **more}


@dataclass
class Forger:
    """What it says. `asked` are the paths it was asked for; `said` of a path is what it answers in place."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    keys: list[ECKey] = field(default_factory=lambda: [key()])
    signs_with: ECKey = field(default_factory=key)
    asked: list[str] = field(default_factory=list)
    said: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    now: datetime | None = None
    waiting: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self, address: str) -> str:
        """The code for somebody who has followed `address` and said who they are."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/masuk?"), address
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        code = f"kode-{len(self.waiting)}"
        self.waiting[code] = asked
        return code

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        if path in self.said:
            return self.said[path]
        found: Any = None
        if path == "/.well-known/openid-configuration":
            found = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/masuk",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/kunci",
                **({} if self.userinfo is None else {"userinfo_endpoint": f"{self.issuer}/siapa"}),
                **self.metadata,
            }
        elif path == "/kunci":
            found = {"keys": [one.as_dict(private=False) for one in self.keys]}
        elif path == "/token":
            return self._token(headers, {n: v[0] for n, v in parse_qs(body.decode()).items()})
        elif path == "/siapa" and headers["Authorization"] == "Bearer akses":
            found = self.userinfo
        return (404, {}, b"") if found is None else (200, {}, json.dumps(found).encode())

    def _token(self, headers: Any, given: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        proof = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if headers["Authorization"] != f"Basic {proof}" and given.get("client_secret") != SECRET:
            return 401, {}, b'{"error": "invalid_client"}'
        asked = self.waiting.pop(given.get("code", ""), None)
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if (
            asked is None
            or shown != asked["code_challenge"]
            or given["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {}, b'{"error": "invalid_grant"}'
        assert self.now is not None
        token = signed(claims(self.issuer, asked["nonce"], self.now, **self.claims), self.signs_with)
        told = {"access_token": "akses", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        return 200, {}, json.dumps(told).encode()


@contextmanager
def served(now: datetime) -> Iterator[Forger]:
    """A forger at an address of this machine."""
    forger = Forger(now=now)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, headers, body = forger.answer(
                urlsplit(self.path).path, self.headers, self.rfile.read(length)
            )
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        forger.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield forger
        finally:
            server.shutdown()
            thread.join()

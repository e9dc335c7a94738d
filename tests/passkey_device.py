"""A device that makes passkeys and signs with them, as WebAuthn Level 2 lays out its bytes (6.1, 6.5.4)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _NEW_KEY = 0x01, 0x04, 0x40


class Device:
    """One key on the curve P-256. `verifies`: it looks at who holds it."""

    def __init__(self, *, verifies: bool = True) -> None:
        self.id = secrets.token_bytes(32)
        self.count = 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._seen = _PRESENT | (_VERIFIED if verifies else 0)

    def make(self, options: str, origin: str) -> dict[str, Any]:
        """What a browser sends after `navigator.credentials.create`."""
        asked = json.loads(options)
        numbers = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        data = self._data(asked["rp"]["id"], _NEW_KEY) + bytes(16)
        data += len(self.id).to_bytes(2) + self.id + cbor2.dumps(key)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", asked["challenge"], origin)
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attestation)})

    def sign(self, options: str, origin: str) -> dict[str, Any]:
        """What a browser sends after `navigator.credentials.get`."""
        asked = json.loads(options)
        self.count += 1
        data = self._data(asked["rpId"])
        client = _client("webauthn.get", asked["challenge"], origin)
        signed = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": text(data), "clientDataJSON": text(client), "signature": text(signed)}
        return self._answer(answer)

    def _data(self, host: str, more: int = 0) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([self._seen | more]) + self.count.to_bytes(4)

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        named = {"id": text(self.id), "rawId": text(self.id), "type": "public-key"}
        return {**named, "response": response, "clientExtensionResults": {}}


def text(raw: bytes) -> str:
    """base64url without its padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _client(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

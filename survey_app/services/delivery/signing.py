"""Signatures of messages, after Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks).

A secret is derived from the server's key and what the database keeps of a webhook: neither of the two alone
is worth anything, and nobody has to keep the secret for us to sign.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"


def secret(key: bytes, salt: str) -> bytes:
    """The 32 bytes with which messages of one webhook are signed."""
    return hmac.new(key, f"webhook\x1f{salt}".encode(), hashlib.sha256).digest()


def shown(signing_secret: bytes) -> str:
    """A secret as its receiver enters it."""
    return PREFIX + base64.b64encode(signing_secret).decode()


def hashed(signing_secret: bytes) -> str:
    """What the database keeps to know a secret again by."""
    return hashlib.sha256(signing_secret).hexdigest()


def headers(signing_secret: bytes, message: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """What is sent beside a body, so that its receiver can tell that it is ours, and how old it is."""
    stamp = str(int(at.timestamp()))
    signed = b".".join([message.encode(), stamp.encode(), body])
    signature = base64.b64encode(hmac.new(signing_secret, signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": message, "webhook-timestamp": stamp, "webhook-signature": f"v1,{signature}"}

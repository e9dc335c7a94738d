"""What a device is asked to sign for a passkey: once, for a few minutes, and what is no answer to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from survey_app.errors import Refused
from survey_app.services.accounts import tokens
from survey_app.storage import passkeys
from survey_app.storage.database import Connection, Database
from survey_app.storage.passkeys import Challenge
from survey_app.text import Text

#: How long a device may take.
PATIENCE = timedelta(minutes=5)
#: What a device calls a key, in base64url: at most 1023 bytes (WebAuthn Level 2, 4).
_CREDENTIAL_ID = re.compile(r"[A-Za-z0-9_-]{1,1364}")
NOT_ACCEPTED = Text(
    "Kunci sandi ini tidak diterima. Coba lagi, atau masuk dengan cara lain.",
    "This passkey was not accepted. Try again, or sign in another way.",
)


def ask(database: Database, challenge: bytes, account_id: int | None, now: datetime) -> None:
    """Keep what somebody was asked; `account_id` is whose new key it is for, None where somebody signs in."""

    def job(connection: Connection) -> None:
        passkeys.forget_unanswered(connection, now)
        asked = Challenge(account_id=account_id, expires_at=now + PATIENCE)
        passkeys.ask(connection, tokens.hashed(bytes_to_base64url(challenge)), asked)

    database.write(job)


def require_asked(database: Database, challenge: bytes, account_id: int | None, now: datetime) -> None:
    """Refuse an answer to what was not asked, of somebody else, long ago, or answered before."""
    hashed = tokens.hashed(bytes_to_base64url(challenge))
    asked = database.write(lambda connection: passkeys.answered(connection, hashed))
    if asked is None or now >= asked.expires_at or asked.account_id != account_id:
        raise refused()


def is_credential_id(named: object) -> TypeGuard[str]:
    """Whether a key could be called so; what none could, not every database can be asked for."""
    return isinstance(named, str) and _CREDENTIAL_ID.fullmatch(named) is not None


def challenge_of(answer: Mapping[str, Any]) -> bytes:
    """The challenge that an answer says it is for. Raises: Refused `passkey-refused`."""
    try:
        told = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
        return base64url_to_bytes(told["challenge"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise refused() from None


def refused() -> Refused:
    """Whatever was wrong: the same words."""
    return Refused("passkey-refused", NOT_ACCEPTED)

"""Who has signed in behind a request: of a plain route, of a page's address, or of a page at every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app import settings
from survey_app.services.accounts import cookies, sessions
from survey_app.services.accounts.sessions import Session
from survey_app.services.process import demo_door, runtime


@dataclass(frozen=True)
class Caller:
    """What a browser sent: `token` as it stands in its cookie, of a session that may be over; its headers."""

    token: str | None
    headers: Mapping[str, str]


def caller(sent: Mapping[str, str], headers: Mapping[str, str], address: str | None) -> Caller:
    """Who calls.

    Args:
        sent: the cookies.
        headers: names in any case.
        address: at which the browser is, or asks, as far as it is known.
    """
    kept = {name.lower(): value for name, value in headers.items()}
    public = cookies.public_if_met(settings.public_url(), kept.get("host", ""))
    secure = cookies.is_secure(address, kept.get("origin"), public)
    return Caller(cookies.session_token(sent, secure=secure), kept)


def find(calling: Caller, listening: str | None) -> Session | None:
    """The session of whoever calls, if there is one now.

    Args:
        listening: the address the server listens at; None is everywhere. People of the demonstration are
            let in at some only.

    Raises: Unavailable.
    """
    if calling.token is None:
        return None
    database = runtime.database()
    return sessions.find(
        database,
        calling.token,
        runtime.now(),
        demo=lambda: demo_door.is_open(database, listening, calling.headers),
    )

"""A browser profile that is signed in already."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import BrowserContext

from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE, Scope
from tests.signing_in import COOKIE, session_at


def sign_in(
    context: BrowserContext,
    url: str,
    database_url: str,
    role: Role = Role.ADMIN,
    scope: Scope = PROVINCE,
    now: datetime | None = None,
) -> str:
    """Give a profile the cookie of a session of somebody new in this role; the token is the answer.

    Args:
        now: the moment by the server's clock, where that one stands still.
    """
    token = session_at(database_url, role, scope, now)
    hold(context, url, token)
    return token


def hold(context: BrowserContext, url: str, token: str) -> None:
    """Let a profile hold the token as the server would have given it."""
    context.add_cookies([{"name": COOKIE, "value": token, "url": url, "httpOnly": True, "sameSite": "Lax"}])

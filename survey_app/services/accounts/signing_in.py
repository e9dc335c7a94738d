"""Signing in with a password: at most one argon2, the same words and the same time whatever was wrong."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from survey_app.errors import Refused
from survey_app.services.accounts import passwords, sessions, tries
from survey_app.services.accounts.delays import Keys
from survey_app.services.accounts.names import is_login, login_as_kept
from survey_app.services.accounts.sessions import Origin, SessionTimes
from survey_app.services.accounts.tries import TooEarly as TooEarly
from survey_app.services.answers.limits import network_of
from survey_app.services.places import audited
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.audited import Event
from survey_app.storage import accounts
from survey_app.storage.accounts import Account
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

NOT_SIGNED_IN = Text(
    "Nama akun atau kata sandi tidak cocok. Periksa keduanya, atau minta tautan baru kepada admin.",
    "Account name or password do not match. Check both, or ask the administrator for a new link.",
)


def sign_in(
    database: Database,
    login: str,
    password: str,
    origin: Origin,
    now: datetime,
    times: SessionTimes | None = None,
) -> str:
    """Begin a session, and give its token.

    Raises:
        TooEarly: `sign-in-too-early`, before anything was compared.
        Refused: `sign-in-refused`, the same whether account or password is wrong, or the account not active.
    """
    kept = login_as_kept(login)
    keys = Keys.of(kept, network_of(origin.address))
    tries.begin(database, keys, now)
    with database.look() as connection:
        account = accounts.by_login(connection, kept) if is_login(kept) else None
    right = passwords.matches(account.password_hash if account else None, password[: passwords.LONGEST + 1])
    if account is None or not right or not account.active or account.demo:
        # What was typed is not written down: it may be the password, in the wrong field.
        by = account.login if account else ""
        stranger = Acting(Role.PUBLIC, by=by, network=sessions.shortened(origin.address))
        audited.refused(database, stranger, Event.SIGN_IN, {"way": "password"})
        raise Refused("sign-in-refused", NOT_SIGNED_IN)
    tries.succeeded(database, keys, now)
    return sessions.begin(database, account.id, origin, now, times, still=partial(_require_same, account))


def _require_same(compared: Account, connection: Connection) -> None:
    """Refuse where the password was set anew, or the account deactivated, since the password was compared."""
    present = accounts.by_id(connection, compared.id)
    if present is None or not present.active or present.password_hash != compared.password_hash:
        raise Refused("sign-in-refused", NOT_SIGNED_IN)

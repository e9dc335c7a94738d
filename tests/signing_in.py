"""Being signed in where signing in is not what is tested: an account by storage, a session by services."""

from __future__ import annotations

import secrets
from datetime import datetime

from survey_app.services.accounts import passwords, sessions
from survey_app.services.accounts.cookies import COOKIE as COOKIE
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.storage import accounts
from survey_app.storage.database import Connection, Database, open_database


def account_of(
    database: Database, role: Role, scope: Scope, now: datetime, *, login: str = "", password: str = ""
) -> int:
    """A new account with one role; without a `password` it can only have sessions begun for it."""
    kept = login or f"uji-{role.value}-{secrets.token_hex(4)}"
    hashed = passwords.hashed(password) if password else None

    def job(connection: Connection) -> int:
        made = accounts.add(connection, kept, f"Petugas {kept}", now)
        assert made is not None
        accounts.add_role(connection, made, role, scope.agency or "", scope.unit or "")
        if hashed is not None:
            accounts.set_password(connection, made, hashed)
        return made

    return database.write(job)


def session_of(
    database: Database, role: Role = Role.ADMIN, scope: Scope = PROVINCE, now: datetime | None = None
) -> str:
    """The token of a session that begins `now` (by default: really now) for a new account."""
    moment = now or runtime.now()
    made = account_of(database, role, scope, moment)
    return sessions.begin(database, made, Origin("127.0.0.1", "uji"), moment)


def session_at(
    database_url: str, role: Role = Role.ADMIN, scope: Scope = PROVINCE, now: datetime | None = None
) -> str:
    """As `session_of`, in the database that a running server reads."""
    database = open_database(database_url)
    try:
        return session_of(database, role, scope, now)
    finally:
        database.close()

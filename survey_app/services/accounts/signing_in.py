"""Signing in with a password: at most one argon2, the same words and the same time whatever was wrong."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from survey_app.errors import Refused
from survey_app.services.accounts import delays, passwords, sessions
from survey_app.services.accounts.delays import Keys
from survey_app.services.accounts.names import is_login, login_as_kept
from survey_app.services.accounts.sessions import Origin, SessionTimes
from survey_app.services.answers.limits import network_of
from survey_app.services.places import audited
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.audited import Event
from survey_app.storage import accounts
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

NOT_SIGNED_IN = Text(
    "Nama akun atau kata sandi tidak cocok. Periksa keduanya, atau minta tautan baru kepada admin.",
    "Account name or password do not match. Check both, or ask the administrator for a new link.",
)
TOO_EARLY = Text(
    "Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many tries. Wait {seconds} seconds, then try again.",
)


class TooEarly(Refused):
    """Refused without a look at the password; `seconds` until the next try is let in."""

    def __init__(self, seconds: int) -> None:
        super().__init__("sign-in-too-early", TOO_EARLY.format(seconds=seconds))
        self.seconds = seconds


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
    # Counted before the password is looked at: of a hundred tries at once none gets in for nothing.
    wait = database.write(lambda connection: _count(connection, keys, now))
    if wait > timedelta():
        raise TooEarly(math.ceil(wait.total_seconds()))
    with database.look() as connection:
        account = accounts.by_login(connection, kept) if is_login(kept) else None
    right = passwords.matches(account.password_hash if account else None, password[: passwords.LONGEST + 1])
    if account is None or not right or not account.active or account.demo:
        # What was typed is not written down: it may be the password, in the wrong field.
        by = account.login if account else ""
        stranger = Acting(Role.PUBLIC, by=by, network=sessions.shortened(origin.address))
        audited.refused(database, stranger, Event.SIGN_IN, {"way": "password"})
        raise Refused("sign-in-refused", NOT_SIGNED_IN)
    database.write(lambda connection: _take_back(connection, keys, now))
    return sessions.begin(database, account.id, origin, now, times)


def _count(connection: Connection, keys: Keys, now: datetime) -> timedelta:
    """Count a try as failed, and say zero; or say how long to wait, and count nothing."""
    accounts.lock(connection)
    accounts.forget_failures_before(connection, now - delays.FORGOTTEN_AFTER)
    counted = accounts.failures(connection, [*keys.patience(), keys.known])
    wait = delays.remaining(keys, counted, now)
    if wait <= timedelta():
        for key in keys.patience():
            accounts.count_failure(connection, key, counted.get(key, (0, now))[0], now)
    return wait


def _take_back(connection: Connection, keys: Keys, now: datetime) -> None:
    """The right password: this account begins anew from this address, whatever else came from there stays.

    And the address is known from now on: no stranger elsewhere holds up whoever signs in from it.
    """
    accounts.forget_failures(connection, keys.pair)
    accounts.take_back_failure(connection, [keys.address, keys.account])
    accounts.know(connection, keys.known, now + delays.KNOWN_FOR)

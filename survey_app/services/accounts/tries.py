"""Tries of a password, counted before it is looked at: of a hundred at once none gets in for nothing."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from survey_app.errors import Refused
from survey_app.services.accounts import delays
from survey_app.services.accounts.delays import Keys
from survey_app.storage import accounts
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

TOO_EARLY = Text(
    "Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.",
    "Too many tries. Wait {seconds} seconds, then try again.",
)


class TooEarly(Refused):
    """Refused without a look at the password; `seconds` until the next try is let in."""

    def __init__(self, seconds: int) -> None:
        super().__init__("sign-in-too-early", TOO_EARLY.format(seconds=seconds))
        self.seconds = seconds


def begin(database: Database, keys: Keys, now: datetime) -> None:
    """Count a try as failed. Raises: TooEarly `sign-in-too-early`, and counts nothing."""
    wait = database.write(lambda connection: _count(connection, keys, now))
    if wait > timedelta():
        raise TooEarly(math.ceil(wait.total_seconds()))


def succeeded(database: Database, keys: Keys, now: datetime) -> None:
    """The right password: this account begins anew from this address, whatever else came from there stays.

    And the address is known from now on: no stranger elsewhere holds up whoever signs in from it.
    """

    def job(connection: Connection) -> None:
        accounts.forget_failures(connection, keys.pair)
        accounts.take_back_failure(connection, [keys.address, keys.account])
        accounts.know(connection, keys.known, now + delays.KNOWN_FOR)

    database.write(job)


def _count(connection: Connection, keys: Keys, now: datetime) -> timedelta:
    """Count a try, and say zero; or say how long to wait."""
    accounts.lock(connection)
    accounts.forget_failures_before(connection, now - delays.FORGOTTEN_AFTER)
    counted = accounts.failures(connection, [*keys.patience(), keys.known])
    wait = delays.remaining(keys, counted, now)
    if wait <= timedelta():
        for key in keys.patience():
            accounts.count_failure(connection, key, counted.get(key, (0, now))[0], now)
    return wait

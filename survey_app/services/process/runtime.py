"""What one process shares: its database, opened at first use, its clock, and the key of its pseudonyms.

A SQLite file has one writer per process, so pages, routes and background work must share one `Database`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from survey_app import settings
from survey_app.services.accounts.sessions import SessionTimes
from survey_app.services.files import key_file
from survey_app.services.ip_asn.pseudonyms import load_key
from survey_app.services.places import clock
from survey_app.storage.database import Database, open_database


@cache
def database() -> Database:
    """The process's database, migrated to the newest schema."""
    return open_database(settings.load().database_url)


def now() -> datetime:
    """The moment, in UTC. Pages and routes read the clock here and pass it on."""
    return datetime.now(UTC)


def session_times() -> SessionTimes:
    """How long whoever signs in now stays so."""
    config = settings.load()
    return SessionTimes(
        idle=timedelta(minutes=config.session_idle_minutes), longest=timedelta(hours=config.session_hours)
    )


def pseudonym_key() -> bytes:
    """The secret that turns a NIP into a pseudonym. Raises: SettingError, StorageError."""
    config = settings.load()
    set_by_operator = None if config.pseudonym_key is None else config.pseudonym_key.read()
    return load_key(set_by_operator, config.pseudonym_key_file)


def webhook_key() -> bytes:
    """The secret of which those of webhooks are made. Raises: SettingError, StorageError."""
    config = settings.load()
    set_by_operator = None if config.webhook_key is None else config.webhook_key.read()
    return key_file.load_key(set_by_operator, config.webhook_key_file, "webhook-key")


def today(time_zone: str | None = None) -> date:
    """The date in a unit's time zone; without one, of many units together, where most of them are."""
    return clock.told_by(now(), time_zone).date()

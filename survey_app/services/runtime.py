"""What one process shares: its database, opened at first use, and its clock.

A SQLite file has one writer per process, so pages, routes and background work must share one `Database`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from survey_app import settings
from survey_app.storage.database import Database, open_database


@cache
def database() -> Database:
    """The process's database, migrated to the newest schema."""
    return open_database(settings.load().database_url)


def now() -> datetime:
    """The moment, in UTC. Pages and routes read the clock here and pass it on."""
    return datetime.now(UTC)


def today() -> date:
    """The date where most units are. A unit's own period follows its own time zone."""
    return now().astimezone(ZoneInfo(settings.load().default_time_zone)).date()

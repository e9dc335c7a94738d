"""Refusing to store anything under a moment that cannot be: a server whose battery is empty wakes up in 1970.

An answer of 1966 or of the year after next is in no result anybody looks at, and reports would be due for
months that have not come. The outbox keeps what is refused, so nothing is lost until the clock is right.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from survey_app import settings
from survey_app.errors import Unavailable
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.storage import clock
from survey_app.storage.database import Database
from survey_app.text import Text

#: The year of PermenPANRB 14/2017: nothing was measured by it before.
FLOOR = datetime(2017, 1, 1, tzinfo=UTC)
#: A unit measures once a year at least (PermenPANRB 14/2017), with a month to be late: more is a wrong clock.
AHEAD = timedelta(days=395)
#: Servers' clocks differ by seconds; a month back is a wrong clock, or a wrong one before.
BEHIND = timedelta(days=31)

_TOO_EARLY = Text(
    "Jam aplikasi menunjukkan {now}, padahal saat itu belum ada survei. Belum ada yang disimpan. Hubungi "
    "admin untuk memperbaiki jamnya.",
    "The clock of this application shows {now}, when there were no surveys yet. Nothing has been stored. Ask "
    "the administrator to correct the clock.",
)
_TOO_FAR = Text(
    "Jam aplikasi menunjukkan {now}, tetapi jawaban terakhir diterima {newest}. Belum ada yang disimpan. "
    "Hubungi admin untuk memperbaiki jamnya.",
    "The clock of this application shows {now}, but the last answer arrived on {newest}. Nothing has been "
    "stored. Ask the administrator to correct the clock.",
)

#: Told to whoever runs the application, never on a page: only a clock later than FLOOR can be right.
_ACCEPT = "; if it is right: python -m survey_app clock accept"

#: For what may be made as of a day that is over.
ANY_DAY = timedelta(days=36_500)

#: What this process has seen: no answer costs a question to the database.
_seen: WeakKeyDictionary[Database, datetime] = WeakKeyDictionary()


def check(database: Database, now: datetime, *, behind: timedelta = BEHIND) -> None:
    """Let a plausible moment pass, and remember it.

    `behind`: how far it may lie before the newest stored one. What is published or reported may be asked for
    as of any day since FLOOR; only a day that has not come does harm.

    Raises: Unavailable `clock-implausible` before FLOOR, and too far from the newest stored moment.
    """
    if now < FLOOR:
        raise _implausible(_TOO_EARLY, now)
    newest = _seen.get(database)
    if newest is None or not newest - behind <= now <= newest + AHEAD:
        newest = _read(database)
    if newest is not None and not newest - behind <= now <= newest + AHEAD:
        raise _implausible(_TOO_FAR, now, newest)
    _seen[database] = now if newest is None else max(now, newest)


@audited(Action.ACCEPT_CLOCK, "now")
def accept(database: Database, acting: Acting, now: datetime) -> None:
    """Say that the clock is right and a stored moment was the wrong one; from now on only later ones count.

    Raises: Refused `role-refused`, `scope-refused`; Unavailable `clock-implausible` before FLOOR.
    """
    acting.require_whole(None, Action.ACCEPT_CLOCK)
    if now < FLOOR:
        raise _implausible(_TOO_EARLY, now)
    database.write(lambda connection: clock.accept(connection, now))
    _seen[database] = now


def _read(database: Database) -> datetime | None:
    with database.read() as connection:
        return clock.newest(connection)


def _implausible(text: Text, now: datetime, newest: datetime | None = None) -> Unavailable:
    told = {"now": told_by(now), "newest": told_by(newest) if newest else ""}
    cause = f"clock {now:%Y-%m-%d %H:%M} UTC{_ACCEPT if newest else ''}"
    return Unavailable("clock-implausible", text.format(**told), cause)


def told_by(at: datetime, time_zone: str | None = None) -> datetime:
    """A moment by the clock of a unit's time zone; without one, of the office's, which people know."""
    return at.astimezone(ZoneInfo(time_zone or settings.load().default_time_zone))

"""Hours of service: recorded from a day on, and what answers at the counter are held against."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from survey_app.errors import Problem, Refused
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import flags
from survey_app.storage import opening_hours as stored
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

DAYS = (
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)
_SPAN = re.compile(r"(\d\d)(\d\d)-(\d\d)(\d\d)")
CLOSES_BEFORE_OPENING = Text(
    "{day}: jam tutup harus setelah jam buka.", "{day}: closing must be after opening."
)


@dataclass(frozen=True)
class Hours:
    """Hours of service that hold from a day on.

    Attributes:
        week: Monday to Sunday, when the counter opens and closes; None on a day without service.
    """

    valid_from: date
    week: tuple[tuple[time, time] | None, ...]


@dataclass(frozen=True)
class Opening:
    """Everything that is known of a unit's hours, the oldest first."""

    zone: ZoneInfo
    versions: tuple[Hours, ...]

    @property
    def name(self) -> str:
        """Equal for equal hours; empty when none are recorded."""
        if not self.versions:
            return ""
        content = "|".join(f"{v.valid_from} {_written(v)}" for v in self.versions)
        return hashlib.sha256(f"{self.zone} {content}".encode()).hexdigest()[:12]

    def at(self, moment: datetime) -> tuple[float, float, float] | None:
        """Local hour, and when the counter opened and closed that day, in hours; None when not recorded.

        Opening and closing are equal on a day without service.
        """
        local = moment.astimezone(self.zone)
        held = [v for v in self.versions if v.valid_from <= local.date()]
        if not held:
            return None
        opens, closes = held[-1].week[local.weekday()] or (time(), time())
        return _hours(local.time()), _hours(opens), _hours(closes)


def read(connection: Connection, unit_id: int) -> Opening:
    """What is known of the unit's hours, in the snapshot of the connection."""
    zone, rows = stored.of_unit(connection, unit_id)
    return Opening(ZoneInfo(zone), tuple(Hours(valid_from, _week(week)) for valid_from, week in rows))


def hours_of(database: Database, unit_code: str) -> tuple[Hours, ...]:
    """The unit's hours of service, the oldest first. Raises: NotFound `unit-unknown`."""
    entry = catalogue.find_unit(database, unit_code, PROVINCE)
    with database.read() as connection:
        return read(connection, entry.unit.id).versions


@audited(Action.MANAGE_UNIT, "hours")
def set_hours(database: Database, acting: Acting, unit_code: str, hours: Hours) -> None:
    """Record hours that hold from their first day on, in the place of others from that day.

    Flags of the unit are computed anew; no answer and no official number changes.

    Raises:
        NotFound: `unit-unknown`.
        Refused: `role-refused`, `scope-refused`; `input-refused` for a day that closes before it opens, or
            a week without any service.
    """
    entry = catalogue.required(database, acting, unit_code, Action.MANAGE_UNIT)
    if problems := _problems(hours):
        raise Refused.entries(problems)
    new = partial(stored.put, unit_id=entry.unit.id, valid_from=hours.valid_from, week=_written(hours))
    _change(database, entry.unit.id, new)


@audited(Action.MANAGE_UNIT, "valid_from")
def remove_hours(database: Database, acting: Acting, unit_code: str, valid_from: date) -> None:
    """Forget the hours that hold from exactly that day on. Raises: as `set_hours`."""
    entry = catalogue.required(database, acting, unit_code, Action.MANAGE_UNIT)
    _change(database, entry.unit.id, partial(stored.remove, unit_id=entry.unit.id, valid_from=valid_from))


def _change(database: Database, unit_id: int, change: partial[None]) -> None:
    def job(connection: Connection) -> None:
        change(connection)
        flags.revise_unit(connection, unit_id)

    database.write(job)


def _problems(hours: Hours) -> list[Problem]:
    wrong = [
        Problem("hours-order", name.id, CLOSES_BEFORE_OPENING.format(day=name))
        for name, span in zip(DAYS, hours.week, strict=True)
        if span is not None and span[0] >= span[1]
    ]
    if any(hours.week):
        return wrong
    text = Text("Isi jam layanan sedikitnya satu hari.", "Enter the hours of at least one day.")
    return [Problem("hours-missing", "week", text)]


def _hours(moment: time) -> float:
    return moment.hour + moment.minute / 60 + moment.second / 3600


def _written(hours: Hours) -> str:
    return ",".join("-" if span is None else f"{span[0]:%H%M}-{span[1]:%H%M}" for span in hours.week)


def _week(written: str) -> tuple[tuple[time, time] | None, ...]:
    return tuple(None if day == "-" else _span(day) for day in written.split(","))


def _span(written: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(written)
    assert match is not None, written  # written by _written
    a, b, c, d = map(int, match.groups())
    return time(a, b), time(c, d)

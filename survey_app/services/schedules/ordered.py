"""Reports that are made period after period: who asked for which, and which are due at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics import Period
from survey_app.errors import Conflict, NotFound, Problem, Refused
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, asked, audited
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import schedules as storage
from survey_app.storage.database import Database
from survey_app.storage.schedules import Report, Run, Schedule, Status
from survey_app.text import Language, Text

KINDS = ("month", "quarter", "semester", "year")
EXISTS_ALREADY = Text("Jadwal untuk laporan ini sudah ada.", "There is a schedule for this report already.")
BY_YEAR = Text(
    "IP ASN diukur per tahun; pilih jadwal tahunan.",
    "IP ASN is measured by the year; choose a yearly schedule.",
)


@dataclass(frozen=True)
class Line:
    """One report of a schedule. `run` is None for a due one that no scheduler has taken note of yet."""

    schedule: Schedule
    period: Period
    run: Run | None

    @property
    def status(self) -> Status:
        return Status.DUE if self.run is None else self.run.status


@audited(Action.ORDER_REPORTS, "language", "since", "report")
def add(
    database: Database,
    acting: Acting,
    scope: Scope,
    language: Language,
    since: Period,
    report: Report = Report.SKM,
) -> Schedule:
    """Have a report made for every period of `since`'s length, from `since` on.

    Raises:
        NotFound: `unit-unknown`, `agency-unknown`.
        Refused: `role-refused`, `scope-refused`; `input-refused` for a unit and an agency at once, and for
            IP ASN, which is yearly, by another kind of period.
        Conflict: `schedule-exists`.
    """
    catalogue.require(database, acting, checked(database, scope), Action.ORDER_REPORTS)
    if report is Report.IP_ASN and since.kind != "year":
        raise Refused("input-refused", BY_YEAR, [Problem("schedule-kind", "kind", BY_YEAR)])
    where = scope.agency, scope.unit
    added = database.write(lambda c: storage.add(c, *where, since.kind, language, since, report))
    if added is None:
        raise Conflict("schedule-exists", EXISTS_ALREADY)
    return added


def every(database: Database, within: Scope) -> list[Schedule]:
    """All schedules whose reports are about what lies `within`, in the order they were added."""
    with database.read() as connection:
        schedules = storage.schedules(connection)
    if within == PROVINCE:
        return schedules
    units = {e.unit.code for e in catalogue.list_units(database, within)}
    return [s for s in schedules if (s.unit in units if s.unit else within.covers_whole(s.agency))]


def _place(database: Database, given: Given) -> Scope:
    return scope(_schedule(database, given["schedule_id"]))


@audited(Action.ORDER_REPORTS, "schedule_id", "active", place=_place)
def set_active(database: Database, acting: Acting, schedule_id: int, active: bool) -> None:
    """Pause a schedule or go on with it; what came due meanwhile is then caught up.

    Raises: NotFound `schedule-unknown`, Refused `role-refused`, `scope-refused`.
    """
    schedule = _schedule(database, schedule_id)
    catalogue.require(database, acting, scope(schedule), Action.ORDER_REPORTS)
    database.write(lambda connection: storage.set_active(connection, schedule_id, active))


def _schedule(database: Database, schedule_id: int) -> Schedule:
    schedule = next((s for s in every(database, PROVINCE) if s.id == schedule_id), None)
    if schedule is None:
        raise NotFound("schedule-unknown", Text("Jadwal tidak dikenal.", "There is no such schedule."))
    return schedule


def scope(schedule: Schedule) -> Scope:
    """What the reports of a schedule are about."""
    return Scope(schedule.agency, schedule.unit)


def placed(database: Database, scope: Scope) -> Scope:
    """The same place by all its codes: of a unit its agency's too."""
    if scope.unit is None:
        return scope
    return Scope(catalogue.find_unit(database, scope.unit, PROVINCE).agency.code, scope.unit)


def due_periods(schedule: Schedule, entries: Sequence[UnitEntry], now: datetime) -> list[Period]:
    """Periods of the schedule that are over at `now` wherever its units are, the oldest first.

    A period is over when its last day has ended in the unit's own time zone; of several zones the last
    decides. Without units nothing is due.
    """
    about = scope(schedule)
    zones = {e.unit.time_zone for e in entries if about.covers(e)}
    if not zones:
        return []
    last = _running(zones, schedule.kind, now).shift(-1)
    count = (last.start - schedule.since.start) // last.months + 1
    return [schedule.since.shift(i) for i in range(count)]


def current(database: Database, scope: Scope, kind: str, now: datetime) -> Period:
    """The period of `kind` that is running at `now` where the units of `scope` are."""
    zones = {e.unit.time_zone for e in catalogue.list_units(database, scope)}
    return _running(zones or {"UTC"}, kind, now)


def lines(database: Database, now: datetime, within: Scope) -> list[Line]:
    """Every report of the schedules `within`: ordered, or due at `now`; the newest period first."""
    known, found = _runs(database), []
    entries = catalogue.list_units(database, within)
    for schedule in every(database, within):
        ordered = known.pop(schedule.id, {})
        due = due_periods(schedule, entries, now) if schedule.active else []
        found += [Line(schedule, p, ordered.get(p)) for p in {*due, *ordered}]
    return sorted(found, key=lambda line: (-line.period.start - line.period.months, line.schedule.id))


@asked(Action.SEE_RESULTS)
def seen(database: Database, acting: Acting, now: datetime) -> list[Line]:
    """`lines` of all that lies in the own scope. Raises: Refused `role-refused`."""
    acting.require_action(Action.SEE_RESULTS)
    return lines(database, now, acting.scope)


def plan(database: Database, now: datetime) -> int:
    """Take note of everything that is due at `now`, missed periods included; how many were new."""
    listed = reversed(lines(database, now, PROVINCE))
    new = [(line.schedule.id, line.period) for line in listed if line.run is None]
    if new:
        database.write(lambda connection: storage.add_due(connection, new, now))
    return len(new)


def _running(zones: Iterable[str], kind: str, now: datetime) -> Period:
    """Where the months have changed already and where they have not, the earlier one."""
    return min(Period.containing(now.astimezone(ZoneInfo(zone)).date(), kind) for zone in zones)


def _runs(database: Database) -> dict[int, dict[Period, Run]]:
    grouped: dict[int, dict[Period, Run]] = {}
    with database.read() as connection:
        for run in storage.runs(connection):
            grouped.setdefault(run.schedule_id, {})[run.period] = run
    return grouped


def checked(database: Database, scope: Scope) -> Scope:
    """`scope`, once its unit or agency is known to exist.

    Raises:
        NotFound: `unit-unknown`, `agency-unknown`.
        Refused: `input-refused` for a unit and an agency at once.
    """
    if scope.unit is not None and scope.agency is not None:
        text = Text("Pilih unit atau instansi, bukan keduanya.", "Choose a unit or an agency, not both.")
        raise Refused("input-refused", text, [Problem("scope-both", "agency", text)])
    if scope.unit is not None:
        catalogue.find_unit(database, scope.unit, PROVINCE)
    elif scope.agency is not None:
        catalogue.find_agency(database, scope.agency)
    return scope

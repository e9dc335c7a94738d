"""Schedules, and the runs they ask for: each run is claimed by one scheduler at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from analytics import Period
from survey_app.storage.tables import report_run, schedule
from survey_app.text import Language, language_meant


class Report(StrEnum):
    """What is reported: the survey, or IP ASN."""

    SKM = "skm"
    IP_ASN = "ip-asn"


class Status(StrEnum):
    """Where a report is: waiting, being made, made, or failed and waiting to be tried again."""

    DUE = "due"
    MAKING = "making"
    MADE = "made"
    FAILED = "failed"


#: What a scheduler may take once its time has come.
_OPEN = (Status.DUE, Status.MAKING, Status.FAILED)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One `report` for every period of a `kind`, from `since` on.

    `agency` and `unit` are codes; None is no restriction, and neither is the whole province.
    """

    id: int
    agency: str | None
    unit: str | None
    kind: str
    language: Language
    since: Period
    active: bool
    report: Report


@dataclass(frozen=True, kw_only=True)
class Run:
    """One report of a schedule; `path` is relative to the folder of reports."""

    id: int
    schedule_id: int
    period: Period
    status: Status
    not_before: datetime
    attempts: int
    error: str | None
    made_at: datetime | None
    sha256: str | None
    path: str | None


def schedules(connection: Connection) -> list[Schedule]:
    """All of them, in the order they were added."""
    return [_schedule(row) for row in connection.execute(sa.select(schedule).order_by(schedule.c.id))]


def add(
    connection: Connection,
    agency: str | None,
    unit: str | None,
    kind: str,
    language: Language,
    since: Period,
    report: Report,
) -> Schedule | None:
    """A new active schedule; None when there is one for the same reports."""
    values = {
        "agency": agency or "",
        "unit": unit or "",
        "kind": kind,
        "language": language,
        "report": report,
    }
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(schedule)
    statement = insert.values(**values, since=str(since), active=True).on_conflict_do_nothing()
    row = connection.execute(statement.returning(schedule)).first()
    return None if row is None else _schedule(row)


def set_active(connection: Connection, schedule_id: int, active: bool) -> None:
    connection.execute(sa.update(schedule).where(schedule.c.id == schedule_id).values(active=active))


def runs(connection: Connection) -> list[Run]:
    """All runs, the newest period first."""
    return [_run(row) for row in connection.execute(sa.select(report_run).order_by(report_run.c.id.desc()))]


def find_run(connection: Connection, run_id: int) -> Run:
    """The run as it is now; it exists."""
    return _run(connection.execute(sa.select(report_run).where(report_run.c.id == run_id)).one())


def add_due(connection: Connection, due: Iterable[tuple[int, Period]], now: datetime) -> None:
    """Record runs by (schedule id, period); those that are there stay as they are."""
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(report_run)
    rows = [
        {"schedule_id": i, "period": str(p), "status": Status.DUE, "not_before": now, "attempts": 0}
        for i, p in due
    ]
    connection.execute(insert.on_conflict_do_nothing(), rows)


def claim(connection: Connection, now: datetime, until: datetime, run_id: int | None = None) -> Run | None:
    """Take the oldest run that may be taken (or the one named), and hold it `until` then.

    A run of a paused schedule is taken only when it is named. None when there is none. SQLite has one writer;
    on PostgreSQL a row that another scheduler is claiming is passed over instead of waited for.
    """
    c = report_run.c
    query = sa.select(c.id).join(schedule, schedule.c.id == c.schedule_id)
    query = query.where(c.status.in_(_OPEN), c.not_before <= now)
    query = query.where(schedule.c.active if run_id is None else c.id == run_id)
    query = query.order_by(c.not_before, c.id).limit(1).with_for_update(of=report_run, skip_locked=True)
    found = connection.execute(query).scalar()
    if found is None:
        return None
    claimed = {"status": Status.MAKING, "not_before": until, "attempts": c.attempts + 1}
    statement = sa.update(report_run).where(c.id == found).values(claimed).returning(report_run)
    return _run(connection.execute(statement).one())


def set_made(
    connection: Connection,
    held: Run,
    made_at: datetime,
    sha256: str,
    path: str,
    place: Callable[[], object],
) -> bool:
    """End a claim with its report, which `place` puts at `path` before the commit.

    False when the claim was lost to another scheduler; then nothing is put anywhere.
    """
    mine = _end(
        connection,
        held,
        {"status": Status.MADE, "error": None, "made_at": made_at, "sha256": sha256, "path": path},
    )
    if mine:
        place()
    return mine


def set_failed(connection: Connection, held: Run, error: str, again_at: datetime) -> bool:
    """End a claim with what went wrong; False when the claim was lost."""
    return _end(connection, held, {"status": Status.FAILED, "error": error, "not_before": again_at})


def order(connection: Connection, schedule_id: int, period: Period, now: datetime) -> int:
    """Have one report made at once, for the first time or again, unless it is being made; the run's id."""
    add_due(connection, [(schedule_id, period)], now)
    c = report_run.c
    one = (c.schedule_id == schedule_id) & (c.period == str(period))
    again = {"status": Status.DUE, "not_before": now}
    connection.execute(sa.update(report_run).where(one, c.status != Status.MAKING).values(again))
    return int(connection.execute(sa.select(c.id).where(one)).scalar_one())


def _end(connection: Connection, held: Run, values: dict[str, object]) -> bool:
    c = report_run.c
    mine = (c.id == held.id) & (c.status == Status.MAKING) & (c.attempts == held.attempts)
    return connection.execute(sa.update(report_run).where(mine).values(values)).rowcount == 1


def _schedule(row: sa.Row[tuple[object, ...]]) -> Schedule:
    return Schedule(
        id=row.id,
        agency=row.agency or None,
        unit=row.unit or None,
        kind=row.kind,
        language=language_meant(row.language),
        since=Period.parse(row.since),
        active=row.active,
        report=Report(row.report),
    )


def _run(row: sa.Row[tuple[object, ...]]) -> Run:
    stored = row._asdict()
    return Run(**stored | {"period": Period.parse(row.period), "status": Status(row.status)})

"""Taking out what is over its time: a month of a unit in each transaction, the oldest first.

Sums, flags, publications and everything else stay to the byte (docs/decisions/record.md). Stopped at any
moment it has done some months whole and others not at all, and goes on with these the next time; done again
it finds nothing. Every transaction writes down how much it took out, and of nobody.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from analytics import Period
from analytics.disclosure import MINIMUM
from survey_app.services.accounts import delays
from survey_app.services.ikm import quality, results
from survey_app.services.places import audited, catalogue, clock
from survey_app.services.places.audited import Event
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.retention.terms import months_of, newest_over
from survey_app.settings import Retention
from survey_app.storage import (
    accounts,
    audit,
    comments,
    emptying,
    identities,
    imports,
    passkeys,
    rights,
    sessions,
)
from survey_app.storage.database import Connection, Database
from survey_app.storage.emptying import Kind

_logger = logging.getLogger(__name__)
#: Entries of the audit log in one transaction.
_TOGETHER = 2_000
#: Longer no file takes to be imported; what is staged then was never finished.
_UNFINISHED = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Thinned:
    """What was taken out, or would be.

    Attributes:
        answers: of how many answers, by kind.
        entries: in how many entries of the audit log who and from where.
        waiting: months of units with something to take out that had to wait, because answers of them are not
            counted or not checked yet.
    """

    answers: Mapping[Kind, int] = field(default_factory=dict)
    entries: int = 0
    waiting: int = 0


def look(database: Database, kept: Retention, now: datetime) -> Thinned:
    """What `thin` would take out. Raises: Unavailable `clock-implausible`."""
    clock.check(database, now)
    with database.read() as connection:
        answers = emptying.count(connection, _up_to(kept, now))
        return Thinned(answers=answers, entries=audit.count_named(connection, _audit_before(kept, now)))


def thin(
    database: Database, now: datetime, stopping: threading.Event | None = None, *, kept: Retention
) -> Thinned:
    """Take out what is over its time, until it is done or `stopping` is set.

    Raises: Unavailable `clock-implausible`: what a wrong clock takes out is gone. StorageError
    `emptying-refused` where the server's role has no right to.
    """
    clock.check(database, now)
    with database.read() as connection:
        rights.require_emptying(connection)
    stopping = stopping or threading.Event()
    database.write(partial(_forget_expired, now=now))
    # A month goes when its answers are counted and checked.
    results.refresh(database)
    quality.refresh(database)
    answers, waiting = _empty_answers(database, _up_to(kept, now), stopping)
    if waiting:
        # Each night anew: nobody else is told that something is kept longer than was promised.
        _logger.warning("Personal data of %d months of units are over their time and had to wait", waiting)
    entries = _forget_who(database, _audit_before(kept, now), stopping)
    # Also where nothing was found: whoever did it before may have been killed before this.
    comments.empty_log(database.engine, stopping)
    return Thinned(answers=answers, entries=entries, waiting=waiting)


def _empty_answers(
    database: Database, up_to: Mapping[Kind, int], stopping: threading.Event
) -> tuple[Counter[Kind], int]:
    with database.read() as connection:
        due = emptying.due(connection, up_to)
    places = {entry.unit.id: audited.place_of(entry) for entry in catalogue.list_units(database, PROVINCE)}
    done, waiting = Counter[Kind](), 0
    for unit_id, month in due:
        if stopping.is_set():
            break
        kinds = frozenset(kind for kind, last in up_to.items() if month <= last)
        job = partial(_empty_month, unit_id=unit_id, month=month, kinds=kinds, place=places[unit_id])
        emptied = database.write(job)
        done.update(emptied or {})
        waiting += emptied is None
    return done, waiting


def _empty_month(
    connection: Connection, unit_id: int, month: int, kinds: frozenset[Kind], place: Scope
) -> dict[Kind, int] | None:
    emptied = emptying.empty(connection, unit_id, month, quality.RULES, kinds)
    if emptied and any(emptied.values()):
        what = {kind.value: _told(n) for kind, n in emptied.items() if n}
        audited.by_itself(connection, Event.THIN, {"month": str(Period.of_month(month)), **what}, place)
    return emptied


def _forget_who(database: Database, before: datetime, stopping: threading.Event) -> int:
    done = 0
    while not stopping.is_set():
        forgotten = database.write(partial(_forget_some, before=before))
        done += forgotten
        if forgotten < _TOGETHER:
            break
    return done


def _forget_some(connection: Connection, before: datetime) -> int:
    forgotten = audit.forget_who(connection, before, _TOGETHER)
    if forgotten:
        audited.by_itself(connection, Event.THIN, {"entries": forgotten}, PROVINCE)
    return forgotten


def _forget_expired(connection: Connection, now: datetime) -> None:
    """What has led nowhere since its time was over; else it would wait for somebody else to sign in."""
    sessions.forget_ended(connection, now)
    accounts.forget_failures_before(connection, now - delays.FORGOTTEN_AFTER)
    accounts.forget_links(connection, now)
    passkeys.forget_unanswered(connection, now)
    identities.forget_lost(connection, now)
    imports.abandon_unfinished(connection, now - _UNFINISHED, now)


def _told(n: int) -> int | str:
    """A count for the audit log, which is read by who may not know what a few people did."""
    return n if n >= MINIMUM else f"< {MINIMUM}"


def _up_to(kept: Retention, now: datetime) -> dict[Kind, int]:
    month = _month_of(now)
    return {kind: newest_over(month, months_of(kept, kind)).month_range[0] for kind in Kind}


def _audit_before(kept: Retention, now: datetime) -> datetime:
    """The end of the newest month whose entries say no more who it was, by the office's clock."""
    first = newest_over(_month_of(now), kept.audit).end_day
    return datetime(first.year, first.month, first.day, tzinfo=clock.told_by(now).tzinfo)


def _month_of(now: datetime) -> Period:
    return Period.containing(clock.told_by(now).date(), "month")

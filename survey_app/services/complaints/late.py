"""Complaints that wait longer than they may, by unit: counted for an alarm, without drawing up cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from analytics.disclosure import is_few
from analytics.text import Kind
from survey_app.services.complaints import decision as decisions
from survey_app.services.complaints.decision import IN_HAND, OPEN, UNTOUCHED, Decision, State
from survey_app.services.complaints.limits import limits
from survey_app.services.places import clock
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.voices import reading
from survey_app.storage import complaints as storage
from survey_app.storage import responses
from survey_app.storage.database import Database

Key = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Late:
    """What waits too long at a unit.

    Attributes:
        urgent: urgent complaints that nobody looked at in time.
        unfinished: other complaints that are not finished in time.
        since: the day on which the oldest of all of them arrived, by the unit's clock.
        days: working days since then.
        owners: the positions that have them in hand; "" is among them where nobody has said.
        all_read: whether no month has more comments than are read at a time; else there may be more.
    """

    entry: UnitEntry
    urgent: int
    unfinished: int
    since: date
    days: int
    owners: frozenset[str]
    all_read: bool

    @property
    def count(self) -> int:
        return self.urgent + self.unfinished


@dataclass(frozen=True)
class _Complaint:
    unit_id: int
    arrived: date
    urgent: tuple[str, ...]


@dataclass(frozen=True)
class _Month:
    """The complaints of a month by comment, how many comments each unit has, and whether all were read."""

    complaints: Mapping[Key, _Complaint]
    comments: Mapping[int, int]
    all_read: bool


def of_units(
    database: Database, scope: Scope, entries: Mapping[int, UnitEntry], now: datetime, *, inside: bool
) -> tuple[Late, ...]:
    """Of the units of a scope those where complaints wait too long, the most pressing first.

    Args:
        entries: units of the scope by their number; of others nothing is told.
        inside: whether who asks sees what stays inside; else units with few comments are left out.
    """
    first, last = (month.month_range[0] for month in limits().months(now))
    ids = None if scope == PROVINCE else sorted(entries)
    with database.look() as connection:
        version = responses.comment_version(connection, ids, (first, last))
        stored = storage.standing(connection, ids, (first, last), [state.value for state in IN_HAND])
    months = [_month(database, scope, month[0], month) for month in version]
    steps = {(comment.unit_id, comment.seq): decisions.read(step).decision for comment, step in stored}
    found = {key: one for month in months for key, one in month.complaints.items()}
    for comment, _ in stored:
        if (entry := entries.get(comment.unit_id)) is not None:
            arrived = clock.told_by(comment.received_at, entry.unit.time_zone).date()
            urgent = reading.grouped(comment.text).urgent
            found[comment.unit_id, comment.seq] = _Complaint(comment.unit_id, arrived, urgent)
    told = entries.keys() if inside else _of_enough(months) & entries.keys()
    by_unit = defaultdict[int, list[tuple[_Complaint, Decision]]](list)
    for key, complaint in found.items():
        decision = steps.get(key, UNTOUCHED.decision)
        if complaint.unit_id in told and decision.state in OPEN:
            by_unit[complaint.unit_id].append((complaint, decision))
    all_read = all(month.all_read for month in months)
    waiting = (_late(entries[unit], waits, now, all_read) for unit, waits in by_unit.items())
    return tuple(sorted((late for late in waiting if late is not None), key=_pressing))


def _of_enough(months: Collection[_Month]) -> set[int]:
    """The units with comments of more than a few."""
    comments = Counter[int]()
    for month in months:
        comments.update(month.comments)
    return {unit for unit, n in comments.items() if not is_few(n)}


# Reading and grouping comments takes longer than the rest of a page. Under the version of a month's comments,
# and by month: a new one lets only the running month be read anew.
@lru_cache(maxsize=128)
def _month(database: Database, scope: Scope, month: int, _version: tuple[int, int, int]) -> _Month:
    """A month's newest comments, `reading.LIMIT` at most."""
    heard = reading.newest_of_months(database, scope, (month, month))
    complaints = {
        voice.key: _Complaint(
            voice.entry.unit.id,
            clock.told_by(voice.received_at, voice.entry.unit.time_zone).date(),
            voice.grouped.urgent if voice.grouped else (),
        )
        for voice in heard.voices
        if voice.urgent or voice.kind is Kind.COMPLAINT
    }
    return _Month(complaints, Counter(voice.entry.unit.id for voice in heard.voices), heard.complete)


def _late(
    entry: UnitEntry, waits: Collection[tuple[_Complaint, Decision]], now: datetime, all_read: bool
) -> Late | None:
    """What waits too long at one unit; None for nothing."""
    today = clock.told_by(now, entry.unit.time_zone).date()
    late = list(_over(waits, today))
    if not late:
        return None
    since = min(arrived for arrived, *_ in late)
    urgent = sum(is_urgent for _, _, is_urgent in late)
    return Late(
        entry=entry,
        urgent=urgent,
        unfinished=len(late) - urgent,
        since=since,
        days=_days(since, today),
        owners=frozenset(owner for _, owner, _ in late),
        all_read=all_read,
    )


def _over(waits: Collection[tuple[_Complaint, Decision]], today: date) -> Iterator[tuple[date, str, bool]]:
    """Those over a limit: the day they arrived, who has them, and whether an urgent one is not looked at."""
    within = limits()
    for complaint, decision in waits:
        unseen = decision.state is State.NEW and bool(complaint.urgent)
        limit = within.to_look(complaint.urgent) if unseen else within.to_finish(complaint.urgent)
        if _days(complaint.arrived, today) > limit:
            yield complaint.arrived, decision.owner, unseen


# Many complaints arrive on one day.
@lru_cache(maxsize=4096)
def _days(since: date, today: date) -> int:
    return limits().working_days(since, today)


def _pressing(late: Late) -> tuple[int, int, int, str]:
    return -late.urgent, -late.days, -late.count, late.entry.unit.code

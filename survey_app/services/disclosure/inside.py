"""What a program inside the office reads of a unit: its result as it is now, and single answers of nobody.

An answer is told as its scores, its questionnaire and its flags, and beside them only what at least MINIMUM
answers of the same month share: the day, service and way of answering, else the month alone, else nothing.
Who saw somebody answer that day can then not tell which answer is theirs (docs/decisions/api.md).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics import Period
from analytics.disclosure import is_few
from analytics.ikm import Flag
from survey_app import instruments
from survey_app.errors import Conflict
from survey_app.services.answers.intake import TimeSource
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import flagging, results
from survey_app.services.ikm.flagging import Flagged
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import audited, catalogue, opening_hours
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Event
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.storage import sheets
from survey_app.storage.database import Database
from survey_app.text import Text

LIST_CHANGED = Text(
    "Daftar jawaban telah berubah. Mulai lagi dari halaman pertama.",
    "The list of answers has changed. Begin again at the first page.",
)
_OFF_HOURS = int(Flag.OUT_OF_HOURS)
_CURSOR = re.compile(r"(\d{4}-\d{2})\.([0-9a-f]*)\.(\d{1,9})")


@dataclass(frozen=True, kw_only=True)
class SingleAnswer:
    """An answer as a program may read it. `day`, `service` and `channel` are None where few share them.

    Whether it came out of hours is then not among `flags` either, where not even service and way are told.
    `scores` has a score for each unsur of the questionnaire by its key, None where it was left out.
    """

    month: Period
    day: date | None
    service: str | None
    channel: str | None
    instrument: str
    scores: Mapping[str, int | None]
    flags: Flag


@dataclass(frozen=True)
class AnswerPage:
    """Answers in an order that tells nothing, and where the next page begins; None after the last."""

    answers: tuple[SingleAnswer, ...]
    after: str | None


@dataclass(frozen=True, kw_only=True)
class _Told:
    """An answer and what others may share with it; `order` is its content."""

    day: date | None
    service: str | None
    channel: str | None
    instrument: str
    scores: str
    flags: int

    @property
    def order(self) -> tuple[str, ...]:
        day = "" if self.day is None else self.day.isoformat()
        rest = (self.service or "", self.channel or "", self.instrument, self.scores, f"{self.flags:04d}")
        return (day, *rest)

    @property
    def off_hours(self) -> int:
        """Whether it came when the counter was closed: it tells a little of the moment."""
        return self.flags & _OFF_HOURS


def result(
    database: Database, acting: Acting, unit_code: str, period: Period, service_code: str | None = None
) -> UnitResult:
    """The result of a unit, or of one of its services, up to the last answer, as the internal edition has it.

    Raises:
        NotFound: `unit-unknown`, `service-unknown`.
        Refused: `role-refused`, `scope-refused`, `key-refused`.
    """
    what = {"service": "disclosure.inside.result", "period": str(period)}
    with audited.refusals(database, acting, Event.DOWNLOAD, what, Scope(unit=unit_code)):
        entry = catalogue.required(database, acting, unit_code, Action.SEE_INSIDE)
    service = None if service_code is None else catalogue.find_service(entry, service_code)
    return outgoing.of_result(database, results.result_of(database, entry, service, period), acting)


def answers(
    database: Database,
    acting: Acting,
    unit_code: str,
    period: Period,
    now: datetime,
    *,
    service_code: str | None = None,
    after: str | None = None,
    limit: int,
) -> AnswerPage:
    """Single answers of a unit in a period, month after month; that they are read is written down.

    Of a month that is not over only days that are, and only answers that are told with their day: who asks
    day after day would see of the others when they came.

    Args:
        service_code: only answers that are told with this service.
        after: where the page before ended.

    Raises:
        NotFound: `unit-unknown`, `service-unknown`.
        Refused: `role-refused`, `scope-refused`, `key-refused`.
        Conflict: `list-changed` where the list is another than the one that `after` is of.
    """
    place = Scope(unit=unit_code)
    what = {"service": "disclosure.inside.answers", "period": str(period)}
    with audited.refusals(database, acting, Event.DOWNLOAD, what, place):
        entry = catalogue.required(database, acting, unit_code, Action.SEE_INSIDE)
    place = audited.place_of(entry)
    service = None if service_code is None else catalogue.find_service(entry, service_code).code
    today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
    months = [month for month in _months(period) if month.first_day <= today]
    month, known, offset = _position(after, months)
    if not known:  # whoever goes on has begun: a cursor is not to be guessed
        audited.note(database, acting, Event.DOWNLOAD, what, place)
    page: list[SingleAnswer] = []
    for number, current in enumerate(months):
        if month is not None and current < month:
            continue
        told = [t for t in _of_month(database, entry, current, today) if service in (None, t.service)]
        print_ = _print(told)
        if current == month and known and not (known == print_ and 0 < offset < len(told)):
            raise Conflict("list-changed", LIST_CHANGED)
        start = offset if current == month else 0
        end = start + limit - len(page)
        page += [_shown(current, one) for one in told[start:end]]
        if end < len(told):
            return AnswerPage(tuple(page), f"{current}.{print_}.{end}")
        if len(page) == limit and number + 1 < len(months):
            return AnswerPage(tuple(page), f"{months[number + 1]}..0")
    return AnswerPage(tuple(page), None)


def _months(period: Period) -> Sequence[Period]:
    return [Period(start, 1) for start in range(period.start, period.start + period.months)]


def _position(after: str | None, months: Sequence[Period]) -> tuple[Period | None, str, int]:
    """Month, print of its list and how many of it were told; an empty print begins a month.

    Raises: Conflict `list-changed`.
    """
    if after is None:
        return None, "", 0
    found = _CURSOR.fullmatch(after)
    month = next((m for m in months if found is not None and str(m) == found[1]), None)
    if found is None or month is None or (not found[2] and int(found[3])):
        raise Conflict("list-changed", LIST_CHANGED)
    return month, found[2], int(found[3])


def _of_month(database: Database, entry: UnitEntry, month: Period, today: date) -> list[_Told]:
    with database.read() as connection:
        found = sheets.of_month(connection, entry.unit.id, month.month_range[0])
        opening = opening_hours.read(connection, entry.unit.id)
    zone, services = ZoneInfo(entry.unit.time_zone), {s.id: s.code for s in entry.services}
    told = [_bare(one, zone, services) for one in flagging.flag(found, opening)]
    if today < month.end_day:
        told = [one for one in told if one.day is not None and one.day < today]
    return sorted(_only_shared(told, over=today >= month.end_day), key=lambda one: one.order)


def _bare(one: Flagged, zone: ZoneInfo, services: Mapping[int, str]) -> _Told:
    """Without what could name anybody, and with the day in place of the moment."""
    sheet = one.sheet
    dated = sheet.time_source != TimeSource.PERIOD
    return _Told(
        day=sheet.answered_at.astimezone(zone).date() if dated else None,
        service=services.get(sheet.service_id),
        channel=sheet.channel,
        instrument=sheet.instrument,
        scores=sheet.scores,
        flags=one.flags,
    )


def _only_shared(told: Sequence[_Told], *, over: bool) -> list[_Told]:
    """Each with as much as MINIMUM of them share; those that share nothing with so many are left out."""
    shared, left = _split(told, lambda t: (t.instrument, t.day, t.service, t.channel, t.off_hours))
    if not over:
        return shared
    undated = [replace(one, day=None) for one in left]
    of_service, left = _split(undated, lambda t: (t.instrument, t.service, t.channel, t.off_hours))
    # Nor whether the counter was closed: one of a few who came in the evening would be known by it.
    of_nothing = [replace(one, service=None, channel=None, flags=one.flags & ~_OFF_HOURS) for one in left]
    of_month, _ = _split(of_nothing, lambda t: t.instrument)
    return [*shared, *of_service, *of_month]


def _split(told: Iterable[_Told], key: Callable[[_Told], Hashable]) -> tuple[list[_Told], list[_Told]]:
    """Those of groups that are large enough, and the others."""
    groups: defaultdict[Hashable, list[_Told]] = defaultdict(list)
    for one in told:
        groups[key(one)].append(one)
    large, few = list[_Told](), list[_Told]()
    for same in groups.values():
        (few if is_few(len(same)) else large).extend(same)
    return large, few


def _print(told: Sequence[_Told]) -> str:
    """Names the list: another one when anything in it is another. Not to be guessed without the list."""
    return hashlib.sha256(repr([one.order for one in told]).encode()).hexdigest()[:32]


def _shown(month: Period, one: _Told) -> SingleAnswer:
    keys = instruments.get(one.instrument).keys
    scores = {key: int(digit) or None for key, digit in zip(keys, one.scores, strict=True)}
    return SingleAnswer(
        month=month,
        day=one.day,
        service=one.service,
        channel=one.channel,
        instrument=one.instrument,
        scores=scores,
        flags=Flag(one.flags),
    )

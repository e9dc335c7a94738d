"""The one way in: a submission becomes a receipt, or a list of what is wrong with it.

Every channel comes through here: light form, kiosk, Streamlit page, paper entry, import, API. The id is the
client's; sending it again, by retry, double tap or replay, returns the first receipt, whatever changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from survey_app.errors import Problem, Refused
from survey_app.services.answers import checks, consent
from survey_app.services.answers.ids import receipt_code
from survey_app.services.answers.queue_codes import hash_of
from survey_app.services.places import clock, unit_entry
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import responses
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.storage.responses import NewResponse


class Channel(StrEnum):
    """How an answer reached us."""

    WEB = "web"
    KIOSK = "kiosk"
    APP = "app"
    API = "api"
    PAPER = "paper"
    IMPORT = "import"

    @property
    def may_leave_unanswered(self) -> bool:
        """A paper sheet may have gaps, which a form on a screen would have asked to fill."""
        return self in (Channel.PAPER, Channel.IMPORT)

    @property
    def needs_code(self) -> bool:
        """Whoever types in paper is known; a live answer proves with its code that someone was served."""
        return self not in (Channel.PAPER, Channel.IMPORT)


class TimeSource(StrEnum):
    """What `answered_at` stands on."""

    CLIENT = "client"
    SERVER = "server"
    ROW = "row"
    PERIOD = "period"


#: A client's clock may be this far ahead before its time is called wrong.
CLOCK_TOLERANCE = timedelta(minutes=5)
#: A live form whose clock is further behind than any outbox waits is wrong: the server's time counts.
OLDEST_LIVE_ANSWER = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a client sends. `answers` by unsur key, 1..levels; None is not answered.

    `service` None means the unit's first service, `instrument` None the unit's instrument. `client_time` is
    when it was answered, aware. `device_id` is a kiosk that has proved itself, whatever the client says of
    itself in `client_id`. `consent_version` is that of the consent text that it says it has shown. `code` is
    that of a queue slip, as it was typed.
    """

    id: UUID
    unit: str
    answers: Mapping[str, int | None]
    channel: Channel
    service: str | None = None
    instrument: str | None = None
    profile: Mapping[str, str] = field(default_factory=dict)
    comment: str | None = None
    client_id: str | None = None
    device_id: int | None = None
    consent_version: int | None = None
    client_time: datetime | None = None
    time_source: TimeSource = TimeSource.CLIENT
    duration_ms: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class Receipt:
    """Proof that the answer is stored durably. `again` says that it had been received before."""

    id: UUID
    code: str
    received_at: datetime
    again: bool


@dataclass(frozen=True)
class Rejection:
    """Why nothing was stored, with every problem found."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Trial:
    """A submission that passed every check and was not stored."""


def try_out(database: Database, submission: Submission, now: datetime) -> Trial | Rejection:
    """Check a submission as `accept` does and store nothing: it can enter no result."""
    checked = prepare(unit_entry.find(database, submission.unit), submission, now)
    return checked if isinstance(checked, Rejection) else Trial()


def accept(database: Database, submission: Submission, now: datetime) -> Receipt | Rejection:
    """Check and store one submission; the receipt comes after the commit."""
    checked = prepare(unit_entry.find(database, submission.unit), submission, now)
    if isinstance(checked, Rejection):
        return settled(database, submission.id, checked)
    return store(database, checked)


def settled(database: Database, response_id: UUID | None, refused: Rejection) -> Receipt | Rejection:
    """What to tell whoever sent a refused answer: of one that is stored already its receipt, again.

    Whatever changed since the first time (unit, service, questionnaire, device, clock), it is stored, and its
    receipt may have been lost on the way. Every caller that refuses an answer with an id asks here.
    """
    known = None if response_id is None else find_receipt(database, response_id)
    return known or refused


def store(database: Database, new: NewResponse) -> Receipt | Rejection:
    """Store what `prepare` passed. Durable when it returns; a known id gives the first receipt again.

    Raises: Unavailable, also `clock-implausible`.
    """
    clock.check(database, new.received_at)
    try:
        first = database.write(lambda connection: responses.insert(connection, new))
    except Refused as refused:
        return Rejection(refused.problems)
    return receipt(new, first)


def enqueue(database: Database, new: NewResponse) -> Future[datetime | None]:
    """`store` without waiting: after the commit, when a known id was first received, or None.

    The future raises Refused when the one-time code cannot be used.

    Raises: Unavailable `clock-implausible`.
    """
    clock.check(database, new.received_at)
    return database.submit(partial(responses.insert, new=new))


def find_receipt(database: Database, response_id: UUID) -> Receipt | None:
    """The receipt of a response that is stored, for showing it again."""
    with database.read() as connection:
        received = responses.received_at(connection, response_id)
    return None if received is None else Receipt(response_id, receipt_code(response_id), received, again=True)


def receipt(new: NewResponse, first_received: datetime | None) -> Receipt:
    return Receipt(
        new.id, receipt_code(new.id), first_received or new.received_at, again=first_received is not None
    )


def prepare(entry: UnitEntry | None, submission: Submission, now: datetime) -> NewResponse | Rejection:
    """Check a submission against its unit; what passes is ready to be stored. Pure: `now` is passed in."""
    if entry is None:
        return Rejection((checks.unknown_unit(submission.unit),))
    problems = _problems(entry, submission, now)
    if problems:
        return Rejection(tuple(problems))
    instrument = checks.instrument_of(entry, submission.instrument)
    service = entry.service(submission.service)
    assert instrument is not None and service is not None  # noqa: PT018  # else there were problems
    answered_at, source = _answered_at(submission, now)
    local = answered_at.astimezone(ZoneInfo(entry.unit.time_zone))
    return NewResponse(
        id=submission.id,
        unit_id=entry.unit.id,
        service_id=service.id,
        instrument=instrument.ref,
        scores="".join(str(submission.answers.get(key) or 0) for key in instrument.keys),
        profile={key: value for key, value in submission.profile.items() if value},
        comment=checks.redacted_comment(submission.comment),
        channel=submission.channel,
        client_id=submission.client_id,
        device_id=submission.device_id,
        consent_version=consent.recorded(submission.consent_version),
        answered_at=answered_at,
        received_at=now,
        time_source=source,
        month=local.year * 100 + local.month,
        duration_ms=submission.duration_ms,
        code_hash=hash_of(submission.code or "") if _needs_code(service, submission) else None,
    )


def _needs_code(service: Service | None, submission: Submission) -> bool:
    return service is not None and service.codes_required and submission.channel.needs_code


def _problems(entry: UnitEntry, submission: Submission, now: datetime) -> Sequence[Problem]:
    instrument, zone = checks.instrument_of(entry, submission.instrument), ZoneInfo(entry.unit.time_zone)
    problems = [
        *checks.check_place(entry, submission.service, submission.instrument),
        *checks.check_identity(submission.id, submission.client_id),
        *checks.check_time(submission.client_time, submission.duration_ms, now + CLOCK_TOLERANCE, zone),
    ]
    if _needs_code(entry.service(submission.service), submission):
        problems += checks.check_code(submission.code)
    if instrument is not None:
        gaps = submission.channel.may_leave_unanswered
        problems += checks.check_answers(instrument, submission.answers, gaps)
        problems += checks.check_profile(instrument, submission.profile)
        problems += checks.check_comment(instrument, submission.comment)
    return problems


def _answered_at(submission: Submission, now: datetime) -> tuple[datetime, TimeSource]:
    if submission.client_time is None:
        return now, TimeSource.SERVER
    live = submission.time_source is TimeSource.CLIENT
    if live and submission.client_time < now - OLDEST_LIVE_ANSWER:
        return now, TimeSource.SERVER
    return submission.client_time, submission.time_source
